//! Shortcuts do not change the rows of a query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whom_fuzz::case::Case;
use whom_fuzz::equal::difference;

fuzz_target!(|bytes: &[u8]| {
    if let Some(difference) = difference(&Case::of(bytes)) {
        panic!("{difference}");
    }
});
