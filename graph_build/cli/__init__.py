"""The command line.  Every command tells what it did in a few lines; errors are one sentence and exit 2."""

from __future__ import annotations

import click

from .. import __version__
from .asking import query, view
from .assisting import mcp
from .building import add, build, check
from .common import Commands
from .comparing import diff
from .exporting import export
from .fetching import fetch
from .linking import link
from .loading import load
from .serving import serve
from .siting import site

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="her2kg")
def main() -> None:
    """Build, check, ask and see an evidence graph of HER2-altered lung cancer."""


for command in (build, add, check, query, export, view, link, serve, site, mcp, load, diff, fetch):
    main.add_command(command)
