//! The protection of Excel 2007: SHA-1 and AES without chaining. Source: [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9.

use sha1::{Digest, Sha1};

use super::cipher::Aes;
use super::{in_time, u32_at, utf16};
use crate::intake::budget::{Job, Over};

/// How often the password is hashed.
const ROUNDS: u32 = 50_000;

/// The protection of one file.
pub(super) struct Protection {
    key_bytes: usize,
    salt: Vec<u8>,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
}

impl Protection {
    /// Reads the header behind version and flags; `None` when it is spoilt, or the cipher is not AES.
    pub(super) fn parse(description: &[u8]) -> Option<Self> {
        let size = u32_at(description, 0)? as usize;
        let header = description.get(4..size.checked_add(4)?)?;
        let (cipher, key_bits) = (u32_at(header, 8)?, u32_at(header, 16)?);
        let verifier = description.get(4 + size..)?;
        if !matches!(cipher, 0x660E..=0x6610) || u32_at(verifier, 0)? != 16 {
            return None;
        }
        Some(Self {
            key_bytes: Some(key_bits as usize / 8).filter(|count| *count <= 32)?,
            salt: verifier.get(4..20)?.to_vec(),
            verifier: verifier.get(20..36)?.to_vec(),
            verifier_hash: verifier.get(40..72)?.to_vec(),
        })
    }

    /// Decrypts the content with the first password that fits.
    pub(super) fn open(&self, content: &[u8], job: &Job) -> Option<Vec<u8>> {
        let mut passwords = job.passwords.attempts();
        let aes = passwords.find_map(|password| self.key(password, job).transpose())?.ok()?;
        Some(aes.ecb(content))
    }

    fn key(&self, password: &str, job: &Job) -> Result<Option<Aes>, Over> {
        let mut hash = Sha1::new().chain_update(&self.salt).chain_update(utf16(password)).finalize();
        for round in 0..ROUNDS {
            hash = Sha1::new().chain_update(round.to_le_bytes()).chain_update(hash).finalize();
            in_time(round, job)?;
        }
        let hash = Sha1::new().chain_update(hash).chain_update([0; 4]).finalize();
        let half = |mask: u8| {
            let mut block = [mask; 64];
            block.iter_mut().zip(hash).for_each(|(byte, of_hash)| *byte ^= of_hash);
            Sha1::digest(block)
        };
        let mut key = [half(0x36), half(0x5C)].concat();
        key.truncate(self.key_bytes);
        let Some(aes) = Aes::new(&key) else { return Ok(None) };
        let right = aes.ecb(&self.verifier_hash).starts_with(&Sha1::digest(aes.ecb(&self.verifier)));
        Ok(right.then_some(aes))
    }
}
