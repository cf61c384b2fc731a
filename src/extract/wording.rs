//! The words of an argument as open information extraction wants them: compact, and what hangs on
//! them once more by itself.
//!
//! A modifier that is a statement of its own ("a charter | issued by | the king") is no word of
//! the argument, nor are the later members of a list inside it; each of those makes an extraction.

use crate::base::Id as _;
use crate::text::{Token, TokenId, Upos};

use super::argument::cleaned;
use super::predicate::own_copula;
use super::tree::{case_tokens, is_time, preposition, subtree_without, with_conjuncts};

/// The words of `head` without what is said of it elsewhere: relative clauses, participles,
/// appositions, conjuncts, examples ("including X"). What belongs to it stays: "the fact that they
/// left", and a name right after its kind, "the island Malta".
pub(crate) fn compact(head: Token<'_>) -> Vec<TokenId> {
    let is_copula = own_copula(head).is_some();
    let leave_out = |token: Token<'_>| {
        let on_top = token.head() == Some(head);
        if on_top && is_copula {
            let time = is_time(token) && token.id() < head.id();
            match token.relation() {
                "nmod" if time => return true,
                "obl" | "xcomp" | "advcl" => return true,
                _ => {}
            }
        }
        match token.deprel() {
            "case" => on_top && token.xpos() != "POS",
            "cc" | "conj" | "cc:preconj" if on_top => true,
            "cop" | "aux" | "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" | "mark" | "advcl"
            | "expl" | "discourse" | "ccomp" => on_top,
            "obl" | "obl:unmarked" if on_top => head.upos() == Upos::Adj,
            "advmod" => on_top && is_copula && token.xpos() == "WRB",
            "acl" => {
                token.child(&["mark"]).is_none()
                    && token.id() > head.id()
                    && matches!(token.xpos(), "VBG" | "VBN" | "VBD")
            }
            "conj" => token.head().is_some_and(is_nominal_modifier),
            "cc" => token
                .head()
                .filter(|conjunct| conjunct.relation() == "conj")
                .and_then(Token::head)
                .is_some_and(is_nominal_modifier),
            "nmod" => matches!(preposition(token).as_str(), "including" | "such as"),
            "appos" if on_top && is_close(token) => false,
            "acl:relcl" | "appos" | "parataxis" | "dep" | "list" => true,
            _ => false,
        }
    };
    tidy(head, cleaned(head, subtree_without(head, &leave_out)))
}

/// Whether no mark parts `apposition` from the word before it.
fn is_close(apposition: Token<'_>) -> bool {
    !apposition
        .children()
        .any(|child| child.relation() == "punct" && child.id() < apposition.id())
}

fn is_nominal_modifier(token: Token<'_>) -> bool {
    token.deprel() == "nmod"
}

/// `tokens` without half a pair of marks and without commas beside a gap.
fn tidy(head: Token<'_>, tokens: Vec<TokenId>) -> Vec<TokenId> {
    let document = head.document();
    let form = |id: TokenId| document.token(id).map_or("", Token::form);
    let mut open: Vec<TokenId> = Vec::new();
    let mut stray: Vec<TokenId> = Vec::new();
    for id in tokens.iter().copied() {
        match form(id) {
            "``" | "“" | "(" | "[" | "-LRB-" => open.push(id),
            mark @ ("''" | "”" | ")" | "]" | "-RRB-") => {
                let pair = open.last().is_some_and(|last| closes(mark, form(*last)));
                if pair {
                    open.pop();
                } else {
                    stray.push(id);
                }
            }
            "," | "--" | ";" | ":" => {
                let beside = |other: Option<usize>| {
                    other.is_some_and(|index| tokens.contains(&TokenId::from_index(index)))
                };
                if !beside(id.index().checked_sub(1)) || !beside(Some(id.index() + 1)) {
                    stray.push(id);
                }
            }
            _ => {}
        }
    }
    stray.extend(open);
    tokens
        .into_iter()
        .filter(|id| !stray.contains(id))
        .collect()
}

fn closes(mark: &str, opening: &str) -> bool {
    matches!(
        (opening, mark),
        ("``", "''") | ("“", "”") | ("(", ")") | ("[", "]") | ("-LRB-", "-RRB-")
    )
}

/// A phrase inside an argument that can be its object alone: of "a justice of the court" it is
/// "the court".
pub(crate) struct Inner {
    /// The argument's words before the preposition: "a justice".
    pub(crate) before: Vec<TokenId>,
    /// The preposition: "of".
    pub(crate) case: Vec<TokenId>,
    /// Its words: "the court".
    pub(crate) tokens: Vec<TokenId>,
}

/// How deep phrases in phrases are opened; deeper ones are seldom tied right.
const DEPTH: usize = 3;

/// The phrases with a preposition inside the argument `head`, whose words are `tokens`.
pub(crate) fn inner_phrases(head: Token<'_>, tokens: &[TokenId]) -> Vec<Inner> {
    let mut found = Vec::new();
    open(head, tokens, DEPTH, &mut found);
    found
}

fn open(token: Token<'_>, tokens: &[TokenId], depth: usize, found: &mut Vec<Inner>) {
    if depth == 0 {
        return;
    }
    for child in token.children() {
        let is_inner =
            is_nominal_modifier(child) && child.id() > token.id() && tokens.contains(&child.id());
        let case: Vec<TokenId> = case_tokens(child).iter().map(|word| word.id()).collect();
        let Some(start) = case.iter().min().copied().filter(|_| is_inner) else {
            continue;
        };
        let before: Vec<TokenId> = tokens.iter().copied().filter(|id| *id < start).collect();
        for member in with_conjuncts(child) {
            found.push(Inner {
                before: before.clone(),
                case: case.clone(),
                tokens: compact(member)
                    .into_iter()
                    .filter(|id| *id > start)
                    .collect(),
            });
        }
        open(child, tokens, depth - 1, found);
    }
}
