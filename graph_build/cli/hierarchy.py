"""``her2kg link hierarchy``: our hierarchy against those of vocabulary files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ..lexicon import default_lexicon
from ..link.files import open_all
from ..link.hierarchy import AGREES, FINDINGS, Line, compare, read_lines, table, with_notes
from ..resources import resource
from ..sssom import mapping_files, read_mappings
from .common import Failed, written

#: The result that the project ships; its notes are kept.
SHIPPED = ("ontology", "mappings", "hierarchy.tsv")


@click.command()
@click.option(
    "--vocabulary",
    "vocabularies",
    metavar="PATH",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    required=True,
    help="A vocabulary file, or a folder with known ones; repeatable.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "tsv"]), default="table", show_default=True, help="How to print."
)
@click.option("--differences", is_flag=True, help="Leave out the lines that agree.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write a TSV file.")
def hierarchy(vocabularies: Sequence[Path], form: str, differences: bool, output: Path | None) -> None:
    """Compare what is broader than what with MONDO, MeSH and other vocabularies.

    A line of ours is compared where both ends are mapped.  It agrees, is not
    there, or is the other way round there; lines that only the vocabulary has
    are missing here.  Lines that follow from others are left out, and drugs
    that a vocabulary orders by structure alone are no difference.
    """
    mappings = read_mappings(mapping_files(resource("ontology", "mappings"))).rows
    lines = compare(default_lexicon(), mappings, open_all(vocabularies))
    shipped = resource(*SHIPPED)
    lines = with_notes(lines, read_lines(shipped) if shipped.is_file() else ())
    if not lines:
        raise Failed("nothing to compare: no file here has a hierarchy of a vocabulary that concepts are mapped to")
    chosen = [line for line in lines if not (differences and line.finding == AGREES)]
    if output:
        written(output, table(chosen).encode())
    click.echo(
        table(chosen) if form == "tsv" and not output else "\n".join(_summary(lines, chosen, output)), nl=form != "tsv"
    )


def _summary(lines: Sequence[Line], chosen: Sequence[Line], output: Path | None) -> Iterator[str]:
    """Counts by vocabulary and finding, and the differences."""
    counts = Counter((line.vocabulary, line.finding) for line in lines)
    names = sorted({line.vocabulary for line in lines})
    yield "  ".join([f"{'':10}", *(f"{finding:>15}" for finding in FINDINGS)])
    for name in names:
        yield "  ".join([f"{name:10}", *(f"{counts[name, finding]:15}" for finding in FINDINGS)])
    if output:
        yield f"{len(chosen)} lines in {output}"
        return
    for line in chosen:
        if line.finding != AGREES:
            child, parent = (end.removeprefix("her2kg:") for end in (line.child, line.parent))
            yield f"{line.vocabulary}: {child} < {parent}: {line.finding}" + (f"  ({line.note})" if line.note else "")
