//! What a person is told about the data: codes, findings and the list of them.
//!
//! A code stands next to the check that raises it, with its texts in Italian and English; a finding is a code, a place
//! and the words that fill the code's message. Findings are collected, never thrown.

pub mod render;

use arcstr::ArcStr;

use crate::place::Place;

/// The language of what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Italian, the default.
    #[default]
    It,
    /// English.
    En,
}

/// A text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// Italian.
    pub it: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// A text in Italian and English.
    pub const fn new(it: &'static str, en: &'static str) -> Self {
        Self { it, en }
    }

    /// The text in one language.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::It => self.it,
            Lang::En => self.en,
        }
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A value was not used, or a figure may be wrong.
    Error,
    /// Used, please look.
    Warning,
    /// For the record.
    Info,
}

impl Severity {
    /// The word in the JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// The word a person reads.
    pub const fn label(self) -> Text {
        match self {
            Self::Error => Text::new("errore", "error"),
            Self::Warning => Text::new("avviso", "warning"),
            Self::Info => Text::new("nota", "info"),
        }
    }
}

/// One thing that can be found: declared as a `static` next to its check.
#[derive(Debug)]
pub struct Code {
    /// Scope letter and three digits, never renumbered.
    pub id: &'static str,
    /// Kebab-case name.
    pub slug: &'static str,
    /// How grave it usually is.
    pub severity: Severity,
    /// One sentence with `{word}` places: the value seen, the value wanted.
    pub message: Text,
    /// What to do about it, in words an office understands.
    pub help: Text,
}

/// A word that fills a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// The same in both languages: a value, a name, a cell.
    Same(String),
    /// One of the program's own texts.
    Text(Text),
    /// A text made up for each language.
    Both(String, String),
}

impl From<Text> for Word {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<ArcStr> for Word {
    fn from(text: ArcStr) -> Self {
        Self::Same(text.to_string())
    }
}

impl From<&String> for Word {
    fn from(value: &String) -> Self {
        Self::Same(value.clone())
    }
}

impl From<String> for Word {
    fn from(value: String) -> Self {
        Self::Same(value)
    }
}

impl From<&str> for Word {
    fn from(value: &str) -> Self {
        Self::Same(value.to_owned())
    }
}

impl Word {
    /// The word in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Self::Same(text), _) | (Self::Both(text, _), Lang::It) | (Self::Both(_, text), Lang::En) => text,
            (Self::Text(text), _) => text.get(lang),
        }
    }
}

/// A window of the sheet around a cell, as a person would see it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The header of the underlined column, with its cells: (`D3:D4`, `Indice`).
    pub header: Option<(String, String)>,
    /// Letters of the columns shown, each with its header's text.
    pub columns: Vec<(String, String)>,
    /// Rows shown: number as Excel shows it, then the text of each column.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Index into `rows` and `columns` of the cell to underline.
    pub mark: (usize, usize),
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What was found.
    pub code: &'static Code,
    /// How grave it is here.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// Other places that belong to it: the second of two contradicting cells.
    pub also: Vec<Place>,
    /// The words that fill the message.
    pub words: Vec<(&'static str, Word)>,
    /// The window around the cell.
    pub excerpt: Option<Box<Excerpt>>,
}

impl Finding {
    /// A finding of a code at a place.
    pub fn new(code: &'static Code, place: Place) -> Self {
        Self { code, severity: code.severity, place, also: Vec::new(), words: Vec::new(), excerpt: None }
    }

    /// Fills `{name}` of the message; long texts are cut, so that a finding never carries more than one cell's gist.
    #[must_use]
    pub fn with(mut self, name: &'static str, word: impl Into<Word>) -> Self {
        let word = match word.into() {
            Word::Same(text) => Word::Same(shorten(&text, 120)),
            other => other,
        };
        self.words.push((name, word));
        self
    }

    /// Adds another place that belongs to the finding.
    #[must_use]
    pub fn and(mut self, place: Place) -> Self {
        self.also.push(place);
        self
    }

    /// Something found at several places: at the first of them, with the next ones named one by one.
    pub fn over(code: &'static Code, mut places: impl Iterator<Item = Place>) -> Option<Self> {
        const POINTED_OUT: usize = 50;
        let first = Self::new(code, places.next()?);
        Some(places.take(POINTED_OUT).fold(first, Self::and))
    }

    /// Overrides the code's usual severity.
    #[must_use]
    pub fn at(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The message in one language, its words filled in.
    pub fn message(&self, lang: Lang) -> String {
        self.fill(self.code.message.get(lang), lang)
    }

    /// What to do about it, in one language.
    pub fn help(&self, lang: Lang) -> String {
        self.fill(self.code.help.get(lang), lang)
    }

    fn fill(&self, template: &str, lang: Lang) -> String {
        let mut text = template.to_owned();
        for (name, word) in &self.words {
            // Most cures have no words to fill in.
            if !text.contains('{') {
                break;
            }
            text = text.replace(&format!("{{{name}}}"), word.get(lang));
        }
        text
    }
}

/// The text on one line, cut to a number of characters.
pub fn shorten(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let mut short: String = line.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// Findings as they are collected.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// Adds all of another list.
    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, more: usize) {
        self.list.reserve(more);
    }

    /// All of them, in the order they were found or sorted.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// All of them, to be completed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.list.iter_mut()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Sorts by gravity, then place, then code; drops exact repetitions.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (a.severity, &a.place, a.code.id).cmp(&(b.severity, &b.place, b.code.id)).then_with(|| {
                let words = |finding: &Finding| finding.message(Lang::It);
                words(a).cmp(&words(b))
            })
        });
        self.list.dedup_by(|a, b| {
            a.code.id == b.code.id && a.place == b.place && a.message(Lang::It) == b.message(Lang::It)
        });
    }
}
