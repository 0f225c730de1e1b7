//! Texts between the tags of a cell.

use std::borrow::Cow;

use crate::write::xlsx::cell::fitting;

const BLANKS: [char; 3] = [' ', '\t', '\n'];
/// No text of so few bytes is too long for a cell.
const SHORT: usize = 32_767;

/// Writes the text of a cell that holds it itself.
pub fn string(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    out.extend_from_slice(b"<is><t>");
    if escape(out, text) {
        // Readers drop blanks at the ends of a text unless told.
        let attribute = " xml:space=\"preserve\"";
        out.splice(start + 6..start + 6, attribute.bytes());
    }
    out.extend_from_slice(b"</t></is>");
}

/// Writes a text as a cell can hold it, and says whether it has blanks at its ends.
pub fn escape(out: &mut Vec<u8>, text: &str) -> bool {
    let is_common = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n') && !matches!(byte, b'&' | b'<' | b'>' | b'_');
    let blank = |text: &str| text.starts_with(BLANKS) || text.ends_with(BLANKS);
    if text.len() < SHORT && text.as_bytes().iter().all(is_common) {
        out.extend_from_slice(text.as_bytes());
        return blank(text);
    }
    let text = fitting(text);
    escape_marks(out, &text, true);
    blank(&text)
}

/// Writes a formula.
pub fn escape_formula(out: &mut Vec<u8>, formula: &str) {
    escape_marks(out, formula, false);
}

/// The value of an attribute.
pub fn attribute(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '"', '<', '>', '\n']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    Cow::Owned(text.replace('\n', "&#xA;"))
}

/// Writes a text with the marks of XML escaped. In a value, `_x000D_` would stand for the character of that number: its
/// first mark is written as such a number itself.
fn escape_marks(out: &mut Vec<u8>, text: &str, is_value: bool) {
    let bytes = text.as_bytes();
    let mut written = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let escaped: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'_' if is_value && is_number(&bytes[at + 1..]) => b"_x005F_",
            _ => continue,
        };
        out.extend_from_slice(&bytes[written..at]);
        out.extend_from_slice(escaped);
        written = at + 1;
    }
    out.extend_from_slice(&bytes[written..]);
}

/// Whether an underscore before this would make it the number of a character.
fn is_number(rest: &[u8]) -> bool {
    let digits = rest.get(1..5).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    digits && rest[0] == b'x' && rest.get(5) == Some(&b'_')
}
