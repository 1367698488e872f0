"""The page of a statement: in words, its parts, and its quotes in their context."""

from __future__ import annotations

from ..vocabulary import HER2
from . import panels
from .claims import Claim, claims
from .entities import Description
from .frame import Setting, counted, facts, section
from .markup import Child, Html, isolated, tag, together
from .quotes import badges, counts_shown, in_quotes, in_words, quote_shown, words_at

#: What the direction and certainty of a statement mean, for its page.
_MEANING = {
    "Asserted": "The text says so without reserve.",
    "Hedged": "The text says so with reserve.",
    "OpenQuestion": "The text asks it, or says that it is not known.",
}


def statement_body(found: Description, setting: Setting) -> list[Child]:
    """The sections of a statement's page."""
    said = claims(setting.entities, "statement", found.iri)
    if not said:  # its evidence is not in the graph
        return [tag("h1", isolated(setting.entities.label(found.iri)))]
    claim = said[0]
    ends = {claim.subject, claim.object, claim.context}
    quotes = [
        tag("li", quote_shown(quote, ends, setting, words=words_at(quote, [claim]), context=True), class_="said")
        for quote in claim.quotes
    ]
    return [
        tag("h1", isolated(in_words(claim, setting))),
        tag("p", [[badge, " "] for badge in badges(claim)], _meaning(claim)),
        section(
            f"Quotes ({len(quotes):,})",
            counts_shown(said),
            tag("ul", quotes, class_="claims"),
            panels.asked("statement", found.iri, setting),
        ),
        section("Its parts", facts(_parts(claim, setting))),
    ]


def _meaning(claim: Claim) -> str:
    papers = counted(len({quote.paper for quote in claim.quotes}), "paper")
    if claim.negated:
        return f"Found in {papers}: the text says that it is not so."
    return f"Found in {papers}. {_MEANING.get(claim.certainty, '')}"


def _parts(claim: Claim, setting: Setting) -> list[tuple[Child, Child]]:
    predicate: Html = setting.link(HER2 + claim.predicate)
    lines: list[tuple[Child, Child]] = [
        ("Subject", setting.link(claim.subject)),
        ("Predicate", predicate),
        ("Object", setting.link(claim.object)),
        ("Direction", "denied" if claim.negated else "affirmed"),
        ("Certainty", setting.link(HER2 + claim.certainty)),
    ]
    if claim.context:
        lines.insert(3, ("Limited to", setting.link(claim.context)))
    if claim.outcome:
        lines.append(("Outcome", setting.link(claim.outcome)))
    if claim.appraisal:
        word = f" ({in_quotes(claim.words)})" if claim.words else ""
        lines.append(("Appraisal", together([setting.link(HER2 + claim.appraisal), isolated(word)])))
    return lines
