//! Records and their fields, quotes resolved.

use std::borrow::Cow;

use memchr::memchr3;

/// More unclosed quotes than this, and quotes mean nothing in the rest of the file.
const MAX_UNCLOSED: u32 = 50;

/// The records of a text, blank ones included.
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    delimiter: char,
    /// How many records were given.
    count: u32,
    /// Record of the first quote that is never closed, and how many there are.
    pub(super) unclosed: Option<(u32, u32)>,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, delimiter: char) -> Self {
        Self::from(text, delimiter, 0)
    }

    /// Those from some byte on, where one begins.
    pub(super) fn from(text: &'a str, delimiter: char, at: usize) -> Self {
        Self { text, at, delimiter, count: 0, unclosed: None }
    }

    /// Up to which byte the text was read.
    pub(super) fn read(&self) -> usize {
        self.at
    }

    /// Puts the fields of the next record in place of those before it; `false` at the end.
    pub(super) fn next(&mut self, fields: &mut Vec<Cow<'a, str>>) -> bool {
        fields.clear();
        if self.at >= self.text.len() {
            return false;
        }
        loop {
            fields.push(self.field());
            let rest = &self.text[self.at..];
            if rest.starts_with(self.delimiter) {
                self.at += self.delimiter.len_utf8();
                continue;
            }
            self.at += if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
            self.count += 1;
            return true;
        }
    }

    fn field(&mut self) -> Cow<'a, str> {
        let rest = &self.text[self.at..];
        if rest.starts_with('"') && self.unclosed.is_none_or(|(_, times)| times < MAX_UNCLOSED) {
            if let Some(field) = self.quoted() {
                return field;
            }
            let (first, times) = self.unclosed.unwrap_or((self.count, 0));
            self.unclosed = Some((first, times + 1));
        }
        self.plain()
    }

    fn plain(&mut self) -> Cow<'a, str> {
        let rest = &self.text[self.at..];
        let end = match u8::try_from(self.delimiter) {
            Ok(delimiter) if delimiter.is_ascii() => memchr3(delimiter, b'\r', b'\n', rest.as_bytes()),
            _ => rest.find([self.delimiter, '\r', '\n']),
        };
        let end = end.unwrap_or(rest.len());
        self.at += end;
        Cow::Borrowed(&rest[..end])
    }

    /// A field in quotes; `None` when the closing quote never comes.
    fn quoted(&mut self) -> Option<Cow<'a, str>> {
        let rest = &self.text[self.at + 1..];
        let mut field = Cow::Borrowed("");
        let mut from = 0;
        loop {
            let quote = from + rest[from..].find('"')?;
            let piece = &rest[from..quote];
            let doubled = rest[quote + 1..].starts_with('"');
            let piece = if doubled { &rest[from..=quote] } else { piece };
            if field.is_empty() {
                field = Cow::Borrowed(piece);
            } else {
                field.to_mut().push_str(piece);
            }
            if doubled {
                from = quote + 2;
                continue;
            }
            self.at += quote + 2;
            // What follows the closing quote up to the delimiter belongs to the field, as in Excel.
            let after = self.plain();
            if !after.trim().is_empty() {
                field.to_mut().push_str(&after);
            }
            return Some(field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Records;

    fn all(text: &str) -> Vec<Vec<String>> {
        let (mut records, mut fields) = (Records::new(text, ';'), Vec::new());
        let mut next = || records.next(&mut fields).then(|| fields.iter().map(|field| field.to_string()).collect());
        std::iter::from_fn(&mut next).collect()
    }

    #[test]
    fn quotes_lines_and_blanks() {
        assert_eq!(all("a;b\r\n\r\n\"c\nd\";\"e\"\"f\"\n"), [vec!["a", "b"], vec![""], vec!["c\nd", "e\"f"]]);
        assert_eq!(all("a\rb;\"\";c"), [vec!["a"], vec!["b", "", "c"]]);
        assert_eq!(all("12\" pipe;\"x\" y"), [vec!["12\" pipe", "x y"]]);
    }

    #[test]
    fn an_unclosed_quote_is_a_character() {
        let mut records = Records::new("a;b\n\"c;d\ne;f\n", ';');
        let mut fields = Vec::new();
        let rows = std::iter::from_fn(|| records.next(&mut fields).then_some(())).count();
        assert_eq!(rows, 3);
        assert_eq!(records.unclosed, Some((1, 1)));
    }

    #[test]
    fn any_character_may_separate() {
        for delimiter in [',', '§', '→'] {
            let text = format!("àè{delimiter}b\n{delimiter}\"c\"{delimiter}d");
            let (mut records, mut fields) = (Records::new(&text, delimiter), Vec::new());
            assert!(records.next(&mut fields));
            assert_eq!(fields, ["àè", "b"]);
            assert!(records.next(&mut fields));
            assert_eq!(fields, ["", "c", "d"]);
            assert!(!records.next(&mut fields));
        }
    }
}
