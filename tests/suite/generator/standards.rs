//! A standard of the charter whose measured value is proved by a log of cases instead of standing in its row.

use rust_decimal::Decimal;

use crate::harness::grid::Cell;

use super::cases;
use super::draft::{Draft, Row, spot};
use super::random::Rng;
use super::spell::Style;
use super::truth::Want;

/// Blanks the measured value of a standard and draws the log that gives it: its mean, within the term.
pub fn prove(rng: &mut Rng, charter: &mut Draft, style: Style) -> Option<Draft> {
    let unit = charter.choices.get("clock").is_some_and(|clock| clock == "Unnamed" || clock == "Days");
    let plain = charter.choices.get("beside").is_some_and(|beside| beside == "nothing");
    if !charter.needs.is_empty() || !unit || !plain {
        return None;
    }
    let number = |record: &super::draft::DraftRecord, name: &str| {
        record.wants.iter().find_map(|(field, want, _)| match want {
            Want::Number(number) if *field == name => Some(*number),
            _ => None,
        })
    };
    let within = |at: &usize| {
        let record = &charter.records[*at];
        number(record, "deviation_percent") == Some(Decimal::ZERO)
            && number(record, "measured_days").is_some_and(|days| days > Decimal::ZERO)
    };
    let candidates: Vec<usize> = (0..charter.records.len()).filter(within).collect();
    if candidates.is_empty() {
        return None;
    }
    let at = *rng.pick(&candidates);
    let row = charter.records[at].row?;
    let Row::Record(cells) = &charter.rows[row] else { return None };
    let process = match &cells["process"].value {
        crate::harness::grid::Value::Text(text) => text.clone(),
        _ => return None,
    };
    let (log, mean) = cases::of_a_standard(rng, style, &process);
    let term = mean.ceil() + Decimal::from(rng.range(1, 9));
    charter.set(row, "planned", Cell::text(format!("{term} gg.")));
    if let Row::Record(cells) = &mut charter.rows[row] {
        cells.remove("measured");
    }
    for (field, want, spots) in &mut charter.records[at].wants {
        match *field {
            "planned_days" => *want = Want::Number(term),
            "measured_days" => *want = Want::Number(mean),
            _ => {}
        }
        if spots.iter().any(|place| *place == spot(row, "measured")) {
            spots.push(spot(row, "code"));
        }
    }
    charter.choices.insert("measured by", "a log of cases".to_owned());
    Some(log)
}
