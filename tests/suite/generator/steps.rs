//! Evidence: one row per step, with the day it was due and the day it was done.

use jiff::civil::date;
use rust_decimal::Decimal;

use crate::harness::grid::Cell;

use super::clock;
use super::draft::{Cellmap, Draft};
use super::headers::{self, ACTUAL, DUE, ITEM, NUMBER, STEP};
use super::procedures::{Proof, say};
use super::random::Rng;
use super::spell::Style;
use super::truth::Gravity;
use super::words::{OFFICES, STEPS};

/// Draws the steps of a procedure; gives also its expected result for the plan and what it proves.
pub fn draft(rng: &mut Rng, style: Style, name: &str, trapped: bool) -> (Draft, String, Proof) {
    let mut draft = Draft::new("steps", style);
    say(rng, &mut draft, name);
    if rng.chance(60) {
        draft.column("number", *rng.pick(NUMBER));
    }
    draft.column("step", *rng.pick(STEP));
    if rng.chance(60) {
        draft.column("office", *rng.pick(ITEM));
    }
    draft.column("due", *rng.pick(DUE));
    draft.column("actual", *rng.pick(ACTUAL));
    headers::disfigure(rng, &mut draft);

    let year = draft.style.year as i16;
    let count = rng.range(8, 30);
    let (mut total, mut met, mut left_out, mut done) = (0, 0, 0, Vec::new());
    for at in 1..=count {
        let due = clock::plus(date(year, 1, 20), rng.range(0, 320));
        let mut cells = Cellmap::new();
        cells.insert("number".to_owned(), draft.style.number(rng, Decimal::from(at)));
        cells.insert("step".to_owned(), Cell::text(format!("{} n. {at}", rng.pick(STEPS))));
        cells.insert("office".to_owned(), Cell::text(*rng.pick(OFFICES)));
        match rng.below(20) {
            0 => {
                total += 1;
                cells.insert("due".to_owned(), draft.style.date(rng, due));
                draft.record(cells);
            }
            1 => {
                left_out += 1;
                let next = date(year + 1, 1, rng.range(10, 28) as i8);
                cells.insert("due".to_owned(), draft.style.date(rng, next));
                draft.record(cells);
            }
            how => {
                let late = how < 5;
                let actual = clock::plus(due, if late { rng.range(1, 20) } else { -rng.range(0, 15) });
                let actual = actual.min(date(year, 12, 31));
                total += 1;
                met += i64::from(actual <= due);
                cells.insert("due".to_owned(), draft.style.date(rng, due));
                cells.insert("actual".to_owned(), draft.style.date(rng, actual));
                done.push(draft.record(cells));
            }
        }
    }
    if trapped && !done.is_empty() {
        let row = *rng.pick(&done);
        let (trap, text) =
            *rng.pick(&[("impossible date", "31/02"), ("unreadable date", "a breve"), ("impossible date", "30/02")]);
        let text = if trap == "impossible date" { format!("{text}/{year}") } else { text.to_owned() };
        let role = *rng.pick(&["due", "actual"]);
        draft.set(row, role, Cell::text(text));
        draft.need(trap, row, &[role], Gravity::Warning);
    }
    let spoiled = !draft.needs.is_empty();
    let proof = Proof { kind: "steps", total, met, left_out: Some(left_out), mean_days: None, enough: None };
    proof.record(&mut draft, name, spoiled);
    (draft, "rispetto della tempistica sul 100% degli step".to_owned(), proof)
}
