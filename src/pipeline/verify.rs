//! `verify`: a finished workbook read as any file is, its tables recognised, its rows scored, its figures checked.

use std::collections::BTreeMap;

use super::{Read, file, origin};
use crate::finding::Findings;
use crate::kinds::table::Table;
use crate::recognise::vocabulary::Vocabulary;
use crate::recognise::{Subject, recognise};
use crate::score;
use crate::settings::Settings;
use crate::sheet::{Sheet, Visibility};
use crate::value::date::years;
use crate::verify::{self, Verification};

/// Checks an opened workbook; gives its sheets back for further comparisons.
pub fn verification(mut read: Read, settings: &Settings) -> (Verification, Vec<Sheet>, Findings) {
    let findings = std::mem::take(&mut read.findings);
    let vocabulary = Vocabulary::new(settings);
    let trends = take_trends(&mut read);
    let Some(opened) = &read.opened else { return (Verification::default(), Vec::new(), findings) };
    let sheets = &opened.sheets;
    let tables: Vec<Vec<Table>> = sheets
        .iter()
        .map(|sheet| match verify::own_table(&read.found.name, sheet) {
            Some(own) => vec![own],
            None => {
                recognise(&Subject { file: &read.found.name, sheet, year: settings.year, vocabulary: &vocabulary })
                    .tables
            }
        })
        .collect();
    let named = settings.year.or_else(|| voted(sheets, &tables));
    let mut unheard = Findings::default();
    let year = named.unwrap_or_else(|| origin::year_of_file(&read, settings, &mut unheard));
    let parsed = file::parse(&read, year, &vocabulary);
    let scored = score::consolidate(parsed.records, &parsed.names, None, year, settings, &mut unheard);
    // What it says of other years is no table of this one.
    let mut tables = tables;
    if let (Some((at, sheet)), Some(opened)) = (trends, &mut read.opened) {
        opened.sheets.insert(at, sheet);
        tables.insert(at, Vec::new());
    }
    let sheets = read.opened.as_ref().map_or(&[][..], |opened| &opened.sheets);
    let subject = verify::Subject { sheets, tables: &tables, scored: &scored, year: named, settings };
    let verification = verify::verify(&subject);
    (verification, read.opened.map(|opened| opened.sheets).unwrap_or_default(), findings)
}

/// Takes out our own sheet of figures over the years, with its place.
fn take_trends(read: &mut Read) -> Option<(usize, Sheet)> {
    let sheets = &mut read.opened.as_mut()?.sheets;
    let at = sheets.iter().position(|sheet| verify::is_trends(sheets, sheet))?;
    Some((at, sheets.remove(at)))
}

/// The year that the titles and names of most sheets give; of a tie the later.
fn voted(sheets: &[Sheet], tables: &[Vec<Table>]) -> Option<i16> {
    let mut votes: BTreeMap<i16, usize> = BTreeMap::new();
    for (sheet, tables) in sheets.iter().zip(tables).filter(|(sheet, _)| sheet.visibility == Visibility::Visible) {
        let titles = tables.iter().flat_map(|table| &table.context.titles).map(|(title, _)| title.as_str());
        let named = titles.chain([&*sheet.name]).find_map(|text| match years(text)[..] {
            [] => None,
            ref years => years.iter().max().copied(),
        });
        if let Some(year) = named {
            *votes.entry(year).or_default() += 1;
        }
    }
    votes.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}
