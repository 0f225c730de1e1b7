//! Each way in which a reader of .xlsx is known to lose or change data, and what ours does.

use allegati::intake::Limits;
use allegati::place::CellRef;
use allegati::sheet::format::FormatKind;
use allegati::sheet::{Formula, Sheet, Value, Visibility};

use super::book::Book;
use super::{codes, grid, messages, open, open_with, sheets, zip_bytes};

fn only(book: &Book) -> Sheet {
    let mut read = sheets("prova.xlsx", &book.bytes());
    assert_eq!(read.len(), 1);
    read.remove(0)
}

fn cell<'a>(sheet: &'a Sheet, place: &str) -> allegati::sheet::Cell<'a> {
    let at = CellRef::parse(place).expect("a place");
    sheet.stored(at.row, at.col).unwrap_or_else(|| panic!("{place} is there: {:?}", grid(sheet)))
}

/// The parts of an archive, in their order.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("the book");
    let count = archive.len();
    let mut read = |at| {
        let mut part = archive.by_index(at).expect("a part");
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).expect("its content");
        (part.name().expect("its name").to_string(), content)
    };
    (0..count).map(&mut read).collect()
}

#[test]
fn spaces_around_an_index_or_a_number_change_nothing() {
    let sheet = only(&Book::of(r#"<row r="1"><c r="A1" t="s"><v> 1 </v></c><c r="B1"><v> 5 </v></c></row>"#));
    assert_eq!(grid(&sheet), ["A1=uno", "B1=5"]);
    assert_eq!(cell(&sheet, "B1").value, Value::Number(5.0));
}

#[test]
fn cdata_and_comments_inside_a_value_are_part_of_it() {
    let sheet = only(&Book::of(r#"<row><c><v><![CDATA[5]]></v></c><c><v>12<!-- nota -->34</v></c></row>"#));
    assert_eq!(grid(&sheet), ["A1=5", "B1=1234"]);
}

#[test]
fn a_flipped_bit_is_found_by_the_checksum() {
    let book = Book::of(r#"<row r="1"><c r="A1"><v>12345</v></c></row>"#);
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts(&book.bytes()) {
        writer.start_file(name, options).expect("a part");
        std::io::Write::write_all(&mut writer, &content).expect("its content");
    }
    let mut bytes = writer.finish().expect("the archive").into_inner();
    let at = bytes.windows(5).position(|window| window == b"12345").expect("the value");
    bytes[at] = b'9';
    let (_, findings) = open("prova.xlsx", &bytes);
    assert_eq!(codes(&findings), ["F005"]);
    assert!(messages(&findings)[0].contains("xl/worksheets/sheet1.xml"));
}

#[test]
fn parts_are_found_by_relationship_under_any_name() {
    let book = Book::of(r#"<row><c s="1"><v>43830</v></c><c t="s"><v>1</v></c></row>"#)
        .part("xl/stili.xml", r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#)
        .part("testi/t.xml", "<sst><si><t>a</t></si><si><t>b</t></si></sst>")
        .without("xl/styles.xml")
        .without("xl/sharedStrings.xml")
        .part(
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships>
            <Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/styles" Target="stili.xml"/>
            <Relationship Id="rId3" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/sharedStrings" Target="../testi/t.xml"/>
            </Relationships>"#,
        );
    assert_eq!(grid(&only(&book)), ["A1=31/12/2019", "B1=b"]);
}

#[test]
fn utf_16_and_latin_1_parts_and_prefixed_names_are_read() {
    let sheet = r#"<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>è</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"#;
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(sheet.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let narrow: Vec<u8> = sheet.replace("UTF-16", "ISO-8859-1").chars().map(|c| c as u8).collect();
    for bytes in [wide, narrow] {
        let mut parts = parts(&Book::of("").bytes());
        parts.iter_mut().filter(|(name, _)| name.ends_with("sheet1.xml")).for_each(|part| part.1 = bytes.clone());
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (&**name, &**content)).collect();
        assert_eq!(grid(&sheets("prova.xlsx", &zip_bytes(&parts))[0]), ["B2=è"]);
    }
}

#[test]
fn a_sheet_without_its_table_of_cells_is_said_so() {
    let (_, findings) =
        open("prova.xlsx", &Book::with_sheet("<worksheet><dimension ref=\"A1:C9\"/></worksheet>").bytes());
    assert_eq!(codes(&findings), ["F011"]);
}

#[test]
fn one_bad_cell_never_costs_its_sheet() {
    let sheet = only(&Book::of(
        r#"<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1" t="e"><v>Err:502</v></c><c r="C1" t="b"><v>forse</v></c>
        <c r="D1" t="zzz"><v>7</v></c><c r="E1"><v>tre</v></c><c r="F1" t="s"><v>99</v></c><c r="G1"><v>NaN</v></c>
        <c r="H1"><v>1e999</v></c><c r="I1"><extLst><ext><v>8</v></ext></extLst><v>4</v></c><c r="J1"><v>1,5</v></c></row>"#,
    ));
    assert_eq!(grid(&sheet), ["A1=#SPILL!", "B1=Err:502", "I1=4"]);
    assert_eq!(cell(&sheet, "A1").value, Value::Error("#SPILL!".into()).as_ref());
    let damaged: Vec<String> = sheet.damaged.iter().map(|((_, col), text)| format!("{col}:{text}")).collect();
    assert_eq!(damaged, ["2:forse", "3:7", "4:tre", "5:99", "6:NaN", "7:1e999", "9:1,5"]);
}

#[test]
fn formats_say_what_a_number_is() {
    let book = Book::of(
        r#"<row r="1"><c r="A1" s="1"><v>0.0439</v></c><c r="B1" s="2"><v>90</v></c><c r="C1" s="3"><v>43830</v></c><c r="D1" s="4"><v>3.3</v></c><c r="E1"><v>0.9</v></c></row>"#,
    );
    let sheet = only(&book.formats(&["0.00%", r#"0"%""#, r#"[=0]"";dd-mm-yyyy"#, r#"0.0" gg""#]));
    assert_eq!(grid(&sheet), ["A1=4,39%", "B1=90%", "C1=31-12-2019", "D1=3,3 gg", "E1=0,9"]);
    let kinds: Vec<_> = sheet.row(0).unwrap().cells().map(|cell| sheet.format(cell).kind).collect();
    use FormatKind::{Date, General, Number, Percent};
    assert_eq!(kinds, [Percent, Number, Date, Number, General]);
    assert_eq!(&*sheet.formats[0].code, "General");
}

#[test]
fn a_format_that_is_not_defined_is_said_so() {
    let (_, findings) =
        open("prova.xlsx", &Book::of(r#"<row><c s="9"><v>0.5</v></c><c s="x"><v>1</v></c></row>"#).bytes());
    assert_eq!(codes(&findings), ["F011"]);
    assert!(messages(&findings)[0].contains("2 cells"), "{:?}", messages(&findings));
}

#[test]
fn iso_dates_and_the_date_system_of_1904() {
    let book =
        Book::of(r#"<row><c t="d"><v>2019-12-31</v></c><c s="1"><v>42368</v></c></row>"#).formats(&["dd/mm/yyyy"]);
    let book = book.part(
        "xl/workbook.xml",
        r#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="Dati" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    );
    let sheet = only(&book);
    assert!(sheet.date_1904);
    assert_eq!(grid(&sheet), ["A1=31/12/2019", "B1=31/12/2019"]);
}

#[test]
fn cells_out_of_order_twice_or_without_a_place() {
    let sheet = only(&Book::of(
        r#"<row r="3"><c><v>1</v></c><c r="D3"><v>2</v></c><c><v>3</v></c></row><row r="2"><c r="B2"><v>4</v></c><c r="B2"><v>5</v></c></row><row><c><v>6</v></c></row>"#,
    ));
    assert_eq!(grid(&sheet), ["B2=5", "A3=6", "D3=2", "E3=3"]);
}

#[test]
fn places_that_no_sheet_has_are_said_and_cost_nothing() {
    let book = Book::of(
        r#"<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZZ1"><v>2</v></c><c r="A99999999999"><v>3</v></c></row><row r="1048576"><c r="XFD1048576"><v>4</v></c></row>"#,
    );
    let (opened, findings) = open("prova.xlsx", &book.bytes());
    assert_eq!(grid(&opened.expect("its bytes").sheets[0]), ["A1=1", "XFD1048576=4"]);
    assert_eq!(codes(&findings), ["F011"]);
}

#[test]
fn formulas_with_and_without_a_stored_result() {
    let sheet = only(&Book::of(
        r#"<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>B1*2</f><v></v></c>
        <c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c>
        <c r="G1"><f t="shared" si="0" ref="G1:G2">B1</f><v>2</v></c></row>
        <row r="2"><c r="G2"><f t="shared" si="400000000"/><v>3</v></c><c r="H2"><f/><v>4</v></c></row>"#,
    ));
    let states: Vec<_> = sheet.cells().map(|(_, cell)| cell.formula).collect();
    use Formula::{None, Stored, Unstored};
    assert_eq!(states, [Unstored, Stored, Unstored, Stored, Stored, Stored, Stored, None]);
    assert_eq!(cell(&sheet, "A1").value, Value::Blank);
    assert_eq!(sheet.formula(0, 0), Some("SUM(B1:B9)"));
    assert_eq!(sheet.formula(0, 4), Some(r#""a"&"b""#));
    assert_eq!((sheet.formula(0, 6), sheet.formula(1, 6)), (Some("B1"), Option::None));
}

#[test]
fn zeros_of_a_library_that_computes_nothing_are_known() {
    let computed = |value: &str, load: &str| {
        let rows = format!(r#"<row><c><v>5</v></c><c><f>A1</f><v>{value}</v></c><c><f>A1</f><v>0</v></c></row>"#);
        let workbook = format!(
            r#"<workbook xmlns:r="r"><sheets><sheet name="Dati" sheetId="1" r:id="rId1"/></sheets><calcPr calcId="1" fullCalcOnLoad="{load}"/></workbook>"#
        );
        only(&Book::of(&rows).part("xl/workbook.xml", &workbook)).uncomputed_zeros
    };
    assert!(computed("0", "1"));
    assert!(!computed("5", "1"));
    assert!(!computed("0", "0"));
}

#[test]
fn texts_rich_phonetic_escaped_and_empty() {
    let book = Book::of(r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c><c t="str"><v>x_x000D_y</v></c></row>"#)
        .strings(r#"<si><r><t>Ufficio </t></r><rPh><t>NO</t></rPh><r><t>A &amp; B</t></r></si><si><t></t></si><si/>"#);
    let sheet = only(&book);
    assert_eq!(grid(&sheet), ["A1=Ufficio A & B", "D1=a b", "E1=x\ry"]);
}

#[test]
fn merges_and_what_is_hidden() {
    let sheet = only(&Book::with_sheet(
        r#"<worksheet><sheetFormatPr zeroHeight="1"/><cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>
        <sheetData><row r="1" hidden="0"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="D2"><v>3</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="D4"/></mergeCells></worksheet>"#,
    ));
    assert_eq!(sheet.rows.iter().map(|row| row.hidden()).collect::<Vec<_>>(), [false, true]);
    assert_eq!(sheet.hidden_cols, [(1, 2), (4, 4)]);
    assert_eq!(sheet.merges.iter().map(ToString::to_string).collect::<Vec<_>>(), ["A1:C2"]);
    assert_eq!(sheet.text(1, 2), "1");
}

#[test]
fn hidden_sheets_comments_and_charts() {
    let book = Book::of(r#"<row><c><v>1</v></c></row>"#)
        .part("xl/workbook.xml", r#"<workbook xmlns:r="r"><sheets><sheet name="Dati" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="Grafico" sheetId="2" r:id="rId9"/></sheets></workbook>"#)
        .part("xl/_rels/workbook.xml.rels", r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Type="x/chartsheet" Target="c.xml"/></Relationships>"#)
        .part("xl/worksheets/_rels/sheet1.xml.rels", r#"<Relationships><Relationship Id="rId1" Type="x/comments" Target="../comments1.xml"/></Relationships>"#)
        .part("xl/comments1.xml", r#"<comments><commentList><comment ref="A1"><text><r><t>da </t></r><r><t>verificare</t></r></text></comment></commentList></comments>"#);
    let (opened, findings) = open("prova.xlsx", &book.bytes());
    let opened = opened.expect("its bytes");
    assert_eq!(codes(&findings), ["F014"]);
    assert_eq!(opened.sheets[0].visibility, Visibility::VeryHidden);
    assert_eq!(opened.sheets[0].comments, [((0, 0), "da verificare".into())]);
}

#[test]
fn a_part_cut_off_keeps_the_rows_before_the_damage() {
    let whole =
        r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>"#;
    for (sheet, rows) in
        [(whole.to_owned(), 2), (whole[..whole.len() - 14].to_owned(), 1), (format!("{whole}<row r=</sheetData>"), 2)]
    {
        let (opened, findings) = open("prova.xlsx", &Book::with_sheet(&sheet).bytes());
        assert_eq!(opened.expect("its bytes").sheets[0].rows.len(), rows, "{sheet}");
        assert_eq!(codes(&findings), ["F005"], "{sheet}");
    }
}

#[test]
fn document_types_and_entities_are_refused() {
    for (sheet, code) in [
        (r#"<!DOCTYPE w [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>"#, "F011"),
        (r#"<worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>"#, "F005"),
    ] {
        assert_eq!(codes(&open("prova.xlsx", &Book::with_sheet(sheet).bytes()).1), [code], "{sheet}");
    }
}

#[test]
fn what_costs_too_much_is_refused() {
    let rows = r#"<row><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>"#.repeat(100);
    let limits = Limits { cells: 200, ..Limits::default() };
    let (opened, findings) = open_with("prova.xlsx", &Book::of(&rows).bytes(), &limits, None);
    assert_eq!(codes(&findings), ["F006"]);
    assert!(opened.expect("its bytes").sheets.is_empty());
    let limits = Limits { inflated_bytes: 2000, ..Limits::default() };
    assert_eq!(codes(&open_with("prova.xlsx", &Book::of(&rows).bytes(), &limits, None).1), ["F006"]);
    let deep = format!("<worksheet>{}", "<a>".repeat(100_000));
    assert_eq!(codes(&open("prova.xlsx", &Book::with_sheet(&deep).bytes()).1)[0], "F005");
}

#[test]
fn a_missing_part_is_named() {
    let book = Book::of("").without("xl/worksheets/sheet1.xml");
    let (_, findings) = open("prova.xlsx", &book.bytes());
    assert!(messages(&findings)[0].contains("xl/worksheets/sheet1.xml"), "{:?}", messages(&findings));
    let book = Book::of(r#"<row><c t="s"><v>0</v></c></row>"#).without("xl/sharedStrings.xml");
    let (opened, findings) = open("prova.xlsx", &book.bytes());
    assert_eq!(codes(&findings), ["F005"]);
    assert_eq!(opened.expect("its bytes").sheets[0].damaged.len(), 1);
    let none_missed = Book::of("<row><c><v>1</v></c></row>").without("xl/sharedStrings.xml");
    assert!(codes(&open("prova.xlsx", &none_missed.bytes()).1).is_empty());
}

#[test]
fn blanks_at_the_ends_of_a_text_count_when_they_are_preserved_and_those_between_runs_always() {
    let sheet = only(
        &Book::of(
            r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="inlineStr"><is><t>
            x y </t></is></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c></row>"#,
        )
        .strings(
            r#"<si><t> a  b </t></si><si><t xml:space="preserve"> c </t></si><si><r><t> Registro</t></r><r><t> Imprese </t></r></si><si><t>&#10; </t></si><si><t> _x000D_ </t></si>"#,
        ),
    );
    assert_eq!(grid(&sheet), ["A1=a  b", "B1= c ", "C1=Registro Imprese", "D1=x y", "F1=\r"]);
}

#[test]
fn a_part_that_stands_twice_in_the_container_is_said() {
    let book = Book::of(r#"<row><c><v>1</v></c></row>"#);
    let other = r#"<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"#;
    // The packing library refuses equal names: two of the same length are made equal afterwards.
    for name in ["xl/worksheets/shEEt1.xml", "xl/worksheets/sheet1.xmL"] {
        let mut bytes = {
            let own = parts(&book.bytes());
            let own = own.iter().map(|(name, content)| (&**name, &**content));
            let all: Vec<(&str, &[u8])> = own.chain([(name, other.as_bytes())]).collect();
            zip_bytes(&all)
        };
        let (_, findings) = open("prova.xlsx", &bytes);
        assert_eq!(codes(&findings), ["F011"], "{:?}", messages(&findings));
        while let Some(at) = bytes.windows(name.len()).position(|window| window == name.as_bytes()) {
            bytes[at..at + name.len()].copy_from_slice(b"xl/worksheets/sheet1.xml");
        }
        let (_, findings) = open("prova.xlsx", &bytes);
        assert_eq!(codes(&findings), ["F011"], "{:?}", messages(&findings));
    }
}

#[test]
fn relationships_that_are_no_xml_are_said_and_the_sheets_are_read() {
    let book = Book::of(r#"<row><c><v>1</v></c></row>"#).part("_rels/.rels", "<?xml version=\"1.0\"?>\nROVINATO");
    let (opened, findings) = open("prova.xlsx", &book.bytes());
    assert_eq!(codes(&findings), ["F005"]);
    assert_eq!(grid(&opened.expect("the file").sheets[0]), ["A1=1"]);
}

#[test]
fn a_sheet_that_names_no_part_is_none_and_one_that_names_a_missing_part_is_damage() {
    for (id, code) in [("", "F014"), (" r:id=\"\"", "F014"), (" r:id=\"rId77\"", "F005")] {
        let sheets =
            format!("<sheet name=\"Dati\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Modulo1\" sheetId=\"2\"{id}/>");
        let workbook = format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>");
        let book = Book::of("<row><c><v>1</v></c></row>").part("xl/workbook.xml", &workbook);
        let (opened, findings) = open("a.xlsx", &book.bytes());
        assert_eq!(codes(&findings), [code], "{id}");
        assert_eq!(grid(&opened.expect("its bytes").sheets[0]), ["A1=1"]);
    }
}

#[test]
fn cells_written_plainly_are_those_of_the_long_way() {
    let cells = [
        r#"<c r="A1"><v>1</v></c><c r="B1" s="1" t="s"><v>0</v></c><c r="C1" s="1"/><c r="D1"><v>-0.25</v></c>"#,
        r#"<c r="A1" s="9"><v>43830</v></c><c r="B1" t="s"><v>99</v></c><c r="XFD1"><v>2</v></c><c r="XFE1"><v>3</v></c>"#,
        r#"<c r="B1"><f>SUM(A1:A3)</f><v>0.49099999999999999</v></c><c><v>7</v></c><c r="A1"><v>1E400</v></c>"#,
        r#"<c r="C1"><v>1</v></c><c r="A1"><v>2</v></c><c r="C1"><v>3</v></c><c r="D1" s="1"/><c><v>4</v></c>"#,
        r#"<c r="A1" t="s"><f>B1</f><v>1</v></c><c r="B1" t="n"><v>007</v></c><c r="C1" t="b"><v>1</v></c>"#,
        r#"<c r="A1048576"><v>1</v></c><c r="A1048577"><v>1</v></c><c r="A1"><v>12345678901234567890</v></c>"#,
        r#"<c r="A1"><v>1</v></c><c r="B1"><v>2</v>"#,
    ];
    for cells in cells {
        let row = |cells: &str| Book::of(&format!(r#"<row r="1">{cells}</row>"#)).bytes();
        // A second blank, which no program writes, leads the long way.
        let long = cells.replace("<c r=", "<c  r=");
        let ((plain, said), (long, also)) = (open("a.xlsx", &row(cells)), open("a.xlsx", &row(&long)));
        let of = |opened: Option<allegati::intake::Opened>| opened.expect("its bytes").sheets;
        let (plain, long) = (of(plain), of(long));
        assert_eq!(plain.len(), long.len(), "{cells}");
        for (plain, long) in plain.iter().zip(&long) {
            assert!(plain.rows == long.rows, "{cells}");
            assert!(plain.formulas == long.formulas && plain.damaged == long.damaged, "{cells}");
        }
        // Where a text breaks off is told to the byte.
        let without_bytes = |said: &[String]| said.join("\n").replace(|letter: char| letter.is_ascii_digit(), "");
        assert_eq!(without_bytes(&messages(&said)), without_bytes(&messages(&also)), "{cells}");
    }
}
