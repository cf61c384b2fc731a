//! Layer normalisation: each row gets mean 0 and variance 1, then a scale and a bias a column.
//!
//! The numbers of a row are added in the same order whatever the width of a register, as the order
//! decides the last bit of a sum: the same text gives the same trees on any processor that
//! multiplies and adds in one step.
//!
//! Source: Ba, Kiros and Hinton, "Layer Normalization", 2016.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

use super::ModelError;
use super::quantize::{RowsMut, bounds, halved};
use super::weights::Weights;

const EPSILON: f32 = 1e-12;

/// So many sums are made side by side: each of every so manieth number of a row.
const SUMS: usize = 32;

/// A register has at least so many numbers.
const LEAST_LANES: usize = 4;

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
        let rows = self.rows.chunks_exact_mut(width);
        let rows = rows.zip(self.more.chunks_exact(width));
        for ((row, more), bytes) in rows.zip(self.bytes.iter()) {
            let mut sums = [ops.zero(); SUMS / LEAST_LANES];
            let numbers = row.chunks_exact_mut(SUMS);
            for (row, more) in numbers.zip(more.chunks_exact(SUMS)) {
                let numbers = row.chunks_exact_mut(lanes).zip(more.chunks_exact(lanes));
                for ((row, more), sum) in numbers.zip(&mut sums) {
                    let x = ops.add(ops.load(row), ops.load(more));
                    *sum = ops.add(*sum, x);
                    ops.store(x, row);
                }
            }
            let mean = ops.splat(total(isa, sums) / count);
            let mut sums = [ops.zero(); SUMS / LEAST_LANES];
            for row in row.chunks_exact(SUMS) {
                for (x, sum) in row.chunks_exact(lanes).zip(&mut sums) {
                    let x = ops.sub(ops.load(x), mean);
                    *sum = ops.mul_add(x, x, *sum);
                }
            }
            let factor = ops.splat(1.0 / (total(isa, sums) / count + EPSILON).sqrt());
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

/// The sum of the [`SUMS`] numbers of some registers.
#[inline(always)]
fn total<I: Isa>(isa: I, sums: [I::F32; SUMS / LEAST_LANES]) -> f32 {
    let ops = isa.f32();
    let mut list = [0.0; SUMS];
    for (sum, out) in sums.iter().zip(list.chunks_exact_mut(ops.len())) {
        ops.store(*sum, out);
    }
    let list: [f32; 16] = halved(list, |a, b| a + b);
    let list: [f32; 8] = halved(list, |a, b| a + b);
    let [a, b, c, d] = halved(list, |a, b| a + b);
    (a + c) + (b + d)
}

#[cfg(test)]
mod tests {
    use super::super::quantize::Bytes;
    use super::{EPSILON, Norm, SUMS};

    /// One number after the other, each sum in the order that is promised.
    fn plain(norm: &Norm, row: &[f32], more: &[f32]) -> Vec<f32> {
        let count = 384.0;
        let total = |numbers: &mut dyn Iterator<Item = (usize, f32)>, square: bool| {
            let mut sums = [0.0_f32; SUMS];
            for (at, x) in numbers {
                let sum = &mut sums[at % SUMS];
                *sum = if square { x.mul_add(x, *sum) } else { *sum + x };
            }
            let mut half = SUMS / 2;
            while half > 0 {
                for at in 0..half {
                    sums[at] += sums[at + half];
                }
                half /= 2;
            }
            sums[0]
        };
        let row: Vec<f32> = row.iter().zip(more).map(|(a, b)| a + b).collect();
        let mean = total(&mut row.iter().copied().enumerate(), false) / count;
        let apart = row.iter().map(|x| x - mean);
        let variance = total(&mut apart.clone().enumerate(), true) / count;
        let factor = 1.0 / (variance + EPSILON).sqrt();
        let shape = norm.weights.iter().zip(&norm.biases);
        apart
            .zip(shape)
            .map(|(x, (weight, bias))| (x * factor).mul_add(*weight, *bias))
            .collect()
    }

    #[test]
    fn sums_are_made_in_the_same_order_on_any_processor() {
        let mut state = 1_u32;
        let mut numbers = |count: usize| -> Vec<f32> {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f32::from(u16::try_from(state >> 16).unwrap()) / 32768.0 - 1.0
            };
            (0..count).map(|_| next()).collect()
        };
        let norm = Norm {
            weights: numbers(384),
            biases: numbers(384),
        };
        let (mut rows, more) = (numbers(3 * 384), numbers(3 * 384));
        let expected: Vec<f32> = rows
            .chunks(384)
            .zip(more.chunks(384))
            .flat_map(|(row, more)| plain(&norm, row, more))
            .collect();
        let mut bytes = Bytes::default();
        norm.apply(&mut rows, &more, &mut bytes.of(3, 384));
        assert_eq!(rows, expected);
    }
}
