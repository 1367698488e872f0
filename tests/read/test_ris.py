"""RIS in the dialects of databases and reference managers, and damaged."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from graph_build.model import Publication, PublicationKind
from graph_build.read import ris
from graph_build.read.fault import Fault
from graph_build.read.record import AbstractPart, Cited, MeshEntry, Record
from graph_build.read.values import plain_title

EXAMPLE = Path(__file__).parent / "formats" / "dialects.ris"


def _read(text: str | bytes) -> list[Record | Fault]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(ris.read(io.BytesIO(data), "a.ris"))


def test_every_dialect() -> None:
    with EXAMPLE.open("rb") as file:
        found = list(ris.read(file, "dialects.ris"))

    assert found == [
        Record(  # Ovid
            publication=Publication(
                title="The burden of invented tests in lung clinics",
                creators=("Anna B Smit", "Piet de Vries", "Jose Pinto-Gouveia"),
                journal="Journal of Invented Oncology",
                date="2020",
                doi="10.1234/ovid.1",
            ),
            abstract=(AbstractPart(text="We asked 12 clinics for their notes and found that most of them keep none."),),
            keywords=("Clinics", "Notes"),
            place="line 4",
            format="ris",
        ),
        Record(  # Embase
            publication=Publication(
                title="Masses of the chest",
                creators=("Liu R", "Adler DG", "van der Berg CS"),
                journal="Inv Clin",
                date="2018",
                volume="45",
                issue="4",
                pages="769-785",
                doi="10.1234/embase.2",
                pmid="30396417",
            ),
            abstract=(
                AbstractPart(text="Masses are rare.", label="BACKGROUND"),
                AbstractPart(text="We looked at 31 of them.", label="METHODS"),
                AbstractPart(text="None was green.", label="CONCLUSIONS"),
            ),
            keywords=("article", "human", "s 1"),
            publication_types=("Review",),
            place="line 30",
            format="ris",
        ),
        Record(  # Scopus
            publication=Publication(
                title="Stress and the lung: A challenge",
                creators=("Labanski A", "Lang-Horst JP"),
                journal="Invent Endocrinol",
                date="2020",
                volume="111",
                pages="104501",
                doi="10.1234/scopus.3",
                pmid="31881341",
            ),
            abstract=(AbstractPart(text="The broad role of stress is known."),),
            keywords=("Lung", "Stress"),
            publication_types=("Review",),
            references=(
                Cited(
                    printed="Agost, A., Ball, D., Stress and changes (2017) Neuro. Motil., 29, pp. 1-10",
                    publication=Publication(
                        title="Stress and changes",
                        creators=("Agost A", "Ball D"),
                        journal="Neuro Motil",
                        date="2017",
                        volume="29",
                        pages="1-10",
                    ),
                    number=1,
                ),
                Cited(
                    printed="Agost, A., Fili, N., Imaging (2011) Inflamm. Dis., 17, pp. 1769-1777",
                    publication=Publication(
                        title="Imaging",
                        creators=("Agost A", "Fili N"),
                        journal="Inflamm Dis",
                        date="2011",
                        volume="17",
                        pages="1769-1777",
                    ),
                    number=2,
                ),
            ),
            place="line 62",
            format="ris",
        ),
        Record(  # PubMed, exported by Zotero
            publication=Publication(
                title="Efficacy of a root for the treatment of an illness: a protocol",
                creators=("Jianying Zhang", "Slesser AAP", "Invented Root Study Group"),
                journal="Invent Med (Nowhere)",
                date="2019-06",
                volume="98",
                issue="26",
                pages="e16231",
                doi="10.1234/zotero.4",
                pmid="31261549",
            ),
            abstract=(
                AbstractPart(text="The illness is common.", label="BACKGROUND"),
                AbstractPart(text="Six databases will be searched.", label="METHODS"),
                AbstractPart(text="None yet.", label="RESULTS"),
            ),
            keywords=("Humans", "HER2/neu"),
            mesh=(
                MeshEntry(descriptor="Phytotherapy", qualifier="adverse effects", major=True),
                MeshEntry(descriptor="Colitis, Ulcerative", qualifier="therapy", major=True),
            ),
            place="line 86",
            format="ris",
        ),
        Record(  # Web of Science
            publication=Publication(
                title="Changes in the structure of the complex",
                creators=("Parkes-Loach PS", "Loach PA", "Maxwell BD"),
                journal="J Invent Biol",
                date="2004-06-08",
                volume="43",
                issue="22",
                pages="7003",
                doi="10.1234/wos.5",
            ),
            keywords=("CRYSTAL-STRUCTURE",),
            place="line 110",
            format="ris",
        ),
        Record(  # EndNote
            publication=Publication(
                title="A library of inventions",
                creators=("A Nonymous Smith Jr", "Doe J"),
                journal="Journal of Reference Invention",
                date="2024",
                volume="1",
                issue="42",
                pages="1-12",
                doi="10.1234/endnote.6",
                pmid="12345678",
            ),
            abstract=(AbstractPart(text="This is an invented article about a library."),),
            keywords=("citation", "reference", "library"),
            publication_types=("Journal Article", "Review"),
            place="line 132",
            format="ris",
        ),
        Record(  # PubMed
            publication=Publication(
                title="Is KRAS a target?",
                creators=("Nathan F Uy",),
                journal="Invent Treat Rev",
                date="2020-06-15",
                volume="86",
                pages="710-718",
                pmid="32000001",
            ),
            abstract=(AbstractPart(text="We do not know."),),
            place="line 163",
            format="ris",
        ),
        Record(  # ProQuest, and no ER
            publication=Publication(
                title="A poster about conjugates",
                kind=PublicationKind.ABSTRACT,
                creators=("Hannah Jones", "Martin J Dorahy"),
                journal="Congress of Inventors",
                date="2019",
                pages="S396",
            ),
            publication_types=("Conference Abstract",),
            place="line 180",
            format="ris",
        ),
        Record(publication=Publication(title="", doi="10.1234/only.9"), place="line 188", format="ris"),
        Fault("dialects.ris", "line 192", "the record has no title, DOI or PMID, so it belongs to no publication"),
    ]


PLAIN = "TY  - JOUR\nTI  - Café au HER2\nAU  - Li, B. T.\nPY  - 2018\nSP  - 2532\nEP  - 2537\nER  - \n"
EXPECTED = [
    Record(
        publication=Publication(title="Café au HER2", creators=("Li BT",), date="2018", pages="2532-2537"),
        place="line 1",
        format="ris",
    )
]


MENDED = (
    PLAIN.encode(),
    b"\xef\xbb\xbf" + PLAIN.encode(),
    PLAIN.encode("latin-1"),
    PLAIN.encode("utf-16"),
    PLAIN.replace("\n", "\r\n").encode(),
    PLAIN.replace("\n", "\r").encode(),
    PLAIN.replace("  - ", " - ").encode(),
    PLAIN.replace("  - ", "  -").encode(),
    PLAIN.replace("  - ", "   -  ").encode(),
    PLAIN.replace("  - ", "- ").encode(),
    PLAIN.replace("  - ", "\t- ").encode(),
    PLAIN.replace("ER  - \n", "").encode(),
    PLAIN.replace("ER  - ", "ER").encode(),
    PLAIN.replace("TI", "CT").replace("AU", "A1").replace("PY", "Y1").encode(),
    PLAIN.replace("SP  - 2532\nEP  - 2537", "SP  - 2532-2537").encode(),
    PLAIN.replace("EP  - 2537", "EP  - 2532-2537").encode(),
    PLAIN.replace("EP  - 2537", "EP  - 7").encode(),
    PLAIN.replace("au HER2", "au\nHER2").encode(),
)


@pytest.mark.parametrize("data", MENDED)
def test_damage_that_can_be_mended(data: bytes) -> None:
    assert _read(data) == EXPECTED


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DO  - https://doi.org/10.1234/AB.", {"doi": "10.1234/ab"}),
        ("UR  - https://doi.org/10.1234%2Fab", {"doi": "10.1234/ab"}),
        ("DO  - not known", {"doi": None}),
        ("C7  - ARTN 101996", {"pages": "101996"}),
        ("M1  - e14037", {"pages": "e14037"}),
        ("M1  - 3", {"issue": "3", "pages": None}),
        ("M1  - (Li B.T.) Department of Nothing", {"issue": None, "pages": None}),
        ("SP  - No\nEP  - Specified", {"pages": None}),
        ("SP  - S396\nEP  - S397", {"pages": "S396-S397"}),
        ("SP  - iv12\nEP  - iv14", {"pages": "iv12-iv14"}),
        ("PY  - 2018\nDA  - 2017/12/20", {"date": "2018"}),
        ("PY  - 2018\nDA  - JAN 20", {"date": "2018-01-20"}),
        ("PY  - in press", {"date": None}),
        ("JF  - Journal of Things\nJA  - J Things", {"journal": "J Things"}),
        ("N1  - PMID: 123\nAN  - WOS:000123", {"pmid": "123"}),
        ("N1  - Comment on: Li. PMID: 123", {"pmid": None}),
        ("AN  - 1234567", {"pmid": None}),
        ("DB  - Ovid MEDLINE(R)\nAN  - 1234567", {"pmid": "1234567"}),
        ("DB  - Embase\nAN  - 1234567", {"pmid": None}),
        ("AB  - T1-weighted images\nT1- and T2-weighted ones\nIL - 2", {"title": "T"}),
    ],
)
def test_single_fields(lines: str, expected: dict[str, object]) -> None:
    (record,) = _read(f"TY  - JOUR\nTI  - T\n{lines}\nER  - \n")

    assert isinstance(record, Record)
    assert {key: getattr(record.publication, key) for key in expected} == expected


def test_a_record_without_beginning_is_read_and_stray_lines_are_not() -> None:
    found = _read("TI  - One\nER  - \nNL  - J Stray\n\nTY  - JOUR\nTI  - Two\nER  - \nstray words\n")

    assert [(item.place, item.publication.title) for item in found if isinstance(item, Record)] == [
        ("line 1", "One"),
        ("line 5", "Two"),
    ]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (PLAIN, 10),
        ("\ufeff1.\r\nTY  - JOUR\r\nTI  - T\r\n", 10),
        ("PMID- 123\nOWN - NLM\nTI  - T\nAB  - A\nAU  - B\nER  - \n", 0),
        ("HER2 in lung cancer\n\nTY - what?", 0),
        ("", 0),
    ],
)
def test_recognition(head: str, sure: int) -> None:
    assert ris.recognises(head) == sure


def test_rispy_reads_the_same_where_it_reads() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    titles = [entry.get("title") or entry.get("primary_title") for entry in rispy.loads(text)]
    ours = _read(text)

    assert [plain_title(title) for title in titles if title] == [
        item.publication.title for item in ours if isinstance(item, Record) and item.publication.title
    ]
    assert (len(titles), len(ours)) == (9, 10)  # to rispy, what follows a record without ER is a part of it


def test_why_rispy_is_not_the_reader() -> None:
    texts = [data.decode("utf-8", "replace") for data in MENDED]
    read = [text for text in texts if [entry.get("year") for entry in rispy.loads(text)] == ["2018"]]

    assert len(texts) == 18
    assert len(read) < 10


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ben, S., So it is (2019) Pain, , in press", ("So it is", "Pain", None, None, None)),
        ("Ewa, T., de Vries-Smit, P.-J., A protocol (2019) BMJ Open, 9", ("A protocol", "BMJ Open", "9", None, None)),
        (
            "Co, S.J., Ache (2009) Gut, 137 (253-261), pp. e251-252. , 261",
            ("Ache", "Gut", "137", "253-261", "e251-e252"),
        ),
        (
            "En, P., Is it (2016) so? (2017) F1000Research, 6, p. 2149",
            ("Is it (2016) so?", "F1000Research", "6", None, "2149"),
        ),
        ("En, P., Alone (2016) Nowhere", ("Alone", "Nowhere", None, None, None)),
        ("Neither author nor year", None),
        ("En P., Newer form, Brain Behav. Immun., 48, (2015)", None),
    ],
)
def test_references_of_scopus(line: str, expected: tuple[str | None, ...] | None) -> None:
    (record,) = _read(f"TY  - JOUR\nTI  - T\nN1  - References: {line};\nER  -")

    assert isinstance(record, Record)
    works = [cited.publication for cited in record.references]
    assert [(work.title, work.journal, work.volume, work.issue, work.pages) for work in works] == (
        [expected] if expected else []
    )


# -- property tests ----------------------------------------------------------------

_WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd"], include_characters=" ,;"), max_size=40)
_TITLES = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=40)
_DIGITS = st.integers(1, 9999).map(str)


@st.composite
def _records(draw: Callable[..., str]) -> tuple[str, str, str, str]:
    return draw(_TITLES), draw(_DIGITS), draw(_DIGITS), draw(_TITLES)


@given(st.lists(_records(), max_size=5), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_round_trip(records: list[tuple[str, str, str, str]], newline: str, ended: bool) -> None:
    lines = []
    for title, volume, page, abstract in records:
        lines += ["TY  - JOUR", f"TI  - {title}", f"VL  - {volume}", f"SP  - {page}", f"AB  - {abstract}"]
        lines += ["ER  - ", ""] if ended else []
    found = [item for item in _read(newline.join(lines)) if isinstance(item, Record)]

    assert [
        (record.publication.title, record.publication.volume, record.publication.pages, record.abstract[0].text)
        for record in found
    ] == records


@given(st.binary(max_size=300), st.integers(0, 8000), st.integers(0, 300))
def test_any_damage_gives_records_and_faults_of_one_sentence(noise: bytes, at: int, length: int) -> None:
    data = EXAMPLE.read_bytes()
    for item in _read(data[:at] + noise + data[at + length :]):
        assert isinstance(item, Record | Fault)
        if isinstance(item, Fault):
            assert str(item).startswith("a.ris, line ")
            assert "\n" not in str(item)
            assert ". " not in item.reason


@given(st.lists(st.tuples(st.sampled_from(["TY", "TI", "AU", "SP", "EP", "DA", "KW", "AB", "ER", "M1"]), _WORDS)))
def test_any_values(fields: list[tuple[str, str]]) -> None:
    assert all(
        isinstance(item, Record | Fault) for item in _read("\n".join(f"{tag}  - {value}" for tag, value in fields))
    )
