//! A recognised table: which kind, where its header stands, which column is what, and what stands above it.

use std::sync::Arc;

use super::{Column, Kind};
use crate::finding::Text;

/// What a column of a table is.
#[derive(Debug, Clone)]
pub enum Role {
    /// A declared column.
    Column(&'static Column),
    /// Amounts of one year (cost of staff).
    Year(i16),
    /// Amounts of one entity (cost of staff).
    Entity(String),
    /// Values of another year, beside this year's.
    OtherYear(i16),
    /// Values of a part of the year, beside the whole year's.
    Part,
    /// A sum over other columns.
    Total,
    /// Could be several declared columns, and the content does not tell.
    Ambiguous(Vec<&'static str>),
    /// Nothing the kind knows.
    Unknown,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Mapped {
    /// 0-based column.
    pub col: u32,
    /// Header text, its rows joined.
    pub header: String,
    /// What it is.
    pub role: Role,
    /// How sure that is, in percent.
    pub confidence_percent: u8,
    /// Whether only what stands below says so, and its name nothing.
    pub by_content: bool,
    /// Why.
    pub why: Why,
}

/// Why a column is what it is: put into words when somebody asks, since most columns are tried for several kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The same of every such column.
    Said(Text),
    /// How its name fits, and how much of what stands below, in percent; none when nothing does.
    Named(Text, Option<u8>),
    /// Its name is of another year.
    OfYear(i16),
    /// Another column can be the same declared one.
    Twin(&'static str),
    /// It can be either of two.
    Either(&'static str, &'static str),
}

impl Why {
    /// In Italian and English.
    pub fn texts(&self) -> (String, String) {
        match self {
            Self::Said(text) => (text.it.to_owned(), text.en.to_owned()),
            Self::Named(Text { it, en }, Some(share)) => {
                (format!("{it}; il contenuto concorda al {share}%"), format!("{en}; the content agrees by {share}%"))
            }
            Self::Named(Text { it, en }, None) => {
                (format!("{it}; la colonna è vuota"), format!("{en}; the column is empty"))
            }
            Self::OfYear(year) => (format!("è dell’anno {year}"), format!("it is of the year {year}")),
            Self::Twin(id) => (format!("due colonne possono essere «{id}»"), format!("two columns can be \"{id}\"")),
            Self::Either(one, other) => {
                (format!("può essere «{one}» o «{other}»"), format!("can be \"{one}\" or \"{other}\""))
            }
        }
    }
}

/// A text `label: value` above a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Folded label: `procedimento`.
    pub name: String,
    /// Value, as written.
    pub value: String,
    /// 0-based row and column.
    pub cell: (u32, u32),
}

/// What stands around a table.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Texts above the header, from the top, each with its cell.
    pub titles: Vec<(String, (u32, u32))>,
    /// Labels among them.
    pub labels: Vec<Label>,
    /// Years the titles name.
    pub title_years: Vec<i16>,
    /// Years the sheet's name names.
    pub sheet_years: Vec<i16>,
    /// Whether the header is that of the table above once more, below a title of its own: it may be a part of that one.
    pub continues: bool,
    /// Titles between the rows of evidence, each with its cell.
    pub between: Vec<(String, (u32, u32))>,
}

impl Context {
    /// The value of the first label whose folded name is one of these.
    pub fn label(&self, names: &[&str]) -> Option<&Label> {
        self.labels.iter().find(|label| names.contains(&label.name.as_str()))
    }
}

/// One recognised table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The file, relative to the folder.
    pub file: Arc<str>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The kind that claims it.
    pub kind: &'static Kind,
    /// First and last row of the header.
    pub header_rows: (u32, u32),
    /// First row below the header, and the row after the last.
    pub body_rows: (u32, u32),
    /// Its columns, from the left.
    pub columns: Vec<Mapped>,
    /// What stands around it.
    pub context: Context,
    /// How much of it the kind explains, in percent.
    pub explained_percent: u8,
    /// Other kinds that could have claimed it, with how much they explain.
    pub rivals: Vec<(&'static Kind, u8)>,
}

impl Table {
    /// One of a kind of which nothing is known.
    pub fn blank(kind: &'static Kind) -> Self {
        Self {
            file: "".into(),
            sheet: "".into(),
            kind,
            header_rows: (0, 0),
            body_rows: (0, 0),
            columns: Vec::new(),
            context: Context::default(),
            explained_percent: 0,
            rivals: Vec::new(),
        }
    }

    /// The column mapped to a declared column.
    pub fn col(&self, id: &str) -> Option<u32> {
        self.mapped(id).map(|mapped| mapped.col)
    }

    /// The mapping of a declared column.
    pub fn mapped(&self, id: &str) -> Option<&Mapped> {
        // Most are of another length, or begin with another letter.
        let is_it = |own: &str| own.len() == id.len() && own.as_bytes().first() == id.as_bytes().first() && own == id;
        self.columns.iter().find(|mapped| matches!(mapped.role, Role::Column(column) if is_it(column.id)))
    }

    /// The mapping of a 0-based column.
    pub fn at(&self, col: u32) -> Option<&Mapped> {
        // Columns mostly stand side by side.
        let beside = self.columns.first().and_then(|first| self.columns.get(col.checked_sub(first.col)? as usize));
        beside.filter(|mapped| mapped.col == col).or_else(|| self.columns.iter().find(|mapped| mapped.col == col))
    }
}
