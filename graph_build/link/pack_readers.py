"""How the known vocabulary files are read; which they are and of which edition is in :mod:`.packs`."""

from __future__ import annotations

import bz2
import csv
import io
import json
import pickle
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ..prefixes import canonical
from .terms import Term, VocabularyError

csv.field_size_limit(sys.maxsize)


def rows(path: Path, comment: str | None = None) -> Iterator[dict[str, str]]:
    """The rows of a table with a header; commas in ``.csv``, tabs elsewhere."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if comment is None or not line.startswith(comment))
        yield from csv.DictReader(lines, delimiter="," if path.suffix == ".csv" else "\t", quoting=csv.QUOTE_MINIMAL)


def unpacked(path: Path) -> str:
    """The text of a file packed with Zstandard."""
    zstandard: Any = _library("zstandard")
    with path.open("rb") as file:
        reader: Any = zstandard.ZstdDecompressor().stream_reader(file)
        return io.TextIOWrapper(reader, encoding="utf-8").read()


def _library(name: str) -> Any:
    """A library of the extra ``link``.  Raises :class:`VocabularyError` where it is missing."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise VocabularyError(f"needs the library {name}; pip install 'her2kg[link]'") from error


def split(value: str, separator: str = "|") -> tuple[str, ...]:
    """The parts of a list cell."""
    return tuple(part.strip() for part in value.split(separator) if part.strip())


def _tsv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def mesh_2026(path: Path) -> Iterator[Term]:
    with path.open(encoding="utf-8", newline="") as file:
        for iri, _, subject in csv.reader(file):
            if re.fullmatch(r".*/D\d+(?:Q\d+)?", iri):
                yield Term(id="mesh:" + iri.rsplit("/", 1)[1], label=subject)


def mesh_2025(path: Path) -> Iterator[Term]:
    for row in _tsv(path):
        yield Term(id="mesh:" + row[0], label=row[1], synonyms=split(row[2]), trees=split(row[3]))


def mesh_supplementary(path: Path) -> Iterator[Term]:
    for row in _tsv(path):
        yield Term(id="mesh:" + row[0], label=row[1], synonyms=split(row[2]), mapped_to=split(row[3], ","))


#: HGNC's columns of identifiers elsewhere, and the prefix of each.
_HGNC_XREFS: Final = (
    ("ncbigene", "NCBI Gene ID(supplied by NCBI)"),
    ("uniprot", "UniProt ID(supplied by UniProt)"),
    ("ensembl", "Ensembl gene ID"),
)


def hgnc(path: Path) -> Iterator[Term]:
    for row in rows(path):
        names = (row["Approved name"], *split(row["Alias symbols"], ","), *split(row["Previous symbols"], ","))
        yield Term(
            id=row["HGNC ID"].replace("HGNC:", "hgnc:"),
            label=row["Approved symbol"],
            synonyms=names,
            obsolete=row["Status"] != "Approved",
            xrefs=tuple(f"{to}:{n}" for to, column in _HGNC_XREFS for n in re.findall(r"[\w.]+", row[column])),
        )


def cellxgene(path: Path) -> Iterator[Term]:
    for identifier, entry in json.loads(unpacked(path)).items():
        yield Term(
            id=identifier,
            label=entry["label"],
            synonyms=tuple(entry.get("synonyms", ())),
            obsolete=entry["deprecated"],
            replaced_by=(entry["replaced_by"],) if entry.get("replaced_by") else (),
            ancestors=tuple(entry["ancestors"]),
            parents=tuple(a for a, distance in entry["ancestors"].items() if distance == 1),
        )


def mondo_xrefs(path: Path) -> Iterator[Term]:
    found: dict[str, list[str]] = {}
    for row in rows(path):
        found.setdefault(row["id"], []).append(canonical(row["xref"]))
    for identifier, xrefs in found.items():
        yield Term(id=identifier, xrefs=tuple(xrefs))


def doid(path: Path) -> Iterator[Term]:
    for entry in json.loads(path.read_text(encoding="utf-8")):
        yield Term(
            id=entry["id"],
            label=entry["name"],
            synonyms=tuple(entry.get("synonyms", ())),
            xrefs=tuple(canonical(f"{x['namespace']}:{x['id']}") for x in entry.get("xrefs", ())),
            parents=tuple(entry.get("relations", {}).get("is_a", ())),
        )


def drugbank(path: Path) -> Iterator[Term]:
    names: dict[str, str] = {}
    chembl: dict[str, set[str]] = {}
    for row in rows(path):
        if row["NAMESPACE"] == "NAME":
            names["drugbank:" + row["DRUGBANK_ID"]] = row["ID"]
        elif row["NAMESPACE"] == "CHEMBL" and row["SOURCE"] == "drugbank":
            chembl.setdefault("drugbank:" + row["DRUGBANK_ID"], set()).add("chembl.compound:" + row["ID"])
    for identifier, name in names.items():
        yield Term(id=identifier, label=name, xrefs=tuple(sorted(chembl.get(identifier, ()))))


class _PlainData(pickle.Unpickler):
    """Reads containers, texts and numbers; whatever else a pickle could call is refused."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse: plain data name no class."""
        raise pickle.UnpicklingError(f"the file wants to load {module}.{name}")


def drugbank_names(path: Path) -> Iterator[Term]:
    """DrugBank numbers with names, in the dictionary of drug-named-entity-recognition.

    Of 9,592 numbers that the other DrugBank file has too, 9,239 bear the same name and the rest a synonym.

    Raises :class:`VocabularyError` for a pickle that holds more than plain data.
    """
    try:
        found = _PlainData(io.BytesIO(bz2.decompress(path.read_bytes()))).load()
        drugs = found["drug_canonical_to_data"].items()
    except (pickle.UnpicklingError, EOFError, KeyError, OSError) as error:
        raise VocabularyError(f"{path}: is not the dictionary of drug names it is called after ({error})") from error
    for name, entry in drugs:
        if number := entry.get("drugbank_id"):
            yield Term(id="drugbank:" + number, label=entry.get("name", name))


def chembl(path: Path) -> Iterator[Term]:
    for row in rows(path):
        if row["pref_name"]:
            yield Term(id="chembl.compound:" + row["chembl_id"], label=row["pref_name"])


def biomappings(path: Path) -> Iterator[Term]:
    """What Biomappings' curators found the same as a MeSH record in NCIt: the record with its cross-reference."""
    for row in rows(path, comment="#"):
        if row["predicate_id"] == "skos:exactMatch" and row["object_id"].startswith("ncit:"):
            yield Term(id=canonical(row["subject_id"]), xrefs=(canonical(row["object_id"]),))


def named_in_mappings(path: Path, prefix: str) -> Iterator[Term]:
    """The entries of a vocabulary that a file of mappings names, with the labels it copied from there."""
    labels: dict[str, str] = {}
    for row in rows(path, comment="#"):
        for side in ("subject", "object"):
            if row[side + "_id"].startswith(prefix + ":"):
                labels.setdefault(row[side + "_id"], row[side + "_label"])
    for identifier, label in sorted(labels.items()):
        yield Term(id=canonical(identifier), label=label)


def ncit_names(path: Path) -> Iterator[Term]:
    """NCIt codes with their preferred names, in Biomappings."""
    return named_in_mappings(path, "ncit")


def obi_names(path: Path) -> Iterator[Term]:
    """OBI terms with their labels, in Biomappings; OBI calls a method an assay, so its name without that is one too."""
    for term in named_in_mappings(path, "obi"):
        method = term.label.removesuffix(" assay")
        yield replace(term, synonyms=(method,)) if method != term.label else term


def chebi_names(path: Path) -> Iterator[Term]:
    """ChEBI entries with their names, in Biomappings."""
    return named_in_mappings(path, "chebi")


def oncotree(path: Path) -> Iterator[Term]:
    """OncoTree as its interface gives it: a tree of nodes with their NCIt codes."""

    def below(node: Mapping[str, Any]) -> Iterator[Term]:
        yield Term(
            id="oncotree:" + node["code"],
            label=node["name"],
            xrefs=tuple("NCIT:" + code for code in (node["externalReferences"] or {}).get("NCI", ())),
            parents=("oncotree:" + node["parent"],) if node["parent"] else (),
        )
        for child in node["children"].values():
            yield from below(child)

    for root in json.loads(path.read_text(encoding="utf-8")).values():
        yield from below(root)


def rxnorm(path: Path) -> Iterator[Term]:
    """The ingredients in a file of RxNorm's concepts (RXNCONSO, fields parted by ``|``)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("|")
        if cells[11] == "RXNORM" and cells[12] == "IN":
            yield Term(id="rxnorm:" + cells[0], label=cells[14], obsolete=cells[16] == "O")


def biolink(path: Path) -> Iterator[Term]:
    """The classes and slots of the Biolink Model, with what it calls exactly the same elsewhere."""
    yaml: Any = _library("yaml")
    model = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for kind in ("classes", "slots"):
        for name, entry in model[kind].items():
            entry = entry or {}
            words = name.split()
            local = "".join(word[:1].upper() + word[1:] for word in words) if kind == "classes" else "_".join(words)
            yield Term(
                id="biolink:" + local,
                label=name,
                synonyms=tuple(entry.get("aliases") or ()),
                obsolete=bool(entry.get("deprecated")),
                xrefs=tuple(canonical(x) for x in entry.get("exact_mappings") or ()),
            )


def schema_org(path: Path) -> Iterator[Term]:
    """The terms of schema.org, as rdflib lists them in its module ``_SDO.py``; their labels are their names."""
    for name in re.findall(r"^    (\w+): (?:\(\n\s*)?URIRef", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
        words = " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)).lower()
        yield Term(id="schema:" + name, label=name, synonyms=(words,) if words != name else ())


def obo(path: Path) -> Iterator[Term]:
    obo: Any = import_module(".read_obo", __package__)  # pronto is needed for it alone
    return iter(obo.read_obo(path, path.read_bytes())[1])


def unii(path: Path) -> Iterator[Term]:
    names: dict[str, tuple[str, list[str]]] = {}
    for row in rows(path):
        names.setdefault(row["UNII"], (row["Display Name"], []))[1].append(re.sub(r" \[[^]]*\]$", "", row["Name"]))
    for code, (label, synonyms) in names.items():
        yield Term(id="unii:" + code, label=label, synonyms=tuple(synonyms))


def registers(path: Path) -> Iterator[Term]:
    """The trial numbers that two published sources agree on (``ontology/trial-numbers.tsv``)."""
    for row in rows(path):
        if row["source_1"] and row["source_2"]:
            yield Term(id=f"{row['register']}:{row['number']}", label=row["study"])
