//! Rows of floats to rows of bytes, each row by its own least and greatest number.
//!
//! A row `x` becomes `round((x - low) / step)`, `step` being a 127th of the way from its least
//! number to its greatest. No row looks at another, so what else is in a batch cannot matter.
//!
//! Seven bits, because where two products are added in sixteen bits (AVX2 without VNNI) 255 · 127
//! twice would not fit, but 127 · 127 twice does; and everywhere, so that the same text gives the
//! same trees on any processor. The eighth bit brings nothing that could be told from chance.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_gemm::GemmExecutor;
use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps};
use rten_simd::{Isa, SimdOp};

use super::dots::Dots;
use super::registers::loaded;
use super::room::Room;

/// Every row is a multiple of so many numbers wide: a full register of bytes, the widest there is.
pub(super) const LANES: usize = 64;

/// The products of bytes with signed bytes.
pub(super) struct Engine {
    /// The processor's own sums of products, where it has them.
    pub(super) dots: Option<Dots>,
    /// What serves any other processor.
    pub(super) products: GemmExecutor<u8, i8, i32>,
}

/// The greatest number an input becomes.
const LEVELS: f32 = 127.0;

impl Engine {
    /// The best this processor has.
    pub(super) fn new() -> Self {
        Self::with(Dots::best())
    }

    /// With these sums of products, or without.
    pub(super) fn with(dots: Option<Dots>) -> Self {
        Self {
            dots,
            products: GemmExecutor::new(),
        }
    }
}

/// Room for rows of bytes, with what they stand for.
#[derive(Default)]
pub(super) struct Bytes {
    numbers: Room<u8>,
    steps: Room<f32>,
    lows: Room<f32>,
}

/// Rows of bytes.
#[derive(Clone, Copy)]
pub(super) struct Rows<'r> {
    pub(super) numbers: &'r [u8],
    /// How many a row has.
    pub(super) width: usize,
    /// What a byte of each row is worth.
    pub(super) steps: &'r [f32],
    /// The least number of each row.
    pub(super) lows: &'r [f32],
}

/// Rows of bytes that are to be written.
pub(super) struct RowsMut<'r> {
    numbers: &'r mut [u8],
    width: usize,
    steps: &'r mut [f32],
    lows: &'r mut [f32],
}

/// One of them.
pub(super) struct RowMut<'r> {
    numbers: &'r mut [u8],
    step: &'r mut f32,
    low: &'r mut f32,
}

impl Bytes {
    /// Room for `count` rows of `width` bytes.
    pub(super) fn of(&mut self, count: usize, width: usize) -> RowsMut<'_> {
        RowsMut {
            numbers: self.numbers.of(count * width),
            width,
            steps: self.steps.of(count),
            lows: self.lows.of(count),
        }
    }

    /// The bytes of rows of `width` floats.
    pub(super) fn fill(&mut self, rows: &[f32], width: usize) -> Rows<'_> {
        let count = rows.len() / width;
        self.of(count, width).fill(rows);
        Rows {
            numbers: self.numbers.first(count * width),
            width,
            steps: self.steps.first(count),
            lows: self.lows.first(count),
        }
    }
}

impl RowsMut<'_> {
    /// Those from `start` on, at most `count`.
    pub(super) fn part(&mut self, start: usize, count: usize) -> RowsMut<'_> {
        let end = (start + count).min(self.steps.len());
        let numbers = start * self.width..end * self.width;
        RowsMut {
            numbers: self.numbers.get_mut(numbers).unwrap_or_default(),
            width: self.width,
            steps: self.steps.get_mut(start..end).unwrap_or_default(),
            lows: self.lows.get_mut(start..end).unwrap_or_default(),
        }
    }

    /// One after the other.
    pub(super) fn iter(&mut self) -> impl Iterator<Item = RowMut<'_>> {
        let shares = self.steps.iter_mut().zip(&mut *self.lows);
        let rows = self.numbers.chunks_exact_mut(self.width).zip(shares);
        rows.map(|(numbers, (step, low))| RowMut { numbers, step, low })
    }

    /// Become these floats.
    pub(super) fn fill(&mut self, rows: &[f32]) {
        Quantize { rows, into: self }.dispatch();
    }

    /// As they are.
    pub(super) fn rows(&self) -> Rows<'_> {
        Rows {
            numbers: self.numbers,
            width: self.width,
            steps: self.steps,
            lows: self.lows,
        }
    }
}

struct Quantize<'q, 'r> {
    rows: &'q [f32],
    into: &'q mut RowsMut<'r>,
}

impl SimdOp for Quantize<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let ops = isa.f32();
        let rows = self.rows.chunks_exact(self.into.width);
        for (row, into) in rows.zip(self.into.iter()) {
            let mut least = ops.splat(f32::INFINITY);
            let mut greatest = ops.splat(f32::NEG_INFINITY);
            for numbers in row.chunks_exact(4 * ops.len()) {
                // By name, so that they stay in registers, and those of a step among themselves
                // first, so that a step need hardly wait for the one before.
                let [a, b, c, d] = loaded::<I, 4>(isa, numbers);
                least = ops.min(least, ops.min(ops.min(a, b), ops.min(c, d)));
                greatest = ops.max(greatest, ops.max(ops.max(a, b), ops.max(c, d)));
            }
            into.fill(isa, row, bounds(isa, least, greatest));
        }
    }
}

/// The least number of one register and the greatest of another.
#[inline(always)]
pub(super) fn bounds<I: Isa>(isa: I, least: I::F32, greatest: I::F32) -> (f32, f32) {
    let ops = isa.f32();
    // Halved again and again, which takes a compiler fewer steps than one number after the other.
    let mut low = [f32::INFINITY; LANES / 4];
    let mut high = [f32::NEG_INFINITY; LANES / 4];
    if let (Some(low), Some(high)) = (low.get_mut(..ops.len()), high.get_mut(..ops.len())) {
        ops.store(least, low);
        ops.store(greatest, high);
    }
    let low: [f32; 8] = halved(low, |a, b| if b < a { b } else { a });
    let low: [f32; 4] = halved(low, |a, b| if b < a { b } else { a });
    let low = low
        .into_iter()
        .fold(f32::INFINITY, |a, b| if b < a { b } else { a });
    let high: [f32; 8] = halved(high, |a, b| if b > a { b } else { a });
    let high: [f32; 4] = halved(high, |a, b| if b > a { b } else { a });
    let high = high
        .into_iter()
        .fold(f32::NEG_INFINITY, |a, b| if b > a { b } else { a });
    (low, high)
}

/// The first half of a list, each number joined with one of the second half.
#[inline(always)]
pub(super) fn halved<const N: usize, const HALF: usize>(
    list: [f32; N],
    join: impl Fn(f32, f32) -> f32,
) -> [f32; HALF] {
    let mut out = [0.0; HALF];
    let (first, second) = list.split_at(N / 2);
    for ((out, a), b) in out.iter_mut().zip(first).zip(second) {
        *out = join(*a, *b);
    }
    out
}

impl RowMut<'_> {
    /// Becomes the floats of `row`, the least and greatest of which are known.
    #[inline(always)]
    pub(super) fn fill<I: Isa>(self, isa: I, row: &[f32], (least, greatest): (f32, f32)) {
        let (floats, wholes, shorts, bytes) = (isa.f32(), isa.i32(), isa.i16(), isa.u8());
        let lanes = floats.len();
        let span = greatest - least;
        let inverse = if span > 0.0 { LEVELS / span } else { 0.0 };
        *self.step = span / LEVELS;
        *self.low = least;
        let factor = floats.splat(inverse);
        let offset = floats.splat(-least * inverse);
        let numbers = row.chunks_exact(4 * lanes);
        for (numbers, out) in numbers.zip(self.numbers.chunks_exact_mut(4 * lanes)) {
            let [a, b, c, d] = loaded::<I, 4>(isa, numbers);
            let a = floats.to_int_round(floats.mul_add(a, factor, offset));
            let b = floats.to_int_round(floats.mul_add(b, factor, offset));
            let c = floats.to_int_round(floats.mul_add(c, factor, offset));
            let d = floats.to_int_round(floats.mul_add(d, factor, offset));
            let low = wholes.narrow_saturate(a, b);
            let high = wholes.narrow_saturate(c, d);
            bytes.store(shorts.narrow_saturate(low, high), out);
        }
    }
}
