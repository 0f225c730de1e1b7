//! The generator is checked by itself: same seed, same bytes; every record where the truth says; the judge notices.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Range, Reader, open_workbook_auto};

use super::folder::generate;
use super::truth::{Record, Want};

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path).expect("file"));
            }
        }
    }
    found
}

#[test]
fn a_seed_gives_the_same_folder() {
    let (one, two) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    for seed in 0..4 {
        generate(seed, one.path());
        generate(seed, two.path());
    }
    let (one, two) = (files(one.path()), files(two.path()));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    assert!(one == two, "same names, other bytes");
}

/// What stands in the cells that the truth names, read by a reader that is not ours.
fn text_at(range: &Range<Data>, record: &Record, field: &str) -> Vec<String> {
    let expected = record.wants.iter().find(|expected| expected.field == field);
    let cells = expected.map(|expected| &expected.cells).into_iter().flatten();
    cells.filter_map(|cell| range.get_value(*cell)).map(ToString::to_string).collect()
}

#[test]
fn the_truth_points_at_its_cells() {
    let (mut seen, mut stored) = (0, 0);
    for seed in 0..40 {
        let folder = tempfile::tempdir().expect("folder");
        let truth = generate(seed, folder.path());
        for record in truth.records.iter().filter(|record| record.kind == "charter" && record.row.is_some()) {
            if record.file.ends_with(".csv") {
                continue;
            }
            let mut book = open_workbook_auto(folder.path().join(&record.file)).expect("calamine opens it");
            let Ok(range) = book.worksheet_range(&record.sheet) else { continue };
            let texts = text_at(&range, record, "process");
            let Some(Want::Text(process)) =
                record.wants.iter().find(|expected| expected.field == "process").map(|expected| expected.want.clone())
            else {
                panic!("a record without its process");
            };
            assert!(texts.contains(&process), "seed {seed} {} {}: {texts:?}", record.file, record.sheet);
            seen += 1;
            // Where the measured value is a plain number it must be the one the truth knows.
            for expected in record.wants.iter().filter(|expected| expected.field == "measured_days") {
                let Want::Number(days) = expected.want else { continue };
                for text in text_at(&range, record, "measured_days") {
                    if let Ok(number) = text.parse::<rust_decimal::Decimal>() {
                        assert_eq!(
                            number.normalize(),
                            days.normalize(),
                            "seed {seed} {} {}",
                            record.file,
                            record.sheet
                        );
                        stored += 1;
                    }
                }
            }
        }
    }
    assert!(seen > 500 && stored > 50, "{seen} records, {stored} stored numbers");
}

#[test]
fn the_judge_calls_an_empty_answer_lost() {
    let folder = tempfile::tempdir().expect("folder");
    let truth = generate(3, folder.path());
    let judged = super::judge::judge(&truth, &serde_json::json!({}));
    assert!(judged.iter().all(|judgement| judgement.verdict >= super::judge::Verdict::Silent));
    assert!(judged.len() > 20);
}
