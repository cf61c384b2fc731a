//! The query as written: openCypher 9 as a tree, with the place of every part.
//!
//! The parser makes it from text and the question layer makes it by hand; `print` turns either
//! back into text. It knows nothing of what the names mean: that is the checker's business.
//! A tree built by hand leaves all places at `Span::default()`.

use crate::base::Span;

/// A name as written (without backticks), and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            span: Span::default(),
        }
    }
}

/// What to do with a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Run it.
    #[default]
    Run,
    /// Show how it would be run: `EXPLAIN`.
    Explain,
    /// Run it, and show how many rows each step gave: `PROFILE`.
    Profile,
}

/// A whole query: one branch, or several joined by `UNION`.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What to do with it.
    pub mode: Mode,
    /// The first branch.
    pub first: Branch,
    /// The branches after the first.
    pub unions: Vec<Union>,
    /// Where it stands.
    pub span: Span,
}

impl Query {
    /// The query of one branch.
    pub fn new(clauses: Vec<Clause>) -> Self {
        Self {
            mode: Mode::Run,
            first: Branch::new(clauses),
            unions: Vec::new(),
            span: Span::default(),
        }
    }

    /// All branches, in order.
    pub fn branches(&self) -> impl Iterator<Item = &Branch> {
        std::iter::once(&self.first).chain(self.unions.iter().map(|union| &union.branch))
    }
}

/// What a union or a projection does with rows that are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Duplicates {
    /// They stay: `UNION ALL`, a plain `RETURN`.
    #[default]
    Keep,
    /// One of them stays: `UNION`, `DISTINCT`.
    Remove,
}

/// `UNION` and the branch after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// Whether equal rows stay.
    pub duplicates: Duplicates,
    /// The branch.
    pub branch: Branch,
    /// Where the whole stands.
    pub span: Span,
}

/// Clauses in a row, without `UNION`.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// Where they stand.
    pub span: Span,
}

impl Branch {
    /// The branch of `clauses`.
    pub fn new(clauses: Vec<Clause>) -> Self {
        Self {
            clauses,
            span: Span::default(),
        }
    }
}

/// One clause.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// `MATCH` and `OPTIONAL MATCH`.
    Match(Match),
    /// `UNWIND`.
    Unwind(Unwind),
    /// `WITH`.
    With(With),
    /// `RETURN`.
    Return(Return),
    /// `CREATE`.
    Create(Create),
    /// `MERGE`.
    Merge(Merge),
    /// `SET`.
    Set(Set),
    /// `REMOVE`.
    Remove(Remove),
    /// `DELETE`.
    Delete(Delete),
    /// `CALL`.
    Call(Call),
}

impl Clause {
    /// Where the clause stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Match(clause) => clause.span,
            Self::Unwind(clause) => clause.span,
            Self::With(clause) => clause.span,
            Self::Return(clause) => clause.span,
            Self::Create(clause) => clause.span,
            Self::Merge(clause) => clause.span,
            Self::Set(clause) => clause.span,
            Self::Remove(clause) => clause.span,
            Self::Delete(clause) => clause.span,
            Self::Call(clause) => clause.span,
        }
    }
}

/// Whether a match that finds nothing drops the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Necessity {
    /// `MATCH`: the row is dropped.
    #[default]
    Required,
    /// `OPTIONAL MATCH`: the row stays, with nulls.
    Optional,
}

/// `[OPTIONAL] MATCH patterns [WHERE condition]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Whether it is optional.
    pub necessity: Necessity,
    /// The patterns, separated by commas.
    pub patterns: Vec<PathPattern>,
    /// The condition.
    pub condition: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

/// `UNWIND list AS variable`.
#[derive(Debug, Clone, PartialEq)]
pub struct Unwind {
    /// The list.
    pub list: Expression,
    /// What each item is called.
    pub variable: Name,
    /// Where it stands.
    pub span: Span,
}

/// `WITH projection [WHERE condition]`.
#[derive(Debug, Clone, PartialEq)]
pub struct With {
    /// What goes on.
    pub projection: Projection,
    /// Which rows go on.
    pub condition: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

/// `RETURN projection`.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// What comes out.
    pub projection: Projection,
    /// Where it stands.
    pub span: Span,
}

/// Whether a projection passes on everything in scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Only the items.
    #[default]
    Items,
    /// Everything in scope, `*`, and the items besides.
    Everything,
}

/// What `WITH` and `RETURN` have in common.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Projection {
    /// Whether equal rows stay.
    pub duplicates: Duplicates,
    /// Whether there is a `*`.
    pub reach: Reach,
    /// The items.
    pub items: Vec<ProjectionItem>,
    /// `ORDER BY`.
    pub order: Vec<OrderItem>,
    /// `SKIP`.
    pub skip: Option<Expression>,
    /// `LIMIT`.
    pub limit: Option<Expression>,
    /// Where the items stand.
    pub span: Span,
}

/// `expression [AS alias]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectionItem {
    /// What is computed.
    pub expression: Expression,
    /// What it is called, if the query says so.
    pub alias: Option<Name>,
    /// The expression to the letter, the column's name where there is no alias.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl ProjectionItem {
    /// `expression AS alias`.
    pub fn aliased(expression: Expression, alias: &str) -> Self {
        Self {
            expression,
            alias: Some(alias.into()),
            text: alias.to_owned(),
            span: Span::default(),
        }
    }

    /// `variable`, called as it is.
    pub fn variable(variable: &str) -> Self {
        Self {
            expression: Expression::variable(variable),
            alias: None,
            text: variable.to_owned(),
            span: Span::default(),
        }
    }

    /// The name of the column.
    pub fn name(&self) -> &str {
        self.alias.as_ref().map_or(&self.text, |alias| &alias.text)
    }
}

/// Which way rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortDirection {
    /// Small before large.
    #[default]
    Ascending,
    /// Large before small.
    Descending,
}

/// `expression [ASC|DESC]`.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderItem {
    /// What is compared.
    pub expression: Expression,
    /// Which way.
    pub direction: SortDirection,
}

/// `CREATE patterns`.
#[derive(Debug, Clone, PartialEq)]
pub struct Create {
    /// What is created.
    pub patterns: Vec<PathPattern>,
    /// Where it stands.
    pub span: Span,
}

/// `MERGE pattern [ON CREATE SET …] [ON MATCH SET …]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// What is found or created.
    pub pattern: PathPattern,
    /// What is set when it had to be created.
    pub on_create: Vec<SetItem>,
    /// What is set when it was found.
    pub on_match: Vec<SetItem>,
    /// Where it stands.
    pub span: Span,
}

/// `SET items`.
#[derive(Debug, Clone, PartialEq)]
pub struct Set {
    /// What is set.
    pub items: Vec<SetItem>,
    /// Where it stands.
    pub span: Span,
}

/// One thing that is set.
#[derive(Debug, Clone, PartialEq)]
pub enum SetItem {
    /// `of.key = value`
    Property {
        /// The node or relationship.
        of: Expression,
        /// Which property.
        key: Name,
        /// The new value.
        value: Expression,
        /// Where it stands.
        span: Span,
    },
    /// `variable = map`: all other properties go.
    Replace {
        /// The node or relationship.
        variable: Name,
        /// The new properties.
        value: Expression,
        /// Where it stands.
        span: Span,
    },
    /// `variable += map`: other properties stay.
    Add {
        /// The node or relationship.
        variable: Name,
        /// The new properties.
        value: Expression,
        /// Where it stands.
        span: Span,
    },
    /// `variable:Label:Label`
    Labels {
        /// The node.
        variable: Name,
        /// The labels.
        labels: Vec<Name>,
        /// Where it stands.
        span: Span,
    },
}

/// `REMOVE items`.
#[derive(Debug, Clone, PartialEq)]
pub struct Remove {
    /// What is removed.
    pub items: Vec<RemoveItem>,
    /// Where it stands.
    pub span: Span,
}

/// One thing that is removed.
#[derive(Debug, Clone, PartialEq)]
pub enum RemoveItem {
    /// `of.key`
    Property {
        /// The node or relationship.
        of: Expression,
        /// Which property.
        key: Name,
        /// Where it stands.
        span: Span,
    },
    /// `variable:Label:Label`
    Labels {
        /// The node.
        variable: Name,
        /// The labels.
        labels: Vec<Name>,
        /// Where it stands.
        span: Span,
    },
}

/// Whether a deleted node takes its relationships with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attachment {
    /// `DELETE`: a node that still has relationships cannot go.
    #[default]
    Keep,
    /// `DETACH DELETE`.
    Detach,
}

/// `[DETACH] DELETE expressions`.
#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    /// What happens to the relationships of a node.
    pub attachment: Attachment,
    /// What is deleted.
    pub expressions: Vec<Expression>,
    /// Where it stands.
    pub span: Span,
}

/// `CALL name.space.procedure[(arguments)] [YIELD …]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The procedure with its name spaces, joined by dots.
    pub procedure: Name,
    /// The arguments; without brackets they are taken from the parameters of the same names.
    pub arguments: Option<Vec<Expression>>,
    /// What is taken over.
    pub yields: Yield,
    /// Where it stands.
    pub span: Span,
}

/// Which results of a procedure are taken over.
#[derive(Debug, Clone, PartialEq)]
pub enum Yield {
    /// Nothing is said: everything, where the call stands alone, and nothing elsewhere.
    Unsaid,
    /// `YIELD *`
    Everything(Span),
    /// `YIELD items [WHERE condition]`
    Items {
        /// The items.
        items: Vec<YieldItem>,
        /// Which rows are taken.
        condition: Option<Expression>,
        /// Where it stands.
        span: Span,
    },
}

/// `field [AS variable]`.
#[derive(Debug, Clone, PartialEq)]
pub struct YieldItem {
    /// The result's name.
    pub field: Name,
    /// What it is called here; the same as `field` where nothing is said.
    pub variable: Name,
}

/// Which of several shortest paths is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortest {
    /// `shortestPath(…)`: one.
    One,
    /// `allShortestPaths(…)`
    All,
}

/// `[variable =] node step step …`.
#[derive(Debug, Clone, PartialEq)]
pub struct PathPattern {
    /// The name of the whole path.
    pub variable: Option<Name>,
    /// Whether only a shortest path is wanted.
    pub shortest: Option<Shortest>,
    /// The first node.
    pub start: NodePattern,
    /// What comes after it.
    pub steps: Vec<Step>,
    /// Where it stands.
    pub span: Span,
}

impl PathPattern {
    /// The pattern of one node.
    pub fn node(start: NodePattern) -> Self {
        Self {
            variable: None,
            shortest: None,
            start,
            steps: Vec::new(),
            span: Span::default(),
        }
    }

    /// The same, one relationship and one node longer.
    #[must_use]
    pub fn step(mut self, relationship: RelationshipPattern, node: NodePattern) -> Self {
        self.steps.push(Step { relationship, node });
        self
    }

    /// The same, with a name.
    #[must_use]
    pub fn named(mut self, variable: &str) -> Self {
        self.variable = Some(variable.into());
        self
    }
}

/// A relationship and the node behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The relationship.
    pub relationship: RelationshipPattern,
    /// The node.
    pub node: NodePattern,
}

/// `(variable:Label {properties})`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NodePattern {
    /// The name.
    pub variable: Option<Name>,
    /// The labels, all of which it must bear.
    pub labels: Vec<Name>,
    /// A map literal or a parameter.
    pub properties: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

impl NodePattern {
    /// `(variable)`
    pub fn named(variable: &str) -> Self {
        Self {
            variable: Some(variable.into()),
            ..Self::default()
        }
    }

    /// The same with one more label.
    #[must_use]
    pub fn labelled(mut self, label: &str) -> Self {
        self.labels.push(label.into());
        self
    }
}

/// Which way a relationship is followed, as written from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// `-->`
    Outgoing,
    /// `<--`
    Incoming,
    /// `--`
    #[default]
    Either,
}

impl Direction {
    /// The same relationship seen from its other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::Either => Self::Either,
        }
    }
}

/// `*least..most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// At least so many relationships; 1 where nothing is said.
    pub least: Option<u64>,
    /// At most so many.
    pub most: Option<u64>,
}

/// `-[variable:TYPE|TYPE*1..3 {properties}]->`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelationshipPattern {
    /// The name.
    pub variable: Option<Name>,
    /// The types, one of which it must have; any where there are none.
    pub types: Vec<Name>,
    /// Which way it goes.
    pub direction: Direction,
    /// For several relationships in a row, how many.
    pub length: Option<Length>,
    /// A map literal or a parameter.
    pub properties: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

impl RelationshipPattern {
    /// `-[variable]-`, in `direction`.
    pub fn named(variable: &str, direction: Direction) -> Self {
        Self {
            variable: Some(variable.into()),
            direction,
            ..Self::default()
        }
    }

    /// The same with one more type to choose from.
    #[must_use]
    pub fn typed(mut self, name: &str) -> Self {
        self.types.push(name.into());
        self
    }
}

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
    /// `of:Label:Label`
    HasLabels {
        /// The node or relationship.
        of: Box<Expression>,
        /// All of which it must bear.
        labels: Vec<Name>,
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
    /// `EXISTS { patterns WHERE condition }`
    ExistsPattern {
        /// What is looked for.
        patterns: Vec<PathPattern>,
        /// Which finds count.
        condition: Option<Box<Expression>>,
    },
    /// `EXISTS { query }`
    ExistsQuery(Box<Query>),
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
            labels: vec![label.into()],
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
