"""A document as its sentences, and what a reader keeps in mind between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..lexicon import Lexicon
from ..model import Certainty, ConceptClass, ConceptId, Evidence, Mention, QuoteRole, Span, Statement
from ..recognise.alterations import gene_of
from .cues import Cues
from .sureness import sureness

THERAPIES: Final = (ConceptClass.DRUG, ConceptClass.DRUG_CLASS, ConceptClass.REGIMEN)
#: How conjuncts follow each other, brackets taken out.
LISTED: Final = re.compile(r"\s*(?:,\s*(?:and|or)?|/|and|or|as well as|&|\+|plus)\s*(?:the\s+)?", re.IGNORECASE)
#: A disease that a title leaves out: "HER2 beyond breast cancer".
_LEFT_OUT: Final = re.compile(r"\b(?:beyond|other\s+than|outside(?:\s+of)?|except(?:\s+for)?)\s+$", re.IGNORECASE)
#: "especially for stage IB and adenocarcinoma", "adenocarcinoma histology".
_ESPECIALLY: Final = re.compile(
    r"\b(?:especially|particularly|in\s+particular|notably|mainly|most\s+often)\s+[^,;]*$", re.IGNORECASE
)
_AS_TISSUE: Final = re.compile(r"\s+(?:histolog(?:y|ies)|components?|differentiation)\b", re.IGNORECASE)
#: Named for what no longer answers to it: "erlotinib resistance", "platinum-pretreated".
RESISTANT: Final = re.compile(
    r"[\s-]*(?:non[\s-]?)?(?:resistan\w+|sensitiv\w+|refractory|pre-?treated|experienced|intoleran\w+|na[iï]ve|exposed|induced|failure|withdrawal|(?:in)?eligible|unfit|free|related)\b",
    re.IGNORECASE,
)
#: Before the second half of a pair of classes: "the A1/B2 inhibitors" are those of both; PD-1 and PD-L1 are one way.
_PAIRED: Final = re.compile(r"\b[A-Z][A-Za-z]*[A-Z\d]\w*(?<!D.1)(?<!L1)/$")
#: The short form behind a list of drugs that are given together: "(PVd)".
_SHORT: Final = re.compile(r"\s*\((?P<letters>[A-Za-z+-]{2,8})\)")
#: Where one clause ends and another begins.
_CLAUSE: Final = re.compile(
    r"[;:]\s|,?\s{1,9}(?:whereas|whilst|while|although|though|but(?!\s+also)|yet|however(?!,?\s+(?:remain|is|are|was|were|"
    r"has|have|did|do|may|might|can|could|will)\w*\b)),?\s|,\s+and\s+(?=(?:\w+\s+){0,8}?"
    r"(?:is|are|was|were|has|have|had|may|might|could|can|did|show|shows|showed|opens?|make|makes|remain|remains|"
    r"continue|continues)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence or a title, with the mentions in it."""

    text: str  # the whole document
    span: Span
    section: int
    mentions: tuple[Mention, ...]
    role: QuoteRole
    is_title: bool = False

    def of(self, *classes: ConceptClass, inside: Span | None = None) -> list[Mention]:
        """The mentions of some classes, in order; optionally those of a part only."""
        return [m for m in self.mentions if m.cls in classes and (inside is None or m.span in inside)]

    def words(self, span: Span | None = None) -> str:
        """The characters of the sentence or of a part of it."""
        return (span or self.span).of(self.text)

    def between(self, one: Mention, other: Mention) -> str:
        """The text between two mentions, without brackets that repeat a name."""
        return re.sub(r"\([^()]{0,30}\)", "", self.text[one.span.end : other.span.start])

    def clauses(self) -> list[Span]:
        """The clauses, in order; together they cover the sentence."""
        cuts = [self.span.start]
        for match in _CLAUSE.finditer(self.text, self.span.start, self.span.end):
            inside_bracket = self.text.count("(", self.span.start, match.start()) > self.text.count(
                ")", self.span.start, match.start()
            )
            if not inside_bracket:
                cuts.append(match.start() + 1)
        return [Span(a, b) for a, b in zip(cuts, [*cuts[1:], self.span.end], strict=True)]

    def clause_at(self, position: int) -> Span:
        """The clause in which a character stands."""
        return next((c for c in self.clauses() if c.start <= position < c.end), self.span)

    def group(self, mention: Mention, candidates: Sequence[Mention]) -> list[Mention]:
        """A mention and those of the candidates that follow it in one coordination."""
        found = [mention]
        for other in candidates:
            if other.span.start >= found[-1].span.end:
                between = self.between(found[-1], other)
                bracket = self.text[found[-1].span.end : other.span.start].strip() == "("
                closing = re.sub(r"^\s*\)", "", between)
                if not (bracket or LISTED.fullmatch(closing)):
                    break
                found.append(other)
        return found

    def evidence(
        self,
        rule: str,
        mentions: Iterable[Mention],
        *,
        share: float = 1.0,
        negation: str | None = None,
        hedge: str | None = None,
    ) -> Evidence:
        """This sentence as evidence; ``share`` is less than 1 where its words leave more room than most."""
        return Evidence(
            span=self.span,
            section=self.section,
            role=self.role,
            rule=rule,
            confidence=sureness(rule, share),
            mentions=tuple(dict.fromkeys(mentions)),
            negation_cue=negation,
            hedge_cue=hedge,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Discourse:
    """The sentences of a document and what is around each."""

    lexicon: Lexicon
    cues: Cues
    sentences: tuple[Sentence, ...]  # titles of the document itself and its abstract, in order

    def around(self, place: Span) -> tuple[Mention, ...]:
        """The mentions of the sentence in which a place stands."""
        return next((s.mentions for s in self.sentences if place in s.span), ())

    def before(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentences before this one, nearest first."""
        index = self.sentences.index(sentence)
        yield from reversed(self.sentences[:index])

    def focus(self, sentence: Sentence, cls: ConceptClass) -> Mention | None:
        """What the text is about here: the sentence's own mention, else the title's, else the nearest before."""
        own = sentence.of(cls)
        return own[0] if own else self.outside(sentence, cls)

    def outside(self, sentence: Sentence, cls: ConceptClass) -> Mention | None:
        """What the text is about outside a sentence: the title's, else the nearest before."""
        for other in [*(s for s in self.sentences if s.is_title), *self.before(sentence)]:
            if found := next((m for m in other.of(cls) if not left_out(other, m)), None):
                return found
        return None

    def gene_of(self, mention: Mention) -> ConceptId | None:
        """The gene of an alteration mention."""
        return gene_of(mention.concept, self.lexicon)


Rule = Callable[[Sentence, Discourse], Iterator[Statement]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Needing:
    """A rule, and the classes of which something must be named for it to say anything: of each set, one."""

    rule: Rule = field(kw_only=False)
    here: tuple[frozenset[ConceptClass], ...] = ()  # in the sentence
    anywhere: tuple[frozenset[ConceptClass], ...] = ()  # in the title or the abstract

    def named(self) -> tuple[frozenset[ConceptClass], ...]:
        """What must be named in the document."""
        return (*self.here, *self.anywhere)


def left_out(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention names what is not meant: "beyond breast cancer"."""
    start = max(sentence.span.start, mention.span.start - 30)
    return _LEFT_OUT.search(sentence.text, start, mention.span.start) is not None


def singled_out(sentence: Sentence, disease: Mention) -> bool:
    """Whether a disease is only one in which something holds more than in others, or a kind of tissue beside others."""
    lead = sentence.text[max(sentence.span.start, disease.span.start - 60) : disease.span.start]
    return _ESPECIALLY.search(lead) is not None or _AS_TISSUE.match(sentence.text, disease.span.end) is not None


def outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Those that lie in no larger one: the class "HER2-directed therapy", not the gene in it."""
    return [
        m for m in mentions if not any(m.span in other.span and len(m.span) < len(other.span) for other in mentions)
    ]


def distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """The first mention of each concept."""
    return list({m.concept: m for m in reversed(list(mentions))}.values())[::-1]


def only_together(sentence: Sentence, therapy: Mention) -> bool:
    """Whether a therapy is part of what is named as one: "A, B and C (ABC)", "A1/B2 inhibitors"."""
    if therapy.cls is ConceptClass.DRUG_CLASS:
        return _PAIRED.search(sentence.words(Span(sentence.span.start, therapy.span.start))) is not None
    drugs = sentence.of(ConceptClass.DRUG)
    for at, first in enumerate(drugs):
        members = sentence.group(first, drugs[at + 1 :])
        short = _SHORT.match(sentence.text, members[-1].span.end, sentence.span.end)
        letters = re.sub(r"\W", "", short["letters"]).lower() if short else ""
        if therapy in members and len(members) > 2 and len(letters) in (len(members), len(members) + 1):
            one, last = (m.span.of(sentence.text)[0].lower() for m in (members[0], members[-1]))
            return letters[0] == one or letters[-1] == last
    return False


def repeats(sentence: Sentence, mention: Mention, before: Sequence[Mention]) -> bool:
    """Whether a mention in brackets only repeats the one before them: "nonsquamous NSCLC (NSCLC)"."""
    closed = sentence.text[mention.span.end : mention.span.end + 1] in tuple(");,")
    return closed and any(
        other.span.end <= mention.span.start and sentence.text[other.span.end : mention.span.start].strip() == "("
        for other in before
    )


def with_question(statement: Statement, cue: str | None) -> Statement:
    """The statement as an open question, when there is a cue for one; "not known whether" denies nothing."""
    if not cue:
        return statement
    evidence = replace(statement.evidence, hedge_cue=cue, negation_cue=None)
    return replace(statement, certainty=Certainty.OPEN_QUESTION, negated=False, evidence=evidence)
