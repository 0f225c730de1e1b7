//! Whether a file is still being written, as far as it shows: its name, its beginning and its end, who has it open.
//!
//! Needs the file; says what is still missing. A text has no end that could be seen: only that it grows tells.

use std::fs;
use std::io;
use std::path::Path;

use super::Limits;
use super::sniff::{Content, sniff};
use crate::finding::Text;

/// Why a file had better be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfinished {
    /// Its name is one that programs give to what they are still fetching.
    Partial,
    /// It cannot be read at all: whoever writes it holds it.
    Held,
    /// It has no content yet, or only room for it.
    Empty,
    /// Its end is missing.
    Cut,
    /// A spreadsheet program has it open.
    Open,
}

impl Unfinished {
    /// The reason, for a person.
    pub const fn why(self) -> Text {
        match self {
            Self::Partial => Text::new("copia o scaricamento in corso", "being copied or downloaded"),
            Self::Held => Text::new("occupato da un altro programma", "held by another program"),
            Self::Empty => Text::new("ancora vuoto", "still empty"),
            Self::Cut => Text::new("ancora incompleto", "not complete yet"),
            Self::Open => Text::new("aperto in Excel o LibreOffice", "open in Excel or LibreOffice"),
        }
    }
}

/// How browsers, mail and copying programs end the names of what they are still fetching.
const PARTIAL: [&str; 9] =
    [".crdownload", ".part", ".partial", ".download", ".opdownload", ".filepart", ".!ut", ".aria2", ".nextcloudpart"];

/// Whether a file is still being written, or may be any moment; `None` when nothing speaks for it.
pub fn unfinished(path: &Path, limits: &Limits) -> Option<Unfinished> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lower = name.to_lowercase();
    if PARTIAL.iter().any(|ending| lower.ends_with(ending)) {
        return Some(Unfinished::Partial);
    }
    let size = match fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        // It is gone, and the next look sees that.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(_) => return Some(Unfinished::Held),
    };
    // A run does not read one that is larger either.
    if size <= limits.inflated_bytes {
        match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(_) => return Some(Unfinished::Held),
            Ok(bytes) => {
                if let Some(why) = of_content(&bytes) {
                    return Some(why);
                }
            }
        }
    }
    let locks = [format!("~${name}"), format!(".~lock.{name}#")];
    locks.iter().any(|lock| path.with_file_name(lock).exists()).then_some(Unfinished::Open)
}

fn of_content(bytes: &[u8]) -> Option<Unfinished> {
    match std::panic::catch_unwind(|| sniff(bytes)).ok()? {
        Content::Empty | Content::Zeros => Some(Unfinished::Empty),
        Content::BrokenZip(_) => Some(Unfinished::Cut),
        Content::Xls | Content::Encrypted if is_cut(bytes) => Some(Unfinished::Cut),
        _ => None,
    }
}

/// Whether a compound file is shorter than its table of sectors says.
fn is_cut(bytes: &[u8]) -> bool {
    let Ok(mut file) = cfb::CompoundFile::open(io::Cursor::new(bytes)) else { return true };
    let streams: Vec<_> = file.walk().filter(|entry| entry.is_stream()).map(|entry| entry.path().to_owned()).collect();
    streams.iter().any(|stream| match file.open_stream(stream) {
        Ok(mut stream) => io::copy(&mut stream, &mut io::sink()).is_err(),
        Err(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, bytes: &[u8]) -> Option<Unfinished> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        unfinished(&path, &Limits::default())
    }

    /// A compound file with one stream that is longer than a small one.
    fn compound() -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(io::Cursor::new(Vec::new())).unwrap();
        io::Write::write_all(&mut file.create_stream("Workbook").unwrap(), &[7; 20_000]).unwrap();
        file.into_inner().into_inner()
    }

    fn package() -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("xl/workbook.xml", options).unwrap();
        io::Write::write_all(&mut zip, &[b' '; 5_000]).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn whole_files_are_finished_and_halves_are_not() {
        for (name, bytes) in [("a.xlsx", package()), ("a.xls", compound())] {
            assert_eq!(of(name, &bytes), None, "{name}");
            for part in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 600] {
                assert_eq!(of(name, &bytes[..part]), Some(Unfinished::Cut), "{part} bytes of {name}");
            }
        }
        assert_eq!(of("a.csv", b"a;b\n1;2\n"), None);
    }

    #[test]
    fn room_without_content_and_names_of_downloads_are_waited_for() {
        assert_eq!(of("a.xlsx", b""), Some(Unfinished::Empty));
        assert_eq!(of("a.xlsx", &[0; 4096]), Some(Unfinished::Empty));
        for name in ["a.xlsx.crdownload", "A.XLSX.PART", "a.csv.filepart"] {
            assert_eq!(of(name, b"a;b\n1;2\n"), Some(Unfinished::Partial), "{name}");
        }
    }

    #[test]
    fn a_file_that_somebody_has_open_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "a;b").unwrap();
        for lock in ["~$a.csv", ".~lock.a.csv#"] {
            let lock = folder.path().join(lock);
            fs::write(&lock, "").unwrap();
            assert_eq!(unfinished(&path, &Limits::default()), Some(Unfinished::Open));
            fs::remove_file(lock).unwrap();
        }
        assert_eq!(unfinished(&path, &Limits::default()), None);
        assert_eq!(unfinished(&folder.path().join("gone.csv"), &Limits::default()), None);
    }
}
