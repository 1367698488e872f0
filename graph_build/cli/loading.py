"""``her2kg load``."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import click

from ..graph import default_folder
from ..store import open_store
from .common import Failed, graph_option


def authorization(url: str) -> str | None:
    """Who asks a store: from the environment only, since command lines are seen by others.

    Raises :class:`Failed` for half of a user and password; says so when a password goes over an open line.
    """
    from ..remote_graph import basic

    user, password = os.environ.get("HER2KG_STORE_USER"), os.environ.get("HER2KG_STORE_PASSWORD")
    token = os.environ.get("HER2KG_STORE_TOKEN")
    if (user is None) != (password is None):
        raise Failed("$HER2KG_STORE_USER and $HER2KG_STORE_PASSWORD belong together; set both or neither")
    if not user and not token:
        return None
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        click.echo(f"the password goes to {parts.hostname} unencrypted; use its https address if it has one", err=True)
    return f"Bearer {token}" if token else basic(user or "", password or "")


@click.command()
@click.argument("url")
@graph_option
@click.option("--default", is_flag=True, help="Also put every triple, once, into the store's default graph.")
@click.option(
    "--query-url", metavar="URL", help="Where the store answers SPARQL, when that is not clear from its address."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="How long the store may be silent.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be sent where.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def load(
    url: str, folder: Path | None, default: bool, query_url: str | None, timeout: float, dry_run: bool, quiet: bool
) -> None:
    """Load a graph into the SPARQL store whose Graph Store address is URL.

    Each named graph is put in the place of the one of its name; what arrived is then counted.
    The user comes from $HER2KG_STORE_USER and $HER2KG_STORE_PASSWORD, or $HER2KG_STORE_TOKEN.
    """
    from ..http_tries import Patience
    from ..upload import Target, address, graph_address, graphs_of, query_address, size
    from ..upload import load as run

    target = Target(
        url=address(url),
        query_url=address(query_url) if query_url else query_address(url),
        authorization=None if dry_run else authorization(url),
        timeout=timeout,
        patience=Patience(tell=lambda sentence: click.echo(sentence, err=True)),
    )
    store = open_store(folder or default_folder())
    if dry_run:
        for graph in graphs_of(store, default=default):
            click.echo(f"PUT {graph_address(target.url, graph)}  {size(store, graph):,} triples")
        click.echo(f"then count at {target.query_url}; nothing was sent")
        return
    done = run(
        store,
        target,
        default=default,
        tell=lambda graph, count: None if quiet else click.echo(f"{graph}: {count:,} triples", err=True),
    )
    for stranger in done.strangers:
        click.echo(f"left from an earlier load: {stranger}", err=True)
    if not quiet:
        click.echo(f"{target.url}: {done.graphs} graphs, {done.triples:,} triples, counted there")
        click.echo(done.default_graph)
