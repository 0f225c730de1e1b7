//! Whatever the bytes, files end in sheets or findings, and formats in a text.

use allegati::intake::{self, Limits};
use allegati::sheet::Value;
use allegati::sheet::format::{Format, shown};
use proptest::prelude::*;

use super::book::Book;
use super::{codes, open, open_with, samples_folder, zip_bytes};

/// Parts of a zip archive; none when the bytes are no archive.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return Vec::new() };
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).expect("its content");
        parts.push((part.name().expect("its name").to_string(), content));
    }
    parts
}

/// Bytes of a sample, spoilt inside one part when it is an archive, so that its checksums are right.
fn spoilt(bytes: &[u8], part: usize, edits: &[(usize, u8, usize)]) -> Vec<u8> {
    let mut parts = parts(bytes);
    let count = parts.len().max(1);
    let mut whole = bytes.to_vec();
    let content = parts.get_mut(part % count).map_or(&mut whole, |(_, content)| content);
    for (at, byte, cut) in edits {
        if content.is_empty() {
            break;
        }
        let at = at % content.len();
        content[at] = *byte;
        content.drain(at..(at + cut % 20).min(content.len()));
    }
    if parts.is_empty() {
        return whole;
    }
    zip_bytes(&parts.iter().map(|(name, content)| (&**name, &**content)).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_code_shows_every_number(code in r#"[0#?.,%;"@ymdhsE+\-/_* \[\]$€<>=Ga\\]{0,24}"#, number in any::<f64>(), small in -1e6..1e6) {
        let format = Format::parse(&code);
        for number in [number, small] {
            shown(Value::Number(number), &format, false);
            shown(Value::Number(number), &format, true);
        }
        shown(Value::Text("testo".into()).as_ref(), &format, false);
    }

    #[test]
    fn a_fixed_number_reads_back_as_it_was(cents in -1_000_000_000i64..1_000_000_000) {
        let text = shown(Value::Number(cents as f64 / 100.0), &Format::parse("#,##0.00"), false);
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
        prop_assert_eq!(digits.parse::<i64>().expect("digits"), cents);
    }

    #[test]
    fn every_text_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[a-z;,\t|\"\r\n è0-9]{0,120}") {
        for bytes in [&bytes[..], text.as_bytes()] {
            let (_, findings) = open("dati.csv", bytes);
            prop_assert!(!codes(&findings).contains(&"F012"));
        }
    }

    #[test]
    fn every_row_of_a_sheet_is_read(rows in r#"(<row( r="[0-9]{0,8}")?>|</row>|<c( r="[A-Z]{0,4}[0-9]{0,8}")?( t="(s|b|e|d|str|n|inlineStr)")?( s="[0-9]{0,3}")?>|</c>|<v>|</v>|<f>|</f>|<is><t>|</t></is>|[0-9.&;a-z_]{0,5}|<!--|-->){0,40}"#) {
        let (_, findings) = open("prova.xlsx", &Book::of(&rows).bytes());
        prop_assert!(!codes(&findings).contains(&"F012"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn spoilt_parts_end_in_sheets_or_findings(file in any::<usize>(), part in any::<usize>(), edits in prop::collection::vec((any::<usize>(), any::<u8>(), any::<usize>()), 1..6)) {
        let files = intake::list(&samples_folder()).expect("the sample folder").files;
        let bytes = std::fs::read(&files[file % files.len()].path).expect("a sample");
        let (opened, findings) = open_with("prova.xlsx", &spoilt(&bytes, part, &edits), &Limits::default(), None);
        prop_assert!(!codes(&findings).contains(&"F012"));
        prop_assert!(!findings.is_empty() || opened.is_some_and(|opened| !opened.sheets.is_empty()));
    }
}
