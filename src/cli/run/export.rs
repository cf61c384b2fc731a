//! `whom export`: the graph, or what a query finds, in another form.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use whom::Session;
use whom::base::{Code, Diagnostic, nearest};
use whom::export::{Format, Subgraph};

use super::open;
use crate::cli::args::ExportArguments;
use crate::cli::input::is_standard_input;
use crate::cli::{Context, Exit, Failure, parameters};

/// `whom export`.
pub(crate) fn run(arguments: &ExportArguments, context: &Context) -> Result<Exit, Failure> {
    let format = format(&arguments.format)?;
    let mut session = open(&arguments.file, context)?;
    let subgraph = match &arguments.query {
        Some(query) => {
            let values = parameters::parameters(&arguments.parameters.parameters);
            let outcome = context
                .interrupt
                .listen(|| session.query(query, &values))
                .map_err(|error| Failure::about(error, query))?;
            Subgraph::of_values(session.graph(), outcome.rows.iter().flatten())
        }
        None => whole(&session, format),
    };
    let path = arguments.output.as_deref();
    if let Some(path) = path.filter(|path| !is_standard_input(path)) {
        write_file(path, &subgraph, format)?;
    } else {
        let mut out = context.output.writer();
        whom::export::write(&subgraph, format, &mut out)?;
        out.flush()?;
    }
    Ok(Exit::Done)
}

/// Writes `subgraph` to the file at `path`.
pub(crate) fn write_file(path: &Path, subgraph: &Subgraph, format: Format) -> Result<(), Failure> {
    let refused = |error: &std::io::Error| Failure::file(path, "write", error);
    let file = File::create(path).map_err(|error| refused(&error))?;
    let mut out = BufWriter::new(file);
    whom::export::write(subgraph, format, &mut out)
        .and_then(|()| out.flush())
        .map_err(|error| refused(&error))
}

/// The whole graph; in a picture without the documents, which would tie everything together.
pub(crate) fn whole(session: &Session, format: Format) -> Subgraph {
    match format {
        Format::Dot => Subgraph::statements(session.graph()),
        Format::GraphMl | Format::Json | Format::Csv => Subgraph::whole(session.graph()),
    }
}

/// The format called `name`.
pub(crate) fn format(name: &str) -> Result<Format, Failure> {
    Format::from_name(name).ok_or_else(|| {
        let known = Format::ALL.map(|(_, name)| name);
        let message = format!("there is no format `{name}`");
        let help = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`? there are {}", known.join(", ")),
            None => format!("there are {}", known.join(", ")),
        };
        Failure::Complaints {
            complaints: vec![Diagnostic::error(Code("unknown-format"), message).with_help(help)],
            source: String::new(),
            exit: Exit::Usage,
        }
    })
}
