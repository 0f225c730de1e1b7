//! A long text some whole records at a time: those of one round are read while those of the next are fetched.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use memchr::{memchr_iter, memrchr};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::records::Records;
use super::rows::Fields;
use crate::intake::budget::{Job, Over};
use crate::intake::build::Builder;
use crate::place::{MAX_COLS, MAX_ROWS};

/// So long is what one thread reads at once.
pub(super) const PIECE: usize = 1 << 18;

/// So many are read side by side, for each thread: one that reads has others to take when it is done.
const AT_ONCE: usize = 4;

/// No record is longer than this.
const LONGEST: usize = 8 << 20;

/// How long a round is.
fn length() -> usize {
    match rayon::current_num_threads() {
        1 => PIECE,
        threads => AT_ONCE * threads * PIECE,
    }
}

/// Where rounds come from.
pub(super) trait Rounds: Send {
    /// Some whole records.
    type Text: AsRef<str> + Send + Sync;

    /// The next records, nothing behind the last.
    ///
    /// # Errors
    /// When the text can only be read whole.
    fn next(&mut self) -> Result<Option<Self::Text>, Whole>;
}

/// A text has to be read whole.
#[derive(Debug)]
pub(super) struct Whole;

/// Behind the last end of a line that no quote is open at, when quotes do nothing but open and close fields. Where they
/// do more, a field may be cut in two; its quote is not closed then, which is seen when it is read.
fn end_of_records(text: &[u8]) -> Option<usize> {
    let quotes = |bytes: &[u8]| memchr_iter(b'"', bytes).count();
    let (mut open, mut end) = (quotes(text), text.len());
    loop {
        let line = memrchr(b'\n', &text[..end])?;
        open -= quotes(&text[line..end]);
        if open.is_multiple_of(2) {
            return Some(line + 1);
        }
        end = line;
    }
}

/// The same for a text, if need be further down than wanted.
fn end_near(text: &[u8], mut length: usize) -> usize {
    loop {
        let Some(part) = text.get(..length) else { return text.len() };
        if let Some(end) = end_of_records(part) {
            return end;
        }
        length *= 2;
    }
}

/// The rounds of a text that is there.
pub(super) struct OfText<'a>(pub(super) &'a str);

impl<'a> Rounds for OfText<'a> {
    type Text = &'a str;

    fn next(&mut self) -> Result<Option<&'a str>, Whole> {
        let (round, rest) = self.0.split_at(end_near(self.0.as_bytes(), length()));
        self.0 = rest;
        Ok(Some(round).filter(|round| !round.is_empty()))
    }
}

/// The rounds of a file in UTF-8, read from the disk one by one.
pub(super) struct OfFile {
    file: File,
    hash: Sha256,
    /// What was read behind the last round.
    rest: Vec<u8>,
    /// What is to be given once more.
    again: Option<String>,
    at_end: bool,
}

impl OfFile {
    /// Nothing was read yet.
    pub(super) fn of(file: File) -> Self {
        Self { file, hash: Sha256::new(), rest: Vec::new(), again: None, at_end: false }
    }

    /// Takes back what is left of the round that was given last.
    pub(super) fn put_back(&mut self, text: String) {
        self.again = Some(text);
    }

    /// The hash of all that was read.
    pub(super) fn sha256(self) -> String {
        crate::intake::hexadecimal(&self.hash.finalize())
    }

    fn fetch(&mut self, round: &mut Vec<u8>) -> io::Result<()> {
        let before = round.len();
        round.reserve_exact(length());
        let fetched = (&self.file).take(length() as u64).read_to_end(round)?;
        self.hash.update(&round[before..]);
        self.at_end = fetched < length();
        Ok(())
    }
}

impl Rounds for OfFile {
    type Text = String;

    fn next(&mut self) -> Result<Option<String>, Whole> {
        if self.again.is_some() || self.at_end {
            return Ok(self.again.take());
        }
        let mut round = std::mem::take(&mut self.rest);
        loop {
            self.fetch(&mut round).map_err(|_| Whole)?;
            if self.at_end {
                break;
            }
            if let Some(end) = end_of_records(&round) {
                self.rest = round.split_off(end);
                break;
            }
            if round.len() > LONGEST {
                return Err(Whole);
            }
        }
        let round = String::from_utf8(round).map_err(|_| Whole)?;
        Ok(Some(round).filter(|round| !round.is_empty()))
    }
}

/// Some records, read by themselves.
struct Piece {
    read: Count,
    builder: Builder,
}

/// How much was read.
#[derive(Default)]
struct Count {
    rows: u32,
    cells: u64,
}

/// Reads a text of so many bytes into a sheet without cells; `None` when anything in it is not as it should be: it is
/// read whole then, and what is wrong is told.
pub(super) fn read(
    rounds: &mut impl Rounds,
    fields: Fields,
    bytes: usize,
    name: &Arc<str>,
    job: &mut Job,
) -> Result<Option<Builder>, Over> {
    let (mut whole, mut rows) = (Builder::new(name.clone()), 0);
    let mut before: Vec<Piece> = Vec::new();
    let mut next = rounds.next();
    let is_alone = rayon::current_num_threads() == 1;
    let (mut first, mut is_expected) = (None, false);
    loop {
        let Ok(round) = next else { return Ok(None) };
        let text = round.as_ref().map_or("", AsRef::as_ref);
        let most = job.cells_left();
        // One thread alone would read pieces, and then put together what it can read into one.
        if is_alone {
            let Some(read) = read_into(&mut whole, rows, text, fields, most) else { return Ok(None) };
            job.cells(read.cells)?;
            rows += read.rows;
            next = if round.is_some() { rounds.next() } else { Ok(None) };
        } else {
            let read = || {
                let piece = |text| {
                    let mut builder = Builder::new(name.clone());
                    read_into(&mut builder, 0, text, fields, most).map(|read| Piece { read, builder })
                };
                pieces(text).into_par_iter().map(piece).collect::<Option<Vec<_>>>()
            };
            let add = || {
                for Piece { read, builder } in before {
                    job.cells(read.cells)?;
                    whole.append(builder, rows);
                    rows += read.rows;
                }
                Ok(())
            };
            // Those of one round are put together while those of the next are read, and those behind them fetched.
            let fetch = || if round.is_some() { rounds.next() } else { Ok(None) };
            let ((read, fetched), added) = rayon::join(|| rayon::join(read, fetch), add);
            added?;
            let Some(read) = read else { return Ok(None) };
            (before, next) = (read, fetched);
        }
        if rows > MAX_ROWS {
            return Ok(None);
        }
        let length = *first.get_or_insert(text.len().max(1));
        if rows > 0 && !std::mem::replace(&mut is_expected, true) {
            // Those below will be as long, or nearly.
            let times = (bytes / length) as u64;
            whole.expect(times + times / 32 + 1, job);
        }
        if round.is_none() {
            return Ok(Some(whole));
        }
    }
}

/// Parts of a text that can be read by themselves.
fn pieces(mut text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    while !text.is_empty() {
        let (piece, rest) = text.split_at(end_near(text.as_bytes(), PIECE));
        pieces.push(piece);
        text = rest;
    }
    pieces
}

/// Reads records into a sheet, from some row on; none when there is anything to tell of them, or they have more cells
/// than may be.
fn read_into(builder: &mut Builder, first: u32, text: &str, (delimiter, width): Fields, most: u64) -> Option<Count> {
    let mut records = Records::new(text, delimiter, width, 0);
    let mut count = Count::default();
    let mut is_within = true;
    loop {
        let row = first + count.rows;
        let take = |col: usize, field: &str| {
            if !field.is_empty() {
                count.cells += 1;
                is_within &= col < MAX_COLS as usize;
                builder.text(row, col as u32, field);
            }
        };
        if records.next(take).is_none() {
            return Some(count);
        }
        if !is_within || !records.odd.is_empty() || count.cells > most || row >= MAX_ROWS {
            return None;
        }
        count.rows += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek as _, Write as _};

    use super::super::rows::{sheet, whole};
    use super::*;
    use crate::intake::{Limits, Passwords};

    /// Whether a text is read in rounds, by one thread in several rounds as by more at once.
    fn is_read_in_rounds(body: &str) -> bool {
        let told = [1, 3].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| gives_what_the_whole_gives(body))
        });
        assert_eq!(told[0], told[1]);
        told[0]
    }

    /// Whether a text is read in rounds, and what it gives then or else is what the whole gives.
    fn gives_what_the_whole_gives(body: &str) -> bool {
        let (file, limits, passwords) = (Arc::from("a.csv"), Limits::default(), Passwords::default());
        let (mut job, mut also) = (Job::new(&file, &limits, &passwords), Job::new(&file, &limits, &passwords));
        let pieces = read(&mut OfText(body), (';', 4), body.len(), &file, &mut job).expect("few cells");
        let wanted = whole(body, (';', 4), &mut also).expect("few cells").finish();
        let mut of_file = OfFile::of(on_disk(body));
        let mut again = Job::new(&file, &limits, &passwords);
        let from_disk = read(&mut of_file, (';', 4), body.len(), &file, &mut again).expect("few cells");
        assert_eq!(from_disk.is_some(), pieces.is_some());
        if let Some((pieces, from_disk)) = pieces.zip(from_disk) {
            for read in [pieces.finish(), from_disk.finish()] {
                assert!(read.rows == wanted.rows && read.damaged == wanted.damaged);
            }
            assert!(also.findings.is_empty(), "nothing is to be told");
            assert_eq!([job.cells_left(), again.cells_left()], [also.cells_left(); 2]);
            assert_eq!(of_file.sha256(), crate::intake::sha256(body.as_bytes()));
            return true;
        }
        let mut job = Job::new(&file, &limits, &passwords);
        let read = sheet(body, (';', 4), &mut job).expect("few cells");
        assert!(read.rows == wanted.rows && read.damaged == wanted.damaged);
        assert_eq!((job.cells_left(), job.findings.len()), (also.cells_left(), also.findings.len()));
        false
    }

    fn on_disk(body: &str) -> File {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(body.as_bytes()).and_then(|()| file.rewind()).expect("written");
        file
    }

    fn text(line: impl Fn(usize) -> String) -> String {
        (0..70_000).map(line).collect()
    }

    fn usual(at: usize) -> String {
        format!("{at};12/03/2019;nota {};è\n", at % 700)
    }

    #[test]
    fn rounds_give_what_the_whole_gives() {
        let lines = |at| if at % 3 == 0 { format!("{at};\"a\n{at};b\r\n\"\"c\"\"\"\n") } else { usual(at) };
        let blank = |at| if at % 7 == 0 { "\r\n".to_owned() } else { usual(at) };
        let stray = |at| if at % 4 == 0 { format!("{at};12\" tubo;\"a\" ;c\"d\n") } else { usual(at) };
        // Longer than several pieces, and than a cell.
        let long = |at| if at % 15_000 == 9 { format!("{at};\"{}\"\n", "ab\n".repeat(PIECE)) } else { usual(at) };
        for body in [text(usual), text(lines), text(blank), text(stray), text(long), text(usual).replace('\n', "\r")] {
            assert!(is_read_in_rounds(&body));
        }
    }

    #[test]
    fn what_there_is_to_tell_of_is_read_whole() {
        let unclosed = |at| if at == 31_234 { format!("{at};\"12/03/2019\n") } else { usual(at) };
        let wide = |at| if at == 31_234 { format!("{}x\n", ";".repeat(MAX_COLS as usize)) } else { usual(at) };
        let over = |at| if at % 20_000 == 9 { format!("{at};\"12/03/2019;{at};\n") } else { usual(at) };
        let behind = |at| if at == 31_234 { format!("{at};\"a\" b;;\n") } else { usual(at) };
        assert!(!is_read_in_rounds(&text(unclosed)));
        assert!(!is_read_in_rounds(&text(over)));
        assert!(!is_read_in_rounds(&text(behind)));
        assert!(!is_read_in_rounds(&text(wide)));
        assert!(!is_read_in_rounds(&"a\n".repeat(MAX_ROWS as usize + 1)));
    }
}
