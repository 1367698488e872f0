"""Who was enrolled, as a title tells it: their alterations, diseases and populations."""

from __future__ import annotations

import re
from typing import Final

from ..model import ConceptClass, Mention
from .title import Title

#: Patients and what they have: what is enrolled stands after these words.
_PATIENTS: Final = re.compile(r"\b(?:patients?|pts|people|subjects|participants|adults|women|men)\b", re.IGNORECASE)
#: An alteration after these words is what was found in some of them.
_LINKED_WITH: Final = re.compile(r"\b(?:correlat\w+|associat\w+|predict\w*|relation\w*)\b", re.IGNORECASE)
#: Before a marker that was analysed: "association of …", "value of …", "outcomes according to …".
_ANALYSED_BEFORE: Final = re.compile(
    r"\b(?:(?:associations?|values?|roles?|significance|utility|relevance|relation(?:ship)?s?)\s+"
    r"(?:of|between)|(?:according|in\s+relation|related)\s+to|stratified\s+by|irrespective\s+of|regardless\s+of|"
    r"depending\s+on|(?:outcomes?|survival|response|efficacy|analys[ie]s|results|benefit)\s+by)\s+"
    r"(?:(?!(?:in|on|for|with|treatment|therapy|patients|plus|versus)\b)[\w/+-]+,?\s+){0,9}$",
    re.IGNORECASE,
)
#: "by … status", "impact of … expression": what stands after the marker shows that all its values were looked at.
_BY: Final = re.compile(
    r"\b(?:by|(?:impact|influence|effects?)\s+of)\s+(?:(?!(?:in|on|for|with|of)\b)[\w/+-]+,?\s+){0,6}$", re.IGNORECASE
)
_STATUS: Final = re.compile(r"(?:\s+(?:and|or|\w+)){0,3}?\s+(?:status|expression|levels?|subgroups?)\b", re.IGNORECASE)
#: After a marker that was analysed: "… is associated with", "… in predicting", "… as a biomarker".
_ANALYSED_BEHIND: Final = re.compile(
    r"\s*(?:[\w/-]+\s+){0,3}?(?:(?:is|are|was|were)\s+(?:\w+\s+)?(?:associated|correlated|predictive|linked)\b|"
    r"(?:associated|correlat(?:es?|ed|ing))\s+with\b|predict\w*|(?:as|is)\s+(?:an?\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:predictors?|biomarkers?|markers?)\b)",
    re.IGNORECASE,
)
#: Cells of the host behind a marker: "FOXP3+ CD4 T cells".
_OF_HOST_CELLS: Final = re.compile(
    r"[\s+]*(?:(?:CD\d+\+?|tumou?r-infiltrating|regulatory|effector|memory)\s+)*"
    r"(?:T[\s-]?(?:cells?|lymphocytes?|regs?)|lymphocytes?|macrophages?|monocytes?|NK\s+cells?)\b(?!\s*[\w-]*lymphoma)",
    re.IGNORECASE,
)
#: A variant in the germline that a study looks at and does not enrol for.
_POLYMORPHISM: Final = re.compile(r"rs\d+|.*\bpolymorphism", re.IGNORECASE)
#: What became of the patients is not which they were: "high incidence of brain metastasis".
_OUTCOME_BEFORE: Final = re.compile(
    r"\b(?:incidence|risk|rates?|frequency|development|occurrence|prevention|onset)\s+(?:of|for)\s+(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_OUTCOME_BEHIND: Final = re.compile(
    r"\s+(?:(?:chemo)?prevention|risk|incidence|(?:risk\s+)?reduction)\b", re.IGNORECASE
)
#: A study in which some have the disease whose risk it tells of.
_OF_CASES: Final = re.compile(r"\bcase[\s-]+control\b|\bregist(?:ry|er)\b", re.IGNORECASE)
#: A line of treatment after these words is over: "after failure of first-line chemotherapy".
_LINE: Final = frozenset({"first-line", "second-line", "third-line"})
_LINE_IS_OVER: Final = re.compile(
    r"\b(?:after|following|beyond|fail(?:ed|ing|ures?)|refractory\s+to|resistant\s+to|progress\w+|prior|previous(?:ly)?|"
    r"pre-?treated\s+with|post)[\s-]+(?:(?:the|an?|of|on|to|during|after|with|treated|failed|failure|progression|prior|"
    r"standard|initial|progressing|response|completion|disease|receiving|platinum[\w-]*)\s+){0,5}$",
    re.IGNORECASE,
)
#: "in women but not men" tells of two groups that were compared.
_BUT_NOT_BEHIND: Final = re.compile(r"\s*,?\s+but\s+not\b", re.IGNORECASE)
_BUT_NOT_BEFORE: Final = re.compile(r"\bbut\s+not\s+(?:(?:in|for|among|with)\s+)?$", re.IGNORECASE)
#: A disease in the name of those who ran the study: "Cancer and Invented Disease Group".
_OF_A_GROUP: Final = re.compile(
    r"(?:\s+(?:and|&)\s+[A-Z]\w+)?(?:\s+(?!Patients|Women|Trial|Study)[A-Z]\w+){0,2}\s+(?:Group|Consortium|Network|Alliance|Party)\b"
)


def alterations(title: Title) -> list[Mention]:
    """The alterations of those enrolled: after the word for patients where one stands, else all."""
    found = [m for m in title.of(ConceptClass.ALTERATION) if not _only_analysed(title, m)]
    for patients in _PATIENTS.finditer(title.text, title.zone.start, title.zone.end):
        after = [m for m in found if m.span.start >= patients.end()]
        after = [m for m in after if not _LINKED_WITH.search(title.text, patients.end(), m.span.start)]
        if after:
            return after
    return found


def _only_analysed(title: Title, marker: Mention) -> bool:
    """Whether a marker was looked at in all, or is one of other cells than the tumour's."""
    lead = title.text[title.zone.start : marker.span.start]
    rest = title.text[marker.span.end : title.zone.end]
    named = marker.span.of(title.text)
    return bool(
        _POLYMORPHISM.match(named)
        or _OF_HOST_CELLS.match(rest)
        or _ANALYSED_BEHIND.match(rest)
        or _ANALYSED_BEFORE.search(lead)
        or (_BY.search(lead) and (_STATUS.match(rest) or _STATUS.search(f" {named}")))
    )


def diseases(title: Title) -> list[Mention]:
    """The diseases that those enrolled had: not one that came or was to be prevented."""
    return [
        m
        for m in title.of(ConceptClass.DISEASE)
        if not _OF_A_GROUP.match(title.text, m.span.end, title.zone.end) and not _is_outcome(title, m)
    ]


def populations(title: Title) -> list[Mention]:
    """The populations of those enrolled."""
    return [
        m
        for m in title.of(ConceptClass.POPULATION)
        if not _OUTCOME_BEFORE.search(title.text, title.zone.start, m.span.start)
        and not _only_compared(title, m)
        and not (m.concept.label in _LINE and _LINE_IS_OVER.search(title.text, title.zone.start, m.span.start))
    ]


def _is_outcome(title: Title, disease: Mention) -> bool:
    return _OF_CASES.search(title.words()) is None and bool(
        _OUTCOME_BEFORE.search(title.text, title.zone.start, disease.span.start)
        or _OUTCOME_BEHIND.match(title.text, disease.span.end, title.zone.end)
    )


def _only_compared(title: Title, group: Mention) -> bool:
    return bool(
        _BUT_NOT_BEFORE.search(title.text, title.zone.start, group.span.start)
        or _BUT_NOT_BEHIND.match(title.text, group.span.end, title.zone.end)
    )
