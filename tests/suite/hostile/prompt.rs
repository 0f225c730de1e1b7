//! A person at a terminal is asked for the password of a protected file; nobody else is, and what is typed is never
//! shown.

use std::fs;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use super::locked::{LOCKED, PASSWORD, corpus};

/// Milliseconds until a terminal that says nothing is given up.
const PATIENCE: u64 = 60_000;
const QUESTION: &str = "Password (just Enter to go on without): ";

/// A folder with a sheet, two files under the same password and one under Excel's own.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [LOCKED[0], LOCKED[5], "excels-own-agile.xlsx"] {
        fs::write(folder.path().join(name), corpus(name)).expect("a protected workbook");
    }
    fs::write(folder.path().join("a.csv"), "CODICE;PROCESSO\n6.1.1;Rilascio\n").expect("a sheet");
    folder
}

fn start(arguments: &[&str], path: &std::path::Path) -> PtySession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegati"));
    command.args(arguments).arg(path).args(["--lang", "en"]).env("NO_COLOR", "1").env_remove("ALLEGATI_LANG");
    spawn_command(command, Some(PATIENCE)).expect("a terminal")
}

/// Types answers, each when the question is there; gives all that was shown.
fn typed(arguments: &[&str], path: &std::path::Path, answers: &[&str]) -> String {
    let mut terminal = start(arguments, path);
    let mut shown = String::new();
    for answer in answers {
        shown.push_str(&terminal.exp_string(QUESTION).expect("the question"));
        terminal.send_line(answer).expect("an answer");
    }
    shown.push_str(&terminal.exp_eof().expect("the end"));
    shown
}

#[test]
fn a_password_that_is_typed_opens_the_files_and_is_not_shown() {
    let folder = folder();
    for command in ["check", "run"] {
        let shown = typed(&[command], folder.path(), &["sbagliata", PASSWORD]);
        assert!(shown.contains("2 files are protected by a password:"), "{shown}");
        assert!(shown.contains("no file opens with this password"), "{shown}");
        for name in [LOCKED[0], LOCKED[5]] {
            assert!(shown.contains(&format!("opened: {name}")), "{shown}");
        }
        assert!(shown.contains("4 files, ") && !shown.contains("F002"), "{shown}");
        assert!(!shown.contains("sbagliata") && !shown.contains(PASSWORD), "{shown}");
    }
    let json = fs::read_to_string(folder.path().join("consolidato/Allegati-2019.json"));
    let json = json.or_else(|_| {
        let mut written = fs::read_dir(folder.path().join("consolidato"))?.flatten().map(|entry| entry.path());
        fs::read_to_string(written.find(|path| path.extension().is_some_and(|kind| kind == "json")).expect("a JSON"))
    });
    assert!(!json.expect("the JSON").contains(PASSWORD));
}

#[test]
fn one_file_is_opened_for_inspection() {
    let folder = folder();
    let shown = typed(&["inspect"], &folder.path().join(LOCKED[0]), &[PASSWORD]);
    assert!(shown.contains("A file is protected by a password:"), "{shown}");
    assert!(shown.contains("non-empty cells: 9") && !shown.contains("F002"), "{shown}");
}

#[test]
fn whoever_has_no_password_goes_on_without() {
    let folder = folder();
    for answers in [&[""][..], &["una", "due", "tre"]] {
        let shown = typed(&["check"], folder.path(), answers);
        assert_eq!(shown.matches("F002").count(), 2, "{shown}");
        assert!(!shown.contains("opened"), "{shown}");
    }
}

#[test]
fn a_known_password_leaves_no_question() {
    let folder = folder();
    let passwords = tempfile::NamedTempFile::new().expect("a file of passwords");
    fs::write(passwords.path(), PASSWORD).expect("a password");
    let file = passwords.path().to_str().expect("a path");
    let shown = typed(&["check", "--password-file", file], folder.path(), &[]);
    assert!(!shown.contains(QUESTION) && !shown.contains("F002"), "{shown}");
}
