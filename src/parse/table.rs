//! One table: its rows are told apart, its columns decide, its records are read, its totals compared.

use std::ops::Range;
use std::sync::Arc;

use arcstr::ArcStr;
use rayon::prelude::*;

use super::layout::Layout;
use super::ledger::Fate;
use super::lone::{closing_text, in_column_of_names};
use super::rows::{Class, classify, classify_ahead, depends_on_section};
use super::totals::{self, TotalRow};
use super::{Fates, LONG, amounts, columns, headers, month_first, names, office, repeats};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::charter::split_code;
use crate::kinds::evidence::{Evidence, Rows};
use crate::kinds::reader::{Decision, Records, RowReader, Section};
use crate::kinds::table::{Role, Table};
use crate::kinds::{objectives, staff_costs};
use crate::place::Place;
use crate::recognise::Subject;
use crate::recognise::header::counts_columns;
use crate::sheet::{Cell, Row, Sheet};
use crate::value::fold::fold;

/// Values without the name they belong to.
pub static ORPHAN: Code = Code {
    id: "S008",
    slug: "values-without-name",
    severity: Severity::Warning,
    message: Text::new(
        "la riga ha valori ma non dice di che cosa: non è stata usata",
        "the row has values but does not say of what: it was not used",
    ),
    help: Text::new(
        "scrivere il nome o il codice nella riga, o cancellare i valori",
        "write the name or code in the row, or delete the values",
    ),
};

/// A name alone between records, read as a section's title.
pub static LONE_NAME: Code = Code {
    id: "S009",
    slug: "name-without-values",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» sta da solo nella riga: letto come titolo di sezione",
        "\"{seen}\" stands alone in its row: read as a section's title",
    ),
    help: Text::new(
        "se è uno standard o un obiettivo, completare la riga",
        "if it is a standard or an objective, complete the row",
    ),
};

/// A part of the item above it.
pub static OF_WHICH: Code = Code {
    id: "S016",
    slug: "part-of-the-row-above",
    severity: Severity::Info,
    message: Text::new(
        "«{seen}» è una parte della riga sopra: non è stata sommata",
        "\"{seen}\" is a part of the row above: it was not added",
    ),
    help: Text::new(
        "non serve fare nulla, se la voce è già compresa in quella sopra",
        "nothing needs doing, if the item is already contained in the one above",
    ),
};

/// An example row of a blank form.
pub static EXAMPLE: Code = Code {
    id: "S017",
    slug: "example-left-in",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» è una riga di esempio rimasta dal modello: non è stata letta",
        "\"{seen}\" is an example row left in from the blank form: it was not read",
    ),
    help: Text::new("cancellare la riga di esempio", "delete the example row"),
};

/// A record with the name of a mean.
pub static NAMED_LIKE_TOTAL: Code = Code {
    id: "S028",
    slug: "named-like-a-mean",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» può essere una riga o la media di quelle sopra: letta come riga, perché ha un valore suo",
        "\"{seen}\" can be a row or the mean of those above: read as a row, since it has a value of its own",
    ),
    help: Text::new(
        "se è una media, chiamarla MEDIA o togliere la riga; altrimenti non serve fare nulla",
        "if it is a mean, call it MEDIA or remove the row; else nothing needs doing",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&ORPHAN, &LONE_NAME, &OF_WHICH, &EXAMPLE, &NAMED_LIKE_TOTAL];

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

/// The rows of a table, told apart.
struct Plan {
    /// Rows of records.
    records: Vec<u32>,
    /// Sections, each with the place of its first record.
    sections: Vec<(usize, Section)>,
    totals: Vec<TotalRow>,
    headings: Vec<u32>,
}

impl Plan {
    /// The section of a record.
    fn section(&self, record: usize) -> usize {
        self.sections.partition_point(|(first, _)| *first <= record) - 1
    }
}

/// What the records of a table are read with.
struct Reading<'a> {
    subject: &'a Subject<'a>,
    table: &'a Arc<Table>,
    plan: &'a Plan,
    decisions: &'a [(u32, Decision)],
    year: i16,
    /// No row yet, when they are evidence.
    evidence: Option<Evidence>,
}

impl TableParse {
    /// Parses a table.
    pub fn run(subject: &Subject<'_>, table: &Table, year: i16, referred: bool, fates: &mut Fates<'_>) -> Self {
        let mut done = Self::default();
        fates.rows(table.header_rows.0, table.header_rows.1 + 1, Fate::Header);
        let plan = plan(subject, table, fates, &mut done.findings);
        let rows = &plan.records[..];
        let decisions = columns::decide(subject.sheet, table, rows, &mut done.findings);
        headers::nameless(subject.sheet, table, rows, &mut done.findings);
        repeats::report(subject.sheet, table, rows, &mut done.findings);
        amounts::missing(subject.sheet, table, rows, year, &mut done.findings);
        let table = &Arc::new(table.clone());
        let evidence = table.kind.evidence.then(|| Evidence {
            table: table.clone(),
            rows: Rows::of(table.kind, 0),
            unread: 0,
            referred,
        });
        let reading = Reading { subject, table, plan: &plan, decisions: &decisions, year, evidence };
        reading.all(&mut done);
        month_first::report(subject.sheet, table, rows, year, &mut done.findings);
        let last = table.columns.iter().map(|mapped| mapped.col).max().unwrap_or(0);
        let of_cols: Vec<Fate> = (0..=last).map(|col| value_fate(table, col)).collect();
        let fate = |col: u32| of_cols.get(col as usize).copied().unwrap_or(Fate::UnknownColumn);
        rows.iter().for_each(|row| fates.row(*row, fate));
        done.count = rows.len() as u32;
        done.records.declared_totals =
            totals::compare(subject.sheet, table, rows, &plan.totals, &decisions, &mut done.findings);
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
        let rows = Rows::of(table.kind, range.len());
        let mut evidence = self.evidence.clone().map(|evidence| Evidence { rows, ..evidence });
        let mut carried: Vec<(&'static str, String)> = Vec::new();
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
            let mut reader = self.reader(stored, section, &mut done, &mut carried, evidence.as_mut());
            (table.kind.read)(&mut reader);
        }
        done.records.evidence.extend(evidence);
        done
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
        }
    }
}

fn value_fate(table: &Table, col: u32) -> Fate {
    match table.at(col).map(|mapped| &mapped.role) {
        Some(Role::Column(_) | Role::Year(_) | Role::Entity(_)) => Fate::Value,
        Some(Role::OtherYear(_) | Role::Part) => Fate::OtherPeriod,
        Some(Role::Total) => Fate::Total,
        Some(Role::Ambiguous(_)) => Fate::Finding,
        Some(Role::Unknown) | None => Fate::UnknownColumn,
    }
}

/// Tells the rows apart; a lone text is a section when records follow it, else a note.
fn plan(subject: &Subject<'_>, table: &Table, fates: &mut Fates<'_>, findings: &mut Findings) -> Plan {
    let sheet = subject.sheet;
    let layout = Layout::new(sheet, table);
    let mut plan =
        Plan { records: Vec::new(), sections: vec![(0, Section::default())], totals: Vec::new(), headings: Vec::new() };
    let (mut waiting, mut room): (Vec<(u32, String)>, Vec<Cell<'_>>) = Default::default();
    let (from, to) = (sheet.rows.first_from(table.body_rows.0), sheet.rows.first_from(table.body_rows.1));
    let mut ahead = Vec::new().into_iter();
    let mut after_blank = false;
    let mut heading: Option<u32> = None;
    let mut last_row = table.header_rows.1;
    let mut after_header = true;
    for (at, of) in (from..).zip(sheet.rows.part(from..to)) {
        if to - from >= LONG && (at - from).is_multiple_of(AT_ONCE * PART) {
            ahead = classify_ahead(&layout, at, to.min(at + AT_ONCE * PART)).into_iter();
        }
        let row = of.index;
        let section = plan.sections.last().map_or("", |(_, section)| section.title.as_str());
        after_blank |= row > last_row + 1;
        last_row = row;
        let class = ahead.next().filter(|_| section.is_empty() || !depends_on_section(of));
        let class = match class {
            _ if after_header && counts_columns(of) => Class::Header,
            Some(class) => class,
            None => classify(&layout, of, section, &mut room),
        };
        after_header = class == Class::Header || (after_header && class == Class::Blank);
        match class {
            // Only blanks were typed in it.
            Class::Blank => fates.row(row, |_| Fate::Note),
            Class::Header => fates.row(row, |_| Fate::Header),
            Class::Total(label) => {
                fates.row(row, |_| Fate::Total);
                plan.totals.push(TotalRow { row, label: fold(&label), shown: label });
            }
            Class::Section(text) => waiting.push((row, text)),
            Class::Heading => {
                heading_alone(table, &mut heading, &mut plan);
                heading = Some(row);
                fates.row(row, |_| Fate::Value);
            }
            Class::OfWhich => left_out(subject, table, row, &OF_WHICH, fates, findings),
            Class::Example => left_out(subject, table, row, &EXAMPLE, fates, findings),
            Class::Note => fates.row(row, |_| Fate::Note),
            Class::Outside => {
                fates.row(row, |col| if table.at(col).is_some() { Fate::UnknownColumn } else { Fate::Note })
            }
            Class::Orphan => {
                fates.row(row, |_| Fate::Finding);
                let col =
                    table.kind.values.iter().filter_map(|id| table.col(id)).find(|col| sheet.cell(row, *col).is_some());
                findings.push(Finding::new(&ORPHAN, Place::cell(&table.file, &table.sheet, row, col.unwrap_or(0))));
            }
            class @ (Class::Record | Class::RecordOrTotal(_)) => {
                if let Class::RecordOrTotal(label) = class {
                    let first = of.first().map_or(0, |cell| cell.col);
                    let place = Place::cell(&table.file, &table.sheet, row, first);
                    findings.push(Finding::new(&NAMED_LIKE_TOTAL, place).with("seen", label));
                }
                // A title given once stands for the rows below it that give none.
                let own = table.col("objective").is_some_and(|col| !sheet.text(row, col).trim().is_empty());
                if own {
                    heading_alone(table, &mut heading, &mut plan);
                }
                plan.headings.extend(heading.take());
                open_sections(sheet, table, &mut waiting, &mut plan, fates, findings);
                plan.records.push(row);
            }
        }
    }
    heading_alone(table, &mut heading, &mut plan);
    only_total(table, &mut plan);
    for (row, text) in waiting {
        closing_text(sheet, table, row, &text, after_blank, fates, findings);
    }
    plan
}

/// `Totale costo del personale` with a year in each column: what it would be the total of stands in no row above it.
fn only_total(table: &Table, plan: &mut Plan) {
    if let (true, "staff_costs", [only]) = (plan.records.is_empty(), table.kind.id, &plan.totals[..]) {
        plan.records.push(only.row);
        plan.totals.clear();
    }
}

/// An objective whose title no row continues is a record of its own: one without a result.
fn heading_alone(table: &Table, heading: &mut Option<u32>, plan: &mut Plan) {
    if let Some(row) = heading.take() {
        debug_assert!(table.kind.id == "objectives");
        plan.records.push(row);
    }
}

/// A row that is no record, said at its first cell.
fn left_out(
    subject: &Subject<'_>,
    table: &Table,
    row: u32,
    code: &'static Code,
    fates: &mut Fates<'_>,
    findings: &mut Findings,
) {
    let first = subject.sheet.row(row).and_then(|row| row.first());
    let seen = first.map(|cell| subject.sheet.shown(cell)).unwrap_or_default();
    let place = Place::cell(&table.file, &table.sheet, row, first.map_or(0, |cell| cell.col));
    findings.push(Finding::new(code, place).with("seen", seen));
    fates.row(row, |_| Fate::Note);
}

/// Lone texts right before a record are its section's title, the last of them the nearest.
fn open_sections(
    sheet: &Sheet,
    table: &Table,
    waiting: &mut Vec<(u32, String)>,
    plan: &mut Plan,
    fates: &mut Fates<'_>,
    findings: &mut Findings,
) {
    // An area and a section may stand above each other; a third, or one in the column of names, may be a record.
    let several = waiting.len() > 2;
    for (row, text) in waiting.drain(..) {
        let doubtful = several || in_column_of_names(sheet, table, row, &text);
        fates.row(row, |_| Fate::Section);
        let (code, title) = split_code(&text);
        let (code, title) = if title.is_empty() { ("", text.as_str()) } else { (code, title) };
        plan.sections.push((plan.records.len(), Section { code: code.into(), title: title.into() }));
        if doubtful {
            let col = table.columns.first().map_or(0, |mapped| mapped.col);
            findings
                .push(Finding::new(&LONE_NAME, Place::cell(&table.file, &table.sheet, row, col)).with("seen", text));
        }
    }
}

/// What the context adds to the records: the office, the holder, the entity.
fn complete(table: &Arc<Table>, done: &mut TableParse) {
    let place = Place::sheet(&table.file, &table.sheet);
    if let Some(office) = office::of_table(table).map(ArcStr::from) {
        done.records
            .charter
            .iter_mut()
            .filter(|record| record.office.is_empty())
            .for_each(|record| record.office.clone_from(&office));
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
    if done.records.staff_costs.is_empty() && done.records.resources.is_empty() {
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
