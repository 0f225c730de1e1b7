//! Crafted .xlsb files: records that are too short, too long, or point at nothing.

use super::bomb::{Part, archive};
use super::findings;
use crate::harness::xlsb::{head, record, text};

const ROOT: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/relationships/officeDocument" Target="xl/workbook.bin"/></Relationships>"#;
const BOOK: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="http://x/relationships/sharedStrings" Target="sharedStrings.bin"/></Relationships>"#;

/// A workbook of one sheet whose records these are; `relation` is the one its list names.
fn xlsb(relation: &str, sheet: &[Vec<u8>], strings: &[Vec<u8>]) -> Vec<u8> {
    let entry = [vec![0; 4], 1u32.to_le_bytes().to_vec(), text(relation), text("Dati")].concat();
    let book = [record(0x83, &[]), record(0x8F, &[]), record(0x9C, &entry), record(0x90, &[]), record(0x84, &[])];
    let parts = [
        Part::honest("_rels/.rels", ROOT.as_bytes()),
        Part::honest("xl/_rels/workbook.bin.rels", BOOK.as_bytes()),
        Part::honest("xl/workbook.bin", &book.concat()),
        Part::honest("xl/worksheets/sheet1.bin", &sheet.concat()),
        Part::honest("xl/sharedStrings.bin", &strings.concat()),
    ];
    archive(&parts, &[])
}

fn row(index: u32) -> Vec<u8> {
    record(0x00, &[index.to_le_bytes().to_vec(), vec![0; 21]].concat())
}

fn cell(kind: u32, col: u32, data: &[u8]) -> Vec<u8> {
    record(kind, &[&col.to_le_bytes()[..], &[0; 4], data].concat())
}

/// A computed cell, so that the texts of formulas are looked for too.
fn computed() -> Vec<u8> {
    let formula = [&1f64.to_le_bytes()[..], &[0, 0, 5, 0, 0, 0, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat();
    cell(0x09, 0, &formula)
}

fn end() -> Vec<Vec<u8>> {
    vec![record(0x92, &[]), record(0x82, &[])]
}

#[test]
fn records_that_are_spoilt_are_told() {
    let start = || vec![record(0x81, &[]), record(0x91, &[]), row(0), computed()];
    let with = |records: Vec<Vec<u8>>| [start(), records, end()].concat();
    let cases: [(&str, Vec<Vec<u8>>); 7] = [
        ("whole", with(Vec::new())),
        ("string out of range", with(vec![cell(0x07, 1, &4_000_000_000u32.to_le_bytes())])),
        ("far cells", with(vec![row(1_048_575), cell(0x05, 16_383, &2f64.to_le_bytes())])),
        ("beyond the sheet", with(vec![row(u32::MAX), cell(0x05, u32::MAX, &2f64.to_le_bytes())])),
        ("short records", with((0..0x13).map(|kind| record(kind, &[1])).collect())),
        ("a record of 256 MiB", with(vec![head(0x06, (1 << 28) - 1)])),
        ("short dimensions", [vec![record(0x81, &[]), record(0x94, &[0; 3])], start(), end()].concat()),
    ];
    for (what, sheet) in cases {
        for strings in [vec![record(0x9F, &[0xFF; 8])], vec![record(0x9F, &[1])], vec![record(0x13, &[0, 0xFF, 0xFF])]]
        {
            let found = findings("spoilt.xlsb", &xlsb("rId1", &sheet, &strings));
            match what {
                "whole" | "string out of range" | "far cells" | "short dimensions" => {
                    assert!(found.is_empty(), "{what}: {found:?}");
                }
                "a record of 256 MiB" => assert_eq!(found, ["F005"], "{what}"),
                _ => assert!(found.contains(&"F011".to_owned()), "{what}: {found:?}"),
            }
        }
    }
}

#[test]
fn a_relationship_that_is_missing_is_damage() {
    let sheet = [vec![record(0x81, &[]), record(0x91, &[])], end()].concat();
    assert_eq!(findings("relation.xlsb", &xlsb("rId9", &sheet, &[])), ["F005"]);
    assert_eq!(findings("cut.xlsb", &xlsb("rId1", &sheet[..2], &[])), ["F005"]);
}
