//! One file: its sheets recognised, then parsed.

use super::{Read, source_of};
use crate::delivery::Delivery;
use crate::finding::{Finding, Findings, Severity};
use crate::kinds::form;
use crate::outcome::SheetSource;
use crate::parse::{self, SheetParse, UNFILLED};
use crate::place::Place;
use crate::recognise::vocabulary::Vocabulary;
use crate::recognise::{Recognition, Subject, recognise};
use crate::sheet::{Sheet, Visibility};
use crate::value::fold::fold;

/// Recognises and parses a file.
pub fn parse(read: &Read, year: i16, vocabulary: &Vocabulary) -> Delivery {
    let mut parsed = Delivery { source: source_of(read), ..Delivery::default() };
    let Some(opened) = &read.opened else { return parsed };
    let subjects: Vec<Subject<'_>> = opened
        .sheets
        .iter()
        .map(|sheet| Subject { file: &read.found.name, sheet, year: Some(year), vocabulary })
        .collect();
    let recognised: Vec<Recognition> = subjects.iter().map(recognise).collect();
    let mut unfilled: Vec<&Sheet> = Vec::new();
    for (subject, recognition) in subjects.iter().zip(&recognised) {
        let done = parse::parse(subject, recognition, year, is_referred(subject.sheet, &opened.sheets, &recognised));
        parsed.source.sheets.push(source(subject.sheet, recognition, &done));
        unfilled.extend(done.unfilled.then_some(subject.sheet));
        parsed.names.extend(done.names);
        parsed.prints.extend(done.prints);
        parsed.records.append(done.records);
        parsed.findings.append(done.findings);
    }
    let asks = |(sheet, recognition): (&Sheet, &Recognition)| !recognition.instructions && !sheet.rows.is_empty();
    let asking = opened.sheets.iter().zip(&recognised).filter(|pair| asks(*pair)).count();
    parsed.source.blank = !unfilled.is_empty() && unfilled.len() == asking;
    if !(parsed.source.blank && form::is_in_folder(&read.found.name)) {
        for sheet in unfilled {
            parsed.findings.push(Finding::new(&UNFILLED, Place::sheet(&read.found.name, &sheet.name)));
        }
    }
    parsed
}

/// One note for all the blank forms that lie in their own folder: nobody's delivery.
pub fn tell_of_blank_forms(files: &[Delivery], findings: &mut Findings) {
    let mut ours =
        files.iter().map(|file| &file.source).filter(|source| source.blank && form::is_in_folder(&source.file));
    let Some(first) = ours.next() else { return };
    let finding = Finding::new(&UNFILLED, Place::file(&first.file)).at(Severity::Info);
    findings.push(ours.fold(finding, |finding, source| finding.and(Place::file(&source.file))));
}

fn source(sheet: &Sheet, recognition: &Recognition, done: &SheetParse) -> SheetSource {
    let tables = &recognition.tables;
    SheetSource {
        name: sheet.name.to_string(),
        kind: tables.first().map(|table| table.kind.id),
        header_rows: tables.iter().flat_map(|table| table.header_rows.0 + 1..=table.header_rows.1 + 1).collect(),
        records: done.count,
        why: done.why.clone(),
        ledger: done.ledger.counts(),
    }
}

/// Whether formulas of a visible sheet that a kind claims refer to this one.
pub fn is_referred(sheet: &Sheet, sheets: &[Sheet], recognised: &[Recognition]) -> bool {
    let name = fold(&sheet.name);
    sheets.iter().zip(recognised).any(|(other, recognition)| {
        !std::ptr::eq(other, sheet)
            && other.visibility == Visibility::Visible
            && !recognition.tables.is_empty()
            && other.formulas.iter().any(|(_, formula)| refers(formula, &name))
    })
}

/// Whether a formula names a sheet: `'dettaglio quesiti'!D2:D11`, or `$'dettaglio quesiti'.D2` in ods.
fn refers(formula: &str, folded_name: &str) -> bool {
    formula.split(['!', '.']).any(|piece| {
        let piece = piece.trim_end_matches('\'');
        let start = piece.rfind(['\'', '(', '[', ',', ';', '$', '+', '-', '*', '/', '=', ':']).map_or(0, |at| at + 1);
        fold(&piece[start..]) == folded_name
    })
}

#[cfg(test)]
mod tests {
    use super::refers;

    #[test]
    fn formulas_name_sheets() {
        assert!(refers("AVERAGE('dettaglio quesiti'!D2:D11)", "dettaglio quesiti"));
        assert!(refers("Dati!A1+Dati!A2", "dati"));
        assert!(refers("[.A1]+[$Dati.B2]", "dati"));
        assert!(!refers("SUM(D2:D11)", "dati"));
    }
}
