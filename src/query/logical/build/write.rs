//! Clauses that change the graph.

use std::collections::BTreeSet;

use super::{Builder, Chain, Effects, read};
use crate::query::ast::{Attachment, Direction, Necessity};
use crate::query::checked::{
    CreateNode, CreateRelationship, Expression, Link, Match, Path, SetItem, Slot,
};
use crate::query::logical::plan::Operator;

/// What `paths` add to the graph.
fn creation(paths: &[Path]) -> (Vec<CreateNode>, Vec<CreateRelationship>) {
    let mut nodes = Vec::new();
    let mut relationships = Vec::new();
    for path in paths {
        let mut left = path.start.slot;
        let steps = path.steps.iter().map(|(_, node)| node);
        for node in std::iter::once(&path.start).chain(steps) {
            if !node.bound {
                nodes.push(CreateNode {
                    node: node.slot,
                    labels: node.labels.clone(),
                    properties: node.properties.clone(),
                });
            }
        }
        for (link, node) in &path.steps {
            let Link::Relationship(relationship) = link else {
                // The checker lets nothing else be created.
                continue;
            };
            let (start, end) = match relationship.direction {
                Direction::Outgoing | Direction::Either => (left, node.slot),
                Direction::Incoming => (node.slot, left),
            };
            if let Some(rel_type) = relationship.types.first() {
                relationships.push(CreateRelationship {
                    relationship: relationship.slot,
                    start,
                    end,
                    rel_type: rel_type.clone(),
                    properties: relationship.properties.clone(),
                });
            }
            left = node.slot;
        }
    }
    (nodes, relationships)
}

fn property_expressions<'c>(
    nodes: &'c [CreateNode],
    relationships: &'c [CreateRelationship],
) -> impl Iterator<Item = &'c Expression> {
    let of_nodes = nodes.iter().filter_map(|node| node.properties.as_ref());
    let of_relationships = relationships
        .iter()
        .filter_map(|relationship| relationship.properties.as_ref());
    of_nodes.chain(of_relationships)
}

pub(super) fn create(paths: &[Path], chain: &mut Chain) {
    let (nodes, relationships) = creation(paths);
    chain.before_computing(property_expressions(&nodes, &relationships));
    chain.before_writing();
    if let Operator::Create {
        nodes: earlier_nodes,
        relationships: earlier_relationships,
        ..
    } = &mut chain.root
    {
        // Nothing was read between the two clauses, so one operator does both. Scripts with
        // hundreds of CREATE clauses would else make hundreds of operators.
        earlier_nodes.extend(nodes);
        earlier_relationships.extend(relationships);
    } else {
        chain.wrap(|input| Operator::Create {
            input,
            nodes,
            relationships,
        });
    }
    read::name_paths(paths, chain);
}

pub(super) fn set(items: &[SetItem], chain: &mut Chain) {
    before_setting(items, chain);
    chain.before_writing();
    let items = items.to_vec();
    chain.wrap(|input| Operator::Set { input, items });
}

fn before_setting(items: &[SetItem], chain: &mut Chain) {
    for item in items {
        match item {
            SetItem::Property { of, value, .. } => chain.before_computing([of, value]),
            // The value may be another element, whose properties are read.
            SetItem::Replace { .. } | SetItem::Add { .. } => chain.before_reading(),
            SetItem::RemoveProperty { of, .. } => chain.before_computing([of]),
            SetItem::Labels { .. } | SetItem::RemoveLabels { .. } => {}
        }
    }
}

pub(super) fn delete(targets: &[Expression], attachment: Attachment, chain: &mut Chain) {
    // A row after the first may still have to change or read what the first deletes.
    if chain.reads || chain.writes {
        chain.eager();
    }
    chain.note(Effects {
        reads: targets.iter().any(Expression::reads_graph),
        writes: true,
    });
    let targets = targets.to_vec();
    chain.wrap(|input| Operator::Delete {
        input,
        targets,
        attachment,
    });
}

impl Builder<'_> {
    pub(super) fn merge(
        &mut self,
        path: &Path,
        on_create: &[SetItem],
        on_match: &[SetItem],
        chain: &mut Chain,
    ) {
        if chain.reads || chain.writes {
            chain.eager();
        }
        chain.note(Effects {
            reads: true,
            writes: true,
        });
        let bound: BTreeSet<Slot> = std::iter::once(&path.start)
            .chain(path.steps.iter().map(|(_, node)| node))
            .filter(|node| node.bound)
            .map(|node| node.slot)
            .collect();
        let new: BTreeSet<Slot> = std::iter::once(&path.start)
            .chain(path.steps.iter().map(|(_, node)| node))
            .filter(|node| !node.bound)
            .map(|node| node.slot)
            .collect();
        let unnamed = Path {
            path: None,
            ..path.clone()
        };
        let found = Match {
            necessity: Necessity::Required,
            paths: vec![unnamed],
            condition: None,
            // `(a)-[:R]->(a)`: the second `a` is bound by the first, not by a clause before.
            known: bound.difference(&new).copied().collect(),
        };
        let find = Box::new(self.find(Operator::Argument, &found));
        let (nodes, relationships) = creation(std::slice::from_ref(path));
        let (on_create, on_match) = (on_create.to_vec(), on_match.to_vec());
        chain.wrap(|input| Operator::Merge {
            input,
            find,
            nodes,
            relationships,
            on_create,
            on_match,
        });
        read::name_paths(std::slice::from_ref(path), chain);
    }
}
