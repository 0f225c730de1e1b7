//! What a total of objectives can be: weights count, and an objective counts once however many indicators it has.

use rust_decimal::Decimal;

use crate::kinds::table::Table;
use crate::parse::whole;
use crate::sheet::{Sheet, Value};
use crate::value::number::{self, Nature};

/// The figures that a total below some rows of indicators can declare: their mean, that of their objectives, the last
/// objective's own. A weighted mean is weighted where there are weights, by those of the objectives first, a plain one
/// is not; any other figure is weighted where weights differ, and one that is just called a mean may be plain.
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
    let text = |row: u32, id: &str| table.col(id).map(|col| sheet.text(row, col).trim().to_owned()).unwrap_or_default();
    // Each row may state its objective once more.
    let goes_on = |row: u32, next: u32| {
        let next = text(next, "objective");
        next.is_empty() || next == text(row, "objective")
    };
    // A row of the objective itself above its indicators has their result once more, and perhaps its own weight.
    let is_head = |group: &[(u32, Decimal)]| {
        let named = |row: u32| ["indicator", "description"].iter().any(|id| !text(row, id).is_empty());
        group.len() > 1 && !named(group[0].0) && group[1..].iter().all(|(row, _)| named(*row))
    };
    let groups: Vec<Group<'_>> = valued
        .chunk_by(|row, next| goes_on(row.0, next.0))
        .map(|group| {
            let head = is_head(group);
            let of_objective = weight(group[0].0, "objective_weight");
            let weight = of_objective.or_else(|| weight(group[0].0, own).filter(|_| head));
            Group { rows: &group[usize::from(head)..], weight }
        })
        .collect();
    let by = |id: &'static str| move |(row, value): &(u32, Decimal)| (weight(*row, id), *value);
    let of_groups: Vec<(Option<Decimal>, Decimal)> =
        groups.iter().filter_map(|group| Some((group.weight, mean(group.rows.iter().map(by("weight")))?))).collect();
    let indicators = || groups.iter().flat_map(|group| group.rows);
    // Where each has one indicator, or its own result, they are what was weighed already.
    let several = groups.len() < indicators().count();
    let last = of_groups.last().map(|(_, mean)| *mean).filter(|_| label.contains("obiettivo"));
    if last.is_some() && whole::is_label(label) {
        return last.into_iter().collect();
    }
    let plain = |values: &mut dyn Iterator<Item = Decimal>| {
        mean(values.map(|value| (None, value)).collect::<Vec<_>>().into_iter())
    };
    let all = mean(indicators().map(by(own)));
    let of_objectives = mean(of_groups.iter().copied()).filter(|_| several);
    let plain_all = plain(&mut indicators().map(|(_, value)| *value));
    // The only objective is its own weighted mean.
    let plain_objectives =
        plain(&mut of_groups.iter().map(|(_, value)| *value)).filter(|_| several && groups.len() > 1);
    let sum = valued.iter().try_fold(Decimal::ZERO, |sum, (_, value)| sum.checked_add(*value));
    let says = |stems: &[&str]| stems.iter().any(|stem| label.contains(stem));
    let found = if says(&["ponderat", "pesat"]) {
        let is_by_objectives = several && of_groups.iter().all(|(weight, _)| is_weight(*weight));
        [all.filter(|_| !is_by_objectives), of_objectives, last, None, None, None]
    } else if says(&["aritmetic", "semplice"]) {
        [plain_all, plain_objectives, last, None, None, None]
    } else if label.starts_with("medi") {
        [all, of_objectives, last, plain_all, plain_objectives, None]
    } else {
        [all, of_objectives, last, None, None, sum]
    };
    found.into_iter().flatten().collect()
}

/// The rows of an objective's indicators with their results, and the objective's own weight.
struct Group<'a> {
    rows: &'a [(u32, Decimal)],
    weight: Option<Decimal>,
}

fn is_weight(weight: Option<Decimal>) -> bool {
    weight.is_some_and(|weight| weight > Decimal::ZERO)
}

/// The mean of some values by their weights; by none when a value has none.
fn mean(weighted: impl Iterator<Item = (Option<Decimal>, Decimal)> + Clone) -> Option<Decimal> {
    let is_weighted = weighted.clone().all(|(weight, _)| is_weight(weight));
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
