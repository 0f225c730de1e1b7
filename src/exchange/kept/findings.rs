//! Findings of single files, as they are kept: the code, the place and the words in both languages, without the cells
//! around, which may name persons.

use serde::{Deserialize, Serialize};

use crate::finding::{Code, Finding, Findings, Lang, Severity, Word};
use crate::place::{CellRef, Place};

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptFinding {
    code: String,
    severity: String,
    place: KeptPlace,
    also: Vec<KeptPlace>,
    /// Name, Italian, English.
    words: Vec<(String, String, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptPlace {
    file: String,
    sheet: Option<String>,
    cell: Option<String>,
}

/// What is kept of findings.
pub fn keep(findings: &Findings) -> Vec<KeptFinding> {
    let word = |(name, word): &(&'static str, Word)| {
        ((*name).to_owned(), word.get(Lang::It).to_owned(), word.get(Lang::En).to_owned())
    };
    let one = |finding: &Finding| KeptFinding {
        code: finding.code.id.to_owned(),
        severity: finding.severity.id().to_owned(),
        place: KeptPlace::of(&finding.place),
        also: finding.also.iter().map(KeptPlace::of).collect(),
        words: finding.words.iter().map(word).collect(),
    };
    findings.iter().map(one).collect()
}

/// The findings again; none when one has a code that is not known.
pub fn give(kept: &[KeptFinding], codes: &[&'static Code]) -> Option<Findings> {
    let mut findings = Findings::default();
    for one in kept {
        findings.push(one.give(codes)?);
    }
    Some(findings)
}

impl KeptFinding {
    fn give(&self, codes: &[&'static Code]) -> Option<Finding> {
        let code = codes.iter().find(|code| code.id == self.code)?;
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        let severity = severities.into_iter().find(|severity| severity.id() == self.severity)?;
        // A word that no text of the code has a place for changes nothing.
        let words = self.words.iter().filter_map(|(name, it, en)| Some((place_of(code, name)?, both(it, en))));
        Some(Finding {
            words: words.collect(),
            also: self.also.iter().map(KeptPlace::give).collect::<Option<_>>()?,
            ..Finding::new(code, self.place.give()?).at(severity)
        })
    }
}

fn both(it: &str, en: &str) -> Word {
    if it == en { Word::Same(it.to_owned()) } else { Word::Both(it.to_owned(), en.to_owned()) }
}

/// The name of a place `{name}` in a code's texts.
fn place_of(code: &'static Code, name: &str) -> Option<&'static str> {
    [code.message.it, code.message.en, code.help.it, code.help.en]
        .into_iter()
        .flat_map(|text| text.split('{').skip(1))
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .find(|found| *found == name)
}

impl KeptPlace {
    fn of(place: &Place) -> Self {
        Self {
            file: place.file.to_string(),
            sheet: place.sheet.as_ref().map(ToString::to_string),
            cell: place.cell.map(|cell| cell.to_string()),
        }
    }

    fn give(&self) -> Option<Place> {
        let cell = match &self.cell {
            Some(text) => Some(CellRef::parse(text)?),
            None => None,
        };
        Some(Place { file: self.file.as_str().into(), sheet: self.sheet.as_deref().map(Into::into), cell })
    }
}
