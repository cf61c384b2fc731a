//! Days and times put together from named parts, on the base of others.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Date, DateTime, Decimal, Duration, LocalDateTime, LocalTime, Map, NANOS_PER_SECOND, Time,
    Value, Zone, days_in_month,
};
use crate::query::error::RunError;
use crate::query::eval::{short, wrong_type};

use super::text;

/// Where on earth a clock stands.
#[derive(Debug, Clone)]
pub(super) enum Place {
    Offset(i32),
    Zone(Zone),
}

impl Place {
    pub(super) const UTC: Self = Self::Offset(0);

    /// The place that a text names: an offset or a zone.
    pub(super) fn named(name: &str) -> Option<Self> {
        match text::offset(name) {
            Some(offset) => Some(Self::Offset(offset)),
            None => Zone::named(name).map(Self::Zone),
        }
    }

    /// The moment at which clocks of the place show `local`.
    pub(super) fn moment(&self, local: LocalDateTime) -> Option<DateTime> {
        match self {
            Self::Offset(offset) => DateTime::at_offset(local, *offset),
            Self::Zone(zone) => DateTime::in_zone(local, zone.clone()),
        }
    }

    /// A moment as clocks of the place show it.
    pub(super) fn show(&self, epoch_second: i64, nanosecond: i64) -> Option<DateTime> {
        match self {
            Self::Offset(offset) => DateTime::moment_at_offset(epoch_second, nanosecond, *offset),
            Self::Zone(zone) => DateTime::moment_in_zone(epoch_second, nanosecond, zone.clone()),
        }
    }
}

/// What a day or time consists of, as far as it has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) date: Option<Date>,
    pub(super) time: Option<LocalTime>,
    pub(super) place: Option<Place>,
}

impl Parts {
    /// The parts of a day or time; `None` for other values.
    pub(super) fn of(value: &Value) -> Option<Self> {
        let mut parts = Self::default();
        match value {
            Value::Date(date) => parts.date = Some(*date),
            Value::LocalTime(time) => parts.time = Some(*time),
            Value::Time(time) => {
                parts.time = Some(time.local());
                parts.place = Some(Place::Offset(time.offset_seconds()));
            }
            Value::LocalDateTime(time) => {
                parts.date = Some(time.date);
                parts.time = Some(time.time);
            }
            Value::DateTime(time) => {
                parts.date = Some(time.local().date);
                parts.time = Some(time.local().time);
                parts.place = Some(match time.zone() {
                    Some(zone) => Place::Zone(zone.clone()),
                    None => Place::Offset(time.offset_seconds()),
                });
            }
            Value::Null
            | Value::Boolean(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::String(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Node(_)
            | Value::Relationship(_)
            | Value::Path(_)
            | Value::Duration(_) => return None,
        }
        Some(parts)
    }
}

/// The kinds of days and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    LocalTime,
    Time,
    LocalDateTime,
    DateTime,
}

impl Kind {
    pub(super) fn has_date(self) -> bool {
        matches!(self, Self::Date | Self::LocalDateTime | Self::DateTime)
    }

    pub(super) fn has_time(self) -> bool {
        self != Self::Date
    }

    pub(super) fn has_place(self) -> bool {
        matches!(self, Self::Time | Self::DateTime)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::LocalTime => "localtime",
            Self::Time => "time",
            Self::LocalDateTime => "localdatetime",
            Self::DateTime => "datetime",
        }
    }

    /// The value of this kind that has these parts; a missing time is midnight, a missing place
    /// UTC.
    pub(super) fn value(self, parts: &Parts) -> Result<Value, RunError> {
        let missing = || RunError::InvalidArgumentValue {
            what: format!("the argument of {}()", self.name()),
            given: "something without a date".to_owned(),
        };
        let lacks_time = parts.time.is_none() && !self.has_date();
        if lacks_time {
            return Err(RunError::InvalidArgumentValue {
                what: format!("the argument of {}()", self.name()),
                given: "something without a time".to_owned(),
            });
        }
        let time = parts.time.unwrap_or(LocalTime::MIDNIGHT);
        let place = parts.place.as_ref().unwrap_or(&Place::UTC);
        let date = || parts.date.ok_or_else(missing);
        let out_of_range = || out_of_range(self.name());
        Ok(match self {
            Self::Date => Value::Date(date()?),
            Self::LocalTime => Value::LocalTime(time),
            Self::Time => {
                let offset = match place {
                    Place::Offset(offset) => *offset,
                    Place::Zone(zone) => {
                        let day = parts.date.unwrap_or(EPOCH);
                        let local = LocalDateTime::new(day, time);
                        DateTime::in_zone(local, zone.clone())
                            .ok_or_else(out_of_range)?
                            .offset_seconds()
                    }
                };
                Value::Time(Time::new(time, offset).ok_or_else(out_of_range)?)
            }
            Self::LocalDateTime => Value::LocalDateTime(LocalDateTime::new(date()?, time)),
            Self::DateTime => {
                let local = LocalDateTime::new(date()?, time);
                let moment = place.moment(local).ok_or_else(out_of_range)?;
                Value::DateTime(Arc::new(moment))
            }
        })
    }
}

const EPOCH: Date = Date::EPOCH;

pub(super) fn out_of_range(what: &str) -> RunError {
    RunError::InvalidArgumentValue {
        what: format!("a part of {what}"),
        given: "that large, or that small".to_owned(),
    }
}

/// The named parts of a map, checked off as they are read.
pub(super) struct Fields<'m> {
    map: &'m Map,
    read: BTreeSet<&'static str>,
}

impl<'m> Fields<'m> {
    pub(super) fn new(map: &'m Map) -> Self {
        Self {
            map,
            read: BTreeSet::new(),
        }
    }

    fn value(&mut self, name: &'static str) -> Option<&'m Value> {
        self.read.insert(name);
        self.map.get(name)
    }

    fn integer(&mut self, name: &'static str) -> Result<Option<i64>, RunError> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Integer(number)) => Ok(Some(*number)),
            Some(other) => Err(wrong_type(format!("`{name}`"), "an integer", other)),
        }
    }

    /// The first of these parts that is there.
    fn base(&mut self, names: &[&'static str]) -> Result<Option<Parts>, RunError> {
        for name in names {
            if let Some(value) = self.value(name) {
                let parts = Parts::of(value)
                    .ok_or_else(|| wrong_type(format!("`{name}`"), "a date or time", value))?;
                return Ok(Some(parts));
            }
        }
        Ok(None)
    }

    /// Fails if the map has a part that nobody read.
    fn finish(&self, kind: Kind) -> Result<(), RunError> {
        match self.map.keys().find(|key| !self.read.contains(&***key)) {
            None => Ok(()),
            Some(key) => Err(RunError::InvalidArgumentValue {
                what: format!("the argument of {}()", kind.name()),
                given: format!("a map with the key `{key}`"),
            }),
        }
    }

    fn place(&mut self) -> Result<Option<Place>, RunError> {
        match self.value("timezone") {
            None => Ok(None),
            Some(Value::String(name)) => {
                let place = Place::named(name);
                place
                    .map(Some)
                    .ok_or_else(|| RunError::InvalidArgumentValue {
                        what: "`timezone`".to_owned(),
                        given: format!("`{name}`"),
                    })
            }
            Some(other) => Err(wrong_type("`timezone`", "a string", other)),
        }
    }

    /// The day that the map names, on the base of another.
    fn date(&mut self, base: Option<Date>) -> Result<Option<Date>, RunError> {
        let year = self.integer("year")?;
        let (month, day) = (self.integer("month")?, self.integer("day")?);
        let week = self.integer("week")?;
        let day_of_week = self.integer("dayOfWeek")?;
        let (quarter, day_of_quarter) = (self.integer("quarter")?, self.integer("dayOfQuarter")?);
        let ordinal_day = self.integer("ordinalDay")?;
        let forms = [
            [("month", month), ("day", day)],
            [("week", week), ("dayOfWeek", day_of_week)],
            [("quarter", quarter), ("dayOfQuarter", day_of_quarter)],
            [("ordinalDay", ordinal_day), ("ordinalDay", None)],
        ];
        let mut given = forms.iter().filter_map(|form| {
            let part = form.iter().find(|(_, part)| part.is_some());
            part.map(|(name, _)| *name)
        });
        let any_part = given.next();
        if let (Some(one), Some(other)) = (any_part, given.next()) {
            return Err(RunError::InvalidArgumentValue {
                what: "a date".to_owned(),
                given: format!("named by `{one}` and `{other}`, which do not go together"),
            });
        }
        if year.is_none() && any_part.is_none() {
            return Ok(base);
        }
        let by_week = week.is_some() || day_of_week.is_some();
        let year = match (year, base) {
            (Some(year), _) => i32::try_from(year).map_err(|_| out_of_range("a date"))?,
            (None, Some(base)) if by_week => base.iso_week().0,
            (None, Some(base)) => base.year(),
            (None, None) => {
                return Err(RunError::InvalidArgumentValue {
                    what: "a date".to_owned(),
                    given: "without a year".to_owned(),
                });
            }
        };
        let or_base = |given: Option<i64>, of_base: fn(Date) -> i64| {
            given.or_else(|| base.map(of_base)).unwrap_or(1)
        };
        let date = if by_week {
            let week = or_base(week, |base| base.iso_week().1);
            Date::from_week(year, week, or_base(day_of_week, Date::day_of_week))
        } else if let (Some(quarter), None, Some(base)) = (quarter, day_of_quarter, base) {
            // The same day of the same month of another quarter.
            let month_of_quarter = (i64::from(base.month()) - 1) % 3 + 1;
            let month = (1..=4)
                .contains(&quarter)
                .then(|| quarter * 3 - 3 + month_of_quarter);
            month.and_then(|month| near_day(year, month, base.day()))
        } else if quarter.is_some() || day_of_quarter.is_some() {
            let quarter = or_base(quarter, |base| i64::from(base.quarter()));
            let day = or_base(day_of_quarter, Date::day_of_quarter);
            Date::from_quarter(year, quarter, day)
        } else if let Some(ordinal_day) = ordinal_day {
            Date::from_ordinal(year, ordinal_day)
        } else {
            let month = or_base(month, |base| i64::from(base.month()));
            match (day, base) {
                (None, Some(base)) => near_day(year, month, base.day()),
                (day, _) => u8::try_from(month)
                    .ok()
                    .zip(u8::try_from(day.unwrap_or(1)).ok())
                    .and_then(|(month, day)| Date::new(year, month, day)),
            }
        };
        date.map(Some).ok_or_else(|| out_of_range("a date"))
    }

    /// The time that the map names, on the base of another. Below a second the named parts
    /// are added up; `keeps_fraction` says that the base's fraction counts too.
    fn time(
        &mut self,
        base: Option<LocalTime>,
        keeps_fraction: bool,
    ) -> Result<Option<LocalTime>, RunError> {
        let hour = self.integer("hour")?;
        let (minute, second) = (self.integer("minute")?, self.integer("second")?);
        let millisecond = self.integer("millisecond")?;
        let microsecond = self.integer("microsecond")?;
        let nanosecond = self.integer("nanosecond")?;
        let fraction = [
            (millisecond, 1_000_000, 1_000),
            (microsecond, 1_000, 1_000_000),
            (nanosecond, 1, NANOS_PER_SECOND),
        ];
        let has_fraction = fraction.iter().any(|(part, _, _)| part.is_some());
        if hour.is_none() && minute.is_none() && second.is_none() && !has_fraction {
            return Ok(base);
        }
        let or_base = |given: Option<i64>, of_base: fn(LocalTime) -> i64| {
            given.or_else(|| base.map(of_base)).unwrap_or(0)
        };
        let base_fraction = base.map_or(0, LocalTime::nanosecond);
        let mut nanoseconds = if has_fraction && !keeps_fraction {
            0
        } else {
            base_fraction
        };
        for (part, unit, most) in fraction {
            if let Some(part) = part {
                if !(0..most).contains(&part) {
                    return Err(out_of_range("a time"));
                }
                nanoseconds += part * unit;
            }
        }
        let time = LocalTime::new(
            or_base(hour, LocalTime::hour),
            or_base(minute, LocalTime::minute),
            or_base(second, LocalTime::second),
            nanoseconds,
        );
        time.map(Some).ok_or_else(|| out_of_range("a time"))
    }
}

/// The day of a month that has the number `day`, or the month's last if it is shorter.
fn near_day(year: i32, month: i64, day: u8) -> Option<Date> {
    let month = u8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    Date::new(year, month, day.min(days_in_month(year, month)))
}

/// The day or time that a map describes.
pub(super) fn from_map(kind: Kind, map: &Map) -> Result<Value, RunError> {
    let mut fields = Fields::new(map);
    if kind == Kind::DateTime
        && let Some(moment) = from_epoch(&mut fields)?
    {
        fields.finish(kind)?;
        return Ok(moment);
    }
    let whole = if kind.has_date() && kind.has_time() {
        fields.base(&["datetime"])?
    } else {
        None
    };
    let date_base = match &whole {
        Some(whole) => Some(whole.clone()),
        None if kind.has_date() => fields.base(&["date"])?,
        None => None,
    };
    let time_base = match whole {
        Some(whole) => Some(whole),
        None if kind.has_time() => fields.base(&["time"])?,
        None => None,
    };
    let place = if kind.has_place() {
        fields.place()?
    } else {
        None
    };
    let mut base = Parts {
        date: date_base.and_then(|parts| parts.date),
        time: time_base.as_ref().and_then(|parts| parts.time),
        place: time_base.and_then(|parts| parts.place),
    };
    if let (Kind::Time, Some(Value::DateTime(moment))) = (kind, map.get("time")) {
        // Without its day, a zone would no longer say which offset it had.
        base.place = Some(Place::Offset(moment.offset_seconds()));
    }
    if kind.has_date() {
        base.date = fields.date(base.date)?;
    }
    if kind.has_time() {
        base.time = fields.time(base.time, false)?;
    }
    // What the map names, it names at the place of the base; a clock that stood elsewhere is then
    // read at the new place, one without place is moved.
    if let Some(place) = place {
        move_to(&mut base, place)?;
    }
    if !kind.has_date() {
        base.date = None;
    }
    fields.finish(kind)?;
    if kind.has_time() && !kind.has_date() && base.time.is_none() {
        return Err(RunError::InvalidArgumentValue {
            what: format!("the argument of {}()", kind.name()),
            given: "a map without an hour".to_owned(),
        });
    }
    kind.value(&base)
}

/// Shows the time of `parts` at another place; if it stood nowhere, it stands there from now on.
fn move_to(parts: &mut Parts, place: Place) -> Result<(), RunError> {
    if let (Some(old), Some(time)) = (&parts.place, parts.time) {
        let day = parts.date.unwrap_or(EPOCH);
        let moment = old.moment(LocalDateTime::new(day, time));
        let shown = moment
            .and_then(|moment| place.show(moment.epoch_second(), time.nanosecond()))
            .ok_or_else(|| out_of_range("a time"))?;
        parts.time = Some(shown.local().time);
        if parts.date.is_some() {
            parts.date = Some(shown.local().date);
        }
    }
    parts.place = Some(place);
    Ok(())
}

fn from_epoch(fields: &mut Fields<'_>) -> Result<Option<Value>, RunError> {
    let seconds = fields.integer("epochSeconds")?;
    let millis = fields.integer("epochMillis")?;
    let (seconds, part) = match (seconds, millis) {
        (None, None) => return Ok(None),
        (Some(seconds), _) => (seconds, 0),
        (None, Some(millis)) => (millis.div_euclid(1000), millis.rem_euclid(1000) * 1_000_000),
    };
    let nanosecond = fields
        .integer("nanosecond")?
        .unwrap_or(0)
        .checked_add(part)
        .ok_or_else(|| out_of_range("a datetime"))?;
    let place = fields.place()?.unwrap_or(Place::UTC);
    let moment = place
        .show(seconds, nanosecond)
        .ok_or_else(|| out_of_range("a datetime"))?;
    Ok(Some(Value::DateTime(Arc::new(moment))))
}

/// What is left of a day or time after truncation, with the parts of a map set anew.
pub(super) fn override_parts(kind: Kind, mut parts: Parts, map: &Map) -> Result<Value, RunError> {
    let mut fields = Fields::new(map);
    if kind.has_date() {
        parts.date = fields.date(parts.date)?;
    }
    if kind.has_time() {
        parts.time = fields.time(parts.time, true)?;
    }
    if kind.has_place()
        && let Some(place) = fields.place()?
    {
        parts.place = Some(place);
    }
    fields.finish(kind)?;
    kind.value(&parts)
}

/// The duration that a map describes; parts may be fractions.
pub(super) fn duration_from_map(map: &Map) -> Result<Value, RunError> {
    let known = [
        "years",
        "quarters",
        "months",
        "weeks",
        "days",
        "hours",
        "minutes",
        "seconds",
        "milliseconds",
        "microseconds",
        "nanoseconds",
    ];
    if let Some(key) = map.keys().find(|key| !known.contains(&&***key)) {
        return Err(RunError::InvalidArgumentValue {
            what: "the argument of duration()".to_owned(),
            given: format!("a map with the key `{key}`"),
        });
    }
    let all_whole = map.values().all(|value| matches!(value, Value::Integer(_)));
    let length = if all_whole {
        whole_duration(map)
    } else {
        fractional_duration(map)?
    };
    length
        .map(|length| Value::Duration(Arc::new(length)))
        .ok_or_else(|| out_of_range("a duration"))
}

fn fractional_duration(map: &Map) -> Result<Option<Duration>, RunError> {
    let mut parts = [Some(Decimal::default()); 4];
    for (name, part, factor) in [
        ("years", 0, 12),
        ("quarters", 0, 3),
        ("months", 0, 1),
        ("weeks", 1, 7),
        ("days", 1, 1),
        ("hours", 2, 3600),
        ("minutes", 2, 60),
        ("seconds", 2, 1),
        ("milliseconds", 3, 1_000_000),
        ("microseconds", 3, 1_000),
        ("nanoseconds", 3, 1),
    ] {
        let Some(value) = map.get(name) else {
            continue;
        };
        let number = match (value.as_integer(), value.as_float()) {
            (Some(number), _) => Decimal::parse(&number.to_string()),
            (None, Some(number)) => Decimal::from_float(number),
            (None, None) => return Err(wrong_type(format!("`{name}`"), "a number", value)),
        };
        if let Some(part) = parts.get_mut(part) {
            *part = part
                .zip(number)
                .and_then(|(sum, number)| sum.plus(number.times(factor)?));
        }
    }
    let [months, days, seconds, nanoseconds] = parts;
    let parts = || Some([months?, days?, seconds?, nanoseconds?]);
    Ok(parts().and_then(Duration::of_fractions))
}

fn whole_duration(map: &Map) -> Option<Duration> {
    let sum = |parts: &[(&str, i64)]| {
        parts.iter().try_fold(0_i128, |sum, (name, factor)| {
            let number = map.get(*name).and_then(Value::as_integer).unwrap_or(0);
            sum.checked_add(i128::from(number) * i128::from(*factor))
        })
    };
    let months = sum(&[("years", 12), ("quarters", 3), ("months", 1)])?;
    let days = sum(&[("weeks", 7), ("days", 1)])?;
    let second = NANOS_PER_SECOND;
    let clock = sum(&[
        ("hours", 3600 * second),
        ("minutes", 60 * second),
        ("seconds", second),
        ("milliseconds", 1_000_000),
        ("microseconds", 1_000),
        ("nanoseconds", 1),
    ])?;
    Duration::from_nanoseconds(
        i64::try_from(months).ok()?,
        i64::try_from(days).ok()?,
        clock,
    )
}

/// The error for a text that is no day or time.
pub(super) fn unreadable(kind: &str, text: &str) -> RunError {
    RunError::InvalidArgumentValue {
        what: format!("the argument of {kind}()"),
        given: short(&Value::from(text)),
    }
}
