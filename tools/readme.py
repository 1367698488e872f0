"""Fill the README's console blocks with what the commands print.

python tools/readme.py          write
python tools/readme.py --check  exit 1 when a block is not what its command prints
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from graph_build.cli import main as her2kg

ROOT: Final = Path(__file__).resolve().parents[1]
_BLOCK: Final = re.compile(r"```console\n(.*?)```", re.DOTALL)


def filled(text: str) -> str:
    """The README with each ``$ her2kg`` command followed by its real output; other commands are left as they are."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path.cwd()
        os.chdir(folder)
        os.environ.pop("HER2KG_GRAPH", None)
        try:
            CliRunner().invoke(her2kg, ["build", "--quiet"], catch_exceptions=False)
            return _BLOCK.sub(lambda match: f"```console\n{_run(match[1])}```", text)
        finally:
            os.chdir(before)


def _run(block: str) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    lines = []
    for command in commands:
        lines.append(command)
        words = shlex.split(command.removeprefix("$ "))
        if words[0] == "her2kg":
            result = CliRunner().invoke(her2kg, words[1:], catch_exceptions=False)
            if result.exit_code:
                raise SystemExit(f"README: {command} ends with exit code {result.exit_code}: {result.output}")
            lines += [line.rstrip() for line in result.output.rstrip().splitlines()]
    return "".join(line + "\n" for line in lines)


def main() -> int:
    """Write or check the README."""
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    new = filled(text)
    if "--check" in sys.argv:
        return int(new != text)
    path.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
