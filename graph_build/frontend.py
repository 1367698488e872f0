"""What the front-end build has made: scripts, styles and the SPARQL engine for browsers (``frontend/``, decision 0015).

None of it is in the repository.  ``make frontend`` builds it into ``frontend/dist``; a wheel carries it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .model import Her2kgError
from .resources import resource

#: The files that pages need; the licences of all that is in them lie beside.
FILES: Final = ("editor.css", "editor.js", "oxigraph.wasm", "sparql-worker.js", "sparql.css", "sparql.js")
LICENCES: Final = "LICENSES.txt"
_EDITOR: Final = ("editor.css", "editor.js")


class FrontendMissing(Her2kgError):
    """The front end has not been built."""

    def __init__(self) -> None:
        super().__init__(
            "the front end is not built; install Node.js 18 or newer with npm, run “make frontend” in a checkout, "
            "and try again"
        )


def built(name: str) -> Path:
    """A built file; raises :class:`FrontendMissing` with what to do."""
    try:
        return resource("frontend", "dist", name)
    except FileNotFoundError as error:
        raise FrontendMissing from error


def built_text(name: str) -> str:
    """A built script or style, without the note by which a debugger would ask for its sources."""
    return built(name).read_text(encoding="utf-8").split("//# sourceMappingURL")[0]


def is_built(*names: str) -> bool:
    """Whether the front end is there, whole or these files of it."""
    try:
        return all(built(name).is_file() for name in names or FILES)
    except FrontendMissing:
        return False


def editor_available() -> bool:
    """Whether the server has its query editor."""
    return is_built(*_EDITOR)
