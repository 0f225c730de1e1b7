//! The rows of a table told apart: which are records, what stands between them, and what closes the sheet.

use super::below;
use super::closing::{Closer, closer, is_closing, may_close};
use super::layout::Layout;
use super::ledger::Fate;
use super::lone::{closing_text, in_column_of_names};
use super::rows::{Class, Room, classify, classify_ahead, depends_on_section};
use super::totals::TotalRow;
use super::{Fates, LONG, Listed};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::charter::split_code;
use crate::kinds::reader::Section;
use crate::kinds::staff_costs::{Line, line};
use crate::kinds::table::{Role, Table};
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

/// So many rows of a long table are looked at before they are told apart one after the other.
const AT_ONCE: usize = 1 << 12;

/// The rows of a table, told apart.
pub struct Plan {
    /// Rows of records.
    pub records: Vec<u32>,
    /// Sections, each with the place of its first record.
    pub sections: Vec<(usize, Section)>,
    /// Titles of sections of evidence, each with its cell.
    pub between: Vec<(String, (u32, u32))>,
    /// Rows of totals.
    pub totals: Vec<TotalRow>,
    /// Rows that give the objective of those below.
    pub headings: Vec<u32>,
}

impl Plan {
    /// The section of a record.
    pub fn section(&self, record: usize) -> usize {
        self.sections.partition_point(|(first, _)| *first <= record) - 1
    }

    /// Tells the rows apart; a lone text is a section when records follow it, else a note.
    pub fn of(subject: &Subject<'_>, table: &Table, fates: &mut Fates<'_>, findings: &mut Findings) -> Self {
        let sheet = subject.sheet;
        let layout = Layout::new(sheet, table);
        let plan = Self {
            records: Vec::new(),
            sections: vec![(0, Section::default())],
            between: Vec::new(),
            totals: Vec::new(),
            headings: Vec::new(),
        };
        let objective = table.col("objective");
        let mut planner = Planner {
            subject,
            table,
            objective,
            plan,
            waiting: Vec::new(),
            heading: None,
            outside: None,
            fates,
            findings,
        };
        let mut room = Room::default();
        let (from, to) = (sheet.rows.first_from(table.body_rows.0), sheet.rows.first_from(table.body_rows.1));
        let mut ahead = Vec::new().into_iter();
        let (mut after_blank, mut after_header, mut after_closing, mut last_row) =
            (false, true, false, table.header_rows.1);
        // Rows that close the sheet unless records follow them, from the first that says so on.
        let (mut closed, mut held): (Option<Closer>, Vec<(Row<'_>, Class)>) = (None, Vec::new());
        for (at, of) in (from..).zip(sheet.rows.part(from..to)) {
            if to - from >= LONG && (at - from).is_multiple_of(AT_ONCE) {
                ahead = classify_ahead(&layout, at, to.min(at + AT_ONCE)).into_iter();
            }
            let section = planner.plan.sections.last().map_or("", |(_, section)| section.title.as_str());
            let gap = of.index > last_row + 1;
            after_blank |= gap;
            last_row = of.index;
            let class: Option<Option<Box<Class>>> =
                ahead.next().filter(|_| section.is_empty() || !depends_on_section(of));
            let class = match class {
                _ if after_header && counts_columns(of) => Class::Header,
                Some(class) => class.map_or(Class::Record, |class| *class),
                None => classify(&layout, of, section, &mut room),
            };
            after_header = class == Class::Header || (after_header && class == Class::Blank);
            let may_be = matches!(class, Class::Record | Class::Orphan | Class::Section(_) | Class::Outside);
            after_closing = may_be && is_closing(&layout, of, gap || after_closing || closed.is_some());
            let class = if after_closing { Class::Note } else { class };
            closed = if class == Class::Note { closer(of).or(closed) } else { closed };
            match class {
                Class::Record | Class::Orphan | Class::Section(_)
                    if closed.is_some_and(|closer| may_close(&layout, of, closer)) =>
                {
                    held.push((of, class));
                    continue;
                }
                Class::Record | Class::RecordOrTotal(_) | Class::Header => {
                    held.drain(..).for_each(|(of, class)| planner.take(of, class));
                    closed = None;
                }
                _ => {}
            }
            planner.take(of, class);
        }
        held.into_iter().for_each(|(of, _)| planner.take(of, Class::Note));
        planner.end(after_blank)
    }
}

/// A plan while it is made.
struct Planner<'a, 'b> {
    subject: &'a Subject<'a>,
    table: &'a Table,
    objective: Option<u32>,
    plan: Plan,
    /// Lone texts that are sections when a record follows.
    waiting: Vec<(u32, String)>,
    /// An objective that no row has continued yet.
    heading: Option<u32>,
    /// What becomes of rows outside all columns, once there is one.
    outside: Option<Listed>,
    fates: &'a mut Fates<'b>,
    findings: &'a mut Findings,
}

impl Planner<'_, '_> {
    /// Takes the next row for what it is.
    fn take(&mut self, of: Row<'_>, class: Class) {
        let (sheet, table, row) = (self.subject.sheet, self.table, of.index);
        match class {
            // Only blanks were typed in it.
            Class::Blank | Class::Note => {
                below::term(table, of, self.findings);
                self.fates.row(row, Fate::Note);
            }
            Class::Header => self.fates.row(row, Fate::Header),
            Class::Total(label) => {
                self.fates.row(row, Fate::Total);
                self.plan.totals.push(TotalRow { row, label: fold(&label), shown: label });
            }
            Class::Section(text) => self.waiting.push((row, text)),
            Class::Heading => {
                self.heading_alone();
                self.heading = Some(row);
                self.fates.row(row, Fate::Value);
            }
            Class::OfWhich => self.left_out(row, &OF_WHICH),
            Class::Example => self.left_out(row, &EXAMPLE),
            Class::Outside => {
                let list = *self.outside.get_or_insert_with(|| {
                    let last = table.columns.iter().map(|mapped| mapped.col).max().unwrap_or(0);
                    let fate = |col| if table.at(col).is_some() { Fate::UnknownColumn } else { Fate::Note };
                    self.fates.list((0..=last).map(fate).collect(), Fate::Note)
                });
                self.fates.row_by(row, list);
            }
            Class::Orphan => {
                self.fates.row(row, Fate::Finding);
                let mut values = table.kind.values.iter().filter_map(|id| table.col(id));
                let first = || of.first().map(|cell| cell.col);
                let col = values.find(|col| sheet.cell(row, *col).is_some()).or_else(first).unwrap_or(0);
                self.findings.push(Finding::new(&ORPHAN, Place::cell(&table.file, &table.sheet, row, col)));
            }
            class @ (Class::Record | Class::RecordOrTotal(_)) => {
                if let Class::RecordOrTotal(label) = class {
                    let first = of.first().map_or(0, |cell| cell.col);
                    let place = Place::cell(&table.file, &table.sheet, row, first);
                    self.findings.push(Finding::new(&NAMED_LIKE_TOTAL, place).with("seen", label));
                }
                // A title given once stands for the rows below it that give none.
                if self.objective.is_some_and(|col| !sheet.text(row, col).trim().is_empty()) {
                    self.heading_alone();
                }
                self.plan.headings.extend(self.heading.take());
                self.open_sections();
                self.plan.records.push(row);
            }
        }
    }

    /// What is left when no row follows.
    fn end(mut self, after_blank: bool) -> Plan {
        self.heading_alone();
        self.numbered_before_filled();
        only_total(self.table, &mut self.plan);
        for (row, text) in self.waiting {
            let sheet = self.subject.sheet;
            if !after_blank && is_entity_without_costs(sheet, self.table, &self.plan.records, row, &text) {
                self.plan.records.push(row);
                continue;
            }
            sheet.row(row).into_iter().for_each(|row| below::term(self.table, row, self.findings));
            closing_text(sheet, self.table, row, &text, after_blank, self.fates, self.findings);
        }
        self.plan
    }

    /// Rows below the last case that hold nothing but a number: a form that was numbered before it was filled in.
    fn numbered_before_filled(&mut self) {
        let Some(col) = self.table.col("id").filter(|_| self.table.kind.id == "cases") else { return };
        let sheet = self.subject.sheet;
        let is_number = |cell: Cell<'_>| {
            let shown = sheet.shown(cell);
            cell.col == col && !shown.trim().is_empty() && shown.trim().bytes().all(|byte| byte.is_ascii_digit())
        };
        while let Some(row) = self.plan.records.pop_if(|row| sheet.row(*row).and_then(Row::only).is_some_and(is_number))
        {
            self.fates.row(row, Fate::Note);
        }
    }

    /// An objective whose title no row continues is a record of its own: one without a result.
    fn heading_alone(&mut self) {
        if let Some(row) = self.heading.take() {
            debug_assert!(self.table.kind.id == "objectives");
            self.plan.records.push(row);
        }
    }

    /// A row that is no record, said at its first cell.
    fn left_out(&mut self, row: u32, code: &'static Code) {
        let first = self.subject.sheet.row(row).and_then(|row| row.first());
        let seen = first.map(|cell| self.subject.sheet.shown(cell)).unwrap_or_default();
        let place = Place::cell(&self.table.file, &self.table.sheet, row, first.map_or(0, |cell| cell.col));
        self.findings.push(Finding::new(code, place).with("seen", seen));
        self.fates.row(row, Fate::Note);
    }

    /// Lone texts right before a record are its section's title, the last of them the nearest.
    fn open_sections(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let (sheet, table) = (self.subject.sheet, self.table);
        // An area and a section may stand above each other; a third, or one in the column of names, may be a record.
        let several = self.waiting.len() > 2;
        for (row, text) in std::mem::take(&mut self.waiting) {
            let doubtful = several || in_column_of_names(sheet, table, row, &text);
            if table.kind.evidence {
                let col = sheet.row(row).and_then(Row::first).map_or(0, |cell| cell.col);
                self.plan.between.push((text.clone(), (row, col)));
            }
            self.fates.row(row, Fate::Section);
            let (code, title) = split_code(&text);
            let (code, title) = if title.is_empty() { ("", text.as_str()) } else { (code, title) };
            self.plan.sections.push((self.plan.records.len(), Section { code: code.into(), title: title.into() }));
            if doubtful {
                let col = table.columns.first().map_or(0, |mapped| mapped.col);
                let place = Place::cell(&table.file, &table.sheet, row, col);
                self.findings.push(Finding::new(&LONE_NAME, place).with("seen", text));
            }
        }
    }
}

/// Whether a text alone right below the last of the entities, in their column beside those of years, is one more of them
/// whose costs are all missing.
fn is_entity_without_costs(sheet: &Sheet, table: &Table, records: &[u32], row: u32, text: &str) -> bool {
    let has_years = table.columns.iter().any(|mapped| matches!(mapped.role, Role::Year(_)));
    let col = sheet.row(row).and_then(Row::first).map(|cell| cell.col);
    let is_name = text.split_whitespace().count() <= 5
        && text.trim().starts_with(char::is_uppercase)
        && !text.trim_end().ends_with(['.', ':', ';', ')']);
    table.kind.id == "staff_costs"
        && has_years
        && is_name
        && line(text) == Line::Cost
        && col.is_some_and(|col| table.col("entity") == Some(col) && sheet.merge_at(row, col).is_none())
        && records.last().is_some_and(|last| *last + 1 == row)
}

/// `Totale costo del personale` with a year in each column: what it would be the total of stands in no row above it.
fn only_total(table: &Table, plan: &mut Plan) {
    if let (true, "staff_costs", [only]) = (plan.records.is_empty(), table.kind.id, &plan.totals[..]) {
        plan.records.push(only.row);
        plan.totals.clear();
    }
}
