//! The ways to say what a question says.

use crate::question::frame::{Filler, Frame};
use crate::question::matching::known;
use crate::question::words;

/// Verbs with which one makes another do something.
const CONTROL: &[&str] = &[
    "ask", "urge", "tell", "force", "allow", "help", "order", "require", "let", "make", "invite",
    "persuade", "expect", "want", "advise", "enable", "permit", "call on",
];

/// A way to say what a question says.
pub(super) struct Variant {
    /// What it says.
    pub(super) frame: Frame,
    /// How near it is to the question's own words, 0..=1.
    pub(super) weight: f64,
    /// Whether it says the same of the same things, so that its answers stand beside those of the
    /// question's own words. Whoever starts is not who starts something.
    pub(super) same: bool,
    /// Whether it holds only of what is done without an object: what was opened may have opened,
    /// but what was bought has not bought anything.
    pub(super) intransitive: bool,
}

impl Variant {
    fn same(frame: Frame, weight: f64) -> Self {
        Self {
            frame,
            weight,
            same: true,
            intransitive: false,
        }
    }

    fn other(frame: Frame, weight: f64) -> Self {
        Self {
            same: false,
            ..Self::same(frame, weight)
        }
    }
}

/// The ways to say what `frame` says, each with its weight: as it stands; with a preposition drawn
/// to the verb ("comply with" is "obey"); from the other side ("lose to" is "defeat").
pub(super) fn variants(frame: &Frame) -> Vec<Variant> {
    let mut found = vec![Variant::same(frame.clone(), 1.0)];
    for verb in &frame.verbs {
        for (index, (preposition, filler)) in frame.others.iter().enumerate() {
            if preposition.is_empty() || frame.object.is_some() {
                continue;
            }
            let mut drawn = frame.clone();
            drawn.verbs = vec![format!("{verb} {preposition}")];
            drawn.object = Some(filler.clone());
            drawn.others.remove(index);
            found.push(Variant::same(drawn, 0.99));
        }
    }
    // "Who was hurt?", where the tree takes the participle for a quality.
    if frame.verbs == ["be"]
        && let Some(Filler::Known(quality)) = &frame.object
        && let [verb] = words::words(&quality.text).as_slice()
    {
        let base = words::base_form(verb);
        if words::is_known(&base) && !quality.proper {
            let mut passive = frame.clone();
            passive.verbs = vec![base];
            passive.object = passive.subject.take();
            found.push(Variant::other(passive, 0.95));
        }
    }
    found.extend(priced(frame).map(|bought| Variant::same(bought, 0.95)));
    // Alone, what a preposition brings may stand anywhere in the sentence.
    let drawn = found.len() > 1;
    if let Some(own) = found.first_mut() {
        own.same = !drawn;
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
            return vec![Variant::same(outer, 1.0)];
        }
        let mut inner = frame.clone();
        inner.verbs = vec![deed.clone()];
        inner.others.remove(at);
        inner.subject = Some(person);
        // What is asked for is what they pay; whom one asks to is none of it.
        if matches!(&frame.object, Some(Filler::Asked(_))) {
            inner.possible = true;
            return vec![Variant::same(inner, 1.0)];
        }
        found.push(Variant::other(inner, 0.95));
    }
    // "When was it started?" and "When did it start?"; who dies may have been killed.
    let mut shifted = Vec::new();
    for Variant {
        frame: variant,
        weight,
        ..
    } in &found
    {
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
            shifted.push(Variant::other(other, weight * 0.9));
        } else if variant.subject.is_none() && variant.object.is_some() {
            let mut other = variant.clone();
            other.subject = other.object.take();
            shifted.push(Variant {
                intransitive: true,
                ..Variant::other(other, weight * 0.88)
            });
        }
    }
    found.extend(shifted);
    let mut turned = Vec::new();
    for Variant {
        frame: variant,
        weight,
        same,
        ..
    } in &found
    {
        for verb in &variant.verbs {
            for inverse in words::inverses(verb) {
                let mut other = variant.clone();
                other.verbs = vec![inverse.to_owned()];
                std::mem::swap(&mut other.subject, &mut other.object);
                other.order = frame.order.turned();
                turned.push(Variant {
                    frame: other,
                    weight: weight * 0.93,
                    same: *same,
                    intransitive: false,
                });
            }
        }
    }
    // The inverse with its preposition is a type of its own: LOSE_TO.
    found.extend(turned);
    found
}

/// "How much did they pay for the firm?" is "For how much did they buy the firm?".
fn priced(frame: &Frame) -> Option<Frame> {
    if frame.verbs.first().is_none_or(|verb| verb != "pay") {
        return None;
    }
    let at = frame
        .others
        .iter()
        .position(|(preposition, filler)| preposition == "for" && known(filler).is_some())?;
    let mut bought = frame.clone();
    let (preposition, goods) = bought.others.remove(at);
    let price = bought.object.replace(goods)?;
    bought.verbs = vec!["buy".to_owned()];
    bought.others.push((preposition, price));
    Some(bought)
}
