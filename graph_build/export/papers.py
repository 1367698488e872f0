"""The papers of a graph, source documents, cited and related ones, with what is printed of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from ..vocabulary import family_name
from .values import Node, labels, line, nodes, store_of

#: An author that is no person has one of these words in its name.
_GROUP: Final = re.compile(
    r"\b(?:Investigators?|Groups?|Consortium|Team|Committee|Network|Society|Association|Collaborat\w+|Trialists|"
    r"Foundation|Panel|Institute|Project|Stud(?:y|ies)|Trials?|Working)\b"
)
#: The author list is printed short.
_SHORTENED: Final = re.compile(r"\bet\s+al\b")


@dataclass(frozen=True, slots=True)
class Author:
    """A printed author: a person's name in its two parts, or a group's."""

    family: str
    given: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as far as it is printed; the empty string for what is not."""

    iri: str
    key: str  # unique in the graph: gandhi-2017, li-2022a
    kind: str  # the class in fabio: JournalArticle, ReviewArticle, ConferenceAbstract
    title: str
    authors: tuple[Author, ...]
    shortened: bool  # more authors than those printed
    journal: str
    date: str  # 2022, 2020-06 or 2020-06-01
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    abstract_number: str
    keywords: tuple[str, ...]

    @property
    def first_page(self) -> str:
        """The first page, article number or abstract number as printed."""
        return self.pages.partition("-")[0]

    @property
    def last_page(self) -> str:
        """The last page, empty where one number is printed."""
        return self.pages.partition("-")[2]

    @property
    def url(self) -> str:
        """Where the paper is found on the web; empty where only we have an IRI for it."""
        return self.iri if re.match(r"https://(?:doi\.org|pubmed\.ncbi\.nlm\.nih\.gov)/", self.iri) else ""


def papers(folder: Path) -> list[Paper]:
    """Every paper of a built graph, in the order of their keys."""
    return papers_of(store_of(folder))


def papers_of(store: Store) -> list[Paper]:
    """Every paper of a store, in the order of their keys."""
    names = labels(store)
    found = [_paper(node, _authors(node, names)) for node in nodes(store, "Publication").values()]
    keys = _keys(found)
    return sorted((replace(paper, key=keys[paper.iri]) for paper in found), key=lambda paper: paper.key)


def _paper(node: Node, authors: tuple[Author, ...]) -> Paper:
    kinds = [cls.removeprefix("fabio:") for cls in node.classes if cls.startswith("fabio:")]
    return Paper(
        iri=node.iri,
        key="",
        kind=kinds[0] if kinds else "",
        title=line(node.one("dcterms:title")),
        authors=authors,
        shortened=bool(_SHORTENED.search(node.one("her2:authors"))),
        journal=line(node.one("her2:journal")),
        date=node.one("prism:publicationDate"),
        volume=node.one("prism:volume"),
        issue=node.one("prism:issueIdentifier"),
        pages=node.one("prism:pageRange"),
        doi=node.one("prism:doi"),
        pmid=node.one("her2:pmid"),
        abstract_number=node.one("her2:abstractNumber"),
        keywords=node.all("her2:keyword"),
    )


def _authors(node: Node, names: dict[str, str]) -> tuple[Author, ...]:
    """The authors in the printed order; of several printed lists the longest.

    Each document that cites a paper has nodes of its own for its authors, ``…#reference-4-author-1``.
    """
    lists: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for iri in node.all("dcterms:creator"):
        place, _, number = iri.rpartition("-")
        lists[place].append((int(number), names.get(iri, "")))
    printed = min(lists.values(), key=lambda those: (-len(those), sorted(those)), default=[])
    return tuple(author(name) for _, name in sorted(printed) if name)


def author(name: str) -> Author:
    """A printed author in two parts.

    >>> author("Mazieres J"), author("ZHANG Liang"), author("DESTINY-Lung01 Trial Investigators").is_group
    (Author(family='Mazieres', given='J', is_group=False), Author(family='ZHANG', given='Liang', is_group=False), True)
    >>> author("Anna O Berg MD")  # what of it is the family name cannot be told
    Author(family='Anna O Berg MD', given='', is_group=False)
    """
    words = name.split()
    if _GROUP.search(name):
        return Author(name, is_group=True)
    family = family_name(words)
    own = family.split()
    start = next((at for at in range(len(words)) if words[at : at + len(own)] == own), None)
    if start is None:
        return Author(name)
    return Author(family, " ".join(words[:start] + words[start + len(own) :]))


def _keys(found: list[Paper]) -> dict[str, str]:
    """A key for each paper: the first author's family name and the year, with a letter where these are not enough."""
    wanted = {paper.iri: _base(paper) for paper in found}
    times = Counter(wanted.values())
    seen: Counter[str] = Counter()
    keys = {}
    for iri, base in sorted(wanted.items()):
        if times[base] > 1:
            seen[base] += 1
            keys[iri] = base + _letters(seen[base])
        else:
            keys[iri] = base
    return keys


def _base(paper: Paper) -> str:
    first = paper.authors[0].family if paper.authors else paper.journal or "anonymous"
    plain = unicodedata.normalize("NFKD", first)
    # The hyphen keeps "li" + "2022a" from meeting a family called "Li 2022a".
    return (re.sub(r"[^a-z]", "", plain.lower()) or "paper") + "-" + (paper.date[:4] or "undated")


def _letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
