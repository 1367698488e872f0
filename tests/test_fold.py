"""Folding: what means nothing is dropped, and every character knows where it came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_build.fold import fold, is_dropped, squeeze


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HER-2", "HER2"),
        ("Her 2", "HER2"),
        ("HER‑2", "HER2"),
        ("HER–2", "her2"),
        ("HER\u00ad2", "HER2"),
        ("non small-cell", "Non-Small Cell"),
        ("phase Ⅱ", "Phase II"),
        ('HER2 "positivity"', "HER2 positivity"),
        ("ﬁsh", "FISH"),
        ("HER２", "HER2"),
    ],
)
def test_same_folding(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), [("HER2", "HER3"), ("HER2/neu", "HER2neu"), ("HER2", "HER2+")])
def test_other_folding(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


@given(st.text())
def test_every_character_comes_from_one_that_folds_to_it(text: str) -> None:
    folded = fold(text)

    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    for char, index in zip(folded.text, folded.origin, strict=True):
        assert char in unicodedata.normalize("NFKC", text[index]).casefold()


@given(st.text())
def test_nothing_is_lost_but_separators(text: str) -> None:
    kept = set(fold(text).origin)

    for index, char in enumerate(text):
        if index not in kept:
            assert all(is_dropped(c) for c in [char, *unicodedata.normalize("NFKC", char).casefold()][-1:])


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text

    assert fold(once).text == fold(fold(once).text).text
    assert not any(is_dropped(char) for char in once)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_squeezing_keeps_the_capitals(text: str) -> None:
    assert squeeze(text).lower() == fold(text).text
    assert squeeze(text) == "".join(char for char in text if not is_dropped(char))
