//! `whom extract --format document`: what a document says, with places, for other tools.
//!
//! One JSON object per document. Every `start` and `end` counts bytes of its text.

use std::collections::BTreeMap;
use std::io::Write;
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
}

/// Of "Rivera, commander of the fleet": the commander is Rivera.
fn told(analysis: &Analysis) -> BTreeMap<usize, usize> {
    let beside = ["apposition", "title", "role"];
    let says = |statement: &&StatementRecord| {
        matches!(statement.relation.as_str(), "IS_A" | "KNOWN_AS")
            && statement.polarity == "affirmed"
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
        }
    }

    fn json(&self) -> Json {
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
                })
            })
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
                let number = self.told.get(&mention.at).copied().unwrap_or(number);
                let json = self.mention(span, head.span(), &entity.kind, form, Some(number));
                found.entry((span.start(), span.end())).or_insert(json);
            }
        }
        for time in self.document.times() {
            self.add(&mut found, time.tokens.clone(), "Time", "time");
        }
        for token in self.document.tokens() {
            let counts = token.relation() == "nummod" && token.upos() == Upos::Num;
            let measured = token.quantity().map(|quantity| quantity.tokens.clone());
            if let Some(tokens) = measured {
                self.add(&mut found, tokens, "Quantity", "number");
            } else if counts && token.time().is_none() {
                let at = token.id().index();
                self.add(&mut found, at..at + 1, "Quantity", "number");
            }
        }
        found.into_values().collect()
    }

    /// Adds the words `tokens`, unless there is a mention of the same words.
    fn add(
        &self,
        found: &mut BTreeMap<(usize, usize), Json>,
        tokens: std::ops::Range<usize>,
        kind: &str,
        form: &str,
    ) {
        let token = |at: usize| self.document.token(TokenId::from_index(at));
        let ends = token(tokens.start).zip(token(tokens.end.saturating_sub(1)));
        if let Some((first, last)) = ends {
            let span = Span::new(first.span().start(), last.span().end());
            let json = self.mention(span, last.span(), kind, form, None);
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
        json!({
            "start": span.start(),
            "end": span.end(),
            "head_start": head.start(),
            "head_end": head.end(),
            "text": span.of(self.document.text()),
            "type": kind,
            "form": form,
            "entity": entity,
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
