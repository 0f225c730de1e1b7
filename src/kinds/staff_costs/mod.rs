//! Cost of staff by entity and year: rows of entity and year, years in columns, or a grid of years and entities.

use rust_decimal::Decimal;

use super::Content::{Amount, Percent, Text as Free, Year};
use super::reader::{Origin, Read, RowReader};
use super::table::{Context, Role};
use super::{Kind, column};
use crate::finding::{Code, Severity, Text};
use crate::sheet::Value;
use crate::value::fold::{fold, words};
use crate::value::number::{self, Nature};

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

/// The codes of this module.
pub static CODES: &[&Code] = &[&NO_ENTITY, &THOUSANDS];

/// Whether a title or header says that amounts are thousands of euro.
pub fn in_thousands(text: &str) -> bool {
    words(text).iter().any(|word| matches!(word.as_str(), "migliaia" | "keuro" | "mgl")) || fold(text).contains("k€")
}

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
    let (entity, item) = (row.carried_text("entity"), row.text("item"));
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
    let mut cost = row.amount_at(col, Nature::Amount);
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

/// The year of a row: `2016`, `anno 2016`.
fn read_year(row: &mut RowReader<'_>) -> Option<i16> {
    let (_, cell) = row.cell("year")?;
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

/// `anno 2019`, `consuntivo 2019`; a forecast is no year of its own.
fn plain_year(text: &str) -> Option<i16> {
    let (years, others): (Vec<String>, Vec<String>) =
        words(text).into_iter().partition(|word| word.parse::<i16>().is_ok());
    let plain = |word: &String| matches!(word.as_str(), "anno" | "esercizio" | "consuntivo" | "al" | "dicembre");
    let [.., year] = &years[..] else { return None };
    (others.iter().all(plain)
        && (years.len() == 1 || years[..years.len() - 1].iter().all(|word| matches!(word.as_str(), "31" | "12"))))
    .then(|| year.parse().ok())
    .flatten()
}

/// Whether a text speaks of the cost of staff.
pub fn speaks_of_staff_cost(text: &str) -> bool {
    let words = words(text);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    has(&["costo", "costi", "spesa", "spese", "oneri", "cost"])
        && has(&["personale", "lavoro", "dipendente", "dipendenti", "retribuzioni"])
}

/// The entity that the texts around a table name: title, then sheet, then file.
pub fn entity_of(context: &Context, sheet: &str, file: &str) -> Option<String> {
    let label =
        context.label(&["ente", "societa", "organismo", "azienda", "soggetto", "denominazione", "ente societa"]);
    if let Some(label) = label {
        return Some(label.value.clone());
    }
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let titles = context.titles.iter().map(|(title, _)| title.as_str());
    let speaking = titles.clone().filter(|title| speaks_of_staff_cost(title));
    let silent = titles.filter(|title| !speaks_of_staff_cost(title) && title.chars().count() < 60);
    speaking.chain(silent).chain([sheet, stem]).find_map(strip_to_entity)
}

/// What is left of a title when the words about cost, staff and years are gone.
fn strip_to_entity(text: &str) -> Option<String> {
    const PLAIN: &[&str] = &[
        "costo",
        "costi",
        "del",
        "dei",
        "della",
        "di",
        "il",
        "lavoro",
        "personale",
        "dipendente",
        "dipendenti",
        "spesa",
        "spese",
        "per",
        "anni",
        "anno",
        "triennio",
        "quadriennio",
        "biennio",
        "periodo",
        "complessivo",
        "complessiva",
        "andamento",
        "confronto",
        "monitoraggio",
        "rilevazione",
        "dal",
        "al",
        "annuo",
        "annuale",
        "totale",
        "riepilogo",
        "prospetto",
        "dati",
        "in",
        "euro",
        "foglio",
        "foglio1",
        "foglio2",
        "sheet1",
        "sheet",
        "tabella",
        "e",
        "oneri",
        "consuntivo",
        "bilancio",
        "export",
        "def",
        "definitivo",
        "sistema",
        "camerale",
        "monitoraggi",
        "costo_personale",
        "retribuzioni",
        "a",
        "scheda",
        "dati",
        "riepilogo",
        "report",
        "tabella1",
        "elenco",
        "invio",
        "uff",
        "allegato",
        "mail",
        "trasmessi",
        "definitiva",
        "finale",
        "copia",
        "migliaia",
        "importi",
        "tempo",
        "indeterminato",
        "evoluzione",
        "serie",
        "storica",
        "xls",
        "xlsx",
        "base",
    ];
    let pieces: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "_:;,()/€’".contains(c)).filter(|piece| !piece.is_empty()).collect();
    let plain = |piece: &&str| {
        let folded = fold(piece);
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty() || PLAIN.contains(&bare) || bare.chars().all(|c| c.is_ascii_digit() || "-/.".contains(c))
    };
    let first = pieces.iter().position(|piece| !plain(piece))?;
    let mut kept: Vec<&str> = Vec::new();
    for piece in &pieces[first..] {
        let folded = fold(piece);
        // Words of the topic end the name; small words inside it stay.
        if plain(piece) && !matches!(folded.as_str(), "di" | "del" | "della" | "e" | "per" | "a" | "dei") {
            break;
        }
        kept.push(piece);
    }
    while kept.last().is_some_and(&plain) {
        kept.pop();
    }
    let name = kept.join(" ").trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_owned();
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 2).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_titles() {
        for (text, entity) in [
            ("Costo del lavoro CCIAA Lucca", Some("CCIAA Lucca")),
            ("Lucca In-Tec - costo del personale dipendente", Some("Lucca In-Tec")),
            ("Costo del personale 2016-2019", None),
            ("Foglio1", None),
            ("costo lavoro CCIAA", Some("CCIAA")),
            (
                "Spese di personale - Camera di Commercio di Lucca - anni 2016/2019",
                Some("Camera di Commercio di Lucca"),
            ),
        ] {
            assert_eq!(strip_to_entity(text).as_deref(), entity, "{text}");
        }
    }
}
