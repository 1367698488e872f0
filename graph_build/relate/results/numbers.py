"""What a printed number is: its kind, its digits as printed, and whether its parts fit each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ...model import Span

#: A number: "62", "8.2", "8·2" (The Lancet prints a middle dot), ".64".
NUMBER: Final = r"(?<![\w.·])(?:\d{1,3}(?:[.·∙‧]\d{1,3})?|[.·]\d{1,3})(?![\d])"
#: What an upper limit, or a median, is when the patients have not been followed for long enough.
NOT_REACHED: Final = (
    r"(?:could not be (?:evaluated|estimated|reached|calculated)|not reach\b|(?:has |had |was |were )?not (?:yet |"
    r"been |yet been )?(?:reached|estimable|estimated|evaluable|available|"
    r"calculable)|NR\b|NE\b|NA\b|N\.[RE]\.|∞|undefined|infinity)"
)
#: Numbers of patients that are printed as words.
WORDS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
UNIT: Final = r"(?:months?|mos?\b|weeks?|wks?\b|years?|yrs?\b|days?)"
COUNTED: Final = (
    r"(?:evaluable |assessable |eligible |treated |of the |the |\w+-evaluable )?(?:patients?|pts|participants?|"
    r"cases?|subjects?|tumou?rs?|samples?|women|men)"
)


class Kind(StrEnum):
    """What a figure measures in."""

    PERCENT = "percent"
    TIME = "time"
    BARE = "bare"  # no unit of its own: "5.6" in "5.6 vs 3.2 months"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A printed number with what belongs to it."""

    span: Span  # from the first digit to the end of the interval
    kind: Kind
    value: str | None = None  # as printed
    unit: str | None = None  # "%", "months"
    lower: str | None = None
    upper: str | None = None
    level: str | None = None
    count: str | None = None
    total: str | None = None


def counted(printed: str) -> str:
    """How many: digits, also of a word.

    >>> counted("18"), counted("Four")
    ('18', '4')
    """
    return str(WORDS.index(printed.lower())) if printed.lower() in WORDS else printed


def plain(printed: str) -> str:
    """The number that printed digits stand for, in the form of a computer.

    >>> plain("16·9"), plain(".64"), plain("007")
    ('16.9', '0.64', '7')
    """
    whole, dot, rest = re.sub(r"[·∙‧]", ".", printed).partition(".")
    return (whole.lstrip("0") or "0") + dot + rest


def is_number(printed: str | None) -> bool:
    """Whether something printed is a number, and not "NE"."""
    return bool(printed and re.fullmatch(NUMBER, printed))


def unit_of(printed: str) -> str:
    """The unit that an abbreviation stands for, in the plural.

    >>> unit_of("mo"), unit_of("year"), unit_of("wks")
    ('months', 'years', 'weeks')
    """
    for start, unit in (("mo", "months"), ("w", "weeks"), ("y", "years"), ("d", "days")):
        if printed.lower().startswith(start):
            return unit
    raise ValueError(f"{printed!r} is no unit of time")


def fits(figure: Figure) -> bool:
    """Whether the numbers of a figure can be what they are taken for.

    >>> fits(Figure(span=Span(0, 1), kind=Kind.PERCENT, value="36", lower="18", upper="57", count="9", total="25"))
    True
    >>> fits(Figure(span=Span(0, 1), kind=Kind.PERCENT, value="36", lower="40", upper="57"))
    False
    """
    number = float(plain(figure.value)) if figure.value else None
    if figure.kind is Kind.PERCENT and number is not None and number > 100:
        return False
    if number is not None:
        if is_number(figure.lower) and figure.lower and number < float(plain(figure.lower)):
            return False
        if is_number(figure.upper) and figure.upper and number > float(plain(figure.upper)):
            return False
    if figure.count and figure.total:
        count, total = int(figure.count), int(figure.total)
        if not 0 <= count <= total or total == 0:
            return False
        return number is None or abs(100 * count / total - number) <= 1.1
    return True
