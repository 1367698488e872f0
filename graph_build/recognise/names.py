"""Find the names of the lexicon in a text, in all their spellings (Aho–Corasick over folded text)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from ..fold import HYPHENS, QUOTES, fold, is_dropped, squeeze
from ..lexicon import Lexicon, Name
from ..model import ConceptClass, ConceptId, Span
from .senses import means_itself

#: What follows "Chinese" when it means patients and not experts or hospitals.
PATIENTS = (
    r"(?:[a-z-]+ )?(?:patients?|pts|population|women|men|subjects|people|cohort|individuals|cases|NSCLCs?|"
    r"(?:advanced |metastatic )?(?:non[- ]small|lung|breast|gastric|solid)|[A-Z\d-]+[- ](?:mutant|positive|"
    r"mutated|altered))"
)

#: What may be attached to the symbol of a gene: "METex14", "ERBB2ex20ins", "EGFRT790M", "HER2Ile655Val".
_ATTACHED = re.compile(r"[Δ∆]?ex(?:on)?[\s-]?\d\d(?!\d)|[A-Z](?:[a-z]{2})?\d{2,4}(?:[A-Z](?:[a-z]{2})?(?!\w)|_[A-Z])")
#: The sign of the human gene before a symbol: "hMSH2"; of four letters at least, since hERG is another gene than ERG.
_HUMAN = re.compile(r"h[A-Z][A-Z\d]{3}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at a place."""

    span: Span
    name: Name


def hit_of(span: Span, concept: ConceptId, text: str) -> Hit:
    """A place that stands for a concept, whatever its name there."""
    return Hit(span, Name(text=span.of(text), concept=concept))


@dataclass(frozen=True, slots=True)
class Finder:
    """The names of a lexicon, ready to be searched for."""

    automaton: AhoCorasick
    patterns: tuple[tuple[Name, ...], ...]  # the names behind each folded pattern
    borders: tuple[frozenset[int], ...]  # per pattern: where its names may be separated

    def find(self, text: str) -> list[Hit]:
        """Every name that stands in the text, overlapping ones too, in order of place."""
        folded = fold(text)
        origin = folded.origin
        hits: list[Hit] = []
        for index, start, end in self.automaton.find_matches_as_indexes(folded.text, overlapping=True):
            first = origin[start]
            human = False
            if first and text[first - 1].isalnum() and text[first].isalnum():
                if text[first - 1] != "h" or not _HUMAN.match(text, first - 1):
                    continue  # in the middle of a word, as most are
                human = True
            last = origin[end - 1]
            if start and origin[start - 1] == first:
                continue  # in the middle of a ligature
            span = _whole_word(text, first - human, last + 1)
            attached = span is None and bool(_ATTACHED.match(text, last + 1)) and not _is_word(text[first : last + 1])
            if attached and not (first and text[first - 1].isalnum()):
                span = Span(first, last + 1)
            if span is None or not _separators_fit(text, origin[start:end], self.borders[index]):
                continue
            hits += [
                Hit(span, name)
                for name in self.patterns[index]
                if _counts(name, text, first, last + 1, span)
                and (not (attached or human) or name.concept.cls is ConceptClass.GENE)
            ]
        return sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end, hit.name.concept))


@lru_cache(maxsize=8)
def finder(lexicon: Lexicon) -> Finder:
    """The finder of a lexicon; made once."""
    by_pattern: dict[str, list[Name]] = {}
    borders: dict[str, set[int]] = {}
    for name in lexicon.names:
        for form in (name.text, *_plurals(name.text)):
            pattern = fold(form)
            if pattern.text:
                by_pattern.setdefault(pattern.text, []).append(name if form == name.text else replace(name, text=form))
                borders.setdefault(pattern.text, set()).update(_borders(form, pattern.origin))
    patterns = sorted(by_pattern)
    return Finder(
        AhoCorasick(patterns),
        tuple(tuple(by_pattern[p]) for p in patterns),
        tuple(frozenset(borders[p]) for p in patterns),
    )


def _is_word(written: str) -> bool:
    return written.islower() and written.isalpha()


def _plurals(name: str) -> Iterable[str]:
    """Plurals that change the word: antibodies, metastases; a plain -s is allowed wherever a name ends."""
    if name.endswith("y") and len(name) > 5 and name[-2:-1] not in "aeiou":
        yield name[:-1] + "ies"
    if name.endswith("sis") and len(name) > 6:
        yield name[:-2] + "es"


def _borders(name: str, origin: Sequence[int]) -> Iterable[int]:
    """Positions in the folded name where a text may print a separator: its own, and letter–digit borders."""
    for i in range(1, len(origin)):
        before, after = name[origin[i - 1]], name[origin[i]]
        if origin[i] - origin[i - 1] > 1 or before.isdigit() != after.isdigit() or "/" in (before, after):
            yield i


def _separators_fit(text: str, origin: Sequence[int], borders: frozenset[int]) -> bool:
    for i in range(1, len(origin)):
        gap = text[origin[i - 1] + 1 : origin[i]]
        if not gap or (i in borders and len(gap) <= 4):
            continue
        # A single hyphen may stand anywhere in a long word: "anti-angiogenic", "over-expression".
        if not (len(gap) == 1 and gap in HYPHENS and len(origin) >= 10 and 2 < i < len(origin) - 2):
            return False
    return True


def _whole_word(text: str, start: int, end: int) -> Span | None:
    """The span widened by a plural ending and a closing quotation mark; ``None`` inside a longer word."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return None
    if text[end - 1].isalnum() and text[end : end + 1].isalnum():
        plural = next((s for s in ("s", "es") if text.startswith(s, end)), None)
        end += len(plural or "")
        if not plural or text[end : end + 1].isalnum():
            return None
    if end < len(text) and text[end] in QUOTES and sum(text.count(quote, start, end) for quote in QUOTES) % 2:
        end += 1
    return Span(start, end)


def _counts(name: Name, text: str, start: int, end: int, span: Span) -> bool:
    surface = text[start:end]
    if name.exact_case and surface != name.text and squeeze(surface) != squeeze(name.text):
        return False
    if "\n\n" in surface or text.startswith(".gov", end):
        return False
    if name.concept.cls is ConceptClass.REGIMEN and len(surface) < len(name.text) <= 5:
        return False  # "ACT" is no AC-T
    if len(name.text) <= 5 and any(c.isspace() or is_dropped(c) for c in surface) and name.text.isalpha():
        return False  # "A D C" is no ADC, "her-2" has a digit and may be parted
    if name.before_patients and not re.match(rf"[\s-]+{PATIENTS}\b", text[span.end : span.end + 60], re.IGNORECASE):
        return False
    return means_itself(name, text, span)


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Within one class the longest span wins, the earlier one among equals; no overlaps remain."""
    hits = list(hits)
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    taken: dict[ConceptClass, list[Span]] = {}
    for hit in sorted(hits, key=lambda h: (-len(h.span), h.span.start, h.name.concept)):
        spans = taken.setdefault(hit.name.concept.cls, [])
        if not any(hit.span.overlaps(span) for span in spans):
            spans.append(hit.span)
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.span.start, -hit.span.end, hit.name.concept))
