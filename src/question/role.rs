//! What somebody is: "Who is the mayor of X?", "Who is X?", "Name a party".

use std::collections::BTreeSet;

use super::class::class_fit;
use super::facts::{Fact, Facts, NodeForm};
use super::frame::Phrase;
use super::matching::{Meaning, is_pronoun, name_fit, similarity};
use super::measure;
use super::phrase::parts;
use super::reading::{End, Ends, Found, Reading, Take, is_own};
use super::words;

/// The facts that tell who or what fits the description `phrase`: "Prime Minister of Peru".
pub(super) fn search(facts: &Facts, phrase: &Phrase) -> Reading {
    let mut reading = Reading::default();
    if let Some(owner) = &phrase.of {
        let role = phrase.role.to_lowercase();
        reading = holders(
            facts,
            |noun| role_fit(facts, &phrase.role, noun),
            |verb| {
                if words::is_broad_role(verb) {
                    0.0
                } else {
                    words::role_agreement(verb, &role)
                }
            },
            owner,
        );
    }
    let mut other = by_words(facts, phrase);
    if other.score() > reading.score() {
        std::mem::swap(&mut reading, &mut other);
    }
    reading
}

/// The stems that `phrase` says, and the short names of what it is of: who asks for the head of the
/// union learns nothing from "head of the NUW".
pub(super) fn said_by(facts: &Facts, phrase: &Phrase) -> Vec<String> {
    let mut said = phrase.words.clone();
    if let Some(owner) = &phrase.of {
        let owners = facts
            .things
            .iter()
            .filter(|thing| name_fit(facts, owner, thing) > 0.93);
        let short = |name: &&String| {
            !name.contains(' ') && name.chars().filter(|c| c.is_uppercase()).count() > 1
        };
        for name in owners.flat_map(|thing| &thing.aliases).filter(short) {
            said.extend(words::content(name));
        }
    }
    said
}

/// How well the role `held` answers for the role `asked`: "prime minister" for "Prime Minister".
fn role_fit(facts: &Facts, asked: &str, held: &str) -> f64 {
    let asked_words = words::words(asked);
    let held_words = words::words(held);
    let (Some(asked_head), Some(held_head)) = (asked_words.last(), held_words.last()) else {
        return 0.0;
    };
    let heads = words::noun_agreement(asked_head, held_head);
    if heads <= 0.0 {
        return 0.0;
    }
    let wanted: Vec<String> = words::content(asked);
    let held_stems = words::content(held);
    // "Finance director" for "director", where nothing better is known.
    if wanted.len() <= 1 {
        return if held_stems.len() > 1 {
            heads * 0.845
        } else {
            heads
        };
    }
    // "chief financial officer" is no "press officer".
    let cover = facts.coverage(&wanted, |stem| held_stems.iter().any(|word| word == stem));
    heads * (0.3 + 0.7 * cover)
}

/// The facts that tell who holds a role, as `fits` judges it, at `owner`.
///
/// `deeds` judges verbs: whoever writes a book is its author.
pub(super) fn holders(
    facts: &Facts,
    fits: impl Fn(&str) -> f64,
    deeds: impl Fn(&str) -> f64,
    owner: &Phrase,
) -> Reading {
    let meaning = Meaning::new(facts, owner, |owner| Some(possessed(facts, owner)));
    // Who is known to be so elsewhere is not so here because a sentence names both.
    let elsewhere = |thing: usize| {
        owner.proper
            && facts.around(thing).any(|other| {
                other.subject == thing
                    && fits(&other.verb) > 0.6
                    && is_claimed(other)
                    && facts
                        .thing(other.object)
                        .is_some_and(|object| object.name.starts_with(char::is_uppercase))
                    && meaning.fit(facts, other, End::Object) < 0.6
            })
    };
    let mut reading = Reading {
        ends: Ends {
            subject: false,
            object: true,
        },
        ..Reading::default()
    };
    for (index, fact) in facts.facts.iter().enumerate() {
        if !is_claimed(fact) {
            continue;
        }
        // (X)-[:MAYOR_OF]->(owner)
        let by_type = fits(&fact.verb);
        if by_type > 0.6 && answers(facts, fact, End::Subject) {
            let fit = meaning
                .fit(facts, fact, End::Object)
                .max(only_one(facts, fact, owner));
            if fit >= 0.6 {
                reading.found.push(Found {
                    fact: index,
                    take: vec![Take::Subject],
                    score: by_type * fit,
                });
            }
        }
        // (X)-[:WRITE]->(owner) is its author, where no type says so.
        let by_deed = deeds(&fact.verb);
        if by_deed > 0.6 && fact.preposition.is_empty() && answers(facts, fact, End::Subject) {
            let fit = meaning.fit(facts, fact, End::Object);
            if fit >= 0.6 {
                reading.found.push(Found {
                    fact: index,
                    take: vec![Take::Subject],
                    score: by_deed * fit,
                });
            }
        }
        // (X)-[:HAS]->(owner), called "her novel": X is its author.
        if fact.verb == "have" && is_own(&fact.object_text) && answers(facts, fact, End::Subject) {
            let made = words::makers(&words::stem_of_last(&fact.object_text))
                .map(&fits)
                .fold(0.0, f64::max);
            let fit = meaning.fit(facts, fact, End::Object);
            if made > 0.6 && fit >= 0.6 {
                reading.found.push(Found {
                    fact: index,
                    take: vec![Take::Subject],
                    score: made * fit * 0.85,
                });
            }
        }
        // (X)-[:IS_A]->(mayor of owner), and the other way round for names.
        if matches!(fact.verb.as_str(), "is a" | "be") {
            for (description, answer) in [(End::Object, End::Subject), (End::Subject, End::Object)]
            {
                if !answers(facts, fact, answer) {
                    continue;
                }
                let text = description.text(fact);
                let name = facts
                    .thing(description.thing(fact))
                    .map_or("", |thing| &thing.name);
                let score = [text, name]
                    .iter()
                    .map(|text| described_fit(facts, text, &fits, owner, fact))
                    .map(|(own, beside)| {
                        if own < beside && !elsewhere(answer.thing(fact)) {
                            beside
                        } else {
                            own
                        }
                    })
                    .fold(0.0, f64::max);
                let score = if description == End::Subject {
                    score * 0.97
                } else {
                    score
                };
                if score > 0.5 {
                    reading.found.push(Found {
                        fact: index,
                        take: vec![answer.take()],
                        score,
                    });
                }
            }
        }
    }
    reading
}

/// How well a description such as "the coach of Panama" or "Panama coach" says the role at the
/// owner, and how well it does if the owner only stands in the same sentence.
fn described_fit(
    facts: &Facts,
    text: &str,
    fits: &impl Fn(&str) -> f64,
    owner: &Phrase,
    fact: &Fact,
) -> (f64, f64) {
    let parts = parts(text);
    let role = if parts.role.is_empty() {
        text
    } else {
        &parts.role
    };
    let by_role = fits(role).max(
        words::words(role)
            .last()
            .map_or(0.0, |head| fits(head) * 0.97),
    );
    if by_role < 0.6 {
        return (0.0, 0.0);
    }
    let of = parts.of.as_ref().map_or(0.0, |of| {
        similarity(facts, &owner.words, &owner.head, &of.words)
    });
    let anywhere = {
        let held = words::content(text);
        facts.coverage(&owner.words, |stem| held.iter().any(|word| word == stem)) * 0.97
    };
    let in_sentence =
        facts.coverage(&owner.words, |stem| facts.sentence_has(fact.sentence, stem)) * 0.72;
    // "Arlkraft's chairman" is not that of another in the sentence.
    let anothers = parts
        .of
        .as_ref()
        .is_some_and(|whose| whose.proper && of < 0.5);
    let in_sentence = if anothers { 0.0 } else { in_sentence };
    (by_role * of.max(anywhere), by_role * in_sentence)
}

/// "City mayor Ada Brin": how well `owner` is the city, where the sentence has no other.
fn only_one(facts: &Facts, fact: &Fact, owner: &Phrase) -> f64 {
    let Some(thing) = facts.thing(fact.object) else {
        return 0.0;
    };
    if thing.name.contains(' ') || !thing.name.starts_with(char::is_lowercase) {
        return 0.0;
    }
    let class = parts(&thing.name);
    let sentence = facts.sentences.get(fact.sentence);
    let others = sentence.map_or(&[][..], |sentence| sentence.facts.as_slice());
    let mut candidates: BTreeSet<usize> = others
        .iter()
        .filter_map(|index| facts.fact(*index))
        .flat_map(|other| [other.subject, other.object])
        .filter(|index| *index != fact.object && *index != fact.subject)
        .filter(|index| class_fit(facts, &class, *index) >= 0.85)
        .filter(|index| {
            facts.thing(*index).is_some_and(|thing| {
                thing.name.starts_with(char::is_uppercase)
                    && matches!(thing.label.as_str(), "Place" | "Organization")
            })
        })
        .collect();
    match (candidates.pop_first(), candidates.pop_first()) {
        (Some(only), None) => facts
            .thing(only)
            .filter(|thing| name_fit(facts, owner, thing) > 0.93)
            .map_or(0.0, |_| 0.75),
        _ => 0.0,
    }
}

/// What belongs to the thing that `phrase` is of: of "the panel of the project" the panel that it
/// has, or that is of it.
pub(super) fn possessed(facts: &Facts, phrase: &Phrase) -> Reading {
    let mut reading = Reading::default();
    let Some(owner) = &phrase.of else {
        return reading;
    };
    let wanted = words::content(&phrase.role);
    let owner = Meaning::new(facts, owner, |_| None);
    for (index, fact) in facts.facts.iter().enumerate() {
        let has = fact.verb == "have" && fact.preposition.is_empty();
        let is_of = matches!(fact.verb.as_str(), "of" | "in" | "at" | "for" | "from");
        if !is_claimed(fact) || !(has || is_of) {
            continue;
        }
        let (whose, what) = if has {
            (End::Subject, End::Object)
        } else {
            (End::Object, End::Subject)
        };
        if !answers(facts, fact, what) {
            continue;
        }
        let kind = std::iter::once(what.words(fact))
            .chain(
                facts
                    .thing(what.thing(fact))
                    .into_iter()
                    .flat_map(|thing| thing.names.iter().map(Vec::as_slice)),
            )
            .filter(|held| held.contains(&phrase.head))
            .map(|held| facts.coverage(&wanted, |stem| held.iter().any(|word| word == stem)))
            .fold(0.0, f64::max);
        let fit = owner.fit(facts, fact, whose);
        if kind > 0.9 && fit > 0.8 {
            reading.found.push(Found {
                fact: index,
                take: vec![what.take()],
                score: 0.95 * kind * fit,
            });
        }
    }
    reading
}

/// Things whose words as written hold the whole description: of "Peruvian captain Ada Brin" the
/// captain of Peru is Ada Brin.
fn by_words(facts: &Facts, phrase: &Phrase) -> Reading {
    let mut reading = Reading::default();
    let role = phrase.of.as_ref().map_or(&phrase.words, |_| &phrase.words);
    if role.is_empty() {
        return reading;
    }
    // Whose it is must be said, if it is somebody with a name.
    let says_whose = |fact: &Fact, text: &str, held: &[String]| {
        let said = |stem: &str| {
            let own = is_own(text) && facts.document_has(&fact.document, stem);
            own || held.iter().any(|word| word == stem)
        };
        phrase
            .of
            .as_ref()
            .filter(|owner| owner.proper)
            .is_none_or(|owner| facts.coverage(&owner.words, said) > 0.5)
    };
    // "Arlkraft's founder Ada Brin" does not say what Arlkraft is.
    let is_thing = phrase.proper
        && phrase.of.is_none()
        && facts
            .things
            .iter()
            .any(|thing| thing.names.contains(&phrase.words));
    for (index, fact) in facts.facts.iter().enumerate() {
        if !is_claimed(fact) {
            continue;
        }
        for end in [End::Subject, End::Object] {
            let Some(thing) = facts.thing(end.thing(fact)) else {
                continue;
            };
            if thing.form != NodeForm::Entity || is_pronoun(&thing.name) {
                continue;
            }
            // The description must say more than the name does.
            let name = thing.names.first().map_or(&[][..], Vec::as_slice);
            let in_name = facts.coverage(role, |stem| name.iter().any(|word| word == stem));
            if is_thing
                || in_name > 0.6
                || name.is_empty()
                || !thing.name.starts_with(char::is_uppercase)
            {
                continue;
            }
            let written = end.words(fact);
            let aliases = thing.names.iter().skip(1);
            let cover = std::iter::once(written)
                .chain(aliases.map(Vec::as_slice))
                .filter(|held| held.contains(&phrase.head) && says_whose(fact, "", held))
                .map(|held| facts.coverage(role, |stem| held.iter().any(|word| word == stem)))
                .fold(0.0, f64::max);
            if cover > 0.9 {
                reading.found.push(Found {
                    fact: index,
                    take: vec![end.take()],
                    score: cover * 0.84,
                });
            }
        }
        // (X)-[:IS_A]->(the whole description), (X)-[:IS]->(extremely critical of it)
        if matches!(fact.verb.as_str(), "is a" | "be") {
            for (description, answer) in [(End::Object, End::Subject), (End::Subject, End::Object)]
            {
                // What it is like is not what it is.
                let quality = answer == End::Object
                    && facts
                        .thing(fact.object)
                        .is_some_and(|thing| thing.form == NodeForm::Value);
                if quality || !answers(facts, fact, answer) {
                    continue;
                }
                let name = facts
                    .thing(description.thing(fact))
                    .map_or(&[][..], |thing| {
                        thing.names.first().map_or(&[][..], Vec::as_slice)
                    });
                let fit = [description.words(fact), name]
                    .iter()
                    .filter(|held| says_whose(fact, description.text(fact), held))
                    .map(|held| similarity(facts, &phrase.words, &phrase.head, held))
                    .fold(0.0, f64::max);
                // A "teacher at Lindow School" is no Lindow School.
                let head = parts(description.text(fact)).head;
                // Nor is whoever leads Arlkraft what Arlkraft is.
                if is_thing && !description.heading(fact).contains(&phrase.head) {
                    continue;
                }
                let same = description == End::Subject
                    || words::noun_agreement(&phrase.head, &head) > 0.0
                    || name.contains(&phrase.head);
                if same && fit > 0.75 {
                    reading.found.push(Found {
                        fact: index,
                        take: vec![answer.take()],
                        score: if description == End::Subject {
                            fit * 0.93
                        } else {
                            fit * 0.95
                        },
                    });
                }
            }
        }
    }
    reading
}

/// Whether the end of a fact can stand as an answer.
fn answers(facts: &Facts, fact: &Fact, end: End) -> bool {
    facts
        .thing(end.thing(fact))
        .is_some_and(|thing| thing.form != NodeForm::Unstated && !is_pronoun(&thing.name))
}

/// Whether the fact is affirmed and no question.
fn is_claimed(fact: &Fact) -> bool {
    fact.polarity != "denied" && !matches!(fact.modality.as_str(), "asked" | "conditional")
}

/// The full name of what `phrase` is a short form of: "What is the NCO?"
pub(super) fn full_name(facts: &Facts, phrase: &Phrase) -> Reading {
    let wanted = words::words(&phrase.text);
    let mut reading = Reading::default();
    if phrase.text.contains(' ') {
        return reading;
    }
    for (index, fact) in facts.facts.iter().enumerate() {
        let Some(thing) = facts.thing(fact.subject) else {
            continue;
        };
        let Some(alias) = thing
            .aliases
            .iter()
            .find(|alias| words::words(alias) == wanted)
        else {
            continue;
        };
        let letters = alias.chars().filter(|c| c.is_uppercase()).count();
        if letters < 2 || !is_claimed(fact) || !thing.name.contains(' ') {
            continue;
        }
        // The sentence that has both forms says it best.
        let both =
            fact.evidence.contains(alias.as_str()) && fact.evidence.contains(thing.name.as_str());
        let either = fact.evidence.contains(thing.name.as_str());
        reading.alias = Some(alias.clone());
        reading.found.push(Found {
            fact: index,
            take: vec![Take::Subject],
            score: if both {
                0.95
            } else if either {
                0.9
            } else {
                0.85
            },
        });
    }
    reading
}

/// What the graph says that `phrase` is: "Who is Ada Brin?"
pub(super) fn definition(facts: &Facts, phrase: &Phrase) -> Reading {
    let meaning = Meaning::new(facts, phrase, |_| None);
    let mut reading = Reading {
        ends: Ends {
            subject: true,
            object: false,
        },
        ..Reading::default()
    };
    for (index, fact) in facts.facts.iter().enumerate() {
        if !is_claimed(fact) {
            continue;
        }
        let fit = meaning.fit(facts, fact, End::Subject);
        // A "teacher at Lindow School" is no Lindow School.
        let itself = facts.thing(fact.subject).is_some_and(|thing| {
            name_fit(facts, phrase, thing) > 0.6 || parts(&fact.subject_text).head == phrase.head
        });
        if fit < 0.7 || !itself {
            continue;
        }
        let Some(object) = facts.thing(fact.object) else {
            continue;
        };
        if object.form == NodeForm::Unstated
            || is_pronoun(&object.name)
            || fact.subject == fact.object
        {
            continue;
        }
        let (take, kind) = match fact.verb.as_str() {
            "is a" => (text_or_name(object, fact), 1.0),
            // What it is like is not what it is.
            "be" if measure::found("long", &fact.object_text).is_some() => continue,
            "be" if object.form == NodeForm::Value => (text_or_name(object, fact), 0.7),
            "be" => (text_or_name(object, fact), 0.8),
            verb if is_role_noun(verb) && !fact.preposition.is_empty() => (Take::Description, 0.99),
            _ => continue,
        };
        // The thing itself, not what it has part in: "Homs" is no "city of Homs council".
        let name = facts
            .thing(fact.subject)
            .map_or(0.0, |thing| name_fit(facts, phrase, thing));
        reading.found.push(Found {
            fact: index,
            take: vec![take],
            score: kind * fit * (0.7 + 0.3 * name),
        });
    }
    reading
}

/// The object as written, unless it is a name: "undersecretary to the prime minister".
fn text_or_name(object: &super::facts::Thing, fact: &Fact) -> Take {
    // "an officer named Ada Brin" says who she is, and her name.
    let named = fact.object_text.contains(" named ") || fact.object_text.contains(" called ");
    let capital = fact
        .object_text
        .split_whitespace()
        .any(|word| word.starts_with(char::is_uppercase));
    let name =
        object.name.starts_with(char::is_uppercase) && (capital || is_own(&fact.object_text));
    if name || fact.object_text.is_empty() || named {
        Take::Object
    } else {
        Take::ObjectText
    }
}

/// Whether a relationship type's words are a noun for what somebody is: `SPOKESMAN_FOR`.
fn is_role_noun(verb: &str) -> bool {
    words::is_role(verb)
}

/// The things that the graph says are a `phrase`: "Name a party".
pub(super) fn instances(facts: &Facts, phrase: &Phrase) -> Reading {
    let mut reading = Reading::default();
    for (index, fact) in facts.facts.iter().enumerate() {
        if !is_claimed(fact) || fact.verb != "is a" || !answers(facts, fact, End::Subject) {
            continue;
        }
        let name = facts.thing(fact.object).map_or(&[][..], |thing| {
            thing.names.first().map_or(&[][..], Vec::as_slice)
        });
        let fit = [fact.object_words.as_slice(), name]
            .iter()
            .map(|held| similarity(facts, &phrase.words, &phrase.head, held))
            .fold(0.0, f64::max);
        if fit > 0.7 {
            reading.found.push(Found {
                fact: index,
                take: vec![Take::Subject],
                score: fit,
            });
        }
    }
    reading
}
