//! The graph itself: what it holds, and everything that reads it.
//!
//! The stable graph of petgraph gives a freed place out again, so its places never leave this
//! layer: outside, nodes and relationships are called by ids that are ours and that last.

mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use petgraph::Direction as Way;
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef as _, NodeIndexable as _};

use crate::base::{Interner, Symbol};
use crate::model::{Label, Map, NodeId, PropertyKey, RelId, RelType, Value, property};

use super::algorithm::Watch;
use super::id_set::IdSet;
use super::id_table::IdTable;
use super::index::PropertyIndex;
use super::label_sets::LabelSets;
use super::record::{NodeRecord, NodeView, Properties, RelationshipRecord, RelationshipView};
use super::relationship_properties::RelationshipProperties;
use super::statistics::Statistics;
use super::text::{Owners, TextIndex, TextIndexes};
use super::traverse::{Direction, Neighbour};
use super::view::{NodePlace, ReadView, RelPlace, Side, ViewParts};

/// Properties by which nodes are looked up, indexed in every graph.
const INDEXED: [&str; 4] = [
    property::NAME,
    property::ALIASES,
    property::ID,
    property::SOURCE,
];

/// A property graph in memory.
#[derive(Debug, Clone)]
pub struct PropertyGraph {
    graph: StableDiGraph<NodeRecord, RelationshipRecord>,
    nodes: IdTable,
    relationships: IdTable,
    next_node: i64,
    next_relationship: i64,
    labels: Interner,
    types: Interner,
    keys: Interner,
    label_sets: LabelSets,
    relationship_properties: RelationshipProperties,
    by_label: Vec<IdSet>,
    by_type: Vec<IdSet>,
    /// The indexed properties; an index is made when it is first used.
    by_property: BTreeMap<PropertyKey, OnceLock<PropertyIndex>>,
    view: ViewParts,
    version: u64,
    texts: TextIndexes,
}

impl Default for PropertyGraph {
    fn default() -> Self {
        Self::new()
    }
}

impl PropertyGraph {
    /// An empty graph, its ids beginning at 1.
    pub fn new() -> Self {
        let mut graph = Self {
            graph: StableDiGraph::default(),
            nodes: IdTable::default(),
            relationships: IdTable::default(),
            next_node: 1,
            next_relationship: 1,
            labels: Interner::new(),
            types: Interner::new(),
            keys: Interner::new(),
            label_sets: LabelSets::default(),
            relationship_properties: RelationshipProperties::default(),
            by_label: Vec::new(),
            by_type: Vec::new(),
            by_property: BTreeMap::new(),
            view: ViewParts::default(),
            version: 0,
            texts: TextIndexes::default(),
        };
        for key in INDEXED {
            graph.ensure_index(key);
        }
        graph
    }

    // Names.

    /// The label called `name`, if the graph has ever known it.
    pub fn label(&self, name: &str) -> Option<Label> {
        self.labels.symbol(name).map(Label::from_symbol)
    }

    /// The relationship type called `name`, if the graph has ever known it.
    pub fn rel_type(&self, name: &str) -> Option<RelType> {
        self.types.symbol(name).map(RelType::from_symbol)
    }

    /// The property key called `name`, if the graph has ever known it.
    pub fn property_key(&self, name: &str) -> Option<PropertyKey> {
        self.keys.symbol(name).map(PropertyKey::from_symbol)
    }

    /// The label called `name`, made known if it was not. Holds nothing by itself.
    pub fn intern_label(&mut self, name: &str) -> Label {
        self.forget_view_for(self.labels.symbol(name));
        let symbol = self.labels.intern(name);
        if self.by_label.len() <= symbol.index() {
            self.by_label
                .resize_with(symbol.index() + 1, IdSet::default);
        }
        Label::from_symbol(symbol)
    }

    /// The relationship type called `name`, made known if it was not.
    pub fn intern_rel_type(&mut self, name: &str) -> RelType {
        self.forget_view_for(self.types.symbol(name));
        let symbol = self.types.intern(name);
        if self.by_type.len() <= symbol.index() {
            self.by_type.resize_with(symbol.index() + 1, IdSet::default);
        }
        RelType::from_symbol(symbol)
    }

    /// The property key called `name`, made known if it was not.
    pub fn intern_property_key(&mut self, name: &str) -> PropertyKey {
        self.forget_view_for(self.keys.symbol(name));
        PropertyKey::from_symbol(self.keys.intern(name))
    }

    /// The name of a label.
    pub fn label_name(&self, label: Label) -> Arc<str> {
        self.labels.shared_name(label.symbol())
    }

    /// The name of a relationship type.
    pub fn type_name(&self, rel_type: RelType) -> Arc<str> {
        self.types.shared_name(rel_type.symbol())
    }

    /// The name of a property key.
    pub fn key_name(&self, key: PropertyKey) -> Arc<str> {
        self.keys.shared_name(key.symbol())
    }

    /// The labels that some node has, in the order of the alphabet, with how many have it.
    pub fn labels_in_use(&self) -> BTreeMap<Arc<str>, usize> {
        let names = self.labels.names().zip(&self.by_label);
        names
            .filter(|(_, nodes)| !nodes.is_empty())
            .map(|(name, nodes)| (Arc::from(name), nodes.len()))
            .collect()
    }

    /// The types that some relationship has, in the order of the alphabet, with how many have it.
    pub fn types_in_use(&self) -> BTreeMap<Arc<str>, usize> {
        let names = self.types.names().zip(&self.by_type);
        names
            .filter(|(_, relationships)| !relationships.is_empty())
            .map(|(name, relationships)| (Arc::from(name), relationships.len()))
            .collect()
    }

    /// The property keys that the graph has ever known, in the order in which it met them.
    pub fn property_key_names(&self) -> impl Iterator<Item = &str> {
        self.keys.names()
    }

    /// The property keys that some node or relationship has, in the order of the alphabet; while
    /// not all relationships have been read from a file, those included that they once had.
    ///
    /// Time O(size of the graph).
    pub fn property_keys_in_use(&self) -> BTreeSet<Arc<str>> {
        let mut used = BTreeSet::new();
        for record in self.graph.node_weights() {
            used.extend(record.properties.iter().map(|(key, _)| key));
        }
        for properties in self.relationship_properties.known() {
            used.extend(properties.iter().map(|(key, _)| key));
        }
        if self.relationship_properties.has_unread() {
            used.extend(self.relationship_properties.listed_keys());
        }
        used.into_iter().map(|key| self.key_name(key)).collect()
    }

    // Elements.

    /// The node `id`, if it is there.
    pub fn node(&self, id: NodeId) -> Option<NodeView<'_>> {
        let record = self.graph.node_weight(self.node_index(id)?)?;
        Some(NodeView {
            graph: self,
            record,
        })
    }

    /// The relationship `id`, if it is there.
    pub fn relationship(&self, id: RelId) -> Option<RelationshipView<'_>> {
        self.relationship_at(self.edge_index(id)?)
    }

    /// How many nodes.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// How many relationships.
    pub fn relationship_count(&self) -> usize {
        self.relationships.len()
    }

    /// All nodes in the order of their ids.
    pub fn nodes(&self) -> impl Iterator<Item = NodeView<'_>> {
        self.node_ids_from(NodeId::new(0))
            .filter_map(|id| self.node(id))
    }

    /// All relationships in the order of their ids.
    pub fn relationships(&self) -> impl Iterator<Item = RelationshipView<'_>> {
        self.relationship_ids_from(RelId::new(0))
            .filter_map(|id| self.relationship(id))
    }

    /// The ids of nodes from `start` on, in order.
    pub fn node_ids_from(&self, start: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes.numbers_from(start.number()).map(NodeId::new)
    }

    /// The ids of relationships from `start` on, in order.
    pub fn relationship_ids_from(&self, start: RelId) -> impl Iterator<Item = RelId> + '_ {
        self.relationships
            .numbers_from(start.number())
            .map(RelId::new)
    }

    /// The nodes with `label` from `start` on, in the order of their ids.
    pub fn nodes_with_label_from(
        &self,
        label: Label,
        start: NodeId,
    ) -> impl Iterator<Item = NodeId> + '_ {
        let nodes = self.by_label.get(label.symbol().index());
        nodes
            .into_iter()
            .flat_map(move |nodes| nodes.numbers_from(start.number()))
            .map(NodeId::new)
    }

    /// The nodes with `label`, in the order of their ids.
    pub fn nodes_with_label(&self, label: Label) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes_with_label_from(label, NodeId::new(0))
    }

    /// The relationships of a type from `start` on, in the order of their ids.
    pub fn relationships_of_type_from(
        &self,
        rel_type: RelType,
        start: RelId,
    ) -> impl Iterator<Item = RelId> + '_ {
        let relationships = self.by_type.get(rel_type.symbol().index());
        relationships
            .into_iter()
            .flat_map(move |relationships| relationships.numbers_from(start.number()))
            .map(RelId::new)
    }

    /// The relationships of a type, in the order of their ids.
    pub fn relationships_of_type(&self, rel_type: RelType) -> impl Iterator<Item = RelId> + '_ {
        self.relationships_of_type_from(rel_type, RelId::new(0))
    }

    /// Puts the relationships at `node` into `found`, each with the node at its other end, in
    /// the order of their ids; with no `types`, those of every type. A relationship from a node
    /// to itself comes once.
    pub fn collect_neighbours(
        &self,
        node: NodeId,
        direction: Direction,
        types: &[RelType],
        found: &mut Vec<Neighbour>,
    ) {
        found.clear();
        let Some(index) = self.node_index(node) else {
            return;
        };
        let wanted =
            |record: &RelationshipRecord| types.is_empty() || types.contains(&record.rel_type);
        if matches!(direction, Direction::Outgoing | Direction::Both) {
            for edge in self.graph.edges_directed(index, Way::Outgoing) {
                if wanted(edge.weight()) {
                    found.push(Neighbour {
                        relationship: edge.weight().id(),
                        node: self.id_at(edge.target()),
                    });
                }
            }
        }
        if matches!(direction, Direction::Incoming | Direction::Both) {
            for edge in self.graph.edges_directed(index, Way::Incoming) {
                let seen = direction == Direction::Both && edge.source() == index;
                if wanted(edge.weight()) && !seen {
                    found.push(Neighbour {
                        relationship: edge.weight().id(),
                        node: self.id_at(edge.source()),
                    });
                }
            }
        }
        // The library lists the newest first.
        found.reverse();
        if !found.is_sorted_by_key(|neighbour| neighbour.relationship) {
            found.sort_unstable_by_key(|neighbour| neighbour.relationship);
        }
    }

    /// The relationships at `node`, each with the node at its other end, in the order of their
    /// ids.
    pub fn neighbours(
        &self,
        node: NodeId,
        direction: Direction,
        types: &[RelType],
    ) -> Vec<Neighbour> {
        let mut found = Vec::new();
        self.collect_neighbours(node, direction, types, &mut found);
        found
    }

    /// How many relationships a node has; one to itself counts twice for [`Direction::Both`].
    pub fn degree(&self, node: NodeId, direction: Direction) -> usize {
        let Some(index) = self.node_index(node) else {
            return 0;
        };
        let count = |way| self.graph.edges_directed(index, way).count();
        match direction {
            Direction::Outgoing => count(Way::Outgoing),
            Direction::Incoming => count(Way::Incoming),
            Direction::Both => count(Way::Outgoing) + count(Way::Incoming),
        }
    }

    // Indexes.

    /// Indexes the property `key` of nodes, from now on and for all there are. The index is made
    /// when it is first used: time O(nodes) then.
    pub fn ensure_index(&mut self, key: &str) {
        let key = self.intern_property_key(key);
        self.by_property.entry(key).or_default();
    }

    /// The keys by which nodes can be looked up.
    pub fn indexed_keys(&self) -> impl Iterator<Item = Arc<str>> + '_ {
        self.by_property.keys().map(|key| self.key_name(*key))
    }

    /// Makes the index of `key` now, if there is to be one.
    pub(super) fn index(&self, key: PropertyKey) -> Option<&PropertyIndex> {
        let index = self.by_property.get(&key)?;
        Some(index.get_or_init(|| {
            let mut index = PropertyIndex::default();
            for record in self.graph.node_weights() {
                if let Some(value) = record.properties.value(key) {
                    index.insert(record.id(), value);
                }
            }
            index
        }))
    }

    /// Whether nodes can be looked up by `key`.
    pub fn is_indexed(&self, key: PropertyKey) -> bool {
        self.by_property.contains_key(&key)
    }

    /// The nodes that may have `value` as their `key`, in the order of their ids; `None` if there
    /// is no index or the value is of a kind that none covers.
    pub fn nodes_with_value(
        &self,
        key: PropertyKey,
        value: &Value,
    ) -> Option<impl Iterator<Item = NodeId> + '_> {
        let index = self.index(key)?;
        PropertyIndex::covers(value).then(|| index.nodes(value))
    }

    /// The nodes that may have a list with `item` as their `key`, in the order of their ids;
    /// `None` if there is no index or the value is of a kind that none covers.
    pub fn nodes_with_item(
        &self,
        key: PropertyKey,
        item: &Value,
    ) -> Option<impl Iterator<Item = NodeId> + '_> {
        let index = self.index(key)?;
        PropertyIndex::covers(item).then(|| index.nodes_by_item(item))
    }

    /// The full-text index over the properties `keys`; made at the first call after a change.
    ///
    /// # Errors
    /// That of the watch.
    pub fn text_index<E: Send>(
        &self,
        owners: Owners,
        keys: &[PropertyKey],
        watch: &Watch<'_, E>,
    ) -> Result<Arc<TextIndex>, E> {
        self.texts.index(self, owners, keys, watch)
    }

    /// Counts, for whoever plans a query.
    pub fn statistics(&self) -> Statistics<'_> {
        Statistics::new(self)
    }

    pub(super) fn label_size(&self, label: Label) -> usize {
        self.by_label
            .get(label.symbol().index())
            .map_or(0, IdSet::len)
    }

    /// How many relationships of a type a node has at one side where one of them leads: the mean
    /// over some of these relationships, in hundredths.
    pub(super) fn sampled_degree(&self, rel_type: RelType, side: Side) -> usize {
        /// How many relationships are looked at.
        const SAMPLES: usize = 24;
        /// Where counting stops.
        const MOST: usize = 1000;
        self.view.degree((rel_type, side), || {
            let Some(all) = self.by_type.get(rel_type.symbol().index()) else {
                return 0;
            };
            let samples = all.len().min(SAMPLES);
            let degrees = (0..samples).filter_map(|sample| {
                let id = RelId::new(all.at(sample * all.len() / samples)?);
                let (start, end) = self.graph.edge_endpoints(self.edge_index(id)?)?;
                let edges = match side {
                    Side::Start => self.graph.edges_directed(start, Way::Outgoing),
                    Side::End => self.graph.edges_directed(end, Way::Incoming),
                };
                let of_type = edges.filter(|edge| edge.weight().rel_type == rel_type);
                Some(of_type.take(MOST).count())
            });
            degrees.sum::<usize>() * 100 / samples.max(1)
        })
    }

    pub(super) fn type_size(&self, rel_type: RelType) -> usize {
        self.by_type
            .get(rel_type.symbol().index())
            .map_or(0, IdSet::len)
    }

    pub(super) fn index_size(&self, key: PropertyKey) -> Option<usize> {
        self.index(key).map(PropertyIndex::distinct_values)
    }

    // Ids.

    /// The id that the next new node will have.
    pub fn next_node_id(&self) -> NodeId {
        NodeId::new(self.next_node)
    }

    /// The id that the next new relationship will have.
    pub fn next_relationship_id(&self) -> RelId {
        RelId::new(self.next_relationship)
    }

    /// Keeps all ids below these two from being given, as they were before the graph was saved.
    pub fn reserve_ids(&mut self, node: NodeId, relationship: RelId) {
        self.next_node = self.next_node.max(node.number());
        self.next_relationship = self.next_relationship.max(relationship.number());
    }

    /// Sets the ids that come next, after changes were taken back.
    pub(super) fn restore_next_ids(&mut self, node: NodeId, relationship: RelId) {
        self.next_node = node.number();
        self.next_relationship = relationship.number();
    }

    /// A number that is another after each change, taken back or not. Two graphs may have the
    /// same.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Called by each change.
    fn changed(&mut self) {
        self.version += 1;
        self.view.clear();
        self.texts.clear();
    }

    fn node_index(&self, id: NodeId) -> Option<NodeIndex> {
        self.nodes
            .index(id.number())
            .map(|index| NodeIndex::new(index as usize))
    }

    fn edge_index(&self, id: RelId) -> Option<EdgeIndex> {
        self.relationships
            .index(id.number())
            .map(|index| EdgeIndex::new(index as usize))
    }

    /// The id of the node at a place of the graph library that holds one.
    fn id_at(&self, index: NodeIndex) -> NodeId {
        let record = self.graph.node_weight(index);
        record.map_or(NodeId::new(-1), NodeRecord::id)
    }

    /// Where the relationship at a place of the graph library starts and ends.
    pub(super) fn ends_of(&self, edge: EdgeIndex) -> (NodeId, NodeId) {
        let ends = self.graph.edge_endpoints(edge);
        ends.map_or((NodeId::new(-1), NodeId::new(-1)), |(start, end)| {
            (self.id_at(start), self.id_at(end))
        })
    }

    /// The properties of a relationship that is there, if it has any.
    pub(super) fn properties_of(&self, id: RelId) -> Option<&Properties> {
        let key_of = |name: &str| self.property_key(name);
        self.relationship_properties.get(id.number(), &key_of)
    }

    pub(super) fn labels_of(&self, record: &NodeRecord) -> &[Label] {
        self.label_sets.labels(record.labels)
    }

    pub(super) fn named_properties(&self, properties: &Properties) -> Map {
        properties
            .iter()
            .map(|(key, value)| (self.key_name(key), value.clone()))
            .collect()
    }

    // Reading at large.

    /// The graph laid out for reading; its parts are made when they are first asked for, and last
    /// until the graph changes.
    pub fn read_view(&self) -> ReadView<'_> {
        ReadView::new(self, &self.view)
    }

    /// Says that reading comes next: a view will pay from the first query on.
    pub fn expect_reading(&self) {
        self.view.add_work(u64::from(u32::MAX));
    }

    /// Notes `ticks` of reading done without the view, and yields how many there were since the
    /// graph last changed: when they come to about the size of the graph, a view would have paid.
    pub fn note_reading(&self, ticks: u64) -> u64 {
        self.view.add_work(ticks)
    }

    /// Whether parts of the view may be there already.
    pub fn has_read_view(&self) -> bool {
        !self.view.is_empty()
    }

    /// A view made before a name was known has no place for it.
    fn forget_view_for(&mut self, known: Option<Symbol>) {
        if known.is_none() {
            self.view.clear();
        }
    }

    pub(super) fn type_count(&self) -> usize {
        self.types.len()
    }

    pub(super) fn label_count(&self) -> usize {
        self.labels.len()
    }

    pub(super) fn key_count(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn node_bound(&self) -> usize {
        self.graph.node_bound()
    }

    pub(super) fn node_place(&self, id: NodeId) -> Option<NodePlace> {
        self.nodes.index(id.number())
    }

    pub(super) fn relationship_place(&self, id: RelId) -> Option<RelPlace> {
        self.relationships.index(id.number())
    }

    pub(super) fn node_at(&self, index: NodeIndex) -> Option<NodeView<'_>> {
        let record = self.graph.node_weight(index)?;
        Some(NodeView {
            graph: self,
            record,
        })
    }

    pub(super) fn relationship_at(&self, index: EdgeIndex) -> Option<RelationshipView<'_>> {
        let record = self.graph.edge_weight(index)?;
        Some(RelationshipView {
            graph: self,
            edge: index,
            record,
        })
    }

    /// The relationships of a type, or all, in the order of their ids: place, start, end.
    pub(super) fn links(
        &self,
        rel_type: Option<RelType>,
    ) -> impl Iterator<Item = (RelPlace, NodePlace, NodePlace)> + '_ {
        let of_type = rel_type.map(|known| self.relationships_of_type(known));
        let all = rel_type
            .is_none()
            .then(|| self.relationship_ids_from(RelId::new(0)));
        let ids = of_type
            .into_iter()
            .flatten()
            .chain(all.into_iter().flatten());
        ids.filter_map(|id| {
            let place = self.relationships.index(id.number())?;
            let (start, end) = self.graph.edge_endpoints(EdgeIndex::new(place as usize))?;
            let place_of = |index: NodeIndex| u32::try_from(index.index()).ok();
            Some((place, place_of(start)?, place_of(end)?))
        })
    }

    /// The label with this number, for whoever walks all of them.
    pub(super) fn label_symbols(&self) -> impl Iterator<Item = Label> + use<> {
        (0..self.labels.len()).map(|index| Label::from_symbol(Symbol::from_index(index)))
    }
}
