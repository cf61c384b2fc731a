//! Attention: each piece of a sentence looks at all pieces of the same sentence.
//!
//! Sentence by sentence and head by head, so that no sentence sees another and none is padded.
//! Source: Vaswani and others, "Attention Is All You Need", 2017.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};
use rten_vecmath::Softmax;

use super::scores::{TOGETHER, group, scores, stride, transposed};

/// How many numbers a head has.
pub(super) const HEAD: usize = 32;

/// Room to work in.
#[derive(Default)]
pub(super) struct Room {
    keys: Vec<f32>,
    values: Vec<f32>,
    scores: Vec<f32>,
}

/// What the pieces of one sentence see: for each a row of `width` numbers in `out`, from its row
/// of queries, keys and values in `inputs`, `width` each. The queries are scaled already.
pub(super) fn attention(inputs: &[f32], width: usize, room: &mut Room, out: &mut [f32]) {
    let count = out.len() / width;
    let stride = stride(count);
    room.scores.resize(TOGETHER * stride, 0.0);
    for start in (0..width).step_by(HEAD) {
        let part = |offset: usize| {
            inputs.chunks_exact(3 * width).map(move |row| {
                row.get(offset + start..offset + start + HEAD)
                    .unwrap_or_default()
            })
        };
        transposed(part(width), HEAD, stride, &mut room.keys);
        room.values.clear();
        part(2 * width).for_each(|row| room.values.extend_from_slice(row));
        Seen {
            inputs,
            room,
            count,
            stride,
            out,
            width,
            start,
        }
        .dispatch();
    }
}

/// What one head sees.
struct Seen<'r> {
    inputs: &'r [f32],
    room: &'r mut Room,
    count: usize,
    stride: usize,
    out: &'r mut [f32],
    width: usize,
    start: usize,
}

impl SimdOp for Seen<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Room {
            keys,
            values,
            scores: found,
        } = self.room;
        let input = 3 * self.width;
        let outs = self.out.chunks_mut(TOGETHER * self.width);
        for (rows, out) in self.inputs.chunks(TOGETHER * input).zip(outs) {
            let queries = group(rows.len() / input, |row| {
                let from = row * input + self.start;
                rows.get(from..from + HEAD).unwrap_or_default()
            });
            scores(isa, queries, keys, self.stride, found);
            for row in found.chunks_exact_mut(self.stride) {
                if let Some(row) = row.get_mut(..self.count) {
                    Softmax::new_mut(row).eval(isa);
                }
            }
            weighted(isa, found, self.stride, values, |row, at, numbers| {
                let from = row * self.width + self.start + at;
                if let Some(out) = out.get_mut(from..from + isa.f32().len()) {
                    isa.f32().store(numbers, out);
                }
            });
        }
    }
}

/// The sums of `values`, rows of [`HEAD`] numbers, each weighed by each of [`TOGETHER`] rows of
/// weights; `store` is told row, column and a register of numbers.
#[inline(always)]
fn weighted<I: Isa>(
    isa: I,
    weights: &[f32],
    stride: usize,
    values: &[f32],
    mut store: impl FnMut(usize, usize, I::F32),
) {
    let ops = isa.f32();
    let lanes = ops.len();
    let mut rows = weights.chunks_exact(stride);
    let (Some(a), Some(b), Some(c), Some(d)) = (rows.next(), rows.next(), rows.next(), rows.next())
    else {
        return;
    };
    let mut start = 0;
    while start < HEAD {
        let mut sums = [[ops.zero(); 2]; TOGETHER];
        let weights = a.iter().zip(b).zip(c).zip(d);
        for (value, (((a, b), c), d)) in values.chunks_exact(HEAD).zip(weights) {
            let Some(value) = value.get(start..start + 2 * lanes) else {
                return;
            };
            let value = ops.load_many::<2>(value);
            for (sums, weight) in sums.iter_mut().zip([*a, *b, *c, *d]) {
                let weight = ops.splat(weight);
                for (sum, value) in sums.iter_mut().zip(value) {
                    *sum = ops.mul_add(weight, value, *sum);
                }
            }
        }
        for (row, sums) in sums.into_iter().enumerate() {
            for (at, sum) in sums.into_iter().enumerate() {
                store(row, start + at * lanes, sum);
            }
        }
        start += 2 * lanes;
    }
}
