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
        let Candidate { fit, is_clear, .. } = Candidate::of(text, delimiter);
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

/// A separator, and how it fits.
struct Candidate {
    delimiter: char,
    fit: Fit,
    /// How many records it cuts, of how many.
    cut: usize,
    records: usize,
    /// Whether no quote means anything but a field.
    is_clear: bool,
}

/// Chooses the separator that cuts most records into the same number of fields.
pub(super) fn choose(text: &str) -> Choice {
    let candidates = CANDIDATES.map(|delimiter| Candidate::of(text, delimiter));
    let best_but = |left_out: Option<char>| {
        let others = candidates.iter().filter(|other| Some(other.delimiter) != left_out);
        others.reduce(|best, other| if other.fit > best.fit { other } else { best })
    };
    let Some(mut best) = best_but(None) else { unreachable!("there are candidates") };
    let mut usual = best.fit.usual;
    // Each line has one comma in its amount, and ends where its last value does.
    if best.delimiter == ','
        && let Some(other) = best_but(Some(',')).filter(|other| other.cut >= best.fit.usual)
        && explained(',', text)
    {
        best = other;
        usual = other.cut;
    }
    let Candidate { delimiter, fit, records, .. } = best;
    let least = if *delimiter == ',' { 3 } else { 2 };
    let is_table = fit.fields > 1 && usual >= least && usual * 2 >= *records;
    let rivals = || candidates.iter().filter(|other| other.delimiter != *delimiter && other.fit == *fit);
    let rival = rivals().any(|other| !explained(other.delimiter, text));
    let doubt = (fit.fields > 1 && rival).then_some(Text::new(
        "due separatori di colonna sono ugualmente possibili",
        "two column separators are equally possible",
    ));
    let is_clear = is_table && rivals().next().is_none() && candidates.iter().all(|other| other.is_clear);
    Choice { delimiter: *delimiter, width: fit.fields, is_table, doubt, is_clear }
}

impl Candidate {
    fn of(text: &str, delimiter: char) -> Self {
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
        Self { delimiter, fit: best, cut: counts.len(), records: total, is_clear: records.odd.is_empty() }
    }
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
            ("Titolo\na;b;c;d;e\n1;x;2,5\n2;y;3,5;z\n3;y;3,5;;n\n4;y;3,5;z\n", ';'),
            ("\"x;y\",b\n\"z;w\",c\n\"q\",d\n", ','),
        ] {
            assert_eq!(choose(text).delimiter, wanted, "{text}");
        }
    }

    #[test]
    fn rows_without_their_last_empty_fields_are_a_table() {
        let ragged = "a;b;c;d;e\n1;x;2,5\n2;y;3,5;z\n3;y;3,5;;n\n4;3,5\n";
        let choice = choose(ragged);
        assert!((choice.delimiter, choice.is_table) == (';', true));
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
