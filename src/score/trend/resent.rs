//! What an office sent again: the very file of an earlier year, or its figures in a sheet with a new title.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Earlier, Fate, Given, Row, Series};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::parse::copies::SAME_AS_LAST_YEAR;
use crate::place::Place;

/// As many telling figures must agree.
const TELLING: usize = 3;

/// A file, its sheet, and what of it is compared.
type SheetOf = (Arc<str>, Arc<str>, Series);

/// The very file of an earlier year.
pub static SENT_AGAIN: Code = Code {
    id: "X031",
    slug: "file-of-an-earlier-year",
    severity: Severity::Warning,
    message: Text::new(
        "il file è lo stesso, byte per byte, che era fra quelli del {year} («{then}»): è stato rimandato?",
        "the file is the same, byte for byte, as one of {year} (\"{then}\"): was it sent again?",
    ),
    help: Text::new(
        "chiedere all’ufficio il foglio di quest’anno; se vale davvero per entrambi gli anni non serve fare nulla",
        "ask the office for this year’s sheet; if it really holds for both years nothing needs doing",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&SENT_AGAIN];

/// Finds files that an earlier year was made from, and says which they are; `taken` are those of this year of which
/// something was taken, each with its SHA-256.
pub fn files(
    taken: &[(Arc<str>, String)],
    earlier: &[(&Given, &Earlier)],
    findings: &mut Findings,
) -> HashSet<Arc<str>> {
    let mut again = HashSet::new();
    for (file, sha256) in taken {
        let then = earlier.iter().find_map(|(given, record)| Some((given, record, record.files.get(sha256)?)));
        let Some((given, record, then)) = then else { continue };
        let finding = Finding::new(&SENT_AGAIN, Place::file(file)).with("year", record.year.to_string());
        findings.push(finding.with("then", then).and(Place::file(&given.name)));
        again.insert(file.clone());
    }
    again
}

/// Finds sheets all of whose figures are those of the year before.
pub fn figures(rows: &[Row], nearest: &Given, again: &HashSet<Arc<str>>, findings: &mut Findings) {
    let mut sheets: BTreeMap<SheetOf, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.fate == Fate::Found && followed(row.figure.series)) {
        if let Some(source) = row.sources.first().filter(|source| !again.contains(&source.file)) {
            sheets.entry((source.file.clone(), source.sheet.clone(), row.figure.series)).or_default().push(row);
        }
    }
    for ((file, sheet, _), rows) in sheets {
        let told = findings.iter().any(|one| {
            one.code.id == SAME_AS_LAST_YEAR.id && one.place.file == file && one.place.sheet.as_ref() == Some(&sheet)
        });
        let figures: Vec<Decimal> = rows.iter().filter_map(|row| telling(row)).collect();
        let same = rows.iter().all(|row| row.then.first() == Some(&row.now));
        if told || !same || !by_no_chance(&figures) {
            continue;
        }
        let Some(source) = rows.iter().find(|row| telling(row).is_some()).and_then(|row| row.sources.first()) else {
            continue;
        };
        let place = Place::cell(&file, &sheet, source.row, source.col);
        let finding = Finding::new(&SAME_AS_LAST_YEAR, place).with("count", figures.len().to_string());
        findings.push(finding.and(Place::file(&nearest.name)));
    }
}

/// Series whose figures stand in the sheet as an office typed them.
fn followed(series: Series) -> bool {
    matches!(series, Series::Measured | Series::Procedure | Series::Objective | Series::Resource | Series::Target)
}

/// A figure that is not like any other's: neither nothing nor the whole.
fn telling(row: &Row) -> Option<Decimal> {
    let figure = row.now?.ok()?.normalize();
    (!figure.is_zero() && figure != Decimal::ONE_HUNDRED).then_some(figure)
}

/// Whether figures cannot well agree by chance: a few small whole numbers do.
fn by_no_chance(figures: &[Decimal]) -> bool {
    let distinct: BTreeSet<&Decimal> = figures.iter().collect();
    let least = if figures.iter().any(|figure| !figure.is_integer()) { TELLING } else { TELLING + 1 };
    figures.len() >= TELLING && distinct.len() >= least
}
