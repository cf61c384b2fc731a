//! How much a node matters: degree, `PageRank`, betweenness, closeness.
//!
//! All take the options `labels` and `types` (what of the graph counts) and `direction`.

use crate::graph::Direction;
use crate::graph::algorithm::{self, PageRank, Projection, Reading, pivots};
use crate::model::Value;
use crate::query::error::RunError;

use super::{BOTH, Call, Table, best_first, node};

/// So many nodes are all looked from; beyond, so many pivots estimate the measure.
const MOST_EXACT: usize = 2000;
const PIVOTS: usize = 100;

/// Beside the common options: `weight`.
pub(super) fn degree(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(0)?;
    let mut selection = options.selection(call.graph(), BOTH)?;
    let weight = options.property("weight", Reading::Plain, call.graph(), &mut selection)?;
    options.finish()?;
    let projection = call.projection(selection, weight.as_deref())?;
    let scores = call.watched(|watch| algorithm::degrees(&projection, watch))?;
    let mut rows = Vec::with_capacity(projection.len());
    for (place, score) in best_first(scores, &projection) {
        let degree = super::integer(projection.degree(place));
        rows.push(vec![node(&projection, place), degree, Value::Float(score)]);
    }
    Ok(rows)
}

/// Beside the common options: `weight`, `damping`, `tolerance`, `iterations`, and `start`, the
/// nodes where walks begin.
pub(super) fn page_rank(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(0)?;
    let mut selection = options.selection(call.graph(), Direction::Outgoing)?;
    let weight = options.property("weight", Reading::Plain, call.graph(), &mut selection)?;
    let damping = options.number(
        "damping",
        0.85,
        &(0.0..=0.999_999),
        "a number from 0 to below 1",
    )?;
    let tolerance = options.number("tolerance", 1e-7, &(0.0..=1.0), "a number from 0 to 1")?;
    let rounds = options.count("iterations")?.unwrap_or(100);
    let start = options.nodes("start")?;
    options.finish()?;
    let projection = call.projection(selection, weight.as_deref())?;
    let places: Option<Vec<_>> = start.map(|nodes| {
        let places = nodes.iter().filter_map(|node| projection.place(*node));
        places.collect()
    });
    if places.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let settings = PageRank {
        damping,
        tolerance,
        rounds,
        start: places.as_deref().unwrap_or_default(),
    };
    let scores = call.watched(|watch| algorithm::page_rank(&projection, settings, watch))?;
    Ok(scored(scores, &projection))
}

/// Beside the common options: `samples`.
pub(super) fn betweenness(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(0)?;
    let selection = options.selection(call.graph(), BOTH)?;
    let samples = options.count("samples")?;
    options.finish()?;
    let projection = call.projection(selection, None)?;
    let pivots = pivots(projection.len(), most_pivots(samples, &projection));
    let scores = call.watched(|watch| algorithm::betweenness(&projection, &pivots, watch))?;
    Ok(scored(scores, &projection))
}

/// Beside the common options: `samples`.
pub(super) fn closeness(call: &mut Call<'_, '_, '_>) -> Result<Table, RunError> {
    let mut options = call.options(0)?;
    let selection = options.selection(call.graph(), BOTH)?;
    let samples = options.count("samples")?;
    options.finish()?;
    let projection = call.projection(selection, None)?;
    let pivots = pivots(projection.len(), most_pivots(samples, &projection));
    let scores = call.watched(|watch| algorithm::closeness(&projection, &pivots, watch))?;
    Ok(scored(scores, &projection))
}

fn most_pivots(samples: Option<usize>, projection: &Projection) -> usize {
    samples.unwrap_or(if projection.len() <= MOST_EXACT {
        MOST_EXACT
    } else {
        PIVOTS
    })
}

fn scored(scores: Vec<f64>, projection: &Projection) -> Table {
    best_first(scores, projection)
        .into_iter()
        .map(|(place, score)| vec![node(projection, place), Value::Float(score)])
        .collect()
}
