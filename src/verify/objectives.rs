//! Percentages of objectives: from their indicators, from other objectives that a link or their own title names, and
//! the same objective on another page.

mod references;

use rust_decimal::Decimal;

use super::figure::{self, Figure, judge};
use super::grid::{Column, Grid, doubt};
use super::names::Figures;
use super::{Checked, Verdict, Words};
use crate::kinds::objectives::{holder_of, split_number, title_case};
use crate::place::CellRef;

use crate::finding::shorten;
use crate::settings::Settings;
use crate::value::fold::{fold, words};
use references::{named_in, same_holder, same_number, same_title};

/// A holder's name is cut here where it only says which objective is meant.
const LONGEST_HOLDER: usize = 40;

/// One objective of the workbook.
pub struct Objective<'a> {
    grid: &'a Grid<'a>,
    holder: String,
    number: String,
    title: String,
    /// The percentage declared for it, and its cell.
    declared: Option<(Figure, u32, u32)>,
    /// Its indicators: id, weight, result, row.
    indicators: Vec<Indicator>,
}

struct Indicator {
    id: String,
    weight: Option<Decimal>,
    result: Option<Figure>,
    row: u32,
    col: u32,
}

impl Objective<'_> {
    /// The weighted mean of its indicators, and how well it is known.
    fn mean(&self) -> Option<(Decimal, Decimal)> {
        let counted =
            || self.indicators.iter().filter_map(|one| Some((one.weight.unwrap_or(Decimal::ONE), one.result?)));
        let (mut sum, mut weights) = (Decimal::ZERO, Decimal::ZERO);
        for (weight, result) in counted() {
            sum = sum.checked_add(weight.checked_mul(result.value)?)?;
            weights = weights.checked_add(weight)?;
        }
        let figures: Vec<Figure> = counted().map(|(_, result)| result).collect();
        Some((sum.checked_div(weights)?, doubt(&figures)))
    }

    /// What others that refer to it use: exact where that is known, else as declared.
    fn value(&self) -> Option<Decimal> {
        self.mean().map(|(mean, _)| mean).or_else(|| self.declared.map(|(figure, ..)| figure.value))
    }

    fn name(&self) -> String {
        format!("{} {}", shorten(&self.holder, LONGEST_HOLDER), self.number)
    }
}

/// Checks every percentage declared for an objective.
pub fn check(grids: &[Grid<'_>], settings: &Settings, figures: &mut Figures) -> Vec<Checked> {
    let objectives: Vec<Objective<'_>> = grids.iter().flat_map(gather).collect();
    for objective in &objectives {
        if let Some((declared, row, col)) = objective.declared {
            let name = crate::write::book::objective_name(&objective.holder, &objective.number);
            figures.add(name, declared, format!("{}!{}", objective.grid.sheet.name, CellRef::new(row, col)));
        }
    }
    let links = references::Links::new(settings, &objectives, figures);
    let mut checked: Vec<Checked> = Vec::new();
    for objective in &objectives {
        checked.extend(of_objective(objective, &objectives, &links));
        for indicator in &objective.indicators {
            let linked = links.of(&objective.holder, &objective.number, Some(&indicator.id));
            let (Some((exact, basis)), Some(result)) = (linked, indicator.result) else { continue };
            let what = same(format!("{}, {}", objective.name(), indicator.id));
            let at = (result, indicator.row, indicator.col);
            checked.push(judged(objective.grid, at, what, Some((exact, Decimal::ZERO, basis))));
        }
    }
    checked
}

fn same(text: String) -> Words {
    (text.clone(), text)
}

fn judged(
    grid: &Grid<'_>,
    (declared, row, col): (Figure, u32, u32),
    what: Words,
    computed: Option<(Decimal, Decimal, Words)>,
) -> Checked {
    let verdict = computed.as_ref().map_or(Verdict::CannotTell, |(exact, doubt, _)| judge(&declared, *exact, *doubt));
    let basis = computed
        .as_ref()
        .map(|(_, _, basis)| basis.clone())
        .unwrap_or_else(|| ("senza indicatori né collegamenti".to_owned(), "without indicators or links".to_owned()));
    Checked {
        sheet: grid.sheet.name.clone(),
        cell: Some(CellRef::new(row, col)),
        what,
        declared: grid.sheet.text(row, col).trim().to_owned(),
        computed: computed.map(|(exact, ..)| figure::shown(exact, &declared)),
        verdict,
        basis,
    }
}

/// An objective's percentage, from whatever the workbook says it comes from.
fn of_objective(objective: &Objective<'_>, all: &[Objective<'_>], links: &references::Links<'_>) -> Option<Checked> {
    let declared = objective.declared?;
    let name = objective.name();
    let what = (format!("obiettivo {name}"), format!("objective {name}"));
    let linked =
        links.of(&objective.holder, &objective.number, None).map(|(exact, basis)| (exact, Decimal::ZERO, basis));
    let of_indicators = || {
        let (mean, doubt) = objective.mean()?;
        let rows: Vec<u32> = objective.indicators.iter().map(|one| one.row).collect();
        let column = objective.indicators.first()?.col;
        let column = objective.grid.columns.iter().find(|other| other.col == column)?;
        let range = objective.grid.range(&rows, column);
        Some((mean, doubt, (format!("media di {range}"), format!("mean of {range}"))))
    };
    let computed =
        linked.or_else(of_indicators).or_else(|| named(objective, all)).or_else(|| elsewhere(objective, all));
    Some(judged(objective.grid, declared, what, computed))
}

/// The mean of the objectives that its own title names: `obiettivi di Ente n. 3-4-5-6`.
fn named(objective: &Objective<'_>, all: &[Objective<'_>]) -> Option<(Decimal, Decimal, Words)> {
    let (holder, numbers) = named_in(&objective.title)?;
    let found: Vec<&Objective<'_>> = numbers
        .iter()
        .filter_map(|number| {
            all.iter().find(|other| same_holder(&other.holder, &holder) && same_number(&other.number, number))
        })
        .collect();
    let values: Vec<Decimal> = found.iter().filter_map(|other| other.value()).collect();
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
    let mean = sum.checked_div(Decimal::from(values.len())).filter(|_| values.len() == numbers.len())?;
    let list = format!("{} {}", found.first()?.holder, numbers.join(", "));
    Some((mean, Decimal::ZERO, (format!("media di {list}"), format!("mean of {list}"))))
}

/// The objective of the same title on another page, when that has indicators.
fn elsewhere(objective: &Objective<'_>, all: &[Objective<'_>]) -> Option<(Decimal, Decimal, Words)> {
    let other = all.iter().find(|other| {
        other.holder != objective.holder && other.mean().is_some() && same_title(&objective.title, &other.title)
    })?;
    let (mean, doubt) = other.mean()?;
    let place = other.declared.map_or_else(String::new, |(_, row, col)| {
        format!(" ({}!{}: {})", other.grid.sheet.name, CellRef::new(row, col), other.grid.sheet.text(row, col).trim())
    });
    let name = other.name();
    Some((mean, doubt, (format!("stesso obiettivo di {name}{place}"), format!("the same objective as {name}{place}"))))
}

/// The objectives of a table, whichever way it lays them out.
fn gather<'a>(grid: &'a Grid<'a>) -> Vec<Objective<'a>> {
    if let Some(joint) = grid.headed(&["obiettivo / indicatore", "objective / indicator"]) {
        return of_our_own(grid, joint);
    }
    if grid.kind == Some("objectives") { of_a_list(grid) } else { Vec::new() }
}

/// Our own Allegato 3: a row for the objective, rows with weights for its indicators, the holder as a section.
fn of_our_own<'a>(grid: &'a Grid<'a>, joint: &Column) -> Vec<Objective<'a>> {
    let number = grid.headed(&["n"]).map_or(joint.col, |column| column.col);
    let (Some(weight), Some(result)) = (grid.headed(&["peso", "weight"]), grid.headed(&["risultato %", "result %"]))
    else {
        return Vec::new();
    };
    let mut objectives: Vec<Objective<'a>> = Vec::new();
    for row in &grid.records {
        let figure = grid.own_figure(*row, result);
        let id = grid.sheet.text(*row, number).trim().to_owned();
        let weight = grid.own_figure(*row, weight).filter(|_| !states_objective(grid, *row));
        match (weight, objectives.last_mut()) {
            (Some(weight), Some(objective)) => objective.indicators.push(Indicator {
                id,
                weight: Some(weight.value),
                result: figure,
                row: *row,
                col: result.col,
            }),
            _ => {
                let section = grid.sections.iter().rev().find(|section| **section < *row);
                let holder = section
                    .map(|section| grid.sheet.row(*section).map_or(0, |row| row.first().map_or(0, |cell| cell.col)));
                let holder = holder.zip(section).map(|(col, section)| grid.sheet.text(*section, col));
                objectives.push(Objective {
                    grid,
                    holder: title_case(holder.unwrap_or_default().trim()),
                    number: id,
                    title: grid.sheet.text(*row, joint.col).trim().to_owned(),
                    declared: figure.map(|figure| (figure, *row, result.col)),
                    indicators: Vec::new(),
                });
            }
        }
    }
    objectives
}

/// Whether a row of our own Allegato 3 is that of an objective, whose exact value stands beside it: it may have a weight,
/// as indicators do.
fn states_objective(grid: &Grid<'_>, row: u32) -> bool {
    let exact = grid.headed(&["valore esatto", "exact value"]);
    exact.is_some_and(|column| grid.sheet.stored(row, column.col).is_some())
}

/// A list with a row per indicator, the objective's percentage in a column of its own or in a row without indicator.
fn of_a_list<'a>(grid: &'a Grid<'a>) -> Vec<Objective<'a>> {
    let (Some(objective), Some(result)) = (grid.column("objective"), grid.column("result")) else { return Vec::new() };
    let declared = declared_column(grid);
    let titled = grid.titles.iter().find_map(|title| holder_of(title));
    let on_sheet = titled.or_else(|| holder_of(&format!("obiettivi {}", grid.sheet.name)));
    let mut objectives: Vec<Objective<'a>> = Vec::new();
    let mut current = String::new();
    for row in &grid.records {
        let (row, cell) = (*row, grid.shown(*row, objective));
        let stated = !cell.is_empty() && cell != current;
        if stated || objectives.is_empty() {
            let key = if cell.is_empty() { current.clone() } else { cell };
            objectives.push(begin(grid, row, &key, on_sheet.as_deref()));
            current = key;
        }
        let Some(one) = objectives.last_mut() else { continue };
        if one.declared.is_none() {
            let figure = declared.and_then(|column| Some((grid.figure(row, column)?, row, column.col)));
            one.declared = figure;
        }
        let id = grid.column("indicator").map(|column| grid.shown(row, column)).unwrap_or_default();
        let figure = grid.figure(row, result);
        if id.is_empty() && declared.is_none() && one.declared.is_none() && one.indicators.is_empty() {
            one.declared = figure.map(|figure| (figure, row, result.col));
        } else {
            let weight = grid.column("weight").and_then(|column| grid.figure(row, column)).map(|figure| figure.value);
            let id = split_number(&id).0;
            one.indicators.push(Indicator { id, weight, result: figure, row, col: result.col });
        }
    }
    objectives
}

/// An objective as its first row states it.
fn begin<'a>(grid: &'a Grid<'a>, row: u32, text: &str, on_sheet: Option<&str>) -> Objective<'a> {
    let holder = grid.column("holder").map(|column| grid.shown(row, column)).filter(|text| !text.is_empty());
    let (mut number, mut title) = split_number(text);
    if number.is_empty() {
        // A column of numbers stands beside that of titles, under a name the kind does not need.
        let beside = grid.columns.iter().find(|column| column.id.is_none() && is_number_of_objective(&column.header));
        number = beside.map(|column| split_number(&grid.shown(row, column)).0).unwrap_or_default();
    }
    if title.is_empty() {
        title = grid.column("description").map(|column| grid.shown(row, column)).unwrap_or_default();
    }
    let holder = holder.or_else(|| on_sheet.map(str::to_owned)).unwrap_or_else(|| "Ente".to_owned());
    Objective { grid, holder: title_case(&holder), number, title, declared: None, indicators: Vec::new() }
}

fn is_number_of_objective(header: &str) -> bool {
    matches!(fold(header).as_str(), "obiettivo" | "n" | "n obiettivo" | "numero" | "numero obiettivo")
}

/// The column in which the whole objective's percentage is published, beside the results of its indicators.
fn declared_column<'a>(grid: &'a Grid<'_>) -> Option<&'a Column> {
    grid.columns.iter().filter(|column| column.id.is_none() && grid.holds_figures(column)).find(|column| {
        let words = words(&column.header);
        let has = |stem: &str| words.iter().any(|word| word.starts_with(stem));
        has("obiettiv")
            && (has("pubblicat")
                || has("risultat")
                || has("realizzazion")
                || has("percentual")
                || has("raggiung")
                || has("totale")
                || has("media"))
    })
}
