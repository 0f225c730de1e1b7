//! Results in per cent beside targets in per cent: `38%` of `40%` may be what was measured, and not how much of the target
//! was reached.

use rust_decimal::Decimal;

use super::columns::is_target;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::table::Table;
use crate::place::Place;
use crate::recognise::shares::says_reached;
use crate::sheet::{Cell, Sheet};
use crate::value::number::{self, Nature};
use crate::value::percentage::{self, Percent};

/// Percentages read as how much of a target was reached, which they may be compared with instead.
pub static BESIDE_PERCENT: Code = Code {
    id: "S051",
    slug: "percent-beside-percent-target",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» sta accanto a «{target}» («{column}»): letto come percentuale di raggiungimento; {results}",
        "\"{seen}\" stands beside \"{target}\" (\"{column}\"): read as the share of the target that was reached; {results}",
    ),
    help: Text::new(
        "se è il valore misurato, da confrontare con il target, aggiungere una colonna «% raggiungimento»; altrimenti non serve fare nulla",
        "if it is the measured value, to be compared with the target, add a column \"% raggiungimento\"; else nothing needs doing",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&BESIDE_PERCENT];

/// Tells the results of objectives and targets that stand beside a target of another percentage than all.
pub fn report(sheet: &Sheet, table: &Table, records: &[u32], findings: &mut Findings) {
    if !matches!(table.kind.id, "objectives" | "targets") {
        return;
    }
    let Some(result) = table.mapped("result").filter(|mapped| !says_reached(&mapped.header)) else { return };
    let Some(target) = table.columns.iter().find(|mapped| is_target(mapped)) else { return };
    let percent = |cell: Option<Cell<'_>>| Some(sheet.shown_text(cell?).into_owned()).filter(|text| text.contains('%'));
    let mut places: Vec<Place> = Vec::new();
    let mut first: Option<(String, String)> = None;
    for ((row, wanted), (_, reached)) in sheet.down(records, target.col).zip(sheet.down(records, result.col)) {
        let Some((wanted, reached)) = percent(wanted).zip(percent(reached)) else { continue };
        if is_part(&wanted) && matches!(percentage::scan_result(&reached), Some(Percent::Score { signed: true, .. })) {
            places.push(Place::cell(&table.file, &table.sheet, row.index, result.col));
            first.get_or_insert_with(|| (reached.trim().to_owned(), wanted.trim().to_owned()));
        }
    }
    let results = match places.len() {
        1 => Word::Text(Text::new("è l’unico", "it is the only one")),
        count => Word::Both(format!("così {count} risultati"), format!("so are {count} results")),
    };
    if let Some((finding, (seen, wanted))) = Finding::over(&BESIDE_PERCENT, places.into_iter()).zip(first) {
        let finding = finding.with("seen", seen).with("target", wanted).with("results", results);
        findings.push(finding.with("column", target.header.clone()));
    }
}

/// Whether a target's percentage is not all of something: `40%`, `almeno il 90%`, and not `100%`.
fn is_part(target: &str) -> bool {
    let before = target.split('%').next().unwrap_or_default();
    let last = number::numbers_in(before).last();
    last.is_some_and(|number| number.read(Nature::Measure, None) != Decimal::ONE_HUNDRED)
}

#[cfg(test)]
mod tests {
    use super::is_part;

    #[test]
    fn all_of_something_is_no_part() {
        assert!(["40%", ">= 90 %", "almeno il 99,5% delle pratiche", "entro 30 gg il 95%"].into_iter().all(is_part));
        assert!(!["100%", "100,00 %", "≥ 100% delle pratiche", "%", "entro 30 gg il 100%"].into_iter().any(is_part));
    }
}
