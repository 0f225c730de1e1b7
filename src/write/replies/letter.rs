//! The letter to one office: a page that prints on A4 and reads well in an e-mail.
//!
//! Everything that is shown is a text of the template's, escaped there; styles stand in the elements, because mail
//! programs drop everything else. The marked cell is told by an arrow and a thick border too, not by its colour alone.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;

use super::Copy;
use super::desk::Desk;
use super::dossier::{Dossier, Item};
use super::phrases::{self, address, addressee, counted, gravity, place, say};
use super::standing::{owed, progress, some};
use super::windows::{self, Window};
use crate::finding::{Lang, Severity, shorten};
use crate::kinds::KINDS;
use crate::outcome::{Outcome, SheetSource};

/// More groups of findings than this are only counted: the copy and the workbook have them all.
const MOST_GROUPS: usize = 60;
/// More cells alike than this are only counted.
const MOST_ALIKE: usize = 12;
/// More files received than this are only counted.
const MOST_FILES: usize = 15;

/// What the template shows.
#[derive(Template)]
#[template(path = "letter.html")]
struct Letter<'a> {
    lang: &'static str,
    title: String,
    body: &'a str,
    greeting: String,
    opening: Vec<String>,
    progress: Vec<String>,
    owed: Vec<String>,
    heads: [&'static str; 3],
    received: Vec<ReceivedRow>,
    sections: Vec<Section>,
    record: String,
    copies: Vec<CopyLine>,
    back: Vec<&'static str>,
    language: Lang,
}

impl Letter<'_> {
    /// One of two texts of the template.
    fn say<'t>(&self, it: &'t str, en: &'t str) -> &'t str {
        say(self.language, it, en)
    }
}

/// One sheet that was received.
struct ReceivedRow {
    file: String,
    sheet: String,
    what: String,
    records: u32,
}

/// Errors or warnings.
struct Section {
    title: String,
    word: String,
    colour: &'static str,
    items: Vec<Entry>,
    more: String,
}

/// One finding, and those like it.
struct Entry {
    number: usize,
    place: String,
    state: &'static str,
    seen: String,
    cure: String,
    alike: String,
    window: Option<Window>,
    code: &'static str,
}

/// One marked-up copy, or why there is none.
struct CopyLine {
    file: String,
    name: String,
    address: String,
    why: String,
}

/// The page.
pub fn render(outcome: &Outcome, desk: &Desk, dossier: &Dossier<'_>, copies: &[Copy], lang: Lang) -> String {
    let figures = &outcome.consolidation;
    let mut number = 0;
    let mut sections = Vec::new();
    for severity in [Severity::Error, Severity::Warning] {
        sections.extend(section(dossier, desk, severity, &mut number, lang));
    }
    let letter = Letter {
        lang: say(lang, "it", "en"),
        title: format!(
            "{} {} – {}",
            say(lang, "Fogli di monitoraggio", "Monitoring sheets"),
            figures.year,
            addressee(dossier, lang)
        ),
        body: figures.body.as_deref().unwrap_or_default(),
        greeting: greeting(dossier, lang),
        opening: opening(outcome, dossier, lang),
        progress: progress(dossier, lang),
        owed: owed(dossier, lang),
        heads: ["File", say(lang, "Foglio", "Sheet"), say(lang, "Letto come", "Read as")],
        received: received(dossier, lang),
        sections,
        record: record(dossier, lang),
        copies: copies.iter().map(|copy| copy_line(copy, lang)).collect(),
        back: back(dossier, copies, lang),
        language: lang,
    };
    letter.render().expect("a template writes into memory, which does not fail")
}

fn greeting(dossier: &Dossier<'_>, lang: Lang) -> String {
    match (dossier.office, lang) {
        (Some(_), Lang::It) => format!("Spett.le {},", dossier.name),
        (Some(_), Lang::En) => format!("To {},", dossier.name),
        (None, _) => say(
            lang,
            "Per l’ufficio che cura il monitoraggio: di ciò che segue non si è capito quale ufficio debba rispondere.",
            "For the office that runs the monitoring: it is not known which office must answer for what follows.",
        )
        .to_owned(),
    }
}

fn opening(outcome: &Outcome, dossier: &Dossier<'_>, lang: Lang) -> Vec<String> {
    let year = outcome.consolidation.year;
    let mut lines = Vec::new();
    if dossier.office.is_some() && !dossier.received.is_empty() {
        let sheets = || dossier.received.iter().flat_map(|received| &received.sheets);
        let (files, count) = (dossier.received.len(), sheets().count());
        let records: usize = sheets().map(|sheet| sheet.records as usize).sum();
        let (files, sheets, rows) = (
            counted(files, "file", say(lang, "file", "files")),
            counted(count, say(lang, "foglio", "sheet"), say(lang, "fogli", "sheets")),
            counted(records, say(lang, "riga di dati", "row of data"), say(lang, "righe di dati", "rows of data")),
        );
        lines.push(match lang {
            Lang::It => format!("per il monitoraggio {year} abbiamo ricevuto e letto {files}, {sheets}, {rows}."),
            Lang::En => format!("for the monitoring of {year} we have received and read {files}, {sheets}, {rows}."),
        });
    }
    if dossier.absent {
        lines.push(match lang {
            Lang::It => {
                format!("per il monitoraggio {year} non abbiamo ancora ricevuto nessun foglio del vostro ufficio.")
            }
            Lang::En => format!("for the monitoring of {year} no sheet of your office has come yet."),
        });
    }
    if dossier.is_clear() {
        lines.push(
            say(
                lang,
                "Tutto a posto: non c’è nulla da correggere. Grazie.",
                "All is well: nothing must be corrected. Thank you.",
            )
            .to_owned(),
        );
    } else if dossier.items.iter().any(|item| item.finding.severity != Severity::Info) {
        let error = say(
            lang,
            "un errore è un valore non usato, o una cifra che può essere sbagliata",
            "an error is a value that was not used, or a figure that may be wrong",
        );
        let warning = say(
            lang,
            "un avviso è un valore usato, ma da controllare",
            "a warning is about a value that was used, but should be looked at",
        );
        let meant = [(Severity::Error, error), (Severity::Warning, warning)];
        let meant = meant.into_iter().filter(|(severity, _)| dossier.count(*severity) > 0).map(|(_, meaning)| meaning);
        let meant = meant.collect::<Vec<_>>().join("; ");
        lines.push(format!(
            "{} {}. ({}.)",
            say(lang, "Da sistemare:", "To be settled:"),
            gravity(dossier, lang),
            capital(&meant)
        ));
    }
    lines
}

fn received(dossier: &Dossier<'_>, lang: Lang) -> Vec<ReceivedRow> {
    let mut rows = Vec::new();
    for received in &dossier.received {
        let file = received.file.file.to_string();
        if received.sheets.is_empty() {
            rows.push(ReceivedRow {
                file,
                sheet: String::new(),
                what: say(lang, "non letto", "not read").to_owned(),
                records: 0,
            });
            continue;
        }
        for sheet in &received.sheets {
            rows.push(ReceivedRow {
                file: file.clone(),
                sheet: sheet.name.clone(),
                what: what(sheet, lang),
                records: sheet.records,
            });
        }
    }
    let more = rows.len().saturating_sub(MOST_FILES);
    if more > 0 {
        rows.truncate(MOST_FILES);
        let more = format!("{} {more}", say(lang, "… e altri", "… and more:"));
        rows.push(ReceivedRow { file: more, sheet: String::new(), what: String::new(), records: 0 });
    }
    rows
}

fn what(sheet: &SheetSource, lang: Lang) -> String {
    let kind = sheet.kind.filter(|_| sheet.records > 0).and_then(|id| KINDS.iter().find(|kind| kind.id == id));
    kind.map_or(say(lang, "non usato", "not used"), |kind| kind.title.get(lang)).to_owned()
}

/// Findings of one severity, those alike in one column told once; none when there is none.
fn section(dossier: &Dossier<'_>, desk: &Desk, severity: Severity, number: &mut usize, lang: Lang) -> Option<Section> {
    let groups = groups(dossier, severity);
    if groups.is_empty() {
        return None;
    }
    let more: usize = groups.iter().skip(MOST_GROUPS).map(Vec::len).sum();
    let items = groups.iter().take(MOST_GROUPS).map(|group| {
        *number += 1;
        entry(group, *number, desk, dossier, lang)
    });
    let (title, colour) = match severity {
        Severity::Error => (say(lang, "Errori: da correggere", "Errors: to be corrected"), "#a4141c"),
        _ => (say(lang, "Avvisi: da controllare", "Warnings: to be looked at"), "#7a5200"),
    };
    Some(Section {
        title: title.to_owned(),
        word: severity.label().get(lang).to_uppercase(),
        colour,
        items: items.collect(),
        more: match (more, lang) {
            (0, _) => String::new(),
            (_, Lang::It) => format!("… e altre {more}: sono tutte nella copia segnata e nell’elenco delle anomalie."),
            (_, Lang::En) => format!("… and {more} more: all are in the marked-up copy and in the list of findings."),
        },
    })
}

/// Findings alike: of one code, in one column of one sheet.
fn groups<'a, 'b>(dossier: &'b Dossier<'a>, severity: Severity) -> Vec<Vec<&'b Item<'a>>> {
    type Key<'a> = (&'a str, &'a Arc<str>, &'a Arc<str>, u32);
    let (mut groups, mut seen): (Vec<Vec<&Item<'a>>>, HashMap<Key<'_>, usize>) = (Vec::new(), HashMap::new());
    for item in dossier.items.iter().filter(|item| item.finding.severity == severity) {
        // One that names another place says something that its cell does not.
        let key = item.place.sheet.as_ref().zip(item.place.cell).filter(|_| item.finding.also.is_empty());
        let Some((sheet, cell)) = key else {
            groups.push(vec![item]);
            continue;
        };
        let at = *seen.entry((item.finding.code.id, &item.place.file, sheet, cell.col)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

fn entry(group: &[&Item<'_>], number: usize, desk: &Desk, dossier: &Dossier<'_>, lang: Lang) -> Entry {
    let first = group[0];
    let also = first.finding.also.iter().chain([&first.finding.place]).filter(|one| *one != first.place);
    let also: Vec<String> = also.map(|one| place(one, lang)).collect();
    let alike = if !also.is_empty() {
        format!("{} {}.", say(lang, "Riguarda anche:", "It also concerns:"), some(also.into_iter(), lang))
    } else {
        alike(&group[1..], lang)
    };
    Entry {
        number,
        place: capital(&place(first.place, lang)),
        state: state(group, lang),
        seen: capital(&first.finding.message(lang)),
        cure: capital(&first.finding.help(lang)),
        alike,
        // The one that has a window need not be the first that is this office's.
        window: group.iter().find_map(|item| windows::of(item, desk, dossier).filter(|_| item.place == first.place)),
        code: first.finding.code.id,
    }
}

/// Whether it was told before.
fn state(group: &[&Item<'_>], lang: Lang) -> &'static str {
    let new = group.iter().filter(|item| item.before == Some(false)).count();
    match (group[0].before, new) {
        (None, _) => "",
        (Some(_), 0) => say(lang, "ancora aperta", "still open"),
        (Some(_), new) if new == group.len() => say(lang, "nuova", "new"),
        _ => say(lang, "in parte nuova", "partly new"),
    }
}

/// The other cells, each with what is said of it when that differs.
fn alike(others: &[&Item<'_>], lang: Lang) -> String {
    if others.is_empty() {
        return String::new();
    }
    let cells: Vec<String> =
        others.iter().take(MOST_ALIKE).filter_map(|item| Some(item.place.cell?.to_string())).collect();
    let mut text = format!("{} {}", say(lang, "Lo stesso vale per:", "The same goes for:"), cells.join(", "));
    if others.len() > MOST_ALIKE {
        let more = others.len() - MOST_ALIKE;
        text.push_str(&match lang {
            Lang::It => format!(" e altre {more} celle della stessa colonna"),
            Lang::En => format!(" and {more} more cells of the same column"),
        });
    }
    text + "."
}

/// Notes for the record, in one line.
fn record(dossier: &Dossier<'_>, lang: Lang) -> String {
    let notes: Vec<_> = dossier.items.iter().filter(|item| item.finding.severity == Severity::Info).collect();
    if notes.is_empty() {
        return String::new();
    }
    let one = |item: &&Item<'_>| format!("{}: {}", place(item.place, lang), shorten(&item.finding.message(lang), 160));
    format!(
        "{} {}.",
        say(lang, "Solo per conoscenza, non serve fare nulla:", "For the record, nothing to do:"),
        some(notes.iter().map(one), lang)
    )
}

fn copy_line(copy: &Copy, lang: Lang) -> CopyLine {
    let why = copy.made.as_ref().err().map(|why| phrases::uncopied(*why, lang)).unwrap_or_default();
    CopyLine { file: copy.file.clone(), name: copy.name.clone(), address: address(&copy.name), why }
}

/// How to send it back.
fn back(dossier: &Dossier<'_>, copies: &[Copy], lang: Lang) -> Vec<&'static str> {
    if dossier.is_clear() || dossier.office.is_none() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if dossier.items.iter().any(|item| item.finding.severity != Severity::Info) {
        lines.push(say(
            lang,
            "Correggete il vostro file, non questa lettera, e salvatelo con lo stesso nome.",
            "Correct your own file, not this letter, and save it under the same name.",
        ));
    }
    if copies.iter().any(|copy| copy.made.is_ok()) {
        lines.push(say(lang, "La copia segnata mostra le celle colorate, con una nota: serve da guida, ma se preferite potete correggere e rimandare quella.", "The marked-up copy shows the cells in colour, with a note: it is a guide, but you may as well correct it and send it back."));
    }
    lines.push(say(
        lang,
        "Rimandate il file rispondendo a questo messaggio.",
        "Send the file back in answer to this message.",
    ));
    lines.push(say(
        lang,
        "Se un valore segnalato è giusto così com’è, scriveteci il perché.",
        "If a value is right as it is, write to us why.",
    ));
    lines
}

/// The text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
