"""A process that enrols a file is killed (SIGKILL) at random moments, and several enrol the same people at once:
nobody is lost, nobody is enrolled twice, and no file is enrolled in part."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import time

import pytest
from django.db import connections

from teduh.journeys.joining import enrol_file
from teduh.registry.models import Consent, Enrolment, EnrolmentFile, EnrolmentRow, Evidence, Person
from teduh.security import crypto
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests.data.sheets import people

ON = dt.date(2026, 11, 22)
AT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
KILLS, ROWS, MOST_FILES = 50, 25, 80
FORK = multiprocessing.get_context("fork")


def work(contents: list[bytes]) -> None:
    """What the child process does: check and enrol, as the command does."""
    for content in contents:
        file = enrol_file.check(content=content, name="warga.csv", by=SYSTEM, on=ON).id
        enrol_file.commit(file=file, by=SYSTEM, on=ON, at=AT)
    connections.close_all()


def started(*contents: bytes) -> multiprocessing.Process:
    """A child with connections of its own: the parent's are closed before it forks."""
    connections.close_all()
    child = FORK.Process(target=work, args=(list(contents),))
    child.start()
    return child


def enrolled(part: list[people.Made]) -> int:
    """How many of these people the register holds."""
    indexes = [crypto.blind("nik", one.nik) for one in part]
    return Person.objects.filter(nik_index__in=indexes).count()


def require_everybody_once(count: int) -> None:
    persons = list(Person.objects.all())
    assert len(persons) == len({person.nik for person in persons}) == count
    assert len({person.member_number for person in persons}) == count
    for model in (Enrolment, Evidence, Consent):
        assert model.objects.count() == count, model
    assert Event.objects.filter(action="person.enrolled").count() == count


@pytest.mark.usefixtures("regions", "committed_db")
def test_killed_fifty_times_at_random_moments_it_still_enrols_each_person_once():
    chance = random.Random(20261122)
    made = people.make(MOST_FILES * ROWS, seed=3)
    parts = [made[start : start + ROWS] for start in range(0, len(made), ROWS)]
    work([people.plain_csv(parts[0])])
    began = time.monotonic()
    started(people.plain_csv(parts[1])).join()
    took = time.monotonic() - began
    kills, place = 0, 2
    while kills < KILLS and place < MOST_FILES:
        child = started(people.plain_csv(parts[place]))
        began = time.monotonic()
        child.join(timeout=chance.uniform(0, 0.9 * took))
        if child.exitcode == 0:  # whole before its kill: the machine is quicker now than when it was measured
            took = min(took, time.monotonic() - began)
        child.kill()
        child.join()
        kills += child.exitcode == -9
        there = enrolled(parts[place])
        assert there in (0, ROWS)
        assert there == ROWS or child.exitcode == -9
        place += there == ROWS  # the next kill is for a file that is not enrolled yet
    assert kills == KILLS
    used = parts[: place + 1]
    for part in used:
        work([people.plain_csv(part)])
    require_everybody_once(len(used) * ROWS)
    assert set(EnrolmentFile.objects.values_list("state", flat=True)) == {"committed"}
    assert set(EnrolmentRow.objects.values_list("state", flat=True)) == {"enrolled"}
    assert not EnrolmentRow.objects.filter(person=None).exists()


@pytest.mark.usefixtures("regions", "committed_db")
def test_four_processes_with_the_same_people_in_the_same_and_in_other_files_enrol_each_once():
    made = people.make(200, seed=4)
    same, turned = people.plain_csv(made), people.plain_csv(made[::-1])
    half = people.plain_csv(made[50:150])
    children = [started(same), started(same, turned), started(turned, half), started(half, same)]
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0, 0]
    require_everybody_once(200)
    states = EnrolmentRow.objects.values_list("state", flat=True)
    assert sum(state == "enrolled" for state in states) == 200
    assert set(states) == {"enrolled", "known"}
