//! Expressions: names to slots, functions to numbers, kinds that fit.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::Span;

use super::super::ast::{
    self, BinaryOperator, ComparisonOperator, ExpressionKind as Written, Literal, Quantifier,
    UnaryOperator,
};
use super::super::checked::{Aggregation, Expression, ExpressionKind, MapProjectionItem, Name};
use super::super::error::{CheckError, CheckFault};
use super::super::print::print_expression;
use super::kind::{self, Kind};
use super::pattern::Purpose;
use super::scope::Scope;
use super::{Checker, aggregate, undefined, ungrouped};

/// What an aggregate means at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aggregates {
    /// Nothing: rows are not gathered here.
    Refused,
    /// A fault: it would stand inside another.
    Nested,
    /// It is gathered.
    Gathered,
}

/// An expression that was computed before and may be read instead of being computed again.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// The expression, printed.
    pub(super) text: String,
    /// The variables it reads.
    pub(super) reads: BTreeSet<String>,
    /// The value.
    pub(super) value: Expression,
    /// Its kind.
    pub(super) kind: Kind,
    /// Whether it is recognised, too, inside an expression that aggregates.
    pub(super) simple: bool,
}

/// Where an expression stands.
#[derive(Debug, Clone)]
pub(super) struct Place<'p> {
    /// The names in reach.
    pub(super) scope: Scope,
    /// What aggregates mean.
    pub(super) aggregates: Aggregates,
    /// What was computed before.
    pub(super) known: &'p [Known],
    /// The names that mean something else here than where that was computed.
    pub(super) renamed: BTreeSet<String>,
    /// Whether the whole expression aggregates, so that only simple ones are recognised.
    pub(super) mixed: bool,
    /// The names that arguments of aggregates may read.
    pub(super) before: &'p Scope,
}

impl<'p> Place<'p> {
    /// A place where `scope` is in reach and rows are not gathered.
    pub(super) fn plain(scope: &'p Scope) -> Self {
        Self {
            scope: scope.clone(),
            aggregates: Aggregates::Refused,
            known: &[],
            renamed: BTreeSet::new(),
            mixed: false,
            before: scope,
        }
    }

    pub(super) fn within(&self, scope: Scope) -> Self {
        let aggregates = match self.aggregates {
            // An aggregate cannot be computed anew for each item of a list.
            Aggregates::Gathered | Aggregates::Refused => Aggregates::Refused,
            Aggregates::Nested => Aggregates::Nested,
        };
        let mut renamed = self.renamed.clone();
        for (name, binding) in scope.bindings() {
            let outside = self.scope.binding(name);
            if outside.is_none_or(|outside| outside.slot != binding.slot) {
                renamed.insert(name.to_owned());
            }
        }
        Self {
            scope,
            aggregates,
            renamed,
            ..self.clone()
        }
    }
}

impl Place<'_> {
    /// What was computed before under this text and means the same here.
    fn known(&self, text: &str) -> Option<&Known> {
        self.known
            .iter()
            .find(|known| known.text == text && known.reads.is_disjoint(&self.renamed))
    }
}

/// Whether an expression is asked for a truth value, so that a pattern may stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Value,
    Condition,
}

pub(super) type Typed = (Expression, Kind);

pub(super) fn shared(name: &str) -> Name {
    Arc::from(name)
}

pub(super) fn shared_names(names: &[ast::Name]) -> Vec<Name> {
    names.iter().map(|name| shared(&name.text)).collect()
}

/// What `labels` asks of the node or relationship that `of` gives.
pub(super) fn label_test(of: &Expression, labels: &ast::LabelExpression) -> Expression {
    let tests = |parts: &[ast::LabelExpression]| -> Vec<Expression> {
        parts.iter().map(|part| label_test(of, part)).collect()
    };
    let has_all = |names: Vec<&ast::Name>| ExpressionKind::HasLabels {
        of: Box::new(of.clone()),
        labels: names.into_iter().map(|name| shared(&name.text)).collect(),
    };
    let kind = match labels {
        ast::LabelExpression::Name(name) => has_all(vec![name]),
        ast::LabelExpression::Any => ExpressionKind::HasAnyLabel {
            of: Box::new(of.clone()),
        },
        ast::LabelExpression::Not(inner) => ExpressionKind::Unary {
            operator: UnaryOperator::Not,
            operand: Box::new(label_test(of, inner)),
        },
        ast::LabelExpression::All(parts) => match labels.conjunction() {
            Some(names) => has_all(names),
            None => ExpressionKind::Logical {
                operator: ast::LogicalOperator::And,
                operands: tests(parts),
            },
        },
        ast::LabelExpression::Either(parts) => ExpressionKind::Logical {
            operator: ast::LogicalOperator::Or,
            operands: tests(parts),
        },
    };
    Expression::new(kind, of.span)
}

/// The complaint that something has the wrong kind.
pub(super) fn wrong_kind(
    what: impl Into<String>,
    wanted: impl Into<String>,
    given: &Kind,
    span: Span,
) -> CheckError {
    let fault = CheckFault::InvalidArgumentType {
        what: what.into(),
        wanted: wanted.into(),
        given: given.name().to_owned(),
    };
    CheckError::new(fault, span)
}

impl Checker<'_> {
    /// `written` as a truth value for each row of `scope`.
    pub(super) fn condition(
        &mut self,
        written: &ast::Expression,
        place: &Place<'_>,
    ) -> Result<Expression, CheckError> {
        let (condition, kind) = self.expression(written, place, Role::Condition)?;
        if !kind.may_be_boolean() {
            return Err(wrong_kind("a condition", "a boolean", &kind, written.span));
        }
        Ok(condition)
    }

    /// `written` as a value.
    pub(super) fn value(
        &mut self,
        written: &ast::Expression,
        place: &Place<'_>,
    ) -> Result<Typed, CheckError> {
        self.expression(written, place, Role::Value)
    }

    pub(super) fn boxed(
        &mut self,
        written: &ast::Expression,
        place: &Place<'_>,
    ) -> Result<(Box<Expression>, Kind), CheckError> {
        let (value, kind) = self.value(written, place)?;
        Ok((Box::new(value), kind))
    }

    fn maybe_boxed(
        &mut self,
        written: Option<&ast::Expression>,
        place: &Place<'_>,
    ) -> Result<Option<(Box<Expression>, Kind)>, CheckError> {
        written
            .map(|written| self.boxed(written, place))
            .transpose()
    }

    /// What was computed before and is written here again.
    fn known(written: &ast::Expression, place: &Place<'_>) -> Result<Option<Typed>, CheckError> {
        if place.known.is_empty()
            || matches!(
                written.kind,
                Written::Literal(_) | Written::Parameter(_) | Written::Variable(_)
            )
        {
            return Ok(None);
        }
        let text = print_expression(written);
        let Some(known) = place.known(&text) else {
            return Ok(None);
        };
        if place.mixed && !known.simple {
            let fault = CheckFault::AmbiguousAggregationExpression(text);
            return Err(CheckError::new(fault, written.span));
        }
        Ok(Some((known.value.clone(), known.kind.clone())))
    }

    /// `written` and its kind. A fault that is of this place alone is kept, and the check goes on
    /// as if a value of any kind stood here.
    pub(super) fn expression(
        &mut self,
        written: &ast::Expression,
        place: &Place<'_>,
        role: Role,
    ) -> Result<Typed, CheckError> {
        match self.expression_here(written, place, role) {
            Err(error) if error.fault.is_local() => {
                self.complain(error);
                let nothing = ExpressionKind::Literal(Literal::Null);
                Ok((Expression::new(nothing, written.span), Kind::Any))
            }
            result => result,
        }
    }

    fn expression_here(
        &mut self,
        written: &ast::Expression,
        place: &Place<'_>,
        role: Role,
    ) -> Result<Typed, CheckError> {
        if let Some(known) = Self::known(written, place)? {
            return Ok(known);
        }
        let span = written.span;
        let (kind, gives) = match &written.kind {
            Written::Literal(literal) => (
                ExpressionKind::Literal(literal.clone()),
                Kind::of_literal(literal),
            ),
            Written::Parameter(name) => (ExpressionKind::Parameter(shared(&name.text)), Kind::Any),
            Written::Variable(name) => Self::variable(name, span, place)?,
            Written::List(items) => self.list(items, place)?,
            Written::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| Ok((shared(&key.text), self.value(value, place)?.0)))
                    .collect::<Result<_, CheckError>>()?;
                (ExpressionKind::Map(entries), Kind::Map)
            }
            Written::MapProjection { of, items } => self.map_projection(of, items, place)?,
            Written::Property { of, key } => self.property(of, key, place)?,
            Written::HasLabels { of, labels } => {
                let (value, kind) = self.boxed(of, place)?;
                if !(kind.is_open() || matches!(kind, Kind::Node | Kind::Relationship)) {
                    return Err(wrong_kind("what bears a label", "a node", &kind, of.span));
                }
                (label_test(&value, labels).kind, Kind::Boolean)
            }
            Written::IsTyped { of, wanted } => {
                let (of, _) = self.boxed(of, place)?;
                let wanted = wanted.clone();
                (ExpressionKind::IsTyped { of, wanted }, Kind::Boolean)
            }
            Written::Index { of, index } => self.index(of, index, place)?,
            Written::Slice { of, from, to } => {
                let (list, kind) = self.boxed(of, place)?;
                if !kind.may_be_list() {
                    return Err(wrong_kind("what is cut", "a list", &kind, of.span));
                }
                let from = self.maybe_boxed(from.as_deref(), place)?;
                let to = self.maybe_boxed(to.as_deref(), place)?;
                let slice = ExpressionKind::Slice {
                    of: list,
                    from: from.map(|(from, _)| from),
                    to: to.map(|(to, _)| to),
                };
                (slice, kind)
            }
            Written::Unary { operator, operand } => self.unary(*operator, operand, place, role)?,
            Written::Binary {
                operator,
                left,
                right,
            } => self.binary(*operator, left, right, place)?,
            Written::Logical { operator, operands } => {
                let operands = operands
                    .iter()
                    .map(|operand| self.truth(operand, place, role))
                    .collect::<Result<_, _>>()?;
                let operator = *operator;
                (
                    ExpressionKind::Logical { operator, operands },
                    Kind::Boolean,
                )
            }
            Written::Comparison { first, rest } => self.comparison(first, rest, place)?,
            Written::Case {
                operand,
                branches,
                otherwise,
            } => self.case(operand.as_deref(), branches, otherwise.as_deref(), place)?,
            Written::Function {
                name,
                duplicates,
                arguments,
            } => self.function(name, *duplicates, arguments, span, place)?,
            Written::CountAll => {
                let slot = self.gather(Aggregation::CountAll, "count(*)", span, place)?;
                (slot, Kind::Integer)
            }
            Written::ListComprehension {
                variable,
                list,
                condition,
                result,
            } => self.list_comprehension(
                variable,
                list,
                condition.as_deref(),
                result.as_deref(),
                place,
            )?,
            Written::Quantifier {
                quantifier,
                variable,
                list,
                condition,
            } => self.quantifier(*quantifier, variable, list, condition.as_deref(), place)?,
            Written::Reduce {
                accumulator,
                initial,
                variable,
                list,
                step,
            } => {
                let (initial, _) = self.boxed(initial, place)?;
                let (list, kind) = self.listed(list, place)?;
                let result = self.slots.fresh();
                let item = self.slots.fresh();
                let scope = place.scope.with(&accumulator.text, result, Kind::Any).with(
                    &variable.text,
                    item,
                    kind.item(),
                );
                let (step, _) = self.boxed(step, &place.within(scope))?;
                let reduce = ExpressionKind::Reduce {
                    accumulator: result,
                    initial,
                    item,
                    list,
                    step,
                };
                (reduce, Kind::Any)
            }
            Written::Pattern(path) => {
                if role == Role::Value {
                    let fault = CheckFault::UnexpectedSyntax(
                        "a pattern can stand only where a condition is expected",
                    );
                    return Err(CheckError::new(fault, span).with_help(
                        "EXISTS { … } asks for it anywhere, [pattern | …] lists what it finds",
                    ));
                }
                let id = self.find(&[path], None, Purpose::Ask, place)?;
                (ExpressionKind::Exists(id), Kind::Boolean)
            }
            Written::Subquery { question, body } => self.subquery(*question, body, span, place)?,
            Written::PatternComprehension {
                pattern,
                condition,
                result,
            } => self.pattern_comprehension(pattern, condition.as_deref(), result, place)?,
        };
        Ok((Expression::new(kind, span), gives))
    }

    fn variable(
        name: &str,
        span: Span,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let Some(binding) = place.scope.binding(name) else {
            // Out of reach by its name, but perhaps a column under another.
            let known = place.known(&print_expression(&ast::Expression::variable(name)));
            return known
                .map(|known| (known.value.kind.clone(), known.kind.clone()))
                .ok_or_else(|| undefined(name, span, &place.scope));
        };
        if binding.ungrouped {
            return Err(ungrouped(name, span));
        }
        Ok((ExpressionKind::Slot(binding.slot), binding.kind.clone()))
    }

    fn list(
        &mut self,
        items: &[ast::Expression],
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let mut values = Vec::with_capacity(items.len());
        let mut common: Option<Kind> = None;
        for item in items {
            let (value, kind) = self.value(item, place)?;
            values.push(value);
            common = Some(common.map_or(kind.clone(), |common| common.joined(kind)));
        }
        let item = common.unwrap_or(Kind::Any);
        Ok((ExpressionKind::List(values), Kind::list(item)))
    }

    fn map_projection(
        &mut self,
        of: &ast::Name,
        items: &[ast::MapProjectionItem],
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (whole, kind) = Self::variable(&of.text, of.span, place)?;
        if !(kind.is_open() || matches!(kind, Kind::Node | Kind::Relationship | Kind::Map)) {
            let wanted = "a node, a relationship or a map";
            return Err(wrong_kind("what is projected", wanted, &kind, of.span));
        }
        let items = items
            .iter()
            .map(|item| {
                Ok(match item {
                    ast::MapProjectionItem::Everything => MapProjectionItem::Everything,
                    ast::MapProjectionItem::Property(key) => {
                        MapProjectionItem::Property(shared(&key.text))
                    }
                    ast::MapProjectionItem::Entry(key, value) => {
                        MapProjectionItem::Entry(shared(&key.text), self.value(value, place)?.0)
                    }
                    ast::MapProjectionItem::Variable(name) => {
                        let (value, _) = Self::variable(&name.text, name.span, place)?;
                        let value = Expression::new(value, name.span);
                        MapProjectionItem::Entry(shared(&name.text), value)
                    }
                })
            })
            .collect::<Result<_, CheckError>>()?;
        let of = Box::new(Expression::new(whole, of.span));
        Ok((ExpressionKind::MapProjection { of, items }, Kind::Map))
    }

    fn property(
        &mut self,
        of: &ast::Expression,
        key: &ast::Name,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (value, kind) = self.boxed(of, place)?;
        Self::check_has_properties(&kind, of.span)?;
        let key = shared(&key.text);
        Ok((ExpressionKind::Property { of: value, key }, Kind::Any))
    }

    /// Refuses to read a property of what has none.
    pub(super) fn check_has_properties(kind: &Kind, span: Span) -> Result<(), CheckError> {
        match kind {
            Kind::Any
            | Kind::Null
            | Kind::Map
            | Kind::Node
            | Kind::Relationship
            | Kind::Temporal => Ok(()),
            Kind::Path => Err(wrong_kind(
                "what has properties",
                "a node, a relationship or a map",
                kind,
                span,
            )),
            Kind::Boolean
            | Kind::Integer
            | Kind::Float
            | Kind::Number
            | Kind::String
            | Kind::List(_) => {
                let fault = CheckFault::PropertyOfNonMap(kind.name());
                Err(CheckError::new(fault, span))
            }
        }
    }

    fn index(
        &mut self,
        of: &ast::Expression,
        index: &ast::Expression,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (of, kind) = self.boxed(of, place)?;
        let (index, _) = self.boxed(index, place)?;
        Ok((ExpressionKind::Index { of, index }, kind.item()))
    }

    /// `written` as an operand that must be a truth value.
    fn truth(
        &mut self,
        written: &ast::Expression,
        place: &Place<'_>,
        role: Role,
    ) -> Result<Expression, CheckError> {
        let (operand, kind) = self.expression(written, place, role)?;
        if !kind.may_be_boolean() {
            return Err(wrong_kind("this operand", "a boolean", &kind, written.span));
        }
        Ok(operand)
    }

    fn unary(
        &mut self,
        operator: UnaryOperator,
        written: &ast::Expression,
        place: &Place<'_>,
        role: Role,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (operand, gives) = match operator {
            UnaryOperator::Not => (self.truth(written, place, role)?, Kind::Boolean),
            UnaryOperator::IsNull | UnaryOperator::IsNotNull => {
                (self.value(written, place)?.0, Kind::Boolean)
            }
            UnaryOperator::Minus | UnaryOperator::Plus => {
                let (operand, kind) = self.value(written, place)?;
                if !(kind.may_be_number() || kind == Kind::Temporal) {
                    return Err(wrong_kind("this operand", "a number", &kind, written.span));
                }
                (operand, kind)
            }
        };
        let operand = Box::new(operand);
        Ok((ExpressionKind::Unary { operator, operand }, gives))
    }

    fn binary(
        &mut self,
        operator: BinaryOperator,
        left: &ast::Expression,
        right: &ast::Expression,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (left_value, left_kind) = self.boxed(left, place)?;
        let (right_value, right_kind) = self.boxed(right, place)?;
        match operator {
            BinaryOperator::In if !right_kind.may_be_list() => {
                return Err(wrong_kind(
                    "what follows IN",
                    "a list",
                    &right_kind,
                    right.span,
                ));
            }
            BinaryOperator::Subtract
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Remainder
            | BinaryOperator::Power => {
                for (kind, operand) in [(&left_kind, left), (&right_kind, right)] {
                    if !(kind.may_be_number() || *kind == Kind::Temporal) {
                        return Err(wrong_kind("this operand", "a number", kind, operand.span));
                    }
                }
            }
            BinaryOperator::Add => {
                for (kind, other, operand) in [
                    (&left_kind, &right_kind, left),
                    (&right_kind, &left_kind, right),
                ] {
                    let odd = matches!(kind, Kind::Boolean | Kind::Map | Kind::Path);
                    if odd && !other.may_be_list() {
                        return Err(wrong_kind("this operand", "a number", kind, operand.span));
                    }
                }
            }
            BinaryOperator::Concatenate => {
                for (kind, operand) in [(&left_kind, left), (&right_kind, right)] {
                    if !(kind.may_be_list() || *kind == Kind::String) {
                        let wanted = "a string or a list";
                        return Err(wrong_kind("this operand", wanted, kind, operand.span)
                            .with_help("toString() makes a string of a value, [ ] a list"));
                    }
                }
            }
            BinaryOperator::In
            | BinaryOperator::StartsWith
            | BinaryOperator::EndsWith
            | BinaryOperator::Contains
            | BinaryOperator::MatchesRegex => {}
        }
        let gives = match (operator, &left_kind, &right_kind) {
            (
                BinaryOperator::Add | BinaryOperator::Concatenate,
                Kind::List(left),
                Kind::List(right),
            ) => Kind::list((**left).clone().joined((**right).clone())),
            (BinaryOperator::Add, Kind::List(_), _) | (BinaryOperator::Add, _, Kind::List(_)) => {
                Kind::list(Kind::Any)
            }
            _ => kind::of_binary(operator, &left_kind, &right_kind),
        };
        let binary = ExpressionKind::Binary {
            operator,
            left: left_value,
            right: right_value,
        };
        Ok((binary, gives))
    }

    /// A chain of comparisons is each of them, joined by `AND`.
    fn comparison(
        &mut self,
        first: &ast::Expression,
        rest: &[(ComparisonOperator, ast::Expression)],
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (mut left, _) = self.value(first, place)?;
        let mut comparisons = Vec::with_capacity(rest.len());
        for (operator, written) in rest {
            let (right, _) = self.value(written, place)?;
            let span = left.span.join(right.span);
            let kind = ExpressionKind::Comparison {
                operator: *operator,
                left: Box::new(left),
                right: Box::new(right.clone()),
            };
            comparisons.push(Expression::new(kind, span));
            left = right;
        }
        Ok((Expression::all(comparisons).kind, Kind::Boolean))
    }

    fn case(
        &mut self,
        operand: Option<&ast::Expression>,
        branches: &[(ast::Expression, ast::Expression)],
        otherwise: Option<&ast::Expression>,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let role = if operand.is_some() {
            Role::Value
        } else {
            Role::Condition
        };
        let operand = self
            .maybe_boxed(operand, place)?
            .map(|(operand, _)| operand);
        let mut gives = Kind::Null;
        let mut checked = Vec::with_capacity(branches.len());
        for (when, then) in branches {
            let (when, _) = self.expression(when, place, role)?;
            let (then, kind) = self.value(then, place)?;
            gives = gives.joined(kind);
            checked.push((when, then));
        }
        let otherwise = self.maybe_boxed(otherwise, place)?;
        if let Some((_, kind)) = &otherwise {
            gives = gives.joined(kind.clone());
        }
        let case = ExpressionKind::Case {
            operand,
            branches: checked,
            otherwise: otherwise.map(|(otherwise, _)| otherwise),
        };
        // An open kind joined with a closed one must stay open.
        let gives = if gives == Kind::Null {
            Kind::Any
        } else {
            gives
        };
        Ok((case, gives))
    }

    /// `written`, which must be a list.
    fn listed(
        &mut self,
        written: &ast::Expression,
        place: &Place<'_>,
    ) -> Result<(Box<Expression>, Kind), CheckError> {
        let (list, kind) = self.boxed(written, place)?;
        if !kind.may_be_list() {
            return Err(wrong_kind("what follows IN", "a list", &kind, written.span));
        }
        Ok((list, kind))
    }

    fn list_comprehension(
        &mut self,
        variable: &ast::Name,
        list: &ast::Expression,
        condition: Option<&ast::Expression>,
        result: Option<&ast::Expression>,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (list, list_kind) = self.listed(list, place)?;
        let item = self.slots.fresh();
        let inner = place.within(place.scope.with(&variable.text, item, list_kind.item()));
        let condition = condition
            .map(|condition| self.condition(condition, &inner).map(Box::new))
            .transpose()?;
        let result = self.maybe_boxed(result, &inner)?;
        let gives = result
            .as_ref()
            .map_or(list_kind, |(_, kind)| Kind::list(kind.clone()));
        let comprehension = ExpressionKind::ListComprehension {
            item,
            list,
            condition,
            result: result.map(|(result, _)| result),
        };
        Ok((comprehension, gives))
    }

    fn quantifier(
        &mut self,
        quantifier: Quantifier,
        variable: &ast::Name,
        list: &ast::Expression,
        condition: Option<&ast::Expression>,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (list, kind) = self.listed(list, place)?;
        let item = self.slots.fresh();
        let inner = place.within(place.scope.with(&variable.text, item, kind.item()));
        let condition = condition
            .map(|condition| self.condition(condition, &inner).map(Box::new))
            .transpose()?;
        let quantifier = ExpressionKind::Quantifier {
            quantifier,
            item,
            list,
            condition,
        };
        Ok((quantifier, Kind::Boolean))
    }

    /// A number that `SKIP` or `LIMIT` takes: no variable, no negative number.
    pub(super) fn count(
        &mut self,
        written: &ast::Expression,
        clause: &'static str,
    ) -> Result<Expression, CheckError> {
        if !aggregate::is_constant(written) {
            let fault = CheckFault::NonConstantExpression(clause);
            return Err(CheckError::new(fault, written.span));
        }
        let (count, kind) = self.value(written, &Place::plain(&Scope::default()))?;
        if !(kind.is_open() || matches!(kind, Kind::Integer | Kind::Number)) {
            return Err(wrong_kind(clause, "an integer", &kind, written.span));
        }
        if let ExpressionKind::Literal(Literal::Integer(number)) = count.kind
            && number < 0
        {
            let fault = CheckFault::NegativeIntegerArgument(clause);
            return Err(CheckError::new(fault, written.span));
        }
        Ok(count)
    }
}
