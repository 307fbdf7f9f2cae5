"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".venv", ".git", "build", "dist", "var", "static", "out", "shots", "__pycache__", "node_modules"}
#: Who may read the clock: the doors, and the clock itself.
DOORS = ("cli", "api", "portals", "runs", "site")


def files(*suffixes: str, under: str = "") -> Iterator[Path]:
    """Every file of ours with one of these suffixes."""
    for path in sorted((ROOT / under).rglob("*")):
        inside = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in inside)
        if path.is_file() and path.suffix in suffixes and not hidden and not NOT_OURS.intersection(inside):
            yield path


def modules(under: str = "teduh") -> list[Path]:
    """Every Python file, migrations left out."""
    return [path for path in files(".py", under=under) if "migrations" not in path.parts]


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def package(path: Path) -> str:
    """The package of a module: `ledger` for teduh/ledger/queries.py."""
    return path.relative_to(ROOT / "teduh").parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def storeys() -> dict[str, int]:
    """Each package's height in the house: the law at 0, the command line on top."""
    contract = next(c for c in project()["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    return {
        part.strip(): height
        for height, layer in enumerate(reversed(contract["layers"]))
        for part in layer.replace(":", "|").split("|")
    }
