//! A text as a format code, and what values of every kind show under it.
#![no_main]

use allegati::sheet::Value;
use allegati::sheet::format::{Format, shown};
use libfuzzer_sys::fuzz_target;

const NUMBERS: [f64; 12] =
    [0.0, 1.0, -1.0, 0.1 + 0.2, 60.0, 43_830.75, -43_830.75, 2_958_466.0, 1e-300, 1e22, f64::MAX, f64::NAN];

fuzz_target!(|code: &str| {
    let format = Format::parse(code);
    for number in NUMBERS {
        for date_1904 in [false, true] {
            shown(Value::Number(number), &format, date_1904);
        }
    }
    shown(Value::Text("testo".into()).as_ref(), &format, false);
});
