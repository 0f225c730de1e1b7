//! A text as a goal, met or not by amounts of every size.
#![no_main]

use allegati::value::goal::{at_least_count, parse};
use allegati::value::number::{Reading, from_stored};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    at_least_count(text);
    for reading in [None, Some(Reading::Italian), Some(Reading::English)] {
        let Some(goal) = parse(text, reading) else { continue };
        for actual in [0.0, 1.0, -1.0, 99.5, 1e15, 7e27].into_iter().filter_map(from_stored) {
            goal.met(actual, None);
            goal.met(actual, from_stored(-7e27));
        }
    }
});
