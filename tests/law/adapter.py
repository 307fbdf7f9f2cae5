"""Puts an example (a row of a CSV) to the law and compares every expected key.

    python -m tests.law.adapter FILE.csv

prints a table of rows met, not met and unknown, and exits with 1 if the law contradicts any row.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from tests.law import families

CASES = Path(__file__).parent / "cases"
FILES = ("law-core-examples.csv", "law-pmi-jkp-examples.csv")
# Keys whose words are for people: the law must have something to say, not the same words.
WORDS = ("note", "warning", "reason", "flag", "error", "message", "comment")


class Result(NamedTuple):
    """What became of one row: met, not met, or unknown, and why."""

    id: str
    status: str
    why: str


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file with their JSON read; fractions stay exact."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                **row,
                "inputs": json.loads(row["inputs_json"], parse_float=Decimal),
                "expected": json.loads(row["expected_json"], parse_float=Decimal),
            }


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal | Fraction):
        return Fraction(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return str(value).casefold().replace("_", " ").strip(" .")


def same(expected: Any, answer: Any) -> bool:
    """Equal in value; an answer that is a set of words accepts any of them."""
    if isinstance(answer, frozenset):
        return any(same(expected, one) for one in answer)
    if isinstance(answer, families.Starts):
        return str(_plain(expected)).startswith(answer)
    return bool(_plain(expected) == _plain(answer))


def answers(row: dict[str, Any]) -> dict[str, Any]:
    """Everything the law has to say about this row, by key."""
    found: dict[str, Any] = {}
    ask: Callable[[dict[str, Any]], dict[str, Any]]
    for ask in families.ALL:
        for key, value in ask(row).items():
            found.setdefault(key, value)
    return found


def judge(row: dict[str, Any]) -> Result:
    """Compare each expected key with the law's answer."""
    given = answers(row)
    missing = [key for key in row["expected"] if key not in given and key not in WORDS]
    wrong = [
        f"{key}: expected {expected}, the law says {given[key]}"
        for key, expected in row["expected"].items()
        if key in given and key not in WORDS and not same(expected, given[key])
    ]
    unsaid = [key for key in row["expected"] if key in WORDS and not given.get("_says", bool(given))]
    if wrong:
        return Result(row["id"], "not met", "; ".join(wrong))
    if missing or unsaid:
        return Result(row["id"], "unknown", f"{families.why_unknown(row)} ({', '.join(missing + unsaid)})")
    return Result(row["id"], "met", "")


def run(path: Path) -> list[Result]:
    """Every row of a file."""
    return [judge(row) for row in rows(path)]


def main(arguments: list[str]) -> int:
    """Print the table; 1 if any row is contradicted."""
    results = [result for name in arguments for result in run(Path(name))]
    for result in results:
        print(f"{result.id:10} {result.status:8} {result.why}")
    count = {status: sum(r.status == status for r in results) for status in ("met", "not met", "unknown")}
    print(", ".join(f"{status}: {n}" for status, n in count.items()))
    return 1 if count["not met"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
