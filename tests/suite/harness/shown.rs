//! The text a person sees in a cell: what a text file gets, and what OpenDocument repeats beside the value. Only the
//! format codes that the suite writes are known.

use jiff::civil::Date;

use super::grid::{Cell, Value};

/// The civil day of a 1900 serial.
pub fn day(serial: f64) -> Date {
    let days = serial as i64 - 25_569;
    Date::new(1970, 1, 1).expect("epoch").checked_add(jiff::Span::new().days(days)).expect("day of a serial")
}

/// The 1900 serial of a civil day.
pub fn serial(day: Date) -> f64 {
    let days = Date::new(1899, 12, 30).expect("base").until(day).expect("span").get_days();
    f64::from(days)
}

/// The shown text.
pub fn shown(cell: &Cell, decimal_comma: bool) -> String {
    let Some(value) = cell.stored() else { return String::new() };
    match value {
        Value::Text(text) | Value::Error(text) => text.clone(),
        Value::Bool(true) => "VERO".to_owned(),
        Value::Bool(false) => "FALSO".to_owned(),
        Value::Date(days) if cell.code() == "General" => format!("{days}"),
        Value::Date(days) => {
            let day = day(*days);
            if cell.code() == "yyyy-mm-dd" {
                day.to_string()
            } else {
                format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
            }
        }
        Value::Number(number) => self::number(*number, cell.code(), decimal_comma),
        Value::Formula { .. } => String::new(),
    }
}

fn number(number: f64, code: &str, comma: bool) -> String {
    let code = code.trim();
    if code == "General" {
        let text = format!("{number}");
        return if comma { text.replace('.', ",") } else { text };
    }
    // Walk the code: quoted and bracketed text is literal, the run of digit places is the number.
    let (mut before, mut after, mut digits) = (String::new(), String::new(), String::new());
    let (mut percent, mut chars) = (false, code.chars().peekable());
    while let Some(c) = chars.next() {
        let literal = if digits.is_empty() { &mut before } else { &mut after };
        match c {
            '"' => literal.extend(chars.by_ref().take_while(|c| *c != '"')),
            '0' | '#' | ',' | '.' => digits.push(c),
            '%' => {
                percent = true;
                literal.push('%');
            }
            '\\' => literal.extend(chars.next()),
            c => literal.push(c),
        }
    }
    let places = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let scaled = if percent { number * 100.0 } else { number };
    let text = format!("{:.*}", places, scaled.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let (group, mark) = if comma { ('.', ',') } else { (',', '.') };
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && digits.contains(',') && (whole.len() - at) % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(mark);
        out.push_str(decimals);
    }
    let sign = if scaled < 0.0 { "-" } else { "" };
    format!("{sign}{before}{out}{after}")
}
