//! Compares what the program wrote with what is known: every record is right, flagged at its own cell, silently wrong
//! or lost; every trap is told or not; every error elsewhere is a false alarm.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::harness::grid::{a1, place};

use super::truth::{Cells, Choices, Gravity, Key, Need, Record, Truth, Want};

/// How a record or a trap came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Right,
    /// Not as it should be, and said so at its own cell.
    Flagged,
    /// Not as it should be, without a word; or a trap of which nothing is said.
    Silent,
    /// Not there, without a word.
    Lost,
    /// An error where nothing is wrong.
    FalseAlarm,
}

/// One judgement.
#[derive(Debug)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Kind of sheet, or `trap: …`.
    pub kind: String,
    /// A trap was planted in the record.
    pub trapped: bool,
    /// Where, and what was expected and got.
    pub words: String,
    /// The choices of the sheet.
    pub choices: Arc<Choices>,
}

/// A finding of the JSON.
struct Finding {
    gravity: Gravity,
    file: String,
    sheet: String,
    cell: Option<(u32, u32)>,
    whole: String,
    raw: String,
}

/// Judges the JSON of a run.
pub fn judge(truth: &Truth, json: &Value) -> Vec<Judgement> {
    let findings: Vec<Finding> = list(json, "findings").iter().map(finding).collect();
    let mut out: Vec<Judgement> = truth.records.iter().map(|record| self::record(record, json, &findings)).collect();
    out.extend(truth.needs.iter().map(|need| self::need(need, json, &findings)));
    for finding in findings.iter().filter(|finding| finding.gravity == Gravity::Error) {
        if !planted(finding, truth) {
            out.push(Judgement {
                verdict: Verdict::FalseAlarm,
                kind: "errors".to_owned(),
                trapped: false,
                words: finding.raw.clone(),
                choices: choices_at(truth, finding),
            });
        }
    }
    for entry in list(json, "missing") {
        let name = fold(entry["name"].as_str().unwrap_or_default());
        let known = |need: &Need| need.missing.as_ref().is_some_and(|(_, missing)| name.contains(&fold(missing)));
        if !truth.needs.iter().any(known) {
            out.push(Judgement {
                verdict: Verdict::FalseAlarm,
                kind: "missing".to_owned(),
                trapped: false,
                words: entry.to_string(),
                choices: Arc::default(),
            });
        }
    }
    out
}

/// Warnings at places where nothing was planted, by code: not asserted, but too many of them are a defect as well.
pub fn noise(truth: &Truth, json: &Value) -> Vec<String> {
    let code = |value: &Value| value["code"].as_str().unwrap_or("without a code").to_owned();
    let all = list(json, "findings").iter().map(|value| (finding(value), code(value)));
    all.filter(|(finding, _)| finding.gravity == Gravity::Warning && !planted(finding, truth))
        .map(|pair| pair.1)
        .collect()
}

fn list<'a>(json: &'a Value, path: &str) -> &'a [Value] {
    at(json, path).as_array().map_or(&[], Vec::as_slice)
}

/// The value at a `/`-separated path; an empty one is the value itself.
fn at<'a>(json: &'a Value, path: &str) -> &'a Value {
    path.split('/').filter(|key| !key.is_empty()).fold(json, |value, key| &value[key])
}

fn finding(value: &Value) -> Finding {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Finding {
        gravity: match value["severity"].as_str() {
            Some("error") => Gravity::Error,
            Some("warning") => Gravity::Warning,
            _ => Gravity::Info,
        },
        file: text("file"),
        sheet: text("sheet"),
        cell: value["cell"].as_str().and_then(|cell| place(cell.split(':').next().unwrap_or_default())),
        whole: fold(&value.to_string()),
        raw: format!("{} {} › {} › {}: {}", text("code"), text("file"), text("sheet"), text("cell"), text("message")),
    }
}

impl Finding {
    /// Stands at one of some cells of a sheet; the sheet of a text file has no name of its own.
    fn at(&self, file: &str, sheet: &str, cells: &Cells) -> bool {
        self.in_sheet(file, Some(sheet)) && self.cell.is_some_and(|cell| cells.contains(&cell))
    }

    fn in_sheet(&self, file: &str, sheet: Option<&str>) -> bool {
        self.file == file && (file.ends_with(".csv") || sheet.is_none_or(|sheet| self.sheet == sheet))
    }
}

/// Whether an error belongs to a trap: at its row, at its sheet as a whole, or naming what is missing.
fn planted(finding: &Finding, truth: &Truth) -> bool {
    truth.needs.iter().any(|need| {
        let here = need.files.iter().any(|file| finding.in_sheet(file, need.sheet.as_deref()));
        let row = match finding.cell {
            Some((row, _)) => need.cells.is_empty() || need.cells.iter().any(|cell| cell.0 == row),
            None => true,
        };
        let missing = need.missing.as_ref().is_some_and(|(_, name)| finding.whole.contains(&fold(name)));
        (here && row) || missing
    })
}

fn choices_at(truth: &Truth, finding: &Finding) -> Arc<Choices> {
    let here = |record: &&Record| finding.in_sheet(&record.file, Some(&record.sheet));
    truth.records.iter().find(here).map(|record| record.choices.clone()).unwrap_or_default()
}

fn record(record: &Record, json: &Value, findings: &[Finding]) -> Judgement {
    let found = find(record, json);
    let label = format!("{} › {} › {} {:?}", record.file, record.sheet, rows(&record.cells), record.key);
    let told = |cells: &Cells| {
        findings
            .iter()
            .any(|finding| finding.gravity >= Gravity::Warning && finding.at(&record.file, &record.sheet, cells))
    };
    let (verdict, words) = match found {
        None => {
            // A sheet refused as a whole is told at the sheet; a figure of the folder has no cell.
            let refused = findings.iter().any(|finding| {
                finding.gravity >= Gravity::Warning
                    && finding.in_sheet(&record.file, Some(&record.sheet))
                    && (finding.cell.is_none() || record.row.is_none())
            });
            let verdict = if told(&record.cells) || refused { Verdict::Flagged } else { Verdict::Lost };
            (verdict, "not in the JSON".to_owned())
        }
        Some(node) => {
            let (mut verdict, mut words) = (Verdict::Right, Vec::new());
            for expected in &record.wants {
                let got = at(node, expected.field);
                let right = match &expected.want {
                    Want::Flag => told(&expected.cells),
                    want => matches(want, got),
                };
                if right {
                    continue;
                }
                let explained = told(&expected.cells) || (record.trapped && told(&record.cells));
                verdict = verdict.max(if explained { Verdict::Flagged } else { Verdict::Silent });
                words.push(format!("{} expected {:?}, got {got}", expected.field, expected.want));
            }
            (verdict, words.join("; "))
        }
    };
    Judgement {
        verdict,
        kind: record.kind.to_owned(),
        trapped: record.trapped,
        words: format!("{label}: {words}"),
        choices: record.choices.clone(),
    }
}

fn rows(cells: &Cells) -> String {
    match (cells.first(), cells.last()) {
        (Some(first), Some(last)) => format!("{}:{}", a1(first.0, first.1), a1(last.0, last.1)),
        _ => String::new(),
    }
}

/// The record's node in the JSON: by its place where the kind gives sources, else by its key.
fn find<'a>(record: &Record, json: &'a Value) -> Option<&'a Value> {
    let placed = |node: &&Value| {
        list(node, "sources").iter().any(|source| {
            source["file"].as_str() == Some(&record.file)
                && (record.file.ends_with(".csv") || source["sheet"].as_str() == Some(&record.sheet))
                && record.row.is_some_and(|row| source["row"].as_u64() == Some(u64::from(row) + 1))
        })
    };
    let same = |value: &Value, text: &str| value.as_str().is_some_and(|value| fold(value) == fold(text));
    let holds = |value: &Value, text: &str| value.as_str().is_some_and(|value| has_words(value, text));
    match &record.key {
        Key::Charter { .. } => list(json, "charter/rows").iter().find(placed),
        Key::CharterTotals => json.get("charter"),
        Key::Procedure { name } => list(json, "procedures/rows").iter().find(|node| holds(&node["name"], name)),
        Key::ProcedureTotals => json.get("procedures"),
        Key::Objective { holder, number } => list(json, "objectives")
            .iter()
            .find(|node| holds(&node["holder"], holder) && matches(&Want::Text(number.clone()), &node["number"])),
        Key::Indicator { .. } => list(json, "objectives").iter().flat_map(|node| list(node, "indicators")).find(placed),
        Key::Staff { .. } | Key::StaffTotal { .. } => staff(&record.key, json),
        Key::Resource { .. } => list(json, "resources").iter().find(placed),
        Key::Target { objective, target } => list(json, "targets")
            .iter()
            .find(|node| same(&node["objective"], objective) && matches(&Want::Text(target.clone()), &node["target"])),
    }
}

fn staff<'a>(key: &Key, json: &'a Value) -> Option<&'a Value> {
    let (year, entity) = match key {
        Key::Staff { entity, year } => (*year, Some(entity)),
        Key::StaffTotal { year } => (*year, None),
        _ => return None,
    };
    let node = list(json, "staff_costs/years").iter().find(|node| node["year"].as_i64() == Some(year))?;
    let Some(entity) = entity else { return Some(node) };
    let entities = node["entities"].as_object()?;
    entities.iter().find(|(name, value)| fold(name).contains(&fold(entity)) && !value.is_null()).map(|(_, value)| value)
}

fn matches(want: &Want, got: &Value) -> bool {
    let text = match got {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match want {
        Want::Number(wanted) => {
            let round = |value: Decimal| value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            // An exact value, or the exact value already rounded.
            text.and_then(|text| Decimal::from_str(&text).ok()).is_some_and(|got| round(got) == round(*wanted))
        }
        Want::Null => got.is_null(),
        Want::Truth(truth) => got.as_bool() == Some(*truth),
        Want::Text(wanted) => text.is_some_and(|text| fold(&text) == fold(wanted)),
        Want::Holds(wanted) => text.is_some_and(|text| fold(&text).contains(&fold(wanted))),
        Want::Flag => false,
    }
}

fn need(need: &Need, json: &Value, findings: &[Finding]) -> Judgement {
    let told = findings.iter().any(|finding| {
        let here = need.files.iter().any(|file| finding.in_sheet(file, need.sheet.as_deref()));
        let cell = need.cells.is_empty() || finding.cell.is_some_and(|cell| need.cells.contains(&cell));
        let named = need.mention.iter().all(|text| finding.whole.contains(&fold(text)));
        finding.gravity >= need.gravity && (here || need.files.is_empty()) && cell && named
    });
    let listed = need.missing.as_ref().is_none_or(|(what, name)| {
        let fits = |entry: &Value| {
            entry["what"].as_str() == Some(what)
                && entry["name"].as_str().is_some_and(|got| fold(got).contains(&fold(name)))
        };
        list(json, "missing").iter().any(fits)
    });
    let used = need.absent && need.files.iter().any(|file| consolidated(json, file, need.sheet.as_deref()));
    let (verdict, words) = match (told, listed, used) {
        (_, _, true) => (Verdict::Silent, "was consolidated"),
        (_, false, _) => (Verdict::Silent, "is not listed as missing"),
        (false, _, _) => (Verdict::Silent, "no finding says so"),
        _ => (Verdict::Right, ""),
    };
    let place =
        format!("{} › {} › {}", need.files.join(" + "), need.sheet.clone().unwrap_or_default(), rows(&need.cells));
    Judgement {
        verdict,
        kind: format!("trap: {}", need.trap),
        trapped: true,
        words: format!("{place} (at least {:?}): {words}", need.gravity),
        choices: need.choices.clone(),
    }
}

/// Whether any record says that it comes from a sheet.
fn consolidated(json: &Value, file: &str, sheet: Option<&str>) -> bool {
    let from = |node: &Value| {
        list(node, "sources").iter().any(|source| {
            source["file"].as_str() == Some(file)
                && (file.ends_with(".csv") || sheet.is_none_or(|sheet| source["sheet"].as_str() == Some(sheet)))
        })
    };
    let lists = ["charter/rows", "procedures/rows", "objectives", "resources", "targets"];
    lists.iter().any(|path| list(json, path).iter().any(from))
}

/// Whether a text holds another as whole words: `Ente` is not in `Dirigente`.
fn has_words(text: &str, words: &str) -> bool {
    format!(" {} ", fold(text)).contains(&format!(" {} ", fold(words)))
}

/// Words without case, accents, punctuation and repeated spaces.
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    let text = text.replace("\\n", " ");
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '.' || c == '/' {
            out.push(c);
        } else if !('\u{300}'..'\u{370}').contains(&c) && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().trim_end_matches('.').to_owned()
}

/// Choices as pairs, for the table.
pub fn pairs(choices: &Choices) -> BTreeSet<(String, String)> {
    choices.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}
