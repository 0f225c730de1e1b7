//! The tables described for programs: a Frictionless data package, and CSV on the Web.

use serde_json::{Map, Value, json};

use super::columns::{self, Column, Type};
use super::sum::Sum;
use super::{About, SCHEMA, csv_name};
use crate::delivery::Deliveries;
use crate::finding::Lang;
use crate::kinds::Kind;

/// One table that was written.
#[derive(Debug)]
pub struct Table {
    /// The kind of its records.
    pub kind: &'static Kind,
    /// How many rows it has below its header.
    pub rows: u64,
    /// Length and hash of its file.
    pub sum: Sum,
}

/// What the whole is called.
pub fn title(deliveries: &Deliveries, lang: Lang) -> String {
    let what = match lang {
        Lang::It => "Monitoraggio dei risultati",
        Lang::En => "Monitoring of results",
    };
    let body = deliveries.body.as_ref().map(|body| format!(" – {body}")).unwrap_or_default();
    format!("{what} {}{body}", deliveries.year)
}

/// A data package, as <https://specs.frictionlessdata.io/data-package/> has it. Files that are no tables stand, with
/// what tells whether they are as they were written, under a name of our own.
pub fn package(deliveries: &Deliveries, about: &About<'_>, tables: &[Table], files: &[(String, Sum)]) -> Value {
    let mut package = Map::new();
    let mut add = |key: &str, value: Value| package.insert(key.to_owned(), value);
    add("profile", json!("tabular-data-package"));
    add("name", json!(format!("monitoraggio-{}", deliveries.year)));
    add("title", json!(title(deliveries, about.lang)));
    if let Some(licence) = &about.settings.licence {
        let by = if licence.contains("://") { "path" } else { "name" };
        add("licenses", json!([{ by: licence }]));
    }
    add("resources", tables.iter().map(|table| resource(table, about.lang)).collect());
    let files: Vec<Value> = files.iter().map(|(path, sum)| summed(path, sum)).collect();
    add("allegati", json!({ "schema": SCHEMA, "files": files }));
    Value::Object(package)
}

fn summed(path: &str, sum: &Sum) -> Value {
    json!({ "path": path, "bytes": sum.bytes, "hash": format!("sha256:{}", sum.sha256) })
}

fn resource(table: &Table, lang: Lang) -> Value {
    let fields: Vec<Value> = columns::of(table.kind).iter().map(|column| field(column, lang)).collect();
    json!({
        "name": table.kind.id,
        "path": csv_name(table.kind),
        "title": table.kind.title.get(lang),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "bytes": table.sum.bytes,
        "hash": format!("sha256:{}", table.sum.sha256),
        "schema": { "fields": fields, "missingValues": [""] },
    })
}

fn field(column: &Column, lang: Lang) -> Value {
    let mut field = Map::new();
    let mut add = |key: &str, value: Value| field.insert(key.to_owned(), value);
    add("name", json!(column.name));
    add(
        "type",
        json!(match column.values {
            Type::Text | Type::Word(_) => "string",
            Type::Decimal => "number",
            Type::Integer => "integer",
            Type::Date => "date",
            Type::Flag => "boolean",
        }),
    );
    if let Some(header) = column.header {
        add("title", json!(header));
    }
    add("description", json!(column.about(lang)));
    if let Some(unit) = column.unit {
        add("unit", json!(unit));
    }
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    if let Type::Word(words) = column.values {
        constraints.insert("enum".to_owned(), json!(words));
    }
    if !constraints.is_empty() {
        add("constraints", Value::Object(constraints));
    }
    Value::Object(field)
}

/// A group of tables, as <https://www.w3.org/TR/tabular-metadata/> has it.
pub fn csvw(deliveries: &Deliveries, about: &About<'_>, tables: &[Table]) -> Value {
    let language = match about.lang {
        Lang::It => "it",
        Lang::En => "en",
    };
    let mut group = Map::new();
    let mut add = |key: &str, value: Value| group.insert(key.to_owned(), value);
    add("@context", json!(["http://www.w3.org/ns/csvw", { "@language": language }]));
    add("dc:title", json!(title(deliveries, about.lang)));
    if let Some(licence) = &about.settings.licence {
        add("dc:license", json!(licence));
    }
    add(
        "dialect",
        json!({ "encoding": "utf-8", "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true, "lineTerminators": ["\r\n"] }),
    );
    add("tables", tables.iter().map(|table| described(table, about.lang)).collect());
    Value::Object(group)
}

fn described(table: &Table, lang: Lang) -> Value {
    let columns: Vec<Value> = columns::of(table.kind).iter().map(|column| csvw_column(column, lang)).collect();
    json!({
        "url": csv_name(table.kind),
        "dc:title": table.kind.title.get(lang),
        "tableSchema": { "columns": columns },
    })
}

fn csvw_column(column: &Column, lang: Lang) -> Value {
    let datatype = match column.values {
        Type::Text => json!("string"),
        Type::Word(words) => json!({ "base": "string", "format": format!("^({})$", words.join("|")) }),
        Type::Decimal => json!("decimal"),
        Type::Integer => json!("integer"),
        Type::Date => json!("date"),
        Type::Flag => json!("boolean"),
    };
    let mut object = Map::new();
    let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
    add("name", json!(column.name));
    add("titles", json!(column.name));
    add("dc:description", json!(column.about(lang)));
    add("datatype", datatype);
    add("null", json!(""));
    if column.required {
        add("required", json!(true));
    }
    Value::Object(object)
}
