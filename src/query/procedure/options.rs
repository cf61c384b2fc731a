//! The options of a procedure: a map, each of its entries asked for by name.
//!
//! Whoever reads an option makes it known; [`Options::finish`] refuses all others. Null stands
//! for an option that is left out.

use std::ops::RangeInclusive;

use crate::base::nearest;
use crate::graph::algorithm::{Reading, Selection};
use crate::graph::{Direction, PropertyGraph};
use crate::model::{Label, Map, NodeId, RelType, Value};
use crate::query::error::RunError;
use crate::query::eval::{short, wrong_type};

const DIRECTIONS: [(&str, Direction); 3] = [
    ("outgoing", Direction::Outgoing),
    ("incoming", Direction::Incoming),
    ("both", Direction::Both),
];

/// The options given to a procedure.
pub(super) struct Options<'o> {
    procedure: &'o str,
    given: Option<&'o Map>,
    known: Vec<&'static str>,
}

impl<'o> Options<'o> {
    /// The options of `procedure`.
    pub(super) fn new(procedure: &'o str, given: &'o Value) -> Result<Self, RunError> {
        let map = given.as_map();
        if map.is_none() && !given.is_null() {
            let what = format!("what {procedure} is given as options");
            return Err(wrong_type(what, "a map", given));
        }
        Ok(Self {
            procedure,
            given: map,
            known: Vec::new(),
        })
    }

    fn value(&mut self, name: &'static str) -> Option<&'o Value> {
        self.known.push(name);
        self.given?.get(name).filter(|value| !value.is_null())
    }

    fn wrong(&self, name: &str, wanted: &'static str, given: &Value) -> RunError {
        let what = format!("option `{name}` of {}", self.procedure);
        wrong_type(what, wanted, given)
    }

    /// The part of the graph that `labels`, `types` and `direction` name. A label or a type that
    /// the graph does not know selects nothing, as in a pattern.
    pub(super) fn selection(
        &mut self,
        graph: &PropertyGraph,
        direction: Direction,
    ) -> Result<Selection, RunError> {
        let direction = self.direction(direction)?;
        self.selection_in(graph, direction)
    }

    /// The same in a direction that cannot be chosen.
    pub(super) fn selection_in(
        &mut self,
        graph: &PropertyGraph,
        direction: Direction,
    ) -> Result<Selection, RunError> {
        Ok(Selection {
            labels: self.labels(graph)?,
            types: self.types(graph)?,
            direction,
            weight: None,
        })
    }

    /// The labels that count; all if `None`.
    pub(super) fn labels(&mut self, graph: &PropertyGraph) -> Result<Option<Vec<Label>>, RunError> {
        let names = self.strings("labels")?;
        Ok(names.map(|names| names.iter().filter_map(|name| graph.label(name)).collect()))
    }

    /// The types that count; all if `None`.
    pub(super) fn types(
        &mut self,
        graph: &PropertyGraph,
    ) -> Result<Option<Vec<RelType>>, RunError> {
        let names = self.strings("types")?;
        Ok(names.map(|names| {
            names
                .iter()
                .filter_map(|name| graph.rel_type(name))
                .collect()
        }))
    }

    fn direction(&mut self, default: Direction) -> Result<Direction, RunError> {
        const NAME: &str = "direction";
        let Some(value) = self.value(NAME) else {
            return Ok(default);
        };
        let known = value.as_str().and_then(|word| {
            let mut known = DIRECTIONS.iter();
            known.find(|(name, _)| name.eq_ignore_ascii_case(word))
        });
        known
            .map(|(_, direction)| *direction)
            .ok_or_else(|| self.wrong(NAME, "'outgoing', 'incoming' or 'both'", value))
    }

    /// The property that the option `name` names gives the relationships of `selection` their
    /// weights.
    pub(super) fn property(
        &mut self,
        name: &'static str,
        reading: Reading,
        graph: &PropertyGraph,
        selection: &mut Selection,
    ) -> Result<Option<String>, RunError> {
        let Some(key) = self.string(name)? else {
            return Ok(None);
        };
        selection.weight = graph.property_key(&key).map(|key| (key, reading));
        if selection.weight.is_none() && graph.relationship_count() > 0 {
            let known = graph.property_keys_in_use();
            let near = nearest(&key, known.iter().map(|known| &**known));
            let help = near.map(|near| format!("did you mean `{near}`?").into());
            return Err(RunError::UnknownWeight {
                option: name,
                key,
                help,
            });
        }
        Ok(Some(key))
    }

    /// A text.
    pub(super) fn string(&mut self, name: &'static str) -> Result<Option<String>, RunError> {
        self.value(name)
            .map(|value| match value.as_str() {
                Some(text) => Ok(text.to_owned()),
                None => Err(self.wrong(name, "a string", value)),
            })
            .transpose()
    }

    /// Texts in a list, or one alone.
    pub(super) fn strings(&mut self, name: &'static str) -> Result<Option<Vec<String>>, RunError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        let texts: Option<Vec<String>> = items
            .iter()
            .map(|item| item.as_str().map(str::to_owned))
            .collect();
        texts
            .map(Some)
            .ok_or_else(|| self.wrong(name, "a string or a list of strings", value))
    }

    /// Nodes in a list, or one alone.
    pub(super) fn nodes(&mut self, name: &'static str) -> Result<Option<Vec<NodeId>>, RunError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        let nodes: Option<Vec<NodeId>> = items.iter().map(Value::as_node).collect();
        nodes
            .map(Some)
            .ok_or_else(|| self.wrong(name, "a node or a list of nodes", value))
    }

    /// A number within `range`, which `wanted` says in words.
    pub(super) fn number(
        &mut self,
        name: &'static str,
        default: f64,
        range: &RangeInclusive<f64>,
        wanted: &'static str,
    ) -> Result<f64, RunError> {
        let Some(value) = self.value(name) else {
            return Ok(default);
        };
        let number = value.as_float();
        number
            .filter(|number| range.contains(number))
            .ok_or_else(|| self.wrong(name, wanted, value))
    }

    /// A whole number from 1 on.
    pub(super) fn count(&mut self, name: &'static str) -> Result<Option<usize>, RunError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let number = value
            .as_integer()
            .and_then(|number| usize::try_from(number).ok());
        match number {
            Some(number) if number > 0 => Ok(Some(number)),
            Some(_) | None => Err(self.wrong(name, "an integer from 1 on", value)),
        }
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&'static str, T)],
        wanted: &'static str,
    ) -> Result<Option<T>, RunError> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let word = value.as_str();
        let known = words.iter().find(|(known, _)| word == Some(*known));
        known
            .map(|(_, meaning)| Some(*meaning))
            .ok_or_else(|| self.wrong(name, wanted, value))
    }

    /// Refuses what no one has asked for.
    pub(super) fn finish(self) -> Result<(), RunError> {
        let Some(option) = self
            .given
            .into_iter()
            .flat_map(Map::keys)
            .find(|option| !self.known.contains(&&***option))
        else {
            return Ok(());
        };
        let near = nearest(option, self.known.iter().copied());
        Err(RunError::UnknownOption {
            procedure: self.procedure.to_owned(),
            option: option.to_string(),
            help: match (near, &*self.known) {
                (Some(near), _) => format!("did you mean `{near}`?").into(),
                (None, []) => "it takes no options".into(),
                (None, known) => format!("it takes {}", known.join(", ")).into(),
            },
        })
    }
}

/// The error for an argument that a procedure cannot use.
pub(super) fn unusable(procedure: &str, argument: &str, given: &Value) -> RunError {
    RunError::InvalidArgumentValue {
        what: format!("argument `{argument}` of {procedure}"),
        given: short(given),
    }
}
