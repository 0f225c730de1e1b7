//! `template`, `init`, `completions`, `man` and `--version`, as they are typed.

use std::fs;
use std::process::Command;

use allegati::kinds::KINDS;

use crate::sample::{contents, findings, run, say};

fn shown(path: &std::path::Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn templates_are_written_by_either_name_and_never_over_another_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = shown(folder.path());
    for name in ["standard", "charter", "staff_costs"] {
        assert_eq!(say(&["template", name, "-o", place]).0, 0, "{name}");
    }
    assert_eq!(contents(folder.path()).len(), 2);
    let filled = folder.path().join("modello-standard.xlsx");
    fs::write(&filled, "compilato").expect("written");
    let (code, out, err) = say(&["template", "--all", "-o", place]);
    assert_eq!(code, 2);
    assert!(err.contains("modello-standard.xlsx") && out.contains("modello-target.xlsx"), "{out}{err}");
    assert_eq!(fs::read(&filled).expect("there"), b"compilato");
    assert_eq!(contents(folder.path()).len(), KINDS.len());
    let (code, _, err) = say(&["template", "standrad", "-o", place]);
    assert_eq!(code, 2);
    assert!(err.contains("forse «standard»?"), "{err}");
}

#[test]
fn a_new_folder_has_all_it_needs_and_nothing_is_found_in_it() {
    for (lang, guide, only) in [("it", "LEGGIMI.txt", "solo i modelli vuoti"), ("en", "README.txt", "only blank forms")]
    {
        let place = tempfile::tempdir().expect("a place");
        let folder = place.path().join("Monitoraggio");
        let name = shown(&folder);
        let (code, _, err) = say(&["init", name, "--year", "2020", "--body", "Ente \"Alfa\"", "--lang", lang]);
        assert_eq!((code, err.as_str()), (0, ""));
        let text = fs::read_to_string(folder.join("allegati.toml")).expect("settings");
        assert!(text.contains("\nyear = 2020\n") && text.contains("Alfa"), "{text}");
        assert_eq!(contents(&folder.join("modelli")).len(), KINDS.len());
        assert!(folder.join(guide).exists());
        let (code, out, err) = say(&["run", name, "--lang", lang]);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(only), "{err}");
        // With a first sheet in it, the forms are one note and the guide none.
        fs::write(
            folder.join("ufficio.csv"),
            "Codice;Processo;Valore programmato;Valore rilevato\n1.1;Visure;5 gg.;3 gg.\n",
        )
        .expect("a sheet");
        let json = run(&folder, &[]).json();
        assert_eq!(json["charter"]["counted"], 1);
        let about: Vec<String> = findings(&json)
            .iter()
            .filter(|finding| finding["code"] != "X022")
            .map(|finding| format!("{} {}", finding["code"], finding["severity"]))
            .collect();
        assert_eq!(about, ["\"S018\" \"info\""], "{json:#}");
    }
}

#[test]
fn a_folder_that_was_begun_is_completed_and_not_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("modelli")).expect("a folder");
    let own = [("Allegati.toml", "# mio\n"), ("LEGGIMI.txt", "mio"), ("modelli/modello-target.xlsx", "mio")];
    for (name, text) in own {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let (code, out, err) = say(&["init", shown(folder.path())]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out.matches("non toccato").count(), 3, "{out}");
    for (name, text) in own {
        assert_eq!(fs::read_to_string(folder.path().join(name)).expect("there"), text);
    }
    assert_eq!(contents(&folder.path().join("modelli")).len(), KINDS.len());
    let again = say(&["init", shown(folder.path())]).1;
    assert!(!again.contains(": scritto"), "{again}");
}

#[test]
fn bash_completes_kinds_and_codes() {
    let (code, script, err) = say(&["completions", "bash"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let complete = |words: &str, last: usize| {
        let typed = format!(
            "COMP_WORDS=({words}); COMP_CWORD={last}; _allegati allegati \"${{COMP_WORDS[{last}]}}\" \"${{COMP_WORDS[{}]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            last - 1
        );
        let output = Command::new("bash").args(["--norc", "-c", &format!("{script}\n{typed}")]).output();
        output.ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let Some(commands) = complete("allegati te", 1) else {
        eprintln!("SKIPPED: bash is not installed, its completions were not tried");
        return;
    };
    assert_eq!(commands.trim(), "template");
    assert_eq!(complete("allegati template costo", 2).as_deref().map(str::trim), Some("costo-personale"));
    assert_eq!(complete("allegati explain C01", 2).map(|out| out.contains("C012")), Some(true));
}

#[test]
fn the_shells_in_the_help_are_those_it_takes_and_each_completes_kinds_and_codes() {
    let shells = ["bash", "zsh", "fish", "elvish", "powershell"];
    let (_, help, _) = say(&["completions", "--help"]);
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("a README");
    let row = readme.lines().find(|line| line.contains("`completions SHELL`")).expect("its row");
    for shell in shells {
        let (code, script, _) = say(&["completions", shell]);
        assert!(code == 0 && script.contains("costo-personale") && script.contains("C012"), "{shell}");
        assert!(help.contains(shell) && row.contains(shell), "{shell} is not in\n{help}{row}");
    }
    let (code, _, err) = say(&["completions", "tcsh"]);
    let taken = err.lines().next().and_then(|line| line.rsplit_once(": ")).expect("the shells").1;
    let taken: Vec<&str> = taken.split("; ").next().unwrap_or_default().split(", ").collect();
    assert!(code == 2 && taken.len() == shells.len() && shells.iter().all(|one| taken.contains(one)), "{err}");
}

#[test]
fn the_manual_page_tells_of_every_command_option_code_and_setting() {
    for lang in ["it", "en"] {
        let (code, page, err) = say(&["man", "--lang", lang]);
        assert_eq!((code, err.as_str()), (0, ""));
        let plain = page.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "");
        let help = say(&["--help", "--lang", lang]).1;
        let heading = if lang == "it" { "Comandi:\n" } else { "Commands:\n" };
        let commands = help.split(heading).nth(1).and_then(|rest| rest.split("\n\n").next()).expect("commands");
        for line in commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
            let command = line.split_whitespace().next().expect("a name");
            assert!(plain.contains(&format!("\"allegati {command}\"")), "{command} is not in\n{plain}");
        }
        for part in ["--password-file", "--strict", "tolerance_percent", "[roster]", "worker_mib"] {
            assert!(plain.contains(part), "{part} is not in\n{plain}");
        }
    }
}

#[test]
fn the_version_tells_of_the_build_and_of_no_path() {
    let (code, long, _) = say(&["--version"]);
    assert_eq!(code, 0);
    for part in [env!("CARGO_PKG_VERSION"), "commit: ", "target: ", "compiler: rustc "] {
        assert!(long.contains(part), "{part} is not in {long}");
    }
    assert!(!long.contains(env!("CARGO_MANIFEST_DIR")), "{long}");
    assert_eq!(say(&["-V"]).1.lines().count(), 1);
}
