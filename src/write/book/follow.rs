//! Texts too long for their cell: a row has a greatest height, and a row as high as the page reads badly. The cell keeps
//! the beginning and points to a note below the table, where the text stands whole, across the page.

use std::collections::HashMap;

use rayon::prelude::*;

use super::height;
use super::style::Role;
use super::table::{Cell, Content, TableSheet};
use super::view::View;
use crate::place::Area;

/// How high a text may make its row, in points.
const HIGHEST: f64 = 150.0;
/// How high one part of a note below the table may be.
const HIGHEST_NOTE: f64 = 300.0;
/// Room for the words that lead to the note.
const LEAD: &str = "… [segue: nota 1000]";

/// Moves what does not fit below the table.
pub fn long_texts(view: &View, sheet: &mut TableSheet) {
    let (printed, rows) = (sheet.printed() as usize, sheet.page_rows() as usize);
    let place = |area: &Area| ((area.first.row as usize, area.first.col as usize), area.last.col as usize);
    let merged: HashMap<(usize, usize), usize> = sheet.merges.iter().map(place).collect();
    // Where the texts that do not fit stand, and how much of them does.
    let cut = |row: usize, col: usize| -> Option<(usize, usize, usize)> {
        let cell = &sheet.rows[row][col];
        let Content::Text(text) = &cell.content else { return None };
        let last = merged.get(&(row, col)).copied().unwrap_or(col);
        let role = cell.style.role;
        let room = height::room(sheet, col, last, role);
        if height::fitting(text, room, role, HIGHEST) == text.len() {
            return None;
        }
        let lead = format!("{LEAD}\n{text}");
        let end = height::fitting(&lead, room, role, HIGHEST).saturating_sub(LEAD.len() + 1);
        let end = (0..=end.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        Some((row, col, end))
    };
    let cells = |row: usize| (0..printed.min(sheet.rows[row].len())).filter_map(move |col| cut(row, col));
    let cuts: Vec<(usize, usize, usize)> = (0..rows).into_par_iter().flat_map_iter(cells).collect();
    let mut notes: Vec<(usize, usize, Box<str>)> = Vec::new();
    for (row, col, end) in cuts {
        let Content::Text(text) = &sheet.rows[row][col].content else { continue };
        let (more, note) = (view.say("segue", "continued"), view.say("nota", "note"));
        let start = format!("{}… [{more}: {note} {}]", text[..end].trim_end(), notes.len() + 1);
        notes.push((row, col, text.clone()));
        sheet.rows[row][col].content = Content::Text(start.into());
    }
    if notes.is_empty() {
        return;
    }
    sheet.across(view.say("TESTI PER INTERO", "TEXTS IN FULL"), Role::Section);
    let room = height::room(sheet, 0, printed - 1, Role::Body);
    for (index, (row, col, text)) in notes.into_iter().enumerate() {
        let title = format!("{}. {}", index + 1, title(view, sheet, row, col));
        let mut rest = format!("{title}\n{text}");
        while !rest.is_empty() {
            let end = height::fitting(&rest, room, Role::Body, HIGHEST_NOTE).max(1);
            let end = (end..=rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
            let tail = rest.split_off(end);
            sheet.across(rest.trim_end(), Role::Body);
            rest = tail.trim_start().to_owned();
        }
    }
}

/// `riga 12 – NOTE`: where the text began, in the words of the table.
fn title(view: &View, sheet: &TableSheet, row: usize, col: usize) -> String {
    let header = sheet.header.and_then(|header| sheet.rows[header as usize].get(col)).map_or("", Cell::shown);
    format!("{} {} – {header}", view.say("riga", "row"), row + 1)
}
