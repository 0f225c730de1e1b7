//! Resources: columns of amounts that no spelling is declared for, but whose words surely say what they are.

use super::header::Block;
use super::mapping::Ground;
use crate::finding::Text;
use crate::kinds::Content;
use crate::kinds::resources::{KIND, amount_of};
use crate::kinds::table::{Mapped, Role, Why};
use crate::memo::Memo;

/// What a header says, remembered: those of many sheets are the same.
pub fn known_amount(header: &str) -> Option<&'static str> {
    thread_local!(static KNOWN: Memo<Option<&'static str>> = const { Memo::new() });
    KNOWN.with(|known| known.get(header, 0, || amount_of(header)))
}

/// Gives such columns their role; where two can be the same one, neither is.
pub fn complete(ground: &Ground<'_>, block: &Block, columns: &mut [Mapped]) {
    let holds_amounts =
        |at: usize| ground.agreement(block.columns[at].col, Content::Amount).is_none_or(|part| part >= 0.5);
    let said: Vec<Option<&'static str>> = (0..columns.len().min(block.columns.len()))
        .map(|at| known_amount(&block.columns[at].full).filter(|_| holds_amounts(at)))
        .collect();
    // Capital expense is no part of the other.
    for (at, said) in said.iter().enumerate() {
        let is_other = matches!(columns[at].role, Role::Column(column) if column.id.ends_with("_expense"));
        if is_other && said.is_some_and(|id| id.ends_with("_investment")) {
            columns[at].role = Role::Unknown;
        }
    }
    let is = |mapped: &Mapped, id: &str| matches!(mapped.role, Role::Column(column) if column.id == id);
    for id in KIND.values {
        let is_free =
            |at: &usize| said[*at] == Some(id) && matches!(columns[*at].role, Role::Unknown | Role::Ambiguous(_));
        let free: Vec<usize> = (0..said.len()).filter(is_free).collect();
        if let ([only], Some(column), false) = (&free[..], KIND.column(id), columns.iter().any(|other| is(other, id))) {
            columns[*only].role = Role::Column(column);
            columns[*only].confidence_percent = 85;
            columns[*only].why = Why::Said(Text::new("le sue parole lo dicono", "its words say so"));
        }
    }
}
