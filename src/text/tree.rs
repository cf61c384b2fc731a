//! Arc scores to heads that always make a tree with one root.
//!
//! The best tree is a maximum spanning arborescence, found by contracting cycles. Sources:
//! Chu and Liu, "On the shortest arborescence of a directed graph", 1965; Edmonds, "Optimum
//! branchings", 1967; for parsing: "Non-projective dependency parsing using
//! spanning tree algorithms", 2005.

/// Taken off each arc from the root: more than any tree can win by having a second word under
/// the root, so the best tree has just one.
const ROOT_COST: f64 = 1e8;

/// The heads of the best tree over words 0 to `count - 1`, word 0 being the root above the tree;
/// its own entry means nothing. `scores` holds, for each dependent, the score of each head.
///
/// Time O(n²) when each word's best head makes a tree, O(n³) at worst; memory O(n²).
pub(crate) fn best_tree(scores: &[f32], count: usize) -> Vec<usize> {
    let mut matrix = Matrix::new(count);
    for dependent in 1..count {
        for head in 0..count {
            let score = scores.get(dependent * count + head).copied().unwrap_or(0.0);
            let score = if score.is_finite() {
                f64::from(score)
            } else {
                -1e5
            };
            let score = if head == 0 { score - ROOT_COST } else { score };
            matrix.set(dependent, head, score);
        }
    }
    let greedy = greedy(scores, count);
    if cycle(&greedy).is_none() && greedy.iter().skip(1).filter(|head| **head == 0).count() == 1 {
        return greedy;
    }
    let mut levels = Vec::new();
    let mut heads = loop {
        let heads = matrix.best_heads();
        let Some(cycle) = cycle(&heads) else {
            break heads;
        };
        let (contracted, level) = contract(&matrix, heads, cycle);
        matrix = contracted;
        levels.push(level);
    };
    while let Some(level) = levels.pop() {
        heads = level.expanded(&heads);
    }
    heads
}

/// By how much the head that `heads` gives each word scores above the next best, in the order of the
/// words; less than nothing where the tree needed another head than the best. The root above the
/// tree has none. Time O(n²).
pub(crate) fn margins(scores: &[f32], heads: &[usize]) -> Vec<f32> {
    let count = heads.len();
    let words = heads.iter().enumerate().skip(1);
    words
        .map(|(dependent, head)| {
            let row = scores
                .get(dependent * count..(dependent + 1) * count)
                .unwrap_or_default();
            let others = row
                .iter()
                .enumerate()
                .filter(|(other, _)| other != head && *other != dependent);
            let best = others
                .map(|(_, score)| *score)
                .fold(f32::NEG_INFINITY, f32::max);
            row.get(*head)
                .map_or(f32::NEG_INFINITY, |score| score - best)
        })
        .collect()
}

/// Each word's best head by itself.
fn greedy(scores: &[f32], count: usize) -> Vec<usize> {
    let mut heads = vec![0; count];
    for (dependent, head) in heads.iter_mut().enumerate().skip(1) {
        let row = scores
            .get(dependent * count..(dependent + 1) * count)
            .unwrap_or_default();
        let mut best = f32::NEG_INFINITY;
        for (candidate, score) in row.iter().enumerate() {
            if candidate != dependent && *score > best {
                best = *score;
                *head = candidate;
            }
        }
    }
    heads
}

/// Scores of heads by dependent.
struct Matrix {
    count: usize,
    cells: Vec<f64>,
}

impl Matrix {
    fn new(count: usize) -> Self {
        Self {
            count,
            cells: vec![f64::NEG_INFINITY; count * count],
        }
    }

    fn get(&self, dependent: usize, head: usize) -> f64 {
        self.cells
            .get(dependent * self.count + head)
            .copied()
            .unwrap_or(f64::NEG_INFINITY)
    }

    fn set(&mut self, dependent: usize, head: usize, score: f64) {
        if dependent != head
            && let Some(cell) = self.cells.get_mut(dependent * self.count + head)
        {
            *cell = score;
        }
    }

    fn best_heads(&self) -> Vec<usize> {
        let mut heads = vec![0; self.count];
        for (dependent, head) in heads.iter_mut().enumerate().skip(1) {
            let mut best = f64::NEG_INFINITY;
            for candidate in 0..self.count {
                let score = self.get(dependent, candidate);
                if score > best {
                    best = score;
                    *head = candidate;
                }
            }
        }
        heads
    }
}

/// The words of a cycle among `heads`, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0: not seen; else the number of the walk that saw it.
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen.get(at) == Some(&0) {
            if let Some(mark) = seen.get_mut(at) {
                *mark = start;
            }
            at = heads.get(at).copied().unwrap_or(0);
        }
        if at != 0 && seen.get(at) == Some(&start) {
            let mut found = vec![at];
            let mut next = heads.get(at).copied().unwrap_or(0);
            while next != at && found.len() <= heads.len() {
                found.push(next);
                next = heads.get(next).copied().unwrap_or(0);
            }
            return Some(found);
        }
    }
    None
}

/// What is needed to undo one contraction.
struct Level {
    heads: Vec<usize>,
    cycle: Vec<usize>,
    /// The words outside the cycle; the cycle itself is the one after the last.
    rest: Vec<usize>,
    /// For each of `rest`, the word of the cycle that would be its head.
    leaves_at: Vec<usize>,
    /// For each of `rest`, the word of the cycle whose head it would be.
    enters_at: Vec<usize>,
}

/// The matrix with `cycle` made one word.
fn contract(matrix: &Matrix, heads: Vec<usize>, cycle: Vec<usize>) -> (Matrix, Level) {
    let mut inside = vec![false; matrix.count];
    for word in &cycle {
        if let Some(slot) = inside.get_mut(*word) {
            *slot = true;
        }
    }
    let rest: Vec<usize> = (0..matrix.count)
        .filter(|word| inside.get(*word) == Some(&false))
        .collect();
    let own = |word: usize| matrix.get(word, heads.get(word).copied().unwrap_or(0));
    let whole: f64 = cycle.iter().map(|word| own(*word)).sum();
    let last = rest.len();
    let mut small = Matrix::new(last + 1);
    let mut leaves_at = Vec::with_capacity(last);
    let mut enters_at = Vec::with_capacity(last);
    for (row, word) in rest.iter().enumerate() {
        for (column, head) in rest.iter().enumerate() {
            small.set(row, column, matrix.get(*word, *head));
        }
        let first = cycle.first().copied().unwrap_or(0);
        let (mut leave, mut leave_score) = (first, f64::NEG_INFINITY);
        let (mut enter, mut enter_score) = (first, f64::NEG_INFINITY);
        for member in &cycle {
            let out = matrix.get(*word, *member);
            if out > leave_score {
                (leave, leave_score) = (*member, out);
            }
            let into = matrix.get(*member, *word) - own(*member) + whole;
            if into > enter_score {
                (enter, enter_score) = (*member, into);
            }
        }
        leaves_at.push(leave);
        enters_at.push(enter);
        if row > 0 {
            small.set(row, last, leave_score);
        }
        small.set(last, row, enter_score);
    }
    let level = Level {
        heads,
        cycle,
        rest,
        leaves_at,
        enters_at,
    };
    (small, level)
}

impl Level {
    /// The heads before the contraction, from those after it.
    fn expanded(self, small: &[usize]) -> Vec<usize> {
        let last = self.rest.len();
        let mut heads = self.heads;
        for (row, word) in self.rest.iter().enumerate().skip(1) {
            let head = match small.get(row).copied() {
                Some(head) if head == last => self.leaves_at.get(row).copied(),
                Some(head) => self.rest.get(head).copied(),
                None => None,
            };
            if let (Some(slot), Some(head)) = (heads.get_mut(*word), head) {
                *slot = head;
            }
        }
        // The arc into the cycle breaks it.
        let from = small.get(last).copied().unwrap_or(0);
        let broken = self
            .enters_at
            .get(from)
            .copied()
            .or(self.cycle.first().copied());
        if let (Some(word), Some(head)) = (broken, self.rest.get(from))
            && let Some(slot) = heads.get_mut(word)
        {
            *slot = *head;
        }
        heads
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{best_tree, margins};

    /// All trees over `count` words with one word under the root, the best score first.
    fn best_by_trying(scores: &[f32], count: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        let mut heads = vec![0; count];
        loop {
            let roots = heads.iter().skip(1).filter(|head| **head == 0).count();
            let is_tree = roots == 1
                && (1..count).all(|word| {
                    let mut at = word;
                    for _ in 0..count {
                        at = heads[at];
                    }
                    at == 0
                });
            if is_tree {
                let score = (1..count)
                    .map(|word| scores[word * count + heads[word]])
                    .sum();
                best = best.max(score);
            }
            let mut digit = 1;
            while digit < count && heads[digit] == count - 1 {
                heads[digit] = 0;
                digit += 1;
            }
            if digit >= count {
                return best;
            }
            heads[digit] += 1;
        }
    }

    #[test]
    fn a_margin_is_what_a_head_is_better_by() {
        // Word 1 is under the root by 3 to 1; word 2 is under word 1 though the root scores more.
        let scores = [0.0, 0.0, 0.0, 3.0, 0.0, 1.0, 5.0, 4.0, 0.0];
        let found = margins(&scores, &[0, 0, 1]);
        let whole: Vec<f32> = found.iter().map(|margin| margin.round()).collect();
        assert_eq!(format!("{whole:?}"), "[2.0, -1.0]");
    }

    proptest! {
        #[test]
        fn the_best_tree_is_as_good_as_any(scores in prop::collection::vec(-4_i16..5, 25), count in 2..6_usize) {
            let scores: Vec<f32> = scores[..count * count].iter().map(|score| f32::from(*score)).collect();
            let heads = best_tree(&scores, count);
            let score: f32 = (1..count).map(|word| scores[word * count + heads[word]]).sum();
            prop_assert!((score - best_by_trying(&scores, count)).abs() < 0.5);
        }
    }
}
