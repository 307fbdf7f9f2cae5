"""Everything on record about somebody's work abroad, given to himself."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.journeys.migrants import own_record
from teduh.migrants.models import Event, Matter, MatterEntry, Paper, Relative
from teduh.security.models import Event as Audited
from tests import factories
from tests.coverage import placed
from tests.coverage.placed import D

pytestmark = pytest.mark.usefixtures("db")
ON = D("2026-06-01")


def whole():
    one = placed.departed(passport="C1234567", passport_until="2030-01-01")
    Event.objects.create(placement=one, kind="departed", on=D("2026-03-28"), teller="agency", note="Bandara Juanda")
    Paper.objects.create(placement=one, kind="visa")
    Relative.objects.create(person_id=one.person_id, name="Aminah", relation="mother", may=["see", "pay"], named_on=ON)
    matter = Matter.objects.create(
        number="K10000019", person_id=one.person_id, placement=one, kind="question", opened_on=ON, opener="worker"
    )
    for text, inside in (("Kapan bayar?", False), ("Catatan dalam", True)):
        MatterEntry.objects.create(matter=matter, speaker="worker", text=text, inside=inside)
    return one


def test_everything_is_in_it_as_json_and_the_inside_notes_are_not():
    one = whole()
    found = own_record.export(person=one.person_id, by=factories.actor("member", person=one.person_id), on=ON)
    (placement,) = found["placements"]
    assert (placement["passport"], placement["destination"]) == ("C1234567", "TW")
    assert placement["agreements"][0]["employer"] == "Chen Mei-ling"
    assert placement["events"][0]["note"] == "Bandara Juanda" and placement["papers"][0]["kind"] == "visa"
    assert [(fee["stage"], fee["amount"]) for fee in placement["fees"]] == [("before", 37_500), ("during", 332_500)]
    assert {span["phase"] for span in placement["cover"]} == {"before", "during"}
    assert found["relatives"][0]["name"] == "Aminah"
    assert [entry["text"] for entry in found["matters"][0]["entries"]] == ["Kapan bayar?"]
    assert json.loads(json.dumps(found)) == found


def test_only_himself_and_an_officer_with_a_purpose_get_it_and_it_is_recorded():
    one = whole()
    for role in ("agency", "mission", "family", "agent", "member"):
        with pytest.raises(Refused) as refused:
            own_record.export(person=one.person_id, by=factories.actor(role), on=ON)
        assert refused.value.status == 404
    officer = factories.actor("officer")
    with pytest.raises(Refused, match="purpose"):
        own_record.export(person=one.person_id, by=officer, on=ON)
    own_record.export(person=one.person_id, by=officer, on=ON, why="Permintaan salinan 4")
    assert Audited.objects.get(action="person.exported").why == "Permintaan salinan 4"


def test_statements_do_not_grow_with_the_placements():
    def cost(person: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            own_record.export(person=person, by=factories.actor("member", person=person), on=ON)
        return len(seen)

    one, two = whole().person_id, placed.departed()
    placed.tell(two, on="2028-04-10", home_on="2028-04-10", state="home")
    placed.placement(person=two.person_id, registered="2028-06-01")
    Matter.objects.create(number="K10000027", person_id=two.person_id, kind="question", opened_on=ON, opener="worker")
    assert cost(one) == cost(two.person_id)
