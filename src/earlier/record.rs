//! The fields of schema `allegati/1` that are compared with; whatever else a record holds is passed over.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::{Earlier, Figure, Part, Refusal};
use crate::value::fold::fold;

/// The schema that is known.
const SCHEMA: &str = "allegati/1";

/// Reads a record.
///
/// # Errors
/// When the bytes are no record of this program, or not a whole one.
pub fn read(bytes: &[u8]) -> Result<Earlier, Refusal> {
    // A byte-order mark is what Notepad adds.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head: Head = serde_json::from_slice(bytes)
        .map_err(|error| if error.is_data() { Refusal::NotOurs } else { Refusal::Damaged })?;
    match head.schema.as_deref() {
        Some(SCHEMA) => {}
        Some(other) if other.starts_with("allegati/") => return Err(Refusal::OtherSchema),
        _ => return Err(Refusal::NotOurs),
    }
    let record: Record = serde_json::from_slice(bytes).map_err(|_| Refusal::Damaged)?;
    Ok(record.into_earlier())
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    schema: Option<String>,
}

#[derive(Deserialize)]
struct Record {
    body: Option<String>,
    year: i16,
    charter: Charter,
    procedures: Procedures,
    objectives: Vec<Objective>,
    staff_costs: StaffCosts,
    resources: Vec<Resource>,
    targets: Vec<Target>,
    sources: Vec<Source>,
}

#[derive(Deserialize)]
struct Charter {
    rows: Vec<Standard>,
    #[serde(deserialize_with = "decimal")]
    percent: Option<Decimal>,
    #[serde(deserialize_with = "decimal")]
    mean_deviation_percent: Option<Decimal>,
}

#[derive(Deserialize)]
struct Standard {
    code: String,
    process: String,
    planned: String,
    measured: String,
    #[serde(deserialize_with = "decimal")]
    measured_days: Option<Decimal>,
    #[serde(deserialize_with = "decimal")]
    score: Option<Decimal>,
    status: String,
}

#[derive(Deserialize)]
struct Procedures {
    rows: Vec<Procedure>,
    #[serde(deserialize_with = "decimal")]
    mean: Option<Decimal>,
}

#[derive(Deserialize)]
struct Procedure {
    number: String,
    name: String,
    #[serde(deserialize_with = "decimal")]
    score: Option<Decimal>,
    status: String,
}

#[derive(Deserialize)]
struct Objective {
    holder: String,
    number: String,
    title: String,
    #[serde(deserialize_with = "decimal")]
    score: Option<Decimal>,
    status: String,
}

#[derive(Deserialize)]
struct StaffCosts {
    years: Vec<StaffYear>,
}

#[derive(Deserialize)]
struct StaffYear {
    year: i16,
    entities: BTreeMap<String, Amount>,
    total: Amount,
    status: String,
}

#[derive(Deserialize)]
struct Amount(#[serde(deserialize_with = "decimal")] Option<Decimal>);

#[derive(Deserialize)]
struct Resource {
    objective: String,
    title: String,
    actual: Amounts,
}

#[derive(Deserialize)]
struct Amounts {
    income: Amount,
    expense: Amount,
    investment: Amount,
}

#[derive(Deserialize)]
struct Target {
    objective: String,
    target: String,
    description: String,
    #[serde(deserialize_with = "decimal")]
    score: Option<Decimal>,
    status: String,
}

#[derive(Deserialize)]
struct Source {
    file: String,
    sha256: String,
}

/// A decimal string in plain notation, or null.
fn decimal<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Decimal>, D::Error> {
    let text: Option<String> = Option::deserialize(field)?;
    text.map(|text| text.parse().map_err(|_| D::Error::custom("no decimal"))).transpose()
}

impl Record {
    fn into_earlier(self) -> Earlier {
        let mut figures = vec![
            Figure::summary(Part::CharterPercent, self.charter.percent),
            Figure::summary(Part::CharterDeviation, self.charter.mean_deviation_percent),
            Figure::summary(Part::ProceduresMean, self.procedures.mean),
        ];
        figures.extend(self.charter.rows.iter().flat_map(|row| {
            let shown = [row.planned.as_str(), row.measured.as_str()];
            Figure::standard((&row.code, &row.process), shown, row.measured_days, row.score, &row.status)
        }));
        let of_procedure = |row: &Procedure| Figure::procedure(&row.number, &row.name, row.score, &row.status);
        figures.extend(self.procedures.rows.iter().map(of_procedure));
        figures.extend(
            self.objectives
                .iter()
                .map(|row| Figure::objective((&row.holder, &row.number), &row.title, row.score, &row.status)),
        );
        for year in self.staff_costs.years.iter().filter(|year| year.year == self.year) {
            let costs = year.entities.iter().filter_map(|(entity, cost)| Some(Figure::staff_cost(entity, cost.0?)));
            figures.extend(costs);
            figures.extend(year.total.0.map(|total| Figure::staff_total(total, year.status == "complete")));
        }
        figures.extend(self.resources.iter().flat_map(|row| {
            let amounts = [row.actual.income.0, row.actual.expense.0, row.actual.investment.0];
            Figure::resource(&row.objective, &row.title, amounts)
        }));
        figures.extend(
            self.targets
                .iter()
                .map(|row| Figure::target((&row.objective, &row.target), &row.description, row.score, &row.status)),
        );
        let body = self.body.filter(|body| !fold(body).is_empty());
        let files = self.sources.into_iter().filter(|source| !source.sha256.is_empty());
        let files = files.map(|source| (source.sha256, source.file)).collect();
        Earlier { year: self.year, body, figures, files }
    }
}
