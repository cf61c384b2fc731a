//! What `CALL` can call: procedures of ours that tell about the graph, and tables that a
//! program registers.

use std::collections::BTreeMap;

use crate::graph::PropertyGraph;
use crate::model::{Value, equivalent};

use super::error::RunError;
use super::signature::{Field, ProcedureCatalog, ProcedureSignature, Type};

/// What a call gives.
#[derive(Debug)]
pub(crate) enum Output {
    /// Rows, each with a value for every output.
    Rows(Vec<Vec<Value>>),
    /// The procedure has no outputs: the row that called goes on.
    Nothing,
}

/// A procedure that can be called.
#[derive(Debug, Clone)]
struct Procedure {
    signature: ProcedureSignature,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    /// The labels in use, with how many nodes bear each.
    Labels,
    /// The types in use, with how many relationships have each.
    Types,
    /// The property keys in use.
    Keys,
    /// Rows with inputs first and outputs after: a call gives the outputs of those rows whose
    /// inputs equal the arguments.
    Table(Vec<Vec<Value>>),
}

/// All procedures, by name.
#[derive(Debug, Clone)]
pub struct Procedures {
    by_name: BTreeMap<String, Procedure>,
}

impl Default for Procedures {
    /// The procedures that are always there: `db.labels`, `db.relationshipTypes`,
    /// `db.propertyKeys`.
    fn default() -> Self {
        let field = |name: &str, kind: Type| Field {
            name: name.to_owned(),
            kind,
            nullable: false,
        };
        let mut procedures = Self {
            by_name: BTreeMap::new(),
        };
        let count = || field("count", Type::Integer);
        for (name, outputs, body) in [
            (
                "db.labels",
                vec![field("label", Type::String), count()],
                Body::Labels,
            ),
            (
                "db.relationshipTypes",
                vec![field("relationshipType", Type::String), count()],
                Body::Types,
            ),
            (
                "db.propertyKeys",
                vec![field("propertyKey", Type::String)],
                Body::Keys,
            ),
        ] {
            let signature = ProcedureSignature {
                name: name.to_owned(),
                inputs: Vec::new(),
                outputs,
            };
            procedures.insert(Procedure { signature, body });
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
        self.insert(Procedure {
            signature,
            body: Body::Table(rows),
        });
    }

    /// What each procedure takes and gives.
    pub fn catalog(&self) -> ProcedureCatalog {
        self.by_name
            .iter()
            .map(|(name, procedure)| (name.clone(), procedure.signature.clone()))
            .collect()
    }

    fn insert(&mut self, procedure: Procedure) {
        self.by_name
            .insert(procedure.signature.name.clone(), procedure);
    }

    /// What the procedure gives for `arguments`.
    pub(crate) fn call(
        &self,
        name: &str,
        arguments: &[Value],
        graph: &PropertyGraph,
    ) -> Result<Output, RunError> {
        let procedure = self
            .by_name
            .get(name)
            .ok_or(RunError::Unsound("a procedure is gone"))?;
        let counted = |(name, count): (std::sync::Arc<str>, usize)| {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            vec![Value::String(name), Value::Integer(count)]
        };
        let rows = match &procedure.body {
            Body::Labels => graph.labels_in_use().into_iter().map(counted).collect(),
            Body::Types => graph.types_in_use().into_iter().map(counted).collect(),
            Body::Keys => graph
                .property_keys_in_use()
                .into_iter()
                .map(|key| vec![Value::String(key)])
                .collect(),
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
        };
        Ok(if procedure.signature.outputs.is_empty() {
            Output::Nothing
        } else {
            Output::Rows(rows)
        })
    }
}
