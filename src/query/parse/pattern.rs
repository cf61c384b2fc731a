//! Patterns of nodes and relationships.

use crate::base::Span;

use super::super::ast::{
    Direction, Expression, ExpressionKind, Length, Link, MapProjectionItem, Name, NodePattern,
    PathPattern, RelationshipPattern, RepeatedPattern, Repetition, Selector, Shortest, Step,
};
use super::super::error::ParseError;
use super::{
    Pair, Rule, expression, incomplete, label, literal, part, place, required, unexpected,
};

/// The patterns of `patterns`.
pub(super) fn patterns(pair: Pair<'_>) -> Result<Vec<PathPattern>, ParseError> {
    pair.into_inner()
        .filter(|inner| inner.as_rule() == Rule::path_pattern)
        .map(path)
        .collect()
}

/// The pattern of `path_pattern`.
pub(super) fn path(pair: Pair<'_>) -> Result<PathPattern, ParseError> {
    let span = place(&pair);
    let variable = part(&pair, Rule::variable).map(literal::name);
    let (shortest, chain) = if let Some(inner) = part(&pair, Rule::shortest) {
        let kind = required(&inner, Rule::shortest_kind)?;
        let shortest = if kind.as_str().len() > "shortestPath".len() {
            Shortest::All
        } else {
            Shortest::One
        };
        (Some(shortest), required(&inner, Rule::chain_of_nodes)?)
    } else {
        (None, required(&pair, Rule::chain_of_nodes)?)
    };
    let mut path = chain_of_nodes(chain)?;
    path.variable = variable;
    path.shortest = shortest;
    path.selector = match part(&pair, Rule::selector) {
        Some(written) if shortest.is_some() => {
            return Err(unexpected(
                "a path has either a selector or a function such as shortestPath",
                place(&written),
            ));
        }
        Some(written) => selector(written)?,
        None => None,
    };
    path.span = span;
    Ok(path)
}

/// What `selector` asks for; nothing where it asks for all paths.
fn selector(pair: Pair<'_>) -> Result<Option<Selector>, ParseError> {
    let span = place(&pair);
    let (mut any, mut all, mut shortest, mut groups) = (false, false, false, false);
    let mut count = None;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::k_any => any = true,
            Rule::k_all => all = true,
            Rule::k_shortest => shortest = true,
            Rule::k_group | Rule::k_groups => groups = true,
            Rule::wanted_count => count = Some(bound(&inner)?),
            _ => {}
        }
    }
    if count == Some(0) {
        return Err(unexpected("at least one path must be wanted", span));
    }
    let count = count.unwrap_or(1);
    match (any, all, shortest, groups) {
        (true, _, false, false) => Ok(Some(Selector::Any(count))),
        (false, true, false, false) => Ok(None),
        (true, _, true, false) | (false, false, true, false) => Ok(Some(Selector::Shortest(count))),
        (false, true, true, false) | (false, false, true, true) => {
            Ok(Some(Selector::Groups(count)))
        }
        _ => Err(unexpected(
            "GROUPS can stand only behind SHORTEST and a number",
            span,
        )),
    }
}

/// The nodes of a chain and what leads from one to the next. Where a quantified part has no node
/// at its side, one of which nothing is said is put there.
fn chain_of_nodes(pair: Pair<'_>) -> Result<PathPattern, ParseError> {
    let span = place(&pair);
    let parts: Vec<Pair<'_>> = pair.into_inner().collect();
    if let [only] = parts.as_slice()
        && only.as_rule() == Rule::bracketed_chain
        && part(only, Rule::quantifier).is_none()
    {
        let mut path = chain_of_nodes(required(only, Rule::chain_of_nodes)?)?;
        let own = part(only, Rule::where_part).map(condition).transpose()?;
        let all: Vec<Expression> = path.condition.take().into_iter().chain(own).collect();
        path.condition = Expression::all(all);
        return Ok(path);
    }
    let mut chain = Chain::default();
    for piece in parts {
        chain.add(piece)?;
    }
    chain.finish(span)
}

/// A path in the making.
#[derive(Debug, Default)]
struct Chain {
    start: Option<NodePattern>,
    steps: Vec<Step>,
    /// What leads to a node that has not come yet.
    open: Option<Link>,
}

impl Chain {
    /// Adds a node, a link with the node behind it, or a quantified part.
    fn add(&mut self, piece: Pair<'_>) -> Result<(), ParseError> {
        match piece.as_rule() {
            Rule::node_pattern => self.add_node(node(piece)?)?,
            Rule::link => {
                let step = step(piece)?;
                self.add_link(step.link);
                self.add_node(step.node)?;
            }
            _ => self.add_link(Link::Repeated(repeated(piece)?)),
        }
        Ok(())
    }

    fn add_node(&mut self, node: NodePattern) -> Result<(), ParseError> {
        match self.open.take() {
            Some(link) => self.steps.push(Step { link, node }),
            None if self.start.is_none() => self.start = Some(node),
            None => {
                return Err(unexpected(
                    "two node patterns stand side by side; a relationship or a quantified part \
                     belongs between them",
                    node.span,
                ));
            }
        }
        Ok(())
    }

    fn add_link(&mut self, link: Link) {
        if self.start.is_none() {
            self.start = Some(NodePattern::default());
        }
        if let Some(before) = self.open.replace(link) {
            self.steps.push(Step {
                link: before,
                node: NodePattern::default(),
            });
        }
    }

    fn finish(mut self, span: Span) -> Result<PathPattern, ParseError> {
        if let Some(link) = self.open.take() {
            self.steps.push(Step {
                link,
                node: NodePattern::default(),
            });
        }
        Ok(PathPattern {
            steps: self.steps,
            span,
            ..PathPattern::node(self.start.ok_or_else(|| incomplete(span))?)
        })
    }
}

/// The quantified part of `bracketed_chain`.
fn repeated(pair: Pair<'_>) -> Result<RepeatedPattern, ParseError> {
    let span = place(&pair);
    let Some(times) = part(&pair, Rule::quantifier) else {
        return Err(ParseError::UnexpectedSyntax {
            message: "a part of a path in brackets needs a quantifier".to_owned(),
            span,
            help: Some("write `{1,3}`, `+` or `*` behind it, or leave out the brackets".to_owned()),
        });
    };
    let mut pattern = chain_of_nodes(required(&pair, Rule::chain_of_nodes)?)?;
    let own = part(&pair, Rule::where_part).map(condition).transpose()?;
    let all: Vec<Expression> = pattern.condition.take().into_iter().chain(own).collect();
    Ok(RepeatedPattern {
        pattern: Box::new(pattern),
        condition: Expression::all(all),
        times: quantifier(times)?,
        span,
    })
}

fn quantifier(pair: Pair<'_>) -> Result<Repetition, ParseError> {
    let mut times = Repetition {
        least: 0,
        most: None,
    };
    let mut exact = true;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::at_least_once => {
                times.least = 1;
                exact = false;
            }
            Rule::least => times.least = bound(&inner)?,
            Rule::most => times.most = Some(bound(&inner)?),
            _ => exact = false,
        }
    }
    if exact {
        times.most = Some(times.least);
    }
    Ok(times)
}

fn step(link: Pair<'_>) -> Result<Step, ParseError> {
    let relationship = relationship(required(&link, Rule::relationship_pattern)?)?;
    let times = part(&link, Rule::quantifier).map(quantifier).transpose()?;
    let node = node(required(&link, Rule::node_pattern)?)?;
    let link = match times {
        None => Link::Relationship(relationship),
        Some(_) if relationship.length.is_some() => {
            return Err(unexpected(
                "a relationship has either a length, `*1..3`, or a quantifier, `{1,3}`",
                relationship.span,
            ));
        }
        Some(times) => Link::Repeated(RepeatedPattern::relationship(relationship, times)),
    };
    Ok(Step { link, node })
}

fn node(pair: Pair<'_>) -> Result<NodePattern, ParseError> {
    let mut pattern = NodePattern {
        span: place(&pair),
        ..NodePattern::default()
    };
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::variable => pattern.variable = Some(literal::name(inner)),
            Rule::labels | Rule::is_labels => pattern.labels = Some(label::labels(inner)?),
            Rule::properties => pattern.properties = Some(properties(inner)?),
            Rule::where_part => pattern.condition = Some(condition(inner)?),
            _ => {}
        }
    }
    Ok(pattern)
}

/// The condition of `where_part`.
fn condition(pair: Pair<'_>) -> Result<Expression, ParseError> {
    expression::expression(required(&pair, Rule::expression)?)
}

fn properties(pair: Pair<'_>) -> Result<Expression, ParseError> {
    let span = place(&pair);
    let inner = pair.into_inner().next().ok_or_else(|| incomplete(span))?;
    expression::atom(inner)
}

fn relationship(pair: Pair<'_>) -> Result<RelationshipPattern, ParseError> {
    let mut pattern = RelationshipPattern {
        span: place(&pair),
        ..RelationshipPattern::default()
    };
    let mut left = false;
    let mut right = false;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::left_arrow => left = true,
            Rule::right_arrow => right = true,
            Rule::detail => detail(inner, &mut pattern)?,
            _ => {}
        }
    }
    pattern.direction = match (left, right) {
        (true, false) => Direction::Incoming,
        (false, true) => Direction::Outgoing,
        (true, true) | (false, false) => Direction::Either,
    };
    Ok(pattern)
}

fn detail(pair: Pair<'_>, pattern: &mut RelationshipPattern) -> Result<(), ParseError> {
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::variable => pattern.variable = Some(literal::name(inner)),
            Rule::labels | Rule::is_labels => pattern.types = Some(label::types(inner)?),
            Rule::length => pattern.length = Some(length(inner)?),
            Rule::bare_range | Rule::bad_bound => {
                return Err(ParseError::InvalidRelationshipPattern {
                    span: place(&inner),
                });
            }
            Rule::properties => pattern.properties = Some(properties(inner)?),
            Rule::where_part => pattern.condition = Some(condition(inner)?),
            _ => {}
        }
    }
    Ok(())
}

fn length(pair: Pair<'_>) -> Result<Length, ParseError> {
    let mut length = Length::default();
    let mut ranged = false;
    let mut exact = None;
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::least => {
                exact = Some(bound(&inner)?);
                length.least = exact;
            }
            Rule::dots => ranged = true,
            Rule::most => length.most = Some(bound(&inner)?),
            _ => {}
        }
    }
    if !ranged {
        length.most = exact;
    }
    Ok(length)
}

fn bound(pair: &Pair<'_>) -> Result<u64, ParseError> {
    let text = pair.as_str();
    text.parse().map_err(|_| ParseError::IntegerOverflow {
        text: text.to_owned(),
        span: place(pair),
    })
}

/// What `group` gives: the expression in the brackets, or the pattern that begins with them.
pub(super) fn group(pair: Pair<'_>) -> Result<Expression, ParseError> {
    let span = place(&pair);
    let inner = required(&pair, Rule::group_inner)?;
    let inner_span = place(&inner);
    let mut chain = Chain::default();
    // What is in front of the steps is read below, as it may be an expression.
    chain.add_node(NodePattern::default())?;
    for piece in pair.into_inner() {
        if piece.as_rule() != Rule::group_inner {
            chain.add(piece)?;
        }
    }
    let path = chain.finish(span)?;
    let mut content = None;
    let mut labelled = None;
    let mut mapped = None;
    let mut filtered = None;
    for piece in inner.into_inner() {
        match piece.as_rule() {
            Rule::expression => content = Some(expression::expression(piece)?),
            Rule::labels => labelled = Some(label::labels(piece)?),
            Rule::properties => mapped = Some(properties(piece)?),
            Rule::where_part => filtered = Some(condition(piece)?),
            _ => {}
        }
    }
    if path.steps.is_empty() {
        if labelled.is_some() || mapped.is_some() || filtered.is_some() {
            return Err(unexpected("a node pattern cannot stand here", inner_span));
        }
        let mut content = content
            .ok_or_else(|| unexpected("an expression is missing in the brackets", inner_span))?;
        content.span = inner_span;
        return Ok(content);
    }
    let mut start = NodePattern {
        labels: labelled,
        properties: mapped,
        condition: filtered,
        span: inner_span,
        ..NodePattern::default()
    };
    if let Some(content) = content {
        fill_node(&mut start, content)?;
    }
    let path = PathPattern { start, ..path };
    Ok(Expression {
        kind: ExpressionKind::Pattern(Box::new(path)),
        span,
    })
}

/// Reads as a node pattern what the grammar took for an expression: `n`, `n:Label`, `{…}`,
/// `n {…}`, `$properties`.
fn fill_node(node: &mut NodePattern, content: Expression) -> Result<(), ParseError> {
    let span = content.span;
    let no_pattern = || unexpected("this cannot stand in a node pattern", span);
    let simple = node.labels.is_none() && node.properties.is_none();
    match content.kind {
        ExpressionKind::Variable(text) => node.variable = Some(Name { text, span }),
        ExpressionKind::HasLabels { of, labels } if node.labels.is_none() => {
            let ExpressionKind::Variable(text) = of.kind else {
                return Err(no_pattern());
            };
            node.variable = Some(Name {
                text,
                span: of.span,
            });
            node.labels = Some(labels);
        }
        ExpressionKind::Map(_) | ExpressionKind::Parameter(_) if simple => {
            node.properties = Some(content);
        }
        ExpressionKind::MapProjection { of, items } if simple => {
            let entries = items
                .into_iter()
                .map(|item| match item {
                    MapProjectionItem::Entry(key, value) => Ok((key, value)),
                    MapProjectionItem::Property(_)
                    | MapProjectionItem::Everything
                    | MapProjectionItem::Variable(_) => Err(no_pattern()),
                })
                .collect::<Result<Vec<_>, _>>()?;
            node.properties = Some(Expression {
                kind: ExpressionKind::Map(entries),
                span: Span::new(of.span.end(), span.end()),
            });
            node.variable = Some(of);
        }
        _ => return Err(no_pattern()),
    }
    Ok(())
}
