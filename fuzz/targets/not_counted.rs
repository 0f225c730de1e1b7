//! A text as a reason not to count.
#![no_main]

use allegati::value::not_counted::reason;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    reason(text);
});
