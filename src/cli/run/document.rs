//! `whom extract --format document`: what a document says, with places, for other tools.
//!
//! One JSON object per document. Every `start` and `end` counts bytes of its text.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

use serde_json::{Value as Json, json};
use whom::base::{Id as _, Span};
use whom::extract::RuleTable;
use whom::ingest::{
    Analysis, MentionKind, ObjectRecord, ReadLimits, Schema, StatementRecord, analysed, sources,
};
use whom::text::{Document, Token, TokenId, Upos};

use super::read::annotator;
use crate::cli::{Context, Failure};

/// Writes what the documents in `path` say, one a line, in order.
pub(super) fn write(
    out: &mut dyn Write,
    path: &Path,
    rules: &RuleTable,
    schema: Option<&Schema>,
    context: &Context,
) -> Result<(), Failure> {
    let annotator = annotator()?;
    for source in sources(&[path.to_path_buf()], ReadLimits::default()) {
        let source = source.map_err(|error| Failure::input(error.diagnostic()))?;
        let (document, mut analysed) = analysed(&annotator, rules, &source);
        for complaint in &analysed.diagnostics {
            context.output.complain(complaint, document.text());
        }
        if let Some(schema) = schema {
            schema.apply(&mut analysed.analysis);
        }
        writeln!(out, "{}", Outline::of(&document, &analysed.analysis).json())?;
    }
    Ok(())
}

/// A document with its analysis, its words by their first bytes.
struct Outline<'a> {
    document: &'a Document,
    analysis: &'a Analysis,
    by_start: BTreeMap<usize, TokenId>,
    /// The entities of phrases that say what a named thing is, by the first bytes of their heads:
    /// in the graph they are classes of their own.
    told: BTreeMap<usize, usize>,
    amounts: Vec<Amount>,
}

/// A number with its unit. Amounts are no entities of the graph; here each is one, so that a
/// measure said twice, "8 km (5.0 mi)", can be seen to be one.
struct Amount {
    tokens: Range<usize>,
    /// Which of the outline's amounts it is: its own place, or that of the same amount before it.
    entity: usize,
    /// `Money` or `Quantity`.
    kind: &'static str,
}

/// The amounts of a document, in order.
fn amounts(document: &Document) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    for token in document.tokens() {
        let counts = token.relation() == "nummod" && token.upos() == Upos::Num;
        let at = token.id().index();
        let tokens = match token.quantity() {
            Some(quantity) => quantity.tokens.clone(),
            None if counts && token.time().is_none() => at..at + 1,
            None => continue,
        };
        // Currencies are named by their codes, other units by words.
        let unit = token
            .quantity()
            .and_then(|quantity| quantity.unit.as_deref());
        let money = unit.is_some_and(|unit| unit.chars().all(char::is_uppercase));
        let kind = if money { "Money" } else { "Quantity" };
        let own = found.len();
        match found.last() {
            Some(last) if last.tokens == tokens => {}
            Some(last) if converts(document, &last.tokens, &tokens) => {
                let entity = last.entity;
                found.push(Amount {
                    tokens,
                    entity,
                    kind,
                });
            }
            _ => found.push(Amount {
                tokens,
                entity: own,
                kind,
            }),
        }
    }
    found
}

/// Whether the amount `second` says in brackets, in another unit, what `first` says.
fn converts(document: &Document, first: &Range<usize>, second: &Range<usize>) -> bool {
    let token = |at: usize| document.token(TokenId::from_index(at));
    let text = |at: usize| token(at).map_or("", |token| token.text());
    let measures = |amount: &Range<usize>| {
        let known = token(amount.start)
            .and_then(|token| token.quantity().map(|quantity| quantity.unit.is_some()));
        known == Some(true)
            || UNITS.contains(
                &text(amount.end)
                    .trim_end_matches('/')
                    .to_lowercase()
                    .as_str(),
            )
    };
    let Some(opening) = second.start.checked_sub(1) else {
        return false;
    };
    let mut gap = first.end..opening;
    let closes = (second.end..second.end + 5).any(|at| text(at) == ")");
    gap.start <= gap.end
        && gap.len() <= 4
        && text(opening) == "("
        && closes
        && gap
            .all(|at| text(at) == "/" || token(at).is_some_and(|token| token.upos() != Upos::Punct))
        && measures(first)
        && measures(second)
}

/// Words that begin a unit of several words or signs.
const UNITS: [&str; 16] = [
    "sq", "square", "cu", "cubic", "m2", "m3", "m²", "m³", "km2", "km²", "km3", "km³", "nautical",
    "acre", "fluid", "mph",
];

/// Of "Rivera, commander of the fleet": the commander is Rivera.
fn told(analysis: &Analysis) -> BTreeMap<usize, usize> {
    let beside = ["apposition", "title", "role"];
    // Of "a launcher, a rocket and a gun" the tree may make appositions, too.
    let named = |statement: &StatementRecord| {
        let subject = statement
            .subject
            .and_then(|number| analysis.entities.get(number));
        subject.is_some_and(|subject| subject.proper)
    };
    let says = |statement: &&StatementRecord| {
        matches!(statement.relation.as_str(), "IS_A" | "KNOWN_AS")
            && statement.polarity == "affirmed"
            && named(statement)
            && beside.iter().any(|rule| statement.rule.starts_with(rule))
    };
    let statements = analysis.statements.iter().filter(says);
    statements
        .filter_map(|statement| statement.object_at.zip(statement.subject))
        .collect()
}

impl<'a> Outline<'a> {
    fn of(document: &'a Document, analysis: &'a Analysis) -> Self {
        let tokens = document.tokens();
        Self {
            document,
            analysis,
            by_start: tokens
                .map(|token| (token.span().start(), token.id()))
                .collect(),
            told: told(analysis),
            amounts: amounts(document),
        }
    }

    fn json(&self) -> Json {
        let first_amount = self.analysis.entities.len();
        let of_its_own = |(number, amount): &(usize, &Amount)| *number == amount.entity;
        let amounts = self.amounts.iter().enumerate().filter(of_its_own);
        let amounts = amounts.filter_map(|(number, amount)| {
            let span = self.words(&amount.tokens)?;
            Some(json!({
                "id": first_amount + number,
                "name": span.of(self.document.text()),
                "type": amount.kind,
                "kind": null,
                "category": null,
            }))
        });
        let entities: Vec<Json> = self
            .analysis
            .entities
            .iter()
            .enumerate()
            .map(|(number, entity)| {
                json!({
                    "id": number,
                    "name": entity.name,
                    "type": entity.kind,
                    "kind": entity.description,
                    "category": entity.category.as_deref(),
                })
            })
            .chain(amounts)
            .collect();
        let statements = self.analysis.statements.iter();
        json!({
            "source": self.analysis.source,
            "title": self.analysis.title,
            "entities": entities,
            "mentions": self.mentions(),
            "statements": statements.map(|statement| self.statement(statement)).collect::<Vec<_>>(),
        })
    }

    fn token(&self, at: usize) -> Option<Token<'a>> {
        self.document.token(*self.by_start.get(&at)?)
    }

    /// The words of the phrase with the head word at byte `at`.
    fn span(&self, at: usize) -> Option<Span> {
        let head = self.token(at)?;
        let Some(mention) = self.document.mention_headed_by(head.id()) else {
            return Some(head.span());
        };
        // "three strikes": how many there are is a mention of its own.
        let counts = |token: &Token<'_>| {
            token.head() == Some(head) && token.relation() == "nummod" && token.id() < head.id()
        };
        let first = mention.tokens().find(|token| !counts(token));
        let start = first.map_or_else(|| mention.span().start(), |first| first.span().start());
        Some(Span::new(start, mention.span().end()))
    }

    fn mentions(&self) -> Vec<Json> {
        let mut found: BTreeMap<(usize, usize), Json> = BTreeMap::new();
        for (number, entity) in self.analysis.entities.iter().enumerate() {
            for mention in &entity.places {
                let (Some(span), Some(head)) = (self.span(mention.at), self.token(mention.at))
                else {
                    continue;
                };
                let form = match mention.form {
                    MentionKind::Name => "name",
                    MentionKind::Description => "description",
                    MentionKind::Pronoun => "pronoun",
                };
                let told = self.told.get(&mention.at).copied();
                let told = told.filter(|_| mention.form != MentionKind::Name);
                let number = told.unwrap_or(number);
                let json = self.mention(span, head.span(), &entity.kind, form, Some(number));
                found.entry((span.start(), span.end())).or_insert(json);
            }
        }
        for time in self.document.times() {
            self.add(&mut found, &time.tokens, ("Time", "time"), None);
        }
        for amount in &self.amounts {
            let entity = self.analysis.entities.len() + amount.entity;
            self.add(
                &mut found,
                &amount.tokens,
                (amount.kind, "number"),
                Some(entity),
            );
        }
        found.into_values().collect()
    }

    /// The place of the words `tokens`.
    fn words(&self, tokens: &Range<usize>) -> Option<Span> {
        let token = |at: usize| self.document.token(TokenId::from_index(at));
        let first = token(tokens.start)?;
        let last = token(tokens.end.checked_sub(1)?)?;
        Some(Span::new(first.span().start(), last.span().end()))
    }

    /// Adds the words `tokens` with their type and form, unless there is a mention of the same
    /// words.
    fn add(
        &self,
        found: &mut BTreeMap<(usize, usize), Json>,
        tokens: &Range<usize>,
        (kind, form): (&str, &str),
        entity: Option<usize>,
    ) {
        let last = tokens.end.checked_sub(1).map(TokenId::from_index);
        let last = last.and_then(|last| self.document.token(last));
        if let Some((span, last)) = self.words(tokens).zip(last) {
            let json = self.mention(span, last.span(), kind, form, entity);
            found.entry((span.start(), span.end())).or_insert(json);
        }
    }

    fn mention(
        &self,
        span: Span,
        head: Span,
        kind: &str,
        form: &str,
        entity: Option<usize>,
    ) -> Json {
        let record = entity.and_then(|number| self.analysis.entities.get(number));
        let category = record.and_then(|entity| entity.category.as_deref());
        json!({
            "start": span.start(),
            "end": span.end(),
            "head_start": head.start(),
            "head_end": head.end(),
            "text": span.of(self.document.text()),
            "type": kind,
            "form": form,
            "entity": entity,
            "category": category,
        })
    }

    fn statement(&self, statement: &StatementRecord) -> Json {
        let sentence = self.analysis.sentences.get(statement.sentence);
        let start = sentence.map(|sentence| sentence.start);
        let end = sentence.map(|sentence| sentence.end);
        let object = match &statement.object {
            ObjectRecord::Entity(number) => Some(*number),
            ObjectRecord::Value(_) | ObjectRecord::Unstated => None,
        };
        json!({
            "subject": self.end(statement.subject, statement.subject_at, statement.subject_text.as_deref(), statement.sentence),
            "relation": statement.relation,
            "object": self.end(object, statement.object_at, statement.object_text.as_deref(), statement.sentence),
            "category": statement.category.as_deref(),
            "polarity": statement.polarity,
            "modality": statement.modality,
            "when": statement.when,
            "time": statement.time,
            "where": statement.place,
            "inferred": statement.inferred,
            "confidence": statement.confidence,
            "rule": statement.rule,
            "start": start,
            "end": end,
        })
    }

    /// One end of a statement: its mention, or where its words stand in the sentence.
    fn end(
        &self,
        entity: Option<usize>,
        at: Option<usize>,
        words: Option<&str>,
        sentence: usize,
    ) -> Json {
        let written = || {
            let place = self.analysis.sentences.get(sentence)?;
            let text = self.analysis.sentence_text(sentence);
            let start = place.start + text.find(words?)?;
            Some(Span::new(start, start + words?.len()))
        };
        let of_mention = || self.span(at?);
        let span = if entity.is_some() {
            of_mention().or_else(written)
        } else {
            written().or_else(of_mention)
        };
        span.map_or(Json::Null, |span| {
            json!({
                "start": span.start(),
                "end": span.end(),
                "text": span.of(self.document.text()),
                "entity": entity,
            })
        })
    }
}
