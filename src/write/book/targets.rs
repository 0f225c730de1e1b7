//! *Target strategici*: the strategic targets with their result as stated and their score.

use super::style::{Align, Role};
use super::table::{Cell, Page, TableSheet};
use super::view::View;
use crate::score::{Status, Target};

/// The table.
pub fn table(view: &View) -> TableSheet {
    let page = Page { landscape: true, one_page: false };
    let widths = [12.0, 9.0, 64.0, 38.0, 13.0, 17.0];
    let mut sheet = TableSheet::new("Target strategici", page, &widths, &[62.0]);
    view.open(&mut sheet, view.say("TARGET STRATEGICI", "STRATEGIC TARGETS"));
    sheet.headers(&[
        view.say("OBIETTIVO", "OBJECTIVE"),
        "TARGET",
        view.say("DESCRIZIONE", "DESCRIPTION"),
        view.say("RISULTATO CONSEGUITO", "RESULT"),
        view.say("PUNTEGGIO", "SCORE"),
        view.say("STATO", "STATUS"),
        view.say("Fonte", "Source"),
    ]);
    let targets = &view.figures().targets;
    if targets.is_empty() {
        view.nothing(
            &mut sheet,
            view.say("Nessun target strategico trovato nei fogli.", "No strategic target was found in the sheets."),
        );
        return sheet;
    }
    for target in targets {
        sheet.push(cells(view, target));
    }
    sheet.across(
        view.say(
            "Riportato: il risultato è un testo o una variazione, non un punteggio; resta com’è scritto nel foglio.",
            "Reported: the result is a text or a variation, not a score; it stays as the sheet has it.",
        ),
        Role::Note,
    );
    sheet
}

fn cells(view: &View, target: &Target) -> Vec<Cell> {
    let shade = view.shade(target.status, target.to_check);
    let score = match target.status {
        Status::Reported => Cell::text("—").align(Align::Right),
        status => view.score(target.score.filter(|_| status == Status::Counted), status),
    };
    let printed = [
        Cell::text(&target.objective).align(Align::Centre),
        Cell::text(&target.target).align(Align::Centre),
        Cell::text(&target.description),
        Cell::text(&target.text),
        score,
        Cell::text(state(view, target)),
    ];
    let mut cells: Vec<Cell> = printed.into_iter().map(|cell| cell.shade(shade)).collect();
    cells.push(view.source(&target.sources));
    cells
}

fn state(view: &View, target: &Target) -> &'static str {
    match target.status {
        status if !view.mark(status, target.to_check).is_empty() => view.mark(status, target.to_check),
        Status::NotCounted => view.say("non conteggiato", "not counted"),
        Status::Reported => view.say("riportato", "reported"),
        Status::Counted | Status::Incomplete => view.say("con punteggio", "scored"),
    }
}
