//! Texts that cells share, and the text rules of the format: runs joined, phonetics left out, `_x000D_` resolved.

use std::borrow::Cow;

use arcstr::ArcStr;
use memchr::{memchr, memchr3};

use super::super::budget::Over;
use super::super::pieces::Piece;
use super::super::xml::{Broken, Xml};
use super::Parts;
use super::workbook::Book;
use crate::value::fold::has_plain_ends;

/// Reads the shared texts; how many the part declares is not believed. None come from a part that is not there: some
/// programs name one and have no text to put into it.
pub(super) fn read(parts: &mut Parts, book: &Book) -> Result<Vec<ArcStr>, Over> {
    let Some(name) = book.strings.as_ref().filter(|name| parts.package.has(name)) else { return Ok(Vec::new()) };
    let mark = parts.job.mark();
    if let Some(strings) = in_pieces(name, parts)? {
        return Ok(strings);
    }
    parts.job.back_to(&mark);
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

/// Reads a large part piece by piece, some side by side; nothing when it is small, or anything in it is not as it should
/// be: it is read whole then, and what is wrong is told.
fn in_pieces(name: &str, parts: &mut Parts) -> Result<Option<Vec<ArcStr>>, Over> {
    let Parts { package, job } = parts;
    // They cost several times what they are long, as when they are read whole.
    if job.inflate(package.declared(name).saturating_mul(3)).is_err() {
        return Ok(None);
    }
    let Some(mut pieces) = package.pieces(name, b"si>", job) else { return Ok(None) };
    let Ok(Some(Piece { text, goes_on })) = pieces.next() else { return Ok(None) };
    let mut xml = Xml::piece(&text, &[], goes_on);
    let Some(mut strings) = all(&mut xml) else { return Ok(None) };
    let open = xml.open();
    let times = pieces.declared() / text.len().max(1) as u64;
    strings.reserve((strings.len() as u64).saturating_mul(times).min(job.limits.cells) as usize);
    loop {
        let read = |piece: &Piece| {
            let mut xml = Xml::piece(&piece.text, &open, piece.goes_on);
            let ends = if piece.goes_on { &open[..] } else { &[] };
            all(&mut xml).filter(|_| xml.open() == ends)
        };
        let Ok(lists) = pieces.read_next(read) else { return Ok(None) };
        if lists.is_empty() {
            return Ok(Some(strings));
        }
        for list in lists {
            let Some(list) = list else { return Ok(None) };
            strings.extend(list);
            if strings.len() as u64 > job.limits.cells {
                return Err(Over::Cells);
            }
        }
        job.clock()?;
    }
}

/// All texts of a piece; nothing when one is not as it should be.
fn all(xml: &mut Xml<'_>) -> Option<Vec<ArcStr>> {
    let mut strings = Vec::new();
    while let Some(text) = shared(xml).ok()? {
        strings.push(text.into());
    }
    Some(strings)
}

fn shared<'a>(xml: &mut Xml<'a>) -> Result<Option<Cow<'a, str>>, Broken> {
    if let Some(text) = xml.whole(plain) {
        return Ok(Some(Cow::Borrowed(text)));
    }
    while let Some(start) = xml.child(0)? {
        if start.local() == "si" {
            return rich(xml).map(Some);
        }
    }
    Ok(None)
}

/// A text as nearly all are written, `<si><t>a</t></si>`, and how long it is so; any other is left to [`rich`].
fn plain(part: &str) -> Option<(&str, usize)> {
    let rest = part.strip_prefix("<si><t")?;
    let (preserved, text) = match rest.strip_prefix('>') {
        Some(text) => (false, text),
        None => (true, rest.strip_prefix(" xml:space=\"preserve\">")?),
    };
    let (text, after) = text.split_at(plain_end(text.as_bytes())?);
    let after = after.strip_prefix("</t></si>")?;
    Some((if preserved || has_plain_ends(text) { text } else { text.trim_matches(BLANKS) }, part.len() - after.len()))
}

/// Where a text ends that stands for itself; of one that may have escapes, where they begin. Most texts are so short
/// that a plain loop is the fastest.
fn plain_end(text: &[u8]) -> Option<usize> {
    let (near, far) = text.split_at(text.len().min(32));
    near.iter().position(|byte| ENDS[usize::from(*byte)]).or_else(|| {
        let end = memchr3(b'<', b'&', b'\r', far)?;
        Some(near.len() + memchr(b'_', &far[..end]).unwrap_or(end))
    })
}

/// The letters where [`plain_end`] ends.
static ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let (mut at, known) = (0, b"<&\r_");
    while at < known.len() {
        ends[known[at] as usize] = true;
        at += 1;
    }
    ends
};

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
    use super::{Xml, plain, shared};

    #[test]
    fn plain_texts_are_what_the_long_way_gives() {
        let all = [
            ("<si><t>Ufficio 1</t></si>", true),
            ("<si><t> a\nè \t</t></si>", true),
            ("<si><t xml:space=\"preserve\"> a </t></si>", true),
            ("<si><t></t></si>", true),
            ("<si><t/></si>", false),
            ("<si><t>a text that is far longer than most others are</t></si>", true),
            ("<si><t>a text that is far longer than most others_x000D_are</t></si>", false),
            ("<si><t>a text that is far longer than most others &amp; are</t></si>", false),
            ("<si><t>a_x000D_b</t></si>", false),
            ("<si><t>a &amp; b</t></si>", false),
            ("<si><t>a\r\nb</t></si>", false),
            ("<si><t>a</t><rPh><t>b</t></rPh></si>", false),
            ("<si><r><t>a</t></r><r><t>b</t></r></si>", false),
            ("<si ><t>a</t></si>", false),
        ];
        for (part, is_plain) in all {
            let told = plain(part);
            assert_eq!(told.is_some(), is_plain, "{part}");
            // A blank that no program writes leads the long way.
            let long = part.replacen("<si>", "<si >", 1);
            let long = shared(&mut Xml::new(&long)).unwrap();
            assert_eq!(shared(&mut Xml::new(part)).unwrap(), long, "{part}");
            if let Some((text, length)) = told {
                assert_eq!((Some(text), length), (long.as_deref(), part.len()), "{part}");
            }
        }
    }

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
