//! A table before it has a place: columns with their headers, rows with their cells, what they mean, and the traps in
//! them. Kinds build drafts; `layout` gives them a place; together they give the truth.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::harness::grid::Cell;

use super::spell::Style;
use super::truth::{Cells, Choices, Expected, Gravity, Key, Need, Record, Want};

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// What it holds, by the kind's own name; unknown columns begin with `?`.
    pub role: String,
    /// Its header on one row.
    pub header: String,
    /// Its header on two rows: the group's and its own.
    pub grouped: Option<(String, String)>,
}

/// The cells of a row by role.
pub type Cellmap = BTreeMap<String, Cell>;

/// A row of a table.
#[derive(Debug, Clone)]
pub enum Row {
    /// A record.
    Record(Cellmap),
    /// A section's title.
    Section(String),
    /// A total or mean: its label and its cells.
    Total(String, Cellmap),
}

/// A cell of a draft: row and role; no role means the whole row, no row means the whole column.
pub type Spot = (Option<usize>, Option<String>);

/// A record of a draft.
#[derive(Debug, Clone)]
pub struct DraftRecord {
    /// Its row; `None` when the whole sheet is the record.
    pub row: Option<usize>,
    /// How it is found in the JSON.
    pub key: Key,
    /// Its fields, and the roles they come from.
    pub wants: Vec<(&'static str, Want, Vec<Spot>)>,
    /// Holds a trap.
    pub trapped: bool,
}

/// A finding that a trap must bring.
#[derive(Debug, Clone)]
pub struct DraftNeed {
    /// Name of the trap.
    pub trap: &'static str,
    /// Where the finding may stand.
    pub spots: Vec<Spot>,
    /// Least severity.
    pub gravity: Gravity,
}

/// A table before it has a place.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Kind of sheet.
    pub kind: &'static str,
    /// Title and labels above the header.
    pub about: Vec<String>,
    /// Columns in their usual order.
    pub columns: Vec<Column>,
    /// The columns keep their order.
    pub fixed: bool,
    /// Rows.
    pub rows: Vec<Row>,
    /// Roles whose equal neighbours may be merged down.
    pub merge_down: Vec<&'static str>,
    /// The role that holds the label of a total.
    pub label_role: &'static str,
    /// Records.
    pub records: Vec<DraftRecord>,
    /// Traps.
    pub needs: Vec<DraftNeed>,
    /// Notation, drawn for the sheet.
    pub style: Style,
    /// Choices so far.
    pub choices: Choices,
    /// A name that the sheet must have.
    pub sheet_name: Option<String>,
    /// A name that the file must have, without extension.
    pub file_name: Option<String>,
    /// It shares neither its file nor its sheet.
    pub alone: bool,
    /// The program that saved the file stores zeros for formulas.
    pub zeros: bool,
    /// What the program must list as missing, by kind and name.
    pub missing: Vec<(&'static str, String)>,
}

impl Draft {
    /// An empty draft of a kind.
    pub fn new(kind: &'static str, style: Style) -> Self {
        let mut choices = Choices::new();
        style.note(&mut choices);
        Self {
            kind,
            about: Vec::new(),
            columns: Vec::new(),
            fixed: false,
            rows: Vec::new(),
            merge_down: Vec::new(),
            label_role: "",
            records: Vec::new(),
            needs: Vec::new(),
            style,
            choices,
            sheet_name: None,
            file_name: None,
            alone: false,
            zeros: false,
            missing: Vec::new(),
        }
    }

    /// Adds a column.
    pub fn column(&mut self, role: &str, header: impl Into<String>) {
        self.columns.push(Column { role: role.to_owned(), header: header.into(), grouped: None });
    }

    /// Adds a column that can stand under a group.
    pub fn grouped(&mut self, role: &str, header: impl Into<String>, group: &str, own: impl Into<String>) {
        let grouped = Some((group.to_owned(), own.into()));
        self.columns.push(Column { role: role.to_owned(), header: header.into(), grouped });
    }

    /// Whether there is a column of a role.
    pub fn has(&self, role: &str) -> bool {
        self.columns.iter().any(|column| column.role == role)
    }

    /// Adds a row of cells and returns its index.
    pub fn record(&mut self, cells: Cellmap) -> usize {
        self.rows.push(Row::Record(cells));
        self.rows.len() - 1
    }

    /// Replaces a cell.
    pub fn set(&mut self, row: usize, role: &str, cell: Cell) {
        if let Row::Record(cells) | Row::Total(_, cells) = &mut self.rows[row] {
            cells.insert(role.to_owned(), cell);
        }
    }

    /// Asks for a finding at cells of a row.
    pub fn need(&mut self, trap: &'static str, row: usize, roles: &[&str], gravity: Gravity) {
        let spots = roles.iter().map(|role| spot(row, role)).collect();
        self.needs.push(DraftNeed { trap, spots, gravity });
    }
}

/// The spot of a role in a row.
pub fn spot(row: usize, role: &str) -> Spot {
    (Some(row), Some(role.to_owned()))
}

/// The cells of a row from pairs; blanks are left out by the caller.
pub fn cells<const N: usize>(pairs: [(&str, Cell); N]) -> Cellmap {
    pairs.into_iter().map(|(role, cell)| (role.to_owned(), cell)).collect()
}

/// Where a draft came to stand.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// Row of each row of the draft.
    pub rows: Vec<u32>,
    /// Column of each role.
    pub cols: BTreeMap<String, u32>,
    /// Rows of headers, also repeated ones.
    pub header_rows: BTreeSet<u32>,
    /// The first row below.
    pub end: u32,
}

impl Placed {
    fn cells(&self, spots: &[Spot]) -> Cells {
        let mut cells = Cells::new();
        for (row, role) in spots {
            let rows: Vec<u32> = match row {
                Some(row) => vec![self.rows[*row]],
                None => self.rows.iter().chain(&self.header_rows).copied().collect(),
            };
            let cols: Vec<u32> = match role {
                Some(role) => self.cols.get(role).copied().into_iter().collect(),
                None => self.cols.values().copied().collect(),
            };
            cells.extend(rows.iter().flat_map(|row| cols.iter().map(move |col| (*row, *col))));
        }
        cells
    }

    /// The truth of a draft that stands in a sheet of a file.
    pub fn truth(&self, draft: &Draft, file: &str, sheet: &str) -> (Vec<Record>, Vec<Need>) {
        let choices = Arc::new(draft.choices.clone());
        let records = draft.records.iter().map(|record| Record {
            kind: draft.kind,
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            row: record.row.map(|row| self.rows[row]),
            key: record.key.clone(),
            wants: record
                .wants
                .iter()
                .map(|(field, want, spots)| Expected { field, want: want.clone(), cells: self.cells(spots) })
                .collect(),
            cells: self.cells(&[(record.row, None)]),
            trapped: record.trapped,
            choices: choices.clone(),
        });
        let needs = draft.needs.iter().map(|need| Need {
            trap: need.trap,
            files: vec![file.to_owned()],
            sheet: Some(sheet.to_owned()),
            cells: self.cells(&need.spots),
            gravity: need.gravity,
            mention: Vec::new(),
            absent: false,
            missing: None,
            choices: choices.clone(),
        });
        (records.collect(), needs.collect())
    }
}
