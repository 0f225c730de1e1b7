use super::*;
use crate::finding::{Finding, Severity};
use crate::outcome::{FileSource, Outcome, SheetSource};
use crate::place::Place;
use crate::write::fixture;

fn moment() -> Moment {
    Moment { shown: "25 novembre 2026, ore 14:03:22".into(), machine: "2026-11-25T14:03:22+01:00".into() }
}

fn standing<'a>(board: &'a Board, when: &'a Moment) -> Standing<'a> {
    Standing { last: Some((board, when)), failure: None, awaited: &[], changes: &[], ended: None, results: &[] }
}

fn page(outcome: &Outcome, lang: Lang) -> String {
    notice(standing(&Board::of(outcome, false, lang), &moment()), lang).unwrap()
}

/// One file with rows, and nothing to say of it.
fn quiet() -> Outcome {
    let sheet = SheetSource { name: "Foglio1".into(), kind: Some("charter"), records: 12, ..SheetSource::default() };
    let source = FileSource { file: "albi.xlsx".into(), sheets: vec![sheet], ..FileSource::default() };
    Outcome { sources: vec![source], ..Outcome::default() }
}

#[test]
fn the_line_says_in_words_how_things_stand() {
    let mut outcome = quiet();
    let text = page(&outcome, Lang::It);
    assert!(text.contains("band good") && text.contains("Tutto a posto"), "{text}");
    assert!(text.contains("albi.xlsx") && text.contains(">12<") && text.contains("preso"), "{text}");
    assert!(text.contains(&moment().shown) && text.contains(&moment().machine));
    let code = crate::intake::CODES[0];
    outcome.findings.push(Finding::new(code, Place::file(&"albi.xlsx".into())).at(Severity::Warning));
    let text = page(&outcome, Lang::It);
    assert!(text.contains("band look") && text.contains("Da guardare: 1 avviso"), "{text}");
    outcome.findings.push(Finding::new(code, Place::file(&"altri.xlsx".into())));
    for (lang, words) in
        [(Lang::It, "Da correggere: 1 errore, 1 avviso"), (Lang::En, "To be corrected: 1 error, 1 warning")]
    {
        let text = page(&outcome, lang);
        assert!(text.contains("band bad") && text.contains(words), "{text}");
        assert!(text.contains("altri.xlsx"), "a file that was not read is named");
    }
}

#[test]
fn who_is_missing_is_told_once_and_apart() {
    let outcome = fixture::outcome();
    let board = Board::of(&outcome, false, Lang::It);
    assert_eq!(board.missing, outcome.consolidation.missing.len());
    assert_eq!(board.errors, outcome.findings.count(Severity::Error));
    let told = outcome.findings.iter().filter(|finding| finding.severity != Severity::Info).count();
    assert_eq!(board.wrong.shown.len() + board.absent.shown.len(), told);
}

#[test]
fn a_failure_an_end_and_what_is_awaited_are_told() {
    let (board, when) = (Board::of(&quiet(), false, Lang::It), moment());
    let mut now = standing(&board, &when);
    let awaited = [("b.xlsx".to_owned(), "ancora incompleto")];
    let changes = [("+", "arrivato", "c.xlsx".to_owned())];
    (now.awaited, now.changes) = (&awaited, &changes);
    let text = notice(now, Lang::It).unwrap();
    assert!(text.contains("<b>b.xlsx</b>: ancora incompleto") && text.contains("arrivato: <b>c.xlsx</b>"), "{text}");
    assert!(text.contains("http-equiv=\"refresh\""), "it reloads itself");
    now.ended = Some(&when);
    let text = notice(now, Lang::It).unwrap();
    assert!(text.contains("non è più sorvegliata") && !text.contains("http-equiv=\"refresh\""), "{text}");
    now.failure = Some(("il disco è <pieno>", &when));
    let text = notice(now, Lang::It).unwrap();
    assert!(text.contains("band bad") && text.contains("Non aggiornato"), "{text}");
    assert!(!text.contains("<pieno>"), "texts are escaped");
    now.last = None;
    assert!(notice(now, Lang::It).unwrap().contains("Il lavoro non si è potuto fare"));
}

#[test]
fn only_files_are_told_as_taken() {
    let mut outcome = quiet();
    let codes = crate::score::codes();
    for place in [".", "allegati.toml"] {
        outcome.findings.push(Finding::new(codes[0], Place::file(&place.into())).at(Severity::Info));
    }
    let text = page(&outcome, Lang::It);
    assert_eq!(text.matches("<th scope=\"row\">").count(), 1, "{text}");
    assert!(text.contains("band good"), "{text}");
}

#[test]
fn a_folder_without_sheets_is_neither_right_nor_wrong() {
    let text = notice(standing(&Board::of(&Outcome::default(), true, Lang::It), &moment()), Lang::It).unwrap();
    assert!(text.contains("band look") && text.contains("Ancora nessun foglio"), "{text}");
}
