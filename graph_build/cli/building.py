"""``her2kg build`` and ``her2kg check``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

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
    """Read FILES (the two packaged documents when none is named) and write their graph.

    A FILE is a page saved as text or a file of records, gzip or plain, a folder of them, or "-" for
    standard input; its format is recognised by what it holds.
    """
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
        _tell_inputs(done.report)
        click.echo(
            f"{done.report['quads']:,} quads in {done.folder}: {counts.get('Study', 0)} studies, "
            f"{counts.get('Statement', 0)} statements, {counts.get('Evidence', 0)} evidences, "
            f"{counts.get('Mention', 0)} mentions"
        )
    if done.errors:
        raise Failed("\n".join(_few(done.errors, "errors")))


#: More lines of one kind are in the report only.
_MOST_LINES: Final = 20


def _few(sentences: Sequence[str], what: str) -> list[str]:
    """The first sentences, and how many more there are."""
    more = len(sentences) - _MOST_LINES
    return [*sentences[:_MOST_LINES], *([f"… and {more:,} more {what}; report.json has all"] if more > 0 else [])]


def _tell_inputs(report: dict[str, Any]) -> None:
    """A line for each page, and one for each file of records; their warnings, and what replaced what."""
    files: dict[str, list[dict[str, Any]]] = {}
    for entry in report["inputs"]:
        files.setdefault(entry["file"], []).append(entry)
    for file, entries in files.items():
        warnings = [warning for entry in entries for warning in entry["warnings"]]
        records = f"{len(entries):,} records, " if "record" in entries[0] else ""
        mentions = sum(sum(entry["mentions"].values()) for entry in entries)
        click.echo(f"{Path(file).name}: {records}{mentions} mentions, {len(warnings)} warnings")
        for line in _few(warnings, "warnings"):
            click.echo(f"  {line}")
    for line in _few(report["notes"], "notes"):
        click.echo(f"note: {line}")


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
