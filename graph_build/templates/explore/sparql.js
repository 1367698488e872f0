// The same choices as a query: what a panel shows is what its query answers.
const PREFIXES = {
  biolink: "https://w3id.org/biolink/vocab/",
  fabio: "http://purl.org/spar/fabio/",
  her2: BASE + "ontology#",
  prism: "http://prismstandard.org/namespaces/basic/2.0/",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
};

function iri(id) {
  return "<" + things[id].iri.replace(/[\u0000- <>"{}|\\^`]/g, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")) + ">";
}

function literal(text) {
  return '"' + text.replace(/["\\\n\r\t]/g, (sign) => ({ "\n": "\\n", "\r": "\\r", "\t": "\\t" })[sign] || "\\" + sign) + '"';
}

const note = (ids) => "  # " + ids.map((id) => shown(things[id].label)).join(" or ").slice(0, 120);

// The places of texts that speak of one of these things, or of something below them.
function places(variable, values, path) {
  return `  { SELECT DISTINCT ?document ?start ?end WHERE {
      VALUES ?${variable} { ${values.join(" ")} }
      ?other ${path} ?${variable} ; her2:hasEvidence ?place .
      ?place her2:document ?document ; her2:start ?start ; her2:end ?end .
  } }`;
}

function conditions(without) {
  const lines = [];
  for (const facet of FACETS) {
    const values = [...state.chosen[facet.key]];
    if (lost(facet.key)) lines.push("  FILTER(false)  # nothing here is called as the link says");
    if (!values.length) continue;
    if (facet.key === "phase") lines.push(places("phase", values.sort().map(literal), "biolink:subject/her2:phase"));
    else if (facet.key === "paper") lines.push(note(values), `  VALUES ?paper { ${values.map(iri).join(" ")} }`);
    else if (facet.key === "role") lines.push(`  VALUES ?role { ${values.map((value) => "her2:" + value.replace(/\W/g, "")).join(" ")} }`);
    else if (facet.key === "certainty") {
      const sure = { asserted: "!?negated && ?certainty = her2:Asserted", denied: "?negated", hedged: "?certainty = her2:Hedged", "open question": "?certainty = her2:OpenQuestion" };
      lines.push(`  FILTER(${values.map((value) => `(${sure[value] || "false"})`).join(" || ")})`);
    } else {
      lines.push(note(values), places(facet.key, values.map(iri), "(biolink:subject|biolink:object|her2:context)/(her2:inClass|skos:broader)*"));
    }
  }
  if (state.from && without !== "year") lines.push(`  FILTER(?year >= ${literal(state.from)})`);
  if (state.to && without !== "year") lines.push(`  FILTER(?year <= ${literal(state.to)})`);
  if (state.text) lines.push(`  FILTER(CONTAINS(LCASE(?quote), ${literal(state.text.toLowerCase())}))`);
  if (state.cell && without !== "cell") lines.push(cellCondition(...state.cell));
  return lines.join("\n");
}

function cellCondition(therapy, alteration) {
  const claim = `?subject = ${iri(therapy)} && ?predicate IN (${[...THERAPY].map((name) => "her2:" + name).join(", ")})`;
  if (alteration === null) {
    return `${note([therapy])}, no alteration named
  FILTER(EXISTS { ?subject her2:investigates ${iri(therapy)} FILTER NOT EXISTS { ?subject her2:enrols ?any } } ||
    (${claim} && NOT EXISTS { ?statement (biolink:object|her2:context)/a/rdfs:subClassOf* her2:Alteration }))`;
  }
  return `  # ${shown(things[therapy].label)} in ${shown(things[alteration].label)}
  FILTER(EXISTS { ?subject her2:investigates ${iri(therapy)} ; her2:enrols ${iri(alteration)} } ||
    (${claim} && EXISTS { ?statement (biolink:object|her2:context) ${iri(alteration)} }))`;
}

function pattern(without = "") {
  return `  ?statement biolink:subject ?subject ; biolink:predicate ?predicate ; biolink:object ?object ;
             biolink:negated ?negated ; her2:certainty ?certainty ; her2:hasEvidence ?evidence .
  ?evidence her2:exact ?quote ; her2:quoteRole ?role ; her2:inSection ?section ;
            her2:document ?document ; her2:start ?start ; her2:end ?end .
  OPTIONAL { ?section her2:about ?cited }
  BIND(COALESCE(?cited, ?document) AS ?paper)  # the paper whose title it is, else the document itself
  OPTIONAL { ?paper prism:publicationDate ?date }
  BIND(SUBSTR(STR(?date), 1, 4) AS ?year)
${conditions(without)}`.trimEnd();
}

const QUERIES = {
  table: () => `SELECT DISTINCT ?quote ?subject ?predicate ?object ?negated ?certainty ?appraisal ?role ?paper ?year ?document ?start ?end
WHERE {
${pattern()}
  OPTIONAL { ?statement her2:appraisal ?appraisal }
}
ORDER BY DESC(?year) ?document ?start ?end ?subject ?predicate ?object`,
  map: () => `SELECT ?therapy ?alteration (COUNT(DISTINCT ?study) AS ?studies) (COUNT(DISTINCT ?pooled) AS ?pooled_analyses)
       (GROUP_CONCAT(DISTINCT COALESCE(?verdict, ""); separator="; ") AS ?conclusions)
WHERE {
${pattern("cell")}
  {
    ?subject her2:investigates ?given .
    OPTIONAL { ?subject her2:enrols ?altered . ?altered rdfs:label ?alteration }
    BIND(EXISTS { ?subject a ?pooling . VALUES ?pooling { her2:PooledAnalysis her2:MetaAnalysis } } AS ?is_pooled)
    BIND(IF(?is_pooled, ?subject, ?nothing) AS ?pooled)
    BIND(IF(?is_pooled, ?nothing, ?subject) AS ?study)
  } UNION {
    ?statement biolink:subject ?given ; biolink:predicate ?claim .
    VALUES ?claim { ${[...THERAPY].map((name) => "her2:" + name).join(" ")} }
    OPTIONAL {
      ?statement (biolink:object|her2:context) ?altered .
      ?altered a/rdfs:subClassOf* her2:Alteration ; rdfs:label ?alteration
    }
    OPTIONAL { ?statement biolink:negated false ; her2:appraisal/rdfs:label ?verdict }
  }
  VALUES ?kind { her2:Drug her2:DrugClass }
  ?given a ?kind ; rdfs:label ?therapy .${state.others ? "" : `
  FILTER(!BOUND(?altered) || EXISTS { ?altered her2:alterationOf ${iri(data.gene)} })`}
}
GROUP BY ?therapy ?alteration
ORDER BY ?therapy ?alteration`,
  timeline: () => `SELECT ?year (COUNT(DISTINCT ?report) AS ?reporting_a_study) (COUNT(DISTINCT ?other) AS ?other_papers)
       (COUNT(DISTINCT ?review) AS ?reviews)
WHERE {
${pattern("year")}
  BIND(EXISTS { ?paper a fabio:ReviewArticle } AS ?is_review)
  BIND(EXISTS { ?any her2:reportedIn ?paper } AS ?of_a_study)
  BIND(IF(?is_review, ?paper, ?nothing) AS ?review)
  BIND(IF(!?is_review && ?of_a_study, ?paper, ?nothing) AS ?report)
  BIND(IF(!?is_review && !?of_a_study, ?paper, ?nothing) AS ?other)
  FILTER(BOUND(?year))
}
GROUP BY ?year
ORDER BY ?year`,
};

function queryOf(panel) {
  const prefixes = Object.entries(PREFIXES).map(([name, base]) => `PREFIX ${name}: <${base}>\n`).join("");
  return prefixes + "\n" + QUERIES[panel]() + "\n";
}
