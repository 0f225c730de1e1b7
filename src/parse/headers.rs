//! What is to be said of a table's header: kinds that tie, columns that could be two, or were told by their content only.

use std::collections::BTreeMap;

use super::layout::is_blank;
use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::reader::names_units;
use crate::kinds::table::{Mapped, Role, Table, Why};
use crate::kinds::{Content, charter, objectives, staff_costs};
use crate::place::{Place, column_letters};
use crate::recognise::staff::is_total;
use crate::sheet::{Cell, Sheet, Value};
use crate::value::date;
use crate::value::fold::words;

/// A table that two kinds could claim.
pub static NEAR_TIE: Code = Code {
    id: "S006",
    slug: "two-kinds",
    severity: Severity::Warning,
    message: Text::new(
        "la tabella può essere «{first}» o «{second}»: letta come «{first}»",
        "the table can be \"{first}\" or \"{second}\": read as \"{first}\"",
    ),
    help: Text::new("rendere più chiare le intestazioni", "make the headers clearer"),
};

/// A header that could be two columns.
pub static AMBIGUOUS: Code = Code {
    id: "S007",
    slug: "ambiguous-header",
    severity: Severity::Error,
    message: Text::new(
        "non si capisce che cosa c’è in {columns}: può essere {wanted}; non è stato usato",
        "what stands in {columns} is not clear: it can be {wanted}; it was not used",
    ),
    help: Text::new(
        "dare alle colonne nomi diversi e chiari, o dichiararle in allegati.toml",
        "give the columns different, clear names, or declare them in allegati.toml",
    ),
};

/// A column told by its content alone.
pub static BY_CONTENT: Code = Code {
    id: "S014",
    slug: "column-told-by-content",
    severity: Severity::Warning,
    message: Text::new(
        "l’intestazione «{seen}» non è di nessuna colonna; per quello che c’è sotto è stata letta come «{column}»",
        "the header \"{seen}\" is of no column; by what stands below it was read as \"{column}\"",
    ),
    help: Text::new(
        "scrivere nell’intestazione il nome della colonna, o dichiararla in allegati.toml ([columns.…])",
        "write the column's name in its header, or declare it in allegati.toml ([columns.…])",
    ),
};

/// Columns that nobody declares.
pub static UNKNOWN_COLUMNS: Code = Code {
    id: "S013",
    slug: "unknown-columns",
    severity: Severity::Info,
    message: Text::new("colonne non usate: {columns}", "columns not used: {columns}"),
    help: Text::new(
        "se una di queste serve, dichiararla in allegati.toml ([columns.…])",
        "if one of them is needed, declare it in allegati.toml ([columns.…])",
    ),
};

/// A column of values without a header.
pub static NAMELESS: Code = Code {
    id: "S019",
    slug: "column-without-header",
    severity: Severity::Info,
    message: Text::new(
        "la colonna {column} ha valori ma nessuna intestazione: non è stata usata",
        "column {column} has values but no header: it was not used",
    ),
    help: Text::new(
        "se serve, scrivere che cosa contiene nella riga delle intestazioni",
        "if it is needed, write what it holds in the row of the headers",
    ),
};

/// One of several columns that could be the same: the days of a log, standards of two sorts.
pub static COLUMN_CHOSEN: Code = Code {
    id: "S043",
    slug: "column-chosen",
    severity: Severity::Warning,
    message: Text::new(
        "più colonne possono essere «{wanted}»: usata «{column}», non usate {others}",
        "several columns can be \"{wanted}\": \"{column}\" was used, not {others}",
    ),
    help: Text::new(
        "se il dato che conta è in un’altra colonna, dichiararla in allegati.toml ([columns.…])",
        "if what counts stands in another column, declare it in allegati.toml ([columns.…])",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&NEAR_TIE, &AMBIGUOUS, &BY_CONTENT, &UNKNOWN_COLUMNS, &NAMELESS, &COLUMN_CHOSEN];

/// So many rows show whether a column beside the others is filled in, and so many such columns are told.
const LOOKED_AT: usize = 64;

/// Near ties, refused headers, columns nobody declares.
pub fn remark(table: &Table, findings: &mut Findings) {
    for (rival, _) in &table.rivals {
        let place = Place::cell(
            &table.file,
            &table.sheet,
            table.header_rows.0,
            table.columns.first().map_or(0, |mapped| mapped.col),
        );
        findings.push(Finding::new(&NEAR_TIE, place).with("first", table.kind.title).with("second", rival.title));
    }
    ambiguous(table, findings);
    column_chosen(table, findings);
    for mapped in table.columns.iter().filter(|mapped| mapped.by_content) {
        let Role::Column(column) = mapped.role else { continue };
        let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col);
        let seen = if mapped.header.is_empty() {
            Word::Text(Text::new("(vuota)", "(empty)"))
        } else {
            mapped.header.clone().into()
        };
        let finding = Finding::new(&BY_CONTENT, place).with("seen", seen);
        findings.push(finding.with("column", column.header));
    }
    let has_years = table.columns.iter().any(|mapped| matches!(mapped.role, Role::Year(_)));
    let of_no_year = |mapped: &&Mapped| has_years && !is_total(&mapped.header);
    if let Some(mapped) = table.mapped("amount").filter(of_no_year) {
        let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col);
        findings.push(Finding::new(&staff_costs::NO_YEAR, place).with("column", mapped.header.clone()));
    }
    years_in_parts(table, findings);
    let measures = table
        .columns
        .iter()
        .any(|mapped| matches!(mapped.role, Role::Column(column) if column.content == Content::Measure));
    let unknown: Vec<&str> = table
        .columns
        .iter()
        .filter(|mapped| matches!(mapped.role, Role::Unknown) && !(measures && names_units(&mapped.header)))
        .filter(|mapped| table.kind.id != "objectives" || objectives::numbers_beside(table) != Some(mapped.col))
        .filter(|mapped| !charter::other_notes(table).any(|other| other.col == mapped.col))
        .map(|mapped| mapped.header.as_str())
        .collect();
    if !unknown.is_empty() {
        let place = Place::sheet(&table.file, &table.sheet);
        findings.push(Finding::new(&UNKNOWN_COLUMNS, place).with("columns", unknown.join(", ")));
    }
    let changes = |mapped: &&Mapped| moves_terms(table, mapped) || is_another_result(table, mapped);
    for mapped in table.columns.iter().filter(|mapped| matches!(mapped.role, Role::Unknown)).filter(changes) {
        let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col);
        let finding = Finding::new(&UNKNOWN_COLUMNS, place).at(Severity::Warning);
        findings.push(finding.with("columns", mapped.header.clone()));
    }
}

/// Tells years of costs of which only parts have a column: `2018 | I semestre 2019 | II semestre 2019`.
fn years_in_parts(table: &Table, findings: &mut Findings) {
    let is_whole = |year: i16| table.columns.iter().any(|mapped| matches!(mapped.role, Role::Year(of) if of == year));
    let has_years = table.columns.iter().any(|mapped| matches!(mapped.role, Role::Year(_)));
    let is_part = |mapped: &&Mapped| match mapped.role {
        Role::Part => true,
        Role::Unknown => words(&mapped.header).iter().any(|word| matches!(word.as_str(), "sem" | "quad" | "quadr")),
        _ => false,
    };
    let mut parts: BTreeMap<i16, Vec<&Mapped>> = BTreeMap::new();
    for mapped in table.columns.iter().filter(|_| has_years && table.kind.id == "staff_costs").filter(is_part) {
        if let [year] = date::years(&mapped.header)[..]
            && !is_whole(year)
        {
            parts.entry(year).or_default().push(mapped);
        }
    }
    for (year, parts) in parts {
        let columns = parts.iter().map(|mapped| format!("«{}»", mapped.header)).collect::<Vec<_>>().join(", ");
        let mut places =
            parts.iter().map(|mapped| Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col));
        let Some(first) = places.next() else { continue };
        let finding = Finding::new(&staff_costs::YEAR_IN_PARTS, first).with("year", year.to_string());
        findings.push(places.fold(finding.with("columns", columns), Finding::and));
    }
}

/// Tells which of several columns was taken for one that the kind declares.
fn column_chosen(table: &Table, findings: &mut Findings) {
    for id in table.kind.columns.iter().map(|column| column.id).filter(|id| *id != "amount") {
        let is_other =
            |other: &&Mapped| matches!(other.role, Role::Unknown) && matches!(other.why, Why::Twin(twin) if twin == id);
        let others: Vec<String> =
            table.columns.iter().filter(is_other).map(|other| format!("«{}»", other.header)).collect();
        if others.is_empty() {
            continue;
        }
        let Some(mapped) = table.mapped(id) else { continue };
        let wanted = table.kind.column(id).map_or(id, |column| column.header);
        let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, mapped.col);
        let finding = Finding::new(&COLUMN_CHOSEN, place).with("wanted", wanted).with("column", mapped.header.clone());
        findings.push(finding.with("others", others.join(", ")));
    }
}

/// Whether an unused column would change what its table says: suspensions and terms of their own in cases and steps
/// (`Sospeso dal`, `Termine`, `Scadenza prorogata`), other standards or values (`Standard migliorato 2019`).
fn moves_terms(table: &Table, mapped: &Mapped) -> bool {
    let is_verdict = || {
        let header = mapped.header.to_lowercase();
        ["nei termini", "entro", "rispett", "fuori"].iter().any(|said| header.contains(said))
    };
    let says = |word: &String| {
        (matches!(word.as_str(), "termine" | "termini") && !is_verdict())
            || ["sospe", "interru", "prorog", "integrazion"].iter().any(|stem| word.starts_with(stem))
    };
    let is_standard = |word: &String| {
        word == "standard" || ["programmat", "rilevat", "misurat"].iter().any(|stem| word.starts_with(stem))
    };
    let is_beside = |word: &String| {
        [
            "unit",
            "fonte",
            "note",
            "verific",
            "rispett",
            "esito",
            "data",
            "modalit",
            "metod",
            "scostament",
            "tipo",
            "dimension",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    };
    match table.kind.id {
        "cases" | "steps" => words(&mapped.header).iter().any(says),
        "charter" => {
            let words = words(&mapped.header);
            words.iter().any(is_standard) && !words.iter().any(is_beside) && !matches!(mapped.why, Why::Twin(_))
        }
        _ => false,
    }
}

/// Whether an unused column is named as the one of the results is: `Risultato Ufficio B` beside `Risultato Ufficio A`.
fn is_another_result(table: &Table, mapped: &Mapped) -> bool {
    let id = match table.kind.id {
        "objectives" | "targets" | "procedures" => "result",
        "checks" | "steps" => "actual",
        _ => return false,
    };
    let Some(used) = table.mapped(id) else { return false };
    let is_beside = |word: &String| {
        word.contains(|letter: char| letter.is_ascii_digit())
            || [
                "attes", "previst", "preced", "not", "qualit", "descri", "unit", "font", "target", "scost", "motiv",
                "dat", "peso", "pesat", "ponderat",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
    };
    let words = words(&mapped.header);
    words.first().is_some_and(|first| crate::value::fold::words(&used.header).first() == Some(first))
        && !words.iter().any(is_beside)
}

/// Columns without a header that hold something: between the others anything, beside them what at least every second
/// record has. A running number is nothing.
pub fn nameless(sheet: &Sheet, table: &Table, records: &[u32], findings: &mut Findings) {
    // Where known columns have others between them, a single value far down may be one that is missed.
    let has_gaps = table.columns.windows(2).any(|pair| pair[1].col > pair[0].col + 1);
    let records = if has_gaps { records } else { &records[..records.len().min(LOOKED_AT)] };
    let (mut cols, mut rows): (Vec<Nameless>, usize) = Default::default();
    let mut without = None;
    for row in sheet.along(records) {
        rows += 1;
        // Most rows have none such, as the one above.
        if without == Some(row.shape()) || row.cols().all(|col| table.at(col).is_some()) {
            without = Some(row.shape());
            continue;
        }
        for cell in row.cells().filter(|cell| table.at(cell.col).is_none() && !is_blank(cell)) {
            match cols.iter().position(|col| col.col == cell.col) {
                Some(at) => cols[at].see(cell),
                // A hostile row can be wide.
                None if cols.len() < LOOKED_AT => cols.push(Nameless::of(cell)),
                None => {}
            }
        }
    }
    cols.sort_unstable_by_key(|col| col.col);
    let ends = table.columns.first().zip(table.columns.last()).map(|(first, last)| first.col..last.col);
    let among = |col: &Nameless| ends.as_ref().is_some_and(|ends| ends.contains(&col.col)) || col.filled * 2 >= rows;
    for col in cols.iter().filter(|col| among(col) && !col.is_running) {
        let place = Place::cell(&table.file, &table.sheet, table.header_rows.1, col.col);
        findings.push(Finding::new(&NAMELESS, place).with("column", column_letters(col.col)));
    }
}

/// A column without a header, as far as it was looked at.
struct Nameless {
    col: u32,
    filled: usize,
    /// Whether it counts its rows.
    is_running: bool,
}

impl Nameless {
    fn of(cell: Cell<'_>) -> Self {
        let mut new = Self { col: cell.col, filled: 0, is_running: true };
        new.see(cell);
        new
    }

    fn see(&mut self, cell: Cell<'_>) {
        self.filled += 1;
        self.is_running &= matches!(cell.value, Value::Number(number) if number == self.filled as f64);
    }
}

/// Headers that could not be told apart: one finding for those that can be the same.
pub fn ambiguous(table: &Table, findings: &mut Findings) {
    let mut told: Vec<&[&str]> = Vec::new();
    for mapped in &table.columns {
        let Role::Ambiguous(ids) = &mapped.role else { continue };
        if told.contains(&ids.as_slice()) {
            continue;
        }
        told.push(ids);
        let same: Vec<&Mapped> = table
            .columns
            .iter()
            .filter(|other| matches!(&other.role, Role::Ambiguous(others) if others == ids))
            .collect();
        let columns = same.iter().map(|mapped| format!("{} «{}»", column_letters(mapped.col), mapped.header));
        let wanted = ids.iter().filter_map(|id| table.kind.column(id)).map(|column| format!("«{}»", column.header));
        let columns = columns.collect::<Vec<_>>().join(", ");
        let wanted = wanted.collect::<Vec<_>>().join(" / ");
        let place = |col| Place::cell(&table.file, &table.sheet, table.header_rows.1, col);
        let finding = Finding::new(&AMBIGUOUS, place(mapped.col)).with("columns", columns).with("wanted", wanted);
        findings.push(same.iter().skip(1).fold(finding, |finding, other| finding.and(place(other.col))));
    }
}
