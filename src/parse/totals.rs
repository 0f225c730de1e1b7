//! Formula honesty: an office's own totals and means are recomputed from the records above them.
//!
//! Cut instead of rounded is told apart from wrong, and a sum whose range misses rows is said so.

mod across;
mod deviation;
pub(super) mod lines;
mod objectives;

pub use across::compare_across;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::below_total::is_of_all;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::Content;
use crate::kinds::closing::{Closing, DeclaredTotal};
use crate::kinds::reader::Decision;
use crate::kinds::table::{Mapped, Role, Table};
use crate::parse::whole;
use crate::place::{Area, Place};
use crate::recognise::labels::is_count_label;
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::date;
use crate::value::number::{self, Nature};
use crate::value::percentage::{self, Percent};

/// A declared total or mean that the rows do not give.
pub static TOTAL_DIFFERS: Code = Code {
    id: "S030",
    slug: "declared-total-differs",
    severity: Severity::Warning,
    message: Text::new(
        "«{label}» dichiara {declared}, dalle righe risulta {computed}",
        "\"{label}\" declares {declared}, the rows give {computed}",
    ),
    help: Text::new(
        "controllare la formula e le righe che somma; il programma usa le righe",
        "check the formula and the rows it sums; the program uses the rows",
    ),
};

/// A declared mean that was cut instead of rounded.
pub static TOTAL_CUT: Code = Code {
    id: "S031",
    slug: "cut-not-rounded",
    severity: Severity::Warning,
    message: Text::new(
        "«{label}» dichiara {declared}: è troncato, arrotondato fa {computed}",
        "\"{label}\" declares {declared}: it was cut, rounded it is {computed}",
    ),
    help: Text::new(
        "arrotondare invece di troncare: 99,1667 diventa 99,17",
        "round instead of cutting: 99.1667 becomes 99.17",
    ),
};

/// A sum whose range leaves rows out.
pub static RANGE_MISSES: Code = Code {
    id: "S032",
    slug: "total-misses-rows",
    severity: Severity::Warning,
    message: Text::new(
        "la formula di «{label}» comprende {range} e lascia fuori la riga {row}",
        "the formula of \"{label}\" covers {range} and leaves out row {row}",
    ),
    help: Text::new("estendere l’intervallo della formula a tutte le righe", "extend the formula's range to all rows"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&TOTAL_DIFFERS, &TOTAL_CUT, &RANGE_MISSES];

/// One total row: its label, and where it stands.
pub struct TotalRow {
    /// 0-based row.
    pub row: u32,
    /// Folded label; empty when the row has none.
    pub label: String,
    /// The label as written.
    pub shown: String,
}

/// Compares every total row of a table with the records it can be the total of.
///
/// The results of standards and procedures are compared later, with the exact scores: those of the sheet are rounded, and
/// evidence may give others. They are returned.
pub fn compare(
    sheet: &Sheet,
    table: &Arc<Table>,
    records: &[u32],
    totals: &[TotalRow],
    decisions: &[(u32, Decision)],
    year: i16,
    findings: &mut Findings,
) -> Vec<DeclaredTotal> {
    let mut of_scores = Vec::new();
    let (mut section_start, mut below) = (0, 0);
    let costs = &lines::costs(sheet, table, records)[..];
    for (total, parts, section) in lines::totals(sheet, table, records, costs, totals) {
        lines::columns(table).for_each(|(mapped, content)| {
            Check::new(sheet, table, mapped, content, decisions, &total).run(&parts, &section, &parts, findings);
        });
    }
    let records = costs;
    // A mean of another year is not of these rows.
    let is_of_other_year = |total: &TotalRow| {
        let years = date::years(&total.shown);
        table.kind.id == "charter" && !years.is_empty() && !years.contains(&year)
    };
    for total in totals.iter().filter(|total| !is_of_other_year(total)) {
        let above: Vec<u32> = records.iter().copied().filter(|row| *row < total.row).collect();
        // Deviations under the column of results are none of them.
        if total.label.contains("scostament") {
            of_scores.extend(deviation::declared(sheet, table, total, decisions, &above));
            continue;
        }
        // A mean right below a total is of the same rows.
        section_start = if above.iter().any(|row| *row >= below) { below } else { section_start };
        let section: Vec<u32> = above.iter().copied().filter(|row| *row >= section_start).collect();
        below = total.row + 1;
        for mapped in &table.columns {
            let Some(content) = summable(table, &mapped.role) else { continue };
            let check = Check::new(sheet, table, mapped, content, decisions, total);
            if check.is_sum_of_weights() {
                continue;
            }
            match (table.kind.id, &mapped.role) {
                ("charter", Role::Column(column)) if column.id == "declared" => {
                    of_scores.extend(check.of_scores(&above, &section));
                }
                ("procedures", Role::Column(column)) if column.id == "result" => {
                    if sheet.stored(total.row, mapped.col).is_some() {
                        check.check_range(&above, &section, findings);
                    }
                    of_scores.extend(check.of_scores(&above, &section));
                }
                _ => check.run(&above, &section, records, findings),
            }
        }
    }
    of_scores
}

/// What a declared figure is, beside what was computed.
pub enum Compared {
    /// The same.
    Right,
    /// Cut where it should have been rounded; the rounded figure.
    Cut(Decimal),
    /// Something else; the nearest computed figure.
    Wrong(Decimal),
}

/// Compares a declared figure of some decimals with the figures it can stand for, each known to within half a unit of
/// `doubt`.
pub fn judge(declared: Decimal, decimals: u32, candidates: &[Decimal], doubt: Decimal) -> Compared {
    let Some(nearest) = candidates.iter().min_by_key(|computed| (**computed - declared).abs()).copied() else {
        return Compared::Right;
    };
    let decimals = decimals.clamp(1, 2);
    let difference = (nearest - declared).abs();
    // A figure below zero is cut towards zero too.
    let least = number::round_to(nearest.abs() - doubt, decimals);
    let cut = nearest.trunc_with_scale(decimals) == declared && least > declared.abs();
    if number::round_to(nearest, decimals) == number::round_to(declared, decimals) {
        Compared::Right
    } else if cut {
        Compared::Cut(number::round_to(nearest, decimals))
    } else if difference <= Decimal::new(1, 2) {
        Compared::Right
    } else {
        Compared::Wrong(number::round2(nearest))
    }
}

/// Columns whose total means something.
fn summable(table: &Table, role: &Role) -> Option<Content> {
    match role {
        // A variation of costs is that of their sum.
        Role::Column(column) if column.id == "variation" && table.kind.id == "staff_costs" => None,
        Role::Total if table.kind.id == "staff_costs" => Some(Content::Amount),
        Role::Column(column) if matches!(column.content, Content::Percent | Content::Amount | Content::Number) => {
            Some(column.content)
        }
        Role::Year(_) | Role::Entity(_) => Some(Content::Amount),
        _ => None,
    }
}

struct Check<'a> {
    sheet: &'a Sheet,
    table: &'a Arc<Table>,
    mapped: &'a Mapped,
    content: Content,
    decision: Decision,
    total: &'a TotalRow,
}

impl<'a> Check<'a> {
    fn new(
        sheet: &'a Sheet,
        table: &'a Arc<Table>,
        mapped: &'a Mapped,
        content: Content,
        decisions: &[(u32, Decision)],
        total: &'a TotalRow,
    ) -> Self {
        let decision = decisions.iter().find(|(col, _)| *col == mapped.col).map(|(_, decision)| *decision);
        Self { sheet, table, mapped, content, decision: decision.unwrap_or_default(), total }
    }

    fn run(&self, above: &[u32], section: &[u32], all: &[u32], findings: &mut Findings) {
        let Some(cell) = self.sheet.stored(self.total.row, self.mapped.col) else { return };
        self.check_range(above, section, findings);
        let Some((declared, decimals)) = self.declared(cell) else { return };
        let rows = [above, section, all].into_iter().chain(self.right_above(section));
        let candidates: Vec<Decimal> = rows.flat_map(|rows| self.computed(rows)).collect();
        // Rows that show two decimals may have been rounded themselves: their mean is only known so well.
        let doubt = if self.rounded(above) { Decimal::new(5, 3) } else { Decimal::ZERO };
        let (code, computed) = match judge(declared, decimals, &candidates, doubt) {
            Compared::Right => return,
            Compared::Cut(computed) => (&TOTAL_CUT, computed),
            Compared::Wrong(computed) => (&TOTAL_DIFFERS, computed),
        };
        let place = Place::cell(&self.table.file, &self.table.sheet, self.total.row, self.mapped.col);
        let computed = number::italian(computed, 2, self.content == Content::Amount);
        findings.push(
            Finding::new(code, place)
                .with("label", self.label())
                .with("declared", self.sheet.shown(cell))
                .with("computed", computed),
        );
    }

    /// The rows right above a total of some entities, however many they are: `Totale società partecipate`.
    fn right_above<'b>(&self, section: &'b [u32]) -> impl Iterator<Item = &'b [u32]> + use<'a, 'b> {
        const MOST: usize = 50;
        let is_of_some = self.table.kind.id == "staff_costs" && !is_of_all(&self.total.shown);
        let most = if is_of_some { section.len().min(MOST) } else { 0 };
        (2..most).map(move |count| &section[section.len() - count..])
    }

    /// The declared total or mean of results, to be compared with the scores of its rows.
    fn of_scores(&self, above: &[u32], section: &[u32]) -> Option<DeclaredTotal> {
        let (col, shown, (value, decimals)) = match self.sheet.stored(self.total.row, self.mapped.col) {
            Some(cell) => (cell.col, self.sheet.shown(cell), self.declared(cell)?),
            None => self.beside_label()?,
        };
        Some(DeclaredTotal {
            table: self.table.clone(),
            row: self.total.row,
            col,
            label: self.label(),
            shown,
            value,
            decimals,
            what: self.closing(),
            rows: [above.to_vec(), section.to_vec()],
        })
    }

    /// The figure that stands in the only cell of the row, behind its label: `MEDIA UFFICIO: 98,5%`; with its column.
    fn beside_label(&self) -> Option<(u32, String, (Decimal, u32))> {
        let cell = self.sheet.row(self.total.row)?.only()?;
        let text = cell.text()?;
        let behind = text.split_whitespace().next_back().filter(|last| last.ends_with('%'));
        let said = text.rsplit_once(':').map(|(_, said)| said.trim()).or(behind)?;
        let Percent::Score { number, signed, .. } = percentage::scan(said)? else { return None };
        // `Totale pratiche: 120` is no total of results.
        if !signed && !matches!(self.closing(), Closing::Mean) {
            return None;
        }
        let value = number.read(Nature::Measure, self.decision.reading);
        Some((cell.col, said.to_owned(), (value, value.normalize().scale().max(1))))
    }

    /// What the label says that the figure is.
    fn closing(&self) -> Closing {
        let label = &self.total.label;
        if is_count_label(label) {
            Closing::Count
        } else if label.starts_with("medi") || label.starts_with("percentuale") {
            Closing::Mean
        } else {
            Closing::SumOrMean
        }
    }

    /// Whether the figure stands among the weights of a mean: it is their sum, and no mean of them.
    fn is_sum_of_weights(&self) -> bool {
        let is_weight = matches!(self.mapped.role, Role::Column(column) if column.id.ends_with("weight"));
        self.table.kind.id == "objectives" && is_weight && self.closing() == Closing::Mean
    }

    /// Whether some row shows two decimals, as a rounded figure does.
    fn rounded(&self, rows: &[u32]) -> bool {
        let cells = rows.iter().filter_map(|row| self.sheet.cell(*row, self.mapped.col));
        self.content == Content::Percent
            && cells.filter_map(|cell| self.number(cell)).any(|value| value.normalize().scale() >= 2)
    }

    fn label(&self) -> String {
        if self.total.shown.is_empty() { "totale".to_owned() } else { self.total.shown.clone() }
    }

    /// The declared figure, and how many decimals it shows.
    fn declared(&self, cell: Cell<'_>) -> Option<(Decimal, u32)> {
        if let (Closing::Count, Value::Number(stored)) = (self.closing(), cell.value) {
            return Some((number::from_stored(stored)?, 1));
        }
        let value = self.number(cell)?;
        let decimals = match cell.value {
            Value::Number(_) if self.content == Content::Percent => value.normalize().scale(),
            Value::Number(_) => 2,
            _ => value.normalize().scale(),
        };
        Some((value, decimals.max(1)))
    }

    /// Sum, mean or number of some rows, whichever the label says; sum and mean when it does not.
    fn computed(&self, rows: &[u32]) -> Vec<Decimal> {
        let is_result = matches!(self.mapped.role, Role::Column(column) if column.id == "result");
        if self.table.kind.id == "objectives" && is_result && self.closing() != Closing::Count {
            // What an objective gives stands below its indicators.
            let above: Vec<u32> = rows.iter().copied().filter(|row| *row < self.total.row).collect();
            let rows = if whole::is_label(&self.total.label) { &above[..] } else { rows };
            return objectives::candidates(self.sheet, self.table, rows, &self.total.label, &|row| {
                self.sheet.cell(row, self.mapped.col).and_then(|cell| self.number(cell))
            });
        }
        let values: Vec<Decimal> = rows
            .iter()
            .filter_map(|row| self.sheet.cell(*row, self.mapped.col))
            .filter_map(|cell| self.number(cell))
            .collect();
        if values.is_empty() {
            return Vec::new();
        }
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
        let Some(sum) = sum else { return Vec::new() };
        let mean = sum / Decimal::from(values.len());
        let label = &self.total.label;
        if self.closing() == Closing::Count {
            vec![Decimal::from(values.len()), Decimal::from(rows.len())]
        } else if self.closing() == Closing::Mean {
            vec![mean]
        } else if label.starts_with("tot") || label.starts_with("sub") || label.starts_with("somma") {
            // Under a column of percentages a total row often gives their mean.
            if self.content == Content::Percent { vec![sum, mean] } else { vec![sum] }
        } else {
            vec![sum, mean]
        }
    }

    fn number(&self, cell: Cell<'_>) -> Option<Decimal> {
        match cell.value {
            Value::Number(stored) => {
                let value = number::from_stored(stored)?;
                let percent = self.content == Content::Percent
                    && (self.sheet.format(cell).kind == FormatKind::Percent
                        || self.decision.scale == crate::kinds::reader::Scale::Fractions);
                Some(if percent { value.checked_mul(Decimal::ONE_HUNDRED)? } else { value })
            }
            Value::Text(text) if self.content == Content::Percent => match percentage::scan_result(&text)? {
                Percent::Score { number, .. } => Some(number.read(Nature::Measure, self.decision.reading)),
                Percent::Report => None,
            },
            Value::Text(text) => {
                let nature = if self.content == Content::Amount { Nature::Amount } else { Nature::Measure };
                number::scan(&text).map(|number| number.read(nature, self.decision.reading))
            }
            _ => None,
        }
    }

    /// A sum over one range that leaves out a record between its ends and the total's own block.
    fn check_range(&self, above: &[u32], section: &[u32], findings: &mut Findings) {
        let Some(formula) = self.sheet.formula(self.total.row, self.mapped.col) else { return };
        let Some(area) = single_range(formula) else { return };
        if area.first.col != self.mapped.col || area.last.col != self.mapped.col {
            return;
        }
        let covers = |rows: &[u32]| {
            rows.iter().all(|row| {
                (area.first.row..=area.last.row).contains(row) || self.sheet.stored(*row, self.mapped.col).is_none()
            })
        };
        if covers(above) || covers(section) {
            return;
        }
        let block = if section.iter().any(|row| (area.first.row..=area.last.row).contains(row))
            && area.first.row >= section.first().copied().unwrap_or(0)
        {
            section
        } else {
            above
        };
        let missed = block.iter().find(|row| {
            !(area.first.row..=area.last.row).contains(*row) && self.sheet.stored(**row, self.mapped.col).is_some()
        });
        let Some(missed) = missed else { return };
        let place = Place::cell(&self.table.file, &self.table.sheet, self.total.row, self.mapped.col);
        let finding = Finding::new(&RANGE_MISSES, place).with("label", self.label()).with("range", area.to_string());
        findings.push(finding.with("row", (missed + 1).to_string()).and(Place::cell(
            &self.table.file,
            &self.table.sheet,
            *missed,
            self.mapped.col,
        )));
    }
}

/// The range of `SUM(B2:B9)` or `AVERAGE(B2:B9)`.
fn single_range(formula: &str) -> Option<Area> {
    let upper = formula.trim().to_ascii_uppercase();
    let inside = upper
        .strip_prefix("SUM(")
        .or_else(|| upper.strip_prefix("AVERAGE("))
        .or_else(|| upper.strip_prefix("SUBTOTAL(9,"))?;
    let inside = inside.strip_suffix(')')?.replace(['[', ']', '.'], "");
    if inside.contains(['(', ',', ';', '!']) || !inside.contains(':') {
        return None;
    }
    Area::parse(&inside)
}
