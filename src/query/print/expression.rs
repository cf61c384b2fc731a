//! Expressions as text: brackets stand only where the tree needs them.

use std::fmt::{self, Write};

use super::super::ast::{
    BinaryOperator, ComparisonOperator, Duplicates, Expression, ExpressionKind, LabelExpression,
    Literal, LogicalOperator, MapProjectionItem, Name, Quantifier, SubqueryBody, UnaryOperator,
};
use super::{
    dotted, name, parameter, separated, variable, write_condition, write_labels, write_path,
    write_query,
};

/// How strongly the outermost operator of an expression binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Or,
    Xor,
    And,
    Not,
    Comparison,
    Predicate,
    Sum,
    Product,
    Power,
    Sign,
    Postfix,
    Atom,
}

fn strength(expression: &Expression) -> Strength {
    match &expression.kind {
        ExpressionKind::Logical { operator, .. } => match operator {
            LogicalOperator::Or => Strength::Or,
            LogicalOperator::Xor => Strength::Xor,
            LogicalOperator::And => Strength::And,
        },
        ExpressionKind::Unary { operator, .. } => match operator {
            UnaryOperator::Not => Strength::Not,
            UnaryOperator::Minus | UnaryOperator::Plus => Strength::Sign,
            UnaryOperator::IsNull | UnaryOperator::IsNotNull => Strength::Predicate,
        },
        ExpressionKind::IsTyped { .. } => Strength::Predicate,
        ExpressionKind::Comparison { .. } => Strength::Comparison,
        ExpressionKind::Binary { operator, .. } => match operator {
            BinaryOperator::Add | BinaryOperator::Concatenate | BinaryOperator::Subtract => {
                Strength::Sum
            }
            BinaryOperator::Multiply | BinaryOperator::Divide | BinaryOperator::Remainder => {
                Strength::Product
            }
            BinaryOperator::Power => Strength::Power,
            BinaryOperator::In
            | BinaryOperator::StartsWith
            | BinaryOperator::EndsWith
            | BinaryOperator::Contains
            | BinaryOperator::MatchesRegex => Strength::Predicate,
        },
        ExpressionKind::Property { .. }
        | ExpressionKind::HasLabels { .. }
        | ExpressionKind::Index { .. }
        | ExpressionKind::Slice { .. } => Strength::Postfix,
        // The sign of a number binds more loosely than what is written behind it: `-1.key`.
        ExpressionKind::Literal(Literal::Integer(number)) if *number < 0 => Strength::Sign,
        ExpressionKind::Literal(Literal::Float(number)) if number.is_sign_negative() => {
            Strength::Sign
        }
        // A path in front of further operators would run on into them: `(a)--(b)-1`.
        ExpressionKind::Pattern(_) => Strength::Or,
        ExpressionKind::Literal(_)
        | ExpressionKind::Parameter(_)
        | ExpressionKind::Variable(_)
        | ExpressionKind::List(_)
        | ExpressionKind::Map(_)
        | ExpressionKind::MapProjection { .. }
        | ExpressionKind::Case { .. }
        | ExpressionKind::Function { .. }
        | ExpressionKind::CountAll
        | ExpressionKind::ListComprehension { .. }
        | ExpressionKind::PatternComprehension { .. }
        | ExpressionKind::Quantifier { .. }
        | ExpressionKind::Reduce { .. }
        | ExpressionKind::Subquery { .. } => Strength::Atom,
    }
}

/// Writes an operand that must bind at least as strongly as `least`, in brackets if it does not.
fn write_operand(out: &mut String, operand: &Expression, least: Strength) -> fmt::Result {
    let stands_alone =
        matches!(&operand.kind, ExpressionKind::Pattern(_)) && least <= Strength::Not;
    if strength(operand) >= least || stands_alone {
        return write_expression(out, operand);
    }
    bracketed(out, operand)
}

/// Whether a number stands before the first key or index of `expression`.
fn begins_with_number(expression: &Expression) -> bool {
    let mut at = expression;
    while let ExpressionKind::Property { of, .. }
    | ExpressionKind::HasLabels { of, .. }
    | ExpressionKind::Index { of, .. }
    | ExpressionKind::Slice { of, .. } = &at.kind
    {
        at = of;
    }
    matches!(
        &at.kind,
        ExpressionKind::Literal(Literal::Integer(_) | Literal::Float(_))
    )
}

pub(super) fn bracketed(out: &mut String, expression: &Expression) -> fmt::Result {
    out.push('(');
    write_expression(out, expression)?;
    out.push(')');
    Ok(())
}

/// The next stronger one.
fn above(strength: Strength) -> Strength {
    match strength {
        Strength::Or => Strength::Xor,
        Strength::Xor => Strength::And,
        Strength::And => Strength::Not,
        Strength::Not => Strength::Comparison,
        Strength::Comparison => Strength::Predicate,
        Strength::Predicate => Strength::Sum,
        Strength::Sum => Strength::Product,
        Strength::Product => Strength::Power,
        Strength::Power => Strength::Sign,
        Strength::Sign => Strength::Postfix,
        Strength::Postfix | Strength::Atom => Strength::Atom,
    }
}

pub(super) fn write_expression(out: &mut String, expression: &Expression) -> fmt::Result {
    let own = strength(expression);
    match &expression.kind {
        ExpressionKind::Literal(literal) => write_literal(out, literal),
        ExpressionKind::Parameter(of) => write!(out, "${}", parameter(&of.text)),
        ExpressionKind::Variable(of) => {
            out.push_str(&variable(of));
            Ok(())
        }
        ExpressionKind::List(items) => {
            out.push('[');
            match items.as_slice() {
                // `[x IN y]` would be read as a comprehension.
                [only] => write_list_item(out, only)?,
                _ => separated(out, items, ", ", write_expression)?,
            }
            out.push(']');
            Ok(())
        }
        ExpressionKind::Map(entries) => {
            out.push('{');
            separated(out, entries, ", ", |out, (key, value)| {
                write!(out, "{}: ", name(&key.text))?;
                write_expression(out, value)
            })?;
            out.push('}');
            Ok(())
        }
        ExpressionKind::MapProjection { of, items } => write_map_projection(out, of, items),
        ExpressionKind::Property { of, key } => {
            write_operand(out, of, own)?;
            write!(out, ".{}", name(&key.text))
        }
        ExpressionKind::HasLabels { of, labels } => {
            // `a:B:C` is one test of two labels.
            let inner = if matches!(&of.kind, ExpressionKind::HasLabels { .. }) {
                Strength::Atom
            } else {
                own
            };
            write_operand(out, of, inner)?;
            write_labels(out, labels)
        }
        ExpressionKind::IsTyped { of, wanted } => {
            write_operand(out, of, own)?;
            write!(out, " IS :: {wanted}")
        }
        ExpressionKind::Index { of, index } => {
            write_operand(out, of, own)?;
            out.push('[');
            write_expression(out, index)?;
            out.push(']');
            Ok(())
        }
        ExpressionKind::Slice { of, from, to } => {
            write_operand(out, of, own)?;
            out.push('[');
            if let Some(from) = from {
                write_expression(out, from)?;
            }
            out.push_str("..");
            if let Some(to) = to {
                write_expression(out, to)?;
            }
            out.push(']');
            Ok(())
        }
        ExpressionKind::Unary { operator, operand } => write_unary(out, *operator, operand),
        ExpressionKind::Binary {
            operator,
            left,
            right,
        } => {
            write_operand(out, left, own)?;
            write!(out, " {} ", binary_sign(*operator))?;
            write_operand(out, right, above(own))
        }
        ExpressionKind::Logical { operator, operands } => {
            let sign = match operator {
                LogicalOperator::And => " AND ",
                LogicalOperator::Or => " OR ",
                LogicalOperator::Xor => " XOR ",
            };
            separated(out, operands, sign, |out, operand| {
                write_operand(out, operand, above(own))
            })
        }
        ExpressionKind::Comparison { first, rest } => {
            write_operand(out, first, above(own))?;
            for (operator, operand) in rest {
                write!(out, " {} ", comparison_sign(*operator))?;
                write_operand(out, operand, above(own))?;
            }
            Ok(())
        }
        ExpressionKind::Case {
            operand,
            branches,
            otherwise,
        } => write_case(out, operand.as_deref(), branches, otherwise.as_deref()),
        ExpressionKind::Function {
            name,
            duplicates,
            arguments,
        } => {
            write!(out, "{}(", dotted(&name.text))?;
            if *duplicates == Duplicates::Remove {
                out.push_str("DISTINCT ");
            }
            separated(out, arguments, ", ", write_expression)?;
            out.push(')');
            Ok(())
        }
        ExpressionKind::CountAll => {
            out.push_str("count(*)");
            Ok(())
        }
        ExpressionKind::ListComprehension {
            variable: item,
            list,
            condition,
            result,
        } => {
            write!(out, "[{} IN ", variable(&item.text))?;
            // A bar behind labels could belong to them.
            write_beside_bar(out, list, |_| true)?;
            match (condition, result) {
                // Without a result behind it, the last bar would begin one.
                (Some(condition), None) => {
                    out.push_str(" WHERE ");
                    write_beside_bar(out, condition, has_bar)?;
                }
                (condition, _) => write_condition(out, condition.as_deref())?,
            }
            if let Some(result) = result {
                out.push_str(" | ");
                // A bar in the result would leave the one before it to the condition.
                write_beside_bar(out, result, has_bar)?;
            }
            out.push(']');
            Ok(())
        }
        ExpressionKind::PatternComprehension {
            pattern,
            condition,
            result,
        } => {
            out.push('[');
            write_path(out, pattern)?;
            write_condition(out, condition.as_deref())?;
            out.push_str(" | ");
            write_beside_bar(out, result, has_bar)?;
            out.push(']');
            Ok(())
        }
        ExpressionKind::Quantifier {
            quantifier,
            variable: item,
            list,
            condition,
        } => {
            let name = match quantifier {
                Quantifier::All => "all",
                Quantifier::Any => "any",
                Quantifier::None => "none",
                Quantifier::Single => "single",
            };
            write!(out, "{name}({} IN ", variable(&item.text))?;
            write_expression(out, list)?;
            write_condition(out, condition.as_deref())?;
            out.push(')');
            Ok(())
        }
        ExpressionKind::Reduce {
            accumulator,
            initial,
            variable: item,
            list,
            step,
        } => {
            write!(out, "reduce({} = ", variable(&accumulator.text))?;
            write_expression(out, initial)?;
            write!(out, ", {} IN ", variable(&item.text))?;
            write_beside_bar(out, list, |_| true)?;
            out.push_str(" | ");
            write_expression(out, step)?;
            out.push(')');
            Ok(())
        }
        ExpressionKind::Pattern(path) => write_path(out, path),
        ExpressionKind::Subquery { question, body } => {
            write!(out, "{} {{ ", question.keyword())?;
            match body {
                SubqueryBody::Patterns {
                    patterns,
                    condition,
                } => {
                    separated(out, patterns, ", ", write_path)?;
                    write_condition(out, condition.as_deref())?;
                }
                SubqueryBody::Query(query) => write_query(out, query, " ")?,
            }
            out.push_str(" }");
            Ok(())
        }
    }
}

/// Writes `expression`, in brackets if it has labels outside brackets for which `clash` holds.
pub(super) fn write_beside_bar(
    out: &mut String,
    expression: &Expression,
    clash: fn(&LabelExpression) -> bool,
) -> fmt::Result {
    if has_open_labels(expression, clash) {
        return bracketed(out, expression);
    }
    write_expression(out, expression)
}

fn has_bar(labels: &LabelExpression) -> bool {
    matches!(labels, LabelExpression::Either(_))
}

fn has_open_labels(expression: &Expression, clash: fn(&LabelExpression) -> bool) -> bool {
    let open = |operand: &Expression| has_open_labels(operand, clash);
    match &expression.kind {
        ExpressionKind::HasLabels { of, labels } => clash(labels) || open(of),
        // The types of a union stand between bars as labels do.
        ExpressionKind::IsTyped { .. } => clash(&LabelExpression::Either(Vec::new())),
        ExpressionKind::Property { of, .. }
        | ExpressionKind::Index { of, .. }
        | ExpressionKind::Slice { of, .. } => open(of),
        ExpressionKind::Unary { operand, .. } => open(operand),
        ExpressionKind::Binary { left, right, .. } => open(left) || open(right),
        ExpressionKind::Logical { operands, .. } => operands.iter().any(open),
        ExpressionKind::Comparison { first, rest } => {
            open(first) || rest.iter().any(|(_, operand)| open(operand))
        }
        ExpressionKind::Literal(_)
        | ExpressionKind::Parameter(_)
        | ExpressionKind::Variable(_)
        | ExpressionKind::List(_)
        | ExpressionKind::Map(_)
        | ExpressionKind::MapProjection { .. }
        | ExpressionKind::Case { .. }
        | ExpressionKind::Function { .. }
        | ExpressionKind::CountAll
        | ExpressionKind::ListComprehension { .. }
        | ExpressionKind::PatternComprehension { .. }
        | ExpressionKind::Quantifier { .. }
        | ExpressionKind::Reduce { .. }
        | ExpressionKind::Pattern(_)
        | ExpressionKind::Subquery { .. } => false,
    }
}

fn write_list_item(out: &mut String, item: &Expression) -> fmt::Result {
    let begins_with_in = matches!(
        &item.kind,
        ExpressionKind::Binary { .. }
            | ExpressionKind::Comparison { .. }
            | ExpressionKind::Logical { .. }
    );
    if begins_with_in {
        return bracketed(out, item);
    }
    write_expression(out, item)
}

fn write_unary(out: &mut String, operator: UnaryOperator, operand: &Expression) -> fmt::Result {
    match operator {
        UnaryOperator::Not => {
            out.push_str("NOT ");
            write_operand(out, operand, Strength::Not)
        }
        UnaryOperator::Minus | UnaryOperator::Plus => {
            out.push(if operator == UnaryOperator::Minus {
                '-'
            } else {
                '+'
            });
            // `-1` is a number, `-(1)` an operator and a number, and so is `-(1.key)`; `--` would
            // begin a relationship.
            let confusing = begins_with_number(operand)
                || matches!(
                    &operand.kind,
                    ExpressionKind::Literal(_) | ExpressionKind::Unary { .. }
                );
            if confusing {
                bracketed(out, operand)
            } else {
                write_operand(out, operand, Strength::Sign)
            }
        }
        UnaryOperator::IsNull => {
            write_operand(out, operand, Strength::Predicate)?;
            out.push_str(" IS NULL");
            Ok(())
        }
        UnaryOperator::IsNotNull => {
            write_operand(out, operand, Strength::Predicate)?;
            out.push_str(" IS NOT NULL");
            Ok(())
        }
    }
}

fn write_map_projection(out: &mut String, of: &Name, items: &[MapProjectionItem]) -> fmt::Result {
    write!(out, "{} {{", variable(&of.text))?;
    separated(out, items, ", ", |out, item| match item {
        MapProjectionItem::Property(key) => write!(out, ".{}", name(&key.text)),
        MapProjectionItem::Everything => {
            out.push_str(".*");
            Ok(())
        }
        MapProjectionItem::Entry(key, value) => {
            write!(out, "{}: ", name(&key.text))?;
            write_expression(out, value)
        }
        MapProjectionItem::Variable(of) => {
            out.push_str(&variable(&of.text));
            Ok(())
        }
    })?;
    out.push('}');
    Ok(())
}

fn write_case(
    out: &mut String,
    operand: Option<&Expression>,
    branches: &[(Expression, Expression)],
    otherwise: Option<&Expression>,
) -> fmt::Result {
    out.push_str("CASE");
    if let Some(operand) = operand {
        out.push(' ');
        write_expression(out, operand)?;
    }
    for (condition, result) in branches {
        out.push_str(" WHEN ");
        write_expression(out, condition)?;
        out.push_str(" THEN ");
        write_expression(out, result)?;
    }
    if let Some(otherwise) = otherwise {
        out.push_str(" ELSE ");
        write_expression(out, otherwise)?;
    }
    out.push_str(" END");
    Ok(())
}

pub(in crate::query) fn write_literal(out: &mut String, literal: &Literal) -> fmt::Result {
    match literal {
        Literal::Null => out.write_str("null"),
        Literal::Boolean(truth) => write!(out, "{truth}"),
        Literal::Integer(number) => write!(out, "{number}"),
        Literal::Float(number) => write!(out, "{number:?}"),
        Literal::String(text) => {
            out.push('\'');
            for character in text.chars() {
                match character {
                    '\\' => out.push_str("\\\\"),
                    '\'' => out.push_str("\\'"),
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    _ => out.push(character),
                }
            }
            out.push('\'');
            Ok(())
        }
    }
}

pub(in crate::query) fn binary_sign(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Add => "+",
        BinaryOperator::Concatenate => "||",
        BinaryOperator::Subtract => "-",
        BinaryOperator::Multiply => "*",
        BinaryOperator::Divide => "/",
        BinaryOperator::Remainder => "%",
        BinaryOperator::Power => "^",
        BinaryOperator::In => "IN",
        BinaryOperator::StartsWith => "STARTS WITH",
        BinaryOperator::EndsWith => "ENDS WITH",
        BinaryOperator::Contains => "CONTAINS",
        BinaryOperator::MatchesRegex => "=~",
    }
}

pub(in crate::query) fn comparison_sign(operator: ComparisonOperator) -> &'static str {
    match operator {
        ComparisonOperator::Equal => "=",
        ComparisonOperator::NotEqual => "<>",
        ComparisonOperator::Less => "<",
        ComparisonOperator::LessOrEqual => "<=",
        ComparisonOperator::Greater => ">",
        ComparisonOperator::GreaterOrEqual => ">=",
    }
}
