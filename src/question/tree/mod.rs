//! The tree of a question, as the parser of the texts sees it, to an event with a hole.
//!
//! Parsers err more on questions than on statements, so nothing here depends on one relation
//! alone: a stranded preposition is found wherever it hangs, a passive by any of its signs.

mod asked;
mod reader;
mod token;

use crate::text::{Document, Sentence, Token, Upos};

use super::frame::{Frame, Order};

use self::asked::{Asked, question_words};
use self::reader::Reader;
use self::token::is_passive;

/// The event that the question asks about; `None` if the tree holds no predicate.
pub(super) fn frame(document: &Document) -> Option<Frame> {
    let sentence = document
        .sentences()
        .max_by_key(|sentence| sentence.token_range().len())?;
    let holes = question_words(sentence);
    let Some(first) = holes.first().copied() else {
        return yes_or_no(sentence);
    };
    let asked = Asked::new(first);
    let predicate = after_do(asked.word, predicate_of(asked.head));
    let mut reader = Reader::new(holes.iter().map(|word| Asked::new(*word)).collect());
    if !reader.situated(asked) {
        reader.read(predicate);
        reader.forgotten(asked, predicate);
        reader.fronted(asked);
    }
    // "Which forces are backed by whom?"
    if holes.len() > 1 && is_passive(predicate) {
        reader.frame.order = Order::ObjectFirst;
    }
    reader.stand_in();
    reader.tense(sentence);
    Some(reader.frame)
}

/// Whether the question's main verb is a verb of its own, so that "Who is …" is no description:
/// "Who is backing the regime?", "Who was arrested?"
pub(super) fn has_verb(document: &Document) -> bool {
    document.sentences().any(|sentence| {
        sentence.root().is_some_and(|root| {
            let auxiliary = root
                .children()
                .any(|child| child.relation() == "aux" && child.id() < root.id());
            root.upos() == Upos::Verb && (auxiliary || matches!(root.xpos(), "VBN" | "VBG" | "VBD"))
        })
    })
}

/// The event of a question without a question word: "Did Russia back the regime?"
fn yes_or_no(sentence: Sentence<'_>) -> Option<Frame> {
    let root = sentence.root()?;
    let mut reader = Reader::new(Vec::new());
    reader.read(root);
    reader.tense(sentence);
    Some(reader.frame)
}

/// The predicate that the phrase under `head` belongs to.
fn predicate_of(head: Token<'_>) -> Token<'_> {
    let mut at = head;
    for _ in 0..10 {
        let Some(above) = at.head() else {
            return at;
        };
        let nominal = matches!(
            at.relation(),
            "nmod" | "conj" | "appos" | "compound" | "det" | "amod"
        );
        at = above;
        if !nominal && !in_relative_clause(at) {
            return at;
        }
    }
    at
}

/// The verb after "do", where the tree hangs it on the question word: "When did the team post …?"
fn after_do<'d>(word: Token<'d>, predicate: Token<'d>) -> Token<'d> {
    if predicate.id() != word.id() {
        return predicate;
    }
    let mut rest = word.sentence().tokens().skip(word.position() + 1);
    let asks = rest
        .next()
        .is_some_and(|next| matches!(next.form(), "do" | "does" | "did"));
    let verb = |token: &Token<'d>| {
        token.xpos() == "VB" && token.head().is_some_and(|head| head.id() == word.id())
    };
    asks.then(|| rest.find(verb)).flatten().unwrap_or(predicate)
}

/// Whether `token` is the predicate of a relative clause: the question's own predicate is above.
fn in_relative_clause(token: Token<'_>) -> bool {
    token.deprel() == "acl:relcl"
}
