//! A large part of rows, read piece by piece: each ends behind a row, so that no tag and no text is cut.

use std::io::{self, Read};

use memchr::{memmem, memrchr};

use super::xml;

/// So much is unpacked at a time.
const PIECE: usize = 1 << 20;

/// No row is longer than this.
const LONGEST: usize = 8 * PIECE;

/// A part being unpacked.
pub(super) struct Pieces<R> {
    source: R,
    bytes: Vec<u8>,
    /// How many of them were given out.
    given: usize,
    is_first: bool,
    at_end: bool,
}

impl<R: Read> Pieces<R> {
    pub(super) fn of(source: R) -> Self {
        Self { source, bytes: Vec::with_capacity(PIECE + PIECE / 4), given: 0, is_first: true, at_end: false }
    }

    /// The next piece, and whether another follows; nothing behind the last.
    ///
    /// # Errors
    /// When the part is damaged, no plain UTF-8 text, or has no rows.
    pub(super) fn next(&mut self) -> io::Result<Option<(&str, bool)>> {
        if self.at_end {
            return Ok(None);
        }
        self.bytes.drain(..self.given);
        loop {
            self.fill()?;
            let end = if self.at_end { Some(self.bytes.len()) } else { behind_last_row(&self.bytes) };
            if std::mem::take(&mut self.is_first) && !xml::is_utf8(&self.bytes) {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if let Some(end) = end {
                self.given = end;
                let text = std::str::from_utf8(&self.bytes[..end]).map_err(|_| io::ErrorKind::InvalidData)?;
                return Ok(Some((text, !self.at_end)));
            }
            if self.bytes.len() >= LONGEST {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
    }

    /// Unpacks one more piece behind what is left.
    fn fill(&mut self) -> io::Result<()> {
        let read = self.source.by_ref().take(PIECE as u64).read_to_end(&mut self.bytes)?;
        self.at_end = read < PIECE;
        Ok(())
    }
}

/// Where the last row ends, whatever its prefix.
fn behind_last_row(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let Some(at) = memmem::rfind(rest, b"row>") {
        let tag = memrchr(b'<', &rest[..at]).map_or(&[][..], |open| &rest[open..at]);
        if tag == b"</" || (tag.starts_with(b"</") && tag.ends_with(b":")) {
            return Some(at + b"row>".len());
        }
        rest = &rest[..at];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{PIECE, Pieces, behind_last_row};

    #[test]
    fn pieces_end_behind_rows_and_make_up_the_whole() {
        let row = "<x:row r=\"1\"><x:c><x:v>1</x:v></x:c><x:arrow>è</x:arrow></x:row>";
        let whole = format!("<x:sheetData>{}</x:sheetData><borrow></borrow>", row.repeat(3 * PIECE / row.len()));
        let (mut pieces, mut again, mut count) = (Pieces::of(whole.as_bytes()), String::new(), 0);
        while let Some((piece, goes_on)) = pieces.next().unwrap() {
            assert!(piece.ends_with(if goes_on { "</x:row>" } else { "</borrow>" }));
            again.push_str(piece);
            count += 1;
        }
        assert!(again == whole && count > 2);
    }

    #[test]
    fn only_the_end_of_a_row_ends_one() {
        assert_eq!(behind_last_row(b"</row><row></c></arrow>"), Some(6));
        assert_eq!(behind_last_row(b"<row>"), None);
    }
}
