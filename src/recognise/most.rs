//! The most that a kind's claim on a header can be worth by the names alone, before its cells are looked at.

use super::header::Block;
use super::mapping::{ABOUT, Ground, LABELLED, TITLED_OBJECTIVES, is_titled_objectives};
use crate::kinds::{Kind, resources};

/// No claim of the kind on this header is worth more, whatever stands below it.
pub fn most(ground: &Ground<'_>, block: &Block, price: f32, kind: &Kind) -> f32 {
    let names = block.columns.iter().zip(ground.named).zip(ground.headers).map(|((cell, named), header)| {
        let found = named.full.iter().chain(named.leaf.iter()).filter(|found| std::ptr::eq(found.kind, kind));
        let timed = cell.guessed || !header.years.is_empty() || header.part || header.previous;
        found.map(|found| found.score).fold(if timed { 0.95 } else { 0.0 }, f32::max)
    });
    let columns = (names.sum::<f32>() + by_content(kind)).min(block.columns.len() as f32);
    let titled = kind.id == "objectives" && is_titled_objectives(ground);
    let labelled = ground.labelled && kind.evidence;
    columns / block.columns.len() as f32
        + ABOUT
        + if labelled { LABELLED } else { 0.0 }
        + if titled { TITLED_OBJECTIVES } else { 0.0 }
        - price
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
