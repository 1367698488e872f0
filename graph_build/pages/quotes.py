"""Quotes with what they name marked, statements in words, and the panels of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from .claims import Claim, Counts, Quote, Side
from .entities import Mark
from .frame import Setting, apart, counted, folded
from .markup import Child, Html, isolated, tag, text, together

#: Roles of quotes in words.
_ROLES: Final = {
    "CitedTitle": "title of a cited paper",
    "ReviewSynthesis": "a review’s own summary",
    "OwnConclusion": "the authors’ own conclusion",
    "Indexing": "MeSH indexing",
    "OwnResult": "the authors’ own result",
    "Background": "background, of others",
}
#: Predicates in words where the graph's label of a statement reads badly.
_VERBS: Final = {
    "condition": "is in",
    "design": "has the design",
    "inClass": "is classed as",
    "pools": "pools",
    "population": "has the population",
    "reportedIn": "is reported in",
}
#: So many statements are shown of a group at once, the others on demand.
_AT_ONCE: Final = 12
#: So many quotes of a statement are shown at once.
_QUOTES: Final = 5


def role_in_words(role: str) -> str:
    """Who says it, by the local name of the ``her2:quoteRole``."""
    return _ROLES.get(role, role)


def in_words(claim: Claim, setting: Setting) -> str:
    """A statement as a sentence that cannot be taken for its opposite, copied out of the page or read aloud."""
    label, short = setting.entities.label, setting.entities.short
    said = label(claim.iri).removeprefix("not: ")
    if claim.predicate in _VERBS:
        said = f"{label(claim.subject)} {_VERBS[claim.predicate]} {short(claim.object)}"
        said += f" ({label(claim.context)})" if claim.context else ""
        said += "?" if claim.certainty == "OpenQuestion" else ""
    if claim.negated:
        return f"Denied: {said}" if claim.appraisal else f"It is denied that {said}"
    return said


def badges(claim: Claim) -> list[Html]:
    """What has to be known before a statement is read: denied, hedged, a question, the appraisal."""
    found = []
    if claim.negated:
        found.append(tag("strong", "Denied", class_="badge no"))
    if claim.certainty == "Hedged":
        found.append(tag("strong", "Hedged", class_="badge doubt"))
    elif claim.certainty == "OpenQuestion":
        found.append(tag("strong", "Open question", class_="badge doubt"))
    if claim.appraisal:
        kind = {"Favourable": "yes", "Inconclusive": "doubt"}.get(claim.appraisal, "no")
        others = [word for word in claim.words if word.lower() != claim.appraisal.lower()]
        word = f" ({in_quotes(claim.words)})" if others else ""
        found.append(tag("strong", claim.appraisal, text(word), class_=f"badge {kind}"))
    return found


def in_quotes(words: Iterable[str]) -> str:
    """Words as they are printed.

    >>> in_quotes(["breakthrough", "new era"])
    '“breakthrough”, “new era”'
    """
    return ", ".join(f"“{word}”" for word in words)


def words_at(quote: Quote, said: Iterable[Claim]) -> list[str]:
    """The words by which a quote appraises, where the statement has several from its quotes."""
    place = (quote.document, quote.start, quote.end)
    several = [claim for claim in said if len(claim.words) > 1 and len(claim.quotes) > 1]
    same = [q for claim in several for q in claim.quotes if (q.document, q.start, q.end) == place]
    return sorted({word for q in same for word in q.words})


def marked(exact: str, start: int, marks: Iterable[Mark], own: Collection[str], setting: Setting) -> Html:
    """A quote in which what it names is marked; of nested names the outer one, except the thing's own.

    A mention is placed by the positions in its document, so a quote with other spacing than the text is left as it is.
    """
    chosen: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.body not in own, m.start - m.end, m.start, m.body)):
        low, high = mark.start - start, mark.end - start
        fits = 0 <= low < high <= len(exact) and exact[low:high] == mark.exact
        if fits and all(mark.end <= other.start or other.end <= mark.start for other in chosen):
            chosen.append(mark)
    parts: list[Child] = []
    at = 0
    for mark in sorted(chosen, key=lambda m: m.start):
        low, high = mark.start - start, mark.end - start
        parts.append(exact[at:low])
        named = mark.body in own
        label = f"names {setting.entities.label(mark.body)}"
        parts.append(tag("mark", exact[low:high], class_="own" if named else None, title=label))
        at = high
    return tag("bdi", parts, exact[at:])


def quote_shown(
    quote: Quote, own: Collection[str], setting: Setting, *, words: Sequence[str] = (), context: bool = False
) -> Html:
    """A quote with who says it, where, and by which words it is denied, hedged or appraised."""
    entities = setting.entities
    marks = [m for m in entities.marks(quote.part) if quote.start <= m.start and m.end <= quote.end]
    before, after = entities.around(quote.evidence) if context else ("", "")
    inside = [
        tag("span", isolated(f"…{before}"), class_="quiet") if before else None,
        marked(quote.exact, quote.start, marks, own, setting),
        tag("span", isolated(f"{after}…"), class_="quiet") if after else None,
    ]
    place = setting.link(quote.paper, entities.short(quote.paper))
    via = together([" (cited by ", setting.link(quote.document, entities.short(quote.document)), ")"])
    cues = [
        f"denied by the word “{quote.negation}”" if quote.negation else "",
        f"hedged by the word “{quote.hedge}”" if quote.hedge else "",
        f"appraised by the word{'s' * (len(words) > 1)} {in_quotes(words)}" if words else "",
    ]
    notes = [
        text(role_in_words(quote.role)),
        together([place, via if quote.cited and quote.paper != quote.document else None]),
        *(isolated(cue) for cue in cues if cue),
    ]
    if context:
        notes += [
            text(f"{quote.section}, characters {quote.start}–{quote.end}"),
            together(["rule ", tag("code", quote.rule)]),
        ]
        if setting.addresses.thing(quote.evidence):
            notes.append(setting.link(quote.evidence, "record"))
    return together([tag("blockquote", inside), tag("p", apart(notes), class_="quiet")])


def claims_shown(found: Sequence[Claim], own: Collection[str], setting: Setting) -> list[Html]:
    """Statements with their quotes, one block for those that the same words say; their direction comes first."""
    blocks: dict[tuple[tuple[str, int, int], ...], list[Claim]] = {}
    for claim in found:
        blocks.setdefault(tuple((q.document, q.start, q.end) for q in claim.quotes), []).append(claim)
    return [_block(block, own, setting) for block in blocks.values()]


def _block(block: Sequence[Claim], own: Collection[str], setting: Setting) -> Html:
    quotes = [quote_shown(quote, own, setting, words=words_at(quote, block)) for quote in block[0].quotes]
    more = folded(f"{counted(len(quotes) - _QUOTES, 'more quote')}", quotes[_QUOTES:])
    kind = {Side.AGAINST: " against", Side.OPEN: " open"}.get(block[0].side, "")
    headings = [
        tag("p", [[b, " "] for b in badges(claim)], setting.link(claim.iri, in_words(claim, setting)), class_="says")
        for claim in block
    ]
    return tag("li", headings, quotes[:_QUOTES], more, class_="said" + kind)


def counts_shown(found: Sequence[Claim]) -> Html:
    """How many statements rest on what, reviews apart from primary studies."""
    count = Counts.of(found)
    parts = []
    if count.titled:
        titles = counted(count.titles, "cited title")
        parts.append(f"{counted(count.titled, 'statement')} in {titles}")
    if count.concluded:
        papers = counted(count.concluding, "paper")
        parts.append(f"{counted(count.concluded, 'statement')} concluded by the authors of {papers}")
    if count.indexed:
        parts.append(f"{counted(count.indexed, 'statement')} from MeSH indexing")
    reviews = f"{counted(count.synthesised, 'statement')} in {counted(count.reviews, 'review')}"
    both = [f"Reviews’ own words: {reviews}."] if count.synthesised else []
    if parts:
        both.append(f"{'Apart from them' if both else 'Source'}: {'; '.join(parts)}.")
    return tag("p", " ".join(both), class_="quiet")


def sides(found: Sequence[Claim], own: Collection[str], setting: Setting) -> list[Html]:
    """Statements in their groups: for, against, open; what studies are about is folded."""
    shown = []
    for side in (Side.FOR, Side.AGAINST, Side.OPEN):
        group = [claim for claim in found if claim.side is side]
        blocks = claims_shown(group, own, setting)
        if blocks:
            first, others = blocks[:_AT_ONCE], blocks[_AT_ONCE:]
            shown += [tag("h3", f"{side.value} ({len(group):,})"), tag("ul", first, class_="claims")]
            if others:
                shown.append(folded(f"{len(others):,} more", tag("ul", others, class_="claims")))
    facts = [claim for claim in found if claim.side is Side.STUDY]
    if facts:
        what = f"{Side.STUDY.value}, by their titles: {counted(len(facts), 'statement')}"
        blocks = claims_shown(facts, own, setting)
        shown.append(folded(what, tag("ul", blocks, class_="claims"), open=len(blocks) <= 2 and not shown))
    return shown
