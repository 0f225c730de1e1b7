//! Sheets of objectives: of the body and of its managers, with indicators and weights or with results of their own.

use rust_decimal::Decimal;

use crate::harness::grid::{Cell, Value};

use super::draft::{Draft, DraftRecord, Row, Spot, cells, spot};
use super::headers::{self, DESCRIPTION, INDICATOR_ID, NOTES, OBJECTIVE, RESULT, WEIGHT};
use super::random::Rng;
use super::spell::{Medium, Style};
use super::truth::{Gravity, Key, Want};
use super::words::{OBJECTIVES, TASKS};

const REPORTED: &[&str] = &["+3,6%", "50% il primo, 70% il secondo"];

/// Draws the sheet of a holder: the title that names it, and its name. A linked sheet leaves the result of its first
/// indicator, the only one of its objective, to the settings.
pub fn draft(rng: &mut Rng, style: Style, holder: (&str, &str), trapped: bool, linked: bool) -> Draft {
    let mut draft = Draft::new("objectives", style);
    let title = holder.0.replace("{year}", &draft.style.year.to_string());
    draft.about.push(title);
    let indicators = holder.1 == "Ente" || rng.chance(50);
    let weights = indicators && rng.chance(50);
    draft.choices.insert("indicators", indicators.to_string());
    draft.choices.insert("weights", weights.to_string());
    let numbered = ["Obiettivo", "Obiettivi", "N. obiettivo", "Ob."];
    draft.column("objective", *rng.pick(if indicators { OBJECTIVE } else { &numbered }));
    if indicators {
        draft.column("id", *rng.pick(INDICATOR_ID));
    }
    draft.column(
        "description",
        *rng.pick(if indicators { DESCRIPTION } else { &["Descrizione", "Descrizione obiettivo"] }),
    );
    if weights {
        draft.column("weight", *rng.pick(WEIGHT));
    }
    draft.column("result", *rng.pick(RESULT));
    if rng.chance(30) {
        draft.column("notes", *rng.pick(NOTES));
    }
    headers::disfigure(rng, &mut draft);
    let (count, start) = (rng.range(3, 6) as usize, rng.below(OBJECTIVES.len()));
    let victim = trapped.then(|| rng.below(count));
    for at in 0..count {
        let title = OBJECTIVES[(start + at) % OBJECTIVES.len()];
        let key = Key::Objective { holder: holder.1.to_owned(), number: (at + 1).to_string() };
        if indicators {
            draft.merge_down = vec!["objective"];
            let bad = victim == Some(at) && !(linked && at == 0);
            with_indicators(rng, &mut draft, holder.1, at + 1, title, weights, bad);
            if linked && at == 0 {
                link(&mut draft);
            }
        } else {
            alone(rng, &mut draft, key, at + 1, title, victim == Some(at));
        }
    }
    draft
}

/// Keeps only the first indicator and blanks its result; its score is known when the folder is.
fn link(draft: &mut Draft) {
    draft.rows.truncate(1);
    draft.records.retain(|record| record.row.is_none_or(|row| row == 0));
    if let Row::Record(cells) = &mut draft.rows[0] {
        cells.remove("result");
    }
    for record in &mut draft.records {
        record.wants.retain(|(field, ..)| *field == "title");
        for (_, _, spots) in &mut record.wants {
            spots.retain(|(row, _)| *row == Some(0));
        }
        record.wants.push(("score", Want::Flag, vec![spot(0, "result")]));
    }
    draft.choices.insert("linked", "yes".to_owned());
}

/// A result that can be counted: its cell and its score.
fn result(rng: &mut Rng, style: &Style) -> (Cell, Option<Decimal>) {
    let score = match rng.below(10) {
        0..=4 => Decimal::ONE_HUNDRED,
        5 | 6 => Decimal::from(rng.range(50, 99)),
        _ => Decimal::new(rng.range(5000, 9999), 2),
    };
    match rng.below(16) {
        0 => (Cell::text(*rng.pick(&["N.C.", "n.c.", "non valutabile", "sospeso"])), None),
        1 => (Cell::text("presentata il 18/3 100%"), Some(Decimal::ONE_HUNDRED)),
        2 => (Cell::text(format!("Risult. {}%", style.plain(score))), Some(score)),
        _ => (style.percent(rng, score), Some(score)),
    }
}

/// The trap of a result: its cell.
fn spoiled(rng: &mut Rng, medium: Medium) -> (&'static str, Option<Cell>) {
    match rng.below(4) {
        0 if medium != Medium::Csv => ("error cell", Some(Cell::new(Value::Error("#REF!".to_owned())))),
        1 => ("no result", None),
        2 => ("unreadable text", Some(Cell::text("vedi relazione"))),
        _ => ("no single score", Some(Cell::text(*rng.pick(REPORTED)))),
    }
}

fn with_indicators(
    rng: &mut Rng,
    draft: &mut Draft,
    holder: &str,
    number: usize,
    title: &str,
    weights: bool,
    trapped: bool,
) {
    let count = rng.range(1, 4) as usize;
    let shares: &[i64] = [&[100][..], &[60, 40], &[50, 30, 20], &[40, 30, 20, 10]][count - 1];
    let bad = trapped.then(|| rng.below(count));
    let (mut sum, mut weight_sum, mut rows) = (Decimal::ZERO, Decimal::ZERO, Vec::<Spot>::new());
    for at in 0..count {
        let (cell, score) = result(rng, &draft.style);
        let weight = if weights { Decimal::from(shares[at]) } else { Decimal::ONE };
        let mut row = cells([
            ("objective", Cell::text(format!("{number}) {}", title.to_uppercase()))),
            ("id", Cell::text(format!("INDICATORE {})", at + 1))),
            ("description", Cell::text(TASKS[(number * 2 + at) % TASKS.len()])),
            ("result", cell),
        ]);
        if weights {
            row.insert("weight".to_owned(), draft.style.percent(rng, weight));
        }
        let planted = (bad == Some(at)).then(|| spoiled(rng, draft.style.medium));
        if let Some((_, cell)) = &planted {
            match cell {
                Some(cell) => row.insert("result".to_owned(), cell.clone()),
                None => row.remove("result"),
            };
        }
        let row = draft.record(row);
        rows.push((Some(row), None));
        let place = vec![spot(row, "result")];
        let key = Key::Indicator { holder: holder.to_owned(), number: number.to_string() };
        let want = match (&planted, score) {
            (Some(_), _) => Want::Flag,
            (None, Some(score)) => Want::Number(score),
            (None, None) => Want::Null,
        };
        let mut wants = vec![("score", want, place.clone())];
        if planted.is_none() {
            let status = if score.is_some() { "counted" } else { "not_counted" };
            wants.push(("status", Want::Text(status.to_owned()), place));
        }
        if let Some((trap, _)) = planted {
            draft.need(trap, row, &["result", "id", "description", "objective"], Gravity::Warning);
        }
        draft.records.push(DraftRecord { row: Some(row), key, wants, trapped: bad == Some(at) });
        if let Some(score) = score {
            sum += score * weight;
            weight_sum += weight;
        }
    }
    let key = Key::Objective { holder: holder.to_owned(), number: number.to_string() };
    let score = if trapped {
        Want::Flag
    } else if weight_sum.is_zero() {
        Want::Null
    } else {
        Want::Number(sum / weight_sum)
    };
    let wants = vec![("title", Want::Holds(title.to_owned()), rows.clone()), ("score", score, rows)];
    draft.records.push(DraftRecord { row: None, key, wants, trapped });
}

fn alone(rng: &mut Rng, draft: &mut Draft, key: Key, number: usize, title: &str, trapped: bool) {
    let (cell, score) = result(rng, &draft.style);
    let year = draft.style.year;
    let mut row = cells([
        ("objective", Cell::text(format!("OBIETTIVO {number}/{year}"))),
        ("description", Cell::text(title)),
        ("result", cell),
    ]);
    let mut want = score.map_or(Want::Null, Want::Number);
    let planted = trapped.then(|| spoiled(rng, draft.style.medium));
    if let Some((_, cell)) = &planted {
        want = Want::Flag;
        match cell {
            Some(cell) => row.insert("result".to_owned(), cell.clone()),
            None => row.remove("result"),
        };
    }
    let row = draft.record(row);
    if let Some((trap, _)) = planted {
        draft.need(trap, row, &["result", "description", "objective"], Gravity::Warning);
    }
    draft.records.push(DraftRecord {
        row: Some(row),
        key,
        wants: vec![("score", want, vec![spot(row, "result")])],
        trapped,
    });
}
