//! What goes back to the offices: letters and marked-up copies, as the program writes them and as they come back.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::deliver;
use crate::sample::{self, contents, say};

/// `run --replies` on a folder, with more options; the replies by name, and what was printed.
fn replies(folder: &Path, options: &[&str]) -> (BTreeMap<String, Vec<u8>>, String) {
    let shown = folder.to_str().expect("UTF-8");
    let (code, out, err) = say(&[&["run", shown, "--replies"], options].concat());
    assert!(matches!(code, 0 | 1), "{code} {err}");
    (contents(&risposte(folder)), out)
}

fn risposte(folder: &Path) -> PathBuf {
    folder.join("consolidato/risposte")
}

fn record(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("consolidato/Allegati-2019.json")).expect("a JSON")).expect("JSON")
}

/// The text of a letter.
fn letter(found: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    let bytes = found.get(name).unwrap_or_else(|| panic!("no {name} among {:?}", found.keys()));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

/// A part of a workbook.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

/// The workbook as a program leaves it that has saved it again: only its date of change is another.
fn saved_again(workbook: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("a package");
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a part");
        let (name, mut bytes) = (file.name().expect("a name").into_owned(), Vec::new());
        file.read_to_end(&mut bytes).expect("its bytes");
        if name == "docProps/core.xml" {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let (before, after) = text.split_once("<dcterms:modified").expect("a date of change");
            bytes = format!("{before}<dcterms:modified{}", after.replacen("2019-12-31", "2020-02-03", 1)).into_bytes();
        }
        copy.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        copy.write_all(&bytes).expect("its bytes");
    }
    copy.finish().expect("a package").into_inner()
}

/// Standards of one office: rows of code, process, planned, measured, note.
fn standards(folder: &Path, file: &str, office: &str, rows: &[[&str; 5]]) {
    let mut text = format!(
        "{office} - Carta dei servizi 2019\n\nCODICE;PROCESSO/SERVIZIO;VALORE PROGRAMMATO;VALORE RILEVATO;NOTE\n"
    );
    for row in rows {
        text.push_str(&format!("{}\n", row.join(";")));
    }
    fs::write(folder.join(file), text).expect("a sheet");
}

fn place() -> TempDir {
    let place = tempfile::tempdir().expect("a place");
    fs::write(place.path().join("allegati.toml"), "[body]\nname = \"Camera\"\nyear = 2019\n").expect("settings");
    place
}

#[test]
fn the_samples_get_letters_copies_and_the_same_bytes_again() {
    let copy = sample::copy();
    let before = sample::names().into_iter().map(|name| fs::read(copy.path().join(name)).unwrap()).collect::<Vec<_>>();
    let (first, out) = replies(copy.path(), &[]);
    assert!(out.contains("lettere 17 (con qualcosa da fare: 3), copie segnate 3"), "{out}");
    let artisans = letter(&first, "UFFICIO ARTIGIANATO, PROTESTI, DOC. EXPORT.html");
    for wanted in [
        "«artigianato protesti export.ods», foglio «Standard», cella H14",
        "► da verificare in ufficio..",
        "(segnato).xlsx",
        "Come rispondere",
    ] {
        assert!(artisans.contains(wanted), "{wanted} is not in {artisans}");
    }
    assert!(letter(&first, "Ufficio Ispettivo.html").contains("Tutto a posto"));
    for page in first.iter().filter(|(name, _)| name.ends_with(".html")).map(|(name, _)| letter(&first, name)) {
        let own = copy.path().to_str().unwrap();
        assert!(!page.contains("<script") && !page.contains("http") && !page.contains(own), "{page}");
    }
    let (_, again) = replies(copy.path(), &[]);
    assert!(again.contains("0 di 4 segnalazioni risolte"), "{again}");
    let second = contents(&risposte(copy.path()));
    assert!(second == replies(copy.path(), &[]).0, "a third run wrote other bytes than the second");
    assert!(letter(&second, "UFFICIO DIRITTO ANNUALE.html").contains("0 di 2 risolte; 2 ancora aperte"));
    let after = sample::names().into_iter().map(|name| fs::read(copy.path().join(name)).unwrap()).collect::<Vec<_>>();
    assert!(before == after, "an input was changed");
}

#[test]
fn english_replies_are_english() {
    let copy = sample::copy();
    let (found, out) = replies(copy.path(), &["--lang", "en"]);
    assert!(out.contains("letters 17 (with something to do: 3), marked-up copies 3"), "{out}");
    let page = letter(&found, "UFFICIO DIRITTO ANNUALE.html");
    assert!(page.contains("lang=\"en\"") && page.contains("What to do:") && page.contains("How to answer"));
    let italian = [" il ", " foglio ", " della ", "Che cosa", "avviso"];
    assert!(!italian.iter().any(|word| page.contains(word)), "{page}");
}

#[test]
fn what_is_solved_is_told_and_a_file_that_is_gone_is_not_solved() {
    let place = place();
    let wrong = [
        ["1.1", "Visure", "5 gg.", "boh", ""],
        ["1.2", "Bollati", "5 gg.", "mah", ""],
        ["1.3", "Firme", "5 gg.", "3 gg.", ""],
    ];
    standards(place.path(), "visure.csv", "Ufficio Visure", &wrong);
    standards(
        place.path(),
        "albi.csv",
        "Ufficio Albi",
        &[["2.1", "Albi", "5 gg.", "chissà", ""], ["2.2", "Ruoli", "5 gg.", "2 gg.", ""]],
    );
    let (first, _) = replies(place.path(), &[]);
    assert!(!letter(&first, "Ufficio Visure.html").contains("risolt"));
    // One row is put right, another is wrong for the first time; the other office's file goes away.
    let mut better = wrong;
    better[0][3] = "4 gg.";
    better[2][3] = "eh";
    standards(place.path(), "visure v2.csv", "Ufficio Visure", &better);
    fs::remove_file(place.path().join("visure.csv")).unwrap();
    fs::remove_file(place.path().join("albi.csv")).unwrap();
    let (second, _) = replies(place.path(), &[]);
    let page = letter(&second, "Ufficio Visure.html");
    assert!(page.contains("1 di 2 risolte; 1 ancora aperta."), "{page}");
    assert!(page.contains("Risolte: file «visure v2.csv», foglio «visure v2», cella D4."), "{page}");
    assert!(page.contains("1 segnalazione nuova") && page.contains("[in parte nuova]"), "{page}");
    let page = letter(&second, "Ufficio Albi.html");
    assert!(page.contains("0 di 1 risolta; 1 non verificabile.") && page.contains("il file non c’è più"), "{page}");
}

#[test]
fn two_offices_in_one_file_see_only_their_own_rows() {
    let place = place();
    let text = "Carta dei servizi 2019\n\nUFFICIO;CODICE;PROCESSO/SERVIZIO;VALORE PROGRAMMATO;VALORE RILEVATO\n\
                Ufficio Visure;1.1;Visure camerali;5 gg.;boh\nUfficio Visure;1.2;Bollatura dei libri;5 gg.;3 gg.\n\
                Ufficio Visure;1.3;Firme digitali;5 gg.;2 gg.\nUfficio Albi;2.1;Tenuta dei ruoli;5 gg.;chissà\n";
    fs::write(place.path().join("insieme.csv"), text).unwrap();
    let (found, _) = replies(place.path(), &[]);
    let (one, other) = (letter(&found, "Ufficio Visure.html"), letter(&found, "Ufficio Albi.html"));
    assert!(one.contains("boh") && !one.contains("chissà") && !one.contains("Tenuta dei ruoli"), "{one}");
    assert!(other.contains("chissà") && !other.contains("boh") && !other.contains("Firme digitali"), "{other}");
    let copies: Vec<&String> = found.keys().filter(|name| name.ends_with(".xlsx")).collect();
    assert_eq!(copies, ["Ufficio Visure - insieme (segnato).xlsx"]);
    let strings = part(&found[copies[0]], "xl/sharedStrings.xml");
    assert!(strings.contains("Visure camerali") && !strings.contains("chissà"), "{strings}");
}

#[test]
fn nasty_names_and_texts_are_harmless() {
    let place = place();
    let long = format!("Ufficio {}", "Promozione e sviluppo ".repeat(10));
    for (file, office) in [("a.csv", "Ufficio Albi/Ruoli: <b>Esteri</b>"), ("b.csv", &long)] {
        let cell = "<script>alert(1)</script>";
        let rows = [["1.1", "=1+1", "5 gg.", cell, ""], ["1.2", "Altro", "5 gg.", "3 gg.", ""]];
        let rows = rows.map(|mut row| {
            row[0] = if file == "a.csv" {
                row[0]
            } else if row[0] == "1.1" {
                "7.1"
            } else {
                "7.2"
            };
            row
        });
        standards(place.path(), file, office, &rows);
    }
    let (found, _) = replies(place.path(), &[]);
    assert!(found.len() >= 5, "{:?}", found.keys());
    for name in found.keys() {
        assert!(!name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']) && name.chars().count() < 150, "{name}");
    }
    for page in found.keys().filter(|name| name.ends_with(".html")).map(|name| letter(&found, name)) {
        assert!(!page.contains("<script") && !page.contains("<b>Esteri"), "{page}");
    }
    let copy = found.iter().find(|(name, _)| name.ends_with(".xlsx")).expect("a copy").1;
    assert!(!part(copy, "xl/worksheets/sheet2.xml").contains("<f>"));
    assert!(part(copy, "xl/sharedStrings.xml").contains("=1+1"));
    let notes = part(copy, "xl/comments1.xml");
    assert!(notes.contains("Che cosa fare:") && notes.contains("&lt;script&gt;"), "{notes}");
}

#[test]
fn copies_are_passed_over_until_somebody_saves_them_and_then_read_as_the_office_s_sheet() {
    let copy = sample::copy();
    let elsewhere = copy.path().join("per gli uffici");
    let option = format!("--replies={}", elsewhere.display());
    let run = |folder: &Path| say(&["run", folder.to_str().unwrap(), &option]);
    run(copy.path());
    let first = record(copy.path());
    let written = contents(&elsewhere);
    // The next run does not take them for sheets, nor for other files.
    run(copy.path());
    assert_eq!(record(copy.path()), first);
    // An office corrects nothing, but sends the copy back: every figure and every finding is as it was.
    for (file, copied) in [
        (
            "artigianato protesti export.ods",
            "UFFICIO ARTIGIANATO, PROTESTI, DOC. EXPORT - artigianato protesti export (segnato).xlsx",
        ),
        ("diritto annuale 2019.xlsx", "UFFICIO DIRITTO ANNUALE - diritto annuale 2019 (segnato).xlsx"),
        (
            "REGISTRO IMPRESE_monitoraggio carta servizi DEF.xlsx",
            "Ufficio Registro Imprese - REGISTRO IMPRESE_monitoraggio carta servizi DEF (segnato).xlsx",
        ),
    ] {
        fs::remove_file(copy.path().join(file)).unwrap();
        fs::write(copy.path().join(copied), saved_again(&written[copied])).unwrap();
    }
    run(copy.path());
    let second = record(copy.path());
    let figures = |json: &Value| {
        [json["charter"]["percent"].clone(), json["charter"]["counted"].clone(), json["procedures"]["mean"].clone()]
    };
    assert_eq!(figures(&second), figures(&first));
    let told = |json: &Value| {
        let mut all: Vec<String> = sample::findings(json)
            .iter()
            .map(|one| format!("{} {} {}", one["code"], one["cell"], one["severity"]))
            .collect();
        all.sort();
        all
    };
    assert_eq!(told(&second), told(&first));
    let pages = contents(&elsewhere);
    assert!(letter(&pages, "UFFICIO DIRITTO ANNUALE.html").contains("0 di 2 risolte; 2 ancora aperte"));
    // What the first run wrote is gone, because it is still ours and no longer applies; nothing else is.
    assert!(!pages.contains_key("UFFICIO DIRITTO ANNUALE - diritto annuale 2019 (segnato).xlsx"));
}

#[test]
fn a_letter_or_a_copy_that_somebody_changed_stays() {
    let copy = sample::copy();
    replies(copy.path(), &[]);
    let (page, book) =
        ("UFFICIO DIRITTO ANNUALE.html", "UFFICIO DIRITTO ANNUALE - diritto annuale 2019 (segnato).xlsx");
    let at = |name: &str| risposte(copy.path()).join(name);
    fs::write(at(page), fs::read_to_string(at(page)).unwrap().replace("Spett.le", "Caro")).unwrap();
    let changed = saved_again(&fs::read(at(book)).unwrap());
    fs::write(at(book), &changed).unwrap();
    fs::write(at("appunti.txt"), "mio").unwrap();
    let (found, out) = replies(copy.path(), &[]);
    assert!(letter(&found, page).contains("Caro") && found[book] == changed && found["appunti.txt"] == b"mio");
    assert!(found.contains_key("UFFICIO DIRITTO ANNUALE (2).html"), "{:?}", found.keys());
    assert!(
        out.contains(&format!("Non sostituito, perché non è di questo programma o è stato cambiato: {page}")),
        "{out}"
    );
    // Nothing is left to say to the office: its letter of the run before says all is well, its copy goes.
    fs::remove_file(copy.path().join("artigianato protesti export.ods")).unwrap();
    let (found, _) = replies(copy.path(), &[]);
    assert!(!found.keys().any(|name| name.contains("artigianato protesti export (segnato)")), "{:?}", found.keys());
    assert!(letter(&found, page).contains("Caro") && found["appunti.txt"] == b"mio");
}

#[test]
fn three_hundred_findings_stay_readable_and_none_is_lost() {
    let place = place();
    let texts: Vec<[String; 2]> = (0..300).map(|at| [format!("{}.{at}", at % 9 + 1), format!("boh {at}")]).collect();
    let mut rows: Vec<[&str; 5]> =
        texts.iter().map(|[code, value]| [code.as_str(), value.as_str(), "5 gg.", value.as_str(), ""]).collect();
    rows.push(["9.999", "Ultimo", "5 gg.", "2 gg.", ""]);
    standards(place.path(), "tanti.csv", "Ufficio Tanti", &rows);
    let (found, _) = replies(place.path(), &[]);
    let page = letter(&found, "Ufficio Tanti.html");
    assert!(page.len() < 40_000 && page.contains("Lo stesso vale per:"), "{} bytes", page.len());
    let notes = part(&found["Ufficio Tanti - tanti (segnato).xlsx"], "xl/comments1.xml");
    let json = record(place.path());
    let told = sample::findings(&json).iter().filter(|one| !one["cell"].is_null()).map(|one| one["cell"].to_string());
    for cell in told {
        assert!(notes.contains(&format!("ref={cell}")), "no note at {cell}");
    }
}

#[test]
fn a_file_under_a_password_is_never_copied_without_it() {
    let place = tempfile::tempdir().expect("a place");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/password-agile.xlsx");
    fs::copy(&corpus, place.path().join("chiuso.xlsx")).expect("a locked book");
    let password = tempfile::NamedTempFile::new().expect("a file of passwords");
    fs::write(password.path(), "primavera").expect("the password");
    let (found, out) = replies(place.path(), &["--password-file", password.path().to_str().unwrap()]);
    assert!(out.contains("chiuso.xlsx › Dati › B2"), "nothing is to be said of it: {out}");
    assert!(!found.keys().any(|name| name.ends_with(".xlsx")), "{:?}", found.keys());
    let said = |page: &String| page.contains("nessuna copia segnata") && page.contains("password");
    let pages: Vec<String> = found.keys().map(|name| letter(&found, name)).collect();
    assert!(pages.iter().any(said), "{pages:?}");
}

#[test]
fn an_office_of_the_roster_that_sent_nothing_is_asked() {
    let place = place();
    let settings = "[body]\nname = \"Camera\"\nyear = 2019\n[roster]\noffices = [\"Visure\", \"Metrologia\"]\n";
    fs::write(place.path().join("allegati.toml"), settings).unwrap();
    standards(place.path(), "visure.csv", "Ufficio Visure", &[["1.1", "Visure", "5 gg.", "3 gg.", ""]]);
    let (found, out) = replies(place.path(), &[]);
    let page = letter(&found, "Metrologia.html");
    assert!(page.contains("Manca ancora") && page.contains("non abbiamo ancora ricevuto nessun foglio"), "{page}");
    assert!(letter(&found, "Elenco delle risposte.html").contains("mancante"));
    assert!(out.contains("con qualcosa da fare: 1"), "{out}");
}

#[test]
fn every_format_gives_a_copy() {
    let grid = |name: &str| {
        format!(
            "# file: {name}\n# sheet: Standard\nUfficio Visure - Carta dei servizi 2019\n\nCODICE | PROCESSO/SERVIZIO | VALORE PROGRAMMATO | VALORE RILEVATO\n1.1 | Visure | 5 gg. | boh\n1.2 | Altro | 5 gg. | 3 gg.\n"
        )
    };
    for extension in ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"] {
        let place = place();
        deliver(&grid(&format!("visure.{extension}")), "visure", place.path());
        let (found, out) = replies(place.path(), &[]);
        let copy = found.get("Ufficio Visure - visure (segnato).xlsx");
        let copy = copy.unwrap_or_else(|| panic!("{extension}: {:?} {out}", found.keys()));
        let strings = part(copy, "xl/sharedStrings.xml");
        assert!(strings.contains("Visure") && strings.contains("boh"), "{extension}: {strings}");
        assert!(part(copy, "xl/comments1.xml").contains("boh"), "{extension}");
    }
}

#[test]
fn a_copy_has_so_many_notes_and_says_how_many_cells_have_none() {
    let place = place();
    let codes: Vec<String> = (0..2_050).map(|at| format!("{}.{at}", at % 9 + 1)).collect();
    let rows: Vec<[&str; 5]> = codes.iter().map(|code| [code.as_str(), code.as_str(), "5 gg.", "boh", ""]).collect();
    standards(place.path(), "tanti.csv", "Ufficio Tanti", &rows);
    let (found, _) = replies(place.path(), &[]);
    let copy = &found["Ufficio Tanti - tanti (segnato).xlsx"];
    assert_eq!(part(copy, "xl/comments1.xml").matches("<comment ref=").count(), 2_000);
    assert!(part(copy, "xl/sharedStrings.xml").contains("Le note sono al massimo 2000: altre 50 celle"));
}
