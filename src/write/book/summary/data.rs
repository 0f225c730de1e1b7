//! What the charts are drawn from: blocks of cells to the right of the page, one below the other, as live formulas.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::expected::verdict;
use super::{DATA, NAME, coverage, offices};
use crate::place::{Area, CellRef};
use crate::score::{Objective, Status};
use crate::write::book::chart::Cells;
use crate::write::book::style::{Align, Role, Show};
use crate::write::book::table::{Cell, TableSheet};
use crate::write::book::view::View;
use crate::write::book::{charter, formula, names, staff_costs};
use crate::write::decimal::round2;
use crate::write::expected;

/// The blocks as they grow.
pub struct Data {
    first_row: u32,
    rows: Vec<Vec<Cell>>,
}

impl Data {
    /// No block yet; they begin in this row.
    pub fn new(view: &View, first_row: u32) -> Self {
        let mut data = Self { first_row, rows: Vec::new() };
        data.push(vec![Cell::text(view.say("DATI DEI GRAFICI", "DATA OF THE CHARTS")).role(Role::SideHeader)]);
        data
    }

    /// The row that comes next.
    pub fn next_row(&self) -> u32 {
        self.first_row + self.rows.len() as u32
    }

    /// The sum of the numbers in each row of a block.
    pub fn sums(&self, block: Block) -> Vec<u32> {
        let rows = (block.first - self.first_row) as usize..=(block.last - self.first_row) as usize;
        let number = |cell: &Cell| cell.as_number()?.to_u32();
        self.rows[rows].iter().map(|row| row.iter().filter_map(number).sum()).collect()
    }

    fn push(&mut self, cells: Vec<Cell>) -> u32 {
        self.rows.push(cells);
        self.next_row() - 1
    }

    /// Begins a block with its title and headers.
    pub fn open(&mut self, title: &str, headers: &[&str]) {
        self.rows.push(Vec::new());
        self.push(vec![Cell::text(title).role(Role::SideHeader)]);
        let header = |text: &&str| Cell::text(*text).role(Role::SideHeader).align(Align::Centre);
        self.push(headers.iter().map(header).collect());
    }

    /// Adds a row of a block.
    pub fn line(&mut self, cells: Vec<Cell>) -> u32 {
        self.push(cells.into_iter().map(|cell| cell.role(Role::Side)).collect())
    }

    /// Puts the blocks beside the page.
    pub fn place(self, sheet: &mut TableSheet) {
        for (row, cells) in (self.first_row as usize..).zip(self.rows) {
            if sheet.rows.len() <= row {
                sheet.gap();
            }
            if !cells.is_empty() {
                sheet.rows[row].resize(DATA as usize, Cell::empty().role(Role::Blank));
                sheet.rows[row].extend(cells);
            }
        }
    }
}

/// A block of rows.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// Its first row.
    pub first: u32,
    /// Its last row.
    pub last: u32,
}

impl Block {
    /// The cells of some of its columns, counted from its left.
    pub fn cells(self, first_col: u32, last_col: u32) -> Cells {
        let area =
            Area { first: CellRef::new(self.first, DATA + first_col), last: CellRef::new(self.last, DATA + last_col) };
        Cells { sheet: NAME, area }
    }

    /// The address of one of its columns, for a formula on the same sheet.
    pub fn column(self, col: u32) -> String {
        formula::column(DATA + col, self.first, self.last)
    }
}

/// All blocks that have data.
#[derive(Default)]
pub struct Blocks {
    /// Holder, number, result.
    pub objectives: Option<Block>,
    /// The rows of each holder: its name, and the block of its objectives.
    pub holders: Vec<(String, Block)>,
    /// Number, result, expected result, name, verdict.
    pub procedures: Option<Block>,
    /// Year, total, base.
    pub staff: Option<Block>,
    /// Outcome, count.
    pub outcomes: Option<Block>,
    /// Office, and its standards by outcome.
    pub standards: Option<Block>,
    /// Office, and its findings by severity.
    pub findings: Option<Block>,
    /// Office of the roster, its state, its files.
    pub roster: Option<Block>,
}

impl Blocks {
    /// Lays all blocks out.
    pub fn of(view: &View, others: &[TableSheet], data: &mut Data) -> Self {
        let mut blocks = Self::default();
        objectives(view, data, &mut blocks);
        blocks.procedures = procedures(view, others, data);
        blocks.staff = staff(view, data);
        blocks.outcomes = outcomes(view, others, data);
        blocks.standards = offices::standards(view, others, data);
        blocks.findings = offices::findings(view, others, data);
        blocks.roster = coverage::block(view, data);
        blocks
    }
}

/// A sheet by its name.
pub fn sheet<'a>(others: &'a [TableSheet], name: &str) -> Option<&'a TableSheet> {
    others.iter().find(|sheet| sheet.name == name)
}

/// The rows that begin below a sheet's header.
pub fn below_header(others: &[TableSheet], name: &str) -> u32 {
    sheet(others, name).and_then(|sheet| sheet.header).map_or(0, |header| header + 1)
}

fn objectives(view: &View, data: &mut Data, blocks: &mut Blocks) {
    let objectives = &view.figures().objectives;
    if objectives.is_empty() {
        return;
    }
    data.open(
        view.say("Obiettivi", "Objectives"),
        &[
            view.say("Titolare", "Holder"),
            "N.",
            view.say("Risultato %", "Result %"),
            view.say("Obiettivo", "Objective"),
            view.say("Stato", "Status"),
        ],
    );
    let (first, mut named) = (data.next_row(), BTreeSet::new());
    let mut holder: Option<&str> = None;
    for objective in objectives {
        let new = holder != Some(&objective.holder);
        holder = Some(&objective.holder);
        // The name stands once over its objectives: a chart groups them below it.
        let shown = if new { crate::finding::shorten(&objective.holder, 60) } else { String::new() };
        let row = data.line(vec![
            Cell::text(shown),
            Cell::text(&objective.number).align(Align::Centre),
            result(view, objective, &mut named),
            Cell::text(crate::finding::shorten(&objective.title, 110)),
            Cell::text(view.mark(objective.status, objective.to_check)),
        ]);
        match blocks.holders.last_mut().filter(|_| !new) {
            Some((_, block)) => block.last = row,
            None => blocks.holders.push((objective.holder.clone(), Block { first: row, last: row })),
        }
    }
    blocks.objectives = Some(Block { first, last: data.next_row() - 1 });
}

fn result(view: &View, objective: &Objective, named: &mut BTreeSet<String>) -> Cell {
    let name = names::objective(&objective.holder, &objective.number);
    match objective.score {
        Some(score) if named.insert(name.to_lowercase()) => Cell::formula(name, round2(score), Show::Two),
        // Two rows of one holder and number: the name is the first one's.
        Some(score) => Cell::number(round2(score), Show::Two),
        None => view.score(None, objective.status),
    }
}

fn procedures(view: &View, others: &[TableSheet], data: &mut Data) -> Option<Block> {
    let procedures = &view.figures().procedures.rows;
    if procedures.is_empty() {
        return None;
    }
    data.open(
        view.say("Procedimenti", "Procedures"),
        &[
            "N.",
            view.say("Risultato", "Result"),
            view.say("Atteso %", "Expected %"),
            view.say("Procedimento", "Procedure"),
            view.say("Esito", "Verdict"),
        ],
    );
    let (first, top) = (data.next_row(), below_header(others, "Allegato 2"));
    for (index, procedure) in (0u32..).zip(procedures) {
        let at = data.next_row();
        let address = format!("'Allegato 2'!{}", formula::cell(top + index, crate::write::book::procedures::SCORE));
        let score = expected::result(procedure);
        let value = match score {
            Some(score) => Cell::formula(address, score, Show::Two),
            None => Cell::formula_text(address, view.no_score(procedure.status)).align(Align::Right),
        };
        let expected = expected::percent(procedure);
        data.line(vec![
            Cell::text(&procedure.number).align(Align::Centre),
            value,
            expected.map_or_else(Cell::empty, |expected| Cell::number(expected, Show::Two)),
            Cell::text(crate::finding::shorten(&procedure.name, 110)),
            verdict(view, score, expected, at),
        ]);
    }
    Some(Block { first, last: data.next_row() - 1 })
}

fn staff(view: &View, data: &mut Data) -> Option<Block> {
    let costs = &view.figures().staff_costs;
    if costs.years.is_empty() {
        return None;
    }
    data.open(
        view.say("Costo del personale", "Cost of staff"),
        &[view.say("Anno", "Year"), view.say("Totale", "Total"), view.say("Base", "Base")],
    );
    let (first, base) = (data.next_row(), staff_costs::base_by_name(costs));
    for year in &costs.years {
        let name = names::cost(year.year);
        let total = Cell::formula(name, year.total, Show::Two);
        let base = match &base {
            Some((text, value)) => Cell::formula(text.clone(), round2(*value), Show::Two),
            None => Cell::empty(),
        };
        data.line(vec![Cell::number(year.year, Show::Integer).align(Align::Centre), total, base]);
    }
    Some(Block { first, last: data.next_row() - 1 })
}

fn outcomes(view: &View, others: &[TableSheet], data: &mut Data) -> Option<Block> {
    let (first_row, last_row) = sheet(others, "Allegato 1").and_then(charter::body)?;
    let scores = format!("'Allegato 1'!{}", formula::column(charter::SCORE, first_row, last_row));
    data.open(
        view.say("Standard per esito", "Standards by outcome"),
        &[view.say("Esito", "Outcome"), view.say("Numero", "Number")],
    );
    let first = data.next_row();
    let rows = &view.figures().charter.rows;
    for outcome in Outcome::ALL {
        let count = rows.iter().filter(|row| Outcome::of(row.status, row.score) == outcome).count() as u32;
        let text = format!("COUNTIF({scores},\"{}\")", outcome.criterion(view));
        data.line(vec![Cell::text(outcome.label(view)), Cell::formula(text, count, Show::Integer)]);
    }
    Some(Block { first, last: data.next_row() - 1 })
}

/// How a standard came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 100.
    Kept,
    /// Less than 100.
    Below,
    /// N.C.
    NotCounted,
    /// To be completed.
    Incomplete,
}

impl Outcome {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Kept, Self::Below, Self::NotCounted, Self::Incomplete];

    /// The outcome of a row.
    pub fn of(status: Status, score: Option<Decimal>) -> Self {
        match (status, score) {
            (Status::Counted, Some(score)) if score >= Decimal::ONE_HUNDRED => Self::Kept,
            (Status::Counted, Some(_)) => Self::Below,
            (Status::NotCounted, _) => Self::NotCounted,
            _ => Self::Incomplete,
        }
    }

    /// What the column of scores holds then, as COUNTIF says it.
    pub fn criterion(self, view: &View) -> &'static str {
        match self {
            Self::Kept => ">=100",
            Self::Below => "<100",
            Self::NotCounted => view.no_score(Status::NotCounted),
            Self::Incomplete => view.no_score(Status::Incomplete),
        }
    }

    /// The word for it.
    pub fn label(self, view: &View) -> &'static str {
        match self {
            Self::Kept => view.say("Entro lo standard", "Within the standard"),
            Self::Below => view.say("Sotto 100", "Below 100"),
            Self::NotCounted => "N.C.",
            Self::Incomplete => view.say("Da completare", "To be completed"),
        }
    }
}
