"""What a publication is, as far as its printed record shows: article, review or congress abstract."""

from __future__ import annotations

import re
from typing import Final

from ..model import PublicationKind

_SUPPLEMENT: Final = re.compile(r"suppl", re.IGNORECASE)

# Page numbers of supplements, in any issue: S358, viii540 (i540 alone is an article number elsewhere).
_SUPPLEMENT_PAGES: Final = re.compile(
    r"(?P<prefix>S|[ivx]{2,6}|[vx])(?P<first>\d{1,4})(?:\s?[-–]\s?(?P=prefix)?(?P<last>\d{1,4}))?"
)
_PAGES: Final = re.compile(
    r"(?P<prefix>[A-Za-z]{0,5})(?P<first>\d{1,6})(?:\s?[-–]\s?(?:[A-Za-z]{0,5})(?P<last>\d{1,6}))?"
)

#: A congress abstract fills at most so many pages; …
_ABSTRACT_PAGES: Final = 2
#: … a range above this is that of a whole session.  Papers in supplements lie between.
_SESSION_PAGES: Final = 60

# Works that fill supplements without being congress abstracts.
_GUIDELINE: Final = re.compile(r"\b(?:guidelines?|consensus|recommendations|statement)\b", re.IGNORECASE)

# "a review", "systematic review"; not "a retrospective review of 20 patients".
_REVIEW_TITLE: Final = re.compile(
    r"\b(?:a|systematic|narrative|scoping|literature|comprehensive|critical|concise|brief|umbrella|mini)[\s-]?review\b(?!er)"
    r"|\breview of (?:the )?literature\b|^review\b|: review$",
    re.IGNORECASE,
)
_REVIEW_TEXT: Final = re.compile(
    r"\b(?:this|our|the present)\s"
    r"(?:(?:systematic|narrative|scoping|literature|comprehensive|critical|concise|brief|short|mini)[\s-]?)?review\b"
    r"|\bwe\s(?:(?:here|briefly|also|critically|systematically)\s)?review\b|\bthis (?:article|paper) reviews\b"
    r"|\bthis (?:article|paper) (?:provides|presents|gives|offers) an? (?:[\w-]{1,20} )?(?:re|over)view\b",
    re.IGNORECASE,
)

# The number of an abstract before its title: "MA04.02", "P1.01-02" (IASLC), "LBA45", "1361P", "9MO" (ESMO).
_NUMBER: Final = re.compile(
    r"(?:abstract\s(?:no\.?\s|number\s)?(?P<named>[A-Z]{0,5}\d[\w.-]{0,12}\w|\d)"
    r"|(?P<bare>(?i:[A-Z]{1,4}\d{1,2}[A-Z]?\.\d{1,2}[A-Z]?(?:[.-]\d{1,3}[A-Z]?)?)|LBA[-_]?\d{1,5}|\d{1,4}(?:PD?|MO|O|TiP)))"
    r"\s{0,3}(?:[:.\-–]\s{1,3}|\s)",
    re.IGNORECASE,
)
# The number of an abstract in place of its pages: "Abstract CT248" and "LBA8598" anywhere,
# "8514", "TPS9137", "e21081", "1361P" in a supplement only.
_NUMBER_AS_PAGE: Final = re.compile(r"(?:[Aa]bstract\s(?:no\.?\s)?#?)(\w[\w.-]*)|(LBA[-_ ]?\d+)")
_NUMBER_IN_SUPPLEMENT: Final = re.compile(
    r"\d+|[A-Z]{2,4}[-_]?\d+|e\d{4,}|\d+(?:PD?|MO|O|TiP)|[A-Z]{1,4}\d{1,2}\.\d{2}(?:-\d{1,3})?"
)


def split_abstract_number(title: str) -> tuple[str | None, int]:
    """The abstract number before a title, and where the title proper begins.

    >>> split_abstract_number("MA04.02 neratinib in lung cancer"), split_abstract_number("HER2 in lung cancer")
    (('MA04.02', 8), (None, 0))
    """
    match = _NUMBER.match(title)
    if match is None or match.end() >= len(title):
        return None, 0
    return match["named"] or match["bare"], match.end()


def abstract_number_in_pages(pages: str | None, issue: str | None) -> str | None:
    """The abstract number that stands in place of a page.

    >>> abstract_number_in_pages("8514", "suppl_16"), abstract_number_in_pages("8514", "16")
    ('8514', None)
    """
    if pages is None:
        return None
    if match := _NUMBER_AS_PAGE.fullmatch(pages):
        return match[1] or match[2]
    if issue and _SUPPLEMENT.search(issue) and _NUMBER_IN_SUPPLEMENT.fullmatch(pages):
        return pages
    return None


def _extent(pages: str) -> int:
    """How many pages a printed range has; one when it is no range."""
    match = _PAGES.fullmatch(pages)
    if match is None or not match["last"]:
        return 1
    first, last = match["first"], match["last"]
    return int(first[: max(len(first) - len(last), 0)] + last) - int(first) + 1  # "1321-8" is 1321 to 1328


def publication_kind(title: str, issue: str | None, pages: str | None, abstract_number: str | None) -> PublicationKind:
    """The kind of a work from its printed record.

    >>> publication_kind("HER2 as target", "suppl_10", "S4-S5", None).value
    'abstract'
    >>> publication_kind("ESMO guidelines", "suppl 5", "v1-v27", None).value
    'article'
    """
    if abstract_number:
        return PublicationKind.ABSTRACT
    in_supplement = bool(issue and _SUPPLEMENT.search(issue)) or bool(pages and _SUPPLEMENT_PAGES.fullmatch(pages))
    if in_supplement and not _GUIDELINE.search(title):
        extent = _extent(pages) if pages else 1
        if not _ABSTRACT_PAGES < extent <= _SESSION_PAGES:
            return PublicationKind.ABSTRACT
    return PublicationKind.REVIEW if _is_review(title) else PublicationKind.ARTICLE


def _is_review(title: str) -> bool:
    return "review" in title.lower() and bool(_REVIEW_TITLE.search(title))


def says_review(title: str, abstract: str) -> bool:
    """Whether a document calls itself a review.

    >>> says_review("HER2", "In this review we discuss …"), says_review("HER2", "In this retrospective review …")
    (True, False)
    """
    return _is_review(title) or ("review" in abstract.lower() and bool(_REVIEW_TEXT.search(abstract)))
