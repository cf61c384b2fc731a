//! whom

pub mod base;
pub mod extract;
pub mod model;
pub mod text;
