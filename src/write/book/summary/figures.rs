//! The figures of the page, with their verdicts: a sign and a word, coloured besides.

use rust_decimal::Decimal;

use super::data::{Block, Blocks};
use super::{Line, coverage, section};
use crate::finding::Severity;
use crate::score::Status;
use crate::write::book::style::{Align, Shade, Show};
use crate::write::book::table::Cell;
use crate::write::book::view::View;
use crate::write::book::{findings, formula, names, staff_costs};
use crate::write::decimal::{plain, round2};
use crate::write::expected;

/// More years than this are only on their own sheet.
const MOST_YEARS: usize = 6;
/// More holders than this are only in Allegato 3.
const MOST_HOLDERS: usize = 6;

/// One figure: its label, its value, what it says.
fn figure(label: impl Into<String>, value: Cell, verdict: Cell) -> Line {
    [Cell::text(label), value, verdict]
}

fn count(value: u32) -> Cell {
    Cell::number(value, Show::Integer)
}

/// A verdict that follows its figure: one of two words, each with its colour.
fn light(condition: &str, holds: bool, yes: (&str, Shade), no: (&str, Shade)) -> Cell {
    let text = format!("IF({condition},\"{}\",\"{}\")", yes.0, no.0);
    let (word, shade) = if holds { yes } else { no };
    Cell::formula_text(text, word).shade(shade)
}

/// Standards, procedures, cost of staff.
pub fn left(view: &View, blocks: &Blocks) -> Vec<Line> {
    let mut lines = Vec::new();
    charter(view, &mut lines);
    procedures(view, blocks, &mut lines);
    costs(view, &mut lines);
    lines
}

/// Objectives, targets, findings, offices.
pub fn right(view: &View, blocks: &Blocks) -> Vec<Line> {
    let mut lines = Vec::new();
    objectives(view, blocks, &mut lines);
    targets(view, &mut lines);
    found(view, &mut lines);
    lines.extend(coverage::lines(view, blocks.roster));
    lines
}

fn charter(view: &View, lines: &mut Vec<Line>) {
    let charter = &view.figures().charter;
    if charter.rows.is_empty() {
        return;
    }
    lines.push(section(view.say("Standard della Carta dei servizi", "Standards of the service charter"), "Allegato 1"));
    let counted = Cell::formula(names::CHARTER_COUNT, charter.counted, Show::Integer);
    lines.push(figure(view.say("Processi conteggiati", "Processes counted"), counted, Cell::empty()));
    lines.push(figure(view.say("Processi N.C.", "Processes N.C."), count(charter.not_counted), Cell::empty()));
    if charter.incomplete > 0 {
        let verdict = Cell::text(view.say("■ da completare", "■ to be completed")).shade(Shade::Missing);
        lines.push(figure(
            view.say("Processi da completare", "Processes to be completed"),
            count(charter.incomplete),
            verdict,
        ));
    }
    let total = Cell::formula(names::CHARTER_TOTAL, charter.total, Show::Two);
    lines.push(figure(view.say("Totale dei risultati", "Total of the results"), total, Cell::empty()));
    let label = view.say("Percentuale di realizzazione", "Percentage achieved");
    lines.push(match charter.percent.map(round2) {
        Some(percent) => {
            let kept = (view.say("● standard rispettati", "● standards kept"), Shade::Good);
            let below = (view.say("▲ sotto 100", "▲ below 100"), Shade::Warning);
            let holds = percent >= Decimal::ONE_HUNDRED;
            let verdict = light(&format!("{}>=100", names::CHARTER_PERCENT), holds, kept, below);
            figure(label, Cell::formula(names::CHARTER_PERCENT, percent, Show::Two), verdict)
        }
        None => figure(label, view.score(None, Status::NotCounted), Cell::empty()),
    });
    let tolerance = view.figures().tolerance_percent;
    let label = view.say("Scostamento medio %", "Mean deviation %");
    let label = format!("{label} ({} {})", view.say("tolleranza", "tolerance"), plain(tolerance));
    lines.push(match charter.mean_deviation_percent.map(round2) {
        Some(mean) => {
            let within = (view.say("● entro la tolleranza", "● within the tolerance"), Shade::Good);
            let beyond = (view.say("■ oltre la tolleranza", "■ beyond the tolerance"), Shade::Error);
            let condition = format!("{}<={}", names::CHARTER_DEVIATION, names::TOLERANCE);
            let verdict = light(&condition, mean <= tolerance, within, beyond);
            figure(label, Cell::formula(names::CHARTER_DEVIATION, mean, Show::Two), verdict)
        }
        None => figure(label, view.score(None, Status::NotCounted), Cell::empty()),
    });
}

fn procedures(view: &View, blocks: &Blocks, lines: &mut Vec<Line>) {
    let procedures = &view.figures().procedures;
    let Some(block) = blocks.procedures else { return };
    lines.push(section(view.say("Procedimenti", "Procedures"), "Allegato 2"));
    let scores = block.column(1);
    let counted = Cell::formula(format!("COUNT({scores})"), procedures.counted, Show::Integer);
    lines.push(figure(view.say("Procedimenti conteggiati", "Procedures counted"), counted, Cell::empty()));
    let (reached, _) = expected::reached_and_below(procedures);
    let text = format!("COUNTIF({},\"{}\")", block.column(4), view.say("● raggiunto", "● reached"));
    let all = reached == procedures.counted;
    let verdict = light(
        &format!("{text}=COUNT({scores})"),
        all,
        (view.say("● tutti raggiunti", "● all reached"), Shade::Good),
        (view.say("▲ non tutti", "▲ not all"), Shade::Warning),
    );
    let label = view.say("Al risultato atteso", "With the expected result");
    lines.push(figure(label, Cell::formula(text, reached, Show::Integer), verdict));
    if let (Some(mean), Some(rounded)) = (procedures.mean, procedures.rounded) {
        let mean = Cell::formula(names::PROCEDURES_MEAN, round2(mean), Show::Two);
        lines.push(figure(view.say("Media", "Mean"), mean, Cell::empty()));
        let rounded = Cell::formula(names::PROCEDURES_ROUNDED, rounded, Show::Integer);
        lines.push(figure(view.say("Media arrotondata", "Rounded mean"), rounded, Cell::empty()));
    }
}

fn costs(view: &View, lines: &mut Vec<Line>) {
    let costs = &view.figures().staff_costs;
    if costs.years.is_empty() {
        return;
    }
    let title = view.say("Costo del personale (€)", "Cost of staff (€)");
    lines.push(section(title, staff_costs::NAME));
    let first = costs.years.len().saturating_sub(MOST_YEARS);
    for year in &costs.years[first..] {
        let total = Cell::formula(names::cost(year.year), year.total, Show::Two);
        let verdict = match year.variation_percent.map(round2) {
            _ if !year.complete => {
                Cell::text(view.say("■ totale incompleto", "■ incomplete total")).shade(Shade::Missing)
            }
            Some(_) if year.year.to_string() == costs.base => Cell::text(view.say("base del confronto", "base")),
            Some(variation) => Cell::formula(names::variation(year.year), variation, Show::Percent).align(Align::Left),
            None => Cell::empty(),
        };
        lines.push(figure(year.year.to_string(), total, verdict));
    }
}

fn objectives(view: &View, blocks: &Blocks, lines: &mut Vec<Line>) {
    if blocks.holders.is_empty() {
        return;
    }
    lines.push(section(view.say("Obiettivi a 100", "Objectives at 100"), "Allegato 3"));
    let all = &view.figures().objectives;
    let mut at = 0;
    let many = blocks.holders.len() > MOST_HOLDERS;
    let whole = blocks.objectives.map(|block| (view.say("Tutti i titolari", "All holders").to_owned(), block));
    let groups: Vec<(String, Block)> = if many { whole.into_iter().collect() } else { blocks.holders.clone() };
    for (holder, block) in groups {
        let size = (block.last - block.first + 1) as usize;
        let objectives = &all[at..at + size];
        at += size;
        let full = objectives.iter().filter(|one| one.score.is_some_and(|score| round2(score) >= Decimal::ONE_HUNDRED));
        let full = full.count() as u32;
        let text = format!("COUNTIF({},\">=100\")", block.column(2));
        let attention = objectives.iter().any(|one| one.status == Status::Incomplete || one.to_check);
        let verdict = if attention {
            Cell::text(view.say("■ da completare", "■ to be completed")).shade(Shade::Missing)
        } else {
            light(
                &format!("{text}={size}"),
                full as usize == size,
                (view.say("● tutti a 100", "● all at 100"), Shade::Good),
                (view.say("▲ non tutti a 100", "▲ not all at 100"), Shade::Warning),
            )
        };
        let label = format!("{} ({} {size})", crate::finding::shorten(&holder, 60), view.say("su", "of"));
        lines.push(figure(label, Cell::formula(text, full, Show::Integer), verdict));
    }
}

fn targets(view: &View, lines: &mut Vec<Line>) {
    let targets = &view.figures().targets;
    if targets.is_empty() {
        return;
    }
    lines.push(section(view.say("Target strategici", "Strategic targets"), "Target strategici"));
    let column = format!("'Target strategici'!{}", formula::column(4, 3, 2 + targets.len() as u32));
    let kinds = [
        (Status::Counted, view.say("Con punteggio", "Scored"), format!("COUNT({column})")),
        (
            Status::NotCounted,
            view.say("N.C. (sospesi, in corso)", "N.C. (suspended, in progress)"),
            format!("COUNTIF({column},\"N.C.\")"),
        ),
        (
            Status::Reported,
            view.say("Riportati senza punteggio", "Reported without a score"),
            format!("COUNTIF({column},\"—\")"),
        ),
    ];
    for (status, label, text) in kinds {
        let of_status = || targets.iter().filter(move |target| target.status == status);
        let number = of_status().count() as u32;
        let verdict = match status {
            Status::Counted if number > 0 => {
                let full = of_status().all(|target| target.score.is_some_and(|score| score >= Decimal::ONE_HUNDRED));
                light(
                    &format!("COUNTIF({column},\"<100\")=0"),
                    full,
                    (view.say("● tutti a 100", "● all at 100"), Shade::Good),
                    (view.say("▲ non tutti a 100", "▲ not all at 100"), Shade::Warning),
                )
            }
            _ => Cell::empty(),
        };
        lines.push(figure(label, Cell::formula(text, number, Show::Integer), verdict));
    }
}

fn found(view: &View, lines: &mut Vec<Line>) {
    lines.push(section(view.say("Anomalie nei fogli", "Findings in the sheets"), findings::NAME));
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let number = view.outcome.findings.count(severity) as u32;
        let word = severity.label().get(view.lang);
        let value = match findings::severities(view) {
            Some((first, last)) => {
                let range = formula::column(0, first, last);
                Cell::formula(format!("COUNTIF({}!{range},\"{word}\")", findings::NAME), number, Show::Integer)
            }
            None => count(number),
        };
        let verdict = match (severity, number) {
            (Severity::Error, 0) => Cell::text(view.say("● nessuno", "● none")).shade(Shade::Good),
            (Severity::Error, _) => Cell::text(view.say("■ da correggere", "■ to be corrected")).shade(Shade::Error),
            (Severity::Warning, 1..) => Cell::text(view.say("▲ da controllare", "▲ please look")).shade(Shade::Warning),
            _ => Cell::empty(),
        };
        let label = match severity {
            Severity::Error => view.say("Errori: valore non usato", "Errors: a value not used"),
            Severity::Warning => view.say("Avvisi: usato, da controllare", "Warnings: used, please look"),
            Severity::Info => view.say("Note: per conoscenza", "Infos: for the record"),
        };
        lines.push(figure(label, value, verdict));
    }
}
