//! `PageRank`: how often somebody who follows relationships at random comes by.
//!
//! L. Page, S. Brin, R. Motwani, T. Winograd, "The `PageRank` Citation Ranking: Bringing Order to
//! the Web", 1999; with a start of one's own it is the personalized one of T. H. Haveliwala,
//! "Topic-Sensitive `PageRank`", 2002.

use super::projection::{PerPlace, Place, Projection};
use super::watch::Watch;

/// What a computation of `PageRank` needs to know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageRank<'s> {
    /// How likely the walk goes on rather than starting anew, 0 to below 1.
    pub damping: f64,
    /// Ends when the scores change by less than this, all together.
    pub tolerance: f64,
    /// Ends after so many rounds.
    pub rounds: usize,
    /// Where walks start, each as likely; everywhere if empty.
    pub start: &'s [Place],
}

/// The score of each place; they sum up to 1. From where no relationship leads, the walk starts
/// anew.
///
/// Time O(rounds · (V + E)), memory O(V).
///
/// # Errors
/// That of the watch.
pub fn page_rank<E>(
    projection: &Projection,
    settings: PageRank<'_>,
    watch: &Watch<'_, E>,
) -> Result<Vec<f64>, E> {
    let forward = projection.forward();
    let len = projection.len();
    if len == 0 {
        return Ok(Vec::new());
    }
    let start = start_shares(len, settings.start);
    let mut weights = PerPlace::filled(len, 0.0);
    for place in projection.places() {
        watch.step(1 + forward.degree(place))?;
        weights.put(place, forward.edges(place).map(|edge| edge.weight).sum());
    }
    let mut scores = start.clone();
    for _ in 0..settings.rounds {
        let mut next = PerPlace::filled(len, 0.0);
        let mut stranded = 0.0;
        for place in projection.places() {
            watch.step(1 + forward.degree(place))?;
            let score = scores.at(place);
            let weight: f64 = weights.at(place);
            if weight <= 0.0 {
                stranded += score;
                continue;
            }
            let share = settings.damping * score / weight;
            for edge in forward.edges(place) {
                next.change(edge.target, |sum| *sum += share * edge.weight);
            }
        }
        let anew = 1.0 - settings.damping + settings.damping * stranded;
        let mut change = 0.0;
        for place in projection.places() {
            let score = next.at(place) + anew * start.at(place);
            change += (score - scores.at(place)).abs();
            scores.put(place, score);
        }
        if change < settings.tolerance {
            break;
        }
    }
    Ok(scores.into_values())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "there are fewer than 2^32 places"
)]
fn start_shares(len: usize, start: &[Place]) -> PerPlace<f64> {
    if start.is_empty() {
        return PerPlace::filled(len, 1.0 / len as f64);
    }
    let mut shares = PerPlace::filled(len, 0.0);
    for place in start {
        shares.change(*place, |share| *share += 1.0 / start.len() as f64);
    }
    shares
}
