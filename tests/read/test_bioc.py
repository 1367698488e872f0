"""BioC as XML and JSON, and PubTator's text format."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.model import Publication
from graph_build.read import bioc, pubtator
from graph_build.read.fault import Fault
from graph_build.read.record import AbstractPart, Cited, Record

FORMATS = Path(__file__).parent / "formats"

Reader = Callable[[BinaryIO, str], Iterator[Record | Fault]]

READERS: dict[str, Reader] = {
    "collection.xml": bioc.read_xml,
    "collection.json": bioc.read_json,
    "pubtator.txt": pubtator.read,
}


def _example(name: str) -> list[Record | Fault]:
    with (FORMATS / name).open("rb") as file:
        return list(READERS[name](file, name))


def _json(text: str) -> list[Record | Fault]:
    return list(bioc.read_json(io.BytesIO(text.encode()), "a.json"))


def test_xml() -> None:
    assert _example("collection.xml") == [
        Record(
            publication=Publication(
                title="KRAS in adult cells",
                creators=("Cat SE", "Bell RD", "Escalera-Rivera K"),
                journal="Invent Signal",
                date="2021-09-21",
                volume="14",
                issue="701",
                pages="eabf3535",
                doi="10.1234/is.1",
                pmid="35000001",
            ),
            abstract=(
                AbstractPart(text="It is small.", label="BACKGROUND"),
                AbstractPart(text="It grew & shrank.", label="RESULTS"),
            ),
            place="line 3",
            format="bioc-xml",
        ),
        Record(
            publication=Publication(
                title="A rescue of cells",
                creators=("Anna B Smit", "López JL Jr", "Zoe Last"),
                date="2011",
                volume="9",
                issue="8",
                pages="e100",
                doi="10.1234/jp.2",
                pmid="35000002",
            ),
            abstract=(AbstractPart(text="We rescued cells. They lived.", label="Purpose"),),
            keywords=("KRAS", "lung tumours"),
            references=(
                Cited(
                    printed="Brown A. KRAS in the clinic? J Invent. 2008;15:45-62. PMID: 34000001.",
                    publication=Publication(
                        title="KRAS in the clinic?",
                        creators=("Brown A",),
                        journal="J Invent",
                        date="2008",
                        volume="15",
                        pages="45-62",
                        pmid="34000001",
                    ),
                    number=1,
                ),
            ),
            place="line 9",
            format="bioc-xml",
        ),
        Fault(
            "collection.xml",
            "line 18",
            "a character cannot stand here, such as a bare & or a byte that is not UTF-8",
        ),
        Fault("collection.xml", "line 19", "the document has no title, DOI or PMID, so it belongs to no publication"),
        Record(
            publication=Publication(title="A title that says not what it is"),
            abstract=(AbstractPart(text="An abstract."),),
            place="line 20",
            format="bioc-xml",
        ),
    ]


def test_json() -> None:
    assert _example("collection.json") == [
        Record(
            publication=Publication(
                title='KRAS {and "friends"} in cells',
                creators=("Yu X", "Ji X"),
                journal="Invent Oncol",
                date="2022-03-29",
                doi="10.1234/io.1",
                pmid="35000001",
            ),
            abstract=(AbstractPart(text="We looked. We found."),),
            place="line 2 (document 1)",
            format="bioc-json",
        ),
        Fault("collection.json", "line 6 (document 2)", "the JSON cannot be parsed: invalid control character"),
        Fault("collection.json", "line 7 (document 3)", 'the document has no list of "passages"'),
        Fault(
            "collection.json",
            "line 8 (document 4)",
            "the document has no title, DOI or PMID, so it belongs to no publication",
        ),
        Record(
            publication=Publication(title="Five", creators=("Doe J",), doi="10.1234/x.5"),
            place="line 9 (document 5)",
            format="bioc-json",
        ),
    ]


def test_pubtator() -> None:
    assert _example("pubtator.txt") == [
        Record(
            publication=Publication(title="KRAS in adult cells", pmid="35000001"),
            abstract=(
                AbstractPart(text="It is small.", label="BACKGROUND"),
                AbstractPart(text="It grew | shrank.", label="RESULTS"),
            ),
            place="line 1",
            format="pubtator",
        ),
        Fault(
            "pubtator.txt",
            "line 9",
            "the line is no title, abstract or annotation; expected 35000002|a|…",
        ),
        Record(publication=Publication(title="No abstract here", pmid="35000002"), place="line 6", format="pubtator"),
        Fault(
            "pubtator.txt",
            "line 11",
            "the document A5 has no title and no PMID, so it belongs to no publication",
        ),
        Record(
            publication=Publication(title="", pmid="35000003"),
            abstract=(AbstractPart(text="An abstract without its title."),),
            place="line 14",
            format="pubtator",
        ),
    ]


DOCUMENT = {"id": "1", "passages": [{"infons": {"type": "title"}, "offset": 0, "text": "One"}]}
OTHER = {"relations": [{"a": {}}], "id": "2", "passages": [{"infons": {"type": "title"}, "offset": 0, "text": "Two"}]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"documents": [DOCUMENT, OTHER]}),
        json.dumps([{"documents": [DOCUMENT]}, {"infons": {}, "documents": [OTHER]}], indent=1),
        json.dumps({"PubTator3": [DOCUMENT, OTHER]}),
        json.dumps([DOCUMENT, OTHER]),
        f"{json.dumps(DOCUMENT)}\n{json.dumps(OTHER)}\n",
        f"\ufeff{json.dumps(DOCUMENT)}{json.dumps(OTHER)}",
    ],
)
def test_shapes_of_json(text: str) -> None:
    found = _json(text)

    assert [(item.publication.title, item.publication.pmid) for item in found if isinstance(item, Record)] == [
        ("One", "1"),
        ("Two", "2"),
    ]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("collection.xml", (9, 0, 0)),
        ("collection.json", (0, 9, 0)),
        ("pubtator.txt", (0, 0, 9)),
        ("articles.xml", (0, 0, 0)),
        ("dialects.ris", (0, 0, 0)),
        ("abstracts.txt", (0, 0, 0)),
    ],
)
def test_recognition(path: str, answers: tuple[int, int, int]) -> None:
    head = (FORMATS / path).read_text(encoding="utf-8")

    assert (bioc.recognises_xml(head), bioc.recognises_json(head), pubtator.recognises(head)) == answers


_TITLE = st.text(st.characters(categories=["Lu", "Ll", "Nd"], include_characters='&<>{}"|\\'), min_size=1, max_size=30)
_PMID = st.integers(1, 99_999_999).map(str)
_WORKS = st.lists(st.tuples(_PMID, _TITLE, _TITLE), max_size=5, unique_by=lambda work: work[0])


def _told(found: Iterator[Record | Fault]) -> list[tuple[str | None, str, str]]:
    records = (item for item in found if isinstance(item, Record))
    return [(record.publication.pmid, record.publication.title, record.abstract[0].text) for record in records]


@given(_WORKS)
def test_round_trips(works: list[tuple[str, str, str]]) -> None:
    xml = "".join(
        f'<document><id>{pmid}</id><passage><infon key="type">title</infon><offset>0</offset>'
        f'<text>{escape(title)}</text></passage><passage><infon key="type">abstract</infon><offset>9</offset>'
        f"<text>{escape(abstract)}</text></passage></document>"
        for pmid, title, abstract in works
    )
    documents = [
        {
            "id": pmid,
            "passages": [
                {"infons": {"type": "title"}, "text": title, "annotations": [{"text": title}]},
                {"infons": {"type": "abstract"}, "text": abstract},
            ],
        }
        for pmid, title, abstract in works
    ]
    text = "\n".join(
        f"{pmid}|t|{title}\n{pmid}|a|{abstract}\n{pmid}\t0\t3\tx\tGene\t1\n" for pmid, title, abstract in works
    )

    assert _told(bioc.read_xml(io.BytesIO(f"<collection>{xml}</collection>".encode()), "a.xml")) == works
    assert _told(iter(_json(json.dumps({"documents": documents})))) == works
    assert _told(iter(_json(json.dumps(documents, ensure_ascii=False, indent=2)))) == works
    assert _told(pubtator.read(io.BytesIO(text.encode()), "a.txt")) == works


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=100), st.integers(0, 5000), st.integers(0, 400))
def test_any_damage_gives_records_and_faults_of_one_sentence(name: str, noise: bytes, at: int, length: int) -> None:
    data = (FORMATS / name).read_bytes()
    for item in READERS[name](io.BytesIO(data[:at] + noise + data[at + length :]), "a.file"):
        assert isinstance(item, Record | Fault)
        if isinstance(item, Fault):
            assert str(item).startswith("a.file, line ")
            assert "\n" not in str(item)
            assert ". " not in item.reason


_KEYS = st.sampled_from(["infons", "text", "type", "authors", "sentences", "id"])
_VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner),
)


@given(_VALUES)
def test_any_values_in_json(value: object) -> None:
    passages = [value, {"infons": value, "text": value}]
    text = json.dumps({"id": "1", "passages": passages, "infons": value, "authors": value})

    assert all(isinstance(item, Record | Fault) for item in _json(text))
