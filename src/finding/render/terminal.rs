//! Findings as a compiler would show them, but for a spreadsheet.
//!
//! Needs sorted findings; gives text for a terminal of some width: errors and warnings whole, each with its window of
//! cells, the cell underlined and the cure, those alike told in one; notes for the record one line each. [`summary`]
//! is the line that closes a run.

mod group;
mod style;
mod window;

use std::time::Duration;

use super::super::{Finding, Findings, Lang, Severity, Text};
use crate::place::{Place, column_letters};
use group::Group;
pub use style::clean;
use style::{Style, wrapped};

/// How many places alike are listed before the rest is only counted.
const MOST_PLACES: usize = 12;

/// All findings, errors first; empty when there is none.
pub fn render(findings: &Findings, lang: Lang, colour: bool, width: usize) -> String {
    let page = Page { lang, style: Style { colour }, width: width.max(40) };
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning] {
        for group in group::whole(findings, severity) {
            text.push_str(&page.block(&group));
            text.push('\n');
        }
    }
    let notes = group::compact(findings, Severity::Info);
    for group in &notes {
        text.push_str(&page.line(group));
    }
    if !notes.is_empty() {
        text.push('\n');
    }
    text
}

/// What a run read and wrote, for its closing line.
#[derive(Debug, Clone, Copy)]
pub struct Totals<'a> {
    /// Files read.
    pub files: usize,
    /// Sheets in them.
    pub sheets: usize,
    /// Records in those.
    pub records: usize,
    /// The workbook that was written, when one was.
    pub workbook: Option<&'a str>,
    /// How long it took.
    pub elapsed: Duration,
}

/// The closing line: what was read, what was found, where the workbook is, how long it took.
///
/// ```
/// use allegati::finding::{Findings, Lang, render::terminal::{Totals, summary}};
/// let totals = Totals { files: 2, sheets: 1, records: 7, workbook: None, elapsed: std::time::Duration::from_millis(120) };
/// let line = summary(&totals, &Findings::default(), Lang::It, false);
/// assert_eq!(line, "2 file, 1 foglio, 7 record: nessun errore, nessun avviso, nessuna nota. Tempo: 0,12 s\n");
/// ```
pub fn summary(totals: &Totals<'_>, findings: &Findings, lang: Lang, colour: bool) -> String {
    let style = Style { colour };
    let files = count(totals.files, lang, &FILES);
    let sheets = count(totals.sheets, lang, &SHEETS);
    let records = count(totals.records, lang, &RECORDS);
    let found = [(Severity::Error, &ERRORS), (Severity::Warning, &WARNINGS), (Severity::Info, &NOTES)];
    let found = found.map(|(severity, words)| {
        let number = findings.count(severity);
        let text = count(number, lang, words);
        if number == 0 { text } else { style.severity(severity, &text) }
    });
    let seconds = format!("{:.2}", totals.elapsed.as_secs_f64());
    let mut line = format!("{files}, {sheets}, {records}: {}.", found.join(", "));
    if let Some(workbook) = totals.workbook {
        let label = Text::new("Cartella di lavoro", "Workbook").get(lang);
        line.push_str(&format!(" {label}: {}.", style.bold(&clean(workbook))));
    }
    let time = match lang {
        Lang::It => format!(" Tempo: {} s\n", seconds.replace('.', ",")),
        Lang::En => format!(" Time: {seconds} s\n"),
    };
    line + &time
}

/// None, one, and the word for many.
type Words = [Text; 3];
const FILES: Words = [Text::new("nessun file", "no files"), Text::new("1 file", "1 file"), Text::new("file", "files")];
const SHEETS: Words =
    [Text::new("nessun foglio", "no sheets"), Text::new("1 foglio", "1 sheet"), Text::new("fogli", "sheets")];
const RECORDS: Words =
    [Text::new("nessun record", "no records"), Text::new("1 record", "1 record"), Text::new("record", "records")];
const ERRORS: Words =
    [Text::new("nessun errore", "no errors"), Text::new("1 errore", "1 error"), Text::new("errori", "errors")];
const WARNINGS: Words =
    [Text::new("nessun avviso", "no warnings"), Text::new("1 avviso", "1 warning"), Text::new("avvisi", "warnings")];
const NOTES: Words = [Text::new("nessuna nota", "no notes"), Text::new("1 nota", "1 note"), Text::new("note", "notes")];

fn count(number: usize, lang: Lang, words: &Words) -> String {
    match number {
        0 | 1 => words[number].get(lang).to_owned(),
        _ => format!("{number} {}", words[2].get(lang)),
    }
}

struct Page {
    lang: Lang,
    style: Style,
    width: usize,
}

impl Page {
    fn text(&self, it: &'static str, en: &'static str) -> &'static str {
        Text::new(it, en).get(self.lang)
    }

    fn label(&self, finding: &Finding) -> String {
        format!("{}[{}]", finding.severity.label().get(self.lang), finding.code.id)
    }

    /// A finding with its window, its cure and the places alike.
    fn block(&self, group: &Group<'_>) -> String {
        let finding = group.first;
        let label = self.label(finding);
        let message = wrapped(&clean(&finding.message(self.lang)), self.width, label.chars().count() + 1, 2);
        let mut text = format!("{} {}\n", self.style.severity(finding.severity, &label), self.style.bold(&message));
        text.push_str(&format!("  {} {}\n", self.style.frame("-->"), self.place(finding)));
        if let Some(excerpt) = &finding.excerpt {
            text.push_str(&window::draw(excerpt, finding.severity, self.style, self.width));
        }
        self.note(&mut text, self.text("anche in", "also in"), &also(finding));
        self.note(&mut text, self.text("aiuto", "help"), &clean(&finding.help(self.lang)));
        self.note(&mut text, self.text("lo stesso in", "the same in"), &self.others(group));
        text
    }

    /// A note for the record.
    fn line(&self, group: &Group<'_>) -> String {
        let finding = group.first;
        let label = self.style.severity(finding.severity, &self.label(finding));
        let mut line = format!("{label} {}: {}", clean(&finding.place.to_string()), clean(&finding.message(self.lang)));
        for (name, places) in [
            (self.text("anche in", "also in"), also(finding)),
            (self.text("lo stesso in", "the same in"), self.others(group)),
        ] {
            if !places.is_empty() {
                line.push_str(&format!(" ({name}: {places})"));
            }
        }
        line + "\n"
    }

    fn place(&self, finding: &Finding) -> String {
        let place = clean(&finding.place.to_string());
        let (Some(cell), Some(excerpt)) = (finding.place.cell, &finding.excerpt) else { return place };
        let Some((area, header)) = &excerpt.header else { return place };
        let column = column_letters(cell.col);
        let header = style::cut(&clean(header), 60);
        match self.lang {
            Lang::It => format!("{place}  (colonna {column}, intestazione {area} «{header}»)"),
            Lang::En => format!("{place}  (column {column}, header {area} “{header}”)"),
        }
    }

    fn note(&self, text: &mut String, label: &str, what: &str) {
        if !what.is_empty() {
            let what = wrapped(what, self.width, label.chars().count() + 6, 4);
            text.push_str(&format!("  {} {}: {what}\n", self.style.frame("="), self.style.bold(label)));
        }
    }

    fn others(&self, group: &Group<'_>) -> String {
        let (mut places, rest) = group.others(MOST_PLACES);
        if rest > 0 {
            let more = match (self.lang, rest) {
                (Lang::It, 1) => "e un altro".to_owned(),
                (Lang::It, _) => format!("e altri {rest}"),
                (Lang::En, 1) => "and another".to_owned(),
                (Lang::En, _) => format!("and {rest} others"),
            };
            return format!("{} {more}", places.join(", "));
        }
        match places.pop() {
            Some(last) if places.is_empty() => last,
            Some(last) => format!("{}, {last}", places.join(", ")),
            None => String::new(),
        }
    }
}

/// The other places of a finding; inside the same file only sheet and cell, inside the same sheet only the cell.
fn also(finding: &Finding) -> String {
    let short = |place: &Place| match (&place.sheet, place.cell) {
        _ if place.file != finding.place.file => place.to_string(),
        (Some(_), Some(cell)) if place.sheet == finding.place.sheet => cell.to_string(),
        (Some(sheet), Some(cell)) => format!("{sheet} › {cell}"),
        _ => place.to_string(),
    };
    finding.also.iter().map(|place| clean(&short(place))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
