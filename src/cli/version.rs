//! Which program this is: version, commit, target and compiler, as the build script found them.

/// The version.
pub const SHORT: &str = env!("CARGO_PKG_VERSION");

/// The version with what it was built from and by.
pub const LONG: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\ncommit: ",
    env!("ALLEGATI_COMMIT"),
    "\ntarget: ",
    env!("ALLEGATI_TARGET"),
    "\ncompiler: ",
    env!("ALLEGATI_RUSTC"),
);
