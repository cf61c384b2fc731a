//! What relationship types have to do with one another.

use std::sync::Arc;

use crate::model::{RelId, Relationship, Value};
use crate::query::error::RunError;
use crate::query::eval::wrong_type;
use crate::query::kinship::{Related, Used, kind, related, source};

use super::{Call, Table, integer};

/// `whom.relations`: of one type all that the lists know, of all types those that are in use.
pub(super) fn relations(call: &Call<'_, '_, '_>) -> Result<Table, RunError> {
    let given = call.argument(0);
    let used = Used::of(call.graph());
    if given.is_null() {
        let mut rows = Vec::new();
        for name in used.counts().keys() {
            call.context.tick()?;
            let in_use = used.related(name).into_iter().filter(|kin| kin.count > 0);
            rows.extend(in_use.map(|kin| row(call, name, &kin)));
        }
        return Ok(rows);
    }
    let Some(name) = given.as_str() else {
        let what = format!("argument `type` of {}", call.name);
        return Err(wrong_type(what, "a string", given));
    };
    let rows = related(name, call.graph(), &used)?.into_iter();
    Ok(rows.map(|kin| row(call, name, &kin)).collect())
}

fn row(call: &Call<'_, '_, '_>, of: &str, related: &Related) -> Vec<Value> {
    vec![
        Value::from(of),
        Value::String(Arc::clone(&related.name)),
        Value::from(kind(related.kinship)),
        Value::from(source(related.list)),
        integer(related.count),
        first(call, &related.name).map_or(Value::Null, |id| {
            Value::Relationship(Relationship::bare(id))
        }),
    ]
}

/// The first relationship of a type.
fn first(call: &Call<'_, '_, '_>, name: &str) -> Option<RelId> {
    let graph = call.graph();
    graph.relationships_of_type(graph.rel_type(name)?).min()
}
