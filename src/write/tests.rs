//! The room as a whole: what is written is read back.

use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};

use super::fixture;
use crate::finding::Lang;
use crate::outcome::Outcome;

type Workbook = Xlsx<Cursor<Vec<u8>>>;

fn written(outcome: &Outcome, lang: Lang) -> Workbook {
    Xlsx::new(Cursor::new(super::workbook(outcome, lang, "../").unwrap())).unwrap()
}

/// The value of a defined name, as the sheet stores it.
fn named(workbook: &mut Workbook, name: &str) -> Option<f64> {
    let address = workbook.defined_names().iter().find(|(known, _)| known == name)?.1.clone();
    let (sheet, cell) = address.rsplit_once('!')?;
    let cell = crate::place::CellRef::parse(cell)?;
    let range = workbook.worksheet_range(sheet.trim_matches('\'')).ok()?;
    match range.get_value((cell.row, cell.col))? {
        Data::Float(value) => Some(*value),
        _ => None,
    }
}

fn texts(workbook: &mut Workbook, sheet: &str) -> Vec<String> {
    let range = workbook.worksheet_range(sheet).unwrap();
    range.used_cells().filter_map(|(_, _, data)| data.as_string()).collect()
}

#[test]
fn the_sheets_stand_in_the_order_of_the_contract_in_both_languages() {
    for lang in [Lang::It, Lang::En] {
        assert_eq!(
            written(&fixture::outcome(), lang).sheet_names(),
            [
                "Riepilogo",
                "Allegato 1",
                "Allegato 2",
                "Allegato 3",
                "Costo del personale",
                "Risorse",
                "Target strategici",
                "Anomalie",
                "Fonti",
            ]
        );
    }
}

#[test]
fn every_quoted_figure_stands_behind_its_name() {
    let mut workbook = written(&fixture::outcome(), Lang::It);
    for (name, value) in [
        ("A1_TOTALE", 785.714_285_714_285_7),
        ("A1_PROCESSI", 8.0),
        ("A1_PERCENTUALE", 98.21),
        ("A1_SCOSTAMENTO_MEDIO", 1.79),
        ("TOLLERANZA", 10.0),
        ("A2_MEDIA", 89.95),
        ("A2_ARROTONDATA", 90.0),
        ("A3_Ente_1", 98.82),
        ("A3_Ente_3", 99.8),
        ("A3_Segretario_Generale_1", 99.31),
        ("A3_Dirigente_Area_anagrafico_certificativa_studi_2", 99.62),
        ("COSTO_2016", 3_664_142.24),
        ("COSTO_2017", 3_552_460.39),
        ("VARIAZIONE_2017", -3.05),
        ("VARIAZIONE_2018", -7.06),
    ] {
        let stored = named(&mut workbook, name).unwrap_or_else(|| panic!("{name} is not there"));
        assert!((stored - value).abs() < 1e-9, "{name} is {stored}, not {value}");
    }
}

#[test]
fn a_text_that_begins_like_a_formula_is_no_formula() {
    let mut workbook = written(&fixture::outcome(), Lang::It);
    let texts = texts(&mut workbook, "Allegato 1");
    assert!(texts.iter().any(|text| text == "=3 circa"));
    let formulas = workbook.worksheet_formula("Allegato 1").unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| !formula.contains("circa")));
}

#[test]
fn rows_in_need_of_attention_say_so_in_words() {
    let mut workbook = written(&fixture::outcome(), Lang::It);
    let texts = texts(&mut workbook, "Allegato 1");
    assert!(texts.iter().any(|text| text == "[da completare]"));
    assert!(texts.iter().any(|text| text == "[da verificare] da verificare in ufficio.."));
    assert_eq!(texts.iter().filter(|text| *text == "N.C.").count(), 2);
}

#[test]
fn the_same_outcome_gives_the_same_bytes() {
    let once = super::workbook(&fixture::outcome(), Lang::It, "../").unwrap();
    let again = super::workbook(&fixture::outcome(), Lang::It, "../").unwrap();
    assert!(once == again);
    assert_eq!(super::json(&fixture::outcome(), Lang::It), super::json(&fixture::outcome(), Lang::It));
}

#[test]
fn nothing_at_all_still_gives_a_workbook_that_says_so() {
    let mut workbook = written(&Outcome::default(), Lang::It);
    assert!(texts(&mut workbook, "Anomalie").iter().any(|text| text.starts_with("Nessuna anomalia")));
    assert!(texts(&mut workbook, "Allegato 1").iter().any(|text| text.starts_with("Nessuno standard")));
}

#[test]
fn texts_beyond_what_a_cell_holds_are_kept_within_it() {
    let mut outcome = fixture::outcome();
    outcome.consolidation.charter.rows[0].standard.record.notes = "è\u{0}".repeat(30_000).into();
    outcome.consolidation.charter.rows[0].standard.record.process = "@SUM(A1)\u{b}".into();
    outcome.consolidation.objectives[0].holder = "'!/&".repeat(100);
    let mut workbook = written(&outcome, Lang::It);
    assert!(texts(&mut workbook, "Allegato 1").iter().any(|text| text == "@SUM(A1)\u{FFFD}"));
}

#[test]
fn costs_are_compared_with_a_mean_of_years_and_shown_net_of_renewals() {
    let mut workbook = written(&fixture::outcome_net(), Lang::It);
    assert_eq!(named(&mut workbook, "VARIAZIONE_2018"), Some(-5.62));
    let formulas = workbook.worksheet_formula("Costo del personale").unwrap();
    assert_eq!(formulas.get_value((3, 6)).unwrap(), "E4-F4");
    assert_eq!(formulas.get_value((5, 7)).unwrap(), "ROUND(E6-AVERAGE($E$4,$E$5),2)");
    let net = workbook.worksheet_range("Costo del personale").unwrap();
    assert_eq!(net.get_value((3, 6)), Some(&Data::Float(3_661_141.94)));
}

#[test]
fn links_are_live_formulas_down_to_the_row() {
    let mut outcome = fixture::outcome();
    let objectives = &mut outcome.consolidation.objectives;
    objectives[4].link = Some("mean(Dirigente/2, Ente/3.rounded)".to_owned());
    objectives[4].score = Some(fixture::dec("99.81"));
    let mut workbook = written(&outcome, Lang::It);
    let formulas = workbook.worksheet_formula("Allegato 3").unwrap();
    let found: Vec<&String> = formulas.used_cells().map(|(_, _, formula)| formula).collect();
    for wanted in [
        "AVERAGE(A1_PERCENTUALE_ESATTA,A2_ARROTONDATA)",
        "SUMPRODUCT(C6:C11,E6:E11)/SUMIF(E6:E11,\">=0\",C6:C11)",
        "AVERAGE(G17,ROUND(ROUND(G15,2),0))",
        "ROUND(G19,2)",
    ] {
        assert!(found.iter().any(|formula| *formula == wanted), "{wanted} is not in {found:?}");
    }
}

#[test]
fn the_total_use_leaves_out_budgets_without_their_actual_amount() {
    let mut outcome = fixture::outcome();
    let first = &mut outcome.consolidation.resources[0];
    (first.actual.expense, first.use_percent.expense) = (None, None);
    let mut workbook = written(&outcome, Lang::It);
    let range = workbook.worksheet_range("Risorse").unwrap();
    let formulas = workbook.worksheet_formula("Risorse").unwrap();
    let of = |text: &str| {
        formulas.used_cells().find(|(_, _, formula)| formula.contains(text)).map(|(row, col, _)| (row, col))
    };
    let (top, left) = formulas.start().unwrap();
    let (row, col) = of("SUMIF(D5:D7,\">=0\",G5:G7)").expect("a formula of the expense");
    assert_eq!(range.get_value((top + row as u32, left + col as u32)), Some(&Data::Float(90.56)));
}

#[test]
fn payments_stand_by_quarter_and_their_year_is_live() {
    let mut workbook = written(&fixture::outcome(), Lang::It);
    for (name, days) in [("TEMPESTIVITA_2019_T1", -2.0), ("TEMPESTIVITA_2019_T2", 1.0), ("TEMPESTIVITA_2019", -1.0)] {
        assert_eq!(named(&mut workbook, name), Some(days), "{name}");
    }
    let shown = texts(&mut workbook, "Allegato 2");
    for text in
        ["I trimestre 2019", "anno 2019", "Durata effettiva dei procedimenti", "TEMPO MEDIO DI PAGAMENTO (giorni)"]
    {
        assert!(shown.iter().any(|one| one == text), "{text}");
    }
    let formulas = workbook.worksheet_formula("Allegato 2").unwrap();
    let found: Vec<&String> = formulas.used_cells().map(|(_, _, formula)| formula).collect();
    for (begin, least) in [("SUMPRODUCT(C", 1), ("SUMPRODUCT(H", 1), ("SUM(C", 1), ("SUM(H", 1), ("SUM(I", 1)] {
        assert!(found.iter().filter(|formula| formula.starts_with(begin)).count() >= least, "{begin}: {found:?}");
    }
}

#[test]
fn a_year_that_its_quarters_do_not_give_is_written_as_a_value() {
    let mut outcome = fixture::outcome();
    let cases = outcome.consolidation.procedures.rows.iter_mut().filter_map(|row| row.evidence.as_mut());
    for evidence in cases.filter(|evidence| !evidence.payments.is_empty()) {
        evidence.payments[2].timeliness_days = Some(fixture::dec("-3"));
        evidence.payments[0].mean_days = None;
    }
    let mut workbook = written(&outcome, Lang::It);
    assert_eq!(named(&mut workbook, "TEMPESTIVITA_2019"), Some(-3.0));
    let formulas = workbook.worksheet_formula("Allegato 2").unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| !formula.starts_with("SUMPRODUCT")));
}

#[test]
fn a_link_that_gives_another_figure_is_written_as_a_value() {
    let mut outcome = fixture::outcome();
    outcome.consolidation.objectives[4].score = Some(fixture::dec("12.34"));
    let mut workbook = written(&outcome, Lang::It);
    assert_eq!(named(&mut workbook, "A3_Segretario_Generale_1"), Some(12.34));
    let formulas = workbook.worksheet_formula("Allegato 3").unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| !formula.contains("G5,G15")));
}

#[test]
fn two_objectives_of_one_number_keep_their_own_figures() {
    let mut outcome = fixture::outcome();
    let mut again = outcome.consolidation.objectives[2].clone();
    again.score = Some(fixture::dec("70"));
    outcome.consolidation.objectives.insert(3, again);
    let mut workbook = written(&outcome, Lang::It);
    assert_eq!(named(&mut workbook, "A3_Ente_3"), Some(99.8));
    let summary = workbook.worksheet_range("Riepilogo").unwrap();
    assert!(summary.used_cells().any(|(_, _, data)| *data == Data::Float(70.0)));
}

#[test]
fn links_lead_to_the_source_from_where_the_workbook_lies() {
    let bytes = super::workbook(&fixture::outcome(), Lang::It, "../").unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let targets = part("xl/worksheets/_rels/sheet8.xml.rels");
    assert!(targets.contains("Target=\"../REGISTRO%20IMPRESE_DEF.xlsx\""), "{targets}");
    let sheet = part("xl/worksheets/sheet8.xml");
    assert!(sheet.contains("location=\"'2019'!E10\""), "{sheet}");
}

#[test]
fn where_no_relative_way_leads_there_is_no_link() {
    for away in ["D:/fogli/", "/srv/fogli/", "\\\\server\\fogli/"] {
        let book = super::book::of(&fixture::outcome(), Lang::It, away);
        let mut cells = book.sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
        let leads = |cell: &super::book::Cell| matches!(&cell.content, super::book::Content::Link(link) if !link.file.is_empty());
        assert!(!cells.any(leads), "{away}");
    }
}

#[test]
fn a_sheet_of_many_findings_ends_and_says_how_many_are_left() {
    let mut outcome = fixture::outcome();
    let one = outcome.findings.iter().next().unwrap().clone();
    for _ in 0..10_001 {
        outcome.findings.push(one.clone());
    }
    let mut workbook = written(&outcome, Lang::It);
    assert!(texts(&mut workbook, "Anomalie").iter().any(|text| text == "Altre anomalie, nel file JSON: 4"));
}

#[test]
fn a_sheet_of_very_many_rows_is_whole() {
    use super::book::{Book, Cell, Page, Show, TableSheet};
    const GROUPS: u32 = 2_100;
    // One row of each group needs a second line.
    let text = |row: u32| if row == 5 { "due righe di testo, non una".to_owned() } else { format!("r{row}") };
    let mut sheet = TableSheet::new("Dati", Page::default(), &[10.0, 20.0, 8.0], &[]);
    sheet.across("Molte righe", super::book::Role::Title);
    for group in 0..GROUPS {
        let first = sheet.next_row();
        for row in 0..10 {
            let code = if row == 0 { Cell::text(format!("c{group}")) } else { Cell::empty() };
            sheet.push(vec![code, Cell::text(text(row)), Cell::number(group * 10 + row, Show::Integer)]);
        }
        // As parts of a table may do: areas that are not added in the order of their rows.
        sheet.merges.insert(
            0,
            crate::place::Area {
                first: crate::place::CellRef::new(first, 0),
                last: crate::place::CellRef::new(first + 9, 0),
            },
        );
        sheet.breaks.push(first + 10);
    }
    let rows = sheet.next_row() as usize;
    let book = Book { title: String::new(), body: String::new(), year: 2019, lang: Lang::It, sheets: vec![sheet] };
    let bytes = super::xlsx::render(&book).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut xml).unwrap();
    assert_eq!(xml.matches(" ht=\"").count(), GROUPS as usize + 1, "tall rows, and the title");
    assert_eq!(xml.matches("<mergeCell ").count(), GROUPS as usize + 1);
    assert!(xml.matches("<brk ").count() > 1_000);
    let mut workbook: Workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range("Dati").unwrap();
    for row in 1..rows as u32 {
        let (group, within) = ((row - 1) / 10, (row - 1) % 10);
        let code = range.get_value((row, 0)).and_then(DataType::as_string);
        assert_eq!(code, (within == 0).then(|| format!("c{group}")), "row {row}");
        assert_eq!(range.get_value((row, 1)).and_then(DataType::as_string), Some(text(within)));
        assert_eq!(range.get_value((row, 2)).and_then(DataType::as_f64), Some(f64::from(row - 1)));
    }
}

/// The workbooks as files, to be opened in a spreadsheet program.
#[test]
fn workbooks_are_laid_out_to_be_looked_at() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/write");
    for (name, outcome, lang) in [
        ("it.xlsx", fixture::outcome(), Lang::It),
        ("en.xlsx", fixture::outcome(), Lang::En),
        ("net.xlsx", fixture::outcome_net(), Lang::It),
        ("empty.xlsx", Outcome::default(), Lang::It),
        ("many.xlsx", fixture::many::outcome(), Lang::It),
    ] {
        let bytes = super::workbook(&outcome, lang, "../").unwrap();
        super::save::save(&[(&folder.join(name), &bytes)]).unwrap();
    }
    let json = super::json(&fixture::outcome(), Lang::It);
    super::save::save(&[(&folder.join("it.json"), json.as_bytes())]).unwrap();
    assert!(folder.join("many.xlsx").exists());
}
