"""A thing of the graph as a person reads it: its names, its classes, and what the documents say of it, quoted.

Texts come from documents and from vocabularies; in HTML they are escaped, and only
a web address becomes a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import networkx as nx
from pyoxigraph import Store

from .around import find_node
from .network import Quote, network
from .prefixes import curie
from .query import QueryError

#: Who says it, in words, by the local name of the ``her2:quoteRole``.
_ROLES: Final = {
    "OwnConclusion": "own conclusion",
    "ReviewSynthesis": "review synthesis",
    "CitedTitle": "title only",
    "Indexing": "indexing",
    "OwnResult": "own result",
    "Background": "background, of others",
}

#: Along these a thing has its curated classes.
_UPWARDS: Final = ("inClass", "memberOf", "broader", "alterationOf")

#: Characters that steer the direction or layout of text, as in the pages of :mod:`graph_build.view`.
_STEERING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")

#: No formula: a notebook would take text between two dollar signs for one.
PLAIN: Final = 'class="tex2jax_ignore mathjax_ignore"'


def readable(text: str) -> str:
    """Text as HTML: escaped, without characters that steer text.

    >>> readable("<b>\\u202e & 'c'")
    '&lt;b&gt;  &amp; &#x27;c&#x27;'
    """
    return escape(_STEERING.sub(" ", text))


def linked(iri: str, text: str) -> str:
    """Text as a link to the page of an IRI; as mere text when the IRI is no web address.

    >>> linked("https://doi.org/10.1/x", "x")
    '<a href="https://doi.org/10.1/x" target="_blank" rel="noopener noreferrer">x</a>'
    >>> linked("javascript:alert(1)", "x")
    'x'
    """
    if not re.match(r"https?://", iri):
        return readable(text)
    return f'<a href="{readable(iri)}" target="_blank" rel="noopener noreferrer">{readable(text)}</a>'


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityStatement:
    """A statement or study fact in words, with its quotes; a fact that follows from others has none."""

    subject: str
    verb: str
    object: str
    subject_iri: str
    object_iri: str
    remarks: tuple[str, ...]  # certainty, appraisal, context: whatever limits it
    quotes: tuple[Quote, ...]
    iri: str  # of the statement; empty when it is no statement

    def __str__(self) -> str:
        limits = f" ({'; '.join(self.remarks)})" if self.remarks else ""
        return f"{self.subject} — {self.verb} → {self.object}{limits}"

    def _repr_html_(self) -> str:
        limits = f" <em>({readable('; '.join(self.remarks))})</em>" if self.remarks else ""
        ends = linked(self.subject_iri, self.subject), linked(self.object_iri, self.object)
        quotes = "".join(
            f"<blockquote>“{readable(quote.text)}” — {linked(quote.iri, quote.paper)}, "
            f"{readable(_ROLES.get(quote.role, quote.role))}</blockquote>"
            for quote in self.quotes
        )
        return f"<div {PLAIN}>{ends[0]} <strong>{readable(self.verb)}</strong> {ends[1]}{limits}{quotes}</div>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A concept, study or paper: what it is called, what it is, and what is said of it."""

    iri: str
    label: str
    kind: str  # "drug", "interventional trial"
    names: tuple[str, ...]  # the other ones; of a paper its title
    classes: tuple[str, ...]  # curated, the direct ones
    links: tuple[str, ...]  # its pages elsewhere
    statements: tuple[EntityStatement, ...]

    def __repr__(self) -> str:
        count = len(self.statements)
        return f"{self.label} ({self.kind}): {count} statement{'' if count == 1 else 's'}; {self.iri}"

    def _repr_html_(self) -> str:
        facts = {
            "is": readable(", ".join((self.kind, *self.classes))),
            "also": readable(", ".join(self.names)),
            "elsewhere": ", ".join(linked(to, curie(to) or to) for to in self.links),
        }
        lines = "".join(f"<p>{name}: {value}</p>" for name, value in facts.items() if value)
        said = "".join(f"<li>{statement._repr_html_()}</li>" for statement in self.statements)
        return f"<div {PLAIN}><h4>{linked(self.iri, self.label)}</h4>{lines}<ul>{said}</ul></div>"


def entity(store: Store, name: str) -> Entity:
    """A thing that the documents speak of, by any of its names or its IRI.

    Raises :class:`graph_build.query.QueryError`, with what was perhaps meant.
    """
    graph = network(store)
    try:
        iri = find_node(store, graph, name, "name")
    except QueryError as error:
        raise QueryError(str(error).removeprefix("--name ")) from error
    data = graph.nodes[iri]
    upwards = [
        graph.nodes[o]["label"]
        for _, o, link in graph.out_edges(iri, data=True)
        if link["kind"] == "curated" and link["predicate"] in _UPWARDS
    ]
    return Entity(
        iri=iri,
        label=data["label"],
        kind=re.sub(r"(?<=[a-z])(?=[A-Z])", " ", data["type"]).lower(),
        names=data["synonyms"],
        classes=tuple(sorted(upwards)),
        links=data["links"],
        statements=_statements(graph, iri),
    )


def _statements(graph: nx.MultiDiGraph[str], iri: str) -> tuple[EntityStatement, ...]:
    """What is said of a thing, or in a paper; claims first, then what studies did."""
    if graph.nodes[iri]["cls"] == "Publication":
        edges = [edge for edge in graph.edges(data=True) if any(quote.iri == iri for quote in edge[2]["evidence"])]
    else:
        edges = [*graph.out_edges(iri, data=True), *graph.in_edges(iri, data=True)]
    said = [
        (data["kind"], _statement(graph, s, o, data, iri)) for s, o, data in edges if data["kind"] in ("claim", "study")
    ]
    said.sort(key=lambda pair: (pair[0], pair[1].verb, pair[1].subject, pair[1].object, pair[1].iri))
    return tuple(statement for _, statement in said)


def _statement(graph: nx.MultiDiGraph[str], s: str, o: str, data: dict[str, Any], about: str) -> EntityStatement:
    verb = data["verb"]
    if data["negated"]:
        verb = ("no " if verb.startswith(("consensus", "gold standard")) else "not ") + verb
    appraisal = f"{data['appraisal'].lower()} “{data['appraisal_word']}”" if data["appraisal"] else ""
    certainty = {"OpenQuestion": "open question", "Hedged": "hedged"}.get(data["certainty"], "")
    context = f"in {data['context']}" if data["context"] else ""
    in_paper = graph.nodes[about]["cls"] == "Publication"
    return EntityStatement(
        subject=graph.nodes[s]["label"],
        verb=verb,
        object=graph.nodes[o]["label"],
        subject_iri=s,
        object_iri=o,
        remarks=tuple(filter(None, (certainty, appraisal, context, data["note"]))),
        quotes=tuple(quote for quote in data["evidence"] if not in_paper or quote.iri == about),
        iri=data["statement"],
    )
