//! Which character separates the fields.

use super::records::Records;
use crate::finding::Text;

/// Candidates; of two that fit equally well the earlier is taken.
const CANDIDATES: [char; 4] = [';', '\t', '|', ','];
/// How many records are looked at.
const LOOKED_AT: usize = 200;

/// The separator, and how sure it is.
pub(super) struct Choice {
    pub(super) delimiter: char,
    /// How many fields most records have.
    pub(super) width: usize,
    /// Whether the text looks like a table at all.
    pub(super) is_table: bool,
    pub(super) doubt: Option<Text>,
    /// Whether the first records alone say all this, and nothing that stands behind them could say otherwise.
    pub(super) is_clear: bool,
}

impl Choice {
    /// The separator that a text says it has.
    pub(super) fn certain(text: &str, delimiter: char) -> Self {
        let (_, fit, _, is_clear) = fit(text, delimiter);
        Self { delimiter, width: fit.fields, is_table: true, doubt: None, is_clear }
    }
}

/// The separator of a first line `sep=;`, and the text after it.
pub(super) fn declared(text: &str) -> (Option<char>, &str) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let line = text[..end].trim_matches('"');
    let Some(word) = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")) else { return (None, text) };
    let mut rest = line[word.len()..].chars();
    match (rest.next(), rest.next()) {
        (Some(delimiter), None) => {
            let after = &text[end..];
            (Some(delimiter), after.strip_prefix("\r\n").or(after.get(1..)).unwrap_or_default())
        }
        _ => (None, text),
    }
}

/// How well a separator fits: records with the usual number of fields, that number, all records with any.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    usual: usize,
    fields: usize,
}

/// Chooses the separator that cuts most records into the same number of fields.
pub(super) fn choose(text: &str) -> Choice {
    let fits: Vec<(char, Fit, usize, bool)> = CANDIDATES.iter().map(|delimiter| fit(text, *delimiter)).collect();
    let mut best = &fits[0];
    for other in &fits[1..] {
        if other.1 > best.1 {
            best = other;
        }
    }
    let (delimiter, fit, records, _) = best;
    let least = if *delimiter == ',' { 3 } else { 2 };
    let is_table = fit.fields > 1 && fit.usual >= least && fit.usual * 2 >= *records;
    let rivals = || fits.iter().filter(|(other, rival, ..)| other != delimiter && rival == fit);
    let rival = rivals().any(|(other, ..)| !explained(*other, text));
    let doubt = (fit.fields > 1 && rival).then_some(Text::new(
        "due separatori di colonna sono ugualmente possibili",
        "two column separators are equally possible",
    ));
    let is_clear = is_table && rivals().next().is_none() && fits.iter().all(|(.., is_clear)| *is_clear);
    Choice { delimiter: *delimiter, width: fit.fields, is_table, doubt, is_clear }
}

/// How a separator fits, to how many records, and whether no quote means anything but a field.
fn fit(text: &str, delimiter: char) -> (char, Fit, usize, bool) {
    let mut records = Records::new(text, delimiter, 0, 0);
    let mut counts: Vec<usize> = Vec::new();
    for _ in 0..LOOKED_AT {
        let mut shows = false;
        let Some(fields) = records.next(|_, field| shows |= !field.trim().is_empty()) else { break };
        if shows {
            counts.push(fields);
        }
    }
    let total = counts.len();
    counts.retain(|fields| *fields > 1);
    counts.sort_unstable();
    let mut best = Fit { usual: 0, fields: 0 };
    for run in counts.chunk_by(|a, b| a == b) {
        best = best.max(Fit { usual: run.len(), fields: run[0] });
    }
    (delimiter, best, total, records.odd.is_empty())
}

/// Whether a comma is only ever a decimal mark.
fn explained(delimiter: char, text: &str) -> bool {
    let bytes = text.as_bytes();
    delimiter == ','
        && bytes.iter().enumerate().filter(|(_, byte)| **byte == b',').all(|(at, _)| {
            let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
            digit(at.checked_sub(1)) && digit(at.checked_add(1))
        })
}

#[cfg(test)]
mod tests {
    use super::{choose, declared};

    #[test]
    fn the_most_regular_separator_wins() {
        for (text, wanted) in [
            ("Titolo, con virgola\n\na;b;c\n1,5;2,5;3\n", ';'),
            ("a,b,c\n1,2,3\n4,5,6\n", ','),
            ("a\tb\n1,5\t2\n3,5\t4\n", '\t'),
            ("a|b\n1|2\n", '|'),
            ("2016;91,5\n2017;92,5\n", ';'),
            ("\"x;y\",b\n\"z;w\",c\n\"q\",d\n", ','),
        ] {
            assert_eq!(choose(text).delimiter, wanted, "{text}");
        }
    }

    #[test]
    fn prose_is_no_table() {
        assert!(
            !choose("Cartella di raccolta dei monitoraggi 2019: ogni ufficio lascia qui i propri fogli.\n").is_table
        );
        assert!(!choose("Uno, due, tre.\nQuattro, cinque.\nSei.\nSette e otto.\n").is_table);
    }

    #[test]
    fn a_declared_separator_is_no_row() {
        assert_eq!(declared("sep=;\r\na;b"), (Some(';'), "a;b"));
        assert_eq!(declared("\"sep=,\"\na,b"), (Some(','), "a,b"));
        assert_eq!(declared("separato;b"), (None, "separato;b"));
    }
}
