//! What `CALL` can call: procedures of ours, and tables that a program registers.
//!
//! [`table`] lists ours; a file for each family says what they do. A call is given what the
//! query sees, its own changes included, and yields rows in an order that the same graph always
//! gives.

mod centrality;
mod grouping;
mod options;
mod path;
mod relation;
mod schema;
mod search;
mod table;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::graph::algorithm::{Place, Projection, ProjectionError, Reading, Selection, Watch};
use crate::graph::{Direction, PropertyGraph};
use crate::model::{Node, Value, equivalent};

use super::error::RunError;
use super::eval::wrong_type;
use super::exec::Context;
use super::signature::{ProcedureCatalog, ProcedureSignature};

use self::options::Options;
use self::table::BuiltIn;

pub(crate) use self::table::known_elsewhere;

/// Rows, each with a value for every output.
pub(crate) type Table = Vec<Vec<Value>>;

/// Gives one row after the other.
pub(crate) type Source =
    Box<dyn FnMut(&Context<'_, '_>) -> Result<Option<Vec<Value>>, RunError> + Send>;

/// What a call gives.
pub(crate) enum Output {
    /// Rows.
    Rows(Arc<Table>),
    /// Rows that are not all made at once.
    Stream(Source),
    /// The procedure has no outputs: the row that called goes on.
    Nothing,
}

impl fmt::Debug for Output {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows(rows) => formatter.debug_tuple("Rows").field(rows).finish(),
            Self::Stream(_) => formatter.write_str("Stream"),
            Self::Nothing => formatter.write_str("Nothing"),
        }
    }
}

#[derive(Debug, Clone)]
enum Body {
    BuiltIn(BuiltIn),
    /// Rows with inputs first and outputs after: a call gives the outputs of those rows whose
    /// inputs equal the arguments.
    Table(Table),
}

/// All procedures, by name.
#[derive(Debug, Clone)]
pub struct Procedures {
    catalog: ProcedureCatalog,
    bodies: BTreeMap<String, Body>,
}

impl Default for Procedures {
    /// The procedures that are always there.
    fn default() -> Self {
        let mut procedures = Self {
            catalog: ProcedureCatalog::new(),
            bodies: BTreeMap::new(),
        };
        for (built_in, signature) in table::built_ins() {
            procedures.insert(signature, Body::BuiltIn(built_in));
        }
        procedures
    }
}

impl Procedures {
    /// The procedures that are always there.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a procedure that is a table, its columns the inputs and then the outputs.
    pub fn register_table(&mut self, signature: ProcedureSignature, rows: Vec<Vec<Value>>) {
        self.insert(signature, Body::Table(rows));
    }

    /// What each procedure takes and gives.
    pub fn catalog(&self) -> &ProcedureCatalog {
        &self.catalog
    }

    /// What each procedure takes, gives and does, by name.
    pub fn signatures(&self) -> impl Iterator<Item = &ProcedureSignature> {
        self.catalog.values()
    }

    fn insert(&mut self, signature: ProcedureSignature, body: Body) {
        self.bodies.insert(signature.name.clone(), body);
        self.catalog.insert(signature.name.clone(), signature);
    }

    /// What the procedure gives for `arguments`.
    pub(crate) fn call(
        &self,
        name: &str,
        arguments: &[Value],
        context: &Context<'_, '_>,
        memory: &mut Memory,
    ) -> Result<Output, RunError> {
        let (Some(signature), Some(body)) = (self.catalog.get(name), self.bodies.get(name)) else {
            return Err(RunError::Unsound("a procedure is gone"));
        };
        let mut call = Call {
            name,
            arguments,
            context,
            memory,
        };
        let rows = match body {
            Body::Table(rows) => rows
                .iter()
                .filter(|row| {
                    let inputs = row.iter().take(arguments.len());
                    inputs
                        .zip(arguments)
                        .all(|(input, given)| equivalent(input, given))
                })
                .map(|row| row.iter().skip(arguments.len()).cloned().collect())
                .collect(),
            Body::BuiltIn(built_in) => match built_in {
                BuiltIn::Labels => schema::labels(&call),
                BuiltIn::RelationshipTypes => schema::relationship_types(&call),
                BuiltIn::PropertyKeys => schema::property_keys(&call),
                BuiltIn::NodeTypeProperties => schema::node_type_properties(&call)?,
                BuiltIn::RelTypeProperties => schema::rel_type_properties(&call)?,
                BuiltIn::Patterns => schema::patterns(&call)?,
                BuiltIn::Procedures => schema::procedures(self),
                BuiltIn::Functions => schema::functions(self),
                BuiltIn::Degree => centrality::degree(&mut call)?,
                BuiltIn::PageRank => centrality::page_rank(&mut call)?,
                BuiltIn::Betweenness => centrality::betweenness(&mut call)?,
                BuiltIn::Closeness => centrality::closeness(&mut call)?,
                BuiltIn::Components => grouping::components(&mut call)?,
                BuiltIn::StrongComponents => grouping::strong_components(&mut call)?,
                BuiltIn::Communities => grouping::communities(&mut call)?,
                BuiltIn::Triangles => grouping::triangles(&mut call)?,
                BuiltIn::Similar => grouping::similar(&mut call)?,
                BuiltIn::ShortestPath => path::shortest_path(&mut call)?,
                BuiltIn::KShortestPaths => path::k_shortest_paths(&mut call)?,
                BuiltIn::SimplePaths => {
                    return path::simple_paths(&mut call).map(Output::Stream);
                }
                BuiltIn::Distances => path::distances(&mut call)?,
                BuiltIn::SearchEntities => search::entities(&call)?,
                BuiltIn::SearchEvidence => search::evidence(&call)?,
                BuiltIn::Relations => relation::relations(&call)?,
            },
        };
        Ok(if signature.outputs.is_empty() {
            Output::Nothing
        } else {
            Output::Rows(Arc::new(rows))
        })
    }
}

/// What one place of a query remembers from call to call.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    projection: Option<(u64, Selection, Arc<Projection>)>,
}

/// One call of a procedure.
struct Call<'c, 'g, 't> {
    name: &'c str,
    arguments: &'c [Value],
    context: &'c Context<'g, 't>,
    memory: &'c mut Memory,
}

impl<'c> Call<'c, '_, '_> {
    fn graph(&self) -> &'c PropertyGraph {
        self.context.graph()
    }

    /// The argument at `at`; null if it was left out.
    fn argument(&self, at: usize) -> &'c Value {
        static NULL: Value = Value::Null;
        self.arguments.get(at).unwrap_or(&NULL)
    }

    /// The place of the node that is the argument at `at`; `None` if that is null or a node that
    /// is removed or not projected.
    fn place(
        &self,
        projection: &Projection,
        at: usize,
        name: &str,
    ) -> Result<Option<Place>, RunError> {
        let given = self.argument(at);
        if given.is_null() {
            return Ok(None);
        }
        let Some(node) = given.as_node() else {
            let what = format!("argument `{name}` of {}", self.name);
            return Err(wrong_type(what, "a node", given));
        };
        Ok(projection.place(node))
    }

    fn options(&self, at: usize) -> Result<Options<'c>, RunError> {
        Options::new(self.name, self.argument(at))
    }

    /// The part of the graph that `selection` names; the one of the call before if neither it
    /// nor the graph has changed.
    fn projection(
        &mut self,
        selection: Selection,
        weight: Option<&str>,
    ) -> Result<Arc<Projection>, RunError> {
        let graph = self.graph();
        if let Some((version, known, projection)) = &self.memory.projection
            && *version == graph.version()
            && *known == selection
        {
            return Ok(Arc::clone(projection));
        }
        let stop = self.context.stop();
        let check = || stop.check();
        let projection = Projection::new(graph, &selection, &Watch::new(&check));
        let projection = projection.map_err(|error| match error {
            ProjectionError::Stopped(error) => error,
            ProjectionError::Unusable {
                relationship,
                value,
            } => {
                let key = weight.unwrap_or_default();
                let what = format!("property `{key}` of relationship {}", relationship.number());
                let wanted = match selection.weight {
                    Some((_, Reading::Probability)) => "a number above 0 and up to 1",
                    Some((_, Reading::Plain)) | None => "a number that is not negative",
                };
                wrong_type(what, wanted, &value)
            }
        })?;
        let projection = Arc::new(projection);
        let kept = Arc::clone(&projection);
        self.memory.projection = Some((graph.version(), selection, kept));
        Ok(projection)
    }

    /// Does `work`, which ends when the query should.
    fn watched<T>(
        &self,
        work: impl FnOnce(&Watch<'_, RunError>) -> Result<T, RunError>,
    ) -> Result<T, RunError> {
        let stop = self.context.stop();
        let check = || stop.check();
        work(&Watch::new(&check))
    }
}

/// The node at a place, as a query knows it.
fn node(projection: &Projection, place: Place) -> Value {
    Value::Node(Node::bare(projection.node(place)))
}

fn integer(number: usize) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The places with their scores, the highest first, then by the ids of nodes.
fn best_first(scores: Vec<f64>, projection: &Projection) -> Vec<(Place, f64)> {
    let mut ranked: Vec<(Place, f64)> = projection.places().zip(scores).collect();
    ranked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    ranked
}

/// Whichever way relationships go.
const BOTH: Direction = Direction::Both;
