//! All nodes, or all with one of some labels.

use crate::model::{Label, Node, NodeId, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;

use super::{BoxOperator, Context, Operator, Row};

/// How many ids are taken from the graph at a time.
const CHUNK: usize = 256;

/// Every node, or every node with one of the labels, for each row.
pub(super) struct Scan {
    input: BoxOperator,
    node: Slot,
    labels: Option<Vec<Label>>,
    chunk: Vec<NodeId>,
    at: usize,
    /// The first id of the next chunk; `None` while no scan runs.
    next: Option<NodeId>,
}

impl Scan {
    pub(super) fn new(input: BoxOperator, node: Slot, labels: Option<Vec<Label>>) -> Self {
        Self {
            input,
            node,
            labels,
            chunk: Vec::new(),
            at: 0,
            next: None,
        }
    }

    fn refill(&mut self, start: NodeId, context: &Context<'_, '_>) {
        self.chunk.clear();
        self.at = 0;
        let graph = context.graph();
        match &self.labels {
            Some(labels) => {
                for label in labels {
                    self.chunk
                        .extend(graph.nodes_with_label_from(*label, start).take(CHUNK));
                }
                if labels.len() > 1 {
                    self.chunk.sort_unstable();
                    self.chunk.dedup();
                    self.chunk.truncate(CHUNK);
                }
            }
            None => self.chunk.extend(graph.node_ids_from(start).take(CHUNK)),
        }
        self.next = match self.chunk.last() {
            Some(last) if self.chunk.len() == CHUNK => Some(NodeId::new(last.number() + 1)),
            Some(_) | None => None,
        };
    }
}

impl Operator for Scan {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.chunk.clear();
        self.at = 0;
        self.next = None;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if let Some(id) = self.chunk.get(self.at) {
                self.at += 1;
                context.tick()?;
                row.set(self.node, Value::Node(Node::bare(*id)));
                return Ok(true);
            }
            if let Some(start) = self.next.take() {
                self.refill(start, context);
                continue;
            }
            context.tick()?;
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.next = Some(NodeId::new(0));
        }
    }
}
