//! Where words go: results to standard output, messages to standard error.

use std::io::{self, BufWriter, Write};

use comfy_table::Table;
use whom::base::{Diagnostic, Style, render_diagnostic};

use super::args::Surroundings;
use super::rows::Fit;

/// The widest table where the terminal does not tell its width.
const DEFAULT_WIDTH: u16 = 100;
/// No terminal is so narrow: one that says so does not know.
const LEAST_WIDTH: u16 = 20;

/// Standard output and standard error, and how to use them.
#[derive(Debug)]
pub(crate) struct Output {
    /// What the surroundings say.
    pub(crate) surroundings: Surroundings,
}

impl Output {
    /// Output as the surroundings want it.
    pub(crate) fn new(surroundings: Surroundings) -> Self {
        Self { surroundings }
    }

    /// Standard output, buffered; flush it to see errors.
    #[expect(clippy::unused_self, reason = "one door for all output")]
    pub(crate) fn writer(&self) -> BufWriter<io::StdoutLock<'static>> {
        BufWriter::new(io::stdout().lock())
    }

    /// How tables are fitted.
    pub(crate) fn fit(&self) -> Fit {
        if self.surroundings.output_is_terminal {
            Fit::Terminal {
                width: Table::new()
                    .width()
                    .filter(|width| *width >= LEAST_WIDTH)
                    .unwrap_or(DEFAULT_WIDTH),
                color: self.surroundings.output_color,
            }
        } else {
            Fit::Content
        }
    }

    /// Shows a complaint about `source`, or about no text if that is empty.
    pub(crate) fn complain(&self, diagnostic: &Diagnostic, source: &str) {
        let style = if self.surroundings.error_color {
            Style::Colored
        } else {
            Style::Plain
        };
        self.message(&render_diagnostic(diagnostic, source, style));
    }

    /// Says `text` on standard error. That nobody listens there is no reason to stop.
    #[expect(clippy::unused_self, reason = "one door for all output")]
    pub(crate) fn message(&self, text: &str) {
        let mut error = io::stderr().lock();
        if writeln!(error, "{text}").is_err() {
            tracing::debug!("standard error is closed");
        }
    }
}
