//! One worksheet part: rows, cells, merges, hidden rows and columns, and the comments beside it.

use std::sync::Arc;

use arcstr::ArcStr;

use super::super::budget::Over;
use super::super::build::{Builder, Formats};
use super::super::pieces::Piece;
use super::super::xml::{Broken, Tag, Xml, is_true};
use super::Parts;
use super::cell::{Raw, Read};
use super::plain::{self, Plain, RowMark, Stored};
use super::strings::rich;
use super::workbook::{Book, Entry};
use crate::finding::{Text, Word};
use crate::place::{Area, CellRef, MAX_COLS, MAX_ROWS, Place};
use crate::sheet::format::FormatKind;
use crate::sheet::{Cell, CellText, Formula, SharedText, Sheet, Value};
use crate::value::fold::trim;

/// What a sheet is read with.
pub(super) struct Source<'a> {
    pub(super) book: &'a Book,
    pub(super) entry: &'a Entry,
    pub(super) styles: &'a [u16],
    pub(super) strings: &'a Arc<Vec<ArcStr>>,
    /// What cells ask about each of the texts.
    pub(super) known: &'a [SharedText],
    pub(super) formats: &'a Formats,
}

/// Reads a sheet; `None` when it is none that holds cells, or its part is not there.
pub(super) fn read(parts: &mut Parts, source: &Source) -> Result<Option<Sheet>, Over> {
    let name = &source.entry.name;
    if source.entry.is_bare {
        let what = "non ha un contenuto nel file, come i vecchi moduli di macro";
        parts.not_a_grid(name, Text::new(what, "has no content in the file, as old modules of macros"));
        return Ok(None);
    }
    let Some((kind, part)) = &source.entry.part else {
        let part = Word::Both(format!("il foglio {name}"), format!("the sheet {name}"));
        parts.job.damaged(part, Text::new("la parte manca", "the part is missing"));
        return Ok(None);
    };
    let what = match kind.as_str() {
        "chartsheet" => Some(Text::new("è un grafico", "is a chart")),
        "dialogsheet" => Some(Text::new("è una finestra di dialogo", "is a dialogue")),
        kind if kind.to_ascii_lowercase().ends_with("macrosheet") => Some(Text::new("contiene macro", "holds macros")),
        _ => None,
    };
    if let Some(what) = what {
        parts.not_a_grid(name, what);
        return Ok(None);
    }
    let mark = parts.job.mark();
    let mut reading = Reading::of(source);
    if !reading.in_pieces(part, parts)? {
        parts.job.back_to(&mark);
        reading = Reading::of(source);
        let Some(text) = parts.text(part)? else { return Ok(None) };
        reading.builder.reserve(text.len());
        if let Err(error) = reading.all(&mut Xml::new(&text), || parts.job.cell())? {
            parts.broken(part, error);
            reading.has_data = true;
        }
    }
    reading.remarks(parts);
    let mut sheet = reading.builder.finish();
    comments(parts, part, &mut sheet)?;
    Ok(Some(sheet))
}

struct Reading<'a> {
    source: &'a Source<'a>,
    builder: Builder,
    row: u32,
    mark: RowMark,
    next_col: u32,
    /// The row after the last; unknown at the beginning of a piece.
    next_row: Option<u32>,
    /// Whether rows are hidden unless they say otherwise.
    hidden_rows: bool,
    has_data: bool,
    /// Whether a row or a cell does not say where it is, and nobody can count.
    is_lost: bool,
    lost_styles: u32,
    /// How many cells stand where no sheet has any, and the first of them.
    misplaced: (u32, String),
}

impl<'a> Reading<'a> {
    fn of(source: &'a Source<'a>) -> Self {
        let mut builder = Builder::sharing(Arc::clone(&source.entry.name), Arc::clone(source.strings));
        builder.sheet.visibility = source.entry.visibility;
        Self {
            source,
            builder,
            row: 0,
            mark: RowMark::of(0),
            next_col: 0,
            next_row: Some(0),
            hidden_rows: false,
            has_data: false,
            is_lost: false,
            lost_styles: 0,
            misplaced: (0, String::new()),
        }
    }

    /// Reads a large part piece by piece, some side by side; false when it is small, or anything in it is not as it
    /// should be: it is read whole then, and what is wrong is told.
    fn in_pieces(&mut self, part: &str, parts: &mut Parts) -> Result<bool, Over> {
        let Parts { package, job } = parts;
        let Some(mut pieces) = package.pieces(part, b"row>", job) else { return Ok(false) };
        // The first holds what stands before the rows.
        let Ok(Some(Piece { text, goes_on })) = pieces.next() else { return Ok(false) };
        let mut xml = Xml::piece(&text, &[], goes_on);
        if self.all(&mut xml, || job.cell())?.is_err() {
            return Ok(false);
        }
        let open = xml.open();
        self.builder.expect(pieces.declared() / text.len().max(1) as u64, job);
        loop {
            let most = job.cells_left();
            let Ok(readings) = pieces.read_next(|piece| self.piece(piece, &open, most)) else { return Ok(false) };
            if readings.is_empty() {
                return Ok(true);
            }
            for reading in readings {
                let Some((reading, cells)) = reading? else { return Ok(false) };
                job.cells(cells)?;
                self.append(reading);
            }
        }
    }

    /// Reads one piece by itself, and counts its cells; none that is not as it should be.
    fn piece(&self, piece: &Piece, open: &[String], most: u64) -> Result<Option<(Self, u64)>, Over> {
        let (hidden_rows, has_data) = (self.hidden_rows, self.has_data);
        let mut reading = Self { hidden_rows, has_data, next_row: None, ..Self::of(self.source) };
        let mut xml = Xml::piece(&piece.text, open, piece.goes_on);
        let mut cells = 0;
        let count = || {
            cells += 1;
            if cells > most { Err(Over::Cells) } else { Ok(()) }
        };
        // What decides of rows stands before them all.
        let is_whole =
            reading.all(&mut xml, count)?.is_ok() && !reading.is_lost && reading.hidden_rows == self.hidden_rows;
        let ends = if piece.goes_on { open } else { &[] };
        Ok((is_whole && xml.open() == ends).then_some((reading, cells)))
    }

    /// Adds what a piece below gave.
    fn append(&mut self, below: Self) {
        self.builder.append(below.builder, 0);
        self.lost_styles += below.lost_styles;
        if self.misplaced.0 == 0 {
            self.misplaced.1 = below.misplaced.1;
        }
        self.misplaced.0 += below.misplaced.0;
    }

    /// Reads what there is; `count` is told of each cell.
    fn all(
        &mut self,
        xml: &mut Xml<'_>,
        mut count: impl FnMut() -> Result<(), Over>,
    ) -> Result<Result<(), Broken>, Over> {
        let mut said: &[u8] = b"";
        loop {
            while let Some(plain) = xml.whole(|text| plain::scan(text, &self.mark)) {
                count()?;
                self.plain(&plain);
            }
            if let Some(row) = xml.next_alike("row", |text| plain::next_row(text, &mut said)) {
                self.begin_row(row, self.hidden_rows);
                continue;
            }
            let start = match xml.child(0) {
                Ok(Some(start)) => start,
                Ok(None) => return Ok(Ok(())),
                Err(error) => return Ok(Err(error)),
            };
            let done = match start.local() {
                "c" => match Raw::read(&start, xml) {
                    Ok(raw) => {
                        count()?;
                        self.cell(raw);
                        Ok(())
                    }
                    Err(error) => Err(error),
                },
                "row" => {
                    self.open_row(&start);
                    Ok(())
                }
                "sheetData" => {
                    self.has_data = true;
                    Ok(())
                }
                "sheetFormatPr" => {
                    self.hidden_rows = start.attribute("zeroHeight").is_some_and(|value| is_true(&value));
                    Ok(())
                }
                "col" => {
                    self.columns(&start);
                    Ok(())
                }
                "mergeCell" => {
                    self.merge(&start);
                    Ok(())
                }
                "extLst" | "conditionalFormatting" | "dataValidations" | "hyperlinks" => xml.skip(),
                _ => Ok(()),
            };
            if let Err(error) = done {
                return Ok(Err(error));
            }
        }
    }

    fn open_row(&mut self, start: &Tag<'_>) {
        let (mut hidden, mut index) = (self.hidden_rows, None);
        for (key, value) in start.attributes() {
            match key {
                "r" => index = trim(value).parse::<u32>().ok().filter(|row| (1..=MAX_ROWS).contains(row)),
                "hidden" => hidden = is_true(value),
                _ => {}
            }
        }
        let index = index.map(|row| row - 1).or(self.next_row);
        self.is_lost |= index.is_none();
        self.begin_row(index.unwrap_or(0), hidden);
    }

    fn begin_row(&mut self, index: u32, hidden: bool) {
        self.row = index;
        self.mark = RowMark::of(index);
        self.next_row = Some(index + 1);
        self.next_col = 0;
        self.builder.row(index, hidden);
    }

    fn columns(&mut self, start: &Tag<'_>) {
        let bound = |name| start.attribute(name).and_then(|value| value.trim().parse::<u32>().ok());
        let hidden = start.attribute("hidden").is_some_and(|value| is_true(&value))
            || start.attribute("width").is_some_and(|width| width.trim().parse::<f64>() == Ok(0.0));
        if let (true, Some(first), Some(last)) = (hidden, bound("min"), bound("max"))
            && first >= 1
            && first <= last
        {
            self.builder.sheet.hidden_cols.push((first - 1, last.min(MAX_COLS) - 1));
        }
    }

    fn merge(&mut self, start: &Tag<'_>) {
        let area = start.attribute("ref").and_then(|text| Area::parse(&text));
        if let Some(area) = area.filter(|area| area.first != area.last) {
            self.builder.sheet.merges.push(area);
        }
    }

    #[inline(always)]
    fn plain(&mut self, plain: &Plain<'_>) {
        let CellRef { row, col } = plain.place;
        self.next_col = col + 1;
        let format = self.format(plain.style);
        if let Some(text) = plain.formula {
            self.builder.sheet.formulas.push(((row, col), text.into()));
        }
        let formula = if plain.formula.is_some() { Formula::Stored } else { Formula::None };
        // Each sort by itself, so that no cell is put together only to be taken apart.
        match plain.stored {
            Stored::Nothing => {}
            Stored::Number(number) => {
                self.builder.cell(row, Cell { col, format, formula, value: Value::Number(number) });
            }
            Stored::Shared(index) => match self.source.known.get(index) {
                Some(text) if text.is_usual() => self.builder.shared(row, (col, format, formula), (index, *text)),
                _ => self.odd_text((row, col), format, formula, index),
            },
        }
    }

    /// A text of the workbook that is empty, very long or not there.
    #[cold]
    fn odd_text(&mut self, (row, col): (u32, u32), format: u16, formula: Formula, index: usize) {
        match self.source.strings.get(index) {
            Some(text) if text.is_empty() => {}
            Some(text) => {
                let value = Value::Text(CellText::Kept(text));
                self.builder.cell(row, Cell { col, format, formula, value });
            }
            None => self.builder.sheet.damaged.push(((row, col), index.to_string().into())),
        }
    }

    fn cell(&mut self, raw: Raw<'_>) {
        if let Some(text) = &raw.misplaced {
            return self.misplace(text);
        }
        self.is_lost |= raw.place.is_none() && self.next_row.is_none();
        let place = raw.place.unwrap_or(CellRef::new(self.row, self.next_col));
        self.next_col = place.col + 1;
        if place.col >= MAX_COLS || place.row >= MAX_ROWS {
            return self.misplace(&place.to_string());
        }
        let mut format = match raw.style {
            Ok(style) => self.format(style),
            Err(_) => self.lost_style(),
        };
        let formula = raw.formula();
        let at = (place.row, place.col);
        if let Some(text) = raw.formula_text() {
            self.builder.sheet.formulas.push((at, text.into()));
        }
        let own;
        let value = match raw.value(self.source.strings) {
            Read::Nothing if formula == Formula::Unstored => Value::Blank,
            Read::Nothing => return,
            Read::Value(value) => value,
            Read::Own(value) => {
                own = value;
                own.as_ref()
            }
            Read::Date(serial, code) => {
                if !matches!(self.source.formats.get(format).kind, FormatKind::Date | FormatKind::Time) {
                    format = self.source.formats.known(code);
                }
                Value::Number(if self.source.book.date_1904 && serial >= 1462.0 { serial - 1462.0 } else { serial })
            }
            Read::Damaged(text) => return self.builder.sheet.damaged.push((at, text)),
        };
        self.builder.cell(place.row, Cell { col: place.col, format, formula, value });
    }

    fn misplace(&mut self, text: &str) {
        if self.misplaced.0 == 0 {
            self.misplaced.1 = text.to_owned();
        }
        self.misplaced.0 += 1;
    }

    #[inline]
    fn format(&mut self, style: usize) -> u16 {
        match self.source.styles.get(style) {
            Some(format) => *format,
            None if style == 0 && self.source.styles.is_empty() => 0,
            None => self.lost_style(),
        }
    }

    fn lost_style(&mut self) -> u16 {
        self.lost_styles += 1;
        0
    }

    /// What was wrong here and there, said once for the sheet.
    fn remarks(&self, parts: &mut Parts) {
        let place = Place::sheet(parts.job.file, &self.source.entry.name);
        if !self.has_data {
            let what = Text::new("il foglio non ha la tabella delle celle", "the sheet has no table of cells");
            parts.job.partly(place.clone(), what);
        }
        let (count, first) = &self.misplaced;
        if *count > 0 {
            let what = Word::Both(
                format!("{count} celle in posti che un foglio non ha ({first})"),
                format!("{count} cells at places that no sheet has ({first})"),
            );
            parts.job.partly(place.clone(), what);
        }
        if self.lost_styles > 0 {
            let what = Word::Both(
                format!("{} celle con un formato che il file non definisce", self.lost_styles),
                format!("{} cells with a format that the file does not define", self.lost_styles),
            );
            parts.job.partly(place, what);
        }
    }
}

fn comments(parts: &mut Parts, part: &str, sheet: &mut Sheet) -> Result<(), Over> {
    let relations = parts.relations(part)?;
    let Some(relation) = relations.iter().find(|relation| relation.kind == "comments") else { return Ok(()) };
    let Some(text) = parts.text(&relation.target)? else { return Ok(()) };
    if let Err(error) = comment_list(&text, sheet) {
        parts.broken(&relation.target, error);
    }
    sheet.comments.sort_by_key(|(at, _)| *at);
    Ok(())
}

fn comment_list(text: &str, sheet: &mut Sheet) -> Result<(), Broken> {
    let mut xml = Xml::new(text);
    while let Some(start) = xml.child(0)? {
        if start.local() == "comment" {
            let place = start.attribute("ref").and_then(|text| CellRef::parse(&text));
            let text = rich(&mut xml)?;
            if let Some(place) = place.filter(|_| !text.trim().is_empty()) {
                sheet.comments.push(((place.row, place.col), text.into()));
            }
        }
    }
    Ok(())
}
