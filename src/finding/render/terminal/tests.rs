use super::super::super::{Code, Excerpt};
use super::*;
use std::sync::Arc;

static SCALE: Code = Code {
    id: "C021",
    slug: "percentage-out-of-scale",
    severity: Severity::Error,
    message: Text::new(
        "«{seen}» vale 4500%: la percentuale è fuori scala",
        "“{seen}” is worth 4500%: the percentage is out of scale",
    ),
    help: Text::new("se vale il 45 per cento scrivere 45% in {cell}", "if 45 percent is meant, write 45% in {cell}"),
};
static TWICE: Code = Code {
    id: "X002",
    slug: "conflict",
    severity: Severity::Warning,
    message: Text::new("due fogli danno a 3.1.3 valori diversi", "two sheets give 3.1.3 different values"),
    help: Text::new("tenerne uno solo", "keep only one"),
};
static LISTED: Code = Code {
    id: "F003",
    slug: "not-a-spreadsheet",
    severity: Severity::Info,
    message: Text::new("non è un foglio di calcolo", "is no spreadsheet"),
    help: Text::new("", ""),
};

fn excerpt() -> Excerpt {
    let row = |texts: [&str; 4]| texts.map(str::to_owned).to_vec();
    Excerpt {
        header: Some(("D3:D4".into(), "Indice".into())),
        columns: [("A", ""), ("B", "Iscritti"), ("C", "Definiti"), ("D", "Indice")]
            .map(|(a, b)| (a.into(), b.into()))
            .to_vec(),
        rows: vec![(5, row(["I", "120", "1.234,56", "45%"])), (6, row(["II", "98", "N.C.", "45"]))],
        mark: (1, 3),
    }
}

fn place(row: u32, col: u32) -> Place {
    Place::cell(&Arc::from("milano.xlsx"), &Arc::from("Dati"), row, col)
}

fn scale(row: u32, col: u32) -> Finding {
    Finding::new(&SCALE, place(row, col)).with("seen", "45").with("cell", place(row, col).cell.unwrap().to_string())
}

fn findings(list: impl IntoIterator<Item = Finding>) -> Findings {
    let mut findings = Findings::default();
    list.into_iter().for_each(|finding| findings.push(finding));
    findings
}

fn shown(list: impl IntoIterator<Item = Finding>) -> String {
    render(&findings(list), Lang::It, false, 100)
}

#[test]
fn a_cell_is_shown_with_its_window() {
    let mut first = scale(5, 3);
    first.excerpt = Some(Box::new(excerpt()));
    let golden = "\
errore[C021] «45» vale 4500%: la percentuale è fuori scala
  --> milano.xlsx › Dati › D6  (colonna D, intestazione D3:D4 «Indice»)
       |  A  |  B «Iscritti» |  C «Definiti» |  D «Indice»
     5 |  I  |  120          |  1.234,56     |  45%
     6 |  II |  98           |  N.C.         |  45
       |                                        ^^
  = aiuto: se vale il 45 per cento scrivere 45% in D6
  = lo stesso in: D8, D9, D11:D13

";
    let alike = [7, 8, 10, 11, 12].map(|row| scale(row, 3));
    assert_eq!(shown([vec![first], alike.to_vec()].concat()), golden);
}

#[test]
fn it_is_shown_in_english_too() {
    let mut finding = scale(5, 3);
    finding.excerpt = Some(Box::new(excerpt()));
    let text = render(&findings([finding, scale(7, 3)]), Lang::En, false, 100);
    for part in ["error[C021] “45”", "(column D, header D3:D4 “Indice”)", "= help: if 45", "= the same in: D8"]
    {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[test]
fn a_contradiction_names_both_places_and_is_never_folded_into_another() {
    let other = Place::cell(&Arc::from("b.xlsx"), &Arc::from("Foglio1"), 0, 0);
    let twice = |row| Finding::new(&TWICE, place(row, 0)).and(other.clone()).and(place(row, 7));
    let golden = "\
avviso[X002] due fogli danno a 3.1.3 valori diversi
  --> milano.xlsx › Dati › A2
  = anche in: b.xlsx › Foglio1 › A1, H2
  = aiuto: tenerne uno solo

";
    let text = shown([twice(1), twice(4)]);
    assert!(text.starts_with(golden), "{text}");
    assert_eq!(text.matches("avviso[X002]").count(), 2);
}

#[test]
fn columns_and_sheets_are_groups_of_their_own() {
    let other = Place::cell(&Arc::from("milano.xlsx"), &Arc::from("Altro"), 6, 3);
    let mut elsewhere = scale(6, 3);
    elsewhere.place = other;
    assert_eq!(shown([scale(5, 3), scale(6, 3), scale(6, 4), elsewhere]).matches("errore[C021]").count(), 3);
}

#[test]
fn after_twelve_places_the_rest_is_counted() {
    let text = shown((0..40).map(|row| scale(row * 2, 3)));
    assert!(text.contains("D23, D25 e altri 27"), "{text}");
    let text = shown((0..14).map(|row| scale(row * 2, 3)));
    assert!(text.contains("D25 e un altro"), "{text}");
}

#[test]
fn errors_come_first_and_notes_take_one_line() {
    let note = |file: &str| Finding::new(&LISTED, Place::file(&Arc::from(file)));
    let text = shown([note("leggimi.txt"), note("foto.jpg"), Finding::new(&TWICE, place(0, 0)), scale(5, 3)]);
    let order: Vec<&str> = text.lines().filter_map(|line| line.split(']').next().filter(|l| l.contains('['))).collect();
    assert_eq!(order, ["errore[C021", "avviso[X002", "nota[F003", "nota[F003"]);
    assert!(text.contains("nota[F003] leggimi.txt: non è un foglio di calcolo\n"), "{text}");
}

#[test]
fn a_narrow_terminal_keeps_the_marked_cell() {
    let mut wide = excerpt();
    wide.columns = (0..9).map(|at| (column_letters(at), "una intestazione piuttosto lunga".into())).collect();
    wide.rows = vec![(3, (0..9).map(|at| format!("il valore della colonna {at} è lungo")).collect())];
    for mark in 0..9 {
        wide.mark = (0, mark);
        let mut finding = scale(2, u32::try_from(mark).unwrap());
        finding.excerpt = Some(Box::new(wide.clone()));
        let text = render(&findings([finding]), Lang::It, false, 60);
        let window: Vec<&str> = text.lines().filter(|line| line.contains('|')).collect();
        assert!(window.iter().all(|line| style::columns(line) <= 60), "{text}");
        assert!(window[1].contains(&format!("colonna {mark}")), "{text}");
        let caret = window[2].find('^').unwrap();
        assert!(window[1][caret..].starts_with("il valore") || window[1].contains("è lungo"), "{text}");
    }
}

#[test]
fn wide_letters_keep_the_carets_in_place() {
    let mut finding = scale(5, 3);
    let mut window = excerpt();
    window.rows[1].1[1] = "日本".into();
    finding.excerpt = Some(Box::new(window));
    let text = shown([finding]);
    let row = text.lines().find(|line| line.contains("日本")).unwrap();
    let caret = text.lines().find(|line| line.contains('^')).unwrap();
    let before = &row[..row.rfind("45").unwrap()];
    assert_eq!(style::columns(before), caret.find('^').unwrap());
}

#[test]
fn a_cell_cannot_speak_to_the_terminal() {
    let finding = Finding::new(&SCALE, place(0, 0)).with("seen", "\u{1b}[2J\u{202e}x");
    assert!(!shown([finding]).contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn colour_adds_nothing_but_colour() {
    let mut finding = scale(5, 3);
    finding.excerpt = Some(Box::new(excerpt()));
    let list = findings([finding, scale(9, 3)]);
    let mut plain = render(&list, Lang::It, true, 100);
    while let Some(start) = plain.find('\u{1b}') {
        let end = start + plain[start..].find('m').unwrap();
        plain.replace_range(start..=end, "");
    }
    assert_eq!(plain, render(&list, Lang::It, false, 100));
}

#[test]
fn the_summary_counts_in_both_languages() {
    let totals =
        Totals { files: 26, sheets: 1, records: 0, workbook: Some("o/A.xlsx"), elapsed: Duration::from_millis(214) };
    let list = findings([scale(1, 1), scale(2, 1)]);
    let line = "26 file, 1 foglio, nessun record: 2 errori, nessun avviso, nessuna nota. Cartella di lavoro: o/A.xlsx. Tempo: 0,21 s\n";
    assert_eq!(summary(&totals, &list, Lang::It, false), line);
    let line = "26 files, 1 sheet, no records: 2 errors, no warnings, no notes. Workbook: o/A.xlsx. Time: 0.21 s\n";
    assert_eq!(summary(&totals, &list, Lang::En, false), line);
}
