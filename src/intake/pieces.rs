//! A large part of rows or texts, read piece by piece: each ends behind one, so that no tag and no text is cut.

use std::io::{self, Read};

use memchr::{memmem, memrchr};
use rayon::prelude::*;

use super::xml;

/// So much is unpacked at a time.
const PIECE: usize = 1 << 17;

/// So many are read side by side, for each thread: one that reads has others to take when it is done.
const AT_ONCE: usize = 4;

/// No row is longer than this.
const LONGEST: usize = 8 << 20;

/// A part being unpacked.
pub(super) struct Pieces<R> {
    source: R,
    declared: u64,
    /// Behind the end tags of these elements a piece may end, whatever their prefix: `row>`.
    ends: &'static [u8],
    /// Pieces that were unpacked while those before them were read.
    ahead: Option<io::Result<Vec<Piece>>>,
    /// What was unpacked behind the last piece.
    rest: Vec<u8>,
    /// Room of pieces that were read: what is new must be cleared first.
    used: Vec<Vec<u8>>,
    is_first: bool,
    at_end: bool,
}

/// Some whole rows or texts of a part.
pub(super) struct Piece {
    pub(super) text: String,
    /// Whether another follows.
    pub(super) goes_on: bool,
}

impl<R: Read + Send> Pieces<R> {
    /// A part that is so many bytes long, to be cut behind the end tags of some elements: `row>`.
    pub(super) fn of(source: R, declared: u64, ends: &'static [u8]) -> Self {
        Self { source, declared, ends, ahead: None, rest: Vec::new(), used: Vec::new(), is_first: true, at_end: false }
    }

    /// How long the whole is.
    pub(super) fn declared(&self) -> u64 {
        self.declared
    }

    /// What is read of the next pieces, side by side, while those behind them are unpacked; nothing behind the last.
    ///
    /// # Errors
    /// As [`Pieces::next`].
    pub(super) fn read_next<T: Send>(&mut self, read: impl Fn(&Piece) -> T + Sync + Send) -> io::Result<Vec<T>> {
        let several = match self.ahead.take() {
            Some(ahead) => ahead?,
            None => self.several()?,
        };
        let done = if several.is_empty() {
            Vec::new()
        } else {
            let (ahead, done) = rayon::join(|| self.several(), || several.par_iter().map(read).collect());
            self.ahead = Some(ahead);
            done
        };
        // Their room is taken again.
        self.used.extend(several.into_iter().map(|piece| piece.text.into_bytes()));
        Ok(done)
    }

    fn several(&mut self) -> io::Result<Vec<Piece>> {
        (0..AT_ONCE * rayon::current_num_threads()).map_while(|_| self.next().transpose()).collect()
    }

    /// The next piece; nothing behind the last.
    ///
    /// # Errors
    /// When the part is damaged, no plain UTF-8 text, or has none of the elements that it is cut behind.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        if self.at_end {
            return Ok(None);
        }
        let mut bytes = self.used.pop().unwrap_or_else(|| Vec::with_capacity(PIECE + PIECE / 4));
        bytes.clear();
        bytes.append(&mut self.rest);
        loop {
            self.fill(&mut bytes)?;
            if std::mem::take(&mut self.is_first) && !xml::is_utf8(&bytes) {
                return Err(io::ErrorKind::InvalidData.into());
            }
            let end = if self.at_end { Some(bytes.len()) } else { behind_last(&bytes, self.ends) };
            if let Some(end) = end {
                self.rest.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                let text = String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData)?;
                return Ok(Some(Piece { text, goes_on: !self.at_end }));
            }
            if bytes.len() >= LONGEST {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
    }

    /// Unpacks one more piece behind what is left.
    fn fill(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let read = self.source.by_ref().take(PIECE as u64).read_to_end(bytes)?;
        self.at_end = read < PIECE;
        Ok(())
    }
}

/// Where the last of some elements ends, whatever its prefix.
fn behind_last(bytes: &[u8], ends: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let Some(at) = memmem::rfind(rest, ends) {
        let tag = memrchr(b'<', &rest[..at]).map_or(&[][..], |open| &rest[open..at]);
        if tag == b"</" || (tag.starts_with(b"</") && tag.ends_with(b":")) {
            return Some(at + ends.len());
        }
        rest = &rest[..at];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{PIECE, Piece, Pieces, behind_last};

    #[test]
    fn pieces_end_behind_rows_and_make_up_the_whole() {
        let row = "<x:row r=\"1\"><x:c><x:v>1</x:v></x:c><x:arrow>è</x:arrow></x:row>";
        let whole = format!("<x:sheetData>{}</x:sheetData><borrow></borrow>", row.repeat(3 * PIECE / row.len()));
        let (mut pieces, mut again, mut count) =
            (Pieces::of(whole.as_bytes(), whole.len() as u64, b"row>"), String::new(), 0);
        while let Some(Piece { text, goes_on }) = pieces.next().unwrap() {
            assert!(text.ends_with(if goes_on { "</x:row>" } else { "</borrow>" }));
            again.push_str(&text);
            count += 1;
        }
        assert!(again == whole && count > 2);
    }

    #[test]
    fn only_the_end_of_a_row_ends_one() {
        assert_eq!(behind_last(b"</row><row></c></arrow>", b"row>"), Some(6));
        assert_eq!(behind_last(b"<row>", b"row>"), None);
        assert_eq!(behind_last(b"<x:si><x:t>a</x:t></x:si><x:si><x:t>lesi>", b"si>"), Some(25));
    }
}
