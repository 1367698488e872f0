"""Statements with their quotes, read for pages: what supports, what denies, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from ..prefixes import PREFIXES
from ..vocabulary import HER2
from .ask import Row, rows
from .entities import Entities

#: What studies are, by title; a page shows these in the table of studies, and their quotes apart from the claims.
STUDY_FACTS: Final = frozenset(
    {"investigates", "enrols", "condition", "population", "design", "reportedIn", "partOf", "pools"}
)


#: By what a statement is about a thing, as in ``queries/statements.rq``; most things need not be asked for.
_ENDS: Final = (
    *(PREFIXES["biolink"] + end for end in ("subject", "object")),
    *(HER2 + end for end in ("context", "outcome")),
)


class Side(Enum):
    """On which side a statement stands, with the heading of its group."""

    FOR = "For"
    AGAINST = "Against: denied, or found limited or unfavourable"
    OPEN = "Open: hedged, inconclusive or a question"
    STUDY = "What studies are about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A place of a text that supports a statement."""

    evidence: str
    exact: str
    start: int
    end: int
    role: str  # local name of the her2:quoteRole
    section: str
    part: str  # the section's IRI
    document: str
    paper: str  # the cited paper, else the document
    year: str
    rule: str
    negation: str
    hedge: str
    words: tuple[str, ...]  # by which it appraises

    @property
    def cited(self) -> bool:
        """Whether it is the title of a paper that the document cites or recommends."""
        return self.role == "CitedTitle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement with all its quotes."""

    iri: str
    subject: str
    predicate: str  # local name
    object: str
    context: str
    outcome: str
    negated: bool
    certainty: str  # local name, as is the appraisal
    appraisal: str
    quotes: tuple[Quote, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The printed words of its appraisal, in all its quotes."""
        return tuple(sorted({word for quote in self.quotes for word in quote.words}))

    @property
    def side(self) -> Side:
        """Where it stands; what is hedged or asked is open, whatever its direction."""
        if self.certainty != "Asserted" or self.appraisal == "Inconclusive":
            return Side.OPEN
        if self.negated or self.appraisal in ("Limited", "Unfavourable"):
            return Side.AGAINST
        return Side.STUDY if self.predicate in STUDY_FACTS else Side.FOR


def claims(entities: Entities, query: str, iri: str) -> list[Claim]:
    """What a query of statements gives for a thing."""
    if query == "statements" and not entities.is_value(iri, _ENDS):
        return []
    by_statement: dict[str, list[Row]] = {}
    for row in rows(entities.store, query, iri):
        by_statement.setdefault(row["statement"], []).append(row)
    found = [_claim(group) for group in by_statement.values()]
    return sorted(found, key=lambda claim: (entities.label(claim.iri), claim.iri))


def _claim(group: Sequence[Row]) -> Claim:
    """A statement from its rows, one a quote (several where a text gives several values)."""
    first = group[0]
    by_evidence: dict[str, list[Row]] = {}
    for row in group:
        by_evidence.setdefault(row["evidence"], []).append(row)
    quotes = map(_quote, by_evidence.values())
    return Claim(
        iri=first["statement"],
        subject=first["subject"],
        predicate=first["predicate"].removeprefix(HER2),
        object=first["object"],
        context=first["context"],
        outcome=first["outcome"],
        negated=first["negated"] in ("true", "1"),
        certainty=first["certainty"].removeprefix(HER2),
        appraisal=first["appraisal"].removeprefix(HER2),
        quotes=tuple(sorted(quotes, key=lambda q: (q.cited, q.document, q.start, q.evidence))),
    )


def _quote(group: Sequence[Row]) -> Quote:
    """A quote from its rows, one an appraising word."""
    row = group[0]
    return Quote(
        evidence=row["evidence"],
        exact=row["quote"],
        start=int(row["start"]),
        end=int(row["end"]),
        role=row["role"].removeprefix(HER2),
        section=row["section"],
        part=row["part"],
        document=row["document"],
        paper=row["paper"],
        year=row["year"],
        rule=row["rule"],
        negation=row["negation"],
        hedge=row["hedge"],
        words=tuple(sorted({row["word"] for row in group} - {""})),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements rest on what: a review's own words and a cited title are different things."""

    statements: int
    synthesised: int  # statements in a review's own words
    reviews: int
    concluded: int  # statements in the authors' own conclusions
    concluding: int  # papers with those
    titled: int  # statements in cited titles
    titles: int
    indexed: int  # statements from MeSH headings alone or as well

    @classmethod
    def of(cls, found: Iterable[Claim]) -> Counts:
        """The counts of some statements."""
        said = list(found)

        def count(role: str) -> tuple[int, int]:
            papers = {quote.paper for claim in said for quote in claim.quotes if quote.role == role}
            return sum(any(quote.role == role for quote in claim.quotes) for claim in said), len(papers)

        return cls(
            len(said), *count("ReviewSynthesis"), *count("OwnConclusion"), *count("CitedTitle"), count("Indexing")[0]
        )
