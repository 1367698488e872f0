"""The whole graph as files, with a text that says what they are, and the page that lists them."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from .. import __version__
from ..export import FORMATS, exported
from ..pages.frame import Page, Setting, table
from ..pages.markup import Child, Html, isolated, outward_link, tag, together
from ..prefixes import PREFIXES
from ..vocabulary import DATASET
from .content import Content

#: Names of files, the formats of her2kg export, and whom they are for.
_FORMATS: Final = {
    "graph.trig": ("trig", "the whole graph with its named graphs, in the manner of Turtle"),
    "graph.ttl": ("turtle", "the whole graph as Turtle"),
    "evidence.csv": ("evidence", FORMATS["evidence"].summary),
    "references.ris": ("ris", FORMATS["ris"].summary),
    "references.bib": ("bibtex", FORMATS["bibtex"].summary),
}
_NQUADS: Final = ("graph.nq.gz", "the whole graph with its named graphs, one statement a line, packed")
_DATASET: Final = ("dataset.ttl", "the description of the dataset: inputs, counts, vocabularies with their editions")
_LICENCE: Final = PREFIXES["dcterms"] + "license"


def downloads(content: Content, description: bytes, *, large: bool = True) -> dict[str, tuple[bytes, str]]:
    """The files by their names, each with what it is; ``description`` is that of the dataset, as Turtle.

    Without ``large`` the graph is there once, packed.
    """
    found = {_NQUADS[0]: (gzip.compress(content.nquads, 9, mtime=0), _NQUADS[1])}
    for name, (format, summary) in _FORMATS.items():
        if large or not name.startswith("graph."):
            found[name] = (next(iter(exported(content.folder, format).files.values())), summary)
    found[_DATASET[0]] = (description, _DATASET[1])
    return found


def licences(content: Content) -> list[str]:
    """Under which terms the dataset may be used."""
    return content.entities.values(DATASET, _LICENCE)


def inputs(content: Content) -> list[tuple[str, str]]:
    """The documents that were read, and the SHA-256 of each."""
    return [(entry.get("publication", ""), entry.get("sha256", "")) for entry in content.report.get("inputs", [])]


def readme(content: Content, title: str, files: Mapping[str, tuple[bytes, str]]) -> str:
    """What this is, for who finds the folder."""
    lines = [title, "=" * len(title), ""]
    lines += ["What biomedical documents say, read by rules, each statement with the exact words that support it."]
    lines += ["Open index.html; nothing has to be installed, and nothing is loaded from elsewhere.  It is no advice on"]
    lines += ["treatment.", ""]
    lines += [f"Made by her2kg {__version__}.", ""]
    lines += ["Licence of the data", *(f"  {licence}" for licence in licences(content)), ""]
    lines += ["Documents that were read, with their SHA-256"]
    lines += [f"  {digest}  {publication}" for publication, digest in inputs(content)]
    lines += ["", "Files in data/, with their SHA-256"]
    lines += [f"  {sha256(data).hexdigest()}  {name}: {what}" for name, (data, what) in files.items()]
    return "\n".join(lines) + "\n"


def downloads_page(
    content: Content, setting: Setting, files: Mapping[str, tuple[bytes, str]], folder: str = ""
) -> Page:
    """The list of downloads, and what the graph was made from; without a ``folder`` a script finds them by name."""
    rows: list[tuple[Child, ...]] = [
        (_download(name, folder), what, _size(len(data))) for name, (data, what) in files.items()
    ]
    sources: list[tuple[Child, ...]] = [
        (setting.link(publication, setting.entities.short(publication)), tag("code", digest))
        for publication, digest in inputs(content)
    ]
    terms: list[Html] = [tag("p", outward_link(licence)) for licence in licences(content)]
    body = [
        tag("h1", "Data"),
        table("Files", ("File", "What it is", "Size"), rows),
        tag("section", tag("h2", "Licence"), terms) if terms else None,
        tag("h2", "Documents that were read"),
        table("Documents that were read", ("Document", "SHA-256"), sources),
        tag("p", isolated(f"Made by her2kg {__version__}."), class_="quiet"),
    ]
    return Page("Data – her2kg", together(body), here="Data")


def _download(name: str, folder: str) -> Html:
    if folder:
        return tag("a", name, href=folder + name, download=name)
    return tag("a", name, href="#/downloads", data_file=name)


def _size(number: int) -> str:
    """Bytes for people.

    >>> _size(812), _size(48_300), _size(2_400_000)
    ('812 bytes', '48 kB', '2.4 MB')
    """
    if number < 1_000:
        return f"{number} bytes"
    return f"{number // 1_000} kB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"
