//! A text as yes or no.
#![no_main]

use allegati::value::yes_no::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    parse(text);
});
