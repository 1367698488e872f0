"""Where the title of a PubMed page stands, and the heading of its abstract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .authors import author_names
from .dates import iso_date
from .layout import is_part_label, is_prose
from .lines import Line
from .pubmed_citation import is_citation
from .pubmed_headings import INLINE, part_of

#: The line of the work's numbers.
IDENTIFIERS: Final = re.compile(r"(?:PMID|PMCID|DOI)\s?:", re.IGNORECASE)

# The end of a sentence and the next one: a notice of the site, no title.
_TWO_SENTENCES: Final = re.compile(r"[a-z]\.\s[A-Z][^.]{20,400}\.$")

#: A title has no more words than this; …
_TITLE_WORDS: Final = 60
#: … so few are a button or the site's name, unless the citation or the authors stand below.
_FEW_WORDS: Final = 2


def abstract_heading(lines: Sequence[Line]) -> Line | None:
    """The heading above the abstract; what is printed above it is none, though it be running text."""
    for line, below in pairwise(lines):
        part = part_of(line.text)
        if part == "abstract" and (is_prose(below.text) or is_part_label(below.text)):
            return line
        if part not in (None, "head", "authors", "abstract"):
            break
    return None


def find_title(lines: Sequence[Line], citation: Line | None, heading: Line | None) -> Line | None:
    """The first line that can be a title: before the citation, or behind it in PubMed's text format.

    Where the citation stands below the abstract and no title was found above it, the title is behind the citation.
    """
    late = False  # the abstract was reached, and the citation was not
    for at, line in enumerate(lines):
        part = part_of(line.text)
        behind = citation is not None and line.number > citation.number
        if part not in (None, "head", "authors") or is_part_label(line.text) or INLINE.match(line.text):
            if behind or citation is None or heading is None:
                return None
            late = True
        if (late and not behind) or line is citation or part or line.bullet:
            continue
        if IDENTIFIERS.match(line.text) or is_citation(line.text):
            continue
        words = line.text.count(" ") + 1
        if words > _TITLE_WORDS and not (late or heading):
            return None
        if words == 1 or words > _TITLE_WORDS or (behind and author_names(line.text)):
            continue
        if not behind and _is_of_the_site(lines, at, citation, heading):
            continue
        is_first = all(above is citation or part_of(above.text) for above in lines[:at])
        return None if behind and is_prose(line.text) and not (late or is_first) else line
    return None


def _is_of_the_site(lines: Sequence[Line], at: int, citation: Line | None, heading: Line | None) -> bool:
    """Whether a line above the citation is a button, the site's name or a notice, and so no title."""
    line = lines[at]
    if heading and is_prose(line.text) and _TWO_SENTENCES.search(line.text):
        return True
    if iso_date(line.text):
        return True
    if line.text.count(" ") + 1 > _FEW_WORDS or citation is None:
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    return below is not citation and not (below and author_names(below.text))
