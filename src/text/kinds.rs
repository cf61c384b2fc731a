//! Closed sets of kinds: parts of speech, entity types, forms of mentions and sentences.

/// The universal parts of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All parts of speech, by name.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Adj, "ADJ"),
        (Self::Adp, "ADP"),
        (Self::Adv, "ADV"),
        (Self::Aux, "AUX"),
        (Self::Cconj, "CCONJ"),
        (Self::Det, "DET"),
        (Self::Intj, "INTJ"),
        (Self::Noun, "NOUN"),
        (Self::Num, "NUM"),
        (Self::Part, "PART"),
        (Self::Pron, "PRON"),
        (Self::Propn, "PROPN"),
        (Self::Punct, "PUNCT"),
        (Self::Sconj, "SCONJ"),
        (Self::Sym, "SYM"),
        (Self::Verb, "VERB"),
        (Self::X, "X"),
    ];

    /// The name in CoNLL-U: `PROPN`.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(upos, _)| *upos == self)
            .map_or("X", |(_, name)| name)
    }

    /// The part of speech called `name` in CoNLL-U.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(upos, _)| *upos)
    }
}

/// The type of what a mention refers to: the ten of the GUM corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the GUM corpus")]
pub enum EntityType {
    Person,
    Organization,
    Place,
    Event,
    Object,
    Time,
    Abstract,
    Animal,
    Plant,
    Substance,
}

impl EntityType {
    /// All types, by the name GUM gives them.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Person, "person"),
        (Self::Organization, "organization"),
        (Self::Place, "place"),
        (Self::Event, "event"),
        (Self::Object, "object"),
        (Self::Time, "time"),
        (Self::Abstract, "abstract"),
        (Self::Animal, "animal"),
        (Self::Plant, "plant"),
        (Self::Substance, "substance"),
    ];

    /// The name GUM gives it: `person`.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(entity_type, _)| *entity_type == self)
            .map_or("abstract", |(_, name)| name)
    }

    /// The type GUM calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(entity_type, _)| *entity_type)
    }
}

/// The type of a proper name, as the name tagger sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameType {
    /// A person's name.
    Person,
    /// An organization's name.
    Organization,
    /// A place's name.
    Place,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// By a proper name: "the Syrian Observatory for Human Rights".
    Name,
    /// By a description: "regime forces".
    Nominal,
    /// By a pronoun: "they", "whose".
    Pronoun,
}

/// What part a sentence plays in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceForm {
    /// Running text.
    Prose,
    /// A title or a subheading: often no finite verb ("Regime preparing wider offensive").
    Heading,
    /// An item of a list or a caption.
    Item,
    /// What a page puts around a text: a byline, a dateline, "Read more". It states nothing.
    Furniture,
}
