"""Names that no lexicon has yet: new trials, drug codes and INN stems, told by their form *and* context.

Form alone is wrong four times in five on PubMed text (cell lines, catalogue numbers,
genes), so every pattern here asks for words around it that only the right kind has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..fold import DASHES
from ..model import Span
from .no_studies import (
    analysed_in_laboratory,
    explained_as_another,
    in_capitals,
    is_something_else,
    named_last_as_means,
    shortens_another,
)

_H: Final = f"[{DASHES}]"
#: A word as trials call themselves: two capitals or a digit, at least four characters.
_ACRONYM: Final = rf"(?=[\w{DASHES}]*\w*[A-Z0-9]\w*[A-Z0-9])[A-Z][A-Za-z0-9]+(?:{_H}[A-Za-z0-9]+)*"
#: A second word of such a name: "R2D2", "01-2018", "LUNG-1"; after a number a word ("IFCT-1001 CHIVA"), after a
#: word in capitals a number ("MONARCH 2").
_SECOND: Final = (
    rf"(?:[A-Z]+{_H}?\d[A-Z\d]*|\d\d?{_H}\d{{4}}|[A-Z]\d[A-Z]\d|(?<=\d )[A-Z]{{4,}}(?![a-z])|"
    r"(?<=[A-Z]{4} )\d{1,4}[A-Z]{0,2})"
)
#: A plain first word of such a name: "Beamion LUNG-1".
_FIRST: Final = (
    r"(?:(?!Phase|Trial|Study|Results?|From|Cohort|Primary|Updated?|Random|Targeting|The|And|Of)"
    rf"[A-Z][a-z]{{3,}} (?=[A-Z]{{3,}}{_H}\d))?"
)
_NAME: Final = (
    rf"(?<![\w{DASHES}/])(?P<name>(?!(?:I{{1,3}}|IV)[ABab]?[\s/])"
    rf"{_FIRST}(?:{_ACRONYM}|[A-Z][a-z]+[A-Z][a-z]+)(?: {_SECOND})?)(?![\w{DASHES}/])"
)
#: The beginning of such a name, which tells it from most words at once.
_BEGINNING: Final = rf"[A-Z](?<![\w{DASHES}/].)(?=[\w{DASHES}]*[A-Z0-9]|[a-z]{{3,}} [A-Z]{{3,}}{_H}\d)"
_PHASE: Final = r"(?:[Pp]hase\s+[\dIVabⅠ-Ⅳ/]+\s+)?"
_STUDY_WORD: Final = r"(?:trial|study|registry|cohort|Trial|Study|Registry|Cohort|TRIAL|STUDY)s?(?! [Gg]roup)"
_REPORT: Final = (
    r"(?:[Rr]esults?|[Rr]eports?|[Dd]ata|[Aa]nalys[ie]s|[Ff]indings?|[Uu]pdates?|[Ee]xperience|[Oo]utcomes?|[Cc]ohort)"
    r"(?: \d)?(?:,[^,.:]*)? (?:[Ff]rom|[Oo]f) (?:[Tt]he )?(?:\w+ )?"
)
#: The contexts in which a trial-like word is a study, in running text …
_STUDIES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}(?=(?:\s*\([^()]*\))?\s+{_PHASE}{_STUDY_WORD}\b)",
        rf"(?:{_REPORT.replace('|[Oo]f', '')}){_NAME}(?=\s*(?:$|[,.;:)]))",
        rf"\b(?:trial|study|registry)\s*\((?:the\s+)?{_NAME}(?=\s*[);,])",
        rf"{_NAME}(?=\s*[(\[;,]\s*(?:ClinicalTrials\.gov[\w\s:,]*)?NCT\d)",
        rf"[Pp]hase\s+[\dIVabⅠ-Ⅳ/]+\s+{_NAME}(?=\s+(?:interim|primary|final|updated|expansion|analys[ie]s|results)\b)",
        rf"\b[Tt]he\s+(?:[A-Z]+\s+)?{_NAME}(?=\s+program(?:me)?\b)",  # without the article of a computer
    )
)
#: … and the further ones that count in titles only.
_TITLE_STUDIES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_REPORT}){_NAME}(?=\s*(?:$|[,.;:)]|and\b))",
        rf"(?:{_REPORT}){_ACRONYM}(?: {_SECOND})? and {_NAME}",
        rf":\s+(?:the\s+)?{_NAME}(?=\.?\s*$|\s*{_STUDY_WORD})",
        rf"{_NAME}(?=[:,] [Aa]n? (?:[\w{DASHES},/]+ )*{_STUDY_WORD}\b)",
        rf"\({_NAME}(?=\):\s[^:]*\b(?:{_STUDY_WORD}|[Pp]hase)\b)",
        rf"\b(?:{_STUDY_WORD}|[Pp]hase)\b[^:]*\({_NAME}(?=\)\s*$)",
        rf"\b(?:trial|study) {_NAME}(?=\s*(?:$|[.,;:)]))",
        rf"^(?P<name>[A-Z]{{3,}}{_H}\d{{2,4}} [A-Z]{{4,}})(?=:\s)",
        rf"^(?P<name>[A-Z]{{4,}}{_H}\d{{1,3}})(?=:\s.*\b(?:[Tt]rial|[Pp]hase)\b)",
    )
)
#: What must stand in a text before a pattern is tried in it: words that are found faster than the whole …
_A_STUDY: Final = re.compile(r"rial|tudy|egistry|ohort|rogram|TRIAL|STUDY|hase")
_A_REPORT: Final = re.compile(r"esult|eport|ata|nalys|inding|pdate|xperience|utcome|ohort")
_A_COLON: Final = re.compile(":")
_A_NUMBER: Final = re.compile(r"NCT\d")
#: … and, of a pattern that does not begin with the name, what leads to it.
_LEADS: Final = (
    (_STUDIES[0], _A_STUDY, None),
    (_STUDIES[1], _A_REPORT, r"rom (?:[Tt]he )?(?:\w+ )?"),
    (_STUDIES[2], _A_STUDY, r"\((?:the\s+)?"),
    (_STUDIES[3], _A_NUMBER, None),
    (_STUDIES[4], _A_STUDY, r"hase\s+[\dIVabⅠ-Ⅳ/]+\s+"),
    (_STUDIES[5], _A_STUDY, r"\b[Tt]he\s+"),
    (_TITLE_STUDIES[0], _A_REPORT, r"(?:[Ff]rom|[Oo]f) (?:[Tt]he )?(?:\w+ )?"),
    (_TITLE_STUDIES[1], _A_REPORT, r" and "),
    (_TITLE_STUDIES[2], _A_COLON, r":\s+(?:the\s+)?"),
    (_TITLE_STUDIES[3], _A_STUDY, None),
    (_TITLE_STUDIES[4], _A_STUDY, r"\("),
    (_TITLE_STUDIES[5], _A_STUDY, r"\("),
    (_TITLE_STUDIES[6], _A_STUDY, r"(?:trial|study) "),
    (_TITLE_STUDIES[7], _A_COLON, None),
    (_TITLE_STUDIES[8], _A_STUDY, None),
)
_SHAPES: Final = tuple(
    (pattern, word, re.compile(lead + _BEGINNING) if lead else None) for pattern, word, lead in _LEADS
)

#: The contexts in which other things than studies stand too, and how those are told.
_UNLIKE: Final = {
    _TITLE_STUDIES[0]: analysed_in_laboratory,
    _TITLE_STUDIES[2]: named_last_as_means,
    _TITLE_STUDIES[3]: explained_as_another,
    _TITLE_STUDIES[4]: shortens_another,
    _TITLE_STUDIES[5]: shortens_another,
}

#: "a report from the Lung Cancer Mutation Consortium"
_CONSORTIUM: Final = re.compile(
    r"(?:[Rr]eport|[Rr]esults|[Dd]ata|[Aa]nalysis|[Ss]tudy) (?:[Ff]rom|[Oo]f|[Bb]y) (?:[Tt]he )?"
    r"(?P<name>(?:[A-Z][\w-]+ ){1,5}(?:Consortium|Network|Registry|Cohort))\b"
)
#: A drug code: company letters and a number, "BAY 2927088", "SHR-A1811", "GQ1005".
_CODE: Final = (
    rf"(?<![\w{DASHES}/])(?P<name>(?!NCT|LINC|HEK|PMC|PMID|GSE|ATCC|ISRCTN|EudraCT|COVID|CT|LBA|ZR|MDA|BT{_H}4)"
    rf"[A-Z]{{1,4}}(?:{_H}| )?[A-Z]?\d{{3,7}}[A-Z]?)(?![\w{DASHES}/])(?!\s*(?:mg|[µμ]g|mL|Gy|[nµμm]M)\b)"
)
_CLASS_WORD: Final = r"(?:inhibitor|conjugate|antibod(?:y|ies)|ADC|TKI|agonist|antagonist|degrader|blocker)s?"
_OF_DRUG: Final = (
    r"(?:[Ee]fficacy|[Ss]afety|[Aa]ctivity|[Tt]olerability|[Pp]harmacokinetics|[Tt]rial|[Ss]tudy|[Dd]oses?)"
)
#: The contexts in which a code is a drug.
_CODES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_CODE}(?=\s*[,(]\s*(?:an?\s+)?(?:[\w{DASHES}/]+\s+){{0,7}}?(?:[\w/]+{_H})?{_CLASS_WORD}\b)",
        rf"{_OF_DRUG} (?:of|with) {_CODE}",
        rf"(?:treated with|received|receiving|administered|{_CLASS_WORD},?) {_CODE}",
        rf"^{_CODE}(?= (?:in|plus|combined|monotherapy|with|for)\b)",
    )
)
#: Stems of international nonproprietary names that stand at the end of drug names only (WHO stem book).
_STEM: Final = re.compile(
    r"(?<![\w-])(?P<name>[A-Za-z]?[a-z]{3,14}(?:tinib|anib|ciclib|degib|denib|rafenib|metinib|rasib|lisib|parib|zomib|"
    r"sertib|inostat|toclax|lutamide|domide|[lmntvxz][aiou]mab|zumab|tamig|taxel|platin|trexed|citabine|rubicin)"
    r"(?: (?:vedotin|deruxtecan|emtansine|govitecan|duocarmazine|tesirine|ravtansine|soravtansine|rezetecan|"
    r"botidotin))?)"
    r"(?![\w-])"
)
#: "DESTINY-Lung05 (DL-05)": an alias ends in the digits of the name.
_ALIAS: Final = re.compile(rf"\s*\(((?:[A-Z][A-Za-z]*{_H}?)+(\d+))\)")


#: Where a word like a trial's name begins: every pattern of studies holds one.
_LIKE_A_NAME: Final = re.compile(_BEGINNING)
_CONSORTIUM_WORDS: Final = ("Consortium", "Network", "Registry", "Cohort")


def study_names(text: str, zone: Span, *, title: bool) -> Iterator[Span]:
    """Places where the context shows a study of an unknown name."""
    part = zone.of(text)
    starts = [match.start() for match in _LIKE_A_NAME.finditer(part)] if not (title and in_capitals(part)) else []
    words = {word for word in (_A_STUDY, _A_REPORT, _A_COLON, _A_NUMBER) if word.search(part)} if starts else ()
    for pattern, word, lead in _SHAPES if title else _SHAPES[: len(_STUDIES)]:
        for match in _found(pattern, lead, part, starts) if word in words else ():
            if _names_a_study(pattern, match):
                yield Span(zone.start + match.start("name"), zone.start + match.end("name"))
    if any(word in part for word in _CONSORTIUM_WORDS):
        for match in _CONSORTIUM.finditer(part):
            yield Span(zone.start + match.start("name"), zone.start + match.end("name"))


def _names_a_study(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    name, unlike = match["name"], _UNLIKE.get(pattern)
    marked = sum(c.isupper() or c.isdigit() for c in name) >= 3 or re.fullmatch(r"[A-Z][a-z]+[A-Z][a-z]+", name)
    return bool(len(name) >= 4 and marked and not is_something_else(match) and not (unlike and unlike(match)))


def _found(
    pattern: re.Pattern[str], lead: re.Pattern[str] | None, part: str, starts: Sequence[int]
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` finds, without trying places where no name can be."""
    if lead:
        yield from pattern.finditer(part) if lead.search(part) else ()
        return
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(part, start)):
            yield match
            end = match.end()


def study_alias(text: str, study: Span) -> Span | None:
    """The alias in brackets after a study's name, if its number is the study's."""
    match = _ALIAS.match(text, study.end)
    digits = re.search(r"\d+$", study.of(text))
    return Span(match.start(1), match.end(1)) if match and digits and match[2] == digits[0] else None


_LIKE_A_CODE: Final = re.compile(rf"[A-Z](?:{_H}| )?[A-Z]?\d{{3}}")
#: What every match of ``_STEM`` holds.
_STEMS: Final = (
    "tinib", "anib", "ciclib", "degib", "denib", "rafenib", "metinib", "rasib", "lisib", "parib", "zomib", "sertib",
    "inostat", "toclax", "lutamide", "domide", "mab", "tamig", "taxel", "platin", "trexed", "citabine", "rubicin",
)  # fmt: skip


def drug_names(text: str, zone: Span) -> Iterator[Span]:
    """Places where form and context show a drug of an unknown name."""
    part = zone.of(text)
    codes = _CODES if _LIKE_A_CODE.search(part) else ()
    for pattern in (*codes, _STEM) if any(stem in part for stem in _STEMS) else codes:
        for match in pattern.finditer(part):
            yield Span(zone.start + match.start("name"), zone.start + match.end("name"))


def bears_stem(name: str) -> bool:
    """Whether a name ends in a stem that only drugs have.

    >>> bears_stem("erdafitinib"), bears_stem("water")
    (True, False)
    """
    return _STEM.fullmatch(name) is not None


def drug_code_after(text: str, drug: Span) -> Span | None:
    """A code in brackets right after a drug's name, which is another name of it."""
    match = re.compile(rf"\s*\({_CODE}\)").match(text, drug.end)
    return Span(match.start("name"), match.end("name")) if match else None
