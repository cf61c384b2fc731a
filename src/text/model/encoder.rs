//! The encoder: pieces of sentences to rows of numbers that know their sentence.
//!
//! The sentences of a batch lie end to end, without padding. A transformer of the kind of BERT:
//! Devlin and others, "BERT: Pre-training of Deep Bidirectional Transformers", 2019.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::super::subword::Coded;
use super::ModelError;
use super::attention::{self, HEAD, attention};
use super::gelu::{Gelu, Plain};
use super::linear::Linear;
use super::norm::Norm;
use super::quantize::{Bytes, Engine};
use super::room::Room;
use super::weights::{Weights, damaged};

/// How many rows go through the widest layer at once, so that what is between its two products
/// stays in a core's second cache.
const BLOCK_ROWS: usize = 96;

/// No file has more layers.
const MOST_LAYERS: usize = 64;

/// The layers from pieces to rows.
pub(super) struct Encoder {
    /// How many numbers a row has.
    pub(super) width: usize,
    words: Words,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

/// A row for each piece, as whole numbers with a scale.
struct Words {
    file: Cow<'static, [u8]>,
    /// Where in the file the rows stand: they are many, and a text needs few.
    place: Range<usize>,
    scales: Vec<f32>,
}

struct Layer {
    attend: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// Room to work in.
#[derive(Default)]
pub(super) struct Desk {
    /// A row for each piece.
    pub(super) rows: Room<f32>,
    more: Room<f32>,
    seen: Room<f32>,
    attended: Room<f32>,
    inner: Room<f32>,
    bytes: Bytes,
    narrow: Bytes,
    attention: attention::Desk,
}

impl Encoder {
    /// The encoder of a file.
    pub(super) fn new(file: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let weights = Weights::new(&file)?;
        let table = weights.scaled("word")?;
        let (width, scales) = (table.width, table.scales);
        let count = (0..MOST_LAYERS)
            .take_while(|layer| weights.has(&format!("layers.{layer}.qkv.weight")))
            .count();
        // Most of the time goes into laying out the layers' weights.
        let layers = (0..count)
            .into_par_iter()
            .map(|layer| Layer::new(&weights, &format!("layers.{layer}"), width))
            .collect::<Result<_, _>>()?;
        let encoder = Self {
            width,
            positions: weights.floats("position")?,
            shapes: weights.floats("shape")?,
            norm: Norm::new(&weights, "norm", width)?,
            layers,
            words: Words {
                place: weights.place("word")?,
                scales,
                file,
            },
        };
        Ok(encoder)
    }

    /// The file it came from.
    pub(super) fn file(&self) -> &[u8] {
        &self.words.file
    }

    /// A row for each piece of the sentences, end to end, in the rows of `desk`.
    pub(super) fn apply(
        &self,
        engine: &Engine,
        batch: &[Coded],
        desk: &mut Desk,
    ) -> Result<(), ModelError> {
        let width = self.width;
        let count: usize = batch.iter().map(|coded| coded.ids.len()).sum();
        let rows = desk.rows.of(count * width);
        let more = desk.more.of(count * width);
        let attended = desk.attended.of(count * width * 3);
        let longest = batch.iter().map(|coded| coded.ids.len()).max().unwrap_or(0);
        let seen = desk.seen.of(longest * width);
        let mut bytes = desk.bytes.of(count, width);
        self.embed(batch, rows, more);
        self.norm.apply(rows, more, &mut bytes);
        for layer in &self.layers {
            layer.attend.apply(engine, bytes.rows(), Plain, attended)?;
            let mut inputs = &*attended;
            let mut start = 0;
            for coded in batch {
                let count = coded.ids.len();
                let (input, rest) = inputs.split_at(count * 3 * width);
                let out = seen.get_mut(..count * width).unwrap_or_default();
                attention(engine.dots, input, width, &mut desk.attention, out);
                bytes.part(start, count).fill(out);
                inputs = rest;
                start += count;
            }
            layer.out.apply(engine, bytes.rows(), Plain, more)?;
            layer.norm1.apply(rows, more, &mut bytes);
            let parts = rows.chunks_mut(BLOCK_ROWS * width);
            let parts = parts.zip(more.chunks_mut(BLOCK_ROWS * width));
            for (index, (rows, more)) in parts.enumerate() {
                let mut bytes = bytes.part(index * BLOCK_ROWS, BLOCK_ROWS);
                let inner = desk.inner.of(rows.len() / width * layer.up.width);
                layer.up.apply(engine, bytes.rows(), Gelu, inner)?;
                let inner = desk.narrow.fill(inner, layer.up.width);
                layer.down.apply(engine, inner, Plain, more)?;
                layer.norm2.apply(rows, more, &mut bytes);
            }
        }
        Ok(())
    }

    /// What each piece is before it has seen its sentence: its row, and in `more` that of its place
    /// and of its word's shape.
    fn embed(&self, batch: &[Coded], rows: &mut [f32], more: &mut [f32]) {
        let width = self.width;
        let mut outs = rows
            .chunks_exact_mut(width)
            .zip(more.chunks_exact_mut(width));
        for coded in batch {
            let positions = self.positions.chunks_exact(width);
            let pieces = coded.ids.iter().zip(&coded.shapes);
            // A sentence has no more pieces than there are places.
            let positions = positions.chain(std::iter::repeat(&[][..]));
            for (((id, shape), position), (row, more)) in pieces.zip(positions).zip(outs.by_ref()) {
                let (numbers, scale) = self.words.row(*id, width);
                row.fill(0.0);
                for (out, byte) in row.iter_mut().zip(numbers) {
                    *out = f32::from(byte.cast_signed()) * scale;
                }
                let at = usize::try_from(*shape).unwrap_or(0) * width;
                let shape = self.shapes.get(at..at + width).unwrap_or_default();
                more.fill(0.0);
                for (out, (a, b)) in more.iter_mut().zip(position.iter().zip(shape)) {
                    *out = a + b;
                }
            }
        }
    }
}

impl Words {
    /// The row of a piece, and what one is worth in it.
    fn row(&self, id: i32, width: usize) -> (&[u8], f32) {
        let id = usize::try_from(id).unwrap_or(0);
        let table = self.file.get(self.place.clone()).unwrap_or_default();
        let row = table.get(id * width..(id + 1) * width).unwrap_or_default();
        (row, self.scales.get(id).copied().unwrap_or(0.0))
    }
}

impl Layer {
    fn new(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, ModelError> {
        let engine = Engine::new();
        let linear = |part: &str| Linear::new(&engine, weights, &format!("{name}.{part}"));
        let norm = |part: &str| Norm::new(weights, &format!("{name}.{part}"), width);
        let layer = Self {
            attend: linear("qkv")?,
            out: linear("out")?,
            norm1: norm("norm1")?,
            up: linear("up")?,
            down: linear("down")?,
            norm2: norm("norm2")?,
        };
        let fits = width.is_multiple_of(HEAD)
            && layer.attend.fits(width, 3 * width)
            && layer.out.fits(width, width)
            && layer.down.fits(layer.up.width, width)
            && layer.up.fits(width, layer.down.inputs);
        if fits { Ok(layer) } else { Err(damaged()) }
    }
}
