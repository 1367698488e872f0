"""Statements by what they are about, and the evidence for one: the quote, where it stands, and who says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

from pyoxigraph import NamedNode

from ..vocabulary import HER2, PREFIXES
from .names import Names, resolve
from .reader import BIOLINK, TYPE, LookupRefused, NoSuchThing, Reader
from .records import Certainty, Evidence, Paper, Statement, Statements, Supported, Thing

_DCTERMS, _PRISM = PREFIXES["dcterms"], PREFIXES["prism"]
_ENDS: Final = (BIOLINK + "subject", BIOLINK + "object", HER2 + "context")
#: The certainties in words, and their local names.
_CERTAINTIES: Final[dict[Certainty, str]] = {
    "asserted": "Asserted",
    "hedged": "Hedged",
    "open question": "OpenQuestion",
}
_THERAPY: Final = ("Drug", "DrugClass", "Regimen")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which statements are wanted; things may be called by any name, and what belongs to them is meant too."""

    thing: str = ""  # of any class, papers included: then what the paper states
    drug: str = ""  # or a class of drugs, or a regimen
    alteration: str = ""
    disease: str = ""
    study: str = ""
    predicate: str = ""  # such as efficacyIn
    certainty: str = ""
    negated: bool | None = None


def statements(graph: Names, about: About, limit: int = 50, offset: int = 0) -> Statements:
    """The statements that name all the things that are given, as subject, object or context, ordered by IRI.

    Raises :class:`NoSuchThing` and :class:`LookupRefused`.
    """
    kinds = {"thing": (), "drug": _THERAPY, "alteration": ("Alteration",), "disease": ("Disease",), "study": ("Study",)}
    given = {name: str(getattr(about, name)) for name in kinds if getattr(about, name)}
    sets = [naming(graph, resolve(graph, text, kinds[name])) for name, text in given.items()]
    wanted: list[tuple[str, str]] = []
    if about.predicate:
        wanted.append((BIOLINK + "predicate", _predicate(graph, about.predicate)))
    if about.certainty:
        wanted.append((HER2 + "certainty", HER2 + _certainty(about.certainty)))
    if not sets:
        sets = [graph.subjects(*(wanted.pop() if wanted else (TYPE, HER2 + "Statement")))]
    found = set.intersection(*sets)
    for name, value in wanted:
        found = {iri for iri in found if value in graph.objects(iri, name)}
    if about.negated is not None:
        found = {iri for iri in found if _negated(graph, iri) is about.negated}
    return listed(graph, found, limit, offset)


def listed(graph: Reader, found: Iterable[str], limit: int, offset: int = 0) -> Statements:
    """Some of these statements, in the order of their IRIs."""
    ordered = sorted(found)
    part = tuple(statement(graph, iri) for iri in ordered[offset : offset + limit])
    return Statements(statements=part, total=len(ordered), offset=offset, cut=offset + len(part) < len(ordered))


def naming(graph: Reader, iri: str) -> set[str]:
    """The statements that name a thing or what belongs to it; those of a paper as well."""
    named = {s for one in graph.below(iri) for end in _ENDS for s in graph.subjects(end, one)}
    if "Publication" in graph.kinds(iri):
        places = {e for part in graph.subjects(HER2 + "about", iri) for e in graph.subjects(HER2 + "inSection", part)}
        places |= {e for e in graph.subjects(HER2 + "document", iri) if _paper(graph, e) == iri}
        named |= {s for evidence in places for s in graph.subjects(HER2 + "hasEvidence", evidence)}
    return named


def predicates(graph: Reader) -> tuple[str, ...]:
    """The local names of the predicates of statements."""
    used = {q.object.value for q in graph.quads(None, BIOLINK + "predicate", None) if isinstance(q.object, NamedNode)}
    return tuple(sorted(iri.removeprefix(HER2) for iri in used))


def _predicate(graph: Reader, name: str) -> str:
    known = predicates(graph)
    short = name.removeprefix(HER2).removeprefix("her2:")
    for one in known:
        if one.lower() == short.lower():
            return one if ":" in one else HER2 + one
    raise LookupRefused(f"no statement has the predicate “{short[:100]}”; there are {', '.join(known)}")


def _certainty(name: str) -> str:
    for words, local in _CERTAINTIES.items():
        if name.strip().lower() in (words, local.lower()):
            return local
    raise LookupRefused(f"there is no certainty “{name[:100]}”; there are {', '.join(get_args(Certainty))}")


def _negated(graph: Reader, iri: str) -> bool:
    return graph.one(iri, BIOLINK + "negated") in ("true", "1")


def statement(graph: Reader, iri: str) -> Statement:
    """A statement of which it is known that it is one."""
    certainty = (graph.one(iri, HER2 + "certainty") or "").removeprefix(HER2)
    appraisal = graph.one(iri, HER2 + "appraisal")
    return Statement(
        iri=iri,
        text=graph.label(iri),
        subject=_thing(graph, graph.one(iri, BIOLINK + "subject") or ""),
        predicate=_thing(graph, graph.one(iri, BIOLINK + "predicate") or ""),
        object=_thing(graph, graph.one(iri, BIOLINK + "object") or ""),
        negated=_negated(graph, iri),
        certainty=next((words for words, local in _CERTAINTIES.items() if local == certainty), "asserted"),
        appraisal=appraisal.removeprefix(HER2) if appraisal else None,
        appraisal_words=tuple(graph.objects(iri, HER2 + "appraisalWord")),
        context=tuple(_thing(graph, one) for one in graph.objects(iri, HER2 + "context")),
        outcome=tuple(_thing(graph, one) for one in graph.objects(iri, HER2 + "outcome")),
        evidence_count=len(graph.objects(iri, HER2 + "hasEvidence")),
    )


def _thing(graph: Reader, iri: str) -> Thing:
    return Thing(iri=iri, label=graph.label(iri))


def supported(graph: Reader, iri: str, limit: int = 100, offset: int = 0) -> Supported:
    """A statement with its evidence, in the order of the documents and of their texts.

    Raises :class:`NoSuchThing` when there is no such statement.
    """
    iri = iri.strip()
    if HER2 + "Statement" not in graph.objects(iri, TYPE):
        short = iri if len(iri) <= 200 else iri[:200] + "…"
        raise NoSuchThing(f"<{short}> is no statement of this graph; statements are found by what they are about")
    places = sorted(graph.objects(iri, HER2 + "hasEvidence"), key=lambda one: _place(graph, one))
    part = tuple(_evidence(graph, one) for one in places[offset : offset + limit])
    return Supported(
        statement=statement(graph, iri),
        evidence=part,
        total=len(places),
        offset=offset,
        cut=offset + len(part) < len(places),
    )


def _place(graph: Reader, iri: str) -> tuple[str, int, int, str]:
    """Where a quote stands: document, start and end."""
    start, end = (_whole(graph.one(iri, HER2 + name)) or 0 for name in ("start", "end"))
    return graph.one(iri, HER2 + "document") or "", start, end, iri


def _evidence(graph: Reader, iri: str) -> Evidence:
    section = graph.one(iri, HER2 + "inSection") or ""
    document = graph.one(iri, HER2 + "document") or ""
    role = graph.one(iri, HER2 + "quoteRole")
    return Evidence(
        iri=iri,
        quote=graph.one(iri, HER2 + "exact") or "",
        role=graph.label(role).lower() if role else "",
        negation_cues=tuple(graph.objects(iri, HER2 + "negationCue")),
        hedge_cues=tuple(graph.objects(iri, HER2 + "hedgeCue")),
        confidence=_number(graph.one(iri, HER2 + "confidence")),
        rule=graph.one(iri, HER2 + "rule") or "",
        section=graph.one(section, HER2 + "sectionType") or "",
        reference_number=_whole(graph.one(section, HER2 + "referenceNumber")),
        start=_whole(graph.one(iri, HER2 + "start")),
        end=_whole(graph.one(iri, HER2 + "end")),
        document=_thing(graph, document),
        document_sha256=graph.one(document, HER2 + "sha256"),
        paper=paper(graph, _paper(graph, iri)),
    )


def _paper(graph: Reader, evidence: str) -> str:
    """Who says it: the cited paper, else the document."""
    section = graph.one(evidence, HER2 + "inSection") or ""
    return graph.one(section, HER2 + "about") or graph.one(evidence, HER2 + "document") or ""


def paper(graph: Reader, iri: str) -> Paper:
    """The bibliographic data of a publication."""
    return Paper(
        iri=iri,
        label=graph.label(iri),
        title=graph.one(iri, _DCTERMS + "title"),
        authors=graph.one(iri, HER2 + "authors"),
        journal=graph.one(iri, HER2 + "journal"),
        date=graph.one(iri, _PRISM + "publicationDate"),
        doi=graph.one(iri, _PRISM + "doi"),
        pmid=graph.one(iri, HER2 + "pmid"),
    )


def _whole(text: str | None) -> int | None:
    return int(text) if text and len(text) < 16 and text.isdecimal() else None


def _number(text: str | None) -> float | None:
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None
