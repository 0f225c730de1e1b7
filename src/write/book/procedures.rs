//! *Allegato 2*: the procedures, their evidence, and the mean; below them what the evidence tells of time and payments.

mod times;

use rust_decimal::Decimal;

use super::style::{Align, Role, Show};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use super::{formula, names};
use crate::score::{EvidenceResult, ProcedureRow, Procedures, Status};
use crate::write::decimal::{plain, round2, same};

/// The column of the results.
pub const SCORE: u32 = 5;
const TOTAL: u32 = 7;
const MET: u32 = 8;
const AT_LEAST: u32 = 9;

/// The table.
pub fn table(view: &View) -> TableSheet {
    let page = Page { landscape: true, one_page: false };
    let side = [13.0, 12.0, 11.0, 9.0, 10.0, 20.0, 12.0, 10.0, 10.0, 20.0, 16.0, 32.0, 62.0, 62.0];
    let mut sheet = TableSheet::new("Allegato 2", page, &[5.0, 35.0, 26.0, 50.0, 23.0, 13.0], &side);
    view.open(
        &mut sheet,
        view.say("ALLEGATO 2 – Monitoraggio dei procedimenti", "ALLEGATO 2 – Monitoring of the procedures"),
    );
    sheet.headers(&headers(view));
    let procedures = &view.figures().procedures;
    if procedures.rows.is_empty() {
        view.nothing(
            &mut sheet,
            view.say("Nessun procedimento da monitorare trovato.", "No procedure to monitor was found."),
        );
        return sheet;
    }
    let first = sheet.next_row();
    for row in &procedures.rows {
        let cells = cells(view, row, sheet.next_row());
        sheet.push(cells);
    }
    let last = sheet.next_row() - 1;
    totals(view, procedures, &mut sheet, first, last);
    times::append(view, procedures, &mut sheet, first);
    sheet
}

fn headers(view: &View) -> [&'static str; 20] {
    [
        "N.",
        view.say("PROCEDIMENTO", "PROCEDURE"),
        view.say("COORDINATORE", "COORDINATOR"),
        view.say("RISULTATO ATTESO E SISTEMA DI CONTROLLO", "EXPECTED RESULT AND SYSTEM OF CONTROL"),
        view.say("FONTE", "SOURCE OFFICE"),
        view.say("RISULTATO", "RESULT"),
        view.say("Prova", "Evidence"),
        view.say("Considerati", "Considered"),
        view.say("Rispettati", "Met"),
        view.say("Almeno", "At least"),
        view.say("In corso", "In progress"),
        view.say("Termine", "Term"),
        view.say("Giorni medi", "Mean days"),
        view.say("Mediana", "Median"),
        view.say("Massimo", "Maximum"),
        view.say("Tempestività pagamenti (giorni)", "Payment delay (days)"),
        view.say("Stato", "Status"),
        view.say("Regola", "Rule"),
        view.say("Fonte del piano", "Source of the plan"),
        view.say("Fonte della prova", "Source of the evidence"),
    ]
}

fn cells(view: &View, row: &ProcedureRow, at: u32) -> Vec<Cell> {
    let shade = view.shade(row.status, row.to_check);
    let counted = row.status == Status::Counted;
    let score = match row.score.filter(|_| counted).and_then(|score| of_evidence(row, score, at)) {
        Some(cell) => cell,
        None => view.score(row.score.filter(|_| counted), row.status),
    };
    let mark = view.marked(&row.expected, row.status, row.to_check);
    let mut cells = vec![
        Cell::text(&row.number).align(Align::Centre),
        Cell::text(&row.name),
        Cell::text(&row.coordinator),
        mark,
        Cell::text(&row.source_office),
        score,
    ];
    for cell in &mut cells {
        *cell = std::mem::take(cell).shade(shade);
    }
    cells.extend(evidence(view, row.evidence.as_ref()));
    cells.push(Cell::text(match row.status {
        Status::NotCounted => view.say("non conteggiato", "not counted"),
        status => view.mark(status, row.to_check),
    }));
    cells.push(Cell::text(row.rule.label().get(view.lang)));
    cells.push(view.source(&row.sources));
    cells.push(row.evidence.as_ref().map_or_else(Cell::empty, |evidence| view.source(&evidence.sources)));
    for cell in &mut cells[6..] {
        cell.style.role = Role::Side;
    }
    cells
}

/// The result as a formula over the evidence beside it, when that is how the score came about.
fn of_evidence(row: &ProcedureRow, score: Decimal, at: u32) -> Option<Cell> {
    let evidence = row.evidence.as_ref()?;
    let (met, total) = (formula::cell(at, MET), formula::cell(at, TOTAL));
    let hundred = Decimal::ONE_HUNDRED;
    let share = |of: u32| Some(Decimal::from(evidence.met).checked_div(Decimal::from(of))? * hundred);
    let (text, value) = match evidence.at_least {
        Some(needed) => {
            let needed_cell = formula::cell(at, AT_LEAST);
            let value = if evidence.met >= needed { hundred } else { share(needed)? };
            (format!("IF({met}>={needed_cell},100,{met}/{needed_cell}*100)"), value)
        }
        None => (format!("{met}/{total}*100"), share(evidence.total)?),
    };
    same(value, score).then(|| Cell::formula(text, score, Show::Two))
}

fn evidence(view: &View, evidence: Option<&EvidenceResult>) -> Vec<Cell> {
    let Some(evidence) = evidence else { return vec![Cell::empty(); 10] };
    let days = |value: Option<Decimal>| value.map_or_else(Cell::empty, |value| Cell::number(value, Show::Two));
    let count = |value: u32| Cell::number(value, Show::Integer);
    vec![
        Cell::text(kind(view, evidence.kind)),
        count(evidence.total),
        count(evidence.met),
        evidence.at_least.map_or_else(Cell::empty, count),
        count(evidence.left_out),
        Cell::text(term(view, evidence)),
        days(evidence.mean_days),
        days(evidence.median_days),
        days(evidence.max_days),
        days(evidence.payment_delay_days),
    ]
}

/// The term of its cases; empty without one.
fn term(view: &View, evidence: &EvidenceResult) -> String {
    evidence.term.map_or_else(String::new, |(days, working)| {
        let clock = if working { view.say("giorni lavorativi", "working days") } else { view.say("giorni", "days") };
        format!("{} {clock}", plain(days))
    })
}

fn kind(view: &View, kind: &'static str) -> &'static str {
    match kind {
        "cases" => view.say("pratiche", "cases"),
        "steps" => view.say("fasi", "steps"),
        "checks" => view.say("verifiche", "checks"),
        "coverage" => view.say("copertura", "coverage"),
        "declared" => view.say("dichiarato", "declared"),
        other => other,
    }
}

fn totals(view: &View, procedures: &Procedures, sheet: &mut TableSheet, first: u32, last: u32) {
    let label = view.say("MEDIA", "MEAN");
    let (Some(mean), Some(rounded)) = (procedures.mean, procedures.rounded) else {
        sheet.total(label, SCORE, vec![Cell::text("N.C.").align(Align::Right)]);
        return;
    };
    let exact_address = formula::cell(sheet.next_row(), TOTAL);
    let scores = formula::column(SCORE, first, last);
    let cells = vec![
        Cell::formula(format!("ROUND({exact_address},2)"), round2(mean), Show::Two),
        Cell::text(view.say("valore esatto", "exact value")),
        Cell::formula(format!("AVERAGE({scores})"), mean, Show::Plain),
    ];
    let row = sheet.total(label, SCORE, cells);
    sheet.name(names::PROCEDURES_MEAN, row, SCORE);
    sheet.name(names::PROCEDURES_EXACT, row, TOTAL);
    let text = format!("ROUND({},0)", formula::cell(row, SCORE));
    let cell = Cell::formula(text, rounded, Show::Integer);
    let row = sheet.total(view.say("MEDIA ARROTONDATA", "ROUNDED MEAN"), SCORE, vec![cell]);
    sheet.name(names::PROCEDURES_ROUNDED, row, SCORE);
}
