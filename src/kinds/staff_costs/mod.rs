//! Cost of staff by entity and year: rows of entity and year, years in columns, or a grid of years and entities.

mod fields;
mod form;
mod names;

use super::Content::{Amount, Percent, Text as Free, Year};
use super::reader::{Origin, Read, RowReader};
use super::table::Role;
use super::{Kind, column};
use crate::finding::{Code, Severity, Text};
use crate::sheet::Value;
use crate::value::number::{self, Nature};
pub use names::{entity_of, in_thousands, plain_year, speaks_of_staff_cost};
use rust_decimal::Decimal;

/// A cost whose entity nobody names.
pub static NO_ENTITY: Code = Code {
    id: "S021",
    slug: "entity-unknown",
    severity: Severity::Warning,
    message: Text::new(
        "non si capisce di quale ente è il costo: usato «{used}»",
        "whose cost it is is not stated: \"{used}\" was used",
    ),
    help: Text::new(
        "scrivere il nome dell’ente nel titolo o in una colonna ENTE",
        "write the entity's name in the title or in a column ENTE",
    ),
};

/// Amounts that the title says are thousands.
pub static THOUSANDS: Code = Code {
    id: "S022",
    slug: "amounts-in-thousands",
    severity: Severity::Error,
    message: Text::new(
        "«{seen}» dice che gli importi sono in migliaia: sono stati letti come euro",
        "\"{seen}\" says that the amounts are thousands: they were read as euro",
    ),
    help: Text::new(
        "scrivere gli importi in euro e togliere l’indicazione",
        "write the amounts in euro and remove the remark",
    ),
};

/// An amount that is the number of a year.
pub static LOOKS_LIKE_YEAR: Code = Code {
    id: "P055",
    slug: "cost-looks-like-a-year",
    severity: Severity::Warning,
    message: Text::new(
        "il costo è {seen}: sembra un anno, non un importo; è stato usato così",
        "the cost is {seen}: it looks like a year, not an amount; it was used as it is",
    ),
    help: Text::new(
        "controllare con «allegati inspect» quali colonne sono state lette come anno e come importo",
        "check with \"allegati inspect\" which columns were read as year and as amount",
    ),
};

/// An item that has a cost in another year.
pub static ITEM_MISSING: Code = Code {
    id: "P054",
    slug: "cost-item-missing",
    severity: Severity::Warning,
    message: Text::new(
        "«{item}» non ha un importo nel {year}, in un altro anno sì: il totale del {year} è senza",
        "\"{item}\" has no amount in {year}, in another year it has: the total of {year} is without it",
    ),
    help: Text::new("scrivere l’importo, anche se è 0", "write the amount, even if it is 0"),
};

/// Amounts beside those of years, without a year of their own.
pub static NO_YEAR: Code = Code {
    id: "S027",
    slug: "amounts-without-year",
    severity: Severity::Warning,
    message: Text::new(
        "la colonna «{column}» ha importi ma nessun anno, accanto a colonne con l’anno: non è stata usata",
        "the column \"{column}\" has amounts but no year, beside columns with a year: it was not used",
    ),
    help: Text::new("scrivere l’anno nell’intestazione della colonna", "write the year in the column's header"),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&NO_ENTITY, &THOUSANDS, &LOOKS_LIKE_YEAR, &ITEM_MISSING, &NO_YEAR];

/// The kind.
pub static KIND: Kind = Kind {
    id: "staff_costs",
    title: Text::new("Costo del personale", "Cost of staff"),
    evidence: false,
    columns: &[
        column(
            "entity",
            "ENTE",
            Free,
            &[
                "società",
                "ente società",
                "azienda",
                "azienda speciale",
                "soggetto",
                "organismo",
                "partecipata",
                "denominazione",
                "ente o società",
                "enti",
                "struttura",
                "camera",
                "ente organismo",
                "denominazione ente",
            ],
            &["nome"],
            Text::new("Ente o società: CCIAA Lucca", "Entity: CCIAA Lucca"),
        ),
        column(
            "item",
            "VOCE",
            Free,
            &[
                "voce di costo",
                "descrizione",
                "voci",
                "tipologia",
                "voci di spesa",
                "voce di spesa",
                "tipologia di costo",
            ],
            &[],
            Text::new("Voce di costo, se sono più d’una", "Cost item, when there are several"),
        ),
        column(
            "year",
            "ANNO",
            Year,
            &["esercizio", "annualità", "anno di riferimento", "anni", "esercizio finanziario", "annualita"],
            &[],
            Text::new("Anno: 2019", "Year: 2019"),
        ),
        column(
            "amount",
            "COSTO DEL PERSONALE",
            Amount,
            &[
                "costo",
                "costo del lavoro",
                "costo personale",
                "spesa del personale",
                "importo",
                "costo totale",
                "costo complessivo",
                "spese di personale",
                "spesa personale",
                "costo complessivo del personale",
                "costo lavoro",
                "oneri per il personale",
                "costo annuo",
                "totale costo personale",
                "competenze al personale",
                "costo del personale euro",
                "spesa di personale",
                "spese del personale",
                "spesa per il personale",
                "costo di personale",
                "costo dipendenti",
                "costo annuo personale",
                "oneri di personale",
                "spesa complessiva di personale",
            ],
            &["totale", "valore", "ammontare"],
            Text::new("Costo in euro", "Cost in euro"),
        ),
        column(
            "renewals",
            "DI CUI RINNOVI CONTRATTUALI",
            Amount,
            &[
                "rinnovi contrattuali",
                "rinnovi",
                "oneri rinnovi contrattuali",
                "maggiori oneri rinnovi contrattuali",
                "di cui rinnovi",
                "oneri da rinnovi contrattuali",
                "rinnovo contrattuale",
                "oneri rinnovo contrattuale",
                "di cui oneri rinnovo ccnl",
                "rinnovo ccnl",
            ],
            &[],
            Text::new("La parte dovuta ai rinnovi contrattuali", "The part due to contract renewals"),
        ),
        column(
            "difference",
            "DIFFERENZA",
            Amount,
            &["differenza su", "differenza rispetto", "scostamento", "differenza euro", "diff"],
            &[],
            Text::new("Differenza sull’anno base, se dichiarata", "Difference from the base year, when declared"),
        ),
        column(
            "variation",
            "VARIAZIONE %",
            Percent,
            &[
                "variazione percentuale",
                "variazione",
                "var %",
                "variazione percentuale su",
                "scostamento %",
                "differenza %",
            ],
            &[],
            Text::new("Variazione sull’anno base, se dichiarata", "Variation from the base year, when declared"),
        ),
    ],
    requires: &[&["year"], &["amount"]],
    context: &[
        "costo del personale",
        "costo del lavoro",
        "costo personale",
        "spesa del personale",
        "spese di personale",
        "costo lavoro",
        "oneri per il personale",
        "costi del personale",
        "spesa personale",
    ],
    keys: &["entity", "year", "item"],
    values: &["amount"],
    form: &form::FORM,
    exchange: super::fields::Exchange::of::<Record>(),
    read,
};

/// One amount: an entity in a year.
#[derive(Debug, Clone)]
pub struct Record {
    /// Entity, as the sheet names it; empty when only the context can tell.
    pub entity: String,
    /// Cost item, when the table has several.
    pub item: String,
    /// Year.
    pub year: i16,
    /// Cost in euro.
    pub cost: Read<Decimal>,
    /// Contract renewals in euro.
    pub renewals: Option<Decimal>,
    /// Where it stands.
    pub origin: Origin,
    /// 0-based column of the amount.
    pub col: u32,
    /// Difference from the base year that the row declares, in euro.
    pub declared_difference: Option<Decimal>,
    /// Variation on the base year that the row declares, in percent.
    pub declared_variation: Option<Decimal>,
}

fn read(row: &mut RowReader<'_>) {
    let (entity, item) = (one_line(&row.carried_text("entity")), one_line(&row.text("item")));
    let years: Vec<(u32, i16)> = row
        .table
        .columns
        .iter()
        .filter_map(|mapped| if let Role::Year(year) = mapped.role { Some((mapped.col, year)) } else { None })
        .collect();
    if !years.is_empty() {
        for (col, year) in years {
            push(row, entity.clone(), item.clone(), year, col, None);
        }
        return;
    }
    let Some(year) = read_year(row) else { return };
    let entities: Vec<(u32, String)> = row
        .table
        .columns
        .iter()
        .filter_map(
            |mapped| if let Role::Entity(name) = &mapped.role { Some((mapped.col, name.clone())) } else { None },
        )
        .collect();
    if entities.is_empty() {
        let renewals = row.amount("renewals", Nature::Amount);
        let renewals = row.settle("renewals", renewals).value().copied();
        if let Some(col) = row.table.col("amount") {
            push(row, entity, item.clone(), year, col, renewals);
        }
    }
    for (col, name) in entities {
        push(row, name, item.clone(), year, col, None);
    }
}

fn push(row: &mut RowReader<'_>, entity: String, item: String, year: i16, col: u32, renewals: Option<Decimal>) {
    let mut cost = row.positive_at(col);
    // A round amount of a small item can be the number of a year too.
    let years = Decimal::from(row.year - 8)..=Decimal::from(row.year + 1);
    if let Read::Value(value) = &cost
        && item.is_empty()
        && value.fract().is_zero()
        && years.contains(value)
    {
        let words = [("seen", number::plain(*value).into())];
        row.report(&LOOKS_LIKE_YEAR, col, &words);
    }
    if cost == Read::Unclear {
        let seen = row.sheet.text(row.row, col);
        let wanted = super::reader::wanted(Amount);
        row.report(&super::reader::NOT_UNDERSTOOD, col, &[("seen", seen.into()), ("wanted", wanted.into())]);
        cost = Read::Unread;
    }
    let declared_difference = row.amount("difference", Nature::Amount).value().copied();
    let declared_variation = row.signed_percent("variation");
    let record = Record {
        entity,
        item,
        year,
        cost,
        renewals,
        origin: row.origin(),
        col,
        declared_difference,
        declared_variation,
    };
    row.records.staff_costs.push(record);
}

/// The text with single blanks and no line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The year of a row: `2016`, `anno 2016`.
fn read_year(row: &mut RowReader<'_>) -> Option<i16> {
    let Some((_, cell)) = row.cell("year") else {
        // An amount without a year belongs nowhere, and that is said.
        let holds = |mapped: &super::table::Mapped| match &mapped.role {
            Role::Column(column) => column.id == "amount",
            Role::Entity(_) => true,
            _ => false,
        };
        let amount = row.table.columns.iter().filter(|mapped| holds(mapped));
        if amount.into_iter().any(|mapped| row.sheet.cell(row.row, mapped.col).is_some()) {
            row.not_understood("year", Severity::Error);
        }
        return None;
    };
    let year = match &cell.value {
        Value::Number(stored) => number::from_stored(*stored).and_then(|value| i16::try_from(value).ok()),
        Value::Text(text) => plain_year(text),
        _ => None,
    };
    let year = year.filter(|year| (1950..2100).contains(year));
    if year.is_none() {
        let text = row.text("year");
        if !text.is_empty() {
            row.not_understood("year", Severity::Error);
        }
    }
    year
}
