//! What is claimed of a claim: is it denied, is it only planned, how sure are we.

/// Whether the sentence affirms or denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Polarity {
    /// "has left"
    #[default]
    Affirmed,
    /// "has not left"
    Denied,
}

impl Polarity {
    /// The word in the graph.
    pub fn name(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::Denied => "denied",
        }
    }
}

/// In what way the sentence claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Modality {
    /// As a fact: "has left".
    #[default]
    Asserted,
    /// As intended or still to come: "will leave", "plans to leave".
    Planned,
    /// As possible: "may have left", "reportedly left".
    Possible,
    /// Under a condition: "if it leaves", "would leave".
    Conditional,
    /// As a question: "Did it leave?"
    Asked,
}

impl Modality {
    /// The word in the graph.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Planned => "planned",
            Self::Possible => "possible",
            Self::Conditional => "conditional",
            Self::Asked => "asked",
        }
    }
}

/// How sure the machine is of a statement: a share in 0..=1, comparable across documents.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f32);

impl Confidence {
    /// The confidence `share`; `None` if it lies outside 0..=1 or is not a number.
    #[must_use]
    pub fn new(share: f32) -> Option<Self> {
        (0.0..=1.0).contains(&share).then_some(Self(share))
    }

    /// The confidence nearest to `share`; not a number counts as 0.
    #[must_use]
    pub fn clamped(share: f32) -> Self {
        Self(if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0)
        })
    }

    /// The share, in 0..=1.
    pub fn share(self) -> f32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Confidence;

    #[test]
    fn out_of_range_confidence_is_refused() {
        let cases = [(0.0, true), (1.0, true), (1.01, false), (f32::NAN, false)];
        for (share, accepted) in cases {
            assert_eq!(Confidence::new(share).is_some(), accepted, "share {share}");
        }
    }
}
