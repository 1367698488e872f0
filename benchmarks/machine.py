"""The machine on which something was measured, and how busy it was."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

#: The libraries whose versions matter.
LIBRARIES: Final = (
    "pyoxigraph",
    "rdflib",
    "oxrdflib",
    "owlready2",
    "ahocorasick-rs",
    "abbreviation-extractor",
    "numpy",
)


def describe() -> dict[str, Any]:
    """The processor, its cores, the memory, and the versions of Python and of the libraries."""
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(int((_field("/proc/meminfo", "MemTotal") or "0").split()[0]) / 1024**2, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def load_average() -> float:
    """How many processes wanted a core during the last minute; a benchmark wants none but its own."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else float("nan")


def _field(path: str, name: str) -> str:
    """A value of a file of the kernel; nothing where there is no such file."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return f"not installed for {sys.executable}"
