//! Which files speak of which office of the roster: what was received from whom.

use std::collections::HashMap;
use std::sync::Arc;

use crate::outcome::RosterOffice;
use crate::parse::office::spoken_of;
use crate::score::Consolidation;

/// The offices with their files. `spoken` are the titles and names of each file's consolidated sheets; the offices that
/// its standards name speak of it, too. Who is missing is what the scores say, so that the two never disagree.
pub fn coverage(offices: &[String], spoken: &[(Arc<str>, String)], consolidation: &Consolidation) -> Vec<RosterOffice> {
    if offices.is_empty() {
        return Vec::new();
    }
    let missing = |name: &str| consolidation.missing.iter().any(|one| one.what == "office" && one.name == name);
    let mut heard: HashMap<&str, Vec<&str>> = HashMap::new();
    let rows = &consolidation.charter.rows;
    let texts = spoken.iter().map(|(_, text)| &**text).chain(rows.iter().map(|row| &*row.record().office));
    for text in texts {
        heard.entry(text).or_insert_with(|| spoken_of(text, offices));
    }
    let files = |name: &str| {
        let speaks = |text: &str| heard.get(text).is_some_and(|offices| offices.contains(&name));
        let titled: Vec<_> = spoken.iter().filter(|(_, text)| speaks(text)).map(|(file, _)| file.clone()).collect();
        let own = rows.iter().filter(|row| speaks(&row.record().office));
        let of_rows = own.flat_map(|row| row.standard.origins().map(|origin| origin.table.file.clone()));
        let mut files: Vec<Arc<str>> = titled.into_iter().chain(of_rows).collect();
        files.sort();
        files.dedup();
        files
    };
    let office = |name: &String| {
        let files = if missing(name) { Vec::new() } else { files(name) };
        RosterOffice { name: name.clone(), files }
    };
    offices.iter().map(office).collect()
}
