//! What verbs that are joined have in common: who acts, and whom they act on.

use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::text::Token;

/// Whether the verb of the pronoun `token` has another argument that already means the cluster of
/// `candidate`: "the army denied it" is not about the army.
pub(super) fn beside_itself(
    scene: &Scene<'_>,
    clusters: &Clusters,
    token: Token<'_>,
    candidate: usize,
) -> bool {
    let argument = |token: Token<'_>| matches!(token.relation(), "nsubj" | "obj" | "iobj" | "obl");
    if !argument(token) {
        return false;
    }
    let Some(verb) = token.head() else {
        return false;
    };
    let shared = shared_subject(verb).filter(|_| matches!(token.relation(), "obj" | "iobj"));
    verb.children()
        .filter(|child| child.id() != token.id() && argument(*child))
        .chain(shared)
        .filter_map(|child| scene.by_head.get(&child.id()))
        .any(|other| clusters.together(*other, candidate))
}

/// The subject that `verb` has from the verb it is joined to: the soldiers of "the soldiers caught
/// the farmers and made them work".
pub(super) fn shared_subject(verb: Token<'_>) -> Option<Token<'_>> {
    let mut current = verb;
    for _ in 0..8 {
        if current.relation() != "conj" || current.child(&["nsubj"]).is_some() {
            return None;
        }
        current = current.head()?;
        if let Some(subject) = current.child(&["nsubj"]) {
            return Some(subject);
        }
    }
    None
}

/// What the verbs act on that the verb of the object `token` is joined to, or stands beside what is
/// joined to them: the farmers of "the soldiers caught the farmers and made them work".
pub(super) fn acted_on_before(scene: &Scene<'_>, token: Token<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    let object = matches!(token.relation(), "obj" | "iobj");
    let Some(mut verb) = token.head().filter(|_| object) else {
        return found;
    };
    for _ in 0..8 {
        if verb.relation() != "conj" || verb.child(&["nsubj"]).is_some() {
            break;
        }
        let Some(first) = verb.head() else {
            break;
        };
        let beside = first
            .children()
            .filter(|child| child.relation() == "conj" && child.child(&["nsubj"]).is_none());
        for joined in std::iter::once(first).chain(beside) {
            // "began to sell boats" acts on boats.
            let infinitives = joined
                .children()
                .filter(|child| child.relation() == "xcomp");
            let verbs = std::iter::once(joined).chain(infinitives);
            let objects = verbs.flat_map(|verb| verb.children().collect::<Vec<_>>());
            let before = objects.filter(|child| {
                matches!(child.relation(), "obj" | "iobj") && child.id() < token.id()
            });
            found.extend(before.filter_map(|child| scene.by_head.get(&child.id()).copied()));
        }
        verb = first;
    }
    found
}
