//! What a table calls its rows by: names and codes that some of them lack, codes with a slip.

use crate::finding::{Code, Finding, Findings, Severity, Text, Word};
use crate::kinds::charter::Record;
use crate::kinds::reader::{Origin, Records};
use crate::kinds::table::Table;
use crate::sheet::Sheet;
use crate::value::fold::is_blank;

/// Records without the name or the code that the others of their table have.
pub static MISSING: Code = Code {
    id: "S023",
    slug: "name-or-code-missing",
    severity: Severity::Warning,
    message: Text::new(
        "«{column}» manca in {rows}: manca anche nel documento consolidato",
        "\"{column}\" is missing in {rows}, and so it is in the consolidated document",
    ),
    help: Text::new(
        "completare la cella; se il valore è quello della riga sopra, ripeterlo",
        "fill in the cell; if the value is that of the row above, repeat it",
    ),
};

/// A code with a letter where a digit belongs.
pub static MISTYPED: Code = Code {
    id: "S024",
    slug: "code-mistyped",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» ha una lettera al posto di una cifra ({meant}?): usato così",
        "\"{seen}\" has a letter in place of a digit ({meant}?): used as it is",
    ),
    help: Text::new("riscrivere il codice con le sole cifre", "type the code with digits only"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&MISSING, &MISTYPED];

/// Tells which records of a table lack what the others are called by, and codes with a slip.
pub fn missing(sheet: &Sheet, table: &Table, records: &Records, findings: &mut Findings) {
    let Records { charter, objectives, resources, targets, .. } = records;
    lacking(table, "process", charter.iter().map(|record| (&*record.process, &record.origin)), findings);
    let codes = (0..charter.len()).map(|at| (own_code(sheet, table, charter, at), &charter[at].origin));
    lacking(table, "code", codes, findings);
    let named = objectives.iter().map(|record| (&*record.number, &record.origin, &*record.title));
    let named = named.map(|(number, origin, title)| (if number.is_empty() { title } else { number }, origin));
    lacking(table, "objective", named, findings);
    lacking(table, "objective", resources.iter().map(|record| (&*record.objective, &record.origin)), findings);
    lacking(table, "objective", targets.iter().map(|record| (&*record.objective, &record.origin)), findings);
    lacking(table, "target", targets.iter().map(|record| (&*record.target, &record.origin)), findings);
    if table.col("code").is_some() {
        for record in charter {
            let Some(meant) = digits_meant(&record.code) else { continue };
            let finding = Finding::new(&MISTYPED, record.origin.place("code"));
            findings.push(finding.with("seen", record.code.clone()).with("meant", meant));
        }
    }
}

/// A standard's code, unless it is that of the section above it while the standard beside it has one of its own.
fn own_code<'a>(sheet: &Sheet, table: &Table, records: &'a [Box<Record>], at: usize) -> &'a str {
    let record = &records[at];
    let code = &*record.code;
    let goes_on = |other: &Record| {
        // Most are as long as this one.
        other.code.len() > code.len() && other.code.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'))
    };
    let beside =
        [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| records.get(at).map(Box::as_ref));
    let of_section = !code.is_empty()
        && beside.into_iter().any(goes_on)
        && table.col("code").is_some_and(|col| sheet.text(record.origin.row, col).trim().is_empty());
    if of_section { "" } else { code }
}

fn lacking<'a>(
    table: &Table,
    id: &str,
    records: impl ExactSizeIterator<Item = (&'a str, &'a Origin)>,
    findings: &mut Findings,
) {
    let Some(mapped) = table.mapped(id) else { return };
    let all = records.len();
    let lacking: Vec<&Origin> = records.filter(|(text, _)| is_blank(text)).map(|(_, origin)| origin).collect();
    let count = lacking.len();
    // A code that none has is not what this table calls its rows by.
    if count == 0 || (count == all && id == "code") {
        return;
    }
    let rows = match count {
        1 => Word::Text(Text::new("una riga", "one row")),
        _ => Word::Both(format!("{count} righe"), format!("{count} rows")),
    };
    if let Some(finding) = Finding::over(&MISSING, lacking.iter().map(|origin| origin.place(id))) {
        findings.push(finding.with("column", mapped.header.clone()).with("rows", rows));
    }
}

/// `3.2.l` for 3.2.1, `3.O.1` for 3.0.1: the code that was meant, when a letter that looks like a digit stands in it.
fn digits_meant(code: &str) -> Option<String> {
    let digit = |letter: char| match letter {
        'l' | 'I' => '1',
        'O' | 'o' => '0',
        other => other,
    };
    if code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') || !code.contains('.') {
        return None;
    }
    let meant: String = code.chars().map(digit).collect();
    let numbers = meant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (numbers && code.contains(|c: char| c.is_ascii_digit())).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::digits_meant;

    #[test]
    fn letters_that_look_like_digits_are_told_in_codes_of_digits_only() {
        for (code, meant) in [("3.2.l", "3.2.1"), ("3.O.1", "3.0.1"), ("I.2", "1.2")] {
            assert_eq!(digits_meant(code).as_deref(), Some(meant), "{code}");
        }
        for code in ["3.2.1", "A.1.b", "3.2.1a", "l", "", "O.I", "Ol"] {
            assert_eq!(digits_meant(code), None, "{code}");
        }
    }
}
