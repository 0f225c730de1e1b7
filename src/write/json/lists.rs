//! Staff costs, resources, targets, findings and sources in the JSON record.

use super::print::{Print, Printed, Printer, entries, list, object};
use super::sources;
use crate::finding::{Finding, Lang};
use crate::outcome::{FileSource, SheetSource};
use crate::place::Place;
use crate::score::{Amounts, Resource, StaffCosts, StaffYear, Status, Target};
use crate::write::decimal::json_fixed2;
use crate::write::offices::Offices;

/// Cost of staff by year.
pub fn staff_costs(costs: &StaffCosts) -> impl Print {
    object!({
        "base": costs.base,
        "years": list(&costs.years, staff_year),
    })
}

fn staff_year(year: &StaffYear) -> impl Print {
    let entities = year.entities.iter();
    object!({
        "year": year.year,
        "entities": entries(entities.clone().map(|(name, cost)| (name, json_fixed2(Some(cost.cost_eur))))),
        "total": json_fixed2(Some(year.total)),
        "difference": json_fixed2(year.difference),
        "variation_percent": json_fixed2(year.variation_percent),
        "status": if year.complete { "complete" } else { "incomplete" },
        "net_total": json_fixed2(year.net_total),
        "renewals": entries(entities.clone().map(|(name, cost)| (name, json_fixed2(cost.renewals_eur)))),
        "to_check": list(entities.clone().filter(|(_, cost)| cost.to_check), |(name, _)| name),
        "sources": entries(entities.clone().map(|(name, cost)| (name, sources(&cost.sources)))),
    })
}

/// Budget and actual of one strategic objective.
pub fn resource(resource: &Resource) -> impl Print {
    object!({
        "objective": resource.objective,
        "title": resource.title,
        "budget": amounts(&resource.budget),
        "actual": amounts(&resource.actual),
        "use_percent": amounts(&resource.use_percent),
        "to_check": resource.to_check,
        "sources": sources(&resource.sources),
    })
}

fn amounts(amounts: &Amounts) -> impl Print {
    object!({
        "income": json_fixed2(amounts.income),
        "expense": json_fixed2(amounts.expense),
        "investment": json_fixed2(amounts.investment),
    })
}

/// One strategic target.
pub fn target(target: &Target) -> impl Print {
    object!({
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
pub fn finding(finding: &Finding, offices: &Offices, lang: Lang) -> impl Print {
    Printed(move |out: &mut Printer| {
        out.enclosed(*b"{}", |out| {
            out.entry("code", finding.code.id);
            out.entry("slug", finding.code.slug);
            out.entry("severity", finding.severity.id());
            place(&finding.place, out);
            out.entry("message", &finding.message(lang));
            out.entry("help", &finding.help(lang));
            let also = |one| Printed(move |out: &mut Printer| out.enclosed(*b"{}", |out| place(one, out)));
            out.entry("also", &list(&finding.also, also));
            out.entry("office", &offices.of_file(&finding.place.file));
        });
    })
}

fn place(place: &Place, out: &mut Printer) {
    out.entry("file", &*place.file);
    out.entry("sheet", &place.sheet.as_deref());
    out.entry("cell", &place.cell.map(|cell| cell.to_string()));
}

/// What became of one file.
pub fn file(file: &FileSource, lang: Lang) -> impl Print {
    object!({
        "file": &*file.file,
        "sha256": file.sha256,
        "sheets": list(&file.sheets, |one| sheet(one, lang)),
    })
}

fn sheet(sheet: &SheetSource, lang: Lang) -> impl Print {
    let why = match lang {
        Lang::It => &sheet.why.0,
        Lang::En => &sheet.why.1,
    };
    object!({
        "name": sheet.name,
        "kind": sheet.kind,
        "header_rows": list(&sheet.header_rows, |row| row),
        "records": sheet.records,
        "why": why,
        "ledger": entries(sheet.ledger.iter().copied()),
    })
}
