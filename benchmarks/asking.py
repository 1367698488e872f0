"""Stored questions put to an engine that runs in a process of its own and is killed when it takes too long."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph_build.questions import StoredQuery, stored

from .engines import FORKING
from .measure import ROOT, environment, python


def local_questions() -> list[StoredQuery]:
    """The stored questions that ask no other endpoint."""
    return [question for question in stored().values() if not question.services]


class Engine:
    """A process with an engine over a graph."""

    def __init__(self, command: Sequence[str]) -> None:
        self.child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment(),
            start_new_session=True,
        )
        assert self.child.stdout is not None
        os.set_blocking(self.child.stdout.fileno(), False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.child.stdout, selectors.EVENT_READ)
        self.read = b""

    def line(self, limit: float) -> dict[str, Any] | None:
        """The next thing it says; nothing when it says none within the limit, or has ended."""
        end = time.monotonic() + limit
        assert self.child.stdout is not None
        while b"\n" not in self.read:
            if not self.selector.select(max(0.0, end - time.monotonic())):
                return None
            data = self.child.stdout.read()
            if not data:
                return None
            self.read += data
        line, _, self.read = self.read.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, question: dict[str, Any], limit: float) -> dict[str, Any] | None:
        """Put a question; nothing when there is no answer within the limit."""
        assert self.child.stdin is not None
        try:
            self.child.stdin.write(json.dumps(question).encode() + b"\n")
            self.child.stdin.flush()
        except OSError:
            return None
        return self.line(limit)

    def memory_mb(self) -> float | None:
        """The most it has had in memory; nothing where the kernel does not say."""
        try:
            status = Path(f"/proc/{self.child.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return None
        lines = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        return next((round(int(kb) / 1024, 1) for kb in lines), None)

    def end(self) -> None:
        """Kill it."""
        os.killpg(self.child.pid, signal.SIGKILL)
        self.child.communicate()
        self.selector.close()


def asked(
    engine: str,
    folder: Path,
    questions: Sequence[StoredQuery],
    *,
    times: int,
    limit: float,
    loading: float = 600.0,
    kills: int = 5,
) -> dict[str, Any]:
    """Put questions to an engine, each with a limit in seconds; after so many kills the rest is not asked."""
    command = python("-m", "benchmarks.engines", engine, str(folder))
    process: Engine | None = None
    answers: dict[str, Any] = {}
    loaded: list[float] = []
    memory = 0.0
    for question in questions:
        if process is None:
            if len(loaded) > kills:
                answers[question.name] = {"failed": f"not asked, after {kills + 1} questions that took too long"}
                continue
            process = Engine(command)
            started = process.line(loading)
            if started is None:
                process.end()
                return {"engine": engine, "failed": f"had not loaded the graph after {loading:.0f} s, or gave up"}
            loaded.append(started["loaded"])
        wish = {"question": question.name, "text": question.text, "times": times, "limit": limit}
        # An engine that forks keeps the limit itself, and has begun to answer when this one is over.
        found = process.ask(wish, limit + 5 if engine in FORKING else limit)
        memory = max(memory, process.memory_mb() or 0.0)
        if found is None:
            process.end()
            process = None
            answers[question.name] = {"failed": f"no answer within {limit:.0f} s"}
        else:
            answers[question.name] = {key: value for key, value in found.items() if key != "question"}
    if process is not None:
        process.end()
    return {"engine": engine, "loaded": min(loaded, default=0.0), "memory_mb": memory, "answers": answers}
