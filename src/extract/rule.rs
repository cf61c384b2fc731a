//! What to look for in a sentence tree, and what to claim when it is found.
//!
//! The main type is [`RuleTable`]; `load` makes it from `grammar/rules` and from the user's own
//! files, `matcher` looks for its patterns. Names of nodes are numbers here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::base::Diagnostic;
use crate::model::{Modality, Polarity, RuleName};
use crate::text::{EntityType, Upos};

use super::load;
use super::words::{self, WordList};

/// Names a node of one rule's pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeIndex(pub(crate) usize);

/// What fills a place of a clause; rules name it in capitals: `-[SUBJECT]->`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ClauseRole {
    /// Who acts, whatever the voice.
    Subject,
    /// Who or what is acted on, whatever the voice.
    Object,
    /// To whom something is given.
    Recipient,
    /// An argument with a preposition.
    Oblique,
    /// A point or a span of time.
    Time,
    /// A clause that is said, thought, planned: "that …", "to …".
    Complement,
    /// What the subject or the object is said to be or become: "called the sentence dangerous".
    Predicative,
    /// The clause of an adverbial: "when the hotel collapsed".
    Adverbial,
    /// Who says so without a verb of speech above: "according to X", the speaker of a quote.
    Source,
}

impl ClauseRole {
    /// All roles, by the name rules give them.
    pub(crate) const ALL: [(Self, &'static str); 9] = [
        (Self::Subject, "SUBJECT"),
        (Self::Object, "OBJECT"),
        (Self::Recipient, "RECIPIENT"),
        (Self::Oblique, "OBLIQUE"),
        (Self::Time, "TIME"),
        (Self::Complement, "COMPLEMENT"),
        (Self::Predicative, "PREDICATIVE"),
        (Self::Adverbial, "ADVERBIAL"),
        (Self::Source, "SOURCE"),
    ];
}

/// How a clause is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ClauseKind {
    /// Its verb is active.
    Active,
    /// Its verb is passive.
    Passive,
    /// Its predicate is no verb: "is legal", "is in Bergen", "is an officer".
    Copula,
}

/// What one dependent must be to its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EdgeLabel {
    /// Any relation.
    Any,
    /// This relation with this subtype: `nmod` does not stand for `nmod:poss`.
    Relation(String),
    /// This role in the clause that the upper node heads.
    Role(ClauseRole),
}

/// How the node after an edge lies to the node before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edge {
    /// Below it: a dependent, or a conjunct of one; at any depth if `deep`.
    Down {
        /// One of these must hold.
        labels: Vec<EdgeLabel>,
        /// Whether further ones may lie between.
        deep: bool,
    },
    /// Above it.
    Up {
        /// One of these must hold.
        labels: Vec<EdgeLabel>,
        /// Whether further ones may lie between.
        deep: bool,
    },
    /// Somewhere after it in the sentence.
    Before,
    /// Right after it.
    Next,
    /// The same token under further conditions: `without (verb {lemma: "be"})`.
    Same,
}

impl Edge {
    /// Whether it names a role of a clause.
    pub(crate) fn has_role(&self) -> bool {
        match self {
            Self::Down { labels, .. } | Self::Up { labels, .. } => labels
                .iter()
                .any(|label| matches!(label, EdgeLabel::Role(_))),
            Self::Before | Self::Next | Self::Same => false,
        }
    }
}

/// One thing that must hold of a token.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// Its lemma is one of these, or one of a list.
    Lemma(Vec<WordSource>),
    /// Its lower-case form is one of these.
    Form(Vec<WordSource>),
    /// Its lower-case form begins with one of these and goes on.
    Prefix(Vec<String>),
    /// One of these Penn tags.
    Xpos(Vec<String>),
    /// One of these relations to its head.
    Relation(Vec<EdgeLabel>),
    /// One of these features, as `Number=Plur`.
    Feature(Vec<String>),
    /// It heads a mention of one of these types.
    Entity(Vec<EntityType>),
    /// Whether it is or heads a proper name.
    Name(bool),
    /// Whether it stands in an expression of time.
    Time(bool),
    /// Whether it is written in capitals, as an acronym is.
    Acronym(bool),
    /// Whether it begins with a capital letter or a digit.
    Capital(bool),
    /// Whether it stands without article, number and owner.
    Bare(bool),
    /// The clause it heads is one of these.
    Clause(Vec<ClauseKind>),
    /// Its preposition is one of these.
    Preposition(Vec<WordSource>),
}

/// A word, or a list of words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WordSource {
    /// One word.
    Word(String),
    /// All words of a list.
    List(Arc<WordList>),
}

impl WordSource {
    /// Whether `word` is meant.
    pub(crate) fn holds(&self, word: &str) -> bool {
        match self {
            Self::Word(only) => only == word,
            Self::List(list) => list.contains_key(word),
        }
    }

    /// What `word` stands for in the list: the verb of an event noun.
    pub(crate) fn meaning(&self, word: &str) -> Option<&str> {
        match self {
            Self::Word(_) => None,
            Self::List(list) => list.get(word).map(String::as_str),
        }
    }
}

/// A test that may be turned round.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    /// As the rule writes it: `not lemma: "be"`.
    pub(crate) written: String,
    /// The test.
    pub(crate) test: Test,
    /// Whether it must hold, or must not.
    pub(crate) wanted: bool,
}

/// What a token must be to fill a node of a pattern.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct NodePattern {
    /// One of these parts of speech; empty for any.
    pub(crate) tags: Vec<Upos>,
    /// All of these must hold.
    pub(crate) conditions: Vec<Condition>,
}

/// Two nodes and how the second lies to the first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    /// The node that is known when the step is taken.
    pub(crate) from: NodeIndex,
    /// The way.
    pub(crate) edge: Edge,
    /// The way as the rule writes it: `-[OBJECT]->`.
    pub(crate) written: String,
    /// The node it leads to.
    pub(crate) to: NodeIndex,
}

/// One path of a rule: the node it starts at and its steps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    /// As the rule writes it.
    pub(crate) written: String,
    /// Where it starts.
    pub(crate) start: NodeIndex,
    /// The steps in order.
    pub(crate) steps: Vec<Step>,
}

/// What to look for: nodes, and paths over them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Pattern {
    /// The nodes, by index; the first is the anchor, whose clause the claim belongs to.
    pub(crate) nodes: Vec<NodePattern>,
    /// Must all be found.
    pub(crate) needed: Vec<Path>,
    /// Are bound if found.
    pub(crate) optional: Vec<Path>,
    /// None of them may be found.
    pub(crate) forbidden: Vec<Path>,
}

/// Which words of a node stand in a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// Dictionary form, with the particle: "crack down".
    Lemma,
    /// Its preposition: "against".
    Preposition,
    /// The form as written, lower case: "located".
    Form,
    /// A noun with what belongs to it: "prime minister".
    Words,
    /// The verb that an event noun stands for: "assault" of "assault", "arrive" of "arrival".
    Verb,
}

impl Field {
    /// All fields, by the name rules give them.
    pub(crate) const ALL: [(Self, &'static str); 5] = [
        (Self::Lemma, "lemma"),
        (Self::Preposition, "preposition"),
        (Self::Form, "form"),
        (Self::Words, "words"),
        (Self::Verb, "verb"),
    ];
}

/// A piece of a relation's dictionary form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word as it stands.
    Word(String),
    /// Words of a node.
    Hole(NodeIndex, Field),
}

/// What fills a place of the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Nothing: left unsaid.
    Unstated,
    /// The words that this node heads, in the form that fits them.
    Node(NodeIndex),
    /// The words that this node heads, as an entity: "Russian" in "Russian jets".
    Entity(NodeIndex),
    /// The words that this node heads, as a property.
    Attribute(NodeIndex),
    /// The words that this node heads, as an amount.
    Amount(NodeIndex),
    /// The clause that this node heads.
    Clause(NodeIndex),
}

/// Which statement is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Who or what acts.
    pub(crate) subject: Slot,
    /// The relation, piece by piece.
    pub(crate) relation: Vec<Piece>,
    /// Whom or what it is claimed of.
    pub(crate) object: Slot,
}

/// Where a rule is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RulePlace {
    /// Its file: `grammar/rules/verb.rules`, or the path of the user's own.
    pub file: String,
    /// Its first line, counted from 1.
    pub line: usize,
    /// Whether it comes with the program.
    pub builtin: bool,
}

impl fmt::Display for RulePlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)
    }
}

/// One rule: a pattern, a claim, and two sentences that prove it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub(crate) name: RuleName,
    pub(crate) place: RulePlace,
    pub(crate) about: String,
    pub(crate) pattern: Pattern,
    pub(crate) claim: Claim,
    pub(crate) inferred: bool,
    /// Whether the claim is no relationship by itself, only matter for schemas.
    pub(crate) aside: bool,
    pub(crate) modality: Option<Modality>,
    pub(crate) polarity: Option<Polarity>,
    pub(crate) confidence: f32,
    pub(crate) fires: Option<String>,
    pub(crate) refuses: Option<String>,
}

impl Rule {
    /// Its name.
    pub fn name(&self) -> &RuleName {
        &self.name
    }

    /// Where it is written.
    pub fn place(&self) -> &RulePlace {
        &self.place
    }

    /// What it says, in one sentence.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// A sentence that makes it fire.
    pub fn fires(&self) -> Option<&str> {
        self.fires.as_deref()
    }

    /// A sentence that must not make it fire.
    pub fn refuses(&self) -> Option<&str> {
        self.refuses.as_deref()
    }
}

/// All rules in force, in order: ours, then the user's.
#[derive(Debug, Clone, Default)]
pub struct RuleTable {
    rules: Vec<Rule>,
    lists: BTreeMap<String, Arc<WordList>>,
}

impl RuleTable {
    /// The rules of `grammar/rules`. The complaints are those a test keeps at none.
    pub fn builtin_with_complaints() -> (Self, Vec<Diagnostic>) {
        let mut table = Self {
            rules: Vec::new(),
            lists: words::by_name(),
        };
        let mut complaints = Vec::new();
        for (name, text) in load::BUILTIN_RULES {
            complaints.extend(table.add(text, name));
        }
        for rule in &mut table.rules {
            rule.place.file.insert_str(0, "grammar/rules/");
            rule.place.builtin = true;
        }
        (table, complaints)
    }

    /// The rules of `grammar/rules`.
    #[must_use]
    pub fn builtin() -> Self {
        Self::builtin_with_complaints().0
    }

    /// The same table with the rules of `text`, a file called `name`; a rule of the same name is
    /// replaced. What is wrong with a rule is told, and that rule left out.
    #[must_use]
    pub fn with_file(mut self, text: &str, name: &str) -> (Self, Vec<Diagnostic>) {
        let complaints = self.add(text, name);
        (self, complaints)
    }

    fn add(&mut self, text: &str, name: &str) -> Vec<Diagnostic> {
        let (rules, lists, complaints) = load::rules(text, name, &self.lists);
        self.lists.extend(lists);
        let new: BTreeSet<RuleName> = rules.iter().map(|rule| rule.name.clone()).collect();
        self.rules.retain(|rule| !new.contains(&rule.name));
        self.rules.extend(rules);
        complaints
    }

    /// The table with the rule called `name` alone.
    #[must_use]
    pub fn only(&self, name: &RuleName) -> Self {
        let mut table = self.clone();
        table.rules.retain(|rule| rule.name == *name);
        table
    }

    /// The table without the rules of `names`.
    #[must_use]
    pub fn without<'n>(&self, names: impl Iterator<Item = &'n str>) -> Self {
        let names: BTreeSet<&str> = names.collect();
        let mut table = self.clone();
        table
            .rules
            .retain(|rule| !names.contains(rule.name.as_str()));
        table
    }

    /// What the rules say, as one text: equal for tables that read alike, wherever the rules are
    /// written.
    #[must_use]
    pub fn wording(&self) -> String {
        let mut rules = self.rules.clone();
        for rule in &mut rules {
            rule.place = RulePlace::default();
        }
        format!("{rules:?}")
    }

    /// The rule called `name`.
    pub fn named(&self, name: &RuleName) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == *name)
    }

    /// The rules in order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}
