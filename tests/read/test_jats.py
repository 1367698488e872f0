"""JATS: sets of articles, single articles, and what must not be done with them."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.model import Publication, PublicationKind
from graph_build.read import jats
from graph_build.read.fault import Fault
from graph_build.read.record import AbstractPart, Cited, MeshEntry, Record

EXAMPLE = Path(__file__).parent / "formats" / "articles.xml"


def _read(text: str | bytes) -> list[Record | Fault]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(jats.read(io.BytesIO(data), "a.xml"))


def _article(meta: str, *, back: str = "", body: str = "", kind: str = "research-article") -> Record:
    title = "" if "<title-group>" in meta else "<title-group><article-title>A title</article-title></title-group>"
    (record,) = _read(
        f'<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="{kind}"><front><article-meta>{title}{meta}'
        f"</article-meta></front><body>{body}</body><back>{back}</back></article>"
    )
    assert isinstance(record, Record)
    return record


def test_a_set_of_articles() -> None:
    with EXAMPLE.open("rb") as file:
        found = list(jats.read(file, "articles.xml"))

    assert found == [
        Record(
            publication=Publication(
                title="The KRAS gene in lung tumours: A new α-actor",
                creators=("Anna B Smit", "López JL Jr", "Invented Study Group"),
                journal="Invent Oncol",
                date="2022-03-29",
                volume="12",
                issue="4",
                pages="860-869",
                doi="10.1234/io.1",
                pmid="35000001",
            ),
            abstract=(
                AbstractPart(text="KRAS is changed in many tumours [1].", label="Background"),
                AbstractPart(text="It is small."),
                AbstractPart(text="No test has won so far, with 10³ tried (NCT00000001).", label="Conclusions"),
            ),
            keywords=("KRAS", "lung tumours"),
            mesh=(MeshEntry(descriptor="Lung Neoplasms"),),
            publication_types=("Review",),
            references=(
                Cited(
                    printed="Brown A. KRAS in the clinic? J Invent. 2021;15(2):45-62. "
                    "doi: 10.1234/ji.15. PMID: 34000001.",
                    publication=Publication(
                        title="KRAS in the clinic?",
                        creators=("Brown A",),
                        journal="J Invent",
                        date="2021",
                        volume="15",
                        issue="2",
                        pages="45-62",
                        doi="10.1234/ji.15",
                        pmid="34000001",
                    ),
                    number=1,
                ),
                Cited(
                    printed="Tran B, Fal MO. Smoke and KRAS. Drug Invent. 2015;150:85–91.",
                    publication=Publication(
                        title="Smoke and KRAS",
                        creators=("Tran B", "Fal MO"),
                        journal="Drug Invent",
                        date="2015",
                        volume="150",
                        pages="85-91",
                        doi="10.1234/di.150",
                    ),
                    number=2,
                ),
                Cited(
                    printed="Roca O. Estudio de cohortes. Med Invent. 2006;30:6-12.",
                    publication=Publication(
                        title="Estudio de cohortes",
                        creators=("Roca O",),
                        journal="Med Invent",
                        date="2006",
                        volume="30",
                        pages="6-12",
                    ),
                    number=3,
                ),
                Cited(
                    printed="Oh IJ, Hur JY. Activity of inhibitors. Clin Invent. 2018;19(5):e775-e781.",
                    publication=Publication(
                        title="Activity of inhibitors",
                        authors="Oh IJ, Hur JY",
                        creators=("Oh IJ", "Hur JY"),
                        journal="Clin Invent",
                        date="2018",
                        volume="19",
                        issue="5",
                        pages="e775-e781",
                    ),
                    number=4,
                ),
                Cited(
                    printed="Wang X. A handbook. 2018.",
                    publication=Publication(title="A handbook", creators=("Wang X",), date="2018"),
                    number=5,
                ),
            ),
            registry_numbers=("ClinicalTrials.gov/NCT00000001",),
            notices=(("erratum in", "35000099"),),
            place="line 4 (PMC9000001)",
            format="jats",
        ),
        Fault(
            "articles.xml",
            "line 42",
            "a character cannot stand here, such as a bare & or a byte that is not UTF-8",
        ),
        Record(
            publication=Publication(
                title="Distress in a unit",
                kind=PublicationKind.ABSTRACT,
                creators=("Fig JF",),
                journal="Critical Invention",
                date="2012",
                volume="16",
                issue="Suppl 1",
                pages="P396",
                doi="10.1234/ci.3",
            ),
            abstract=(
                AbstractPart(text="The aim was to count.", label="Introduction"),
                AbstractPart(text="We counted 12 ± 3.", label="Results"),
            ),
            publication_types=("Meeting Abstract",),
            place="line 43 (PMC3363814)",
            format="jats",
        ),
        Fault("articles.xml", "line 49", "the article has no title, DOI or PMID, so it belongs to no publication"),
        Record(
            publication=Publication(
                title="A case",
                creators=("Liang Zhang",),
                journal="Invented Cases",
                date="2024-05-03",
                volume="9",
                pages="e104",
                doi="10.1234/ic.5",
            ),
            abstract=(
                AbstractPart(text="To show a case.", label="Aim"),
                AbstractPart(text="Good.", label="OUTCOME"),
                AbstractPart(text="None.", label="RESULTS"),
            ),
            publication_types=("Case Reports",),
            place="line 50",
            format="jats",
        ),
    ]


@pytest.mark.parametrize(
    ("abstracts", "expected"),
    [
        ('<abstract abstract-type="graphical"><p>A picture.</p></abstract>', []),
        ('<abstract abstract-type="plain-language-summary"><p>In short.</p></abstract>', []),
        ('<abstract abstract-type="key-points"><p>One.</p></abstract><abstract><p>Two.</p></abstract>', ["Two."]),
        ('<abstract abstract-type="summary"><p>Summed up.</p></abstract>', ["Summed up."]),
        ("<abstract><p>One.<fig><caption><p>A figure.</p></caption></fig></p></abstract>", ["One."]),
        ("<abstract><p>One.</p><list><list-item><p>Two.</p></list-item></list></abstract>", ["One.", "Two."]),
        ("<abstract><sec><title>A</title><sec><title>B</title><p>One.</p></sec></sec></abstract>", ["One."]),
        ("<abstract><p>We saw <bold>it</bold>: nothing.</p></abstract>", ["We saw it: nothing."]),
    ],
)
def test_which_abstract_counts(abstracts: str, expected: list[str]) -> None:
    assert [part.text for part in _article(abstracts).abstract] == expected


def test_the_body_is_not_read() -> None:
    assert _article("", body="<sec><title>Results</title><p>HER2 is a target.</p></sec>").abstract == ()


def test_external_entities_and_laughs_are_not_expanded() -> None:
    laughs = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    text = (
        f'<!DOCTYPE article [{laughs}<!ENTITY c SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]>'
        "<article><front><article-meta><title-group><article-title>{}</article-title></title-group></article-meta></front>"
        "</article>"
    )

    assert [type(item) for item in _read(text.format("&b;") + text.format("&c;"))] == [Fault, Fault]
    assert _read(text.format("&alpha;-actor")) == [
        Record(
            publication=Publication(title="α-actor"),
            place="line 1",
            format="jats",
        )
    ]


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        ('<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.0//EN" "x.dtd"><article>', 9),
        ('<article article-type="news">', 9),
        ("<pmc-articleset><Reply/></pmc-articleset>", 9),
        ('<OAI-PMH><record><metadata><article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/">', 9),
        ("<html><body><article><h1>News</h1></article></body></html>", 0),
        ("<PubmedArticleSet><PubmedArticle>", 0),
        ("an <article article-type='x'> in a text", 0),
        ("", 0),
    ],
)
def test_recognition(head: str, sure: int) -> None:
    assert jats.recognises(head) == sure


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ('<pub-date pub-type="epub"><year>2020</year></pub-date>', "2020"),
        ('<pub-date pub-type="ppub"><month>Jan</month><year>2021</year></pub-date>', "2021-01"),
        ('<pub-date pub-type="epub"><year>2020</year></pub-date><pub-date><year>2021</year></pub-date>', "2020"),
        ('<pub-date pub-type="ppub"><day>31</day><month>2</month><year>2021</year></pub-date>', "2021-02"),
        ('<pub-date pub-type="ppub"><season>Winter</season></pub-date>', None),
    ],
)
def test_dates(dates: str, expected: str | None) -> None:
    assert _article(dates).publication.date == expected


_TEXT = st.text(st.characters(categories=["Lu", "Ll", "Nd"], include_characters="&<>' "), max_size=30)
_WORD = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(_WORD, _TEXT, _WORD), max_size=5))
def test_round_trip(works: list[tuple[str, str, str]]) -> None:
    text = "".join(
        f"<article><front><article-meta><title-group><article-title>{escape(title)}</article-title></title-group>"
        f"<abstract><sec><title>Aims</title><p>{escape(abstract)}</p></sec></abstract>"
        f"<kwd-group><kwd>{escape(keyword)}</kwd></kwd-group></article-meta></front></article>\n"
        for title, abstract, keyword in works
    )

    found = [
        (record.publication.title, "".join(part.text for part in record.abstract), record.keywords, record.place)
        for record in _read(f"<pmc-articleset>{text}</pmc-articleset>")
        if isinstance(record, Record)
    ]

    assert found == [
        (title, " ".join(abstract.split()), (keyword,), f"line {line}")
        for line, (title, abstract, keyword) in enumerate(works, start=1)
    ]


@given(st.binary(max_size=100), st.integers(0, 9000), st.integers(0, 400))
def test_any_damage_gives_records_and_faults_of_one_sentence(noise: bytes, at: int, length: int) -> None:
    data = EXAMPLE.read_bytes()
    for item in _read(data[:at] + noise + data[at + length :]):
        assert isinstance(item, Record | Fault)
        if isinstance(item, Fault):
            assert str(item).startswith("a.xml, line ")
            assert "\n" not in str(item)
            assert ". " not in item.reason
