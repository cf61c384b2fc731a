//! The network: an encoder and its heads, read from one file and run on batches of sentences.

use std::fmt;

use super::super::labels::Labels;
use super::super::subword::Coded;
use super::encoder::Encoder;
use super::heads::Heads;
use super::quantize::Engine;
use super::weights::Weights;
use super::{ModelError, Reading};

/// The network with its weights laid out for this processor.
pub(super) struct Network {
    encoder: Encoder,
    heads: Heads,
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
        Ok(Self { encoder, heads })
    }

    /// What the network sees in each sentence.
    pub(super) fn read(&self, batch: &[Coded]) -> Result<Vec<Reading>, ModelError> {
        let engine = Engine::new();
        let rows = self.encoder.apply(&engine, batch)?;
        self.heads.apply(&engine, batch, &rows, self.encoder.width)
    }
}
