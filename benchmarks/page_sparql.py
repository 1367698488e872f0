"""The part of the page about graphs and questions."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from .tables import bold, number, seconds, table

#: What a stored question may take on the two documents and on the largest graph.
SMALL, LARGE = 0.020, 1.0
_REFERENCE = "pyoxigraph"


def _times(graph: Mapping[str, Any], engine: str) -> dict[str, float]:
    """The median CPU time of each question that an engine answered."""
    answers = graph["engines"].get(engine, {}).get("answers", {})
    return {name: a["cpu_seconds"] for name, a in answers.items() if "cpu_seconds" in a}


def _ratio(graph: Mapping[str, Any], engine: str) -> float | None:
    """The middle of how many times as long an engine takes as the one under ours, over the questions both answered."""
    ours, theirs = _times(graph, engine), _times(graph, _REFERENCE)
    found = [ours[name] / theirs[name] for name in ours if theirs.get(name)]
    return statistics.median(found) if found else None


def goals_of_sparql(found: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Aims, what is measured, and whether they are met."""
    graphs = found.get("graphs", ())
    for graph in graphs:
        for engine, most in (("her2kg", 1.2), ("oxrdflib", 1.5)):
            ratio = _ratio(graph, engine)
            if ratio:
                name = "our query call" if engine == "her2kg" else "the rdflib adapter"
                yield f"{name} at most {most} times raw pyoxigraph ({graph['name']})", f"{ratio:.2f}", ratio <= most
    for graph, most in ((graphs[0], SMALL), (graphs[-1], LARGE)) if graphs else ():
        times = _times(graph, "her2kg")
        over = sum(taken > most for taken in times.values())
        unanswered = len(graph["engines"].get("her2kg", {}).get("answers", {})) - len(times)
        so_far = f"{over} of {len(times)} over it" + (f", {unanswered} without an answer" if unanswered else "")
        yield f"every stored question under {seconds(most)} on {graph['name']}", so_far, not over and not unanswered
    for graph in graphs[-1:]:
        if "failed" not in graph["load"] and graph["load"]["cpu_seconds"]:
            rate = graph["load"]["quads"] / graph["load"]["cpu_seconds"]
            yield f"loading 250,000 triples per CPU second ({graph['name']})", number(rate), rate >= 250_000
        if "failed" not in graph["write"] and graph["write"]["cpu_seconds"]:
            rate = graph["write"]["quads"] / graph["write"]["cpu_seconds"]
            yield f"writing 800,000 quads a second a core ({graph['name']})", number(rate), rate >= 800_000


def sparql_series(found: Mapping[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """For the plot: the middle and the slowest question of each engine at each size."""
    series: dict[str, list[tuple[float, float]]] = {}
    for graph in sorted(found.get("graphs", ()), key=lambda g: g["quads"] or 0):
        for engine in graph["engines"]:
            times = list(_times(graph, engine).values())
            if times and graph["quads"]:
                series.setdefault(f"{engine}, middle", []).append((graph["quads"], statistics.median(times)))
                if engine == "her2kg":
                    series.setdefault("her2kg, slowest", []).append((graph["quads"], max(times)))
    return series


def sparql_section(found: Mapping[str, Any]) -> str:
    """The whole section."""
    if "failed" in found:
        return f"## Graphs and questions\n\n{bold('failed')}: {found['failed']}\n"
    parts = ["## Graphs and questions", "", _loading(found), _engines(found), _slow(found), _each(found)]
    return "\n".join(parts)


def _loading(found: Mapping[str, Any]) -> str:
    rows: list[tuple[str, ...]] = []
    for graph in found["graphs"]:
        load, write = graph["load"], graph["write"]
        if "failed" in load or "failed" in write:
            rows.append((graph["name"], bold("failed"), "", "", "", "", ""))
            continue
        made = "synthetic" if graph["synthetic"] else "real"
        loaded, written = load["quads"] / load["cpu_seconds"], write["quads"] / max(write["cpu_seconds"], 0.01)
        sizes = (f"{load['bytes_of_text'] / 1e6:,.0f} MB", f"{load['bytes'] / 1e6:,.0f} MB")
        memory = f"{load['memory_mb']:,.0f} MB"
        rows.append((graph["name"], made, number(load["quads"]), number(loaded), memory, number(written), *sizes))
    rates = ("loaded per CPU second", "memory of loading", "written per CPU second")
    return table(("graph", "", "quads", *rates, "as text", "store"), rows)


def _engines(found: Mapping[str, Any]) -> str:
    rows = []
    for graph in found["graphs"]:
        asked = max((len(e.get("answers", {})) for e in graph["engines"].values()), default=0)
        for engine, taken in graph["engines"].items():
            if "failed" in taken:
                rows.append((graph["name"], engine, "", "", "", "", taken["failed"]))
                continue
            times, ratio = _times(graph, engine), _ratio(graph, engine)
            middle = seconds(statistics.median(times.values())) if times else ""
            slowest = seconds(max(times.values())) if times else ""
            fine = f"{len(times)} of {asked}"
            other = _others(graph, engine)
            note = f"{other} with other numbers of rows" if other else ""
            loaded = seconds(taken["loaded"])
            rows.append(
                (graph["name"], engine, loaded, fine, f"{ratio:.2f}" if ratio else "", f"{middle} / {slowest}", note)
            )
    header = ("graph", "engine", "opening", "answered", "× pyoxigraph", "middle / slowest", "")
    text = table(header, rows)
    return (
        "The stored questions, without those that ask other endpoints; an answer may take "
        f"{found['limit']:.0f} s,\nthen the process is killed. “× pyoxigraph” is the middle of the ratios, question by "
        "question. Times are\nthe medians of the CPU time of the engine's process, which on a quiet machine is the "
        "time. pyoxigraph gives its own\nterms, her2kg rows of plain Python values, oxrdflib and rdflib terms of "
        "rdflib. Jena (TDB2, with the union of the named graphs as its default graph) is asked by its command\nline, "
        f"and tells its times itself, without the start of Java and after two runs that do not count.\n\n{text}\n"
        "![Time of an answer over the number of triples](pictures/benchmarks-sparql.svg)\n"
    )


def _others(graph: Mapping[str, Any], engine: str) -> int:
    """How many answers have another number of rows than the reference's."""
    reference = graph["engines"].get(_REFERENCE, {}).get("answers", {})
    answers = graph["engines"][engine].get("answers", {})
    return sum(
        "rows" in a and "rows" in reference.get(n, {}) and a["rows"] != reference[n]["rows"] for n, a in answers.items()
    )


def _slow(found: Mapping[str, Any]) -> str:
    lines = []
    for graph, most in ((found["graphs"][0], SMALL), (found["graphs"][-1], LARGE)):
        times = _times(graph, "her2kg")
        answers = graph["engines"].get("her2kg", {}).get("answers", {})
        slow = {name: seconds(taken) for name, taken in times.items() if taken > most}
        slow |= {name: a["failed"] for name, a in answers.items() if "failed" in a}
        shown = ", ".join(f"`{name}` ({taken})" for name, taken in sorted(slow.items())) or "none"
        lines.append(f"Over {seconds(most)} on {graph['name']}: {shown}.\n")
    return "\n".join(lines)


def _each(found: Mapping[str, Any]) -> str:
    """Every question at every size, by our call."""
    graphs = found["graphs"]
    names = sorted({name for graph in graphs for name in graph["engines"].get("her2kg", {}).get("answers", {})})
    rows = []
    for name in names:
        cells = []
        for graph in graphs:
            answer = graph["engines"]["her2kg"].get("answers", {}).get(name, {})
            cells.append(f"{seconds(answer['cpu_seconds'])} ({answer['rows']:,})" if "rows" in answer else "–")
        rows.append((f"`{name}`", *cells))
    text = table(("question", *(graph["name"] for graph in graphs)), rows)
    return f"Every question by our call, and the number of rows:\n\n{text}"
