//! Crafted .xls files: containers that turn in circles, records that are too short, places that no sheet has.

use std::io::{Cursor, Write};

use super::findings;
use crate::harness::biff::{Records, short_text};

/// A container of one stream.
pub fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    containers(&[(name, stream)])
}

/// A container of streams.
pub fn containers(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect("a container");
    for (name, content) in streams {
        file.create_stream(name).expect("a stream").write_all(content).expect("its content");
    }
    file.flush().expect("the container");
    file.into_inner().into_inner()
}

type Pieces<'a> = &'a [(u16, &'a [u8])];

/// A workbook of one sheet with a computed cell, these records among its first ones and these in the sheet.
fn xls(globals: Pieces, cells: Pieces, offset: Option<u32>) -> Vec<u8> {
    let first = |at: u32| {
        let mut out = Records::default();
        out.begin(0x0005);
        out.push(0x0085, &[&at.to_le_bytes()[..], &[0, 0], &short_text("Dati")].concat());
        out.push(0x00E0, &[0; 20]);
        globals.iter().for_each(|(kind, data)| out.push(*kind, data));
        out.end();
        out.bytes
    };
    let mut stream = first(offset.unwrap_or(first(0).len() as u32));
    let mut sheet = Records::default();
    sheet.begin(0x0010);
    cells.iter().for_each(|(kind, data)| sheet.push(*kind, data));
    let computed = [&[0; 6][..], &1f64.to_le_bytes(), &[0; 6], &[5, 0, 0x44, 0, 0, 0, 0xC0]].concat();
    sheet.push(0x0006, &computed);
    sheet.end();
    stream.extend(sheet.bytes);
    container("/Workbook", &stream)
}

fn number(row: u16, col: u16) -> Vec<u8> {
    [&row.to_le_bytes()[..], &col.to_le_bytes(), &[0, 0], &1f64.to_le_bytes()].concat()
}

#[test]
fn what_is_said_of_dimensions_is_not_believed() {
    let dimensions = |rows: [u32; 2], cols: [u16; 2]| {
        let rows = rows.iter().flat_map(|row| row.to_le_bytes());
        rows.chain(cols.iter().flat_map(|col| col.to_le_bytes())).chain([0, 0]).collect::<Vec<u8>>()
    };
    for data in [dimensions([0, u32::MAX], [0, u16::MAX]), dimensions([5, 1], [9, 2]), vec![0]] {
        let found = findings("dimensions.xls", &xls(&[], &[(0x0200, &data)], None));
        assert!(found.is_empty(), "{data:?}: {found:?}");
    }
    assert!(findings("far.xls", &xls(&[], &[(0x0203, &number(65535, 255))], None)).is_empty());
    for row in [0, 65535] {
        assert_eq!(findings("beyond.xls", &xls(&[], &[(0x0203, &number(row, 65535))], None)), ["F011"], "{row}");
    }
}

#[test]
fn short_records_are_no_end() {
    for kind in [0x0042, 0x0018, 0x00FC, 0x041E, 0x00E0, 0x0031, 0x0085, 0x0022, 0x003C, 0x0809] {
        for data in [&[][..], &[1], &[0xFF; 3]] {
            findings("short.xls", &xls(&[(kind, data)], &[], None));
        }
    }
    for kind in [0x00E5, 0x0006, 0x0207, 0x00BD, 0x00BE, 0x00FD, 0x0203, 0x0205, 0x027E, 0x0208, 0x007D, 0x001C, 0x01B6]
    {
        for data in [&[][..], &[1], &[0xFF; 7], &[0xFF; 200]] {
            findings("short.xls", &xls(&[], &[(kind, data)], None));
        }
    }
    for data in [&[][..], &[1], &[1, 0], &[9, 9, 9]] {
        assert_eq!(findings("lock.xls", &xls(&[(0x002F, data)], &[], None)), ["F002"], "{data:?}");
    }
    let strings = [&u32::MAX.to_le_bytes()[..], &u32::MAX.to_le_bytes(), &[0xFF, 0xFF, 0x0C, 0xFF, 0xFF]].concat();
    findings("strings.xls", &xls(&[(0x00FC, &strings)], &[], None));
    assert_eq!(findings("begin.xls", &container("/Workbook", &[9, 8, 1, 0, 0])), ["F007"]);
    assert_eq!(findings("nothing.xls", &container("/Workbook", &[])), ["F007"]);
}

#[test]
fn a_sheet_said_to_start_beyond_the_end_is_read_where_it_stands() {
    for offset in [u32::MAX, 1 << 20, 0] {
        assert!(findings("offset.xls", &xls(&[], &[], Some(offset))).is_empty(), "{offset}");
    }
}

#[test]
fn a_container_that_turns_in_circles_ends() {
    for name in ["circle.xls", "circle.xlsx"] {
        let whole = if name.ends_with('x') {
            containers(&[("/EncryptionInfo", &[4; 5000]), ("/EncryptedPackage", &[7; 5000])])
        } else {
            xls(&[], &[], None)
        };
        // Every link of the table of sectors in turn points to itself, to the first, and to nowhere.
        let table = 512 * (1 + u32::from_le_bytes(whole[76..80].try_into().expect("its place")) as usize);
        for at in 0..24 {
            for link in [at as u32, 0, u32::MAX - 1, 0x00FF_FFFF] {
                let mut spoilt = whole.clone();
                spoilt[table + at * 4..table + at * 4 + 4].copy_from_slice(&link.to_le_bytes());
                findings(name, &spoilt);
            }
        }
    }
}

#[test]
fn a_container_that_lies_about_itself_ends() {
    let whole = xls(&[], &[], None);
    // The header: sizes of sectors, counts and places of the tables.
    for at in (24..76).step_by(2) {
        for lie in [[0, 0], [0xFF, 0xFF], [0xFE, 0x7F]] {
            let mut spoilt = whole.clone();
            spoilt[at..at + 2].copy_from_slice(&lie);
            findings("header.xls", &spoilt);
        }
    }
    for length in [8, 100, 512, 700, 1536] {
        let found = findings("cut.xls", &whole[..length.min(whole.len())]);
        assert!(!found.is_empty(), "{length}");
    }
}
