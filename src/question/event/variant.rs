//! The ways to say what a question says.

use crate::question::frame::{Filler, Frame};
use crate::question::matching::known;
use crate::question::words;

/// Verbs with which one makes another do something.
const CONTROL: &[&str] = &[
    "ask", "urge", "tell", "force", "allow", "help", "order", "require", "let", "make", "invite",
    "persuade", "expect", "want", "advise", "enable", "permit", "call on",
];

/// The ways to say what `frame` says, each with its weight: as it stands; with a preposition drawn
/// to the verb ("comply with" is "obey"); from the other side ("lose to" is "defeat").
pub(super) fn variants(frame: &Frame) -> Vec<(Frame, f64)> {
    let mut found = vec![(frame.clone(), 1.0)];
    for verb in &frame.verbs {
        for (index, (preposition, filler)) in frame.others.iter().enumerate() {
            if preposition.is_empty() || frame.object.is_some() {
                continue;
            }
            let mut drawn = frame.clone();
            drawn.verbs = vec![format!("{verb} {preposition}")];
            drawn.object = Some(filler.clone());
            drawn.others.remove(index);
            found.push((drawn, 0.99));
        }
    }
    // "ask the schools to pay": they pay; but who helps somebody leave does not leave.
    if let [first, second, ..] = frame.verbs.as_slice()
        && let Some(at) = frame
            .others
            .iter()
            .position(|(preposition, filler)| preposition.is_empty() && known(filler).is_some())
        && CONTROL.iter().any(|verb| first == verb || second == verb)
    {
        let (control, deed) = if CONTROL.contains(&first.as_str()) {
            (first, second)
        } else {
            (second, first)
        };
        let mut outer = frame.clone();
        outer.verbs = vec![control.clone()];
        let (_, person) = outer.others.remove(at);
        let hole_outside = matches!(&frame.subject, Some(Filler::Asked(_)));
        if hole_outside {
            let inner = outer.object.replace(person);
            outer.loose.push(deed.clone());
            outer.loose.extend(
                inner
                    .as_ref()
                    .and_then(known)
                    .into_iter()
                    .flat_map(|phrase| phrase.words.clone()),
            );
            return vec![(outer, 1.0)];
        }
        let mut inner = frame.clone();
        inner.verbs = vec![deed.clone()];
        inner.others.remove(at);
        inner.subject = Some(person);
        found.push((inner, 0.95));
    }
    // "When was it started?" and "When did it start?"; who dies may have been killed.
    let mut shifted = Vec::new();
    for (variant, weight) in &found {
        let verbs = |variant: &Frame| -> Vec<String> {
            variant
                .verbs
                .iter()
                .flat_map(|verb| {
                    let other = match verb.as_str() {
                        "die" | "perish" => "kill",
                        other => other,
                    };
                    [other.to_owned()]
                })
                .collect()
        };
        if variant.object.is_none() && variant.subject.is_some() {
            let mut other = variant.clone();
            other.verbs = verbs(variant);
            other.object = other.subject.take();
            shifted.push((other, weight * 0.9));
        } else if variant.subject.is_none() && variant.object.is_some() {
            let mut other = variant.clone();
            other.subject = other.object.take();
            shifted.push((other, weight * 0.88));
        }
    }
    found.extend(shifted);
    let mut turned = Vec::new();
    for (variant, weight) in &found {
        for verb in &variant.verbs {
            for inverse in words::inverses(verb) {
                let mut other = variant.clone();
                other.verbs = vec![inverse.to_owned()];
                std::mem::swap(&mut other.subject, &mut other.object);
                turned.push((other, weight * 0.93));
            }
        }
    }
    // The inverse with its preposition is a type of its own: LOSE_TO.
    found.extend(turned);
    found
}
