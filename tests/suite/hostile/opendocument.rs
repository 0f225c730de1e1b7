//! Crafted .ods files: contents that stop where no reader expects it, and repetitions without end.

use super::bomb::{Part, archive};
use super::findings;

/// An .ods whose tables are this XML; `end` closes what is open.
pub fn ods(table: &str, end: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Dati\">{table}{end}"
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    archive(&[Part::honest("mimetype", kind), Part::honest("content.xml", content.as_bytes())], &[])
}

/// What closes a table and the document around it.
pub const END: &str = "</table:table></office:spreadsheet></office:body></office:document-content>";
const VALUE: &str = "office:value-type=\"float\" office:value=\"1\"";

#[test]
fn a_content_that_stops_is_damaged() {
    let row = format!("<table:table-row><table:table-cell {VALUE}/></table:table-row>");
    let note = format!("<table:table-row><table:table-cell {VALUE}><office:annotation><text:p>nota</text:p>");
    for table in [row.as_str(), &note, "<table:table-row>", "<table:table-row><table:table-cell office:value=\"1"] {
        assert_eq!(findings("stops.ods", &ods(table, "")), ["F005"], "{table}");
    }
}

#[test]
fn repetitions_cost_what_they_hold() {
    let values = format!(
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell {VALUE} table:number-columns-repeated=\"99\"/></table:table-row>"
    );
    let texts = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"99\"><text:p>a</text:p></table:table-cell></table:table-row>";
    let wide = "<table:table-row><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>a</text:p></table:table-cell></table:table-row>".repeat(5000);
    for table in [values.as_str(), texts, &wide] {
        assert_eq!(findings("repeated.ods", &ods(table, END)), ["F006"], "{:.120}", table);
    }
    let blank = "<table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell table:number-columns-repeated=\"4294967295\"/></table:table-row>".repeat(1000);
    assert!(findings("blank.ods", &ods(&blank, END)).is_empty());
}

#[test]
fn blanks_without_end_are_no_text() {
    for count in ["2000000000", "18446744073709551615"] {
        let cell = format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"{count}\"/>b</text:p></table:table-cell></table:table-row>"
        );
        assert!(findings("blanks.ods", &ods(&cell, END)).is_empty());
        let many = format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell></table:table-row>",
            format!("<text:s text:c=\"{count}\"/>").repeat(20_000)
        );
        assert!(findings("many-blanks.ods", &ods(&many, END)).is_empty());
    }
}

#[test]
fn tables_in_tables_and_spans_without_end_are_read() {
    let nested = "<table:table table:name=\"x\">".repeat(400) + &"</table:table>".repeat(400);
    findings("nested.ods", &ods(&nested, END));
    let many = "<table:table/>".repeat(100_000);
    assert_eq!(findings("many.ods", &ods(&format!("</table:table>{many}<table:table>"), END)), ["F006"]);
    let span = format!(
        "<table:table-row><table:table-cell {VALUE} table:number-columns-spanned=\"4294967295\" table:number-rows-spanned=\"4294967295\"/></table:table-row>"
    );
    findings("span.ods", &ods(&span, END));
}
