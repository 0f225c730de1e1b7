//! The dictionary of the data: what each table and column says, as a page for whoever publishes or reuses them.

use askama::Template;

use super::columns::{self, Column, Type};
use super::package::{Table, title};
use super::{About, csv_name, parquet_name};
use crate::delivery::Deliveries;
use crate::finding::Lang;

#[derive(Template)]
#[template(path = "dictionary.html")]
struct Page<'a> {
    language: Lang,
    lang: &'static str,
    title: String,
    licence: Option<&'a str>,
    tables: Vec<Described>,
}

/// One table.
struct Described {
    id: &'static str,
    title: &'static str,
    rows: u64,
    files: [String; 2],
    columns: Vec<Column>,
}

impl Page<'_> {
    fn say(&self, it: &'static str, en: &'static str) -> &'static str {
        if self.language == Lang::It { it } else { en }
    }

    fn about<'b>(&self, column: &'b Column) -> &'b str {
        column.about(self.language)
    }

    fn type_of(&self, column: &Column) -> String {
        let word = match column.values {
            Type::Text => self.say("testo", "text"),
            Type::Word(words) => return format!("{}: {}", self.say("una di", "one of"), words.join(", ")),
            Type::Decimal => self.say("numero decimale", "decimal number"),
            Type::Integer => self.say("numero intero", "whole number"),
            Type::Date => self.say("data", "date"),
            Type::Flag => self.say("sì o no", "yes or no"),
        };
        let always = if column.required { self.say(", sempre presente", ", always there") } else { "" };
        format!("{word}{always}")
    }
}

/// The page.
///
/// # Errors
/// When it cannot be put together.
pub fn page(deliveries: &Deliveries, about: &About<'_>, tables: &[Table]) -> Result<String, askama::Error> {
    let describe = |table: &Table| Described {
        id: table.kind.id,
        title: table.kind.title.get(about.lang),
        rows: table.rows,
        files: [csv_name(table.kind), parquet_name(table.kind)],
        columns: columns::of(table.kind),
    };
    let page = Page {
        language: about.lang,
        lang: if about.lang == Lang::It { "it" } else { "en" },
        title: title(deliveries, about.lang),
        licence: about.settings.licence.as_deref(),
        tables: tables.iter().map(describe).collect(),
    };
    page.render()
}
