//! *Riepilogo*: one page with the headline figures, the verdict, the findings, and who is missing.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::style::{Align, Role, Shade, Show};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use super::{charter, findings, formula, names};
use crate::finding::Severity;
use crate::place::CellRef;
use crate::score::Status;
use crate::write::decimal::round2;

/// More rows than this are not squeezed onto one page.
const ONE_PAGE_ROWS: u32 = 75;

/// The table.
pub fn table(view: &View) -> TableSheet {
    let mut sheet = TableSheet::new("Riepilogo", Page::default(), &[54.0, 17.0, 25.0, 20.0], &[]);
    view.open(&mut sheet, view.say("RIEPILOGO DEI RISULTATI", "SUMMARY OF RESULTS"));
    sheet.headers(&[
        view.say("DATO", "FIGURE"),
        view.say("VALORE", "VALUE"),
        view.say("ESITO", "VERDICT"),
        view.say("DOVE", "WHERE"),
    ]);
    charter_figures(view, &mut sheet);
    procedure_figures(view, &mut sheet);
    objective_figures(view, &mut sheet);
    cost_figures(view, &mut sheet);
    target_figures(view, &mut sheet);
    finding_figures(view, &mut sheet);
    missing(view, &mut sheet);
    legend(view, &mut sheet);
    sheet.page.one_page = sheet.next_row() <= ONE_PAGE_ROWS;
    sheet
}

/// One figure: its label, its value, what it says, and the sheet it stands on.
fn figure(sheet: &mut TableSheet, label: impl Into<String>, value: Cell, verdict: Cell, on: &str) {
    let place = match on {
        "" => Cell::empty(),
        on => Cell::link(on, "", Some((on.to_owned(), CellRef::new(0, 0)))),
    };
    sheet.push(vec![Cell::text(label), value, verdict, place]);
}

fn not_counted() -> Cell {
    Cell::text("N.C.").align(Align::Right)
}

fn charter_figures(view: &View, sheet: &mut TableSheet) {
    let (charter, on) = (&view.figures().charter, "Allegato 1");
    if charter.rows.is_empty() {
        return;
    }
    sheet.across(view.say("Standard della Carta dei servizi", "Standards of the service charter"), Role::Section);
    let count = Cell::formula(names::CHARTER_COUNT, charter.counted, Show::Integer);
    figure(sheet, view.say("Processi conteggiati", "Processes counted"), count, Cell::empty(), on);
    let left_out = |value: u32| Cell::number(value, Show::Integer);
    figure(sheet, view.say("Processi N.C.", "Processes N.C."), left_out(charter.not_counted), Cell::empty(), on);
    if charter.incomplete > 0 {
        let label = view.say("Processi da completare", "Processes to be completed");
        let verdict = Cell::text(view.say("da completare", "to be completed")).shade(Shade::Missing);
        figure(sheet, label, left_out(charter.incomplete), verdict, on);
    }
    let total = Cell::formula(names::CHARTER_TOTAL, charter.total, Show::Two);
    figure(sheet, view.say("Totale dei risultati", "Total of the results"), total, Cell::empty(), on);
    let percent = match charter.percent {
        Some(percent) => Cell::formula(names::CHARTER_PERCENT, round2(percent), Show::Two),
        None => not_counted(),
    };
    figure(sheet, view.say("Percentuale di realizzazione", "Percentage achieved"), percent, Cell::empty(), on);
    let label = view.say("Scostamento medio %", "Mean deviation %");
    match charter.mean_deviation_percent.map(round2) {
        Some(mean) => {
            let value = Cell::formula(names::CHARTER_DEVIATION, mean, Show::Two);
            figure(sheet, label, value, verdict(view, mean), on);
        }
        None => figure(sheet, label, not_counted(), Cell::empty(), on),
    }
}

fn verdict(view: &View, mean: Decimal) -> Cell {
    let (within, beyond) = charter::verdicts(view);
    let tolerance = view.figures().tolerance_percent;
    let (text, shade) = if mean <= tolerance { (within, Shade::Good) } else { (beyond, Shade::Error) };
    let condition = format!("{}<={}", names::CHARTER_DEVIATION, names::TOLERANCE);
    Cell::formula_text(format!("IF({condition},\"{within}\",\"{beyond}\")"), text).shade(shade)
}

fn procedure_figures(view: &View, sheet: &mut TableSheet) {
    let (procedures, on) = (&view.figures().procedures, "Allegato 2");
    if procedures.rows.is_empty() {
        return;
    }
    sheet.across(view.say("Procedimenti", "Procedures"), Role::Section);
    let count = Cell::number(procedures.counted, Show::Integer);
    figure(sheet, view.say("Procedimenti conteggiati", "Procedures counted"), count, Cell::empty(), on);
    if let (Some(mean), Some(rounded)) = (procedures.mean, procedures.rounded) {
        let mean = Cell::formula(names::PROCEDURES_MEAN, round2(mean), Show::Two);
        figure(sheet, view.say("Media", "Mean"), mean, Cell::empty(), on);
        let rounded = Cell::formula(names::PROCEDURES_ROUNDED, rounded, Show::Integer);
        figure(sheet, view.say("Media arrotondata", "Rounded mean"), rounded, Cell::empty(), on);
    }
}

fn objective_figures(view: &View, sheet: &mut TableSheet) {
    let (objectives, on) = (&view.figures().objectives, "Allegato 3");
    let (mut holder, mut named) = (None, BTreeSet::new());
    for objective in objectives {
        if holder != Some(&objective.holder) {
            sheet.across(format!("{} – {}", view.say("Obiettivi", "Objectives"), objective.holder), Role::Section);
            holder = Some(&objective.holder);
        }
        let label = format!("{} – {}", objective.number, crate::finding::shorten(&objective.title, 110));
        let name = names::objective(&objective.holder, &objective.number);
        let value = match objective.score {
            Some(score) if named.insert(name.to_lowercase()) => Cell::formula(name, round2(score), Show::Two),
            // Two rows of one holder and number: the name is the first one's.
            Some(score) => Cell::number(round2(score), Show::Two),
            None => view.score(None, objective.status),
        };
        let shade = view.shade(objective.status, objective.to_check);
        let mark = Cell::text(view.mark(objective.status, objective.to_check)).shade(shade);
        figure(sheet, label, value, mark, on);
    }
}

fn cost_figures(view: &View, sheet: &mut TableSheet) {
    let (costs, on) = (&view.figures().staff_costs, "Costo del personale");
    if costs.years.is_empty() {
        return;
    }
    let title =
        view.say("Costo del personale (euro; variazione sulla base", "Cost of staff (euro; variation on the base");
    sheet.across(format!("{title} {})", costs.base), Role::Section);
    for year in &costs.years {
        let value = Cell::formula(names::cost(year.year), year.total, Show::Two);
        let verdict = match year.variation_percent.map(round2) {
            Some(variation) => Cell::formula(names::variation(year.year), variation, Show::Percent).align(Align::Left),
            None => Cell::empty(),
        };
        let shade = if year.complete { Shade::None } else { Shade::Missing };
        figure(sheet, year.year.to_string(), value.shade(shade), verdict, on);
    }
}

fn target_figures(view: &View, sheet: &mut TableSheet) {
    let (targets, on) = (&view.figures().targets, "Target strategici");
    if targets.is_empty() {
        return;
    }
    sheet.across(view.say("Target strategici", "Strategic targets"), Role::Section);
    let kinds = [
        (Status::Counted, view.say("Con punteggio", "Scored")),
        (Status::NotCounted, view.say("N.C. (sospesi, in corso)", "N.C. (suspended, in progress)")),
        (Status::Reported, view.say("Riportati senza punteggio", "Reported without a score")),
    ];
    for (status, label) in kinds {
        let count = targets.iter().filter(|target| target.status == status).count() as u32;
        figure(sheet, label, Cell::number(count, Show::Integer), Cell::empty(), on);
    }
}

fn finding_figures(view: &View, sheet: &mut TableSheet) {
    sheet.across(view.say("Anomalie nei fogli", "Findings in the sheets"), Role::Section);
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let count = view.outcome.findings.count(severity) as u32;
        let word = severity.label().get(view.lang);
        let value = match findings::severities(view) {
            Some((first, last)) => {
                let range = formula::column(0, first, last);
                Cell::formula(format!("COUNTIF({}!{range},\"{word}\")", findings::NAME), count, Show::Integer)
            }
            None => Cell::number(count, Show::Integer),
        };
        let shade = match (severity, count) {
            (_, 0) | (Severity::Info, _) => Shade::None,
            (Severity::Error, _) => Shade::Error,
            (Severity::Warning, _) => Shade::Warning,
        };
        let label = match severity {
            Severity::Error => view.say("Errori: un valore non è stato usato", "Errors: a value was not used"),
            Severity::Warning => view.say("Avvisi: usato, da controllare", "Warnings: used, please look"),
            Severity::Info => view.say("Note: per conoscenza", "Infos: for the record"),
        };
        let word = if shade == Shade::None { "" } else { view.say("da controllare", "please look") };
        figure(sheet, label, value, Cell::text(word).shade(shade), findings::NAME);
    }
}

fn missing(view: &View, sheet: &mut TableSheet) {
    let missing = &view.figures().missing;
    sheet.across(view.say("Mancanti", "Missing"), Role::Section);
    if missing.is_empty() {
        figure(sheet, view.say("Nessuno", "None"), Cell::number(0, Show::Integer), Cell::empty(), "");
        return;
    }
    for one in missing {
        let what = match one.what {
            "office" => view.say("ufficio senza dati", "office without data"),
            _ => view.say("procedimento senza dati", "procedure without data"),
        };
        figure(sheet, &one.name, Cell::empty(), Cell::text(what).shade(Shade::Missing), findings::NAME);
    }
}

fn legend(view: &View, sheet: &mut TableSheet) {
    sheet.across(view.say("Legenda", "Legend"), Role::Section);
    let entries = [
        (
            Shade::NotCounted,
            "N.C.",
            view.say(
                "non conteggiato: esce dal numeratore e dal denominatore",
                "not counted: leaves both numerator and denominator",
            ),
        ),
        (
            Shade::Missing,
            view.say("da completare", "to be completed"),
            view.say(
                "manca un valore dovuto: mostrato, non conteggiato",
                "a value is due and missing: shown, not counted",
            ),
        ),
        (
            Shade::Check,
            view.say("da verificare", "to be checked"),
            view.say("due fogli dicono cose diverse: vedi Anomalie", "two sheets disagree: see Anomalie"),
        ),
    ];
    for (shade, word, meaning) in entries {
        let row = sheet.push(vec![Cell::text(meaning), Cell::text(word).shade(shade).align(Align::Centre)]);
        sheet.rows[row as usize].extend([Cell::empty(), Cell::empty()]);
    }
}
