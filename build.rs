//! What `--version` tells of the build: the commit when there is one, the target and the compiler. No path, no time.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    println!("cargo:rustc-env=ALLEGATI_COMMIT={}", commit(Path::new(&root)).unwrap_or_else(|| "-".to_owned()));
    println!("cargo:rustc-env=ALLEGATI_TARGET={}", std::env::var("TARGET").unwrap_or_else(|_| "-".to_owned()));
    let rustc = std::env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
    let said = said(Command::new(rustc).arg("--version")).unwrap_or_else(|| "-".to_owned());
    println!("cargo:rustc-env=ALLEGATI_RUSTC={said}");
}

/// The commit of a checkout; none when the sources lie in somebody else's repository, or in none.
fn commit(root: &Path) -> Option<String> {
    let git = |arguments: &[&str]| said(Command::new("git").arg("-C").arg(root).args(arguments));
    let top = git(&["rev-parse", "--show-toplevel"])?;
    if Path::new(&top).canonicalize().ok()? != root.canonicalize().ok()? {
        return None;
    }
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={}", root.join(log).display());
    }
    git(&["rev-parse", "--short=12", "HEAD"])
}

/// What a program prints when it ends well, on one line.
fn said(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty() && !text.contains('\n'))
}
