"""What is measured: the names of outcomes as results print them, and what a result of each looks like.

Each row says which outcome of the lexicon it is and which figures fit it; a figure that does
not fit is never read as a result of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .numbers import Kind

#: Kinds of result (``her2:statistic``).
MEDIAN: Final = "median"
MEAN: Final = "mean"
RATE: Final = "rate"
RATE_AT: Final = "rate at a time"
HAZARD_RATIO: Final = "hazard ratio"

_ABBREVIATION: Final = r"(?:\s*[(\[]\s*[a-z]{0,3}[A-Z][A-Za-z-]{1,8}\s*[)\]])?"
#: Whose judgement a rate is by; it changes nothing about what is measured.
_BY: Final = (
    r"(?:confirmed|best|overall|objective|tumou?r|clinical|radiologic(?:al)?|radiographic|investigator-assessed|"
    r"crude|pooled|estimated|real-world)"
)
_GRADE: Final = (
    r"(?P<grade>grade[s]?\s*(?:[≥⩾>]=?\s*)?(?:3|III|three)(?:\s*(?:-|–|/|and|or|to)\s*(?:4|5|"
    r"IV|V|higher|worse|greater|above|more)"
    r"|\s*\+)?|grade[s]?\s*[≥⩾]\s*3|[≥⩾]\s*grade\s*(?:3|III))"
)
_TIME: Final = (
    r"(?P<time>(?:\d{1,3}|one|two|three|four|five|six|ten|twelve|sixteen|eighteen|twenty-four)[\s-]"
    r"(?:years?|months?|weeks?|yr|mo|y|wk)[\s-]+)?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: its printed names, its outcome, and the figures that fit it."""

    pattern: str
    outcome: str  # the label of an outcome of the lexicon
    kinds: frozenset[Kind]
    why: str


_SHARE: Final = frozenset({Kind.PERCENT})
_SURVIVAL: Final = frozenset({Kind.TIME, Kind.NOT_REACHED, Kind.PERCENT})
_LENGTH: Final = frozenset({Kind.TIME, Kind.NOT_REACHED})


def _survival(words: str, short: str, outcome: str) -> Row:
    rate = r"(?:\s+(?:rates?|probabilit(?:y|ies)|times?))?"
    return Row(
        rf"{_TIME}(?:(?P<statistic>median(?: \(m\))?|mean|r?w?m(?={short}))\s*)?(?:duration of )?"
        rf"(?:real-world |rw(?={short}))?"
        rf"(?:{words}|{short}){_ABBREVIATION}{rate}{_ABBREVIATION}",
        outcome,
        _SURVIVAL,
        "a median in months, or a share of patients at a printed time",
    )


#: The measures.  The first row that fits at a place is taken, so the narrower stand first.
ROWS: Final = (
    Row(
        rf"(?:intracranial|CNS|central nervous system|brain)[\s-](?:confirmed |objective |overall |"
        rf"best )*(?:(?:response|remission) rates?|ORR){_ABBREVIATION}|IC-ORR\b",
        "intracranial activity",
        _SHARE,
        "a response in the brain is none of the whole body",
    ),
    Row(
        rf"(?:(?:total |breast )?pathologic(?:al)?[\s-]complete[\s-](?:response|remission)(?: rates?)?{_ABBREVIATION}|"
        r"t?pCR(?: rates?)?)",
        "pathologic complete response",
        _SHARE,
        "what the surgeon's specimen shows",
    ),
    Row(
        rf"(?:complete[\s-](?:response|remission)(?: rates?)?{_ABBREVIATION}(?: rates?)?|CR rates?)",
        "complete response",
        _SHARE,
        "one kind of objective response",
    ),
    Row(
        rf"(?:complete (?:or|plus) partial (?:response|remission)s?(?: rates?)?{_ABBREVIATION}|"
        r"CR (?:or|plus) PR rates?)",
        "objective response rate",
        _SHARE,
        "both kinds together",
    ),
    Row(
        rf"(?<!complete and )(?:partial[\s-](?:response|remission)(?: rates?)?{_ABBREVIATION}(?: rates?)?|"
        r"(?<!CR and )PR rates?)",
        "partial response",
        _SHARE,
        "the other kind of objective response",
    ),
    Row(
        rf"(?:(?:{_BY}|mean)\s+){{0,3}}(?:(?:response|remission) rates?{_ABBREVIATION}|ORRs?\b|(?<=overall )RR\b)"
        r"(?:\s*\((?:complete|CR)[^()\d]{0,60}(?:partial|PR)[^()\d]{0,40}\))?|"
        rf"RR(?=[:,]?\s*(?:of\s|was\s|were\s)?\d[\d.]*\s?%)|"
        rf"(?:confirmed |overall )*objective[\s-]responses?{_ABBREVIATION}",
        "objective response rate",
        _SHARE,
        "a share of patients",
    ),
    Row(
        rf"(?:overall |clinical )?disease[\s-]control(?: rates?)?{_ABBREVIATION}|DCRs?\b",
        "disease control rate",
        _SHARE,
        "a share of patients",
    ),
    Row(
        rf"clinical[\s-]benefit(?: rates?){_ABBREVIATION}|CBRs?\b",
        "clinical benefit rate",
        _SHARE,
        "a share of patients",
    ),
    Row(
        rf"major[\s-]pathologic(?:al)?[\s-]response(?: rates?)?{_ABBREVIATION}(?: rates?)?|MPR(?: rates?)?\b",
        "major pathologic response",
        _SHARE,
        "what the surgeon's specimen shows",
    ),
    Row(rf"stable disease(?: rates?)?{_ABBREVIATION}", "stable disease", _SHARE, "a share of patients"),
    Row(
        rf"(?:(?P<statistic>median|mean|m(?=Do[rR]))\s*)?(?:duration of (?:objective |overall )?response|"
        rf"response duration|Do[rR]\b|DOR\b){_ABBREVIATION}",
        "duration of response",
        _LENGTH,
        "a length of time",
    ),
    Row(
        rf"(?:(?P<statistic>median|mean)\s+)?time[\s-]to[\s-](?:first )?(?:objective )?response{_ABBREVIATION}",
        "time to response",
        _LENGTH,
        "a length of time",
    ),
    Row(
        rf"(?:(?P<statistic>median|mean)\s+)?time[\s-]to[\s-](?:disease |tumou?r )?progression{_ABBREVIATION}|TTP\b",
        "time to progression",
        _LENGTH,
        "a length of time",
    ),
    Row(
        rf"(?:(?P<statistic>median|mean)\s+)?(?:time[\s-]to[\s-]treatment[\s-](?:failure|"
        rf"discontinuation){_ABBREVIATION}|"
        rf"(?:rw)?TT[FD]\b)",
        "time to treatment failure",
        _LENGTH,
        "a length of time",
    ),
    _survival(
        r"(?:intracranial|CNS)[\s-]progression[\s-]free[\s-]survival",
        r"(?:intracranial|CNS|IC)[\s-]PFS\b",
        "intracranial progression-free survival",
    ),
    _survival(
        r"invasive[\s-]disease[\s-]free[\s-]survival|(?<=invasive )DFS", r"iDFS\b", "invasive disease-free survival"
    ),
    _survival(
        r"progression[\s-]free(?:[\s-]survival|(?=\s+and\s+(?:median\s+)?overall[\s-]survival))",
        r"PFS\b",
        "progression-free survival",
    ),
    _survival(r"(?:disease|relapse|recurrence)[\s-]free[\s-]survival", r"(?:DFS|RFS)\b", "disease-free survival"),
    _survival(r"event[\s-]free[\s-]survival", r"EFS\b", "event-free survival"),
    _survival(r"overall[\s-]survival", r"OS\b", "overall survival"),
    Row(
        r"(?P<statistic>median)\s+survival(?:\s+times?)?\b(?:\s*\((?:m?OS|MST)\))?(?!\s+(?:benefit|gain|advantage|"
        r"follow|without|free|after))",
        "overall survival",
        _LENGTH,
        "of whom nothing else is said, it is the time to death",
    ),
    Row(
        rf"(?:{_TIME[:-1]}|(?=survival rates? at\b))survival(?:\s+(?:rates?|probabilit(?:y|ies)))?\b"
        r"(?!\s+(?:benefit|gain|advantage|without|free|after))",
        "overall survival",
        _SURVIVAL,
        "a share of patients at a printed time",
    ),
    Row(
        r"(?:alive and (?:progression|disease)[\s-]free|alive without (?:disease )?progression)\s+at\s+"
        r"(?P<time>\d{1,2}\s(?:months|years))\b",
        "progression-free survival",
        _SURVIVAL,
        "those who live without progression are what its rate counts",
    ),
    Row(
        r"(?-i:(?P<statistic>M)ST)\b(?:\s*\([^()]{2,30}\))?",
        "overall survival",
        _LENGTH,
        "the median survival time",
    ),
    Row(
        r"(?:alive|survived|surviving)\s+(?:at|to|for|after)\s+(?P<time>\d{1,2}\s(?:months|years))\b",
        "overall survival",
        _SURVIVAL,
        "those who live are what an overall survival rate counts",
    ),
    Row(
        rf"{_GRADE}\s*(?:(?:drug|treatment)[\s-]related\s+|treatment[\s-]emergent\s+|related\s+|serious\s+)*"
        rf"(?:adverse (?:events?|reactions?|effects?)|AEs?\b|T[RE]AEs?\b|toxicit(?:y|ies)){_ABBREVIATION}(?: rates?)?",
        "adverse event",
        _SHARE,
        "grade 3 or higher is what trials report",
    ),
    Row(
        rf"(?:(?:(?:drug|treatment)[\s-]related|treatment[\s-]emergent)\s+)?(?:adverse (?:events?|effects?)|"
        rf"AEs?\b){_ABBREVIATION}\s+(?:of|with|at)\s+{_GRADE.replace('?P<grade>', '?P<grade2>')}",
        "adverse event",
        _SHARE,
        "the grade may stand behind",
    ),
)
