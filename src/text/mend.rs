//! Heads that someone else gave, made one tree.

/// Makes `heads` one tree: exactly one root, no cycle. The first root stays; other roots and one
/// token of each cycle are hung on it. Yields how many heads were changed.
///
/// Time O(n).
pub(crate) fn mend(heads: &mut [Option<usize>]) -> usize {
    let count = heads.len();
    let mut changed = 0;
    for (position, head) in heads.iter_mut().enumerate() {
        if head.is_some_and(|head| head >= count || head == position) {
            *head = None;
            changed += 1;
        }
    }
    if count == 0 {
        return 0;
    }
    let root = heads.iter().position(Option::is_none).unwrap_or_else(|| {
        if let Some(first) = heads.first_mut() {
            *first = None;
        }
        changed += 1;
        0
    });
    for (position, head) in heads.iter_mut().enumerate() {
        if head.is_none() && position != root {
            *head = Some(root);
            changed += 1;
        }
    }
    // Walk up from each token; a token met twice in one walk closes a cycle.
    let mut walk_of = vec![usize::MAX; count];
    for start in 0..count {
        let mut at = start;
        loop {
            match walk_of.get(at).copied() {
                Some(usize::MAX) => {}
                Some(walk) if walk == start && at != root => {
                    if let Some(head) = heads.get_mut(at) {
                        *head = Some(root);
                        changed += 1;
                    }
                    break;
                }
                Some(_) | None => break,
            }
            if let Some(walk) = walk_of.get_mut(at) {
                *walk = start;
            }
            match heads.get(at).copied().flatten() {
                Some(head) => at = head,
                None => break,
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::mend;

    type Heads = &'static [Option<usize>];

    #[test]
    fn heads_are_mended_to_one_tree() {
        let cases: [(Heads, Heads); 5] = [
            (&[Some(1), None], &[Some(1), None]),
            (&[None, None, Some(0)], &[None, Some(0), Some(0)]),
            (&[Some(1), Some(0)], &[None, Some(0)]),
            (&[Some(9), Some(0)], &[None, Some(0)]),
            (
                &[None, Some(2), Some(3), Some(1)],
                &[None, Some(0), Some(3), Some(1)],
            ),
        ];
        for (given, wanted) in cases {
            let mut heads = given.to_vec();
            mend(&mut heads);
            assert_eq!(heads, wanted, "{given:?}");
        }
    }
}
