//! Kinds of entities: the ten entity types of the GUM corpus.
//!
//! Source: Zeldes, "The GUM Corpus: Creating Multilayer Resources in the Classroom", 2017.

/// What sort of thing an entity is; the second label of its node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being, or a group of them that is no organization.
    Person,
    /// A company, an army, a government, a party, a medium.
    Organization,
    /// A country, a town, a river, a room.
    Place,
    /// Something that happens: an attack, a festival.
    Event,
    /// A thing one can touch, or a work: a tank, a report.
    Object,
    /// A date, a period.
    Time,
    /// What has no body: a strategy, a number, a right.
    Abstract,
    /// An animal.
    Animal,
    /// A plant.
    Plant,
    /// Stuff: water, oil.
    Substance,
}

impl EntityKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Event,
        Self::Object,
        Self::Time,
        Self::Abstract,
        Self::Animal,
        Self::Plant,
        Self::Substance,
    ];

    /// The label of the kind in the graph: `Person`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Place => "Place",
            Self::Event => "Event",
            Self::Object => "Object",
            Self::Time => "Time",
            Self::Abstract => "Abstract",
            Self::Animal => "Animal",
            Self::Plant => "Plant",
            Self::Substance => "Substance",
        }
    }

    /// The kind whose label is `label`, upper and lower case alike.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.label().eq_ignore_ascii_case(label))
    }
}
