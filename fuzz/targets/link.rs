//! A text as the expression of a link.
#![no_main]

use allegati::settings::link::{Expr, Reference};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Reference::parse(text);
    if let Ok(expression) = Expr::parse(text) {
        assert!(!expression.references().is_empty());
    }
});
