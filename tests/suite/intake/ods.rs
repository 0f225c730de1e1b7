//! OpenDocument sheets: what repeats, what is covered, what is hidden, and what numbers mean.

use allegati::sheet::format::FormatKind;
use allegati::sheet::{Formula, Sheet, Value, Visibility};

use super::{codes, grid, open, sheets, zip};

const STYLES: &str = r#"
<n:percentage-style s:name="P"><n:number n:decimal-places="2" n:min-integer-digits="1"/><n:text>%</n:text></n:percentage-style>
<n:date-style s:name="D"><n:day n:style="long"/><n:text>/</n:text><n:month n:style="long"/><n:text>/</n:text><n:year n:style="long"/></n:date-style>
<n:number-style s:name="G"><n:number n:decimal-places="1" n:min-integer-digits="1"/><n:text> gg</n:text></n:number-style>
<n:currency-style s:name="E0"><n:number n:decimal-places="2" n:min-integer-digits="1" n:grouping="true"/><n:text> </n:text><n:currency-symbol>€</n:currency-symbol></n:currency-style>
<n:currency-style s:name="E"><n:text>-</n:text><n:number n:decimal-places="2" n:min-integer-digits="1" n:grouping="true"/><n:text> </n:text><n:currency-symbol>€</n:currency-symbol><s:map s:condition="value()&gt;=0" s:apply-style-name="E0"/></n:currency-style>
<s:style s:name="perc" s:family="table-cell" s:data-style-name="P"/>
<s:style s:name="figlio" s:family="table-cell" s:parent-style-name="perc"/>
<s:style s:name="data" s:family="table-cell" s:data-style-name="D"/>
<s:style s:name="giorni" s:family="table-cell" s:data-style-name="G"/>
<s:style s:name="euro" s:family="table-cell" s:data-style-name="E"/>
<s:style s:name="nascosta" s:family="table"><s:table-properties t:display="false"/></s:style>"#;

fn bytes(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:p="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:automatic-styles>{STYLES}</o:automatic-styles><o:body><o:spreadsheet>{tables}</o:spreadsheet></o:body></o:document-content>"#
    );
    zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

fn only(rows: &str) -> Sheet {
    let mut read = sheets("prova.ods", &bytes(&format!(r#"<t:table t:name="Dati">{rows}</t:table>"#)));
    assert_eq!(read.len(), 1);
    read.remove(0)
}

#[test]
fn number_styles_become_formats() {
    let sheet = only(
        r#"<t:table-column t:default-cell-style-name="perc"/><t:table-row>
        <t:table-cell o:value-type="percentage" o:value="0.0439"><p:p>4,39%</p:p></t:table-cell>
        <t:table-cell t:style-name="data" o:value-type="date" o:date-value="2019-12-31"><p:p>31/12/19</p:p></t:table-cell>
        <t:table-cell t:style-name="giorni" o:value-type="float" o:value="3.3"><p:p>3,3 gg</p:p></t:table-cell>
        <t:table-cell t:style-name="euro" o:value-type="currency" o:value="-1234.5"><p:p>-1.234,50 €</p:p></t:table-cell>
        <t:table-cell t:style-name="euro" o:value-type="currency" o:value="1234.5"><p:p>1.234,50 €</p:p></t:table-cell>
        <t:table-cell t:style-name="figlio" o:value-type="float" o:value="0.5"><p:p>x</p:p></t:table-cell>
        <t:table-cell o:value-type="date" o:date-value="2019-12-31T12:00:00"><p:p>x</p:p></t:table-cell>
        <t:table-cell o:value-type="time" o:time-value="PT08H30M00S"><p:p>x</p:p></t:table-cell>
        <t:table-cell o:value-type="boolean" o:boolean-value="true"><p:p>VERO</p:p></t:table-cell></t:table-row>"#,
    );
    let wanted = ["A1=4,39%", "B1=31/12/2019", "C1=3,3 gg", "D1=-1.234,50 €", "E1=1.234,50 €", "F1=50,00%"];
    assert_eq!(grid(&sheet)[..6], wanted);
    assert_eq!(grid(&sheet)[6..], ["G1=31/12/2019 12:00:00", "H1=8:30:00", "I1=VERO"]);
    assert_eq!(sheet.format(sheet.stored(0, 0).unwrap()).kind, FormatKind::Percent);
}

#[test]
fn repeated_and_covered_cells() {
    let sheet = only(
        r#"<t:table-row t:number-rows-repeated="3"><t:table-cell t:number-columns-repeated="1000"/></t:table-row>
        <t:table-row t:number-rows-repeated="2"><t:table-cell/><t:table-cell t:number-columns-repeated="2" o:value-type="float" o:value="7"><p:p>7</p:p></t:table-cell></t:table-row>
        <t:table-row><t:table-cell t:number-columns-spanned="2" t:number-rows-spanned="1" o:value-type="string"><p:p>titolo</p:p></t:table-cell><t:covered-table-cell o:value-type="string"><p:p>coperto</p:p></t:covered-table-cell><t:table-cell o:value-type="string"><p:p>dopo</p:p></t:table-cell></t:table-row>
        <t:table-row t:number-rows-repeated="1048570"><t:table-cell t:number-columns-repeated="16384"/></t:table-row>"#,
    );
    assert_eq!(grid(&sheet), ["B4=7", "C4=7", "B5=7", "C5=7", "A6=titolo", "C6=dopo"]);
    assert_eq!(sheet.merges[0].to_string(), "A6:B6");
}

#[test]
fn millions_of_repeated_values_are_over_budget() {
    for row in [
        r#"<t:table-row t:number-rows-repeated="1000000"><t:table-cell t:number-columns-repeated="99" o:value-type="float" o:value="1"/></t:table-row>"#,
        r#"<t:table-row t:number-rows-repeated="5000"><t:table-cell t:number-columns-repeated="16384" o:value-type="string"><p:p>x</p:p></t:table-cell></t:table-row>"#,
    ] {
        let (opened, findings) = open("prova.ods", &bytes(&format!(r#"<t:table t:name="Dati">{row}</t:table>"#)));
        assert_eq!(codes(&findings), ["F006"]);
        assert!(opened.expect("its bytes").sheets.is_empty());
    }
}

#[test]
fn texts_with_blanks_lines_and_comments() {
    let sheet = only(
        r#"<t:table-row><t:table-cell o:value-type="string"><o:annotation><p:p>da vedere</p:p></o:annotation><p:p>
        prima <p:span>riga</p:span></p:p><p:p>a<p:s p:c="3"/>b<p:tab/>c<p:line-break/>d</p:p></t:table-cell>
        <t:table-cell o:value-type="string"><p:p>x<p:s p:c="2000000000"/></p:p></t:table-cell></t:table-row>"#,
    );
    assert_eq!(grid(&sheet)[0], "A1=prima riga\na   b\tc\nd");
    assert_eq!(sheet.comments, [((0, 0), "da vedere".into())]);
}

#[test]
fn formulas_errors_and_results_never_stored() {
    let sheet = only(
        r#"<t:table-row><t:table-cell t:formula="of:=SUM([.B1:.B3];2)" o:value-type="float" o:value="5"><p:p>5</p:p></t:table-cell>
        <t:table-cell t:formula="of:=1/0" o:value-type="string" o:string-value="" c:value-type="error"><p:p>#DIV/0!</p:p></t:table-cell>
        <t:table-cell t:formula="of:=XX()" o:value-type="float" o:value="0"><p:p>Err:502</p:p></t:table-cell>
        <t:table-cell t:formula="of:=[.A1]"/><t:table-cell o:value-type="float" o:value="tre"/>
        <t:table-cell t:formula="of:=&quot;&quot;" o:value-type="string" o:string-value=""/></t:table-row>"#,
    );
    let states: Vec<_> = sheet.row(0).unwrap().cells().map(|cell| (cell.value, cell.formula)).collect();
    assert_eq!(
        states,
        [
            (Value::Number(5.0), Formula::Stored),
            (Value::Error("#DIV/0!".into()).as_ref(), Formula::Stored),
            (Value::Error("Err:502".into()).as_ref(), Formula::Stored),
            (Value::Blank, Formula::Unstored),
        ]
    );
    assert_eq!(sheet.formula(0, 0), Some("SUM(B1:B3,2)"));
    assert_eq!(sheet.damaged, [((0, 4), "tre".into())]);
}

#[test]
fn what_is_hidden() {
    let table = r#"<t:table t:name="Dati" t:style-name="nascosta"><t:table-column/><t:table-column t:number-columns-repeated="2" t:visibility="collapse"/>
        <t:table-row t:visibility="filter"><t:table-cell o:value-type="float" o:value="1"/></t:table-row></t:table>
        <t:table t:name="'file:///altro.ods'#Foglio1"><t:table-source/><t:table-row><t:table-cell o:value-type="float" o:value="9"/></t:table-row></t:table>"#;
    let read = sheets("prova.ods", &bytes(table));
    assert_eq!(read.len(), 1, "a copy of another file's sheet is none");
    assert_eq!(read[0].visibility, Visibility::Hidden);
    assert_eq!(read[0].hidden_cols, [(1, 2)]);
    assert!(read[0].row(0).is_some_and(|row| row.hidden()));
}

#[test]
fn content_that_ends_between_rows_keeps_those_before() {
    for end in ["", "<t:table-row>", "<t:table-row><t:table-cell><o:annotation>"] {
        let content = format!(
            r#"<o:document-content><o:body><o:spreadsheet><t:table t:name="a"><t:table-row><t:table-cell o:value-type="float" o:value="1"/></t:table-row>{end}"#
        );
        let (opened, findings) = open("prova.ods", &zip(&[("content.xml", &content)]));
        assert_eq!(codes(&findings), ["F005"], "{end}");
        assert_eq!(grid(&opened.expect("its bytes").sheets[0]), ["A1=1"], "{end}");
    }
}

#[test]
fn a_password_is_named() {
    let manifest = "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let bytes = zip(&[("META-INF/manifest.xml", manifest), ("content.xml", "\u{1}\u{2}")]);
    assert_eq!(codes(&open("prova.ods", &bytes).1), ["F002"]);
}
