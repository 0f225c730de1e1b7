//! Objectives of two levels side by side: the column that is not taken is told.

use crate::kinds::table::{Mapped, Role, Why};
use crate::value::fold::words;

/// How the words begin that tell a level of objectives from another.
const LEVELS: &[&str] = &["strategic", "operativ", "gestional", "specific", "individual", "dirigenzial", "general"];

/// Says of `Obiettivo operativo` beside `Obiettivo strategico` that either could be the objective.
pub fn complete(columns: &mut [Mapped]) {
    let is_goal = |mapped: &Mapped| matches!(mapped.role, Role::Column(column) if column.id == "objective");
    if !columns.iter().any(|mapped| is_goal(mapped) && names_level(&mapped.header)) {
        return;
    }
    let is_other = |mapped: &&mut Mapped| matches!(mapped.role, Role::Unknown) && names_level(&mapped.header);
    columns.iter_mut().filter(is_other).for_each(|mapped| mapped.why = Why::Twin("objective"));
}

fn names_level(header: &str) -> bool {
    let words = words(header);
    let is_number = |word: &String| matches!(word.as_str(), "n" | "nr" | "num" | "numero" | "cod" | "codice" | "peso");
    let begins = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    begins(&["obiettiv"]) && begins(LEVELS) && !words.iter().any(is_number)
}
