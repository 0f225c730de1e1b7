//! The protections of .xls: RC4 with a short key, RC4 with the system's keys, and the exclusive-or of Excel 95.
//! Source: [MS-OFFCRYPTO] 2.3.5 to 2.3.7, [MS-XLS] 2.2.10.

use std::ops::Range;

use md5::Md5;
use sha1::{Digest, Sha1};

use super::cipher::Rc4;
use super::{u16_at, u32_at, utf16};
use crate::intake::budget::Job;

/// Records that are never encrypted: the marks of beginnings, the protection itself, what says who has the file open.
const PLAIN: [u16; 7] = [0x0809, 0x002F, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196];
/// A sheet in the list of sheets: its offset is not encrypted.
const SHEET: u16 = 0x0085;
/// A new key begins after so many bytes.
const BLOCK: usize = 1024;

/// The stream without its protection; `None` when no password fits.
///
/// `protection` is the data of the record that announces it.
pub(in crate::intake) fn unlock(stream: &[u8], protection: &[u8], wide: bool, job: &Job) -> Option<Vec<u8>> {
    let scheme = Scheme::parse(protection, wide)?;
    job.passwords.attempts().find_map(|password| {
        job.clock().ok()?;
        match &scheme {
            Scheme::Xor { key, verifier } => Some(exclusive_or(stream, &xor_array(password, *key, *verifier)?)),
            Scheme::Rc4(keys) => {
                let seed = keys.seed(password);
                keys.verified(&seed).then(|| rc4(stream, |block| keys.key(&seed, block)))
            }
        }
    })
}

enum Scheme {
    Xor { key: u16, verifier: u16 },
    Rc4(Keys),
}

/// How keys come from a password.
struct Keys {
    /// Bytes of a key that the system derives; `None` for the older scheme.
    system: Option<usize>,
    salt: Vec<u8>,
    verifier: [u8; 16],
    verifier_hash: Vec<u8>,
}

impl Scheme {
    fn parse(data: &[u8], wide: bool) -> Option<Self> {
        if !wide {
            return Some(Self::Xor { key: u16_at(data, 0)?, verifier: u16_at(data, 2)? });
        }
        match (u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?) {
            (0, key, verifier) => Some(Self::Xor { key, verifier }),
            (1, 1, _) => Some(Self::Rc4(Keys {
                system: None,
                salt: data.get(6..22)?.to_vec(),
                verifier: data.get(22..38)?.try_into().ok()?,
                verifier_hash: data.get(38..54)?.to_vec(),
            })),
            (1, 2..=4, 2) => {
                let size = u32_at(data, 10)? as usize;
                let header = data.get(14..size.checked_add(14)?)?;
                let bits = match u32_at(header, 16)? {
                    0 => 40,
                    bits => bits as usize,
                };
                let verifier = data.get(14 + size..)?;
                (u32_at(header, 8)? == 0x6801 && (40..=128).contains(&bits)).then_some(())?;
                Some(Self::Rc4(Keys {
                    system: Some(bits / 8),
                    salt: verifier.get(4..20)?.to_vec(),
                    verifier: verifier.get(20..36)?.try_into().ok()?,
                    verifier_hash: verifier.get(40..60)?.to_vec(),
                }))
            }
            _ => None,
        }
    }
}

impl Keys {
    /// What all keys of a password begin with.
    fn seed(&self, password: &str) -> Vec<u8> {
        let password = utf16(password);
        if self.system.is_some() {
            return Sha1::new().chain_update(&self.salt).chain_update(password).finalize().to_vec();
        }
        let short = Md5::digest(password);
        let piece = [&short[..5], &self.salt].concat();
        Md5::digest(piece.repeat(16))[..5].to_vec()
    }

    fn key(&self, seed: &[u8], block: u32) -> Vec<u8> {
        let block = block.to_le_bytes();
        match self.system {
            None => Md5::new().chain_update(seed).chain_update(block).finalize().to_vec(),
            Some(count) => {
                let mut key = Sha1::new().chain_update(seed).chain_update(block).finalize()[..count].to_vec();
                if count == 5 {
                    key.resize(16, 0);
                }
                key
            }
        }
    }

    fn verified(&self, seed: &[u8]) -> bool {
        let mut rc4 = Rc4::new(&self.key(seed, 0));
        let (mut verifier, mut wanted) = (self.verifier, self.verifier_hash.clone());
        rc4.apply(&mut verifier);
        rc4.apply(&mut wanted);
        match self.system {
            None => wanted[..] == Md5::digest(verifier)[..],
            Some(_) => wanted[..] == Sha1::digest(verifier)[..],
        }
    }
}

/// Decrypts the data of the records; heads and plain records use up the keys all the same.
fn rc4(stream: &[u8], key: impl Fn(u32) -> Vec<u8>) -> Vec<u8> {
    let mut decrypted = stream.to_vec();
    for (block, bytes) in (0u32..).zip(decrypted.chunks_mut(BLOCK)) {
        Rc4::new(&key(block)).apply(bytes);
    }
    let mut plain = stream.to_vec();
    for (piece, _) in encrypted(stream) {
        plain[piece.clone()].copy_from_slice(&decrypted[piece]);
    }
    plain
}

/// Encrypted bytes, and where the mask of the exclusive-or begins for them.
type Piece = (Range<usize>, usize);

/// The parts of a stream that are encrypted.
fn encrypted(stream: &[u8]) -> Vec<Piece> {
    let (mut pieces, mut at, mut protected) = (Vec::new(), 0, false);
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let from = at + 4;
        at = from + usize::from(length);
        let to = at.min(stream.len());
        protected |= kind == 0x002F;
        let plain = if kind == SHEET { 4 } else { 0 };
        if protected && !PLAIN.contains(&kind) {
            pieces.push(((from + plain).min(to)..to, at + plain));
        }
    }
    pieces
}

fn exclusive_or(stream: &[u8], array: &[u8; 16]) -> Vec<u8> {
    let mut plain = stream.to_vec();
    for (piece, mask) in encrypted(stream) {
        for (byte, mask) in plain[piece].iter_mut().zip(array.iter().cycle().skip(mask % array.len())) {
            *byte = (*byte ^ mask).rotate_right(5);
        }
    }
    plain
}

/// The mask that a password makes, when the file's key and verifier are those of that password.
fn xor_array(password: &str, key: u16, verifier: u16) -> Option<[u8; 16]> {
    const FILL: [u8; 15] = [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00];
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(password);
    let bytes = &bytes[..bytes.len().min(15)];
    if lossy || bytes.is_empty() || xor_verifier(bytes) != verifier || xor_key(bytes) != key {
        return None;
    }
    let mut array: [u8; 16] = std::array::from_fn(|at| match at {
        at if at < bytes.len() => bytes[at],
        at => FILL[at - bytes.len()],
    });
    for (at, byte) in array.iter_mut().enumerate() {
        *byte = (*byte ^ key.to_le_bytes()[at % 2]).rotate_right(1);
    }
    Some(array)
}

fn xor_verifier(password: &[u8]) -> u16 {
    let characters = password.iter().rev().copied().chain(std::iter::once(password.len() as u8));
    let hash = characters.fold(0u16, |hash, byte| (hash >> 14 & 1 | hash << 1 & 0x7FFF) ^ u16::from(byte));
    hash ^ 0xCE4B
}

fn xor_key(password: &[u8]) -> u16 {
    const INITIAL: [u16; 15] = [
        0xE1F0, 0x1D0F, 0xCC9C, 0x84C0, 0x110C, 0x0E10, 0xF1CE, 0x313E, 0x1872, 0xE139, 0xD40F, 0x84F9, 0x280C, 0xA96A,
        0x4EC3,
    ];
    // The words for the seven bits of a character: each is the one before, shifted through a register.
    const FIRST: [u16; 15] = [
        0xAEFC, 0x7B61, 0x4563, 0x0375, 0xD849, 0x6F45, 0xEB23, 0x47D3, 0xB861, 0x45A0, 0xAA51, 0x76B4, 0x3730, 0x3331,
        0x1021,
    ];
    let mut key = INITIAL[password.len() - 1];
    for (byte, first) in password.iter().rev().zip(FIRST.iter().rev()) {
        let mut word = *first;
        for bit in 0..7 {
            if byte >> bit & 1 != 0 {
                key ^= word;
            }
            word = word << 1 ^ if word & 0x8000 != 0 { 0x1021 } else { 0 };
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excels_own_password_makes_the_published_verifier() {
        assert_eq!(xor_verifier(b"VelvetSweatshop"), 0x9A0A);
    }
}
