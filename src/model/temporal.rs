//! Days and times: five kinds, with or without an offset or a zone.
//!
//! The calendar is the proleptic Gregorian one, with years far beyond what a clock library
//! allows; only the offsets of named zones are asked of the library, from a database that is
//! compiled in, so that every machine gives the same answer.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// Nanoseconds in a second.
pub const NANOS_PER_SECOND: i64 = 1_000_000_000;
/// Seconds in a day.
pub const SECONDS_PER_DAY: i64 = 86_400;
/// Nanoseconds in a day.
pub const NANOS_PER_DAY: i64 = SECONDS_PER_DAY * NANOS_PER_SECOND;
/// Years run from minus this to this.
const MAX_YEAR: i32 = 999_999_999;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// How many days the month has.
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Whether the year has 366 days.
fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl Date {
    /// 1970-01-01.
    pub const EPOCH: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };

    /// The day; `None` if the calendar has no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let known = (-MAX_YEAR..=MAX_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        known.then_some(Self { year, month, day })
    }

    /// The day `days` after 1970-01-01.
    pub fn from_epoch_day(days: i64) -> Option<Self> {
        // Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March,
        // so that the leap day is the last.
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(
            i32::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    /// How many days after 1970-01-01.
    pub fn epoch_day(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted_month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The quarter, from 1.
    pub fn quarter(self) -> u8 {
        (self.month - 1) / 3 + 1
    }

    /// The day of the week, Monday is 1.
    pub fn day_of_week(self) -> i64 {
        (self.epoch_day() + 3).rem_euclid(7) + 1
    }

    /// The day of the year, from 1.
    pub fn ordinal_day(self) -> i64 {
        self.epoch_day() - first_day(self.year, 1).epoch_day() + 1
    }

    /// The day of the quarter, from 1.
    pub fn day_of_quarter(self) -> i64 {
        let first = first_day(self.year, (self.quarter() - 1) * 3 + 1);
        self.epoch_day() - first.epoch_day() + 1
    }

    /// The year and week of ISO 8601: the week belongs to the year that has its Thursday.
    pub fn iso_week(self) -> (i32, i64) {
        let thursday = self.epoch_day() - self.day_of_week() + 4;
        let year = Self::from_epoch_day(thursday).map_or(self.year, Self::year);
        let week = (thursday - first_day(year, 1).epoch_day()) / 7 + 1;
        (year, week)
    }

    /// The day of an ISO week; `None` if the year has no such week.
    pub fn from_week(week_year: i32, week: i64, day_of_week: i64) -> Option<Self> {
        if !(1..=53).contains(&week) || !(1..=7).contains(&day_of_week) {
            return None;
        }
        let fourth = Self::new(week_year, 1, 4)?;
        let monday = fourth.epoch_day() - fourth.day_of_week() + 1;
        let date = Self::from_epoch_day(monday + (week - 1) * 7 + day_of_week - 1)?;
        (date.iso_week() == (week_year, week)).then_some(date)
    }

    /// The day of the year by number; `None` if the year has no such day.
    pub fn from_ordinal(year: i32, ordinal_day: i64) -> Option<Self> {
        let first = Self::new(year, 1, 1)?;
        let date =
            Self::from_epoch_day(first.epoch_day().checked_add(ordinal_day.checked_sub(1)?)?)?;
        (ordinal_day >= 1 && date.year == year).then_some(date)
    }

    /// The day of the quarter by number; `None` if the quarter has no such day.
    pub fn from_quarter(year: i32, quarter: i64, day_of_quarter: i64) -> Option<Self> {
        if !(1..=4).contains(&quarter) {
            return None;
        }
        let month = u8::try_from((quarter - 1) * 3 + 1).ok()?;
        let first = Self::new(year, month, 1)?;
        let date = Self::from_epoch_day(
            first
                .epoch_day()
                .checked_add(day_of_quarter.checked_sub(1)?)?,
        )?;
        let inside =
            day_of_quarter >= 1 && date.year == year && i64::from(date.quarter()) == quarter;
        inside.then_some(date)
    }

    /// The same day of the month `months` later, or the month's last day if that comes first.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let count = (i64::from(self.year) * 12 + i64::from(self.month) - 1).checked_add(months)?;
        let year = i32::try_from(count.div_euclid(12)).ok()?;
        let month = u8::try_from(count.rem_euclid(12) + 1).ok()?;
        Self::new(year, month, self.day.min(days_in_month(year, month)))
    }

    /// The day `days` later.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_epoch_day(self.epoch_day().checked_add(days)?)
    }
}

fn first_day(year: i32, month: u8) -> Date {
    Date {
        year,
        month,
        day: 1,
    }
}

/// A time of day, to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    nanosecond_of_day: i64,
}

impl LocalTime {
    /// Midnight at the start of the day.
    pub const MIDNIGHT: Self = Self {
        nanosecond_of_day: 0,
    };

    /// The time; `None` if the clock has no such time.
    pub fn new(hour: i64, minute: i64, second: i64, nanosecond: i64) -> Option<Self> {
        let known = (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..60).contains(&second)
            && (0..NANOS_PER_SECOND).contains(&nanosecond);
        known.then(|| Self {
            nanosecond_of_day: ((hour * 60 + minute) * 60 + second) * NANOS_PER_SECOND + nanosecond,
        })
    }

    /// The time that long after midnight; `None` outside one day.
    pub fn from_nanosecond_of_day(nanosecond_of_day: i64) -> Option<Self> {
        (0..NANOS_PER_DAY)
            .contains(&nanosecond_of_day)
            .then_some(Self { nanosecond_of_day })
    }

    /// Nanoseconds since midnight.
    pub fn nanosecond_of_day(self) -> i64 {
        self.nanosecond_of_day
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> i64 {
        self.nanosecond_of_day / (3600 * NANOS_PER_SECOND)
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> i64 {
        self.nanosecond_of_day / (60 * NANOS_PER_SECOND) % 60
    }

    /// The second, 0 to 59.
    pub fn second(self) -> i64 {
        self.nanosecond_of_day / NANOS_PER_SECOND % 60
    }

    /// The nanosecond within the second.
    pub fn nanosecond(self) -> i64 {
        self.nanosecond_of_day % NANOS_PER_SECOND
    }

    /// The time `nanoseconds` later, running on past midnight, and how many midnights it passed.
    pub fn plus_nanoseconds(self, nanoseconds: i128) -> (Self, i64) {
        let total = i128::from(self.nanosecond_of_day) + nanoseconds;
        let day = i128::from(NANOS_PER_DAY);
        let days = i64::try_from(total.div_euclid(day)).unwrap_or(i64::MAX);
        let nanosecond_of_day = i64::try_from(total.rem_euclid(day)).unwrap_or(0);
        (Self { nanosecond_of_day }, days)
    }
}

/// A time of day with an offset from UTC. Ordered by the moment, then by the offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time {
    local: LocalTime,
    offset_seconds: i32,
}

impl Time {
    /// The time `local` at an offset of at most 18 hours.
    pub fn new(local: LocalTime, offset_seconds: i32) -> Option<Self> {
        is_offset(offset_seconds).then_some(Self {
            local,
            offset_seconds,
        })
    }

    /// The time as the clock on the wall shows it.
    pub fn local(self) -> LocalTime {
        self.local
    }

    /// Seconds that the clock is ahead of UTC.
    pub fn offset_seconds(self) -> i32 {
        self.offset_seconds
    }

    /// Nanoseconds since midnight in UTC; may lie outside the day.
    pub fn utc_nanosecond(self) -> i64 {
        self.local.nanosecond_of_day - i64::from(self.offset_seconds) * NANOS_PER_SECOND
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.utc_nanosecond(), self.offset_seconds)
            .cmp(&(other.utc_nanosecond(), other.offset_seconds))
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A day and a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: LocalTime,
}

impl LocalDateTime {
    /// The day and time.
    pub fn new(date: Date, time: LocalTime) -> Self {
        Self { date, time }
    }

    /// Seconds since 1970-01-01T00:00 on the same clock.
    pub fn epoch_second(self) -> i64 {
        self.date.epoch_day() * SECONDS_PER_DAY + self.time.nanosecond_of_day / NANOS_PER_SECOND
    }

    /// The day and time at `seconds` and `nanosecond` after 1970-01-01T00:00.
    pub fn from_epoch(seconds: i64, nanosecond: i64) -> Option<Self> {
        let seconds = seconds.checked_add(nanosecond.div_euclid(NANOS_PER_SECOND))?;
        let date = Date::from_epoch_day(seconds.div_euclid(SECONDS_PER_DAY))?;
        let time = LocalTime::from_nanosecond_of_day(
            seconds.rem_euclid(SECONDS_PER_DAY) * NANOS_PER_SECOND
                + nanosecond.rem_euclid(NANOS_PER_SECOND),
        )?;
        Some(Self { date, time })
    }

    /// The day and time `months`, then `days`, then `nanoseconds` later.
    pub fn plus(self, months: i64, days: i64, nanoseconds: i128) -> Option<Self> {
        let (time, midnights) = self.time.plus_nanoseconds(nanoseconds);
        let date = self
            .date
            .plus_months(months)?
            .plus_days(days)?
            .plus_days(midnights)?;
        Some(Self { date, time })
    }
}

/// A time zone with a name, from the database that is compiled in.
#[derive(Debug, Clone)]
pub struct Zone {
    zone: TimeZone,
    name: Box<str>,
}

static ZONES: OnceLock<TimeZoneDatabase> = OnceLock::new();

impl Zone {
    /// The zone called `name`; `None` if there is none.
    pub fn named(name: &str) -> Option<Self> {
        let zones = ZONES.get_or_init(TimeZoneDatabase::bundled);
        let zone = zones.get(name).ok()?;
        let name = zone.iana_name().unwrap_or(name).into();
        Some(Self { zone, name })
    }

    /// The name: `Europe/Stockholm`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The offset at the moment `epoch_second`.
    pub fn offset_at(&self, epoch_second: i64) -> i32 {
        let held = epoch_second.clamp(-377_000_000_000, 253_400_000_000);
        jiff::Timestamp::from_second(held).map_or(0, |moment| self.zone.to_offset(moment).seconds())
    }

    /// The day and time, moved on if the clock skips it, and its offset; the earlier of two.
    fn resolve(&self, local: LocalDateTime) -> Option<(LocalDateTime, i32)> {
        let held_year = local.date.year.clamp(-9990, 9990);
        let day = local
            .date
            .day
            .min(days_in_month(held_year, local.date.month));
        let civil = civil::DateTime::new(
            i16::try_from(held_year).ok()?,
            i8::try_from(local.date.month).ok()?,
            i8::try_from(day).ok()?,
            i8::try_from(local.time.hour()).ok()?,
            i8::try_from(local.time.minute()).ok()?,
            i8::try_from(local.time.second()).ok()?,
            0,
        )
        .ok()?;
        Some(match self.zone.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => (local, offset.seconds()),
            AmbiguousOffset::Fold { before, .. } => (local, before.seconds()),
            AmbiguousOffset::Gap { before, after } => {
                let skipped = i128::from(after.seconds() - before.seconds());
                let moved = local.plus(0, 0, skipped * i128::from(NANOS_PER_SECOND))?;
                (moved, after.seconds())
            }
        })
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// A day and a time of day at an offset or in a zone. Ordered by the moment first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateTime {
    local: LocalDateTime,
    offset_seconds: i32,
    zone: Option<Zone>,
}

impl DateTime {
    /// The day and time at a fixed offset of at most 18 hours.
    pub fn at_offset(local: LocalDateTime, offset_seconds: i32) -> Option<Self> {
        is_offset(offset_seconds).then_some(Self {
            local,
            offset_seconds,
            zone: None,
        })
    }

    /// The day and time in `zone`; a time that the clock skips is moved on, and of a time that
    /// it shows twice the earlier is meant.
    pub fn in_zone(local: LocalDateTime, zone: Zone) -> Option<Self> {
        let (local, offset_seconds) = zone.resolve(local)?;
        Some(Self {
            local,
            offset_seconds,
            zone: Some(zone),
        })
    }

    /// The moment as the clocks of `zone` show it.
    pub fn moment_in_zone(epoch_second: i64, nanosecond: i64, zone: Zone) -> Option<Self> {
        let offset_seconds = zone.offset_at(epoch_second);
        let local = LocalDateTime::from_epoch(
            epoch_second.checked_add(i64::from(offset_seconds))?,
            nanosecond,
        )?;
        Some(Self {
            local,
            offset_seconds,
            zone: Some(zone),
        })
    }

    /// The moment as a clock at the offset shows it.
    pub fn moment_at_offset(
        epoch_second: i64,
        nanosecond: i64,
        offset_seconds: i32,
    ) -> Option<Self> {
        let local = LocalDateTime::from_epoch(
            epoch_second.checked_add(i64::from(offset_seconds))?,
            nanosecond,
        )?;
        Self::at_offset(local, offset_seconds)
    }

    /// The day and time as the clock on the wall shows them.
    pub fn local(&self) -> LocalDateTime {
        self.local
    }

    /// Seconds that the clock is ahead of UTC.
    pub fn offset_seconds(&self) -> i32 {
        self.offset_seconds
    }

    /// The zone, if it has one.
    pub fn zone(&self) -> Option<&Zone> {
        self.zone.as_ref()
    }

    /// Seconds since 1970-01-01T00:00Z.
    pub fn epoch_second(&self) -> i64 {
        self.local.epoch_second() - i64::from(self.offset_seconds)
    }

    /// The same place with another local time: offset or zone are kept.
    pub fn with_local(&self, local: LocalDateTime) -> Option<Self> {
        match &self.zone {
            Some(zone) => Self::in_zone(local, zone.clone()),
            None => Self::at_offset(local, self.offset_seconds),
        }
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |time: &Self| (time.epoch_second(), time.local.time.nanosecond());
        key(self)
            .cmp(&key(other))
            .then_with(|| self.offset_seconds.cmp(&other.offset_seconds))
            .then_with(|| {
                let name = |time: &Self| time.zone.as_ref().map(|zone| zone.name.clone());
                name(self).cmp(&name(other))
            })
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn is_offset(seconds: i32) -> bool {
    (-18 * 3600..=18 * 3600).contains(&seconds)
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = *self;
        let size = year.unsigned_abs();
        let sign = if year < 0 {
            "-"
        } else if year > 9999 {
            "+"
        } else {
            ""
        };
        write!(out, "{sign}{size:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.hour(), self.minute())?;
        let (second, nanosecond) = (self.second(), self.nanosecond());
        if second == 0 && nanosecond == 0 {
            return Ok(());
        }
        write!(out, ":{second:02}")?;
        if nanosecond > 0 {
            let digits = format!("{nanosecond:09}");
            write!(out, ".{}", digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

/// An offset as ISO 8601 writes it: `Z`, `+01:00`, `+00:53:28`.
pub fn offset_text(seconds: i32) -> String {
    if seconds == 0 {
        return "Z".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let size = seconds.unsigned_abs();
    let (hours, minutes, rest) = (size / 3600, size / 60 % 60, size % 60);
    if rest == 0 {
        format!("{sign}{hours:02}:{minutes:02}")
    } else {
        format!("{sign}{hours:02}:{minutes:02}:{rest:02}")
    }
}

impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.local, offset_text(self.offset_seconds))
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}T{}", self.date, self.time)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.local, offset_text(self.offset_seconds))?;
        match &self.zone {
            Some(zone) => write!(out, "[{}]", zone.name()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, DateTime, LocalDateTime, LocalTime, Zone};

    #[test]
    fn days_and_numbers_are_inverses() {
        for days in (-800_000..800_000)
            .step_by(37)
            .chain([0, -719_528, 2_932_896])
        {
            assert_eq!(Date::from_epoch_day(days).unwrap().epoch_day(), days);
        }
    }

    #[test]
    fn weeks_belong_to_the_year_of_their_thursday() {
        let date = Date::new(1817, 1, 1).unwrap();
        assert_eq!(date.iso_week(), (1817, 1));
        assert_eq!(Date::new(2016, 1, 1).unwrap().iso_week(), (2015, 53));
        assert_eq!(Date::from_week(2015, 53, 5), Date::new(2016, 1, 1));
        assert_eq!(Date::from_week(2014, 53, 5), None);
    }

    #[test]
    fn zones_know_their_history() {
        let stockholm = Zone::named("Europe/Stockholm").unwrap();
        let time = LocalTime::new(21, 40, 32, 142_000_000).unwrap();
        let cases = [
            (1818, "1818-07-21T21:40:32.142+00:53:28[Europe/Stockholm]"),
            (1984, "1984-07-21T21:40:32.142+02:00[Europe/Stockholm]"),
        ];
        for (year, text) in cases {
            let local = LocalDateTime::new(Date::new(year, 7, 21).unwrap(), time);
            let found = DateTime::in_zone(local, stockholm.clone()).unwrap();
            assert_eq!(found.to_string(), text);
        }
    }
}
