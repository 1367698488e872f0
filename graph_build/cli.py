"""The command line.  Every command tells what it did in a few lines; errors are one sentence and exit 2."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from . import __version__
from .graph import DEFAULT_GRAPH, KnowledgeGraph, default_folder, iris_of
from .model import Her2kgError
from .tables import print_rows

F = TypeVar("F", bound=Callable[..., Any])


class Failed(click.ClickException):
    """A sentence on standard error and exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002  click's signature
        """Print the sentence, its control characters made harmless."""
        for line in self.format_message().splitlines():
            click.echo("her2kg: " + "".join(c if c.isprintable() else "�" for c in line), err=True)


class Commands(click.Group):
    """Turns the project's own errors into one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; :class:`Her2kgError` becomes a clear exit."""
        try:
            return super().invoke(ctx)
        except Her2kgError as error:
            raise Failed(str(error)) from error
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)


def graph_option(command: F) -> F:
    """The option of every command that reads a graph."""
    return click.option(
        "--graph",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path),
        default=None,
        help=f"The folder that build wrote (default: $HER2KG_GRAPH, else ./{DEFAULT_GRAPH}).",
    )(command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="her2kg")
def main() -> None:
    """Build, check, ask and see an evidence graph of HER2-altered lung cancer."""


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where to write the graph.")
@click.option("--strict", is_flag=True, help="Write nothing when any file cannot be read.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def build(files: tuple[Path, ...], output: Path | None, strict: bool, quiet: bool) -> None:
    """Read FILES (the two packaged documents when none is named) and write their graph."""
    from .build import build as run

    with _progress(quiet) as tell:
        done = run(files, output or default_folder(), strict=strict, progress=tell)
    if not quiet:
        counts = done.report["counts"]
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
    from .build import silent

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


@main.command()
@graph_option
@click.option("--reason", is_flag=True, help="Also run the OWL reasoner HermiT (needs Java) and write what follows.")
def check(folder: Path | None, reason: bool) -> None:
    """Check the graph: its quotes against the documents, the SHACL shapes, the rules of the model."""
    from .check import check as run

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


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False)
@graph_option
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle"]),
    help="How to print the answer.",
)
@click.pass_context
def query(ctx: click.Context, name: str | None, folder: Path | None, format: str | None) -> None:
    """Ask a stored question by NAME, a FILE.rq, or SPARQL from standard input (-).

    Parameters are given as --name value, such as --drug T-DXd.  Without NAME the
    stored questions are listed.
    """
    from pyoxigraph import QueryTriples

    from . import query as asked

    if name is None:
        width = max(map(len, asked.stored()), default=0)
        for question in asked.stored().values():
            click.echo(f"{question.name:<{width}}  {question.summary}")
        return
    if name == "-":
        question = asked.StoredQuery(name="standard input", text=sys.stdin.read(), summary="")
    else:
        question = asked.find(name)
    kg = KnowledgeGraph(folder)
    result = asked.run(kg.store, question, _parameters(ctx.args))
    format = format or ("table" if sys.stdout.isatty() else "tsv")
    if format == "tsv" and isinstance(result, QueryTriples):
        format = "turtle"
    if format == "table":
        print_rows(asked.rows(result), question.summary)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(asked.serialized(result, format))
        sys.stdout.buffer.flush()


def _parameters(args: Sequence[str]) -> dict[str, str]:
    """``--drug T-DXd --drug-class=ADC`` as values by name; the names of variables have underscores."""
    values: dict[str, str] = {}
    rest = list(args)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise Failed(f"{word}: parameters are given as --name value")
        if not equals and not rest:
            raise Failed(f"--{name}: has no value; parameters are given as --name value")
        values[name.replace("-", "_")] = value if equals else rest.pop(0)
    return values


@main.command()
@click.argument("format", type=click.Choice(["turtle", "trig", "json-ld", "ntriples", "nquads", "rdfxml"]))
@graph_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write (default: standard output)."
)
def export(format: str, folder: Path | None, output: Path | None) -> None:
    """Write the same graph in another RDF FORMAT (turtle, ntriples and rdfxml drop the names of the graphs)."""
    from .export import export as run

    data = run(folder or default_folder(), format)
    if output:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise Failed(f"{output}: cannot be written ({error.strerror})") from error
        click.echo(f"{output}: {len(data):,} bytes of {format}")
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False, metavar="[QUERY]")
@graph_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    default=Path("her2kg.html"),
    help="Where to write the page.",
)
@click.pass_context
def view(ctx: click.Context, name: str | None, folder: Path | None, output: Path) -> None:
    """Write the network, or that of a question's answer, as one interactive page that opens without a network."""
    from .query import find, rows, run
    from .view import View

    kg = KnowledgeGraph(folder)
    question = find(name) if name else None
    iris = iris_of(rows(run(kg.store, question, _parameters(ctx.args)))) if question else None
    from .network import network

    drawn = network(kg.store, iris)
    if not drawn.number_of_nodes():
        raise Failed(f"{name}: the answer names nothing that can be drawn; ask it with her2kg query")
    page = View(drawn, title=kg.title(name))
    try:
        page.save(output)
    except OSError as error:
        raise Failed(f"{output}: cannot be written ({error.strerror})") from error
    click.echo(f"{output}: open it in a browser")


if __name__ == "__main__":
    main()
