//! Two lines folded and compared.
#![no_main]

use allegati::value::fold::{fold, nearest, same, similarity, words};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (one, other) = text.split_once('\n').unwrap_or((text, "Registro Imprese"));
    words(one);
    assert_eq!(fold(&fold(one)), fold(one));
    assert!(same(one, &fold(one)));
    nearest(one, [other, "Diritto annuale"]);
    let alike = similarity(one, other);
    assert!((0.0..=1.0).contains(&alike), "{alike}");
});
