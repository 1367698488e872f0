"""The page of a paper: its reference, what it reports, what its words say, who cites it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from pyoxigraph import Literal

from ..prefixes import PREFIXES, curie
from ..vocabulary import HER2
from . import panels
from .around import around
from .claims import claims
from .entities import SAME_WORK, Description
from .frame import Setting, apart, facts, folded, section
from .markup import Child, Html, isolated, outward_link, tag, together
from .picture import network_picture

_PRISM: Final = PREFIXES["prism"]
_PUBMED: Final = "https://pubmed.ncbi.nlm.nih.gov/"


def _one(found: Description, predicate: str) -> str:
    return next(iter(panels.objects(found, predicate)), "")


def citation(found: Description) -> Html:
    """The reference as far as it is printed, with links to the paper."""
    authors, journal = _one(found, HER2 + "authors"), _one(found, HER2 + "journal")
    year = _one(found, _PRISM + "publicationDate")[:4]
    volume, issue = _one(found, _PRISM + "volume"), _one(found, _PRISM + "issueIdentifier")
    place = f"{volume}({issue})" if volume and issue else volume or issue
    pages = _one(found, _PRISM + "pageRange")
    where = ": ".join(part for part in (place, pages) if part)
    when = "; ".join(part for part in (year, where) if part)
    printed = " ".join(f"{part.rstrip('.')}." for part in (authors, journal, when) if part)
    doi, pmid = _one(found, _PRISM + "doi"), _one(found, HER2 + "pmid")
    links = [outward_link(f"https://doi.org/{doi}", f"doi:{doi}")] if doi else []
    if pmid:
        links.append(outward_link(_PUBMED + pmid, f"PubMed {pmid}"))
    return together([tag("p", isolated(printed)) if printed else None, tag("p", apart(links)) if links else None])


def paper_body(found: Description, setting: Setting) -> list[Child]:
    """The sections of a paper's page."""
    iri = found.iri
    same = [other for other in _same_work(found) if setting.entities.described(other)]
    source = HER2 + "Document" in panels.objects(found, PREFIXES["rdf"] + "type")
    said = claims(setting.entities, "reported", iri)
    heading = "What it says" if source else "What its title says"
    note = "Its text was read." if source else "Only its reference was read, where other papers cite or recommend it."
    return [
        tag("p", note, class_="quiet"),
        _other_numbers(same, setting),
        panels.studies(iri, setting, "Studies it reports"),
        panels.statements(said, "reported", iri, setting, heading),
        section("Cited by", _references((iri, *same), setting, "citedWork", "citingWork")),
        section("Recommended by", _references((iri, *same), setting, "recommendedWork", "recommendingWork")),
        folded("References", _references((iri,), setting, "citingWork", "citedWork"), id="references"),
        folded("Related articles", _references((iri,), setting, "recommendingWork", "recommendedWork")),
        folded("Indexing", facts(_indexing(found, setting))),
        section("Its neighbourhood", network_picture(around(found, (), setting.entities), setting)),
    ]


def _same_work(found: Description) -> list[str]:
    """The IRIs of a paper by its other number: who prints its PMID alone says nothing of its DOI."""
    _, named = found.links_in.get(SAME_WORK, (0, []))
    return [*panels.objects(found, SAME_WORK), *named]


def _other_numbers(same: Iterable[str], setting: Setting) -> Html | None:
    links = [setting.link(other, curie(other) or other) for other in same]
    return tag("p", "The same work by its other number: ", apart(links)) if links else None


def _references(iris: Sequence[str], setting: Setting, own: str, other: str) -> Html | None:
    """References from or to a paper, by their numbers, as printed."""
    entities = setting.entities
    found = []
    for node in chain.from_iterable(entities.subjects(HER2 + own, iri, 500) for iri in iris):
        work = next(iter(entities.values(node, HER2 + other)), "")
        number = next(iter(entities.values(node, HER2 + "referenceNumber")), "")
        printed = " ".join(entities.values(node, HER2 + "printedText"))
        place = int(number) if number.isdecimal() else 0
        found.append((work if own.startswith("cited") else "", place, work, printed))
    lines = []
    for _, place, work, printed in sorted(found):
        link = setting.link(work, entities.short(work)) if work else Html("")
        quote = tag("div", isolated(printed), class_="quiet")
        lines.append(tag("li", link, f", reference {place}" if place else None, quote))
    return tag("ul", lines, class_="papers") if lines else None


def _indexing(found: Description, setting: Setting) -> Iterable[tuple[Child, Child]]:
    """Keywords, MeSH headings with major topics starred, substances and publication types."""
    entities = setting.entities
    keywords = [term.value for term in found.triples_out.get(HER2 + "keyword", []) if isinstance(term, Literal)]
    if keywords:
        yield "Keywords", apart(map(isolated, keywords))
    headings = []
    for node in panels.objects(found, HER2 + "hasHeading"):
        descriptor, qualifier = (entities.values(node, HER2 + name) for name in ("descriptor", "qualifier"))
        parts = [setting.link(term) for term in (*descriptor, *qualifier)]
        major = "true" in entities.values(node, HER2 + "majorTopic")
        headings.append(together([Html(" / ".join(parts)), "*" if major else None]))
    if headings:
        yield "MeSH headings (* major topic)", apart(headings)
    for name, words in (("hasSubstance", "Substances"), ("publicationType", "Publication type")):
        terms = panels.objects(found, HER2 + name)
        if terms:
            yield words, apart(map(setting.link, terms))
