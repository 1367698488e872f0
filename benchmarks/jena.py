"""Apache Jena's TDB2 and its query engine, by its command line tools: each question starts a Java machine of its own.

The jars are those of Debian's ``libapache-jena-java``, or of an unpacked Jena that ``$JENA_HOME`` names.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from graph_build.questions import StoredQuery
from graph_build.store import NQUADS

_DEBIAN: Final = Path("/usr/share/java")
#: What Debian's Jena needs; all jars of that folder together do not start.
_JARS: Final = (
    *("jena-*.jar", "commons-*.jar", "dexx.collection.jar", "gson.jar", "guava.jar", "http*.jar", "jackson-*.jar"),
    *("jakarta.json-api.jar", "jsonld-java.jar", "protobuf.jar", "slf4j-api.jar", "slf4j-nop.jar", "thrift.jar"),
    "titanium-json-ld.jar",
)
#: Debian moved the classes of Xerces in Jena and left its messages where they were, so that nothing starts.
_LEFT: Final = "org/apache/jena/ext/"
#: Runs of a question before those that are told: Java translates what is run often.
_WARM_UP: Final = 2
_STARTING: Final = 15.0  # seconds that a Java machine may take on a busy machine
_TIME: Final = re.compile(r"^Time: ([\d.]+) sec$", re.MULTILINE)


def classpath(folder: Path) -> str | None:
    """Where Java finds Jena; nothing when it is not installed.  What Debian's jar lacks is laid into ``folder``."""
    home = os.environ.get("JENA_HOME")
    if not shutil.which("java"):
        return None
    if home and (Path(home) / "lib").is_dir():
        return f"{home}/lib/*"
    if not (_DEBIAN / "jena-cmds.jar").is_file():
        return None
    with zipfile.ZipFile(_DEBIAN / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(f"{_LEFT}xerces/") and name.endswith(".properties"):
                place = folder / "jena-messages" / name.removeprefix(_LEFT)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(jar.read(name))
    jars = (path for pattern in _JARS for path in sorted(_DEBIAN.glob(pattern)))
    return os.pathsep.join(map(str, (folder / "jena-messages", *jars)))


def asked_of_jena(
    folder: Path, work: Path, questions: Sequence[StoredQuery], *, times: int, limit: float, loading: float = 1800.0
) -> dict[str, Any]:
    """Load a graph into TDB2 and put questions to it, as :func:`benchmarks.asking.asked` does with other engines.

    Times are those that Jena tells, without the start of Java.
    """
    path = classpath(work)
    if path is None:
        return {"failed": "not installed"}
    place = work / "jena-tdb2"
    shutil.rmtree(place, ignore_errors=True)
    began = time.perf_counter()
    if _run(path, "tdb2.tdbloader", f"--loc={place}", str(folder / NQUADS), limit=loading) is None:
        return {"failed": f"had not loaded the graph after {loading:.0f} s, or gave up"}
    loaded = time.perf_counter() - began
    answers: dict[str, Any] = {}
    for question in questions:
        file = work / "jena-question.rq"
        file.write_text(question.text, encoding="utf-8")
        said = _run(
            path,
            *("tdb2.tdbquery", f"--loc={place}", "--set=tdb:unionDefaultGraph=true", "--time", f"--query={file}"),
            *(f"--repeat={_WARM_UP},{times}", "--results=NT" if "CONSTRUCT" in question.text else "--results=TSV"),
            limit=_STARTING + limit * (_WARM_UP + times),
        )
        answers[question.name] = {"failed": f"no answer within {limit:.0f} s"} if said is None else told(*said)
    shutil.rmtree(place)
    return {"engine": "Jena", "loaded": loaded, "memory_mb": None, "answers": answers}


def told(rows: str, times: str) -> dict[str, Any]:
    r"""What the tool tells of one question that was asked several times: the rows of all answers, and their times.

    >>> told("?a\n1\n2\n" * 3, "Time: 0.500 sec\nTime: 0.200 sec\nTime: 0.100 sec\nTotal time: …")
    {'rows': 2, 'first': 0.5, 'seconds': 0.2, 'cpu_seconds': 0.2, 'runs': 3}
    """
    taken = [float(found) for found in _TIME.findall(times)]
    if not taken:
        return {"failed": " ".join(times.split())[-160:]}
    lines = rows.splitlines()
    count = len(lines) // len(taken) - (1 if lines and lines[0].startswith("?") else 0)
    middle = statistics.median(taken)
    return {"rows": count, "first": taken[0], "seconds": middle, "cpu_seconds": middle, "runs": len(taken)}


def _run(path: str, *command: str, limit: float) -> tuple[str, str] | None:
    """What a tool prints and tells; nothing when it takes too long or fails."""
    try:
        done = subprocess.run(
            ["java", "-cp", path, *command], capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return (done.stdout, done.stderr) if done.returncode == 0 else None
