"""How many statements a file takes does not depend on its rows. They are counted on the wire, COPY and all."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path

import pytest
from django.db import connection

from teduh.journeys.joining import enrol_file
from teduh.security.models import Role
from tests import factories
from tests.data.sheets import people

ON = dt.date(2026, 11, 22)
AT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
SENT = re.compile(r"^F\t\d+\t(?:Query|Execute)\t", re.M)


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


def counted(rows: int, seed: int) -> tuple[int, int]:
    by = factories.actor(Role.AGENT)
    content = people.plain_csv(people.make(rows, seed=seed))
    found = []
    checking = statements(lambda: found.append(enrol_file.check(content=content, name="warga.csv", by=by, on=ON)))
    committing = statements(lambda: enrol_file.commit(file=found[0].id, by=by, on=ON, at=AT))
    assert enrol_file.show(file=found[0].id, by=by).counts == {"enrolled": rows}
    return checking, committing


@pytest.mark.usefixtures("db", "regions")
def test_a_hundred_rows_and_five_thousand_take_the_same_number_of_statements():
    counted(10, seed=70)  # what is remembered from file to file is remembered now
    few, many = counted(100, seed=71), counted(5_000, seed=72)
    assert few == many
    assert 0 < few[0] <= 25
    assert 0 < few[1] <= 40
