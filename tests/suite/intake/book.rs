//! Small .xlsx workbooks, written part by part.

use super::zip;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook of one sheet, to be changed before it is packed.
pub struct Book {
    /// Parts by name; a later one with the same name replaces the earlier.
    parts: Vec<(String, String)>,
}

impl Book {
    /// A workbook whose sheet has these rows: the inside of `sheetData`.
    pub fn of(rows: &str) -> Self {
        Self::with_sheet(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))
    }

    /// A workbook whose sheet is this XML.
    pub fn with_sheet(sheet: &str) -> Self {
        let book = Self { parts: Vec::new() };
        book.part("[Content_Types].xml", TYPES)
            .part("_rels/.rels", ROOT)
            .part(
                "xl/workbook.xml",
                r#"<workbook xmlns:r="r"><sheets><sheet name="Dati" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
            )
            .part(
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships>
                <Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/>
                <Relationship Id="rId2" Type="http://x/relationships/styles" Target="styles.xml"/>
                <Relationship Id="rId3" Type="http://x/relationships/sharedStrings" Target="sharedStrings.xml"/>
                </Relationships>"#,
            )
            .part("xl/worksheets/sheet1.xml", sheet)
            .formats(&[])
            .strings("<si><t>zero</t></si><si><t>uno</t></si>")
    }

    /// Adds or replaces a part.
    pub fn part(mut self, name: &str, text: &str) -> Self {
        self = self.without(name);
        self.parts.push((name.to_owned(), text.to_owned()));
        self
    }

    /// Takes a part away.
    pub fn without(mut self, name: &str) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self
    }

    /// Cell styles 1, 2, … with these format codes.
    pub fn formats(self, codes: &[&str]) -> Self {
        let numbered = codes.iter().enumerate();
        let formats: String = numbered
            .clone()
            .map(|(at, code)| {
                format!(r#"<numFmt numFmtId="{}" formatCode="{}"/>"#, 164 + at, code.replace('"', "&quot;"))
            })
            .collect();
        let styles: String = numbered.map(|(at, _)| format!(r#"<xf numFmtId="{}"/>"#, 164 + at)).collect();
        let text = format!(
            r#"<styleSheet><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>"#
        );
        self.part("xl/styles.xml", &text)
    }

    /// Shared texts: the inside of `sst`.
    pub fn strings(self, items: &str) -> Self {
        self.part("xl/sharedStrings.xml", &format!(r#"<sst uniqueCount="4000000000">{items}</sst>"#))
    }

    /// Its parts by name.
    pub fn parts(&self) -> &[(String, String)] {
        &self.parts
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let parts: Vec<(&str, &str)> = self.parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        zip(&parts)
    }
}
