//! The figures of this year that are followed over the years, each with the rows it came from.

use super::{Figure, Part};
use crate::score::{Consolidation, Source};

/// Every figure, as a record of this year would be read back.
pub fn of(year: &Consolidation) -> Vec<(Figure, Vec<Source>)> {
    let mut found: Vec<(Figure, Vec<Source>)> = vec![
        (Figure::summary(Part::CharterPercent, year.charter.percent), Vec::new()),
        (Figure::summary(Part::CharterDeviation, year.charter.mean_deviation_percent), Vec::new()),
        (Figure::summary(Part::ProceduresMean, year.procedures.mean), Vec::new()),
    ];
    for row in &year.charter.rows {
        let record = row.record();
        let shown = [record.planned_text.as_str(), record.measured_text.as_str()];
        let (days, score) = (row.measured_days(), row.score);
        let both = Figure::standard((&record.code, &record.process), shown, days, score, row.status.id());
        found.extend(both.into_iter().map(|figure| (figure, row.sources())));
    }
    for row in &year.procedures.rows {
        let figure = Figure::procedure(&row.number, &row.name, row.score, row.status.id());
        let proof = row.evidence.as_ref().map(|evidence| &evidence.sources).filter(|sources| !sources.is_empty());
        found.push((figure, proof.unwrap_or(&row.sources).clone()));
    }
    for row in &year.objectives {
        let figure = Figure::objective((&row.holder, &row.number), &row.title, row.score, row.status.id());
        found.push((figure, row.sources.clone()));
    }
    for costs in year.staff_costs.years.iter().filter(|costs| costs.year == year.year) {
        let of_entity = costs.entities.iter();
        found.extend(of_entity.map(|(entity, cost)| (Figure::staff_cost(entity, cost.cost_eur), cost.sources.clone())));
        found.push((Figure::staff_total(costs.total, costs.complete), Vec::new()));
    }
    for row in &year.resources {
        let amounts = [row.actual.income, row.actual.expense, row.actual.investment];
        let figures = Figure::resource(&row.objective, &row.title, amounts);
        found.extend(figures.map(|figure| (figure, row.sources.clone())));
    }
    for row in &year.targets {
        let figure = Figure::target((&row.objective, &row.target), &row.description, row.score, row.status.id());
        found.push((figure, row.sources.clone()));
    }
    found
}
