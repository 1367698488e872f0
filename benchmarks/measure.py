"""Times, CPU seconds and memory of commands, each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .machine import load_average

#: The folder that holds ``benchmarks`` and ``graph_build``; children find both there.
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took."""

    seconds: float
    cpu_seconds: float
    memory_mb: float  # the most it had in memory at a time
    output: str
    code: int
    load: float  # the load average at its end

    @property
    def fine(self) -> bool:
        """Whether it ended as it should."""
        return self.code == 0


def run(command: Sequence[str], *, limit: float = 600.0) -> Run:
    """Run a command and wait for it; after ``limit`` seconds it is killed, and its code is that of the signal."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        result = Path(folder) / "taken.json"
        launch = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py")), str(limit), str(result)]
        subprocess.run([*launch, *command], check=True, stdout=output, cwd=ROOT, env=environment())
        output.seek(0)
        taken = json.loads(result.read_text(encoding="utf-8"))
        return Run(**taken, output=output.read(), load=load_average())


def environment() -> dict[str, str]:
    """That of a child: our code, and the same hashes in every run."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "NO_COLOR": "1"}


def python(*arguments: str) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *arguments]


def repeated(command: Sequence[str], times: int, *, limit: float = 600.0) -> dict[str, Any]:
    """Run a command several times; the medians, and what the last one printed.

    One that fails is not repeated: its output says why.
    """
    runs = []
    for _ in range(times):
        runs.append(run(command, limit=limit))
        if not runs[-1].fine:
            why = f"killed after {limit:.0f} s" if runs[-1].code == -signal.SIGKILL else runs[-1].output[-300:]
            return {"failed": why, **{k: v for k, v in asdict(runs[-1]).items() if k != "output"}}
    return {
        "seconds": statistics.median(r.seconds for r in runs),
        "cpu_seconds": statistics.median(r.cpu_seconds for r in runs),
        "memory_mb": statistics.median(r.memory_mb for r in runs),
        "runs": times,
        "load": max(r.load for r in runs),
        "output": runs[-1].output,
    }
