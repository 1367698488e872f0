"""Protein changes in their usual spellings, brought to one form (HGVS, one-letter)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..model import Span

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
