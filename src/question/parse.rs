//! The outer form of a question, by `grammar/question.pest`.
//!
//! What the grammar can tell by a question's outer words it tells here; everything else is a
//! clause, whose tree `tree` reads.

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

use super::frame::{Filler, Frame, Phrase, Question, Wish};
use super::phrase;
use super::words;

#[derive(Parser)]
#[grammar = "grammar/question.pest"]
struct QuestionParser;

/// Questions longer than this many bytes are not read.
pub(super) const LONGEST_QUESTION: usize = 4096;

/// The outer form of a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// The outer words say what it is.
    Known(Question),
    /// "Who is …": a description, unless the tree finds a verb in it.
    Copular(Question),
    /// Only the tree can tell.
    Clause,
}

/// The form of `question`; `None` where it holds no word.
pub(super) fn form(question: &str) -> Option<Form> {
    let question = question.trim();
    if question.len() > LONGEST_QUESTION || !question.contains(char::is_alphanumeric) {
        return None;
    }
    let Ok(mut pairs) = QuestionParser::parse(Rule::question, question) else {
        return Some(Form::Clause);
    };
    let whole = pairs.next()?;
    let form = whole.into_inner().next()?;
    Some(read(form).unwrap_or(Form::Clause))
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the grammar decides which rules can stand here"
)]
fn read(pair: Pair<'_, Rule>) -> Option<Form> {
    let rule = pair.as_rule();
    let parts: Vec<Pair<'_, Rule>> = pair.into_inner().collect();
    let text = |wanted: Rule| {
        parts
            .iter()
            .find(|part| part.as_rule() == wanted)
            .map(|part| part.as_str().trim())
    };
    let known = |question| Some(Form::Known(question));
    match rule {
        Rule::path => {
            if let Some(both) = text(Rule::path_both) {
                let (from, to) = both.split_once(" and ")?;
                return known(Question::Path {
                    from: phrase::parts(from),
                    to: phrase::parts(to),
                });
            }
            known(Question::Path {
                from: phrase::parts(text(Rule::path_first).or_else(|| text(Rule::path_left))?),
                to: phrase::parts(text(Rule::phrase)?),
            })
        }
        Rule::about => known(Question::About(phrase::parts(text(Rule::phrase)?))),
        Rule::list => known(Question::Instances(phrase::parts(text(Rule::phrase)?))),
        Rule::quoted => {
            let (_, class) = asker(&parts);
            let before = text(Rule::words_before).unwrap_or_default();
            let quotation = parts
                .iter()
                .find(|part| part.as_rule() == Rule::quotation)?
                .as_str();
            let verb = before
                .split_whitespace()
                .map(|word| words::base_form(&word.to_lowercase()))
                .find(|word| words::is_saying(word))?;
            // "Who called the sentence "dangerous"?" is about the sentence too.
            let rest: Vec<&str> = before.split_whitespace().skip(1).collect();
            let mut content = words::content(quotation);
            content.extend(words::content(&rest.join(" ")));
            known(Question::Speaker {
                verb,
                class,
                content,
            })
        }
        Rule::said => {
            let (_, class) = asker(&parts);
            let verb = text(Rule::said_verb).map_or_else(
                || "say".to_owned(),
                |verb| words::base_form(&verb.to_lowercase()),
            );
            // "Who told the press that …", but not "Who wrote the blog that …".
            let told = matches!(
                verb.as_str(),
                "tell" | "inform" | "warn" | "remind" | "assure" | "promise" | "notify"
            );
            let plain = text(Rule::told_whom).is_none() || told;
            if text(Rule::said_verb).is_some() && (!words::is_saying(&verb) || !plain) {
                return Some(Form::Clause);
            }
            known(Question::Speaker {
                verb,
                class,
                content: words::content(text(Rule::phrase)?),
            })
        }
        Rule::employment => {
            let owner = [Rule::owner, Rule::doer, Rule::phrase]
                .into_iter()
                .find_map(text)?;
            // "What does Ada Brin plan to do?"
            if owner.ends_with(" to") || words::content(owner).is_empty() {
                return Some(Form::Clause);
            }
            known(Question::Copular {
                person: true,
                phrase: name(owner),
            })
        }
        Rule::whose => {
            let subject = phrase::parts(text(Rule::phrase)?);
            let noun = text(Rule::whose_noun)?.to_lowercase();
            if !subject.proper || noun.contains(' ') {
                return Some(Form::Clause);
            }
            known(Question::Event(Box::new(Frame {
                verbs: vec![noun],
                subject: Some(Filler::Known(subject)),
                others: vec![("of".to_owned(), Filler::Asked(Wish::Who))],
                ..Frame::default()
            })))
        }
        Rule::stranded => {
            let (_, class) = asker(&parts);
            let preposition = text(Rule::stranded_last)?.to_lowercase();
            // "Who was the boy arrested with?" has a verb.
            let subject = phrase::parts(text(Rule::stranded_left)?);
            if !subject.proper {
                return Some(Form::Clause);
            }
            let wish = match class {
                Some(class) => Wish::Class(class),
                None if text(Rule::who).is_some() => Wish::Who,
                None => Wish::What,
            };
            known(Question::Event(Box::new(Frame {
                verbs: vec!["be".to_owned()],
                subject: Some(Filler::Known(subject)),
                others: vec![(preposition, Filler::Asked(wish))],
                ..Frame::default()
            })))
        }
        Rule::indirect => known(Question::Copular {
            person: text(Rule::who).is_some(),
            phrase: phrase::parts(text(Rule::indirect_left)?),
        }),
        // "Who is against the deal?"
        Rule::copular
            if text(Rule::phrase)
                .and_then(|phrase| phrase.split_once(' '))
                .is_some_and(|(first, _)| words::PREPOSITIONS.contains(&first)) =>
        {
            Some(Form::Clause)
        }
        Rule::copular => Some(Form::Copular(Question::Copular {
            person: text(Rule::who).is_some(),
            phrase: phrase::parts(text(Rule::phrase)?),
        })),
        _ => Some(Form::Clause),
    }
}

/// The phrase of a name, which is never taken apart.
fn name(text: &str) -> Phrase {
    let mut phrase = phrase::parts(text);
    phrase.of = None;
    phrase
}

/// Who is asked for: a "who", or the noun of "which coach".
fn asker(parts: &[Pair<'_, Rule>]) -> (bool, Option<Phrase>) {
    let mut inner = Vec::new();
    for part in parts {
        if part.as_rule() == Rule::asker {
            inner.extend(part.clone().into_inner());
        } else {
            inner.push(part.clone());
        }
    }
    let class = inner
        .iter()
        .find(|part| part.as_rule() == Rule::which_noun)
        .and_then(|part| part.as_str().split_once(' '))
        .map(|(_, noun)| phrase::parts(noun));
    (class.is_none(), class)
}

#[cfg(test)]
mod tests {
    use super::{Form, form};
    use crate::question::frame::Question;

    fn shown(text: &str) -> String {
        match form(text) {
            None => "nothing".to_owned(),
            Some(Form::Clause) => "clause".to_owned(),
            Some(Form::Known(question) | Form::Copular(question)) => match question {
                Question::Path { from, to } => format!("path {} -> {}", from.text, to.text),
                Question::Copular { phrase, .. } => format!("copular {}", phrase.text),
                Question::Instances(phrase) => format!("instances {}", phrase.text),
                Question::About(phrase) => format!("about {}", phrase.text),
                Question::Speaker {
                    verb,
                    class,
                    content,
                } => format!(
                    "{} {verb}: {}",
                    class.map_or("who".to_owned(), |class| class.text),
                    content.join(" ")
                ),
                Question::Event(_) => "event".to_owned(),
            },
        }
    }

    #[test]
    fn the_outer_words_tell_the_form() {
        let cases = [
            (
                "How is Norland connected to Port Hale?",
                "path Norland -> Port Hale",
            ),
            (
                "How are Norland and Port Hale related?",
                "path Norland -> Port Hale",
            ),
            (
                "What links Norland to Port Hale",
                "path Norland -> Port Hale",
            ),
            (
                "Who is the mayor of Port Hale?",
                "copular mayor of Port Hale",
            ),
            ("What is the NCO?", "copular NCO"),
            ("Can you tell me who Ada Brin is?", "copular Ada Brin"),
            ("Tell me who built the dam.", "clause"),
            ("What is Ada Brin's job?", "copular Ada Brin"),
            ("Name a fishing port.", "instances fishing port"),
            ("Tell me about the NCO", "about NCO"),
            ("Who said that the dam had burst?", "who say: dam burst"),
            (
                "Which engineer said \"the dam will burst\"?",
                "engineer say: dam burst",
            ),
            ("According to whom is the dam safe?", "who say: dam saf"),
            ("Whose daughter is Ada Brin?", "event"),
            ("Who built the dam?", "clause"),
            ("Who is against the dam?", "clause"),
            ("??", "nothing"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
