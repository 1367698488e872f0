"""The JSON API: complete answers, each as its own description has it."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from graph_build.questions import stored
from graph_build.serve.api_description import description

BASE = "https://w3id.org/her2kg/"
CONSENSUS = BASE + "statement/1f501819d18bfaad"


@pytest.fixture(scope="module")
def described(client: httpx.Client) -> dict[str, Any]:
    return client.get("/api/openapi.json").json()


def checked(answer: httpx.Response, template: str = "") -> Any:
    """An answer's JSON, which is as the description says of its address and status."""
    whole = description()
    template = template or re.sub("^/api/questions/.+", "/api/questions/{name}", answer.request.url.path)
    response = whole["paths"][template]["get"]["responses"][str(answer.status_code)]
    if "$ref" in response:
        response = whole["components"]["responses"][response["$ref"].rpartition("/")[2]]
    kind = answer.headers["content-type"]
    schema = {"components": whole["components"], **response["content"][kind]["schema"]}
    Draft202012Validator(schema).validate(answer.json())
    return answer.json()


def test_the_description_is_valid_and_the_one_that_is_served(described: dict[str, Any]) -> None:
    validate(described)
    assert described == description()
    assert described["openapi"].startswith("3.1.")


def test_every_address_is_described_and_links_lead_somewhere(client: httpx.Client) -> None:
    index = checked(client.get("/api"))

    assert sorted(index["paths"]) == sorted(description()["paths"])
    assert client.get("/api/").json() == index
    for address in (*index["links"].values(), *(path for path in index["paths"] if "{" not in path)):
        needs = (
            {"iri": "T-DXd"} if address == "/api/entity" else {"iri": CONSENSUS} if address == "/api/statement" else {}
        )
        assert client.get(address, params=needs).status_code in (200, 404), address


def test_questions_are_those_that_are_stored(client: httpx.Client) -> None:
    found = checked(client.get("/api/questions"))

    assert [question["name"] for question in found["questions"]] == list(stored())
    assert found["questions"][list(stored()).index("drugs-by-alteration")] == {
        "name": "drugs-by-alteration",
        "summary": "Which drugs were investigated for which alteration, in which study, phase and paper?",
        "tags": ["oncologist", "developer", "drug", "alteration", "study"],
        "parameters": [
            {
                "name": "drug",
                "kind": "label",
                "description": (
                    "label of a drug, drug class or regimen, which finds what is below it; all when omitted"
                ),
            },
            {
                "name": "alteration",
                "kind": "label",
                "description": "label of an alteration, which finds what is below it; all when omitted",
            },
        ],
        "example": {"drug": "antibody-drug conjugate", "alteration": "HER2 mutation"},
        "network": False,
    }


@pytest.mark.parametrize("name", [name for name, question in stored().items() if not question.services])
def test_every_question_answers_with_its_example(client: httpx.Client, name: str) -> None:
    listed = {question["name"]: question for question in client.get("/api/questions").json()["questions"]}
    answer = checked(client.get(f"/api/questions/{name}", params=listed[name]["example"]))

    assert len(answer["rows"]) == min(answer["total"], 100)
    assert all(len(row) == len(answer["columns"]) for row in answer["rows"])


def test_a_question_is_answered_page_by_page(client: httpx.Client) -> None:
    first = checked(client.get("/api/questions/drugs-by-alteration", params={"drug": "T-DXd", "limit": 3}))
    last = checked(client.get(first["next"]))

    row = ["trastuzumab deruxtecan", None, "HER2 mutation"]
    columns = ["given", "within", "enrolled", "study", "phase", "paper", "year", "drug", "alteration"]
    assert first == {
        "columns": columns,
        "rows": [
            [*row, "DESTINY-Lung01", None, "Li 2022", "2022", "trastuzumab deruxtecan", None],
            [*row, "DESTINY-Lung02", "2", "Goto 2023", "2023", "trastuzumab deruxtecan", None],
            [*row, "DESTINY-Lung05", "2", "Cheng 2024", "2024", "trastuzumab deruxtecan", None],
        ],
        "total": 4,
        "offset": 0,
        "cut": True,
        "note": "rows 1 to 3 of 4",
        "next": "/api/questions/drugs-by-alteration?drug=T-DXd&limit=3&offset=3",
    }
    assert (last["rows"], last["next"], last["cut"]) == (
        [[*row, "Li 2023 trastuzumab deruxtecan", None, "Li 2023", "2023", "trastuzumab deruxtecan", None]],
        None,
        False,
    )


def test_a_graph_is_rows_of_three(client: httpx.Client) -> None:
    answer = checked(client.get("/api/questions/drug-neighbourhood", params={"drug": "T-DXd", "limit": 1}))

    label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert (answer["columns"], answer["rows"]) == (
        ["subject", "predicate", "object"],
        [["https://doi.org/10.1056/nejmoa2112431", label, "Li 2022"]],
    )


def test_a_trial_by_its_number(client: httpx.Client) -> None:
    assert checked(client.get("/api/entities", params={"q": "NCT03505710", "class": "study"})) == {
        "things": [
            {
                "iri": BASE + "study/destiny-lung01",
                "label": "DESTINY-Lung01",
                "kind": "InterventionalTrial",
                "name": "NCT03505710",
                "match": "identifier",
            }
        ],
        "total": 1,
        "offset": 0,
        "cut": False,
        "note": "",
        "next": None,
    }


def test_a_trial_whole(client: httpx.Client) -> None:
    found = checked(client.get("/api/entity", params={"iri": BASE + "study/destiny-lung01"}))
    graph = BASE + "graph/document/10-3971-j-issn-1000-8578-2025-24-1062"
    relations = [
        ("her2:condition", "disease/non-small-cell-lung-carcinoma", "non-small cell lung carcinoma"),
        ("her2:enrols", "alteration/her2-mutation", "HER2 mutation"),
        ("her2:investigates", "drug/trastuzumab-deruxtecan", "trastuzumab deruxtecan"),
        ("her2:reportedIn", "https://doi.org/10.1056/nejmoa2112431", "Li 2022"),
        ("her2:reportedIn", "publication/li-2023-ann-oncol-34-s755", "Li 2023"),
    ]

    stated = found.pop("statements")
    assert found == {
        "iri": BASE + "study/destiny-lung01",
        "label": "DESTINY-Lung01",
        "kind": "InterventionalTrial",
        "kinds": ["InterventionalTrial", "Study"],
        "names": [],
        "values": {},
        "above": [],
        "below": [],
        "below_total": 0,
        "relations": [
            {"predicate": p, "iri": iri if ":" in iri else BASE + iri, "label": label, "graphs": [graph]}
            for p, iri, label in relations
        ],
        "links": [
            {
                "relation": "her2:registeredAs",
                "iri": "https://clinicaltrials.gov/study/NCT03505710",
                "curie": "clinicaltrials:NCT03505710",
            }
        ],
        "studies": [{"iri": BASE + "study/li-2023-trastuzumab-deruxtecan", "label": "Li 2023 trastuzumab deruxtecan"}],
        "studies_total": 1,
        "paper": None,
        "note": "",
        "next": None,
    }
    assert sorted(one["text"] for one in stated["statements"]) == [
        "DESTINY-Lung01 enrols HER2 mutation",
        "DESTINY-Lung01 investigates trastuzumab deruxtecan",
        "DESTINY-Lung01 is about non-small cell lung carcinoma",
        "DESTINY-Lung01 is reported in Li 2022",
        "DESTINY-Lung01 is reported in Li 2023",
        "Li 2023 trastuzumab deruxtecan pools DESTINY-Lung01",
    ]


def test_what_is_denied_with_its_evidence(client: httpx.Client) -> None:
    denied = checked(client.get("/api/statements", params={"negated": "true", "predicate": "hasConsensus"}))
    (statement,) = denied["statements"]
    whole = checked(client.get("/api/statement", params={"iri": statement["iri"]}))
    graph = BASE + "graph/document/10-1016-j-ctrv-2020-101996"

    assert statement == whole["statement"]
    assert statement == {
        "iri": statement["iri"],
        "text": "not: HER2 subgroup definition has a consensus in non-small cell lung carcinoma",
        "subject": {"iri": BASE + "topic/her2-subgroup-definition", "label": "HER2 subgroup definition"},
        "predicate": {"iri": BASE + "ontology#hasConsensus", "label": "has consensus"},
        "object": {"iri": BASE + "disease/non-small-cell-lung-carcinoma", "label": "non-small cell lung carcinoma"},
        "negated": True,
        "certainty": "asserted",
        "appraisal": None,
        "appraisal_words": [],
        "context": [],
        "outcome": [],
        "evidence_count": 2,
    }
    paper = {"iri": "https://doi.org/10.1016/j.ctrv.2020.101996", "label": "Cancer Treat Rev 2020"}
    first, second = whole["evidence"]
    assert first == {
        "iri": graph + "#evidence-622-744-bf74f4d7d76810ea",
        "quote": (
            "Although HER2 alterations in NSCLC have been investigated for a long time, "
            "no consensus exists about subgroup definitions."
        ),
        "role": "review synthesis",
        "negation_cues": ["no"],
        "hedge_cues": [],
        "confidence": 0.77,
        "rule": "no-consensus",
        "section": "abstract",
        "reference_number": None,
        "start": 622,
        "end": 744,
        "document": paper,
        "document_sha256": first["document_sha256"],
        "paper": paper
        | {
            "title": "The force of HER2 - A druggable target in NSCLC?",
            "authors": None,
            "journal": "Cancer Treat Rev",
            "date": "2020-06",
            "doi": "10.1016/j.ctrv.2020.101996",
            "pmid": None,
        },
    }
    assert (second["start"], second["end"], second["confidence"]) == (1526, 1671, 0.66)
    assert (whole["total"], whole["cut"], whole["next"]) == (2, False, None)


@pytest.mark.parametrize(
    ("address", "status", "sentence", "near"),
    [
        ("/api/questions/drugs-by-alteratio", 404, "did you mean drugs-by-alteration", "drugs-by-alteration"),
        ("/api/questions/drugs-by-alteration?drug=T-DXdd", 400, "drug T-DXdd: nothing in the graph is called so", ""),
        ("/api/questions/drugs-by-alteration?drog=x", 400, "no parameter drog; did you mean drug?", ""),
        ("/api/questions/drugs-in-wikidata", 403, "asks no other servers", ""),
        ("/api/questions?tag=x", 400, "no question has the tag “x”; there are ", ""),
        ("/api/entity", 400, "give the thing as ?iri=…", ""),
        ("/api/entity?iri=trastuzmab", 404, "did you mean trastuzumab", BASE + "drug/trastuzumab"),
        ("/api/entities?class=x", 400, "there is no class “x”", ""),
        ("/api/entities?limit=0", 400, "“limit” is a whole number from 1 to 1,000", ""),
        ("/api/entities?limit=²", 400, "“limit” is a whole number from 1 to 1,000", ""),
        ("/api/entities?offset=-1", 400, "“offset” is a whole number from 0 to 10,000,000", ""),
        ("/api/entities?x=1", 400, "there is no parameter “x”; there are q, class, limit, offset", ""),
        ("/api/entities?q=a&q=b", 400, "“q” is given more than once", ""),
        ("/api/entities?q=%ff", 400, "percent-encoded UTF-8", ""),
        ("/api/statements?negated=perhaps", 400, "“negated” is true or false", ""),
        ("/api/statements?drug=NSCLC", 400, "called “NSCLC” as a Drug or DrugClass or Regimen", ""),
        ("/api/statement?iri=x", 404, "<x> is no statement of this graph", ""),
        ("/api/dataset?x=1", 400, "there is no parameter “x”; there is none here", ""),
    ],
)
def test_an_error_is_one_sentence(client: httpx.Client, address: str, status: int, sentence: str, near: str) -> None:
    answer = client.get(address)
    problem = checked(answer)

    assert (answer.status_code, problem["status"], problem["type"]) == (status, status, "about:blank")
    assert sentence in problem["detail"]
    assert next(iter(problem.get("near", [""]))) == near


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/entities", "/api/questions/drugs-by-alteration"])
def test_it_only_reads(client: httpx.Client, path: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
        assert checked(answer, "/api")["detail"] == f"{method} is not done here"
    assert client.head(path).content == b""


@pytest.mark.parametrize("path", ["/api/x", "/api/questions/a/b", "/api//", "/api/api", "/api/openapi.json/"])
def test_what_is_not_there_is_a_problem_too(client: httpx.Client, path: str) -> None:
    answer = client.get(path)

    assert checked(answer, "/api")["detail"] == "there is nothing here; /api lists what there is"
    assert answer.status_code == 404


def test_the_same_request_has_the_same_bytes(client: httpx.Client) -> None:
    for address in (
        "/api/entities?q=lung&limit=500",
        "/api/statements?limit=500",
        "/api/entity?iri=NSCLC",
        "/api/dataset",
    ):
        assert client.get(address).content == client.get(address).content


def test_pages_of_other_sites_may_ask(client: httpx.Client) -> None:
    answer = client.get("/api/entities?q=HER2", headers={"origin": "https://example.org"})

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
