//! Expressions as written.

use crate::base::Span;
use crate::model::ValueType;

use super::{Duplicates, LabelExpression, Name, PathPattern, Query};

/// An expression, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub span: Span,
}

/// A value written down.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// `1`, `0x1F`, `0o17`
    Integer(i64),
    /// `1.5`, `.5e-3`
    Float(f64),
    /// `'text'`
    String(String),
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// A value written down.
    Literal(Literal),
    /// `$name`
    Parameter(Name),
    /// A name of something in scope.
    Variable(String),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{key: value}`
    Map(Vec<(Name, Expression)>),
    /// `of {.key, .*, key: value, variable}`
    MapProjection {
        /// The map, node or relationship.
        of: Name,
        /// What is taken.
        items: Vec<MapProjectionItem>,
    },
    /// `of.key`
    Property {
        /// The map, node, relationship or time.
        of: Box<Expression>,
        /// Which property.
        key: Name,
    },
    /// `of:A|B`, `of IS A&!B`
    HasLabels {
        /// The node or relationship.
        of: Box<Expression>,
        /// What is asked of its labels or its type.
        labels: LabelExpression,
    },
    /// `of IS :: wanted`
    IsTyped {
        /// The value.
        of: Box<Expression>,
        /// The type it is asked to have.
        wanted: ValueType,
    },
    /// `of[index]`
    Index {
        /// The list or map.
        of: Box<Expression>,
        /// A number or a key.
        index: Box<Expression>,
    },
    /// `of[from..to]`
    Slice {
        /// The list.
        of: Box<Expression>,
        /// The first item.
        from: Option<Box<Expression>>,
        /// The item after the last.
        to: Option<Box<Expression>>,
    },
    /// `NOT a`, `-a`, `a IS NULL`
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// What it works on.
        operand: Box<Expression>,
    },
    /// `a + b`
    Binary {
        /// The operator.
        operator: BinaryOperator,
        /// What stands left.
        left: Box<Expression>,
        /// What stands right.
        right: Box<Expression>,
    },
    /// `a AND b AND c`, at least two operands
    Logical {
        /// The operator.
        operator: LogicalOperator,
        /// What it joins.
        operands: Vec<Expression>,
    },
    /// `a < b <= c`, at least one comparison
    Comparison {
        /// The first operand.
        first: Box<Expression>,
        /// Each operator with the operand after it.
        rest: Vec<(ComparisonOperator, Expression)>,
    },
    /// `CASE [operand] WHEN … THEN … ELSE … END`
    Case {
        /// What each `WHEN` is compared with, if anything.
        operand: Option<Box<Expression>>,
        /// Each `WHEN` with its `THEN`.
        branches: Vec<(Expression, Expression)>,
        /// `ELSE`
        otherwise: Option<Box<Expression>>,
    },
    /// `name.space.function([DISTINCT] arguments)`
    Function {
        /// The name with its name spaces, joined by dots.
        name: Name,
        /// `DISTINCT`, for aggregates.
        duplicates: Duplicates,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// `count(*)`
    CountAll,
    /// `[variable IN list WHERE condition | result]`
    ListComprehension {
        /// What each item is called.
        variable: Name,
        /// The list.
        list: Box<Expression>,
        /// Which items are taken.
        condition: Option<Box<Expression>>,
        /// What is made of each.
        result: Option<Box<Expression>>,
    },
    /// `[pattern WHERE condition | result]`
    PatternComprehension {
        /// What is looked for.
        pattern: Box<PathPattern>,
        /// Which finds are taken.
        condition: Option<Box<Expression>>,
        /// What is made of each.
        result: Box<Expression>,
    },
    /// `all(variable IN list WHERE condition)`
    Quantifier {
        /// How many must fulfil it.
        quantifier: Quantifier,
        /// What each item is called.
        variable: Name,
        /// The list.
        list: Box<Expression>,
        /// What is asked of each.
        condition: Option<Box<Expression>>,
    },
    /// `reduce(accumulator = initial, variable IN list | step)`
    Reduce {
        /// The name of the result so far.
        accumulator: Name,
        /// What it is at first.
        initial: Box<Expression>,
        /// What each item is called.
        variable: Name,
        /// The list.
        list: Box<Expression>,
        /// The next result.
        step: Box<Expression>,
    },
    /// `(a)-->(b)`: whether there is such a path.
    Pattern(Box<PathPattern>),
    /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`
    Subquery {
        /// What is asked of its rows.
        question: SubqueryQuestion,
        /// Which rows it has.
        body: SubqueryBody,
    },
}

/// What an expression asks of the rows of a subquery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubqueryQuestion {
    /// `EXISTS`: whether there is one.
    Exists,
    /// `COUNT`: how many there are.
    Count,
    /// `COLLECT`: the list of what their only column holds, nulls too.
    Collect,
}

impl SubqueryQuestion {
    /// The keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Exists => "EXISTS",
            Self::Count => "COUNT",
            Self::Collect => "COLLECT",
        }
    }
}

/// What stands in the braces of a subquery.
#[derive(Debug, Clone, PartialEq)]
pub enum SubqueryBody {
    /// `patterns [WHERE condition]`
    Patterns {
        /// What is looked for.
        patterns: Vec<PathPattern>,
        /// Which finds count.
        condition: Option<Box<Expression>>,
    },
    /// A whole query.
    Query(Box<Query>),
}

/// One part of a map projection.
#[derive(Debug, Clone, PartialEq)]
pub enum MapProjectionItem {
    /// `.key`
    Property(Name),
    /// `.*`
    Everything,
    /// `key: value`
    Entry(Name, Expression),
    /// `variable`
    Variable(Name),
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `NOT`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
    /// `IS NULL`
    IsNull,
    /// `IS NOT NULL`
    IsNotNull,
}

/// Operators with two operands that compute or look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `+`
    Add,
    /// `||`
    Concatenate,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `^`
    Power,
    /// `IN`
    In,
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
    /// `CONTAINS`
    Contains,
    /// `=~`
    MatchesRegex,
}

/// Operators that join truth values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogicalOperator {
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `XOR`
    Xor,
}

/// Operators that compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// How many items must fulfil a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// Every one.
    All,
    /// At least one.
    Any,
    /// Not one.
    None,
    /// Exactly one.
    Single,
}

impl Expression {
    /// An expression that stands nowhere.
    pub fn new(kind: ExpressionKind) -> Self {
        Self {
            kind,
            span: Span::default(),
        }
    }

    /// A variable.
    pub fn variable(name: &str) -> Self {
        Self::new(ExpressionKind::Variable(name.to_owned()))
    }

    /// A string.
    pub fn string(text: &str) -> Self {
        Self::new(ExpressionKind::Literal(Literal::String(text.to_owned())))
    }

    /// An integer.
    pub fn integer(number: i64) -> Self {
        Self::new(ExpressionKind::Literal(Literal::Integer(number)))
    }

    /// A truth value.
    pub fn boolean(truth: bool) -> Self {
        Self::new(ExpressionKind::Literal(Literal::Boolean(truth)))
    }

    /// A list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::new(ExpressionKind::List(items))
    }

    /// `$name`
    pub fn parameter(name: &str) -> Self {
        Self::new(ExpressionKind::Parameter(name.into()))
    }

    /// `self.key`
    #[must_use]
    pub fn property(self, key: &str) -> Self {
        Self::new(ExpressionKind::Property {
            of: Box::new(self),
            key: key.into(),
        })
    }

    /// `self:label`
    #[must_use]
    pub fn has_label(self, label: &str) -> Self {
        Self::new(ExpressionKind::HasLabels {
            of: Box::new(self),
            labels: LabelExpression::Name(label.into()),
        })
    }

    /// `self operator right`, for comparisons.
    #[must_use]
    pub fn compared(self, operator: ComparisonOperator, right: Self) -> Self {
        Self::new(ExpressionKind::Comparison {
            first: Box::new(self),
            rest: vec![(operator, right)],
        })
    }

    /// `self = right`
    #[must_use]
    pub fn equals(self, right: Self) -> Self {
        self.compared(ComparisonOperator::Equal, right)
    }

    /// `self operator right`
    #[must_use]
    pub fn binary(self, operator: BinaryOperator, right: Self) -> Self {
        Self::new(ExpressionKind::Binary {
            operator,
            left: Box::new(self),
            right: Box::new(right),
        })
    }

    /// `operator self`, or `self operator` for the tests for null.
    #[must_use]
    pub fn unary(self, operator: UnaryOperator) -> Self {
        Self::new(ExpressionKind::Unary {
            operator,
            operand: Box::new(self),
        })
    }

    /// `name(arguments)`
    pub fn function(name: &str, arguments: Vec<Self>) -> Self {
        Self::new(ExpressionKind::Function {
            name: name.into(),
            duplicates: Duplicates::Keep,
            arguments,
        })
    }

    /// All of `operands`; the one itself where there is one, `None` where there is none.
    pub fn all(operands: Vec<Self>) -> Option<Self> {
        Self::joined(LogicalOperator::And, operands)
    }

    /// Any of `operands`; the one itself where there is one, `None` where there is none.
    pub fn any(operands: Vec<Self>) -> Option<Self> {
        Self::joined(LogicalOperator::Or, operands)
    }

    fn joined(operator: LogicalOperator, mut operands: Vec<Self>) -> Option<Self> {
        if operands.len() > 1 {
            return Some(Self::new(ExpressionKind::Logical { operator, operands }));
        }
        operands.pop()
    }
}
