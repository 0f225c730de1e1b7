//! Bytes as a text with separators.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| allegati_fuzz::read(bytes));
