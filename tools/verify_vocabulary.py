"""Make and check ``ontology/mesh.tsv`` and ``ontology/mappings`` against published vocabulary files.

    python tools/verify_vocabulary.py --vocabularies DIR [--vocabularies DIR …]          check what is there
    python tools/verify_vocabulary.py --vocabularies DIR --write                         make it anew

Checking tells which mapping tables are not what the files give, and of the MeSH
table, how many rows are confirmed, renamed (the identifier holds, its label has
changed), wrong, obsolete and unverifiable; it ends with 1 when something is wrong.
``her2kg link check`` verifies each mapping row on its own.  The folders hold the
unpacked packages and files that ``graph_build.link.packs`` lists.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import mapping_tables  # noqa: E402
import mesh_table  # noqa: E402  beside this file
from mappings import Mapped, map_all  # noqa: E402
from vocabulary_files import VocabularyFiles  # noqa: E402

from graph_build.lexicon import load  # noqa: E402
from graph_build.link.ours import OurConcept, lexicon_concepts, ontology_terms  # noqa: E402

ONTOLOGY: Final = ROOT / "ontology"
CURATION: Final = Path(__file__).with_name("curated_mappings.tsv")
Result = tuple[str, str]  # what a row proved to be, and the row
MESH_COLUMNS: Final = tuple(field.name for field in fields(mesh_table.Row))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--vocabularies", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--write", action="store_true", help="make the tables anew before checking them")
    parser.add_argument("--lexicon", type=Path, default=ONTOLOGY / "lexicon", metavar="DIR")
    options = parser.parse_args(arguments)
    lexicon = load(options.lexicon)
    concepts = [c for c in lexicon_concepts(lexicon) if c.cls != "Study"] + list(ontology_terms())
    files = VocabularyFiles(options.vocabularies)
    mapped = map_all(concepts, files, CURATION)
    if options.write:
        _write(files, concepts, mapped)
    for name in (stale := mapping_tables.differences(ONTOLOGY / "mappings", mapped)):
        print(f"{name} is not what the vocabulary files give; make it anew with --write", file=sys.stderr)
    return _report({"mesh.tsv": list(_check_mesh(files))}) or int(bool(stale))


def _write(files: VocabularyFiles, concepts: list[OurConcept], mapped: Mapped) -> None:
    for heading in mesh_table.unknown_headings(files):
        print(f"no such MeSH heading: {heading}", file=sys.stderr)
    genes = [concept.label for concept in concepts if concept.cls == "Gene"]
    drugs = [name for concept in concepts if concept.cls == "Drug" for name in concept.long_names]
    _write_mesh(files, genes, drugs, {row.object_id for row in mapped.rows if row.object_id.startswith("mesh:")})
    mapping_tables.write(ONTOLOGY / "mappings", mapped)


def _write_mesh(files: VocabularyFiles, genes: list[str], drugs: list[str], mapped: set[str]) -> None:
    rows = mesh_table.rows(files, genes, drugs, mapped)
    _write_tsv(ONTOLOGY / "mesh.tsv", MESH_COLUMNS, map(astuple, rows))
    sets = mesh_table.qualifier_rows(rows, files)
    _write_tsv(ONTOLOGY / "mesh-qualifiers.tsv", ("heading", "qualifiers"), sets)


def _write_tsv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]], header: Sequence[str] = ()) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"#{line}\n" for line in header)
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _read_tsv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")


def _check_mesh(files: VocabularyFiles) -> Iterator[Result]:
    allowed = {row["heading"]: row["qualifiers"] for row in _read_tsv(ONTOLOGY / "mesh-qualifiers.tsv")}
    for row in _read_tsv(ONTOLOGY / "mesh.tsv"):
        what = f"{row['id']} {row['label']}"
        if row["kind"] == "qualifier":
            yield ("confirmed" if files.pair_qualifiers.get(row["id"]) == row["label"] else "wrong", what)
            continue
        terms = [
            files[key].terms[f"mesh:{row['id']}"]
            for key in ("mesh-2026", "mesh-2025", "mesh-supplementary")
            if f"mesh:{row['id']}" in files[key].terms
        ]
        labels = [term.label for term in terms]
        if not labels:
            yield "unverifiable", what
        elif row["label"] not in labels:
            yield "wrong", f"{what}, now {labels[0]}"
        elif row["trees"] != "|".join(sorted({tree for term in terms for tree in term.trees})):
            yield "wrong", f"{what}: not at these tree numbers"
        elif row["mapped_to"] != "|".join(sorted({heading for term in terms for heading in term.mapped_to})):
            yield "wrong", f"{what}: not mapped to these headings"
        elif allowed.get(row["qualifiers"], "") != "|".join(files.allowed_qualifiers.get(f"mesh:{row['id']}", ())):
            yield "wrong", f"{what}: not these qualifiers"
        else:
            yield ("confirmed", what) if row["label"] == labels[0] else ("renamed", f"{what}, now {labels[0]}")


def _report(results: dict[str, list[Result]]) -> int:
    states = ("confirmed", "renamed", "unverifiable", "obsolete", "wrong")
    print("\t".join(["table", *states]))
    for name, rows in results.items():
        counts = Counter(state for state, _ in rows)
        print("\t".join([name, *(str(counts[state]) for state in states)]))
    faults = [(name, *row) for name, rows in results.items() for row in rows if row[0] != "confirmed"]
    for fault in faults:
        print("\t".join(fault))
    return int(any(state in ("wrong", "obsolete") for _, state, _ in faults))


if __name__ == "__main__":
    raise SystemExit(main())
