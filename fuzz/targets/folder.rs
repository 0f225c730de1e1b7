//! Bytes as the one text file of a folder: recognised, parsed, scored and written.
#![no_main]

use allegati::finding::Lang;
use allegati::pipeline::{Options, consolidate};
use allegati::settings::Settings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = allegati_fuzz::folder().expect("a folder");
    std::fs::write(folder.path().join("foglio.csv"), bytes).expect("a sheet");
    let options = Options { jobs: Some(1), ..Options::default() };
    let outcome = consolidate(folder.path(), &Settings::default(), &options, &|_| ()).expect("a run");
    allegati::write::json(&outcome, Lang::It);
    allegati::write::workbook(&outcome, Lang::En, "../").expect("a workbook");
});
