//! The real folder with any one of its files gone, cut or turned into noise: the run still ends with a workbook and says
//! which file it was, or what is missing now.

use std::fs;

use rayon::prelude::*;
use serde_json::Value;

use crate::sample::{self, Ran, findings};

const SETTINGS: &str = "allegati.toml";
/// A lock file holds nothing of an office, whatever its bytes.
const LOCK: &str = "~$diritto annuale 2019.xlsx";

/// What is reported when a file is not there: code, and a part of the message. Of the others nothing is said: the costs
/// of an entity that no sheet names, notes, a lock file, and offices of which another file still speaks.
const MISSED: [(&str, &str, &str); 21] = [
    ("1 programmazione e controllo - step 2019.xlsx", "X020", "Programmazione e controllo delle attività"),
    ("2 fatture passive 2019.xlsx", "X020", "Liquidazione e pagamento fatture passive"),
    ("3 agenti contabili.xlsx", "X020", "Resa dei conti di gestione agenti contabili"),
    ("4 ciclo atti camerali.xlsx", "X020", "Ciclo di gestione degli atti camerali"),
    ("5 CRM qualificazione.xlsx", "X020", "CRM: qualificazione"),
    ("6 archivi scarto.xlsx", "X020", "Corretta gestione degli archivi"),
    ("Elenco procedimenti da monitorare 2019.xlsx", "X022", "Procedimenti da monitorare"),
    ("Obiettivi di Ente 2019.xlsx", "P041", "Ente/1/1"),
    ("REGISTRO IMPRESE_monitoraggio carta servizi DEF.xlsx", "X021", "Registro Imprese"),
    ("Risorse obiettivi strategici 2019.xlsx", "X022", "Risorse per obiettivo strategico"),
    ("Schede risultato dirigenti 2019.xlsx", "P041", "Segretario Generale/1"),
    ("Segreteria e Protocollo - standard 2019.xlsx", "X021", "Segreteria e Protocollo"),
    ("Target strategici 2019.xlsx", "X022", "Target strategici"),
    ("allegati.toml", "P030", "Ente/1/1"),
    ("arbitrato_conciliazione.xlsx", "X021", "Arbitrato e Conciliazione"),
    ("artigianato protesti export.ods", "X021", "Artigianato, Protesti, Doc. Export"),
    ("brevetti e marchi.xlsx", "X021", "Brevetti Marchi e Innovazione Tecnologica"),
    ("diritto annuale 2019.xlsx", "X021", "Diritto Annuale"),
    ("ispettivo metrologia.csv", "X021", "Ispettivo"),
    ("studi e statistica.xlsx", "X021", "Studi, Statistica e Politiche Economiche"),
    ("sviluppo e promozione.xlsx", "X021", "Sviluppo Imprenditoriale"),
];

/// A sequence that looks random and is always the same for a seed.
fn noise(seed: usize, length: usize) -> Vec<u8> {
    let mut state = (seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    std::iter::repeat_with(step).take(length).collect()
}

/// Runs the folder with one file's bytes replaced, or with the file gone; the run changes no input.
fn run_with(name: &str, bytes: Option<&[u8]>) -> Ran {
    let copy = sample::copy();
    let path = copy.path().join(name);
    match bytes {
        Some(bytes) => fs::write(path, bytes).expect("spoilt"),
        None => fs::remove_file(path).expect("removed"),
    }
    let before = sample::contents(copy.path());
    let ran = sample::run(copy.path(), &[]);
    assert!(before == sample::contents(copy.path()), "{name}: the run changed its inputs");
    ran
}

/// The run ended as every run ends: with a workbook that can be read, and an exit code that tells of errors.
fn ended(name: &str, ran: &Ran) -> Value {
    assert!(matches!(ran.code, 0 | 1), "{name}: exit {}, {}", ran.code, ran.err);
    assert_eq!(ran.err, "", "{name}");
    assert_eq!(ran.book().sheets().len(), 9, "{name}");
    let json = ran.json();
    let errors = findings(&json).iter().filter(|finding| finding["severity"] == "error").count();
    assert_eq!(ran.code == 1, errors > 0, "{name}: exit {} with {errors} errors", ran.code);
    json
}

/// Of a spoilt file a finding tells by name; of a spreadsheet that cannot be read, as an error.
fn told(name: &str, ran: &Ran) {
    let json = ended(name, ran);
    let its: Vec<&Value> = findings(&json).iter().filter(|finding| finding["file"] == name).collect();
    if name == LOCK {
        return;
    }
    assert!(!its.is_empty(), "nothing is said of {name}: {}", ran.out);
    let is_error = its.iter().any(|finding| finding["severity"] == "error");
    assert!(is_error || name.ends_with(".txt"), "{name} is spoilt, and that is no error: {its:?}");
    assert!(ran.out.contains(name), "{name} is not in what is printed");
}

/// Runs every file but the settings, spoilt one way.
fn spoilt(way: impl Fn(usize, Vec<u8>) -> Vec<u8> + Sync) {
    let names = sample::names();
    names.par_iter().enumerate().filter(|(_, name)| *name != SETTINGS).for_each(|(at, name)| {
        let bytes = way(at, fs::read(sample::folder().join(name)).expect("a sample"));
        told(name, &run_with(name, Some(&bytes)));
    });
}

#[test]
fn a_file_cut_in_half_is_told() {
    spoilt(|_, bytes| bytes[..bytes.len() / 2].to_vec());
}

#[test]
fn a_file_of_noise_is_told() {
    spoilt(|at, bytes| noise(at, bytes.len()));
}

#[test]
fn what_a_removed_file_leaves_missing_is_told() {
    assert!(MISSED.iter().all(|(file, ..)| sample::names().iter().any(|name| name == file)));
    sample::names().par_iter().for_each(|name| {
        let ran = run_with(name, None);
        let json = ended(name, &ran);
        for (_, code, part) in MISSED.iter().filter(|(file, ..)| file == name) {
            let tells = |finding: &&Value| {
                finding["code"] == *code && finding["message"].as_str().is_some_and(|text| text.contains(part))
            };
            assert!(findings(&json).iter().any(|finding| tells(&finding)), "{code} {part} is not in {}", ran.out);
        }
    });
}

/// Settings that cannot be read would give other figures without a word: the run is refused before anything is written.
#[test]
fn spoilt_settings_are_refused_by_name_and_line() {
    let bytes = fs::read(sample::folder().join(SETTINGS)).expect("the settings");
    for spoilt in [bytes[..bytes.len() / 2].to_vec(), noise(0, bytes.len())] {
        let ran = run_with(SETTINGS, Some(&spoilt));
        assert_eq!(ran.code, 2, "{}", ran.out);
        assert!(ran.err.contains(SETTINGS) && ran.err.contains("riga "), "{}", ran.err);
        assert!(ran.workbook.is_none() && ran.record.is_none());
    }
}
