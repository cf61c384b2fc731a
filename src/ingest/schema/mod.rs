//! From relationships to the categories of an analyst: a schema, which is data.
//!
//! A schema (`grammar/schemas`, or a file of the user's) says for each category which patterns of
//! statements within one sentence mean it. A pattern of one step whose direction is the
//! category's gives its statement the category; any other makes a statement of its own, typed
//! by the category. Its types name the entities that are of them. `load` reads schemas, `apply` looks for their patterns.

mod apply;
mod load;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::{Diagnostic, nearest};
use crate::model::EntityKind;

/// A word that takes a schema off a graph.
pub const NO_SCHEMA: &str = "none";

/// The schemas that come with the program, by name.
const BUILTIN: &[(&str, &str)] = &[(
    "conflict",
    include_str!("../../../grammar/schemas/conflict.schema"),
)];

/// A schema: its categories, each with the patterns that mean it.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    name: String,
    text: String,
    categories: Vec<Category>,
    sorts: Vec<Sort>,
}

impl Schema {
    /// The schema written in `text`, called `name`.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place in `text`.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let (categories, sorts) = load::parts(text).map_err(|complaints| {
            let named = |complaint: Diagnostic| complaint.in_origin(name);
            complaints.into_iter().map(named).collect::<Vec<_>>()
        })?;
        Ok(Self {
            name: name.to_owned(),
            text: text.to_owned(),
            categories,
            sorts,
        })
    }

    /// The text of the schema of this name that comes with the program.
    pub fn builtin(name: &str) -> Option<&'static str> {
        let found = BUILTIN.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| *text)
    }

    /// The names of the schemas that come with the program.
    pub fn builtin_names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// The name nearest to `name` of those that can be given.
    pub fn nearest(name: &str) -> Option<&'static str> {
        nearest(name, Self::builtin_names().chain([NO_SCHEMA]))
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its categories, in order.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.categories
            .iter()
            .map(|category| category.name.as_ref())
    }
}

/// A type of things in the words of an analyst, and what is of it.
#[derive(Debug, Clone, PartialEq)]
struct Sort {
    name: Arc<str>,
    members: Vec<NodeTest>,
}

/// A category and what means it.
#[derive(Debug, Clone, PartialEq)]
struct Category {
    name: Arc<str>,
    /// Whether it has no direction.
    mutual: bool,
    confidence: f64,
    patterns: Vec<Pattern>,
}

/// A chain of statements of one sentence: node, step, node, step, …
#[derive(Debug, Clone, PartialEq)]
struct Pattern {
    nodes: Vec<NodeTest>,
    steps: Vec<StepTest>,
    /// Which nodes are the ends of the category.
    source: usize,
    target: usize,
}

/// What the end of a statement must be. What is empty asks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct NodeTest {
    kinds: Vec<NodeKind>,
    conditions: Vec<NodeCondition>,
}

/// What an end may be: an entity of a kind, or words that are no entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NodeKind {
    Entity(EntityKind),
    Value,
}

/// One thing that must hold of an end, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
struct NodeCondition {
    test: NodeProperty,
    wanted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum NodeProperty {
    /// Its head word in the text, or of a name or pronoun its description, is one of these nouns.
    Noun(BTreeSet<String>),
    /// It is called so.
    Name(BTreeSet<String>),
    /// It refers by a name, a description or a pronoun.
    Form(Vec<super::MentionKind>),
}

/// What a statement must be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct StepTest {
    /// Whether it is walked from its subject to its object.
    forth: bool,
    predicates: Vec<Vec<PredicatePiece>>,
    conditions: Vec<StepCondition>,
}

/// A piece of a predicate: what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
enum PredicatePiece {
    /// One of these, each of one word or several.
    Words(Vec<Vec<String>>),
    /// Any words, or none.
    Any,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct StepCondition {
    key: StepKey,
    values: BTreeSet<String>,
    wanted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StepKey {
    Polarity,
    Modality,
    Rule,
}
