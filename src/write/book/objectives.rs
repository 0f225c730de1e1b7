//! *Allegato 3*: the objectives by holder, with their indicators and the weighted mean as a live formula.

use std::collections::BTreeMap;

use super::style::{Align, Role, Show};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use super::{formula, names};
use crate::score::{Indicator, Objective, Status};
use crate::value::fold::fold;
use crate::value::number::round_to;
use crate::write::decimal::{round2, same};
use rust_decimal::Decimal;

const WEIGHT: u32 = 2;
const SCORE: u32 = 4;
const EXACT: u32 = 6;

/// The table.
pub fn table(view: &View) -> TableSheet {
    let page = Page { landscape: true, one_page: false };
    let side = [15.0, 16.0, 48.0, 62.0];
    let mut sheet = TableSheet::new("Allegato 3", page, &[7.0, 72.0, 8.0, 27.0, 14.0, 26.0], &side);
    view.open(
        &mut sheet,
        view.say("ALLEGATO 3 – Obiettivi e indicatori di risultato", "ALLEGATO 3 – Objectives and result indicators"),
    );
    sheet.headers(&headers(view));
    let objectives = &view.figures().objectives;
    if objectives.is_empty() {
        view.nothing(
            &mut sheet,
            view.say("Nessun obiettivo trovato nei fogli.", "No objective was found in the sheets."),
        );
        return sheet;
    }
    let known = References::of(view, sheet.next_row());
    let mut holder = None;
    for objective in objectives {
        if holder != Some(&objective.holder) {
            sheet.across(objective.holder.to_uppercase(), Role::Area);
            holder = Some(&objective.holder);
        }
        push_objective(view, &known, objective, &mut sheet);
        for indicator in &objective.indicators {
            sheet.push(indicator_cells(view, &known, indicator));
        }
    }
    sheet
}

fn headers(view: &View) -> [&'static str; 10] {
    [
        "N.",
        view.say("OBIETTIVO / INDICATORE", "OBJECTIVE / INDICATOR"),
        view.say("PESO", "WEIGHT"),
        view.say("REALIZZAZIONE", "RESULT AS STATED"),
        view.say("RISULTATO %", "RESULT %"),
        view.say("NOTE", "NOTES"),
        view.say("Valore esatto", "Exact value"),
        view.say("Stato", "Status"),
        view.say("Regola", "Rule"),
        view.say("Fonte", "Source"),
    ]
}

fn push_objective(view: &View, known: &References, objective: &Objective, sheet: &mut TableSheet) {
    let row = sheet.next_row();
    let (score, exact) = match objective.score {
        Some(score) => {
            let exact_address = formula::cell(row, EXACT);
            let rounded = Cell::formula(format!("ROUND({exact_address},2)"), round2(score), Show::Two);
            (rounded, exact_cell(known, objective, score, row))
        }
        None => (view.score(None, objective.status), Cell::text(view.no_score(objective.status)).align(Align::Right)),
    };
    let shade = view.shade(objective.status, objective.to_check);
    let printed = vec![
        Cell::text(&objective.number),
        Cell::text(&objective.title),
        objective.weight.map_or_else(Cell::empty, |weight| Cell::number(weight, Show::Plain).align(Align::Centre)),
        Cell::text(&objective.text),
        score,
        view.marked("", objective.status, objective.to_check),
    ];
    let mut cells: Vec<Cell> = printed.into_iter().map(|cell| cell.role(Role::Strong).shade(shade)).collect();
    let rule = rule(view, objective.rule.label().get(view.lang), objective.link.as_deref());
    let state = state(view, objective.status, objective.to_check);
    cells.extend([exact, Cell::text(state), Cell::text(rule)].map(|cell| cell.role(Role::Side)));
    let sources = objective.indicators.first().map_or(&objective.sources, |first| &first.sources);
    cells.push(view.source(if objective.sources.is_empty() { sources } else { &objective.sources }));
    sheet.push(cells);
    if objective.score.is_some() {
        sheet.name(names::objective(&objective.holder, &objective.number), row, SCORE);
    }
}

/// The exact score: the link, or the weighted mean of the indicators below, as far as they give the same figure.
fn exact_cell(known: &References, objective: &Objective, score: Decimal, row: u32) -> Cell {
    let link = objective.link.as_deref().and_then(|link| known.formula(link));
    let live = link.or_else(|| weighted_mean(objective, row)).filter(|(_, value)| same(*value, score));
    match live {
        Some((text, _)) => Cell::formula(text, score, Show::Plain),
        None => Cell::number(score, Show::Plain),
    }
}

fn weighted_mean(objective: &Objective, row: u32) -> Option<(String, Decimal)> {
    let counted = |indicator: &&Indicator| indicator.status == Status::Counted;
    let (mut sum, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    for indicator in objective.indicators.iter().filter(counted) {
        let score = indicator.score?;
        // SUMIF below knows counted indicators by their score, which is never negative.
        if score.is_sign_negative() {
            return None;
        }
        sum = sum.checked_add(score.checked_mul(indicator.weight)?)?;
        weights = weights.checked_add(indicator.weight)?;
    }
    let mean = sum.checked_div(weights)?;
    let (first, last) = (row + 1, row + objective.indicators.len() as u32);
    let (weights, scores) = (formula::column(WEIGHT, first, last), formula::column(SCORE, first, last));
    Some((format!("SUMPRODUCT({weights},{scores})/SUMIF({scores},\">=0\",{weights})"), mean))
}

fn indicator_cells(view: &View, known: &References, indicator: &Indicator) -> Vec<Cell> {
    let shade = view.shade(indicator.status, indicator.to_check);
    let counted = indicator.score.filter(|_| indicator.status == Status::Counted);
    let live = indicator.link.as_deref().and_then(|link| known.formula(link));
    let score = match (counted, live) {
        (Some(score), Some((text, value))) if same(value, score) => Cell::formula(text, score, Show::Two),
        (counted, _) => view.score(counted, indicator.status),
    };
    let printed = [
        Cell::text(&indicator.id).align(Align::Centre),
        Cell::text(&indicator.description),
        Cell::number(indicator.weight, Show::Plain).align(Align::Centre),
        Cell::text(&indicator.text),
        score,
        view.marked(&indicator.notes, indicator.status, indicator.to_check),
    ];
    let mut cells: Vec<Cell> = printed.into_iter().map(|cell| cell.shade(shade)).collect();
    let rule = rule(view, indicator.rule.label().get(view.lang), indicator.link.as_deref());
    let state = state(view, indicator.status, indicator.to_check);
    cells.extend([Cell::empty(), Cell::text(state), Cell::text(rule)].map(|cell| cell.role(Role::Side)));
    cells.push(view.source(&indicator.sources));
    cells
}

fn rule(view: &View, label: &str, link: Option<&str>) -> String {
    match link {
        Some(link) => format!("{}: {link}", view.say("collegamento", "link")),
        None => label.to_owned(),
    }
}

fn state(view: &View, status: Status, to_check: bool) -> &'static str {
    match status {
        Status::NotCounted => view.say("non conteggiato", "not counted"),
        status => view.mark(status, to_check),
    }
}

/// What a link can refer to, by its folded spelling.
struct References {
    targets: BTreeMap<String, formula::Target>,
}

impl References {
    /// The figures of Allegati 1 and 2 by name, and every objective and indicator by the row it is going to stand on.
    fn of(view: &View, first_row: u32) -> Self {
        let figures = view.figures();
        let mut known = Self { targets: BTreeMap::new() };
        known.add_figure("allegato2.rounded", names::PROCEDURES_ROUNDED, figures.procedures.rounded);
        let total = figures.charter.percent.map(|_| figures.charter.total);
        known.add_figure("allegato1.total", names::CHARTER_TOTAL, total);
        known.add_figure("allegato1.percent", names::CHARTER_EXACT, figures.charter.percent);
        known.add_figure("allegato2.percent", names::PROCEDURES_EXACT, figures.procedures.mean);
        known.add_figure("allegato2.mean", names::PROCEDURES_EXACT, figures.procedures.mean);
        let (mut row, mut holder) = (first_row, None);
        for objective in &figures.objectives {
            if holder != Some(&objective.holder) {
                row += 1;
                holder = Some(&objective.holder);
            }
            let reference = format!("{}/{}", objective.holder, objective.number);
            known.add(&reference, &formula::cell(row, EXACT), objective.score);
            row += 1;
            for indicator in &objective.indicators {
                let score = indicator.score.filter(|_| indicator.status == Status::Counted);
                known.add(&format!("{reference}/{}", indicator.id), &formula::cell(row, SCORE), score);
                row += 1;
            }
        }
        known
    }

    /// A figure of Allegato 1 or 2 by its name; without a value the name is not there.
    fn add_figure(&mut self, reference: &str, name: &str, value: Option<Decimal>) {
        if value.is_some() {
            self.add(reference, name, value);
        }
    }

    /// A figure, and the same with `.rounded`: to two decimals first, as it is published, then to an integer.
    fn add(&mut self, reference: &str, formula: &str, value: Option<Decimal>) {
        let exact = formula::Target { formula: formula.to_owned(), value };
        self.targets.entry(key(reference)).or_insert(exact);
        // N.C. is a text, which a mean leaves out and ROUND does not take.
        if let Some(value) = value {
            let rounded = formula::Target {
                formula: format!("ROUND(ROUND({formula},2),0)"),
                value: Some(round_to(round2(value), 0)),
            };
            self.targets.entry(key(&format!("{reference}.rounded"))).or_insert(rounded);
        }
    }

    fn formula(&self, link: &str) -> Option<(String, Decimal)> {
        formula::of_link(link, &|reference| self.find(&key(reference)).cloned())
    }

    /// The target of a reference; a holder may be called by the first words of a long name, if only one begins so.
    fn find(&self, key: &str) -> Option<&formula::Target> {
        let begins = || {
            let (holder, rest) = key.split_once('/')?;
            let (first, end) = (format!("{holder} "), format!("/{rest}"));
            let mut matching = self.targets.iter().filter(|(key, _)| key.starts_with(&first) && key.ends_with(&end));
            matching.next().filter(|_| matching.next().is_none()).map(|(_, target)| target)
        };
        self.targets.get(key).or_else(begins)
    }
}

/// The reference with each of its parts folded.
fn key(reference: &str) -> String {
    reference.split('/').map(fold).collect::<Vec<_>>().join("/")
}
