"""What vocabularies did for a build: for the report, for the terminal, and as provenance in the graph."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from ..prefixes import PrefixError, vocabulary
from ..vocabulary import DATASET, GRAPH
from ..write import GraphWriter, Quad, text
from .gather import Vocabularies
from .grounder import scheme_iri

#: Kilobytes or bytes: how operating systems count memory.
_UNIT: Final = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Effort:
    """What it took to read vocabularies; differs from run to run, so it is told and not written."""

    seconds: float

    @property
    def megabytes(self) -> int | None:
        """The most memory that this process has had; ``None`` where the system does not say."""
        try:
            resource: Any = import_module("resource")  # Windows has none
        except ModuleNotFoundError:
            return None
        peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak * _UNIT // 1_000_000


def vocabulary_report(
    vocabularies: Vocabularies, mentions: int, ambiguous: Iterable[tuple[str, str, list[str]]]
) -> dict[str, Any]:
    """The part of ``report.json`` about vocabularies: the same on every machine.

    ``ambiguous`` has the document, the name and what it could stand for; it is written as it comes.
    """
    index = vocabularies.index
    return {
        "vocabularies": {
            "files": [
                {"file": s.name, "edition": s.version, "sha256": s.sha256, "entries": s.entries}
                for s in vocabularies.sources
            ],
            "entries": len(index.ids),
            "names": len(index.names),
            "names_left_out": dict(sorted(vocabularies.left_out_names.items())),
            "entries_left_out": dict(sorted(vocabularies.left_out_entries.items())),
            "entries_of_the_lexicon": len(index.ours),
            "mentions": mentions,
            "ambiguous": (
                {"document": document, "name": name, "candidates": candidates}
                for document, name, candidates in ambiguous
            ),
        }
    }


def account(vocabularies: Vocabularies, ambiguous: int, effort: Effort) -> str:
    """The line about vocabularies that a build prints; ``ambiguous`` is the number of such names in documents."""
    left_out = sum(vocabularies.left_out_names.values())
    memory = f", peak memory {effort.megabytes:,} MB" if effort.megabytes is not None else ""
    return (
        f"{len(vocabularies.sources)} vocabulary files: {len(vocabularies.index.ids):,} entries, "
        f"{len(vocabularies.index.names):,} names ({left_out:,} left out, {ambiguous} ambiguous in the documents) "
        f"in {effort.seconds:.1f} s{memory}"
    )


def vocabulary_quads(vocabularies: Vocabularies, schemes: Iterable[str]) -> set[Quad]:
    """The vocabulary files as inputs of the build, and the vocabularies that concepts are in."""
    graph = GraphWriter(GRAPH + "dataset")
    activity = DATASET + "#build"
    for source in vocabularies.sources:
        node = f"{DATASET}#file-{source.sha256[:16]}"
        graph.link(activity, "prov:used", node)
        graph.type(node, "prov:Entity")
        graph.label(node, source.name)
        graph.add(node, "her2:sha256", text(source.sha256))
        graph.add(node, "dcat:version", text(source.version))
    for scheme in sorted(schemes):
        graph.type(scheme, "skos:ConceptScheme")
        graph.label(scheme, _name(scheme))
    return graph.quads


def _name(scheme: str) -> str:
    """What a vocabulary is called: as it is registered, else by its prefix."""
    prefix = scheme.rpartition("#vocabulary-")[2]
    for spelling in (prefix, prefix.upper(), prefix.replace("-", ".")):
        try:
            known = vocabulary(spelling)
        except PrefixError:
            continue
        if scheme_iri(f"{known.prefix}:1") == scheme:
            return known.name
    return prefix
