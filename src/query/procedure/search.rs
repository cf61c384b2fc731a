//! Full-text search.
//!
//! Both procedures take the options `labels` or `types` (of what is found), `match` (`'all'` of
//! the text or `'any'` part of it), `limit`, and `properties`, which are searched instead of the
//! usual ones.

use crate::graph::text::{Owners, TextMatch, TextQuery, Wanted};
use crate::model::{Node, NodeId, RelId, Relationship, Value, property};
use crate::query::error::RunError;
use crate::query::eval::wrong_type;

use super::options::Options;
use super::{Call, Table};

/// Names and aliases are searched.
pub(super) fn entities(call: &Call<'_, '_, '_>) -> Result<Table, RunError> {
    let graph = call.graph();
    let mut options = call.options(1)?;
    let labels = options.labels(graph)?;
    let fits = |found: &TextMatch| {
        let Some(labels) = &labels else {
            return true;
        };
        let node = graph.node(NodeId::new(found.owner));
        node.is_some_and(|node| labels.iter().any(|label| node.has_label(*label)))
    };
    let usual = [property::NAME, property::ALIASES];
    let found = search(call, options, (Owners::Nodes, &usual), fits)?;
    let rows = found.into_iter().map(|found| {
        let node = Node::bare(NodeId::new(found.owner));
        vec![Value::Node(node), Value::Float(found.score)]
    });
    Ok(rows.collect())
}

/// The sentences behind relationships are searched.
pub(super) fn evidence(call: &Call<'_, '_, '_>) -> Result<Table, RunError> {
    let graph = call.graph();
    let mut options = call.options(1)?;
    let types = options.types(graph)?;
    let fits = |found: &TextMatch| {
        let Some(types) = &types else {
            return true;
        };
        let relationship = graph.relationship(RelId::new(found.owner));
        relationship.is_some_and(|relationship| types.contains(&relationship.rel_type()))
    };
    let usual = [property::EVIDENCE];
    let found = search(call, options, (Owners::Relationships, &usual), fits)?;
    let rows = found.into_iter().map(|found| {
        let relationship = Relationship::bare(RelId::new(found.owner));
        vec![Value::Relationship(relationship), Value::Float(found.score)]
    });
    Ok(rows.collect())
}

/// What `fits` of what the text of `call` finds.
fn search(
    call: &Call<'_, '_, '_>,
    mut options: Options<'_>,
    (owners, usual): (Owners, &[&str]),
    fits: impl Fn(&TextMatch) -> bool,
) -> Result<Vec<TextMatch>, RunError> {
    let words = [("all", Wanted::All), ("any", Wanted::Any)];
    let wanted = options.word("match", &words, "'all' or 'any'")?;
    let limit = options.count("limit")?.unwrap_or(usize::MAX);
    let properties = options.strings("properties")?;
    options.finish()?;
    let text = call.argument(0);
    if text.is_null() {
        return Ok(Vec::new());
    }
    let Some(text) = text.as_str() else {
        let what = format!("argument `text` of {}", call.name);
        return Err(wrong_type(what, "a string", text));
    };
    let graph = call.graph();
    let key = |name: &str| graph.property_key(name);
    let keys: Vec<_> = match &properties {
        Some(names) => names.iter().filter_map(|name| key(name)).collect(),
        None => usual.iter().filter_map(|name| key(name)).collect(),
    };
    let query = TextQuery::new(text, wanted.unwrap_or(Wanted::All));
    call.watched(|watch| {
        let index = graph.text_index(owners, &keys, watch)?;
        let found = query.run(&index, watch)?;
        Ok(found.into_iter().filter(fits).take(limit).collect())
    })
}
