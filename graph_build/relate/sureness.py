"""How sure a rule is of its readings: the share that readers found right, not a guess of who wrote it."""

from __future__ import annotations

from typing import Final

#: Right and all of the readings of each rule that two readers judged, drawn at random from PubMed records
#: (docs/quality.md, "How sure a rule is").  A reading is right when both say so.
JUDGED: Final[dict[str, tuple[int, int]]] = {
    "abstract-design": (25, 25),
    "alteration-shown-by-method": (38, 39),
    "appraised-therapy": (20, 30),
    "class-names-target": (30, 30),
    "consensus": (1, 1),
    "driven-by": (4, 4),
    "drug-acts-on": (2, 2),
    "drug-called-by-class": (30, 30),
    "efficacy-unsettled": (1, 2),
    "family-consists-of": (2, 2),
    "gene-member-of-family": (1, 1),
    "indexed-together": (11, 11),
    "linked-with-survival": (17, 20),
    "listed-role": (16, 18),
    "method-detects": (39, 40),
    "named-as-driver": (5, 8),
    "named-as-target": (25, 32),
    "result-report": (20, 20),
    "said-to-be-studied": (4, 4),
    "standard-of-care": (16, 18),
    "survival-compared": (1, 1),
    "targeting-as-strategy": (2, 2),
    "title-about": (58, 60),
    "title-alteration": (27, 30),
    "title-design": (59, 60),
    "title-disease": (54, 60),
    "title-pooled": (6, 6),
    "title-population": (59, 60),
    "title-prognosis": (28, 30),
    "title-report": (52, 60),
    "title-therapy": (56, 60),
}
#: What is known of a rule that was judged seldom or never: of the statements that all rules read in sentences of
#: abstracts that nobody had seen, 302 of 390 were right.  It counts as much as so many judged readings.
_ALL: Final = 302 / 390
_WEIGHT: Final = 4
#: What is left where the disease, the alteration or the gene is taken from another sentence or from the title.
FROM_ELSEWHERE: Final = 0.85


def sureness(rule: str, share: float = 1.0) -> float:
    """The chance that a reading of a rule is right; ``share`` is less than 1 where the words leave more room.

    >>> sureness("a rule that nobody judged"), sureness("a rule that nobody judged", 0.9)
    (0.77, 0.7)
    """
    right, judged = JUDGED.get(rule, (0, 0))
    return round((right + _WEIGHT * _ALL) / (judged + _WEIGHT) * share, 2)
