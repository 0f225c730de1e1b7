//! What stands in a new folder besides the forms: the settings with their comments, and the guide.

use crate::finding::Lang;
use crate::kinds::form::{FOLDER, GUIDES};

/// The settings of a new folder: what is not known stands there as a comment.
pub fn settings_file(year: Option<i16>, body: Option<&str>, lang: Lang) -> String {
    let told = |key: &str, value: Option<String>, example: &str| match value {
        Some(value) => format!("{key} = {value}"),
        None => format!("# {key} = {example}"),
    };
    // The day before the next year is the last of this one.
    let last = format!("\"{}-12-31\"", year.unwrap_or(2019));
    let text = match lang {
        Lang::It => include_str!("settings.it.toml"),
        Lang::En => include_str!("settings.en.toml"),
    };
    text.replace("@name", &told("name", body.map(quoted), "\"Camera di Commercio di Lucca\""))
        .replace("@year", &told("year", year.map(|year| year.to_string()), "2019"))
        .replace("@reference", &told("reference_date", None, &last))
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The guide: its name, and its text with the line ends and the mark that the plainest editor of Windows wants.
pub fn guide_file(year: Option<i16>, lang: Lang) -> (&'static str, String) {
    let text = match lang {
        Lang::It => include_str!("guide.it.txt"),
        Lang::En => include_str!("guide.en.txt"),
    };
    let year = year.map_or_else(String::new, |year| format!(" {year}"));
    let text = text.replace(" @year", &year).replace("@forms", FOLDER).replace('\n', "\r\n");
    let [it, en] = GUIDES;
    (if lang == Lang::It { it } else { en }, format!("\u{feff}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KINDS;
    use crate::settings::Settings;

    fn known() -> Vec<(&'static str, Vec<&'static str>)> {
        KINDS.iter().map(|kind| (kind.id, kind.columns.iter().map(|column| column.id).collect())).collect()
    }

    fn parse(text: &str) -> Settings {
        let known = known();
        let known: Vec<(&str, &[&str])> = known.iter().map(|(kind, columns)| (*kind, columns.as_slice())).collect();
        let settings = Settings::parse(text, &known);
        let mut settings = settings.unwrap_or_else(|error| panic!("{}\n{text}", error.message(Lang::En)));
        // A section that stands there without a key.
        settings.columns.retain(|_, columns| !columns.is_empty());
        settings
    }

    #[test]
    fn the_settings_say_what_was_given_and_nothing_else() {
        for lang in [Lang::It, Lang::En] {
            assert_eq!(parse(&settings_file(None, None, lang)), Settings::default());
            let said = parse(&settings_file(Some(2020), Some("Ente \"Alfa\" \\ C."), lang));
            assert_eq!((said.year, said.body.as_deref()), (Some(2020), Some("Ente \"Alfa\" \\ C.")));
            assert_eq!(Settings { year: None, body: None, ..said }, Settings::default());
        }
    }

    #[test]
    fn every_setting_can_be_had_by_taking_away_its_sign() {
        for lang in [Lang::It, Lang::En] {
            let text = settings_file(None, None, lang);
            let open: String = text
                .lines()
                .map(|line| line.strip_prefix("# ").filter(|rest| rest.contains(" = ")).unwrap_or(line))
                .fold(String::new(), |text, line| text + line + "\n");
            let settings = parse(&open);
            let silent = Settings::default();
            assert!(settings.body.is_some() && settings.year.is_some() && settings.patron_saint.is_some());
            assert!(settings.saturday_works && !settings.closures.is_empty() && settings.reference_date.is_some());
            assert!(settings.respect != silent.respect && settings.tolerance_percent != silent.tolerance_percent);
            let trends = (settings.trends.percent_points, settings.trends.duration_times);
            assert!(trends.0 != silent.trends.percent_points && trends.1 != silent.trends.duration_times);
            assert!(!settings.base_years.is_empty() && !settings.offices.is_empty() && !settings.links.is_empty());
            assert!(!settings.sections.is_empty() && !settings.columns.is_empty());
            let limits = settings.limits;
            assert!(limits.inflated_mib.is_some() && limits.cells.is_some() && limits.seconds.is_some());
            assert!(limits.worker_mib.is_some());
        }
    }
}
