//! One table: its rows are told apart, its columns decide, its records are read, its totals compared.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use arcstr::ArcStr;
use rayon::prelude::*;

use super::ledger::Fate;
use super::plan::Plan;
use super::{
    Fates, LONG, amounts, below_total, columns, headers, month_first, names, office, percent_targets, repeats, several,
};
use super::{states, tally, totals};
use crate::finding::{Finding, Findings};
use crate::kinds::cases::plain::Plain;
use crate::kinds::evidence::{Evidence, Rows};
use crate::kinds::reader::{Decision, Records, RowReader};
use crate::kinds::table::{Role, Table};
use crate::kinds::{cases, charter, objectives, staff_costs};
use crate::place::Place;
use crate::recognise::Subject;
use crate::sheet::Row;
use crate::value::fold::fold;

/// What a table gave.
#[derive(Default)]
pub struct TableParse {
    /// Its records.
    pub records: Records,
    /// What is to be said of it.
    pub findings: Findings,
    /// How many records.
    pub count: u32,
}

/// So many of them make one part.
const PART: usize = 1_024;
/// So many parts are looked at before what they gave is put together.
const AT_ONCE: usize = 16;

/// What the records of a table are read with.
struct Reading<'a> {
    subject: &'a Subject<'a>,
    table: &'a Arc<Table>,
    plan: &'a Plan,
    decisions: &'a [(u32, Decision)],
    year: i16,
    /// No row yet, when they are evidence.
    evidence: Option<Evidence>,
    /// Where the columns of standards stand.
    standards: OnceLock<charter::Places>,
}

impl TableParse {
    /// Parses a table.
    pub fn run(subject: &Subject<'_>, table: &Table, year: i16, referred: bool, fates: &mut Fates<'_>) -> Self {
        let mut done = Self::default();
        fates.rows(table.header_rows.0, table.header_rows.1 + 1, Fate::Header);
        let mut plan = Plan::of(subject, table, fates, &mut done.findings);
        below_total::leave_out(subject.sheet, table, &mut plan, fates, &mut done.findings);
        let plan = plan;
        let rows = &plan.records[..];
        let decisions = columns::decide(subject.sheet, table, rows, &mut done.findings);
        headers::nameless(subject.sheet, table, rows, &mut done.findings);
        repeats::report(subject.sheet, table, rows, &mut done.findings);
        amounts::missing(subject.sheet, table, rows, year, &mut done.findings);
        several::report(subject.sheet, table, rows, &mut done.findings);
        states::report(subject.sheet, table, rows, &mut done.findings);
        percent_targets::report(subject.sheet, table, rows, &mut done.findings);
        let mut table = table.clone();
        table.context.between.clone_from(&plan.between);
        let table = &Arc::new(table);
        let evidence = table.kind.evidence.then(|| Evidence {
            table: table.clone(),
            rows: Rows::of(table.kind, 0),
            unread: 0,
            referred,
        });
        let reading =
            Reading { subject, table, plan: &plan, decisions: &decisions, year, evidence, standards: OnceLock::new() };
        reading.all(&mut done);
        month_first::report(subject.sheet, table, rows, year, &mut done.findings);
        let last = table.columns.iter().map(|mapped| mapped.col).max().unwrap_or(0);
        let by_col = (0..=last).map(|col| value_fate(table, col)).collect();
        let read = fates.list(by_col, Fate::UnknownColumn);
        rows.iter().for_each(|row| fates.row_by(*row, read));
        done.count = rows.len() as u32;
        done.records.declared_totals =
            totals::compare(subject.sheet, table, rows, &plan.totals, &decisions, year, &mut done.findings);
        tally::compare(subject.sheet, table, rows, &plan.totals, done.records.evidence.last(), &mut done.findings);
        repeats::contradicted(subject.sheet, table, &plan, done.records.evidence.last(), &mut done.findings);
        totals::compare_across(subject.sheet, table, rows, &decisions, &mut done.findings);
        names::missing(subject.sheet, table, &done.records, &mut done.findings);
        complete(table, &mut done);
        done
    }

    /// Adds what a part below gave.
    fn append(&mut self, below: Self) {
        self.records.append(below.records);
        self.findings.append(below.findings);
    }
}

impl Reading<'_> {
    /// Reads all records. Rows of evidence have nothing to do with each other: many are read side by side.
    fn all(&self, done: &mut TableParse) {
        let count = self.plan.records.len();
        let (Some(evidence), LONG..) = (&self.evidence, count) else { return done.append(self.part(0..count)) };
        let mut whole = evidence.clone();
        for from in (0..count).step_by(AT_ONCE * PART) {
            let end = count.min(from + AT_ONCE * PART);
            let starts: Vec<usize> = (from..end).step_by(PART).collect();
            let part = |start: usize| self.part(start..end.min(start + PART));
            let parts: Vec<TableParse> = starts.into_par_iter().map(part).collect();
            for mut part in parts {
                part.records.evidence.drain(..).for_each(|part| whole.append(part));
                done.append(part);
            }
        }
        done.records.evidence.push(whole);
    }

    /// Reads some records, one after the other.
    fn part(&self, range: Range<usize>) -> TableParse {
        let Self { subject, table, plan, .. } = *self;
        let mut done = TableParse::default();
        let mut evidence = self.evidence(range.len());
        let mut carried: Vec<(&'static str, String)> = Vec::new();
        let is_log = table.kind.id == cases::KIND.id;
        let plain = || Plain::of(subject.sheet, table, self.year, self.decisions);
        let mut plain = if is_log { plain() } else { None };
        let mut section_of_last = usize::MAX;
        let mut headings = plan.headings.iter().copied().peekable();
        let rows = &plan.records[range.clone()];
        for ((record, row), stored) in range.zip(rows).zip(subject.sheet.along(rows)) {
            debug_assert_eq!(stored.index, *row, "rows of records ascend");
            let section = plan.section(record);
            if section != section_of_last {
                carried.clear();
                section_of_last = section;
            }
            while let Some(heading) = headings.next_if(|heading| heading < row) {
                let Some(stored) = subject.sheet.row(heading) else { continue };
                self.reader(stored, section, &mut done, &mut carried, None).carried_text("objective");
            }
            if let (Some(plain), Some(Evidence { rows: Rows::Cases(cases), .. })) = (&mut plain, &mut evidence)
                && let Some(case) = plain.case(stored)
            {
                cases.push_bare(&case);
                debug_assert_eq!(Some(self.at_length(stored)), cases.last().map(|case| format!("{case:?}")));
                continue;
            }
            let mut reader = self.reader(stored, section, &mut done, &mut carried, evidence.as_mut());
            (table.kind.read)(&mut reader);
        }
        if let Some(Evidence { rows: Rows::Cases(cases), .. }) = &mut evidence {
            cases.shrink();
        }
        done.records.evidence.extend(evidence);
        done
    }

    /// Evidence without rows, with room for some.
    fn evidence(&self, room: usize) -> Option<Evidence> {
        self.evidence.clone().map(|evidence| Evidence { rows: Rows::of(self.table.kind, room), ..evidence })
    }

    /// What a row gives that is read as any other, for a plain one to be compared with.
    fn at_length(&self, stored: Row<'_>) -> String {
        let (mut done, mut carried, mut evidence) = (TableParse::default(), Vec::new(), self.evidence(1));
        (self.table.kind.read)(&mut self.reader(stored, 0, &mut done, &mut carried, evidence.as_mut()));
        assert!(done.findings.is_empty(), "nothing is to be said of a plain case: {:?}", done.findings);
        match evidence.map(|evidence| evidence.rows) {
            Some(Rows::Cases(cases)) => cases.iter().map(|case| format!("{case:?}")).collect(),
            _ => String::new(),
        }
    }

    fn reader<'b>(
        &'b self,
        stored: Row<'b>,
        section: usize,
        done: &'b mut TableParse,
        carried: &'b mut Vec<(&'static str, String)>,
        evidence: Option<&'b mut Evidence>,
    ) -> RowReader<'b> {
        RowReader {
            sheet: self.subject.sheet,
            table: self.table,
            row: stored.index,
            stored,
            section: &self.plan.sections[section].1,
            year: self.year,
            decisions: self.decisions,
            findings: &mut done.findings,
            records: &mut done.records,
            evidence,
            carried,
            standards: &self.standards,
        }
    }
}

fn value_fate(table: &Table, col: u32) -> Fate {
    match table.at(col).map(|mapped| &mapped.role) {
        Some(Role::Column(_) | Role::Year(_) | Role::Entity(_)) => Fate::Value,
        Some(Role::OtherYear(_) | Role::Part) => Fate::OtherPeriod,
        Some(Role::Total) => Fate::Total,
        Some(Role::Ambiguous(_)) => Fate::Finding,
        _ if charter::other_notes(table).any(|other| other.col == col) => Fate::Value,
        Some(Role::Unknown) | None => Fate::UnknownColumn,
    }
}

/// What the context adds to the records: the office, the holder, the entity.
fn complete(table: &Arc<Table>, done: &mut TableParse) {
    let place = Place::sheet(&table.file, &table.sheet);
    let mut without_office = done.records.charter.iter_mut().filter(|record| record.office.is_empty()).peekable();
    // Most say it row by row.
    if without_office.peek().is_some()
        && let Some(office) = office::of_table(table).map(ArcStr::from)
    {
        without_office.for_each(|record| record.office.clone_from(&office));
    }
    thousands(table, done);
    if done.records.charter.is_empty() && done.records.objectives.is_empty() && done.records.staff_costs.is_empty() {
        return;
    }
    if done.records.objectives.iter().any(|record| record.holder.is_empty()) {
        let label = table
            .context
            .label(&["titolare", "responsabile", "ufficio", "struttura", "area"])
            .map(|label| objectives::title_case(&label.value));
        let titled = table.context.titles.iter().find_map(|(title, _)| objectives::holder_of(title));
        let named =
            objectives::holder_of(&format!("obiettivi {}", table.sheet)).filter(|_| !is_plain_name(&table.sheet));
        let holder = label.or(titled).or(named).unwrap_or_else(|| {
            done.findings.push(Finding::new(&objectives::NO_HOLDER, place.clone()).with("used", "Ente"));
            "Ente".to_owned()
        });
        done.records
            .objectives
            .iter_mut()
            .filter(|record| record.holder.is_empty())
            .for_each(|record| record.holder.clone_from(&holder));
    }
    if done.records.staff_costs.iter().any(|record| record.entity.is_empty()) {
        let entity = staff_costs::entity_of(&table.context, &table.sheet, &table.file).unwrap_or_else(|| {
            let used = table.file.rsplit('/').next().unwrap_or(&table.file).to_owned();
            done.findings.push(Finding::new(&staff_costs::NO_ENTITY, place.clone()).with("used", used.clone()));
            used
        });
        done.records
            .staff_costs
            .iter_mut()
            .filter(|record| record.entity.is_empty())
            .for_each(|record| record.entity.clone_from(&entity));
    }
}

/// Costs and budgets that a title or header says are thousands.
fn thousands(table: &Arc<Table>, done: &mut TableParse) {
    let has_payments = table.kind.id == "cases" && table.col("amount").is_some();
    if done.records.staff_costs.is_empty() && done.records.resources.is_empty() && !has_payments {
        return;
    }
    let titles = table.context.titles.iter().map(|(title, cell)| (title, *cell));
    let headers = table.columns.iter().map(|mapped| (&mapped.header, (table.header_rows.1, mapped.col)));
    if let Some((seen, (row, col))) = titles.chain(headers).find(|(text, _)| staff_costs::in_thousands(text)) {
        let place = Place::cell(&table.file, &table.sheet, row, col);
        done.findings.push(Finding::new(&staff_costs::THOUSANDS, place).with("seen", seen.clone()));
    }
}

/// `Foglio1`, `Sheet2`: a name that the program gave.
fn is_plain_name(name: &str) -> bool {
    let folded = fold(name);
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || " _()".contains(c));
    matches!(bare, "foglio" | "sheet" | "tabella" | "" | "dati" | "tab")
}
