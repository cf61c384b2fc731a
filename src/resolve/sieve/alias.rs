//! A second name put beside the first: "the Harbour Office, also known as the Quay", "Harbour
//! Workers' Association (HWA)", "Stari Grad (Croatian: "Old Town")".
//!
//! Read off the words, not the tree: such insertions are where parsers fail most.

use std::collections::BTreeSet;

use super::exact::is_new;
use crate::base::Id;
use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::reference::Reference;
use crate::resolve::words;
use crate::text::{EntityType, NameType, Token, TokenId};

/// How many words may stand between "also known" and the other name.
const INTRODUCTION: usize = 7;
/// How many words a bracket that is passed over may have.
const LONGEST_BRACKET: usize = 40;
/// How many words a long form may have before its short form.
const LONGEST_NAME: usize = 12;

/// Joins a name with the other name that the words beside it say it has. What the tree says of
/// the other name is of no account from then on.
pub(crate) fn alias(scene: &Scene<'_>, clusters: &mut Clusters) {
    let mut others: BTreeSet<usize> = BTreeSet::new();
    let tokens: Vec<Token<'_>> = scene.document.tokens().collect();
    let places = Places::of(scene);
    for at in 0..tokens.len() {
        let found = known_as(&tokens, at, scene, &places)
            .or_else(|| short_form(&tokens, at, scene, &places));
        let found = found.into_iter().chain(gloss(&tokens, at, scene, &places));
        for (name, other) in found {
            clusters.join_surely("alias", name.min(other), name.max(other));
            others.insert(other);
            // "H-North" may be a "North" to the tree.
            let words = scene
                .references
                .get(other)
                .map(|other| other.name_tokens.clone());
            others.extend(words.into_iter().flatten().filter_map(|word| {
                let id = TokenId::from_index(word);
                scene.by_head.get(&id).copied()
            }));
        }
    }
    clusters.are_aliases(others);
}

/// The phrases of a document by their first and their last words.
struct Places {
    /// Number, first word, end: by the word they end before.
    ends: Vec<Vec<(usize, usize)>>,
    /// Number and end, by the first word.
    starts: Vec<Vec<(usize, usize)>>,
}

impl Places {
    fn of(scene: &Scene<'_>) -> Self {
        let length = scene.document.tokens().count() + 1;
        let mut places = Self {
            ends: vec![Vec::new(); length],
            starts: vec![Vec::new(); length],
        };
        for (number, reference) in scene.references.iter().enumerate() {
            let phrase = scene
                .document
                .mention_headed_by(reference.head)
                .map(crate::text::Mention::token_range);
            let name = Some(reference.name_tokens.clone()).filter(|range| !range.is_empty());
            for range in [phrase, name].into_iter().flatten() {
                if let Some(list) = places.ends.get_mut(range.end) {
                    list.push((number, range.start));
                }
                if let Some(list) = places.starts.get_mut(range.start) {
                    list.push((number, range.end));
                }
            }
        }
        places
    }

    /// The names that begin with the word at `at`, behind an article or a quotation mark, longest
    /// first.
    fn name_from(&self, tokens: &[Token<'_>], at: usize, scene: &Scene<'_>) -> Option<usize> {
        let mut at = at;
        while tokens
            .get(at)
            .is_some_and(|token| is_quote(*token) || token.form().eq_ignore_ascii_case("the"))
        {
            at += 1;
        }
        let named = |number: &usize| {
            scene
                .references
                .get(*number)
                .is_some_and(Reference::is_name)
        };
        self.starts
            .get(at)?
            .iter()
            .filter(|(number, _)| named(number))
            .max_by_key(|(_, end)| *end)
            .map(|(number, _)| *number)
    }

    /// The outermost thing like `other` whose phrase ends before the word at `end`.
    fn like_before(&self, end: usize, other: usize, scene: &Scene<'_>) -> Option<usize> {
        let wanted = scene.references.get(other)?;
        self.ends
            .get(end)?
            .iter()
            .filter(|(number, _)| {
                *number != other
                    && scene.references.get(*number).is_some_and(|one| {
                        !one.is_pronoun()
                            && (one.is_name() || !is_new(one))
                            && one.plural != Some(true)
                            && alike(one, wanted)
                    })
            })
            .min_by_key(|(_, start)| *start)
            .map(|(number, _)| *number)
    }
}

/// Whether two phrases may be of one sort: of one person and of one country there is no telling
/// apart; a mosque is a place and a body.
fn alike(one: &Reference, other: &Reference) -> bool {
    let sort = |reference: &Reference| match (reference.name_type, reference.entity_type) {
        (Some(NameType::Person), _) | (None, EntityType::Person) => 0,
        (Some(_), _) | (None, EntityType::Organization | EntityType::Place) => 1,
        (None, EntityType::Time) => 2,
        (None, EntityType::Event) => 3,
        (None, _) => 4,
    };
    let countries = words::is_listed_place(&one.name) && words::is_listed_place(&other.name);
    let (first, second) = (sort(one), sort(other));
    !countries && (first == second || (first.min(second) == 1 && first.max(second) == 4))
}

fn is_quote(token: Token<'_>) -> bool {
    matches!(
        token.text(),
        "\"" | "“" | "”" | "'" | "‘" | "’" | "\"\"" | "``" | "''"
    )
}

/// The first word from `at` on that is no quotation mark.
fn past_quotes(tokens: &[Token<'_>], at: usize) -> usize {
    let rest = tokens.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|token| is_quote(**token)).count()
}

fn is_opening(token: Token<'_>) -> bool {
    matches!(token.text(), "(" | "[")
}

fn is_closing(token: Token<'_>) -> bool {
    matches!(token.text(), ")" | "]")
}

/// Where the words before `end` end when brackets, commas and quotation marks are passed over.
fn before_insertion(tokens: &[Token<'_>], end: usize) -> usize {
    let mut end = end;
    while let Some(last) = end.checked_sub(1).and_then(|last| tokens.get(last)) {
        if is_closing(*last) {
            let opening = (end.saturating_sub(LONGEST_BRACKET)..end)
                .rev()
                .find(|at| tokens.get(*at).is_some_and(|token| is_opening(*token)));
            match opening {
                Some(opening) => end = opening,
                None => return end,
            }
        } else if is_quote(*last) || is_opening(*last) || last.text() == "," {
            end -= 1;
        } else {
            return end;
        }
    }
    end
}

/// ", also known as", "(formerly called", ", officially the": the name before and the name after.
fn known_as(
    tokens: &[Token<'_>],
    at: usize,
    scene: &Scene<'_>,
    places: &Places,
) -> Option<(usize, usize)> {
    let first = tokens.get(at)?;
    let parted = at
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.text() == "," || is_opening(*before));
    if !parted {
        return None;
    }
    let word = |at: usize| tokens.get(at).map(|token| token.form().to_lowercase());
    let adverb = |word: &str| {
        matches!(
            word,
            "also"
                | "otherwise"
                | "officially"
                | "formally"
                | "formerly"
                | "previously"
                | "originally"
                | "locally"
                | "popularly"
                | "commonly"
                | "colloquially"
                | "better"
                | "sometimes"
                | "now"
                | "then"
                | "once"
                | "or"
        )
    };
    let verb = |word: &str| {
        matches!(
            word,
            "known" | "called" | "named" | "dubbed" | "nicknamed" | "termed" | "titled" | "styled"
        )
    };
    let mut next = at;
    let mut adverbs = 0;
    while word(next).is_some_and(|word| adverb(&word)) {
        next += 1;
        adverbs += 1;
    }
    let called = word(next).filter(|word| verb(word));
    let short = matches!(
        first.form().to_lowercase().as_str(),
        "aka" | "a.k.a." | "a.k.a"
    );
    let official = adverbs == 1
        && matches!(
            word(at)?.as_str(),
            "officially" | "formally" | "formerly" | "previously" | "originally"
        );
    let from = if short {
        at + 1
    } else if let Some(called) = called {
        next += 1;
        if called == "known" {
            let reach = next..(next + INTRODUCTION).min(tokens.len());
            reach
                .into_iter()
                .find(|at| word(*at).as_deref() == Some("as"))?
                + 1
        } else {
            next
        }
    } else if official {
        next
    } else {
        return None;
    };
    let other = places.name_from(tokens, from, scene)?;
    let end = before_insertion(tokens, at);
    let name = places.like_before(end, other, scene)?;
    (scene.references.get(name)?.sentence == scene.references.get(other)?.sentence)
        .then_some((name, other))
}

/// "Harbour Workers' Association (HWA)": the long form and the short one.
fn short_form(
    tokens: &[Token<'_>],
    at: usize,
    scene: &Scene<'_>,
    places: &Places,
) -> Option<(usize, usize)> {
    let opening = tokens.get(at).filter(|token| is_opening(**token))?;
    let from = past_quotes(tokens, at + 1);
    let short = tokens.get(from).filter(|token| is_short(token.text()))?;
    let after = past_quotes(tokens, from + 1);
    let whole = tokens
        .get(after)
        .is_some_and(|token| is_closing(*token) || matches!(token.text(), "," | ";"));
    if !whole {
        return None;
    }
    let sentence = opening.sentence().token_range();
    let first = at.saturating_sub(LONGEST_NAME).max(sentence.start);
    let long: Vec<Token<'_>> = tokens.get(first..at)?.to_vec();
    let start = first
        + name::long_form(
            short.text(),
            &long.iter().map(|t| t.text()).collect::<Vec<_>>(),
        )?;
    // The word of the long form that the others hang on.
    let head = (start..at).find_map(|place| {
        let token = tokens.get(place)?;
        let outside = token
            .head()
            .is_none_or(|head| !(start..at).contains(&head.id().index()));
        let number = *scene.by_head.get(&token.id())?;
        let reference = scene.references.get(number)?;
        (outside && !reference.is_pronoun()).then_some(number)
    })?;
    let other = scene
        .by_head
        .get(&short.id())
        .copied()
        .or_else(|| places.name_from(tokens, from, scene))?;
    let own_name = scene
        .references
        .get(other)
        .is_some_and(|reference| reference.name_tokens == (from..from + 1));
    (head != other && own_name).then_some((head, other))
}

/// Whether a word in brackets looks like a short form: "HWA", "HWA-NW", "IEDs".
fn is_short(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    (2..=10).contains(&letters) && capitals >= 2 && 2 * capitals >= letters
}

/// "Stari Grad (Croatian: "Old Town")": the name, and the names in the bracket that stand where a
/// translation stands.
fn gloss(
    tokens: &[Token<'_>],
    at: usize,
    scene: &Scene<'_>,
    places: &Places,
) -> Vec<(usize, usize)> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text());
    let opens = tokens.get(at).is_some_and(|token| is_opening(*token));
    let language = words::place_of_demonym(text(at + 1)).is_some()
        || matches!(
            text(at + 1),
            "Arabic"
                | "Kurdish"
                | "Latin"
                | "Hebrew"
                | "Persian"
                | "Literally"
                | "literally"
                | "lit."
        );
    if !opens || !language || !matches!(text(at + 2), ":" | "," | "for") {
        return Vec::new();
    }
    let closes = (at..(at + LONGEST_BRACKET).min(tokens.len()))
        .find(|place| tokens.get(*place).is_some_and(|token| is_closing(*token)));
    let Some(closes) = closes else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for place in at + 3..closes {
        let stands_alone = matches!(text(place - 1), ":")
            || tokens.get(place - 1).is_some_and(|token| is_quote(*token));
        if !stands_alone {
            continue;
        }
        if let Some(other) = places.name_from(tokens, place, scene)
            && let Some(name) = places.like_before(before_insertion(tokens, at), other, scene)
        {
            found.push((name, other));
        }
    }
    found
}
