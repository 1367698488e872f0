"""What an abstract says of the design of a study: of the one that its title reports, and of those that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ..model import ConceptClass, Mention, Span, Statement, Study, StudyId
from ..vocabulary import slug
from .discourse import Discourse, Sentence
from .reports import INTERVENTIONAL, OBSERVATIONAL
from .title import phases

#: A study with the words that say of which kind it is; nothing of another study stands between them.
_STUDY: Final = (
    r"(?P<what>(?:(?!(?:of|from|in|for|with|after|by|to|on|at|than|that|which|who|was|were|is|are|sub\w+|secondary|"
    r"exploratory|interim|previous|earlier)\b)[\w/\u2010-\u2013-]+,?\s+){1,12}?)(?:study|trial|analysis)\b"
)
_RAN: Final = (
    r"(?:(?:have|has)\s+)?(?:did|done|conduct(?:ed)?|perform(?:ed)?|report(?:ed)?|launch(?:ed)?|initiat(?:ed)?|design(?:ed)?|"
    r"undertook|undertaken|carried\s+out|present(?:ed)?)"
)
#: The authors' own study: "in this …", "we did a …", "A … was done".
_OWN: Final = tuple(
    re.compile(form + _STUDY + end, re.IGNORECASE)
    for form, end in (
        (r"\b(?:this|our|the\s+(?:present|current))\s+(?:(?:was|is)\s+an?\s+)?", ""),
        (rf"\bwe\s+(?:\w+ly\s+|here\s+)?{_RAN}\s+(?:an?|our|this)\s+", ""),
        (r"(?:^|:\s*)an?\s+", rf"\s+(?:of\s+[^,;.]{{1,80}}\s+)?(?:was|has\s+been)\s+{_RAN}"),
        (r"(?:^|:\s*)in\s+an?\s+", r"\s*,"),
    )
)
#: Behind a study's name: ", a …", " was a …", " phase 2 …".
_NAMED: Final = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:(?:,\s*|\s+(?:is|was)\s+)(?:an?|the)\s+|\s+(?=phase))" + _STUDY, re.IGNORECASE
)
_PHASE_BEFORE: Final = re.compile(
    r"\bphases?[\s-]*(?:[1-4]|I{1,3}V?|IV)[ab]?(?:/(?:[1-4]|I{1,3}|IV)?[ab]?)?\s+$", re.IGNORECASE
)


def read_designs(discourse: Discourse, own: Study | None) -> tuple[list[Statement], dict[str, set[str]]]:
    """The designs of studies, and their phases by the slug of the study."""
    said: list[Statement] = []
    found: dict[str, set[str]] = {}
    for sentence in discourse.sentences:
        if sentence.is_title:
            continue
        for study, span, names in [*_of_own(sentence, own), *_of_named(sentence)]:
            words = span.of(sentence.text)
            found.setdefault(study, set()).update(phases(words))
            for design in sentence.of(ConceptClass.DESIGN, inside=span):
                said.append(
                    Statement(
                        subject=StudyId(study),
                        predicate="design",
                        object=design.concept,
                        evidence=sentence.evidence("abstract-design", [*names, design]),
                    )
                )
    return said, {study: names for study, names in found.items() if names}


def _of_own(sentence: Sentence, own: Study | None) -> Iterator[tuple[str, Span, Sequence[Mention]]]:
    """What is said of the study that the title reports."""
    for form in _OWN if own else ():
        match = form.search(sentence.words())
        if match and own:
            start, end = match.span("what")
            yield own.slug, Span(sentence.span.start + start, sentence.span.start + end), ()
            return


def _of_named(sentence: Sentence) -> Iterator[tuple[str, Span, Sequence[Mention]]]:
    """What is said of studies by their names."""
    for name in sentence.of(ConceptClass.STUDY):
        study = slug(name.concept.label)
        if match := _NAMED.match(sentence.text, name.span.end, sentence.span.end):
            yield study, Span(*match.span("what")), (name,)
        if match := _PHASE_BEFORE.search(sentence.text, sentence.span.start, name.span.start):
            yield study, Span(*match.span()), (name,)


def with_phases(studies: Sequence[Study], found: Mapping[str, set[str]], said: Sequence[Statement]) -> list[Study]:
    """The studies with the phases that were found; a phase or a design says of which class a study is."""
    designs: dict[str, set[str]] = {}
    for statement in said:
        if isinstance(statement.subject, StudyId):
            designs.setdefault(statement.subject.slug, set()).add(getattr(statement.object, "label", ""))
    done = []
    for study in studies:
        new = found.get(study.slug, set())
        labels = designs.get(study.slug, set())
        cls = study.cls
        if cls == "Study" and (new or labels & INTERVENTIONAL):
            cls = "InterventionalTrial"
        elif cls == "Study" and labels & OBSERVATIONAL:
            cls = "CohortStudy"
        done.append(replace(study, phases=tuple(sorted({*study.phases, *new})), cls=cls))
    return done
