"""What a title says of a study: what was given to whom, how, and where it is reported.

Only what is printed: a title that reports no study (prevalence, prognosis, methods,
biology, consensus) yields none, and no direction of effect is ever read from a title.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..lexicon import Lexicon
from ..model import (
    ConceptClass,
    Evidence,
    Mention,
    Node,
    Publication,
    PublicationId,
    PublicationKind,
    QuoteRole,
    Span,
    Statement,
    Study,
    StudyId,
)
from ..vocabulary import family_name, publication_iri, slug
from .discourse import RESISTANT

_THERAPIES: Final = (ConceptClass.DRUG, ConceptClass.DRUG_CLASS, ConceptClass.REGIMEN)

#: Designs that only a trial of an intervention has.
INTERVENTIONAL: Final = frozenset(
    {
        "randomized", "open-label", "single-arm", "basket trial", "first-in-human", "double-blind", "placebo-controlled",
        "dose-escalation", "umbrella trial", "platform trial", "non-randomized", "multicohort",
    }
)  # fmt: skip
#: Designs that watch and do not intervene.
OBSERVATIONAL: Final = frozenset({"retrospective", "real-world study", "observational study", "case-control"})
#: Titles about the studies of others, or about nothing but a correction, even when they name a study.
_OF_OTHERS: Final = re.compile(
    r"^\W*(?:re|correction|corrigendum|erratum|retraction|reply|response|comment(?:ary|s)?(?: on)?|letter|editorial)\b[^.]{0,30}?[:\"“]|"
    r"\brationale (?:for|and)\b|\bpost-[A-Z]{4,}\w* era\b|\(review\)|\bauthors?['’] reply\b|\bresponse to (?:the )?letter\b|"
    r"\bcorrigendum\b|\berratum\b|\b(?:a|narrative|literature) review\b(?! and meta)",
    re.IGNORECASE,
)
#: Titles that report no study of their own, whatever drugs they name.
_NO_STUDY: Final = re.compile(
    r"\b(?:consensus|guidelines?|recommendations?|perspectives?|overview|landscape|advances|progress|challenges|"
    r"state of the art|current status|case reports?|editorial|commentary|mechanisms? of resistance|resistance mechanisms?|"
    r"in vitro|in vivo|cell lines?|cells|xenografts?|mice|murine|vector|siRNA|prognos\w+|prevalence|correlation|relationship|"
    r"resistance|synerg\w+|nano\w+|apoptosis|autophagy|signal(?:l)?ing|preclinical|(?:animal|tumou?r|cancer|disease|mouse) models?|"
    r"cost-?effectiveness|cost-?utility|economic|budget impact|predict\w*|beyond|case series|new horizons?|state-of-the-art|"
    r"implications? (?:for|of)|rationale|protein (?:binding|structure)|pharmacovigilance)\b"
    r"|\b(?:a|systematic|narrative|literature) review\b|\breview of\b|\bthe role of\b"
    r"|\b(?:an?|one) (?:[\w-]+ ){0,4}?(?:patient|case|woman|man)\b",
    re.IGNORECASE,
)
#: Many studies taken together; "of randomized trials" then says what was taken.
_META: Final = frozenset({"meta-analysis", "network meta-analysis", "individual patient data meta-analysis"})
_OF_TRIALS: Final = re.compile(r"\b(?:of|from|in)\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
#: Settings that name a treatment which is given: "neoadjuvant chemotherapy".
GIVEN: Final = frozenset({"adjuvant", "neoadjuvant", "perioperative", "first-line", "second-line", "maintenance", "salvage"})
_TRIAL_WORD: Final = re.compile(r"\b(?:trial|trials)\b", re.IGNORECASE)
_STUDY_WORD: Final = re.compile(r"\b(?:study|cohort|registry|trial)\b", re.IGNORECASE)
_COHORT_WORD: Final = re.compile(r"^\s*(?:study\s+)?cohort\b", re.IGNORECASE)
_REGISTRY_WORD: Final = re.compile(r"^\s*registry\b", re.IGNORECASE)
_POOLED: Final = re.compile(r"\bpooled\b", re.IGNORECASE)
#: A therapy after these words is the setting, not what is studied: "after platinum-based chemotherapy".
_SETTING: Final = re.compile(
    r"(?:\b(?:after|before|following|post|pre|prior|previous|beyond|resistant to|resistance to|refractory to|during|"
    r"progressing on|failure of|between)[\s-]+(?:[\w-]+[\s-]+){0,2}(?:(?:or|and)\s+[\w-]+\s+)?)$",
    re.IGNORECASE,
)
#: "afatinib, an irreversible ErbB family blocker", "GQ1005, A Novel HER2-ADC", "SHR-A1811 (antibody-drug conjugate)".
_APPOSITION: Final = re.compile(
    r"\s*(?:\([^()]{1,40}\))?\s*(?:,\s*(?:which is\s+)?(?:an?|the)\s+|\(\s*(?:an?\s+)?|\s+is an?\s+)(?:[\w-]+,?\s+){0,4}?$",
    re.IGNORECASE,
)
#: Patients and what they have: what is enrolled stands after these words.
_POPULATION: Final = re.compile(r"\b(?:patients?|pts|people|subjects|participants|adults|women|men)\b", re.IGNORECASE)
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_PHASE: Final = re.compile(
    r"\bphases?[\s-]*(?P<one>IV|I{1,3}|[1-4])(?P<a>[ab])?(?:\s*(?:/|-|–|and)\s*(?:phase\s*)?(?P<two>IV|I{1,3}|[1-4])?(?P<b>[ab])?(?![\w]))?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title to read: where it stands, the work it names, and who says it."""

    text: str  # the whole document
    zone: Span
    section: int
    publication: Publication
    mentions: tuple[Mention, ...]
    role: QuoteRole

    def of(self, *classes: ConceptClass) -> list[Mention]:
        """The mentions of some classes, in order."""
        return [m for m in self.mentions if m.cls in classes]

    def words(self) -> str:
        """The title in NFKC, for patterns that need no offsets."""
        return unicodedata.normalize("NFKC", self.zone.of(self.text))


def phases(words: str) -> tuple[str, ...]:
    """The trial phases that a title names, in the model's notation.

    >>> phases("Phase Ia/Ib trial: updated Phase Ia data"), phases("phase 1/2"), phases("Phase IIa"), phases("phase 3")
    (('1a', '1a/1b'), ('1/2',), ('2a',), ('3',))
    """
    found = set()
    for match in _PHASE.finditer(words):
        one = _ROMAN.get(match["one"].upper(), match["one"])
        two = _ROMAN.get((match["two"] or "").upper(), match["two"] or "")
        a, b = (match["a"] or "").lower(), (match["b"] or "").lower()
        if not two and not b:
            found.add(one + (a if one in "12" else ""))
        elif (two or one) == one:
            found.add(f"{one}{a}/{one}{b}" if a and b and one == "1" else one)
        else:
            found.add(f"{one}/{two}")  # the model has no "1b/2": the letters of mixed phases are dropped
    return tuple(sorted(found))


def read_title(title: Title, lexicon: Lexicon) -> tuple[list[Study], list[Statement]]:
    """The studies that a title reports, and its facts as statements with the title as evidence."""
    therapies = investigated(title)
    names = title.of(ConceptClass.STUDY)
    words = title.words()
    designs = _own_designs(title)
    if not _reports_study(title, words, therapies, names, designs):
        return [], []
    named = list(dict.fromkeys(m.concept.label for m in names))
    pooled = bool(_POOLED.search(words))
    facts = list(_facts(title, therapies, designs))
    if pooled or (len(named) > 1 and not _nested(named, lexicon)):
        studies = [study_of(label, title, lexicon, "InterventionalTrial") for label in named]
        own = _unnamed(title, therapies, "PooledAnalysis" if pooled else "Study")
        statements = [_fact(title, own, "pools", StudyId(slug(label)), names, "title-pooled") for label in named]
        statements += [_reported(title, slug(label), names) for label in named]
    else:
        cls = _class_of(title, words, names, designs, named, lexicon)
        studies = []
        own = study_of(named[0], title, lexicon, cls) if named else _unnamed(title, therapies, cls)
        statements = []
        for label in named[:1]:
            parent = part_of(label, lexicon)
            if parent:
                studies.append(study_of(parent, title, lexicon, cls))
                statements.append(_fact(title, own, "partOf", StudyId(slug(parent)), names, "title-cohort"))
    own = _with_phases(own, phases(words))
    statements.append(_reported(title, own.slug, names))
    statements += [_fact(title, own, predicate, target, used, rule) for predicate, target, used, rule in facts]
    if len(title.of(ConceptClass.DISEASE)) > 1:
        statements = [_paired(title, statement) for statement in statements]
    return [*studies, own], statements


def _reports_study(
    title: Title, words: str, therapies: Sequence[Mention], names: Sequence[Mention], designs: Sequence[Mention]
) -> bool:
    labels = {m.concept.label for m in designs}
    if _OF_OTHERS.search(words):
        return False
    if names:
        return True
    if labels & _META and therapies:
        return True
    if title.publication.kind is PublicationKind.REVIEW or _NO_STUDY.search(words):
        return False
    if not therapies or not title.of(ConceptClass.DISEASE, ConceptClass.ALTERATION):
        return False
    if phases(words) or labels & INTERVENTIONAL or labels & OBSERVATIONAL or _STUDY_WORD.search(words):
        return True
    return any(_treated(title, therapy) for therapy in therapies)


def _own_designs(title: Title) -> list[Mention]:
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
    """Whether the title is about giving a therapy: it begins with it, or names efficacy, outcomes or treatment with it."""
    lead = title.text[title.zone.start : therapy.span.start]
    rest = title.text[therapy.span.end : title.zone.end]
    if not re.search(r"\b(?:in|for|as|with|among)\b", rest, re.IGNORECASE):
        return False
    return bool(
        not lead.strip()
        or re.search(r"\b(?:treated with|treatment with|receiving|efficacy|safety|outcomes?|activity|effects?|results?|response|"
                     r"effectiveness|combination|use|trial|study|targeting)\b", lead, re.IGNORECASE)
    )  # fmt: skip


def investigated(title: Title) -> list[Mention]:
    """The therapies that the title's work is about: not the setting, not the class in apposition to a drug."""
    populations = [m.span for m in title.of(ConceptClass.POPULATION) if m.concept.label not in GIVEN]
    all_therapies = title.of(*_THERAPIES)
    kept = []
    for mention in all_therapies:
        lead = title.text[title.zone.start : mention.span.start]
        if any(mention.span in span for span in populations) or _SETTING.search(lead):
            continue
        if RESISTANT.match(title.text, mention.span.end) :
            continue
        if mention.cls is ConceptClass.DRUG_CLASS and _is_apposition(title, mention, all_therapies):
            continue
        if any(_contains(other, mention) for other in all_therapies):
            continue
        kept.append(mention)
    return kept


def _contains(other: Mention, mention: Mention) -> bool:
    """Whether a therapy is only a part of another's name: "chemotherapy" in "pemetrexed-based chemotherapy"."""
    if mention.span == other.span or mention.span not in other.span:
        return False
    return other.cls is mention.cls or (
        mention.cls is ConceptClass.DRUG_CLASS and "-based " in other.concept.label and " + " not in other.concept.label
    )


def _is_apposition(title: Title, mention: Mention, therapies: Sequence[Mention]) -> bool:
    for other in therapies:
        if other.cls is ConceptClass.DRUG:
            before = title.text[other.span.end : mention.span.start]
            if other.span.end <= mention.span.start and _APPOSITION.fullmatch(before):
                return True
            if mention.span.end <= other.span.start and not title.text[mention.span.end : other.span.start].strip():
                return True  # "the pan-HER tyrosine kinase inhibitor dacomitinib"
        if other.cls is ConceptClass.DRUG_CLASS and other.span.end < mention.span.start:
            bracket = title.text[other.span.end : mention.span.start].strip() == "("
            if bracket and title.text[mention.span.end : mention.span.end + 1] == ")":
                return other.span != mention.span and _is_apposition(title, other, therapies)  # "… inhibitor (TKI)"
    return False


def _facts(
    title: Title, therapies: Sequence[Mention], designs: Sequence[Mention]
) -> Iterator[tuple[str, Node, tuple[Mention, ...], str]]:
    for mention in therapies:
        yield "investigates", mention.concept, (mention,), "title-therapy"
    for mention in enrolled(title):
        yield "enrols", mention.concept, (mention,), "title-alteration"
    for mention in title.of(ConceptClass.DISEASE):
        yield "condition", mention.concept, (mention,), "title-disease"
    for mention in title.of(ConceptClass.POPULATION):
        yield "population", mention.concept, (mention,), "title-population"
    for mention in designs:
        yield "design", mention.concept, (mention,), "title-design"


def enrolled(title: Title) -> list[Mention]:
    """The alterations of those enrolled: after the word for patients where one stands, else all."""
    alterations = title.of(ConceptClass.ALTERATION)
    for patients in _POPULATION.finditer(title.text, title.zone.start, title.zone.end):
        after = [m for m in alterations if m.span.start >= patients.end()]
        if after:
            return after
    return alterations


def _fact(
    title: Title, study: Study, predicate: str, target: Node, mentions: Sequence[Mention], rule: str
) -> Statement:
    return Statement(
        subject=StudyId(study.slug),
        predicate=predicate,
        object=target,
        evidence=evidence(title, mentions, rule, 0.9),
    )


def _reported(title: Title, study: str, names: Sequence[Mention]) -> Statement:
    return Statement(
        subject=StudyId(study),
        predicate="reportedIn",
        object=PublicationId(publication_iri(title.publication)),
        evidence=evidence(title, names, "title-report", 0.95 if names else 0.8),
    )


def evidence(title: Title, mentions: Sequence[Mention], rule: str, confidence: float) -> Evidence:
    """The title as evidence."""
    return Evidence(
        span=title.zone,
        section=title.section,
        role=title.role,
        rule=rule,
        confidence=confidence,
        mentions=tuple(mentions),
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


def _class_of(
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


def _unnamed(title: Title, therapies: Sequence[Mention], cls: str) -> Study:
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
