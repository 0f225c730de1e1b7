//! Allegati 1, 2 and 3 in the JSON record.

use super::print::{Print, list, object};
use super::sources;
use crate::finding::Lang;
use crate::score::{
    Charter, CharterRow, EvidenceResult, Indicator, Objective, PaymentPeriod, ProcedureRow, Procedures,
};
use crate::write::decimal::{json_fixed2, json_plain};

/// Allegato 1.
pub fn charter(charter: &Charter, lang: Lang) -> impl Print {
    object!({
        "rows": list(&charter.rows, |row| charter_row(row, lang)),
        "counted": charter.counted,
        "not_counted": charter.not_counted,
        "incomplete": charter.incomplete,
        "total": json_plain(Some(charter.total)),
        "percent": json_fixed2(charter.percent),
        "mean_deviation_percent": json_fixed2(charter.mean_deviation_percent),
    })
}

fn charter_row(row: &CharterRow, lang: Lang) -> impl Print {
    let record = row.record();
    object!({
        "code": record.code,
        "section": record.section,
        "process": record.process,
        "office": record.office,
        "indicator": record.indicator,
        "planned": record.planned_text,
        "measured": record.measured_text,
        "planned_days": json_plain(row.planned_days()),
        "measured_days": json_plain(row.measured_days()),
        "deviation_percent": json_fixed2(row.deviation_percent),
        "declared": json_plain(row.declared()),
        "score": json_fixed2(row.score),
        "status": row.status.id(),
        "to_check": row.to_check(),
        "notes": record.notes,
        "rule": row.rule.label().get(lang),
        "sources": sources(&row.sources()),
    })
}

/// Allegato 2.
pub fn procedures(procedures: &Procedures, lang: Lang) -> impl Print {
    object!({
        "rows": list(&procedures.rows, |row| procedure_row(row, lang)),
        "counted": procedures.counted,
        "mean": json_fixed2(procedures.mean),
        "rounded": json_plain(procedures.rounded),
    })
}

fn procedure_row(row: &ProcedureRow, lang: Lang) -> impl Print {
    object!({
        "number": row.number,
        "name": row.name,
        "coordinator": row.coordinator,
        "expected": row.expected,
        "source_office": row.source_office,
        "evidence": row.evidence.as_ref().map(evidence),
        "score": json_fixed2(row.score),
        "status": row.status.id(),
        "to_check": row.to_check,
        "rule": row.rule.label().get(lang),
        "sources": sources(&row.sources),
    })
}

fn evidence(evidence: &EvidenceResult) -> impl Print {
    object!({
        "kind": evidence.kind,
        "total": evidence.total,
        "met": evidence.met,
        "left_out": evidence.left_out,
        "at_least": evidence.at_least,
        "term_days": json_plain(evidence.term.map(|(days, _)| days)),
        "working_days": evidence.term.map(|(_, working)| working),
        "mean_days": json_plain(evidence.mean_days),
        "median_days": json_plain(evidence.median_days),
        "max_days": json_plain(evidence.max_days),
        "effective_mean_days": json_plain(evidence.effective_mean_days),
        "effective_max_days": json_plain(evidence.effective_max_days),
        "payment_delay_days": json_plain(evidence.payment_delay_days),
        "payments": list(&evidence.payments, payment_period),
        "sources": sources(&evidence.sources),
    })
}

/// The payments of a quarter or a year.
fn payment_period(period: &PaymentPeriod) -> impl Print {
    object!({
        "year": period.year,
        "quarter": period.quarter,
        "count": period.count,
        "paid_eur": json_plain(Some(period.paid_eur)),
        "timeliness_days": json_plain(period.timeliness_days),
        "mean_days": json_plain(period.mean_days),
        "within": period.within,
        "within_percent": json_plain(period.within_percent),
    })
}

/// One objective of Allegato 3.
pub fn objective(objective: &Objective, lang: Lang) -> impl Print {
    object!({
        "holder": objective.holder,
        "number": objective.number,
        "title": objective.title,
        "weight": json_plain(objective.weight),
        "score": json_fixed2(objective.score),
        "status": objective.status.id(),
        "text": objective.text,
        "link": objective.link,
        "to_check": objective.to_check,
        "rule": objective.rule.label().get(lang),
        "indicators": list(&objective.indicators, |row| indicator(row, lang)),
        "sources": sources(&objective.sources),
    })
}

fn indicator(indicator: &Indicator, lang: Lang) -> impl Print {
    object!({
        "id": indicator.id,
        "description": indicator.description,
        "weight": json_plain(Some(indicator.weight)),
        "text": indicator.text,
        "score": json_fixed2(indicator.score),
        "status": indicator.status.id(),
        "link": indicator.link,
        "notes": indicator.notes,
        "to_check": indicator.to_check,
        "rule": indicator.rule.label().get(lang),
        "sources": sources(&indicator.sources),
    })
}
