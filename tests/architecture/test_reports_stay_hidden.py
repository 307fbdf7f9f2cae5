"""A worker's report is read by the worker and by inspectors. Nothing that serves an employer can reach it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture import sources

#: What names the table, its model, or the journeys that read it.
NAMES = re.compile(r"\bWorkerReport\b|workerreport\b|\bworker_reports?\b|employers_report_number")
#: The only places that may: the table, the worker's side, the inspectors' side, and a menu that names an address.
MAY = {
    "teduh/employers/models/__init__.py", "teduh/employers/models/compliance.py", "teduh/employers/risk_facts.py",
    "teduh/journeys/worker/worker_report.py", "teduh/journeys/compliance/worker_reports.py",
    "teduh/portals/member_reports.py", "teduh/portals/inspector.py", "teduh/portals/inspector_reports.py",
    "teduh/portals/watch_urls.py", "teduh/portals/context.py", "teduh/portals/member_urls.py",
    "teduh/portals/member_wages.py",
}  # fmt: skip
#: Of these, what an employer's door may load: the models are one package, the menu is every page's.
HARMLESS = {
    "teduh/employers/models/__init__.py", "teduh/employers/models/compliance.py", "teduh/portals/context.py",
}  # fmt: skip


def _module(path: Path) -> str:
    parts = path.relative_to(sources.ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(path): path for path in sources.modules()}


def _imports(path: Path) -> set[str]:
    """Every module of ours that this one loads, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found & set(MODULES)


def _reach(start: Path) -> set[str]:
    seen: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += [MODULES[name] for name in _imports(path)]
    return {sources.name(path) for path in seen}


def _employers_doors() -> list[Path]:
    portals = [path for path in sources.modules("teduh/portals") if path.stem.startswith("employer")]
    also = ("compliance", "projects")
    portals += [path for path in sources.modules("teduh/portals") if path.stem in also]
    named = ("employer", "returns", "firms", "workers", "projects")
    api = [path for path in sources.modules("teduh/api") if path.stem.startswith(named)]
    return [*portals, *api]


def test_only_the_worker_and_inspectors_sides_name_the_table():
    named = {sources.name(path) for path in sources.modules() if NAMES.search(path.read_text(encoding="utf-8"))}
    assert named <= MAY


def test_there_are_employers_doors_to_look_at():
    assert len(_employers_doors()) > 15


@pytest.mark.parametrize("door", _employers_doors(), ids=sources.name)
def test_nothing_that_an_employers_door_loads_reads_a_report(door: Path):
    assert _reach(door) & (MAY - HARMLESS) == set()


def test_the_menu_of_an_employer_names_no_report():
    from teduh.portals import context

    assert not any("report" in name for _, name in context.MENUS.get("employer", ()))


def test_no_template_of_an_employer_names_a_report():
    folder = sources.ROOT / "teduh/portals/templates/employer"
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 10
    assert [page.name for page in pages if re.search(r"worker_report|member_report", page.read_text("utf-8"))] == []
