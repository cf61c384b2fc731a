//! `whom parse`: how a text is read.

use std::io::{self, Write};

use serde_json::{Value as Json, json};
use whom::base::Id as _;
use whom::text::{Mention, MentionForm, Sentence, Token, conllu};

use super::read::documents;
use crate::cli::args::{ParseArguments, ParseFormat};
use crate::cli::rows::shown;
use crate::cli::{Context, Exit, Failure};

/// `whom parse`.
pub(crate) fn run(arguments: &ParseArguments, context: &Context) -> Result<Exit, Failure> {
    let documents = documents(
        arguments.file.as_deref(),
        arguments.tokens.as_deref(),
        true,
        context,
    )?;
    let mut out = context.output.writer();
    for document in &documents {
        match arguments.format {
            ParseFormat::Conllu => out.write_all(conllu::write(document).as_bytes())?,
            ParseFormat::Json => {
                for sentence in document.sentences() {
                    writeln!(out, "{}", sentence_json(sentence))?;
                }
            }
            ParseFormat::Tree => {
                for sentence in document.sentences() {
                    write_tree(&mut out, sentence)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

pub(super) fn sentence_json(sentence: Sentence<'_>) -> Json {
    let tokens: Vec<Json> = sentence.tokens().map(token_json).collect();
    let mentions: Vec<Json> = sentence.mentions().map(mention_json).collect();
    json!({
        "id": sentence.id().index() + 1,
        "start": sentence.span().start(),
        "end": sentence.span().end(),
        "text": sentence.text(),
        "tokens": tokens,
        "mentions": mentions,
    })
}

fn token_json(token: Token<'_>) -> Json {
    json!({
        "id": token.position() + 1,
        "start": token.span().start(),
        "end": token.span().end(),
        "form": token.form(),
        "lemma": token.lemma(),
        "upos": token.upos().name(),
        "xpos": token.xpos(),
        "feats": token.features(),
        "head": token.head().map_or(0, |head| head.position() + 1),
        "deprel": token.deprel(),
    })
}

fn mention_json(mention: Mention<'_>) -> Json {
    json!({
        "start": mention.span().start(),
        "end": mention.span().end(),
        "text": mention.text(),
        "head": mention.head().position() + 1,
        "form": match mention.form() {
            MentionForm::Name => "name",
            MentionForm::Nominal => "nominal",
            MentionForm::Pronoun => "pronoun",
        },
        "type": mention.entity_type().name(),
    })
}

/// The deepest tree that is drawn with its branches.
const DEEPEST: usize = 60;

pub(super) fn write_tree(out: &mut dyn Write, sentence: Sentence<'_>) -> io::Result<()> {
    writeln!(out, "{}", shown(sentence.text()))?;
    for root in sentence.tokens().filter(|token| token.head().is_none()) {
        write_branch(out, root, "", "", 0)?;
    }
    writeln!(out)
}

fn write_branch(
    out: &mut dyn Write,
    token: Token<'_>,
    branch: &str,
    indent: &str,
    depth: usize,
) -> io::Result<()> {
    let mention = token
        .sentence()
        .mentions()
        .filter(|mention| mention.head() == token)
        .max_by_key(|mention| mention.token_range().len())
        .map(|mention| {
            format!(
                "  [{}: {}]",
                mention.entity_type().name(),
                shown(mention.text())
            )
        })
        .unwrap_or_default();
    writeln!(
        out,
        "{branch}{} {} {}{mention}",
        shown(token.form()),
        token.upos().name(),
        token.deprel(),
    )?;
    if depth >= DEEPEST {
        return Ok(());
    }
    let children: Vec<Token<'_>> = token.children().collect();
    for (index, child) in children.iter().enumerate() {
        let (branch, below) = if index + 1 == children.len() {
            ("└─ ", "   ")
        } else {
            ("├─ ", "│  ")
        };
        let branch = format!("{indent}{branch}");
        let below = format!("{indent}{below}");
        write_branch(out, *child, &branch, &below, depth + 1)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use whom::text::{Document, conllu};

    use super::{sentence_json, write_tree};

    fn document() -> Document {
        let text = "# text = Jets hit the town.\n\
            1\tJets\tjet\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n\
            2\thit\thit\tVERB\tVBD\t_\t0\troot\t_\t_\n\
            3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\t_\n\
            4\ttown\ttown\tNOUN\tNN\tNumber=Sing\t2\tobj\t_\tSpaceAfter=No\n\
            5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";
        conllu::read(text).0.remove(0)
    }

    #[test]
    fn a_sentence_is_drawn_as_a_tree() {
        let document = document();
        let mut out = Vec::new();
        write_tree(&mut out, document.sentences().next().unwrap()).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @"
        Jets hit the town.
        hit VERB root
        ├─ Jets NOUN nsubj  [abstract: Jets]
        ├─ town NOUN obj  [abstract: the town]
        │  └─ the DET det
        └─ . PUNCT punct
        ");
    }

    #[test]
    fn a_sentence_is_written_as_json() {
        let document = document();
        let json = sentence_json(document.sentences().next().unwrap());
        assert_eq!(json["tokens"][3]["head"], 2);
        assert_eq!(json["tokens"][3]["start"], 13);
        assert_eq!(json["text"], "Jets hit the town.");
    }
}
