"""Protein changes in their usual spellings, brought to one form (HGVS, one-letter)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ..lexicon import Lexicon
from ..model import ConceptClass, ConceptId, Span

#: IUPAC amino acid codes.
AMINO_ACIDS: Final = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Ter": "*",
}  # fmt: skip
_THREE: Final = "|".join(AMINO_ACIDS)
_ONE: Final = "ACDEFGHIKLMNPQRSTVWY"
_RESIDUE: Final = rf"(?:{_THREE}|[{_ONE}])\d{{1,4}}"
_CHANGE: Final = re.compile(
    rf"(?<![\w.])(?P<p>p\.(?P<open>\()?)?(?P<change>{_RESIDUE}(?:_{_RESIDUE})?"
    rf"(?:(?:delins|ins)(?:(?:{_THREE})+|[{_ONE}]+)|dup|del|(?:{_THREE}|[{_ONE}])?fs(?:(?:\*|X|Ter)\d*)?|"
    rf"(?:{_THREE})|[{_ONE}*X]))(?(open)\)?)(?!\w)"
)
#: A change of a nucleotide looks like one of an amino acid; beyond this number it is none: "BRAF T1799A".
_NUCLEOTIDE: Final = re.compile(r"[ACGT](\d+)[ACGT]")
_LONGEST: Final = 1700


def one_letter(change: str) -> str:
    """A protein change without ``p.``, brackets and three-letter codes.

    >>> one_letter("p.(Tyr772_Ala775dup)"), one_letter("A775_G776insYVMA")
    ('Y772_A775dup', 'A775_G776insYVMA')
    """
    return _codes(re.sub(r"^p\.|[()\s]", "", change))


def _codes(change: str) -> str:
    """One-letter codes, and an asterisk for a stop: "Arg999Ter", "R999X" and "R999*" are one."""
    return re.sub(r"(?<=\d)X$|(?<=fs)X", "*", re.sub(_THREE, lambda m: AMINO_ACIDS[m[0]], change))


@lru_cache(maxsize=4)
def _spellings(lexicon: Lexicon) -> dict[str, ConceptId]:
    found: dict[str, ConceptId] = {}
    for name in lexicon.names:
        if name.concept.cls is ConceptClass.ALTERATION and _CHANGE.fullmatch(name.text):
            found.setdefault(one_letter(name.text), name.concept)
    return found


def known_variant(hgvs: str, lexicon: Lexicon) -> ConceptId | None:
    """The variant of the lexicon that a change is another spelling of: p.A775_G776insYVMA is p.Y772_A775dup."""
    return _spellings(lexicon).get(one_letter(hgvs))


def changes(text: str, zone: Span) -> Iterator[tuple[Span, str, bool]]:
    """Protein changes: the span, the one-letter HGVS form, and whether it is marked ``p.``.

    >>> text = "S310F and p.(Tyr772_Ala775dup)"
    >>> [(span.of(text), hgvs, marked) for span, hgvs, marked in changes(text, Span(0, len(text)))]
    [('S310F', 'p.S310F', False), ('p.(Tyr772_Ala775dup)', 'p.Y772_A775dup', True)]
    """
    for match in _CHANGE.finditer(text, zone.start, zone.end):
        one = _codes(match["change"])
        marked = bool(match["p"])
        nucleotide = _NUCLEOTIDE.fullmatch(one)
        # neither so marked nor in three-letter codes, it has three digits, so that "T1A" or "H1N" is none
        told = marked or re.match(_THREE, match["change"])
        if told or (re.search(r"\d{3}", one) and not (nucleotide and int(nucleotide[1]) > _LONGEST)):
            yield Span(match.start(), match.end()), "p." + one, marked
