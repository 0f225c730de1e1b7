//! All scores of a folder, in the order they depend on each other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::matching::{Provable, Proves, join_continued, others_between, prove};
use super::{Consolidation, Missing, Status};
use super::{
    charter, closing, evidence, links, lists, matching, objectives, procedures, staff_costs, standards, trend,
};
use crate::calendar::Calendar;
use crate::finding::{Code, Finding, Findings, Severity, Text};
use crate::kinds::evidence::Evidence;
use crate::kinds::reader::Records;
use crate::parse::{across, office};
use crate::place::Place;
use crate::settings::{FILE_NAME, Settings};

/// An office of the roster that sent nothing.
pub static OFFICE_MISSING: Code = Code {
    id: "X021",
    slug: "office-missing",
    severity: Severity::Warning,
    message: Text::new("mancante: nessun foglio dell’ufficio «{name}»", "missing: no sheet of the office \"{name}\""),
    help: Text::new(
        "chiedere il foglio all’ufficio; se non deve mandarlo, toglierlo da [roster] in allegati.toml",
        "ask the office for its sheet; if it need not send one, remove it from [roster] in allegati.toml",
    ),
};

/// A kind of sheet that nobody sent.
pub static KIND_ABSENT: Code = Code {
    id: "X022",
    slug: "kind-absent",
    severity: Severity::Info,
    message: Text::new(
        "nella cartella non c’è nessun foglio di questo tipo: {kind}",
        "the folder has no sheet of this kind: {kind}",
    ),
    help: Text::new(
        "se doveva esserci, controllare i fogli non riconosciuti e quelli di altri anni",
        "if there should be one, look at the sheets not recognised and those of other years",
    ),
};

/// The codes of this room.
pub fn codes() -> Vec<&'static Code> {
    let own: &[&Code] = &[&OFFICE_MISSING, &KIND_ABSENT];
    [
        own,
        charter::CODES,
        &evidence::codes(),
        standards::CODES,
        matching::CODES,
        procedures::CODES,
        objectives::CODES,
        links::CODES,
        staff_costs::CODES,
        lists::CODES,
        &trend::codes(),
    ]
    .concat()
}

/// Scores everything. `names` are the texts that may speak of an office of the roster.
pub fn consolidate(
    records: Records,
    names: &[String],
    body: Option<String>,
    year: i16,
    settings: &Settings,
    findings: &mut Findings,
) -> Consolidation {
    absent(&records, findings);
    let calendar = Calendar::new(settings.patron_saint, settings.saturday_works, settings.closures.iter().copied());
    let reference = settings.reference_date.unwrap_or_else(|| date(year, 12, 31));
    let mut standards = across::charter(records.charter, findings);
    let plan = across::procedures(records.procedures, findings);
    let mut proofs: Vec<Vec<&Evidence>> = vec![Vec::new(); plan.len()];
    // Of very many standards few have evidence.
    let mut measured: BTreeMap<usize, Vec<&Evidence>> = BTreeMap::new();
    let provable = Provable::of(&plan, &standards);
    let evidence = join_continued(records.evidence, &provable);
    for table in &evidence {
        let proved = prove(table, &provable, findings);
        if let Some(proved) = proved {
            others_between(table, proved, &provable, findings);
        }
        match proved {
            Some(Proves::Procedure(at)) => proofs[at].push(table),
            Some(Proves::Standard(at)) => measured.entry(at).or_default().push(table),
            None => {}
        }
    }
    for (at, tables) in &measured {
        standards::measure(&mut standards[*at].record, tables, &calendar, reference, year, findings);
    }
    let seen = if settings.offices.is_empty() { Vec::new() } else { offices_seen(names, &standards) };
    let (mut of_charter, mut of_plan) = (Findings::default(), Findings::default());
    // While one adds up its rows, the other judges its evidence.
    let (charter, procedures) = rayon::join(
        || charter::score(standards, settings, &mut of_charter),
        || procedures::score(&plan, &proofs, &calendar, reference, year, &mut of_plan),
    );
    findings.append(of_charter);
    findings.append(of_plan);
    closing::compare(&charter, &procedures, &records.declared_totals, findings);
    let mut cards = objectives::cards(across::objectives(records.objectives, findings), findings);
    links::follow(&mut cards, &charter, &procedures, settings, findings);
    let of_entity = cards.iter().filter(|card| crate::value::fold::same(&card.objective.holder, "Ente"));
    let entity: Vec<String> = of_entity.map(|card| card.objective.number.clone()).collect();
    cards.iter().for_each(|card| objectives::check(card, &entity, findings));
    objectives::weights(&cards, findings);
    let missing = missing(settings, &seen, &procedures, findings);
    let consolidation = Consolidation {
        body,
        year,
        objectives: cards.into_iter().map(|card| card.objective).collect(),
        staff_costs: staff_costs::score(&across::Costs::of(records.staff_costs, findings), settings, year, findings),
        resources: lists::resources(across::resources(records.resources, findings), findings),
        targets: lists::targets(across::targets(records.targets, findings), findings),
        charter,
        procedures,
        trends: trend::Trends::default(),
        missing,
        areas: settings.sections.clone(),
        tolerance_percent: settings.tolerance_percent,
    };
    // Nobody waits for the memory of many cases to be given back.
    drop(proofs);
    rayon::spawn(move || drop((evidence, plan)));
    consolidation
}

/// Main kinds that nobody sent.
fn absent(records: &Records, findings: &mut Findings) {
    let counts = [
        ("charter", records.charter.len()),
        ("procedures", records.procedures.len()),
        ("objectives", records.objectives.len()),
        ("staff_costs", records.staff_costs.len()),
        ("resources", records.resources.len()),
        ("targets", records.targets.len()),
    ];
    for kind in counts.iter().filter(|(_, count)| *count == 0).filter_map(|(id, _)| crate::kinds::kind(id)) {
        findings.push(Finding::new(&KIND_ABSENT, Place::file(&".".into())).with("kind", kind.title));
    }
}

/// Everything that may speak of an office: titles and names of consolidated sheets, offices of standards.
fn offices_seen(names: &[String], standards: &[across::Joined<Box<crate::kinds::charter::Record>>]) -> Vec<String> {
    let mut seen: Vec<String> = names.to_vec();
    for row in standards {
        if seen.last().is_none_or(|last| *last != *row.record.office) {
            seen.push(row.record.office.to_string());
        }
    }
    seen
}

fn missing(
    settings: &Settings,
    seen: &[String],
    procedures: &super::Procedures,
    findings: &mut Findings,
) -> Vec<Missing> {
    let mut missing = Vec::new();
    let file = Place::file(&FILE_NAME.into());
    let heard: BTreeSet<&str> = seen.iter().flat_map(|text| office::spoken_of(text, &settings.offices)).collect();
    for name in &settings.offices {
        if !heard.contains(name.as_str()) {
            findings.push(Finding::new(&OFFICE_MISSING, file.clone()).with("name", name));
            missing.push(Missing { what: "office", name: name.clone() });
        }
    }
    let silent = |row: &&super::ProcedureRow| row.status == Status::Incomplete && row.evidence.is_none();
    missing
        .extend(procedures.rows.iter().filter(silent).map(|row| Missing { what: "procedure", name: row.name.clone() }));
    missing
}
