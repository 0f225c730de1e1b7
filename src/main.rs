//! Arguments, the library, what is printed, the exit code.

mod cli;

use std::process::ExitCode;

use allegati::intake::worker::{ARGUMENT, worker_main};

/// Most of what a run takes are many small texts, which the system's own allocator is slower with. Elsewhere the worker's
/// limit of memory stands around it.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == ARGUMENT) {
        return worker_main();
    }
    cli::run(arguments)
}
