//! Walking over plans and expressions, so that each pass need not know every operator.

use std::collections::BTreeSet;

use super::plan::{Expand, ExpandMany, Operator, Repeat, SelectPaths, ShortestPath};
use crate::query::checked::{
    Aggregation, Expression, ExpressionKind, MapProjectionItem, SetItem, Slot, SubqueryId,
};

impl Operator {
    /// The operator it draws its rows from.
    pub(crate) fn input(&self) -> Option<&Self> {
        match self {
            Self::Argument | Self::Nothing | Self::Union { .. } => None,
            Self::Expand(Expand { input, .. })
            | Self::ExpandMany(ExpandMany { input, .. })
            | Self::Repeat(Repeat { input, .. })
            | Self::ShortestPath(ShortestPath { input, .. })
            | Self::SelectPaths(SelectPaths { input, .. })
            | Self::AllNodes { input, .. }
            | Self::NodesByLabel { input, .. }
            | Self::NodesByAnyLabel { input, .. }
            | Self::NodesByProperty { input, .. }
            | Self::NodeById { input, .. }
            | Self::Lookup { input, .. }
            | Self::Ends { input, .. }
            | Self::Walk { input, .. }
            | Self::Filter { input, .. }
            | Self::Project { input, .. }
            | Self::Unwind { input, .. }
            | Self::Apply { input, .. }
            | Self::Perform { input, .. }
            | Self::LoadCsv { input, .. }
            | Self::ForEach { input, .. }
            | Self::Optional { input, .. }
            | Self::Aggregate { input, .. }
            | Self::Distinct { input, .. }
            | Self::Sort { input, .. }
            | Self::Top { input, .. }
            | Self::Skip { input, .. }
            | Self::Limit { input, .. }
            | Self::Eager { input }
            | Self::Create { input, .. }
            | Self::Merge { input, .. }
            | Self::Set { input, .. }
            | Self::Delete { input, .. }
            | Self::Call { input, .. } => Some(input),
        }
    }

    /// The operator it draws its rows from, to change it.
    pub(crate) fn input_mut(&mut self) -> Option<&mut Self> {
        match self {
            Self::Argument | Self::Nothing | Self::Union { .. } => None,
            Self::Expand(Expand { input, .. })
            | Self::ExpandMany(ExpandMany { input, .. })
            | Self::Repeat(Repeat { input, .. })
            | Self::ShortestPath(ShortestPath { input, .. })
            | Self::SelectPaths(SelectPaths { input, .. })
            | Self::AllNodes { input, .. }
            | Self::NodesByLabel { input, .. }
            | Self::NodesByAnyLabel { input, .. }
            | Self::NodesByProperty { input, .. }
            | Self::NodeById { input, .. }
            | Self::Lookup { input, .. }
            | Self::Ends { input, .. }
            | Self::Walk { input, .. }
            | Self::Filter { input, .. }
            | Self::Project { input, .. }
            | Self::Unwind { input, .. }
            | Self::Apply { input, .. }
            | Self::Perform { input, .. }
            | Self::LoadCsv { input, .. }
            | Self::ForEach { input, .. }
            | Self::Optional { input, .. }
            | Self::Aggregate { input, .. }
            | Self::Distinct { input, .. }
            | Self::Sort { input, .. }
            | Self::Top { input, .. }
            | Self::Skip { input, .. }
            | Self::Limit { input, .. }
            | Self::Eager { input }
            | Self::Create { input, .. }
            | Self::Merge { input, .. }
            | Self::Set { input, .. }
            | Self::Delete { input, .. }
            | Self::Call { input, .. } => Some(input),
        }
    }

    /// The operators it starts anew, for each row or one after the other.
    pub(crate) fn inner_mut(&mut self) -> Vec<&mut Self> {
        if let Self::Apply { inner, .. }
        | Self::Perform { inner, .. }
        | Self::ForEach { inner, .. }
        | Self::Optional { inner, .. }
        | Self::Merge { find: inner, .. }
        | Self::Repeat(Repeat { pass: inner, .. })
        | Self::SelectPaths(SelectPaths { find: inner, .. }) = self
        {
            vec![inner]
        } else if let Self::Union { branches, .. } = self {
            branches.iter_mut().map(|(branch, _)| branch).collect()
        } else {
            Vec::new()
        }
    }

    /// The operators it starts anew, for each row or one after the other.
    pub(crate) fn inner(&self) -> Vec<&Self> {
        if let Self::Apply { inner, .. }
        | Self::Perform { inner, .. }
        | Self::ForEach { inner, .. }
        | Self::Optional { inner, .. }
        | Self::Merge { find: inner, .. }
        | Self::Repeat(Repeat { pass: inner, .. })
        | Self::SelectPaths(SelectPaths { find: inner, .. }) = self
        {
            vec![inner]
        } else if let Self::Union { branches, .. } = self {
            branches.iter().map(|(branch, _)| branch).collect()
        } else {
            Vec::new()
        }
    }

    /// The expressions it computes itself.
    pub(crate) fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::Argument
            | Self::Nothing
            | Self::AllNodes { .. }
            | Self::NodesByLabel { .. }
            | Self::NodesByAnyLabel { .. }
            | Self::Expand(_)
            | Self::Repeat(_)
            | Self::SelectPaths(_)
            | Self::Ends { .. }
            | Self::Walk { .. }
            | Self::Apply { .. }
            | Self::Perform { .. }
            | Self::Optional { .. }
            | Self::Distinct { .. }
            | Self::Union { .. }
            | Self::Eager { .. } => Vec::new(),
            Self::NodesByProperty { value, .. } => vec![value],
            Self::NodeById { id, .. } => vec![id],
            Self::Lookup { values, .. } => vec![values],
            Self::ExpandMany(expand) => expand.properties.iter().collect(),
            Self::ShortestPath(path) => path
                .properties
                .iter()
                .chain(path.test.iter().map(|test| &test.condition))
                .chain(&path.condition)
                .collect(),
            Self::Filter { condition, .. } => vec![condition],
            Self::Project { items, .. } => items.iter().map(|(_, value)| value).collect(),
            Self::LoadCsv { source, .. } => vec![source],
            Self::Unwind { list, .. } | Self::ForEach { list, .. } => vec![list],
            Self::Aggregate {
                keys, aggregations, ..
            } => {
                let mut all: Vec<&Expression> = keys.iter().map(|(_, value)| value).collect();
                for (_, aggregation) in aggregations {
                    if let Aggregation::Of {
                        argument,
                        parameter,
                        ..
                    } = aggregation
                    {
                        all.push(argument);
                        all.extend(parameter);
                    }
                }
                all
            }
            Self::Sort { keys, .. } => keys.iter().map(|key| &key.expression).collect(),
            Self::Top { keys, limit, .. } => keys
                .iter()
                .map(|key| &key.expression)
                .chain(std::iter::once(limit))
                .collect(),
            Self::Skip { count, .. } | Self::Limit { count, .. } => vec![count],
            Self::Create {
                nodes,
                relationships,
                ..
            } => nodes
                .iter()
                .filter_map(|node| node.properties.as_ref())
                .chain(
                    relationships
                        .iter()
                        .filter_map(|relationship| relationship.properties.as_ref()),
                )
                .collect(),
            Self::Merge {
                nodes,
                relationships,
                on_create,
                on_match,
                ..
            } => nodes
                .iter()
                .filter_map(|node| node.properties.as_ref())
                .chain(
                    relationships
                        .iter()
                        .filter_map(|relationship| relationship.properties.as_ref()),
                )
                .chain(on_create.iter().flat_map(set_expressions))
                .chain(on_match.iter().flat_map(set_expressions))
                .collect(),
            Self::Set { items, .. } => items.iter().flat_map(set_expressions).collect(),
            Self::Delete { targets, .. } => targets.iter().collect(),
            Self::Call { arguments, .. } => arguments.iter().collect(),
        }
    }

    /// The same, to change them.
    pub(crate) fn expressions_mut(&mut self) -> Vec<&mut Expression> {
        match self {
            Self::Argument
            | Self::Nothing
            | Self::AllNodes { .. }
            | Self::NodesByLabel { .. }
            | Self::NodesByAnyLabel { .. }
            | Self::Expand(_)
            | Self::Repeat(_)
            | Self::SelectPaths(_)
            | Self::Ends { .. }
            | Self::Walk { .. }
            | Self::Apply { .. }
            | Self::Perform { .. }
            | Self::Optional { .. }
            | Self::Distinct { .. }
            | Self::Union { .. }
            | Self::Eager { .. } => Vec::new(),
            Self::NodesByProperty { value, .. } => vec![value],
            Self::NodeById { id, .. } => vec![id],
            Self::Lookup { values, .. } => vec![values],
            Self::ExpandMany(expand) => expand.properties.iter_mut().collect(),
            Self::ShortestPath(path) => path
                .properties
                .iter_mut()
                .chain(path.test.iter_mut().map(|test| &mut test.condition))
                .chain(&mut path.condition)
                .collect(),
            Self::Filter { condition, .. } => vec![condition],
            Self::Project { items, .. } => items.iter_mut().map(|(_, value)| value).collect(),
            Self::LoadCsv { source, .. } => vec![source],
            Self::Unwind { list, .. } | Self::ForEach { list, .. } => vec![list],
            Self::Aggregate {
                keys, aggregations, ..
            } => {
                let mut all: Vec<&mut Expression> =
                    keys.iter_mut().map(|(_, value)| value).collect();
                for (_, aggregation) in aggregations {
                    if let Aggregation::Of {
                        argument,
                        parameter,
                        ..
                    } = aggregation
                    {
                        all.push(argument);
                        all.extend(parameter);
                    }
                }
                all
            }
            Self::Sort { keys, .. } => keys.iter_mut().map(|key| &mut key.expression).collect(),
            Self::Top { keys, limit, .. } => keys
                .iter_mut()
                .map(|key| &mut key.expression)
                .chain(std::iter::once(limit))
                .collect(),
            Self::Skip { count, .. } | Self::Limit { count, .. } => vec![count],
            Self::Create {
                nodes,
                relationships,
                ..
            } => nodes
                .iter_mut()
                .filter_map(|node| node.properties.as_mut())
                .chain(
                    relationships
                        .iter_mut()
                        .filter_map(|relationship| relationship.properties.as_mut()),
                )
                .collect(),
            Self::Merge {
                nodes,
                relationships,
                on_create,
                on_match,
                ..
            } => nodes
                .iter_mut()
                .filter_map(|node| node.properties.as_mut())
                .chain(
                    relationships
                        .iter_mut()
                        .filter_map(|relationship| relationship.properties.as_mut()),
                )
                .chain(on_create.iter_mut().flat_map(set_expressions_mut))
                .chain(on_match.iter_mut().flat_map(set_expressions_mut))
                .collect(),
            Self::Set { items, .. } => items.iter_mut().flat_map(set_expressions_mut).collect(),
            Self::Delete { targets, .. } => targets.iter_mut().collect(),
            Self::Call { arguments, .. } => arguments.iter_mut().collect(),
        }
    }

    /// Does `change` to every operator of the tree, the last first.
    pub(crate) fn transform(&mut self, change: &mut impl FnMut(&mut Self)) {
        // Long queries make long chains of inputs, so these are walked without recursion.
        let mut at = Some(self);
        while let Some(operator) = at {
            change(operator);
            for inner in operator.inner_mut() {
                inner.transform(change);
            }
            at = operator.input_mut();
        }
    }
}

fn set_expressions(item: &SetItem) -> Vec<&Expression> {
    match item {
        SetItem::Property { of, value, .. } => vec![of, value],
        SetItem::Replace { value, .. } | SetItem::Add { value, .. } => vec![value],
        SetItem::RemoveProperty { of, .. } => vec![of],
        SetItem::Labels { .. } | SetItem::RemoveLabels { .. } => Vec::new(),
    }
}

fn set_expressions_mut(item: &mut SetItem) -> Vec<&mut Expression> {
    match item {
        SetItem::Property { of, value, .. } => vec![of, value],
        SetItem::Replace { value, .. } | SetItem::Add { value, .. } => vec![value],
        SetItem::RemoveProperty { of, .. } => vec![of],
        SetItem::Labels { .. } | SetItem::RemoveLabels { .. } => Vec::new(),
    }
}

impl Expression {
    /// The expressions it is made of.
    pub(crate) fn children(&self) -> Vec<&Self> {
        let mut all: Vec<&Self> = Vec::new();
        match &self.kind {
            ExpressionKind::Literal(_)
            | ExpressionKind::Parameter(_)
            | ExpressionKind::Slot(_)
            | ExpressionKind::Path { .. }
            | ExpressionKind::Exists(_)
            | ExpressionKind::Count(_) => {}
            ExpressionKind::List(items) => all.extend(items),
            ExpressionKind::Map(entries) => all.extend(entries.iter().map(|(_, value)| value)),
            ExpressionKind::MapProjection { of, items } => {
                all.push(of);
                all.extend(items.iter().filter_map(|item| match item {
                    MapProjectionItem::Entry(_, value) => Some(value),
                    MapProjectionItem::Everything | MapProjectionItem::Property(_) => None,
                }));
            }
            ExpressionKind::Property { of, .. }
            | ExpressionKind::HasLabels { of, .. }
            | ExpressionKind::IsTyped { of, .. }
            | ExpressionKind::HasAnyLabel { of } => all.push(of),
            ExpressionKind::Index { of, index } => all.extend([of.as_ref(), index.as_ref()]),
            ExpressionKind::Slice { of, from, to } => {
                all.push(of);
                all.extend(from.as_deref());
                all.extend(to.as_deref());
            }
            ExpressionKind::Unary { operand, .. } => all.push(operand),
            ExpressionKind::Binary { left, right, .. }
            | ExpressionKind::Comparison { left, right, .. } => {
                all.extend([left.as_ref(), right.as_ref()]);
            }
            ExpressionKind::Logical { operands, .. } => all.extend(operands),
            ExpressionKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                all.extend(operand.as_deref());
                all.extend(branches.iter().flat_map(|(when, then)| [when, then]));
                all.extend(otherwise.as_deref());
            }
            ExpressionKind::Function { arguments, .. } => all.extend(arguments),
            ExpressionKind::ListComprehension {
                list,
                condition,
                result,
                ..
            } => {
                all.push(list);
                all.extend(condition.as_deref());
                all.extend(result.as_deref());
            }
            ExpressionKind::Quantifier {
                list, condition, ..
            } => {
                all.push(list);
                all.extend(condition.as_deref());
            }
            ExpressionKind::Reduce {
                initial,
                list,
                step,
                ..
            } => all.extend([initial.as_ref(), list.as_ref(), step.as_ref()]),
            ExpressionKind::Collect { result, .. } => all.push(result),
        }
        all
    }

    /// The same, to change them.
    pub(crate) fn children_mut(&mut self) -> Vec<&mut Self> {
        let mut all: Vec<&mut Self> = Vec::new();
        match &mut self.kind {
            ExpressionKind::Literal(_)
            | ExpressionKind::Parameter(_)
            | ExpressionKind::Slot(_)
            | ExpressionKind::Path { .. }
            | ExpressionKind::Exists(_)
            | ExpressionKind::Count(_) => {}
            ExpressionKind::List(items) => all.extend(items),
            ExpressionKind::Map(entries) => all.extend(entries.iter_mut().map(|(_, value)| value)),
            ExpressionKind::MapProjection { of, items } => {
                all.push(of);
                all.extend(items.iter_mut().filter_map(|item| match item {
                    MapProjectionItem::Entry(_, value) => Some(value),
                    MapProjectionItem::Everything | MapProjectionItem::Property(_) => None,
                }));
            }
            ExpressionKind::Property { of, .. }
            | ExpressionKind::HasLabels { of, .. }
            | ExpressionKind::IsTyped { of, .. }
            | ExpressionKind::HasAnyLabel { of } => all.push(of),
            ExpressionKind::Index { of, index } => all.extend([of.as_mut(), index.as_mut()]),
            ExpressionKind::Slice { of, from, to } => {
                all.push(of);
                all.extend(from.as_deref_mut());
                all.extend(to.as_deref_mut());
            }
            ExpressionKind::Unary { operand, .. } => all.push(operand),
            ExpressionKind::Binary { left, right, .. }
            | ExpressionKind::Comparison { left, right, .. } => {
                all.extend([left.as_mut(), right.as_mut()]);
            }
            ExpressionKind::Logical { operands, .. } => all.extend(operands),
            ExpressionKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                all.extend(operand.as_deref_mut());
                for (when, then) in branches {
                    all.extend([when, then]);
                }
                all.extend(otherwise.as_deref_mut());
            }
            ExpressionKind::Function { arguments, .. } => all.extend(arguments),
            ExpressionKind::ListComprehension {
                list,
                condition,
                result,
                ..
            } => {
                all.push(list);
                all.extend(condition.as_deref_mut());
                all.extend(result.as_deref_mut());
            }
            ExpressionKind::Quantifier {
                list, condition, ..
            } => {
                all.push(list);
                all.extend(condition.as_deref_mut());
            }
            ExpressionKind::Reduce {
                initial,
                list,
                step,
                ..
            } => all.extend([initial.as_mut(), list.as_mut(), step.as_mut()]),
            ExpressionKind::Collect { result, .. } => all.push(result),
        }
        all
    }

    /// The slots it reads and does not fill itself.
    pub(crate) fn reads(&self) -> BTreeSet<Slot> {
        let mut slots = BTreeSet::new();
        let mut own = BTreeSet::new();
        self.gather_reads(&mut slots, &mut own);
        &slots - &own
    }

    fn gather_reads(&self, slots: &mut BTreeSet<Slot>, own: &mut BTreeSet<Slot>) {
        if let ExpressionKind::Slot(slot) = &self.kind {
            slots.insert(*slot);
        } else if let ExpressionKind::Path { start, steps } = &self.kind {
            slots.insert(*start);
            slots.extend(steps.iter().map(|step| step.relationship));
        } else if let ExpressionKind::ListComprehension { item, .. }
        | ExpressionKind::Quantifier { item, .. } = &self.kind
        {
            own.insert(*item);
        } else if let ExpressionKind::Reduce {
            accumulator, item, ..
        } = &self.kind
        {
            own.extend([*accumulator, *item]);
        }
        for child in self.children() {
            child.gather_reads(slots, own);
        }
    }

    /// The subqueries it asks.
    pub(crate) fn subqueries(&self) -> Vec<SubqueryId> {
        let mut found = Vec::new();
        if let ExpressionKind::Exists(id)
        | ExpressionKind::Count(id)
        | ExpressionKind::Collect { subquery: id, .. } = &self.kind
        {
            found.push(*id);
        }
        for child in self.children() {
            found.extend(child.subqueries());
        }
        found
    }

    /// Whether it reads the graph, not only the row.
    pub(crate) fn reads_graph(&self) -> bool {
        matches!(
            self.kind,
            ExpressionKind::Property { .. }
                | ExpressionKind::HasLabels { .. }
                | ExpressionKind::HasAnyLabel { .. }
                | ExpressionKind::MapProjection { .. }
                | ExpressionKind::Function { .. }
                | ExpressionKind::Exists(_)
                | ExpressionKind::Count(_)
                | ExpressionKind::Collect { .. }
        ) || self.children().into_iter().any(Self::reads_graph)
    }
}
