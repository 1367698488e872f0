"""What a site holds: which things have pages, and what is on each page."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, QueryTriples, RdfFormat, Store, serialize

from ..answers import serialized
from ..examples import askable
from ..filled import example_values
from ..frontend import is_built
from ..pages.entities import TYPE, Entities, TooMuch
from ..pages.frame import Page, Setting
from ..pages.labels import labels
from ..pages.listings import UNKNOWN, is_graph, question_page, questions_page
from ..pages.things import thing_page
from ..prefixes import PREFIXES
from ..query import Names, names_of, run
from ..questions import StoredQuery, stored
from ..store import NQUADS, REPORT, find_graph, open_store
from ..vocabulary import BASE, DATASET, HER2
from .addresses import Pages, stem_of

_RESULTS: Final = "application/sparql-results+json"
#: A thing's page lists its parts up to this number, as graph_build.pages.things does.
_PARTS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    pages: int
    bytes: int
    sparql: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a stored question, for its page and as data; one that says what is wrong is no data."""

    status: int
    content_type: str
    body: bytes
    suffix: str
    data: bytes


class Content:
    """A built graph as the pages and files of a site."""

    def __init__(self, folder: Path) -> None:
        """Open the graph; raises :class:`graph_build.store.GraphNotFound`."""
        self.folder = find_graph(folder)
        self.store: Store = open_store(self.folder)
        self.entities = Entities(self.store)
        report = self.folder / REPORT
        self.report: dict[str, Any] = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
        self.examples = self.entities.values(DATASET, PREFIXES["void"] + "exampleResource")
        self.asked: dict[str, StoredQuery] = {name: q for name, q in stored().items() if not q.services}

    @cached_property
    def nquads(self) -> bytes:
        """The whole graph."""
        return (self.folder / NQUADS).read_bytes()

    @cached_property
    def pages(self) -> Pages:
        """Which pages there are."""
        things = sorted(self._things())
        stems = {iri: stem for iri in things if (stem := stem_of(iri)) is not None}
        owners = {iri.partition("#")[0] for iri in self._described if "#" in iri} & stems.keys()
        parts = {iri: [part[len(iri) + 1 :] for part in sorted(self.entities.parts(iri))[:_PARTS]] for iri in owners}
        return Pages(
            stems=stems,
            parts={iri: frozenset(found) for iri, found in parts.items() if found},
            questions={name: self.values.get(name, example_values(q)) for name, q in self.asked.items()},
            formats={name: self._formats(question) for name, question in self.asked.items()},
            sparql=is_built(),
        )

    @cached_property
    def names(self) -> Names:
        """What the things of the graph are called."""
        return names_of(self.store)

    @cached_property
    def values(self) -> dict[str, Mapping[str, str]]:
        """The values to ask each question with; those that cannot be asked of this graph are left out."""
        return askable(self.asked.values(), self.store, self.names)

    def _formats(self, question: StoredQuery) -> tuple[str, ...]:
        if question.name not in self.values:
            return ()
        return ("ttl",) if is_graph(question) else ("csv",)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Things that have pages by their labels, for the page on which SPARQL is written."""
        return labels(self.store, self.pages.stems)

    def _things(self) -> set[str]:
        """What is ours and described, terms of the ontology included, and every paper."""
        papers = {
            quad.subject.value
            for quad in self.store.quads_for_pattern(
                None, NamedNode(TYPE), NamedNode(HER2 + "Publication"), DefaultGraph()
            )
            if isinstance(quad.subject, NamedNode)
        }
        return {iri for iri in self._described if "#" not in iri or iri.startswith(HER2)} | papers

    @cached_property
    def _described(self) -> set[str]:
        """What is ours and of which the graph says something."""
        return {
            quad.subject.value
            for quad in self.store.quads_for_pattern(None, None, None, DefaultGraph())
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE)
        }

    def thing(self, iri: str, setting: Setting) -> Page:
        """The page of a thing."""
        return thing_page(setting, iri)

    def questions(self, setting: Setting) -> Page:
        """The list of stored questions."""
        return questions_page(setting, self.report, self.examples, self.values)

    def question(self, name: str, setting: Setting) -> Page:
        """The page of an answer."""
        return question_page(setting, self.asked[name], self.pages.questions[name], self.answers[name])

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answer to each stored question with the values of its example, as far as the graph knows them."""
        return {name: self._answer(question) for name, question in self.asked.items()}

    def _answer(self, question: StoredQuery) -> Answer:
        values = self.values.get(question.name)
        if values is None:
            return Answer(400, "text/plain; charset=utf-8", f"{UNKNOWN}\n".encode(), "", b"")
        found = run(self.store, question, values, names=self.names)
        if isinstance(found, QueryTriples):
            turtle = serialized(found, "turtle")
            return Answer(200, "text/turtle; charset=utf-8", turtle, "ttl", turtle)
        shown = serialized(found, "json")
        again = run(self.store, question, values, names=self.names)
        return Answer(200, _RESULTS, shown, "csv", serialized(again, "csv"))

    def iris(self) -> Iterator[str]:
        """The things that have pages, in order."""
        return iter(self.pages.stems)


def data_of(content: Content, iri: str) -> bytes:
    """What the graph says of a thing, as Turtle; of one that is too large, what it is."""
    try:
        triples = content.entities.data(iri)
    except TooMuch:
        triples = content.entities.alone(iri)
    ordered = sorted(triples, key=str)
    text = " ".join(map(str, ordered))
    written = io.BytesIO()
    prefixes = {prefix: base for prefix, base in PREFIXES.items() if base in text}
    serialize(ordered, written, RdfFormat.TURTLE, prefixes=prefixes)
    return written.getvalue()
