"""What vocabularies did for a build: for the report, for the terminal, and as provenance in the graph."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from ..model import Reading
from ..prefixes import PrefixError, vocabulary
from ..vocabulary import DATASET, GRAPH, document_slug
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


def vocabulary_report(vocabularies: Vocabularies, readings: Sequence[Reading]) -> dict[str, Any]:
    """The part of ``report.json`` about vocabularies: the same on every machine."""
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
            "mentions": sum(bool(m.concept.iri) for r in readings for m in r.mentions),
            "ambiguous": [
                {"document": document_slug(r.document.publication), "name": name, "candidates": candidates}
                for r in readings
                for name, candidates in r.ambiguous.items()
            ],
        }
    }


def account(report: dict[str, Any], effort: Effort) -> str:
    """The line about vocabularies that a build prints."""
    told = report["vocabularies"]
    left_out = sum(told["names_left_out"].values())
    memory = f", peak memory {effort.megabytes:,} MB" if effort.megabytes is not None else ""
    return (
        f"{len(told['files'])} vocabulary files: {told['entries']:,} entries, {told['names']:,} names "
        f"({left_out:,} left out, {len(told['ambiguous'])} ambiguous in the documents) "
        f"in {effort.seconds:.1f} s{memory}"
    )


def vocabulary_quads(vocabularies: Vocabularies, readings: Sequence[Reading]) -> set[Quad]:
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
    schemes = {c.scheme: prefix for r in readings for c in r.concepts if c.scheme for prefix in [_name(c.scheme)]}
    for scheme, name in sorted(schemes.items()):
        graph.type(scheme, "skos:ConceptScheme")
        graph.label(scheme, name)
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
