//! What one document says, whole and on its own.
//!
//! An [`Analysis`] is stored with its document and is all that assembly reads: the text analysis
//! never runs twice for the same bytes, and a document that is removed leaves no trace. It holds
//! words and numbers only, no ids of the graph.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::IngestError;
use crate::model::DocumentId;

/// The version of the layout and of the meaning of [`Analysis`]. A stored analysis of another
/// version is made again from its document's text.
pub const ANALYSIS_FORMAT: u32 = 4;

/// Everything that one document says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// [`ANALYSIS_FORMAT`] when it was made.
    pub format: u32,
    /// The document's source as given; names the document.
    pub source: String,
    /// The title, if the source has one.
    pub title: Option<String>,
    /// The day of publication as ISO 8601, if known.
    pub published: Option<String>,
    /// SHA-256 of the source's bytes, in hexadecimal.
    pub hash: String,
    /// The text that was read; all offsets are bytes of it. Stored beside the rest, not within.
    #[serde(skip)]
    pub text: String,
    /// The sentences in order.
    pub sentences: Vec<SentenceRecord>,
    /// What the document speaks of, in order of first mention.
    pub entities: Vec<EntityRecord>,
    /// What it says, in order of the text.
    pub statements: Vec<StatementRecord>,
    /// Where the rules are written that made statements and did not come with the program, by
    /// their names: `my.rules:12`, as it was when the document was read.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_rules: BTreeMap<String, String>,
    /// What is no relationship by itself, but matter from which a schema may make some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asides: Vec<StatementRecord>,
}

impl Analysis {
    /// The analysis as it is stored beside its text: one line of JSON.
    ///
    /// # Errors
    /// [`IngestError::Unwritable`], which no analysis made by this layer causes.
    pub fn to_stored(&self) -> Result<String, IngestError> {
        serde_json::to_string(self).map_err(|cause| IngestError::Unwritable {
            source_name: self.source.clone(),
            cause,
        })
    }

    /// The analysis stored as `stored`, of `text`.
    ///
    /// # Errors
    /// [`IngestError::Unreadable`] when it is no analysis or one of another version.
    pub fn from_stored(
        document: &DocumentId,
        text: String,
        stored: &str,
    ) -> Result<Self, IngestError> {
        let unreadable = |cause| IngestError::Unreadable {
            source_name: document.as_str().to_owned(),
            cause,
        };
        let mut analysis: Self =
            serde_json::from_str(stored).map_err(|cause| unreadable(Some(cause)))?;
        if analysis.format != ANALYSIS_FORMAT {
            return Err(unreadable(None));
        }
        analysis.text = text;
        Ok(analysis)
    }

    /// The document's id.
    pub fn id(&self) -> DocumentId {
        DocumentId::new(&self.source)
    }

    /// The sentence in which byte `at` of the text stands; empty if it stands in none.
    pub fn sentence_at(&self, at: usize) -> &str {
        self.sentence_text(self.sentence_number(at))
    }

    /// The number of the sentence in which byte `at` of the text stands.
    pub fn sentence_number(&self, at: usize) -> usize {
        let begun = self
            .sentences
            .partition_point(|sentence| sentence.start <= at);
        begun.wrapping_sub(1)
    }

    /// The bytes of sentence number `sentence`; empty if there is none.
    pub fn sentence_text(&self, sentence: usize) -> &str {
        self.sentences
            .get(sentence)
            .and_then(|place| self.text.get(place.start..place.end))
            .unwrap_or_default()
    }
}

/// Where a sentence stands, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceRecord {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// A thing that one document speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts of the entity"
)]
pub struct EntityRecord {
    /// The fullest name in the document, without article and title.
    pub name: String,
    /// Every other form it is called by, pronouns excepted, in order of the alphabet.
    pub aliases: Vec<String>,
    /// Those of the name and the aliases that are proper names.
    pub proper_names: Vec<String>,
    /// The label of its kind: `Person`.
    pub kind: String,
    /// Head noun lemma of its description: *force*, *city*, *president*.
    pub description: Option<String>,
    /// How often it is mentioned.
    pub mentions: u32,
    /// Whether it bears a proper name.
    pub proper: bool,
    /// Whether its description means the same in every document: "Syrian regime".
    pub unique: bool,
    /// Whether it takes part in a statement.
    pub stated: bool,
    /// Where it is mentioned, in order.
    pub places: Vec<MentionRecord>,
    /// Why its mentions were held to mean one thing.
    pub merges: Vec<MergeRecord>,
    /// The type that a schema gives it; a schema is input of assembly, so it is not stored.
    #[serde(skip)]
    pub category: Option<Arc<str>>,
    /// Whether it was taken out of another by hand; a correction, so it is not stored.
    #[serde(skip)]
    pub parted: bool,
}

/// A mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// First byte of its head word, which names the mention in its document.
    pub at: usize,
    /// How it refers.
    #[serde(default, skip_serializing_if = "MentionKind::is_description")]
    pub form: MentionKind,
    /// Its words without article.
    pub words: String,
    /// What the entity is called by it, if that is not its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
}

impl MentionRecord {
    /// What the entity is called by it.
    pub fn called(&self) -> &str {
        self.called.as_deref().unwrap_or(&self.words)
    }
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// By a proper name.
    Name,
    /// By a description.
    #[default]
    Description,
    /// By a pronoun.
    Pronoun,
}

impl MentionKind {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks for this signature"
    )]
    fn is_description(&self) -> bool {
        *self == Self::Description
    }
}

/// Why two mentions were held to mean one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeRecord {
    /// The step of resolution that joined them.
    pub sieve: String,
    /// The earlier mention as written.
    pub earlier: String,
    /// First byte of the earlier mention.
    pub earlier_start: usize,
    /// The later mention as written.
    pub later: String,
    /// First byte of the later mention.
    pub later_start: usize,
}

/// One statement of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementRecord {
    /// Number of the sentence, in [`Analysis::sentences`].
    pub sentence: usize,
    /// Number of the clause within the document.
    pub clause: u32,
    /// Who or what acts, in [`Analysis::entities`]; `None` when it is unsaid.
    pub subject: Option<usize>,
    /// First byte of the head word of the subject; names the mention, [`MentionRecord::at`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_at: Option<usize>,
    /// The subject as written.
    pub subject_text: Option<String>,
    /// The relationship's type: `CRACK_DOWN_ON`.
    pub relation: String,
    /// The predicate as written.
    pub text: String,
    /// Whom or what it is claimed of.
    pub object: ObjectRecord,
    /// First byte of the head word of the object; of an entity the mention's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_at: Option<usize>,
    /// The object as written.
    pub object_text: Option<String>,
    /// `affirmed` or `denied`.
    pub polarity: String,
    /// `asserted`, `planned`, `possible`, `conditional` or `asked`.
    pub modality: String,
    /// Who says so, in [`Analysis::entities`]; `None` when it is the author.
    pub attributed_to: Option<usize>,
    /// The mention of who says so, by [`MentionRecord::at`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributed_at: Option<usize>,
    /// Who says so, as written, where that is no entity.
    pub attributed_text: Option<String>,
    /// The time as written.
    pub when: Option<String>,
    /// The time as ISO 8601.
    pub time: Option<String>,
    /// The place as written.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// What else its clause says, as written, in order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// The number in the object.
    pub quantity: Option<f64>,
    /// Whether a rule, not the words, supplied a part.
    pub inferred: bool,
    /// How sure the machine is, 0..1.
    pub confidence: f64,
    /// The rule that fired.
    pub rule: String,
    /// What a schema calls it; of the graph, so it is not stored.
    #[serde(skip)]
    pub category: Option<Arc<str>>,
}

/// What a statement is about beside its subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectRecord {
    /// Nothing is said: "died".
    Unstated,
    /// The number of an entity in [`Analysis::entities`].
    Entity(usize),
    /// Words that name no entity: an adjective, a clause, an amount.
    Value(String),
}
