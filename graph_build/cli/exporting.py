"""``her2kg export``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..graph import default_folder
from .common import graph_option, written


@click.command()
@click.argument("format", type=click.Choice(["turtle", "trig", "json-ld", "ntriples", "nquads", "rdfxml"]))
@graph_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write (default: standard output)."
)
def export(format: str, folder: Path | None, output: Path | None) -> None:
    """Write the same graph in another RDF FORMAT (turtle, ntriples and rdfxml drop the names of the graphs)."""
    from ..export import export as run

    data = run(folder or default_folder(), format)
    if output:
        written(output, data)
        click.echo(f"{output}: {len(data):,} bytes of {format}")
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
