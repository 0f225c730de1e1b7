//! Objectives with a measured value and its share of the target side by side: the share is the result.

use super::mapping::Ground;
use crate::finding::Text;
use crate::kinds::table::{Mapped, Role, Why};
use crate::kinds::{Content, objectives};
use crate::value::fold::words;

/// Gives the column of results to a share beside it: `Risultato | Grado di raggiungimento %`.
pub fn complete(ground: &Ground<'_>, columns: &mut [Mapped]) {
    let is_twin = |mapped: &Mapped| matches!(&mapped.role, Role::Ambiguous(ids) if ids[..] == ["result"]);
    let is_result = |mapped: &Mapped| matches!(mapped.role, Role::Column(column) if column.id == "result");
    // Beside a percentage what was reached is a value: `Valore conseguito | % raggiungimento`.
    let has_percentage = columns.iter().any(|mapped| says_share(&mapped.header) && says_percentage(&mapped.header));
    let says_share = |header: &str| says_share(header) && (!has_percentage || says_percentage(header));
    let is_value = |mapped: &Mapped| (is_result(mapped) || is_twin(mapped)) && !says_share(&mapped.header);
    let Some(value) = columns.iter().position(is_value) else { return };
    let agrees = |col| ground.agreement(col, Content::Percent).is_some_and(|part| part >= 0.5);
    let is_free = |mapped: &Mapped| matches!(mapped.role, Role::Unknown) || is_twin(mapped);
    let is_share = |mapped: &Mapped| is_free(mapped) && says_share(&mapped.header) && agrees(mapped.col);
    let mut shares = (0..columns.len()).filter(|at| is_share(&columns[*at]));
    let (Some(share), None) = (shares.next(), shares.next()) else { return };
    let Some(column) = objectives::KIND.column("result") else { return };
    let of_share = Text::new("la sua quota le sta accanto", "its share stands beside it");
    for mapped in columns.iter_mut().filter(|mapped| is_value(mapped)) {
        (mapped.role, mapped.why) = (Role::Unknown, Why::Said(of_share));
    }
    columns[share].role = Role::Column(column);
    columns[share].confidence_percent = columns[share].confidence_percent.max(columns[value].confidence_percent);
    let why = Text::new("è la quota del valore che le sta accanto", "it is the share of the value beside it");
    columns[share].why = Why::Said(why);
}

/// Whether a header says that its values are percentages.
fn says_percentage(header: &str) -> bool {
    let says = |word: &String| word.starts_with("percentual") || matches!(word.as_str(), "perc" | "grado");
    header.contains('%') || words(header).iter().any(says)
}

/// Whether a header is of how much of what was planned was reached.
pub fn says_reached(header: &str) -> bool {
    let is_it = |word: &String| ["raggiun", "realizzazion", "attuazion"].iter().any(|stem| word.starts_with(stem));
    words(header).iter().any(is_it)
}

/// Whether a header is surely of a share of what was planned: `Grado di realizzazione`, and not `Valore conseguito`.
pub fn says_degree(header: &str) -> bool {
    let is_it = |word: &String| {
        let begins = |stem: &&str| word.starts_with(*stem);
        ["percentual", "raggiungiment", "conseguiment", "attuazion"].iter().any(begins)
            || matches!(word.as_str(), "perc" | "grado" | "livello" | "stato")
    };
    says_share(header) && (header.contains('%') || words(header).iter().any(is_it))
}

/// Whether a header is of a share of what was planned, and not of the whole objective.
pub fn says_share(header: &str) -> bool {
    let words = words(header);
    let any = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    // `Grado di complessità` is another thing.
    let of_result = (header.contains('%') || any(&["percentual"])) && any(&["risultat", "esit"]);
    (of_result || any(&["raggiun", "realizzazion", "consegui", "attuazion"]))
        && !any(&["obiettiv", "scostament", "peso", "target"])
}
