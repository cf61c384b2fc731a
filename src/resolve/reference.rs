//! What the sieves look at: one referring phrase with everything that decides what it may mean.
//!
//! A [`Reference`] is made for each mention of the document and for each argument of a statement,
//! one for each head word. Knows the tree; knows nothing of clusters.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::description::{after, determiner, gender, modifiers, noun, plural, titles};
use super::name::Spelling;
use super::naming::name_tokens;
use super::words::{self, Gender};
use crate::base::Id;
use crate::extract::{Argument, ArgumentForm, Statement, changes_amount};
use crate::text::{Document, EntityType, Mention, NameType, Token, TokenId, Upos};

/// How a phrase refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// By a proper name.
    Name,
    /// By an adjective of nationality.
    Demonym,
    /// By a description.
    Nominal,
    /// By a pronoun.
    Pronoun(Pronoun),
}

/// The kinds of pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// he, she, it, they, in all their cases.
    Third {
        /// Whether it is itself, himself and so on.
        reflexive: bool,
    },
    /// I, we, in all their cases.
    First,
    /// who, which, that, of a relative clause.
    Relative,
    /// one, others, this, you: refer to nothing that can be named here.
    Other,
}

/// What stands before a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Determiner {
    /// Nothing: "rebels".
    None,
    /// "the"
    Definite,
    /// "this", "those"
    Demonstrative,
    /// "a", "another", "some", "no", or a number
    Indefinite,
    /// "his", "Syria's"
    Possessive,
}

/// A referring phrase.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    /// The syntactic head.
    pub(crate) head: TokenId,
    /// Number of its sentence.
    pub(crate) sentence: usize,
    /// How it refers.
    pub(crate) form: Form,
    /// What sort of thing it refers to.
    pub(crate) entity_type: EntityType,
    /// The same, if the tagger had one.
    pub(crate) tagged: Option<EntityType>,
    /// The type of its name, if the tagger had one.
    pub(crate) name_type: Option<NameType>,
    /// The name without article and title; empty if it has none.
    pub(crate) name: String,
    /// The same, made ready to be compared.
    pub(crate) spelling: Arc<Spelling>,
    /// The tokens of the name, counted through the document.
    pub(crate) name_tokens: Range<usize>,
    /// The phrase without its article, as written.
    pub(crate) words: String,
    /// Dictionary form of the noun that describes it, lower case.
    pub(crate) noun: String,
    /// Dictionary forms of the noun's modifiers, lower case.
    pub(crate) modifiers: BTreeSet<String>,
    /// Dictionary forms of the nouns that phrases after it bring in, without those with "of",
    /// which are modifiers: "Pula" of "the office in Pula".
    pub(crate) after: BTreeSet<String>,
    /// What stands before the noun.
    pub(crate) determiner: Determiner,
    /// The head of the possessor, if any.
    pub(crate) possessor: Option<TokenId>,
    /// Whether it speaks of several; `None` if it cannot be seen.
    pub(crate) plural: Option<bool>,
    /// The gender it shows.
    pub(crate) gender: Option<Gender>,
    /// Numbers in it.
    pub(crate) numbered: bool,
    /// The tokens of its whole phrase, counted through the document.
    pub(crate) extent: Range<usize>,
    /// How prominent its place in the clause is: subject 3, object 2, other 1, inside a phrase 0.
    pub(crate) prominence: u8,
    /// Nouns of titles and flat descriptions: "mayor" of "mayor Ada Lovelace".
    pub(crate) titles: Vec<String>,
    /// Where the phrase without article stands, as (first byte).
    pub(crate) start: usize,
}

impl Reference {
    /// Whether it bears a proper name.
    pub(crate) fn is_name(&self) -> bool {
        matches!(self.form, Form::Name)
    }

    /// Whether it is a third-person pronoun.
    pub(crate) fn is_third_person(&self) -> bool {
        matches!(self.form, Form::Pronoun(Pronoun::Third { .. }))
    }

    /// Whether it is a pronoun that says nothing unless what it stands for is found.
    pub(crate) fn points_away(&self) -> bool {
        match self.form {
            Form::Pronoun(Pronoun::First | Pronoun::Third { .. } | Pronoun::Relative) => true,
            Form::Pronoun(Pronoun::Other) => matches!(
                self.words.to_lowercase().as_str(),
                "you"
                    | "your"
                    | "yours"
                    | "this"
                    | "that"
                    | "these"
                    | "those"
                    | "what"
                    | "how"
                    | "one"
                    | "ones"
                    | "both"
                    | "other"
                    | "others"
                    | "another"
                    | "each"
                    | "either"
                    | "neither"
            ),
            Form::Name | Form::Demonym | Form::Nominal => false,
        }
    }

    /// Whether it is any pronoun.
    pub(crate) fn is_pronoun(&self) -> bool {
        matches!(self.form, Form::Pronoun(_))
    }

    /// The types it was taken for: that of its words, that of its name, and that of its noun, if
    /// the noun is one for many people. A person is a person, whatever the words were taken for.
    pub(crate) fn types(&self) -> impl Iterator<Item = EntityType> {
        let of_name = self.name_type.map(|name_type| match name_type {
            NameType::Person => EntityType::Person,
            NameType::Organization => EntityType::Organization,
            NameType::Place => EntityType::Place,
        });
        let of_words = self.tagged.filter(|_| of_name != Some(EntityType::Person));
        let many = words::is_body(&self.noun) || words::is_crowd(&self.noun);
        let of_noun = Some(EntityType::Organization).filter(|_| many);
        [of_words, of_name, of_noun].into_iter().flatten()
    }

    /// Whether it may be a person or several.
    pub(crate) fn is_person(&self) -> bool {
        self.name_type == Some(NameType::Person)
            || (self.name_type.is_none() && self.entity_type == EntityType::Person)
    }
}

/// All referring phrases of `document`, by their heads.
pub(crate) fn references(document: &Document, statements: &[Statement]) -> Vec<Reference> {
    let mut arguments: BTreeMap<TokenId, &Argument> = BTreeMap::new();
    for statement in statements {
        let parts = [
            &statement.subject,
            &statement.object,
            &statement.attribution,
        ];
        for argument in parts.into_iter().flatten() {
            match argument.form {
                ArgumentForm::Entity | ArgumentForm::Time => {
                    arguments.entry(argument.head).or_insert(argument);
                }
                ArgumentForm::Clause | ArgumentForm::Attribute | ArgumentForm::Amount => {}
            }
        }
    }
    let mut heads: BTreeSet<TokenId> = arguments.keys().copied().collect();
    heads.extend(document.mentions().map(|mention| mention.head().id()));
    let capitalised = capitalised(document);
    heads
        .into_iter()
        .filter_map(|head| {
            let token = document.token(head)?;
            let argument = arguments.get(&head).copied();
            Some(reference(document, token, argument, &capitalised))
        })
        .collect()
}

fn reference(
    document: &Document,
    head: Token<'_>,
    argument: Option<&Argument>,
    capitalised: &BTreeSet<&str>,
) -> Reference {
    let mention = document.mention_headed_by(head.id());
    let pronoun = pronoun(head);
    let mut core: Vec<Token<'_>> = match argument {
        Some(argument) if !argument.core.is_empty() => argument
            .core
            .iter()
            .filter_map(|id| document.token(*id))
            .collect(),
        Some(_) | None => core_tokens(document, head),
    };
    let fraction = fraction(head);
    if !fraction.is_empty() {
        core.extend(fraction);
        core.sort_by_key(|token| token.id());
        core.dedup_by_key(|token| token.id());
    }
    let entity_type = mention
        .map(Mention::entity_type)
        .or(head.entity_type())
        .unwrap_or(default_type(head, argument));
    let tagged = head.entity_type();
    let name_type = mention.and_then(Mention::name_type);
    let is_person = match name_type {
        Some(name_type) => name_type == NameType::Person,
        None => entity_type == EntityType::Person,
    };
    // "Friday" is written like a name, and is none.
    let name_tokens = if entity_type == EntityType::Time && name_type.is_none() {
        Vec::new()
    } else {
        let form = mention.map(Mention::form);
        name_tokens(document, head, form, is_person)
    };
    let demonym = is_demonym_adjective(head);
    let form = match pronoun {
        Some(pronoun) => Form::Pronoun(pronoun),
        None if demonym => Form::Demonym,
        None if !name_tokens.is_empty() => Form::Name,
        None => Form::Nominal,
    };
    let name = match form {
        Form::Name => words_of(document, &name_tokens),
        Form::Demonym => demonym_place(document, head).unwrap_or_default(),
        Form::Nominal | Form::Pronoun(_) => String::new(),
    };
    let titles = titles(head, &name_tokens);
    let noun = if form == Form::Demonym {
        String::new()
    } else {
        noun(head, &name_tokens, &titles, is_person)
    };
    let without_article = without_article(&core);
    let extent = extent(head);
    Reference {
        head: head.id(),
        sentence: head.sentence().id().index(),
        form,
        entity_type,
        tagged,
        name_type: if form == Form::Demonym {
            Some(NameType::Place)
        } else {
            name_type
        },
        words: nominal_words(document, &without_article, form, capitalised),
        gender: gender(head, form, &name_tokens, &titles),
        noun,
        name_tokens: range_of(&name_tokens),
        modifiers: modifiers(head, &name_tokens, &core),
        after: after(head),
        determiner: determiner(head),
        possessor: head
            .children()
            .find(|child| child.deprel() == "nmod:poss")
            .map(Token::id),
        plural: plural(head, form, &name),
        numbered: head
            .children()
            .any(|child| child.relation() == "nummod" && !name_tokens.contains(&child)),
        extent,
        prominence: prominence(head),
        start: without_article
            .first()
            .map_or_else(|| head.span().start(), |first| first.span().start()),
        spelling: Arc::new(Spelling::new(&name)),
        name,
        titles,
    }
}

fn default_type(head: Token<'_>, argument: Option<&Argument>) -> EntityType {
    if argument.is_some_and(|argument| argument.form == ArgumentForm::Time) {
        EntityType::Time
    } else if head.upos() == Upos::Propn {
        EntityType::Object
    } else {
        EntityType::Abstract
    }
}

/// The words of a phrase; a description that begins its sentence does not begin with a capital,
/// unless its first word is among those `capitalised` within a sentence too: "Marovian".
fn nominal_words(
    document: &Document,
    tokens: &[Token<'_>],
    form: Form,
    capitalised: &BTreeSet<&str>,
) -> String {
    let words = words_of(document, tokens);
    let lowers = form == Form::Nominal
        && tokens.first().is_some_and(|first| {
            let at_start = first
                .sentence()
                .tokens()
                .find(|token| token.upos() != Upos::Punct)
                == Some(*first);
            let common = matches!(
                first.upos(),
                Upos::Noun | Upos::Adj | Upos::Verb | Upos::Adv | Upos::Part
            );
            let rest_is_small = first
                .text()
                .chars()
                .skip(1)
                .all(|letter| !letter.is_uppercase());
            let rank = tokens.last().is_some_and(|last| {
                last.deprel() == "nmod:desc" && last.text().starts_with(char::is_uppercase)
            });
            at_start
                && common
                && !rank
                && rest_is_small
                && words::place_of_demonym(first.text()).is_none()
                && !first.lemma().starts_with(char::is_uppercase)
                && !capitalised.contains(first.form())
                && !first.xpos().starts_with("NNP")
        });
    if !lowers {
        return words;
    }
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => words,
    }
}

/// The words that are written with a capital within sentences of the document.
fn capitalised(document: &Document) -> BTreeSet<&str> {
    let within = document.tokens().filter(|token| token.position() > 1);
    within
        .map(Token::form)
        .filter(|form| form.starts_with(char::is_uppercase))
        .collect()
}

fn words_of(document: &Document, tokens: &[Token<'_>]) -> String {
    let ids: Vec<TokenId> = tokens.iter().map(|token| token.id()).collect();
    let words = document.words(&ids);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pronoun(head: Token<'_>) -> Option<Pronoun> {
    let form = head.form().to_lowercase();
    // "23 others" are people or things of their own.
    let counted = head.children().any(|child| child.relation() == "nummod");
    if form == "others" && counted {
        return None;
    }
    let relative = head.feature("PronType") == Some("Rel")
        || (matches!(head.xpos(), "WP" | "WDT" | "WP$") && relative_antecedent(head).is_some());
    if relative && head.upos() != Upos::Adv {
        return Some(Pronoun::Relative);
    }
    let third = |reflexive| Some(Pronoun::Third { reflexive });
    match form.as_str() {
        "he" | "him" | "his" | "she" | "her" | "hers" | "it" | "its" | "they" | "them"
        | "their" | "theirs" => third(false),
        "himself" | "herself" | "itself" | "themselves" => third(true),
        "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves"
            if head.upos() == Upos::Pron =>
        {
            Some(Pronoun::First)
        }
        _ if head.upos() == Upos::Pron => Some(Pronoun::Other),
        "this" | "that" | "these" | "those" | "one" | "ones" | "other" | "others" | "another"
        | "both" | "all" | "some" | "many" | "most" | "each" | "none" => Some(Pronoun::Other),
        _ => None,
    }
}

/// The noun that a relative pronoun stands for: what its relative clause hangs on.
pub(crate) fn relative_antecedent(pronoun: Token<'_>) -> Option<Token<'_>> {
    let mut token = pronoun;
    for _ in 0..12 {
        let head = token.head()?;
        if token.deprel() == "acl:relcl" {
            return Some(head);
        }
        token = head;
    }
    None
}

fn is_demonym_adjective(head: Token<'_>) -> bool {
    let born = head.head().is_some_and(|verb| verb.form() == "born");
    let modifies = born || matches!(head.relation(), "amod" | "compound");
    let adjective = head.upos() == Upos::Adj || (modifies && head.upos() == Upos::Propn);
    let capital = head.text().starts_with(char::is_uppercase);
    adjective
        && modifies
        && capital
        && words::place_of_demonym(head.text()).is_some()
        && !words::is_listed_place(head.text())
}

fn demonym_place(document: &Document, head: Token<'_>) -> Option<String> {
    // "South Korean", "North Korean": two words make one adjective.
    let two = head
        .id()
        .index()
        .checked_sub(1)
        .and_then(|index| document.token(TokenId::from_index(index)))
        .map(|before| format!("{} {}", before.text(), head.text()));
    two.and_then(|words| words::place_of_demonym(&words))
        .or_else(|| words::place_of_demonym(head.text()))
        .map(str::to_owned)
}

/// The head with the modifiers that make its meaning, without relative clauses and the like.
fn core_tokens<'d>(document: &'d Document, head: Token<'d>) -> Vec<Token<'d>> {
    let mut found = vec![head];
    for child in head.children() {
        let whole = match child.relation() {
            "det" | "amod" | "compound" | "nummod" | "flat" | "fixed" | "goeswith" => true,
            "nmod" => {
                child.deprel() == "nmod:poss"
                    || child.deprel() == "nmod:desc"
                    || child
                        .children()
                        .any(|inner| inner.relation() == "case" && inner.form() == "of")
            }
            "punct" => child.text() == "-",
            _ => false,
        };
        if whole {
            found.extend(
                child
                    .subtree()
                    .into_iter()
                    .filter_map(|id| document.token(id)),
            );
        }
    }
    found.sort_by_key(|token| token.id());
    found.dedup_by_key(|token| token.id());
    found
}

/// The words of a number with a fraction that counts `head`: "one and a half million".
fn fraction<'d>(head: Token<'d>) -> Vec<Token<'d>> {
    let number = head
        .children()
        .find(|child| child.relation() == "nummod" && child.id() < head.id());
    let words: Vec<Token<'d>> = number
        .map(Token::subtree)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|id| head.document().token(id))
        .collect();
    let parted = |word: &Token<'_>| matches!(word.lemma(), "half" | "quarter" | "third");
    if words.iter().any(parted) {
        words
    } else {
        Vec::new()
    }
}

/// The phrase without leading articles and other determiners: "yet another offensive" is an
/// offensive. What changes an amount stays: "nearly every house", "half the boats".
fn without_article<'d>(core: &[Token<'d>]) -> Vec<Token<'d>> {
    let mut kept: Vec<Token<'d>> = core.to_vec();
    while kept.len() > 1
        && kept.first().is_some_and(|first| {
            let of_determiner = first
                .head()
                .is_some_and(|head| first.relation() == "advmod" && head.relation() == "det");
            // "at" of "at least ten" is no link.
            let degree = first
                .head()
                .is_some_and(|head| matches!(head.form(), "least" | "most"));
            let linking = first.upos() == Upos::Adp && first.relation() == "case" && !degree;
            let counts = changes_amount(*first) || first.form().eq_ignore_ascii_case("half");
            let determines = first.relation() == "det" || of_determiner;
            determines && !counts || linking || first.upos() == Upos::Punct
        })
    {
        kept.remove(0);
    }
    while kept.len() > 1 && kept.last().is_some_and(|last| last.upos() == Upos::Punct) {
        kept.pop();
    }
    kept
}

fn prominence(head: Token<'_>) -> u8 {
    let mut token = head;
    // A conjunct is as prominent as the first of its row.
    while token.relation() == "conj" {
        match token.head() {
            Some(first) => token = first,
            None => break,
        }
    }
    match token.relation() {
        "nsubj" => 3,
        "obj" | "iobj" | "root" => 2,
        "obl" | "xcomp" | "ccomp" => 1,
        _ => 0,
    }
}

fn range_of(tokens: &[Token<'_>]) -> Range<usize> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.id().index()..last.id().index() + 1,
        (None | Some(_), None) | (None, Some(_)) => 0..0,
    }
}

fn extent(head: Token<'_>) -> Range<usize> {
    let subtree = head.subtree();
    match (subtree.first(), subtree.last()) {
        (Some(first), Some(last)) => first.index()..last.index() + 1,
        (None | Some(_), None) | (None, Some(_)) => head.id().index()..head.id().index() + 1,
    }
}
