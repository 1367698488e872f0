"""Identifiers of one form, whatever a corpus or a mapping writes.

``MESH:D003000``, ``OMIM:114480``, ``NCBIGene:2064``, ``HGVS:p.V600E``, ``rs113488022``.
"""

from __future__ import annotations

import re
from typing import Final

from graph_build.model import Span
from graph_build.recognise.dna_changes import dna_changes
from graph_build.recognise.variants import AMINO_ACIDS, one_letter

from .corpora import CHEMICAL, DISEASE, GENE, VARIANT

_MESH: Final = re.compile(r"(?:MESH:)?([CD]\d{6,9})", re.IGNORECASE)
_PREFIXED: Final = re.compile(r"(OMIM|CHEBI|HGNC|NCBIGENE|MONDO):(?:\1:)?(\w+)", re.IGNORECASE)
_SPELLED: Final = {"NCBIGENE": "NCBIGene"}
_RS: Final = re.compile(r"(?:RS#:|rs)(\d+)", re.IGNORECASE)
_PROTEIN: Final = re.compile(r"(?:HGVS:)?(p\.[^;|\s]+)")
#: tmVar's own form: p|SUB|V|600|E, c|SUB|A|1799|T, c|DEL|123|A.
_COMPONENTS: Final = re.compile(r"([pcgmr])\|(?:Allele\|)?([A-Z]+)\|([^;]*)")
#: A substitution as a mention writes it.
_RESIDUE: Final = f"(?:[ACDEFGHIKLMNPQRSTVWY]|{'|'.join(AMINO_ACIDS)})"
_WRITTEN: Final = re.compile(rf"(?:p\.)?\(?{_RESIDUE}\d+(?:{_RESIDUE}|[*X])\)?")
_NOTHING: Final = frozenset({"", "-", "-1", "na", "none", "null"})
#: What stands between the identifiers of one mention; "+" joins those of a composite one.
_BETWEEN: Final = re.compile(r"[|,;+]\s*")


def identifiers(kind: str, written: str) -> tuple[str, ...]:
    """The identifiers of a mention of some type, sorted; none where the corpus gives none.

    >>> identifiers("disease", "D001943|OMIM:114480"), identifiers("chemical", "-1")
    (('MESH:D001943', 'OMIM:114480'), ())
    >>> identifiers("gene", "2064;1956"), identifiers("gene", "NCBIGene:2064")
    (('NCBIGene:1956', 'NCBIGene:2064'), ('NCBIGene:2064',))
    >>> identifiers("variant", "p|SUB|V|600|E;HGVS:p.V600E;RS#:113488022;CorrespondingGene:673")
    ('HGVS:p.V600E',)
    """
    if kind == VARIANT:
        found = _variant(written.strip())
        return (found,) if found else ()
    if kind not in (DISEASE, CHEMICAL, GENE):
        raise ValueError(f"{kind}: no type that is scored")
    parts = (part.strip() for part in _BETWEEN.split(written))
    return tuple(sorted({_plain(kind, part) for part in parts if part.lower() not in _NOTHING}))


def _plain(kind: str, written: str) -> str:
    """One identifier of a disease, chemical or gene; one of a strange form stays as it is."""
    if mesh := _MESH.fullmatch(written):
        return f"MESH:{mesh[1].upper()}"
    if prefixed := _PREFIXED.fullmatch(written):
        prefix = prefixed[1].upper()
        return f"{_SPELLED.get(prefix, prefix)}:{prefixed[2]}"
    if kind == GENE and (number := re.fullmatch(r"(\d+)(?:\(.*\))?", written)):
        return f"NCBIGene:{number[1]}"
    return written


def _variant(written: str) -> str:
    """A variant by its protein change where one is given, else by its dbSNP number, else as tmVar writes it.

    A variant is one thing however many identifiers it has, and protein changes are what we give.
    """
    if protein := _PROTEIN.search(written):
        return protein_change(protein[1])
    parts = _COMPONENTS.search(written)
    if parts and parts[1] == "p" and (change := _of_components(parts[2], parts[3].split("|"))) is not None:
        return change
    if rs := _RS.search(written):
        return f"rs{rs[1]}"
    if parts and parts[1] != "p" and (change := _of_dna(parts[1], parts[2], parts[3].split("|"))):
        return change
    return "" if written.lower() in _NOTHING else written.partition(";")[0]


def _of_components(kind: str, values: list[str]) -> str | None:
    """A protein change from tmVar's form of it; empty where it says no place, ``None`` where it is of another form.

    >>> _of_components("FS", ["P", "123", "H", "45"]), _of_components("DEL", ["12", "G"])
    ('HGVS:p.P123Hfs*45', 'HGVS:p.G12del')
    >>> _of_components("SUB", ["V", "", "M"])
    ''
    """
    if kind == "SUB" and len(values) >= 3:
        return protein_change("p." + "".join(values[:3])) if values[1] else ""
    if kind == "FS" and len(values) >= 3 and values[1]:
        end = f"*{values[3]}" if len(values) > 3 and values[3] else ""
        return protein_change(f"p.{values[0]}{values[1]}{values[2]}fs{end}")
    if kind == "DEL" and len(values) == 2 and values[0].isdigit() and values[1].isalpha():
        return protein_change(f"p.{values[1]}{values[0]}del")
    return None


def _of_dna(reference: str, kind: str, values: list[str]) -> str:
    """A change of the DNA from tmVar's form of it; empty where it is of another form.

    What was deleted or doubled is not part of the identifier, as in HGVS.

    >>> _of_dna("c", "SUB", ["C", "929", "T"]), _of_dna("c", "DEL", ["737", "C"])
    ('HGVS:c.929C>T', 'HGVS:c.737del')
    """
    if kind == "SUB" and len(values) == 3 and values[1]:
        return f"HGVS:{reference}.{values[1]}{values[0]}>{values[2]}"
    if kind in ("DEL", "DUP") and len(values) >= 2 and values[0]:
        return f"HGVS:{reference}.{values[0]}{kind.lower()}"
    if kind in ("INS", "INDEL") and len(values) == 2 and values[0]:
        return f"HGVS:{reference}.{values[0]}{'ins' if kind == 'INS' else 'delins'}{values[1]}"
    return ""


def named_variant(name: str) -> tuple[str, ...]:
    """The identifiers of a variant by its name in HGVS, by a number of dbSNP, or by a change without its reference.

    >>> named_variant("p.(Val600Glu)"), named_variant("rs1136201"), named_variant("309T>G")
    (('HGVS:p.V600E',), ('rs1136201',), ('HGVS:c.309T>G', 'HGVS:g.309T>G'))
    """
    if name.startswith("rs"):
        return (name,)
    if name.startswith("p."):
        return (protein_change(name),)
    return (f"HGVS:{name}",) if re.match(r"[cgmnr]\.", name) else (f"HGVS:c.{name}", f"HGVS:g.{name}")


def change_in_words(words: str) -> str | None:
    """The protein change that a mention writes out, where its words can be nothing else.

    >>> change_in_words("p.Ser310Phe"), change_in_words("V777L"), change_in_words("c.2573T>G")
    ('HGVS:p.S310F', 'HGVS:p.V777L', None)
    >>> change_in_words("A123G")  # of a nucleotide, or of an amino acid
    """
    plain = one_letter(words) if _WRITTEN.fullmatch(words) else ""
    if not plain or (words == plain and plain[0] in "ACGT" and plain[-1] in "ACGT"):
        return None
    return protein_change(plain)


def dna_in_words(words: str) -> str | None:
    """The change of the DNA that a mention writes out, by its reference.

    >>> dna_in_words("c.2573 T>G"), dna_in_words("2573T>G")
    ('HGVS:c.2573T>G', None)
    """
    found = [change.name for change in dna_changes(words, Span(0, len(words)))]
    return f"HGVS:{found[0]}" if len(found) == 1 and re.match(r"[cgmnr]\.", found[0]) else None


def protein_change(hgvs: str) -> str:
    """The identifier of a protein change, in one-letter codes.

    >>> protein_change("p.(Val600Glu)"), protein_change("p.R72X")
    ('HGVS:p.V600E', 'HGVS:p.R72*')
    """
    return f"HGVS:p.{one_letter(hgvs)}"
