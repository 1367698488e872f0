"""Fusions: which of two joined genes an alteration is of, and the notation that needs no word for it ("KIF5B::RET")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from ..fold import DASHES
from ..lexicon import Lexicon
from ..model import ConceptClass, Span
from .alterations import Found

_FUSION: Final = "{gene} fusion"
_KINDS: Final = (_FUSION, "{gene} rearrangement")
_JOINED: Final = re.compile(rf"[{DASHES}/]|::")


@lru_cache(maxsize=4)
def _targets(lexicon: Lexicon) -> frozenset[str]:
    """The genes that drugs are directed against: of two fused ones the fusion is told of such a one."""
    return frozenset(
        target.label
        for concept in lexicon.concepts.values()
        for link, target in concept.links
        if link == "targets" and target.cls is ConceptClass.GENE
    )


def fused(text: str, genes: Sequence[tuple[Span, str]], found: Sequence[Found], lexicon: Lexicon) -> list[Found]:
    """The alterations, with fusions told of the gene that drugs are directed against, else of the last, as usual.

    "EML4-ALK fusion" is of ALK, "ERBB2-GRB7 fusion" of ERBB2; "KIF5B::RET" is a fusion without the word.
    """
    pairs = [
        (first, second) for first, second in pairwise(genes) if _JOINED.fullmatch(text[first[0].end : second[0].start])
    ]
    if not pairs:
        return list(found)
    told = list(found)
    for (first, gene), (second, last) in pairs:
        of = gene if gene in _targets(lexicon) and last not in _targets(lexicon) else last
        signed = text[first.end : second.start] == "::"
        named = [n for n, f in enumerate(told) if f.span.start == second.start and f.gene == last]
        for n in named:
            if told[n].pattern in _KINDS and (signed or of == gene):
                told[n] = replace(told[n], span=Span(first.start, told[n].span.end), gene=of)
        if signed and not named:
            told.append(Found(Span(first.start, second.end), of, _FUSION))
    return sorted(told, key=lambda f: (f.span, f.gene))
