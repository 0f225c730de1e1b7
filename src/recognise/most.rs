//! The most that a kind's claim on a header can be worth by the names alone, before its cells are looked at.

use super::budgets::known_amount;
use super::header::Block;
use super::mapping::{ABOUT, ACCEPTED, Ground, LABELLED, TITLED_OBJECTIVES, WEAK, is_titled_objectives};
use crate::kinds::{Kind, resources};

/// No claim of the kind on this header that has all it requires is worth more, whatever stands below the header.
pub fn most(ground: &Ground<'_>, block: &Block, price: f32, kind: &Kind) -> f32 {
    // A year is a column of costs, or of what was measured.
    let has_years = matches!(kind.id, "staff_costs" | "checks");
    // Entities of any name are columns of costs.
    let mut had = if kind.id == "staff_costs" { required(kind, "amount") } else { 0 };
    let mut columns = by_content(kind);
    for (at, cell) in block.columns.iter().enumerate() {
        let is_timed = is_timed(ground, block, at);
        let mut best: f32 = if is_timed { 0.95 } else { 0.0 };
        for found in ground.named[at].all().filter(|found| std::ptr::eq(found.kind, kind)) {
            best = best.max(found.score);
            let name = found.score * if found.weak { WEAK } else { 1.0 };
            if found.own || name >= ACCEPTED {
                had |= required(kind, found.column.id);
            }
        }
        if is_timed && has_years {
            had = u32::MAX;
        }
        if kind.id == "resources" {
            had |= known_amount(&cell.full).map_or(0, |id| required(kind, id));
        }
        columns += best;
    }
    if had.trailing_ones() < kind.requires.len() as u32 {
        return f32::NEG_INFINITY;
    }
    let count = block.columns.len() as f32;
    let titled = kind.id == "objectives" && is_titled_objectives(ground);
    let labelled = ground.labelled && kind.evidence;
    columns.min(count) / count
        + ABOUT
        + if labelled { LABELLED } else { 0.0 }
        + if titled { TITLED_OBJECTIVES } else { 0.0 }
        - price
}

/// What a kind requires that a column fulfils, one bit for each.
fn required(kind: &Kind, column: &str) -> u32 {
    let fulfilled = (0..).zip(kind.requires).filter(|(_, group)| group.contains(&column));
    fulfilled.fold(0, |bits, (at, _)| bits | 1 << at)
}

/// Whether a header can say when, or a group that is told beside it.
fn is_timed(ground: &Ground<'_>, block: &Block, at: usize) -> bool {
    let header = &ground.headers[at];
    block.columns[at].guessed || !header.years.is_empty() || header.part || header.previous
}

/// What columns can add that are told by what stands in them, or by other words.
fn by_content(kind: &Kind) -> f32 {
    match kind.id {
        "charter" | "objectives" => 1.0,
        "cases" => 2.0,
        "resources" => resources::KIND.values.len() as f32,
        "staff_costs" => f32::INFINITY,
        _ => 0.0,
    }
}
