"""The page of a thing: what it is called, what kind it is, what is said of it, and all its triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from ..prefixes import PREFIXES, curie
from .entities import BROADER, COUNTED, MATCHES, NAMES, SHOWN, TYPE, Description, Entities, Said
from .frame import apart, iri_shown, items, page, section, term_shown
from .markup import Child, Html, about, isolated, local_path, outward_link, tag, thing_link, together
from .negotiate import GRAPHS

_LABEL: Final = PREFIXES["rdfs"] + "label"
_DEFINITION: Final = (PREFIXES["skos"] + "definition", PREFIXES["dcterms"] + "description")
_MATCH_WORDS: Final = dict(zip(MATCHES, ("the same", "nearly the same", "broader", "narrower"), strict=True))
#: Of the parts of a thing so many are listed.
_PARTS: Final = 5_000


def thing_page(iri: str, entities: Entities) -> bytes:
    """The page of an IRI that the graph knows."""
    found = entities.description(iri)
    label = entities.label(iri)
    return page(
        f"{label} – her2kg",
        tag("h1", isolated(label)),
        tag("p", _kinds(found, entities), class_="kinds"),
        tag("p", tag("code", isolated(iri)) if local_path(iri) else outward_link(iri), class_="quiet"),
        tag("p", "Data: ", apart(tag("a", f.suffix, href=about(iri, f.suffix)) for f in GRAPHS), class_="quiet"),
        [tag("p", isolated(value)) for value in _objects(found, *_DEFINITION)],
        section("Also called", _names(found, label)),
        section("Hierarchy", _hierarchy(found, entities)),
        section("In other vocabularies", _matches(found, entities)),
        section("What the texts say", [_said(said, entities) for said in found.said], _more(found)),
        section("Properties", _properties(found, entities)),
        section("Links to it", _links(found, entities)),
        section("Parts", _parts(found, entities)),
    )


def _objects(found: Description, *predicates: str) -> Iterator[str]:
    for predicate in predicates:
        for term in found.triples_out.get(predicate, []):
            if isinstance(term, NamedNode | Literal):
                yield term.value


def _kinds(found: Description, entities: Entities) -> list[Html]:
    return [tag("span", iri_shown(kind, entities)) for kind in _objects(found, TYPE)]


def _names(found: Description, label: str) -> Html | None:
    names = sorted(set(_objects(found, _LABEL, *NAMES)) - {label}, key=str.casefold)
    return tag("p", apart(isolated(name) for name in names)) if names else None


def _hierarchy(found: Description, entities: Entities) -> Html | None:
    """What is directly above and below, with the way up to the top."""
    above = [iri for iri in dict.fromkeys(_objects(found, *BROADER)) if entities.described(iri)]
    rows: list[tuple[Child, Child]] = []
    if above:
        rows.append(("broader", items(_path(iri, entities) for iri in above)))
    below = [entry for predicate in BROADER if (entry := found.links_in.get(predicate))]
    if below:
        listed = [thing_link(iri, entities.label(iri)) for _, iris in below for iri in iris]
        rows.append((f"narrower ({sum(count for count, _ in below):,})", items(listed)))
    return _facts(rows)


def _path(iri: str, entities: Entities) -> Html:
    """A broader thing and what lies above it, one way up."""
    way = [iri]
    while len(way) < 10:
        above = [up for p in BROADER for up in entities.values(way[-1], p) if up not in way and entities.described(up)]
        if not above:
            break
        way.append(above[0])
    return Html(" ‹ ".join(thing_link(step, entities.label(step)) for step in way))


def _matches(found: Description, entities: Entities) -> Html | None:
    return _facts(
        (_MATCH_WORDS[match], items(outward_link(iri, _short(iri, entities)) for iri in _objects(found, match)))
        for match in MATCHES
        if match in found.triples_out
    )


def _short(iri: str, entities: Entities) -> str:
    """A term of another vocabulary by its identifier, with its label when the graph knows it."""
    label, identifier = entities.label(iri), curie(iri) or iri
    return identifier if label in (iri, identifier) else f"{identifier} ({label})"


def _said(said: Said, entities: Entities) -> Html:
    """A statement with its quotes; that it is denied or uncertain stands beside it."""
    notes = [note for note in (said.certainty, "negated" if said.negated else "") if note]
    plain = said.certainty.lower() == "asserted" and not said.negated
    quotes = [
        together(
            [
                tag("blockquote", isolated(quote.exact)),
                tag(
                    "p",
                    apart(
                        part
                        for part in (
                            isolated(quote.role),
                            iri_shown(quote.document, entities) if quote.document else Html(""),
                            thing_link(quote.evidence, "evidence"),
                        )
                        if part
                    ),
                    class_="quiet",
                ),
            ]
        )
        for quote in said.quotes
    ]
    heading = tag(
        "p",
        thing_link(said.iri, entities.label(said.iri)),
        " ",
        tag("span", ", ".join(notes), class_="quiet" if plain else "mark"),
    )
    return tag("div", heading, quotes, class_="said")


def _more(found: Description) -> Html | None:
    if not found.more_said:
        return None
    return tag("p", f"{found.more_said:,} more statements are in the data.", class_="quiet")


def _properties(found: Description, entities: Entities) -> Html | None:
    return _facts(
        (
            iri_shown(predicate, entities),
            items([term_shown(o, entities) for o in terms[:200]] + _rest(len(terms) - 200)),
        )
        for predicate, terms in found.triples_out.items()
    )


def _links(found: Description, entities: Entities) -> Html | None:
    rows: list[tuple[Child, Child]] = []
    for predicate, (count, subjects) in found.links_in.items():
        number = f" ({count:,}{'+' if count >= COUNTED else ''})"
        listed: list[Html] = [iri_shown(subject, entities) for subject in subjects]
        rows.append((together([iri_shown(predicate, entities), number]), items(listed + _rest(count - SHOWN))))
    return _facts(rows)


def _rest(count: int) -> list[Html]:
    return [tag("span", f"and {count:,} more", class_="quiet")] if count > 0 else []


def _parts(found: Description, entities: Entities) -> Html | None:
    """What has an IRI with # under this one; a browser that follows such an IRI jumps to its line."""
    if not found.parts:
        return None
    start = len(found.iri) + 1
    lines = [
        tag("li", thing_link(part, _name_of_part(part, start, entities)), id=part[start:])
        for part in found.parts[:_PARTS]
    ]
    return together([tag("ul", lines, class_="plain"), [tag("p", rest) for rest in _rest(len(found.parts) - _PARTS)]])


def _name_of_part(part: str, start: int, entities: Entities) -> str:
    label = entities.label(part)
    return part[start:] if part.endswith("/" + label) else f"{part[start:]}: {label}"


def _facts(rows: Iterable[tuple[Child, Child]]) -> Html | None:
    """A table of names and values; nothing when it has no row."""
    written = [tag("tr", tag("th", name, scope="row"), tag("td", value)) for name, value in rows]
    return tag("table", tag("tbody", written), class_="facts") if written else None
