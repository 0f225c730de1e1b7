//! Workbooks without a sheet: damage when there is nothing, and called what they are when they hold links to other files.

use allegati::finding::Lang;
use allegati::intake::{Found, Limits, open};

use super::bomb::{Part, archive};
use super::compound::container;
use super::findings;
use super::opendocument::{END, ods};
use crate::harness::biff::Records;
use crate::harness::xlsb::record;
use crate::intake::book::Book;

const BOOK: &str = r#"<Relationships><Relationship Id="rId1" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>"#;
const NOTHING: &str = "<Relationships/>";

fn xlsx(relations: &str) -> Vec<u8> {
    let book = Book::of("").part("xl/workbook.xml", "<workbook><sheets/></workbook>");
    book.part("xl/_rels/workbook.xml.rels", relations).bytes()
}

fn xlsb(relations: &str) -> Vec<u8> {
    let root =
        r#"<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>"#;
    let parts = [
        Part::honest("_rels/.rels", root.as_bytes()),
        Part::honest("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        Part::honest("xl/workbook.bin", &[record(0x83, &[]), record(0x84, &[])].concat()),
    ];
    archive(&parts, &[])
}

/// The book that a formula refers to: itself in 4 bytes, another by its name.
fn xls(refers_to: &[u8]) -> Vec<u8> {
    let mut records = Records::default();
    records.begin(0x0005);
    records.push(0x01AE, refers_to);
    records.end();
    container("/Workbook", &records.bytes)
}

/// What is found in a file, in plain words.
fn said(name: &str, bytes: &[u8]) -> Vec<(&'static str, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let found = Found { path: folder.path().join(name), name: name.into() };
    std::fs::write(&found.path, bytes).expect("the file");
    let (_, findings) = open(&found, &Limits::default(), None);
    findings.iter().map(|finding| (finding.code.id, finding.message(Lang::En))).collect()
}

#[test]
fn a_workbook_without_a_sheet_is_damaged() {
    let none = [
        ("none.xlsx", xlsx(NOTHING)),
        ("none.xlsb", xlsb(NOTHING)),
        ("none.xls", xls(&[1, 0, 1, 4])),
        ("none.ods", archive(&[Part::honest("content.xml", b"<a><body><spreadsheet/></body></a>")], &[])),
    ];
    for (name, bytes) in none {
        assert_eq!(findings(name, &bytes), ["F005"], "{name}");
        let said = said(name, &bytes);
        assert!(matches!(&said[..], [("F005", text)] if text.contains("it lists no sheet")), "{name}: {said:?}");
    }
}

#[test]
fn a_workbook_of_links_alone_is_called_that() {
    let source = "<table:table-source xlink:href=\"altro.ods\"/>";
    let links = [
        ("links.xlsx", xlsx(BOOK)),
        ("links.xlsb", xlsb(BOOK)),
        ("links.xls", xls(&[1, 0, 9, 0, 0, 1, b'a', b'l', b't', b'r', b'o', b'.', b'x', b'l', b's'])),
        ("links.ods", ods(source, END)),
    ];
    for (name, bytes) in links {
        assert_eq!(findings(name, &bytes), ["F003"], "{name}");
        let said = said(name, &bytes);
        assert!(
            matches!(&said[..], [("F003", text)] if text.contains("an external-links-only file")),
            "{name}: {said:?}"
        );
    }
}
