"""Small plots as SVG: lines over logarithmic axes, as much as a page about growth needs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 560, 300, 70, 46, 14, 150
#: Okabe and Ito's colours, which colour-blind people can tell apart.
_COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")

Series = Mapping[str, Sequence[tuple[float, float]]]


def plot(series: Series, x: str, y: str) -> str:
    """Lines through points; both axes are logarithmic, so that what grows in proportion is straight at 45 degrees."""
    points = [p for line in series.values() for p in line if p[0] > 0 and p[1] > 0]
    if not points:
        return ""
    xs, ys = _decades([p[0] for p in points]), _decades([p[1] for p in points])
    box = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" font-family="sans-serif" font-size="11"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}><title>{escape(y)} over {escape(x)}</title>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    for exponent in range(xs[0], xs[1] + 1):
        at = _x(10.0**exponent, xs)
        parts.append(_line(at, _TOP, at, _HEIGHT - _BOTTOM, "#ddd"))
        parts.append(_text(at, _HEIGHT - _BOTTOM + 15, _number(10.0**exponent), "middle"))
    for exponent in range(ys[0], ys[1] + 1):
        at = _y(10.0**exponent, ys)
        parts.append(_line(_LEFT, at, _WIDTH - _RIGHT, at, "#ddd"))
        parts.append(_text(_LEFT - 6, at + 4, _number(10.0**exponent), "end"))
    for number, (name, line) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [(_x(a, xs), _y(b, ys)) for a, b in line if a > 0 and b > 0]
        if places:
            drawn = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
            parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in places]
        legend = _TOP + 14 + 18 * number
        parts.append(f'<circle cx="{_WIDTH - _RIGHT + 14}" cy="{legend - 4}" r="4" fill="{colour}"/>')
        parts.append(_text(_WIDTH - _RIGHT + 24, legend, name, "start"))
    parts.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, x, "middle"))
    middle = (_TOP + _HEIGHT - _BOTTOM) / 2
    parts.append(f'<text transform="translate(14 {middle:.1f}) rotate(-90)" text-anchor="middle">{escape(y)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around some values."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _x(value: float, decades: tuple[int, int]) -> float:
    return _LEFT + (math.log10(value) - decades[0]) / (decades[1] - decades[0]) * (_WIDTH - _RIGHT - _LEFT)


def _y(value: float, decades: tuple[int, int]) -> float:
    low = _HEIGHT - _BOTTOM
    return low - (math.log10(value) - decades[0]) / (decades[1] - decades[0]) * (low - _TOP)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _number(value: float) -> str:
    """A number for an axis.

    >>> _number(0.1), _number(1000000.0)
    ('0.1', '1,000,000')
    """
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"
