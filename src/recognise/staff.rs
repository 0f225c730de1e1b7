//! Cost of staff: years or entities can be headers of their own, which no declaration can list.

use super::header::{Block, HeaderCell};
use super::mapping::Ground;
use super::vocabulary::Header;
use crate::finding::Text;
use crate::kinds::staff_costs::speaks_of_staff_cost;
use crate::kinds::table::{Mapped, Role, Why};
use crate::kinds::{Content, staff_costs};
use crate::value::fold::words;

/// Words of columns that are computed from others.
const COMPUTED: &[&str] = &[
    "differenza",
    "variazione",
    "scostamento",
    "incremento",
    "delta",
    "riduzione",
    "percentuale",
    "note",
    "diff",
    "var",
    "media",
    "trend",
];

/// The role of a header that is a year, in a table that speaks of the cost of staff.
pub fn year_role(ground: &Ground<'_>, cell: &HeaderCell, header: &Header) -> Option<Role> {
    let [year] = header.years[..] else { return None };
    let plain = header.words().all(|word| {
        matches!(
            word,
            "anno"
                | "costo"
                | "consuntivo"
                | "personale"
                | "lavoro"
                | "spesa"
                | "importo"
                | "esercizio"
                | "dato"
                | "complessivo"
                | "totale"
                | "al"
                | "31"
                | "12"
        )
    });
    (plain && (speaks(ground) || speaks_of_staff_cost(&cell.full))).then_some(Role::Year(year))
}

/// Entities in columns: what is left beside the year column, when amounts stand below.
pub fn complete(ground: &Ground<'_>, block: &Block, columns: &mut [Mapped]) {
    let has_years = columns.iter().any(|mapped| matches!(mapped.role, Role::Year(_)));
    let is = |mapped: &Mapped, id: &str| matches!(mapped.role, Role::Column(column) if column.id == id);
    let year = columns.iter().position(|mapped| is(mapped, "year"));
    let (Some(year), false) = (year, has_years) else { return };
    let spoken = speaks(ground) || block.columns.iter().any(|cell| speaks_of_staff_cost(&cell.full));
    let amount = columns.iter().position(|mapped| is(mapped, "amount"));
    let several = block.columns.iter().filter(|cell| speaks_of_staff_cost(&cell.full)).count() > 1;
    if !spoken || columns.iter().any(|mapped| is(mapped, "entity")) {
        return;
    }
    let candidates: Vec<usize> = (0..columns.len())
        .filter(|at| {
            *at != year && holds_amounts(ground, block.columns[*at].col) && !computed(&block.columns[*at].full)
        })
        .filter(|at| matches!(columns[*at].role, Role::Unknown | Role::Ambiguous(_)) || Some(*at) == amount)
        .collect();
    let totals = |at: &usize| is_total(&block.columns[*at].leaf);
    let entities = candidates.iter().filter(|at| !totals(at)).count();
    // A single amount column with its own name is the plain layout: year and amount.
    if entities == 0
        || (candidates.len() == 1 && amount.is_some())
        || (amount.is_some_and(|at| !totals(&at)) && !several)
    {
        return;
    }
    for at in candidates {
        let leaf = without_marks(&block.columns[at].leaf).to_owned();
        let (role, why) = if totals(&at) {
            (Role::Total, Text::new("è la somma delle altre colonne", "it is the sum of the other columns"))
        } else {
            (Role::Entity(leaf), Text::new("gli importi di un ente", "an entity's amounts"))
        };
        columns[at].role = role;
        columns[at].confidence_percent = 85;
        columns[at].why = Why::Said(why);
    }
}

/// The name without the marks of a footnote: `Camera*`, `Camera (1)`, `Camera ²`.
fn without_marks(name: &str) -> &str {
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || "*†‡:¹²³⁴⁵".contains(c));
    let note = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    match note {
        Some((before, mark)) if mark.chars().count() == 1 && !before.trim().is_empty() => before.trim_end(),
        _ => name,
    }
}

fn holds_amounts(ground: &Ground<'_>, col: u32) -> bool {
    ground.agreement(col, Content::Amount).is_some_and(|part| part >= 0.5)
}

fn computed(header: &str) -> bool {
    header.contains('%') || words(header).iter().any(|word| COMPUTED.contains(&word.as_str()))
}

/// Whether a header is of a sum over other columns.
pub fn is_total(header: &str) -> bool {
    words(header).first().is_some_and(|word| matches!(word.as_str(), "totale" | "tot" | "complessivo" | "somma"))
}

fn speaks(ground: &Ground<'_>) -> bool {
    speaks_of_staff_cost(ground.context)
        || staff_costs::KIND.context.iter().any(|words| ground.context.contains(words))
        || first_column_speaks(ground)
}

/// `Costo complessivo del personale` as the label of a row.
fn first_column_speaks(ground: &Ground<'_>) -> bool {
    let sheet = ground.sheet;
    sheet
        .rows_between(ground.body.0, ground.body.1)
        .take(12)
        .filter_map(|row| row.first().map(|cell| sheet.shown(cell)))
        .any(|text| speaks_of_staff_cost(&text))
}
