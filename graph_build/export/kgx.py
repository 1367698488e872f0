"""Nodes and edges of the Biolink model as the two tables of KGX.

Every column but one is a slot of Biolink's.  That one is the appraisal: no slot of Biolink's fits the efficacy in an
alteration, and ``biolink:related_to`` alone would show an unfavourable efficacy as it does a favourable one.  To leave
out what is unfavourable would be worse: only favourable edges would remain.

Only what a text asserts becomes an edge.  Biolink has no slot for a reserve or an open question; for a denial it has
``negated``, but KGX itself keeps one edge for a subject, predicate and object, so a denial and a claim would overwrite
each other, and many readers pass over the slot.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from . import Exported
from .biolink import PREFERRED, category, curie, predicate
from .values import Node, counts, line, local, nodes, own, store_of, words
from .values import curie as short

#: The one column of our own; empty where nothing is appraised.
APPRAISAL: Final = "her2kg_appraisal"
NODE_COLUMNS: Final = (
    "id",
    "category",
    "name",
    "synonym",
    "xref",
    "equivalent_identifiers",
    "has_gene",
    "publication_type",
)
EDGE_COLUMNS: Final = (
    "id",
    "category",
    "subject",
    "predicate",
    "object",
    "knowledge_level",
    "agent_type",
    "negated",
    "qualifiers",
    "publications",
    "supporting_text",
    "original_subject",
    "original_predicate",
    "original_object",
    "description",
    APPRAISAL,
)
#: Between several values of one cell, as KGX reads them; it knows no escape for it.
_LIST: Final = "|"
_SYNONYMS: Final = ("skos:altLabel", "her2:notation")
#: What is no edge.
_RESERVES: Final = {"Hedged": "hedged statements", "OpenQuestion": "open questions"}
_NEGATED: Final = "negated statements"
#: What stands in a node's identifiers is no edge.
_REGISTERED: Final = "register entries as edges (they are identifiers of their study)"

Row = Mapping[str, str | Iterable[str]]


def write(folder: Path) -> Exported:
    """The nodes and edges of a built graph."""
    store = store_of(folder)
    things = nodes(store, "skos:Concept") | nodes(store, "Study") | nodes(store, "Publication")
    statements = nodes(store, "Statement")
    kinds = {iri: _reason_against(s) for iri, s in statements.items()}
    kept = [s for iri, s in statements.items() if not kinds[iri]]
    used = {iri for s in kept for name in ("biolink:subject", "biolink:object", "her2:context") for iri in s.all(name)}
    used |= {gene for iri in used for gene in things[iri].all("her2:alterationOf")}
    ids = identifiers(things)
    evidences, sections = nodes(store, "Evidence"), nodes(store, "Section")
    edges = [_edge(s, things, ids, evidences, sections) for s in kept]
    dropped = {reason: sum(kind == reason for kind in kinds.values()) for reason in (*_RESERVES.values(), _NEGATED)}
    dropped |= {_REGISTERED: registered} if (registered := sum(kind == _REGISTERED for kind in kinds.values())) else {}
    dropped["positions, rules and confidences of quotes"] = len(evidences)
    dropped |= counts(store, "mentions", "citations", "recommendations", "MeSH headings", "curated links")
    return Exported(
        {
            "_nodes.tsv": _table(NODE_COLUMNS, (_node(things[iri], ids) for iri in sorted(used))),
            "_edges.tsv": _table(EDGE_COLUMNS, edges),
        },
        dropped,
    )


def _reason_against(statement: Node) -> str:
    """Why a statement is no edge; empty when it is one."""
    if local(statement.one("biolink:predicate")) == "registeredAs":
        return _REGISTERED
    certainty = local(statement.one("her2:certainty"))
    return _RESERVES.get(certainty, "") or (_NEGATED if statement.one("biolink:negated") == "true" else "")


def identifiers(things: Mapping[str, Node]) -> dict[str, str]:
    """The identifier of each thing: the one that Biolink prefers for its category, if a mapping gives it, else our own.

    One that two of our things would share is neither's: they would be merged.
    """
    wanted = {iri: _preferred(node) for iri, node in things.items()}
    owners: dict[str, list[str]] = defaultdict(list)
    for iri, identifier in wanted.items():
        owners[identifier].append(iri)
    return {iri: identifier if len(owners[identifier]) == 1 else own(iri) for iri, identifier in wanted.items()}


def _preferred(node: Node) -> str:
    same = _same(node)
    for prefix in PREFERRED.get(category(node), ()):
        fitting = [identifier for identifier in same if identifier.startswith(f"{prefix}:")]
        if len(fitting) == 1:  # of two registrations neither is the study's one identifier
            return fitting[0]
    return own(node.iri)


def _same(node: Node) -> list[str]:
    """All identifiers of a thing elsewhere that a mapping calls exact."""
    found = {curie(iri) for iri in (*node.all("skos:exactMatch"), *node.all("her2:registeredAs"))}
    if "her2:Publication" in node.classes:
        found |= {f"PMID:{node.one('her2:pmid')}"} if node.one("her2:pmid") else set()
        found |= {f"doi:{node.one('prism:doi').lower()}"} if node.one("prism:doi") else set()
    return sorted(found)


def _node(node: Node, ids: Mapping[str, str]) -> Row:
    identifier, ours = ids[node.iri], own(node.iri)
    is_variant = category(node) == "biolink:SequenceVariant"  # the only category here with the slot
    return {
        "id": identifier,
        "category": [category(node)],
        "name": node.one("dcterms:title") or node.one("rdfs:label"),
        "synonym": [name for kind in _SYNONYMS for name in node.all(kind) if name != node.one("rdfs:label")],
        "xref": [other for other in _same(node) if other != identifier],
        "equivalent_identifiers": sorted({identifier, *([ours] if ours != node.iri else []), *_same(node)}),
        "has_gene": [ids[gene] for gene in node.all("her2:alterationOf")] if is_variant else [],
        "publication_type": [cls for cls in node.classes if cls.startswith("fabio:")],
    }


def _edge(
    statement: Node,
    things: Mapping[str, Node],
    ids: Mapping[str, str],
    evidences: Mapping[str, Node],
    sections: Mapping[str, Node],
) -> Row:
    subject, object_ = statement.one("biolink:subject"), statement.one("biolink:object")
    ours = short(statement.one("biolink:predicate"))
    quotes = sorted(
        (evidences[iri] for iri in statement.all("her2:hasEvidence")),
        key=lambda e: (e.one("her2:document"), int(e.one("her2:start"))),
    )
    papers = [sections[e.one("her2:inSection")].one("her2:about") or e.one("her2:document") for e in quotes]
    return {
        "id": own(statement.iri),
        "category": ["biolink:Association"],
        "subject": ids[subject],
        "predicate": predicate(ours, category(things[subject])),
        "object": ids[object_],
        "knowledge_level": statement.one("biolink:knowledge_level"),
        "agent_type": statement.one("biolink:agent_type"),
        "negated": statement.one("biolink:negated"),
        "qualifiers": [ids[iri] for iri in statement.all("her2:context")],
        "publications": dict.fromkeys(ids[iri] for iri in papers),
        "supporting_text": dict.fromkeys(e.one("her2:exact") for e in quotes),
        "original_subject": own(subject),
        "original_predicate": ours,
        "original_object": own(object_),
        "description": statement.one("rdfs:label"),
        APPRAISAL: words(local(statement.one("her2:appraisal"))),
    }


def _table(columns: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    # KGX reads its tables without quoting: a quotation mark is a letter, and a cell has no tab and no line end.
    table = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    table.writerow(columns)
    table.writerows(sorted([_cell(row[column]) for column in columns] for row in rows))
    return text.getvalue().encode()


def _cell(value: str | Iterable[str]) -> str:
    values: Iterator[str] = iter((value,) if isinstance(value, str) else value)
    return _LIST.join(line(text).replace(_LIST, "¦") for text in values)
