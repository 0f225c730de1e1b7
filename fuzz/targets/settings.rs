//! A text as `allegati.toml`.
#![no_main]

use allegati::finding::Lang;
use allegati::pipeline::known_columns;
use allegati::settings::Settings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let known = known_columns();
    let known: Vec<(&str, &[&str])> = known.iter().map(|(kind, columns)| (*kind, columns.as_slice())).collect();
    if let Err(error) = Settings::parse(text, &known) {
        error.message(Lang::It);
        error.message(Lang::En);
    }
});
