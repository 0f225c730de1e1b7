//! One cell: its attributes, its children, and the value they make.

use std::borrow::Cow;

use arcstr::ArcStr;

use super::super::build::{iso_serial, number};
use super::super::xml::{Broken, Tag, Xml};
use super::strings::{rich, unescaped};
use crate::place::CellRef;
use crate::sheet::{CellText, Formula, Value};
use crate::value::fold::trim;

/// What stands in a cell, before it has a place.
pub(super) struct Raw<'a> {
    pub(super) place: Option<CellRef>,
    /// Whether it names a place that no sheet has.
    pub(super) misplaced: Option<String>,
    pub(super) style: Result<usize, String>,
    kind: Kind,
    stored: Option<Cow<'a, str>>,
    inline: Option<Cow<'a, str>>,
    formula: Option<Written<'a>>,
}

struct Written<'a> {
    text: Cow<'a, str>,
    shared: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Number,
    Shared,
    Text,
    Inline,
    Bool,
    Error,
    Date,
    Unknown,
}

/// The value of a cell.
pub(super) enum Read<'a> {
    Nothing,
    /// A number, or a text of the workbook.
    Value(Value<CellText<'a>>),
    /// A text of its own.
    Own(Value),
    /// A date written as text: its serial, and the code that shows it.
    Date(f64, &'static str),
    /// What stood there and makes no value.
    Damaged(Box<str>),
}

impl<'a> Raw<'a> {
    /// Reads the cell just opened up to its end.
    #[inline]
    pub(super) fn read(start: &Tag<'a>, xml: &mut Xml<'a>) -> Result<Self, Broken> {
        let mut raw = Self {
            place: None,
            misplaced: None,
            style: Ok(0),
            kind: Kind::Number,
            stored: None,
            inline: None,
            formula: None,
        };
        for (key, value) in start.attributes() {
            match key {
                "r" => {
                    raw.place = CellRef::parse(trim(value));
                    raw.misplaced = raw.place.is_none().then(|| value.to_owned());
                }
                "s" if trim(value).is_empty() => {}
                "s" => raw.style = trim(value).parse().map_err(|_| value.to_owned()),
                "t" => raw.kind = Kind::of(trim(value)),
                _ => {}
            }
        }
        if let Some(text) = xml.plain_child("v") {
            raw.stored = Some(Cow::Borrowed(text));
            return Ok(raw);
        }
        let depth = xml.depth();
        while let Some(child) = xml.child(depth)? {
            match child.local() {
                "v" => raw.stored = Some(xml.text()?),
                "is" => raw.inline = Some(rich(xml)?),
                "f" => {
                    let shared = child.attributes().any(|(key, value)| key == "t" && value != "normal");
                    raw.formula = Some(Written { text: xml.text()?, shared });
                }
                _ => xml.skip()?,
            }
        }
        Ok(raw)
    }

    /// Whether it is computed; an empty formula is none unless it belongs to a shared one.
    pub(super) fn formula(&self) -> Formula {
        match &self.formula {
            Some(written) if written.shared || !written.text.is_empty() => match &self.stored {
                Some(stored) if !stored.is_empty() || self.kind == Kind::Text => Formula::Stored,
                _ if self.inline.is_some() => Formula::Stored,
                _ => Formula::Unstored,
            },
            _ => Formula::None,
        }
    }

    /// The text of the formula, when this cell has it.
    pub(super) fn formula_text(&self) -> Option<&str> {
        self.formula.as_ref().map(|written| &*written.text).filter(|text| !text.is_empty())
    }

    /// The value, with the shared texts of the workbook.
    #[inline]
    pub(super) fn value(self, strings: &[ArcStr]) -> Read<'_> {
        let stored = self.stored.unwrap_or_default();
        match self.kind {
            Kind::Inline => text(self.inline.unwrap_or(stored)),
            Kind::Text => text(unescaped(stored)),
            Kind::Number if self.inline.is_some() => text(self.inline.unwrap_or_default()),
            _ if trim(&stored).is_empty() => Read::Nothing,
            Kind::Number => match number(trim(&stored)) {
                Some(number) => Read::Value(Value::Number(number)),
                None => Read::Damaged(stored.into()),
            },
            Kind::Shared => match trim(&stored).parse::<usize>().ok().and_then(|index| strings.get(index)) {
                Some(text) if text.is_empty() => Read::Nothing,
                Some(text) => Read::Value(Value::Text(CellText::Kept(text))),
                None => Read::Damaged(stored.into()),
            },
            Kind::Bool => match stored.trim() {
                "1" | "true" | "TRUE" => Read::Value(Value::Bool(true)),
                "0" | "false" | "FALSE" => Read::Value(Value::Bool(false)),
                _ => Read::Damaged(stored.into()),
            },
            Kind::Error => Read::Own(Value::Error(stored.trim().into())),
            Kind::Date => match iso_serial(&stored) {
                Some((serial, code)) => Read::Date(serial, code),
                None => Read::Damaged(stored.into()),
            },
            Kind::Unknown => Read::Damaged(stored.into()),
        }
    }
}

fn text<'a>(text: Cow<'_, str>) -> Read<'a> {
    if text.is_empty() { Read::Nothing } else { Read::Own(Value::Text(text.into())) }
}

impl Kind {
    fn of(word: &str) -> Self {
        match word {
            "n" | "" => Self::Number,
            "s" => Self::Shared,
            "str" => Self::Text,
            "inlineStr" => Self::Inline,
            "b" => Self::Bool,
            "e" => Self::Error,
            "d" => Self::Date,
            _ => Self::Unknown,
        }
    }
}
