//! From an annotated document and its statements to the record of what it says.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::analysis::{
    ANALYSIS_FORMAT, Analysis, EntityRecord, MentionKind, MentionRecord, MergeRecord, ObjectRecord,
    SentenceRecord, StatementRecord,
};
use super::pipeline::Analysed;
use super::source::SourceText;
use crate::base::Id;
use crate::extract::{
    Argument, ArgumentForm, Factor, Role, RuleTable, Statement, asides, changed, extract,
};
use crate::model::{EntityKind, Modality};
use crate::resolve::{LocalEntity, LocalMention, Places, Resolution, relation_type, resolve};
use crate::text::{Annotator, Document, EntityType, Input, MentionForm, TimeExpression, TokenId};

/// Prepositions that say where something happens.
const PLACE_PREPOSITIONS: [&str; 12] = [
    "in",
    "at",
    "on",
    "near",
    "inside",
    "outside",
    "across",
    "around",
    "along",
    "off",
    "north of",
    "throughout",
];
/// Of statements less sure than this three in five are right; the graph holds none of them.
pub const LEAST_SURE: f32 = 0.65;
/// Words of a value node beyond this many bytes are cut.
const LONGEST_VALUE_BYTES: usize = 400;

/// Reads one text: the document that the annotator makes of it, and what it says. A rule that is
/// not built in and made a statement is named with its place.
///
/// Cost is that of annotating, linear in the text.
pub fn analysed(
    annotator: &Annotator,
    rules: &RuleTable,
    source: &SourceText,
) -> (Document, Analysed) {
    let input = Input {
        furniture: false,
        text: source.text.clone(),
        title: source.title.clone(),
        published: source.published,
    };
    let (document, mut diagnostics) = annotator.annotate(input);
    let (statements, complaints) = extract(&document, rules);
    diagnostics.extend(complaints);
    let diagnostics = diagnostics
        .into_iter()
        .map(|diagnostic| diagnostic.in_origin(source.source.clone()))
        .collect();
    let asides = asides(&document, rules);
    let mut analysis = analysis(
        &source.source,
        &source.hash,
        &document,
        rules,
        &statements,
        &asides,
    );
    for rule in rules.rules().iter().filter(|rule| !rule.place().builtin) {
        let made = |statement: &StatementRecord| statement.rule == rule.name().as_str();
        if analysis.statements.iter().any(made) {
            let name = rule.name().as_str().to_owned();
            analysis.own_rules.insert(name, rule.place().to_string());
        }
    }
    let analysed = Analysed {
        analysis,
        diagnostics,
    };
    (document, analysed)
}

/// What `document`, read from `source` with bytes of `hash`, says by `statements`; `asides` are
/// what schemas may use beside them, and decide nothing of what phrases refer to. What rules of ours
/// say with less than [`LEAST_SURE`] is left out.
pub fn analysis(
    source: &str,
    hash: &str,
    document: &Document,
    rules: &RuleTable,
    statements: &[Statement],
    asides: &[Statement],
) -> Analysis {
    let mut resolution = resolve(document, statements);
    let known = statements.iter().zip(&resolution.factors);
    for (places, (statement, factors)) in resolution.places.iter_mut().zip(known) {
        places.idle |= is_withheld(rules, statement, factors);
    }
    let stated = stated(&resolution);
    let mut records: Vec<StatementRecord> = statements
        .iter()
        .zip(resolution.places.iter().zip(&resolution.factors))
        .map(|(statement, (places, factors))| record(document, statement, *places, factors))
        .collect();
    share_within_clauses(document, statements, &resolution, &mut records);
    let asides = asides
        .iter()
        .map(|aside| {
            let entity =
                |argument: &Option<Argument>| resolution.entity_at(argument.as_ref()?.head);
            let places = Places {
                subject: entity(&aside.subject),
                object: entity(&aside.object),
                ..Places::default()
            };
            record(document, aside, places, &[])
        })
        .collect();
    let mut idle = resolution.places.iter().map(|places| places.idle);
    records.retain(|_| !idle.next().unwrap_or(false));
    Analysis {
        format: ANALYSIS_FORMAT,
        source: source.to_owned(),
        title: document.title().map(str::to_owned),
        published: document.published().map(|day| day.to_string()),
        hash: hash.to_owned(),
        text: document.text().to_owned(),
        sentences: document
            .sentences()
            .map(|sentence| SentenceRecord {
                start: sentence.span().start(),
                end: sentence.span().end(),
            })
            .collect(),
        entities: resolution
            .entities
            .iter()
            .enumerate()
            .map(|(number, entity)| entity_record(entity, stated.contains(&number)))
            .collect(),
        statements: records,
        own_rules: BTreeMap::new(),
        asides,
    }
}

/// Whether a rule of ours makes `statement` and is not sure enough of it; `factors` are what
/// resolution says of its ends.
pub fn is_withheld(rules: &RuleTable, statement: &Statement, factors: &[Factor]) -> bool {
    let rule = rules.named(&statement.rule);
    rule.is_some_and(|rule| rule.place().builtin)
        && changed(statement.confidence, factors).share() < LEAST_SURE
}

fn stated(resolution: &Resolution) -> BTreeSet<usize> {
    resolution
        .places
        .iter()
        .filter(|places| !places.idle)
        .flat_map(|places| [places.subject, places.object, places.attribution])
        .flatten()
        .collect()
}

fn entity_record(entity: &LocalEntity, stated: bool) -> EntityRecord {
    EntityRecord {
        name: entity.name.clone(),
        aliases: entity.aliases.clone(),
        proper_names: entity.proper_names.clone(),
        kind: entity.kind.label().to_owned(),
        description: entity.description.clone(),
        mentions: entity.mentions,
        proper: entity.proper,
        unique: entity.unique,
        stated,
        places: entity.places.iter().map(mention_record).collect(),
        parted: false,
        category: None,
        merges: entity
            .merges
            .iter()
            .map(|merge| MergeRecord {
                sieve: merge.sieve.to_owned(),
                earlier: merge.earlier.0.clone(),
                earlier_start: merge.earlier.1,
                later: merge.later.0.clone(),
                later_start: merge.later.1,
            })
            .collect(),
    }
}

fn mention_record(mention: &LocalMention) -> MentionRecord {
    MentionRecord {
        at: mention.at,
        form: match mention.form {
            MentionForm::Name => MentionKind::Name,
            MentionForm::Nominal => MentionKind::Description,
            MentionForm::Pronoun => MentionKind::Pronoun,
        },
        words: mention.words.clone(),
        called: Some(mention.called.clone()).filter(|called| *called != mention.words),
    }
}

fn record(
    document: &Document,
    statement: &Statement,
    places: Places,
    factors: &[Factor],
) -> StatementRecord {
    let words = |tokens: &[TokenId]| one_line(&document.words(tokens));
    let full = |argument: &Argument| words(&argument.full);
    let at = |argument: Option<&Argument>| {
        let head = document.token(argument?.head)?;
        Some(head.span().start())
    };
    let when = statement.when.as_deref();
    let object = match (places.object, statement.object.as_ref()) {
        (Some(entity), _) => ObjectRecord::Entity(entity),
        (None, Some(argument)) => ObjectRecord::Value(shortened(value_words(document, argument))),
        (None, None) => ObjectRecord::Unstated,
    };
    // A time or a place that is itself the object is the when or the where of its statement.
    let object_time = statement
        .object
        .as_ref()
        .filter(|object| object.form == ArgumentForm::Time);
    // "a better future" is no day.
    let dated = |object: &&Argument| time_value(document, &object.full).is_some();
    let when_tokens: Option<Vec<TokenId>> = when
        .map(<[TokenId]>::to_vec)
        .or_else(|| object_time.filter(dated).map(|object| object.full.clone()));
    StatementRecord {
        sentence: statement.sentence.index(),
        clause: u32::try_from(statement.clause.index()).unwrap_or(u32::MAX),
        subject: places.subject,
        subject_at: at(statement.subject.as_ref()),
        subject_text: statement.subject.as_ref().map(full),
        relation: relation(statement),
        text: words(&statement.relation.tokens),
        object,
        object_at: at(statement.object.as_ref()),
        object_text: statement.object.as_ref().map(full),
        polarity: statement.polarity.name().to_owned(),
        modality: statement.modality.name().to_owned(),
        attributed_to: places.attribution,
        attributed_at: places
            .attribution
            .and_then(|_| at(statement.attribution.as_ref())),
        attributed_text: statement.attribution.as_ref().map(full),
        when: when_tokens.as_deref().map(words),
        time: when_tokens
            .as_deref()
            .and_then(|tokens| time_value(document, tokens))
            .map(|day| {
                let said = when_tokens.as_deref().map(words).unwrap_or_default();
                let planned = statement.modality == Modality::Planned;
                if planned {
                    coming(document, &said, day)
                } else {
                    day
                }
            }),
        place: statement
            .place
            .as_deref()
            .map(|place| words(place).trim_end_matches([',', ';']).to_owned()),
        arguments: statement
            .arguments
            .iter()
            .map(|tokens| shortened(words(tokens)))
            .collect(),
        quantity: statement.quantity,
        inferred: statement.inferred || places.by_pronoun,
        confidence: rounded(changed(statement.confidence, factors).share()),
        rule: statement.rule.as_str().to_owned(),
        category: None,
    }
}

/// What one statement of a clause says of when and where holds for the others: "launched an
/// assault in Talbisa on Monday" makes three statements.
fn share_within_clauses(
    document: &Document,
    statements: &[Statement],
    resolution: &Resolution,
    records: &mut [StatementRecord],
) {
    let mut times: BTreeMap<u32, (Option<String>, Option<String>)> = BTreeMap::new();
    let mut places: BTreeMap<u32, String> = BTreeMap::new();
    for ((statement, found), record) in statements.iter().zip(&resolution.places).zip(&*records) {
        if record.when.is_some() {
            times
                .entry(record.clause)
                .or_insert_with(|| (record.when.clone(), record.time.clone()));
        }
        let kind = found
            .object
            .and_then(|object| resolution.entities.get(object))
            .map(|entity| entity.kind);
        let said = record.place.clone().or_else(|| match &statement.role {
            Role::Oblique(preposition)
                if kind == Some(EntityKind::Place)
                    && PLACE_PREPOSITIONS.contains(&preposition.as_str()) =>
            {
                let object = statement.object.as_ref()?;
                let words = one_line(&document.words(&object.full));
                Some(format!("{preposition} {words}"))
            }
            Role::Oblique(_) | Role::Object => None,
        });
        if let Some(said) = said {
            places.entry(record.clause).or_insert(said);
        }
    }
    // When it was said is not when it happened.
    for record in records.iter_mut().filter(|record| record.rule != "source") {
        if record.when.is_none()
            && let Some((when, time)) = times.get(&record.clause)
        {
            record.when.clone_from(when);
            record.time.clone_from(time);
        }
        if record.place.is_none() {
            record.place = places.get(&record.clause).cloned();
        }
    }
}

/// The type of the relationship; the preposition of an argument beyond the object belongs to it.
fn relation(statement: &Statement) -> String {
    let lemma = statement.relation.lemma.trim();
    match &statement.role {
        Role::Object => relation_type(lemma),
        Role::Oblique(preposition) => {
            let there = lemma == preposition
                || lemma
                    .strip_suffix(preposition.as_str())
                    .is_some_and(|before| before.ends_with(' '));
            if there || preposition == "iobj" {
                relation_type(lemma)
            } else {
                relation_type(&format!("{lemma} {preposition}"))
            }
        }
    }
}

fn value_words(document: &Document, argument: &Argument) -> String {
    let tokens = match argument.form {
        ArgumentForm::Attribute if !argument.core.is_empty() => &argument.core,
        ArgumentForm::Attribute
        | ArgumentForm::Entity
        | ArgumentForm::Clause
        | ArgumentForm::Amount
        | ArgumentForm::Time => &argument.full,
    };
    one_line(&document.words(tokens))
}

/// Words on one line, without a quotation mark whose other half is not among them.
fn one_line(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = joined.matches('"').count() == 1;
    let curved = joined.contains('“') != joined.contains('”');
    let half = |letter: char| (plain && letter == '"') || (curved && matches!(letter, '“' | '”'));
    joined.trim_matches(half).trim().to_owned()
}

fn shortened(words: String) -> String {
    if words.len() <= LONGEST_VALUE_BYTES {
        return words;
    }
    let end = words
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|at| *at <= LONGEST_VALUE_BYTES)
        .last()
        .unwrap_or(0);
    let cut = words.get(..end).unwrap_or_default();
    format!("{} …", cut.trim_end())
}

/// The ISO 8601 form of the first time expression that shares a word with `tokens`.
fn time_value(document: &Document, tokens: &[TokenId]) -> Option<String> {
    document
        .times()
        .iter()
        .filter(|time| {
            tokens
                .iter()
                .any(|token| time.tokens.contains(&token.index()))
        })
        .filter(|time| tells_when(document, time))
        .find_map(|time| time.value.clone())
}

/// Whether `time` may say when something is: not in brackets ("the war (1821 - 24)"), nor where it
/// only says who or which thing is meant ("a 12th century church").
fn tells_when(document: &Document, time: &TimeExpression) -> bool {
    let head = time
        .tokens
        .clone()
        .filter_map(|index| document.token(TokenId::from_index(index)))
        .find(|token| {
            token
                .head()
                .is_none_or(|above| !time.tokens.contains(&above.id().index()))
        });
    let Some(head) = head else {
        return true;
    };
    let bracketed = head
        .children()
        .any(|mark| mark.id() < head.id() && matches!(mark.form(), "(" | "["));
    let describes = matches!(head.relation(), "compound" | "amod")
        && head.head().is_some_and(|noun| {
            matches!(
                noun.entity_type(),
                Some(
                    EntityType::Person
                        | EntityType::Organization
                        | EntityType::Place
                        | EntityType::Object
                )
            )
        });
    !bracketed && !describes
}

/// The day that a plan speaks of in `words`: "on Wednesday they are to travel" means the next one,
/// where a report of what happened means the last one before the document's date.
fn coming(document: &Document, words: &str, day: String) -> String {
    const WEEK: i64 = 7;
    let lower = words.to_lowercase();
    let weekday = lower.contains("day")
        && !lower.contains("last")
        && !lower.contains(|c: char| c.is_ascii_digit());
    let (Some(published), Ok(date)) = (document.published(), day.parse::<Date>()) else {
        return day;
    };
    let week_before = date < published
        && date
            .checked_add(WEEK.days())
            .is_ok_and(|next| next >= published);
    if !weekday || !week_before {
        return day;
    }
    date.checked_add(WEEK.days())
        .map_or(day, |next| next.to_string())
}

/// Three places are enough for a confidence, and print alike everywhere.
fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::{LEAST_SURE, analysis, shortened};
    use crate::extract::{RuleTable, changed, extract};
    use crate::model::Confidence;
    use crate::resolve::resolve;
    use crate::text::conllu;

    #[test]
    fn long_values_are_cut_on_a_character() {
        let long = "é".repeat(400);
        let cut = shortened(long);
        assert!(cut.len() <= 410 && cut.ends_with('…'), "{}", cut.len());
        assert_eq!(shortened("legal".to_owned()), "legal");
    }

    const TREE: &str = "# newdoc\n# sent_id = 1\n\
        1\tRebels\trebel\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\tEntityType=person\n\
        2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n\
        3\tBergen\tBergen\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\tNER=B-Place\n\n";

    #[test]
    fn what_our_rules_are_not_sure_of_is_left_out_and_what_others_say_is_kept() {
        let document = conllu::read(TREE).0.remove(0);
        let ours = RuleTable::builtin();
        let (made, _) = extract(&document, &ours);
        let rule = made[0].rule.as_str().to_owned();
        let without = ours.without(std::iter::once(rule.as_str()));
        let count = |rules: &RuleTable, confidence: f32| {
            let mut made = made.clone();
            made[0].confidence = Confidence::clamped(confidence);
            let analysis = analysis("a.txt", "", &document, rules, &made, &[]);
            analysis.statements.len()
        };
        // What its ends say for it lifts it over the bar.
        let ends = resolve(&document, &made).factors.remove(0);
        let lifted = |share: f32| changed(Confidence::clamped(share), &ends).share();
        let below = (0..100_u8)
            .map(|hundredths| f32::from(hundredths) / 100.0)
            .take_while(|share| lifted(*share) < LEAST_SURE)
            .last()
            .unwrap_or_default();
        assert_eq!(made.len(), 1);
        assert_eq!(count(&ours, below + 0.01), 1);
        assert_eq!(count(&ours, below), 0);
        assert_eq!(count(&without, below), 1);
    }
}
