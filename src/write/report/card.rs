//! The headline figures, each with a light: a word and a sign, and a colour besides.

use rust_decimal::Decimal;

use super::{coverage, words};
use crate::finding::{Lang, Severity, Text};
use crate::outcome::Outcome;
use crate::score::{Consolidation, Status};
use crate::value::number::round2;
use crate::write::expected;

/// What a light says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// As it should be.
    Good,
    /// Somebody should look.
    Look,
    /// Not as it should be.
    Bad,
    /// There is nothing to hold it against.
    Plain,
}

impl Light {
    /// Its class.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Look => "look",
            Self::Bad => "bad",
            Self::Plain => "plain",
        }
    }

    /// Its sign.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Look => "▲",
            Self::Bad => "✗",
            Self::Plain => "•",
        }
    }

    /// Its word.
    pub const fn word(self) -> Text {
        match self {
            Self::Good => Text::new("a posto", "fine"),
            Self::Look => Text::new("da guardare", "please look"),
            Self::Bad => Text::new("da correggere", "to be corrected"),
            Self::Plain => Text::new("per conoscenza", "for the record"),
        }
    }
}

/// One headline figure.
#[derive(Debug)]
pub struct Card {
    /// What it is.
    pub label: &'static str,
    /// The figure.
    pub value: String,
    /// What it says.
    pub light: Light,
    /// Why.
    pub why: String,
    /// What stands behind it.
    pub detail: String,
    /// The part of the page that tells more.
    pub to: &'static str,
}

/// All headline figures that the outcome has.
pub fn all(outcome: &Outcome, lang: Lang) -> Vec<Card> {
    let figures = &outcome.consolidation;
    let maker = Maker { figures, lang };
    let some = [maker.charter(), maker.procedures(), maker.objectives(), maker.costs(), maker.resources()];
    some.into_iter().flatten().chain([maker.coverage(outcome), maker.findings(outcome)]).collect()
}

struct Maker<'a> {
    figures: &'a Consolidation,
    lang: Lang,
}

impl Maker<'_> {
    fn say(&self, it: &'static str, en: &'static str) -> &'static str {
        Text::new(it, en).get(self.lang)
    }

    fn percent(&self, value: Option<Decimal>) -> String {
        value.map_or_else(|| "N.C.".to_owned(), |value| words::percent(value, self.lang))
    }

    fn charter(&self) -> Option<Card> {
        let charter = &self.figures.charter;
        if charter.rows.is_empty() {
            return None;
        }
        let (tolerance, mean) = (self.figures.tolerance_percent, charter.mean_deviation_percent.map(round2));
        let shown = self.percent(mean);
        let limit = words::percent(tolerance, self.lang);
        let within = mean.is_some_and(|mean| mean <= tolerance);
        let verdict = if within { self.say("entro", "within") } else { self.say("oltre", "beyond") };
        let (light, mut why) = match mean {
            None => (Light::Plain, self.say("nessuno scostamento calcolabile", "no deviation to compute").to_owned()),
            Some(_) => {
                let text = match self.lang {
                    Lang::It => format!("scostamento medio {shown}, {verdict} la tolleranza del {limit}"),
                    Lang::En => format!("mean deviation {shown}, {verdict} the tolerance of {limit}"),
                };
                (if within { Light::Good } else { Light::Bad }, text)
            }
        };
        let light = if charter.incomplete > 0 && light == Light::Good { Light::Look } else { light };
        if charter.incomplete > 0 {
            why.push_str(&format!("; {} {}", charter.incomplete, self.say("da completare", "to be completed")));
        }
        let detail = match self.lang {
            Lang::It => format!(
                "{} processi conteggiati su {}, {} N.C.",
                charter.counted,
                charter.rows.len(),
                charter.not_counted
            ),
            Lang::En => {
                format!("{} processes counted of {}, {} N.C.", charter.counted, charter.rows.len(), charter.not_counted)
            }
        };
        let label = self.say("Standard della Carta dei servizi", "Standards of the service charter");
        Some(Card { label, value: self.percent(charter.percent), light, why, detail, to: "allegato-1" })
    }

    fn procedures(&self) -> Option<Card> {
        let procedures = &self.figures.procedures;
        if procedures.rows.is_empty() {
            return None;
        }
        let (_, below) = expected::reached_and_below(procedures);
        let incomplete = procedures.rows.iter().filter(|row| row.status == Status::Incomplete).count();
        let (light, mut why) = match below {
            0 => (
                Light::Good,
                self.say("nessuno sotto il risultato atteso", "none below its expected result").to_owned(),
            ),
            _ => {
                (Light::Look, format!("{below} {}", self.say("sotto il risultato atteso", "below the expected result")))
            }
        };
        let light = if incomplete > 0 { Light::Look } else { light };
        if incomplete > 0 {
            why.push_str(&format!("; {incomplete} {}", self.say("da completare", "to be completed")));
        }
        let rounded = procedures.rounded.map_or_else(|| "N.C.".to_owned(), |mean| words::number(mean, 0, self.lang));
        let detail = match self.lang {
            Lang::It => {
                format!("media arrotondata {rounded}; {} conteggiati su {}", procedures.counted, procedures.rows.len())
            }
            Lang::En => format!("rounded mean {rounded}; {} counted of {}", procedures.counted, procedures.rows.len()),
        };
        let label = self.say("Procedimenti: media", "Procedures: mean");
        Some(Card { label, value: self.percent(procedures.mean), light, why, detail, to: "allegato-2" })
    }

    fn objectives(&self) -> Option<Card> {
        let objectives = &self.figures.objectives;
        if objectives.is_empty() {
            return None;
        }
        let count = |status| objectives.iter().filter(|one| one.status == status).count();
        let (counted, incomplete) = (count(Status::Counted), count(Status::Incomplete));
        let scores = || objectives.iter().filter(|one| one.status == Status::Counted).filter_map(|one| one.score);
        let full = scores().filter(|score| round2(*score) >= Decimal::ONE_HUNDRED).count();
        let (light, mut why) = match full == counted {
            true => (Light::Good, self.say("tutti al 100%", "all at 100%").to_owned()),
            false => (Light::Look, format!("{} {}", counted - full, self.say("sotto il 100%", "below 100%"))),
        };
        let light = if incomplete > 0 { Light::Look } else { light };
        if incomplete > 0 {
            why.push_str(&format!("; {incomplete} {}", self.say("da completare", "to be completed")));
        }
        let least = format!("{} {}", self.say("il più basso:", "the lowest:"), self.percent(scores().min()));
        let value = format!("{full} {} {}", self.say("di", "of"), objectives.len());
        let label = self.say("Obiettivi raggiunti del tutto", "Objectives fully reached");
        Some(Card { label, value, light, why, detail: least, to: "allegato-3" })
    }

    fn costs(&self) -> Option<Card> {
        let costs = &self.figures.staff_costs;
        let year = costs.years.iter().find(|year| year.year == self.figures.year).or_else(|| costs.years.last())?;
        let on = format!("{} {}", self.say("sulla base", "on the base"), costs.base);
        let (light, why) = match year.variation_percent {
            _ if !year.complete => (Light::Look, self.say("totale incompleto", "incomplete total").to_owned()),
            None => (Light::Plain, self.say("senza base di confronto", "without a base to compare with").to_owned()),
            Some(value) if round2(value) > Decimal::ZERO => {
                (Light::Look, format!("{} {on}", words::variation(value, self.lang)))
            }
            Some(value) => (Light::Good, format!("{} {on}", words::variation(value, self.lang))),
        };
        let label = self.say("Costo del personale", "Cost of staff");
        let value = format!("{} €", words::number(year.total, 2, self.lang));
        let detail = format!("{} {}", self.say("anno", "year"), year.year);
        Some(Card { label, value, light, why, detail, to: "costo-del-personale" })
    }

    fn resources(&self) -> Option<Card> {
        let resources = &self.figures.resources;
        let sum = |of: fn(&crate::score::Resource) -> Option<Decimal>| resources.iter().filter_map(of).sum::<Decimal>();
        let (budget, actual) = (sum(|one| one.budget.expense), sum(|one| one.actual.expense));
        let used = actual.checked_div(budget).map(|share| share * Decimal::ONE_HUNDRED)?;
        let (light, why) = match round2(used) > Decimal::ONE_HUNDRED {
            true => (Light::Look, self.say("oltre il preventivo", "beyond the budget")),
            false => (Light::Good, self.say("entro il preventivo", "within the budget")),
        };
        let (budget, actual) = (words::number(budget, 2, self.lang), words::number(actual, 2, self.lang));
        let detail = match self.lang {
            Lang::It => format!("consuntivo {actual} € su {budget} €"),
            Lang::En => format!("actual {actual} € of {budget} €"),
        };
        let label = self.say("Risorse: oneri utilizzati", "Resources: expense used");
        let value = words::percent(used, self.lang);
        Some(Card { label, value, light, why: why.to_owned(), detail, to: "risorse" })
    }

    fn coverage(&self, outcome: &Outcome) -> Card {
        let coverage = coverage::of(outcome, self.lang);
        let (all, present) = (coverage.offices.len(), coverage.present());
        let (light, why) = match (all, coverage.missing.len()) {
            (0, 0) => (
                Light::Plain,
                self.say("nessun elenco degli uffici in allegati.toml", "no roster in allegati.toml").to_owned(),
            ),
            (_, 0) => (Light::Good, self.say("non manca nessuno", "nobody is missing").to_owned()),
            (_, 1) => (Light::Bad, self.say("1 mancante", "1 missing").to_owned()),
            (_, missing) => (Light::Bad, format!("{missing} {}", self.say("mancanti", "missing"))),
        };
        let value = if all == 0 { "–".to_owned() } else { format!("{present} {} {all}", self.say("di", "of")) };
        let label = self.say("Uffici dell’elenco con dati", "Offices of the roster with data");
        let detail = self.say("uffici e procedimenti attesi", "offices and procedures expected").to_owned();
        Card { label, value, light, why, detail, to: "copertura" }
    }

    fn findings(&self, outcome: &Outcome) -> Card {
        let count = |severity| outcome.findings.count(severity);
        let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
        let (light, why) = match (errors, warnings) {
            (0, 0) => (Light::Good, self.say("nessun errore, nessun avviso", "no errors, no warnings")),
            (0, _) => (Light::Look, self.say("valori usati, da controllare", "values used, please look")),
            _ => (Light::Bad, self.say("valori non usati o cifre in dubbio", "values not used, or figures in doubt")),
        };
        let detail = match self.lang {
            Lang::It => format!("errori: {errors}; avvisi: {warnings}; note: {infos}"),
            Lang::En => format!("errors: {errors}; warnings: {warnings}; infos: {infos}"),
        };
        let label = self.say("Anomalie nei fogli", "Findings in the sheets");
        let value = outcome.findings.len().to_string();
        Card { label, value, light, why: why.to_owned(), detail, to: "anomalie" }
    }
}
