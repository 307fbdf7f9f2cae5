"""A migrant lets somebody at home act for him by a code shown once, no further than he says and as long as he says."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys.migrants import family
from teduh.migrants.models import Relative
from teduh.security.models import Event, User
from tests import factories
from tests.journeys.migrants.abroad import (
    AT,
    ON,
    account,
    called,
    covered,
    desk,
    organisation,
    placement,
    relative,
    said,
    working,
)  # fmt: skip

pytestmark = pytest.mark.django_db
PASSWORD = "tikar-laut-biru-9"


@pytest.fixture
def worker():
    one = working()
    return account(called(one.person_id, "Budi Santoso"))


def named(by, *, person=None, may=("see", "pay"), phone="081200000001", **more):
    given = {"name": "Siti Rahayu", "relation": "spouse", "on": ON, "at": AT, **more}
    return family.name(person=person or by.person, phone=phone, may=may, by=by, **given)


def refused(call, **given) -> str:
    with pytest.raises(Refused) as error:
        call(**given)
    return error.value.code


def test_a_code_makes_a_member_the_relative_who_may_what_was_said_and_works_once(worker):
    wife = account(factories.person())
    made = named(worker, may=["pay", "see"])
    assert family.spend(code=made.code.lower().replace("-", " "), by=wife, at=AT) == worker.person
    (one,) = family.mine(by=wife, on=ON)
    assert (one.name, one.may, one.protected_until) == ("Budi Santoso", ("see", "pay"), dt.date(2026, 8, 2))
    assert one.destination.id == "Taiwan"
    assert refused(family.spend, code=made.code, by=account(factories.person()), at=AT) == "family_code_wrong"
    assert "dipakai" in said("family.joined", person=worker.person)[0][0]


def test_no_code_is_kept_and_the_same_is_never_given_twice(worker):
    made = named(worker)
    row = Relative.objects.get()
    assert len(bytes(row.digest)) == 32 and made.code.replace("-", "").encode() not in bytes(row.digest)
    again = family.code_again(relative=made.relative, by=worker, at=AT)
    assert again.code != made.code
    wife = account(factories.person())
    assert refused(family.spend, code=made.code, by=wife, at=AT) == "family_code_wrong"
    assert family.spend(code=again.code, by=wife, at=AT) == worker.person


def test_somebody_who_is_no_member_opens_an_account_with_the_code_his_number_and_a_password(worker):
    made = named(worker)
    user = family.sign_up(code=made.code, phone="0812-0000-0001", password=PASSWORD, name="Siti Rahayu", at=AT)
    assert (user.role, user.username, user.get_full_name()) == ("family", "+6281200000001", "Siti R.")
    assert Relative.objects.get().user_id == user.pk


def test_a_weak_password_and_a_number_in_use_cost_no_try_and_leave_the_code_alive(worker):
    made = named(worker)
    given = {"code": made.code, "phone": "081200000001", "name": "Siti", "at": AT}
    assert refused(family.sign_up, password="1234", **given) == "weak_password"
    User.objects.create(username="+6281200000001", role="member")
    assert refused(family.sign_up, password=PASSWORD, **given) == "phone_has_account"
    assert refused(family.sign_up, password=PASSWORD, **{**given, "phone": ""}) == "phone_missing"
    assert Relative.objects.get().tries == 0
    assert family.sign_up(password=PASSWORD, **{**given, "phone": "081200000002"}).role == "family"


def wrong_code(code: str) -> str:
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def test_the_fifth_wrong_try_ends_a_code_and_the_fourth_does_not(worker):
    wife = account(factories.person())
    for tries, works in ((4, True), (5, False)):
        made = named(worker, phone=f"08120000001{tries}")
        for _ in range(tries):
            assert refused(family.spend, code=wrong_code(made.code), by=wife, at=AT) == "family_code_wrong"
        if works:
            assert family.spend(code=made.code, by=wife, at=AT) == worker.person
        else:
            assert refused(family.spend, code=made.code, by=wife, at=AT) == "family_code_wrong"


@pytest.mark.parametrize(("days", "works"), [(6, True), (7, False), (8, False)])
def test_a_code_lives_seven_days(worker, days, works):
    made = named(worker)
    at = AT + dt.timedelta(days=days)
    assert family.of(person=worker.person, by=worker, at=at)[0].state == ("waiting" if works else "expired")
    if works:
        assert family.spend(code=made.code, by=account(factories.person()), at=at)
    else:
        assert refused(family.spend, code=made.code, by=account(factories.person()), at=at) == "family_code_wrong"


@pytest.mark.parametrize("code", ["", "A", "\x00\ud800", "AAAA-AAAA", "Z" * 60, "OOOO-IIII-1111", "Ω" * 12])
def test_what_is_no_code_is_simply_wrong(worker, code):
    assert refused(family.spend, code=code, by=account(factories.person()), at=AT) == "family_code_wrong"


def test_nobody_is_his_own_family_and_an_agency_is_nobodys(worker):
    made = named(worker)
    assert refused(family.spend, code=made.code, by=worker, at=AT) == "own_family_code"
    agency = desk(organisation())
    assert refused(family.spend, code=made.code, by=agency, at=AT) == "not_allowed"
    assert family.spend(code=made.code, by=account(factories.person()), at=AT) == worker.person


def test_the_worker_ends_it_at_any_time_and_nothing_is_left(worker):
    wife = relative(worker.person)
    (row,) = family.of(person=worker.person, by=worker)
    family.end(relative=row.id, by=worker, on=ON)
    assert family.mine(by=wife, on=ON) == () and family.of(person=worker.person, by=worker) == ()
    assert refused(family.end, relative=row.id, by=worker, on=ON) == "not_found"


def test_a_code_that_waits_opens_nothing_after_the_end(worker):
    made = named(worker)
    family.end(relative=made.relative, by=worker, on=ON)
    assert refused(family.spend, code=made.code, by=account(factories.person()), at=AT) == "family_code_wrong"


def test_a_relative_lays_it_down_himself_and_nobody_elses(worker):
    wife = relative(worker.person)
    brother = relative(worker.person, phone="+6281200000002")
    first, second = family.of(person=worker.person, by=worker)
    assert refused(family.end, relative=second.id, by=wife, on=ON) == "not_found"
    family.end(relative=second.id, by=brother, on=ON)
    assert [one.id for one in family.of(person=worker.person, by=worker)] == [first.id]


def test_what_he_may_is_changed_by_the_worker_alone(worker):
    wife = relative(worker.person, may=["pay"])
    (row,) = family.of(person=worker.person, by=worker)
    assert refused(family.allow, relative=row.id, may=["see"], by=wife, on=ON) == "not_found"
    family.allow(relative=row.id, may=["speak", "see"], by=worker, on=ON)
    assert family.mine(by=wife, on=ON)[0].may == ("see", "speak")
    assert refused(family.allow, relative=row.id, may=[], by=worker, on=ON) == "family_may_nothing"
    assert refused(family.allow, relative=row.id, may=["inherit"], by=worker, on=ON) == "family_may_nothing"


def test_who_may_only_pay_sees_neither_state_nor_place_nor_cover(worker):
    wife = relative(worker.person, may=["pay"])
    (one,) = family.mine(by=wife, on=ON)
    assert (one.state, one.destination, one.protected_until) == ("", None, None)
    assert one.name == "Budi Santoso" and one.number


@pytest.mark.parametrize(("on", "until"), [
    (dt.date(2026, 8, 2), dt.date(2026, 8, 2)), (dt.date(2026, 8, 3), dt.date(2026, 9, 2)),
    (dt.date(2026, 9, 2), dt.date(2026, 9, 2)), (dt.date(2026, 9, 3), None),
])  # fmt: skip
def test_protected_until_is_the_paid_day_then_the_last_of_the_month_to_return_then_nothing(worker, on, until):
    assert family.mine(by=relative(worker.person), on=on)[0].protected_until == until


def test_each_reading_is_recorded_under_the_workers_name(worker):
    wife = relative(worker.person)
    before = Event.objects.filter(action="relative.read").count()
    family.mine(by=wife, on=ON)
    read = Event.objects.filter(action="relative.read", subject=f"person:{worker.person}", actor=wife.user)
    assert read.count() == before + 1


def test_looking_after_nobody_is_an_empty_list_and_no_record():
    assert family.mine(by=account(factories.person()), on=ON) == ()
    assert not Event.objects.filter(action="relative.read").exists()


def test_a_mission_and_an_officer_name_for_him_with_how_he_agreed_and_he_is_told(worker):
    mission = desk(organisation("mission"))
    assert refused(named, by=mission, person=worker.person) == "consent_missing"
    named(mission, person=worker.person, why="Ditelepon 4 Mei, setuju")
    named(factories.actor("officer"), person=worker.person, phone="081200000002", why="Surat kuasa 3 Mei")
    assert [title for title, _ in said("family.named", person=worker.person)] == [
        "Seseorang diberi akses sebagai keluarga Anda: periksa"
    ] * 2
    assert "Perwakilan RI mencatat Siti Rahayu" in said("family.named")[0][1]
    assert Event.objects.filter(action="relative.named", why="Ditelepon 4 Mei, setuju").count() == 1


def test_an_agency_names_for_its_own_people_alone_and_lets_nobody_speak():
    agency = organisation()
    clerk, other = desk(agency), desk(organisation())
    person = placement(by=agency).person_id
    given = {"person": person, "why": "Tanda tangan di formulir"}
    assert refused(named, by=clerk, may=["see", "speak"], **given) == "speak_is_the_workers_to_give"
    assert refused(named, by=other, **given) == "not_found"
    assert refused(named, by=desk(agency, role="viewer"), **given) == "not_found"
    made = named(clerk, **given)
    for call in (family.end, family.allow):
        more = {"may": ["see"]} if call is family.allow else {}
        assert refused(call, relative=made.relative, by=clerk, on=ON, why="x", **more) == "not_found"
    assert refused(family.of, person=person, by=clerk) == "not_found"


def test_neither_a_relative_nor_a_stranger_names_relatives(worker):
    wife = relative(worker.person, may=["see", "pay", "extend", "speak"])
    assert refused(named, by=wife, person=worker.person, phone="081200000009") == "not_found"
    assert refused(named, by=account(factories.person()), person=worker.person) == "not_found"
    assert refused(named, by=worker, person=987_654) == "not_found"


def test_the_same_phone_named_again_is_the_same_relative_with_a_new_code(worker):
    first, second = named(worker, may=["see"]), named(worker, may=["pay"])
    assert first.relative == second.relative and first.code != second.code
    assert [one.may for one in family.of(person=worker.person, by=worker)] == [("pay",)]
    family.spend(code=second.code, by=account(factories.person()), at=AT)
    assert refused(named, by=worker) == "already_family"


def test_an_account_that_spends_a_second_code_of_the_same_worker_is_one_relative(worker):
    wife = account(factories.person())
    family.spend(code=named(worker, may=["see"]).code, by=wife, at=AT)
    family.spend(code=named(worker, may=["pay"], phone="081200000002").code, by=wife, at=AT)
    assert [one.may for one in family.mine(by=wife, on=ON)] == [("pay",)]


def test_no_more_than_six(worker):
    for n in range(6):
        named(worker, phone=f"08120000010{n}")
    assert refused(named, by=worker, phone="081200000200") == "too_many_relatives"


def test_an_officer_reads_who_helps_for_a_purpose(worker):
    named(worker)
    officer = factories.actor("officer")
    assert refused(family.of, person=worker.person, by=officer) == "purpose_missing"
    assert family.of(person=worker.person, by=officer, why="Permintaan pekerja")[0].phone_masked.endswith("001")
    assert Event.objects.filter(action="relative.listed", subject=f"person:{worker.person}").count() == 1


def test_who_looks_after_many_costs_the_same_statements_as_one():
    counts = []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for size in (1, 12):
        me = account(factories.person())
        for _ in range(size):
            one = working()
            covered(one, "before", dt.date(2025, 4, 4), dt.date(2025, 5, 3))
            made = family.name(person=one.person_id, name="Siti", relation="other", phone=None, may=["see"],
                               by=account(one.person_id), on=ON, at=AT)  # fmt: skip
            family.spend(code=made.code, by=me, at=AT)
        with CaptureQueriesContext(connection) as captured:
            assert len(family.mine(by=me, on=ON)) == size
        counts.append(len(captured))
    assert counts[0] == counts[1]
