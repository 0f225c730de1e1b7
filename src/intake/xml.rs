//! XML as a stream of elements and texts: any encoding, any prefix, no document types, and an end that is an end.
//!
//! Office parts are most of what a run reads, so the text is walked once, as bytes, and what is given out borrows from
//! it. A tag that is not well formed ends the part: what stood before it was read, and the error says where it broke.

mod tag;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::Encoding;
use memchr::{memchr, memchr2, memchr3, memmem};

pub(super) use tag::{Tag, unescape, unprefixed};

/// Why a part with a document type is refused: entities can grow without end.
pub(super) const DOCTYPE: &str = "DOCTYPE";

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

/// Whether a part that begins so is plain UTF-8.
pub(super) fn is_utf8(beginning: &[u8]) -> bool {
    declared(beginning) == encoding_rs::UTF_8
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
    Open(Tag<'a>),
    Close,
    Text(Cow<'a, str>),
    End,
}

/// A part being read.
pub(super) struct Xml<'a> {
    text: &'a str,
    /// Byte up to which it is read.
    at: usize,
    /// Names of the elements that are open.
    open: Vec<&'a str>,
    /// Whether the element just opened is an empty one, whose end comes next.
    is_empty: bool,
    /// Whether the part goes on behind this text.
    goes_on: bool,
}

/// Deeper than any office program nests.
const MAX_DEPTH: usize = 512;

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { text, at: 0, open: Vec::with_capacity(16), is_empty: false, goes_on: false }
    }

    /// One more piece of a part, with the names of the elements that the pieces before left open.
    pub(super) fn piece(text: &'a str, open: &'a [String], goes_on: bool) -> Self {
        let text = if open.is_empty() { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
        let mut names = Vec::with_capacity(16);
        names.extend(open.iter().map(String::as_str));
        Self { text, at: 0, open: names, is_empty: false, goes_on }
    }

    /// The names of the elements that are open.
    pub(super) fn open(&self) -> Vec<String> {
        self.open.iter().map(|name| (*name).to_owned()).collect()
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next element, text or end.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Node<'a>, Broken> {
        if self.is_empty {
            self.is_empty = false;
            self.open.pop();
            return Ok(Node::Close);
        }
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            return match rest {
                [b'<', b'/', ..] => self.close(),
                [b'<', b'!', ..] => match self.bang()? {
                    Some(text) => Ok(Node::Text(lines(text))),
                    None => continue,
                },
                [b'<', b'?', ..] => {
                    self.instruction()?;
                    continue;
                }
                [b'<', ..] => self.tag(),
                [b'&', ..] => self.reference().map(Node::Text),
                [_, ..] => Ok(Node::Text(lines(self.run()))),
                [] if self.open.is_empty() || self.goes_on => Ok(Node::End),
                [] => Err(Broken(format!("XML, {} byte", self.at))),
            };
        }
    }

    /// An element's start, or that of an empty element.
    #[inline]
    fn tag(&mut self) -> Result<Node<'a>, Broken> {
        let Some((tag, is_empty, length)) = Tag::scan(&self.text[self.at + 1..]) else {
            return Err(self.broken("<…>"));
        };
        self.open.push(tag.name);
        if self.open.len() > MAX_DEPTH {
            return Err(self.broken("too deeply nested"));
        }
        self.at += 1 + length;
        self.is_empty = is_empty;
        Ok(Node::Open(tag))
    }

    /// An element's end, which must be that of the last one opened.
    #[inline]
    fn close(&mut self) -> Result<Node<'a>, Broken> {
        let rest = &self.text.as_bytes()[self.at + 2..];
        let name = self.open.last().copied().unwrap_or_default();
        let is_last = !name.is_empty() && rest.starts_with(name.as_bytes());
        let end = tag::skip_blanks(rest, name.len());
        match rest.get(end) {
            Some(b'>') if is_last => {
                self.at += 2 + end + 1;
                self.open.pop();
                Ok(Node::Close)
            }
            _ => {
                let what = if name.is_empty() { "</…>".to_owned() } else { format!("</{name}> ?") };
                Err(self.broken(&what))
            }
        }
    }

    /// A comment, passed over, or the text of a CDATA section; a document type is refused.
    fn bang(&mut self) -> Result<Option<&'a str>, Broken> {
        let rest = &self.text[self.at..];
        let (opening, closing) = match rest.as_bytes() {
            [_, _, b'-', b'-', ..] => ("<!--", "-->"),
            [_, _, b'[', ..] if rest.starts_with("<![CDATA[") => ("<![CDATA[", "]]>"),
            [_, _, b'D' | b'd', ..] => {
                self.at = self.text.len();
                return Err(Broken(DOCTYPE.to_owned()));
            }
            _ => return Err(self.broken("<!…>")),
        };
        let inside = &rest[opening.len()..];
        let Some(end) = memmem::find(inside.as_bytes(), closing.as_bytes()) else {
            return Err(self.broken(opening));
        };
        self.at += opening.len() + end + closing.len();
        Ok((closing == "]]>").then(|| &inside[..end]))
    }

    fn instruction(&mut self) -> Result<(), Broken> {
        let inside = &self.text[self.at + 2..];
        match memmem::find(inside.as_bytes(), b"?>").filter(|_| !inside.starts_with('>')) {
            Some(end) => {
                self.at += 2 + end + 2;
                Ok(())
            }
            None => Err(self.broken("<?")),
        }
    }

    /// The characters that a reference stands for; an ampersand that begins none is a character.
    fn reference(&mut self) -> Result<Cow<'a, str>, Broken> {
        let rest = &self.text[self.at..];
        let length = memchr3(b';', b'&', b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |at| at + 1);
        if !rest[length..].starts_with(';') {
            self.at += length;
            return Ok(lines(&rest[..length]));
        }
        match tag::resolve(&rest[1..length]) {
            Some(character) => {
                self.at += length + 1;
                Ok(Cow::Owned(character.to_string()))
            }
            None => {
                self.at = self.text.len();
                Err(Broken(rest[..=length].to_owned()))
            }
        }
    }

    /// The characters up to the next tag or reference.
    #[inline]
    fn run(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// What is wrong at this byte; nothing is read after it.
    #[cold]
    fn broken(&mut self, what: &str) -> Broken {
        let at = std::mem::replace(&mut self.at, self.text.len());
        Broken(format!("XML, byte {at}: {what}"))
    }

    /// The next element opened before the element at `depth` closes.
    #[inline]
    pub(super) fn child(&mut self, depth: usize) -> Result<Option<Tag<'a>>, Broken> {
        loop {
            match self.next()? {
                Node::Open(start) => return Ok(Some(start)),
                Node::Close if self.open.len() < depth => return Ok(None),
                Node::End => return Ok(None),
                Node::Close | Node::Text(_) => {}
            }
        }
    }

    /// The text of the one child of the element just opened, when both are written in the plainest way; both are closed.
    ///
    /// Nearly every cell is written so. Whatever else stands there, nothing is read.
    #[inline]
    pub(super) fn plain_child(&mut self, name: &str) -> Option<&'a str> {
        if self.is_empty {
            return None;
        }
        let rest = self.text[self.at..].strip_prefix('<')?.strip_prefix(name)?.strip_prefix('>')?;
        let end = rest.bytes().position(|byte| matches!(byte, b'<' | b'&' | b'\r'))?;
        let (text, after) = rest.split_at(end);
        let after = after.strip_prefix("</")?.strip_prefix(name)?.strip_prefix("></")?;
        let after = after.strip_prefix(*self.open.last()?)?.strip_prefix('>')?;
        self.at = self.text.len() - after.len();
        self.open.pop();
        Some(text)
    }

    /// What a reader makes of the next elements, when it knows them as they are written: it gives their length, and leaves
    /// none of them open.
    #[inline]
    pub(super) fn whole<T>(&mut self, read: impl FnOnce(&'a str) -> Option<(T, usize)>) -> Option<T> {
        // Nothing is as deep in a part as elements may be.
        if self.is_empty || self.open.len() + 8 > MAX_DEPTH {
            return None;
        }
        let (told, length) = read(&self.text[self.at..])?;
        self.at += length;
        Some(told)
    }

    /// What a reader makes of the end of the element last opened, which has such a name, and of the start of one of the
    /// same name, when it knows both as they are written: it gives their length.
    #[inline]
    pub(super) fn next_alike<T>(&mut self, name: &str, read: impl FnOnce(&'a str) -> Option<(T, usize)>) -> Option<T> {
        if *self.open.last()? != name {
            return None;
        }
        self.whole(read)
    }

    /// Passes over what is left of the element just opened.
    pub(super) fn skip(&mut self) -> Result<(), Broken> {
        let depth = self.depth();
        while self.child(depth)?.is_some() {}
        Ok(())
    }

    /// The text of the element just opened, that of elements inside left out.
    #[inline]
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Broken> {
        let depth = self.depth();
        let mut whole: Option<Cow<'a, str>> = None;
        loop {
            match self.next()? {
                Node::Open(_) => self.skip()?,
                Node::Close if self.open.len() < depth => return Ok(whole.unwrap_or_default()),
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

/// A text with the line ends of XML: each is one line feed.
#[inline]
fn lines(text: &str) -> Cow<'_, str> {
    match memchr(b'\r', text.as_bytes()) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
    }
}

/// Whether an attribute says yes.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}
