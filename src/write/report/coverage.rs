//! Who sent something and who did not: the offices of the roster, and planned procedures without data.

use crate::finding::{Lang, Text};
use crate::outcome::Outcome;

/// The roster and what is missing.
#[derive(Debug)]
pub struct Coverage {
    /// Offices of the roster, each with whether something of it was found.
    pub offices: Vec<(String, bool)>,
    /// What is missing: what it is, and its name.
    pub missing: Vec<(&'static str, String)>,
}

impl Coverage {
    /// How many offices of the roster sent something.
    pub fn present(&self) -> usize {
        self.offices.iter().filter(|(_, present)| *present).count()
    }
}

/// The coverage of an outcome.
pub fn of(outcome: &Outcome, lang: Lang) -> Coverage {
    let what = |what: &str| match what {
        "office" => Text::new("ufficio senza dati", "office without data").get(lang),
        _ => Text::new("procedimento senza dati", "procedure without data").get(lang),
    };
    Coverage {
        offices: outcome.roster.iter().map(|office| (office.name.clone(), !office.files.is_empty())).collect(),
        missing: outcome
            .consolidation
            .missing
            .iter()
            .map(|missing| (what(missing.what), missing.name.clone()))
            .collect(),
    }
}
