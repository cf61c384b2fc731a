//! What can be wrong with a query, named as the openCypher conformance suite names it.
//!
//! One enum per phase: [`ParseError`] for text that is no query, [`CheckError`] for queries that
//! cannot mean anything, [`RunError`] for what only the data shows. Each has a
//! [`Classification`] (the suite's words) and turns into a [`Diagnostic`] for people.

use thiserror::Error;

use crate::base::{Code, Diagnostic, Span};

use super::csv::CsvFault;
use super::exec::Limits;
use super::faults::Faults;
use super::remedy;
use super::slip::Slip;

/// When a fault is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before the query runs.
    CompileTime,
    /// While it runs.
    Runtime,
}

impl Phase {
    /// The suite's words for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::CompileTime => "compile time",
            Self::Runtime => "runtime",
        }
    }
}

/// The suite's words for a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classification {
    /// `SyntaxError`, `TypeError`, …
    pub error_type: &'static str,
    /// When it is found.
    pub phase: Phase,
    /// `UndefinedVariable`, …
    pub detail: &'static str,
}

/// Text that is no query.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// The grammar does not allow it.
    #[error("{message}")]
    UnexpectedSyntax {
        /// What was found and what could stand there.
        message: String,
        /// Where.
        span: Span,
        /// What may have been meant.
        help: Option<String>,
    },
    /// The grammar does not allow it, and it is known what was meant.
    #[error("{slip}")]
    Slip {
        /// What was meant.
        slip: Slip,
        /// Where.
        span: Span,
    },
    /// A number that is none.
    #[error("`{text}` is not a number")]
    InvalidNumberLiteral {
        /// As written.
        text: String,
        /// Where.
        span: Span,
    },
    /// An escape sequence that names no character.
    #[error("`{text}` is not an escape sequence")]
    InvalidUnicodeLiteral {
        /// As written.
        text: String,
        /// Where.
        span: Span,
    },
    /// A character that may not stand outside strings.
    #[error("the character `{}` cannot stand here", character.escape_debug())]
    InvalidUnicodeCharacter {
        /// Which.
        character: char,
        /// Where.
        span: Span,
    },
    /// An integer of more than 64 bits.
    #[error("the integer `{text}` has more than 64 bits")]
    IntegerOverflow {
        /// As written.
        text: String,
        /// Where.
        span: Span,
    },
    /// A number beyond the largest float.
    #[error("the number `{text}` is too large")]
    FloatingPointOverflow {
        /// As written.
        text: String,
        /// Where.
        span: Span,
    },
    /// A relationship pattern that is malformed in a way people often get wrong.
    #[error("this is not a relationship pattern")]
    InvalidRelationshipPattern {
        /// Where.
        span: Span,
    },
    /// More text than a query may have.
    #[error("the query is {bytes} bytes long; at most {most} are allowed")]
    TooLong {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// More clauses than a query may have.
    #[error("the query has {clauses} clauses; at most {most} are allowed")]
    TooManyClauses {
        /// How many it has.
        clauses: usize,
        /// How many it may have.
        most: usize,
    },
    /// Expressions nested deeper than they may be.
    #[error("the query is nested too deeply; at most {most} levels are allowed")]
    TooDeep {
        /// How deep it may be.
        most: usize,
        /// Where it gets too deep.
        span: Span,
    },
}

impl ParseError {
    /// The place it is about.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::UnexpectedSyntax { span, .. }
            | Self::Slip { span, .. }
            | Self::InvalidNumberLiteral { span, .. }
            | Self::InvalidUnicodeLiteral { span, .. }
            | Self::InvalidUnicodeCharacter { span, .. }
            | Self::IntegerOverflow { span, .. }
            | Self::FloatingPointOverflow { span, .. }
            | Self::InvalidRelationshipPattern { span }
            | Self::TooDeep { span, .. } => Some(*span),
            Self::TooLong { .. } | Self::TooManyClauses { .. } => None,
        }
    }

    /// The place it is about, to change it.
    pub(super) fn span_mut(&mut self) -> Option<&mut Span> {
        match self {
            Self::UnexpectedSyntax { span, .. }
            | Self::Slip { span, .. }
            | Self::InvalidNumberLiteral { span, .. }
            | Self::InvalidUnicodeLiteral { span, .. }
            | Self::InvalidUnicodeCharacter { span, .. }
            | Self::IntegerOverflow { span, .. }
            | Self::FloatingPointOverflow { span, .. }
            | Self::InvalidRelationshipPattern { span }
            | Self::TooDeep { span, .. } => Some(span),
            Self::TooLong { .. } | Self::TooManyClauses { .. } => None,
        }
    }

    /// The suite's words for it.
    pub fn classification(&self) -> Classification {
        let detail = match self {
            Self::UnexpectedSyntax { .. }
            | Self::Slip { .. }
            | Self::TooLong { .. }
            | Self::TooManyClauses { .. }
            | Self::TooDeep { .. } => "UnexpectedSyntax",
            Self::InvalidNumberLiteral { .. } => "InvalidNumberLiteral",
            Self::InvalidUnicodeLiteral { .. } => "InvalidUnicodeLiteral",
            Self::InvalidUnicodeCharacter { .. } => "InvalidUnicodeCharacter",
            Self::IntegerOverflow { .. } => "IntegerOverflow",
            Self::FloatingPointOverflow { .. } => "FloatingPointOverflow",
            Self::InvalidRelationshipPattern { .. } => "InvalidRelationshipPattern",
        };
        Classification {
            error_type: "SyntaxError",
            phase: Phase::CompileTime,
            detail,
        }
    }

    /// What to do about it.
    fn help(&self) -> String {
        let help = match self {
            Self::UnexpectedSyntax { help, .. } => {
                let general = || "compare it with how this part of a query is written".to_owned();
                return help.clone().unwrap_or_else(general);
            }
            Self::Slip { slip, .. } => return slip.help(),
            Self::InvalidNumberLiteral { text, .. } => {
                return format!(
                    "a name that begins with a digit stands between backticks: `{text}`"
                );
            }
            Self::InvalidUnicodeLiteral { .. } => {
                "a backslash is written `\\\\`; there are \\n, \\t, \\r, \\b, \\f, \\', \\\" and \\u with four \
                 hexadecimal digits"
            }
            Self::InvalidUnicodeCharacter { character, .. } => match character {
                '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => {
                    "strings stand between plain quotes: 'text' or \"text\""
                }
                '\u{2010}'..='\u{2015}' | '\u{2212}' => "the minus and the dash of arrows are `-`",
                '\u{2190}'..='\u{21ff}' => "arrows are written --> and <--",
                '\u{2260}' => "unequal is written `<>`",
                '\u{2264}' | '\u{2265}' => "write `<=` or `>=`",
                '\u{d7}' | '\u{f7}' => "write `*` or `/`",
                _ => "only strings, comments and names between backticks hold any character",
            },
            Self::IntegerOverflow { .. } => {
                "integers go to 9223372036854775807; write a float, as 1e19, or a string"
            }
            Self::FloatingPointOverflow { .. } => "floats go to about 1.8e308",
            Self::InvalidRelationshipPattern { .. } => {
                "a length is written with a star: -[:TYPE*1..3]->"
            }
            Self::TooLong { .. } => "give large data as a parameter, or run several queries",
            Self::TooManyClauses { .. } => {
                "run several queries, or go through a list: UNWIND $rows AS row CREATE …"
            }
            Self::TooDeep { .. } => {
                "name intermediate results with WITH, or give nested data as a parameter"
            }
        };
        help.to_owned()
    }

    /// The same for people.
    pub fn diagnostic(&self) -> Diagnostic {
        let code = match self {
            Self::UnexpectedSyntax { .. } => "unexpected-syntax",
            Self::Slip { slip, .. } => slip.code(),
            Self::InvalidNumberLiteral { .. } => "invalid-number",
            Self::InvalidUnicodeLiteral { .. } => "invalid-escape",
            Self::InvalidUnicodeCharacter { .. } => "invalid-character",
            Self::IntegerOverflow { .. } => "integer-overflow",
            Self::FloatingPointOverflow { .. } => "float-overflow",
            Self::InvalidRelationshipPattern { .. } => "invalid-relationship-pattern",
            Self::TooLong { .. } => "query-too-long",
            Self::TooManyClauses { .. } => "too-many-clauses",
            Self::TooDeep { .. } => "query-too-deep",
        };
        let mut diagnostic = Diagnostic::error(Code(code), self.to_string());
        let label = if let Self::Slip { slip, .. } = self {
            slip.label()
        } else {
            ""
        };
        if let Some(span) = self.span() {
            diagnostic = diagnostic.at(span, label);
        }
        diagnostic.with_help(self.help())
    }
}

/// What kind of fault a [`CheckError`] is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CheckFault {
    /// A name is read where no clause has introduced it.
    #[error("variable `{0}` is not defined")]
    UndefinedVariable(String),
    /// A name is introduced a second time.
    #[error("variable `{0}` is already defined")]
    VariableAlreadyBound(String),
    /// A name is used as two different kinds of things.
    #[error("variable `{name}` is {is}, but is used here as {used}")]
    VariableTypeConflict {
        /// The variable.
        name: String,
        /// What it is.
        is: &'static str,
        /// What it is used as.
        used: &'static str,
    },
    /// The same relationship variable twice in one pattern.
    #[error("relationship variable `{0}` occurs twice in one pattern")]
    RelationshipUniquenessViolation(String),
    /// An aggregate where rows are not gathered.
    #[error("aggregates such as `{0}` can stand only in WITH and RETURN")]
    InvalidAggregation(String),
    /// An aggregate inside an aggregate.
    #[error("an aggregate cannot stand inside another")]
    NestedAggregation,
    /// An expression mixes aggregates with what is not grouped by.
    #[error("`{0}` is neither grouped by nor aggregated")]
    AmbiguousAggregationExpression(String),
    /// Two columns of one name.
    #[error("two columns are named `{0}`")]
    ColumnNameConflict(String),
    /// `*` without anything in scope.
    #[error("`*` stands for all variables, but there are none")]
    NoVariablesInScope,
    /// An expression without a name in WITH, or in RETURN of a subquery.
    #[error("an expression needs a name to be passed on: AS …")]
    NoExpressionAlias,
    /// The branches of a union give different columns.
    #[error("all branches of a UNION must give the same columns")]
    DifferentColumnsInUnion,
    /// `COLLECT { }` of no column or of several.
    #[error("a subquery of COLLECT must return exactly one column, not {0}")]
    CollectedColumns(usize),
    /// Clauses that cannot follow one another.
    #[error("{0}")]
    InvalidClauseComposition(&'static str),
    /// A variable where only constants can stand.
    #[error("{0} cannot depend on variables")]
    NonConstantExpression(&'static str),
    /// A negative number where none can stand.
    #[error("{0} must not be negative")]
    NegativeIntegerArgument(&'static str),
    /// An argument of the wrong type, as a fault of syntax.
    #[error("{what} must be {wanted}, not {given}")]
    InvalidArgumentType {
        /// What is of the wrong type.
        what: String,
        /// What it must be.
        wanted: String,
        /// What it is.
        given: String,
    },
    /// A property of what has none.
    #[error("{0} has no properties")]
    PropertyOfNonMap(&'static str),
    /// Too few or too many arguments.
    #[error("`{name}` takes {wanted}, not {given}")]
    InvalidNumberOfArguments {
        /// The function or procedure.
        name: String,
        /// How many it takes.
        wanted: String,
        /// How many are given.
        given: usize,
    },
    /// Arguments left out where they must be given.
    #[error("`{0}` needs its arguments in brackets here")]
    InvalidArgumentPassingMode(String),
    /// A function that does not exist.
    #[error("there is no function `{0}`")]
    UnknownFunction(String),
    /// A procedure that does not exist.
    #[error("there is no procedure `{0}`")]
    ProcedureNotFound(String),
    /// A parameter where none can stand.
    #[error("a parameter cannot stand here")]
    InvalidParameterUse,
    /// A parameter without a value.
    #[error("parameter `${0}` has no value")]
    MissingParameter(String),
    /// A pattern of several relationships where one is to be created.
    #[error("a relationship of variable length cannot be created")]
    CreatingVarLength,
    /// A relationship without a direction where one is to be created.
    #[error("a relationship that is created needs a direction")]
    RequiresDirectedRelationship,
    /// A relationship without exactly one type where one is to be created.
    #[error("a relationship that is created needs exactly one type")]
    NoSingleRelationshipType,
    /// What cannot be deleted.
    #[error("{0} cannot be deleted")]
    InvalidDelete(&'static str),
    /// Something that the grammar allows and the language does not.
    #[error("{0}")]
    UnexpectedSyntax(&'static str),
}

impl CheckFault {
    /// Whether the rest of the query can be checked as if the place were right.
    pub(super) fn is_local(&self) -> bool {
        matches!(
            self,
            Self::UndefinedVariable(_)
                | Self::UnknownFunction(_)
                | Self::InvalidNumberOfArguments { .. }
                | Self::InvalidArgumentType { .. }
                | Self::PropertyOfNonMap(_)
                | Self::AmbiguousAggregationExpression(_)
                | Self::InvalidAggregation(_)
                | Self::NestedAggregation
                | Self::UnexpectedSyntax(_)
        )
    }
}

/// A query that cannot mean anything: the fault and its place.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{fault}")]
pub struct CheckError {
    /// What is wrong.
    pub fault: CheckFault,
    /// Where.
    pub span: Span,
    /// What to do about it.
    pub help: Option<String>,
}

impl CheckError {
    /// The fault at `span`.
    pub fn new(fault: CheckFault, span: Span) -> Self {
        Self {
            fault,
            span,
            help: None,
        }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn code_and_label(&self) -> (&'static str, &'static str) {
        match &self.fault {
            CheckFault::UndefinedVariable(_) => ("undefined-variable", "read here"),
            CheckFault::VariableAlreadyBound(_) => ("variable-already-bound", "defined again here"),
            CheckFault::VariableTypeConflict { .. } => ("variable-type-conflict", "used here"),
            CheckFault::RelationshipUniquenessViolation(_) => {
                ("relationship-uniqueness", "the second time")
            }
            CheckFault::InvalidAggregation(_) => ("invalid-aggregation", ""),
            CheckFault::NestedAggregation => ("nested-aggregation", "inside another aggregate"),
            CheckFault::AmbiguousAggregationExpression(_) => ("ambiguous-aggregation", ""),
            CheckFault::ColumnNameConflict(_) => ("column-name-conflict", "the second one"),
            CheckFault::NoVariablesInScope => ("no-variables-in-scope", ""),
            CheckFault::NoExpressionAlias => ("no-expression-alias", "this has no name"),
            CheckFault::DifferentColumnsInUnion => ("different-columns-in-union", ""),
            CheckFault::CollectedColumns(_) => ("collected-columns", ""),
            CheckFault::InvalidClauseComposition(_) => ("invalid-clause-composition", ""),
            CheckFault::NonConstantExpression(_) => ("non-constant-expression", ""),
            CheckFault::NegativeIntegerArgument(_) => ("negative-integer", ""),
            CheckFault::InvalidArgumentType { .. } => ("invalid-argument-type", ""),
            CheckFault::PropertyOfNonMap(_) => ("property-of-no-map", "read of this"),
            CheckFault::InvalidNumberOfArguments { .. } => ("invalid-number-of-arguments", ""),
            CheckFault::InvalidArgumentPassingMode(_) => ("invalid-argument-passing", ""),
            CheckFault::UnknownFunction(_) => ("unknown-function", "called here"),
            CheckFault::ProcedureNotFound(_) => ("procedure-not-found", "called here"),
            CheckFault::InvalidParameterUse => ("invalid-parameter-use", ""),
            CheckFault::MissingParameter(_) => ("missing-parameter", "read here"),
            CheckFault::CreatingVarLength => ("creating-variable-length", ""),
            CheckFault::RequiresDirectedRelationship => ("undirected-relationship", ""),
            CheckFault::NoSingleRelationshipType => ("no-single-relationship-type", ""),
            CheckFault::InvalidDelete(_) => ("invalid-delete", ""),
            CheckFault::UnexpectedSyntax(_) => ("unexpected-syntax", ""),
        }
    }

    /// The suite's words for it.
    pub fn classification(&self) -> Classification {
        let (error_type, detail) = match &self.fault {
            CheckFault::UndefinedVariable(_) => ("SyntaxError", "UndefinedVariable"),
            CheckFault::VariableAlreadyBound(_) => ("SyntaxError", "VariableAlreadyBound"),
            CheckFault::VariableTypeConflict { .. } => ("SyntaxError", "VariableTypeConflict"),
            CheckFault::RelationshipUniquenessViolation(_) => {
                ("SyntaxError", "RelationshipUniquenessViolation")
            }
            CheckFault::InvalidAggregation(_) => ("SyntaxError", "InvalidAggregation"),
            CheckFault::NestedAggregation => ("SyntaxError", "NestedAggregation"),
            CheckFault::AmbiguousAggregationExpression(_) => {
                ("SyntaxError", "AmbiguousAggregationExpression")
            }
            CheckFault::ColumnNameConflict(_) => ("SyntaxError", "ColumnNameConflict"),
            CheckFault::NoVariablesInScope => ("SyntaxError", "NoVariablesInScope"),
            CheckFault::NoExpressionAlias => ("SyntaxError", "NoExpressionAlias"),
            CheckFault::DifferentColumnsInUnion => ("SyntaxError", "DifferentColumnsInUnion"),
            CheckFault::CollectedColumns(_) => ("SyntaxError", "InvalidNumberOfColumns"),
            CheckFault::InvalidClauseComposition(_) => ("SyntaxError", "InvalidClauseComposition"),
            CheckFault::NonConstantExpression(_) => ("SyntaxError", "NonConstantExpression"),
            CheckFault::NegativeIntegerArgument(_) => ("SyntaxError", "NegativeIntegerArgument"),
            CheckFault::InvalidArgumentType { .. } => ("SyntaxError", "InvalidArgumentType"),
            CheckFault::PropertyOfNonMap(_) => ("TypeError", "InvalidArgumentType"),
            CheckFault::InvalidNumberOfArguments { .. } => {
                ("SyntaxError", "InvalidNumberOfArguments")
            }
            CheckFault::InvalidArgumentPassingMode(_) => {
                ("SyntaxError", "InvalidArgumentPassingMode")
            }
            CheckFault::UnknownFunction(_) => ("SyntaxError", "UnknownFunction"),
            CheckFault::ProcedureNotFound(_) => ("ProcedureError", "ProcedureNotFound"),
            CheckFault::InvalidParameterUse => ("SyntaxError", "InvalidParameterUse"),
            CheckFault::MissingParameter(_) => ("ParameterMissing", "MissingParameter"),
            CheckFault::CreatingVarLength => ("SyntaxError", "CreatingVarLength"),
            CheckFault::RequiresDirectedRelationship => {
                ("SyntaxError", "RequiresDirectedRelationship")
            }
            CheckFault::NoSingleRelationshipType => ("SyntaxError", "NoSingleRelationshipType"),
            CheckFault::InvalidDelete(_) => ("SyntaxError", "InvalidDelete"),
            CheckFault::UnexpectedSyntax(_) => ("SyntaxError", "UnexpectedSyntax"),
        };
        Classification {
            error_type,
            phase: Phase::CompileTime,
            detail,
        }
    }

    /// The same for people.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, label) = self.code_and_label();
        let help = self.help.clone();
        Diagnostic::error(Code(code), self.to_string())
            .at(self.span, label)
            .with_help(help.unwrap_or_else(|| remedy::of_check(&self.fault)))
    }
}

/// What only the data shows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RunError {
    /// A value of the wrong type.
    #[error("{what} must be {wanted}, not {given}")]
    InvalidArgumentType {
        /// What has the wrong type: `the argument of size()`.
        what: String,
        /// What it must be.
        wanted: &'static str,
        /// What it is.
        given: String,
    },
    /// A value of the right type that cannot be used.
    #[error("{what} cannot be {given}")]
    InvalidArgumentValue {
        /// What has the wrong value.
        what: String,
        /// What it is.
        given: String,
    },
    /// A value that cannot be stored as a property.
    #[error("property `{key}` cannot hold {given}")]
    InvalidPropertyType {
        /// The property.
        key: String,
        /// What it should hold.
        given: String,
    },
    /// A map read with a key that is no string.
    #[error("a map is read with a string, not with {given}")]
    MapElementAccessByNonString {
        /// With what it is read.
        given: String,
    },
    /// A list read with an index that is no integer.
    #[error("a list is read with an integer, not with {given}")]
    ListElementAccessByNonInteger {
        /// With what it is read.
        given: String,
    },
    /// An option that a procedure does not take.
    #[error("`{procedure}` has no option `{option}`")]
    UnknownOption {
        /// The procedure.
        procedure: String,
        /// The option as given.
        option: String,
        /// What to do about it.
        help: Box<str>,
    },
    /// A relationship type that neither the graph nor the word lists know.
    #[error("no relationship type `{given}` is known")]
    UnknownRelationType {
        /// The type as given.
        given: String,
        /// What may have been meant.
        help: Box<str>,
    },
    /// A property that should give relationships their weights and that none has.
    #[error("no relationship has the property `{key}`, which option `{option}` names")]
    UnknownWeight {
        /// The option.
        option: &'static str,
        /// The property.
        key: String,
        /// What may have been meant.
        help: Option<Box<str>>,
    },
    /// A number out of the range that makes sense.
    #[error("{what} cannot be {given}")]
    NumberOutOfRange {
        /// What is out of range.
        what: String,
        /// The number.
        given: String,
    },
    /// A negative number where none can stand: SKIP and LIMIT.
    #[error("{what} must not be negative")]
    NegativeIntegerArgument {
        /// What is negative.
        what: &'static str,
    },
    /// SKIP or LIMIT of what is no integer.
    #[error("{what} must be an integer, not {given}")]
    NoInteger {
        /// What it is.
        what: &'static str,
        /// What it is given.
        given: String,
    },
    /// A border or step of `range()` that is no integer.
    #[error("range() takes integers, not {given}")]
    NoRangeBorder {
        /// What it is.
        given: String,
    },
    /// An integer beyond 64 bits.
    #[error("the result has more than 64 bits")]
    IntegerOverflow,
    /// A division of an integer by zero.
    #[error("nothing can be divided by zero")]
    DivisionByZero,
    /// A node or relationship is read that this query deleted.
    #[error("{what} was deleted by this query")]
    DeletedEntityAccess {
        /// `the node`, `the relationship`.
        what: &'static str,
    },
    /// A node is deleted that still has relationships.
    #[error("node {id} still has relationships")]
    DeleteConnectedNode {
        /// The node.
        id: String,
    },
    /// A merge on a null property, which it could never find again.
    #[error("MERGE cannot look for property `{key}` with null")]
    MergeReadOwnWrites {
        /// The property.
        key: String,
    },
    /// A file is to be read where none may be.
    #[error("no files may be read here")]
    FilesForbidden,
    /// A file is to be read that is not on this machine.
    #[error("LOAD CSV reads local files only, not `{name}`")]
    RemoteFile {
        /// As the query names it.
        name: String,
    },
    /// A file that cannot be read.
    #[error("cannot read `{name}`: {reason}")]
    UnreadableFile {
        /// As the query names it.
        name: String,
        /// What the system says.
        reason: String,
    },
    /// A file that is not what it should be.
    #[error("`{name}`, line {line}: {fault}")]
    BadCsv {
        /// As the query names it.
        name: String,
        /// The line on which the record begins.
        line: u64,
        /// What is wrong.
        fault: CsvFault,
    },
    /// A parameter without a value.
    #[error("parameter `${name}` has no value")]
    MissingParameter {
        /// The parameter.
        name: String,
    },
    /// Somebody stopped the query.
    #[error("the query was stopped")]
    Cancelled,
    /// It took too long.
    #[error("the query took longer than {most_ms} ms")]
    TimeLimit {
        /// How long it may take.
        most_ms: u64,
    },
    /// It gave too many rows.
    #[error("the query gave more than {most} rows")]
    RowLimit {
        /// How many it may give.
        most: u64,
    },
    /// It holds too much at a time.
    #[error("the query needs more memory than it may use (about {} MiB)", Limits::mebibytes(*most))]
    MemoryLimit {
        /// How many values it may hold at a time.
        most: u64,
    },
    /// Expressions nested deeper than can be computed.
    #[error("the values are nested too deeply")]
    TooDeep,
    /// A plan that contradicts itself: our fault, not the query's.
    #[error("the plan is unsound: {0}")]
    Unsound(&'static str),
}

impl RunError {
    /// Whether the query was stopped or used too much, rather than being wrong.
    pub(crate) fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::Cancelled
                | Self::TimeLimit { .. }
                | Self::RowLimit { .. }
                | Self::MemoryLimit { .. }
        )
    }

    /// The suite's words for it.
    pub fn classification(&self) -> Classification {
        let (error_type, detail) = match self {
            Self::InvalidArgumentType { .. } => ("TypeError", "InvalidArgumentType"),
            Self::InvalidArgumentValue { .. } => ("TypeError", "InvalidArgumentValue"),
            Self::InvalidPropertyType { .. } => ("TypeError", "InvalidPropertyType"),
            Self::MapElementAccessByNonString { .. } => {
                ("TypeError", "MapElementAccessByNonString")
            }
            Self::ListElementAccessByNonInteger { .. } => {
                ("TypeError", "ListElementAccessByNonInteger")
            }
            Self::UnknownOption { .. } => ("ArgumentError", "UnknownOption"),
            Self::UnknownRelationType { .. } => ("ArgumentError", "UnknownRelationType"),
            Self::UnknownWeight { .. } => ("ArgumentError", "UnknownWeight"),
            Self::NumberOutOfRange { .. } => ("ArgumentError", "NumberOutOfRange"),
            Self::NegativeIntegerArgument { .. } => ("SyntaxError", "NegativeIntegerArgument"),
            Self::NoInteger { .. } => ("SyntaxError", "InvalidArgumentType"),
            Self::NoRangeBorder { .. } => ("ArgumentError", "InvalidArgumentType"),
            Self::IntegerOverflow => ("ArithmeticError", "IntegerOverflow"),
            Self::DivisionByZero => ("ArithmeticError", "DivisionByZero"),
            Self::DeletedEntityAccess { .. } => ("EntityNotFound", "DeletedEntityAccess"),
            Self::DeleteConnectedNode { .. } => {
                ("ConstraintVerificationFailed", "DeleteConnectedNode")
            }
            Self::MergeReadOwnWrites { .. } => ("SemanticError", "MergeReadOwnWrites"),
            Self::FilesForbidden => ("ResourceError", "FilesForbidden"),
            Self::RemoteFile { .. } => ("ResourceError", "RemoteFile"),
            Self::UnreadableFile { .. } => ("ResourceError", "UnreadableFile"),
            Self::BadCsv { .. } => ("ResourceError", "BadCsv"),
            Self::MissingParameter { .. } => ("ParameterMissing", "MissingParameter"),
            Self::Cancelled => ("ResourceError", "Cancelled"),
            Self::TimeLimit { .. } => ("ResourceError", "TimeLimit"),
            Self::RowLimit { .. } => ("ResourceError", "RowLimit"),
            Self::MemoryLimit { .. } => ("ResourceError", "MemoryLimit"),
            Self::TooDeep => ("ResourceError", "TooDeep"),
            Self::Unsound(_) => ("ResourceError", "Unsound"),
        };
        Classification {
            error_type,
            phase: Phase::Runtime,
            detail,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::InvalidArgumentType { .. } | Self::NoRangeBorder { .. } => {
                "invalid-argument-type"
            }
            Self::InvalidArgumentValue { .. } => "invalid-argument-value",
            Self::InvalidPropertyType { .. } => "invalid-property-type",
            Self::MapElementAccessByNonString { .. } => "map-access-by-non-string",
            Self::ListElementAccessByNonInteger { .. } => "list-access-by-non-integer",
            Self::UnknownOption { .. } => "unknown-option",
            Self::UnknownRelationType { .. } => "unknown-relation-type",
            Self::UnknownWeight { .. } => "unknown-weight",
            Self::NumberOutOfRange { .. } => "number-out-of-range",
            Self::NegativeIntegerArgument { .. } => "negative-integer",
            Self::NoInteger { .. } => "no-integer",
            Self::IntegerOverflow => "integer-overflow",
            Self::DivisionByZero => "division-by-zero",
            Self::DeletedEntityAccess { .. } => "deleted-element",
            Self::DeleteConnectedNode { .. } => "node-has-relationships",
            Self::MergeReadOwnWrites { .. } => "merge-on-null",
            Self::FilesForbidden => "files-forbidden",
            Self::RemoteFile { .. } => "remote-file",
            Self::UnreadableFile { .. } => "unreadable-file",
            Self::BadCsv { .. } => "bad-csv",
            Self::MissingParameter { .. } => "missing-parameter",
            Self::Cancelled => "cancelled",
            Self::TimeLimit { .. } => "time-limit",
            Self::RowLimit { .. } => "row-limit",
            Self::MemoryLimit { .. } => "memory-limit",
            Self::TooDeep => "value-too-deep",
            Self::Unsound(_) => "unsound-plan",
        }
    }

    /// The same for people.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error(Code(self.code()), self.to_string()).with_help(remedy::of_run(self))
    }
}

/// A query that failed, in whichever phase.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The text is no query.
    #[error(transparent)]
    Parse(#[from] Faults<ParseError>),
    /// The query cannot mean anything.
    #[error(transparent)]
    Check(#[from] Faults<CheckError>),
    /// The data did not allow it.
    #[error("{error}")]
    Run {
        /// What went wrong.
        #[source]
        error: RunError,
        /// Which part of the query, where that is known.
        span: Option<Span>,
    },
}

impl From<ParseError> for QueryError {
    fn from(error: ParseError) -> Self {
        Self::Parse(error.into())
    }
}

impl From<RunError> for QueryError {
    fn from(error: RunError) -> Self {
        Self::Run { error, span: None }
    }
}

impl QueryError {
    /// The suite's words for it.
    pub fn classification(&self) -> Classification {
        match self {
            Self::Parse(faults) => faults.first.classification(),
            Self::Check(faults) => faults.first.classification(),
            Self::Run { error, .. } => error.classification(),
        }
    }

    /// The same for people: all that was found.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Parse(faults) => faults.iter().map(ParseError::diagnostic).collect(),
            Self::Check(faults) => faults.iter().map(CheckError::diagnostic).collect(),
            Self::Run { error, span } => vec![match span {
                Some(span) => error.diagnostic().at(*span, ""),
                None => error.diagnostic(),
            }],
        }
    }
}
