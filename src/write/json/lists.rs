//! Staff costs, resources, targets, findings and sources in the JSON record.

use serde_json::{Map, Value, json};

use super::sources;
use crate::finding::{Finding, Lang};
use crate::outcome::{FileSource, SheetSource};
use crate::place::Place;
use crate::score::{Amounts, Resource, StaffCost, StaffCosts, StaffYear, Status, Target};
use crate::write::decimal::json_fixed2;
use crate::write::offices::Offices;

/// Cost of staff by year.
pub fn staff_costs(costs: &StaffCosts) -> Value {
    json!({
        "base": costs.base,
        "years": costs.years.iter().map(staff_year).collect::<Vec<_>>(),
    })
}

fn staff_year(year: &StaffYear) -> Value {
    let by_entity = |figure: &dyn Fn(&StaffCost) -> Value| {
        year.entities.iter().map(|(entity, cost)| (entity.clone(), figure(cost))).collect::<Map<_, _>>()
    };
    json!({
        "year": year.year,
        "entities": by_entity(&|cost| json_fixed2(Some(cost.cost_eur))),
        "total": json_fixed2(Some(year.total)),
        "difference": json_fixed2(year.difference),
        "variation_percent": json_fixed2(year.variation_percent),
        "status": if year.complete { "complete" } else { "incomplete" },
        "net_total": json_fixed2(year.net_total),
        "renewals": by_entity(&|cost| json_fixed2(cost.renewals_eur)),
        "to_check": year.entities.iter().filter(|(_, cost)| cost.to_check).map(|(name, _)| name).collect::<Vec<_>>(),
        "sources": by_entity(&|cost| sources(&cost.sources)),
    })
}

/// Budget and actual of one strategic objective.
pub fn resource(resource: &Resource) -> Value {
    json!({
        "objective": resource.objective,
        "title": resource.title,
        "budget": amounts(&resource.budget),
        "actual": amounts(&resource.actual),
        "use_percent": amounts(&resource.use_percent),
        "to_check": resource.to_check,
        "sources": sources(&resource.sources),
    })
}

fn amounts(amounts: &Amounts) -> Value {
    json!({
        "income": json_fixed2(amounts.income),
        "expense": json_fixed2(amounts.expense),
        "investment": json_fixed2(amounts.investment),
    })
}

/// One strategic target.
pub fn target(target: &Target) -> Value {
    json!({
        "objective": target.objective,
        "target": target.target,
        "description": target.description,
        "text": target.text,
        "score": json_fixed2(target.score),
        "status": if target.status == Status::Counted { "scored" } else { target.status.id() },
        "to_check": target.to_check,
        "sources": sources(&target.sources),
    })
}

/// One finding, in the language asked for.
pub fn finding(finding: &Finding, offices: &Offices, lang: Lang) -> Value {
    let mut object = Map::new();
    object.insert("code".to_owned(), json!(finding.code.id));
    object.insert("slug".to_owned(), json!(finding.code.slug));
    object.insert("severity".to_owned(), json!(finding.severity.id()));
    object.extend(place(&finding.place));
    object.insert("message".to_owned(), json!(finding.message(lang)));
    object.insert("help".to_owned(), json!(finding.help(lang)));
    object.insert("also".to_owned(), finding.also.iter().map(|one| Value::Object(place(one))).collect());
    object.insert("office".to_owned(), json!(offices.of_file(&finding.place.file)));
    Value::Object(object)
}

fn place(place: &Place) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("file".to_owned(), json!(&*place.file));
    object.insert("sheet".to_owned(), json!(place.sheet.as_deref()));
    object.insert("cell".to_owned(), json!(place.cell.map(|cell| cell.to_string())));
    object
}

/// What became of one file.
pub fn file(file: &FileSource, lang: Lang) -> Value {
    json!({
        "file": &*file.file,
        "sha256": file.sha256,
        "sheets": file.sheets.iter().map(|one| sheet(one, lang)).collect::<Vec<_>>(),
    })
}

fn sheet(sheet: &SheetSource, lang: Lang) -> Value {
    let why = match lang {
        Lang::It => &sheet.why.0,
        Lang::En => &sheet.why.1,
    };
    let ledger: Map<_, _> = sheet.ledger.iter().map(|(what, count)| ((*what).to_owned(), json!(count))).collect();
    json!({
        "name": sheet.name,
        "kind": sheet.kind,
        "header_rows": sheet.header_rows,
        "records": sheet.records,
        "why": why,
        "ledger": ledger,
    })
}
