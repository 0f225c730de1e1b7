//! A run that is killed at any moment leaves the old results or the new ones, and the next run leaves no trace of it.

use std::fs;
use std::process::Stdio;
use std::time::Instant;

use calamine::{Reader, Xlsx, open_workbook};

use super::safety::{Place, command, names, run};

/// How often a run is killed.
const KILLS: u32 = 200;

/// Undisturbed runs that tell how long one takes.
const MEASURED: u32 = 5;

/// Numbers between 0 and 1 that are the same each time.
fn moments() -> impl Iterator<Item = f64> {
    let mut state = 0x2019_u64;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    })
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_results_whole() {
    let place = Place::with_results();
    let old = place.bytes();
    place.write_sheet("11 gg.");
    let start = Instant::now();
    for _ in 0..MEASURED {
        assert_eq!(run(&place.folder(), &[]).status.code(), Some(0));
    }
    let whole = start.elapsed() / MEASURED;
    let new = place.bytes();
    assert!(old.0 != new.0 && old.1 != new.1, "the change of the sheet shows in both");
    let mut book: Xlsx<_> = open_workbook(place.workbook()).expect("the new workbook opens");
    assert!(book.worksheets().len() > 3);
    serde_json::from_slice::<serde_json::Value>(&new.1).expect("the new JSON parses");
    let mut ended_early = 0;
    for (round, moment) in (0..KILLS).zip(moments()) {
        fs::write(place.workbook(), &old.0).expect("the old workbook");
        fs::write(place.json(), &old.1).expect("the old JSON");
        // Every other moment lies in the last part, where the results are written.
        let share = if round % 2 == 0 { moment } else { 0.6 + 0.4 * moment };
        let mut child = command(&place.folder(), &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // The moment itself is what is tested.
        std::thread::sleep(whole.mul_f64(share));
        child.kill().expect("it is killed or has ended");
        ended_early += u32::from(!child.wait().unwrap().success());
        let (workbook, json) = place.bytes();
        assert!(workbook == old.0 || workbook == new.0, "round {round}: a part of a workbook");
        assert!(json == old.1 || json == new.1, "round {round}: a part of a JSON");
        assert!(workbook == new.0 || json == old.1, "round {round}: the JSON is ahead of its workbook");
    }
    assert!(ended_early >= KILLS / 4, "only {ended_early} runs were killed before their end");
    assert_eq!(run(&place.folder(), &[]).status.code(), Some(0));
    assert!(place.bytes() == new, "an undisturbed run writes what it always writes");
    assert_eq!(names(&place.results()), ["Allegati-2019.json", "Allegati-2019.xlsx"]);
    assert_eq!(names(&place.folder()), ["consolidato", "statistica.csv"]);
}
