"""Which entry a name stands for in this document: support for symbols, a choice between candidates.

One document uses a symbol in one sense.  A symbol counts where the document spells it out or defines it; the
symbol of a gene also beside a word that only genes have beside them, or in a list with a gene that counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from abbreviation_extractor import extract_abbreviation_definition_pairs

from ..fold import DASHES, squeeze
from ..model import ConceptClass, Document, SectionType, Span
from .admission import How
from .find import Found, find
from .index import Candidate, Index
from .keys import name_key

#: What stands behind the symbol of a gene and nothing else …
_STRONG_AFTER: Final = (
    r"(?:(?:onco)?genes?|mRNAs?|transcripts?|promoters?|mutat(?:ions?|ed)|mutants?|amplifi(?:cations?|ed)|"
    r"overexpress(?:ion|ing|ed)|fusions?|rearrange(?:ments?|d)|translocations?|knock(?:out|down|ed)|silencing|"
    r"hypermethylation|methylation|polymorphisms?|genotypes?|siRNA|shRNA|alleles?|locus|exons?|wild[- ]?type|null|"
    r"loss-of-function|variants?|p\.[A-Z]|c\.\d)"
)
#: … and what stands behind those of longer symbols.
_WEAK_AFTER: Final = (
    r"(?:proteins?|expression|signal(?:l)?ing|pathway|receptors?|kinase|inhibitors?|deficien(?:t|cy)|activation|"
    r"phosphorylation|alterations?|deletions?|positive|negative|levels?|antibod(?:y|ies))"
)
_SIDE: Final = rf"[\s{DASHES}]{{1,2}}(?:(?:gene|protein|mRNA|promoter|missense|germline|somatic|pathogenic) )?"
_AFTER: Final = {
    False: re.compile(rf"{_SIDE}{_STRONG_AFTER}(?![^\W\d_])"),
    True: re.compile(rf"{_SIDE}(?:{_STRONG_AFTER}|{_WEAK_AFTER})(?![^\W\d_])"),
}
_BEFORE: Final = re.compile(
    r"(?:\b(?:mutations?|amplifications?|polymorphisms?|fusions?|rearrangements?|overexpression|methylation|knockdown|"
    r"knockout|mRNA expression|protein expression|transcription|variants?|silencing|deletions?) (?:in|of) (?:the )?|"
    r"\b(?:(?:onco)?genes?|gene encoding|encoding|encodes|transcription factors?|proto-oncogenes?),? \(?)$",
    re.IGNORECASE,
)
#: How a list goes on from one gene to the next.
_LISTED: Final = re.compile(rf"\s*(?:,|/|,?\s(?:and|or)\s|&|[{DASHES}])\s*(?:and\s|or\s)?\s*$")
#: Symbols of so many characters count beside weak words, and alone when they carry a digit.
_LONG: Final = 4


@dataclass(slots=True)
class Sense:
    """What a document says about its names."""

    index: Index
    text: str
    spelled: dict[int, int] = field(default_factory=dict)  # entries named in words → the one that this name stands for
    defined: dict[str, int | None] = field(default_factory=dict)  # short form → what its definition names
    counting: set[tuple[str, int]] = field(default_factory=set)  # symbols that count in the whole document
    ambiguous: dict[str, list[str]] = field(default_factory=dict)
    unclear: set[Span] = field(default_factory=set)  # where ambiguous names stand

    def choose(self, hit: Found, candidates: Sequence[Candidate]) -> int | None:
        """The entry of the vocabulary given first; our own concept before all.

        Two entries of one vocabulary leave a name ambiguous, unless it is the label of one or the
        document names one of them in words.
        """
        index, surface = self.index, hit.span.of(self.text)
        good = [c for c in candidates if c.entry in index.ours] or candidates
        if not good:
            return None
        first = [c for c in good if index.ranks[c.entry] == index.ranks[good[0].entry]]
        for narrowed in (first, [c for c in first if c.is_label], [c for c in first if c.entry in self.spelled]):
            if len({index.ours.get(c.entry, c.entry) for c in narrowed}) == 1:
                return narrowed[0].entry
        self.unclear.add(hit.span)
        self.ambiguous[surface] = sorted({index.ids[c.entry] for c in first})
        return None

    def symbol(self, hit: Found) -> int | None:
        """The entry that a symbol stands for, where the document supports one."""
        symbols = [c for c in hit.candidates if c.how is How.SYMBOL]
        surface = hit.span.of(self.text)
        spelled = [c for c in symbols if c.entry in self.spelled]
        if spelled:
            entry = self.choose(hit, spelled)
            return None if entry is None else self.spelled[entry]
        return self.choose(hit, [c for c in symbols if (surface, c.entry) in self.counting or self.beside(hit.span, c)])

    def beside(self, span: Span, candidate: Candidate) -> bool:
        """Whether a symbol is a gene's by the words beside it or by its form."""
        if self.index.kind(candidate.entry) is not ConceptClass.GENE:
            return False
        symbol = squeeze(candidate.name)
        long = len(symbol) >= _LONG
        if long and candidate.is_label and any(map(str.isdigit, symbol)) and sum(map(str.isalpha, symbol)) >= 2:
            return True  # unmistakable: "GATA3"
        if len(symbol) < 3:
            return False
        before = self.text[max(0, span.start - 40) : span.start]
        return bool(_AFTER[long].match(self.text, span.end) or (_BEFORE.search(before) and symbol.isupper()))


def settle(
    index: Index, document: Document, zones: Sequence[Span]
) -> tuple[list[tuple[Span, int]], dict[str, list[str]]]:
    """The places and entries that count, and the ambiguous names with the identifiers they could stand for."""
    text = document.text
    found = [hit for zone in zones for hit in find(index, text, zone)]
    sense = Sense(index, text)
    chosen: dict[Found, int] = {}
    in_words: dict[str, int] = {}
    for again in (False, True):  # a name of two entries is settled by the other names of one
        for hit in found:
            plain = [c for c in hit.candidates if c.how is not How.SYMBOL]
            entry = sense.choose(hit, plain) if again or len(plain) == 1 or (plain[:1] and plain[0].is_label) else None
            if entry is not None:
                chosen[hit] = entry
                in_words.setdefault(name_key(hit.span.of(text)), entry)
                sense.spelled |= {c.entry: entry for c in plain if c.entry not in sense.spelled}
    _define(sense, document, in_words)
    symbols = [hit for hit in found if hit not in chosen and hit.span.of(text) not in sense.defined]
    for hit in symbols:
        surface = hit.span.of(text)
        if len(surface) >= _LONG:  # three letters count where they stand beside such a word only
            sense.counting |= {(surface, c.entry) for c in hit.candidates if sense.beside(hit.span, c)}
    for hit in symbols:
        entry = sense.symbol(hit)
        if entry is not None:
            chosen[hit] = entry
    _follow_lists(sense, symbols, chosen)
    settled = [
        (hit.span, entry)
        for hit, entry in chosen.items()
        if hit.span.of(text) not in sense.defined  # nor a part of a longer name that nobody can tell
        and not any(hit.span in span and hit.span != span for span in sense.unclear)
    ]
    settled += _defined_forms(sense, zones)
    return sorted(settled), {name: sense.ambiguous[name] for name in sorted(sense.ambiguous)}


def _define(sense: Sense, document: Document, in_words: Mapping[str, int]) -> None:
    """Note the short forms that abstracts define, and the entry that the definition names."""
    for section in document.sections:
        if section.type is SectionType.ABSTRACT and section.zone:
            for pair in extract_abbreviation_definition_pairs(section.zone.of(document.text)):
                meant = in_words.get(name_key(pair.definition))
                if sense.defined.get(pair.abbreviation) is None:
                    sense.defined[pair.abbreviation] = meant


def _follow_lists(sense: Sense, symbols: Sequence[Found], chosen: dict[Found, int]) -> None:
    """Genes in a list with one that counts: "KRAS, NRAS and BRAF mutations", from the end to the beginning."""
    text, index = sense.text, sense.index
    genes = {hit.span: entry for hit, entry in chosen.items() if index.kind(entry) is ConceptClass.GENE}
    waiting = [hit for hit in symbols if hit not in chosen]
    while waiting:
        new: dict[Found, int] = {}
        for hit in waiting:
            entry = _only_gene(index, hit)
            if entry is not None and any(_is_listed(text, *sorted((hit.span, span))) for span in genes):
                new[hit] = entry
        chosen |= new
        genes |= {hit.span: entry for hit, entry in new.items()}
        waiting = [hit for hit in waiting if hit not in new] if new else []


def _only_gene(index: Index, hit: Found) -> int | None:
    genes = [c for c in hit.candidates if index.kind(c.entry) is ConceptClass.GENE and len(squeeze(c.name)) >= 3]
    entries = {c.entry for c in genes if c.is_label} or {c.entry for c in genes}
    return entries.pop() if len(entries) == 1 else None


def _is_listed(text: str, left: Span, right: Span) -> bool:
    between = text[left.end : right.start]
    return 0 < len(between) <= 8 and _LISTED.match(between) is not None


def _defined_forms(sense: Sense, zones: Sequence[Span]) -> list[tuple[Span, int]]:
    """The places of short forms that the document itself defines: "iCCA" stands for what "iCCA" is short for there."""
    forms: list[tuple[Span, int]] = []
    for short, entry in sense.defined.items():
        if entry is None or len(short) < 2 or not any(c.isupper() for c in short):
            continue
        pattern = re.compile(rf"(?<![\w{DASHES}]){re.escape(short)}(?:(?=s\b)|(?!\w))(?![{DASHES}][A-Z\d])")
        for zone in zones:
            spans = (Span(m.start(), m.end()) for m in pattern.finditer(sense.text, zone.start, zone.end))
            forms += [(span, entry) for span in spans]
    return forms
