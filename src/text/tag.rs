//! Scores to tags: the best number of a row, and the best sequence of name tags.

use std::ops::Range;

use super::labels::NameTag;
use super::mention::NameSpan;

/// The place of the highest score; the first of several. 0 for an empty row.
pub(crate) fn best(row: &[f32]) -> usize {
    let mut found = 0;
    let mut highest = f32::NEG_INFINITY;
    for (index, score) in row.iter().enumerate() {
        if *score > highest {
            highest = *score;
            found = index;
        }
    }
    found
}

/// The names of a sentence: the best sequence of tags in which a name goes on only where it began.
/// `scores` holds a row of `tags` for each of its words.
///
/// The Viterbi algorithm; time O(n · tags²).
pub(crate) fn names(scores: &[f32], tags: &[NameTag]) -> Vec<NameSpan> {
    if tags.is_empty() {
        return Vec::new();
    }
    let mut total: Vec<f32> = tags
        .iter()
        .map(|tag| match tag {
            NameTag::Outside | NameTag::Begins(_) => 0.0,
            NameTag::Inside(_) => f32::NEG_INFINITY,
        })
        .collect();
    let mut back: Vec<Vec<usize>> = Vec::new();
    for (word, row) in scores.chunks_exact(tags.len()).enumerate() {
        let mut next = Vec::with_capacity(tags.len());
        let mut from = Vec::with_capacity(tags.len());
        for (tag, score) in tags.iter().zip(row) {
            let mut best = (0, f32::NEG_INFINITY);
            if word == 0 {
                best = (0, total.get(next.len()).copied().unwrap_or(0.0));
            } else {
                for (before, sum) in total.iter().enumerate() {
                    let allowed = tags
                        .get(before)
                        .is_some_and(|before| follows(*before, *tag));
                    if allowed && *sum > best.1 {
                        best = (before, *sum);
                    }
                }
            }
            from.push(best.0);
            next.push(best.1 + score);
        }
        total = next;
        back.push(from);
    }
    let mut path = Vec::with_capacity(back.len());
    let mut at = best(&total);
    for from in back.iter().rev() {
        path.push(at);
        at = from.get(at).copied().unwrap_or(0);
    }
    path.reverse();
    spans(&path, tags)
}

fn follows(before: NameTag, tag: NameTag) -> bool {
    match (before, tag) {
        (_, NameTag::Outside | NameTag::Begins(_)) => true,
        (NameTag::Begins(name) | NameTag::Inside(name), NameTag::Inside(other)) => name == other,
        (NameTag::Outside, NameTag::Inside(_)) => false,
    }
}

fn spans(path: &[usize], tags: &[NameTag]) -> Vec<NameSpan> {
    let mut found: Vec<NameSpan> = Vec::new();
    for (word, tag) in path.iter().enumerate() {
        match tags.get(*tag) {
            Some(NameTag::Begins(name_type)) => found.push(NameSpan {
                tokens: word..word + 1,
                name_type: *name_type,
            }),
            Some(NameTag::Inside(_)) => {
                if let Some(name) = found.last_mut() {
                    name.tokens.end = word + 1;
                }
            }
            Some(NameTag::Outside) | None => {}
        }
    }
    found
}

/// `names` with what no name has taken off its ends: quotation marks, a possessive, a comma; a
/// name of nothing but marks is dropped.
pub(crate) fn trimmed(names: Vec<NameSpan>, is_mark: impl Fn(usize) -> bool) -> Vec<NameSpan> {
    names
        .into_iter()
        .filter_map(|name| {
            let Range { mut start, mut end } = name.tokens;
            while start < end && is_mark(start) {
                start += 1;
            }
            while end > start && is_mark(end - 1) {
                end -= 1;
            }
            (start < end).then_some(NameSpan {
                tokens: start..end,
                name_type: name.name_type,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{best, names};
    use crate::text::NameType;
    use crate::text::labels::NameTag;

    #[test]
    fn a_name_goes_on_only_where_it_began() {
        let tags = [
            NameTag::Outside,
            NameTag::Begins(NameType::Person),
            NameTag::Inside(NameType::Person),
            NameTag::Begins(NameType::Place),
            NameTag::Inside(NameType::Place),
        ];
        // The second word alone would be inside a place, the first begins a person.
        let scores = [
            0.0, 5.0, 9.0, 0.0, 0.0, //
            1.0, 0.0, 3.0, 0.0, 4.0, //
            5.0, 0.0, 0.0, 0.0, 0.0,
        ];
        let found = names(&scores, &tags);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].tokens, 0..2);
        assert_eq!(found[0].name_type, NameType::Person);
        assert!(names(&[], &tags).is_empty());
        assert_eq!(best(&[]), 0);
        assert_eq!(best(&[1.0, f32::NAN, 1.0]), 0);
    }
}
