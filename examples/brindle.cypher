// Questions and queries about examples/data/brindle.txt:
//   whom build examples/data/brindle.txt -o brindle.whom
//   whom run brindle.whom examples/brindle.cypher --param company=Nordhavn

Who bought Brindle Foods?;
Who founded Nordhavn?;
When was Nordhavn founded?;
Who is the president of the FHW?;
Who is the mayor of Halden Bay?;
How many people does Nordhavn employ?;
Which firm did Nordhavn sell its bakeries to?;

// All that a company did, whichever it is.
MATCH (company:Organization)-[r]->(thing:Entity)
WHERE company.name CONTAINS $company AND r.polarity = 'affirmed'
RETURN type(r) AS what, thing.name AS whom, r.when AS day
ORDER BY what, whom;

// People and what they are said to be.
MATCH (person:Person)-[r]->(thing)
WHERE r.text IS NOT NULL AND type(r) ENDS WITH '_OF' OR type(r) = 'IS_A'
RETURN person.name AS person, type(r) AS role, thing.name AS of
ORDER BY person, role, of;
