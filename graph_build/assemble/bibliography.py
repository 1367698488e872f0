"""The document itself and the works it lists, with every printed field."""

from __future__ import annotations

from typing import Final

from .. import __version__
from ..model import Document, Publication, PublicationKind, Section, SectionType
from ..vocabulary import family_name, publication_iri, pubmed_iri
from ..write import GraphWriter, boolean, date, text, typed

_CLASSES: Final = {
    PublicationKind.ARTICLE: "fabio:JournalArticle",
    PublicationKind.REVIEW: "fabio:ReviewArticle",
    PublicationKind.ABSTRACT: "fabio:ConferenceAbstract",
}
#: MeSH's publication type of what was retracted, lower case.
_RETRACTED: Final = "retracted publication"
#: Further metadata that are dates.
_DATES: Final = frozenset({"received", "revised", "accepted", "available"})


def add_bibliography(graph: GraphWriter, document: Document) -> None:
    """Write the document, its sections and the publications it cites or is recommended with."""
    iri = publication_iri(document.publication)
    graph.type(iri, "her2:Document", "prov:Entity")
    add_publication(graph, document.publication, f"{graph.graph}#publication")
    graph.add(iri, "her2:sha256", text(document.sha256))
    graph.add(iri, "her2:format", text(document.format))
    graph.link(iri, "prov:wasGeneratedBy", f"{graph.graph}#build")
    graph.type(f"{graph.graph}#build", "prov:Activity")
    graph.label(f"{graph.graph}#build", f"her2kg {__version__} read {document.sha256[:12]}")
    graph.link(f"{graph.graph}#build", "prov:wasAssociatedWith", software_iri())
    if _is_retracted(document):
        graph.add(iri, "her2:retracted", boolean(True))
    for name, value in document.facts:
        graph.add(iri, f"her2:{name}", date(value) if name in _DATES else text(value))
    for keyword, _ in document.keywords:
        graph.add(iri, "her2:keyword", text(keyword))
    for index, section in enumerate(document.sections):
        _add_section(graph, iri, index, section, document)


def _is_retracted(document: Document) -> bool:
    """Whether the document says that it was retracted: by its type, or by naming the notice."""
    return any(kind.casefold() == _RETRACTED for kind in document.publication_types) or any(
        name == "retractedBy" for name, _ in document.facts
    )


def software_iri() -> str:
    """The agent that wrote the graph."""
    return f"https://w3id.org/her2kg/software/{__version__}"


def section_iri(graph: GraphWriter, document: Document, index: int) -> str:
    """The IRI of a section: its type and, where it has one, its number."""
    section = document.sections[index]
    same = [s for s in document.sections[:index] if s.type is section.type and s.number == section.number]
    number = "" if section.number is None else f"-{section.number}"
    return f"{graph.graph}#{section.type}{number}" + (f"-{chr(ord('a') + len(same))}" if 0 < len(same) < 26 else
                                                     f"-at-{section.span.start}" if same else "")  # fmt: skip


def _add_section(graph: GraphWriter, document_iri: str, index: int, section: Section, document: Document) -> None:
    node = section_iri(graph, document, index)
    graph.link(document_iri, "her2:hasSection", node)
    graph.type(node, "her2:Section")
    graph.add(node, "her2:sectionType", text(section.type))
    graph.add(node, "her2:start", typed(section.span.start, "integer"))
    graph.add(node, "her2:end", typed(section.span.end, "integer"))
    graph.link(node, "her2:document", document_iri)
    if section.publication is None:
        return
    cited = publication_iri(section.publication)
    graph.link(node, "her2:about", cited)
    if section.number is not None:
        graph.add(node, "her2:referenceNumber", typed(section.number, "integer"))
    add_publication(graph, section.publication, node)
    related = section.type is SectionType.RELATED
    entry = f"{node}-{'recommendation' if related else 'citation'}"
    verb = "recommend" if related else "cit"
    graph.type(entry, "her2:Recommendation" if related else "her2:Citation")
    graph.link(document_iri, "her2:recommends" if related else "cito:cites", cited)
    graph.link(entry, f"her2:{verb}ingWork", document_iri)
    graph.link(entry, f"her2:{verb}edWork", cited)
    graph.link(entry, "her2:inSection", node)
    if section.number is not None:
        graph.add(entry, "her2:referenceNumber", typed(section.number, "integer"))
    if section.printed is not None:
        graph.add(entry, "her2:printedText", text(section.printed.of(document.text)))


def add_publication(graph: GraphWriter, record: Publication, node: str) -> None:
    """Write a bibliographic record; ``node`` is where its author occurrences get their IRIs."""
    iri = publication_iri(record)
    graph.type(iri, "her2:Publication", _CLASSES[record.kind])
    graph.label(iri, short_citation(record), None)
    graph.add(iri, "dcterms:title", text(record.title))
    for predicate, value in (
        ("her2:authors", record.authors),
        ("her2:journal", record.journal),
        ("prism:volume", record.volume),
        ("prism:issueIdentifier", record.issue),
        ("prism:pageRange", record.pages),
        ("her2:abstractNumber", record.abstract_number),
        ("prism:doi", record.doi),
        ("her2:pmid", record.pmid),
    ):
        graph.add(iri, predicate, text(value) if value else None)
    graph.add(iri, "prism:publicationDate", date(record.date) if record.date else None)
    if record.doi and record.pmid:  # who cites it by its PMID alone means the same work (decision 21)
        graph.link(iri, "owl:sameAs", pubmed_iri(record.pmid))
    for number, creator in enumerate(record.creators, 1):
        author = f"{node}-author-{number}"
        graph.link(iri, "dcterms:creator", author)
        graph.type(author, "prov:Agent")
        graph.label(author, creator, None)


def short_citation(record: Publication) -> str:
    """First author and year as papers are called in talk, "Li 2022"; the journal where no author is printed."""
    year = (record.date or "undated")[:4]
    if record.creators:
        name = family_name(record.creators[0].split())
        return f"{name.title() if name.isupper() else name} {year}"
    return f"{record.journal or 'Anonymous'} {year}"
