//! Small questions asked of a tree: conjuncts, prepositions, determiners, time.

use crate::base::Id as _;
use crate::text::{EntityType, MONTHS, Token, TokenId, Upos};

use super::words::words;

/// `token` and what is coordinated with it below, in order: "rebels, jihadists and militias".
///
/// A conjunct that heads a clause of its own is left out when `token` does not, and so is a word of
/// the same name ("Sons" of "Hart & Sons"), and who gives another amount ("and Japan 8 million").
pub(crate) fn with_conjuncts(token: Token<'_>) -> Vec<Token<'_>> {
    let mut found = vec![token];
    let mut next = 0;
    while let Some(current) = found.get(next).copied() {
        next += 1;
        for child in current.children() {
            let apart = is_clausal(child) && !is_clausal(token);
            let of_name = is_within_name(child, current) || is_left_with_amount(child, current);
            if child.relation() == "conj" && !apart && !of_name {
                found.push(child);
            }
        }
    }
    found.sort_by_key(|token| token.id());
    found
}

/// Whether the conjunct `part` is a word of the name that `name` heads: "Spencer" of "Marks & Spencer".
fn is_within_name(part: Token<'_>, name: Token<'_>) -> bool {
    let is_joined = part.relation() == "conj" && is_name(part) && is_name(name);
    is_joined
        && part.sentence().mentions().any(|mention| {
            let range = mention.token_range();
            mention.name_type().is_some()
                && range.contains(&part.id().index())
                && range.contains(&name.id().index())
        })
}

/// Whether the conjunct `name` of an amount is who stands there with an amount of his own, the verb
/// being left out: "Japan" of "Norway pledged 15 million euros and Japan 8 million".
fn is_left_with_amount(name: Token<'_>, amount: Token<'_>) -> bool {
    let counted = amount.upos() == Upos::Noun
        && amount
            .children()
            .any(|count| count.relation() == "nummod" && count.id() < amount.id());
    let is_amount = counted || matches!(amount.upos(), Upos::Sym | Upos::Num);
    is_amount
        && name.relation() == "conj"
        && is_name(name)
        && name.children().any(|count| is_amount_left_to(count, name))
}

/// Whether `count` is the amount that stands after `name` where the verb is left out.
pub(crate) fn is_amount_left_to(count: Token<'_>, name: Token<'_>) -> bool {
    let measures = count.deprel() == "nummod"
        || count.deprel() == "nmod:unmarked" && matches!(count.upos(), Upos::Num | Upos::Sym);
    measures
        && name.relation() == "conj"
        && is_name(name)
        && count.id() > name.id()
        && count.time().is_none()
}

/// Whether `token` has a subject, an object or a copula of its own, or is a finite verb.
pub(crate) fn is_clausal(token: Token<'_>) -> bool {
    token.children().any(|child| {
        matches!(
            child.relation(),
            "nsubj" | "csubj" | "cop" | "obj" | "ccomp"
        )
    }) || (token.upos() == Upos::Verb && matches!(token.xpos(), "VBD" | "VBZ" | "VBP"))
}

/// The first of the tokens coordinated with `token`: itself if it is no conjunct.
pub(crate) fn first_conjunct(token: Token<'_>) -> Token<'_> {
    let mut current = token;
    while current.relation() == "conj" {
        let Some(head) = current.head() else {
            break;
        };
        current = head;
    }
    current
}

/// The words of the preposition of `token`, in order: "because of", "against".
pub(crate) fn case_tokens(token: Token<'_>) -> Vec<Token<'_>> {
    let own: Vec<Token<'_>> = token
        .children()
        .filter(|child| child.deprel() == "case" && !is_possessive_mark(*child))
        .flat_map(|case| {
            let mut words = vec![case];
            words.extend(case.children().filter(|child| child.relation() == "fixed"));
            words
        })
        .collect();
    if own.is_empty() && token.relation() == "conj" {
        return token.head().map(case_tokens).unwrap_or_default();
    }
    // "with and in support of": two prepositions, of which the last one stands at the noun.
    let parts = |cc: &Token<'_>| {
        let (before, after) = own.split_at(own.partition_point(|case| case.id() < cc.id()));
        cc.relation() == "cc" && cc.id() < token.id() && !before.is_empty() && !after.is_empty()
    };
    let joined = token.children().rfind(parts);
    match joined {
        Some(cc) => own.into_iter().filter(|case| case.id() > cc.id()).collect(),
        None => own,
    }
}

fn is_possessive_mark(token: Token<'_>) -> bool {
    token.xpos() == "POS" || matches!(token.form(), "'s" | "'")
}

/// The preposition of `token` in lower case, empty if it has none.
pub(crate) fn preposition(token: Token<'_>) -> String {
    let words: Vec<String> = case_tokens(token)
        .iter()
        .map(|word| word.form().to_lowercase())
        .collect();
    words.join(" ")
}

/// A preposition of several words around a noun: "in support of" of "in support of the rebels".
pub(crate) struct ComplexPreposition<'d> {
    /// Its words in lower case.
    pub(crate) words: String,
    /// Its words, in order.
    pub(crate) tokens: Vec<TokenId>,
    /// What it governs: "rebels".
    pub(crate) governs: Token<'d>,
}

/// The preposition that `noun` is the middle of, if what stands around it makes it one
/// (`grammar/words/complex-prepositions.txt`).
pub(crate) fn complex_preposition(noun: Token<'_>) -> Option<ComplexPreposition<'_>> {
    let governs = noun
        .children()
        .find(|child| child.deprel() == "nmod" && child.id() > noun.id())?;
    let article = noun
        .children()
        .filter(|child| child.relation() == "det" && child.id() < noun.id());
    let mut words: Vec<Token<'_>> = case_tokens(noun);
    words.extend(article);
    words.push(noun);
    words.extend(case_tokens(governs));
    words.sort_by_key(|word| word.id());
    let phrase: Vec<String> = words
        .iter()
        .map(|word| word.form().to_lowercase())
        .collect();
    let phrase = phrase.join(" ");
    super::words::words()
        .complex_prepositions
        .contains_key(&phrase)
        .then(|| ComplexPreposition {
            words: phrase,
            tokens: words.into_iter().map(Token::id).collect(),
            governs,
        })
}

/// The subordinating words of `token` in lower case: "if", "in order to".
pub(crate) fn marks(token: Token<'_>) -> Vec<String> {
    token
        .children()
        .filter(|child| {
            child.relation() == "mark"
                || (child.relation() == "advmod"
                    && matches!(child.xpos(), "WRB")
                    && child.id() < token.id())
        })
        .map(|mark| {
            let mut words = vec![mark.form().to_lowercase()];
            words.extend(
                mark.children()
                    .filter(|child| child.relation() == "fixed")
                    .map(|child| child.form().to_lowercase()),
            );
            words.join(" ")
        })
        .collect()
}

/// Whether `token` is a proper noun, or a word of a name.
pub(crate) fn is_name(token: Token<'_>) -> bool {
    token.upos() == Upos::Propn
}

/// Whether `token` is a noun, a name, a pronoun or a number: can be spoken of.
pub(crate) fn is_nominal(token: Token<'_>) -> bool {
    matches!(
        token.upos(),
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X
    )
}

/// Whether `token` is a relative pronoun or adverb.
pub(crate) fn is_relative(token: Token<'_>) -> bool {
    token.feature("PronType") == Some("Rel")
        || (matches!(token.xpos(), "WDT" | "WP" | "WP$" | "WRB")
            && token.feature("PronType") != Some("Int"))
}

/// Whether `token` heads an expression of time.
pub(crate) fn is_time(token: Token<'_>) -> bool {
    if token.entity_type() == Some(EntityType::Time) || token.deprel() == "obl:tmod" {
        return true;
    }
    if token.time().is_some() {
        return true;
    }
    // "7" in "October 7".
    let of_month = |child: Token<'_>| {
        matches!(child.relation(), "nmod" | "compound" | "nummod")
            && MONTHS.contains(&child.lemma().to_lowercase().as_str())
    };
    if token.upos() == Upos::Num && token.children().any(of_month) {
        return true;
    }
    let lemma = token.lemma().to_lowercase();
    (TIME_NOUNS.contains(&lemma.as_str()) || MONTHS.contains(&lemma.as_str()))
        && matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Adv)
}

/// Whether `token` heads a phrase in brackets: "1821" of "the war (1821 - 24)".
pub(crate) fn is_bracketed(token: Token<'_>) -> bool {
    token
        .children()
        .any(|mark| mark.id() < token.id() && matches!(mark.form(), "(" | "["))
}

const TIME_NOUNS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "day",
    "week",
    "month",
    "year",
    "decade",
    "century",
    "hour",
    "minute",
    "morning",
    "afternoon",
    "evening",
    "night",
    "weekend",
    "dawn",
    "midnight",
    "noon",
    "moment",
    "past",
    "future",
    "time",
    "season",
    "summer",
    "winter",
    "now",
    "then",
    "recently",
    "ago",
    "currently",
    "spring",
    "autumn",
];

/// The tokens of the subtree of `token`, those below a dependent for which `leave_out` holds not
/// counted.
pub(crate) fn subtree_without<'d>(
    token: Token<'d>,
    leave_out: &impl Fn(Token<'d>) -> bool,
) -> Vec<TokenId> {
    let mut found = vec![token];
    let mut next = 0;
    while let Some(current) = found.get(next).copied() {
        next += 1;
        found.extend(current.children().filter(|child| !leave_out(*child)));
    }
    let mut ids: Vec<TokenId> = found.into_iter().map(Token::id).collect();
    ids.sort_unstable();
    ids
}

/// `tokens` without those at both ends for which `is_mark` holds.
pub(crate) fn trimmed(tokens: Vec<TokenId>, is_mark: impl Fn(TokenId) -> bool) -> Vec<TokenId> {
    let first = tokens.iter().position(|id| !is_mark(*id));
    let last = tokens.iter().rposition(|id| !is_mark(*id));
    match (first, last) {
        (Some(first), Some(last)) => tokens
            .get(first..=last)
            .map(<[TokenId]>::to_vec)
            .unwrap_or_default(),
        (None, _) | (_, None) => tokens,
    }
}

/// The subtree of `token` without punctuation at its ends.
pub(crate) fn subtree_words(token: Token<'_>) -> Vec<TokenId> {
    let document = token.document();
    trimmed(token.subtree(), |id| {
        document
            .token(id)
            .is_some_and(|token| token.upos() == Upos::Punct)
    })
}

/// Whether `token` heads a phrase that only ties the sentence to the one before: "for example".
pub(crate) fn is_connective(token: Token<'_>) -> bool {
    let document = token.document();
    let phrase: Vec<String> = subtree_words(token)
        .into_iter()
        .filter_map(|id| document.token(id))
        .map(|word| word.form().to_lowercase())
        .collect();
    words().connectives.contains_key(&phrase.join(" "))
}

/// How many tokens lie between two.
pub(crate) fn distance(one: TokenId, other: TokenId) -> usize {
    one.index().abs_diff(other.index())
}
