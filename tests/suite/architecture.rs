//! The sources keep to their own map: who uses whom, who touches the disk, who prints, how long a file is; and the
//! codes of findings are complete.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use allegati::finding::Code;

/// The longest a file should be; the test tells of those that are longer.
const LONGEST: usize = 400;
/// The longest a file may be.
const LIMIT: usize = 500;
/// Files that are longer all the same, each with the length it must not exceed; none would be best.
const LONGER: [(&str, usize); 1] = [("kinds/reader.rs", 720)];

/// The sources, by their path below `src`.
fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    let name = |path: &Path| path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), fs::read_to_string(path).expect("UTF-8"))).collect()
}

/// Lines of code with their numbers: no comments, and nothing of a test module at the end of a file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()));
    lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]")
}

/// Whether a file holds tests only.
fn is_test(name: &str) -> bool {
    name.ends_with("tests.rs") || name.contains("/fixture")
}

/// The module of the map that a file belongs to: `finding` for `finding/render/mod.rs`.
fn module(name: &str) -> &str {
    name.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// Modules of the library, in the order of the map.
fn map() -> Vec<String> {
    let text = &sources()["lib.rs"];
    let modules = text.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// Modules of the library that a text names: `crate::a::…` and `crate::{a::…, b}`.
fn used(text: &str) -> BTreeSet<String> {
    let word =
        |text: &str| text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for after in text.split("crate::").skip(1) {
        let Some(group) = after.strip_prefix('{') else {
            found.insert(word(after));
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (at, letter) in group.char_indices() {
            match letter {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                letter if letter.is_whitespace() => {}
                _ if begins => {
                    found.insert(word(&group[at..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn used_modules_are_found() {
    let text = "use crate::place::Place;\nuse crate::{finding::{Code, Lang},\n value, sheet::Cell};\nlet x = crate::kinds::codes();";
    let expected = ["finding", "kinds", "place", "sheet", "value"];
    assert_eq!(used(text).iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let map = map();
    assert!(map.len() > 10, "{map:?}");
    let order = |module: &str| map.iter().position(|one| one == module);
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let Some(own) = order(module(&name)) else {
            assert!(matches!(module(&name), "lib" | "main" | "cli"), "{name} is not on the map");
            continue;
        };
        let lines: String = code(&text).map(|(_, line)| format!("{line}\n")).collect();
        for other in used(&lines) {
            let at = order(&other).unwrap_or_else(|| panic!("{name} uses {other}, which is not on the map"));
            if at > own {
                wrong.push(format!("{name} uses {other}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Lines of code of the given files that hold one of some words.
fn lines_with(words: &[&str], of: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| of(name) && !is_test(name)) {
        for (at, line) in code(text).filter(|(_, line)| words.iter().any(|word| line.contains(word))) {
            found.push(format!("{name}:{at}: {}", line.trim()));
        }
    }
    found
}

#[test]
fn only_intake_write_settings_and_commands_touch_the_disk() {
    let words = ["std::fs", "fs::", "File::open", "File::create", "tempfile", ".exists()", ".canonicalize()"];
    let found = lines_with(&words, |name| !matches!(module(name), "intake" | "write" | "settings" | "cli"));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_library_never_prints() {
    let words = ["println!", "print!", "eprint!", "dbg!", "io::stdout", "io::stderr"];
    // What the worker hands back to the process that started it goes through its standard output: nobody reads it.
    let may = |name: &str| matches!(module(name), "cli" | "main") || name == "intake/worker.rs";
    assert_eq!(lines_with(&words, |name| !may(name)), Vec::<String>::new());
}

#[test]
fn the_stages_know_no_clock_and_no_environment() {
    let words = ["std::env", "env::var", "SystemTime", "Instant", "Zoned::now", "Timestamp::now"];
    let pure = |name: &str| matches!(module(name), "recognise" | "parse" | "score" | "value" | "kinds" | "calendar");
    assert_eq!(lines_with(&words, pure), Vec::<String>::new());
}

#[test]
fn files_stay_short() {
    let mut long = Vec::new();
    for (name, text) in sources() {
        let limit = LONGER.iter().find(|(file, _)| *file == name).map_or(LIMIT, |(_, limit)| *limit);
        let lines = text.lines().count();
        if lines > limit {
            long.push(format!("{name} has {lines} lines, more than {limit}"));
        } else if lines > LONGEST {
            eprintln!("TO BE SPLIT: {name} has {lines} lines, more than {LONGEST}");
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn every_module_says_what_it_is() {
    let says = |name: &str, text: &str| text.starts_with("//!") || is_test(name);
    let all = sources();
    let silent: Vec<&String> = all.iter().filter(|(name, text)| !says(name, text)).map(|(name, _)| name).collect();
    assert_eq!(silent, Vec::<&String>::new());
}

/// The codes declared in the sources.
fn declared() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, text) in sources().iter().filter(|(name, _)| !is_test(name)) {
        let lines: Vec<&str> = code(text).map(|(_, line)| line.trim()).collect();
        for (at, line) in lines.iter().enumerate() {
            let named = line.split_once("static ").and_then(|(_, rest)| rest.split_once(": Code ="));
            let Some((code, _)) = named else { continue };
            let id = lines[at..].iter().find_map(|line| line.split_once("id: \"")).map(|(_, rest)| rest);
            let id = id.and_then(|rest| rest.split('"').next()).expect("an id");
            let before = found.insert(id.to_owned(), format!("{name} {code}"));
            assert_eq!(before, None, "{id} is declared twice, also as {name} {code}");
        }
    }
    found
}

#[test]
fn every_code_that_is_declared_is_listed_once() {
    let listed: Vec<&str> = allegati::pipeline::codes().iter().map(|code| code.id).collect();
    let unlisted: Vec<(String, String)> =
        declared().into_iter().filter(|(id, _)| !listed.contains(&id.as_str())).collect();
    assert_eq!(unlisted, Vec::new());
    assert!(listed.is_sorted_by(|one, other| one < other), "{listed:?}");
    let mut slugs: Vec<&str> = allegati::pipeline::codes().iter().map(|code| code.slug).collect();
    slugs.sort_unstable();
    assert!(slugs.is_sorted_by(|one, other| one < other), "{slugs:?}");
}

#[test]
fn codes_are_well_formed() {
    for Code { id, slug, .. } in allegati::pipeline::codes() {
        let (scope, number) = id.split_at(1);
        assert!("FSCRXPW".contains(scope), "{id} has no known scope");
        assert!(number.len() == 3 && number.bytes().all(|digit| digit.is_ascii_digit()), "{id}");
        let words = slug.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        });
        assert!(words, "{id} is called {slug}");
    }
}

/// The `{word}` places of a text.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').expect("a place ends").0).collect()
}

#[test]
fn codes_say_the_same_in_both_languages() {
    let english = [" the ", " of ", " sheet ", " not ", " is "];
    let italian = [" il ", " foglio ", " non ", " della ", " è ", " nella "];
    for code in allegati::pipeline::codes() {
        for text in [code.message, code.help] {
            for words in [text.it, text.en] {
                assert!(!words.trim().is_empty(), "{} is silent", code.id);
                assert_eq!(words, words.trim(), "{} has blanks around it", code.id);
            }
            assert_ne!(text.it, text.en, "{} has one language", code.id);
            assert_eq!(places(text.it), places(text.en), "{}: {} / {}", code.id, text.it, text.en);
            let padded = |text: &str| format!(" {} ", text.to_lowercase().replace([',', ';', '.', ':'], " "));
            assert!(!english.iter().any(|word| padded(text.it).contains(word)), "{}: English in {}", code.id, text.it);
            assert!(!italian.iter().any(|word| padded(text.en).contains(word)), "{}: Italian in {}", code.id, text.en);
        }
    }
}
