//! Lengths of time in four parts that do not mix: months, days, seconds, nanoseconds.

use std::fmt;

use super::temporal::{NANOS_PER_SECOND, SECONDS_PER_DAY};

/// Seconds in an average month of the Gregorian calendar, for fractions of a month.
const SECONDS_PER_MONTH: f64 = 2_629_746.0;

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

    /// The length of parts that may be fractions; a fraction of a part goes to the next smaller,
    /// an average month being 30.436875 days. `None` if a part is too large or no number.
    pub fn approximate(months: f64, days: f64, seconds: f64, nanoseconds: f64) -> Option<Self> {
        let seconds_per_day = whole_float(SECONDS_PER_DAY);
        let nanos_per_second = whole_float(NANOS_PER_SECOND);
        let whole_months = whole(months)?;
        let days = days + (months - months.trunc()) * SECONDS_PER_MONTH / seconds_per_day;
        let whole_days = whole(days)?;
        let seconds = seconds + (days - days.trunc()) * seconds_per_day;
        let whole_seconds = whole(seconds)?;
        let nanoseconds = nanoseconds + (seconds - seconds.trunc()) * nanos_per_second;
        // A fraction that stands for an exact decimal may fall short by a hair.
        let near = nanoseconds.round();
        let nanoseconds = if (nanoseconds - near).abs() < 0.01 {
            near
        } else {
            nanoseconds
        };
        Self::new(whole_months, whole_days, whole_seconds, whole(nanoseconds)?)
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
        #[expect(
            clippy::cast_possible_truncation,
            reason = "compared with the float again"
        )]
        let whole_factor = factor as i64;
        if factor.abs() < 1e15 && (whole_float(whole_factor) - factor).abs() == 0.0 {
            return Self::from_nanoseconds(
                self.months.checked_mul(whole_factor)?,
                self.days.checked_mul(whole_factor)?,
                self.clock_nanoseconds()
                    .checked_mul(i128::from(whole_factor))?,
            );
        }
        Self::approximate(
            whole_float(self.months) * factor,
            whole_float(self.days) * factor,
            whole_float(self.seconds) * factor,
            whole_float(self.nanoseconds()) * factor,
        )
    }

    /// About how long, in nanoseconds with average months: the order of durations.
    pub fn average_nanoseconds(self) -> i128 {
        let months = i128::from(self.months) * 2_629_746;
        let days = i128::from(self.days) * i128::from(SECONDS_PER_DAY);
        (months + days) * i128::from(NANOS_PER_SECOND) + self.clock_nanoseconds()
    }
}

fn whole(number: f64) -> Option<i64> {
    let limit = 9.2e18;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (number.is_finite() && number.abs() < limit).then_some(number as i64)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "fractions of durations are approximate by definition"
)]
fn whole_float(number: i64) -> f64 {
    number as f64
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
    use super::Duration;

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
    fn a_fraction_of_a_month_becomes_days_and_seconds() {
        let found = Duration::approximate(0.75, 0.0, 0.0, 0.0).unwrap();
        assert_eq!(found.to_string(), "P22DT19H51M49.5S");
    }
}
