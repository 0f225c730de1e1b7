//! What a label in a table of costs says of its amounts: that they are a cost, or what is worked out from costs or stands
//! beside them.

use crate::kinds::table::{Role, Table};
use crate::sheet::{Sheet, Value};
use crate::value::fold::{fold, one_line, words};
use crate::value::number::{self, Nature};

use super::Record;

/// What a row or column of amounts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The cost of an entity, or an item of it.
    Cost,
    /// The part of the cost that is due to contract renewals.
    Renewals,
    /// The cost without that part.
    Net,
    /// A cost without some part that is not named.
    NetOfSomething,
    /// The sum of others.
    Total,
    /// The mean of others.
    Mean,
    /// What a year's cost differs from another's by, in euro.
    Difference,
    /// The same in percent.
    Variation,
    /// Persons, or costs of persons: the amounts tell.
    Persons,
    /// What costs are held against: a mean of other bodies, a benchmark, a target.
    Comparison,
    /// A limit, an income, a number of something: no cost.
    Other,
}

/// First words of labels of differences.
const DIFFERENCES: &[&str] = &[
    "differenza",
    "differenze",
    "diff",
    "scostamento",
    "scostamenti",
    "delta",
    "variazione",
    "variazioni",
    "var",
    "incremento",
    "decremento",
    "riduzione",
    "diminuzione",
    "aumento",
];

/// Those that say that less is more.
const REDUCTIONS: &[&str] = &["decremento", "riduzione", "diminuzione"];

/// First words of labels of what is no cost.
const OTHERS: &[&str] = &[
    "proventi",
    "entrate",
    "ricavi",
    "incidenza",
    "rapporto",
    "indice",
    "limite",
    "limiti",
    "tetto",
    "margine",
    "margini",
    "risparmio",
    "risparmi",
    "economie",
    "delibera",
    "determina",
    "protocollo",
    "prot",
    "soglia",
    "vincolo",
    "percentuale",
    "avanzo",
    "disavanzo",
];

/// First words of labels of numbers of persons, or of anything.
const PERSONS: &[&str] = &[
    "n",
    "nr",
    "num",
    "numero",
    "dipendenti",
    "dipendente",
    "addetti",
    "unita",
    "fte",
    "ula",
    "organico",
    "personale",
];

/// So many persons no entity has, and so little no staff costs.
const MOST_PERSONS: f64 = 5_000.0;

const COSTS: &[&str] = &["costo", "costi", "spesa", "spese", "importo", "importi", "oneri", "valore"];

const SUMS: &[&str] = &[
    "totale",
    "totali",
    "tot",
    "complessivo",
    "complessiva",
    "complessivi",
    "somma",
    "subtotale",
    "subtotali",
    "aggregato",
    "aggregata",
    "consolidato",
];

/// Words that a label may have besides the name of an entity.
const PLAIN: &[&str] = &[
    "di",
    "del",
    "dei",
    "della",
    "per",
    "il",
    "al",
    "da",
    "e",
    "in",
    "a",
    "personale",
    "dipendente",
    "lavoro",
    "sistema",
    "camerale",
    "ente",
    "enti",
    "anno",
    "euro",
    "annuo",
    "annua",
    "lordo",
    "lorda",
];

/// More rows than this no table of costs has.
pub const MOST_ROWS: usize = 2_000;

/// What a label says.
///
/// ```
/// use allegati::kinds::staff_costs::{Line, line};
/// assert_eq!(line("CCIAA Lucca"), Line::Cost);
/// assert_eq!(line("di cui rinnovi contrattuali"), Line::Renewals);
/// assert_eq!(line("Costo al netto dei rinnovi"), Line::Net);
/// assert_eq!(line("Spesa complessiva"), Line::Total);
/// assert_eq!(line("Var. % 2019/2016"), Line::Variation);
/// assert_eq!(line("Limite di spesa 2011-2013"), Line::Other);
/// assert_eq!(line("Media delle Camere toscane"), Line::Comparison);
/// ```
pub fn line(label: &str) -> Line {
    let words = words(label);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let Some((first, rest)) = words.split_first() else {
        return if label.contains('%') { Line::Other } else { Line::Cost };
    };
    let (first, second) = (first.as_str(), rest.first().map_or("", String::as_str));
    let percent = label.contains('%') || has(&["percentuale", "percentuali", "perc"]);
    let is_net = has(&["netto", "netta", "nette", "netti"]);
    if has(&["rinnovi", "rinnovo"]) {
        return match () {
            () if is_net || has(&["esclusi", "escluso", "senza"]) => Line::Net,
            () if !has(&["lordo", "lorda", "inclusi", "compresi", "comprensivo"]) => Line::Renewals,
            () if SUMS.contains(&first) => Line::Total,
            () => Line::Cost,
        };
    }
    if DIFFERENCES.contains(&first) && !has(&["contrattuale", "contrattuali"]) {
        return if percent { Line::Variation } else { Line::Difference };
    }
    if is_net && (COSTS.contains(&first) || SUMS.contains(&first) || matches!(first, "al" | "netto")) {
        return Line::NetOfSomething;
    }
    if is_mean(first, rest) {
        return Line::Mean;
    }
    if super::comparison::is_comparison(&words) {
        return Line::Comparison;
    }
    // `di cui straordinari` is a part of the cost beside it.
    if percent || OTHERS.contains(&first) || is_of_one(first, second) || (first, second) == ("di", "cui") {
        return Line::Other;
    }
    if PERSONS.contains(&first) {
        return Line::Persons;
    }
    if is_sum(first, second, rest) { Line::Total } else { Line::Cost }
}

fn is_mean(first: &str, rest: &[String]) -> bool {
    let plain = |word: &String| {
        matches!(word.as_str(), "annua" | "annuale" | "periodo" | "triennio" | "biennio" | "anni" | "aritmetica")
            || PLAIN.contains(&word.as_str())
            || COSTS.contains(&word.as_str())
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(first, "media" | "medie") && rest.iter().all(plain)
}

/// `Costo medio`, `Spesa pro capite`: what one person costs.
fn is_of_one(first: &str, second: &str) -> bool {
    COSTS.contains(&first) && matches!(second, "medio" | "media" | "medi" | "medie" | "procapite" | "pro" | "unitario")
}

fn is_sum(first: &str, second: &str, rest: &[String]) -> bool {
    let plain = |word: &String| PLAIN.contains(&word.as_str()) || COSTS.contains(&word.as_str());
    match first {
        "totale" | "totali" | "tot" | "subtotale" | "subtotali" => true,
        "sistema" => second == "camerale" && rest.len() == 1,
        _ if SUMS.contains(&first) => rest.iter().all(plain),
        _ => COSTS.contains(&first) && SUMS.contains(&second) && rest[1..].iter().all(plain),
    }
}

/// Whether a label names a fall, whose figure is above zero.
pub fn is_reduction(label: &str) -> bool {
    words(label).first().is_some_and(|first| REDUCTIONS.contains(&first.as_str()))
}

/// The folded words of the entity that a label of renewals or of a net cost names; none when it names none.
pub fn owner(label: &str) -> String {
    let topic = |word: &&String| {
        let word = word.as_str();
        PLAIN.contains(&word)
            || COSTS.contains(&word)
            || SUMS.contains(&word)
            || word.starts_with("rinnov")
            || word.starts_with("contratt")
            || matches!(word, "cui" | "maggiori" | "netto" | "dei" | "degli" | "ccnl" | "esclusi" | "senza" | "i")
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    words(label).iter().filter(|word| !topic(word)).map(String::as_str).collect()
}

/// What a row calls its amounts.
#[derive(Debug, Clone, Default)]
pub struct RowLabel {
    /// Entity, carried down from the rows above where the row gives none.
    pub entity: String,
    /// Item.
    pub item: String,
    /// What stands in the column of years.
    pub year: String,
}

impl RowLabel {
    /// That of a row of a table.
    pub fn of(sheet: &Sheet, table: &Table, row: u32) -> Self {
        const CARRIED: u32 = 60;
        let text = |col: u32, row: u32| one_line(&sheet.text(row, col));
        let own = |id: &str| table.col(id).map(|col| text(col, row)).unwrap_or_default();
        let from = row.saturating_sub(CARRIED).max(table.header_rows.1 + 1);
        let entity = |col| (from..=row).rev().map(|row| text(col, row)).find(|entity| !entity.is_empty());
        Self { entity: table.col("entity").and_then(entity).unwrap_or_default(), item: own("item"), year: own("year") }
    }

    /// The label that says most of what the row is.
    pub fn text(&self) -> &str {
        let says = |text: &&str| !text.is_empty() && line(text) != Line::Cost;
        let year = Some(self.year.as_str()).filter(|year| super::plain_year(year).is_none() && says(year));
        let texts = [&*self.item, &*self.entity];
        year.or_else(|| texts.into_iter().find(says)).unwrap_or(&self.entity)
    }
}

/// What the amounts of a row are.
pub fn line_of_row(sheet: &Sheet, table: &Table, row: u32) -> Line {
    match line(RowLabel::of(sheet, table, row).text()) {
        Line::Persons if are_few(amounts(sheet, table, row)) => Line::Other,
        Line::Persons => Line::Cost,
        line => line,
    }
}

/// Whether amounts are so small that they count persons.
pub fn are_few(amounts: impl Iterator<Item = f64>) -> bool {
    let mut seen = false;
    amounts.into_iter().all(|amount| {
        seen = true;
        (0.0..MOST_PERSONS).contains(&amount)
    }) && seen
}

/// The amounts of a row, roughly.
pub fn amounts<'a>(sheet: &'a Sheet, table: &'a Table, row: u32) -> impl Iterator<Item = f64> + 'a {
    let holds = |role: &Role| match role {
        Role::Year(_) | Role::Entity(_) => true,
        Role::Column(column) => column.id == "amount",
        _ => false,
    };
    let columns = table.columns.iter().filter(move |mapped| holds(&mapped.role));
    columns.filter_map(move |mapped| sheet.cell(row, mapped.col)).filter_map(|cell| match cell.value {
        Value::Number(amount) => Some(amount),
        Value::Text(text) => number::scan(&text)?.read(Nature::Amount, None).to_string().parse().ok(),
        _ => None,
    })
}

/// Whether costs stand beside the row of a total that it can be the total of: of the same entity and year where it has
/// items. Among very many rows that is taken for granted.
pub fn has_parts(sheet: &Sheet, table: &Table, row: u32) -> bool {
    const LOOKED_AT: usize = 400;
    if sheet.rows.len() > MOST_ROWS {
        return true;
    }
    let own = RowLabel::of(sheet, table, row);
    let of_items = !own.item.is_empty() && line(&own.item) == Line::Total && line(&own.entity) == Line::Cost;
    let rows = sheet.rows_between(table.body_rows.0, table.body_rows.1).map(|row| row.index).take(LOOKED_AT);
    rows.filter(|other| *other != row).any(|other| {
        let label = RowLabel::of(sheet, table, other);
        let same = !of_items || (fold(&label.entity) == fold(&own.entity) && label.year == own.year);
        same && line_of_row(sheet, table, other) == Line::Cost && amounts(sheet, table, other).next().is_some()
    })
}

/// What a record is, by what its table calls it.
pub fn line_of(record: &Record) -> (Line, &str) {
    let table = &record.origin.table;
    let role = table.at(record.col).map(|mapped| &mapped.role);
    let told = match role {
        Some(Role::Entity(_)) => true,
        Some(Role::Column(column)) if column.id == "renewals" => true,
        _ => table.col("entity").is_some(),
    };
    let of_item = line(&record.item);
    if !record.item.is_empty() && of_item != Line::Cost || !told {
        (of_item, &record.item)
    } else {
        (line(&record.entity), &record.entity)
    }
}
