//! What others read wrong without a word, and what this program does instead: each flaw is a test by its name.

use std::path::Path;

use serde_json::Value;

use crate::harness::deliver;
use crate::harness::run::{Outcome, run};
use crate::museum::raw::{edit, encrypted};

/// Head of a Carta sheet; rows of its table follow.
const CARTA: &str = "# sheet: Carta\nUfficio Albi – Carta dei servizi – anno 2019\n\n\
    CODICE | PROCESSO/SERVIZIO | VALORE PROGRAMMATO | VALORE RILEVATO | RISULTATO | NOTE\n";
/// A plan with one procedure, proved by a log of cases within 30 days.
const PLAN: &str = "# file: elenco.xlsx\n# sheet: Elenco 2019\nN. | Procedimento | Risultato atteso | Fonte\n\
    1 | Pagamento fatture | pagamento a 30 gg. | Ragioneria\n";
/// Head of that log.
const LOG: &str =
    "# sheet: Fatture\nProcedimento: Pagamento fatture\n\nN. fattura | Data protocollo | Data pagamento\n";

/// Runs the program on a folder of grids, after something was done to it.
fn after(grids: &[String], change: impl Fn(&Path)) -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    for (at, grid) in grids.iter().enumerate() {
        deliver(grid, &format!("foglio{}", at + 1), folder.path());
    }
    change(folder.path());
    let outcome = run(folder.path());
    assert!(!outcome.json.is_null(), "{}{}", outcome.stdout, outcome.stderr);
    outcome
}

fn of(grids: &[String]) -> Outcome {
    after(grids, |_| ())
}

/// A Carta sheet with these rows.
fn carta(rows: &str) -> String {
    format!("{CARTA}{rows}")
}

/// The standard with a code.
fn standard<'a>(outcome: &'a Outcome, code: &str) -> &'a Value {
    let rows = outcome.json["charter"]["rows"].as_array().expect("standards");
    rows.iter().find(|row| row["code"] == code).unwrap_or_else(|| panic!("{code} is not among {rows:#?}"))
}

/// Errors and warnings as `CODE FILE › SHEET › CELL`.
fn said(outcome: &Outcome) -> Vec<String> {
    crate::kinds::told(&outcome.json)
}

#[test]
fn an_error_a_missing_result_and_a_blank_are_three_things() {
    let outcome = of(&[carta(
        "1.1.1 | Errore | 10 gg. | #DIV/0! [error]\n1.1.2 | Senza risultato | 10 gg. | =K1\n1.1.3 | Vuoto | 10 gg. |\n",
    )]);
    assert_eq!(
        said(&outcome),
        ["C001 foglio1.xlsx › Carta › D4", "C002 foglio1.xlsx › Carta › D5", "P002 foglio1.xlsx › Carta › D6"]
    );
    for code in ["1.1.1", "1.1.2", "1.1.3"] {
        assert_eq!(standard(&outcome, code)["status"], "incomplete");
    }
}

#[test]
fn a_zero_that_a_library_stored_for_a_formula_is_not_a_result() {
    let rows = "1.1.1 | Formula mai calcolata | 10 gg. | =AVERAGE(K1:K9) -> 0\n1.1.2 | Zero scritto | 10 gg. | 0\n";
    let outcome = of(&[format!("# compute\n# by: libreria\n{}", carta(rows))]);
    assert_eq!(said(&outcome), ["C003 foglio1.xlsx › Carta › D4"]);
    assert_eq!(standard(&outcome, "1.1.2")["measured_days"], "0");
    let outcome = of(&[carta(rows)]);
    assert_eq!(said(&outcome), Vec::<String>::new(), "saved by a program that computes, the same 0 is a result");
    assert_eq!(standard(&outcome, "1.1.1")["score"], "100.00");
}

#[test]
fn forty_five_per_cent_is_one_value_in_three_notations_and_a_bare_fraction_beside_them_is_refused() {
    let head = "# sheet: Target\nTarget strategici 2019\n\nObiettivo strategico | Target | Risultato conseguito\n";
    let rows = "1A | 1 | 0.45 [0%]\n1A | 2 | 45\n1A | 3 | 45 %\n1A | 4 | 0.45\n1A | 5 | 0,45%\n";
    let outcome = of(&[format!("{head}{rows}")]);
    let scores: Vec<&Value> =
        outcome.json["targets"].as_array().expect("targets").iter().map(|row| &row["score"]).collect();
    let wanted = [Value::from("45.00"), Value::from("45.00"), Value::from("45.00"), Value::Null, Value::from("0.45")];
    assert_eq!(scores, wanted.iter().collect::<Vec<_>>());
    assert_eq!(said(&outcome), ["C012 foglio1.xlsx › Target › C7"]);
}

#[test]
fn hidden_rows_are_read_and_said() {
    let outcome = of(&[format!(
        "# file: albi.ods\n{}# hidden: 5\n1.1.1 | A vista | 10 gg. | 8 gg.\n1.1.2 | Filtrato | 10 gg. | 9 gg.\n",
        CARTA
    )]);
    assert_eq!(standard(&outcome, "1.1.2")["measured_days"], "9");
    assert_eq!(said(&outcome), ["S004 albi.ods › Carta"]);
}

#[test]
fn a_hidden_sheet_is_not_read_even_when_it_is_the_first() {
    for format in ["xlsx", "xls", "ods"] {
        let hidden = CARTA.replace("Carta\n", "Prova [hidden]\n");
        let grid = format!(
            "# file: albi.{format}\n{hidden}1.1.1 | Iscrizione | 10 gg. | 99 gg.\n{CARTA}1.1.1 | Iscrizione | 10 gg. | 8 gg.\n"
        );
        let outcome = of(&[grid]);
        assert_eq!(standard(&outcome, "1.1.1")["measured_days"], "8", "{format}");
        assert_eq!(outcome.json["charter"]["rows"].as_array().map(Vec::len), Some(1));
        assert_eq!(said(&outcome), [format!("S003 albi.{format} › Prova")]);
    }
}

#[test]
fn a_declared_dimension_is_never_believed() {
    // Too small it would hide rows; the whole sheet it would cost minutes and gigabytes.
    for dimension in ["A1:B2", "A1:XFD1048576", "Z900:AB901", "pippo"] {
        let grids = [carta("1.1.1 | Iscrizione | 10 gg. | 8 gg.\n1.1.2 | Cancellazione | 10 gg. | 9 gg.\n")];
        let outcome = after(&grids, |folder| {
            edit(&folder.join("foglio1.xlsx"), |name, text| {
                let declared = format!("<dimension ref=\"{dimension}\"/><sheetData>");
                if name.contains("/sheet") { text.replacen("<sheetData>", &declared, 1) } else { text }
            });
        });
        assert_eq!(standard(&outcome, "1.1.2")["measured_days"], "9", "{dimension}");
        assert_eq!(said(&outcome), Vec::<String>::new(), "{dimension}");
    }
}

#[test]
fn blank_rows_neither_end_a_table_nor_shift_its_row_numbers() {
    let rows = "1.1.1 | Iscrizione | 10 gg. | 8 gg.\n\n\n\n1.1.2 | Cancellazione | 10 gg. | boh\n";
    for format in ["xlsx", "xls", "ods", "csv", "tsv"] {
        let separator = if format == "tsv" { "# csv: tab\n" } else { "" };
        let outcome = of(&[format!("# file: carta.{format}\n{separator}{}", carta(rows))]);
        let sheet = if matches!(format, "csv" | "tsv") { "carta" } else { "Carta" };
        assert_eq!(said(&outcome), [format!("C010 carta.{format} › {sheet} › D8")]);
        assert_eq!(standard(&outcome, "1.1.2")["sources"][0]["row"], 8, "{format}");
    }
}

#[test]
fn one_bad_file_does_not_stop_the_batch() {
    let grids = [carta("1.1.1 | Iscrizione | 10 gg. | 8 gg.\n"), carta("2.2.1 | Protesti | 10 gg. | 9 gg.\n")];
    let outcome = after(&grids, |folder| {
        std::fs::write(folder.join("a.xlsx"), b"PK\x03\x04 troncato").expect("a bad file");
        std::fs::write(folder.join("foglio1 bis.xlsx"), b"").expect("an empty file");
        std::fs::write(folder.join("z.xls"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 niente").expect("a bad file");
    });
    assert_eq!(standard(&outcome, "1.1.1")["status"], "counted");
    assert_eq!(standard(&outcome, "2.2.1")["status"], "counted");
    let mut said = said(&outcome);
    said.sort();
    assert_eq!(said, ["F004 foglio1 bis.xlsx", "F005 a.xlsx", "F005 z.xls"]);
    assert_eq!(outcome.exit, Some(1));
}

#[test]
fn columns_that_only_later_files_have_are_read() {
    let first = "# sheet: A\nCarta dei servizi 2019\nCODICE | PROCESSO/SERVIZIO | VALORE PROGRAMMATO | VALORE RILEVATO\n1.1.1 | Iscrizione | 10 gg. | 8 gg.\n";
    let second = "# sheet: B\nCarta dei servizi 2019\nNOTE | RILEVATO | PROGRAMMATO | UFFICIO | SERVIZIO | COD.\n\
         sciopero | 12 gg. | 10 gg. | Protesti | Cancellazione | 2.2.1\n";
    let outcome = of(&[first.to_owned(), second.to_owned()]);
    let row = standard(&outcome, "2.2.1");
    assert_eq!([&row["office"], &row["notes"], &row["score"]], ["Protesti", "sciopero", "80.00"]);
    assert_eq!(said(&outcome), Vec::<String>::new());
}

#[test]
fn na_is_a_text_and_no_blank() {
    let outcome = of(&[carta(
        "1.1.1 | NA | 10 gg. | 8 gg.\n1.1.2 | Iscrizione | 10 gg. | NA\n1.1.3 | Cancellazione | 10 gg. |\n",
    )]);
    assert_eq!(standard(&outcome, "1.1.1")["process"], "NA");
    let row = standard(&outcome, "1.1.2");
    assert_eq!([&row["measured"], &row["status"]], ["NA", "not_counted"]);
    assert_eq!(standard(&outcome, "1.1.3")["status"], "incomplete");
    assert_eq!(said(&outcome), ["P002 foglio1.xlsx › Carta › D6"]);
}

#[test]
fn thirty_six_hours_stay_thirty_six_hours() {
    let outcome = of(&[carta("1.1.1 | Formato ore | 48 ore | 1.5 [[h]:mm]\n1.1.2 | Oltre | 24 ore | 1.5 [[h]:mm]\n")]);
    assert_eq!(standard(&outcome, "1.1.1")["measured_days"], "1.5");
    assert_eq!(standard(&outcome, "1.1.2")["score"], "50.00");
    assert_eq!(said(&outcome), ["P004 foglio1.xlsx › Carta › D5"]);
    // As a text it is read so too, or its cell is named; never 36 minutes or 36 days.
    let outcome = of(&[format!("# file: ore.csv\n{}", carta("1.1.1 | Testo | 48 ore | 36:00\n"))]);
    let days = &standard(&outcome, "1.1.1")["measured_days"];
    assert!(
        days == "1.5" || (days.is_null() && said(&outcome).contains(&"C010 ore.csv › ore › D4".to_owned())),
        "{days}"
    );
}

#[test]
fn real_dates_text_dates_and_serials_in_one_column_are_all_dates() {
    let rows = "1 | 2019-03-01 [date] | 2019-03-11 [date]\n2 | 01/03/2019 | 11.03.2019\n3 | 43525 [serial] | 11 marzo 2019\n\
         4 | 2019-03-01 | 11/3\n5 | 1-3-19 | 43535 [serial]\n";
    let outcome = of(&[PLAN.to_owned(), format!("# file: fatture.xlsx\n{LOG}{rows}")]);
    let evidence = &outcome.json["procedures"]["rows"][0]["evidence"];
    assert_eq!([&evidence["total"], &evidence["met"]], [5, 5]);
    assert_eq!([&evidence["mean_days"], &evidence["max_days"]], ["10", "10"]);
    assert_eq!(said(&outcome), Vec::<String>::new());
}

#[test]
fn the_day_comes_before_the_month() {
    // 3 April to 4 May; read the other way round it would be 4 March to 5 April.
    let outcome = of(&[
        PLAN.to_owned(),
        format!("# file: fatture.csv\n{LOG}1 | 03/04/2019 | 04/05/2019\n2 | 01/13/2019 | 02/02/2019\n"),
    ]);
    let evidence = &outcome.json["procedures"]["rows"][0]["evidence"];
    assert_eq!([&evidence["total"], &evidence["met"]], [1, 0]);
    assert_eq!(evidence["mean_days"], "31");
    assert_eq!(said(&outcome), ["C011 fatture.csv › fatture › B5"]);
}

#[test]
fn a_file_with_a_password_is_named_as_such() {
    for name in ["ragioneria.xlsx", "ragioneria.xls", "ragioneria"] {
        let outcome = after(&[carta("1.1.1 | Iscrizione | 10 gg. | 8 gg.\n")], |folder| {
            std::fs::write(folder.join(name), encrypted()).expect("a protected file");
        });
        assert_eq!(said(&outcome), [format!("F002 {name}")]);
        let finding = &outcome.json["findings"].as_array().expect("findings")[0];
        assert!(finding["message"].as_str().is_some_and(|text| text.contains("password")), "{finding}");
        assert_eq!(standard(&outcome, "1.1.1")["status"], "counted");
    }
}
