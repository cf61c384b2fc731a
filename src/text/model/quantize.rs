//! Rows of floats to rows of bytes, each row by its own least and greatest number.
//!
//! A row `x` becomes `round((x - low) / step)`, `step` being a 255th of the way from its least
//! number to its greatest. No row looks at another, so what else is in a batch cannot matter.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_gemm::{GemmExecutor, PackedAMatrix};
use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;
use rten_vecmath::MinMax;

/// How many rows are worked on at once: their bytes and sums stay in a core's second cache. The
/// product of matrices takes no more rows without sharing them among threads, which batches do.
pub(super) const BLOCK_ROWS: usize = 64;

/// Every row is a multiple of so many numbers wide: a full register of bytes, the widest there is.
pub(super) const LANES: usize = 64;

/// The products of bytes with signed bytes.
pub(super) struct Engine {
    pub(super) products: GemmExecutor<u8, i8, i32>,
    /// The greatest number an input becomes.
    levels: f32,
}

impl Engine {
    /// The best this processor has.
    ///
    /// Where two products of eight bits are added in sixteen (AVX2 without VNNI), 255 · 127 twice
    /// would not fit, but 127 · 127 twice does: there inputs have seven bits.
    pub(super) fn new() -> Self {
        let products = GemmExecutor::<u8, i8, i32>::new();
        let levels = if products.may_saturate() {
            127.0
        } else {
            255.0
        };
        Self { products, levels }
    }
}

/// At most [`BLOCK_ROWS`] rows of bytes, laid out for the product of matrices.
pub(super) struct Block {
    pub(super) bytes: PackedAMatrix<u8>,
    /// What a byte of each row is worth.
    pub(super) steps: Vec<f32>,
    /// The least number of each row.
    pub(super) lows: Vec<f32>,
}

/// The blocks of rows of `width` floats.
pub(super) fn blocks(engine: &Engine, rows: &[f32], width: usize) -> Vec<Block> {
    let mut bytes = Vec::new();
    rows.chunks(BLOCK_ROWS * width)
        .map(|rows| block(engine, rows, width, &mut bytes))
        .collect()
}

/// A block of at most [`BLOCK_ROWS`] rows of `width` floats; `bytes` is room to work in.
pub(super) fn block(engine: &Engine, rows: &[f32], width: usize, bytes: &mut Vec<u8>) -> Block {
    let count = rows.len() / width;
    bytes.resize(count * width, 0);
    let mut steps = vec![0.0; count];
    let mut lows = vec![0.0; count];
    Quantize {
        rows,
        width,
        levels: engine.levels,
        bytes,
        steps: &mut steps,
        lows: &mut lows,
    }
    .dispatch();
    let matrix = NdTensorView::from_data([count, width], bytes.as_slice());
    Block {
        bytes: engine.products.prepack_a(matrix),
        steps,
        lows,
    }
}

struct Quantize<'r> {
    rows: &'r [f32],
    width: usize,
    levels: f32,
    bytes: &'r mut [u8],
    steps: &'r mut [f32],
    lows: &'r mut [f32],
}

impl SimdOp for Quantize<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (floats, wholes, shorts, bytes) = (isa.f32(), isa.i32(), isa.i16(), isa.u8());
        let lanes = floats.len();
        let rows = self.rows.chunks_exact(self.width);
        let outs = self.bytes.chunks_exact_mut(self.width);
        let scales = self.steps.iter_mut().zip(self.lows);
        for ((row, out), (step, low)) in rows.zip(outs).zip(scales) {
            let (least, greatest) = MinMax::new(row).eval(isa);
            let span = greatest - least;
            let inverse = if span > 0.0 { self.levels / span } else { 0.0 };
            *step = span / self.levels;
            *low = least;
            let factor = floats.splat(inverse);
            let offset = floats.splat(-least * inverse);
            let numbers = row.chunks_exact(4 * lanes);
            for (numbers, out) in numbers.zip(out.chunks_exact_mut(4 * lanes)) {
                let [a, b, c, d] = floats
                    .load_many::<4>(numbers)
                    .map(|x| floats.to_int_round(floats.mul_add(x, factor, offset)));
                let low = wholes.narrow_saturate(a, b);
                let high = wholes.narrow_saturate(c, d);
                bytes.store(shorts.narrow_saturate(low, high), out);
            }
        }
    }
}
