//! Layer normalisation: each row gets mean 0 and variance 1, then a scale and a bias a column.
//!
//! Source: Ba, Kiros and Hinton, "Layer Normalization", 2016.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

use super::ModelError;
use super::quantize::{RowsMut, bounds};
use super::weights::Weights;

const EPSILON: f32 = 1e-12;

/// The scales and biases of a normalisation.
pub(super) struct Norm {
    weights: Vec<f32>,
    biases: Vec<f32>,
}

impl Norm {
    /// The normalisation called `name` of rows of `width` numbers.
    pub(super) fn new(weights: &Weights<'_>, name: &str, width: usize) -> Result<Self, ModelError> {
        Ok(Self {
            weights: weights.list(&format!("{name}.weight"), width)?,
            biases: weights.list(&format!("{name}.bias"), width)?,
        })
    }

    /// Adds `more` to the rows and normalises them, as floats and as bytes.
    pub(super) fn apply(&self, rows: &mut [f32], more: &[f32], bytes: &mut RowsMut<'_>) {
        AddNorm {
            norm: self,
            rows,
            more,
            bytes,
        }
        .dispatch();
    }
}

struct AddNorm<'n, 'r> {
    norm: &'n Norm,
    rows: &'n mut [f32],
    more: &'n [f32],
    bytes: &'n mut RowsMut<'r>,
}

impl SimdOp for AddNorm<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let ops = isa.f32();
        let lanes = ops.len();
        let Norm { weights, biases } = self.norm;
        let width = weights.len();
        #[expect(clippy::cast_precision_loss, reason = "a row has some hundred numbers")]
        let count = width as f32;
        let average =
            |[a, b, c, d]: [I::F32; 4]| ops.sum(ops.add(ops.add(a, b), ops.add(c, d))) / count;
        let rows = self.rows.chunks_exact_mut(width);
        let rows = rows.zip(self.more.chunks_exact(width));
        for ((row, more), bytes) in rows.zip(self.bytes.iter()) {
            // Four sums side by side, so that one need not wait for the other.
            let mut sums = [ops.zero(); 4];
            let numbers = row.chunks_exact_mut(4 * lanes);
            for (row, more) in numbers.zip(more.chunks_exact(4 * lanes)) {
                let more = ops.load_many::<4>(more);
                let own = ops.load_many::<4>(row);
                for (((row, own), more), sum) in row
                    .chunks_exact_mut(lanes)
                    .zip(own)
                    .zip(more)
                    .zip(&mut sums)
                {
                    let x = ops.add(own, more);
                    *sum = ops.add(*sum, x);
                    ops.store(x, row);
                }
            }
            let mean = ops.splat(average(sums));
            let mut sums = [ops.zero(); 4];
            for row in row.chunks_exact(4 * lanes) {
                for (x, sum) in ops.load_many::<4>(row).into_iter().zip(&mut sums) {
                    let x = ops.sub(x, mean);
                    *sum = ops.mul_add(x, x, *sum);
                }
            }
            let factor = ops.splat(1.0 / (average(sums) + EPSILON).sqrt());
            let mut least = ops.splat(f32::INFINITY);
            let mut greatest = ops.splat(f32::NEG_INFINITY);
            let shape = weights.chunks_exact(lanes).zip(biases.chunks_exact(lanes));
            for (row, (weight, bias)) in row.chunks_exact_mut(lanes).zip(shape) {
                let x = ops.mul(ops.sub(ops.load(row), mean), factor);
                let x = ops.mul_add(x, ops.load(weight), ops.load(bias));
                least = ops.min(least, x);
                greatest = ops.max(greatest, x);
                ops.store(x, row);
            }
            bytes.fill(isa, row, bounds(isa, least, greatest));
        }
    }
}
