"""How a text values a therapy: ``efficacyIn`` and ``safetyIn`` with an appraisal and the word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import Appraisal, Certainty, ConceptClass, Mention, QuoteRole, Span, Statement
from .bearing import Setting, setting, therapies
from .cues import Valued
from .discourse import Discourse, Sentence, distinct

#: Sentences about cells and animals say nothing about patients …
PRECLINICAL: Final = re.compile(
    r"\b(?:in vitro|in vivo|preclinical|cell lines?|xenografts?|mice|mouse|murine|rats?|spheroids?|"
    r"organoids?|nanoparticles?|IC50|"
    r"apoptosis|autophagy|knock-?down|silenc(?:ed|ing)|transfect\w+|synergis\w+|cytotoxicity|"
    r"cells\b(?!.*\bpatients (?:with|who|treated|receiv)))\b",
    re.IGNORECASE,
)
#: Words that make the whole paper one from the laboratory.
_LABORATORY: Final = re.compile(
    r"\b(?:cell lines?|xenografts?|mice|mouse|murine|transfect\w+|knock-?down|IC50|nude)\b", re.IGNORECASE
)
#: … aims and hypotheses say nothing yet, and what predicts a result is no result.
_NO_RESULT: Final = re.compile(
    r"\b(?:hypothes\w+|(?:aim|objective|purpose|goal)s? (?:of|was|were|is)|aimed to|sought to|"
    r"to (?:evaluate|assess|investigate|"
    r"determine|explore|examine|compare|study)\b|we (?:evaluated|investigated|assessed|explored|compared|examined)|"
    r"predict(?:s|ed|ing|ive|ors?|ions?)?)\b",
    re.IGNORECASE,
)
#: After talk of cells a sentence is about patients only when it says so, and not as a hope.
_PATIENTS: Final = re.compile(r"\b(?:patients?|trials?|clinically|cohorts?)\b", re.IGNORECASE)
#: A verb in these forms says what is wanted: "developed to improve", "a strategy for improving" …
_WANTED: Final = re.compile(r"improve|improving|prolong|benefit", re.IGNORECASE)
_PURPOSE: Final = re.compile(r"\b(?:to|for|towards?|of|in|by|at)\s+(?:\w+ly\s+|further\s+)?$", re.IGNORECASE)
#: … unless something was found to do so.
_ACHIEVED: Final = re.compile(
    r"\b(?:fail(?:s|ed)?|continue[sd]?|shown|showed|demonstrated|found|prove[dn]|reported|likely|able|"
    r"unable|known|seems?|seemed|"
    r"appears?|appeared|expected|hoped|observed|yet|promises?|potential)\s+to\s+(?:\w+ly\s+|further\s+)?$",
    re.IGNORECASE,
)
#: What is still to be reached or found out: "in order to optimize the therapeutic benefit".
_AIM: Final = re.compile(
    r"\bto\s+(?:optimi[sz]e|maximi[sz]e|increase|enhance|achieve|obtain|identify|select|find|develop|"
    r"confirm|ensure|further|test)\s+"
    r"(?:[\w-]+\s+){0,5}$|\buntil\b[^,;]*$|\bfor\s+(?:select|identify)ing\b[^,;]*$",
    re.IGNORECASE,
)
#: It is the knowledge that is limited, not the therapy.
_SCARCE: Final = re.compile(
    r"\b(?:data|evidence|information|experience|options?|studies|knowledge|literature|access|availability|"
    r"follow-?up|samples?|"
    r"understanding)\b(?:\s+(?:on|of|for|about|regarding|with|from|in|concerning)\b[^,;]*)?\s+"
    r"(?:(?:is|are|was|were|remains?|has|have|been|still|very|currently|quite|relatively)\s+)*$",
    re.IGNORECASE,
)
#: Whole sentences that only hope, or report what is preliminary.
_HOPED: Final = re.compile(
    r"\b(?:hoped|hopefully|speculated?|conceivabl[ey]|(?:preliminary|initial|exploratory)(?=\s+(?:results?|"
    r"data|findings?|analys[ie]s|evidence)))\b",
    re.IGNORECASE,
)
#: A negated noun before a verb is about the patients: "patients with no metastases had …".
_FINITE: Final = re.compile(
    r"\b(?:had|has|have|showed|shows?|experienced|achieved|derived|was|were|is|are)\b", re.IGNORECASE
)
#: Words after which a therapy does something in someone: "active in", "effective for".
_DOES: Final = re.compile(r"\s+(?:in|for|against)\b", re.IGNORECASE)
#: A clause that supposes and does not say.
_CONDITION: Final = re.compile(r"\W*(?:if|unless|should|provided that)\b", re.IGNORECASE)
#: "no less effective", "not inferior": neither praise nor blame.
_NO: Final = re.compile(r"\b(?:no|not|neither)\s+$", re.IGNORECASE)
_WORSE: Final = re.compile(r"(?:less|worse|inferior)\b", re.IGNORECASE)
#: How far from an appraisal the outcome may stand that it is about, in characters.
OUTCOME_REACH: Final = 60
#: Words beside which a weak cue is about patients after all: "benefit patients".
_CLINICAL: Final = re.compile(r"\b(?:clinical\w*|patients|survival|outcomes?|response)\b", re.IGNORECASE)
#: How far before an appraisal words can take its meaning away, in characters.
LEAD: Final = 300
#: How far from the appraisal a hedge still qualifies it, in characters.
HEDGE_REACH: Final = 40
#: How far before the appraisal a negation still negates it, in characters (NegEx: about six words).
NEGATION_REACH: Final = 45


def appraised(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Statements for each appraisal word that a therapy bears."""
    if _NO_RESULT.search(sentence.words()) or _preclinical(sentence, discourse):
        return
    for clause in sentence.clauses():
        valued = [v for v in discourse.cues.appraisals(sentence.text, clause) if not _unmeant(sentence, clause, v)]
        strong = [v for v in valued if not v.weak]
        for cue in strong or [v for v in valued if _is_clinical(sentence, clause, v)][:1]:
            subjects, confidence = therapies(sentence, clause, cue, discourse)
            limits = setting(sentence, clause, discourse) if subjects else None
            if limits is not None:
                stops = [v.span for v in strong if v.span != cue.span]
                outcomes = _outcomes(sentence, clause, cue, stops)
                yield from _statements(sentence, clause, cue, subjects, confidence, limits, outcomes, discourse)


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


def _unmeant(sentence: Sentence, clause: Span, cue: Valued) -> bool:
    """Whether the words before a cue take its meaning away: aims, scarce data, "no difference"."""
    lead = sentence.text[max(clause.start, cue.span.start - LEAD) : cue.span.start]
    if _CONDITION.match(sentence.words(clause)) or (_NO.search(lead) and _WORSE.match(cue.word)):
        return True  # "if it were effective", "no less effective than"
    if _AIM.search(lead) or (cue.appraisal is Appraisal.LIMITED and _SCARCE.search(lead)):
        return True
    if cue.weak and re.search(r"\bdifferences?\b", sentence.words(clause), re.IGNORECASE):
        return True
    wanted = _WANTED.fullmatch(cue.word) and (purpose := _PURPOSE.search(lead)) and not _ACHIEVED.search(lead)
    return bool(wanted and purpose and (cue.word.lower() != "benefit" or purpose[0].lower().startswith("to")))


def _statements(
    sentence: Sentence,
    clause: Span,
    cue: Valued,
    subjects: Sequence[Mention],
    confidence: float,
    limits: Setting,
    outcomes: Sequence[Mention],
    discourse: Discourse,
) -> Iterator[Statement]:
    text = sentence.text
    question = discourse.cues.question(text, clause, sentence.span)
    negation = None if question else _negation(sentence, clause, cue, discourse)  # "not known whether" denies nothing
    near = Span(max(clause.start, cue.span.start - HEDGE_REACH), min(clause.end, cue.span.end + HEDGE_REACH))
    hoped = _HOPED.search(sentence.words())
    hedge = discourse.cues.hedge(text, near) or (hoped[0] if hoped else None)
    certainty = Certainty.OPEN_QUESTION if question else Certainty.HEDGED if hedge else Certainty.ASSERTED
    for predicate in _predicates(cue, outcomes):
        for therapy in distinct(subjects):
            for target in limits.targets:
                outcome = next((o for o in outcomes if o.concept.label not in ("efficacy", "safety")), None)
                yield Statement(
                    subject=therapy.concept,
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
                        round(confidence * (1.0 if limits.certain else 0.85), 2),
                        [m for m in (therapy, target, *outcomes) if m.span in sentence.span],
                        negation=negation,
                        hedge=question or hedge,
                    ),
                )


def _negation(sentence: Sentence, clause: Span, cue: Valued, discourse: Discourse) -> str | None:
    """The negation of a cue: in the same stretch between commas, and not of something in the subject."""
    begin = max(clause.start, cue.span.start - NEGATION_REACH)
    begin = max(begin, sentence.text.rfind(", ", begin, cue.span.start))
    found = discourse.cues.first("negation", sentence.text, Span(begin, cue.span.end))
    if not found:
        return None
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
    labels = {o.concept.label for o in outcomes}
    safety = bool(labels & {"safety", "toxicity", "tolerability", "adverse events"})
    if safety and labels <= {"safety", "toxicity", "tolerability", "adverse events"}:
        return ["safetyIn"]
    return ["efficacyIn", "safetyIn"] if safety else ["efficacyIn"]
