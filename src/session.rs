//! The library's one face: a graph, its file, and all that can be done with them.
//!
//! A [`Session`] keeps the graph in memory and on disk in step: what changes one changes the
//! other in the same breath, or neither. It knows nothing of terminals.

mod ask;
mod build;
mod correct;
mod correction_error;
mod explain;
mod files;
mod statements;
mod tables;

use std::io::Write;
use std::path::Path;

use crate::base::{Cancel, Clock};
use crate::error::Error;
use crate::export::{self, Format, Subgraph};
use crate::graph::{Bulk, ChangeCounts, PropertyGraph, Transaction};
use crate::model::{Map, NodeId, RelId, Value, property};
use crate::query::ast::Mode;
use crate::query::signature::ProcedureSignature;
use crate::query::{
    self, Callable, CallableKind, Files, Limits, Note, PlanTable, Procedures, QueryError, Rows,
    Settings, Tuning,
};
use crate::question::Vocabulary;
use crate::store::{Database, DocumentRow, StoreError, Verification};
use crate::text::Annotator;

pub use self::build::{BuildOptions, BuildReport, SchemaChoice};
pub use self::correct::{Corrected, CorrectionRow, SplitBy};
pub use self::correction_error::CorrectionError;
pub use self::explain::{
    About, Absence, End, EntityReason, Finding, MemberReason, MentionReason, NearRule, Reason,
};
pub use self::files::FileAccess;
use self::statements::Statements;
pub use self::tables::{Column, ColumnKind, NodeTable, RelationshipTable, TableError};

/// How often a statement is tried while another process keeps writing to the file.
const MOST_TRIES: usize = 5;

/// A graph with its file, or in memory alone.
#[derive(Debug)]
pub struct Session {
    graph: PropertyGraph,
    database: Option<Database>,
    cancel: Cancel,
    limits: Limits,
    clock: Clock,
    tuning: Tuning,
    procedures: Procedures,
    statements: Statements,
    files: FileAccess,
    /// The graph laid out for questions, made when one is asked; gone when the graph changes.
    vocabulary: Option<Vocabulary>,
    /// The reader of English, loaded when a question first needs it.
    annotator: Option<Annotator>,
    /// The question before, on which the next may lean.
    previous_question: Option<String>,
}

/// What a statement gave and did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// The names of the columns, as the statement gives them.
    pub columns: Vec<String>,
    /// The rows, each with a value per column.
    pub rows: Vec<Vec<Value>>,
    /// What changed.
    pub counts: ChangeCounts,
    /// The plan, if the statement asks for it; the rows are then its lines, for programs.
    pub plan: Option<PlanTable>,
    /// What is odd about the statement, though it ran: labels nobody bears, and the like.
    pub notes: Vec<Note>,
}

impl Outcome {
    /// What changed, in words; `None` if nothing did.
    pub fn changes_text(&self) -> Option<String> {
        let counts = self.counts;
        let parts: Vec<String> = [
            (counts.nodes_created, "node", "created"),
            (counts.nodes_deleted, "node", "deleted"),
            (counts.relationships_created, "relationship", "created"),
            (counts.relationships_deleted, "relationship", "deleted"),
            (counts.properties_set, "property", "set"),
            (counts.labels_added, "label", "added"),
            (counts.labels_removed, "label", "removed"),
        ]
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, thing, done)| format!("{} {done}", counted(count, thing)))
        .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

fn counted(count: usize, thing: &str) -> String {
    match (count, thing) {
        (1, _) => format!("1 {thing}"),
        (_, "property") => format!("{count} properties"),
        _ => format!("{count} {thing}s"),
    }
}

/// Words that a statement about this graph may use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completions {
    /// Labels of nodes.
    pub labels: Vec<String>,
    /// Types of relationships.
    pub types: Vec<String>,
    /// Keys of properties.
    pub keys: Vec<String>,
    /// Names and other forms of entities.
    pub names: Vec<String>,
    /// Functions of the query language.
    pub functions: Vec<String>,
    /// Procedures.
    pub procedures: Vec<String>,
}

/// How much a graph holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// How many nodes.
    pub nodes: usize,
    /// How many relationships.
    pub relationships: usize,
    /// The labels, each with how many nodes bear it.
    pub labels: Vec<(String, usize)>,
    /// The relationship types, each with how many there are.
    pub types: Vec<(String, usize)>,
    /// The property keys.
    pub keys: Vec<String>,
}

impl Session {
    /// The graph in the file at `path`.
    ///
    /// # Errors
    /// [`Error::Store`] if there is no such file or it is no graph.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::with_database(Database::open(path)?)
    }

    /// The graph in the file at `path`, which is made if it is not there.
    ///
    /// # Errors
    /// [`Error::Store`] if the file is no graph or cannot be made.
    pub fn open_or_create(path: &Path) -> Result<Self, Error> {
        Self::with_database(Database::open_or_create(path)?)
    }

    /// An empty graph that is not kept.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::new(PropertyGraph::new(), None)
    }

    fn with_database(mut database: Database) -> Result<Self, Error> {
        let graph = database.load_graph()?;
        Ok(Self::new(graph, Some(database)))
    }

    fn new(graph: PropertyGraph, database: Option<Database>) -> Self {
        Self {
            graph,
            database,
            cancel: Cancel::new(),
            limits: Limits::default(),
            clock: Clock::System,
            tuning: Tuning::ALL,
            procedures: Procedures::new(),
            statements: Statements::default(),
            files: FileAccess::default(),
            vocabulary: None,
            annotator: None,
            previous_question: None,
        }
    }

    /// From now on work stops when `cancel` is raised.
    pub fn stop_with(&mut self, cancel: Cancel) {
        self.cancel = cancel;
    }

    /// From now on a statement may use so much.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// From now on statements may read these files.
    pub fn allow_files(&mut self, access: FileAccess) {
        self.files = access;
    }

    /// From now on the time is taken from `clock`.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// From now on the engine may take the shortcuts that `tuning` allows.
    pub fn tune(&mut self, tuning: Tuning) {
        self.tuning = tuning;
    }

    /// The file; `None` for a graph in memory.
    pub fn path(&self) -> Option<&Path> {
        self.database
            .as_ref()
            .map(Database::path)
            .filter(|path| *path != Path::new(":memory:"))
    }

    /// The graph as it is in memory.
    pub fn graph(&self) -> &PropertyGraph {
        &self.graph
    }

    /// Takes over what another process has written to the file meanwhile.
    ///
    /// # Errors
    /// [`Error::Store`] if the file cannot be read any more.
    pub fn refresh(&mut self) -> Result<(), Error> {
        self.begin_reading()?;
        self.end_reading();
        Ok(())
    }

    /// Brings the graph up to date with the file, and keeps to that state of the file until
    /// [`Session::end_reading`].
    fn begin_reading(&mut self) -> Result<(), Error> {
        if let Some(database) = &mut self.database
            && let Some(graph) = database.begin_reading()?
        {
            self.graph = graph;
            self.vocabulary = None;
        }
        Ok(())
    }

    fn end_reading(&self) {
        if let Some(database) = &self.database {
            database.end_reading();
        }
    }

    /// Runs one statement. If another process writes to the file meanwhile, the statement is run
    /// again on what that process has written.
    ///
    /// # Errors
    /// [`Error::Query`] if it is not understood or fails, [`Error::Store`] if what it changed
    /// cannot be written; nothing is changed then.
    pub fn query(&mut self, text: &str, parameters: &Map) -> Result<Outcome, Error> {
        let statement = self.statements.understand(text)?;
        self.run(&statement, parameters)
    }

    /// The plan of one statement, with the rows that each operator is thought to give.
    ///
    /// # Errors
    /// [`Error::Query`] if it is not understood.
    pub fn plan(&mut self, text: &str, parameters: &Map) -> Result<Outcome, Error> {
        let mut statement = query::parse_all(text).map_err(QueryError::from)?;
        statement.mode = Mode::Explain;
        self.run(&statement, parameters)
    }

    /// Runs one statement and gives its plan, with the rows and the time of each operator.
    ///
    /// # Errors
    /// Those of [`Session::query`].
    pub fn profile(&mut self, text: &str, parameters: &Map) -> Result<Outcome, Error> {
        let mut statement = query::parse_all(text).map_err(QueryError::from)?;
        statement.mode = Mode::Profile;
        self.run(&statement, parameters)
    }

    fn run(&mut self, statement: &query::ast::Query, parameters: &Map) -> Result<Outcome, Error> {
        let mut tries = 1;
        loop {
            let outcome = self.try_to_run(statement, parameters);
            self.end_reading();
            match outcome {
                Err(Error::Store(StoreError::ChangedElsewhere { .. })) if tries < MOST_TRIES => {
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }

    fn try_to_run(
        &mut self,
        statement: &query::ast::Query,
        parameters: &Map,
    ) -> Result<Outcome, Error> {
        self.begin_reading()?;
        let open = |path: &Path| files::open(&self.files, path);
        let settings = Settings {
            parameters,
            procedures: &self.procedures,
            files: match self.files {
                FileAccess::Forbidden => Files::Forbidden,
                FileAccess::Any | FileAccess::Within(_) => Files::Opened(&open),
            },
            limits: self.limits,
            cancel: self.cancel.clone(),
            clock: self.clock,
            tuning: self.tuning,
        };
        // The transaction takes everything back unless it is committed at the end.
        let mut transaction = Transaction::new(&mut self.graph);
        let outcome = query::run(statement, &mut transaction, &settings);
        // What could not be read from the file comes before what the statement made of that.
        if let Some(database) = &self.database {
            database.check_reads()?;
        }
        let Rows {
            columns,
            rows,
            plan,
            notes,
        } = outcome?;
        let counts = transaction.changes().counts();
        if !transaction.changes().is_empty() {
            if let Some(database) = &mut self.database {
                database.write(transaction.changes(), &[], transaction.graph())?;
            }
            self.vocabulary = None;
        }
        transaction.commit();
        Ok(Outcome {
            columns,
            rows,
            counts,
            plan,
            notes,
        })
    }

    /// How `text` would be run, an operator a line.
    ///
    /// # Errors
    /// [`Error::Query`] if it is not understood.
    pub fn explain(&mut self, text: &str, parameters: &Map) -> Result<String, Error> {
        self.refresh()?;
        let statement = query::parse_all(text).map_err(QueryError::from)?;
        let settings = Settings {
            parameters,
            procedures: &self.procedures,
            files: Files::Forbidden,
            limits: self.limits,
            cancel: self.cancel.clone(),
            clock: self.clock,
            tuning: self.tuning,
        };
        Ok(query::explained(&statement, &self.graph, &settings)?)
    }

    /// Registers a procedure whose results are the lines of a table: `signature` as in
    /// `my.proc(name :: STRING?) :: (city :: STRING?)`; each row has the inputs, then the outputs.
    ///
    /// # Errors
    /// [`Error::Signature`] if the signature is not understood.
    pub fn register_procedure(
        &mut self,
        signature: &str,
        rows: Vec<Vec<Value>>,
    ) -> Result<(), Error> {
        let signature: ProcedureSignature = signature.parse()?;
        self.procedures.register_table(signature, rows);
        Ok(())
    }

    /// Empties a graph in memory: no nodes, no labels, no indexes, no procedures.
    ///
    /// # Errors
    /// [`Error::KeptInFile`] for a graph with a file, which is not emptied by mistake.
    pub fn reset(&mut self) -> Result<(), Error> {
        if self.path().is_some() {
            return Err(Error::KeptInFile);
        }
        self.graph = PropertyGraph::new();
        self.database = None;
        self.vocabulary = None;
        self.procedures = Procedures::new();
        Ok(())
    }

    /// Adds tables of tab-separated values in `folder`: all or nothing.
    ///
    /// # Errors
    /// [`Error::Table`] if a file cannot be read or understood.
    pub fn load_tables(
        &mut self,
        folder: &Path,
        nodes: &[NodeTable],
        relationships: &[RelationshipTable],
    ) -> Result<(), Error> {
        self.refresh()?;
        // The load takes everything back unless it is committed at the end.
        let mut bulk = Bulk::new(&mut self.graph);
        tables::load(&mut bulk, folder, nodes, relationships)?;
        if let Some(database) = &mut self.database {
            let (node, relationship) = bulk.first_ids();
            database.write_from(bulk.graph(), node, relationship)?;
        }
        bulk.commit();
        self.graph.expect_reading();
        self.vocabulary = None;
        Ok(())
    }

    /// Writes `subgraph` to `out`.
    ///
    /// # Errors
    /// [`Error::Export`] if `out` fails.
    pub fn export(
        &self,
        subgraph: &Subgraph,
        format: Format,
        out: &mut dyn Write,
    ) -> Result<(), Error> {
        export::write(subgraph, format, out).map_err(Error::Export)
    }

    /// Checks the file at `path` without loading its graph, which damage might prevent.
    ///
    /// # Errors
    /// [`Error::Store`] if the file cannot be read at all.
    pub fn verify_file(path: &Path) -> Result<Verification, Error> {
        Ok(Database::open(path)?.verify()?)
    }

    /// Checks the graph: its tables, and every piece of evidence against its source.
    ///
    /// # Errors
    /// [`Error::Store`] if the file cannot be read at all.
    pub fn verify(&mut self) -> Result<Verification, Error> {
        Ok(self.documents_database()?.verify()?)
    }

    /// The documents, by source.
    ///
    /// # Errors
    /// [`Error::Store`] if the file cannot be read any more.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, Error> {
        match &self.database {
            Some(database) => Ok(database.documents()?),
            None => Ok(Vec::new()),
        }
    }

    /// Words that a statement about this graph may use. Time O(size of the graph).
    pub fn completions(&self) -> Completions {
        let texts = |names: &mut dyn Iterator<Item = &std::sync::Arc<str>>| {
            names.map(ToString::to_string).collect::<Vec<_>>()
        };
        let mut names: Vec<String> = Vec::new();
        for node in self.graph.nodes() {
            for key in [property::NAME, property::ALIASES] {
                match node.property_named(key) {
                    Some(Value::String(name)) => names.push(name.to_string()),
                    Some(Value::List(forms)) => {
                        names.extend(forms.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    Some(_) | None => {}
                }
            }
        }
        names.sort();
        names.dedup();
        let callables = self.callables();
        let called = |wanted: fn(CallableKind) -> bool| {
            let found = callables.iter().filter(|callable| wanted(callable.kind));
            found.map(|callable| callable.name.clone()).collect()
        };
        Completions {
            labels: texts(&mut self.graph.labels_in_use().keys()),
            types: texts(&mut self.graph.types_in_use().keys()),
            keys: texts(&mut self.graph.property_keys_in_use().iter()),
            names,
            functions: called(|kind| kind != CallableKind::Procedure),
            procedures: called(|kind| kind == CallableKind::Procedure),
        }
    }

    /// What statements can call: procedures, then functions, each by name.
    pub fn callables(&self) -> Vec<Callable> {
        query::callables(&self.procedures)
    }

    /// How much the graph holds. Time O(size of the graph).
    pub fn overview(&self) -> Overview {
        let counted = |names: std::collections::BTreeMap<std::sync::Arc<str>, usize>| {
            let mut counted: Vec<(String, usize)> = names
                .into_iter()
                .map(|(name, count)| (name.to_string(), count))
                .collect();
            counted.sort_by(|(_, one), (_, other)| other.cmp(one));
            counted
        };
        let keys = self.graph.property_keys_in_use();
        Overview {
            nodes: self.graph.node_count(),
            relationships: self.graph.relationship_count(),
            labels: counted(self.graph.labels_in_use()),
            types: counted(self.graph.types_in_use()),
            keys: keys.iter().map(ToString::to_string).collect(),
        }
    }

    /// The database; a graph in memory gets one when documents first need it.
    fn documents_database(&mut self) -> Result<&mut Database, Error> {
        let database = if let Some(database) = self.database.take() {
            database
        } else {
            let mut database = Database::in_memory()?;
            database.write_from(&self.graph, NodeId::new(0), RelId::new(0))?;
            database
        };
        Ok(self.database.insert(database))
    }
}
