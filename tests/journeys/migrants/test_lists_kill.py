"""A process that works through lists is killed (SIGKILL) at random moments, and several enter the same people at once:
nobody is lost, nobody is registered twice, and no list is done in part."""

from __future__ import annotations

import multiprocessing
import random
import time

import pytest
from django.db import connections

from teduh.core.errors import Refused
from teduh.journeys.migrants import lists
from teduh.migrants.models import Agreement, Difference, Event, Placement, PlacementList, PlacementRow
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from tests.journeys.migrants import listed
from tests.migrants import people

KILLS, ROWS, MOST_LISTS = 25, 12, 60
ON, AT = listed.ON, listed.AT
FORK = multiprocessing.get_context("fork")


def content(numbers: range | list[int]) -> bytes:
    return listed.sheet(*(listed.person(n) for n in numbers))


def work(of: int, purpose: str, contents: list[bytes]) -> None:
    """What the child process does: check and commit each; who is told to do it again does it again."""
    for one in contents:
        for _ in range(5):
            found = lists.check(organisation=of, purpose=purpose, content=one, name="daftar.csv", as_of=ON, by=SYSTEM,
                                on=ON, at=AT, whole=True)  # fmt: skip
            if not found.may_commit:
                break
            try:
                lists.commit(list=found.list, by=SYSTEM, on=ON, at=AT)
                break
            except Refused as refused:
                assert refused.code in ("list_again", "list_not_ready")
    connections.close_all()


def started(of: int, purpose: str, *contents: bytes) -> multiprocessing.Process:
    """A child with connections of its own: the parent's are closed before it forks."""
    connections.close_all()
    child = FORK.Process(target=work, args=(of, purpose, list(contents)))
    child.start()
    return child


def require_everybody_once(count: int) -> None:
    persons = list(Person.objects.all())
    assert len(persons) == len({person.nik for person in persons}) == count
    assert Placement.objects.count() == Placement.objects.values("person").distinct().count() == count
    assert (Agreement.objects.count(), Event.objects.filter(kind="registered").count()) == (count, count)


@pytest.mark.usefixtures("regions", "committed_db")
def test_killed_at_random_moments_a_list_still_registers_each_person_once():
    chance = random.Random(20260504)
    of = people.organisation()
    parts = [range(start, start + ROWS) for start in range(0, MOST_LISTS * ROWS, ROWS)]
    work(of, "enter", [content(parts[0])])
    began = time.monotonic()
    started(of, "enter", content(parts[1])).join()
    took = time.monotonic() - began
    kills, place = 0, 2
    while kills < KILLS and place < MOST_LISTS:
        child = started(of, "enter", content(parts[place]))
        child.join(timeout=chance.uniform(0, 0.95 * took))
        child.kill()
        child.join()
        kills += child.exitcode == -9
        there = Placement.objects.filter(passport_index__in=_indexes(parts[place])).count()
        assert there in (0, ROWS)
        place += there == ROWS  # the next kill is for a list that is not done yet
    assert kills == KILLS
    used = parts[: place + 1]
    for part in used:
        work(of, "enter", [content(part)])
    require_everybody_once(len(used) * ROWS)
    assert set(PlacementList.objects.values_list("state", flat=True)) == {"committed"}
    assert set(PlacementRow.objects.values_list("state", flat=True)) == {"entered"}


def _indexes(part: range) -> list[bytes]:
    from teduh.migrants import facts

    return [facts.passport_index(people.newcomer(n).passport or "") for n in part]


@pytest.mark.usefixtures("regions", "committed_db")
def test_three_processes_with_the_same_people_in_the_same_and_in_other_lists_register_each_once():
    of = people.organisation()
    same, turned, half = content(range(60)), content(list(range(60))[::-1]), content(range(20, 40))
    children = [started(of, "enter", same), started(of, "enter", same, turned), started(of, "enter", turned, half)]
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    require_everybody_once(60)


@pytest.mark.usefixtures("regions", "committed_db")
def test_a_comparison_that_is_killed_leaves_nothing_and_done_again_leaves_each_difference_once():
    chance = random.Random(7)
    of = people.organisation()
    work(of, "enter", [content(range(ROWS))])
    theirs = content(range(4, ROWS + 4))
    for _ in range(8):
        child = started(of, "compare", theirs)
        child.join(timeout=chance.uniform(0, 0.3))
        child.kill()
        child.join()
        assert Difference.objects.count() in (0, 8)
    work(of, "compare", [theirs, theirs])
    assert sorted(Difference.objects.values_list("kind", "state")) == [
        *[("not_here", "open")] * 4, *[("not_there", "open")] * 4,
    ]  # fmt: skip
