//! One kind's claim on a header: which column is what, how sure, and what is lacking.

use std::sync::Arc;

use super::codes;
use super::header::{Block, HeaderCell};
use super::time::{current_year, time_role, time_why, when};
use super::vocabulary::{Candidate, Header, Named, Vocabulary};
use super::{budgets, dates, goals, shares, staff};
use crate::finding::Text;
use crate::kinds::table::{Mapped, Role, Why};
use crate::kinds::{Column, Content, Kind};
use crate::sheet::Sheet;
use crate::value::fold::{fold, folds_to};

/// The least a match must be worth.
pub const ACCEPTED: f32 = 0.5;
/// What is left of a name that can also mean another column.
pub const WEAK: f32 = 0.75;
/// From here on a name is so near to a declared one that its column could be the one that is meant.
const NEARLY: f32 = 0.8;
/// Two matches closer than this are the same to us.
const CLOSE: f32 = 0.02;
/// The part of a column's cells that must fit a name that can mean several things.
const AGREES: f32 = 0.6;
/// The least a name must be worth for a column of codes: any short text looks like one, and a wrong code is a wrong record.
const SURE_CODE: f32 = 0.7;
/// The least a name must be worth for a column of dates whose header is surely another date: `Data protocollo` holds the
/// word that the day something was done may be called by, and is none.
const SURE_DATE: f32 = 0.7;
/// The least a name must be worth for an empty column of entities: `Azienda agricola` is one of them.
const SURE_ENTITY: f32 = 0.9;
/// What a title that says OBIETTIVI is worth: more than all columns that other kinds know as well.
pub const TITLED_OBJECTIVES: f32 = 0.35;
/// What a title, sheet or file that speaks of the kind is worth.
pub const ABOUT: f32 = 0.08;
/// What evidence gains, and other lists lose, below a label that says what is proven.
pub const LABELLED: f32 = 0.12;

/// Why a column of staff costs is a year's.
const YEAR_ABOVE: Why = Why::Said(Text::new("il titolo della colonna è un anno", "the header is a year"));

/// A kind's claim on a header.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The kind.
    pub kind: &'static Kind,
    /// First and last row of the header.
    pub rows: (u32, u32),
    /// What each column is.
    pub columns: Vec<Mapped>,
    /// Part of the header that the kind explains, 0 to 1, with what the title adds.
    pub score: f32,
    /// Required columns that are lacking, by the header of the blank form.
    pub lacking: Vec<&'static str>,
}

/// What a claim is judged by, besides the header itself.
pub struct Ground<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The spellings.
    pub vocabulary: &'a Vocabulary,
    /// First row below the header and the row after the last.
    pub body: (u32, u32),
    /// The reporting year, when it is known.
    pub year: Option<i16>,
    /// Folded texts of title, sheet and file.
    pub context: &'a str,
    /// Whether a label says what procedure or standard the table proves.
    pub labelled: bool,
    /// The header's texts, taken apart.
    pub headers: &'a [Arc<Header>],
    /// What they can be.
    pub named: &'a [Named],
    /// How far the cells of a column between two rows agree with a content; what was asked before is remembered.
    pub agreements: &'a dyn Fn(u32, (u32, u32), Content) -> Option<f32>,
}

impl Ground<'_> {
    /// How far the cells of a column fit a content, as [`super::content::agreement`] says.
    pub fn agreement(&self, col: u32, content: Content) -> Option<f32> {
        (self.agreements)(col, self.body, content)
    }
}

struct Match {
    at: usize,
    column: &'static Column,
    /// Name and content together.
    score: f32,
    /// The name alone.
    name: f32,
    weak: bool,
    /// Whether the body itself calls the column so, word for word: nothing overrules that.
    own: bool,
    /// How far the content agrees.
    agrees: Option<f32>,
}

/// A kind's claim on a header, less what it loses for how the header looks.
pub fn claim(ground: &Ground<'_>, block: &Block, price: f32, kind: &'static Kind) -> Claim {
    let current = current_year(ground);
    let mut columns: Vec<Mapped> = block.columns.iter().map(|cell| unknown(cell.col, cell.full.clone())).collect();
    let mut matches: Vec<Match> = Vec::new();
    for (at, cell) in block.columns.iter().enumerate() {
        let own;
        let named = &ground.named[at];
        let header = match when(cell, block, kind, named) {
            whole if whole == cell.full => &ground.headers[at],
            part => {
                own = Header::of(part);
                &own
            }
        };
        if kind.id == "staff_costs"
            && let Some(role) = staff::year_role(ground, cell, header)
        {
            set(&mut columns[at], role, 0.95, YEAR_ABOVE);
            continue;
        }
        // Costs of several years stand side by side: no column of theirs is another year's.
        let current = if kind.id == "staff_costs" { None } else { current };
        match time_role(header, current, kind, named) {
            Some(role) => {
                let why = time_why(&role);
                set(&mut columns[at], role, 0.9, why);
            }
            None => matches.extend(column_matches(ground, cell, at, kind, header, current)),
        }
    }
    assign(&mut columns, matches);
    match kind.id {
        "charter" => codes::complete(ground, kind, &mut columns),
        "staff_costs" => staff::complete(ground, block, &mut columns),
        "resources" => budgets::complete(ground, block, &mut columns),
        "cases" => dates::complete(ground, &mut columns),
        "objectives" => {
            shares::complete(ground, &mut columns);
            goals::complete(&mut columns);
        }
        _ => {}
    }
    let speaks = kind.context.iter().any(|words| ground.context.contains(words));
    let lacking = lacking(kind, &columns, speaks);
    let mut score = explained(&columns);
    if speaks {
        score += ABOUT;
    }
    // `Procedimento: …` stands above what proves it, and above nothing else.
    if ground.labelled {
        score += match kind.id {
            _ if kind.evidence => LABELLED,
            "objectives" | "targets" => -LABELLED,
            _ => 0.0,
        };
    }
    score += match kind.id {
        "objectives" if lacking.is_empty() && is_titled_objectives(ground) => TITLED_OBJECTIVES,
        "charter" if has(ground, "objectives", "objective") && !names_processes(&columns) => -TITLED_OBJECTIVES,
        _ => 0.0,
    };
    score -= price;
    Claim { kind, rows: block.rows, columns, score, lacking }
}

/// `OBIETTIVI DI ENTE 2019`: whatever else its columns could be, and no sheet of targets.
pub fn is_titled_objectives(ground: &Ground<'_>) -> bool {
    let says = |word: &str| ground.context.contains(word);
    says("obiettivi") && !["target", "carta dei servizi", "standard"].into_iter().any(says) && !ground.labelled
}

/// Whether a header is surely a column of a kind.
fn has(ground: &Ground<'_>, kind: &str, column: &str) -> bool {
    let is_it = |found: &Candidate| found.kind.id == kind && found.column.id == column && found.score >= 0.95;
    ground.named.iter().any(|named| named.full.iter().any(is_it))
}

/// Whether a column says what standards are of.
fn names_processes(columns: &[Mapped]) -> bool {
    columns.iter().any(|mapped| matches!(mapped.role, Role::Column(column) if column.id == "process"))
}

/// A column that nothing is known of yet.
pub fn unknown(col: u32, header: String) -> Mapped {
    let why = Why::Said(Text::new("nessuna colonna dichiarata si chiama così", "no declared column is called so"));
    Mapped { col, header, role: Role::Unknown, confidence_percent: 0, by_content: false, why }
}

fn set(mapped: &mut Mapped, role: Role, score: f32, why: Why) {
    mapped.role = role;
    mapped.confidence_percent = (score.clamp(0.0, 1.0) * 100.0).round() as u8;
    mapped.why = why;
}

/// The declared columns that a header can be.
fn column_matches(
    ground: &Ground<'_>,
    cell: &HeaderCell,
    at: usize,
    kind: &'static Kind,
    header: &Header,
    current: Option<i16>,
) -> Vec<Match> {
    let Named { full, leaf } = &ground.named[at];
    let leaf = if cell.leaf == cell.full { &[][..] } else { leaf };
    let (full_price, leaf_price) = if cell.guessed { (0.95, 1.0) } else { (1.0, 0.96) };
    let named = full.iter().map(|found| (found, full_price)).chain(leaf.iter().map(|found| (found, leaf_price)));
    let last = current.is_some_and(|current| header.years.contains(&(current - 1)) && !header.years.contains(&current));
    let mut matches: Vec<Match> = bare_year(ground, cell, at, kind, header, current).into_iter().collect();
    let coded = header.words().next().is_some_and(|word| matches!(word, "cod" | "codice"));
    for (found, price) in named.filter(|(found, _)| std::ptr::eq(found.kind, kind)) {
        // `Dato 2018` beside `Dato 2019` is last year's value.
        // Costs are compared with those of the year before.
        let previous = header.previous && kind.id != "staff_costs";
        let column = match (last || previous, found.column.id) {
            (true, "actual" | "last_year") => kind.column("last_year").unwrap_or(found.column),
            (true, _) => continue,
            (false, "last_year") if !found.own => continue,
            (false, _) => found.column,
        };
        let name = found.score * price * if found.weak { WEAK } else { 1.0 };
        let agrees = ground.agreement(cell.col, column.content);
        let score = name * content_factor(column.content, agrees);
        // A name that can mean several things says nothing against its content.
        let denied = found.weak && agrees.is_some_and(|part| part < AGREES)
            || column.content == Content::Code && name < SURE_CODE && !coded
            || name < SURE_DATE && is_other_date(full, column)
            // `Imp. €` is no abbreviated `Impresa`.
            || column.id == "party" && cell.full.contains('€')
            || column.id == "entity" && (agrees == Some(0.0) || agrees.is_none() && name < SURE_ENTITY)
            || kind.id == "staff_costs" && staff::is_another(column.id, cell);
        if (score < ACCEPTED || denied) && !found.own {
            continue;
        }
        let found = Match { at, column, score, name, weak: found.weak, own: found.own, agrees };
        match matches.iter_mut().find(|other| std::ptr::eq(other.column, column)) {
            Some(other) if (other.own, other.score) >= (found.own, score) => {}
            Some(other) => *other = found,
            None => matches.push(found),
        }
    }
    matches
}

/// Whether a header surely is, to another kind, a column of dates that says something else than this one.
fn is_other_date(named: &[Candidate], column: &Column) -> bool {
    let says = |column: &Column| match column.id {
        "end" => "actual",
        id => id,
    };
    let other = |found: &Candidate| {
        found.score >= 0.9 && !found.weak && found.column.content == Content::Date && says(found.column) != "date"
    };
    column.content == Content::Date && named.iter().any(|found| other(found) && says(found.column) != says(column))
}

/// `2019` beside `2018`, where last year's value is compared with: the year alone says which of the two it is.
fn bare_year(
    ground: &Ground<'_>,
    cell: &HeaderCell,
    at: usize,
    kind: &'static Kind,
    header: &Header,
    current: Option<i16>,
) -> Option<Match> {
    let last_year = kind.column("last_year")?;
    let (true, [year], Some(current)) = (header.is_bare(), &header.years[..], current) else { return None };
    let column = if *year == current { kind.column("actual")? } else { last_year };
    let agrees = ground.agreement(cell.col, column.content);
    let score = 0.9 * content_factor(column.content, agrees);
    Some(Match { at, column, score, name: 0.9, weak: true, own: false, agrees })
}

/// What the content below is worth: it confirms a name, or takes from it.
fn content_factor(content: Content, agrees: Option<f32>) -> f32 {
    match (content, agrees) {
        (_, None) => 0.93,
        (Content::Text | Content::Code, Some(part)) => 0.85 + 0.15 * part,
        (_, Some(part)) => 0.6 + 0.4 * part,
    }
}

/// Gives each declared column its best header and each header its best column; what cannot be told apart is refused.
fn assign(columns: &mut [Mapped], mut matches: Vec<Match>) {
    matches.sort_by(|a, b| {
        let by_score = b.own.cmp(&a.own).then_with(|| b.score.total_cmp(&a.score));
        by_score.then_with(|| (a.at, a.column.id).cmp(&(b.at, b.column.id)))
    });
    let mut taken: Vec<&'static Column> = Vec::new();
    let is_taken = |taken: &[&Column], column: &Column| taken.iter().any(|taken| std::ptr::eq(*taken, column));
    for index in 0..matches.len() {
        let found = &matches[index];
        if is_taken(&taken, found.column) || !matches!(columns[found.at].role, Role::Unknown) {
            continue;
        }
        let open = |other: &&Match| matches!(columns[other.at].role, Role::Unknown) && !is_taken(&taken, other.column);
        let twin = matches[index + 1..].iter().find(|other| {
            std::ptr::eq(other.column, found.column)
                && other.at != found.at
                && other.own == found.own
                && found.score - other.score < CLOSE
                && typed(found.column)
                && open(other)
        });
        // Both headers may still be told apart by another column that one of them fits as well.
        let settled = |at: usize| {
            matches.iter().filter(open).any(|other| {
                other.at == at && !std::ptr::eq(other.column, found.column) && other.score > found.score - 0.12
            })
        };
        let rival = matches[index + 1..].iter().find(|other| {
            other.at == found.at
                && !std::ptr::eq(other.column, found.column)
                && found.weak
                && other.weak
                && found.score - other.score < CLOSE
                && open(other)
        });
        let (at, column, id) = (found.at, found.column, found.column.id);
        if let Some(twin) = twin.filter(|twin| !settled(twin.at) && !settled(at)) {
            // A weight may be that of the objective or of its indicator, whatever it is called.
            let is_own = |at: &usize| is_of_standard(column) && folds_to(&columns[*at].header, &fold(column.header));
            match ([at, twin.at].into_iter().filter(is_own).collect::<Vec<_>>())[..] {
                [own] => {
                    let other = if own == at { twin.at } else { at };
                    set(&mut columns[own], Role::Column(column), found.score, match_why(found));
                    set(&mut columns[other], Role::Unknown, 0.0, Why::Twin(id));
                }
                _ => {
                    for at in [at, twin.at] {
                        set(&mut columns[at], Role::Ambiguous(vec![id]), 0.0, Why::Twin(id));
                    }
                }
            }
            taken.push(column);
        } else if let Some(rival) = rival {
            let other = rival.column.id;
            set(&mut columns[at], Role::Ambiguous(vec![id, other]), 0.0, Why::Either(id, other));
        } else {
            set(&mut columns[at], Role::Column(column), found.score, match_why(found));
            taken.push(column);
        }
    }
    exchange(columns, &matches);
    // Standards of two sorts in one row: of a value that is not used its office should know.
    for found in matches.iter().filter(|found| is_of_standard(found.column) && found.name >= NEARLY) {
        let is_left = matches!(columns[found.at].role, Role::Unknown) && is_taken(&taken, found.column);
        if is_left && found.agrees.is_some() {
            columns[found.at].why = Why::Twin(found.column.id);
        }
    }
}

/// A column that no header was left for takes the header of another that has a second choice, when both together gain.
fn exchange(columns: &mut [Mapped], matches: &[Match]) {
    let role = |columns: &[Mapped], column: &Column| {
        columns.iter().position(|mapped| matches!(mapped.role, Role::Column(other) if std::ptr::eq(other, column)))
    };
    for wanted in matches {
        if role(columns, wanted.column).is_some() {
            continue;
        }
        let Role::Column(holder) = columns[wanted.at].role else { continue };
        let held = matches.iter().find(|found| found.at == wanted.at && std::ptr::eq(found.column, holder));
        let second = matches
            .iter()
            .find(|found| std::ptr::eq(found.column, holder) && matches!(columns[found.at].role, Role::Unknown));
        let (Some(held), Some(second)) = (held.filter(|held| !held.own), second) else { continue };
        if wanted.score + second.score > held.score + 0.1 && second.score > held.score - 0.15 {
            set(&mut columns[wanted.at], Role::Column(wanted.column), wanted.score, match_why(wanted));
            set(&mut columns[second.at], Role::Column(second.column), second.score, match_why(second));
        }
    }
}

/// Whether a column is of what a standard says, or of what was measured.
fn is_of_standard(column: &Column) -> bool {
    matches!(column.id, "planned" | "measured")
}

/// Whether a wrong choice between two such columns would give a wrong figure.
fn typed(column: &Column) -> bool {
    !matches!(column.content, Content::Text | Content::Code)
}

fn match_why(found: &Match) -> Why {
    let how = match found.name {
        name if name >= 0.99 => Text::new("il nome è quello dichiarato", "the name is a declared one"),
        name if name >= 0.85 => Text::new("il nome è quasi quello dichiarato", "the name is nearly a declared one"),
        _ if found.weak => Text::new(
            "il nome può valere più cose, il contenuto decide",
            "the name can mean several things, the content decides",
        ),
        _ => Text::new("il nome contiene quello dichiarato", "the name contains a declared one"),
    };
    Why::Named(how, found.agrees.map(|part| (part * 100.0).round() as u8))
}

/// Required columns that no header is.
fn lacking(kind: &Kind, columns: &[Mapped], speaks: bool) -> Vec<&'static str> {
    // A list of procedures needs so little that its one column must be called so, or the title must say it.
    let least = if kind.id == "procedures" && !speaks { 80 } else { 0 };
    let sure = |mapped: &Mapped, id: &str| id != "name" || mapped.confidence_percent >= least;
    let has = |id: &str| {
        columns.iter().any(|mapped| matches!(mapped.role, Role::Column(column) if column.id == id) && sure(mapped, id))
    };
    let years = columns.iter().any(|mapped| matches!(mapped.role, Role::Year(_)));
    let entities = columns.iter().any(|mapped| matches!(mapped.role, Role::Entity(_)));
    let fulfilled = |id: &str| {
        has(id) || (kind.id == "staff_costs" && ((id == "year" && years) || (id == "amount" && (years || entities))))
    };
    kind.requires
        .iter()
        .filter(|group| !group.iter().any(|id| fulfilled(id)))
        .filter_map(|group| kind.column(group[0]).map(|column| column.header))
        .collect()
}

/// The part of the header that is explained.
fn explained(columns: &[Mapped]) -> f32 {
    if columns.is_empty() {
        return 0.0;
    }
    let sum: f32 = columns
        .iter()
        .map(
            |mapped| {
                if matches!(mapped.role, Role::Unknown) { 0.0 } else { f32::from(mapped.confidence_percent) / 100.0 }
            },
        )
        .sum();
    sum / columns.len() as f32
}
