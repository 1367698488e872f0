"""The statements of a graph and the quotes they rest on, numbered for a page.

A quote is a place of a document: its text, cut where mentions begin and end, and
every statement that it supports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from pyoxigraph import Store

from ..addresses import Addresses
from ..export.values import Node, nodes
from ..network import VERBS
from ..vocabulary import HER2
from .things import Numbers, Things

#: document, start, end
Place = tuple[str, int, int]
Span = tuple[int, int, str]


def statements(store: Store, number: Numbers, addresses: Addresses) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Every statement as a page carries it, and their numbers by IRI."""
    written: list[dict[str, Any]] = []
    place: dict[str, int] = {}
    for node in nodes(store, "Statement").values():
        place[node.iri] = len(written)
        predicate = node.one("biolink:predicate")
        name = predicate.removeprefix(HER2)
        statement: dict[str, Any] = {
            "iri": node.iri,
            "href": addresses.thing(node.iri),
            "s": number(node.one("biolink:subject")),
            "p": name,
            "verb": VERBS[name][0] if name in VERBS else name,
            "o": number(node.one("biolink:object")),
            "certainty": node.one("her2:certainty").removeprefix(HER2),
            "negated": node.one("biolink:negated") == "true",
            "appraisal": node.one("her2:appraisal").removeprefix(HER2),
            "context": [number(iri) for iri in node.all("her2:context")],
        }
        written.append({key: value for key, value in statement.items() if value not in ([], "") and value is not False})
    return written, place


def quotes(store: Store, number: Numbers, known: Things, place: dict[str, int]) -> list[dict[str, Any]]:
    """Every quote as a page carries it, by paper and place."""
    sections = nodes(store, "Section")
    stated: dict[str, list[str]] = defaultdict(list)
    for node in nodes(store, "Statement").values():
        for iri in node.all("her2:hasEvidence"):
            stated[iri].append(node.iri)
    at: dict[Place, list[Node]] = defaultdict(list)
    for evidence in nodes(store, "Evidence").values():
        at[_place(evidence)].append(evidence)
    spans = _mentions(nodes(store, "Mention").values(), known)
    found = []
    for (document, start, end), evidences in sorted(at.items()):
        section = sections.get(evidences[0].one("her2:inSection"))
        about = section.one("her2:about") if section else ""
        quote: dict[str, Any] = {
            "document": number(document),
            "paper": number(about or document),
            "start": start,
            "end": end,
            "section": section.one("her2:sectionType") if section else "",
            "parts": [
                [text, number(iri) if iri else -1]
                for text, iri in _cut(evidences[0].one("her2:exact"), start, spans[document])
            ],
            "says": [_said(evidence, place[iri]) for evidence in evidences for iri in stated[evidence.iri]],
        }
        reference = section.one("her2:referenceNumber") if section else ""
        found.append(quote | ({"reference": int(reference)} if reference else {}))
    return found


def _place(node: Node) -> Place:
    return node.one("her2:document"), int(node.one("her2:start")), int(node.one("her2:end"))


#: What an evidence says beside its quote; absent when it says nothing.
_SAID: Final = {
    "negation": "her2:negationCue",
    "hedge": "her2:hedgeCue",
    "word": "her2:appraisalWord",
    "rule": "her2:rule",
}


def _said(evidence: Node, statement: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "statement": statement,
        "role": evidence.one("her2:quoteRole").removeprefix(HER2),
        "confidence": evidence.one("her2:confidence"),
    }
    return said | {key: evidence.one(name) for key, name in _SAID.items() if evidence.one(name)}


def _mentions(mentions: Iterable[Node], known: Things) -> dict[str, list[Span]]:
    """The spans of each document that name something, the outermost where they nest."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for mention in mentions:
        body = mention.one("oa:hasBody")
        document, start, end = _place(mention)
        if body in known.nodes:
            spans[document].append((start, end, body))
    outermost = {}
    for document, those in spans.items():
        kept: list[Span] = []
        for span in sorted(those, key=lambda span: (span[0], -span[1], span[2])):
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        outermost[document] = kept
    return defaultdict(list, outermost)


def _cut(text: str, start: int, spans: list[Span]) -> list[tuple[str, str]]:
    """A quote cut where mentions begin and end: each part with what it names.

    >>> _cut("T-DXd in HER2-mutant NSCLC", 100, [(100, 105, "x"), (109, 113, "y"), (300, 305, "z")])
    [('T-DXd', 'x'), (' in ', ''), ('HER2', 'y'), ('-mutant NSCLC', '')]
    """
    parts: list[tuple[str, str]] = []
    done = 0
    for begin, end, iri in spans:
        if start <= begin and end <= start + len(text):
            parts += [(text[done : begin - start], ""), (text[begin - start : end - start], iri)]
            done = end - start
    parts.append((text[done:], ""))
    return [part for part in parts if part[0]]
