//! The names users write queries against. They are an interface: see the README's schema.

/// Labels of nodes, beside the kinds of [`super::EntityKind`].
pub mod label {
    /// A thing the texts speak of.
    pub const ENTITY: &str = "Entity";
    /// One source.
    pub const DOCUMENT: &str = "Document";
    /// The subject or object that a sentence leaves unsaid; belongs to one clause.
    pub const UNSTATED: &str = "Unstated";
    /// An object that is no entity, in its words; belongs to one statement.
    pub const VALUE: &str = "Value";
}

/// Relationship types that no verb makes.
pub mod rel_type {
    /// From an entity to a document that speaks of it.
    pub const MENTIONED_IN: &str = "MENTIONED_IN";
    /// From a thing to what it is said to be.
    pub const IS_A: &str = "IS_A";
    /// From an owner to what it has.
    pub const HAS: &str = "HAS";
    /// From a thing to where it comes from: "Russian jets".
    pub const FROM: &str = "FROM";
    /// From a thing to what it is of: "the harbour office".
    pub const OF: &str = "OF";
}

/// Property names of nodes and relationships.
pub mod property {
    /// The fullest name of an entity.
    pub const NAME: &str = "name";
    /// Every other form an entity was called by.
    pub const ALIASES: &str = "aliases";
    /// Head noun lemma of an entity's description: *force*, *city*.
    pub const KIND: &str = "kind";
    /// How often an entity is mentioned.
    pub const MENTIONS: &str = "mentions";
    /// The lasting id of an entity, the same for the same input.
    pub const ID: &str = "id";
    /// A document's title.
    pub const TITLE: &str = "title";
    /// A document's path or address as given.
    pub const SOURCE: &str = "source";
    /// A document's date, if known.
    pub const PUBLISHED: &str = "published";
    /// SHA-256 of a document's bytes, in hexadecimal.
    pub const HASH: &str = "hash";
    /// When a document was added.
    pub const ADDED: &str = "added";
    /// How often an entity is mentioned in one document.
    pub const COUNT: &str = "count";
    /// The predicate as written.
    pub const TEXT: &str = "text";
    /// The sentence, byte for byte.
    pub const EVIDENCE: &str = "evidence";
    /// The document of the evidence, by its source.
    pub const DOCUMENT: &str = "document";
    /// First byte of the sentence in the decoded source.
    pub const START: &str = "start";
    /// The byte after the sentence's last.
    pub const END: &str = "end";
    /// The subject as written.
    pub const SUBJECT_TEXT: &str = "subject_text";
    /// The object as written.
    pub const OBJECT_TEXT: &str = "object_text";
    /// `affirmed` or `denied`.
    pub const POLARITY: &str = "polarity";
    /// `asserted`, `planned`, `possible`, `conditional` or `asked`.
    pub const MODALITY: &str = "modality";
    /// Who says so, by entity name.
    pub const ATTRIBUTED_TO: &str = "attributed_to";
    /// The time as written.
    pub const WHEN: &str = "when";
    /// The time as ISO 8601.
    pub const TIME: &str = "time";
    /// The place as written.
    pub const WHERE: &str = "where";
    /// What else the clause says, as written: a list of its other arguments.
    pub const ARGUMENTS: &str = "arguments";
    /// The number in the object.
    pub const QUANTITY: &str = "quantity";
    /// True when a rule, not the words, supplied a part.
    pub const INFERRED: &str = "inferred";
    /// How sure the machine is, 0..1.
    pub const CONFIDENCE: &str = "confidence";
    /// Name of the extraction rule.
    pub const RULE: &str = "rule";
    /// Number shared by the relationships of one clause.
    pub const CLAUSE: &str = "clause";
    /// What a schema calls the relationship.
    pub const CATEGORY: &str = "category";

    /// All of them.
    pub const ALL: &[&str] = &[
        NAME,
        ALIASES,
        KIND,
        MENTIONS,
        ID,
        TITLE,
        SOURCE,
        PUBLISHED,
        HASH,
        ADDED,
        COUNT,
        TEXT,
        EVIDENCE,
        DOCUMENT,
        START,
        END,
        SUBJECT_TEXT,
        OBJECT_TEXT,
        POLARITY,
        MODALITY,
        ATTRIBUTED_TO,
        WHEN,
        TIME,
        WHERE,
        ARGUMENTS,
        QUANTITY,
        INFERRED,
        CONFIDENCE,
        RULE,
        CLAUSE,
        CATEGORY,
    ];
}
