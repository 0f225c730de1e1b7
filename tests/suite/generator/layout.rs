//! Gives a draft its place in a sheet, drawing the layout: where the header stands, on how many rows, in which order,
//! what stands between and around the records.

use std::collections::BTreeMap;

use crate::harness::grid::{Cell, Sheet};

use super::draft::{Column, Draft, Placed, Row};
use super::random::Rng;
use super::spell::{Medium, Numbers};

const EXTRA: &[(&str, &[&str])] = &[
    ("Telefono interno", &["0999 111", "0999 112", "0999 113"]),
    ("Rif. normativo", &["L. 580/1993", "D.Lgs. 219/2016", "D.P.R. 445/2000"]),
    ("Canale", &["sportello", "PEC", "telematico"]),
    ("Modulistica", &["mod. A1", "mod. B", "on line"]),
    ("Fascicolo", &["F-AA", "F-BB", "F-CC"]),
    ("Area dirigenziale", &["Area I", "Area II"]),
];
const FOOTERS: &[&[&str]] = &[
    &["Data compilazione: 15/01/{next}", "Il Responsabile dell'ufficio"],
    &["Il Dirigente dott. Tizio Fittizi"],
    &["Firmato digitalmente", "Luogo e data: Borgofinto, 20 gennaio {next}"],
    &["(*) i tempi decorrono dalla presentazione della documentazione completa"],
    &["N.B. dati estratti dal gestionale interno", "_________________________"],
    &["-----", "Nota: rilevazione a cura dell'ufficio"],
];

/// Lays a draft into a sheet from a row on.
pub fn lay(rng: &mut Rng, draft: &mut Draft, sheet: &mut Sheet, top: u32) -> Placed {
    let merges = draft.style.medium != Medium::Csv;
    unknown_columns(rng, draft);
    let columns = order(rng, draft);
    let left = if top > 0 { rng.range(0, 2) as u32 } else { rng.range(0, 4) as u32 };
    let rows_of_header = header_rows(rng, draft, &columns);
    let mut placed = Placed { rows: vec![0; draft.rows.len()], ..Placed::default() };
    for (at, column) in columns.iter().enumerate() {
        placed.cols.insert(column.role.clone(), left + at as u32);
    }
    let right = left + columns.len() as u32 - 1;

    // Title and labels, then the header some rows below.
    let mut row = top;
    let mut gap = rng.range(0, 3) as u32;
    if top == 0 && rng.chance(15) {
        gap += rng.range(3, 8) as u32;
    }
    let indent = if rng.chance(70) { left } else { 0 };
    for line in &draft.about {
        sheet.label(row, indent, line);
        if merges && indent == left && rng.chance(40) && right > left {
            sheet.merges.push((row, left, row, right));
        }
        row += 1;
    }
    row += if draft.about.is_empty() && top == 0 { rng.range(0, 5) as u32 } else { gap };
    draft.choices.insert("header row", if row < 4 { row.to_string() } else { format!("{}..", row / 4 * 4) });
    draft.choices.insert("first column", left.to_string());
    let years = draft.style.numbers == Numbers::Stored;
    let header = |sheet: &mut Sheet, placed: &mut Placed, row: u32| {
        for (at, line) in rows_of_header.texts.iter().enumerate() {
            for (col, text) in line.iter().enumerate() {
                // A year alone is a number for whoever types it.
                let year = text.as_ref().filter(|text| text.len() == 4 && years).and_then(|text| text.parse().ok());
                match (year, text) {
                    (Some(year), _) => sheet.put(row + at as u32, left + col as u32, Cell::number(year)),
                    (None, Some(text)) => sheet.label(row + at as u32, left + col as u32, text),
                    _ => {}
                }
            }
            placed.header_rows.insert(row + at as u32);
        }
        if merges {
            for (r1, c1, r2, c2) in &rows_of_header.merges {
                sheet.merges.push((row + r1, left + c1, row + r2, left + c2));
            }
        }
        row + rows_of_header.texts.len() as u32
    };
    row = header(sheet, &mut placed, row);

    let records = draft.rows.iter().filter(|row| matches!(row, Row::Record(_))).count();
    let repeat_after = (records >= 6 && rng.chance(20)).then(|| 2 + rng.below(records - 4));
    let blanks = rng.chance(20) && draft.merge_down.is_empty();
    let merged_sections = merges && rng.chance(50);
    draft.choices.insert("repeated header", repeat_after.is_some().to_string());
    draft.choices.insert("blank rows", blanks.to_string());
    let (mut done, mut breaks) = (0, Vec::new());
    for at in 0..draft.rows.len() {
        match &draft.rows[at] {
            Row::Record(cells) => {
                if blanks && done > 0 && rng.chance(15) {
                    row += 1;
                }
                if repeat_after == Some(done) {
                    row = header(sheet, &mut placed, row + rng.range(0, 1) as u32);
                    breaks.push(at);
                }
                put(sheet, row, cells, &placed.cols);
                done += 1;
            }
            Row::Section(text) => {
                sheet.label(row, left, text);
                breaks.push(at);
                if merged_sections && right > left {
                    sheet.merges.push((row, left, row, right));
                }
                draft.choices.insert("sections", if merged_sections { "merged" } else { "plain" }.to_owned());
            }
            Row::Total(label, cells) => {
                put(sheet, row, cells, &placed.cols);
                sheet.label(row, placed.cols[draft.label_role], label);
                draft.choices.insert("totals", label.clone());
                breaks.push(at);
            }
        }
        placed.rows[at] = row;
        row += 1;
    }
    merge_down(rng, draft, sheet, &placed, &breaks, merges);
    // The day a sheet of another year was compiled would say something of this year: it has no foot.
    if !draft.records.is_empty() && rng.chance(35) {
        row += rng.range(1, 2) as u32;
        let lines = *rng.pick(FOOTERS);
        for line in lines {
            let next = (draft.style.year + 1).to_string();
            sheet.label(row, left + rng.below(2).min((right - left) as usize) as u32, &line.replace("{next}", &next));
            row += 1;
        }
        draft.choices.insert("footer", lines[0].chars().take(14).collect());
    }
    hide(rng, draft, sheet, &placed, merges);
    placed.end = row;
    placed
}

fn put(sheet: &mut Sheet, row: u32, cells: &BTreeMap<String, Cell>, cols: &BTreeMap<String, u32>) {
    for (role, cell) in cells {
        if let Some(col) = cols.get(role) {
            sheet.put(row, *col, cell.clone());
        }
    }
}

/// Columns that no kind knows, with harmless texts.
fn unknown_columns(rng: &mut Rng, draft: &mut Draft) {
    let count = if draft.fixed { 0 } else { *rng.weighted(&[(6, 0), (3, 1), (1, 2)]) };
    let start = rng.below(EXTRA.len());
    for at in 0..count {
        let (header, texts) = EXTRA[(start + at) % EXTRA.len()];
        let role = format!("?{at}");
        // Not inside a group, whose columns stay together.
        let places: Vec<usize> = (0..=draft.columns.len())
            .filter(|at| {
                let group = |at: Option<usize>| {
                    at.and_then(|at| draft.columns.get(at)).and_then(|column| column.grouped.clone()).map(|pair| pair.0)
                };
                group(at.checked_sub(1)).is_none() || group(at.checked_sub(1)) != group(Some(*at))
            })
            .collect();
        draft
            .columns
            .insert(*rng.pick(&places), Column { role: role.clone(), header: header.to_owned(), grouped: None });
        for row in &mut draft.rows {
            if let Row::Record(cells) = row {
                cells.insert(role.clone(), Cell::text(*rng.pick(texts)));
            }
        }
    }
    draft.choices.insert("unknown columns", count.to_string());
}

/// The columns in the order they will stand; a group stays together.
fn order(rng: &mut Rng, draft: &mut Draft) -> Vec<Column> {
    let shuffled = !draft.fixed && rng.chance(40);
    draft.choices.insert("column order", if shuffled { "shuffled" } else { "usual" }.to_owned());
    if !shuffled {
        return draft.columns.clone();
    }
    let mut blocks: Vec<Vec<Column>> = Vec::new();
    for column in &draft.columns {
        let group = |column: &Column| column.grouped.as_ref().map(|pair| pair.0.clone());
        match blocks.last_mut() {
            Some(block) if group(column).is_some() && group(&block[0]) == group(column) => block.push(column.clone()),
            _ => blocks.push(vec![column.clone()]),
        }
    }
    rng.shuffle(&mut blocks);
    blocks.concat()
}

struct Header {
    texts: Vec<Vec<Option<String>>>,
    merges: Vec<(u32, u32, u32, u32)>,
}

fn header_rows(rng: &mut Rng, draft: &mut Draft, columns: &[Column]) -> Header {
    let groups = columns.iter().any(|column| column.grouped.is_some());
    let rows = if groups { *rng.weighted(&[(5, 1), (4, 2), (2, 3)]) } else { 1 };
    draft.choices.insert("header rows", rows.to_string());
    if rows == 1 && !draft.fixed && columns.len() > 3 && rng.chance(8) {
        draft.choices.insert("header rows", "2, words split".to_owned());
        return split_words(columns);
    }
    if rows == 1 {
        let texts = vec![columns.iter().map(|column| Some(column.header.clone())).collect()];
        return Header { texts, merges: Vec::new() };
    }
    let mut texts = vec![vec![None; columns.len()]; rows];
    let mut merges = Vec::new();
    let (above, last) = (rows - 2, rows - 1);
    let banner = format!("MONITORAGGIO {}", draft.style.year);
    let mut at = 0;
    while at < columns.len() {
        let Some((group, _)) = &columns[at].grouped else {
            texts[0][at] = Some(columns[at].header.clone());
            merges.push((0, at as u32, last as u32, at as u32));
            at += 1;
            continue;
        };
        let same = |column: &&Column| column.grouped.as_ref().is_some_and(|pair| pair.0 == *group);
        let run = columns[at..].iter().take_while(same).count();
        texts[above][at] = Some(group.clone());
        if above > 0 {
            texts[0][at] = Some(banner.clone());
        }
        if run > 1 {
            for line in 0..=above {
                merges.push((line as u32, at as u32, line as u32, (at + run - 1) as u32));
            }
        }
        for inside in at..at + run {
            texts[last][inside] = columns[inside].grouped.as_ref().map(|pair| pair.1.clone());
        }
        at += run;
    }
    Header { texts, merges }
}

/// Headers written over two rows by hand, their last word below and nothing merged.
fn split_words(columns: &[Column]) -> Header {
    let mut texts = vec![vec![None; columns.len()]; 2];
    for (at, column) in columns.iter().enumerate() {
        match column.header.trim().rsplit_once(char::is_whitespace) {
            Some((above, below)) => {
                texts[0][at] = Some(above.trim().to_owned());
                texts[1][at] = Some(below.to_owned());
            }
            None => texts[1][at] = Some(column.header.clone()),
        }
    }
    Header { texts, merges: Vec::new() }
}

/// Equal neighbours of a role become one merged cell, or stay only in the first row where a file has no merges.
fn merge_down(rng: &mut Rng, draft: &mut Draft, sheet: &mut Sheet, placed: &Placed, breaks: &[usize], merges: bool) {
    if draft.merge_down.is_empty() {
        return;
    }
    // Only an objective is left blank below its first row: no office does that with codes.
    let manner = match rng.below(3) {
        2 if draft.kind != "objectives" => usize::from(merges),
        1 if !merges && draft.kind != "objectives" => 0,
        manner => manner,
    };
    draft.choices.insert("merged down", ["repeated", "merged", "first only"][manner].to_owned());
    if manner == 0 {
        return;
    }
    for role in draft.merge_down.clone() {
        let Some(col) = placed.cols.get(role).copied() else { continue };
        let mut at = 0;
        while at < draft.rows.len() {
            let value = |at: usize| match &draft.rows[at] {
                Row::Record(cells) => cells.get(role).map(|cell| cell.value.clone()),
                _ => None,
            };
            let first = value(at);
            let mut next = at + 1;
            while first.is_some() && next < draft.rows.len() && value(next) == first && !breaks.contains(&next) {
                next += 1;
            }
            if next - at > 1 {
                for inside in at + 1..next {
                    sheet.cells.remove(&(placed.rows[inside], col));
                }
                if merges && manner == 1 {
                    sheet.merges.push((placed.rows[at], col, placed.rows[next - 1], col));
                }
            }
            at = next;
        }
    }
}

fn hide(rng: &mut Rng, draft: &mut Draft, sheet: &mut Sheet, placed: &Placed, possible: bool) {
    let what = if possible { *rng.weighted(&[(17, "nothing"), (2, "row"), (1, "column")]) } else { "nothing" };
    draft.choices.insert("hidden", what.to_owned());
    match what {
        "row" => {
            let rows: Vec<u32> = (0..draft.rows.len())
                .filter(|at| matches!(draft.rows[*at], Row::Record(_)))
                .map(|at| placed.rows[at])
                .collect();
            sheet.hidden_rows.insert(*rng.pick(&rows));
        }
        "column" => {
            let cols: Vec<u32> = placed.cols.values().copied().collect();
            sheet.hidden_cols.insert(*rng.pick(&cols));
        }
        _ => {}
    }
}
