"""``her2kg mcp``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from ..graph import default_folder
from ..serve.limits import Limits
from ..store import find_graph
from .common import Failed, graph_option

_DEFAULTS = Limits()


@click.command()
@graph_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=_DEFAULTS.seconds,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may take before it is stopped.",
)
def mcp(folder: Path | None, timeout: float) -> None:
    """Serve a graph to assistants over the Model Context Protocol, on standard input and output.

    It only reads.  An assistant's program starts it; docs/assistants.md says how to tell it to.
    """
    if find_spec("mcp") is None:
        raise Failed("mcp is not installed; run: pip install 'her2kg[mcp]'")
    found = find_graph(folder or default_folder())
    from ..assist.server import server

    server(found, Limits(seconds=timeout)).run()
