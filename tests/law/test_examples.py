"""Every example is met by the law or listed with the reason."""

import csv
from pathlib import Path

import pytest

from tests.law import adapter

CASES = Path(__file__).parent / "cases"
ROWS = [row for name in adapter.FILES for row in adapter.rows(CASES / name)]
with (CASES / "not_met.csv").open(encoding="utf-8") as file:
    LISTED = {row["id"]: row["reason"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_an_example_is_met_or_listed_with_its_reason(row):
    result = adapter.judge(row)
    if row["id"] in LISTED:
        assert result.status != "met", "the law meets this row now: take it off the list"
        assert LISTED[row["id"]]
    else:
        assert result.status == "met", f"{row['citation']} <{row['source_url']}>: {result.why}"


def test_the_list_names_only_examples_that_exist():
    assert set(LISTED) <= {row["id"] for row in ROWS}


def test_the_adapter_sees_a_wrong_figure():
    row = next(row for row in ROWS if row["id"] == "D010")
    wrong = {**row, "expected": {**row["expected"], "jkk": 12001}}
    assert adapter.judge(wrong).status == "not met"


def test_the_adapter_runs_from_the_command_line(capsys):
    assert adapter.main([str(CASES / adapter.FILES[1])]) == 0
    assert "not met: 0" in capsys.readouterr().out
