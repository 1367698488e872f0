"""What a title says of a study: what was given to whom, how, and where it is reported.

Only what is printed: a title that reports no study (prevalence, prognosis, methods,
biology, consensus) yields none, and no direction of effect is ever read from a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..lexicon import Lexicon
from ..model import ConceptClass, Mention, Node, PublicationId, Statement, Study, StudyId
from ..vocabulary import family_name, publication_iri, slug
from .discourse import THERAPIES
from .enrolled import alterations, diseases, populations
from .reports import class_of, own_designs, reports_study
from .title import Title, evidence, investigated, phases

_POOLED: Final = re.compile(r"\bpooled\b", re.IGNORECASE)

#: The abbreviation of the name of a group is none of a study: "Invented Oncology Platform (IOP)", "Forum for the Study
#: of Sleep (FSS)".
_GROUP_NAMED: Final = re.compile(
    r"\b(?:(?:Group|Consortium|Network|Alliance|Party|Platform|Society|Organi[sz]ation|Association|Institute)|"
    r"(?:Association|Forum|Group|Society|Consortium|Academy|College) (?:for|of|in|on) (?:\w+ ){1,5})\s*"
    r"(?<!Register )(?<!Registry )(?<!Study )(?<!Cohort )(?<!Trial )\((?=[A-Z][A-Za-z]+\))",
    re.IGNORECASE,
)


def abbreviates_a_group(text: str, study: Mention) -> bool:
    """Whether the name of a study is only that of those who run studies: "Invented Oncology Platform (IOP)"."""
    found = _GROUP_NAMED.search(text, max(0, study.span.start - 80), study.span.end + 1)
    return found is not None and found.end() == study.span.start


def read_title(title: Title, lexicon: Lexicon) -> tuple[list[Study], list[Statement]]:
    """The studies that a title reports, and its facts as statements with the title as evidence."""
    names = [m for m in title.of(ConceptClass.STUDY) if not abbreviates_a_group(title.text, m)]
    if not (names or title.of(*THERAPIES)):
        return [], []  # the commonest title by far
    therapies = investigated(title)
    words = title.words()
    designs = own_designs(title)
    if not reports_study(title, words, therapies, names, designs):
        return [], []
    named = list(dict.fromkeys(m.concept.label for m in names))
    pooled = bool(_POOLED.search(words))
    facts = list(_facts(title, therapies, designs))
    if pooled and named:
        studies = [study_of(label, title, lexicon, "InterventionalTrial") for label in named]
        own = unnamed_study(title, therapies, "PooledAnalysis")
        statements = [_fact(title, own, "pools", StudyId(slug(label)), names, "title-pooled") for label in named]
        statements += [_reported(title, slug(label), names) for label in named]
    else:
        cls = class_of(title, words, names, designs, named, lexicon)
        studies = []
        own = study_of(named[0], title, lexicon, cls) if named else unnamed_study(title, therapies, cls)
        statements = []
        for label in named[:1]:
            parent = part_of(label, lexicon)
            if parent:
                studies.append(study_of(parent, title, lexicon, cls))
                statements.append(_fact(title, own, "partOf", StudyId(slug(parent)), names, "title-cohort"))
    own = _with_phases(own, phases(words))
    reported = [own]
    if not pooled:  # "A and B: trial designs" is about both
        others = [label for label in named[1:] if label not in {s.label for s in studies}]
        reported += [_with_phases(study_of(label, title, lexicon, own.cls), own.phases) for label in others]
    for study in reported:
        statements.append(_reported(title, study.slug, names))
        statements += [_fact(title, study, predicate, target, used, rule) for predicate, target, used, rule in facts]
    if len(title.of(ConceptClass.DISEASE)) > 1:
        statements = [_paired(title, statement) for statement in statements]
    return [*studies, *reported], statements


def _facts(
    title: Title, therapies: Sequence[Mention], designs: Sequence[Mention]
) -> Iterator[tuple[str, Node, tuple[Mention, ...], str]]:
    for mention in therapies:
        yield "investigates", mention.concept, (mention,), "title-therapy"
    for mention in alterations(title):
        yield "enrols", mention.concept, (mention,), "title-alteration"
    for mention in diseases(title):
        yield "condition", mention.concept, (mention,), "title-disease"
    for mention in populations(title):
        yield "population", mention.concept, (mention,), "title-population"
    for mention in designs:
        yield "design", mention.concept, (mention,), "title-design"


def _fact(
    title: Title, study: Study, predicate: str, target: Node, mentions: Sequence[Mention], rule: str
) -> Statement:
    return Statement(
        subject=StudyId(study.slug),
        predicate=predicate,
        object=target,
        evidence=evidence(title, mentions, rule),
    )


def _reported(title: Title, study: str, names: Sequence[Mention]) -> Statement:
    return Statement(
        subject=StudyId(study),
        predicate="reportedIn",
        object=PublicationId(publication_iri(title.publication)),
        evidence=evidence(title, names, "title-report"),
    )


def _paired(title: Title, statement: Statement) -> Statement:
    """With several diseases in one title, an alteration goes with the disease right after it."""
    if statement.predicate != "enrols":
        return statement
    end = statement.evidence.mentions[0].span.end
    following = [m for m in title.of(ConceptClass.DISEASE) if m.span.start >= end]
    others = {m.concept for m in title.of(ConceptClass.DISEASE)}
    if len(others) < 2 or not following or following[0].span.start - end > 3:
        return statement
    return Statement(
        subject=statement.subject,
        predicate=statement.predicate,
        object=statement.object,
        evidence=statement.evidence,
        context=following[0].concept,
    )


def study_of(label: str, title: Title | None, lexicon: Lexicon, cls: str) -> Study:
    """The study of a name; its other printed forms in the title are names too."""
    known = lexicon.studies.get(label)
    printed = [m.span.of(title.text) for m in title.of(ConceptClass.STUDY) if m.concept.label == label] if title else []
    return Study(
        slug=slug(label),
        label=label,
        cls="InterventionalTrial" if known and known.cls == "InterventionalTrial" else cls,
        names=tuple(sorted({name for name in printed if name != label})),
        acronym=label,
        resolved=known is not None,
    )


def part_of(label: str, lexicon: Lexicon) -> str | None:
    """The parent of a numbered cohort: ZENITH20 of ZENITH20-2."""
    known = lexicon.studies.get(label)
    if known:
        return known.part_of
    match = re.fullmatch(r"(.*\d)-\d{1,2}", label)
    return match[1] if match else None


def _nested(named: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether all further names are parents of the first."""
    return all(part_of(named[0], lexicon) == label for label in named[1:])


def unnamed_study(title: Title, therapies: Sequence[Mention], cls: str) -> Study:
    """A study without a name is called after first author, year and what it investigates."""
    record = title.publication
    topics = [*therapies, *title.of(ConceptClass.ALTERATION), *title.of(ConceptClass.DISEASE)]
    inner = [m for m in topics if m.cls is not ConceptClass.REGIMEN or "-based" in m.concept.label]
    topic = (inner or topics)[0].concept.label if topics else "study"
    author = family_name(record.creators[0].split()) if record.creators else "anonymous"
    label = " ".join([author.title() if author.isupper() else author, (record.date or "undated")[:4], topic])
    return Study(slug=slug(label), label=label, cls=cls)


def _with_phases(study: Study, found: tuple[str, ...]) -> Study:
    return Study(
        slug=study.slug,
        label=study.label,
        cls=study.cls,
        names=study.names,
        acronym=study.acronym,
        phases=found,
        resolved=study.resolved,
    )
