//! The writers are checked by reading their files with a reader that is not ours.

use calamine::{Data, Reader, SheetVisible, open_workbook_auto};

use super::grid::{Book, Value, Visibility};
use super::text::parse;

const GRID: &str = "\
# sheet: Prima
# merge: A1:C1  A4:A5
# hidden: 6  C
Carta dei servizi – anno 2019

Codice | Processo è | Valore\\nrilevato | Data | Quota
3.1.1 | Accesso «A» & \"B\" | 8.75 | 2019-03-12 [date] | 0.9 [0%]
 | 12\\_gg | '12 | 43536 [serial] | 1234.5 [#,##0.00 \"€\"]
x | =AVERAGE(C4:C4) -> 0.6 | =\"a\" -> testo | #REF! [error] | TRUE [bool]
# sheet: OLD [hidden]
uno
";

/// Reads a written file and returns what calamine sees at each place of the grid above.
fn check(extension: &str, date_1904: bool) {
    let mut book = parse(GRID).book;
    book.date_1904 = date_1904;
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join(format!("prova.{extension}"));
    super::write(&book, &path);
    let mut read = open_workbook_auto(&path).expect("calamine opens it");
    let states: Vec<SheetVisible> = read.sheets_metadata().iter().map(|sheet| sheet.visible).collect();
    assert_eq!(states, [SheetVisible::Visible, SheetVisible::Hidden], "{extension}");
    let range = read.worksheet_range("Prima").expect("first sheet");
    for ((row, col), cell) in &book.sheets[0].cells {
        let got = range.get_value((*row, *col)).unwrap_or(&Data::Empty);
        let right = match (cell.stored(), got) {
            (Some(Value::Text(text)), Data::String(got)) => got == text,
            (Some(Value::Number(number)), Data::Float(got)) => got == number,
            (Some(Value::Number(number)), Data::Int(got)) => *got as f64 == *number,
            (Some(Value::Date(serial)), Data::DateTime(got)) => {
                let (year, month, day, ..) = got.to_ymd_hms_milli();
                format!("{year}-{month:02}-{day:02}") == super::shown::day(*serial).to_string()
            }
            (Some(Value::Date(serial)), Data::Float(got)) => *got == book.serial(*serial) || got == serial,
            (Some(Value::Date(serial)), Data::Int(got)) => *got as f64 == book.serial(*serial),
            (Some(Value::Date(serial)), Data::DateTimeIso(got)) => {
                got.starts_with(&super::shown::day(*serial).to_string())
            }
            (Some(Value::Bool(truth)), Data::Bool(got)) => got == truth,
            (Some(Value::Error(_)), Data::Error(_)) => true,
            (Some(Value::Error(_)), Data::String(_) | Data::Empty) => extension == "ods",
            _ => false,
        };
        assert!(right, "{extension} {}: {cell:?} came back as {got:?}", super::grid::a1(*row, *col));
    }
}

#[test]
fn xlsx_reads_back() {
    check("xlsx", false);
    check("xlsx", true);
}

#[test]
fn ods_reads_back() {
    check("ods", false);
}

#[test]
fn xls_reads_back() {
    check("xls", false);
    check("xls", true);
}

#[test]
fn xlsb_reads_back() {
    check("xlsb", false);
    check("xlsb", true);
}

#[test]
fn merges_and_hidden_parts_are_kept_by_the_text_form() {
    let book = parse(GRID).book;
    let sheet = &book.sheets[0];
    assert_eq!(sheet.merges, [(0, 0, 0, 2), (3, 0, 4, 0)]);
    assert!(sheet.hidden_rows.contains(&5) && sheet.hidden_cols.contains(&2));
    assert_eq!(book.sheets[1].visibility, Visibility::Hidden);
    assert_eq!(sheet.cells.get(&(3, 4)).map(|cell| cell.code()), Some("0%"));
}

#[test]
fn a_text_file_shows_what_a_person_sees() {
    let mut book: Book = parse("a | 1234.5 [#,##0.00 \"€\"] | 0.9 [0%] | 8.75 | 2019-03-12 [date]").book;
    let text = String::from_utf8(super::delimited::bytes(&book)).expect("UTF-8");
    assert_eq!(text, "\u{feff}a;1.234,50 €;90%;8,75;12/03/2019\r\n");
    (book.delimiter, book.decimal_comma) = (',', false);
    let text = String::from_utf8(super::delimited::bytes(&book)).expect("UTF-8");
    assert_eq!(text, "\u{feff}a,\"1,234.50 €\",90%,8.75,12/03/2019\r\n");
}

#[test]
fn a_grid_is_delivered_under_the_name_it_asks_for() {
    let folder = tempfile::tempdir().expect("folder");
    assert_eq!(super::deliver(GRID, "caso", folder.path()), "caso.xlsx");
    let name = super::deliver("# file: Area I/invio.csv\n# csv: ; windows-1252 comma\nè | 8.75", "caso", folder.path());
    let bytes = std::fs::read(folder.path().join(name)).expect("delivered");
    assert_eq!(bytes, b"\xE8;8,75\r\n");
}
