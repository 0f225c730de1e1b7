//! The legend below a table: what each colour that stands in it means; a table without colours needs none.

use std::collections::BTreeSet;

use super::style::{Role, Shade};
use super::table::TableSheet;
use super::view::View;

/// Adds the legend of the colours on the page.
pub fn append(view: &View, sheet: &mut TableSheet) {
    if !sheet.charts.is_empty() || sheet.printed_rows.is_some() {
        return;
    }
    let printed = sheet.printed() as usize;
    let cells = sheet.rows.iter().flat_map(|row| row.iter().take(printed));
    let shades: BTreeSet<Shade> = cells.map(|cell| cell.style.shade).filter(|shade| *shade != Shade::None).collect();
    let meant: Vec<_> = shades.into_iter().filter_map(|shade| Some((shade, meaning(view, shade)?))).collect();
    if meant.is_empty() {
        return;
    }
    sheet.across(view.say("Legenda dei colori:", "Colours:"), Role::Note);
    for (shade, meaning) in meant {
        let row = sheet.across(meaning, Role::Note);
        for cell in &mut sheet.rows[row as usize] {
            cell.style.shade = shade;
        }
    }
}

/// What a colour means; the verdict on the tolerance is said beside it.
pub fn meaning(view: &View, shade: Shade) -> Option<&'static str> {
    Some(match shade {
        Shade::None | Shade::Good => return None,
        Shade::Missing => view.say(
            "da completare – manca un valore dovuto: mostrato, non conteggiato",
            "to be completed – a value is due and missing: shown, not counted",
        ),
        Shade::Check => view.say(
            "da verificare – due fogli dicono cose diverse: vedi Anomalie",
            "to be checked – two sheets disagree: see Anomalie",
        ),
        Shade::NotCounted => view.say(
            "N.C. – non conteggiato: esce dal numeratore e dal denominatore",
            "N.C. – not counted: leaves both numerator and denominator",
        ),
        Shade::Error => view.say(
            "errore – un valore non è stato usato, o un dato può essere sbagliato; oppure oltre la tolleranza",
            "error – a value was not used, or a figure may be wrong; or beyond the tolerance",
        ),
        Shade::Warning => view.say("avviso – usato, da controllare", "warning – used, please look"),
    })
}
