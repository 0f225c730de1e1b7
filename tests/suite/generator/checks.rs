//! Evidence: one row per target, met by a yes or by comparing what was reached with what was wanted.

use rust_decimal::Decimal;

use crate::harness::grid::{Cell, Value};

use super::draft::{Cellmap, Draft};
use super::headers::{self, GOAL, MET, NOTES, TARGET_TEXT};
use super::procedures::{Proof, say};
use super::random::Rng;
use super::spell::Style;
use super::truth::Gravity;
use super::words::CHECKS;

/// Draws the targets of a procedure; gives also its expected result for the plan and what it proves.
pub fn draft(rng: &mut Rng, style: Style, name: &str, trapped: bool) -> (Draft, String, Proof) {
    let mut draft = Draft::new("checks", style);
    say(rng, &mut draft, name);
    let year = draft.style.year;
    let by_word = rng.chance(50);
    draft.choices.insert("met by", if by_word { "yes/no" } else { "comparison" }.to_owned());
    draft.column("target", *rng.pick(TARGET_TEXT));
    if !by_word {
        draft.column("goal", *rng.pick(GOAL));
        let base = *rng.pick(&["Dato", "Valore rilevato", "Valore"]);
        draft.column("last", format!("{base} {}", year - 1));
        draft.column("actual", format!("{base} {year}"));
    } else {
        draft.column("met", *rng.pick(MET));
    }
    draft.column("notes", *rng.pick(NOTES));
    headers::disfigure(rng, &mut draft);

    let count = rng.range(4, 8) as usize;
    let start = rng.below(CHECKS.len());
    let (mut met, mut rows) = (0, Vec::new());
    for at in 0..count {
        let mut cells = Cellmap::new();
        cells.insert("target".to_owned(), Cell::text(CHECKS[(start + at) % CHECKS.len()]));
        let yes = rng.chance(70);
        met += i64::from(yes);
        if by_word {
            cells.insert("met".to_owned(), draft.style.yes_no(rng, yes));
        } else {
            compared(rng, &draft, &mut cells, yes);
        }
        rows.push(draft.record(cells));
    }
    if trapped {
        let row = *rng.pick(&rows);
        if by_word {
            draft.set(row, "met", Cell::text(*rng.pick(&["forse", "in parte", "quasi", "da verificare", "parziale"])));
            draft.need("yes or no unreadable", row, &["met"], Gravity::Warning);
        } else {
            draft.set(row, "actual", Cell::new(Value::Error("#DIV/0!".to_owned())));
            draft.need("error cell", row, &["actual"], Gravity::Warning);
        }
    }
    let enough = rng.chance(40).then(|| count as i64 - 1);
    let expected = match enough {
        Some(enough) => format!("rispetto della tempistica per almeno {enough} dei {count} target definiti"),
        None => "raggiungimento di tutti i target definiti".to_owned(),
    };
    draft.choices.insert("enough", enough.is_some().to_string());
    let proof = Proof { kind: "checks", total: count as i64, met, left_out: None, mean_days: None, enough };
    proof.record(&mut draft, name, trapped);
    (draft, expected, proof)
}

/// Goal, last year's and this year's value of a target that is met or not; never by a hair.
fn compared(rng: &mut Rng, draft: &Draft, cells: &mut Cellmap, yes: bool) {
    let percent = |rng: &mut Rng, value: i64| {
        let value = Decimal::new(value * 100 + rng.range(1, 99), 2);
        match draft.style.percents {
            super::spell::Percents::Format => draft.style.percent(rng, value),
            // Beside days in the same column only the sign tells a percentage.
            _ => Cell::text(format!("{}%", draft.style.plain(value))),
        }
    };
    let (low, high) = (rng.range(5, 30), rng.range(50, 80));
    let (goal, last, actual) = match rng.below(6) {
        0 => {
            let goal = format!("{} {}%", rng.pick(&["<", "≤", "<="]), 40);
            (goal, None, percent(rng, if yes { low } else { high }))
        }
        1 => {
            let goal = format!("{} {}%", rng.pick(&["almeno", "≥", ">=", ">"]), 40);
            (goal, None, percent(rng, if yes { high } else { low }))
        }
        2 => {
            let days = if yes { rng.range(1, 10) } else { rng.range(11, 25) };
            ("entro 10 gg".to_owned(), None, Cell::text(format!("{days} gg")))
        }
        3 => {
            let goal = rng.pick(&["incremento/mantenimento", "incremento", "mantenimento"]).to_string();
            let (last, now) = if yes { (low, high) } else { (high, low) };
            (goal, Some(percent(rng, last)), percent(rng, now))
        }
        4 => {
            let (last, now) = if yes { (high, low) } else { (low, high) };
            ("riduzione".to_owned(), Some(percent(rng, last)), percent(rng, now))
        }
        _ => {
            let (last, now) = if yes { (low, high) } else { (high, low) };
            ("incremento/mantenimento".to_owned(), Some(percent(rng, last)), percent(rng, now))
        }
    };
    cells.insert("goal".to_owned(), Cell::text(goal));
    cells.insert("actual".to_owned(), actual);
    if let Some(last) = last {
        cells.insert("last".to_owned(), last);
    }
}
