"""Mappings to other vocabularies (SSSOM) → triples; only for what the graph holds."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ..model import Her2kgError
from ..resources import resource
from ..vocabulary import BASE, GRAPH, PREFIXES
from ..write import GraphWriter, Quad, iri

#: Where the prefixes of mapped vocabularies lead (the forms that model.md fixes).
CURIES = PREFIXES | {
    "her2kg": BASE,
    "hgnc": "http://identifiers.org/hgnc/",
    "MESH": PREFIXES["mesh"],
    "MONDO": PREFIXES["obo"] + "MONDO_",
    "CHEBI": PREFIXES["obo"] + "CHEBI_",
    "NCIT": PREFIXES["obo"] + "NCIT_",
    "OBI": PREFIXES["obo"] + "OBI_",
    "SO": PREFIXES["obo"] + "SO_",
    "ECO": PREFIXES["obo"] + "ECO_",
    "DOID": PREFIXES["obo"] + "DOID_",
}


class MappingError(Her2kgError):
    """A mapping row is not as it should be."""


def mapping_quads(graph: set[Quad]) -> set[Quad]:
    """The triples of all mappings whose subject is in the graph."""
    writer = GraphWriter(GRAPH + "mappings")
    subjects = {quad[0] for quad in graph}
    for path in sorted(resource("ontology", "mappings").glob("*.sssom.tsv")):
        for subject, predicate, target in read_mappings(path):
            if iri(subject) in subjects:
                writer.link(subject, predicate, target)
    return writer.quads


def vocabulary_editions() -> list[tuple[str, str]]:
    """The vocabularies that mappings lead to and the editions they were checked against, sorted."""
    found = set()
    for path in sorted(resource("ontology", "mappings").glob("*.sssom.tsv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t"):
            found.add((row["object_source"], row["object_source_version"]))
    return sorted(found)


def read_mappings(path: Path) -> Iterator[tuple[str, str, str]]:
    """Subject, predicate and object IRI of each row of an SSSOM file.

    Raises :class:`MappingError` naming file and line for a row with an unknown prefix.
    """
    curies = dict(CURIES)
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    for line in comments:  # the file's own curie_map: "#   MONDO: http://…"
        prefix, colon, base = line.lstrip("# ").partition(": ")
        if colon and base.strip().strip("\"'").startswith("http"):
            curies[prefix.strip()] = base.strip().strip("\"'")
    table = csv.DictReader(lines[len(comments) :], delimiter="\t")
    for row in table:
        found = []
        for column in ("subject_id", "predicate_id", "object_id"):
            prefix, colon, local = (row[column] or "").partition(":")
            if not colon or prefix not in curies:
                raise MappingError(
                    f"{path.name}, line {len(comments) + table.line_num}: “{row[column]}” in column {column} "
                    "has no known prefix; add it to the file's curie_map"
                )
            found.append(curies[prefix] + local)
        yield found[0], found[1], found[2]
