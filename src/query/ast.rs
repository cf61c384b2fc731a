//! The query as written: openCypher 9 as a tree, with the place of every part.
//!
//! The parser makes it from text and the question layer makes it by hand; `print` turns either
//! back into text. It knows nothing of what the names mean: that is the checker's business.
//! A tree built by hand leaves all places at `Span::default()`.

mod expression;
mod pattern;

use crate::base::Span;

pub use self::expression::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, Literal, LogicalOperator,
    MapProjectionItem, Quantifier, SubqueryBody, SubqueryQuestion, UnaryOperator,
};
pub use self::pattern::{
    Direction, LabelExpression, Length, Link, NodePattern, PathPattern, RelationshipPattern,
    RepeatedPattern, Repetition, Selector, Shortest, Step,
};

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
    /// `CALL` of a procedure.
    Call(Call),
    /// `CALL { … }`.
    Subquery(SubqueryCall),
    /// `FOREACH`.
    ForEach(ForEach),
    /// `LOAD CSV`.
    LoadCsv(LoadCsv),
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
            Self::Subquery(clause) => clause.span,
            Self::ForEach(clause) => clause.span,
            Self::LoadCsv(clause) => clause.span,
        }
    }
}

/// Whether a match or a call that gives nothing drops the row.
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
    /// Whether it is optional.
    pub necessity: Necessity,
    /// The procedure with its name spaces, joined by dots.
    pub procedure: Name,
    /// The arguments; without brackets they are taken from the parameters of the same names.
    pub arguments: Option<Vec<Expression>>,
    /// What is taken over.
    pub yields: Yield,
    /// Where it stands.
    pub span: Span,
}

/// `[OPTIONAL] CALL [(imports)] { query }`.
#[derive(Debug, Clone, PartialEq)]
pub struct SubqueryCall {
    /// Whether it is optional.
    pub necessity: Necessity,
    /// What it sees of the query around it.
    pub imports: Imports,
    /// What is done for each row.
    pub query: Query,
    /// Where it stands.
    pub span: Span,
}

/// What a subquery sees of the query around it.
#[derive(Debug, Clone, PartialEq)]
pub enum Imports {
    /// `CALL { … }`: what its branches import by a `WITH` of plain variables as first clause.
    Unsaid,
    /// `CALL (*) { … }`: everything.
    Everything,
    /// `CALL (a, b) { … }`: these.
    Variables(Vec<Name>),
}

/// `FOREACH (variable IN list | clauses)`.
#[derive(Debug, Clone, PartialEq)]
pub struct ForEach {
    /// What each item is called.
    pub variable: Name,
    /// The list.
    pub list: Expression,
    /// What is done for each item: clauses that change the graph.
    pub clauses: Vec<Clause>,
    /// Where it stands.
    pub span: Span,
}

/// `LOAD CSV [WITH HEADERS] FROM source AS variable [FIELDTERMINATOR separator]`.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadCsv {
    /// Whether the file names its columns.
    pub headers: Headers,
    /// The path of the file, or its `file:` URL.
    pub source: Expression,
    /// What each record is called.
    pub variable: Name,
    /// What stands between the cells of a record, an ASCII character; a comma if nothing is said.
    pub separator: Option<char>,
    /// Where it stands.
    pub span: Span,
}

/// Whether a file names its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Headers {
    /// It does not: records are lists.
    #[default]
    None,
    /// Its first record does: records are maps.
    FirstRecord,
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
