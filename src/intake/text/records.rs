//! Records and their fields, quotes resolved.

use std::borrow::Cow;

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
    /// The byte that ends the field before it, or none at the end of the text.
    end: Option<u8>,
    delimiter: char,
    /// Where fields end, when it is a byte.
    ends: Option<Ends>,
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
        let ends = u8::try_from(delimiter).ok().filter(u8::is_ascii).map(|delimiter| Ends::of(delimiter, at));
        Self { text, at, end: None, delimiter, ends, width, count: 0, odd: Vec::new(), times: [0; Oddity::ALL.len()] }
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
            let plain = self.plain();
            let in_quotes;
            let field = match plain.as_bytes().first() {
                Some(b'"') => {
                    in_quotes = self.in_quotes(col, plain);
                    without_formula(&in_quotes)
                }
                Some(b'=') => without_formula(plain),
                _ => plain,
            };
            if col >= self.width && self.width > 1 && !field.trim().is_empty() {
                self.note(Oddity::TooMany, col);
            }
            take(col, field);
            col += 1;
            match self.end {
                None => {}
                Some(b'\n') => self.at += 1,
                Some(b'\r') => self.at += 1 + usize::from(self.text.as_bytes().get(self.at + 1) == Some(&b'\n')),
                // Nothing else ends a field.
                Some(_) => {
                    self.at += if self.ends.is_some() { 1 } else { self.delimiter.len_utf8() };
                    continue;
                }
            }
            self.count += 1;
            return Some(col);
        }
    }

    /// A field that begins with a quote, up to the next delimiter or end of a line.
    #[inline]
    fn in_quotes(&mut self, col: usize, plain: &'a str) -> Cow<'a, str> {
        if self.times[Oddity::Unclosed as usize] >= MAX_UNCLOSED {
            return plain.into();
        }
        if let Some(field) = simply_quoted(plain) {
            return field.into();
        }
        self.back_to(self.at - plain.len());
        match self.quoted(col) {
            Ok(field) => field,
            Err(oddity) => {
                self.note(oddity, col);
                self.plain().into()
            }
        }
    }

    fn note(&mut self, oddity: Oddity, col: usize) {
        let times = &mut self.times[oddity as usize];
        if *times < MAX_TOLD {
            self.odd.push((oddity, (self.count, col)));
        }
        *times = times.saturating_add(1);
    }

    /// What stands up to the next delimiter or end of a line.
    #[inline(always)]
    fn plain(&mut self) -> &'a str {
        let from = self.at;
        self.at = match &mut self.ends {
            Some(ends) => ends.next(self.text.as_bytes(), from),
            None => self.text[from..].find([self.delimiter, '\r', '\n']).map_or(self.text.len(), |end| from + end),
        };
        self.end = self.text.as_bytes().get(self.at).copied();
        &self.text[from..self.at]
    }

    /// Reads on from where it was before.
    fn back_to(&mut self, at: usize) {
        self.at = at;
        self.ends = self.ends.as_ref().map(|ends| Ends::of(ends.delimiter, at));
    }

    /// A field in quotes; why it is none, when the quote that opens it is a character.
    #[cold]
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
                    self.back_to(opening);
                    return Err(Oddity::OverFields);
                }
                Some(oddity) => self.note(oddity, col),
                None => {}
            }
            // What follows the closing quote up to the delimiter belongs to the field, as in Excel.
            if has_text_behind {
                self.note(Oddity::TextBehind, col);
                field.to_mut().push_str(after);
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

/// What a field shows that others export as a formula, so that Excel keeps it a text: `="0012"`.
#[inline]
fn without_formula(field: &str) -> &str {
    let Some(quoted) = field.strip_prefix('=') else { return field };
    simply_quoted(quoted).unwrap_or(field)
}

/// A field in quotes as most are: no quote is in it, and no delimiter or end of a line.
#[inline]
fn simply_quoted(field: &str) -> Option<&str> {
    field.strip_prefix('"')?.strip_suffix('"').filter(|inner| !has_quote(inner.as_bytes()))
}

/// Whether a quote is in a text, a short one as most are.
#[inline]
fn has_quote(text: &[u8]) -> bool {
    let (words, rest) = text.as_chunks::<WORD>();
    let is_in = |word: &[u8; WORD]| zeros(u64::from_le_bytes(*word) ^ all(b'"')) != 0;
    words.iter().any(is_in)
        || match text.last_chunk::<WORD>() {
            Some(last) => !rest.is_empty() && is_in(last),
            None => rest.contains(&b'"'),
        }
}

/// The ends of fields one after the other, found in a block of bytes at a time: most fields are too short for a search of
/// each.
struct Ends {
    delimiter: u8,
    /// Where the block begins that was looked at last.
    from: usize,
    /// A bit for each of its bytes that is an end and was not given yet.
    left: u64,
}

impl Ends {
    /// Those from some byte on.
    fn of(delimiter: u8, at: usize) -> Self {
        Self { delimiter, from: at.wrapping_sub(BLOCK), left: 0 }
    }

    /// The first at a byte or behind it, or the end of the text; nobody asks for one before the last that was given.
    #[inline(always)]
    fn next(&mut self, bytes: &[u8], at: usize) -> usize {
        loop {
            while self.left != 0 {
                let end = self.from + self.left.trailing_zeros() as usize;
                self.left &= self.left - 1;
                if end >= at {
                    return end;
                }
            }
            self.from = self.from.wrapping_add(BLOCK).max(at);
            let rest = bytes.get(self.from..).unwrap_or_default();
            self.left = match rest.first_chunk() {
                Some(block) => self.look(block),
                None if rest.is_empty() => return bytes.len(),
                None => {
                    let mut block = [u8::MAX; BLOCK];
                    block[..rest.len()].copy_from_slice(rest);
                    self.look(&block)
                }
            };
        }
    }

    /// A bit for each byte of a block that is an end.
    #[inline]
    fn look(&self, block: &[u8; BLOCK]) -> u64 {
        let (words, _) = block.as_chunks();
        (0..).zip(words).fold(0, |bits, (at, word)| {
            let word = u64::from_le_bytes(*word);
            let is = |byte: u8| zeros(word ^ all(byte));
            bits | highest_bits(is(self.delimiter) | is(b'\r') | is(b'\n')) << (WORD * at)
        })
    }
}

/// So many bytes are looked at before the first end among them is given: one for each bit of a number.
const BLOCK: usize = 64;

/// So many of them are looked at together.
const WORD: usize = 8;

/// The highest bits of each byte, where no other is set, one beside the other.
const fn highest_bits(word: u64) -> u64 {
    (word >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// A byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; WORD])
}

/// The highest bit of each byte that is nought.
const fn zeros(word: u64) -> u64 {
    !(((word & all(0x7F)) + all(0x7F)) | word | all(0x7F))
}

#[cfg(test)]
mod tests;
