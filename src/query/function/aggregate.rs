//! Functions of many rows: each gathers values one by one and yields one in the end.

use std::collections::HashSet;

use crate::model::{Equivalent, Value, order};
use crate::query::ast::Duplicates;
use crate::query::error::RunError;
use crate::query::eval::{add, divide, short, wrong_type};
use crate::query::signature::Aggregate;

/// A function of many rows at work on one group.
#[derive(Debug)]
pub(crate) struct Accumulator {
    seen: Option<HashSet<Equivalent<[Value; 1]>>>,
    state: State,
}

#[derive(Debug)]
enum State {
    Count(i64),
    Sum(Value),
    Avg {
        count: i64,
        sum: Value,
    },
    /// The mean and the sum of squared differences from it (Welford, 1962).
    Spread {
        count: i64,
        mean: f64,
        squares: f64,
        whole_group: bool,
    },
    Min(Value),
    Max(Value),
    Collect(Vec<Value>),
    Percentile {
        numbers: Vec<Value>,
        share: Option<f64>,
        continuous: bool,
    },
}

impl Accumulator {
    /// An accumulator that has seen no row.
    pub(crate) fn new(aggregate: Aggregate, duplicates: Duplicates) -> Self {
        let spread = |whole_group| State::Spread {
            count: 0,
            mean: 0.0,
            squares: 0.0,
            whole_group,
        };
        let percentile = |continuous| State::Percentile {
            numbers: Vec::new(),
            share: None,
            continuous,
        };
        let state = match aggregate {
            Aggregate::Count => State::Count(0),
            Aggregate::Sum => State::Sum(Value::Integer(0)),
            Aggregate::Avg => State::Avg {
                count: 0,
                sum: Value::Integer(0),
            },
            Aggregate::Min => State::Min(Value::Null),
            Aggregate::Max => State::Max(Value::Null),
            Aggregate::Collect => State::Collect(Vec::new()),
            Aggregate::StDev => spread(false),
            Aggregate::StDevP => spread(true),
            Aggregate::PercentileCont => percentile(true),
            Aggregate::PercentileDisc => percentile(false),
        };
        let seen = match duplicates {
            Duplicates::Keep => None,
            Duplicates::Remove => Some(HashSet::new()),
        };
        Self { seen, state }
    }

    /// An accumulator of `count(*)`.
    pub(crate) fn of_rows() -> Self {
        Self::new(Aggregate::Count, Duplicates::Keep)
    }

    /// Whether it keeps every value it is given.
    pub(crate) fn keeps_values(&self) -> bool {
        self.seen.is_some() || matches!(self.state, State::Collect(_) | State::Percentile { .. })
    }

    /// Counts a row, whatever its values.
    pub(crate) fn add_row(&mut self) {
        if let State::Count(count) = &mut self.state {
            *count += 1;
        }
    }

    /// Takes the value of one row; null is passed by.
    pub(crate) fn add(&mut self, value: Value, parameter: Option<&Value>) -> Result<(), RunError> {
        if let State::Percentile { share, .. } = &mut self.state
            && share.is_none()
        {
            *share = Some(percentile_share(parameter)?);
        }
        if value.is_null() {
            return Ok(());
        }
        if let Some(seen) = &mut self.seen
            && !seen.insert(Equivalent([value.clone()]))
        {
            return Ok(());
        }
        match &mut self.state {
            State::Count(count) => *count += 1,
            State::Sum(sum) => *sum = added("sum", sum, &value)?,
            State::Avg { count, sum } => {
                *count += 1;
                // Sums of integers may pass 64 bits although their mean does not.
                *sum = match added("avg", sum, &value) {
                    Err(RunError::IntegerOverflow) => {
                        let (sum, value) = (sum.as_float(), value.as_float());
                        Value::Float(sum.unwrap_or(0.0) + value.unwrap_or(0.0))
                    }
                    other => other?,
                };
            }
            State::Spread {
                count,
                mean,
                squares,
                ..
            } => {
                let number = value
                    .as_float()
                    .ok_or_else(|| wrong_type("the argument of stDev()", "a number", &value))?;
                *count += 1;
                let difference = number - *mean;
                *mean += difference / float(*count);
                *squares += difference * (number - *mean);
            }
            State::Min(least) => {
                if least.is_null() || order(&value, least).is_lt() {
                    *least = value;
                }
            }
            State::Max(most) => {
                if most.is_null() || order(&value, most).is_gt() {
                    *most = value;
                }
            }
            State::Collect(items) => items.push(value),
            State::Percentile { numbers, .. } => {
                if value.as_float().is_none() {
                    let what = "the argument of a percentile";
                    return Err(wrong_type(what, "a number", &value));
                }
                numbers.push(value);
            }
        }
        Ok(())
    }

    /// What the values add up to.
    pub(crate) fn result(self) -> Result<Value, RunError> {
        Ok(match self.state {
            State::Count(count) => Value::Integer(count),
            State::Sum(value) | State::Min(value) | State::Max(value) => value,
            State::Avg { count: 0, .. } => Value::Null,
            State::Avg { count, sum } => match sum.as_float() {
                Some(sum) => Value::Float(sum / float(count)),
                None => divide(&sum, &Value::Integer(count))?,
            },
            State::Spread {
                count,
                squares,
                whole_group,
                ..
            } => {
                let divisor = if whole_group { count } else { count - 1 };
                Value::Float(if divisor > 0 {
                    (squares / float(divisor)).sqrt()
                } else {
                    0.0
                })
            }
            State::Collect(items) => Value::from(items),
            State::Percentile {
                mut numbers,
                share,
                continuous,
            } => {
                numbers.sort_by(order);
                percentile(&numbers, share.unwrap_or(0.0), continuous)
            }
        })
    }
}

fn added(function: &str, sum: &Value, value: &Value) -> Result<Value, RunError> {
    let is_start = matches!(sum, Value::Integer(0));
    if is_start && let Value::Duration(_) = value {
        return Ok(value.clone());
    }
    let both_lengths = matches!((sum, value), (Value::Duration(_), Value::Duration(_)));
    if value.as_float().is_some() && sum.as_float().is_some() || both_lengths {
        return add(sum, value);
    }
    Err(wrong_type(
        format!("the argument of {function}()"),
        "a number",
        value,
    ))
}

fn percentile_share(parameter: Option<&Value>) -> Result<f64, RunError> {
    let given = parameter.unwrap_or(&Value::Null);
    let share = given
        .as_float()
        .ok_or_else(|| wrong_type("the share of a percentile", "a number", given))?;
    if (0.0..=1.0).contains(&share) {
        return Ok(share);
    }
    Err(RunError::NumberOutOfRange {
        what: "the share of a percentile".to_owned(),
        given: short(given),
    })
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count is a count"
)]
fn percentile(numbers: &[Value], share: f64, continuous: bool) -> Value {
    let Some(last) = numbers.len().checked_sub(1) else {
        return Value::Null;
    };
    if !continuous {
        let place = (share * numbers.len() as f64).ceil() as usize;
        let place = place.saturating_sub(1).min(last);
        return numbers.get(place).cloned().unwrap_or_default();
    }
    let place = share * last as f64;
    let number = |at: usize| numbers.get(at.min(last)).and_then(Value::as_float);
    let (below, above) = (
        number(place.floor() as usize).unwrap_or(0.0),
        number(place.ceil() as usize).unwrap_or(0.0),
    );
    Value::Float(below + (above - below) * place.fract())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count of rows is far below 2^53"
)]
fn float(count: i64) -> f64 {
    count as f64
}
