//! Statements: what one clause of one sentence claims, in words of the document.

use crate::base::define_ids;
use crate::model::{Confidence, Modality, Polarity, RuleName};
use crate::text::{SentenceId, TokenId};

define_ids! {
    /// Names a clause of a document; all statements made from one clause share it.
    ClauseId,
}

/// What fills a place in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArgumentForm {
    /// A noun phrase or a pronoun: refers to an entity.
    Entity,
    /// A clause: "that the regime launched an assault".
    Clause,
    /// An adjective or another property: "legal".
    Attribute,
    /// An amount: "9,000 dollars".
    Amount,
    /// A point or a span of time: "since Monday".
    Time,
}

/// What fills a place in a statement, as words of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The syntactic head; resolution finds the entity by it.
    pub head: TokenId,
    /// What it is.
    pub form: ArgumentForm,
    /// The head with the modifiers it needs to mean what it means, in order of the text: "regime
    /// forces", "the town of Bergen"; no relative clauses, no appositions, no optional phrases.
    pub core: Vec<TokenId>,
    /// The whole phrase with its optional modifiers, in order of the text.
    pub full: Vec<TokenId>,
}

/// The predicate of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The words as written, in order of the text: "have been backed by". Empty for what is
    /// claimed without a word of its own (apposition, possession).
    pub tokens: Vec<TokenId>,
    /// The dictionary form in the active direction, with the particle or preposition that belongs
    /// to it, lower case: "back", "crack down on", "spokesman for", "is a".
    pub lemma: String,
}

/// Which argument of its clause the object of a statement is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The direct object, the complement of a copula, or nothing.
    Object,
    /// An argument beyond the object, with its preposition in lower case ("against"), or `iobj`.
    Oblique(String),
}

/// What one clause claims of a subject and an object.
///
/// The direction is always the active one: of "forces backed by jets" the subject is "jets". What
/// the sentence leaves unsaid (the agent of "was arrested", the object of "died") is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The sentence it stands in.
    pub sentence: SentenceId,
    /// The clause it comes from.
    pub clause: ClauseId,
    /// Who or what acts or is spoken of.
    pub subject: Option<Argument>,
    /// What is claimed.
    pub relation: Relation,
    /// Whom or what it is claimed of.
    pub object: Option<Argument>,
    /// Which argument of the clause the object is.
    pub role: Role,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Fact, plan, possibility, condition, question.
    pub modality: Modality,
    /// Who says so, if it is somebody's word and not the author's.
    pub attribution: Option<Argument>,
    /// What else the clause says of itself, each with its preposition, in order of the text: the
    /// object of "opened fire on rebels" where the statement is about the rebels.
    pub arguments: Vec<Vec<TokenId>>,
    /// The words that say when, if any.
    pub when: Option<Vec<TokenId>>,
    /// The words that say where, if any.
    pub place: Option<Vec<TokenId>>,
    /// The number in the object, if any.
    pub quantity: Option<f64>,
    /// Whether a rule, not the words, supplied a part (a demonym, a nominalised verb).
    pub inferred: bool,
    /// How sure the machine is.
    pub confidence: Confidence,
    /// The rule that fired.
    pub rule: RuleName,
}
