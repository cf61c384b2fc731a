//! One file per subcommand, and the small ones here.

mod ask;
mod build;
mod correct;
mod document;
mod export;
mod extract;
mod parse;
mod query;
mod read;
pub(crate) mod script;
mod serve;
mod why;

use std::io::Write as _;
use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell as CompletionShell;
use whom::Session;

pub(crate) use self::ask::run as ask;
pub(crate) use self::build::{remove, run as build};
pub(crate) use self::correct::{
    corrections, distinct, list as list_corrections, merge, rename, split, tell as tell_correction,
    tell_undone,
};
pub(crate) use self::export::{format as export_format, run as export, whole, write_file};
pub(crate) use self::extract::run as extract;
pub(crate) use self::parse::run as parse;
pub(crate) use self::query::run as query;
pub(crate) use self::serve::run as serve;
pub(crate) use self::why::{why, why_not, write_why, write_why_entity, write_why_not};

use super::args::{Arguments, VerifyArguments};
use super::{Context, Exit, Failure};

/// The graph in the file at `path`, stopped by Ctrl-C.
pub(crate) fn open(path: &Path, context: &Context) -> Result<Session, Failure> {
    let mut session = Session::open(path)?;
    session.stop_with(context.interrupt.cancel().clone());
    Ok(session)
}

/// The same, the file made if it is not there.
pub(crate) fn open_or_create(path: &Path, context: &Context) -> Result<Session, Failure> {
    let mut session = Session::open_or_create(path)?;
    session.stop_with(context.interrupt.cancel().clone());
    Ok(session)
}

/// `whom verify`.
pub(crate) fn verify(arguments: &VerifyArguments, context: &Context) -> Result<Exit, Failure> {
    let found = Session::verify_file(&arguments.file)?;
    let mut out = context.output.writer();
    for fault in &found.faults {
        writeln!(out, "{fault}")?;
    }
    writeln!(
        out,
        "{}: {} documents, {} nodes, {} relationships, {} pieces of evidence compared with their source",
        if found.faults.is_empty() {
            "sound"
        } else {
            "damaged"
        },
        found.documents,
        found.nodes,
        found.relationships,
        found.evidence,
    )?;
    out.flush()?;
    Ok(if found.faults.is_empty() {
        Exit::Done
    } else {
        Exit::BadFile
    })
}

/// `whom completions`.
pub(crate) fn completions(shell: CompletionShell, context: &Context) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "whom", &mut script);
    let mut out = context.output.writer();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Done)
}
