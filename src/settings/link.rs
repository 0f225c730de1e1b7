//! References and expressions of `[links]`: `Ente/1/1`, `allegato1.percent`, `mean(Ente/3, Ente/4)`.
//!
//! Pure syntax: whether a holder, an objective or an indicator exists is known only when the sheets are read. Names of
//! holders stay as written; they are compared folded.

use crate::finding::Word;

use super::error::suggestion;

/// A figure of Allegato 1 or 2 that a link can point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// `allegato1.percent`.
    CharterPercent,
    /// `allegato1.total`.
    CharterTotal,
    /// `allegato1.mean_deviation`.
    CharterMeanDeviation,
    /// `allegato2.mean`.
    ProceduresMean,
    /// `allegato2.rounded`: the mean to 2 decimals, then to an integer.
    ProceduresRounded,
    /// `allegato2.percent`: the mean under the name that Allegato 1 has for it.
    ProceduresPercent,
}

/// Every figure with its spelling.
pub const FIGURES: [(&str, Figure); 6] = [
    ("allegato1.percent", Figure::CharterPercent),
    ("allegato1.total", Figure::CharterTotal),
    ("allegato1.mean_deviation", Figure::CharterMeanDeviation),
    ("allegato2.mean", Figure::ProceduresMean),
    ("allegato2.rounded", Figure::ProceduresRounded),
    ("allegato2.percent", Figure::ProceduresPercent),
];

/// One value that a link points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A figure of Allegato 1 or 2.
    Figure {
        /// Which one.
        name: Figure,
        /// Rounded to 2 decimals, then to an integer.
        rounded: bool,
    },
    /// An objective, or one of its indicators.
    Scorecard {
        /// The holder, as written.
        holder: String,
        /// The objective's number.
        objective: String,
        /// The indicator's id; `None` for the whole objective.
        indicator: Option<String>,
        /// Rounded to 2 decimals, then to an integer.
        rounded: bool,
    },
}

/// The right side of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// The unweighted mean of at least one value.
    Mean(Vec<Reference>),
    /// One value.
    Single(Reference),
}

/// Why a text is no reference or expression, in both languages.
pub type LinkError = Word;

fn error(it: String, en: String) -> LinkError {
    Word::Both(it, en)
}

impl Reference {
    /// Reads one reference.
    ///
    /// ```
    /// use allegati::settings::link::{Figure, Reference};
    /// let percent = Reference::Figure { name: Figure::CharterPercent, rounded: true };
    /// assert_eq!(Reference::parse("allegato1.percent.rounded"), Ok(percent));
    /// let Ok(Reference::Scorecard { holder, indicator, .. }) = Reference::parse("Artigianato, Protesti/2/4a") else { panic!() };
    /// assert_eq!((holder.as_str(), indicator.as_deref()), ("Artigianato, Protesti", Some("4a")));
    /// assert!(Reference::parse("Ente").is_err());
    /// ```
    ///
    /// # Errors
    /// What is wrong, and the nearest spelling that would be right.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let text = text.trim();
        if looks_like_figure(text) { figure(text) } else { scorecard(text) }
    }
}

impl Expr {
    /// Reads `mean(reference, …)` or a single reference.
    ///
    /// ```
    /// use allegati::settings::link::Expr;
    /// assert!(matches!(Expr::parse("mean(Ente/3, Ente/4)"), Ok(Expr::Mean(list)) if list.len() == 2));
    /// assert!(matches!(Expr::parse("Ente/1"), Ok(Expr::Single(_))));
    /// assert!(Expr::parse("sum(Ente/3, Ente/4)").is_err());
    /// ```
    ///
    /// # Errors
    /// What is wrong in the expression or in one of its references.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let text = text.trim();
        let call = text.split_once('(').map(|(name, rest)| (name.trim_end(), rest));
        match call {
            Some((name, rest)) if name.eq_ignore_ascii_case("mean") => match rest.strip_suffix(')') {
                Some(list) => Ok(Self::Mean(references(list)?)),
                None => Err(error(
                    format!("in «{text}» manca la parentesi chiusa"),
                    format!("“{text}” lacks its closing bracket"),
                )),
            },
            Some((name, _)) if text.ends_with(')') => Err(error(
                format!("«{name}(…)» non si conosce; scrivere «mean(…)» per la media"),
                format!("“{name}(…)” is not known; write “mean(…)” for the mean"),
            )),
            _ => Reference::parse(text).map(Self::Single),
        }
    }

    /// The references, in the order they are written.
    pub fn references(&self) -> &[Reference] {
        match self {
            Self::Mean(list) => list,
            Self::Single(reference) => std::slice::from_ref(reference),
        }
    }
}

/// Splits at the commas; a piece that is neither a figure nor has a `/` is the beginning of a holder's name with a comma.
fn references(list: &str) -> Result<Vec<Reference>, LinkError> {
    let (mut found, mut pending) = (Vec::new(), String::new());
    for piece in list.split(',') {
        if piece.trim().is_empty() {
            return Err(error(
                "fra le parentesi di «mean(…)» c’è una virgola di troppo o non c’è nulla".to_owned(),
                "there is a comma too many, or nothing, between the brackets of “mean(…)”".to_owned(),
            ));
        }
        pending.push_str(piece);
        if looks_like_figure(pending.trim()) || piece.contains('/') {
            found.push(Reference::parse(&pending)?);
            pending.clear();
        } else {
            pending.push(',');
        }
    }
    match pending.trim_end_matches(',') {
        "" => Ok(found),
        rest => Reference::parse(rest).map(|last| [found, vec![last]].concat()),
    }
}

/// `allegato1…` and `allegato2…` can only be figures, so that a typo after the dot is not taken for a holder.
fn looks_like_figure(text: &str) -> bool {
    let lower = text.to_lowercase();
    !text.contains('/') && (lower.starts_with("allegato") || FIGURES.iter().any(|(name, _)| lower.starts_with(name)))
}

fn figure(text: &str) -> Result<Reference, LinkError> {
    let lower = text.to_lowercase();
    let exact = |name: &str| FIGURES.iter().find(|(spelling, _)| *spelling == name).map(|(_, figure)| *figure);
    if let Some(name) = exact(&lower) {
        return Ok(Reference::Figure { name, rounded: false });
    }
    if let Some(name) = lower.strip_suffix(".rounded").and_then(exact) {
        return Ok(Reference::Figure { name, rounded: true });
    }
    let (it, en) = suggestion(text, &FIGURES.map(|(name, _)| name));
    Err(error(
        format!("«{text}» non è una cifra degli allegati{it}"),
        format!("“{text}” is no figure of the allegati{en}"),
    ))
}

fn scorecard(text: &str) -> Result<Reference, LinkError> {
    let (body, rounded) = match text.strip_suffix(".rounded") {
        Some(body) => (body.trim_end(), true),
        None => (text, false),
    };
    let parts: Vec<&str> = body.split('/').map(str::trim).collect();
    let (holder, objective, indicator) = match parts[..] {
        [holder, objective] => (holder, objective, None),
        [holder, objective, indicator] => (holder, objective, Some(indicator)),
        _ => return Err(not_a_reference(text)),
    };
    if holder.is_empty() || !is_number(objective) || !indicator.is_none_or(is_number) {
        return Err(not_a_reference(text));
    }
    Ok(Reference::Scorecard {
        holder: holder.to_owned(),
        objective: objective.to_owned(),
        indicator: indicator.map(str::to_owned),
        rounded,
    })
}

fn not_a_reference(text: &str) -> LinkError {
    error(
        format!(
            "«{text}» non è un riferimento; scrivere «titolare/obiettivo» o «titolare/obiettivo/indicatore», come «Ente/1/1»"
        ),
        format!("“{text}” is no reference; write “holder/objective” or “holder/objective/indicator”, like “Ente/1/1”"),
    )
}

/// `1`, `4a`, `2C`, `1.2`, `1-bis`: short, with a digit or a single letter; a word after a dot is a misspelt `.rounded`.
fn is_number(text: &str) -> bool {
    let pieces = text.split(['.', '-']);
    let plain = pieces.clone().all(|piece| !piece.is_empty() && piece.chars().all(char::is_alphanumeric));
    let word_after_dot = text.split('.').skip(1).any(|piece| piece.chars().filter(|c| c.is_alphabetic()).count() > 2);
    let short = text.chars().count() <= 12;
    let numbered = text.chars().any(|c| c.is_ascii_digit()) || text.chars().count() == 1;
    plain && short && numbered && !word_after_dot
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use proptest::prelude::*;

    fn card(holder: &str, objective: &str, indicator: Option<&str>, rounded: bool) -> Reference {
        Reference::Scorecard {
            holder: holder.into(),
            objective: objective.into(),
            indicator: indicator.map(Into::into),
            rounded,
        }
    }

    #[test]
    fn a_mean_may_name_figures_and_holders_with_commas() {
        let expected = Expr::Mean(vec![
            Reference::Figure { name: Figure::CharterPercent, rounded: false },
            card("Artigianato, Protesti, Export", "2", None, true),
            Reference::Figure { name: Figure::ProceduresRounded, rounded: false },
        ]);
        let text = "mean( allegato1.percent, Artigianato, Protesti, Export/2.rounded , Allegato2.Rounded )";
        assert_eq!(Expr::parse(text), Ok(expected));
    }

    #[test]
    fn a_holder_may_have_brackets() {
        assert_eq!(Expr::parse("Dirigente (Area 1)/2"), Ok(Expr::Single(card("Dirigente (Area 1)", "2", None, false))));
    }

    #[test]
    fn misspellings_are_refused_with_a_cure() {
        for (text, cure) in [
            ("allegato1.percnt", "allegato1.percent"),
            ("mean(allegato1.percnt, Ente/1)", "allegato1.percent"),
            ("mean(Ente/1, Ente/2", "bracket"),
            ("media(Ente/1, Ente/2)", "mean"),
            ("mean()", "nothing"),
            ("mean(Ente/1,,Ente/2)", "comma"),
            ("Ente/1.round", "holder/objective"),
            ("Ente/1/2/3", "holder/objective"),
            ("Ente/", "holder/objective"),
            ("/1", "holder/objective"),
            ("Ente", "holder/objective"),
            ("mean(Ente/1, Ente)", "holder/objective"),
        ] {
            let message = Expr::parse(text).expect_err(text);
            assert!(message.get(Lang::En).contains(cure), "{text}: {message:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,40}") {
            let _ = Expr::parse(&text);
        }

        #[test]
        fn what_is_written_is_read(holder in "[A-Z][a-zà]{1,8}(, [A-Z][a-z]{1,8})?( [A-Z][a-z]{1,8})?", n in 1u8..20, i in proptest::option::of(1u8..9), rounded: bool) {
            let indicator = i.map(|i| i.to_string());
            let mut text = format!("{holder}/{n}");
            if let Some(i) = &indicator { text += &format!("/{i}"); }
            if rounded { text += ".rounded"; }
            let expected = card(&holder, &n.to_string(), indicator.as_deref(), rounded);
            prop_assert_eq!(Reference::parse(&text), Ok(expected.clone()));
            prop_assert_eq!(Expr::parse(&format!("mean({text}, {text})")), Ok(Expr::Mean(vec![expected.clone(), expected])));
        }
    }
}
