//! Tables that may be parts of another, and titles between their rows: what they name decides.

use super::codes::ANOTHER_BETWEEN;
use super::{Named, Naming, Provable, Proves, SURE, by_code, namings, resembling};
use crate::finding::{Finding, Findings};
use crate::kinds::evidence::Evidence;
use crate::place::Place;
use crate::value::fold::words;

/// Tables whose header is that of the table above once more are parts of it, unless their own title names something that
/// can be proved.
pub fn join_continued(tables: Vec<Evidence>, provable: &Provable<'_>) -> Vec<Evidence> {
    let mut joined: Vec<Evidence> = Vec::with_capacity(tables.len());
    for table in tables {
        let is_of_one = |above: &&mut Evidence| {
            let (above, own) = (&above.table, &table.table);
            std::ptr::eq(above.kind, own.kind) && above.file == own.file && above.sheet == own.sheet
        };
        let names_one = || namings(&table).iter().any(|naming| naming.is_title && surely(naming, provable).is_some());
        let continues = table.table.context.continues && !names_one();
        match joined.last_mut().filter(|_| continues).filter(is_of_one) {
            Some(above) => above.append(table),
            None => joined.push(table),
        }
    }
    joined
}

/// Tells the titles between the rows of a table that name something else than it proves.
pub fn others_between(evidence: &Evidence, proved: Proves, provable: &Provable<'_>, findings: &mut Findings) {
    let table = &evidence.table;
    for (title, (row, col)) in table.context.between.iter().filter(|(title, _)| words(title).len() >= 2) {
        let place = Place::cell(&table.file, &table.sheet, *row, *col);
        let naming = Naming { text: title.clone(), procedures: true, standards: true, place, is_title: true };
        let is_other = match surely(&naming, provable) {
            Some(Named::One(other, _)) => other != proved,
            Some(Named::Either(..)) => true,
            None => false,
        };
        if is_other {
            let finding = Finding::new(&ANOTHER_BETWEEN, naming.place).with("seen", title.clone());
            findings.push(finding.with("name", provable.shown(proved)));
        }
    }
}

/// What a text names beyond doubt.
fn surely<'a>(naming: &Naming, provable: &Provable<'a>) -> Option<Named<'a>> {
    by_code(naming, provable).or_else(|| provable.named(naming)).or_else(|| {
        let (score, proves, name) = resembling(naming, provable).first().copied()?;
        (score >= SURE).then_some(Named::One(proves, name))
    })
}
