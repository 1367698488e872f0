"""Make and check ``ontology/mesh.tsv`` and ``ontology/mappings`` against published vocabulary files.

    python tools/verify_vocabulary.py --vocabularies DIR [--vocabularies DIR …]          check what is there
    python tools/verify_vocabulary.py --vocabularies DIR --write                         make it anew

Checking prints, a table, how many rows are confirmed, renamed (the identifier
holds, its label has changed), wrong, obsolete and unverifiable, names each that
is not confirmed, and ends with 1 when a row is wrong or obsolete.  The folders
hold the unpacked packages and files that ``vocabulary_files.EDITIONS`` lists;
``zstandard`` must be installed for the packed ones.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import mesh_table  # noqa: E402  beside this file
from mappings import COLUMNS, CURIE_MAP, Concept, Mapping, Unmapped, map_all, read_concepts, target_of  # noqa: E402
from vocabulary_files import VocabularyFiles, normal  # noqa: E402

ONTOLOGY: Final = ROOT / "ontology"
CURATION: Final = Path(__file__).with_name("curated_mappings.tsv")
Key = tuple[str, str, str]  # subject, predicate, object
Result = tuple[str, str]  # what a row proved to be, and the row
MESH_COLUMNS: Final = ("label", "id", "kind", "source")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--vocabularies", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--write", action="store_true", help="make the tables anew before checking them")
    parser.add_argument("--lexicon", type=Path, default=ONTOLOGY / "lexicon", metavar="DIR")
    options = parser.parse_args(arguments)
    concepts = read_concepts(options.lexicon)
    files = VocabularyFiles(options.vocabularies)
    if options.write:
        _write(files, concepts)
    results = {"mesh.tsv": list(_check_mesh(files))}
    remade = {(m.subject_id, m.predicate_id, m.object_id) for m in map_all(concepts, files, CURATION)[0]}
    for path in sorted((ONTOLOGY / "mappings").glob("*.sssom.tsv")):
        results[path.name] = list(_check_mappings(files, concepts, remade, path))
    return _report(results)


def _write(files: VocabularyFiles, concepts: list[Concept]) -> None:
    for heading in mesh_table.unknown_headings(files):
        print(f"no such MeSH heading: {heading}", file=sys.stderr)
    genes = [concept.label for concept in concepts if concept.cls == "Gene"]
    drugs = [name for concept in concepts if concept.cls == "Drug" for name in concept.long_names]
    rows = mesh_table.rows(files, genes, drugs)
    _write_tsv(ONTOLOGY / "mesh.tsv", MESH_COLUMNS, ([r.label, r.id, r.kind, r.source] for r in rows))
    mappings, unmapped = map_all(concepts, files, CURATION)
    folder = ONTOLOGY / "mappings"
    for old in folder.glob("*.sssom.tsv"):
        old.unlink()
    for target in sorted({mapping.target for mapping in mappings}):
        _write_sssom(folder / f"{target}.sssom.tsv", target, [m for m in mappings if m.target == target])
    _write_unmapped(folder / "unmapped.tsv", unmapped)


def _write_sssom(path: Path, target: str, mappings: Sequence[Mapping]) -> None:
    prefixes = {
        curie.split(":", 1)[0]
        for m in mappings
        for curie in (m.subject_id, m.predicate_id, m.object_id, m.object_source)
    }
    header = [
        f"mapping_set_id: https://w3id.org/her2kg/mappings/{target}.sssom.tsv",
        f"mapping_set_title: her2kg to {target}",
        "mapping_set_description: Only identifiers that the named edition of the vocabulary confirms.",
        "license: https://creativecommons.org/publicdomain/zero/1.0/",
        "mapping_tool: tools/verify_vocabulary.py",
        "curie_map:",
        *(f"  {prefix}: {CURIE_MAP[prefix]}" for prefix in sorted(prefixes | {"semapv"})),
    ]
    rows = sorted([getattr(mapping, column) for column in COLUMNS] for mapping in mappings)
    _write_tsv(path, COLUMNS, rows, header)


def _write_unmapped(path: Path, unmapped: Sequence[Unmapped]) -> None:
    rows = sorted([u.concept.curie, u.concept.label, u.target, u.reason] for u in unmapped)
    _write_tsv(path, ("subject_id", "subject_label", "target", "reason"), rows)


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
    for row in _read_tsv(ONTOLOGY / "mesh.tsv"):
        what = f"{row['id']} {row['label']}"
        if row["kind"] == "qualifier":
            yield ("confirmed" if files.pair_qualifiers.get(row["id"]) == row["label"] else "wrong", what)
            continue
        labels = [
            files[key].terms[f"mesh:{row['id']}"].label
            for key in ("mesh-2026", "mesh-2025", "mesh-supplementary")
            if f"mesh:{row['id']}" in files[key].terms
        ]
        if not labels:
            yield "unverifiable", what
        elif row["label"] == labels[0]:
            yield "confirmed", what
        else:
            yield ("renamed" if row["label"] in labels else "wrong", f"{what}, now {labels[0]}")


def _check_mappings(files: VocabularyFiles, concepts: list[Concept], remade: set[Key], path: Path) -> Iterator[Result]:
    known = {concept.curie for concept in concepts}
    for row in _read_tsv(path):
        what = f"{row['subject_label']} {row['predicate_id']} {row['object_id']} {row['object_label']}"
        vocabularies = target_of(row["object_id"], files)
        term = next((v.terms[row["object_id"]] for v in vocabularies if row["object_id"] in v.terms), None)
        confirmed = (row["subject_id"], row["predicate_id"], row["object_id"]) in remade
        if row["subject_id"] not in known and not row["subject_id"].startswith("her2kg:study/"):
            yield "wrong", f"{what}: no such concept"
        elif term and term.obsolete:
            yield "obsolete", what
        elif term and confirmed and row["object_label"] and normal(term.label) != normal(row["object_label"]):
            yield "renamed", f"{what}, now {term.label}"
        elif confirmed:
            yield "confirmed", what
        else:
            yield ("wrong" if term else "unverifiable", what)


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
