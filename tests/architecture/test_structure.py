"""What a reader can rely on in every file: small, opened by a sentence, named for what it holds."""

from __future__ import annotations

import ast
import re

from tests.architecture import sources

VAGUE = {"utils", "helpers", "common", "services", "managers", "misc", "base", "signals", "util", "helper"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
EVERY = sources.modules() + sources.modules("tests") + sources.modules("bench")


def test_no_file_or_folder_has_a_name_that_says_nothing():
    parts = {part.removesuffix(".py") for path in EVERY for part in path.relative_to(sources.ROOT).parts}
    assert not parts & VAGUE


def test_no_file_is_longer_than_400_lines():
    lengths = {sources.name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in EVERY}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_50_lines():
    lengths = {
        f"{sources.name(path)} {node.name}": node.end_lineno - node.lineno + 1
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_every_module_opens_with_what_it_knows():
    assert [sources.name(path) for path in sources.modules() if not ast.get_docstring(sources.tree(path))] == []


def test_nothing_is_imported_by_star():
    found = [
        sources.name(path)
        for path in EVERY
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert not found


def test_each_noun_shows_itself_by_the_same_three_names():
    for noun in ("ledger", "registry", "payments", "contributions", "coverage", "outreach"):
        folder = sources.ROOT / "teduh" / noun
        for part in ("models", "actions", "queries"):
            assert (folder / f"{part}.py").exists() or (folder / part / "__init__.py").exists(), f"{noun}.{part}"


def test_doors_reach_people_only_through_queries():
    """A door gets a person through a query that takes who asks and why, never from the table."""
    tables = re.compile(r"\b(Person|Heir|Evidence|Enrolment|Document|Consent|IdentityCheck)\.objects\b")
    doors = [path for path in sources.modules() if path.parts[-2] in ("portals", "api", "cli", "runs")]
    assert len(doors) > 40
    assert [str(path) for path in doors if tables.search(path.read_text(encoding="utf-8"))] == []
