//! The zip container of .xlsx, .xlsb and .ods: parts by name, each read whole so that its checksum and size are checked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};

use memchr::memmem;
use zip::CompressionMethod;
use zip::ZipArchive;
use zip::read::ZipReadOptions;

use super::budget::{Job, Over};
use super::inflate::inflated;
use super::pieces::Pieces;
use crate::finding::Text;

/// Large sheets of office programs do not shrink to less than a hundredth, unless they are filled with one formula.
pub(super) const MOST_RATIO: u64 = 100;
/// Up to here it does not matter: the styles of an honest workbook may be all alike.
const PLAUSIBLE: u64 = 64 << 20;

/// From this size on a part need not be in memory whole.
const LARGE: u64 = 4 << 20;

/// Why a part could not be had.
#[derive(Debug)]
pub(super) enum PartError {
    Missing,
    Encrypted,
    /// The bytes up to the damage, and what is wrong.
    Damaged(Vec<u8>, String),
    Over(Over),
}

/// An open container.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index of each part by its name in lower case, with `/` and without a leading one.
    names: BTreeMap<String, usize>,
    /// Whether two parts have the same name, of which only the last can be had.
    has_twins: bool,
}

impl<'a> Package<'a> {
    /// Opens the directory of the archive.
    ///
    /// # Errors
    /// What is wrong with it: cut off, or no archive.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        let names = archive.file_names_raw().enumerate().map(|(at, name)| (normal(&String::from_utf8_lossy(name)), at));
        let names: BTreeMap<String, usize> = names.collect();
        let has_twins = names.len() < entries(bytes).unwrap_or(0).max(archive.len());
        Ok(Self { bytes, archive, names, has_twins })
    }

    /// Says when a part stands twice in the container: programs do not agree on which of them counts.
    pub(super) fn remark(&self, job: &mut Job) {
        if self.has_twins {
            let what = Text::new(
                "due parti del file hanno lo stesso nome, ed è stata letta la seconda",
                "two parts of the file have the same name, and the second was read",
            );
            job.partly(job.place(), what);
        }
    }

    /// The archive itself.
    pub(super) fn archive(&mut self) -> &mut ZipArchive<impl Read + Seek + use<'a>> {
        &mut self.archive
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&normal(name))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// How long the directory says a part is.
    pub(super) fn declared(&mut self, name: &str) -> u64 {
        let index = self.names.get(&normal(name)).copied();
        index.and_then(|index| self.archive.by_index_raw(index).ok()).map_or(0, |part| part.size())
    }

    /// Reads a part whole.
    pub(super) fn part(&mut self, name: &str, job: &mut Job) -> Result<Vec<u8>, PartError> {
        let index = *self.names.get(&normal(name)).ok_or(PartError::Missing)?;
        let encrypted = self.archive.by_index_raw(index).is_ok_and(|part| part.encrypted());
        if encrypted {
            return Err(PartError::Encrypted);
        }
        let (declared, packed) =
            self.archive.by_index_raw(index).map_or((0, 0), |part| (part.size(), part.compressed_size()));
        let plausible = packed.saturating_mul(MOST_RATIO).max(PLAUSIBLE);
        job.inflate(declared).map_err(PartError::Over)?;
        if declared > plausible {
            return Err(PartError::Over(Over::Ratio));
        }
        if let Some(part) = self.at_once(index, declared) {
            return Ok(part);
        }
        let part = self.unpack(index, declared);
        if !matches!(part, Err(PartError::Damaged(..))) || declared >= job.left() {
            return part;
        }
        drop(part);
        // A directory that states a wrong size over a content whose checksum is right: slips of some programs.
        let Ok(bytes) = self.unpack(index, job.left().min(plausible)) else { return self.unpack(index, declared) };
        job.inflate((bytes.len() as u64).saturating_sub(declared)).map_err(PartError::Over)?;
        Ok(bytes)
    }

    /// A large part to be read piece by piece, cut behind the end tags of some elements; none that is small, or that is
    /// not as it should be: those are read whole.
    pub(super) fn pieces<'s>(
        &'s mut self,
        name: &str,
        ends: &'static [u8],
        job: &mut Job,
    ) -> Option<Pieces<impl Read + Send + use<'s, 'a>>> {
        let index = *self.names.get(&normal(name))?;
        let raw = self.archive.by_index_raw(index).ok()?;
        let (declared, packed) = (raw.size(), raw.compressed_size());
        let is_plain = !raw.encrypted() && declared <= packed.saturating_mul(MOST_RATIO).max(PLAUSIBLE);
        drop(raw);
        if declared < LARGE || !is_plain || job.inflate(declared).is_err() {
            return None;
        }
        let options = ZipReadOptions::new().override_uncompressed_size(declared);
        let part = self.archive.by_index_with_options(index, options).ok()?;
        Some(Pieces::of(part, declared, ends))
    }

    /// Unpacks a part that is as it should be, as nearly all are: its bytes lie before us, its size is the declared one,
    /// and its sum is right. Of any other nothing is said.
    fn at_once(&mut self, index: usize, declared: u64) -> Option<Vec<u8>> {
        let part = self.archive.by_index_raw(index).ok()?;
        let from = usize::try_from(part.data_start()?).ok()?;
        let to = from.checked_add(usize::try_from(part.compressed_size()).ok()?)?;
        let packed = self.bytes.get(from..to).filter(|_| part.compression() == CompressionMethod::Deflated)?;
        inflated(packed, declared, part.crc32())
    }

    /// Unpacks a part up to a size; its end checks the sum.
    fn unpack(&mut self, index: usize, most: u64) -> Result<Vec<u8>, PartError> {
        let options = ZipReadOptions::new().override_uncompressed_size(most);
        let damaged = |bytes, error: &dyn std::fmt::Display| PartError::Damaged(bytes, error.to_string());
        let mut part =
            self.archive.by_index_with_options(index, options).map_err(|error| damaged(Vec::new(), &error))?;
        // What is not written to takes no memory; growing would take twice as much for a while.
        let mut bytes = Vec::with_capacity(most as usize);
        match part.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(damaged(bytes, &error)),
        }
    }
}

/// How many entries the directory declares at its end; `None` when there are more than that field can say.
fn entries(bytes: &[u8]) -> Option<usize> {
    let end = memmem::rfind(bytes, b"PK\x05\x06")?;
    let count = u16::from_le_bytes(bytes.get(end + 10..end + 12)?.try_into().ok()?);
    (count < u16::MAX).then_some(usize::from(count))
}

fn normal(name: &str) -> String {
    let name = name.trim_start_matches(['/', '\\']).to_ascii_lowercase();
    if name.contains('\\') { name.replace('\\', "/") } else { name }
}

/// The name of a part that another part points to.
pub(super) fn resolve(from: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    #[test]
    fn targets_are_relative_to_their_part() {
        assert_eq!(super::resolve("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(super::resolve("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(super::resolve("xl/workbook.xml", "/xl/styles.xml"), "xl/styles.xml");
    }
}
