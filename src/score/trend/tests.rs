//! Which figures are the same, which records are compared with, and what is hard to believe.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Fate, Figure, Row, This, matching, rows, select};
use crate::earlier::{Earlier, Given};
use crate::finding::{Findings, Lang, Severity};
use crate::score::Source;
use crate::settings::Settings;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn standard(code: &str, process: &str, days: &str) -> Figure {
    let [measured, _] = Figure::standard((code, process), ["30 gg.", days], Some(dec(days)), None, "counted");
    measured
}

fn objective(number: &str, title: &str) -> Figure {
    Figure::objective(("Ente", number), title, Some(dec("90")), "counted")
}

fn earlier(year: i16, figures: Vec<Figure>) -> Earlier {
    Earlier { year, body: Some("Comune di Lucca".to_owned()), figures, files: Default::default() }
}

fn given(name: &str, asked: bool, year: i16) -> Given {
    Given { name: name.into(), sha256: name.to_owned(), asked, content: Ok(earlier(year, Vec::new())) }
}

fn compared(now: Vec<Figure>, then: Vec<Figure>) -> Vec<Row> {
    let source = |row| vec![Source { file: "a.xlsx".into(), sheet: "Foglio1".into(), row, col: 3 }];
    let now = (0u32..).zip(now).map(|(row, figure)| (figure, source(row))).collect();
    rows(now, &earlier(2018, then))
}

fn fates(rows: &[Row]) -> Vec<(&str, Fate)> {
    rows.iter().map(|row| (row.figure.title.as_str(), row.fate)).collect()
}

#[test]
fn the_same_code_and_name_are_compared_and_what_is_not_there_says_so() {
    let rows = compared(
        vec![standard("1", "Visure", "3.5"), standard("2", "Certificati", "4")],
        vec![standard("1", "VISURE.", "3"), standard("3", "Timbri", "9")],
    );
    assert_eq!(fates(&rows), [("Visure", Fate::Found), ("Certificati", Fate::New), ("Timbri", Fate::Ended)]);
    assert_eq!((rows[0].change, rows[0].change_percent), (Some(dec("0.5")), Some(dec("16.67"))));
    assert_eq!(rows[2].now, None);
    assert_eq!(rows[2].then, [Some(Ok(dec("9")))]);
}

#[test]
fn a_new_code_is_followed_by_the_name_when_only_one_has_it() {
    let rows = compared(vec![standard("1.5", "Scarto 2018-2019", "3")], vec![standard("1.4", "Scarto 2017-2018", "3")]);
    assert_eq!(rows[0].fate, Fate::Found);
    assert_eq!(rows[0].called.as_deref(), Some("1.4 Scarto 2017-2018"));
    let rows = compared(
        vec![standard("1.5", "Scarto", "3")],
        vec![standard("1.3", "Scarto", "3"), standard("1.4", "Scarto", "5")],
    );
    assert_eq!(rows.iter().map(|row| row.fate).collect::<Vec<_>>(), [Fate::Several; 3]);
    assert!(rows.iter().all(|row| row.change.is_none()));
}

#[test]
fn a_number_that_now_means_something_else_is_not_compared() {
    let rows = compared(
        vec![objective("1", "Ridurre i tempi di pagamento"), objective("2", "Digitalizzare gli archivi")],
        vec![objective("1", "Promuovere il turismo rurale"), objective("3", "Digitalizzare gli archivi")],
    );
    let told: Vec<_> = rows.iter().map(|row| (row.figure.label.as_str(), row.fate, row.called.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("Ente/1", Fate::New, Some("Promuovere il turismo rurale")),
            ("Ente/2", Fate::Found, Some("Ente/3 Digitalizzare gli archivi")),
            ("Ente/1", Fate::Ended, None),
        ]
    );
}

#[test]
fn days_are_not_compared_with_percentages() {
    let [share, _] = Figure::standard(("1", "Visure"), ["95%", "97%"], Some(dec("97")), None, "counted");
    let rows = compared(vec![share], vec![standard("1", "Visure", "3")]);
    assert_eq!((rows[0].fate, rows[0].change, rows[0].then[0]), (Fate::OtherUnit, None, None));
}

#[test]
fn nothing_is_taken_twice() {
    let (one, other) = (standard("1", "Visure", "3"), standard("1", "Visure", "4"));
    let found = matching::pair(&[&one, &other], std::slice::from_ref(&one));
    assert_eq!((found[0].at, found[1].at, found[1].fate), (Some(0), None, Fate::Several));
}

#[test]
fn the_nearest_years_are_used_and_what_is_not_is_told() {
    let mut all: Vec<Given> = (2013..2019).map(|year| given(&format!("{year}.json"), false, year)).collect();
    all.extend([given("consolidato/Allegati-2019.json", false, 2019), given("b.json", true, 2018)]);
    all.push(given("futuro.json", false, 2021));
    let mut other = given("altrove.json", true, 2017);
    other.content = Ok(Earlier { body: Some("Comune di Pisa".to_owned()), ..earlier(2017, Vec::new()) });
    all.push(other);
    let mut findings = Findings::default();
    let mut same = given("stessi.json", true, 2012);
    let taken: [(Arc<str>, String); 2] = ["a.xlsx", "b.xlsx"].map(|name| (Arc::from(name), format!("hash of {name}")));
    let files = taken.iter().map(|(name, hash)| (hash.clone(), name.to_string())).collect();
    same.content = Ok(Earlier { files, ..earlier(2012, Vec::new()) });
    all.push(same);
    let this = This { year: 2019, body: Some("COMUNE DI LUCCA"), taken: &taken };
    let used = select(&all, &this, &mut findings);
    assert_eq!(used.iter().map(|one| &*one.name).collect::<Vec<_>>(), ["b.json", "2017.json", "2016.json"]);
    findings.sort();
    let told: Vec<(Severity, &str, String)> =
        findings.iter().map(|one| (one.severity, &*one.place.file, one.message(Lang::En))).collect();
    let why = |text: &str| format!("results of another year not used for the comparison: {text}");
    assert_eq!(
        told,
        [
            (Severity::Warning, "2018.json", why("for 2018, \"b.json\" counts")),
            (Severity::Warning, "altrove.json", why("it is of \"Comune di Pisa\", not of \"COMUNE DI LUCCA\"")),
            (Severity::Warning, "stessi.json", why("it is of 2012, but made from the very files of now")),
            (Severity::Info, "futuro.json", why("it is of 2021, not before 2019")),
        ]
    );
}

/// Codes of what is told of a change from one duration to another, or from one score to another.
fn jumps(now: Figure, then: Figure, settings: &Settings) -> Vec<&'static str> {
    let mut rows = compared(vec![now], vec![then]);
    let mut findings = Findings::default();
    super::jump::find(&mut rows, &given("x.json", true, 2018), 2018, settings, &mut findings);
    assert_eq!(rows[0].jumps, !findings.is_empty());
    findings.iter().map(|one| one.code.id).collect()
}

#[test]
fn changes_beyond_the_tolerance_are_told() {
    let usual = Settings::default();
    let days =
        |now: &str, then: &str, settings| jumps(standard("1", "Visure", now), standard("1", "Visure", then), settings);
    assert_eq!(days("15", "3", &usual), [""; 0]);
    assert_eq!(days("15.01", "3", &usual), ["X033"]);
    assert_eq!(days("3", "15.01", &usual), ["X033"]);
    assert_eq!(days("0.9", "0.1", &usual), [""; 0], "less than a day");
    assert_eq!(days("0", "9", &usual), [""; 0], "at sight");
    let strict = Settings::parse("[trends]\nduration_times = 2\npercent_points = 7.5", &[]).unwrap();
    assert_eq!(days("7", "3", &strict), ["X033"]);
    let procedure = |score: &str| Figure::procedure("1", "Fatture", Some(dec(score)), "counted");
    assert_eq!(jumps(procedure("50"), procedure("100"), &usual), [""; 0]);
    assert_eq!(jumps(procedure("49.99"), procedure("100"), &usual), ["X033"]);
    assert_eq!(jumps(procedure("92.5"), procedure("100"), &strict), [""; 0]);
    assert_eq!(jumps(procedure("92.4"), procedure("100"), &strict), ["X033"]);
}

#[test]
fn an_amount_a_thousand_times_another_is_told_both_ways() {
    let cost = |amount: &str| Figure::staff_cost("Comune", dec(amount));
    let usual = Settings::default();
    assert_eq!(jumps(cost("3664142.24"), cost("3552.46"), &usual), ["X032"]);
    assert_eq!(jumps(cost("3552.46"), cost("3664142.24"), &usual), ["X032"]);
    assert_eq!(jumps(cost("-3552.46"), cost("3664142.24"), &usual), ["X032"]);
    assert_eq!(jumps(cost("366"), cost("4"), &usual), [""; 0], "a small amount may grow");
    assert_eq!(jumps(cost("366"), cost("0"), &usual), [""; 0]);
}
