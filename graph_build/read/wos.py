"""Web of Science's own plain text ("savedrecs.txt"): two letters, a space, a value.

``PT`` begins a record, ``ER`` ends it; what the fields hold is read as RIS is.  The cited
references are left out: they have no titles, and a journal called "LUNG CANCER" says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from .any_lines import any_lines
from .fault import Fault
from .record import Record
from .ris import read_fields
from .ris_tags import Fields

FORMAT: Final = "wos"

_TAG: Final = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?:\s(?P<value>.*)|\s*)", re.DOTALL)
_NEWLINE: Final = re.compile(r"\r\n|\r|\n")

#: The names that these fields have in RIS; a field that is not named is not read.
_NAMES: Final = {
    "PT": "TY",
    "TI": "TI",
    "AF": "AU",  # full names; AU has initials, and is read where AF is missing
    "AU": "A1",
    "SO": "SO",
    "JI": "JI",
    "J9": "J9",
    "DT": "M3",
    "DE": "DE",
    "AB": "AB",
    "PY": "PY",
    "PD": "DA",
    "VL": "VL",
    "IS": "IS",
    "SU": "IS",
    "BP": "SP",
    "EP": "EP",
    "AR": "C7",
    "DI": "DO",
    "PM": "PM",
}
#: Fields whose lines are values of their own.
_LISTS: Final = ("AU", "A1", "M3")


def recognises(head: str) -> int:
    """How sure the beginning of a file shows this format, from 0 to 10.

    >>> recognises("FN Clarivate Analytics Web of Science\\nVR 1.0\\nPT J\\nAU Cao, WX"), recognises("PT is a metal")
    (9, 0)
    """
    lines = _NEWLINE.split(head.lstrip("\ufeff"))[:200]
    begins = any(re.fullmatch(r"PT [A-Z]\s*", line) for line in lines)
    return 9 if begins and any(line.startswith(("FN ", "AU ", "TI ")) for line in lines) else 0


def read(stream: BinaryIO, name: str) -> Iterator[Record | Fault]:
    """The records of a file."""
    for fields in _split(any_lines(stream, name)):
        yield read_fields(fields, name, FORMAT)


def _split(lines: Iterable[tuple[int, str]]) -> Iterator[Fields]:
    """The fields of one record after the other, under their names in RIS."""
    current: Fields | None = None
    tag = ""
    for number, line in lines:
        found = _TAG.fullmatch(line)
        if found and found["tag"] in ("PT", "ER"):
            if current is not None:
                yield current
            current = Fields(number) if found["tag"] == "PT" else None
        if current is None:
            continue
        if found:
            tag = _NAMES.get(found["tag"], "")
            if tag:
                current.add(tag, found["value"] or "")
        elif tag and line.startswith(" "):
            if tag in _LISTS:
                current.add(tag, line)
            else:
                current.go_on(line)
    if current is not None:
        yield current
