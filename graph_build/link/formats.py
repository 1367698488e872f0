"""Vocabulary files that a user has: OBO, OWL, OBO Graphs, SKOS and other RDF, MeSH XML, CSV and TSV; packed or not.

What a file is follows from its content.  OBO and OWL are parsed by pronto, other RDF by rdflib.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import importlib
import re
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from .pack_readers import unpacked
from .packs import as_file, pack_of
from .terms import Term, VocabularyError, VocabularyFile

Parse = Callable[[Path, bytes], tuple[str, list[Term]]]  # to the edition and the entries

#: Kinds of content by what it begins with, the first that fits; each with the module and function that reads it.
_KINDS: Final[tuple[tuple[str, re.Pattern[bytes], str], ...]] = (
    ("OBO", re.compile(rb"(?:![^\n]*\n|\s)*(?:format-version:|\[Term\]|ontology:|data-version:)"), "obo.read_obo"),
    ("OBO Graphs", re.compile(rb'\s*\{(?s:.){0,2000}"graphs"\s*:'), "obo.read_obo_graphs"),
    ("MeSH XML", re.compile(rb"(?s:.){0,2000}<(?:Descriptor|Supplemental|Qualifier)RecordSet\b"), "mesh_xml.read"),
    ("OWL", re.compile(rb"(?s:.){0,20000}<owl:Ontology\b"), "obo.read_owl"),
    ("RDF/XML", re.compile(rb"(?s:.){0,2000}<rdf:RDF\b"), "rdf.read_xml"),
    ("JSON-LD", re.compile(rb'\s*[\[{](?s:.){0,5000}"@(?:context|graph|id)"'), "rdf.read_json_ld"),
    ("Turtle", re.compile(rb"(?i)(?:#[^\n]*\n|\s)*(?:@?prefix\b|@?base\b|<[^>\s]+>\s+<)"), "rdf.read_turtle"),
    ("table", re.compile(rb"(?:#[^\n]*\n)*[^\n<]*[,;\t][^\n]*\n"), "table.read"),
)


#: A file of one's own is taken for the whole vocabulary, so that what it lacks does not exist, when it states its
#: edition and has so many entries: a selection made by hand has fewer.
WHOLE: Final = 1000


def open_vocabulary(path: Path) -> VocabularyFile:
    """A vocabulary file of any known kind.

    Raises :class:`VocabularyError`, naming the file and where possible the line, for one that is
    missing, empty, of no known kind, or not what it begins as.
    """
    known = pack_of(path)
    if known:
        if not path.is_file():
            raise VocabularyError(f"{path}: no such file")
        return as_file(known, path)
    version, terms = _parsed(path)
    if not terms:
        raise VocabularyError(f"{path}: has no entries with an identifier and an English name")
    return VocabularyFile(
        name=path.name,
        path=path,
        version=version or f"edition not stated, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}",
        prefixes=frozenset(term.id.partition(":")[0] for term in terms),
        read=partial(_again, terms),
        complete=len(terms) >= WHOLE and bool(version),
    )


def _again(terms: list[Term], _: Path) -> Iterator[Term]:
    return iter(terms)


def _parsed(path: Path) -> tuple[str, list[Term]]:
    data = _content(path)
    if not data.strip():
        raise VocabularyError(f"{path}: is empty; a vocabulary is OBO, OWL, SKOS, MeSH XML or CSV")
    head = data[:25_000].removeprefix(b"\xef\xbb\xbf")
    for _, begins, where in _KINDS:
        if begins.match(head):
            module, _, function = where.partition(".")
            try:
                parse: Parse = getattr(importlib.import_module(f".read_{module}", __package__), function)
            except ModuleNotFoundError as error:
                raise VocabularyError(f"{path}: needs {error.name}; pip install 'her2kg[link]' to read it") from error
            return parse(path, data)
    raise VocabularyError(
        f"{path}: line 1 is neither OBO, OWL, SKOS, MeSH XML nor a table with the columns id and label"
    )


def _content(path: Path) -> bytes:
    try:
        if path.suffix == ".zst":
            return unpacked(path).encode()
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        elif data[:3] == b"BZh":
            data = bz2.decompress(data)
    except FileNotFoundError as error:
        raise VocabularyError(f"{path}: no such file") from error
    except VocabularyError:
        raise
    except (OSError, EOFError, zlib.error, ValueError, RuntimeError) as error:
        raise VocabularyError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    return data
