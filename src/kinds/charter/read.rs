//! One row of a Carta dei servizi sheet.

use arcstr::ArcStr;
use rust_decimal::Decimal;

use super::{Record, ZERO_WITHOUT_CASES};
use crate::finding::{Severity, Word};
use crate::kinds::NOTES;
use crate::kinds::reader::{Read, RowReader, units_of};
use crate::kinds::table::{Mapped, Role, Table};
use crate::memo::Memo;
use crate::value::duration::{self, Measure, Span, Unit};
use crate::value::fold::{has_plain_ends, one_line, trim, words};
use crate::value::not_counted::{self, Reason};

/// Where the columns of a table of standards stand, looked up once for all of its rows.
#[derive(Debug)]
pub struct Places {
    code: Option<u32>,
    section: Option<u32>,
    process: Option<u32>,
    office: Option<u32>,
    indicator: Option<u32>,
    planned: Option<u32>,
    measured: Option<u32>,
    declared: Option<u32>,
    notes: Option<u32>,
    /// Columns of notes beside that one.
    other_notes: Vec<u32>,
}

impl Places {
    fn of(table: &Table) -> Self {
        Self {
            code: table.col("code"),
            section: table.col("section"),
            process: table.col("process"),
            office: table.col("office"),
            indicator: table.col("indicator"),
            planned: table.col("planned"),
            measured: table.col("measured"),
            declared: table.col("declared"),
            notes: table.col("notes"),
            other_notes: other_notes(table).map(|mapped| mapped.col).collect(),
        }
    }
}

/// Reads one row.
pub fn read(row: &mut RowReader<'_>) {
    let (places, table) = (row.standards, row.table);
    let places = places.get_or_init(|| Places::of(table));
    let whole = row.code_of(&row.at(places.code));
    let (code, code_title) = split_code(&whole);
    let section = row.text_at(places.section);
    let (planned_cell, measured_cell) = (row.at(places.planned), row.at(places.measured));
    let mut planned = row.measure_of("planned", &planned_cell);
    if row.doubtful_share("planned", &planned) {
        planned = Read::Unread;
    }
    let mut measured = row.measure_of("measured", &measured_cell);
    let may_be = [&planned, &measured].into_iter().all(is_bare)
        && [places.indicator, places.process].into_iter().any(|col| names_share(&row.shown_of(&row.at(col))));
    if may_be && !says_unit(row.table) {
        (planned, measured) = (as_share(row, "planned", planned), as_share(row, "measured", measured));
    }
    if is_share(&measured) {
        planned = beside_share(row, "planned", planned);
    } else if is_share(&planned) {
        measured = beside_share(row, "measured", measured);
    }
    let mut declared = row.score_of("declared", &row.at(places.declared));
    if matches!(declared, Read::Unclear) {
        // A declared result only confirms the computed one, so that a text in its place costs nothing else.
        row.not_understood("declared", Severity::Warning);
        declared = Read::Unread;
    }
    let has_declared = matches!(declared, Read::Value(_) | Read::NotCounted(_));
    let planned = settle(row, "planned", planned, has_declared);
    let measured = settle(row, "measured", measured, has_declared);
    row.above_hundred("measured", &measured);
    let notes = notes(row, places);
    zero_of_no_cases(row, (&planned, &measured), &notes);
    let record = Record {
        code: match code {
            "" => row.section.code.clone(),
            code if *code == *whole => whole.clone(),
            code => code.into(),
        },
        section: match (&*section, code_title) {
            ("", "") => row.section.title.clone(),
            ("", title) => title.into(),
            _ => section,
        },
        process: row.text_at(places.process),
        office: office(row, places.office),
        indicator: row.text_at(places.indicator),
        planned_text: row.shown_of(&planned_cell),
        measured_text: row.shown_of(&measured_cell),
        planned,
        measured,
        declared,
        notes,
        origin: row.origin(),
    };
    row.records.charter.push(Box::new(record));
}

/// Points out a nought beside a number of cases that is nought too.
fn zero_of_no_cases(row: &mut RowReader<'_>, (planned, measured): (&Read<Measure>, &Read<Measure>), notes: &str) {
    let is_zero = match measured {
        Read::Value(Measure::Share(share)) => share.is_zero(),
        Read::Value(Measure::Span(span)) => span.amount.is_zero(),
        _ => false,
    };
    // What the notes say of it is told where it is scored.
    let is_told = || matches!(planned, Read::Value(_)) && not_counted::reason(notes) == Some(Reason::NoCases);
    if !is_zero || is_told() {
        return;
    }
    let Some(col) = row.table.col("measured") else { return };
    let counts = |mapped: &&Mapped| matches!(mapped.role, Role::Unknown) && names_cases(&mapped.header);
    let is_nought = |mapped: &&Mapped| trim(&row.sheet.text(row.row, mapped.col)) == "0";
    let Some(mapped) = row.table.columns.iter().filter(counts).find(is_nought) else { return };
    let said = Word::Both(format!("«{}» è 0", mapped.header), format!("\"{}\" is 0", mapped.header));
    let measured = Word::Same(format!("«{}»", row.shown("measured")));
    row.report(&ZERO_WITHOUT_CASES, col, &[("measured", measured), ("said", said)]);
}

/// Whether a header names how many cases there were: `N. pratiche`, `Numero richieste pervenute`.
fn names_cases(header: &str) -> bool {
    let words = words(header);
    let cases = ["pratiche", "casi", "richieste", "istanze", "domande", "procedimenti"];
    let is_case = |word: &String| cases.contains(&word.as_str());
    match &words[..] {
        [only] => is_case(only),
        [first, rest @ ..] if matches!(first.as_str(), "n" | "nr" | "num" | "numero") => {
            rest.iter().find(|word| !matches!(word.as_str(), "di" | "delle" | "dei")).is_some_and(is_case)
                && !rest.iter().any(|word| word.starts_with("fuori") || word.starts_with("oltre") || word == "non")
        }
        _ => false,
    }
}

/// A name without line breaks and with single blanks, however it was typed.
fn in_one_line(name: ArcStr) -> ArcStr {
    // Nothing but letters, marks and single blanks within, as most are.
    let shows = name.bytes().fold(true, |shows, byte| shows & matches!(byte, b' '..=b'~'));
    let wide = name.as_bytes().windows(2).fold(false, |wide, two| wide | (two == b"  "));
    let is_plain = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    if name.is_empty() || (shows && !wide && has_plain_ends(&name)) || name.split(' ').all(is_plain) {
        return name;
    }
    one_line(&name).into()
}

/// The office; a mark in its place stands for the one above.
fn office(row: &mut RowReader<'_>, place: Option<u32>) -> ArcStr {
    let office = in_one_line(row.text_at(place));
    let is_mark = |text: &str| matches!(text, "\"" | "''" | "“" | "”" | "„" | "〃" | "»");
    let Some(col) = place.filter(|_| is_mark(&office)) else { return office };
    let above = (row.table.body_rows.0..row.row).rev().map(|above| row.sheet.text(above, col));
    match above.map(|text| trim(&text).to_owned()).find(|text| !is_mark(text)) {
        Some(above) if !above.is_empty() => above.into(),
        _ => {
            row.not_understood("office", Severity::Warning);
            ArcStr::new()
        }
    }
}

/// What the column of notes says, and others like it beside it.
fn notes(row: &mut RowReader<'_>, places: &Places) -> ArcStr {
    let own = row.text_at(places.notes);
    if places.other_notes.is_empty() {
        return own;
    }
    let others = places.other_notes.iter().map(|col| row.sheet.text(row.row, *col).trim().to_owned());
    let said: Vec<String> = std::iter::once(own.to_string()).chain(others).filter(|text| !text.is_empty()).collect();
    said.join("; ").into()
}

/// Columns of notes beside the one that is taken for it: `NOTE` and `MOTIVAZIONI`.
pub fn other_notes(table: &Table) -> impl Iterator<Item = &Mapped> {
    thread_local!(static KNOWN: Memo<bool> = const { Memo::new() });
    let is_name = |header: &str| {
        let said = words(header).join(" ");
        let begins = |name: &&str| said.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        NOTES.iter().chain(&["note", "cause"]).any(begins)
    };
    let is_it = move |mapped: &&Mapped| {
        let header = &mapped.header;
        matches!(mapped.role, Role::Unknown) && KNOWN.with(|known| known.get(header, 0, || is_name(header)))
    };
    let of_standards = table.kind.id == "charter" && table.col("notes").is_some();
    table.columns.iter().filter(move |mapped| of_standards && is_it(mapped))
}

/// Whether a header, or a column beside the values, says what bare numbers of standards are.
pub fn says_unit(table: &Table) -> bool {
    let mut mapped = ["planned", "measured"].into_iter().filter_map(|id| table.mapped(id));
    mapped.any(|mapped| duration::header_clock(&mapped.header).is_some() || units_of(table, mapped.col).is_some())
}

/// `% pratiche evase entro 5 gg`, `Indice di gradimento (%)`: a name that says what its bare numbers are.
fn names_share(text: &str) -> bool {
    let (text, folded) = (text.trim(), words(text));
    let (first, last) = (folded.first().map(String::as_str), folded.last().map(String::as_str));
    // `Riduzione del 5%` names a share that is a figure of its own.
    let before = text.trim_end_matches(')').strip_suffix('%').map(|rest| rest.trim_end());
    let is_behind = before.is_some_and(|rest| !rest.is_empty() && !rest.ends_with(|end: char| end.is_ascii_digit()));
    text.starts_with('%') || first == Some("percentuale") || last == Some("percentuale") || is_behind
}

/// Whether a value is a number above 1 without any unit, or none is there.
fn is_bare(read: &Read<Measure>) -> bool {
    match read {
        Read::Value(Measure::Span(span)) => {
            !span.stated
                && span.unit == Unit::Days
                && span.more.is_none()
                && (span.amount > Decimal::ONE || span.amount.is_zero())
        }
        read => !matches!(read, Read::Value(_)),
    }
}

/// Whether a value is a share.
fn is_share(read: &Read<Measure>) -> bool {
    matches!(read, Read::Value(Measure::Share(_)))
}

/// A bare number as the share that its indicator names.
fn as_share(row: &RowReader<'_>, id: &str, read: Read<Measure>) -> Read<Measure> {
    match beside_share(row, id, read) {
        Read::Value(Measure::Span(span)) if !span.stated => Read::Value(Measure::Share(span.amount)),
        read => read,
    }
}

/// A bare number that is compared with a share; the most there may be is none, as it would be with its sign, and days by
/// their header or the unit of their row are days.
fn beside_share(row: &RowReader<'_>, id: &str, read: Read<Measure>) -> Read<Measure> {
    match read {
        Read::Value(Measure::Span(span)) if row.gives_time(id) => {
            Read::Value(Measure::Span(Span { stated: true, ..span }))
        }
        Read::Value(Measure::Span(span)) if !span.stated && duration::is_limited(&row.shared_shown(id)) => {
            Read::Unclear
        }
        read => read,
    }
}

/// A value in words that nobody can compare: the declared result stands in for it, or the row stays incomplete.
fn settle<T>(row: &mut RowReader<'_>, id: &'static str, read: Read<T>, has_declared: bool) -> Read<T> {
    match read {
        Read::Unclear => {
            row.not_understood(id, if has_declared { Severity::Warning } else { Severity::Error });
            Read::Unread
        }
        other => other,
    }
}

/// How many bytes of what follows a code still belong to it: ` bis`, `/a`.
fn further(rest: &str) -> usize {
    const FURTHER: &[&str] = &["bis", "ter", "quater", "quinquies"];
    let trimmed = rest.trim_start_matches([' ', '-', '/', '.']);
    let word = trimmed.find(|c: char| !c.is_alphanumeric()).unwrap_or(trimmed.len());
    let is_further = FURTHER.iter().any(|known| trimmed[..word].eq_ignore_ascii_case(known));
    let is_letter = word == 1 && rest.len() == trimmed.len() + 1 && rest.starts_with('/');
    if is_further || is_letter { rest.len() - trimmed.len() + word } else { 0 }
}

/// `3.2.1 REGISTRO IMPRESE` is a code and the title of its section; `3.2.1 bis` is a code.
///
/// ```
/// use allegati::kinds::charter::split_code;
/// assert_eq!(split_code("3.2.1 - REGISTRO IMPRESE"), ("3.2.1", "REGISTRO IMPRESE"));
/// assert_eq!(split_code("3.2.1 bis VISURE"), ("3.2.1 bis", "VISURE"));
/// assert_eq!((split_code("3.2.1/a"), split_code("3.2.1 ter.")), (("3.2.1/a", ""), ("3.2.1 ter", "")));
/// ```
pub fn split_code(text: &str) -> (&str, &str) {
    let text = trim(text);
    let end = text.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'.')).unwrap_or(text.len());
    let (code, rest) = text.split_at(end);
    let is_code = || code.bytes().any(|byte| byte.is_ascii_digit()) && code.contains('.');
    if !rest.is_empty() && is_code() {
        let (code, rest) = text.split_at(end + further(rest));
        let title = rest.trim_start_matches(|c: char| c.is_whitespace() || "-–—.):*".contains(c)).trim();
        return (code.trim_end_matches('.'), title);
    }
    (text.trim_end_matches(['.', ')']), "")
}
