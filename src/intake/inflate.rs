//! Unpacks what is whole in memory and is as it should be.

use std::cell::RefCell;

use libdeflater::Decompressor;

/// Longer parts, packed and unpacked, seldom come twice.
const LONGEST: (usize, u64) = (2 << 10, 16 << 10);
/// So many are remembered by a thread.
const REMEMBERED: usize = 64;

/// A part that was unpacked not long ago.
struct Known {
    packed: Box<[u8]>,
    crc32: u32,
    bytes: Vec<u8>,
}

/// The bytes that these were packed from, when they are as many as that, and their sum is right.
///
/// Workbooks that one program wrote have many a small part in common, to the byte: it is unpacked once.
pub(super) fn inflated(packed: &[u8], size: u64, crc32: u32) -> Option<Vec<u8>> {
    thread_local! {
        static KNOWN: RefCell<[Option<Known>; REMEMBERED]> = const { RefCell::new([const { None }; REMEMBERED]) };
    }
    if packed.len() > LONGEST.0 || size > LONGEST.1 {
        return unpacked(packed, size, crc32);
    }
    KNOWN.with_borrow_mut(|all| {
        let known = &mut all[crc32 as usize % REMEMBERED];
        let is_it =
            |known: &&Known| (known.crc32, known.bytes.len() as u64) == (crc32, size) && *known.packed == *packed;
        if let Some(known) = known.as_ref().filter(is_it) {
            return Some(known.bytes.clone());
        }
        let bytes = unpacked(packed, size, crc32)?;
        *known = Some(Known { packed: packed.into(), crc32, bytes: bytes.clone() });
        Some(bytes)
    })
}

fn unpacked(packed: &[u8], size: u64, crc32: u32) -> Option<Vec<u8>> {
    thread_local!(static INFLATE: RefCell<Decompressor> = RefCell::new(Decompressor::new()));
    let mut bytes = vec![0; usize::try_from(size).ok()?];
    let written = INFLATE.with_borrow_mut(|inflate| inflate.deflate_decompress(packed, &mut bytes)).ok()?;
    (written == bytes.len() && crc32fast::hash(&bytes) == crc32).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use libdeflater::{CompressionLvl, Compressor};

    use super::*;

    #[test]
    fn a_part_that_comes_again_is_what_it_was_and_one_like_it_is_not() {
        let all: Vec<Vec<u8>> = [0, 1, 700, 20_000].map(|len| (0..len).map(|at| (at % 7) as u8).collect()).into();
        for wanted in all.iter().chain(&all) {
            let mut packed = vec![0; wanted.len() + 100];
            let length = Compressor::new(CompressionLvl::default()).deflate_compress(wanted, &mut packed).unwrap();
            let (packed, size, sum) = (&packed[..length], wanted.len() as u64, crc32fast::hash(wanted));
            assert_eq!(inflated(packed, size, sum).as_ref(), Some(wanted));
            assert_eq!(inflated(packed, size, sum).as_ref(), Some(wanted));
            assert_eq!(inflated(packed, size + 1, sum), None, "another size");
            assert_eq!(inflated(packed, size, sum ^ 1), None, "another sum");
            assert_eq!(inflated(packed, size, sum ^ REMEMBERED as u32), None, "another sum of the same place");
            assert_eq!(inflated(&packed[..length - 1], size, sum), None, "cut off");
            assert_eq!(inflated(packed, size, sum).as_ref(), Some(wanted));
        }
    }
}
