"""How many statements a list takes does not depend on its rows. They are counted on the wire, COPY and all."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from teduh.journeys.migrants import differences, lists
from teduh.security.access import Actor
from tests.journeys.migrants import listed
from tests.migrants import people

ON, AT = listed.ON, listed.AT
SENT = re.compile(r"^F\t\d+\t(?:Query|Execute)\t", re.M)


def statements(work: Callable[[], object]) -> int:
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


def counted(of: int, by: Actor, purpose: str, rows: list[dict[str, object]]) -> tuple[int, int]:
    found: list = []
    checking = statements(lambda: found.append(listed.check(of, by, purpose, *rows, whole=True)))
    committing = statements(lambda: found.append(lists.commit(list=found[0].list, by=by, on=ON, at=AT)))
    return checking, committing


def theirs(numbers: range) -> list[dict[str, object]]:
    """Some agree, some differ in each way, some we do not have, some are unsure."""
    changes: tuple[dict[str, object], ...] = (
        {}, {"passport": "X1234567"}, {"ends": dt.date(2029, 1, 1)}, {"destination": "HONG KONG"}, {"paid": "LUNAS"},
        {"nik": ""}, {"nik": "", "passport": ""}, {"name": "JOKO WIDIANTO", "passport": ""},
    )  # fmt: skip
    rows = []
    for n in numbers:
        change = dict(changes[n % len(changes)])
        if "passport" in change and change["passport"]:
            change["passport"] = f"X{n:07d}"
        rows.append(listed.person(n, **change))
    return rows


@pytest.mark.usefixtures("db", "regions")
def test_a_list_of_ten_and_one_of_a_thousand_take_the_same_number_of_statements():
    of = people.organisation()
    by = people.desk(of)
    counted(of, by, "enter", [listed.person(n) for n in range(3)])  # what is remembered is remembered now
    few = counted(of, by, "enter", [listed.person(n) for n in range(100, 110)])
    many = counted(of, by, "enter", [listed.person(n) for n in range(1_000, 2_000)])
    assert few == many
    assert sum(many) < 90


@pytest.mark.usefixtures("db", "regions")
def test_comparing_and_exporting_take_the_same_number_of_statements_for_ten_and_for_a_thousand():
    found = []
    for numbers, others in ((range(16), range(2_000, 2_008)), (range(1_000, 2_000), range(5_000, 5_008))):
        of = people.organisation()
        by = people.desk(of)
        listed.done(of, by, "enter", *(listed.person(n) for n in numbers))
        rows = theirs(numbers) + [listed.person(n) for n in others]
        compared = counted(of, by, "compare", rows)
        exported = statements(lambda of=of, by=by: differences.export(organisation=of, on=ON, by=by))
        shown = statements(lambda by=by: differences.open_(by=by, limit=8))
        found.append((*compared, exported, shown))
    assert found[0] == found[1]
