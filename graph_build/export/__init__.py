"""A built graph in the formats that other tools read, with the same bytes on every run.

One module a format.  A format that holds less than the graph says so: in :data:`FORMATS` what kind of thing it
leaves out, and for one graph how many of them (:attr:`Exported.dropped`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

from ..model import Her2kgError

#: The modules that write several formats and are told which.
_OF_SEVERAL: Final = ("rdf", "network")


class UnknownFormat(Her2kgError):
    """No format of that name is written here."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the bytes of each file by the ending of its name, and what the format could not hold."""

    files: dict[str, bytes]  # one file has the ending ""
    dropped: dict[str, int] = field(default_factory=dict)  # what → how many

    @property
    def loss(self) -> str:
        """What was left out, as one line; empty when that is nothing."""
        return ", ".join(f"{count:,} {what}" for what, count in self.dropped.items() if count)


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name: who reads it, and what it cannot hold."""

    name: str
    summary: str
    drops: str = ""  # in words; empty for a format that holds the whole graph
    module: str = "rdf"

    def write(self, folder: Path) -> Exported:
        """A built graph in this format."""
        # Imported only when asked for: the command line lists formats without loading networkx and the rest.
        writer: Callable[..., Exported] = import_module(f".{self.module}", __name__).write
        return (partial(writer, format=self.name) if self.module in _OF_SEVERAL else writer)(folder)


_NO_GRAPHS: Final = "the names of the graphs"
_NETWORK: Final = "positions in the text, MeSH details, identifiers but one a node"

#: Every format by name.
FORMATS: Final[dict[str, Format]] = {
    entry.name: entry
    for entry in (
        Format("turtle", "RDF for people and most tools", _NO_GRAPHS),
        Format("trig", "RDF with its named graphs, in the manner of Turtle"),
        Format("json-ld", "RDF with its named graphs, as JSON"),
        Format("ntriples", "RDF, one triple a line", _NO_GRAPHS),
        Format("nquads", "RDF with its named graphs, one statement a line: the file that build wrote"),
        Format("rdfxml", "RDF as XML, for Protégé and older tools", _NO_GRAPHS),
        Format(
            "kgx",
            "nodes.tsv and edges.tsv of the Biolink model: KGX, Monarch, Translator",
            "hedged, negated and open statements, mentions, positions in the text, citations, curated links",
            "kgx",
        ),
        Format(
            "nanopubs",
            "one nanopublication a statement, as TriG with trusty URIs",
            "mentions, papers' details, MeSH indexing, curated links and mappings",
            "nanopublication",
        ),
        Format(
            "va-spec",
            "GA4GH VA-Spec statements on therapeutic response, as JSON",
            "all statements that are no appraisal of a therapy for an alteration in a disease",
            "va_spec",
        ),
        Format("graphml", "the network of concepts, studies and papers: Cytoscape, yEd, igraph", _NETWORK, "network"),
        Format("gexf", "the same network: Gephi", _NETWORK, "network"),
        Format(
            "evidence", "a table of the evidence, one quote a row, as CSV", "all but statements and quotes", "table"
        ),
        Format("ris", "the papers, for reference managers: Zotero, EndNote", "all but the papers", "ris"),
        Format("bibtex", "the papers, for LaTeX", "all but the papers", "bibtex"),
    )
}


def exported(folder: Path, format: str) -> Exported:
    """A built graph in a format, with the count of what the format cannot hold.

    Raises :class:`UnknownFormat`, and :class:`graph_build.store.GraphNotFound` when there is no graph.
    """
    if format not in FORMATS:
        raise UnknownFormat(f"{format}: no such format; there are {', '.join(FORMATS)}")
    return FORMATS[format].write(folder)


def export(folder: Path, format: str) -> bytes:
    """A built graph in a format, as one file; a format of several files comes as a ``.tar.gz`` of them.

    Raises as :func:`exported` does.
    """
    return packed(exported(folder, format))


def packed(result: Exported) -> bytes:
    """What was written as one file."""
    if len(result.files) == 1:
        return next(iter(result.files.values()))
    from .archive import archive

    return archive({f"her2kg{ending}": data for ending, data in result.files.items()})
