"""``her2kg fetch``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import click

from .common import Failed

_DATE: Final = re.compile(r"\d{4}([-/]\d{1,2}){0,2}")
_KINDS: Final = {"published": "pdat", "added": "edat", "modified": "mdat"}


@click.command()
@click.argument("asked", nargs=-1, required=True, metavar="QUERY | PMID...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("pubmed.xml.gz"),
    show_default=True,
    metavar="FILE",
    help="Where to write the records; packed when the name ends in .gz.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The newest N of what a query finds.")
@click.option("--from", "first", metavar="DATE", help="Only records from this day, month or year on (2020, 2020-06).")
@click.option("--to", "last", metavar="DATE", help="Only records up to this day, month or year.")
@click.option(
    "--date",
    "kind",
    type=click.Choice(list(_KINDS)),
    default="published",
    show_default=True,
    help="Which date --from and --to are about.",
)
@click.option("--api-key", envvar="NCBI_API_KEY", metavar="KEY", help="Your key of NCBI ($NCBI_API_KEY): faster.")
@click.option("--email", envvar="NCBI_EMAIL", metavar="ADDRESS", help="Where NCBI can reach you ($NCBI_EMAIL).")
@click.option("--base", envvar="HER2KG_EUTILS", metavar="URL", help="Other E-utilities than NCBI's ($HER2KG_EUTILS).")
@click.option("--restart", is_flag=True, help="Do not go on with a fetch that was broken off.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def fetch(
    asked: tuple[str, ...],
    output: Path,
    limit: int | None,
    first: str | None,
    last: str | None,
    kind: str,
    api_key: str | None,
    email: str | None,
    base: str | None,
    restart: bool,
    quiet: bool,
) -> None:
    """Fetch records of PubMed for build: what a QUERY finds, or those of some PMIDs.

    This command leaves the machine: it asks NCBI's E-utilities, at most 3 requests a second, 10 with a key.
    """
    from .. import fetch as fetching
    from ..fetch.run import Watcher
    from ..http_tries import Patience
    from ..remote_graph import checked_address

    def say(sentence: str) -> None:
        if not quiet:
            click.echo(sentence, err=True)

    dates = None
    if first is not None or last is not None:
        dates = fetching.Dates(kind=_KINDS[kind], first=_date(first, "1800"), last=_date(last, "3000"))
    wish = _wish(asked)
    if dates and not isinstance(wish, str):
        raise Failed("--from and --to narrow a query; records that are named by PMID are fetched whatever their date")
    access = fetching.Access(
        base=checked_address(base or fetching.DEFAULT_BASE), api_key=api_key, email=email, patience=Patience(tell=say)
    )
    say(f"asking {access.base} over the network")
    done = fetching.fetch(
        wish,
        output,
        access,
        Watcher(progress=lambda now, of: say(f"{now:,} of {of:,} records"), say=say),
        dates=dates,
        limit=limit,
        restart=restart,
    )
    for old, new in done.merged.items():
        say(f"PubMed has merged {old} into {new}")
    if not quiet:
        of = f" of {done.count:,}" if done.count != done.written else ""
        click.echo(f"{done.output}: {done.written:,}{of} records; build it with her2kg build {done.output}")
    if done.missing:
        raise Failed(f"{len(done.missing):,} records are missing, PubMed gave none for PMID {', '.join(done.missing)}")
    if done.unlisted:
        raise Failed(f"the search reported {done.wanted:,} records and listed {done.unlisted:,} fewer")


def _wish(asked: tuple[str, ...]) -> str | list[str]:
    """A query, or PMIDs."""
    numbers = [word for word in asked if re.fullmatch(r"[0-9]{1,9}", word) and int(word)]
    if len(numbers) == len(asked):
        return numbers
    if len(asked) > 1:
        raise Failed("a query is one argument, in quotes: her2kg fetch “HER2 AND NSCLC”; or name PMIDs only")
    if not asked[0].strip():
        raise Failed("the query is empty")
    return asked[0]


def _date(value: str | None, default: str) -> str:
    if value is None:
        return default
    if not _DATE.fullmatch(value):
        raise Failed(f"{value}: is no date; write 2020, 2020-06 or 2020-06-30")
    year, *rest = re.split("[-/]", value)
    return "/".join([year, *(part.zfill(2) for part in rest)])
