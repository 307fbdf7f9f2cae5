"""Papers that come after registering: the list of UU 18/2017 Pasal 13, a new passport, the mission's statement."""

from __future__ import annotations

import pytest

from teduh.core.errors import Refused
from teduh.journeys.migrants import billing, papers
from teduh.migrants import facts, queries
from teduh.migrants.models import Placement
from teduh.security.access import SYSTEM
from tests.journeys.migrants.abroad import account
from tests.migrants.people import AGREEMENT, ON, D, at, desk, organisation, placed

pytestmark = pytest.mark.django_db


def shows(placement: int, *kinds: str, by=SYSTEM, **more):
    rows = [(kind, None, None) for kind in kinds]
    return papers.show(placement=placement, papers=rows, by=by, on=ON, at=at(), **more)


def test_the_list_names_what_is_shown_and_what_is_missing_with_its_letter():
    one = placed()
    asked = papers.checklist(placement=shows(one, "visa"), on=ON)
    assert {row.kind for row in asked if row.is_shown} == {"passport", "agreement", "visa"}
    assert next(row.article for row in asked if row.kind == "visa") == "UU 18/2017 Pasal 13 huruf f"
    assert "placement" not in {row.kind for row in asked}
    listed = placed(scheme="agency", organisation=organisation())
    assert len(papers.checklist(placement=queries.placement(by=SYSTEM, placement=listed, on=ON), on=ON)) == 8


def test_a_passport_has_expired_the_day_after_its_last_day():
    view = queries.placement(by=SYSTEM, placement=placed(passport_until=D("2026-12-31")), on=ON)
    for day, expired in (("2026-12-30", False), ("2026-12-31", False), ("2027-01-01", True)):
        (row,) = [row for row in papers.checklist(placement=view, on=D(day)) if row.kind == "passport"]
        assert row.has_expired is expired


def test_a_new_passport_is_the_one_she_is_found_by():
    one = placed(passport="C1111111")
    view = shows(one, passport="e 2222 333", passport_until=D("2033-01-01"))
    assert view.passport_masked == "E••••333" and view.passport_until == D("2033-01-01")
    assert bytes(Placement.objects.get(pk=one).passport_index) == facts.passport_index("E2222333")
    with pytest.raises(Refused):
        shows(one, passport="tidak ada")


def test_what_is_told_twice_is_noted_once():
    one = placed()
    before = shows(one, "visa")
    after = shows(one, "visa")
    assert len(after.papers) == len(before.papers) and len(after.events) == len(before.events)


def test_who_joined_abroad_without_papers_can_pay_after_the_missions_statement():
    one = placed(abroad=True, agreement=AGREEMENT, passport=None, passport_until=None)
    assert billing.quote(placements=[one], by=SYSTEM, on=ON).refused
    kdei = desk(organisation("mission"))
    shows(one, "mission", by=kdei)
    quote = billing.quote(placements=[one], by=SYSTEM, on=ON)
    assert quote.lines and not quote.refused


def test_a_workers_own_word_is_not_the_missions_statement():
    one = placed(abroad=True, passport=None, passport_until=None)
    me = account(Placement.objects.get(pk=one).person_id)
    with pytest.raises(Refused) as refused:
        shows(one, "mission", by=me)
    assert refused.value.code == "statement_without_file"
    papers.show(placement=one, papers=[("mission", b"x" * 32, None)], by=me, on=ON, at=at())
    assert "mission" in {paper.kind for paper in queries.placement(by=me, placement=one, on=ON).papers}


def test_unknown_kinds_and_strangers_are_refused():
    one = placed()
    with pytest.raises(Refused):
        shows(one, "ijazah")
    with pytest.raises(Refused) as refused:
        shows(one, "visa", by=desk(organisation()))
    assert refused.value.status == 404
