//! The most that a kind's claim on a header can be worth by the names alone, before its cells are looked at.

use super::budgets::known_amount;
use super::header::Block;
use super::mapping::{ABOUT, ACCEPTED, Ground, LABELLED, TITLED_OBJECTIVES, WEAK, is_titled_objectives};
use crate::kinds::{Kind, resources};

/// No claim of the kind on this header that has all it requires is worth more, whatever stands below the header.
pub fn most(ground: &Ground<'_>, block: &Block, price: f32, kind: &Kind) -> f32 {
    if !kind.requires.iter().all(|group| may_have(ground, block, kind, group)) {
        return f32::NEG_INFINITY;
    }
    let count = block.columns.len();
    let names = (0..count).map(|at| {
        let found = ground.named[at].all().filter(|found| std::ptr::eq(found.kind, kind));
        found.map(|found| found.score).fold(if is_timed(ground, block, at) { 0.95 } else { 0.0 }, f32::max)
    });
    let columns = (names.sum::<f32>() + by_content(kind)).min(count as f32);
    let titled = kind.id == "objectives" && is_titled_objectives(ground);
    let labelled = ground.labelled && kind.evidence;
    columns / count as f32
        + ABOUT
        + if labelled { LABELLED } else { 0.0 }
        + if titled { TITLED_OBJECTIVES } else { 0.0 }
        - price
}

/// Whether a header can be one of these columns.
fn may_have(ground: &Ground<'_>, block: &Block, kind: &Kind, group: &[&str]) -> bool {
    let by_name = |at: usize| {
        ground.named[at].all().any(|found| {
            let name = found.score * if found.weak { WEAK } else { 1.0 };
            std::ptr::eq(found.kind, kind) && group.contains(&found.column.id) && (found.own || name >= ACCEPTED)
        })
    };
    // A year is a column of costs, or of what was measured.
    let by_year = |at: usize| matches!(kind.id, "staff_costs" | "checks") && is_timed(ground, block, at);
    let by_words = |at: usize| {
        kind.id == "resources" && known_amount(&block.columns[at].full).is_some_and(|id| group.contains(&id))
    };
    // Entities of any name are columns of costs.
    let is_any = kind.id == "staff_costs" && group.contains(&"amount");
    is_any || (0..block.columns.len()).any(|at| by_name(at) || by_year(at) || by_words(at))
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
