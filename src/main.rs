//! The command line of whom: reads arguments, runs one command, ends with its exit code.

mod cli;
mod shell;

use std::process::ExitCode;

/// Room for deeply nested input; the limits on nesting are set so that it suffices.
const STACK_BYTES: usize = 64 << 20;

fn main() -> ExitCode {
    let worker = std::thread::Builder::new()
        .name("whom".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(cli::run);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(code)) => code,
        Ok(Err(_)) | Err(_) => ExitCode::FAILURE,
    }
}
