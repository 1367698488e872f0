"""VA-Spec: what GA4GH's own models accept, with the direction that the text gives and no strength it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ga4gh.va_spec.base import Statement

from graph_build.export import exported
from graph_build.export.va_spec import _appraised, direction
from graph_build.export.values import Node
from graph_build.vocabulary import term


@pytest.fixture(scope="session")
def statements(graph: Path) -> list[dict[str, Any]]:
    """The exported statements."""
    found: list[dict[str, Any]] = json.loads(exported(graph, "va-spec").files[""])
    return found


def test_every_statement_is_one_of_the_models_and_comes_back_whole(statements: list[dict[str, Any]]) -> None:
    for statement in statements:
        back = Statement(**statement).model_dump_json(exclude_none=True)
        assert json.loads(back) == statement


def test_what_is_said(statements: list[dict[str, Any]]) -> None:
    said = {
        (
            s["proposition"]["subjectVariant"]["name"],
            s["proposition"]["predicate"],
            s["proposition"]["objectTherapeutic"]["name"],
            s["proposition"]["conditionQualifier"]["name"],
            s["direction"],
            s.get("strength", {}).get("name"),
        )
        for s in statements
    }
    disease, predicts = "non-small cell lung carcinoma", "predictsSensitivityTo"
    assert said == {
        ("HER2 alteration", predicts, "HER2-directed therapy", disease, "neutral", None),
        ("HER2 mutation", predicts, "HER2 inhibitor", disease, "supports", "stated with reserve"),
        ("HER2 mutation", predicts, "antibody-drug conjugate", disease, "supports", None),
        ("HER2 mutation", predicts, "trastuzumab deruxtecan", disease, "supports", None),
    }


def test_quotes_stand_in_the_document(statements: list[dict[str, Any]]) -> None:
    for statement in statements:
        for evidence in statement["hasEvidenceLines"]:
            place = evidence["extensions"][0]["value"]
            assert {name: type(value) for name, value in place.items()} == {
                "document": str,
                "rule": str,
                "start": int,
                "end": int,
                "confidence": float,
            }
            assert len(evidence["description"]) == place["end"] - place["start"]
            assert evidence["directionOfEvidenceProvided"] == statement["direction"]
            assert all(document["title"] for document in evidence["reportedIn"])


def test_all_others_are_counted(graph: Path, statements: list[dict[str, Any]], count: dict[str, int]) -> None:
    dropped = exported(graph, "va-spec").dropped
    assert dropped.pop("mentions") == count["Mention"]
    assert len(statements) + sum(dropped.values()) == count["Statement"]


def test_what_is_left_out_is_counted_by_appraisal(graph: Path) -> None:
    """Those that remain are favourable but for one, those left out are not: the loss must say so."""
    result = exported(graph, "va-spec")
    appraised = {what: n for what, n in result.dropped.items() if not what.startswith(("statements", "facts", "men"))}
    assert appraised == {
        "favourable statements on other things than efficacy": 1,
        "limited statements on efficacy without a printed disease": 2,
        "unfavourable statements on efficacy without a printed disease": 2,
    }
    assert all(f"{n} {what}" in result.loss for what, n in appraised.items())


@pytest.mark.parametrize(
    ("appraisal", "negated", "certainty", "expected"),
    [
        ("Unfavourable", "false", "Asserted", "unfavourable "),
        ("Favourable", "false", "Hedged", "favourable "),
        ("Favourable", "true", "Asserted", "not favourable "),
        ("Favourable", "false", "OpenQuestion", "open "),
    ],
)
def test_how_an_appraisal_is_counted(appraisal: str, negated: str, certainty: str, expected: str) -> None:
    values = {"her2:appraisal": (term(appraisal),), "her2:certainty": (term(certainty),), "biolink:negated": (negated,)}
    assert _appraised(Node("urn:s", values)) == expected
    assert _appraised(Node("urn:s", {name: values[name] for name in values if name != "her2:appraisal"})) == ""


def test_a_variant_has_its_gene_and_no_place(statements: list[dict[str, Any]]) -> None:
    variant = statements[0]["proposition"]["subjectVariant"]
    assert set(variant) == {"id", "type", "name", "aliases", "constraints"}
    [constraint] = variant["constraints"]
    codes = {m["coding"]["code"] for m in constraint["featureContext"]["mappings"]}
    assert codes == {"2064", "ENSG00000141736", "HGNC:3430"}


@pytest.mark.parametrize(
    ("appraisal", "negated", "certainty", "expected"),
    [
        ("Favourable", "false", "Asserted", "supports"),
        ("Favourable", "false", "Hedged", "supports"),
        ("Favourable", "true", "Asserted", "disputes"),
        ("Favourable", "false", "OpenQuestion", "neutral"),
        ("Unfavourable", "false", "Asserted", "disputes"),
        ("Unfavourable", "true", "Asserted", "neutral"),
        ("Limited", "false", "Asserted", "neutral"),
        ("Inconclusive", "false", "Asserted", "neutral"),
    ],
)
def test_direction(appraisal: str, negated: str, certainty: str, expected: str) -> None:
    values = {"her2:appraisal": (term(appraisal),), "her2:certainty": (term(certainty),), "biolink:negated": (negated,)}
    assert direction(Node("urn:s", values)) == expected
