//! Colours, and texts cut, cleaned and wrapped by the columns they take on a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::super::super::Severity;

/// Whether to write colours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) colour: bool,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(super) fn frame(self, text: &str) -> String {
        self.paint("1;34", text)
    }

    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;36",
        };
        self.paint(code, text)
    }
}

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// One line without control characters: a cell must not be able to speak to the terminal.
///
/// ```
/// use allegati::finding::render::terminal::clean;
/// assert_eq!(clean("due\n righe\u{1b}[2J"), "due righe\u{fffd}[2J");
/// ```
pub fn clean(text: &str) -> String {
    let speaks = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        if word.contains(speaks) {
            line.extend(word.chars().map(|c| if speaks(c) { '\u{fffd}' } else { c }));
        } else {
            line.push_str(word);
        }
    }
    line
}

/// The text in at most so many columns, the last one `…` when something was cut.
pub(super) fn cut(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let (mut short, mut taken) = (String::new(), 1);
    for letter in text.chars() {
        taken += letter.width().unwrap_or(0);
        if taken > most {
            break;
        }
        short.push(letter);
    }
    short.push('…');
    short
}

/// Filled with blanks up to so many columns.
pub(super) fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(columns(text))))
}

/// Broken at blanks into lines of a width; `taken` columns of the first stand already there, the others are indented.
pub(super) fn wrapped(text: &str, width: usize, taken: usize, indent: usize) -> String {
    let (mut lines, mut used) = (String::new(), taken);
    for (index, word) in text.split(' ').enumerate() {
        let wide = columns(word);
        if index > 0 && used + 1 + wide > width {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            used = indent;
        } else if index > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += wide;
    }
    lines
}
