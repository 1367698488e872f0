"""``her2kg build``, ``her2kg add`` and ``her2kg check``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..graph import default_folder
from .common import Failed, graph_option, rows_options
from .watching import progress

if TYPE_CHECKING:
    from ..build import Outcome

_jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes read documents (default: as many as there are processors); the result is the same.",
)


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
@_jobs_option
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    help="Where documents are read: on this machine, or on an Apache Spark cluster (docs/cluster.md).",
)
@click.option("--master", metavar="URL", help="The cluster's master; that of spark-submit when none is named.")
@click.option("--no-store", is_flag=True, help="Write graph.nq only, for a store elsewhere; takes half of the time.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def build(
    files: tuple[Path, ...],
    output: Path | None,
    strict: bool,
    additions: tuple[Path, ...],
    vocabularies: tuple[Path, ...],
    lenient: bool,
    jobs: int | None,
    engine: str,
    master: str | None,
    no_store: bool,
    quiet: bool,
) -> None:
    """Read FILES (the two packaged documents when none is named) and write their graph.

    A FILE is a page saved as text or a file of records, gzip or plain, a folder of them, or "-" for
    standard input; its format is recognised by what it holds.
    """
    from ..build import build as run

    if engine == "local" and master:
        raise click.UsageError("--master is for --engine spark")
    with _stoppable(), progress(quiet) as tell:
        done = run(
            files,
            output or default_folder(),
            strict=strict,
            additions=additions,
            lenient=lenient,
            vocabularies=vocabularies,
            jobs=jobs,
            spark=engine == "spark" and (master or True),
            store=not no_store,
            progress=tell,
        )
    _tell(done, quiet)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("-o", "--output", "--graph", type=click.Path(path_type=Path), metavar="DIR", help="The graph to add to.")
@click.option("--strict", is_flag=True, help="Change nothing when any file cannot be read.")
@_jobs_option
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def add(files: tuple[Path, ...], output: Path | None, strict: bool, jobs: int | None, quiet: bool) -> None:
    """Read FILES that are new or changed into a graph that build wrote; all else stays as it is.

    A document that comes again replaces itself, a record that was deleted leaves the graph.  The lexicon rows and
    vocabularies are those that the graph was built with.
    """
    from ..build import add as run

    with _stoppable(), progress(quiet) as tell:
        done = run(files, output or default_folder(), strict=strict, jobs=jobs, progress=tell)
    _tell(done, quiet)


def _tell(done: Outcome, quiet: bool) -> None:
    """What was done; errors end the command."""
    for sentence in done.left_out:
        click.echo(f"left out: {sentence}", err=True)
    if not quiet:
        for line in _few([f"{file}: is in the graph already" for file in done.skipped], "files"):
            click.echo(line)
        if done.vocabularies:
            click.echo(done.vocabularies)
        _tell_inputs(done)
        counts = done.counts
        click.echo(
            f"{done.quads:,} quads in {done.folder}: {counts.get('Study', 0)} studies, "
            f"{counts.get('Statement', 0)} statements, {counts.get('Evidence', 0)} evidences, "
            f"{counts.get('Mention', 0)} mentions"
        )
    if done.errors:
        raise Failed("\n".join(_few(done.errors, "errors")))


class _Stopped(Failed):
    exit_code = 130  # as shells say it of what was stopped with Ctrl-C


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C as a sentence."""
    try:
        yield
    except KeyboardInterrupt:
        raise _Stopped("stopped; run the same command again, and it goes on where it was") from None


#: More lines of one kind are in the report only.
_MOST_LINES: Final = 20


def _few(sentences: Sequence[str], what: str, number: int | None = None) -> list[str]:
    """The first sentences, and how many more of the whole number there are."""
    more = (len(sentences) if number is None else number) - _MOST_LINES
    return [*sentences[:_MOST_LINES], *([f"… and {more:,} more {what}; report.json has all"] if more > 0 else [])]


def _tell_inputs(done: Outcome) -> None:
    """A line for each page, and one for each file of records; their warnings, and what replaced what."""
    for number, (file, told) in enumerate(done.files.items()):
        if number == _MOST_LINES * 5:
            click.echo(f"… and {len(done.files) - number:,} more files; report.json has all")
            break
        records = f"{told.records:,} records, " if told.are_records else ""
        click.echo(f"{Path(file).name}: {records}{told.mentions} mentions, {told.warnings} warnings")
        for line in _few(told.first_warnings, "warnings", told.warnings):
            click.echo(f"  {line}")
    for line in _few(done.notes, "notes"):
        click.echo(f"note: {line}")


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
