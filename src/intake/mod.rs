//! A folder becomes a list of files, and a file becomes sheets.
//!
//! What a file is, its content says, never its name. Each file has its own budget of bytes, cells and time; whatever
//! goes wrong in one is a finding that names it, and the others do not notice.

mod budget;
mod build;
mod contents;
pub mod earlier;
mod encryption;
mod inflate;
mod list;
mod ods;
pub mod own;
mod package;
mod pieces;
mod sniff;
mod stamp;
mod text;
mod unfinished;
mod units;
mod wire;
pub mod worker;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::place::Place;
use crate::sheet::Sheet;
use budget::{Job, Over};
use contents::{Contents, Refused};
pub use encryption::Passwords;
pub use list::{bears_our_mark, candidates, list, list_with};
use package::Package;
use sniff::Content;
pub use sniff::ENCRYPTED;
pub use stamp::{Changes, Observer, Stamp};
pub use unfinished::{Unfinished, unfinished};
pub use units::{combined, fingerprint, is_whole, units, weight, with_earlier};

/// What one file may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of its parts once unpacked; also the largest file that is opened.
    pub inflated_bytes: u64,
    /// Non-empty cells of all its sheets.
    pub cells: u64,
    /// Seconds to read it.
    pub seconds: u64,
    /// Bytes of memory of the process that reads `.xls`, `.xlsb` and what is encrypted.
    pub worker_memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { inflated_bytes: 256 << 20, cells: 5_000_000, seconds: 20, worker_memory: 1 << 30 }
    }
}

/// What lies in a folder.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Files to open, by the byte order of their names.
    pub files: Vec<Found>,
    /// Names of files that are no spreadsheets by their extension.
    pub other: Vec<Arc<str>>,
    /// Names of what is passed over: lock files, system files, our own outputs.
    pub skipped: Vec<Arc<str>>,
    /// What a person should know about the folder itself.
    pub findings: Findings,
}

/// A file to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is on the disk.
    pub path: PathBuf,
    /// Its name relative to the folder, with `/` between its parts.
    pub name: Arc<str>,
}

impl Found {
    /// How long it is; nothing when the disk does not say.
    pub fn bytes(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |metadata| metadata.len())
    }
}

/// A file that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// What it is.
    pub format: FileFormat,
    /// Whether it was encrypted, and opened all the same.
    pub protected: bool,
    /// Its sheets in order; empty when it could not be read.
    pub sheets: Vec<Sheet>,
}

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Office Open XML, with or without macros.
    Xlsx,
    /// OpenDocument.
    Ods,
    /// Excel 97–2003.
    Xls,
    /// Excel binary workbook.
    Xlsb,
    /// Text with separators.
    Text,
    /// None of these, or unreadable.
    Other,
}

impl FileFormat {
    /// Every format.
    pub(super) const ALL: [Self; 6] = [Self::Xlsx, Self::Ods, Self::Xls, Self::Xlsb, Self::Text, Self::Other];

    /// The word in the JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Text => "text",
            Self::Other => "other",
        }
    }
}

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &UNREADABLE,
    &ENCRYPTED,
    &sniff::NOT_A_SPREADSHEET,
    &sniff::EMPTY,
    &budget::DAMAGED,
    &budget::OVER_BUDGET,
    &sniff::TOO_OLD,
    &list::OTHER_FILE,
    &text::DOUBTFUL_TEXT,
    &list::LINK_OUT,
    &budget::PARTLY_READ,
    &READER_FAILED,
    &text::NOT_A_TABLE,
    &xlsx::NOT_A_GRID,
];

static UNREADABLE: Code = Code {
    id: "F001",
    slug: "unreadable",
    severity: Severity::Error,
    message: Text::new(
        "Il file non si può leggere dal disco ({why}).",
        "The file cannot be read from the disk ({why}).",
    ),
    help: Text::new(
        "Controllate che il file non sia aperto in esclusiva da un altro programma, che la sincronizzazione sia finita e che abbiate il permesso di aprirlo; poi ripetete.",
        "Check that no other program holds the file, that synchronisation has finished and that you may open it; then run again.",
    ),
};

static READER_FAILED: Code = Code {
    id: "F012",
    slug: "reader-failed",
    severity: Severity::Error,
    message: Text::new(
        "Il file non è stato letto: il suo contenuto ha fermato il lettore ({why}).",
        "The file was not read: its content stopped the reader ({why}).",
    ),
    help: Text::new(
        "Apritelo in Excel o LibreOffice e salvatelo di nuovo come .xlsx; se non si apre nemmeno lì, chiedete all'ufficio una copia nuova.",
        "Open it in Excel or LibreOffice and save it again as .xlsx; if it does not open there either, ask the office for a fresh copy.",
    ),
};

/// Reads a file: its sheets as far as they can be read, and a finding for all that could not.
///
/// `worker` is this program: `.xls`, `.xlsb` and what is encrypted are read by a second process of it, which memory and
/// time limits can stop. Without it they are read in this process. `None` comes back only when the bytes could not be
/// had at all.
pub fn open(found: &Found, limits: &Limits, worker: Option<&Path>) -> (Option<Opened>, Findings) {
    open_with(found, limits, worker, &Passwords::default())
}

/// Reads a file as [`open`] does, and opens it with one of the passwords when it is protected.
pub fn open_with(
    found: &Found,
    limits: &Limits,
    worker: Option<&Path>,
    passwords: &Passwords,
) -> (Option<Opened>, Findings) {
    let mut job = Job::new(&found.name, limits, passwords);
    let opened = match load(found, found.bytes(), &mut job) {
        Ok(Loaded::Sheet(opened)) => Some(opened),
        Ok(Loaded::Bytes(bytes)) => Some(opened(&bytes, worker, &mut job)),
        Err(refused) => {
            tell_of(refused, found, &mut job);
            None
        }
    };
    (opened, job.findings)
}

/// Reads one of the [`candidates`], so many bytes long, as [`open_with`] does, unless it is a result of this program: of
/// those nothing comes.
pub fn open_candidate(
    found: &Found,
    size: u64,
    limits: &Limits,
    worker: Option<&Path>,
    passwords: &Passwords,
) -> Option<(Option<Opened>, Findings)> {
    let mut job = Job::new(&found.name, limits, passwords);
    let may_be_ours = list::may_be_result(&found.name);
    let opened = match load(found, size, &mut job) {
        Ok(Loaded::Sheet(opened)) => Some(opened),
        Ok(Loaded::Bytes(bytes)) => {
            let mut sniffed = sniffed(&bytes);
            let package_of_ours = sniffed.1.as_mut().filter(|_| may_be_ours);
            if package_of_ours.is_some_and(|package| own::is_result_in(package.archive(), &found.path)) {
                return None;
            }
            Some(opened_as(sniffed, &bytes, worker, &mut job))
        }
        Err(_) if may_be_ours && own::is_result(&found.path) => return None,
        Err(refused) => {
            tell_of(refused, found, &mut job);
            None
        }
    };
    Some((opened, job.findings))
}

/// What came from the disk.
enum Loaded {
    /// The sheet of a long text.
    Sheet(Opened),
    /// Whatever else: its bytes.
    Bytes(Contents),
}

fn load(found: &Found, size: u64, job: &mut Job) -> Result<Loaded, Refused> {
    if size >= contents::LARGE
        && let Some(opened) = long_text(found, size, job)
    {
        return Ok(Loaded::Sheet(opened));
    }
    Contents::of(found, size, job.limits).map(Loaded::Bytes)
}

fn tell_of(refused: Refused, found: &Found, job: &mut Job) {
    match refused {
        Refused::TooLarge => job.over(Over::Bytes),
        Refused::Disk(error) => {
            let why = error.to_string();
            job.findings.push(Finding::new(&UNREADABLE, Place::file(&found.name)).with("why", why));
        }
    }
}

/// Reads a file of so many bytes that is a text about which there is nothing to say; others are read from all their
/// bytes.
fn long_text(found: &Found, bytes: u64, job: &mut Job) -> Option<Opened> {
    if bytes > job.limits.inflated_bytes {
        return None;
    }
    let bytes = usize::try_from(bytes).ok()?;
    let mark = job.mark();
    let read = || File::open(&found.path).ok().and_then(|file| text::read_long(file, bytes, job));
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Some((sha256, sheet))) => Some(finished(sha256, FileFormat::Text, vec![sheet], false, job)),
        _ => {
            job.back_to(&mark);
            None
        }
    }
}

/// Reads bytes of our own making, such as a workbook that was not yet written.
pub fn open_bytes(name: &Arc<str>, bytes: &[u8]) -> Opened {
    let (limits, passwords) = (Limits::default(), Passwords::default());
    opened(bytes, None, &mut Job::new(name, &limits, &passwords))
}

fn opened(bytes: &[u8], worker: Option<&Path>, job: &mut Job) -> Opened {
    opened_as(sniffed(bytes), bytes, worker, job)
}

/// What bytes are, and their container when it is open.
type Sniffed<'a> = (Content, Option<Package<'a>>);

fn sniffed(bytes: &[u8]) -> Sniffed<'_> {
    catch_unwind(AssertUnwindSafe(|| sniff::opened(bytes))).unwrap_or((Content::Unknown, None))
}

fn opened_as(sniffed: Sniffed<'_>, bytes: &[u8], worker: Option<&Path>, job: &mut Job) -> Opened {
    let read = || read(sniffed, bytes, worker, job);
    let (sha256, (format, sheets)) = match bytes.len() {
        0..LONG => (sha256(bytes), read()),
        _ => rayon::join(|| sha256(bytes), read),
    };
    let protected = job.unlocked || is_protected(bytes);
    finished(sha256, format, sheets, protected, job)
}

fn finished(sha256: String, format: FileFormat, mut sheets: Vec<Sheet>, protected: bool, job: &mut Job) -> Opened {
    if text_bytes(&sheets) > job.limits.inflated_bytes {
        job.over(Over::Bytes);
        sheets.clear();
    }
    // The explanation that we put into a marked-up copy is none of the office's data.
    sheets.retain(|sheet| !own::is_legend(sheet));
    Opened { sha256, format, protected, sheets }
}

/// Whether a compound file is encrypted.
fn is_protected(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
        && catch_unwind(|| sniff::sniff(bytes)).is_ok_and(|content| content == Content::Encrypted)
}

/// Bytes of all texts as often as they are shown: a shared text costs its length in every cell that whoever reads them
/// looks at.
fn text_bytes(sheets: &[Sheet]) -> u64 {
    sheets.iter().map(|sheet| sheet.rows.text_bytes()).sum()
}

/// From so many bytes on a file is read while its hash is taken.
const LONG: usize = 1 << 20;

/// SHA-256 of bytes, in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn read(
    (content, package): Sniffed<'_>,
    bytes: &[u8],
    worker: Option<&Path>,
    job: &mut Job,
) -> (FileFormat, Vec<Sheet>) {
    match (content, worker) {
        (content @ (Content::Xls | Content::Xlsb | Content::Encrypted), Some(program)) => {
            worker::read(program, content.format(), bytes, job)
        }
        (content, _) => read_as(content, package, bytes, job),
    }
}

/// Reads content of a known kind in this process, from its container when that is open; what is encrypted becomes what it
/// is inside.
fn read_as(content: Content, package: Option<Package<'_>>, bytes: &[u8], job: &mut Job) -> (FileFormat, Vec<Sheet>) {
    if content == Content::Encrypted
        && let Ok(Some(inside)) = catch_unwind(AssertUnwindSafe(|| encryption::package(bytes, job)))
    {
        let (content, package) = sniff::opened(&inside);
        return (content.format(), guarded(job, |job| read_here(content, package, &inside, job)));
    }
    (content.format(), guarded(job, |job| read_here(content, package, bytes, job)))
}

/// Reads in this process; a panic of a library is a finding.
fn guarded(job: &mut Job, read: impl FnOnce(&mut Job) -> Result<Vec<Sheet>, Over>) -> Vec<Sheet> {
    match catch_unwind(AssertUnwindSafe(|| read(job))) {
        Ok(Ok(sheets)) => sheets,
        Ok(Err(over)) => {
            job.over(over);
            Vec::new()
        }
        Err(_) => {
            job.findings.push(Finding::new(&READER_FAILED, job.place()).with("why", PANIC));
            Vec::new()
        }
    }
}

const PANIC: Text = Text::new("errore interno", "internal error");

fn read_here(content: Content, package: Option<Package<'_>>, bytes: &[u8], job: &mut Job) -> Result<Vec<Sheet>, Over> {
    match content {
        Content::Xlsx => xlsx::read(package, bytes, job),
        Content::Ods => ods::read(bytes, job),
        Content::Xls => xls::read(bytes, job),
        Content::Xlsb => xlsb::read(bytes, job),
        Content::Text => text::read(bytes, job),
        refused => {
            sniff::refuse(&refused, job);
            Ok(Vec::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_a_library_is_a_finding() {
        let (file, limits, passwords) = (Arc::from("a.xlsx"), Limits::default(), Passwords::default());
        let mut job = Job::new(&file, &limits, &passwords);
        let sheets = guarded(&mut job, |_| panic!("as a library would"));
        assert!(sheets.is_empty());
        let codes: Vec<_> = job.findings.iter().map(|finding| finding.code.id).collect();
        assert_eq!(codes, [READER_FAILED.id]);
    }

    /// Whether a text is read while it comes from the disk; what it gives then is what all its bytes give.
    fn is_read_from_disk(bytes: &[u8]) -> bool {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), bytes).expect("written");
        let found = Found { path: file.path().to_owned(), name: Arc::from("a.csv") };
        let (limits, passwords) = (Limits::default(), Passwords::default());
        let mut job = Job::new(&found.name, &limits, &passwords);
        let before = job.cells_left();
        let Some(read) = long_text(&found, found.bytes(), &mut job) else {
            assert_eq!((job.cells_left(), job.findings.len()), (before, 0), "nothing came of it");
            return false;
        };
        let mut whole = Job::new(&found.name, &limits, &passwords);
        let wanted = opened(bytes, None, &mut whole);
        assert_eq!((&read.sha256, read.format, read.protected), (&wanted.sha256, wanted.format, wanted.protected));
        let [sheet, other] = [&read, &wanted].map(|opened| &opened.sheets[0]);
        assert!(sheet.rows == other.rows && sheet.name == other.name && sheet.formats == other.formats);
        assert_eq!((job.cells_left(), job.findings.len()), (whole.cells_left(), whole.findings.len()));
        true
    }

    #[test]
    fn long_texts_are_read_while_they_come_from_the_disk() {
        let lines = |separator: &str| -> String {
            let line = |at| [format!("{at}"), "12/03/2019".into(), "\"perché\nno\"".into()].join(separator);
            (0..20_000).map(|at| line(at) + "\r\n").collect()
        };
        let text = lines(";");
        assert!(is_read_from_disk(text.as_bytes()));
        assert!(is_read_from_disk(format!("\u{feff}{text}").as_bytes()));
        assert!(is_read_from_disk(format!("sep=,\r\n{}", lines(",")).as_bytes()));
        assert!(is_read_from_disk(format!("\u{feff}sep=;\n{text}").as_bytes()));
        assert!(is_read_from_disk(text.trim_end().as_bytes()), "the last line does not end");
        // Whatever else there is to be said of a text, is said by who reads it whole.
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let old = |text: &str| text.chars().map(|letter| letter as u8).collect::<Vec<_>>();
        assert!(!is_read_from_disk(&wide));
        assert!(!is_read_from_disk(&old(&text)));
        assert!(!is_read_from_disk(&[text.as_bytes(), &old("è;è;è\n")].concat()), "the last line only");
        assert!(!is_read_from_disk(format!("{text}1;\"2;3\n").as_bytes()), "a quote that is not closed");
        assert!(!is_read_from_disk(format!("{text}1;2;3;4\n").as_bytes()), "a field too many");
        assert!(!is_read_from_disk("Solo parole e nessuna tabella.\n".repeat(20_000).as_bytes()));
        assert!(!is_read_from_disk(&[b"PK\x03\x04", text.as_bytes()].concat()));
        assert!(!is_read_from_disk(b""));
    }
}
