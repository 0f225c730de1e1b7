//! What a glance at a text tells: most texts of a long table are the name of no column, and need no search to show it.
//!
//! A name is sure only when nearly all words of the text stand in one spelling. So the words that no spelling can hold
//! are counted, and a text with too many of them is ruled out; whatever is not that plain is left to the search.

use std::collections::HashMap;
use std::sync::RwLock;

use super::words::{Word, expand, is_small, is_unit, is_year, year_of};
use super::{REMEMBERED, Vocabulary};
use crate::sheet::is_figure;

/// Of so many words one at most may be in no spelling: the least score of a sure name allows no more.
const WORDS_FOR_ONE_UNKNOWN: usize = 5;
/// Longer words are left to the search.
const LONGEST_WORD: usize = 24;

/// Words already looked at, and whether a spelling can hold them.
#[derive(Default)]
pub(super) struct Glances(RwLock<HashMap<Box<str>, bool>>);

/// What a text has of words, counted without taking it apart.
#[derive(Default)]
struct Count {
    words: usize,
    unknown: usize,
}

impl Vocabulary {
    /// Whether a text can be a sure name of a column; `false` only when it cannot.
    pub(super) fn may_be_sure(&self, text: &str) -> bool {
        if !self.has_digits && is_figure(text) {
            return false;
        }
        if !self.has_digits && is_mostly_numbers(text) {
            return false;
        }
        if !text.is_ascii() || text.contains(['(', '[']) {
            return true;
        }
        let count = |known: &dyn Fn(&str) -> bool| -> Option<Count> {
            let mut count = Count::default();
            let mut initial = None;
            for (word, after) in runs(text) {
                let single = word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
                if word.len() > LONGEST_WORD || (!single && is_cut(word, after)) {
                    return None;
                }
                // Two initials make one word, but for `u.o.`, which stands for two.
                let joins = initial.is_some_and(|first: &str| single && !is_office(first, word));
                initial = (single && !joins && after.starts_with('.')).then_some(word);
                count.words += usize::from(!joins) + usize::from(word.eq_ignore_ascii_case("uo"));
                count.unknown += usize::from(!single && !known(word));
            }
            count.words += text.bytes().filter(|byte| *byte == b'%').count();
            Some(count)
        };
        let too_many = |count: &Count| count.unknown * WORDS_FOR_ONE_UNKNOWN > count.words;
        // Numbers first: they need no memory.
        let number = |word: &str| !self.has_digits && word.bytes().all(|byte| byte.is_ascii_digit());
        let figures = count(&|word| !number(word) || year_of(word).is_some());
        if figures.as_ref().is_none_or(too_many) {
            return figures.is_none();
        }
        count(&|word| self.may_hold(word)).is_none_or(|count| !too_many(&count))
    }

    /// Whether a cell's text can be the name of a column though it is a figure: most spellings have no digits, and
    /// there are too few years beside the number to make up for it.
    pub fn names_figures(&self) -> bool {
        self.has_digits
    }

    /// Whether a spelling can hold a word, or a search passes over it.
    fn may_hold(&self, word: &str) -> bool {
        let mut buffer = [0; LONGEST_WORD];
        let lower = &mut buffer[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let Ok(word) = std::str::from_utf8(lower) else { return true };
        if let Some(known) = self.glances.0.read().ok().and_then(|known| known.get(word).copied()) {
            return known;
        }
        let read = |dotted| Word { text: word.to_owned(), dotted, tail: None };
        let held = is_small(word)
            || matches!(word, "s" | "si" | "n")
            || [true, false]
                .into_iter()
                .flat_map(|dotted| expand(read(dotted)))
                .any(|word| is_unit(&word.text) || year_of(&word.text).is_some() || !self.near(&word).is_empty());
        if let Ok(mut known) = self.glances.0.write()
            && known.len() < REMEMBERED
        {
            known.insert(word.into(), held);
        }
        held
    }
}

/// `fornitura 2219`: words of plain letters, too many of which are numbers and no years. Of what has points or other
/// marks this does not tell.
fn is_mostly_numbers(text: &str) -> bool {
    let (mut words, mut numbers) = (0, 0);
    // How long the word at hand is, and the number it is so far.
    let (mut length, mut number) = (0, Some(0));
    for byte in text.bytes().chain([b' ']) {
        match byte {
            b'0'..=b'9' => {
                length += 1;
                number = number.map(|number: i16| number.wrapping_mul(10).wrapping_add(i16::from(byte - b'0')));
            }
            b'a'..=b'z' | b'A'..=b'Z' => (length, number) = (length + 1, None),
            b' ' | b'/' | b'-' if length > LONGEST_WORD => return false,
            b' ' | b'/' | b'-' => {
                words += usize::from(length > 0);
                numbers += usize::from(length > 0 && number.is_some_and(|number| length != 4 || !is_year(number)));
                (length, number) = (0, Some(0));
            }
            _ => return false,
        }
    }
    numbers * WORDS_FOR_ONE_UNKNOWN > 2 * words
}

/// The words of a text of plain letters, each with what follows it.
fn runs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|letter: char| letter.is_ascii_alphanumeric())?;
        let from = &rest[start..];
        let end = from.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(from.len());
        rest = &from[end..];
        Some((&from[..end], rest))
    })
}

fn is_office(first: &str, second: &str) -> bool {
    first.eq_ignore_ascii_case("u") && second.eq_ignore_ascii_case("o")
}

/// Whether letters follow a word and its point at once, as the end of a contracted word does.
fn is_cut(word: &str, after: &str) -> bool {
    let next = after.strip_prefix('.').and_then(|rest| rest.bytes().next());
    word.bytes().any(|byte| byte.is_ascii_alphabetic()) && next.is_some_and(|byte| byte.is_ascii_alphabetic())
}
