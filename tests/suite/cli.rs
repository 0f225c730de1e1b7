//! The program as a person starts it: help, exit codes, and what it says when it cannot do its work.

use std::fs;
use std::process::{Command, Stdio};

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_allegati");

/// Commands with the options that their help must tell of.
const COMMANDS: [(&str, &[&str]); 12] = [
    (
        "run",
        &[
            "-o",
            "--output",
            "--json",
            "--report",
            "--replies",
            "--previous",
            "--from-export",
            "--lang",
            "--strict",
            "--jobs",
            "--password-file",
            "--help",
        ],
    ),
    ("check", &["--previous", "--lang", "--strict", "--jobs", "--password-file", "--help"]),
    ("inspect", &["--learn", "--password-file", "--lang", "--help"]),
    ("explain", &["--all", "--lang", "--help"]),
    (
        "batch",
        &["-o", "--output", "--force", "--strict", "--jobs", "--password-file", "--follow-links", "--lang", "--help"],
    ),
    (
        "watch",
        &[
            "-o",
            "--output",
            "--json",
            "--report",
            "--replies",
            "--strict",
            "--jobs",
            "--password-file",
            "--follow-links",
            "--poll",
            "--lang",
            "--help",
        ],
    ),
    ("verify", &["--all", "--json", "--password-file", "--lang", "--help"]),
    ("export", &["-o", "--output", "--strict", "--jobs", "--password-file", "--follow-links", "--lang", "--help"]),
    ("template", &["--all", "-o", "--output", "--year", "--lang", "--help"]),
    ("init", &["--year", "--body", "--lang", "--help"]),
    ("completions", &["--lang", "--help"]),
    ("man", &["--lang", "--help"]),
];

struct Said {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program with arguments, in Italian unless they say otherwise.
fn say(arguments: &[&str]) -> Said {
    say_with(arguments, &[])
}

fn say_with(arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let mut command = Command::new(PROGRAM);
    command.env_remove("ALLEGATI_LANG").envs(variables.iter().copied()).args(arguments).stdin(Stdio::null());
    let output = command.output().expect("the program starts");
    Said {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn the_help_tells_of_every_command_and_option_in_both_languages() {
    for (lang, example, codes) in [("it", "Esempi:", "Codici di uscita:"), ("en", "Examples:", "Exit codes:")] {
        let whole = say(&["--help", "--lang", lang]);
        assert_eq!((whole.code, whole.err.as_str()), (0, ""));
        for (command, options) in COMMANDS {
            assert!(whole.out.contains(&format!("\n  {command} ")), "{command} is not in\n{}", whole.out);
            let help = say(&[command, "--help", "--lang", lang]);
            assert_eq!(help.code, 0);
            for part in options.iter().chain(&[example, codes]) {
                assert!(help.out.contains(part), "{part} is not in\n{}", help.out);
            }
        }
    }
}

#[test]
fn the_variable_chooses_the_language_and_the_option_overrules_it() {
    assert!(say(&["--help"]).out.contains("Uso:"));
    assert!(say_with(&["--help"], &[("ALLEGATI_LANG", "en")]).out.contains("Usage:"));
    assert!(say_with(&["--help", "--lang", "it"], &[("ALLEGATI_LANG", "en_GB.UTF-8")]).out.contains("Uso:"));
    let unknown = say_with(&["--help"], &[("ALLEGATI_LANG", "fr")]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("«fr»"), "{}", unknown.err);
}

#[test]
fn arguments_that_cannot_be_followed_are_refused_with_the_nearest() {
    for (arguments, it, en) in [
        (&["chekc"][..], "forse «check»?", "'check'"),
        (&["run", "x", "--strcit"][..], "forse «--strict»?", "'--strict'"),
        (&["run"][..], "manca <CARTELLA>", "<FOLDER>"),
        (&["run", "x", "--jobs", "0"][..], "«0» non va bene", "0 is not in"),
        (&["explain", "C012", "--all"][..], "non vanno insieme", "cannot be used with"),
    ] {
        let italian = say(arguments);
        assert_eq!((italian.code, italian.out.as_str()), (2, ""), "{arguments:?}");
        assert!(italian.err.contains(it), "{it} is not in {}", italian.err);
        let english = say(&[arguments, &["--lang", "en"]].concat());
        assert_eq!(english.code, 2);
        assert!(english.err.contains(en), "{en} is not in {}", english.err);
    }
}

#[test]
fn explain_knows_every_code_by_id_and_by_name() {
    for lang in ["it", "en"] {
        let list = say(&["explain", "--all", "--lang", lang]).out;
        for code in allegati::pipeline::codes() {
            assert!(list.contains(code.id), "{} is not listed", code.id);
            for name in [code.id.to_owned(), code.id.to_lowercase(), code.slug.to_owned()] {
                let page = say(&["explain", &name, "--lang", lang]);
                assert_eq!(page.code, 0, "{name}: {}", page.err);
                assert!(page.out.starts_with(&format!("{} {}\n", code.id, code.slug)), "{}", page.out);
                assert!(!page.out.contains(['{', '}']), "{}", page.out);
            }
        }
    }
}

#[test]
fn the_code_and_the_name_in_the_help_of_explain_are_one_code() {
    for lang in ["it", "en"] {
        let help = say(&["explain", "--help", "--lang", lang]).out;
        // The code and the name each stand in brackets, in this order.
        let shown: Vec<&str> = help.split('(').skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect();
        let is_shown = |code: &&&allegati::finding::Code| shown.starts_with(&[code.id, code.slug]);
        assert!(allegati::pipeline::codes().iter().any(|code| is_shown(&code)), "{shown:?}");
    }
}

#[test]
fn an_unknown_code_is_refused_with_the_nearest() {
    let code = allegati::pipeline::codes()[0];
    let said = say(&["explain", &format!("{}x", code.slug), "--lang", "en"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains(&format!("did you mean {}", code.id)), "{}", said.err);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut command = Command::new(PROGRAM);
    let mut child = command.args(["explain", "--all"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_folder_that_is_not_there_or_is_a_file_is_told() {
    for command in ["run", "check"] {
        let missing = say(&[command, "no/such/folder"]);
        assert_eq!((missing.code, missing.out.as_str()), (2, ""));
        assert!(missing.err.contains("la cartella non esiste: no/such/folder"), "{}", missing.err);
        let file = say(&[command, "Cargo.toml", "--lang", "en"]);
        assert_eq!(file.code, 2);
        assert!(file.err.contains("this is a file: Cargo.toml"), "{}", file.err);
    }
    let folder = say(&["inspect", "src"]);
    assert_eq!(folder.code, 2);
    assert!(folder.err.contains("allegati check \"src\""), "{}", folder.err);
}

#[test]
fn a_folder_without_spreadsheets_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let said = say(&[folder.path().to_str().unwrap()]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("non ci sono fogli di calcolo"), "{}", said.err);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn settings_that_cannot_be_followed_are_told_all_at_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("allegati.toml"), "[body]\nyaer = 2019\n[columns.charter]\nmesured = [\"x\"]\n")
        .unwrap();
    let said = say(&["run", folder.path().to_str().unwrap(), "--lang", "en"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    for part in ["line 2", "did you mean “year”?", "line 4", "did you mean “measured”?"] {
        assert!(said.err.contains(part), "{part} is not in {}", said.err);
    }
}

#[test]
fn a_result_that_is_no_workbook_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "a;b\n1;2\n").unwrap();
    let output = folder.path().join("a.ods");
    let said = say(&["run", folder.path().to_str().unwrap(), "-o", output.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("must end with .xlsx"), "{}", said.err);
    assert!(!output.exists());
}

#[test]
fn a_folder_of_which_nothing_could_be_read_is_not_asked_for_its_year() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "albo;termine\n1;2\n").unwrap();
    let mut seen = Vec::new();
    for limits in ["", "[limits]\ncells = 1\n"] {
        fs::write(folder.path().join("allegati.toml"), limits).unwrap();
        let said = say(&["check", folder.path().to_str().unwrap()]);
        assert_eq!(said.code, 1, "{}", said.out);
        seen.push((said.out.contains("[F006]"), said.out.contains("[X005]")));
    }
    assert_eq!(seen, [(false, true), (true, false)]);
}
