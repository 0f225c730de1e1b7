//! Offices in several spellings: which names are one, all of them looked at together, so that an abbreviation that fits two
//! offices joins neither of them.

use std::collections::HashMap;

use super::office::{alike, has_digit, is_significant};
use crate::value::fold::{fold, words};

/// Which names are one office.
#[derive(Debug, Default)]
pub struct Spellings(HashMap<String, usize>);

impl Spellings {
    /// Compares names, each with all others.
    ///
    /// `Uff. Registro Imprese`, `UFFICIO REGISTRO IMPRESE` and `Reg. delle imprese` are one; `Registro Imprese Viareggio`
    /// is another, and so is `Registro Imprese 2`. `Uff. Pro.` stands alone where there is both a `Protocollo` and a
    /// `Promozione`.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut groups, mut telling): (HashMap<String, usize>, Vec<Vec<String>>) = Default::default();
        for name in names {
            groups.entry(fold(name)).or_insert_with(|| {
                telling.push(words(name).into_iter().filter(|word| tells(word)).collect());
                telling.len() - 1
            });
        }
        let first = joined(&telling);
        groups.values_mut().for_each(|at| *at = first[*at]);
        Self(groups)
    }

    /// The number of the office that a name is of; names of one office have one number.
    pub fn group(&self, name: &str) -> Option<usize> {
        self.0.get(&fold(name)).copied()
    }
}

/// For each name, by its telling words, the first that is the same office.
fn joined(names: &[Vec<String>]) -> Vec<usize> {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    for at in 0..names.len() {
        for other in 0..at {
            if same(&names[at], &names[other]) {
                near[at].push(other);
                near[other].push(at);
            }
        }
    }
    let mut first: Vec<usize> = (0..names.len()).collect();
    let mut seen = vec![false; names.len()];
    for start in 0..names.len() {
        let (mut all, mut left) = (Vec::new(), vec![start]);
        while let Some(at) = left.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                all.push(at);
                left.extend(&near[at]);
            }
        }
        // Each must be like each: one that is like two others that differ could be either.
        if all.iter().all(|at| near[*at].len() == all.len() - 1) {
            all.iter().for_each(|at| first[*at] = start);
        }
    }
    first
}

/// Whether a word tells an office from another, ordinals included: `Area 2`, `Area II`.
fn tells(word: &str) -> bool {
    let ordinal = word.bytes().all(|byte| byte.is_ascii_digit()) || matches!(word, "ii" | "iv" | "v" | "vi");
    is_significant(word) || (word.len() <= 2 && ordinal)
}

/// Whether two names have the same telling words, some of them abbreviated.
fn same(one: &[String], other: &[String]) -> bool {
    if one.is_empty() || one.len() != other.len() {
        return false;
    }
    let mut left: Vec<&String> = other.iter().collect();
    one.iter().all(|word| match left.iter().position(|other| one_word(word, other)) {
        Some(at) => {
            left.swap_remove(at);
            true
        }
        None => false,
    })
}

fn one_word(a: &str, b: &str) -> bool {
    let short = |a: &str, b: &str| a.len() >= 3 && !has_digit(a) && b.starts_with(a);
    alike(a, b) || short(a, b) || short(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_one(one: &str, other: &str) -> bool {
        let spellings = Spellings::of([one, other]);
        spellings.group(one) == spellings.group(other)
    }

    #[test]
    fn one_office_in_several_spellings() {
        for other in [
            "UFFICIO REGISTRO IMPRESE",
            "Uff. Registro Imprese",
            "Registro delle imprese",
            "Uff. Reg. Imprese",
            "registro impresse",
        ] {
            assert!(are_one("Ufficio Registro Imprese", other), "{other}");
        }
        for other in
            ["Ufficio Registro Imprese Viareggio", "Ufficio Registro", "Registro Imprese 2", "", "Ufficio Albi"]
        {
            assert!(!are_one("Ufficio Registro Imprese", other), "{other}");
        }
        assert!(!are_one("Area I", "Area II"));
        assert!(!are_one("Sportello 100", "Sportello 1001") && !are_one("Sportello 10001", "Sportello 10002"));
    }

    #[test]
    fn an_abbreviation_that_fits_two_offices_joins_neither() {
        let names =
            ["Uff. Pro.", "Ufficio Protocollo", "UFFICIO PROMOZIONE", "ufficio protocollo", "Uff. Stud.", "Studi"];
        let spellings = Spellings::of(names);
        let [short, protocol, promotion, again, studies, whole] = names.map(|name| spellings.group(name));
        assert!(short != protocol && short != promotion && protocol != promotion);
        assert_eq!((protocol, studies), (again, whole));
        assert_eq!(spellings.group("Ragioneria"), None);
    }
}
