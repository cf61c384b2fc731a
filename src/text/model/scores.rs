//! Products of rows of floats with rows of floats: how well each row fits each other.
//!
//! Each sum is added up in the order of its terms, whatever stands beside it.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

use super::dots::{Dots, LANES};
use super::registers::loaded;

/// How many rows are multiplied at once.
pub(super) const TOGETHER: usize = 4;

/// How far apart the rows of scores of `count` columns are: full registers, the widest there are.
pub(super) fn stride(count: usize) -> usize {
    count.next_multiple_of(16)
}

/// The rows of a group of at most [`TOGETHER`], of which `row` gives each; the last stands in for
/// those that are missing.
#[inline(always)]
pub(super) fn group<'r>(count: usize, row: impl Fn(usize) -> &'r [f32]) -> [&'r [f32]; TOGETHER] {
    std::array::from_fn(|index| row(index.min(count.saturating_sub(1))))
}

/// Rows as columns, `stride` apart; zeros fill the rest.
pub(super) fn transposed<'r>(
    dots: Option<Dots>,
    rows: impl Iterator<Item = &'r [f32]>,
    stride: usize,
    into: &mut [f32],
) {
    if let Some(dots) = dots {
        let mut rows = rows;
        for column in (0..stride).step_by(LANES) {
            let group = std::array::from_fn(|_| rows.next().unwrap_or_default());
            dots.turned(&group, column, stride, into);
        }
        return;
    }
    into.fill(0.0);
    for (index, row) in rows.enumerate() {
        let columns = into.chunks_exact_mut(stride);
        for (column, number) in columns.zip(row) {
            if let Some(slot) = column.get_mut(index) {
                *slot = *number;
            }
        }
    }
}

/// The scores of a group of rows: [`TOGETHER`] rows of `stride` numbers in `out`.
#[inline(always)]
pub(super) fn scores<I: Isa>(
    isa: I,
    group: [&[f32]; TOGETHER],
    columns: &[f32],
    stride: usize,
    out: &mut [f32],
) {
    let lanes = isa.f32().len();
    let mut start = 0;
    while start < stride {
        if stride - start >= 2 * lanes {
            part::<I, 2>(isa, group, columns, stride, start, out);
            start += 2 * lanes;
        } else {
            part::<I, 1>(isa, group, columns, stride, start, out);
            start += lanes;
        }
    }
}

/// The scores in `N` registers' columns from `start` on.
#[inline(always)]
fn part<I: Isa, const N: usize>(
    isa: I,
    group: [&[f32]; TOGETHER],
    columns: &[f32],
    stride: usize,
    start: usize,
    out: &mut [f32],
) {
    let ops = isa.f32();
    let lanes = ops.len();
    let mut sums = [[ops.zero(); N]; TOGETHER];
    let [a, b, c, d] = group;
    let numbers = a.iter().zip(b).zip(c).zip(d);
    for ((((a, b), c), d), columns) in numbers.zip(columns.chunks_exact(stride)) {
        let Some(columns) = columns.get(start..start + N * lanes) else {
            return;
        };
        let columns = loaded::<I, N>(isa, columns);
        for (sums, number) in sums.iter_mut().zip([*a, *b, *c, *d]) {
            let number = ops.splat(number);
            for (sum, column) in sums.iter_mut().zip(&columns) {
                *sum = ops.mul_add(number, *column, *sum);
            }
        }
    }
    for (sums, out) in sums.iter().zip(out.chunks_exact_mut(stride)) {
        let out = out.get_mut(start..start + N * lanes).unwrap_or_default();
        for (sum, out) in sums.iter().zip(out.chunks_exact_mut(lanes)) {
            ops.store(*sum, out);
        }
    }
}

/// The scores of all `rows`, of `depth` numbers each.
pub(super) struct Scores<'r> {
    pub(super) rows: &'r [f32],
    pub(super) depth: usize,
    pub(super) columns: &'r [f32],
    pub(super) stride: usize,
    /// As many rows of `stride` numbers as there are, and more up to a full group.
    pub(super) out: &'r mut [f32],
}

impl SimdOp for Scores<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let depth = self.depth;
        let outs = self.out.chunks_exact_mut(TOGETHER * self.stride);
        for (rows, out) in self.rows.chunks(TOGETHER * depth).zip(outs) {
            let group = group(rows.len() / depth, |index| {
                rows.get(index * depth..(index + 1) * depth)
                    .unwrap_or_default()
            });
            scores(isa, group, self.columns, self.stride, out);
        }
    }
}
