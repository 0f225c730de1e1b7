//! Evidence: one row per office, done or not.

use jiff::civil::date;

use crate::harness::grid::Cell;

use super::clock;
use super::draft::{Cellmap, Draft};
use super::headers::{self, DONE, ITEM, WHEN};
use super::procedures::{Proof, say};
use super::random::Rng;
use super::spell::Style;
use super::truth::Gravity;
use super::words::OFFICES;

/// Draws the list of a procedure; gives also its expected result for the plan and what it proves.
pub fn draft(rng: &mut Rng, style: Style, name: &str, trapped: bool) -> (Draft, String, Proof) {
    let mut draft = Draft::new("coverage", style);
    say(rng, &mut draft, name);
    draft.column("item", *rng.pick(ITEM));
    draft.column("done", *rng.pick(DONE));
    if rng.chance(60) {
        draft.column("date", *rng.pick(WHEN));
    }
    headers::disfigure(rng, &mut draft);
    let count = rng.range(6, OFFICES.len() as i64);
    let (mut met, mut rows) = (0, Vec::new());
    for office in &OFFICES[..count as usize] {
        let yes = rng.chance(85);
        met += i64::from(yes);
        let mut cells = Cellmap::new();
        cells.insert("item".to_owned(), Cell::text(*office));
        cells.insert("done".to_owned(), draft.style.yes_no(rng, yes));
        if yes {
            let day = clock::plus(date(draft.style.year as i16, 2, 1), rng.range(0, 300));
            cells.insert("date".to_owned(), draft.style.date(rng, day));
        }
        rows.push(draft.record(cells));
    }
    if trapped {
        let row = *rng.pick(&rows);
        draft.set(row, "done", Cell::text(*rng.pick(&["parzialmente", "in corso di verifica", "boh", "50/50"])));
        draft.need("yes or no unreadable", row, &["done"], Gravity::Warning);
    }
    let proof = Proof { kind: "coverage", total: count, met, left_out: None, mean_days: None, enough: None };
    proof.record(&mut draft, name, trapped);
    (draft, "il 100% degli uffici deve aver completato l'attività".to_owned(), proof)
}
