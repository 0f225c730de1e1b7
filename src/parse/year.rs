//! Which year a sheet is of: what its title, its name, its dates and its notes say.

use crate::finding::{Code, Finding, Severity, Text};
use crate::kinds::Content;
use crate::kinds::table::{Role, Table};
use crate::place::Place;
use crate::sheet::format::FormatKind;
use crate::sheet::{Sheet, Value};
use crate::value::date;

/// A sheet of another year.
pub static OTHER_YEAR: Code = Code {
    id: "S001",
    slug: "other-year",
    severity: Severity::Warning,
    message: Text::new(
        "il foglio è dell’anno {seen}, non del {year}: non è stato consolidato",
        "the sheet is of {seen}, not of {year}: it was not consolidated",
    ),
    help: Text::new(
        "se i dati sono del {year}, correggere l’anno nel titolo e nel nome del foglio; altrimenti non serve fare nulla",
        "if the data are of {year}, mend the year in the title and the sheet's name; else nothing needs doing",
    ),
};

/// Last year's title over this year's data.
pub static OLD_TITLE: Code = Code {
    id: "S002",
    slug: "title-of-another-year",
    severity: Severity::Warning,
    message: Text::new(
        "il titolo dice {seen}, ma {evidence} sono del {year}: consolidato; il titolo è rimasto vecchio",
        "the title says {seen}, but {evidence} are of {year}: consolidated; the title was left in",
    ),
    help: Text::new("correggere l’anno nel titolo", "mend the year in the title"),
};

/// A sheet without a year in a sub-folder of another one.
pub static FOLDER_OF_OTHER_YEAR: Code = Code {
    id: "X038",
    slug: "sub-folder-of-another-year",
    severity: Severity::Warning,
    message: Text::new(
        "la sottocartella è del {seen}, non del {year}, e il foglio non dice di che anno è: non è stato consolidato",
        "the sub-folder is of {seen}, not of {year}, and the sheet does not say its year: it was not consolidated",
    ),
    help: Text::new(
        "se i dati sono del {year}, scrivere l’anno nel titolo del foglio o spostare il file; altrimenti non serve fare nulla",
        "if the data are of {year}, write the year in the sheet's title or move the file; else nothing needs doing",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&OTHER_YEAR, &OLD_TITLE, &FOLDER_OF_OTHER_YEAR];

/// Whether a table is taken, and what is to be said of its year.
pub enum Verdict {
    /// Of the reporting year, or of no stated one.
    Take(Option<Finding>),
    /// Of another year.
    Leave(Finding),
}

/// Decides for one table.
pub fn verdict(sheet: &Sheet, table: &Table, year: i16) -> Verdict {
    // Costs of several years stand side by side by nature.
    if table.kind.id == "staff_costs" {
        return Verdict::Take(None);
    }
    // A plan of several years has the reporting year in it, whatever year the sheet is of.
    let alone: Vec<i16> = table.context.titles.iter().filter_map(|(title, _)| date::year_beside_span(title)).collect();
    let title = if alone.is_empty() { &table.context.title_years } else { &alone };
    let file = date::years_of_file(&table.file);
    // The file's name speaks only where neither title nor sheet do.
    let silent = title.is_empty() && table.context.sheet_years.is_empty();
    let name = if silent { &file } else { &table.context.sheet_years };
    if silent && file.is_empty() {
        return of_folder(sheet, table, year);
    }
    if silent && !file.contains(&year) && evidence(sheet, table, year).is_some() {
        return Verdict::Take(None);
    }
    let (titled, named) = (title.contains(&year), name.contains(&year));
    let (title_other, name_other) = (!title.is_empty() && !titled, !name.is_empty() && !named);
    if !title_other && (!name_other || titled) {
        return Verdict::Take(None);
    }
    let seen = title.iter().chain(name).find(|seen| **seen != year).copied().unwrap_or(year);
    let at = title_place(table, seen);
    if title_other && !name_other {
        let evidence = if named {
            Some(Text::new("il nome del foglio e i dati", "the sheet's name and data"))
        } else {
            evidence(sheet, table, year)
        };
        if let Some(evidence) = evidence {
            let finding = Finding::new(&OLD_TITLE, at).with("seen", seen.to_string()).with("year", year.to_string());
            return Verdict::Take(Some(finding.with("evidence", evidence)));
        }
    }
    Verdict::Leave(Finding::new(&OTHER_YEAR, at).with("seen", seen.to_string()).with("year", year.to_string()))
}

/// Decides for a table of which nothing but the file's sub-folder can say the year.
fn of_folder(sheet: &Sheet, table: &Table, year: i16) -> Verdict {
    let years = date::years_of_folders(&table.file);
    let Some(seen) = years.iter().max().filter(|_| !years.contains(&year)) else { return Verdict::Take(None) };
    if evidence(sheet, table, year).is_some() {
        return Verdict::Take(None);
    }
    let finding = Finding::new(&FOLDER_OF_OTHER_YEAR, Place::sheet(&table.file, &table.sheet));
    Verdict::Leave(finding.with("seen", seen.to_string()).with("year", year.to_string()))
}

/// The cell of the title that names the year, else the sheet.
fn title_place(table: &Table, seen: i16) -> Place {
    let names = |text: &str| date::years_of_titles(std::iter::once(text)).contains(&seen);
    let title = table.context.titles.iter().find(|(text, _)| names(text));
    match title {
        Some((_, (row, col))) => Place::cell(&table.file, &table.sheet, *row, *col),
        None => Place::sheet(&table.file, &table.sheet),
    }
}

/// What in the table is of the reporting year: most of its dates, or its notes.
fn evidence(sheet: &Sheet, table: &Table, year: i16) -> Option<Text> {
    let (mut right, mut wrong) = (0, 0);
    let mut noted = false;
    for row in sheet.rows_between(table.body_rows.0, table.body_rows.1) {
        for cell in row.cells() {
            let column = table.at(cell.col).map(|mapped| &mapped.role);
            let is_date = matches!(column, Some(Role::Column(column)) if column.content == Content::Date);
            let named = match &cell.value {
                Value::Number(serial) if is_date || sheet.format(cell).kind == FormatKind::Date => {
                    date::from_serial(*serial, sheet.date_1904).map(|day| day.year())
                }
                Value::Text(text) if is_date => date::parse(text, year).ok().map(|day| day.year()),
                Value::Text(text) => {
                    noted |= date::years(text).contains(&year);
                    None
                }
                _ => None,
            };
            match named {
                Some(named) if named == year => right += 1,
                Some(_) => wrong += 1,
                None => {}
            }
        }
    }
    if right > 0 && right >= wrong {
        return Some(Text::new("le date", "the dates"));
    }
    (noted && wrong == 0).then_some(Text::new("le note", "the notes"))
}
