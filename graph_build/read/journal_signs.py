"""By which signs a text is told to be the page of a journal."""

from __future__ import annotations

from typing import Final

from .citation import looks_like_citation, read_doi
from .journal_imprint import is_imprint
from .journal_labels import DATES, DOTTED, NUMBERED, OWN_CITATION, REFERENCES, RELATED, labelled
from .lines import Page
from .pubmed_headings import part_of

#: Labels that PubMed does not print.
_SIGNS: Final = DATES | {"correspondingAuthor"}


#: A line that prints the work's DOI is no longer.
_LONGEST: Final = 300


def score(page: Page) -> int:
    """How much of this layout the page shows."""
    with_doi, parts = False, set[str]()
    points, listed = 0, 0  # the last number of a list below its heading
    below = False
    for line in page.lines:
        numbered, label = NUMBERED.match(line.text), labelled(line.text)
        with_doi = with_doi or (not below and len(line.text) < _LONGEST and read_doi(line.text) is not None)
        below = below or REFERENCES.fullmatch(line.text) is not None
        dotted = DOTTED.fullmatch(line.text) if below else None
        if dotted and int(dotted["number"]) == listed + 1:
            listed += 1
            points += 2 if listed == 3 else 1 if listed > 3 else 0  # two numbers are no list yet
        elif not below and is_imprint(line.text):
            points += 2
        elif OWN_CITATION.match(line.text) and looks_like_citation(line.text):
            points += 4
        elif numbered and (not numbered["rest"] or looks_like_citation(numbered["rest"])):
            points += 2
        elif label and label[0] in ("abstract", "keywords"):
            parts.add(label[0])
        elif part_of(line.text) in ("mesh", "types"):
            parts.add("pubmed")
        elif numbered or RELATED.fullmatch(line.text) or "[J]" in line.text or (label and label[0] in _SIGNS):
            points += 1
    # A DOI, an abstract and keywords or a date are a work's page too, if nothing says that it is PubMed's.
    known = with_doi and "abstract" in parts and (points or "keywords" in parts) and "pubmed" not in parts
    return max(points, 2) if known else points
