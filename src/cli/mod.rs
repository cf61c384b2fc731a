//! The subcommands: one file each under `run`, and what they share.

pub(crate) mod answer;
mod args;
mod exit;
mod failure;
pub(crate) mod input;
mod interrupt;
pub(crate) mod output;
pub(crate) mod parameters;
pub(crate) mod rows;
mod run;
pub(crate) mod statements;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;
use tracing_subscriber::EnvFilter;

pub(crate) use self::args::{ExplanationFormat, RowFormat, Surroundings};
pub(crate) use self::exit::Exit;
pub(crate) use self::failure::{Failure, Source};
pub(crate) use self::interrupt::Interrupt;
pub(crate) use self::output::Output;
pub(crate) use self::run::{
    export_format, list_corrections, open, script, tell_correction, tell_undone, whole, write_file,
    write_why, write_why_entity, write_why_not,
};

use self::args::{Arguments, Command};

/// What every command gets.
#[derive(Debug)]
pub(crate) struct Context {
    /// Where words go.
    pub(crate) output: Output,
    /// How the user stops running work.
    pub(crate) interrupt: Interrupt,
}

/// Reads the command line, runs what it says, and yields the exit code.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error).into(),
    };
    let context = Context {
        output: Output::new(Surroundings::read(arguments.color)),
        interrupt: Interrupt::install(),
    };
    log(arguments.verbose);
    let outcome = match arguments.command {
        Some(command) => dispatch(command, &context),
        None => crate::shell::run(arguments.file.as_deref(), &context),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => failure.tell(&context.output).into(),
    }
}

/// Help and version are no errors; that nobody reads them is none either.
fn refuse(error: &clap::Error) -> Exit {
    let shown = error.print();
    let asked_for = [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion].contains(&error.kind());
    match shown {
        _ if !asked_for => Exit::Usage,
        Ok(()) => Exit::Done,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done,
        Err(_) => Exit::Failed,
    }
}

fn log(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => "whom=info",
        2 => "whom=debug",
        _ => "whom=trace",
    };
    let installed = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(level))
        .with_writer(std::io::stderr)
        .without_time()
        .try_init();
    if let Err(error) = installed {
        tracing::debug!(%error, "there is a log already");
    }
}

fn dispatch(command: Command, context: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Export(arguments) => run::export(&arguments, context),
        Command::Verify(arguments) => run::verify(&arguments, context),
        Command::Query(arguments) => run::query(&arguments, context),
        Command::Run(arguments) => script::run(&arguments, context),
        Command::Serve(arguments) => run::serve(&arguments, context),
        Command::Completions { shell } => run::completions(shell, context),
        Command::Parse(arguments) => run::parse(&arguments, context),
        Command::Extract(arguments) => run::extract(&arguments, context),
        Command::Build(arguments) => run::build(&arguments, context),
        Command::Remove(arguments) => run::remove(&arguments, context),
        Command::Ask(arguments) => run::ask(&arguments, context),
        Command::Why(arguments) => run::why(&arguments, context),
        Command::WhyNot(arguments) => run::why_not(&arguments, context),
        Command::Merge(arguments) => run::merge(&arguments, context),
        Command::Distinct(arguments) => run::distinct(&arguments, context),
        Command::Split(arguments) => run::split(&arguments, context),
        Command::Rename(arguments) => run::rename(&arguments, context),
        Command::Corrections(arguments) => run::corrections(&arguments, context),
    }
}
