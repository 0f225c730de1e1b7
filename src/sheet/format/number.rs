//! Numbers as text: rounded on the decimal digits a person typed, never on the binary ones.

use super::code::{Section, Token};

/// A number without a format: as many digits as a cell shows, whole numbers of up to 15 digits in full.
///
/// Excel turns to powers of ten from 12 digits on; two long case numbers would then look alike, so they do not here.
pub(super) fn general(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let digits = Digits::of(value);
    let sign = if value < 0.0 && !digits.is_zero() { "-" } else { "" };
    let magnitude = digits.point;
    if magnitude > 15 || (magnitude < -3 && digits.significant.len() as i32 - magnitude > 9) {
        return format!("{sign}{}", scientific(&digits, 5, true, 2, true));
    }
    let decimals = if magnitude > 9 { 0 } else { (10 - magnitude.max(1)) as usize };
    let decimals = if digits.significant.len() as i32 <= magnitude { 0 } else { decimals };
    let rounded = digits.rounded(decimals);
    let (whole, mut part) = rounded.split(decimals);
    while part.ends_with('0') {
        part.pop();
    }
    let whole = if whole.is_empty() { "0".to_owned() } else { whole };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{part}") }
}

/// A number under a section of digits.
pub(super) fn shown(value: f64, section: &Section, signed: bool) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let mut digits = Digits::of(value);
    let percents = section.tokens.iter().filter(|token| **token == Token::Percent).count() as i32;
    if !digits.is_zero() {
        digits.point += 2 * percents - 3 * scale(section) as i32;
    }
    let decimals = usize::from(section.decimals());
    let mut text = String::new();
    if section.tokens.iter().any(|token| matches!(token, Token::Exponent(_))) {
        exponent(&digits, section, decimals, &mut text);
    } else {
        let rounded = digits.rounded(decimals);
        let sign = signed && !rounded.is_zero();
        Placing::new(section, &rounded, decimals).run(&mut text);
        if sign {
            text.insert(0, '-');
        }
        return text.trim().to_owned();
    }
    if signed { format!("-{}", text.trim()) } else { text.trim().to_owned() }
}

/// How many commas follow the last digit of the whole part: each divides by a thousand.
fn scale(section: &Section) -> usize {
    let whole: Vec<_> = section.tokens.iter().take_while(|token| **token != Token::Point).collect();
    let last = whole.iter().rposition(|token| matches!(token, Token::Digit(_)));
    last.map_or(0, |last| whole[last + 1..].iter().take_while(|token| ***token == Token::Comma).count())
}

fn exponent(digits: &Digits, section: &Section, decimals: usize, text: &mut String) {
    let at = section.tokens.iter().position(|token| matches!(token, Token::Exponent(_))).unwrap_or(0);
    let width = section.tokens[at..].iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let plus = section.tokens[at] == Token::Exponent(true);
    let mut written = false;
    for token in &section.tokens {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Digit(_) if !written => {
                written = true;
                text.push_str(&scientific(digits, decimals, plus, width, false));
            }
            _ => {}
        }
    }
}

fn scientific(digits: &Digits, decimals: usize, plus: bool, width: usize, trim: bool) -> String {
    let mantissa = Digits { significant: digits.significant.clone(), point: 1 }.rounded(decimals);
    let carried = mantissa.point - 1;
    let power = if digits.is_zero() { 0 } else { digits.point - 1 + carried };
    let mantissa = Digits { point: 1, ..mantissa };
    let (whole, mut part) = mantissa.split(decimals);
    while trim && part.ends_with('0') {
        part.pop();
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    let mark = if part.is_empty() { "" } else { "," };
    let sign = if power < 0 {
        "-"
    } else if plus {
        "+"
    } else {
        ""
    };
    format!("{whole}{mark}{part}E{sign}{:0width$}", power.abs())
}

/// The decimal digits of a number: 0.`significant` × 10^`point`, without leading or trailing zeros.
#[derive(Debug, Clone)]
pub(super) struct Digits {
    significant: Vec<u8>,
    point: i32,
}

impl Digits {
    /// The first 15 significant digits, which is all that Excel keeps: 0.1 + 0.2 is 0.3.
    pub(super) fn of(value: f64) -> Self {
        let text = format!("{:.14e}", value.abs());
        let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
        let significant = mantissa.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
        Self { significant, point: power.parse::<i32>().unwrap_or(0) + 1 }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.significant.last() == Some(&0) {
            self.significant.pop();
        }
        if self.significant.is_empty() {
            self.point = 0;
        }
        self
    }

    fn is_zero(&self) -> bool {
        self.significant.is_empty()
    }

    /// Rounded half away from zero to a number of decimals.
    fn rounded(&self, decimals: usize) -> Self {
        let keep = self.point + decimals as i32;
        if keep >= self.significant.len() as i32 {
            return self.clone();
        }
        if keep < 0 {
            return Self { significant: Vec::new(), point: 0 };
        }
        let keep = keep as usize;
        let up = self.significant[keep] >= 5;
        let mut significant = self.significant[..keep].to_vec();
        let mut point = self.point;
        if up {
            let nines = significant.iter().rev().take_while(|digit| **digit == 9).count();
            significant.truncate(keep - nines);
            match significant.last_mut() {
                Some(last) => *last += 1,
                None => {
                    significant.push(1);
                    point += 1;
                }
            }
        }
        Self { significant, point }.trimmed()
    }

    /// The digits before and after the decimal mark; the first is empty below 1.
    fn split(&self, decimals: usize) -> (String, String) {
        let digit = |at: i32| {
            let found = usize::try_from(at).ok().and_then(|at| self.significant.get(at));
            char::from(b'0' + found.copied().unwrap_or(0))
        };
        let whole = (0..self.point.max(0)).map(digit).collect();
        let part = (0..decimals as i32).map(|at| digit(self.point + at)).collect();
        (whole, part)
    }
}

/// Puts digits into the places of a section.
struct Placing<'a> {
    section: &'a Section,
    whole: Vec<char>,
    part: Vec<char>,
}

impl<'a> Placing<'a> {
    fn new(section: &'a Section, digits: &Digits, decimals: usize) -> Self {
        let (whole, part) = digits.split(decimals);
        Self { section, whole: whole.chars().collect(), part: part.chars().collect() }
    }

    fn run(&self, text: &mut String) {
        let tokens = &self.section.tokens;
        let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
        let mut places = tokens[..point].iter().filter(|token| matches!(token, Token::Digit(_))).count();
        let mut first = true;
        for token in &tokens[..point] {
            match token {
                Token::Digit(kind) => {
                    self.whole_digits(*kind, places, first, text);
                    places -= 1;
                    first = false;
                }
                other => literal(other, text),
            }
        }
        if point == tokens.len() {
            return;
        }
        if first {
            self.all_whole(text);
        }
        text.push(',');
        self.after_point(&tokens[point + 1..], text);
    }

    /// The digits of one place; the first place takes all that have no place of their own.
    fn whole_digits(&self, kind: char, places: usize, first: bool, text: &mut String) {
        let from = if first { self.whole.len().max(places) } else { places };
        for place in (places..=from).rev() {
            let digit = self.whole.len().checked_sub(place).map(|at| self.whole[at]);
            match digit.or((kind == '0').then_some('0')) {
                Some(digit) => text.push(digit),
                None => continue,
            }
            if self.section.grouped() && place > 1 && (place - 1) % 3 == 0 {
                text.push('.');
            }
        }
    }

    fn all_whole(&self, text: &mut String) {
        text.extend(self.whole.iter());
    }

    fn after_point(&self, tokens: &[Token], text: &mut String) {
        let kinds: Vec<char> =
            tokens.iter().filter_map(|token| if let Token::Digit(c) = token { Some(*c) } else { None }).collect();
        let filled =
            (0..kinds.len()).rev().find(|at| kinds[*at] == '0' || self.part.get(*at).is_some_and(|d| *d != '0'));
        let mut at = 0;
        for token in tokens {
            match token {
                Token::Digit(_) => {
                    if filled.is_some_and(|last| at <= last) {
                        text.push(self.part.get(at).copied().unwrap_or('0'));
                    }
                    at += 1;
                }
                other => literal(other, text),
            }
        }
    }
}

fn literal(token: &Token, text: &mut String) {
    match token {
        Token::Literal(literal) => text.push_str(literal),
        Token::Percent => text.push('%'),
        Token::Fill if !text.is_empty() && !text.ends_with(' ') => text.push(' '),
        _ => {}
    }
}
