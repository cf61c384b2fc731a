//! English questions, answered from the graph.
//!
//! A question is read by its outer form (`parse`, with `grammar/question.pest`) or by its tree
//! (`tree`), matched against what the graph holds (`facts`, `matching`), and translated to one
//! query over the graph's shape (`translate`), which is run: the rows are the answer. The text of
//! the documents is never searched.

mod event;
mod facts;
mod frame;
mod matching;
mod parse;
mod role;
mod speaker;
mod tree;
mod words;
