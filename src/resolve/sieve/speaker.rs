//! "I" and "we" in quotations mean the one who speaks.

use std::collections::BTreeMap;

use crate::base::Id;
use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::reference::{Form, Pronoun, Reference};
use crate::text::{Sentence, SentenceId, Token};

/// Verbs that bring in somebody's words.
const SPEECH: [&str; 36] = [
    "say",
    "tell",
    "claim",
    "report",
    "announce",
    "state",
    "add",
    "explain",
    "note",
    "write",
    "argue",
    "ask",
    "reply",
    "answer",
    "declare",
    "insist",
    "warn",
    "admit",
    "believe",
    "think",
    "comment",
    "remark",
    "stress",
    "observe",
    "suggest",
    "continue",
    "conclude",
    "recall",
    "joke",
    "shout",
    "tweet",
    "post",
    "respond",
    "emphasize",
    "emphasise",
    "complain",
];

/// Joins pronouns of the first person to the speaker of the words they stand in, if one is named.
/// The "we" of one person is a thing of its own, the same wherever that person says it.
pub(crate) fn speaker(scene: &Scene<'_>, clusters: &mut Clusters) {
    let speakers = speakers(scene);
    let mut unspoken = Vec::new();
    let mut companies: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, reference) in scene.references.iter().enumerate() {
        if reference.form != Form::Pronoun(Pronoun::First) {
            continue;
        }
        let Some(token) = scene.document.token(reference.head) else {
            continue;
        };
        let found = speaker_above(scene, token)
            .or_else(|| speakers.get(&reference.sentence).copied())
            .filter(|speaker| {
                scene
                    .references
                    .get(*speaker)
                    .is_some_and(|speaker| speaker.form != Form::Pronoun(Pronoun::First))
            });
        match found {
            Some(speaker) if is_one_of(clusters, speaker, reference) => {
                match companies.get(&clusters.root(speaker)).copied() {
                    Some(earlier) => {
                        clusters.join("speaker", earlier, number);
                    }
                    None => {
                        companies.insert(clusters.root(speaker), number);
                    }
                }
            }
            Some(speaker) => {
                clusters.join("speaker", speaker, number);
            }
            None => unspoken.push(number),
        }
    }
    author(scene, clusters, &unspoken);
}

/// Whether `reference` is the "we" of one who speaks for several: "we" is more than the speaker, and
/// who else it is the words do not say. A body of people speaks of itself as "we".
fn is_one_of(clusters: &Clusters, speaker: usize, reference: &Reference) -> bool {
    reference.plural == Some(true)
        && clusters
            .of(speaker)
            .is_some_and(|one| one.plural != Some(true) && !one.is_organization())
}

/// Joins what is left of the first person, each number for itself: the author's "I" is one.
fn author(scene: &Scene<'_>, clusters: &mut Clusters, unspoken: &[usize]) {
    let mut first: [Option<usize>; 2] = [None, None];
    for number in unspoken {
        let plural = scene
            .references
            .get(*number)
            .is_some_and(|reference| reference.plural == Some(true));
        let [singular, several] = &mut first;
        let slot = if plural { several } else { singular };
        match *slot {
            Some(earlier) => {
                clusters.join("speaker", earlier, *number);
            }
            None => *slot = Some(*number),
        }
    }
}

/// Who speaks the words around `token`: the subject of the verb of speech they depend on, or of
/// one that is put in after them.
fn speaker_above(scene: &Scene<'_>, token: Token<'_>) -> Option<usize> {
    let mut current = token;
    for _ in 0..40 {
        let inserted = current
            .children()
            .filter(|child| child.relation() == "parataxis" && is_speech(*child))
            .find_map(|verb| subject(scene, verb));
        if inserted.is_some()
            && !current
                .children()
                .any(|child| child.id() == token.id() && is_speech(current))
        {
            return inserted;
        }
        let head = current.head()?;
        if matches!(current.relation(), "ccomp" | "parataxis") && is_speech(head) {
            return subject(scene, head);
        }
        current = head;
    }
    None
}

/// Whether the verb brings in words; "continues to threaten" does not.
pub(super) fn is_speech(verb: Token<'_>) -> bool {
    SPEECH.contains(&verb.lemma()) && !verb.children().any(|child| child.relation() == "xcomp")
}

fn subject(scene: &Scene<'_>, verb: Token<'_>) -> Option<usize> {
    let subject = verb.children().find(|child| child.relation() == "nsubj")?;
    scene.by_head.get(&subject.id()).copied()
}

/// The speaker of each sentence that stands wholly or partly in quotation marks, carried on while
/// the marks stay open or open again in the next sentence of the paragraph.
fn speakers(scene: &Scene<'_>) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    for statement in scene.statements {
        if let Some(by) = &statement.attribution
            && let Some(number) = scene.by_head.get(&by.head)
        {
            found.entry(statement.sentence.index()).or_insert(*number);
        }
    }
    let mut last: Option<(usize, usize)> = None;
    for sentence in scene.document.sentences() {
        let number = sentence.id().index();
        let own = found
            .get(&number)
            .copied()
            .or_else(|| spoken(scene, sentence));
        let quoted = sentence.text().contains(['"', '“', '”']) || within_open_quote(scene, number);
        let carried = last
            .filter(|(paragraph, _)| quoted && sentence.paragraph() <= paragraph + 1)
            .map(|(_, speaker)| speaker);
        match own.or(carried) {
            Some(speaker) => {
                found.insert(number, speaker);
                last = Some((sentence.paragraph(), speaker));
            }
            None => last = None,
        }
    }
    found
}

/// The subject of the verb of speech in a sentence with quotation marks.
fn spoken(scene: &Scene<'_>, sentence: Sentence<'_>) -> Option<usize> {
    if !sentence.text().contains(['"', '“', '”']) {
        return None;
    }
    sentence
        .tokens()
        .filter(|token| is_speech(*token))
        .find_map(|verb| subject(scene, verb))
}

/// Whether a quotation opened with a curved mark before the sentence and has not been closed.
fn within_open_quote(scene: &Scene<'_>, number: usize) -> bool {
    let Some(previous) = number
        .checked_sub(1)
        .and_then(|before| scene.document.sentence(SentenceId::from_index(before)))
    else {
        return false;
    };
    let text = previous.text();
    match (text.rfind('“'), text.rfind('”')) {
        (Some(opened), Some(closed)) => opened > closed,
        (Some(_), None) => true,
        (None, Some(_) | None) => false,
    }
}
