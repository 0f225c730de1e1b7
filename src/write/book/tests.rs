//! The pages as a whole, for a small and for a large body: no text cut, no page empty, no heading alone.

use super::{Cell, Content, Page, Role, TableSheet, height, of, pages};
use crate::finding::Lang;
use crate::write::fixture;

fn sheets() -> Vec<TableSheet> {
    let outcomes = [fixture::outcome(), fixture::outcome_net(), fixture::many::outcome()];
    let books = outcomes.iter().flat_map(|outcome| [Lang::It, Lang::En].map(|lang| of(outcome, lang, "../")));
    books.flat_map(|book| book.sheets).collect()
}

#[test]
fn every_row_is_high_enough_for_its_texts() {
    for sheet in sheets() {
        for row in 0..sheet.page_rows() as usize {
            let high = height::of_row(&sheet, row);
            for (col, cell) in sheet.rows[row].iter().enumerate().take(sheet.printed() as usize) {
                let merge =
                    sheet.merges.iter().find(|area| (area.first.row, area.first.col) == (row as u32, col as u32));
                let last = merge.map_or(col, |area| area.last.col as usize);
                let rows = merge.map_or(1, |area| area.last.row - area.first.row + 1);
                let room = height::room(&sheet, col, last, cell.style.role);
                let text = cell.shown();
                let fits = height::fitting(text, room, cell.style.role, high * f64::from(rows));
                assert_eq!(fits, text.len(), "{} row {}: {text}", sheet.name, row + 1);
            }
        }
    }
}

#[test]
fn pages_are_well_filled_and_end_where_they_may() {
    let mut pages = 0;
    for sheet in sheets() {
        let (room, first) = (pages::room(&sheet), sheet.header.map_or(0, |header| header + 1));
        let ends: Vec<u32> = sheet.breaks.iter().copied().chain([sheet.page_rows()]).collect();
        let starts = [first].into_iter().chain(sheet.breaks.iter().copied());
        for (start, end) in starts.zip(ends) {
            let high: f64 = (start..end).map(|row| height::of_row(&sheet, row as usize)).sum();
            assert!(sheet.page.one_page || high <= room, "{}: a page of {high} points", sheet.name);
            if sheet.breaks.contains(&end) {
                let role = sheet.rows[end as usize - 1].first().map(|cell| cell.style.role);
                assert!(
                    !matches!(role, Some(Role::Area | Role::Section | Role::Header)),
                    "{}: row {end} is alone at the end",
                    sheet.name
                );
                assert!(high > room * 0.4, "{}: the page that ends at row {end} is nearly empty", sheet.name);
                pages += 1;
            }
        }
    }
    assert!(pages > 40, "only {pages} pages end");
}

#[test]
fn a_last_page_of_one_row_is_spared_by_smaller_letters_and_a_well_filled_one_is_not() {
    let page = Page { landscape: true, one_page: false };
    let of_rows = |rows: usize| {
        let mut sheet = TableSheet::new("a", page, &[150.0], &[20.0]);
        (0..rows).for_each(|row| {
            sheet.push(vec![Cell::text(row.to_string())]);
        });
        sheet
    };
    let fit = (pages::room(&of_rows(1)) / height::of_row(&of_rows(1), 0)) as usize;
    let mut one_more = of_rows(fit + 1);
    pages::lay_out(&mut one_more);
    assert!(one_more.breaks.is_empty() && one_more.columns[0].width > 150.0);
    assert_eq!(one_more.columns[1].width, 20.0);
    let mut half_more = of_rows(fit * 3 / 2);
    pages::lay_out(&mut half_more);
    assert_eq!((half_more.breaks.len(), half_more.columns[0].width), (1, 150.0));
}

#[test]
fn charts_cover_no_figure_and_no_other_chart_and_stay_on_the_page() {
    for sheet in sheets().iter().filter(|sheet| !sheet.charts.is_empty()) {
        let covered = |chart: &super::chart::Chart| {
            let (at, until) = (chart.at, chart.until);
            (at.row..=until.row).flat_map(move |row| (at.col..=until.col).map(move |col| (row, col)))
        };
        let mut seen = std::collections::BTreeSet::new();
        for chart in &sheet.charts {
            assert!(chart.until.row < sheet.page_rows() && chart.until.col < sheet.printed());
            assert!(!chart.alt.is_empty() && chart.alt.chars().count() <= 255, "{}", chart.alt);
            for (row, col) in covered(chart) {
                assert!(seen.insert((row, col)), "two charts lie over {row}/{col}");
                let cell = sheet.rows[row as usize].get(col as usize);
                assert!(cell.is_none_or(|cell| cell.content == Content::Empty), "{} covers {row}/{col}", chart.title);
            }
        }
        assert_eq!(sheet.charts.len(), 7);
    }
}

#[test]
fn a_long_text_stands_whole_below_its_table() {
    let book = of(&fixture::many::outcome(), Lang::It, "../");
    let sheet = &book.sheets[1];
    let note = fixture::many::outcome().consolidation.charter.rows[7].record().notes.clone();
    let shown: String = sheet.rows.iter().filter_map(|row| Some(row.first()?.shown())).collect();
    let bare = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    assert!(bare(&shown).contains(&bare(&note)));
    assert!(sheet.rows.iter().flatten().any(|cell| cell.shown().ends_with("… [segue: nota 1]")));
}
