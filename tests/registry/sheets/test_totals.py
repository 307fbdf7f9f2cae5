"""Rows of totals are nobody, wherever the village writes the count, and a wrong count is said."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.journeys.joining import enrol_file
from teduh.registry.models.files import RowState
from tests import factories
from tests.data.sheets import people

ON = dt.date(2026, 4, 10)
pytestmark = pytest.mark.usefixtures("db", "regions")


def read(total: str):
    content = people.plain_csv(people.make(3)) + total.encode()
    return enrol_file.check(content=content, name="warga.csv", by=factories.actor("agent"), on=ON)


@pytest.mark.parametrize("place", range(2))
@pytest.mark.parametrize(("count", "is_said"), [("3", False), ("5", True), ("5 orang", True)])
def test_a_count_beside_the_word_is_no_person(place: int, count: str, is_said: bool):
    header = people.plain_csv(people.make(1)).decode().splitlines()[0]
    mark = next(sign for sign in ";,\t" if sign in header)
    cells = [""] * (header.count(mark) + 1)
    cells[place : place + 2] = ["JUMLAH", count]  # number and NIK, or NIK and name
    report = read(mark.join(cells) + "\n")
    assert report.counts.get(RowState.MEND, 0) == 0
    assert report.people == 3
    assert ("sum_people" in {note.code for note in report.notes}) is is_said
