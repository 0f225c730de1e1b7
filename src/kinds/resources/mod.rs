//! Budget and actual income, expense and investment by strategic objective.

mod form;

use rust_decimal::Decimal;

use super::Content::{Amount, Code, Text as Free};
use super::reader::{Origin, RowReader};
use super::{Kind, column};
use crate::finding::Text;
use crate::value::number::Nature;

/// The kind.
pub static KIND: Kind = Kind {
    id: "resources",
    title: Text::new("Risorse per obiettivo strategico", "Resources by strategic objective"),
    evidence: false,
    columns: &[
        column(
            "objective",
            "OBIETTIVO STRATEGICO",
            Code,
            &[
                "obiettivo",
                "codice",
                "cod",
                "ob strategico",
                "codice obiettivo",
                "cod obiettivo",
                "obiettivi strategici",
                "programma",
                "ob",
                "obiettivo strat",
            ],
            &["n"],
            Text::new("Codice dell’obiettivo strategico: 2C", "Code of the strategic objective: 2C"),
        ),
        column(
            "title",
            "DESCRIZIONE",
            Free,
            &[
                "titolo",
                "titolo obiettivo",
                "descrizione obiettivo",
                "denominazione",
                "descrizione obiettivo strategico",
                "oggetto",
                "denominazione obiettivo",
            ],
            &[],
            Text::new("Titolo dell’obiettivo", "Title of the objective"),
        ),
        column(
            "budget_income",
            "RISORSE A PREVENTIVO – PROVENTI",
            Amount,
            &[
                "preventivo proventi",
                "budget proventi",
                "proventi previsti",
                "proventi budget",
                "entrate previste",
                "previsione proventi",
                "ricavi previsti",
                "preventivo entrate",
                "preventivo ricavi",
                "proventi a preventivo",
                "budget entrate",
                "budget ricavi",
                "previsione entrate",
                "previsto proventi",
                "budget aggiornato proventi",
                "stanziamento proventi",
            ],
            &[],
            Text::new("Proventi previsti, in euro", "Budgeted income, in euro"),
        ),
        column(
            "budget_expense",
            "RISORSE A PREVENTIVO – ONERI",
            Amount,
            &[
                "preventivo oneri",
                "budget oneri",
                "oneri previsti",
                "oneri budget",
                "spese previste",
                "previsione oneri",
                "costi previsti",
                "preventivo spese",
                "preventivo costi",
                "oneri a preventivo",
                "budget spese",
                "budget costi",
                "uscite previste",
                "previsione spese",
                "preventivo uscite",
                "previsto oneri",
                "budget aggiornato oneri",
                "budget uscite",
                "stanziamento oneri",
            ],
            &[],
            Text::new("Oneri previsti, in euro", "Budgeted expense, in euro"),
        ),
        column(
            "budget_investment",
            "RISORSE A PREVENTIVO – INVESTIMENTI",
            Amount,
            &[
                "preventivo investimenti",
                "budget investimenti",
                "investimenti previsti",
                "investimenti budget",
                "previsione investimenti",
                "investimenti a preventivo",
                "previsto investimenti",
                "budget aggiornato investimenti",
                "stanziamento investimenti",
            ],
            &[],
            Text::new("Investimenti previsti, in euro", "Budgeted investment, in euro"),
        ),
        column(
            "actual_income",
            "RISORSE A CONSUNTIVO – PROVENTI",
            Amount,
            &[
                "consuntivo proventi",
                "proventi consuntivo",
                "proventi effettivi",
                "proventi realizzati",
                "entrate effettive",
                "entrate accertate",
                "ricavi effettivi",
                "consuntivo entrate",
                "consuntivo ricavi",
                "proventi a consuntivo",
                "proventi conseguiti",
                "effettivo proventi",
                "proventi rilevati",
                "ricavi realizzati",
            ],
            &[],
            Text::new("Proventi a consuntivo, in euro", "Actual income, in euro"),
        ),
        column(
            "actual_expense",
            "RISORSE A CONSUNTIVO – ONERI",
            Amount,
            &[
                "consuntivo oneri",
                "oneri consuntivo",
                "oneri effettivi",
                "oneri sostenuti",
                "spese effettive",
                "spese sostenute",
                "costi effettivi",
                "costi sostenuti",
                "consuntivo spese",
                "consuntivo costi",
                "oneri a consuntivo",
                "consuntivo uscite",
                "effettivo oneri",
                "oneri rilevati",
                "spese impegnate",
            ],
            &[],
            Text::new("Oneri a consuntivo, in euro", "Actual expense, in euro"),
        ),
        column(
            "actual_investment",
            "RISORSE A CONSUNTIVO – INVESTIMENTI",
            Amount,
            &[
                "consuntivo investimenti",
                "investimenti consuntivo",
                "investimenti effettivi",
                "investimenti realizzati",
                "investimenti a consuntivo",
                "effettivo investimenti",
                "investimenti sostenuti",
            ],
            &[],
            Text::new("Investimenti a consuntivo, in euro", "Actual investment, in euro"),
        ),
    ],
    requires: &[
        &["objective"],
        &["budget_income", "budget_expense", "budget_investment"],
        &["actual_income", "actual_expense", "actual_investment"],
    ],
    context: &["risorse", "budget", "preventivo", "consuntivo"],
    keys: &["objective", "title"],
    values: &[
        "budget_income",
        "budget_expense",
        "budget_investment",
        "actual_income",
        "actual_expense",
        "actual_investment",
    ],
    form: &form::FORM,
    read,
};

/// Income, expense and investment of one strategic objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// Proventi.
    pub income: Option<Decimal>,
    /// Oneri.
    pub expense: Option<Decimal>,
    /// Investimenti.
    pub investment: Option<Decimal>,
}

/// Budget and actual of one objective.
#[derive(Debug, Clone)]
pub struct Record {
    /// Code of the strategic objective.
    pub objective: String,
    /// Title.
    pub title: String,
    /// Budget.
    pub budget: Amounts,
    /// Actual.
    pub actual: Amounts,
    /// Where it stands.
    pub origin: Origin,
}

fn read(row: &mut RowReader<'_>) {
    let mut amount = |id: &'static str| {
        let read = row.amount(id, Nature::Amount);
        row.settle(id, read).value().copied()
    };
    let budget = Amounts {
        income: amount("budget_income"),
        expense: amount("budget_expense"),
        investment: amount("budget_investment"),
    };
    let actual = Amounts {
        income: amount("actual_income"),
        expense: amount("actual_expense"),
        investment: amount("actual_investment"),
    };
    let (mut objective, mut title) = (row.text("objective"), row.text("title"));
    if title.is_empty() {
        // `2C - Favorire lo start up` in one cell.
        if let Some((code, rest)) =
            objective.split_once([' ', '\n', '-', '–', ':']).filter(|(code, _)| code.chars().count() <= 5)
        {
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "-–—:.)".contains(c)).to_owned();
            (objective, title) = (code.trim_end_matches(['.', ')']).to_owned(), rest);
        }
    }
    let record = Record { objective, title, budget, actual, origin: row.origin() };
    row.records.resources.push(record);
}
