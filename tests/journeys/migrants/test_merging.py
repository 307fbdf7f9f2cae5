"""Two records of one person with placements become one: placements, family and matters go with him, cover follows."""

from __future__ import annotations

import pytest

from teduh.core.errors import Refused
from teduh.coverage import queries as coverage
from teduh.coverage.models import Span
from teduh.journeys.joining import merge
from teduh.migrants.models import Matter, Placement, Relative
from tests import factories
from tests.coverage import placed
from tests.coverage.placed import D
from tests.registry.newcomers import AT, ON

pytestmark = pytest.mark.usefixtures("db", "regions")


def merged(keep: int, away: int) -> int | None:
    first, second = factories.actor("officer"), factories.actor("officer")
    pair = merge.pair(one=keep, other=away, by=first)
    merge.propose(duplicate=pair, keep=keep, why="Paspor sama", by=first, on=ON, at=AT)
    return merge.decide(duplicate=pair, merge=True, why="KK diperiksa", by=second, on=ON, at=AT)


def test_a_placement_goes_with_who_lives_on_and_covers_him():
    one = placed.departed()
    away, keep = one.person_id, placed.migrant()
    user = factories.user("family")
    for person in (away, keep):
        Relative.objects.create(person_id=person, name="Ibu", relation="mother", may=["see"], user=user, named_on=ON)
    Matter.objects.create(number="K10000019", person_id=away, placement=one, kind="question", opened_on=ON, opener="x")
    assert merged(keep, away) == keep
    assert Placement.objects.get(id=one.id).person_id == keep
    assert {span.person_id for span in Span.objects.filter(placement=one)} == {keep}
    assert coverage.protection(person=keep, on=D("2026-06-01")).state == "protected"
    assert coverage.protection(person=away, on=D("2026-06-01")).person == keep
    assert Matter.objects.get(number="K10000019").person_id == keep
    assert Relative.objects.filter(person_id=keep, ended_on=None).count() == 1
    assert Relative.objects.filter(person_id=away).count() == 0


def test_two_open_placements_must_be_put_right_first():
    one, other = placed.departed(), placed.placement()
    with pytest.raises(Refused) as refused:
        merged(one.person_id, other.person_id)
    assert refused.value.code == "both_abroad" and one.number in refused.value.why.id
    placed.tell(other, on="2026-03-01", state="cancelled")
    assert merged(one.person_id, other.person_id) == one.person_id
    assert Placement.objects.filter(person_id=one.person_id).count() == 2


def test_a_placement_of_each_time_of_life_covers_under_one_name():
    first = placed.departed()
    placed.tell(first, on="2028-04-10", debarked_on="2028-04-10", home_on="2028-04-10", state="home")
    second = placed.placement(registered="2028-04-20", agreements=[("2028-07-01", "2030-06-30")])
    placed.pay(second, "before", "2028-04-25")
    assert merged(second.person_id, first.person_id) == second.person_id
    found = coverage.protection(person=second.person_id, on=D("2028-05-01"))
    assert found.state == "protected" and found.sources[0].placement == second.id
