//! What can be called, in words: one list for help, completions and listings.

use super::function::{described_aggregates, described_functions};
use super::procedure::Procedures;

/// Which sort of thing is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallableKind {
    /// After CALL.
    Procedure,
    /// In an expression.
    Function,
    /// In an expression, over many rows.
    Aggregate,
}

/// Something that can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callable {
    /// The name.
    pub name: String,
    /// The name with what it takes and gives.
    pub signature: String,
    /// What it does, in a line.
    pub description: String,
    /// Which sort it is.
    pub kind: CallableKind,
}

/// Everything that can be called: procedures, then functions and aggregates, each by name.
pub fn callables(procedures: &Procedures) -> Vec<Callable> {
    let mut all: Vec<Callable> = procedures
        .signatures()
        .map(|signature| Callable {
            name: signature.name.clone(),
            signature: signature.to_string(),
            description: signature.description.clone(),
            kind: CallableKind::Procedure,
        })
        .collect();
    let described = |kind| {
        move |(name, signature, description): (&str, &str, &str)| Callable {
            name: name.to_owned(),
            signature: format!("{name}{signature}"),
            description: description.to_owned(),
            kind,
        }
    };
    let mut functions: Vec<Callable> = described_functions()
        .map(described(CallableKind::Function))
        .chain(described_aggregates().map(described(CallableKind::Aggregate)))
        .collect();
    functions.sort_by(|one, other| one.name.cmp(&other.name));
    all.extend(functions);
    all
}
