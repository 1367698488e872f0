"""``her2kg query`` and ``her2kg view``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..graph import KnowledgeGraph, iris_of
from ..tables import print_rows
from .common import Failed, graph_option, parameters, written


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False)
@graph_option
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle"]),
    help="How to print the answer.",
)
@click.option("--network", is_flag=True, help="Let the question ask other endpoints (SERVICE) over the network.")
@click.option(
    "--endpoint-map",
    "mirrors",
    multiple=True,
    metavar="IRI=URL",
    envvar="HER2KG_ENDPOINT_MAP",
    help="Ask the mirror at URL instead of the endpoint IRI; repeatable (default: $HER2KG_ENDPOINT_MAP).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long other endpoints may take, all together.",
)
@click.option("--turtle", is_flag=True, help="Print the stored questions as sh:SPARQLExecutable in Turtle.")
@click.pass_context
def query(
    ctx: click.Context,
    name: str | None,
    folder: Path | None,
    format: str | None,
    network: bool,
    mirrors: tuple[str, ...],
    timeout: float,
    turtle: bool,
) -> None:
    """Ask a stored question by NAME, a FILE.rq, or SPARQL from standard input (-).

    Parameters are given as --name value, such as --drug T-DXd.  Without NAME the
    stored questions are listed; those marked with * need --network.
    """
    from pyoxigraph import QueryTriples

    from .. import query as asked

    if turtle:
        _print_turtle(name)
        return
    if name is None:
        width = max(map(len, asked.stored()), default=0)
        for question in asked.stored().values():
            click.echo(f"{question.name:<{width}} {'*' if question.services else ' '}{question.summary}")
        return
    leave = asked.Network(mirrors=_mirrors(mirrors), timeout=timeout) if network else None
    if name == "-":
        question = asked.StoredQuery(name="standard input", text=sys.stdin.read(), summary="")
    else:
        question = asked.find(name)
    kg = KnowledgeGraph(folder)
    result = asked.run(kg.store, question, parameters(ctx.args), leave)
    format = format or ("table" if sys.stdout.isatty() else "tsv")
    if format == "tsv" and isinstance(result, QueryTriples):
        format = "turtle"
    if format == "table":
        print_rows(asked.rows(result), question.summary)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(asked.serialized(result, format))
        sys.stdout.buffer.flush()


def _mirrors(pairs: Sequence[str]) -> dict[str, str]:
    """``IRI=URL`` as a table; an IRI may hold = itself, a URL begins with its scheme."""
    table = {}
    for pair in pairs:
        iri, _, url = pair.partition("=http")
        if not iri.startswith("http") or not url:
            raise Failed(f"--endpoint-map {pair}: is not an endpoint's IRI, = and the URL of its mirror")
        table[iri] = "http" + url
    return table


def _print_turtle(name: str | None) -> None:
    from ..published import turtle
    from ..questions import find, stored

    questions = [find(name)] if name else list(stored().values())
    sys.stdout.flush()
    sys.stdout.buffer.write(turtle(questions).encode())
    sys.stdout.buffer.flush()


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
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
    from ..network import network
    from ..query import find, rows, run
    from ..view import View

    kg = KnowledgeGraph(folder)
    question = find(name) if name else None
    iris = iris_of(rows(run(kg.store, question, parameters(ctx.args)))) if question else None
    drawn = network(kg.store, iris)
    if not drawn.number_of_nodes():
        raise Failed(f"{name}: the answer names nothing that can be drawn; ask it with her2kg query")
    page = View(drawn, title=kg.title(name))
    written(output, page.html.encode())
    click.echo(f"{output}: open it in a browser")
