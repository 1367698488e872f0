"""``her2kg serve``."""

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
@click.option("--title", default=None, metavar="TEXT", help="What the explorer is called.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=_DEFAULTS.seconds,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may take before it is stopped.",
)
@click.option(
    "--largest",
    type=click.FloatRange(min=0, min_open=True),
    default=_DEFAULTS.answer_bytes / 1_000_000,
    show_default=True,
    metavar="MB",
    help="The largest answer.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=_DEFAULTS.workers,
    show_default="by the processors, 2 to 4",
    help="How many queries are answered at the same time.",
)
def serve(
    folder: Path | None, title: str | None, host: str, port: int, timeout: float, largest: float, workers: int
) -> None:
    """Serve a graph over HTTP: a SPARQL endpoint, a page and data for every IRI, the stored questions.

    It only reads.  Ctrl-C stops it.
    """
    for module in ("starlette", "uvicorn"):
        if find_spec(module) is None:
            raise Failed(f"{module} is not installed; run: pip install 'her2kg[serve]'")
    from ..serve import running

    limits = Limits(seconds=timeout, answer_bytes=int(largest * 1_000_000), workers=workers)
    found = find_graph(folder or default_folder())

    def tell(address: str) -> None:
        click.echo(f"{found}: {address} (Ctrl-C stops it)")

    running.serve(found, host, port, limits, tell, title)
