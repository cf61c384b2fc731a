//! Ways between two nodes: the cheapest, the k cheapest, all up to a length; and how far all
//! nodes are from one.
//!
//! All take the options `labels`, `types` and `direction` (what of the graph counts), and
//! either `cost`, a property whose values are summed up, or `probability`, one whose values are
//! multiplied: the cheapest path is then the most probable, and its cost is the negative
//! logarithm. A node that is null, removed or not selected has no paths.

use std::sync::Arc;

use crate::graph::algorithm::{self, Place, Projection, Reading, Route, SimplePaths, Watch};
use crate::model::{Node, Path, Relationship, Value};
use crate::query::error::RunError;
use crate::query::eval::wrong_type;

use super::options::{Options, unusable};
use super::{BOTH, Call, Source, Table, integer, node};

/// Only the common options.
pub(super) fn shortest_path(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let options = call.options(2)?;
    let projection = weighed(call, options, |_| Ok(()))?;
    let Some(ends) = ends(call, &projection)? else {
        return Ok(Vec::new());
    };
    let route = call.watched(|watch| algorithm::shortest_path(&projection, ends, watch))?;
    let rows = route.map(|route| vec![path(&projection, &route), Value::Float(route.cost)]);
    Ok(rows.into_iter().collect())
}

/// Only the common options.
pub(super) fn k_shortest_paths(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let k = whole(call, 2, "k", 1)?;
    let options = call.options(3)?;
    let projection = weighed(call, options, |_| Ok(()))?;
    let Some(ends) = ends(call, &projection)? else {
        return Ok(Vec::new());
    };
    let k = usize::try_from(k).unwrap_or(usize::MAX);
    let routes = call.watched(|watch| algorithm::k_shortest_paths(&projection, ends, k, watch))?;
    let rows = (1..).zip(routes).map(|(rank, route)| {
        let cost = Value::Float(route.cost);
        vec![Value::Integer(rank), path(&projection, &route), cost]
    });
    Ok(rows.collect())
}

/// Beside the common options: `minLength`. Paths are made as they are asked for.
pub(super) fn simple_paths(call: &mut Call<'_, '_, '_>) -> Result<Source, RunError> {
    let longest = whole(call, 2, "maxLength", 0)?;
    let options = call.options(3)?;
    let mut shortest = 0;
    let projection = weighed(call, options, |options| {
        let least = options.count("minLength")?.unwrap_or(0);
        shortest = u32::try_from(least).unwrap_or(u32::MAX);
        Ok(())
    })?;
    let Some(ends) = ends(call, &projection)? else {
        return Ok(Box::new(|_| Ok(None)));
    };
    let longest = u32::try_from(longest).unwrap_or(u32::MAX);
    let searched = Arc::clone(&projection);
    let mut search =
        call.watched(|watch| SimplePaths::new(searched, ends, (shortest, longest), watch))?;
    Ok(Box::new(move |context| {
        let stop = context.stop();
        let check = || stop.check();
        let route = search.next(&Watch::new(&check))?;
        Ok(route.map(|route| {
            let length = integer(route.steps.len());
            vec![path(&projection, &route), length, Value::Float(route.cost)]
        }))
    }))
}

/// Only the common options.
pub(super) fn distances(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let options = call.options(1)?;
    let projection = weighed(call, options, |_| Ok(()))?;
    let Some(start) = call.place(&projection, 0, "from")? else {
        return Ok(Vec::new());
    };
    let costs = call.watched(|watch| algorithm::distances(&projection, start, watch))?;
    let mut near: Vec<(Place, f64)> = projection
        .places()
        .zip(costs)
        .filter_map(|(place, cost)| Some((place, cost?)))
        .collect();
    near.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let rows = near
        .into_iter()
        .map(|(place, cost)| vec![node(&projection, place), Value::Float(cost)]);
    Ok(rows.collect())
}

/// The projection that the common options name; `more` reads the others.
fn weighed<'c>(
    call: &mut Call<'c, '_, '_>,
    mut options: Options<'c>,
    more: impl FnOnce(&mut Options<'c>) -> Result<(), RunError>,
) -> Result<Arc<Projection>, RunError> {
    let mut selection = options.selection(call.graph(), BOTH)?;
    let cost = options.property("cost", Reading::Plain, call.graph(), &mut selection)?;
    let plain = selection.weight;
    let reading = Reading::Probability;
    let probability = options.property("probability", reading, call.graph(), &mut selection)?;
    more(&mut options)?;
    options.finish()?;
    if let (Some(_), Some(both)) = (&cost, &probability) {
        return Err(RunError::InvalidArgumentType {
            what: format!(
                "one of the options `cost` and `probability` of {}",
                call.name
            ),
            wanted: "left out",
            given: format!("`{both}`"),
        });
    }
    if probability.is_none() {
        selection.weight = plain;
    }
    call.projection(selection, cost.or(probability).as_deref())
}

fn ends(
    call: &Call<'_, '_, '_>,
    projection: &Projection,
) -> Result<Option<(Place, Place)>, RunError> {
    let from = call.place(projection, 0, "from")?;
    let to = call.place(projection, 1, "to")?;
    Ok(from.zip(to))
}

/// The argument at `at`, a whole number from `least` on.
fn whole(call: &Call<'_, '_, '_>, at: usize, name: &str, least: i64) -> Result<i64, RunError> {
    let given = call.argument(at);
    let Some(number) = given.as_integer() else {
        let what = format!("argument `{name}` of {}", call.name);
        return Err(wrong_type(what, "an integer", given));
    };
    if number < least {
        return Err(unusable(call.name, name, given));
    }
    Ok(number)
}

fn path(projection: &Projection, route: &Route) -> Value {
    let start = Node::bare(projection.node(route.start));
    let steps = route.steps.iter().map(|(relationship, place)| {
        let node = Node::bare(projection.node(*place));
        (Relationship::bare(*relationship), node)
    });
    Value::Path(Arc::new(Path::new(start, steps.collect())))
}
