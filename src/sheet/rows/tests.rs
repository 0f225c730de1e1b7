use std::collections::BTreeMap;
use std::sync::Arc;

use arcstr::ArcStr;

use super::{Filling, Rows};
use crate::place::{Area, CellRef};
use crate::sheet::{Cell, CellText, Formula, Value};

/// A row of numbers that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Rows as they should be: of each place the last cell, and the rows that are hidden.
#[derive(Default)]
struct Wanted {
    cells: BTreeMap<(u32, u32), (u16, Formula, Value)>,
    hidden: BTreeMap<u32, bool>,
}

impl Wanted {
    fn check(&self, rows: &Rows) {
        let cells = rows.iter().flat_map(|row| row.cells().map(move |cell| ((row.index, cell.col), cell)));
        let told: Vec<_> = cells.collect();
        assert_eq!(told.len(), self.cells.len());
        assert_eq!(rows.count(), self.cells.len());
        let mut bytes = 0;
        for ((at, cell), (place, (format, formula, value))) in told.into_iter().zip(&self.cells) {
            assert_eq!(at, *place);
            assert_eq!((cell.format, cell.formula, cell.value), (*format, *formula, value.as_ref()), "{place:?}");
            let row = rows.get(rows.position(at.0).expect("its row")).expect("its row");
            assert_eq!(row.stored(at.1), Some(cell));
            assert_eq!(row.hidden(), self.hidden[&at.0], "{place:?}");
            if let Value::Text(text) = value {
                bytes += text.len() as u64;
            }
        }
        assert_eq!(rows.text_bytes(), bytes);
        for col in 0..7 {
            let column: Vec<_> = rows.column(0, rows.len(), col).collect();
            let wanted: Vec<_> = rows.iter().filter_map(|row| Some((row.len() as u32, row.stored(col)?))).collect();
            assert_eq!(column, wanted);
        }
    }
}

/// Cells of some rows: mostly alike, now and then with other columns, formats and values.
fn cells(dice: &mut Dice, shared: &[ArcStr], rows: std::ops::Range<u32>) -> Vec<(u32, bool, u32, u16, Formula, Value)> {
    let mut cells = Vec::new();
    for row in rows {
        let hidden = dice.below(20) == 0;
        let (first, last) = if dice.below(9) == 0 { (dice.below(3), 2 + dice.below(5)) } else { (0, 5) };
        for col in first..=last {
            let formula = if dice.below(30) == 0 { Formula::Stored } else { Formula::None };
            let value = match (col, dice.below(40)) {
                (_, 0) => Value::Error("#REF!".into()),
                (_, 1) => Value::Bool(dice.below(2) == 0),
                (_, 2) => Value::Blank,
                (0, _) => Value::Text(shared[dice.below(shared.len() as u64) as usize].clone()),
                (1, _) => Value::Text(format!("testo {}", dice.below(3000)).into()),
                (2, _) => Value::Text(format!("{}/2019", dice.below(3000)).into()),
                _ => Value::Number(dice.below(1000) as f64 / 4.0),
            };
            cells.push((row, hidden, col as u32, dice.below(12) as u16 / 11, formula, value));
        }
    }
    cells
}

/// Fills in cells; shared texts by themselves, as a workbook's cells refer to them.
fn fill(
    filling: &mut Filling,
    shared: &[ArcStr],
    cells: &[(u32, bool, u32, u16, Formula, Value)],
    wanted: &mut Wanted,
) {
    for (row, hidden, col, format, formula, value) in cells {
        let text = shared.iter().find(|text| matches!(value, Value::Text(own) if ArcStr::ptr_eq(own, text)));
        let stored = text.map_or(value.as_ref(), |text| Value::Text(CellText::Kept(text)));
        filling.cell(*row, *hidden, Cell { col: *col, format: *format, formula: *formula, value: stored });
        wanted.cells.insert((*row, *col), (*format, *formula, value.clone()));
        *wanted.hidden.entry(*row).or_default() |= hidden;
    }
}

fn shared() -> Arc<Vec<ArcStr>> {
    Arc::new((0..50).map(|at| ArcStr::from(format!("comune {at}"))).collect())
}

#[test]
fn cells_come_back_as_they_were_filled_in() {
    let (mut dice, shared) = (Dice(1), shared());
    let (mut filling, mut wanted) = (Filling::sharing(Arc::clone(&shared)), Wanted::default());
    fill(&mut filling, &shared, &cells(&mut dice, &shared, 3..4000), &mut wanted);
    wanted.check(&filling.finish());
}

#[test]
fn texts_that_come_again_are_kept_once_beside_those_that_never_do() {
    let mut filling = Filling::default();
    let said = |row: u32| [format!("0{row}/2019"), ["liquidata", "pagata", "in corso"][row as usize % 3].to_owned()];
    for row in 0..5_000 {
        (0..).zip(said(row)).for_each(|(col, text)| filling.text(row, false, col, &text));
    }
    let rows = filling.finish();
    assert_eq!(rows.own.len(), 3, "figures have no place among them");
    for row in rows.iter() {
        let texts =
            row.cells().map(|cell| if let Value::Text(text) = cell.value { text.to_string() } else { String::new() });
        assert!(texts.eq(said(row.index)), "row {}", row.index);
    }
}

#[test]
fn every_number_comes_back_to_the_bit() {
    let ends = [
        2_147_483_647.0,
        2_147_483_648.0,
        4_294_967_296.0,
        -1.0,
        -0.0,
        0.0,
        0.5,
        -0.01,
        0.01,
        7_186.73,
        0.1 + 0.2,
        0.001,
        10_737_418.22,
        10_737_418.23,
        10_737_418.24,
        42_949_672.95,
        1e300,
        f64::MIN_POSITIVE,
        f64::NAN,
        f64::INFINITY,
    ];
    let number = |row: u32, number| (row, Cell { col: 0, format: 0, formula: Formula::None, value: number });
    let mut whole = Filling::default();
    for time in 0..2 {
        let mut part = Filling::default();
        for (row, cell) in (0..).zip(ends).map(|(row, end)| number(row, Value::Number(end))) {
            part.cell(row, false, cell);
        }
        whole.append(part, time * ends.len() as u32);
    }
    let rows = whole.finish();
    assert_eq!(rows.len(), 2 * ends.len());
    for (row, wanted) in rows.iter().zip(ends.iter().cycle()) {
        let Some(Value::Number(number)) = row.only().map(|cell| cell.value) else { panic!("row {}", row.index) };
        assert_eq!(number.to_bits(), wanted.to_bits(), "{wanted}");
    }
}

#[test]
fn parts_filled_by_themselves_make_the_same_rows() {
    let (mut dice, shared) = (Dice(2), shared());
    let (mut whole, mut wanted) = (Filling::sharing(Arc::clone(&shared)), Wanted::default());
    let mut put_together = Filling::sharing(Arc::clone(&shared));
    for part in 0..9 {
        let cells = cells(&mut dice, &shared, part * 500..(part + 1) * 500);
        let mut below = Filling::sharing(Arc::clone(&shared));
        fill(&mut below, &shared, &cells, &mut Wanted::default());
        put_together.append(below, 0);
        put_together.expect(3, 5_000);
        fill(&mut whole, &shared, &cells, &mut wanted);
    }
    put_together.append(Filling::sharing(Arc::clone(&shared)), 0);
    let (whole, put_together) = (whole.finish(), put_together.finish());
    assert!(whole == put_together);
    wanted.check(&put_together);
}

#[test]
fn cells_in_any_order_end_in_order_and_the_last_of_a_place_wins() {
    let (mut dice, shared) = (Dice(3), shared());
    let (mut filling, mut wanted) = (Filling::sharing(Arc::clone(&shared)), Wanted::default());
    let mut cells = cells(&mut dice, &shared, 0..900);
    for at in (1..cells.len()).rev() {
        cells.swap(at, dice.below(at as u64 + 1) as usize);
    }
    let again: Vec<_> =
        cells.iter().step_by(7).map(|cell| (cell.0, true, cell.2, 1, cell.4, Value::Number(9.0))).collect();
    cells.extend(again);
    fill(&mut filling, &shared, &cells, &mut wanted);
    wanted.check(&filling.finish());
}

#[test]
fn a_hidden_row_is_hidden_alone() {
    let mut filling = Filling::default();
    for row in 0..5 {
        filling.cell(row, false, Cell { col: 2, format: 0, formula: Formula::None, value: Value::Number(1.0) });
    }
    let mut rows = filling.finish();
    rows.hide([1, 3, 3, 7]);
    assert_eq!(rows.iter().map(super::Row::hidden).collect::<Vec<_>>(), [false, true, false, true, false]);
    assert_eq!(rows.shapes.len(), 2);
}

#[test]
fn texts_of_the_workbook_are_not_kept_again() {
    let shared = shared();
    let like = ArcStr::from(shared[7].as_str());
    let mut filling = Filling::sharing(Arc::clone(&shared));
    for (row, text) in (0..).zip(shared.iter().chain([&like])) {
        filling.cell(
            row,
            false,
            Cell { col: 0, format: 0, formula: Formula::None, value: Value::Text(CellText::Kept(text)) },
        );
    }
    let rows = filling.finish();
    assert_eq!(rows.own.len(), 1, "only the one that is like one of them");
    assert_eq!(rows.last().and_then(super::Row::only).map(|cell| cell.value), Some(Value::Text(CellText::Kept(&like))));
}

#[test]
fn room_is_made_for_no_more_cells_than_there_may_be() {
    let mut filling = Filling::default();
    (0..1000).for_each(|col| filling.text(0, false, col, "x"));
    filling.text(1, false, 0, "x");
    filling.expect(u64::MAX, 5_000);
    let rows = filling.finish();
    assert!((5_000..20_000).contains(&rows.stored.capacity()), "{}", rows.stored.capacity());
    assert!(rows.heads.capacity() < 20_000, "{}", rows.heads.capacity());
}

#[test]
fn texts_that_come_again_are_kept_once() {
    let texts: Vec<ArcStr> = (0..2000).map(|at| ArcStr::from(format!("nota {at}"))).collect();
    let mut filling = Filling::default();
    for row in 0..60_000u32 {
        let value = Value::Text(CellText::Kept(&texts[row as usize % 2000]));
        filling.cell(row, false, Cell { col: 0, format: 0, formula: Formula::None, value });
    }
    let rows = filling.finish();
    // Some are forgotten for others before they come again.
    assert!(rows.own.len() < 7_000, "{}", rows.own.len());
    assert!(
        rows.iter().all(|row| row.only().map(|cell| cell.value)
            == Some(Value::Text(CellText::Kept(&texts[row.index as usize % 2000]))))
    );
}

#[test]
fn what_is_stored_below_merged_cells_is_taken_away() {
    let mut filling = Filling::default();
    for (row, col, text) in [(0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (1, 1, "d"), (2, 0, "e")] {
        filling.text(row, row == 1, col, text);
    }
    let mut rows = filling.finish();
    let at = |row, col| CellRef { row, col };
    rows.uncover(&[Area { first: at(0, 0), last: at(1, 0) }]);
    let left: Vec<(u32, u32, String)> = rows
        .iter()
        .flat_map(|row| row.texts(true).map(move |(col, text)| (row.index, col, text.to_string())))
        .collect();
    assert_eq!(left, [(0, 0, "a".into()), (0, 1, "b".into()), (1, 1, "d".into()), (2, 0, "e".into())]);
    assert!(rows.iter().map(super::Row::hidden).eq([false, true, false]));
}

#[test]
fn many_shapes_of_rows_are_kept_once() {
    let mut filling = Filling::default();
    let mut dice = Dice(7);
    for row in 0..20_000 {
        // Figures and words in any of six columns.
        let bits = dice.below(64);
        (0..6).for_each(|col| filling.text(row, false, col, if bits >> col & 1 == 1 { "12,5" } else { "nota" }));
    }
    let rows = filling.finish();
    assert!(rows.shapes.len() < 200, "{}", rows.shapes.len());
    assert!(
        rows.iter().all(|row| row.texts(false).all(|(_, text)| *text == *"nota") && row.cols_of_texts().count() == 6)
    );
}
