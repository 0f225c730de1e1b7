//! The verdict on a procedure, beside its result and the one expected of it.

use rust_decimal::Decimal;

use super::DATA;
use crate::write::book::formula;
use crate::write::book::style::Shade;
use crate::write::book::table::Cell;
use crate::write::book::view::View;

/// Whether the result is what was expected: in words, with a sign, as a formula over the two cells beside it.
pub fn verdict(view: &View, score: Option<Decimal>, expected: Option<Decimal>, row: u32) -> Cell {
    let Some(score) = score else { return Cell::text("–") };
    let reached = view.say("● raggiunto", "● reached");
    let (below, shade) = match expected {
        Some(_) => (view.say("■ sotto l’atteso", "■ below the expected"), Shade::Error),
        None => (view.say("▲ sotto 100, atteso non in %", "▲ below 100, expected not in %"), Shade::Warning),
    };
    let (value, wanted) = (formula::cell(row, DATA + 1), formula::cell(row, DATA + 2));
    let threshold = expected.map_or_else(|| "100".to_owned(), |_| wanted);
    let good = score >= expected.unwrap_or(Decimal::ONE_HUNDRED);
    let text = format!("IF({value}>={threshold},\"{reached}\",\"{below}\")");
    let (word, shade) = if good { (reached, Shade::Good) } else { (below, shade) };
    Cell::formula_text(text, word).shade(shade)
}
