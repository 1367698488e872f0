"""``her2kg build`` and ``her2kg check``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..graph import default_folder
from .common import Failed, graph_option, rows_options


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where to write the graph.")
@click.option("--strict", is_flag=True, help="Write nothing when any file cannot be read.")
@rows_options
@click.option(
    "--vocabulary",
    "vocabularies",
    type=click.Path(path_type=Path),
    metavar="PATH",
    multiple=True,
    help="A vocabulary (OBO, OWL, SKOS, MeSH XML, CSV), or a folder of known ones, whose names are recognised too.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def build(
    files: tuple[Path, ...],
    output: Path | None,
    strict: bool,
    additions: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    lenient: bool,
    quiet: bool,
) -> None:
    """Read FILES (the two packaged documents when none is named) and write their graph."""
    from ..build import build as run
    from ..ground.account import account

    with _progress(quiet) as tell:
        done = run(
            files,
            output or default_folder(),
            strict=strict,
            additions=additions,
            lenient=lenient,
            vocabularies=vocabularies,
            progress=tell,
        )
    for sentence in done.left_out:
        click.echo(f"left out: {sentence}", err=True)
    if not quiet:
        counts = done.report["counts"]
        if done.effort:
            click.echo(account(done.report, done.effort))
        for entry in done.report["inputs"]:
            click.echo(
                f"{Path(entry['file']).name}: {sum(entry['mentions'].values())} mentions, "
                f"{len(entry['warnings'])} warnings"
            )
            for warning in entry["warnings"]:
                click.echo(f"  {warning}")
        click.echo(
            f"{done.report['quads']:,} quads in {done.folder}: {counts.get('Study', 0)} studies, "
            f"{counts.get('Statement', 0)} statements, {counts.get('Evidence', 0)} evidences, "
            f"{counts.get('Mention', 0)} mentions"
        )
    if done.errors:
        raise Failed("\n".join(done.errors))


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, silence elsewhere."""
    from ..build import silent

    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:>10}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield tell


@click.command()
@graph_option
@click.option("--reason", is_flag=True, help="Also run the OWL reasoner HermiT (needs Java) and write what follows.")
def check(folder: Path | None, reason: bool) -> None:
    """Check the graph: its quotes against the documents, the SHACL shapes, the rules of the model."""
    from ..check import check as run

    result = run(folder or default_folder(), with_reasoner=reason)
    wrong = sum(f.part == "quotes" for f in result.findings)
    click.echo(f"quotes  {result.quotes - wrong} of {result.quotes} are exactly the text of their document")
    click.echo(f"shapes  {sum(f.part == 'shapes' for f in result.findings) or 'no'} violations")
    click.echo(
        f"rules   {result.rules} checked, {sum(f.part in ('rules', 'file') for f in result.findings) or 'none'} broken"
    )
    if result.inferred:
        click.echo(
            f"reason  {'consistent' if result.inferred.consistent else 'INCONSISTENT'}, "
            f"{len(result.inferred.types)} types inferred"
        )
        for individual, cls in result.inferred.types:
            click.echo(f"          {individual.removeprefix('https://w3id.org/her2kg/')} is a {cls.rpartition('#')[2]}")
    if result.inferred and result.inferred.types:
        click.echo("written to the graph https://w3id.org/her2kg/graph/inferred; build again to be without it")
    for finding in result.findings[:50]:
        click.echo(f"{finding.part}: {finding.node}: {finding.message}")
    if len(result.findings) > 50:
        click.echo(f"… and {len(result.findings) - 50} more")
    click.echo("passed" if result.passed else "failed")
    sys.exit(0 if result.passed else 1)
