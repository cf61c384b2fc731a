//! What to do about a fault, where the place that found it knows nothing better.

use super::error::{CheckFault, RunError};

/// What to do about a query that cannot mean anything.
pub(super) fn of_check(fault: &CheckFault) -> String {
    let text = match fault {
        CheckFault::UndefinedVariable(_) => "bring it in with MATCH, UNWIND, WITH or CREATE first",
        CheckFault::VariableAlreadyBound(name) => {
            return format!("choose another name, or say `({name})` to mean the same thing");
        }
        CheckFault::VariableTypeConflict { .. } => "choose another name for one of the two",
        CheckFault::RelationshipUniquenessViolation(_) => {
            "one match never walks a relationship twice: give the second its own name"
        }
        CheckFault::InvalidAggregation(name) => {
            return format!("compute it before: WITH …, {name}(…) AS value WHERE value > 1");
        }
        CheckFault::NestedAggregation => {
            "compute the inner one first: WITH …, count(*) AS n RETURN max(n)"
        }
        CheckFault::AmbiguousAggregationExpression(_) => {
            "return it as a column of its own to group by it"
        }
        CheckFault::ColumnNameConflict(_) => "name one of them otherwise: AS …",
        CheckFault::NoVariablesInScope => "name the columns, or find something first: MATCH (n)",
        CheckFault::NoExpressionAlias => "name it: expression AS name",
        CheckFault::DifferentColumnsInUnion => "give the columns the same names with AS",
        CheckFault::CollectedColumns(_) => "return one column; several go into a map or a list",
        CheckFault::InvalidClauseComposition(_) => "begin a new part of the query with WITH",
        CheckFault::NonConstantExpression(_) => {
            "only literals, parameters and functions of them can stand here"
        }
        CheckFault::NegativeIntegerArgument(_) => "write 0 or more",
        CheckFault::InvalidArgumentType { wanted, .. } => of_type(wanted),
        CheckFault::PropertyOfNonMap(_) => {
            "nodes, relationships, maps and points in time have properties"
        }
        CheckFault::InvalidNumberOfArguments { name, .. } => {
            return format!("count what stands between the brackets of {name}(…)");
        }
        CheckFault::InvalidArgumentPassingMode(name) => {
            return format!("write CALL {name}(…) with the arguments, or () if there are none");
        }
        CheckFault::UnknownFunction(_) => "look the name up in the list of functions",
        CheckFault::ProcedureNotFound(_) => "look the name up in the list of procedures",
        CheckFault::InvalidParameterUse => {
            "write the properties out: {key: $value}, or set them behind: SET n += $map"
        }
        CheckFault::MissingParameter(name) => return missing_parameter(name),
        CheckFault::CreatingVarLength => "create each relationship: (a)-[:T]->()-[:T]->(b)",
        CheckFault::RequiresDirectedRelationship => "say which way it goes: -[:T]-> or <-[:T]-",
        CheckFault::NoSingleRelationshipType => "say which: -[:TYPE]->",
        CheckFault::InvalidDelete(_) => "REMOVE takes labels and properties away",
        CheckFault::UnexpectedSyntax(_) => "write it otherwise",
    };
    text.to_owned()
}

/// How to get a value of the type that is wanted.
fn of_type(wanted: &str) -> &'static str {
    if wanted.contains("boolean") || wanted.contains("true") {
        "a comparison gives a boolean: x = 1, x IS NOT NULL"
    } else if wanted.contains("integer") {
        "toInteger(x) makes an integer"
    } else if wanted.contains("number") {
        "toInteger(x) and toFloat(x) make numbers"
    } else if wanted.contains("list") {
        "a list stands in square brackets: [x]"
    } else if wanted.contains("string") {
        "toString(x) makes a string"
    } else if wanted.contains("node") || wanted.contains("relationship") || wanted.contains("path")
    {
        "nodes, relationships and paths come from patterns: MATCH p = (n)-[r]->()"
    } else {
        "look at the value that is given"
    }
}

fn missing_parameter(name: &str) -> String {
    format!("give it with `--param {name}=VALUE`, in the shell with `:param {name}=VALUE`")
}

/// What to do about what only the data showed.
pub(super) fn of_run(error: &RunError) -> String {
    let text = match error {
        RunError::UnknownOption { help, .. }
        | RunError::UnknownRelationType { help, .. }
        | RunError::UnknownWeight {
            help: Some(help), ..
        } => return help.to_string(),
        RunError::UnknownWeight { help: None, .. } => "name a property that relationships have",
        RunError::FilesForbidden => "the program that runs the query must allow it to read files",
        RunError::RemoteFile { .. } => "fetch it first, and name the file it is in",
        RunError::UnreadableFile { .. } => "look at the name, and at who may read the file",
        RunError::BadCsv { .. } => "mend that line, or the field terminator",
        RunError::InvalidArgumentType { wanted, .. } => of_type(wanted),
        RunError::NoInteger { .. } => "toInteger(x) makes an integer",
        RunError::InvalidArgumentValue { .. } | RunError::NumberOutOfRange { .. } => {
            "look at the value that is given; CASE or WHERE can leave such values out"
        }
        RunError::InvalidPropertyType { .. } => {
            "a property holds a boolean, a number, a string, a time, or a list of one kind of these"
        }
        RunError::MapElementAccessByNonString { .. } => "write map['key'] or map.key",
        RunError::ListElementAccessByNonInteger { .. } => "write list[0] for the first item",
        RunError::NegativeIntegerArgument { .. } => "give 0 or more",
        RunError::NoRangeBorder { .. } => "round first: toInteger(x)",
        RunError::IntegerOverflow => "compute with floats: toFloat(x)",
        RunError::DivisionByZero => "leave zeros out: WHERE x <> 0; a float may be divided by zero",
        RunError::DeletedEntityAccess { .. } => {
            "read what is needed before DELETE: WITH n, n.key AS key"
        }
        RunError::DeleteConnectedNode { .. } => "DETACH DELETE deletes the relationships with it",
        RunError::MergeReadOwnWrites { .. } => {
            "leave the property out, or give a value: coalesce(x, 'unknown')"
        }
        RunError::MissingParameter { name } => return missing_parameter(name),
        RunError::Cancelled => "nothing was changed",
        RunError::TimeLimit { .. } => {
            "nothing was changed; `--timeout SECONDS` allows more, PROFILE shows what takes long"
        }
        RunError::RowLimit { .. } => "LIMIT gives fewer; `--max-rows N` allows more",
        RunError::MemoryLimit { .. } => {
            "nothing was changed; `--max-memory MIB` allows more, PROFILE shows what holds many rows"
        }
        RunError::TooDeep => "flatten lists of lists before they grow",
        RunError::Unsound(_) => "this is a fault of whom: please report the query",
    };
    text.to_owned()
}
