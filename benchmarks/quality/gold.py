"""What people annotated: documents of PubTator and BioC files, with their annotations.

Unlike the readers of ``graph_build.read``, which make a text of their own, these keep the text as it is, because
annotations count in it.
"""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from graph_build.model import Span

from .corpora import VARIANT, Corpus
from .identifiers import change_in_words, dna_in_words, identifiers

_TEXT: Final = re.compile(r"([^|\t]{1,60})\|([ta])\|(.*)", re.DOTALL)
#: The infons of BioC in which corpora give identifiers, in the order in which they count.
_KEYS: Final = ("identifier", "NCBI Gene identifier", "NCBI_Gene", "NCBIGene", "MESH", "MeSH", "OMIM", "normalized")


class GoldError(Exception):
    """A file is not what it should be."""


@dataclass(frozen=True, slots=True, order=True)
class Annotation:
    """A name in a document, with its type and its identifiers."""

    start: int
    end: int
    kind: str
    identifiers: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(slots=True)
class GoldDocument:
    """A document: passages of a text, the first its title, and what is annotated in it."""

    id: str
    text: str
    passages: list[Span]
    annotations: list[Annotation] = field(default_factory=list)
    misplaced: int = 0  # annotations whose offsets do not give their words; they count all the same
    others: int = 0  # annotations of types that are not scored
    changes: dict[str, set[str]] = field(default_factory=dict)  # dbSNP number → the protein changes written for it


def read_corpus(paths: Iterable[Path], corpus: Corpus) -> list[GoldDocument]:
    """The documents of some files, in their order.

    Raises :class:`GoldError` for a file without documents, or one document twice.
    """
    documents: dict[str, GoldDocument] = {}
    for path in paths:
        found = list(_read(path, corpus))
        if not found:
            raise GoldError(f"{path}: holds no document; expected PubTator text, BioC XML or BioC JSON")
        for document in found:
            if document.id in documents:
                raise GoldError(f"{path}: the document {document.id} is there twice; name each file once")
            document.annotations = sorted({_by_change(a, document) for a in document.annotations})
            documents[document.id] = document
    return list(documents.values())


def renewed(documents: Iterable[GoldDocument], same: Path) -> None:
    """Replace identifiers of an older edition by today's: a table with two columns, the old one first.

    Raises :class:`GoldError` for a line of another form.
    """
    pairs: dict[str, str] = {}
    for number, line in enumerate(same.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != 2:
                raise GoldError(f"{same}, line {number}: expected two identifiers with a tab between them")
            pairs[cells[0].strip()] = cells[1].strip()
    for document in documents:
        document.annotations = sorted(
            {
                replace(a, identifiers=tuple(sorted({pairs.get(i, i) for i in a.identifiers})))
                for a in document.annotations
            }
        )


def _read(path: Path, corpus: Corpus) -> Iterator[GoldDocument]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error})") from error
    head = text.lstrip()[:1]
    try:
        if head == "<":
            yield from (_bioc(*_of_xml(node), corpus) for node in ET.fromstring(text.lstrip()).iter("document"))
        elif head in "{[" and head:
            yield from (_bioc(*_of_json(node), corpus) for node in _json_documents(json.loads(text)))
        else:
            yield from _pubtator(text, path, corpus)
    except (ET.ParseError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: is not well-formed ({error!r})") from error


def _annotate(document: GoldDocument, span: Span, exact: str, kind: str, written: str, corpus: Corpus) -> None:
    ours = corpus.types.get(kind)
    if ours is None:
        document.others += 1
        return
    document.misplaced += span.of(document.text) != exact
    given = identifiers(ours, written)
    if given and given[0].startswith("rs") and ours == VARIANT and (change := change_in_words(exact)):
        document.changes.setdefault(given[0], set()).add(change)
        given = (change,)
    document.annotations.append(Annotation(span.start, span.end, ours, given))


def _by_change(annotation: Annotation, document: GoldDocument) -> Annotation:
    """A variant with a dbSNP number by the protein change that the document writes for the same number elsewhere.

    Where it writes none, a change of the DNA that is written out stands for itself.
    """
    number = next(iter(annotation.identifiers), "")
    if annotation.kind != VARIANT or not number.startswith("rs"):
        return annotation
    changes = document.changes.get(number, set())
    written = dna_in_words(document.text[annotation.start : annotation.end])
    if not changes and written:
        return replace(annotation, identifiers=(written,))
    return replace(annotation, identifiers=tuple(changes)) if len(changes) == 1 else annotation


# -- PubTator ----------------------------------------------------------------------


def _pubtator(text: str, path: Path, corpus: Corpus) -> Iterator[GoldDocument]:
    """Blocks of lines; offsets count in the title, one character, and the abstract."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        texts = [match for line in lines if (match := _TEXT.fullmatch(line))]
        if not texts:
            if lines:
                raise GoldError(f"{path}: “{lines[0][:60]}” is no document of PubTator; expected PMID|t|title")
            continue
        document = GoldDocument(texts[0][1].strip(), "", [])
        for match in texts:
            _passage(document, match[3])
        for line in lines:
            cells = line.split("\t")
            if len(cells) >= 5 and cells[1].isdigit() and cells[2].isdigit():
                written = cells[5] if len(cells) > 5 else ""
                _annotate(document, Span(int(cells[1]), int(cells[2])), cells[3], cells[4].strip(), written, corpus)
        yield document


def _passage(document: GoldDocument, text: str) -> int:
    """Add a passage; where it begins."""
    start = len(document.text) + 1 if document.passages else 0
    document.text += ("\n" if document.passages else "") + text
    document.passages.append(Span(start, start + len(text)))
    return start


# -- BioC --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Marked:
    start: int  # in its passage
    end: int
    exact: str
    infons: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Passage:
    text: str
    marked: tuple[_Marked, ...]


def _bioc(identifier: str, passages: list[_Passage], corpus: Corpus) -> GoldDocument:
    document = GoldDocument(identifier, "", [])
    placed = [(_passage(document, passage.text), passage) for passage in passages if passage.text]
    for start, passage in placed:
        for marked in passage.marked:
            span = Span(start + marked.start, start + marked.end)
            written = next((marked.infons[key] for key in _KEYS if marked.infons.get(key)), "")
            _annotate(document, span, marked.exact, marked.infons.get("type", ""), written, corpus)
    return document


def _of_xml(node: ET.Element) -> tuple[str, list[_Passage]]:
    def marked(passage: ET.Element, offset: int) -> Iterator[_Marked]:
        for found in passage.iter("annotation"):
            places = [(int(p.attrib["offset"]), int(p.attrib["length"])) for p in found.iterfind("location")]
            infons = {str(i.get("key")): (i.text or "").strip() for i in found.iterfind("infon")}
            yield from _one(places, offset, found.findtext("text") or "", infons)

    passages = []
    for passage in node.iterfind("passage"):
        offset = int(passage.findtext("offset") or 0)
        passages.append(_Passage(passage.findtext("text") or "", tuple(marked(passage, offset))))
    return (node.findtext("id") or "").strip(), passages


def _json_documents(found: Any) -> Iterator[dict[str, Any]]:
    """The documents of a collection, of PubTator3's answer, or of a list."""
    if isinstance(found, dict):
        found = found.get("documents") or found.get("PubTator3") or ([found] if "passages" in found else [])
    yield from found


def _of_json(node: dict[str, Any]) -> tuple[str, list[_Passage]]:
    passages = []
    for passage in node["passages"]:
        marked: list[_Marked] = []
        for found in passage.get("annotations", ()):
            places = [(int(p["offset"]), int(p["length"])) for p in found["locations"]]
            infons = {key: str(value) for key, value in found.get("infons", {}).items() if value is not None}
            marked += _one(places, int(passage.get("offset", 0)), found.get("text", ""), infons)
        passages.append(_Passage(passage.get("text") or "", tuple(marked)))
    return str(node["id"]), passages


def _one(places: list[tuple[int, int]], offset: int, exact: str, infons: dict[str, str]) -> Iterator[_Marked]:
    """An annotation; of one in several pieces the whole stretch."""
    if places:
        start = min(at for at, _ in places) - offset
        yield _Marked(start, max(at + length for at, length in places) - offset, exact, infons)
