//! Comments: a note names a drawing object, and the object has the text.

use std::collections::HashMap;

use super::records::{Record, Records};
use super::strings::Pieces;

/// Comments as their pieces come along.
#[derive(Default)]
pub(super) struct Notes {
    object: Option<u16>,
    texts: HashMap<u16, String>,
    places: Vec<((u32, u32), u16)>,
}

impl Notes {
    /// A drawing object: the text that follows is its own.
    pub(super) fn object(&mut self, record: &Record<'_>) {
        self.object = (record.u16(0) == Some(0x15)).then(|| record.u16(6)).flatten();
    }

    /// The text of the last object, in the record that continues this one.
    pub(super) fn text(&mut self, record: &Record<'_>, records: &mut Records<'_>) {
        let length = record.u16(10).map_or(0, usize::from);
        let (Some(object), Some(first)) = (self.object.take(), records.continued().first().copied()) else { return };
        let Some((flags, characters)) = first.split_first() else { return };
        if let Some(text) = Pieces::new(characters, Vec::new()).characters(length, flags & 1 != 0) {
            self.texts.insert(object, text);
        }
    }

    /// A comment at a cell.
    pub(super) fn note(&mut self, record: &Record<'_>) {
        if let (Some(row), Some(col), Some(object)) = (record.u16(0), record.u16(2), record.u16(6)) {
            self.places.push(((u32::from(row), u32::from(col)), object));
        }
    }

    pub(super) fn into_comments(mut self) -> Vec<((u32, u32), Box<str>)> {
        let texts = &mut self.texts;
        let found = self.places.into_iter().filter_map(|(at, object)| Some((at, texts.remove(&object)?.into())));
        found.filter(|(_, text): &((u32, u32), Box<str>)| !text.trim().is_empty()).collect()
    }
}
