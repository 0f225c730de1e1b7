//! The links of a large sheet: each names its cell, and where it leads to another file a relationship names that.

use std::fmt::Write;

use super::Large;
use super::text::attribute;
use crate::place::CellRef;
use crate::write::book::Content;
use crate::write::xlsx::cell::{address, fitting};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const HYPERLINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

/// The links of a sheet as its part lists them, and the part with their relationships; empty when there are none.
#[derive(Default)]
pub struct Links {
    /// The element of the sheet's part.
    pub listed: String,
    /// The part beside it.
    pub related: String,
}

impl Links {
    /// Those of a sheet.
    pub fn of(large: &Large) -> Self {
        let (mut links, mut files) = (Self::default(), 0);
        for at in &large.links {
            let Content::Link(link) = &large.sheet.rows[at.row as usize][at.col as usize].content else { continue };
            let Some(url) = address(&link.file, link.anchor.as_ref()) else { continue };
            links.add(*at, &url, &link.text, &mut files);
        }
        if !links.listed.is_empty() {
            links.listed = format!("<hyperlinks>{}</hyperlinks>", links.listed);
        }
        if files > 0 {
            links.related =
                format!("{DECLARATION}<Relationships xmlns=\"{RELATIONSHIPS}\">{}</Relationships>", links.related);
        }
        links
    }

    /// Adds one, whose address is as the library would take it.
    fn add(&mut self, at: CellRef, url: &str, text: &str, files: &mut u32) {
        // Nothing fails on the way into memory.
        _ = write!(self.listed, "<hyperlink ref=\"{at}\"");
        if let Some(place) = url.strip_prefix("internal:") {
            let text = fitting(text);
            let shown = if text.is_empty() { place } else { &text };
            _ = write!(self.listed, " location=\"{}\" display=\"{}\"/>", attribute(place), attribute(shown));
            return;
        }
        *files += 1;
        let (file, place) = url.split_once('#').map_or((url, None), |(file, place)| (file, Some(place)));
        _ = write!(self.listed, " r:id=\"rId{files}\"");
        if let Some(place) = place {
            _ = write!(self.listed, " location=\"{}\"", attribute(place));
        }
        self.listed.push_str("/>");
        let target = attribute(relative(file));
        _ = write!(
            self.related,
            "<Relationship Id=\"rId{files}\" Type=\"{HYPERLINK}\" Target=\"{target}\" TargetMode=\"External\"/>"
        );
    }
}

/// The address of a file without its scheme, unless it begins at a drive or a machine.
fn relative(url: &str) -> &str {
    let path = url.strip_prefix("file:///").unwrap_or(url);
    let is_absolute = path.starts_with("\\\\") || path.find(':') == Some(1);
    if is_absolute { url } else { path }
}
