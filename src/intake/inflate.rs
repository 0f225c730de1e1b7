//! Unpacks what is whole in memory and is as it should be.

use std::cell::RefCell;

use libdeflater::Decompressor;

/// The bytes that these were packed from, when they are as many as that, and their sum is right.
pub(super) fn inflated(packed: &[u8], size: u64, crc32: u32) -> Option<Vec<u8>> {
    thread_local!(static INFLATE: RefCell<Decompressor> = RefCell::new(Decompressor::new()));
    let mut bytes = vec![0; usize::try_from(size).ok()?];
    let written = INFLATE.with_borrow_mut(|inflate| inflate.deflate_decompress(packed, &mut bytes)).ok()?;
    (written == bytes.len() && crc32fast::hash(&bytes) == crc32).then_some(bytes)
}
