//! AES in the two chainings of office files, RC4, and base64.

use aes::cipher::generic_array::GenericArray;
use aes::cipher::{BlockDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};

/// AES with a key of any of its lengths.
pub(super) struct Aes(Key);

enum Key {
    Bits128(Box<Aes128>),
    Bits192(Box<Aes192>),
    Bits256(Box<Aes256>),
}

impl Aes {
    /// `None` for a key of another length.
    pub(super) fn new(key: &[u8]) -> Option<Self> {
        Some(Self(match key.len() {
            16 => Key::Bits128(Box::new(Aes128::new_from_slice(key).ok()?)),
            24 => Key::Bits192(Box::new(Aes192::new_from_slice(key).ok()?)),
            32 => Key::Bits256(Box::new(Aes256::new_from_slice(key).ok()?)),
            _ => return None,
        }))
    }

    fn block(&self, block: &mut [u8]) {
        let block = GenericArray::from_mut_slice(block);
        match &self.0 {
            Key::Bits128(aes) => aes.decrypt_block(block),
            Key::Bits192(aes) => aes.decrypt_block(block),
            Key::Bits256(aes) => aes.decrypt_block(block),
        }
    }

    /// Decrypts whole blocks, each by itself; what is left over is dropped.
    pub(super) fn ecb(&self, bytes: &[u8]) -> Vec<u8> {
        let mut plain = whole_blocks(bytes);
        plain.chunks_exact_mut(16).for_each(|block| self.block(block));
        plain
    }

    /// Decrypts whole blocks, each chained to the one before.
    pub(super) fn cbc(&self, bytes: &[u8], first: &[u8; 16]) -> Vec<u8> {
        let mut plain = whole_blocks(bytes);
        let mut before = *first;
        for (block, cipher) in plain.chunks_exact_mut(16).zip(bytes.chunks_exact(16)) {
            self.block(block);
            block.iter_mut().zip(before).for_each(|(byte, mask)| *byte ^= mask);
            before.copy_from_slice(cipher);
        }
        plain
    }
}

fn whole_blocks(bytes: &[u8]) -> Vec<u8> {
    bytes[..bytes.len() - bytes.len() % 16].to_vec()
}

/// The key stream of RC4.
pub(super) struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    /// With a key of at least one byte.
    pub(super) fn new(key: &[u8]) -> Self {
        let mut state: [u8; 256] = std::array::from_fn(|at| at as u8);
        let mut j = 0u8;
        for i in 0..256 {
            j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
            state.swap(i, usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    /// Decrypts in place, and goes on from there.
    pub(super) fn apply(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.i = self.i.wrapping_add(1);
            let here = self.state[usize::from(self.i)];
            self.j = self.j.wrapping_add(here);
            self.state.swap(usize::from(self.i), usize::from(self.j));
            *byte ^= self.state[usize::from(self.state[usize::from(self.i)].wrapping_add(here))];
        }
    }
}

/// The bytes of a base64 text; `None` for a character that has no place in one.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for character in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        assert_eq!(base64("Zm9vYg==").as_deref(), Some(&b"foob"[..]));
        assert_eq!(base64("a-b"), None);
        // RFC 6229 has no short texts; this one stands in every description of RC4.
        let mut text = *b"Plaintext";
        Rc4::new(b"Key").apply(&mut text);
        assert_eq!(text, [0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3]);
        // FIPS 197, appendix C.1.
        let key: [u8; 16] = std::array::from_fn(|at| at as u8);
        let cipher = [0x69, 0xC4, 0xE0, 0xD8, 0x6A, 0x7B, 0x04, 0x30, 0xD8, 0xCD, 0xB7, 0x80, 0x70, 0xB4, 0xC5, 0x5A];
        let plain: [u8; 16] = std::array::from_fn(|at| at as u8 * 0x11);
        let aes = Aes::new(&key).expect("a key of 128 bits");
        assert_eq!(aes.ecb(&cipher), plain);
        assert_eq!(aes.cbc(&cipher, &[0; 16]), plain);
        assert!(Aes::new(&key[..5]).is_none());
    }
}
