//! Expressions: a flat row of operands and operators into a tree.

use std::sync::LazyLock;

use pest::pratt_parser::{Assoc, Op, PrattParser};

use crate::base::Span;

use super::super::ast::{
    BinaryOperator, Clause, ComparisonOperator, Duplicates, Expression, ExpressionKind, Literal,
    LogicalOperator, MapProjectionItem, Necessity, Quantifier, Query, SubqueryBody,
    SubqueryQuestion, UnaryOperator,
};
use super::super::error::ParseError;
use super::{
    Pair, Rule, clause, incomplete, label, literal, part, pattern, place, required, unexpected,
    value_type,
};

/// How strongly operators bind, the weakest first. Source: the openCypher 9 grammar.
static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let left = |rule| Op::infix(rule, Assoc::Left);
    PrattParser::new()
        .op(left(Rule::op_or))
        .op(left(Rule::op_xor))
        .op(left(Rule::op_and))
        .op(Op::prefix(Rule::op_not))
        .op(left(Rule::op_equal)
            | left(Rule::op_not_equal)
            | left(Rule::op_less)
            | left(Rule::op_less_or_equal)
            | left(Rule::op_greater)
            | left(Rule::op_greater_or_equal))
        .op(left(Rule::op_regex)
            | left(Rule::op_starts_with)
            | left(Rule::op_ends_with)
            | left(Rule::op_contains)
            | left(Rule::op_in)
            | Op::postfix(Rule::op_is_null)
            | Op::postfix(Rule::op_is_not_null)
            | Op::postfix(Rule::op_typed)
            | Op::postfix(Rule::op_not_typed)
            | Op::postfix(Rule::op_guarded_typed)
            | Op::postfix(Rule::op_guarded_not_typed)
            | Op::postfix(Rule::op_is_labels)
            | Op::postfix(Rule::op_guarded_is_labels))
        .op(left(Rule::op_concatenate) | left(Rule::op_add) | left(Rule::op_subtract))
        .op(left(Rule::op_multiply) | left(Rule::op_divide) | left(Rule::op_remainder))
        .op(left(Rule::op_power))
        .op(Op::prefix(Rule::op_minus) | Op::prefix(Rule::op_plus))
        .op(Op::postfix(Rule::op_property)
            | Op::postfix(Rule::op_labels)
            | Op::postfix(Rule::op_guarded_labels)
            | Op::postfix(Rule::op_index))
});

/// An expression in the making.
struct Built {
    tree: Expression,
    /// Whether a further operator of the same kind may join it: it stands without brackets.
    open: bool,
}

impl Built {
    fn closed(tree: Expression) -> Self {
        Self { tree, open: false }
    }

    fn new(kind: ExpressionKind, span: Span) -> Self {
        Self {
            tree: Expression { kind, span },
            open: true,
        }
    }
}

/// The tree of `expression`.
pub(super) fn expression(pair: Pair<'_>) -> Result<Expression, ParseError> {
    let span = place(&pair);
    row(pair.into_inner().collect(), span)
}

/// The trees of all `expression`s directly in `pair`.
pub(super) fn expressions(pair: Pair<'_>) -> Result<Vec<Expression>, ParseError> {
    pair.into_inner()
        .filter(|inner| inner.as_rule() == Rule::expression)
        .map(expression)
        .collect()
}

/// The tree of operands and operators in a row.
fn row(pairs: Vec<Pair<'_>>, span: Span) -> Result<Expression, ParseError> {
    let has_operand = pairs.iter().any(|pair| {
        !matches!(
            pair.as_rule(),
            Rule::op_not | Rule::op_minus | Rule::op_plus
        )
    });
    if !has_operand {
        return Err(incomplete(span));
    }
    PRECEDENCE
        .map_primary(|pair| atom(pair).map(Built::closed))
        .map_prefix(prefix)
        .map_postfix(postfix)
        .map_infix(infix)
        .parse(pairs.into_iter())
        .map(|built| built.tree)
}

fn prefix(operator: Pair<'_>, operand: Result<Built, ParseError>) -> Result<Built, ParseError> {
    let operand = operand?.tree;
    let span = place(&operator).join(operand.span);
    let operator = match operator.as_rule() {
        Rule::op_not => UnaryOperator::Not,
        Rule::op_minus => UnaryOperator::Minus,
        _ => UnaryOperator::Plus,
    };
    Ok(unary(operator, operand, span))
}

fn unary(operator: UnaryOperator, operand: Expression, span: Span) -> Built {
    Built::new(
        ExpressionKind::Unary {
            operator,
            operand: Box::new(operand),
        },
        span,
    )
}

fn postfix(operand: Result<Built, ParseError>, operator: Pair<'_>) -> Result<Built, ParseError> {
    let operand = operand?.tree;
    let span = operand.span.join(place(&operator));
    Ok(match operator.as_rule() {
        Rule::op_property => Built::new(
            ExpressionKind::Property {
                of: Box::new(operand),
                key: literal::name(required(&operator, Rule::name)?),
            },
            span,
        ),
        Rule::op_labels => labelled(operand, required(&operator, Rule::labels)?, span)?,
        Rule::op_is_labels => labelled(operand, required(&operator, Rule::is_labels)?, span)?,
        Rule::op_guarded_labels | Rule::op_guarded_is_labels => labelled(operand, operator, span)?,
        Rule::op_index => Built::new(index(operand, operator)?, span),
        Rule::op_typed => typed(operand, required(&operator, Rule::value_type)?, span)?,
        Rule::op_guarded_typed => typed(operand, required(&operator, Rule::guarded_type)?, span)?,
        Rule::op_not_typed => {
            let inner = typed(operand, required(&operator, Rule::value_type)?, span)?;
            unary(UnaryOperator::Not, inner.tree, span)
        }
        Rule::op_guarded_not_typed => {
            let inner = typed(operand, required(&operator, Rule::guarded_type)?, span)?;
            unary(UnaryOperator::Not, inner.tree, span)
        }
        Rule::op_is_null => unary(UnaryOperator::IsNull, operand, span),
        _ => unary(UnaryOperator::IsNotNull, operand, span),
    })
}

fn labelled(of: Expression, labels: Pair<'_>, span: Span) -> Result<Built, ParseError> {
    let of = Box::new(of);
    let labels = label::labels(labels)?;
    Ok(Built::new(ExpressionKind::HasLabels { of, labels }, span))
}

fn typed(of: Expression, wanted: Pair<'_>, span: Span) -> Result<Built, ParseError> {
    let of = Box::new(of);
    let wanted = value_type::value_type(wanted)?;
    Ok(Built::new(ExpressionKind::IsTyped { of, wanted }, span))
}

fn index(of: Expression, operator: Pair<'_>) -> Result<ExpressionKind, ParseError> {
    let span = place(&operator);
    let of = Box::new(of);
    let mut from = None;
    let mut to = None;
    let mut ranged = false;
    for inner in operator.into_inner() {
        match inner.as_rule() {
            Rule::index_from => from = Some(expression(required(&inner, Rule::expression)?)?),
            Rule::dots => ranged = true,
            Rule::index_to => to = Some(expression(required(&inner, Rule::expression)?)?),
            _ => {}
        }
    }
    if ranged {
        return Ok(ExpressionKind::Slice {
            of,
            from: from.map(Box::new),
            to: to.map(Box::new),
        });
    }
    let index = from.ok_or_else(|| unexpected("an index is missing in the brackets", span))?;
    Ok(ExpressionKind::Index {
        of,
        index: Box::new(index),
    })
}

fn infix(
    left: Result<Built, ParseError>,
    operator: Pair<'_>,
    right: Result<Built, ParseError>,
) -> Result<Built, ParseError> {
    let (left, right) = (left?, right?.tree);
    let span = left.tree.span.join(right.span);
    Ok(match operator.as_rule() {
        Rule::op_or => logical(LogicalOperator::Or, left, right, span),
        Rule::op_xor => logical(LogicalOperator::Xor, left, right, span),
        Rule::op_and => logical(LogicalOperator::And, left, right, span),
        Rule::op_equal => comparison(ComparisonOperator::Equal, left, right, span),
        Rule::op_not_equal => comparison(ComparisonOperator::NotEqual, left, right, span),
        Rule::op_less => comparison(ComparisonOperator::Less, left, right, span),
        Rule::op_less_or_equal => comparison(ComparisonOperator::LessOrEqual, left, right, span),
        Rule::op_greater => comparison(ComparisonOperator::Greater, left, right, span),
        Rule::op_greater_or_equal => {
            comparison(ComparisonOperator::GreaterOrEqual, left, right, span)
        }
        Rule::op_regex => binary(BinaryOperator::MatchesRegex, left, right, span),
        Rule::op_starts_with => binary(BinaryOperator::StartsWith, left, right, span),
        Rule::op_ends_with => binary(BinaryOperator::EndsWith, left, right, span),
        Rule::op_contains => binary(BinaryOperator::Contains, left, right, span),
        Rule::op_in => binary(BinaryOperator::In, left, right, span),
        Rule::op_concatenate => binary(BinaryOperator::Concatenate, left, right, span),
        Rule::op_add => binary(BinaryOperator::Add, left, right, span),
        Rule::op_subtract => binary(BinaryOperator::Subtract, left, right, span),
        Rule::op_multiply => binary(BinaryOperator::Multiply, left, right, span),
        Rule::op_divide => binary(BinaryOperator::Divide, left, right, span),
        Rule::op_remainder => binary(BinaryOperator::Remainder, left, right, span),
        Rule::op_power => binary(BinaryOperator::Power, left, right, span),
        _ => return Err(unexpected("this is not an operator", place(&operator))),
    })
}

fn binary(operator: BinaryOperator, left: Built, right: Expression, span: Span) -> Built {
    Built::new(
        ExpressionKind::Binary {
            operator,
            left: Box::new(left.tree),
            right: Box::new(right),
        },
        span,
    )
}

/// `a AND b` joined by `AND c` is one list of three.
fn logical(operator: LogicalOperator, left: Built, right: Expression, span: Span) -> Built {
    let mut operands = Vec::new();
    match left.tree.kind {
        ExpressionKind::Logical {
            operator: same,
            operands: before,
        } if left.open && same == operator => operands = before,
        kind => operands.push(Expression {
            kind,
            span: left.tree.span,
        }),
    }
    operands.push(right);
    Built::new(ExpressionKind::Logical { operator, operands }, span)
}

/// `a < b` followed by `< c` is one chain.
fn comparison(operator: ComparisonOperator, left: Built, right: Expression, span: Span) -> Built {
    let left_span = left.tree.span;
    let (first, mut rest) = match left.tree.kind {
        ExpressionKind::Comparison { first, rest } if left.open => (first, rest),
        kind => (
            Box::new(Expression {
                kind,
                span: left_span,
            }),
            Vec::new(),
        ),
    };
    rest.push((operator, right));
    Built::new(ExpressionKind::Comparison { first, rest }, span)
}

/// The tree of a single operand.
pub(super) fn atom(pair: Pair<'_>) -> Result<Expression, ParseError> {
    let span = place(&pair);
    let kind = match pair.as_rule() {
        Rule::number => ExpressionKind::Literal(literal::number(pair.as_str(), false, span)?),
        Rule::negative_number => {
            let digits = pair.as_str().trim_start_matches('-').trim_start();
            ExpressionKind::Literal(literal::number(digits, true, span)?)
        }
        Rule::string => ExpressionKind::Literal(Literal::String(literal::string(&pair)?)),
        Rule::literal_null => ExpressionKind::Literal(Literal::Null),
        Rule::literal_true => ExpressionKind::Literal(Literal::Boolean(true)),
        Rule::literal_false => ExpressionKind::Literal(Literal::Boolean(false)),
        Rule::parameter => ExpressionKind::Parameter(literal::name(pair)),
        Rule::variable => ExpressionKind::Variable(literal::name(pair).text),
        Rule::case => case(pair)?,
        Rule::subquery => subquery(pair)?,
        Rule::count_all => ExpressionKind::CountAll,
        Rule::call => call(pair)?,
        Rule::group => return pattern::group(pair),
        Rule::bracket => bracket(pair)?,
        Rule::map => map(pair)?,
        Rule::map_projection => map_projection(pair)?,
        _ => return Err(unexpected("an expression is expected here", span)),
    };
    Ok(Expression { kind, span })
}

fn case(pair: Pair<'_>) -> Result<ExpressionKind, ParseError> {
    let mut operand = None;
    let mut branches = Vec::new();
    let mut otherwise = None;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::case_subject => {
                operand = Some(Box::new(expression(required(&inner, Rule::expression)?)?));
            }
            Rule::case_branch => {
                let span = place(&inner);
                let mut pair = expressions(inner)?.into_iter();
                branches.push(
                    pair.next()
                        .zip(pair.next())
                        .ok_or_else(|| incomplete(span))?,
                );
            }
            Rule::case_otherwise => {
                otherwise = Some(Box::new(expression(required(&inner, Rule::expression)?)?));
            }
            _ => {}
        }
    }
    Ok(ExpressionKind::Case {
        operand,
        branches,
        otherwise,
    })
}

fn subquery(pair: Pair<'_>) -> Result<ExpressionKind, ParseError> {
    let question = if part(&pair, Rule::ask_exists).is_some() {
        SubqueryQuestion::Exists
    } else if part(&pair, Rule::ask_count).is_some() {
        SubqueryQuestion::Count
    } else {
        SubqueryQuestion::Collect
    };
    let body = if let Some(patterns) = part(&pair, Rule::patterns) {
        SubqueryBody::Patterns {
            patterns: pattern::patterns(patterns)?,
            condition: clause::condition(&pair)?.map(Box::new),
        }
    } else {
        subquery_body(clause::query(required(&pair, Rule::query)?)?)
    };
    Ok(ExpressionKind::Subquery { question, body })
}

/// A query that is one `MATCH` is its patterns.
fn subquery_body(mut query: Query) -> SubqueryBody {
    if query.unions.is_empty()
        && let [Clause::Match(only)] = query.first.clauses.as_mut_slice()
        && only.necessity == Necessity::Required
    {
        return SubqueryBody::Patterns {
            patterns: std::mem::take(&mut only.patterns),
            condition: only.condition.take().map(Box::new),
        };
    }
    SubqueryBody::Query(Box::new(query))
}

/// `variable operator rest` as its two sides, if a row begins so.
fn split<'t>(pair: &Pair<'t>, operator: Rule) -> Option<(Pair<'t>, Vec<Pair<'t>>)> {
    let mut inner = pair.clone().into_inner();
    let variable = inner
        .next()
        .filter(|first| first.as_rule() == Rule::variable)?;
    inner.next().filter(|second| second.as_rule() == operator)?;
    Some((variable, inner.collect()))
}

fn bracket(pair: Pair<'_>) -> Result<ExpressionKind, ParseError> {
    let span = place(&pair);
    let condition = part(&pair, Rule::guarded)
        .map(|guarded| expression(guarded).map(Box::new))
        .transpose()?;
    let result = part(&pair, Rule::bar_part)
        .map(|bar| expression(required(&bar, Rule::expression)?))
        .transpose()?
        .map(Box::new);
    let items: Vec<Pair<'_>> = pair
        .into_inner()
        .filter(|inner| inner.as_rule() == Rule::expression)
        .collect();
    if let [only] = items.as_slice() {
        if let Some((variable, list)) = split(only, Rule::op_in) {
            return Ok(ExpressionKind::ListComprehension {
                variable: literal::name(variable),
                list: Box::new(row(list, place(only))?),
                condition,
                result,
            });
        }
        if let Some(result) = result {
            let (variable, pattern) = match split(only, Rule::op_equal) {
                Some((variable, pattern)) => {
                    (Some(literal::name(variable)), row(pattern, place(only))?)
                }
                None => (None, expression(only.clone())?),
            };
            let ExpressionKind::Pattern(mut pattern) = pattern.kind else {
                return Err(unexpected(
                    "`|` can stand only in a comprehension: `[x IN list | …]`",
                    span,
                ));
            };
            pattern.variable = variable;
            return Ok(ExpressionKind::PatternComprehension {
                pattern,
                condition,
                result,
            });
        }
    }
    if condition.is_some() || result.is_some() {
        return Err(unexpected(
            "WHERE and `|` can stand only in a comprehension: `[x IN list WHERE … | …]`",
            span,
        ));
    }
    let items = items
        .into_iter()
        .map(expression)
        .collect::<Result<_, _>>()?;
    Ok(ExpressionKind::List(items))
}

fn quantifier(name: &str) -> Option<Quantifier> {
    let known = [
        ("all", Quantifier::All),
        ("any", Quantifier::Any),
        ("none", Quantifier::None),
        ("single", Quantifier::Single),
    ];
    known
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, quantifier)| quantifier)
}

fn call(pair: Pair<'_>) -> Result<ExpressionKind, ParseError> {
    let span = place(&pair);
    let name = literal::dotted_name(required(&pair, Rule::function_name)?);
    let condition = clause::condition(&pair)?.map(Box::new);
    let bar = part(&pair, Rule::bar_part)
        .map(|bar| expression(required(&bar, Rule::expression)?))
        .transpose()?
        .map(Box::new);
    let distinct = part(&pair, Rule::distinct).is_some();
    let items: Vec<Pair<'_>> = pair
        .into_inner()
        .filter(|inner| inner.as_rule() == Rule::expression)
        .collect();
    if let (Some(quantifier), [only], None) = (quantifier(&name.text), items.as_slice(), &bar)
        && let Some((variable, list)) = split(only, Rule::op_in)
    {
        return Ok(ExpressionKind::Quantifier {
            quantifier,
            variable: literal::name(variable),
            list: Box::new(row(list, place(only))?),
            condition,
        });
    }
    if name.text.eq_ignore_ascii_case("reduce")
        && let [start, items] = items.as_slice()
        && let (Some((accumulator, initial)), Some((variable, list))) =
            (split(start, Rule::op_equal), split(items, Rule::op_in))
        && let Some(step) = bar
    {
        return Ok(ExpressionKind::Reduce {
            accumulator: literal::name(accumulator),
            initial: Box::new(row(initial, place(start))?),
            variable: literal::name(variable),
            list: Box::new(row(list, place(items))?),
            step,
        });
    }
    if condition.is_some() || bar.is_some() {
        return Err(unexpected(
            format!("WHERE and `|` cannot stand in a call of `{}`", name.text),
            span,
        ));
    }
    if name.text.eq_ignore_ascii_case("normalize")
        && let [text, form] = items.as_slice()
        && let Some(form) = normal_form(form)
    {
        return Ok(ExpressionKind::Function {
            name,
            duplicates: Duplicates::Keep,
            arguments: vec![expression(text.clone())?, form],
        });
    }
    Ok(ExpressionKind::Function {
        name,
        duplicates: if distinct {
            Duplicates::Remove
        } else {
            Duplicates::Keep
        },
        arguments: items
            .into_iter()
            .map(expression)
            .collect::<Result<_, _>>()?,
    })
}

/// The keyword behind the comma in `normalize(text, NFD)`, as the string it stands for.
fn normal_form(pair: &Pair<'_>) -> Option<Expression> {
    let written = pair.as_str().trim();
    let known = ["NFC", "NFD", "NFKC", "NFKD"];
    let form = known
        .iter()
        .find(|form| form.eq_ignore_ascii_case(written))?;
    Some(Expression {
        kind: ExpressionKind::Literal(Literal::String((*form).to_owned())),
        span: place(pair),
    })
}

fn map(pair: Pair<'_>) -> Result<ExpressionKind, ParseError> {
    pair.into_inner()
        .map(entry)
        .collect::<Result<_, _>>()
        .map(ExpressionKind::Map)
}

fn entry(pair: Pair<'_>) -> Result<(super::super::ast::Name, Expression), ParseError> {
    Ok((
        literal::name(required(&pair, Rule::name)?),
        expression(required(&pair, Rule::expression)?)?,
    ))
}

fn map_projection(pair: Pair<'_>) -> Result<ExpressionKind, ParseError> {
    let mut of = None;
    let mut items = Vec::new();
    for inner in pair.clone().into_inner() {
        match inner.as_rule() {
            Rule::variable => of = Some(literal::name(inner)),
            Rule::projected_all => items.push(MapProjectionItem::Everything),
            Rule::projected_property => {
                let key = literal::name(required(&inner, Rule::name)?);
                items.push(MapProjectionItem::Property(key));
            }
            Rule::projected_variable => {
                let variable = literal::name(required(&inner, Rule::variable)?);
                items.push(MapProjectionItem::Variable(variable));
            }
            Rule::entry => {
                let (key, value) = entry(inner)?;
                items.push(MapProjectionItem::Entry(key, value));
            }
            _ => {}
        }
    }
    let of = of.ok_or_else(|| incomplete(place(&pair)))?;
    Ok(ExpressionKind::MapProjection { of, items })
}
