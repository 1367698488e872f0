"""The evaluation as files: a page, a table, the same as JSON, and every difference."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .evaluate import Evaluation, Line

_COLUMNS = ("scope", "measure", "type", "right", "false", "missed", "precision", "recall", "f1")
_INTERVALS = ("precision_95", "recall_95", "f1_95")


@dataclass(frozen=True, slots=True)
class Published:
    """What someone else reported of a corpus, and where that stands; without a system, why nothing is here."""

    corpus: str
    measure: str
    type: str
    system: str
    precision: str
    recall: str
    f1: str
    source: str
    note: str


def published(corpus: str) -> list[Published]:
    """The numbers of other systems on a corpus."""
    with (Path(__file__).parent / "published.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))
    return [found for row in rows if (found := Published(**row)).corpus == corpus]


def write_reports(evaluation: Evaluation, folder: Path, about: dict[str, Any]) -> None:
    """Write ``scores.tsv``, ``scores.json``, ``differences.tsv`` and ``report.md`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_row(line) for line in evaluation.lines]
    _table(folder / "scores.tsv", (*_COLUMNS, *_INTERVALS), rows)
    data = {
        **about,
        "corpus": evaluation.corpus.title,
        "documents": evaluation.documents,
        "annotations": evaluation.annotations,
        "misplaced": evaluation.misplaced,
        "of_other_types": evaluation.others,
        "scores": [dict(zip((*_COLUMNS, *_INTERVALS), row, strict=True)) for row in rows],
    }
    (folder / "scores.json").write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    header = ("document", "scope", "measure", "finding", "type", "start", "end", "text", "identifiers", "other side")
    differences = [
        (
            d.document,
            d.scope,
            d.measure,
            d.finding,
            d.annotation.kind,
            d.annotation.start,
            d.annotation.end,
            " ".join(d.text.split()),
            " ".join(d.annotation.identifiers),
            " ".join(d.other.split()),
        )
        for d in evaluation.differences
    ]
    _table(folder / "differences.tsv", header, differences)
    (folder / "report.md").write_text(page(evaluation, about), encoding="utf-8")


def _row(line: Line) -> tuple[str | int, ...]:
    counts = line.score.counts
    values = [_percent(v) for v in (counts.precision, counts.recall, counts.f1)]
    intervals = [f"{_percent(i[0])}–{_percent(i[1])}" if i else "" for i in line.score.intervals]
    return (line.scope, line.measure, line.kind, counts.right, counts.false, counts.missed, *values, *intervals)


def _percent(value: float | None) -> str:
    """A share in percent; empty where there is none.

    >>> _percent(2 / 3), _percent(None)
    ('66.7', '')
    """
    return "" if value is None else f"{100 * value:.1f}"


def _table(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(header)
        writer.writerows(rows)


def page(evaluation: Evaluation, about: dict[str, Any]) -> str:
    """The page for people: our numbers, and those of others where a page for them is known."""
    annotated = f"{evaluation.annotations:,} annotations of {', '.join(evaluation.corpus.scored)}"
    lines = [
        f"# {evaluation.corpus.title}",
        "",
        f"{evaluation.documents:,} documents, {annotated}; {evaluation.others:,} of other types are not scored.",
        *([f"{evaluation.misplaced:,} annotations do not lie on their words."] if evaluation.misplaced else []),
        f"Recognised with {about['recognised_with']}.",
        "",
    ]
    header = "| measure | type | right | false | missed | precision | recall | F1 |"
    for scope in dict.fromkeys(line.scope for line in evaluation.lines):
        lines += [f"## {scope[0].upper()}{scope[1:]}", "", header, "|---|---|---:|---:|---:|---:|---:|---:|"]
        for line in evaluation.lines:
            if line.scope == scope:
                row = _row(line)
                shown = [f"{v} ({i})" if i else f"{v}" for v, i in zip(row[6:9], row[9:], strict=True)]
                lines.append(f"| {row[1]} | {row[2]} | {row[3]} | {row[4]} | {row[5]} | {' | '.join(shown)} |")
        lines.append("")
    lines += ["## Other systems", "", *others(evaluation.corpus.name), ""]
    return "\n".join(lines)


def others(corpus: str) -> list[str]:
    """The table of published numbers, with the page of each."""
    lines = ["| measure | type | system | precision | recall | F1 | source |", "|---|---|---|---:|---:|---:|---|"]
    for row in published(corpus):
        if row.system:
            source = f"[{row.note}]({row.source})"
            lines.append(
                f"| {row.measure} | {row.type} | {row.system} | {row.precision} | {row.recall} | {row.f1} | {source} |"
            )
        else:
            lines.append(f"| {row.measure} | {row.type} | | | | | not given: {row.note} |")
    return lines
