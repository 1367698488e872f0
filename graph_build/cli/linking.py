"""``her2kg link``: check mappings against vocabulary files, have new ones suggested, keep a curator's decisions."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from .common import Failed, rows_options, written
from .hierarchy import hierarchy

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def link() -> None:
    """Mappings to other vocabularies: check them, find new ones, decide on those."""


def vocabulary_option(command: F) -> F:
    """The option of the commands that read vocabulary files."""
    return click.option(
        "--vocabulary",
        "vocabularies",
        type=click.Path(path_type=Path),
        metavar="PATH",
        multiple=True,
        required=True,
        help="A vocabulary file (OBO, OWL, SKOS, MeSH XML, CSV; may be packed), or a folder with known packages.",
    )(command)


@link.command()
@vocabulary_option
@rows_options
@click.option(
    "--format",
    "format",
    type=click.Choice(["summary", "tsv"]),
    default="summary",
    help="A count for each vocabulary and the rows to look at, or a table of every row.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the table.")
def check(
    vocabularies: tuple[Path, ...], additions: tuple[Path, ...], lenient: bool, format: str, output: Path | None
) -> None:
    """Look every mapping up in vocabulary files: is it there, current, and does it bear our name?

    Ends with 1 when a mapping is wrong or obsolete.
    """
    from ..link.check import FAULTS, check_mappings
    from ..link.files import open_all
    from ..link.report import as_summary, as_table

    begun = time.perf_counter()
    concepts, mappings = _ours(additions, lenient)
    files = open_all(vocabularies)
    verdicts = check_mappings(mappings.rows, concepts, files)
    table = as_table(verdicts, files)
    if output:
        written(output, table.encode())
    click.echo(table if format == "tsv" and not output else as_summary(verdicts, files), nl=False)
    _tell(f"{len(verdicts):,} mappings in {len(files)} files", begun)
    sys.exit(int(any(verdict.state in FAULTS for verdict in verdicts)))


@link.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@vocabulary_option
@rows_options
@click.option("--graph", type=click.Path(path_type=Path), metavar="DIR", help="Also for what is unresolved in a graph.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="The least confidence of a row (default: 0).")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE.sssom.tsv", help="Where to write the rows."
)
def suggest(
    names: tuple[str, ...],
    vocabularies: tuple[Path, ...],
    additions: tuple[Path, ...],
    lenient: bool,
    graph: Path | None,
    least: float,
    output: Path | None,
) -> None:
    """Propose mappings for concepts that have none, as SSSOM rows for a curator.

    With NAMEs for these concepts only.  What is mapped already or was rejected is not proposed.
    """
    from ..link.files import open_all
    from ..link.ours import unresolved_concepts
    from ..link.suggest import suggest as run
    from ..link.suggest import suggestions_text
    from ..store import NQUADS, find_graph

    begun = time.perf_counter()
    concepts, mappings = _ours(additions, lenient)
    if graph:
        concepts += unresolved_concepts(find_graph(graph, asked=False) / NQUADS)
    if names:
        wanted = {name.casefold() for name in names}
        concepts = [c for c in concepts if wanted & {name.casefold() for name in c.names}]
        if not concepts:
            raise Failed(f"{', '.join(names)}: no concept has this name; her2kg build tells the names it did not know")
    rows = run(concepts, open_all(vocabularies), mappings.rows, least=least)
    text = suggestions_text(rows)
    if output:
        written(output, text.encode())
        click.echo(
            f"{output}: {len(rows)} rows; mark them and run her2kg link curate {output} --into DIR"
            if rows
            else f"{output}: nothing to propose: no entry bears the name, or it is mapped there already"
        )
    else:
        click.echo(text, nl=False)
    _tell(f"{len(concepts):,} concepts", begun)


@link.command()
@click.argument("suggestions", type=click.Path(path_type=Path), metavar="FILE.sssom.tsv")
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="The folder of your mappings; give it to build and link with --add.",
)
def curate(suggestions: Path, folder: Path) -> None:
    """Keep the decisions made in a file of suggestions.

    To accept a row, change its mapping_justification to semapv:ManualMappingCuration; to reject it, write Not into
    its predicate_modifier.  Both leave the file; the rest stays there.
    """
    from ..link.curate import curate as run

    try:
        done = run(suggestions, folder, datetime.date.today().isoformat())
    except OSError as error:
        raise Failed(f"{folder}: cannot be written ({error.strerror})") from error
    click.echo(f"{done.accepted} accepted, {done.rejected} rejected (both in {folder}), {done.open} still open")


def _ours(additions: Sequence[Path], lenient: bool) -> tuple[list[Any], Any]:
    """Our concepts and terms, and the mappings; what was left out is told."""
    from ..build import own_rows
    from ..link.ours import lexicon_concepts, ontology_terms, registered_studies

    lexicon, mappings = own_rows(additions, lenient=lenient)
    for sentence in mappings.problems:
        click.echo(f"left out: {sentence}", err=True)
    return [*registered_studies(), *lexicon_concepts(lexicon), *ontology_terms()], mappings


def _tell(what: str, begun: float) -> None:
    """Time and memory on standard error, so that what is printed stays the same from run to run."""
    memory = ""
    with suppress(ModuleNotFoundError):  # on Windows
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        memory = f", at most {peak:,.0f} MB"
    click.echo(f"{what}: {time.perf_counter() - begun:.1f} s{memory}", err=True)


link.add_command(hierarchy)
