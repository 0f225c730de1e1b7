//! Names of cells: what a person quotes, and what other formulas follow.

use std::collections::BTreeSet;

use super::table::TableSheet;

/// Sum of the scores of Allegato 1.
pub const CHARTER_TOTAL: &str = "A1_TOTALE";
/// How many standards count.
pub const CHARTER_COUNT: &str = "A1_PROCESSI";
/// Percentage of Allegato 1, 2 decimals.
pub const CHARTER_PERCENT: &str = "A1_PERCENTUALE";
/// The same, exact: what links use.
pub const CHARTER_EXACT: &str = "A1_PERCENTUALE_ESATTA";
/// Mean deviation of Allegato 1, 2 decimals.
pub const CHARTER_DEVIATION: &str = "A1_SCOSTAMENTO_MEDIO";
/// Tolerance of the mean deviation.
pub const TOLERANCE: &str = "TOLLERANZA";
/// Mean of Allegato 2, 2 decimals.
pub const PROCEDURES_MEAN: &str = "A2_MEDIA";
/// The same, exact: what links use.
pub const PROCEDURES_EXACT: &str = "A2_MEDIA_ESATTA";
/// Mean of Allegato 2 as an integer.
pub const PROCEDURES_ROUNDED: &str = "A2_ARROTONDATA";

/// `A3_Segretario_Generale_3`: the percentage of an objective, 2 decimals.
///
/// Everything that a name may not hold becomes `_`, once for a run of them.
pub fn objective(holder: &str, number: &str) -> String {
    // Spreadsheets allow 255 characters; a holder this long is still told apart by its number.
    let holder: String = word(holder).chars().take(200).collect();
    format!("A3_{holder}_{}", word(number).chars().take(40).collect::<String>())
}

/// `COSTO_2019`: total cost of staff of a year.
pub fn cost(year: i16) -> String {
    format!("COSTO_{year}")
}

/// `VARIAZIONE_2019`: variation of a year's total on the base, 2 decimals.
pub fn variation(year: i16) -> String {
    format!("VARIAZIONE_{year}")
}

/// `TEMPESTIVITA_2019_T1`: the payment timeliness indicator of a quarter, in days; `TEMPESTIVITA_2019` of a year.
pub fn timeliness(year: i16, quarter: Option<i8>) -> String {
    let quarter = quarter.map_or_else(String::new, |quarter| format!("_T{quarter}"));
    format!("TEMPESTIVITA_{year}{quarter}")
}

fn word(text: &str) -> String {
    let kept = |letter: char| letter.is_alphabetic() || letter.is_ascii_digit();
    let parts = text.split(|letter| !kept(letter)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_")
}

/// Drops names that come again, whatever their case: the first cell keeps the name, as it is the one shown first.
pub fn keep_first_of_each(sheets: &mut [TableSheet]) {
    let mut seen = BTreeSet::new();
    for sheet in sheets {
        sheet.names.retain(|(name, _)| seen.insert(name.to_lowercase()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_becomes_a_name() {
        assert_eq!(objective("Ente", "1"), "A3_Ente_1");
        assert_eq!(objective("Segretario Generale", "3"), "A3_Segretario_Generale_3");
        assert_eq!(
            objective("Dirigente Area anagrafico certificativa, studi", "2/2019"),
            "A3_Dirigente_Area_anagrafico_certificativa_studi_2_2019"
        );
        assert_eq!(objective("Responsabilità d’area", "1°"), "A3_Responsabilità_d_area_1");
    }
}
