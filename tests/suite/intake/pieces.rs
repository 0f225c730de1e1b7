//! A large sheet is read piece by piece, some side by side, and gives what it gives when it is read whole.

use std::fmt::Write;

use allegati::sheet::Sheet;

use super::book::Book;
use super::{messages, open};

/// Enough rows for several pieces.
const ROWS: u32 = 60_000;

/// Another encoding than the usual one: a sheet that begins so is read whole.
const WHOLE: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?>"#;

/// Rows of many kinds of cells; `number` says what stands in a row's tag.
fn rows(number: impl Fn(u32) -> String) -> String {
    let mut rows = String::new();
    for row in 1..=ROWS {
        let hidden = if row % 1_000 == 0 { r#" hidden="1""# } else { "" };
        let _ = write!(
            rows,
            r#"<row{}{hidden}><c><v>{row}</v></c><c t="inlineStr"><is><t>voce {}</t></is></c><c t="d"><v>2019-03-{:02}</v></c><c><f>A{row}*2</f><v>{}</v></c></row>"#,
            number(row),
            row % 300,
            1 + row % 31,
            row * 2,
        );
    }
    rows
}

fn numbered(row: u32) -> String {
    format!(r#" r="{row}""#)
}

/// What a book with these rows gives, and what is said of it.
fn read(beginning: &str, rows: &str) -> (Sheet, Vec<String>) {
    let sheet = format!("{beginning}<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let (opened, findings) = open("prova.xlsx", &Book::with_sheet(&sheet).bytes());
    (opened.expect("its bytes").sheets.remove(0), messages(&findings))
}

fn compare(rows: &str) -> Sheet {
    let ((pieces, said), (whole, also)) = (read("", rows), read(WHOLE, rows));
    assert!(pieces.rows == whole.rows, "other cells");
    assert!(pieces.formulas == whole.formulas && pieces.damaged == whole.damaged, "other formulas or damages");
    assert_eq!(said, also);
    pieces
}

#[test]
fn pieces_give_what_the_whole_gives() {
    let sheet = compare(&rows(numbered));
    assert_eq!((sheet.rows.len(), sheet.count()), (ROWS as usize, 4 * ROWS as usize));
    assert_eq!(sheet.rows.iter().filter(|row| row.hidden()).count(), ROWS as usize / 1_000);
    assert_eq!(sheet.formula(ROWS - 1, 3), Some(&*format!("A{ROWS}*2")));
}

#[test]
fn rows_that_do_not_say_which_they_are_are_counted() {
    let sheet = compare(&rows(|_| String::new()));
    assert_eq!(sheet.rows.last().map(|row| row.index), Some(ROWS - 1));
}

#[test]
fn what_only_looks_like_the_end_of_a_row_ends_none() {
    let rows = rows(numbered).replace("</row>", "</row><!-- nota </row> -->");
    assert_eq!(compare(&rows).rows.len(), ROWS as usize);
}

#[test]
fn a_cell_outside_every_row_stands_where_it_does_in_the_whole() {
    let rows = rows(numbered).replace("</row>", "</row><c><v>7</v></c>");
    assert_eq!(compare(&rows).count(), 5 * ROWS as usize);
}

#[test]
fn a_row_that_comes_again_far_below_replaces_the_first() {
    let again = r#"<row r="2"><c r="A2"><v>-1</v></c></row>"#;
    let sheet = compare(&(rows(numbered) + again));
    assert_eq!(sheet.rows.len(), ROWS as usize);
    assert_eq!(sheet.stored(1, 0).map(|cell| cell.value), Some(allegati::sheet::Value::Number(-1.0)));
}

#[test]
fn cells_without_a_place_and_a_broken_end_are_told_once() {
    let misplaced = r#"<row r="9999999"><c r="ZZZZ1"><v>1</v></c><c s="77"><v>2</v></c></row>"#;
    compare(&rows(numbered).replacen("<row r=\"50000\"", &format!("{misplaced}<row r=\"50000\""), 1));
    let cut = rows(numbered) + "<row><c><v>1</v></row>";
    let (sheet, said) = read("", &cut);
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(sheet.rows.len(), ROWS as usize);
}

/// Shared texts of many kinds, some 6 MB.
fn texts() -> String {
    let mut texts = String::new();
    for at in 0..ROWS {
        let _ = match at % 4 {
            0 => write!(texts, "<si><t>pratica n. {at} &amp; seguito</t></si>"),
            1 => write!(
                texts,
                "<si><r><t xml:space=\"preserve\">Carta {at} </t></r><r><rPr><b/></rPr><t>dei servizi</t></r></si>"
            ),
            2 => write!(texts, "<x:si><x:t xml:space=\"preserve\"> _x0041_ {at} comune </x:t></x:si>"),
            _ => write!(
                texts,
                "<si><t>evasa {at}, si legga &lt;/si&gt;</t><phoneticPr fontId=\"1\"/><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si>"
            ),
        };
    }
    texts
}

/// What a book with these shared texts gives, each shown in a row of its own.
fn read_texts(beginning: &str, texts: &str) -> (Sheet, Vec<String>) {
    let mut rows = String::new();
    (0..ROWS).for_each(|at| _ = write!(rows, r#"<row r="{0}"><c r="A{0}" t="s"><v>{at}</v></c></row>"#, at + 1));
    let part = format!("{beginning}<sst>{texts}</sst>");
    let book = Book::of(&rows).part("xl/sharedStrings.xml", &part);
    let (opened, findings) = open("prova.xlsx", &book.bytes());
    (opened.expect("its bytes").sheets.remove(0), messages(&findings))
}

#[test]
fn shared_texts_in_pieces_are_those_of_the_whole() {
    let all = texts();
    assert!(all.len() > 4 << 20, "{}", all.len());
    // A comment can hold what looks like an end, and a text can be cut off.
    let commented = all.replace("</si>", "</si><!-- </si> -->");
    let cut = &all[..all.len() - 9];
    for texts in [&all[..], &commented, cut] {
        let ((pieces, said), (whole, also)) = (read_texts("", texts), read_texts(WHOLE, texts));
        assert!(pieces.rows == whole.rows, "other texts");
        // The declaration moves the byte where one is cut off.
        assert_eq!(said.len(), also.len(), "{said:?} {also:?}");
        assert_eq!(pieces.text(5, 0), "Carta 5 dei servizi");
        assert_eq!(pieces.text(6, 0), " A 6 comune ");
    }
    let (sheet, said) = read_texts("", &all);
    assert_eq!((sheet.rows.len(), said.len()), (ROWS as usize, 0));
    assert_eq!(sheet.text(ROWS - 1, 0), format!("evasa {}, si legga </si>", ROWS - 1));
}
