//! Standards and findings by office, each counted by a formula where a formula gives the same count.

use std::collections::HashMap;

use super::data::{Block, Data, Outcome, sheet};
use crate::finding::Severity;
use crate::parse::spellings::Spellings;
use crate::value::fold::fold;
use crate::write::book::style::Show;
use crate::write::book::table::{Cell, TableSheet};
use crate::write::book::view::View;
use crate::write::book::{charter, findings, formula};

/// More offices than this are counted together: a chart with more bars is not read.
const MOST: usize = 10;

/// What is counted: the office as its cell shows it, and which of the outcomes.
struct Counted<'a> {
    office: &'a str,
    outcome: usize,
}

/// An office as it is shown first, how often each outcome occurs, and whether other spellings are counted with it.
struct Office<'a> {
    shown: &'a str,
    counts: Vec<u32>,
    plain: bool,
}

/// The offices, most counted first, then by name.
fn offices<'a>(counted: &[Counted<'a>], outcomes: usize) -> Vec<Office<'a>> {
    let spellings = Spellings::of(counted.iter().map(|one| one.office));
    let mut offices: Vec<(String, Office<'a>)> = Vec::new();
    let mut known: HashMap<Option<usize>, usize> = HashMap::new();
    for one in counted {
        let at = *known.entry(spellings.group(one.office)).or_insert_with(|| {
            let plain = !one.office.is_empty()
                && one.office.len() < 200
                && !one.office.contains(['*', '?', '~', '"', '<', '>', '=']);
            offices.push((fold(one.office), Office { shown: one.office, counts: vec![0; outcomes], plain }));
            offices.len() - 1
        });
        let office = &mut offices[at].1;
        office.counts[one.outcome] += 1;
        // COUNTIF takes no heed of case, and of nothing else.
        office.plain &= office.shown.to_lowercase() == one.office.to_lowercase();
    }
    offices.sort_by(|(a_key, a), (b_key, b)| {
        let sum = |office: &Office| office.counts.iter().sum::<u32>();
        sum(b).cmp(&sum(a)).then_with(|| a_key.cmp(b_key))
    });
    offices.into_iter().map(|(_, office)| office).collect()
}

/// Lays a block out: `count` gives the formula of an outcome, from the address of the office's name.
fn block(view: &View, data: &mut Data, offices: Vec<Office>, count: impl Fn(&str, usize) -> String) -> Option<Block> {
    let first = data.next_row();
    for office in offices.iter().take(MOST) {
        let name = formula::cell(data.next_row(), super::DATA);
        let shown = if office.shown.is_empty() { view.say("(senza ufficio)", "(no office)") } else { office.shown };
        let mut cells = vec![Cell::text(crate::finding::shorten(shown, 200))];
        for (outcome, number) in office.counts.iter().enumerate() {
            cells.push(match office.plain {
                true => Cell::formula(count(&name, outcome), *number, Show::Integer),
                false => Cell::number(*number, Show::Integer),
            });
        }
        data.line(cells);
    }
    if offices.len() > MOST {
        let rest = &offices[MOST..];
        let mut cells = vec![Cell::text(format!("{} ({})", view.say("Altri uffici", "Other offices"), rest.len()))];
        for outcome in 0..rest[0].counts.len() {
            let sum: u32 = rest.iter().map(|office| office.counts[outcome]).sum();
            cells.push(Cell::number(sum, Show::Integer));
        }
        data.line(cells);
    }
    (data.next_row() > first).then(|| Block { first, last: data.next_row() - 1 })
}

/// Standards by office and outcome.
pub fn standards(view: &View, others: &[TableSheet], data: &mut Data) -> Option<Block> {
    let (first, last) = sheet(others, "Allegato 1").and_then(charter::body)?;
    let counted: Vec<Counted> = view
        .figures()
        .charter
        .rows
        .iter()
        .map(|row| {
            let outcome = Outcome::of(row.status, row.score);
            let outcome = Outcome::ALL.iter().position(|one| *one == outcome).unwrap_or_default();
            Counted { office: &row.record().office, outcome }
        })
        .collect();
    let labels = Outcome::ALL.map(|outcome| outcome.label(view));
    data.open(
        view.say("Standard per ufficio", "Standards by office"),
        &[view.say("Ufficio", "Office"), labels[0], labels[1], labels[2], labels[3]],
    );
    let column = |col| format!("'Allegato 1'!{}", formula::column(col, first, last));
    block(view, data, offices(&counted, Outcome::ALL.len()), |name, outcome| {
        let criterion = Outcome::ALL[outcome].criterion(view);
        format!("COUNTIFS({},{name},{},\"{criterion}\")", column(charter::OFFICE), column(charter::SCORE))
    })
}

/// Findings by office and severity; none when there is no finding.
pub fn findings(view: &View, _others: &[TableSheet], data: &mut Data) -> Option<Block> {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let counted: Vec<Counted> = view
        .outcome
        .findings
        .iter()
        .map(|finding| {
            let outcome = severities.iter().position(|one| *one == finding.severity).unwrap_or_default();
            Counted { office: findings::office(view, finding).unwrap_or_default(), outcome }
        })
        .collect();
    if counted.is_empty() {
        return None;
    }
    data.open(
        view.say("Anomalie per ufficio", "Findings by office"),
        &[
            view.say("Ufficio", "Office"),
            view.say("Errori", "Errors"),
            view.say("Avvisi", "Warnings"),
            view.say("Note", "Infos"),
        ],
    );
    let mut by_office = offices(&counted, severities.len());
    let rows = findings::severities(view);
    for office in &mut by_office {
        office.plain &= rows.is_some();
    }
    let (first, last) = rows.unwrap_or_default();
    let column = |col| format!("{}!{}", findings::NAME, formula::column(col, first, last));
    block(view, data, by_office, |name, outcome| {
        let word = severities[outcome].label().get(view.lang);
        format!("COUNTIFS({},{name},{},\"{word}\")", column(findings::OFFICE), column(0))
    })
}
