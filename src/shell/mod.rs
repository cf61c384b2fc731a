//! The interactive shell: reads a statement, runs it, shows what came of it.
//!
//! Each of the line editor's four services is a file of its own ([`complete`], [`highlight`],
//! [`hint`], [`validate`]) and knows nothing of the editor; [`editor`] joins them. Without a
//! terminal the same statements and commands are read from the lines of standard input.

mod command;
mod complete;
mod correct;
mod editor;
mod highlight;
mod hint;
mod validate;

use std::cell::RefCell;
use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::ValueEnum as _;
use whom::base::{Code, Diagnostic, nearest};
use whom::export::Subgraph;
use whom::model::{Map, Value, label};
use whom::{Error, Outcome, Session};

use self::command::COMMANDS;
use crate::cli::rows::{cell_text, write_outcome, write_table};
use crate::cli::statements::{Language, Statement, questions, statements};
use crate::cli::{
    Context, Exit, Failure, RowFormat, Source, answer, export_format, input, open, parameters,
    script, whole, write_file,
};

/// What the user has set, and what was last shown.
struct Shell<'c> {
    context: &'c Context,
    session: Rc<RefCell<Session>>,
    parameters: Map,
    format: RowFormat,
    timing: bool,
    /// The values of the last rows, for `:export`.
    last: Option<Vec<Value>>,
}

/// Whether the shell goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Go,
    Leave,
}

/// Opens the graph at `file`, or an empty one, and runs what is typed.
pub(crate) fn run(file: Option<&Path>, context: &Context) -> Result<Exit, Failure> {
    let session = if let Some(path) = file {
        open_graph(path, context)?
    } else {
        let mut session = Session::in_memory();
        session.stop_with(context.interrupt.cancel().clone());
        session
    };
    let mut shell = Shell {
        context,
        session: Rc::new(RefCell::new(session)),
        parameters: Map::new(),
        format: RowFormat::Table,
        timing: false,
        last: None,
    };
    if context.output.surroundings.input_is_terminal {
        shell.welcome(file);
        shell.timing = true;
        shell.converse()
    } else {
        shell.read_lines()
    }
}

/// `whom biuld` looks like a file that is not there.
fn open_graph(path: &Path, context: &Context) -> Result<Session, Failure> {
    open(path, context).map_err(|failure| {
        let word = path.to_str().filter(|word| !word.contains(['.', '/']));
        let commands = [
            "parse",
            "extract",
            "build",
            "remove",
            "why",
            "why-not",
            "merge",
            "distinct",
            "split",
            "rename",
            "corrections",
            "query",
            "ask",
            "run",
            "export",
            "verify",
            "serve",
            "completions",
            "help",
        ];
        match word.and_then(|word| nearest(word, commands)) {
            Some(command) if !path.exists() => {
                let message = format!("there is no command and no file `{}`", path.display());
                let help = format!("did you mean `whom {command}`?");
                Failure::Complaints {
                    complaints: vec![
                        Diagnostic::error(Code("unknown-command"), message).with_help(help),
                    ],
                    source: String::new(),
                    exit: Exit::Usage,
                }
            }
            Some(_) | None => failure,
        }
    })
}

impl Shell<'_> {
    fn welcome(&self, file: Option<&Path>) {
        let session = self.session.borrow();
        let overview = session.overview();
        let labelled = |wanted: &str| {
            overview
                .labels
                .iter()
                .find(|(name, _)| name == wanted)
                .map_or(0, |(_, count)| *count)
        };
        let name = file.map_or_else(
            || "an empty graph that is not kept".to_owned(),
            |path| path.display().to_string(),
        );
        self.context.output.message(&format!(
            "whom {}  {name}: {}, {}, {}. :help tells more.",
            env!("CARGO_PKG_VERSION"),
            counted(labelled(label::DOCUMENT), "document", "documents"),
            counted(labelled(label::ENTITY), "entity", "entities"),
            counted(overview.relationships, "relationship", "relationships"),
        ));
    }

    /// Reads from a terminal until the user leaves. A failed statement is shown and forgotten.
    fn converse(&mut self) -> Result<Exit, Failure> {
        let surroundings = &self.context.output.surroundings;
        let session = Rc::clone(&self.session);
        let mut editor = editor::LineEditor::new(session, surroundings.clone())?;
        loop {
            let input = match editor.read()? {
                editor::Input::Text(text) => text,
                editor::Input::Nothing => continue,
                editor::Input::End => return Ok(Exit::Done),
            };
            match self.take(&input) {
                Ok(Next::Go) => {}
                Ok(Next::Leave) => return Ok(Exit::Done),
                Err(Failure::Output(error)) => return Err(Failure::Output(error)),
                Err(failure) => drop(failure.tell(&self.context.output)),
            }
            editor.forget_words();
        }
    }

    /// Reads lines that nobody types. The first failure ends it, as in a script.
    fn read_lines(&mut self) -> Result<Exit, Failure> {
        let mut waiting = String::new();
        for line in io::stdin().lock().split(b'\n') {
            let bytes = line.map_err(|error| Failure::file(Path::new("-"), "read", &error))?;
            let line = String::from_utf8(bytes).map_err(|_| {
                let message = "standard input is not text in UTF-8";
                Failure::input(Diagnostic::error(Code("not-utf8"), message))
            })?;
            let is_command = line.trim_start().starts_with(':') && !is_open(&waiting);
            if is_command && self.take(&std::mem::take(&mut waiting))? == Next::Leave {
                return Ok(Exit::Done);
            }
            waiting.push_str(&line);
            waiting.push('\n');
            let complete = is_command || line.trim().is_empty() || is_ended(&waiting);
            if complete && self.take(&std::mem::take(&mut waiting))? == Next::Leave {
                return Ok(Exit::Done);
            }
        }
        self.take(&waiting)?;
        Ok(Exit::Done)
    }

    /// Runs a command, or all statements of `input`.
    fn take(&mut self, input: &str) -> Result<Next, Failure> {
        let trimmed = input.trim();
        if trimmed.starts_with(':') {
            // Of several pasted lines the first may be a command.
            let (command, rest) = trimmed.split_once('\n').unwrap_or((trimmed, ""));
            return match self.obey(command.trim())? {
                Next::Leave => Ok(Next::Leave),
                Next::Go if rest.trim().is_empty() => Ok(Next::Go),
                Next::Go => self.take(rest),
            };
        }
        for statement in statements(input) {
            self.run(input, statement)?;
        }
        Ok(Next::Go)
    }

    fn run(&mut self, input: &str, statement: Statement) -> Result<(), Failure> {
        let text = statement.span.of(input);
        let begun = Instant::now();
        let output = &self.context.output;
        let about = |error| Failure::Library {
            error: Box::new(error),
            source: Source {
                text: input.trim_end().to_owned(),
                origin: None,
                offset_bytes: statement.span.start(),
            },
        };
        let mut out = output.writer();
        match statement.language {
            Language::Cypher => {
                let outcome = self
                    .stoppable(|session, parameters| session.query(text, parameters))
                    .map_err(about)?;
                let fit = output.fit();
                write_outcome(&mut out, &outcome, self.format, fit)?;
                out.flush()?;
                for note in &outcome.notes {
                    output.complain(&note.diagnostic(text), text);
                }
                self.report(&outcome, begun.elapsed());
                if !outcome.columns.is_empty() {
                    self.last = Some(outcome.rows.into_iter().flatten().collect());
                }
            }
            Language::English => {
                for question in questions(text) {
                    let found = self
                        .stoppable(|session, _| session.ask(question))
                        .map_err(about)?;
                    answer::write(&mut out, question, &found, self.format, output)?;
                    out.flush()?;
                    let cited = self.session.borrow().cited(&found);
                    self.last = Some(cited);
                }
                if self.timing {
                    output.message(&duration_text(begun.elapsed()));
                }
            }
        }
        Ok(())
    }

    /// Runs `work`, which Ctrl-C stops.
    fn stoppable<T>(
        &self,
        work: impl FnOnce(&mut Session, &Map) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut session = self.session.borrow_mut();
        self.context
            .interrupt
            .listen(|| work(&mut session, &self.parameters))
    }

    /// Says how many rows there were, what changed and how long it took.
    fn report(&self, outcome: &Outcome, taken: Duration) {
        let mut parts = Vec::new();
        if self.timing && !outcome.columns.is_empty() {
            parts.push(counted(outcome.rows.len(), "row", "rows"));
        }
        parts.extend(outcome.changes_text());
        if self.timing {
            parts.push(duration_text(taken));
        }
        if !parts.is_empty() {
            self.context.output.message(&parts.join(", "));
        }
    }

    fn obey(&mut self, line: &str) -> Result<Next, Failure> {
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match name {
            ":help" | ":h" | ":?" => self.help(rest)?,
            ":schema" => self.schema()?,
            ":documents" => self.documents()?,
            ":param" | ":params" => self.set_parameter(rest)?,
            ":source" => self.source(rest)?,
            ":export" => self.export(rest)?,
            ":format" => self.set_format(rest)?,
            ":explain" => self.explain(rest)?,
            ":profile" => self.profile(rest)?,
            ":timing" => {
                self.timing = match rest {
                    "on" => true,
                    "off" => false,
                    _ => !self.timing,
                };
                let state = if self.timing { "on" } else { "off" };
                self.context.output.message(&format!("timing is {state}"));
            }
            ":quit" | ":q" | ":exit" => return Ok(Next::Leave),
            unknown if self.put_right(unknown, rest)? => {}
            unknown => {
                let known = COMMANDS.iter().map(|command| command.name);
                let help = match nearest(unknown, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`:help` lists the commands".to_owned(),
                };
                let message = format!("there is no command `{unknown}`");
                return Err(refused("unknown-command", &message, &help));
            }
        }
        Ok(Next::Go)
    }

    fn help(&self, about: &str) -> Result<(), Failure> {
        if about.is_empty() {
            return self.show(&command::help());
        }
        let callables = self.session.borrow().callables();
        let name = about.trim_end_matches(['(', ')']);
        if let Some(text) = command::help_about(name, &callables) {
            return self.show(&text);
        }
        let known = callables.iter().map(|callable| callable.name.as_str());
        let help = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`:help procedures` and `:help functions` list what can be called".to_owned(),
        };
        let message = format!("nothing is called `{about}`");
        Err(refused("unknown-callable", &message, &help))
    }

    fn show(&self, text: &str) -> Result<(), Failure> {
        let mut out = self.context.output.writer();
        writeln!(out, "{}", text.trim_end())?;
        out.flush()?;
        Ok(())
    }

    fn schema(&self) -> Result<(), Failure> {
        let overview = self.session.borrow().overview();
        let fit = self.context.output.fit();
        let mut out = self.context.output.writer();
        for (title, counts) in [
            ("label", &overview.labels),
            ("relationship type", &overview.types),
        ] {
            let rows: Vec<Vec<String>> = counts
                .iter()
                .map(|(name, count)| vec![name.clone(), count.to_string()])
                .collect();
            write_table(
                &mut out,
                &[title.to_owned(), "count".to_owned()],
                &rows,
                fit,
            )?;
            writeln!(out)?;
        }
        writeln!(out, "properties: {}", overview.keys.join(", "))?;
        out.flush()?;
        Ok(())
    }

    fn documents(&self) -> Result<(), Failure> {
        let documents = self.session.borrow().documents()?;
        let rows: Vec<Vec<String>> = documents
            .iter()
            .map(|document| {
                vec![
                    document.document.to_string(),
                    document.title.clone().unwrap_or_default(),
                    document
                        .published
                        .map_or_else(String::new, |date| date.to_string()),
                ]
            })
            .collect();
        let columns = ["source", "title", "published"].map(str::to_owned);
        let mut out = self.context.output.writer();
        write_table(&mut out, &columns, &rows, self.context.output.fit())?;
        out.flush()?;
        Ok(())
    }

    fn set_parameter(&mut self, rest: &str) -> Result<(), Failure> {
        if rest.is_empty() {
            let rows: Vec<Vec<String>> = self
                .parameters
                .iter()
                .map(|(name, value)| vec![format!("${name}"), cell_text(value)])
                .collect();
            let columns = ["parameter", "value"].map(str::to_owned);
            let mut out = self.context.output.writer();
            write_table(&mut out, &columns, &rows, self.context.output.fit())?;
            out.flush()?;
            return Ok(());
        }
        let Some((name, value)) = rest.split_once(['=', ' ']) else {
            let message = "a parameter is set with `:param name=value`";
            return Err(refused("bad-command", message, "`:param` alone shows all"));
        };
        let name = name.trim().trim_start_matches('$').trim_end_matches(':');
        let value = value
            .trim()
            .trim_start_matches("=>")
            .trim_start_matches('>')
            .trim();
        self.parameters
            .insert(Arc::from(name), parameters::value(value));
        Ok(())
    }

    fn source(&mut self, rest: &str) -> Result<(), Failure> {
        let path = Path::new(rest.trim_end_matches(';'));
        let text = input::text(path)?;
        let mut session = self.session.borrow_mut();
        let origin = path.display().to_string();
        script::run_text(
            &mut session,
            &text,
            &origin,
            &self.parameters,
            self.format,
            self.context,
        )
    }

    fn export(&self, rest: &str) -> Result<(), Failure> {
        let (name, file) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let format = export_format(name)?;
        let session = self.session.borrow();
        let subgraph = match &self.last {
            Some(values) => Subgraph::of_values(session.graph(), values.iter()),
            None => whole(&session, format),
        };
        let file = file.trim();
        if file.is_empty() {
            let mut out = self.context.output.writer();
            whom::export::write(&subgraph, format, &mut out)?;
            out.flush()?;
            return Ok(());
        }
        let path = Path::new(file);
        write_file(path, &subgraph, format)?;
        self.context.output.message(&format!(
            "{} nodes and {} relationships written to {file}",
            subgraph.nodes().len(),
            subgraph.relationships().len(),
        ));
        Ok(())
    }

    fn set_format(&mut self, rest: &str) -> Result<(), Failure> {
        match RowFormat::from_str(rest, true) {
            Ok(format) => {
                self.format = format;
                Ok(())
            }
            Err(_) => Err(refused(
                "unknown-format",
                &format!("there is no format `{rest}`"),
                "there are table, json, jsonl, csv and markdown",
            )),
        }
    }

    fn explain(&mut self, rest: &str) -> Result<(), Failure> {
        let statement = only_statement(rest, "explain")?;
        let text = statement.span.of(rest);
        match statement.language {
            Language::Cypher => {
                let outcome = self
                    .stoppable(|session, parameters| session.plan(text, parameters))
                    .map_err(|error| Failure::about(error, text))?;
                self.show_outcome(&outcome)
            }
            Language::English => {
                let explained = self
                    .stoppable(|session, _| session.explain_question(text))
                    .map_err(|error| Failure::about(error, text))?;
                self.show(&explained)
            }
        }
    }

    fn profile(&mut self, rest: &str) -> Result<(), Failure> {
        let statement = only_statement(rest, "profile")?;
        let text = statement.span.of(rest);
        match statement.language {
            Language::Cypher => {
                let outcome = self
                    .stoppable(|session, parameters| session.profile(text, parameters))
                    .map_err(|error| Failure::about(error, text))?;
                self.show_outcome(&outcome)
            }
            Language::English => Err(refused(
                "bad-command",
                "only a statement in Cypher can be profiled",
                "`:explain` shows the statement that a question becomes",
            )),
        }
    }

    fn show_outcome(&self, outcome: &Outcome) -> Result<(), Failure> {
        let mut out = self.context.output.writer();
        write_outcome(&mut out, outcome, self.format, self.context.output.fit())?;
        out.flush()?;
        if let Some(text) = outcome.changes_text() {
            self.context.output.message(&text);
        }
        Ok(())
    }
}

/// The first statement of `rest`, for a command that wants one.
fn only_statement(rest: &str, command: &str) -> Result<Statement, Failure> {
    statements(rest).into_iter().next().ok_or_else(|| {
        refused(
            "bad-command",
            &format!("there is nothing to {command}"),
            &format!("write the statement after `:{command}`"),
        )
    })
}

fn refused(code: &'static str, message: &str, help: &str) -> Failure {
    Failure::Complaints {
        complaints: vec![Diagnostic::error(Code(code), message).with_help(help)],
        source: String::new(),
        exit: Exit::BadInput,
    }
}

/// Whether `text` breaks off inside a string, a comment or a bracket.
fn is_open(text: &str) -> bool {
    statements(text).last().is_some_and(|last| last.open)
}

/// Whether the last statement of `text` is marked as ended, or is a question.
fn is_ended(text: &str) -> bool {
    statements(text)
        .last()
        .is_some_and(|last| last.ended || last.language == Language::English)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn duration_text(taken: Duration) -> String {
    let millis = taken.as_secs_f64() * 1000.0;
    if millis < 10.0 {
        format!("{millis:.1} ms")
    } else if millis < 10_000.0 {
        format!("{millis:.0} ms")
    } else {
        format!("{:.1} s", millis / 1000.0)
    }
}
