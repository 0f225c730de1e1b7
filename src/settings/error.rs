//! What is wrong in a settings file: every problem with its line, in Italian and English.

use std::fmt;
use std::path::PathBuf;

use crate::finding::{Lang, Word};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// 1-based line; `None` when it concerns the whole file.
    pub line: Option<usize>,
    /// What is wrong and what would be right.
    pub what: Word,
}

impl Problem {
    /// A problem of the whole file.
    pub(super) fn of_file(it: String, en: String) -> Self {
        Self { line: None, what: Word::Both(it, en) }
    }
}

/// A settings file that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// The file, when it came from one.
    pub file: Option<PathBuf>,
    /// At least one problem, by line.
    pub problems: Vec<Problem>,
}

impl SettingsError {
    /// The whole message: the file, then one problem a line.
    pub fn message(&self, lang: Lang) -> String {
        let file = self.file.as_ref().map_or_else(|| super::FILE_NAME.to_owned(), |file| file.display().to_string());
        let mut text = match lang {
            Lang::It => format!("le impostazioni non si possono seguire: {file}"),
            Lang::En => format!("the settings cannot be followed: {file}"),
        };
        for problem in &self.problems {
            let what = problem.what.get(lang);
            text.push_str("\n  ");
            match (problem.line, lang) {
                (Some(line), Lang::It) => text.push_str(&format!("riga {line}: {what}")),
                (Some(line), Lang::En) => text.push_str(&format!("line {line}: {what}")),
                (None, _) => text.push_str(what),
            }
        }
        text
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for SettingsError {}

/// The nearest of some known words, when one is near enough to be meant.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let scored = known.into_iter().map(|candidate| (strsim::jaro_winkler(&word, candidate), candidate));
    scored.filter(|(score, _)| *score >= 0.75).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}

/// `did you mean …?`, or the list of what is known, in both languages; begins with a blank unless empty.
pub(super) fn suggestion(word: &str, known: &[&str]) -> (String, String) {
    if let Some(near) = nearest(word, known.iter().copied()) {
        return (format!("; forse «{near}»?"), format!("; did you mean “{near}”?"));
    }
    if known.is_empty() {
        return (String::new(), String::new());
    }
    let list = known.join(", ");
    (format!("; si conoscono: {list}"), format!("; known are: {list}"))
}
