//! Words that the parser hangs on the wrong verb or noun: a weekday taken for who acts or for a
//! part of a name, what somebody is accused of, the condition after "provided that".
//!
//! Like `repair`, only what the order of the words makes sure.

use super::calendar::weekday;
use super::document::{EntityType, TokenData, Upos};
use super::mention::NameSpan;
use super::repair::{below, hang, move_children};
use super::reported::give_object;

/// Puts misplaced words of the sentence of `tokens` in their places.
///
/// Time O(n²) at worst, for words of which one hangs on the next.
pub(super) fn put_right(tokens: &mut [TokenData], names: &[NameSpan]) {
    for at in 1..tokens.len() {
        if is_weekday(tokens, at) && !names.iter().any(|name| name.tokens.contains(&at)) {
            free_subject(tokens, at);
            give_place(tokens, at);
            free_name(tokens, at);
        }
    }
    for at in 0..tokens.len() {
        tie_charge(tokens, at);
        free_verb(tokens, at);
        tie_proviso(tokens, at);
        tie_per_cent(tokens, at);
        tie_count(tokens, at);
        free_level(tokens, at);
        free_object(tokens, at);
        give_object(tokens, at);
    }
}

/// Makes a verb joined by "and" to what the verb before it acts on a verb beside that one, and the
/// noun right after it its object: "killed 31 and wounded at least 58 others".
fn free_object(tokens: &mut [TokenData], verb: usize) {
    let is = |at: usize, fits: &dyn Fn(&TokenData) -> bool| tokens.get(at).is_some_and(fits);
    let joined = is(verb, &|token| {
        token.upos == Upos::Verb
            && token.deprel == "conj"
            && matches!(token.xpos.as_str(), "VBD" | "VBN" | "VBZ" | "VBP" | "VB")
    });
    let complete = tokens.iter().any(|token| {
        token.head == Some(verb)
            && matches!(
                token.deprel.as_str(),
                "obj" | "ccomp" | "xcomp" | "nsubj" | "nsubj:pass" | "aux:pass" | "obl:agent"
            )
    });
    let linked = verb
        .checked_sub(1)
        .is_some_and(|before| is(before, &|token| token.deprel == "cc"));
    if !joined || complete || !linked {
        return;
    }
    let above = |at: usize| tokens.get(at).and_then(|token| token.head);
    let first = std::iter::successors(above(verb), |at| above(*at))
        .take(tokens.len())
        .find(|above| is(*above, &|token| token.upos == Upos::Verb));
    let Some(first) = first.filter(|first| *first < verb) else {
        return;
    };
    let passive = tokens
        .iter()
        .any(|token| token.head == Some(first) && token.deprel.ends_with(":pass"));
    let acted_on = (first + 1..verb).find(|at| {
        is(*at, &|token| {
            token.head == Some(first) && token.deprel == "obj"
        })
    });
    let Some(acted_on) = acted_on.filter(|_| !passive) else {
        return;
    };
    let begins = |noun: usize| {
        let mut words = (0..=noun).filter(|at| *at == noun || below(tokens, *at, noun));
        words.next() == Some(verb + 1)
            && !is(verb + 1, &|token| {
                matches!(token.deprel.as_str(), "cc" | "punct")
            })
    };
    let object = (verb + 1..tokens.len()).find(|noun| {
        is(*noun, &|token| {
            matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Num)
                && (token.deprel == "obj" && token.head == Some(first)
                    || token.deprel == "conj"
                        && token.head.is_some_and(|head| {
                            head == acted_on || head == first || below(tokens, head, acted_on)
                        }))
        }) && begins(*noun)
    });
    let Some(object) = object else {
        return;
    };
    hang(tokens, verb, first, "conj");
    hang(tokens, object, verb, "obj");
}

/// Ties "up" and "down" after a verb of prices to the amount by which they moved: shares that
/// "closed down 17 percent" closed nothing down.
fn free_level(tokens: &mut [TokenData], level: usize) {
    let verb = tokens
        .get(level)
        .filter(|token| {
            token.deprel == "compound:prt" && matches!(token.lemma.as_str(), "down" | "up")
        })
        .and_then(|token| token.head)
        .filter(|verb| *verb + 1 == level);
    let trades = verb.and_then(|verb| tokens.get(verb)).is_some_and(|verb| {
        matches!(
            verb.lemma.as_str(),
            "close" | "end" | "finish" | "open" | "start" | "trade"
        )
    });
    let counted = tokens
        .get(level + 1)
        .is_some_and(|token| token.upos == Upos::Num);
    let amount = (level + 1..tokens.len()).find(|at| {
        tokens.get(*at).is_some_and(|token| {
            token.deprel == "obj"
                && token.head == verb
                && matches!(
                    token.lemma.as_str(),
                    "percent" | "percentage" | "point" | "%" | "cent" | "pence" | "penny"
                )
        })
    });
    let Some((verb, amount)) = verb.zip(amount).filter(|_| trades && counted) else {
        return;
    };
    hang(tokens, amount, verb, "obl:unmarked");
    hang(tokens, level, amount, "advmod");
}

/// Ties a number before a name to the several things that it counts, where the parser ties it to the
/// name: "0.12 Acme shares".
fn tie_count(tokens: &mut [TokenData], number: usize) {
    let name = number + 1;
    let counted = tokens
        .get(number)
        .is_some_and(|token| token.upos == Upos::Num && token.head == Some(name))
        && tokens
            .get(number)
            .is_some_and(|token| token.deprel == "nummod");
    let Some(things) = tokens
        .get(name)
        .filter(|name| counted && name.upos == Upos::Propn && name.deprel == "compound")
        .and_then(|name| name.head)
    else {
        return;
    };
    let several = tokens
        .get(things)
        .is_some_and(|things| things.upos == Upos::Noun && things.xpos == "NNS");
    if several && things > name {
        hang(tokens, number, things, "nummod");
    }
}

/// Makes "per cent" one unit of measure, whose number counts the whole.
fn tie_per_cent(tokens: &mut [TokenData], per: usize) {
    let is = |at: usize, word: &str| {
        tokens
            .get(at)
            .is_some_and(|token| token.form.eq_ignore_ascii_case(word))
    };
    let cent = per + 1;
    if !is(per, "per") || !is(cent, "cent") {
        return;
    }
    let place = |at: usize| {
        tokens
            .get(at)
            .map(|token| (token.head, token.deprel.clone()))
    };
    let (Some((above, role)), Some((over, _))) = (place(per), place(cent)) else {
        return;
    };
    if over != Some(per) && below(tokens, cent, per) {
        return;
    }
    // "per" above "cent": the whole has the place of "per".
    if over == Some(per) {
        if let Some(token) = tokens.get_mut(cent) {
            token.head = above;
            token.deprel = role;
        }
        move_children(tokens, per, cent);
    }
    hang(tokens, per, cent, "compound");
    if let Some(token) = tokens.get_mut(per) {
        token.upos = Upos::Noun;
        "NN".clone_into(&mut token.xpos);
        token.entity_type = None;
    }
    if let Some(token) = tokens.get_mut(cent) {
        "percent".clone_into(&mut token.lemma);
    }
    // "7.2" hangs on the verb, or above its unit.
    let Some(number) = per.checked_sub(1).filter(|number| {
        tokens
            .get(*number)
            .is_some_and(|token| token.upos == Upos::Num)
    }) else {
        return;
    };
    let over_number = tokens.get(cent).and_then(|token| token.head) == Some(number);
    if over_number {
        let place = tokens
            .get(number)
            .map(|token| (token.head, token.deprel.clone()));
        if let (Some((head, deprel)), Some(token)) = (place, tokens.get_mut(cent)) {
            token.head = head;
            token.deprel = deprel;
        }
        move_children(tokens, number, cent);
        hang(tokens, number, cent, "nummod");
    }
}

/// Makes the word right after a semicolon and before a number a verb of its own, where the parser
/// takes it for a participle before the noun that is counted: "burned two mills; sank 13 boats".
fn free_verb(tokens: &mut [TokenData], at: usize) {
    let is = |at: Option<usize>, fits: &dyn Fn(&TokenData) -> bool| {
        at.and_then(|at| tokens.get(at)).is_some_and(fits)
    };
    let Some(noun) = tokens
        .get(at)
        .filter(|token| token.upos == Upos::Verb && token.deprel == "amod")
        .and_then(|token| token.head)
    else {
        return;
    };
    let listed = is(at.checked_sub(1), &|token| token.form == ";")
        && is(Some(at + 1), &|token| {
            token.deprel == "nummod" && token.head == Some(noun)
        });
    let above = |at: usize| tokens.get(at).and_then(|token| token.head);
    let verb = std::iter::successors(above(noun), |at| above(*at))
        .take(tokens.len())
        .find(|above| is(Some(*above), &|token| token.upos == Upos::Verb));
    let Some(verb) = verb.filter(|verb| listed && *verb < at && !below(tokens, *verb, at - 1))
    else {
        return;
    };
    hang(tokens, at, verb, "conj");
    hang(tokens, noun, at, "obj");
    hang(tokens, at - 1, at, "punct");
}

/// Whether the word at `at` is the name of a weekday, written out.
fn is_weekday(tokens: &[TokenData], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        token.upos == Upos::Propn && token.form.len() >= 6 && weekday(&token.form).is_some()
    })
}

/// Makes a weekday between the subject and its verb the time of that verb, where the parser takes
/// it for a second subject: "A letter Tuesday said".
fn free_subject(tokens: &mut [TokenData], day: usize) {
    let Some(verb) = subject_of(tokens, day).filter(|verb| *verb > day) else {
        return;
    };
    let follows_subject = (0..day).any(|other| {
        subject_of(tokens, other) == Some(verb)
            && (other + 1 == day || below(tokens, day - 1, other))
    });
    if follows_subject {
        hang(tokens, day, verb, "obl:unmarked");
    }
}

/// Gives the place of a weekday before its verb to the noun right before it, where the parser takes
/// that for a part of the weekday's name: "A letter Tuesday said". "Election" of "Election
/// Tuesday" is one.
fn give_place(tokens: &mut [TokenData], day: usize) {
    let Some(verb) = subject_of(tokens, day).filter(|verb| *verb > day) else {
        return;
    };
    let noun = day - 1;
    let common = tokens.get(noun).is_some_and(|token| {
        token.upos == Upos::Noun
            && token.head == Some(day)
            && token.deprel == "compound"
            && token.form.starts_with(char::is_lowercase)
    });
    let Some(role) = tokens
        .get(day)
        .filter(|_| common)
        .map(|token| token.deprel.clone())
    else {
        return;
    };
    for token in tokens.iter_mut() {
        if token.head == Some(day) {
            token.head = Some(noun);
        }
    }
    hang(tokens, noun, verb, &role);
    hang(tokens, day, verb, "obl:unmarked");
}

/// Makes a weekday right after a verb the time of that verb, where the parser takes it for a part of
/// who acts in what is said: "said Monday officials believe it". Prayers on a Friday are another
/// matter.
fn free_name(tokens: &mut [TokenData], day: usize) {
    let Some(verb) = day.checked_sub(1) else {
        return;
    };
    let noun = tokens
        .get(day)
        .filter(|token| token.deprel == "compound")
        .and_then(|token| token.head);
    let Some(noun) = noun.filter(|noun| *noun > day) else {
        return;
    };
    let acts = tokens.get(noun).is_some_and(|token| {
        matches!(
            token.entity_type,
            Some(EntityType::Person | EntityType::Organization)
        )
    });
    let part_of_day = tokens.get(day + 1).is_some_and(|next| {
        matches!(
            next.form.to_lowercase().as_str(),
            "night" | "morning" | "afternoon" | "evening"
        )
    });
    let is_told = subject_of(tokens, noun)
        .and_then(|told| tokens.get(told))
        .is_some_and(|told| told.deprel == "ccomp" && told.head == Some(verb));
    let is_verb = tokens
        .get(verb)
        .is_some_and(|token| token.upos == Upos::Verb);
    if acts && is_told && is_verb && !part_of_day {
        hang(tokens, day, verb, "obl:unmarked");
    }
}

/// The verb whose subject the word at `at` is.
fn subject_of(tokens: &[TokenData], at: usize) -> Option<usize> {
    tokens
        .get(at)
        .filter(|token| matches!(token.deprel.as_str(), "nsubj" | "nsubj:pass"))?
        .head
}

/// Verbs that say that somebody has done what follows "of".
const CHARGING: [&str; 4] = ["accuse", "acquit", "convict", "suspect"];

/// Ties the gerund at `at` with "of" to the verb that accuses, where the parser ties it to whom it
/// accuses; and to it the gerund after "while": "accused the fleet of arming the rebels while using
/// civilian boats".
fn tie_charge(tokens: &mut [TokenData], at: usize) {
    if !is_gerund(tokens, at) || !opens_with(tokens, at, "of") {
        return;
    }
    let charging = |verb: &usize| {
        tokens
            .get(*verb)
            .is_some_and(|verb| CHARGING.contains(&verb.lemma.as_str()))
    };
    let Some(above) = tokens.get(at).and_then(|token| token.head) else {
        return;
    };
    let object = tokens.get(above);
    let on_object = object
        .filter(|object| object.deprel == "obj" && above < at)
        .and_then(|object| object.head)
        .filter(charging);
    let Some(verb) = on_object.or_else(|| Some(above).filter(charging)) else {
        return;
    };
    hang(tokens, at, verb, "advcl");
    let circumstance = (at + 1..tokens.len()).find(|later| {
        let parted = || {
            tokens
                .iter()
                .any(|mark| mark.form == "," && mark.head == Some(*later))
        };
        let beside = tokens
            .get(*later)
            .is_some_and(|token| token.deprel == "advcl" && token.head == Some(verb));
        beside && is_gerund(tokens, *later) && opens_with(tokens, *later, "while") && !parted()
    });
    if let Some(circumstance) = circumstance {
        hang(tokens, circumstance, at, "advcl");
    }
}

/// Whether the word at `at` is a verb in "ing".
fn is_gerund(tokens: &[TokenData], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| token.upos == Upos::Verb && token.form.ends_with("ing"))
}

/// Whether the clause of the verb at `at` opens with `word`.
fn opens_with(tokens: &[TokenData], at: usize, word: &str) -> bool {
    tokens.iter().take(at).any(|mark| {
        mark.head == Some(at) && mark.deprel == "mark" && mark.form.eq_ignore_ascii_case(word)
    })
}

/// The nearest word above the one at `at` that is no noun.
fn verb_above(tokens: &[TokenData], at: usize) -> Option<usize> {
    let head = |at: &usize| tokens.get(*at).and_then(|token| token.head);
    let mut above = std::iter::successors(head(&at), head).take(tokens.len());
    above.find(|above| {
        tokens
            .get(*above)
            .is_some_and(|token| !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron))
    })
}

/// Makes "provided that" at `at` what opens the condition, where the parser takes "provided" for
/// its verb: "will resign provided that the council agrees".
fn tie_proviso(tokens: &mut [TokenData], at: usize) {
    let that = at + 1;
    let place = tokens.get(at).filter(|token| {
        matches!(token.deprel.as_str(), "advcl" | "acl")
            && matches!(token.form.as_str(), "provided" | "providing")
    });
    let Some(above) = place.and_then(|_| verb_above(tokens, at)) else {
        return;
    };
    let condition = tokens
        .get(that)
        .filter(|token| token.form == "that" && token.deprel == "mark")
        .and_then(|token| token.head)
        .filter(|condition| *condition > that);
    let Some(condition) = condition else {
        return;
    };
    let is_told = tokens
        .get(condition)
        .is_some_and(|token| token.deprel == "ccomp" && token.head == Some(at));
    let has_ends = tokens.iter().any(|token| {
        token.head == Some(at) && matches!(token.deprel.as_str(), "nsubj" | "obj" | "obl:agent")
    });
    if !is_told || has_ends {
        return;
    }
    for token in tokens.iter_mut() {
        if token.head == Some(at) {
            token.head = Some(condition);
        }
    }
    hang(tokens, condition, above, "advcl");
    hang(tokens, at, condition, "mark");
    hang(tokens, that, at, "fixed");
}

#[cfg(test)]
mod tests {
    use super::put_right;
    use crate::text::EntityType;
    use crate::text::formed::sample::{changed_by, sentence};

    /// The words whose place in the tree a repair changed, where `people` are persons.
    fn changed(words: &str, people: &[usize]) -> Vec<String> {
        let mut tokens = sentence(words);
        for at in people {
            tokens[*at].entity_type = Some(EntityType::Person);
        }
        changed_by(tokens, |tokens| put_right(tokens, &[]))
    }

    #[test]
    fn a_weekday_after_the_subject_is_no_subject() {
        let words = "statement/NOUN/3/nsubj Tuesday/PROPN/3/nsubj said/VERB/0/root";
        assert_eq!(changed(words, &[]), ["Tuesday 3 obl:unmarked"]);
        let words = "A/DET/3/det statement/NOUN/3/compound Tuesday/PROPN/4/nsubj said/VERB/0/root";
        assert_eq!(
            changed(words, &[]),
            ["A 2 det", "statement 4 nsubj", "Tuesday 4 obl:unmarked"]
        );
        let words = "Monday/PROPN/2/nsubj marks/VERB/0/root it/PRON/2/obj";
        assert_eq!(changed(words, &[]), Vec::<String>::new());
    }

    #[test]
    fn a_verb_after_a_semicolon_is_no_participle_of_what_is_counted() {
        let words = "burned/VERB/0/root mills/NOUN/1/obj ;/PUNCT/6/punct damaged/VERB/6/amod \
                     13/NUM/6/nummod bridges/NOUN/2/conj";
        assert_eq!(
            changed(words, &[]),
            ["; 4 punct", "damaged 1 conj", "bridges 4 obj"]
        );
        let words = "burned/VERB/0/root damaged/VERB/3/amod bridges/NOUN/1/obj";
        assert_eq!(changed(words, &[]), Vec::<String>::new());
    }

    #[test]
    fn what_a_joined_verb_acts_on_is_its_object() {
        let words = "hurt/VERB/0/root 31/NUM/1/obj and/CCONJ/4/cc trapped/VERB/2/conj \
                     58/NUM/6/nummod others/NOUN/1/obj";
        let mut tokens = sentence(words);
        tokens[3].xpos = "VBD".to_owned();
        assert_eq!(
            changed_by(tokens, |tokens| put_right(tokens, &[])),
            ["trapped 1 conj", "others 4 obj"]
        );
        let words = "hurt/VERB/0/root 31/NUM/1/obj and/CCONJ/4/cc fled/VERB/1/conj \
                     and/CCONJ/6/cc others/NOUN/2/conj";
        let mut tokens = sentence(words);
        tokens[3].xpos = "VBD".to_owned();
        let changed = changed_by(tokens, |tokens| put_right(tokens, &[]));
        assert_eq!(changed, Vec::<String>::new());
    }

    #[test]
    fn shares_close_nothing_down() {
        let words = "closed/VERB/0/root down/ADP/1/compound:prt 17/NUM/4/nummod percent/NOUN/1/obj";
        let mut tokens = sentence(words);
        for (at, lemma) in ["close", "down", "17", "percent"].into_iter().enumerate() {
            tokens[at].lemma = lemma.to_owned();
        }
        assert_eq!(
            changed_by(tokens, |tokens| put_right(tokens, &[])),
            ["down 4 advmod", "percent 1 obl:unmarked"]
        );
    }

    #[test]
    fn a_weekday_after_the_verb_is_no_part_of_who_acts() {
        let words = "He/PRON/2/nsubj said/VERB/0/root Monday/PROPN/4/compound \
                     officials/NOUN/5/nsubj agree/VERB/2/ccomp";
        assert_eq!(changed(words, &[3]), ["Monday 2 obl:unmarked"]);
        let words = "He/PRON/2/nsubj said/VERB/0/root Friday/PROPN/4/compound \
                     prayers/NOUN/5/nsubj end/VERB/2/ccomp";
        assert_eq!(changed(words, &[]), Vec::<String>::new());
    }

    #[test]
    fn what_somebody_is_accused_of_belongs_to_the_verb() {
        let words = "They/PRON/2/nsubj accuse/VERB/0/root sailors/NOUN/2/obj of/ADP/5/mark \
                     arming/VERB/3/acl rebels/NOUN/5/obj while/SCONJ/8/mark using/VERB/2/advcl \
                     boats/NOUN/8/obj";
        assert_eq!(changed(words, &[]), ["arming 2 advcl", "using 5 advcl"]);
        let words = "They/PRON/2/nsubj know/VERB/0/root ways/NOUN/2/obj of/ADP/5/mark \
                     arming/VERB/3/acl rebels/NOUN/5/obj";
        assert_eq!(changed(words, &[]), Vec::<String>::new());
    }

    #[test]
    fn a_number_counts_the_things_and_not_the_name_before_them() {
        let words = "paid/VERB/0/root 12/NUM/3/nummod Orvela/PROPN/4/compound shares/NOUN/1/obj";
        assert_eq!(changed(words, &[]), ["12 4 nummod"]);
        let words = "won/VERB/0/root Formula/PROPN/4/compound 1/NUM/2/nummod races/NOUN/1/obj";
        assert_eq!(changed(words, &[]), Vec::<String>::new());
    }

    #[test]
    fn per_cent_is_one_unit() {
        let words = "It/PRON/2/nsubj fell/VERB/0/root 7/NUM/2/obl per/ADP/5/case cent/NOUN/3/nmod \
                     there/ADV/2/advmod";
        assert_eq!(
            changed(words, &[]),
            ["7 5 nummod", "per 5 compound", "cent 2 obl"]
        );
        let words = "It/PRON/2/nsubj fell/VERB/0/root 7/NUM/4/nummod per/NOUN/2/obl \
                     cent/NOUN/4/dep";
        assert_eq!(
            changed(words, &[]),
            ["7 5 nummod", "per 5 compound", "cent 2 obl"]
        );
    }

    #[test]
    fn provided_that_opens_a_condition() {
        let words = "He/PRON/2/nsubj resigns/VERB/0/root provided/VERB/2/advcl that/SCONJ/6/mark \
                     they/PRON/6/nsubj agree/VERB/3/ccomp";
        assert_eq!(
            changed(words, &[]),
            ["provided 6 mark", "that 3 fixed", "agree 2 advcl"]
        );
        let words = "He/PRON/2/nsubj sells/VERB/0/root boats/NOUN/2/obj provided/VERB/3/acl \
                     that/SCONJ/7/mark they/PRON/7/nsubj agree/VERB/4/ccomp";
        assert_eq!(
            changed(words, &[]),
            ["provided 7 mark", "that 4 fixed", "agree 2 advcl"]
        );
    }
}
