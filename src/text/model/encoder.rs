//! The encoder: pieces of sentences to rows of numbers that know their sentence.
//!
//! The sentences of a batch lie end to end, without padding. A transformer of the kind of BERT:
//! Devlin and others, "BERT: Pre-training of Deep Bidirectional Transformers", 2019.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::super::subword::Coded;
use super::ModelError;
use super::attention::{HEAD, Room, attention};
use super::gelu::{Gelu, Plain};
use super::linear::Linear;
use super::norm::Norm;
use super::quantize::{BLOCK_ROWS, Engine, block, blocks};
use super::weights::{Weights, damaged};

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

    /// A row for each piece of the sentences, end to end.
    pub(super) fn apply(&self, engine: &Engine, batch: &[Coded]) -> Result<Vec<f32>, ModelError> {
        let width = self.width;
        let mut rows = self.embedded(batch);
        let mut room = Room::default();
        let mut attended = vec![0.0; rows.len() * 3];
        let mut seen = vec![0.0; rows.len()];
        let mut more = vec![0.0; rows.len()];
        let mut inner = Vec::new();
        let mut bytes = Vec::new();
        for layer in &self.layers {
            let inputs = blocks(engine, &rows, width);
            layer.attend.apply(engine, &inputs, Plain, &mut attended)?;
            let (mut inputs, mut outs) = (attended.as_slice(), seen.as_mut_slice());
            for coded in batch {
                let (input, rest) = inputs.split_at(coded.ids.len() * 3 * width);
                let (out, rest_out) = outs.split_at_mut(coded.ids.len() * width);
                attention(input, width, &mut room, out);
                (inputs, outs) = (rest, rest_out);
            }
            let inputs = blocks(engine, &seen, width);
            layer.out.apply(engine, &inputs, Plain, &mut more)?;
            layer.norm1.apply(&mut rows, &more);
            inner.resize(BLOCK_ROWS * layer.up.width, 0.0);
            let outs = more.chunks_mut(BLOCK_ROWS * width);
            for (rows, more) in rows.chunks_mut(BLOCK_ROWS * width).zip(outs) {
                let inner = inner
                    .get_mut(..rows.len() / width * layer.up.width)
                    .unwrap_or_default();
                let input = block(engine, rows, width, &mut bytes);
                layer.up.apply(engine, &[input], Gelu, inner)?;
                let input = block(engine, inner, layer.up.width, &mut bytes);
                layer.down.apply(engine, &[input], Plain, more)?;
                layer.norm2.apply(rows, more);
            }
        }
        Ok(rows)
    }

    /// What each piece is before it has seen its sentence: its row, that of its place and that of
    /// its word's shape.
    fn embedded(&self, batch: &[Coded]) -> Vec<f32> {
        let width = self.width;
        let count: usize = batch.iter().map(|coded| coded.ids.len()).sum();
        let mut rows = Vec::with_capacity(count * width);
        let mut more = Vec::with_capacity(count * width);
        for coded in batch {
            let positions = self.positions.chunks_exact(width);
            let pieces = coded.ids.iter().zip(&coded.shapes);
            // A sentence has no more pieces than there are places.
            for ((id, shape), position) in pieces.zip(positions.chain(std::iter::repeat(&[][..]))) {
                let (numbers, scale) = self.words.row(*id, width);
                rows.extend(
                    numbers
                        .iter()
                        .map(|byte| f32::from(byte.cast_signed()) * scale),
                );
                rows.resize(more.len() + width, 0.0);
                let at = usize::try_from(*shape).unwrap_or(0) * width;
                let shape = self.shapes.get(at..at + width).unwrap_or_default();
                more.extend(position.iter().zip(shape).map(|(a, b)| a + b));
                more.resize(rows.len(), 0.0);
            }
        }
        self.norm.apply(&mut rows, &more);
        rows
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
