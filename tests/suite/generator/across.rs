//! Traps that need more than one sheet, or a whole one: other years, hidden sheets, copies, conflicts, strangers.

use std::path::Path;

use rust_decimal::Decimal;

use crate::harness::grid::Cell;

use super::assemble::{Pair, Shelf, Wanted};
use super::draft::{Draft, Row, cells};
use super::folder::ghost;
use super::random::Rng;
use super::spell::{Medium, Style};
use super::truth::{Gravity, Need, Truth, Want};

/// Traps among the charter's sheets.
pub fn charter_traps(rng: &mut Rng, charters: &mut [Draft], shelf: &mut Shelf, year: i64) {
    if rng.chance(25) {
        let (mut old, mut wanted) = ghost(rng.pick(charters).clone(), "other year's sheet");
        rename_year(&mut old, year, year - 1);
        old.alone = false;
        old.zeros = false;
        old.file_name = None;
        if old.style.medium != Medium::Csv && rng.chance(50) {
            old.sheet_name = Some((year - 1).to_string());
        }
        if old.style.medium != Medium::Csv && rng.chance(40) {
            wanted.hidden = true;
            wanted.trap = "hidden sheet";
            old.sheet_name = Some("OLD".to_owned());
        }
        shelf.add_wanted(old, wanted);
    }
    if rng.chance(20) {
        let at = rng.below(charters.len());
        let draft = &mut charters[at];
        if draft.style.medium != Medium::Csv && draft.about.iter().any(|line| line.contains(&year.to_string())) {
            for line in &mut draft.about {
                *line = line.replace(&year.to_string(), &(year - 1).to_string());
            }
            draft.sheet_name = Some(year.to_string());
            draft.alone = true;
            shelf.last_years_title = Some(draft.about[0].clone());
        }
    }
    if rng.chance(40) {
        let at = rng.below(charters.len());
        twice(rng, &mut charters[at], shelf);
    }
}

fn rename_year(draft: &mut Draft, year: i64, other: i64) {
    let swap = |text: &mut String| {
        // Last year's columns must stay last year's: the older year moves first.
        *text = text.replace(&(year - 1).to_string(), &(other - 1).to_string());
        *text = text.replace(&year.to_string(), &other.to_string());
    };
    draft.about.iter_mut().for_each(swap);
    for column in &mut draft.columns {
        swap(&mut column.header);
    }
    draft.style.year = other;
}

/// One record of a sheet comes again in another file, with the same or with other values.
fn twice(rng: &mut Rng, draft: &mut Draft, shelf: &mut Shelf) {
    let year = draft.style.year.to_string();
    let dated = draft.about.iter().any(|line| line.contains(&year));
    if !draft.needs.is_empty() || !dated || draft.style.medium == Medium::Csv {
        return;
    }
    let known = |record: &super::draft::DraftRecord| {
        record.wants.iter().find_map(|(field, want, _)| match want {
            Want::Number(days) if *field == "measured_days" => Some(*days),
            _ => None,
        })
    };
    let candidates: Vec<usize> = (0..draft.records.len())
        .filter(|at| known(&draft.records[*at]).is_some_and(|days| days > Decimal::ONE))
        .collect();
    if candidates.is_empty() {
        return;
    }
    let at = *rng.pick(&candidates);
    let row = draft.records[at].row.expect("a row of the charter");
    let Row::Record(mut cells) = draft.rows[row].clone() else { return };
    let (mut copy, _) = ghost(draft.clone(), "");
    copy.rows.clear();
    copy.merge_down.clear();
    copy.file_name = None;
    let conflict = rng.chance(50);
    if conflict {
        let days = known(&draft.records[at]).expect("days") - Decimal::new(1, 1);
        cells.insert("measured".to_owned(), Cell::text(format!("{} gg", draft.style.plain(days))));
        draft.records[at].wants.push(("to_check", Want::Truth(true), vec![(Some(row), None)]));
    }
    copy.rows.push(Row::Record(cells));
    let trap = if conflict { "conflicting records" } else { "same record twice" };
    draft.choices.insert("twice", trap.to_owned());
    shelf.pairs.push(Pair { trap, copy, row, original: draft.about.clone(), conflict });
}

/// A sheet that no kind claims.
pub fn stranger(rng: &mut Rng, style: Style) -> Draft {
    let mut draft = Draft::new("stranger", style);
    draft.about.push("Prenotazioni della sala riunioni".to_owned());
    for (role, header) in [("room", "Sala"), ("who", "Prenotata da"), ("seats", "Posti"), ("screen", "Proiettore")] {
        draft.column(role, header);
    }
    for _ in 0..rng.range(3, 9) {
        draft.record(cells([
            ("room", Cell::text(*rng.pick(&["Sala Verde", "Sala Consiglio", "Saletta"]))),
            ("who", Cell::text(*rng.pick(super::words::PEOPLE))),
            ("seats", Cell::number(rng.range(4, 80) as f64)),
            ("screen", Cell::text(*rng.pick(&["a soffitto", "portatile"]))),
        ]));
    }
    draft.alone = true;
    draft
}

/// What a stranger's sheet must bring.
pub const STRANGER: Wanted = Wanted { trap: "sheet of no kind", absent: true, hidden: false };

/// A file comes twice, byte for byte.
pub fn copy_of_a_file(rng: &mut Rng, root: &Path, truth: &mut Truth) {
    let mut files: Vec<String> =
        truth.records.iter().map(|record| record.file.clone()).filter(|file| !file.is_empty()).collect();
    files.sort();
    files.dedup();
    let file = rng.pick(&files).clone();
    let name = file.rsplit('/').next().expect("a name");
    let copy = format!("zz copie/{name}");
    std::fs::create_dir_all(root.join("zz copie")).expect("folder of copies");
    std::fs::copy(root.join(&file), root.join(&copy)).expect("copied");
    truth.needs.push(Need {
        trap: "identical file",
        files: vec![file, copy],
        sheet: None,
        cells: Default::default(),
        gravity: Gravity::Info,
        mention: Vec::new(),
        absent: false,
        missing: None,
        choices: Default::default(),
    });
}
