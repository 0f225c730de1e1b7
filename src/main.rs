//! Arguments, the library, what is printed, the exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == "--read-in-worker") {
        return cli::engine::worker();
    }
    cli::run(arguments)
}
