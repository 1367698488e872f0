"""The page of a study: what it is, each fact with the words that say it."""

from __future__ import annotations

from typing import Final

from ..prefixes import PREFIXES
from ..vocabulary import HER2
from . import panels
from .around import around
from .claims import Claim, Side, claims
from .entities import Description
from .frame import Setting, facts, items, section
from .markup import Child, Html, isolated, outward_link, tag, together
from .picture import network_picture
from .quotes import claims_shown
from .results import results

#: What is said of a study, in the order in which a reader asks.
_FACTS: Final = {
    "phase": "Phase",
    "design": "Design",
    "investigates": "Therapy",
    "enrols": "Alteration",
    "condition": "Disease",
    "population": "Population",
    "partOf": "Part of",
    "pools": "Pools",
    "registeredAs": "Register",
}


def study_body(found: Description, setting: Setting) -> list[Child]:
    """The sections of a study's page."""
    iri = found.iri
    said = claims(setting.entities, "statements", iri)
    own = [claim for claim in said if claim.subject == iri and claim.side is Side.STUDY]
    others = [claim for claim in said if claim not in own]
    ends = {iri, *(claim.object for claim in own)}
    evidence = claims_shown(own, ends, setting)
    return [
        panels.names(found, setting.entities.label(iri)),
        section("Facts", facts(_facts(found, own, setting))),
        section("Reported in", _reports(found, setting)),
        section(
            f"Evidence for these facts ({len(own):,})",
            [tag("ul", evidence, class_="claims"), panels.asked("statements", iri, setting)] if evidence else None,
        ),
        results(iri, setting),
        panels.statements(others, "statements", iri, setting, "Other statements"),
        panels.studies(iri, setting, "Linked studies"),
        panels.mentions(iri, setting),
        section("Its neighbourhood", network_picture(around(found, said, setting.entities), setting)),
    ]


def _facts(found: Description, own: list[Claim], setting: Setting) -> list[tuple[Child, Child]]:
    """The facts, each with how many statements support it; one without a quote says so."""
    lines: list[tuple[Child, Child]] = []
    for name, heading in _FACTS.items():
        values: list[Child] = []
        for term in found.triples_out.get(HER2 + name, []):
            iri = str(getattr(term, "value", ""))
            stated = [claim for claim in own if claim.predicate == name and claim.object == iri]
            quotes = sum(len(claim.quotes) for claim in stated)
            note = f" {quotes} quote{'s' if quotes != 1 else ''}" if quotes else ""
            link = setting.link(stated[0].iri, note.strip()) if stated else None
            shown = outward_link(iri, iri.rpartition("/")[2]) if name == "registeredAs" else setting.term(term)
            values.append([shown, [" (", link, ")"] if link else None])
        if values:
            lines.append((heading, items(values)))
    return lines


def _reports(found: Description, setting: Setting) -> Html:
    """The papers that report it, with title, journal and year."""
    entities = setting.entities
    papers = entities.works(panels.objects(found, HER2 + "reportedIn"))
    date = PREFIXES["prism"] + "publicationDate"
    ordered = sorted(papers, key=lambda paper: (entities.values(paper, date)[:1], paper), reverse=True)
    lines: list[Child] = []
    for paper in ordered:
        journal = " ".join(entities.values(paper, HER2 + "journal"))
        year = " ".join(entities.values(paper, date))[:4]
        title = " ".join(entities.values(paper, PREFIXES["dcterms"] + "title")) or entities.label(paper)
        lines.append([setting.link(paper, title), tag("div", isolated(f"{journal} {year}".strip()), class_="quiet")])
    return items(lines, "papers") if lines else together(None)
