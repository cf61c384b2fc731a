//! What fills a place of a statement: which words belong to it, and what form it has.

use crate::base::Id as _;
use crate::text::{Token, TokenId, Upos};

use super::attribution::{is_source, speaker_tied_to_quote};
use super::predicate::repetition_before;
use super::statement::{Argument, ArgumentForm};
use super::tree::{is_name, is_time, subtree_without, trimmed};
use super::words::words;

/// The argument that `head` heads, as a thing spoken of.
pub(crate) fn entity(head: Token<'_>) -> Argument {
    argument(head, ArgumentForm::Entity)
}

/// The argument that `head` heads, in `form`.
pub(crate) fn argument(head: Token<'_>, form: ArgumentForm) -> Argument {
    let (core, full) = match form {
        ArgumentForm::Clause => {
            let words = clause_words(head);
            (words.clone(), words)
        }
        ArgumentForm::Entity
        | ArgumentForm::Attribute
        | ArgumentForm::Amount
        | ArgumentForm::Time => (core(head), full(head)),
    };
    Argument {
        head: head.id(),
        form,
        core,
        full,
    }
}

/// The form that the words under `head` have as an object.
pub(crate) fn form_of(head: Token<'_>) -> ArgumentForm {
    if is_time(head) && head.upos() != Upos::Propn {
        return ArgumentForm::Time;
    }
    let counts = head.children().any(|child| child.relation() == "nummod");
    let measured = head
        .quantity()
        .is_some_and(|quantity| quantity.unit.is_some() && counts);
    match head.upos() {
        Upos::Num | Upos::Sym => ArgumentForm::Amount,
        Upos::Adj if counts => ArgumentForm::Amount,
        Upos::Adj if head.children().any(|child| child.relation() == "det") => ArgumentForm::Entity,
        Upos::Adj | Upos::Adv | Upos::Intj => ArgumentForm::Attribute,
        // "crack down on smuggling": a gerund without arguments is a noun.
        Upos::Verb
            if head.xpos() == "VBG"
                && !head.children().any(|child| {
                    matches!(
                        child.relation(),
                        "obj" | "nsubj" | "obl" | "xcomp" | "ccomp" | "aux" | "advcl"
                    )
                }) =>
        {
            ArgumentForm::Entity
        }
        Upos::Verb | Upos::Aux => ArgumentForm::Clause,
        Upos::Noun if measured => ArgumentForm::Amount,
        Upos::Noun | Upos::Propn if is_time(head) => ArgumentForm::Time,
        Upos::Adp
        | Upos::Cconj
        | Upos::Det
        | Upos::Noun
        | Upos::Part
        | Upos::Pron
        | Upos::Propn
        | Upos::Punct
        | Upos::Sconj
        | Upos::X => ArgumentForm::Entity,
    }
}

/// The number in the words under `head`, if there is one.
pub(crate) fn quantity(head: Token<'_>) -> Option<f64> {
    if let Some(quantity) = head.quantity() {
        return Some(quantity.value);
    }
    head.children()
        .filter(|child| child.relation() == "nummod")
        .find_map(|child| {
            let measured = child.quantity().map(|quantity| quantity.value);
            measured.or_else(|| child.form().replace(',', "").parse().ok())
        })
}

/// `head` with the modifiers it needs to mean what it means.
pub(crate) fn core(head: Token<'_>) -> Vec<TokenId> {
    let whole_name = is_name(head);
    let leave_out = |token: Token<'_>| {
        let on_top = token.head() == Some(head);
        match token.deprel() {
            // A later part of a name that is tied to the title before it is of the name.
            "flat" => on_top && name_beside(head).is_some_and(|name| name.id() < token.id()),
            "compound" | "amod" | "nummod" | "det" | "fixed" | "goeswith" | "nmod:poss"
            | "nmod:desc" | "det:predet" | "compound:prt" => false,
            "nmod:unmarked" => {
                !matches!(token.upos(), Upos::Num | Upos::Propn)
                    || token.child(&["punct"]).is_some()
            }
            "case" | "cc" | "punct" => on_top && !joins(token),
            // "unique to Norway": what an adjective is said of belongs to it.
            "obl" if on_top && is_complement_of_adjective(token) => false,
            "advmod" | "obl" => on_top,
            // "one or more events", "command and control node".
            "conj" if is_modifier_list(token) => false,
            "conj" => on_top || !is_name(token),
            "nmod" => {
                let word = super::tree::preposition(token);
                let names = whole_name && is_name(token) && matches!(word.as_str(), "for" | "and");
                word != "of" && !names
            }
            // "the need to leave" without what it is for is nothing.
            "acl" if on_top && is_content(token) => false,
            "acl:relcl" if on_top && is_restriction(token) => false,
            "appos" | "acl" | "acl:relcl" | "parataxis" | "dep" | "advcl" | "list" if on_top => {
                true
            }
            _ if within_content(token, head) => false,
            // "a 15 meter high tower", "14-year-old".
            "obl:unmarked" | "obl:npmod" => on_top && token.id() > head.id(),
            _ => true,
        }
    };
    let mut tokens = subtree_without(head, &leave_out);
    tokens.extend(shared_phrase(head));
    tokens.sort_unstable();
    tokens.dedup();
    if head.deprel() == "nmod:desc" {
        tokens.extend(ranks_before(head));
        tokens.sort_unstable();
    }
    if head.relation() == "appos" && whole_name {
        tokens.extend(rest_of_name(head));
        tokens.sort_unstable();
        tokens.dedup();
    }
    // Two words of a name before a noun, where both hang on the noun: "Harbour Cup winner".
    if head.relation() == "compound" && whole_name {
        let siblings = head.head().into_iter().flat_map(Token::children);
        tokens.extend(
            siblings
                .filter(|other| other.relation() == "compound" && other.id() < head.id())
                .filter(|other| is_name(*other))
                .map(Token::id),
        );
        tokens.sort_unstable();
        tokens.dedup();
    }
    cleaned(head, tokens)
}

/// The parts of a rank of several words before its last: "Lt." of "Lt. Col." before a name.
fn ranks_before(rank: Token<'_>) -> Vec<TokenId> {
    let mut first = rank.id().index();
    let before = (0..first).rev().map(TokenId::from_index);
    let parts: Vec<TokenId> = before
        .map_while(|id| rank.document().token(id))
        .take_while(|part| {
            let next_to = part.id().index() + 1 == first;
            first = part.id().index();
            next_to
                && part.deprel() == "nmod:desc"
                && part.head() == rank.head()
                && part.children().next().is_none()
                && is_name(*part) == is_name(rank)
        })
        .map(Token::id)
        .collect();
    parts
}

/// Whether `conjunct` continues a list of modifiers before a noun.
fn is_modifier_list(conjunct: Token<'_>) -> bool {
    conjunct
        .head()
        .is_some_and(|first| matches!(first.relation(), "nummod" | "compound" | "amod"))
        && conjunct.children().all(|child| child.relation() == "cc")
}

/// Whether `phrase` completes the adjective before it: "integral to the plan".
fn is_complement_of_adjective(phrase: Token<'_>) -> bool {
    phrase.head().is_some_and(|adjective| {
        adjective.upos() == Upos::Adj
            && phrase.id() > adjective.id()
            && !is_time(phrase)
            && matches!(
                super::tree::preposition(phrase).as_str(),
                "to" | "of" | "with" | "from" | "for" | "about" | "on"
            )
            && phrase.subtree().len() <= LONGEST_COMPLEMENT
    })
}

/// What completes an adjective with more words is left out of its name.
const LONGEST_COMPLEMENT: usize = 7;

/// Whether `infinitive` says what a plan, a need, an attempt is, and is short enough for a name.
fn is_content(infinitive: Token<'_>) -> bool {
    let noun = infinitive.head();
    noun.is_some_and(|noun| words().plan_nouns.contains_key(noun.lemma()))
        && infinitive.id() > noun.map_or(infinitive.id(), Token::id)
        && infinitive
            .children()
            .any(|mark| mark.relation() == "mark" && mark.lemma() == "to")
        && subtree_without(infinitive, &is_beside).len() <= LONGEST_CONTENT
}

/// Whether `clause` is the relative clause that a word needs which means nothing alone: "those who
/// fled", "the first time it met".
fn is_restriction(clause: Token<'_>) -> bool {
    let word = clause.head();
    let general = word.is_some_and(|word| {
        words()
            .general_nouns
            .contains_key(&word.form().to_lowercase())
            && word.id() < clause.id()
            && word.children().all(|child| child.relation() != "nmod:poss")
    });
    let comma = clause
        .children()
        .any(|mark| mark.form() == "," && mark.id() < clause.id());
    general && !comma && subtree_without(clause, &is_beside).len() <= LONGEST_RESTRICTION
}

/// What a name does without in the clause that belongs to it.
fn is_beside(token: Token<'_>) -> bool {
    matches!(
        token.relation(),
        "conj" | "cc" | "advcl" | "parataxis" | "appos" | "punct"
    ) || token.deprel() == "acl:relcl" && !is_restriction(token)
        || token.deprel() == "acl" && token.child(&["nsubj"]).is_some()
}

/// An infinitive of more words is no part of a name.
const LONGEST_CONTENT: usize = 12;
/// A clause that says which one is needed more.
const LONGEST_RESTRICTION: usize = 18;

/// Whether `token` stands in the clause that says what `noun` is.
fn within_content(token: Token<'_>, noun: Token<'_>) -> bool {
    let mut current = token;
    while let Some(above) = current.head() {
        if current.relation() != "acl" && is_beside(current) {
            return false;
        }
        if above == noun {
            return match current.deprel() {
                "acl" => is_content(current),
                "acl:relcl" => is_restriction(current),
                _ => false,
            };
        }
        current = above;
    }
    false
}

/// The phrase that the later of two coordinated nouns shares with the first: "of aircraft" of
/// "type" in "the number or type of aircraft".
fn shared_phrase(head: Token<'_>) -> Vec<TokenId> {
    // "the Men and Women of the Guard": capitals make no names of them.
    let common = |token: Token<'_>| token.upos() == Upos::Noun || token.xpos() == "NNPS";
    let own = head.children().any(|child| {
        matches!(
            child.relation(),
            "nmod" | "det" | "amod" | "nummod" | "compound" | "acl"
        )
    });
    if head.relation() != "conj" || !common(head) || own {
        return Vec::new();
    }
    let first = head.head().filter(|first| common(*first));
    first
        .into_iter()
        .flat_map(Token::children)
        .filter(|child| child.deprel() == "nmod" && child.id() > head.id())
        .filter(|child| super::tree::preposition(*child) == "of")
        .flat_map(|child| {
            let mut words: Vec<TokenId> = super::tree::case_tokens(child)
                .into_iter()
                .map(Token::id)
                .collect();
            words.extend(core(child));
            words
        })
        .collect()
}

/// The name that stands beside the description `head`.
fn name_beside(head: Token<'_>) -> Option<Token<'_>> {
    if is_name(head) {
        return None;
    }
    head.children()
        .find(|child| child.deprel() == "appos" && is_name(*child))
}

/// The words of a name after its first word `head`, when the parser ties them elsewhere.
fn rest_of_name(head: Token<'_>) -> Vec<TokenId> {
    let document = head.document();
    let after = (head.id().index() + 1..).map(TokenId::from_index);
    after
        .map_while(|id| document.token(id))
        .take_while(|token| {
            let name = is_name(*token) && matches!(token.deprel(), "flat" | "appos");
            let near = token.head() == head.head() || token.head() == Some(head);
            token.sentence().id() == head.sentence().id()
                && ((name && near) || (joins(*token) && token.head() != head.head()))
        })
        .map(Token::id)
        .collect()
}

/// A hyphen between the parts of one word.
fn joins(token: Token<'_>) -> bool {
    matches!(token.form(), "-" | "–")
}

/// The whole phrase under `head` with its optional modifiers.
pub(crate) fn full(head: Token<'_>) -> Vec<TokenId> {
    let leave_out = |token: Token<'_>| {
        let on_top = token.head() == Some(head);
        match token.deprel() {
            "case" => on_top && token.xpos() != "POS",
            "cc" | "conj" | "cc:preconj" | "cop" | "aux" | "nsubj" | "mark" | "advcl" | "expl"
            | "csubj" | "discourse" | "nsubj:pass" | "ccomp" => on_top,
            "obl" | "obl:unmarked" if on_top => head.upos() != Upos::Adj,
            "acl:relcl" | "appos" | "parataxis" | "dep" | "list" => true,
            _ => false,
        }
    };
    cleaned(head, subtree_without(head, &leave_out))
}

/// The words of the clause that `head` heads.
pub(crate) fn phrase(head: Token<'_>) -> Vec<TokenId> {
    clause_words(head)
}

/// The words of a clause: without its conjunction, its conjuncts and what is said beside it.
fn clause_words(head: Token<'_>) -> Vec<TokenId> {
    let leave_out = |token: Token<'_>| {
        let on_top = token.head() == Some(head);
        match token.deprel() {
            "mark" => {
                let gerund = head.xpos() == "VBG" && token.upos() != Upos::Part;
                let adverbial = head.relation() == "advcl"
                    && matches!(
                        token.lemma(),
                        "after" | "before" | "while" | "since" | "until" | "once"
                    );
                on_top
                    && (token.form().eq_ignore_ascii_case("that")
                        || adverbial
                        || (gerund
                            && token.form().len() <= 5
                            && token.xpos() == "IN"
                            && !matches!(token.lemma(), "after" | "while" | "since" | "until")))
            }
            "cc" | "parataxis" | "discourse" => on_top,
            "obl" => on_top && is_source(&super::tree::preposition(token)),
            "advmod" => {
                on_top
                    && token.xpos() == "WRB"
                    && token.form().eq_ignore_ascii_case("when")
                    && head.relation() == "advcl"
            }
            "nsubj" => {
                on_top
                    && head
                        .head()
                        .and_then(speaker_tied_to_quote)
                        .is_some_and(|speaker| speaker == token)
            }
            _ => false,
        }
    };
    let mut tokens = subtree_without(head, &leave_out);
    if let Some(before) = repetition_before(head) {
        tokens.extend(subtree_without(before, &leave_out));
        tokens.sort_unstable();
    }
    cleaned(head, tokens)
}

/// `tokens` without the marks at both ends.
pub(crate) fn cleaned(head: Token<'_>, tokens: Vec<TokenId>) -> Vec<TokenId> {
    let document = head.document();
    let is_mark = |id: TokenId| {
        document.token(id).is_some_and(|token| {
            token.upos() == Upos::Punct
                && !matches!(token.form(), "$" | "%")
                && !(token.form() == "-" && token.id() < head.id())
        })
    };
    trimmed(tokens, is_mark)
}

/// A role noun with the words that belong to it: "prime minister", "secretary general".
pub(crate) fn role_words(head: Token<'_>) -> String {
    let mut parts: Vec<(TokenId, String)> = head
        .children()
        .filter(|child| {
            let lemma = child.lemma().to_lowercase();
            // "foreign and defence ministers" are not all foreign ministers.
            let is_modifier = matches!(child.relation(), "amod" | "compound" | "flat")
                && child.child(&["conj"]).is_none()
                && ROLE_MODIFIERS.contains(&lemma.as_str());
            is_modifier && !words().demonyms.contains_key(&lemma)
        })
        .map(|child| (child.id(), child.lemma().to_lowercase()))
        .collect();
    parts.push((head.id(), head.lemma().to_lowercase()));
    parts.sort();
    parts
        .into_iter()
        .map(|(_, word)| word)
        .collect::<Vec<_>>()
        .join(" ")
}

const ROLE_MODIFIERS: &[&str] = &[
    "self-proclaimed",
    "self-declared",
    "self-styled",
    "so-called",
    "alleged",
    "would-be",
    "suspected",
    "proclaimed",
    "declared",
    "prime",
    "foreign",
    "chief",
    "deputy",
    "vice",
    "general",
    "executive",
    "interior",
    "finance",
    "financial",
    "former",
    "co",
    "managing",
    "attorney",
    "secretary",
    "defense",
    "defence",
    "education",
    "major",
    "assistant",
    "head",
    "honorary",
    "acting",
    "associate",
    "senior",
];
