"""Names of files for things, and links between those files; and the same inside one file.

A name is made of small letters, digits, ``.``, ``-`` and ``_``, so that it is the
same file on every system and needs no escaping in a link.  What cannot be written so gets
a digest of its IRI, so that no two things share a name, not even in other letters' case.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from ..vocabulary import BASE, HER2, digest

#: Names in the top folder that are not those of things.
TAKEN: Final = frozenset(
    {"404", "data", "downloads", "index", "paper", "query", "questions", "robots", "sparql", "style", "thing"}
)
#: A folder of a name, without dots; and the end of a name, with them.
_FOLDER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)
_STEM: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?", re.ASCII)
#: Names that Windows keeps for itself, with any ending.
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.ASCII)
_DOI: Final = "https://doi.org/"
_PUBMED: Final = "https://pubmed.ncbi.nlm.nih.gov/"


def stem_of(iri: str) -> str | None:
    """The path of a thing's files without their ending; nothing for what is neither ours nor a paper.

    >>> stem_of(BASE + "drug/trastuzumab"), stem_of("https://doi.org/10.1056/nejmoa2112431")
    ('drug/trastuzumab', 'paper/10.1056_nejmoa2112431')
    >>> stem_of(BASE + "drug/../../etc"), stem_of(BASE + "index"), stem_of(HER2 + "Drug")
    ('thing/etc_cfacbcee9c661a08', 'thing/index_ccc4d48f6ae67369', 'ontology/drug_7af6748b8a7f7093')
    """
    if iri.startswith(_DOI):
        return _paper(iri, iri.removeprefix(_DOI).split("/"))
    if iri.startswith(_PUBMED):
        return _paper(iri, ["pubmed", iri.removeprefix(_PUBMED)])
    if iri.startswith(HER2):
        return "ontology/" + _stem(iri, iri.removeprefix(HER2))
    if not iri.startswith(BASE):
        return None
    *folders, last = iri.removeprefix(BASE).split("/")
    top = folders[0] if folders else last
    if len(folders) > 4 or top in TAKEN or not all(_is_folder(part) for part in folders):
        return "thing/" + _with_digest(iri, last)
    return "/".join([*folders, _stem(iri, last)])


def _paper(iri: str, parts: list[str]) -> str:
    joined = "_".join(parts)
    plain = len(joined) <= 100 and all(_STEM.fullmatch(part) for part in parts)
    return "paper/" + (joined if plain else _with_digest(iri, joined))


def _is_folder(part: str) -> bool:
    return bool(_FOLDER.fullmatch(part)) and not _DEVICES.fullmatch(part)


def _stem(iri: str, name: str) -> str:
    return name if _STEM.fullmatch(name) and not _DEVICES.fullmatch(name) else _with_digest(iri, name)


def _with_digest(iri: str, name: str) -> str:
    """What of a name can be written, and the digest of the IRI; ``_`` is in no plain name of ours."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return f"{readable or 'x'}_{digest(iri)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What pages a site has: the stems of things, their parts, and the questions with their values and formats."""

    stems: Mapping[str, str]
    parts: Mapping[str, Collection[str]]  # fragments that the page of a thing has
    questions: Mapping[str, Mapping[str, str]]
    formats: Mapping[str, Collection[str]]
    sparql: bool = False
    base: str | None = None  # where the site will lie

    def split(self, iri: str) -> tuple[str, str] | None:
        """The stem of the page on which a thing is found, and the fragment there; nothing without a page."""
        if iri in self.stems:
            return self.stems[iri], ""
        owner, _, fragment = iri.partition("#")
        return (self.stems[owner], fragment) if fragment in self.parts.get(owner, ()) else None


@lru_cache(maxsize=20_000)
def _relative(path: str, folder: str) -> str:
    """The way to a file from a folder."""
    return posixpath.relpath(path, folder or ".")


@dataclass(frozen=True, slots=True)
class SiteAddresses:
    """Links from one file of a site to others, so that the folder can lie anywhere."""

    pages: Pages
    at: str = "index.html"  # the file that links
    endpoint: None = field(default=None, init=False)

    def to(self, path: str) -> str:
        """A file of the site."""
        return _relative(path, posixpath.dirname(self.at))

    @property
    def base(self) -> str | None:
        """The folder of the site on the web."""
        return self.pages.base

    @property
    def home(self) -> str:
        """The explorer."""
        return self.to("index.html")

    @property
    def questions(self) -> str:
        """The list of stored questions."""
        return self.to("questions.html")

    @property
    def editor(self) -> str | None:
        """SPARQL in the browser, when the site has it."""
        return self.to("sparql.html") if self.pages.sparql else None

    @property
    def downloads(self) -> str | None:
        """The list of downloads."""
        return self.to("downloads.html")

    def thing(self, iri: str) -> str | None:
        """The page of a thing, or its line on another's page."""
        found = self.pages.split(iri)
        if found is None:
            return None
        stem, fragment = found
        return self.to(stem + ".html") + (f"#{quote(fragment, safe='')}" if fragment else "")

    def data(self, iri: str, suffix: str) -> str | None:
        """The data of a thing, as Turtle."""
        stem = self.pages.stems.get(iri)
        return self.to(f"{stem}.ttl") if stem is not None and suffix == "ttl" else None

    def question(self, name: str, values: Mapping[str, str], suffix: str = "") -> str | None:
        """The answer to a stored question with the values of its example."""
        if self.pages.questions.get(name) != dict(values) or (suffix and suffix not in self.pages.formats[name]):
            return None
        return self.to(f"query/{name}.{suffix or 'html'}")

    def query(self, text: str) -> str | None:
        """SPARQL in the browser with a query in it."""
        return f"{self.editor}#query={quote(text, safe='')}" if self.editor else None


@dataclass(frozen=True, slots=True)
class InFileAddresses:
    """Links inside one file, by fragments: ``#/drug/trastuzumab``."""

    pages: Pages
    home: str = field(default="#", init=False)
    questions: str = field(default="#/questions", init=False)
    downloads: str = field(default="#/downloads", init=False)
    endpoint: None = field(default=None, init=False)

    @property
    def base(self) -> str | None:
        """The file on the web."""
        return self.pages.base

    @property
    def editor(self) -> str | None:
        """SPARQL in the browser, when the file has it."""
        return "#/sparql" if self.pages.sparql else None

    def thing(self, iri: str) -> str | None:
        """The page of a thing; of a part, the page that lists it."""
        found = self.pages.split(iri)
        return f"#/{found[0]}" if found else None

    def data(self, iri: str, suffix: str) -> str | None:  # noqa: ARG002  the protocol's signature
        """Nothing: the whole is among the downloads."""
        return None

    def question(self, name: str, values: Mapping[str, str], suffix: str = "") -> str | None:
        """The answer to a stored question with the values of its example."""
        return f"#/query/{name}" if not suffix and self.pages.questions.get(name) == dict(values) else None

    def query(self, text: str) -> str | None:
        """SPARQL in the browser with a query in it."""
        return f"#/sparql&query={quote(text, safe='')}" if self.pages.sparql else None
