//! Tables: which one a record stands in, and what stands around it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::delivery::Delivery;
use crate::finding::Text;
use crate::kinds::fields::{Fields, RowSink};
use crate::kinds::kind;
use crate::kinds::table::{Context, Label, Mapped, Role, Table, Why};

/// The tables of one file, in the order of their numbers, and how many records of each kind stand in them.
#[derive(Debug, Default)]
pub struct Tables {
    /// The tables.
    pub list: Vec<Arc<Table>>,
    /// Records by kind.
    pub counts: BTreeMap<String, u64>,
}

impl Tables {
    /// All tables that something of a file refers to.
    pub fn of(delivery: &mut Delivery) -> Self {
        let mut list = Vec::new();
        let counts = super::counts(delivery, &mut list);
        let evidence = delivery.records.evidence.iter().map(|one| &one.table);
        let prints = delivery.prints.iter().map(|print| &print.table);
        let totals = delivery.records.declared_totals.iter().map(|total| &total.table);
        evidence.chain(prints).chain(totals).for_each(|table| add(&mut list, table));
        Self { list, counts }
    }

    /// The tables of a file as they were kept.
    pub fn give(file: &Arc<str>, kept: &[KeptTable], counts: BTreeMap<String, u64>) -> Option<Self> {
        // Tables of one sheet share its name: that tells them from those of another sheet of that name.
        let mut sheets: Vec<Arc<str>> = Vec::new();
        let mut list = Vec::new();
        for table in kept {
            let known = sheets.iter().find(|name| ***name == table.sheet).cloned();
            let sheet = known.unwrap_or_else(|| {
                sheets.push(table.sheet.as_str().into());
                sheets[sheets.len() - 1].clone()
            });
            list.push(Arc::new(table.give(file, sheet)?));
        }
        Some(Self { list, counts })
    }

    /// The index of a table.
    pub fn at(&self, table: &Arc<Table>) -> usize {
        self.list.iter().position(|one| Arc::ptr_eq(one, table)).unwrap_or(usize::MAX)
    }

    /// The 1-based number of a table.
    pub fn number(&self, table: &Arc<Table>) -> Option<i64> {
        i64::try_from(self.at(table)).ok().map(|at| at + 1)
    }

    /// The table with a 1-based number.
    pub fn with_number(&self, number: i64) -> Option<&Arc<Table>> {
        self.list.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

fn add(list: &mut Vec<Arc<Table>>, table: &Arc<Table>) {
    if !list.iter().rev().any(|one| Arc::ptr_eq(one, table)) {
        list.push(table.clone());
    }
}

/// Gathers the tables of records, and counts the records.
pub struct Gather<'a> {
    /// The tables.
    pub list: &'a mut Vec<Arc<Table>>,
    /// How many records.
    pub count: u64,
}

impl RowSink for Gather<'_> {
    fn row(&mut self, table: &Arc<Table>, _row: u32, _col: Option<u32>, _visit: &mut dyn FnMut(&mut dyn Fields)) {
        add(self.list, table);
        self.count += 1;
    }
}

/// One table, as far as scores look at it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptTable {
    sheet: String,
    kind: String,
    header_rows: (u32, u32),
    body_rows: (u32, u32),
    columns: Vec<KeptColumn>,
    titles: Vec<(String, (u32, u32))>,
    labels: Vec<(String, String, (u32, u32))>,
    title_years: Vec<i16>,
    sheet_years: Vec<i16>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    continues: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    between: Vec<(String, (u32, u32))>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptColumn {
    col: u32,
    header: String,
    role: KeptRole,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptRole {
    Column(String),
    Year(i16),
    Entity(String),
    OtherYear(i16),
    Part,
    Total,
    Ambiguous(Vec<String>),
    Unknown,
}

impl KeptTable {
    /// What is kept of a table.
    pub fn of(table: &Table) -> Self {
        let context = &table.context;
        let labels = context.labels.iter();
        Self {
            sheet: table.sheet.to_string(),
            kind: table.kind.id.to_owned(),
            header_rows: table.header_rows,
            body_rows: table.body_rows,
            columns: table.columns.iter().map(KeptColumn::of).collect(),
            titles: context.titles.clone(),
            labels: labels.map(|label| (label.name.clone(), label.value.clone(), label.cell)).collect(),
            title_years: context.title_years.clone(),
            sheet_years: context.sheet_years.clone(),
            continues: context.continues,
            between: context.between.clone(),
        }
    }

    fn give(&self, file: &Arc<str>, sheet: Arc<str>) -> Option<Table> {
        let kind = kind(&self.kind)?;
        let labels = self.labels.iter();
        let context = Context {
            titles: self.titles.clone(),
            labels: labels
                .map(|(name, value, cell)| Label { name: name.clone(), value: value.clone(), cell: *cell })
                .collect(),
            title_years: self.title_years.clone(),
            sheet_years: self.sheet_years.clone(),
            continues: self.continues,
            between: self.between.clone(),
        };
        Some(Table {
            file: file.clone(),
            sheet,
            kind,
            header_rows: self.header_rows,
            body_rows: self.body_rows,
            columns: self.columns.iter().map(|column| column.give(kind)).collect::<Option<_>>()?,
            context,
            explained_percent: 0,
            rivals: Vec::new(),
        })
    }
}

impl KeptColumn {
    fn of(mapped: &Mapped) -> Self {
        let role = match &mapped.role {
            Role::Column(column) => KeptRole::Column(column.id.to_owned()),
            Role::Year(year) => KeptRole::Year(*year),
            Role::Entity(name) => KeptRole::Entity(name.clone()),
            Role::OtherYear(year) => KeptRole::OtherYear(*year),
            Role::Part => KeptRole::Part,
            Role::Total => KeptRole::Total,
            Role::Ambiguous(ids) => KeptRole::Ambiguous(ids.iter().map(|id| (*id).to_owned()).collect()),
            Role::Unknown => KeptRole::Unknown,
        };
        Self { col: mapped.col, header: mapped.header.clone(), role }
    }

    fn give(&self, kind: &'static crate::kinds::Kind) -> Option<Mapped> {
        let role = match &self.role {
            KeptRole::Column(id) => Role::Column(kind.column(id)?),
            KeptRole::Year(year) => Role::Year(*year),
            KeptRole::Entity(name) => Role::Entity(name.clone()),
            KeptRole::OtherYear(year) => Role::OtherYear(*year),
            KeptRole::Part => Role::Part,
            KeptRole::Total => Role::Total,
            KeptRole::Ambiguous(ids) => {
                Role::Ambiguous(ids.iter().map(|id| Some(kind.column(id)?.id)).collect::<Option<_>>()?)
            }
            KeptRole::Unknown => Role::Unknown,
        };
        // How a column was found is of no use once its rows were read.
        let why = Why::Said(Text::new("", ""));
        let (confidence_percent, by_content) = (100, false);
        Some(Mapped { col: self.col, header: self.header.clone(), role, confidence_percent, by_content, why })
    }
}
