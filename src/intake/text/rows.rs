//! The records of a text as the rows of a sheet; those of a long one are read in pieces, side by side.

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr;
use rayon::prelude::*;

use super::DOUBTFUL_TEXT;
use super::records::Records;
use crate::finding::{Finding, Text, Word};
use crate::intake::budget::{Job, Over};
use crate::intake::build::{Builder, Formats};
use crate::place::{MAX_COLS, MAX_ROWS, Place};
use crate::sheet::Sheet;

/// From this length on a text is read in pieces, and so long are they.
const PIECE: usize = 1 << 18;

/// So many are read side by side, for each thread: one that reads has others to take when it is done.
const AT_ONCE: usize = 4;

/// After so many records it is seen how long they are, and how long it takes.
const LOOKED_AT: u32 = 1 << 12;

/// What separates the fields of a record, and how many most have.
type Fields = (char, usize);

/// The records as one sheet, named as the file.
pub(super) fn sheet(body: &str, cut: Fields, job: &mut Job) -> Result<Sheet, Over> {
    let mark = job.mark();
    // One thread alone would read the pieces, and then put together what it could have read in one.
    let pieces = if rayon::current_num_threads() > 1 { in_pieces(body, cut, job)? } else { None };
    let builder = match pieces {
        Some(builder) => builder,
        None => {
            job.back_to(&mark);
            whole(body, cut, job)?
        }
    };
    let mut sheet = builder.finish();
    sheet.formats = Formats::new().into_list();
    Ok(sheet)
}

/// Reads all records one after the other, and tells what is wrong with them.
fn whole(body: &str, (delimiter, width): Fields, job: &mut Job) -> Result<Builder, Over> {
    let mut builder = Builder::new(name(job.file));
    let mut records = Records::new(body, delimiter, width, 0);
    let (mut row, mut beyond) = (0u32, false);
    loop {
        let mut cells = 0;
        let take = |col: usize, field: &str| {
            if field.is_empty() {
            } else if col < MAX_COLS as usize && row < MAX_ROWS {
                cells += 1;
                builder.text(row, col as u32, field);
            } else {
                beyond = true;
            }
        };
        if records.next(take).is_none() {
            break;
        }
        job.cells(cells)?;
        row = row.saturating_add(1);
        if row % LOOKED_AT == 0 {
            job.clock()?;
        }
        if row == LOOKED_AT {
            // Those below will be as long.
            builder.expect((body.len() / records.read()) as u64, job);
        }
    }
    records.forgive_another_table();
    for (oddity, more) in records.untold() {
        let Text { it, en } = oddity.said();
        let what = Word::Both(format!("{it}, in altre {more} celle"), format!("{en}, in {more} more cells"));
        let place = Place::sheet(job.file, &builder.sheet.name);
        job.findings.push(Finding::new(&DOUBTFUL_TEXT, place).with("what", what));
    }
    for (oddity, (row, col)) in records.odd {
        let place = Place::cell(job.file, &builder.sheet.name, row, u32::try_from(col).unwrap_or(u32::MAX));
        job.findings.push(Finding::new(&DOUBTFUL_TEXT, place).with("what", oddity.said()));
    }
    if beyond {
        let what = Word::Text(Text::new(
            "righe o colonne oltre quelle di un foglio",
            "rows or columns beyond those of a sheet",
        ));
        job.partly(Place::file(job.file), what);
    }
    Ok(builder)
}

/// Some records, read by themselves.
struct Piece {
    /// Where they begin and end in the text.
    bytes: Range<usize>,
    rows: u32,
    cells: u64,
    builder: Builder,
}

/// Reads a long text in pieces; `None` when it is short, or anything in it is not as it should be: it is read whole
/// then, and what is wrong is told.
///
/// A piece begins behind the end of a line, which a quoted text can hold too. So it counts only when the records above
/// it end where it begins; else it is read again from there.
fn in_pieces(body: &str, cut: Fields, job: &mut Job) -> Result<Option<Builder>, Over> {
    let cuts = cuts(body);
    if cuts.len() < 2 {
        return Ok(None);
    }
    let name = name(job.file);
    let piece = |bytes, most| Piece::read(body, cut, bytes, Builder::new(name.clone()), most);
    let (mut whole, mut end, mut rows) = (Builder::new(name.clone()), 0, 0);
    let mut before: Vec<(usize, Option<Piece>)> = Vec::new();
    // Those of one round are put together while those of the next are read.
    for round in cuts.chunks(AT_ONCE * rayon::current_num_threads()).chain([&[][..]]) {
        let most = job.cells_left();
        let read = || round.par_iter().map(|bytes| (bytes.end, piece(bytes.clone(), most))).collect();
        let add = || {
            let is_first = end == 0;
            for (to, read) in before {
                if end >= to {
                    continue;
                }
                let read = read.filter(|piece| piece.bytes.start == end);
                let Some(piece) = read.or_else(|| piece(end..to, most)) else { return Ok(false) };
                job.cells(piece.cells)?;
                whole.append(piece.builder, rows);
                (end, rows) = (piece.bytes.end, rows + piece.rows);
            }
            if is_first && end > 0 {
                whole.expect((body.len() / end) as u64, job);
            }
            Ok(rows <= MAX_ROWS)
        };
        let (read, is_whole) = rayon::join(read, add);
        if !is_whole? {
            return Ok(None);
        }
        before = read;
    }
    Ok(Some(whole))
}

/// Where the pieces of a text begin and end, each behind the end of a line.
fn cuts(body: &str) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    loop {
        let from = cuts.last().map_or(0, |last| last.end);
        if from == body.len() {
            return cuts;
        }
        let behind = body.len().min(from + PIECE);
        let to = memchr(b'\n', &body.as_bytes()[behind..]).map_or(body.len(), |line| behind + line + 1);
        cuts.push(from..to);
    }
}

impl Piece {
    /// Reads the records that begin in a part of a text; none when there is anything to tell of them, or they have more
    /// cells than may be.
    fn read(
        body: &str,
        (delimiter, width): Fields,
        bytes: Range<usize>,
        mut builder: Builder,
        most: u64,
    ) -> Option<Self> {
        let mut records = Records::new(body, delimiter, width, bytes.start);
        let (mut rows, mut cells) = (0, 0);
        while records.read() < bytes.end {
            let mut fits = true;
            let take = |col: usize, field: &str| {
                if !field.is_empty() {
                    cells += 1;
                    fits &= col < MAX_COLS as usize && cells <= most;
                    if fits {
                        builder.text(rows, col as u32, field);
                    }
                }
            };
            if records.next(take).is_none() {
                break;
            }
            if !fits || !records.odd.is_empty() {
                return None;
            }
            rows += 1;
        }
        Some(Self { bytes: bytes.start..records.read(), rows, cells, builder })
    }
}

/// The file's name without folder and extension.
fn name(file: &str) -> Arc<str> {
    let own = file.rsplit('/').next().unwrap_or(file);
    own.rsplit_once('.').map_or(own, |(stem, _)| stem).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Limits, Passwords};

    /// Whether a text is read in pieces, by one thread in several rounds as by more at once.
    fn is_read_in_pieces(body: &str) -> bool {
        let told = [1, 3].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| gives_what_the_whole_gives(body))
        });
        assert_eq!(told[0], told[1]);
        told[0]
    }

    /// Whether a text is read in pieces, and what it gives then or else is what the whole gives.
    fn gives_what_the_whole_gives(body: &str) -> bool {
        let (file, limits, passwords) = (Arc::from("a.csv"), Limits::default(), Passwords::default());
        let (mut job, mut also) = (Job::new(&file, &limits, &passwords), Job::new(&file, &limits, &passwords));
        let pieces = in_pieces(body, (';', 4), &mut job).expect("few cells");
        let wanted = whole(body, (';', 4), &mut also).expect("few cells").finish();
        if let Some(pieces) = pieces {
            let pieces = pieces.finish();
            assert!(pieces.rows == wanted.rows && pieces.damaged == wanted.damaged);
            assert!(also.findings.is_empty(), "pieces tell nothing");
            assert_eq!(job.cells_left(), also.cells_left());
            return true;
        }
        let mut job = Job::new(&file, &limits, &passwords);
        let read = sheet(body, (';', 4), &mut job).expect("few cells");
        assert!(read.rows == wanted.rows && read.damaged == wanted.damaged);
        assert_eq!((job.cells_left(), job.findings.len()), (also.cells_left(), also.findings.len()));
        false
    }

    fn text(line: impl Fn(usize) -> String) -> String {
        (0..70_000).map(line).collect()
    }

    fn usual(at: usize) -> String {
        format!("{at};12/03/2019;nota {};è\n", at % 700)
    }

    #[test]
    fn pieces_give_what_the_whole_gives() {
        let lines = |at| if at % 3 == 0 { format!("{at};\"a\n{at};b\r\n\"\"c\"\"\"\n") } else { usual(at) };
        let blank = |at| if at % 7 == 0 { "\r\n".to_owned() } else { usual(at) };
        let stray = |at| if at % 4 == 0 { format!("{at};12\" tubo;\"a\" ;c\"d\n") } else { usual(at) };
        // Longer than several pieces, and than a cell.
        let long = |at| if at % 15_000 == 9 { format!("{at};\"{}\"\n", "ab\n".repeat(PIECE)) } else { usual(at) };
        for body in [text(usual), text(lines), text(blank), text(stray), text(long), text(usual).replace('\n', "\r")] {
            assert!(is_read_in_pieces(&body) || !body.contains('\n'));
        }
    }

    #[test]
    fn what_there_is_to_tell_of_is_read_whole() {
        let unclosed = |at| if at == 31_234 { format!("{at};\"12/03/2019\n") } else { usual(at) };
        let wide = |at| if at == 31_234 { format!("{}x\n", ";".repeat(MAX_COLS as usize)) } else { usual(at) };
        let over = |at| if at % 20_000 == 9 { format!("{at};\"12/03/2019;{at};\n") } else { usual(at) };
        let behind = |at| if at == 31_234 { format!("{at};\"a\" b;;\n") } else { usual(at) };
        assert!(!is_read_in_pieces(&text(unclosed)));
        assert!(!is_read_in_pieces(&text(over)));
        assert!(!is_read_in_pieces(&text(behind)));
        assert!(!is_read_in_pieces(&text(wide)));
        assert!(!is_read_in_pieces(&"a\n".repeat(MAX_ROWS as usize + 1)));
        assert!(!is_read_in_pieces("a;b\n"), "short");
    }
}
