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
    rf"(?<![\w.])(?P<p>p\.\(?)?(?P<change>{_RESIDUE}(?:_{_RESIDUE})?"
    rf"(?:(?:delins|ins)(?:(?:{_THREE})+|[{_ONE}]+)|dup|del|fs\*?\d*|(?:{_THREE})|[{_ONE}*]))\)?(?!\w)"
)


def one_letter(change: str) -> str:
    """A protein change without ``p.``, brackets and three-letter codes.

    >>> one_letter("p.(Tyr772_Ala775dup)"), one_letter("A775_G776insYVMA")
    ('Y772_A775dup', 'A775_G776insYVMA')
    """
    return re.sub(_THREE, lambda m: AMINO_ACIDS[m[0]], re.sub(r"^p\.|[()\s]", "", change))


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
    >>> [(span.of(text), hgvs) for span, hgvs, _ in changes(text, Span(0, len(text)))]
    [('S310F', 'p.S310F'), ('p.(Tyr772_Ala775dup)', 'p.Y772_A775dup')]
    """
    for match in _CHANGE.finditer(text, zone.start, zone.end):
        one = re.sub(_THREE, lambda m: AMINO_ACIDS[m[0]], match["change"])
        if match["p"] or re.search(r"\d{3}", one):  # unmarked: three digits, so that "T1A" or "H1N" is none
            yield Span(match.start(), match.end()), "p." + one, bool(match["p"])
