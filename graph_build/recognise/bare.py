"""Kinds of alterations named without a gene in a sentence that names just one: "protein overexpression"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..lexicon import Lexicon
from ..model import Span
from .alterations import Found, grammar, is_allowed

#: Kinds of which most texts tell for many genes, whether we know them or not.
_COMMON: Final = frozenset({"{gene} overexpression", "{gene} amplification"})
#: What may stand right before such a kind when it is of the sentence's gene: a mark, or a word that names nothing.
_LEAD: Final = re.compile(
    r"(?:^|[,;:(/\[.+=&]|\b(?:a|all|also|an|and|any|are|as|be|because|besides|both|but|by|despite|either|for|from|had|has|have|if|"
    r"in|is|its|neither|no|nor|not|of|on|only|or|plus|rather|some|such|than|that|the|their|these|this|those|through|to|versus|"
    r"via|vs|was|were|when|where|which|while|who|whose|with|without|\w+ly|(?:acquir|assess|carr|caus|compris|confirm|demonstrat|"
    r"detect|determin|develop|display|driv|evaluat|exclud|exhibit|find|found|harbou?r|hav|identif|includ|induc|involv|lead|"
    r"lack|mean|measur|predict|report|reveal|show|test|trigger)(?:s|e|es|ed|ing|y|ies|ied)?|acquired|concomitant|concurrent|"
    r"focal|frequent|genetic|genomic|high-level|low-level|marked|novo|primary|rare|secondary|strong|true|"
    r"DNA|gene|mRNA|protein|receptor|\d+(?:\.\d+)?\s?%?))[\s\"“'‘]*$",
    re.IGNORECASE,
)
#: What makes something else of it: "overexpression vector", "amplification-refractory mutation system".
_NOT_TOLD: Final = re.compile(
    r"[\s-]+(?:refractory|vectors?|plasmids?|constructs?|products?|primers?|reactions?|strateg\w+|techniques?|methods?|systems?|"
    r"curves?|lentivir\w+)\b",
    re.IGNORECASE,
)
_OF: Final = re.compile(
    r"\s+(?:of|in)\s+(?:the\s+)?(?:(?:human|mutant|phosphorylated|total|wild[- ]type)\s+)?", re.IGNORECASE
)


def find_bare(text: str, sentence: Span, gene: str, genes: Sequence[tuple[Span, str]], lexicon: Lexicon) -> list[Found]:
    """Kinds named without a gene in a sentence whose only gene is given, at the places that are given too."""
    words = grammar(lexicon)
    found = []
    for match in words.bare.finditer(text, sentence.start, sentence.end):
        pattern = words.pattern_of(re.sub(r"^(?:gene|protein)\W*", "", match[0], flags=re.IGNORECASE))
        one = Found(Span(match.start(), match.end()), gene, pattern)
        if is_allowed(lexicon, one) and (pattern not in _COMMON or _is_of_the_gene(text, sentence, one, genes)):
            found.append(one)
    return found


def _is_of_the_gene(text: str, sentence: Span, found: Found, genes: Sequence[tuple[Span, str]]) -> bool:
    """Whether nothing beside a kind says that it is of something else, as "overexpression of XYZ9" does."""
    if not _LEAD.search(text[max(sentence.start, found.span.start - 20) : found.span.start]):
        return False
    if _NOT_TOLD.match(text, found.span.end, sentence.end):
        return False
    of = _OF.match(text, found.span.end, sentence.end)
    return of is None or of[0].split()[0].lower() == "in" or any(span.start == of.end() for span, _ in genes)
