"""``python -m benchmarks.engines ENGINE FOLDER``: one engine of SPARQL over one graph, asked line by line.

Reads questions from standard input, one JSON object a line, and answers each with one: how many rows, the first time,
the median of some more.  The process that asks kills this one when an answer takes too long.
"""

from __future__ import annotations

import json
import os
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

#: From a question's text and its name to the number of rows, all of them read.
Ask = Callable[[str, str], int]
#: Seconds after which no further repetition is begun; the first time is not counted, so there are two at least.
_ENOUGH: Final = 1.0


def her2kg(folder: Path) -> Ask:
    """Our call, by the question's name; rows of plain Python values."""
    import graph_build

    graph = graph_build.open(folder)
    _ = graph.store
    return lambda text, name: len(graph.query(name))


def pyoxigraph(folder: Path) -> Ask:
    """The engine under it, with nothing around it; rows of its own terms."""
    from pyoxigraph import QueryBoolean, QueryTriples, Store

    store = Store.read_only(str(folder / "store"))

    def ask(text: str, name: str) -> int:
        found = store.query(text)
        if isinstance(found, QueryBoolean):
            return 1
        if isinstance(found, QueryTriples):
            return sum(1 for _ in found)
        return sum(1 for row in found for _ in [tuple(row)])

    return ask


def oxrdflib(folder: Path) -> Ask:
    """rdflib's API over our store: ``kg.graph``."""
    import graph_build

    graph = graph_build.open(folder).graph
    return lambda text, name: sum(1 for _ in graph.query(text))


def rdflib(folder: Path) -> Ask:
    """rdflib's own engine over its own store in memory."""
    from rdflib import Dataset

    graph = Dataset(default_union=True)
    graph.parse(folder / "graph.nq", format="nquads")
    return lambda text, name: sum(1 for _ in graph.query(text))


def owlready2(folder: Path) -> Ask:
    """owlready2's engine, which translates to SQL; its store is a file of SQLite, its graphs are one."""
    import owlready2 as owl

    world = owl.World(filename=str(Path(tempfile.mkdtemp()) / "world.sqlite3"))
    triples = Path(tempfile.mkdtemp()) / "graph.nt"
    with (folder / "graph.nq").open(encoding="utf-8") as quads, triples.open("w", encoding="utf-8") as target:
        for line in quads:
            target.write(line.rsplit(" ", 2)[0] + " .\n")
    with triples.open("rb") as file:
        world.get_ontology("https://w3id.org/her2kg/graph#").load(fileobj=file, format="ntriples")
    return lambda text, name: sum(1 for _ in world.sparql(text, error_on_undefined_entities=False))


ENGINES: Final[Mapping[str, Callable[[Path], Ask]]] = {
    "her2kg": her2kg,
    "pyoxigraph": pyoxigraph,
    "oxrdflib": oxrdflib,
    "rdflib": rdflib,
    "owlready2": owlready2,
}


def answer(ask: Ask, name: str, text: str, times: int) -> dict[str, Any]:
    """One question, asked some times; an engine that cannot answer it says so."""
    taken: list[float] = []
    worked: list[float] = []
    rows = 0
    began = time.perf_counter()
    try:
        while len(taken) < times + 1 and (len(taken) < 2 or time.perf_counter() - began < _ENOUGH):
            start, before = time.perf_counter(), time.process_time()
            rows = ask(text, name)
            taken.append(time.perf_counter() - start)
            worked.append(time.process_time() - before)
    except Exception as error:  # whatever an engine raises is its answer
        return {"question": name, "failed": f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"}
    return {
        "question": name,
        "rows": rows,
        "first": taken[0],
        "seconds": statistics.median(taken[1:] or taken),
        "cpu_seconds": statistics.median(worked[1:] or worked),
        "runs": len(taken),
    }


#: Engines that keep the whole graph in memory, which takes minutes to read: a question is answered in a fork, so that
#: the graph outlives a question that takes too long.  The others hold files open, which a fork must not share.
FORKING: Final = frozenset({"rdflib"})


def forked(ask: Ask, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same in a fork that is killed after the limit; nothing when it was."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(answer(ask, asked["question"], asked["text"], asked["times"])))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        ready, _, _ = select.select([pipe], [], [], asked["limit"])
        if not ready:
            os.kill(child, signal.SIGKILL)
        said = pipe.read()
    os.waitpid(child, 0)
    found: dict[str, Any] | None = json.loads(said) if said else None
    return found


def main() -> None:
    """Load, say how long it took, and answer what comes."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    began = time.perf_counter()
    ask = ENGINES[name](folder)
    print(json.dumps({"loaded": time.perf_counter() - began}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if name in FORKING:
            found = forked(ask, asked) or {"failed": f"no answer within {asked['limit']:.0f} s"}
        else:
            found = answer(ask, asked["question"], asked["text"], asked["times"])
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
