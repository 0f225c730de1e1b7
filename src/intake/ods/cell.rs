//! One cell of a table: its attributes, its paragraphs, its comment.

use std::borrow::Cow;

use super::super::build::{iso_serial, number};
use super::super::xml::{Broken, Node, Tag, Xml, unescape, unprefixed};
use super::formula;
use crate::sheet::{Formula, Value};

/// A cell as the file has it.
#[derive(Default)]
pub(super) struct Raw<'a> {
    /// How many columns it stands for.
    pub(super) repeated: u32,
    /// Columns and rows it covers.
    pub(super) span: (u32, u32),
    pub(super) style: Option<Cow<'a, str>>,
    pub(super) formula: Option<String>,
    pub(super) comment: Option<String>,
    kind: Cow<'a, str>,
    is_error: bool,
    value: Option<Cow<'a, str>>,
    /// Most characters a text of repeated blanks may take.
    text: String,
    has_text: bool,
}

/// The value of a cell.
pub(super) enum Read {
    Nothing,
    Value(Value),
    /// A date or time: serial and the code that shows it.
    Date(f64, &'static str),
    Damaged(Box<str>),
}

/// A cell holds at most so many characters.
const MAX_TEXT: usize = 1 << 20;

impl<'a> Raw<'a> {
    /// Reads the cell just opened up to its end.
    pub(super) fn read(start: &Tag<'a>, xml: &mut Xml<'a>) -> Result<Self, Broken> {
        let mut raw = Self { repeated: 1, span: (1, 1), ..Self::default() };
        for (key, value) in start.attributes() {
            raw.attribute(key, unescape(value));
        }
        let depth = xml.depth();
        while let Some(child) = xml.child(depth)? {
            match child.local() {
                "p" => raw.paragraph(xml)?,
                "annotation" => raw.comment = Some(annotation(xml)?),
                _ => xml.skip()?,
            }
        }
        Ok(raw)
    }

    fn attribute(&mut self, key: &str, value: Cow<'a, str>) {
        let count = || value.trim().parse::<u32>().unwrap_or(1).max(1);
        match unprefixed(key) {
            "number-columns-repeated" => self.repeated = count(),
            "number-columns-spanned" => self.span.0 = count(),
            "number-rows-spanned" => self.span.1 = count(),
            "style-name" => self.style = Some(value),
            "formula" => self.formula = Some(formula::spelled(&value)),
            "value-type" if value == "error" => self.is_error = true,
            "value-type" if self.kind.is_empty() || key.starts_with("office") => self.kind = value,
            "value" | "date-value" | "time-value" | "boolean-value" | "string-value" => {
                self.value = Some(value);
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, xml: &mut Xml<'_>) -> Result<(), Broken> {
        if self.has_text {
            self.text.push('\n');
        }
        self.has_text = true;
        paragraph(xml, &mut self.text)
    }

    /// Whether it is computed, and whether a result is stored.
    pub(super) fn formula(&self) -> Formula {
        match &self.formula {
            None => Formula::None,
            Some(_) if self.kind.is_empty() && self.value.is_none() && !self.has_text => Formula::Unstored,
            Some(_) => Formula::Stored,
        }
    }

    /// Whether the file calls it a percentage, and whether it shows one: its style may say neither.
    pub(super) fn percentage(&self) -> (bool, bool) {
        (self.kind == "percentage", self.text.contains('%'))
    }

    /// The value.
    pub(super) fn value(self) -> Read {
        let text = self.text;
        let is_error = self.is_error || (self.formula.is_some() && is_error_text(&text));
        if is_error && !text.is_empty() {
            return Read::Value(Value::Error(text.into()));
        }
        let stored = self.value.unwrap_or_default();
        match &*self.kind {
            "float" | "percentage" | "currency" => match number(&stored) {
                Some(number) => Read::Value(Value::Number(number)),
                None => Read::Damaged(if stored.is_empty() { text.into() } else { stored.into() }),
            },
            "date" | "time" => match iso_serial(&stored) {
                Some((serial, code)) => Read::Date(serial, code),
                None => Read::Damaged(if stored.is_empty() { text.into() } else { stored.into() }),
            },
            "boolean" => match stored.trim() {
                "true" => Read::Value(Value::Bool(true)),
                "false" => Read::Value(Value::Bool(false)),
                _ => Read::Damaged(stored.into()),
            },
            _ if !text.is_empty() => Read::Value(Value::Text(text.into())),
            _ if !stored.is_empty() => Read::Value(Value::Text(stored.into())),
            _ => Read::Nothing,
        }
    }
}

/// Whether a computed text is an error that older programs store as text.
fn is_error_text(text: &str) -> bool {
    let known = [
        "#N/A", "#N/D", "#DIV/0!", "#REF!", "#RIF!", "#VALUE!", "#VALORE!", "#NAME?", "#NOME?", "#NUM!", "#NULL!",
        "#NULLO!",
    ];
    let code = text.strip_prefix("Err:").or_else(|| text.strip_prefix("Errore:"));
    known.contains(&text) || code.is_some_and(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The text of the paragraph just opened, appended.
fn paragraph(xml: &mut Xml<'_>, text: &mut String) -> Result<(), Broken> {
    let depth = xml.depth();
    let mut fresh = true;
    loop {
        match xml.next()? {
            Node::Open(start) => match start.local() {
                "s" => {
                    fresh = false;
                    let count = start.attribute("c").and_then(|count| count.trim().parse::<usize>().ok());
                    let room = MAX_TEXT.saturating_sub(text.len());
                    text.extend(std::iter::repeat_n(' ', count.unwrap_or(1).min(room)));
                }
                "tab" | "line-break" => {
                    fresh = false;
                    text.push(if start.local() == "tab" { '\t' } else { '\n' });
                }
                "annotation" | "note" | "frame" | "ruby-text" => xml.skip()?,
                _ => {}
            },
            Node::Text(piece) => fresh = squeeze(&piece, text, fresh),
            Node::Close if xml.depth() < depth => return Ok(()),
            Node::Close => {}
            Node::End => return Ok(()),
        }
    }
}

/// Appends a text, runs of blanks as one, as the format asks; says whether a blank would still be dropped.
fn squeeze(piece: &str, text: &mut String, fresh: bool) -> bool {
    let mut dropping = fresh;
    for (at, word) in piece.split([' ', '\t', '\n', '\r']).enumerate() {
        if at > 0 {
            if !dropping {
                text.push(' ');
            }
            dropping = true;
        }
        text.push_str(word);
        dropping &= word.is_empty();
    }
    dropping
}

fn annotation(xml: &mut Xml<'_>) -> Result<String, Broken> {
    let depth = xml.depth();
    let mut text = String::new();
    while let Some(child) = xml.child(depth)? {
        match child.local() {
            "p" => {
                if !text.is_empty() {
                    text.push('\n');
                }
                paragraph(xml, &mut text)?;
            }
            "list" | "list-item" => {}
            _ => xml.skip()?,
        }
    }
    Ok(text)
}
