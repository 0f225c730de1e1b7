//! Budget and actual income, expense and investment by strategic objective.

mod amount;
mod fields;
mod form;
mod label;

use rust_decimal::Decimal;

use super::Content::{Amount, Code as Id, Text as Free};
use super::reader::{Origin, RowReader};
use super::staff_costs::{Line, line};
use super::{Kind, column};
use crate::finding::{Code, Severity, Text};
use crate::sheet::Value;
use crate::value::fold::is_blank;
use crate::value::{not_counted, number};
pub use amount::{amount_of, is_amount};
pub use label::{is_of_others, label, named};

/// The kind.
pub static KIND: Kind = Kind {
    id: "resources",
    title: Text::new("Risorse per obiettivo strategico", "Resources by strategic objective"),
    evidence: false,
    columns: &[
        column(
            "objective",
            "OBIETTIVO STRATEGICO",
            Id,
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
                "preventivate proventi",
                "preventivato proventi",
                "stanziato proventi",
                "assestato proventi",
                "iniziale proventi",
                "preventivate entrate",
                "preventivato entrate",
                "stanziato entrate",
                "assestato entrate",
                "stanziamento entrate",
                "previsto entrate",
                "iniziale entrate",
                "preventivate ricavi",
                "preventivato ricavi",
                "stanziato ricavi",
                "assestato ricavi",
                "stanziamento ricavi",
                "previsto ricavi",
                "previsione ricavi",
                "iniziale ricavi",
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
                "preventivate oneri",
                "preventivato oneri",
                "stanziato oneri",
                "assestato oneri",
                "iniziale oneri",
                "preventivate spese",
                "preventivato spese",
                "stanziato spese",
                "assestato spese",
                "stanziamento spese",
                "previsto spese",
                "iniziale spese",
                "preventivate costi",
                "preventivato costi",
                "stanziato costi",
                "assestato costi",
                "stanziamento costi",
                "previsto costi",
                "previsione costi",
                "iniziale costi",
                "preventivate uscite",
                "preventivato uscite",
                "stanziato uscite",
                "assestato uscite",
                "stanziamento uscite",
                "previsto uscite",
                "previsione uscite",
                "iniziale uscite",
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
                "preventivate investimenti",
                "preventivato investimenti",
                "stanziato investimenti",
                "assestato investimenti",
                "iniziale investimenti",
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
                "impiegate proventi",
                "impiegato proventi",
                "realizzato proventi",
                "accertato proventi",
                "speso proventi",
                "utilizzato proventi",
                "utilizzate proventi",
                "sostenuto proventi",
                "rendicontato proventi",
                "impiegate entrate",
                "impiegato entrate",
                "realizzato entrate",
                "effettivo entrate",
                "accertato entrate",
                "speso entrate",
                "utilizzato entrate",
                "utilizzate entrate",
                "sostenuto entrate",
                "rendicontato entrate",
                "impiegate ricavi",
                "impiegato ricavi",
                "realizzato ricavi",
                "effettivo ricavi",
                "accertato ricavi",
                "speso ricavi",
                "utilizzato ricavi",
                "utilizzate ricavi",
                "sostenuto ricavi",
                "rendicontato ricavi",
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
                "impiegate oneri",
                "impiegato oneri",
                "realizzato oneri",
                "accertato oneri",
                "speso oneri",
                "utilizzato oneri",
                "utilizzate oneri",
                "sostenuto oneri",
                "rendicontato oneri",
                "impiegate spese",
                "impiegato spese",
                "realizzato spese",
                "effettivo spese",
                "accertato spese",
                "speso spese",
                "utilizzato spese",
                "utilizzate spese",
                "sostenuto spese",
                "rendicontato spese",
                "impiegate costi",
                "impiegato costi",
                "realizzato costi",
                "effettivo costi",
                "accertato costi",
                "speso costi",
                "utilizzato costi",
                "utilizzate costi",
                "sostenuto costi",
                "rendicontato costi",
                "impiegate uscite",
                "impiegato uscite",
                "realizzato uscite",
                "effettivo uscite",
                "accertato uscite",
                "speso uscite",
                "utilizzato uscite",
                "utilizzate uscite",
                "sostenuto uscite",
                "rendicontato uscite",
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
                "impiegate investimenti",
                "impiegato investimenti",
                "realizzato investimenti",
                "accertato investimenti",
                "speso investimenti",
                "utilizzato investimenti",
                "utilizzate investimenti",
                "sostenuto investimenti",
                "rendicontato investimenti",
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
    exchange: super::fields::Exchange::of::<Record>(),
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

/// What is held against each other.
const PAIRS: [(&str, &str); 3] = [
    ("budget_income", "actual_income"),
    ("budget_expense", "actual_expense"),
    ("budget_investment", "actual_investment"),
];

/// A budget without its actual amount, or the other way round.
pub static AMOUNT_MISSING: Code = Code {
    id: "C027",
    slug: "amount-missing",
    severity: Severity::Warning,
    message: Text::new(
        "la cella «{column}» è vuota, mentre «{other}» è {seen}",
        "the cell \"{column}\" is empty, while \"{other}\" is {seen}",
    ),
    help: Text::new("scrivere l’importo, anche se è 0", "write the amount, even if it is 0"),
};

/// A word for no value where an amount would stand beside the other.
pub static AMOUNT_NOT_GIVEN: Code = Code {
    id: "C048",
    slug: "amount-not-given",
    severity: Severity::Warning,
    message: Text::new(
        "«{column}» è «{said}», mentre «{other}» è {seen}: l’utilizzo si calcola senza questo obiettivo",
        "\"{column}\" is \"{said}\", while \"{other}\" is {seen}: the use is computed without this objective",
    ),
    help: Text::new("scrivere l’importo appena è noto", "write the amount as soon as it is known"),
};

/// A row among the objectives that is none.
pub static NOT_AN_OBJECTIVE: Code = Code {
    id: "S041",
    slug: "row-that-is-no-objective",
    severity: Severity::Info,
    message: Text::new(
        "«{seen}» si calcola dalle altre righe: non è un obiettivo, e non è stata letta",
        "\"{seen}\" is worked out from the other rows: it is no objective, and was not read",
    ),
    help: Text::new(
        "non serve fare nulla; se invece è un obiettivo, darle il suo codice",
        "nothing needs doing; if it is an objective after all, give it its code",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&AMOUNT_MISSING, &AMOUNT_NOT_GIVEN, &NOT_AN_OBJECTIVE];

/// Points out the one of a budget and its actual amount that is empty, or told not to be known, when the other is not
/// nought.
fn one_is_missing(row: &mut RowReader<'_>, budget: &'static str, actual: &'static str) {
    let (Some(budget), Some(actual)) = (row.table.col(budget), row.table.col(actual)) else { return };
    let cell = |col: u32| row.sheet.cell_of(row.stored, col);
    let is_missing = |col: u32| {
        cell(col).is_none_or(|cell| match cell.value {
            Value::Text(text) if number::is_accounting_zero(&text) => false,
            Value::Text(text) => is_blank(&text) || not_counted::reason(&text).is_some(),
            _ => row.shown_reason(cell).is_some(),
        })
    };
    let (missing, other) = match (is_missing(budget), is_missing(actual)) {
        (true, false) => (budget, actual),
        (false, true) => (actual, budget),
        _ => return,
    };
    let shown = |col: u32| cell(col).map(|cell| row.sheet.shown(cell)).unwrap_or_default();
    let (said, seen) = (shown(missing), shown(other));
    let is_nought = number::scan(&seen).is_none_or(|number| number.sure.is_some_and(|value| value.is_zero()));
    if is_nought {
        return;
    }
    let header = |col: u32| row.table.at(col).map(|mapped| mapped.header.clone()).unwrap_or_default();
    let words = [("column", header(missing).into()), ("other", header(other).into()), ("seen", seen.into())];
    if is_blank(&said) {
        row.report(&AMOUNT_MISSING, missing, &words);
    } else {
        let [column, other, seen] = words;
        row.report(&AMOUNT_NOT_GIVEN, missing, &[column, ("said", said.into()), other, seen]);
    }
}

fn read(row: &mut RowReader<'_>) {
    let label = label(row.sheet, row.table, row.row);
    if is_of_others(&label) {
        // A total is compared with the rows above it.
        if line(&label) != Line::Total {
            let col = row.stored.first().map_or(0, |cell| cell.col);
            row.report(&NOT_AN_OBJECTIVE, col, &[("seen", label.into())]);
        }
        return;
    }
    for (budget, actual) in PAIRS {
        one_is_missing(row, budget, actual);
    }
    let mut amount = |id: &'static str| {
        let col = row.table.col(id)?;
        let read = row.positive_at(col);
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
    row.no_day("objective");
    let (objective, title) = named(&row.text("objective"), &row.text("title"));
    let record = Record { objective, title, budget, actual, origin: row.origin() };
    row.records.resources.push(record);
}
