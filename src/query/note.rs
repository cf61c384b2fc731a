//! What is odd about a query that runs: names the graph does not know, tests that never hold.

use std::collections::BTreeSet;

use crate::base::{Code, Diagnostic, Span, nearest};
use crate::graph::PropertyGraph;
use crate::model::property;

use super::ast::Literal;
use super::checked::{Expression, ExpressionKind, Name, SetItem, Slot};
use super::logical::{Estimates, Operator, Plan};
use super::parse::place_of_name;

/// The most names that are listed as known.
const MOST_LISTED: usize = 8;

/// Something odd about a query that is no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// A label that no node bears.
    UnknownLabel {
        /// The label.
        label: String,
        /// What to do about it.
        help: String,
    },
    /// A type that no relationship has.
    UnknownType {
        /// The type.
        rel_type: String,
        /// What to do about it.
        help: String,
    },
    /// A property that nothing has.
    UnknownProperty {
        /// The key.
        key: String,
        /// What to do about it.
        help: String,
    },
    /// A comparison with null, which is never true.
    ComparisonWithNull {
        /// Where.
        span: Span,
    },
}

impl Note {
    /// The same for people, about the query `text`.
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        let (code, message, help, span) = match self {
            Self::UnknownLabel { label, help } => (
                "unknown-label",
                format!("no node bears the label `{label}`"),
                help.as_str(),
                place_of_name(text, label),
            ),
            Self::UnknownType { rel_type, help } => (
                "unknown-type",
                format!("no relationship has the type `{rel_type}`"),
                help.as_str(),
                place_of_name(text, rel_type),
            ),
            Self::UnknownProperty { key, help } => (
                "unknown-property",
                format!("nothing in the graph has a property `{key}`"),
                help.as_str(),
                place_of_name(text, key),
            ),
            Self::ComparisonWithNull { span } => (
                "comparison-with-null",
                "a comparison with null is never true".to_owned(),
                "write IS NULL or IS NOT NULL",
                Some(*span),
            ),
        };
        let diagnostic = Diagnostic::warning(Code(code), message).with_help(help);
        match span {
            Some(span) => diagnostic.at(span, ""),
            None => diagnostic,
        }
    }
}

/// What is odd about `plan` on `graph`; of an empty graph nothing is known, so nothing is odd.
pub(super) fn notes(plan: &Plan, graph: &PropertyGraph) -> Vec<Note> {
    if graph.node_count() == 0 {
        return Vec::new();
    }
    let estimates: &dyn Estimates = graph;
    let mut names = Names::default();
    for root in std::iter::once(&plan.root).chain(&plan.subqueries) {
        names.operators(root);
    }
    let mut notes = Vec::new();
    let unknown = |names: &BTreeSet<Name>, made: &BTreeSet<Name>| -> Vec<Name> {
        names.difference(made).cloned().collect()
    };
    for label in unknown(&names.labels, &names.made) {
        let is_type = estimates.relationships_of_type(&label) > 0;
        if estimates.nodes_with_label(&label) == 0 && !is_type {
            let known = graph.labels_in_use();
            let help = help(&label, "labels", known.keys().map(AsRef::as_ref).collect());
            notes.push(Note::UnknownLabel {
                label: label.to_string(),
                help,
            });
        }
    }
    for rel_type in unknown(&names.types, &names.made) {
        if estimates.relationships_of_type(&rel_type) == 0 {
            let known = graph.types_in_use();
            let help = help(
                &rel_type,
                "types",
                known.keys().map(AsRef::as_ref).collect(),
            );
            notes.push(Note::UnknownType {
                rel_type: rel_type.to_string(),
                help,
            });
        }
    }
    for key in unknown(&names.keys, &names.made_keys) {
        // What the schema knows may be there tomorrow: a graph need not quote anybody.
        let known = property::ALL.contains(&&*key) || graph.property_key(&key).is_some();
        if !known && !names.makes_any_key {
            let help = help(&key, "properties", graph.property_key_names().collect());
            notes.push(Note::UnknownProperty {
                key: key.to_string(),
                help,
            });
        }
    }
    let nulls = names.nulls.into_iter();
    notes.extend(nulls.map(|span| Note::ComparisonWithNull { span }));
    notes
}

fn help(name: &str, what: &str, known: Vec<&str>) -> String {
    if let Some(near) = nearest(name, known.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    if known.is_empty() {
        return format!("the graph has no {what} at all");
    }
    let more = if known.len() > MOST_LISTED {
        ", …"
    } else {
        ""
    };
    let listed: Vec<&str> = known.into_iter().take(MOST_LISTED).collect();
    format!("known {what} are {}{more}", listed.join(", "))
}

/// The names that a plan reads and those that it makes.
#[derive(Default)]
struct Names {
    labels: BTreeSet<Name>,
    types: BTreeSet<Name>,
    keys: BTreeSet<Name>,
    made: BTreeSet<Name>,
    made_keys: BTreeSet<Name>,
    /// Whether properties are set from a map, whose keys are not known.
    makes_any_key: bool,
    /// Where nodes and relationships lie: what is read of others may be a map.
    elements: BTreeSet<Slot>,
    nulls: Vec<Span>,
}

impl Names {
    /// Gathers the names of `last`, of what it starts anew, and of all before it.
    fn operators(&mut self, last: &Operator) {
        // From the first operator to the last, so that slots are known before they are read.
        let mut chain = vec![last];
        while let Some(input) = chain.last().and_then(|operator| operator.input()) {
            chain.push(input);
        }
        while let Some(operator) = chain.pop() {
            for inner in operator.inner() {
                self.operators(inner);
            }
            self.operator(operator);
            for expression in operator.expressions() {
                self.expression(expression);
            }
        }
    }

    fn operator(&mut self, operator: &Operator) {
        if let Operator::NodesByLabel { label, .. } = operator {
            self.labels.insert(label.clone());
        } else if let Operator::NodesByProperty { label, key, .. } = operator {
            self.labels.extend(label.clone());
            self.keys.insert(key.clone());
        } else if let Operator::Expand(expand) = operator {
            self.types.extend(expand.types.iter().cloned());
            self.elements.insert(expand.relationship);
            self.elements.insert(expand.to.slot());
        } else if let Operator::ExpandMany(expand) = operator {
            self.types.extend(expand.types.iter().cloned());
            self.elements.insert(expand.to.slot());
        } else if let Operator::ShortestPath(path) = operator {
            self.types.extend(path.types.iter().cloned());
        } else if let Operator::Ends { types, .. } | Operator::Walk { types, .. } = operator {
            self.types.extend(types.iter().cloned());
        } else if let Operator::Create {
            nodes,
            relationships,
            ..
        }
        | Operator::Merge {
            nodes,
            relationships,
            ..
        } = operator
        {
            self.made
                .extend(nodes.iter().flat_map(|node| node.labels.iter().cloned()));
            self.made
                .extend(relationships.iter().map(|made| made.rel_type.clone()));
            let maps = nodes
                .iter()
                .filter_map(|node| node.properties.as_ref())
                .chain(
                    relationships
                        .iter()
                        .filter_map(|made| made.properties.as_ref()),
                );
            for map in maps {
                self.made_of(map);
            }
        }
        if let Operator::AllNodes { node, .. }
        | Operator::NodesByLabel { node, .. }
        | Operator::NodesByProperty { node, .. }
        | Operator::NodeById { node, .. } = operator
        {
            self.elements.insert(*node);
        }
        if let Operator::Set { items, .. } = operator {
            for item in items {
                self.set(item);
            }
        } else if let Operator::Merge {
            on_create,
            on_match,
            ..
        } = operator
        {
            for item in on_create.iter().chain(on_match) {
                self.set(item);
            }
        }
    }

    fn set(&mut self, item: &SetItem) {
        match item {
            SetItem::Property { key, .. } => {
                self.made_keys.insert(key.clone());
            }
            SetItem::Replace { value, .. } | SetItem::Add { value, .. } => self.made_of(value),
            SetItem::Labels { labels, .. } => self.made.extend(labels.iter().cloned()),
            SetItem::RemoveProperty { .. } | SetItem::RemoveLabels { .. } => {}
        }
    }

    fn made_of(&mut self, map: &Expression) {
        if let ExpressionKind::Map(entries) = &map.kind {
            self.made_keys
                .extend(entries.iter().map(|(key, _)| key.clone()));
        } else {
            self.makes_any_key = true;
        }
    }

    fn expression(&mut self, expression: &Expression) {
        let mut open = vec![expression];
        while let Some(expression) = open.pop() {
            if let ExpressionKind::HasLabels { labels, .. } = &expression.kind {
                self.labels.extend(labels.iter().cloned());
            } else if let ExpressionKind::Property { of, key } = &expression.kind
                && let ExpressionKind::Slot(slot) = of.kind
                && self.elements.contains(&slot)
            {
                self.keys.insert(key.clone());
            } else if let ExpressionKind::Comparison { left, right, .. } = &expression.kind {
                let null = ExpressionKind::Literal(Literal::Null);
                if (left.kind == null || right.kind == null) && !expression.span.is_empty() {
                    self.nulls.push(expression.span);
                }
            }
            open.extend(expression.children());
        }
    }
}
