//! The measures of coreference: MUC, B-cubed and CEAF-e, whose mean is the CoNLL score.
//!
//! As the reference scorer computes them (Pradhan et al., "Scoring Coreference Partitions of
//! Predicted Mentions", 2014): mentions found are compared with mentions marked, each missing or
//! surplus one costs, and sums go over all documents before they are divided.

use std::collections::{BTreeMap, BTreeSet};

/// The mentions of one document by the thing they mean; a mention is any number that names it.
pub(crate) type Partition = Vec<BTreeSet<usize>>;

/// A share as what is above and below its line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Share {
    above: f64,
    below: f64,
}

impl Share {
    fn add(&mut self, above: f64, below: f64) {
        self.above += above;
        self.below += below;
    }

    fn percent(self) -> f64 {
        if self.below > 0.0 {
            100.0 * self.above / self.below
        } else {
            0.0
        }
    }
}

/// Recall and precision of one measure.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Measure {
    recall: Share,
    precision: Share,
}

impl Measure {
    pub(crate) fn recall(self) -> f64 {
        self.recall.percent()
    }

    pub(crate) fn precision(self) -> f64 {
        self.precision.percent()
    }

    pub(crate) fn f1(self) -> f64 {
        let (recall, precision) = (self.recall(), self.precision());
        if recall + precision > 0.0 {
            2.0 * recall * precision / (recall + precision)
        } else {
            0.0
        }
    }
}

/// The measures over the documents that were added.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scores {
    /// Whether a mention is found at all.
    pub(crate) mentions: Measure,
    pub(crate) muc: Measure,
    pub(crate) b_cubed: Measure,
    pub(crate) ceaf_e: Measure,
}

impl Scores {
    /// Adds a document: what is marked in it and what was found.
    pub(crate) fn add(&mut self, gold: &Partition, found: &Partition) {
        let count = |partition: &Partition| number(partition.iter().map(BTreeSet::len).sum());
        let common: f64 = overlaps(gold, found).values().map(|n| number(*n)).sum();
        self.mentions.recall.add(common, count(gold));
        self.mentions.precision.add(common, count(found));
        muc(&mut self.muc.recall, gold, found);
        muc(&mut self.muc.precision, found, gold);
        b_cubed(&mut self.b_cubed.recall, gold, found);
        b_cubed(&mut self.b_cubed.precision, found, gold);
        let likeness = best_likeness(gold, found);
        self.ceaf_e.recall.add(likeness, number(gold.len()));
        self.ceaf_e.precision.add(likeness, number(found.len()));
    }

    /// The mean of the three F1.
    pub(crate) fn conll(self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }
}

/// `partition` without what is mentioned once.
pub(crate) fn without_singletons(partition: &Partition) -> Partition {
    partition
        .iter()
        .filter(|mentions| mentions.len() > 1)
        .cloned()
        .collect()
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

/// How many mentions a set of one and a set of the other have in common, where any.
fn overlaps(one: &Partition, other: &Partition) -> BTreeMap<(usize, usize), usize> {
    let places: BTreeMap<usize, usize> = other
        .iter()
        .enumerate()
        .flat_map(|(place, mentions)| mentions.iter().map(move |mention| (*mention, place)))
        .collect();
    let mut found = BTreeMap::new();
    for (number, mentions) in one.iter().enumerate() {
        for mention in mentions {
            if let Some(place) = places.get(mention) {
                *found.entry((number, *place)).or_insert(0) += 1;
            }
        }
    }
    found
}

/// Vilain et al. 1995: links kept of those that hold each set together.
fn muc(share: &mut Share, key: &Partition, response: &Partition) {
    let common = overlaps(key, response);
    for (place, mentions) in key.iter().enumerate() {
        let parts = common.range((place, 0)..(place + 1, 0));
        let known: usize = parts.clone().map(|(_, count)| count).sum();
        let pieces = parts.count() + mentions.len() - known;
        share.add(
            number(mentions.len() - pieces),
            number(mentions.len().saturating_sub(1)),
        );
    }
}

/// Bagga and Baldwin 1998: of each mention, the share of its set that is found with it.
fn b_cubed(share: &mut Share, key: &Partition, response: &Partition) {
    let common = overlaps(key, response);
    for (place, mentions) in key.iter().enumerate() {
        let squares: usize = common
            .range((place, 0)..(place + 1, 0))
            .map(|(_, count)| count * count)
            .sum();
        share.add(
            number(squares) / number(mentions.len()),
            number(mentions.len()),
        );
    }
}

/// Luo 2005 with its fourth likeness: sets are paired one to one so that the sum of the Dice
/// coefficients of the pairs is greatest.
fn best_likeness(gold: &Partition, found: &Partition) -> f64 {
    let (few, many) = if gold.len() <= found.len() {
        (gold, found)
    } else {
        (found, gold)
    };
    let common = overlaps(few, many);
    let likeness = |row: usize, column: usize| {
        common.get(&(row, column)).map_or(0.0, |count| {
            2.0 * number(*count) / number(few[row].len() + many[column].len())
        })
    };
    assignment(few.len(), many.len(), |row, column| -likeness(row, column))
        .into_iter()
        .enumerate()
        .map(|(row, column)| likeness(row, column))
        .sum()
}

/// The column of each row so that the sum of costs is least, each column at most once; there are
/// at least as many columns as rows. The Hungarian method with potentials, O(rows² × columns).
fn assignment(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let mut row_of = vec![usize::MAX; columns + 1];
    let mut at_row = vec![0.0; rows];
    let mut at_column = vec![0.0; columns + 1];
    for row in 0..rows {
        // The column past the last stands for the row that seeks one.
        row_of[columns] = row;
        let mut here = columns;
        let mut least = vec![f64::INFINITY; columns];
        let mut from = vec![columns; columns];
        let mut seen = vec![false; columns + 1];
        while row_of[here] != usize::MAX {
            seen[here] = true;
            let current = row_of[here];
            let mut step = f64::INFINITY;
            let mut next = columns;
            for column in (0..columns).filter(|column| !seen[*column]) {
                let reduced = cost(current, column) - at_row[current] - at_column[column];
                if reduced < least[column] {
                    least[column] = reduced;
                    from[column] = here;
                }
                if least[column] < step {
                    step = least[column];
                    next = column;
                }
            }
            for column in 0..=columns {
                if seen[column] {
                    at_row[row_of[column]] += step;
                    at_column[column] -= step;
                } else if column < columns {
                    least[column] -= step;
                }
            }
            here = next;
        }
        while here != columns {
            row_of[here] = row_of[from[here]];
            here = from[here];
        }
    }
    let mut chosen = vec![0; rows];
    for (column, row) in row_of.into_iter().enumerate().take(columns) {
        if row != usize::MAX {
            chosen[row] = column;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::{Partition, Scores, assignment, without_singletons};

    fn partition(sets: &[&[usize]]) -> Partition {
        sets.iter()
            .map(|set| set.iter().copied().collect())
            .collect()
    }

    fn scores(gold: &[&[usize]], found: &[&[usize]]) -> Scores {
        let mut scores = Scores::default();
        scores.add(&partition(gold), &partition(found));
        scores
    }

    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 0.06, "{value} is not {expected}");
    }

    /// Luo 2005, table 1: twelve mentions of three things, found by four systems.
    #[test]
    fn right_mentions_are_scored_by_their_links() {
        let gold: &[&[usize]] = &[&[1, 2, 3, 4, 5], &[6, 7], &[8, 9, 10, 11, 12]];
        let twelve: Vec<usize> = (1..=12).collect();
        let alone: Vec<[usize; 1]> = (1..=12).map(|mention| [mention]).collect();
        let alone: Vec<&[usize]> = alone.iter().map(<[usize; 1]>::as_slice).collect();
        let systems: [(&[&[usize]], [f64; 3]); 4] = [
            (
                &[&[1, 2, 3, 4, 5], &[6, 7, 8, 9, 10, 11, 12]],
                [94.7, 86.5, 73.3],
            ),
            (
                &[&[1, 2, 3, 4, 5, 8, 9, 10, 11, 12], &[6, 7]],
                [94.7, 73.7, 66.7],
            ),
            (&[&twelve], [90.0, 54.5, 29.4]),
            (&alone, [0.0, 40.0, 17.8]),
        ];
        for (found, [muc, b_cubed, ceaf_e]) in systems {
            let scores = scores(gold, found);
            near(scores.muc.f1(), muc);
            near(scores.b_cubed.f1(), b_cubed);
            near(scores.ceaf_e.f1(), ceaf_e);
        }
    }

    /// Pradhan et al. 2014, figure 1: one marked mention is missed, two are invented.
    #[test]
    fn missing_and_invented_mentions_cost() {
        let found = scores(
            &[&[1, 2, 3], &[4, 5, 6, 7]],
            &[&[1, 2], &[3, 4], &[6, 7, 8, 9]],
        );
        let rows = [
            (found.mentions, [85.7, 75.0, 80.0]),
            (found.muc, [40.0, 40.0, 40.0]),
            (found.b_cubed, [41.7, 50.0, 45.5]),
            (found.ceaf_e, [65.0, 43.3, 52.0]),
        ];
        for (measure, [recall, precision, f1]) in rows {
            near(measure.recall(), recall);
            near(measure.precision(), precision);
            near(measure.f1(), f1);
        }
        near(found.conll(), 45.8);
    }

    #[test]
    fn what_is_mentioned_once_can_be_left_out() {
        let all = partition(&[&[1], &[2, 3]]);
        assert_eq!(without_singletons(&all), partition(&[&[2, 3]]));
    }

    #[test]
    fn the_cheapest_pairs_are_found_where_the_greedy_way_fails() {
        let costs = [[1.0, 2.0, 9.0], [1.0, 8.0, 9.0]];
        assert_eq!(assignment(2, 3, |row, column| costs[row][column]), [1, 0]);
    }

    #[test]
    fn nothing_found_scores_nothing() {
        let scores = scores(&[&[1, 2]], &[]);
        near(scores.conll(), 0.0);
    }
}
