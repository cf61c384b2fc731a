//! Shortcuts do not change rows: generated queries on generated graphs, with and without.
//!
//! `tests/fuzz` runs the same without an end.

use proptest::prelude::*;

#[expect(unreachable_pub, reason = "the fuzz targets use it from a library")]
#[path = "../fuzz/src/case.rs"]
mod case;
#[expect(unreachable_pub, reason = "the fuzz targets use it from a library")]
#[path = "../fuzz/src/equal.rs"]
mod comparison;

use self::case::Case;
use self::comparison::difference;

#[test]
fn most_generated_queries_are_queries() {
    let mut good = 0;
    for seed in 0_u32..200 {
        let bytes: Vec<u8> = (0_u32..120)
            .map(|at| {
                (seed.wrapping_mul(2_654_435_761).wrapping_add(at * 40_503) >> 13).to_le_bytes()[0]
            })
            .collect();
        good += usize::from(whom::query::parse(&Case::of(&bytes).query).is_ok());
    }
    assert!(good > 190, "{good} of 200");
}

proptest! {
    #[test]
    fn shortcuts_keep_the_rows(bytes in prop::collection::vec(any::<u8>(), 0..160)) {
        prop_assert_eq!(difference(&Case::of(&bytes)), None);
    }
}
