//! A start tag: its name, its attributes, and the references in their values.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// The start of an element.
#[derive(Debug, Clone, Copy)]
pub(in crate::intake) struct Tag<'a> {
    /// Its full name, with the prefix.
    pub(super) name: &'a str,
    /// What stands between the name and the end, checked to be attributes.
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads what follows a `<`: the tag, whether it is that of an empty element, and its length with the `>`.
    #[inline]
    pub(super) fn scan(text: &'a str) -> Option<(Self, bool, usize)> {
        let bytes = text.as_bytes();
        let name_end = name_end(bytes, 0)?;
        let mut at = name_end;
        loop {
            at = skip_blanks(bytes, at);
            match bytes.get(at)? {
                b'>' => {
                    let tag = Self { name: &text[..name_end], attributes: &text[name_end..at] };
                    return Some((tag, false, at + 1));
                }
                b'/' => {
                    let tag = Self { name: &text[..name_end], attributes: &text[name_end..at] };
                    return (bytes.get(at + 1) == Some(&b'>')).then_some((tag, true, at + 2));
                }
                _ => at = Span::scan(bytes, at)?.value_end + 1,
            }
        }
    }

    /// Its name without its prefix.
    #[inline]
    pub(in crate::intake) fn local(&self) -> &'a str {
        match self.name.bytes().position(|byte| byte == b':') {
            None => self.name,
            Some(colon) => &self.name[colon + 1..],
        }
    }

    /// An attribute by its name without prefix, references resolved.
    pub(in crate::intake) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(key, _)| unprefixed(key) == name).map(|(_, value)| unescape(value))
    }

    /// All attributes with their full names, references unresolved.
    #[inline]
    pub(in crate::intake) fn attributes(&self) -> Attributes<'a> {
        Attributes { text: self.attributes, at: 0 }
    }
}

/// The name of an attribute without its prefix.
#[inline]
pub(in crate::intake) fn unprefixed(key: &str) -> &str {
    key.bytes().rposition(|byte| byte == b':').map_or(key, |colon| &key[colon + 1..])
}

/// The attributes of a tag.
pub(in crate::intake) struct Attributes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let from = skip_blanks(bytes, self.at);
        let span = Span::scan(bytes, from)?;
        self.at = span.value_end + 1;
        Some((&self.text[from..span.key_end], &self.text[span.value_from..span.value_end]))
    }
}

/// Where the pieces of an attribute are.
struct Span {
    key_end: usize,
    value_from: usize,
    /// The closing quote.
    value_end: usize,
}

impl Span {
    /// Reads `key = "value"`.
    #[inline(always)]
    fn scan(bytes: &[u8], from: usize) -> Option<Self> {
        let key_end = name_end(bytes, from)?;
        let equals = skip_blanks(bytes, key_end);
        if bytes.get(equals) != Some(&b'=') {
            return None;
        }
        let quote_at = skip_blanks(bytes, equals + 1);
        let quote = *bytes.get(quote_at).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let value_from = quote_at + 1;
        let value_end = value_from + find(quote, &bytes[value_from..])?;
        Some(Self { key_end, value_from, value_end })
    }
}

/// The first place of a byte; most values of attributes are so short that a plain loop is the fastest.
#[inline(always)]
fn find(wanted: u8, bytes: &[u8]) -> Option<usize> {
    let near = bytes.len().min(16);
    match bytes[..near].iter().position(|byte| *byte == wanted) {
        None => memchr(wanted, &bytes[near..]).map(|at| near + at),
        found => found,
    }
}

/// Where a name of one character or more ends; `None` when a character follows that ends none.
#[inline]
fn name_end(bytes: &[u8], from: usize) -> Option<usize> {
    let length = bytes[from..].iter().position(|byte| ENDS[usize::from(*byte)] != 0)?;
    (length > 0 && ENDS[usize::from(bytes[from + length])] == 1).then_some(from + length)
}

/// 1 for what ends a name, 2 for what no name may hold, 0 for the rest.
static ENDS: [u8; 256] = {
    let mut ends = [0; 256];
    let (mut at, known) = (0, b" \t\n\r/>=\"'<&");
    while at < known.len() {
        ends[known[at] as usize] = if at < 7 { 1 } else { 2 };
        at += 1;
    }
    ends
};

#[inline]
pub(super) fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// References resolved where all of them are known, the text as it is where not.
pub(in crate::intake) fn unescape(value: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', value.as_bytes()) else { return Cow::Borrowed(value) };
    let mut text = value[..first].to_owned();
    let mut rest = &value[first..];
    while let Some(after) = rest.strip_prefix('&') {
        let end = memchr2(b';', b'&', after.as_bytes()).filter(|end| after[*end..].starts_with(';'));
        let Some((end, character)) = end.and_then(|end| Some((end, resolve(&after[..end])?))) else {
            return Cow::Borrowed(value);
        };
        text.push(character);
        let plain = &after[end + 1..];
        let next = memchr(b'&', plain.as_bytes()).unwrap_or(plain.len());
        text.push_str(&plain[..next]);
        rest = &plain[next..];
    }
    Cow::Owned(text)
}

/// The character of a reference by its name or number, given without `&` and `;`.
pub(super) fn resolve(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        };
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let code = u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'));
    code.and_then(char::from_u32).filter(|character| *character != '\0')
}
