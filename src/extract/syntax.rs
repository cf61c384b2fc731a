//! What a rule file that does not follow the grammar is told: where, and what was expected there.

use pest::error::{ErrorVariant, InputLocation};

use super::load::Rule;
use crate::base::{Code, Diagnostic, Span, nearest};

/// What is wrong with `text`, by the `error` of the grammar.
pub(super) fn syntax_complaint(error: &pest::error::Error<Rule>, text: &str) -> Diagnostic {
    let (start, end) = match error.location {
        InputLocation::Pos(at) => (at, at),
        InputLocation::Span((start, end)) => (start, end),
    };
    let end = if end > start {
        end
    } else {
        let next = text.get(start..).and_then(|rest| rest.chars().next());
        start + next.map_or(0, char::len_utf8)
    };
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => {
            let mut names: Vec<&str> = positives
                .iter()
                .map(|positive| described(*positive))
                .collect();
            names.sort_unstable();
            names.dedup();
            names.join(", ")
        }
        ErrorVariant::CustomError { message } => message.clone(),
    };
    let word: String = text
        .get(start..)
        .unwrap_or_default()
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect();
    let diagnostic = Diagnostic::error(Code("rule-syntax"), "this is not how a rule is written")
        .at(Span::new(start, end), format!("expected {expected}"));
    match nearest(&word, KEYWORDS.iter().copied()) {
        Some(keyword) if !word.is_empty() && keyword != word => {
            diagnostic.with_help(format!("did you mean `{keyword}`?"))
        }
        _ => diagnostic.with_help("grammar/README.md shows how to write a rule"),
    }
}

const KEYWORDS: &[&str] = &[
    "rule",
    "words",
    "about",
    "match",
    "maybe",
    "without",
    "claim",
    "inferred",
    "aside",
    "modality",
    "polarity",
    "confidence",
    "fires",
    "refuses",
];

fn described(expected: Rule) -> &'static str {
    match expected {
        Rule::file | Rule::EOI => "the end of the file",
        Rule::extraction => "`rule`",
        Rule::words => "`words`",
        Rule::list_name | Rule::list_reference => "the name of a word list",
        Rule::rule_name => "the name of the rule",
        Rule::part
        | Rule::about
        | Rule::match_part
        | Rule::maybe_part
        | Rule::without_part
        | Rule::inferred
        | Rule::aside
        | Rule::modality
        | Rule::polarity
        | Rule::confidence
        | Rule::fires
        | Rule::refuses => "a part of a rule (`match`, `claim`, `fires`, …) or `}`",
        Rule::path | Rule::node => "a node `(name)`",
        Rule::edge | Rule::down | Rule::up | Rule::order => "an edge `-[relation]->`",
        Rule::label_list | Rule::label | Rule::any_label => "a relation or a role",
        Rule::depth => "`*`",
        Rule::variable => "the name of a node",
        Rule::tags | Rule::tag => "a part of speech",
        Rule::conditions | Rule::condition | Rule::negation | Rule::key => {
            "a condition `{key: value}`"
        }
        Rule::value | Rule::word => "a word",
        Rule::claim => "a claim",
        Rule::slot => "a node `(name)` or `()`",
        Rule::as_form => "`as entity`",
        Rule::template | Rule::piece | Rule::hole | Rule::template_word => {
            "the words of a relation"
        }
        Rule::field => "a field",
        Rule::string | Rule::text => "words in quotes",
        Rule::number => "a number",
        Rule::WHITESPACE | Rule::COMMENT => "a blank",
    }
}
