//! `CALL`: the procedure, its arguments, and what is taken over.

use crate::base::{Span, nearest};

use super::super::ast::{self, Yield};
use super::super::checked::{Clause, Expression, ExpressionKind, Slot};
use super::super::error::{CheckError, CheckFault};
use super::super::procedure::known_elsewhere;
use super::super::signature::{ProcedureSignature, Type};
use super::Checker;
use super::aggregate::has_aggregate;
use super::expression::{Place, shared};
use super::kind::Kind;
use super::scope::Scope;

/// A call, the columns it gives if it is the whole query, and the scope behind it.
pub(super) type Called = (Clause, Vec<(String, Slot)>, Scope);

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        call: &ast::Call,
        scope: &Scope,
        alone: bool,
    ) -> Result<Called, CheckError> {
        let Some(signature) = self.surroundings.procedures.get(&call.procedure.text) else {
            let fault = CheckFault::ProcedureNotFound(call.procedure.text.clone());
            let error = CheckError::new(fault, call.procedure.span);
            let known = self.surroundings.procedures.keys().map(String::as_str);
            let near = nearest(&call.procedure.text, known);
            return Err(
                match near.or_else(|| known_elsewhere(&call.procedure.text)) {
                    Some(near) => error.with_help(format!("did you mean `{near}`?")),
                    None => error,
                },
            );
        };
        let arguments = match &call.arguments {
            Some(arguments) => self.arguments(call, arguments, signature, scope)?,
            None if alone => self.implicit_arguments(call, signature)?,
            None => {
                let name = call.procedure.text.clone();
                let fault = CheckFault::InvalidArgumentPassingMode(name);
                return Err(CheckError::new(fault, call.span));
            }
        };
        let mut behind = scope.clone();
        let mut outputs = Vec::new();
        let mut columns = Vec::new();
        let mut condition = None;
        match &call.yields {
            Yield::Unsaid | Yield::Everything(_) => {
                if let (Yield::Everything(span), false) = (&call.yields, alone) {
                    let fault = CheckFault::UnexpectedSyntax(
                        "YIELD * can stand only in a call that is the whole query",
                    );
                    return Err(CheckError::new(fault, *span));
                }
                if alone {
                    for (index, field) in signature.outputs.iter().enumerate() {
                        let slot = self.slots.fresh();
                        outputs.push((index, slot));
                        columns.push((field.name.clone(), slot));
                    }
                }
            }
            Yield::Items {
                items,
                condition: written,
                ..
            } => {
                for item in items {
                    let (index, slot) = self.output(item, signature, &mut behind)?;
                    outputs.push((index, slot));
                    columns.push((item.variable.text.clone(), slot));
                }
                condition = written
                    .as_ref()
                    .map(|written| self.condition(written, &Place::plain(&behind)))
                    .transpose()?;
            }
        }
        let clause = Clause::Call {
            necessity: call.necessity,
            procedure: shared(&call.procedure.text),
            arguments,
            outputs,
            condition,
        };
        Ok((clause, columns, behind))
    }

    fn output(
        &mut self,
        item: &ast::YieldItem,
        signature: &ProcedureSignature,
        behind: &mut Scope,
    ) -> Result<(usize, Slot), CheckError> {
        let found = signature
            .outputs
            .iter()
            .enumerate()
            .find(|(_, field)| field.name == item.field.text);
        let Some((index, field)) = found else {
            let fault = CheckFault::UndefinedVariable(item.field.text.clone());
            let known: Vec<&str> = signature
                .outputs
                .iter()
                .map(|field| field.name.as_str())
                .collect();
            return Err(CheckError::new(fault, item.field.span)
                .with_help(format!("the procedure gives {}", known.join(", "))));
        };
        if behind.binding(&item.variable.text).is_some() {
            let fault = CheckFault::VariableAlreadyBound(item.variable.text.clone());
            return Err(CheckError::new(fault, item.variable.span));
        }
        let slot = self.slots.fresh();
        behind.bind(&item.variable.text, slot, Kind::of_type(&field.kind));
        Ok((index, slot))
    }

    fn arguments(
        &mut self,
        call: &ast::Call,
        arguments: &[ast::Expression],
        signature: &ProcedureSignature,
        scope: &Scope,
    ) -> Result<Vec<Expression>, CheckError> {
        let (least, most) = (signature.required(), signature.inputs.len());
        if !(least..=most).contains(&arguments.len()) {
            let fault = CheckFault::InvalidNumberOfArguments {
                name: call.procedure.text.clone(),
                wanted: if least == most {
                    most.to_string()
                } else {
                    format!("{least} to {most}")
                },
                given: arguments.len(),
            };
            return Err(CheckError::new(fault, call.span).with_help(format!("it is {signature}")));
        }
        let mut values = Vec::with_capacity(most);
        for (argument, field) in arguments.iter().zip(&signature.inputs) {
            if has_aggregate(argument) {
                let fault = CheckFault::InvalidAggregation("an aggregate".to_owned());
                return Err(CheckError::new(fault, argument.span));
            }
            let (value, kind) = self.value(argument, &Place::plain(scope))?;
            if !accepts(&field.kind, &kind) {
                let fault = CheckFault::InvalidArgumentType {
                    what: format!("`{}`", field.name),
                    wanted: field.kind.to_string(),
                    given: kind.name().to_owned(),
                };
                return Err(CheckError::new(fault, argument.span));
            }
            values.push(value);
        }
        values.resize_with(most, || left_out(call.span));
        Ok(values)
    }

    /// The arguments from the parameters of the same names.
    fn implicit_arguments(
        &mut self,
        call: &ast::Call,
        signature: &ProcedureSignature,
    ) -> Result<Vec<Expression>, CheckError> {
        signature
            .inputs
            .iter()
            .map(|field| {
                if !self.surroundings.parameters.contains(&field.name) {
                    if field.default.is_some() {
                        return Ok(left_out(call.span));
                    }
                    let fault = CheckFault::MissingParameter(field.name.clone());
                    return Err(CheckError::new(fault, call.span));
                }
                let parameter = ExpressionKind::Parameter(shared(&field.name));
                Ok(Expression::new(parameter, call.span))
            })
            .collect()
    }
}

/// What stands for an argument that is left out.
fn left_out(span: Span) -> Expression {
    Expression::new(ExpressionKind::Literal(ast::Literal::Null), span)
}

/// Whether a field takes values of `kind`: integers stand for floats.
fn accepts(wanted: &Type, kind: &Kind) -> bool {
    match wanted {
        Type::Any => true,
        Type::Float | Type::Number => kind.may_be_number(),
        Type::List(item) => {
            if let Kind::List(given) = kind {
                accepts(item, given)
            } else {
                kind.is_open()
            }
        }
        Type::Integer => kind.is_open() || matches!(kind, Kind::Integer | Kind::Number),
        Type::Boolean | Type::String | Type::Map | Type::Node | Type::Relationship | Type::Path => {
            kind.fits(&Kind::of_type(wanted))
        }
    }
}
