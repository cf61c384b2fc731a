//! `WITH` and `RETURN`.

use super::Chain;
use crate::query::ast::Duplicates;
use crate::query::checked::{Aggregation, Expression, ExpressionKind, Grouping, Projection, Slot};
use crate::query::logical::plan::{Operator, SortKey};

pub(super) fn project(projection: &Projection, chain: &mut Chain) {
    // What goes out is read as it is when all changes are made, and all are made even if not all
    // rows are wanted. An aggregate draws all rows anyway, and needs not hold them.
    if chain.writes && projection.grouping.is_none() {
        chain.eager();
    }
    let computed = projection
        .items
        .iter()
        .map(|(_, value)| value)
        .chain(projection.order.iter().map(|(key, _)| key))
        .chain(&projection.condition)
        .chain(projection.grouping.iter().flat_map(gathered));
    chain.before_computing(computed);
    if let Some(grouping) = &projection.grouping {
        let (keys, aggregations) = (grouping.keys.clone(), grouping.aggregations.clone());
        chain.wrap(|input| Operator::Aggregate {
            input,
            keys,
            aggregations,
        });
        chain.settle();
    }
    let items: Vec<(Slot, Expression)> = projection
        .items
        .iter()
        .filter(|(slot, value)| value.kind != ExpressionKind::Slot(*slot))
        .cloned()
        .collect();
    if !items.is_empty() {
        chain.wrap(|input| Operator::Project { input, items });
    }
    if projection.duplicates == Duplicates::Remove {
        let slots = projection.slots.clone();
        chain.wrap(|input| Operator::Distinct { input, slots });
    }
    if !projection.order.is_empty() {
        let keys = projection
            .order
            .iter()
            .map(|(expression, direction)| SortKey {
                expression: expression.clone(),
                direction: *direction,
            })
            .collect();
        chain.wrap(|input| Operator::Sort { input, keys });
        chain.settle();
    }
    if let Some(count) = projection.skip.clone() {
        chain.wrap(|input| Operator::Skip { input, count });
    }
    if let Some(count) = projection.limit.clone() {
        chain.wrap(|input| Operator::Limit { input, count });
    }
    if let Some(condition) = projection.condition.clone() {
        chain.wrap(|input| Operator::Filter { input, condition });
    }
}

/// What is computed of each row before rows are gathered.
fn gathered(grouping: &Grouping) -> Vec<&Expression> {
    let mut all: Vec<&Expression> = grouping.keys.iter().map(|(_, key)| key).collect();
    for (_, aggregation) in &grouping.aggregations {
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
