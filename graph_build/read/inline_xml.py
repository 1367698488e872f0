"""Marked-up text of a record as plain text that reads the same: superscripts, formulas."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

_MATHML: Final = "{http://www.w3.org/1998/Math/MathML}"
#: Characters that exist as small ones above the line.
_RAISED: Final = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_POWER: Final = re.compile(r"[-−+]?\d{1,4}")

# Superscripts that belong to the word before them: ordinals, marks, oxidation numbers.
_NO_NAME: Final = re.compile(r"st|nd|rd|th|er|re|TM|tm|[IVX]{1,4}")

#: Alternative forms of a formula that stand beside the one that is shown.
_NOT_SHOWN: Final = frozenset({"annotation", "annotation-xml", "tex-math"})


def plain_text(element: Element | None) -> str:
    """The text below an element on one line.

    >>> from xml.etree.ElementTree import fromstring
    >>> plain_text(fromstring("<t>CD8<sup>+</sup> cells, 10<sup>-3</sup> <i>ERBB2</i>,\\n  H<sub>2</sub>O</t>"))
    'CD8+ cells, 10⁻³ ERBB2, H2O'
    """
    if element is None:
        return ""
    if not len(element):
        return " ".join(element.text.split()) if element.text else ""
    parts: list[str] = []
    _collect(element, parts)
    return " ".join("".join(parts).split())


def _collect(element: Element, parts: list[str]) -> None:
    """Add the text of an element, without what follows it."""
    stack: list[Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        tag = item.tag if isinstance(item.tag, str) else ""  # a comment has no name
        if tag.startswith(_MATHML):
            parts.append(_formula(item))
            continue
        if not tag or tag in _NOT_SHOWN:
            continue
        if tag == "sup" and not len(item):
            parts.append(_raised(item.text or "", "".join(parts[-4:])))
            continue
        for child in reversed(item):
            stack += [child.tail or "", child]
        parts.append(item.text or "")


def _raised(text: str, before: str) -> str:
    """A superscript: a power of a number stays above the line, for "103" is another number; a name stands apart.

    >>> _raised("3", "10"), _raised("+", "CD8"), _raised("G12C", "KRAS"), _raised("st", "1")
    ('³', '+', ' G12C', 'st')
    """
    bare = text.strip()
    if _POWER.fullmatch(bare) and before[-1:].isdigit():
        return bare.translate(_RAISED)
    name = len(bare) > 1 and bare[0].isalpha() and not _NO_NAME.fullmatch(bare) and before[-1:].isalnum()
    return f" {text}" if name else text


#: Formulas nest no deeper in abstracts; below, their parts are put one behind the other.
_DEPTH: Final = 40


def _formula(element: Element, depth: int = 0) -> str:
    """A formula of MathML on a line.

    >>> from xml.etree.ElementTree import fromstring
    >>> math = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
    >>> _formula(fromstring(math.format("<mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac>")))
    'a/b²'
    """
    tag = element.tag.removeprefix(_MATHML) if isinstance(element.tag, str) else ""
    if not tag or tag in _NOT_SHOWN:
        return ""
    if depth > _DEPTH:
        return "".join(element.itertext())
    parts = [_formula(child, depth + 1) for child in element]
    parts = [part for part in parts if part]
    match tag, parts:
        case "msup", [base, power]:
            return base + (power.translate(_RAISED) if _POWER.fullmatch(power) else f"^{_grouped(power)}")
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "mroot", [radicand, index]:
            return f"{index}√{_grouped(radicand)}"
        case "mfenced", _:
            fences = element.get("open", "("), element.get("close", ")")
            return f"{fences[0]}{', '.join(parts)}{fences[1]}"
        case "mspace", _:
            return " "
        case (("mi" | "mn" | "mo" | "mtext" | "ms"), _):
            return " ".join((element.text or "").split()) if tag != "mtext" else element.text or ""
        case "semantics", [first, *_]:
            return first
        case _:
            return "".join(parts) or (element.text or "").strip()


def _grouped(text: str) -> str:
    """A part of a formula in brackets, unless it is one number or name."""
    return text if text.isalnum() or len(text) < 2 or (text[0] == "(" and text[-1] == ")") else f"({text})"
