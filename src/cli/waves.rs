//! The folders of a batch in the order of their years, so that each finds the results of the years before it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use allegati::value::fold::words;

use super::engine;

/// A folder of a batch, and whose year it is when its settings say so.
pub struct Unit {
    /// The folder.
    pub folder: PathBuf,
    /// Folded name of the body, and the year.
    of: Option<(Vec<String>, i16)>,
}

/// Folders with what their settings say; those that cannot be read fail when their turn comes.
pub fn units(folders: &[PathBuf]) -> Vec<Unit> {
    let unit = |folder: &PathBuf| {
        let settings = engine::settings(folder).ok();
        let of = settings.and_then(|settings| Some((words(&settings.body?), settings.year?)));
        Unit { folder: folder.clone(), of }
    };
    folders.iter().map(unit).collect()
}

/// Places of the folders, one list a year, the earliest first; before them those of no known year.
pub fn by_year(units: &[Unit]) -> Vec<Vec<usize>> {
    let mut waves: BTreeMap<Option<i16>, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        waves.entry(unit.of.as_ref().map(|(_, year)| *year)).or_default().push(at);
    }
    waves.into_values().collect()
}

/// Places of the folders of the same body and an earlier year.
pub fn earlier(at: usize, units: &[Unit]) -> Vec<usize> {
    let Some((body, year)) = &units[at].of else { return Vec::new() };
    let before = |unit: &Unit| unit.of.as_ref().is_some_and(|(other, then)| other == body && then < year);
    units.iter().enumerate().filter(|(_, unit)| before(unit)).map(|(at, _)| at).collect()
}
