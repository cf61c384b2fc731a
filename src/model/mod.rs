//! The words every layer shares: values, nodes, relationships, entities, evidence.
//!
//! Knows nothing of storage, of query text, or of how a value was found.

mod duration;
mod element;
mod entity;
mod evidence;
mod iso;
mod lexicon;
mod name;
mod order;
mod schema;
mod statement;
mod temporal;
mod value;
mod value_type;
mod wire;

pub use self::duration::{Decimal, Duration};
pub use self::element::{Node, NodeId, Path, RelId, Relationship};
pub use self::entity::EntityKind;
pub use self::evidence::{DocumentId, Evidence, RuleName};
pub(crate) use self::lexicon::{Kinship, WordList, items, lexicon, lines};
pub use self::name::{Label, PropertyKey, RelType};
pub use self::order::{Comparison, Equivalent, compare, equals, equivalent, order};
pub use self::schema::{label, property, rel_type};
pub use self::statement::{Confidence, Modality, Polarity};
pub use self::temporal::{
    Date, DateTime, LocalDateTime, LocalTime, NANOS_PER_DAY, NANOS_PER_SECOND, SECONDS_PER_DAY,
    Time, Zone, days_in_month, offset_text,
};
pub use self::value::{Map, Value, float_text};
pub use self::value_type::{TypeKind, ValueType};
pub use self::wire::{Wire, WireMap, WireNode, WireRelationship, Wired, WiredMap};
