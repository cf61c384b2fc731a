//! Names of firms and places that their form shows to be one: "Halvorsen ASA", "Crowe & Templeton",
//! "Cobb's Landing".

use super::document::Upos;
use super::formed::{Formed, Words};
use super::kinds::NameType;
use super::words::is_given_name;

/// What the law calls a company, as names of companies end in it.
const LEGAL_FORMS: [&str; 38] = [
    "AB",
    "AG",
    "AS",
    "ASA",
    "A/S",
    "ApS",
    "BV",
    "B.V.",
    "Corp",
    "Corp.",
    "GmbH",
    "Inc",
    "Inc.",
    "KG",
    "KGaA",
    "LLC",
    "LLP",
    "Limited",
    "Ltd",
    "Ltd.",
    "NV",
    "N.V.",
    "Oy",
    "Oyj",
    "PLC",
    "Plc",
    "plc",
    "Pty",
    "SA",
    "S.A.",
    "SE",
    "SpA",
    "S.p.A.",
    "SRL",
    "Srl",
    "SAS",
    "Incorporated",
    "SARL",
];

/// Whether `form` says that the name it ends is a company's.
pub(super) fn is_legal_form(form: &str) -> bool {
    LEGAL_FORMS.contains(&form)
}

/// "Halvorsen ASA": capitals that end in what the law calls a company.
pub(super) fn incorporated(words: Words<'_>, start: usize) -> Option<Formed> {
    let plain = |at: usize| {
        words.part_of_name(at)
            && words
                .token(at)
                .is_some_and(|token| token.upos != Upos::Adj || words.name_holding(at).is_some())
    };
    if !plain(start) || is_legal_form(words.form(start)) || !words.prose() {
        return None;
    }
    let mut end = start + 1;
    while end <= start + LONGEST_FIRM && !is_legal_form(words.form(end)) && plain(end) {
        end += 1;
    }
    let begun = words
        .name_holding(start)
        .is_some_and(|name| name.tokens.start < start);
    // Another name that ends within would be somebody's of the firm: "Hadi Acme SA" is none.
    let parted = (start + 1..end).any(|at| {
        words
            .name_holding(at)
            .is_some_and(|name| name.tokens.start > start)
    });
    let legal = is_legal_form(words.form(end));
    (legal && !begun && !parted).then(|| Formed::new(start..end + 1, NameType::Organization))
}

/// How many words with capitals may stand before what the law calls a company.
const LONGEST_FIRM: usize = 4;

/// "Crowe & Templeton": two names that the sign joins.
pub(super) fn partners(words: Words<'_>, start: usize) -> Option<Formed> {
    let and = words.run(start);
    if and <= start || words.form(and) != "&" || !words.prose() {
        return None;
    }
    let end = words.run(and + 1);
    if end <= and + 1 {
        return None;
    }
    let before = start.checked_sub(1);
    // "Miller, Crowe & Templeton" has three parts, "Mr. & Mrs. Crowe" is no firm, nor is "R&D".
    let listed = before.is_some_and(|before| {
        words.form(before) == "," && words.part_of_name(before.saturating_sub(1))
    });
    let begun = before.is_some_and(|before| words.part_of_name(before))
        || words
            .name_holding(start)
            .is_some_and(|name| name.tokens.start < start);
    let titled = words.form(and - 1).ends_with('.');
    let letters = words.form(and - 1).len() == 1 && words.form(and + 1).len() == 1;
    // "Ada Vos & Ben", "Ben & Carla"
    let somebody = |at: usize, end: usize| {
        let whole = words.name_holding(at).is_some_and(|name| {
            name.name_type == NameType::Person
                && name.tokens.len() > 1
                && !name.tokens.contains(&and)
        });
        whole || end == at + 1 && is_given_name(words.form(at))
    };
    let places = |at: usize| {
        words
            .name_holding(at)
            .is_some_and(|name| name.name_type == NameType::Place)
    };
    let persons = somebody(start, and) || somebody(and + 1, end);
    let name_type = if places(start) && places(and + 1) {
        NameType::Place
    } else {
        NameType::Organization
    };
    (!listed && !begun && !titled && !letters && !persons)
        .then(|| Formed::new(start..end, name_type))
}

/// Classes of small places that are called after somebody.
const LANDINGS: [&str; 30] = [
    "Bay", "Bluff", "Bridge", "Corner", "Corners", "Cove", "Creek", "Crossing", "Farm", "Ferry",
    "Ford", "Gap", "Green", "Grove", "Harbor", "Harbour", "Hill", "Hollow", "Island", "Key",
    "Landing", "Ledge", "Mill", "Mills", "Pass", "Point", "Pond", "Ridge", "Rock", "Wharf",
];

/// "Cobb's Landing": a place called after somebody, by the bare word for what it is.
pub(super) fn landing(words: Words<'_>, start: usize) -> Option<Formed> {
    let owner = words.token(start)?;
    let after = start + 1;
    let possessive = matches!(words.form(after), "'s" | "’s") && words.glued(after);
    let class = after + 1;
    let whole = LANDINGS.contains(&words.form(class)) && !words.capital(class + 1);
    let begun = start
        .checked_sub(1)
        .is_some_and(|before| words.part_of_name(before) || words.form(before) == "the");
    let proper = owner.upos == Upos::Propn && words.capital(start);
    (proper && possessive && whole && !begun && words.prose())
        .then(|| Formed::new(start..class + 1, NameType::Place))
}

#[cfg(test)]
mod tests {
    use super::super::formed::formed_at;
    use super::super::formed::sample::sentence;
    use crate::text::NameType::{self, Organization, Person, Place};
    use crate::text::mention::NameSpan;

    /// The first token of a name, the one after it, and its type.
    type Name = (usize, usize, NameType);

    /// Words, the names that the tagger sees in them, and the name that their form tells.
    type Case = (
        &'static str,
        &'static [Name],
        Option<(&'static str, NameType)>,
    );

    /// The first name found by its form, as written, and its type.
    fn found(words: &str, names: &[Name]) -> Option<(String, NameType)> {
        let tokens: Vec<String> = words
            .split_whitespace()
            .map(|word| {
                let form = word.trim_start_matches('~');
                let upos = match form {
                    "&" | "," => "PUNCT",
                    "'s" => "PART",
                    _ if form.starts_with(char::is_uppercase) => "PROPN",
                    _ => "NOUN",
                };
                format!("{word}/{upos}/1/obj")
            })
            .collect();
        let tokens = sentence(&tokens.join(" "));
        let names: Vec<NameSpan> = names
            .iter()
            .map(|(start, end, name_type)| NameSpan {
                tokens: *start..*end,
                name_type: *name_type,
            })
            .collect();
        let formed = (0..tokens.len()).find_map(|start| formed_at(&tokens, &names, start))?;
        let forms: Vec<&str> = tokens[formed.tokens]
            .iter()
            .map(|token| token.form.as_str())
            .collect();
        Some((forms.join(" "), formed.name_type?))
    }

    #[test]
    fn the_form_tells_firms_and_landings() {
        let cases: [Case; 11] = [
            (
                "bought Orvela ASA yesterday",
                &[],
                Some(("Orvela ASA", Organization)),
            ),
            (
                "bought Orvela Marine plc yesterday",
                &[(1, 2, Place)],
                Some(("Orvela Marine plc", Organization)),
            ),
            ("bought ASA yesterday", &[], None),
            (
                "hired Wick & Tanner yesterday",
                &[(1, 2, Person)],
                Some(("Wick & Tanner", Organization)),
            ),
            ("hired Miller , Wick & Tanner yesterday", &[], None),
            (
                "married Ada Wick & Omar Tanner yesterday",
                &[(1, 3, Person), (4, 6, Person)],
                None,
            ),
            ("spends R & D money", &[], None),
            (
                "reached Ada ~'s Landing yesterday",
                &[],
                Some(("Ada 's Landing", Place)),
            ),
            ("reached Ada ~'s Boats yesterday", &[], None),
            ("reached Ada ~'s Landing Club yesterday", &[], None),
            ("reached Ada ~'s landing yesterday", &[], None),
        ];
        for (words, names, wanted) in cases {
            let wanted = wanted.map(|(name, name_type)| (name.to_owned(), name_type));
            assert_eq!(found(words, names), wanted, "{words}");
        }
    }
}
