"""Alterations: a gene and what happened to it, wherever the words stand.

The grammar is ``GENES FILLER* KIND (and KIND)*``, ``KIND of GENES`` and
``ALTERED GENE``; genes and kinds come from the lexicon.  In a coordination every
conjunct is an alteration: in "EGFR, KRAS and TP53 mutations" the name of each gene
stands for the mutation of that gene.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..fold import DASHES, QUOTES
from ..lexicon import Lexicon
from ..model import ConceptClass, ConceptId, Span

#: What may part two words of a name.
GAP: Final = rf"[\s{DASHES}]*"
#: What may part the gene from the kind: "HER2-mutant", "HER2 (ERBB2) mutation", 'HER2 "positivity"'.
JOIN: Final = rf"[\s{DASHES}{QUOTES}]{{0,3}}"
#: How much was inserted or lost: "12-bp".
SIZE: Final = rf"\d+{GAP}(?:bp|nt|aa|base{GAP}pairs?|nucleotides?|amino{GAP}acids?)"
#: Words between a gene and the kind that change nothing about which alteration it is.
FILLER: Final = (
    rf"(?:(?:gene|genes|protein|receptor|genomic|genetic|molecular|somatic|germline|oncogenic|activating|"
    rf"driver|hotspot|"
    rf"functional|tyrosine{GAP}kinase|kinase|TK|domain|oncogene|mRNA|copy{GAP}number|"
    rf"{SIZE}(?={GAP}(?:in{GAP}frame{GAP})?(?:ex|[a-z/]+\s(?:in|at)\sexon))){JOIN})*"
)
#: How conjuncts are joined: "A, B, and C", "A/B", "A- and B".
AND: Final = rf"[{DASHES}]?(?:\s*,\s*(?:and|or|and/or)?\s*|\s*/\s*|\s+(?:and|or|and/or)\s+|\s*&\s*)"
#: What is told with its size: "exon 20 12-bp insertion".
_SIZED: Final = ("insertion", "deletion", "duplication", "insertion/duplication")
#: Attached signs of the field: HER2m, EGFRmut, HER2+.
ATTACHED: Final = {
    "m": "{gene} mutation",
    "mut": "{gene} mutation",
    "+": "{gene} positivity",
    "(+)": "{gene} positivity",
}
#: Kinds that are recognised without a gene when the sentence names just one.
BARE: Final = (
    "{gene} overexpression", "{gene} amplification", "{gene} exon 19 deletion", "{gene} exon 20 insertion",
    "{gene} exon 20 mutation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """An alteration of a gene at a place."""

    span: Span
    gene: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled words of the kinds of a lexicon."""

    kind: re.Pattern[str]
    noun: re.Pattern[str]
    adjective: re.Pattern[str]
    bare: re.Pattern[str]
    words: dict[str, str]  # a word without separators, lower case → kind pattern

    def pattern_of(self, surface: str) -> str:
        """The kind that a surface form names."""
        key = _key(surface)
        for ending in ("", "s", "es"):
            if key.endswith(ending) and (found := self.words.get(key[: len(key) - len(ending)] if ending else key)):
                return found
        raise KeyError(surface)


def _key(words: str) -> str:
    return re.sub(rf"[\s{DASHES}{QUOTES}]+", "", re.sub(SIZE, "", words, flags=re.IGNORECASE)).lower()


def _alternatives(words: Sequence[str]) -> str:
    parts = []
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        pieces = [re.escape(piece) for piece in re.split(rf"[\s{DASHES}]+", word) if piece]
        joined = [rf"(?:{SIZE}{GAP})?{p}" if n and p in _SIZED else p for n, p in enumerate(pieces)]
        parts.append(GAP.join(joined) + "(?:es|s)?")
    return "(?:" + "|".join(parts) + r")(?![^\W_])" if parts else r"(?!)"


@lru_cache(maxsize=8)
def grammar(lexicon: Lexicon) -> Grammar:
    """The grammar of a lexicon's kinds; made once."""
    kinds = lexicon.kinds.values()
    words: dict[str, str] = {}
    for kind in kinds:
        for word in (*kind.nouns, *kind.adjectives):
            words.setdefault(_key(word), kind.pattern)
    nouns = [noun for kind in kinds for noun in kind.nouns]
    adjectives = [adjective for kind in kinds for adjective in kind.adjectives]
    bare = [noun for kind in kinds if kind.pattern in BARE for noun in kind.nouns]
    return Grammar(
        kind=re.compile(_alternatives(nouns + adjectives), re.IGNORECASE),
        noun=re.compile(rf"(?<![^\W_]){_alternatives(nouns)}", re.IGNORECASE),
        # not the end of a compound: "HR-positive, HER2-negative" says nothing positive of HER2
        adjective=re.compile(rf"(?<![^\W_])(?<![{DASHES}]){_alternatives(adjectives)}", re.IGNORECASE),
        bare=re.compile(rf"(?<![^\W_])(?:(?:gene|protein){JOIN})?{_alternatives(bare)}", re.IGNORECASE),
        words=words,
    )


@dataclass(frozen=True, slots=True)
class GeneGroup:
    """Genes joined by "and", commas or slashes."""

    genes: tuple[tuple[Span, str], ...]

    @property
    def span(self) -> Span:
        """From the first to the last gene."""
        return Span(self.genes[0][0].start, self.genes[-1][0].end)


def gene_groups(text: str, genes: Sequence[tuple[Span, str]]) -> Iterator[GeneGroup]:
    """Genes that stand in one coordination; synonyms in brackets belong to the gene before them."""
    group: list[tuple[Span, str]] = []
    for span, gene in genes:
        if group:
            between = text[group[-1][0].end : span.start]
            last_span, last_gene = group[-1]
            if last_gene == gene and re.fullmatch(r"\s*\(", between) and text[span.end : span.end + 1] == ")":
                group[-1] = (Span(last_span.start, span.end + 1), gene)
                continue
            if not re.fullmatch(AND, between):
                yield GeneGroup(tuple(group))
                group = []
        group.append((span, gene))
    if group:
        yield GeneGroup(tuple(group))


def find_alterations(text: str, genes: Sequence[tuple[Span, str]], zone: Span, lexicon: Lexicon) -> list[Found]:
    """Every alteration of the given genes that the zone names, in order; see the module for the grammar."""
    words = grammar(lexicon)
    found: list[Found] = []
    for group in gene_groups(text, genes):
        if re.search(
            rf"\bnon[{DASHES}]$", text[max(zone.start, group.span.start - 5) : group.span.start], re.IGNORECASE
        ):
            continue  # "non-EGFR-mutant"
        after = list(_after(text, group, zone, words))
        found += after or _before(text, group, zone, words)
    found = [f for f in found if _allowed(lexicon, f)]
    return sorted(found, key=lambda f: (f.span, f.gene))


def _after(text: str, group: GeneGroup, zone: Span, words: Grammar) -> Iterator[Found]:
    last_span = group.genes[-1][0]
    attached = re.match(r"(mut|m|\(\+\)|\+)(?![^\W_])", text[last_span.end : zone.end])
    if attached:
        yield from _conjuncts(group, Span(last_span.start, last_span.end + attached.end()), ATTACHED[attached[1]])
        return
    start = re.compile(JOIN + FILLER, re.IGNORECASE).match(text, last_span.end, zone.end)
    kind = words.kind.match(text, start.end() if start else last_span.end, zone.end)
    if not kind:  # "copy number variation", of which the beginning alone is a filler
        joined = re.compile(JOIN).match(text, last_span.end, zone.end)
        kind = words.kind.match(text, joined.end(), zone.end) if joined else None
    if not kind:
        return
    pattern = words.pattern_of(kind[0])
    end = kind.end() + (
        text[kind.end() : kind.end() + 1] in tuple(QUOTES) and text.count('"', last_span.end, kind.end()) % 2
    )
    yield from _conjuncts(group, Span(last_span.start, end), pattern)
    while True:  # "HER2-mutant or amplified", "gene amplification and protein expression"
        joint = re.compile(rf"{AND}[{DASHES}]?{FILLER}", re.IGNORECASE).match(text, kind.end(), zone.end)
        further = words.kind.match(text, joint.end(), zone.end) if joint else None
        if not joint or not further or re.match(r"\s+(?:of|in)\s+(?:the\s+)?[A-Z]", text[further.end() : zone.end]):
            return
        lead = re.compile(rf"{AND}[{DASHES}]?", re.IGNORECASE).match(text, kind.end(), zone.end)
        begin = lead.end() if lead else further.start()
        for _, gene in group.genes:
            yield Found(Span(begin, further.end()), gene, words.pattern_of(further[0]))
        kind = further


def _conjuncts(group: GeneGroup, last: Span, pattern: str) -> Iterator[Found]:
    for span, gene in group.genes[:-1]:
        yield Found(span, gene, pattern)
    yield Found(last, group.genes[-1][1], pattern)


def _before(text: str, group: GeneGroup, zone: Span, words: Grammar) -> list[Found]:
    """ "amplification of HER-2 gene", "mutations in ERBB2", "mutant p53"."""
    begin = max(zone.start, group.span.start - 90)
    lead = text[begin : group.span.start]
    first, gene = group.genes[0]
    tail = re.match(
        rf"{JOIN}(?:gene|protein|oncogene|receptor)s?(?![^\W_])", text[group.span.end : zone.end], re.IGNORECASE
    )
    end = group.span.end + (tail.end() if tail else 0)
    for noun in words.noun.finditer(lead):
        pattern = words.pattern_of(noun[0])
        joint = re.fullmatch(r"\s+(of|in|for)\s+(?:the\s+)?", lead[noun.end() :])
        if joint and (joint[1] == "of" or "mutation" in pattern or "insertion" in pattern or "variant" in pattern):
            spans = [Span(begin + noun.start(), first.end if len(group.genes) > 1 else end)]
            spans += [span for span, _ in group.genes[1:]]
            return [Found(span, g, pattern) for span, (_, g) in zip(spans, group.genes, strict=True)]
    for adjective in words.adjective.finditer(lead):
        # "receptor positive HER2 negative": what stands before belongs to the receptor
        denied = re.match(rf"{JOIN}(?:negative|low|[{DASHES}](?!\w))", text[group.span.end : zone.end], re.IGNORECASE)
        if re.fullmatch(r"\s+", lead[adjective.end() :]) and not denied:
            return [Found(Span(begin + adjective.start(), first.end), gene, words.pattern_of(adjective[0]))]
    return []


def _allowed(lexicon: Lexicon, found: Found) -> bool:
    genes = lexicon.kinds[found.pattern].genes
    return not genes or found.gene in genes


def find_bare(text: str, sentence: Span, gene: str, lexicon: Lexicon) -> list[Found]:
    """Kinds named without a gene in a sentence whose only gene is given: "protein overexpression"."""
    words = grammar(lexicon)
    found = [
        Found(
            Span(m.start(), m.end()),
            gene,
            words.pattern_of(re.sub(r"^(?:gene|protein)\W*", "", m[0], flags=re.IGNORECASE)),
        )
        for m in words.bare.finditer(text, sentence.start, sentence.end)
    ]
    return [f for f in found if _allowed(lexicon, f)]


def gene_of(concept: ConceptId, lexicon: Lexicon) -> ConceptId | None:
    """The gene of an alteration; ``None`` when it is of no one gene."""
    known = lexicon.concepts.get(concept)
    links = known.links if known else ()
    if not known and concept.cls is ConceptClass.ALTERATION:
        for symbol, shown in lexicon.display.items():
            if concept.label.startswith(shown + " "):
                return ConceptId(ConceptClass.GENE, symbol)
    return next((target for link, target in links if link == "alterationOf"), None)
