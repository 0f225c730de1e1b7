//! What stands in the way of the results is told with exit code 2 in both languages, and the old results stay.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use allegati::write::save::Claim;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_allegati");

/// A folder with one office's sheet, and its results of a run before.
pub struct Place {
    root: tempfile::TempDir,
}

impl Place {
    /// A folder without results; `measured` is what the office says of its second service.
    pub fn new(measured: &str) -> Self {
        let place = Self { root: tempfile::tempdir().expect("a place") };
        fs::create_dir(place.folder()).expect("the folder");
        place.write_sheet(measured);
        place
    }

    /// A folder with results.
    pub fn with_results() -> Self {
        let place = Self::new("12 gg.");
        let output = run(&place.folder(), &[]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
        place
    }

    pub fn folder(&self) -> PathBuf {
        self.root.path().join("Monitoraggio 2019")
    }

    /// Where the results go.
    pub fn results(&self) -> PathBuf {
        self.folder().join("consolidato")
    }

    pub fn workbook(&self) -> PathBuf {
        self.results().join("Allegati-2019.xlsx")
    }

    pub fn json(&self) -> PathBuf {
        self.results().join("Allegati-2019.json")
    }

    /// The bytes of both results.
    pub fn bytes(&self) -> (Vec<u8>, Vec<u8>) {
        (fs::read(self.workbook()).expect("the workbook"), fs::read(self.json()).expect("the JSON"))
    }

    /// Replaces what the office says.
    pub fn write_sheet(&self, measured: &str) {
        let sheet = format!(
            "Ufficio Statistica - Carta dei servizi 2019\n\nCODICE;PROCESSO/SERVIZIO;INDICATORE;VALORE PROGRAMMATO;VALORE \
             RILEVATO;NOTE\n6.1.1;Rilascio attestazioni prezzi;tempo di rilascio;5 gg.;4 gg.;\n6.1.2;Elaborazioni \
             personalizzate;tempo di consegna;10 gg.;{measured};\n"
        );
        fs::write(self.folder().join("statistica.csv"), sheet).expect("the sheet");
    }
}

/// `allegati run FOLDER`, with more arguments.
pub fn run(folder: &Path, more: &[&str]) -> Output {
    command(folder, more).output().expect("the program starts")
}

/// The same, not started yet.
pub fn command(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.env_remove("ALLEGATI_LANG").arg("run").arg(folder).args(more).stdin(Stdio::null());
    command
}

/// What a run said on the standard error.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Runs in both languages; both must fail with their words, and the results must stay as they were.
fn must_fail(place: &Place, start: impl Fn(&[&str]) -> Output, it: &str, en: &str) {
    let (bytes, before) = (place.bytes(), names(&place.results()));
    place.write_sheet("11 gg.");
    for (lang, words) in [("it", it), ("en", en)] {
        let output = start(&["--lang", lang]);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{}", said(&output));
        assert!(said(&output).contains(words), "“{words}” is not in {}", said(&output));
        assert!(place.bytes() == bytes, "the results of the run before have changed");
        assert_eq!(names(&place.results()), before);
    }
}

#[test]
fn a_result_that_is_open_is_refused() {
    for lock in ["~$Allegati-2019.xlsx", ".~lock.Allegati-2019.xlsx#", ".~lock.Allegati-2019.json#"] {
        let place = Place::with_results();
        fs::write(place.results().join(lock), "x").unwrap();
        let (it, en) = ("il file è aperto in Excel o in LibreOffice", "the file is open in Excel or LibreOffice");
        must_fail(&place, |lang| run(&place.folder(), lang), it, en);
        let asked = place.workbook();
        let with_name = |lang: &[&str]| run(&place.folder(), &[lang, &["-o", asked.to_str().unwrap()]].concat());
        must_fail(&place, with_name, it, en);
        fs::remove_file(place.results().join(lock)).unwrap();
        assert_eq!(run(&place.folder(), &[]).status.code(), Some(0));
    }
}

/// A program that runs is a file that nobody may write: the system keeps it as another does one that is open.
#[cfg(target_os = "linux")]
#[test]
fn a_result_that_another_program_holds_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_results();
    for held in [place.workbook(), place.json()] {
        let own = fs::read(&held).unwrap();
        fs::copy("/bin/sleep", &held).unwrap();
        fs::set_permissions(&held, fs::Permissions::from_mode(0o755)).unwrap();
        let mut holder = Command::new(&held).arg("600").spawn().expect("the holder");
        let start = |lang: &[&str]| run(&place.folder(), lang);
        must_fail(&place, start, "un altro programma tiene il file", "another program holds the file");
        holder.kill().expect("the holder lets go");
        holder.wait().expect("the holder ends");
        fs::write(&held, own).unwrap();
        assert_eq!(run(&place.folder(), &[]).status.code(), Some(0));
    }
}

#[test]
fn a_folder_with_the_name_of_a_result_is_refused() {
    let place = Place::with_results();
    let (workbook, json) = (place.results().join("a.xlsx"), place.results().join("b.json"));
    fs::create_dir(&workbook).unwrap();
    fs::create_dir(&json).unwrap();
    for asked in [["-o", workbook.to_str().unwrap()], ["--json", json.to_str().unwrap()]] {
        let start = |lang: &[&str]| run(&place.folder(), &[lang, &asked].concat());
        must_fail(
            &place,
            start,
            "c’è già una cartella con il nome del risultato",
            "already a folder with the result’s",
        );
    }
}

#[test]
fn a_result_that_is_read_only_is_refused() {
    let place = Place::with_results();
    for result in [place.workbook(), place.json()] {
        let before = fs::metadata(&result).unwrap().permissions();
        let mut read_only = before.clone();
        read_only.set_readonly(true);
        fs::set_permissions(&result, read_only).unwrap();
        let start = |lang: &[&str]| run(&place.folder(), lang);
        must_fail(&place, start, "il file è di sola lettura", "the file is read-only");
        fs::set_permissions(&result, before).unwrap();
    }
}

#[test]
fn a_file_where_the_folder_of_the_results_should_be_is_told() {
    let place = Place::new("12 gg.");
    fs::write(place.results(), "x").unwrap();
    let output = run(&place.folder(), &["--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("the result cannot be written"), "{}", said(&output));
    assert_eq!(fs::read(place.results()).unwrap(), b"x");
}

/// The shell's limit of the size of a file stands for a full disk: writing goes on up to it and is then refused.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let place = Place::with_results();
    for blocks in ["0", "1", "4"] {
        let start = |lang: &[&str]| {
            let mut shell = Command::new("sh");
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" run \"$@\"");
            shell.args(["-c", &script, PROGRAM]).arg(place.folder()).args(lang).output().expect("a shell")
        };
        must_fail(&place, start, "il disco è pieno", "the disk is full");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only_is_told() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let place = Place::with_results();
    let mode = |folder: &Path, bits| fs::set_permissions(folder, fs::Permissions::from_mode(bits)).unwrap();
    mode(place.root.path(), 0o755);
    let program = place.root.path().join("allegati");
    fs::copy(PROGRAM, &program).unwrap();
    mode(&place.results(), 0o555);
    // Who may write in spite of that starts the program as somebody who may not.
    let probe = place.results().join("probe");
    let privileged = fs::write(&probe, "x").is_ok();
    if privileged {
        fs::remove_file(&probe).unwrap();
    }
    let start = |lang: &[&str]| {
        let mut command = Command::new(&program);
        if privileged {
            command.uid(65_534).gid(65_534);
        }
        command.arg("run").arg(place.folder()).args(lang).output().expect("the program starts")
    };
    must_fail(&place, start, "non si può scrivere", "cannot be written");
    mode(&place.results(), 0o755);
}

#[test]
fn a_second_run_in_the_same_folder_is_refused() {
    let place = Place::with_results();
    let claim = Claim::of(&[&place.workbook()]).unwrap();
    let own = format!("({})", std::process::id());
    let (it, en) =
        (format!("un’altra esecuzione di allegati {own}"), format!("another run of allegati {own} is writing"));
    must_fail(&place, |lang| run(&place.folder(), lang), &it, &en);
    drop(claim);
    assert_eq!(run(&place.folder(), &[]).status.code(), Some(0));
    assert_eq!(names(&place.results()), ["Allegati-2019.json", "Allegati-2019.xlsx"]);
}

#[test]
fn of_many_runs_at_once_all_end_well_or_say_why_not() {
    let place = Place::with_results();
    let expected = place.bytes();
    let mut written = 0;
    for _ in 0..5 {
        let start = || command(&place.folder(), &[]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn();
        let running: Vec<_> = (0..4).map(|_| start().expect("the program starts")).collect();
        for child in running {
            let output = child.wait_with_output().expect("it ends");
            match output.status.code() {
                Some(0 | 1) => written += 1,
                Some(2) => assert!(said(&output).contains("un’altra esecuzione di allegati"), "{}", said(&output)),
                other => panic!("{other:?}: {}", said(&output)),
            }
        }
        assert!(place.bytes() == expected);
        assert_eq!(names(&place.results()), ["Allegati-2019.json", "Allegati-2019.xlsx"]);
    }
    assert!(written >= 5, "each time at least one run holds the folder");
}

#[test]
fn what_an_ended_run_left_is_swept_and_nothing_else() {
    let place = Place::with_results();
    let foreign = [".allegati-appunti.tmp", "allegati-abc123.tmp", "note.tmp"];
    for name in foreign.iter().chain(&[".allegati-abc123.tmp", ".allegati.lock"]) {
        fs::write(place.results().join(name), "x").unwrap();
    }
    assert_eq!(run(&place.folder(), &[]).status.code(), Some(0));
    let mut expected = [&foreign[..], &["Allegati-2019.json", "Allegati-2019.xlsx"]].concat();
    expected.sort_unstable();
    assert_eq!(names(&place.results()), expected);
}

#[test]
fn a_run_that_fails_leaves_no_folder_behind() {
    let place = Place::new("12 gg.");
    fs::remove_file(place.folder().join("statistica.csv")).unwrap();
    assert_eq!(run(&place.folder(), &[]).status.code(), Some(2));
    let deep = place.root.path().join("x/y/a.xlsx");
    assert_eq!(run(&place.folder(), &["-o", deep.to_str().unwrap()]).status.code(), Some(2));
    assert_eq!(names(place.root.path()), ["Monitoraggio 2019"]);
    assert_eq!(names(&place.folder()), Vec::<String>::new());
}
