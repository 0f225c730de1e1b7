//! Records out as open data and back: the same bytes, the same figures, and never silently something else.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use allegati::exchange::{self, About, Export};
use allegati::finding::Lang;
use allegati::outcome::Outcome;
use allegati::pipeline::{self, Options};
use allegati::settings::Settings;
use rayon::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::sample::{self, contents, say};
use crate::{generator, museum};

fn settings(text: Option<&str>) -> Settings {
    let known = pipeline::known_columns();
    let known: Vec<(&str, &[&str])> = known.iter().map(|(kind, columns)| (*kind, columns.as_slice())).collect();
    text.map_or_else(Settings::default, |text| Settings::parse(text, &known).expect("settings"))
}

/// The JSON record but for what it was made from.
fn record(outcome: &Outcome) -> Value {
    let mut record: Value = serde_json::from_str(&allegati::write::json(outcome, Lang::It)).expect("JSON");
    record.as_object_mut().expect("an object").remove("made");
    record
}

/// Exports a folder; gives the record that its sheets gave themselves.
fn export(folder: &Path, to: &Path) -> Value {
    let text = Settings::text(folder).expect("settings");
    let settings = settings(text.as_deref());
    let about = About { settings: &settings, settings_text: text, lang: Lang::It };
    let options = Options { count_dates: true, ..Options::default() };
    fs::create_dir_all(to).expect("a place");
    let mut create = |name: &str| File::create(to.join(name)).map(|file| Box::new(file) as Box<dyn Write + Send>);
    let exported = pipeline::consolidate_with(folder, &settings, &options, &|_| (), |deliveries| {
        exchange::write(deliveries, &about, &mut create).expect("written");
    });
    record(&exported.expect("a run").1)
}

fn read(from: &Path) -> Export {
    let open = |name: &str| File::open(from.join(name)).map(|file| Box::new(file) as Box<dyn Read>);
    exchange::read(&pipeline::codes(), &open).unwrap_or_else(|damage| panic!("{}", damage.message(Lang::En)))
}

/// The record that exports give together; none when they say that they do not belong together.
fn together(exports: &[&Path]) -> Option<Value> {
    let (deliveries, text) = exchange::merge(exports.iter().map(|from| read(from)).collect()).ok()?;
    let read_for = deliveries.year;
    let outcome = pipeline::settle(deliveries, &settings(text.as_deref()), &[]);
    (outcome.consolidation.year == read_for).then(|| record(&outcome))
}

/// The files of a folder dealt out to two, the settings to both.
fn halves(folder: &Path, to: &Path) -> [PathBuf; 2] {
    fn deal(folder: &Path, root: &Path, halves: &[PathBuf; 2], count: &mut usize) {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| !path.is_symlink()) {
            if path.is_dir() {
                deal(&path, root, halves, count);
                continue;
            }
            *count += 1;
            let name = path.strip_prefix(root).expect("below the root");
            for (at, half) in halves.iter().enumerate() {
                if name.as_os_str() == "allegati.toml" || *count % 2 == at {
                    fs::create_dir_all(half.join(name).parent().expect("a folder")).expect("made");
                    fs::copy(&path, half.join(name)).expect("copied");
                }
            }
        }
    }
    let halves = [to.join("one"), to.join("other")];
    halves.iter().for_each(|half| fs::create_dir_all(half).expect("made"));
    deal(folder, folder, &halves, &mut 0);
    halves
}

/// What is wrong when a folder is exported whole and in halves; nothing when the figures stay the same.
fn judge(name: &str, folder: &Path, must_merge: bool) -> Vec<String> {
    let place = tempfile::tempdir().expect("a place");
    let whole = place.path().join("whole");
    let direct = export(folder, &whole);
    let mut wrong = Vec::new();
    match together(&[&whole]) {
        None => wrong.push(format!("{name}: refused")),
        Some(back) => wrong.extend(difference(&direct, &back).map(|what| format!("{name}: {what}"))),
    }
    let [one, other] = halves(folder, place.path());
    let exports = [place.path().join("data one"), place.path().join("data other")];
    export(&one, &exports[0]);
    export(&other, &exports[1]);
    // What lies behind links, and so in no half, counts for nothing here.
    let has_links = walk(folder).iter().any(|path| path.is_symlink());
    match together(&[&exports[1], &exports[0]]) {
        None if must_merge => wrong.push(format!("{name}: its halves were refused")),
        Some(back) if !has_links => {
            wrong.extend(difference(&direct, &back).map(|what| format!("{name} in halves: {what}")))
        }
        _ => {}
    }
    wrong
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    paths.flat_map(|path| if path.is_dir() && !path.is_symlink() { walk(&path) } else { vec![path] }).collect()
}

/// The first part of two records that is not the same.
fn difference(one: &Value, other: &Value) -> Option<String> {
    let keys = one.as_object()?.keys().filter(|key| one[*key] != other[*key]);
    keys.map(|key| format!("{key} is\n{:#}\nbut comes back as\n{:#}", one[key], other[key])).next()
}

#[test]
fn the_samples_come_back_whole_and_in_halves() {
    let copy = sample::copy();
    // A copy of a file in the other half is told as in one folder.
    fs::copy(copy.path().join("albi e ruoli.xlsx"), copy.path().join("zz copia.xlsx")).expect("copied");
    assert_eq!(judge("samples", copy.path(), true), Vec::<String>::new());
}

#[test]
fn every_folder_of_the_museum_comes_back_or_its_halves_are_refused() {
    let wrong: Vec<String> = museum::folders()
        .par_iter()
        .flat_map_iter(|case| {
            let folder = museum::build(case);
            judge(&case.file_name().expect("a name").to_string_lossy(), folder.path(), false)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn generated_folders_come_back() {
    let wrong: Vec<String> = (0..8u64)
        .into_par_iter()
        .flat_map_iter(|seed| {
            let place = tempfile::tempdir().expect("a place");
            generator::folder::generate(seed, place.path());
            judge(&format!("seed {seed}"), place.path(), false)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The samples exported by the program, and where.
fn exported() -> (TempDir, PathBuf) {
    let copy = sample::copy();
    let (code, out, err) = say(&["export", copy.path().to_str().expect("UTF-8")]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let data = copy.path().join("consolidato/dati");
    (copy, data)
}

#[test]
fn the_program_exports_the_same_bytes_and_consolidates_them_as_the_sheets() {
    let (copy, data) = exported();
    let first = contents(&data);
    assert!(first.contains_key("charter.csv") && first.contains_key("datapackage.json"), "{:?}", first.keys());
    let (again, _, _) = say(&["export", copy.path().to_str().expect("UTF-8"), "-o", data.to_str().expect("UTF-8")]);
    assert_eq!(again, 0);
    assert!(first == contents(&data), "a second export wrote other bytes");
    let direct = sample::run(copy.path(), &[]);
    let target = copy.path().join("consolidato/back/Allegati.xlsx");
    let (code, out, err) =
        say(&["run", "--from-export", data.to_str().expect("UTF-8"), "-o", target.to_str().expect("UTF-8")]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let mut back: Value =
        serde_json::from_slice(&fs::read(target.with_extension("json")).expect("a JSON")).expect("JSON");
    let mut sheets = direct.json();
    for record in [&mut back, &mut sheets] {
        record.as_object_mut().expect("an object").remove("made");
    }
    assert_eq!(difference(&sheets, &back), None);
    assert!(target.exists());
}

/// Runs from an export that was changed: nothing may be written, and the file must be named.
fn refused(data: &Path, names: &str) {
    let place = tempfile::tempdir().expect("a place");
    let target = place.path().join("out.xlsx");
    let (code, out, err) =
        say(&["run", "--from-export", data.to_str().expect("UTF-8"), "-o", target.to_str().expect("UTF-8")]);
    assert_eq!((code, out.as_str()), (2, ""), "{names}: {err}");
    assert!(err.contains(names), "{names} is not in {err}");
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0);
}

#[test]
fn a_changed_export_is_refused_and_named() {
    let (_copy, data) = exported();
    let original = contents(&data);
    let restore = || original.iter().for_each(|(name, bytes)| fs::write(data.join(name), bytes).expect("written"));
    for name in original.keys().filter(|name| name.ends_with(".csv") || *name == "provenienza.json") {
        let text = String::from_utf8(original[name].clone()).expect("UTF-8");
        let last = text.trim_end().rfind('\n').expect("lines");
        for changed in [text.replacen("2019", "2018", 1), text[..last + 1].to_owned(), format!("{text}\n")] {
            if changed != text {
                fs::write(data.join(name), changed).expect("written");
                refused(&data, name);
            }
        }
        fs::remove_file(data.join(name)).expect("removed");
        refused(&data, name);
        restore();
    }
    // A description mended after the table: the other hash tells.
    let table = String::from_utf8(original["charter.csv"].clone()).expect("UTF-8").replacen("3.3,days", "2.3,days", 1);
    assert_ne!(table.as_bytes(), original["charter.csv"]);
    fs::write(data.join("charter.csv"), &table).expect("written");
    let mut package: Value = serde_json::from_slice(&original["datapackage.json"]).expect("JSON");
    let sum: String =
        <sha2::Sha256 as sha2::Digest>::digest(table.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    for resource in package["resources"].as_array_mut().expect("resources") {
        if resource["path"] == "charter.csv" {
            resource["hash"] = format!("sha256:{sum}").into();
        }
    }
    fs::write(data.join("datapackage.json"), package.to_string()).expect("written");
    refused(&data, "charter.csv");
    restore();
    fs::write(data.join("datapackage.json"), "{}").expect("written");
    refused(&data, "datapackage.json");
    // What a publisher adds to the description changes no figure.
    let mut package: Value = serde_json::from_slice(&original["datapackage.json"]).expect("JSON");
    package["contributors"] = serde_json::json!([{ "title": "Ufficio Statistica" }]);
    fs::write(data.join("datapackage.json"), package.to_string()).expect("written");
    assert!(together(&[&data]).is_some());
}

#[test]
fn exports_that_do_not_belong_together_are_refused() {
    let place = tempfile::tempdir().expect("a place");
    let table =
        "Ufficio Albi - Carta dei servizi 2019\n\nCODICE;PROCESSO/SERVIZIO;VALORE PROGRAMMATO;VALORE RILEVATO\n";
    let made = |name: &str, year: i16, row: &str| {
        let (folder, data) = (place.path().join(name), place.path().join(format!("data {name}")));
        fs::create_dir_all(&folder).expect("made");
        fs::write(folder.join("allegati.toml"), format!("[body]\nyear = {year}\n")).expect("settings");
        fs::write(folder.join("albi.csv"), format!("{table}{row}\n")).expect("a sheet");
        export(&folder, &data);
        data
    };
    let one = made("one", 2019, "1.1;Albi;5 gg;3 gg");
    assert!(together(&[&one, &one]).is_some(), "the same file twice is one");
    for (name, year, row) in [("two", 2019, "1.1;Albi;5 gg;4 gg"), ("three", 2020, "1.1;Albi;5 gg;3 gg")] {
        let other = made(name, year, row);
        assert!(together(&[&one, &other]).is_none(), "{name}");
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula_and_texts_come_back() {
    let place = tempfile::tempdir().expect("a place");
    let folder = place.path().join("fogli");
    fs::create_dir_all(&folder).expect("made");
    let nasty = "=HYPERLINK(\"http://x\";\"y\")";
    let quoted = format!("\"{}\"", nasty.replace('"', "\"\""));
    fs::write(
        folder.join("albi.csv"),
        format!(
            "Carta dei servizi 2019\n\nCODICE;PROCESSO/SERVIZIO;VALORE PROGRAMMATO;VALORE RILEVATO;NOTE\n\
             1.1;{quoted};5 gg;3 gg;@nota\n1.2;+Albi;5 gg;3 gg;'-ruoli\n1.3;-Ruoli;5 gg;6 gg;\"+a\nb\"\n"
        ),
    )
    .expect("a sheet");
    let data = place.path().join("dati");
    let direct = export(&folder, &data);
    let mut reader = csv::ReaderBuilder::new().from_path(data.join("charter.csv")).expect("a table");
    let header: BTreeMap<String, usize> =
        reader.headers().expect("a header").iter().enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(&rows[0][header["process"]], format!("'{nasty}"));
    for cell in rows.iter().flat_map(|row| row.iter()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let back = together(&[&data]).expect("one export");
    assert_eq!(difference(&direct, &back), None);
    assert_eq!(back["charter"]["rows"][0]["process"], nasty);
    assert_eq!(back["charter"]["rows"][1]["notes"], "'-ruoli");
}

#[test]
fn an_export_replaces_only_an_export_and_stays_away_from_the_sheets() {
    let copy = sample::copy();
    let folder = copy.path().to_str().expect("UTF-8");
    let inside = copy.path().join("dati");
    let (code, _, err) = say(&["export", folder, "-o", inside.to_str().expect("UTF-8")]);
    assert!(code == 2 && err.contains("fra i fogli degli uffici") && !inside.exists(), "{err}");
    let place = tempfile::tempdir().expect("a place");
    fs::write(place.path().join("cases.csv"), "mine").expect("written");
    let (code, _, err) = say(&["export", folder, "-o", place.path().to_str().expect("UTF-8")]);
    assert!(code == 2 && err.contains("cases.csv"), "{err}");
    assert_eq!(contents(place.path()).len(), 1);
}
