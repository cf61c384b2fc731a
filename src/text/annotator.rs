//! The fixed chain that makes a [`Document`] from a string: blocks, sentences, tokens, pieces, the
//! model's numbers, tags and trees, mentions, times and quantities.

use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use super::agreement::{Tagged, agree};
use super::amounts;
use super::document::{Document, DocumentBuilder, SentenceForm, Sureness, TokenData, Upos};
use super::hyphens::tie_hyphens;
use super::joined::hold_together;
use super::lemma::{infinitive, lemma};
use super::mention::{NameSpan, mentions};
use super::model::{LEMMA_CHOICES, Model, ModelError, Reading};
use super::neighbours::tie_neighbours;
use super::normalize::plain;
use super::repair::repair;
use super::reported::part_speech;
use super::segment::{Segment, segments};
use super::subword::Coded;
use super::tag;
use super::token::tokens;
use super::voice::{mend_heading, mend_perfect};
use crate::base::{Code, Diagnostic, Span};

/// The model could not read a sentence.
const UNREAD: Code = Code("sentence-not-read");

/// A batch of sentences is full when it holds so many pieces: enough to work on for each weight
/// that is fetched, few enough for short documents to be shared among threads.
const BATCH_PIECES: usize = 256;
/// A longer sentence is read in parts: the model reads at most 512 pieces.
const PART_PIECES: usize = 500;

/// A text to annotate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// The text, as decoded from its source.
    pub text: String,
    /// Its title, if the source gives one beside the text.
    pub title: Option<String>,
    /// The day it was published, if known; else the text's own dateline is looked at.
    pub published: Option<Date>,
    /// Whether bylines, datelines and what else a page puts around its text are read too
    /// ([`SentenceForm::Furniture`]); else the document has no sentences there.
    pub furniture: bool,
}

/// Reads English: makes documents from texts with a learned model.
#[derive(Debug)]
pub struct Annotator {
    model: Model,
}

/// What becomes of names in the tree that treebanks take apart: "Man of the Match".
#[derive(Clone, Copy)]
enum Names {
    /// They are one part of it, as a graph needs them.
    Held,
    /// They stay apart.
    Parted,
}

/// A sentence before it is read, with the words as the model shall see them.
struct Prepared {
    segment: Segment,
    forms: Vec<String>,
}

impl Annotator {
    /// An annotator with the model built into this program. Takes some tens of milliseconds.
    ///
    /// # Errors
    /// [`ModelError::NotBuiltIn`] if this build holds no model.
    pub fn new() -> Result<Self, ModelError> {
        Ok(Self {
            model: Model::embedded()?,
        })
    }

    /// An annotator with the model whose files lie in `folder`.
    ///
    /// # Errors
    /// [`ModelError::Unreadable`] and [`ModelError::Damaged`] if they are not all there and whole.
    pub fn from_folder(folder: &Path) -> Result<Self, ModelError> {
        Ok(Self {
            model: Model::from_folder(folder)?,
        })
    }

    /// The document of one text, and what could not be read of it.
    ///
    /// The same text gives the same document, on any number of threads and beside any others.
    #[tracing::instrument(level = "debug", skip_all, fields(bytes = input.text.len()))]
    pub fn annotate(&self, input: Input) -> (Document, Vec<Diagnostic>) {
        let (found, date) = segments(&input.text);
        let prepared = found
            .into_iter()
            .filter(|segment| input.furniture || segment.form != SentenceForm::Furniture)
            .map(|segment| Prepared::new(&input.text, segment))
            .collect();
        let published = input.published.or(date);
        self.read(input.text, input.title, published, prepared, Names::Held)
    }

    /// The documents of many texts, read in parallel, in the order given.
    pub fn annotate_all(&self, inputs: Vec<Input>) -> Vec<(Document, Vec<Diagnostic>)> {
        inputs
            .into_par_iter()
            .map(|input| self.annotate(input))
            .collect()
    }

    /// The document of `text` taken as one sentence, such as a question.
    pub fn annotate_sentence(&self, text: &str) -> (Document, Vec<Diagnostic>) {
        let mut found = Vec::new();
        tokens(text, Span::new(0, text.len()), &mut found);
        let prepared = match (found.first(), found.last()) {
            (Some(first), Some(last)) => vec![Prepared::new(
                text,
                Segment {
                    span: first.join(*last),
                    paragraph: 0,
                    form: SentenceForm::Prose,
                    tokens: found,
                },
            )],
            (None, _) | (_, None) => Vec::new(),
        };
        self.read(text.to_owned(), None, None, prepared, Names::Held)
    }

    /// The document of sentences that are already cut into tokens. Its text is the tokens joined
    /// by blanks, a sentence to a line; each sentence is a paragraph.
    pub fn annotate_tokens(&self, sentences: &[Vec<String>]) -> (Document, Vec<Diagnostic>) {
        let mut text = String::new();
        let mut prepared = Vec::new();
        for (paragraph, words) in sentences.iter().enumerate() {
            let start = text.len();
            let mut spans = Vec::with_capacity(words.len());
            for word in words {
                if text.len() > start {
                    text.push(' ');
                }
                spans.push(Span::new(text.len(), text.len() + word.len()));
                text.push_str(word);
            }
            let segment = Segment {
                span: Span::new(start, text.len()),
                paragraph,
                form: SentenceForm::Prose,
                tokens: spans,
            };
            text.push('\n');
            prepared.push(segment);
        }
        let prepared = prepared
            .into_iter()
            .filter(|segment| !segment.tokens.is_empty())
            .map(|segment| Prepared::new(&text, segment))
            .collect();
        self.read(text, None, None, prepared, Names::Held)
    }

    /// `document` read anew: its text, sentences and tokens stay, everything else comes from the
    /// model. The trees are those of a treebank, to be laid beside it: names such as "Man of the
    /// Match" and words such as "editor-in-chief" keep the parts that treebanks give them.
    pub fn reannotate(&self, document: &Document) -> (Document, Vec<Diagnostic>) {
        let prepared = document
            .sentences()
            .map(|sentence| Prepared {
                segment: Segment {
                    span: sentence.span(),
                    paragraph: sentence.paragraph(),
                    form: sentence.form(),
                    tokens: sentence.tokens().map(super::Token::span).collect(),
                },
                forms: sentence
                    .tokens()
                    .map(|token| token.form().to_owned())
                    .collect(),
            })
            .collect();
        let title = document.title().map(str::to_owned);
        self.read(
            document.text().to_owned(),
            title,
            document.published(),
            prepared,
            Names::Parted,
        )
    }

    fn read(
        &self,
        text: String,
        title: Option<String>,
        published: Option<Date>,
        prepared: Vec<Prepared>,
        keep: Names,
    ) -> (Document, Vec<Diagnostic>) {
        // The parts of each sentence; nearly always one.
        let mut parts: Vec<Coded> = Vec::with_capacity(prepared.len());
        let mut counts = Vec::with_capacity(prepared.len());
        for sentence in &prepared {
            let before = parts.len();
            parts.append(&mut self.parts(&sentence.forms));
            counts.push(parts.len() - before);
        }
        let (readings, complaints) = self.readings(&parts);
        let mut readings = readings.into_iter();
        let mut builder = DocumentBuilder::new(text).title(title).published(published);
        let mut tagged: Vec<Tagged> = Vec::with_capacity(prepared.len());
        for (sentence, parts) in prepared.into_iter().zip(counts) {
            let reading = joined(readings.by_ref().take(parts).collect());
            tagged.push(self.tagged(sentence, &reading, keep));
        }
        agree(&mut tagged);
        for sentence in tagged {
            let found = mentions(&sentence.tokens, &sentence.names);
            builder.push_sentence(
                sentence.span,
                sentence.paragraph,
                sentence.form,
                sentence.tokens,
                found,
            );
        }
        (builder.finish(amounts), complaints)
    }

    /// The words of a sentence as the model reads them, in parts that it can hold, each ending
    /// with a mark if there is one.
    fn parts(&self, forms: &[String]) -> Vec<Coded> {
        let pieces = &self.model.pieces;
        let whole = pieces.sentence(forms.iter().map(String::as_str));
        if whole.ids.len() <= PART_PIECES + 2 {
            return vec![whole];
        }
        let mut parts = Vec::new();
        let mut start = 0;
        let mut used = 0;
        let mut mark = None;
        let mut at = 0;
        while let Some(form) = forms.get(at) {
            let count = pieces.count(form);
            if used + count > PART_PIECES {
                // A mark in the second half, or else the limit itself.
                let end = mark.filter(|mark| *mark > start).unwrap_or(at);
                let words = forms.get(start..end).unwrap_or_default();
                parts.push(pieces.sentence(words.iter().map(String::as_str)));
                start = end;
                at = end;
                used = 0;
                mark = None;
                continue;
            }
            used += count;
            at += 1;
            if used > PART_PIECES / 2 && matches!(form.as_str(), "," | ";" | ":" | "." | "–" | "—")
            {
                mark = Some(at);
            }
        }
        let words = forms.get(start..).unwrap_or_default();
        parts.push(pieces.sentence(words.iter().map(String::as_str)));
        parts
    }

    /// What the model sees in each part, in the order given. A part reads the same in any batch.
    fn readings(&self, parts: &[Coded]) -> (Vec<Reading>, Vec<Diagnostic>) {
        let mut pieces = 0;
        let batches: Vec<&[Coded]> = parts
            .chunk_by(|part, _| {
                pieces += part.ids.len();
                let more = pieces < BATCH_PIECES;
                if !more {
                    pieces = 0;
                }
                more
            })
            .collect();
        let read = |batch: &&[Coded]| self.model.read(batch);
        let results: Vec<Result<Vec<Reading>, ModelError>> = match batches.as_slice() {
            [only] => vec![read(only)],
            _ => batches.par_iter().map(read).collect(),
        };
        let mut readings = Vec::with_capacity(parts.len());
        let mut complaints = Vec::new();
        for (batch, result) in batches.iter().zip(results) {
            match result {
                Ok(found) => readings.extend(found),
                Err(error) => {
                    let names = self.model.labels.names.len();
                    readings.extend(batch.iter().map(|part| unread(part.first.len() - 1, names)));
                    complaints.push(Diagnostic::error(UNREAD, error.to_string()));
                }
            }
        }
        (readings, complaints)
    }

    /// What the numbers of a sentence mean.
    fn tagged(&self, sentence: Prepared, reading: &Reading, keep: Names) -> Tagged {
        let labels = &self.model.labels;
        let mut data = Vec::with_capacity(sentence.forms.len());
        let spans = sentence.segment.tokens.iter();
        for (position, (form, span)) in sentence.forms.into_iter().zip(spans).enumerate() {
            let id = |list: &[usize]| list.get(position).copied().unwrap_or(usize::MAX);
            let text = |list: &[String], id: usize| list.get(id).cloned().unwrap_or_default();
            let upos = labels
                .upos
                .get(id(&reading.upos))
                .copied()
                .unwrap_or(Upos::X);
            let head = id(&reading.heads).checked_sub(1);
            let choices = reading.lemmas.get(position).into_iter().flatten();
            let rules = choices.filter_map(|choice| labels.lemmas.get(*choice));
            let deprel = text(&labels.relations, id(&reading.relations));
            // What only continues a name or an expression heads no mention.
            let continues = matches!(deprel.as_str(), "flat" | "fixed" | "goeswith");
            let entity_type = labels.types.get(id(&reading.types)).copied().flatten();
            let entity_type = entity_type.filter(|_| !continues);
            let xpos = text(&labels.xpos, id(&reading.xpos));
            // "to found a school" is no finding.
            let after_to = data
                .last()
                .is_some_and(|before: &TokenData| before.xpos == "TO" && before.form == "to");
            let bare = xpos == "VB" || after_to && matches!(xpos.as_str(), "VBD" | "VBN");
            let base = Some(&self.model.words).filter(|_| upos == Upos::Verb && bare);
            let base = base.and_then(|words| infinitive(&form, words));
            data.push(TokenData {
                span: *span,
                lemma: base.unwrap_or_else(|| lemma(&form, upos, rules, &self.model.words)),
                form,
                upos,
                xpos,
                features: text(&labels.features, id(&reading.features)),
                head: head.filter(|head| *head != usize::MAX - 1),
                deprel: if deprel.is_empty() {
                    "dep".to_owned()
                } else {
                    deprel
                },
                entity_type,
                sureness: reading
                    .margins
                    .get(position)
                    .copied()
                    .map_or(Sureness::NONE, Sureness::of_margin),
            });
        }
        let mut found = names(&data, tag::names(&reading.names, &labels.names));
        match keep {
            Names::Held => {
                tie_hyphens(&mut data);
                mend(&mut data, &mut found);
                hold_together(&mut data, &mut found);
            }
            Names::Parted => {
                mend(&mut data, &mut found);
                // Names are the same, whatever becomes of them in the tree.
                hold_together(&mut data.clone(), &mut found);
            }
        }
        if sentence.segment.form == SentenceForm::Heading {
            mend_heading(&mut data);
        }
        Tagged {
            span: sentence.segment.span,
            paragraph: sentence.segment.paragraph,
            form: sentence.segment.form,
            names: found,
            tokens: data,
        }
    }
}

impl Prepared {
    fn new(text: &str, segment: Segment) -> Self {
        let forms = segment
            .tokens
            .iter()
            .map(|span| plain(span.of(text)).into_owned())
            .collect();
        Self { segment, forms }
    }
}

/// Hangs words that stand together where treebanks hang them, too.
pub(super) fn mend(tokens: &mut [TokenData], names: &mut Vec<NameSpan>) {
    tie_neighbours(tokens);
    repair(tokens, names);
    part_speech(tokens);
    mend_perfect(tokens);
}

/// Words in small letters that names begin with.
const PARTICLES: &[&str] = &[
    "al", "el", "as", "ad", "an", "ar", "ash", "at", "bin", "ibn", "abu", "de", "del", "della",
    "la", "le", "les", "du", "da", "di", "dos", "das", "van", "von", "der", "den", "ter", "d'",
    "bint", "ben",
];

/// The names without what no name begins or ends with: marks, a possessive, and, where the
/// sentence knows capitals, words in small letters before the name ("north Homs").
fn names(tokens: &[TokenData], names: Vec<NameSpan>) -> Vec<NameSpan> {
    let small = |token: &TokenData| {
        token.form.starts_with(char::is_lowercase) && !token.form.chars().any(char::is_uppercase)
    };
    let capitals = tokens
        .iter()
        .skip(1)
        .any(|token| token.form.starts_with(char::is_uppercase));
    let trimmed = tag::trimmed(names, |position| {
        tokens.get(position).is_some_and(|token| {
            let marks = token.form.chars().all(|c| !c.is_alphanumeric());
            marks || (token.xpos == "POS" && token.upos == Upos::Part)
        })
    });
    if !capitals {
        return trimmed;
    }
    trimmed
        .into_iter()
        .filter_map(|name| {
            let mut start = name.tokens.start;
            while start < name.tokens.end
                && tokens
                    .get(start)
                    .is_some_and(|token| small(token) && !PARTICLES.contains(&token.form.as_str()))
            {
                start += 1;
            }
            let named = (start..name.tokens.end)
                .any(|at| tokens.get(at).is_some_and(|token| !small(token)));
            named.then_some(NameSpan {
                tokens: start..name.tokens.end,
                name_type: name.name_type,
            })
        })
        .collect()
}

/// A reading of `count` words of which nothing is known: a chain under the first.
fn unread(count: usize, name_tags: usize) -> Reading {
    Reading {
        heads: (0..count).map(|word| word.min(1)).collect(),
        relations: vec![usize::MAX; count],
        margins: vec![0.0; count],
        upos: vec![usize::MAX; count],
        xpos: vec![usize::MAX; count],
        features: vec![usize::MAX; count],
        lemmas: vec![[usize::MAX; LEMMA_CHOICES]; count],
        names: vec![0.0; count * name_tags],
        types: vec![usize::MAX; count],
    }
}

/// The readings of a sentence's parts as one: later roots hang on the first.
fn joined(parts: Vec<Reading>) -> Reading {
    let mut parts = parts.into_iter();
    let Some(mut whole) = parts.next() else {
        return Reading::default();
    };
    let root = whole.heads.iter().position(|head| *head == 0).unwrap_or(0) + 1;
    for part in parts {
        let offset = whole.heads.len();
        whole.heads.extend(part.heads.iter().map(
            |head| {
                if *head == 0 { root } else { head + offset }
            },
        ));
        whole.relations.extend(
            part.relations
                .iter()
                .zip(&part.heads)
                .map(|(relation, head)| {
                    // What hangs there because of the cut has no relation of its own.
                    if *head == 0 { usize::MAX } else { *relation }
                }),
        );
        whole.margins.extend(part.margins);
        whole.upos.extend(part.upos);
        whole.xpos.extend(part.xpos);
        whole.features.extend(part.features);
        whole.lemmas.extend(part.lemmas);
        whole.names.extend(part.names);
        whole.types.extend(part.types);
    }
    whole
}

#[cfg(test)]
#[cfg(feature = "model")]
mod tests {
    use std::sync::LazyLock;

    use super::{Annotator, Input};
    use crate::text::{Document, SentenceForm, conllu};

    static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new().unwrap());

    fn input(text: &str) -> Input {
        Input {
            text: text.to_owned(),
            ..Input::default()
        }
    }

    fn document(text: &str) -> Document {
        let (document, complaints) = ANNOTATOR.annotate(input(text));
        assert_eq!(complaints, []);
        document
    }

    #[test]
    fn a_passive_has_its_agent() {
        let document = document("The bridge was built by Dutch engineers in 1932.");
        let arcs: Vec<String> = document
            .tokens()
            .map(|token| {
                let head = token.head().map_or("", crate::text::Token::form);
                format!("{} {} {head}", token.lemma(), token.deprel())
            })
            .collect();
        for arc in [
            "bridge nsubj:pass built",
            "build root ",
            "engineer obl:agent built",
        ] {
            assert!(arcs.iter().any(|found| found == arc), "{arc}: {arcs:?}");
        }
        assert_eq!(document.times()[0].value.as_deref(), Some("1932"));
    }

    #[test]
    fn many_texts_read_as_each_alone() {
        let texts = [
            "Ada met Bert. They talked for three hours, then Bert left for Turin.",
            "",
            "Dockers in Rotterdam struck on Monday\n\n“We want rest,” said Ann Vos, who leads the union.",
            "Nobody came.",
        ];
        let alone: Vec<String> = texts
            .iter()
            .map(|text| conllu::write(&document(text)))
            .collect();
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let together = pool.install(|| ANNOTATOR.annotate_all(texts.map(input).into()));
            let together: Vec<String> = together
                .iter()
                .map(|(found, _)| conllu::write(found))
                .collect();
            assert_eq!(together, alone, "{threads} threads");
        }
    }

    #[test]
    fn given_tokens_and_sentences_stay() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (found, _) = ANNOTATOR.annotate_tokens(&[words("Ada ca n't stop . Yes"), words("Go")]);
        let kept: Vec<usize> = found
            .sentences()
            .map(|sentence| sentence.tokens().len())
            .collect();
        assert_eq!(kept, [6, 1]);
        let (again, _) = ANNOTATOR.reannotate(&found);
        assert_eq!(conllu::write(&again), conllu::write(&found));
        let (question, _) = ANNOTATOR.annotate_sentence("Who met Mr. Vos? Where?");
        assert_eq!(question.sentences().len(), 1);
    }

    #[test]
    fn a_tree_to_lay_beside_a_treebank_keeps_names_apart() {
        let text =
            "The Food and Drug Administration hired Ada Berg, editor-in-chief of the Herald.";
        let held = document(text);
        let (parted, _) = ANNOTATOR.reannotate(&held);
        let relations = |document: &Document, form: &str| -> Vec<String> {
            let tokens = document.tokens().filter(|token| token.form() == form);
            tokens.map(|token| token.deprel().to_owned()).collect()
        };
        assert_eq!(relations(&held, "Drug"), ["nmod"]);
        assert_eq!(relations(&parted, "Drug"), ["conj"]);
        assert_eq!(relations(&held, "chief"), ["fixed"]);
        assert_eq!(relations(&parted, "chief"), ["nmod"]);
        let written = |document: &Document| {
            let all = conllu::write(document);
            let names = all.lines().filter(|line| line.contains("NER="));
            names.count()
        };
        assert_eq!(written(&held), written(&parted));
    }

    #[test]
    fn odd_texts_are_read_to_their_end() {
        let long = "so it went on and on, ".repeat(400);
        let giant = "x".repeat(1_000_000);
        let texts = [
            "",
            "\u{200b}",
            "…",
            "\u{202e}abc\u{202c} 👩‍👩‍👧",
            &long,
            &giant,
            "((((((((",
            "\u{0}\u{1}a",
        ];
        for text in texts {
            let found = document(text);
            let heads = found
                .tokens()
                .filter(|token| token.head().is_none())
                .count();
            assert_eq!(heads, found.sentences().len());
            assert!(
                found
                    .sentences()
                    .all(|sentence| sentence.form() == SentenceForm::Prose)
            );
        }
    }
}
