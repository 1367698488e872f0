"""Recognition: every expected mention of many short texts, and properties that hold for any text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_build.lexicon import default_lexicon
from graph_build.model import (
    Concept,
    ConceptClass,
    Document,
    Mention,
    Publication,
    Section,
    SectionType,
    Span,
)
from graph_build.recognise import recognise
from graph_build.recognise.sentences import sentences

CASES = Path(__file__).parent / "recognise"
FILES = ("alterations.txt", "names.txt", "nothing.txt", "regimens.txt", "unresolved.txt", "variants.txt")

#: Pieces of real writing, so that random texts hold names, halves of names and what looks like them.
PIECES = (
    "HER2", "HER-2", "Her 2", "ERBB2/neu", "EGFR", "MET", "met", "KRAS", "mutations", "-mutant",
    "amplification", " and ", ", ", "/", "(", ")", " ", "\n", "\n\n", "exon 20", "ex20ins", "p.Y772_A775dup",
    "A775_G776insYVMA", "NSCLC", "lung cancer", "trastuzumab", " plus ", " ± ", "deruxtecan", "T-DXd",
    "BAY 2927088", "phase Ⅱ", "Ⅰ/Ⅱ", "DESTINY-Lung02", "trial", "XYZ-4512", "an inhibitor", "IHC", "FISH", "‑",
    "–", "ﬁsh", "“", "no", "with or without", "2", "3", "ſ", "İ", "ß", "½", "\u00a0",
)  # fmt: skip
WRITING = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=60))


def cited(text: str) -> Document:
    """A document that cites one work by this title."""
    section = Section(
        type=SectionType.REFERENCE,
        span=Span(0, len(text)),
        zone=Span(0, len(text)),
        publication=Publication(title=text),
    )
    return document(text, section)


def abstract(text: str) -> Document:
    """A document with this abstract."""
    return document(text, Section(type=SectionType.ABSTRACT, span=Span(0, len(text)), zone=Span(0, len(text))))


def document(text: str, section: Section) -> Document:
    return Document(
        name="test.txt",
        text=text,
        sha256="0" * 64,
        format="test",
        publication=Publication(title="Host"),
        sections=(section,),
    )


def cases() -> Iterator[tuple[str, str, list[str]]]:
    """The cases of all files: what is read ("T" a title, "A" an abstract), the text, the expected lines."""
    for name in FILES:
        for block in (CASES / name).read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            if lines:
                yield lines[0][0], lines[0][3:], lines[1:]


def line(mention: Mention, text: str, new: set[str]) -> str:
    parts = [mention.cls.value, mention.span.of(text), mention.concept.label]
    return " | ".join([*parts, *(["unresolved"] if mention.concept.label in new else [])])


def unresolved(concepts: tuple[Concept, ...], mentions: tuple[Mention, ...]) -> set[str]:
    known = default_lexicon().studies
    studies = {m.concept.label for m in mentions if m.cls is ConceptClass.STUDY}
    return {concept.id.label for concept in concepts if concept.unresolved} | (studies - set(known))


@pytest.mark.parametrize(("kind", "text", "expected"), list(cases()), ids=lambda value: str(value)[:60])
def test_every_mention(kind: str, text: str, expected: list[str]) -> None:
    found = recognise(cited(text) if kind == "T" else abstract(text), default_lexicon())

    assert [line(m, text, unresolved(found.concepts, found.mentions)) for m in found.mentions] == expected


def test_every_composed_concept_is_handed_over() -> None:
    text = "Neratinib plus XYZ-4512, a HER2 inhibitor, in lung cancer with NOTCH1 mutations or HER2 R999W"

    found = recognise(cited(text), default_lexicon())

    known = set(default_lexicon().concepts) | {c.id for c in found.concepts}
    assert {m.concept for m in found.mentions} <= known
    assert {c.id.label: c.unresolved for c in found.concepts} == {
        "HER2 p.R999W": False,
        "NOTCH1 alteration": False,
        "NOTCH1 mutation": False,
        "XYZ-4512": True,
        "neratinib + XYZ-4512": False,
    }
    parts = {c.id.label: [target.label for _, target in c.links] for c in found.concepts}
    assert parts["neratinib + XYZ-4512"] == ["XYZ-4512", "neratinib"]


def test_the_components_of_a_regimen_are_drugs_and_classes() -> None:
    text = "Pemetrexed-based chemotherapy plus pembrolizumab, or platinum-pemetrexed plus bevacizumab, in lung cancer"

    found = recognise(cited(text), default_lexicon())

    assert {c.id.label: [target.label for _, target in c.links] for c in found.concepts if c.type != "Drug"} == {
        "bevacizumab + platinum-pemetrexed chemotherapy": ["bevacizumab", "pemetrexed", "platinum compound"],
        "pembrolizumab + pemetrexed-based chemotherapy": ["pembrolizumab", "pemetrexed"],
        "pemetrexed-based chemotherapy": ["pemetrexed"],
    }


def test_a_study_told_by_its_pattern_has_one_label_in_all_its_spellings() -> None:
    text = "Data of the EXEMPLAR-Lung07 trial are shown. The EXEMPLARLung07 trial enrolled 20 patients."

    mentions = recognise(abstract(text), default_lexicon()).mentions

    assert [(m.span.of(text), m.concept.label) for m in mentions if m.cls is ConceptClass.STUDY] == [
        ("EXEMPLAR-Lung07", "EXEMPLAR-Lung07"),
        ("EXEMPLARLung07", "EXEMPLAR-Lung07"),
    ]


def test_an_ambiguous_name_counts_only_beside_a_clear_one() -> None:
    alone, beside = "OS was long.", "Overall survival was long; OS was longest."

    def surfaces(text: str) -> list[str]:
        return [m.span.of(text) for m in recognise(abstract(text), default_lexicon()).mentions]

    assert surfaces(alone) == []
    assert surfaces(beside) == ["Overall survival", "OS"]


@settings(max_examples=150, deadline=None)
@given(WRITING)
def test_mentions_lie_in_the_text_and_never_overlap_in_a_class(text: str) -> None:
    for made in (cited(text), abstract(text)):
        mentions = recognise(made, default_lexicon()).mentions

        last: dict[ConceptClass, int] = {}
        for mention in mentions:
            assert 0 <= mention.span.start < mention.span.end <= len(text)
            assert mention.span.of(text).strip()
            assert mention.span.start >= last.get(mention.cls, 0)
            last[mention.cls] = mention.span.end


@settings(max_examples=150, deadline=None)
@given(WRITING, st.data())
def test_sentences_cover_the_zone_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    zone = Span(start, data.draw(st.integers(start, len(text))))

    found = sentences(text, zone)

    position = zone.start
    for span in found:
        assert not any(char.isalnum() for char in text[position : span.start])  # space and bullets only
        assert span.of(text).strip() == span.of(text) != ""
        position = span.end
    assert not any(char.isalnum() for char in text[position : zone.end])
    assert position <= zone.end


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        ["HER{}2", "DESTINY{}Lung02", "BAY{}2927088", "trastuzumab{}deruxtecan", "non{}small{}cell lung cancer"]
    ),
    st.sampled_from(["-", "‑", "–", " ", "\u00a0", "\n"]),
)
def test_separators_change_no_concept(name: str, separator: str) -> None:
    text, plain = name.replace("{}", separator), name.replace("{}", "-")

    def labels(written: str) -> list[str]:
        return [m.concept.label for m in recognise(cited(written), default_lexicon()).mentions]

    assert labels(text) == labels(plain) != []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["Ⅰ", "Ⅱ", "Ⅲ", "ﬁ", "ß", "İ", "½", "x", " "]), max_size=12).map("".join))
def test_characters_that_fold_to_several_shift_no_offset(before: str) -> None:
    text = f"{before} HER-2 mutations"

    mentions = recognise(cited(text), default_lexicon()).mentions

    start = len(before) + 1
    assert [(m.span.start, m.span.of(text)) for m in mentions if m.span.start >= start] == [
        (start, "HER-2"),
        (start, "HER-2 mutations"),
    ]
