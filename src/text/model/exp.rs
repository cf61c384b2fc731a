//! The exponential function of numbers not above zero, as a softmax needs it.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_simd::ops::{BitOps, FloatOps, IntOps, NumOps, ToFloat};
use rten_simd::{Isa, Simd, SimdUnaryOp};

/// Below this, the power of two would leave the range of floats.
const LEAST: f32 = -87.0;

/// `exp(r)` for `r` from -ln 2 / 2 to ln 2 / 2: the coefficients of a polynomial fitted for the
/// least greatest relative error, 0.000003.
const COEFFICIENTS: [f32; 5] = [
    0.999_999_3,
    0.999_963_4,
    0.500_043_6,
    0.167_909_07,
    0.041_458_6,
];

/// `exp(x)` for `x <= 0`: a power of two times a polynomial of what is left; 0 is never reached.
///
/// That is a thousandth of what is lost when the result becomes eight bits.
#[derive(Clone, Copy, Default)]
pub(super) struct Exp;

impl SimdUnaryOp<f32> for Exp {
    #[inline(always)]
    fn eval<I: Isa>(&self, isa: I, x: I::F32) -> I::F32 {
        let (floats, wholes) = (isa.f32(), isa.i32());
        let x = floats.max(x, floats.splat(LEAST));
        let power = floats.to_int_round(floats.mul(x, floats.splat(std::f32::consts::LOG2_E)));
        let rest = floats.mul_add(
            wholes.to_float(power),
            floats.splat(-std::f32::consts::LN_2),
            x,
        );
        let [lower @ .., last] = COEFFICIENTS;
        let mut sum = floats.splat(last);
        for coefficient in lower.iter().rev() {
            sum = floats.mul_add(sum, rest, floats.splat(*coefficient));
        }
        // The exponent of a float stands above its 23 bits of digits.
        let bits = wholes.add(sum.reinterpret_cast(), wholes.shift_left::<23>(power));
        bits.reinterpret_cast()
    }
}

#[cfg(test)]
mod tests {
    use rten_simd::SimdUnaryOp;

    use super::Exp;

    #[test]
    fn exp_is_close_to_its_definition() {
        let numbers: Vec<f32> = (0..8700_i16).map(|x| f32::from(x) / -100.0).collect();
        let mut found = numbers.clone();
        Exp.map_mut(&mut found);
        for (x, found) in numbers.iter().zip(found) {
            let exact = x.exp();
            assert!(
                (found - exact).abs() <= exact * 1e-5,
                "{x}: {found}, not {exact}"
            );
        }
        let mut far = [-88.0, -1e30, f32::NEG_INFINITY];
        Exp.map_mut(&mut far);
        assert!(far.iter().all(|x| (0.0..1e-37).contains(x)), "{far:?}");
    }
}
