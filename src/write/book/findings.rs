//! *Anomalie*: everything in the sheets that somebody must look at, with the place and the cure.

use super::style::{Align, Role, Shade};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use crate::finding::{Finding, Severity};
use crate::place::{Area, CellRef};

/// The sheet's name, which formulas elsewhere refer to.
pub const NAME: &str = "Anomalie";
/// More findings than this are only in the JSON: nobody reads them here, and a sheet has an end.
const MOST: usize = 10_000;

/// The table.
pub fn table(view: &View) -> TableSheet {
    let page = Page { landscape: true, one_page: false };
    let mut sheet = TableSheet::new(NAME, page, &[10.0, 9.0, 21.0, 25.0, 14.0, 8.0, 42.0, 36.0], &[]);
    view.open(&mut sheet, view.say("ANOMALIE", "FINDINGS"));
    let header = sheet.headers(&[
        view.say("GRAVITÀ", "SEVERITY"),
        view.say("CODICE", "CODE"),
        view.say("UFFICIO", "OFFICE"),
        "FILE",
        view.say("FOGLIO", "SHEET"),
        view.say("CELLA", "CELL"),
        view.say("MESSAGGIO", "MESSAGE"),
        view.say("COSA FARE", "WHAT TO DO"),
    ]);
    if view.outcome.findings.is_empty() {
        sheet.across(
            view.say(
                "Nessuna anomalia: tutti i fogli sono stati letti senza osservazioni.",
                "No finding: all sheets were read without remarks.",
            ),
            Role::Body,
        );
        return sheet;
    }
    for finding in view.outcome.findings.iter().take(MOST) {
        sheet.push(cells(view, finding));
    }
    let last = CellRef::new(sheet.next_row() - 1, sheet.printed() - 1);
    sheet.filter = Some(Area { first: CellRef::new(header, 0), last });
    if let Some(more) = view.outcome.findings.len().checked_sub(MOST).filter(|more| *more > 0) {
        sheet.across(
            format!("{} {more}", view.say("Altre anomalie, nel file JSON:", "More findings, in the JSON file:")),
            Role::Note,
        );
    }
    sheet
}

/// The rows in which findings stand, for formulas that count them; none when there is none, or not all are there.
pub fn severities(view: &View) -> Option<(u32, u32)> {
    // Title, body and header come before.
    let count = view.outcome.findings.len();
    (1..=MOST).contains(&count).then_some((3, 2 + count as u32))
}

fn cells(view: &View, finding: &Finding) -> Vec<Cell> {
    let shade = match finding.severity {
        Severity::Error => Shade::Error,
        Severity::Warning => Shade::Warning,
        Severity::Info => Shade::None,
    };
    let place = &finding.place;
    let link = |text: String| if text.is_empty() { Cell::empty() } else { view.place(text, place) };
    let mut message = finding.message(view.lang);
    for also in &finding.also {
        message.push_str(&format!("\n{} {also}", view.say("Vedi anche:", "See also:")));
    }
    vec![
        Cell::text(finding.severity.label().get(view.lang)).shade(shade).align(Align::Centre),
        Cell::text(finding.code.id).align(Align::Centre),
        Cell::text(view.offices.of_file(&place.file).unwrap_or_default()),
        link(place.file.to_string()),
        Cell::text(place.sheet.as_deref().unwrap_or_default()),
        link(place.cell.map(|cell| cell.to_string()).unwrap_or_default()).align(Align::Centre),
        Cell::text(message),
        Cell::text(finding.help(view.lang)),
    ]
}
