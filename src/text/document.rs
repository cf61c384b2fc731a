//! One text and all its annotations in flat lists, and the views that read them.
//!
//! A [`Document`] has all its layers or does not exist: [`DocumentBuilder`] takes whole sentences
//! and yields the document at the end. Views ([`Sentence`], [`Token`], [`Mention`]) are `Copy`:
//! a reference to the document and an id.
//!
//! The trees are Universal Dependencies, version 2: each token has a head in its sentence or is
//! its root, and a relation to it (`nsubj:pass`).

use std::ops::Range;

use jiff::civil::Date;

pub use super::kinds::{EntityType, MentionForm, NameType, SentenceForm, Upos};
use super::mend;
use crate::base::{Id, IdVec, Interner, Span, Symbol, define_ids};

define_ids! {
    /// Names a token of a document, counted through the whole document.
    TokenId,
    /// Names a sentence of a document.
    SentenceId,
    /// Names a mention of a document.
    MentionId,
}

/// One token as given to [`DocumentBuilder`]; heads count within the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenData {
    /// Where the token stands in the text. Words of one contraction have spans of their own
    /// ("do" + "n't").
    pub span: Span,
    /// The word as the parser saw it: mostly the text itself; quotes and dashes made plain.
    pub form: String,
    /// The dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag, `NNP`.
    pub xpos: String,
    /// Universal features as in CoNLL-U, `Number=Sing|Person=3`; empty for none.
    pub features: String,
    /// Index of the head in the sentence, from 0; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the head, with its subtype: `nsubj:pass`.
    pub deprel: String,
    /// What the token's mention refers to, if the token heads one.
    pub entity_type: Option<EntityType>,
    /// How sure the parser is of head and relation.
    pub sureness: Sureness,
}

/// How sure a parser is of a word's place in the tree: by how many hundredths of a nat (the unit of
/// logarithms of odds) head and relation score above the next best, at most 655.35 nats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sureness(u16);

impl Sureness {
    /// The next best is as good, or better but no tree.
    pub const NONE: Self = Self(0);
    /// Nobody guessed: a tree that was given.
    pub const GIVEN: Self = Self(u16::MAX);

    /// That of a score `margin` nats above the next best.
    pub(crate) fn of_margin(margin: f32) -> Self {
        let hundredths = (margin * 100.0).clamp(0.0, f32::from(u16::MAX));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to its range"
        )]
        let whole = hundredths as u16;
        Self(whole)
    }

    /// The margin in nats.
    pub fn nats(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

/// One mention as given to [`DocumentBuilder`]; token indices count within the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionData {
    /// First token and the one after the last.
    pub tokens: Range<usize>,
    /// The syntactic head.
    pub head: usize,
    /// How it refers.
    pub form: MentionForm,
    /// What it refers to.
    pub entity_type: EntityType,
    /// For a name: the tagger's type, if it had one.
    pub name_type: Option<NameType>,
}

/// A date, a time or a span of time in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// First token and the one after the last, counted through the document.
    pub tokens: Range<usize>,
    /// As ISO 8601 (`2015-10-07`, `2015-10`, `2015-10-06/2015-10-08`, `P3D`), when it can be
    /// resolved against the document's date.
    pub value: Option<String>,
    /// Whether it is a length of time ("for three days") rather than a point.
    pub is_duration: bool,
}

/// A number with what it counts or measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// First token and the one after the last, counted through the document.
    pub tokens: Range<usize>,
    /// The number; of a range ("20 to 30") the lower one.
    pub value: f64,
    /// What is measured: `kilometer`, `USD`, `percent`; `None` for a plain count.
    pub unit: Option<String>,
}

#[derive(Debug, Clone)]
struct TokenRecord {
    span: Span,
    form: Symbol,
    lemma: Symbol,
    upos: Upos,
    xpos: Symbol,
    features: Symbol,
    head: Option<TokenId>,
    deprel: Symbol,
    entity_type: Option<EntityType>,
    sureness: Sureness,
    sentence: SentenceId,
}

#[derive(Debug, Clone)]
struct SentenceRecord {
    span: Span,
    first: usize,
    end: usize,
    first_mention: usize,
    end_mention: usize,
    paragraph: usize,
    form: SentenceForm,
}

#[derive(Debug, Clone)]
struct MentionRecord {
    first: usize,
    end: usize,
    head: TokenId,
    form: MentionForm,
    entity_type: EntityType,
    name_type: Option<NameType>,
}

/// One text and all its annotations; unchanging once built.
#[derive(Debug, Clone)]
pub struct Document {
    text: String,
    title: Option<String>,
    published: Option<Date>,
    names: Interner,
    sentences: IdVec<SentenceId, SentenceRecord>,
    tokens: IdVec<TokenId, TokenRecord>,
    children: Vec<Vec<TokenId>>,
    mentions: IdVec<MentionId, MentionRecord>,
    times: Vec<TimeExpression>,
    quantities: Vec<Quantity>,
}

impl Document {
    /// The text, as decoded from its source; all spans are bytes of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The title, if the source has one.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The day it was published, if known.
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// All sentences in order.
    pub fn sentences(&self) -> impl DoubleEndedIterator<Item = Sentence<'_>> + ExactSizeIterator {
        self.sentences
            .ids()
            .map(|id| Sentence { document: self, id })
    }

    /// The sentence named `id`.
    pub fn sentence(&self, id: SentenceId) -> Option<Sentence<'_>> {
        self.sentences
            .get(id)
            .map(|_| Sentence { document: self, id })
    }

    /// All tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        self.tokens.ids().map(|id| Token { document: self, id })
    }

    /// The token named `id`.
    pub fn token(&self, id: TokenId) -> Option<Token<'_>> {
        self.tokens.get(id).map(|_| Token { document: self, id })
    }

    /// All mentions, by sentence, then by first token, longer ones first.
    pub fn mentions(&self) -> impl DoubleEndedIterator<Item = Mention<'_>> + ExactSizeIterator {
        self.mentions.ids().map(|id| Mention { document: self, id })
    }

    /// The mention named `id`.
    pub fn mention(&self, id: MentionId) -> Option<Mention<'_>> {
        self.mentions
            .get(id)
            .map(|_| Mention { document: self, id })
    }

    /// The longest mention whose head is `token`.
    pub fn mention_headed_by(&self, token: TokenId) -> Option<Mention<'_>> {
        let sentence = self.token(token)?.sentence();
        sentence
            .mentions()
            .filter(|mention| mention.head().id() == token)
            .max_by_key(|mention| mention.token_range().len())
    }

    /// Dates, times and spans of time, in order.
    pub fn times(&self) -> &[TimeExpression] {
        &self.times
    }

    /// Numbers and measures, in order.
    pub fn quantities(&self) -> &[Quantity] {
        &self.quantities
    }

    /// How many tokens there are.
    pub fn token_count(&self) -> usize {
        self.tokens.len()
    }

    /// The words of `tokens` as written: the text from the first to the last when they stand side
    /// by side, else the words joined by blanks (none before a closing mark or a clitic that was
    /// written together).
    pub fn words(&self, tokens: &[TokenId]) -> String {
        let mut joined = String::new();
        let mut previous: Option<TokenId> = None;
        for id in tokens {
            let Some(token) = self.token(*id) else {
                continue;
            };
            if let Some(before) = previous.and_then(|id| self.token(id)) {
                let adjacent = before.id().index() + 1 == token.id().index();
                if !adjacent || before.span().end() < token.span().start() {
                    joined.push(' ');
                }
            }
            joined.push_str(token.text());
            previous = Some(*id);
        }
        joined
    }
}

/// A sentence of a document.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'d> {
    document: &'d Document,
    id: SentenceId,
}

impl<'d> Sentence<'d> {
    fn record(self) -> Option<&'d SentenceRecord> {
        self.document.sentences.get(self.id)
    }

    /// Its id.
    pub fn id(self) -> SentenceId {
        self.id
    }

    /// Its document.
    pub fn document(self) -> &'d Document {
        self.document
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        self.record()
            .map_or_else(Span::default, |record| record.span)
    }

    /// Its text, byte for byte.
    pub fn text(self) -> &'d str {
        self.span().of(&self.document.text)
    }

    /// Which paragraph it belongs to, counted from 0.
    pub fn paragraph(self) -> usize {
        self.record().map_or(0, |record| record.paragraph)
    }

    /// What part it plays.
    pub fn form(self) -> SentenceForm {
        self.record()
            .map_or(SentenceForm::Prose, |record| record.form)
    }

    /// Its tokens' indices, counted through the document.
    pub fn token_range(self) -> Range<usize> {
        self.record()
            .map_or(0..0, |record| record.first..record.end)
    }

    /// Its tokens in order.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator {
        let document = self.document;
        self.token_range().map(move |index| Token {
            document,
            id: TokenId::from_index(index),
        })
    }

    /// Its mentions, by first token, longer ones first.
    pub fn mentions(self) -> impl DoubleEndedIterator<Item = Mention<'d>> + ExactSizeIterator {
        let document = self.document;
        self.record()
            .map_or(0..0, |record| record.first_mention..record.end_mention)
            .map(move |index| Mention {
                document,
                id: MentionId::from_index(index),
            })
    }

    /// The root of its tree.
    pub fn root(self) -> Option<Token<'d>> {
        self.tokens().find(|token| token.head().is_none())
    }
}

/// A token of a document.
#[derive(Debug, Clone, Copy)]
pub struct Token<'d> {
    document: &'d Document,
    id: TokenId,
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Token<'_> {}

impl<'d> Token<'d> {
    fn record(self) -> Option<&'d TokenRecord> {
        self.document.tokens.get(self.id)
    }

    fn name(self, symbol: impl Fn(&TokenRecord) -> Symbol) -> &'d str {
        self.record()
            .map_or("", |record| self.document.names.name(symbol(record)))
    }

    /// Its id.
    pub fn id(self) -> TokenId {
        self.id
    }

    /// Its document.
    pub fn document(self) -> &'d Document {
        self.document
    }

    /// Its sentence.
    pub fn sentence(self) -> Sentence<'d> {
        Sentence {
            document: self.document,
            id: self
                .record()
                .map_or_else(|| SentenceId::from_index(0), |record| record.sentence),
        }
    }

    /// Its place in the sentence, from 0.
    pub fn position(self) -> usize {
        self.id.index() - self.sentence().token_range().start
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        self.record()
            .map_or_else(Span::default, |record| record.span)
    }

    /// Its text, byte for byte.
    pub fn text(self) -> &'d str {
        self.span().of(&self.document.text)
    }

    /// The word as the parser saw it, quotes and dashes made plain.
    pub fn form(self) -> &'d str {
        self.name(|record| record.form)
    }

    /// The dictionary form.
    pub fn lemma(self) -> &'d str {
        self.name(|record| record.lemma)
    }

    /// Universal part of speech.
    pub fn upos(self) -> Upos {
        self.record().map_or(Upos::X, |record| record.upos)
    }

    /// Penn Treebank tag.
    pub fn xpos(self) -> &'d str {
        self.name(|record| record.xpos)
    }

    /// All features as in CoNLL-U; empty for none.
    pub fn features(self) -> &'d str {
        self.name(|record| record.features)
    }

    /// The value of one feature: `feature("Number") == Some("Plur")`.
    pub fn feature(self, name: &str) -> Option<&'d str> {
        self.features().split('|').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then_some(value)
        })
    }

    /// Its head; `None` for the root.
    pub fn head(self) -> Option<Token<'d>> {
        let id = self.record()?.head?;
        self.document.token(id)
    }

    /// Relation to the head with its subtype: `nsubj:pass`.
    pub fn deprel(self) -> &'d str {
        self.name(|record| record.deprel)
    }

    /// Relation to the head without its subtype: `nsubj`.
    pub fn relation(self) -> &'d str {
        let deprel = self.deprel();
        deprel
            .split_once(':')
            .map_or(deprel, |(relation, _)| relation)
    }

    /// Its dependents in order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'d>> {
        let document = self.document;
        self.document
            .children
            .get(self.id.index())
            .into_iter()
            .flatten()
            .map(move |id| Token { document, id: *id })
    }

    /// The first dependent with one of `deprels`, subtypes counting: `child(&["nsubj"])` does not
    /// find an `nsubj:pass`.
    pub fn child(self, deprels: &[&str]) -> Option<Token<'d>> {
        self.children()
            .find(|child| deprels.contains(&child.deprel()))
    }

    /// It and all tokens below it, in order of the text.
    pub fn subtree(self) -> Vec<TokenId> {
        let mut found = vec![self.id];
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            next += 1;
            if let Some(children) = self.document.children.get(id.index()) {
                found.extend(children);
            }
        }
        found.sort_unstable();
        found
    }

    /// How sure the parser is of its head and its relation to it.
    pub fn sureness(self) -> Sureness {
        self.record()
            .map_or(Sureness::NONE, |record| record.sureness)
    }

    /// What the mention that it heads refers to, as the tagger sees it.
    pub fn entity_type(self) -> Option<EntityType> {
        self.record()?.entity_type
    }

    /// The time expression it belongs to.
    pub fn time(self) -> Option<&'d TimeExpression> {
        let index = self.id.index();
        // In order and apart from each other, so the first that ends behind it is the only one.
        let times = &self.document.times;
        let at = times.partition_point(|time| time.tokens.end <= index);
        times.get(at).filter(|time| time.tokens.contains(&index))
    }

    /// The quantity it belongs to.
    pub fn quantity(self) -> Option<&'d Quantity> {
        let index = self.id.index();
        let quantities = &self.document.quantities;
        let at = quantities.partition_point(|quantity| quantity.tokens.end <= index);
        quantities
            .get(at)
            .filter(|quantity| quantity.tokens.contains(&index))
    }
}

/// A mention of a document: a stretch of tokens that refers to something.
#[derive(Debug, Clone, Copy)]
pub struct Mention<'d> {
    document: &'d Document,
    id: MentionId,
}

impl<'d> Mention<'d> {
    fn record(self) -> Option<&'d MentionRecord> {
        self.document.mentions.get(self.id)
    }

    /// Its id.
    pub fn id(self) -> MentionId {
        self.id
    }

    /// Its sentence.
    pub fn sentence(self) -> Sentence<'d> {
        self.head().sentence()
    }

    /// Its tokens' indices, counted through the document.
    pub fn token_range(self) -> Range<usize> {
        self.record()
            .map_or(0..0, |record| record.first..record.end)
    }

    /// Its tokens in order.
    pub fn tokens(self) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator {
        let document = self.document;
        self.token_range().map(move |index| Token {
            document,
            id: TokenId::from_index(index),
        })
    }

    /// Its syntactic head.
    pub fn head(self) -> Token<'d> {
        Token {
            document: self.document,
            id: self
                .record()
                .map_or_else(|| TokenId::from_index(0), |record| record.head),
        }
    }

    /// How it refers.
    pub fn form(self) -> MentionForm {
        self.record()
            .map_or(MentionForm::Nominal, |record| record.form)
    }

    /// What it refers to.
    pub fn entity_type(self) -> EntityType {
        self.record()
            .map_or(EntityType::Abstract, |record| record.entity_type)
    }

    /// For a name: the tagger's type, if it had one.
    pub fn name_type(self) -> Option<NameType> {
        self.record()?.name_type
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        let mut tokens = self.tokens();
        match (tokens.next(), tokens.next_back()) {
            (Some(first), Some(last)) => first.span().join(last.span()),
            (Some(only), None) | (None, Some(only)) => only.span(),
            (None, None) => Span::default(),
        }
    }

    /// Its text, byte for byte.
    pub fn text(self) -> &'d str {
        self.span().of(&self.document.text)
    }
}

/// Takes whole sentences and yields the finished [`Document`].
#[derive(Debug)]
pub struct DocumentBuilder {
    document: Document,
}

impl DocumentBuilder {
    /// A document of `text`, still without sentences.
    pub fn new(text: String) -> Self {
        Self {
            document: Document {
                text,
                title: None,
                published: None,
                names: Interner::new(),
                sentences: IdVec::new(),
                tokens: IdVec::new(),
                children: Vec::new(),
                mentions: IdVec::new(),
                times: Vec::new(),
                quantities: Vec::new(),
            },
        }
    }

    /// The same with a title.
    #[must_use]
    pub fn title(mut self, title: Option<String>) -> Self {
        self.document.title = title;
        self
    }

    /// The same with the day of publication.
    #[must_use]
    pub fn published(mut self, published: Option<Date>) -> Self {
        self.document.published = published;
        self
    }

    /// Adds the next sentence: where it stands, its paragraph (from 0), its part, its tokens and
    /// its mentions. A mention that points outside the sentence is dropped; heads that make no
    /// tree with one root are mended, so that whoever walks a tree comes to an end.
    pub fn push_sentence(
        &mut self,
        span: Span,
        paragraph: usize,
        form: SentenceForm,
        tokens: Vec<TokenData>,
        mut mentions: Vec<MentionData>,
    ) -> SentenceId {
        let document = &mut self.document;
        let first = document.tokens.len();
        let count = tokens.len();
        let end = first + count;
        let id = SentenceId::from_index(document.sentences.len());
        document.children.resize(end, Vec::new());
        let mut heads: Vec<Option<usize>> = tokens.iter().map(|token| token.head).collect();
        mend::mend(&mut heads);
        for (position, token) in tokens.into_iter().enumerate() {
            let head = heads
                .get(position)
                .copied()
                .flatten()
                .map(|head| TokenId::from_index(first + head));
            let token_id = TokenId::from_index(first + position);
            if let Some(siblings) = head.and_then(|head| document.children.get_mut(head.index())) {
                siblings.push(token_id);
            }
            let record = TokenRecord {
                span: token.span,
                form: document.names.intern(&token.form),
                lemma: document.names.intern(&token.lemma),
                upos: token.upos,
                xpos: document.names.intern(&token.xpos),
                features: document.names.intern(&token.features),
                head,
                deprel: document.names.intern(&token.deprel),
                entity_type: token.entity_type,
                sureness: token.sureness,
                sentence: id,
            };
            document.tokens.push(record);
        }
        mentions.retain(|mention| {
            mention.tokens.end <= count && mention.tokens.contains(&mention.head)
        });
        mentions.sort_by_key(|mention| (mention.tokens.start, usize::MAX - mention.tokens.end));
        let first_mention = document.mentions.len();
        for mention in mentions {
            document.mentions.push(MentionRecord {
                first: first + mention.tokens.start,
                end: first + mention.tokens.end,
                head: TokenId::from_index(first + mention.head),
                form: mention.form,
                entity_type: mention.entity_type,
                name_type: mention.name_type,
            });
        }
        let end_mention = document.mentions.len();
        document.sentences.push(SentenceRecord {
            span,
            first,
            end,
            first_mention,
            end_mention,
            paragraph,
            form,
        })
    }

    /// The finished document, with its times and quantities found by `find` in the trees.
    pub fn finish(
        self,
        find: impl FnOnce(&Document) -> (Vec<TimeExpression>, Vec<Quantity>),
    ) -> Document {
        let mut document = self.document;
        let (times, quantities) = find(&document);
        document.times = times;
        document.quantities = quantities;
        document
    }
}
