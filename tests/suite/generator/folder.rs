//! A whole folder of a seed: which sheets there are, the traps that need more than one sheet, the settings.

use rust_decimal::{Decimal, RoundingStrategy};

use super::assemble::{Shelf, Wanted};
use super::draft::{Draft, Row};
use super::random::Rng;
use super::spell::{Medium, Style};
use super::truth::{Choices, Expected, Gravity, Key, Need, Record, Truth, Want};
use super::words::{BODIES, ENTITIES, HOLDERS, OFFICES, SECTIONS, SERVICES};
use super::{across, charter, objectives, procedures, staff_costs, standards, strategic};

const MEDIA: &[Medium] =
    &[Medium::Xlsx, Medium::Xlsx, Medium::Xlsx, Medium::Xlsx, Medium::Ods, Medium::Csv, Medium::Xls, Medium::Xlsb];

/// Writes the folder of a seed and gives its truth. Every fourth seed is clean: no trap is planted.
pub fn generate(seed: u64, root: &std::path::Path) -> Truth {
    let mut rng = Rng::new(seed);
    let rng = &mut rng;
    let year = rng.range(2017, 2024);
    let clean = seed % 4 == 3;
    let settings = rng.chance(50);
    let mut truth = Truth { year, body: settings.then(|| (*rng.pick(BODIES)).to_owned()), ..Truth::default() };
    let mut shelf = Shelf::default();
    let mut style = |rng: &mut Rng| Style::draw(rng, year, MEDIA);
    let trap = |rng: &mut Rng, percent: usize| !clean && rng.chance(percent);

    // The charter: services are dealt out to offices, so that no key comes twice by chance.
    let mut services = SERVICES.to_vec();
    rng.shuffle(&mut services);
    let mut offices = OFFICES.to_vec();
    rng.shuffle(&mut offices);
    let (count, mut dealt) = (rng.range(2, 4) as usize, 0);
    let mut charters = Vec::new();
    for office in &offices[..count] {
        let take = rng.range(3, 11) as usize;
        let mut own = services[dealt..dealt + take].to_vec();
        dealt += take;
        own.sort();
        let (sheet, trapped) = (style(rng), trap(rng, 40));
        charters.push(charter::draft(rng, sheet, office, &own, trapped));
    }
    if !clean {
        across::charter_traps(rng, &mut charters, &mut shelf, year);
    }
    if rng.chance(40) {
        let (at, sheet) = (rng.below(charters.len()), style(rng));
        if let Some(log) = standards::prove(rng, &mut charters[at], sheet) {
            shelf.add(log);
        }
    }
    shelf.add_all(charters);
    if rng.chance(75) {
        let trapped = trap(rng, 50);
        shelf.add_all(procedures::drafts(rng, &mut style, trapped));
    }
    let mut linked = false;
    for holder in &HOLDERS[..rng.below(HOLDERS.len() + 1)] {
        let (sheet, trapped) = (style(rng), trap(rng, 30));
        linked |= settings && holder.1 == "Ente" && rng.chance(50);
        shelf.add(objectives::draft(rng, sheet, *holder, trapped, linked && holder.1 == "Ente"));
    }
    if rng.chance(75) {
        let trapped = trap(rng, 30);
        staff(rng, &mut style, year, trapped, &mut shelf, &mut truth);
    }
    if rng.chance(50) {
        let (sheet, trapped) = (style(rng), trap(rng, 30));
        shelf.add(strategic::resources(rng, sheet, trapped));
    }
    if rng.chance(50) {
        let (sheet, trapped) = (style(rng), trap(rng, 30));
        shelf.add(strategic::targets(rng, sheet, trapped));
    }
    if !clean && rng.chance(30) {
        let sheet = style(rng);
        shelf.add(across::stranger(rng, sheet));
    }
    shelf.fill(rng, root, &mut truth);
    if !clean && rng.chance(25) {
        across::copy_of_a_file(rng, root, &mut truth);
    }
    if settings {
        // A section may be called like an office; such an office is not made to be missing.
        let section = |office: &str| SECTIONS.iter().any(|(_, title)| title.eq_ignore_ascii_case(office));
        let other = offices[count..].iter().find(|office| !section(office)).copied();
        let absent = other.filter(|_| !clean && rng.chance(50));
        write_settings(rng, root, &mut truth, &offices[..count], absent);
    }
    totals(&mut truth);
    if linked {
        link(root, &mut truth);
    }
    truth
}

/// Ties the first indicator of the body to the figures of the charter and of the procedures.
fn link(root: &std::path::Path, truth: &mut Truth) {
    let value = |key: Key, field: &str| {
        let record = truth.records.iter().find(|record| record.key == key)?;
        record.wants.iter().find(|expected| expected.field == field).and_then(|expected| match expected.want {
            Want::Number(number) => Some(number),
            _ => None,
        })
    };
    let percent = value(Key::CharterTotals, "percent");
    let rounded = value(Key::ProcedureTotals, "rounded");
    let procedures = truth.records.iter().any(|record| matches!(record.key, Key::Procedure { .. }));
    let (reference, score) = if procedures {
        let mean = percent.and_then(|percent| rounded.map(|rounded| (percent + rounded) / Decimal::TWO));
        ("mean(allegato1.percent, allegato2.rounded)", mean)
    } else {
        ("allegato1.percent", percent)
    };
    let path = root.join("allegati.toml");
    let text = std::fs::read_to_string(&path).expect("settings");
    std::fs::write(&path, format!("{text}\n[links]\n\"Ente/1/1\" = \"{reference}\"\n")).expect("settings");
    for record in &mut truth.records {
        let first = matches!(&record.key,
            Key::Objective { holder, number } | Key::Indicator { holder, number } if holder == "Ente" && number == "1");
        if first {
            // Where a trap leaves the figures open, the link is open too.
            record.wants.retain(|expected| expected.field != "score" || score.is_some());
            for expected in record.wants.iter_mut().filter(|expected| expected.field == "score") {
                expected.want = score.map_or(Want::Null, Want::Number);
            }
        }
    }
}

fn staff(
    rng: &mut Rng,
    style: &mut dyn FnMut(&mut Rng) -> Style,
    year: i64,
    trapped: bool,
    shelf: &mut Shelf,
    truth: &mut Truth,
) {
    let count = rng.range(1, ENTITIES.len() as i64) as usize;
    let first = year - rng.range(2, 3);
    let mut entities: Vec<staff_costs::Costs<'_>> = Vec::new();
    for entity in &ENTITIES[..count] {
        let base = rng.range(9_000_000, 350_000_000);
        let years = (first..=year)
            .map(|year| (year, Decimal::new(base - base / 40 * (year - first) + rng.range(0, 99_999), 2)));
        entities.push((entity, years.collect()));
    }
    shelf.add_all(staff_costs::drafts(rng, style, &entities, trapped));
    if trapped {
        return;
    }
    let total = |at: usize| entities.iter().map(|(_, years)| years[at].1).sum::<Decimal>();
    for (at, year) in (first..=year).enumerate() {
        let difference = total(at) - total(0);
        let wants = [
            ("total", total(at)),
            ("difference", difference),
            ("variation_percent", difference / total(0) * Decimal::ONE_HUNDRED),
        ];
        figure(truth, "staff_costs", Key::StaffTotal { year }, &wants);
    }
}

fn figure(truth: &mut Truth, kind: &'static str, key: Key, wants: &[(&'static str, Decimal)]) {
    let wants =
        wants.iter().map(|(field, value)| Expected { field, want: Want::Number(*value), cells: Default::default() });
    truth.records.push(Record {
        kind,
        file: String::new(),
        sheet: String::new(),
        row: None,
        key,
        wants: wants.collect(),
        cells: Default::default(),
        trapped: false,
        choices: std::sync::Arc::new(Choices::new()),
    });
}

/// The figures of the whole folder, where no trap leaves them open.
fn totals(truth: &mut Truth) {
    let of = |evidence: bool, truth: &Truth| -> Option<Vec<Option<Decimal>>> {
        let counts = |record: &&Record| match record.key {
            Key::Procedure { .. } => evidence && record.row.is_none(),
            Key::Charter { .. } => !evidence,
            _ => false,
        };
        let score = |record: &Record| {
            let score = record.wants.iter().find(|expected| expected.field == "score")?;
            match score.want {
                Want::Number(score) => Some(Some(score)),
                Want::Null => Some(None),
                _ => None,
            }
        };
        // A flagged score leaves the figures open.
        truth.records.iter().filter(counts).map(score).collect()
    };
    if let Some(scores) = of(false, truth) {
        let counted: Vec<Decimal> = scores.iter().flatten().copied().collect();
        let number = Decimal::from(counted.len());
        let sum: Decimal = counted.iter().sum();
        if !number.is_zero() {
            let wants = [
                ("counted", number),
                ("not_counted", Decimal::from(scores.len() - counted.len())),
                ("total", sum),
                ("percent", sum / number),
            ];
            figure(truth, "charter", Key::CharterTotals, &wants);
        }
    }
    if let Some(scores) = of(true, truth) {
        let counted: Vec<Decimal> = scores.iter().flatten().copied().collect();
        if !counted.is_empty() {
            let mean = counted.iter().sum::<Decimal>() / Decimal::from(counted.len());
            let two = mean.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            let rounded = two.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
            figure(truth, "procedures", Key::ProcedureTotals, &[("mean", mean), ("rounded", rounded)]);
        }
    }
}

fn write_settings(rng: &mut Rng, root: &std::path::Path, truth: &mut Truth, offices: &[&str], absent: Option<&str>) {
    let year = truth.year;
    let body = truth.body.clone().unwrap_or_default();
    let mut text = format!("[body]\nname = \"{body}\"\nyear = {year}\n");
    if rng.chance(50) {
        text.push_str(&format!("reference_date = \"{year}-12-31\"\n"));
    }
    if absent.is_some() || rng.chance(50) {
        let names: Vec<String> = offices.iter().chain(&absent).map(|office| format!("\"{office}\"")).collect();
        text.push_str(&format!("\n[roster]\noffices = [{}]\n", names.join(", ")));
    }
    std::fs::write(root.join("allegati.toml"), text).expect("settings");
    if let Some(office) = absent {
        truth.needs.push(Need {
            trap: "office without a sheet",
            files: Vec::new(),
            sheet: None,
            cells: Default::default(),
            gravity: Gravity::Info,
            mention: vec![office.to_owned()],
            absent: false,
            missing: Some(("office", office.to_owned())),
            choices: Default::default(),
        });
    }
}

/// A draft whose records and traps do not count, and what its sheet must bring instead.
pub fn ghost(mut draft: Draft, trap: &'static str) -> (Draft, Wanted) {
    draft.records.clear();
    draft.needs.clear();
    draft.missing.clear();
    draft.rows.retain(|row| !matches!(row, Row::Total(..)));
    (draft, Wanted { trap, absent: true, hidden: false })
}
