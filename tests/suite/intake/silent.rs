//! What a reader in wide use loses without a word, one test each: here it is read right, or a finding says so.

use std::io::Write;

use super::book::Book;
use super::xlsx::parts;
use super::{codes, grid, messages, open, sheets, zip, zip_bytes};
use crate::harness::biff::Records;
use crate::harness::run::run;
use crate::harness::xlsb::{record, text};
use crate::harness::{deliver, xls};

const ROW: &str = "<row><c><v>1</v></c></row>";

/// The bytes of a text grid in the format that its `# file:` names.
fn made(grid: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let name = deliver(grid, "prova", folder.path());
    std::fs::read(folder.path().join(name)).expect("its bytes")
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (&**name, &**content)).collect();
    zip_bytes(&parts)
}

/// Replaces the first occurrence of some bytes by as many others.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).expect("the bytes to change");
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

#[test]
fn computed_errors_of_xlsb_are_errors_and_no_blanks() {
    let bytes = made("# file: prova.xlsb\n# sheet: Dati\n1 | =A1/0 -> #DIV/0! [error] | 3");
    assert_eq!(grid(&sheets("prova.xlsb", &bytes)[0]), ["A1=1", "B1=#DIV/0!", "C1=3"]);
}

#[test]
fn texts_with_fonts_inside_are_read_in_xlsb() {
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let rich = [words(&[1, 0]), vec![1], text("nei termini"), words(&[1, 0])].concat();
    let row = record(0x00, &[words(&[0, 0]), vec![0x2C, 0x01, 0, 0, 0, 0, 0, 0, 0]].concat());
    let sheet = [record(0x81, &[]), record(0x91, &[]), row, record(0x3E, &rich), record(0x92, &[]), record(0x82, &[])];
    let mut parts = parts(&made("# file: prova.xlsb\n# sheet: Dati\n1"));
    parts.iter_mut().filter(|(name, _)| name.ends_with("sheet1.bin")).for_each(|part| part.1 = sheet.concat());
    assert_eq!(grid(&sheets("prova.xlsb", &packed(&parts))[0]), ["B1=nei termini"]);
}

#[test]
fn parts_of_xlsb_are_found_wherever_they_lie() {
    for (workbook, folder) in [("workbook.bin", "cartella/"), ("libro.bin", "altrove/")] {
        let mut parts = parts(&made("# file: prova.xlsb\n# sheet: Dati\n1 | due"));
        for (name, content) in &mut parts {
            *name = name.replace("xl/", folder).replace("workbook.bin", workbook);
            if name.ends_with(".rels") {
                let text = String::from_utf8(std::mem::take(content)).expect("a text");
                *content = text.replace("xl/workbook.bin", &format!("{folder}{workbook}")).into_bytes();
            }
        }
        assert_eq!(grid(&sheets("prova.xlsb", &packed(&parts))[0]), ["A1=1", "B1=due"], "{workbook}");
    }
}

#[test]
fn ods_is_read_with_any_prefix_of_names_or_none() {
    let urn = |name: &str| format!("urn:oasis:names:tc:opendocument:xmlns:{name}:1.0");
    for (o, t, p) in [("office:", "table:", "text:"), ("a:", "b:", "c:"), ("", "x:", "y:")] {
        let space =
            |prefix: &str| if prefix.is_empty() { String::new() } else { format!(":{}", prefix.trim_end_matches(':')) };
        let content = format!(
            "<{o}document-content xmlns{}=\"{}\" xmlns{}=\"{}\" xmlns{}=\"{}\"><{o}body><{o}spreadsheet><{t}table {t}name=\"Dati\"><{t}table-row><{t}table-cell {o}value-type=\"float\" {o}value=\"7\"><{p}p>7</{p}p></{t}table-cell></{t}table-row></{t}table></{o}spreadsheet></{o}body></{o}document-content>",
            space(o),
            urn("office"),
            space(t),
            urn("table"),
            space(p),
            urn("text"),
        );
        assert_eq!(grid(&sheets("prova.ods", &zip(&[("content.xml", &content)]))[0]), ["A1=7"], "{o}{t}{p}");
    }
}

/// The content of an .ods with these tables, without the list of its parts.
fn ods(tables: &str) -> Vec<u8> {
    zip(&[("content.xml", &document("document-content", tables))])
}

fn document(root: &str, tables: &str) -> String {
    format!(
        r#"<office:{root} xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:{root}>"#
    )
}

fn table(name: &str, value: &str) -> String {
    format!(
        r#"<table:table table:name="{name}"><table:table-row><table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell></table:table-row></table:table>"#
    )
}

#[test]
fn of_two_sheets_with_one_name_both_are_read() {
    let both = sheets("prova.ods", &ods(&(table("Dati", "1") + &table("Dati", "2"))));
    assert_eq!(both.iter().map(grid).collect::<Vec<_>>(), [["A1=1"], ["A1=2"]]);
    let book = Book::of(ROW)
        .part("xl/workbook.xml", r#"<workbook xmlns:r="r"><sheets><sheet name="Dati" sheetId="1" r:id="rId1"/><sheet name="Dati" sheetId="2" r:id="rId2"/></sheets></workbook>"#)
        .part("xl/_rels/workbook.xml.rels", r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#)
        .part("xl/worksheets/sheet2.xml", "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>");
    let both = sheets("prova.xlsx", &book.bytes());
    assert_eq!(both.iter().map(grid).collect::<Vec<_>>(), [["A1=1"], ["A1=2"]]);
}

#[test]
fn the_totals_row_of_a_table_without_header_row_is_no_record() {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |texts: &[&str]| format!("<row>{}</row>", texts.iter().map(|text| cell(text)).collect::<String>());
    let rows = [
        row(&["Codice", "Processo", "Valore programmato", "Valore rilevato", "Risultato"]),
        row(&["3.1.1", "Accesso agli atti", "30 gg.", "20 gg.", "100"]),
        row(&["TOTALE", "", "", "", "100"]),
    ];
    let book = Book::of(&rows.concat())
        .part("xl/worksheets/_rels/sheet1.xml.rels", r#"<Relationships><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/table" Target="../tables/table1.xml"/></Relationships>"#)
        .part("xl/tables/table1.xml", r#"<table id="1" name="T" displayName="T" ref="A2:E3" headerRowCount="0" totalsRowCount="1"/>"#);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("urp 2019.xlsx"), book.bytes()).expect("the workbook");
    let outcome = run(folder.path());
    let rows = outcome.json["charter"]["rows"].as_array().expect("the standards");
    assert_eq!(rows.iter().map(|row| row["code"].as_str().expect("a code")).collect::<Vec<_>>(), ["3.1.1"]);
}

#[test]
fn a_sheet_of_macros_costs_only_itself() {
    let book = Book::of(ROW)
        .part("xl/workbook.xml", r#"<workbook xmlns:r="r"><sheets><sheet name="Macro1" sheetId="2" r:id="rId2"/><sheet name="Dati" sheetId="1" r:id="rId1"/></sheets></workbook>"#)
        .part("xl/_rels/workbook.xml.rels", r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/></Relationships>"#)
        .part("xl/macrosheets/sheet1.xml", "<xm:macrosheet xmlns:xm=\"m\"><xm:sheetData/></xm:macrosheet>");
    let (opened, findings) = open("prova.xlsx", &book.bytes());
    assert_eq!(codes(&findings), ["F014"], "{:?}", messages(&findings));
    assert_eq!(grid(&opened.expect("its bytes").sheets[0]), ["A1=1"]);
}

#[test]
fn a_state_that_nobody_knows_hides_nothing() {
    let book = Book::of(ROW).part(
        "xl/workbook.xml",
        r#"<workbook xmlns:r="r"><sheets><sheet name="Dati" sheetId="1" state="chissà" r:id="rId1"/></sheets></workbook>"#,
    );
    assert_eq!(grid(&sheets("prova.xlsx", &book.bytes())[0]), ["A1=1"]);
}

#[test]
fn a_sheet_that_leads_nowhere_is_named_and_the_others_are_read() {
    let book = Book::of(ROW).part(
        "xl/workbook.xml",
        r#"<workbook xmlns:r="r"><sheets><sheet name="Perso" sheetId="2" r:id="rId77"/><sheet name="Dati" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    );
    let (opened, findings) = open("prova.xlsx", &book.bytes());
    assert_eq!(codes(&findings), ["F005"]);
    assert!(messages(&findings)[0].contains("Perso"), "{:?}", messages(&findings));
    assert_eq!(grid(&opened.expect("its bytes").sheets[0]), ["A1=1"]);
}

#[test]
fn a_package_without_its_first_relationships_is_read() {
    assert_eq!(grid(&sheets("prova.xlsx", &Book::of(ROW).without("_rels/.rels").bytes())[0]), ["A1=1"]);
}

#[test]
fn ods_with_line_breaks_and_comments_between_its_elements_is_read() {
    let pretty = table("Dati", "5").replace("><", ">\n   <!-- fra un elemento e l'altro -->\n   <");
    assert_eq!(grid(&sheets("prova.ods", &ods(&pretty))[0]), ["A1=5"]);
}

#[test]
fn ods_without_the_list_of_its_parts_is_read() {
    assert_eq!(grid(&sheets("prova.ods", &ods(&table("Dati", "5")))[0]), ["A1=5"]);
}

#[test]
fn a_flat_ods_is_read() {
    let flat = format!("<?xml version=\"1.0\"?>\n{}", document("document", &table("Dati", "5")));
    assert_eq!(grid(&sheets("prova.fods", flat.as_bytes())[0]), ["A1=5"]);
}

#[test]
fn a_percentage_of_ods_is_one_whatever_its_style_says() {
    let cell = |value: &str, text: &str| {
        format!(r#"<table:table-cell office:value-type="percentage" office:value="{value}">{text}</table:table-cell>"#)
    };
    let row = format!(
        "<table:table table:name=\"Dati\"><table:table-row>{}{}</table:table-row></table:table>",
        cell("0.99", ""),
        cell("1", "<text:p>100%</text:p>")
    );
    let sheet = &sheets("prova.ods", &ods(&row))[0];
    assert_eq!(grid(sheet), ["A1=99,00%", "B1=100,00%"]);
}

#[test]
fn xls_of_the_code_pages_of_dos_is_read() {
    let bytes = made("# file: prova.xls\n# sheet: Dati\nperché");
    for page in [437u16, 850, 865] {
        let bytes =
            patched(bytes.clone(), &[0x42, 0, 2, 0, 0xB0, 0x04], &[&[0x42, 0, 2, 0][..], &page.to_le_bytes()].concat());
        assert_eq!(grid(&sheets("prova.xls", &bytes)[0]), ["A1=perché"], "{page}");
    }
    // Before Excel 97 the letters themselves are of the code page.
    for (page, letter) in [(437u16, 0x82), (850, 0x82), (1252, 0xE9)] {
        assert_eq!(grid(&sheets("prova.xls", &excel_95(page, b"perch", letter))[0]), ["A1=perché"], "{page}");
    }
}

/// A workbook of Excel 95 with one text: its letters and a last one.
fn excel_95(page: u16, letters: &[u8], last: u8) -> Vec<u8> {
    let begin = |kind: u16| [0x0500u16, kind, 0, 0].iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let globals = |at: u32| {
        let mut out = Records::default();
        out.push(0x0809, &begin(0x0005));
        out.push(0x0042, &page.to_le_bytes());
        out.push(0x00E0, &[0; 16]);
        out.push(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 4], b"Dati"].concat());
        out.end();
        out.bytes
    };
    let mut stream = globals(globals(0).len() as u32);
    let mut sheet = Records::default();
    sheet.push(0x0809, &begin(0x0010));
    let length = (letters.len() as u16 + 1).to_le_bytes();
    sheet.push(0x0204, &[&[0, 0, 0, 0, 0, 0][..], &length, letters, &[last]].concat());
    sheet.end();
    stream.extend(sheet.bytes);
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a container");
    file.create_stream("/Book").expect("a stream").write_all(&stream).expect("its content");
    file.flush().expect("the container");
    file.into_inner().into_inner()
}

#[test]
fn sheets_of_xls_are_found_by_their_order_when_their_starts_are_wrong() {
    let written = crate::harness::text::parse("# sheet: Uno\n1\n# sheet: Due\n2");
    let bytes = xls::bytes(&written.book);
    let name = |name: &str| [&[0, 0, 3, 0][..], name.as_bytes()].concat();
    let start = |bytes: &[u8], sheet: &str| {
        let at = bytes.windows(7).position(|window| window == name(sheet)).expect("the entry of the sheet");
        bytes[at - 4..at].to_vec()
    };
    let wrong = |bytes: Vec<u8>, sheet: &str| {
        let right = [start(&bytes, sheet), name(sheet)].concat();
        patched(bytes, &right, &[&[7, 0, 0, 0][..], &name(sheet)].concat())
    };
    let one = sheets("prova.xls", &wrong(bytes.clone(), "Due"));
    assert_eq!(one.iter().map(grid).collect::<Vec<_>>(), [["A1=1"], ["A1=2"]]);
    // A chart in the only place left is not the sheet that is looked for.
    let mut chart = wrong(bytes.clone(), "Due");
    let begins = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x10, 0x00];
    let last = chart.windows(8).rposition(|window| window == begins).expect("where a sheet begins");
    chart[last + 6] = 0x20;
    assert!(!open("prova.xls", &chart).1.is_empty(), "the cells of the sheet are not there");
    let (opened, findings) = open("prova.xls", &wrong(wrong(bytes, "Uno"), "Due"));
    assert_eq!(codes(&findings), ["F011"], "{:?}", messages(&findings));
    assert_eq!(opened.expect("its bytes").sheets.iter().map(grid).collect::<Vec<_>>(), [["A1=1"], ["A1=2"]]);
}
