//! Cost of staff: years or entities can be headers of their own, which no declaration can list.

use rust_decimal::prelude::ToPrimitive;

use super::content::sample;
use super::header::{Block, HeaderCell};
use super::mapping::Ground;
use super::vocabulary::Header;
use crate::finding::Text;
use crate::kinds::staff_costs::{
    Basis, Line, are_few, basis, is_bare_basis, is_topic, line, owner, speaks_of_staff_cost, strip_to_entity,
};
use crate::kinds::table::{Mapped, Role, Why};
use crate::kinds::{Content, staff_costs};
use crate::sheet::{Cell, Value};
use crate::value::fold::{fold, is_blank, words};
use crate::value::{date, not_counted, number};

/// Words of columns of remarks.
const REMARKS: &[&str] = &["note", "trend"];

/// Words of the items of a cost: columns of theirs beside their total are no entities.
const ITEMS: &[&str] = &[
    "stipendi",
    "competenze",
    "retribuzioni",
    "retribuzione",
    "salari",
    "oneri",
    "contributi",
    "tfr",
    "ifr",
    "irap",
    "accantonamento",
    "accantonamenti",
    "straordinari",
    "straordinario",
    "indennita",
    "buoni",
    "missioni",
    "formazione",
    "altri",
    "altro",
];

/// The role of a header that is a year, in a table that speaks of the cost of staff.
pub fn year_role(ground: &Ground<'_>, cell: &HeaderCell, header: &Header) -> Option<Role> {
    let [year] = header.years[..] else { return None };
    let plain = header.words().all(|word| {
        matches!(
            word,
            "anno"
                | "costo"
                | "consuntivo"
                | "personale"
                | "lavoro"
                | "spesa"
                | "importo"
                | "esercizio"
                | "dato"
                | "complessivo"
                | "totale"
                | "al"
                | "31"
                | "12"
        )
    });
    (plain && !header.part && (speaks(ground) || speaks_of_staff_cost(&cell.full))).then_some(Role::Year(year))
}

/// Entities in columns: what is left beside the year column, when amounts stand below; or the column of names without a
/// header of its own beside columns of years.
pub fn complete(ground: &Ground<'_>, block: &Block, columns: &mut Vec<Mapped>) {
    if columns.iter().any(|mapped| matches!(mapped.role, Role::Year(_))) {
        renewals_of_years(columns);
        return names_beside_years(ground, columns);
    }
    if !what_was_spent(ground, block, columns) {
        entities(ground, block, columns);
    }
    only_net(ground, block, columns);
}

/// A net cost is the cost where no other is given, and that is said.
fn only_net(ground: &Ground<'_>, block: &Block, columns: &mut [Mapped]) {
    let is_amount = |mapped: &Mapped| match mapped.role {
        Role::Column(column) => column.id == "amount",
        Role::Entity(_) | Role::Ambiguous(_) => true,
        _ => false,
    };
    if columns.iter().any(is_amount) || columns.len() != block.columns.len() {
        return;
    }
    let is_net = |at: &usize| {
        let cell = &block.columns[*at];
        let is_free = matches!(columns[*at].role, Role::Unknown);
        is_free && matches!(line_of(cell), Line::Net | Line::NetOfSomething) && holds_amounts(ground, cell.col)
    };
    if let Some(at) = (0..columns.len()).find(is_net) {
        plain_amount(columns, at);
        columns[at].by_content = true;
    }
}

fn entities(ground: &Ground<'_>, block: &Block, columns: &mut [Mapped]) {
    let is = |mapped: &Mapped, id: &str| matches!(mapped.role, Role::Column(column) if column.id == id);
    let Some(year) = columns.iter().position(|mapped| is(mapped, "year")) else { return };
    let spoken = speaks(ground) || block.columns.iter().any(|cell| speaks_of_staff_cost(&cell.full));
    let amount = columns.iter().position(|mapped| is(mapped, "amount"));
    let several = block.columns.iter().filter(|cell| speaks_of_staff_cost(&cell.full)).count() > 1;
    if !spoken || columns.iter().any(|mapped| is(mapped, "entity")) {
        return;
    }
    let candidates: Vec<usize> = (0..columns.len())
        .filter(|at| *at != year && holds_amounts(ground, block.columns[*at].col))
        .filter(|at| may_be_entity(ground, &block.columns[*at]))
        .filter(|at| matches!(columns[*at].role, Role::Unknown | Role::Ambiguous(_)) || Some(*at) == amount)
        .collect();
    let totals = |at: &usize| line_of(&block.columns[*at]) == Line::Total;
    let costs: Vec<usize> = candidates.iter().copied().filter(|at| is_cost(line_of(&block.columns[*at]))).collect();
    // A single amount column with its own name is the plain layout: year and amount.
    if let ([only], true) = (&costs[..], amount.is_none_or(|at| costs.contains(&at)))
        && (is_topic(own_text(&block.columns[*only])) || amount.is_some())
    {
        return plain_amount(columns, *only);
    }
    let budgeted = block.columns.iter().any(|cell| basis(own_text(cell)) == Some(Basis::Budget));
    if costs.is_empty() && budgeted {
        return;
    }
    let items = costs.iter().all(|at| is_item(own_text(&block.columns[*at])));
    if let (true, Some(total)) = (items, candidates.iter().copied().find(totals)) {
        return plain_amount(columns, total);
    }
    if costs.is_empty() || (amount.is_some_and(|at| !totals(&at)) && !several) {
        return;
    }
    let is_empty = |at: &usize| matches!(columns[*at].role, Role::Unknown) && is_without_costs(ground, block, *at);
    let empty: Vec<usize> = (year + 1..columns.len()).filter(is_empty).collect();
    for at in candidates.into_iter().chain(empty) {
        let (role, why) = if totals(&at) {
            (Role::Total, Text::new("è la somma delle altre colonne", "it is the sum of the other columns"))
        } else {
            let name = entity_name(&block.columns[at]);
            (Role::Entity(name), Text::new("gli importi di un ente", "an entity's amounts"))
        };
        told(&mut columns[at], role, why);
    }
}

/// Of columns of what was budgeted and what was spent the latter counts; whether they are such columns. When it is not
/// sure which was spent, a person is asked.
fn what_was_spent(ground: &Ground<'_>, block: &Block, columns: &mut [Mapped]) -> bool {
    let is = |mapped: &Mapped, id: &str| matches!(mapped.role, Role::Column(column) if column.id == id);
    if !columns.iter().any(|mapped| is(mapped, "year")) {
        return false;
    }
    if !speaks(ground) && !block.columns.iter().any(|cell| speaks_of_staff_cost(&cell.full)) {
        return false;
    }
    let amounts: Vec<usize> = (0..columns.len())
        .filter(|at| !is(&columns[*at], "year") && holds_amounts(ground, block.columns[*at].col))
        .collect();
    let bases: Vec<(usize, Basis)> = amounts
        .iter()
        .filter(|at| is_bare_basis(own_text(&block.columns[**at])))
        .filter_map(|at| Some((*at, basis(own_text(&block.columns[*at]))?)))
        .collect();
    // Costs beside them that say neither are read as ever.
    let is_other = |at: &&usize| {
        let line = line_of(&block.columns[**at]);
        (is_cost(line) || line == Line::Total) && !bases.iter().any(|(basis, _)| basis == *at)
    };
    let others = amounts.iter().filter(is_other).count();
    let best = bases.iter().map(|(_, basis)| *basis).max();
    let sure: Vec<usize> =
        bases.iter().filter(|(_, basis)| Some(*basis) == best && *basis != Basis::Budget).map(|(at, _)| *at).collect();
    match (&sure[..], bases.len()) {
        (_, 0) => return false,
        (_, 1) if others == 0 && best != Some(Basis::Budget) => return false,
        _ if others > 0 => return false,
        ([only], _) => plain_amount(columns, *only),
        _ => {
            let why = Text::new("non è sicuro quale importo è quello speso", "which amount was spent is not sure");
            for (at, _) in bases {
                told(&mut columns[at], Role::Ambiguous(vec!["amount"]), why);
            }
        }
    }
    true
}

fn told(mapped: &mut Mapped, role: Role, why: Text) {
    mapped.role = role;
    mapped.confidence_percent = 85;
    mapped.why = Why::Said(why);
}

/// The one column of amounts.
fn plain_amount(columns: &mut [Mapped], at: usize) {
    let Some(amount) = staff_costs::KIND.column("amount") else { return };
    let is_amount = |mapped: &Mapped| matches!(mapped.role, Role::Column(column) if std::ptr::eq(column, amount));
    if !is_amount(&columns[at]) {
        let may_be = |mapped: &&mut Mapped| match &mapped.role {
            Role::Ambiguous(ids) => ids.contains(&amount.id),
            _ => is_amount(mapped),
        };
        columns.iter_mut().filter(may_be).for_each(|mapped| mapped.role = Role::Unknown);
        let why = Text::new("è l’unica colonna di costi", "it is the only column of costs");
        told(&mut columns[at], Role::Column(amount), why);
    }
}

/// Whether a column of amounts can be an entity's, or say something of it.
fn may_be_entity(ground: &Ground<'_>, cell: &HeaderCell) -> bool {
    let remark = words(own_text(cell)).iter().any(|word| REMARKS.contains(&word.as_str()));
    !remark
        && basis(own_text(cell)) != Some(Basis::Budget)
        && match line_of(cell) {
            Line::Cost | Line::Total | Line::Net => true,
            // With nobody's name they are the renewals of all.
            Line::Renewals => !owner(own_text(cell)).is_empty(),
            Line::Persons => !counts_persons(ground, cell.col),
            _ => false,
        }
}

/// The text that is surely the column's: a group that no merge stretches over it may be the table's title.
fn own_text(cell: &HeaderCell) -> &str {
    if cell.guessed { &cell.leaf } else { &cell.full }
}

/// What a header says by its lowest row, or by all.
fn line_of(cell: &HeaderCell) -> Line {
    match line(&cell.leaf) {
        Line::Cost => line(own_text(cell)),
        line => line,
    }
}

const fn is_cost(line: Line) -> bool {
    matches!(line, Line::Cost | Line::Persons)
}

fn is_item(header: &str) -> bool {
    words(header).iter().any(|word| ITEMS.contains(&word.as_str()))
}

/// Whether a column of a grid is called as an entity may be and holds no cost: it is empty, or says that the figures are
/// missing. What columns of remarks are called is no name.
fn is_without_costs(ground: &Ground<'_>, block: &Block, at: usize) -> bool {
    const BESIDE: &[&str] = &[
        "osserv", "annot", "comment", "font", "firm", "motiv", "spieg", "verific", "controll", "rifer", "allegat",
        "att", "dat", "prot", "stat", "descri", "document", "anno", "costo", "spesa", "total", "import", "valor",
    ];
    const MISSING: &[&str] =
        &["non pervenut", "non disponibil", "non comunicat", "non trasmess", "in attesa", "mancant"];
    let cell = &block.columns[at];
    let is_beside = |word: &String| BESIDE.iter().any(|stem| word.starts_with(stem));
    let is_declared = ground.named[at].full.iter().any(|found| found.score >= 0.8);
    let says_missing =
        |text: &str| not_counted::reason(text).is_some() || MISSING.iter().any(|said| fold(text).starts_with(said));
    let tells_none = |cell: Cell<'_>| match cell.value {
        Value::Text(text) => is_blank(&text) || says_missing(&text),
        Value::Blank => true,
        _ => false,
    };
    !is_declared
        && line_of(cell) == Line::Cost
        && may_be_entity(ground, cell)
        && !words(own_text(cell)).iter().any(is_beside)
        && sample(ground.sheet, cell.col, ground.body).all(tells_none)
}

fn counts_persons(ground: &Ground<'_>, col: u32) -> bool {
    let amounts = sample(ground.sheet, col, ground.body).filter_map(|cell| match cell.value {
        Value::Number(amount) => Some(amount),
        Value::Text(text) => number::scan(&text)?.sure?.to_f64(),
        _ => None,
    });
    are_few(amounts)
}

/// The name of an entity in a header: of a group and the words below it the part that is no word about costs.
fn entity_name(cell: &HeaderCell) -> String {
    let grouped = cell.leaf != cell.full && is_topic(&cell.leaf);
    match line_of(cell) {
        Line::Cost if grouped => strip_to_entity(&cell.full).unwrap_or_else(|| cell.full.clone()),
        Line::Cost | Line::Persons => {
            let name = without_marks(&cell.leaf);
            // `Costo CCIAA` is the CCIAA's.
            let of_cost =
                words(name).first().is_some_and(|first| matches!(first.as_str(), "costo" | "spesa" | "costi"));
            strip_to_entity(name).filter(|_| of_cost).unwrap_or_else(|| name.to_owned())
        }
        _ => cell.full.clone(),
    }
}

/// `di cui rinnovi 2019` beside `2019`: the part of that year's amounts that is due to renewals.
fn renewals_of_years(columns: &mut [Mapped]) {
    let of_year = |mapped: &Mapped| if let Role::Year(year) = mapped.role { Some(year) } else { None };
    let years: Vec<i16> = columns.iter().filter_map(of_year).collect();
    for mapped in columns.iter_mut().filter(|mapped| line(&mapped.header) == Line::Renewals) {
        if let [year] = date::years(&mapped.header)[..]
            && years.contains(&year)
        {
            told(mapped, Role::Year(year), Text::new("i rinnovi di un anno", "the renewals of a year"));
        }
    }
}

/// The column left of the years that holds names and no header, or that of the years of rows.
fn names_beside_years(ground: &Ground<'_>, columns: &mut Vec<Mapped>) {
    let named = |mapped: &Mapped| matches!(mapped.role, Role::Column(column) if matches!(column.id, "entity" | "item"));
    let first = columns.iter().filter(|mapped| matches!(mapped.role, Role::Year(_))).map(|mapped| mapped.col).min();
    let (Some(first), false) = (first, columns.iter().any(named)) else { return };
    let holds_names = |col: &u32| ground.agreement(*col, Content::Text).is_some_and(|part| part >= 0.8);
    let Some(col) = (first.saturating_sub(2)..first).rev().find(holds_names) else { return };
    let texts: Vec<String> = sample(ground.sheet, col, ground.body)
        .map(|cell| ground.sheet.shown(cell))
        .filter(|text| is_cost(line(text)))
        .collect();
    let items = texts.iter().filter(|text| is_item(text) || is_topic(text)).count();
    let id = if items * 2 > texts.len() { "item" } else { "entity" };
    let Some(column) = staff_costs::KIND.column(id) else { return };
    let at = columns.iter().position(|mapped| mapped.col == col).unwrap_or_else(|| {
        let at = columns.partition_point(|mapped| mapped.col < col);
        columns.insert(at, super::mapping::unknown(col, String::new()));
        at
    });
    told(&mut columns[at], Role::Column(column), Text::new("i nomi accanto agli anni", "the names beside the years"));
}

/// The name without the marks of a footnote: `Camera*`, `Camera (1)`, `Camera ²`.
fn without_marks(name: &str) -> &str {
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || "*†‡:¹²³⁴⁵".contains(c));
    let note = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    match note {
        Some((before, mark)) if mark.chars().count() == 1 && !before.trim().is_empty() => before.trim_end(),
        _ => name,
    }
}

fn holds_amounts(ground: &Ground<'_>, col: u32) -> bool {
    ground.agreement(col, Content::Amount).is_some_and(|part| part >= 0.5)
}

/// Whether a header is of a sum over other columns.
pub fn is_total(header: &str) -> bool {
    line(header) == Line::Total
}

/// Whether a header that resembles that of costs, or of renewals, is of something else: `Costo medio`, `Costo al netto dei
/// rinnovi`.
pub fn is_another(id: &str, cell: &HeaderCell) -> bool {
    match (id, line_of(cell)) {
        ("amount", line) => !matches!(line, Line::Cost | Line::Persons | Line::Total),
        ("renewals", line) => line == Line::Net,
        _ => false,
    }
}

fn speaks(ground: &Ground<'_>) -> bool {
    speaks_of_staff_cost(ground.context)
        || staff_costs::KIND.context.iter().any(|words| ground.context.contains(words))
        || first_column_speaks(ground)
}

/// `Costo complessivo del personale` as the label of a row.
fn first_column_speaks(ground: &Ground<'_>) -> bool {
    let sheet = ground.sheet;
    sheet
        .rows_between(ground.body.0, ground.body.1)
        .take(12)
        .filter_map(|row| row.first().map(|cell| sheet.shown(cell)))
        .any(|text| speaks_of_staff_cost(&text))
}
