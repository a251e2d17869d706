"""The glossary holds every word of the domain, and none has two meanings."""

import ast
import re
import tomllib
from collections import defaultdict

import pytest

from tests.source_code import ROOT, modules

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def glossary():
    """The entries by English word."""
    return tomllib.loads((ROOT / "resources" / "glossary.toml").read_text(encoding="utf-8"))


def _classes():
    """Yield each public class of the domain with the names of its members, if it is an enum."""
    for module in modules("clerk/domain"):
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                is_enum = any("Enum" in ast.unparse(base) for base in node.bases)
                yield node.name, _members(node) if is_enum else []


def _members(node):
    return [
        target.id
        for line in node.body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    ]


def _words(glossary):
    """Yield (term, English word) of every entry and of every member."""
    for english, entry in glossary.items():
        yield entry["term"], _spelled(english)
        for member, term in entry.get("members", {}).items():
            yield term, member


def _spelled(name):
    """Return ``CaseState`` as its member would be spelled: ``CASE_STATE``."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).upper()


def test_every_class_and_every_member_of_the_domain_is_in_the_glossary(glossary):
    expected = {
        *(name for name, _ in _classes()),
        *(f"{name}.{member}" for name, members in _classes() for member in members),
    }
    listed = {
        *glossary,
        *(f"{name}.{member}" for name in glossary for member in glossary[name].get("members", {})),
    }

    assert sorted(expected - listed) == [], "not in resources/glossary.toml"
    assert sorted(listed - expected) == [], "in resources/glossary.toml, but not in the domain"


def test_every_entry_says_what_it_is_what_it_is_not_and_who_says_so(glossary):
    faulty = [
        name
        for name, entry in glossary.items()
        if not HAN.search(entry["term"])
        or not entry["meaning"].endswith(".")
        or set(entry) - {"members"} != {"term", "meaning", "not", "source"}
        or not (entry["not"] and entry["source"])
        or not all(HAN.search(term) for term in entry.get("members", {}).values())
    ]

    assert faulty == []


def test_a_chinese_term_has_one_english_word(glossary):
    """No term is called one thing here and another there: 收件 is never also ACCEPT."""
    words = defaultdict(set)
    for term, english in _words(glossary):
        words[term].add(english)

    assert {term: found for term, found in words.items() if len(found) > 1} == {}


def test_an_english_word_has_one_term_among_the_classes_and_within_an_enum(glossary):
    """A member's word may mean something else in another enum, never in its own."""
    terms = [entry["term"] for entry in glossary.values()]
    doubled = [term for term in terms if terms.count(term) > 1]
    for name, entry in glossary.items():
        members = list(entry.get("members", {}).values())
        doubled.extend(f"{name}: {term}" for term in members if members.count(term) > 1)

    assert doubled == []
