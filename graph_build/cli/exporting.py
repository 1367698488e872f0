"""``her2kg export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from ..export import FORMATS, Exported, exported, packed
from ..graph import default_folder
from ..replace import whole_file
from .common import Failed, graph_option, written

#: How files are called in a folder.
_NAME: Final = "her2kg"


@click.command()
@click.argument("format", required=False, type=click.Choice(list(FORMATS)))
@click.option("--list", "listed", is_flag=True, help="List the formats and what each leaves out.")
@graph_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write (default: standard output); for kgx a folder, or the beginning of two files' names.",
)
def export(format: str | None, listed: bool, folder: Path | None, output: Path | None) -> None:
    """Write the graph in another FORMAT, or list the formats.

    What a format cannot hold is counted in one line on standard error.
    """
    if listed or not format:
        width = max(map(len, FORMATS))
        for entry in FORMATS.values():
            click.echo(f"{entry.name:<{width}}  {entry.summary}" + (f" [drops {entry.drops}]" if entry.drops else ""))
        return
    result = exported(folder or default_folder(), format)
    if output and (len(result.files) == 1 or output.name.endswith(".tar.gz")):
        data = packed(result)
        written(output, data)
        click.echo(f"{output}: {len(data):,} bytes of {format}")
    elif output:
        for path, data in _several(output, result):
            click.echo(f"{path}: {len(data):,} bytes of {format}")
    elif len(result.files) > 1:
        raise Failed(f"{format} is {len(result.files)} files; name a folder, a beginning of names or a .tar.gz with -o")
    else:
        sys.stdout.buffer.write(result.files[""])
        sys.stdout.buffer.flush()
    if result.loss:
        click.echo(f"dropped: {result.loss}", err=True)


def _several(output: Path, result: Exported) -> list[tuple[Path, bytes]]:
    """Write all files of a format: each is written in full before the first takes its place.

    In a folder that exists they are called ``her2kg_…``; else ``output`` is the beginning of their names.
    """
    stem = output / _NAME if output.is_dir() else output
    files = [(stem.with_name(stem.name + ending), data) for ending, data in result.files.items()]
    ready: list[tuple[Path, Path]] = []
    for path, _ in files:
        if path.is_dir():
            raise Failed(f"{path}: cannot be written (Is a directory)")
    try:
        for path, data in files:
            ready.append((whole_file(path.with_name(f".{path.name}.part"), data), path))
        for part, path in ready:
            part.replace(path)
    except OSError as error:
        raise Failed(f"{output}: cannot be written ({error.strerror})") from error
    finally:
        for part, _ in ready:
            part.unlink(missing_ok=True)
    return files
