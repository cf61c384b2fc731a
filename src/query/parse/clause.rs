//! Clauses.

use super::super::ast::{
    Attachment, Branch, Call, Clause, Create, Delete, Duplicates, Expression, ExpressionKind,
    ForEach, Headers, Imports, LoadCsv, Match, Merge, Mode, Name, Necessity, OrderItem, Projection,
    ProjectionItem, Query, Reach, Remove, RemoveItem, Return, Set, SetItem, SortDirection,
    SubqueryCall, Union, Unwind, With, Yield, YieldItem,
};
use super::super::error::ParseError;
use super::{
    Pair, Rule, expression, incomplete, label, literal, part, pattern, place, required, unexpected,
};

/// The query of `query`.
pub(super) fn query(pair: Pair<'_>) -> Result<Query, ParseError> {
    let span = place(&pair);
    let mut first = None;
    let mut unions = Vec::new();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::branch => first = Some(branch(inner)?),
            Rule::union => unions.push(Union {
                duplicates: if part(&inner, Rule::union_all).is_some() {
                    Duplicates::Keep
                } else {
                    Duplicates::Remove
                },
                span: place(&inner),
                branch: branch(required(&inner, Rule::branch)?)?,
            }),
            _ => {}
        }
    }
    Ok(Query {
        mode: Mode::Run,
        first: first.ok_or_else(|| incomplete(span))?,
        unions,
        span,
    })
}

fn branch(pair: Pair<'_>) -> Result<Branch, ParseError> {
    let span = place(&pair);
    let clauses = pair.into_inner().map(clause).collect::<Result<_, _>>()?;
    Ok(Branch { clauses, span })
}

fn clause(pair: Pair<'_>) -> Result<Clause, ParseError> {
    let span = place(&pair);
    Ok(match pair.as_rule() {
        Rule::match_clause => Clause::Match(Match {
            necessity: necessity(&pair),
            patterns: pattern::patterns(required(&pair, Rule::patterns)?)?,
            condition: condition(&pair)?,
            span,
        }),
        Rule::unwind_clause => Clause::Unwind(Unwind {
            list: expression::expression(required(&pair, Rule::expression)?)?,
            variable: literal::name(required(&pair, Rule::variable)?),
            span,
        }),
        Rule::with_clause => Clause::With(With {
            projection: projection(required(&pair, Rule::projection)?)?,
            condition: condition(&pair)?,
            span,
        }),
        Rule::return_clause => Clause::Return(Return {
            projection: projection(required(&pair, Rule::projection)?)?,
            span,
        }),
        Rule::create_clause => Clause::Create(Create {
            patterns: pattern::patterns(required(&pair, Rule::patterns)?)?,
            span,
        }),
        Rule::merge_clause => Clause::Merge(merge(pair)?),
        Rule::set_clause => Clause::Set(Set {
            items: set_items(required(&pair, Rule::set_items)?)?,
            span,
        }),
        Rule::remove_clause => Clause::Remove(Remove {
            items: pair
                .into_inner()
                .filter(|inner| inner.as_rule() == Rule::remove_item)
                .map(remove_item)
                .collect::<Result<_, _>>()?,
            span,
        }),
        Rule::delete_clause => Clause::Delete(Delete {
            attachment: if part(&pair, Rule::detach).is_some() {
                Attachment::Detach
            } else {
                Attachment::Keep
            },
            expressions: expression::expressions(pair)?,
            span,
        }),
        Rule::call_clause => Clause::Call(call(pair)?),
        Rule::subquery_call => Clause::Subquery(subquery_call(pair)?),
        Rule::foreach_clause => Clause::ForEach(for_each(pair)?),
        Rule::load_csv_clause => Clause::LoadCsv(load_csv(pair)?),
        _ => return Err(unexpected("this is not a clause", span)),
    })
}

fn necessity(pair: &Pair<'_>) -> Necessity {
    if part(pair, Rule::optional).is_some() {
        Necessity::Optional
    } else {
        Necessity::Required
    }
}

/// The condition of the `where_part` in `pair`, if there is one.
pub(super) fn condition(pair: &Pair<'_>) -> Result<Option<Expression>, ParseError> {
    part(pair, Rule::where_part)
        .map(|inner| expression::expression(required(&inner, Rule::expression)?))
        .transpose()
}

fn merge(pair: Pair<'_>) -> Result<Merge, ParseError> {
    let span = place(&pair);
    let pattern = pattern::path(required(&pair, Rule::path_pattern)?)?;
    let mut on_create = Vec::new();
    let mut on_match = Vec::new();
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::on_create => on_create.extend(set_items(required(&inner, Rule::set_items)?)?),
            Rule::on_match => on_match.extend(set_items(required(&inner, Rule::set_items)?)?),
            _ => {}
        }
    }
    Ok(Merge {
        pattern,
        on_create,
        on_match,
        span,
    })
}

fn set_items(pair: Pair<'_>) -> Result<Vec<SetItem>, ParseError> {
    pair.into_inner()
        .filter(|inner| inner.as_rule() == Rule::set_item)
        .map(|item| {
            let span = place(&item);
            let inner = item.into_inner().next().ok_or_else(|| incomplete(span))?;
            set_item(inner)
        })
        .collect()
}

fn set_item(pair: Pair<'_>) -> Result<SetItem, ParseError> {
    let span = place(&pair);
    if pair.as_rule() == Rule::set_labels {
        return Ok(SetItem::Labels {
            variable: literal::name(required(&pair, Rule::variable)?),
            labels: set_names(&pair)?,
            span,
        });
    }
    let value = expression::expression(required(&pair, Rule::expression)?)?;
    Ok(match pair.as_rule() {
        Rule::set_add => SetItem::Add {
            variable: literal::name(required(&pair, Rule::variable)?),
            value,
            span,
        },
        Rule::set_replace => SetItem::Replace {
            variable: literal::name(required(&pair, Rule::variable)?),
            value,
            span,
        },
        Rule::set_property => {
            let (of, key) = target(required(&pair, Rule::property_target)?)?;
            SetItem::Property {
                of,
                key,
                value,
                span,
            }
        }
        _ => return Err(unexpected("this cannot be set", span)),
    })
}

/// The labels that are set or removed.
fn set_names(pair: &Pair<'_>) -> Result<Vec<Name>, ParseError> {
    let written = part(pair, Rule::labels).or_else(|| part(pair, Rule::is_labels));
    label::plain_labels(written.ok_or_else(|| incomplete(place(pair)))?)
}

fn remove_item(pair: Pair<'_>) -> Result<RemoveItem, ParseError> {
    let span = place(&pair);
    let inner = pair.into_inner().next().ok_or_else(|| incomplete(span))?;
    Ok(match inner.as_rule() {
        Rule::remove_labels => RemoveItem::Labels {
            variable: literal::name(required(&inner, Rule::variable)?),
            labels: set_names(&inner)?,
            span,
        },
        Rule::remove_property => {
            let (of, key) = target(required(&inner, Rule::property_target)?)?;
            RemoveItem::Property { of, key, span }
        }
        _ => return Err(unexpected("this cannot be removed", span)),
    })
}

/// The element and the property of `property_target`.
fn target(pair: Pair<'_>) -> Result<(Expression, Name), ParseError> {
    let span = place(&pair);
    let mut of: Option<Expression> = None;
    let mut key: Option<Name> = None;
    for inner in pair.into_inner() {
        if inner.as_rule() == Rule::name {
            let next = literal::name(inner);
            of = match (of.take(), key.take()) {
                (Some(whole), Some(key)) => Some(Expression {
                    span: whole.span.join(key.span),
                    kind: ExpressionKind::Property {
                        of: Box::new(whole),
                        key,
                    },
                }),
                (whole, _) => whole,
            };
            key = Some(next);
        } else {
            of = Some(expression::atom(inner)?);
        }
    }
    of.zip(key).ok_or_else(|| incomplete(span))
}

fn call(pair: Pair<'_>) -> Result<Call, ParseError> {
    let span = place(&pair);
    let procedure = literal::dotted_name(required(&pair, Rule::procedure_name)?);
    let arguments = part(&pair, Rule::arguments)
        .map(expression::expressions)
        .transpose()?;
    let yields = match part(&pair, Rule::yield_part) {
        None => Yield::Unsaid,
        Some(inner) => yield_part(&inner)?,
    };
    Ok(Call {
        necessity: necessity(&pair),
        procedure,
        arguments,
        yields,
        span,
    })
}

fn subquery_call(pair: Pair<'_>) -> Result<SubqueryCall, ParseError> {
    if let Some(inner) = part(&pair, Rule::in_transactions) {
        return Err(ParseError::UnexpectedSyntax {
            message: "a statement is one transaction, so a subquery has none of its own".to_owned(),
            span: place(&inner),
            help: Some("leave IN TRANSACTIONS out, or make several statements".to_owned()),
        });
    }
    let imports = match part(&pair, Rule::imports) {
        None => Imports::Unsaid,
        Some(inner) if part(&inner, Rule::star).is_some() => Imports::Everything,
        Some(inner) => Imports::Variables(inner.into_inner().map(literal::name).collect()),
    };
    Ok(SubqueryCall {
        necessity: necessity(&pair),
        imports,
        span: place(&pair),
        query: query(required(&pair, Rule::query)?)?,
    })
}

fn for_each(pair: Pair<'_>) -> Result<ForEach, ParseError> {
    Ok(ForEach {
        variable: literal::name(required(&pair, Rule::variable)?),
        list: expression::expression(required(&pair, Rule::expression)?)?,
        span: place(&pair),
        clauses: branch(required(&pair, Rule::branch)?)?.clauses,
    })
}

fn load_csv(pair: Pair<'_>) -> Result<LoadCsv, ParseError> {
    let separator = match part(&pair, Rule::terminator) {
        None => None,
        Some(inner) => {
            let written = required(&inner, Rule::string)?;
            let text = literal::string(&written)?;
            let mut characters = text.chars();
            let only = characters.next().filter(|_| characters.next().is_none());
            let fits =
                |separator: &char| separator.is_ascii() && !matches!(separator, '"' | '\n' | '\r');
            let separator = only.filter(fits).ok_or_else(|| {
                let message = "a field terminator is one ASCII character, and no quote";
                unexpected(message, place(&written))
            })?;
            Some(separator)
        }
    };
    Ok(LoadCsv {
        headers: if part(&pair, Rule::with_headers).is_some() {
            Headers::FirstRecord
        } else {
            Headers::None
        },
        source: expression::expression(required(&pair, Rule::expression)?)?,
        variable: literal::name(required(&pair, Rule::variable)?),
        separator,
        span: place(&pair),
    })
}

fn yield_part(pair: &Pair<'_>) -> Result<Yield, ParseError> {
    let span = place(pair);
    if part(pair, Rule::star).is_some() {
        return Ok(Yield::Everything(span));
    }
    let items = pair
        .clone()
        .into_inner()
        .filter(|inner| inner.as_rule() == Rule::yield_item)
        .map(|item| {
            let field = literal::name(required(&item, Rule::name)?);
            let variable = part(&item, Rule::variable).map_or_else(|| field.clone(), literal::name);
            Ok(YieldItem { field, variable })
        })
        .collect::<Result<_, ParseError>>()?;
    Ok(Yield::Items {
        items,
        condition: condition(pair)?,
        span,
    })
}

fn projection(pair: Pair<'_>) -> Result<Projection, ParseError> {
    let mut projection = Projection {
        span: place(&pair),
        ..Projection::default()
    };
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::distinct => projection.duplicates = Duplicates::Remove,
            Rule::star => projection.reach = Reach::Everything,
            Rule::projection_item => projection.items.push(projection_item(&inner)?),
            Rule::order_part => {
                projection.order = inner
                    .into_inner()
                    .filter(|item| item.as_rule() == Rule::order_item)
                    .map(order_item)
                    .collect::<Result<_, _>>()?;
            }
            Rule::skip_part => {
                let count = required(&inner, Rule::expression)?;
                projection.skip = Some(expression::expression(count)?);
            }
            Rule::limit_part => {
                let count = required(&inner, Rule::expression)?;
                projection.limit = Some(expression::expression(count)?);
            }
            _ => {}
        }
    }
    Ok(projection)
}

fn projection_item(pair: &Pair<'_>) -> Result<ProjectionItem, ParseError> {
    let written = required(pair, Rule::expression)?;
    let alias = part(pair, Rule::variable).map(literal::name);
    // Comments behind the expression are no part of its name; blanks neither.
    let expression = expression::expression(written.clone())?;
    let start = written.as_span().start();
    let length = expression.span.end().saturating_sub(start);
    let text = written.as_str().get(..length).unwrap_or(written.as_str());
    Ok(ProjectionItem {
        text: text.trim_end().to_owned(),
        span: place(pair),
        expression,
        alias,
    })
}

fn order_item(pair: Pair<'_>) -> Result<OrderItem, ParseError> {
    Ok(OrderItem {
        expression: expression::expression(required(&pair, Rule::expression)?)?,
        direction: if part(&pair, Rule::descending).is_some() {
            SortDirection::Descending
        } else {
            SortDirection::Ascending
        },
    })
}
