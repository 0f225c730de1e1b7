//! Numbers shown as fractions: `# ?/?`.

use super::code::{Section, Token};

/// The number with the nearest fraction that the places below the slash allow.
pub(super) fn shown(value: f64, section: &Section, signed: bool) -> String {
    let slash = section.tokens.iter().position(|token| matches!(token, Token::Literal(text) if text == "/"));
    let below = section.tokens[slash.unwrap_or(0)..].iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let most = 10u32.pow(below.clamp(1, 3) as u32) - 1;
    let (whole, part) = (value.abs().trunc(), value.abs().fract());
    let mut best = (0u32, 1u32, part);
    for denominator in 1..=most {
        let numerator = (part * f64::from(denominator)).round();
        let error = (part - numerator / f64::from(denominator)).abs();
        if error + 1e-12 < best.2 {
            best = (numerator as u32, denominator, error);
        }
    }
    let (numerator, denominator, _) = best;
    let sign = if signed { "-" } else { "" };
    match (numerator, whole) {
        (0, whole) => format!("{sign}{whole:.0}"),
        (above, whole) if above == denominator => format!("{sign}{:.0}", whole + 1.0),
        (above, 0.0) => format!("{sign}{above}/{denominator}"),
        (above, whole) => format!("{sign}{whole:.0} {above}/{denominator}"),
    }
}
