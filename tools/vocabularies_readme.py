"""Write the table of registered vocabularies, from ``ontology/vocabularies.tsv``, into ``ontology/mappings/README.md``.

python tools/vocabularies_readme.py          write it
python tools/vocabularies_readme.py --check  only say when it is not up to date; exit 1 then
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from graph_build.assemble.mappings import vocabulary_editions
from graph_build.prefixes import VOCABULARIES, VocabularySource

PAGE: Final = Path(__file__).resolve().parents[1] / "ontology" / "mappings" / "README.md"
BEGIN: Final = "<!-- vocabularies -->"
END: Final = "<!-- /vocabularies -->"


def licence(source: VocabularySource) -> str:
    """The licence with its link, and the statement of rights where there is one."""
    named = f"[{source.licence}]({source.licence_iri})" if source.licence_iri else ""
    return "; ".join(part for part in (named, source.rights.rstrip(".")) if part)


def table() -> str:
    """The Markdown table of all registered vocabularies; with editions, those that mappings lead to."""
    editions = vocabulary_editions()
    lines = ["| prefix | vocabulary | IRIs begin with | editions checked | licence |", "|---|---|---|---|---|"]
    for source in VOCABULARIES:
        cells = [
            ", ".join(f"`{name}`" for name in (source.prefix, *source.aliases.split())),
            f"[{source.name}]({source.homepage})",
            f"`{source.base}`",
            "<br>".join(editions.get(source.prefix, [])),
            licence(source),
        ]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    differing = [
        f"- `{source.prefix}`: {why}"
        for source in VOCABULARIES
        for why in (source.why_prefix, source.why_base, source.why_licence)
        if why and source.bioregistry
    ]
    return "\n".join(
        [*lines, "", "Where a row is not as the [Bioregistry](https://bioregistry.io) has it:", "", *differing]
    )


def filled(text: str) -> str:
    """The page with the table between its two markers.

    Raises :class:`ValueError` when a marker is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the table stands between {BEGIN} and {END}; one of the two is missing")
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the page, or check it; the exit code."""
    found = PAGE.read_text(encoding="utf-8")
    wanted = filled(found)
    if found == wanted:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name}: is not up to date")
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    print(f"{PAGE.name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
