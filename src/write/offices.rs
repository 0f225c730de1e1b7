//! Which office keeps a file, as far as its rows tell: so that a finding can be sent to somebody.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::score::{Consolidation, Source};
use crate::value::fold::one_line;

/// The offices by file.
#[derive(Debug, Default)]
pub struct Offices {
    by_file: BTreeMap<Arc<str>, String>,
}

impl Offices {
    /// Gathers what rows say of their office: of each file the office most of its rows name, the first of equals.
    pub fn of(consolidation: &Consolidation) -> Self {
        let mut named: BTreeMap<Arc<str>, Vec<(String, u32)>> = BTreeMap::new();
        let mut name = |sources: &[Source], office: &str| {
            let office = one_line(office);
            if office.is_empty() {
                return;
            }
            for source in sources {
                let list = named.entry(source.file.clone()).or_default();
                match list.iter_mut().find(|(known, _)| *known == office) {
                    Some((_, count)) => *count += 1,
                    None => list.push((office.clone(), 1)),
                }
            }
        };
        for row in &consolidation.charter.rows {
            name(&row.sources(), &row.record().office);
        }
        for row in &consolidation.procedures.rows {
            // What the plan itself declares stands in the plan, which is not the office's.
            if let Some(evidence) = row.evidence.as_ref().filter(|evidence| evidence.kind != "declared") {
                name(&evidence.sources, &row.source_office);
            }
        }
        let most = |list: Vec<(String, u32)>| {
            let top = list.iter().map(|(_, count)| *count).max().unwrap_or_default();
            list.into_iter().find(|(_, count)| *count == top).map(|(office, _)| office).unwrap_or_default()
        };
        Self { by_file: named.into_iter().map(|(file, list)| (file, most(list))).collect() }
    }

    /// The office that keeps a file, when its rows name one.
    pub fn of_file(&self, file: &str) -> Option<&str> {
        self.by_file.get(file).map(String::as_str)
    }
}
