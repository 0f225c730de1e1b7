//! A text as a number, in every reading.
#![no_main]

use allegati::value::number::{Nature, Reading, fixed2, italian, plain, scan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Some(scanned) = scan(text) else { return };
    for nature in [Nature::Amount, Nature::Measure] {
        for reading in [None, Some(Reading::Italian), Some(Reading::English)] {
            let value = scanned.read(nature, reading);
            assert_eq!(plain(value).parse(), Ok(value));
            fixed2(value);
            italian(value, 2, true);
        }
    }
});
