//! Lines that start with a colon: what they are called, what they take.

use whom::query::{Callable, CallableKind};

/// A command of the shell.
#[derive(Debug)]
pub(crate) struct Command {
    /// What it is called, colon and all.
    pub(crate) name: &'static str,
    /// What it takes, as the help shows it.
    pub(crate) arguments: &'static str,
    /// What it does, in a line.
    pub(crate) does: &'static str,
    /// Words it may be given.
    pub(crate) choices: &'static [&'static str],
}

/// All commands, in the order of the help.
pub(crate) const COMMANDS: &[Command] = &[
    Command {
        name: ":help",
        arguments: "[procedures|functions|NAME]",
        does: "show this, what can be called, or how one of them is called",
        choices: &["procedures", "functions"],
    },
    Command {
        name: ":schema",
        arguments: "",
        does: "show the labels, types and properties of the graph",
        choices: &[],
    },
    Command {
        name: ":documents",
        arguments: "",
        does: "list the documents",
        choices: &[],
    },
    Command {
        name: ":why",
        arguments: "ENTITY [ENTITY] | RELATIONSHIP",
        does: "show why something is in the graph; with one entity, its mentions",
        choices: &[],
    },
    Command {
        name: ":why-not",
        arguments: "ENTITY TYPE ENTITY",
        does: "show why something is not in the graph",
        choices: &[],
    },
    Command {
        name: ":merge",
        arguments: "ENTITY ENTITY...",
        does: "make entities one; the first gives the name",
        choices: &[],
    },
    Command {
        name: ":split",
        arguments: "ENTITY by document | from DOCUMENT... | at DOCUMENT:BYTE...",
        does: "take an entity apart",
        choices: &[],
    },
    Command {
        name: ":distinct",
        arguments: "ENTITY ENTITY...",
        does: "never make these entities one",
        choices: &[],
    },
    Command {
        name: ":rename",
        arguments: "ENTITY NAME",
        does: "call an entity otherwise",
        choices: &[],
    },
    Command {
        name: ":corrections",
        arguments: "",
        does: "list what was put right by hand",
        choices: &[],
    },
    Command {
        name: ":undo",
        arguments: "NUMBER",
        does: "take a correction back",
        choices: &[],
    },
    Command {
        name: ":param",
        arguments: "[NAME=VALUE]",
        does: "set $NAME for the statements that follow; without one, show all",
        choices: &[],
    },
    Command {
        name: ":source",
        arguments: "FILE",
        does: "run a script",
        choices: &[],
    },
    Command {
        name: ":export",
        arguments: "FORMAT [FILE]",
        does: "write the last result as a picture or for other programs; before any, the graph",
        choices: &["dot", "graphml", "json", "csv"],
    },
    Command {
        name: ":format",
        arguments: "table|json|jsonl|csv|markdown",
        does: "show rows in this form",
        choices: &["table", "json", "jsonl", "csv", "markdown"],
    },
    Command {
        name: ":explain",
        arguments: "STATEMENT",
        does: "show how a statement would be run, or the query a question becomes",
        choices: &[],
    },
    Command {
        name: ":profile",
        arguments: "STATEMENT",
        does: "run a statement and show the rows and the time of each step",
        choices: &[],
    },
    Command {
        name: ":timing",
        arguments: "[on|off]",
        does: "show how long statements take",
        choices: &["on", "off"],
    },
    Command {
        name: ":quit",
        arguments: "",
        does: "leave (or Ctrl-D)",
        choices: &[],
    },
];

/// Commands that take names of entities.
pub(crate) const ENTITY_COMMANDS: &[&str] = &[
    ":why",
    ":why-not",
    ":merge",
    ":split",
    ":distinct",
    ":rename",
];

/// What can be called: all procedures, all functions, or those that `wanted` names; `None` if
/// nothing is called so.
pub(crate) fn help_about(wanted: &str, callables: &[Callable]) -> Option<String> {
    let is_procedure = |callable: &Callable| callable.kind == CallableKind::Procedure;
    let fits = |callable: &&Callable| match wanted {
        "procedures" => is_procedure(callable),
        "functions" => !is_procedure(callable),
        name => callable.name.eq_ignore_ascii_case(name),
    };
    let parts: Vec<String> = callables
        .iter()
        .filter(fits)
        .map(|callable| {
            let call = if is_procedure(callable) { "CALL " } else { "" };
            let Callable {
                signature,
                description,
                ..
            } = callable;
            format!("{call}{signature}\n    {description}\n")
        })
        .collect();
    (!parts.is_empty()).then(|| parts.concat())
}

/// The help, as the shell prints it.
pub(crate) fn help() -> String {
    let width = COMMANDS
        .iter()
        .map(|command| command.name.len() + 1 + command.arguments.len())
        .max()
        .unwrap_or(0);
    let mut text = String::from(
        "Type a question in English or a statement in Cypher; a statement may go over several\n\
         lines, an empty line or a semicolon ends it. Tab completes, Ctrl-R searches, Ctrl-C stops.\n\n\
         \x20   Who backs the regime?\n\
         \x20   MATCH (a)-[r:BACK]->(b) RETURN a.name, b.name, r.evidence\n\n",
    );
    for command in COMMANDS {
        let call = format!("{} {}", command.name, command.arguments);
        let line = format!("{:width$}  {}", call.trim_end(), command.does);
        text.push_str(&line);
        text.push('\n');
    }
    text
}
