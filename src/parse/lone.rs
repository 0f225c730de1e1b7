//! A text alone in its row: the title of a section, a note, or a record that lacks the rest.

use super::Fates;
use super::layout::Layout;
use super::ledger::Fate;
use super::plan::LONE_NAME;
use super::rows::Class;
use crate::finding::{Finding, Findings};
use crate::kinds::Content;
use crate::kinds::charter::split_code;
use crate::kinds::table::{Role, Table};
use crate::place::Place;
use crate::sheet::{Cell, CellText, Row, Sheet};
use crate::value::fold::words;

/// One text alone in its row.
pub fn lone_text(layout: &Layout<'_>, row: u32, cell: &Cell, text: &str) -> Class {
    let (sheet, table) = (layout.sheet, layout.table);
    let wide = sheet.merge_at(row, cell.col).is_some_and(|area| area.last.col > area.first.col);
    let column = match table.at(cell.col).map(|mapped| &mapped.role) {
        Some(Role::Column(column)) => Some(*column),
        _ => None,
    };
    let id = column.map_or("", |column| column.id);
    let first = table.columns.first().is_some_and(|mapped| mapped.col == cell.col);
    let (code, title) = split_code(text);
    // `3.2.1 REGISTRO IMPRESE` is a section wherever it stands.
    if wide || (!code.is_empty() && !title.is_empty()) {
        return Class::Section(text.trim().to_owned());
    }
    let is_list = is_list(table);
    if is_list && is_title_of_list(sheet, row, cell.col, text) {
        return Class::Section(text.trim().to_owned());
    }
    if table.kind.id == "objectives" && id == "objective" {
        return Class::Heading;
    }
    if id == "notes" && !first {
        return Class::Note;
    }
    if table.kind.keys.contains(&id) {
        // A code or a name alone is a record that lacks the rest; in the first column a name may be a section's title.
        let is_code = column.is_some_and(|column| column.content == Content::Code) && looks_like_code(text);
        // A year alone is a record too: its amount is missing.
        let is_value = column.is_some_and(|column| !matches!(column.content, Content::Code | Content::Text));
        let is_name = is_value || (!first && column.is_some_and(|column| column.content != Content::Code));
        return if is_code || is_list || is_name { Class::Record } else { Class::Section(text.trim().to_owned()) };
    }
    if !first && table.kind.values.contains(&id) {
        return if table.kind.id == "objectives" && id == "description" { Class::Record } else { Class::Orphan };
    }
    Class::Section(text.trim().to_owned())
}

/// So many rows around a lone text show how the names of records look.
const AROUND: usize = 64;
/// What a part of a body is called: `AREA AMMINISTRATIVA`, `Linea A - Competitività`.
const PARTS: [&str; 10] =
    ["area", "settore", "sezione", "linea", "asse", "ambito", "direzione", "dipartimento", "divisione", "servizi"];

fn is_part(text: &str) -> bool {
    words(text).first().is_some_and(|first| PARTS.contains(&first.as_str()))
}

/// Whether each row of a table is one thing of a list.
fn is_list(table: &Table) -> bool {
    matches!(table.kind.id, "coverage" | "checks" | "steps" | "procedures" | "targets" | "objectives")
}

/// Whether a text alone above records is the title of a part of the list, and no record without the rest: it is called
/// as no record is, or alone in capitals.
fn is_title_of_list(sheet: &Sheet, row: u32, col: u32, text: &str) -> bool {
    let Some(at) = sheet.rows.position(row) else { return false };
    let rows = sheet.rows.part(at.saturating_sub(AROUND)..sheet.rows.len().min(at + AROUND));
    let others: Vec<CellText<'_>> = rows
        .filter(|other| other.index != row && other.len() > 1)
        .filter_map(|other| other.stored(col)?.text())
        .collect();
    let is_followed = sheet.rows.get(at + 1).is_some_and(|next| next.len() > 1);
    let first = |text: &str| words(text).into_iter().next().unwrap_or_default();
    let in_capitals = |text: &str| {
        text.chars().filter(|letter| letter.is_uppercase()).count() > 3 && !text.contains(char::is_lowercase)
    };
    is_followed
        && !others.is_empty()
        && ((is_part(text) && others.iter().all(|other| first(other) != first(text)))
            || (in_capitals(text) && !others.iter().any(|other| in_capitals(other))))
}

/// A code and a name without values, above rows whose codes continue it: `3.2.1 | REGISTRO IMPRESE`.
pub fn coded_section(layout: &Layout<'_>, row: Row<'_>, stored: &[Cell<'_>]) -> Option<String> {
    let (sheet, table) = (layout.sheet, layout.table);
    let [code, name] = stored else { return None };
    let (true, Some(codes), Some(names)) = (table.kind.id == "charter", table.col("code"), table.col("process")) else {
        return None;
    };
    if (code.col, name.col) != (codes, names) {
        return None;
    }
    let below = sheet.rows.get(sheet.rows.position(row.index)? + 1)?.stored(codes)?;
    let shown = sheet.shown(*code);
    let code = shown.trim().trim_end_matches('.');
    let continues =
        sheet.shown(below).trim().strip_prefix(code).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1);
    (continues && !code.is_empty()).then(|| format!("{code} {}", sheet.shown(*name).trim()))
}

/// `1.1.2`, `4a`, `1820/2019`: short, with a digit, without blanks.
fn looks_like_code(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 14 && text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

/// A text not merged where the names of records stand: in small letters, or in a list and not called as a part of one.
pub fn in_column_of_names(sheet: &Sheet, table: &Table, row: u32, text: &str) -> bool {
    let col = sheet.row(row).and_then(|row| row.first()).map_or(0, |cell| cell.col);
    let name = table.kind.keys.iter().any(|id| {
        table.col(id) == Some(col) && table.kind.column(id).is_some_and(|column| column.content == Content::Text)
    });
    let may_be_record = text.chars().any(char::is_lowercase) || (is_list(table) && !is_part(text));
    name && sheet.merge_at(row, col).is_none() && may_be_record && split_code(text).1.is_empty()
}

/// A lone text after the last record: a note, unless it stands where a record's name would, right below one.
pub fn closing_text(
    sheet: &Sheet,
    table: &Table,
    row: u32,
    text: &str,
    after_blank: bool,
    fates: &mut Fates<'_>,
    findings: &mut Findings,
) {
    let col = sheet.row(row).and_then(|row| row.first()).map_or(0, |cell| cell.col);
    let key = table.kind.keys.iter().any(|id| table.col(id) == Some(col));
    let wide = sheet.merge_at(row, col).is_some();
    if key && !wide && !after_blank {
        findings.push(
            Finding::new(&LONE_NAME, Place::cell(&table.file, &table.sheet, row, col)).with("seen", text.to_owned()),
        );
        fates.row(row, Fate::Finding);
    } else {
        fates.row(row, Fate::Note);
    }
}
