//! The time, given from outside so that output repeats.

use jiff::Timestamp;

/// Where the time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The time of the machine.
    System,
    /// Always the same time, for tests and for repeatable builds.
    Fixed(Timestamp),
}

impl Clock {
    /// The time now, to the nanosecond.
    pub fn now(self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(time) => time,
        }
    }
}
