"""The tags of RIS: how lines become fields, and fields one record after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

#: Tags that are believed when the space around the hyphen is not as it should be.
_KNOWN: Final = (
    "TY|TI|T[1-4]|CT|BT|ST|TT|AU|A[1-5U]|ED|PY|Y[12]|DA|JO|JF|JA|J[12]|JI|J9|SO|VL|VO|IS|CP|SP|EP|SE|C[1-8]|M[1-3]|N[12]"
    "|AB|KW|DO|DI|DB|DP|AN|ID|UR|L[1-4]|LK|LA|SN|AD|PB|PU|PM|CY|CA|CN|ET|ER|U[1-9]|NV|OP|RN|RP|PP|AI|AF"
)

# As it is defined: two characters, two spaces, a hyphen, a space.
_EXACT: Final = re.compile(r"([A-Z][A-Z0-9])\x20\x20-(?:\x20(.*)|(\s*))", re.DOTALL)
# With other space; a tag that is known only, so that "IL - 2" in a paragraph is none.
_LOOSE: Final = re.compile(rf"\s{{0,8}}({_KNOWN})[\s\u00a0]{{1,6}}-(.*)", re.DOTALL)
# Without space before the hyphen: the two that begin and end a record, and all in a record that began so.
_TIGHT_BEGIN: Final = re.compile(r"\s{0,8}(TY)\s{0,6}-\s{0,6}([A-Z]{3,8})\s{0,99}")
_TIGHT_END: Final = re.compile(r"\s{0,8}(ER)\s{0,6}-?(\s{0,99})")
_TIGHT: Final = re.compile(rf"\s{{0,8}}({_KNOWN})-(?:\s(.*)|(\s*))", re.DOTALL)

#: No record has more characters.
_MOST_CHARACTERS: Final = 20_000_000


@dataclass(slots=True)
class Fields:
    """The fields of one record: for each tag its values in the order of the file, each as its lines."""

    line: int  # in which it begins
    values: dict[str, list[list[str]]] = field(default_factory=dict)
    last: list[str] = field(default_factory=list)  # the lines of the last field
    size: int = 0
    tight: bool = False
    too_long: bool = False

    def add(self, tag: str, value: str) -> None:
        """A new field."""
        if self._fits(value):
            self.last = [value]
            self.values.setdefault(tag, []).append(self.last)

    def go_on(self, value: str) -> None:
        """A further line of the last field."""
        if self._fits(value):
            self.last.append(value)

    def _fits(self, value: str) -> bool:
        self.size += len(value) + 3
        if self.size > _MOST_CHARACTERS:
            self.too_long = True
            self.values.clear()
            self.last.clear()
        return not self.too_long

    def all(self, *tags: str) -> list[str]:
        """The values of these tags, the first tag's first; each on one line, none empty."""
        values = (" ".join(" ".join(lines).split()) for tag in tags for lines in self.values.get(tag, ()))
        return [value for value in values if value]

    def first(self, *tags: str) -> str:
        """The first value of these tags, or nothing."""
        return next((values[0] for tag in tags if tag in self.values and (values := self.all(tag))), "")

    def each_line(self, *tags: str) -> list[str]:
        """The lines of these tags' values, each for itself."""
        values = (" ".join(line.split()) for tag in tags for lines in self.values.get(tag, ()) for line in lines)
        return [value for value in values if value]


def split_tag(line: str, *, tight: bool = False) -> tuple[str, str] | None:
    """The tag of a line and its value, or nothing for a continued line.

    >>> split_tag("TI  - HER2"), split_tag("ER  -"), split_tag("TY - JOUR"), split_tag("ER")
    (('TI', 'HER2'), ('ER', ''), ('TY', 'JOUR'), ('ER', ''))
    >>> split_tag("T1-weighted images"), split_tag("IL - 2"), split_tag("TI- HER2", tight=True)
    (None, None, ('TI', 'HER2'))
    """
    for form in (_EXACT, _LOOSE, _TIGHT_BEGIN, *((_TIGHT,) if tight else ())):
        if match := form.fullmatch(line):
            return match[1], (match[2] or "").strip()
    return ("ER", "") if _TIGHT_END.fullmatch(line) else None


def split_records(lines: Iterable[tuple[int, str]]) -> Iterator[Fields]:
    """The fields of one record after the other.

    A record begins with TY and ends with ER, or where the next begins; without TY it begins
    with any tag, and is given out when it turns out to have a title or a DOI.
    """
    current: Fields | None = None
    for number, line in lines:
        found = split_tag(line, tight=current is not None and current.tight)
        if found is None:
            if current is not None:
                current.go_on(line)
            continue
        tag, value = found
        if tag in ("TY", "ER") and current is not None:
            yield from _given_out(current)
            current = None
        if tag == "ER":
            continue
        if current is None:
            current = Fields(number, tight=bool(re.match(r"\s*TY-", line)))
        current.add(tag, value)
    if current is not None:
        yield from _given_out(current)


def _given_out(fields: Fields) -> Iterator[Fields]:
    """A record, unless it is but a stray line between two records."""
    if "TY" in fields.values or fields.too_long or fields.first("TI", "T1", "CT", "BT", "DO"):
        yield fields
