//! How a run ends, as the shell that started it sees it.

use std::process::ExitCode;

/// The exit codes, for scripts. They are an interface: see the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All went well. An answer of "nothing" is an answer.
    Done,
    /// The work could not be done: a statement failed while running, the disk is full, a file is
    /// missing or locked.
    Failed,
    /// The command line was not understood.
    Usage,
    /// What was given to read was not understood: a query, a question, a rule file, a text.
    BadInput,
    /// The graph file is no graph, is damaged, or is of a later version.
    BadFile,
    /// The user interrupted; what was finished before is kept.
    Interrupted,
}

impl Exit {
    /// The number.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::BadInput => 3,
            Self::BadFile => 4,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

/// The table shown at the foot of `whom --help`.
pub(crate) const TABLE: &str = "\
Exit codes:
  0    all went well (no answer found is well, too)
  1    the work could not be done: a failing statement, a missing file, a full disk
  2    the command line was not understood
  3    the input was not understood: a query, a question, a rule file, a text
  4    the graph file is no graph, is damaged, or was written by a later version
  130  interrupted; what was finished before is kept";
