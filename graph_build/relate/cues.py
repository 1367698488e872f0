"""Negation, hedging, questions and appraisals: which cue words stand where.

The words are data (``ontology/lexicon/cues.tsv``); this module only knows how far
they reach.  In the manner of NegEx (Chapman et al. 2001), a cue reaches over the
clause it stands in, not further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..lexicon import Cue, Lexicon
from ..model import Appraisal, Span

#: Words inside what something is called that leave open whether it is: "a candidate driver", "possible targets".
CANDIDATE: Final = re.compile(r"\b(?:possible|candidate|putative)\b(?!\s+for\b)", re.IGNORECASE)


#: What is asked without "whether": "it is time to explore if".
_ASKED_IF: Final = re.compile(
    r"\b(?:explor|determin|establish|clarif|examin|investigat|evaluat|assess|ask|test|see|know)(?:e|ed|ing|y)?\s+if\b",
    re.IGNORECASE,
)
#: Words that turn a praise into its contrary: "scarcely effective".
_HARDLY: Final = re.compile(r"\b(?:scarcely|hardly|barely|poorly|minimally)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """An appraisal cue at a place."""

    span: Span
    word: str
    appraisal: Appraisal
    weak: bool  # "improved": counts only where no stronger word stands
    predicate: str | None  # a cue that is about safety or efficacy by itself


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words of a lexicon, compiled."""

    by_kind: dict[str, tuple[tuple[re.Pattern[str], Cue], ...]]
    any_of: dict[str, re.Pattern[str]]  # per kind: all in one, to tell at once that there is none, or the first

    def _find(self, kind: str, text: str, span: Span) -> Iterator[tuple[re.Match[str], Cue]]:
        begin = self._begin(kind, text, span)
        if begin is not None:
            for pattern, cue in self.by_kind[kind]:
                for match in pattern.finditer(text, begin, span.end):
                    yield match, cue

    def _begin(self, kind: str, text: str, span: Span) -> int | None:
        """Where the first cue of a kind begins."""
        found = self.any_of[kind].search(text, span.start, span.end) if kind in self.any_of else None
        return found.start() if found else None

    def first(self, kind: str, text: str, span: Span) -> tuple[str, Span] | None:
        """The first cue of a kind in a part of the text, as printed; the longer one where two begin together."""
        begin = self._begin(kind, text, span)
        if begin is None:
            return None
        end = max(m.end() for pattern, _ in self.by_kind[kind] if (m := pattern.match(text, begin, span.end)))
        return text[begin:end], Span(begin, end)

    def negation(self, text: str, span: Span) -> str | None:
        """The negation cue of a clause."""
        found = self.first("negation", text, span)
        return found[0] if found else None

    def hedge(self, text: str, span: Span) -> str | None:
        """The hedge cue of a clause."""
        found = self.first("hedge", text, span)
        return found[0] if found else None

    def question(self, text: str, clause: Span, sentence: Span) -> str | None:
        """The cue that makes a clause an open question: "whether" before it, or the question mark of a title."""
        found = self.first("question", text, clause)
        asked = found[0] if found else next(iter(_ASKED_IF.findall(text, clause.start, clause.end)), None)
        if asked:
            return asked
        return "?" if text[sentence.start : sentence.end].rstrip("\"'”) ").endswith("?") else None

    def any_appraisal(self, text: str, span: Span) -> bool:
        """Whether there may be a word that values something."""
        return self._begin("appraisal", text, span) is not None

    def appraisals(self, text: str, span: Span) -> list[Valued]:
        """The words of a clause that value what is reported, in order."""
        found: dict[Span, Valued] = {}
        for match, cue in self._find("appraisal", text, span):
            if cue.unless_next and re.match(
                rf"[\s-]+(?:{cue.unless_next})\b", text[match.end() : span.end], re.IGNORECASE
            ):
                continue
            value, *flags = cue.value.split()
            hardly = _HARDLY.search(text, span.start, match.start()) if value == Appraisal.FAVOURABLE else None
            place = Span(hardly.start() if hardly else match.start(), match.end())
            found[place] = Valued(
                span=place,
                word=place.of(text),
                appraisal=Appraisal.LIMITED if hardly else Appraisal(value),
                weak="weak" in flags,
                predicate=next((f for f in flags if f.endswith("In")), None),
            )
        spans = sorted(found)
        return [found[s] for s in spans if not any(s in other and s != other for other in spans)]


@lru_cache(maxsize=8)
def cues_of(lexicon: Lexicon) -> Cues:
    """The compiled cues of a lexicon; made once."""
    by_kind: dict[str, list[tuple[re.Pattern[str], Cue]]] = {}
    for cue in lexicon.cues:
        pattern = re.compile(rf"(?<![\w])(?:{cue.pattern})(?![\w])", re.IGNORECASE)
        by_kind.setdefault(cue.kind, []).append((pattern, cue))
    any_of = {
        kind: re.compile(rf"(?<!\w)(?:{'|'.join(cue.pattern for _, cue in found)})(?!\w)", re.IGNORECASE)
        for kind, found in by_kind.items()
    }
    return Cues({kind: tuple(found) for kind, found in by_kind.items()}, any_of)
