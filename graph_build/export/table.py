"""The evidence as a table: one quote a row, with all that is needed to verify it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from ..spreadsheet import neutral
from . import Exported
from .values import Node, counts, labels, local, nodes, store_of, words

COLUMNS: Final = (
    "statement",
    "subject",
    "predicate",
    "object",
    "context",
    "outcome",
    "direction",
    "certainty",
    "appraisal",
    "appraisal_word",
    "negation_cue",
    "hedge_cue",
    "quote",
    "section",
    "role",
    "document",
    "cited_paper",
    "paper_title",
    "year",
    "doi",
    "pmid",
    "study",
    "rule",
    "confidence",
    "statement_iri",
    "subject_iri",
    "predicate_iri",
    "object_iri",
    "context_iri",
    "evidence_iri",
    "document_iri",
    "cited_paper_iri",
    "document_sha256",
    "start",
    "end",
)

#: Between several values of one cell.
_BETWEEN: Final = "; "


def write(folder: Path) -> Exported:
    """The table, as CSV with a header: UTF-8, CRLF, RFC 4180."""
    store = store_of(folder)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    statements, evidences = nodes(store, "Statement"), nodes(store, "Evidence")
    papers, sections = nodes(store, "Publication"), nodes(store, "Section")
    studies, names = nodes(store, "Study"), labels(store)
    rows = []
    for statement in statements.values():
        for iri in statement.all("her2:hasEvidence"):
            rows.append(_row(statement, evidences[iri], papers, sections, studies, names))
    rows.sort(key=lambda row: (row["document_iri"], int(row["start"]), int(row["end"]), row["statement_iri"]))
    table.writerows([neutral(row[column]) for column in COLUMNS] for row in rows)
    return Exported(
        {"": text.getvalue().encode()},
        counts(store, "mentions", "citations", "recommendations", "MeSH headings", "curated links"),
    )


def _row(
    statement: Node,
    evidence: Node,
    papers: dict[str, Node],
    sections: dict[str, Node],
    studies: dict[str, Node],
    names: dict[str, str],
) -> dict[str, str]:
    """One row: the statement, the quote that carries it, and where that stands."""

    def named(*iris: str) -> str:
        return _BETWEEN.join(names.get(iri, iri) for iri in iris)

    subject, predicate, object_ = (statement.one(f"biolink:{name}") for name in ("subject", "predicate", "object"))
    document = papers[evidence.one("her2:document")]
    section = sections[evidence.one("her2:inSection")]
    cited = section.one("her2:about")
    paper = papers[cited] if cited else document
    return {
        "statement": statement.one("rdfs:label"),
        "subject": named(subject),
        "predicate": named(predicate),
        "object": named(object_),
        "context": named(*statement.all("her2:context")),
        "outcome": named(*statement.all("her2:outcome")),
        "direction": "negated" if statement.one("biolink:negated") == "true" else "positive",
        "certainty": words(local(statement.one("her2:certainty"))),
        "appraisal": words(local(statement.one("her2:appraisal"))),
        "appraisal_word": _BETWEEN.join(evidence.all("her2:appraisalWord")),
        "negation_cue": _BETWEEN.join(evidence.all("her2:negationCue")),
        "hedge_cue": _BETWEEN.join(evidence.all("her2:hedgeCue")),
        "quote": evidence.one("her2:exact"),
        "section": section.one("her2:sectionType"),
        "role": words(local(evidence.one("her2:quoteRole"))),
        "document": document.one("rdfs:label"),
        "cited_paper": papers[cited].one("rdfs:label") if cited else "",
        "paper_title": paper.one("dcterms:title"),
        "year": paper.one("prism:publicationDate")[:4],
        "doi": paper.one("prism:doi"),
        "pmid": paper.one("her2:pmid"),
        "study": named(*studies_of(statement, paper, studies)),
        "rule": evidence.one("her2:rule"),
        "confidence": evidence.one("her2:confidence"),
        "statement_iri": statement.iri,
        "subject_iri": subject,
        "predicate_iri": predicate,
        "object_iri": object_,
        "context_iri": _BETWEEN.join(statement.all("her2:context")),
        "evidence_iri": evidence.iri,
        "document_iri": document.iri,
        "cited_paper_iri": cited,
        "document_sha256": document.one("her2:sha256"),
        "start": evidence.one("her2:start"),
        "end": evidence.one("her2:end"),
    }


def studies_of(statement: Node, paper: Node, studies: dict[str, Node]) -> list[str]:
    """The study the statement is about, else those that the paper reports."""
    if statement.one("biolink:subject") in studies:
        return [statement.one("biolink:subject")]
    return [iri for iri, study in studies.items() if paper.iri in study.all("her2:reportedIn")]
