//! Every formula of a workbook, recomputed by an engine that is not ours and compared with the stored result; and no
//! path of this machine anywhere in the bytes.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use ironcalc::base::Model;
use ironcalc::base::cell::CellValue;
use ironcalc::import::load_from_xlsx_bytes;

use crate::{museum, sample};

/// Formulas of a workbook that the engine computes to something else, and how many there are.
fn compare(bytes: &[u8]) -> (usize, Vec<String>) {
    let workbook = load_from_xlsx_bytes(bytes, "book", "en", "UTC").expect("the engine reads it");
    let mut model = Model::from_workbook(workbook, "en").expect("the engine takes it");
    model.evaluate();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("calamine opens it");
    let (mut count, mut wrong) = (0, Vec::new());
    for (index, name) in (0u32..).zip(book.sheet_names()) {
        let stored = book.worksheet_range(&name).expect("a sheet");
        let formulas = book.worksheet_formula(&name).expect("its formulas");
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, col, formula) in formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
            let (row, col) = (top + row as u32, left + col as u32);
            let given = model.get_cell_value_by_index(index, row as i32 + 1, col as i32 + 1).expect("a value");
            let kept = stored.get_value((row, col)).unwrap_or(&Data::Empty);
            let same = match (kept, &given) {
                (Data::Float(kept), CellValue::Number(given)) => (kept - given).abs() <= 1e-6 * given.abs().max(1.0),
                (Data::String(kept), CellValue::String(given)) => kept == given,
                _ => false,
            };
            count += 1;
            if !same {
                wrong.push(format!(
                    "{name} row {} column {}: ={formula} is stored as {kept:?}, computed as {given:?}",
                    row + 1,
                    col + 1
                ));
            }
        }
    }
    (count, wrong)
}

#[test]
fn every_formula_of_the_samples_is_recomputed_to_its_stored_result() {
    for options in [&[][..], &["--lang", "en"]] {
        let bytes = sample::run(sample::copy().path(), options).workbook.expect("a workbook");
        let (count, wrong) = compare(&bytes);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(count > 250, "only {count} formulas");
    }
}

#[test]
fn every_formula_of_the_case_folders_is_recomputed_to_its_stored_result() {
    let mut all = 0;
    // Every third folder: scores, duplicates, links, costs and lists are among them.
    for case in museum::folders().iter().step_by(3) {
        let place = museum::build(case);
        let Some(bytes) = sample::run(place.path(), &[]).workbook else { continue };
        let (count, wrong) = compare(&bytes);
        assert!(wrong.is_empty(), "{}: {}", case.display(), wrong.join("\n"));
        all += count;
    }
    assert!(all > 200, "only {all} formulas in all folders");
}

#[test]
fn no_part_of_the_workbook_holds_a_path_of_this_machine() {
    let copy = sample::copy();
    let (code, _, err) = sample::say(&["run", copy.path().to_str().expect("UTF-8")]);
    assert_eq!((code, err.as_str()), (0, ""));
    let bytes = std::fs::read(copy.path().join("consolidato/Allegati-2019.xlsx")).expect("written");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let here = copy.path().to_str().expect("UTF-8").to_owned();
    let home = env!("CARGO_MANIFEST_DIR");
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("XML");
        assert!(!text.contains(&here) && !text.contains(home), "{name} holds a path");
        for target in text.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let leads_out = text.contains("TargetMode=\"External\"") && name.contains("worksheets");
            assert!(!leads_out || target.starts_with("../"), "{name} leads to {target}");
        }
    }
}
