//! The line editor with its four services, and the history.

use std::borrow::Cow;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::{DefaultHistory, History as _};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Editor, Helper};
use whom::{Completions, Session};

use super::{complete, highlight, hint, validate};
use crate::cli::{Failure, Surroundings};

const PROMPT: &str = "whom> ";

/// How many statements the history keeps.
const MOST_HISTORY: usize = 10_000;

/// Reads what the user types.
pub(super) struct LineEditor {
    editor: Editor<Services, DefaultHistory>,
    history: Option<PathBuf>,
    prompt: (&'static str, String),
}

/// What the user typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// A statement or a command, perhaps several.
    Text(String),
    /// Nothing to run: an empty line, or Ctrl-C.
    Nothing,
    /// Ctrl-D.
    End,
}

impl LineEditor {
    /// An editor that completes from the graph of `session`.
    pub(super) fn new(
        session: Rc<RefCell<Session>>,
        surroundings: Surroundings,
    ) -> Result<Self, Failure> {
        let config = Config::builder()
            .max_history_size(MOST_HISTORY)
            .and_then(|builder| builder.history_ignore_dups(true))
            .map_err(failure)?
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .bracketed_paste(true)
            .build();
        let history = surroundings.history;
        let color = surroundings.output_color;
        let mut editor = Editor::with_config(config).map_err(failure)?;
        editor.set_helper(Some(Services {
            session,
            words: RefCell::new(None),
            files: FilenameCompleter::new(),
            color,
        }));
        if let Some(path) = &history
            && let Err(error) = editor.load_history(path)
        {
            tracing::debug!(%error, "no history yet");
        }
        let shown = if color {
            format!("\x1b[1;32m{PROMPT}\x1b[0m")
        } else {
            PROMPT.to_owned()
        };
        Ok(Self {
            editor,
            history,
            prompt: (PROMPT, shown),
        })
    }

    /// The next statement or command.
    pub(super) fn read(&mut self) -> Result<Input, Failure> {
        match self.editor.readline(&self.prompt) {
            Ok(text) if text.trim().is_empty() => Ok(Input::Nothing),
            Ok(text) => {
                self.remember(text.trim_end());
                Ok(Input::Text(text))
            }
            Err(ReadlineError::Interrupted | ReadlineError::Signal(_)) => Ok(Input::Nothing),
            Err(ReadlineError::Eof) => Ok(Input::End),
            Err(error) => Err(failure(error)),
        }
    }

    /// Statements may have changed which names there are.
    pub(super) fn forget_words(&mut self) {
        if let Some(services) = self.editor.helper() {
            services.words.replace(None);
        }
    }

    /// A history that cannot be kept is no reason to stop.
    fn remember(&mut self, text: &str) {
        let kept = self.editor.add_history_entry(text).and_then(|_| {
            let Some(path) = &self.history else {
                return Ok(());
            };
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            self.editor.history_mut().append(path)
        });
        if let Err(error) = kept {
            tracing::debug!(%error, "the history is not kept");
        }
    }
}

fn failure(error: ReadlineError) -> Failure {
    Failure::Output(std::io::Error::other(error))
}

/// What the editor asks while the user types.
struct Services {
    session: Rc<RefCell<Session>>,
    /// The words of the graph, gathered when Tab first asks for them.
    words: RefCell<Option<Completions>>,
    files: FilenameCompleter,
    color: bool,
}

impl Helper for Services {}

impl Completer for Services {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        position: usize,
        context: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        if line.starts_with(":source ") || is_export_file(line) {
            return self.files.complete(line, position, context);
        }
        let mut words = self.words.borrow_mut();
        let words = match &mut *words {
            Some(words) => words,
            empty => match self.session.try_borrow() {
                Ok(session) => empty.insert(session.completions()),
                Err(_) => return Ok((position, Vec::new())),
            },
        };
        let (start, found) = complete::complete(line, position, words);
        let pairs = found
            .into_iter()
            .map(|word| Pair {
                display: word.clone(),
                replacement: word,
            })
            .collect();
        Ok((start, pairs))
    }
}

/// Whether the third word of `:export FORMAT FILE` is being typed.
fn is_export_file(line: &str) -> bool {
    line.starts_with(":export ")
        && line.split(' ').filter(|word| !word.is_empty()).count() >= 2
        && line.trim_start_matches(":export ").contains(' ')
}

impl Hinter for Services {
    type Hint = String;

    fn hint(
        &self,
        line: &str,
        position: usize,
        _context: &rustyline::Context<'_>,
    ) -> Option<String> {
        if position < line.len() {
            return None;
        }
        hint::hint(line)
    }
}

impl Highlighter for Services {
    fn highlight<'l>(&self, line: &'l str, _position: usize) -> Cow<'l, str> {
        if self.color {
            highlight::highlight(line)
        } else {
            Cow::Borrowed(line)
        }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.color {
            Cow::Owned(format!("\x1b[2m{hint}\x1b[0m"))
        } else {
            Cow::Borrowed(hint)
        }
    }

    fn highlight_char(&self, _line: &str, _position: usize, _kind: CmdKind) -> bool {
        self.color
    }
}

impl Validator for Services {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if validate::is_finished(context.input()) {
            ValidationResult::Valid(None)
        } else {
            ValidationResult::Incomplete
        })
    }
}
