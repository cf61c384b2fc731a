//! Takes mentions out of the entities of a document where a person said that they mean another.
//!
//! Works on one analysis at a time, before the entities of documents come together. The statements
//! keep their order and their number; only their ends move.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::analysis::{Analysis, EntityRecord, MentionKind, MentionRecord, ObjectRecord};
use crate::resolve::{Apart, Correction, MentionName};

/// `analysis` after those of `corrections` that take mentions apart. Into `found` goes, for each
/// mention that was found, the place of its correction and its own place in that.
pub(super) fn separated<'a>(
    analysis: &'a Analysis,
    corrections: &[(i64, Correction)],
    found: &mut BTreeSet<(usize, usize)>,
) -> Cow<'a, Analysis> {
    let mut result = Cow::Borrowed(analysis);
    for (order, (_, correction)) in corrections.iter().enumerate() {
        let Correction::Split(split) = correction else {
            continue;
        };
        let Apart::Mentions(mentions) = &split.apart else {
            continue;
        };
        let mut taken = BTreeSet::new();
        for (place, mention) in mentions.iter().enumerate() {
            if mention.document == analysis.source
                && let Some(at) = mention_at(analysis, mention)
            {
                taken.insert(at);
                found.insert((order, place));
            }
        }
        if !taken.is_empty() {
            take_out(result.to_mut(), &taken);
        }
    }
    result
}

/// The mention that `wanted` names, by [`MentionRecord::at`].
fn mention_at(analysis: &Analysis, wanted: &MentionName) -> Option<usize> {
    same_words(analysis, &wanted.sentence, &wanted.words)
        .nth(wanted.count.checked_sub(1)?)
        .map(|(_, at)| at)
}

/// The name of the mention at byte `at` of `analysis`, with the number of its entity; `None` if
/// no mention has its head there.
pub fn mention_name(analysis: &Analysis, at: usize) -> Option<(usize, MentionName)> {
    let (number, mention) = analysis
        .entities
        .iter()
        .enumerate()
        .flat_map(|(number, entity)| entity.places.iter().map(move |place| (number, place)))
        .find(|(_, mention)| mention.at == at)?;
    let sentence = analysis.sentence_at(at).to_owned();
    let before =
        same_words(analysis, &sentence, &mention.words).position(|(_, other)| other == at)?;
    let name = MentionName {
        document: analysis.source.clone(),
        sentence,
        words: mention.words.clone(),
        count: before + 1,
    };
    Some((number, name))
}

/// The mentions of `words` in sentences whose text is `sentence`, in order, each with its entity.
fn same_words<'a>(
    analysis: &'a Analysis,
    sentence: &str,
    words: &str,
) -> impl Iterator<Item = (usize, usize)> + use<'a> {
    let mut places: Vec<(usize, usize)> = analysis
        .entities
        .iter()
        .enumerate()
        .flat_map(|(number, entity)| entity.places.iter().map(move |place| (number, place)))
        .filter(|(_, mention)| mention.words == words)
        .filter(|(_, mention)| analysis.sentence_at(mention.at) == sentence)
        .map(|(number, mention)| (number, mention.at))
        .collect();
    places.sort_by_key(|(_, at)| *at);
    places.into_iter()
}

/// Makes the mentions `taken` one entity of its own.
fn take_out(analysis: &mut Analysis, taken: &BTreeSet<usize>) {
    let made = analysis.entities.len();
    let mut mentions: Vec<MentionRecord> = Vec::new();
    let mut model: Option<EntityRecord> = None;
    let mut from: BTreeSet<usize> = BTreeSet::new();
    for (number, entity) in analysis.entities.iter_mut().enumerate() {
        if !entity
            .places
            .iter()
            .any(|mention| taken.contains(&mention.at))
        {
            continue;
        }
        from.insert(number);
        model.get_or_insert_with(|| entity.clone());
        let (gone, rest): (Vec<MentionRecord>, Vec<MentionRecord>) = entity
            .places
            .drain(..)
            .partition(|mention| taken.contains(&mention.at));
        let left = u32::from(!rest.is_empty());
        entity.mentions = entity.mentions.saturating_sub(counted(&gone)).max(left);
        entity.places = rest;
        describe(entity, &gone);
        mentions.extend(gone);
    }
    let Some(model) = model else {
        return;
    };
    mentions.sort_by_key(|mention| mention.at);
    let mut entity = EntityRecord {
        name: String::new(),
        aliases: Vec::new(),
        proper_names: Vec::new(),
        kind: model.kind,
        description: None,
        mentions: counted(&mentions),
        proper: false,
        unique: false,
        stated: false,
        places: mentions,
        merges: Vec::new(),
        category: model.category,
        parted: true,
    };
    describe(&mut entity, &[]);
    analysis.entities.push(entity);
    let moved = |number: usize, at: Option<usize>| {
        from.contains(&number) && at.is_some_and(|at| taken.contains(&at))
    };
    for statement in analysis.statements.iter_mut().chain(&mut analysis.asides) {
        if let Some(number) = statement.subject
            && moved(number, statement.subject_at)
        {
            statement.subject = Some(made);
        }
        if let ObjectRecord::Entity(number) = statement.object
            && moved(number, statement.object_at)
        {
            statement.object = ObjectRecord::Entity(made);
        }
        if let Some(number) = statement.attributed_to
            && moved(number, statement.attributed_at)
        {
            statement.attributed_to = Some(made);
        }
    }
    // Who no longer takes part in a statement is no node, unless it bears a name.
    let mut stated: BTreeSet<usize> = BTreeSet::new();
    for statement in &analysis.statements {
        stated.extend(statement.subject);
        stated.extend(statement.attributed_to);
        if let ObjectRecord::Entity(number) = statement.object {
            stated.insert(number);
        }
    }
    for number in from.into_iter().chain([made]) {
        if let Some(entity) = analysis.entities.get_mut(number) {
            entity.stated = stated.contains(&number);
        }
    }
}

fn counted(mentions: &[MentionRecord]) -> u32 {
    u32::try_from(mentions.len()).unwrap_or(u32::MAX)
}

/// Names `entity` by the mentions it has, once `gone` have left it.
fn describe(entity: &mut EntityRecord, gone: &[MentionRecord]) {
    let called = |wanted: &str| entity.places.iter().any(|left| left.called() == wanted);
    let lost: BTreeSet<String> = gone
        .iter()
        .map(|mention| mention.called().to_owned())
        .filter(|words| !called(words))
        .collect();
    entity.aliases.retain(|alias| !lost.contains(alias));
    entity.proper_names.retain(|name| !lost.contains(name));
    if entity.name.is_empty() || lost.contains(&entity.name) {
        let best = entity.places.iter().max_by_key(|mention| {
            let rank = match mention.form {
                MentionKind::Name => 2,
                MentionKind::Description => 1,
                MentionKind::Pronoun => 0,
            };
            let words = mention.called().split_whitespace().count();
            (rank, words, std::cmp::Reverse(mention.at))
        });
        entity.name = match best {
            Some(mention) if mention.form == MentionKind::Pronoun => {
                mention.called().to_lowercase()
            }
            Some(mention) => mention.called().to_owned(),
            None => String::new(),
        };
    }
    for mention in entity.places.iter().filter(|_| entity.parted) {
        let name = mention.called();
        let known = |names: &[String]| names.iter().any(|known| known == name);
        if mention.form == MentionKind::Name && !known(&entity.proper_names) {
            entity.proper_names.push(name.to_owned());
        }
        if mention.form != MentionKind::Pronoun && name != entity.name && !known(&entity.aliases) {
            entity.aliases.push(name.to_owned());
        }
    }
    let name = entity.name.clone();
    entity.aliases.retain(|alias| *alias != name);
    entity.aliases.sort();
    entity.proper_names.sort();
    entity.proper = !entity.proper_names.is_empty();
}
