//! Number styles of OpenDocument as format codes, so that one way of showing serves all formats.

use super::super::xml::{Broken, Tag, Xml};

/// A number style: its own code, and the styles its conditions lead to.
#[derive(Debug, Default)]
pub(super) struct Code {
    pub(super) body: String,
    /// Condition as in a format code (`>=0`), name of the style.
    pub(super) maps: Vec<(String, String)>,
}

/// Reads the style just opened; `None` when it is none of numbers.
pub(super) fn read(start: &Tag<'_>, xml: &mut Xml<'_>) -> Result<Option<Code>, Broken> {
    let kind = start.local().to_owned();
    let known = ["number-style", "percentage-style", "currency-style", "date-style", "time-style", "text-style"];
    if kind == "boolean-style" {
        xml.skip()?;
        return Ok(Some(Code { body: "General".to_owned(), maps: Vec::new() }));
    }
    if !known.contains(&kind.as_str()) {
        return Ok(None);
    }
    let elapsed = start.attribute("truncate-on-overflow").as_deref() == Some("false");
    let mut code = Code::default();
    let depth = xml.depth();
    while let Some(child) = xml.child(depth)? {
        match child.local() {
            "text" => {
                let text = xml.text()?;
                push_text(&mut code.body, &text, kind == "percentage-style");
            }
            "currency-symbol" => {
                let text = xml.text()?;
                code.body.push_str(&quoted(&text));
            }
            "map" => {
                let condition =
                    child.attribute("condition").map(|text| text.replace("value()", "")).unwrap_or_default();
                let name = child.attribute("apply-style-name").map(String::from).unwrap_or_default();
                code.maps.push((condition.replace("!=", "<>"), name));
            }
            "number" | "scientific-number" | "fraction" => code.body.push_str(&number(&child)),
            "text-content" => code.body.push('@'),
            name => code.body.push_str(date_part(name, &child, elapsed && !code.body.contains('['))),
        }
        if child.local() == "seconds" {
            let places = count(&child, "decimal-places").unwrap_or(0).min(3);
            if places > 0 {
                code.body.push('.');
                code.body.push_str(&"0".repeat(places));
            }
        }
    }
    if code.body.is_empty() {
        code.body.push_str(if kind == "text-style" { "@" } else { "General" });
    }
    Ok(Some(code))
}

fn count(start: &Tag<'_>, name: &str) -> Option<usize> {
    start.attribute(name).and_then(|value| value.trim().parse().ok())
}

/// The digits of a `number:number` and its kin.
fn number(start: &Tag<'_>) -> String {
    let whole = count(start, "min-integer-digits").unwrap_or(0).min(30);
    if start.local() == "fraction" {
        let below = count(start, "min-denominator-digits").unwrap_or(1).clamp(1, 3);
        return format!("# {0}/{0}", "?".repeat(below));
    }
    let decimals = count(start, "decimal-places").map(|places| places.min(30));
    let grouped = start.attribute("grouping").as_deref() == Some("true");
    let Some(decimals) = decimals else {
        return if grouped {
            "#,##0".to_owned()
        } else if whole <= 1 {
            "General".to_owned()
        } else {
            "0".repeat(whole)
        };
    };
    let least = count(start, "min-decimal-places").unwrap_or(decimals).min(decimals);
    let mut text = match (grouped, whole) {
        (true, 0) => "#,###".to_owned(),
        (true, 1) => "#,##0".to_owned(),
        (true, whole) => format!("#,{}", "0".repeat(whole.max(3))),
        (false, 0) => "#".to_owned(),
        (false, whole) => "0".repeat(whole),
    };
    if decimals > 0 {
        text.push('.');
        text.push_str(&"0".repeat(least));
        text.push_str(&"#".repeat(decimals - least));
    }
    if start.local() == "scientific-number" {
        text.push_str("E+");
        text.push_str(&"0".repeat(count(start, "min-exponent-digits").unwrap_or(2).clamp(1, 5)));
    }
    text
}

fn date_part(name: &str, start: &Tag<'_>, elapsed: bool) -> &'static str {
    let long = start.attribute("style").as_deref() == Some("long");
    let textual = start.attribute("textual").as_deref() == Some("true");
    match (name, long) {
        ("day", true) => "dd",
        ("day", false) => "d",
        ("month", true) if textual => "mmmm",
        ("month", false) if textual => "mmm",
        ("month", true) => "mm",
        ("month", false) => "m",
        ("year", true) => "yyyy",
        ("year", false) => "yy",
        ("day-of-week", true) => "dddd",
        ("day-of-week", false) => "ddd",
        ("hours", true) if elapsed => "[hh]",
        ("hours", false) if elapsed => "[h]",
        ("minutes", _) if elapsed => "[mm]",
        ("seconds", _) if elapsed => "[ss]",
        ("hours", true) => "hh",
        ("hours", false) => "h",
        ("minutes", true) => "mm",
        ("minutes", false) => "m",
        ("seconds", true) => "ss",
        ("seconds", false) => "s",
        ("am-pm", _) => "AM/PM",
        _ => "",
    }
}

fn push_text(body: &mut String, text: &str, percentage: bool) {
    match text.split_once('%').filter(|_| percentage) {
        Some((before, after)) => {
            body.push_str(&quoted(before));
            body.push('%');
            body.push_str(&quoted(after));
        }
        None => body.push_str(&quoted(text)),
    }
}

/// A literal text of a format code; separators of dates need no quotes.
fn quoted(text: &str) -> String {
    match text {
        "" => String::new(),
        "/" | "-" | ":" | " " => text.to_owned(),
        text if text.contains('"') => text.chars().flat_map(|character| ['\\', character]).collect(),
        text => format!("\"{text}\""),
    }
}
