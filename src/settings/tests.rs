use std::fs;

use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::finding::Lang;

const KNOWN: &[(&str, &[&str])] =
    &[("charter", &["code", "process", "planned", "measured"]), ("staff_costs", &["entity", "year", "amount"])];

const WHOLE: &str = r#"
[body]
name = "Camera di Commercio di Lucca"
year = 2019
patron_saint = "07-12"
saturday_works = true
closures = ["2019-12-24", 2019-08-16]
reference_date = "2019-12-31"

[scoring]
respect = "ratio"
tolerance_percent = 7.5
[trends]
duration_times = 2.5
[staff_costs]
base_year = "2014-2016"

[roster]
offices = ["Registro Imprese", "Diritto annuale"]

[links]
"Segretario Generale/3" = "mean(Ente/3, Ente/4, Ente/5, Ente/6)"
"Ente/1/1" = "mean(allegato1.percent, allegato2.rounded)"

[sections]
"3.2" = "SERVIZI ANAGRAFICI"
3.1 = "SERVIZI ISTITUZIONALI"

[columns.charter]
measured = ["Tempo riscontrato"]
planned = "Tempo previsto"

[limits]
cells = 10_000_000
worker_mib = 2048
"#;

fn refused(text: &str) -> String {
    Settings::parse(text, KNOWN).expect_err(text).message(Lang::En)
}

#[test]
fn every_part_is_read_in_the_order_of_the_file() {
    let settings = Settings::parse(WHOLE, KNOWN).unwrap();
    assert_eq!(settings.body.as_deref(), Some("Camera di Commercio di Lucca"));
    assert_eq!((settings.year, settings.patron_saint, settings.saturday_works), (Some(2019), Some((7, 12)), true));
    assert_eq!(settings.closures, [date(2019, 12, 24), date(2019, 8, 16)]);
    assert_eq!(settings.reference_date, Some(date(2019, 12, 31)));
    assert_eq!((settings.respect, settings.tolerance_percent), (Respect::Ratio, Decimal::new(75, 1)));
    assert_eq!(settings.trends, TrendLimits { duration_times: Decimal::new(25, 1), ..TrendLimits::default() });
    assert_eq!(settings.base_years, [2014, 2015, 2016]);
    assert_eq!(settings.offices, ["Registro Imprese", "Diritto annuale"]);
    assert_eq!(settings.links[0].0, "Segretario Generale/3");
    assert_eq!(settings.links[1], ("Ente/1/1".into(), "mean(allegato1.percent, allegato2.rounded)".into()));
    assert_eq!(settings.sections[1], ("3.1".into(), "SERVIZI ISTITUZIONALI".into()));
    assert_eq!(settings.columns["charter"]["measured"], ["Tempo riscontrato"]);
    assert_eq!(settings.columns["charter"]["planned"], ["Tempo previsto"]);
    let limits = FileLimits { cells: Some(10_000_000), worker_mib: Some(2048), ..FileLimits::default() };
    assert_eq!(settings.limits, limits);
}

#[test]
fn nothing_written_is_the_defaults() {
    let settings = Settings::parse("", KNOWN).unwrap();
    assert_eq!(settings, Settings::default());
    assert_eq!(settings.tolerance_percent, Decimal::TEN);
}

#[test]
fn everything_wrong_is_said_at_once_with_its_line() {
    let text = "[body]\nyaer = 2019\nyear = \"2019\"\npatron_saint = \"13-40\"\n[scoringg]\n[scoring]\nrespect = \"linaer\"\nyear = 2019\n";
    let message = refused(text);
    for line in [
        "line 2: the key “yaer” of the section [body] is not known; did you mean “year”?",
        "line 3: “year = \"2019\"”: a year of four digits without quotes is needed, like 2019",
        "line 4: “patron_saint = \"13-40\"”: month and day in quotes are needed: \"07-12\" is 12 July",
        "line 5: the section “scoringg” is not known; did you mean “scoring”?",
        "line 7: “respect = \"linaer\"”: the rule is not known; did you mean “linear”?",
        "line 8: “year” belongs below the section [body], not below [scoring]",
    ] {
        assert!(message.contains(line), "{line}\nis not in\n{message}");
    }
    assert_eq!(message.lines().count(), 7, "{message}");
}

#[test]
fn impossible_values_are_refused() {
    for (text, wanted) in [
        ("year = 2019", "belongs below the section [body]"),
        ("tollerance_percent = 3", "did you mean “tolerance_percent” of the section [scoring]?"),
        ("body = 3", "write [body] on a line"),
        ("[body]\nyear = 19", "year of four digits"),
        ("[body]\nname = \"\"", "not an empty one"),
        ("[body]\nsaturday_works = \"no\"", "true or false"),
        ("[body]\nclosures = \"2019-12-24\"", "square brackets"),
        ("[body]\nclosures = [\"24/12/2019\"]", "a date that exists"),
        ("[body]\nreference_date = \"2019-02-30\"", "a date that exists"),
        ("[body]\nreference_date = 2019-12-31T10:00:00", "a date that exists"),
        ("[scoring]\ntolerance_percent = \"10\"", "0 to 100"),
        ("[scoring]\ntolerance_percent = -1", "0 to 100"),
        ("[scoring]\ntolerance_percent = nan", "0 to 100"),
        ("[trends]\nduration_times = 0.5", "1 to 1000"),
        ("[trends]\npercent_points = 101", "0 to 100"),
        ("[staff_costs]\nbase_year = []", "a span"),
        ("[staff_costs]\nbase_year = \"2016-2014\"", "a span"),
        ("[roster]\noffices = [3]", "a text in quotes"),
        ("[links]\n\"Ente\" = \"Ente/1\"", "is no reference"),
        ("[links]\n\"allegato1.percent\" = \"Ente/1\"", "on the left"),
        ("[links]\n\"Ente/1\" = \"Ente/1\"", "points to itself"),
        ("[links]\n\"Ente/1\" = 3", "a text in quotes"),
        ("[links]\n\"Ente/1\" = \"mean(allegato1.percnt)\"", "did you mean “allegato1.percent”?"),
        ("[sections]\n\"3.1\" = 3", "a text in quotes"),
        ("[columns.chart]\nplanned = [\"x\"]", "did you mean “charter”?"),
        ("[columns.charter]\nmesured = [\"x\"]", "did you mean “measured”?"),
        ("[columns.charter]\nmeasured = [3]", "a text in quotes"),
    ] {
        let message = refused(text);
        assert!(message.contains(wanted), "{wanted}\nis not in\n{message}");
    }
}

#[test]
fn text_that_is_no_toml_is_explained() {
    for (text, line, cure) in [
        ("[body]\nname = Camera di Lucca", 2, "texts go in quotes"),
        ("[body]\nname = “Camera di Lucca”", 2, "straight"),
        ("[links]\nEnte/1 = \"Ente/2\"", 2, "in quotes, like"),
        ("[body]\nyear = 2019\nyear = 2020", 3, "twice"),
        ("[scoring]\ntolerance_percent = 7,5", 2, "point for decimals"),
        ("Impostazioni della Camera", 1, "comments begin with #"),
    ] {
        let message = refused(text);
        assert!(message.contains(&format!("line {line}: ")) && message.contains(cure), "{text}: {message}");
    }
}

#[test]
fn two_links_of_one_value_are_told_however_they_are_spelt() {
    let links = |second: &str| format!("[links]\n\"Ente Àlfa/1/1\" = \"Ente/3\"\n\"{second}\" = \"Ente/4\"\n");
    for second in ["ente alfa/1/1", "Ente Àlfa / 1 / 1", "ENTE  ALFA’/1/1"] {
        let message = refused(&links(second));
        assert!(message.contains("line 3: ") && message.contains("twice: “Ente Àlfa/1/1”"), "{second}: {message}");
    }
    for second in ["Ente Àlfa/1", "Ente Àlfa/1/2", "Ente/1/1"] {
        assert!(Settings::parse(&links(second), KNOWN).is_ok(), "{second}");
    }
}

#[test]
fn a_spelling_of_two_columns_of_a_kind_is_told() {
    let text = "[columns.charter]\nplanned = [\"Tempo\", \"Valore rilevato\"]\nmeasured = [\"VALORE  rilevato\"]\n";
    let message = refused(text);
    let wanted = "line 3: “VALORE rilevato” is already a spelling of “planned”";
    assert!(message.contains(wanted), "{message}");
    let apart = "[columns.charter]\nplanned = [\"Tempo\", \"tempo\"]\n[columns.staff_costs]\namount = \"Tempo\"\n";
    assert!(Settings::parse(apart, KNOWN).is_ok(), "one column twice and two kinds are no dispute");
}

#[test]
fn a_message_is_complete_in_italian_too() {
    let error = Settings::parse("[body]\nyaer = 2019", KNOWN).unwrap_err();
    let expected = "le impostazioni non si possono seguire: allegati.toml\n  riga 2: la voce «yaer» della sezione [body] non si conosce; forse «year»?";
    assert_eq!(error.message(Lang::It), expected);
}

#[test]
fn the_file_is_found_under_the_names_people_give_it() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Settings::load(folder.path(), KNOWN), Ok(Settings::default()));
    fs::write(folder.path().join("allegati.toml.txt"), "[body]").unwrap();
    let error = Settings::load(folder.path(), KNOWN).unwrap_err();
    assert!(error.message(Lang::It).contains("rinominare"), "{error}");
    fs::write(folder.path().join("Allegati.TOML"), b"[body]\r\nname = \"Citt\xe0\"\r\n").unwrap();
    assert_eq!(Settings::load(folder.path(), KNOWN).unwrap().body.as_deref(), Some("Città"));
}

#[test]
fn an_error_in_a_file_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE_NAME), "\u{feff}[bodi]").unwrap();
    let error = Settings::load(folder.path(), KNOWN).unwrap_err();
    assert_eq!(error.file, Some(folder.path().join(FILE_NAME)));
    assert_eq!(error.problems[0].line, Some(1));
}

proptest! {
    #[test]
    fn no_text_panics(text in "(\\[[a-z.]{0,12}\\]\n)?([a-z_\"/.]{1,16} ?= ?[\\PC]{0,20}\n){0,4}") {
        let _ = Settings::parse(&text, KNOWN);
    }

    #[test]
    fn an_unknown_key_is_never_ignored(key in "[a-z_]{1,20}") {
        let known = ["name", "year", "patron_saint", "saturday_works", "closures", "reference_date"];
        prop_assume!(!known.contains(&key.as_str()));
        let text = format!("[body]\n{key} = 1");
        prop_assert!(Settings::parse(&text, KNOWN).is_err());
    }
}

#[test]
fn limits_are_whole_numbers_within_reason() {
    for (line, wanted) in [
        ("seconds = 0", "a whole number from 1 to 3600 without quotes is needed"),
        ("cells = \"5000000\"", "a whole number from 1 to 1000000000"),
        ("worker_mib = 8", "a whole number from 64 to 65536"),
        ("inflated_mb = 100", "did you mean “inflated_mib”?"),
        ("celle = 100", "did you mean “cells”?"),
    ] {
        let message = refused(&format!("[limits]\n{line}\n"));
        assert!(message.contains("line 2") && message.contains(wanted), "{message}");
    }
    assert!(refused("cells = 5").contains("belongs below the section [limits]"));
}
