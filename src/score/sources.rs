//! Where the rows of the annexes came from.

use std::ops::Deref;
use std::sync::Arc;

/// Where a record came from; `row` is 0-based, as everywhere inside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// File, relative to the folder.
    pub file: Arc<str>,
    /// Sheet.
    pub sheet: Arc<str>,
    /// 0-based row.
    pub row: u32,
    /// 0-based column of the value that counts most in the row.
    pub col: u32,
}

/// Where a standard came from: there may be very many, and nearly all stand in one place, which takes no memory of its own.
#[derive(Debug, Clone)]
pub enum Sources {
    /// One place.
    One(Source),
    /// None, or several.
    Several(Vec<Source>),
}

impl Deref for Sources {
    type Target = [Source];

    fn deref(&self) -> &[Source] {
        match self {
            Self::One(source) => std::slice::from_ref(source),
            Self::Several(sources) => sources,
        }
    }
}

impl Default for Sources {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl From<Vec<Source>> for Sources {
    fn from(sources: Vec<Source>) -> Self {
        Self::Several(sources)
    }
}
