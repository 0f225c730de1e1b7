//! Bytes as an `.xlsx` file.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: allegati_fuzz::only_own_panics(), |bytes: &[u8]| allegati_fuzz::read(&allegati_fuzz::zipped(bytes)));
