//! Label expressions: what is asked of a node's labels or a relationship's type.

use crate::base::Span;

use super::super::ast::{LabelExpression, Name};
use super::super::error::ParseError;
use super::{Pair, Rule, incomplete, literal, place, required, unexpected};

/// Which spellings a label expression uses.
#[derive(Debug, Default)]
struct Spelling {
    /// Whether names are joined by colons: `A:B`.
    colons: bool,
    /// Whether alternatives are written `A|:B`.
    barred_colons: bool,
    /// Whether there is a sign of the newer form: `&`, `|`, `!`, `%` or brackets.
    operators: bool,
}

/// What `labels` or `is_labels` asks of a node, or of whatever an expression gives.
pub(super) fn labels(pair: Pair<'_>) -> Result<LabelExpression, ParseError> {
    let span = place(&pair);
    let mut spelling = Spelling {
        // `IS` belongs to the newer form, and so does one name after it: nothing can clash.
        operators: pair.as_rule() == Rule::is_labels
            || pair.as_rule() == Rule::op_guarded_is_labels,
        ..Spelling::default()
    };
    let inner = pair
        .into_inner()
        .find(|inner| matches!(inner.as_rule(), Rule::label_or | Rule::guarded_or));
    let found = either(inner.ok_or_else(|| incomplete(span))?, &mut spelling)?;
    if spelling.barred_colons {
        return Err(mixed(
            "`|:` can stand only between the types of a relationship",
            span,
        ));
    }
    if spelling.colons && spelling.operators {
        return Err(mixed(
            "labels joined by `:` cannot be mixed with the operators `&`, `|`, `!`, `%`, brackets and IS",
            span,
        ));
    }
    Ok(found)
}

/// What `labels` or `is_labels` asks of a relationship.
pub(super) fn types(pair: Pair<'_>) -> Result<LabelExpression, ParseError> {
    let span = place(&pair);
    let mut spelling = Spelling::default();
    let found = either(required(&pair, Rule::label_or)?, &mut spelling)?;
    if spelling.colons {
        return Err(mixed(
            "a relationship has one type, so types cannot be joined by `:`",
            span,
        ));
    }
    if spelling.barred_colons && found.alternatives().is_none() {
        return Err(mixed(
            "`|:` cannot be mixed with the operators `&`, `!`, `%` and brackets",
            span,
        ));
    }
    Ok(found)
}

/// The names of `labels`, where labels are set or removed.
pub(super) fn plain_labels(pair: Pair<'_>) -> Result<Vec<Name>, ParseError> {
    let span = place(&pair);
    let found = labels(pair)?;
    let names = found.conjunction().map(|names| names.into_iter().cloned());
    names.map(Iterator::collect).ok_or_else(|| {
        unexpected(
            "only plain labels can be set or removed, joined by `:` or `&`",
            span,
        )
    })
}

fn mixed(message: &str, span: Span) -> ParseError {
    ParseError::UnexpectedSyntax {
        message: message.to_owned(),
        span,
        help: Some("write `A&B` for both, `A|B` for either, `!A` for none".to_owned()),
    }
}

fn either(pair: Pair<'_>, spelling: &mut Spelling) -> Result<LabelExpression, ParseError> {
    let span = place(&pair);
    let mut parts = Vec::new();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::label_and => parts.push(all(inner, spelling)?),
            Rule::label_bar if inner.into_inner().next().is_some() => spelling.barred_colons = true,
            _ => spelling.operators = true,
        }
    }
    LabelExpression::either(parts).ok_or_else(|| incomplete(span))
}

fn all(pair: Pair<'_>, spelling: &mut Spelling) -> Result<LabelExpression, ParseError> {
    let span = place(&pair);
    let mut parts = Vec::new();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::label_not => parts.push(not(inner, spelling)?),
            Rule::label_colon => spelling.colons = true,
            _ => spelling.operators = true,
        }
    }
    LabelExpression::all(parts).ok_or_else(|| incomplete(span))
}

fn not(pair: Pair<'_>, spelling: &mut Spelling) -> Result<LabelExpression, ParseError> {
    let span = place(&pair);
    let mut negated = false;
    for inner in pair.into_inner() {
        let found = match inner.as_rule() {
            Rule::label_bang => {
                spelling.operators = true;
                negated = !negated;
                continue;
            }
            Rule::label_any => {
                spelling.operators = true;
                LabelExpression::Any
            }
            Rule::label_group => {
                spelling.operators = true;
                either(required(&inner, Rule::label_or)?, spelling)?
            }
            _ => LabelExpression::Name(literal::name(inner)),
        };
        return Ok(if negated { found.negated() } else { found });
    }
    Err(incomplete(span))
}
