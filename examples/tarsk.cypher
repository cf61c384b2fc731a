// Questions and queries about examples/data/tarsk.txt:
//   whom build examples/data/tarsk.txt -o tarsk.whom
//   whom run tarsk.whom examples/tarsk.cypher

// The headline question, in English; its Cypher is shown with the answer.
Which forces are backed by whom?;

// The same in Cypher: every relationship has its sentence and its document.
MATCH (backer:Entity)-[r:BACK]->(force:Entity)
RETURN backer.name AS backer, force.name AS force, r.evidence AS evidence;

Who leads the joint command?;
Who is Pavel Dorn?;
What is the NDF?;
Who said that the army had lost four vehicles?;
What did Karshi jets provide?;
Where did the army launch an assault?;
How is Karshistan connected to Tarsk?;

// What is denied, and what is only planned or possible.
MATCH (a:Entity)-[r]->(b)
WHERE r.polarity = 'denied' OR r.modality <> 'asserted'
RETURN a.name AS who, type(r) AS what, b.name AS whom, r.polarity AS polarity, r.modality AS modality
ORDER BY who, what, whom;

// Whose word is it?
MATCH (a:Entity)-[r]->(b:Entity)
WHERE r.attributed_to IS NOT NULL
RETURN r.attributed_to AS source, count(*) AS statements
ORDER BY statements DESC, source;
