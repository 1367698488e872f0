"""Things by their names, synonyms and identifiers, exact ones first, near ones when there is nothing better."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, get_args

from pyoxigraph import Literal, NamedNode, Store

from ..fold import fold
from ..prefixes import CURIES, PrefixError, canonical, expand
from ..vocabulary import HER2
from .reader import LABELS, LARGEST, SKOS, TYPE, LookupRefused, NoSuchThing, Reader
from .records import Found, Match, Search

LONGEST: Final = 300  # characters of what is looked for
_NEAR_AMONG: Final = 50_000  # names that near ones are looked for among
_NEAR_LONGEST: Final = 80  # folded characters that are compared; comparing takes their square
#: Links to identifiers of the same thing, and of one that is close, broader or narrower.
SAME: Final = (SKOS + "exactMatch", HER2 + "registeredAs")
CLOSE: Final = tuple(SKOS + f"{name}Match" for name in ("close", "broad", "narrow", "related"))
NAMES: Final = (*LABELS, SKOS + "altLabel", SKOS + "hiddenLabel", HER2 + "acronym", HER2 + "notation")
_PMID: Final = NamedNode(HER2 + "pmid")
_ORDER: Final[tuple[Match, ...]] = get_args(Match)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing, as it is compared and as it is written."""

    folded: str
    written: str
    iri: str
    is_label: bool


class Names(Reader):
    """A store with the names of its concepts, studies and publications; they are read once, when first needed."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._names: tuple[Name, ...] = ()

    @property
    def names(self) -> tuple[Name, ...]:
        """All names, in an order that never changes."""
        if not self._names:
            self._names = tuple(sorted(islice(self._read(), LARGEST), key=lambda n: (n.folded, n.iri, n.written)))
        return self._names

    def _read(self) -> Iterator[Name]:
        for top in (SKOS + "Concept", HER2 + "Study", HER2 + "Publication"):
            for iri in sorted(self.subjects(TYPE, top)):
                label, seen = self.label(iri), set[str]()
                for predicate in NAMES:
                    for quad in self.quads(iri, predicate, None):
                        if isinstance(quad.object, Literal) and quad.object.value not in seen:
                            seen.add(quad.object.value)
                            yield Name(fold(quad.object.value).text, quad.object.value, iri, quad.object.value == label)


def search(graph: Names, text: str = "", kind: str = "", limit: int = 20, offset: int = 0) -> Search:
    """Things by what they are called; all of a class when no name is given.

    Raises :class:`LookupRefused` for a class that there is not.
    """
    text = _checked(text)
    wanted = _kind(graph, kind)
    best: dict[str, tuple[int, int, str]] = {}
    for match, name, iri in _found(graph, text):
        rank = (_ORDER.index(match), len(name) if match in ("beginning", "part") else 0, name)
        if iri not in best or rank < best[iri]:
            best[iri] = rank
    kept = [iri for iri in best if not wanted or wanted in graph.kinds(iri)]
    if text and all(best[iri][0] >= _ORDER.index("near") for iri in kept):
        position = {iri: place for place, iri in enumerate(best)}  # near ones come by their likeness
        kept.sort(key=lambda iri: (best[iri][0], position[iri]))
    else:
        kept.sort(key=lambda iri: (*best[iri][:2], graph.label(iri).casefold(), iri))
    things = [
        Found(
            iri=iri,
            label=graph.label(iri),
            kind=next(iter(graph.kinds(iri)), ""),
            name=best[iri][2],
            match=_ORDER[best[iri][0]],
        )
        for iri in kept[offset : offset + limit]
    ]
    return Search(things=tuple(things), total=len(kept), offset=offset, cut=offset + len(things) < len(kept))


def resolve(graph: Names, name: str, kinds: Iterable[str] = ()) -> str:
    """The IRI of a thing by its IRI, an identifier or a name; of those called the same, a label goes first.

    Raises :class:`NoSuchThing`, with what was perhaps meant.
    """
    name, allowed = _checked(name), set(kinds)

    def fits(iri: str) -> bool:
        return not allowed or not allowed.isdisjoint(graph.kinds(iri))

    exact = [found for found in _exact(graph, name) if found[0] != "close identifier" and fits(found[2])]
    if exact:
        return min(exact, key=lambda found: (_ORDER.index(found[0]), graph.label(found[2]).casefold(), found[2]))[2]
    near = [thing for thing in search(graph, name, limit=50).things if fits(thing.iri)][:3]
    labels = tuple(dict.fromkeys(thing.label for thing in near))
    hint = f"; did you mean {' or '.join(labels)}?" if labels else ""
    of = f" as a {' or '.join(sorted(allowed))}" if allowed else ""
    raise NoSuchThing(f"nothing in the graph is called “{_short(name)}”{of}{hint}", tuple(thing.iri for thing in near))


def _checked(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise LookupRefused(f"a name has at most {LONGEST} characters, this has {len(text):,}")
    return text


def _short(text: str) -> str:
    return text if len(text) <= 100 else text[:100] + "…"


def _kind(graph: Reader, kind: str) -> str:
    if not kind:
        return ""
    for known in graph.concept_kinds:
        if known.lower() == kind.strip().lower():
            return known
    raise LookupRefused(f"there is no class “{_short(kind)}”; there are {', '.join(graph.concept_kinds)}")


def _found(graph: Names, text: str) -> Iterator[tuple[Match, str, str]]:
    """Things that a text may mean, and by which of their names; near ones only when there are no others."""
    if not text:
        yield from (("class", name.written, name.iri) for name in graph.names if name.is_label)
        return
    some = False
    wanted = fold(text).text
    for found in _exact(graph, text):
        some = True
        yield found
    for name in graph.names if len(wanted) > 1 else ():
        if wanted in name.folded:
            some = True
            yield ("beginning" if name.folded.startswith(wanted) else "part"), name.written, name.iri
    if not some:
        known: dict[str, Name] = {}
        for name in graph.names[:_NEAR_AMONG]:
            known.setdefault(name.folded[:_NEAR_LONGEST], name)
        for folded in difflib.get_close_matches(wanted[:_NEAR_LONGEST], known, n=10, cutoff=0.6):
            yield "near", known[folded].written, known[folded].iri


def _exact(graph: Names, text: str) -> Iterator[tuple[Match, str, str]]:
    """Things that are called just so, by IRI, identifier, label or synonym."""
    for iri in _identifiers(text):
        if graph.exists(iri):
            yield ("iri" if iri == text else "identifier"), text, iri
        for one in _linked(graph, SAME, iri):
            yield "identifier", text, one
        for one in _linked(graph, CLOSE, iri):
            yield "close identifier", text, one
    if re.fullmatch(r"(?i)(pmid:\s*)?[0-9]{1,9}", text):
        number = text.rpartition(":")[2].strip()
        found = graph.store.quads_for_pattern(None, _PMID, Literal(number), None)
        for subject in sorted({getattr(quad.subject, "value", "") for quad in found}):
            yield "identifier", text, subject
    wanted = fold(text).text
    for name in graph.names if wanted else ():
        if name.folded == wanted:
            yield ("label" if name.is_label else "synonym"), name.written, name.iri


def _linked(graph: Reader, links: Iterable[str], iri: str) -> list[str]:
    """Our things that are linked so with an identifier, without terms of the ontology."""
    return sorted({thing for link in links for thing in graph.subjects(link, iri) if not thing.startswith(HER2)})


def _identifiers(text: str) -> list[str]:
    """The IRIs that a text may be short for.

    >>> _identifiers("NCT03505710"), _identifiers("MONDO:0005233")
    (['https://clinicaltrials.gov/study/NCT03505710'], ['http://purl.obolibrary.org/obo/MONDO_0005233'])
    """
    if re.match(r"[a-z][a-z0-9+.-]*://|urn:", text):
        return [text]
    if re.fullmatch(r"(?i)nct\d{8}", text):
        return [CURIES["nct"] + text.upper()]
    doi = re.fullmatch(r"(?i)(?:doi:\s*)?(10\.\d{4,9}/\S+)", text)
    if doi:
        return ["https://doi.org/" + doi[1].lower()]
    if ":" not in text or any(character.isspace() for character in text):
        return []
    try:
        return [expand(canonical(text))]
    except PrefixError:
        return []
