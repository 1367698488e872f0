"""The gene of a change, as the words beside it tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..model import ConceptClass, Span
from .names import Hit
from .variants import THREE, Change

#: What a change is called beside it.
VARIANT: Final = r"(?:mutations?|mutants?|variants?|polymorphisms?|substitutions?|SNPs?)"
#: What may part a gene from a change of it that stands behind it, or before it.
_BESIDE: Final = re.compile(r"|[\s:(\[-]{1,2}|\):")
_WORD: Final = (
    rf"(?:gene|{VARIANT}|(?:exon|codon|intron)\s\d{{1,4}}|missense|nonsense|frameshift|truncating|"
    r"splice(?:[\s-]site)?|deletion|insertion|duplication|alleles?|germline|somatic|(?:hetero|homo)zygous|novel|point|activating|"
    r"hot-?spot|resistance|pathogenic|promoter|(?:tyrosine\s)?kinase|transmembrane|extracellular|domain)"
)
_BEFORE: Final = re.compile(rf"(?:\s+{_WORD}){{1,4}}(?:\s+|:\s*|\s*[(\[])")
_BEHIND: Final = re.compile(rf"\)?(?:\s+{VARIANT})?\s+(?:in|of)\s+(?:the\s+)?")
#: What looks like the symbol of a gene, right before or behind a change.
_SYMBOL_BEFORE: Final = re.compile(
    rf"(?<![\w-])(?P<symbol>[A-Z][A-Z\d]{{2,}})(?:\s+(?:gene|{VARIANT}))*[\s:(\[]{{1,2}}$"
)
_SYMBOL_BEHIND: Final = re.compile(rf"{_BEHIND.pattern}(?P<symbol>[A-Z][A-Z\d]{{2,}})(?![\w-])")
#: Such a symbol that alone tells the gene: nothing parts it from the change, unless the word "gene" stands there too.
_UNKNOWN_BEFORE: Final = re.compile(
    rf"(?<![\w-])(?P<symbol>[A-Z][A-Z\d]{{2,}})(?:(?:\s+(?:gene|{VARIANT}))+\s?[:(\[]?\s?|:\s?|\s)$"
)
_NO_SYMBOLS: Final = frozenset(
    {
        "DNA", "RNA", "CDNA", "SNP", "SNPS", "SNV", "SNVS", "CNV", "INDEL", "VUS", "PCR", "RFLP", "NGS", "WES", "WGS",
        "MLPA", "LOH", "UTR", "ORF", "GWAS", "ACMG", "HGVS", "HGMD", "WHO",
    }
)  # fmt: skip
_THREE_LETTERS: Final = re.compile(rf"{THREE}\W{{0,2}}\d+\W{{0,2}}{THREE}")


def is_gene(hit: Hit) -> bool:
    """Whether a hit is the name of a gene."""
    return hit.name.concept.cls is ConceptClass.GENE


def beside(text: str, change: Span, genes: Sequence[Hit]) -> tuple[Span, str | None]:
    """The place of a change with the gene right before it, and that gene."""
    for hit in genes:
        between = text[hit.span.end : change.start] if change.start - 2 <= hit.span.end <= change.start else None
        if between is None or not _BESIDE.fullmatch(between):
            continue
        if between.startswith(")"):  # "NM_004448.3(ERBB2):c.929C>T"
            return change, hit.name.concept.label
        closed = any(opening in between and text.startswith(closing, change.end) for opening, closing in ("()", "[]"))
        if closed or not between.endswith(("(", "[")):
            return Span(hit.span.start, change.end + closed), hit.name.concept.label
        return change, hit.name.concept.label
    return change, None


def near(text: str, change: Span, genes: Sequence[Hit]) -> str | None:
    """The gene that the words beside a change give it: "PIK3CA gene (Q546R", "T999I in the ATM gene"."""
    for hit in genes:
        if hit.span.end < change.start and _BEFORE.fullmatch(text[hit.span.end : change.start]):
            return hit.name.concept.label
        if hit.span.start > change.end and _BEHIND.fullmatch(text[change.end : hit.span.start]):
            return hit.name.concept.label
    return None


def of_another(text: str, change: Span, genes: Sequence[Hit]) -> bool:
    """Whether what looks like the symbol of an unknown gene stands beside a change."""
    before = _SYMBOL_BEFORE.search(text, max(0, change.start - 40), change.start)
    behind = _SYMBOL_BEHIND.match(text, change.end)
    places = [Span(*match.span("symbol")) for match in (before, behind) if match]
    return any(not any(place.overlaps(hit.span) for hit in genes) for place in places)


def unknown_gene(text: str, change: Change, hits: Sequence[Hit]) -> str | None:
    """The symbol right before or behind a change that is surely one, of a gene that no vocabulary has."""
    if not change.marked and not _THREE_LETTERS.search(change.span.of(text)):
        return None
    before = _UNKNOWN_BEFORE.search(text, max(0, change.span.start - 40), change.span.start)
    match = before or _SYMBOL_BEHIND.match(text, change.span.end)
    if match is None or match["symbol"] in _NO_SYMBOLS:
        return None
    place = Span(*match.span("symbol"))
    return None if any(place.overlaps(hit.span) for hit in hits) else match["symbol"]
