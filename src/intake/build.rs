//! Sheets as they are filled: cells in any order, formats each once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arcstr::ArcStr;

use super::budget::Job;
use crate::sheet::format::Format;
use crate::sheet::{Cell, Filling, Formula, SharedText, Sheet, Value};

/// Most formats a workbook can tell apart; those beyond show as General.
const MAX_FORMATS: usize = 60_000;

/// The most characters that a cell holds in Excel.
const MAX_TEXT: usize = 32_767;
/// So many bytes at least most cells of a part take.
const BYTES_OF_CELL: usize = 32;
/// Room is made for so many cells at most before they come.
const MOST_EXPECTED: usize = 1 << 10;
/// So much is kept of a text that is longer than a cell can hold.
const BEGINNING: usize = 100;

/// Whether a text is longer than any cell of Excel.
fn is_too_long(text: &str) -> bool {
    // A character takes one to four bytes: most texts need no counting.
    text.len() > MAX_TEXT && (text.len() > 4 * MAX_TEXT || text.encode_utf16().count() > MAX_TEXT)
}

/// The formats of a workbook, each code once; the first is General.
#[derive(Clone)]
pub(super) struct Formats {
    list: Vec<Format>,
    known: HashMap<Box<str>, u16>,
}

impl Formats {
    pub(super) fn new() -> Self {
        Self { list: vec![Format::parse("General")], known: HashMap::from([("General".into(), 0)]) }
    }

    /// With the codes that [`iso_serial`] gives, which are parsed once for all workbooks.
    pub(super) fn with_iso_codes() -> Self {
        static FORMATS: LazyLock<Formats> = LazyLock::new(|| {
            let mut formats = Formats::new();
            ISO_CODES.iter().for_each(|code| _ = formats.index(code));
            formats
        });
        FORMATS.clone()
    }

    /// The index of a code.
    pub(super) fn index(&mut self, code: &str) -> u16 {
        if let Some(index) = self.known.get(code) {
            return *index;
        }
        if self.list.len() >= MAX_FORMATS {
            return 0;
        }
        let index = self.list.len() as u16;
        self.list.push(Format::parse(code));
        self.known.insert(code.into(), index);
        index
    }

    /// The index of a code that is there.
    pub(super) fn known(&self, code: &str) -> u16 {
        self.known.get(code).copied().unwrap_or(0)
    }

    pub(super) fn get(&self, index: u16) -> &Format {
        &self.list[usize::from(index).min(self.list.len() - 1)]
    }

    pub(super) fn into_list(self) -> Arc<Vec<Format>> {
        Arc::new(self.list)
    }
}

/// A sheet being filled.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) sheet: Sheet,
    rows: Filling,
    /// The row whose cells come next, when it is hidden.
    hidden: Option<u32>,
}

impl Builder {
    pub(super) fn new(name: Arc<str>) -> Self {
        Self::sharing(name, Arc::default())
    }

    /// A sheet of a workbook whose sheets share texts.
    pub(super) fn sharing(name: Arc<str>, texts: Arc<Vec<ArcStr>>) -> Self {
        Self { sheet: Sheet { name, ..Sheet::default() }, rows: Filling::sharing(texts), hidden: None }
    }

    /// Says of the row whose cells come next whether it is hidden.
    pub(super) fn row(&mut self, index: u32, hidden: bool) {
        self.hidden = hidden.then_some(index);
    }

    /// Adds a cell; a second one at the same place replaces the first.
    #[inline(always)]
    pub(super) fn cell(&mut self, row: u32, cell: Cell<'_>) {
        if let Value::Text(text) = cell.value
            && is_too_long(&text)
        {
            return self.too_long(row, cell.col, &text);
        }
        self.rows.cell(row, self.hidden == Some(row), cell);
    }

    /// Adds a text of the workbook's, which is no longer than a cell can hold.
    #[inline(always)]
    pub(super) fn shared(&mut self, row: u32, slot: (u32, u16, Formula), text: (usize, SharedText)) {
        self.rows.shared_text(row, self.hidden == Some(row), slot, text);
    }

    /// Adds a typed text without a format.
    #[inline(always)]
    pub(super) fn text(&mut self, row: u32, col: u32, text: &str) {
        if is_too_long(text) {
            return self.too_long(row, col, text);
        }
        self.rows.text(row, self.hidden == Some(row), col, text);
    }

    fn too_long(&mut self, row: u32, col: u32, text: &str) {
        let beginning: String = text.chars().take(BEGINNING).collect();
        self.sheet.damaged.push(((row, col), beginning.into()));
    }

    /// Makes room for the cells that so many bytes are likely to hold. It stays with the sheet, so it is never much.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.rows.reserve((bytes / BYTES_OF_CELL).min(MOST_EXPECTED));
    }

    /// Makes room for so many times what there is, as far as cells are left.
    pub(super) fn expect(&mut self, times: u64, job: &Job) {
        self.rows.expect(times, job.cells_left());
    }

    /// Adds what stands below, so many rows further down than it says.
    pub(super) fn append(&mut self, below: Self, down: u32) {
        let mut sheet = below.sheet;
        self.rows.append(below.rows, down);
        for area in &mut sheet.merges {
            area.first.row += down;
            area.last.row += down;
        }
        sheet.formulas.iter_mut().for_each(|((row, _), _)| *row += down);
        sheet.damaged.iter_mut().for_each(|((row, _), _)| *row += down);
        self.sheet.merges.append(&mut sheet.merges);
        self.sheet.hidden_cols.append(&mut sheet.hidden_cols);
        self.sheet.formulas.append(&mut sheet.formulas);
        self.sheet.damaged.append(&mut sheet.damaged);
    }

    /// The sheet, its rows and cells in order, each place once.
    pub(super) fn finish(mut self) -> Sheet {
        self.sheet.rows = self.rows.finish();
        self.sheet.rows.uncover(&self.sheet.merges);
        self.sheet.formulas.sort_by_key(|(at, _)| *at);
        self.sheet.comments.sort_by_key(|(at, _)| *at);
        self.sheet.damaged.sort_by_key(|(at, _)| *at);
        self.sheet
    }
}

/// Whether there are formulas and each of them stores 0, as libraries write that compute nothing.
pub(super) fn only_zeros(sheets: &[Sheet]) -> bool {
    let with_formulas = || sheets.iter().filter(|sheet| sheet.rows.any_formula(Formula::Stored));
    let cells = with_formulas().flat_map(Sheet::cells).map(|(_, cell)| cell);
    let mut computed = cells.filter(|cell| cell.formula == Formula::Stored);
    with_formulas().next().is_some() && computed.all(|cell| cell.value == Value::Number(0.0))
}

/// The codes that [`iso_serial`] gives.
const ISO_CODES: [&str; 4] = ["[h]:mm:ss", "dd/mm/yyyy hh:mm:ss", "hh:mm:ss", "dd/mm/yyyy"];

/// An ISO date, time or duration as a serial of the 1900 system, with the code that shows it.
pub(super) fn iso_serial(text: &str) -> Option<(f64, &'static str)> {
    let text = text.trim().trim_end_matches('Z');
    if let Some(duration) = text.strip_prefix("PT") {
        return duration_days(duration).map(|days| (days, "[h]:mm:ss"));
    }
    match text.split_once(['T', ' ']) {
        Some((date, time)) => Some((date_serial(date)? + time_days(time)?, "dd/mm/yyyy hh:mm:ss")),
        None if text.contains(':') => time_days(text).map(|days| (days, "hh:mm:ss")),
        None => date_serial(text).map(|serial| (serial, "dd/mm/yyyy")),
    }
}

fn date_serial(text: &str) -> Option<f64> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let epoch = jiff::civil::date(1899, 12, 30);
    let days = f64::from(date.since(epoch).ok()?.get_days());
    // Before 1 March 1900 Excel counts a 29 February that never was.
    Some(if days < 61.0 { days - 1.0 } else { days })
}

fn time_days(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    for (part, unit) in text.split(':').zip([3600.0, 60.0, 1.0]) {
        seconds += number(part)? * unit;
    }
    Some(seconds / 86_400.0)
}

fn duration_days(text: &str) -> Option<f64> {
    let (mut seconds, mut start) = (0.0, 0);
    for (at, letter) in text.char_indices() {
        let unit = match letter {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => continue,
        };
        seconds += number(&text[start..at].replace(',', "."))? * unit;
        start = at + 1;
    }
    Some(seconds / 86_400.0)
}

/// A finite number in the plain notation that files store; `None` for anything else.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    let value: f64 = if plain { text.parse().ok()? } else { return None };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{Builder, iso_serial};
    use crate::sheet::{Cell, Formula, Value};

    #[test]
    fn the_last_of_two_cells_at_one_place_wins() {
        let mut builder = Builder::new("a".into());
        for (row, col, number) in [(2, 1, 1.0), (0, 3, 2.0), (2, 1, 3.0), (2, 0, 4.0)] {
            builder.cell(row, Cell { col, format: 0, formula: Formula::None, value: Value::Number(number) });
        }
        let sheet = builder.finish();
        assert_eq!(sheet.rows.iter().map(|row| row.index).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(sheet.stored(2, 1).map(|cell| cell.value), Some(Value::Number(3.0)));
        assert_eq!(sheet.count(), 3);
    }

    #[test]
    fn iso_texts_become_serials() {
        assert_eq!(iso_serial("2019-12-31").map(|(serial, _)| serial), Some(43_830.0));
        assert_eq!(iso_serial("1900-01-01").map(|(serial, _)| serial), Some(1.0));
        assert_eq!(iso_serial("1900-03-01").map(|(serial, _)| serial), Some(61.0));
        assert_eq!(iso_serial("2019-12-31T12:00:00").map(|(serial, _)| serial), Some(43_830.5));
        assert_eq!(iso_serial("PT06H00M00S").map(|(serial, _)| serial), Some(0.25));
        assert_eq!(iso_serial("2019-13-31"), None);
    }
}
