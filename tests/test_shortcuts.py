"""Shortcuts of the recogniser and the rules change nothing: each finds what the long way finds."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_build import relate
from graph_build.fold import fold, is_dropped
from graph_build.lexicon import default_lexicon
from graph_build.model import Document, Publication, Reading, Section, SectionType, Span
from graph_build.read import kind, values
from graph_build.recognise import patterns, recognise, sentences
from graph_build.recognise.no_studies import in_capitals
from graph_build.recognise.sentences import _END, _ends
from graph_build.relate.cues import cues_of

#: Words that the patterns of studies and drugs are made of.
_PIECES = st.sampled_from(
    """Phase|phase II|phase 2|trial|study|Study|registry|cohort|Results|results|Data|from the|From|of|Of the|and|the|(|
    )|: |, |. |; |NCT01234567|LUNG-1|Beamion|DESTINY-Lung05|TUXEDO-1|MONARCH 2|IFCT-1001 CHIVA|KEYNOTE|KeyNote|R2D2|
    EGFR|ABC-12 WORDS|interim|analysis|SHR-A1811|BAY 2927088|GQ1005|an|inhibitor|ADC|efficacy|treated with|received|in|
    patients|zanotinib|Zanotinib|abecmab|mg|p.S310F|A775_G776insYVMA|L858R|G12C|Lung Cancer Mutation Consortium|
    report|We|our|U.S.|et al.|e.g.|Why?|\n|\n\n|1.5|•""".replace("\n    ", "").split("|")
)
#: Words that the rules for sentences are made of.
_WORDS = st.sampled_from(
    """HER2|HER2 mutation|EGFR|ErbB family|member of the|immunohistochemistry|detects|trastuzumab|pyrotinib|, a|
    HER2-directed therapy|chemotherapy|NSCLC|lung cancer|in|patients with|was|is|effective|promising|well tolerated|not|
    no|whether|consensus|gold standard|standard of care|a therapeutic target|a driver|prognostic|
    associated with poor survival|it|these trials|was studied|DESTINY-Lung01|study|trial|ORR was 51.6% (16/31)|
    median PFS 6.8 months|and|.|, but|;|HER2 testing|
    may|We|phase II|efficacy|safety|response|Mechanisms of|include|HER2 amplification|We report""".replace(
        "\n    ", ""
    ).split("|")
)


def _page(title: str, text: str, cited: str = "") -> Document:
    whole = f"{title}\n\n{text}\n\n{cited}"
    work = Publication(title=title, creators=("Doe J",), journal="J Test", date="2024", doi="10.1000/a")
    begin, end = len(title) + 2, len(title) + 2 + len(text)
    spans = [(SectionType.TITLE, Span(0, len(title))), (SectionType.ABSTRACT, Span(begin, end))]
    sections = [Section(type=kind_, span=span, zone=span) for kind_, span in spans if len(span)]
    if cited:
        span = Span(end + 2, len(whole))
        other = replace(work, title=cited, doi="10.1000/b")
        sections.append(Section(type=SectionType.REFERENCE, span=span, zone=span, number=1, publication=other))
    return Document(
        name="test.txt", text=whole, sha256="0" * 64, format="test", publication=work, sections=tuple(sections)
    )


@given(st.text(alphabet=st.one_of(st.sampled_from('aB2 -‑–"“”\n\u00a0ⅡﬁßµᎠ…²Å™ǅ'), st.characters())))
def test_a_text_folds_as_its_characters_do(text: str) -> None:
    chars, origin = "", []
    for index, char in enumerate(text):
        folded = "" if is_dropped(char) else unicodedata.normalize("NFKC", char).casefold()
        kept = [c for c in folded if not is_dropped(c)]
        chars, origin = chars + "".join(kept), origin + [index] * len(kept)

    assert (fold(text).text, list(fold(text).origin)) == (chars, origin)


@given(st.lists(_PIECES, max_size=25), st.sampled_from(["", " "]), st.booleans())
@settings(max_examples=400)
def test_studies_are_found_as_by_trying_every_pattern_everywhere(pieces: list[str], gap: str, title: bool) -> None:
    text = gap.join(pieces)

    found = list(patterns.study_names(text, Span(0, len(text)), title=title))

    every = (*patterns._STUDIES, *(patterns._TITLE_STUDIES if title else ()))
    if title and in_capitals(text):
        every = ()
    names = [match for p in every for match in p.finditer(text) if patterns._names_a_study(p, match)]
    assert found == [Span(*m.span("name")) for m in [*names, *patterns._CONSORTIUM.finditer(text)]]


def test_every_pattern_of_studies_has_its_shortcut() -> None:
    assert [pattern for pattern, _, _ in patterns._SHAPES] == [*patterns._STUDIES, *patterns._TITLE_STUDIES]


@given(st.lists(_PIECES, max_size=20).map(" ".join))
@settings(max_examples=300)
def test_drugs_are_found_as_by_trying_every_pattern(text: str) -> None:
    found = list(patterns.drug_names(text, Span(0, len(text))))

    every = [m for pattern in (*patterns._CODES, patterns._STEM) for m in pattern.finditer(text)]
    assert found == [Span(*m.span("name")) for m in every]


@given(st.lists(_PIECES, max_size=20).map(" ".join))
@settings(max_examples=200)
def test_a_zone_without_known_names_still_has_its_drugs_studies_and_variants(text: str) -> None:
    alone = recognise(_page("", text), default_lexicon()).mentions
    beside = recognise(_page("Hearts", text + "\n\nSurvival"), default_lexicon()).mentions  # a name: the long way

    moved = [(m.concept, m.span) for m in alone]
    assert moved == [
        (m.concept, Span(m.span.start - 6, m.span.end - 6)) for m in beside if 8 <= m.span.start < 8 + len(text)
    ]


@given(st.lists(_PIECES, max_size=20).map(" ".join), st.integers(0, 20))
def test_sentences_end_where_the_whole_pattern_finds_their_end(text: str, start: int) -> None:
    zone = Span(min(start, len(text)), len(text))

    assert [m.span() for m in _ends(text, zone)] == [m.span() for m in _END.finditer(text, zone.start, zone.end)]
    assert all(span in zone for span in sentences(text, zone))


@given(st.lists(st.one_of(_WORDS, st.sampled_from(["could", "likely", "n't", "lack of", "yet to", "less effective"]))))
@settings(max_examples=200)
def test_the_first_cue_is_the_first_of_all(words: list[str]) -> None:
    text, cues = " ".join(words), cues_of(default_lexicon())
    for name, known in cues.by_kind.items():
        every = sorted((m.start(), -m.end()) for pattern, _ in known for m in pattern.finditer(text))
        expected = (text[every[0][0] : -every[0][1]], Span(every[0][0], -every[0][1])) if every else None
        assert cues.first(name, text, Span(0, len(text))) == expected


def _interpret(document: Document, *, hurried: bool) -> Reading:
    with pytest.MonkeyPatch.context() as patch:
        if not hurried:
            for name in ("RULES", "TITLE_RULES", "_OWN_TITLE_RULES"):
                patch.setattr(relate, name, tuple(relate.Needing(rule.rule) for rule in getattr(relate, name)))
        return relate.interpret(document, default_lexicon())


_SENTENCES = st.lists(_WORDS, max_size=14).map(" ".join)


@given(_SENTENCES, st.lists(_SENTENCES, max_size=3).map(". ".join), _SENTENCES)
@settings(max_examples=300, deadline=None)
def test_rules_say_the_same_where_nothing_is_required_to_be_named(title: str, text: str, cited: str) -> None:
    document = _page(title, text, cited)

    assert _interpret(document, hurried=True) == _interpret(document, hurried=False)


@given(st.integers(0, 80), st.integers(0, 80))
def test_the_mentions_inside_a_span_are_found_as_by_looking_at_all(start: int, length: int) -> None:
    text = "HER2 mutation in NSCLC, HER2-directed therapy and pyrotinib plus trastuzumab for EGFR mutations."
    recognition = recognise(_page("", text), default_lexicon())
    span = Span(start, start + length)

    assert recognition.inside(span) == tuple(m for m in recognition.mentions if m.span in span)


@given(st.text(st.one_of(st.sampled_from("aé \n\x00\ufeff\u0301"), st.characters(exclude_categories=["Cs"]))))
def test_a_value_is_cleaned_the_same_whether_it_is_plain_or_not(value: str) -> None:
    bare = " ".join(value.split())
    expected = bare if bare.isprintable() else " ".join(values._NEVER.sub("", bare).split())

    assert values.clean(value) == unicodedata.normalize("NFC", expected)


@given(
    st.lists(st.sampled_from(["this", "a", "our", "we", "systematic", "Review", "review", "reviews", "article", ":"]))
)
def test_a_review_says_so_with_its_word(words: list[str]) -> None:
    text = " ".join(words)

    assert kind.says_review(text, "") == bool(kind._REVIEW_TITLE.search(text))
    assert kind.says_review("", text) == bool(kind._REVIEW_TITLE.search("") or kind._REVIEW_TEXT.search(text))
