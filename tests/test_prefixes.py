"""The register of vocabularies: complete, unambiguous, and as the Bioregistry has it or with a reason why not."""

from __future__ import annotations

import importlib.util
import re
from importlib.metadata import version
from pathlib import Path

import bioregistry
import pytest

from graph_build import vocabulary as iris
from graph_build.prefixes import (
    CURIES,
    PREFIXES,
    VOCABULARIES,
    PrefixError,
    VocabularySource,
    curie,
    expand,
    vocabulary,
)
from graph_build.resources import resource

REGISTERED = [v for v in VOCABULARIES if v.bioregistry]


def named(v: VocabularySource) -> str:
    return v.prefix


def resource_of(v: VocabularySource) -> bioregistry.Resource:
    found = bioregistry.get_resource(v.bioregistry)
    assert found is not None, f"the Bioregistry {version('bioregistry')} has no {v.bioregistry}"
    return found


def test_every_row_is_whole() -> None:
    assert len({v.prefix for v in VOCABULARIES}) == len({v.base for v in VOCABULARIES}) == len(VOCABULARIES)
    assert {v.kind for v in VOCABULARIES} == {"terms", "identifiers", "elsewhere"}
    for v in VOCABULARIES:
        assert v.name, v.prefix
        assert re.fullmatch(r"https?://\S+[/#_]", v.base), v.prefix
        assert re.fullmatch(r"https?://\S+", v.homepage), v.prefix
        assert v.licence_iri or v.rights, f"{v.prefix}: neither a licence nor a statement of rights"
        assert bool(v.licence) == bool(v.licence_iri), v.prefix


def test_the_rows_stand_in_order_and_no_spelling_means_two_things() -> None:
    for kind in ("terms", "identifiers"):
        names = [v.prefix for v in VOCABULARIES if v.kind == kind]
        assert names[1:] == sorted(names[1:], key=str.casefold), "ours first, then by the alphabet"
    spellings = [name for v in VOCABULARIES for name in (v.prefix, *v.aliases.split())]
    assert len(spellings) == len(set(spellings))
    assert set(PREFIXES) < set(CURIES)


def test_our_own_iris_are_those_of_the_code() -> None:
    assert (expand("her2:"), expand("her2kg:"), expand("mesh:")) == (iris.HER2, iris.BASE, iris.MESH)


@pytest.mark.parametrize("v", REGISTERED, ids=named)
def test_the_prefix_is_that_of_the_bioregistry(v: VocabularySource) -> None:
    known = resource_of(v)
    same = v.prefix in {known.prefix, known.get_preferred_prefix()}
    assert same != bool(v.why_prefix), f"the Bioregistry: {known.get_preferred_prefix() or known.prefix}"


@pytest.mark.parametrize("v", REGISTERED, ids=named)
def test_the_base_is_one_that_the_bioregistry_knows(v: VocabularySource) -> None:
    formats = resource_of(v).get_uri_formats()
    assert (v.base + "$1" in formats) != bool(v.why_base), sorted(formats)


@pytest.mark.parametrize("v", REGISTERED, ids=named)
def test_the_licence_is_that_of_the_bioregistry(v: VocabularySource) -> None:
    stated = resource_of(v).get_license()
    agrees = stated is None or stated in {v.licence, v.licence_iri}
    assert agrees != bool(v.why_licence), f"the Bioregistry: {stated}"


def test_what_is_not_registered_says_so() -> None:
    unregistered = {v.prefix: v.why_prefix for v in VOCABULARIES if not v.bioregistry}
    assert set(unregistered) == {"her2", "her2kg", "spex", "wdt"}
    assert all("not registered" in why for why in unregistered.values())
    for prefix in unregistered:
        found = bioregistry.get_resource(prefix)
        assert found is None, f"{prefix} is registered now: {found}"


def test_an_iri_becomes_a_curie_with_the_longest_base_and_back() -> None:
    for v in VOCABULARIES:
        assert curie(v.base + "X1") == f"{v.prefix}:X1"
        assert expand(f"{v.prefix}:X1") == v.base + "X1"
    assert curie("https://example.org/x") is None
    assert curie("") is None


def test_an_unknown_prefix_is_said_in_one_sentence() -> None:
    for text in ("nobody:1", "MONDO", ""):
        with pytest.raises(PrefixError, match=r"has no known prefix; register it in ontology/vocabularies\.tsv"):
            expand(text)
    with pytest.raises(PrefixError, match="is no registered prefix"):
        vocabulary("")


def test_every_prefix_of_the_mapping_files_is_registered_with_the_same_base() -> None:
    for path in sorted(resource("ontology", "mappings").glob("*.sssom.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.fullmatch(r"#\s+([\w.]+): [\"']?(https?://[^\"']+)[\"']?", line)
            if found and found[1] != "bioregistry":
                assert CURIES.get(found[1]) == found[2], f"{path.name}: {line}"


def test_the_table_of_vocabularies_is_up_to_date() -> None:
    path = Path(__file__).resolve().parents[1] / "tools" / "vocabularies_readme.py"
    spec = importlib.util.spec_from_file_location("vocabularies_readme", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.main(["--check"]) == 0, "run: python tools/vocabularies_readme.py"
    with pytest.raises(ValueError, match="one of the two is missing"):
        tool.filled(tool.BEGIN)
