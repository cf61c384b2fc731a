//! How good the answers are, with floors that may only rise.
//!
//! The questions about our own articles always run. The news questions run when `WHOM_EVAL` names
//! the folder that holds them and their scorer; without it they say so and pass.
//! Coreference and segmentation are measured when `WHOM_TREEBANKS` names the folder of the treebanks.
//! Entities and relations in an analyst's schema are scored on documents in the folder of the news.
#![cfg(test)]

mod causes;
mod coreference;
mod examples;
mod metrics;
mod news;
mod schema;
mod segmentation;
mod support;
