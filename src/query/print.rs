//! A query as text: the inverse of `parse`.
//!
//! What is printed parses to the same tree again, places aside. Brackets stand only where the
//! tree needs them.

mod expression;

use std::fmt::{self, Write};

use super::ast::{
    Attachment, Branch, Call, Clause, Direction, Duplicates, Expression, ExpressionKind, Headers,
    Imports, LabelExpression, Length, Link, Literal, Mode, Name, Necessity, NodePattern,
    PathPattern, Projection, Query, Reach, RelationshipPattern, RemoveItem, RepeatedPattern,
    Repetition, Selector, SetItem, Shortest, SortDirection, SubqueryCall, Yield,
};

pub(super) use self::expression::{binary_sign, comparison_sign, write_literal};

use self::expression::{bracketed, write_beside_bar, write_expression};

/// `query` as text, one clause a line.
pub fn print(query: &Query) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    if write_query(&mut out, query, "\n").is_err() {
        out.clear();
    }
    out
}

/// `expression` as text.
pub fn print_expression(expression: &Expression) -> String {
    let mut out = String::new();
    if write_expression(&mut out, expression).is_err() {
        out.clear();
    }
    out
}

fn write_query(out: &mut String, query: &Query, between: &str) -> fmt::Result {
    match query.mode {
        Mode::Run => {}
        Mode::Explain => out.push_str("EXPLAIN "),
        Mode::Profile => out.push_str("PROFILE "),
    }
    write_branch(out, &query.first, between)?;
    for union in &query.unions {
        out.push_str(between);
        out.push_str(match union.duplicates {
            Duplicates::Keep => "UNION ALL",
            Duplicates::Remove => "UNION",
        });
        out.push_str(between);
        write_branch(out, &union.branch, between)?;
    }
    Ok(())
}

fn write_branch(out: &mut String, branch: &Branch, between: &str) -> fmt::Result {
    separated(out, &branch.clauses, between, write_clause)
}

/// Writes `items` with `between` in between.
fn separated<T>(
    out: &mut String,
    items: &[T],
    between: &str,
    mut write_item: impl FnMut(&mut String, &T) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write_item(out, item)?;
    }
    Ok(())
}

fn write_clause(out: &mut String, clause: &Clause) -> fmt::Result {
    match clause {
        Clause::Match(clause) => {
            out.push_str(match clause.necessity {
                Necessity::Required => "MATCH ",
                Necessity::Optional => "OPTIONAL MATCH ",
            });
            separated(out, &clause.patterns, ", ", write_path)?;
            write_condition(out, clause.condition.as_ref())
        }
        Clause::Unwind(clause) => {
            out.push_str("UNWIND ");
            write_expression(out, &clause.list)?;
            write!(out, " AS {}", variable(&clause.variable.text))
        }
        Clause::With(clause) => {
            out.push_str("WITH ");
            write_projection(out, &clause.projection)?;
            write_condition(out, clause.condition.as_ref())
        }
        Clause::Return(clause) => {
            out.push_str("RETURN ");
            write_projection(out, &clause.projection)
        }
        Clause::Create(clause) => {
            out.push_str("CREATE ");
            separated(out, &clause.patterns, ", ", write_path)
        }
        Clause::Merge(clause) => {
            out.push_str("MERGE ");
            write_path(out, &clause.pattern)?;
            if !clause.on_create.is_empty() {
                out.push_str(" ON CREATE SET ");
                separated(out, &clause.on_create, ", ", write_set_item)?;
            }
            if !clause.on_match.is_empty() {
                out.push_str(" ON MATCH SET ");
                separated(out, &clause.on_match, ", ", write_set_item)?;
            }
            Ok(())
        }
        Clause::Set(clause) => {
            out.push_str("SET ");
            separated(out, &clause.items, ", ", write_set_item)
        }
        Clause::Remove(clause) => {
            out.push_str("REMOVE ");
            separated(out, &clause.items, ", ", write_remove_item)
        }
        Clause::Delete(clause) => {
            out.push_str(match clause.attachment {
                Attachment::Keep => "DELETE ",
                Attachment::Detach => "DETACH DELETE ",
            });
            separated(out, &clause.expressions, ", ", write_expression)
        }
        Clause::Call(clause) => write_call(out, clause),
        Clause::Subquery(clause) => write_subquery_call(out, clause),
        Clause::LoadCsv(clause) => {
            out.push_str(match clause.headers {
                Headers::None => "LOAD CSV FROM ",
                Headers::FirstRecord => "LOAD CSV WITH HEADERS FROM ",
            });
            write_expression(out, &clause.source)?;
            write!(out, " AS {}", variable(&clause.variable.text))?;
            if let Some(separator) = clause.separator {
                out.push_str(" FIELDTERMINATOR ");
                write_literal(out, &Literal::String(separator.to_string()))?;
            }
            Ok(())
        }
        Clause::ForEach(clause) => {
            write!(out, "FOREACH ({} IN ", variable(&clause.variable.text))?;
            write_beside_bar(out, &clause.list, |_| true)?;
            out.push_str(" | ");
            separated(out, &clause.clauses, " ", write_clause)?;
            out.push(')');
            Ok(())
        }
    }
}

fn write_condition(out: &mut String, condition: Option<&Expression>) -> fmt::Result {
    if let Some(condition) = condition {
        out.push_str(" WHERE ");
        write_expression(out, condition)?;
    }
    Ok(())
}

fn write_subquery_call(out: &mut String, call: &SubqueryCall) -> fmt::Result {
    if call.necessity == Necessity::Optional {
        out.push_str("OPTIONAL ");
    }
    out.push_str("CALL ");
    match &call.imports {
        Imports::Unsaid => {}
        Imports::Everything => out.push_str("(*) "),
        Imports::Variables(names) => {
            out.push('(');
            separated(out, names, ", ", |out, name| {
                out.push_str(&variable(&name.text));
                Ok(())
            })?;
            out.push_str(") ");
        }
    }
    out.push_str("{ ");
    write_query(out, &call.query, " ")?;
    out.push_str(" }");
    Ok(())
}

fn write_call(out: &mut String, call: &Call) -> fmt::Result {
    if call.necessity == Necessity::Optional {
        out.push_str("OPTIONAL ");
    }
    write!(out, "CALL {}", dotted(&call.procedure.text))?;
    if let Some(arguments) = &call.arguments {
        out.push('(');
        separated(out, arguments, ", ", write_expression)?;
        out.push(')');
    }
    match &call.yields {
        Yield::Unsaid => Ok(()),
        Yield::Everything(_) => {
            out.push_str(" YIELD *");
            Ok(())
        }
        Yield::Items {
            items, condition, ..
        } => {
            out.push_str(" YIELD ");
            separated(out, items, ", ", |out, item| {
                out.push_str(&name(&item.field.text));
                // A field whose name is reserved would not be read as a variable.
                if item.variable.text != item.field.text
                    || variable(&item.field.text) != item.field.text
                {
                    write!(out, " AS {}", variable(&item.variable.text))?;
                }
                Ok(())
            })?;
            write_condition(out, condition.as_ref())
        }
    }
}

fn write_projection(out: &mut String, projection: &Projection) -> fmt::Result {
    if projection.duplicates == Duplicates::Remove {
        out.push_str("DISTINCT ");
    }
    if projection.reach == Reach::Everything {
        out.push('*');
        if !projection.items.is_empty() {
            out.push_str(", ");
        }
    }
    separated(out, &projection.items, ", ", |out, item| {
        write_expression(out, &item.expression)?;
        if let Some(alias) = &item.alias {
            write!(out, " AS {}", variable(&alias.text))?;
        }
        Ok(())
    })?;
    if !projection.order.is_empty() {
        out.push_str(" ORDER BY ");
        separated(out, &projection.order, ", ", |out, item| {
            write_expression(out, &item.expression)?;
            if item.direction == SortDirection::Descending {
                out.push_str(" DESC");
            }
            Ok(())
        })?;
    }
    if let Some(skip) = &projection.skip {
        out.push_str(" SKIP ");
        write_expression(out, skip)?;
    }
    if let Some(limit) = &projection.limit {
        out.push_str(" LIMIT ");
        write_expression(out, limit)?;
    }
    Ok(())
}

fn write_set_item(out: &mut String, item: &SetItem) -> fmt::Result {
    match item {
        SetItem::Property { of, key, value, .. } => {
            write_target(out, of)?;
            write!(out, ".{} = ", name(&key.text))?;
            write_expression(out, value)
        }
        SetItem::Replace {
            variable: of,
            value,
            ..
        } => {
            write!(out, "{} = ", variable(&of.text))?;
            write_expression(out, value)
        }
        SetItem::Add {
            variable: of,
            value,
            ..
        } => {
            write!(out, "{} += ", variable(&of.text))?;
            write_expression(out, value)
        }
        SetItem::Labels {
            variable: of,
            labels,
            ..
        } => {
            out.push_str(&variable(&of.text));
            write_names(out, labels)
        }
    }
}

fn write_remove_item(out: &mut String, item: &RemoveItem) -> fmt::Result {
    match item {
        RemoveItem::Property { of, key, .. } => {
            write_target(out, of)?;
            write!(out, ".{}", name(&key.text))
        }
        RemoveItem::Labels {
            variable: of,
            labels,
            ..
        } => {
            out.push_str(&variable(&of.text));
            write_names(out, labels)
        }
    }
}

/// The element whose property is set: a variable, a call, properties of those, or brackets.
fn write_target(out: &mut String, of: &Expression) -> fmt::Result {
    if let ExpressionKind::Property { of, key } = &of.kind {
        write_target(out, of)?;
        return write!(out, ".{}", name(&key.text));
    }
    let plain = matches!(
        &of.kind,
        ExpressionKind::Variable(_) | ExpressionKind::Function { .. }
    );
    if plain {
        return write_expression(out, of);
    }
    bracketed(out, of)
}

fn write_path(out: &mut String, path: &PathPattern) -> fmt::Result {
    if let Some(of) = &path.variable {
        write!(out, "{} = ", variable(&of.text))?;
    }
    if let Some(selector) = path.selector {
        match selector {
            Selector::Any(1) => out.push_str("ANY "),
            Selector::Any(count) => write!(out, "ANY {count} ")?,
            Selector::Shortest(1) => out.push_str("ANY SHORTEST "),
            Selector::Shortest(count) => write!(out, "SHORTEST {count} ")?,
            Selector::Groups(1) => out.push_str("ALL SHORTEST "),
            Selector::Groups(count) => write!(out, "SHORTEST {count} GROUPS ")?,
        }
    }
    match path.shortest {
        None => write_whole(out, path),
        Some(shortest) => {
            out.push_str(match shortest {
                Shortest::One => "shortestPath(",
                Shortest::All => "allShortestPaths(",
            });
            write_whole(out, path)?;
            out.push(')');
            Ok(())
        }
    }
}

/// Writes a chain, in brackets if something is asked of it as a whole.
fn write_whole(out: &mut String, path: &PathPattern) -> fmt::Result {
    if path.condition.is_none() {
        return write_chain(out, path);
    }
    out.push('(');
    write_chain(out, path)?;
    write_condition(out, path.condition.as_ref())?;
    out.push(')');
    Ok(())
}

fn write_chain(out: &mut String, path: &PathPattern) -> fmt::Result {
    write_node(out, &path.start)?;
    for step in &path.steps {
        match &step.link {
            Link::Relationship(relationship) => write_relationship(out, relationship)?,
            Link::Repeated(repeated) => write_repeated(out, repeated)?,
        }
        write_node(out, &step.node)?;
    }
    Ok(())
}

fn write_repeated(out: &mut String, repeated: &RepeatedPattern) -> fmt::Result {
    if let Some(relationship) = repeated.only_relationship() {
        write_relationship(out, relationship)?;
        return write_repetition(out, repeated.times);
    }
    out.push_str(" (");
    write_chain(out, &repeated.pattern)?;
    write_condition(out, repeated.condition.as_ref())?;
    out.push(')');
    write_repetition(out, repeated.times)?;
    out.push(' ');
    Ok(())
}

fn write_repetition(out: &mut String, times: Repetition) -> fmt::Result {
    match (times.least, times.most) {
        (0, None) => out.write_str("*"),
        (1, None) => out.write_str("+"),
        (least, None) => write!(out, "{{{least},}}"),
        (least, Some(most)) if least == most => write!(out, "{{{least}}}"),
        (least, Some(most)) => write!(out, "{{{least},{most}}}"),
    }
}

fn write_node(out: &mut String, node: &NodePattern) -> fmt::Result {
    out.push('(');
    if let Some(of) = &node.variable {
        out.push_str(&variable(&of.text));
    }
    if let Some(labels) = &node.labels {
        write_labels(out, labels)?;
    }
    write_details(
        out,
        node.variable.is_some() || node.labels.is_some(),
        node.properties.as_ref(),
        node.condition.as_ref(),
    )?;
    out.push(')');
    Ok(())
}

/// Writes what stands behind the names of a pattern's element: properties and condition.
fn write_details(
    out: &mut String,
    named: bool,
    properties: Option<&Expression>,
    condition: Option<&Expression>,
) -> fmt::Result {
    if let Some(properties) = properties {
        if named {
            out.push(' ');
        }
        write_expression(out, properties)?;
    }
    write_condition(out, condition)
}

/// Writes labels that are set or removed.
fn write_names(out: &mut String, labels: &[Name]) -> fmt::Result {
    labels
        .iter()
        .try_for_each(|label| write!(out, ":{}", name(&label.text)))
}

/// Writes what is asked of labels: labels that must all be there in the older form, `:A:B`.
fn write_labels(out: &mut String, labels: &LabelExpression) -> fmt::Result {
    if let Some(names) = labels.conjunction() {
        return names
            .into_iter()
            .try_for_each(|label| write!(out, ":{}", name(&label.text)));
    }
    out.push(':');
    out.push_str(&label_expression(labels));
    Ok(())
}

/// A label expression as text.
fn label_expression(labels: &LabelExpression) -> String {
    let joined = |parts: &[LabelExpression], sign: &str| {
        let parts: Vec<String> = parts.iter().map(label_operand).collect();
        parts.join(sign)
    };
    match labels {
        LabelExpression::Name(label) => name(&label.text),
        LabelExpression::Any => "%".to_owned(),
        LabelExpression::Not(inner) => format!("!{}", label_operand(inner)),
        LabelExpression::All(parts) => joined(parts, "&"),
        LabelExpression::Either(parts) => joined(parts, "|"),
    }
}

/// A part of a label expression, in brackets if it has parts of its own.
fn label_operand(part: &LabelExpression) -> String {
    match part {
        LabelExpression::Name(_) | LabelExpression::Any | LabelExpression::Not(_) => {
            label_expression(part)
        }
        LabelExpression::All(_) | LabelExpression::Either(_) => {
            format!("({})", label_expression(part))
        }
    }
}

fn write_relationship(out: &mut String, pattern: &RelationshipPattern) -> fmt::Result {
    if pattern.direction == Direction::Incoming {
        out.push('<');
    }
    out.push('-');
    let plain = pattern.variable.is_none()
        && pattern.types.is_none()
        && pattern.length.is_none()
        && pattern.properties.is_none()
        && pattern.condition.is_none();
    if !plain {
        out.push('[');
        if let Some(of) = &pattern.variable {
            out.push_str(&variable(&of.text));
        }
        if let Some(types) = &pattern.types {
            out.push(':');
            out.push_str(&label_expression(types));
        }
        if let Some(length) = pattern.length {
            write_length(out, length)?;
        }
        // A blank keeps the braces of properties from what stands in front of them.
        write_details(
            out,
            true,
            pattern.properties.as_ref(),
            pattern.condition.as_ref(),
        )?;
        out.push(']');
    }
    out.push('-');
    if pattern.direction == Direction::Outgoing {
        out.push('>');
    }
    Ok(())
}

fn write_length(out: &mut String, length: Length) -> fmt::Result {
    out.push('*');
    match (length.least, length.most) {
        (None, None) => Ok(()),
        (Some(least), Some(most)) if least == most => write!(out, "{least}"),
        (least, most) => {
            if let Some(least) = least {
                write!(out, "{least}")?;
            }
            out.push_str("..");
            if let Some(most) = most {
                write!(out, "{most}")?;
            }
            Ok(())
        }
    }
}

/// Words that are not printed as variables, in lower case: those the grammar reserves, and those
/// that other readers of the language do.
const RESERVED: &[&str] = &[
    "and",
    "as",
    "asc",
    "ascending",
    "by",
    "case",
    "contains",
    "create",
    "delete",
    "desc",
    "descending",
    "detach",
    "distinct",
    "else",
    "end",
    "ends",
    "exists",
    "false",
    "in",
    "is",
    "limit",
    "match",
    "merge",
    "not",
    "null",
    "on",
    "optional",
    "or",
    "order",
    "remove",
    "return",
    "set",
    "skip",
    "starts",
    "then",
    "true",
    "union",
    "unwind",
    "when",
    "where",
    "with",
    "xor",
];

fn is_plain(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|rest| rest.is_ascii_alphanumeric() || rest == '_')
}

fn escaped(text: &str) -> String {
    format!("`{}`", text.replace('`', "``"))
}

/// A label, type or key; in backticks where it needs them.
pub(super) fn name(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        escaped(text)
    }
}

/// A variable; in backticks where it needs them.
fn variable(text: &str) -> String {
    let reserved = RESERVED.contains(&text.to_ascii_lowercase().as_str());
    if is_plain(text) && !reserved {
        text.to_owned()
    } else {
        escaped(text)
    }
}

fn parameter(text: &str) -> String {
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if number { text.to_owned() } else { name(text) }
}

/// A name with name spaces.
fn dotted(text: &str) -> String {
    let parts: Vec<String> = text.split('.').map(name).collect();
    parts.join(".")
}
