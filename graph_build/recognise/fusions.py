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
_DASHED: Final = re.compile(rf"[{DASHES}]|::")
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
    unclear = set()  # "expression of EML4-ALK" is that of neither gene, nor is "EML4-ALK overexpression"
    for (first, gene), (second, last) in pairs:
        of = gene if gene in _targets(lexicon) and last not in _targets(lexicon) else last
        dashed = _DASHED.fullmatch(text[first.end : second.start])
        signed = text[first.end : second.start] == "::"
        named = [n for n, f in enumerate(told) if f.span.start == second.start and f.gene == last]
        for n in named:
            if told[n].pattern in _KINDS and (signed or of == gene):
                told[n] = replace(told[n], span=Span(first.start, told[n].span.end), gene=of)
            elif dashed and of == last and gene not in _targets(lexicon) and "expression" in told[n].pattern:
                unclear.add(told[n])
        for n, one in enumerate(told):
            before = one.span.end == first.end and one.gene == gene and one.span.start < first.start
            if before and dashed:
                told[n] = replace(one, span=Span(one.span.start, second.end), gene=of)
                if one.pattern not in _KINDS:
                    unclear.add(told[n])
        if signed and not named:
            told.append(Found(Span(first.start, second.end), of, _FUSION))
    told = [one for one in told if one not in unclear]
    return sorted(told, key=lambda f: (f.span, f.gene))
