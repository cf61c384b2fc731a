//! Lengths of time in four parts that do not mix: months, days, seconds, nanoseconds.

use std::fmt;

use super::temporal::{NANOS_PER_SECOND, SECONDS_PER_DAY};

/// Seconds in an average month of the Gregorian calendar, for fractions of a month.
const SECONDS_PER_MONTH: i128 = 2_629_746;

/// How many of the smallest steps of a [`Decimal`] make one.
const ONE: i128 = 1_000_000_000_000_000_000;

/// A number with eighteen decimals, for parts of a length: a float would not say `0.1` exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decimal(i128);

impl Decimal {
    /// The number that `text` writes in digits; `None` if it does not or is too large. Further
    /// decimals are cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, size) = match text.strip_prefix('-') {
            Some(size) => (true, size),
            None => (false, text),
        };
        let (whole, fraction) = size.split_once('.').unwrap_or((size, "0"));
        if !(whole.bytes().chain(fraction.bytes())).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let decimals = fraction.get(..18).unwrap_or(fraction);
        let whole = whole.parse::<i128>().ok()?.checked_mul(ONE)?;
        let size = whole.checked_add(format!("{decimals:0<18}").parse().ok()?)?;
        Some(Self(if negative { -size } else { size }))
    }

    /// The shortest decimal number that `number` can be written as.
    pub fn from_float(number: f64) -> Option<Self> {
        Self::parse(&number.to_string())
    }

    /// The number `factor` times.
    pub fn times(self, factor: i64) -> Option<Self> {
        self.0.checked_mul(i128::from(factor)).map(Self)
    }

    /// The sum of both.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

/// A length of time. Two are equal only if all parts are: a month is no number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Duration {
    months: i64,
    days: i64,
    seconds: i64,
    nanoseconds: i32,
}

impl Duration {
    /// The length; nanoseconds beyond a second run over. `None` if a part is too large.
    pub fn new(months: i64, days: i64, seconds: i64, nanoseconds: i64) -> Option<Self> {
        let seconds = seconds.checked_add(nanoseconds.div_euclid(NANOS_PER_SECOND))?;
        let nanoseconds = i32::try_from(nanoseconds.rem_euclid(NANOS_PER_SECOND)).ok()?;
        Some(Self {
            months,
            days,
            seconds,
            nanoseconds,
        })
    }

    /// The length of `nanoseconds`, in seconds and below.
    pub fn from_nanoseconds(months: i64, days: i64, nanoseconds: i128) -> Option<Self> {
        let second = i128::from(NANOS_PER_SECOND);
        Self::new(
            months,
            days,
            i64::try_from(nanoseconds.div_euclid(second)).ok()?,
            i64::try_from(nanoseconds.rem_euclid(second)).ok()?,
        )
    }

    /// The length of months, days, seconds and nanoseconds that may be fractions; a fraction of a
    /// part goes to the next smaller, an average month being 30.436875 days. `None` if a part is
    /// too large.
    pub fn of_fractions(parts: [Decimal; 4]) -> Option<Self> {
        Self::carried(parts.map(|part| part.0), ONE)
    }

    /// The length of parts that are each a number of `denominator`ths.
    fn carried(parts: [i128; 4], denominator: i128) -> Option<Self> {
        let [months, days, seconds, nanoseconds] = parts;
        let whole = |number: i128| i64::try_from(number).ok();
        let day = i128::from(SECONDS_PER_DAY);
        let days = (months % denominator)
            .checked_mul(SECONDS_PER_MONTH)?
            .checked_add(days.checked_mul(day)?)?;
        let denominator_of_days = denominator.checked_mul(day)?;
        let seconds = seconds.checked_add(days % denominator_of_days)?;
        let nanoseconds = (seconds % denominator)
            .checked_mul(i128::from(NANOS_PER_SECOND))?
            .checked_add(nanoseconds)?;
        Self::new(
            whole(months / denominator)?,
            whole(days / denominator_of_days)?,
            whole(seconds / denominator)?,
            whole(nanoseconds / denominator)?,
        )
    }

    fn parts(self) -> [i128; 4] {
        [self.months, self.days, self.seconds, self.nanoseconds()].map(i128::from)
    }

    /// Whole months.
    pub fn months(self) -> i64 {
        self.months
    }

    /// Whole days beside the months.
    pub fn days(self) -> i64 {
        self.days
    }

    /// Whole seconds beside the days, rounded down.
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds beside the seconds, never negative.
    pub fn nanoseconds(self) -> i64 {
        i64::from(self.nanoseconds)
    }

    /// Seconds and nanoseconds together, in nanoseconds.
    pub fn clock_nanoseconds(self) -> i128 {
        i128::from(self.seconds) * i128::from(NANOS_PER_SECOND) + i128::from(self.nanoseconds)
    }

    /// Both lengths together.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::new(
            self.months.checked_add(other.months)?,
            self.days.checked_add(other.days)?,
            self.seconds.checked_add(other.seconds)?,
            self.nanoseconds() + other.nanoseconds(),
        )
    }

    /// The length the other way.
    pub fn negated(self) -> Option<Self> {
        Self::new(
            self.months.checked_neg()?,
            self.days.checked_neg()?,
            self.seconds.checked_neg()?,
            -self.nanoseconds(),
        )
    }

    /// The length `factor` times.
    pub fn times(self, factor: f64) -> Option<Self> {
        let Decimal(factor) = Decimal::from_float(factor)?;
        if factor % ONE == 0 {
            let factor = i64::try_from(factor / ONE).ok()?;
            return Self::from_nanoseconds(
                self.months.checked_mul(factor)?,
                self.days.checked_mul(factor)?,
                self.clock_nanoseconds().checked_mul(i128::from(factor))?,
            );
        }
        let [months, days, seconds, nanoseconds] =
            self.parts().map(|part| part.checked_mul(factor));
        Self::carried([months?, days?, seconds?, nanoseconds?], ONE)
    }

    /// The length in `divisor` equal parts; `None` if there are none.
    pub fn divided(self, divisor: f64) -> Option<Self> {
        let Decimal(divisor) = Decimal::from_float(divisor)?;
        let signed_one = ONE * divisor.signum();
        let [months, days, seconds, nanoseconds] =
            self.parts().map(|part| part.checked_mul(signed_one));
        let divisor = (divisor != 0).then_some(divisor.abs())?;
        Self::carried([months?, days?, seconds?, nanoseconds?], divisor)
    }

    /// About how long, in nanoseconds with average months: the order of durations.
    pub fn average_nanoseconds(self) -> i128 {
        let months = i128::from(self.months) * 2_629_746;
        let days = i128::from(self.days) * i128::from(SECONDS_PER_DAY);
        (months + days) * i128::from(NANOS_PER_SECOND) + self.clock_nanoseconds()
    }
}

/// The length as ISO 8601 writes it: `P1Y2M3DT4H5M6.7S`.
impl fmt::Display for Duration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return out.write_str("PT0S");
        }
        out.write_str("P")?;
        let dates = [
            (self.months / 12, 'Y'),
            (self.months % 12, 'M'),
            (self.days, 'D'),
        ];
        for (number, unit) in dates {
            if number != 0 {
                write!(out, "{number}{unit}")?;
            }
        }
        let total = self.clock_nanoseconds();
        if total == 0 {
            return Ok(());
        }
        let second = i128::from(NANOS_PER_SECOND);
        out.write_str("T")?;
        let (hours, minutes) = (total / (3600 * second), total / (60 * second) % 60);
        if hours != 0 {
            write!(out, "{hours}H")?;
        }
        if minutes != 0 {
            write!(out, "{minutes}M")?;
        }
        let rest = total % (60 * second);
        if rest == 0 {
            return Ok(());
        }
        let sign = if rest < 0 { "-" } else { "" };
        let size = rest.abs();
        write!(out, "{sign}{}", size / second)?;
        if size % second != 0 {
            let digits = format!("{:09}", size % second);
            write!(out, ".{}", digits.trim_end_matches('0'))?;
        }
        out.write_str("S")
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Duration};

    #[test]
    fn durations_are_written_in_their_parts() {
        let cases = [
            ((0, 0, 0, 0), "PT0S"),
            ((14, 3, 3723, 0), "P1Y2M3DT1H2M3S"),
            ((0, 0, -1, 500_000_000), "PT-0.5S"),
            ((0, -14, 57_600, 0), "P-14DT16H"),
        ];
        for ((months, days, seconds, nanoseconds), text) in cases {
            let found = Duration::new(months, days, seconds, nanoseconds).unwrap();
            assert_eq!(found.to_string(), text);
        }
    }

    #[test]
    fn a_fraction_goes_to_the_smaller_parts_without_loss() {
        let length = |parts: [&str; 4]| {
            let parts = parts.map(|part| Decimal::parse(part).unwrap());
            Duration::of_fractions(parts).unwrap().to_string()
        };
        assert_eq!(length(["0.75", "0", "0", "0"]), "P22DT19H51M49.5S");
        assert_eq!(
            length(["-0.5", "0", "0.0005", "0"]),
            "P-15DT-5H-14M-32.9995S"
        );
        assert_eq!(length(["1.1", "0", "0", "0"]), "P1M3DT1H2M54.6S");
        assert_eq!(length(["0", "0.1", "0", "1.9"]), "PT2H24M0.000000001S");
    }

    #[test]
    fn durations_are_multiplied_and_divided_exactly() {
        let length = Duration::new(149, 49, 58_390, 1).unwrap();
        assert_eq!(length.divided(49.0).unwrap().days(), 1 + 1);
        assert_eq!(length.divided(2.0), length.times(0.5));
        assert_eq!(length.divided(-0.5), length.times(-2.0));
        assert_eq!(length.divided(0.0), None);
        assert_eq!(length.times(f64::NAN), None);
        assert_eq!(length.times(1e300), None);
        assert_eq!(length.times(1e-300), Some(Duration::default()));
    }
}
