//! *Anomalie*: everything in the sheets that somebody must look at, with the place and the cure.

use super::style::{Align, Role, Shade};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use crate::finding::{Finding, Severity};
use crate::place::{Area, CellRef};
use crate::value::fold::fold;

/// The sheet's name, which formulas elsewhere refer to.
pub const NAME: &str = "Anomalie";
/// The column of the office.
pub const OFFICE: u32 = 2;
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
    for finding in sorted(view).into_iter().take(MOST) {
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

/// The findings by gravity, then by office, those of no office last; within an office as they come.
fn sorted<'a>(view: &View<'a>) -> Vec<&'a Finding> {
    let mut findings: Vec<&Finding> = view.outcome.findings.iter().collect();
    findings.sort_by_cached_key(|finding| {
        let office = office(view, finding).map(fold).unwrap_or_default();
        (finding.severity, office.is_empty(), office)
    });
    findings
}

/// The office that a finding is for, when the rows of its file name one.
pub fn office<'a>(view: &'a View, finding: &Finding) -> Option<&'a str> {
    view.offices.of_file(&finding.place.file)
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
    // The link is a short word: a long one is not wrapped by every program.
    let link = match (place.cell, &*place.file) {
        (Some(cell), _) => view.place(cell.to_string(), place),
        (None, "") => Cell::empty(),
        (None, _) => view.place(view.say("apri", "open"), place),
    };
    let mut message = finding.message(view.lang);
    for also in &finding.also {
        message.push_str(&format!("\n{} {also}", view.say("Vedi anche:", "See also:")));
    }
    vec![
        Cell::text(finding.severity.label().get(view.lang)).shade(shade).align(Align::Centre),
        Cell::text(finding.code.id).align(Align::Centre),
        Cell::text(office(view, finding).unwrap_or_default()),
        Cell::text(place.file.to_string()),
        Cell::text(place.sheet.as_deref().unwrap_or_default()),
        link.align(Align::Centre),
        Cell::text(message),
        Cell::text(finding.help(view.lang)),
    ]
}
