"""Claims about survival: ``prognosticIn``, from titles and from sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

from ..model import Certainty, ConceptClass, ConceptId, Mention, Span, Statement
from .about import of_title
from .bystanders import beside_title, by_way_of
from .discourse import THERAPIES, Discourse, Sentence, distinct, outermost, singled_out, with_question
from .outlook import (
    AND_ANOTHER,
    AND_SURVIVAL,
    ASKED,
    DISPUTED,
    EFFECT_OF,
    FIRST_SAID,
    FOR_SURVIVAL,
    FOUND,
    HEDGED,
    IN_WHOM,
    INSIGNIFICANT,
    LINK_BETWEEN,
    NEXT,
    NOT_MEANT,
    ON_SURVIVAL,
    OTHER_FACTORS,
    OUTLOOK,
    PROGNOSTIC,
    SEEN_IN,
    THIS,
    TREATED,
    TREATED_REACH,
    VALUE,
    VANISHED,
)
from .referring import its_alteration, not_in_bracket, spoken_of, this_ends
from .roles import explains, without_their_genes

#: An effect of which nothing is said yet.
_PLAIN = (
    "the effect of",
    "the impact of",
    "the influence of",
    "the prognostic effect of",
    "the prognostic impact of",
    "the effects of",
)
#: Of whatever diseases there are: of none that the text names elsewhere.
_OF_DISEASES: Final = re.compile(
    r"\s+(?:of|in|for)\s+(?:(?:the|these|those|many|several|various|different|other|human|such)\s+)*(?:diseases|disorders|conditions)\b",
    re.IGNORECASE,
)


def prognostic(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A title about prognosis: ``prognosticIn``; the title carries no direction, but it may deny."""
    words = OTHER_FACTORS.sub("", sentence.words())
    named = PROGNOSTIC.search(words) or _outlook(sentence)
    if sentence.is_title and (named or (FOR_SURVIVAL.search(words) and not sentence.of(*THERAPIES))):
        negation = discourse.cues.negation(sentence.text, sentence.span)
        negation = None if negation in ("lacking", "lacks") else negation  # of what the patients lack
        hedged = HEDGED.search(words)
        for statement in of_title(sentence, discourse, "prognosticIn", "title-prognosis"):
            if beside_title(sentence, statement.subject) or any(
                m.concept == statement.subject and NOT_MEANT.search(sentence.text, sentence.span.start, m.span.start)
                for m in statement.evidence.mentions
            ):
                continue
            if isinstance(statement.subject, ConceptId) and statement.subject.cls is not ConceptClass.METHOD:
                found = replace(
                    statement,
                    negated=bool(negation),
                    certainty=Certainty.HEDGED if hedged else Certainty.ASSERTED,
                    evidence=replace(
                        statement.evidence, negation_cue=negation, hedge_cue=hedged["cue"] if hedged else None
                    ),
                )
                yield with_question(found, "?" if words.rstrip().endswith("?") else None)


def _outlook(title: Sentence) -> bool:
    """Whether a title says of something that it goes with survival: not "associated with loss of X and survival"."""
    named = title.of(ConceptClass.ALTERATION, ConceptClass.GENE)
    said = OUTLOOK.finditer(title.text, title.span.start, title.span.end)
    return any(not any(match.start() <= m.span.start < match.end() for m in named) for match in said)


def prognosis(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A sentence that links a gene or an alteration with survival, not under a therapy: ``prognosticIn``."""
    if sentence.is_title:
        return
    yield from _disputed(sentence, discourse)
    yield from _linked(sentence, discourse)
    for match in OUTLOOK.finditer(sentence.text, sentence.span.start, sentence.span.end):
        clause = sentence.clause_at(match.start())
        before = Span(clause.start, match.start())
        spoken = Span(clause.start, min(clause.end, match.end() + TREATED_REACH))
        if sentence.of(*THERAPIES, inside=spoken) or TREATED.search(sentence.words(spoken)):
            continue
        found = outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE, inside=before))
        found = not_in_bracket(sentence, found, match.start())
        found = [m for m in found if not explains(sentence, m, found, discourse)]
        its = its_alteration(sentence, before, discourse)
        found = [its[0]] if its else found or spoken_of(sentence, clause, match, discourse)
        if not found or ASKED.search(before.of(sentence.text)):
            continue
        starts = found[-1].span.end if found[-1].span in sentence.span else this_ends(sentence, clause)
        starts = its[1] if its else starts
        between = re.sub(r"\([^()]{1,120}\)", "", _without_disease(sentence, Span(starts, match.start())))
        another = AND_ANOTHER.search(between)
        several = another and (another["are"] or match[0].lower().startswith(("are ", "were ")))
        together = between[: another.start()] if another and several else between
        if not (NEXT.fullmatch(together) or FIRST_SAID.fullmatch(between)):
            continue
        if _only_seen_in(sentence, found[-1], before):
            continue
        if VANISHED.match(sentence.text, match.end(), sentence.span.end) or by_way_of(sentence, found[-1]):
            continue
        listed = without_their_genes([m for m in found if found[-1] in sentence.group(m, found)], discourse)
        insignificant = INSIGNIFICANT.match(sentence.text, match.end(), sentence.span.end)
        negation = (
            insignificant["not"] if insignificant else discourse.cues.negation(sentence.text, Span(starts, match.end()))
        )
        question = discourse.cues.question(sentence.text, clause, sentence.span)
        hedge = discourse.cues.hedge(sentence.text, Span(starts, match.end()))
        for subject, disease in product(distinct(listed), _of_whom(sentence, match, discourse)):
            used = [m for m in (subject, disease) if m in sentence.mentions]
            yield with_question(
                Statement(
                    subject=subject.concept,
                    predicate="prognosticIn",
                    object=disease.concept,
                    negated=bool(negation),
                    certainty=Certainty.HEDGED if hedge else Certainty.ASSERTED,
                    evidence=sentence.evidence("linked-with-survival", used, negation=negation, hedge=hedge),
                ),
                question,
            )


def _linked(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A link between an alteration and survival that was found or not; the effect of one on the other."""
    for subject in outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE)):
        clause = sentence.clause_at(subject.span.start)
        lead = Span(clause.start, subject.span.start)
        link = LINK_BETWEEN.search(sentence.text, lead.start, lead.end)
        after = AND_SURVIVAL if link else ON_SURVIVAL if EFFECT_OF.search(sentence.text, lead.start, lead.end) else None
        said = after.match(sentence.text, subject.span.end, clause.end) if after else None
        if said is None or (link and not FOUND.search(sentence.words(clause))) or ASKED.search(lead.of(sentence.text)):
            continue
        if sentence.of(*THERAPIES, inside=clause) or TREATED.search(sentence.words(clause)):
            continue
        if not link and lead.of(sentence.text).rstrip().lower().endswith(_PLAIN) and not said["verdict"]:
            continue  # "the effect of X on survival was assessed"
        denied = said["not"] if not link else None
        negation = denied.strip() if denied else discourse.cues.negation(sentence.text, lead)
        hedge = None if "could not" in lead.of(sentence.text) else discourse.cues.hedge(sentence.text, lead)
        for disease in _of_whom(sentence, said, discourse):
            yield with_question(
                Statement(
                    subject=subject.concept,
                    predicate="prognosticIn",
                    object=disease.concept,
                    negated=bool(negation),
                    certainty=Certainty.HEDGED if hedge else Certainty.ASSERTED,
                    evidence=sentence.evidence(
                        "linked-with-survival",
                        [m for m in (subject, disease) if m.span in sentence.span],
                        negation=negation,
                        hedge=hedge,
                    ),
                ),
                discourse.cues.question(sentence.text, clause, sentence.span),
            )


def _of_whom(sentence: Sentence, said: re.Match[str], discourse: Discourse) -> Sequence[Mention]:
    """The diseases right behind what is said, else the first of the sentence, else that of the text."""
    named = [d for d in sentence.of(ConceptClass.DISEASE) if not singled_out(sentence, d)]
    if not named and THIS.match(sentence.text, sentence.span.start, sentence.span.end):
        named = [d for other in list(discourse.before(sentence))[:1] for d in other.of(ConceptClass.DISEASE)]
    after = [d for d in named if d.span.start >= said.end()]
    if after and IN_WHOM.fullmatch(sentence.text, said.end(), after[0].span.start):
        return distinct(sentence.group(after[0], after[1:]))
    if _OF_DISEASES.match(sentence.text, said.end(), sentence.span.end):
        return []
    around = named[0] if named else discourse.outside(sentence, ConceptClass.DISEASE)
    return [around] if around else []


def _disputed(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A prognostic value that is called unclear: an open question."""
    disease = discourse.focus(sentence, ConceptClass.DISEASE)
    for value in VALUE.finditer(sentence.text, sentence.span.start, sentence.span.end) if disease else ():
        clause = sentence.clause_at(value.start())
        disputed = DISPUTED.search(sentence.text, value.end(), clause.end)
        if disputed is None or disease is None or sentence.of(*THERAPIES, inside=clause):
            continue
        if disputed["how"].lower() == "well established" and " not " not in disputed[0].lower():
            continue
        named = outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE, inside=clause))
        after = [m for m in named if value.end() <= m.span.start and m.span.end <= disputed.start()]
        before = [m for m in named if m.span.end <= value.start()]
        subject = after[0] if after else before[-1] if before else None
        if subject is None:
            continue
        statement = Statement(
            subject=subject.concept,
            predicate="prognosticIn",
            object=disease.concept,
            evidence=sentence.evidence(
                "prognosis-disputed", [m for m in (subject, disease) if m.span in sentence.span]
            ),
        )
        yield with_question(statement, disputed["how"])


def _only_seen_in(sentence: Sentence, subject: Mention, before: Span) -> bool:
    """Whether an alteration only says in which disease another was seen: "X is up in ER-positive breast cancer"."""
    followed = any(
        not sentence.between(subject, d).strip(" -)")
        for d in sentence.of(ConceptClass.DISEASE)
        if d.span.start >= subject.span.end
    )
    lead = sentence.text[before.start : subject.span.start]
    seen = SEEN_IN.search(lead)
    return bool(followed and seen and lead[: seen.start()].strip())


def _without_disease(sentence: Sentence, span: Span) -> str:
    """The characters of a part of a sentence without the diseases, populations and methods in it."""
    text = span.of(sentence.text)
    for mention in reversed(sentence.of(ConceptClass.DISEASE, ConceptClass.POPULATION, ConceptClass.METHOD)):
        if (
            mention.span.start < span.end and span.start < mention.span.end <= span.end
        ):  # "HER2-positive breast cancer" too
            text = text[: max(0, mention.span.start - span.start)] + text[mention.span.end - span.start :]
    return text
