//! The nearest known name, for "did you mean".

/// The name in `known` that `wanted` was most likely meant to be, if any is near enough.
///
/// Near enough is a Damerau-Levenshtein distance of at most a third of the length of `wanted`,
/// and at least one; case is ignored. Among equals the first in `known` wins.
pub fn nearest<'k>(wanted: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    nearest_many(wanted, known, 1).into_iter().next()
}

/// At most `limit` names in `known` that `wanted` may have been meant to be, nearest first.
///
/// Time O(names × length²).
pub fn nearest_many<'k>(
    wanted: &str,
    known: impl IntoIterator<Item = &'k str>,
    limit: usize,
) -> Vec<&'k str> {
    let lowered = wanted.to_lowercase();
    let length = lowered.chars().count();
    let farthest = (length / 3).max(1);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(length) <= farthest)
        .map(|name| {
            (
                strsim::damerau_levenshtein(&lowered, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, _)| *distance <= farthest)
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.dedup_by_key(|(_, name)| *name);
    near.into_iter().take(limit).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_and_far_ones_are_not() {
        let known = ["MATCH", "MERGE", "RETURN"];
        assert_eq!(nearest("mathc", known), Some("MATCH"));
        assert_eq!(nearest("RETRUN", known), Some("RETURN"));
        assert_eq!(nearest("elephant", known), None);
    }
}
