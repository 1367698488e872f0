"""Titles about prognosis: whose it is, and which genes are only named beside."""

from __future__ import annotations

import pytest

from graph_build.model import Certainty, ConceptId
from tests.test_relate import cited, interpreted

BESIDE = (
    "LINC00999 predicts poor prognosis and promotes growth via the EGFR/AKT pathway in bladder cancer",
    "Identification of ABCD5 as prognostic marker in gastric cancer by activating KRAS signaling",
    "Chromogranin is a prognostic factor in lung cancer patients with normal levels of EGFR",
    "miR-999-3p suppresses KRAS expression and predicts survival in lung cancer",
    "KRAS repressor ABCD5 is associated with prognosis in lung cancer",
    "HER2 expression in gastric cancer and its correlation with other prognostic parameters",
    "Tumor grade correlates with EGFR and is a prognostic factor in bladder cancer",
    "Uptake of glucose is prognostic of survival in HER2-positive gastric cancer",
    "Genetic variants in ABCD5 are associated with survival of lung cancer",
    "Somatic mutations of the Q-catenin gene predict survival in lung cancer",
)
MEANT = (
    ("KRAS mutation is prognostic for survival in women with HER2-positive gastric cancer", "KRAS mutation", False),
    ("Ki67 unlike the estrogen receptor is prognostic in breast cancer", "MKI67", False),
    ("Prognostic value of KRAS in lung adenocarcinoma lacking EGFR mutations", "KRAS", False),
    ("Correlation of survival in bladder cancer with amplification of HER2: prognosis", "HER2 amplification", False),
    ("Genetic alterations and prognosis in lung cancer", "genetic alteration", False),
    ("KRAS mutation as a potential prognostic marker in gastric cancer", "KRAS mutation", True),
    ("KRAS mutation: possible role as prognostic marker in gastric cancer", "KRAS mutation", True),
)


def prognostic(title: str) -> list[tuple[str, bool, bool]]:
    """Of what a title tells the prognosis: its name, whether it is denied, and whether it is hedged."""
    return [
        (said.subject.label, said.negated, said.certainty is Certainty.HEDGED)
        for said in interpreted(cited(title)).statements
        if said.predicate == "prognosticIn" and isinstance(said.subject, ConceptId)
    ]


@pytest.mark.parametrize("title", BESIDE)
def test_what_is_named_beside_has_no_prognosis(title: str) -> None:
    assert prognostic(title) == []


@pytest.mark.parametrize(("title", "subject", "hedged"), MEANT)
def test_the_subject_of_a_title_has_it(title: str, subject: str, hedged: bool) -> None:
    assert prognostic(title) == [(subject, False, hedged)]
