//! Words that stand together and that the parser hangs apart: a rank and the name after it, a
//! description and its name, modifiers side by side before one noun.
//!
//! Each repair holds for sure from the order of the words, and leaves a tree a tree.

use super::document::{EntityType, TokenData, Upos};
use super::kinds::NameType;
use super::mention::{NameSpan, head_of};
use super::misplaced::put_right;
use super::words::{Abbreviation, abbreviation};

/// Makes all repairs in the sentence of `tokens`.
///
/// Time O(n²) at worst, for words of which one hangs on the next.
pub(super) fn repair(tokens: &mut [TokenData], names: &mut Vec<NameSpan>) {
    tie_ranks(tokens, names);
    tie_descriptions(tokens, names);
    join_persons(tokens, names);
    tie_name_parts(tokens, names);
    tie_far_titles(tokens);
    tie_shared_noun(tokens);
    tie_modifiers(tokens);
    put_right(tokens, names);
}

/// Ties ranks to the name right after them: "Spc. Ada Miller", "Staff Colonel Ada Miller".
fn tie_ranks(tokens: &mut [TokenData], names: &mut Vec<NameSpan>) {
    let persons: Vec<NameSpan> = names
        .iter()
        .filter(|name| name.name_type == NameType::Person)
        .cloned()
        .collect();
    for name in persons {
        let Some(top) = head_of(tokens, &name.tokens) else {
            continue;
        };
        let mut at = name.tokens.start;
        while let Some(before) = at
            .checked_sub(1)
            .filter(|before| is_rank(tokens, *before, at))
        {
            at = before;
            let place = |at: usize| {
                tokens
                    .get(at)
                    .map(|token| (token.head, token.deprel.clone()))
            };
            let (Some((rank_head, rank_role)), Some((head, role))) = (place(at), place(top)) else {
                break;
            };
            if rank_head == Some(top) {
                continue;
            }
            // "Maj." on "Gen." on the name.
            let on_rank = rank_role == "nmod:desc"
                && rank_head
                    .and_then(|rank| tokens.get(rank))
                    .is_some_and(|rank| rank.head == Some(top) && rank.deprel == "nmod:desc");
            if on_rank {
                hang(tokens, at, top, "nmod:desc");
                continue;
            }
            let beside = rank_head == head && rank_role == role;
            let below = head == Some(at) && matches!(role.as_str(), "appos" | "nsubj" | "dep");
            if !beside && !below {
                break;
            }
            if let (true, Some(token)) = (below, tokens.get_mut(top)) {
                token.head = rank_head;
                token.deprel = rank_role;
            }
            move_children(tokens, at, top);
            hang(tokens, at, top, "nmod:desc");
            names.retain(|other| other.tokens != (at..at + 1));
        }
    }
}

/// Whether the word at `at`, before the one at `next`, is a rank: an abbreviation that a name
/// follows, what the parser takes for a title, or "Staff" before one.
fn is_rank(tokens: &[TokenData], at: usize, next: usize) -> bool {
    let title = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.form.starts_with(char::is_uppercase)
                && abbreviation(&token.form) == Some(Abbreviation::Title)
        })
    };
    let described = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.deprel == "nmod:desc")
    };
    let staff = tokens.get(at).is_some_and(|token| token.form == "Staff");
    title(at) || described(at) || staff && described(next)
}

/// Ties a name to the description right before it where the parser gives both the same place: "the
/// Swedish citizen Ada Berg was chosen".
fn tie_descriptions(tokens: &mut [TokenData], names: &[NameSpan]) {
    for name in names {
        let Some(top) = head_of(tokens, &name.tokens) else {
            continue;
        };
        let Some(before) = name.tokens.start.checked_sub(1) else {
            continue;
        };
        let twins = match (tokens.get(before), tokens.get(top)) {
            (Some(description), Some(name)) => {
                description.upos == Upos::Noun
                    && description.head.is_some()
                    && description.head == name.head
                    && description.deprel == name.deprel
                    && is_argument(&name.deprel)
            }
            (None, _) | (_, None) => false,
        };
        let opens = tokens.iter().any(|token| {
            token.head == Some(top) && matches!(token.deprel.as_str(), "case" | "det" | "nmod:poss")
        });
        let owned = tokens
            .iter()
            .any(|token| token.head == Some(before) && token.deprel == "nmod:poss");
        if twins && !opens && !owned {
            hang(tokens, top, before, "appos");
            // "the town Pula and the coast": the coast stands beside the town.
            for token in tokens.iter_mut() {
                if token.head == Some(top) && matches!(token.deprel.as_str(), "conj" | "cc") {
                    token.head = Some(before);
                }
            }
        }
    }
}

/// Ties the words of one name together that the parser hangs side by side on one word: "Group A" of
/// "the heats of Group A".
fn tie_name_parts(tokens: &mut [TokenData], names: &[NameSpan]) {
    for name in names {
        let first = name.tokens.start;
        for at in first + 1..name.tokens.end {
            let place = |at: usize| {
                tokens
                    .get(at)
                    .and_then(|token| Some((token.head?, token.deprel.clone())))
            };
            let outside =
                |(head, _): &(usize, String)| !name.tokens.contains(head) && *head < first;
            let beside = place(at).filter(outside);
            if beside.is_some() && beside == place(first) {
                hang(tokens, at, first, "flat");
                // It refers to nothing by itself.
                if let Some(token) = tokens.get_mut(at) {
                    token.entity_type = None;
                }
            }
        }
    }
}

/// Makes a person whose title stands right before the name one of the list he stands in, where the
/// parser takes him for what the person before him is: "Bo Lund, former mayor Ada Berg and Al Holm".
fn join_persons(tokens: &mut [TokenData], names: &[NameSpan]) {
    let persons: Vec<&NameSpan> = names
        .iter()
        .filter(|name| name.name_type == NameType::Person)
        .collect();
    for person in &persons {
        if let Some((title, name)) = title_beside(tokens, person) {
            give_title(tokens, title, name);
            continue;
        }
        let Some(titled) = titled_apposition(tokens, person) else {
            continue;
        };
        let before = end_before(tokens, &titled)
            .and_then(|end| persons.iter().find(|name| name.tokens.end == end))
            .and_then(|name| head_of(tokens, &name.tokens));
        let Some(before) = before else {
            continue;
        };
        let inside = below(tokens, before, titled.name) || below(tokens, before, titled.title);
        // "the wife of Bo Lund, actress Ada Berg": that may be who the wife is.
        let of_another = before != titled.above
            && (!below(tokens, before, titled.above)
                || tokens.get(titled.above).is_some_and(|noun| {
                    noun.upos == Upos::Noun && noun.entity_type == Some(EntityType::Person)
                }));
        let goes_on = (person.tokens.end..tokens.len()).any(|at| {
            tokens.get(at).is_some_and(|later| {
                let above = [before, titled.above, titled.title, titled.name].map(Some);
                later.deprel == "conj" && above.contains(&later.head)
            })
        });
        if inside || of_another || !goes_on {
            continue;
        }
        hang(tokens, titled.name, before, "conj");
        give_title(tokens, titled.title, titled.name);
    }
}

/// Hangs the title on the name; what is no part of the title itself goes with it.
fn give_title(tokens: &mut [TokenData], title: usize, name: usize) {
    for (at, token) in tokens.iter_mut().enumerate() {
        let outer = matches!(token.deprel.as_str(), "cc" | "punct" | "case" | "conj");
        if token.head == Some(title) && at != name && (at > title || outer) {
            token.head = Some(name);
        }
    }
    hang(tokens, title, name, "nmod:desc");
}

/// The title and the name `person` right after it where the parser takes them for two members of a
/// list: "Bo Lund and former mayor Ada Berg".
fn title_beside(tokens: &[TokenData], person: &NameSpan) -> Option<(usize, usize)> {
    let name = head_of(tokens, &person.tokens)?;
    let title = person.tokens.start.checked_sub(1)?;
    let (title_data, name_data) = (tokens.get(title)?, tokens.get(name)?);
    let twins = title_data.upos == Upos::Noun
        && title_data.deprel == "conj"
        && name_data.deprel == "conj"
        && title_data.head == name_data.head;
    twins.then_some((title, name))
}

/// A title and the name right after it that stand beside a word above as what it is.
struct Titled {
    title: usize,
    name: usize,
    above: usize,
}

/// The title right before the name `person` and the word beside which the parser puts the two.
fn titled_apposition(tokens: &[TokenData], person: &NameSpan) -> Option<Titled> {
    let name = head_of(tokens, &person.tokens)?;
    let title = person.tokens.start.checked_sub(1)?;
    let (title_data, name_data) = (tokens.get(title)?, tokens.get(name)?);
    if title_data.upos != Upos::Noun {
        return None;
    }
    let above_title = title_data.head.filter(|_| title_data.deprel == "appos");
    let above_name = name_data.head.filter(|_| name_data.deprel == "appos");
    let on_title =
        name_data.head == Some(title) && matches!(name_data.deprel.as_str(), "appos" | "flat");
    let on_name = title_data.head == Some(name)
        && matches!(title_data.deprel.as_str(), "nmod:desc" | "compound");
    let side_by_side = name_data.deprel == "conj" && name_data.head == title_data.head;
    let above = if on_name {
        above_name
    } else {
        above_title.filter(|_| on_title || side_by_side)
    };
    Some(Titled {
        title,
        name,
        above: above?,
    })
}

/// Where the words end that a comma parts from the title of `titled`, an "and" not counted.
fn end_before(tokens: &[TokenData], titled: &Titled) -> Option<usize> {
    let mut begin = titled.title;
    while let Some(before) = begin.checked_sub(1)
        && tokens
            .get(before)
            .is_some_and(|token| token.form != "," && token.deprel != "cc")
        && (below(tokens, before, titled.title) || below(tokens, before, titled.name))
    {
        begin = before;
    }
    if tokens.get(begin.checked_sub(1)?)?.deprel == "cc" {
        begin -= 1;
    }
    let comma = begin.checked_sub(1)?;
    (tokens.get(comma)?.form == ",").then_some(comma)
}

/// Relations of what fills a place of a clause.
pub(super) fn is_argument(deprel: &str) -> bool {
    matches!(
        deprel,
        "nsubj" | "nsubj:pass" | "obj" | "obl" | "obl:agent" | "nmod"
    )
}

/// Puts a description that a comma parts from the name whose title the parser takes it for, and
/// before which the subject stands, in the subject's place: "The Harbour Guard commanding general,
/// Ada Miller, …, said Bo Marlow".
fn tie_far_titles(tokens: &mut [TokenData]) {
    for title in 1..tokens.len() {
        let name = tokens
            .get(title)
            .filter(|token| token.deprel == "nmod:desc" && token.upos == Upos::Noun)
            .and_then(|token| token.head);
        let Some(name) = name.filter(|name| *name > title) else {
            continue;
        };
        let parted = tokens
            .get(title..name)
            .is_some_and(|between| between.iter().any(|token| token.form == ","));
        let mut begin = title;
        while begin > 0 && below(tokens, begin - 1, title) {
            begin -= 1;
        }
        let mut subject = begin.checked_sub(1);
        while let Some(token) = subject
            .and_then(|at| tokens.get(at))
            .filter(|token| matches!(token.deprel.as_str(), "flat" | "appos" | "punct"))
        {
            subject = token.head.filter(|head| subject > Some(*head));
        }
        let Some(subject) = subject else {
            continue;
        };
        let named = tokens.get(subject).is_some_and(|token| {
            token.upos == Upos::Propn
                && token.deprel.starts_with("nsubj")
                && token.head != Some(title)
        });
        if parted && named && !below(tokens, subject, title) {
            share(tokens, subject, title);
        }
    }
}

/// Ties modifiers side by side to the noun after them where the parser gives the first of them and
/// the noun the same place: "protect Alliance or partner forces".
fn tie_shared_noun(tokens: &mut [TokenData]) {
    for noun in 1..tokens.len() {
        let Some(token) = tokens.get(noun) else {
            continue;
        };
        let (head, role) = (token.head, token.deprel.clone());
        let common = token.upos == Upos::Noun && head.is_some() && is_argument(&role);
        if !common || opens_phrase(tokens, noun) {
            continue;
        }
        let mut begin = noun;
        while begin > 0 && below(tokens, begin - 1, noun) {
            begin -= 1;
        }
        let Some(last) = begin.checked_sub(1) else {
            continue;
        };
        let first = first_conjunct(tokens, last);
        let twins = tokens.get(first).is_some_and(|token| {
            first != last
                && token.head == head
                && token.deprel == role
                && matches!(token.upos, Upos::Noun | Upos::Propn)
                && token.xpos != "NNS"
        });
        if twins {
            share(tokens, first, noun);
        }
    }
}

/// Ties modifiers side by side to the noun after them where the parser takes the noun for the last
/// of them: "attack, bomber and fighter aircraft", "U.S., U.K. and French planes". A word for who or
/// what does something ("bomber") has an article if it stands for itself; so has "the U.S.".
fn tie_modifiers(tokens: &mut [TokenData]) {
    for noun in 2..tokens.len() {
        let Some(token) = tokens.get(noun) else {
            continue;
        };
        if token.deprel != "conj" || token.upos != Upos::Noun || opens_phrase(tokens, noun) {
            continue;
        }
        let Some(first) = token.head.filter(|first| *first < noun) else {
            continue;
        };
        let children = |of: usize| {
            tokens
                .iter()
                .enumerate()
                .filter(move |(_, t)| t.head == Some(of))
        };
        let joined = children(noun).any(|(at, child)| child.deprel == "cc" && at < noun);
        let modified = children(noun).any(|(at, child)| {
            let plain = !matches!(child.lemma.as_str(), "other" | "several" | "many" | "more");
            plain && at < noun && matches!(child.deprel.as_str(), "compound" | "amod")
        });
        let role = tokens.get(first).map_or("", |token| token.deprel.as_str());
        let place = matches!(role, "obj" | "nsubj" | "nsubj:pass" | "obl" | "obl:agent");
        let as_what = children(first).any(|(_, case)| case.deprel == "case" && case.lemma == "as");
        if !joined || !modified || !place || as_what {
            continue;
        }
        let before: Vec<usize> = std::iter::once(first)
            .chain(
                children(first)
                    .filter(|(at, t)| t.deprel == "conj" && *at < noun)
                    .map(|(at, _)| at),
            )
            .collect();
        let bare = before.iter().all(|at| is_bare(tokens, *at));
        let sure = before.iter().any(|at| needs_article(tokens, *at));
        if bare && sure {
            share(tokens, first, noun);
        }
    }
}

/// Whether the word is a singular noun or a name without anything before it but its preposition.
fn is_bare(tokens: &[TokenData], at: usize) -> bool {
    let singular = tokens.get(at).is_some_and(|token| {
        token.xpos == "NN" || token.upos == Upos::Propn && token.xpos != "NNPS"
    });
    singular
        && tokens.iter().all(|child| {
            child.head != Some(at)
                || matches!(child.deprel.as_str(), "case" | "cc" | "conj" | "punct")
        })
}

/// Whether the word stands with an article wherever it is no modifier.
fn needs_article(tokens: &[TokenData], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    let form = token.form.as_str();
    let state = matches!(form, "U.S." | "U.K." | "US" | "UK" | "U.N." | "UN" | "EU");
    let doer = token.xpos == "NN"
        && form.len() > 5
        && (form.ends_with("er") || form.ends_with("or"))
        && !MASS_NOUNS.contains(&form);
    state || doer
}

/// Nouns in "er" and "or" that stand without an article.
const MASS_NOUNS: [&str; 34] = [
    "butter",
    "cancer",
    "copper",
    "danger",
    "dinner",
    "gender",
    "ginger",
    "horror",
    "hunger",
    "laughter",
    "leather",
    "litter",
    "lumber",
    "matter",
    "murder",
    "pepper",
    "plaster",
    "powder",
    "prayer",
    "rubber",
    "shelter",
    "silver",
    "slaughter",
    "soccer",
    "summer",
    "supper",
    "terror",
    "theater",
    "timber",
    "weather",
    "winter",
    "disaster",
    "behavior",
    "flavor",
];

/// Whether the word at `noun` has a preposition, an article or an owner of its own.
fn opens_phrase(tokens: &[TokenData], noun: usize) -> bool {
    tokens.iter().any(|token| {
        token.head == Some(noun)
            && matches!(
                token.deprel.as_str(),
                "case" | "det" | "nmod:poss" | "nummod" | "cop"
            )
    })
}

/// Puts `noun` in the place of `first`, which with what stands beside it becomes its modifier.
fn share(tokens: &mut [TokenData], first: usize, noun: usize) {
    let place = tokens
        .get(first)
        .map(|token| (token.head, token.deprel.clone()));
    let Some((head, role)) = place else {
        return;
    };
    for (at, token) in tokens.iter_mut().enumerate() {
        let left = at < first;
        let inner = matches!(token.deprel.as_str(), "amod" | "compound");
        if token.head == Some(first) && at != noun && (at > noun || left && !inner) {
            token.head = Some(noun);
        }
    }
    if let Some(token) = tokens.get_mut(noun) {
        token.head = head;
        token.deprel = role;
    }
    hang(tokens, first, noun, "compound");
    if let Some(token) = tokens.get_mut(first) {
        token.entity_type = token.entity_type.filter(|_| token.upos == Upos::Propn);
    }
    join_last(tokens, first, noun);
}

/// Hangs the "and" before the last modifier of `noun` on that modifier.
fn join_last(tokens: &mut [TokenData], first: usize, noun: usize) {
    let child = |at: usize, deprels: &[&str]| {
        tokens.get(at).is_some_and(|token| {
            token.head == Some(noun) && deprels.contains(&token.deprel.as_str())
        })
    };
    let Some(and) = (first..noun).find(|at| child(*at, &["cc"])) else {
        return;
    };
    let Some(last) = (and..noun).find(|at| child(*at, &["compound", "amod"])) else {
        return;
    };
    let marks: Vec<usize> = (first..last)
        .filter(|at| child(*at, &["cc", "punct"]))
        .collect();
    for mark in marks {
        if let Some(token) = tokens.get_mut(mark) {
            token.head = Some(last);
        }
    }
}

/// The first of the words side by side of which the one at `at` is a later one; itself if none.
fn first_conjunct(tokens: &[TokenData], at: usize) -> usize {
    let mut current = at;
    while let Some(token) = tokens.get(current).filter(|token| token.deprel == "conj") {
        match token.head.filter(|head| *head < current) {
            Some(head) => current = head,
            None => break,
        }
    }
    current
}

/// Whether the word at `at` hangs below the one at `above`.
pub(super) fn below(tokens: &[TokenData], at: usize, above: usize) -> bool {
    let head = |at: &usize| tokens.get(*at).and_then(|token| token.head);
    std::iter::successors(Some(at), head)
        .take(tokens.len())
        .skip(1)
        .any(|head| head == above)
}

/// Hangs the word at `at` on the one at `head`.
pub(super) fn hang(tokens: &mut [TokenData], at: usize, head: usize, deprel: &str) {
    if let Some(token) = tokens.get_mut(at) {
        token.head = Some(head);
        deprel.clone_into(&mut token.deprel);
    }
}

/// Hangs what hangs on the word at `from` on the one at `to`, itself excepted.
pub(super) fn move_children(tokens: &mut [TokenData], from: usize, to: usize) {
    for (at, token) in tokens.iter_mut().enumerate() {
        if token.head == Some(from) && at != to {
            token.head = Some(to);
        }
    }
}

#[cfg(test)]
#[expect(
    clippy::single_range_in_vec_init,
    reason = "a name is a range of words"
)]
mod tests {
    use super::repair;
    use crate::text::NameType;
    use crate::text::formed::sample::{changed_by, sentence};
    use crate::text::mention::NameSpan;

    /// The words whose place in the tree a repair changed.
    fn repaired(words: &str, persons: &[std::ops::Range<usize>]) -> Vec<String> {
        let mut names: Vec<NameSpan> = persons
            .iter()
            .map(|range| NameSpan {
                tokens: range.clone(),
                name_type: NameType::Person,
            })
            .collect();
        changed_by(sentence(words), |tokens| repair(tokens, &mut names))
    }

    #[test]
    fn a_rank_belongs_to_the_name_after_it() {
        let words = "Spc./PROPN/4/nsubj Ada/PROPN/4/nsubj Miller/PROPN/2/flat left/VERB/0/root";
        assert_eq!(repaired(words, &[0..1, 1..3]), ["Spc. 2 nmod:desc"]);
        let words = "He/PRON/3/nsubj is/AUX/3/cop Staff/NOUN/0/root \
                     Colonel/PROPN/5/nmod:desc Ada/PROPN/3/appos Miller/PROPN/5/flat";
        assert_eq!(
            repaired(words, &[4..6]),
            ["He 5 nsubj", "is 5 cop", "Staff 5 nmod:desc", "Ada 0 root"]
        );
        let words = "Boats/NOUN/3/nsubj Ada/PROPN/3/obj left/VERB/0/root";
        assert_eq!(repaired(words, &[1..2]), Vec::<String>::new());
    }

    #[test]
    fn a_description_goes_with_the_name_after_it() {
        let words = "the/DET/2/det citizen/NOUN/4/nsubj Ada/PROPN/4/nsubj left/VERB/0/root";
        assert_eq!(repaired(words, &[2..3]), ["Ada 2 appos"]);
        let words = "a/DET/2/det citizen/NOUN/4/obl Ada/PROPN/4/nsubj left/VERB/0/root";
        assert_eq!(repaired(words, &[2..3]), Vec::<String>::new());
    }

    #[test]
    fn the_words_of_a_name_hang_together() {
        let words = "game/NOUN/0/root of/ADP/3/case Group/NOUN/1/nmod A/PROPN/1/nmod";
        assert_eq!(repaired(words, &[2..4]), ["A 3 flat"]);
    }

    #[test]
    fn a_person_with_a_title_is_one_of_the_list() {
        let joined = "met/VERB/0/root Lund/PROPN/1/obj ,/PUNCT/5/punct former/ADJ/5/amod \
                      mayor/NOUN/2/appos Berg/PROPN/5/appos and/CCONJ/8/cc Holm/PROPN/2/conj";
        assert_eq!(
            repaired(joined, &[1..2, 5..6, 7..8]),
            [", 6 punct", "mayor 6 nmod:desc", "Berg 2 conj"]
        );
        let on_noun = "letter/NOUN/0/root from/ADP/3/case Lund/PROPN/1/nmod ,/PUNCT/6/punct \
                       mayor/NOUN/6/nmod:desc Berg/PROPN/1/appos and/CCONJ/8/cc \
                       Holm/PROPN/6/conj";
        assert_eq!(repaired(on_noun, &[2..3, 5..6, 7..8]), ["Berg 3 conj"]);
        let twins = "met/VERB/0/root Lund/PROPN/1/obj and/CCONJ/4/cc mayor/NOUN/2/conj \
                     Berg/PROPN/2/conj";
        assert_eq!(
            repaired(twins, &[1..2, 4..5]),
            ["and 5 cc", "mayor 5 nmod:desc"]
        );
        let alone = "met/VERB/0/root Lund/PROPN/1/obj ,/PUNCT/5/punct former/ADJ/5/amod \
                     mayor/NOUN/2/appos Berg/PROPN/5/appos";
        assert_eq!(repaired(alone, &[1..2, 5..6]), Vec::<String>::new());
        let of_wife = "wife/NOUN/7/nsubj of/ADP/3/case Lund/PROPN/1/nmod ,/PUNCT/6/punct \
                       actress/NOUN/6/nmod:desc Berg/PROPN/1/appos left/VERB/0/root";
        assert_eq!(repaired(of_wife, &[2..3, 5..6]), Vec::<String>::new());
    }

    #[test]
    fn a_description_that_a_comma_parts_from_a_later_name_is_no_title_of_it() {
        let words = "Guard/PROPN/4/nsubj general/NOUN/6/nmod:desc ,/PUNCT/2/punct left/VERB/0/root \
                     said/VERB/4/parataxis Ada/PROPN/5/nsubj";
        assert_eq!(
            repaired(words, &[5..6]),
            ["Guard 2 compound", "general 4 nsubj"]
        );
    }

    #[test]
    fn modifiers_side_by_side_share_the_noun_after_them() {
        let words = "protect/VERB/0/root Alliance/PROPN/1/obj or/CCONJ/4/cc partner/NOUN/2/conj \
                     forces/NOUN/1/obj";
        assert_eq!(repaired(words, &[]), ["Alliance 5 compound"]);
        let words = "used/VERB/0/root attack/NOUN/1/obj ,/PUNCT/4/punct bomber/NOUN/2/conj \
                     and/CCONJ/7/cc fighter/NOUN/7/compound planes/NOUN/2/conj \
                     there/ADV/1/advmod";
        assert_eq!(
            repaired(words, &[]),
            ["attack 7 compound", "and 6 cc", "planes 1 obj"]
        );
        let untouched = [
            "used/VERB/0/root oil/NOUN/1/obj and/CCONJ/5/cc timber/NOUN/5/compound \
             exports/NOUN/2/conj",
            "met/VERB/0/root the/DET/3/det bomber/NOUN/1/obj and/CCONJ/6/cc fighter/NOUN/6/compound \
             pilots/NOUN/3/conj",
            "saw/VERB/0/root oil/NOUN/1/obj and/CCONJ/4/cc gas/NOUN/2/conj",
        ];
        for words in untouched {
            assert_eq!(repaired(words, &[]), Vec::<String>::new(), "{words}");
        }
    }
}
