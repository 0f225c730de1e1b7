//! A part that is compressed in pieces, side by side: each begins anew and ends at a whole byte, so that together they
//! are one stream. What comes out does not depend on how many threads there are.

use std::io::{self, Cursor};

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress, Status};
use rayon::prelude::*;
use rust_xlsxwriter::XlsxError;
use zip::read::read_zipfile_from_stream;
use zip::{DateTime, ZipWriter};

use super::QUICK;

/// How a compressed entry of a package begins: its signature, what reads it, and that nothing about it is unusual.
const ENTRY: [u8; 14] = [b'P', b'K', 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];
/// Who may read the entry, as the library says it; no clock tells when it was written.
const OWNER_ONLY: u32 = 0o600;

/// The compressed pieces of a part, one behind the other.
#[derive(Default)]
pub struct Pieces {
    bytes: Vec<u8>,
    hash: Hasher,
    length: u64,
}

/// What a piece is written and compressed with.
struct Bench {
    text: Vec<u8>,
    compress: Compress,
    packed: Vec<u8>,
    hash: Hasher,
}

impl Bench {
    fn new() -> Self {
        let compress = Compress::new(Compression::new(QUICK.into()), false);
        Self { text: Vec::new(), compress, packed: Vec::new(), hash: Hasher::new() }
    }

    /// Writes a piece and compresses it.
    fn piece(&mut self, flush: FlushCompress, write: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.text.clear();
        write(&mut self.text);
        self.hash.reset();
        self.hash.update(&self.text);
        self.compress.reset();
        self.packed.clear();
        loop {
            self.packed.reserve(self.text.len() / 8 + 1_024);
            let taken = self.compress.total_in() as usize;
            let status = self.compress.compress_vec(&self.text[taken..], &mut self.packed, flush)?;
            // What is flushed has all come out when there was room for more.
            let is_taken = self.compress.total_in() as usize == self.text.len();
            let is_flushed = is_taken && self.packed.len() < self.packed.capacity();
            if status == Status::StreamEnd || (is_flushed && matches!(flush, FlushCompress::Full)) {
                return Ok(());
            }
        }
    }
}

impl Pieces {
    /// Adds pieces, each written by its number; the part goes on behind them.
    pub fn side_by_side(&mut self, count: usize, write: impl Fn(usize, &mut Vec<u8>) + Sync) -> io::Result<()> {
        let together = count.min(2 * rayon::current_num_threads());
        let mut benches: Vec<Bench> = std::iter::repeat_with(Bench::new).take(together).collect();
        for start in (0..count).step_by(together.max(1)) {
            let at_work = &mut benches[..together.min(count - start)];
            let one = |(at, bench): (usize, &mut Bench)| bench.piece(FlushCompress::Full, |out| write(start + at, out));
            at_work.par_iter_mut().enumerate().map(one).collect::<io::Result<()>>()?;
            at_work.iter().for_each(|bench| self.add(bench));
        }
        Ok(())
    }

    /// Adds a text; the part ends with the last.
    pub fn text(&mut self, text: &str, is_last: bool) -> io::Result<()> {
        let mut bench = Bench::new();
        let flush = if is_last { FlushCompress::Finish } else { FlushCompress::Full };
        bench.piece(flush, |out| out.extend_from_slice(text.as_bytes()))?;
        self.add(&bench);
        Ok(())
    }

    fn add(&mut self, bench: &Bench) {
        self.bytes.extend_from_slice(&bench.packed);
        self.hash.combine(&bench.hash);
        self.length += bench.text.len() as u64;
    }

    /// Puts the part into a package.
    pub fn put(self, name: &str, package: &mut ZipWriter<Cursor<Vec<u8>>>) -> Result<(), XlsxError> {
        let length = |length: u64| {
            let too_long = |_| io::Error::new(io::ErrorKind::FileTooLarge, "a sheet of more than four gigabytes");
            u32::try_from(length).map_err(too_long).map(u32::to_le_bytes)
        };
        let (compressed, whole) = (length(self.bytes.len() as u64)?, length(self.length)?);
        let names = [(name.len() as u16).to_le_bytes(), [0; 2]].concat();
        let entry = [&ENTRY[..], &self.hash.finalize().to_le_bytes(), &compressed, &whole, &names, name.as_bytes()];
        let mut entry = io::Read::chain(Cursor::new(entry.concat()), Cursor::new(self.bytes));
        let strange = || XlsxError::ParameterError("an entry cannot be read back".to_owned());
        let part = read_zipfile_from_stream(&mut entry)?.ok_or_else(strange)?;
        package.raw_copy_file_touch(part, DateTime::default(), Some(OWNER_ONLY))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::{ZipArchive, ZipWriter};

    use super::Pieces;

    /// A piece of its own length: some of them hardly get smaller, one is empty.
    fn piece(number: usize) -> Vec<u8> {
        let mut mixed = number as u64 + 1;
        let mut next = || {
            mixed ^= mixed << 13;
            mixed ^= mixed >> 7;
            mixed ^= mixed << 17;
            if number.is_multiple_of(3) { (mixed >> 32) as u8 } else { b'a' + number as u8 % 26 }
        };
        (0..number * 7_001 % 90_000).map(|_| next()).collect()
    }

    fn packed(count: usize, threads: usize) -> Vec<u8> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        pool.install(|| {
            let mut pieces = Pieces::default();
            pieces.text("begin", false).unwrap();
            pieces.side_by_side(count, |number, out| out.extend(piece(number))).unwrap();
            pieces.text("end", true).unwrap();
            pieces.put("part", &mut package).unwrap();
        });
        package.finish().unwrap().into_inner()
    }

    #[test]
    fn pieces_are_one_stream_in_their_order_whatever_the_threads() {
        for count in [0, 1, 2, 3, 50] {
            let one = packed(count, 1);
            assert!(one == packed(count, 2) && one == packed(count, 3), "{count} pieces: other bytes");
            let (mut archive, mut text) = (ZipArchive::new(Cursor::new(one)).unwrap(), Vec::new());
            // Reading to the end compares the sum, too.
            archive.by_name("part").unwrap().read_to_end(&mut text).unwrap();
            let pieces: Vec<u8> = (0..count).flat_map(piece).collect();
            assert!(text == [b"begin", &pieces[..], b"end"].concat(), "{count} pieces: another text");
        }
    }
}
