"""``her2kg site``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from ..graph import default_folder
from .common import Failed, graph_option


@click.command()
@graph_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    required=True,
    help="The folder to write, or with --single-file the file.",
)
@click.option("--title", default=None, metavar="TEXT", help="What the site is called.")
@click.option("--address", default=None, metavar="URL", help="Where the site will lie on the web, for links to it.")
@click.option("--single-file", is_flag=True, help="Write one HTML file that opens from disk, with everything in it.")
def site(folder: Path | None, output: Path, title: str | None, address: str | None, single_file: bool) -> None:
    """Write a graph as a static site that needs no server.

    The explorer, a page for every thing, the stored questions with their answers,
    SPARQL in the browser, and the whole as data.
    """
    from ..explore import TITLE
    from ..site import write_file, write_site

    given = folder or default_folder()
    address = _address(address, single_file) if address is not None else None
    if single_file and output.is_dir():
        raise Failed(f"{output}: is a folder; name a file, such as {output / 'her2kg.html'}")
    try:
        written = (write_file if single_file else write_site)(given, output, title or TITLE, address)
    except OSError as error:
        raise Failed(f"{output}: cannot be written ({error.strerror or error})") from error
    click.echo(f"{output}: {written.pages:,} pages, {written.bytes / 1_000_000:.1f} MB")
    if not written.sparql:
        click.echo("SPARQL in the browser was left out, since the front end is not built; “make frontend” builds it.")


def _address(given: str, single_file: bool) -> str:
    """Where links to the site lead: the file, or its folder with a slash at the end."""
    try:
        parts = urlsplit(given)
        web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        web = False
    if not web or not given.isprintable() or any(sign in given for sign in "?# "):
        raise Failed(f"--address {given}: give an address such as https://example.org/her2/, without ? and #")
    return given if single_file or given.endswith("/") else f"{given}/"
