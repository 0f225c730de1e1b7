//! Which folder this is: copies of a file, the reporting year, the public body.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::Read;
use crate::delivery::{Ballot, Delivery};
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::form;
use crate::kinds::objectives::title_case;
use crate::place::Place;
use crate::recognise::header::is_year;
use crate::settings::{FILE_NAME, Settings};
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, CellText, Row, Sheet, Value, Visibility};
use crate::value::date::{self, from_serial, years, years_of_file, years_of_folders, years_of_texts, years_of_titles};
use crate::value::fold::{fold, words};
use crate::value::number;

/// Rows at the top of a sheet that can hold its title.
const TITLE_ROWS: u32 = 12;

/// `mercoledì 18 settembre 2019`, and some blanks.
const LONGEST_DATE: usize = 40;

/// Days that a message lists.
const MOST_DAYS: usize = 3;

/// The same file twice.
pub static SAME_FILE: Code = Code {
    id: "X004",
    slug: "same-file-twice",
    severity: Severity::Info,
    message: Text::new(
        "il file è identico a «{other}»: letto una volta sola",
        "the file is identical to \"{other}\": read only once",
    ),
    help: Text::new("non serve fare nulla; si può togliere la copia", "nothing needs doing; the copy can be removed"),
};

/// A folder whose year nobody names.
pub static YEAR_UNKNOWN: Code = Code {
    id: "X005",
    slug: "year-unknown",
    severity: Severity::Error,
    message: Text::new(
        "nessun foglio dice di quale anno è la cartella: usato {year}",
        "no sheet says of which year the folder is: {year} was used",
    ),
    help: Text::new(
        "scrivere in allegati.toml, sotto [body]: year = 2019",
        "write in allegati.toml, under [body]: year = 2019",
    ),
};

/// A folder whose year two groups of sheets dispute.
pub static YEAR_DISPUTED: Code = Code {
    id: "X006",
    slug: "year-disputed",
    severity: Severity::Warning,
    message: Text::new(
        "i fogli nominano anni diversi ({years}): usato {year}",
        "the sheets name different years ({years}): {year} was used",
    ),
    help: Text::new(
        "scrivere in allegati.toml, sotto [body]: year = {year}",
        "write in allegati.toml, under [body]: year = {year}",
    ),
};

/// A reference date that lies before the reporting year.
pub static EARLY_REFERENCE_DATE: Code = Code {
    id: "X035",
    slug: "reference-date-before-the-year",
    severity: Severity::Warning,
    message: Text::new(
        "la data di riferimento {date} viene prima del {year}: i termini del {year} non risultano scaduti",
        "the reference date {date} lies before {year}: no term of {year} counts as run out",
    ),
    help: Text::new(
        "correggere reference_date in allegati.toml, sotto [body]; senza, vale il 31 dicembre dell’anno",
        "correct reference_date in allegati.toml, under [body]; without it, 31 December of the year counts",
    ),
};

/// Days of closure of which none is of the reporting year.
pub static CLOSURES_OF_OTHER_YEARS: Code = Code {
    id: "X036",
    slug: "closures-of-other-years",
    severity: Severity::Warning,
    message: Text::new("nessun giorno di chiusura è del {year}: {dates}", "no day of closure is of {year}: {dates}"),
    help: Text::new(
        "scrivere in allegati.toml, sotto [body], le chiusure dell’anno: closures = […]",
        "write the closures of the year in allegati.toml, under [body]: closures = […]",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] =
    &[&SAME_FILE, &YEAR_UNKNOWN, &YEAR_DISPUTED, &EARLY_REFERENCE_DATE, &CLOSURES_OF_OTHER_YEARS];

/// Of files with their hashes (none for one that has nothing to take), which earlier one each is a copy of.
///
/// A blank form that lies in its own folder comes after all others: one sent back as it was is the office's, not a copy
/// of ours.
pub fn copies(files: &[(&str, Option<&str>)]) -> Vec<Option<usize>> {
    let (ours, others): (Vec<usize>, Vec<usize>) = (0..files.len()).partition(|at| form::is_in_folder(files[*at].0));
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut copies = vec![None; files.len()];
    for at in others.into_iter().chain(ours) {
        let Some(sha256) = files[at].1.filter(|sha256| !sha256.is_empty()) else { continue };
        let first = *known.entry(sha256).or_insert(at);
        copies[at] = (first != at).then_some(first);
    }
    copies
}

/// Says which files are copies; nothing of them is left.
pub fn tell_of_copies(files: &mut [Delivery], findings: &mut Findings) {
    let takes = |file: &Delivery| file.copy || !file.source.sheets.is_empty();
    let named = files.iter().map(|file| (&*file.source.file, takes(file).then_some(&*file.source.sha256)));
    let copies = copies(&named.collect::<Vec<_>>());
    for (at, first) in copies.into_iter().enumerate() {
        let Some(first) = first else { continue };
        let (file, other) = (files[at].source.file.clone(), files[first].source.file.clone());
        let finding = Finding::new(&SAME_FILE, Place::file(&file)).with("other", other.to_string());
        findings.push(finding.and(Place::file(&other)));
        files[at].become_copy();
    }
}

/// What the sheets of a file say of the year and of the body.
pub fn ballot(read: &Read) -> Ballot {
    let mut ballot = Ballot::default();
    for sheet in visible(read) {
        let mut titled = years_of_titles(above_header(sheet).iter().map(CellText::as_str));
        let of_name = years_of_titles(std::iter::once(&*sheet.name));
        if titled.is_empty() {
            titled = years_of_texts(own_titles(sheet, TITLE_ROWS).iter().map(CellText::as_str));
        }
        // Of the years of a plan the sheet's name says which it is.
        let of_plan = of_name.iter().filter(|year| titled.len() > 1 && titled.contains(year)).max();
        let named = of_plan.or(titled.iter().max()).or(of_name.iter().max()).copied();
        let of_file = || years_of_file(&read.found.name).into_iter().max();
        if let Some(year) = named.or_else(of_file) {
            *ballot.years.entry(year).or_default() += 1;
        } else if let Some(year) = years_of_folders(&read.found.name).into_iter().max() {
            *ballot.folders.entry(year).or_default() += 1;
        }
        ballot
            .bodies
            .extend(titles(sheet).iter().find_map(|title| title.lines().find_map(body_in)).into_iter().flatten());
    }
    ballot
}

/// Adds what the cells of a file say of the year: for want of titles that do, and for an export.
pub fn count_dates(read: &Read, ballot: &mut Ballot) {
    for sheet in visible(read) {
        let rows = || sheet.rows.iter().take(500);
        // `Totale 2019 | 3.272.845,34`: years of records, as a column of years.
        for label in rows().filter(|row| row.len() <= 3 && has_figure(sheet, *row)).filter_map(label_of) {
            let named = years_of_texts(std::iter::once(label.as_str()).filter(|label| !is_of_plan(label)));
            named.into_iter().for_each(|year| *ballot.numbers.entry(year).or_default() += 1);
        }
        for cell in rows().flat_map(Row::cells) {
            match cell.value {
                Value::Number(serial) if sheet.format(cell).kind == FormatKind::Date => {
                    let day = from_serial(serial, sheet.date_1904);
                    day.into_iter().for_each(|day| *ballot.dates.entry(day.year()).or_default() += 1);
                }
                Value::Number(number) if is_year(number) => {
                    *ballot.numbers.entry(number as i16).or_default() += 1;
                }
                Value::Text(text) => {
                    dated(&text).into_iter().for_each(|year| *ballot.dates.entry(year).or_default() += 1);
                }
                _ => {}
            }
        }
        // The records below it can name any year.
        let header = sheet.rows.iter().take_while(|row| row.index < TITLE_ROWS).find(|row| may_be_header(*row));
        let texts = header.into_iter().flat_map(|row| row.texts(true)).filter(|(_, text)| !is_of_forecast(text));
        for year in texts.flat_map(|(_, text)| years(&text)) {
            *ballot.numbers.entry(year).or_default() += 1;
        }
    }
}

/// Whether a row may be the header of a table: at least three cells, all of them texts.
fn may_be_header(row: Row<'_>) -> bool {
    row.len() >= 3 && row.is_of_texts_and(|_| false)
}

/// Whether a header is of what was expected of a year, which may be a later one.
fn is_of_forecast(header: &str) -> bool {
    words(header).iter().any(|word| ["previs", "prevent", "budget"].iter().any(|stem| word.starts_with(stem)))
}

/// Whether the label of a figure is of what was expected or is aimed at.
fn is_of_plan(label: &str) -> bool {
    let aims = ["stim", "target", "obiettiv"];
    is_of_forecast(label) || words(label).iter().any(|word| aims.iter().any(|stem| word.starts_with(stem)))
}

/// The first text of a row.
fn label_of(row: Row<'_>) -> Option<CellText<'_>> {
    row.cells().find_map(Cell::text)
}

/// Whether a row has a figure in it, which is no title's: a number that is no year and no day, or a formula's without result.
fn has_figure(sheet: &Sheet, row: Row<'_>) -> bool {
    row.cells().any(|cell| match cell.value {
        Value::Number(number) => !is_year(number) && sheet.format(cell).kind != FormatKind::Date,
        Value::Text(text) => {
            let text = text.trim().trim_end_matches('%');
            number::scan(text).is_some() && !text.parse().is_ok_and(is_year)
        }
        Value::Blank | Value::Error(_) => true,
        Value::Bool(_) => false,
    })
}

/// The year of a date written as text, when it is written out: `3.1.19` is more often a code.
fn dated(text: &str) -> Option<i16> {
    if text.len() > LONGEST_DATE || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let year = date::parse(text, 2000).ok()?.year();
    text.contains(&year.to_string()).then_some(year)
}

/// The year that the name of a folder names.
pub fn year_of_folder(folder: &Path) -> Option<i16> {
    folder.file_name().map(|name| years(&name.to_string_lossy())).unwrap_or_default().into_iter().max()
}

/// The reporting year and the body: from the settings, else what most sheets name.
pub fn year_and_body(
    ballots: &[&Ballot],
    of_folder: Option<i16>,
    settings: &Settings,
    findings: &mut Findings,
) -> (i16, Option<String>) {
    let year = settings.year.unwrap_or_else(|| voted_year(ballots, of_folder, findings));
    let body = settings.body.clone().or_else(|| voted_body(ballots));
    (year, body)
}

/// Says which days of the settings cannot be meant for the reporting year.
pub fn tell_of_days(year: i16, settings: &Settings, findings: &mut Findings) {
    let said = |code| Finding::new(code, Place::file(&FILE_NAME.into())).with("year", year.to_string());
    if let Some(date) = settings.reference_date.filter(|date| date.year() < year) {
        findings.push(said(&EARLY_REFERENCE_DATE).with("date", date.to_string()));
    }
    let closures = &settings.closures;
    if !closures.is_empty() && closures.iter().all(|day| day.year() != year) {
        let days: Vec<String> = closures.iter().take(MOST_DAYS).map(ToString::to_string).collect();
        let more = if closures.len() > MOST_DAYS { ", …" } else { "" };
        findings.push(said(&CLOSURES_OF_OTHER_YEARS).with("dates", days.join(", ") + more));
    }
}

/// Whether no file could be read, as their own errors say: none of them is to blame for a year that nobody names.
pub fn is_unread(files: &[Delivery]) -> bool {
    let told = |file: &Delivery| file.opening.count(Severity::Error) > 0;
    files.iter().all(|file| file.source.sheets.is_empty() && !file.copy) && files.iter().any(told)
}

/// The reporting year of a file that stands alone.
pub fn year_of_file(read: &Read, settings: &Settings, findings: &mut Findings) -> i16 {
    let mut ballot = ballot(read);
    count_dates(read, &mut ballot);
    year_and_body(&[&ballot], None, settings, findings).0
}

fn visible(read: &Read) -> impl Iterator<Item = &Sheet> {
    let sheets = read.opened.iter().flat_map(|opened| &opened.sheets);
    sheets.filter(|sheet| sheet.visibility == Visibility::Visible && !sheet.rows.is_empty() && !form::is_sealed(sheet))
}

/// Texts at the top of a sheet.
fn titles(sheet: &Sheet) -> Vec<CellText<'_>> {
    top_rows(sheet, TITLE_ROWS).flat_map(Row::cells).filter_map(Cell::text).collect()
}

/// Those of them that stand above the first header: what stands below it is of records, which can name any year.
fn above_header(sheet: &Sheet) -> Vec<CellText<'_>> {
    let mut top = sheet.rows.iter().take_while(|row| row.index < TITLE_ROWS);
    let header = top.find(|row| may_be_header(*row)).map_or(TITLE_ROWS, |row| row.index);
    own_titles(sheet, header)
}

/// Texts above a row that are no labels of figures.
fn own_titles(sheet: &Sheet, end: u32) -> Vec<CellText<'_>> {
    top_rows(sheet, end).filter(|row| !has_figure(sheet, *row)).flat_map(Row::cells).filter_map(Cell::text).collect()
}

fn top_rows(sheet: &Sheet, end: u32) -> impl Iterator<Item = Row<'_>> {
    sheet.rows.iter().take_while(move |row| row.index < end).filter(|row| row.len() <= 3)
}

fn voted_year(ballots: &[&Ballot], of_folder: Option<i16>, findings: &mut Findings) -> i16 {
    let mut votes = summed(ballots.iter().map(|ballot| &ballot.years));
    if votes.is_empty() && of_folder.is_none() {
        votes = summed(ballots.iter().map(|ballot| &ballot.folders));
    }
    let most = votes.values().max().copied().unwrap_or(0);
    let leaders: Vec<i16> = votes.iter().filter(|(_, count)| **count == most).map(|(year, _)| *year).collect();
    let tied = of_folder.filter(|year| leaders.contains(year)).or(leaders.last().copied());
    if let Some(year) = tied {
        if votes.iter().any(|(other, count)| *other != year && count * 2 > most) {
            let years = votes.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            findings.push(
                Finding::new(&YEAR_DISPUTED, Place::file(&".".into()))
                    .with("years", years)
                    .with("year", year.to_string()),
            );
        }
        return year;
    }
    if let Some(year) = of_folder {
        return year;
    }
    let dated = year_of_dates(ballots);
    if let (Some(year), false) = dated {
        return year;
    }
    let year = dated.0.unwrap_or(2000);
    findings.push(Finding::new(&YEAR_UNKNOWN, Place::file(&".".into())).with("year", year.to_string()));
    year
}

fn summed<'a>(counts: impl Iterator<Item = &'a BTreeMap<i16, u32>>) -> BTreeMap<i16, u32> {
    let mut sum: BTreeMap<i16, u32> = BTreeMap::new();
    counts.flatten().for_each(|(year, count)| *sum.entry(*year).or_default() += count);
    sum
}

/// The year that most dates are of, and whether another has nearly as many.
fn year_of_dates(ballots: &[&Ballot]) -> (Option<i16>, bool) {
    let votes = summed(ballots.iter().map(|ballot| &ballot.dates));
    let named = summed(ballots.iter().map(|ballot| &ballot.numbers));
    if votes.is_empty() {
        // A column of years: the latest is the one reported on.
        return (named.keys().max().copied(), named.is_empty());
    }
    let best = votes.iter().max_by_key(|(year, count)| (**count, **year)).map(|(year, count)| (*year, *count));
    let disputed =
        best.is_none_or(|(year, count)| votes.iter().any(|(other, others)| *other != year && others * 2 > count));
    (best.map(|(year, _)| year), disputed)
}

/// How the names of public bodies begin, folded.
const BODIES: &[&str] = &[
    "camera di commercio",
    "cciaa ",
    "comune di",
    "provincia di",
    "regione ",
    "citta metropolitana",
    "universita ",
    "unione ",
    "azienda ",
    "consorzio ",
    "camera valdostana",
    "istituto ",
    "agenzia ",
    "autorita ",
    "ente parco",
    "comunita montana",
    "camera arbitrale",
];

/// The body that most titles name.
fn voted_body(ballots: &[&Ballot]) -> Option<String> {
    let mut votes: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for name in ballots.iter().flat_map(|ballot| &ballot.bodies) {
        votes.entry(fold(name)).or_insert((0, name.clone())).0 += 1;
    }
    // `Pistoia - Prato` is one name when more than one sheet says so and none says only the half of it.
    let whole = |name: &String, count: u32| {
        let more = votes.values().any(|(other, name_of)| {
            *other == count && count > 1 && name_of.len() > name.len() && name_of.starts_with(name.as_str())
        });
        !more
    };
    let kept: Vec<(u32, String)> = votes.values().filter(|(count, name)| whole(name, *count)).cloned().collect();
    kept.into_iter().max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1))).map(|(_, name)| title_case(&name))
}

/// `CAMERA DI COMMERCIO DI LUCCA – Ufficio Ragioneria` → `CAMERA DI COMMERCIO DI LUCCA`, and the name with what stands
/// behind the dash.
fn body_in(line: &str) -> Option<Vec<String>> {
    let folded = fold(line);
    if !BODIES.iter().any(|body| folded.starts_with(body)) || line.chars().count() > 120 {
        return None;
    }
    let ends = |from: usize| {
        let marks = [" - ", " – ", " — ", ":", ";", " | ", " ("].iter();
        marks.filter_map(|mark| line[from..].find(mark).map(|at| from + at)).min().unwrap_or(line.len())
    };
    let end = ends(0);
    let further = line[end..].starts_with(" - ").then(|| ends(end + 3));
    Some([Some(end), further].into_iter().flatten().map(|end| line[..end].trim().to_owned()).collect())
}
