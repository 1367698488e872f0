"""Write the table of stored questions, from their headers, into ``queries/README.md`` and the project's README.

python tools/queries_readme.py          write both
python tools/queries_readme.py --check  only say which is not up to date; exit 1 when one is
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from graph_build.query import StoredQuery, option, stored

ROOT: Final = Path(__file__).resolve().parents[1]
#: Who asks: the tags that name a person, in the order of the table.
PEOPLE: Final = ("oncologist", "pathologist", "guideline", "reviewer", "developer", "engineer")
#: What the tags stand for.
WHO: Final = {
    "guideline": "guideline author",
    "reviewer": "systematic reviewer",
    "developer": "drug developer",
    "engineer": "linked-data engineer",
}
BEGIN: Final = "<!-- queries -->"
END: Final = "<!-- /queries -->"
_INTRODUCTION: Final = """\
# Stored questions

One file a question, named by it. Ask one with `her2kg query NAME`, give a parameter as `--parameter value`; any name
of a thing will do where a label is asked for, in any case ("T-DXd", "Enhertu", "DS-8201"). What a question answers
over the two packaged documents stands in `tests/queries/NAME.tsv`, and with its example in `NAME.example.tsv`.

A question that asks another endpoint too does so only with `--network`; `--endpoint-map IRI=URL` names a mirror and
`--timeout SECONDS` says how long it may take. `her2kg query --turtle` prints all questions as `sh:SPARQLExecutable`,
in the manner of the SIB SPARQL examples; `queries.ttl` holds the same.

This page is generated from the headers of the `.rq` files by `python tools/queries_readme.py`.

"""
_CONVENTIONS: Final = """
## How a question is written

- The header: `#+ summary:` (the question), `#+ tags: [..]` (who asks, then what it is about), `#+ parameter NAME:`
  (its first word is the kind of value: label, iri, year, number or text), `#+ example:`, and `#+ service:` with the
  tag `network` for each endpoint that a `SERVICE` clause asks.
- The default graph is the union of all named graphs. Oxigraph gives a triple once for **each** graph it stands in, so
  every `SELECT` is `DISTINCT` and every count is `COUNT(DISTINCT …)`.
- A parameter's variable has to be selected, or the engine refuses the binding. Without a value its column is empty.
  `FILTER(?class = COALESCE(?drug, ?given))` after a path to all classes above means: what was asked for or, without
  a parameter, the thing itself.
- Facts of a study that belong together (drug, alteration, paper) are joined through the section of their evidence:
  a study with two reports may have enrolled others in each.
- A `SERVICE` clause stands in the outermost group or in an `OPTIONAL` there: then the values that the patterns before
  it give its variables are sent along, in portions (decision 0011). What limits them stands in a sub-query before it,
  since filters of the outermost group come last. Terms of another endpoint are those that its own examples use.
- What is curated is asked of `GRAPH <https://w3id.org/her2kg/graph/concepts>`; what a document says, of statements.
"""


def who_asks(query: StoredQuery) -> list[str]:
    """The people among a question's tags, in a fixed order."""
    return [person for person in PEOPLE if person in query.tags]


def table(queries: Iterable[StoredQuery], prefix: str = "") -> str:
    """The Markdown table of some questions; ``prefix`` is where their files lie.

    >>> print(table([StoredQuery(name="q", text="", summary="Why?", tags=("engineer",))]))
    | Question | Name | Who asks | Parameters |
    |---|---|---|---|
    | Why? | [`q`](q.rq) | linked-data engineer |  |
    <BLANKLINE>
    """
    lines = ["| Question | Name | Who asks | Parameters |", "|---|---|---|---|"]
    for query in queries:
        parameters = [f"`{option(parameter.name)}` {parameter.description}" for parameter in query.parameters]
        example = [f"such as `{query.example}`"] if query.example else []
        cells = [
            query.summary,
            f"[`{query.name}`]({prefix}{query.name}.rq)",
            ", ".join(WHO.get(person, person) for person in who_asks(query)),
            "<br>".join([*parameters, *example, *(f"asks <{service}>: `--network`" for service in query.services)]),
        ]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def readme(queries: Mapping[str, StoredQuery]) -> str:
    """The whole of ``queries/README.md``: a table for each person, and how a question is written."""
    parts = [_INTRODUCTION]
    for person in PEOPLE:
        asked = [query for query in queries.values() if who_asks(query)[:1] == [person]]
        if asked:
            heading = WHO.get(person, person)
            parts.append(f"## First asked by the {heading}\n\n{table(asked)}\n")
    return "".join(parts).rstrip("\n") + "\n" + _CONVENTIONS


def filled(text: str, queries: Mapping[str, StoredQuery]) -> str:
    """A text with the table between its two markers; unchanged where it has no markers.

    Raises :class:`ValueError` when only one of the two markers is there, or they stand the wrong way round.
    """
    if BEGIN not in text and END not in text:
        return text
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the table of questions stands between {BEGIN} and {END}; one of the two is missing")
    return f"{before}{BEGIN}\n\n{table(queries.values(), 'queries/')}\n{END}{after}"


def pages(root: Path = ROOT) -> dict[Path, str]:
    """What the pages should hold, by path."""
    wanted = {root / "queries" / "README.md": readme(stored())}
    front = root / "README.md"
    if front.is_file():
        wanted[front] = filled(front.read_text(encoding="utf-8"), stored())
    return wanted


def stale(root: Path = ROOT) -> list[Path]:
    """The pages that are not up to date."""
    wanted = pages(root).items()
    return [path for path, text in wanted if not path.is_file() or path.read_text(encoding="utf-8") != text]


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; the exit code."""
    old = stale()
    if "--check" not in arguments:
        wanted = pages()
        for path in old:
            path.write_text(wanted[path], encoding="utf-8")
    for path in old:
        print(f"{path.relative_to(ROOT)}: {'is not up to date' if '--check' in arguments else 'written'}")
    return int(bool(old) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
