"""Puts the built front end into the wheel and the source distribution; builds it first where npm is there.

Without npm the distribution is made all the same: all but the SPARQL editors works, and those say what is missing.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SENTENCE = "the front end is left out; install Node.js 18 or newer with npm to have it built"


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel or a source distribution is written."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or older than its sources, and add it."""
        if version == "editable":
            return  # a checkout finds it in frontend/dist
        folder = Path(self.root, "frontend")
        built = folder / "dist"
        if not is_fresh(folder):
            self.make(folder)
        if not (built / "LICENSES.txt").is_file():
            self.app.display_warning(SENTENCE)
            return
        place = "graph_build/data/frontend/dist" if self.target_name == "wheel" else "frontend/dist"
        build_data["force_include"][str(built)] = place

    def make(self, folder: Path) -> None:
        """Run npm, if there is one; what it cannot build stays as it was."""
        npm = shutil.which("npm")
        if npm is None:
            return
        for command in ([npm, "ci", "--ignore-scripts"], [npm, "run", "build"]):
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  ours
            if done.returncode:
                self.app.display_warning(f"{' '.join(command[1:])}: {done.stderr.strip()}")
                return


def is_fresh(folder: Path) -> bool:
    """Whether the built files are there and no source is newer."""
    stamp = folder / "dist" / "LICENSES.txt"
    sources = [folder / "build.mjs", folder / "package-lock.json", *sorted((folder / "src").glob("*"))]
    return stamp.is_file() and all(path.stat().st_mtime <= stamp.stat().st_mtime for path in sources if path.exists())
