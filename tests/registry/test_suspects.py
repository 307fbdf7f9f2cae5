"""Records that may be one person are flagged when somebody joins, with evidence that holds no personal data."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.registry import queries
from teduh.registry.models import Duplicate
from tests import factories
from tests.registry.newcomers import FAR, NEIGHBOUR, enrolled, newcomer

pytestmark = pytest.mark.usefixtures("db", "regions")
FAR_AWAY = {"registered_at": FAR, "lives_in": FAR, "works_in": FAR}
NEAR = {"registered_at": NEIGHBOUR, "lives_in": NEIGHBOUR, "works_in": NEIGHBOUR}


def codes(flagged):
    return {piece["code"] for piece in flagged.evidence}


def second(first: dict, then: dict):
    """What is flagged when these two join one after the other."""
    enrolled(newcomer(**first))
    return enrolled(newcomer(**then)).duplicates


@pytest.mark.parametrize(
    ("first", "then", "code"),
    [
        (
            {"name": "Rizky Pratama", "phone": "081277770001", "birth_date": "1990-01-02"},
            {"name": "Risky Pratama", "phone": "0812 7777 0001", "birth_date": "1991-03-04"} | FAR_AWAY,
            "phone",
        ),
        ({"name": "Nur Hayati"}, {"name": "Hj. Nurhayati"} | NEAR, "birth"),
        (
            {"nik": "3578011708850011", "name": "Muh. Yusuf Hamid"},
            {"nik": "3578011708850012", "name": "Yusuf Hamid"} | FAR_AWAY,
            "nik",
        ),
    ],
)
def test_one_person_under_two_records_is_flagged_with_the_evidence(first, then, code):
    (flagged,) = second(first, then)
    assert code in codes(flagged)
    assert all(piece["id"] and piece["en"] for piece in flagged.evidence)
    stored = json.dumps(Duplicate.objects.get(id=flagged.id).evidence)
    assert not any(word in stored for word in ("Rizky", "Hayati", "Yusuf", "3578", "7777"))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"name": "Slamet Rahardjo"}, {"name": "Slamet Rahardjo"} | FAR_AWAY | {"nik": "1101011708859999"}),
        ({"name": "Siti Aminah", "phone": "081277770002"}, {"name": "Siti Rohani", "phone": "081277770002"} | FAR_AWAY),
        ({"name": "Slamet Rahardjo"}, {"name": "Slamet Rahardjo", "birth_date": "1985-08-18"}),
    ],
)
def test_two_people_who_share_little_are_not_flagged(first, then):
    assert second(first, then) == ()


def test_a_phone_that_a_whole_village_shares_says_nothing():
    phone = "081277770003"
    names = ["Slamet", "Wahyudi", "Paimin", "Sutrisno", "Gunadi"]
    people = [
        newcomer(name=f"Slamet {names[n % 5]}", phone=phone, birth_date=f"19{60 + n}-01-02", nik=f"{n:06d}0201600001")
        for n in range(30)
    ]
    assert enrolled(*people).duplicates == ()


def test_a_pair_is_flagged_once_and_in_one_statement_however_many_join():
    couples = [newcomer(name=f"Warga Nomor{n % 26 * chr(97 + n % 26)}") for n in range(20)]
    enrolled(*couples)
    before = Duplicate.objects.count()
    twins = [newcomer(name=one.name) for one in couples[:5]]
    with CaptureQueriesContext(connection) as captured:
        flagged = enrolled(*twins).duplicates
    assert len(flagged) >= 5
    assert sum("registry_duplicate" in query["sql"] for query in captured.captured_queries) == 1
    assert enrolled(*twins).duplicates == ()
    assert Duplicate.objects.count() - before == len(flagged)


def test_officers_see_pairs_side_by_side_and_masked():
    enrolled(newcomer(name="Nur Hayati"))
    (flagged,) = enrolled(newcomer(name="Nurhayati")).duplicates
    (row,) = queries.duplicates(actor=factories.actor("officer"), why="periksa ganda")
    assert (row.id, row.first.id, row.second.id) == (flagged.id, flagged.first, flagged.second)
    assert row.second.name == "Nurhayati"
    assert "••••••" in row.first.nik
    assert row.state == "suspected"
