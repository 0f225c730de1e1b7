//! XML as a stream of elements and texts: any encoding, any prefix, no document types, and an end that is an end.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Why a part cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken(pub(super) String);

/// The text of a part, whatever its encoding: byte order mark, zero bytes, declaration, else UTF-8.
pub(super) fn decode(bytes: Vec<u8>) -> (String, bool) {
    let encoding = declared(&bytes);
    if encoding == encoding_rs::UTF_8 {
        return match String::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
        };
    }
    let (text, _, spoilt) = encoding.decode(&bytes);
    (text.into_owned(), spoilt)
}

fn declared(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    match bytes {
        [b'<', 0, ..] => return encoding_rs::UTF_16LE,
        [0, b'<', ..] => return encoding_rs::UTF_16BE,
        _ => {}
    }
    let head = &bytes[..bytes.len().min(200)];
    let head = &head[..head.iter().position(|byte| *byte == b'>').unwrap_or(head.len())];
    let Some(at) = head.windows(9).position(|window| window == b"encoding=") else { return encoding_rs::UTF_8 };
    let quoted = head[at + 9..].split(|byte| matches!(byte, b'"' | b'\'')).nth(1).unwrap_or(b"utf-8");
    match Encoding::for_label(quoted) {
        // The declaration was read byte by byte, so these two cannot be true.
        Some(named) if named != encoding_rs::UTF_16LE && named != encoding_rs::UTF_16BE => named,
        _ => encoding_rs::UTF_8,
    }
}

/// One step through a part.
pub(super) enum Node<'a> {
    Open(BytesStart<'a>),
    Close,
    Text(Cow<'a, str>),
    End,
}

/// A part being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

/// Deeper than any office program nests.
const MAX_DEPTH: usize = 512;

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next element, text or end.
    pub(super) fn next(&mut self) -> Result<Node<'a>, Broken> {
        loop {
            return match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(Broken("too deeply nested".to_owned()));
                    }
                    Ok(Node::Open(start))
                }
                Ok(Event::Empty(start)) => Ok(Node::Open(start)),
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Ok(Node::Close)
                }
                Ok(Event::Text(text)) => Ok(Node::Text(text.xml10_content())),
                Ok(Event::CData(text)) => Ok(Node::Text(text.xml10_content())),
                Ok(Event::GeneralRef(name)) => reference(&name).map(|c| Node::Text(Cow::Owned(c.to_string()))),
                Ok(Event::DocType(_)) => Err(Broken("DOCTYPE".to_owned())),
                Ok(Event::Eof) if self.depth > 0 => Err(Broken(format!("XML, {} byte", self.reader.buffer_position()))),
                Ok(Event::Eof) => Ok(Node::End),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => continue,
                Err(error) => Err(Broken(format!("XML, byte {}: {error}", self.reader.error_position()))),
            };
        }
    }

    /// The next element opened before the element at `depth` closes.
    pub(super) fn child(&mut self, depth: usize) -> Result<Option<BytesStart<'a>>, Broken> {
        loop {
            match self.next()? {
                Node::Open(start) => return Ok(Some(start)),
                Node::Close if self.depth < depth => return Ok(None),
                Node::End => return Ok(None),
                Node::Close | Node::Text(_) => {}
            }
        }
    }

    /// Passes over what is left of the element just opened.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        let depth = self.depth;
        while self.child(depth)?.is_some() {}
        Ok(())
    }

    /// The text of the element just opened, that of elements inside left out.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Broken> {
        let depth = self.depth;
        let mut whole: Option<Cow<'a, str>> = None;
        loop {
            match self.next()? {
                Node::Open(_) => self.skip()?,
                Node::Close if self.depth < depth => return Ok(whole.unwrap_or_default()),
                Node::End => return Ok(whole.unwrap_or_default()),
                Node::Close => {}
                Node::Text(text) => match &mut whole {
                    None => whole = Some(text),
                    Some(whole) => whole.to_mut().push_str(&text),
                },
            }
        }
    }
}

fn reference(name: &quick_xml::events::BytesRef<'_>) -> Result<char, Broken> {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return Ok(character);
    }
    match name.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(Broken(format!("&{other};"))),
    }
}

/// The name of an element without its prefix.
pub(super) fn local<'a>(start: &'a BytesStart<'_>) -> &'a str {
    start.local_name().into_inner()
}

/// An attribute by its name without prefix, entities resolved.
pub(super) fn attribute<'a>(start: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    attributes(start).find(|(key, _)| key.rsplit(':').next() == Some(name)).map(|(_, value)| unescape(value))
}

/// All attributes with their full names, entities unresolved.
pub(super) fn attributes<'a>(start: &'a BytesStart<'_>) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    attributes.flatten().map(|attribute| (attribute.key.0, attribute.value))
}

/// Entities resolved where they are known, the text as it is where not.
pub(super) fn unescape(value: Cow<'_, str>) -> Cow<'_, str> {
    if !value.contains('&') {
        return value;
    }
    match quick_xml::escape::unescape(&value) {
        Ok(text) => Cow::Owned(text.into_owned()),
        Err(_) => value,
    }
}

/// Whether an attribute says yes.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}
