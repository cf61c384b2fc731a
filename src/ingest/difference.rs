//! The change that brings a graph from what the documents said to what they say now.
//!
//! Three sides are compared: the graph that the documents made before, the graph that they make
//! now, and the graph as it is. What the user changed (first against last) stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::analysis::Analysis;
use super::assemble::{Assembly, NodeKey, Said, WantedNode, WantedRelationship, document_key};
use crate::graph::{Change, ChangeSet, Direction, NodeView, PropertyGraph, RelationshipView};
use crate::model::{Map, NodeId, RelId, Value, label, property, rel_type};

/// The change that turns `graph`, which holds what `before` made and what the user did to it,
/// into one that holds what `now` makes and what the user did to it.
///
/// Nodes and relationships that the user made are left alone, properties that the user set keep
/// their values, and what the user removed is not made again. A node that stands for the same
/// mentions as before keeps its [`NodeId`], even when its name changes; when one becomes part of
/// another, what the user hung on it moves to that.
///
/// Time is linear in the graph and in what the documents say.
#[tracing::instrument(level = "debug", skip_all)]
pub fn changes(before: &Assembly<'_>, now: &Assembly<'_>, graph: &PropertyGraph) -> ChangeSet {
    let mut work = Work {
        graph,
        nodes: nodes_by_key(graph),
        renamed: BTreeMap::new(),
        names_now: BTreeMap::new(),
        next_node: graph.next_node_id().number(),
        next_relationship: graph.next_relationship_id().number(),
        removed_relationships: Vec::new(),
        removed_ids: BTreeSet::new(),
        created_nodes: Vec::new(),
        settings: Vec::new(),
        created_relationships: Vec::new(),
        stale: BTreeMap::new(),
        successors: BTreeMap::new(),
        wanted: BTreeSet::new(),
    };
    work.rename_entities(before, now);
    let mut said = relationships_by_document(graph);
    work.entities(before, now);
    let sources: BTreeSet<&str> = before.sources().chain(now.sources()).collect();
    for source in sources {
        let there = said.remove(source).unwrap_or_default();
        work.document(before, now, source, &there);
    }
    // Statements of documents that neither side knows: left by an analysis that is gone.
    for relationships in said.into_values() {
        for id in relationships {
            work.remove_relationship(id);
        }
    }
    work.forget_strangers();
    work.move_the_users_work(before);
    work.finished()
}

/// The nodes that documents made, by their keys.
fn nodes_by_key(graph: &PropertyGraph) -> BTreeMap<NodeKey, NodeId> {
    let mut found = BTreeMap::new();
    for label in [label::ENTITY, label::VALUE, label::UNSTATED] {
        let Some(label) = graph.label(label) else {
            continue;
        };
        for node in graph.nodes_with_label(label) {
            let id = graph
                .node(node)
                .and_then(|node| node.property_named(property::ID))
                .and_then(Value::as_str);
            if let Some(id) = id {
                found.entry(id.to_owned()).or_insert(node);
            }
        }
    }
    if let Some(label) = graph.label(label::DOCUMENT) {
        for node in graph.nodes_with_label(label) {
            let source = graph
                .node(node)
                .and_then(|node| node.property_named(property::SOURCE))
                .and_then(Value::as_str);
            if let Some(source) = source {
                found.entry(document_key(source)).or_insert(node);
            }
        }
    }
    found
}

/// Whether a relationship was made from a document: it says by which rule and in which clause, or
/// how often a document speaks of an entity.
fn made_by_document<'g>(
    graph: &'g PropertyGraph,
    relationship: RelationshipView<'g>,
) -> Option<&'g str> {
    if &*relationship.type_name() == rel_type::MENTIONED_IN {
        relationship.property_named(property::COUNT)?;
        return graph
            .node(relationship.end())?
            .property_named(property::SOURCE)?
            .as_str();
    }
    relationship.property_named(property::RULE)?;
    relationship.property_named(property::CLAUSE)?;
    relationship.property_named(property::DOCUMENT)?.as_str()
}

fn relationships_by_document(graph: &PropertyGraph) -> BTreeMap<&str, Vec<RelId>> {
    let mut found: BTreeMap<&str, Vec<RelId>> = BTreeMap::new();
    for relationship in graph.relationships() {
        if let Some(source) = made_by_document(graph, relationship) {
            found.entry(source).or_default().push(relationship.id());
        }
    }
    found
}

/// What tells the statements of a document apart; equal ones are told apart by their number.
type StatementKey = (String, NodeKey, NodeKey, i64, String);

fn statement_key(
    rel_type: &str,
    start: &str,
    end: &str,
    properties: impl Fn(&str) -> Option<Value>,
) -> StatementKey {
    let clause = properties(property::CLAUSE)
        .as_ref()
        .and_then(Value::as_integer)
        .unwrap_or_default();
    let rule = properties(property::RULE)
        .as_ref()
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    (
        rel_type.to_owned(),
        start.to_owned(),
        end.to_owned(),
        clause,
        rule,
    )
}

fn wanted_key(wanted: &WantedRelationship) -> StatementKey {
    statement_key(&wanted.rel_type, &wanted.start, &wanted.end, |name| {
        wanted.properties.get(name).cloned()
    })
}

/// Whether both analyses make the same statements, but for which entities the words mean.
fn same_statements(one: &Analysis, other: &Analysis) -> bool {
    one.statements.len() == other.statements.len()
        && one.statements.iter().zip(&other.statements).all(|(a, b)| {
            (a.sentence, a.clause, &a.relation, &a.rule)
                == (b.sentence, b.clause, &b.relation, &b.rule)
                && (a.subject_at, a.object_at) == (b.subject_at, b.object_at)
        })
}

/// The change in the making.
struct Work<'g> {
    graph: &'g PropertyGraph,
    nodes: BTreeMap<NodeKey, NodeId>,
    /// Old keys of entities by their new ones.
    renamed: BTreeMap<NodeKey, NodeKey>,
    /// New keys of entities by their old ones.
    names_now: BTreeMap<NodeKey, NodeKey>,
    next_node: i64,
    next_relationship: i64,
    removed_relationships: Vec<RelId>,
    removed_ids: BTreeSet<RelId>,
    created_nodes: Vec<Change>,
    settings: Vec<Change>,
    created_relationships: Vec<Change>,
    /// Nodes that no document wants any more.
    stale: BTreeMap<NodeId, NodeKey>,
    /// Which entity a node that is no longer wanted has become part of.
    successors: BTreeMap<NodeId, NodeKey>,
    /// Nodes that some document wants.
    wanted: BTreeSet<NodeId>,
}

impl Work<'_> {
    /// Finds the entities that stand for the same mentions under a new id.
    fn rename_entities(&mut self, before: &Assembly<'_>, now: &Assembly<'_>) {
        let mut shared: BTreeMap<(&NodeKey, &NodeKey), usize> = BTreeMap::new();
        for (member, new) in now.members() {
            if let Some(old) = before.members().get(member)
                && old != new
                && !before.entities().contains_key(new)
                && !now.entities().contains_key(old)
            {
                *shared.entry((new, old)).or_default() += 1;
            }
        }
        let mut pairs: Vec<((&NodeKey, &NodeKey), usize)> = shared.into_iter().collect();
        pairs.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
        let mut used: BTreeSet<&NodeKey> = BTreeSet::new();
        for ((new, old), _) in pairs {
            if self.renamed.contains_key(new) || !used.insert(old) {
                continue;
            }
            if let Some(node) = self.nodes.remove(old.as_str()) {
                self.nodes.insert(new.clone(), node);
                self.renamed.insert(new.clone(), old.clone());
                self.names_now.insert(old.clone(), new.clone());
            }
        }
    }

    fn entities(&mut self, before: &Assembly<'_>, now: &Assembly<'_>) {
        for (key, wanted) in now.entities() {
            let old_key = self.renamed.get(key).unwrap_or(key);
            let old = before.entities().get(old_key).cloned();
            self.node(key, old.as_ref(), wanted);
        }
        let taken_over: BTreeSet<NodeKey> = self.renamed.values().cloned().collect();
        let mut became: BTreeMap<&NodeKey, BTreeSet<&NodeKey>> = BTreeMap::new();
        for (member, old) in before.members() {
            if let Some(new) = now.members().get(member) {
                became.entry(old).or_default().insert(new);
            }
        }
        for key in before.entities().keys() {
            if !now.entities().contains_key(key)
                && !taken_over.contains(key)
                && let Some(node) = self.nodes.get(key)
            {
                self.stale.insert(*node, key.clone());
                let one = became.get(key).filter(|new| new.len() == 1);
                if let Some(new) = one.and_then(BTreeSet::first) {
                    self.successors.insert(*node, (*new).clone());
                }
            }
        }
    }

    fn document(
        &mut self,
        before: &Assembly<'_>,
        now: &Assembly<'_>,
        source: &str,
        there: &[RelId],
    ) {
        let key = document_key(source);
        let old_node = before.document_node(source);
        match now.document_node(source) {
            Some(wanted) => self.node(&key, old_node.as_ref(), &wanted),
            None => {
                if let Some(node) = self.nodes.get(&key) {
                    self.stale.insert(*node, key);
                }
            }
        }
        let old = before.said(source);
        let new = now.said(source);
        for (key, wanted) in &new.nodes {
            self.node(key, old.nodes.get(key), wanted);
        }
        for key in old.nodes.keys() {
            if !new.nodes.contains_key(key)
                && let Some(node) = self.nodes.get(key)
            {
                self.stale.insert(*node, key.clone());
            }
        }
        let aligned = before
            .analysis(source)
            .zip(now.analysis(source))
            .is_some_and(|(before, now)| same_statements(before, now));
        self.relationships(&old, &new, there, aligned);
    }

    /// Makes the node of `key`, or brings it up to date.
    fn node(&mut self, key: &str, old: Option<&WantedNode>, wanted: &WantedNode) {
        let there = self.nodes.get(key).and_then(|id| self.graph.node(*id));
        match (there, old) {
            (Some(node), _) => {
                self.wanted.insert(node.id());
                self.update_node(node, old, wanted);
            }
            // It was made once and is gone: the user removed it.
            (None, Some(_)) => {}
            (None, None) => {
                let id = NodeId::new(self.next_node);
                self.next_node += 1;
                self.nodes.insert(key.to_owned(), id);
                self.created_nodes.push(Change::CreateNode {
                    id,
                    labels: wanted
                        .labels
                        .iter()
                        .map(|label| Arc::from(*label))
                        .collect(),
                    properties: wanted.properties.clone(),
                });
            }
        }
    }

    fn update_node(&mut self, node: NodeView<'_>, old: Option<&WantedNode>, wanted: &WantedNode) {
        let id = node.id();
        let labels = node.label_names();
        let has = |name: &str| labels.iter().any(|label| &**label == name);
        let had = |name: &str| old.is_some_and(|old| old.labels.contains(&name));
        for name in &wanted.labels {
            if !has(name) && !had(name) {
                self.settings.push(Change::AddLabel {
                    node: id,
                    label: Arc::from(*name),
                });
            }
        }
        for name in old.iter().flat_map(|old| &old.labels) {
            if has(name) && !wanted.labels.contains(name) {
                self.settings.push(Change::RemoveLabel {
                    node: id,
                    label: Arc::from(*name),
                });
            }
        }
        let settings = settings(old.map(|old| &old.properties), &wanted.properties, |key| {
            node.property_named(key).cloned()
        });
        for (key, value) in settings {
            self.settings.push(Change::SetNodeProperty {
                node: id,
                key,
                value,
            });
        }
    }

    /// `aligned` says that the statements are the same, one by one, but for which entities their
    /// words mean.
    fn relationships(&mut self, old: &Said, new: &Said, there: &[RelId], aligned: bool) {
        let mut present = self.present_by_key(there);
        self.by_key(&old.mentions, &new.mentions, &mut present);
        if aligned {
            self.one_by_one(&old.statements, &new.statements, &mut present);
        } else {
            self.by_key(&old.statements, &new.statements, &mut present);
        }
        for id in present.into_values().flatten() {
            self.remove_relationship(id);
        }
    }

    /// Brings relationships up to date, those of equal keys taken for the same.
    fn by_key(
        &mut self,
        old: &[WantedRelationship],
        new: &[WantedRelationship],
        present: &mut BTreeMap<StatementKey, Vec<RelId>>,
    ) {
        let mut old_by_key: BTreeMap<StatementKey, Vec<&WantedRelationship>> = BTreeMap::new();
        for wanted in old {
            old_by_key
                .entry(self.key_now(wanted))
                .or_default()
                .push(wanted);
        }
        let mut new_by_key: BTreeMap<StatementKey, Vec<&WantedRelationship>> = BTreeMap::new();
        for wanted in new {
            new_by_key
                .entry(wanted_key(wanted))
                .or_default()
                .push(wanted);
        }
        for (key, wanted) in new_by_key {
            let present = present.remove(&key).unwrap_or_default();
            let old = old_by_key.remove(&key).unwrap_or_default();
            for (number, wanted) in wanted.iter().enumerate() {
                let was = old.get(number).copied();
                match (present.get(number), was) {
                    (Some(id), was) => self.update_relationship(*id, was, wanted),
                    (None, Some(_)) => {}
                    (None, None) => self.create_relationship(wanted),
                }
            }
            for id in present.into_iter().skip(wanted.len()) {
                self.remove_relationship(id);
            }
        }
    }

    /// Brings relationships up to date, each taken for the one of its place: when an end of it
    /// has become another entity, the relationship moves there with all that the user did to it.
    fn one_by_one(
        &mut self,
        old: &[WantedRelationship],
        new: &[WantedRelationship],
        present: &mut BTreeMap<StatementKey, Vec<RelId>>,
    ) {
        let mut seen: BTreeMap<StatementKey, usize> = BTreeMap::new();
        let mut kept: BTreeSet<RelId> = BTreeSet::new();
        for (was, wanted) in old.iter().zip(new) {
            let key = self.key_now(was);
            let number = seen.entry(key.clone()).or_default();
            let id = present.get(&key).and_then(|ids| ids.get(*number)).copied();
            *number += 1;
            // What was made once and is gone was removed by the user.
            let Some(id) = id else {
                continue;
            };
            if key == wanted_key(wanted) {
                self.update_relationship(id, Some(was), wanted);
                kept.insert(id);
            } else {
                self.move_relationship(id, was, wanted);
            }
        }
        for ids in present.values_mut() {
            ids.retain(|id| !kept.contains(id));
        }
    }

    /// The key of what was made before, its ends under the ids that they have now.
    fn key_now(&self, wanted: &WantedRelationship) -> StatementKey {
        let mut key = wanted_key(wanted);
        // What was made between entities that have a new id since is looked up under that id.
        for end in [&mut key.1, &mut key.2] {
            if let Some(name) = self.names_now.get(end) {
                end.clone_from(name);
            }
        }
        key
    }

    fn move_relationship(
        &mut self,
        id: RelId,
        was: &WantedRelationship,
        wanted: &WantedRelationship,
    ) {
        let Some(relationship) = self.graph.relationship(id) else {
            return;
        };
        let mut properties = relationship.to_relationship().properties().clone();
        let settings = settings(Some(&was.properties), &wanted.properties, |key| {
            relationship.property_named(key).cloned()
        });
        for (key, value) in settings {
            if value.is_null() {
                properties.remove(&key);
            } else {
                properties.insert(key, value);
            }
        }
        self.create_relationship(&WantedRelationship {
            properties,
            ..wanted.clone()
        });
        self.remove_relationship(id);
    }

    fn present_by_key(&self, there: &[RelId]) -> BTreeMap<StatementKey, Vec<RelId>> {
        let mut found: BTreeMap<StatementKey, Vec<RelId>> = BTreeMap::new();
        for id in there {
            let Some(relationship) = self.graph.relationship(*id) else {
                continue;
            };
            let (Some(start), Some(end)) = (
                self.key_of(relationship.start()),
                self.key_of(relationship.end()),
            ) else {
                // It hangs on a node that no document made: the user moved it, it is the user's.
                continue;
            };
            let key = statement_key(&relationship.type_name(), &start, &end, |name| {
                relationship.property_named(name).cloned()
            });
            found.entry(key).or_default().push(*id);
        }
        found
    }

    fn key_of(&self, node: NodeId) -> Option<NodeKey> {
        let node = self.graph.node(node)?;
        if let Some(source) = node
            .property_named(property::SOURCE)
            .and_then(Value::as_str)
            && self
                .graph
                .label(label::DOCUMENT)
                .is_some_and(|label| node.has_label(label))
        {
            return Some(document_key(source));
        }
        let id = node.property_named(property::ID)?.as_str()?;
        let now = self.names_now.get(id);
        Some(now.cloned().unwrap_or_else(|| id.to_owned()))
    }

    fn create_relationship(&mut self, wanted: &WantedRelationship) {
        // An end that is missing was removed by the user, and its statements with it.
        let (Some(start), Some(end)) = (
            self.nodes.get(&wanted.start).copied(),
            self.nodes.get(&wanted.end).copied(),
        ) else {
            return;
        };
        self.create(&wanted.rel_type, (start, end), wanted.properties.clone());
    }

    fn create(&mut self, rel_type: &str, (start, end): (NodeId, NodeId), properties: Map) {
        let id = RelId::new(self.next_relationship);
        self.next_relationship += 1;
        self.created_relationships.push(Change::CreateRelationship {
            id,
            rel_type: Arc::from(rel_type),
            start,
            end,
            properties,
        });
    }

    fn update_relationship(
        &mut self,
        id: RelId,
        old: Option<&WantedRelationship>,
        wanted: &WantedRelationship,
    ) {
        let Some(relationship) = self.graph.relationship(id) else {
            return;
        };
        let settings = settings(old.map(|old| &old.properties), &wanted.properties, |key| {
            relationship.property_named(key).cloned()
        });
        for (key, value) in settings {
            self.settings.push(Change::SetRelationshipProperty {
                relationship: id,
                key,
                value,
            });
        }
    }

    fn remove_relationship(&mut self, id: RelId) {
        if self.removed_ids.insert(id) {
            self.removed_relationships.push(id);
        }
    }

    /// Marks as stale what neither side knows and yet was made by documents: left by an analysis
    /// that can no longer be read. Entities that a user made are not counted ("mentions").
    fn forget_strangers(&mut self) {
        for node in self.nodes.values() {
            let Some(view) = self.graph.node(*node) else {
                continue;
            };
            let labelled = |name: &str| {
                self.graph
                    .label(name)
                    .is_some_and(|label| view.has_label(label))
            };
            let made = labelled(label::VALUE)
                || labelled(label::UNSTATED)
                || (labelled(label::ENTITY) && view.property_named(property::MENTIONS).is_some());
            if made && !self.wanted.contains(node) {
                self.stale.entry(*node).or_default();
            }
        }
    }

    /// Moves what the user hung on an entity that has become part of another: relationships,
    /// labels, and properties that the other does not have.
    fn move_the_users_work(&mut self, before: &Assembly<'_>) {
        let successors = std::mem::take(&mut self.successors);
        let node_of = |work: &Self, node: NodeId| match successors.get(&node) {
            Some(key) => work.nodes.get(key).copied(),
            None => Some(node),
        };
        let mut moved: BTreeSet<RelId> = BTreeSet::new();
        for (node, key) in &successors {
            let incident = self.graph.neighbours(*node, Direction::Both, &[]);
            for id in incident.iter().map(|neighbour| neighbour.relationship) {
                let Some(relationship) = self.graph.relationship(id) else {
                    continue;
                };
                if self.removed_ids.contains(&id) || !moved.insert(id) {
                    continue;
                }
                let ends = (
                    node_of(self, relationship.start()),
                    node_of(self, relationship.end()),
                );
                if let (Some(start), Some(end)) = ends {
                    let whole = relationship.to_relationship();
                    self.create(whole.rel_type(), (start, end), whole.properties().clone());
                    self.remove_relationship(id);
                }
            }
            self.move_the_users_words(*node, key, before);
        }
    }

    fn move_the_users_words(&mut self, node: NodeId, key: &str, before: &Assembly<'_>) {
        let heir = self.nodes.get(key).and_then(|id| self.graph.node(*id));
        let (Some(node), Some(heir)) = (self.graph.node(node), heir) else {
            return;
        };
        let old_key = self.stale.get(&node.id());
        let Some(old) = old_key.and_then(|key| before.entities().get(key)) else {
            return;
        };
        for (name, value) in node.to_node().properties() {
            let own = old.properties.contains_key(name);
            if !own && heir.property_named(name).is_none() {
                self.settings.push(Change::SetNodeProperty {
                    node: heir.id(),
                    key: Arc::clone(name),
                    value: value.clone(),
                });
            }
        }
        for label in node.label_names() {
            let there = heir.label_names().iter().any(|known| **known == *label);
            if !old.labels.contains(&&*label) && !there {
                self.settings.push(Change::AddLabel {
                    node: heir.id(),
                    label,
                });
            }
        }
    }

    /// All changes in an order in which each can be made.
    fn finished(self) -> ChangeSet {
        let mut changes: Vec<Change> = self
            .removed_relationships
            .iter()
            .map(|id| Change::RemoveRelationship { id: *id })
            .collect();
        for node in self.stale.keys() {
            let kept = self
                .graph
                .neighbours(*node, Direction::Both, &[])
                .iter()
                .any(|neighbour| !self.removed_ids.contains(&neighbour.relationship));
            // What the user hung a relationship on stays.
            if !kept {
                changes.push(Change::RemoveNode { id: *node });
            }
        }
        changes.extend(self.created_nodes);
        changes.extend(self.settings);
        changes.extend(self.created_relationships);
        changes.into_iter().collect()
    }
}

/// Which properties are to be set (null: removed), so that the user's values stay: those that
/// differ from what was made before.
fn settings(
    old: Option<&Map>,
    wanted: &Map,
    present: impl Fn(&str) -> Option<Value>,
) -> Vec<(Arc<str>, Value)> {
    let mut found = Vec::new();
    for (key, value) in wanted {
        let there = present(key);
        if there.as_ref() == Some(value) {
            continue;
        }
        let made = old.and_then(|old| old.get(key));
        let by_user = old.is_some() && there.as_ref() != made;
        if !by_user {
            found.push((Arc::clone(key), value.clone()));
        }
    }
    for (key, made) in old.into_iter().flatten() {
        if !wanted.contains_key(key) && present(key).as_ref() == Some(made) {
            found.push((Arc::clone(key), Value::Null));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::changes;
    use crate::graph::{ChangeCounts, PropertyGraph, Transaction};
    use crate::ingest::analysis::{
        ANALYSIS_FORMAT, Analysis, EntityRecord, ObjectRecord, SentenceRecord, StatementRecord,
    };
    use crate::ingest::assemble;
    use crate::model::{NodeId, Value};

    fn entity(name: &str) -> EntityRecord {
        EntityRecord {
            name: name.to_owned(),
            aliases: Vec::new(),
            proper_names: vec![name.to_owned()],
            kind: "Person".to_owned(),
            description: None,
            mentions: 1,
            proper: true,
            unique: false,
            stated: true,
            places: Vec::new(),
            merges: Vec::new(),
            parted: false,
            category: None,
        }
    }

    fn statement(clause: u32, relation: &str, object: ObjectRecord) -> StatementRecord {
        StatementRecord {
            sentence: 0,
            clause,
            subject: Some(0),
            subject_at: None,
            subject_text: None,
            relation: relation.to_owned(),
            text: relation.to_lowercase(),
            object,
            object_at: None,
            object_text: None,
            polarity: "affirmed".to_owned(),
            modality: "asserted".to_owned(),
            attributed_to: None,
            attributed_at: None,
            attributed_text: None,
            when: None,
            time: None,
            place: None,
            arguments: Vec::new(),
            quantity: None,
            inferred: false,
            confidence: 0.9,
            rule: "verb".to_owned(),
            category: None,
        }
    }

    /// A document in which Ada meets `whom`, and sleeps.
    fn document(source: &str, whom: &str) -> Analysis {
        Analysis {
            format: ANALYSIS_FORMAT,
            source: source.to_owned(),
            title: None,
            published: Some("2024-05-06".to_owned()),
            hash: String::new(),
            text: format!("Ada met {whom}."),
            sentences: vec![SentenceRecord { start: 0, end: 9 }],
            entities: vec![entity("Ada Lovelace"), entity(whom)],
            statements: vec![
                statement(0, "MEET", ObjectRecord::Entity(1)),
                statement(1, "SLEEP", ObjectRecord::Unstated),
            ],
            own_rules: BTreeMap::new(),
            asides: Vec::new(),
        }
    }

    fn bring(graph: &mut PropertyGraph, before: &[Analysis], now: &[Analysis]) -> ChangeCounts {
        let before = assemble(before.iter().map(|analysis| (analysis, None)), &[], None);
        let now = assemble(now.iter().map(|analysis| (analysis, None)), &[], None);
        let change = changes(&before, &now, graph);
        change.apply(graph).unwrap();
        change.counts()
    }

    fn shown(graph: &PropertyGraph) -> Vec<String> {
        let name = |id: NodeId| {
            let node = graph.node(id).unwrap();
            let name = ["name", "source"]
                .into_iter()
                .find_map(|key| node.property_named(key).and_then(Value::as_str));
            name.unwrap_or("?").to_owned()
        };
        let mut lines: Vec<String> = graph
            .relationships()
            .map(|relationship| {
                format!(
                    "{} {} {}",
                    name(relationship.start()),
                    relationship.type_name(),
                    name(relationship.end())
                )
            })
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn documents_come_change_and_go_without_a_trace() {
        let mut graph = PropertyGraph::new();
        let one = [document("a.txt", "Mary")];
        let counts = bring(&mut graph, &[], &one);
        assert_eq!((counts.nodes_created, counts.relationships_created), (4, 4));
        let first = shown(&graph);
        assert_eq!(
            first,
            [
                "Ada Lovelace MEET Mary",
                "Ada Lovelace MENTIONED_IN a.txt",
                "Ada Lovelace SLEEP ?",
                "Mary MENTIONED_IN a.txt",
            ]
        );
        let again = bring(&mut graph, &one, &one);
        assert_eq!(again, ChangeCounts::default());
        let two = [document("a.txt", "Charles"), document("b.txt", "Mary")];
        bring(&mut graph, &one, &two);
        assert!(shown(&graph).contains(&"Ada Lovelace MEET Charles".to_owned()));
        bring(&mut graph, &two, &one);
        assert_eq!(shown(&graph), first);
        bring(&mut graph, &one, &[]);
        assert_eq!((graph.node_count(), graph.relationship_count()), (0, 0));
    }

    #[test]
    fn what_an_unreadable_analysis_left_goes() {
        let mut graph = PropertyGraph::new();
        let one = [document("a.txt", "Mary")];
        bring(&mut graph, &[], &one);
        bring(&mut graph, &[], &[document("b.txt", "Charles")]);
        assert_eq!(
            shown(&graph),
            [
                "Ada Lovelace MEET Charles",
                "Ada Lovelace MENTIONED_IN b.txt",
                "Ada Lovelace SLEEP ?",
                "Charles MENTIONED_IN b.txt",
            ]
        );
    }

    #[test]
    fn what_the_user_did_stays() {
        let mut graph = PropertyGraph::new();
        let one = [document("a.txt", "Mary")];
        bring(&mut graph, &[], &one);
        let ada = graph
            .nodes()
            .find(|node| node.property_named("name") == Some(&Value::String("Ada Lovelace".into())))
            .unwrap()
            .id();
        let sleeps = graph
            .relationships()
            .find(|relationship| &*relationship.type_name() == "SLEEP")
            .unwrap()
            .id();
        let mut transaction = Transaction::new(&mut graph);
        let (born, name) = (
            transaction.property_key("born"),
            transaction.property_key("name"),
        );
        transaction
            .set_node_property(ada, born, Value::Integer(1815))
            .unwrap();
        transaction
            .set_node_property(ada, name, Value::String("Countess".into()))
            .unwrap();
        transaction.remove_relationship(sleeps).unwrap();
        let note = transaction.label("Note");
        let mine = transaction.create_node(&[note], &[]).unwrap();
        let about = transaction.rel_type("ABOUT");
        transaction
            .create_relationship(about, mine, ada, &[])
            .unwrap();
        transaction.commit();
        let two = [document("a.txt", "Mary"), document("b.txt", "Mary")];
        bring(&mut graph, &one, &two);
        let node = graph.node(ada).unwrap();
        assert_eq!(
            node.property_named("name"),
            Some(&Value::String("Countess".into()))
        );
        assert_eq!(node.property_named("born"), Some(&Value::Integer(1815)));
        assert_eq!(node.property_named("mentions"), Some(&Value::Integer(2)));
        let sleeping = shown(&graph)
            .into_iter()
            .filter(|line| line.contains("SLEEP"))
            .count();
        assert_eq!(
            sleeping, 1,
            "the removed statement stays away, the new one is there"
        );
        bring(&mut graph, &two, &[]);
        assert_eq!(shown(&graph), ["? ABOUT Countess"]);
    }
}
