"""The reference list that Scopus puts into a note of its RIS export, one work a line.

``Benson, S., Rebernik, L., A title (2015) Brain Behav. Immun., 48, pp. 222-231``: what does not
have this form is left out, because a line that is taken for a title would say things no title says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ..model import Publication
from .kind import publication_kind
from .person import person
from .record import Cited
from .values import plain_title, whole_pages

_LABEL: Final = re.compile(r"References:\s*")
_AUTHOR: Final = re.compile(r"(?P<family>[^,;()]{1,40}),\s(?P<initials>(?:[^\W\d_]{1,2}\.[\s-]?){1,6}),\s?")
_YEAR: Final = re.compile(r"\s\((?P<year>(?:18|19|20)\d\d)[a-z]?\)\s")
_VOLUME: Final = re.compile(r"\s?(?P<volume>[\w-]{1,12})(?:\s\((?P<issue>[^()]{1,30})\))?(?=[,.]|$)")
_PAGES: Final = re.compile(r"\bpp?\.\s?(?P<pages>\w[\w-]{0,30})")


def scopus_references(notes: Iterable[Iterable[str]]) -> Iterator[Cited]:
    """The works of the note that begins with "References:", numbered as they stand.

    >>> line = "Benson, S., Lueg, L.-M., Is it so? (2015) Brain Behav. Immun., 48 (2), pp. 222-231;"
    >>> [cited.publication.pages for cited in scopus_references([["References: " + line, "nothing of the kind"]])]
    ['222-231']
    """
    for lines in notes:
        first, *rest = [" ".join(line.split()) for line in lines] or [""]
        label = _LABEL.match(first)
        if label is None:
            continue
        for number, line in enumerate([first[label.end() :], *rest], start=1):
            printed = line.rstrip("; ")
            if work := _work(printed):
                yield Cited(printed=printed, publication=work, number=number)


def _work(printed: str) -> Publication | None:
    """What a line says of the work."""
    creators, at = [], 0
    while author := _AUTHOR.match(printed, at):
        creators.append(person(author["family"].strip(), author["initials"]))
        at = author.end()
    years = list(_YEAR.finditer(printed, at))
    if not creators or not years:
        return None
    title = plain_title(printed[at : years[-1].start()])
    journal, _, rest = printed[years[-1].end() :].partition(",")
    if not title or not journal.strip():
        return None
    volume, paged = _VOLUME.match(rest), _PAGES.search(rest)
    issue = volume["issue"] if volume else None
    pages = whole_pages(paged["pages"]) if paged else None
    return Publication(
        title=title,
        kind=publication_kind(title, issue, pages, None),
        creators=tuple(creators),
        journal=" ".join(journal.replace(".", " ").split()),
        date=years[-1]["year"],
        volume=volume["volume"] if volume else None,
        issue=issue,
        pages=pages,
    )
