//! Length and hash of a file while it is written or read.

use std::io::{self, BufWriter, Read, Write};

use sha2::{Digest, Sha256};

/// The length and the hash of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// In bytes.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A writer that adds up what it writes.
pub struct Summed<W: Write> {
    inner: BufWriter<W>,
    bytes: u64,
    hash: Sha256,
}

impl<W: Write> Summed<W> {
    /// Nothing written yet.
    pub fn new(inner: W) -> Self {
        Self { inner: BufWriter::new(inner), bytes: 0, hash: Sha256::new() }
    }

    /// What was written, all of it handed on.
    ///
    /// # Errors
    /// When the rest cannot be written.
    pub fn finish(mut self) -> io::Result<Sum> {
        self.inner.flush()?;
        Ok(Sum { bytes: self.bytes, sha256: hexadecimal(self.hash) })
    }
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.hash.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// The sum of all that a reader gives.
///
/// # Errors
/// When it cannot be read.
pub fn of(mut reader: impl Read) -> io::Result<Sum> {
    let mut sum = Summed::new(io::sink());
    io::copy(&mut reader, &mut sum)?;
    sum.finish()
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
