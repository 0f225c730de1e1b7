//! Evidence of several procedures in one table: all of its rows are counted for the one that it is named by.

use super::layout::is_blank;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::table::{Mapped, Role, Table};
use crate::place::Place;
use crate::sheet::Sheet;
use crate::value::fold::{fold, folds_to, words};

/// A column of procedures that names more than one.
pub static SEVERAL_PROCEDURES: Code = Code {
    id: "S045",
    slug: "several-procedures",
    severity: Severity::Warning,
    message: Text::new(
        "la colonna «{column}» nomina più procedimenti («{first}», «{second}»): le righe sono contate tutte insieme",
        "the column \"{column}\" names several procedures (\"{first}\", \"{second}\"): their rows are counted together",
    ),
    help: Text::new(
        "fare un foglio per ogni procedimento, con «Procedimento: …» sopra la tabella",
        "make a sheet for each procedure, with \"Procedimento: …\" above its table",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&SEVERAL_PROCEDURES];

/// Tells a log that names the procedure of each of its cases, when they are not all of the same.
pub fn report(sheet: &Sheet, table: &Table, records: &[u32], findings: &mut Findings) {
    if table.kind.id != "cases" {
        return;
    }
    let names = |mapped: &&Mapped| matches!(mapped.role, Role::Unknown) && names_procedure(&mapped.header);
    let Some(mapped) = table.columns.iter().find(names) else { return };
    let mut first: Option<(String, String)> = None;
    for (row, cell) in sheet.down(records, mapped.col) {
        let Some(cell) = cell.filter(|cell| !is_blank(cell)) else { continue };
        let Some(text) = cell.text() else { continue };
        let Some((seen, folded)) = &first else {
            first = Some((text.trim().to_owned(), fold(&text)));
            continue;
        };
        if text.as_str() == seen || folds_to(&text, folded) {
            continue;
        }
        let place = Place::cell(&table.file, &table.sheet, row.index, mapped.col);
        let finding = Finding::new(&SEVERAL_PROCEDURES, place).with("column", mapped.header.clone());
        findings.push(finding.with("first", seen.clone()).with("second", text.trim().to_owned()));
        return;
    }
}

/// Whether a header is of the procedure that a case belongs to: `Procedimento`, `Tipo di procedimento`.
fn names_procedure(header: &str) -> bool {
    let words = words(header);
    let is_procedure = |word: &str| matches!(word, "procedimento" | "procedura");
    let is_beside = |word: &str| {
        is_procedure(word)
            || matches!(word, "tipo" | "tipologia" | "nome" | "denominazione" | "descrizione" | "di" | "del" | "della")
    };
    words.iter().any(|word| is_procedure(word)) && words.iter().all(|word| is_beside(word))
}
