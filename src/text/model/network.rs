//! The network: an encoder and its heads, read from one file and run on batches of sentences.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::super::labels::Labels;
use super::super::subword::Coded;
use super::encoder::{self, Encoder};
use super::heads::{self, Heads};
use super::quantize::Engine;
use super::weights::Weights;
use super::{ModelError, Reading};

/// The network with its weights laid out for this processor.
pub(super) struct Network {
    encoder: Encoder,
    heads: Heads,
    /// Room to work in that nobody works in now: what is asked for anew costs time.
    idle: Mutex<Vec<Desk>>,
}

/// Room to work in.
#[derive(Default)]
struct Desk {
    encoder: encoder::Desk,
    heads: heads::Desk,
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Network").finish_non_exhaustive()
    }
}

impl Network {
    /// An encoder and the heads of its file.
    pub(super) fn new(encoder: Encoder, labels: &Labels) -> Result<Self, ModelError> {
        let heads = Heads::new(&Weights::new(encoder.file())?, labels, encoder.width)?;
        Ok(Self {
            encoder,
            heads,
            idle: Mutex::default(),
        })
    }

    /// What the network sees in each sentence.
    pub(super) fn read(&self, batch: &[Coded]) -> Result<Vec<Reading>, ModelError> {
        let engine = Engine::new();
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut desk = idle().pop().unwrap_or_default();
        let width = self.encoder.width;
        let count: usize = batch.iter().map(|coded| coded.ids.len()).sum();
        self.encoder.apply(&engine, batch, &mut desk.encoder)?;
        let rows = desk.encoder.rows.first(count * width);
        let readings = self
            .heads
            .apply(&engine, batch, rows, width, &mut desk.heads)?;
        idle().push(desk);
        Ok(readings)
    }
}
