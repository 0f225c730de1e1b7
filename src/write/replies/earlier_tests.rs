use super::*;
use crate::finding::{Code, Findings, Text};
use crate::outcome::FileSource;

static CODE: Code = Code {
    id: "C012",
    slug: "not-a-number",
    severity: Severity::Error,
    message: Text::new("«{value}» non è un numero", "“{value}” is not a number"),
    help: Text::new("correggere", "correct it"),
};

/// An outcome of one file with one sheet of standards, and findings at cells of it.
fn outcome(file: &str, hash: &str, sheet: Option<(&str, u32)>, findings: &[(&str, &str)]) -> Outcome {
    let file: Arc<str> = file.into();
    let mut outcome = Outcome::default();
    let sheets = sheet.iter().map(|(name, records)| SheetSource {
        name: (*name).to_owned(),
        kind: (*records > 0).then_some("charter"),
        records: *records,
        ..SheetSource::default()
    });
    outcome.sources.push(FileSource {
        file: file.clone(),
        sha256: hash.to_owned(),
        sheets: sheets.collect(),
        ..FileSource::default()
    });
    let mut list = Findings::default();
    for (cell, value) in findings {
        let cell = CellRef::parse(cell).unwrap();
        let sheet: Arc<str> = sheet.unwrap().0.into();
        list.push(Finding::new(&CODE, Place::cell(&file, &sheet, cell.row, cell.col)).with("value", *value));
    }
    outcome.findings = list;
    outcome.consolidation.year = 2019;
    outcome
}

/// What became of the findings of one run in the next.
fn fates(before: &Outcome, now: &Outcome) -> Vec<Fate> {
    let record = crate::write::json(before, Lang::En);
    Earlier::read(record.as_bytes(), 2019).expect("a record").review(now).into_iter().map(|(_, fate)| fate).collect()
}

fn before() -> Outcome {
    outcome("a/fatture 2019.xlsx", "1", Some(("Dati", 9)), &[("B5", "x"), ("B6", "y")])
}

#[test]
fn a_cell_that_is_right_now_is_solved_and_one_that_is_wrong_in_another_way_is_not() {
    let now = outcome("a/fatture 2019.xlsx", "2", Some(("Dati", 9)), &[("B6", "z")]);
    assert_eq!(fates(&before(), &now), [Fate::Solved, Fate::Open(0)]);
}

#[test]
fn rows_that_moved_are_followed_by_what_they_say() {
    let now = outcome("a/fatture 2019.xlsx", "2", Some(("Dati", 9)), &[("B6", "x"), ("B7", "y")]);
    assert_eq!(fates(&before(), &now), [Fate::Open(0), Fate::Open(1)]);
    let now = outcome("a/fatture 2019.xlsx", "2", Some(("Foglio 2", 9)), &[("C6", "x")]);
    assert_eq!(fates(&before(), &now), [Fate::Open(0), Fate::Untold(Why::SheetGone)]);
}

#[test]
fn nothing_is_solved_by_taking_the_file_or_the_sheet_away() {
    let gone = outcome("b.xlsx", "9", Some(("Dati", 9)), &[]);
    assert_eq!(fates(&before(), &gone), [Fate::Untold(Why::FileGone); 2]);
    let unread = outcome("a/fatture 2019.xlsx", "2", None, &[]);
    assert_eq!(fates(&before(), &unread), [Fate::Untold(Why::Unread); 2]);
    let empty = outcome("a/fatture 2019.xlsx", "2", Some(("Dati", 0)), &[]);
    assert_eq!(fates(&before(), &empty), [Fate::Untold(Why::SheetGone); 2]);
}

#[test]
fn a_renamed_file_is_followed_and_another_offices_is_not() {
    for name in ["fatture 2019 v2.xlsx", "Fatture_2019 DEF.xlsx", "Ragioneria - fatture 2019 (segnato).xlsx"] {
        let now = outcome(name, "2", Some(("Dati", 9)), &[("B6", "y")]);
        assert_eq!(fates(&before(), &now), [Fate::Solved, Fate::Open(0)], "{name}");
    }
    let same_bytes = outcome("altro.xlsx", "1", Some(("Dati", 9)), &[("B5", "x"), ("B6", "y")]);
    assert_eq!(fates(&before(), &same_bytes), [Fate::Open(0), Fate::Open(1)]);
    let other = outcome("fatture attive 2018.xlsx", "2", Some(("Dati", 9)), &[]);
    assert_eq!(fates(&before(), &other), [Fate::Untold(Why::FileGone); 2]);
}

#[test]
fn a_record_of_another_year_or_none_is_not_compared() {
    let record = crate::write::json(&before(), Lang::It);
    assert!(Earlier::read(record.as_bytes(), 2020).is_none());
    assert!(Earlier::read(b"{\"schema\":\"other\"}", 2019).is_none());
    assert!(Earlier::read(b"no JSON", 2019).is_none());
    let fewer = outcome("a/fatture 2019.xlsx", "2", Some(("Dati", 7)), &[]);
    let shrunk = Earlier::read(record.as_bytes(), 2019).unwrap().shrunk(&fewer);
    assert_eq!(
        shrunk.iter().map(|(place, then, now)| (place.to_string(), *then, *now)).collect::<Vec<_>>(),
        [("a/fatture 2019.xlsx › Dati".to_owned(), 9, 7)]
    );
}
