"""Variants of the lexicon that a text tells by their sequence or their numbers alone: "insertion YVMA 776"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ..fold import DASHES
from ..lexicon import Lexicon
from ..model import ConceptClass, ConceptId, Span
from .variants import one_letter

_SEQUENCE: Final = "[ACDEFGHIKLMNPQRSTVWY]{3,8}"
_AT: Final = (
    rf"(?:\s?(?:at\s)?(?:(?:the\s)?(?:codon|position|residue|amino acid)s?\s)?\d{{3,4}}(?:[{DASHES}]\d{{3,4}})?)"
)
_KIND: Final = "(?:insertion|duplication|ins|dup)"
#: "insertion YVMA 776", "insertion of YVMA", "776YVMA insertion", "776insYVMA", "YVMA duplication".
_INSERTION: Final = re.compile(
    rf"(?<!\w)(?:{_KIND}s?(?:\smutations?)?(?:\sof)?(?:\sthe)?\s?(?P<behind>{_SEQUENCE})(?![A-Za-z]){_AT}?(?!\w)"
    rf"|(?:\d{{3,4}}\s?(?:ins\s?)?)?(?P<before>(?<![A-Z]){_SEQUENCE})(?:[\s{DASHES}]?{_KIND}s?{_AT}?)(?!\w)"
    rf"|\d{{3,4}}\s?ins(?P<joined>{_SEQUENCE})(?!\w))"
)
#: "deletion of residues 755-759", "755-759del".
_DELETION: Final = re.compile(
    rf"(?<!\w)(?:(?:deletion|del)\s(?:of\s)?(?:(?:the\s)?(?:codon|residue|amino acid)s?\s)?"
    rf"(?P<first>\d{{3,4}})\s?[_{DASHES}]\s?(?P<last>\d{{3,4}})(?!\w)"
    rf"|(?P<from>\d{{3,4}})[_{DASHES}](?P<to>\d{{3,4}})\s?del(?:etion)?(?!\w))"
)
_STRETCH: Final = re.compile(rf"\d{{3}}\s?[_{DASHES}]\s?\d{{3}}")


@lru_cache(maxsize=4)
def _told(lexicon: Lexicon) -> dict[str, ConceptId]:
    """What each inserted sequence, and each deleted stretch, stands for; not those that several variants share."""
    found: dict[str, set[ConceptId]] = {}
    for name in lexicon.names:
        if name.concept.cls is ConceptClass.ALTERATION:
            change = one_letter(name.text.rpartition(" ")[2])
            if inserted := re.fullmatch(rf"[A-Z]?\d+(?:_[A-Z]\d+)?ins({_SEQUENCE})", change):
                found.setdefault(inserted[1], set()).add(name.concept)
            if deleted := re.fullmatch(r"[A-Z](\d+)_[A-Z](\d+)del", change):
                found.setdefault(f"{deleted[1]}_{deleted[2]}", set()).add(name.concept)
    return {told: next(iter(concepts)) for told, concepts in found.items() if len(concepts) == 1}


def worded_variants(text: str, zone: Span, lexicon: Lexicon) -> Iterator[tuple[Span, ConceptId]]:
    """Places where a known variant is told without its residues, of whatever gene."""
    told = _told(lexicon)
    part = zone.of(text)
    if any(sequence in part for sequence in told if sequence.isalpha()):
        for match in _INSERTION.finditer(text, zone.start, zone.end):
            concept = told.get(match["behind"] or match["before"] or match["joined"])
            if concept:
                yield Span(*match.span()), concept
    if "del" in part and _STRETCH.search(part):
        for match in _DELETION.finditer(text, zone.start, zone.end):
            concept = told.get(f"{match['first'] or match['from']}_{match['last'] or match['to']}")
            if concept:
                yield Span(*match.span()), concept
