//! Files protected by a password for opening: those that Excel opens without asking, and those whose password is known.
//!
//! Needs the bytes of a compound file, the stream of an old workbook or the parts of an OpenDocument file, and the
//! passwords of the run; gives the bytes without protection. A password counts as right only when the file's own verifier says so. Whatever cannot be opened
//! within the budget is named as encrypted, never read as something else.

mod agile;
mod cipher;
mod opendocument;
mod standard;
mod stream;

use std::fmt;
use std::io::{Cursor, Read};

use super::budget::{Job, Over};
pub(super) use opendocument::Protection as OpenDocument;
pub(super) use stream::unlock;

/// With this password Excel protects a workbook that has no password of its own, and opens it without asking.
const OF_EXCEL: &str = "VelvetSweatshop";
/// More rounds of hashing than any office program asks for, ten times over.
const MOST_ROUNDS: u32 = 1_000_000;
/// What describes the protection is far smaller.
const MOST_INFO: u64 = 64 << 10;

/// The passwords that a run may try, besides Excel's own. They are never shown: not in a debug print either.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Passwords(Vec<String>);

impl Passwords {
    /// The passwords of a text, one a line; blank lines are none.
    ///
    /// ```
    /// use allegati::intake::Passwords;
    /// let passwords = Passwords::from_lines("\u{feff}primavera\r\n\r\n due parole \n");
    /// assert_eq!(format!("{passwords:?}"), "2 passwords");
    /// ```
    pub fn from_lines(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines();
        Self(lines.filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one more.
    pub fn add(&mut self, password: &str) {
        self.0.push(password.to_owned());
    }

    /// The passwords to try, Excel's own first.
    fn attempts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(OF_EXCEL).chain(self.0.iter().map(String::as_str))
    }

    /// As bytes for a worker.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let text = self.0.join("\n");
        [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
    }

    /// Back from the bytes that a worker was given.
    pub(super) fn read(source: &mut impl Read) -> std::io::Result<Self> {
        let mut length = [0; 8];
        source.read_exact(&mut length)?;
        let mut text = String::new();
        source.take(u64::from_le_bytes(length)).read_to_string(&mut text)?;
        Ok(Self::from_lines(&text))
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passwords", self.0.len())
    }
}

/// The package inside a protected compound file; `None` when no password opens it, or it is protected in a way that is
/// not known here.
pub(super) fn package(bytes: &[u8], job: &Job) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut stream = |name: &str, most: u64| {
        let mut content = Vec::new();
        file.open_stream(name).ok()?.take(most).read_to_end(&mut content).ok()?;
        Some(content)
    };
    let info = stream("/EncryptionInfo", MOST_INFO)?;
    let package = stream("/EncryptedPackage", bytes.len() as u64)?;
    let (length, content) = package.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    // The file is read whole and unpacked here: what it says of its length is not believed.
    let content = &content[..content.len() - content.len() % 16];
    let opened = match info.get(..4)? {
        [4, 0, 4, 0] => agile::Protection::parse(info.get(8..)?)?.open(content, job),
        [2..=4, 0, 2, 0] => standard::Protection::parse(info.get(8..)?)?.open(content, job),
        _ => None,
    };
    let mut opened = opened?;
    opened.truncate(length);
    // The verifier says that the password is right; this says that what came out is what it should be.
    opened.starts_with(b"PK").then_some(opened)
}

/// A text as the bytes that all schemes hash.
fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether hashing may go on: looked at once in a while.
fn in_time(round: u32, job: &Job) -> Result<(), Over> {
    if round.is_multiple_of(4096) { job.clock() } else { Ok(()) }
}

/// Four bytes of a little-endian number.
fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Two bytes of a little-endian number.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}
