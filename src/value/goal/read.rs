//! Goals read from their texts.

use rust_decimal::Decimal;

use super::{AtLeast, Goal, GoalAmount, Op};
use crate::value::date::is_month;
use crate::value::duration::{self, Clock, Measure};
use crate::value::fold::fold;
use crate::value::number::{Nature, Reading};
use crate::value::token::{Token, number_word, tokens};

/// The words that bound a figure, longest first where one begins with another.
const BOUNDS: &[(&str, Op)] = &[
    ("<=", Op::AtMost),
    ("=<", Op::AtMost),
    ("≤", Op::AtMost),
    ("<", Op::Less),
    (">=", Op::AtLeast),
    ("=>", Op::AtLeast),
    ("≥", Op::AtLeast),
    (">", Op::More),
    ("=", Op::Equal),
    ("non meno di", Op::AtLeast),
    ("non meno del", Op::AtLeast),
    ("non inferiore", Op::AtLeast),
    ("non inferiori", Op::AtLeast),
    ("non minore", Op::AtLeast),
    ("almeno", Op::AtLeast),
    ("minimo", Op::AtLeast),
    ("min", Op::AtLeast),
    ("non superiore", Op::AtMost),
    ("non superiori", Op::AtMost),
    ("non maggiore", Op::AtMost),
    ("non piu di", Op::AtMost),
    ("non piu del", Op::AtMost),
    ("non oltre", Op::AtMost),
    ("massimo", Op::AtMost),
    ("max", Op::AtMost),
    ("entro", Op::AtMost),
    ("meno di", Op::Less),
    ("meno del", Op::Less),
    ("inferiore", Op::Less),
    ("minore", Op::Less),
    ("piu di", Op::More),
    ("piu del", Op::More),
    ("superiore", Op::More),
    ("maggiore", Op::More),
    ("oltre", Op::More),
    ("pari", Op::Equal),
    ("uguale", Op::Equal),
];

/// The goal a text sets; none when it sets none, or one that a figure cannot answer (`entro il 31/12`).
///
/// A bare number or percentage is the least wanted, a bare time is a term; `reading` is the notation of its column.
///
/// ```
/// use allegati::value::goal::{Goal, Op, parse};
/// let Some(Goal::Compare { op, amount }) = parse("almeno 80%", None) else { panic!() };
/// assert_eq!((op, amount.percent, amount.value.to_string().as_str()), (Op::AtLeast, true, "80"));
/// assert_eq!(parse("riduzione/mantenimento", None), Some(Goal::NotAbove));
/// assert_eq!(parse("entro il 31/12", None), None);
/// ```
pub fn parse(text: &str, reading: Option<Reading>) -> Option<Goal> {
    if text.chars().count() > 200 {
        return None;
    }
    let folded = fold(text);
    if let Some(goal) = direction(&folded) {
        return Some(goal);
    }
    let bound = BOUNDS.iter().find_map(|(words, op)| {
        let rest = folded.strip_prefix(words)?;
        let whole = !words.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic);
        whole.then_some((*op, rest.trim_start_matches(['.', ':', ' '])))
    });
    let (op, rest) = bound.map_or((None, folded.as_str()), |(op, rest)| (Some(op), rest));
    let rest = if bound.is_some() { without_article(rest) } else { rest };
    let tokens = tokens(rest)?;
    if let Some(amount) = figure(&tokens, reading) {
        return Some(Goal::Compare { op: op.unwrap_or(Op::AtLeast), amount });
    }
    let earlier = op == Some(Op::AtLeast);
    let time = if earlier { before_the_term(rest) } else { rest };
    let Some(Measure::Span(span)) = duration::parse(time, Clock::DAYS, reading) else { return None };
    if !span.stated || span.lower().is_some() {
        return None;
    }
    let amount = GoalAmount { value: span.amount, percent: false, span: Some(span) };
    Some(Goal::Compare { op: op.unwrap_or(Op::AtMost), amount })
}

/// Drops the article between a bound and a percentage: `almeno il 90%`, `non inferiore all'80%`.
fn without_article(rest: &str) -> &str {
    const ARTICLES: [&str; 12] =
        ["a ", "al ", "all ", "allo ", "alla ", "ai ", "il ", "l ", "di ", "del ", "dell ", "ad "];
    let stripped = ARTICLES.iter().find_map(|article| rest.strip_prefix(article));
    match stripped {
        // `entro il 31` is a day of the month.
        Some(after) if !rest.starts_with("il ") || after.contains('%') => after,
        _ => rest,
    }
}

/// `5 gg prima della riunione`: more days before are better.
fn before_the_term(rest: &str) -> &str {
    for marker in [" prima", " di anticipo", " in anticipo"] {
        if let Some((time, after)) = rest.split_once(marker)
            && !after.contains(|letter: char| letter.is_numeric())
        {
            return time;
        }
    }
    rest
}

/// A number, its percent sign, and the things counted.
fn figure(tokens: &[Token<'_>], reading: Option<Reading>) -> Option<GoalAmount> {
    let (counted, tokens) = match tokens {
        [Token::Word("n" | "nr" | "num"), rest @ ..] => (true, rest),
        _ => (false, tokens),
    };
    let (value, rest) = match tokens {
        [Token::Number(number), rest @ ..] => (number.read(Nature::Measure, reading), rest),
        [Token::Word(word), rest @ ..] if !rest.is_empty() => (Decimal::from(number_word(word)?), rest),
        _ => return None,
    };
    let (percent, rest) = match rest {
        [Token::Sign("%"), rest @ ..] if !counted => (true, rest),
        _ => (false, rest),
    };
    // A bare year is last year's value, not a figure: `non superiore al 2018`.
    if !percent && rest.is_empty() && value.fract().is_zero() && (1990..2100).any(|year| value == Decimal::from(year)) {
        return None;
    }
    let things = rest.iter().all(|token| match token {
        Token::Word(word) => !duration::changes_or_measures(word) && !is_month(word),
        Token::Sign(sign) => matches!(*sign, "," | "." | "*" | "/" | "-") && rest.len() > 1,
        Token::Number(_) => false,
    });
    (things && rest.len() <= 12).then_some(GoalAmount { value, percent, span: None })
}

/// A direction against last year: `incremento`, `riduzione/mantenimento rispetto al 2018`.
fn direction(folded: &str) -> Option<Goal> {
    let (mut up, mut down, mut keep) = (false, false, false);
    let words: Vec<&str> = folded.split([' ', '/', ',', '-']).filter(|word| !word.is_empty()).collect();
    let end = words.iter().position(|word| matches!(*word, "rispetto" | "su" | "sul" | "sull")).unwrap_or(words.len());
    for word in &words[..end] {
        match *word {
            "incremento" | "aumento" | "crescita" => up = true,
            "riduzione" | "diminuzione" | "decremento" | "calo" => down = true,
            "mantenimento" | "conferma" => keep = true,
            "e" | "o" | "ed" | "od" | "oppure" => {}
            _ => return None,
        }
    }
    const YEAR_BEFORE: &[&str] = &[
        "rispetto",
        "su",
        "sul",
        "sull",
        "al",
        "all",
        "alla",
        "anno",
        "precedente",
        "scorso",
        "dato",
        "valore",
        "del",
        "dell",
    ];
    let year = |word: &str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    if !words[end..].iter().all(|word| YEAR_BEFORE.contains(word) || year(word)) {
        return None;
    }
    match (up, down, keep) {
        (true, false, false) => Some(Goal::Increase),
        (true, false, true) | (false, false, true) => Some(Goal::NotBelow),
        (false, true, false) => Some(Goal::Decrease),
        (false, true, true) => Some(Goal::NotAbove),
        _ => None,
    }
}

/// What is surely counted after *almeno N*.
const TARGETS: &[&str] = &[
    "su",
    "dei",
    "degli",
    "delle",
    "target",
    "obiettivi",
    "indicatori",
    "step",
    "fasi",
    "controlli",
    "verifiche",
    "adempimenti",
];

/// What *almeno N* can be followed by when nothing is counted, besides times: how often, money, shares.
const NO_THINGS: &[&str] = &[
    "volta",
    "volte",
    "euro",
    "eur",
    "mila",
    "milione",
    "milioni",
    "percento",
    "cento",
    "percentuale",
    "percentuali",
    "annuo",
    "annui",
    "trimestre",
    "trimestri",
    "semestre",
    "semestri",
    "mq",
    "km",
    "gb",
];

/// The N of *almeno N* when things are counted: `almeno 4 dei 5 target definiti`, `almeno 3 azioni`; none for
/// percentages, money, times and how often.
///
/// ```
/// use allegati::value::goal::at_least_count;
/// let least = at_least_count("rispetto tempistica per almeno 4 dei 5 target").unwrap();
/// assert_eq!((least.count, least.of_targets), (4, true));
/// let least = at_least_count("realizzazione di almeno 3 azioni").unwrap();
/// assert_eq!((least.count, least.of_targets), (3, false));
/// assert_eq!(at_least_count("almeno 80%"), None);
/// assert_eq!(at_least_count("almeno 5 gg prima"), None);
/// ```
pub fn at_least_count(text: &str) -> Option<AtLeast> {
    let folded = fold(text);
    folded.match_indices("almeno").find_map(|(start, phrase)| at_least(folded[start + phrase.len()..].trim_start()))
}

/// What follows the word.
fn at_least(rest: &str) -> Option<AtLeast> {
    let number = rest.strip_prefix("n.").or_else(|| rest.strip_prefix("n°")).or_else(|| rest.strip_prefix("n "));
    let mut words = number.unwrap_or(rest).split_whitespace();
    let first = words.next()?;
    let number = first.trim_end_matches(['.', ',', ';', ')', ':']);
    let ends = number.len() < first.len();
    let (count, written) = match number_word(number) {
        Some(count) => (count, true),
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => (number.parse().ok()?, false),
        None => return None,
    };
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
    // `almeno 3 (tre) azioni`.
    let mut words = words.skip_while(|word| word.starts_with('(') && number_word(&bare(word)) == Some(count));
    let (next, after) = (words.next(), words.next().map(bare));
    if count == 0 {
        return None;
    }
    let things = AtLeast { count, of_targets: false };
    let Some(next) = next.filter(|_| !ends) else {
        // A bare year is last year's value.
        return (!(1990..2100).contains(&count)).then_some(things);
    };
    let next = bare(next);
    if TARGETS.contains(&next.as_str()) {
        return Some(AtLeast { of_targets: true, ..things });
    }
    let after = after.as_deref().unwrap_or_default();
    let out_of = matches!(after, "su" | "dei" | "delle" | "degli");
    let measures = duration::changes_or_measures(&next) || NO_THINGS.contains(&next.as_str()) || is_month(&next);
    let share = matches!((next.as_str(), after), ("per" | "punti" | "punto", "cento" | "percentuali" | "percentuale"));
    let is_word = next.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '/' | '-' | '\''));
    // `almeno un report` says how a thing must be, not how many of the rows.
    let one = count == 1 && written && !out_of;
    (is_word && !next.is_empty() && !measures && !share && !one).then_some(AtLeast { of_targets: out_of, ..things })
}
