"""Whether words may name only some of the patients: a figure behind them is then not of all."""

from __future__ import annotations

import re
from typing import Final

#: Words that can part a sentence's patients: a figure behind them that names nobody may be of some only.
_SOME: Final = re.compile(
    r"\b(?:groups?|arms?|cohorts?|subgroups?|subsets?|those|"
    r"(?:patients?|children|adults|cases|individuals|participants|subjects|tumou?rs) (?:with|who|treated|receiving|"
    r"in|without|aged|undergoing)|women|men|responders|"
    r"(?:in|among|for|with) (?:the )?(?:\w+[\s-]){0,4}(?:patients|tumou?rs|cases|disease)|respectively|"
    r"former|latter|stage|first-line|second-line|third-line|"
    r"monotherapy|combination|compared|versus|vs|better|worse|longer|shorter|higher|lower|mutat\w+|"
    r"positive|negative|high|low|mut|wild-type)\b",
    re.IGNORECASE,
)
#: What may stand before everything without parting anybody.
_EVERYBODY: Final = re.compile(
    r"\b(?:all|most|eligible|enrolled|evaluable|\d+|[a-z]+) patients (?:were|with measurable|"
    r"had been|received|completed)\b|^[A-Za-z &/]{3,30}:|"
    r"\b(?:in|among|for|of)\s+(?:all\s+(?:the\s+|\d+\s+)?|the\s+(?:overall|whole|entire|total)\s+|our\s+)(?:(?:study|"
    r"evaluable|"
    r"treated|enrolled|eligible|assessable)\s+)?(?:patients|population|cohort|group|series|cases)\b(?=,|\s+the\b)|"
    r"\b(?:in|among|of)\s+(?:the\s+|all\s+)?\d+\s+(?:(?:treated|evaluable|assessable|enrolled|"
    r"eligible)\s+)?patients,\s+"
    r"(?=(?:yielding|indicating|giving|resulting in|corresponding to|representing)\s+(?:an?|the)\b)",
    re.IGNORECASE,
)


def parts_patients(words: str) -> bool:
    """Whether words before a measure may name some of the patients only."""
    return bool(_SOME.search(_EVERYBODY.sub(" ", re.sub(r"\s*\([^()]*\)", "", words))))


#: A group that is everybody.
EVERYBODY: Final = re.compile(
    r"\b(?:all|overall|whole|entire|total|ITT|intention-to-treat|(?:evaluable|assessable|enrolled) patients)\b",
    re.IGNORECASE,
)
