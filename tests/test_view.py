"""The page: its bytes, its policy, its data, and how it behaves in a browser."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import networkx as nx
import pytest

from graph_build import __version__
from graph_build.evidence_network import MEASURES
from graph_build.measures import network_measures
from graph_build.view import EvidenceNetwork, View, inline, render

#: Strings that must stay text, wherever they come from.
HOSTILE = (
    "</script><script>document.documentElement.dataset.pwned = 1</script>",
    '<img src=x onerror="document.documentElement.dataset.pwned=1">',
    "<a href='javascript:document.documentElement.dataset.pwned=1'>href</a>",
    "javascript:document.documentElement.dataset.pwned=1",
    "\u202e]-->${alert(1)}$title $$ \u2028 \x00 &lt;b&gt;",
    '=HYPERLINK("http://evil.example","x")',
)

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


def sample(hostile: bool = False) -> nx.MultiDiGraph[str]:
    """A drug, a study, a paper and a topic; or nodes and quotes made of hostile strings."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    labels = HOSTILE if hostile else ("trastuzumab deruxtecan", "DESTINY-Lung01", "Li 2022", "HER2 positivity testing")
    classes = ("Drug", "Study", "Publication", "Topic", "StudyDesign", "Disease")
    for number, (label, cls) in enumerate(zip(labels, classes, strict=False)):
        link = label if hostile else "https://doi.org/10.1056/nejmoa2112431"
        node: dict[str, Any] = {
            "label": label,
            "cls": cls,
            "type": cls,
            "iri": f"urn:{number}{label if hostile else ''}",
        }
        node |= {"description": label, "link": link, "links": (link,), "synonyms": (label + " too",), "year": None}
        graph.add_node(f"n{number}", **node)
    edges: list[tuple[str, str, dict[str, Any]]] = [
        ("n1", "n0", {"predicate": "investigates", "verb": "investigates", "kind": "study"}),
        ("n1", "n2", {"predicate": "reportedIn", "verb": "reported in", "kind": "study"}),
        ("n3", "n0", {"predicate": "hasGoldStandard", "verb": "gold standard in", "kind": "claim", "negated": True}),
        ("n0", "n3", {"predicate": "detects", "verb": "detects", "kind": "claim", "certainty": "OpenQuestion"}),
        ("n0", "n2", {"predicate": "inClass", "verb": "is a", "kind": "curated", "curated": True}),
    ]
    for s, o, values in edges:
        text = labels[0] if hostile else "Trastuzumab Deruxtecan in HER2-Mutant Lung Cancer"
        quote = (text, "reference", "Li 2022", "urn:2", "CitedTitle")
        blank = {"inverse": "← " + values["verb"], "curated": False, "negated": False, "certainty": "Asserted"}
        blank |= dict.fromkeys(("appraisal", "appraisal_word", "context", "note", "statement"), "")
        graph.add_edge(s, o, key=values["predicate"], **(blank | {"evidence": (quote,)} | values))
    return graph


class Page(HTMLParser):
    """The tags of a page, and the text of its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag == "script"
        if self._inside:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    @property
    def data(self) -> Any:
        return json.loads(self.scripts[0])


def test_same_network_same_bytes() -> None:
    script = "import sys, hashlib; sys.path[:0] = ['tests', '.']\nfrom test_view import *\n"
    script += "print(hashlib.sha256(render(sample(), 'T').encode()).hexdigest())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parent.parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "5")
    }
    assert len(runs) == 1


def test_order_of_insertion_does_not_matter() -> None:
    graph, turned = sample(), nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert render(turned, "T") == render(graph, "T")


def test_policy_admits_our_scripts_by_hash_and_nothing_else() -> None:
    page = Page(render(sample(), "T"))
    (policy,) = [
        values["content"] for tag, values in page.tags if values.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.keys() == {"default-src", "script-src", "style-src", "base-uri", "form-action"}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert all(
        re.fullmatch(r"'sha256-[\w+/=]{44}'", source)
        for source in f"{rules['script-src']} {rules['style-src']}".split()
    )


def test_nothing_is_loaded() -> None:
    page = Page(render(sample(), "T"))
    loading = {"src", "href", "data", "action", "poster", "background", "style", "srcset", "srcdoc"}
    assert [(tag, values) for tag, values in page.tags if loading & values.keys()] == []
    assert not {"link", "iframe", "img", "object", "embed", "base"} & {tag for tag, _ in page.tags}
    assert not re.search(r"sourceMappingURL|@import|url\(|fetch\(|XMLHttpRequest|WebSocket\(", render(sample(), "T"))


def test_our_scripts_write_text_and_never_markup() -> None:
    ours = Page(render(sample(), "T")).scripts[-1]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", ours)


@pytest.mark.parametrize("hostile", [False, True])
def test_data_are_exact(hostile: bool) -> None:
    graph = sample(hostile)
    data = Page(render(graph, "T")).data
    assert [node["label"] for node in data["nodes"]] == [graph.nodes[node]["label"] for node in sorted(graph)]
    assert len(data["edges"]) == graph.number_of_edges() == 5
    assert len(data["quotes"]) == 1  # shared, not repeated
    assert {edge["kind"]: edge["negated"] for edge in data["edges"]} == {
        "study": False,
        "claim": True,
        "curated": False,
    }


@pytest.mark.parametrize("title", [*HOSTILE, "lone \ud800 surrogate", "$data ${script} $"])
def test_titles_stay_text(title: str) -> None:
    page = Page(render(sample(True), title))
    assert [tag for tag, _ in page.tags].count("script") == 3
    assert page.data["title"] == title


def test_frame_holds_the_whole_page_and_is_sandboxed() -> None:
    page = render(sample(), "T")
    frame = inline(page, 300)
    ((tag, values),) = Page(frame).tags
    assert (tag, values["srcdoc"], values["height"]) == ("iframe", page, "300")
    assert "allow-same-origin" not in (values["sandbox"] or "")
    assert View(sample(), "T", height=300)._repr_html_() == frame


def test_page_is_saved_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = View(sample(), "first").save(tmp_path / "page.html")

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        View(sample(), "second").save(target)
    assert target.read_text(encoding="utf-8") == render(sample(), "first")
    assert list(tmp_path.iterdir()) == [target]


def test_pyvis_entry_points_give_our_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    network = EvidenceNetwork(sample(), "T")
    network.save_graph("page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == render(sample(), "T")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]  # no folder with libraries


def test_nothing_is_cut_however_many_nodes() -> None:
    data = Page(render(sample(), "T", limit=2)).data
    assert len(data["nodes"]) == len(sample())
    assert (data["grouped"], Page(render(sample(), "T")).data["grouped"]) == (True, False)


def test_page_knows_its_focus_its_note_and_its_version() -> None:
    data = Page(render(sample(), "T", focus="n1", note="Mind this.")).data
    assert (data["nodes"][data["focus"]]["label"], data["notes"]) == ("DESTINY-Lung01", ["Mind this."])
    assert data["version"] == __version__
    assert Page(render(sample(), "T")).data["focus"] is None


def test_nodes_carry_their_measures_and_links_whether_they_are_bridges() -> None:
    data = Page(render(sample(), "T")).data
    measures = {row["iri"]: row for row in network_measures(sample()).to_dicts()}
    assert [node["measures"] for node in data["nodes"]] == [
        {name: measures[key][name] for name in MEASURES} for key in sorted(measures)
    ]
    assert {edge["predicate"]: edge["bridge"] for edge in data["edges"]} == {
        "investigates": False,
        "reportedIn": False,
        "hasGoldStandard": True,
        "detects": True,
        "inClass": False,
    }


def test_an_empty_network_is_a_page() -> None:
    assert Page(render(nx.MultiDiGraph(), "T")).data["nodes"] == []


def opened(page: str, folder: Path, wish: str = "") -> dict[str, str]:
    """What the page says of itself, in ``data-`` attributes of its root, after a browser has run it."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --virtual-time-budget=4000 --window-size=1200,800"
    assert CHROMIUM is not None
    command = [CHROMIUM, *flags.split(), f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    done = subprocess.run(
        [*command, (folder / "page.html").as_uri() + wish], capture_output=True, text=True, timeout=120, check=True
    )
    (root,) = re.findall(r"<html[^>]*>", done.stdout)
    return {name: html.unescape(value) for name, value in re.findall(r'data-(\w+)="([^"]*)"', root)}


needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the page cannot be opened")


@needs_browser
def test_page_runs_in_a_browser(tmp_path: Path) -> None:
    assert opened(render(sample(), "T"), tmp_path, "#view=lanes&node=DESTINY-Lung01") == {
        "ready": "true",
        "nodes": "4",
        "links": "5",
        "groups": "0",
        "verbs": "2",  # those of the selected node
        "view": "lanes",
        "selected": "DESTINY-Lung01",
    }


@needs_browser
def test_hostile_strings_do_nothing_in_a_browser(tmp_path: Path) -> None:
    graph = sample(True)
    for label in HOSTILE[:3]:  # with the panel open on each
        found = opened(render(graph, HOSTILE[0]), tmp_path, "#" + urlencode({"node": label}))
        assert (found["ready"], found["selected"], found.get("pwned")) == ("true", label, None)
