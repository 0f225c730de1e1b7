//! A text as a date, and the years that it names.
#![no_main]

use allegati::value::date::{from_serial, parse, to_serial, years};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    years(text);
    for year in [1, 1904, 2019, 9999] {
        if let Ok(day) = parse(text, year)
            && day.year() >= 1901
        {
            assert_eq!(from_serial(to_serial(day) as f64, false), Some(day));
        }
    }
});
