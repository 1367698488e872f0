"""Tables in Markdown, and numbers as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table.

    >>> print(table(("a", "b"), [("x", 1)]), end="")
    | a | b |
    |---|---|
    | x | 1 |
    """
    lines = [_row(header), "|" + "---|" * len(header), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def bold(words: str) -> str:
    """Words that stand out."""
    return f"**{words}**"


def number(value: float) -> str:
    """A number with three digits that count.

    >>> number(123456), number(12.345), number(0.0123)
    ('123,456', '12.3', '0.0123')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def seconds(value: float) -> str:
    """A time in the unit that fits.

    >>> seconds(0.00123), seconds(4.2), seconds(135)
    ('1.2 ms', '4.2 s', '2 min 15 s')
    """
    if value < 1:
        return f"{value * 1000:.1f} ms" if value < 0.01 else f"{value * 1000:.0f} ms"
    return f"{value:.1f} s" if value < 100 else f"{value // 60:.0f} min {value % 60:.0f} s"
