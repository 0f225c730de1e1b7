//! A recognised sheet becomes records, findings and a ledger that leaves no cell out.

pub mod across;
mod amounts;
mod below;
mod below_total;
mod closing;
pub mod columns;
pub mod copies;
mod headers;
mod heads;
mod layout;
pub mod ledger;
mod lone;
mod month_first;
mod names;
pub mod office;
pub mod part_of_year;
mod percent_targets;
mod plan;
mod repeats;
pub mod rows;
mod several;
pub mod spellings;
mod states;
mod summary;
mod table;
mod tally;
pub mod totals;
mod unusable;
pub mod whole;
pub mod year;

use std::num::NonZeroU32;
use std::sync::Arc;

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::reader::Records;
use crate::kinds::table::Table;
use crate::place::{Place, column_letters};
use crate::recognise::{Recognition, Subject};
use crate::sheet::{Row, Sheet, Value, Visibility};
use ledger::{Fate, Ledger};
use table::TableParse;

/// From so many rows on those of a table are looked at side by side, and its columns.
const LONG: usize = 10_000;

/// A sheet that a person cannot see.
pub static HIDDEN_SHEET: Code = Code {
    id: "S003",
    slug: "hidden-sheet",
    severity: Severity::Warning,
    message: Text::new("il foglio è nascosto: non è stato consolidato", "the sheet is hidden: it was not consolidated"),
    help: Text::new(
        "se deve contare, renderlo visibile (tasto destro sulle linguette, Scopri)",
        "if it should count, unhide it (right click on the tabs)",
    ),
};

/// Hidden rows or columns, which are read all the same.
pub static HIDDEN_CELLS: Code = Code {
    id: "S004",
    slug: "hidden-rows-or-columns",
    severity: Severity::Warning,
    message: Text::new(
        "righe o colonne nascoste con dati ({what}): sono state lette come le altre",
        "hidden rows or columns hold data ({what}): they were read like the others",
    ),
    help: Text::new(
        "togliere il filtro o scoprire le righe, e controllare che debbano contare",
        "clear the filter or unhide the rows, and check that they should count",
    ),
};

/// A sheet that no kind claims.
pub static UNCLAIMED: Code = Code {
    id: "S005",
    slug: "not-recognised",
    severity: Severity::Warning,
    message: Text::new(
        "il foglio non è di nessun tipo conosciuto: {nearest}",
        "the sheet is of no known kind: {nearest}",
    ),
    help: Text::new(
        "se contiene dati da consolidare, aggiungere le intestazioni che mancano o dichiararle in allegati.toml ([columns.…]); altrimenti non serve fare nulla",
        "if it holds data to consolidate, add the headers that are lacking or declare them in allegati.toml ([columns.…]); else nothing needs doing",
    ),
};

/// A damaged cell.
pub static DAMAGED: Code = Code {
    id: "C004",
    slug: "damaged-cell",
    severity: Severity::Error,
    message: Text::new(
        "la cella non si legge: nel file c’è scritto «{seen}»",
        "the cell cannot be read: the file says \"{seen}\"",
    ),
    help: Text::new(
        "riscrivere il valore della cella e salvare di nuovo il file",
        "type the cell's value again and save the file",
    ),
};

/// A form that was not filled in.
pub static UNFILLED: Code = Code {
    id: "S018",
    slug: "form-not-filled-in",
    severity: Severity::Warning,
    message: Text::new(
        "il foglio ha le intestazioni ma nessuna riga compilata: non dà nessun dato",
        "the sheet has headers but no row is filled in: it gives no data",
    ),
    help: Text::new(
        "compilare le righe sotto le intestazioni, o togliere il file se l’ufficio non ha nulla da comunicare",
        "fill in the rows below the headers, or remove the file when the office has nothing to report",
    ),
};

/// Rows of cells that belong to no recognised table.
pub static LEFT_OVER: Code = Code {
    id: "S015",
    slug: "rows-of-no-table",
    severity: Severity::Warning,
    message: Text::new(
        "{count} righe con dati non appartengono a nessuna tabella riconosciuta: non sono state lette",
        "{count} rows with data belong to no recognised table: they were not read",
    ),
    help: Text::new(
        "controllare le intestazioni sopra queste righe, con «allegati inspect»",
        "check the headers above these rows, with \"allegati inspect\"",
    ),
};

/// The codes of this room.
pub fn codes() -> Vec<&'static Code> {
    let own: &[&Code] = &[&HIDDEN_SHEET, &HIDDEN_CELLS, &UNCLAIMED, &DAMAGED, &UNFILLED, &LEFT_OVER];
    [
        own,
        headers::CODES,
        year::CODES,
        columns::CODES,
        totals::CODES,
        plan::CODES,
        names::CODES,
        repeats::CODES,
        month_first::CODES,
        amounts::CODES,
        below_total::CODES,
        part_of_year::CODES,
        several::CODES,
        below::CODES,
        percent_targets::CODES,
        states::CODES,
        across::CODES,
        copies::CODES,
    ]
    .concat()
}

/// What a sheet gave.
#[derive(Debug, Default)]
pub struct SheetParse {
    /// Its records.
    pub records: Records,
    /// What is to be said of it.
    pub findings: Findings,
    /// How many records.
    pub count: u32,
    /// What became of its cells.
    pub ledger: Ledger,
    /// Why it was taken or not, in Italian and English.
    pub why: (String, String),
    /// Prints of its tables of standards, to find copied figures.
    pub prints: Vec<copies::Print>,
    /// Offices that its titles, labels and name speak of, for the roster.
    pub names: Vec<String>,
    /// Whether it has a kind's headers and nothing below them: a form that was not filled in.
    pub unfilled: bool,
}

/// Parses a recognised sheet. `referred` says that formulas of a sheet that a kind claims refer to this one.
pub fn parse(subject: &Subject<'_>, recognition: &Recognition, year: i16, referred: bool) -> SheetParse {
    let mut parse = SheetParse::default();
    let sheet = subject.sheet;
    let mut fates = Fates::new(sheet);
    if sheet.rows.is_empty() {
        parse.why = ("foglio vuoto".to_owned(), "empty sheet".to_owned());
        return parse;
    }
    if recognition.instructions {
        parse.why = (
            "istruzioni del modello: ignorato, non contiene dati".to_owned(),
            "instructions of the form: ignored, it holds no data".to_owned(),
        );
        fates.all(Fate::Ignored);
    } else if sheet.visibility != Visibility::Visible {
        let severity = if recognition.tables.is_empty() { Severity::Info } else { Severity::Warning };
        parse.findings.push(Finding::new(&HIDDEN_SHEET, subject.place()).at(severity));
        for table in &recognition.tables {
            if let year::Verdict::Leave(finding) = year::verdict(sheet, table, year) {
                parse.findings.push(finding);
            }
        }
        parse.why = ("nascosto".to_owned(), "hidden".to_owned());
        fates.all(Fate::NotConsolidated);
    } else if recognition.tables.is_empty() {
        unclaimed(subject, recognition, referred, &mut parse);
        fates.all(Fate::NotConsolidated);
    } else {
        let mut end = 0;
        for table in &recognition.tables {
            left_over(subject, end, table.header_rows.0, &mut fates, &mut parse.findings);
            if take(subject, table, year, referred, &mut fates, &mut parse) {
                unusable::report(sheet, table, end, &fates, &mut parse.findings);
            }
            end = table.body_rows.1;
        }
        hidden_cells(subject, &mut parse.findings);
        unfilled(recognition, &mut parse);
    }
    for ((row, col), text) in &sheet.damaged {
        let place = Place::cell(subject.file, &sheet.name, *row, *col);
        parse.findings.push(Finding::new(&DAMAGED, place).with("seen", text.to_string()));
    }
    parse.ledger = fates.close();
    parse.ledger.add(Fate::Finding, sheet.damaged.len() as u32);
    parse
}

/// Takes a table, unless it is of another year.
fn take(
    subject: &Subject<'_>,
    table: &Table,
    year: i16,
    referred: bool,
    fates: &mut Fates<'_>,
    parse: &mut SheetParse,
) -> bool {
    let title = table.kind.title;
    match year::verdict(subject.sheet, table, year) {
        year::Verdict::Leave(finding) => {
            parse.why = ("di un altro anno".to_owned(), "of another year".to_owned());
            parse.findings.push(finding);
            parse.prints.extend(copies::print(subject.sheet, &Arc::new(table.clone()), false));
            fates.rows(table.header_rows.0, table.body_rows.1, Fate::NotConsolidated);
            return false;
        }
        year::Verdict::Take(finding) => finding.into_iter().for_each(|finding| parse.findings.push(finding)),
    }
    if heads::leave(subject.sheet, table, fates, parse) {
        return false;
    }
    parse.why = (
        format!("{}: spiega il {}% delle intestazioni", title.it, table.explained_percent),
        format!("{}: explains {}% of the headers", title.en, table.explained_percent),
    );
    part_of_year::told(table, year).into_iter().for_each(|finding| parse.findings.push(finding));
    headers::remark(table, &mut parse.findings);
    parse.prints.extend(copies::print(subject.sheet, &Arc::new(table.clone()), true));
    let done = TableParse::run(subject, table, year, referred, fates);
    parse.count += done.count;
    parse.records.append(done.records);
    parse.findings.append(done.findings);
    // Whose costs, objectives or budgets these are says nothing of who sent standards or evidence.
    if table.kind.evidence || table.kind.id == "charter" {
        parse.names.extend(table.context.titles.iter().map(|(title, _)| title.clone()));
        parse.names.extend([subject.sheet.name.to_string(), subject.file.to_string()]);
    }
    true
}

/// A sheet of headers only; evidence of an office's own that has no rows is judged with what it proves.
fn unfilled(recognition: &Recognition, parse: &mut SheetParse) {
    let named = |table: &Table| table.context.labels.iter().any(|label| label.name != "termine");
    let own = |table: &Table| table.kind.evidence && (named(table) || !table.kind.form.is_of(table));
    parse.unfilled = parse.count == 0 && parse.findings.is_empty() && !recognition.tables.iter().any(own);
    if parse.unfilled {
        parse.records.evidence.clear();
        parse.names.clear();
        parse.why = (
            "modello non compilato: nessuna riga sotto le intestazioni".to_owned(),
            "form not filled in: no row below the headers".to_owned(),
        );
    }
}

/// Rows of several cells above a table, which no title is made of.
fn left_over(subject: &Subject<'_>, from: u32, header: u32, fates: &mut Fates<'_>, findings: &mut Findings) {
    let rows = subject.sheet.rows_between(from, header);
    let rows: Vec<u32> = rows.filter(|row| row.len() >= 3).map(|row| row.index).collect();
    if let [first, _, ..] = rows[..] {
        let col = subject.sheet.row(first).and_then(|row| row.first()).map_or(0, |cell| cell.col);
        let place = Place::cell(subject.file, &subject.sheet.name, first, col);
        findings.push(Finding::new(&LEFT_OVER, place).with("count", rows.len().to_string()));
        rows.iter().for_each(|row| fates.row(*row, Fate::Finding));
    }
    fates.rows(from, header, Fate::Title);
}

fn unclaimed(subject: &Subject<'_>, recognition: &Recognition, referred: bool, parse: &mut SheetParse) {
    if let Some(table) = &recognition.refused {
        headers::ambiguous(table, &mut parse.findings);
    }
    let near = |pick: fn(&Text) -> &'static str, lacks: &str, none: &str| {
        let list: Vec<String> = recognition
            .nearest
            .iter()
            .take(2)
            .map(|near| format!("{} ({lacks} {})", pick(&near.kind.title), near.lacking.join(", ")))
            .collect();
        if list.is_empty() { none.to_owned() } else { list.join("; ") }
    };
    let it = near(|text| text.it, "manca", "nessuna intestazione conosciuta");
    let en = near(|text| text.en, "lacks", "no known header");
    parse.why = (it.clone(), en.clone());
    let severity = if referred || is_prose(subject.sheet) { Severity::Info } else { UNCLAIMED.severity };
    let finding = Finding::new(&UNCLAIMED, subject.place()).with("nearest", crate::finding::Word::Both(it, en));
    parse.findings.push(finding.at(severity));
}

/// Instructions, a legend: lines of text, no row with a second cell that would make it a table.
fn is_prose(sheet: &Sheet) -> bool {
    sheet.rows.iter().all(|row| row.cells().filter(|cell| !matches!(cell.value, Value::Blank)).count() <= 1)
}

/// One finding per sheet for what a filter or a person hid.
fn hidden_cells(subject: &Subject<'_>, findings: &mut Findings) {
    let sheet = subject.sheet;
    let rows = sheet.rows.iter().filter(|row| row.hidden()).count();
    let mut cols: Vec<String> = Vec::new();
    for (first, last) in &sheet.hidden_cols {
        for col in *first..=(*last).min(first + 64) {
            let used = sheet.rows.iter().any(|row| row.stored(col).is_some());
            if used {
                cols.push(column_letters(col));
            }
        }
    }
    if rows == 0 && cols.is_empty() {
        return;
    }
    let numbers: Vec<String> =
        sheet.rows.iter().filter(|row| row.hidden()).take(6).map(|row| (row.index + 1).to_string()).collect();
    let more = if rows > 6 { "…" } else { "" };
    let mut parts = (Vec::new(), Vec::new());
    if rows > 0 {
        let list = format!("{}{more}", numbers.join(", "));
        parts.0.push(if rows == 1 { format!("riga {list}") } else { format!("{rows} righe: {list}") });
        parts.1.push(if rows == 1 { format!("row {list}") } else { format!("{rows} rows: {list}") });
    }
    if !cols.is_empty() {
        parts.0.push(format!("colonne {}", cols.join(", ")));
        parts.1.push(format!("columns {}", cols.join(", ")));
    }
    let what = crate::finding::Word::Both(parts.0.join("; "), parts.1.join("; "));
    findings.push(Finding::new(&HIDDEN_CELLS, subject.place()).with("what", what));
}

/// The fate of each row of a sheet while it is parsed.
pub(crate) struct Fates<'a> {
    sheet: &'a Sheet,
    /// Of all rows, one after the other; none where nothing is known yet.
    fates: Vec<Option<Listed>>,
    /// Fates by column, and that of the columns behind.
    lists: Vec<(Vec<Fate>, Fate)>,
    /// Position of the row asked for last; the next one is most likely the next asked for.
    last: usize,
}

/// What became of the cells of a row: the same of all, by the place behind which it stands among all fates, or of each
/// what a list says of its column, the place of which is counted from there on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listed(NonZeroU32);

impl Listed {
    /// Behind so many others.
    fn behind(others: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(others as u32))
    }

    /// The same of all cells.
    fn all(fate: Fate) -> Self {
        Self::behind(fate as usize)
    }
}

impl<'a> Fates<'a> {
    fn new(sheet: &'a Sheet) -> Self {
        Self { sheet, fates: vec![None; sheet.rows.len()], lists: Vec::new(), last: 0 }
    }

    fn all(&mut self, fate: Fate) {
        self.fates.fill(Some(Listed::all(fate)));
    }

    /// All cells of rows `first..end` that have no fate yet.
    fn rows(&mut self, first: u32, end: u32, fate: Fate) {
        let start = |index: u32| self.sheet.rows.first_from(index);
        let rows = &mut self.fates[start(first)..start(end.max(first))];
        rows.iter_mut().filter(|own| own.is_none()).for_each(|own| *own = Some(Listed::all(fate)));
    }

    /// The cells of one row.
    fn row(&mut self, index: u32, fate: Fate) {
        self.row_by(index, Listed::all(fate));
    }

    /// Remembers what becomes of the cells of some rows, by column, and in the columns behind.
    fn list(&mut self, by_col: Vec<Fate>, behind: Fate) -> Listed {
        self.lists.push((by_col, behind));
        Listed::behind(Fate::ALL.len() + self.lists.len() - 1)
    }

    /// The cells of one row, each by its column.
    fn row_by(&mut self, index: u32, list: Listed) {
        let rows = &self.sheet.rows;
        // The row asked for last, the next one, or any.
        let near = (self.last..self.last + 2).find(|at| rows.index(*at) == Some(index));
        let Some(at) = near.or_else(|| rows.position(index)) else { return };
        self.last = at;
        self.fates[at] = Some(list);
    }

    /// What became of a cell of a row.
    fn of(&self, row: Option<Listed>, col: u32) -> Option<Fate> {
        let place = row?.0.get() as usize - 1;
        let of_list = |place: usize| {
            let (by_col, behind) = &self.lists[place];
            by_col.get(col as usize).copied().unwrap_or(*behind)
        };
        Some(Fate::ALL.get(place).copied().unwrap_or_else(|| of_list(place - Fate::ALL.len())))
    }

    /// What became of the cells of one row so far.
    fn of_row(&self, row: Row<'_>) -> impl Iterator<Item = Option<Fate>> {
        let fate = self.sheet.rows.position(row.index).and_then(|at| self.fates[at]);
        row.cols().map(move |col| self.of(fate, col))
    }

    /// The counts; a cell that nothing claimed is counted as such, so that a test can see it.
    fn close(self) -> Ledger {
        let mut ledger = Ledger::default();
        // Most rows are like the one above, and so is what became of them.
        let mut run: Option<(Row<'_>, Option<Listed>, u32)> = None;
        let mut add = |(row, fate, times): (Row<'_>, Option<Listed>, u32)| {
            row.cols().for_each(|col| ledger.add(self.of(fate, col).unwrap_or(Fate::Unaccounted), times));
        };
        for (row, fate) in self.sheet.rows.iter().zip(&self.fates) {
            match &mut run {
                Some((above, of_above, times)) if above.shape() == row.shape() && of_above == fate => *times += 1,
                _ => run.replace((row, *fate, 1)).into_iter().for_each(&mut add),
            }
        }
        run.into_iter().for_each(add);
        ledger
    }
}
