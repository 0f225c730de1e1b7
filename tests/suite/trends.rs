//! Figures over the years: a year run, the next one compared with it, and everything that says so.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::deliver;
use crate::sample::{self, say};

/// Standards of a year, one office's sheet; `measured` in their order.
fn standards(year: i16, measured: [&str; 4]) -> String {
    let [one, two, three, four] = measured;
    format!(
        "# file: albi.xlsx\n# sheet: Albi\nUfficio Albi – Carta dei servizi – anno {year}\n\
         CODICE | PROCESSO/SERVIZIO | VALORE PROGRAMMATO | VALORE RILEVATO\n\
         2.1.1 | Iscrizione al ruolo | 30 gg. | {one}\n2.1.2 | Cancellazione dal ruolo | 15 gg. | {two}\n\
         2.1.3 | Rilascio tesserini | 10 gg. | {three}\n2.1.4 | Visure | 5 gg. | {four}\n"
    )
}

/// Cost of staff of a year, in a text file: the same bytes whenever they are written.
const COSTS: &str = "# file: costi.csv\nCosto del personale\nEnte | Anno | Importo\n\
                     Comune di Altopascio | 2018 | '1.200.000,50\nComune di Altopascio | 2019 | '1.150.000,25\n";

/// A root with a folder for each year.
fn years(years: &[(i16, [&str; 4])]) -> TempDir {
    let root = tempfile::tempdir().expect("a root");
    for (year, measured) in years {
        let folder = root.path().join(year.to_string());
        fs::create_dir(&folder).expect("a folder");
        deliver(&standards(*year, *measured), "albi", &folder);
        deliver(COSTS, "costi", &folder);
        let settings = format!("[body]\nname = \"Comune di Altopascio\"\nyear = {year}\n");
        fs::write(folder.join("allegati.toml"), settings).expect("written");
    }
    root
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn record_of(folder: &Path, year: i16) -> PathBuf {
    folder.join(format!("consolidato/Allegati-{year}.json"))
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a record")).expect("JSON")
}

fn found<'a>(json: &'a Value, code: &str) -> Vec<&'a Value> {
    sample::findings(json).iter().filter(|one| one["code"] == code).collect()
}

/// The rows of a figure, each with previous value, value, change and status.
fn rows<'a>(json: &'a Value, figure: &str) -> Vec<[Option<&'a str>; 4]> {
    let rows = json["trends"].as_array().expect("trends").iter().filter(|row| row["figure"] == figure);
    rows.map(|row| ["previous", "current", "change", "status"].map(|key| row[key].as_str())).collect()
}

const THEN: [&str; 4] = ["20 gg.", "9,5 gg.", "6 gg.", "3 gg."];
const NOW: [&str; 4] = ["18 gg.", "9,5 gg.", "8 gg.", "N.C."];

#[test]
fn a_year_is_compared_with_the_one_before_in_every_format() {
    let root = years(&[(2018, THEN), (2019, NOW)]);
    let (before, after) = (root.path().join("2018"), root.path().join("2019"));
    say(&["run", text(&before)]);
    let alone = sample::run(&after, &[]);
    assert!(alone.json().get("trends").is_none() && alone.json().get("previous").is_none());
    let page = root.path().join("pagina.html");
    let (_, out, err) =
        say(&["run", text(&after), "--previous", text(&record_of(&before, 2018)), "--report", text(&page)]);
    assert_eq!(err, "", "{out}");
    let json = read(&record_of(&after, 2019));
    assert_eq!(json["previous"][0]["file"], "../2018/consolidato/Allegati-2018.json");
    assert_eq!(json["previous"][0]["year"], 2018);
    assert_eq!(
        rows(&json, "standard_measured"),
        [
            [Some("20.00"), Some("18.00"), Some("-2.00"), Some("compared")],
            [Some("9.50"), Some("9.50"), Some("0.00"), Some("compared")],
            [Some("6.00"), Some("8.00"), Some("2.00"), Some("compared")],
            [Some("3.00"), None, None, Some("no_figure")],
        ]
    );
    let costs = rows(&json, "staff_cost");
    assert_eq!(costs[0], [Some("1200000.50"), Some("1150000.25"), Some("-50000.25"), Some("compared")]);
    let shown = fs::read_to_string(&page).expect("the page");
    assert!(shown.contains("id=\"andamento\"") && shown.contains("−50.000,25"));
    let (code, said, err) = say(&["verify", text(&after.join("consolidato/Allegati-2019.xlsx")), "--all"]);
    assert_eq!((code, err.as_str()), (0, ""), "{said}");
    assert!(said.contains("giusta") && said.contains("Andamento"), "{said}");
    assert!(said.contains("0 troncate, 0 sbagliate"), "{said}");
    // The costs’ file is the very one of the year before; the standards’ is another.
    let again = found(&json, "X031");
    assert_eq!(again.len(), 1);
    assert_eq!(again[0]["file"], "costi.csv");
    assert!(found(&json, "X017").is_empty() && found(&json, "X030").is_empty());
}

#[test]
fn results_that_lie_in_the_folder_are_found_and_up_to_three_years_are_shown() {
    let all = [2015, 2016, 2017, 2018].map(|year| (year, THEN));
    let root = years(&[&all[..], &[(2019, NOW)]].concat());
    let folder = root.path().join("2019");
    fs::create_dir(folder.join("consolidato")).expect("a folder");
    for (year, _) in all {
        let before = root.path().join(year.to_string());
        say(&["run", text(&before)]);
        fs::copy(record_of(&before, year), record_of(&folder, year)).expect("copied");
    }
    say(&["run", text(&folder)]);
    let json = read(&record_of(&folder, 2019));
    let used: Vec<&Value> = json["previous"].as_array().expect("a list").iter().map(|one| &one["year"]).collect();
    assert_eq!(used, [2018, 2017, 2016]);
    let first = json["trends"].as_array().and_then(|rows| rows.iter().find(|row| row["code"] == "2.1.1"));
    let earlier = &first.expect("a standard")["earlier"];
    assert_eq!((&earlier["2016"], &earlier["2018"]), (&Value::from("20.00"), &Value::from("20.00")));
    let bytes = fs::read(folder.join("consolidato/Allegati-2019.xlsx")).expect("a workbook");
    say(&["run", text(&folder)]);
    let again = fs::read(folder.join("consolidato/Allegati-2019.xlsx")).expect("a workbook");
    assert!(bytes == again, "the same bytes, with the record of the run before in the folder");
    let (checked, out, _) = say(&["check", text(&folder)]);
    assert_eq!(checked, 0);
    assert!(out.contains("avviso[X031]"), "{out}");
}

#[test]
fn last_years_figures_under_a_new_title_are_told() {
    let (then, settings) = (["20,5 gg.", "9 gg.", "6 gg.", "3 gg."], "--previous");
    let root = years(&[(2018, then), (2019, then)]);
    let (before, after) = (root.path().join("2018"), root.path().join("2019"));
    say(&["run", text(&before)]);
    let json = sample::run(&after, &[settings, text(&record_of(&before, 2018))]).json();
    let told = found(&json, "X017");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&told[0]["file"], &told[0]["cell"]), (&Value::from("albi.xlsx"), &Value::from("D3")));
    assert_eq!(told[0]["also"][0]["file"], "../2018/consolidato/Allegati-2018.json");
}

#[test]
fn a_file_that_is_no_earlier_result_is_refused_when_it_was_asked_for() {
    let root = years(&[(2019, NOW)]);
    let folder = root.path().join("2019");
    let (absent, other) = (root.path().join("no.json"), root.path().join("altro.json"));
    fs::write(&other, "{\"schema\": \"allegati-batch/1\"}").expect("written");
    for (path, why) in [(&absent, "il file non esiste"), (&other, "non è un risultato di questo programma")] {
        for command in ["run", "check"] {
            let (code, out, err) = say(&[command, text(&folder), "--previous", text(path)]);
            assert_eq!((code, out.as_str()), (2, ""));
            assert!(err.contains(why), "{err}");
        }
    }
    assert!(!folder.join("consolidato").join("Allegati-2019.xlsx").exists());
    say(&["run", text(&folder)]);
    let own = record_of(&folder, 2019);
    let kept = fs::read(&own).expect("a record");
    let (code, _, err) = say(&["run", text(&folder), "--previous", text(&own), "--lang", "en"]);
    assert_eq!(code, 2);
    assert!(err.contains("take the place of the results to compare with"), "{err}");
    assert!(fs::read(&own).expect("a record") == kept);
}

#[test]
fn a_batch_goes_by_years_and_its_second_run_touches_nothing() {
    let root = years(&[(2017, THEN), (2018, THEN), (2019, NOW)]);
    let batch = |options: &[&str]| say(&[&["batch", text(root.path())], options].concat());
    let (_, out, err) = batch(&[]);
    assert!(out.contains("3 cartelle: 3 fatte"), "{out}{err}");
    let json = read(&record_of(&root.path().join("2019"), 2019));
    let used: Vec<&Value> = json["previous"].as_array().expect("a list").iter().map(|one| &one["file"]).collect();
    assert_eq!(used, ["../2018/consolidato/Allegati-2018.json", "../2017/consolidato/Allegati-2017.json"]);
    assert!(read(&record_of(&root.path().join("2017"), 2017)).get("previous").is_none());
    let (_, out, _) = batch(&["--jobs", "1"]);
    assert!(out.contains("3 cartelle: 0 fatte, 3 già a posto"), "{out}");
    // A change in the first year is one in those that compare with it.
    deliver(&standards(2017, NOW), "albi", &root.path().join("2017"));
    let (_, out, _) = batch(&[]);
    assert!(out.contains("3 cartelle: 3 fatte"), "{out}");
    let bytes = fs::read(record_of(&root.path().join("2019"), 2019)).expect("a record");
    batch(&["--force", "--jobs", "1"]);
    assert!(fs::read(record_of(&root.path().join("2019"), 2019)).expect("a record") == bytes);
}
