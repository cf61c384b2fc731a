//! Who says so: "X said that …", "according to X", "…, X said", and quotes over several sentences.

use std::ops::Range;

use crate::base::Id as _;
use crate::model::Polarity;
use crate::text::{Document, EntityType, Sentence, SentenceId, Token, TokenId, Upos, quotations};

use super::clause::{Clause, Filler, Link};
use super::polarity::is_negation;
use super::predicate::{is_finite, is_gerund, reports_beside};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::{is_time, marks, preposition};
use super::words::words;

/// Whether `preposition` names the source of a claim.
pub(crate) fn is_source(preposition: &str) -> bool {
    matches!(preposition, "according to" | "per")
}

/// Whether `token` is a verb whose complement is somebody's word.
pub(crate) fn is_speech(token: Token<'_>) -> bool {
    words().attribution_verbs.contains_key(token.lemma())
}

/// Whether `verb` reports what it is completed by, or what it stands beside: "the study found that
/// the fish are gone", "the court heard that …".
fn reports(verb: Token<'_>) -> bool {
    let told = verb.child(&["ccomp"]).map_or(
        verb.relation() == "parataxis" && verb.child(&["obj"]).is_none(),
        |told| is_finite(told) && told.child(&["nsubj", "nsubj:pass", "expl"]).is_some(),
    );
    match verb.lemma() {
        // Who finds out that it is so does not say it.
        "find" => {
            told && verb
                .child(&["compound:prt", "advmod"])
                .is_none_or(|word| word.form() != "out")
        }
        // What a person hears is not yet his word.
        "hear" => {
            let court = verb.child(&["nsubj"]).is_some_and(|court| {
                let body = matches!(
                    court.entity_type(),
                    Some(EntityType::Organization | EntityType::Event)
                );
                body || matches!(court.lemma(), "judge" | "jury" | "inquest" | "tribunal")
            });
            told && court
        }
        _ => false,
    }
}

/// Whether `head` is what the clause above is said not to have said: "has not confirmed that it
/// left", "refused to say that it left". Nobody says so then.
pub(crate) fn is_unsaid(head: Token<'_>, parent: &Clause) -> bool {
    let complete = head
        .child(&["nsubj", "nsubj:pass", "csubj", "expl"])
        .is_some();
    let verb = head.head();
    head.relation() == "ccomp"
        && complete
        && parent.polarity == Polarity::Denied
        && verb.is_some_and(|verb| verb.id() == parent.head && is_speech(verb))
}

/// The head of who says what the clause of `head` says.
pub(crate) fn of(head: Token<'_>, parent: Option<&Clause>) -> Option<TokenId> {
    for child in head.children() {
        if is_source(&preposition(child)) {
            return Some(child.id());
        }
        let names_source =
            child.lemma() == "accord" || child.form().eq_ignore_ascii_case("according");
        if let Some(source) = child
            .child(&["obl", "obj", "nmod"])
            .filter(|_| names_source)
        {
            return Some(source.id());
        }
        // "the regime, he said, attacked"; "the regime attacked, as he said".
        let aside = said_before(child) == Some(head) && child.lemma() != "hear";
        let speaker = child.child(&["nsubj", "nsubj:pass"]).filter(|_| aside);
        if let Some(speaker) = speaker.filter(|speaker| !is_charge(*speaker)) {
            return Some(speaker.id());
        }
    }
    let parent = parent?;
    let verb = head.document().token(parent.head)?;
    if is_unsaid(head, parent) {
        return parent.attribution;
    }
    if is_heard(head, parent) {
        return heard_from(parent).or(parent.attribution);
    }
    let says = is_speech(verb) || head.relation() == "ccomp" && reports(verb);
    if matches!(head.relation(), "ccomp" | "xcomp") && says {
        // Who continues to do something, or plans to, says nothing; who denies doing it does.
        let denies = words().deny_verbs.contains_key(verb.lemma())
            && !(verb.lemma() == "deny" && is_gerund(head));
        let intends = head.relation() == "xcomp"
            && (words().plan_verbs.contains_key(verb.lemma())
                || words().phase_verbs.contains_key(verb.lemma())
                || denies);
        let speaker = parent.filling(ClauseRole::Subject).next();
        let charge = |speaker: &Filler| head.document().token(speaker.token).is_some_and(is_charge);
        if let Some(speaker) = speaker.filter(|speaker| !intends && !charge(speaker)) {
            return Some(speaker.token);
        }
    }
    // "the ministry's claim that the bridge collapsed".
    if let Some(speaker) = teller(head, verb, parent) {
        return Some(speaker);
    }
    // "accused the council of hiding it".
    let accused = head.relation() == "advcl"
        && head.xpos() == "VBG"
        && words().accuse_verbs.contains_key(verb.lemma())
        && marks(head)
            .iter()
            .any(|mark| matches!(mark.as_str(), "of" | "with" | "for"));
    if accused && let Some(accuser) = parent.filling(ClauseRole::Subject).next() {
        return Some(accuser.token);
    }
    // "a release issued yesterday" is not said by the release; that he said it is not his word.
    let says = head.child(&["nsubj"]).map(Token::id);
    parent
        .attribution
        .filter(|speaker| !describes_speaker(head, verb, *speaker) && says != Some(*speaker))
}

/// Whether `noun` is what somebody is accused of, and says nothing: "charges the mayor denies".
fn is_charge(noun: Token<'_>) -> bool {
    let denied = noun
        .head()
        .is_some_and(|verb| words().deny_verbs.contains_key(verb.lemma()));
    denied && matches!(noun.lemma(), "accusation" | "allegation" | "charge")
}

/// Whether `head` is what a court hears, told by `parent`: "the court heard that he fled".
fn is_heard(head: Token<'_>, parent: &Clause) -> bool {
    head.relation() == "ccomp"
        && head
            .head()
            .is_some_and(|verb| verb.id() == parent.head && verb.lemma() == "hear" && reports(verb))
}

/// From whom the clause `hearing` says that it is heard: "heard from the witness that he fled".
fn heard_from(hearing: &Clause) -> Option<TokenId> {
    hearing
        .filling(ClauseRole::Oblique)
        .find(|filler| filler.preposition == "from")
        .map(|filler| filler.token)
}

/// Whether `head` is told in court by somebody who is not named. The court only hears it: it is not
/// the court's word, and as nobody is known who vouches for it, it may be so, like what "is said".
pub(crate) fn is_only_heard(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let heard = parent.is_some_and(|parent| {
        is_heard(head, parent) && heard_from(parent).or(parent.attribution).is_none()
    });
    let aside = || {
        head.children()
            .any(|child| child.lemma() == "hear" && said_before(child) == Some(head))
    };
    heard || aside()
}

/// Whose word the clause `head` under a noun is: the owner of "the ministry's claim that …", else who
/// utters it by `verb`: "came to the conclusion that …", "issued a statement that …".
fn teller(head: Token<'_>, verb: Token<'_>, parent: &Clause) -> Option<TokenId> {
    let noun = head.head().filter(|_| head.deprel() == "acl")?;
    let lists = words();
    let is_word = lists.hearsay_nouns.contains_key(noun.lemma())
        || lists.word_nouns.contains_key(noun.lemma());
    let is_told = head
        .children()
        .any(|child| matches!(child.relation(), "nsubj" | "csubj" | "expl"));
    if !is_word || !is_told || !is_finite(head) {
        return None;
    }
    let owner = noun.child(&["nmod:poss"]).or_else(|| {
        noun.children()
            .find(|child| child.deprel() == "nmod" && preposition(*child) == "by")
    });
    let utters = is_speech(verb) || UTTERING.contains(&verb.lemma());
    let uttered = utters
        && parent.kind == ClauseKind::Active
        && matches!(noun.relation(), "obj" | "obl")
        && noun.head() == Some(verb);
    let subject = || parent.filling(ClauseRole::Subject).next();
    owner
        .map(Token::id)
        .or_else(|| subject().filter(|_| uttered).map(|speaker| speaker.token))
}

/// Verbs by which somebody utters the claim, the statement, the conclusion that is their object.
const UTTERING: &[&str] = &[
    "come", "deliver", "draw", "express", "give", "hold", "issue", "make", "publish", "reach",
    "release", "send", "share", "voice",
];

/// Gives what a whole sentence tells to the source that closes it after a comma: "A left, and B
/// stayed, according to the police". The parser may tie it to the last verb or noun alone.
pub(crate) fn attribute_sources(document: &Document, clauses: &mut [Clause]) {
    for sentence in document.sentences() {
        let Some((root, source)) = sentence.root().zip(closing_source(&sentence)) else {
            continue;
        };
        let range = sentence.token_range();
        let mut inside: Vec<&mut Clause> = clauses
            .iter_mut()
            .filter(|clause| range.contains(&clause.head.index()))
            .collect();
        if !inside.iter().any(|clause| clause.head == root.id()) {
            continue;
        }
        for clause in &mut inside {
            clause
                .fillers
                .retain(|filler| filler.role != ClauseRole::Source || filler.token != source.id());
            let below = document
                .token(clause.head)
                .is_none_or(|head| head == source || stands_under(head, source.id()));
            if !below && clause.attribution.is_none() {
                clause.attribution = Some(source.id());
            }
            if clause.head == root.id() {
                clause.fillers.push(Filler {
                    role: ClauseRole::Source,
                    token: source.id(),
                    preposition: "according to".to_owned(),
                    case: Vec::new(),
                    link: Link::Own,
                });
            }
        }
    }
}

/// The head of the source at the end of `sentence`, after a comma: "release" of "…, according to the
/// release."
fn closing_source<'d>(sentence: &Sentence<'d>) -> Option<Token<'d>> {
    let according = sentence
        .tokens()
        .find(|token| token.form() == "according")?;
    let before = according.id().index().checked_sub(1)?;
    let comma = sentence
        .document()
        .token(TokenId::from_index(before))
        .is_some_and(|mark| mark.form() == ",");
    let source = if according.relation() == "case" {
        according.head()?
    } else {
        according.child(&["obl", "obj", "nmod"])?
    };
    let last = sentence
        .tokens()
        .rev()
        .find(|token| token.upos() != Upos::Punct)?;
    let closes = source == last || stands_under(last, source.id());
    (comma && closes && source.id() > according.id()).then_some(source)
}

/// Whether `token` is a word of the phrase that names `speaker`, of whom the clause of `above` is
/// the word: "club" of "according to the club's coach, Bo left". That is the author's word.
pub(crate) fn describes_speaker(token: Token<'_>, above: Token<'_>, speaker: TokenId) -> bool {
    let within = token.id() == speaker || stands_under(token, speaker);
    within && !stands_under(above, speaker)
}

/// Whether `token` is a word of the phrase that `above` heads.
fn stands_under(token: Token<'_>, above: TokenId) -> bool {
    let mut current = token;
    while let Some(head) = current.head() {
        if head.id() == above {
            return true;
        }
        current = head;
    }
    false
}

/// What the aside `verb` reports, when it stands beside its own complement: "the regime, he
/// said, attacked".
pub(crate) fn said_before(verb: Token<'_>) -> Option<Token<'_>> {
    let aside = verb.relation() == "parataxis" && !tells_its_own(verb)
        || (verb.relation() == "advcl"
            && verb
                .children()
                .any(|mark| mark.relation() == "mark" && mark.lemma() == "as"));
    let complete = verb.child(&["ccomp", "obj", "xcomp"]).is_some();
    let has_speaker = verb.child(&["nsubj"]).is_some() || reports_beside(verb);
    if aside && !complete && has_speaker && (is_speech(verb) || reports(verb)) {
        verb.head()
    } else {
        None
    }
}

/// Whether the clause of `verb` beside another one tells something of its own: it follows a
/// semicolon, is denied, or says to what somebody answers: "; the army did not respond".
fn tells_its_own(verb: Token<'_>) -> bool {
    verb.children().any(|child| match child.relation() {
        "punct" => child.form() == ";" && child.id() < verb.id(),
        "advmod" => is_negation(child),
        "obl" => {
            child.id() > verb.id()
                && !is_time(child)
                && matches!(
                    preposition(child).as_str(),
                    "with" | "by" | "against" | "for"
                )
        }
        _ => false,
    })
}

/// The subject of the verb of speech `said` when the parser ties it to the quote before: in
/// '"They left," the mayor said' to "left".
pub(crate) fn speaker_tied_to_quote(said: Token<'_>) -> Option<Token<'_>> {
    if !is_speech(said) || said.child(&["nsubj"]).is_some() {
        return None;
    }
    let quoted = said.child(&["ccomp"])?;
    let document = said.document();
    quoted
        .children()
        .filter(|child| child.relation() == "nsubj" && child.id() > quoted.id())
        .find(|child| {
            let before = child.subtree().first().copied();
            let mark = before
                .and_then(|first| first.index().checked_sub(1))
                .and_then(|index| document.token(TokenId::from_index(index)));
            mark.is_some_and(|mark| matches!(mark.form(), "\"" | "”" | "''" | ","))
                && child.id() < said.id()
        })
}

/// One stretch of quoted text; it may run over several sentences and paragraphs.
struct Quote {
    tokens: Range<usize>,
    speaker: Option<TokenId>,
}

/// Gives the speaker of a quote to its clauses that have none yet.
pub(crate) fn attribute_quotes(document: &Document, clauses: &mut [Clause]) {
    let mut quotes = quotes(document);
    // The last speaker, and the sentence up to which he is known to speak.
    let mut previous: Option<(usize, TokenId)> = None;
    for quote in &mut quotes {
        let outside = |speaker: &TokenId| !quote.tokens.contains(&speaker.index());
        let said = clauses
            .iter()
            .filter(|clause| quote.tokens.contains(&clause.head.index()))
            .find_map(|clause| clause.attribution.filter(outside));
        let first = sentence_of(document, quote.tokens.start);
        if let Some(signature) = signature(document, quote) {
            quote.speaker = signature.speaker;
            previous = None;
            continue;
        }
        let speaker = said
            .or_else(|| speaker_beside(document, clauses, quote))
            .or_else(|| leading(document, clauses, quote))
            .or_else(|| {
                previous
                    .filter(|(last, _)| first <= last + 1)
                    .map(|(_, speaker)| speaker)
            })
            .or_else(|| speaker_in(document, clauses, first.checked_sub(1)?))
            .or_else(|| told_of_before(document, clauses, first));
        quote.speaker = speaker;
        if let Some(speaker) = speaker {
            let last = quote.tokens.end.saturating_sub(1);
            previous = Some((sentence_of(document, last), speaker));
        }
    }
    for clause in clauses.iter_mut() {
        // "We are sure that …" within a quote is the speaker's word.
        let himself = |speaker: TokenId| {
            document.token(speaker).is_some_and(|token| {
                token.upos() == Upos::Pron && token.feature("Person") == Some("1")
            })
        };
        if clause.attribution.is_some_and(|speaker| !himself(speaker)) {
            continue;
        }
        let quote = quotes
            .iter()
            .find(|quote| quote.tokens.contains(&clause.head.index()));
        let Some((quote, speaker)) = quote.and_then(|quote| Some((quote, quote.speaker?))) else {
            continue;
        };
        // Words in quotes inside the author's own clause ("a “limited operation”") are no speech.
        let own_words = document.token(clause.head).is_none_or(|head| {
            head.children()
                .filter(|child| matches!(child.relation(), "nsubj" | "cop" | "aux"))
                .any(|child| !quote.tokens.contains(&child.id().index()))
        });
        if !own_words {
            clause.attribution = Some(speaker);
            let is_main = document
                .token(clause.head)
                .is_some_and(|head| head.head().is_none());
            if is_main {
                clause.fillers.push(Filler {
                    role: ClauseRole::Source,
                    token: speaker,
                    preposition: String::new(),
                    case: Vec::new(),
                    link: Link::Shared,
                });
            }
        }
    }
}

/// What stands in place of a verb of speech after a quote: '"It is a long game." — Ana Rivera'.
struct Signature {
    /// Who is named, if he can be made out.
    speaker: Option<TokenId>,
}

/// The signature of `quote`: what follows it in its paragraph, if that is no sentence.
fn signature(document: &Document, quote: &Quote) -> Option<Signature> {
    let is_mark = |token: Token<'_>| matches!(token.form(), "\"" | "“" | "”" | "''" | "``");
    let closes = document
        .token(TokenId::from_index(quote.tokens.end))
        .filter(|mark| is_mark(*mark))?;
    let paragraph = closes.sentence().paragraph();
    // Only a quote that opens its paragraph is signed.
    let before = quote.tokens.start.checked_sub(2).map(TokenId::from_index);
    let opens = before
        .and_then(|before| document.token(before))
        .is_none_or(|before| before.sentence().paragraph() != paragraph);
    let mut rest = document
        .tokens()
        .skip(quote.tokens.end + 1)
        .take_while(|token| token.sentence().paragraph() == paragraph && !is_mark(*token))
        .peekable();
    let _dash = rest.next_if(|token| matches!(token.form(), "-" | "–" | "—" | "--"));
    let name = rest
        .peek()
        .copied()
        .filter(|name| name.upos() != Upos::Punct)?;
    let words: Vec<Token<'_>> = rest.collect();
    let is_told = words
        .iter()
        .any(|token| matches!(token.upos(), Upos::Verb | Upos::Aux));
    if !opens || is_told {
        return None;
    }
    let mut head = name;
    while let Some(above) = head.head().filter(|above| words.contains(above)) {
        head = above;
    }
    let speaker = may_speak(head).then_some(head.id());
    Some(Signature { speaker })
}

fn sentence_of(document: &Document, token: usize) -> usize {
    document
        .token(TokenId::from_index(token))
        .map_or(0, |token| token.sentence().id().index())
}

/// The subject of the main verb of sentence number `sentence`, if that is a verb of speech, or if
/// the sentence ends with a colon or a comma and so leads to what somebody says: "The commander
/// released this statement:".
fn speaker_in(document: &Document, clauses: &[Clause], sentence: usize) -> Option<TokenId> {
    let sentence = document.sentence(SentenceId::from_index(sentence))?;
    let root = sentence.root()?;
    let clause = clauses.iter().find(|clause| clause.head == root.id())?;
    let speaker = clause.filling(ClauseRole::Subject).next()?;
    let complete = clause.filling(ClauseRole::Complement).next().is_some();
    let leads = sentence
        .tokens()
        .next_back()
        .is_some_and(|last| matches!(last.form(), ":" | ","));
    let speaks = document.token(speaker.token).is_some_and(may_speak);
    let says = (is_speech(root) && (complete || leads)) || (leads && speaks);
    says.then_some(speaker.token)
}

/// Who leads to the quote with a colon, in its own sentence or the one before: "The navy made this
/// statement: …".
fn leading(document: &Document, clauses: &[Clause], quote: &Quote) -> Option<TokenId> {
    let colon = quote.tokens.start.checked_sub(2)?;
    let colon = document.token(TokenId::from_index(colon))?;
    if colon.form() != ":" {
        return None;
    }
    let root = colon.sentence().root()?;
    let clause = clauses.iter().find(|clause| clause.head == root.id())?;
    let speaker = clause.filling(ClauseRole::Subject).next()?.token;
    let acts = document.token(speaker).is_some_and(may_speak);
    (acts && !quote.tokens.contains(&speaker.index())).then_some(speaker)
}

fn may_speak(token: Token<'_>) -> bool {
    matches!(
        token.entity_type(),
        Some(EntityType::Person | EntityType::Organization)
    )
}

/// The person whom the text before a quote without a verb of speech is about, in the same
/// paragraph: 'Rivera was glad about the show. "It is a dream."'
fn told_of_before(document: &Document, clauses: &[Clause], first: usize) -> Option<TokenId> {
    let paragraph = document
        .sentence(SentenceId::from_index(first))?
        .paragraph();
    (1..=REACH)
        .filter_map(|back| first.checked_sub(back))
        .filter_map(|index| document.sentence(SentenceId::from_index(index)))
        .take_while(|sentence| sentence.paragraph() == paragraph)
        .find_map(|sentence| {
            let root = sentence.root()?;
            let clause = clauses.iter().find(|clause| clause.head == root.id())?;
            let subject = clause.surface.first()?.0;
            let token = document.token(subject)?;
            let named =
                token.upos() == Upos::Propn && token.entity_type() == Some(EntityType::Person);
            named.then_some(subject)
        })
}

/// How many sentences before a quote may name its speaker without a verb of speech.
const REACH: usize = 2;

/// The subject of a verb of speech outside the quote, in the sentence where it begins or ends.
fn speaker_beside(document: &Document, clauses: &[Clause], quote: &Quote) -> Option<TokenId> {
    let last = quote.tokens.end.checked_sub(1)?;
    [quote.tokens.start, last].into_iter().find_map(|index| {
        let sentence = document.token(TokenId::from_index(index))?.sentence();
        let range = sentence.token_range();
        clauses
            .iter()
            .filter(|clause| {
                let at = clause.head.index();
                range.contains(&at) && !quote.tokens.contains(&at)
            })
            .filter(|clause| document.token(clause.head).is_some_and(is_speech))
            .find_map(|clause| clause.filling(ClauseRole::Subject).next())
            .map(|filler| filler.token)
            .filter(|speaker| !quote.tokens.contains(&speaker.index()))
    })
}

/// The quotes of at least four words, in order.
fn quotes(document: &Document) -> Vec<Quote> {
    quotations(document)
        .into_iter()
        .filter(|tokens| tokens.len() >= 4)
        .map(|tokens| Quote {
            tokens,
            speaker: None,
        })
        .collect()
}
