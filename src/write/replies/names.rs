//! Names of files made from names of offices: safe on Windows, unique, and the same in every run.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::value::fold::one_line;

/// Names that Windows keeps for devices, whatever stands behind the dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names given so far, and those that may not be given.
#[derive(Debug, Default)]
pub struct Names {
    given: HashSet<String>,
    taken: HashSet<String>,
    /// Names that would have been given if somebody's file had not had them.
    pub displaced: Vec<String>,
}

impl Names {
    /// Names of which some are taken by files that are not ours.
    pub fn beside(taken: &[String]) -> Self {
        Self { taken: taken.iter().map(|name| name.to_lowercase()).collect(), ..Self::default() }
    }

    /// A name that nothing else has: the stem, with a part of its own hash when two different things would share it, and
    /// counted on when somebody's file has it.
    pub fn give(&mut self, stem: &str, whole: &str, ending: &str) -> String {
        let mut stem = stem.to_owned();
        if self.given.contains(&format!("{stem}{ending}").to_lowercase()) {
            stem = format!("{stem} {}", short_hash(whole));
        }
        let mut name = format!("{stem}{ending}");
        let mut count = 1;
        while self.given.contains(&name.to_lowercase()) || self.taken.contains(&name.to_lowercase()) {
            if count == 1 && self.taken.contains(&name.to_lowercase()) {
                self.displaced.push(name.clone());
            }
            count += 1;
            name = format!("{stem} ({count}){ending}");
        }
        self.given.insert(name.to_lowercase());
        name
    }
}

/// A text as the stem of a file name: at most so many characters, nothing that Windows refuses.
///
/// A text that is cut ends with a part of its hash, so that two long ones stay apart.
pub fn stem(text: &str, most: usize) -> String {
    let safe: String = text
        .chars()
        .map(|letter| {
            if letter.is_whitespace() {
                ' '
            } else if letter.is_control() || r#"<>:"/\|?*"#.contains(letter) {
                '-'
            } else {
                letter
            }
        })
        .collect();
    let safe = one_line(&safe);
    // Names that begin with these are hidden, or taken for lock files; Windows drops dots and blanks at the end.
    let safe = safe.trim_start_matches(['.', '~', '$', ' ', '-']).trim_end_matches(['.', ' ', '-']);
    let mut stem = if safe.chars().count() > most {
        let cut: String = safe.chars().take(most.saturating_sub(7)).collect();
        format!("{} {}", cut.trim_end_matches(['.', ' ', '-']), short_hash(text))
    } else {
        safe.to_owned()
    };
    if stem.is_empty() || is_device(&stem) {
        stem = format!("_{stem} {}", short_hash(text));
    }
    stem
}

fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim().to_lowercase();
    let numbered = first.strip_prefix("com").or_else(|| first.strip_prefix("lpt"));
    DEVICES.contains(&first.as_str())
        || numbered.is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric))
}

fn short_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(3).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_safe_on_windows() {
        assert_eq!(stem("Artigianato / Protesti: Doc. Export", 60), "Artigianato - Protesti- Doc. Export");
        assert_eq!(stem("  U.O.\n Registro  Imprese. ", 60), "U.O. Registro Imprese");
        assert_eq!(stem(r"..\..\evil", 60), "evil");
        for device in ["CON", "nul", "Com1", "LPT9", "aux.txt", "", "///", "COM²"] {
            let stem = stem(device, 60);
            assert!(stem.starts_with('_') && !is_device(&stem), "{device:?} {stem}");
        }
        let long = stem(&"Ufficio ".repeat(40), 60);
        assert!(long.chars().count() <= 60, "{long}");
        assert_ne!(long, stem(&format!("{}x", "Ufficio ".repeat(40)), 60));
    }

    #[test]
    fn names_are_unique_and_leave_other_files_alone() {
        let mut names = Names::beside(&["Protesti.html".to_owned()]);
        assert_eq!(names.give("Protesti", "Protesti", ".html"), "Protesti (2).html");
        assert_eq!(names.displaced, ["Protesti.html"]);
        let one = names.give("A-B", "A/B", ".html");
        let other = names.give("a-b", "a:b", ".html");
        assert_eq!(one, "A-B.html");
        assert!(other.starts_with("a-b ") && other.len() == "a-b 123456.html".len(), "{other}");
    }
}
