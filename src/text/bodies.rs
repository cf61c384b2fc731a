//! Names that the words around them show to be those of organizations: what has shares and a chief
//! executive is no person and no town.
//!
//! A tagger that has not met the name of a company takes it for a surname or a place. Certain
//! constructions tell, and so does the longer name it is short for: "Halvorsen" beside "Halvorsen
//! ASA".

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::agreement::Tagged;
use super::document::{TokenData, Upos};
use super::firms::is_legal_form;
use super::mention::head_of;
use super::words::{ends_firm, is_country};

/// What the places of one name tell of it.
#[derive(Debug, Default)]
struct Signs {
    /// It is called a company, or leads a life as one.
    body: u32,
    /// It is called what companies are, and some people.
    trade: u32,
    /// It is owned as companies are; places now and then: "shares in Tokyo fell".
    owned: u32,
    /// An organization may well stand so, a person hardly.
    perhaps: u32,
    /// Firms stand so, and persons; places do not.
    employs: u32,
    /// Only a person stands so.
    person: u32,
    /// Only a place stands so.
    place: u32,
}

/// The names that are those of organizations, whatever the tagger takes them for. `votes` holds all
/// names of the document with how often each was taken for a person, an organization, a place.
pub(super) fn bodies(sentences: &[Tagged], votes: &BTreeMap<String, [u32; 3]>) -> BTreeSet<String> {
    let mut signs: BTreeMap<String, Signs> = BTreeMap::new();
    for sentence in sentences {
        let lone = (0..sentence.tokens.len()).filter(|at| sentence.is_lone(*at));
        let lone = lone.map(|at| at..at + 1);
        let names = sentence.names.iter().map(|name| name.tokens.clone());
        for tokens in names.chain(lone) {
            if let Some(key) = sentence.name(&tokens) {
                look(&sentence.tokens, &tokens, signs.entry(key).or_default());
            }
        }
    }
    let mut longer: BTreeMap<&str, Vec<Longer<'_>>> = BTreeMap::new();
    for (name, votes) in votes {
        if let (Some((first, _)), Some((_, last))) = (name.split_once(' '), name.rsplit_once(' ')) {
            for word in BTreeSet::from([first, last]) {
                longer.entry(word).or_default().push((name, votes));
            }
        }
    }
    let mut found: BTreeSet<String> = BTreeSet::new();
    for (name, signs) in &signs {
        let [people, bodies, places] = votes.get(name).copied().unwrap_or_default();
        let person = people > bodies && people > places;
        let place = places > people && places > bodies;
        let last = name.rsplit_once(' ').map(|(_, last)| last);
        let legal = last.is_some_and(is_legal_form);
        let firm = !person && last.is_some_and(ends_firm);
        let trade = if people == 0 { signs.trade } else { 0 };
        // What is taken for a place needs more than one sign, and none of a place.
        let owned = signs.owned > 0 && (!place || signs.owned > 1 && signs.place == 0);
        let certain = signs.body + trade;
        let sure = certain > 0 || owned;
        let shown = sure && signs.person == 0 && certain + signs.owned >= signs.place;
        let others = signs.perhaps + signs.owned;
        let employs = place && signs.employs > 0 && others > 0 && signs.place == 0;
        if (legal || firm || shown || employs) && !is_country(name) {
            found.insert(name.clone());
        }
    }
    let short: Vec<String> = signs
        .iter()
        .filter(|(name, signs)| {
            let longer = longer.get(name.as_str()).map_or(&[][..], Vec::as_slice);
            let votes = votes.get(*name).copied().unwrap_or_default();
            !name.contains(' ')
                && !is_country(name)
                && shortens_body(name, signs, votes, longer, &found)
        })
        .map(|(name, _)| name.clone())
        .collect();
    found.extend(short);
    found
}

/// A name of several words, and how often it was taken for a person, an organization, a place.
type Longer<'v> = (&'v String, &'v [u32; 3]);

/// Whether `name` is the first word of the name of an organization and of no other name; `longer`
/// are those that begin or end with it.
fn shortens_body(
    name: &str,
    signs: &Signs,
    [person, organization, place]: [u32; 3],
    longer: &[Longer<'_>],
    bodies: &BTreeSet<String>,
) -> bool {
    let is_place = place > person && place > organization;
    let fits = |(longer, [person, organization, place]): &Longer<'_>| {
        let rest = longer.strip_prefix(name).unwrap_or_default();
        let firm = !rest.is_empty() && rest.split_whitespace().all(ends_firm);
        let body = bodies.contains(*longer) || (organization > person && organization > place);
        // "Aleppo" is no short form of "Aleppo University".
        let told = firm || (signs.perhaps > 0 && !is_place);
        longer.starts_with(name) && body && told
    };
    !longer.is_empty() && longer.iter().all(fits) && signs.person == 0 && signs.place == 0
}

/// What a company has, and nobody and nowhere else: "shares in Acme", "Acme shares".
const OWNED: [&str; 6] = [
    "share",
    "shareholder",
    "stake",
    "stock",
    "stockholder",
    "subsidiary",
];

/// What companies do and say that they will do: "Acme said it would buy".
const DEEDS: [&str; 22] = [
    "acquire",
    "appeal",
    "bid",
    "buy",
    "close",
    "cut",
    "employ",
    "expect",
    "hire",
    "intend",
    "invest",
    "issue",
    "launch",
    "manufacture",
    "merge",
    "open",
    "own",
    "plan",
    "produce",
    "seek",
    "sell",
    "supply",
];

/// What only companies are.
const FIRMS: [&str; 13] = [
    "airline",
    "automaker",
    "bank",
    "carmaker",
    "company",
    "conglomerate",
    "corporation",
    "drugmaker",
    "firm",
    "refiner",
    "shipbuilder",
    "startup",
    "steelmaker",
];

/// What companies are, and some people.
const TRADES: [&str; 14] = [
    "brewer",
    "broadcaster",
    "contractor",
    "developer",
    "exporter",
    "importer",
    "insurer",
    "lender",
    "manufacturer",
    "operator",
    "publisher",
    "retailer",
    "subsidiary",
    "supplier",
];

/// Who and what a place has: "the mayor of Boston".
const LOCAL: [&str; 14] = [
    "centre",
    "center",
    "citizen",
    "city",
    "district",
    "governor",
    "inhabitant",
    "mayor",
    "outskirts",
    "resident",
    "street",
    "suburb",
    "town",
    "village",
];

/// Prepositions of place.
const PLACING: [&str; 12] = [
    "in",
    "near",
    "around",
    "outside",
    "across",
    "at",
    "inside",
    "throughout",
    "to",
    "from",
    "into",
    "through",
];

/// Adds what the words around the name at `name` tell of it.
fn look(tokens: &[TokenData], name: &Range<usize>, signs: &mut Signs) {
    let Some(at) = head_of(tokens, name) else {
        return;
    };
    let Some(head) = tokens.get(at) else {
        return;
    };
    let above = head.head.and_then(|above| tokens.get(above));
    let relation = head.deprel.as_str();
    let on = |of: usize| tokens.iter().filter(move |token| token.head == Some(of));
    let titled = on(at).any(|token| {
        token.deprel == "nmod:desc"
            && token.span < head.span
            && token.form.starts_with(char::is_uppercase)
    });
    signs.person += u32::from(titled && head.upos == Upos::Propn);
    let called = |nouns: &[&str]| {
        let one = |token: &TokenData| nouns.contains(&token.lemma.as_str());
        on(at).any(|beside| beside.deprel == "appos" && one(beside))
            || above.is_some_and(|above| {
                let is_one = relation == "nsubj"
                    && head
                        .head
                        .is_some_and(|of| on(of).any(|cop| cop.deprel == "cop"));
                let beside = relation == "appos" && head.head.map(|of| of + 1) == Some(name.start);
                one(above) && (is_one || beside)
            })
    };
    signs.body += u32::from(called(&FIRMS));
    signs.trade += u32::from(called(&TRADES));
    let case = on(at).find(|token| token.deprel == "case" && token.span < head.span);
    let case = case
        .map(|case| case.form.to_lowercase())
        .unwrap_or_default();
    let noun = above.filter(|above| above.upos == Upos::Noun);
    let chief = |at: Option<usize>, token: &TokenData| {
        token.lemma.eq_ignore_ascii_case("ceo")
            || token.lemma == "executive"
                && at.is_some_and(|at| on(at).any(|word| word.form.eq_ignore_ascii_case("chief")))
    };
    let owned = noun.is_some_and(|noun| {
        // A browser has a share of the market, too.
        let shares = noun.lemma != "share" || noun.form.eq_ignore_ascii_case("shares");
        let of_firm = OWNED.contains(&noun.lemma.as_str()) && shares;
        let led = chief(head.head, noun);
        match relation {
            "compound" => of_firm || led,
            "nmod:poss" => {
                matches!(
                    noun.lemma.as_str(),
                    "shareholder" | "stockholder" | "subsidiary"
                ) || led
            }
            "nmod" => {
                case == "in" && shares && matches!(noun.lemma.as_str(), "share" | "stake")
                    || case == "of" && led
            }
            _ => false,
        }
    });
    signs.owned += u32::from(owned);
    let local = noun.is_some_and(|noun| LOCAL.contains(&noun.lemma.as_str()));
    let of_place = local && (case == "of" || matches!(relation, "nmod:poss" | "compound"));
    signs.place += u32::from(!owned && PLACING.contains(&case.as_str()) || of_place);
    let Some(verb) = head
        .head
        .zip(above)
        .filter(|(_, above)| above.upos == Upos::Verb)
    else {
        return;
    };
    let (verb_at, verb) = verb;
    match relation {
        "nsubj" => {
            let mut objects = tokens
                .iter()
                .enumerate()
                .filter(|(_, token)| token.head == Some(verb_at) && token.deprel == "obj");
            let leads = verb.lemma == "have" && objects.any(|(at, token)| chief(Some(at), token));
            signs.body += u32::from(leads);
            let of_itself = tokens.iter().enumerate().any(|(told, token)| {
                token.head == Some(verb_at)
                    && token.deprel == "ccomp"
                    && DEEDS.contains(&token.lemma.as_str())
                    && on(told).any(|subject| {
                        subject.deprel == "nsubj" && subject.form.eq_ignore_ascii_case("it")
                    })
            });
            signs.perhaps += u32::from(of_itself);
            signs.employs += u32::from(verb.lemma == "employ");
        }
        "obj" | "nsubj:pass" => {
            signs.perhaps += u32::from(matches!(
                verb.lemma.as_str(),
                "acquire" | "buy" | "sell" | "own"
            ));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::formed::sample::sentence;
    use super::bodies;
    use crate::base::Span;
    use crate::text::agreement::Tagged;
    use crate::text::mention::NameSpan;
    use crate::text::{NameType, SentenceForm};

    fn tagged(words: &str, name: std::ops::Range<usize>, name_type: NameType) -> Tagged {
        let mut tokens = sentence(words);
        for token in &mut tokens {
            token.lemma = match token.form.as_str() {
                "shares" => "share".to_owned(),
                "said" => "say".to_owned(),
                _ => token.form.to_lowercase(),
            };
        }
        Tagged {
            span: Span::new(0, 1),
            paragraph: 0,
            form: SentenceForm::Prose,
            tokens,
            names: vec![NameSpan {
                tokens: name,
                name_type,
            }],
        }
    }

    fn found(sentences: &[Tagged]) -> Vec<String> {
        let mut votes: BTreeMap<String, [u32; 3]> = BTreeMap::new();
        for sentence in sentences {
            for name in &sentence.names {
                let key = sentence.name(&name.tokens).unwrap();
                let [person, organization, place] = votes.entry(key).or_default();
                match name.name_type {
                    NameType::Person => *person += 1,
                    NameType::Organization => *organization += 1,
                    NameType::Place => *place += 1,
                }
            }
        }
        bodies(sentences, &votes).into_iter().collect()
    }

    #[test]
    fn what_has_shares_is_a_body() {
        let shares = "Orvela/PROPN/2/compound shares/NOUN/3/nsubj fell/VERB/0/root";
        assert_eq!(found(&[tagged(shares, 0..1, NameType::Person)]), ["Orvela"]);
        // One sign alone may be said of a town: "shares in Tokyo fell".
        let stake = || {
            let words = "stake/NOUN/0/root in/ADP/3/case Orvela/PROPN/1/nmod";
            tagged(words, 2..3, NameType::Place)
        };
        assert!(found(&[stake()]).is_empty());
        assert_eq!(found(&[stake(), stake()]), ["Orvela"]);
        let mayor = "mayor/NOUN/0/root of/ADP/3/case Orvela/PROPN/1/nmod";
        let mayor = tagged(mayor, 2..3, NameType::Place);
        assert!(found(&[stake(), stake(), mayor]).is_empty());
        let left = "Orvela/PROPN/2/nsubj left/VERB/0/root";
        assert!(found(&[tagged(left, 0..1, NameType::Person)]).is_empty());
        let country = "stake/NOUN/0/root in/ADP/3/case Norway/PROPN/1/nmod";
        assert!(found(&[tagged(country, 2..3, NameType::Place)]).is_empty());
    }

    #[test]
    fn what_is_called_a_firm_or_employs_people_is_a_body() {
        let cases = [
            (
                "a/DET/2/det firm/NOUN/4/nsubj Orvela/PROPN/2/appos left/VERB/0/root",
                2,
                true,
            ),
            (
                "the/DET/2/det nurse/NOUN/4/nsubj Orvela/PROPN/2/appos left/VERB/0/root",
                2,
                false,
            ),
            (
                "Orvela/PROPN/4/nsubj ,/PUNCT/3/punct insurer/NOUN/1/appos left/VERB/0/root",
                0,
                true,
            ),
            (
                "Orvela/PROPN/4/nsubj is/AUX/4/cop a/DET/4/det bank/NOUN/0/root",
                0,
                true,
            ),
            (
                "Orvela/PROPN/2/nsubj employ/VERB/0/root Ada/PROPN/2/obj",
                0,
                false,
            ),
            (
                "Orvela/PROPN/2/nsubj love/VERB/0/root Ada/PROPN/2/obj",
                0,
                false,
            ),
        ];
        for (words, at, wanted) in cases {
            let found = found(&[tagged(words, at..at + 1, NameType::Place)]);
            assert_eq!(found.contains(&"Orvela".to_owned()), wanted, "{words}");
        }
        // A publisher may be a person.
        let words = "Orvela/PROPN/4/nsubj is/AUX/4/cop a/DET/4/det publisher/NOUN/0/root";
        assert!(found(&[tagged(words, 0..1, NameType::Person)]).is_empty());
        assert_eq!(found(&[tagged(words, 0..1, NameType::Place)]), ["Orvela"]);
    }

    #[test]
    fn the_first_word_of_a_firm_is_the_firm_unless_it_is_somebody_or_a_place() {
        let firm = || {
            let words = "Orvela/PROPN/2/compound Motors/PROPN/3/nsubj left/VERB/0/root";
            tagged(words, 0..2, NameType::Organization)
        };
        let short = |name_type| tagged("Orvela/PROPN/2/nsubj left/VERB/0/root", 0..1, name_type);
        let both = ["Orvela", "Orvela Motors"];
        assert_eq!(found(&[firm(), short(NameType::Person)]), both);
        assert_eq!(found(&[firm(), short(NameType::Place)]), both);
        let somebody = tagged(
            "Ada/PROPN/3/nsubj Orvela/PROPN/1/flat left/VERB/0/root",
            0..2,
            NameType::Person,
        );
        assert_eq!(
            found(&[firm(), short(NameType::Person), somebody]),
            ["Orvela Motors"]
        );
        let somewhere = tagged(
            "She/PRON/2/nsubj slept/VERB/0/root in/ADP/4/case Orvela/PROPN/2/obl",
            3..4,
            NameType::Place,
        );
        assert_eq!(
            found(&[firm(), short(NameType::Place), somewhere]),
            ["Orvela Motors"]
        );
    }

    #[test]
    fn what_says_what_it_intends_is_the_body_whose_name_it_shortens() {
        let full = "Orvela/PROPN/2/compound Werke/PROPN/3/nsubj left/VERB/0/root";
        let full = tagged(full, 0..2, NameType::Organization);
        let says = "Orvela/PROPN/2/nsubj deny/VERB/0/root it/PRON/4/nsubj intend/VERB/2/ccomp";
        let says = tagged(says, 0..1, NameType::Person);
        assert_eq!(found(&[full, says]), ["Orvela"]);
    }

    #[test]
    fn what_was_sold_is_the_body_whose_name_it_shortens() {
        let full = || {
            let words = "Orvela/PROPN/2/compound Werke/PROPN/3/nsubj left/VERB/0/root";
            tagged(words, 0..2, NameType::Organization)
        };
        let sold = "Ada/PROPN/2/nsubj buy/VERB/0/root Orvela/PROPN/2/obj";
        assert_eq!(
            found(&[full(), tagged(sold, 2..3, NameType::Person)]),
            ["Orvela"]
        );
        let left = "Orvela/PROPN/2/nsubj left/VERB/0/root";
        assert!(found(&[full(), tagged(left, 0..1, NameType::Person)]).is_empty());
    }
}
