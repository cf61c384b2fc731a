Feature: Patterns

  Scenario: Each relationship once in a pattern, loops once
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x)-[r]-(y)-[s]-(z)
      RETURN count(*) AS paths, count(DISTINCT r) AS relationships
      """
    Then the result should be, in any order:
      | paths | relationships |
      | 10    | 4             |
    And no side effects

  Scenario: Two clauses may use one relationship twice
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x)-[r]->(y) MATCH (x)-[s]->(z)
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 6 |
    And no side effects

  Scenario: A bound relationship and bound ends
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x:A)-[r:R]->(y)
      MATCH (x)-[r]->(z), (z)-[q]->(t)
      RETURN y = z AS same, t.n AS n
      """
    Then the result should be, in any order:
      | same | n |
      | true | 3 |
    And no side effects

  Scenario: Undirected patterns are met both ways
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x)-[:R]-(y) RETURN x.n AS x, y.n AS y
      """
    Then the result should be, in any order:
      | x | y |
      | 1 | 2 |
      | 2 | 1 |
      | 2 | 3 |
      | 3 | 2 |
    And no side effects

  Scenario: Types, labels and properties in a pattern
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x:A)-[r:R|S {w: 1}]->(y:B {n: 2}) RETURN type(r) AS t
      """
    Then the result should be, in any order:
      | t   |
      | 'R' |
    And no side effects

  Scenario: A length of *
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 2 |
      | 3 |
      | 3 |
      | 3 |
      | 3 |
    And no side effects

  Scenario: A length of *1..1
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*1..1]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: A length of *0
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*0]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 1 |
    And no side effects

  Scenario: A length of *0..1
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*0..1]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: A length of *2
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*2]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 3 |
      | 3 |
    And no side effects

  Scenario: A length of *..2
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*..2]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 2 |
      | 3 |
      | 3 |
      | 3 |
    And no side effects

  Scenario: A length of *3..
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*3..]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
      | 3 |
    And no side effects

  Scenario: A length of *2..1
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*2..1]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
    And no side effects

  Scenario: A length of *..0
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[*..0]->(y) RETURN y.n AS n ORDER BY n
      """
    Then the result should be, in order:
      | n |
    And no side effects

  Scenario: Conditions and types hold for each step
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[rs:R*1..2 {w: 1}]->(y) RETURN size(rs) AS size, y.n AS n
      """
    Then the result should be, in any order:
      | size | n |
      | 1    | 2 |
    And no side effects

  Scenario: A list of relationships, walked again
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (:A)-[r1]->()-[r2:R]->() WITH [r1, r2] AS rs
      MATCH (x)-[rs*]->(y) RETURN x.n AS x, y.n AS y
      """
    Then the result should be, in any order:
      | x | y |
      | 1 | 3 |
    And no side effects

  Scenario: Paths keep the order in which they are written
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH p = (:C)<-[:R]-(:B)<-[:R]-(a) RETURN p, length(p) AS length, [x IN nodes(p) | x.n] AS ns
      """
    Then the result should be, in any order:
      | p                                                               | length | ns        |
      | <(:C {n: 3})<-[:R {w: 2}]-(:B {n: 2})<-[:R {w: 1}]-(:A {n: 1})> | 2      | [3, 2, 1] |
    And no side effects

  Scenario: A path of one node, and of no relationships
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH p = (x:A), q = (x)-[*0]-(y) RETURN p, length(q) AS length, relationships(q) AS rs
      """
    Then the result should be, in any order:
      | p             | length | rs |
      | <(:A {n: 1})> | 0      | [] |
    And no side effects

  Scenario: Optional patterns give null as a whole
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x) OPTIONAL MATCH p = (x)-[r:R]->(y)-[:R]->(z) RETURN x.n AS x, y.n AS y, r IS NULL AS none, length(p) AS length
      """
    Then the result should be, in any order:
      | x | y    | none  | length |
      | 1 | 2    | false | 2      |
      | 2 | null | true  | null   |
      | 3 | null | true  | null   |
    And no side effects

  Scenario: The condition belongs to the optional pattern
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x) OPTIONAL MATCH (x)-[:R]->(y) WHERE y.n > x.n + 5 OR x:B RETURN x.n AS x, y.n AS y
      """
    Then the result should be, in any order:
      | x | y    |
      | 1 | null |
      | 2 | 3    |
      | 3 | null |
    And no side effects

  Scenario: Nothing is found from null
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      OPTIONAL MATCH (x:None) OPTIONAL MATCH (x)-->(y) RETURN x, y
      """
    Then the result should be, in any order:
      | x    | y    |
      | null | null |
    And no side effects

  Scenario: Functions of null
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      OPTIONAL MATCH (x:None)-[r]->() RETURN x.n, labels(x), type(r), keys(x), properties(r), id(x), startNode(r), x:A, [x], size(collect(x)) AS size
      """
    Then the result should be, in any order:
      | x.n  | labels(x) | type(r) | keys(x) | properties(r) | id(x) | startNode(r) | x:A  | [x]    | size |
      | null | null      | null    | null    | null          | null  | null         | null | [null] | 0    |
    And no side effects

  Scenario: Patterns as conditions
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x) WHERE (x)-[:R]->() AND NOT (x)<-[:R]-() OR (x)-[:L]-(x) RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 3 |
    And no side effects

  Scenario: Patterns as conditions between two nodes, over several steps
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x:A), (y) WHERE (x)-[:R*2]->(y) RETURN y.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: Pattern comprehensions
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x) RETURN x.n AS n, [(x)-[r]->(y) WHERE y.n > x.n | [type(r), y.n]] AS out, size([p = (x)-[*]->(:C) | p]) AS paths ORDER BY n
      """
    Then the result should be (ignoring element order for lists):
      | n | out                  | paths |
      | 1 | [['S', 3], ['R', 2]] | 4     |
      | 2 | [['R', 3]]           | 2     |
      | 3 | []                   | 1     |
    And no side effects

  Scenario: Comprehensions within comprehensions
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH p = (:A)-[:R]->() RETURN [x IN nodes(p) | size([(x)-[:R]->() | 1])] AS out, all(x IN nodes(p) WHERE (x)-->()) AS all
      """
    Then the result should be, in any order:
      | out    | all  |
      | [1, 1] | true |
    And no side effects

  Scenario: Several labels, and labels as values
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x) RETURN x:A AS a, x:A:B AS ab, x:B OR x:C AS bc ORDER BY x.n
      """
    Then the result should be, in order:
      | a     | ab    | bc    |
      | true  | false | false |
      | false | false | true  |
      | false | false | true  |
    And no side effects

  Scenario: Null in a property map matches nothing
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1})-[:R {w: 1}]->(b:B {n: 2})-[:R {w: 2}]->(c:C {n: 3}), (a)-[:S]->(c), (c)-[:L]->(c)
      """
    When executing query:
      """
      MATCH (x {n: null}) RETURN x
      """
    Then the result should be, in any order:
      | x |
    And no side effects

  Scenario Outline: Patterns that cannot be
    Given an empty graph
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                             | detail                          |
      | MATCH (r)-[r]-() RETURN r                         | VariableTypeConflict            |
      | MATCH ()-[r]-(r) RETURN r                         | VariableTypeConflict            |
      | MATCH ()-[r]-() MATCH (r) RETURN r                | VariableTypeConflict            |
      | MATCH p = ()--() MATCH (p) RETURN p               | VariableTypeConflict            |
      | MATCH p = ()--(), (p) RETURN p                    | VariableTypeConflict            |
      | MATCH p = ()--() MATCH ()-[p]-() RETURN p         | VariableTypeConflict            |
      | MATCH ()-[r*]-(), ()-[s]-(r) RETURN r             | VariableTypeConflict            |
      | WITH 'x' AS n MATCH (n) RETURN n                  | VariableTypeConflict            |
      | WITH [1] AS n MATCH (n)--() RETURN n              | VariableTypeConflict            |
      | WITH {a: 1} AS r MATCH ()-[r]-() RETURN r         | VariableTypeConflict            |
      | MATCH (n) WITH [n] AS ns MATCH (ns)--() RETURN ns | VariableTypeConflict            |
      | WITH 1 AS n CREATE (n)-[:R]->()                   | VariableTypeConflict            |
      | MATCH (p) MATCH p = ()--() RETURN p               | VariableAlreadyBound            |
      | MATCH p = (p)--() RETURN p                        | VariableAlreadyBound            |
      | MATCH ()-[p]-(), p = () RETURN p                  | VariableAlreadyBound            |
      | WITH 1 AS p MATCH p = () RETURN p                 | VariableAlreadyBound            |
      | MATCH p = (), p = () RETURN p                     | VariableAlreadyBound            |
      | MATCH ()-[r]-()-[r]-() RETURN r                   | RelationshipUniquenessViolation |
      | MATCH ()-[r]-(), ()-[r]-() RETURN r               | RelationshipUniquenessViolation |
      | MATCH (n $p) RETURN n                             | InvalidParameterUse             |
      | MATCH ()-[r:R $p]-() RETURN r                     | InvalidParameterUse             |
      | MERGE (n:N $p)                                    | InvalidParameterUse             |
      | MERGE (n)-[r:R $p]->()                            | InvalidParameterUse             |
      | MATCH (n) WHERE n.x = m.x RETURN n                | UndefinedVariable               |
      | MATCH (n) WHERE (n)-[r]-() RETURN n               | UndefinedVariable               |
      | MATCH (n) WHERE (n)--(m) RETURN n                 | UndefinedVariable               |
      | MATCH (n {x: y}) RETURN n                         | UndefinedVariable               |
      | MATCH (n) RETURN (n)-->()                         | UnexpectedSyntax                |
      | MATCH (n) WITH (n)--() AS p RETURN p              | UnexpectedSyntax                |
      | MATCH (n) SET n.x = (n)-->()                      | UnexpectedSyntax                |
      | MATCH (n) RETURN size((n)--()) AS s               | UnexpectedSyntax                |
      | MATCH p = (n)--() WHERE p.x = 1 RETURN n          | InvalidArgumentType             |
      | MATCH (n) RETURN length(n)                        | InvalidArgumentType             |
      | MATCH ()-[r]-() RETURN length(r)                  | InvalidArgumentType             |
      | MATCH p = () RETURN size(p)                       | InvalidArgumentType             |
      | MATCH (n) RETURN type(n)                          | InvalidArgumentType             |
      | MATCH ()-[r]-() RETURN labels(r)                  | InvalidArgumentType             |
      | MATCH p = () RETURN labels(p)                     | InvalidArgumentType             |
      | MATCH (n) WHERE n RETURN n                        | InvalidArgumentType             |

  Scenario Outline: Functions of nodes and relationships, given what the data has
    Given an empty graph
    When executing query:
      """
      CREATE (n)-[r:R]->()
      WITH [n, r, 1] AS x
      RETURN <call> AS value
      """
    Then a TypeError should be raised at runtime: InvalidArgumentValue

    Examples:
      | call         |
      | labels(x[1]) |
      | labels(x[2]) |
      | type(x[0])   |
      | type(x[2])   |
