"""The front end: what is pinned, what is built from it, and what happens where it cannot be built."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from graph_build.completions import completions
from graph_build.frontend import FILES, LICENCES, built, built_text, is_built
from graph_build.prefixes import PREFIXES

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "frontend"
SENTENCE = "the SPARQL editors are not built: install Node.js 18 or newer with npm, then run “make frontend”"
_MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function")
needs_build = pytest.mark.skipif(not is_built(), reason="no front end: install Node.js with npm and run make frontend")


@pytest.fixture(scope="module")
def lock() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    return found


def test_packages_are_pinned_and_no_address_is_named(lock: dict[str, Any]) -> None:
    package = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
    wanted = package["dependencies"] | package["devDependencies"]
    assert [version for version in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert lock["packages"][""]["dependencies"] | lock["packages"][""]["devDependencies"] == wanted
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert [name for name, entry in lock["packages"].items() if name and not entry["integrity"]] == []
    assert "http" not in re.sub(r'"url": "[^"]*"', "", (FOLDER / "package-lock.json").read_text(encoding="utf-8"))


def test_our_own_files_are_small_and_write_text_alone() -> None:
    for path in sorted((FOLDER / "src").iterdir()):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 250, path
        assert max(map(len, text.splitlines())) <= 240, path
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", text), (
            path
        )


@needs_build
def test_all_files_are_built_and_no_others() -> None:
    assert sorted(path.name for path in built(LICENCES).parent.iterdir()) == sorted([*FILES, LICENCES])


@needs_build
def test_every_package_has_its_licence(lock: dict[str, Any]) -> None:
    text = built(LICENCES).read_text(encoding="utf-8")
    names = {
        f"{path.rpartition('node_modules/')[2]} {entry['version']} "
        for path, entry in lock["packages"].items()
        if path and not entry.get("dev") and not entry.get("optional")
    }
    assert [name for name in sorted(names) if f"\n{name}" not in "\n" + text] == []
    assert "Permission is hereby granted, free of charge" in text


@needs_build
@pytest.mark.parametrize("name", ["sparql.js", "sparql.css", "sparql-worker.js"])
def test_what_stands_inside_a_page_does_not_end_its_element(name: str) -> None:
    assert not re.search(r"</(script|style)|<!--|<script|\r|\0|sourceMappingURL", built_text(name), re.IGNORECASE)


@needs_build
@pytest.mark.skipif(
    shutil.which("node") is None or not (FOLDER / "node_modules").is_dir(),
    reason="no Node.js, or its packages are not installed: the front end cannot be built",
)
def test_the_same_packages_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("build.mjs", "package.json", "package-lock.json"):
        shutil.copy(FOLDER / name, tmp_path)
    shutil.copytree(FOLDER / "src", tmp_path / "src")
    (tmp_path / "node_modules").symlink_to(FOLDER / "node_modules")
    subprocess.run(["node", "build.mjs"], cwd=tmp_path, check=True, capture_output=True)
    assert {path.name: _sum(path) for path in (tmp_path / "dist").iterdir()} == {
        name: _sum(built(name)) for name in (*FILES, LICENCES)
    }


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_make_says_what_to_install_where_npm_is_missing(tmp_path: Path) -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make on this machine")
    env = {"PATH": str(tmp_path)}
    done = subprocess.run([make, "frontend"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == SENTENCE
    done = subprocess.run([make, "frontend-if-possible"], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == SENTENCE + "\n"


@pytest.mark.parametrize("has_build", [True, False])
def test_a_wheel_is_built_with_and_without_it(has_build: bool, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "graph_build").mkdir(parents=True)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "graph_build/__init__.py"):
        shutil.copy(ROOT / name, project / name)
    for name in ("ontology", "queries", "frontend/src"):
        (project / name).mkdir(parents=True)
    if has_build:
        (project / "frontend" / "dist").mkdir()
        for name in (*FILES, LICENCES):
            (project / "frontend" / "dist" / name).write_text(name, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "out")],
        cwd=project,
        env=os.environ | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    (wheel,) = (tmp_path / "out").iterdir()
    names = [name for name in zipfile.ZipFile(wheel).namelist() if "/frontend/" in name]
    said = "the front end is left out; install Node.js 18 or newer with npm to have it built"
    files = sorted([*FILES, LICENCES]) if has_build else []
    assert names == [f"graph_build/data/frontend/dist/{name}" for name in files]
    assert (said in done.stdout + done.stderr) is not has_build


def test_names_that_are_offered() -> None:
    offered = completions()
    assert offered["prefixes"] == PREFIXES
    terms = {term["name"]: term for term in offered["terms"]}
    assert list(terms) == sorted(terms)
    assert terms["her2:investigates"]["iri"] == "https://w3id.org/her2kg/ontology#investigates"
    kinds = {
        "her2:Drug": "class",
        "her2:investigates": "property",
        "her2:Asserted": "value",
        "rdfs:label": "property",
    }
    assert {name: terms[name]["kind"] for name in kinds} == kinds
    ours = [term for name, term in terms.items() if name.startswith("her2:")]
    assert [term["name"] for term in ours if not term["label"] or not term["definition"]] == []
