//! The years a title, a label or a sheet's name speaks of.

use std::borrow::Cow;

use super::compared::is_compared;
use super::{MONTHS, periods};
use crate::value::fold::fold;

/// Words after which a year belongs to an act, not to the sheet.
const ACTS: &[&str] = &[
    "atto",
    "ce",
    "circolare",
    "decreto",
    "delibera",
    "deliberazione",
    "determina",
    "determinazione",
    "direttiva",
    "dl",
    "dlgs",
    "dm",
    "dpcm",
    "dpgr",
    "dpr",
    "l",
    "legge",
    "lgs",
    "lr",
    "ordinanza",
    "prot",
    "protocollo",
    "provvedimento",
    "rd",
    "reg",
    "regolamento",
    "ue",
];

/// Words after which four digits are a number, not a year.
const NUMBERS: &[&str] = &["art", "articolo", "cap", "n", "nr", "num", "numero", "euro", "eur"];

/// Words before which four digits are a quantity, not a year.
const QUANTITIES: &[&str] = &["gg", "giorni", "ore", "euro", "eur"];

/// The years a text names, in the order it names them, each once; a span names all of its years.
///
/// Dates, amounts, protocol numbers (`1000/2019`) and the years of laws and acts are not the sheet's year.
///
/// ```
/// use allegati::value::date::years;
/// assert_eq!(years("Carta dei servizi - anno 2019"), [2019]);
/// assert_eq!(years("triennio 2017-2019"), [2017, 2018, 2019]);
/// assert_eq!(years("D.Lgs. 33/2013, prot. 1000/2019 del 15/01/2020"), Vec::<i16>::new());
/// ```
pub fn years(text: &str) -> Vec<i16> {
    once(spans(text).into_iter().flatten())
}

/// The years that titles name, else those of the days that their data are of: `situazione al 31/12/2018`. Those of a month
/// alone (`Lucca, gennaio 2020`) say when a sheet was made, where another title names a year. Those that others are held
/// against (`confronto con il 2016`) are no sheet's own.
///
/// ```
/// use allegati::value::date::years_of_titles;
/// assert_eq!(years_of_titles(["Carta dei servizi - anno 2019", "Aggiornato a gennaio 2020"].into_iter()), [2019]);
/// assert_eq!(years_of_titles(["Monitoraggio dicembre 2019"].into_iter()), [2019]);
/// assert_eq!(years_of_titles(["Situazione al 31/12/2018", "Lucca, gennaio 2019"].into_iter()), [2018]);
/// assert_eq!(years_of_titles(["Monitoraggio anno '18"].into_iter()), [2018]);
/// ```
pub fn years_of_titles<'a>(titles: impl Iterator<Item = &'a str> + Clone) -> Vec<i16> {
    let titles = titles.filter(|title| may_have_digit(title));
    let own = years_without_month(titles.clone());
    if !own.is_empty() {
        return own;
    }
    let of_days = once(titles.clone().flat_map(periods).flat_map(|period| period.years()));
    if of_days.is_empty() { own_years(titles) } else { of_days }
}

/// The years that texts name which may be titles or records: days in them may be of anything. Those that others are held
/// against are left out.
pub fn years_of_texts<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Vec<i16> {
    let own = years_without_month(texts.clone());
    if own.is_empty() { own_years(texts) } else { own }
}

/// The years that texts name, but those that others are held against.
fn own_years<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<i16> {
    once(texts.flat_map(|text| spans_where(text, &|before| !is_compared(before))).flatten())
}

/// The years that a file's own name names.
///
/// ```
/// use allegati::value::date::years_of_file;
/// assert_eq!(years_of_file("archivio 2018/albi 2019.xlsx"), [2019]);
/// ```
pub fn years_of_file(file: &str) -> Vec<i16> {
    let name = file.rsplit('/').next().unwrap_or(file);
    years_of_titles(std::iter::once(name.rsplit_once('.').map_or(name, |(stem, _)| stem)))
}

/// The years that the folders on the way to a file name: those of the nearest that names one.
///
/// ```
/// use allegati::value::date::years_of_folders;
/// assert_eq!(years_of_folders("dati 2019/archivio 2018/albi/albi.xlsx"), [2018]);
/// assert_eq!(years_of_folders("albi 2019.xlsx"), Vec::<i16>::new());
/// ```
pub fn years_of_folders(file: &str) -> Vec<i16> {
    let folders = file.rsplit('/').skip(1).map(|folder| years_of_titles(std::iter::once(folder)));
    folders.into_iter().find(|years| !years.is_empty()).unwrap_or_default()
}

/// The years that texts name otherwise than with a month alone, but those that others are held against.
fn years_without_month<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<i16> {
    let ends_in_month = |before: &str| {
        let last = before.split(|letter: char| !letter.is_alphanumeric()).rfind(|word| !word.is_empty());
        last.is_some_and(|word| MONTHS.contains(&word))
    };
    let wanted = |before: &str| !ends_in_month(before) && !is_compared(before);
    once(texts.flat_map(|text| spans_where(text, &wanted)).flatten())
}

/// Each year once, in the order they come.
fn once(years: impl Iterator<Item = i16>) -> Vec<i16> {
    let mut once = Vec::new();
    for year in years {
        if !once.contains(&year) {
            once.push(year);
        }
    }
    once
}

/// The year that a text names by itself, or by the days that data are of, beside spans that it names as well: the sheet's
/// own, where a plan is of several.
///
/// ```
/// use allegati::value::date::year_beside_span;
/// assert_eq!(year_beside_span("Piano 2018-2020 - consuntivo anno 2018"), Some(2018));
/// assert_eq!(year_beside_span("Piano 2018-2020 - consuntivo al 31/12/2018"), Some(2018));
/// assert_eq!(year_beside_span("Piano 2018-2020"), None);
/// assert_eq!(year_beside_span("Consuntivo 2018"), None);
/// ```
pub fn year_beside_span(text: &str) -> Option<i16> {
    let spans = spans_where(text, &|before| !is_compared(before));
    if !spans.iter().any(|span| span.len() > 2) {
        return None;
    }
    let mut alone: Vec<i16> = spans.iter().filter(|span| span.len() == 1).flatten().copied().collect();
    if alone.is_empty() {
        alone = once(periods(text).iter().flat_map(|period| period.years()));
    }
    if let [only] = alone[..] { Some(only) } else { None }
}

/// The years that a text names, those of a span together.
fn spans(text: &str) -> Vec<Vec<i16>> {
    spans_where(text, &|_| true)
}

/// The same, where what stands before them is as wanted.
fn spans_where(text: &str, wanted: &dyn Fn(&str) -> bool) -> Vec<Vec<i16>> {
    if !may_name_year(text) {
        return Vec::new();
    }
    let text = fold(&in_four_digits(text));
    let mut found: Vec<Vec<i16>> = Vec::new();
    let mut open: Option<(i16, usize)> = None;
    for (start, end) in chunks(&text) {
        let before = &text[..start];
        let (chunk, after) = (&text[start..end], &text[end..]);
        let named = chunk_years(chunk).or_else(|| short_year(before, chunk, after));
        let named = named.filter(|_| is_named(before, after) && wanted(before));
        let Some(named) = named else {
            open = None;
            continue;
        };
        if let (Some((from, after)), [to]) = (open, named.as_slice())
            && matches!(text[after..start].trim(), "-" | "al" | "a")
            && from < *to
        {
            // What was named last is its beginning.
            found.pop();
            found.push((from..=*to).collect());
        } else {
            found.push(named.clone());
        }
        open = named.last().map(|year| (*year, end));
    }
    found
}

/// Whether a text may hold a digit: most names of offices and sheets have none. Those of other alphabets fold to plain ones.
fn may_have_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() || !byte.is_ascii())
}

/// Whether a text may name a year: those begin with 19 or 20, or with an apostrophe in their place, or follow `anno`.
fn may_name_year(text: &str) -> bool {
    let begins = |two: &[u8]| matches!(two, b"19" | b"20" | [b'\'', b'0'..=b'9']);
    let follows = |three: &[u8]| matches!(three, [b'o' | b'O', b'0'..=b'9', _] | [b'o' | b'O', b' ', b'0'..=b'9']);
    text.as_bytes().windows(2).any(begins) || text.as_bytes().windows(3).any(follows) || !text.is_ascii()
}

/// Whether a text ends in the word `anno`.
fn ends_in_anno(text: &str) -> bool {
    text.strip_suffix("anno").is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// The 2018 of `anno 18`, where no word follows that it may count; `anno 01` may be the first of a plan.
fn short_year(before: &str, digits: &str, after: &str) -> Option<Vec<i16>> {
    let counts = after.trim_start().starts_with(char::is_alphanumeric);
    let is_short = digits.len() == 2 && !digits.starts_with('0') && !counts && ends_in_anno(before.trim_end());
    let year = is_short.then(|| year(&format!("{}{digits}", century(digits))))?;
    year.map(|year| vec![year])
}

/// How a year begins of which a text gives the last two digits, whatever follows them.
fn century(digits: &str) -> &'static str {
    if digits < "90" { "20" } else { "19" }
}

/// Runs of digits with the marks inside them, as places in the text.
fn chunks(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    let inside = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '/' | '-');
    while let Some(start) = text[at..].find(|letter: char| letter.is_ascii_digit()).map(|start| at + start) {
        let end = text[start..].find(|letter| !inside(letter)).map_or(text.len(), |end| start + end);
        let trimmed = start + text[start..end].trim_end_matches(['.', ',', '/', '-']).len();
        found.push((start, trimmed));
        at = end;
    }
    found
}

fn year(digits: &str) -> Option<i16> {
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|year| (1990..=2099).contains(year))
}

/// The text with `2018` for the `'18` of `anno '18`: two digits behind an apostrophe that ends no word.
fn in_four_digits(text: &str) -> Cow<'_, str> {
    let is_apostrophe = |letter: char| matches!(letter, '\'' | '’' | '‘' | '`' | '´');
    let mut whole = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_apostrophe) {
        let (before, mark) = rest.split_at(at);
        let behind = mark.trim_start_matches(is_apostrophe);
        let length = behind.bytes().take_while(u8::is_ascii_digit).count();
        let goes_on = |letter: char| letter.is_alphanumeric() || is_apostrophe(letter);
        whole.push_str(before);
        if length == 2 && !behind[length..].starts_with(goes_on) && !before.ends_with(char::is_alphanumeric) {
            whole.push_str(century(behind));
        } else {
            whole.push_str(&mark[..mark.len() - behind.len()]);
        }
        rest = behind;
    }
    if whole.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(whole + rest) }
}

/// `2019`, `2018-2019`, `2017/19`, `2017-2018-2019`, `2018,2019`; none for dates, amounts and numbers of acts.
fn chunk_years(chunk: &str) -> Option<Vec<i16>> {
    let parts: Vec<&str> = chunk.split(['-', '/', ',', '.']).collect();
    if let [from, to] = parts.as_slice()
        && !chunk.contains([',', '.'])
    {
        let from = year(from)?;
        let to = match to.len() {
            2 => to.parse::<i16>().ok().map(|to| from / 100 * 100 + to).filter(|to| *to > from)?,
            _ => year(to)?,
        };
        return Some(if from < to { (from..=to).collect() } else { vec![from, to] });
    }
    parts.into_iter().map(year).collect()
}

/// Whether what stands around four digits lets them be a year.
fn is_named(before: &str, after: &str) -> bool {
    let touching = |letter: char| letter.is_alphanumeric() || matches!(letter, '°' | '€' | '$' | '%' | ':' | '+');
    let is_touched =
        before.chars().next_back().is_some_and(|letter| letter != ':' && (touching(letter) || letter == '/'));
    // A blank may be missing.
    if is_touched && !ends_in_anno(before) {
        return false;
    }
    if after.chars().next().is_some_and(|letter| letter != ':' && touching(letter)) {
        return false;
    }
    let marked = before.trim_end().ends_with(['€', '$']) || after.trim_start().starts_with(['€', '%']);
    let next = after.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
    !marked && !next.is_some_and(|word| QUANTITIES.contains(&word)) && !of_an_act(before)
}

/// Whether the words before a year make it an act's, or a date's.
fn of_an_act(before: &str) -> bool {
    let words: Vec<&str> =
        before.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [.., last] if ACTS.contains(last) || NUMBERS.contains(last) => true,
        [.., day, month] if day.len() <= 2 && is_number(day) && MONTHS.contains(month) => true,
        // `n. 55/R 2009`
        [.., number, letter] if letter.len() == 1 && is_number(number) && before.contains('/') => true,
        [.., number, "del"] if is_number(number) => true,
        [.., number, "dell", "anno"] if is_number(number) => numbered_act(&words),
        [.., number] if is_number(number) => numbered_act(&words),
        _ => false,
    }
}

/// Whether one of the few words before names an act.
fn numbered_act(words: &[&str]) -> bool {
    words.iter().rev().take(5).any(|word| ACTS.contains(word) && *word != "l")
}
