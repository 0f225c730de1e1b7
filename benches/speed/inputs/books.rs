//! The book of an office: its standards, the log of one procedure, and a sheet of sums that is nobody's table.

use std::path::Path;

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};

use super::Dice;

const ROWS: u32 = 60;

/// Writes the list of the procedures that the offices' logs prove.
pub fn list(path: &Path, offices: u64) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut fill = || -> Result<(), XlsxError> {
        sheet.write_row(0, 0, ["N.", "Procedimento", "Risultato atteso", "Fonte"])?;
        for office in 0..offices {
            let (row, number) = (office as u32 + 1, (office + 1).to_string());
            let source = format!("Ufficio {office}");
            sheet.write_row(row, 0, [&number, &format!("Rilascio {office}"), "rilascio entro 30 giorni", &source])?;
        }
        Ok(())
    };
    fill().expect("rows that fit");
    book.save(path).expect("a book");
}

/// Writes the book of the office with this number.
pub fn write(path: &Path, office: u64) {
    let mut dice = Dice(office + 1);
    let mut book = Workbook::new();
    let mut fill = || -> Result<(), XlsxError> {
        standards(book.add_worksheet().set_name("Standard")?, office, &mut dice)?;
        cases(book.add_worksheet().set_name("Pratiche")?, office, &mut dice)?;
        sums(book.add_worksheet().set_name("Conteggi")?, &mut dice)
    };
    fill().expect("sheets that fit");
    book.save(path).expect("a book");
}

const STANDARDS: [&str; 10] = [
    "CODICE",
    "SEZIONE",
    "PROCESSO/SERVIZIO",
    "UNITÀ ORGANIZZATIVA RESPONSABILE",
    "INDICATORE",
    "VALORE PROGRAMMATO",
    "VALORE RILEVATO",
    "RISULTATO",
    "NOTE",
    "Estremi della carta",
];

fn standards(sheet: &mut Worksheet, office: u64, dice: &mut Dice) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.merge_range(0, 0, 0, 9, "Monitoraggio degli standard della Carta dei servizi 2019", &bold)?;
    sheet.write_row_with_format(2, 0, STANDARDS, &bold)?;
    for row in 3..3 + ROWS {
        let (planned, measured) = (5 + dice.below(40), 1 + dice.below(44));
        let beyond = measured.saturating_sub(planned) as f64 * 100.0 / planned as f64;
        sheet.write(row, 0, format!("{}.{office}.{row}", 1 + office % 4))?;
        sheet.write(row, 1, format!("Sezione {}", office % 9))?;
        sheet.write(row, 2, format!("Servizio {} {office}/{row}", WORDS[dice.below(8) as usize]))?;
        sheet.write(row, 3, format!("Ufficio {office}"))?;
        sheet.write(row, 4, "tempo medio di conclusione in giorni")?;
        sheet.write(row, 5, format!("entro {planned} giorni"))?;
        sheet.write(row, 6, format!("{measured} giorni"))?;
        sheet.write(row, 7, ((100.0 - beyond).max(0.0) * 100.0).round() / 100.0)?;
        if beyond > 0.0 {
            sheet.write(row, 8, REASONS[dice.below(3) as usize])?;
        }
        sheet.write(row, 9, format!("pagina {}", dice.below(90)))?;
    }
    Ok(())
}

const REASONS: [&str; 3] =
    ["carenza di personale nel secondo semestre", "maggior numero di domande", "avvio del nuovo applicativo"];

const WORDS: [&str; 8] =
    ["rilascio", "iscrizione", "vidimazione", "deposito", "cancellazione", "consulenza", "verifica", "estrazione"];

const CASES: [&str; 10] = [
    "N. PRATICA",
    "DATA PROTOCOLLO",
    "DATA RILASCIO",
    "Oggetto",
    "Richiedente",
    "Sportello",
    "Canale",
    "Diritti",
    "Bollo",
    "NOTE",
];

fn cases(sheet: &mut Worksheet, office: u64, dice: &mut Dice) -> Result<(), XlsxError> {
    let (bold, date) = (Format::new().set_bold(), Format::new().set_num_format("dd/mm/yyyy"));
    sheet.write(0, 0, format!("Procedimento: Rilascio {office}"))?;
    sheet.write(1, 0, "Termine: 30 giorni")?;
    sheet.write_row_with_format(3, 0, CASES, &bold)?;
    for row in 4..4 + ROWS {
        let (start, days) = (43_466 + dice.below(300), dice.below(40));
        sheet.write(row, 0, format!("{office}/{row}"))?;
        sheet.write_with_format(row, 1, start as f64, &date)?;
        sheet.write_with_format(row, 2, (start + days) as f64, &date)?;
        sheet.write(row, 3, format!("Domanda di {}", WORDS[dice.below(8) as usize]))?;
        sheet.write(row, 4, format!("Ditta {}", dice.below(900)))?;
        sheet.write(row, 5, format!("Sportello {}", dice.below(4)))?;
        sheet.write(row, 6, ["pec", "sportello", "telematico"][dice.below(3) as usize])?;
        sheet.write(row, 7, dice.below(9_000) as f64 / 100.0)?;
        sheet.write(row, 8, 16)?;
        if dice.below(8) == 0 {
            sheet.write(row, 9, "sollecitata")?;
        }
    }
    Ok(())
}

fn sums(sheet: &mut Worksheet, dice: &mut Dice) -> Result<(), XlsxError> {
    let percent = Format::new().set_num_format("0.0%");
    sheet.write(0, 0, "Conteggi di lavoro")?;
    for row in 2..2 + ROWS {
        sheet.write(row, 0, format!("voce {row}"))?;
        for col in 1..8 {
            sheet.write(row, col, dice.below(90_000) as f64 / 100.0)?;
        }
        sheet.write_with_format(row, 8, dice.below(1000) as f64 / 1000.0, &percent)?;
        let sum = Formula::new(format!("=SUM(B{0}:H{0})", row + 1)).set_result(dice.below(500).to_string());
        sheet.write(row, 9, sum)?;
    }
    Ok(())
}
