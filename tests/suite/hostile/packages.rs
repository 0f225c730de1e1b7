//! Crafted .xlsx files: bombs, lies in directories, places that no sheet has, what XML can do.

use super::bomb::{Part, archive};
use super::findings;
use crate::intake::book::Book;
use crate::intake::zip;

/// The part of the only sheet.
pub const SHEET: &str = "xl/worksheets/sheet1.xml";
/// How many make a crowd; a program without optimisation gets fewer.
const CROWD: usize = if cfg!(debug_assertions) { 200_000 } else { 1_000_000 };
const STRINGS: &str = "xl/sharedStrings.xml";

/// An .xlsx with parts of its own instead of the usual ones.
pub fn xlsx(own: Vec<Part>) -> Vec<u8> {
    let mut parts: Vec<Part> = Book::of("<row><c><v>1</v></c></row>")
        .parts()
        .iter()
        .filter(|(name, _)| own.iter().all(|part| part.name != *name))
        .map(|(name, text)| Part::honest(name, text.as_bytes()))
        .collect();
    parts.extend(own);
    archive(&parts, &[])
}

#[test]
fn an_archive_by_hand_is_read_as_any_other() {
    assert!(findings("plain.xlsx", &xlsx(Vec::new())).is_empty());
    let pattern = "<row><c t=\"inlineStr\"><is><t>abc</t></is></c></row>";
    let part = Part::bomb(SHEET, "<worksheet><sheetData>", pattern, 300);
    assert_eq!(findings("unfinished.xlsx", &xlsx(vec![part])), ["F005"], "its sum is wrong and its end is missing");
}

#[test]
fn cells_at_the_far_end_cost_nothing() {
    for (first, far) in
        [("A1", "XFD1048576"), ("A1", "SF1000000"), ("A1", "Z1048576"), ("A1", "A1048576"), ("Z1048576", "A1048576")]
    {
        let rows = format!("<row><c r=\"{first}\"><v>1</v></c></row><row><c r=\"{far}\"><f>A1</f><v>2</v></c></row>");
        assert!(findings("far.xlsx", &Book::of(&rows).bytes()).is_empty(), "{far}");
    }
}

#[test]
fn cells_beyond_the_sheet_are_told() {
    for place in ["A99999999999", "ZZZZZZZZZZZZ1", "A4294967295", "XFE1", "A0"] {
        let rows = format!("<row><c r=\"{place}\"><v>1</v></c></row>");
        assert_eq!(findings("beyond.xlsx", &Book::of(&rows).bytes()), ["F011"], "{place}");
    }
}

#[test]
fn counts_that_lie_are_not_believed() {
    for count in ["4000000000", "18446744073709551615", "-1"] {
        let text = format!("<sst count=\"{count}\" uniqueCount=\"{count}\"><si><t>uno</t></si></sst>");
        let book = Book::of("<row><c t=\"s\"><v>0</v></c></row>").part(STRINGS, &text);
        assert!(findings("count.xlsx", &book.bytes()).is_empty());
    }
    for number in ["400000000", "18446744073709551615"] {
        let cell = format!("<row><c r=\"A1\"><f t=\"shared\" si=\"{number}\" ref=\"A1:A2\">B1</f><v>1</v></c></row>");
        assert!(findings("shared.xlsx", &Book::of(&cell).bytes()).is_empty());
    }
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let cells = Part::bomb(SHEET, "<worksheet><sheetData><row>", "<c><v>1</v></c>", 20_000_000);
    let text =
        Part::bomb(SHEET, "<worksheet><sheetData><row><c t=\"str\"><v>", "a", 1_000_000).declaring(2_100_000_000);
    let blank =
        Part::bomb(SHEET, "<worksheet><sheetData><row><c t=\"str\"><v>", " ", 1_000_000).declaring(4_200_000_000);
    let attribute = Part::bomb(SHEET, "<worksheet><sheetData><row><c r=\"", "a", 1_000_000).declaring(1_000_000_000);
    let strings = Part::bomb(STRINGS, "<sst>", "<si/>", 50_000_000);
    let below_the_limit =
        Part::bomb(SHEET, "<worksheet><sheetData><row>", "<c><v>1</v></c>", 1_000_000).declaring(240_000_000);
    for part in [cells, text, blank, attribute, strings, below_the_limit] {
        let bytes = xlsx(vec![part]);
        assert_eq!(findings("bomb.xlsx", &bytes), ["F006"], "{} bytes", bytes.len());
    }
}

#[test]
fn sizes_that_lie_are_damage_and_cost_little() {
    for declared in [0, 100, 1 << 20, u32::MAX - 1] {
        let part = Part::bomb(SHEET, "<worksheet><sheetData><row>", "<c><v>1</v></c>", 100_000_000).declaring(declared);
        let found = findings("lie.xlsx", &xlsx(vec![part]));
        assert!(found.iter().any(|code| code == "F005" || code == "F006"), "{declared}: {found:?}");
    }
}

#[test]
fn a_part_that_is_shorter_than_it_says_is_read_as_far_as_it_goes() {
    let sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let given = |content: &str| {
        let part = Part::honest(SHEET, content.as_bytes()).declaring(8 << 20);
        findings("short.xlsx", &xlsx(vec![part]))
    };
    assert_eq!(given(""), ["F011"]);
    assert_eq!(given(&sheet[..30]), ["F005"]);
    assert!(given(sheet).is_empty());
}

#[test]
fn a_part_may_stand_in_the_directory_many_times() {
    let kernel = Part::bomb("a", "", "a", 60_000_000);
    let names: Vec<String> = (0..2000).map(|at| format!("xl/worksheets/sheet{at}.xml")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).chain(["_rels/.rels", "xl/workbook.xml"]).collect();
    let found = findings("overlap.xlsx", &archive(&[kernel], &names));
    assert!(found == ["F005"] || found == ["F006"], "{found:?}");
    let book = Book::of("<row><c><v>1</v></c></row>");
    let sheet = Part::honest(SHEET, b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
    let rest = book.parts().iter().filter(|(name, _)| name != SHEET);
    let parts: Vec<Part> =
        std::iter::once(sheet).chain(rest.map(|(name, text)| Part::honest(name, text.as_bytes()))).collect();
    assert!(findings("other.xlsx", &archive(&parts, &["xl/worksheets/sheet2.xml"])).is_empty());
    assert_eq!(findings("twice.xlsx", &archive(&parts, &["xl/worksheets/sheet2.xml", SHEET])), ["F011"]);
}

#[test]
fn names_that_look_like_paths_lead_nowhere() {
    let names = ["../../outside.xml", "/etc/outside.xml", "C:\\outside.xml", "..\\outside.xml", "a\0b", ""];
    let parts = names.map(|name| Part::honest(name, b"<a/>")).to_vec();
    assert!(findings("paths.xlsx", &xlsx(parts)).is_empty());
    let book = Book::of("").part(
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../../../etc/hostname"/></Relationships>"#,
    );
    assert_eq!(findings("target.xlsx", &book.bytes()), ["F005"]);
}

#[test]
fn archives_in_archives_are_not_opened() {
    let mut inner = Book::of("<row><c><v>1</v></c></row>").bytes();
    for _ in 0..20 {
        inner = archive(&[Part::honest("again.xlsx", &inner), Part::honest("again.zip", &inner[..0])], &[]);
    }
    assert_eq!(findings("nested.xlsx", &inner), ["F003"]);
    assert_eq!(findings("text.xlsx", &zip(&[("leggimi.txt", "x")])), ["F003"]);
}

#[test]
fn a_crowd_of_entries_costs_little() {
    let parts: Vec<Part> =
        (0..CROWD * 3 / 10).map(|at| Part::honest(&format!("xl/media/image{at}.png"), b"")).collect();
    assert!(findings("crowd.xlsx", &xlsx(parts)).is_empty());
}

#[test]
fn a_crowd_of_styles_and_names_costs_little() {
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf numFmtId=\"0\"/>".repeat(CROWD));
    let book = Book::of(&format!("<row><c s=\"{}\"><v>1</v></c></row>", CROWD - 1)).part("xl/styles.xml", &styles);
    assert!(findings("styles.xlsx", &book.bytes()).is_empty());
    let names = "<definedName name=\"n\">Dati!$A$1</definedName>".repeat(CROWD);
    let workbook = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Dati\" sheetId=\"1\" r:id=\"rId1\"/></sheets><definedNames>{names}</definedNames></workbook>"
    );
    assert!(findings("names.xlsx", &Book::of("").part("xl/workbook.xml", &workbook).bytes()).is_empty());
}

#[test]
fn what_xml_can_do_to_a_reader_is_refused() {
    let deep = "<a>".repeat(2 * CROWD);
    let entities = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><worksheet><sheetData><row><c t=\"str\"><v>&c;</v></c></row></sheetData></worksheet>";
    let outside = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
    let unknown = "<worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row>";
    for (sheet, code) in [(deep.as_str(), "F005"), (entities, "F011"), (outside, "F011"), (unknown, "F005")] {
        assert_eq!(findings("xml.xlsx", &Book::with_sheet(sheet).bytes()), [code], "{:.40}", sheet);
    }
    let attributes: String = (0..200_000).map(|at| format!(" a{at}=\"1\"")).collect();
    let crowd = Book::with_sheet(&format!(
        "<worksheet><sheetData><row{attributes}><c><v>1</v></c></row></sheetData></worksheet>"
    ));
    assert!(findings("attributes.xlsx", &crowd.bytes()).is_empty());
}

#[test]
fn merges_and_hidden_columns_without_end_cost_little() {
    let merges = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(50_000);
    let columns = "<col min=\"1\" max=\"16384\" hidden=\"1\"/>".repeat(50_000);
    let sheet = format!(
        "<worksheet><cols>{columns}</cols><sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    );
    assert!(findings("merges.xlsx", &Book::with_sheet(&sheet).bytes()).is_empty());
}

#[test]
fn long_texts_cost_little() {
    let long = format!("<si><t>{}</t></si>", "parola ".repeat(1_000_000));
    let cells = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>".repeat(2_000);
    let book = Book::of(&cells).part(STRINGS, &format!("<sst>{long}</sst>"));
    assert!(findings("long.xlsx", &book.bytes()).is_empty());
    let most = format!("<sst><si><t>{}</t></si></sst>", "parola ".repeat(4_600));
    let cells = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(10)).repeat(1_000);
    assert_eq!(findings("often.xlsx", &Book::of(&cells).part(STRINGS, &most).bytes()), ["F006"]);
}

#[test]
fn circles_of_relationships_end() {
    let relations = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="workbook.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="workbook.xml"/><Relationship Id="rId3" Type="x/styles" Target="_rels/workbook.xml.rels"/></Relationships>"#;
    assert_eq!(findings("circle.xlsx", &Book::of("").part("xl/_rels/workbook.xml.rels", relations).bytes()), ["F011"]);
    let sheets: String =
        (0..20_000).map(|at| format!("<sheet name=\"F{at}\" sheetId=\"{at}\" r:id=\"rId1\"/>")).collect();
    let workbook = format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>");
    let book = Book::of("<row><c><v>1</v></c></row>").part("xl/workbook.xml", &workbook);
    assert_eq!(findings("sheets.xlsx", &book.bytes()), ["F006"]);
}
