//! How nodes belong together: components, communities, triangles.
//!
//! All take the options `labels` and `types` (what of the graph counts).

use crate::graph::Direction;
use crate::graph::algorithm::{self, Place, Projection, Reading};
use crate::model::Value;
use crate::query::error::RunError;

use super::{BOTH, Call, Table, integer, node};

/// Only the common options.
pub(super) fn components(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(0)?;
    // Components do not depend on directions, and half the steps are enough.
    let selection = options.selection_in(call.graph(), Direction::Outgoing)?;
    options.finish()?;
    let projection = call.projection(selection, None)?;
    let groups = call.watched(|watch| algorithm::weak_components(&projection, watch))?;
    Ok(largest_first(&groups, &projection))
}

/// Only the common options.
pub(super) fn strong_components(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(0)?;
    let selection = options.selection_in(call.graph(), Direction::Outgoing)?;
    options.finish()?;
    let projection = call.projection(selection, None)?;
    let groups = call.watched(|watch| algorithm::strong_components(&projection, watch))?;
    Ok(largest_first(&groups, &projection))
}

/// Beside the common options: `weight` and `resolution`.
pub(super) fn communities(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(0)?;
    let mut selection = options.selection_in(call.graph(), BOTH)?;
    let weight = options.property("weight", Reading::Plain, call.graph(), &mut selection)?;
    let resolution = options.number(
        "resolution",
        1.0,
        &(0.0..=f64::MAX),
        "a number that is not negative",
    )?;
    options.finish()?;
    let projection = call.projection(selection, weight.as_deref())?;
    let groups = call.watched(|watch| algorithm::communities(&projection, resolution, watch))?;
    Ok(largest_first(&groups, &projection))
}

/// Only the common options. The nodes with most triangles come first.
pub(super) fn triangles(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(0)?;
    let selection = options.selection_in(call.graph(), BOTH)?;
    options.finish()?;
    let projection = call.projection(selection, None)?;
    let found = call.watched(|watch| algorithm::triangles(&projection, watch))?;
    let mut ranked: Vec<_> = projection.places().zip(found).collect();
    ranked.sort_by_key(|(place, found)| (std::cmp::Reverse(found.count), *place));
    let rows = ranked.into_iter().map(|(place, found)| {
        let count = i64::try_from(found.count).unwrap_or(i64::MAX);
        let coefficient = Value::Float(found.coefficient);
        vec![node(&projection, place), Value::Integer(count), coefficient]
    });
    Ok(rows.collect())
}

/// Beside the common options: `direction`. A node that is null, removed or not selected is
/// similar to none.
pub(super) fn similar(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(1)?;
    let selection = options.selection(call.graph(), BOTH)?;
    options.finish()?;
    let projection = call.projection(selection, None)?;
    let Some(place) = call.place(&projection, 0, "to")? else {
        return Ok(Vec::new());
    };
    let found = call.watched(|watch| algorithm::similar(&projection, place, watch))?;
    let rows = found.into_iter().map(|found| {
        let score = Value::Float(found.score);
        vec![node(&projection, found.place), score, integer(found.shared)]
    });
    Ok(rows.collect())
}

/// Nodes with the number of their group, from 1, and its size: the largest group first, of
/// equally large ones that with the first node; within a group by the ids of nodes.
fn largest_first(groups: &[u32], projection: &Projection) -> Table {
    let mut members: Vec<(u32, Place)> = groups.iter().copied().zip(projection.places()).collect();
    members.sort_unstable();
    let mut parts: Vec<&[(u32, Place)]> = members
        .chunk_by(|(one, _), (other, _)| one == other)
        .collect();
    parts.sort_by_key(|part| {
        let first = part.first().map(|(_, place)| *place);
        (std::cmp::Reverse(part.len()), first)
    });
    let mut rows = Vec::with_capacity(members.len());
    for (number, part) in (1..).zip(parts) {
        let size = integer(part.len());
        for (_, place) in part {
            rows.push(vec![
                node(projection, *place),
                Value::Integer(number),
                size.clone(),
            ]);
        }
    }
    rows
}
