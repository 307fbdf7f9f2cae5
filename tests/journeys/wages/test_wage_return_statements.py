"""How many statements a return takes does not depend on its workers. They are counted on the wire, COPY and all."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.journeys.wages import wage_return
from teduh.law.months import Month
from teduh.security.access import SYSTEM
from teduh.security.models import Role
from tests import factories
from tests.data.returns import workers
from tests.employers import firms

SENT = re.compile(r"^F\t\d+\t(?:Query|Execute)\t", re.M)
AT = dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)


def statements(work) -> int:
    """What is sent to the server while `work` runs."""
    connection.ensure_connection()
    with tempfile.NamedTemporaryFile() as log:
        wire = connection.connection.pgconn
        wire.trace(log.fileno())
        wire.set_trace_flags(1)
        try:
            work()
        finally:
            wire.untrace()
        return len(SENT.findall(Path(log.name).read_text(encoding="latin-1")))


def counted(count: int, seed: int) -> list[int]:
    """Statements of each check and each filing of two months: the first with everybody new, the second with the same
    people, some of whom earn more."""
    firm, made, found = firms.employer(), workers.make(count, seed=seed), []
    for number, staff in ((3, made), (4, [w._replace(pay=w.pay + 1_000) for w in made])):
        month, reports = Month(2026, number), []
        on = month.plus(1).first
        content = workers.as_csv(staff)

        def checking(month=month, on=on, content=content, reports=reports):
            reports.append(wage_return.check(
                employer=firm, month=month, content=content, name="upah.csv", by=SYSTEM, on=on, at=AT))  # fmt: skip

        def filing(on=on, reports=reports):
            assert wage_return.file(wage_return=reports[0].wage_return, by=SYSTEM, on=on, at=AT).workers == count

        found += [statements(checking), statements(filing)]
    return found


@pytest.mark.usefixtures("db")
def test_a_hundred_workers_and_a_thousand_take_the_same_statements():
    counted(3, seed=70)  # what is remembered from return to return is remembered now
    few, many = counted(100, seed=71), counted(1_000, seed=72)
    assert few == many
    assert few[1] > few[3] > 0  # admitting and hiring people takes more


@pytest.mark.usefixtures("db")
def test_a_month_of_known_workers_is_filed_billed_and_booked_in_twenty_statements():
    owner = factories.user(Role.EMPLOYER)
    firm, made = firms.employer(owner=owner), workers.make(30, seed=73)
    by = factories.actor(Role.EMPLOYER, account=owner)
    for number in (3, 4):
        month = Month(2026, number)
        asked = {"by": by, "on": month.plus(1).first, "at": AT}
        with CaptureQueriesContext(connection) as checking:
            report = wage_return.check(
                employer=firm, month=month, content=workers.as_csv(made), name="upah.csv", **asked
            )
        with CaptureQueriesContext(connection) as filing:
            wage_return.file(wage_return=report.wage_return, **asked)
        made = [worker._replace(pay=worker.pay + 1_000) for worker in made]
    said = [[q["sql"] for q in found if "SAVEPOINT" not in q["sql"]] for found in (checking, filing)]
    assert any("COPY employers_wageline" in statement for statement in said[1])
    assert len(said[0]) <= 12
    assert len(said[1]) <= 20
