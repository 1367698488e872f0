"""PubMed's exports as text: "Summary" and "Abstract"."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.model import Publication
from graph_build.read import pubmed_text
from graph_build.read.fault import Fault
from graph_build.read.record import AbstractPart, Record

FORMATS = Path(__file__).parent / "formats"


def _read(data: bytes) -> list[Record | Fault]:
    return list(pubmed_text.read(io.BytesIO(data), "a.txt"))


def test_abstracts() -> None:
    with (FORMATS / "abstracts.txt").open("rb") as file:
        found = list(pubmed_text.read(file, "abstracts.txt"))

    assert found == [
        Record(
            publication=Publication(
                title='KRAS in lung tumours: A "new actor" on an old stage, with a title that runs on over two lines',
                creators=("Uy NF", "van der Berg CS", "Baik CS", "Invented Study Group"),
                journal="Invent Treat Rev",
                date="2020-06",
                volume="86",
                pages="101996",
                doi="10.1234/itr.1",
                pmid="32000001",
            ),
            abstract=(
                AbstractPart(
                    text="Changes of KRAS are found in few lung tumours. We looked at 31 patients in one registry, and "
                    "found no difference between the groups. 1. This numbered line is a part of the paragraph."
                ),
                AbstractPart(text="2. So is this paragraph of its own, with the year 2020 in it."),
            ),
            notices=(
                ("comment in", "Invent Lancet. 2020 Aug;21(8):999-1000. doi: 10.1234/il.9."),
                ("erratum in", "Invent Treat Rev. 2021 Jan;87:102000."),
            ),
            place="line 1",
            format="pubmed-text",
        ),
        Record(
            publication=Publication(
                title="Is it so?",
                creators=("Zhang L", "Cheng Y"),
                journal="J Invented Oncol",
                date="2022-03-01",
                volume="40",
                issue="7",
                pages="710-718",
                doi="10.1234/jio.2",
                pmid="32000002",
            ),
            abstract=(
                AbstractPart(text="We asked whether it is so, in 12 clinics", label="PURPOSE"),
                AbstractPart(text="Notes were kept.", label="METHODS AND MATERIALS"),
                AbstractPart(text="They were: few, and short.", label="RESULTS"),
                AbstractPart(text="It is not so.", label="CONCLUSION"),
            ),
            place="line 35",
            format="pubmed-text",
        ),
        Fault("abstracts.txt", "line 56", "record 3 cannot be read; expected a citation, then a title"),
        Record(
            publication=Publication(title="Authors unknown", journal="Invent Lung", date="2019", pmid="32000004"),
            place="line 59",
            format="pubmed-text",
        ),
    ]


def test_summaries() -> None:
    with (FORMATS / "summaries.txt").open("rb") as file:
        found = list(pubmed_text.read(file, "summaries.txt"))

    assert found == [
        Record(
            publication=Publication(
                title="KRAS-Altered Tumours: Biology, Features, and Therapies",
                creators=("Yu X", "Ji X", "Su C"),
                journal="Invent Oncol",
                date="2022-03-29",
                volume="12",
                pages="860313",
                doi="10.1234/io.1",
                pmid="35000001",
            ),
            place="line 1",
            format="pubmed-text",
        ),
        Record(
            publication=Publication(
                title="Aiming at KRAS: a glimpse of hope? An updated review",
                creators=("Rod N", "Ip J", "Invented Consortium", "Pap N"),
                journal="INVENT Open",
                date="2021-10",
                volume="6",
                issue="5",
                pages="100260",
                doi="10.1234/open.2",
                pmid="35000002",
            ),
            place="line 3",
            format="pubmed-text",
        ),
        Record(
            publication=Publication(
                title="Is it so?",
                creators=("Zhang L",),
                journal="Zhongguo Invent",
                date="2019-01-20",
                volume="22",
                issue="1",
                pages="1-5",
                doi="10.1234/zi.3",
                pmid="35000003",
            ),
            place="line 4",
            format="pubmed-text",
        ),
        Fault("summaries.txt", "line 7", "record 4 cannot be read; expected authors, title, journal and year"),
        Record(
            publication=Publication(
                title="Activity of Inhibitors",
                creators=("Oh IJ", "Hur JY"),
                journal="Clin Invent",
                date="2018-09",
                volume="19",
                issue="5",
                pages="e775-e781",
                pmid="35000005",
            ),
            place="line 9",
            format="pubmed-text",
        ),
    ]


@pytest.mark.parametrize("name", ["abstracts.txt", "summaries.txt"])
@pytest.mark.parametrize("newline", [b"\r\n", b"\r"])
def test_line_ends_and_mark_change_nothing(name: str, newline: bytes) -> None:
    data = (FORMATS / name).read_bytes()

    assert _read(b"\xef\xbb\xbf" + data.replace(b"\n", newline)) == _read(data)


@pytest.mark.parametrize("name", ["abstracts.txt", "summaries.txt"])
def test_files_that_were_put_one_behind_the_other(name: str) -> None:
    data = (FORMATS / name).read_bytes()
    once, twice = _read(data), _read(data + b"\n\n" + data)

    assert [type(item) for item in twice] == [type(item) for item in once] * 2
    assert [item.publication for item in twice if isinstance(item, Record)] == [
        item.publication for item in once * 2 if isinstance(item, Record)
    ]


@pytest.mark.parametrize(
    ("path", "sure"),
    [
        ("formats/abstracts.txt", 9),
        ("formats/summaries.txt", 9),
        ("formats/dialects.ris", 0),
        ("medline.txt", 0),  # one record only: a page
        ("pubmed.txt", 0),
        ("pubmed_web.txt", 0),
        ("journal.txt", 0),
        ("plain_journal.txt", 0),
    ],
)
def test_recognition(path: str, sure: int) -> None:
    assert pubmed_text.recognises((FORMATS.parent / path).read_text(encoding="utf-8")) == sure


_NAME = st.sampled_from(["Smit AB", "Li B", "van der Berg CS", "O'Brien M", "Invented Study Group", "Zhang LY"])
_WORDS = st.sampled_from(
    ["tumours", "of the lung", "and KRAS", "in 2019", "a trial", "Phase 2", "non-small-cell", "changes:"]
)
_TITLE = st.lists(_WORDS, min_size=1, max_size=6).map(lambda words: f"About {' '.join(words)} again")
_WORKS = st.lists(
    st.tuples(st.lists(_NAME, min_size=1, max_size=4), _TITLE, st.integers(1950, 2030), st.integers(1, 999)),
    min_size=1,
    max_size=6,
)


@given(_WORKS)
def test_round_trip_of_abstracts(works: list[tuple[list[str], str, int, int]]) -> None:
    text = "\n\n\n".join(
        f"{number}. Invent Oncol. {year} Mar;{volume}(2):10-19.\n\n{title}.\n\n{', '.join(authors)}.\n\n"
        f"We looked at {volume} patients and found nothing that was new.\n\nPMID: {number}"
        for number, (authors, title, year, volume) in enumerate(works, start=1)
    )

    found = [
        (record.publication.creators, record.publication.title, record.publication.date, record.publication.volume)
        for record in _read(text.encode())
        if isinstance(record, Record) and len(record.abstract) == 1
    ]

    assert found == [(tuple(authors), title, f"{year}-03", str(volume)) for authors, title, year, volume in works]


@given(_WORKS)
def test_round_trip_of_summaries(works: list[tuple[list[str], str, int, int]]) -> None:
    text = "\n\n".join(
        f"{number}: {', '.join(authors)}. {title}. Invent Oncol. {year} Mar;{volume}(2):10-19. PMID: {number}."
        for number, (authors, title, year, volume) in enumerate(works, start=1)
    )

    found = [
        (record.publication.creators, record.publication.title, record.publication.date, record.publication.volume)
        for record in _read(text.encode())
        if isinstance(record, Record)
    ]

    assert found == [(tuple(authors), title, f"{year}-03", str(volume)) for authors, title, year, volume in works]


@given(
    st.sampled_from(["abstracts.txt", "summaries.txt"]),
    st.binary(max_size=200),
    st.integers(0, 2500),
    st.integers(0, 300),
)
def test_any_damage_gives_records_and_faults_of_one_sentence(name: str, noise: bytes, at: int, length: int) -> None:
    data = (FORMATS / name).read_bytes()
    for item in _read(data[:at] + noise + data[at + length :]):
        assert isinstance(item, Record | Fault)
        if isinstance(item, Fault):
            assert str(item).startswith("a.txt, line ")
            assert "\n" not in str(item)
            assert ". " not in item.reason
