//! The report page as a person gets it: written with the other outputs or not at all, and opened in a real browser.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::sample::{self, say};

/// A run on a copy of the samples with a report page beside the workbook: the exit code, what was said, the page.
fn page(folder: &Path, options: &[&str]) -> (i32, String, Option<String>) {
    let path = folder.join("consolidato/Risultati.html");
    let (shown, report) = (folder.to_str().expect("UTF-8"), path.to_str().expect("UTF-8"));
    let (code, _, err) = say(&[&["run", shown, "--report", report], options].concat());
    (code, err, fs::read_to_string(path).ok())
}

#[test]
fn the_page_is_written_only_when_asked_for_and_always_with_the_same_bytes() {
    let copy = sample::copy();
    let folder = copy.path().to_str().expect("UTF-8");
    say(&["run", folder]);
    assert_eq!(sample::contents(&copy.path().join("consolidato")).len(), 2);
    let (code, _, first) = page(copy.path(), &[]);
    let first = first.expect("a page");
    assert_eq!(code, 0);
    assert_eq!(page(copy.path(), &["--jobs", "1"]).2, Some(first.clone()));
    assert!(first.len() < 500_000, "{} bytes", first.len());
    assert!(!first.contains(folder), "the page names a folder of this machine");
    for figure in [
        "100,00%",
        "89,95%",
        "3.272.845,34",
        "−10,68%",
        "href=\"Allegati-2019.xlsx\"",
        "href=\"../albi%20e%20ruoli.xlsx\"",
    ] {
        assert!(first.contains(figure), "{figure} is not there");
    }
}

#[test]
fn a_page_among_the_sheets_is_passed_over_and_another_one_is_told() {
    let copy = sample::copy();
    let path = copy.path().join("Risultati.html");
    let (folder, report) = (copy.path().to_str().expect("UTF-8"), path.to_str().expect("UTF-8"));
    let write = || {
        say(&["run", folder, "--report", report]);
        fs::read_to_string(&path).expect("a page")
    };
    let first = write();
    assert_eq!(write(), first);
    fs::write(copy.path().join("altra.html"), "<!DOCTYPE html><title>x</title>").expect("written");
    assert!(write().contains("altra.html"));
}

#[test]
fn a_page_that_cannot_be_written_stops_the_run_before_anything_is() {
    let copy = sample::copy();
    fs::create_dir_all(copy.path().join("consolidato/Risultati.html")).expect("a folder in its place");
    let (code, err, _) = page(copy.path(), &[]);
    assert_eq!(code, 2);
    assert!(err.contains("Risultati.html"), "{err}");
    assert!(!copy.path().join("consolidato/Allegati-2019.xlsx").exists());
    let (code, _, err) = say(&["run", copy.path().to_str().expect("UTF-8"), "--report", "pagina.pdf"]);
    assert!(code == 2 && err.contains(".html"), "{err}");
}

#[test]
fn every_finding_of_the_json_stands_in_the_page_in_both_languages() {
    for lang in ["it", "en"] {
        let copy = sample::copy();
        let text = page(copy.path(), &["--lang", lang]).2.expect("a page");
        let json = fs::read_to_string(copy.path().join("consolidato/Allegati-2019.json")).expect("a JSON");
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(text.matches("<tr role=\"row\" class=").count(), sample::findings(&json).len());
        for finding in sample::findings(&json) {
            let code = finding["code"].as_str().expect("a code");
            assert!(text.contains(&format!("data-code=\"{code}\"")), "{code}");
        }
    }
}

#[test]
fn a_browser_shows_it_filters_it_and_prints_it() {
    let copy = sample::copy();
    assert!(page(copy.path(), &[]).2.is_some());
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/browser.py");
    let mut command = Command::new("python3");
    command.arg(tool).arg(copy.path().join("consolidato/Risultati.html")).stdin(Stdio::null());
    let Ok(output) = command.output() else {
        eprintln!("SKIPPED: python3 is not installed, the report page was not opened in a browser");
        return;
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    if output.status.code() == Some(2) {
        eprintln!("SKIPPED: {}", err.trim());
        return;
    }
    assert!(output.status.success(), "{out}{err}");
    assert!(out.lines().filter(|line| line.starts_with("ok: ")).count() >= 20, "{out}");
}
