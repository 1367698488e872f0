"""Answers on a terminal: short columns side by side, whole sentences on lines of their own below."""

from __future__ import annotations

import sys
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .query import Rows
from .vocabulary import BASE

#: From how many characters on a column holds sentences and not names.
SENTENCE: Final = 60
#: The most room a column of names gets.
WIDEST: Final = 30
#: The width of what is not a terminal.
WIDTH: Final = 120


def print_rows(rows: Rows, title: str = "", limit: int | None = None) -> None:
    """Print rows, the first ``limit`` of them, within the width of the terminal."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    if title:
        console.print(Text(cell(title), style="bold"))
    shown = [[cell(value) for value in row] for row in list(rows)[:limit]]
    longest = [max((len(row[i]) for row in shown), default=0) for i in range(len(rows.columns))]
    names = [i for i, length in enumerate(longest) if 0 < length <= SENTENCE or not shown]  # empty columns are left out
    sentences = [i for i, length in enumerate(longest) if length > SENTENCE]
    widths = _widths([max(longest[i], len(rows.columns[i])) for i in names], console.width)
    console.print(_line([rows.columns[i] for i in names], widths, "bold"))
    for row in shown:
        console.print(_line([row[i] for i in names], widths))
        for i in sentences:
            if row[i]:
                head = "" if len(sentences) == 1 else f"{rows.columns[i]}: "
                console.print(Padding(Text(f"{head}“{row[i]}”", style="dim"), (0, 0, 0, 4)))
    more = f", the first {limit} shown" if limit is not None and len(rows) > limit else ""
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}{more}")


def cell(value: object) -> str:
    """A value for people: IRIs of ours without their beginning, nothing for nothing, no control characters."""
    text = "" if value is None else str(value).removeprefix(BASE)
    return "".join(c if c.isprintable() else "�" for c in text)


def _widths(wanted: list[int], room: int) -> list[int]:
    """Column widths that fit: the widest give way first."""
    widths = [min(width, WIDEST) for width in wanted]
    while widths and sum(widths) + 2 * len(widths) > room and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: list[str], widths: list[int], style: str = "") -> Table:
    line = Table.grid(padding=(0, 2, 0, 0))
    for width in widths:
        line.add_column(width=width, overflow="fold", style=style)
    line.add_row(*map(Text, cells))
    return line
