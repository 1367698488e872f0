"""Which names of a vocabulary are looked for, and which are left out, with the reason.

A vocabulary names its entries for people who know that they look at it.  In a running text some of these
names mean something else more often than not; those are left out, or count only with support (:mod:`.support`).
"""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from functools import cache
from typing import Final

from ..model import ConceptClass
from ..resources import resource

#: No name of a text is longer (systematic chemical names can be).
LONGEST: Final = 100


class How(IntEnum):
    """How a name counts."""

    PLAIN = 0  # wherever it stands, in any case
    SYMBOL = 1  # in exactly its capitals, with support
    CODE = 2  # in exactly its capitals; unmistakable, such as BAY2927088


class LeftOut(StrEnum):
    """Why a name is not looked for."""

    LENGTH = "one character, no letter, or longer than any name in a text"
    QUALIFIED = "inverted or qualified for an index: “Carcinoma, Ductal”, “ERBB2 protein, human”"
    SHORT = "one short word (below five letters, four for a disease)"
    COMMON = "common words of the medical literature (ontology/common-words.txt)"
    GENERAL = "general words for a whole branch, such as “disease” and “primary tumor”"
    STAGE = "begins with a stage, which stays outside of a disease's name: “metastatic melanoma”"
    PRODUCT = "one word for the product of a gene, such as “insulin”"


#: Words that name all diseases or say which of them.
_GENERAL: Final = frozenset(
    [
        "disease",
        "disorder",
        "syndrome",
        "condition",
        "medical",
        "human",
        "rare",
        "genetic",
        "hereditary",
        "inherited",
        "familial",
        "congenital",
        "acquired",
        "abnormality",
        "malformation",
        "anomaly",
        "lesion",
        "injury",
        "trauma",
        "tumor",
        "tumour",
        "neoplasm",
        "mass",
        "malignant",
        "benign",
        "malignancy",
        "primary",
        "secondary",
        "solid",
        "acute",
        "chronic",
        "pain",
        "symptom",
        "finding",
        "phenotype",
        "death",
        "recurrence",
        "complication",
        "birth",
        "defect",
        "deficiency",
        "infectious",
        "infection",
        "inflammation",
        "inflammatory",
        "susceptibility",
        "resistance",
        "toxicity",
        "poisoning",
        "fever",
        "stress",
        "shock",
        "weakness",
        "failure",
        "stenosis",
        "obstruction",
        "dysfunction",
        "impairment",
        "progression",
        "pathologic",
        "pathological",
        "process",
        "problem",
        "mental",
        "behavior",
        "behavioral",
        "physical",
        "disability",
        "handicap",
        "illness",
        "sign",
        "or",
        "and",
        "of",
        "the",
        "in",
        "by",
        "to",
        "multiple",
        "other",
        "unspecified",
        "type",
        "cell",
    ]
)
_STAGE: Final = re.compile(
    r"(?:locally |early )?(?:advanced|metastatic|metastasized|recurrent|relapsed|refractory|unresectable|resectable|"
    r"early|late|stage)\b",
    re.IGNORECASE,
)
#: Vocabularies whose phrases are chosen so well that one of common words alone is still a name ("lymph nodes").
_PHRASES: Final = frozenset({"mesh"})
#: Vocabularies of whole experiments, with words for persons, samples and relations among them ("investigator").
_GENERAL_TERMS: Final = frozenset({"EFO", "NCIT"})
#: An abbreviation or a note after a name, as in "acute myeloid leukemia (AML)".
_BRACKETED: Final = re.compile(r"\s\([^()]*\)$|\s\[[^][]*\]$")
_WORDY: Final = re.compile(r"[a-z]{4}")
_DIGIT: Final = re.compile(r"\d")
_LETTER: Final = re.compile(r"[^\W\d_]")
_SIGNS: Final = re.compile(r"[\W_]+")
_PART: Final = re.compile(r"[^\W_]+")


@cache
def common_words() -> frozenset[str]:
    """The words of ``ontology/common-words.txt``."""
    lines = resource("ontology", "common-words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_common(word: str) -> bool:
    lower = word.lower()
    return len(lower) < 4 or lower in common_words() or (lower.endswith("s") and lower[:-1] in common_words())


def _is_general(word: str) -> bool:
    lower = word.lower()
    return (
        lower in _GENERAL
        or (lower.endswith("s") and lower[:-1] in _GENERAL)
        or (lower.endswith("ies") and f"{lower[:-3]}y" in _GENERAL)
    )


def is_symbol(name: str) -> bool:
    """Whether a name is written as symbols and acronyms are: capitals or digits, no word of four small letters.

    >>> [name for name in ("ERBB2", "FISH", "mTOR", "p53", "Hodgkin", "IL-6", "T 790 M", "iCCA") if not is_symbol(name)]
    ['Hodgkin']
    """
    if re.search(r"[a-z]{4}", name):
        return False
    return len(name) <= 14 and (
        any(c.isdigit() for c in name) or any(c.isupper() for c in name[1:]) or len(re.sub(r"\W", "", name)) <= 3
    )


def is_code(name: str) -> bool:
    """Whether a symbol is unmistakable: letters and a number of four digits or more.

    >>> is_code("BAY 2927088"), is_code("SHR-A1811"), is_code("CD274")
    (True, True, False)
    """
    return re.fullmatch(r"[A-Z]{2,5}[\s-]?[A-Z]?\d{4,8}[A-Z]?", name) is not None


def admit(
    name: str, kind: ConceptClass, prefix: str, *, is_label: bool = False, shouted: bool = False
) -> How | LeftOut:
    """How a name of an entry counts, or why it is left out.

    ``shouted``: the vocabulary writes all its names in capitals, which then tell nothing.

    >>> admit("cholangiocarcinoma", ConceptClass.DISEASE, "MONDO"), admit("FISH", ConceptClass.EXTERNAL, "mesh")
    (<How.PLAIN: 0>, <How.SYMBOL: 1>)
    """
    wordy = _WORDY.search(name)
    if len(name) > LONGEST or (not wordy and (len(_SIGNS.sub("", name)) < 2 or not _LETTER.search(name))):
        return LeftOut.LENGTH
    if (prefix == "mesh" and ", " in name) or _BRACKETED.search(name):
        return LeftOut.QUALIFIED
    if shouted and not wordy and not _DIGIT.search(name) and len(name) >= 5:
        name, wordy = name.lower(), _WORDY.search(name.lower())
    one_word = " " not in name
    if kind is ConceptClass.GENE and one_word:
        is_a_symbol = not wordy or any(c.isdigit() or c.isupper() for c in name[1:])
        return How.SYMBOL if is_a_symbol else LeftOut.PRODUCT
    if not wordy and is_symbol(name):
        return How.CODE if kind is not ConceptClass.GENE and is_code(name) else How.SYMBOL
    parts = _PART.findall(name)
    disease = kind is ConceptClass.DISEASE
    if one_word and len(_SIGNS.sub("", name)) < (4 if disease else 5):
        return LeftOut.SHORT
    if disease and all(map(_is_general, parts)):
        return LeftOut.GENERAL
    if disease and _STAGE.match(name):
        return LeftOut.STAGE
    if disease and len(parts) > 1 and parts[-1].lower() in ("cell", "cells"):
        return LeftOut.QUALIFIED  # "leukemia, stem cell" without its comma
    if disease and one_word and not is_label and all(map(_is_common, parts)):
        return LeftOut.COMMON
    chosen = not one_word and (
        kind is ConceptClass.GENE or (prefix in _PHRASES and min(map(len, parts)) > 1)  # not "a gene"
    )
    if not disease and not chosen and (all(map(_is_common, parts)) or (one_word and prefix in _GENERAL_TERMS)):
        return LeftOut.COMMON
    return How.PLAIN if wordy or max(map(len, parts)) >= 4 else How.SYMBOL
