//! Layouts that were once read wrong without a word, the smallest of each.

use serde_json::Value;

use crate::harness::deliver;
use crate::harness::run::run;

/// The JSON of a folder with these sheets.
fn of(grids: &[&str]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    for (at, grid) in grids.iter().enumerate() {
        deliver(grid, &format!("foglio {at} 2019"), folder.path());
    }
    run(folder.path()).json
}

/// Codes and cells of the errors and warnings, sorted.
fn said(json: &Value) -> Vec<String> {
    let loud = json["findings"].as_array().expect("findings").iter().filter(|finding| finding["severity"] != "info");
    let text = |finding: &Value, field: &str| finding[field].as_str().unwrap_or_default().to_owned();
    let mut said: Vec<String> =
        loud.map(|finding| format!("{} {}", text(finding, "code"), text(finding, "cell"))).collect();
    said.sort();
    said
}

/// One field of each standard.
fn standards(json: &Value, field: &str) -> Vec<String> {
    let rows = json["charter"]["rows"].as_array().expect("standards").iter();
    rows.map(|row| row[field].as_str().unwrap_or("").to_owned()).collect()
}

#[test]
fn a_name_beside_last_years_column_is_not_last_years() {
    let json = of(&["# sheet: Carta 2019
Standard di qualità 2019
Rilevato 2019 | Rilevato 2018 |       | Descrizione del | Tempo previsto
(gg.)         | (gg.)         | N.    | servizio        | (gg.)
20            | 50            | 3.1.1 | Accesso         | 30
21            | 51            | 3.1.2 | Reclami         | 30"]);
    assert_eq!(standards(&json, "code"), ["3.1.1", "3.1.2"]);
    assert_eq!(standards(&json, "measured"), ["20", "21"]);
    let json = of(&["# sheet: Carta 2019
Standard di qualità 2019
       |          | 2018        |          | 2019        |
N.     | Processo | Programmato | Rilevato | Programmato | Rilevato
3.1.1  | Accesso  | 40          | 50       | 30          | 20"]);
    assert_eq!(standards(&json, "measured"), ["20"]);
}

#[test]
fn dates_written_as_text_say_the_year_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = "Procedimento: Visure;;\nTermine: 30 giorni;;\nN. PRATICA;DATA PROTOCOLLO;DATA RILASCIO\n";
    let rows = "3.1.18;10/01/2019;20/01/2019\n3.1.17;7 febbraio 2019;20/02/2019\n";
    std::fs::write(folder.path().join("registro.csv"), format!("{log}{rows}")).expect("a log");
    let json = run(folder.path()).json;
    assert_eq!(json["year"], 2019);
    assert!(!said(&json).iter().any(|code| code.starts_with("X005") || code.starts_with("C017")), "{:?}", said(&json));
}

#[test]
fn the_year_of_a_sub_folder_is_no_match_for_a_title() {
    let place = tempfile::tempdir().expect("a place");
    let folder = place.path().join("dati 2018");
    let rows = "N. | Processo | Programmato | Rilevato | Risultato\n3.1.1 | Accesso | 25 gg. | 15 gg. | 100";
    deliver(&format!("# sheet: Foglio1\nCarta dei servizi - anno 2019\n\n{rows}"), "a", &folder);
    let old = rows.replace("3.1.1", "3.3.1").replace("Accesso", "Brevetti");
    deliver(&format!("# sheet: Foglio1\nCarta dei servizi\n\n{old}"), "archivio 2018/b", &folder);
    let json = run(&folder).json;
    assert_eq!((&json["year"], standards(&json, "code")), (&Value::from(2019), vec!["3.1.1".to_owned()]));
    assert_eq!(said(&json), ["X038 "]);
}

#[test]
fn a_total_between_two_tables_belongs_to_the_upper_one() {
    let json = of(&["# sheet: Carta 2019
Codice | Processo | Programmato | Rilevato | Risultato
3.1.1  | Accesso  | 30 gg.      | 20 gg.   | 100
3.1.2  | Reclami  | 30 gg.      | 21 gg.   | 100
       | MEDIA    |             |          | 85
Rilevazione standard 2019
Codice | Processo | Programmato | Rilevato | Note
3.2.1  | Denunce  | 30 gg.      | 20 gg.   | nulla"]);
    assert_eq!(standards(&json, "code"), ["3.1.1", "3.1.2", "3.2.1"]);
    assert_eq!(said(&json), ["S030 E4"]);
}

#[test]
fn a_record_of_few_cells_is_no_title_of_the_table_below() {
    let json = of(&["# sheet: Carta 2019
Codice | Processo | Programmato | Rilevato
3.1.1  | Accesso  | 30 gg.      | 20 gg.
3.1.2  | Reclami  | a vista
Rilevazione standard 2019
Codice | Processo | Programmato | Rilevato | Note
3.2.1  | Denunce  | 30 gg.      | 20 gg.   | nulla"]);
    assert_eq!(standards(&json, "code"), ["3.1.1", "3.1.2", "3.2.1"]);
}

#[test]
fn a_misspelt_header_does_not_cost_the_codes() {
    let rows = "| Processo | Programmato | Rilevato
3.1.1 | Accesso | 30 gg. | 20 gg.
3.1.2 | Reclami | 30 gg. | 20 gg.";
    let json = of(&[&format!("# sheet: Carta 2019\nRif. aCrta {rows}")]);
    assert_eq!((standards(&json, "code"), said(&json)), (vec!["3.1.1".into(), "3.1.2".into()], vec![]));
    let json = of(&[&format!("# sheet: Carta 2019\nPunto del testo {rows}")]);
    assert_eq!((standards(&json, "code"), said(&json)), (vec!["3.1.1".into(), "3.1.2".into()], vec!["S014 A1".into()]));
}

#[test]
fn closing_rows_that_count_are_counted_and_are_no_records() {
    let sheet = |count: &str| {
        format!(
            "# sheet: Carta 2019
Codice | Processo | Programmato | Rilevato | Risultato
3.1.1  | Accesso  | 30 gg.      | 20 gg.   | 100
3.1.2  | Reclami  | 30 gg.      | 21 gg.   | 100
TOTALE |          |             |          | 200
N. PROCESSI |     |             |          | {count}
       |          |             | PERCENTUALE | 100"
        )
    };
    for (count, findings) in [("2", vec![]), ("3", vec!["S030 E5".to_owned()])] {
        let json = of(&[&sheet(count)]);
        assert_eq!(standards(&json, "code"), ["3.1.1", "3.1.2"]);
        assert_eq!(said(&json), findings, "{count}");
    }
}

#[test]
fn the_percentage_declared_for_an_objective_is_checked() {
    let json = of(&["# sheet: Obiettivi 2019
OBIETTIVI DI ENTE 2019
Obiettivo   | Indicatore | Descrizione | Realizzazione | Risultato obiettivo
1) Servizi  | 1          | Tempi       | 100           | 99.16
            | 2          | Costi       | 98.33         |
2) Albi     | 1          | Iscrizioni  | 90            | 95
3) Bilancio | 1          | Relazione   | 80            | 80
# merge: E3:E4"]);
    assert_eq!(said(&json), ["P031 E5", "P032 E3"]);
}

#[test]
fn checks_under_a_procedure_are_checks_whatever_their_columns_are_called() {
    let json = of(&[
        "# file: piano 2019.xlsx
# sheet: Piano
Elenco dei procedimenti da monitorare 2019
N. | Procedimento | Risultato atteso
1  | Gestione albo periti | almeno 80%",
        "# file: albo 2019.xlsx
# sheet: Verifica
Procedimento: Gestione albo periti
Obiettivi | Target da ragg. | Realizzazione | Note
Aggiornamento del registro | < 5% | 3% |
Invio solleciti | almeno 80% | 85% |",
    ]);
    assert_eq!(json["objectives"].as_array().map(Vec::len), Some(0));
    assert_eq!(json["procedures"]["rows"][0]["evidence"]["kind"].as_str(), Some("checks"), "{}", json["procedures"]);
}

#[test]
fn evidence_of_one_year_proves_no_procedure_of_another() {
    let plan = "# sheet: Elenco 2019
N. | Procedimento           | Risultato atteso    | Fonte
1  | Diritto annuale 2018   | entro 30 giorni     | Tributi
2  | Diritto annuale 2019   | entro 30 giorni     | Tributi";
    let log = |name: &str| {
        format!(
            "# sheet: Registro
Procedimento: {name}

N. PRATICA | DATA PROTOCOLLO | DATA RILASCIO
1          | 10/01/2019      | 20/01/2019"
        )
    };
    let json = of(&[plan, &log("DIRITTO ANNUALE 2019")]);
    let rows = json["procedures"]["rows"].as_array().expect("procedures");
    let proved: Vec<&str> =
        rows.iter().filter(|row| !row["score"].is_null()).filter_map(|row| row["name"].as_str()).collect();
    assert_eq!(proved, ["Diritto annuale 2019"], "{rows:?}");
    // Without a year it can be either.
    assert!(said(&of(&[plan, &log("Diritto annuale")])).iter().any(|code| code.starts_with("X012")));
    // With one procedure of that name it can only be that.
    let only = plan.lines().filter(|line| !line.contains("2018")).collect::<Vec<_>>().join("\n");
    assert!(!said(&of(&[&only, &log("Diritto annuale")])).iter().any(|code| code.starts_with("X01")));
}

#[test]
fn evidence_of_a_process_with_several_standards_proves_none_unless_it_says_which() {
    let charter = "# sheet: Carta
Carta dei servizi 2019
CODICE | PROCESSO/SERVIZIO | INDICATORE | VALORE PROGRAMMATO | VALORE RILEVATO
2.1.1  | Iscrizione albi   | Tempo di iscrizione | 30 gg. | 20 gg.
2.1.2  | Iscrizione albi   | Tempo di diniego    | 60 gg. | 50 gg.
2.2.1  | Visure            | Tempo di rilascio   | 5 gg.  | 2 gg.";
    let log = |label: &str, sheet: &str| {
        format!(
            "# sheet: {sheet}
{label}

N. PRATICA | DATA PROTOCOLLO | DATA RILASCIO
1          | 10/01/2019      | 20/01/2019"
        )
    };
    let proved = |label: &str, sheet: &str| {
        let json = of(&[charter, &log(label, sheet)]);
        let rows = json["charter"]["rows"].as_array().expect("standards");
        let mean = |row: &&serde_json::Value| row["measured_days"].to_string().trim_matches('"') == "10";
        let proved: Vec<String> =
            rows.iter().filter(mean).filter_map(|row| row["code"].as_str()).map(str::to_owned).collect();
        (proved, said(&json))
    };
    let shared =
        ["Processo: Iscrizione albi", "ISCRIZIONE ALBI", "Processo: Iscrizioni albi"].map(|label| (label, "Registro"));
    // What the sheet is called names another process, and does not make the title say which.
    for (label, sheet) in shared.into_iter().chain([("ISCRIZIONE ALBI", "Visure")]) {
        let (codes, said) = proved(label, sheet);
        assert!(codes.is_empty(), "{label}: {codes:?}");
        assert!(said.iter().any(|said| said.starts_with("X012")), "{label}: {said:?}");
    }
    for (label, code) in [("Codice standard: 2.1.2", "2.1.2"), ("Processo: Visure", "2.2.1")] {
        assert_eq!(proved(label, "Registro").0, [code], "{label}");
    }
}

#[test]
fn evidence_named_as_a_procedure_and_a_standard_counts_for_the_procedure_and_is_told() {
    let plan = "# sheet: Elenco 2019
N. | Procedimento           | Risultato atteso | Fonte
1  | Cancellazione protesti | entro 20 giorni  | Protesti
2  | Rilascio visure        | entro 5 giorni   | Protesti";
    let charter = "# sheet: Carta
Carta dei servizi 2019
CODICE | PROCESSO/SERVIZIO      | VALORE PROGRAMMATO | VALORE RILEVATO
3.1.1  | Cancellazione protesti | 20 gg.             | 14 gg.
3.1.2  | Iscrizione albi        | 20 gg.             | 14 gg.";
    let told = |title: &str| {
        let log = format!(
            "# sheet: Registro
{title}

N. PRATICA | DATA PROTOCOLLO | DATA RILASCIO
1          | 10/01/2019      | 20/01/2019"
        );
        let json = of(&[plan, charter, &log]);
        let proved = |row: &serde_json::Value| !row["evidence"].is_null();
        let rows = json["procedures"]["rows"].as_array().expect("procedures");
        let proved = rows.iter().filter(|row| proved(row)).filter_map(|row| row["name"].as_str()).next();
        (proved.map(str::to_owned), said(&json).iter().filter(|said| said.starts_with("X01")).count())
    };
    let protests = || Some("Cancellazione protesti".to_owned());
    for title in ["Cancellazione protesti", "Processo: CANCELLAZIONE PROTESTI", "Cancellazione dei protesti 2019"] {
        assert_eq!(told(title), (protests(), 1), "{title}");
    }
    // Who says which, or names what is one only, is understood.
    assert_eq!(told("Procedimento: Cancellazione protesti"), (protests(), 0));
    assert_eq!(told("Codice standard: 3.1.1"), (None, 0));
    assert_eq!(told("Rilascio visure"), (Some("Rilascio visure".to_owned()), 0));
}

/// A log of so many areas of 500 cases, each area with a total of its own and one case that ends before it began.
fn log_of_areas(areas: usize) -> String {
    let mut log =
        "Procedimento: Visure;;;\nTermine: 30 giorni;;;\nN. PRATICA;DATA PROTOCOLLO;DATA RILASCIO;GIORNI\n".to_owned();
    for area in 0..areas {
        log.push_str(&format!("SEDE {area};;;\n"));
        for case in 0..500 {
            let end = if case == 123 { "01/01/2019" } else { "20/02/2019" };
            log.push_str(&format!("{area}/{case:03};10/02/2019;{end};10\n"));
        }
        log.push_str(&format!("Totale sede {area};;;5000\n"));
    }
    log
}

#[test]
fn a_long_log_is_read_side_by_side_as_a_short_one_is_row_by_row() {
    // Below and above the length from which rows are looked at side by side.
    for areas in [3, 45] {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("registro.csv"), log_of_areas(areas)).expect("a log");
        let json = run(folder.path()).json;
        let wrong: Vec<String> = (0..areas).map(|area| format!("C020 C{}", 4 + area * 502 + 124)).collect();
        let rows: Vec<String> = said(&json).into_iter().filter(|said| !said.starts_with('X')).collect();
        let mut wanted = wrong.clone();
        wanted.sort();
        assert_eq!(rows, wanted);
        let sheet = &json["sources"][0]["sheets"][0];
        assert_eq!(sheet["records"], 500 * areas, "no total is a record");
        assert_eq!(sheet["ledger"]["total"], 2 * areas, "label and sum of each total");
        assert_eq!(sheet["ledger"]["section"], areas);
    }
}

#[test]
fn standards_that_come_again_and_again_are_joined_each_with_its_own() {
    let header = "Standard di qualità 2019\nN. | Processo | Tempo previsto (gg.) | Rilevato (gg.)";
    let first = format!(
        "# sheet: Carta 2019\n{header}\n3.1.10 | Visure | 30 | 10\n3.1.2 | Bollati | 30 | 11\n3.1.10 | Visure | 30 | 10\n3.1.3 | Firma | 30 | 12\n3.1.2 | Bollati | 30 | 25"
    );
    let second = format!(
        "# sheet: Carta 2019\n{header}\n3.1.4 | Protesti | 30 | 13\n3.1.10 | VISURE | 30 | 10\n3.1.3 | Firma | 30 | 12\n3.1.2 | Bollati | 30 | 11"
    );
    let json = of(&[&first, &second]);
    assert_eq!(standards(&json, "code"), ["3.1.2", "3.1.3", "3.1.4", "3.1.10"]);
    assert_eq!(standards(&json, "measured"), ["11", "12", "13", "10"]);
    let rows = json["charter"]["rows"].as_array().expect("standards");
    let sources: Vec<usize> = rows.iter().map(|row| row["sources"].as_array().map_or(0, Vec::len)).collect();
    assert_eq!(sources, [3, 2, 1, 3]);
    let to_check: Vec<bool> = rows.iter().map(|row| row["to_check"] == true).collect();
    assert_eq!(to_check, [true, false, false, false]);
    let all = json["findings"].as_array().expect("findings").iter();
    let joined: Vec<&str> =
        all.filter_map(|finding| finding["code"].as_str()).filter(|code| code.starts_with("X00")).collect();
    assert_eq!(joined, ["X002", "X001", "X001", "X001", "X001"]);
}
