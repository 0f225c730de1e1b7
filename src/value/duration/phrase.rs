//! A term read word by word: what leads to the number, the number or range, its unit, and what may follow.

use rust_decimal::Decimal;

use super::words::{Written, is_change, unit, unit_before, working};
use super::{Clock, More, Span, Unit};
use crate::value::number::{Nature, Reading};
use crate::value::token::{Token, number_word, tokens};

/// Words that lead to a term and say nothing about its length.
const LEADING: &[&str] = &[
    "a",
    "ad",
    "ai",
    "complessivo",
    "di",
    "durata",
    "entro",
    "gli",
    "i",
    "in",
    "le",
    "mediamente",
    "medio",
    "medi",
    "nei",
    "nel",
    "nella",
    "pari",
    "un",
];

/// What says that a term is the longest there may be, and what names it.
const LIMITS: &[&[&str]] = &[
    &["e", "non", "oltre"],
    &["il", "tempo"],
    &["il", "termine"],
    &["inferiore", "a"],
    &["inferiore", "ai"],
    &["inferiore", "o", "uguale", "a"],
    &["meno", "di"],
    &["non", "oltre"],
    &["non", "superiore", "a"],
    &["non", "superiore", "ai"],
];

/// Words after which the thing timed may be named: `tempo medio di rilascio 5 gg`.
const TIMES: &[&str] = &["massima", "massimi", "massimo", "max", "media", "tempi", "tempo", "termine", "termini"];

/// Words with which the rest of a term begins: from when it runs.
const SINCE: &[&str] =
    &["da", "dai", "dal", "dall", "dalla", "dalle", "dallo", "successivi", "successivo", "decorrenti", "decorrente"];

/// The term of a folded text without brackets; none unless every number and every sign in it is accounted for.
pub(super) fn parse(folded: &str, clock: Clock, reading: Option<Reading>) -> Option<Span> {
    if let Some(amount) = hours_and_minutes(folded, clock) {
        let amount = amount?;
        let stated = folded.contains(char::is_alphabetic);
        return Some(Span { amount, unit: Unit::Hours, working: None, stated, more: None });
    }
    let tokens = tokens(folded)?;
    let phrase =
        Phrase { tokens: &tokens, at: 0, reading, written: None, working: None, ranged: false, counted: false };
    phrase.read(clock)
}

/// `36:00` and `36:00:00`, with or without `ore`; the inner none for a time that cannot be, or is not of hours.
fn hours_and_minutes(folded: &str, clock: Clock) -> Option<Option<Decimal>> {
    let (text, named) = match folded.strip_suffix("ore").or_else(|| folded.strip_suffix('h')) {
        Some(text) => (text.trim_end(), true),
        None => (folded, false),
    };
    let parts: Vec<&str> = text.split(':').collect();
    let is_digits = |part: &&str| (1..=6).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(is_digits) {
        return None;
    }
    let whole: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let fits = parts[1..].iter().all(|part| part.len() == 2) && whole[1..].iter().all(|part| *part < 60);
    if !fits || !(named || clock.unit == Unit::Hours) {
        return Some(None);
    }
    let seconds = whole.iter().fold(0_u64, |sum, part| sum * 60 + u64::from(*part));
    let seconds = if parts.len() == 2 { seconds * 60 } else { seconds };
    Some(Some((Decimal::from(seconds) / Decimal::from(3600)).normalize()))
}

struct Phrase<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    reading: Option<Reading>,
    written: Option<Written>,
    working: Option<bool>,
    ranged: bool,
    counted: bool,
}

/// Whether a number is written as an hour of the day is: `8.30`.
fn is_of_day(number: Decimal) -> bool {
    number.scale() == 2 && number < Decimal::from(24) && number.fract() < Decimal::new(60, 2)
}

impl Phrase<'_> {
    fn read(mut self, clock: Clock) -> Option<Span> {
        self.lead()?;
        let mut first = self.number()?;
        self.unit()?;
        let mut lower = None;
        if let Some(second) = self.range_end()? {
            (lower, first) = (Some(first), second);
            self.unit()?;
        }
        let mut written = self.written;
        if let Some(minutes) = self.minutes()? {
            first = first.checked_add(minutes)?;
        }
        self.mean();
        if self.written.is_some() {
            self.since()?;
        }
        if self.at < self.tokens.len() || (self.counted && written.is_none()) {
            return None;
        }
        let stated = written.is_some();
        let written = *written.get_or_insert(Written::of(clock));
        if self.working == Some(true) && written.times > 1 {
            return None;
        }
        let lower = match lower {
            Some(lower) if lower > first => return None,
            // `8.30-12.30` are hours of the day, and no days.
            Some(lower) if !stated && [lower, first].into_iter().all(is_of_day) => return None,
            Some(lower) => Some(written.amount(lower)?),
            None => None,
        };
        let amount = written.amount(first)?;
        // Weeks and months are of the calendar.
        let working = self.working.or((stated && written.times > 1).then_some(false));
        Some(Span { amount, unit: written.unit, working, stated, more: More::of(None, lower) })
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn takes(&mut self, words: &[&str]) -> bool {
        let taken = (0..words.len()).all(|ahead| self.word(ahead) == Some(words[ahead]));
        self.at += if taken { words.len() } else { 0 };
        taken
    }

    /// Everything before the number: bounds, `entro`, `tempo medio di …`, a unit written first.
    fn lead(&mut self) -> Option<()> {
        let mut timed = false;
        if let Some(Token::Sign("≤" | "<" | "<=" | "=<")) = self.tokens.first() {
            self.at += 1;
        }
        loop {
            if LIMITS.iter().any(|limit| self.takes(limit)) {
                continue;
            }
            let Some(word) = self.word(0) else { return Some(()) };
            if number_word(word).is_some() && self.word(1).and_then(unit).is_some() {
                return Some(());
            }
            if let Some(written) = unit_before(word) {
                self.at += 1;
                self.written = Some(written);
                self.qualify()?;
                self.mean();
                return Some(());
            }
            if TIMES.contains(&word) {
                timed = true;
            } else if matches!(word, "da" | "dai" | "tra" | "fra")
                && matches!(self.tokens.get(self.at + 1), Some(Token::Number(_)))
            {
                self.ranged = true;
            } else if matches!(word, "n" | "nr" | "num") {
                self.counted = true;
            } else if !LEADING.contains(&word) && (!timed || is_change(word) || word == "il") {
                return None;
            }
            self.at += 1;
        }
    }

    fn number(&mut self) -> Option<Decimal> {
        let number = match self.tokens.get(self.at)? {
            Token::Number(number) => number.read(Nature::Measure, self.reading),
            Token::Word(word) => Decimal::from(number_word(word)?),
            Token::Sign(_) => return None,
        };
        self.at += 1;
        Some(number)
    }

    /// A unit after the number, with its qualifiers; none when it names another unit than before.
    fn unit(&mut self) -> Option<()> {
        if let Some(written) = self.word(0).and_then(unit) {
            if self.written.is_some_and(|known| known != written || !self.ranged) {
                return None;
            }
            self.written = Some(written);
            self.at += 1;
        }
        if self.written.is_some() { self.qualify() } else { Some(()) }
    }

    /// `lavorativi`, `naturali e consecutivi`, `di calendario`; none when they contradict one another.
    fn qualify(&mut self) -> Option<()> {
        loop {
            if self.word(0) == Some("di") && self.word(1) == Some("calendario") {
                self.at += 1;
            }
            if self.word(0) == Some("e") && self.word(1) == Some("consecutivi") {
                self.at += 1;
            }
            let Some(working) = self.word(0).and_then(working) else { return Some(()) };
            if self.working.is_some_and(|known| known != working) {
                return None;
            }
            self.working = Some(working);
            self.at += 1;
        }
    }

    /// The upper end of a range; the outer none when a range lacks it.
    fn range_end(&mut self) -> Option<Option<Decimal>> {
        let linked = match self.tokens.get(self.at) {
            Some(Token::Sign("-")) => true,
            Some(Token::Word("a" | "ad" | "ai")) => matches!(self.tokens.get(self.at + 1), Some(Token::Number(_))),
            Some(Token::Word("e")) => self.ranged,
            _ => false,
        };
        if !linked {
            return (!self.ranged).then_some(None);
        }
        self.at += 1;
        self.ranged = true;
        match self.tokens.get(self.at)? {
            Token::Number(_) => self.number().map(Some),
            _ => None,
        }
    }

    /// The minutes after hours: `1 ora e 30 minuti`.
    fn minutes(&mut self) -> Option<Option<Decimal>> {
        if self.written != Some(Written::HOURS) || self.ranged {
            return Some(None);
        }
        let ahead = usize::from(self.word(0) == Some("e"));
        let Some(Token::Number(number)) = self.tokens.get(self.at + ahead) else { return Some(None) };
        if self.word(ahead + 1).and_then(unit) != Some(Written::MINUTES) {
            return None;
        }
        self.at += ahead + 2;
        Written::MINUTES.amount(number.read(Nature::Measure, self.reading)).map(Some)
    }

    /// `di media`, `in media`, `medi`.
    fn mean(&mut self) {
        for words in [&["di", "media"][..], &["in", "media"], &["medi"], &["medio"], &["media"], &["mediamente"]] {
            if self.takes(words) {
                return;
            }
        }
    }

    /// From when the term runs, and footnote stars; none when that holds a number or changes the meaning.
    fn since(&mut self) -> Option<()> {
        if self.word(0).is_some_and(|word| SINCE.contains(&word)) {
            while let Some(token) = self.tokens.get(self.at) {
                match token {
                    Token::Word(word) if is_change(word) => return None,
                    // A clock named late counts; a working day from which the term runs is not the term's clock.
                    Token::Word("lavorativo") => return None,
                    Token::Word(word) if working(word).is_some() => self.qualify()?,
                    Token::Word(_) | Token::Sign("," | "." | "-" | "\"" | "*") => self.at += 1,
                    Token::Sign("/") if self.word(1).is_some() => self.at += 1,
                    _ => return None,
                }
            }
        }
        while matches!(self.tokens.get(self.at), Some(Token::Sign("*"))) {
            self.at += 1;
        }
        Some(())
    }
}
