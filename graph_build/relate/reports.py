"""Whether a title reports a study of its own, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..lexicon import Lexicon
from ..model import ConceptClass, Mention, PublicationKind
from .title import Title, phases

#: Designs that only a trial of an intervention has.
INTERVENTIONAL: Final = frozenset(
    {
        "randomized", "open-label", "single-arm", "basket trial", "first-in-human", "double-blind",
        "placebo-controlled", "dose-escalation", "umbrella trial", "platform trial", "non-randomized", "multicohort",
    }
)  # fmt: skip
#: Designs that watch and do not intervene.
OBSERVATIONAL: Final = frozenset({"retrospective", "real-world study", "observational study", "case-control"})
#: Titles about the studies of others, or about nothing but a correction, even when they name a study.
OF_OTHERS: Final = re.compile(
    r"^\W*(?:re|correction|corrigendum|erratum|retraction|reply|response|comment(?:ary|s)?(?: on)?|letter|editorial)\b"
    r"[^.]{0,30}?[:\"“]|"
    r"\brationale (?:for|and)\b|\bpost-[A-Z]{4,}\w* era\b|\(review\)|\bauthors?['’] reply\b|"
    r"\bresponse to (?:the )?letter\b|\bcorrigendum\b|\berratum\b|\b(?:an?|narrative|literature) review\b(?! and meta)|"
    r"\bcritique\b|"
    r"\bprotocol\s+(?:for|of)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,4}?(?:reviews?|meta-?\s?analys[ie]s)\b|"
    r"\b(?:review|meta-?\s?analysis)(?:\s+(?:study|of\s+\w+))?\s+protocol\b",
    re.IGNORECASE,
)
#: Titles that report no study of their own, whatever drugs they name.
NO_STUDY: Final = re.compile(
    r"\b(?:consensus|guidelines?|recommendations?|perspectives?(?!\s+of\b)|overview|landscape|advances|progress|challenges|"
    r"state[ -]of[ -]the[ -]art|current status|case reports?|case series|editorial|commentary|"
    r"mechanisms? of resistance|"
    r"resistance mechanisms?|in vitro|in vivo|cell lines?|cells|xenografts?|PDX|mice|murine|vector|siRNA|"
    r"(?<!poor[ -])(?<!good[ -])prognos\w+|(?<=poor[ -])prognosis(?=\s*(?:$|[:.,]|(?:in|of|and|for|with)\b))|"
    r"prevalence|"
    r"correlation|relationship|preclinical|apoptosis|autophagy|cost-?effectiveness|cost-?utility|economic|"
    r"budget impact|"
    r"and beyond|new horizons?|pharmacovigilance|authors?[’']s?['’]? reply|reply (?:to|from) |letter to the editor)\b"
    r"|^[\w-]+(?: [\w-]+)?(?: \([^()]*\))?[:,] an? [^:]{0,80}?\b(?:inhibitor|antibody|conjugate|agent|drug|antagonist|"
    r"blocker)\b[^:]{0,20}?\b(?:for|in) (?:the )?(?:treatment|management|therapy) of\b"  # the profile of a drug
    r"|\b(?:an?|systematic|narrative|literature|updated|comprehensive) review\b|\breview of\b"
    r"|\b(?:an?|one) (?:[\w-]+ ){0,4}?(?:patient|case|woman|man)\b(?!-|\s+(?:data|subset|population|cohort|group))",
    re.IGNORECASE,
)
#: Titles that report a study only when they name its phase or design.
_SELDOM: Final = re.compile(
    r"\b(?:resistance|synerg\w+|nano\w+|signal(?:l)?ing|(?:animal|tumou?r|cancer|disease|mouse) models?|predict\w*|"
    r"in (?:[\w-]+ ){0,6}models|feedback|pathways?(?! inhibit)|axis|potentiat\w+|modulates|upregulat\w+|"
    r"screening identifies|"
    r"(?:exhibit|display|show|exert|demonstrate)s? (?:[\w-]+ ){0,3}anti-?(?:tumou?r|cancer|leuk\w+|proliferative)|"
    r"future directions?|practical issues|(?:clinical|therapeutic) potential|approval summary|"
    r"promising (?:tool|target|approach|strateg)\w*|"
    r"implications? (?:for|of)|rationale|the role of|(?:emerging|new|novel|current|future) (?:[\w-]+ )?options?)\b",
    re.IGNORECASE,
)
#: Words that make of a title with a class of therapies and a disease more than a heading: "radiotherapy for glioma".
_TELLS_OF_A_STUDY: Final = re.compile(
    r"\b(?:patients?|pts|phase|trials?|stud(?:y|ies)|compar\w+|versus|vs|with|without|plus|combined|results?|efficacy|"
    r"effectiveness|effects?|outcomes?|dos(?:e|es|ing|age)|cohorts?|populations?|experience|responses?|respon[ds]\w*|"
    r"surviv\w*|follow(?:ed|ing|-up)?|cases|safety|tolera\w+|toxicit\w+|analys[ie]s|improve[sd]?|reduce[sd]?|"
    r"recurrence|control|randomi[sz]ed|prospective|retrospective|alone|addition|before|after|preliminary|reports?|(?:short|long)-term|stages?|unit|hospital|years?|\d+)\b",
    re.IGNORECASE,
)
#: Words before a therapy that is given.
_GIVING: Final = re.compile(
    r"\b(?:treated with|treatment with|receiving|efficacy|safety|outcomes?|activity|effects?|results?|response|"
    r"effectiveness|combination|use|trial|study|targeting)\b",
    re.IGNORECASE,
)
#: Many studies taken together; "of randomized trials" then says what was taken.
_META: Final = frozenset({"meta-analysis", "network meta-analysis", "individual patient data meta-analysis"})
_OF_TRIALS: Final = re.compile(r"\b(?:of|from|in)\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
_TRIAL_WORD: Final = re.compile(r"\b(?:trial|trials)\b", re.IGNORECASE)
_STUDY_WORD: Final = re.compile(r"\b(?:study|cohort|registry|trial)\b", re.IGNORECASE)
_COHORT_WORD: Final = re.compile(r"^\s*(?:study\s+)?cohort\b", re.IGNORECASE)
_REGISTRY_WORD: Final = re.compile(r"^\s*registry\b", re.IGNORECASE)


def reports_study(
    title: Title, words: str, therapies: Sequence[Mention], names: Sequence[Mention], designs: Sequence[Mention]
) -> bool:
    labels = {m.concept.label for m in designs}
    if OF_OTHERS.search(words):
        return False
    if names:
        return True
    if labels & _META and therapies:
        return True
    if title.publication.kind is PublicationKind.REVIEW or NO_STUDY.search(words):
        return False
    if not therapies or not title.of(ConceptClass.DISEASE, ConceptClass.ALTERATION):
        return False
    if phases(words) or labels & INTERVENTIONAL or labels & OBSERVATIONAL or _STUDY_WORD.search(words):
        return True
    if _SELDOM.search(words):
        return False
    if _is_heading(words, therapies):
        return False
    return any(_treated(title, therapy) for therapy in therapies)


def _is_heading(words: str, therapies: Sequence[Mention]) -> bool:
    """Whether a title names no more than a class of therapies and a disease, as reviews and chapters do."""
    only_classes = all(therapy.cls is ConceptClass.DRUG_CLASS for therapy in therapies)
    return only_classes and not _TELLS_OF_A_STUDY.search(words)


def own_designs(title: Title) -> list[Mention]:
    """The designs of the title's own work: those after "meta-analysis of" are of the studies taken together."""
    designs = title.of(ConceptClass.DESIGN)
    whole = next((m for m in designs if m.concept.label in _META or m.concept.label == "pooled analysis"), None)
    return [
        m
        for m in designs
        if whole is None
        or m.span.start <= whole.span.start
        or not _OF_TRIALS.search(title.text[whole.span.end : m.span.start])
        or m.concept.label not in INTERVENTIONAL | OBSERVATIONAL
    ]


def _treated(title: Title, therapy: Mention) -> bool:
    """Whether the title is about giving a therapy: it begins with it, or names its efficacy, outcomes or use."""
    lead = title.text[title.zone.start : therapy.span.start]
    rest = title.text[therapy.span.end : title.zone.end]
    if not re.search(r"\b(?:in|for|as|with|among)\b", rest, re.IGNORECASE):
        return False
    return bool(not lead.strip() or _GIVING.search(lead))


def class_of(
    title: Title,
    words: str,
    names: Sequence[Mention],
    designs: Sequence[Mention],
    named: Sequence[str],
    lexicon: Lexicon,
) -> str:
    labels = {m.concept.label for m in designs}
    after = [title.text[m.span.end : title.zone.end] for m in names]
    known = {lexicon.studies[label].cls for label in named if label in lexicon.studies}
    if labels & _META:
        return "MetaAnalysis"
    if any(_REGISTRY_WORD.match(rest) for rest in after):
        return "Registry"
    if phases(words) or labels & INTERVENTIONAL or _TRIAL_WORD.search(words) or "InterventionalTrial" in known:
        return "InterventionalTrial"
    if (
        any(_COHORT_WORD.match(rest) for rest in after)
        or labels & OBSERVATIONAL
        or re.search(r"\bcohort\b", words, re.IGNORECASE)
    ):
        return "CohortStudy"
    if "registry" in labels:
        return "Registry"
    return "Study"
