"""Mappings that follow from others by published cross-references, and trial numbers on which two sources agree."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from matching import Unmapped, mapping, source
from vocabulary_files import VocabularyFiles

from graph_build.link.ours import OurConcept
from graph_build.link.terms import Term
from graph_build.sssom import CHAIN, CLOSE, EXACT, MANUAL, Row
from graph_build.vocabulary import slug

#: The prefix of a cross-reference, the name of the vocabulary.
_TARGETS: Final = {
    **{prefix: prefix for prefix in ("ncbigene", "uniprot", "ensembl", "oncotree")},
    "NCIT": "ncit",
    "chembl.compound": "chembl",
    "SIO": "sio",
}


def chain(row: Row, files: VocabularyFiles) -> Iterator[Row]:
    """The mappings that follow from an exact one by the cross-references of its entry."""
    if row.predicate_id != EXACT:
        return
    prefix = row.object_id.partition(":")[0]
    if prefix == "hgnc":
        for xref in files["hgnc"].terms[row.object_id].xrefs:
            product = xref.startswith("uniprot:")
            yield _chained(
                row, xref, CLOSE if product else EXACT, "the gene's product, by HGNC" if product else "by HGNC"
            )
    elif prefix == "MONDO":
        yield from _of_disease(row, files)
    elif prefix == "mesh" and row.subject_id.startswith("her2kg:drug/"):
        for code in _xrefs(files, "biomappings", row.object_id):
            label = next((files[key].terms[code].label for key in ("ncit-names",) if code in files[key].terms), "")
            yield _chained(row, code, EXACT, "by Biomappings, curated from the MeSH record", label)
    elif prefix == "drugbank" and len(numbers := _xrefs(files, "drugbank", row.object_id)) == 1:
        entry = files["chembl"].terms.get(numbers[0])
        yield _chained(row, numbers[0], EXACT, "by DrugBank", entry.label if entry else "")
    elif prefix == "biolink":
        for xref in _xrefs(files, "biolink", row.object_id):
            if xref.startswith("SIO:"):
                yield _chained(row, xref, EXACT, "by the Biolink Model; no SIO file at hand")


def _of_disease(row: Row, files: VocabularyFiles) -> Iterator[Row]:
    """NCIt and OncoTree codes by MONDO; an NCIt code is exact when DOID or OncoTree gives it too."""
    found = _xrefs(files, "mondo-xrefs", row.object_id)
    codes = [x for x in found if x.startswith("NCIT:")]
    others = [x for x in found if x.startswith(("DOID:", "oncotree:"))]
    second = {
        xref: name
        for key, name in (("oncotree", "OncoTree"), ("doid", "DOID"))
        for other in others
        for xref in _xrefs(files, key, other)
    }
    for code in codes:
        agree = codes == [code] and code in second
        comment = f"by MONDO and {second[code]}" if agree else "by MONDO alone"
        yield _chained(row, code, EXACT if agree else CLOSE, comment)
    for other in others:
        if other.startswith("oncotree:") and other in files["oncotree"].terms:
            yield _chained(row, other, CLOSE, "by MONDO", files["oncotree"].terms[other].label)


def _xrefs(files: VocabularyFiles, key: str, identifier: str) -> tuple[str, ...]:
    term = files[key].terms.get(identifier)
    return term.xrefs if term else ()


def _chained(row: Row, object_id: str, predicate: str, comment: str, label: str = "") -> Row:
    return replace(
        row,
        object_id=object_id,
        object_label=label,
        predicate_id=predicate,
        mapping_justification=CHAIN,
        object_source=source(_TARGETS[object_id.partition(":")[0]]),
        object_source_version=f"as {row.object_source.partition(':')[2]} refers to it, {row.object_source_version}",
        comment=comment,
    )


def registers(files: VocabularyFiles) -> Iterator[Row | Unmapped]:
    """The studies with a number that two published sources agree on."""
    with files.path("registers").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            study = OurConcept(cls="Study", label=row["study"], curie="her2kg:study/" + slug(row["study"]))
            if not row["source_2"]:
                yield Unmapped(study, "registers", f"one source alone gives {row['number']}: {row['source_1']}")
                continue
            term = Term(id=f"{row['register']}:{row['number']}", label=row["study"])
            why = f"{row['source_1']}; {row['source_2']}"
            found = mapping(study, "registers", term, "her2:registeredAs", justification=MANUAL, comment=why)
            yield replace(found, object_label="")
