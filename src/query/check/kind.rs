//! What kind of value an expression gives, as far as that can be known without data.

use super::super::ast::{BinaryOperator, Literal};
use super::super::signature::{Aggregate, Function, Type};

/// A kind of value. [`Kind::Any`] is what cannot be known; it fits everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Null,
    Boolean,
    Integer,
    Float,
    Number,
    String,
    List(Box<Kind>),
    Map,
    Node,
    Relationship,
    Path,
    /// A day, a time, a duration.
    Temporal,
}

impl Kind {
    /// The list of `item`s.
    pub(super) fn list(item: Self) -> Self {
        Self::List(Box::new(item))
    }

    /// How people call it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Number => "a number",
            Self::String => "a string",
            Self::List(item) if **item == Self::Relationship => "a list of relationships",
            Self::List(_) => "a list",
            Self::Map => "a map",
            Self::Node => "a node",
            Self::Relationship => "a relationship",
            Self::Path => "a path",
            Self::Temporal => "a time",
        }
    }

    /// Whether nothing is known of it.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Any | Self::Null)
    }

    /// Whether it may be a truth value.
    pub(super) fn may_be_boolean(&self) -> bool {
        self.is_open() || *self == Self::Boolean
    }

    /// Whether it may be a number.
    pub(super) fn may_be_number(&self) -> bool {
        self.is_open() || matches!(self, Self::Integer | Self::Float | Self::Number)
    }

    /// Whether it may be a list.
    pub(super) fn may_be_list(&self) -> bool {
        self.is_open() || matches!(self, Self::List(_))
    }

    /// Whether a value of it may be where one of `wanted` must be.
    pub(super) fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::List(item), Self::List(wanted)) => item.fits(wanted),
            _ => self == wanted || self.is_open() || *wanted == Self::Any,
        }
    }

    /// What is both of `self` and of `other`.
    pub(super) fn joined(self, other: Self) -> Self {
        match (self, other) {
            (left, right) if left == right => left,
            (Self::Null, other) | (other, Self::Null) => other,
            (Self::List(left), Self::List(right)) => Self::list(left.joined(*right)),
            (left, right) if left.is_numeric() && right.is_numeric() => Self::Number,
            _ => Self::Any,
        }
    }

    fn is_numeric(&self) -> bool {
        matches!(self, Self::Integer | Self::Float | Self::Number)
    }

    /// What an item of it is, if it is a list.
    pub(super) fn item(&self) -> Self {
        match self {
            Self::List(item) => (**item).clone(),
            Self::Any
            | Self::Null
            | Self::Boolean
            | Self::Integer
            | Self::Float
            | Self::Number
            | Self::String
            | Self::Map
            | Self::Node
            | Self::Relationship
            | Self::Path
            | Self::Temporal => Self::Any,
        }
    }

    /// The kind of a literal.
    pub(super) fn of_literal(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Boolean(_) => Self::Boolean,
            Literal::Integer(_) => Self::Integer,
            Literal::Float(_) => Self::Float,
            Literal::String(_) => Self::String,
        }
    }

    /// The kind that a procedure's field has.
    pub(super) fn of_type(declared: &Type) -> Self {
        match declared {
            Type::Any => Self::Any,
            Type::Boolean => Self::Boolean,
            Type::Integer => Self::Integer,
            Type::Float => Self::Float,
            Type::Number => Self::Number,
            Type::String => Self::String,
            Type::Map => Self::Map,
            Type::Node => Self::Node,
            Type::Relationship => Self::Relationship,
            Type::Path => Self::Path,
            Type::List(item) => Self::list(Self::of_type(item)),
        }
    }
}

/// What an operator gives. Lists, strings, numbers and times can be added, so a sum is open
/// unless both sides are known.
pub(super) fn of_binary(operator: BinaryOperator, left: &Kind, right: &Kind) -> Kind {
    match operator {
        BinaryOperator::In
        | BinaryOperator::StartsWith
        | BinaryOperator::EndsWith
        | BinaryOperator::Contains
        | BinaryOperator::MatchesRegex => Kind::Boolean,
        BinaryOperator::Power => Kind::Float,
        BinaryOperator::Concatenate => match (left, right) {
            (Kind::String, _) | (_, Kind::String) => Kind::String,
            _ => Kind::Any,
        },
        BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::Remainder => match (left, right) {
            (Kind::Integer, Kind::Integer) => Kind::Integer,
            (left, right) if left.is_numeric() && right.is_numeric() => {
                if *left == Kind::Float || *right == Kind::Float {
                    Kind::Float
                } else {
                    Kind::Number
                }
            }
            (Kind::String, Kind::String) => Kind::String,
            _ => Kind::Any,
        },
    }
}

/// What a function gives.
pub(super) fn of_function(function: Function, arguments: &[Kind]) -> Kind {
    let first = arguments.first().cloned().unwrap_or(Kind::Any);
    match function {
        Function::Id
        | Function::Length
        | Function::Size
        | Function::ToInteger
        | Function::ToIntegerOrNull
        | Function::Sign
        | Function::Support
        | Function::CharLength
        | Function::CharacterLength
        | Function::Timestamp => Kind::Integer,
        Function::Labels
        | Function::Keys
        | Function::Sources
        | Function::Synonyms
        | Function::Inverses
        | Function::Split
        | Function::ToStringList => Kind::list(Kind::String),
        Function::ElementId
        | Function::Type
        | Function::Quote
        | Function::ToString
        | Function::ToStringOrNull
        | Function::Left
        | Function::Right
        | Function::LTrim
        | Function::RTrim
        | Function::BTrim
        | Function::Trim
        | Function::Replace
        | Function::Substring
        | Function::ToLower
        | Function::ToUpper
        | Function::Lower
        | Function::Upper
        | Function::Normalize
        | Function::ValueType
        | Function::RandomUuid => Kind::String,
        Function::ToBooleanList => Kind::list(Kind::Boolean),
        Function::ToFloatList => Kind::list(Kind::Float),
        Function::Properties | Function::Place => Kind::Map,
        Function::StartNode | Function::EndNode => Kind::Node,
        Function::Nodes | Function::Documents => Kind::list(Kind::Node),
        Function::Relationships => Kind::list(Kind::Relationship),
        Function::Exists
        | Function::IsEmpty
        | Function::ToBoolean
        | Function::ToBooleanOrNull
        | Function::IsNaN => Kind::Boolean,
        Function::Head | Function::Last => first.item(),
        Function::Tail | Function::Reverse | Function::NullIf => first,
        Function::Range | Function::ToIntegerList => Kind::list(Kind::Integer),
        Function::Coalesce => arguments
            .iter()
            .cloned()
            .reduce(Kind::joined)
            .unwrap_or(Kind::Any),
        Function::Abs if matches!(first, Kind::Integer | Kind::Float) => first,
        Function::Abs => Kind::Number,
        Function::ToFloat
        | Function::ToFloatOrNull
        | Function::Ceil
        | Function::Floor
        | Function::Round
        | Function::Rand
        | Function::E
        | Function::Pi
        | Function::Exp
        | Function::Log
        | Function::Log10
        | Function::Sqrt
        | Function::Sin
        | Function::Cos
        | Function::Tan
        | Function::Cot
        | Function::Asin
        | Function::Acos
        | Function::Atan
        | Function::Atan2
        | Function::Degrees
        | Function::Radians
        | Function::Haversin => Kind::Float,
        Function::Date
        | Function::DateTransaction
        | Function::DateStatement
        | Function::DateRealtime
        | Function::DateTruncate
        | Function::LocalTime
        | Function::LocalTimeTransaction
        | Function::LocalTimeStatement
        | Function::LocalTimeRealtime
        | Function::LocalTimeTruncate
        | Function::Time
        | Function::TimeTransaction
        | Function::TimeStatement
        | Function::TimeRealtime
        | Function::TimeTruncate
        | Function::LocalDateTime
        | Function::LocalDateTimeTransaction
        | Function::LocalDateTimeStatement
        | Function::LocalDateTimeRealtime
        | Function::LocalDateTimeTruncate
        | Function::DateTime
        | Function::DateTimeTransaction
        | Function::DateTimeStatement
        | Function::DateTimeRealtime
        | Function::DateTimeTruncate
        | Function::DateTimeFromEpoch
        | Function::DateTimeFromEpochMillis
        | Function::Duration
        | Function::DurationBetween
        | Function::DurationInMonths
        | Function::DurationInDays
        | Function::DurationInSeconds => Kind::Temporal,
    }
}

/// What an aggregate gives.
pub(super) fn of_aggregate(aggregate: Aggregate, argument: Kind) -> Kind {
    match aggregate {
        Aggregate::Count => Kind::Integer,
        Aggregate::Collect => Kind::list(argument),
        Aggregate::Min | Aggregate::Max => argument,
        Aggregate::Sum
        | Aggregate::Avg
        | Aggregate::StDev
        | Aggregate::StDevP
        | Aggregate::PercentileCont
        | Aggregate::PercentileDisc => Kind::Any,
    }
}

/// What the first argument of a function must be, where `given` can never be that.
///
/// Only functions of graph elements and of sizes are strict before the query runs; what the
/// others make of odd values only the data shows.
pub(super) fn wrong_argument(function: Function, given: &Kind) -> Option<&'static str> {
    if given.is_open() {
        return None;
    }
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "a function is lenient unless it is listed"
    )]
    let (fits, wanted) = match function {
        Function::Length | Function::Nodes | Function::Relationships => {
            (*given == Kind::Path, "a path")
        }
        Function::Size => (
            matches!(given, Kind::List(_) | Kind::String),
            "a list or a string",
        ),
        Function::Labels => (*given == Kind::Node, "a node"),
        Function::Type
        | Function::StartNode
        | Function::EndNode
        | Function::Quote
        | Function::Place => (*given == Kind::Relationship, "a relationship"),
        Function::Sources | Function::Documents | Function::Support => (
            matches!(
                given,
                Kind::Node | Kind::Relationship | Kind::Path | Kind::List(_)
            ),
            "a relationship, a list of relationships, a path or two nodes",
        ),
        Function::Properties | Function::Keys => (
            matches!(given, Kind::Node | Kind::Relationship | Kind::Map),
            "a node, a relationship or a map",
        ),
        Function::Id | Function::ElementId => (
            matches!(given, Kind::Node | Kind::Relationship),
            "a node or a relationship",
        ),
        _ => (true, ""),
    };
    (!fits).then_some(wanted)
}
