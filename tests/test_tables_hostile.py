"""Tables on a terminal: what a document or a file says cannot steer the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph_build.cli import main
from graph_build.query import Rows
from graph_build.tables import print_rows

#: Colours, a new title of the window, the clipboard, a link, a line that goes back, bidirectional overrides.
ESCAPES = [
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x1b]52;c;cm0=\x07",
    "\x1b]8;;https://example.org/\x1b\\link",
    "safe\rgone",
    "back\b\b\b",
    "\x9b31m",
    "abc\u202edlog",
    "a\u2066b",
    "[bold]no markup[/bold]",
    "\x00",
]


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("long", [False, True])
def test_cells_titles_and_sentences(capsys: pytest.CaptureFixture[str], escape: str, long: bool) -> None:
    text = escape + " word" * 20 * long

    print_rows(Rows(("name",), ((text,), ("HER2",))), title=text)

    printed = capsys.readouterr().out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", printed)
    assert printed.splitlines()[-1] == "2 rows"
    if "bold" in escape:
        assert printed.count("[bold]no markup[/bold]") == 2


def test_a_question_in_a_file(tmp_path: Path, packaged: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("#+ summary: \x1b[31mred\nSELECT ('\x1b]0;title\x07' AS ?x) {}\n", encoding="utf-8")

    printed = CliRunner().invoke(main, ["query", str(file), "--graph", str(packaged), "--format", "table"])

    assert printed.exit_code == 0
    assert "\x1b" not in printed.stdout
    assert "�[31mred" in printed.stdout
