//! What a total of objectives can be: weights count, and an objective counts once however many indicators it has.

use rust_decimal::Decimal;

use crate::kinds::table::Table;
use crate::parse::whole;
use crate::sheet::{Sheet, Value};
use crate::value::number::{self, Nature};

/// The figures that a total below some rows of indicators can declare: their mean, that of their objectives, the last
/// objective's own. Weighted where weights differ, and then in no other way.
pub(super) fn candidates(
    sheet: &Sheet,
    table: &Table,
    rows: &[u32],
    label: &str,
    result: &dyn Fn(u32) -> Option<Decimal>,
) -> Vec<Decimal> {
    let weight = |row: u32, id: &str| weight(sheet, table, row, id);
    let own = ["weight", "objective_weight"].into_iter().find(|id| table.col(id).is_some()).unwrap_or("weight");
    let valued: Vec<(u32, Decimal)> = rows.iter().filter_map(|row| Some((*row, result(*row)?))).collect();
    let stated =
        |row: u32| table.col("objective").map(|col| sheet.text(row, col).trim().to_owned()).unwrap_or_default();
    // Each row may state its objective once more.
    let goes_on = |row: u32, next: u32| {
        let next = stated(next);
        next.is_empty() || next == stated(row)
    };
    let groups: Vec<&[(u32, Decimal)]> = valued.chunk_by(|row, next| goes_on(row.0, next.0)).collect();
    let by = |id: &'static str| move |(row, value): &(u32, Decimal)| (weight(*row, id), *value);
    let of_groups: Vec<(Option<Decimal>, Decimal)> = groups
        .iter()
        .filter_map(|group| Some((weight(group.first()?.0, "objective_weight"), mean(group.iter().map(by("weight")))?)))
        .collect();
    // Where each has one indicator, or its own result, they are what was weighed already.
    let several = groups.len() < valued.len();
    let last = of_groups.last().map(|(_, mean)| *mean).filter(|_| label.contains("obiettivo"));
    if last.is_some() && whole::is_label(label) {
        return last.into_iter().collect();
    }
    let all = mean(valued.iter().map(by(own)));
    // `Media semplice` leaves the weights out.
    if ["semplice", "aritmetica"].iter().any(|plain| label.contains(plain)) {
        let plain = |(_, value): &(u32, Decimal)| (None, *value);
        let of_groups = of_groups.iter().map(|(_, value)| (None, *value));
        return [mean(valued.iter().map(plain)), mean(of_groups)].into_iter().flatten().collect();
    }
    let sum = valued.iter().try_fold(Decimal::ZERO, |sum, (_, value)| sum.checked_add(*value));
    [all, mean(of_groups.into_iter()).filter(|_| several), last, sum].into_iter().flatten().collect()
}

/// The mean of some values by their weights; by none when a value has none.
fn mean(weighted: impl Iterator<Item = (Option<Decimal>, Decimal)> + Clone) -> Option<Decimal> {
    let is_weighted = weighted.clone().all(|(weight, _)| weight.is_some_and(|weight| weight > Decimal::ZERO));
    let (mut sum, mut whole) = (Decimal::ZERO, Decimal::ZERO);
    for (weight, value) in weighted {
        let weight = weight.filter(|_| is_weighted).unwrap_or(Decimal::ONE);
        sum = sum.checked_add(weight.checked_mul(value)?)?;
        whole = whole.checked_add(weight)?;
    }
    sum.checked_div(whole)
}

fn weight(sheet: &Sheet, table: &Table, row: u32, id: &str) -> Option<Decimal> {
    match sheet.cell(row, table.col(id)?)?.value {
        Value::Number(stored) => number::from_stored(stored),
        Value::Text(text) => {
            let digits = text.trim().trim_end_matches('%');
            number::scan(digits).map(|number| number.read(Nature::Measure, None))
        }
        _ => None,
    }
}
