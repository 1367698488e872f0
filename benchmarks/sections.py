"""What ``make bench`` measures, a section a function; each gives plain values for the results file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from .asking import asked, local_questions
from .jena import asked_of_jena
from .materials import MaterialError, environment, of_our_field, real_files, subset
from .measure import python, repeated
from .replicate import replicate

_OTHERS: Final = Path(__file__).parent / "others"
#: Engines that read the whole graph each time, and from how many quads on they are not asked to.
_IN_MEMORY: Final = frozenset({"rdflib", "owlready2"})
_MOST_IN_MEMORY: Final = 3_000_000
#: Numbers of processes, and a Spark master, with which a graph is built.
_WAYS: Final = ("1", "2", "local[2]")


@dataclass(slots=True, kw_only=True)
class Wishes:
    """How much is measured."""

    folder: Path  # for files, graphs and environments; kept, so that nothing is fetched twice
    records: int = 2000
    field_records: int = 360  # about a million triples
    repeats: int = 3
    sizes: Sequence[int] = ()  # of synthetic graphs
    engines: Sequence[str] = ("pyoxigraph", "her2kg", "oxrdflib", "rdflib", "owlready2")
    only_small: Sequence[str] = ()  # engines that are asked about the two documents alone
    limit: float = 10.0  # seconds for an answer
    tell: Callable[[str], None] = field(default=print)


def _values(found: dict[str, Any]) -> dict[str, Any]:
    """What a step measured of itself goes before what its whole process took."""
    if "failed" in found:
        return found
    inner: dict[str, Any] = json.loads(found["output"].strip().splitlines()[-1])
    whole = {"whole_seconds": found["seconds"], "whole_cpu_seconds": found["cpu_seconds"]}
    return {key: value for key, value in found.items() if key != "output"} | whole | inner


def _step(wishes: Wishes, name: str, *arguments: str | Path, times: int | None = None) -> dict[str, Any]:
    wishes.tell(f"  {name} {' '.join(Path(a).name for a in arguments)}")
    command = python("-m", "benchmarks.steps", name, *map(str, arguments))
    return _values(repeated(command, times or wishes.repeats, limit=3600))


def etl(wishes: Wishes) -> dict[str, Any]:
    """Records a second, for a core, on the first records of both real files, and how it grows with their number."""
    files = real_files(wishes.folder / "files")
    found: dict[str, Any] = {"records": wishes.records, "files": {}, "growth": [], "scaling": {}}
    try:
        other = environment(wishes.folder / "pubmed-parser", "pubmed-parser==0.5.1")
    except MaterialError as error:
        other, found["pubmed_parser_failed"] = "", str(error)
    for name, source in files.items():
        path = wishes.folder / f"{name}-{wishes.records}.xml.gz"
        subset(source, path, wishes.records)
        steps = {step: _step(wishes, step, path) for step in ("read", "interpret")}
        steps |= {step: _step(wishes, step, path, wishes.folder / "graph-etl") for step in ("quads", "build")}
        if other:
            wishes.tell(f"  pubmed-parser {path.name}")
            steps["pubmed-parser"] = _values(
                repeated([other, str(_OTHERS / "pubmed_parser_step.py"), str(path)], wishes.repeats)
            )
        found["files"][name] = steps
    for part in (8, 4, 2):
        path = wishes.folder / f"update-{wishes.records // part}.xml.gz"
        subset(files["update"], path, wishes.records // part)
        found["growth"].append(_step(wishes, "build", path, wishes.folder / "graph-etl", times=1))
    found["growth"].append(found["files"]["update"]["build"])
    both = [wishes.folder / f"{name}-{wishes.records}.xml.gz" for name in files]
    for way in _WAYS:
        if way.startswith("local[") and find_spec("pyspark") is None:
            found["scaling"][way] = {"failed": "pyspark is not installed (requirements-spark.lock)"}
        else:
            found["scaling"][way] = _step(wishes, "scale", way, wishes.folder / "graph-etl", *both, times=1)
    shutil.rmtree(wishes.folder / "graph-etl", ignore_errors=True)
    return found


def _field_graph(wishes: Wishes) -> tuple[Path, dict[str, Any]]:
    """The graph of the real records that are about what the lexicon is about, and what building it took."""
    source, graph = wishes.folder / "field.xml.gz", wishes.folder / "graph-field"
    chosen = subset(real_files(wishes.folder / "files")["update"], source, wishes.field_records, of_our_field)
    wishes.tell(f"  the graph of {chosen} real records about HER2 or lung cancer")
    return graph, _step(wishes, "build", source, graph, times=1)


def sparql(wishes: Wishes) -> dict[str, Any]:
    """Every stored question at every size with every engine; loading, writing and the size on disk."""
    two = wishes.folder / "graph-two"
    repeated(python("-m", "graph_build.cli", "build", "-o", str(two)), 1)
    field_graph, built = _field_graph(wishes)
    if "failed" in built:
        return {"failed": built["failed"]}
    graphs = [
        {"name": "two documents", "synthetic": False, "folder": two},
        {"name": "real records", "synthetic": False, "folder": field_graph, "records": built["records"]},
    ]
    for size in wishes.sizes:
        folder = wishes.folder / f"graph-{size}"
        wishes.tell(f"  a graph of {size:,} triples")
        replicate(field_graph, folder, size)
        graphs.append({"name": f"{size:,} triples", "synthetic": True, "folder": folder})
    found = []
    for graph in graphs:
        folder = graph.pop("folder")
        assert isinstance(folder, Path)
        loading = _step(wishes, "load", folder, times=1 if graph["synthetic"] else wishes.repeats)
        writing = _step(wishes, "write", folder, wishes.folder / "written.nq", times=1)
        (wishes.folder / "written.nq").unlink(missing_ok=True)
        answers = {}
        for engine in wishes.engines:
            if engine in wishes.only_small and folder != two:
                continue
            if engine in _IN_MEMORY and (loading.get("quads") or 0) > _MOST_IN_MEMORY:
                answers[engine] = {"failed": f"not asked: reading {loading['quads']:,} quads takes it far too long"}
                continue
            wishes.tell(f"  {engine}: {graph['name']}")
            answers[engine] = asked(engine, folder, local_questions(), times=max(5, wishes.repeats), limit=wishes.limit)
        answers["Jena"] = _jena(wishes, folder, loading.get("quads") or 0)
        found.append({**graph, "quads": loading.get("quads"), "load": loading, "write": writing, "engines": answers})
    return {"graphs": found, "field_build": built, "limit": wishes.limit}


def _jena(wishes: Wishes, folder: Path, quads: int) -> dict[str, Any]:
    if quads > _MOST_IN_MEMORY:
        return {"failed": f"not asked: it starts Java for each question, and loads {quads:,} quads for too long"}
    wishes.tell(f"  Jena: {folder.name}")
    work = wishes.folder / "jena"
    work.mkdir(exist_ok=True)
    return asked_of_jena(folder, work, local_questions(), times=wishes.repeats, limit=wishes.limit)


def recognition(wishes: Wishes) -> dict[str, Any]:
    """Our recogniser and gilda over the same texts with the same names."""
    folder = wishes.folder / "recognition"
    folder.mkdir(parents=True, exist_ok=True)
    source = wishes.folder / "recognition.xml.gz"
    subset(real_files(wishes.folder / "files")["update"], source, wishes.field_records, of_our_field)
    made = _step(wishes, "texts", source, folder, times=1)
    if "failed" in made:
        return {"failed": made["failed"]}
    found: dict[str, Any] = {"names": made["names"]}
    found["her2kg"] = _step(wishes, "recognise", folder, folder / "her2kg.json")
    try:
        other = environment(wishes.folder / "gilda", "gilda-slim", "nltk")
    except MaterialError as error:
        return found | {"gilda": {"failed": str(error)}}
    wishes.tell("  gilda")
    command = [other, str(_OTHERS / "gilda_step.py"), str(folder), str(folder / "gilda.json")]
    found["gilda"] = _values(repeated(command, wishes.repeats))
    if "failed" not in found["gilda"] and "failed" not in found["her2kg"]:
        found["agreement"] = agreement(
            json.loads((folder / "her2kg.json").read_text(encoding="utf-8")),
            json.loads((folder / "gilda.json").read_text(encoding="utf-8")),
        )
    return found


def agreement(ours: Sequence[Sequence[Sequence[int]]], theirs: Sequence[Sequence[Sequence[int]]]) -> dict[str, int]:
    """How many places both found, and one of them only; places that overlap are one.

    >>> agreement([[[0, 4], [9, 12]]], [[[0, 4], [1, 3], [20, 24]]])
    {'both': 1, 'ours alone': 1, 'theirs alone': 1}
    """
    both = alone = others = 0
    for mine, their in zip(ours, theirs, strict=True):
        met = [any(a < d and c < b for c, d in their) for a, b in mine]
        both += sum(met)
        alone += len(met) - sum(met)
        others += sum(not any(a < d and c < b for a, b in mine) for c, d in their)
    return {"both": both, "ours alone": alone, "theirs alone": others}


def commands(wishes: Wishes) -> dict[str, Any]:
    """Time and memory of the commands on the two packaged documents."""
    graph, page = wishes.folder / "graph-two", wishes.folder / "view.html"
    asking = ("query", "drugs-by-alteration", "--format", "csv", "--graph", str(graph))
    lines = {
        "build": ("build", "-o", str(graph)),
        "check": ("check", "--graph", str(graph)),
        "query": asking,
        "view": ("view", "--graph", str(graph), "-o", str(page)),
    }
    found = {}
    for name, line in lines.items():
        wishes.tell(f"  her2kg {name}")
        taken = repeated(python("-m", "graph_build.cli", *line), wishes.repeats)
        found[name] = {key: value for key, value in taken.items() if key != "output"}
    return found


SECTIONS: Final[Mapping[str, Callable[[Wishes], dict[str, Any]]]] = {
    "etl": etl,
    "sparql": sparql,
    "recognition": recognition,
    "commands": commands,
}
