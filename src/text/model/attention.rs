//! Attention: each piece of a sentence looks at all pieces of the same sentence.
//!
//! Sentence by sentence and head by head, so that no sentence sees another and none is padded.
//! The scores of some queries stand side by side, a key below the other, so that a softmax looks
//! at each register as a whole and never across it.
//! Source: Vaswani and others, "Attention Is All You Need", 2017.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_simd::ops::{BitOps, FloatOps, NumOps};
use rten_simd::{Isa, SimdOp, SimdUnaryOp};

use super::dots::Dots;
use super::exp::Exp;
use super::registers::loaded;
use super::room::Room;
use super::scores::{TOGETHER, group, scores, transposed};

/// How many numbers a head has.
pub(super) const HEAD: usize = 32;

/// Room to work in.
#[derive(Default)]
pub(super) struct Desk {
    queries: Room<f32>,
    values: Room<f32>,
    scores: Room<f32>,
    shares: Room<f32>,
}

/// What the pieces of one sentence see: for each a row of `width` numbers in `out`, from its row
/// of queries, keys and values in `inputs`, `width` each. The queries are scaled already.
pub(super) fn attention(
    dots: Option<Dots>,
    inputs: &[f32],
    width: usize,
    desk: &mut Desk,
    out: &mut [f32],
) {
    Attention {
        dots,
        inputs,
        width,
        desk,
        out,
    }
    .dispatch();
}

struct Attention<'r> {
    dots: Option<Dots>,
    inputs: &'r [f32],
    width: usize,
    desk: &'r mut Desk,
    out: &'r mut [f32],
}

impl SimdOp for Attention<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let input = 3 * self.width;
        let together = 2 * isa.f32().len();
        for start in (0..self.width).step_by(HEAD) {
            let value = 2 * self.width + start;
            let values = self.desk.values.of(self.inputs.len() / input * HEAD);
            let rows = self.inputs.chunks_exact(input);
            for (row, into) in rows.zip(values.as_chunks_mut::<HEAD>().0) {
                if let Some(row) = row.get(value..).and_then(|row| row.first_chunk()) {
                    *into = *row;
                }
            }
            let outs = self.out.chunks_mut(together * self.width);
            for (queries, out) in self.inputs.chunks(together * input).zip(outs) {
                let seen = Seen {
                    dots: self.dots,
                    inputs: self.inputs,
                    queries,
                    width: self.width,
                    start,
                    desk: self.desk,
                    out,
                };
                if queries.len() > isa.f32().len() * input {
                    seen.eval::<I, 2>(isa);
                } else {
                    seen.eval::<I, 1>(isa);
                }
            }
        }
    }
}

/// What one head sees for some queries.
struct Seen<'r> {
    dots: Option<Dots>,
    inputs: &'r [f32],
    /// The inputs of these queries.
    queries: &'r [f32],
    width: usize,
    /// Where the head's numbers begin.
    start: usize,
    desk: &'r mut Desk,
    out: &'r mut [f32],
}

impl Seen<'_> {
    /// With the queries in `N` registers.
    #[inline(always)]
    fn eval<I: Isa, const N: usize>(self, isa: I) {
        let ops = isa.f32();
        let (input, stride) = (3 * self.width, N * ops.len());
        let count = self.inputs.len() / input;
        let values = self.desk.values.first(count * HEAD).as_chunks::<HEAD>().0;
        let shares = self.desk.shares.of(stride);
        let queries = self.desk.queries.of(HEAD * stride);
        let rows = self
            .queries
            .chunks_exact(input)
            .map(|row| row.get(self.start..self.start + HEAD).unwrap_or_default());
        transposed(self.dots, rows, stride, queries);
        let found = self
            .desk
            .scores
            .of(count.next_multiple_of(TOGETHER) * stride);
        let key = self.width + self.start;
        let outs = found.chunks_exact_mut(TOGETHER * stride);
        for (rows, out) in self.inputs.chunks(TOGETHER * input).zip(outs) {
            let keys = group(rows.len() / input, |row| {
                let from = row * input + key;
                rows.get(from..from + HEAD).unwrap_or_default()
            });
            scores(isa, keys, queries, stride, out);
        }
        let found = found.get_mut(..count * stride).unwrap_or_default();
        softmax::<I, N>(isa, found, shares);
        weighted(isa, found, stride, values, |query, at, numbers| {
            let from = query * self.width + self.start + at;
            let share = shares.get(query).copied().unwrap_or_default();
            if let Some(out) = self.out.get_mut(from..from + ops.len()) {
                ops.store(ops.mul(numbers, ops.splat(share)), out);
            }
        });
    }
}

/// Each column of `N` registers' scores to weights that are not yet divided by their sum; one by
/// that sum is put into `shares`.
#[inline(always)]
fn softmax<I: Isa, const N: usize>(isa: I, scores: &mut [f32], shares: &mut [f32]) {
    let ops = isa.f32();
    let lanes = ops.len();
    let mut most = [ops.splat(f32::NEG_INFINITY); N];
    for row in scores.chunks_exact(N * lanes) {
        for (most, score) in most.iter_mut().zip(&loaded::<I, N>(isa, row)) {
            *most = ops.max(*most, *score);
        }
    }
    let mut sums = [ops.zero(); N];
    for row in scores.chunks_exact_mut(N * lanes) {
        let found = loaded::<I, N>(isa, row);
        let outs = row.chunks_exact_mut(lanes);
        for (((score, most), sum), out) in found.iter().zip(&most).zip(&mut sums).zip(outs) {
            let weight = Exp.eval(isa, ops.sub(*score, *most));
            *sum = ops.add(*sum, weight);
            ops.store(weight, out);
        }
    }
    for (sum, out) in sums.iter().zip(shares.chunks_exact_mut(lanes)) {
        ops.store(ops.reciprocal(*sum), out);
    }
}

/// The sums of `values`, each weighed by each column of `weights`, rows of `stride` numbers;
/// `store` is told column, place in the sum and a register of numbers.
#[inline(always)]
fn weighted<I: Isa>(
    isa: I,
    weights: &[f32],
    stride: usize,
    values: &[[f32; HEAD]],
    mut store: impl FnMut(usize, usize, I::F32),
) {
    let ops = isa.f32();
    let lanes = ops.len();
    for column in (0..stride).step_by(TOGETHER) {
        for start in (0..HEAD).step_by(2 * lanes) {
            let mut sums = [[ops.zero(); 2]; TOGETHER];
            for (value, weights) in values.iter().zip(weights.chunks_exact(stride)) {
                let weights = weights
                    .get(column..)
                    .and_then(|weights| weights.first_chunk::<TOGETHER>());
                let (Some(value), Some(weights)) = (value.get(start..start + 2 * lanes), weights)
                else {
                    return;
                };
                let value = loaded::<I, 2>(isa, value);
                for (sums, weight) in sums.iter_mut().zip(weights) {
                    let weight = ops.splat(*weight);
                    for (sum, value) in sums.iter_mut().zip(&value) {
                        *sum = ops.mul_add(weight, *value, *sum);
                    }
                }
            }
            for (row, sums) in sums.iter().enumerate() {
                for (at, sum) in sums.iter().enumerate() {
                    store(column + row, start + at * lanes, *sum);
                }
            }
        }
    }
}
