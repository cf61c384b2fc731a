//! Products of bytes with signed bytes on x86-64, the sums made floats while they are in registers.
//!
//! There are two, for processors that sum four products in one step (AVX-512 VNNI) and for those
//! that add them in pairs (AVX2). Every other processor takes the products of `rten-gemm`, with the
//! same results: sums of whole numbers are exact, and what is made of them is made the same way.

#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(not(target_arch = "x86_64"))]
pub(super) use self::none::{Dots, Laid};
#[cfg(target_arch = "x86_64")]
pub(super) use self::x86::{Dots, Laid};
use super::quantize::Rows;

/// How many numbers of 32 bits lie in a line of the cache.
pub(super) const LANES: usize = 16;

/// The rows of a product and what becomes of its sums.
pub(super) struct Job<'r, F> {
    pub(super) inputs: Rows<'r>,
    /// What one is worth in the weights of each output.
    pub(super) scales: &'r [f32],
    /// The sum of the weights of each output, for the part of the inputs that is alike in a row.
    pub(super) sums: &'r [f32],
    pub(super) biases: &'r [f32],
    pub(super) finish: F,
    /// Rows as wide as there are outputs.
    pub(super) out: &'r mut [f32],
}

#[cfg(not(target_arch = "x86_64"))]
mod none {
    use super::{Job, LANES};

    /// There is no such processor.
    #[derive(Clone, Copy)]
    pub(in super::super) enum Dots {}

    pub(in super::super) enum Laid {}

    impl Dots {
        pub(in super::super) fn best() -> Option<Self> {
            None
        }

        #[cfg(test)]
        pub(in super::super) fn every() -> impl Iterator<Item = Self> {
            std::iter::empty()
        }

        pub(in super::super) fn laid(self, _weights: &[i8], _inputs: usize) -> Laid {
            match self {}
        }

        pub(in super::super) fn product<F>(self, _weights: &Laid, _job: Job<'_, F>) {
            match self {}
        }

        pub(in super::super) fn turned(
            self,
            _rows: &[&[f32]; LANES],
            _column: usize,
            _stride: usize,
            _into: &mut [f32],
        ) {
            match self {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::gelu::{Finish, Gelu, Plain};
    use super::super::linear::Linear;
    use super::super::quantize::{Bytes, Engine};
    use super::super::scores::{stride, transposed};
    use super::Dots;

    /// Numbers from -1 to 1 that look like chance.
    fn numbers(count: usize) -> Vec<f32> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from(u16::try_from(state >> 16).unwrap()) / 32768.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn product(engine: &Engine, inputs: usize, rows: &[f32], finish: impl Finish) -> Vec<f32> {
        let outputs = 200;
        let weights: Vec<i8> = (0..outputs * inputs)
            .map(|at| i8::try_from(at * 31 % 255).unwrap_or(-7))
            .collect();
        let lists = [numbers(outputs), numbers(outputs)];
        let [scales, biases] = lists.map(|list| list.iter().map(|x| x * 0.01).collect());
        let layer = Linear::of(engine, weights, inputs, scales, biases);
        let mut bytes = Bytes::default();
        let count = rows.len() / inputs;
        let mut out = vec![0.0; count * layer.width];
        let inputs = bytes.fill(rows, inputs);
        layer.apply(engine, inputs, finish, &mut out).unwrap();
        out
    }

    #[test]
    fn products_are_the_same_on_any_processor() {
        let mut engines: Vec<Engine> = Dots::every().map(|dots| Engine::with(Some(dots))).collect();
        engines.push(Engine::with(None));
        for (count, inputs) in [
            (1, 64),
            (5, 192),
            (6, 256),
            (7, 384),
            (140, 384),
            (70, 1536),
        ] {
            let rows = numbers(count * inputs);
            for pair in engines.windows(2) {
                let [one, other] = [0, 1].map(|at| product(&pair[at], inputs, &rows, Plain));
                assert_eq!(one, other, "{count} rows");
                let [one, other] = [0, 1].map(|at| product(&pair[at], inputs, &rows, Gelu));
                assert_eq!(one, other, "{count} rows");
            }
        }
    }

    #[test]
    fn rows_become_columns() {
        for (count, depth) in [(1, 16), (15, 32), (16, 256), (33, 32)] {
            let all = numbers(count * depth);
            let stride = stride(count);
            let turned = |dots: Option<Dots>| {
                let mut into = vec![9.0; depth * stride];
                transposed(dots, all.chunks_exact(depth), stride, &mut into);
                into
            };
            let found = turned(None);
            for dots in Dots::every() {
                assert_eq!(found, turned(Some(dots)), "{count} rows of {depth}");
            }
            let third: Vec<f32> = all.chunks_exact(depth).map(|row| row[3]).collect();
            assert_eq!(found[3 * stride..][..count], third);
            assert!(
                found[3 * stride + count..][..stride - count]
                    .iter()
                    .all(|x| x.abs() < 1e-9)
            );
        }
    }
}
