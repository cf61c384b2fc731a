//! The procedures that are always there: what each is called, takes, gives and does.
//!
//! Listings, help and completions come from this table. The options that most procedures take
//! are in their own files.

use crate::query::signature::ProcedureSignature;

/// A procedure that is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BuiltIn {
    Labels,
    RelationshipTypes,
    PropertyKeys,
    NodeTypeProperties,
    RelTypeProperties,
    Patterns,
    Procedures,
    Functions,
    Degree,
    PageRank,
    Betweenness,
    Closeness,
    Components,
    StrongComponents,
    Communities,
    Triangles,
    Similar,
    ShortestPath,
    KShortestPaths,
    SimplePaths,
    Distances,
    SearchEntities,
    SearchEvidence,
    Relations,
}

/// Each with its signature and a line about it.
const TABLE: &[(BuiltIn, &str, &str)] = &[
    (
        BuiltIn::Labels,
        "db.labels() :: (label :: STRING, count :: INTEGER)",
        "the labels in use, each with how many nodes bear it",
    ),
    (
        BuiltIn::RelationshipTypes,
        "db.relationshipTypes() :: (relationshipType :: STRING, count :: INTEGER)",
        "the relationship types in use, each with how many relationships have it",
    ),
    (
        BuiltIn::PropertyKeys,
        "db.propertyKeys() :: (propertyKey :: STRING)",
        "the property keys in use",
    ),
    (
        BuiltIn::NodeTypeProperties,
        "db.schema.nodeTypeProperties() :: (nodeType :: STRING, nodeLabels :: LIST OF STRING, \
         propertyName :: STRING?, propertyTypes :: LIST OF STRING?, mandatory :: BOOLEAN, \
         count :: INTEGER)",
        "the properties of the nodes with the same labels: their types, whether every node has \
         them, how many have them",
    ),
    (
        BuiltIn::RelTypeProperties,
        "db.schema.relTypeProperties() :: (relType :: STRING, propertyName :: STRING?, \
         propertyTypes :: LIST OF STRING?, mandatory :: BOOLEAN, count :: INTEGER)",
        "the properties of the relationships of each type: their types, whether every one has \
         them, how many have them",
    ),
    (
        BuiltIn::Patterns,
        "db.schema.patterns() :: (startLabels :: LIST OF STRING, relationshipType :: STRING, \
         endLabels :: LIST OF STRING, count :: INTEGER)",
        "which labels each relationship type joins, and how often",
    ),
    (
        BuiltIn::Procedures,
        "db.procedures() :: (name :: STRING, signature :: STRING, description :: STRING)",
        "the procedures that can be called",
    ),
    (
        BuiltIn::Functions,
        "db.functions() :: (name :: STRING, signature :: STRING, description :: STRING, \
         aggregating :: BOOLEAN)",
        "the functions of the query language",
    ),
    (
        BuiltIn::Degree,
        "graph.degree(options = {} :: MAP?) :: (node :: NODE, degree :: INTEGER, score :: FLOAT)",
        "how many relationships each node has, and their weight together",
    ),
    (
        BuiltIn::PageRank,
        "graph.pageRank(options = {} :: MAP?) :: (node :: NODE, score :: FLOAT)",
        "how often a random walk comes by each node; the scores sum up to 1",
    ),
    (
        BuiltIn::Betweenness,
        "graph.betweenness(options = {} :: MAP?) :: (node :: NODE, score :: FLOAT)",
        "how many shortest paths between others run through each node",
    ),
    (
        BuiltIn::Closeness,
        "graph.closeness(options = {} :: MAP?) :: (node :: NODE, score :: FLOAT)",
        "how near each node is to all others: the mean of 1 / distance",
    ),
    (
        BuiltIn::Components,
        "graph.components(options = {} :: MAP?) :: (node :: NODE, component :: INTEGER, \
         size :: INTEGER)",
        "the parts of the graph that no relationship joins, the largest first",
    ),
    (
        BuiltIn::StrongComponents,
        "graph.strongComponents(options = {} :: MAP?) :: (node :: NODE, component :: INTEGER, \
         size :: INTEGER)",
        "the groups of nodes with directed paths both ways between any two, the largest first",
    ),
    (
        BuiltIn::Communities,
        "graph.communities(options = {} :: MAP?) :: (node :: NODE, community :: INTEGER, \
         size :: INTEGER)",
        "the groups of nodes with more relationships inside than chance would give (Louvain), \
         the largest first",
    ),
    (
        BuiltIn::Triangles,
        "graph.triangles(options = {} :: MAP?) :: (node :: NODE, triangles :: INTEGER, \
         coefficient :: FLOAT)",
        "how many triangles each node is a corner of, and its clustering coefficient",
    ),
    (
        BuiltIn::Similar,
        "graph.similar(to :: NODE?, options = {} :: MAP?) :: (node :: NODE, score :: FLOAT, \
         shared :: INTEGER)",
        "the nodes with the same neighbours as one, the most similar first (Jaccard)",
    ),
    (
        BuiltIn::ShortestPath,
        "graph.shortestPath(from :: NODE?, to :: NODE?, options = {} :: MAP?) :: \
         (path :: PATH, cost :: FLOAT)",
        "the cheapest path between two nodes (Dijkstra)",
    ),
    (
        BuiltIn::KShortestPaths,
        "graph.kShortestPaths(from :: NODE?, to :: NODE?, k :: INTEGER, options = {} :: MAP?) :: \
         (rank :: INTEGER, path :: PATH, cost :: FLOAT)",
        "the k cheapest paths between two nodes that come by no node twice (Yen)",
    ),
    (
        BuiltIn::SimplePaths,
        "graph.simplePaths(from :: NODE?, to :: NODE?, maxLength :: INTEGER, \
         options = {} :: MAP?) :: (path :: PATH, length :: INTEGER, cost :: FLOAT)",
        "all paths between two nodes that come by no node twice, the shortest first",
    ),
    (
        BuiltIn::Distances,
        "graph.distances(from :: NODE?, options = {} :: MAP?) :: (node :: NODE, cost :: FLOAT)",
        "the cost of the cheapest path to each node that can be reached, the nearest first",
    ),
    (
        BuiltIn::SearchEntities,
        "search.entities(text :: STRING?, options = {} :: MAP?) :: (node :: NODE, score :: FLOAT)",
        "the nodes whose name or aliases have the words of a text, the best first (BM25)",
    ),
    (
        BuiltIn::SearchEvidence,
        "search.evidence(text :: STRING?, options = {} :: MAP?) :: \
         (relationship :: RELATIONSHIP, score :: FLOAT)",
        "the relationships whose evidence has the words of a text, the best first (BM25)",
    ),
    (
        BuiltIn::Relations,
        "whom.relations(type = null :: STRING?) :: (type :: STRING, related :: STRING, \
         kind :: STRING, source :: STRING, count :: INTEGER, example :: RELATIONSHIP?)",
        "the relationship types that are a synonym, an inverse, a nominal or a role of a type, \
         by our own list or by wordnet, in use or not; without a type those that the graph uses",
    ),
];

/// What the same is called elsewhere: a part of the name there, in lower case, and the name here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("pagerank", "graph.pageRank"),
    ("betweenness", "graph.betweenness"),
    ("closeness", "graph.closeness"),
    ("harmonic", "graph.closeness"),
    ("degree", "graph.degree"),
    ("louvain", "graph.communities"),
    ("leiden", "graph.communities"),
    ("labelpropagation", "graph.communities"),
    ("community", "graph.communities"),
    ("wcc", "graph.components"),
    ("weak", "graph.components"),
    ("unionfind", "graph.components"),
    ("scc", "graph.strongComponents"),
    ("strong", "graph.strongComponents"),
    ("triangle", "graph.triangles"),
    ("clusteringcoefficient", "graph.triangles"),
    ("similar", "graph.similar"),
    ("jaccard", "graph.similar"),
    ("yens", "graph.kShortestPaths"),
    ("kshortest", "graph.kShortestPaths"),
    ("k_shortest", "graph.kShortestPaths"),
    ("simplepaths", "graph.simplePaths"),
    ("singlesource", "graph.distances"),
    ("sssp", "graph.distances"),
    ("dijkstra", "graph.shortestPath"),
    ("astar", "graph.shortestPath"),
    ("shortestpath", "graph.shortestPath"),
    ("fulltext.queryrelationships", "search.evidence"),
    ("fulltext", "search.entities"),
    ("schema.visualization", "db.schema.patterns"),
    ("dbms.procedures", "db.procedures"),
    ("dbms.functions", "db.functions"),
    ("meta.schema", "db.schema.nodeTypeProperties"),
];

/// What a procedure of another system is called here.
pub(crate) fn known_elsewhere(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let mut known = ELSEWHERE.iter();
    known
        .find(|(part, _)| lower.contains(part))
        .map(|(_, here)| *here)
}

/// All of them with their signatures.
pub(super) fn built_ins() -> impl Iterator<Item = (BuiltIn, ProcedureSignature)> {
    TABLE.iter().filter_map(|(built_in, text, description)| {
        let signature: ProcedureSignature = text.parse().ok()?;
        let description = (*description).to_owned();
        Some((
            *built_in,
            ProcedureSignature {
                description,
                ..signature
            },
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::{ELSEWHERE, TABLE, built_ins, known_elsewhere};

    #[test]
    fn every_signature_is_read() {
        assert_eq!(built_ins().count(), TABLE.len());
        for (_, here) in ELSEWHERE {
            assert!(
                built_ins().any(|(_, signature)| signature.name == *here),
                "{here}"
            );
        }
    }

    #[test]
    fn procedures_of_other_systems_are_known() {
        let cases = [
            ("gds.pageRank.stream", Some("graph.pageRank")),
            ("gds.shortestPath.yens.stream", Some("graph.kShortestPaths")),
            ("db.index.fulltext.queryNodes", Some("search.entities")),
            ("apoc.load.json", None),
        ];
        for (there, here) in cases {
            assert_eq!(known_elsewhere(there), here, "{there}");
        }
    }
}
