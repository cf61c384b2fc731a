//! CoNLL-U in, documents out; what is damaged is said and passed over.

use std::collections::BTreeMap;
use std::mem;

use jiff::civil::Date;

use super::super::document::{
    Document, DocumentBuilder, EntityType, NameType, SentenceForm, Sureness, TokenData, Upos,
};
use super::super::mention::{NameSpan, mentions};
use super::super::{amounts, mend};
use super::gum;
use crate::base::{Code, Diagnostic, Span};

/// A line that is no CoNLL-U.
const DAMAGED: Code = Code("damaged-conllu");
/// A `# text` that is not what the words say.
const OTHER_TEXT: Code = Code("conllu-text-differs");

/// The documents of a CoNLL-U file and what is wrong with it, by line. A new document begins at
/// each `# newdoc`; a file without one is one document.
///
/// A line without ten columns keeps what it has; heads that make no tree are mended. Both are
/// said in a diagnostic, as is a `# text` that the words do not spell (the words win).
pub fn read(text: &str) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let place = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        reader.line(line.strip_suffix('\r').unwrap_or(line), index + 1, place);
    }
    reader.end_sentence();
    reader.end_document();
    (reader.documents, reader.complaints)
}

/// A word line, as far as it could be read.
#[derive(Debug, Default)]
struct Word {
    /// Its number in the sentence, as written.
    number: usize,
    columns: Vec<String>,
    place: Span,
    line: usize,
}

impl Word {
    fn column(&self, index: usize) -> &str {
        match self.columns.get(index).map(String::as_str) {
            None | Some("_") => "",
            Some(value) => value,
        }
    }

    fn misc(&self, key: &str) -> Option<&str> {
        self.column(9).split('|').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name == key).then_some(value)
        })
    }
}

/// Words written together: `3-4 don't`.
#[derive(Debug)]
struct Together {
    first: usize,
    last: usize,
    form: String,
    space_after: bool,
}

#[derive(Debug, Default)]
struct Gathered {
    words: Vec<Word>,
    together: Vec<Together>,
    text: Option<String>,
    new_paragraph: bool,
    form: Option<SentenceForm>,
    place: Span,
    line: usize,
}

/// A finished sentence; spans count from the start of the sentence.
#[derive(Debug)]
struct Finished {
    text: String,
    space_after: bool,
    new_paragraph: bool,
    form: SentenceForm,
    tokens: Vec<TokenData>,
    names: Vec<NameSpan>,
}

#[derive(Debug, Default)]
struct Reader {
    documents: Vec<Document>,
    complaints: Vec<Diagnostic>,
    title: Option<String>,
    published: Option<Date>,
    sentences: Vec<Finished>,
    current: Gathered,
    form: Option<SentenceForm>,
}

impl Reader {
    fn line(&mut self, line: &str, number: usize, place: Span) {
        if line.trim().is_empty() {
            self.end_sentence();
        } else if let Some(comment) = line.strip_prefix('#') {
            self.comment(comment.trim());
        } else {
            if self.current.words.is_empty() {
                self.current.place = place;
                self.current.line = number;
            }
            self.word(line, number, place);
        }
    }

    fn comment(&mut self, comment: &str) {
        let (key, value) = comment
            .split_once('=')
            .map_or((comment, ""), |(key, value)| (key.trim(), value.trim()));
        match key {
            "newdoc" | "newdoc id" => {
                self.end_sentence();
                self.end_document();
            }
            "title" | "meta::title" => self.title = Some(value.to_owned()),
            "published" | "meta::dateCreated" => self.published = value.parse().ok(),
            "newpar" | "newpar id" => {
                self.current.new_paragraph = true;
                self.form = None;
            }
            // GUM says what kind of block follows, and of how many sentences.
            "newpar_block" => {
                let kind = value.split([' ', ',']).next().unwrap_or_default();
                self.form = match kind {
                    "head" => Some(SentenceForm::Heading),
                    "item" | "figure" | "caption" => Some(SentenceForm::Item),
                    _ => None,
                };
            }
            "sentence_form" => {
                self.current.form = match value {
                    "heading" => Some(SentenceForm::Heading),
                    "item" => Some(SentenceForm::Item),
                    "furniture" => Some(SentenceForm::Furniture),
                    _ => Some(SentenceForm::Prose),
                };
            }
            "text" => self.current.text = Some(value.to_owned()),
            _ => {}
        }
    }

    fn complain(&mut self, line: usize, place: Span, message: &str) {
        self.complaints.push(
            Diagnostic::warning(DAMAGED, format!("line {line}: {message}")).at(place, "read here"),
        );
    }

    fn word(&mut self, line: &str, number: usize, place: Span) {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let id = columns.first().map(String::as_str).unwrap_or_default();
        let form = columns.get(1).map(|form| form.trim()).unwrap_or_default();
        if form.is_empty() {
            self.complain(
                number,
                place,
                "a word line needs at least a number and a form",
            );
            return;
        }
        if columns.len() != 10 {
            let count = columns.len();
            self.complain(
                number,
                place,
                &format!("ten columns expected, {count} found"),
            );
        }
        if let Ok(word_number) = id.parse() {
            self.current.words.push(Word {
                number: word_number,
                columns,
                place,
                line: number,
            });
        } else if let Some((first, last)) = id.split_once('-') {
            let (Ok(first), Ok(last)) = (first.parse(), last.parse()) else {
                self.complain(number, place, "the number of a word cannot be read");
                return;
            };
            let misc = columns.get(9).map(String::as_str).unwrap_or_default();
            self.current.together.push(Together {
                first,
                last,
                form: form.to_owned(),
                space_after: !misc.split('|').any(|pair| pair == "SpaceAfter=No"),
            });
        } else if !id.contains('.') {
            self.complain(number, place, "the number of a word cannot be read");
        }
    }

    fn end_sentence(&mut self) {
        if self.current.words.is_empty() {
            // Comments alone make no sentence, but a new paragraph stays one.
            let new_paragraph = self.current.new_paragraph;
            self.current = Gathered {
                new_paragraph,
                ..Gathered::default()
            };
            return;
        }
        let gathered = mem::take(&mut self.current);
        let form = gathered.form.or(self.form).unwrap_or(SentenceForm::Prose);
        let surface = surface(&gathered);
        let spelled = spelled(&surface);
        let given = gathered.text.as_ref();
        let aligned = given.and_then(|text| Some((text.clone(), aligned(text, &surface)?)));
        if given.is_some() && aligned.is_none() {
            let line = gathered.line;
            let message = format!("line {line}: the sentence's text is not what its words spell");
            self.complaints.push(
                Diagnostic::warning(OTHER_TEXT, message)
                    .at(gathered.place, "the sentence begins here"),
            );
        }
        let (text, spans) = aligned.unwrap_or(spelled);
        let space_after = surface.last().is_none_or(|piece| piece.space_after);
        let mut tokens = self.tokens(&gathered, &surface, &spans);
        let names = annotations(&gathered.words, &mut tokens);
        self.sentences.push(Finished {
            text,
            space_after,
            new_paragraph: gathered.new_paragraph,
            form,
            tokens,
            names,
        });
    }

    /// The tokens of a sentence, their heads one tree.
    fn tokens(
        &mut self,
        gathered: &Gathered,
        surface: &[Surface<'_>],
        spans: &[Span],
    ) -> Vec<TokenData> {
        let mut word_spans = vec![Span::default(); gathered.words.len()];
        for (piece, span) in surface.iter().zip(spans) {
            for (word, part) in piece.words.iter().zip(shares(piece, *span)) {
                if let Some(slot) = word_spans.get_mut(*word) {
                    *slot = part;
                }
            }
        }
        let mut by_number: Vec<(usize, usize)> = Vec::new();
        for (position, word) in gathered.words.iter().enumerate() {
            by_number.push((word.number, position));
        }
        by_number.sort_unstable();
        let position_of = |number: usize| {
            let at = by_number.partition_point(|(known, _)| *known < number);
            by_number
                .get(at)
                .filter(|(known, _)| *known == number)
                .map(|(_, position)| *position)
        };
        let mut heads: Vec<Option<usize>> = gathered
            .words
            .iter()
            .map(|word| word.column(6).parse().ok().and_then(position_of))
            .collect();
        for word in &gathered.words {
            if Upos::from_name(word.column(3)).is_none() && !word.column(3).is_empty() {
                let message = format!("`{}` is no universal part of speech", word.column(3));
                self.complain(word.line, word.place, &message);
            }
        }
        // A treebank without trees (all heads `_`) is no damage: the words alone are wanted.
        let has_tree = gathered.words.iter().any(|word| !word.column(6).is_empty());
        if mend::mend(&mut heads) > 0 && has_tree {
            self.complain(
                gathered.line,
                gathered.place,
                "the heads of the sentence are no tree with one root",
            );
        }
        gathered
            .words
            .iter()
            .zip(word_spans)
            .zip(heads)
            .map(|((word, span), head)| TokenData {
                span,
                form: word.columns.get(1).cloned().unwrap_or_default(),
                lemma: match word.columns.get(2) {
                    Some(lemma) if lemma != "_" || word.column(1).is_empty() => lemma.clone(),
                    _ => word.columns.get(1).cloned().unwrap_or_default(),
                },
                upos: Upos::from_name(word.column(3)).unwrap_or(Upos::X),
                xpos: word.column(4).to_owned(),
                features: word.column(5).to_owned(),
                head,
                deprel: match (head, word.column(7)) {
                    (None, _) => "root".to_owned(),
                    (Some(_), "" | "root") => "dep".to_owned(),
                    (Some(_), deprel) => deprel.to_owned(),
                },
                entity_type: None,
                sureness: Sureness::GIVEN,
            })
            .collect()
    }

    fn end_document(&mut self) {
        let sentences = mem::take(&mut self.sentences);
        let title = self.title.take();
        let published = self.published.take();
        self.form = None;
        if sentences.is_empty() {
            return;
        }
        let mut text = String::new();
        let mut paragraph = 0;
        let mut starts = Vec::new();
        let mut glued = true;
        for sentence in &sentences {
            if sentence.new_paragraph && !text.is_empty() {
                text.push_str("\n\n");
                paragraph += 1;
            } else if !glued {
                text.push(' ');
            }
            starts.push((text.len(), paragraph));
            text.push_str(&sentence.text);
            glued = !sentence.space_after;
        }
        let mut builder = DocumentBuilder::new(text).title(title).published(published);
        for (mut sentence, (start, paragraph)) in sentences.into_iter().zip(starts) {
            for token in &mut sentence.tokens {
                token.span = token.span.shifted(start);
            }
            let found = mentions(&sentence.tokens, &sentence.names);
            builder.push_sentence(
                Span::new(start, start + sentence.text.len()),
                paragraph,
                sentence.form,
                sentence.tokens,
                found,
            );
        }
        self.documents.push(builder.finish(amounts));
    }
}

/// What stands in the text without a gap: a word, or words written together.
#[derive(Debug)]
struct Surface<'g> {
    form: &'g str,
    /// Indices of the words in the sentence, and their forms.
    words: Vec<usize>,
    forms: Vec<&'g str>,
    space_after: bool,
}

fn surface(gathered: &Gathered) -> Vec<Surface<'_>> {
    let ranges: BTreeMap<usize, &Together> = gathered
        .together
        .iter()
        .rev()
        .map(|range| (range.first, range))
        .collect();
    let mut pieces = Vec::new();
    let mut position = 0;
    while let Some(word) = gathered.words.get(position) {
        let together = ranges.get(&word.number).copied();
        let count = together.map_or(1, |range| {
            gathered
                .words
                .iter()
                .skip(position)
                .take_while(|word| (range.first..=range.last).contains(&word.number))
                .count()
                .max(1)
        });
        let words: Vec<usize> = (position..position + count).collect();
        let form = |word: &usize| {
            gathered
                .words
                .get(*word)
                .and_then(|word| word.columns.get(1))
                .map_or("", String::as_str)
        };
        pieces.push(Surface {
            form: together.map_or_else(|| form(&position), |range| &range.form),
            forms: words.iter().map(form).collect(),
            words,
            space_after: together.map_or_else(
                || word.misc("SpaceAfter") != Some("No"),
                |range| range.space_after,
            ),
        });
        position += count;
    }
    pieces
}

/// The sentence as its words spell it, and where each piece stands.
fn spelled(surface: &[Surface<'_>]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut space = false;
    for piece in surface {
        if space {
            text.push(' ');
        }
        spans.push(Span::new(text.len(), text.len() + piece.form.len()));
        text.push_str(piece.form);
        space = piece.space_after;
    }
    (text, spans)
}

/// Where each piece stands in `text`; `None` if something else stands between them.
fn aligned(text: &str, surface: &[Surface<'_>]) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    let mut at = 0;
    for piece in surface {
        let rest = text.get(at..)?;
        at += rest.len() - rest.trim_start().len();
        if !text.get(at..)?.starts_with(piece.form) {
            return None;
        }
        spans.push(Span::new(at, at + piece.form.len()));
        at += piece.form.len();
    }
    text.get(at..)?.trim().is_empty().then_some(spans)
}

/// The part of `span` that each word of `piece` has: its own letters if the words spell the piece
/// ("do" + "n't"), else as many as it has itself, the last word taking the rest.
fn shares(piece: &Surface<'_>, span: Span) -> Vec<Span> {
    let mut borders: Vec<usize> = piece.form.char_indices().map(|(at, _)| at).collect();
    borders.push(piece.form.len());
    let mut parts = Vec::new();
    let mut used = 0;
    for (index, form) in piece.forms.iter().enumerate() {
        let last = index + 1 == piece.forms.len();
        let start = used;
        used = if last {
            borders.len() - 1
        } else {
            (used + form.chars().count()).min(borders.len() - 1)
        };
        let from = borders.get(start).copied().unwrap_or(0);
        let to = borders.get(used).copied().unwrap_or(from);
        parts.push(Span::new(span.start() + from, span.start() + to));
    }
    parts
}

/// Sets the entity types of `tokens` from MISC and yields the names.
fn annotations(words: &[Word], tokens: &mut [TokenData]) -> Vec<NameSpan> {
    if words.iter().any(|word| word.misc("Entity").is_some()) {
        let entities: Vec<Option<String>> = words
            .iter()
            .map(|word| word.misc("Entity").map(str::to_owned))
            .collect();
        return gum::annotate(tokens, &entities);
    }
    let mut names: Vec<NameSpan> = Vec::new();
    for (position, (word, token)) in words.iter().zip(tokens).enumerate() {
        token.entity_type = word.misc("EntityType").and_then(EntityType::from_name);
        let Some((place, name)) = word.misc("NER").and_then(|tag| tag.split_once('-')) else {
            continue;
        };
        let name_type = match name {
            "Person" | "PER" => NameType::Person,
            "Organization" | "ORG" => NameType::Organization,
            "Place" | "LOC" => NameType::Place,
            _ => continue,
        };
        match names.last_mut() {
            Some(name)
                if place == "I" && name.tokens.end == position && name.name_type == name_type =>
            {
                name.tokens.end += 1;
            }
            _ => names.push(NameSpan {
                tokens: position..position + 1,
                name_type,
            }),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::read;

    const CONTRACTED: &str = "# newdoc id = d\n# text = Ada's dog didn't bark.\n\
        1-2\tAda's\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t3\tnmod:poss\t_\tNER=B-Person|EntityType=person\n\
        2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_\n\
        3\tdog\tdog\tNOUN\tNN\tNumber=Sing\t6\tnsubj\t_\tEntityType=animal\n\
        4-5\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        4\tdid\tdo\tAUX\tVBD\t_\t6\taux\t_\t_\n\
        5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_\n\
        6\tbark\tbark\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n\
        6.1\tloud\tloud\tADV\tRB\t_\t_\t_\t6:advmod\t_\n\
        7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_\n\n";

    #[test]
    fn contractions_have_spans_of_their_own() {
        let (documents, complaints) = read(CONTRACTED);
        assert_eq!(complaints, []);
        let document = &documents[0];
        assert_eq!(document.text(), "Ada's dog didn't bark.");
        let words: Vec<&str> = document
            .tokens()
            .map(super::super::super::Token::text)
            .collect();
        assert_eq!(words, ["Ada", "'s", "dog", "did", "n't", "bark", "."]);
        let mentions: Vec<&str> = document
            .mentions()
            .map(super::super::super::Mention::text)
            .collect();
        assert_eq!(mentions, ["Ada's dog", "Ada"]);
    }

    #[test]
    fn damage_is_said_with_its_line_and_passed_over() {
        let cases = [
            ("1\tAda\n", "line 1: ten columns expected, 2 found", 1),
            (
                "x\ty\t_\t_\t_\t_\t_\t_\t_\t_\n",
                "line 1: the number of a word cannot be read",
                0,
            ),
            (
                "nonsense\n",
                "line 1: a word line needs at least a number and a form",
                0,
            ),
            (
                "# text = Go\n1\tStop\t_\tVERB\t_\t_\t0\troot\t_\t_\n",
                "line 2: the sentence's text is not what its words spell",
                1,
            ),
            (
                "1\ta\t_\tX\t_\t_\t2\tdep\t_\t_\n2\tb\t_\tX\t_\t_\t1\tdep\t_\t_\n",
                "line 1: the heads of the sentence are no tree with one root",
                2,
            ),
            (
                "1\ta\t_\tNOPE\t_\t_\t0\troot\t_\t_\n",
                "line 1: `NOPE` is no universal part of speech",
                1,
            ),
        ];
        for (text, message, tokens) in cases {
            let (documents, complaints) = read(text);
            assert_eq!(complaints[0].message, message);
            let found: usize = documents
                .iter()
                .map(super::super::super::Document::token_count)
                .sum();
            assert_eq!(found, tokens, "{text}");
        }
    }
}
