//! Commands that put right by hand what the machine holds of entities.

use whom::base::{Code, Diagnostic, Span};
use whom::{About, Corrected, CorrectionError, Error, SplitBy};

use super::Shell;
use crate::cli::{
    Exit, ExplanationFormat, Failure, RowFormat, list_corrections, tell_correction, tell_undone,
    write_why, write_why_entity, write_why_not,
};

/// A word of a command, without its quotation marks, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) span: Span,
}

/// The words of `line`; what stands in quotation marks is one word.
pub(super) fn words(line: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut letters = line.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let closing = match letter {
            '"' | '\'' | '`' => Some(letter),
            '“' | '„' => Some('”'),
            _ => None,
        };
        let mut text = String::new();
        let mut end = start + letter.len_utf8();
        if closing.is_none() {
            text.push(letter);
        }
        for (at, next) in letters.by_ref() {
            end = at + next.len_utf8();
            let ends = closing.map_or(next.is_whitespace(), |mark| next == mark);
            if ends {
                if closing.is_none() {
                    end = at;
                }
                break;
            }
            text.push(next);
        }
        found.push(Word {
            text,
            span: Span::new(start, end),
        });
    }
    found
}

impl Shell<'_> {
    /// Obeys the command `name` with `line` after it; `false` if it is none of these.
    pub(super) fn put_right(&mut self, name: &str, line: &str) -> Result<bool, Failure> {
        let given = words(line);
        let texts: Vec<&str> = given.iter().map(|word| word.text.as_str()).collect();
        let outcome = match name {
            ":merge" | ":distinct" if texts.len() < 2 => {
                let message = format!("`{name}` takes two entities or more");
                return Err(misused(&message, line, name));
            }
            ":merge" => self.stoppable(|session, _| session.merge(&texts)),
            ":distinct" => self.stoppable(|session, _| session.distinct(&texts)),
            ":rename" => {
                let [entity, new_name] = texts.as_slice() else {
                    let message = "`:rename` takes an entity and its new name";
                    return Err(misused(message, line, name));
                };
                self.stoppable(|session, _| session.rename(entity, new_name))
            }
            ":split" => {
                let (entity, by) = split(&texts)
                    .ok_or_else(|| misused("this split is not understood", line, name))?;
                self.stoppable(|session, _| session.split(entity, &by))
            }
            ":corrections" => {
                let mut session = self.session.borrow_mut();
                list_corrections(&mut session, self.format, self.context)?;
                return Ok(true);
            }
            ":undo" => {
                let number = match texts.as_slice() {
                    [number] => number.parse::<i64>().ok(),
                    _ => None,
                };
                let Some(number) = number else {
                    let message = "`:undo` takes the number of a correction";
                    return Err(misused(message, line, name));
                };
                let undone = self.stoppable(|session, _| session.undo_correction(number));
                tell_undone(
                    &undone.map_err(|error| placed(error, name, line, &given))?,
                    self.context,
                );
                return Ok(true);
            }
            ":why" | ":why-not" => {
                self.explain_entities(name, line, &given)?;
                return Ok(true);
            }
            _ => return Ok(false),
        };
        let outcome: Corrected = outcome.map_err(|error| placed(error, name, line, &given))?;
        tell_correction(&outcome, self.context);
        Ok(true)
    }
}

impl Shell<'_> {
    fn explain_entities(&self, name: &str, line: &str, given: &[Word]) -> Result<(), Failure> {
        let texts: Vec<&str> = given.iter().map(|word| word.text.as_str()).collect();
        let format = match self.format {
            RowFormat::Json | RowFormat::Jsonl => ExplanationFormat::Json,
            RowFormat::Table | RowFormat::Csv | RowFormat::Markdown => ExplanationFormat::Text,
        };
        let mut session = self.session.borrow_mut();
        let outcome = match (name, texts.as_slice()) {
            (":why-not", [subject, relation, object]) => {
                let asked = (*subject, *relation, *object);
                write_why_not(&mut session, asked, format, self.context)
            }
            (":why", [one]) => match one.parse::<i64>() {
                Ok(number) => write_why(
                    &mut session,
                    About::Relationship(number),
                    format,
                    self.context,
                ),
                Err(_) => write_why_entity(&mut session, one, format, self.context),
            },
            (":why", [one, other]) => write_why(
                &mut session,
                About::Entities(one, other),
                format,
                self.context,
            ),
            _ => {
                let message = format!("`{name}` is not understood so");
                return Err(misused(&message, line, name));
            }
        };
        outcome.map_err(|failure| match failure {
            Failure::Library { error, source: _ } => placed(*error, name, line, given),
            Failure::Complaints { .. } | Failure::Output(_) => failure,
        })
    }
}

/// What is to be split, and how.
fn split<'w>(words: &[&'w str]) -> Option<(&'w str, SplitBy)> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match words {
        [entity] | [entity, "by", "document"] => Some((entity, SplitBy::Document)),
        [entity, "from", first, rest @ ..] => {
            let documents = [&[*first], rest].concat();
            Some((entity, SplitBy::From(owned(&documents))))
        }
        [entity, "at", first, rest @ ..] => {
            let mentions = [&[*first], rest].concat();
            Some((entity, SplitBy::Mentions(owned(&mentions))))
        }
        _ => None,
    }
}

/// The error, pointing at the word that it is about.
pub(super) fn placed(error: Error, name: &str, line: &str, given: &[Word]) -> Failure {
    let source = format!("{name} {line}");
    let offset = name.len() + 1;
    let about = if let Error::Correction(error) = &error {
        error.words().map(str::to_owned)
    } else {
        None
    };
    let word = about.and_then(|words| given.iter().find(|word| word.text.trim() == words));
    let Some(word) = word else {
        return Failure::about(error, &source);
    };
    let several = matches!(
        &error,
        Error::Correction(CorrectionError::AmbiguousEntity { .. })
    );
    let label = if several { "which one?" } else { "here" };
    let complaints = error
        .diagnostics()
        .into_iter()
        .map(|diagnostic| diagnostic.at(word.span.shifted(offset), label))
        .collect();
    Failure::Complaints {
        complaints,
        source,
        exit: Exit::BadInput,
    }
}

pub(super) fn misused(message: &str, line: &str, name: &str) -> Failure {
    let source = format!("{name} {line}");
    let arguments = super::COMMANDS
        .iter()
        .find(|command| command.name == name)
        .map_or("", |command| command.arguments);
    let help = format!("{name} {arguments}; a name of several words stands in quotation marks");
    let complaint = Diagnostic::error(Code("bad-command"), message)
        .at(Span::new(0, source.trim_end().len()), "")
        .with_help(help);
    Failure::Complaints {
        complaints: vec![complaint],
        source,
        exit: Exit::BadInput,
    }
}

#[cfg(test)]
mod tests {
    use whom::SplitBy;

    use super::{split, words};

    #[test]
    fn names_of_several_words_stand_in_quotation_marks() {
        let cases: [(&str, &[&str]); 4] = [
            ("\"Li Wei\" 'Dr Li'", &["Li Wei", "Dr Li"]),
            ("“Li Wei” person/li", &["Li Wei", "person/li"]),
            ("  one   two", &["one", "two"]),
            ("O'Neill \"left open", &["O'Neill", "left open"]),
        ];
        for (line, expected) in cases {
            let found: Vec<String> = words(line).into_iter().map(|word| word.text).collect();
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn a_split_says_what_goes() {
        assert_eq!(
            split(&["A", "by", "document"]),
            Some(("A", SplitBy::Document))
        );
        let from = SplitBy::From(vec!["x.txt".to_owned(), "y.txt".to_owned()]);
        assert_eq!(split(&["A", "from", "x.txt", "y.txt"]), Some(("A", from)));
        let at = SplitBy::Mentions(vec!["x.txt:3".to_owned()]);
        assert_eq!(split(&["A", "at", "x.txt:3"]), Some(("A", at)));
        assert_eq!(split(&["A", "from"]), None);
        assert_eq!(split(&[]), None);
    }
}
