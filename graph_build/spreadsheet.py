"""CSV that people open in a spreadsheet: the text of a document must not become a formula there (decision 0014)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from .prefixes import PREFIXES

#: What spreadsheets take for the beginning of a formula, wide forms and blanks that they pass over included.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_XSD: Final = PREFIXES["xsd"]
_UNSIGNED: Final = tuple(f"unsigned{name}" for name in ("Byte", "Int", "Long", "Short"))
_SIGNED: Final = ("nonNegativeInteger", "nonPositiveInteger", "negativeInteger", "positiveInteger", *_UNSIGNED)
#: The datatypes whose values are numbers.
_NUMERIC: Final = frozenset(
    _XSD + name for name in ("integer", "decimal", "double", "float", "byte", "int", "long", "short", *_SIGNED)
)
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def neutral(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: an apostrophe before it says that it is text.

    >>> neutral("=1+1"), neutral("HER2 mutation")
    ("'=1+1", 'HER2 mutation')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_csv(result: QuerySolutions, write: Callable[[bytes], object]) -> None:
    """Rows as the W3C's CSV has them, but for cells that would be formulas; numbers stay as they are."""
    write(_line(variable.value for variable in result.variables))
    for solution in result:
        write(_line(map(_cell, solution)))


def _cell(term: object) -> str:
    match term:
        case None:
            return ""
        case Literal(value=lexical, datatype=datatype) if datatype.value in _NUMERIC and _NUMBER.fullmatch(lexical):
            return lexical
        case _:
            return neutral(term.value if isinstance(term, Literal | NamedNode) else str(term))


def _line(cells: Iterable[str]) -> bytes:
    """One line by RFC 4180.

    >>> _line(["a", 'say "b", c'])
    b'a,"say ""b"", c"\\r\\n'
    """
    quoted = ('"' + cell.replace('"', '""') + '"' if re.search('[",\r\n]', cell) else cell for cell in cells)
    return (",".join(quoted) + "\r\n").encode("utf-8", "replace")
