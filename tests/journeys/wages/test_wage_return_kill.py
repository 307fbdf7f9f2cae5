"""A process that files returns is killed (SIGKILL) at random moments, and two clerks file at once: no return is filed
in part, none twice, and the books agree with the lines."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import time

import pytest
from django.db import connections

from teduh.contributions.models import WageDue
from teduh.contributions.wages import BILLED
from teduh.core.errors import Refused
from teduh.employers.models import Employment, WageLine, WageReturn
from teduh.journeys.wages import wage_return
from teduh.law.months import Month
from teduh.ledger.models import Posting
from teduh.payments.models import Bill
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from tests.data.returns import workers
from tests.employers import firms

FIRST, ON = Month(2024, 1), dt.date(2026, 6, 1)
AT = dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC)
KILLS, MOST_MONTHS, PEOPLE = 15, 24, 12
FORK = multiprocessing.get_context("fork")


def work(firm: int, month: Month, content: bytes) -> None:
    report = wage_return.check(employer=firm, month=month, content=content, name="upah.csv", by=SYSTEM, on=ON, at=AT)
    wage_return.file(wage_return=report.wage_return, by=SYSTEM, on=ON, at=AT)
    connections.close_all()


def started(firm: int, month: Month, content: bytes) -> multiprocessing.Process:
    connections.close_all()
    child = FORK.Process(target=work, args=(firm, month, content))
    child.start()
    return child


def content(place: int) -> bytes:
    """Each month the same people, one of whom is new."""
    return workers.as_csv(workers.make(PEOPLE + place, seed=5))


@pytest.mark.usefixtures("committed_db")
def test_killed_at_random_moments_every_return_is_filed_whole_and_once():
    chance = random.Random(20261122)
    firm = firms.employer(from_month=FIRST)
    work(firm, FIRST, content(0))
    began = time.monotonic()
    started(firm, FIRST.plus(1), content(1)).join()
    took = time.monotonic() - began
    kills, place = 0, 2
    while kills < KILLS and place < MOST_MONTHS:
        month = FIRST.plus(place)
        child = started(firm, month, content(place))
        began = time.monotonic()
        child.join(timeout=chance.uniform(0.1 * took, 0.95 * took))
        if child.exitcode == 0:  # whole before its kill: the machine is quicker now than when it was measured
            took = min(took, time.monotonic() - began)
        child.kill()
        child.join()
        kills += child.exitcode == -9
        lines = WageLine.objects.filter(month=month).count()
        assert lines in (0, PEOPLE + place)
        place += lines > 0
    assert kills == KILLS
    for done in range(place + 1):
        work(firm, FIRST.plus(done), content(done))
    months = place + 1
    assert WageReturn.objects.filter(state="filed").count() == Bill.objects.count() == months
    assert WageLine.objects.count() == WageDue.objects.count() == sum(PEOPLE + n for n in range(months))
    assert Person.objects.count() == Employment.objects.count() == PEOPLE + place
    owed = sum(sum(getattr(due, name) for name in BILLED) for due in WageDue.objects.all())
    assert owed == sum(Bill.objects.values_list("amount", flat=True))
    assert owed == sum(Posting.objects.filter(entry__kind="assessed").values_list("amount", flat=True))


def file_as(clerk: int, firm: int, result) -> None:
    try:
        report = wage_return.check(
            employer=firm, month=FIRST, content=workers.as_csv(workers.make(20 + clerk, seed=6)), name="upah.csv",
            by=SYSTEM, on=ON, at=AT,
        )  # fmt: skip
        filed = wage_return.file(wage_return=report.wage_return, by=SYSTEM, on=ON, at=AT)
        result.put(("filed", filed.version))
    except Refused as refused:
        result.put(("told", refused.code))
    connections.close_all()


@pytest.mark.usefixtures("committed_db")
def test_of_clerks_who_file_other_files_at_once_each_wins_or_is_told():
    firm = firms.employer(from_month=FIRST)
    connections.close_all()
    result = FORK.Queue()
    children = [FORK.Process(target=file_as, args=(clerk, firm, result)) for clerk in range(3)]
    for child in children:
        child.start()
    outcomes = [result.get(timeout=120) for _ in children]
    for child in children:
        child.join()
    versions = sorted(version for what, version in outcomes if what == "filed")
    assert versions == list(range(1, len(versions) + 1)) != []
    assert {code for what, code in outcomes if what == "told"} <= {"return_replaced", "return_overtaken"}
    assert WageReturn.objects.filter(state="filed", version=1).count() == 1
