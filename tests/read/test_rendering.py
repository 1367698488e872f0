"""Records as text: every span of the document gives back a value of the record."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph_build.model import Document, Publication, PublicationKind, ReadError, SectionType
from graph_build.read.guard import MAX_LINE, check_text
from graph_build.read.lines import split_lines
from graph_build.read.record import AbstractPart, Cited, MeshEntry, Record
from graph_build.read.rendering import rendered
from graph_build.read.values import clean

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SURE = st.text("HER2 in läng-Å ﬁ\u0301\u200b\u2028;.[]•", min_size=1, max_size=30).filter(lambda v: bool(clean(v)))
OPTIONAL = st.none() | TEXT
PUBLICATIONS = st.builds(
    Publication,
    title=SURE,
    creators=st.lists(TEXT, max_size=4).map(tuple),
    authors=OPTIONAL,
    journal=OPTIONAL,
    date=st.sampled_from([None, "2020", "2020-06", "2020-06-05"]),
    volume=OPTIONAL,
    issue=OPTIONAL,
    pages=OPTIONAL,
    doi=st.none() | st.just("10.1000/x"),
    pmid=st.none() | st.just("123"),
)
CITED = st.builds(
    Cited,
    printed=TEXT | st.just("Oda T, Lim K. A small change in HER2. BMC Bioinfo. 2017;18(1):288."),
    publication=PUBLICATIONS | st.just(Publication(title="")),
    number=st.none() | st.integers(1, 99),
)
RECORDS = st.builds(
    Record,
    publication=PUBLICATIONS,
    abstract=st.lists(st.builds(AbstractPart, text=TEXT, label=TEXT), max_size=4).map(tuple),
    keywords=st.lists(TEXT, max_size=4).map(tuple),
    mesh=st.lists(st.builds(MeshEntry, descriptor=TEXT, qualifier=TEXT, major=st.booleans()), max_size=4).map(tuple),
    substances=st.lists(TEXT, max_size=3).map(tuple),
    publication_types=st.lists(TEXT, max_size=3).map(tuple),
    references=st.lists(CITED, max_size=4).map(tuple),
    registry_numbers=st.lists(TEXT, max_size=2).map(tuple),
    notices=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    place=st.just("record 1"),
    format=st.just("test"),
)


def filled(values: object) -> list[str]:
    return [value for value in map(clean, values) if value]  # type: ignore[call-overload]


@given(RECORDS)
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150, deadline=None)
@example(Record(publication=Publication(title="T"), keywords=("; ", ";", "a; b"), abstract=(AbstractPart(text="# x"),)))
def test_every_span_gives_back_its_value(record: Record) -> None:
    document = rendered(record, "x")
    text = document.text

    def of(kind: SectionType) -> list[str]:
        return [section.span.of(text) for section in document.sections if section.type is kind]

    check_text(text, "x")
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert unicodedata.is_normalized("NFC", text)
    assert all(unicodedata.category(c) != "Cc" or c == "\n" for c in text)
    assert max(map(len, text.split("\n"))) <= MAX_LINE
    assert of(SectionType.TITLE) == [clean(record.publication.title)] == [document.publication.title]
    assert filled(document.publication.creators) == filled(record.publication.creators)
    parts = [(clean(part.label).rstrip(": "), clean(part.text)) for part in record.abstract]
    paragraphs = [f"{label}: {said}" if label else said for label, said in parts if said]
    assert of(SectionType.ABSTRACT) == (["\n\n".join(paragraphs)] if paragraphs else [])
    assert [word for word, _ in document.keywords] == filled(record.keywords)
    assert all(span.of(text) == word for word, span in document.keywords)
    assert [name for name, _ in document.substances] == filled(record.substances)
    assert all(span.of(text) == name for name, span in document.substances)
    wanted = [(clean(e.descriptor), clean(e.qualifier) or None, e.major) for e in record.mesh if clean(e.descriptor)]
    assert [(h.descriptor, h.qualifier, h.major) for h in document.headings] == wanted
    for h in document.headings:
        assert h.span.of(text) == h.descriptor + (f" / {h.qualifier}" if h.qualifier else "") + "*" * h.major
    references(document, record)
    end = 0
    for section in document.sections:
        assert end <= section.span.start < section.span.end <= len(text)
        end = section.span.end
        assert section.span.of(text) == section.span.of(text).strip()
    covered = "".join(section.span.of(text) for section in document.sections)
    assert "".join(covered.split()) == "".join(line for line in text.split())  # nothing is written outside a section


def references(document: Document, record: Record) -> None:
    text = document.text
    for section in document.sections:
        if section.publication:
            assert section.title
            assert section.zone
            assert section.printed
            assert section.title in section.zone
            assert section.zone in section.printed
            assert section.printed in section.span
            assert section.title.of(text) == section.publication.title
            assert section.number is None or section.span.of(text).startswith(f"[{section.number}]\n")
            assert section.printed.of(text) in {clean(c.printed) for c in record.references} | {
                section.printed.of(text) for c in record.references if not clean(c.printed)
            }


def test_lines_are_those_of_an_editor() -> None:
    document = rendered(Record(publication=Publication(title="A\u2028b\x85c\x0bd\x1ce")), "x")
    assert document.text == "A b c d e\n"
    assert len(split_lines(document.text)) == 1


def test_an_endless_author_list_is_broken_into_lines() -> None:
    names = tuple(f"Smit A{n}" for n in range(30_000))
    document = rendered(Record(publication=Publication(title="T", creators=names)), "x")
    assert document.publication.authors == ", ".join(names)
    assert max(map(len, document.text.split("\n"))) < 21_000
    assert ", ".join(names) == " ".join(document.text.split("\n\n")[1].splitlines())


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (Record(publication=Publication(title=" \x07")), "the record has no title, so nothing can be said of it"),
        (
            Record(publication=Publication(title="na\udcefve")),
            "byte 0xef is not UTF-8; save the file as UTF-8",
        ),
        (
            Record(publication=Publication(title="T"), abstract=(AbstractPart(text="a" * 100_001),)),
            "a value has 100,001 characters; expected 100,000 at most",
        ),
        (
            Record(publication=Publication(title="T"), keywords=("a" * 99_999, "b")),
            "a line of the record has 100,012 characters; expected 100,000 at most",
        ),
        (
            Record(publication=Publication(title="T"), abstract=(AbstractPart(text="a" * 99_999),) * 21),
            "the record has 2,100,033 bytes as text; expected 2,000,000 at most",
        ),
    ],
)
def test_a_record_of_no_use_is_refused(record: Record, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        rendered(record, "x")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("types", "abstract", "kind"),
    [
        (("Journal Article",), "We treated 3 patients.", PublicationKind.ARTICLE),
        (("Journal Article", "Systematic Review"), "", PublicationKind.REVIEW),
        ((), "In this review we ask.", PublicationKind.REVIEW),
        (("Meeting Abstract",), "", PublicationKind.ABSTRACT),
    ],
)
def test_kind_as_far_as_the_record_shows_it(types: tuple[str, ...], abstract: str, kind: PublicationKind) -> None:
    record = Record(
        publication=Publication(title="HER2"), publication_types=types, abstract=(AbstractPart(text=abstract),)
    )
    assert rendered(record, "x").publication.kind is kind


def test_a_retracted_publication_is_told() -> None:
    record = Record(publication=Publication(title="HER2"), publication_types=("Retracted Publication",), place="line 3")
    assert rendered(record, "f").warnings == ("f, line 3: the publication was retracted, as its type says",)
    told = replace(record, notices=(("retracted by", "7"), ("expression of concern in", "8"), ("erratum in", "9")))
    assert rendered(told, "f").warnings == (
        "f, line 3: retracted by PMID 7",
        "f, line 3: expression of concern in PMID 8",
    )
