//! The walk over the tables: every section and key is known or a problem; `values` reads what stands behind a key.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Problem, nearest, suggestion};
use super::link::{Expr, Reference};
use super::{Settings, syntax};
use crate::finding::Word;
use crate::value::fold::words;

/// The sections with a fixed set of keys.
const SECTIONS: [(&str, &[&str]); 7] = [
    ("body", &["name", "year", "patron_saint", "saturday_works", "closures", "reference_date"]),
    ("scoring", &["respect", "tolerance_percent"]),
    ("trends", &["percent_points", "duration_times"]),
    ("staff_costs", &["base_year"]),
    ("roster", &["offices"]),
    ("export", &["licence"]),
    ("limits", &["inflated_mib", "cells", "seconds", "worker_mib"]),
];
/// Every section.
const SECTION_NAMES: [&str; 10] =
    ["body", "scoring", "trends", "staff_costs", "roster", "links", "sections", "columns", "export", "limits"];

type Entry<'a, 'i> = (&'a Spanned<std::borrow::Cow<'i, str>>, &'a Spanned<DeValue<'i>>);

pub(super) fn read(text: &str, known: &[(&str, &[&str])]) -> Result<Settings, Vec<Problem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(syntax::problems(text, &errors));
    }
    let mut walk = Walk { text, known, settings: Settings::default(), problems: Vec::new() };
    walk.document(table.get_ref());
    if walk.problems.is_empty() {
        return Ok(walk.settings);
    }
    walk.problems.sort_by_key(|problem| problem.line);
    Err(walk.problems)
}

pub(super) struct Walk<'a> {
    text: &'a str,
    known: &'a [(&'a str, &'a [&'a str])],
    pub(super) settings: Settings,
    problems: Vec<Problem>,
}

/// The entries of a table in the order of the file.
fn entries<'a, 'i>(table: &'a DeTable<'i>) -> Vec<Entry<'a, 'i>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Every key of a fixed section, with the section.
fn fixed_keys() -> impl Iterator<Item = (&'static str, &'static str)> {
    SECTIONS.iter().flat_map(|(section, keys)| keys.iter().map(move |key| (*key, *section)))
}

/// Folded words of holder, objective and indicator: keys alike in them are one.
type LinkKey = (Vec<String>, Vec<String>, Option<Vec<String>>);

fn link_key(reference: &Reference) -> Option<LinkKey> {
    match reference {
        Reference::Scorecard { holder, objective, indicator, .. } => {
            Some((words(holder), words(objective), indicator.as_deref().map(words)))
        }
        Reference::Figure { .. } => None,
    }
}

impl Walk<'_> {
    fn problem(&mut self, at: usize, it: String, en: String) {
        let line = Some(super::line_of(self.text, at));
        self.problems.push(Problem { line, what: Word::Both(it, en) });
    }

    /// A value of the wrong type, or an impossible one.
    pub(super) fn wanted(&mut self, key: &str, value: &Spanned<DeValue<'_>>, it: &str, en: &str) {
        let seen = self.text.get(value.span()).unwrap_or_default();
        let seen = crate::finding::shorten(seen, 40);
        self.problem(value.span().start, format!("«{key} = {seen}»: {it}"), format!("“{key} = {seen}”: {en}"));
    }

    fn document(&mut self, table: &DeTable<'_>) {
        for (key, value) in entries(table) {
            let name = key.get_ref().as_ref();
            if !SECTION_NAMES.contains(&name) {
                self.unknown_section(name, key.span().start, value.get_ref());
                continue;
            }
            let Some(inner) = value.get_ref().as_table() else {
                self.wanted(
                    name,
                    value,
                    &format!("è una sezione; scrivere [{name}] su una riga e sotto le sue voci"),
                    &format!("is a section; write [{name}] on a line, with its keys below"),
                );
                continue;
            };
            match name {
                "links" => self.links(inner),
                "sections" => self.sections("", inner),
                "columns" => self.columns(inner),
                _ => self.fixed(name, inner),
            }
        }
    }

    fn unknown_section(&mut self, name: &str, at: usize, value: &DeValue<'_>) {
        let home = fixed_keys().find(|(key, _)| *key == name).map(|(_, section)| section);
        if let (Some(section), false) = (home, value.is_table()) {
            return self.problem(
                at,
                format!("«{name}» va sotto la sezione [{section}]"),
                format!("“{name}” belongs below the section [{section}]"),
            );
        }
        if !value.is_table() {
            let keys: Vec<&str> = fixed_keys().map(|(key, _)| key).collect();
            if let Some(near) = nearest(name, keys) {
                let section = fixed_keys().find(|(key, _)| *key == near).map_or("", |(_, section)| section);
                return self.problem(
                    at,
                    format!("la voce «{name}» non si conosce; forse «{near}» della sezione [{section}]?"),
                    format!("the key “{name}” is not known; did you mean “{near}” of the section [{section}]?"),
                );
            }
        }
        let (it, en) = suggestion(name, &SECTION_NAMES);
        self.problem(
            at,
            format!("la sezione «{name}» non si conosce{it}"),
            format!("the section “{name}” is not known{en}"),
        );
    }

    fn fixed(&mut self, section: &str, table: &DeTable<'_>) {
        let keys = SECTIONS.iter().find(|(name, _)| *name == section).map_or(&[][..], |(_, keys)| keys);
        for (key, value) in entries(table) {
            let name = key.get_ref().as_ref();
            if keys.contains(&name) {
                self.value(name, value);
            } else {
                self.unknown_key(section, name, keys, key.span().start);
            }
        }
    }

    fn unknown_key(&mut self, section: &str, name: &str, keys: &[&str], at: usize) {
        if let Some((_, home)) = fixed_keys().find(|(key, _)| *key == name) {
            return self.problem(
                at,
                format!("«{name}» va sotto la sezione [{home}], non sotto [{section}]"),
                format!("“{name}” belongs below the section [{home}], not below [{section}]"),
            );
        }
        let (it, en) = suggestion(name, keys);
        self.problem(
            at,
            format!("la voce «{name}» della sezione [{section}] non si conosce{it}"),
            format!("the key “{name}” of the section [{section}] is not known{en}"),
        );
    }

    fn links(&mut self, table: &DeTable<'_>) {
        let mut linked: Vec<(LinkKey, &str)> = Vec::new();
        for (key, value) in entries(table) {
            let name = key.get_ref().as_ref();
            let reference = Reference::parse(name);
            if let Some(own) = reference.as_ref().ok().and_then(link_key) {
                match linked.iter().find(|(other, _)| *other == own) {
                    Some((_, first)) => self.problem(
                        key.span().start,
                        format!("«{name}»: la stessa voce c’è due volte: «{first}»"),
                        format!("“{name}”: the same key stands there twice: “{first}”"),
                    ),
                    None => linked.push((own, name)),
                }
            }
            match &reference {
                Ok(Reference::Scorecard { rounded: false, .. }) => {}
                Err(Word::Both(it, en)) if !value.get_ref().is_table() => {
                    self.problem(key.span().start, it.clone(), en.clone())
                }
                _ => self.problem(
                    key.span().start,
                    format!(
                        "«{name}»: a sinistra serve fra virgolette un obiettivo o un indicatore, come \"Ente/1/1\""
                    ),
                    format!(
                        "“{name}”: on the left an objective or an indicator in quotes is needed, like \"Ente/1/1\""
                    ),
                ),
            }
            let Some(text) = value.get_ref().as_str() else {
                if !value.get_ref().is_table() {
                    self.wanted(name, value, "serve un testo fra virgolette", "a text in quotes is needed");
                }
                continue;
            };
            match Expr::parse(text) {
                Ok(expr) if reference.as_ref().is_ok_and(|own| expr.references().contains(own)) => {
                    self.wanted(name, value, "il collegamento rimanda a se stesso", "the link points to itself");
                }
                Ok(_) => self.settings.links.push((name.to_owned(), text.to_owned())),
                Err(why) => {
                    let (it, en) = (why.get(crate::finding::Lang::It), why.get(crate::finding::Lang::En));
                    self.problem(value.span().start, it.to_owned(), en.to_owned());
                }
            }
        }
    }

    /// A code without quotes (`3.1 = …`) is read by TOML as a table in a table, and means the same.
    fn sections(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (key, value) in entries(table) {
            let code = format!("{prefix}{}", key.get_ref().trim());
            if let Some(inner) = value.get_ref().as_table() {
                self.sections(&format!("{code}."), inner);
            } else if !code.chars().any(char::is_alphanumeric) {
                self.problem(
                    key.span().start,
                    format!("«{code}» non è l’inizio di un codice, come \"3.1\""),
                    format!("“{code}” is not the beginning of a code, like \"3.1\""),
                );
            } else if let Some(title) = self.text_value(&code, value) {
                self.settings.sections.push((code, title));
            }
        }
    }

    fn columns(&mut self, table: &DeTable<'_>) {
        for (key, value) in entries(table) {
            let kind = key.get_ref().as_ref();
            let known = self.known.iter().find(|(name, _)| *name == kind).map(|(_, columns)| *columns);
            match (known, value.get_ref().as_table()) {
                (Some(known), Some(inner)) => self.columns_of(kind, known, inner),
                (None, _) => {
                    let kinds: Vec<&str> = self.known.iter().map(|(name, _)| *name).collect();
                    let (it, en) = suggestion(kind, &kinds);
                    self.problem(
                        key.span().start,
                        format!("il tipo di foglio «{kind}» non si conosce{it}"),
                        format!("the kind of sheet “{kind}” is not known{en}"),
                    );
                }
                (Some(_), None) => {
                    let (it, en) = (
                        format!("è una sezione; scrivere [columns.{kind}]"),
                        format!("is a section; write [columns.{kind}]"),
                    );
                    self.wanted(kind, value, &it, &en);
                }
            }
        }
    }

    fn columns_of(&mut self, kind: &str, known: &[&str], table: &DeTable<'_>) {
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, value) in entries(table) {
            let column = key.get_ref().as_ref();
            if !known.contains(&column) {
                let (it, en) = suggestion(column, known);
                self.problem(
                    key.span().start,
                    format!("la colonna «{column}» di [columns.{kind}] non si conosce{it}"),
                    format!("the column “{column}” of [columns.{kind}] is not known{en}"),
                );
                continue;
            }
            let spellings = match value.get_ref() {
                DeValue::String(_) => self.text_value(column, value).into_iter().collect(),
                _ => self.each(column, value, Self::text_value),
            };
            self.disputed(column, &spellings, &columns, value.span().start);
            columns.insert(column.to_owned(), spellings);
        }
        self.settings.columns.insert(kind.to_owned(), columns);
    }

    /// Spellings that another column of the same kind has already: nobody could say which of the two a header is.
    fn disputed(&mut self, column: &str, spellings: &[String], others: &BTreeMap<String, Vec<String>>, at: usize) {
        for spelling in spellings {
            let has_it = |list: &Vec<String>| list.iter().any(|other| words(other) == words(spelling));
            let Some((other, _)) = others.iter().find(|(other, list)| *other != column && has_it(list)) else {
                continue;
            };
            let shown = crate::finding::shorten(spelling, 40);
            self.problem(
                at,
                format!("«{shown}» è già un nome della colonna «{other}»: toglierlo da «{other}» o da «{column}»"),
                format!("“{shown}” is already a spelling of “{other}”: remove it from “{other}” or from “{column}”"),
            );
        }
    }
}
