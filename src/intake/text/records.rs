//! Records and their fields, quotes resolved.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};

use crate::finding::Text;

/// More unclosed quotes than this, and quotes mean nothing in the rest of the file.
const MAX_UNCLOSED: u32 = 50;

/// Of what is wrong with quotes so many are told.
const MAX_TOLD: u32 = 1_000;

/// When more than one of so many records has too many fields, they are no slips.
const ANOTHER_TABLE: u32 = 5;

/// What is wrong with some quotes or fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// A quote is never closed: read as a character.
    Unclosed,
    /// What would close a quote stands in another field: read as a character.
    OverFields,
    /// What is between its quotes may be records, or the text of a field: read as a field.
    OverLines,
    /// Text follows a closing quote; it belongs to the field, as in Excel.
    TextBehind,
    /// The record has more fields than most: a separator may stand in a value.
    TooMany,
}

/// What is wrong, and in which record and field.
type Odd = (Oddity, (u32, usize));

/// The records of a text, blank ones included.
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    delimiter: char,
    /// The same as a byte, when it is one.
    delimiter_byte: Option<u8>,
    /// How many fields a record usually has.
    width: usize,
    /// How many records were given.
    count: u32,
    /// What is wrong with quotes.
    pub(super) odd: Vec<Odd>,
    /// How often each was met.
    times: [u32; Oddity::ALL.len()],
}

impl Oddity {
    const ALL: [Self; 5] = [Self::Unclosed, Self::OverFields, Self::OverLines, Self::TextBehind, Self::TooMany];

    /// What it is for a reader.
    pub(super) fn said(self) -> Text {
        match self {
            Self::Unclosed => {
                Text::new("una virgoletta aperta non si chiude", "an opening quotation mark is never closed")
            }
            Self::OverFields => Text::new(
                "una virgoletta aperta si chiude solo in un altro campo, ed è letta come un carattere",
                "an opening quotation mark is closed only in another field, and is read as a character",
            ),
            Self::OverLines => Text::new(
                "un testo fra virgolette comprende righe che sembrano righe della tabella",
                "a text in quotation marks takes in lines that look like rows of the table",
            ),
            Self::TextBehind => Text::new(
                "dopo la virgoletta che chiude un testo c’è altro testo, unito al primo",
                "text follows the quotation mark that closes a text, and is joined to it",
            ),
            Self::TooMany => Text::new(
                "la riga ha più campi delle altre: un separatore può stare dentro un valore, e spostare quelli che seguono",
                "the line has more fields than the others: a separator may stand in a value, and move those behind it",
            ),
        }
    }
}

impl<'a> Records<'a> {
    /// Those from some byte on, where one begins.
    pub(super) fn new(text: &'a str, delimiter: char, width: usize, at: usize) -> Self {
        let delimiter_byte = u8::try_from(delimiter).ok().filter(u8::is_ascii);
        Self { text, at, delimiter, delimiter_byte, width, count: 0, odd: Vec::new(), times: [0; Oddity::ALL.len()] }
    }

    /// Up to which byte the text was read.
    pub(super) fn read(&self) -> usize {
        self.at
    }

    /// Gives the fields of the next record, each with its column; how many there are, none at the end.
    #[inline]
    pub(super) fn next(&mut self, mut take: impl FnMut(usize, &str)) -> Option<usize> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut col = 0;
        loop {
            let field = self.field(col);
            if col >= self.width && self.width > 1 && !field.trim().is_empty() {
                self.note(Oddity::TooMany, col);
            }
            take(col, &field);
            col += 1;
            let ends_line = match self.text.as_bytes().get(self.at..) {
                None | Some([]) => 0,
                Some([b'\r', b'\n', ..]) => 2,
                Some([b'\r' | b'\n', ..]) => 1,
                // Nothing else ends a field.
                Some(_) => {
                    self.at += self.delimiter.len_utf8();
                    continue;
                }
            };
            self.at += ends_line;
            self.count += 1;
            return Some(col);
        }
    }

    #[inline]
    fn field(&mut self, col: usize) -> Cow<'a, str> {
        if self.text.as_bytes().get(self.at) == Some(&b'"') && self.times[Oddity::Unclosed as usize] < MAX_UNCLOSED {
            if let Some(field) = self.simply_quoted() {
                return field.into();
            }
            match self.quoted(col) {
                Ok(field) => return field,
                Err(oddity) => self.note(oddity, col),
            }
        }
        self.plain()
    }

    fn note(&mut self, oddity: Oddity, col: usize) {
        let times = &mut self.times[oddity as usize];
        if *times < MAX_TOLD {
            self.odd.push((oddity, (self.count, col)));
        }
        *times = times.saturating_add(1);
    }

    #[inline]
    fn plain(&mut self) -> Cow<'a, str> {
        let rest = &self.text[self.at..];
        let end = match self.delimiter_byte {
            Some(delimiter) => find(delimiter, rest.as_bytes()),
            None => rest.find([self.delimiter, '\r', '\n']),
        };
        let end = end.unwrap_or(rest.len());
        self.at += end;
        Cow::Borrowed(&rest[..end])
    }

    /// A field in quotes as most are: neither a quote nor a delimiter is in it, and nothing but its end behind it.
    fn simply_quoted(&mut self) -> Option<&'a str> {
        let (rest, delimiter) = (&self.text[self.at + 1..], self.delimiter_byte?);
        let end = memchr2(b'"', delimiter, rest.as_bytes())?;
        let is_end = |behind: &u8| *behind == delimiter || matches!(behind, b'\r' | b'\n');
        let is_it = rest.as_bytes()[end] == b'"' && rest.as_bytes().get(end + 1).is_none_or(is_end);
        self.at += if is_it { end + 2 } else { 0 };
        is_it.then(|| &rest[..end])
    }

    /// A field in quotes; why it is none, when the quote that opens it is a character.
    fn quoted(&mut self, col: usize) -> Result<Cow<'a, str>, Oddity> {
        let opening = self.at;
        let rest = &self.text[opening + 1..];
        let mut field = Cow::Borrowed("");
        let mut from = 0;
        loop {
            let quote = from + rest[from..].find('"').ok_or(Oddity::Unclosed)?;
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
            self.at = opening + 1 + quote + 1;
            let after = self.plain();
            let has_text_behind = !after.trim().is_empty();
            match self.runs_over(col, &rest[..quote], &rest[quote + 1..], has_text_behind) {
                Some(Oddity::OverFields) => {
                    self.at = opening;
                    return Err(Oddity::OverFields);
                }
                Some(oddity) => self.note(oddity, col),
                None => {}
            }
            // What follows the closing quote up to the delimiter belongs to the field, as in Excel.
            if has_text_behind {
                self.note(Oddity::TextBehind, col);
                field.to_mut().push_str(&after);
            }
            return Ok(field);
        }
    }

    /// Whether what stands between two quotes runs over more than a field: the rest of a record, and others below it.
    ///
    /// Who writes a field of several lines ends it with its quote; text behind it shows that it opens another field, or
    /// is a mark of inches. Else the records that there are without these quotes have to be as most are, with nothing but
    /// blank lines and titles among them, and some between the first and the last. Where only some of this is so, it may
    /// be a field or not, and is told.
    fn runs_over(&self, col: usize, between: &str, behind: &str, has_text_behind: bool) -> Option<Oddity> {
        let delimiters = |text: &str| text.matches(self.delimiter).count();
        if !between.contains(self.delimiter) {
            return None;
        }
        let usual = self.width.saturating_sub(1);
        let below = behind.split(['\r', '\n']).next().map_or(0, delimiters);
        let Some(end) = ['\n', '\r'].into_iter().find(|end| between.contains(*end)) else {
            let is_record = has_text_behind && col + delimiters(between) + below == usual;
            return is_record.then_some(Oddity::OverFields);
        };
        if has_text_behind {
            return Some(Oddity::OverFields);
        }
        let mut lines = between.split(end).map(delimiters);
        let (first, last) = (lines.next().unwrap_or_default(), lines.next_back().unwrap_or_default());
        let ends_are_usual = (col + first, last + below) == (usual, usual);
        let (mut records, mut titles, mut others) = (0, 0, 0);
        for line in lines {
            match line {
                _ if line == usual => records += 1,
                0 => titles += 1,
                _ => others += 1,
            }
        }
        if usual > 1 && ends_are_usual && records > 0 && others == 0 {
            return Some(Oddity::OverFields);
        }
        let may_be_records = ends_are_usual || (usual > 1 && records > titles + others);
        may_be_records.then_some(Oddity::OverLines)
    }

    /// Where many records have more fields than most, they are another table.
    pub(super) fn forgive_another_table(&mut self) {
        let times = &mut self.times[Oddity::TooMany as usize];
        if *times * ANOTHER_TABLE > self.count {
            *times = 0;
            self.odd.retain(|(oddity, _)| *oddity != Oddity::TooMany);
        }
    }

    /// What is wrong with more quotes than were told, and with how many more.
    pub(super) fn untold(&self) -> impl Iterator<Item = (Oddity, u32)> {
        let more = |oddity: Oddity| (oddity, self.times[oddity as usize].saturating_sub(MAX_TOLD));
        Oddity::ALL.into_iter().map(more).filter(|(_, more)| *more > 0)
    }
}

/// Where a field ends; most are so short that looking at eight bytes at once is faster than to set up a search.
#[inline]
fn find(delimiter: u8, bytes: &[u8]) -> Option<usize> {
    const NEAR: usize = 4;
    let (words, _) = bytes.as_chunks::<8>();
    for (word, from) in words.iter().take(NEAR).zip((0..).step_by(8)) {
        let word = u64::from_le_bytes(*word);
        let ends = zeros(word ^ all(delimiter)) | zeros(word ^ all(b'\r')) | zeros(word ^ all(b'\n'));
        if ends != 0 {
            return Some(from + ends.trailing_zeros() as usize / 8);
        }
    }
    let near = words.len().min(NEAR) * 8;
    memchr3(delimiter, b'\r', b'\n', &bytes[near..]).map(|at| near + at)
}

/// A byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of the lowest byte that is nought, and of none below it.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(all(0x01)) & !word & all(0x80)
}

#[cfg(test)]
mod tests;
