//! Which year, and which part of it, a column is of, by what its header says.

use super::header::{Block, HeaderCell};
use super::mapping::Ground;
use super::vocabulary::{Header, Named};
use crate::finding::Text;
use crate::kinds::Kind;
use crate::kinds::table::{Role, Why};

/// The year that headers without a settings file speak of: the latest they name.
pub fn current_year(ground: &Ground<'_>) -> Option<i16> {
    ground.year.or_else(|| ground.headers.iter().flat_map(|header| &header.years).max().copied())
}

/// The part of a header that can say when: a group that no merge stretches over a column may be its neighbour's own name.
///
/// `Rilevato 2023` beside a lone `N.` in the row below is no year of the codes; `2023` over `Programmato` and `Rilevato`
/// is the year of both.
pub fn when<'a>(cell: &'a HeaderCell, block: &Block, kind: &Kind, named: &Named) -> &'a str {
    let Some(group) = cell.full.strip_suffix(&cell.leaf).filter(|_| cell.guessed) else { return &cell.full };
    let group = Header::parse(group);
    let again = block.columns.iter().filter(|other| other.leaf == cell.leaf).count() > 1;
    let named = named.leaf.iter().find(|found| found.kind.id == kind.id && found.score >= 0.85 && !found.weak);
    let valued = named.is_none_or(|found| kind.values.contains(&found.column.id));
    if valued && (group.is_bare() || group.previous || again) { &cell.full } else { &cell.leaf }
}

/// Whether the column belongs to another year or to a part of this one.
pub fn time_role(header: &Header, current: Option<i16>, kind: &Kind, named: &Named) -> Option<Role> {
    let compares = kind.column("last_year").is_some();
    let of_kind = || named.all().any(|found| found.kind.id == kind.id);
    if header.is_bare() && header.years.is_empty() || !(header.is_bare() || header.part || of_kind()) {
        return None;
    }
    if header.part && !named.full.iter().any(|found| found.kind.id == kind.id && found.score > 0.95) {
        return Some(Role::Part);
    }
    let current = current?;
    if !header.years.is_empty() && !header.years.contains(&current) {
        let last = compares && header.years.contains(&(current - 1));
        return (!last).then(|| Role::OtherYear(header.years[0]));
    }
    if header.previous && !compares {
        return Some(Role::OtherYear(current - 1));
    }
    None
}

pub fn time_why(role: &Role) -> Why {
    match role {
        Role::OtherYear(year) => Why::OfYear(*year),
        _ => Why::Said(Text::new("è solo una parte dell’anno", "it is only a part of the year")),
    }
}
