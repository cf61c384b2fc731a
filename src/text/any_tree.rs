//! Whatever a model reads, what is put right leaves a tree: tested with trees and tags by chance.

use proptest::prelude::*;
use proptest::sample::select;

use super::annotator::mend;
use super::hyphens::tie_hyphens;
use super::joined::hold_together;
use crate::text::formed::sample::{changed_by, sentence};
use crate::text::mention::NameSpan;
use crate::text::{NameType, Upos};

/// Words that a repair looks for, and some that none does.
const FORMS: &[&str] = &[
    "Maj.",
    "Gen.",
    "Staff",
    "Colonel",
    "Ada",
    "Vos",
    "Norland",
    "al",
    "van",
    "mayor",
    "former",
    "western",
    "north",
    "of",
    "to",
    "from",
    "with",
    "for",
    "as",
    "at",
    "and",
    "or",
    ",",
    "-",
    "\"",
    "(",
    ")",
    ".",
    "'s",
    "the",
    "a",
    "all",
    "nearly",
    "more",
    "than",
    "every",
    "half",
    "40",
    "1932",
    "winter",
    "boats",
    "bank",
    "officials",
    "accuse",
    "suspect",
    "says",
    "left",
    "provided",
    "that",
    "which",
    "who",
    "was",
    "elect",
    "general",
    "Group",
    "2nd",
    "Army",
    "U.S.",
    "Election",
    "morning",
    "on",
    "Monday",
    "not",
    "backed",
    "say",
    "have",
    "12",
    "per",
    "cent",
    "&",
    "ASA",
    "Landing",
    "tell",
    "deny",
    "report",
    "kill",
    "wound",
    "others",
    "Motors",
    "Three",
    "charge",
    "say",
    "say",
    "say",
];
const TAGS: &[&str] = &[
    "", "NN", "NNS", "NNP", "NNPS", "JJ", "IN", "VBN", "VBD", "CD", "POS", "VB", "VBG", "VBZ", "MD",
];
const PARTS: &[&str] = &[
    "NOUN", "PROPN", "VERB", "ADJ", "ADP", "ADV", "NUM", "PUNCT", "DET", "PRON", "PART", "AUX",
    "CCONJ", "SCONJ", "X",
];
const RELATIONS: &[&str] = &[
    "nsubj",
    "obj",
    "obl",
    "nmod",
    "nmod:desc",
    "nmod:poss",
    "compound",
    "flat",
    "appos",
    "amod",
    "conj",
    "cc",
    "case",
    "mark",
    "punct",
    "det",
    "fixed",
    "nummod",
    "advmod",
    "advcl",
    "csubj",
    "expl",
    "iobj",
    "aux:pass",
    "nsubj:pass",
    "acl",
    "acl:relcl",
    "ccomp",
    "xcomp",
    "parataxis",
    "dep",
    "cop",
    "goeswith",
    "obl:agent",
    "aux",
    "nsubj:pass",
];
const NAMES: &[NameType] = &[NameType::Person, NameType::Organization, NameType::Place];

/// A word: what it is, whether its tag is that of its part of speech, when it is hung on the
/// tree, and on which of those that hang there.
type Word = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u8,
    u16,
);

fn word() -> impl Strategy<Value = Word> {
    let is = (
        select(FORMS),
        select(PARTS),
        select(TAGS),
        select(RELATIONS),
    );
    (is, any::<u8>(), any::<u16>())
        .prop_map(|((form, part, tag, relation), turn, on)| (form, part, tag, relation, turn, on))
}

/// The heads of words, the first to be hung being the root.
fn heads(words: &[Word]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|at| words[*at].4);
    let mut heads = vec![0; words.len()];
    for (hung, at) in order.iter().enumerate().skip(1) {
        heads[*at] = order[usize::from(words[*at].5) % hung] + 1;
    }
    heads
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_read_stays_a_tree(
        words in prop::collection::vec(word(), 2..16),
        names in prop::collection::vec((0_usize..16, 1_usize..4, select(NAMES)), 0..4),
    ) {
        let text: Vec<String> = words
            .iter()
            .zip(heads(&words))
            .map(|((form, part, _, relation, ..), head)| {
                format!("{form}/{part}/{head}/{}", if head == 0 { "root" } else { relation })
            })
            .collect();
        let mut tokens = sentence(&text.join(" "));
        for (token, word) in tokens.iter_mut().zip(&words) {
            word.2.clone_into(&mut token.xpos);
        }
        let mut end = 0;
        let mut found: Vec<NameSpan> = Vec::new();
        for (start, length, name_type) in names {
            let start = end + start % 4;
            end = start + length;
            if end <= words.len() {
                found.push(NameSpan { tokens: start..end, name_type });
            }
        }
        let forms: Vec<String> = tokens.iter().map(|token| token.form.clone()).collect();
        changed_by(tokens, |tokens| {
            tie_hyphens(tokens);
            mend(tokens, &mut found);
            hold_together(tokens, &mut found);
            assert!(tokens.iter().map(|token| &token.form).eq(&forms));
            for token in &*tokens {
                assert!(!token.deprel.is_empty() && token.upos != Upos::Sym);
                assert_eq!(token.head.is_none(), token.deprel == "root", "{token:?}");
            }
        });
        for name in &found {
            prop_assert!(name.tokens.start < name.tokens.end && name.tokens.end <= words.len());
        }
        prop_assert!(found.windows(2).all(|two| two[0].tokens.end <= two[1].tokens.start));
    }
}
