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
from .gene_groups import AND, GeneGroup, gene_groups

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
#: Exons that are no kind of their own: "KRAS exon 2 mutation" is a mutation of KRAS.
_EXON: Final = re.compile(rf"{JOIN}exons?{GAP}\d+(?:\s?[,/{DASHES}]\s?\d+|\s(?:and|or)\s\d+)*{JOIN}", re.IGNORECASE)
#: What stands between a kind and its genes: "mutations in the", "amplification of", "mutations in genes such as",
#: "mutations in the kinase domain of", "mutations in exon 8 of", …
_KIND_OF: Final = re.compile(
    r"\s+(?P<word>of|in|for)\s+(?:the\s+)?"
    r"(?:(?P<part>(?:(?:tyrosine\s+)?kinase|(?:juxta|trans)membrane|extracellular)\s+domain|exons?\s\d+(?:\s?[-–/,]\s?\d+)*)"
    r"\s+of\s+(?:the\s+)?)?"
    r"(?:(?:\w+\s){0,2}(?:onco)?genes?,?\s+(?:such\s+as|including|like|namely|e\.g\.,?)\s+(?:the\s+)?)?"
)
#: … "mutations were found in".
_FOUND_IN: Final = re.compile(
    r"\s+(?:(?:is|are|was|were)\s+)(?:\w+ly\s+)?(?:detected|discovered|found|identified|noted|observed|present|reported|"
    r"revealed|seen)\s+(?P<word>in)\s+(?:the\s+)?"
)
#: Behind genes: what was altered there is not these genes but the tumours, cells or persons that they tell apart.
_CARRIERS: Final = re.compile(
    rf"[\s{DASHES}]*(?:wild|wt\b|negative|positive|expressing|na[iï]ve|low|high|driven|addicted|patients?|tumou?rs?(?!\s+suppressor)|cells?|cancers?)",
    re.IGNORECASE,
)
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
        if after and len(group.genes) > 1 and (before := _of_kind(text, group, zone, words)):
            *first, last = group.genes  # "mutations in EGFR, KRAS and HER2 amplification"
            found += before[: len(first)]
            found += _after(text, GeneGroup((last,)), zone, words)
        else:
            found += after or _before(text, group, zone, words)
    found = [f for f in found if is_allowed(lexicon, f)]
    return sorted(found, key=lambda f: (f.span, f.gene))


def _after(text: str, group: GeneGroup, zone: Span, words: Grammar) -> Iterator[Found]:
    last_span = group.genes[-1][0]
    enclosed = text[group.span.start - 1 : group.span.start] == "(" and text[last_span.end : last_span.end + 1] == ")"
    after = last_span.end + enclosed  # "transition (MET) amplification", "genes (EGFR, KRAS) mutations"
    attached = re.match(r"(mut|m|\(\+\)|\+)(?![^\W_])", text[after : zone.end])
    if attached and not enclosed:
        yield from _conjuncts(group, Span(last_span.start, after + attached.end()), ATTACHED[attached[1]])
        return
    kind = _kind_at(text, after, zone, words)
    if not kind:
        return
    pattern = words.pattern_of(kind[0])
    end = kind.end() + (
        text[kind.end() : kind.end() + 1] in tuple(QUOTES) and text.count('"', last_span.end, kind.end()) % 2
    )
    end += "(" in text[after : kind.start()] and text.startswith(")", kind.end())
    if enclosed and len(group.genes) > 1:
        yield from _conjuncts(group, last_span, pattern)
    else:
        yield from _conjuncts(group, Span(last_span.start - enclosed, end), pattern)
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


def _kind_at(text: str, place: int, zone: Span, words: Grammar) -> re.Match[str] | None:
    """The kind that stands behind genes, after what may stand between."""
    start = re.compile(JOIN + FILLER, re.IGNORECASE).match(text, place, zone.end)
    kind = words.kind.match(text, start.end() if start else place, zone.end)
    if not kind:  # "copy number variation", of which the beginning alone is a filler
        joined = re.compile(JOIN).match(text, place, zone.end)
        kind = words.kind.match(text, joined.end(), zone.end) if joined else None
    if not kind and text.startswith((" (", "("), place):  # "HER2 (IHC 3+)"
        score = words.kind.match(text, text.index("(", place) + 1, zone.end)
        return score if score and "IHC" in words.pattern_of(score[0]) and text.startswith(")", score.end()) else None
    if not kind and (exon := _EXON.match(text, place, zone.end)):
        kind = words.kind.match(text, exon.end(), zone.end)
        return kind if kind and words.pattern_of(kind[0]) == "{gene} mutation" else None
    return kind


def _conjuncts(group: GeneGroup, last: Span, pattern: str) -> Iterator[Found]:
    for span, gene in group.genes[:-1]:
        yield Found(span, gene, pattern)
    yield Found(last, group.genes[-1][1], pattern)


def _before(text: str, group: GeneGroup, zone: Span, words: Grammar) -> list[Found]:
    """ "amplification of HER-2 gene", "mutations in ERBB2", "mutant p53"."""
    if found := _of_kind(text, group, zone, words):
        return found
    begin = max(zone.start, group.span.start - 90)
    lead = text[begin : group.span.start]
    first, gene = group.genes[0]
    for adjective in words.adjective.finditer(lead):
        # "receptor positive HER2 negative": what stands before belongs to the receptor
        denied = re.match(rf"{JOIN}(?:negative|low|[{DASHES}](?!\w))", text[group.span.end : zone.end], re.IGNORECASE)
        if re.fullmatch(r"\s+", lead[adjective.end() :]) and not denied:
            return [Found(Span(begin + adjective.start(), first.end), gene, words.pattern_of(adjective[0]))]
    return []


def _of_kind(text: str, group: GeneGroup, zone: Span, words: Grammar) -> list[Found]:
    """The alterations of genes whose kind stands before them: "mutations in KRAS, BRAF and ERBB2"."""
    begin = max(zone.start, group.span.start - 90)
    lead = text[begin : group.span.start]
    first = group.genes[0][0]
    tail = re.match(
        rf"{JOIN}(?:gene|protein|oncogene|receptor)s?(?![^\W_])", text[group.span.end : zone.end], re.IGNORECASE
    )
    end = group.span.end + (tail.end() if tail else 0)
    for noun in words.noun.finditer(lead):
        pattern = words.pattern_of(noun[0])
        joint = _KIND_OF.fullmatch(lead, noun.end()) or _FOUND_IN.fullmatch(lead, noun.end())
        if not joint or (joint["word"] != "of" and not re.search("mutation|insertion|variant", pattern)):
            continue
        if joint["word"] == "in" and _CARRIERS.match(text, group.span.end, zone.end):
            continue
        exon = re.match(rf"{JOIN}(exon{GAP}\d+)(?!\d)", text[group.span.end : zone.end], re.IGNORECASE)
        part = (joint["part"] if joint.re is _KIND_OF else None) or (exon and exon[1])
        if part and pattern == "{gene} mutation" and (narrower := words.words.get(_key(f"{part} mutation"))):
            pattern = narrower
            end += exon.end() - (end - group.span.end) if exon else 0
        told = joint.re is _KIND_OF and first.start == group.span.start
        spans = [Span(begin + noun.start() if told else first.start, first.end if len(group.genes) > 1 else end)]
        spans += [span for span, _ in group.genes[1:]]
        return [Found(span, g, pattern) for span, (_, g) in zip(spans, group.genes, strict=True)]
    return []


def is_allowed(lexicon: Lexicon, found: Found) -> bool:
    """Whether this kind of alteration is known of the gene: skipping of exon 14 is of MET alone."""
    genes = lexicon.kinds[found.pattern].genes
    return not genes or found.gene in genes


def gene_of(concept: ConceptId, lexicon: Lexicon) -> ConceptId | None:
    """The gene of an alteration; ``None`` when it is of no one gene."""
    known = lexicon.concepts.get(concept)
    links = known.links if known else ()
    if not known and concept.cls is ConceptClass.ALTERATION:
        for symbol, shown in lexicon.display.items():
            if concept.label.startswith(shown + " "):
                return ConceptId(ConceptClass.GENE, symbol)
    return next((target for link, target in links if link == "alterationOf"), None)
