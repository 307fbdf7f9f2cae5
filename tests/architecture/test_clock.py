"""The date comes in from a door. Nothing below one reads a clock, neither in Python nor in SQL."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import sources

BELOW = [
    path
    for path in sources.modules()
    if sources.package(path) not in (*sources.DOORS, "__main__") and path.parts[-2:] != ("core", "clock.py")
]
READS = {
    "now": {"datetime", "timezone", "clock"},
    "today": {"datetime", "date", "clock"},
    "utcnow": {"datetime"},
    "localdate": {"timezone"},
    "localtime": {"timezone", "time"},
    "time": {"time"},
    "time_ns": {"time"},
}
IN_SQL = re.compile(
    r"\b(now\(\)|current_date\b|current_timestamp|localtimestamp|clock_timestamp\(|statement_timestamp\()", re.I
)


def _owner(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_no_clock_below_the_doors():
    found = [
        f"{sources.name(path)} line {node.lineno}: {_owner(node.value)}.{node.attr}"
        for path, node in _nodes()
        if isinstance(node, ast.Attribute) and _owner(node.value) in READS.get(node.attr, ())
    ]
    found += [
        f"{sources.name(path)} line {node.lineno}: from teduh.core.clock import {alias.name}"
        for path, node in _nodes()
        if isinstance(node, ast.ImportFrom) and node.module == "teduh.core.clock"
        for alias in node.names
        if alias.name in ("now", "today")
    ]
    assert found == []


def test_no_clock_in_sql_below_the_doors():
    docs = {id(text) for _, node in _nodes() for text in _docstring(node)}
    found = [
        f"{sources.name(path)} line {node.lineno}: {IN_SQL.search(node.value).group()}"
        for path, node in _nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
        if IN_SQL.search(node.value)
    ]
    assert found == []


def _nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in BELOW:
        for node in ast.walk(sources.tree(path)):
            yield path, node


def _docstring(node: ast.AST) -> list[ast.Constant]:
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return [first.value] if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else []
