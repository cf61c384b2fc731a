//! How alike two types of things are, for what may be spoken of as either.

use crate::text::EntityType;

/// How far apart two types are for what may be spoken of as either: a body of people as persons or
/// as a place, a meeting as an event or as an idea.
pub(crate) fn distance(one: EntityType, other: EntityType) -> f32 {
    use EntityType::{
        Abstract, Animal, Event, Object, Organization, Person, Place, Plant, Substance, Time,
    };
    let is_thing = |kind| matches!(kind, Object | Plant | Substance | Animal);
    match (one, other) {
        (one, other) if one == other => 0.0,
        (Person, Organization) | (Organization, Person) => 0.3,
        (Organization, Place) | (Place, Organization) | (Event, Abstract) | (Abstract, Event) => {
            0.5
        }
        (Place | Abstract, kind) | (kind, Place | Abstract) if is_thing(kind) => 0.6,
        (Event | Abstract, Time)
        | (Time, Event | Abstract)
        | (Person, Animal)
        | (Animal, Person) => 0.8,
        (Place, Event | Abstract) | (Event | Abstract, Place) => 1.0,
        (Person, Place)
        | (Place, Person)
        | (Organization, Event | Abstract)
        | (Event | Abstract, Organization) => 1.2,
        (one, other) if is_thing(one) && is_thing(other) => 0.4,
        _ => 1.5,
    }
}
