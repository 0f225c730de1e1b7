//! What headers are called: the declared spellings of every kind, a body's own, and how well a text matches them.
//!
//! A text is taken apart into folded words; abbreviations, plural endings, word order and small typos are understood,
//! each at a price. Every word of a spelling must be found; words that the header has besides lower the score.

mod words;

use crate::kinds::{Column, KINDS, Kind};
use crate::settings::Settings;
use crate::value::duration::{self, Clock};
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use words::{Word, is_part_of_year, is_unit, split, without_parentheses, word_score, year_of};

/// The longest text, in characters, that can be a header.
const LONGEST_HEADER: usize = 160;

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
        let part = words.iter().any(|word| is_part_of_year(&word.text, word.dotted));
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
}

struct Spelling {
    kind: &'static Kind,
    column: &'static Column,
    words: Vec<String>,
    weak: bool,
    /// 1, or less for spellings as short as `N.`.
    prior: f32,
}

/// All spellings, indexed by word, with a memory of texts already matched.
pub struct Vocabulary {
    spellings: Vec<Spelling>,
    by_word: HashMap<String, Vec<usize>>,
    known: RwLock<HashMap<String, Arc<[Candidate]>>>,
}

impl Vocabulary {
    /// The declared spellings and those of the settings.
    pub fn new(settings: &Settings) -> Self {
        let mut vocabulary = Self { spellings: Vec::new(), by_word: HashMap::new(), known: RwLock::default() };
        for kind in KINDS {
            for column in kind.columns {
                vocabulary.add(kind, column, column.header, false);
                for spelling in column.spellings {
                    vocabulary.add(kind, column, spelling, false);
                }
                for spelling in column.weak {
                    vocabulary.add(kind, column, spelling, true);
                }
                let own = settings.columns.get(kind.id).and_then(|columns| columns.get(column.id));
                for spelling in own.into_iter().flatten() {
                    vocabulary.add(kind, column, spelling, false);
                }
            }
        }
        vocabulary
    }

    fn add(&mut self, kind: &'static Kind, column: &'static Column, text: &str, weak: bool) {
        let words: Vec<String> = split(&without_parentheses(text)).into_iter().map(|word| word.text).collect();
        if words.is_empty() {
            return;
        }
        let short = words.len() == 1 && words[0].len() <= 2;
        let index = self.spellings.len();
        for word in &words {
            let list = self.by_word.entry(word.clone()).or_default();
            if list.last() != Some(&index) {
                list.push(index);
            }
        }
        self.spellings.push(Spelling { kind, column, words, weak, prior: if short { 0.92 } else { 1.0 } });
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
        // Which words of the vocabulary each word of the header can be.
        let mut near: HashMap<&str, Vec<(usize, f32)>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            for known in self.by_word.keys() {
                let score = word_score(word, known);
                if score > 0.0 {
                    near.entry(known).or_default().push((at, score));
                }
            }
        }
        let mut tried = vec![false; self.spellings.len()];
        let mut best: Vec<Candidate> = Vec::new();
        for known in near.keys() {
            for index in &self.by_word[*known] {
                if std::mem::replace(&mut tried[*index], true) {
                    continue;
                }
                let spelling = &self.spellings[*index];
                let score = spelling_score(words.len(), &spelling.words, &near) * spelling.prior;
                if score >= 0.45 {
                    keep_best(
                        &mut best,
                        Candidate { kind: spelling.kind, column: spelling.column, score, weak: spelling.weak },
                    );
                }
            }
        }
        best
    }
}

fn keep_best(best: &mut Vec<Candidate>, found: Candidate) {
    let rank = |candidate: &Candidate| if candidate.weak { candidate.score * 0.75 } else { candidate.score };
    match best.iter_mut().find(|other| std::ptr::eq(other.column, found.column)) {
        Some(other) if rank(other) >= rank(&found) => {}
        Some(other) => *other = found,
        None => best.push(found),
    }
}

/// How well a header of some words matches a spelling, given which words are near.
fn spelling_score(header_words: usize, spelling: &[String], near: &HashMap<&str, Vec<(usize, f32)>>) -> f32 {
    let mut used = 0u32;
    let (mut sum, mut ordered, mut last) = (0.0, true, None);
    for word in spelling {
        let free = near.get(word.as_str()).into_iter().flatten().filter(|(at, _)| used & (1 << at) == 0);
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
    fn parts_and_years_are_told() {
        assert!(Header::parse("I trim.").part);
        assert!(Header::parse("Gennaio").part);
        assert!(!Header::parse("Media annua").part);
        assert_eq!(Header::parse("Dato 2018").years, [2018]);
        assert!(Header::parse("Valore anno precedente").previous);
    }
}
