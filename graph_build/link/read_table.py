"""CSV and TSV files with an identifier and a label a row, as BioPortal and spreadsheets give them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ..prefixes import canonical
from .pack_readers import split
from .terms import Term, VocabularyError

#: What columns may be called, letter case and spaces ignored.
_COLUMNS: Final = {
    "id": ("id", "curie", "identifier", "classid", "iri", "uri", "code"),
    "label": ("label", "name", "preferredlabel", "preflabel", "term", "preferredterm"),
    "synonyms": ("synonyms", "synonym", "altlabels", "altlabel"),
    "obsolete": ("obsolete", "deprecated", "isobsolete"),
    "parents": ("parents", "parent", "broader"),
    "xrefs": ("xrefs", "xref", "exactmatch"),
}


def read(path: Path, data: bytes) -> tuple[str, list[Term]]:
    """The entries; lists are parted by ``|``.  A table states no edition.

    Raises :class:`VocabularyError` with the line of a row that does not fit.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise VocabularyError(f"{path}, line {line}: is not UTF-8; save the table as UTF-8") from error
    lines = text.replace("\r\n", "\n").split("\n")
    skipped = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)
    delimiter = max("\t,;", key=lines[skipped].count)
    header = next(csv.reader([lines[skipped]], delimiter=delimiter))
    places = _places(header)
    if "id" not in places or "label" not in places:
        raise VocabularyError(
            f"{path}, line {skipped + 1}: has no columns “id” and “label” (found: {', '.join(header)}); "
            "a vocabulary is OBO, OWL, SKOS, MeSH XML or such a table"
        )
    terms = []
    for line, written in enumerate(lines[skipped + 1 :], skipped + 2):
        if not written.strip():
            continue
        try:
            cells = next(csv.reader([written], delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise VocabularyError(f"{path}, line {line}: a quotation mark is opened and not closed") from error
        if len(cells) != len(header):
            raise VocabularyError(f"{path}, line {line}: {len(cells)} cells where the header has {len(header)}")
        value = {name: cells[place].strip() for name, place in places.items()}
        if ":" not in value["id"]:
            raise VocabularyError(
                f"{path}, line {line}: “{value['id']}” is no identifier; write prefix:number or an IRI"
            )
        if not value["label"]:
            raise VocabularyError(f"{path}, line {line}: the label is empty")
        terms.append(
            Term(
                id=canonical(value["id"]),
                label=value["label"],
                synonyms=split(value.get("synonyms", "")),
                obsolete=value.get("obsolete", "").lower() in ("true", "1", "yes", "y"),
                parents=tuple(map(canonical, split(value.get("parents", "")))),
                xrefs=tuple(map(canonical, split(value.get("xrefs", "")))),
            )
        )
    return "", terms


def _places(header: Sequence[str]) -> dict[str, int]:
    plain = ["".join(c for c in name.casefold() if c.isalnum()) for name in header]
    return {
        name: plain.index(alias)
        for name, aliases in _COLUMNS.items()
        for alias in [next((a for a in aliases if a in plain), None)]
        if alias
    }
