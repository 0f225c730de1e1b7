//! A standard without its code in one table that stands with it in another: the code is part of what tells standards
//! apart, so that both count.

use std::collections::HashMap;

use super::records::planned;
use super::{Joined, Record, near};
use crate::finding::Findings;
use crate::kinds::charter;
use crate::kinds::reader::Read;
use crate::value::fold::spaced_words;

type Standard = Joined<Box<charter::Record>>;

/// Tells those of the same process, indicator and planned value, of which one has no code.
pub(super) fn report(joined: &[Standard], findings: &mut Findings) {
    let has_code = |row: &&Standard| !row.record.code.is_empty();
    if !joined.iter().any(|row| has_code(&row)) {
        return;
    }
    let mut uncoded: HashMap<String, Vec<&Standard>> = HashMap::new();
    // Most sheets give every standard its code.
    for row in joined.iter().filter(|row| !has_code(row) && !row.record.process.is_empty()) {
        uncoded.entry(spaced_words(&row.record.process)).or_default().push(row);
    }
    if uncoded.is_empty() {
        return;
    }
    for row in joined.iter().filter(has_code) {
        let of_name = uncoded.get(&spaced_words(&row.record.process)).into_iter().flatten();
        for other in of_name.filter(|other| is_same(&row.record, &other.record)) {
            // The one without a code is that to be looked at.
            findings.push(near(&other.record, other.record.name(), &row.record, row.record.name()));
        }
    }
}

/// Whether two standards of one name may be the same, in two tables.
fn is_same(one: &charter::Record, other: &charter::Record) -> bool {
    let (indicator, own) = (spaced_words(&one.indicator), spaced_words(&other.indicator));
    let are_apart =
        (&one.origin.table.file, &one.origin.table.sheet) != (&other.origin.table.file, &other.origin.table.sheet);
    let is_planned = matches!(one.planned, Read::Value(_)) && planned(one) == planned(other);
    are_apart && is_planned && (indicator == own || indicator.is_empty() || own.is_empty())
}
