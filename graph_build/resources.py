"""Where the data lies that the project ships: inside the wheel, or beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as ``resource("ontology", "her2.ttl")``.

    Raises :class:`FileNotFoundError` when the installation lacks it.
    """
    for root in (_PACKAGE / "data", _PACKAGE.parent):  # the wheel, then a checkout
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation; reinstall her2kg")


def packaged_sources() -> list[Path]:
    """The two documents that the project ships, restated in its own words."""
    return sorted((_PACKAGE / "sources").glob("*.txt"))
