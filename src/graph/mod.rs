//! The property graph in memory: nodes, relationships, properties, indexes, transactions.
//!
//! The main types are [`PropertyGraph`], which is read, and [`Transaction`], through which it
//! is changed and which yields the [`ChangeSet`] that the store writes. This layer alone sees
//! the graph library; it knows nothing of files and of queries.

pub mod algorithm;
mod bulk;
mod change;
mod error;
mod id_set;
mod id_table;
mod index;
mod label_sets;
pub mod path_search;
mod property_graph;
mod record;
mod relationship_properties;
mod statistics;
pub mod text;
mod transaction;
mod traverse;
mod view;

pub use self::change::{Change, ChangeCounts, ChangeSet};
pub use self::error::GraphError;
pub use self::property_graph::PropertyGraph;
pub use self::record::{NodeView, RelationshipView};
pub use self::statistics::Statistics;
pub use self::transaction::Transaction;
pub use self::traverse::{Direction, Neighbour};
pub use self::view::{Adjacency, Column, NodePlace, NodeSet, ReadView, RelPlace, Side};

pub(crate) use self::bulk::Bulk;
pub(crate) use self::relationship_properties::{KeyOf, ReadProperties, StoredProperties};
