//! Styles of cells and tables: which number format a style leads to, which tables are not shown.

use std::collections::{HashMap, HashSet};

use super::super::build::Formats;
use super::super::xml::{Broken, Tag, Xml};
use super::number_styles;

/// Styles by name, from styles.xml and content.xml; of two with one name the later counts.
#[derive(Default)]
pub(super) struct Styles {
    /// Format codes by the name of their number style.
    codes: HashMap<String, number_styles::Code>,
    /// Number style and parent of each cell style.
    cells: HashMap<String, Link>,
    /// Number style of the default cell style.
    standard: Option<String>,
    hidden_tables: HashSet<String>,
}

#[derive(Default)]
struct Link {
    data: Option<String>,
    parent: Option<String>,
}

/// A chain of parents longer than this is a circle.
const MAX_PARENTS: usize = 32;

impl Styles {
    /// Reads the styles of a part, up to its tables.
    pub(super) fn read(&mut self, text: &str) -> Result<(), Broken> {
        let mut xml = Xml::new(text);
        while let Some(start) = xml.child(0)? {
            match start.local() {
                "body" | "master-styles" => return Ok(()),
                "style" => self.style(&start, &mut xml)?,
                "default-style" if start.attribute("family").as_deref() == Some("table-cell") => {
                    self.standard = start.attribute("data-style-name").map(Into::into);
                }
                name if name.ends_with("-style") => {
                    let own = start.attribute("name").map(String::from);
                    if let (Some(code), Some(own)) = (number_styles::read(&start, &mut xml)?, own) {
                        self.codes.insert(own, code);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn style(&mut self, start: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let family = start.attribute("family").map(String::from).unwrap_or_default();
        let Some(name) = start.attribute("name").map(String::from) else { return Ok(()) };
        match family.as_str() {
            "table-cell" => {
                let get = |key| start.attribute(key).map(String::from).filter(|text| !text.is_empty());
                self.cells.insert(name, Link { data: get("data-style-name"), parent: get("parent-style-name") });
            }
            "table" => {
                let depth = xml.depth();
                while let Some(child) = xml.child(depth)? {
                    if child.local() == "table-properties" && child.attribute("display").as_deref() == Some("false") {
                        self.hidden_tables.insert(name.clone());
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn is_hidden(&self, table_style: &str) -> bool {
        self.hidden_tables.contains(table_style)
    }

    /// The format of a cell style.
    pub(super) fn format(&self, style: &str, formats: &mut Formats) -> u16 {
        let mut name = style;
        for _ in 0..MAX_PARENTS {
            let Some(link) = self.cells.get(name) else { break };
            if let Some(data) = &link.data {
                return self.code(data).map_or(0, |code| formats.index(&code));
            }
            let Some(parent) = &link.parent else { break };
            name = parent;
        }
        self.standard.as_ref().and_then(|data| self.code(data)).map_or(0, |code| formats.index(&code))
    }

    /// The code of a number style, with the sections that its conditions point to.
    fn code(&self, name: &str) -> Option<String> {
        let code = self.codes.get(name)?;
        let mut sections: Vec<String> = Vec::new();
        for (condition, other) in &code.maps {
            let body = self.codes.get(other).map(|code| code.body.as_str()).unwrap_or_default();
            sections.push(format!("[{condition}]{body}"));
        }
        let plain = ["[>=0]", "[>0]", "[<0]"];
        let usual = match sections.len() {
            1 => sections[0].starts_with("[>=0]") || sections[0].starts_with("[>0]"),
            2 => sections[0].starts_with("[>0]") && sections[1].starts_with("[<0]"),
            _ => false,
        };
        if usual {
            for section in &mut sections {
                let prefix = plain.iter().find(|prefix| section.starts_with(**prefix));
                let length = prefix.map_or(0, |prefix| prefix.len());
                section.drain(..length);
            }
        }
        sections.push(code.body.clone());
        Some(sections.join(";"))
    }
}
