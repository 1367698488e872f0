"""The words by which a journal page announces its parts, and the furniture around them."""

from __future__ import annotations

import re
from typing import Final

from .lines import Line

NUMBERED: Final = re.compile(r"[\[\uff3b](?P<number>\d{1,4})[\]\uff3d]\s*(?P<rest>.*)", re.DOTALL)
DOTTED: Final = re.compile(r"(?P<number>\d{1,4})[.)]\s*(?P<rest>\D.*)?", re.DOTALL)
OWN_CITATION: Final = re.compile(
    r"(?:citation|cite this article(?: as)?|how to cite(?: this article)?)\s?[:\uff1a]\s*", re.IGNORECASE
)
RELATED: Final = re.compile(r"(?:related|relative|recommended|similar) articles?\s?:?", re.IGNORECASE)
REFERENCES: Final = re.compile(
    r"(?:references?(?: list| and notes)?|bibliography|literature cited)\s?(?:\(\d{1,4}\))?\s?:?", re.IGNORECASE
)
#: What announces the title of another work on the next line.
NEIGHBOUR: Final = re.compile(r"(?:previous|next) article(?: in (?:special issue|journal|this issue))?", re.IGNORECASE)

# Buttons, counters and other furniture of the sites of publishers and archives.
CHROME: Final = re.compile(
    r"advanced search|more information|catalog|return|/|×|article views.*|pdf downloads.*|cited by\s?\(\d*\)"
    r"|download\b.*|full[- ]size img.*|powerpoint|export file|pdf|html|share(?: article)?|get citation"
    r"|turn (?:off|on) mathjax|article contents|article metrics|metrics|figures?\s?\(\d*\)|tables?\s?\(\d*\)"
    r"|(?:previous|next) article(?: in (?:special issue|journal|this issue))?|back to (?:top|journals?\b.*)|show all"
    r"|expand|collapse|skip to (?:main )?content|.{3,90} logo\s?link to .{3,90}|users online.*"
    r"|(?:print|email) this page|table of contents|advertisement|open access|rights and permissions|login to access .*"
    r"|search for articles by this author|font (?:type|size):.*|aa aa aa|arial georgia verdana|line spacing:.*"
    r"|column width:.*|cite this article|\(?this article belongs to .*|checked for plagiarism.*"
    r"|(?:(?:original|review|research|mini-?review) )?(?:article|paper)s?(?:\s?[|\u2013-]\s?.*)?"
    r"|(?:peer )?review(?:er)? (?:by|comments) .*|editor who approved publication:.*|author to whom .*|[:|*,.]",
    re.IGNORECASE,
)

#: What a label announces; the keys of dates, funding and so on are the names of the facts.
_LABELS: Final = {
    "abstract": r"abstract|summary",
    "laySummary": r"(?:simple|plain[ -]language|lay) summary|graphical abstract|highlights|key (?:summary )?points",
    "keywords": r"key\s?words?",
    "funding": r"fund(?:ing|s)?(?: projects?| programs?| information| sources?)?|foundation(?: items?)?"
    r"|supported by|grants?",
    "correspondingAuthor": r"corresponding authors?|correspondence(?: to)?|author for correspondence",
    "correspondingEmail": r"e-?mails?",
    "received": r"(?:submission )?received(?: date)?|date received",
    "revised": r"(?:rev recd|revised)(?: date)?|revision received|date revised",
    "accepted": r"accepted(?: date)?|date accepted",
    "available": r"(?:(?:available|published|first) )?online(?: date)?|(?:issue )?publish(?:ed)?(?: date)?",
    "competingInterests": r"(?:competing|(?:declarations?|conflicts?) of(?: competing)?) interests?|disclosures?",
    "doi": r"doi",
    "other": r"authors?|(?:author )?contributions?|about the authors?|author bio|affiliations?|ethics.{0,30}"
    r"|clc numbers?"
    r"|document code|article (?:id|number)|acknowledge?ments?|data availability.{0,20}|citation",
}
_LABEL: Final = re.compile(
    "(?:" + "|".join(f"(?P<{key}>{form})" for key, form in _LABELS.items()) + r")\s?(?:[:\uff1a]\s*(?P<value>.*))?",
    re.IGNORECASE | re.DOTALL,
)

#: The labels whose values are dates.
DATES: Final = frozenset({"received", "revised", "accepted", "available"})


def labelled(text: str) -> tuple[str, str] | None:
    """The key of a line's label and the value behind it.

    >>> labelled("Received Date: October 29, 2024"), labelled("Received with thanks")
    (('received', 'October 29, 2024'), None)
    """
    match = _LABEL.fullmatch(text)
    if match is None:
        return None
    return next(key for key in _LABELS if match[key] is not None), match["value"] or ""


def is_heading(line: Line) -> bool:
    """Whether a line opens a list: "References", "Related Articles"."""
    return bool(RELATED.fullmatch(line.text) or REFERENCES.fullmatch(line.text))


def is_furniture(line: Line) -> bool:
    """Whether a line is chrome, a label, a number or a heading, and so neither value nor title."""
    return bool(
        CHROME.fullmatch(line.text)
        or labelled(line.text)
        or OWN_CITATION.match(line.text)
        or NUMBERED.match(line.text)
        or is_heading(line)
    )
