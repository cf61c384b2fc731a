//! Runs the sieves over the references of one document, sure ones first.
//!
//! The order is that of Lee et al., "Deterministic Coreference Resolution Based on
//! Entity-Centric, Precision-Ranked Rules", 2013: what is written the same, what grammar joins,
//! acronyms, shorter names, descriptions, and pronouns last, when the clusters know most.

use std::collections::BTreeMap;

use super::cluster::Clusters;
use super::reference::Reference;
use super::sieve;
use crate::extract::Statement;
use crate::text::{Document, TokenId};

/// What every sieve may look at.
pub(crate) struct Scene<'d> {
    /// The document.
    pub(crate) document: &'d Document,
    /// Its references in order.
    pub(crate) references: &'d [Reference],
    /// The references by their heads.
    pub(crate) by_head: &'d BTreeMap<TokenId, usize>,
    /// What is claimed, for who speaks.
    pub(crate) statements: &'d [Statement],
}

/// The clusters of the references.
pub(crate) fn clusters(scene: &Scene<'_>) -> Clusters {
    let mut clusters = Clusters::new(scene.references);
    sieve::exact(scene, &mut clusters);
    sieve::alias(scene, &mut clusters);
    sieve::apposition(scene, &mut clusters);
    sieve::acronym(scene, &mut clusters);
    sieve::name_form(scene, &mut clusters);
    sieve::head(scene, &mut clusters);
    sieve::relative(scene, &mut clusters);
    sieve::speaker(scene, &mut clusters);
    sieve::pronoun(scene, &mut clusters);
    sieve::possessive(scene, &mut clusters);
    clusters
}

#[cfg(test)]
mod tests {
    use crate::resolve::resolve;
    use crate::text::conllu;

    /// A document from sentences of `word/UPOS/head/relation` with, where it matters, a fifth
    /// part: the entity type, or the type of a name; `I-` before it goes on with a name.
    fn document(sentences: &[&str]) -> crate::text::Document {
        let mut text = String::from("# newdoc\n");
        for (number, sentence) in sentences.iter().enumerate() {
            text.extend([format!("# sent_id = {number}\n")]);
            for (index, token) in sentence.split_whitespace().enumerate() {
                let parts: Vec<&str> = token.split('/').collect();
                let &[word, upos, head, relation, ref rest @ ..] = parts.as_slice() else {
                    panic!("`{token}` is no token");
                };
                let misc = match rest.first() {
                    Some(kind) if kind.starts_with("I-") => format!("NER={kind}"),
                    Some(kind) if upos == "PROPN" => format!("NER=B-{kind}"),
                    Some(kind) => format!("EntityType={kind}"),
                    None => "_".to_owned(),
                };
                let plural = upos == "NOUN" && word.ends_with('s');
                let number = if plural { "Number=Plur" } else { "Number=Sing" };
                let features = match upos {
                    "PRON" if relation == "nsubj" && word == "who" => "PronType=Rel",
                    "NOUN" | "PROPN" => number,
                    _ => "_",
                };
                let lemma = match word {
                    "said" => "say".to_owned(),
                    "called" => "call".to_owned(),
                    "recommended" => "recommend".to_owned(),
                    "briefed" => "brief".to_owned(),
                    "demanded" => "demand".to_owned(),
                    _ => word.trim_end_matches('s').to_lowercase(),
                };
                text.extend([format!(
                    "{}\t{word}\t{lemma}\t{upos}\t_\t{features}\t{head}\t{relation}\t_\t{misc}\n",
                    index + 1
                )]);
            }
            text.push('\n');
        }
        let (documents, complaints) = conllu::read(&text);
        assert!(complaints.is_empty(), "{complaints:?}");
        documents.into_iter().next().unwrap()
    }

    /// What is mentioned more than once: its name, how often, and by which steps it was joined.
    fn joined(sentences: &[&str]) -> Vec<String> {
        let document = document(sentences);
        resolve(&document, &[])
            .entities
            .into_iter()
            .filter(|entity| !entity.merges.is_empty())
            .map(|entity| {
                let steps: Vec<&str> = entity.merges.iter().map(|merge| merge.sieve).collect();
                format!("{} x{} {}", entity.name, entity.mentions, steps.join(" "))
            })
            .collect()
    }

    #[test]
    fn names_titles_and_pronouns_mean_one_person() {
        let found = joined(&[
            "General/PROPN/2/nmod:desc Ada/PROPN/4/nsubj/Person Lovelace/PROPN/2/flat left/VERB/0/root",
            "Lovelace/PROPN/2/nsubj/Person slept/VERB/0/root",
            "She/PRON/2/nsubj sold/VERB/0/root her/PRON/4/nmod:poss boat/NOUN/2/obj/object",
        ]);
        assert_eq!(
            found,
            ["Ada Lovelace x4 apposition name-form pronoun pronoun"]
        );
    }

    #[test]
    fn a_shorter_name_means_the_nearest_before_it_then_the_nearest_after() {
        let name = |words: &str| {
            let (first, rest) = words.split_once('_').unwrap_or((words, ""));
            let rest = rest.split('_').filter(|word| !word.is_empty());
            let rest = rest.map(|word| format!(" {word}/PROPN/1/flat"));
            format!("{first}/PROPN/0/root/Person{}", rest.collect::<String>())
        };
        let cases: [(&[&str], &[&str]); 4] = [
            (
                &["Ada_Brin", "Eva_Brin", "Brin"],
                &["Eva Brin x2 name-form"],
            ),
            (
                &["Brin", "Ada_Brin", "Eva_Brin"],
                &["Ada Brin x2 name-form"],
            ),
            (&["Omar_Hadi_Jr", "Hadi"], &["Omar Hadi Jr x2 name-form"]),
            (
                &["Ada_Mary_Brin", "Ada_Mary"],
                &["Ada Mary Brin x2 name-form"],
            ),
        ];
        for (names, wanted) in cases {
            let sentences: Vec<String> = names.iter().map(|words| name(words)).collect();
            let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
            assert_eq!(joined(&sentences), wanted, "{names:?}");
        }
    }

    #[test]
    fn a_class_word_with_a_capital_ends_the_name_of_a_body() {
        let found = joined(&[
            "The/DET/4/det Harbour/PROPN/4/compound/Organization Shipping/PROPN/4/compound/Organization Company/NOUN/5/nsubj/organization left/VERB/0/root",
            "Harbour/PROPN/3/compound/Organization Shipping/PROPN/3/compound/Organization Company/PROPN/4/nsubj/Organization spoke/VERB/0/root",
        ]);
        assert!(
            found.contains(&"Harbour Shipping Company x2 exact".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn a_title_word_in_the_name_of_a_body_stays() {
        let found = joined(&[
            "Duke/PROPN/2/compound/Organization University/PROPN/3/nsubj/I-Organization left/VERB/0/root",
            "Duke/PROPN/2/compound/Organization University/PROPN/3/nsubj/I-Organization spoke/VERB/0/root",
        ]);
        assert_eq!(found, ["Duke University x2 exact"]);
    }

    #[test]
    fn an_abbreviated_rank_is_no_name() {
        let found = joined(&[
            "Lt./PROPN/3/nmod:desc Gen./PROPN/3/nmod:desc Ada/PROPN/5/nsubj/Person Miller/PROPN/3/flat left/VERB/0/root",
            "Gen./PROPN/2/nmod:desc Bo/PROPN/4/nsubj/Person Marlow/PROPN/2/flat left/VERB/0/root",
        ]);
        assert!(
            found.iter().all(|entity| !entity.starts_with("Gen.")),
            "{found:?}"
        );
    }

    #[test]
    fn a_pronoun_does_not_cross_gender() {
        let found = joined(&[
            "Ada/PROPN/2/nsubj/Person met/VERB/0/root Charles/PROPN/2/obj/Person",
            "He/PRON/2/nsubj slept/VERB/0/root",
        ]);
        assert_eq!(found, ["Charles x2 pronoun"]);
    }

    #[test]
    fn the_definite_is_known_and_the_indefinite_is_new() {
        let found = joined(&[
            "An/DET/2/det offensive/NOUN/3/nsubj/event began/VERB/0/root",
            "Another/DET/2/det offensive/NOUN/3/nsubj/event failed/VERB/0/root",
            "The/DET/2/det offensive/NOUN/3/nsubj/event failed/VERB/0/root",
        ]);
        assert_eq!(found, ["offensive x2 head"]);
    }

    #[test]
    fn the_regime_is_the_regime_of_the_country() {
        let found = joined(&[
            "The/DET/2/det regime/NOUN/3/nsubj/organization fell/VERB/0/root",
            "The/DET/3/det Syrian/ADJ/3/amod regime/NOUN/4/nsubj/organization denied/VERB/0/root it/PRON/4/obj",
        ]);
        assert_eq!(found, ["Syrian regime x2 head"]);
    }

    #[test]
    fn two_countries_have_two_armies() {
        let found = joined(&[
            "The/DET/3/det Syrian/ADJ/3/amod army/NOUN/4/nsubj/organization left/VERB/0/root",
            "The/DET/3/det Turkish/ADJ/3/amod army/NOUN/4/nsubj/organization came/VERB/0/root",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn the_government_of_another_country_is_another() {
        let found = joined(&[
            "The/DET/3/det Syrian/ADJ/3/amod government/NOUN/4/nsubj/organization denied/VERB/0/root it/PRON/4/obj",
            "The/DET/3/det U.S./PROPN/3/compound/Place government/NOUN/4/nsubj/organization came/VERB/0/root",
            "The/DET/3/det American/ADJ/3/amod government/NOUN/4/nsubj/organization left/VERB/0/root",
        ]);
        assert_eq!(found, ["U.S. government x2 head"]);
    }

    #[test]
    fn a_town_with_its_name_is_one_and_two_places_side_by_side_are_two() {
        let found = joined(&[
            "The/DET/2/det town/NOUN/5/nsubj/place of/ADP/4/case Pula/PROPN/2/nmod/Place sleeps/VERB/0/root",
            "Pula/PROPN/3/nsubj/Place ,/PUNCT/1/punct sleeps/VERB/0/root Croatia/PROPN/1/appos/Place",
        ]);
        assert_eq!(found, ["Pula x3 exact apposition"]);
    }

    #[test]
    fn an_acronym_means_its_long_form() {
        let found = joined(&[
            "The/DET/3/det Harbour/PROPN/3/compound/Organization Office/PROPN/4/nsubj/Organization spoke/VERB/0/root",
            "HO/PROPN/2/nsubj/Organization spoke/VERB/0/root",
        ]);
        assert_eq!(found, ["Harbour Office x2 acronym"]);
    }

    #[test]
    fn a_name_and_what_it_is_also_known_as_are_one() {
        let found = joined(&[
            "Pula/PROPN/7/nsubj/Place ,/PUNCT/1/punct also/ADV/4/advmod known/VERB/1/acl as/ADP/6/case Polis/PROPN/4/obl/Place sleeps/VERB/0/root",
        ]);
        assert_eq!(found, ["Pula x2 alias"]);
    }

    #[test]
    fn a_short_form_in_brackets_means_what_spells_it_whatever_the_tree_says() {
        let found = joined(&[
            "Port/PROPN/3/compound/Organization Guards/PROPN/3/compound/Organization Command/PROPN/10/nsubj/Organization 's/PART/3/case (/PUNCT/6/punct PORTCOM/PROPN/9/appos/Organization )/PUNCT/6/punct Task/PROPN/9/compound/Organization Force/PROPN/10/nsubj/Organization spoke/VERB/0/root",
        ]);
        assert_eq!(found, ["Port Guards Command x2 alias"]);
    }

    #[test]
    fn who_is_said_to_be_the_only_one_is_that_one_unless_it_is_denied() {
        let found = joined(&[
            "The/DET/2/det commander/NOUN/4/nsubj/person is/AUX/4/cop Ada/PROPN/0/root/Person",
        ]);
        assert_eq!(found, ["Ada x2 apposition"]);
        let found = joined(&[
            "Ada/PROPN/5/nsubj/Person is/AUX/5/cop not/PART/5/advmod the/DET/5/det commander/NOUN/0/root/person",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn offices_in_two_towns_are_two() {
        let found = joined(&[
            "The/DET/2/det office/NOUN/5/nsubj/organization in/ADP/4/case Pula/PROPN/2/nmod/Place left/VERB/0/root",
            "The/DET/2/det office/NOUN/5/nsubj/organization in/ADP/4/case Bergen/PROPN/2/nmod/Place stayed/VERB/0/root",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn the_we_of_one_person_is_one_company_and_not_the_person() {
        let found = joined(&[
            "We/PRON/2/nsubj left/VERB/4/ccomp ,/PUNCT/2/punct said/VERB/0/root Ada/PROPN/4/nsubj/Person",
            "We/PRON/2/nsubj slept/VERB/4/ccomp ,/PUNCT/2/punct said/VERB/0/root Ada/PROPN/4/nsubj/Person",
        ]);
        assert_eq!(found, ["we x2 speaker", "Ada x2 exact"]);
    }

    #[test]
    fn i_is_the_one_who_speaks() {
        let found = joined(&[
            "I/PRON/2/nsubj left/VERB/4/ccomp ,/PUNCT/2/punct said/VERB/0/root Ada/PROPN/4/nsubj/Person",
        ]);
        assert_eq!(found, ["Ada x2 speaker"]);
    }

    #[test]
    fn nobody_is_her_own_rival() {
        let found = joined(&[
            "Pula/PROPN/2/nsubj/Place won/VERB/0/root",
            "Bergen/PROPN/6/nsubj/Place ,/PUNCT/4/punct its/PRON/4/nmod:poss rival/NOUN/1/appos/place ,/PUNCT/4/punct lost/VERB/0/root",
        ]);
        assert!(found.contains(&"Pula x2 pronoun".to_owned()), "{found:?}");
        let found = joined(&[
            "Bergen/PROPN/4/nsubj/Place is/AUX/4/cop its/PRON/4/nmod:poss rival/NOUN/0/root/place",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_pronoun_that_fits_two_things_as_well_is_left_alone() {
        let found = joined(&[
            "The/DET/2/det firm/NOUN/3/nsubj/organization gave/VERB/0/root the/DET/5/det town/NOUN/3/obj/organization its/PRON/7/nmod:poss boat/NOUN/3/obl/object",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_clause_that_says_which_one_points_at_no_other() {
        let found = joined(&[
            "The/DET/3/det red/ADJ/3/amod boats/NOUN/4/nsubj/object left/VERB/0/root",
            "The/DET/2/det boats/NOUN/5/nsubj/object that/PRON/4/nsubj sank/VERB/2/acl:relcl burned/VERB/0/root",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn bare_plurals_are_others_after_certain_ones_and_after_long() {
        let raids = "Raids/NOUN/2/nsubj/event hurt/VERB/0/root";
        assert_eq!(joined(&[raids, raids]), ["raids x2 exact"]);
        let the = "The/DET/2/det raids/NOUN/3/nsubj/event hurt/VERB/0/root";
        assert_eq!(joined(&[the, raids]), Vec::<String>::new());
        let other = "Rain/NOUN/2/nsubj/event fell/VERB/0/root";
        let found = joined(&[raids, other, other, other, raids]);
        assert!(
            !found.iter().any(|found| found.starts_with("raids")),
            "{found:?}"
        );
    }

    #[test]
    fn some_are_not_all() {
        let found = joined(&[
            "Boats/NOUN/2/nsubj/object left/VERB/0/root red/ADJ/4/amod boats/NOUN/2/obj/object",
        ]);
        assert_eq!(found, Vec::<String>::new());
        let found = joined(&[
            "Our/PRON/2/nmod:poss partners/NOUN/8/nsubj/person ,/PUNCT/6/punct especially/ADV/6/advmod the/DET/6/det Danes/PROPN/2/appos/Organization ,/PUNCT/6/punct left/VERB/0/root",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn what_has_a_name_is_not_called_otherwise() {
        let found = joined(&[
            "The/DET/2/det choir/NOUN/8/nsubj/organization within/ADP/4/case Acme/PROPN/2/nmod/Organization called/VERB/4/acl the/DET/7/det Larks/PROPN/5/xcomp/Organization sang/VERB/0/root",
        ]);
        assert_eq!(found, ["Larks x2 apposition"]);
    }

    #[test]
    fn a_relative_pronoun_is_no_mention_of_its_own() {
        let found = joined(&[
            "rebels/NOUN/4/nsubj/person who/PRON/3/nsubj left/VERB/1/acl:relcl slept/VERB/0/root",
            "They/PRON/2/nsubj slept/VERB/0/root",
        ]);
        assert_eq!(found, ["rebels x2 relative pronoun"]);
    }

    #[test]
    fn they_who_act_are_no_things_and_a_crew_may_be_they() {
        let slept = "They/PRON/2/nsubj/organization slept/VERB/0/root";
        let found = joined(&[
            "The/DET/2/det boats/NOUN/3/nsubj/object sank/VERB/0/root",
            slept,
        ]);
        assert_eq!(found, Vec::<String>::new());
        let found = joined(&[
            "The/DET/2/det crew/NOUN/3/nsubj/organization sold/VERB/0/root the/DET/5/det boats/NOUN/3/obj/object",
            slept,
        ]);
        assert_eq!(found, ["crew x2 pronoun"]);
    }

    #[test]
    fn it_is_of_the_sort_that_the_words_around_it_call_for() {
        let found = joined(&[
            "The/DET/2/det firm/NOUN/3/nsubj/organization planned/VERB/0/root the/DET/5/det race/NOUN/3/obj/event",
            "It/PRON/2/nsubj/event failed/VERB/0/root",
        ]);
        assert_eq!(found, ["race x2 pronoun"]);
    }

    #[test]
    fn it_may_stand_for_what_follows_or_for_who_is_there() {
        let race = "The/DET/2/det race/NOUN/3/nsubj/event began/VERB/0/root";
        let cases = [
            "It/PRON/3/nsubj:pass/event is/AUX/3/aux:pass recommended/VERB/0/root to/PART/5/mark call/VERB/3/xcomp",
            "It/PRON/3/nsubj/event is/AUX/3/cop hard/ADJ/0/root when/ADV/6/advmod nobody/PRON/6/nsubj answers/VERB/3/advcl",
            "It/PRON/3/nsubj/event is/AUX/3/cop Omar/PROPN/0/root/Person",
        ];
        for sentence in cases {
            assert_eq!(
                joined(&[race, sentence]),
                Vec::<String>::new(),
                "{sentence}"
            );
        }
    }

    #[test]
    fn who_speaks_of_somebody_by_name_is_somebody_else() {
        let found = joined(&[
            "Omar/PROPN/2/nsubj/Person met/VERB/0/root Ali/PROPN/2/obj/Person",
            "He/PRON/2/nsubj/person said/VERB/0/root Omar/PROPN/4/nsubj/Person left/VERB/2/ccomp",
        ]);
        assert_eq!(found, ["Omar x2 exact", "Ali x2 pronoun"]);
    }

    #[test]
    fn what_may_be_of_either_of_two_men_is_of_neither() {
        let found = joined(&[
            "After/ADP/4/case Ali/PROPN/4/nmod:poss/Person 's/PART/2/case death/NOUN/6/obl/event Omar/PROPN/6/nsubj/Person sold/VERB/0/root his/PRON/8/nmod:poss/person boat/NOUN/6/obj/object",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn all_of_several_lots_are_none_of_them() {
        let lot = |number: &str| {
            format!("{number}/NUM/2/nummod raids/NOUN/3/nsubj/event hurt/VERB/0/root")
        };
        let all = "The/DET/2/det raids/NOUN/3/nsubj/event hurt/VERB/0/root";
        let found = joined(&[&lot("Two"), all]);
        assert_eq!(found, ["Two raids x2 head"]);
        let found = joined(&[&lot("Two"), &lot("Five"), all]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn meetings_of_other_people_are_other_meetings() {
        let meeting = |people: &str| {
            format!(
                "The/DET/2/det meeting/NOUN/6/nsubj/event of/ADP/5/case {people}/ADJ/5/amod ministers/NOUN/2/nmod/person ended/VERB/0/root"
            )
        };
        let found = joined(&[&meeting("foreign"), &meeting("naval")]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn this_group_and_the_city_are_the_only_ones_named_nearby() {
        let cases = [
            (
                "The/DET/2/det army/NOUN/3/nsubj/organization fought/VERB/0/root Larks/PROPN/3/obj/Organization and/CCONJ/6/cc beat/VERB/3/conj this/DET/9/det militant/ADJ/9/amod group/NOUN/6/obj/organization",
                "Larks x2 head",
            ),
            (
                "Ada/PROPN/2/nsubj/Person left/VERB/0/root Pula/PROPN/2/obj/Place when/ADV/7/advmod the/DET/6/det city/NOUN/7/nsubj/place burned/VERB/2/advcl",
                "Pula x2 head",
            ),
        ];
        for (sentence, wanted) in cases {
            assert_eq!(joined(&[sentence]), [wanted], "{sentence}");
        }
        let found = joined(&[
            "Ada/PROPN/2/nsubj/Person left/VERB/0/root Pula/PROPN/2/obj/Place for/ADP/5/case Bergen/PROPN/2/obl/Place when/ADV/9/advmod the/DET/8/det city/NOUN/9/nsubj/place burned/VERB/2/advcl",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn who_is_told_of_in_a_quotation_does_not_speak_it() {
        let found = joined(&[
            "\"/PUNCT/4/punct The/DET/3/det guard/NOUN/4/nsubj/person hit/VERB/8/ccomp Ada/PROPN/4/obj/Person ,/PUNCT/8/punct \"/PUNCT/8/punct said/VERB/0/root Omar/PROPN/8/nsubj/Person",
            "\"/PUNCT/3/punct He/PRON/3/nsubj/person fled/VERB/0/root \"/PUNCT/3/punct",
        ]);
        assert_eq!(found, ["guard x2 pronoun"]);
        let found = joined(&[
            "Omar/PROPN/2/nsubj/Person spoke/VERB/0/root",
            "\"/PUNCT/5/punct The/DET/3/det clerk/NOUN/5/nsubj/person was/AUX/5/cop wrong/ADJ/9/ccomp ,/PUNCT/9/punct \"/PUNCT/9/punct he/PRON/9/nsubj/person said/VERB/0/root",
        ]);
        assert_eq!(found, ["Omar x2 pronoun"]);
    }

    #[test]
    fn some_words_in_quotation_marks_may_be_of_who_speaks_them() {
        let found = joined(&[
            "Omar/PROPN/2/nsubj/Person said/VERB/0/root he/PRON/6/nsubj/person would/AUX/6/aux \"/PUNCT/6/punct sell/VERB/2/ccomp his/PRON/8/nmod:poss/person boat/NOUN/6/obj/object \"/PUNCT/6/punct",
        ]);
        assert_eq!(found, ["Omar x3 pronoun pronoun"]);
    }

    #[test]
    fn whom_a_joined_verb_acts_on_is_not_who_acts() {
        let found = joined(&[
            "Soldiers/NOUN/2/nsubj/person caught/VERB/0/root the/DET/4/det farmers/NOUN/2/obj/person and/CCONJ/6/cc made/VERB/2/conj them/PRON/6/obj/person work/VERB/6/xcomp",
        ]);
        assert_eq!(found, ["farmers x2 pronoun"]);
    }

    #[test]
    fn joined_verbs_act_on_one_thing_or_leave_it_open() {
        let found = joined(&[
            "The/DET/2/det clerks/NOUN/3/nsubj/person hoped/VERB/0/root Orvela/PROPN/5/nsubj/Organization kept/VERB/3/ccomp the/DET/7/det fares/NOUN/5/obj/abstract but/CCONJ/9/cc raised/VERB/5/conj them/PRON/9/obj/abstract",
        ]);
        assert_eq!(found, ["fares x2 pronoun"]);
        let found = joined(&[
            "The/DET/2/det town/NOUN/3/nsubj/organization slept/VERB/0/root",
            "Orvela/PROPN/2/nsubj/Organization sold/VERB/0/root the/DET/4/det boats/NOUN/2/obj/object and/CCONJ/6/cc praised/VERB/2/conj it/PRON/6/obj/organization",
        ]);
        assert_eq!(found, Vec::<String>::new());
        let found = joined(&[
            "Ada/PROPN/2/nsubj/Person slept/VERB/0/root",
            "Omar/PROPN/2/nsubj/Person sold/VERB/0/root the/DET/4/det boat/NOUN/2/obj/object and/CCONJ/6/cc married/VERB/2/conj her/PRON/6/obj/person",
        ]);
        assert_eq!(found, ["Ada x2 pronoun"]);
    }

    #[test]
    fn what_one_briefs_somebody_about_is_ones_own() {
        let found = joined(&[
            "Orvenko/PROPN/2/nsubj/Person met/VERB/0/root Omar/PROPN/2/obj/Person and/CCONJ/5/cc briefed/VERB/2/conj him/PRON/5/obj/person about/ADP/9/case his/PRON/9/nmod:poss/person plan/NOUN/5/obl/abstract",
        ]);
        assert_eq!(found, ["Orvenko x2 pronoun", "Omar x2 pronoun"]);
    }

    #[test]
    fn who_demands_leads_another_body() {
        let found = joined(&[
            "Greenwatch/PROPN/2/nsubj/Organization met/VERB/0/root Orvela/PROPN/2/obj/Organization",
            "Ada/PROPN/5/nsubj/Person ,/PUNCT/3/punct founder/NOUN/1/appos/person of/ADP/7/case demanded/VERB/0/root that/SCONJ/10/mark Greenwatch/PROPN/3/nmod/Organization the/DET/9/det company/NOUN/10/nsubj/organization pay/VERB/5/ccomp",
        ]);
        assert!(found.contains(&"Orvela x2 head".to_owned()), "{found:?}");
    }

    #[test]
    fn a_title_in_man_may_be_a_womans() {
        let found = joined(&[
            "Chairman/PROPN/2/nmod:desc Ada/PROPN/4/nsubj/Person Brin/PROPN/2/flat left/VERB/0/root",
            "Ms/PROPN/2/nmod:desc Brin/PROPN/3/nsubj/Person slept/VERB/0/root",
        ]);
        assert!(
            found.iter().any(|found| found.starts_with("Ada Brin x")),
            "{found:?}"
        );
        assert!(
            !found.iter().any(|found| found.starts_with("Brin")),
            "{found:?}"
        );
    }

    #[test]
    fn a_firm_with_the_form_of_several_is_the_one_company_it_is_called() {
        let found = joined(&[
            "Orvela/PROPN/2/compound/Organization Docks/PROPN/7/nsubj/I-Organization ,/PUNCT/6/punct a/DET/6/det shipping/NOUN/6/compound company/NOUN/2/appos/organization left/VERB/0/root",
            "The/DET/2/det company/NOUN/3/nsubj/organization slept/VERB/0/root",
        ]);
        assert_eq!(found, ["Orvela Docks x3 apposition head"]);
    }

    #[test]
    fn the_west_is_no_bank() {
        let name =
            |first: &str, kind: &str| format!("{first}/PROPN/2/nsubj/{kind} slept/VERB/0/root");
        let long = |first: &str, kind: &str| {
            format!("{first}/PROPN/2/compound/{kind} Bank/PROPN/3/nsubj/I-{kind} slept/VERB/0/root")
        };
        let west = [name("West", "Place"), long("West", "Place")];
        let pula = [name("Orvela", "Place"), long("Orvela", "Organization")];
        for case in [west, pula] {
            let sentences: Vec<&str> = case.iter().map(String::as_str).collect();
            assert_eq!(joined(&sentences), Vec::<String>::new());
        }
        let bodies = [
            name("Orvela", "Organization"),
            long("Orvela", "Organization"),
        ];
        let sentences: Vec<&str> = bodies.iter().map(String::as_str).collect();
        assert_eq!(joined(&sentences), ["Orvela Bank x2 name-form"]);
    }

    #[test]
    fn one_and_a_half_is_no_one() {
        let document = document(&[
            "One/NUM/5/compound and/CCONJ/4/cc a/DET/4/det half/NOUN/1/conj million/NUM/6/nummod boats/NOUN/7/nsubj/object sank/VERB/0/root",
        ]);
        let found: Vec<String> = resolve(&document, &[])
            .entities
            .into_iter()
            .map(|entity| entity.name)
            .collect();
        assert!(
            found
                .iter()
                .any(|name| name.eq_ignore_ascii_case("one and a half million boats")),
            "{found:?}"
        );
    }

    #[test]
    fn who_is_made_to_do_something_is_meant_in_what_is_told_of_it() {
        let found = joined(&[
            "Soldiers/NOUN/2/nsubj/person made/VERB/0/root the/DET/4/det farmers/NOUN/2/obj/person sign/VERB/2/xcomp papers/NOUN/5/obj/object they/PRON/8/nsubj/person burned/VERB/6/acl:relcl",
        ]);
        assert_eq!(found, ["farmers x2 pronoun"]);
    }

    #[test]
    fn three_of_the_guards_are_not_he() {
        let found = joined(&[
            "Three/NUM/4/nsubj/person of/ADP/3/case guards/NOUN/1/nmod/person left/VERB/0/root",
            "He/PRON/2/nsubj/person slept/VERB/0/root",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_number_that_counts_is_no_part_of_a_name() {
        let found = joined(&[
            "0.12/NUM/2/nummod Orvela/PROPN/3/compound/Organization shares/NOUN/4/nsubj/object fell/VERB/0/root",
            "Orvela/PROPN/2/nsubj/Organization left/VERB/0/root",
        ]);
        assert_eq!(found, ["Orvela x2 exact"]);
        let found = joined(&[
            "the/DET/2/det Convention/PROPN/5/nsubj/Organization against/ADP/4/case Torture/NOUN/2/nmod failed/VERB/0/root",
            "the/DET/2/det Convention/PROPN/5/nsubj/Organization against/ADP/4/case Torture/NOUN/2/nmod failed/VERB/0/root",
        ]);
        assert!(
            found.contains(&"Convention against Torture x2 exact".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn a_name_right_behind_what_it_is_is_that_thing() {
        let found = joined(&[
            "The/DET/2/det developer/NOUN/4/nsubj/person Orvela/PROPN/2/appos/Organization left/VERB/0/root",
        ]);
        assert_eq!(found, ["Orvela x2 apposition"]);
    }

    #[test]
    fn a_body_is_called_by_the_first_of_its_two_words() {
        let name = |words: &str| {
            let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
            let rest = rest.split(' ').filter(|word| !word.is_empty());
            let rest = rest.map(|word| format!(" {word}/PROPN/1/flat/I-Organization"));
            format!(
                "{first}/PROPN/0/root/Organization{}",
                rest.collect::<String>()
            )
        };
        let cases: [(&[&str], &[&str]); 4] = [
            (&["ORV Extended", "ORV"], &[]),
            (
                &["Orvela BioMarine", "Orvela"],
                &["Orvela BioMarine x2 name-form"],
            ),
            (&["Orvela", "Orvela BioMarine"], &[]),
            (&["Orvela BioMarine", "Orvela Werke", "Orvela"], &[]),
        ];
        for (names, wanted) in cases {
            let sentences: Vec<String> = names.iter().map(|words| name(words)).collect();
            let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
            assert_eq!(joined(&sentences), wanted, "{names:?}");
        }
    }

    #[test]
    fn a_firm_may_stand_beside_what_it_does() {
        let found = joined(&[
            "The/DET/2/det developer/NOUN/6/nsubj/person ,/PUNCT/5/punct Orvela/PROPN/5/compound/Organization Partners/PROPN/2/appos/I-Organization left/VERB/0/root",
        ]);
        assert_eq!(found, ["Orvela Partners x2 apposition"]);
    }

    #[test]
    fn what_each_of_two_says_of_itself_is_of_neither() {
        let found = joined(&[
            "The/DET/2/det navy/NOUN/6/nsubj/organization and/CCONJ/5/cc the/DET/5/det choir/NOUN/2/conj/organization said/VERB/0/root it/PRON/8/nsubj/organization left/VERB/6/ccomp",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn it_is_what_has_just_been_called_so() {
        let found = joined(&[
            "The/DET/2/det clerk/NOUN/3/nsubj/person sold/VERB/0/root a/DET/5/det saw/NOUN/3/obj/object with/ADP/8/case the/DET/8/det box/NOUN/3/obl/object",
            "It/PRON/4/nsubj/object is/AUX/4/cop a/DET/4/det box/NOUN/0/root/object",
        ]);
        assert_eq!(found, ["box x2 pronoun"]);
    }

    #[test]
    fn the_company_is_not_a_special_one_of_long_before() {
        let rain = "Rain/NOUN/2/nsubj fell/VERB/0/root";
        let found = joined(&[
            "The/DET/3/det enlarged/ADJ/3/amod company/NOUN/4/nsubj/organization left/VERB/0/root",
            rain,
            rain,
            rain,
            rain,
            "Orvela/PROPN/2/nsubj/Organization spoke/VERB/0/root when/ADV/6/advmod the/DET/5/det company/NOUN/6/nsubj/organization left/VERB/2/advcl",
        ]);
        assert!(found.contains(&"Orvela x2 head".to_owned()), "{found:?}");
        let found = joined(&[
            "A/DET/3/det shipping/NOUN/3/compound company/NOUN/4/nsubj/organization left/VERB/0/root",
            rain,
            rain,
            rain,
            rain,
            "The/DET/2/det company/NOUN/3/nsubj/organization spoke/VERB/0/root",
        ]);
        assert!(
            found.iter().any(|found| found.contains("company x2 head")),
            "{found:?}"
        );
    }

    #[test]
    fn two_names_in_one_sentence_are_two_bodies() {
        let found = joined(&[
            "Orvela/PROPN/2/compound/Organization Watch/PROPN/3/nsubj/I-Organization sued/VERB/0/root Orvela/PROPN/3/obj/Organization",
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn what_a_name_is_said_to_be_is_that_thing() {
        let cases = [
            (
                "Pula/PROPN/4/nsubj/Place is/AUX/4/cop a/DET/4/det town/NOUN/0/root/place",
                "Pula x2 apposition",
            ),
            (
                "Ada/PROPN/7/nsubj/Person ,/PUNCT/3/punct singer/NOUN/1/appos/person and/CCONJ/5/cc director/NOUN/3/conj/person ,/PUNCT/3/punct spoke/VERB/0/root",
                "Ada x3 apposition apposition",
            ),
        ];
        for (sentence, wanted) in cases {
            assert_eq!(joined(&[sentence]), [wanted], "{sentence}");
        }
    }
}
