//! The sheets of our own workbook: known by their name and header, so that nothing has to be guessed of them.
//!
//! What a header of ours means does not hang on what stands below it; a sheet that only has the name of ours is read as
//! any other.

use std::sync::Arc;

use crate::finding::Text;
use crate::kinds::table::{Mapped, Role, Table, Why};
use crate::kinds::{KINDS, Kind};
use crate::recognise::{context, header};
use crate::sheet::Sheet;
use crate::value::fold::fold;

/// A column of ours: where it stands, what it is called in either language, and which column of the kind it is.
type Own = (u32, [&'static str; 2], Option<&'static str>);

/// A sheet of ours.
struct Layout {
    name: &'static str,
    kind: &'static str,
    /// First and last row of the header.
    header: (u32, u32),
    /// The columns that tell it, and those that are checked.
    columns: &'static [Own],
    /// What the last column is called: where a record came from.
    source: [&'static str; 2],
}

/// The row right below title and body.
const HEADER: (u32, u32) = (2, 2);
/// Where a record came from.
const SOURCE: [&str; 2] = ["Fonte", "Source"];
/// The sum of the entities of staff cost.
const TOTAL: [&str; 2] = ["TOTALE", "TOTAL"];
/// The part of it that is due to renewals.
const RENEWALS: [&str; 2] = ["DI CUI RINNOVI CONTRATTUALI", "OF WHICH CONTRACT RENEWALS"];

static LAYOUTS: &[Layout] = &[
    Layout {
        name: "Allegato 1",
        kind: "charter",
        header: HEADER,
        columns: &[
            (0, ["N.", "N."], Some("code")),
            (1, ["PROCESSO/SERVIZIO", "PROCESS/SERVICE"], Some("process")),
            (4, ["VALORE PROGRAMMATO", "PLANNED VALUE"], Some("planned")),
            (5, ["VALORE RILEVATO", "MEASURED VALUE"], Some("measured")),
            (6, ["RISULTATO", "RESULT"], Some("declared")),
        ],
        source: SOURCE,
    },
    Layout {
        name: "Allegato 2",
        kind: "procedures",
        header: HEADER,
        columns: &[
            (1, ["PROCEDIMENTO", "PROCEDURE"], Some("procedure")),
            (3, ["RISULTATO ATTESO E SISTEMA DI CONTROLLO", "EXPECTED RESULT AND SYSTEM OF CONTROL"], None),
            (5, ["RISULTATO", "RESULT"], Some("result")),
        ],
        source: ["Fonte del piano", "Source of the plan"],
    },
    Layout {
        name: "Allegato 3",
        kind: "objectives",
        header: HEADER,
        columns: &[
            (1, ["OBIETTIVO / INDICATORE", "OBJECTIVE / INDICATOR"], None),
            (2, ["PESO", "WEIGHT"], None),
            (4, ["RISULTATO %", "RESULT %"], None),
        ],
        source: SOURCE,
    },
    Layout {
        name: "Costo del personale",
        kind: "staff_costs",
        header: HEADER,
        columns: &[(0, ["ANNO", "YEAR"], Some("year"))],
        source: SOURCE,
    },
    Layout {
        name: "Risorse",
        kind: "resources",
        header: (2, 3),
        columns: &[
            (0, ["OBIETTIVO", "OBJECTIVE"], Some("objective")),
            (2, ["PREVENTIVO PROVENTI", "BUDGET INCOME"], Some("budget_income")),
            (3, ["PREVENTIVO ONERI", "BUDGET EXPENSE"], Some("budget_expense")),
            (4, ["PREVENTIVO INVESTIMENTI", "BUDGET INVESTMENT"], Some("budget_investment")),
            (5, ["CONSUNTIVO PROVENTI", "ACTUAL INCOME"], Some("actual_income")),
            (6, ["CONSUNTIVO ONERI", "ACTUAL EXPENSE"], Some("actual_expense")),
            (7, ["CONSUNTIVO INVESTIMENTI", "ACTUAL INVESTMENT"], Some("actual_investment")),
        ],
        source: SOURCE,
    },
    Layout {
        name: "Target strategici",
        kind: "targets",
        header: HEADER,
        columns: &[
            (1, ["TARGET", "TARGET"], Some("target")),
            (3, ["RISULTATO CONSEGUITO", "RESULT"], Some("result")),
            (4, ["PUNTEGGIO", "SCORE"], None),
        ],
        source: SOURCE,
    },
];

/// Whether a text is one of a name's two languages.
fn is(text: &str, names: &[&str; 2]) -> bool {
    let folded = fold(text);
    names.iter().any(|name| fold(name) == folded)
}

/// The layout of a sheet that is one of ours, with its header.
fn layout(sheet: &Sheet) -> Option<(&'static Layout, Vec<header::HeaderCell>)> {
    let layout = LAYOUTS.iter().find(|layout| layout.name == &*sheet.name)?;
    let headers = header::compose(sheet, layout.header.0, layout.header.1).columns;
    let named = |(col, names, _): &Own| headers.iter().any(|cell| cell.col == *col && is(&cell.full, names));
    let sourced = headers.iter().any(|cell| is(&cell.full, &layout.source));
    (sourced && layout.columns.iter().all(named)).then_some((layout, headers))
}

/// The table of a sheet of our own workbook; none when it is no sheet of ours.
pub fn table(file: &Arc<str>, sheet: &Sheet) -> Option<Table> {
    let (layout, headers) = layout(sheet)?;
    let kind: &'static Kind = KINDS.iter().copied().find(|kind| kind.id == layout.kind)?;
    let total = headers.iter().find(|cell| is(&cell.full, &TOTAL)).map(|cell| cell.col);
    let columns = headers.iter().map(|cell| Mapped {
        col: cell.col,
        header: cell.full.clone(),
        role: role(layout, kind, cell, total),
        confidence_percent: 100,
        by_content: false,
        why: Why::Said(Text::new("è una colonna di questo programma", "it is a column of this program")),
    });
    let mut context = context::gather(sheet, 0, layout.header.0);
    // Below the title stands the body's name, which may hold a year of its own.
    context.titles.retain(|(_, (row, _))| *row == 0);
    context.labels.clear();
    Some(Table {
        file: Arc::clone(file),
        sheet: Arc::clone(&sheet.name),
        kind,
        header_rows: layout.header,
        body_rows: (layout.header.1 + 1, u32::MAX),
        columns: columns.collect(),
        context,
        explained_percent: 100,
        rivals: Vec::new(),
    })
}

fn role(layout: &Layout, kind: &'static Kind, cell: &header::HeaderCell, total: Option<u32>) -> Role {
    let column = |id: &str| kind.columns.iter().find(|column| column.id == id);
    let declared = layout.columns.iter().find(|(col, ..)| *col == cell.col).and_then(|(_, _, id)| column((*id)?));
    match (declared, total.filter(|_| kind.id == "staff_costs")) {
        (Some(column), _) => Role::Column(column),
        (None, Some(total)) if cell.col < total => Role::Entity(cell.full.clone()),
        (None, Some(total)) if cell.col == total => Role::Total,
        (None, Some(_)) if is(&cell.full, &RENEWALS) => column("renewals").map_or(Role::Unknown, Role::Column),
        _ => Role::Unknown,
    }
}

/// The column in which each record of a sheet of ours says where it came from: rows without it are none.
pub fn source_column(sheet: &Sheet) -> Option<u32> {
    let (layout, headers) = layout(sheet)?;
    headers.iter().find(|cell| is(&cell.full, &layout.source)).map(|cell| cell.col)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::write::{self, fixture};

    #[test]
    fn every_sheet_of_our_own_workbook_is_known_in_both_languages() {
        for outcome in [fixture::outcome(), fixture::outcome_net()] {
            for lang in [Lang::It, Lang::En] {
                let workbook = write::workbook(&outcome, lang, "").unwrap();
                let sheets = crate::intake::open_bytes(&"".into(), &workbook).sheets;
                for layout in LAYOUTS {
                    let sheet = sheets.iter().find(|sheet| &*sheet.name == layout.name).unwrap();
                    let table = table(&"".into(), sheet).unwrap_or_else(|| panic!("{} {lang:?}", layout.name));
                    assert_eq!(table.kind.id, layout.kind);
                }
            }
        }
    }
}
