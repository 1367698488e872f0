"""The static site: complete pages, every link, the files, and how they behave in a browser."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections.abc import Callable
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect
from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

from graph_build.build import build
from graph_build.cli import main
from graph_build.examples import askable
from graph_build.explore import TITLE
from graph_build.frontend import is_built
from graph_build.pages.frame import STYLE
from graph_build.pages.labels import called, labels
from graph_build.questions import parse as parse_question
from graph_build.replace import OutputError
from graph_build.site import write_site
from graph_build.site.addresses import InFileAddresses, Pages, SiteAddresses, stem_of
from graph_build.site.content import Content, Written
from graph_build.site.folder import files
from graph_build.site.single import single_file
from graph_build.store import NQUADS
from graph_build.vocabulary import BASE

from .page_text import Read, barriers, contrast

_EXPECTED = Path(__file__).parent / "pages"
#: Pages of every kind, by the names of their expected texts.
SHOWN = {
    "drug": "drug/trastuzumab-deruxtecan",
    "topic": "topic/her2-subgroup-definition",
    "study": "study/destiny-lung01",
    "paper": "paper/10.1056_nejmoa2112431",
    "statement": "statement/1f501819d18bfaad",
}
#: Larger pages, for what is true of all.
OTHERS = (
    "alteration/her2-mutation",
    "disease/non-small-cell-lung-carcinoma",
    "method/next-generation-sequencing",
    "paper/10.1016_j.ctrv.2020.101996",
    "questions",
    "downloads",
    "query/drugs-by-alteration",
)
WINDOWS = {
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "laptop": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "wide": {"viewport": {"width": 1920, "height": 1080}, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def content(packaged: Path) -> Content:
    return Content(packaged)


@pytest.fixture(scope="module")
def site(packaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, below a folder as beside a review."""
    folder = tmp_path_factory.mktemp("review") / "supplement" / "site"
    write_site(packaged, folder)
    return folder


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The graph of one document that names none of the things that the questions' examples ask about."""
    folder = tmp_path_factory.mktemp("foreign") / "graph"
    build([Path(__file__).parent / "read" / "medline.txt"], output=folder)
    return Content(folder)


@pytest.fixture(scope="module")
def one(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as one file."""
    path = tmp_path_factory.mktemp("one") / "her2kg.html"
    path.write_bytes(single_file(content, TITLE))
    return path


@pytest.fixture(scope="module")
def read(site: Path) -> dict[str, Read]:
    """Every page that we frame, by its path; reading fails for a page that is not well formed."""
    own = {"index.html", "sparql.html"}  # tested with the explorer and with SPARQL in the browser
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return {path: Read((site / path).read_text(encoding="utf-8")) for path in paths if path not in own}


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_says_exactly_this(read: dict[str, Read], name: str) -> None:
    expected = (_EXPECTED / f"{name}.txt").read_text(encoding="utf-8")
    if not is_built():  # then there is no page on which SPARQL is written
        expected = re.sub(r"^(SPARQL|This query in SPARQL)\n", "", expected, flags=re.MULTILINE)

    assert read[SHOWN[name] + ".html"].text == expected


def test_every_thing_has_its_page_and_its_data(site: Path, content: Content) -> None:
    stems = content.pages.stems

    for iri in ("disease/lung-cancer", "study/soho-01", "dataset", "ontology", "graph/concepts"):
        assert BASE + iri in stems
    assert {"https://doi.org/10.1016/j.ctrv.2020.101996", BASE + "ontology#Drug"} <= stems.keys()
    for stem in stems.values():
        assert (site / f"{stem}.html").is_file()
        assert (site / f"{stem}.ttl").is_file()
    list(parse(path=site / "drug" / "trastuzumab-deruxtecan.ttl", format=RdfFormat.TURTLE))


def test_every_link_leads_to_a_file_of_the_site_or_outwards(site: Path, read: dict[str, Read]) -> None:
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    links = {(path, link) for path, page in read.items() for link in page.links}
    index = (site / "index.html").read_text(encoding="utf-8")
    links |= {("index.html", link) for link in re.findall(r'[" ]([\w./~-]+\.html)"', index)}
    dead = []
    for path, link in links:
        parts = urlsplit(link)
        if parts.scheme in ("http", "https"):
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path)) if parts.path else path
        known = target in there and not parts.scheme and not parts.netloc and not parts.query
        if parts.fragment and target in read:
            known = known and unquote(parts.fragment) in read[target].ids
        if not known:
            dead.append((path, link))

    assert len(links) > 10_000
    assert sorted(dead) == []


def test_names_are_the_same_file_on_every_system(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]

    assert len({name.lower() for name in names}) == len(names)
    ours = [name for name in names if name not in ("README.txt",)]
    assert [name for name in ours if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*", name)] == []


_ODD = st.text(alphabet=st.sampled_from("aAbB01.-_/#~%ä: \\"), max_size=12)


@given(st.lists(_ODD.map(lambda end: BASE + end), unique=True, max_size=30))
def test_no_two_things_share_a_file(iris: list[str]) -> None:
    stems = {iri: stem for iri in iris if (stem := stem_of(iri)) is not None}

    assert len({stem.lower() for stem in stems.values()}) == len(stems)
    for stem in stems.values():
        assert posixpath.normpath("/top/" + stem) == "/top/" + stem
        assert stem.split("/")[0] not in {"data", "query", "index", "con"}


def test_a_page_runs_nothing_and_says_so(read: dict[str, Read]) -> None:
    for path, page in read.items():
        policies = [e.attributes["content"] for e in page.named("meta") if "http-equiv" in e.attributes]
        assert len(policies) == 1, path
        assert policies[0].startswith("default-src 'none'"), path
        assert "script-src" not in policies[0], path
        assert not page.named("script", "iframe", "form"), path
        assert not [e.name for e in page.elements if "style" in e.attributes], path


def test_nothing_keeps_a_reader_out(read: dict[str, Read]) -> None:
    found = {path: barriers(page) for path, page in read.items() if path != "404.html"}

    assert {path: here for path, here in found.items() if here} == {}


def test_words_stand_out_from_their_ground() -> None:
    style = STYLE.decode()
    light, dark = (dict(re.findall(r"--(\w+): (#\w+)", block)) for block in re.findall(r":root \{(.*?)\}", style)[:2])
    pairs = [(word, ground) for word in ("text", "quiet", "link") for ground in ("back", "soft")]
    pairs += [(word, "back") for word in ("mark", "no", "yes", "doubt")] + [("ink", "own"), ("ink", "other")]

    for colours in (light, dark):
        assert [(pair, contrast(*(colours[c] for c in pair))) for pair in pairs if _weak(colours, pair)] == []


def _weak(colours: dict[str, str], pair: tuple[str, str]) -> bool:
    return contrast(colours[pair[0]], colours[pair[1]]) < 4.5


@pytest.mark.parametrize(
    ("path", "panel", "column"),
    [
        ("drug/trastuzumab-deruxtecan", "Studies", "study"),
        ("alteration/her2-mutation", "Studies", "study"),
        ("drug/trastuzumab-deruxtecan", "Statements", "statement"),
        ("topic/her2-subgroup-definition", "Statements", "statement"),
        ("paper/10.1016_j.ctrv.2020.101996", "What it says", "statement"),
    ],
)
def test_the_query_of_a_panel_gives_its_rows(site: Path, content: Content, path: str, panel: str, column: str) -> None:
    addresses = SiteAddresses(Pages(**_fields(content.pages) | {"sparql": True}), f"{path}.html")
    page = content.thing({stem: iri for iri, stem in content.pages.stems.items()}[path], _setting(content, addresses))
    section = re.search(rf"<section><h2>{panel} \((\d+)\)</h2>(.*?)</section>", page.body, re.DOTALL)
    assert section
    query = re.search(r'href="[^"]*#query=([^"]*)"', section[2])
    assert query

    answer = content.store.query(unquote(query[1]))
    assert isinstance(answer, QuerySolutions)
    found = {str(row[column].value) for row in answer}

    linked = {addresses.thing(iri) for iri in found}
    assert len(found) == int(section[1])
    assert linked <= set(re.findall(r'href="([^"]*)"', section[2]))


def _fields(pages: Pages) -> dict[str, Any]:
    return {name: getattr(pages, name) for name in ("stems", "parts", "questions", "formats", "sparql")}


def _setting(content: Content, addresses: SiteAddresses) -> Any:
    from graph_build.pages.frame import Setting

    return Setting(content.entities, addresses)


def test_nothing_that_is_denied_looks_like_a_claim(read: dict[str, Read], content: Content) -> None:
    denied = {
        quad.subject.value
        for quad in content.store.quads_for_pattern(None, None, None)
        if quad.predicate.value.endswith("/negated") and quad.object.value == "true"
    }
    assert len(denied) == 3

    for iri in denied:
        stem = content.pages.stems[iri]
        links = [
            e.text
            for page in read.values()
            for e in page.named("a")
            if posixpath.basename(e.attributes.get("href", "")) == f"{posixpath.basename(stem)}.html"
        ]
        assert links
        assert [words for words in links if not re.match("(It is denied that|Denied:|not:) ", words)] == []


def test_the_downloads_are_the_graph(site: Path, packaged: Path) -> None:
    data = site / "data"
    readme = (site / "README.txt").read_text(encoding="utf-8")

    assert gzip.decompress((data / "graph.nq.gz").read_bytes()) == (packaged / NQUADS).read_bytes()
    quads = set(parse(path=packaged / NQUADS, format=RdfFormat.N_QUADS))
    assert set(parse(path=data / "graph.trig", format=RdfFormat.TRIG)) == quads
    for path in data.iterdir():
        assert f"{sha256(path.read_bytes()).hexdigest()}  {path.name}: " in readme
    for entry in json.loads((packaged / "report.json").read_text(encoding="utf-8"))["inputs"]:
        assert f"{entry['sha256']}  {entry['publication']}" in readme
        assert entry["file"] not in readme
    assert "https://creativecommons.org/licenses/by/4.0/" in readme


def test_the_same_graph_gives_the_same_bytes(site: Path, packaged: Path) -> None:
    for path, data in islice(files(Content(packaged), TITLE), 300):
        assert (site / path).read_bytes() == data, path


def test_a_folder_of_others_is_not_replaced(packaged: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(OutputError, match="was not written by"):
        write_site(packaged, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_says_what_it_wrote(monkeypatch: pytest.MonkeyPatch, packaged: Path, tmp_path: Path) -> None:
    monkeypatch.setattr("graph_build.site.write_site", lambda *_: Written(1_623, 26_700_000, sparql=False))

    told = CliRunner().invoke(main, ["site", "--graph", str(packaged), "-o", str(tmp_path / "out")])
    wrong = CliRunner().invoke(main, ["site", "--graph", str(packaged), "-o", str(tmp_path), "--single-file"])

    assert told.output.splitlines() == [
        f"{tmp_path / 'out'}: 1,623 pages, 26.7 MB",
        "SPARQL in the browser was left out, since the front end is not built; “make frontend” builds it.",
    ]
    assert (wrong.exit_code, "is a folder; name a file" in wrong.output) == (2, True)


def test_in_one_file_every_link_has_its_page(one: Path) -> None:
    page = Read(one.read_text(encoding="utf-8"))
    links = {link for link in page.links if not link.startswith(("http://", "https://"))}
    paths = {f"#{path}" for path in page.ids} | {"#", "#/sparql"}

    assert len(links) > 1_000
    assert sorted(link for link in links if link not in paths and not link.startswith("#/sparql&query=")) == []
    assert InFileAddresses(Pages(stems={}, parts={}, questions={}, formats={})).editor is None


@pytest.mark.parametrize("window_of", WINDOWS)
def test_pages_in_a_browser(site: Path, revisit: Callable[..., Any], window_of: str) -> None:
    options: dict[str, Any] = WINDOWS[window_of]
    for path in (*SHOWN.values(), *OTHERS):
        seen = revisit((site / f"{path}.html").as_uri(), **options)
        wide = seen.page.evaluate("document.documentElement.scrollWidth")
        weight = seen.page.evaluate("getComputedStyle(document.querySelector('header .name')).fontWeight")
        light = seen.page.evaluate("matchMedia('(prefers-color-scheme: light)').matches")

        assert wide <= options["viewport"]["width"] == seen.page.evaluate("innerWidth"), path
        assert light == (options["color_scheme"] == "light")
        assert weight == "700", "the style is loaded"
        assert seen.faults == [], path
        assert {request for request in seen.requests if not request.startswith(site.as_uri())} == set(), path


def test_the_keyboard_shows_where_it_is(site: Path, revisit: Callable[..., Any]) -> None:
    page = revisit((site / "drug" / "trastuzumab-deruxtecan.html").as_uri()).page
    outline = "(([s]) => s.outlineStyle + ' ' + s.outlineWidth)([getComputedStyle(document.activeElement)])"

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    assert first == "To the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(outline) == "solid 3px"


def test_labels_of_the_picture_do_not_overlap(site: Path, revisit: Callable[..., Any]) -> None:
    boxes = (
        "[...document.querySelectorAll('.network .wide text')].map((text) => text.getBBox())"
        ".map((box) => [box.x, box.y, box.width, box.height])"
    )
    for path in ("alteration/her2-mutation", "disease/non-small-cell-lung-carcinoma", "drug/trastuzumab-deruxtecan"):
        seen = revisit((site / f"{path}.html").as_uri())
        found = seen.page.evaluate(boxes)
        over = [(a, b) for n, a in enumerate(found) for b in found[n + 1 :] if _overlap(a, b)]

        assert len(found) > 8
        assert over == [], path


def _overlap(one: list[float], other: list[float]) -> bool:
    (x, y, wide, high), (x2, y2, wide2, high2) = one, other
    return x < x2 + wide2 and x2 < x + wide and y + 2 < y2 + high2 - 2 and y2 + 2 < y + high - 2


@pytest.mark.parametrize("window_of", WINDOWS)
def test_one_file_in_a_browser(one: Path, revisit: Callable[..., Any], window_of: str) -> None:
    options: dict[str, Any] = WINDOWS[window_of]
    seen = revisit(one.as_uri(), **options)
    page = seen.page
    assert page.title() == TITLE

    page.evaluate("location.hash = '#/drug/trastuzumab-deruxtecan'")
    expect(page).to_have_title(re.compile("^trastuzumab deruxtecan"))
    assert page.evaluate("document.activeElement.id") == "content"
    assert page.locator("#content h1").inner_text() == "trastuzumab deruxtecan"
    assert page.evaluate("document.documentElement.scrollWidth") <= options["viewport"]["width"]
    page.locator("#content a", has_text="antibody-drug conjugate").first.click()
    expect(page).to_have_title(re.compile("^antibody-drug conjugate"))
    page.go_back()
    expect(page).to_have_title(re.compile("^trastuzumab deruxtecan"))
    page.evaluate("location.hash = '#/nothing'")
    expect(page).to_have_title(re.compile("^Not found"))
    page.evaluate("location.hash = '#/downloads'")
    with page.expect_download() as download:
        page.locator("a[data-file='references.ris']").click()
    assert download.value.suggested_filename == "references.ris"
    assert Path(download.value.path()).read_bytes().startswith(b"TY  - ")
    page.locator("[data-view=page] nav a", has_text="Explorer").click()
    expect(page).to_have_title(TITLE)

    assert seen.faults == []
    assert {request.split("#")[0] for request in seen.requests if not request.startswith("blob:")} == {one.as_uri()}


def test_a_query_of_a_panel_runs_in_the_one_file(one: Path, revisit: Callable[..., Any]) -> None:
    if not is_built():
        pytest.skip("the front end is not built: there is no SPARQL in the browser")
    seen = revisit(one.as_uri() + "#/drug/trastuzumab-deruxtecan")
    page = seen.page
    page.locator("#content a", has_text="This query in SPARQL").first.click()
    page.locator("#workbench button.run").click()
    page.wait_for_selector("#workbench .answer table")

    assert "DESTINY-Lung05" in page.locator("#workbench .answer").inner_text() or (
        "destiny-lung05" in page.locator("#workbench .answer").inner_html()
    )
    assert seen.faults == []


ADDRESS = "https://example.org/reviews/her2/"


def test_a_graph_of_other_documents_is_a_site(foreign: Content) -> None:
    written = dict(files(foreign, "Conjugates", ADDRESS))
    pages = {path: Read(data.decode()) for path, data in written.items() if path.endswith(".html")}

    assert foreign.values["facts-of-a-study"] == {}, "it has no study that is called DL-05"
    assert foreign.values["reference-list"] == {"year": "2023"}
    assert "0 rows" in pages["query/facts-of-a-study.html"].text
    assert "Conjugates" in pages["index.html"].text
    for name in foreign.asked:
        assert {f"query/{name}.html", f"query/{name}.{foreign.answers[name].suffix}"} <= written.keys()
        assert f"query/{name}.html" in pages["questions.html"].links
    cited = {
        path: [e.attributes["href"] for e in page.named("link") if e.attributes["rel"] == "canonical"]
        for path, page in pages.items()
    }
    assert cited.pop("404.html") == []
    assert cited.pop("index.html") == [ADDRESS]
    assert cited == {path: [ADDRESS + path] for path in cited}


def test_a_graph_of_other_documents_is_one_file(foreign: Content) -> None:
    file = Read(single_file(foreign, "Conjugates", ADDRESS + "her2.html").decode())

    assert {f"/query/{name}" for name in foreign.asked} <= file.ids
    assert [e.attributes["href"] for e in file.named("link")] == [ADDRESS + "her2.html"]


def test_a_question_that_needs_what_is_not_there_says_so(foreign: Content) -> None:
    text = "#+ summary: Of what?\n#+ parameter drug: label of a drug\n#+ example: --drug Enhertoo\nASK { ?drug ?p ?o }"
    needy = parse_question("needy", text)
    free = parse_question("free", text.replace("of a drug", "of a drug; all when omitted"))
    assert askable([needy, free], foreign.store) == {"free": {}}

    content = Content(foreign.folder)
    content.asked = {"needy": needy}
    page = Read(content.question("needy", _setting(content, SiteAddresses(content.pages))).body)
    listed = content.questions(_setting(content, SiteAddresses(content.pages))).body

    assert content.pages.formats == {"needy": ()}
    assert content.answers["needy"].data == b""
    assert "nothing in this graph is called so" in page.text
    assert "As data" not in page.text
    assert "nothing in this graph is called so" in listed


def test_an_answer_leads_to_what_it_names(site: Path, content: Content) -> None:
    page = (site / "query" / "drugs-by-alteration.html").read_text(encoding="utf-8")
    rows = re.findall("<tr><td [^>]*>.*?</tr>", page)
    (row,) = [row for row in rows if "<bdi>DESTINY-Lung01</bdi>" in row]
    cells = re.findall(r'<td [^>]*>(?:<a href="(.*?)">)?(?:<bdi>(.*?)</bdi>)?', row)

    assert cells == [
        ("../drug/trastuzumab-deruxtecan.html", "trastuzumab deruxtecan"),
        ("", ""),
        ("../alteration/her2-mutation.html", "HER2 mutation"),
        ("../study/destiny-lung01.html", "DESTINY-Lung01"),
        ("", ""),
        ("../paper/10.1056_nejmoa2112431.html", "Li 2022"),
        ("", "2022"),
        ("../drug-class/antibody-drug-conjugate.html", "antibody-drug conjugate"),
        ("../alteration/her2-mutation.html", "HER2 mutation"),
    ]


def test_a_label_is_a_link_when_just_one_thing_has_it() -> None:
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    title = "http://purl.org/dc/terms/title"
    paper, kind = (
        "https://doi.org/10.1/x",
        f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}ontology#Publication>",
    )
    store = Store()
    store.load(
        f"""<{BASE}drug/a> <{label}> "a drug"@en, "ein Mittel"@de, "2023" .
        <{BASE}drug/b> <{label}> "two things"@en . <{BASE}study/b> <{label}> "two things" .
        <{BASE}ontology#Drug> <{label}> "Drug"@en . <{BASE}dataset> <{title}> "the dataset"@en .
        <{BASE}drug/a#part> <{label}> "a part"@en . <https://example.org/c> <{label}> "a drug"@en, "of others"@en .
        <{paper}> <{label}> "Li 2022" ; <{title}> "On drugs" ; {kind} .""".encode(),
        RdfFormat.TURTLE,
    )
    words = [
        "a drug",
        "A drug",
        "2023",
        "two things",
        "Drug",
        "the dataset",
        "a part",
        "of others",
        "Li 2022",
        "On drugs",
    ]
    drug, none = BASE + "drug/a", None

    assert [called(store, text) for text in words] == [drug, *[none] * 7, paper, paper]
    assert (called(store, "ein Mittel", "de"), called(store, "ein Mittel")) == (drug, None)
    assert (called(store, "\ud800x"), called(store, "x", "no language")) == (None, None)
    assert labels(store, [drug, BASE + "drug/b", paper]) == {
        "a drug": drug,
        "ein Mittel": drug,
        "Li 2022": paper,
        "On drugs": paper,
    }


def test_each_quote_has_its_own_words_of_appraisal(read: dict[str, Read]) -> None:
    said = {
        path: re.findall("appraised by the words? [^·\n]*”", page.text)
        for path, page in read.items()
        if path.startswith("statement/")
    }
    (path,) = [path for path, words in said.items() if words]

    assert said[path] == ["appraised by the words “breakthrough”, “turning point”", "appraised by the word “new era”"]
    assert "Favourable (“breakthrough”, “new era”, “turning point”)" in read[path].text
    assert "appraised by the word “new era”" in read["drug-class/antibody-drug-conjugate.html"].text


@pytest.mark.parametrize(
    ("given", "options", "address"),
    [
        ("https://example.org/her2", [], "https://example.org/her2/"),
        ("https://example.org/her2/", [], "https://example.org/her2/"),
        ("http://example.org/her2.html", ["--single-file"], "http://example.org/her2.html"),
    ],
)
def test_the_address_of_the_site_is_handed_on(
    given: str, options: list[str], address: str, monkeypatch: pytest.MonkeyPatch, packaged: Path, tmp_path: Path
) -> None:
    told: list[Any] = []

    def write(*args: Any) -> Written:
        told.extend(args)
        return Written(1, 1, sparql=True)

    monkeypatch.setattr("graph_build.site.write_site", write)
    monkeypatch.setattr("graph_build.site.write_file", write)
    output = tmp_path / "out"
    CliRunner().invoke(main, ["site", "--graph", str(packaged), "-o", str(output), "--address", given, *options])

    assert told == [packaged, output, TITLE, address]


@pytest.mark.parametrize(
    "given", ["her2", "ftp://example.org/", "https://", "https://e.org/?a", "https://e.org/#a", "http://["]
)
def test_what_is_no_address_is_refused(given: str, packaged: Path, tmp_path: Path) -> None:
    refused = CliRunner().invoke(
        main, ["site", "--graph", str(packaged), "-o", str(tmp_path / "out"), "--address", given]
    )

    assert refused.exit_code == 2
    assert f"--address {given}: give an address such as" in refused.output


def test_addresses_know_where_the_site_will_lie() -> None:
    pages = Pages(stems={}, parts={}, questions={}, formats={}, base=ADDRESS)

    assert (SiteAddresses(pages).base, InFileAddresses(pages).base) == (ADDRESS, ADDRESS)
    assert SiteAddresses(Pages(stems={}, parts={}, questions={}, formats={})).base is None
