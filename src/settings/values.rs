//! What stands behind the keys of the fixed sections: possible, or a problem that says what would be.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeArray, DeValue};

use super::Respect;
use super::error::suggestion;
use super::read::Walk;

/// Years a monitoring sheet can be about.
const YEARS: RangeInclusive<i64> = 1990..=2100;

impl Walk<'_> {
    pub(super) fn value(&mut self, key: &str, value: &Spanned<DeValue<'_>>) {
        match key {
            "name" => self.settings.body = self.text_value(key, value),
            "year" => self.settings.year = self.year(key, value),
            "patron_saint" => self.settings.patron_saint = self.month_day(key, value),
            "saturday_works" => match value.get_ref().as_bool() {
                Some(works) => self.settings.saturday_works = works,
                None => self.wanted(key, value, "scrivere true (sì) o false (no)", "write true or false"),
            },
            "closures" => self.settings.closures = self.each(key, value, Self::date),
            "reference_date" => self.settings.reference_date = self.date(key, value),
            "respect" => self.respect(key, value),
            "tolerance_percent" => {
                let said = self.decimal(key, value, 0, 100);
                self.settings.tolerance_percent = said.unwrap_or(self.settings.tolerance_percent);
            }
            "percent_points" => {
                let said = self.decimal(key, value, 0, 100);
                self.settings.trends.percent_points = said.unwrap_or(self.settings.trends.percent_points);
            }
            "duration_times" => {
                let said = self.decimal(key, value, 1, 1000);
                self.settings.trends.duration_times = said.unwrap_or(self.settings.trends.duration_times);
            }
            "base_year" => self.settings.base_years = self.base_years(key, value),
            "offices" => self.settings.offices = self.each(key, value, Self::text_value),
            "licence" => self.settings.licence = self.text_value(key, value),
            "inflated_mib" => self.settings.limits.inflated_mib = self.limit(key, value, 1..=16_384),
            "cells" => self.settings.limits.cells = self.limit(key, value, 1..=1_000_000_000),
            "seconds" => self.settings.limits.seconds = self.limit(key, value, 1..=3_600),
            "worker_mib" => self.settings.limits.worker_mib = self.limit(key, value, 64..=65_536),
            _ => unreachable!("every key of SECTIONS is read"),
        }
    }

    pub(super) fn each<T>(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        one: fn(&mut Self, &str, &Spanned<DeValue<'_>>) -> Option<T>,
    ) -> Vec<T> {
        match value.get_ref() {
            DeValue::Array(list) => list.iter().filter_map(|item| one(self, key, item)).collect(),
            _ => {
                self.wanted(
                    key,
                    value,
                    "serve un elenco fra parentesi quadre: [ …, … ]",
                    "a list in square brackets is needed: [ …, … ]",
                );
                Vec::new()
            }
        }
    }

    pub(super) fn text_value(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        match value.get_ref().as_str().map(str::trim) {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => {
                self.wanted(
                    key,
                    value,
                    "serve un testo fra virgolette, non vuoto",
                    "a text in quotes is needed, not an empty one",
                );
                None
            }
        }
    }

    fn year(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<i16> {
        let year = integer(value).filter(|year| YEARS.contains(year)).and_then(|year| i16::try_from(year).ok());
        if year.is_none() {
            self.wanted(
                key,
                value,
                "serve un anno di quattro cifre senza virgolette, come 2019",
                "a year of four digits without quotes is needed, like 2019",
            );
        }
        year
    }

    fn month_day(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<(i8, i8)> {
        let parsed = value.get_ref().as_str().and_then(|text| {
            let (month, day) = text.trim().split_once('-')?;
            // A leap year, so that 29 February is a day.
            let date = Date::new(2020, month.parse().ok()?, day.parse().ok()?).ok()?;
            Some((date.month(), date.day()))
        });
        if parsed.is_none() {
            self.wanted(
                key,
                value,
                "servono mese e giorno fra virgolette: \"07-12\" è il 12 luglio",
                "month and day in quotes are needed: \"07-12\" is 12 July",
            );
        }
        parsed
    }

    /// A date in quotes, or one of TOML's own.
    fn date(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Date> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => String::new(),
        };
        let digits = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let date = text.parse::<Date>().ok().filter(|_| digits);
        if date.is_none() {
            self.wanted(
                key,
                value,
                "serve una data che esiste, come \"2019-12-31\" (anno-mese-giorno)",
                "a date that exists is needed, like \"2019-12-31\" (year-month-day)",
            );
        }
        date
    }

    fn respect(&mut self, key: &str, value: &Spanned<DeValue<'_>>) {
        self.settings.respect = match value.get_ref().as_str() {
            Some("linear") => Respect::Linear,
            Some("binary") => Respect::Binary,
            Some("ratio") => Respect::Ratio,
            other => {
                let (it, en) = suggestion(other.unwrap_or_default(), &["linear", "binary", "ratio"]);
                let it = format!("la regola non si conosce{it}");
                return self.wanted(key, value, &it, &format!("the rule is not known{en}"));
            }
        }
    }

    /// A number between two others, both included.
    fn decimal(&mut self, key: &str, value: &Spanned<DeValue<'_>>, least: i64, most: i64) -> Option<Decimal> {
        let number = match value.get_ref() {
            DeValue::Integer(_) => integer(value).map(Decimal::from),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| (Decimal::from(least)..=Decimal::from(most)).contains(number));
        if number.is_none() {
            self.wanted(
                key,
                value,
                &format!("serve un numero da {least} a {most} senza virgolette, con il punto per i decimali"),
                &format!("a number from {least} to {most} without quotes is needed, with a point for decimals"),
            );
        }
        number
    }

    fn limit(&mut self, key: &str, value: &Spanned<DeValue<'_>>, span: RangeInclusive<i64>) -> Option<u64> {
        let number = integer(value).filter(|number| span.contains(number));
        if number.is_none() {
            let (least, most) = (span.start(), span.end());
            self.wanted(
                key,
                value,
                &format!("serve un numero intero da {least} a {most} senza virgolette"),
                &format!("a whole number from {least} to {most} without quotes is needed"),
            );
        }
        number.map(i64::unsigned_abs)
    }

    fn base_years(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<i16> {
        let years = match value.get_ref() {
            DeValue::Integer(_) => integer(value).map(|year| vec![year]),
            DeValue::Array(list) => integers(list),
            DeValue::String(text) => span_of_years(text),
            _ => None,
        };
        let possible = |years: &Vec<i64>| !years.is_empty() && years.iter().all(|year| YEARS.contains(year));
        match years.filter(possible) {
            Some(mut years) => {
                years.sort_unstable();
                years.dedup();
                years.into_iter().filter_map(|year| i16::try_from(year).ok()).collect()
            }
            None => {
                self.wanted(
                    key,
                    value,
                    "serve un anno (2016), un elenco ([2014, 2015]) o un periodo (\"2014-2016\")",
                    "a year (2016), a list ([2014, 2015]) or a span (\"2014-2016\") is needed",
                );
                Vec::new()
            }
        }
    }
}

fn integer(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let integer = value.get_ref().as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn integers(list: &DeArray<'_>) -> Option<Vec<i64>> {
    list.iter().map(integer).collect()
}

/// `2014-2016`, both ends included.
fn span_of_years(text: &str) -> Option<Vec<i64>> {
    let (first, last) = text.split_once(['-', '–'])?;
    let (first, last) = (first.trim().parse::<i64>().ok()?, last.trim().parse::<i64>().ok()?);
    (first < last && YEARS.contains(&first) && YEARS.contains(&last)).then(|| (first..=last).collect())
}
