"""Verbs and questions are called by name: in `actions`, `queries`, `journeys` only the thing itself goes by place."""

from __future__ import annotations

import ast

from tests.architecture import sources

PUBLIC = [
    path
    for path in sources.modules()
    if sources.package(path) == "journeys" or {"actions", "actions.py", "queries", "queries.py"} & set(path.parts)
]
NOUNS = [
    path
    for path in sources.modules()
    if sources.package(path) in ("ledger", "registry", "payments", "contributions", "coverage", "outreach", "security")
]


def test_every_public_function_takes_keywords_and_at_most_the_thing_itself_by_place():
    positional = [
        f"{sources.name(path)} {node.name}({', '.join(a.arg for a in (*node.args.posonlyargs, *node.args.args))})"
        for path in PUBLIC
        for node in sources.tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if len(node.args.posonlyargs) + len(node.args.args) > 1
    ]
    assert positional == []


def test_no_noun_opens_a_transaction():
    found = [
        f"{sources.name(path)} line {node.lineno}"
        for path in NOUNS
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "atomic"
    ]
    assert found == []


def test_nothing_listens_to_signals():
    words = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    found = [
        f"{sources.name(path)}: {node.module}"
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(words)
    ]
    assert not found
