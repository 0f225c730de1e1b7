//! Shares as standards and as measured values: `almeno 95%`, `95% delle pratiche entro 5 gg`.

use rust_decimal::Decimal;

use super::words::{is_change, unit};
use crate::value::number::{Nature, Reading};
use crate::value::token::{Token, tokens};

/// Words that lead to a share and say no more than "at least".
const LEADING: &[&str] = &[
    "al",
    "almeno",
    "casi",
    "del",
    "il",
    "in",
    "min",
    "minimo",
    "nel",
    "pari",
    "per",
    "percentuale",
    "quota",
    "risult",
    "risultato",
    "rispetto",
];

/// The share of a folded text in percent; none when another number or another percentage stands beside it.
pub(super) fn parse(folded: &str, reading: Option<Reading>) -> Option<Decimal> {
    let folded = folded.replace(['(', ')'], " ");
    let tokens = tokens(&folded)?;
    let number = tokens.iter().position(|token| matches!(token, Token::Number(_)))?;
    let (lead, rest) = tokens.split_at(number);
    let [Token::Number(share), Token::Sign("%"), rest @ ..] = rest else { return None };
    (leads(lead) && follows(rest)).then(|| share.read(Nature::Measure, reading))
}

fn leads(mut lead: &[Token<'_>]) -> bool {
    loop {
        lead = match lead {
            [] => return true,
            [Token::Sign("≥" | ">=" | "=>" | "="), rest @ ..] => rest,
            [Token::Word("non"), Token::Word("meno" | "inferiore" | "minore"), rest @ ..] => rest,
            [Token::Word("a" | "di"), rest @ ..] => rest,
            [Token::Word(word), rest @ ..] if LEADING.contains(word) => rest,
            _ => return false,
        };
    }
}

/// Free words, and at most one term after `entro`.
fn follows(rest: &[Token<'_>]) -> bool {
    let mut terms = 0;
    for (index, token) in rest.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| rest.get(before));
        match token {
            Token::Word(word) if is_change(word) => return false,
            Token::Word(_) | Token::Sign("," | "." | "*") => {}
            Token::Number(_) => {
                let within = matches!(before, Some(Token::Word("entro" | "nei" | "in" | "i" | "di")));
                let named = matches!(rest.get(index + 1), Some(Token::Word(word)) if unit(word).is_some());
                terms += 1;
                if !within || !named || terms > 1 {
                    return false;
                }
            }
            Token::Sign(_) => return false,
        }
    }
    true
}
