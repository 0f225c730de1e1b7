//! A text as a duration, and as the header of a column of durations.
#![no_main]

use allegati::value::duration::{Clock, Measure, header_clock, parse};
use allegati::value::number::Reading;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let clock = header_clock(text).unwrap_or(Clock::DAYS);
    for reading in [None, Some(Reading::Italian), Some(Reading::English)] {
        if let Some(Measure::Span(span)) = parse(text, clock, reading) {
            span.days();
            span.hours();
        }
    }
});
