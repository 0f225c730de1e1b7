//! `watch` over a real folder: files are copied, rewritten, renamed, written slowly and deleted, and the results follow.
//!
//! Nothing here depends on how fast it goes: every step waits for what the folder must say in the end.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::sample;

/// Longer than any step takes on a machine that does much else besides.
const DEADLINE: Duration = Duration::from_secs(300);

const SETTINGS: &str =
    "[body]\nname = \"Camera di Prova\"\nyear = 2019\n[roster]\noffices = [\"Statistica\", \"Metrologia\"]\n";

fn sheet(measured: &str) -> String {
    format!(
        "Ufficio Statistica - Carta dei servizi 2019\n\nCODICE;PROCESSO/SERVIZIO;INDICATORE;VALORE PROGRAMMATO;VALORE \
         RILEVATO;NOTE\n6.1.1;Rilascio attestazioni prezzi;tempo di rilascio;5 gg.;{measured};\n"
    )
}

/// What a stream of the program has said so far.
fn gather(mut stream: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let said = Arc::new(Mutex::new(String::new()));
    let all = Arc::clone(&said);
    std::thread::spawn(move || {
        let mut part = [0; 4096];
        while let Ok(length @ 1..) = stream.read(&mut part) {
            all.lock().expect("whole").push_str(&String::from_utf8_lossy(&part[..length]));
        }
    });
    said
}

/// A folder that the program watches, until it is dropped.
struct Watched {
    root: TempDir,
    child: Child,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        // It has ended already where the test ended it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watched {
    /// A folder with settings only.
    fn new(options: &[&str]) -> Self {
        let root = tempfile::tempdir().expect("a root");
        let folder = root.path().join("Monitoraggio 2019");
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("allegati.toml"), SETTINGS).expect("settings");
        let mut child = Command::new(env!("CARGO_BIN_EXE_allegati"))
            .env_remove("ALLEGATI_LANG")
            .current_dir(&folder)
            .arg("watch")
            .arg(&folder)
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let out = gather(child.stdout.take().expect("its output"));
        let err = gather(child.stderr.take().expect("its complaints"));
        Self { root, child, out, err }
    }

    fn folder(&self) -> PathBuf {
        self.root.path().join("Monitoraggio 2019")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Puts a whole file into the folder at once, in place of one that is there.
    fn put(&self, name: &str, bytes: &[u8]) {
        let beside = self.root.path().join("whole");
        fs::write(&beside, bytes).expect("written");
        fs::create_dir_all(self.path(name).parent().expect("a folder")).expect("made");
        fs::rename(beside, self.path(name)).expect("moved in");
    }

    fn page(&self) -> String {
        fs::read_to_string(self.path("ESITO.html")).unwrap_or_default()
    }

    /// Names of the files that the JSON says were read, and all of it.
    fn read(&self, json: &str) -> (Vec<String>, Value) {
        let text = fs::read_to_string(self.path(json)).unwrap_or_default();
        let record: Value = serde_json::from_str(&text).unwrap_or_default();
        let files = record["sources"].as_array().into_iter().flatten().filter_map(|one| one["file"].as_str());
        (files.map(str::to_owned).collect(), record)
    }

    /// Waits for what must come to be.
    fn until(&mut self, what: &str, mut there: impl FnMut(&Self) -> bool) {
        let start = Instant::now();
        while !there(self) {
            let ended = self.child.try_wait().expect("its state");
            let late = start.elapsed() > DEADLINE;
            assert!(
                ended.is_none() && !late,
                "{what} never came (ended: {ended:?})\n{}\n{}\n{}",
                self.out.lock().expect("whole"),
                self.err.lock().expect("whole"),
                self.page()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until exactly these files are read, and the page says so; a half file must never be told as damaged.
    fn until_read(&mut self, json: &str, names: &[&str]) {
        self.until(&format!("{names:?} read"), |watched| {
            let (files, record) = watched.read(json);
            let damaged = record["findings"].as_array().into_iter().flatten().any(|one| one["code"] == "F005");
            assert!(!damaged && !watched.page().contains("F005"), "a half file was read");
            let page = watched.page();
            let told = names.iter().all(|name| page.contains(&format!("<th scope=\"row\">{name}</th>")));
            files == names && told && page.matches("<th scope=\"row\">").count() == names.len()
        });
    }

    /// How many runs came to their end with a workbook.
    fn rounds(&self) -> usize {
        self.out.lock().expect("whole").matches("Cartella di lavoro:").count()
    }

    /// Ends it as Ctrl-C does.
    #[cfg(unix)]
    fn end(&mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().expect("a signal");
        self.child.wait().expect("it ends")
    }
}

/// Everything that happens to files in a folder, one thing after another; `json` is where the record goes.
fn follow(options: &[&str], json: &str) -> Watched {
    let mut watched = Watched::new(options);
    watched.until("the first page", |watched| watched.page().contains("Ancora nessun foglio"));
    let page = watched.page();
    assert!(page.contains("Statistica") && page.contains("Metrologia"), "who is missing is told: {page}");

    watched.put("statistica.csv", sheet("4 gg.").as_bytes());
    watched.until_read(json, &["statistica.csv"]);
    assert!(watched.page().contains("arrivato: <b>statistica.csv</b>"));

    watched.put("statistica.csv", sheet("9 gg.").as_bytes());
    watched.until("the new value", |watched| watched.read(json).1["charter"]["rows"][0]["measured"] == "9 gg.");

    fs::rename(watched.path("statistica.csv"), watched.path("Statistica 2019.csv")).expect("renamed");
    watched.until_read(json, &["Statistica 2019.csv"]);

    let bytes = fs::read(sample::folder().join("albi e ruoli.xlsx")).expect("a sample");
    let mut slow = fs::File::create(watched.path("albi.xlsx")).expect("made");
    slow.write_all(&bytes[..bytes.len() / 2]).expect("the first half");
    watched.until("the half is waited for", |watched| watched.page().contains("<b>albi.xlsx</b>: ancora incompleto"));
    assert_eq!(watched.read(json).0, ["Statistica 2019.csv"]);
    slow.write_all(&bytes[bytes.len() / 2..]).expect("the second half");
    drop(slow);
    watched.until_read(json, &["Statistica 2019.csv", "albi.xlsx"]);
    watched.until("nothing is waited for", |watched| !watched.page().contains("ancora incompleto"));

    let bytes = fs::read(sample::folder().join("lucca promos.csv")).expect("a sample");
    watched.put("promos.csv.crdownload", &bytes);
    watched.until("the download is waited for", |watched| watched.page().contains("<b>promos.csv.crdownload</b>"));
    fs::rename(watched.path("promos.csv.crdownload"), watched.path("promos.csv")).expect("fetched");
    watched.until_read(json, &["Statistica 2019.csv", "albi.xlsx", "promos.csv"]);

    watched.put("uffici/metrico/metrologia.csv", sheet("3 gg.").replace("Statistica", "Metrologia").as_bytes());
    let four = ["Statistica 2019.csv", "albi.xlsx", "promos.csv", "uffici/metrico/metrologia.csv"];
    watched.until_read(json, &four);

    fs::remove_file(watched.path("albi.xlsx")).expect("deleted");
    watched.until_read(json, &[four[0], four[2], four[3]]);
    assert!(watched.page().contains("tolto: <b>albi.xlsx</b>"));
    watched
}

#[test]
fn what_happens_in_a_folder_is_followed_as_the_system_tells_it() {
    let mut watched = follow(&[], "consolidato/Allegati-2019.json");
    // What the program writes itself must not make it run again.
    assert!(watched.rounds() <= 7, "{} runs\n{}", watched.rounds(), watched.out.lock().expect("whole"));
    let (code, said, _) = sample::say(&["check", watched.folder().to_str().expect("UTF-8")]);
    assert!(code < 2 && !said.contains("ESITO"), "the page is no sheet\n{said}");
    ends(&mut watched);
}

#[test]
fn what_happens_in_a_folder_is_followed_by_looking_again_and_again() {
    // The results lie among the sheets.
    let options = ["--poll", "1", "-o", "Relazione.xlsx", "--report", "Risultati.html", "--jobs", "1"];
    let mut watched = follow(&options, "Relazione.json");
    assert!(watched.rounds() <= 7, "{} runs\n{}", watched.rounds(), watched.out.lock().expect("whole"));
    let page = watched.page();
    assert!(page.contains("href=\"Relazione.xlsx\"") && page.contains("href=\"Risultati.html\""), "{page}");
    ends(&mut watched);
}

#[cfg(unix)]
fn ends(watched: &mut Watched) {
    let status = watched.end();
    assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
    let page = watched.page();
    assert!(page.contains("non è più sorvegliata") && !page.contains("http-equiv=\"refresh\""), "{page}");
    let names = fs::read_dir(watched.folder()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(not(unix))]
fn ends(_watched: &mut Watched) {}

#[test]
fn a_run_that_cannot_be_made_is_told_and_does_not_end_the_watch() {
    let json = "consolidato/Allegati-2019.json";
    let mut watched = Watched::new(&["--lang", "en"]);
    watched.put("statistica.csv", sheet("4 gg.").as_bytes());
    watched.until_read(json, &["statistica.csv"]);
    watched.put("allegati.toml", b"[body]\nyaer = 2019\n");
    watched.until("the wrong settings", |watched| {
        let page = watched.page();
        page.contains("Not up to date") && page.contains("yaer") && page.contains("statistica.csv")
    });
    watched.put("allegati.toml", SETTINGS.as_bytes());
    watched.until("the right settings", |watched| !watched.page().contains("Not up to date"));
    let lock = watched.path("consolidato/~$Allegati-2019.xlsx");
    fs::write(&lock, "x").expect("a lock");
    watched.put("metrologia.csv", sheet("3 gg.").replace("Statistica", "Metrologia").as_bytes());
    watched.until("the open workbook", |watched| watched.page().contains("the file is open in Excel"));
    assert!(!watched.page().contains(watched.root.path().to_str().expect("UTF-8")), "no folder of this machine");
    fs::remove_file(lock).expect("closed");
    watched.until_read(json, &["metrologia.csv", "statistica.csv"]);
    assert!(watched.err.lock().expect("whole").contains("yaer"));
}

#[test]
fn a_folder_that_goes_away_is_waited_for() {
    let json = "consolidato/Allegati-2019.json";
    for options in [&[][..], &["--poll", "1"]] {
        let mut watched = Watched::new(options);
        watched.put("statistica.csv", sheet("4 gg.").as_bytes());
        watched.until_read(json, &["statistica.csv"]);
        let (folder, away) = (watched.folder(), watched.root.path().join("altrove"));
        fs::rename(&folder, &away).expect("taken away");
        watched.until("the loss", |watched| watched.err.lock().expect("whole").contains("non si raggiunge più"));
        assert!(!folder.exists(), "it is not made anew");
        fs::write(away.join("metrologia.csv"), sheet("3 gg.").replace("Statistica", "Metrologia")).expect("written");
        fs::rename(&away, &folder).expect("brought back");
        watched.until_read(json, &["metrologia.csv", "statistica.csv"]);
        watched.put("statistica.csv", sheet("9 gg.").as_bytes());
        watched.until("it is watched again", |watched| watched.read(json).1.to_string().contains("9 gg."));
    }
}

#[test]
fn a_page_of_somebody_else_is_not_replaced() {
    let copy = sample::copy();
    let page = copy.path().join("ESITO.html");
    fs::write(&page, "<p>mia</p>").expect("written");
    let folder = copy.path().to_str().expect("UTF-8");
    let (code, _, err) = sample::say(&["watch", folder]);
    assert!(code == 2 && err.contains("ESITO.html"), "{err}");
    assert_eq!(fs::read_to_string(&page).expect("it is there"), "<p>mia</p>");
    let (code, _, err) = sample::say(&["watch", &format!("{folder}/niente")]);
    assert!(code == 2 && err.contains("la cartella non esiste"), "{err}");
    assert!(!Path::new(folder).join("consolidato").exists());
}
