//! What the fuzz targets and the tests of `tests/suite` share.

pub mod case;
pub mod equal;
