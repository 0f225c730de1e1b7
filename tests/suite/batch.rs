//! `batch`: many folders, one summary; only what changed is made again; what breaks off is taken up again.

mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use serde_json::Value;
use tempfile::TempDir;

use crate::sample;

/// Files of the samples that each folder gets: a few, since every one is read many times here.
const FILES: [&str; 4] =
    ["diritto annuale 2019.xlsx", "lucca promos.csv", "Obiettivi di Ente 2019.xlsx", "artigianato protesti export.ods"];

/// A root with folders of bodies and years below it.
fn root(folders: usize) -> TempDir {
    let root = tempfile::tempdir().expect("a root");
    for number in 0..folders {
        let folder = root.path().join(format!("Ente {}/{}", number / 2, 2019 + number % 2));
        fs::create_dir_all(&folder).expect("a folder");
        for name in &FILES[..2 + number % 3] {
            fs::copy(sample::folder().join(name), folder.join(name)).expect("copied");
        }
        let settings = format!("[body]\nname = \"Ente {number}\"\nyear = 2019\n");
        fs::write(folder.join("allegati.toml"), settings).expect("written");
    }
    root
}

fn batch(root: &Path, more: &[&str]) -> (i32, String, String) {
    sample::say(&[&["batch", root.to_str().expect("UTF-8")], more].concat())
}

/// Every result below a root: its way and its bytes.
fn results(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    names(root).into_iter().map(|name| (name.clone(), fs::read(root.join(name)).expect("bytes"))).collect()
}

/// When every result below a root was written.
fn times(root: &Path) -> Vec<SystemTime> {
    let time = |name: &PathBuf| fs::metadata(root.join(name)).and_then(|data| data.modified()).expect("a time");
    names(root).iter().map(time).collect()
}

/// The ways of all results below a root.
fn names(root: &Path) -> BTreeSet<PathBuf> {
    let (mut found, mut left) = (BTreeSet::new(), vec![root.to_owned()]);
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                left.push(entry);
            } else if entry.parent().is_some_and(|parent| parent.ends_with("consolidato")) {
                found.insert(entry.strip_prefix(root).expect("below").to_owned());
            }
        }
    }
    found
}

fn summary(root: &Path) -> Vec<Value> {
    let bytes = fs::read(root.join("consolidato/Riepilogo.json")).expect("a summary");
    let record: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(record["schema"], "allegati-batch/1");
    record["folders"].as_array().expect("folders").clone()
}

#[test]
fn the_summary_agrees_with_each_folder_and_a_second_run_touches_nothing() {
    let root = root(5);
    let (code, out, _) = batch(root.path(), &[]);
    assert!(out.contains("5 cartelle: 5 fatte, 0 già a posto, 0 non riuscite"), "{out}");
    let folders = summary(root.path());
    assert_eq!(folders.len(), 5);
    let mut errors = 0;
    for folder in &folders {
        let own = root.path().join(folder["folder"].as_str().expect("a folder")).join("consolidato/Allegati-2019.json");
        let own: Value = serde_json::from_slice(&fs::read(own).expect("its record")).expect("JSON");
        assert_eq!((&folder["body"], &folder["year"]), (&own["body"], &own["year"]));
        for key in ["counted", "total", "percent", "mean_deviation_percent"] {
            assert_eq!(folder["charter"][key], own["charter"][key]);
        }
        assert_eq!(folder["missing"], own["missing"]);
        for severity in ["error", "warning", "info"] {
            let count = sample::findings(&own).iter().filter(|one| one["severity"] == severity).count();
            assert_eq!(folder["findings"][severity], count);
            errors += usize::from(severity == "error") * count;
        }
    }
    assert_eq!(code, i32::from(errors > 0));
    let before = results(root.path());
    assert_eq!(before.len(), 12, "two results each, and two of all");
    let written = times(root.path());
    let (_, out, _) = batch(root.path(), &["--jobs", "1"]);
    assert!(out.contains("5 cartelle: 0 fatte, 5 già a posto"), "{out}");
    assert!(results(root.path()) == before && times(root.path()) == written, "nothing is written again");
    let (_, out, _) = batch(root.path(), &["--force"]);
    assert!(out.contains("5 cartelle: 5 fatte"), "{out}");
    assert!(results(root.path()) == before, "the same bytes when all is made again");
}

#[test]
fn only_what_changed_is_made_again() {
    let root = root(4);
    batch(root.path(), &[]);
    let touch = |name: &str, change: &dyn Fn(&Path)| {
        change(&root.path().join(name));
        let (_, out, _) = batch(root.path(), &[]);
        assert!(out.contains("4 cartelle: 1 fatte, 3 già a posto"), "{name}:\n{out}");
    };
    let edit = |path: &Path| {
        let text = fs::read_to_string(path).expect("a text");
        fs::write(path, text.replace("2018", "2017")).expect("written");
    };
    touch("Ente 0/2019/lucca promos.csv", &edit);
    touch("Ente 1/2020/allegati.toml", &|path| {
        fs::write(path, "[body]\nname = \"Altro\"\nyear = 2019\n").expect("written");
    });
    touch("Ente 1/2019/nuovo.csv", &|path| fs::write(path, "a;b\n1;2\n").expect("written"));
    touch("Ente 1/2019/nuovo.csv", &|path| fs::remove_file(path).expect("removed"));
    touch("Ente 0/2020/consolidato/Allegati-2019.xlsx", &|path| fs::write(path, "spoilt").expect("written"));
}

#[test]
fn one_folder_that_fails_does_not_stop_the_rest() {
    let root = root(3);
    fs::write(root.path().join("Ente 0/2019/allegati.toml"), "[body]\nyaer = 2019\n").expect("written");
    let (code, out, _) = batch(root.path(), &["--lang", "en"]);
    assert_eq!(code, 1);
    assert!(out.contains("3 folders: 2 made, 0 as they were, 1 failed"), "{out}");
    let folders = summary(root.path());
    let failed = folders.iter().find(|folder| folder["folder"] == "Ente 0/2019").expect("it is there");
    let why = failed["failed"].as_str().expect("why");
    assert!(why.contains("yaer") && !why.contains(root.path().to_str().expect("UTF-8")), "{why}");
}

#[cfg(unix)]
#[test]
fn folders_behind_links_are_made_only_when_asked() {
    let (root, other) = (root(1), root(2));
    std::os::unix::fs::symlink(other.path(), root.path().join("Altrove")).expect("a link");
    let (_, out, _) = batch(root.path(), &[]);
    assert!(out.contains("1 cartelle: 1 fatte"), "{out}");
    let (_, out, _) = batch(root.path(), &["--follow-links"]);
    assert!(out.contains("3 cartelle: 2 fatte, 1 già a posto"), "{out}");
    assert!(out.contains("Altrove/Ente 0/2020: "), "{out}");
    let (_, out, _) = batch(root.path(), &["--follow-links"]);
    assert!(out.contains("3 cartelle: 0 fatte, 3 già a posto"), "{out}");
}

#[cfg(unix)]
#[test]
fn a_person_at_a_terminal_sees_a_bar_for_each_stage_and_the_time_that_is_left() {
    let root = root(6);
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegati"));
    command.args(["batch", "--jobs", "1", "--lang", "en"]).arg(root.path()).env_remove("ALLEGATI_LANG");
    let mut terminal = rexpect::session::spawn_command(command, Some(300_000)).expect("a terminal");
    let shown = terminal.exp_eof().expect("the end");
    for part in ["Reading", "Recognising", "Writing", "of 18 files", "of 6 folders", "about ", " left"] {
        assert!(shown.contains(part), "{part} is not shown:\n{shown}");
    }
    assert!(shown.contains("6 folders: 6 made"), "{shown}");
}

#[test]
fn a_batch_that_was_killed_goes_on_to_the_same_bytes() {
    let (whole, cut) = (root(6), root(6));
    batch(whole.path(), &[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_allegati"))
        .arg("batch")
        .arg(cut.path())
        .args(["--jobs", "1"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let done = || names(cut.path()).iter().filter(|path| path.ends_with("Allegati-2019.json")).count();
    while done() < 2 && child.try_wait().expect("its state").is_none() {
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert!(!cut.path().join("consolidato/Riepilogo.xlsx").exists(), "it was killed before its end");
    let (_, out, _) = batch(cut.path(), &[]);
    assert!(!out.contains(" 0 già a posto"), "what was done is kept:\n{out}");
    let (whole, cut) = (results(whole.path()), results(cut.path()));
    assert!(whole.keys().eq(cut.keys().filter(|path| !path.to_string_lossy().ends_with(".tmp"))));
    assert!(whole.iter().all(|(path, bytes)| cut[path] == *bytes), "an undisturbed run gives the same bytes");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_between_two_folders() {
    let root = root(6);
    let child = Command::new(env!("CARGO_BIN_EXE_allegati"))
        .arg("batch")
        .arg(root.path())
        .args(["--jobs", "1"])
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    while !names(root.path()).iter().any(|path| path.ends_with("Allegati-2019.json")) {
        std::thread::yield_now();
    }
    let id = child.id().to_string();
    Command::new("kill").args(["-INT", &id]).status().expect("a signal");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("interrotto") && said.contains("da fare"), "{said}");
    for (path, bytes) in results(root.path()) {
        assert!(!bytes.is_empty() && !path.to_string_lossy().ends_with(".tmp"), "{}", path.display());
    }
}
