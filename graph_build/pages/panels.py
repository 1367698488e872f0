"""The panels of a thing's page: what it is called, what lies above and below, links outwards, studies, mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode

from ..prefixes import PREFIXES, PrefixError, curie, vocabulary
from ..vocabulary import HER2
from .ask import LIMIT, Row, query_of, rows
from .claims import Claim
from .entities import BROADER, MATCHES, NAMES, SHOWN, Description
from .frame import Setting, apart, counted, facts, items, listed, rest, section, table
from .markup import Child, Html, isolated, outward_link, tag, together
from .quotes import counts_shown, sides

_LABEL: Final = PREFIXES["rdfs"] + "label"
_EXACTNESS: Final = dict(zip(MATCHES, ("the same", "nearly the same", "broader there", "narrower there"), strict=True))
#: Of the places that name a thing in one section so many are listed.
_PLACES: Final = 10


#: What leads from a study to a thing, or from a thing to one above it, as in ``queries/studies.rq``.
_STUDIED: Final = (
    *(HER2 + name for name in ("investigates", "enrols", "condition", "population", "design")),
    *(HER2 + name for name in ("reportedIn", "partOf", "pools", "inClass", "alterationOf")),
    PREFIXES["skos"] + "broader",
)


def objects(found: Description, *predicates: str) -> list[str]:
    """The values of some properties."""
    return [
        term.value
        for predicate in predicates
        for term in found.triples_out.get(predicate, [])
        if isinstance(term, NamedNode | Literal)
    ]


def asked(query: str, iri: str, setting: Setting) -> Html:
    """The link that runs a panel's query."""
    address = setting.addresses.query(query_of(query, iri))
    return tag("p", tag("a", "This query in SPARQL", href=address), class_="quiet") if address else Html("")


def names(found: Description, label: str) -> Html:
    """Other names; codes and spellings that only serve recognition come last."""
    usual = sorted(set(objects(found, _LABEL, *NAMES[:-1])) - {label}, key=str.casefold)
    rare = sorted(set(objects(found, NAMES[-1])) - {label, *usual}, key=str.casefold)
    shown = [tag("p", apart(isolated(name) for name in usual)) if usual else None]
    shown.append(
        tag("p", "Also recognised: ", apart(isolated(name) for name in rare), class_="quiet") if rare else None
    )
    return section("Names and codes", shown)


def hierarchy(found: Description, setting: Setting) -> Html:
    """What is directly above and below, with the way up to the top."""
    entities = setting.entities
    above = [iri for iri in dict.fromkeys(objects(found, *BROADER)) if entities.described(iri)]
    lines: list[tuple[Child, Child]] = []
    if above:
        lines.append(("Above", items(_path(iri, setting) for iri in above)))
    below = [entry for predicate in BROADER if (entry := found.links_in.get(predicate))]
    if below:
        number = sum(count for count, _ in below)
        shown = list(dict.fromkeys(iri for _, iris in below for iri in iris))
        ordered = sorted(shown, key=lambda iri: (entities.label(iri).casefold(), iri))
        lines.append(
            (f"Below ({number:,})", items([*map(setting.link, ordered), *rest(number - len(shown))], "columns"))
        )
    return section("Hierarchy", facts(lines))


def _path(iri: str, setting: Setting) -> Html:
    """A broader thing and what lies above it, one way up."""
    entities, way = setting.entities, [iri]
    while len(way) < 10:
        above = [up for p in BROADER for up in entities.values(way[-1], p) if up not in way and entities.described(up)]
        if not above:
            break
        way.append(above[0])
    return Html(" ‹ ".join(map(setting.link, way)))


def outwards(found: Description, setting: Setting) -> Html:
    """Links to other vocabularies and to registers of trials, and how exact they are."""
    lines: list[tuple[Child, ...]] = []
    for match, exactness in _EXACTNESS.items():
        lines += [(*_identifier(iri, setting), exactness) for iri in objects(found, match)]
    lines += [(*_identifier(iri, setting), "this study’s entry") for iri in objects(found, HER2 + "registeredAs")]
    return section(
        "Elsewhere", table("Links to other vocabularies", ("Vocabulary", "Identifier", "Label", "How exact"), lines)
    )


def _identifier(iri: str, setting: Setting) -> tuple[Child, Child, Child]:
    """A term of another vocabulary: whose it is, its identifier as a link outwards, and its label when we know it."""
    identifier, label = curie(iri) or iri, setting.entities.label(iri)
    try:
        name = vocabulary(identifier.partition(":")[0]).name
    except PrefixError:
        name = "the web"
    return name, outward_link(iri, identifier), None if label in (iri, identifier) else isolated(label)


def studies(iri: str, setting: Setting, heading: str = "Studies") -> Html:
    """The studies of a thing, or of what lies below it, one a row."""
    if not setting.entities.is_value(iri, _STUDIED) and not setting.entities.values(iri, HER2 + "pools"):
        return Html("")
    by_study: dict[str, list[Row]] = defaultdict(list)
    for row in rows(setting.entities.store, "studies", iri):
        by_study[row["study"]].append(row)
    label = setting.entities.label
    years = {study: max(row["year"] for row in found) for study, found in by_study.items()}
    order = sorted(by_study, key=lambda study: (label(study).casefold(), study))
    order.sort(key=lambda study: years[study], reverse=True)  # the latest first, of a year by name
    written = [
        (setting.link(study), *_study_cells(by_study[study], setting), *_papers(by_study[study], setting))
        for study in order
        if study != iri
    ]
    heads = ("Study", "Phase", "Design", "Therapy", "Alteration", "Disease", "Population", "Reported in", "Year")
    number = f" ({len(written):,}{'+' if len(by_study) >= LIMIT else ''})"
    return section(
        heading + number, table(heading, heads, written), asked("studies", iri, setting) if written else None
    )


def _study_cells(found: Iterable[Row], setting: Setting) -> list[Child]:
    cells: list[Child] = [", ".join(sorted({row["phase"] for row in found} - {""}))]
    for name in ("design", "drug", "alteration", "disease", "population"):
        things = sorted(
            {row[name] for row in found} - {""}, key=lambda iri: (setting.entities.label(iri).casefold(), iri)
        )
        cells.append(listed(map(setting.link, things)))
    return cells


def _papers(found: Iterable[Row], setting: Setting) -> tuple[Child, Child]:
    works = setting.entities.works({row["paper"] for row in found} - {""})
    papers = sorted({(row["year"], row["paper"]) for row in found if row["paper"] in works})
    shown = [setting.link(paper, setting.entities.short(paper)) for _, paper in papers]
    return listed(shown), ", ".join(sorted({year for year, _ in papers if year}))


def statements(found: list[Claim], query: str, iri: str, setting: Setting, heading: str = "Statements") -> Html:
    """What the texts say of a thing, for and against."""
    if not found:
        return Html("")
    number = f" ({len(found):,}{'+' if len(found) >= LIMIT else ''})"
    shown = [counts_shown(found), sides(found, {iri}, setting), asked(query, iri, setting)]
    return section(heading + number, shown)


def mentions(iri: str, setting: Setting) -> Html:
    """Where the texts name a thing, by document and section."""
    if not setting.entities.is_value(iri, (PREFIXES["oa"] + "hasBody",)):
        return Html("")
    found = rows(setting.entities.store, "mentions", iri)
    by_place: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in found:
        by_place[row["document"], row["section"], row["about"]].append(row)
    lines = [
        (
            setting.link(document, setting.entities.short(document)),
            together([part, together([": ", setting.link(about, setting.entities.short(about))]) if about else None]),
            f"{len(places):,}",
            _places(places),
        )
        for (document, part, about), places in sorted(
            by_place.items(), key=lambda entry: (entry[0][0], min(int(row["start"]) for row in entry[1]))
        )
    ]
    documents = len({row["document"] for row in found})
    number = f" ({counted(len(found), 'time')} in {counted(documents, 'document')})"
    heads = ("Document", "Section", "Times", "Words and place")
    return section(
        "Where it is mentioned" + number,
        table("Where it is mentioned", heads, lines),
        asked("mentions", iri, setting) if lines else None,
    )


def _places(places: list[Row]) -> Html:
    """The words with their positions, equal words together."""
    spans: dict[str, list[str]] = defaultdict(list)
    for row in sorted(places, key=lambda row: int(row["start"]))[:_PLACES]:
        spans[row["exact"]].append(f"{row['start']}–{row['end']}")
    shown = [together([tag("q", isolated(exact)), f" {', '.join(at)}"]) for exact, at in spans.items()]
    return apart([*shown, *rest(len(places) - _PLACES)])


def properties(found: Description, setting: Setting) -> Html:
    """All that the graph says of a thing, as it stands there, and what links to it."""
    own = facts(
        (setting.link(predicate), items([*map(setting.term, terms[:200]), *rest(len(terms) - 200)]))
        for predicate, terms in found.triples_out.items()
    )
    lines = facts(
        (
            together([setting.link(predicate), f" ({count:,})"]),
            items([*map(setting.link, subjects), *rest(count - SHOWN)]),
        )
        for predicate, (count, subjects) in found.links_in.items()
    )
    links = [tag("h2", "Links to it"), lines] if lines else None
    return together([tag("h2", "Properties") if own else None, own, links])
