//! A format code taken apart: sections, their conditions, and the tokens of each.

use super::FormatKind;

/// One piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` (`true`: a plus is shown) or `E-`.
    Exponent(bool),
    General,
    /// `@`.
    Text,
    /// A run of `y m d h s`; minutes are `n`.
    Date(char, usize),
    /// `[h]`, `[m]`, `[s]`; minutes are `n`.
    Elapsed(char, usize),
    AmPm,
    /// The blank that `*x` stretches.
    Fill,
}

/// When a section applies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    operator: Operator,
    operand: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Operator {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let (operator, rest) = [
            ("<=", Operator::AtMost),
            (">=", Operator::AtLeast),
            ("<>", Operator::Unequal),
            ("<", Operator::Less),
            (">", Operator::More),
            ("=", Operator::Equal),
        ]
        .into_iter()
        .find_map(|(sign, operator)| text.strip_prefix(sign).map(|rest| (operator, rest)))?;
        Some(Self { operator, operand: rest.trim().parse().ok()? })
    }

    fn holds(self, value: f64) -> bool {
        match self.operator {
            Operator::Equal => value == self.operand,
            Operator::Unequal => value != self.operand,
            Operator::Less => value < self.operand,
            Operator::AtMost => value <= self.operand,
            Operator::More => value > self.operand,
            Operator::AtLeast => value >= self.operand,
        }
    }

    fn only_negative(self) -> bool {
        matches!(self.operator, Operator::Less | Operator::AtMost) && self.operand <= 0.0
    }

    fn all_but_negative(self) -> bool {
        matches!(self.operator, Operator::More | Operator::AtLeast) && self.operand == 0.0
    }
}

/// One section of a code.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Section {
    pub(super) condition: Option<Condition>,
    pub(super) tokens: Vec<Token>,
}

impl Section {
    /// Whether it shows the value at all: `""` does not.
    pub(super) fn shows_value(&self) -> bool {
        self.tokens.iter().any(|token| !matches!(token, Token::Literal(_) | Token::Fill))
    }

    pub(super) fn has_date(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Date(..) | Token::Elapsed(..) | Token::AmPm))
    }

    /// Whether digits stand on both sides of a slash.
    pub(super) fn is_fraction(&self) -> bool {
        let slash = self.tokens.iter().position(|token| matches!(token, Token::Literal(text) if text == "/"));
        slash.is_some_and(|at| {
            let digit = |token: Option<&Token>| matches!(token, Some(Token::Digit(_)));
            at > 0 && digit(self.tokens.get(at - 1)) && digit(self.tokens.get(at + 1))
        })
    }

    pub(super) fn kind(&self) -> FormatKind {
        let is_day = |token: &Token| matches!(token, Token::Date('y' | 'm' | 'd', _));
        if self.tokens.iter().any(is_day) {
            FormatKind::Date
        } else if self.has_date() {
            FormatKind::Time
        } else if self.tokens.contains(&Token::Percent) {
            FormatKind::Percent
        } else if self.tokens.iter().any(|token| matches!(token, Token::Digit(_))) {
            FormatKind::Number
        } else if self.tokens.contains(&Token::Text) {
            FormatKind::Text
        } else if self.tokens == [Token::General] {
            FormatKind::General
        } else {
            FormatKind::Number
        }
    }

    pub(super) fn decimals(&self) -> u8 {
        let after = self.tokens.iter().skip_while(|token| **token != Token::Point);
        let digits = after.take_while(|token| !matches!(token, Token::Exponent(_)));
        digits.filter(|token| matches!(token, Token::Digit(_))).count().min(255) as u8
    }

    pub(super) fn grouped(&self) -> bool {
        let digits: Vec<_> = self.tokens.iter().filter(|t| matches!(t, Token::Digit(_) | Token::Comma)).collect();
        digits.windows(3).any(|window| matches!(window, [Token::Digit(_), Token::Comma, Token::Digit(_)]))
    }

    /// The literal texts before and after the number.
    pub(super) fn around(&self) -> (String, String) {
        let is_value = |token: &Token| !matches!(token, Token::Literal(_) | Token::Fill | Token::Percent);
        let first = self.tokens.iter().position(is_value).unwrap_or(0);
        let last = self.tokens.iter().rposition(is_value).unwrap_or(0);
        let join = |tokens: &[Token]| {
            let texts = tokens.iter().filter_map(|token| match token {
                Token::Literal(text) => Some(text.as_str()),
                _ => None,
            });
            texts.collect::<String>()
        };
        (join(&self.tokens[..first]), join(self.tokens.get(last + 1..).unwrap_or(&[])))
    }

    /// The literals with a text in the place of the value.
    pub(super) fn compose(&self, value: &str) -> String {
        let mut text = String::new();
        for token in &self.tokens {
            match token {
                Token::Literal(literal) => text.push_str(literal),
                Token::General | Token::Text => text.push_str(value),
                Token::Percent => text.push('%'),
                _ => {}
            }
        }
        text
    }
}

/// Takes a code apart; a code that is empty gives one empty section.
pub(super) fn sections(code: &str) -> Vec<Section> {
    // A code typed with Italian letters into a program that stores it unread: gg/mm/aaaa.
    let lower = code.to_ascii_lowercase();
    let italian = lower.contains("gg/") || lower.contains("/aaaa") || lower.contains("-aaaa");
    let mut scanner = Scanner { chars: code.chars().collect(), at: 0, italian, sections: vec![Section::default()] };
    scanner.run();
    scanner.sections.iter_mut().for_each(mark_minutes);
    scanner.sections
}

/// The section that shows a number, and whether a minus sign is still to be written.
pub(super) fn section_for(value: f64, sections: &[Section]) -> Option<(&Section, bool)> {
    let has_text = |section: &Section| section.tokens.contains(&Token::Text);
    let text_last = sections.len() > 1 && sections.last().is_some_and(has_text);
    let numeric = &sections[..sections.len() - usize::from(text_last)];
    let negative = value < 0.0;
    if numeric.iter().all(|section| section.condition.is_none()) {
        return match numeric.len() {
            0 => None,
            1 => Some((&numeric[0], negative)),
            2 => Some((&numeric[usize::from(negative)], false)),
            _ if value == 0.0 => Some((&numeric[2], false)),
            _ => Some((&numeric[usize::from(negative)], false)),
        };
    }
    let applies = |(at, section): &(usize, &Section)| match section.condition {
        Some(condition) => condition.holds(value),
        None if *at + 1 == numeric.len() => true,
        None if *at == 0 => value > 0.0,
        None => negative,
    };
    let (at, section) = numeric.iter().enumerate().find(applies).unwrap_or((numeric.len() - 1, numeric.last()?));
    let for_negatives = match section.condition {
        Some(condition) => condition.only_negative(),
        None => at == 1 && numeric[0].condition.is_some_and(Condition::all_but_negative),
    };
    Some((section, negative && !for_negatives))
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    italian: bool,
    sections: Vec<Section>,
}

impl Scanner {
    fn run(&mut self) {
        while let Some(&next) = self.chars.get(self.at) {
            self.at += 1;
            match next {
                ';' => self.sections.push(Section::default()),
                '"' => {
                    let text = self.until('"');
                    self.push(Token::Literal(text));
                }
                '\\' => {
                    let text = self.take().map(String::from).unwrap_or_default();
                    self.push(Token::Literal(text));
                }
                '_' => drop(self.take()),
                '*' => {
                    self.take();
                    self.push(Token::Fill);
                }
                '[' => {
                    let text = self.until(']');
                    self.bracket(&text);
                }
                _ => self.plain(next),
            }
        }
    }

    fn take(&mut self) -> Option<char> {
        let next = self.chars.get(self.at).copied();
        self.at += 1;
        next
    }

    fn until(&mut self, end: char) -> String {
        let text: String = self.chars[self.at.min(self.chars.len())..].iter().take_while(|c| **c != end).collect();
        self.at += text.chars().count() + 1;
        text
    }

    fn push(&mut self, token: Token) {
        if let Some(section) = self.sections.last_mut() {
            section.tokens.push(token);
        }
    }

    fn bracket(&mut self, text: &str) {
        if let Some(locale) = text.strip_prefix('$') {
            let symbol = locale.split('-').next().unwrap_or_default();
            if !symbol.is_empty() {
                self.push(Token::Literal(symbol.to_owned()));
            }
        } else if let Some(condition) = Condition::parse(text) {
            if let Some(section) = self.sections.last_mut() {
                section.condition = Some(condition);
            }
        } else {
            let lower = text.to_ascii_lowercase();
            let first = lower.chars().next().unwrap_or(' ');
            if matches!(first, 'h' | 'm' | 's') && lower.chars().all(|c| c == first) {
                self.push(Token::Elapsed(if first == 'm' { 'n' } else { first }, lower.len()));
            }
        }
    }

    fn plain(&mut self, next: char) {
        if let Some((length, token)) = self.word() {
            self.at += length - 1;
            return self.push(token);
        }
        let digits = self.sections.last().is_some_and(|s| s.tokens.iter().any(|t| matches!(t, Token::Digit(_))));
        match next {
            '0' | '#' | '?' => self.push(Token::Digit(next)),
            '.' => self.push(Token::Point),
            ',' => self.push(Token::Comma),
            '%' => self.push(Token::Percent),
            '@' => self.push(Token::Text),
            'E' | 'e' if digits && matches!(self.chars.get(self.at), Some('+' | '-')) => {
                let plus = self.take() == Some('+');
                self.push(Token::Exponent(plus));
            }
            _ => match self.date_letter(next) {
                Some(letter) => {
                    let run = self.chars[self.at..].iter().take_while(|c| c.eq_ignore_ascii_case(&next)).count();
                    self.at += run;
                    self.push(Token::Date(letter, run + 1));
                }
                None => self.push(Token::Literal(next.to_string())),
            },
        }
    }

    /// A word that starts at the character just taken, with its length.
    fn word(&self) -> Option<(usize, Token)> {
        let rest = &self.chars[self.at - 1..];
        let starts = |word: &str| {
            word.chars().count() <= rest.len() && word.chars().zip(rest).all(|(a, b)| a.eq_ignore_ascii_case(b))
        };
        [("General", Token::General), ("Standard", Token::General), ("AM/PM", Token::AmPm), ("A/P", Token::AmPm)]
            .into_iter()
            .find(|(word, _)| starts(word))
            .map(|(word, token)| (word.len(), token))
    }

    fn date_letter(&self, letter: char) -> Option<char> {
        match letter.to_ascii_lowercase() {
            letter @ ('y' | 'm' | 'd' | 'h' | 's') => Some(letter),
            'g' if self.italian => Some('d'),
            'a' if self.italian => Some('y'),
            'e' => Some('y'),
            _ => None,
        }
    }
}

/// An `m` beside hours or seconds means minutes.
fn mark_minutes(section: &mut Section) {
    let parts: Vec<usize> = (0..section.tokens.len())
        .filter(|at| matches!(section.tokens[*at], Token::Date(..) | Token::Elapsed(..)))
        .collect();
    for (order, at) in parts.iter().enumerate() {
        let Token::Date('m', length) = section.tokens[*at] else { continue };
        let is = |order: Option<usize>, letters: &[char]| {
            let token = order.and_then(|order| parts.get(order)).map(|at| &section.tokens[*at]);
            matches!(token, Some(Token::Date(c, _) | Token::Elapsed(c, _)) if letters.contains(c))
        };
        if length <= 2 && (is(order.checked_sub(1), &['h']) || is(Some(order + 1), &['s'])) {
            section.tokens[*at] = Token::Date('n', length);
        }
    }
}
