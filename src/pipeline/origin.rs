//! Which folder this is: copies of a file, the reporting year, the public body.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::Read;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::form;
use crate::kinds::objectives::title_case;
use crate::place::Place;
use crate::recognise::header::is_year;
use crate::settings::Settings;
use crate::sheet::format::FormatKind;
use crate::sheet::{Sheet, Value, Visibility};
use crate::value::date::{from_serial, years};
use crate::value::fold::fold;

/// Rows at the top of a sheet that can hold its title.
const TITLE_ROWS: u32 = 12;

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

/// The codes of this module.
pub static CODES: &[&Code] = &[&SAME_FILE, &YEAR_UNKNOWN, &YEAR_DISPUTED];

/// Takes the sheets from every file whose bytes came before.
pub fn drop_copies(reads: &mut [Read], findings: &mut Findings) {
    let mut known: HashMap<String, std::sync::Arc<str>> = HashMap::new();
    // A form sent back as it was is the office's, not a copy of ours.
    let (ours, others): (Vec<&mut Read>, Vec<&mut Read>) =
        reads.iter_mut().partition(|read| form::is_in_folder(&read.found.name));
    for read in others.into_iter().chain(ours) {
        let Some(opened) = read.opened.as_mut().filter(|opened| !opened.sha256.is_empty() && !opened.sheets.is_empty())
        else {
            continue;
        };
        if let Some(first) = known.get(&opened.sha256) {
            let finding = Finding::new(&SAME_FILE, Place::file(&read.found.name)).with("other", first.to_string());
            findings.push(finding.and(Place::file(first)));
            opened.sheets.clear();
        } else {
            known.insert(opened.sha256.clone(), read.found.name.clone());
        }
    }
}

/// The reporting year and the body: from the settings, else what most sheets name.
pub fn year_and_body(
    reads: &[Read],
    folder: &Path,
    settings: &Settings,
    findings: &mut Findings,
) -> (i16, Option<String>) {
    let year = settings.year.unwrap_or_else(|| voted_year(reads, folder, findings));
    let body = settings.body.clone().or_else(|| voted_body(reads));
    (year, body)
}

fn visible(reads: &[Read]) -> impl Iterator<Item = (&Read, &Sheet)> {
    let sheets = reads.iter().flat_map(|read| {
        read.opened.iter().flat_map(move |opened| opened.sheets.iter().map(move |sheet| (read, sheet)))
    });
    sheets.filter(|(_, sheet)| {
        sheet.visibility == Visibility::Visible && !sheet.rows.is_empty() && !form::is_sealed(sheet)
    })
}

/// Texts at the top of a sheet.
fn titles(sheet: &Sheet) -> impl Iterator<Item = &str> {
    let rows = sheet.rows.iter().take_while(|row| row.index < TITLE_ROWS).filter(|row| row.cells.len() <= 3);
    rows.flat_map(|row| &row.cells)
        .filter_map(|cell| if let Value::Text(text) = &cell.value { Some(&**text) } else { None })
}

fn voted_year(reads: &[Read], folder: &Path, findings: &mut Findings) -> i16 {
    let mut votes: BTreeMap<i16, u32> = BTreeMap::new();
    for (read, sheet) in visible(reads) {
        let named = titles(sheet).flat_map(years).max().or_else(|| years(&sheet.name).into_iter().max());
        if let Some(year) = named.or_else(|| years(&read.found.name).into_iter().max()) {
            *votes.entry(year).or_default() += 1;
        }
    }
    let of_folder = folder.file_name().map(|name| years(&name.to_string_lossy())).unwrap_or_default().into_iter().max();
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
    let dated = year_of_dates(reads);
    if let (Some(year), false) = dated {
        return year;
    }
    let year = dated.0.unwrap_or(2000);
    findings.push(Finding::new(&YEAR_UNKNOWN, Place::file(&".".into())).with("year", year.to_string()));
    year
}

/// The year that most dates are of, and whether another has nearly as many.
fn year_of_dates(reads: &[Read]) -> (Option<i16>, bool) {
    let mut votes: BTreeMap<i16, u32> = BTreeMap::new();
    let mut named: BTreeMap<i16, u32> = BTreeMap::new();
    for (_, sheet) in visible(reads) {
        for cell in sheet.rows.iter().take(500).flat_map(|row| &row.cells) {
            if let Value::Number(serial) = cell.value {
                if sheet.format(cell).kind == FormatKind::Date {
                    if let Some(day) = from_serial(serial, sheet.date_1904) {
                        *votes.entry(day.year()).or_default() += 1;
                    }
                } else if is_year(serial) {
                    *named.entry(serial as i16).or_default() += 1;
                }
            }
        }
    }
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
fn voted_body(reads: &[Read]) -> Option<String> {
    let mut votes: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for (_, sheet) in visible(reads) {
        let named = titles(sheet).flat_map(str::lines).find_map(body_in);
        for name in named.into_iter().flatten() {
            let entry = votes.entry(fold(&name)).or_insert((0, name));
            entry.0 += 1;
        }
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
