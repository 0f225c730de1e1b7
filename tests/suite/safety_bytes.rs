//! The same inputs give the same bytes wherever they lie and however they are read, and text stays text.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::safety::{PROGRAM, Place, run, said};

/// Both results of a run from a current directory.
fn results(from: &Path, folder: &str, jobs: &str, real: &Path) -> (Vec<u8>, Vec<u8>) {
    let output: Output = Command::new(PROGRAM)
        .env_remove("ALLEGATI_LANG")
        .current_dir(from)
        .args(["run", folder, "--jobs", jobs])
        .output()
        .expect("the program starts");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
    let results = real.join("consolidato");
    let bytes = |name: &str| fs::read(results.join(name)).expect(name);
    let found = (bytes("Allegati-2019.xlsx"), bytes("Allegati-2019.json"));
    fs::remove_dir_all(results).expect("the results go away");
    found
}

/// A folder with the sheets of the samples; with their settings, or with none.
fn samples(folder: PathBuf, settings: bool) -> PathBuf {
    fs::create_dir_all(&folder).expect("a folder");
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/lucca-2019")).expect("samples");
    for entry in entries.map(|entry| entry.expect("a sample")) {
        let is_settings = entry.file_name() == "allegati.toml";
        if entry.path().is_file() && (settings || !is_settings) {
            fs::copy(entry.path(), folder.join(entry.file_name())).expect("a copy");
        }
    }
    folder
}

/// The parts of a workbook, unpacked, one after the other.
fn unpacked(workbook: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a zip");
    let mut all = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        all.extend(part.name().expect("its name").as_bytes());
        part.read_to_end(&mut all).expect("its content");
    }
    all
}

#[test]
fn jobs_and_places_change_no_byte_and_none_names_a_place() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path().canonicalize().unwrap();
    for settings in [true, false] {
        let folder = samples(root.join(format!("qui-{settings}/Camera 2019")), settings);
        let other = samples(root.join(format!("un altro posto-{settings}/più giù/Camera 2019")), settings);
        let above = folder.parent().unwrap();
        let expected = results(Path::new("/"), folder.to_str().unwrap(), "1", &folder);
        for (from, name, jobs, real) in [
            (Path::new("/"), folder.to_str().unwrap(), "8", &folder),
            (above, "Camera 2019", "8", &folder),
            (above, "./Camera 2019/", "3", &folder),
            (folder.as_path(), ".", "2", &folder),
            (folder.as_path(), "../Camera 2019", "1", &folder),
            (Path::new("/"), other.to_str().unwrap(), "8", &other),
        ] {
            let found = results(from, name, jobs, real);
            assert!(found.1 == expected.1, "another JSON for {name} in {} with {jobs} jobs", from.display());
            assert!(found.0 == expected.0, "another workbook for {name} in {} with {jobs} jobs", from.display());
        }
        let all = [unpacked(&expected.0), expected.1].concat();
        let all = String::from_utf8_lossy(&all);
        let home = std::env::var("HOME").ok().filter(|home| home.len() > 1);
        let places = [root.to_str(), Some(env!("CARGO_MANIFEST_DIR")), home.as_deref(), Some("file:///")];
        for place in places.into_iter().flatten() {
            assert!(!all.contains(place), "the results name {place}");
        }
    }
}

/// What a formula could do harm with, each with a word of its own.
const HARMFUL: [&str; 9] = [
    "=HYPERLINK(\"http://example.invalid/word1\")",
    "+1+cmd|'/C word2'!A0",
    "-1-cmd|'/C word3'!A0",
    "@SUM(word4)",
    "\tword5",
    "\rword6",
    "\u{feff}=word7",
    "{=word8}",
    "_xlfn.word9",
];

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let place = Place::new("12 gg.");
    let mut sheet = "Ufficio Statistica - Carta dei servizi 2019\n\nCODICE;PROCESSO/SERVIZIO;INDICATORE;VALORE \
                     PROGRAMMATO;VALORE RILEVATO;NOTE\n"
        .to_owned();
    for (index, text) in HARMFUL.iter().enumerate() {
        let text = text.replace('"', "\"\"");
        sheet.push_str(&format!("6.1.{index};\"{text} p\";\"{text} i\";5 gg.;\"{text}\";\"{text} n\"\n"));
    }
    fs::write(place.folder().join("statistica.csv"), sheet).unwrap();
    let output = run(&place.folder(), &[]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
    let (workbook, json) = place.bytes();
    let all = String::from_utf8_lossy(&unpacked(&workbook)).into_owned();
    for formula in all.split("<f>").skip(1).map(|rest| rest.split("</f>").next().unwrap_or_default()) {
        assert!(!formula.contains("word") && !formula.contains("cmd"), "{formula}");
    }
    assert!(!all.contains("<f "), "only plain formulas are written");
    assert!(!all.contains("Target=\"http"), "no link leads out");
    let mut book: Xlsx<_> = open_workbook(place.workbook()).unwrap();
    let mut texts = Vec::new();
    for (name, range) in book.worksheets() {
        let formulas = book.worksheet_formula(&name).unwrap();
        let cells = range.used_cells().filter_map(|(_, _, data)| match data {
            Data::String(text) => Some(text.clone()),
            _ => None,
        });
        texts.extend(cells);
        assert!(formulas.used_cells().all(|(_, _, formula)| !formula.contains("word")), "{name}");
    }
    let json = String::from_utf8(json).unwrap();
    for text in HARMFUL {
        let word = &text[text.find("word").unwrap()..][..5];
        for end in [" p", " n"] {
            let shown = texts.iter().any(|cell| cell.contains(word) && cell.ends_with(end));
            assert!(shown, "{text:?}{end} is in no cell as text");
        }
        assert!(json.contains(word), "{text:?}");
        let own = text.get(..1).unwrap_or_default();
        let kept = texts.iter().any(|cell| cell.contains(word) && cell.starts_with(own));
        assert!(kept || own.trim().is_empty(), "{text:?} has lost its first sign");
    }
}
