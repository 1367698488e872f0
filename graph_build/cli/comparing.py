"""``her2kg diff``."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("before", type=click.Path(path_type=Path), metavar="A")
@click.argument("after", type=click.Path(path_type=Path), metavar="B")
@click.option(
    "--format", "format", type=click.Choice(["text", "json", "tsv"]), default="text", show_default=True, help="How."
)
@click.option("--all", "whole", is_flag=True, help="Print the lists of the text whole, however long.")
def diff(before: Path, after: Path, format: str, whole: bool) -> None:
    """Say in words what changed from the graph in folder A to that in folder B.

    As with diff, the exit code is 0 when they are the same, 1 when they differ, 2 in trouble.
    """
    from ..compare import compare, snapshot
    from ..compare.records import as_json, as_tsv
    from ..compare.wording import as_text

    changes = compare(snapshot(before), snapshot(after))
    match format:
        case "json":
            text = as_json(changes)
        case "tsv":
            text = as_tsv(changes)
        case _:
            text = as_text(changes, most=None if whole else 20)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
    sys.exit(0 if changes.same else 1)
