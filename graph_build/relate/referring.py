"""Alterations that are not named where something is said of them: "its overexpression", "this amplification"."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import ConceptClass, Mention, Span
from .discourse import Discourse, Sentence, outermost
from .outlook import ITS, THIS


def not_in_bracket(sentence: Sentence, found: list[Mention], said: int) -> list[Mention]:
    """Those that do not stand in a bracket which is closed before something is said."""
    open_ones = [
        m
        for m in found
        if sentence.text.count("(", sentence.span.start, m.span.start)
        <= sentence.text.count(")", sentence.span.start, m.span.start)
        or sentence.text.count("(", m.span.end, said) >= sentence.text.count(")", m.span.end, said)
    ]
    return open_ones or found


def its_alteration(sentence: Sentence, before: Span, discourse: Discourse) -> tuple[Mention, int] | None:
    """The alteration that "its overexpression" means, of the gene named last before; and where these words end."""
    its = ITS.search(sentence.text, before.start, before.end)
    named = outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE))
    genes = [m for m in named if its and m.span.end <= its.start()]
    if its is None or not genes or any(m.span.start >= its.end() and m.span in before for m in named):
        return None
    gene = discourse.gene_of(genes[-1]) if genes[-1].cls is ConceptClass.ALTERATION else genes[-1].concept
    concept = discourse.lexicon.alteration(gene.label, "{gene} " + its["what"].lower()) if gene else None
    known = concept and (concept in discourse.lexicon.concepts or any(m.concept == concept for m in named))
    return (replace(genes[-1], concept=concept), its.end()) if concept and known else None


def this_ends(sentence: Sentence, clause: Span) -> int:
    """Where "This overexpression" ends; the start of the clause without it."""
    this = THIS.match(sentence.text, clause.start, clause.end)
    return this.end() if this else clause.start


def spoken_of(sentence: Sentence, clause: Span, said: re.Match[str], discourse: Discourse) -> list[Mention]:
    """The alteration of the sentence before that "This overexpression" means."""
    this = THIS.match(sentence.text, clause.start, said.start())
    for other in list(discourse.before(sentence))[:1] if this else ():
        named = outermost(other.of(ConceptClass.ALTERATION))
        return [m for m in named if this and m.concept.label.lower().endswith(" " + this["what"].lower())][-1:]
    return []
