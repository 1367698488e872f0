"""How a text values a therapy: ``efficacyIn`` and ``safetyIn`` with an appraisal and the word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import Certainty, ConceptClass, Mention, QuoteRole, Span, Statement
from .aims import narrowed
from .bearing import therapies
from .cues import Valued
from .discourse import Discourse, Sentence, distinct
from .sureness import FROM_ELSEWHERE
from .unmeant import unmeant
from .whom import Setting, setting

#: Sentences about cells and animals say nothing about patients …
PRECLINICAL: Final = re.compile(
    r"\b(?:in vitro|in vivo|preclinical|cell lines?|xenografts?|mice|mouse|murine|rats?|spheroids?|"
    r"organoids?|nano(?!liposom)[a-z]*|(?:cancer|tumou?r|animal|disease)\s+models?|IC50|"
    r"apoptosis|autophagy|knock-?down|silenc(?:ed|ing)|transfect\w+|synergis\w+|cytotoxicity|"
    r"(?<!circulating )(?:cancer|leuka?emia|tumou?r|carcinoma|blast) cells|"
    r"cells\b(?!.*\bpatients (?:with|who|treated|receiv)))\b",
    re.IGNORECASE,
)
#: Words that make the whole paper one from the laboratory.
_LABORATORY: Final = re.compile(
    r"\b(?:cell lines?|xenografts?|mice|mouse|murine|transfect\w+|knock-?down|IC50|nude)\b", re.IGNORECASE
)
#: … aims and hypotheses say nothing yet, and what predicts a result is no result.
_NO_RESULT: Final = re.compile(
    r"\b(?:hypothes\w+|(?:aim|objective|purpose|goal)s? (?:of|was|were|is)|aim(?:s|ed)? to|sought to|"
    r"to (?:evaluate|assess|investigate|"
    r"determine|explore|examine|compare|study)\b|we (?:evaluated|investigated|assessed|explored|compared|examined)|"
    r"predict(?:s|ed|ing|ive|ors?|ions?)?|assum(?:ed|ing)|sample\s+size|non-?inferiority\s+(?:design|margin))\b",
    re.IGNORECASE,
)
#: What became of one patient is no efficacy: "she was started on …, showing significant improvement".
_ONE_PATIENT: Final = re.compile(
    r"\b(?:[Ss]he|[Hh]e|her|his|him)\b|\bcase\s+of\s+an?\b|\b(?:describe|report|present)\s+(?:an?|one|the)\s+(?:[\w-]+\s+){0,2}(?:case|patient)\b|"
    r"(?<!\bin )\b[Tt]h(?:is|e)\s+(?:case|patient)\b"
    r"(?![-\s]+(?:of|population|group|cohort|series|set|subset|level|report|reported|number|base))|"
    r"\b(?:[Aa]n?|[Oo]ne|[Oo]ur)\s+(?:[\w/-]+\s+){0,6}(?:patient|case)\s+(?:with|who|showed|had|achieved|responded|experienced|was|received)\b"
)
#: A clause that concedes one thing and says another: "Although X improved outcomes, the role of Y remains unclear".
_CONCEDES: Final = re.compile(r"\W*(?:even\s+though|although|though|while|whereas|despite)\b", re.IGNORECASE)
#: After talk of cells a sentence is about patients only when it says so, and not as a hope.
_PATIENTS: Final = re.compile(r"\b(?:patients?|trials?|clinically|cohorts?)\b", re.IGNORECASE)
#: Whole sentences that only hope, or report what is preliminary.
_HOPED: Final = re.compile(
    r"\b(?:hoped|hopefully|speculated?|conceivabl[ey]|(?:preliminary|initial|exploratory)(?=\s+(?:results?|"
    r"data|findings?|analys[ie]s|evidence)))\b",
    re.IGNORECASE,
)
#: What is promising and still tried, with no result told: "promising approaches such as X are being investigated".
_TRIED: Final = re.compile(
    r"\b(?:being\s+(?:\w+ly\s+)?(?:investigated|evaluated|explored|tested|studied|assessed)|"
    r"under\s+(?:\w+\s+)?(?:investigation|evaluation|development))\b",
    re.IGNORECASE,
)
_RESULT: Final = re.compile(
    r"\b(?:has|have|had|shows?|showed|shown|demonstrat\w+|exhibit\w*|achiev\w+|yield\w*|improved|prolonged)\b",
    re.IGNORECASE,
)
#: A negated noun before a verb is about the patients: "patients with no metastases had …".
_FINITE: Final = re.compile(
    r"\b(?:had|has|have|showed|shows?|experienced|achieved|derived|was|were|is|are)\b", re.IGNORECASE
)
#: Words after which a therapy does something in someone: "active in", "effective for".
_DOES: Final = re.compile(
    r"(?:\s+(?:and\s+)?[\w-]+){0,3}?\s+(?:options?|treatments?|therap(?:y|ies)|strateg(?:y|ies)|approach(?:es)?|agents?|drugs?|regimens?)"
    r"\s+(?:in|for|against)\b|\s+(?:in|for|against)\b",
    re.IGNORECASE,
)
_SAFETY: Final = frozenset({"safety", "toxicity", "tolerability", "adverse events"})
#: Words that are never about safety.
_OF_EFFECT: Final = re.compile(r"effective|efficac|active|durable|sensitive|responsive|respond", re.IGNORECASE)
#: A clause that begins so denies what it says: "In none of the groups did …".
_IN_NONE: Final = re.compile(
    r"(?:[A-Z &/]{4,40}:)?\s*(?:in\s+)?(?P<none>none|no|neither)\s+(?:of\s+(?:the\s+)?)?[^;]*?"
    r"\b(?:did|was|were|has|have)\b",
    re.IGNORECASE,
)
#: How far from an appraisal the outcome may stand that it is about, in characters.
OUTCOME_REACH: Final = 60
#: A verb that hedges all that follows it in its clause, however far.
_SEEMED: Final = re.compile(r"\b(?:seem(?:s|ed)?|appear(?:s|ed)?)\s+to\b", re.IGNORECASE)
#: Words beside which a weak cue is about patients after all: "benefit patients".
_CLINICAL: Final = re.compile(r"\b(?:clinical\w*|patients|survival|outcomes?|response)\b", re.IGNORECASE)
#: How far from the appraisal a hedge still qualifies it, in characters.
HEDGE_REACH: Final = 40
#: How far before the appraisal a negation still negates it, in characters (NegEx: about six words).
NEGATION_REACH: Final = 45


def appraised(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Statements for each appraisal word that a therapy bears."""
    if not discourse.cues.any_appraisal(sentence.text, sentence.span):
        return
    words = sentence.words()
    if _NO_RESULT.search(words) or _ONE_PATIENT.search(words) or _preclinical(sentence, discourse):
        return
    for clause in sentence.clauses():
        valued = [v for v in discourse.cues.appraisals(sentence.text, clause) if not unmeant(sentence, clause, v)]
        strong = [v for v in valued if not v.weak]
        for cue in strong or [v for v in valued if _is_clinical(sentence, clause, v)][:1]:
            subjects, share = therapies(sentence, clause, cue, discourse)
            limits = setting(sentence, clause, cue, discourse) if subjects else None
            if limits is not None:
                stops = [v.span for v in strong if v.span != cue.span]
                outcomes = _outcomes(sentence, clause, cue, stops)
                yield from _statements(sentence, clause, cue, subjects, share, limits, outcomes, discourse)


def _preclinical(sentence: Sentence, discourse: Discourse) -> bool:
    """Whether a sentence is about cells or animals, or hopes after such sentences."""
    words = sentence.words()
    if PRECLINICAL.search(words):
        return True
    if _PATIENTS.search(words) and not discourse.cues.hedge(sentence.text, sentence.span):
        return False
    if sentence.role is QuoteRole.REVIEW_SYNTHESIS:
        return False
    return any(
        (PRECLINICAL if other.is_title else _LABORATORY).search(other.words()) for other in discourse.before(sentence)
    )


def _statements(
    sentence: Sentence,
    clause: Span,
    cue: Valued,
    subjects: Sequence[Mention],
    share: float,
    limits: Setting,
    outcomes: Sequence[Mention],
    discourse: Discourse,
) -> Iterator[Statement]:
    text = sentence.text
    conceded = _CONCEDES.match(text, clause.start, clause.end)
    ends = text.find(", ", cue.span.end, clause.end) if conceded else -1
    asked = Span(clause.start, ends) if ends > 0 else clause
    question = discourse.cues.question(text, asked, sentence.span)
    negation = None if question else _negation(sentence, clause, cue, discourse)  # "not known whether" denies nothing
    near = Span(max(clause.start, cue.span.start - HEDGE_REACH), min(clause.end, cue.span.end + HEDGE_REACH))
    hoped = _HOPED.search(sentence.words()) or _only_tried(sentence.words(clause))
    seemed = _SEEMED.search(text, clause.start, cue.span.start)
    hedge = discourse.cues.hedge(text, near) or next((m[0] for m in (seemed, hoped) if m), None)
    certainty = Certainty.OPEN_QUESTION if question else Certainty.HEDGED if hedge else Certainty.ASSERTED
    for predicate in _predicates(cue, outcomes):
        for therapy in distinct(subjects):
            meant = narrowed(sentence, therapy, discourse)
            for target in limits.targets if meant else ():
                other = _SAFETY if predicate == "efficacyIn" else frozenset({"safety"})
                outcome = next((o for o in outcomes if o.concept.label not in {"efficacy", *other}), None)
                yield Statement(
                    subject=meant or therapy.concept,
                    predicate=predicate,
                    object=target.concept,
                    negated=bool(negation),
                    certainty=certainty,
                    appraisal=cue.appraisal,
                    appraisal_word=cue.word,
                    context=limits.context,
                    outcome=outcome.concept if outcome else None,
                    evidence=sentence.evidence(
                        "appraised-therapy",
                        [m for m in (therapy, target, *outcomes) if m.span in sentence.span],
                        share=share * (1.0 if limits.certain else FROM_ELSEWHERE),
                        negation=negation,
                        hedge=question or hedge,
                    ),
                )


def _only_tried(words: str) -> re.Match[str] | None:
    """The words that say that something is still tried, unless a result is told beside them."""
    return None if _RESULT.search(words) else _TRIED.search(words)


def _negation(sentence: Sentence, clause: Span, cue: Valued, discourse: Discourse) -> str | None:
    """The negation of a cue: in the same stretch between commas, and not of something in the subject."""
    begin = max(clause.start, cue.span.start - NEGATION_REACH)
    begin = max(begin, sentence.text.rfind(", ", begin, cue.span.start))
    found = discourse.cues.first("negation", sentence.text, Span(begin, cue.span.end))
    if not found:
        opening = _IN_NONE.match(sentence.text, clause.start, cue.span.start)
        return opening["none"] if opening else None
    word, span = found
    between = sentence.text[span.end : cue.span.start]
    leading = not sentence.text[clause.start : span.start].strip()
    if word.lower() in ("no", "lacking", "lack of", "absence of", "absent") and not leading and _FINITE.search(between):
        return None
    return word


def _is_clinical(sentence: Sentence, clause: Span, cue: Valued) -> bool:
    """Whether a weak cue stands beside an outcome or patients; "improved flexibility" does not."""
    near = Span(max(clause.start, cue.span.start - OUTCOME_REACH), min(clause.end, cue.span.end + OUTCOME_REACH))
    if cue.predicate or sentence.of(ConceptClass.OUTCOME, inside=near) or _CLINICAL.search(near.of(sentence.text)):
        return True
    if cue.word.lower().endswith(" to"):  # "HER2-mutant NSCLC is sensitive to pyrotinib"
        return bool(sentence.of(ConceptClass.DISEASE, inside=Span(clause.start, cue.span.start)))
    in_whom = sentence.of(ConceptClass.ALTERATION, ConceptClass.DISEASE, inside=Span(cue.span.end, near.end))
    return bool(in_whom and (_DOES.match(sentence.text, cue.span.end) or cue.word.endswith(("activity", "efficacy"))))


def _outcomes(sentence: Sentence, clause: Span, cue: Valued, stops: Sequence[Span]) -> list[Mention]:
    """The outcomes that a cue is about: those right after it, else those before it in the clause."""
    found = sentence.of(ConceptClass.OUTCOME, inside=clause)
    after = []
    for mention in found:
        between = sentence.text[cue.span.end : mention.span.start]
        cut = re.search(r",|\b(?:with|without|but)\b", between)
        if mention.span.start < cue.span.end or len(between) > OUTCOME_REACH or cut:
            continue
        if not any(_parts(sentence, cue, stop, mention) for stop in stops):
            after.append(mention)
    since = max([stop.end for stop in stops if stop.end <= cue.span.start], default=clause.start)
    return after or [m for m in found if since <= m.span.start and m.span.end <= cue.span.start]


def _parts(sentence: Sentence, cue: Valued, stop: Span, mention: Mention) -> bool:
    """Whether another cue stands between, for which the outcome is: "durable responses and manageable safety"."""
    if not cue.span.end <= stop.start <= mention.span.start:
        return False
    return re.fullmatch(r"[\s,]*(?:and|but)?\s*", sentence.text[cue.span.end : stop.start]) is None


def _predicates(cue: Valued, outcomes: Sequence[Mention]) -> list[str]:
    """Efficacy unless the words are about safety; both when both are named."""
    if cue.predicate:
        return [cue.predicate]
    if _OF_EFFECT.search(cue.word):
        return ["efficacyIn"]
    labels = {o.concept.label for o in outcomes}
    safety = bool(labels & _SAFETY)
    if safety and labels <= _SAFETY:
        return ["safetyIn"]
    return ["efficacyIn", "safetyIn"] if safety else ["efficacyIn"]
