//! What fills a place of a statement: which words belong to it, and what form it has.

use crate::base::Id as _;
use crate::text::{Token, TokenId, Upos};

use super::attribution::{is_source, speaker_tied_to_quote};
use super::collect::question_word_before;
use super::content::{
    completes_adjective, is_complement_of_adjective, is_completed, is_content, is_inside_narrowing,
    is_restriction, is_side_of_narrowing, tells_which, tells_which_ones, within_content,
};
use super::degree::{changes_amount, changes_degree, denies_predicative};
use super::hyphen::{is_joined_to_head, whole_lemma, with_whole_words};
use super::predicate::repetition_before;
use super::restriction::narrows;
use super::statement::{Argument, ArgumentForm};
use super::tree::{is_amount_left_to, is_name, is_time, subtree_without, trimmed};
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
        // "the 1991 uprising" is one.
        .filter(|child| child.relation() == "nummod" && child.time().is_none())
        .find_map(|child| {
            let measured = child.quantity().map(|quantity| quantity.value);
            measured.or_else(|| child.form().replace(',', "").parse().ok())
        })
}

/// `head` with the modifiers it needs to mean what it means.
pub(crate) fn core(head: Token<'_>) -> Vec<TokenId> {
    let whole_name = is_name(head);
    let of_two = second_of(head);
    let leave_out = |token: Token<'_>| {
        let on_top = token.head() == Some(head);
        let links = on_top && matches!(token.relation(), "case" | "cc");
        if !links && is_within_name(token) {
            return false;
        }
        if on_top && is_amount_left_to(token, head) {
            return true;
        }
        match token.deprel() {
            // A later part of a name that is tied to the title before it is of the name.
            "flat" => on_top && name_beside(head).is_some_and(|name| name.id() < token.id()),
            // "gates capable of letting the water pass": said of the gates, no part of their name.
            "amod"
                if on_top
                    && token.id() > head.id()
                    && token.child(&["advcl", "xcomp", "ccomp", "conj"]).is_some() =>
            {
                !is_completed(token)
            }
            "compound" | "amod" | "nummod" | "det" | "fixed" | "goeswith" | "nmod:poss"
            | "nmod:desc" | "det:predet" | "compound:prt" => false,
            "nmod:unmarked" => {
                !matches!(token.upos(), Upos::Num | Upos::Propn)
                    || token.child(&["punct"]).is_some()
            }
            // "to" of "loyal to General Ada Miller" may hang on the title.
            "case"
                if token.id() < head.id()
                    && token
                        .head()
                        .is_some_and(|title| title.deprel() == "nmod:desc") =>
            {
                true
            }
            // A dash in front joins nothing.
            "case" | "cc" | "punct" => {
                on_top && (!joins(token) || head.subtree().first() == Some(&token.id()))
            }
            // "unique to Norway": what an adjective is said of belongs to it.
            "obl" if on_top && is_complement_of_adjective(token) => false,
            "advmod" | "nmod" | "obl" if changes_amount(token) => false,
            "advmod" if on_top && (changes_degree(token) || denies_predicative(token)) => false,
            "advmod" | "obl" => on_top,
            // "one or more events", "command and control node".
            "conj" if is_modifier_list(token) => false,
            "conj" if is_side_of_narrowing(token, head) => false,
            "conj" => on_top || !is_name(token) && (of_two.is_some() || !is_of_pair(token, head)),
            "nmod" if on_top && (is_share(token) || of_two == Some(token)) => of_two == Some(token),
            "nmod" if on_top && narrows(token) || is_inside_narrowing(token, head) => false,
            "nmod" => {
                let word = super::tree::preposition(token);
                let names = whole_name && is_name(token) && matches!(word.as_str(), "for" | "and");
                word != "of" && !names
            }
            // "the need to leave" without what it is for is nothing.
            "acl" if on_top && (is_content(token) || is_restriction(token)) => false,
            "acl:relcl" if on_top && is_restriction(token) => false,
            "acl" | "acl:relcl" if tells_which(token, head) => false,
            "acl" | "acl:relcl" if tells_which_ones(token, head) => false,
            "xcomp" | "ccomp" | "advcl" if on_top && completes_adjective(token) => false,
            "appos" | "acl" | "acl:relcl" | "parataxis" | "dep" | "advcl" | "list" if on_top => {
                true
            }
            _ if within_content(token, head) => false,
            // "a 15 meter high tower", "14-year-old".
            "obl:unmarked" | "obl:npmod" => on_top && token.id() > head.id(),
            _ => true,
        }
    };
    let tokens = without_strays(head, subtree_without(head, &leave_out));
    let mut tokens = without_later_clause(head, tokens);
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
    let capital = head.form().starts_with(char::is_uppercase);
    if head.relation() == "compound" && (whole_name || capital) {
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
    cleaned(head, with_whole_words(head, tokens))
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
            next_to && part.head() == rank.head() && is_rank_before(*part, rank)
        })
        .map(Token::id)
        .collect();
    parts
}

/// Whether `part` is a part of the rank of which `rank` is the last word.
fn is_rank_before(part: Token<'_>, rank: Token<'_>) -> bool {
    let alone = part.children().all(|child| child.relation() == "compound");
    match part.deprel() {
        "nmod:desc" => alone && is_name(part) == is_name(rank),
        "amod" | "compound" => alone && FIRST_OF_RANK.contains(&part.form()),
        _ => false,
    }
}

/// Words that begin ranks of several words.
const FIRST_OF_RANK: [&str; 12] = [
    "Major",
    "Lieutenant",
    "Brigadier",
    "Staff",
    "Rear",
    "Vice",
    "Petty",
    "Master",
    "Chief",
    "Warrant",
    "Lance",
    "Sergeant",
];

/// Whether `token` and its head are words of one name that the tagger sees: "in" leads to Pula in
/// "the Guard in Pula".
fn is_within_name(token: Token<'_>) -> bool {
    let Some(head) = token.head() else {
        return false;
    };
    token.sentence().mentions().any(|mention| {
        let range = mention.token_range();
        mention.name_type().is_some()
            && range.contains(&token.id().index())
            && range.contains(&head.id().index())
    })
}

/// Whether `phrase` says of how many a number is: "in three visits" of "one in three visits".
fn is_share(phrase: Token<'_>) -> bool {
    let number = phrase.head().is_some_and(|head| head.upos() == Upos::Num);
    let counted = phrase.upos() == Upos::Num || phrase.child(&["nummod"]).is_some();
    number && counted && super::tree::preposition(phrase) == "in"
}

/// The later of two phrases with "of" after `head` when it belongs to what is coordinated with the
/// first: "of rhinos" of "the trade of ivory and hunting of rhinos".
fn second_of(head: Token<'_>) -> Option<Token<'_>> {
    let mut phrases = head.children().filter(|child| {
        child.deprel() == "nmod"
            && child.id() > head.id()
            && super::tree::preposition(*child) == "of"
    });
    let (first, second) = (phrases.next()?, phrases.next()?);
    first
        .children()
        .any(|child| child.deprel() == "conj" && child.id() < second.id())
        .then_some(second)
}

/// Whether `noun` is one of few in a phrase with "of" after `head`: "linguists" of "the use of
/// translators and linguists".
fn is_of_pair(noun: Token<'_>, head: Token<'_>) -> bool {
    let Some(first) = noun.head() else {
        return false;
    };
    let alone = noun
        .children()
        .all(|child| matches!(child.relation(), "cc" | "punct" | "amod" | "compound"));
    noun.upos() == Upos::Noun
        && alone
        && first.upos() == Upos::Noun
        && first.head() == Some(head)
        && first.deprel() == "nmod"
        && super::tree::preposition(first) == "of"
        && subtree_without(first, &is_aside).len() <= LONGEST_PAIR
}

/// What is no part of a short phrase with "of".
fn is_aside(token: Token<'_>) -> bool {
    matches!(token.relation(), "acl" | "appos" | "parataxis" | "punct")
}

/// More words side by side are left out of a name.
const LONGEST_PAIR: usize = 8;

/// `tokens`, which hang on `head`, without those before it that words of other phrases part from it.
fn without_strays(head: Token<'_>, tokens: Vec<TokenId>) -> Vec<TokenId> {
    let own = head.subtree();
    let stray = |id: TokenId| {
        head.document().token(id).is_some_and(|token| {
            !matches!(token.upos(), Upos::Punct | Upos::Part) && own.binary_search(&id).is_err()
        })
    };
    let parted = (0..head.id().index())
        .rev()
        .map(TokenId::from_index)
        .take_while(|id| tokens.first().is_some_and(|first| id > first))
        .find(|id| stray(*id));
    match parted {
        Some(last) => tokens.into_iter().filter(|id| *id > last).collect(),
        None => tokens,
    }
}

/// `tokens` up to a verb that is coordinated with the one of a clause in them and left out: its
/// object may hang on the first.
fn without_later_clause(head: Token<'_>, tokens: Vec<TokenId>) -> Vec<TokenId> {
    let document = head.document();
    let verb = tokens
        .iter()
        .filter_map(|id| document.token(*id))
        .find(|token| token.upos() == Upos::Verb && token.id() > head.id());
    let later = verb
        .into_iter()
        .flat_map(Token::children)
        .find(|child| child.relation() == "conj" && tokens.binary_search(&child.id()).is_err());
    match later {
        Some(later) => tokens.into_iter().filter(|id| *id < later.id()).collect(),
        None => tokens,
    }
}

/// Whether `conjunct` continues a list of modifiers before a noun.
fn is_modifier_list(conjunct: Token<'_>) -> bool {
    conjunct
        .head()
        .filter(|first| matches!(first.relation(), "nummod" | "compound" | "amod"))
        .and_then(Token::head)
        .is_some_and(|noun| conjunct.id() < noun.id())
        && conjunct
            .children()
            .all(|child| matches!(child.relation(), "cc" | "punct" | "advmod" | "compound"))
}

/// The phrase that one of several coordinated nouns shares with the first: "of aircraft" of "type"
/// in "the number or type of aircraft"; or with the last, after one article: "of oil" of "sale" in
/// "the production, sale and trade of oil".
fn shared_phrase(head: Token<'_>) -> Vec<TokenId> {
    // "the Men and Women of the Guard": capitals make no names of them.
    let common = |token: Token<'_>| token.upos() == Upos::Noun || token.xpos() == "NNPS";
    let own = head.children().any(|child| {
        matches!(
            child.relation(),
            "nmod" | "det" | "amod" | "nummod" | "compound" | "acl"
        )
    });
    if !common(head) {
        return Vec::new();
    }
    let first = head
        .head()
        .filter(|first| head.relation() == "conj" && common(*first) && !own);
    let last = last_after_article(head);
    first
        .into_iter()
        .chain(last)
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

/// The last of the nouns coordinated with `head` under one article, if `head` is an earlier one and
/// none of them has anything of its own but what is shared.
fn last_after_article(head: Token<'_>) -> Option<Token<'_>> {
    let first = match head.relation() {
        "conj" => head.head()?,
        _ => head,
    };
    let the = |child: Token<'_>| child.relation() == "det" && child.lemma() == "the";
    let later: Vec<Token<'_>> = first
        .children()
        .filter(|child| child.deprel() == "conj" && child.upos() == Upos::Noun)
        .collect();
    let last = *later.last()?;
    let bare = |noun: Token<'_>| {
        noun.children().all(|child| {
            matches!(child.relation(), "cc" | "punct" | "conj" | "case")
                || noun == first && the(child)
                || noun == last && child.id() > noun.id()
        })
    };
    (last != head
        && first.children().any(the)
        && later.iter().all(|noun| bare(*noun))
        && bare(first))
    .then_some(last)
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
        let links = on_top && matches!(token.relation(), "case" | "cc");
        if !links && is_within_name(token) {
            return false;
        }
        if on_top && is_amount_left_to(token, head) {
            return true;
        }
        match token.deprel() {
            // "by" of "by former chief Ada Miller" may hang on the title.
            "case"
                if token.id() < head.id()
                    && token.xpos() != "POS"
                    && token
                        .head()
                        .is_some_and(|title| title.deprel() == "nmod:desc") =>
            {
                true
            }
            "case" => on_top && token.xpos() != "POS",
            "ccomp" | "advcl" if on_top && completes_adjective(token) => false,
            "cc" | "conj" | "cc:preconj" | "cop" | "aux" | "nsubj" | "mark" | "advcl" | "expl"
            | "csubj" | "discourse" | "nsubj:pass" | "ccomp" => on_top,
            "obl" | "obl:unmarked" if on_top => head.upos() != Upos::Adj,
            "acl:relcl" | "appos" | "parataxis" | "dep" | "list" => true,
            _ => false,
        }
    };
    let tokens = subtree_without(head, &leave_out);
    cleaned(head, with_whole_words(head, tokens))
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
                        "after" | "because" | "before" | "while" | "since" | "until" | "once"
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
            "obl" => {
                (on_top || token.id() > head.id()) && is_source(&super::tree::preposition(token))
            }
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
    // "expects the bank to pay": who is to do it belongs to what is expected.
    let awaited = head
        .head()
        .filter(|verb| head.relation() == "xcomp" && matches!(verb.lemma(), "expect" | "want"))
        .and_then(|verb| verb.child(&["obj", "iobj"]))
        .filter(|who| who.id() < head.id() && tokens.iter().all(|word| *word > who.id()));
    if let Some(who) = awaited {
        let mut whole = who.subtree();
        whole.append(&mut tokens);
        tokens = whole;
        tokens.sort_unstable();
        tokens.dedup();
    }
    let asked = Some(head).filter(|head| head.relation() == "ccomp");
    if let Some(why) = question_word_before(asked) {
        tokens.insert(0, why.id());
    }
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

/// A role noun with the words that belong to it: "prime minister", "secretary general"; `owner` is
/// whose role it is. `None` where the words beside it leave open whether somebody has the role, or
/// make it another one: "the alleged leader", "the largest oil producer".
pub(crate) fn role_words(head: Token<'_>, owner: Option<TokenId>) -> Option<String> {
    if is_doubted(head) || is_ranked_kind(head, owner) {
        return None;
    }
    let mut parts: Vec<(TokenId, String)> = head
        .children()
        .filter(|child| Some(child.id()) != owner)
        .filter_map(|child| Some((child.id(), role_modifier(child)?)))
        .collect();
    parts.push((head.id(), whole_lemma(head)));
    parts.sort();
    let named: Vec<String> = parts.into_iter().map(|(_, word)| word).collect();
    Some(named.join(" "))
}

/// What `word` adds to the role above it: "deputy", "finance", "former".
fn role_modifier(word: Token<'_>) -> Option<String> {
    // "foreign and defence ministers" are not all foreign ministers.
    let modifies =
        matches!(word.relation(), "amod" | "compound" | "flat") && word.child(&["conj"]).is_none();
    let narrows = |written: &String| {
        let lists = words();
        lists.role_grades.contains_key(written) || lists.role_fields.contains_key(written)
    };
    [word.lemma(), word.form()]
        .map(str::to_lowercase)
        .into_iter()
        .find(|written| modifies && (narrows(written) || is_joined_to_head(word)))
}

/// Whether words before `role` leave open that somebody has it: "alleged", "self-styled".
fn is_doubted(role: Token<'_>) -> bool {
    role.children()
        .filter(|child| child.id() < role.id())
        .filter(|child| matches!(child.relation(), "amod" | "compound" | "cop" | "advmod"))
        .flat_map(Token::subtree)
        .filter_map(|id| role.document().token(id))
        .any(|word| {
            [word.form().to_lowercase(), with_hyphen_before(word)]
                .iter()
                .any(|written| words().role_doubts.contains_key(written))
        })
}

/// `word` with what a hyphen joins to it on its left: "self-styled" of "styled".
fn with_hyphen_before(word: Token<'_>) -> String {
    let before = |places: usize| {
        let index = word.id().index().checked_sub(places)?;
        word.document().token(TokenId::from_index(index))
    };
    let form = word.form().to_lowercase();
    match (before(2), before(1)) {
        (Some(first), Some(hyphen)) if joins(hyphen) => {
            format!("{}-{form}", first.form().to_lowercase())
        }
        _ => form,
    }
}

/// Whether a superlative ranks `role` among those of a kind that a noun before it names: "the
/// largest oil producer in Norway" need not be the largest producer.
fn is_ranked_kind(role: Token<'_>, owner: Option<TokenId>) -> bool {
    let ranked = role
        .children()
        .any(|child| child.relation() == "amod" && child.feature("Degree") == Some("Sup"));
    let of_a_kind = role.children().any(|child| {
        child.relation() == "compound"
            && child.upos() == Upos::Noun
            && Some(child.id()) != owner
            && role_modifier(child).is_none()
    });
    ranked && of_a_kind
}
