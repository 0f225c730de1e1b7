//! What each row of a table is: a record, or one of the many things that stand between records.

use rayon::prelude::*;

use super::closing::is_name_with_value;
use super::layout::{Layout, is_blank, names_rows};
use super::lone::{coded_section, lone_text};
use super::summary::{self, Summary};
use super::tally;
use super::whole;
use crate::kinds::form::EXAMPLE;
use crate::kinds::staff_costs::{Line, line};
use crate::kinds::table::{Role, Table};
use crate::recognise::labels::{
    begins_as_note, begins_with_note_word, is_count_label, is_measured_figure, is_named_figure, is_note_label,
    is_total_label, may_be_total_label,
};
use crate::sheet::{Cell, CellText, Row, Sheet, Value};
use crate::value::date;
use crate::value::fold::{fold, words};

/// What a mean of all rows is called, and no record.
const AFTER_MEAN: &[&str] = &[
    "generale",
    "complessiva",
    "aritmetica",
    "ponderata",
    "pesata",
    "semplice",
    "annua",
    "annuale",
    "finale",
    "totale",
];

/// So many rows are told apart at once.
const AT_ONCE: usize = 256;

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Class {
    /// Nothing but blanks.
    Blank,
    /// The header once more.
    Header,
    /// A total or a mean; its label, empty when it has none.
    Total(String),
    /// A section title: its text.
    Section(String),
    /// A text in the column of keys, given once for the rows below it.
    Heading,
    /// A signature, footnote, date of compilation, row of dashes.
    Note,
    /// An item that is part of another: `di cui straordinari`.
    OfWhich,
    /// An example that came with a blank form.
    Example,
    /// Cells only where no column is known.
    Outside,
    /// Values without the name they belong to.
    Orphan,
    /// A record.
    Record,
    /// A record whose name may be the label of a total.
    RecordOrTotal(String),
}

/// What a row is, by itself; whether a lone text is a section or a closing note depends on what follows.
pub fn classify<'a>(layout: &Layout<'_>, of: Row<'a>, section: &str, room: &mut Room<'a>) -> Class {
    let is_merged = layout.sheet.merges.iter().any(|area| (area.first.row..=area.last.row).contains(&of.index));
    if !is_merged && is_plain_record(layout, of, room) {
        debug_assert_eq!(told_apart(layout, of, section, is_merged, room), Class::Record);
        return Class::Record;
    }
    told_apart(layout, of, section, is_merged, room)
}

/// The same, for a row of any sort.
fn told_apart<'a>(layout: &Layout<'_>, of: Row<'a>, section: &str, is_merged: bool, room: &mut Room<'a>) -> Class {
    let (sheet, table, row) = (layout.sheet, layout.table, of.index);
    let room = &mut room.cells;
    room.clear();
    for cell in of.cells() {
        if !is_blank(&cell) {
            room.push(cell);
        }
    }
    let stored = &room[..];
    let carried = if is_merged { merged_from_above(sheet, table, row) } else { Vec::new() };
    if stored.is_empty() && carried.is_empty() {
        return Class::Blank;
    }
    if stored.iter().all(|cell| is_rule(cell)) && carried.is_empty() {
        return Class::Note;
    }
    if repeats_header(layout, of, stored.len()) || layout.is_above_header(row, stored) {
        return Class::Header;
    }
    if let Some(label) = whole::of(layout, of, stored) {
        return Class::Total(label);
    }
    if let Some(label) = tally::of(sheet, table, stored) {
        return Class::Total(label);
    }
    let mut doubtful = None;
    match whole::of_all(layout, of, stored) {
        Some((label, true)) => return Class::Total(label),
        Some((label, false)) => doubtful = Some(label),
        None => {}
    }
    if let Some(label) = total_label(sheet, table, row, stored, section) {
        let sums = || stored.iter().any(|cell| sheet.formula(row, cell.col).is_some_and(is_sum));
        match of_one(table, stored, &label, &sums) {
            OfOne::No => return Class::Total(label),
            OfOne::Perhaps => doubtful = Some(label),
            OfOne::Surely => {}
        }
    }
    if is_note(layout, stored) || is_period(table, stored) {
        return Class::Note;
    }
    match summary::of(sheet, table, stored) {
        Some(Summary::Total(label)) => return Class::Total(label),
        Some(Summary::Figure) => return Class::Note,
        None => {}
    }
    if let ([only], true) = (stored, carried.is_empty())
        && let Value::Text(text) = &only.value
    {
        return lone_text(layout, row, only, text);
    }
    if let Some(title) = coded_section(layout, of, stored) {
        return Class::Section(title);
    }
    if is_merged && let Some(text) = title_across(sheet, table, row, stored) {
        return Class::Section(text.trim().to_owned());
    }
    match (among_columns(layout, of, stored, is_merged), doubtful) {
        (Class::Record, Some(label)) => Class::RecordOrTotal(label),
        (class, _) => class,
    }
}

/// Room to tell rows apart with, one after the other.
#[derive(Default)]
pub struct Room<'a> {
    /// For the cells of a row that are not blank.
    cells: Vec<Cell<'a>>,
    /// A shape of rows, and what rows of it have in common when they may be plain records.
    likeness: Option<(u32, Option<Likeness>)>,
}

/// What rows of one shape have in common.
#[derive(Clone, Copy)]
struct Likeness {
    /// The column of their first text.
    first: u32,
    /// That of the first text that may be the name of the row.
    name: u32,
}

impl Likeness {
    /// None when rows of such a shape are no plain records: these have several cells, all of them texts and numbers, one
    /// in a column of keys and a name.
    fn of(layout: &Layout<'_>, row: Row<'_>) -> Option<Self> {
        if row.len() <= 3
            || layout.may_be_above_header(row.len())
            || !row.is_of_texts_and(|_| true)
            || !row.cols().any(|col| layout.keys.contains(&col))
        {
            return None;
        }
        // Only the name of a row makes a total of it.
        let name = row.cols_of_texts().find(|col| layout.calls(*col))?;
        Some(Self { first: row.cols_of_texts().next()?, name })
    }
}

/// Whether a row is surely a record, as most rows of a table are: it looks like one, and its texts begin and end as no
/// label, header, note or example does. Nothing is merged into it.
fn is_plain_record(layout: &Layout<'_>, row: Row<'_>, room: &mut Room<'_>) -> bool {
    let likeness = match room.likeness {
        Some((shape, likeness)) if shape == row.shape() => likeness,
        _ => room.likeness.insert((row.shape(), Likeness::of(layout, row))).1,
    };
    let Some(Likeness { first, name }) = likeness else { return false };
    let has_wholes = layout.table.kind.id == "objectives";
    let is_plain = |col: u32, text: &str| {
        let may_be_other = layout.is_header(col, text)
            || (col == name && may_be_total_label(text))
            || (col == first && summary::may_begin(layout.table, text))
            || (has_wholes && (whole::is_label(text) || whole::is_label_of_all(text)));
        is_plain(text) && !may_be_other
    };
    row.names().all(|(col, at)| {
        let asked = col << 2 | u32::from(col == name) << 1 | u32::from(col == first);
        layout.plain.get(at, asked, |text| is_plain(col, text))
    }) && (!layout.names_figures || row.figures().all(|(col, text)| is_plain(col, &text)))
}

/// A text merged across known columns, with nothing beside it but what stands in unused ones.
fn title_across<'a>(sheet: &Sheet, table: &Table, row: u32, stored: &[Cell<'a>]) -> Option<CellText<'a>> {
    let known = |col: u32| table.at(col).is_some_and(|mapped| !matches!(mapped.role, Role::Unknown));
    let across = |cell: &Cell<'_>| {
        let area = sheet.merge_at(row, cell.col).filter(|area| area.first.row == row);
        area.is_some_and(|area| {
            (area.first.col..=area.last.col.min(area.first.col + 64)).filter(|col| known(*col)).count() >= 3
        })
    };
    let title = stored.iter().position(across)?;
    let beside = stored.iter().enumerate().all(|(at, cell)| at == title || !known(cell.col));
    match stored[title].value {
        Value::Text(text) if beside => Some(text),
        _ => None,
    }
}

/// What rows would be without a section, from one position up to another, told side by side: nothing of records, which
/// most are.
pub fn classify_ahead(layout: &Layout<'_>, from: usize, to: usize) -> Vec<Option<Box<Class>>> {
    let mut classes = vec![None; to - from];
    classes.par_chunks_mut(AT_ONCE).zip((from..to).into_par_iter().step_by(AT_ONCE)).for_each(|(classes, from)| {
        let mut room = Room::default();
        for (class, row) in classes.iter_mut().zip(layout.sheet.rows.part(from..to)) {
            *class = Some(classify(layout, row, "", &mut room)).filter(|class| *class != Class::Record).map(Box::new);
        }
    });
    classes
}

/// Whether a section could make another thing of a row: a total of its own.
pub fn depends_on_section(row: Row<'_>) -> bool {
    row.cells().any(|cell| matches!(cell.value, Value::Text(text) if may_be_total_label(&text)))
}

/// A cell of dashes only: a ruled line typed by hand.
fn is_rule(cell: &Cell) -> bool {
    let Value::Text(text) = cell.value else { return false };
    // Most begin with a letter or a digit.
    if text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return false;
    }
    let text = text.trim();
    text.chars().count() >= 3 && text.chars().all(|c| "-_=–—*. ".contains(c))
}

/// Known columns that a merge from a row above fills.
fn merged_from_above(sheet: &Sheet, table: &Table, row: u32) -> Vec<u32> {
    let above = |col: u32| {
        sheet.merge_at(row, col).is_some_and(|area| area.first.row < row && area.first.row > table.header_rows.1)
    };
    table.columns.iter().map(|mapped| mapped.col).filter(|col| above(*col)).collect()
}

/// At least two of the row's texts, and most of all that it shows, are the header's own.
fn repeats_header(layout: &Layout<'_>, row: Row<'_>, all: usize) -> bool {
    let same = layout.headers_among(row);
    let rows = layout.table.header_rows;
    // The group row of a header of several rows can hold a single text.
    let group = rows.1 > rows.0 && same == all && same > 0;
    group || (same >= 2 && same * 10 >= all * 6)
}

/// The label when the row is a total: its first name is a total's label, or it has only sums and no text.
fn total_label(sheet: &Sheet, table: &Table, row: u32, stored: &[Cell<'_>], section: &str) -> Option<String> {
    let texts = || stored.iter().filter(|cell| matches!(cell.value, Value::Text(_)));
    if texts().next().is_none() {
        let sums = stored.iter().all(|cell| sheet.formula(row, cell.col).is_some_and(is_sum));
        return (sums && !stored.is_empty()).then(String::new);
    }
    // `PROCESSI | 34` closes a list of standards; as a title alone it is a section's.
    let counts =
        |text: &str| matches!(table.kind.id, "charter" | "procedures") && stored.len() == 2 && is_count_label(text);
    // `Media 35 gg` in the column of the standards is a value, not a label; `Media complessiva` there is a label.
    let Some(name) = texts().find(|cell| names_rows(table, cell.col)) else {
        let Value::Text(text) = &texts().next()?.value else { return None };
        let label = !text.contains(|c: char| c.is_ascii_digit()) && (is_total_label(text, section) || counts(text));
        return label.then(|| text.trim().to_owned());
    };
    let Value::Text(text) = &name.value else { return None };
    (is_total_label(text, section) || counts(text)).then(|| text.trim().to_owned())
}

/// Whether a row with the label of a total is a record of its own.
enum OfOne {
    No,
    Perhaps,
    Surely,
}

/// A goal in words, the day something was due and the day it was done are what no total has: `Tempo medio` with one is
/// a target. With a standard or a result it may be a record or the mean of those above, which it is when it is computed
/// as one.
fn of_one(table: &Table, stored: &[Cell<'_>], label: &str, sums: &dyn Fn() -> bool) -> OfOne {
    let is_label = |cell: &Cell<'_>| matches!(cell.value, Value::Text(text) if text.trim() == label);
    let Some(own) = stored.iter().find(|cell| is_label(cell)).map(|cell| cell.col) else { return OfOne::No };
    let at = |id: &str| {
        let col = table.col(id).filter(|col| *col != own)?;
        stored.iter().find(|cell| cell.col == col)
    };
    let in_words = |id: &str| at(id).is_some_and(|cell| matches!(cell.value, Value::Text(_)));
    // A label in a column that nobody knows, beside a name of the row, is a remark.
    let known = table.at(own).is_some_and(|mapped| !matches!(mapped.role, Role::Unknown));
    let is_name =
        |id: &&&str| at(id).is_some_and(|cell| matches!(cell.value, Value::Text(text) if !is_total_label(&text, "")));
    let named_besides = !known && table.kind.keys.iter().any(|id| is_name(&id));
    match table.kind.id {
        _ if named_besides => OfOne::Surely,
        "checks" if in_words("goal") && is_named_figure(label) => OfOne::Surely,
        "checks" if at("actual").is_some() && at("goal").is_some() && is_measured_figure(label) && !sums() => {
            OfOne::Perhaps
        }
        "checks" if at("actual").is_some() && in_words("goal") && is_mean_of(label) => OfOne::Perhaps,
        "steps" if at("due").is_some_and(may_be_day) && at("actual").is_some_and(may_be_day) => OfOne::Surely,
        "charter"
            if at("planned").is_some()
                && at("measured").is_some()
                && is_measured_figure(label)
                && (in_words("planned") || !sums()) =>
        {
            OfOne::Perhaps
        }
        "objectives" if at("result").is_some() && is_measured_figure(label) => OfOne::Perhaps,
        // `Costo medio` is what one person costs.
        "staff_costs" if line(label) == Line::Other => OfOne::Surely,
        _ => OfOne::No,
    }
}

/// Whether a label is of the mean of something: `Media giorni`, and not `MEDIA`.
fn is_mean_of(label: &str) -> bool {
    let words = words(label);
    let is_plain = |word: &String| AFTER_MEAN.contains(&word.as_str());
    matches!(&words[..], [first, second, ..] if matches!(first.as_str(), "media" | "medie") && !is_plain(second))
}

/// Whether a cell may hold a day, and no count of them.
fn may_be_day(cell: &Cell<'_>) -> bool {
    match cell.value {
        Value::Number(number) => date::from_serial(number, false).is_some_and(|day| day.year() >= 1955),
        Value::Text(text) => text.contains(|letter: char| "/.-".contains(letter) || letter.is_alphabetic()),
        _ => false,
    }
}

fn is_sum(formula: &str) -> bool {
    let upper = formula.to_ascii_uppercase();
    ["SUM(", "AVERAGE(", "SUBTOTAL(", "COUNT(", "COUNTA("].iter().any(|name| upper.starts_with(name))
}

/// A signature, a footnote, a date of compilation: few cells, and none where a value would stand.
fn is_note(layout: &Layout<'_>, stored: &[Cell<'_>]) -> bool {
    let table = layout.table;
    let Some(Value::Text(text)) = stored.first().map(|cell| &cell.value) else { return false };
    if stored.len() > 3 {
        return false;
    }
    let folded = fold(text);
    let page =
        folded.strip_prefix("pagina ").or_else(|| folded.strip_prefix("pag. ")).or_else(|| folded.strip_prefix("pag "));
    let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    // `Camera di Commercio – pagina 2`: what stood at the foot of a printed page.
    let foot = folded.rsplit_once(" pagina ").or_else(|| folded.rsplit_once(" pag. ")).map(|(_, rest)| rest);
    if stored.len() == 1 && (page.is_some_and(numbered) || foot.is_some_and(numbered)) {
        return true;
    }
    let marked = text.trim_start().starts_with(['*', '†'])
        || ["(*)", "(1)", "(2)", "(3)"].iter().any(|mark| text.trim_start().starts_with(mark));
    let begins = begins_as_note(&folded) || begins_with_note_word(&folded);
    if stored.len() == 1 {
        return marked || begins || is_place_and_date(text);
    }
    // `Data compilazione: | 15/01/2020`: the label stands by itself, and the row has no other value.
    let label = text.trim_end().ends_with(':') || is_note_label(&folded);
    let stands = |id: &&&str| table.col(id).is_some_and(|col| stored.iter().any(|cell| cell.col == col));
    let filled = table.kind.values.iter().chain(table.kind.keys).filter(stands).count();
    // `(3) | Albi | SI` is a numbered item.
    (marked && table.kind.values.iter().filter(stands).count() == 0)
        || (begins && label && filled <= 2 && !is_name_with_value(layout, stored, &folded))
}

/// `Periodo di riferimento | 01/01/2019 | 31/12/2019` below a log: no case, though it has two days.
fn is_period(table: &Table, stored: &[Cell<'_>]) -> bool {
    let Some(text) = stored.first().and_then(|cell| cell.text()) else { return false };
    let folded = fold(&text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let begins = matches!(words.first(), Some(&("periodo" | "estrazione")));
    let is_year = matches!(words[..], ["anno" | "esercizio", year] if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    table.kind.id == "cases" && stored.len() <= 3 && (begins || is_year)
}

/// `Brescia, lì 15 gennaio 2020`, `Lì, 15/01/2020`: where and when a sheet was signed.
pub fn is_place_and_date(text: &str) -> bool {
    let folded = fold(text);
    let dated = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && date::parse(rest, 2000).is_ok();
    let place_of = |place: &str| place.split_whitespace().count() <= 4 && !place.contains(|c: char| c.is_ascii_digit());
    let after_li = folded.strip_prefix("li").or_else(|| folded.split_once(" li").map(|(_, rest)| rest));
    let signed = after_li.is_some_and(|rest| {
        rest.starts_with([' ', ',', ':', '_']) && {
            let rest = rest.trim_start_matches([' ', ',', ':', '_']);
            rest.is_empty() || dated(rest)
        }
    });
    signed || folded.split_once(',').is_some_and(|(place, rest)| place_of(place) && dated(rest.trim_start()))
}

/// A row with several cells: a record when a key column holds something.
fn among_columns(layout: &Layout<'_>, row: Row<'_>, stored: &[Cell<'_>], is_merged: bool) -> Class {
    let shows = |col: &u32| layout.sheet.cell_of(row, *col).is_some_and(|cell| !is_blank(&cell));
    let filled =
        |cols: &[u32]| stored.iter().any(|cell| cols.contains(&cell.col)) || (is_merged && cols.iter().any(shows));
    if filled(&layout.keys) {
        let named = |cell: &&Cell<'_>| layout.names.contains(&cell.col);
        let is_odd = |cell: &Cell<'_>| matches!(cell.value, Value::Text(text) if may_be_special(&text));
        let plain = !is_merged && !stored.iter().filter(named).any(is_odd);
        return if plain { None } else { special(layout, row) }.unwrap_or(Class::Record);
    }
    // An amount with a note in a log is no sum: it lacks its days.
    let table = layout.table;
    let amount = table.col("amount").filter(|_| table.kind.id == "cases" && stored.len() > 1);
    if filled(&layout.values) || amount.is_some_and(|col| filled(&[col])) { Class::Orphan } else { Class::Outside }
}

/// Rows that look like records and are none: parts of the item above, examples of a blank form.
fn special(layout: &Layout<'_>, row: Row<'_>) -> Option<Class> {
    let cells = || layout.names.iter().filter_map(|col| layout.sheet.cell_of(row, *col));
    if !cells().any(|cell| matches!(cell.value, Value::Text(text) if may_be_special(&text))) {
        return None;
    }
    let folded = cells().map(|cell| match &cell.value {
        // A plain number is one of them, and none that the words below are looked for in.
        Value::Number(_) if &*layout.sheet.format(cell).code == "General" => "0".to_owned(),
        _ => fold(&layout.sheet.shown_text(cell)),
    });
    let all: Vec<String> = folded.filter(|text| !text.is_empty()).collect();
    let of_which =
        |text: &String| text.strip_prefix("di cui").is_some_and(|rest| rest.starts_with([' ', ':']) || rest.is_empty());
    let example = |text: &String| {
        ["es.", "esempio", "(esempio", "ad es."].iter().any(|mark| text.starts_with(mark))
            && !text.starts_with("esempio di")
    };
    if all.iter().any(of_which) && !all.iter().any(|text| text.contains("rinnov")) {
        return Some(Class::OfWhich);
    }
    // The names of the examples of our own forms end so, whatever column they stand in.
    let ours = |text: &String| text.ends_with(EXAMPLE);
    (all.iter().take(2).any(example) || all.iter().any(ours)).then_some(Class::Example)
}

/// Whether a text begins and ends as no label, note or example does.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric()) && !may_be_special(text)
}

/// Whether a text may begin or end as those of such rows do: what most texts do not.
fn may_be_special(text: &str) -> bool {
    // Most begin and end with a letter or a digit.
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return may_begin_special(text.as_bytes()) || !text.is_ascii();
    }
    let first = text.bytes().position(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\'' | b'`'));
    let begins = first.is_some_and(|first| may_begin_special(&text.as_bytes()[first..]));
    let last = text.bytes().rev().find(|byte| byte.is_ascii_alphanumeric() || *byte == b')');
    !text.is_ascii() || begins || last == Some(b')')
}

/// Whether a text may begin so: with a bracket, `di`, `ad`, `es.` or `esempio`.
#[inline]
fn may_begin_special(text: &[u8]) -> bool {
    match text {
        [b'(', ..] => true,
        [one, two, three, ..] => match [one.to_ascii_lowercase(), two.to_ascii_lowercase()] {
            [b'd', b'i'] | [b'a', b'd'] => !three.is_ascii_alphanumeric(),
            [b'e', b's'] => matches!(three, b'.' | b'e' | b'E' | b'\'' | b'`'),
            _ => false,
        },
        _ => false,
    }
}
