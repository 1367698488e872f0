"""Where the abstract of a journal page begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .authors import author_names
from .journal_labels import CHROME, labelled
from .layout import is_part_label, is_prose
from .lines import Line, fold

#: A label on a line of its own is no longer.
_LONGEST_LABEL: Final = 60

# The heading of the text below the abstract, which may be the first label of an abstract as well.
_OPENING: Final = re.compile(r"(?:introduction|background)(?: and (?:aims?|objectives?|purpose))?", re.IGNORECASE)

# A part of an abstract behind any label: "Place and Duration: Department of Oncology, 2012 to 2014."
_PART: Final = re.compile(r"[A-Z][A-Za-z]{2,20}(?: [A-Za-z]{2,20}){0,5}:\s\S")

#: So many lines may stand between the heading and the abstract: a colon, buttons.
_MOST_BETWEEN: Final = 5


def abstract_heading(lines: Sequence[Line]) -> Line | None:
    """The heading that the abstract stands below or behind; other lines with that word belong to a table of contents.

    With such a heading, the statements of a page above it (licence, ethics, cookies) are no abstract.
    """
    for at, line in enumerate(lines):
        label = labelled(line.text)
        if not label or label[0] != "abstract":
            continue
        if label[1]:
            return line
        below = next((other for other in lines[at + 1 : at + _MOST_BETWEEN] if not CHROME.fullmatch(other.text)), None)
        if below is None or labelled(below.text) or author_names(below.text):
            continue
        if is_prose(below.text) or is_part_label(below.text):
            return line
    return None


def is_bare_label(text: str) -> bool:
    """Whether a line is the label of a part of an abstract and nothing else.

    >>> is_bare_label("Patients and Methods"), is_bare_label("Methods: We did it."), is_bare_label("Methods were few.")
    (True, False, False)
    """
    return len(text) <= _LONGEST_LABEL and is_part_label(text) and not re.search(r"[.:\uff1a]\s{0,9}\S|[.?!]$", text)


def goes_on(above: Line, line: Line) -> bool:
    """Whether a line that is no sentence belongs to the abstract: below a label, or with one as the line above."""
    return is_bare_label(above.text) or bool(_PART.match(above.text) and _PART.match(line.text))


def ends_abstract(line: Line, abstract: Sequence[Line]) -> bool:
    """Whether a line is the first heading below the abstract, though it could be a label of the abstract."""
    if not is_bare_label(line.text) or all(is_bare_label(above.text) for above in abstract):
        return False
    if _OPENING.fullmatch(line.text.strip(" :.")):
        return True
    return any(fold(above.text) == fold(line.text) for above in abstract)
