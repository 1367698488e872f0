"""JATS, the XML in which PubMed Central and publishers give articles: one a file, or a ``pmc-articleset``.

Read are the title, the record's data, the abstract, the keywords and the reference list.  The
body of the article is left for later: a statement from it needs to be told apart from one of
the abstract.  Only a congress abstract, whose text stands in the body, is read from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from ..model import Publication, PublicationKind
from .abstract_parts import abstract_parts, is_label
from .dates import iso_date
from .fault import Fault
from .jats_references import references
from .jats_values import child_text, doi_in, english, local_names, pages, people, text_without
from .record import AbstractPart, MeshEntry, Record
from .values import plain_doi, plain_title
from .xml_slices import Cut, parse, slices

FORMAT: Final = "jats"

_BEGINS: Final = re.compile(r"<(?:[\w.-]{1,20}:)?(?:article|pmc-articleset)[\s>]")
_SIGNS: Final = (
    "-//NLM//DTD",
    "<article-meta",
    "<journal-meta",
    "article-type=",
    "jats.nlm.nih.gov",
    "<pmc-articleset",
)

#: Types of articles in the words of PubMed; others as they are written.
_TYPES: Final = {
    "research-article": "Journal Article",
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "case-report": "Case Reports",
    "abstract": "Meeting Abstract",
    "meeting-report": "Congress",
    "correction": "Published Erratum",
    "retraction": "Retraction Notice",
}
_REVIEW: Final = re.compile(
    r"(?:(?:systematic|mini|invited|narrative|clinical)[\s-]?)?reviews?(?: articles?)?", re.IGNORECASE
)

#: Abstracts that are not the abstract: pictures, teasers, summaries for laymen.
_OTHER_ABSTRACTS: Final = re.compile(
    r"graphical|visual|video|audio|teaser|toc|highlights?|key-?points?|precis|web-summary|plain|lay|short"
    r"|executive|editor|author|synopsis|objectives|capsule|author-highlights",
    re.IGNORECASE,
)
#: What stands in an abstract and is no sentence of it.
_NO_TEXT: Final = frozenset({"fig", "fig-group", "graphic", "media", "table-wrap", "fn", "supplementary-material"})

#: What another article is to this one.
_NOTICES: Final = {
    "retraction-forward": "retracted by",
    "retracted-article": "retraction of",
    "correction-forward": "erratum in",
    "corrected-article": "erratum for",
    "concern-forward": "expression of concern in",
    "expression-of-concern": "expression of concern for",
    "commentary": "comment in",
    "commentary-article": "comment on",
    "update": "update in",
    "updated-article": "update of",
}
#: Dates of publication, the one that citations print first; that of a year alone gives way to a full one.
_DATES: Final = ("ppub", "print", "collection", "epub-ppub", "epub", "electronic", "pub", "ecorrected", "preprint")


def recognises(head: str) -> int:
    """How sure the beginning of a file shows JATS, from 0 to 10.

    >>> recognises('<article article-type="review-article"><front><article-meta>'), recognises("<article><h1>News")
    (9, 0)
    """
    head = head.lstrip("\ufeff \r\n\t")
    return 9 if head.startswith("<") and _BEGINS.search(head) and any(sign in head for sign in _SIGNS) else 0


def read(stream: BinaryIO, name: str) -> Iterator[Record | Fault]:
    """The articles of a file, one after the other; memory holds one."""
    for found in slices(stream, ("article",), ("pmc-articleset",)):
        place = f"line {found.line}"
        if isinstance(found, Cut):
            yield Fault(name, place, found.reason)
            continue
        try:
            element = local_names(parse(found))
        except ValueError as error:
            where, _, reason = str(error).partition(": ")
            yield Fault(name, where, reason)
            continue
        record = _record(element, place)
        publication = record.publication
        if publication.title or publication.doi or publication.pmid:
            yield record
        else:
            yield Fault(name, place, "the article has no title, DOI or PMID, so it belongs to no publication")


def _record(article: Element, place: str) -> Record:
    """The record of an ``article``."""
    front = article.find("front")
    front = article if front is None else front
    meta = front.find("article-meta")
    meta = front if meta is None else meta
    kind = article.get("article-type", "")
    pmcid = _id(meta, "pmc", "pmcid")
    if pmcid:
        place += f" (PMC{pmcid.upper().removeprefix('PMC')})"
    return Record(
        publication=Publication(
            title=_title(meta),
            kind=PublicationKind.ABSTRACT if kind == "abstract" else PublicationKind.ARTICLE,
            creators=tuple(people(meta.findall("contrib-group/contrib"))),
            journal=_journal(front) or None,
            date=_date(meta),
            volume=child_text(meta, "volume") or None,
            issue=child_text(meta, "issue") or None,
            pages=pages(meta) or None,
            doi=plain_doi(_id(meta, "doi")),
            pmid=pmid if (pmid := _id(meta, "pmid")).isdecimal() else None,
        ),
        abstract=tuple(_abstract(article, meta, kind)),
        keywords=tuple(dict.fromkeys(_keywords(meta, mesh=False))),
        mesh=tuple(MeshEntry(descriptor=name) for name in dict.fromkeys(_keywords(meta, mesh=True))),
        publication_types=tuple(_types(meta, kind)),
        references=tuple(references(article)),
        registry_numbers=tuple(dict.fromkeys(_registry_numbers(meta))),
        notices=tuple(_notices(front)),
        place=place,
        format=FORMAT,
    )


def _id(meta: Element, *kinds: str) -> str:
    """An identifier of the article."""
    found = (node for node in meta.findall("article-id") if node.get("pub-id-type") in kinds)
    return next((text for node in found if (text := "".join(node.itertext()).strip())), "")


def _title(meta: Element) -> str:
    """The title with its subtitle, without marks of footnotes."""
    group = meta.find("title-group")
    group = meta if group is None else group
    parts = [
        text_without(node, "xref", "fn") for node in group.findall("article-title")[:1] + group.findall("subtitle")
    ]
    title, *subtitles = [plain_title(part) for part in parts if part] or [""]
    return title + "".join(f"{' ' if title.endswith(('?', '!', ':')) else ': '}{subtitle}" for subtitle in subtitles)


def _journal(front: Element) -> str:
    """The journal's short name without full stops, as PubMed prints it; else its name."""
    kinds = ("nlm-ta", "iso-abbrev")
    ids = {node.get("journal-id-type"): "".join(node.itertext()) for node in front.findall("journal-meta/journal-id")}
    short = next((ids[kind] for kind in kinds if ids.get(kind)), "")
    short = short or child_text(front, "journal-meta/journal-title-group/abbrev-journal-title")
    titles = ("journal-meta/journal-title-group/journal-title", "journal-meta/journal-title")
    names = (child_text(front, path) for path in titles)
    return " ".join(short.replace(".", " ").split()) or next((name for name in names if name), "")


def _date(meta: Element) -> str | None:
    """The date of publication; a year alone is made exact by another date of that year."""
    found: list[tuple[int, str]] = []
    for node in meta.findall("pub-date"):
        kinds = (node.get("pub-type", ""), node.get("publication-format", ""), node.get("date-type", ""))
        rank = min((_DATES.index(kind) for kind in kinds if kind in _DATES), default=len(_DATES))
        year, month, day = (child_text(node, tag) for tag in ("year", "month", "day"))
        border = "-" if month.isdecimal() else " "
        tries = (border.join(part for part in parts if part) for parts in ((year, month, day), (year, month), (year,)))
        if date := next((date for printed in tries if (date := iso_date(printed))), None):
            found.append((rank, date))
    if not found:
        return None
    first = min(found)[1]
    exact = [date for _, date in sorted(found) if len(first) == 4 < len(date) and date.startswith(first)]
    return exact[0] if exact else first


def _types(meta: Element, kind: str) -> Iterator[str]:
    """The type of the article, and that it is a review when its heading says so."""
    if kind:
        yield _TYPES.get(kind, kind.replace("-", " ").capitalize())
    subjects = (text_without(node) for node in meta.iterfind("article-categories/subj-group/subject"))
    if kind not in ("review-article", "systematic-review") and any(_REVIEW.fullmatch(text) for text in subjects):
        yield "Review"


def _abstract(article: Element, meta: Element, kind: str) -> Iterator[AbstractPart]:
    """The paragraphs of the abstract."""
    own = [node for node in meta.findall("abstract") if not _OTHER_ABSTRACTS.match(node.get("abstract-type", ""))]
    translated = meta.findall("trans-abstract")
    chosen = next(iter(english([node for node in own if not node.get("abstract-type")], translated, own)), None)
    if chosen is None and kind == "abstract":
        chosen = article.find("body")
    if chosen is not None:
        yield from _parts(chosen, "")


def _parts(element: Element, label: str) -> Iterator[AbstractPart]:
    """The paragraphs below an element; the first carries the label."""
    for node in element:
        if node.tag == "sec":
            title = text_without(node.find("title"), "xref").rstrip(":. ")
            yield from _parts(node, title or label)
            label = ""
        elif node.tag in ("p", "list", "disp-quote"):
            own = _bold_label(node)
            text = text_without(node, *_NO_TEXT)
            if own and not label:
                yield AbstractPart(text=text[len(own) :].lstrip(" :.").strip(), label=own)
            elif text and not label:
                yield from abstract_parts(text)
            elif text:
                yield AbstractPart(text=text, label=label)
            label = ""


def _bold_label(paragraph: Element) -> str:
    """The label with which a paragraph begins in bold or slanted letters."""
    first = next(iter(paragraph), None)
    if first is None or (paragraph.text or "").strip() or first.tag not in ("bold", "italic", "underline"):
        return ""
    text = text_without(first)
    ends = text.endswith(":") or (first.tail or "").lstrip().startswith(":")
    return text.rstrip(":. ") if text and (ends or is_label(text.rstrip(":. "))) else ""


def _keywords(meta: Element, *, mesh: bool) -> Iterator[str]:
    """The keywords, those in English where there are several lists; or the MeSH terms."""
    groups = [
        node
        for node in meta.findall("kwd-group")
        if ("mesh" in node.get("kwd-group-type", "").lower()) is mesh
        and not re.match(r"abbr|research|header|software|oss", node.get("kwd-group-type", ""), re.IGNORECASE)
    ]
    for group in english(groups):
        for node in group.iter("kwd"):
            if text := text_without(node, "xref").strip(" ;,."):
                yield text
        for node in group.iter("compound-kwd"):
            if text := text_without(node.find("compound-kwd-part")):
                yield text


def _registry_numbers(meta: Element) -> Iterator[str]:
    """Numbers of trial registers."""
    for node in meta.iter("related-object"):
        if (node.get("source-type") or "").endswith("registry") and (number := node.get("document-id")):
            yield f"{source}/{number}" if (source := node.get("source-id")) else number
    for node in meta.iter("ext-link"):
        if "clinicaltrials" in node.get("ext-link-type", "") and (
            found := re.search(r"NCT\d{8}", "".join(node.itertext()))
        ):
            yield f"ClinicalTrials.gov/{found.group()}"


def _notices(front: Element) -> Iterator[tuple[str, str]]:
    """Retractions, errata, comments."""
    for node in front.iter("related-article"):
        kind = _NOTICES.get(node.get("related-article-type", ""))
        link = node.get("href") or ""
        what = (link if node.get("ext-link-type") in ("pmid", "pubmed") else doi_in(link)) or text_without(node)
        if kind and what:
            yield kind, what
