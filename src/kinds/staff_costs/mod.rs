//! Cost of staff by entity and year: rows of entity and year, years in columns, or a grid of years and entities.

mod basis;
mod comparison;
mod fields;
mod form;
mod heads;
mod lines;
mod names;
mod read;

use super::Content::{Amount, Percent, Text as Free, Year};
use super::reader::{Origin, Read};
use super::{Kind, column};
use crate::finding::{Code, Severity, Text};
pub use basis::{Basis, basis, is_bare_basis};
pub use heads::{is_of_others, speaks_of_heads, title_of_heads};
pub use lines::{Line, MOST_ROWS, RowLabel, are_few, has_parts, is_reduction, line, line_of, line_of_row, owner};
pub use names::{entity_of, in_thousands, is_topic, plain_year, speaks_of_staff_cost, strip_to_entity};
use read::read;
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
        "«{seen}» dice che gli importi sono in migliaia o in milioni: sono stati letti come euro",
        "\"{seen}\" says that the amounts are thousands or millions: they were read as euro",
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

/// Costs of a part of a year that no column gives whole.
pub static YEAR_IN_PARTS: Code = Code {
    id: "S046",
    slug: "year-only-in-parts",
    severity: Severity::Error,
    message: Text::new(
        "il costo del {year} è dato solo in parte o a pezzi, {columns}: non è stato usato",
        "the cost of {year} is given only in part or in pieces, {columns}: it was not used",
    ),
    help: Text::new(
        "aggiungere una colonna {year} con il costo di tutto l’anno",
        "add a column {year} with the cost of the whole year",
    ),
};

/// A table of persons beside those of costs.
pub static TABLE_OF_HEADS: Code = Code {
    id: "S047",
    slug: "table-of-heads",
    severity: Severity::Info,
    message: Text::new(
        "«{seen}» conta persone, non costi: la tabella non è stata sommata",
        "\"{seen}\" counts persons, not costs: the table was not added",
    ),
    help: Text::new(
        "non serve fare nulla; se invece sono costi, dare alla tabella un altro titolo",
        "nothing needs doing; if they are costs after all, give the table another title",
    ),
};

/// A row among the costs that is none.
pub static NOT_A_COST: Code = Code {
    id: "S040",
    slug: "row-that-is-no-cost",
    severity: Severity::Info,
    message: Text::new(
        "«{seen}» non è un costo del personale: la riga non è stata sommata",
        "\"{seen}\" is no cost of staff: the row was not added",
    ),
    help: Text::new(
        "non serve fare nulla; se invece è un costo, dare alla riga un altro nome",
        "nothing needs doing; if it is a cost after all, give the row another name",
    ),
};

/// A row among the costs that they are held against.
pub static COMPARISON: Code = Code {
    id: "S050",
    slug: "row-of-comparison",
    severity: Severity::Warning,
    message: Text::new(
        "«{seen}» è un valore con cui si confrontano i costi, non il costo di un ente: la riga non è stata sommata",
        "\"{seen}\" is what costs are held against, not the cost of an entity: the row was not added",
    ),
    help: Text::new(
        "se è un confronto o un obiettivo non serve fare nulla; se è il costo di un ente, scrivere il nome dell’ente",
        "if it is a comparison or a target nothing needs doing; if it is an entity's cost, write the entity's name",
    ),
};

/// The codes of this module.
pub static CODES: &[&Code] = &[
    &NO_ENTITY,
    &THOUSANDS,
    &LOOKS_LIKE_YEAR,
    &ITEM_MISSING,
    &NO_YEAR,
    &YEAR_IN_PARTS,
    &TABLE_OF_HEADS,
    &NOT_A_COST,
    &COMPARISON,
];

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
            &[
                "differenza su",
                "differenza rispetto",
                "scostamento",
                "differenza euro",
                "diff",
                "differenza su anno precedente",
                "variazione assoluta",
                "var assoluta",
            ],
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
                "var % su anno precedente",
                "variazione % su anno precedente",
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
