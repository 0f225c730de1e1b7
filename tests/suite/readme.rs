//! The README tells the truth: its commands, its output, its settings, its places.

use std::fs;
use std::path::Path;

use allegati::settings::Settings;

use crate::sample::{self, say};

/// The commands, in the order of the help.
const COMMANDS: [&str; 12] = [
    "run",
    "check",
    "batch",
    "watch",
    "inspect",
    "explain",
    "verify",
    "export",
    "template",
    "init",
    "completions",
    "man",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("the README")
}

/// What stands between fences that open with a word.
fn blocks(text: &str, opens: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block: Option<(bool, String)> = None;
    for line in text.lines() {
        match (&mut block, line.strip_prefix("```")) {
            (None, Some(word)) => block = Some((word == opens, String::new())),
            (Some((wanted, lines)), Some(_)) => {
                found.extend(wanted.then(|| std::mem::take(lines)));
                block = None;
            }
            (Some((_, lines)), None) => lines.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    found
}

#[test]
fn its_two_commands_are_the_ones_that_work() {
    let commands: Vec<String> = blocks(&readme(), "sh").iter().map(|block| block.trim().to_owned()).collect();
    assert_eq!(commands, ["cargo run --release -- run samples/lucca-2019", "cargo test"]);
}

#[test]
fn the_output_it_shows_is_what_is_printed() {
    let text = readme();
    assert!(!text.contains("GAP"));
    let shown = blocks(&text, "").into_iter().find(|block| block.starts_with("avviso[")).expect("the output");
    let copy = sample::copy();
    let (_, out, _) = say(&["run", copy.path().to_str().expect("UTF-8")]);
    // The closing line also tells the place and the time, which differ.
    let told = |line: &str| line.split_once(" Cartella di lavoro").map_or(line, |(told, _)| told).to_owned();
    let printed: Vec<String> = out.lines().map(told).collect();
    for line in shown.lines().filter(|line| *line != "…") {
        assert!(printed.contains(&told(line)), "{line:?} is not printed by\n{out}");
    }
    assert!(
        shown
            .trim_end()
            .lines()
            .last()
            .is_some_and(|line| line.contains("samples/lucca-2019/consolidato/Allegati-2019.xlsx"))
    );
}

#[test]
fn the_settings_it_shows_can_be_followed() {
    let shown = blocks(&readme(), "toml").concat();
    let known = allegati::pipeline::known_columns();
    let known: Vec<(&str, &[&str])> = known.iter().map(|(kind, columns)| (*kind, columns.as_slice())).collect();
    let settings = Settings::parse(&shown, &known);
    assert!(settings.is_ok(), "{:?}", settings.err());
}

#[test]
fn every_path_it_names_is_there() {
    let text = readme();
    let outside: String = text.split("```").step_by(2).collect();
    let quoted = outside.split('`').skip(1).step_by(2);
    let paths: Vec<&str> =
        quoted.filter(|word| word.starts_with("src/") || word.starts_with("samples/") || *word == ".ci/run").collect();
    assert!(paths.len() > 10, "{paths:?}");
    for path in paths.into_iter().filter(|path| !path.contains("consolidato")) {
        let path = path.split('<').next().unwrap_or(path);
        assert!(root().join(path).exists(), "{path} is not there");
    }
    for link in outside.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(link.starts_with("http") || link.starts_with('#') || root().join(link).exists(), "{link} is not there");
    }
}

#[test]
fn every_command_it_lists_is_in_the_help_and_the_other_way_round() {
    let text = readme();
    let listed: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split([' ', '`']).next())
        .filter(|word| COMMANDS.contains(word))
        .collect();
    assert_eq!(listed, COMMANDS);
    let (_, help, _) = say(&["--help", "--lang", "en"]);
    let commands = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("the commands");
    let named = commands.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    assert_eq!(named.filter_map(|line| line.split(' ').next()).collect::<Vec<_>>(), listed);
}
