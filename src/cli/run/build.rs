//! `whom build` and `whom remove`: documents in, documents out.

use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use whom::ingest::{Progress, ReadOptions, Report};
use whom::{BuildOptions, Session};

use super::read::{rules, schema};
use super::{open, open_or_create};
use crate::cli::args::{BuildArguments, RemoveArguments};
use crate::cli::{Context, Exit, Failure};

/// `whom build`.
pub(crate) fn run(arguments: &BuildArguments, context: &Context) -> Result<Exit, Failure> {
    let begun = Instant::now();
    let rules = rules(&arguments.rules, context)?;
    let options = BuildOptions {
        read: ReadOptions {
            threads: arguments.threads.map_or(0, usize::from),
            ..ReadOptions::default()
        },
        rules,
        schema: schema(arguments.schema.as_deref())?,
        ..BuildOptions::default()
    };
    let mut session = open_or_create(&arguments.output, context)?;
    let schema_before = session.schema()?;
    let bar = bar(context, arguments.quiet);
    let outcome = context
        .interrupt
        .listen(|| session.build(&arguments.paths, &options, &|progress| show(&bar, progress)));
    bar.finish_and_clear();
    let built = outcome?;
    for refused in &built.report.refused {
        context.output.complain(&refused.diagnostic(), "");
    }
    for diagnostic in &built.report.diagnostics {
        context.output.complain(diagnostic, "");
    }
    if !arguments.quiet {
        let new_schema = session.schema()? != schema_before;
        let report = (&built.report, new_schema);
        summarize(report, &session, arguments, begun, context);
        if arguments.schema.is_some() {
            let message = match session.schema()? {
                Some(schema) => format!("the graph follows the schema `{}`", schema.name()),
                None => "the graph has no schema".to_owned(),
            };
            context.output.message(&message);
        }
    }
    Ok(if built.report.cancelled {
        Exit::Interrupted
    } else if built.report.refused.is_empty() {
        Exit::Done
    } else {
        Exit::BadInput
    })
}

/// A bar on a terminal, nothing elsewhere.
fn bar(context: &Context, quiet: bool) -> ProgressBar {
    if quiet || !context.output.surroundings.error_is_terminal {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:30} {pos}/{len} files, {elapsed}  {wide_msg}") {
        Ok(style) => bar.set_style(style),
        Err(error) => tracing::debug!(%error, "the bar keeps its looks"),
    }
    bar
}

fn show(bar: &ProgressBar, progress: &Progress<'_>) {
    match progress {
        Progress::Found { files } => bar.set_length(u64::try_from(*files).unwrap_or(u64::MAX)),
        Progress::Analysed { source, .. } | Progress::Unchanged { source } => {
            bar.set_message((*source).to_owned());
            // A table of documents is one file: it counts when it is done.
            if bar.position() + 1 < bar.length().unwrap_or(0) {
                bar.inc(1);
            }
        }
        Progress::Refused(_) => {}
        Progress::Left { files } => {
            let left = u64::try_from(*files).unwrap_or(u64::MAX);
            bar.set_position(bar.length().unwrap_or(0).saturating_sub(left));
        }
    }
}

/// Says what a build did, and whether the graph follows another schema since.
fn summarize(
    (report, new_schema): (&Report, bool),
    session: &Session,
    arguments: &BuildArguments,
    begun: Instant,
    context: &Context,
) {
    let replaced = report
        .read
        .iter()
        .filter(|document| document.replaced)
        .count();
    let mut parts = vec![format!("{} read", documents(report.read.len() - replaced))];
    if replaced > 0 {
        parts.push(format!("{} replaced", documents(replaced)));
    }
    if !report.unchanged.is_empty() {
        parts.push(format!("{} unchanged", report.unchanged.len()));
    }
    if !report.refused.is_empty() {
        parts.push(format!("{} refused", report.refused.len()));
    }
    parts.push(format!("{} sentences", report.sentences()));
    parts.push(format!("{} statements", report.statements()));
    let message = |text: &str| context.output.message(text);
    if report.cancelled {
        message("interrupted; what was read so far is kept, run the same again to go on");
    }
    let nothing = report.read.is_empty() && report.refused.is_empty();
    if nothing && !report.cancelled {
        let what = if new_schema {
            "only the categories changed"
        } else {
            "nothing changed"
        };
        message(&format!(
            "{what}: {} as before",
            documents(report.unchanged.len())
        ));
        return;
    }
    message(&format!(
        "{} in {:.1} s",
        parts.join(", "),
        begun.elapsed().as_secs_f64()
    ));
    let overview = session.overview();
    message(&format!(
        "{}: {} nodes, {} relationships",
        arguments.output.display(),
        overview.nodes,
        overview.relationships,
    ));
    if !report.read.is_empty() {
        message(&format!(
            "ask it: whom ask {0} \"Who …?\"   or open it: whom {0}",
            arguments.output.display()
        ));
    }
}

fn documents(count: usize) -> String {
    match count {
        1 => "1 document".to_owned(),
        many => format!("{many} documents"),
    }
}

/// `whom remove`.
pub(crate) fn remove(arguments: &RemoveArguments, context: &Context) -> Result<Exit, Failure> {
    let mut session = open(&arguments.file, context)?;
    let counts = session.remove(&arguments.document)?;
    context.output.message(&format!(
        "`{}` is gone, and with it {} nodes and {} relationships",
        arguments.document, counts.nodes_deleted, counts.relationships_deleted,
    ));
    Ok(Exit::Done)
}
