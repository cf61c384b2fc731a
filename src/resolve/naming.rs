//! Which words of a sentence make a proper name.
//!
//! Names are read off the tree: the head with what hangs on it like a name, without the titles
//! before it and what is put after it. Knows nothing of what the names mean.

use super::name;
use super::words;
use crate::base::Id;
use crate::text::{
    Document, EntityType, MentionForm, NameType, SentenceForm, Token, TokenId, Upos,
};

/// Acronyms that are no names.
const COMMON_ACRONYMS: [&str; 20] = [
    "TV", "CD", "DVD", "PC", "ID", "DNA", "AM", "PM", "CEO", "CFO", "CTO", "MP", "VIP", "PR", "IT",
    "AI", "ATM", "GDP", "SUV", "PHD",
];

/// The tokens of the proper name that `head` heads, in order of the text; none if it heads none.
pub(super) fn name_tokens<'d>(
    document: &'d Document,
    head: Token<'d>,
    mention: Option<MentionForm>,
    is_person: bool,
) -> Vec<Token<'d>> {
    if let Some(place) = place_called(head) {
        return name_tokens(document, place, Some(MentionForm::Name), false);
    }
    let is_noun = matches!(head.upos(), Upos::Noun | Upos::Adj | Upos::Verb);
    let spelled_in_capitals = name::is_acronym(head.text())
        && matches!(head.upos(), Upos::Noun | Upos::X)
        && !COMMON_ACRONYMS.contains(&head.text());
    if spelled_in_capitals {
        return vec![head];
    }
    // "mayor Ada Lovelace" with the name hanging flat on the noun.
    if is_noun || is_bare_title(head) {
        let named = head
            .children()
            .find(|child| child.relation() == "flat" && child.upos() == Upos::Propn);
        let called =
            is_capitalised(head) && (mention == Some(MentionForm::Name) || ends_tagged_name(head));
        if let Some(named) = named
            && !is_capitalised(head)
        {
            let mut found = Vec::new();
            for child in head.children() {
                if child.relation() == "flat" && child.id() >= named.id() && !is_credit(child) {
                    collect_name(child, is_person, &mut found);
                }
            }
            return contiguous(document, named, found);
        }
        if !called || is_bare_title(head) {
            return Vec::new();
        }
    } else if is_rank(head) || head.upos() != Upos::Propn && mention != Some(MentionForm::Name) {
        return Vec::new();
    }
    let lettered = head.text().chars().any(char::is_alphabetic)
        && (has_capital(head) || is_article_of_name(head));
    if !lettered || is_calendar_word(head) || are_counted(head) {
        return Vec::new();
    }
    let mut found = Vec::new();
    collect_name(head, is_person, &mut found);
    let tagged = tagged_name(head);
    found.extend(tagged.iter().copied());
    let mut name = contiguous(document, head, found);
    while name.len() > 1 {
        let Some(first) = name.first().copied() else {
            break;
        };
        // "Duke University" is no university of a duke.
        let of_body = !is_person && tagged.contains(&first);
        let is_title = words::title(first.text()).is_some_and(|title| title.only)
            || (first != head && is_person && words::title(first.text()).is_some())
            || (first != head && !of_body && !is_bare_title(head) && is_title_before(first));
        let is_lower_word =
            first != head && !is_capitalised(first) && !first.text().starts_with(char::is_numeric);
        // The capital of the first word of a sentence says nothing: "Carmaker Acme Motors".
        let begins = first.position() == 0
            && first.xpos() == "NN"
            && tagged.first() == name.get(1)
            && !words::is_body(&first.text().to_lowercase());
        if is_title || is_lower_word || begins {
            name.remove(0);
        } else {
            break;
        }
    }
    while name.len() > 1
        && name.last().is_some_and(|last| {
            matches!(last.upos(), Upos::Punct | Upos::Adp | Upos::Cconj)
                || (*last != head && is_credit(*last))
                || (*last != head && !tagged.is_empty() && is_score(*last, &tagged))
        })
    {
        name.pop();
    }
    name
}

/// What a place is called by the phrase after it: "Bergen" of "the town of Bergen".
fn place_called(head: Token<'_>) -> Option<Token<'_>> {
    let is_class = head.upos() == Upos::Noun && words::is_place_noun(head.text());
    head.children().find(|child| {
        is_class
            && child.deprel() == "nmod"
            && child.upos() == Upos::Propn
            && child.entity_type() == Some(EntityType::Place)
            && child
                .children()
                .any(|case| case.relation() == "case" && case.text() == "of")
    })
}

/// The tokens of the name that the tagger sees around `head`, if the tree makes `head` a head in
/// it: where the tree takes a name apart, the tagger holds it together.
fn tagged_name(head: Token<'_>) -> Vec<Token<'_>> {
    let index = head.id().index();
    let around = head
        .sentence()
        .mentions()
        .find(|mention| mention.name_type().is_some() && mention.token_range().contains(&index));
    let Some(around) = around else {
        return Vec::new();
    };
    let range = around.token_range();
    let leaves = head
        .head()
        .is_none_or(|above| !range.contains(&above.id().index()));
    if leaves {
        around.tokens().collect()
    } else {
        Vec::new()
    }
}

/// Whether `head` is the class word of the name of a body that the tagger sees only before it:
/// "Company" of "the Harbour Shipping Company". In headings all words are written so.
fn ends_tagged_name(head: Token<'_>) -> bool {
    let before = head.id().index().checked_sub(1);
    let before = before.and_then(|before| head.document().token(TokenId::from_index(before)));
    let compound = |before: &Token<'_>| {
        before.relation() == "compound"
            && before.upos() == Upos::Propn
            && before.head().is_some_and(|above| above == head)
            && before.sentence().mentions().any(|mention| {
                mention.name_type() == Some(NameType::Organization)
                    && mention.token_range().contains(&before.id().index())
            })
    };
    head.upos() == Upos::Noun
        && head.entity_type() == Some(EntityType::Organization)
        && head.sentence().form() != SentenceForm::Heading
        && before.as_ref().is_some_and(compound)
}

/// "Sweden 1": a number after a name that the tagger does not count to the name.
fn is_score(token: Token<'_>, tagged: &[Token<'_>]) -> bool {
    // "TF 62" is a name, "Sweden 1" is not.
    let before = token.id().index().checked_sub(1);
    let before = before.and_then(|before| token.document().token(TokenId::from_index(before)));
    let numbered = before.is_some_and(|before| {
        let acronym = name::is_acronym(before.text()) && tagged.len() == 1;
        token.text().len() > 1 && acronym || is_number_of(token, before)
    });
    token.upos() == Upos::Num && !tagged.contains(&token) && !numbered
}

/// Whether `number` after the last word `last` of the name of a body belongs to the name: "Air
/// Flight 447", but not "Harbour Giants 89, Valley Bulls 77".
fn is_number_of(number: Token<'_>, last: Token<'_>) -> bool {
    let next = TokenId::from_index(number.id().index() + 1);
    let next = number
        .document()
        .token(next)
        .filter(|next| next.sentence().id() == number.sentence().id());
    let scores = next.is_some_and(|next| {
        matches!(next.upos(), Upos::Num | Upos::Propn)
            || matches!(next.text(), "-" | "–" | ":" | ",")
    });
    let of_body = number.text().len() > 1
        && number.sentence().mentions().any(|mention| {
            mention.name_type() == Some(NameType::Organization)
                && mention.token_range().contains(&last.id().index())
        });
    let of_numbered = NUMBERED.contains(&last.text());
    (of_body || of_numbered) && !scores && number.relation() == "flat"
}

/// Classes of things of which each has a number: "Ward 3".
const NUMBERED: [&str; 24] = [
    "Area",
    "Article",
    "Block",
    "Building",
    "Camp",
    "Channel",
    "District",
    "Flight",
    "Gate",
    "Highway",
    "Level",
    "Line",
    "Pier",
    "Platform",
    "Precinct",
    "Reactor",
    "Region",
    "Resolution",
    "Route",
    "Sector",
    "Terminal",
    "Unit",
    "Ward",
    "Zone",
];

/// Whether `token` is a number that says which: "3rd".
fn is_ordinal(token: Token<'_>) -> bool {
    token
        .text()
        .starts_with(|letter: char| letter.is_ascii_digit())
        && ["st", "nd", "rd", "th"]
            .iter()
            .any(|ending| token.text().ends_with(ending))
}

/// "Image: Ada Lovelace" after a caption: the word before the colon goes with what follows.
fn is_credit(token: Token<'_>) -> bool {
    let next = TokenId::from_index(token.id().index() + 1);
    matches!(
        token.text(),
        "Image" | "Photo" | "Photograph" | "Picture" | "Video" | "Credit" | "File" | "Source"
    ) && token
        .document()
        .token(next)
        .is_some_and(|next| next.text() == ":")
}

/// Days and months are written like names.
fn is_calendar_word(token: Token<'_>) -> bool {
    let before_number = || {
        let next = TokenId::from_index(token.id().index() + 1);
        let next = token.document().token(next);
        next.is_some_and(|next| next.upos() == Upos::Num)
    };
    if token.text() == "May" {
        return before_number();
    }
    matches!(
        token.text(),
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "January"
            | "February"
            | "March"
            | "April"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
    )
}

/// Whether `head` are several of a name, counted: "100,000 Greeks" are not all of them. A number that
/// is written like a name is part of one: "the Three Rivers".
fn are_counted(head: Token<'_>) -> bool {
    let plural = head.feature("Number") == Some("Plur") || head.xpos() == "NNPS";
    plural
        && head.children().any(|number| {
            let named = is_capitalised(number) && number.position() > 1;
            number.relation() == "nummod" && number.id() < head.id() && !named
        })
}

/// Whether `head` is the article that an Arabic surname begins with: "al" of "al-Tamimi".
fn is_article_of_name(head: Token<'_>) -> bool {
    let follows = |steps: usize| {
        let id = TokenId::from_index(head.id().index() + steps);
        let next = head.document().token(id);
        next.filter(|next| next.sentence().id() == head.sentence().id())
    };
    matches!(
        head.text(),
        "al" | "el" | "as" | "ad" | "ar" | "an" | "ash" | "at" | "az"
    ) && follows(1)
        .is_some_and(|hyphen| hyphen.text() == "-" && hyphen.span().start() == head.span().end())
        && follows(2).is_some_and(is_capitalised)
}

fn has_capital(token: Token<'_>) -> bool {
    token.text().chars().any(char::is_uppercase)
}

/// Whether `token` is an office written like a name: "Prime Minister", "Secretary of State".
fn is_bare_title(token: Token<'_>) -> bool {
    words::title(token.lemma()).is_some_and(|title| !title.only)
        && !token
            .children()
            .any(|child| child.relation() == "flat" && child.upos() == Upos::Propn)
}

/// Whether `token` is an abbreviated rank before a name: "Gen." of "Lt. Gen. Ada Lovelace".
fn is_rank(token: Token<'_>) -> bool {
    token.deprel() == "nmod:desc"
        && token.text().ends_with('.')
        && words::title(token.text()).is_some_and(|title| title.only)
}

fn is_title_before(token: Token<'_>) -> bool {
    let titled = words::title(token.text()).is_some();
    titled && matches!(token.deprel(), "compound" | "nmod:desc" | "amod")
}

/// Adds `token` and what makes one name with it. A person's name has no phrase after it, and a
/// name goes on in a conjunct only deep within ("Ministry of Trade and Industry").
fn collect_name<'d>(token: Token<'d>, is_person: bool, found: &mut Vec<Token<'d>>) {
    let deep = !found.is_empty();
    found.push(token);
    for child in token.children() {
        let part = match child.deprel() {
            "flat" | "flat:name" | "fixed" | "goeswith" => true,
            "compound" | "amod" | "nummod" | "compound:prt" => {
                has_capital(child) || is_number_in(child, token) || !is_person && is_ordinal(child)
            }
            "nmod" | "nmod:unmarked" => {
                !is_person && is_capitalised(child) && child.children().all(joins_in_name)
            }
            "conj" => deep && is_capitalised(child),
            "punct" => child.text() == "-" || child.text() == "–" || child.text() == "'",
            _ => false,
        };
        if part {
            collect_name(child, is_person, found);
            if child.relation() == "nmod" || child.relation() == "conj" {
                for inner in child.children() {
                    if matches!(inner.relation(), "case" | "det" | "cc") && !found.contains(&inner)
                    {
                        found.push(inner);
                    }
                }
            }
        }
    }
}

/// Whether the number `number` at `token` belongs to a name. What counts things does not: "0.12 Acme
/// shares", "1,700 Leghorn eggs".
fn is_number_in(number: Token<'_>, token: Token<'_>) -> bool {
    let before = number.id() < token.id();
    let parts = number.text().contains(['.', ',']);
    let counts = before && (parts || token.relation() == "compound");
    number.upos() == Upos::Num && !counts
}

/// Whether a dependent leaves a prepositional phrase part of a name: "of Human Rights" does, "in
/// Homs, where …" does not.
fn joins_in_name(inner: Token<'_>) -> bool {
    match inner.relation() {
        "case" => matches!(
            inner.form().to_lowercase().as_str(),
            "of" | "for" | "and" | "on" | "de" | "to" | "against"
        ),
        "compound" | "amod" | "flat" | "det" | "conj" | "cc" | "nmod" | "nummod" => true,
        _ => false,
    }
}

/// Of `found`, the stretch without gaps around `head`.
fn contiguous<'d>(
    document: &'d Document,
    head: Token<'d>,
    mut found: Vec<Token<'d>>,
) -> Vec<Token<'d>> {
    found.sort_by_key(|token| token.id());
    found.dedup_by_key(|token| token.id());
    let has = |index: usize| {
        let id = TokenId::from_index(index);
        found.binary_search_by_key(&id, |token| token.id()).is_ok()
    };
    let (mut first, mut last) = (head.id().index(), head.id().index());
    while first > 0 && has(first - 1) {
        first -= 1;
    }
    loop {
        if has(last + 1) {
            last += 1;
        } else if let Some(reach) = arabic_part(document, last) {
            last = reach;
        } else {
            break;
        }
    }
    (first..=last)
        .filter_map(|index| document.token(TokenId::from_index(index)))
        .collect()
}

/// Where a part such as "al-Hadath" that goes on with a name ends, whatever the tree says of it.
fn arabic_part(document: &Document, last: usize) -> Option<usize> {
    let token = |index: usize| document.token(TokenId::from_index(index));
    let before = token(last)?;
    let article = token(last + 1)?;
    let joined = article.text().to_lowercase();
    let same_sentence = before.sentence().id() == article.sentence().id();
    if !same_sentence || before.span().end() + 1 != article.span().start() {
        return None;
    }
    if ["al-", "el-", "as-", "ad-", "ar-"]
        .iter()
        .any(|start| joined.starts_with(start) && joined.len() > start.len())
    {
        return Some(last + 1);
    }
    let hyphen = token(last + 2)?;
    let name = token(last + 3)?;
    let written_together =
        article.span().end() == hyphen.span().start() && hyphen.span().end() == name.span().start();
    (matches!(joined.as_str(), "al" | "el")
        && hyphen.text() == "-"
        && written_together
        && is_capitalised(name))
    .then_some(last + 3)
}

fn is_capitalised(token: Token<'_>) -> bool {
    token.text().starts_with(|first: char| first.is_uppercase())
}
