"""What all commands share: errors as one sentence, the option of the graph, parameters of a question."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ..graph import DEFAULT_GRAPH
from ..model import Her2kgError
from ..replace import whole_file

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


def rows_options(command: F) -> F:
    """The options that say which mappings and which lexicon are meant."""
    command = click.option(
        "--add",
        "additions",
        type=click.Path(path_type=Path),
        metavar="DIR",
        multiple=True,
        help="A folder with rows of your own for the lexicon (drugs.tsv, …) and mappings (*.sssom.tsv).",
    )(command)
    return click.option("--lenient", is_flag=True, help="Leave out mapping rows that are faulty, and say so.")(command)


def parameters(args: Sequence[str]) -> dict[str, str]:
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


def written(path: Path, data: bytes) -> None:
    """Write a file the user asked for, whole or not at all; :class:`Failed` when that is not possible."""
    try:
        whole_file(path, data)
    except OSError as error:
        raise Failed(f"{path}: cannot be written ({error.strerror})") from error
