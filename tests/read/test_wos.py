"""Web of Science's own plain text."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.model import Publication
from graph_build.read import wos
from graph_build.read.fault import Fault
from graph_build.read.record import AbstractPart, Record

EXAMPLE = Path(__file__).parent / "formats" / "savedrecs.txt"


def test_records() -> None:
    with EXAMPLE.open("rb") as file:
        found = list(wos.read(file, "savedrecs.txt"))

    assert found == [
        Record(
            publication=Publication(
                title="Changes in the structure of the complex",
                creators=("Pamela S Parkes-Loach", "Paul A Loach"),
                journal="J Invent Biol",
                date="2004-06-08",
                volume="43",
                issue="22",
                pages="7003-7016",
                doi="10.1234/wos.1",
                pmid="15000001",
            ),
            abstract=(AbstractPart(text="Experiments were made. They went well."),),
            keywords=("KRAS", "lung tumours"),
            publication_types=("Article", "Proceedings Paper"),
            place="line 3",
            format="wos",
        ),
        Fault("savedrecs.txt", "line 36", "the record has no title, DOI or PMID, so it belongs to no publication"),
        Record(
            publication=Publication(title="A second work", creators=("Maxwell BD",), date="2021", pages="e12990"),
            publication_types=("Review",),
            place="line 41",
            format="wos",
        ),
    ]


@pytest.mark.parametrize(("name", "sure"), [("savedrecs.txt", 9), ("dialects.ris", 0), ("abstracts.txt", 0)])
def test_recognition(name: str, sure: int) -> None:
    assert wos.recognises((EXAMPLE.parent / name).read_text(encoding="utf-8")) == sure


@given(st.binary(max_size=100), st.integers(0, 1200), st.integers(0, 200))
def test_any_damage_gives_records_and_faults_of_one_sentence(noise: bytes, at: int, length: int) -> None:
    data = EXAMPLE.read_bytes()
    for item in wos.read(io.BytesIO(data[:at] + noise + data[at + length :]), "a.txt"):
        assert isinstance(item, Record | Fault)
        if isinstance(item, Fault):
            assert str(item).startswith("a.txt, line ")
            assert "\n" not in str(item)
            assert ". " not in item.reason
