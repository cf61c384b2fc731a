//! The closed lists of words that the structure of clauses depends on.
//!
//! The lists are data, in `grammar/words`; rules can name them too: `@attribution-verbs`.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Words of one closed list, each with the word it stands for (mostly itself).
pub(crate) type WordList = BTreeMap<String, String>;

macro_rules! lists {
    ($($field:ident = $name:literal),+ $(,)?) => {
        /// All lists.
        pub(crate) struct Words {
            $(pub(crate) $field: Arc<WordList>,)+
        }

        static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
            $($field: Arc::new(parsed(include_str!(concat!(
                "../../grammar/words/", $name, ".txt"
            )))),)+
        });

        /// All lists by the name that rules give them.
        pub(crate) fn by_name() -> BTreeMap<String, Arc<WordList>> {
            let words = words();
            BTreeMap::from([$(($name.to_owned(), Arc::clone(&words.$field)),)+])
        }
    };
}

lists! {
    attribution_verbs = "attribution-verbs",
    deny_verbs = "deny-verbs",
    harm_verbs = "harm-verbs",
    prevent_verbs = "prevent-verbs",
    prospects = "prospects",
    word_nouns = "word-nouns",
    accuse_verbs = "accuse-verbs",
    appeals = "appeals",
    blame_verbs = "blame-verbs",
    quoting_verbs = "quoting-verbs",
    plan_verbs = "plan-verbs",
    possible_verbs = "possible-verbs",
    possible_nouns = "possible-nouns",
    place_nouns = "place-nouns",
    phase_verbs = "phase-verbs",
    naming_verbs = "naming-verbs",
    demonyms = "demonyms",
    event_nouns = "event-nouns",
    topical_events = "topical-events",
    event_doubts = "event-doubts",
    event_stoppers = "event-stoppers",
    means_nouns = "means-nouns",
    light_verbs = "light-verbs",
    roles = "roles",
    role_grades = "role-grades",
    role_fields = "role-fields",
    role_doubts = "role-doubts",
    stand_ins = "stand-ins",
    doubting_verbs = "doubting-verbs",
    plan_nouns = "plan-nouns",
    hearsay_nouns = "hearsay-nouns",
    particles = "particles",
    place_prepositions = "place-prepositions",
    intransitive_verbs = "intransitive-verbs",
    consequence_verbs = "consequence-verbs",
    outcome_verbs = "outcome-verbs",
    lone_verbs = "lone-verbs",
    creation_verbs = "creation-verbs",
    limiting_adverbs = "limiting-adverbs",
    general_nouns = "general-nouns",
    amount_adverbs = "amount-adverbs",
    degree_adverbs = "degree-adverbs",
    bodies = "bodies",
    ship_prefixes = "ship-prefixes",
    subject_control_verbs = "subject-control-verbs",
    linking_verbs = "linking-verbs",
    verb_idioms = "verb-idioms",
    state_participles = "state-participles",
    connectives = "connectives",
    complex_prepositions = "complex-prepositions",
    standing_participles = "standing-participles",
}

/// All lists.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

/// The words of `text`: one a line, `word = other` where it stands for another, `other: word,
/// word` where several do, `#` begins a comment.
fn parsed(text: &str) -> WordList {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .flat_map(|line| {
            let (meaning, words) = line
                .split_once(':')
                .or_else(|| line.split_once('=').map(|(word, meaning)| (meaning, word)))
                .unwrap_or((line, line));
            words
                .split(',')
                .map(|word| (word.trim().to_lowercase(), meaning.trim().to_owned()))
                .collect::<Vec<_>>()
        })
        .collect()
}
