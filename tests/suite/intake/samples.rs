//! The sample folder, whole and spoilt.

use allegati::intake::{self, Found, Limits};

use super::{codes, messages, open, samples_folder};

fn found() -> Vec<Found> {
    intake::list(&samples_folder()).expect("the sample folder").files
}

#[test]
fn the_sample_folder_is_listed_in_order() {
    let listing = intake::list(&samples_folder()).expect("the sample folder");
    assert_eq!(listing.files.len(), 26);
    assert!(listing.files.is_sorted_by(|a, b| a.name.as_bytes() < b.name.as_bytes()));
    // Whoever has run the README's first command has its results there.
    let skipped = listing.skipped.iter().map(|name| &**name).filter(|name| *name != "consolidato");
    assert_eq!(skipped.collect::<Vec<_>>(), ["allegati.toml", "~$diritto annuale 2019.xlsx"]);
    assert!(listing.other.is_empty());
}

#[test]
fn every_sample_is_read_without_a_finding() {
    for found in found() {
        let (opened, findings) = intake::open(&found, &Limits::default(), None);
        let opened = opened.expect("its bytes");
        if &*found.name == "leggimi.txt" {
            assert_eq!(codes(&findings), ["F013"]);
            continue;
        }
        assert!(findings.is_empty(), "{}: {:?}", found.name, messages(&findings));
        assert!(opened.sheets.iter().any(|sheet| sheet.count() > 0), "{} is empty", found.name);
        assert!(opened.sheets.iter().all(|sheet| sheet.damaged.is_empty()), "{}", found.name);
        assert_eq!(opened.sha256.len(), 64);
    }
}

/// A sequence that looks random and is always the same.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    std::iter::repeat_with(step).take(length).collect()
}

#[test]
fn spoilt_samples_end_in_sheets_or_a_finding() {
    for (seed, found) in found().iter().enumerate() {
        let bytes = std::fs::read(&found.path).expect("a sample");
        let mut flipped = bytes.clone();
        for at in noise(seed as u64, 20).chunks(2) {
            let at = (usize::from(at[0]) << 8 | usize::from(at[1])) % bytes.len();
            flipped[at] ^= 0x55;
        }
        let versions = [bytes[..bytes.len() / 2].to_vec(), noise(seed as u64, bytes.len()), flipped, Vec::new()];
        for (version, bytes) in versions.into_iter().enumerate() {
            let (opened, findings) = open(&found.name, &bytes);
            let opened = opened.expect("its bytes");
            let said = !findings.is_empty();
            assert!(said || !opened.sheets.is_empty(), "{} version {version}", found.name);
            // A text has no end mark: its first half is a text too.
            let is_text = found.name.ends_with("csv");
            assert!(said || version > 1 || (is_text && version == 0), "{} version {version} silent", found.name);
            assert!(!codes(&findings).contains(&"F012"), "{} version {version} made the reader panic", found.name);
        }
    }
}
