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
    // Plain letters take one each.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) { text.len() } else { text.width() }
}

/// One line without control characters: a cell must not be able to speak to the terminal.
///
/// ```
/// use allegati::finding::render::terminal::clean;
/// assert_eq!(clean("due\n righe\u{1b}[2J"), "due righe\u{fffd}[2J");
/// ```
pub fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().map(|c| if speaks(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether a letter is none to be shown: it speaks to the terminal, or turns the direction of what follows.
fn speaks(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text is one line of words already, with one blank between two, as most are.
fn is_clean(text: &str) -> bool {
    let mut before = ' ';
    let goes_on = |letter: char| {
        let behind = std::mem::replace(&mut before, letter);
        match letter {
            ' ' => behind != ' ',
            '!'..='~' => true,
            _ => !letter.is_whitespace() && !speaks(letter),
        }
    };
    text.chars().all(goes_on) && before != ' '
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

#[cfg(test)]
mod tests {
    use super::{clean, is_clean};

    #[test]
    fn a_clean_text_is_left_as_it_is_and_no_other_is_taken_for_one() {
        for text in ["a", "a b", "già «b» › C7", "3 €", "日本 語"] {
            assert!(is_clean(text), "{text:?}");
            assert_eq!(clean(text), text);
        }
        let unclean = [
            "",
            " ",
            " a",
            "a ",
            "a  b",
            "a\tb",
            "a\nb",
            "a\u{a0}b",
            "a\u{2028}b",
            "a\u{7f}",
            "a\u{9b}2J",
            "\u{202e}a",
        ];
        for text in unclean {
            assert!(!is_clean(text), "{text:?}");
        }
    }
}
