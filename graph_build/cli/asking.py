"""``her2kg query`` and ``her2kg view``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..graph import KnowledgeGraph, iris_of
from ..tables import print_rows
from .common import Failed, graph_option, parameters, written

if TYPE_CHECKING:
    from ..query import Network
    from ..remote_graph import RemoteGraph


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("name", required=False)
@graph_option
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle"]),
    help="How to print the answer.",
)
@click.option("--endpoint", metavar="URL", help="Ask the SPARQL endpoint at URL instead of a built graph.")
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
    help="How long endpoints may take: that of --endpoint for its answer, others all together.",
)
@click.option("--turtle", is_flag=True, help="Print the stored questions as sh:SPARQLExecutable in Turtle.")
@click.pass_context
def query(
    ctx: click.Context,
    name: str | None,
    folder: Path | None,
    format: str | None,
    endpoint: str | None,
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
    result: asked.Answer
    if endpoint is None:
        result = asked.run(KnowledgeGraph(folder).store, question, parameters(ctx.args), leave)
    else:
        result = _remote(endpoint, folder, timeout, leave).run(question, parameters(ctx.args))
    format = format or ("table" if sys.stdout.isatty() else "tsv")
    if format == "tsv" and isinstance(result, QueryTriples):
        format = "turtle"
    if format == "table":
        print_rows(asked.rows(result), question.summary)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(asked.serialized(result, format))
        sys.stdout.buffer.flush()


def _remote(endpoint: str, folder: Path | None, timeout: float, leave: Network | None) -> RemoteGraph:
    from ..remote_graph import RemoteGraph
    from .loading import authorization

    if folder is not None:
        raise Failed("a question is asked of a --graph or of an --endpoint; name one of them")
    return RemoteGraph(endpoint, timeout=timeout, authorization=authorization(endpoint), network=leave or False)


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
@click.option("--around", metavar="NAME", help="Show what is linked to a thing, called by any of its names.")
@click.option("--hops", type=click.IntRange(min=1), metavar="N", help="How many links far around it (default: 1).")
@click.option("--from", "start", metavar="NAME", help="Show the shortest evidence path from a thing …")
@click.option("--to", "end", metavar="NAME", help="… to another.")
@click.option(
    "--measures",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Also write how central each node of the picture is, its community and its bridges.",
)
@click.pass_context
def view(
    ctx: click.Context,
    name: str | None,
    folder: Path | None,
    output: Path,
    around: str | None,
    hops: int | None,
    start: str | None,
    end: str | None,
    measures: Path | None,
) -> None:
    """Write the network, or a part of it, as one interactive page that opens without a network.

    A part is what the answer of QUERY names, what lies around a thing, or the path between two.  A neighbourhood
    shows what nearly everything is linked to (classes, genes, diseases, papers) and goes no further from there.
    """
    from ..around import Part, evidence_paths, neighbourhood
    from ..measures import as_csv, network_measures
    from ..network import network
    from ..query import find, rows, run
    from ..view import View

    if name and name.startswith("-"):
        raise Failed(f"{name}: is no option of view, and no QUERY that it could be for comes before it")
    if sum(wish is not None for wish in (name, around, start or end)) > 1:
        raise Failed("a picture is of a QUERY, --around a thing, or --from one --to another; ask for one of them")
    if (start is None) != (end is None):
        raise Failed("a path has two ends; give both --from and --to")
    if hops is not None and around is None:
        raise Failed("--hops: says how far --around a thing; give that too")
    values = parameters(ctx.args)
    kg = KnowledgeGraph(folder)
    if around is not None:
        part = neighbourhood(kg.store, around, hops or 1)
    elif start is not None and end is not None:
        part = evidence_paths(kg.store, start, end)
    else:
        iris = iris_of(rows(run(kg.store, find(name), values))) if name else None
        part = Part(network(kg.store, iris), kg.title(name))
    if not part.graph.number_of_nodes():
        raise Failed(f"{name}: the answer names nothing that can be drawn; ask it with her2kg query")
    written(output, View(part.graph, part.title, focus=part.focus, note=part.note).html.encode())
    click.echo(f"{output}: open it in a browser")
    if measures:
        written(measures, as_csv(network_measures(part.graph)))
        click.echo(f"{measures}: {part.graph.number_of_nodes()} nodes with their measures")
    if part.note:
        click.echo(part.note)
