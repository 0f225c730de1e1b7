//! Texts that cells share, and the text rules of the format: runs joined, phonetics left out, `_x000D_` resolved.

use std::borrow::Cow;

use arcstr::ArcStr;

use super::super::budget::Over;
use super::super::xml::{Broken, Xml};
use super::Parts;
use super::workbook::Book;

/// Reads the shared texts; how many the part declares is not believed. None come from a part that is not there: some
/// programs name one and have no text to put into it.
pub(super) fn read(parts: &mut Parts, book: &Book) -> Result<Vec<ArcStr>, Over> {
    let Some(name) = book.strings.as_ref().filter(|name| parts.package.has(name)) else { return Ok(Vec::new()) };
    let Some(bytes) = parts.list(name)? else { return Ok(Vec::new()) };
    let text = parts.decoded(name, bytes);
    let mut strings = Vec::new();
    let most = parts.job.limits.cells;
    let mut xml = Xml::new(&text);
    loop {
        match shared(&mut xml) {
            Ok(Some(text)) => strings.push(text.into()),
            Ok(None) => return Ok(strings),
            Err(error) => {
                parts.broken(name, error);
                return Ok(strings);
            }
        }
        if strings.len() as u64 > most {
            return Err(Over::Cells);
        }
        if strings.len() % 4096 == 0 {
            parts.job.clock()?;
        }
    }
}

fn shared<'a>(xml: &mut Xml<'a>) -> Result<Option<Cow<'a, str>>, Broken> {
    while let Some(start) = xml.child(0)? {
        if start.local() == "si" {
            return rich(xml).map(Some);
        }
    }
    Ok(None)
}

/// The text of an `si`, `is` or comment just opened: its `t` elements, plain or in runs.
///
/// Blanks at its ends count only when their element asks to preserve them, as in Excel; those between runs always stay,
/// so that no two words become one.
pub(super) fn rich<'a>(xml: &mut Xml<'a>) -> Result<Cow<'a, str>, Broken> {
    let depth = xml.depth();
    let mut whole: Option<Cow<'a, str>> = None;
    let mut preserved = true;
    while let Some(start) = xml.child(depth)? {
        match start.local() {
            "t" => {
                preserved = start.attributes().any(|(key, value)| key == "xml:space" && value == "preserve");
                let text = xml.text()?;
                match &mut whole {
                    None if preserved => whole = Some(text),
                    None => whole = Some(trimmed(text, without_start)),
                    Some(whole) => whole.to_mut().push_str(&text),
                }
            }
            "rPh" | "phoneticPr" | "rPr" | "extLst" => xml.skip()?,
            _ => {}
        }
    }
    let whole = whole.unwrap_or_default();
    Ok(unescaped(if preserved { whole } else { trimmed(whole, without_end) }))
}

/// A text without the blanks of XML at one end.
fn trimmed(text: Cow<'_, str>, trim: fn(&str) -> &str) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
    }
}

/// The blanks of XML: others are characters like all.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

fn without_start(text: &str) -> &str {
    text.trim_start_matches(BLANKS)
}

fn without_end(text: &str) -> &str {
    text.trim_end_matches(BLANKS)
}

/// Resolves `_x000D_`: a character that XML cannot hold, by its UTF-16 unit.
pub(super) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text;
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find("_x") {
        units.extend(rest[..at].encode_utf16());
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match code.and_then(|code| u16::from_str_radix(code, 16).ok()) {
            Some(unit) => {
                units.push(unit);
                rest = &rest[7..];
            }
            None => {
                units.extend("_x".encode_utf16());
                rest = &rest[2..];
            }
        }
    }
    units.extend(rest.encode_utf16());
    Cow::Owned(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_are_resolved_once() {
        for (text, wanted) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_x00_", "_x00_"),
            ("a_xàèìò_", "a_xàèìò_"),
            ("costo_x", "costo_x"),
        ] {
            assert_eq!(super::unescaped(text.into()), wanted);
        }
    }
}
