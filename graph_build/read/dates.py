"""Printed dates as ISO dates, as exact as they are printed."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR: Final = r"(?P<year>(?:18|19|20)\d\d)"
_DAY: Final = r"(?P<day>\d{1,2})"

#: The forms that pages print; the first that fits the whole text is taken.
_FORMS: Final = tuple(
    re.compile(form + r"\.?", re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s{_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}",  # October 29, 2024
        rf"{_DAY}(?:st|nd|rd|th)?\s{_MONTH},?\s{_YEAR}",  # 29 October 2024
        rf"{_YEAR}\s{_MONTH}(?:\s{_DAY})?",  # 2020 Feb 28, 2020 Jun
        rf"{_MONTH},?\s{_YEAR}",  # June 2020
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.]{_DAY})?",  # 2024-10-29, 2024/10
        rf"{_YEAR}(?:\s[a-z]{{3,6}}(?:[-/][a-z]{{3,6}})?)?",  # 2024, 2024 Jan-Feb, 2024 Summer: the year is sure
    )
)


def iso_date(text: str) -> str | None:
    """The ISO form of a printed date, ``None`` for anything else.

    >>> iso_date("October 29, 2024"), iso_date("2020 Feb 28"), iso_date("2020 Jun"), iso_date("2020 Jan-Feb")
    ('2024-10-29', '2020-02-28', '2020-06', '2020')
    >>> iso_date("February 30, 2024") is None
    True
    """
    printed = " ".join(text.split())
    match = next((match for form in _FORMS if (match := form.fullmatch(printed))), None)
    if match is None:
        return None
    parts = match.groupdict()
    year, month, day = parts["year"], parts.get("month"), parts.get("day")
    if month is None:
        return year
    number = int(month) if month.isdecimal() else _MONTHS.index(month.lower()) + 1
    try:
        exact = date(int(year), number, int(day or 1))
    except ValueError:
        return None
    return exact.isoformat() if day else exact.isoformat()[:7]
