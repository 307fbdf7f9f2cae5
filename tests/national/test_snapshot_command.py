"""`teduh national snapshot`, `replay`, `book` and `who`, as an operator types them."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.db import connection

from teduh.cli import national
from teduh.contributions import expected
from teduh.core.errors import Refused
from tests import factories
from tests.journeys.nation.people import MONTH, YEAR, people, savings
from tests.journeys.paying import rows


@pytest.fixture(autouse=True)
def _house(committed_db, monkeypatch):
    """The command finds the test's own database."""
    found = connection.settings_dict
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///{found['NAME']}?host={found['HOST']}")


def typed(*words: str, ok: bool = True):
    found = CliRunner().invoke(national.command, list(words))
    assert (found.exit_code == 0) is ok, found.output
    return found


def test_a_month_is_read_assessed_replayed_and_booked(tmp_path):
    people()
    place = {name: str(tmp_path / name) for name in ("people", "assess", "booked", "again")}
    said = typed("snapshot", "--as-of", "2026-05-04", "--month", str(MONTH), "--out", place["people"])
    assert "24 rows in 1 files" in said.output
    typed("assess", "--snapshot", place["people"], "--out", place["assess"], "--month", str(MONTH), "--workers", "1")
    assert "Booking 1 is booked" in typed("book", place["assess"]).output
    assert expected.sums(month=MONTH)[2]["people"] == 4
    typed("snapshot", "--what", "booked", "--as-of", "2026-05-04", "--month", str(MONTH), "--out", place["booked"])
    options = ("--snapshot", place["booked"], "--out", place["again"], "--month", str(MONTH), "--workers", "1")
    assert "No row differs." in typed("replay", *options).output
    key = pq.read_table(tmp_path / "people" / "people-00000.parquet").column("id")[0].as_py()
    assert typed("who", str(key), "--why", "uji").output.split()[0] in ("enrolment", "employment")


def test_returns_are_proposed_by_one_account_and_approved_by_another(tmp_path):
    savings(factories.people(4))
    accounts, year = str(tmp_path / "accounts"), str(tmp_path / "year")
    first, second = factories.user("operator"), factories.user("operator")
    typed("snapshot", "--what", "savings", "--month", str(YEAR), "--as-of", "2021-01-15", "--out", accounts)
    typed("accrue", "--snapshot", accounts, "--out", year, "--month", str(YEAR), "--workers", "1")
    assert "is proposed" in typed("book", year, "--as", first.username, "--why", "Keputusan direksi").output
    found = typed("book", year, "--as", first.username, "--approve", ok=False)
    assert isinstance(found.exception, Refused) and found.exception.code == "same_person"
    assert "is booked" in typed("book", year, "--as", second.username, "--approve").output
    assert len(rows("SELECT party FROM ledger_accrual")) == 4
    assert "no such account" in typed("book", year, "--as", "siapa", ok=False).output
