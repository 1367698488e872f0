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
    r"(?:references?(?: list| and notes)?|list of references|bibliography|literature cited)\s?(?:\(\d{1,4}\))?\s?:?",
    re.IGNORECASE,
)
#: What announces the title of another work on the next line.
NEIGHBOUR: Final = re.compile(r"(?:previous|next) article(?: in (?:special issue|journal|this issue))?", re.IGNORECASE)

# Buttons, counters and other furniture of the sites of publishers and archives.
CHROME: Final = re.compile(
    r"advanced search|more information|catalog|return|/|×|article views.*|pdf downloads.*|cited by\s?\(\d*\)"
    r"|download\b.*|full[- ]size img.*|powerpoint|export file|pdf|html|share(?: article)?|get citation"
    r"|turn (?:off|on) mathjax|article contents|article metrics|metrics|figures?\s?\(\d*\)|tables?\s?\(\d*\)"
    r"|(?:previous|next) article(?: in (?:special issue|journal|this issue))?|back to (?:top|journals?\b.*)|show all"
    r"|expand|collapse|skip to (?:main )?(?:contents?|article)|skip navigation"
    r"|.{3,90} logo\s?link to .{3,90}|users online.*"
    r"|(?:print|email) this page|table of contents|advertisement|open access|rights and permissions|login to access .*"
    r"|search for articles by this author|font (?:type|size):.*|aa aa aa|arial georgia verdana|line spacing:.*"
    r"|column width:.*|cite this article|\(?this article belongs to .*|checked for plagiarism.*"
    r"|(?:(?:original|review|research|mini-?review) )?(?:article|paper)s?"
    r"(?:\s?[|\u2013-]\s?.*|\s{1,9}[a-z]{3,9} (?:19|20)\d\d)?"
    r"|[\w -]{3,40} open access|open access\s[\d.|\s-]{1,24}[a-z ]{0,30}|(?:copyright\b|\u00a9).*"
    r"|this is an open[- ]access article\b.*|open[- ]access: .*|published online\b[^:]*(?:doi: .*)?"
    r"|[\d,]{1,9} (?:views?|downloads?|web of science|crossref|scopus)|crossref citations to date|metrics: .*"
    r"|show (?:more|full outline)|view pdf|add to mendeley|author links open .*|get rights and content"
    r"|similar content .*"
    r"|[\d,]{1,9} (?:accesses|citations|altmetric)|impact factor:?\s[\d.]{1,8}.*|volume\s\d{1,4}\b.{0,60}"
    r"|(?:view|show|hide) (?:author )?affiliations?|page path|total pdf downloads: .*|mentioned by|readers on"
    r"|(?:(?:article|cas|pubmed(?:/ncbi)?(?: central)?|google scholar|crossref|view article|full text)[\s:|]{0,3}){1,9}"
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
    "correspondingAuthor": r"corresponding (?:authors?|to)|correspondence(?: to)?|author for correspondence",
    "correspondingEmail": r"e-?mails?",
    "received": r"(?:submission )?received(?: date)?|date received|submitted",
    "revised": r"(?:rev recd|revised)(?: date)?|revision received|date revised",
    "accepted": r"accepted(?: date| for publication)?|date accepted",
    "available": r"(?:(?:available|published|first) )?online(?: date)?|first published"
    r"|(?:issue )?publish(?:ed)?(?: online(?: on)?| date)?",
    "competingInterests": r"(?:competing|(?:declarations?|conflicts?)[ -]of(?:[ -]competing)?)[ -]interests?"
    r"(?: statement)?|disclosures?",
    "doi": r"doi",
    "authors": r"authors?|verfasst von",
    "other": r"(?:author )?contributions?|about the authors?|author bio|affiliations?|ethics.{0,30}"
    r"|clc numbers?"
    r"|document code|article (?:id|number)|acknowledge?ments?|data availability.{0,20}|citation"
    r"|(?:institutional review board|informed consent|data sharing) statement|orcid numbers?|(?:academic )?editors?"
    r"|telephone|peer-review started|first decision|article in press|processing time|core tip|publication history",
}
_LABEL: Final = re.compile(
    "(?:"
    + "|".join(f"(?P<{key}>{form})" for key, form in _LABELS.items())
    + r")\s?(?:(?:[:\uff1a]|(?<=abstract)\.)\s*(?P<value>.*))?",
    re.IGNORECASE | re.DOTALL,
)

# A date behind its label without a colon, perhaps with others: "Submitted Jan 4, 2013. Accepted Feb 9, 2013."
_DATED: Final = re.compile(
    r"(?P<label>received|submitted|revised|accepted(?: for publication)?)\s"
    r"(?P<value>(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\.?\s(?:\d{1,2},\s)?(?:19|20)\d\d"
    r"(?:[.;,]?\s{1,9}(?:received|submitted|revised|accepted|published)\b.{1,200})?\.?)",
    re.IGNORECASE,
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
        dated = _DATED.fullmatch(text)
        return labelled(f"{dated['label']}: {dated['value']}") if dated else None
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
