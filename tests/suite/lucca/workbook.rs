//! The figures in the workbook: in its cells, and behind the names that people and other formulas use.

use calamine::Data;

use super::{BOOK, COSTS, OBJECTIVES, PROCEDURES};

const ONE: &str = "Allegato 1";
const TWO: &str = "Allegato 2";
const THREE: &str = "Allegato 3";
const COST: &str = "Costo del personale";

/// Whether a number is shown as this text, which has as many decimals as the cell shows.
fn shown(number: f64, text: &str) -> bool {
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    format!("{number:.decimals$}") == text
}

/// A name's cell holds exactly this number, and stands in this sheet.
fn behind(name: &str, sheet: &str, text: &str) {
    let exact: f64 = text.parse().expect("a number");
    assert_eq!(BOOK.named(name), exact, "{name}");
    assert_eq!(BOOK.place(name).0, sheet, "{name}");
}

/// `A3_Segretario_Generale_3`.
fn name_of(holder: &str, number: &str) -> String {
    format!("A3_{}_{number}", holder.replace(", ", "_").replace(' ', "_"))
}

#[test]
fn the_sheets_are_all_there() {
    let mut sheets = ["Riepilogo", ONE, TWO, THREE, COST, "Risorse", "Target strategici", "Anomalie", "Fonti"].to_vec();
    sheets.sort_unstable();
    assert_eq!(BOOK.sheets(), sheets);
}

#[test]
fn allegato_1() {
    let (mut counted, mut not_counted) = (0, 0);
    let end = BOOK.row_of(ONE, 3, 0, "TOTALE");
    // Titles of areas and sections have no process beside them.
    for row in (3..end).filter(|row| !BOOK.text(ONE, (*row, 1)).is_empty()) {
        match BOOK.cell(ONE, (row, 6)) {
            Data::Float(score) => {
                assert_eq!(*score, 100.0, "row {}", row + 1);
                counted += 1;
            }
            Data::String(text) => {
                assert_eq!(text, "N.C.", "row {}", row + 1);
                not_counted += 1;
            }
            other => panic!("row {} holds {other:?}", row + 1),
        }
    }
    assert_eq!((counted, not_counted), (34, 3));
    for (label, name, text) in [
        ("TOTALE", "A1_TOTALE", "3400"),
        ("N. PROCESSI", "A1_PROCESSI", "34"),
        ("PERCENTUALE", "A1_PERCENTUALE", "100.00"),
    ] {
        behind(name, ONE, text);
        let row = BOOK.row_of(ONE, end, 0, label);
        assert_eq!(BOOK.place(name).1, (row, 6), "{name} is beside {label}");
    }
}

#[test]
fn every_row_of_allegato_1_stands_under_its_own_section() {
    let end = BOOK.row_of(ONE, 3, 0, "TOTALE");
    let mut under = String::new();
    for row in 3..end {
        let first = BOOK.text(ONE, (row, 0));
        if BOOK.text(ONE, (row, 1)).is_empty() {
            under = first.split(' ').next().unwrap_or_default().to_owned();
        } else if !first.is_empty() {
            // A code is one cell over all its rows.
            assert!(first.starts_with(&under), "{first} stands under {under}");
        }
    }
}

#[test]
fn allegato_2() {
    for (number, _, _, _, score) in PROCEDURES {
        let row = BOOK.row_of(TWO, 3, 0, number);
        assert!(shown(BOOK.number(TWO, (row, 5)), score), "{number}: {}", BOOK.number(TWO, (row, 5)));
    }
    for (label, name, text) in [("MEDIA", "A2_MEDIA", "89.95"), ("MEDIA ARROTONDATA", "A2_ARROTONDATA", "90")] {
        behind(name, TWO, text);
        assert_eq!(BOOK.place(name).1, (BOOK.row_of(TWO, 3, 0, label), 5), "{name} is beside {label}");
    }
}

#[test]
fn allegato_3() {
    for (holder, number, score) in OBJECTIVES {
        let name = name_of(holder, number);
        behind(&name, THREE, score);
        let (row, col) = BOOK.place(&name).1;
        let title = BOOK.row_of(THREE, 3, 0, &holder.to_uppercase());
        assert!(title < row, "{name} stands below its holder");
        assert_eq!((BOOK.text(THREE, (row, 0)).as_str(), col), (number, 4), "{name}");
    }
    // The first indicator of the first objective comes from the other two annexes.
    let (row, col) = BOOK.place("A3_Ente_1").1;
    assert_eq!(BOOK.number(THREE, (row + 1, col)), 95.0);
}

#[test]
fn staff_costs() {
    for (year, total, difference, variation) in COSTS {
        behind(&format!("COSTO_{year}"), COST, total);
        behind(&format!("VARIAZIONE_{year}"), COST, variation);
        let row = BOOK.row_of(COST, 3, 0, &year.to_string());
        assert_eq!(BOOK.place(&format!("COSTO_{year}")).1, (row, 4));
        assert_eq!(BOOK.place(&format!("VARIAZIONE_{year}")).1, (row, 6));
        assert!(shown(BOOK.number(COST, (row, 5)), difference), "{year}");
        let sum: f64 = (1..=3).map(|col| BOOK.number(COST, (row, col))).sum();
        assert!(shown(sum, total), "{year}: the entities sum to {sum}");
    }
}

#[test]
fn the_summary_quotes_the_same_figures() {
    let sheet = "Riepilogo";
    for (label, text) in [
        ("Processi conteggiati", "34"),
        ("Processi N.C.", "3"),
        ("Totale dei risultati", "3400.00"),
        ("Percentuale di realizzazione", "100.00"),
        ("Procedimenti conteggiati", "6"),
        ("Media", "89.95"),
        ("Media arrotondata", "90"),
        ("2019", "3272845.34"),
    ] {
        let row = BOOK.row_of(sheet, 3, 0, label);
        assert!(shown(BOOK.number(sheet, (row, 1)), text), "{label}");
    }
    // The objectives stand to the right of the page, where the chart takes them from.
    let first = BOOK.row_of(sheet, 3, 8, "Ente");
    for (row, (holder, number, score)) in (first..).zip(OBJECTIVES) {
        let title = BOOK.text(sheet, (row, 8));
        assert_eq!((title.is_empty(), BOOK.text(sheet, (row, 9)).as_str()), (number != "1", number), "{holder}");
        assert!(shown(BOOK.number(sheet, (row, 10)), score), "{holder}/{number}");
    }
}

#[test]
fn every_file_is_in_fonti_and_every_finding_in_anomalie() {
    let column = |sheet: &str, col: u32| -> Vec<String> {
        (3..BOOK.rows(sheet)).map(|row| BOOK.text(sheet, (row, col))).filter(|text| !text.is_empty()).collect()
    };
    let files = column("Fonti", 0);
    for source in super::JSON["sources"].as_array().expect("sources") {
        assert!(files.iter().any(|file| source["file"] == file.as_str()), "{} is not in Fonti", source["file"]);
    }
    let mut codes = column("Anomalie", 1);
    codes.retain(|code| code.len() == 4);
    let mut found: Vec<&str> =
        crate::sample::findings(&super::JSON).iter().map(|finding| finding["code"].as_str().expect("a code")).collect();
    // There they stand by gravity and office, here by file.
    codes.sort_unstable();
    found.sort_unstable();
    assert_eq!(codes, found);
}
