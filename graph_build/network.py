"""The graph seen as a network for people: concepts, studies and papers, and what links them.

The mentions, sections, statements and evidences of the RDF model become
attributes of links here, so that a link carries its quotes.  Everything is read
with a fixed number of SPARQL queries, however many nodes there are.

A link is of one ``kind``: ``study`` (what a study is: its drugs, alterations,
paper), ``claim`` (what a text says about concepts), ``curated`` (what a concept
is, not from the documents), ``mention`` (a paper names a concept that none of its
studies leads to), ``citation`` and ``indexing`` (a paper and its MeSH headings).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import networkx as nx
import pyoxigraph as ox

from .vocabulary import HER2, MESH, PREFIXES, family_name

#: The class under which a more special one is shown; other classes stand for themselves.
GENERAL: Final[dict[str, str]] = dict.fromkeys(
    ("Mutation", "Amplification", "Overexpression", "Expression", "Rearrangement", "Variant"), "Alteration"
) | dict.fromkeys(
    ("InterventionalTrial", "CohortStudy", "Registry", "PooledAnalysis", "MetaAnalysis", "GuidelineConsensus"), "Study"
)

#: Which of several external identifiers opens the page that says most to a person.
_PREFERRED: Final = ("https://clinicaltrials.gov/", "http://identifiers.org/hgnc", PREFIXES["obo"] + "MONDO", MESH)

_FILES: Final = Path(__file__).parent / "templates" / "network"

#: How a predicate reads from its subject, and from its object.
VERBS: Final = {
    predicate: (verb, inverse)
    for line in (_FILES / "verbs.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for predicate, verb, inverse in [line.split("\t")]
}

#: Along these a class that no document uses is passed over.
_CURATED_UPWARDS: Final = ("inClass", "memberOf", PREFIXES["skos"] + "broader")

Row = tuple[str, ...]
Nodes = dict[str, dict[str, Any]]
Edge = tuple[Row, dict[str, Any]]


class Quote(NamedTuple):
    """One piece of evidence: what is written, where, by whom and in which role."""

    text: str
    section: str  # her2:sectionType
    paper: str  # short label, "Li 2022"
    iri: str
    role: str  # local name of the her2:quoteRole, or "Mention"


def network(store: ox.Store, rows: Iterable[str] | None = None) -> nx.MultiDiGraph[str]:
    """The whole graph as a network, or what ``rows`` name in it.

    ``rows`` are IRIs of nodes or of statements, exact labels or titles of papers,
    as a query returns them; other values are passed over.  The answer is then the
    network among those nodes; a node that none of the others is linked to brings
    along the studies that lead from it to one of them.
    """
    asked = _Asked.of(store)
    papers = _papers(asked)
    nodes = _concepts(asked) | papers
    edges = _statement_edges(asked, nodes)
    stated = {(s, o, key[0]) for (s, o, *key), _ in edges}
    edges += [_edge(s, p, o, kind="study") for s, p, o in asked.rows("facts") if (s, o, p) not in stated]
    edges += [_edge(s, p, o, kind="citation") for s, p, o in asked.rows("citations")]
    mentions = asked.rows("mentions")
    edges += _mention_edges(asked, papers, edges, mentions)
    for paper, iri, label, qualifier, major in asked.rows("headings"):
        nodes.setdefault(iri, _node(iri, "MeshTerm", "MeshTerm", label, links=(iri,)))
        note = f"{qualifier}{' (major topic)' if major == 'true' else ''}".strip()
        edges.append(_edge(paper, "indexedUnder", iri, kind="indexing", name=note, note=note))
    used = {end for (s, o, *_), _ in edges for end in (s, o)} | set(papers) | {row[1] for row in mentions}
    edges += _curated_edges(asked, used)

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in sorted(used & nodes.keys()):
        graph.add_node(iri, **nodes[iri])
    for (s, o, *key), data in sorted(edges, key=lambda edge: edge[0]):
        if s in graph and o in graph and s != o:
            graph.add_edge(s, o, key=" ".join(key), **data)
    return graph if rows is None else _selected(graph, set(rows))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A graph whose papers have one IRI each: that by DOI, where a document prints the PMID with it."""

    store: ox.Store
    works: dict[str, str]

    @classmethod
    def of(cls, store: ox.Store) -> _Asked:
        """The graph of a store."""
        return cls(store, {by_pmid: by_doi for by_doi, by_pmid in cls(store, {}).rows("works")})

    def rows(self, name: str) -> list[Row]:
        """The distinct solutions of one of our queries as plain values, sorted; unbound is the empty string."""
        query = (_FILES / f"{name}.rq").read_text(encoding="utf-8")
        found = self.store.query(query, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        return sorted({tuple("" if term is None else self._plain(term) for term in row) for row in found})

    def _plain(self, term: object) -> str:
        value = str(getattr(term, "value", ""))
        return value.removeprefix(HER2) if value.startswith(HER2) else self.works.get(value, value)


def _node(iri: str, cls: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    links = more.get("links", ())
    blank = {"description": "", "synonyms": (), "year": None, "links": links, "link": links[0] if links else None}
    return blank | {"iri": iri, "cls": cls, "type": kind, "label": label} | more


def _concepts(asked: _Asked) -> Nodes:
    """Every concept and study, with synonyms, outward links and a short description."""
    synonyms, links, values = defaultdict(list), defaultdict(list), defaultdict(list)
    for iri, text in asked.rows("synonyms"):
        synonyms[iri].append(text)
    for iri, target in asked.rows("links"):
        links[iri].append(target)
    for iri, name, value in asked.rows("values"):
        values[iri].append(f"{name} {value}".strip())
    nodes: Nodes = {}
    for iri, kind, label in asked.rows("concepts"):
        cls = GENERAL.get(kind, kind)
        if iri in nodes and (kind == cls or nodes[iri]["type"] != cls):
            continue  # the special class is already noted
        outward = sorted(links[iri], key=lambda to: (*(not to.startswith(p) for p in _PREFERRED), to))
        names = tuple(name for name in synonyms[iri] if name != label)
        parts = [_words(kind)] if kind != cls else []
        more_names = f" and {len(names) - 6} more" if len(names) > 6 else ""
        parts += values[iri] + ([f"also {', '.join(names[:6])}{more_names}"] if names else [])
        more = {"description": " · ".join(parts), "synonyms": names, "links": tuple(outward)}
        nodes[iri] = _node(iri, cls, kind, label, **more)
    return nodes


def _papers(asked: _Asked) -> Nodes:
    """Every publication under a short label, "Li 2022", made unique with the journal."""
    found: Nodes = {}
    for iri, title, authors, journal, date, document in asked.rows("publications"):
        year = int(date[:4]) if re.match(r"\d{4}", date) else None
        names = authors.split(",")[0].split()
        first = family_name(names) if names else journal or "Anonymous"
        label = f"{first.title() if first.isupper() and len(names) > 1 else first} {year or ''}".strip()
        link = iri if iri.startswith(("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/")) else None
        kind = "Document" if document == "true" else "Publication"
        parts = [title, journal if authors else "", "source document" if kind == "Document" else ""]
        more = {"description": " · ".join(part for part in parts if part), "synonyms": (title,), "year": year}
        if iri in found and found[iri]["type"] == "Document":
            continue  # the same work as others cite it
        found[iri] = _node(iri, "Publication", kind, label, links=(link,) if link else (), journal=journal, **more)
    for by in ("journal", "iri"):
        count: dict[str, int] = defaultdict(int)
        for data in found.values():
            count[data["label"]] += 1
        for data in found.values():
            if count[data["label"]] > 1 and data[by]:
                data["label"] += f" ({data[by].rsplit('/', 1)[-1]})"
    return found


def _edge(s: str, p: str, o: str, *, kind: str, name: str = "", **more: Any) -> Edge:
    """An edge and its key; ``name`` tells parallel edges of one predicate apart."""
    local = re.split(r"[#/]", p)[-1]
    verb, inverse = VERBS.get(local, (_words(local), "← " + _words(local)))
    data: dict[str, Any] = {"verb": verb, "inverse": inverse, "predicate": local, "kind": kind}
    data |= {"curated": kind == "curated", "negated": False, "certainty": "Asserted", "statement": "", "evidence": ()}
    return (s, o, local, name), data | dict.fromkeys(("appraisal", "appraisal_word", "context", "note"), "") | more


def _words(name: str) -> str:
    """``CohortStudy`` → ``cohort study``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def _statement_edges(asked: _Asked, nodes: Nodes) -> list[Edge]:
    """One edge a statement, with its quotes in the order of the text."""
    quotes: dict[str, list[tuple[int, Quote]]] = defaultdict(list)
    for statement, text, section, paper, role, start in asked.rows("evidence"):
        label = nodes[paper]["label"] if paper in nodes else paper
        quotes[statement].append((int(start or 0), Quote(text, section, label, paper, role)))
    edges = []
    for iri, s, p, o, negated, certainty, appraisal, word, context, outcome in asked.rows("statements"):
        kind = "study" if s in nodes and nodes[s]["cls"] == "Study" else "claim"
        said = {"negated": negated == "true", "certainty": certainty or "Asserted", "context": context}
        said |= {"appraisal": appraisal, "appraisal_word": word, "note": outcome, "statement": iri}
        evidence = tuple(dict.fromkeys(quote for _, quote in sorted(quotes[iri])))
        edges.append(_edge(s, p, o, kind=kind, name=iri, evidence=evidence, **said))
    return edges


def _mention_edges(asked: _Asked, papers: Nodes, edges: list[Edge], mentions: list[Row]) -> list[Edge]:
    """A link from a paper to each concept in its text that its studies, or an alteration in it, do not lead to."""
    found: dict[str, dict[str, tuple[int, Quote]]] = defaultdict(dict)
    for paper, node, before, exact, after, section, start in mentions:
        around = f"{before[before.find(' ') + 1 :]}{exact}{after[: after.rfind(' ') + 1]}".strip()
        label = papers[paper]["label"] if paper in papers else paper
        first = (int(start or 0), Quote(f"… {' '.join(around.split())} …", section, label, paper, "Mention"))
        found[paper][node] = min(first, found[paper].get(node, first))
    genes = {s: o for s, p, o in asked.rows("curated") if p == "alterationOf"}
    ends = [(s, o, p) for (s, o, p, _), _data in edges]
    known: dict[str, set[str]] = {paper: set() for paper in found}
    for study, paper in {(s, o) for s, o, p in ends if p == "reportedIn" and o in known}:
        known[paper] |= {study} | {o for s, o, _ in ends if s == study}
    for paper, nodes in found.items():
        known[paper] |= {genes[node] for node in known[paper] | nodes.keys() if node in genes}
    return [
        _edge(paper, "mentions", node, kind="mention", evidence=(quote,))
        for paper, nodes in found.items()
        for node, (_, quote) in nodes.items()
        if node not in known[paper]
    ]


def _curated_edges(asked: _Asked, used: set[str]) -> list[Edge]:
    """What the vocabularies say among the used nodes.

    A class that no document uses is left out; what lies below it is then linked
    to the nearest used class above it, so the hierarchy stays whole.
    """
    triples = asked.rows("curated")
    above: dict[str, list[str]] = defaultdict(list)
    for s, p, o in triples:
        if p in _CURATED_UPWARDS:
            above[s].append(o)
    found: dict[Row, dict[str, Any]] = {}
    for s, p, o in triples:
        ends, seen = [o], {s}
        while s in used and ends:
            end = ends.pop()
            if end in used and end not in seen:
                found.update([_edge(s, p, end, kind="curated")])
            elif end not in seen and p in _CURATED_UPWARDS:
                ends += above[end]
            seen.add(end)
    return list(found.items())


def _selected(graph: nx.MultiDiGraph[str], rows: set[str]) -> nx.MultiDiGraph[str]:
    chosen = {end for s, o, statement in graph.edges(data="statement") if statement in rows for end in (s, o)}
    for iri, data in graph.nodes(data=True):
        titles = data["synonyms"] if data["cls"] == "Publication" else ()
        if not rows.isdisjoint((iri, data["label"], *titles)):
            chosen.add(iri)
    lonely = {iri for iri in chosen if chosen.isdisjoint(nx.all_neighbors(graph, iri))}
    studies = [iri for iri, cls in graph.nodes(data="cls") if cls == "Study"]
    around = {study: chosen.intersection(nx.all_neighbors(graph, study)) for study in studies}
    chosen |= {study for study in studies if len(around[study]) > 1 and around[study] & lonely}
    result = graph.copy()
    result.remove_nodes_from([iri for iri in graph if iri not in chosen])  # keeps the order; a subgraph may not
    return result
