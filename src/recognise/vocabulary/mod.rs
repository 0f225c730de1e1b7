//! What headers are called: the declared spellings of every kind, a body's own, and how well a text matches them.
//!
//! A text is taken apart into folded words; abbreviations, plural endings, word order and small typos are understood,
//! each at a price. Every word of a spelling must be found; words that the header has besides lower the score.

mod glance;
mod words;

use crate::kinds::{Column, KINDS, Kind};
use crate::memo::Memo;
use crate::settings::Settings;
use crate::value::date;
use crate::value::duration::{self, Clock};
use crate::value::fold::letters;
use glance::Glances;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};
use words::{Word, is_part_in_brackets, is_part_of_year, is_unit, split, without_parentheses, word_score, year_of};

/// The longest text, in characters, that can be a header.
const LONGEST_HEADER: usize = 160;

/// The least score of a sure name.
const SURE: f32 = 0.9;

/// What a text that is a spelling, word for word and in its order, fits it at least.
const WORD_FOR_WORD: f32 = 0.99;

/// How many matched texts are remembered.
const REMEMBERED: usize = 20_000;

/// A header text, taken apart.
#[derive(Debug, Clone)]
pub struct Header {
    words: Vec<Word>,
    /// Years it names.
    pub years: Vec<i16>,
    /// Whether it names a part of the year: a month, a quarter.
    pub part: bool,
    /// Whether it speaks of the year before.
    pub previous: bool,
    /// The unit it names.
    pub clock: Option<Clock>,
}

impl Header {
    /// The same as [`Header::parse`]: sheets of one form have the same headers.
    pub fn of(text: &str) -> Arc<Self> {
        thread_local!(static KNOWN: Memo<Arc<Header>> = const { Memo::new() });
        KNOWN.with(|known| known.get(text, 0, || Arc::new(Self::parse(text))))
    }

    /// Takes a header text apart.
    pub fn parse(text: &str) -> Self {
        let clock = duration::header_clock(text);
        let mut words = split(&without_parentheses(text));
        let mut years = Vec::new();
        words.retain(|word| match year_of(&word.text) {
            Some(year) => {
                years.push(year);
                false
            }
            None => true,
        });
        if !years.is_empty() {
            words.retain(|word| !matches!(word.text.as_str(), "anno" | "esercizio"));
        }
        let is_day = |token: &str| token.matches(['/', '.', '-']).count() == 2 && date::parse(token, 2000).is_ok();
        let is_short = |token: &str| token.matches('/').count() == 1 && date::parse(token, 2000).is_ok();
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let is_dated = !years.is_empty()
            && (tokens.iter().copied().any(is_day)
                || tokens.windows(2).any(|pair| pair[0].eq_ignore_ascii_case("al") && is_short(pair[1])));
        let day = if is_dated { without_day(&mut words) } else { None };
        let part = words.iter().any(|word| is_part_of_year(&word.text, word.dotted))
            || day == Some(Day::Within)
            || is_part_in_brackets(text, &years);
        let previous = words
            .iter()
            .any(|word| matches!(word.text.as_str(), "precedente" | "prec" | "scorso" | "precedenti" | "ap"));
        Self { words, years, part, previous, clock }
    }

    /// Whether nothing but years and small words stood there.
    pub fn is_bare(&self) -> bool {
        self.words.is_empty()
    }

    /// The folded words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.text.as_str())
    }
}

/// The day of a year up to which a column goes.
#[derive(PartialEq)]
enum Day {
    /// `al 31/12/2019`.
    Last,
    /// `al 30/06/2019`.
    Within,
}

/// Takes a day and its month away from the words beside a year, and what leads to them.
fn without_day(words: &mut Vec<Word>) -> Option<Day> {
    let number = |word: &Word, most: u8| word.text.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number));
    let at = words.windows(2).position(|pair| number(&pair[0], 31) && number(&pair[1], 12))?;
    let is_last = (words[at].text.as_str(), words[at + 1].text.as_str()) == ("31", "12");
    let from = if at > 0 && matches!(words[at - 1].text.as_str(), "al" | "a") { at - 1 } else { at };
    words.drain(from..at + 2);
    Some(if is_last { Day::Last } else { Day::Within })
}

/// One way a text can be a declared column.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// The kind.
    pub kind: &'static Kind,
    /// The column.
    pub column: &'static Column,
    /// How well the text matches, 0 to 1.
    pub score: f32,
    /// Whether the spelling can also mean another column.
    pub weak: bool,
    /// Whether the text is, word for word, one of the body's own spellings: it then means nothing else.
    pub own: bool,
}

/// What the header of one column can be, all its rows joined and its lowest row alone.
pub struct Named {
    /// The declared columns that the whole can be.
    pub full: Arc<[Candidate]>,
    /// Those that the lowest row can be, which often is the whole.
    pub leaf: Arc<[Candidate]>,
}

impl Named {
    /// All that either can be.
    pub fn all(&self) -> impl Iterator<Item = &Candidate> {
        let leaf = if Arc::ptr_eq(&self.full, &self.leaf) { &[][..] } else { &self.leaf };
        self.full.iter().chain(leaf)
    }
}

/// Who says that a column is called so, and how surely.
#[derive(PartialEq)]
enum Say {
    /// The kind's declaration.
    Declared,
    /// The same, of a spelling that can also mean another column.
    Weak,
    /// The body, in its settings.
    Own,
}

struct Spelling {
    kind: &'static Kind,
    column: &'static Column,
    /// Ids of its words.
    words: Vec<usize>,
    weak: bool,
    /// Whether it is the body's own.
    own: bool,
    /// 1, or less for spellings as short as `N.`.
    prior: f32,
}

/// A word of the spellings.
struct Known {
    text: String,
    /// Its letters, to rule out at a glance what cannot be a typo of it.
    letters: u64,
    /// The spellings it stands in.
    spellings: Vec<usize>,
}

/// The ids of words that a word of a header can be, each with how well it fits.
type Near = Arc<[(usize, f32)]>;

/// All spellings, indexed by word, with a memory of words and texts already matched.
pub struct Vocabulary {
    spellings: Vec<Spelling>,
    words: Vec<Known>,
    ids: HashMap<String, usize>,
    near: RwLock<HashMap<Word, Near>>,
    known: RwLock<HashMap<String, Arc<[Candidate]>>>,
    glances: Glances,
    /// Whether a spelling holds a figure.
    has_digits: bool,
}

impl Vocabulary {
    /// The declared spellings and those of the settings.
    pub fn new(settings: &Settings) -> Self {
        let mut vocabulary = Self {
            spellings: Vec::new(),
            words: Vec::new(),
            ids: HashMap::new(),
            near: RwLock::default(),
            known: RwLock::default(),
            glances: Glances::default(),
            has_digits: false,
        };
        for kind in KINDS {
            for column in kind.columns {
                for spelling in [&column.header].into_iter().chain(column.spellings) {
                    vocabulary.add(kind, column, split(&without_parentheses(spelling)), Say::Declared);
                }
                for spelling in column.weak {
                    vocabulary.add(kind, column, split(&without_parentheses(spelling)), Say::Weak);
                }
                let own = settings.columns.get(kind.id).and_then(|columns| columns.get(column.id));
                for spelling in own.into_iter().flatten() {
                    // Headers are compared without the years they name.
                    vocabulary.add(kind, column, Header::parse(spelling).words, Say::Own);
                }
            }
        }
        let digit = |known: &Known| known.text.contains(|letter: char| letter.is_ascii_digit());
        vocabulary.has_digits = vocabulary.words.iter().any(digit);
        vocabulary
    }

    /// Whether a text is surely the name of a declared column.
    pub fn is_sure(&self, text: &str) -> bool {
        self.may_be_sure(text) && self.candidates(text).first().is_some_and(|found| found.score >= SURE)
    }

    fn add(&mut self, kind: &'static Kind, column: &'static Column, words: Vec<Word>, say: Say) {
        let words: Vec<String> = words.into_iter().map(|word| word.text).collect();
        if words.is_empty() {
            return;
        }
        let short = words.len() == 1 && words[0].len() <= 2;
        let index = self.spellings.len();
        let ids = words.into_iter().map(|word| self.id(word, index)).collect();
        let (weak, own) = (say == Say::Weak, say == Say::Own);
        self.spellings.push(Spelling { kind, column, words: ids, weak, own, prior: if short { 0.92 } else { 1.0 } });
    }

    /// The id of a word, which now also stands in a spelling.
    fn id(&mut self, word: String, spelling: usize) -> usize {
        let next = self.words.len();
        let id = *self.ids.entry(word.clone()).or_insert(next);
        if id == next {
            self.words.push(Known { letters: letters(&word), text: word, spellings: Vec::new() });
        }
        if self.words[id].spellings.last() != Some(&spelling) {
            self.words[id].spellings.push(spelling);
        }
        id
    }

    /// What a header can be.
    pub fn named(&self, full: &str, leaf: &str) -> Named {
        let found = self.candidates(full);
        Named { leaf: if leaf == full { Arc::clone(&found) } else { self.candidates(leaf) }, full: found }
    }

    /// Every declared column that a text can be, best first per kind and column.
    pub fn candidates(&self, text: &str) -> Arc<[Candidate]> {
        if text.chars().count() > LONGEST_HEADER {
            return Arc::from([]);
        }
        if let Some(found) = self.known.read().ok().and_then(|known| known.get(text).cloned()) {
            return found;
        }
        let words = Header::parse(text).words;
        let mut found = self.search(&words);
        // `Raggiunto S/N`: how to fill the column in is no part of its name.
        if let [name @ .., yes, no] = &words[..]
            && !name.is_empty()
            && matches!((yes.text.as_str(), no.text.as_str()), ("s" | "si", "n"))
        {
            self.search(name).into_iter().for_each(|other| keep_best(&mut found, other));
        }
        // `Dato 2019 in giorni`: the unit is no part of the name.
        let bare: Vec<Word> = words.iter().filter(|word| !is_unit(&word.text)).cloned().collect();
        if !bare.is_empty() && bare.len() < words.len() {
            self.search(&bare).into_iter().for_each(|other| keep_best(&mut found, other));
        }
        found.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| (a.kind.id, a.column.id).cmp(&(b.kind.id, b.column.id)))
        });
        let found: Arc<[Candidate]> = found.into();
        if let Ok(mut known) = self.known.write()
            && known.len() < REMEMBERED
        {
            known.insert(text.to_owned(), found.clone());
        }
        found
    }

    fn search(&self, words: &[Word]) -> Vec<Candidate> {
        if words.is_empty() || words.len() > 16 {
            return Vec::new();
        }
        // Which words of the vocabulary each word of the header can be, by id.
        let mut near: BTreeMap<usize, Vec<(usize, f32)>> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            for (id, score) in self.near(word).iter() {
                near.entry(*id).or_default().push((at, *score));
            }
        }
        let mut tried: Vec<usize> = near.keys().flat_map(|id| &self.words[*id].spellings).copied().collect();
        tried.sort_unstable();
        tried.dedup();
        let mut best: Vec<Candidate> = Vec::new();
        for spelling in tried.into_iter().map(|index| &self.spellings[index]) {
            let fit = spelling_score(words.len(), &spelling.words, &near);
            let score = fit * spelling.prior;
            if score >= 0.45 {
                let (kind, column, weak) = (spelling.kind, spelling.column, spelling.weak);
                let own = spelling.own && fit >= WORD_FOR_WORD;
                keep_best(&mut best, Candidate { kind, column, score, weak, own });
            }
        }
        best
    }

    /// The words of the vocabulary that a word of a header can be.
    fn near(&self, word: &Word) -> Near {
        if let Some(near) = self.near.read().ok().and_then(|near| near.get(word).cloned()) {
            return near;
        }
        let mask = letters(&word.text);
        // Two slips change at most four letters of the set; abbreviations only take letters away.
        let possible = |known: &Known| (mask & !known.letters).count_ones() <= 2;
        let scored = self.words.iter().enumerate().filter(|(_, known)| possible(known));
        let near: Near =
            scored.map(|(id, known)| (id, word_score(word, &known.text))).filter(|(_, score)| *score > 0.0).collect();
        if let Ok(mut known) = self.near.write()
            && known.len() < REMEMBERED
        {
            known.insert(word.clone(), near.clone());
        }
        near
    }
}

fn keep_best(best: &mut Vec<Candidate>, found: Candidate) {
    let worth = |candidate: &Candidate| if candidate.weak { candidate.score * 0.75 } else { candidate.score };
    let rank = |candidate: &Candidate| (candidate.own, worth(candidate));
    match best.iter_mut().find(|other| std::ptr::eq(other.column, found.column)) {
        Some(other) if rank(other) >= rank(&found) => {}
        Some(other) => *other = found,
        None => best.push(found),
    }
}

/// How well a header of some words matches a spelling, given which words are near.
fn spelling_score(header_words: usize, spelling: &[usize], near: &BTreeMap<usize, Vec<(usize, f32)>>) -> f32 {
    let mut used = 0u32;
    let (mut sum, mut ordered, mut last) = (0.0, true, None);
    for word in spelling {
        let free = near.get(word).into_iter().flatten().filter(|(at, _)| used & (1 << at) == 0);
        let Some((at, score)) = free.max_by(|a, b| a.1.total_cmp(&b.1)) else { return 0.0 };
        used |= 1 << at;
        sum += score;
        ordered &= last.is_none_or(|last| last < *at);
        last = Some(*at);
    }
    let recall = sum / spelling.len() as f32;
    let precision = spelling.len() as f32 / header_words as f32;
    let score = if precision >= 1.0 {
        recall
    } else if spelling.len() == 1 {
        recall * (0.35 + 0.4 * precision)
    } else {
        recall * (0.5 + 0.5 * precision)
    };
    if ordered { score } else { score - 0.03 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(kind: &str, text: &str) -> Option<(&'static str, f32)> {
        let vocabulary = Vocabulary::new(&Settings::default());
        let found = vocabulary.candidates(text);
        found.iter().find(|found| found.kind.id == kind).map(|found| (found.column.id, found.score))
    }

    #[test]
    fn headers_of_the_charter() {
        for (text, column) in [
            ("Rif.", "code"),
            ("N.", "code"),
            ("Processo / Servizio", "process"),
            ("PROCESSO/SERVIZIO", "process"),
            ("Valore programmato (gg lav.)", "planned"),
            ("Val. progr.", "planned"),
            ("Valore programamto", "planned"),
            ("UNITA' ORGANIZZATIVA\nRESPONSABILE", "office"),
            ("U.O.", "office"),
            ("Standard (gg.)", "planned"),
            ("Rilevato (gg.)", "measured"),
            ("Tempo effettivo", "measured"),
            ("Esito %", "declared"),
            ("Ris.", "declared"),
            ("rilevato valore", "measured"),
            ("Osservazioni", "notes"),
            ("UNITÀ ORG.VA", "office"),
        ] {
            let found = best("charter", text);
            assert_eq!(found.map(|found| found.0), Some(column), "{text}");
            assert!(found.is_some_and(|found| found.1 >= 0.8), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_glance_rules_out_no_sure_name() {
        let vocabulary = Vocabulary::new(&Settings::default());
        let all = KINDS.iter().flat_map(|kind| kind.columns);
        let spellings = all.flat_map(|column| column.spellings.iter().chain(column.weak).chain([&column.header]));
        for spelling in spellings {
            for text in [
                (*spelling).to_owned(),
                spelling.to_uppercase(),
                format!("{spelling} 2019"),
                format!("{spelling} (gg)"),
                format!("{spelling} s/n"),
                format!("{spelling} in giorni"),
                format!("{spelling} 7"),
                format!("12 - {spelling} 2219"),
                spelling.replacen('o', "p", 1),
                spelling.replacen("umero", "um.", 1),
                spelling.replacen("unita organizzativa", "u.o.", 1),
            ] {
                let sure = vocabulary.candidates(&text).first().is_some_and(|found| found.score >= SURE);
                assert_eq!(vocabulary.is_sure(&text), sure, "{text}");
            }
        }
    }

    #[test]
    fn a_glance_is_enough_for_most_values() {
        let vocabulary = Vocabulary::new(&Settings::default());
        for value in ["1820/2019", "02/09/2019", "1.250,00", "Gamma 1949 S.r.l.", "Zebedeo Zanzibar", "22"] {
            assert!(!vocabulary.may_be_sure(value), "{value}");
        }
    }

    #[test]
    fn parts_and_years_are_told() {
        assert!(Header::parse("I trim.").part);
        assert!(Header::parse("Gennaio").part);
        assert!(!Header::parse("Media annua").part);
        let header = Header::parse("Realizzazione al 31/12/2019");
        assert!(!header.part && header.words().eq(["realizzazione"]) && header.years == [2019]);
        assert!(Header::parse("Realizzazione al 30/06/2019").part);
        assert!(!Header::parse("Risultato indicatore 3.1 anno 2019").part);
        assert_eq!(Header::parse("Dato 2018").years, [2018]);
        assert!(Header::parse("Valore anno precedente").previous);
    }
}
