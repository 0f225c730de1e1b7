//! Below *Allegato 2*: how long the procedures really took, and the payments by quarter. Each figure follows a rule of its
//! own and stands under its own name; none of them is the result of a procedure.

use rust_decimal::Decimal;

use super::{MET, SCORE, TOTAL, term};
use crate::score::{EvidenceResult, PaymentPeriod, ProcedureRow, Procedures};
use crate::write::book::style::{Align, Role, Show};
use crate::write::book::table::{Cell, TableSheet};
use crate::write::book::view::View;
use crate::write::book::{formula, names};
use crate::write::decimal::same;

/// The sum paid, in euro.
const PAID: u32 = 2;
/// Indicatore di tempestività, in days.
const TIMELINESS: u32 = 3;
/// Mean days to the payment.
const MEAN: u32 = 4;
/// More rows than this have the headers again, on another page if need be.
const MOST_ROWS: usize = 15;
/// The longest name of a procedure in a title.
const LONGEST_NAME: usize = 90;
/// Where the evidence's source stands.
const SOURCE: usize = 19;

/// Adds both tables, as far as there is evidence for them; `first` is the row of the first procedure.
pub fn append(view: &View, procedures: &Procedures, sheet: &mut TableSheet, first: u32) {
    durations(view, procedures, sheet, first);
    payments(view, procedures, sheet);
}

/// Opens a table of so many rows, which stays on one page with its headers: those that a page repeats are not its own.
fn open(view: &View, sheet: &mut TableSheet, title: &str, words: [(&'static str, &'static str); 6], rows: usize) {
    sheet.gap();
    let band = sheet.across(title, Role::Section);
    let header = |(it, en)| Cell::text(view.say(it, en)).role(Role::Header).align(Align::Centre);
    let headers = sheet.push(words.map(header).to_vec());
    sheet.together.push((band, headers + rows as u32));
}

fn durations(view: &View, procedures: &Procedures, sheet: &mut TableSheet, first: u32) {
    let timed = |(at, row)| Some((at, row, timed(row)?));
    let rows: Vec<(u32, &ProcedureRow, &EvidenceResult)> = (first..).zip(&procedures.rows).filter_map(timed).collect();
    if rows.is_empty() {
        return;
    }
    let words = [
        ("N.", "N."),
        // Not the header of the table above: this is no list of procedures, and is not to be read as one.
        ("CHE COSA SI È MISURATO", "WHAT WAS MEASURED"),
        ("TERMINE", "TERM"),
        ("DURATA EFFETTIVA MEDIA (giorni di calendario)", "MEAN EFFECTIVE DURATION (calendar days)"),
        ("DURATA EFFETTIVA MASSIMA", "LONGEST EFFECTIVE DURATION"),
        ("ENTRO IL TERMINE %", "WITHIN THE TERM %"),
    ];
    let title = view.say("Durata effettiva dei procedimenti", "Effective duration of the procedures");
    for part in rows.chunks(MOST_ROWS) {
        open(view, sheet, title, words, part.len());
        for (at, row, evidence) in part {
            let cells = duration(view, row, evidence, *at, sheet.next_row());
            sheet.push(cells);
        }
    }
    sheet.across(
        view.say(
            "Durata effettiva: giorni di calendario dall’inizio alla fine delle pratiche chiuse, sospensioni comprese. Entro il termine: quota delle pratiche, senza i giorni di sospensione.",
            "Effective duration: calendar days from the start to the end of the closed cases, suspensions included. Within the term: share of the cases, days of suspension left out.",
        ),
        Role::Note,
    );
}

/// The row `own` of the procedure whose row of the annex is `at`.
fn duration(view: &View, row: &ProcedureRow, evidence: &EvidenceResult, at: u32, own: u32) -> Vec<Cell> {
    let of_procedure = |col, value: u32| Cell::formula(formula::cell(at, col), value, Show::Integer);
    let mut cells = vec![
        Cell::text(&row.number).align(Align::Centre),
        Cell::text(&row.name),
        Cell::text(term(view, evidence)),
        days(evidence.effective_mean_days),
        days(evidence.effective_max_days),
        match evidence.term {
            Some(_) => share(own, evidence.met, evidence.total),
            None => none(),
        },
        Cell::text(super::kind(view, evidence.kind)),
        of_procedure(TOTAL, evidence.total),
        of_procedure(MET, evidence.met),
    ];
    beside(view, &mut cells, evidence);
    cells
}

/// The evidence of a procedure whose cases took a known time.
fn timed(row: &ProcedureRow) -> Option<&EvidenceResult> {
    row.evidence.as_ref().filter(|evidence| evidence.effective_mean_days.is_some())
}

fn payments(view: &View, procedures: &Procedures, sheet: &mut TableSheet) {
    let with = |row| Some((row, with_payments(row)?));
    let rows: Vec<(&ProcedureRow, &EvidenceResult)> = procedures.rows.iter().filter_map(with).collect();
    if rows.is_empty() {
        return;
    }
    let words = [
        ("N.", "N."),
        ("PERIODO DEL PAGAMENTO", "PERIOD OF PAYMENT"),
        ("IMPORTO PAGATO (€)", "AMOUNT PAID (€)"),
        ("INDICATORE DI TEMPESTIVITÀ DEI PAGAMENTI (giorni)", "PAYMENT TIMELINESS INDICATOR (days)"),
        ("TEMPO MEDIO DI PAGAMENTO (giorni)", "MEAN PAYMENT TIME (days)"),
        ("ENTRO LA SCADENZA %", "PAID IN TIME %"),
    ];
    for (row, evidence) in rows {
        let title = view.say("Pagamenti per trimestre", "Payments by quarter");
        let title = format!("{title}: {} {}", row.number, crate::finding::shorten(&row.name, LONGEST_NAME));
        open(view, sheet, &title, words, evidence.payments.len());
        let mut first = sheet.next_row();
        let mut quarters: Vec<&PaymentPeriod> = Vec::new();
        for period in &evidence.payments {
            let at = sheet.next_row();
            let mut cells = match period.quarter {
                Some(_) => quarter(view, row, period, at),
                None => year(view, row, period, (first, at), &quarters),
            };
            beside(view, &mut cells, evidence);
            sheet.push(cells);
            if period.timeliness_days.is_some() {
                sheet.name(names::timeliness(period.year, period.quarter), at, TIMELINESS);
            }
            match period.quarter {
                Some(_) => quarters.push(period),
                None => (first, quarters) = (at + 1, Vec::new()),
            }
        }
    }
    sheet.across(
        view.say(
            "Indicatore di tempestività (DPCM 22/9/2014, art. 9): Σ (data del pagamento − scadenza) × importo / Σ importi, in giorni di calendario; sotto zero si è pagato prima della scadenza. Tempo medio: giorni dall’inizio al pagamento, sospensioni escluse, ogni pagamento pesa uguale. Entro la scadenza: quota dei pagamenti.",
            "Timeliness indicator (DPCM 22/9/2014, art. 9): Σ (date of payment − due date) × amount / Σ amounts, in calendar days; below zero it was paid before the due date. Mean time: days from the start to the payment, suspensions left out, each payment weighs the same. In time: share of the payments made by their due date.",
        ),
        Role::Note,
    );
}

fn with_payments(row: &ProcedureRow) -> Option<&EvidenceResult> {
    row.evidence.as_ref().filter(|evidence| !evidence.payments.is_empty())
}

fn quarter(view: &View, row: &ProcedureRow, period: &PaymentPeriod, at: u32) -> Vec<Cell> {
    let figures = [
        Cell::number(period.paid_eur, Show::Two),
        days(period.timeliness_days),
        days(period.mean_days),
        Cell::number(period.count, Show::Integer),
        Cell::number(period.within, Show::Integer),
    ];
    cells(view, row, period, at, figures)
}

/// A year, from its quarters above it: the rows from the first of `rows` to before the second.
fn year(
    view: &View,
    row: &ProcedureRow,
    period: &PaymentPeriod,
    rows: (u32, u32),
    quarters: &[&PaymentPeriod],
) -> Vec<Cell> {
    let (first, at) = rows;
    let column = |col| formula::column(col, first, at - 1);
    let sum = |col, value: Decimal, show| Cell::formula(format!("SUM({})", column(col)), value, show);
    let weighted = |weights, values, total: Option<Decimal>, exact: Option<Decimal>| match (total, exact) {
        (Some(total), Some(exact)) if same(total, exact) => {
            let own = formula::cell(at, weights);
            Cell::formula(format!("SUMPRODUCT({},{})/{own}", column(weights), column(values)), exact, Show::Two)
        }
        _ => days(exact),
    };
    let timeliness = mean(quarters, |one| Some((one.paid_eur, one.timeliness_days?)));
    let time = mean(quarters, |one| Some((one.count.into(), one.mean_days?)));
    let figures = [
        sum(PAID, period.paid_eur, Show::Two),
        weighted(PAID, TIMELINESS, timeliness, period.timeliness_days),
        weighted(TOTAL, MEAN, time, period.mean_days),
        sum(TOTAL, period.count.into(), Show::Integer),
        sum(MET, period.within.into(), Show::Integer),
    ];
    let mut cells = cells(view, row, period, at, figures);
    cells[..=SCORE as usize].iter_mut().for_each(|cell| cell.style.role = Role::Total);
    cells
}

/// The weighted mean; none when one value is not known.
fn mean(quarters: &[&PaymentPeriod], of: impl Fn(&PaymentPeriod) -> Option<(Decimal, Decimal)>) -> Option<Decimal> {
    let (mut sum, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    for (weight, value) in quarters.iter().map(|one| of(one)).collect::<Option<Vec<_>>>()? {
        sum = sum.checked_add(weight.checked_mul(value)?)?;
        weights = weights.checked_add(weight)?;
    }
    sum.checked_div(weights)
}

/// A row: the sum, the indicator and the time on the page, the numbers of payments beside it.
fn cells(view: &View, row: &ProcedureRow, period: &PaymentPeriod, at: u32, figures: [Cell; 5]) -> Vec<Cell> {
    let [paid, timeliness, time, count, within] = figures;
    vec![
        Cell::text(&row.number).align(Align::Centre),
        Cell::text(name(view, period)),
        paid,
        timeliness,
        time,
        share(at, period.within, period.count),
        Cell::text(view.say("pagamenti", "payments")),
        count,
        within,
    ]
}

fn name(view: &View, period: &PaymentPeriod) -> String {
    match period.quarter {
        Some(quarter) => {
            let roman = ["I", "II", "III", "IV"][(quarter as usize).clamp(1, 4) - 1];
            format!("{roman} {} {}", view.say("trimestre", "quarter"), period.year)
        }
        None => format!("{} {}", view.say("anno", "year"), period.year),
    }
}

/// What was met in percent of all, from the numbers beside the row.
fn share(at: u32, met: u32, total: u32) -> Cell {
    let Some(part) = Decimal::from(met).checked_div(Decimal::from(total)) else { return none() };
    let text = format!("{}/{}*100", formula::cell(at, MET), formula::cell(at, TOTAL));
    Cell::formula(text, part * Decimal::ONE_HUNDRED, Show::Two)
}

fn days(value: Option<Decimal>) -> Cell {
    value.map_or_else(none, |value| Cell::number(value, Show::Two))
}

fn none() -> Cell {
    Cell::text("—").align(Align::Right)
}

/// Ends a row with the source of its evidence; what stands beside the page looks so.
fn beside(view: &View, cells: &mut Vec<Cell>, evidence: &EvidenceResult) {
    cells.resize(SOURCE, Cell::empty());
    cells.push(view.source(&evidence.sources));
    cells[SCORE as usize + 1..].iter_mut().for_each(|cell| cell.style.role = Role::Side);
}
