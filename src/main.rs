//! Arguments, the library, what is printed, the exit code.

mod cli;

use std::process::ExitCode;

use allegati::intake::worker::{ARGUMENT, worker_main};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == ARGUMENT) {
        return worker_main();
    }
    cli::run(arguments)
}
