//! `WITH` and `RETURN`: what goes on, how rows are gathered and sorted.
//!
//! A projection that aggregates groups by those of its items that do not. An item that does both
//! may read, outside its aggregates, only constants and grouping keys that are variables or
//! properties; anything else would be ambiguous.

use std::collections::BTreeSet;

use super::super::ast::{self, Duplicates, ExpressionKind as Written, Reach};
use super::super::checked::{Expression, Grouping, Projection, Slot};
use super::super::error::{CheckError, CheckFault};
use super::super::print::print_expression;
use super::Checker;
use super::aggregate::{has_aggregate, is_simple, misplaced, variables};
use super::expression::{Aggregates, Known, Place};
use super::kind::Kind;
use super::scope::Scope;

/// Which clause a projection belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    With,
    Return,
    /// `RETURN` of a subquery: its columns are variables of the query around it.
    Subquery,
}

/// A column that goes on.
struct Column {
    name: String,
    slot: Slot,
    kind: Kind,
}

/// What a projection gives: the projection, the columns in order, the scope behind it.
pub(super) type Projected = (Projection, Vec<(String, Slot)>, Scope);

impl Checker<'_> {
    pub(super) fn projection(
        &mut self,
        written: &ast::Projection,
        condition: Option<&ast::Expression>,
        scope: &Scope,
        origin: Origin,
    ) -> Result<Projected, CheckError> {
        let mut columns: Vec<Column> = Vec::new();
        if written.reach == Reach::Everything {
            let nothing = match origin {
                Origin::With => false,
                Origin::Return => scope.names().next().is_none(),
                Origin::Subquery => !scope.bindings().any(|(_, binding)| !binding.lasting),
            };
            if nothing {
                return Err(CheckError::new(
                    CheckFault::NoVariablesInScope,
                    written.span,
                ));
            }
            let own = scope.bindings().filter(|(_, binding)| !binding.lasting);
            columns.extend(own.map(|(name, binding)| Column {
                name: name.to_owned(),
                slot: binding.slot,
                kind: binding.kind.clone(),
            }));
        }
        let gathers = written
            .items
            .iter()
            .any(|item| has_aggregate(&item.expression));
        for item in &written.items {
            if let Some(aggregate) = misplaced(&item.expression) {
                let fault = CheckFault::InvalidAggregation(print_expression(aggregate));
                return Err(CheckError::new(fault, aggregate.span));
            }
        }
        let mut known: Vec<Known> = Vec::new();
        let mut items: Vec<(Slot, Expression)> = Vec::new();
        let mut keys: Vec<(Slot, Expression)> = Vec::new();
        if gathers {
            keys.extend(
                columns
                    .iter()
                    .map(|column| (column.slot, Expression::slot(column.slot, written.span))),
            );
        }
        // Keys first: items that aggregate read them.
        let mut slots: Vec<Option<(Slot, Kind)>> = vec![None; written.items.len()];
        for (item, place) in written.items.iter().zip(&mut slots) {
            if has_aggregate(&item.expression) {
                continue;
            }
            let (value, kind) = self.value(&item.expression, &Place::plain(scope))?;
            let slot = self.column_slot(item, scope);
            known.push(Known {
                text: print_expression(&item.expression),
                reads: variables(&item.expression),
                value: Expression::slot(slot, item.expression.span),
                kind: kind.clone(),
                simple: is_simple(&item.expression),
            });
            let target = if gathers { &mut keys } else { &mut items };
            target.push((slot, value));
            *place = Some((slot, kind));
        }
        let outer = std::mem::take(&mut self.gathered);
        let mut gathering: Vec<Known> = Vec::new();
        for (item, place) in written.items.iter().zip(&mut slots) {
            if place.is_some() {
                continue;
            }
            let (slot, kind, value) = self.gathering_item(item, written, scope, &known)?;
            gathering.push(Known {
                text: print_expression(&item.expression),
                reads: variables(&item.expression),
                value: Expression::slot(slot, item.expression.span),
                kind: kind.clone(),
                simple: true,
            });
            items.push((slot, value));
            *place = Some((slot, kind));
        }
        // Only what is sorted by can read an item that aggregates.
        known.append(&mut gathering);
        let aggregations = std::mem::replace(&mut self.gathered, outer);
        for (item, place) in written.items.iter().zip(slots) {
            let Some((slot, kind)) = place else { continue };
            columns.push(Column {
                name: item.name().to_owned(),
                slot,
                kind,
            });
        }
        let mut behind = scope.behind_projection();
        for column in &columns {
            behind.bind(&column.name, column.slot, column.kind.clone());
        }
        let narrow = gathers || written.duplicates == Duplicates::Remove;
        let order = self.order(written, scope, &behind, &known, narrow, gathers)?;
        check_names(written, &columns, scope, origin)?;
        let condition = condition
            .map(|condition| {
                let sight = sight(scope, &behind, narrow);
                self.condition(condition, &Place::plain(&sight))
            })
            .transpose()?;
        let projection = Projection {
            grouping: gathers.then_some(Grouping { keys, aggregations }),
            items,
            slots: columns.iter().map(|column| column.slot).collect(),
            duplicates: written.duplicates,
            order,
            skip: self.bound(written.skip.as_ref(), "SKIP")?,
            limit: self.bound(written.limit.as_ref(), "LIMIT")?,
            condition,
        };
        let named = columns
            .into_iter()
            .map(|column| (column.name, column.slot))
            .collect();
        Ok((projection, named, behind))
    }

    fn bound(
        &mut self,
        written: Option<&ast::Expression>,
        clause: &'static str,
    ) -> Result<Option<Expression>, CheckError> {
        written
            .map(|written| self.count(written, clause))
            .transpose()
    }

    /// Where an item goes: a variable that keeps its name keeps its slot.
    fn column_slot(&mut self, item: &ast::ProjectionItem, scope: &Scope) -> Slot {
        if let Written::Variable(name) = &item.expression.kind
            && name == item.name()
            && let Some(binding) = scope.binding(name)
        {
            return binding.slot;
        }
        self.slots.fresh()
    }

    /// An item that aggregates: where it goes, its kind, and how it is made of its aggregates.
    fn gathering_item(
        &mut self,
        item: &ast::ProjectionItem,
        written: &ast::Projection,
        scope: &Scope,
        known: &[Known],
    ) -> Result<(Slot, Kind, Expression), CheckError> {
        let mut reach = if written.reach == Reach::Everything {
            scope.clone()
        } else {
            scope.ungrouped()
        };
        // A variable that is a column of its own may be read; it lies where the column lies.
        for (item, key) in written
            .items
            .iter()
            .filter(|item| !has_aggregate(&item.expression))
            .zip(known)
        {
            if let Written::Variable(name) = &item.expression.kind
                && let super::super::checked::ExpressionKind::Slot(slot) = key.value.kind
            {
                reach.bind(name, slot, key.kind.clone());
            }
        }
        let place = Place {
            scope: reach,
            aggregates: Aggregates::Gathered,
            known,
            renamed: BTreeSet::new(),
            mixed: true,
            before: scope,
        };
        let (value, kind) = self.value(&item.expression, &place)?;
        Ok((self.slots.fresh(), kind, value))
    }

    fn order(
        &mut self,
        written: &ast::Projection,
        scope: &Scope,
        behind: &Scope,
        known: &[Known],
        narrow: bool,
        gathers: bool,
    ) -> Result<Vec<(Expression, ast::SortDirection)>, CheckError> {
        let sight = sight(scope, behind, narrow);
        let mut order = Vec::with_capacity(written.order.len());
        for item in &written.order {
            let place = Place {
                scope: sight.clone(),
                aggregates: Aggregates::Refused,
                known,
                renamed: BTreeSet::new(),
                mixed: gathers && has_aggregate(&item.expression),
                before: &sight,
            };
            let (value, _) = self.value(&item.expression, &place)?;
            order.push((value, item.direction));
        }
        Ok(order)
    }
}

/// What can be read behind a projection: its columns, and, where each row goes on as it is, what
/// was there before.
fn sight(before: &Scope, behind: &Scope, narrow: bool) -> Scope {
    if narrow {
        return behind.clone();
    }
    let mut scope = before.clone();
    for (name, binding) in behind.bindings() {
        scope.bind(name, binding.slot, binding.kind.clone());
    }
    scope
}

/// Refuses columns of one name, and in `WITH` expressions without a name.
fn check_names(
    written: &ast::Projection,
    columns: &[Column],
    scope: &Scope,
    origin: Origin,
) -> Result<(), CheckError> {
    for item in &written.items {
        let named = item.alias.is_some() || matches!(item.expression.kind, Written::Variable(_));
        if origin != Origin::Return && !named {
            return Err(CheckError::new(CheckFault::NoExpressionAlias, item.span)
                .with_help(format!("{} AS …", item.text)));
        }
    }
    let mut seen = BTreeSet::new();
    for column in columns {
        let hides = scope
            .binding(&column.name)
            .is_some_and(|known| known.lasting && known.slot != column.slot);
        if origin == Origin::With && hides {
            let item = written.items.iter().find(|item| item.name() == column.name);
            let span = item.map_or(written.span, |item| item.span);
            let fault = CheckFault::VariableAlreadyBound(column.name.clone());
            return Err(CheckError::new(fault, span)
                .with_help("it comes from outside the subquery: choose another name"));
        }
        if !seen.insert(&column.name) {
            let span = written
                .items
                .iter()
                .rev()
                .find(|item| item.name() == column.name)
                .map_or(written.span, |item| item.span);
            let fault = CheckFault::ColumnNameConflict(column.name.clone());
            return Err(CheckError::new(fault, span));
        }
    }
    Ok(())
}
