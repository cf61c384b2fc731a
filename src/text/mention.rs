//! Mentions: which stretches of a sentence refer to something, and how.
//!
//! Everything is read off the tree: a proper name (found by the name tagger or as a run of proper
//! nouns) is a mention, and so is the phrase around every other noun and every pronoun that refers.
//! Mentions nest ("the governor of [Homs]"); each head has one.

use std::ops::Range;

use super::calendar::{month, weekday};
use super::document::{EntityType, MentionData, MentionForm, NameType, TokenData, Upos};

/// A proper name as the name tagger sees it, within one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameSpan {
    pub(crate) tokens: Range<usize>,
    pub(crate) name_type: NameType,
}

/// Relations whose dependents are no part of the phrase they hang on: its links to the outside,
/// clauses about it, and further phrases beside it.
const OUTSIDE: &[&str] = &[
    "acl",
    "acl:relcl",
    "advcl",
    "advcl:relcl",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "ccomp",
    "conj",
    "cop",
    "csubj",
    "csubj:outer",
    "discourse",
    "dislocated",
    "expl",
    "mark",
    "nsubj",
    "nsubj:outer",
    "nsubj:pass",
    "obl",
    "orphan",
    "parataxis",
    "punct",
    "vocative",
    "xcomp",
];

/// Relations of words that are part of another word's phrase and refer to nothing by themselves.
const INNER: &[&str] = &[
    "compound",
    "compound:prt",
    "fixed",
    "flat",
    "goeswith",
    "expl",
];

/// Of a longer phrase only so much is looked at, so that a chain of a thousand words costs no more.
const LONGEST_PHRASE_TOKENS: usize = 1000;

/// The mentions of one sentence, from its tree and the names found in it, by first token.
///
/// A nominal mention spans its head with determiners, adjectives, compounds, possessors and
/// prepositional phrases, but no clause, apposition or coordinated phrase.
pub(crate) fn mentions(tokens: &[TokenData], names: &[NameSpan]) -> Vec<MentionData> {
    let tree = Children::new(tokens);
    let mut found = Vec::new();
    let mut named = vec![false; tokens.len()];
    for name in names {
        let Some(head) = head_of(tokens, &name.tokens) else {
            continue;
        };
        for token in name.tokens.clone() {
            if let Some(slot) = named.get_mut(token) {
                *slot = true;
            }
        }
        let tagged = tokens.get(head).and_then(|token| token.entity_type);
        found.push(MentionData {
            tokens: name.tokens.clone(),
            head,
            form: MentionForm::Name,
            entity_type: named_type(name.name_type, tagged),
            name_type: Some(name.name_type),
        });
    }
    for (position, token) in tokens.iter().enumerate() {
        if named.get(position).copied().unwrap_or(false) {
            continue;
        }
        if let Some(mention) = other_mention(tokens, &tree, position, token) {
            found.push(mention);
        }
    }
    found.sort_by_key(|mention| {
        (
            mention.tokens.start,
            usize::MAX - mention.tokens.end,
            mention.head,
        )
    });
    found
}

/// The mention headed by the token at `position`, which no tagged name holds.
fn other_mention(
    tokens: &[TokenData],
    tree: &Children,
    position: usize,
    token: &TokenData,
) -> Option<MentionData> {
    if INNER.contains(&token.deprel.as_str()) && token.upos != Upos::Pron {
        return None;
    }
    let single = position..position + 1;
    match token.upos {
        Upos::Pron => {
            if !refers(token) {
                return None;
            }
            Some(MentionData {
                tokens: single,
                head: position,
                form: MentionForm::Pronoun,
                entity_type: token
                    .entity_type
                    .unwrap_or_else(|| pronoun_type(&token.lemma)),
                name_type: None,
            })
        }
        Upos::Propn => {
            let calendar = token.form.len() > 2
                && token.xpos != "NNPS"
                && (month(&token.form).is_some() || weekday(&token.form).is_some());
            let entity_type = match token.entity_type {
                _ if calendar => EntityType::Time,
                Some(entity_type) => entity_type,
                None => EntityType::Abstract,
            };
            let is_time = entity_type == EntityType::Time;
            // "October" of "October 7".
            let of_day = token
                .head
                .and_then(|head| tokens.get(head))
                .is_some_and(|head| head.upos == Upos::Num);
            if calendar && of_day {
                return None;
            }
            Some(MentionData {
                tokens: if is_time {
                    tree.phrase(tokens, position)
                } else {
                    proper_run(tokens, position)
                },
                head: position,
                form: if is_time {
                    MentionForm::Nominal
                } else {
                    MentionForm::Name
                },
                entity_type,
                name_type: None,
            })
        }
        Upos::Noun => {
            // "50-kilometer wide", "wide-scale attack": the noun only measures what follows.
            let hyphen = position
                .checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_some_and(|before| {
                    before.form == "-" && before.span.end() == token.span.start()
                });
            if hyphen && token.head.is_some_and(|head| head > position) && is_modifier(token) {
                return None;
            }
            Some(MentionData {
                tokens: tree.phrase(tokens, position),
                head: position,
                form: MentionForm::Nominal,
                entity_type: token.entity_type.unwrap_or(EntityType::Abstract),
                name_type: None,
            })
        }
        // "the wounded", "the first", "30,000 were killed": phrases without a noun, if the tagger
        // sees a mention there.
        Upos::Adj | Upos::Num | Upos::Det | Upos::Verb | Upos::Sym | Upos::X | Upos::Adv => {
            let entity_type = token.entity_type?;
            let modifies = matches!(
                token.deprel.as_str(),
                "amod" | "nummod" | "det" | "advmod" | "aux" | "cop" | "det:predet" | "case"
            );
            if modifies || (token.upos == Upos::Verb && !has_determiner(tokens, tree, position)) {
                return None;
            }
            Some(MentionData {
                tokens: tree.phrase(tokens, position),
                head: position,
                form: MentionForm::Nominal,
                entity_type,
                name_type: None,
            })
        }
        Upos::Adp
        | Upos::Aux
        | Upos::Cconj
        | Upos::Intj
        | Upos::Part
        | Upos::Punct
        | Upos::Sconj => None,
    }
}

/// Whether the noun stands before another word to say of what kind it is.
fn is_modifier(token: &TokenData) -> bool {
    matches!(
        token.deprel.as_str(),
        "compound"
            | "amod"
            | "nmod"
            | "nmod:desc"
            | "nmod:unmarked"
            | "obl"
            | "obl:unmarked"
            | "obl:npmod"
            | "advmod"
    )
}

fn has_determiner(tokens: &[TokenData], tree: &Children, position: usize) -> bool {
    tree.of(position).iter().any(|child| {
        tokens
            .get(*child)
            .is_some_and(|token| token.deprel == "det")
    })
}

/// The token of `range` whose head lies outside it; the first of several.
pub(crate) fn head_of(tokens: &[TokenData], range: &Range<usize>) -> Option<usize> {
    range
        .clone()
        .find(|position| {
            tokens
                .get(*position)
                .is_some_and(|token| token.head.is_none_or(|head| !range.contains(&head)))
        })
        .or(Some(range.start))
        .filter(|head| range.contains(head) && *head < tokens.len())
}

/// What a name of `name_type` refers to. The tagger of mentions knows more types than the tagger
/// of names, but of a name it is only believed where the two do not contradict each other.
fn named_type(name_type: NameType, tagged: Option<EntityType>) -> EntityType {
    let plain = match name_type {
        NameType::Person => EntityType::Person,
        NameType::Organization => EntityType::Organization,
        NameType::Place => EntityType::Place,
    };
    match (name_type, tagged) {
        // "Moscow denied": a place that acts as its government is still that place.
        (NameType::Organization | NameType::Place, Some(EntityType::Event)) => EntityType::Event,
        _ => plain,
    }
}

fn refers(token: &TokenData) -> bool {
    if token.deprel.starts_with("expl") || token.deprel == "fixed" || token.lemma == "there" {
        return false;
    }
    // "what", "whatever" ask; the others refer.
    !matches!(
        token.lemma.as_str(),
        "what" | "whatever" | "anything" | "nothing"
    ) || token.entity_type.is_some()
}

fn pronoun_type(lemma: &str) -> EntityType {
    match lemma {
        "it" | "its" | "itself" | "this" | "that" | "these" | "those" | "which" => {
            EntityType::Object
        }
        _ => EntityType::Person,
    }
}

/// The run of proper nouns around `head`: its compounds before it, its flat parts after it.
fn proper_run(tokens: &[TokenData], head: usize) -> Range<usize> {
    let belongs = |position: usize| {
        tokens.get(position).is_some_and(|token| {
            let linked = matches!(
                token.deprel.as_str(),
                "compound" | "flat" | "goeswith" | "amod"
            );
            let named = token.upos == Upos::Propn || token.xpos.starts_with("NNP");
            // The colon of a title, the "of" of an award.
            let inside = token.deprel == "flat" && token.head == Some(head);
            linked && (named || inside) && token.head.is_some_and(|to| to.abs_diff(position) < 8)
        })
    };
    let mut start = head;
    while start > 0 && belongs(start - 1) {
        start -= 1;
    }
    let mut end = head + 1;
    while belongs(end) && tokens.get(end).is_some_and(|token| token.deprel == "flat") {
        end += 1;
    }
    // "DDG 70", "Boeing 747"
    let numbered = tokens.get(end).is_some_and(|token| {
        token.upos == Upos::Num && token.deprel == "flat" && token.head == Some(head)
    });
    start..end + usize::from(numbered)
}

/// Whether the token heads a phrase that says when: "on October 7".
fn is_when(tokens: &[TokenData], tree: &Children, position: usize, token: &TokenData) -> bool {
    let calendar = |token: &TokenData| {
        token.upos == Upos::Propn
            && token.form.len() > 2
            && (month(&token.form).is_some() || weekday(&token.form).is_some())
    };
    let children = || {
        tree.of(position)
            .iter()
            .filter_map(|child| tokens.get(*child))
    };
    let dated = calendar(token) || (token.upos == Upos::Num && children().any(calendar));
    dated
        && children().any(|child| {
            child.deprel == "case"
                && matches!(
                    child.form.as_str(),
                    "on" | "in" | "since" | "during" | "until" | "before" | "after" | "by" | "from"
                )
        })
}

/// The children of each token, in order.
struct Children(Vec<Vec<usize>>);

impl Children {
    fn new(tokens: &[TokenData]) -> Self {
        let mut children = vec![Vec::new(); tokens.len()];
        for (position, token) in tokens.iter().enumerate() {
            if let Some(list) = token.head.and_then(|head| children.get_mut(head)) {
                list.push(position);
            }
        }
        Self(children)
    }

    fn of(&self, position: usize) -> &[usize] {
        self.0.get(position).map_or(&[], Vec::as_slice)
    }

    /// The phrase headed by `head`: what hangs on it without leaving it. Below the head itself
    /// everything counts, but for clauses; the stretch around the head that has no gap.
    fn phrase(&self, tokens: &[TokenData], head: usize) -> Range<usize> {
        let mut inside = vec![head];
        let mut next = 0;
        while let Some(position) = inside.get(next).copied() {
            next += 1;
            for child in self.of(position) {
                let Some(token) = tokens.get(*child) else {
                    continue;
                };
                let deprel = token.deprel.as_str();
                let keeps = if position == head {
                    !OUTSIDE.contains(&deprel)
                } else {
                    !matches!(
                        deprel,
                        "acl" | "acl:relcl" | "advcl" | "advcl:relcl" | "appos" | "parataxis"
                    )
                };
                // An adverb of a clause ("is now a city") stands before the copula.
                let adverb = deprel.starts_with("advmod")
                    && position == head
                    && self.of(head).iter().any(|other| {
                        tokens.get(*other).is_some_and(|t| t.deprel == "cop") && other > child
                    });
                // "the regime on October 7": when, not which.
                let when = position == head
                    && token.deprel.starts_with("nmod")
                    && token.head < Some(*child)
                    && is_when(tokens, self, *child, token);
                if keeps && !adverb && !when && inside.len() < LONGEST_PHRASE_TOKENS {
                    inside.push(*child);
                }
            }
        }
        inside.sort_unstable();
        let at = inside.partition_point(|position| *position < head);
        let is_punct = |position: &usize| {
            tokens
                .get(*position)
                .is_some_and(|token| token.upos == Upos::Punct)
        };
        let (before, after) = inside.split_at(at.min(inside.len()));
        // A punctuation mark inside ("the U.S.-backed force", quotes) bridges a gap.
        let mut start = head;
        for position in before.iter().rev() {
            if (*position..start).skip(1).all(|gap| is_punct(&gap)) {
                start = *position;
            } else {
                break;
            }
        }
        let mut end = head + 1;
        for position in after.iter().skip(1) {
            if (end..*position).all(|gap| is_punct(&gap)) {
                end = position + 1;
            } else {
                break;
            }
        }
        while start < head && is_punct(&start) {
            start += 1;
        }
        while end > head + 1 && is_punct(&(end - 1)) {
            end -= 1;
        }
        // A quotation mark that opens inside and closes right behind.
        let is = |position: usize, marks: &[&str]| {
            tokens
                .get(position)
                .is_some_and(|token| marks.contains(&token.form.as_str()))
        };
        if (start..end).filter(|at| is(*at, &["“", "\""])).count() % 2 == 1 && is(end, &["”", "\""])
        {
            end += 1;
        }
        start..end
    }
}
