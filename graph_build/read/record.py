"""A bibliographic record, whatever file it came in.

Readers of structured formats (PubMed XML, MEDLINE, RIS, JATS …) make records;
:func:`graph_build.read.rendering.rendered` writes a record as plain text and gives
the document of that text, so that every quote can be compared with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class AbstractPart:
    """A paragraph of an abstract, with its printed label where it is structured ("METHODS")."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshEntry:
    """A descriptor of MeSH with one of its qualifiers, as a record holds them."""

    descriptor: str
    qualifier: str = ""
    major: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An entry of a reference list: what is printed, and what is known of the work."""

    printed: str
    publication: Publication
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a file says of one publication.  Empty means: the file does not say it."""

    publication: Publication
    abstract: tuple[AbstractPart, ...] = ()
    keywords: tuple[str, ...] = ()
    mesh: tuple[MeshEntry, ...] = ()
    substances: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    mesh_numbers: tuple[tuple[str, str], ...] = ()  # with names of headings, qualifiers, substances and types
    references: tuple[Cited, ...] = ()
    registry_numbers: tuple[str, ...] = ()  # of databanks: "NCT03505710"
    #: Notices that concern this publication: ("retracted by", "12345678"), ("erratum in", …), with a PMID or a text.
    notices: tuple[tuple[str, str], ...] = ()
    version: str = ""  # of the record, where there are several
    revised: str = ""  # when the record was last revised, as an ISO date
    place: str = ""  # where in the file it begins: "line 120", "record 3 (PMID 31234567)"
    format: str = ""  # the reader's name: "pubmed-xml", "nbib", "ris"
