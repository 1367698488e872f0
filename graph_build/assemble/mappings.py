"""Mappings to other vocabularies (SSSOM) → triples; only for what the graph holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Final

from ..prefixes import vocabulary
from ..resources import resource
from ..sssom import MappingSet, mapping_files, read_mappings
from ..vocabulary import GRAPH
from ..write import GraphWriter, Quad, iri

#: The edition of a vocabulary of which no file was read.
NO_EDITION: Final = "no edition of its own: by the cross-references of other vocabularies"


def load_mappings(extra: Iterable[Path] = (), *, lenient: bool = False) -> MappingSet:
    """The mappings that the project ships, and those of a user's files and folders.

    Raises :class:`MappingError` for a row that is not as it should be; when ``lenient`` it is left out instead.
    """
    more = tuple(extra)
    return _read(more, lenient=lenient) if more else _shipped()


def _read(extra: Iterable[Path], *, lenient: bool) -> MappingSet:
    places = [resource("ontology", "mappings"), *extra]
    return read_mappings([path for place in places for path in mapping_files(place)], lenient=lenient)


@cache
def _shipped() -> MappingSet:
    """The project's own, which have no faulty row."""
    return _read((), lenient=False)


def mapping_quads(subjects: Collection[str], mappings: MappingSet) -> set[Quad]:
    """The triples of all mappings whose subject, as a term, is in the graph; rejected ones say nothing."""
    writer = GraphWriter(GRAPH + "mappings")
    for row in mappings.rows:
        subject = mappings.expand(row.subject_id)
        if not row.rejected and iri(subject) in subjects:
            writer.link(subject, mappings.expand(row.predicate_id), mappings.expand(row.object_id))
    return writer.quads


def vocabulary_editions() -> dict[str, list[str]]:
    """The vocabularies that mappings lead to, by prefix, with the editions they were checked against.

    A vocabulary whose own file was not read, since another one's cross-references lead there, says so.
    """
    found: dict[str, set[str]] = {}
    for row in load_mappings().rows:
        source = vocabulary(row.object_source.rpartition(":")[2]).prefix
        found.setdefault(source, set()).add(row.object_source_version)
    return {prefix: sorted(editions - {""}) or [NO_EDITION] for prefix, editions in sorted(found.items())}
