//! A text as a percentage.
#![no_main]

use allegati::value::percentage::scan;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    scan(text);
});
