"""The numbers that papers report of a study, each with the words that print it."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Store

from ..vocabulary import HER2
from .ask import LIMIT, Row, rows
from .frame import Setting, section, table
from .markup import Child, Html, isolated, tag, together
from .panels import asked
from .quotes import role_in_words

_HEADS: Final = ("Outcome", "Value", "For whom", "Who says it", "Quote")


def results(iri: str, setting: Setting) -> Html:
    """The results of a study, one a row: outcome by outcome, of one outcome in the order of their quotes."""
    if not setting.entities.values(iri, HER2 + "hasResult"):
        return Html("")
    label = setting.entities.label
    found = results_of(setting.entities.store, iri)
    found.sort(key=lambda row: label(row["outcome"]).casefold())
    number = f" ({len(found):,}{'+' if len(found) >= LIMIT else ''})"
    lines = [_line(row, setting) for row in found]
    return section("Results" + number, table("Results", _HEADS, lines), asked("results", iri, setting))


def results_of(store: Store, iri: str) -> list[Row]:
    """The results of a study, those of one outcome together and in the order of their quotes."""
    return sorted(rows(store, "results", iri), key=lambda row: (row["outcome"], row["evidence"]))


def _line(row: Row, setting: Setting) -> tuple[Child, ...]:
    who = role_in_words(row["role"].removeprefix(HER2))
    hedged = row["certainty"] == HER2 + "Hedged"
    return (
        together([setting.link(row["outcome"]), tag("div", isolated(kind_of(row)), class_="quiet")]),
        together([tag("b", isolated(value_of(row))), tag("div", isolated(precision_of(row)), class_="quiet")]),
        isolated(group_of(row)),
        together(
            [
                tag("strong", "Hedged", class_="badge doubt") if hedged else None,
                f" {who}: " if hedged else f"{who}: ",
                setting.link(row["document"], setting.entities.short(row["document"])),
            ]
        ),
        tag("q", isolated(row["quote"])),
    )


def value_of(row: Row) -> str:
    """The value with its unit, as printed.

    >>> value_of({"value": "8·2", "unit": "months"}), value_of({"value": "41", "unit": "%"})
    ('8·2 months', '41%')
    """
    unit = row["unit"]
    return row["value"] + (unit if unit == "%" else f" {unit}" if unit else "")


def kind_of(row: Row) -> str:
    """Which number of the outcome it is: "12-month rate", "median", "rate, grade 3 or higher"."""
    said = f"{row['time']} {row['statistic']}".strip()
    return ", ".join(filter(None, (said, row["grade"], row["dose"], row["score"], row["cut_off"])))


def precision_of(row: Row) -> str:
    """How exact it is: the interval, n of N and the p-value, as far as they are printed."""
    level = f"{row['level'].removesuffix('.0')}% CI " if row["level"] else ""
    interval = f"{level}{row['lower']} to {row['upper']}" if row["lower"] else ""
    count = f"{row['count']} of {row['total']}" if row["count"] and row["total"] else row["count"]
    if not count and row["total"]:
        count = f"of {row['total']}"
    return "; ".join(filter(None, (interval, count, f"p{row['p']}" if row["p"] else "")))


def group_of(row: Row) -> str:
    """The printed words for the group; without any, the number is most often of all patients."""
    group = row["group"] or "no group is named"
    return f"{group} – versus {row['comparator']}" if row["comparator"] else group
