//! What happens to a number on its way out of a layer: nothing, or GELU.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdUnaryOp};

/// A function of each number that a layer yields.
pub(super) trait Finish: Copy {
    /// Applied to as many numbers as a register holds.
    fn apply<I: Isa>(self, isa: I, x: I::F32) -> I::F32;
}

/// The number as it is.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Finish for Plain {
    #[inline(always)]
    fn apply<I: Isa>(self, _isa: I, x: I::F32) -> I::F32 {
        x
    }
}

/// `x · Φ(x)`, Φ being the distribution function of the normal distribution; within 0.0001.
///
/// That is a hundredth of what is lost when the result becomes eight bits, and a polynomial costs
/// half as much as the exponential function and the division of the usual way. Source of the
/// function: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
#[derive(Clone, Copy)]
pub(super) struct Gelu;

/// Beyond this, Φ is 0 or 1.
const EDGE: f32 = 4.2;

/// `Φ(x) = 1/2 + x · p(x²)` up to [`EDGE`]: the coefficients of `p`, fitted for the least greatest
/// error of `x · Φ(x)`, with Φ just 1 at the edge.
const COEFFICIENTS: [f32; 8] = [
    0.398_465_84,
    -0.065_528_154,
    0.009_298_204,
    -9.506_516e-4,
    6.688_996e-5,
    -3.037_881_5e-6,
    7.941_165e-8,
    -9.017_288e-10,
];

impl Finish for Gelu {
    #[inline(always)]
    fn apply<I: Isa>(self, isa: I, x: I::F32) -> I::F32 {
        let ops = isa.f32();
        let near = ops.min(ops.max(x, ops.splat(-EDGE)), ops.splat(EDGE));
        let square = ops.mul(near, near);
        let [rest @ .., last] = COEFFICIENTS;
        let mut sum = ops.splat(last);
        for coefficient in rest.iter().rev() {
            sum = ops.mul_add(sum, square, ops.splat(*coefficient));
        }
        let share = ops.mul_add(near, sum, ops.splat(0.5));
        ops.mul(x, share)
    }
}

impl SimdUnaryOp<f32> for Gelu {
    #[inline(always)]
    fn eval<I: Isa>(&self, isa: I, x: I::F32) -> I::F32 {
        self.apply(isa, x)
    }
}

#[cfg(test)]
mod tests {
    use rten_simd::SimdUnaryOp;

    use super::Gelu;

    #[test]
    fn gelu_is_close_to_its_definition() {
        let numbers: Vec<f32> = (-2000..=2000_i16).map(|x| f32::from(x) / 200.0).collect();
        let mut found = numbers.clone();
        Gelu.map_mut(&mut found);
        let mut exact = numbers.clone();
        rten_vecmath::Gelu {}.map_mut(&mut exact);
        for ((x, found), exact) in numbers.iter().zip(found).zip(exact) {
            assert!((found - exact).abs() < 1e-4, "{x}: {found}, not {exact}");
        }
    }
}
