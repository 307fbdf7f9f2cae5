"""The rules as machine code: their own text, stripped of what only people read, compiled by Numba for
columns.

Compiled code is cached in the user's cache folder, keyed by the text of rules and parameters. A cache that
cannot be written, or was written by someone else, breaks nothing: the code is compiled in memory. Never
imported by `assessment`.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.util
import inspect
import os
import pickle
import sys
import tempfile
import textwrap
import types
from pathlib import Path
from typing import Any

import numba
import numpy as np

from teduh.law import codes, over_columns, rulebook, rules, scenarios  # importing these registers every rule
from teduh.law.assessment import BILLS
from teduh.law.benefits import migrant as _  # noqa: F401  its rules too: the text is the same whoever compiles it
from teduh.law.record import Record
from teduh.law.scenarios import Scenario

KERNEL = """
@njit(cache=CACHE, nogil=True)
def _version(month, breaks):
    at = len(breaks) - 1
    while at >= 0 and breaks[at] > month:
        at -= 1
    return at


@njit(cache=CACHE, nogil=True)
def assess_rows(columns, steps, breaks, table, out):
    last, at = -1, 0
    for i in range(out.shape[1]):
        month = columns[1][i * steps[1]]
        if month != last:
            last = month
            at = _version(month, breaks)
        if at < 0:
            for k in range(out.shape[0]):
                out[k, i] = 0
            out[out.shape[0] - 1, i] = TOO_EARLY
            continue
        p = table[at]
        s = columns[0][i * steps[0]]
        if s == SELF_EMPLOYED:
            bill = self_employed_bill({self_employed}, p)
        elif s == WAGE_EARNER:
            bill = wage_earner_bill({wage_earner}, p)
        elif s == CONSTRUCTION:
            bill = construction_bill({construction}, p)
        else:
            bill = migrant_bill({migrant}, p)
        {written}
"""

#: How a rule is compiled: melted into the loop that calls it, which halves the time of a row; no rule divides by zero.
RULE = "njit(cache=CACHE, nogil=True, error_model='numpy', forceinline=True)"
#: Each amount of a bill is stored by a statement of its own: a loop over the tuple costs more than the rules.
WRITTEN = "; ".join(f"out[{place}, i] = bill[{place}]" for place in range(len(codes.BILL)))

#: Loops over columns, whose text is compiled with the rules they call.
LOOPS = (over_columns.accrue_rows, over_columns.pension_rows, over_columns.standing_rows)

# The columns a row is read from, in the kernel's order, with the value an absent one has.
COLUMNS: dict[str, int] = {
    "segment": 0,
    "month": 0,
    "amount": 0,
    "programmes": codes.JKK | codes.JKM,
    "sector": codes.OTHER,
    "risk_class": 1,
    "wage_type": codes.MONTHLY,
    "paid_by_government": 0,
    "eligible_2020": 1,
    "labour_intensive": 0,
    "workers": codes.RATE_UNIT,
    "paid_on": 0,
    "wages": 0,
    "route": codes.IMPLEMENTER,
    "stage": codes.ALL_STAGES,
    "contract_months": 0,
    "extension_months": 0,
    "jht_monthly": 0,
}
# A rule's argument that reads a column of another name.
READS = {"income": "amount", "wage": "amount", "contract_value": "amount"}


def _arguments(segment: str) -> str:
    code = BILLS[segment].__code__
    names = code.co_varnames[: code.co_argcount - 1]
    places = [list(COLUMNS).index(READS.get(name, name)) for name in names]
    return ", ".join(f"columns[{k}][i * steps[{k}]]" for k in places)


class _Bare(ast.NodeTransformer):
    """Strips docstrings, annotations and decorators from a rule."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.decorator_list, node.returns = (
            [ast.parse(RULE, mode="eval").body],
            None,
        )
        for argument in node.args.args:
            argument.annotation = None
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:]
        return node


def _rule_text(function: Any) -> str:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return ast.unparse(ast.fix_missing_locations(_Bare().visit(tree)))


def source(cache: bool) -> str:
    """The module that is compiled: constants, every rule in the order of names (whoever imported what), the kernel."""
    numbers = {name: value for name, value in vars(codes).items() if name.isupper() and isinstance(value, int)}
    parts = [f"from numba import njit\nCACHE = {cache}"]
    parts += [f"{name} = {value}" for name, value in numbers.items()]
    parts += [_rule_text(rules.RULES[name].function) for name in sorted(rules.RULES)]
    parts += [_rule_text(function) for function in LOOPS]
    text = "\n\n".join(parts)
    return text + KERNEL.format(written=WRITTEN, **{segment: _arguments(segment) for segment in BILLS})


def _key(text: str) -> str:
    """Names compiled code by all it depends on: rules, parameters, this module, Python and Numba."""
    parts = (
        text,
        rulebook.version(),
        Path(__file__).read_text(encoding="utf-8"),
        sys.version,
        numba.__version__,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def folder(text: str) -> Path:
    """Where compiled code is kept for this text of the rules."""
    base = os.environ.get("TEDUH_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "teduh" / "law" / _key(text)


def _stored(text: str) -> Path | None:
    """The file that holds the text, or None where it cannot be kept safely."""
    try:
        where = folder(text)
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = where / "law_rules.py"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            with tempfile.NamedTemporaryFile("w", dir=where, delete=False, encoding="utf-8") as aside:
                aside.write(text)
            Path(aside.name).replace(path)
        owner = path.stat().st_uid
        mine = owner == os.getuid() if hasattr(os, "getuid") else True
        return path if mine and os.access(where, os.W_OK) else None
    except (OSError, RuntimeError):
        return None


def _from_file(path: Path) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location(f"teduh_law_{path.parent.name}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # Numba finds cached code again by the module's name
    spec.loader.exec_module(module)
    return module


@functools.cache
def module() -> types.ModuleType:
    """The compiled rules; their names are the rules' names, and `assess_rows` runs over columns."""
    path = _stored(source(cache=True))
    return _from_file(path) if path is not None else in_memory()


@functools.cache
def in_memory() -> types.ModuleType:
    """The same rules compiled without any cache."""
    found = types.ModuleType("teduh_law_in_memory")
    exec(compile(source(cache=False), "<teduh.law rules>", "exec"), found.__dict__)
    return found


def run(*arguments: Any) -> None:
    """Run `assess_rows`; where cached code cannot be loaded, compile it in memory instead."""
    try:
        module().assess_rows(*arguments)
    except (OSError, ImportError, RuntimeError, pickle.UnpicklingError, EOFError):
        in_memory().assess_rows(*arguments)


@functools.lru_cache(maxsize=8)
def table(scenario: Scenario | None = None) -> tuple[Any, Any]:
    """The parameters as one record per span of months: the first months of the spans, and the records."""
    months = sorted({day.year * 100 + day.month for day in scenarios.breaks(scenario)})
    records = [scenarios.record(scenario, _last_day(number)) for number in months]
    fields = [
        (name, "i8", (len(value),)) if isinstance(value, tuple) else (name, "i8")
        for name, value in zip(Record._fields, records[0], strict=True)
    ]
    return np.array(months, "i8"), np.array([tuple(one) for one in records], np.dtype(fields, align=True))


def _last_day(number: int) -> Any:
    from teduh.law.months import Month

    return Month(number // 100, number % 100).last
