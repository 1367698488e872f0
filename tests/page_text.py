"""Pages as plain text, and what a reader without a mouse or without eyes needs of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_LINES = {"h1", "h2", "h3", "p", "li", "tr", "blockquote", "summary", "div", "caption", "dt", "dd", "nav", "footer"}
_EMPTY = {"br", "circle", "hr", "input", "line", "link", "meta", "path", "rect"}
#: The elements of which the words are kept.
_READ = {"a", "h1", "h2", "h3", "h4", "table", "th", "title"}
_SKIPPED = {"head", "svg", "script", "style", "template"}


@dataclass
class Element:
    """An element with its attributes and its text."""

    name: str
    attributes: dict[str, str]
    inside: tuple[str, ...]  # the elements around it
    text: str = ""
    has: set[str] = field(default_factory=set)  # the elements in it


class Read(HTMLParser):
    """A page that has been read: its elements, its text, and whether every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.lines: list[str] = [""]
        self._open: list[Element] = []
        self.feed(page)
        self.close()
        assert not self._open, [element.name for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(e.name for e in self._open))
        self.elements.append(element)
        for outer in self._open:
            outer.has.add(tag)
        if tag in _LINES:
            self.lines.append("")
        if tag in ("td", "th") and self.lines[-1].strip():
            self.lines[-1] += " | "
        if tag not in _EMPTY:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _EMPTY, tag
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert [element.name for element in self._open[-1:]] == [tag]
        self._open.pop()
        if tag in _LINES:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            if element.name in _READ:
                element.text += data
        if not _SKIPPED.intersection(element.name for element in self._open):
            self.lines[-1] += data

    @property
    def text(self) -> str:
        """What is read, a block a line."""
        lines = (re.sub(r"\s+", " ", line).strip() for line in self.lines)
        return "\n".join(line for line in lines if line) + "\n"

    def named(self, *names: str) -> list[Element]:
        """The elements of some names."""
        return [element for element in self.elements if element.name in names]

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [e.attributes["href"] for e in self.named("a") if "href" in e.attributes]

    @property
    def ids(self) -> set[str]:
        """The places that a link can lead to."""
        return {e.attributes["id"] for e in self.elements if "id" in e.attributes}


def barriers(page: Read) -> list[str]:
    """What would keep a reader out: our own small assertions, not a complete check."""
    found = []
    if [e.attributes.get("lang") for e in page.named("html")] != ["en"]:
        found.append("no language")
    found += [f"no {name}, or several" for name in ("main", "h1", "title") if len(_of_page(page, name)) != 1]
    found += [f"no {name}" for name in ("header", "nav", "footer") if not page.named(name)]
    level = 0
    for heading in page.named("h1", "h2", "h3", "h4"):
        number = int(heading.name[1])
        if number > level + 1:
            found.append(f"{heading.name} “{heading.text}” after h{level}")
        if not heading.text.strip():
            found.append(f"an empty {heading.name}")
        level = number
    for table in page.named("table"):
        if "th" not in table.has or not (table.attributes.get("class") == "facts" or "caption" in table.has):
            found.append(f"a table without heads or a caption: {table.text[:40]}")
    found += [f"th without a scope: {th.text}" for th in page.named("th") if "scope" not in th.attributes]
    for drawn in page.named("svg"):
        hidden = drawn.attributes.get("aria-hidden") == "true"
        if not hidden and not (drawn.attributes.get("role") == "img" and drawn.attributes.get("aria-label")):
            found.append("a picture without words")
    for link in page.named("a"):
        if "href" in link.attributes and not link.text.strip():
            found.append(f"a link without words: {link.attributes['href']}")
    found += ["a field without a label" for e in page.named("input", "textarea") if "label" not in e.inside]
    for region in page.elements:
        if region.attributes.get("role") == "region" and not region.attributes.get("aria-label"):
            found.append("a region without a name")
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    if len(ids) != len(set(ids)):
        found.append("an id twice")
    return found


def _of_page(page: Read, name: str) -> list[Element]:
    return [element for element in page.named(name) if "svg" not in element.inside]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 has it.

    >>> contrast("#000000", "#fff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
