//! Formulas: addresses, and link expressions as formulas.
//!
//! A formula is written only when it gives the figure that the scores gave: a workbook that recalculates to another
//! figure than the one published would be worse than a value.

use rust_decimal::Decimal;

use crate::place::CellRef;

/// What a reference of a link stands for: how a formula says it, and its exact value.
#[derive(Debug, Clone)]
pub struct Target {
    /// A name or an address.
    pub formula: String,
    /// Its value; none when it is not counted.
    pub value: Option<Decimal>,
}

/// The address of the cells of a column between two rows; a range even when it is one cell, which not every program
/// takes for one.
pub fn column(col: u32, first_row: u32, last_row: u32) -> String {
    format!("{}:{}", CellRef::new(first_row, col), CellRef::new(last_row, col))
}

/// The address of one cell.
pub fn cell(row: u32, col: u32) -> String {
    CellRef::new(row, col).to_string()
}

/// A link as a formula with its value: `mean(Ente/3, Ente/4)` or a single reference. None when a reference is not known
/// or nothing counts.
pub fn of_link(expression: &str, resolve: &dyn Fn(&str) -> Option<Target>) -> Option<(String, Decimal)> {
    let expression = expression.trim();
    let Some(inside) = inside_mean(expression) else {
        let target = resolve(expression)?;
        return Some((target.formula, target.value?));
    };
    let targets = references(inside, resolve)?;
    let values: Vec<Decimal> = targets.iter().filter_map(|target| target.value).collect();
    let sum: Decimal = values.iter().sum();
    let mean = sum.checked_div(Decimal::from(values.len()))?;
    let list: Vec<String> = targets.into_iter().map(|target| target.formula).collect();
    // AVERAGE leaves out N.C., which is a text.
    Some((format!("AVERAGE({})", list.join(",")), mean))
}

fn inside_mean(expression: &str) -> Option<&str> {
    let head = expression.get(..4).filter(|head| head.eq_ignore_ascii_case("mean"))?;
    expression[head.len()..].trim().strip_prefix('(')?.strip_suffix(')')
}

/// The references between commas; a holder's name may hold commas itself, so the longest known reference is taken.
fn references(inside: &str, resolve: &dyn Fn(&str) -> Option<Target>) -> Option<Vec<Target>> {
    let pieces: Vec<&str> = inside.split(',').collect();
    let (mut targets, mut at) = (Vec::new(), 0);
    while at < pieces.len() {
        let known = (at + 1..=pieces.len()).rev().find_map(|end| {
            let reference = pieces[at..end].join(",");
            resolve(reference.trim()).map(|target| (target, end))
        });
        let (target, end) = known?;
        targets.push(target);
        at = end;
    }
    Some(targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(reference: &str) -> Option<Target> {
        let (formula, value) = match reference {
            "Ente/3" => ("G10", Some(100)),
            "Area studi, mercato/1" => ("G20", Some(90)),
            "Ente/9" => ("G30", None),
            _ => return None,
        };
        Some(Target { formula: formula.to_owned(), value: value.map(Decimal::from) })
    }

    #[test]
    fn a_mean_becomes_an_average_and_names_may_hold_commas() {
        let link = of_link("mean(Ente/3, Area studi, mercato/1)", &resolve);
        assert_eq!(link, Some(("AVERAGE(G10,G20)".to_owned(), Decimal::from(95))));
        assert_eq!(of_link(" Ente/3 ", &resolve), Some(("G10".to_owned(), Decimal::from(100))));
    }

    #[test]
    fn what_is_not_counted_leaves_the_mean_and_what_is_not_known_gives_no_formula() {
        let link = of_link("MEAN(Ente/3,Ente/9)", &resolve);
        assert_eq!(link, Some(("AVERAGE(G10,G30)".to_owned(), Decimal::from(100))));
        assert_eq!(of_link("Ente/9", &resolve), None);
        assert_eq!(of_link("mean(Ente/3, Ente/7)", &resolve), None);
        assert_eq!(of_link("mean()", &resolve), None);
    }
}
