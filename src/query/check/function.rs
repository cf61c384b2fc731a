//! Calls of functions and aggregates.

use crate::base::{Span, nearest};

use super::super::ast::{self, Duplicates, ExpressionKind as Written, Shortest};
use super::super::checked::{Aggregation, Expression, ExpressionKind};
use super::super::error::{CheckError, CheckFault};
use super::super::signature::{Aggregate, Function};
use super::expression::{Aggregates, Place, Role, wrong_kind};
use super::kind::{self, Kind};
use super::{Checker, aggregate};

impl Checker<'_> {
    /// `shortestPath((a)-[*]-(b))` as a value: the path, or null; of `allShortestPaths` the list.
    fn shortest(
        &mut self,
        wanted: Shortest,
        written: &ast::Expression,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let Written::Pattern(path) = &written.kind else {
            let fault = CheckFault::UnexpectedSyntax("a shortest path is sought along a pattern");
            return Err(CheckError::new(fault, written.span).with_help("shortestPath((a)-[*]-(b))"));
        };
        // No variable can be empty, so this one hides none.
        let result = ast::Expression::variable("");
        let path = ast::PathPattern {
            variable: Some("".into()),
            shortest: Some(wanted),
            ..ast::PathPattern::clone(path)
        };
        let (all, kind) = self.pattern_comprehension(&path, None, &result, place)?;
        match wanted {
            Shortest::All => Ok((all, kind)),
            Shortest::One => {
                let first = ExpressionKind::Function {
                    function: Function::Head,
                    arguments: vec![Expression::new(all, written.span)],
                };
                Ok((first, Kind::Path))
            }
        }
    }

    /// A call of a function or an aggregate.
    pub(super) fn function(
        &mut self,
        name: &ast::Name,
        duplicates: Duplicates,
        arguments: &[ast::Expression],
        span: Span,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        if let Some(aggregate) = Aggregate::from_name(&name.text) {
            return self.aggregate(aggregate, duplicates, arguments, span, place);
        }
        let Some(function) = Function::from_name(&name.text) else {
            return match (shortest(name), arguments) {
                (Some(wanted), [only]) => self.shortest(wanted, only, place),
                (Some(_), _) => Err(arity_of_shortest(name, arguments.len(), span)),
                (None, _) => Err(unknown_function(name)),
            };
        };
        check_arity(function.name(), function.arity(), arguments.len(), span)?;
        // `exists((a)-->(b))` is the pattern asked for; `exists(n.name)` is a test for null.
        if function == Function::Exists
            && let [only] = arguments
            && matches!(&only.kind, Written::Pattern(_))
        {
            let (exists, kind) = self.expression(only, place, Role::Condition)?;
            return Ok((exists.kind, kind));
        }
        let mut values = Vec::with_capacity(arguments.len());
        let mut kinds = Vec::with_capacity(arguments.len());
        for argument in arguments {
            let (value, kind) = self.value(argument, place)?;
            values.push(value);
            kinds.push(kind);
        }
        if let (Some(kind), Some(argument)) = (kinds.first(), arguments.first())
            && let Some(wanted) = kind::wrong_argument(function, kind)
        {
            let what = format!("the argument of {}()", function.name());
            return Err(wrong_kind(what, wanted, kind, argument.span));
        }
        let gives = kind::of_function(function, &kinds);
        let function = ExpressionKind::Function {
            function,
            arguments: values,
        };
        Ok((function, gives))
    }

    fn aggregate(
        &mut self,
        aggregate: Aggregate,
        duplicates: Duplicates,
        arguments: &[ast::Expression],
        span: Span,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        check_arity(aggregate.name(), aggregate.arity(), arguments.len(), span)?;
        let mut inner = Place::plain(place.before);
        inner.aggregates = match place.aggregates {
            Aggregates::Refused if place.before.names().next().is_none() => Aggregates::Refused,
            Aggregates::Refused | Aggregates::Nested | Aggregates::Gathered => Aggregates::Nested,
        };
        if place.aggregates == Aggregates::Refused {
            inner.scope = place.scope.clone();
        }
        let mut values = Vec::new();
        let mut first = Kind::Any;
        for (index, argument) in arguments.iter().enumerate() {
            let (value, kind) = self.value(argument, &inner)?;
            if calls_rand(argument) {
                let fault = CheckFault::NonConstantExpression("the argument of an aggregate");
                return Err(CheckError::new(fault, argument.span));
            }
            if index == 0 {
                first = kind;
            }
            values.push(value);
        }
        let mut values = values.into_iter();
        let Some(argument) = values.next() else {
            return Err(CheckError::new(
                CheckFault::UnexpectedSyntax("an aggregate needs an argument"),
                span,
            ));
        };
        let aggregation = Aggregation::Of {
            aggregate,
            duplicates,
            argument,
            parameter: values.next(),
        };
        let slot = self.gather(aggregation, aggregate.name(), span, place)?;
        Ok((slot, kind::of_aggregate(aggregate, first)))
    }

    /// Gathers `aggregation`; what reads its result.
    pub(super) fn gather(
        &mut self,
        aggregation: Aggregation,
        name: &str,
        span: Span,
        place: &Place<'_>,
    ) -> Result<ExpressionKind, CheckError> {
        match place.aggregates {
            Aggregates::Refused => {
                let fault = CheckFault::InvalidAggregation(name.to_owned());
                Err(CheckError::new(fault, span))
            }
            Aggregates::Nested => Err(CheckError::new(CheckFault::NestedAggregation, span)),
            Aggregates::Gathered => {
                let slot = self.slots.fresh();
                self.gathered.push((slot, aggregation));
                Ok(ExpressionKind::Slot(slot))
            }
        }
    }
}

fn calls_rand(expression: &ast::Expression) -> bool {
    if let Written::Function { name, .. } = &expression.kind
        && Function::from_name(&name.text).is_some_and(Function::is_random)
    {
        return true;
    }
    aggregate::children(expression).into_iter().any(calls_rand)
}

/// What functions of other languages are called here.
const FOREIGN: &[(&str, &str)] = &[
    ("array_agg", "`collect`"),
    ("average", "`avg`"),
    ("ceiling", "`ceil`"),
    ("char_length", "`size`"),
    ("concat", "the operator `+`"),
    ("contains", "the operator `CONTAINS`: text CONTAINS 'part'"),
    ("count_distinct", "count(DISTINCT x)"),
    ("current_date", "`date`"),
    ("current_timestamp", "`datetime`"),
    ("curdate", "`date`"),
    ("first", "`head`, of a list"),
    ("getdate", "`datetime`"),
    ("group_concat", "`collect`"),
    ("if", "CASE WHEN condition THEN value ELSE other END"),
    ("ifnull", "`coalesce`"),
    ("iif", "CASE WHEN condition THEN value ELSE other END"),
    ("isnull", "the test x IS NULL"),
    ("is_null", "the test x IS NULL"),
    ("label", "`labels`, of a node, or `type`, of a relationship"),
    ("lcase", "`toLower`"),
    ("len", "`size`, of a text or a list, or `length`, of a path"),
    ("lower", "`toLower`"),
    ("ln", "`log`"),
    ("mean", "`avg`"),
    ("median", "percentileCont(x, 0.5)"),
    ("mod", "the operator `%`"),
    ("now", "`datetime`"),
    ("nvl", "`coalesce`"),
    ("pow", "the operator `^`"),
    ("power", "the operator `^`"),
    ("random", "`rand`"),
    (
        "row_number",
        "not there: collect rows and go through range(0, size(rows) - 1)",
    ),
    ("stddev", "`stDev`"),
    ("str", "`toString`"),
    ("strlen", "`size`"),
    ("string_agg", "`collect`"),
    ("substr", "`substring`, which counts from 0"),
    ("to_char", "`toString`"),
    ("uc", "`toUpper`"),
    ("ucase", "`toUpper`"),
    ("upper", "`toUpper`"),
    ("year", "the property x.year"),
    ("month", "the property x.month"),
    ("day", "the property x.day"),
];

fn unknown_function(name: &ast::Name) -> CheckError {
    let known = Function::ALL
        .iter()
        .map(|function| function.name())
        .chain(Aggregate::ALL.iter().map(|aggregate| aggregate.name()));
    let error = CheckError::new(CheckFault::UnknownFunction(name.text.clone()), name.span);
    let lowered = name.text.to_lowercase();
    let foreign = FOREIGN.iter().find(|(other, _)| *other == lowered);
    if let Some((_, ours)) = foreign {
        return error.with_help(format!("here it is {ours}"));
    }
    match nearest(&name.text, known) {
        Some(near) => error.with_help(format!("did you mean `{near}`?")),
        None => error,
    }
}

fn check_arity(
    name: &str,
    (least, most): (usize, usize),
    given: usize,
    span: Span,
) -> Result<(), CheckError> {
    if (least..=most).contains(&given) {
        return Ok(());
    }
    let wanted = match (least, most) {
        (0, 0) => "no arguments".to_owned(),
        (1, 1) => "1 argument".to_owned(),
        _ if least == most => format!("{least} arguments"),
        _ if most == usize::MAX => format!("{least} or more arguments"),
        _ => format!("{least} to {most} arguments"),
    };
    let fault = CheckFault::InvalidNumberOfArguments {
        name: name.to_owned(),
        wanted,
        given,
    };
    Err(CheckError::new(fault, span))
}

/// Which paths a function of this name is asked for.
fn shortest(name: &ast::Name) -> Option<Shortest> {
    let known = [
        ("shortestPath", Shortest::One),
        ("allShortestPaths", Shortest::All),
    ];
    known
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(&name.text))
        .map(|(_, wanted)| wanted)
}

fn arity_of_shortest(name: &ast::Name, given: usize, span: Span) -> CheckError {
    let fault = CheckFault::InvalidNumberOfArguments {
        name: name.text.clone(),
        wanted: "1".to_owned(),
        given,
    };
    CheckError::new(fault, span)
}
