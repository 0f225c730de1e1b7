//! What a cell may hold, said before it is typed and, where that can be told, when it is wrong.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use crate::finding::{Lang, Text};
use crate::kinds::{Column, Content, Kind};

/// The longest title of a message.
const LONGEST_TITLE: usize = 32;
/// The longest message.
const LONGEST: usize = 250;

/// The check of a column; `cell` is its first cell, for a formula.
pub fn of(kind: &Kind, column: &Column, cell: &str, lang: Lang) -> Result<DataValidation, XlsxError> {
    let check = allowed(kind, column, cell)?;
    let how = how(column.content).map_or(String::new(), |text| format!(". {}", text.get(lang)));
    let message = format!("{}{how}", column.help.get(lang).trim_end_matches('.'));
    let short = |text: &str, most| crate::finding::shorten(text, most);
    check
        .set_input_title(short(column.header, LONGEST_TITLE))?
        .set_input_message(short(&message, LONGEST))?
        .set_error_title(short(column.header, LONGEST_TITLE))?
        .set_error_message(wrong(kind, column).get(lang))
}

fn allowed(kind: &Kind, column: &Column, cell: &str) -> Result<DataValidation, XlsxError> {
    let check = DataValidation::new();
    let choices = kind.form.choices(column.id);
    if !choices.is_empty() {
        // Offered, not imposed: the reader understands more than a list can hold.
        return Ok(check.allow_list_strings(choices)?.show_error_message(false));
    }
    // A person may go on after a warning: `N.C.` in place of a date is right.
    let warn = DataValidationErrorStyle::Warning;
    Ok(match column.content {
        Content::YesNo => check.allow_list_strings(&["SI", "NO", "N.C."])?,
        Content::Date => {
            let (first, last) = (ExcelDateTime::from_ymd(1990, 1, 1)?, ExcelDateTime::from_ymd(2099, 12, 31)?);
            check.allow_date(DataValidationRule::Between(first, last)).set_error_style(warn)
        }
        Content::Year => check.allow_whole_number(DataValidationRule::Between(1990, 2099)),
        Content::Amount | Content::Number | Content::Percent if kind.form.signed.contains(&column.id) => {
            check.allow_decimal_number(DataValidationRule::Between(-1e12, 1e12)).set_error_style(warn)
        }
        Content::Amount | Content::Number => {
            check.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)).set_error_style(warn)
        }
        Content::Percent => {
            let rule = format!("OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<=100),UPPER(TRIM({cell}))=\"N.C.\")");
            check.allow_custom(Formula::new(rule)).set_error_style(warn)
        }
        Content::Text | Content::Code | Content::Measure | Content::Goal | Content::Actual => check.allow_any_value(),
    })
}

/// How a value is written.
pub fn how(content: Content) -> Option<Text> {
    Some(match content {
        Content::Date => Text::new("Scrivere gg/mm/aaaa: 18/03/2019", "Write dd/mm/yyyy: 18/03/2019"),
        Content::Measure => Text::new(
            "Scrivere anche l’unità: 25 gg., 24 ore, 15 minuti, 95%",
            "Write the unit too: 25 gg., 24 ore, 15 minuti, 95%",
        ),
        Content::Percent => Text::new("Scrivere 99,72 o 99,72%", "Write 99,72 or 99,72%"),
        Content::Amount => Text::new("In euro, non in migliaia: 1.250,00", "In euro, not in thousands: 1.250,00"),
        Content::Number => Text::new("Un numero", "A number"),
        Content::YesNo => Text::new("Scegliere SI, NO o N.C.", "Choose SI, NO or N.C."),
        Content::Year => Text::new("Quattro cifre", "Four digits"),
        Content::Actual => Text::new("Con l’unità o il segno %: 4,39%", "With the unit or the sign %: 4,39%"),
        Content::Text | Content::Code | Content::Goal => return None,
    })
}

fn wrong(kind: &Kind, column: &Column) -> Text {
    let signed = kind.form.signed.contains(&column.id);
    match column.content {
        Content::Date => Text::new(
            "Qui va una data, scritta gg/mm/aaaa. Se non c’è nulla da contare scrivere N.C. e confermare.",
            "A date belongs here, written dd/mm/yyyy. When there is nothing to count write N.C. and confirm.",
        ),
        Content::YesNo => Text::new("Qui va SI, NO o N.C.", "SI, NO or N.C. belongs here."),
        Content::Year => Text::new("Qui va un anno di quattro cifre.", "A year of four digits belongs here."),
        Content::Percent if signed => Text::new(
            "Qui va una percentuale, anche negativa; un altro testo va confermato.",
            "A percentage belongs here, negative too; another text must be confirmed.",
        ),
        Content::Percent => Text::new(
            "Qui va una percentuale da 0 a 100, o N.C.; un altro testo va confermato.",
            "A percentage from 0 to 100 belongs here, or N.C.; another text must be confirmed.",
        ),
        Content::Amount if signed => Text::new("Qui va un importo in euro.", "An amount in euro belongs here."),
        Content::Amount => {
            Text::new("Qui va un importo in euro, non negativo.", "An amount in euro belongs here, not negative.")
        }
        _ if signed => Text::new("Qui va un numero.", "A number belongs here."),
        _ => Text::new("Qui va un numero, non negativo.", "A number belongs here, not negative."),
    }
}
