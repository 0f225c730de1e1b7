//! What the program says is in one language: the one asked for.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::sample::{self, Ran, findings};

/// Words of the program's own texts that no sheet of the samples writes in its file names or headers.
const ITALIAN: [&str; 12] = [
    "errore",
    "avviso",
    "aiuto",
    "foglio",
    "fogli",
    "stato",
    "colonna",
    "intestazione",
    "mancante",
    "aggiungere",
    "Cartella di lavoro",
    "Tempo",
];
const ENGLISH: [&str; 12] =
    ["error", "warning", "help", "sheet", "sheets", "was", "column", "header", "missing", "add", "Workbook", "Time"];

/// A run with something to say of many things: no settings, one file cut, one of noise, one gone.
fn talkative(lang: &str) -> Ran {
    let copy = sample::copy();
    let path = |name: &str| copy.path().join(name);
    fs::remove_file(path("allegati.toml")).expect("the settings");
    fs::remove_file(path("4 ciclo atti camerali.xlsx")).expect("an evidence");
    fs::write(path("albi e ruoli.xlsx"), b"\x00\x01\x02\xff".repeat(99)).expect("noise");
    let cut = fs::read(path("brevetti e marchi.xlsx")).expect("a sample");
    fs::write(path("brevetti e marchi.xlsx"), &cut[..cut.len() / 2]).expect("cut");
    sample::run(copy.path(), &["--lang", lang])
}

/// The lines that are the program's own: not the windows of cells, and nothing between quotation marks.
fn own(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.contains(" | ") && !line.trim_start().starts_with("-->"));
    let mut kept = String::new();
    for line in lines {
        let mut depth = 0;
        for letter in line.chars() {
            match letter {
                '«' | '“' => depth += 1,
                '»' | '”' => depth -= 1,
                letter if depth == 0 => kept.push(letter),
                _ => {}
            }
        }
        kept.push('\n');
    }
    kept
}

fn words_of(text: &str, words: &[&str]) -> Vec<String> {
    let padded: String = text.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let padded = format!(" {padded} ");
    words.iter().filter(|word| padded.contains(&format!(" {word} "))).map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_run_speaks_one_language() {
    for (lang, wanted, unwanted) in [("it", ITALIAN, ENGLISH), ("en", ENGLISH, ITALIAN)] {
        let ran = talkative(lang);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""));
        let said = own(&ran.out);
        assert_eq!(words_of(&said, &unwanted), Vec::<String>::new(), "{said}");
        assert!(words_of(&said, &wanted).len() > 8, "{:?} of {said}", words_of(&said, &wanted));
    }
}

#[test]
fn every_finding_is_said_in_both_languages() {
    let [it, en] = ["it", "en"].map(|lang| talkative(lang).json());
    let place = |finding: &Value| ["code", "severity", "file", "sheet", "cell"].map(|field| finding[field].to_string());
    assert_eq!(findings(&it).len(), findings(&en).len());
    for (it, en) in findings(&it).iter().zip(findings(&en)) {
        assert_eq!(place(it), place(en));
        for field in ["message", "help"] {
            assert_ne!(it[field], en[field], "{it}");
        }
    }
}

#[test]
fn the_figures_do_not_depend_on_the_language() {
    let [it, en] = ["it", "en"].map(|lang| {
        let json = talkative(lang).json();
        let table = json["charter"]["rows"].as_array().expect("rows").clone();
        let scores: Vec<Value> = table.iter().map(|row| row["score"].clone()).collect();
        (json["charter"]["total"].clone(), json["staff_costs"].clone(), scores)
    });
    assert_eq!(it, en);
}

#[test]
fn the_headers_of_the_workbook_are_in_the_language() {
    let headers = |lang: &str| -> BTreeMap<&str, String> {
        let book = sample::run(sample::copy().path(), &["--lang", lang]).book();
        let sheets =
            ["Riepilogo", "Allegato 1", "Allegato 2", "Allegato 3", "Costo del personale", "Risorse", "Anomalie"];
        sheets.map(|sheet| (sheet, (0..6).map(|col| book.text(sheet, (2, col))).collect())).into()
    };
    let (it, en) = (headers("it"), headers("en"));
    for (sheet, header) in &it {
        assert_ne!(header, &en[sheet], "{sheet}");
    }
    assert!(it["Allegato 1"].contains("RISULTATO") || it["Allegato 1"].contains("PROCESSO"), "{it:?}");
    assert!(en["Allegato 1"].contains("PROCESS/SERVICE"), "{en:?}");
}
