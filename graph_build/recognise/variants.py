"""Changes of proteins in their usual spellings, brought to one form (HGVS, one-letter), beside those of the DNA."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ..fold import DASHES
from ..lexicon import Lexicon
from ..model import ConceptClass, ConceptId, Span

#: IUPAC amino acid codes.
AMINO_ACIDS: Final = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
THREE: Final = f"(?:{'|'.join(AMINO_ACIDS)})"
_ONE: Final = "[ACDEFGHIKLMNPQRSTVWY]"
_RESIDUE: Final = rf"(?:{THREE}|{_ONE})\d{{1,4}}"
_RANGE: Final = rf"{_RESIDUE}(?:\s?[_{DASHES}]\s?{_RESIDUE})?"
_RESIDUES: Final = rf"(?:{THREE}+|{_ONE}+)"
#: What is inserted may stand apart: "A775_G776 ins YVMA".
_INSERTED: Final = rf"(?:{_RESIDUES}|\s(?:{THREE}{{2,}}|{_ONE}{{2,}}))"
_CHANGE: Final = (
    rf"(?P<p>p\.\s?(?P<open>[(\[])?)?(?P<change>"
    # "delE746_A750", "delL747-P753insS"
    rf"(?:del|dup)\s?{_RANGE}(?:\s?ins\s?{_RESIDUES})?"
    rf"|{_RANGE}\s?(?:(?:del{_RESIDUES}?\s?ins|ins){_INSERTED}|>{_RESIDUES}|(?:del(?:etion)?|dup(?:lication)?){_RESIDUES}?)"
    rf"|{_RESIDUE}(?:(?:{THREE}|{_ONE})?fs(?:\s?(?:\*|X|Ter)\s?\d*)?|{THREE}|{_ONE}|\*|X|=)"
    # "Ile-655-Val", "Gly(12)Asp"
    rf"|{THREE}(?P<apart>[\s{DASHES}])\d{{1,4}}(?P=apart){THREE}(?!\s\d)|{THREE}\(\d{{1,4}}\){THREE}"
    rf")(?(open)[)\]]?)(?!\w)"
)
_FREE: Final = re.compile(rf"(?<![\w.]){_CHANGE}")
_ATTACHED: Final = re.compile(_CHANGE)
#: The further residues of "S310F/Y" and "D769H/Y/N".
_FURTHER: Final = re.compile(rf"/(?P<to>{_ONE}|{THREE})(?!\w)")
_SUBSTITUTION: Final = re.compile(r"([A-Z]\d+)[A-Z]")
#: A change of a nucleotide looks like one of an amino acid; beyond this number it is none: "BRAF T1799A".
_LONGEST: Final = 1700
_NUCLEOTIDE: Final = re.compile(r"([ACGT])(\d+)([ACGT])")
#: Of those, the ones that no change of a single nucleotide makes of an amino acid: "C677T", "A1298C".
_NO_RESIDUES: Final = frozenset({"AC", "CA", "CT", "TC", "GT", "TG"})
_OF_DNA: Final = re.compile(
    r"[\s)\],]{0,3}(?:single|nucleotide|SNPs?\b|polymorphisms?|genotypes?|alleles?|trans(?:ition|version))"
)
#: Cell lines that look like changes.
_CELLS: Final = frozenset({"T47D"})


class Level(StrEnum):
    """What a change is told of."""

    PROTEIN = "protein"
    DNA = "DNA"
    DBSNP = "dbSNP"


@dataclass(frozen=True, slots=True)
class Change:
    """A change at a place, as the text writes it."""

    span: Span
    name: str  # in one form: "p.S310F", "c.929C>T", "-216G>T", "rs1136201"
    level: Level
    marked: bool = True  # that it is a change its writing alone tells
    doubtful: bool = False  # so short that only the gene right beside it makes it a change: "G12A"


def apart(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes in order of place; of those that overlap the longest."""
    kept: list[Change] = []
    for change in sorted(changes, key=lambda c: (c.span.start, -c.span.end, c.level)):
        if kept and change.span.overlaps(kept[-1].span):
            if len(change.span) > len(kept[-1].span):
                kept[-1] = change
        else:
            kept.append(change)
    return tuple(kept)


def one_letter(change: str) -> str:
    """A protein change without ``p.``, brackets and three-letter codes.

    >>> one_letter("p.(Tyr772_Ala775dup)"), one_letter("A775_G776insYVMA"), one_letter("Gly776>ValCys")
    ('Y772_A775dup', 'A775_G776insYVMA', 'G776delinsVC')
    """
    return _codes(re.sub(r"^p\.", "", change))


def _codes(change: str) -> str:
    """One-letter codes in HGVS's order, and an asterisk for a stop: "Arg999Ter", "R999X" and "R999*" are one."""
    plain = re.sub(r"[()\[\]\s]", "", change)
    plain = re.sub(rf"(?<=\d)[{DASHES}](?={_RESIDUE})", "_", plain)
    plain = re.sub(rf"[{DASHES}]", "", re.sub(THREE, lambda m: AMINO_ACIDS[m[0]], plain))
    plain = plain.replace("deletion", "del").replace("duplication", "dup")
    if moved := re.fullmatch(rf"(del|dup)({_RANGE})((?:ins)?)(\w*)", plain):
        plain = f"{moved[2]}{moved[1]}{moved[3]}{moved[4]}"
    plain = re.sub(rf"(?<=\d)del{_ONE}*ins", "delins", plain)
    ends = re.fullmatch(rf"{_ONE}(\d+)_{_ONE}(\d+)ins\w+", plain)
    if ends and int(ends[2]) - int(ends[1]) > 1:  # what is inserted between far residues replaces what lay there
        plain = plain.replace("ins", "delins")
    plain = re.sub(rf"(del|dup){_ONE}+$", r"\1", plain)
    if to := re.fullmatch(rf"({_RESIDUE}(?:_{_RESIDUE})?)>({_ONE}+)", plain):
        plain = to[1] + ("" if len(to[2]) == 1 and "_" not in to[1] else "delins") + to[2]
    return re.sub(r"(?<=\d)X$|(?<=fs)X", "*", plain)


@lru_cache(maxsize=4)
def _spellings(lexicon: Lexicon) -> dict[str, tuple[ConceptId, ...]]:
    found: dict[str, dict[ConceptId, None]] = {}
    for name in lexicon.names:
        if name.concept.cls is ConceptClass.ALTERATION and _FREE.fullmatch(name.text):
            found.setdefault(one_letter(name.text), {})[name.concept] = None
    return {change: tuple(concepts) for change, concepts in found.items()}


def known_variants(hgvs: str, lexicon: Lexicon) -> tuple[ConceptId, ...]:
    """The variants of the lexicon that a change is another spelling of: p.A775_G776insYVMA is p.Y772_A775dup."""
    return _spellings(lexicon).get(one_letter(hgvs), ())


def protein_changes(text: str, zone: Span, attached: Collection[int] = ()) -> Iterator[Change]:
    """Protein changes, and changes of nucleotides that are written as these are.

    A change follows the name of a gene without a space only where ``attached`` says that one ends.

    >>> text = "S310F/Y and p.(Tyr772_Ala775dup), not C677T"
    >>> [(change.span.of(text), change.name) for change in protein_changes(text, Span(0, len(text)))]
    [('S310F', 'p.S310F'), ('Y', 'p.S310Y'), ('p.(Tyr772_Ala775dup)', 'p.Y772_A775dup'), ('C677T', '677C>T')]
    """
    for match in _FREE.finditer(text, zone.start, zone.end):
        yield from _read(match, text, zone)
    for place in attached:
        if place < zone.end and (follows := _ATTACHED.match(text, place, zone.end)):
            yield from _read(follows, text, zone)


def _read(match: re.Match[str], text: str, zone: Span) -> Iterator[Change]:
    one, marked = _codes(match["change"]), bool(match["p"])
    span = Span(match.start(), match.end())
    doubtful = False
    if not marked and not re.search(THREE, match["change"]):
        nucleotide = _NUCLEOTIDE.fullmatch(match["change"])
        if nucleotide and _is_nucleotide(nucleotide, text, span):
            yield Change(span, f"{nucleotide[2]}{nucleotide[1]}>{nucleotide[3]}", Level.DNA, marked=False)
            return
        if one in _CELLS or not re.search(r"\d\d", one):  # "T1A" or "H1N"
            return
        doubtful = not re.search(r"\d{3}", one)
    yield Change(span, f"p.{one}", Level.PROTEIN, marked, doubtful)
    base = _SUBSTITUTION.fullmatch(one)
    end = span.end
    while base and (further := _FURTHER.match(text, end, zone.end)):
        to = AMINO_ACIDS.get(further["to"], further["to"])
        end = further.end()
        yield Change(Span(further.start("to"), end), f"p.{base[1]}{to}", Level.PROTEIN, marked, doubtful)


def _is_nucleotide(change: re.Match[str], text: str, span: Span) -> bool:
    if int(change[2]) > _LONGEST:
        return True
    return len(change[2]) > 1 and (change[1] + change[3] in _NO_RESIDUES or _OF_DNA.match(text, span.end) is not None)
