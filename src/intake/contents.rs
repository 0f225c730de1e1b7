//! The bytes of a file, all of them at one moment: the hash of a source is that of what was read.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Deref;
use std::path::Path;

use memmap2::MmapMut;

use super::{Found, Limits};

/// From this size on a file has memory of its own.
pub(super) const LARGE: u64 = 8 << 20;

/// What stood in a file.
pub(super) enum Contents {
    Small(Vec<u8>),
    /// Goes back to the system at once when it was read, and not into a heap that keeps it for a while.
    Large(MmapMut),
}

/// Why they could not be had.
#[derive(Debug)]
pub(super) enum Refused {
    TooLarge,
    Disk(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl Contents {
    /// Those of a file of such a size that is not larger than may be.
    pub(super) fn of(found: &Found, size: u64, limits: &Limits) -> Result<Self, Refused> {
        if size > limits.inflated_bytes {
            return Err(Refused::TooLarge);
        }
        Self::read(&found.path, size, limits.inflated_bytes)
    }

    fn read(path: &Path, size: u64, most: u64) -> Result<Self, Refused> {
        let mut file = File::open(path)?;
        let mut contents = Self::room(size);
        let room = match &mut contents {
            Self::Small(bytes) => &mut bytes[..],
            Self::Large(bytes) => &mut bytes[..],
        };
        if file.read_exact(room).is_ok() && file.read(&mut [0])? == 0 {
            return Ok(contents);
        }
        // Shorter or longer: it was written to since its size was asked for.
        let mut bytes = Vec::new();
        File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(Refused::TooLarge) } else { Ok(Self::Small(bytes)) }
    }

    /// Room for so many bytes.
    fn room(size: u64) -> Self {
        let bytes = usize::try_from(size).unwrap_or_default();
        let large = (size >= LARGE).then(|| MmapMut::map_anon(bytes).ok()).flatten();
        large.map_or_else(|| Self::Small(vec![0; bytes]), Self::Large)
    }
}

impl Deref for Contents {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Small(bytes) => bytes,
            Self::Large(bytes) => bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_files_and_those_that_change_are_read_whole() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let bytes: Vec<u8> = (0..LARGE as usize + 3).map(|at| (at % 251) as u8).collect();
        std::fs::write(file.path(), &bytes).unwrap();
        let most = bytes.len() as u64;
        let read = |size| Contents::read(file.path(), size, most).expect("the file");
        assert!(matches!(read(bytes.len() as u64), Contents::Large(_)));
        // The size that was asked for, one before it grew, one before it was cut off.
        for size in [bytes.len() as u64, LARGE, LARGE + 9] {
            assert!(*read(size) == bytes[..], "{size}");
        }
        // One that grew beyond what may be is refused as any other of its size.
        assert!(matches!(Contents::read(file.path(), 9, most - 1), Err(Refused::TooLarge)));
    }
}
