//! *Allegato 1*: the standards of the Carta dei servizi, by area and section, with their total and percentage.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::rule::Rule;
use super::style::{Align, Role, Shade, Show};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use super::{formula, names};
use crate::kinds::charter::Record;
use crate::score::{Charter, CharterRow, Status};
use crate::write::decimal::round2;
use rust_decimal::Decimal;

/// Where the office and the scores stand, for formulas elsewhere.
pub const OFFICE: u32 = 2;
/// The column of the scores.
pub const SCORE: u32 = 6;
/// Notes of more letters than this, on the average, are long.
const LONG_NOTES: usize = 100;
pub(super) const DEVIATION: u32 = 8;
pub(super) const PLANNED: u32 = 9;
pub(super) const MEASURED: u32 = 10;

/// The rows of the standards: headers come before, the totals after.
pub fn body(sheet: &TableSheet) -> Option<(u32, u32)> {
    let first = sheet.header? + 1;
    let (_, total) = sheet.names.iter().find(|(name, _)| name == names::CHARTER_TOTAL)?;
    Some((first, total.row.checked_sub(1)?))
}

/// The table.
pub fn table(view: &View) -> TableSheet {
    let page = Page { landscape: true, one_page: false };
    let notes = room_for_notes(&view.figures().charter);
    let printed = [8.0, 34.0, 23.0, 24.0, 16.0, 16.0, 13.0, notes];
    let mut sheet = TableSheet::new("Allegato 1", page, &printed, &[15.0, 15.0, 15.0, 16.0, 34.0, 62.0]);
    sheet.merge_down = Some(0);
    view.open(
        &mut sheet,
        view.say(
            "ALLEGATO 1 – Monitoraggio degli standard della Carta dei servizi",
            "ALLEGATO 1 – Monitoring of the standards of the service charter",
        ),
    );
    sheet.headers(&headers(view));
    let charter = &view.figures().charter;
    if charter.rows.is_empty() {
        view.nothing(
            &mut sheet,
            view.say("Nessuno standard trovato nei fogli.", "No standard was found in the sheets."),
        );
        return sheet;
    }
    let first = sheet.next_row();
    rows(view, charter, &mut sheet);
    let last = sheet.next_row() - 1;
    totals(view, charter, &mut sheet, first, last);
    sheet
}

/// The width of the notes: more where most rows have long ones, which would make each row as high as its note.
fn room_for_notes(charter: &Charter) -> f64 {
    let letters: usize = charter.rows.iter().map(|row| row.record().notes.chars().count()).sum();
    if letters > LONG_NOTES * charter.rows.len() { 46.0 } else { 31.0 }
}

fn headers(view: &View) -> [&'static str; 14] {
    [
        "N.",
        view.say("PROCESSO/SERVIZIO", "PROCESS/SERVICE"),
        view.say("UNITÀ ORGANIZZATIVA RESPONSABILE", "RESPONSIBLE UNIT"),
        view.say("INDICATORE", "INDICATOR"),
        view.say("VALORE PROGRAMMATO", "PLANNED VALUE"),
        view.say("VALORE RILEVATO", "MEASURED VALUE"),
        view.say("RISULTATO", "RESULT"),
        view.say("NOTE", "NOTES"),
        view.say("Scostamento %", "Deviation %"),
        view.say("Programmato (valore)", "Planned (value)"),
        view.say("Rilevato (valore)", "Measured (value)"),
        view.say("Stato", "Status"),
        view.say("Regola", "Rule"),
        view.say("Fonte", "Source"),
    ]
}

fn rows(view: &View, charter: &Charter, sheet: &mut TableSheet) {
    // Needed only where a row has no section.
    let titles = LazyCell::new(|| titles(charter));
    let (mut area, mut section) = (None, None);
    for row in &charter.rows {
        let record = row.record();
        let its_area = area_of(view, &record.code);
        if its_area.is_some() && its_area != area {
            let title = its_area.map(|(code, title)| format!("{code} {title}")).unwrap_or_default();
            sheet.across(title, Role::Area);
            section = None;
        }
        area = its_area.or(area);
        let title =
            if record.section.is_empty() { titles.get(&*record.code).cloned() } else { Some(section_of(record)) };
        // Below a section, a row that has none gets its code as title: it must not seem to belong there.
        let title = title.or_else(|| section.is_some().then(|| bare(view, &record.code)));
        if let Some(title) = title.as_ref().filter(|_| title != section) {
            sheet.across(title.clone(), Role::Section);
        }
        section = title;
        let cells = cells(view, row, sheet.next_row());
        sheet.push(cells);
    }
}

/// The section of each code, as the first row that has one gives it.
fn titles(charter: &Charter) -> BTreeMap<&str, String> {
    let records = charter.rows.iter().map(|row| row.record());
    let titled = records.filter(|record| !record.section.is_empty() && !record.code.is_empty());
    titled.rev().map(|record| (&*record.code, section_of(record))).collect()
}

/// The area whose code the row's code begins with; the longest when several do.
fn area_of<'a>(view: &View<'a>, code: &str) -> Option<&'a (String, String)> {
    let begins = |prefix: &str| {
        let prefix = prefix.trim_end_matches('.');
        code.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    view.figures().areas.iter().filter(|(prefix, _)| begins(prefix)).max_by_key(|(prefix, _)| prefix.len())
}

fn section_of(record: &Record) -> String {
    if record.section.starts_with(record.code.as_str()) {
        record.section.to_string()
    } else {
        format!("{} {}", record.code, record.section)
    }
}

fn bare(view: &View, code: &str) -> String {
    if code.is_empty() { view.say("Senza codice", "Without a code").to_owned() } else { code.to_owned() }
}

fn cells(view: &View, row: &CharterRow, at: u32) -> Vec<Cell> {
    let record = row.record();
    let shade = view.shade(row.status, row.to_check());
    let counted = row.status == Status::Counted;
    // Only counted rows stand in the sums, so that SUM and COUNT over the column are the figures.
    let rule = Some(row).filter(|_| counted).and_then(|row| Rule::of(view.outcome.respect, row));
    let score = match (&rule, row.score.filter(|_| counted)) {
        (Some(rule), Some(score)) => Cell::formula(rule.score(at), score, Show::Two),
        (_, score) => view.score(score, row.status),
    };
    let deviation = match (&rule, row.deviation_percent.filter(|_| counted)) {
        (Some(rule), Some(deviation)) => Cell::formula(rule.deviation(at), deviation, Show::Two),
        (None, Some(deviation)) => Cell::number(deviation, Show::Two),
        (_, None) => Cell::empty(),
    };
    let value = |value: Option<Decimal>| value.map_or_else(Cell::empty, |value| Cell::number(value, Show::Plain));
    let mut cells = vec![
        Cell::text(record.code.as_str()),
        Cell::text(record.process.as_str()),
        Cell::text(record.office.as_str()),
        Cell::text(record.indicator.as_str()),
        Cell::text(row.planned_said().as_str()).align(Align::Centre),
        Cell::text(row.measured_said().as_str()).align(Align::Centre),
        score,
        view.marked(&record.notes, row.status, row.to_check()),
        deviation.role(Role::Side),
        value(row.planned_days()).role(Role::Side),
        value(row.measured_days()).role(Role::Side),
        Cell::text(state(view, row)).role(Role::Side),
        Cell::text(row.rule.label().get(view.lang)).role(Role::Side),
        view.source(&row.sources()),
    ];
    for cell in &mut cells[..8] {
        *cell = std::mem::take(cell).shade(shade);
    }
    cells
}

fn state(view: &View, row: &CharterRow) -> &'static str {
    match row.status {
        Status::NotCounted => view.say("non conteggiato", "not counted"),
        status if !view.mark(status, row.to_check()).is_empty() => view.mark(status, row.to_check()),
        _ => view.say("conteggiato", "counted"),
    }
}

fn totals(view: &View, charter: &Charter, sheet: &mut TableSheet, first: u32, last: u32) {
    let scores = formula::column(SCORE, first, last);
    let total = Cell::formula(format!("SUM({scores})"), charter.total, Show::Two);
    let total = sheet.total(view.say("TOTALE", "TOTAL"), SCORE, vec![total]);
    sheet.name(names::CHARTER_TOTAL, total, SCORE);

    let left_out = match view.lang {
        crate::finding::Lang::It => format!("N.C.: {} · da completare: {}", charter.not_counted, charter.incomplete),
        crate::finding::Lang::En => format!("N.C.: {} · to be completed: {}", charter.not_counted, charter.incomplete),
    };
    let count = Cell::formula(format!("COUNT({scores})"), charter.counted, Show::Integer);
    let count = sheet.total(view.say("N. PROCESSI", "N. OF PROCESSES"), SCORE, vec![count, Cell::text(left_out)]);
    sheet.name(names::CHARTER_COUNT, count, SCORE);

    let label = view.say("PERCENTUALE", "PERCENTAGE");
    let Some(percent) = charter.percent else {
        sheet.total(label, SCORE, vec![Cell::text("N.C.").align(Align::Right)]);
        return;
    };
    let exact_address = formula::cell(sheet.next_row(), DEVIATION);
    let rounded = Cell::formula(format!("ROUND({exact_address},2)"), round2(percent), Show::Two);
    let ratio = format!("{}/{}", formula::cell(total, SCORE), formula::cell(count, SCORE));
    let exact = Cell::formula(ratio, percent, Show::Plain);
    let helper = Cell::text(view.say("valore esatto", "exact value"));
    let row = sheet.total(label, SCORE, vec![rounded, Cell::empty(), exact, helper]);
    sheet.name(names::CHARTER_PERCENT, row, SCORE);
    sheet.name(names::CHARTER_EXACT, row, DEVIATION);
    deviation(view, charter, sheet, &formula::column(DEVIATION, first, last));
}

fn deviation(view: &View, charter: &Charter, sheet: &mut TableSheet, deviations: &str) {
    let tolerance = view.figures().tolerance_percent;
    let label = view.say("SCOSTAMENTO MEDIO %", "MEAN DEVIATION %");
    let tolerance_row = |sheet: &mut TableSheet| {
        let cell = Cell::number(tolerance, Show::Two);
        let row = sheet.total(view.say("TOLLERANZA %", "TOLERANCE %"), SCORE, vec![cell]);
        sheet.name(names::TOLERANCE, row, SCORE);
    };
    let Some(mean) = charter.mean_deviation_percent else {
        sheet.total(label, SCORE, vec![Cell::text("N.C.").align(Align::Right)]);
        tolerance_row(sheet);
        return;
    };
    let mean = round2(mean);
    let cell = Cell::formula(format!("ROUND(AVERAGE({deviations}),2)"), mean, Show::Two);
    let (within, beyond) = verdicts(view);
    let (verdict, shade) = if mean <= tolerance { (within, Shade::Good) } else { (beyond, Shade::Error) };
    let row = sheet.next_row();
    let text =
        format!("IF({}<={},\"{within}\",\"{beyond}\")", formula::cell(row, SCORE), formula::cell(row + 1, SCORE),);
    sheet.total(label, SCORE, vec![cell, Cell::formula_text(text, verdict).shade(shade)]);
    sheet.name(names::CHARTER_DEVIATION, row, SCORE);
    tolerance_row(sheet);
}

/// What is said of a mean deviation within, and beyond, the tolerance.
pub fn verdicts(view: &View) -> (&'static str, &'static str) {
    (view.say("entro la tolleranza", "within the tolerance"), view.say("oltre la tolleranza", "beyond the tolerance"))
}
