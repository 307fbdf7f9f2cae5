"""Joining as a migrant: alone, from abroad, or as a row of an agency's list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.journeys.migrants import people, register
from teduh.migrants import access, queries, reference
from teduh.migrants.models import Event, Organisation, Placement, Relative
from teduh.registry import actions as registry
from teduh.registry.facts import Admitted
from teduh.registry.models import Consent, Person
from teduh.security.access import SYSTEM
from teduh.security.models import Event as Audit
from tests import factories
from tests.journeys.migrants.abroad import account
from tests.migrants.people import AGREEMENT, ON, D, at, desk, newcomer, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def destinations():
    reference.load_reference()


def joins(by=SYSTEM, on=ON, key=None, why="", **more):
    return register.register(newcomer=newcomer(**more), by=by, on=on, at=at(on), key=key, why=why)


def known() -> int:
    """Siti Aminah, whom somebody else named before."""
    who = Admitted(nik="3301125203950001", name="Siti Aminah", birth_date=D("1995-03-12"), sex="F")
    return registry.admit(people=[who], by=SYSTEM, on=ON)[0][0]


def test_who_goes_on_her_own_is_registered_with_agreement_passport_and_consent():
    made = joins()
    view = queries.placement(by=SYSTEM, placement=made.placement, on=ON)
    assert (view.state, view.route, view.entry, view.ends_on) == ("registered", "individual", "before", AGREEMENT.ends)
    assert view.agreement.employer == "Lin Fu Co." and view.destination.currency == "TWD"
    assert [event.kind for event in view.events] == ["registered"] and view.passport_masked[1:5] == "••••"
    assert made.may_pay and made.is_new and made.number.startswith("M") and len(made.number) == 12
    assert Consent.objects.filter(person=made.person).count() == 1


def test_who_joins_from_abroad_without_papers_is_registered_and_told_what_is_waited_for():
    made = joins(abroad=True, agreement=None, passport=None, passport_until=None)
    assert not made.may_pay and made.waits_for and made.not_covered
    assert Placement.objects.get(pk=made.placement).state == "working"


def test_under_eighteen_is_refused_with_the_article_before_departure():
    born = ON - dt.timedelta(days=17 * 365)
    nik = f"330112{born.day + 40:02d}{born:%m%y}0007"
    with pytest.raises(Refused) as refused:
        joins(birth_date=born, nik=nik, agreement=None)
    assert "18/2017" in refused.value.why.id and Person.objects.count() == 0


def test_who_is_sent_by_her_own_company_is_shown_the_other_way():
    with pytest.raises(Refused):
        joins(scheme="company")


def test_a_second_open_placement_is_refused_and_the_same_key_gives_the_same_placement():
    first = joins(number=None, key="form-1", nik="3301125203950001", birth_date=D("1995-03-12"), name="Siti Aminah")
    again = joins(key="form-1", nik="3301125203950001", birth_date=D("1995-03-12"), name="Siti Aminah")
    assert (first.placement, first.number) == (again.placement, again.number)
    with pytest.raises(Refused) as refused:
        joins(nik="3301125203950001", birth_date=D("1995-03-12"), name="Siti Aminah")
    assert refused.value.code == "placement_is_open" and Placement.objects.count() == 1


def test_a_known_nik_with_another_name_is_refused_and_a_spelling_is_not():
    known()
    with pytest.raises(Refused) as refused:
        joins(nik="3301125203950001", birth_date=D("1995-03-12"), name="Budi Santoso")
    assert refused.value.code == "nik_of_somebody_else" and "Siti" not in str(refused.value.what)
    made = joins(nik="3301125203950001", birth_date=D("1995-03-12"), name="SITI AMINAH, S.Pd")
    assert not made.is_new


def test_a_member_registers_nobody_else():
    other = known()
    me = factories.actor("member")
    with pytest.raises(Refused):
        joins(by=me, nik="3301125203950001", birth_date=D("1995-03-12"), name="Siti Aminah")
    assert Placement.objects.filter(person=other).count() == 0


def test_without_consent_nobody_is_registered():
    with pytest.raises(Refused) as refused:
        joins(consent=False)
    assert refused.value.field == "consent"


def test_an_officer_says_why_and_it_is_recorded():
    officer = factories.actor("officer")
    with pytest.raises(Refused):
        joins(by=officer)
    made = joins(by=officer, why="Datang ke kantor cabang")
    assert Audit.objects.filter(subject=f"person:{made.person}", action="placement.registered").exists()


def test_an_agencys_list_is_registered_whole_with_the_same_number_of_statements():
    agency = organisation()
    clerk = desk(agency)
    counts = []
    for size in (10, 1000):
        rows = [newcomer(scheme="agency", organisation=agency) for _ in range(size)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            made = register.register_many(newcomers=rows, organisation=agency, by=clerk, on=ON, at=at())
        counts.append(len(asked))
        assert [one.is_new for one in made] == [True] * size
    assert counts[0] == counts[1]
    assert Event.objects.filter(kind="registered", teller="agency").count() == 1010


def test_a_list_is_all_or_none_and_says_which_row():
    agency = organisation()
    rows = [newcomer(scheme="agency", organisation=agency) for _ in range(3)]
    rows[1] = newcomer(scheme="agency", organisation=agency, destination="ZZ")
    with pytest.raises(Refused) as refused:
        register.register_many(newcomers=rows, organisation=agency, by=desk(agency), on=ON, at=at())
    assert refused.value.field == "rows.2" and Placement.objects.count() == 0


def test_an_agency_registers_for_itself_only():
    mine, others = organisation(), organisation()
    with pytest.raises(Refused):
        joins(by=desk(mine), scheme="agency", organisation=others)
    with pytest.raises(Refused):
        joins(by=desk(mine, role="viewer"), scheme="agency", organisation=mine)


def test_who_places_is_on_record_works_and_is_of_the_kind_that_is_said():
    agency, mission = organisation(), organisation("mission")
    for wrong in ({"scheme": "government", "organisation": agency}, {"scheme": "agency", "organisation": mission},
                  {"scheme": "agency", "organisation": 999_999}):  # fmt: skip
        with pytest.raises(Refused) as refused:
            joins(**wrong)
        assert refused.value.field == "organisation"
    Organisation.objects.filter(pk=agency).update(ended_on=ON)
    with pytest.raises(Refused):
        joins(scheme="agency", organisation=agency)


def test_an_agencys_list_names_its_own_people_and_a_missions_those_it_serves():
    mine, others, mission = organisation(), organisation(), organisation("mission", seat="TW")
    put = {"on": ON, "at": at()}
    foreign = [newcomer(scheme="agency", organisation=mine), newcomer(scheme="agency", organisation=others)]
    with pytest.raises(Refused) as refused:
        register.register_many(newcomers=foreign, organisation=mine, by=desk(mine), **put)
    assert refused.value.field == "rows.2"
    with pytest.raises(Refused):
        elsewhere = [newcomer(destination="HK", abroad=True)]
        register.register_many(newcomers=elsewhere, organisation=mission, by=desk(mission), **put)
    there = [newcomer(destination="TW", abroad=True), newcomer(scheme="agency", organisation=others, abroad=True)]
    assert len(register.register_many(newcomers=there, organisation=mission, by=desk(mission), **put)) == 2


class TestWhoSeesWhom:
    def test_an_agency_sees_its_own_people_and_nobody_else(self):
        mine, others = organisation(), organisation()
        own = joins(scheme="agency", organisation=mine)
        foreign = joins(scheme="agency", organisation=others)
        clerk = desk(mine)
        assert queries.placement(by=clerk, placement=own.placement, on=ON).number == own.number
        with pytest.raises(Refused) as refused:
            queries.placement(by=clerk, placement=foreign.placement, on=ON)
        assert refused.value.status == 404
        assert [row.placement for row in people.people(by=clerk, on=ON).rows] == [own.placement]

    def test_a_mission_sees_those_in_the_countries_it_serves(self):
        kdei = desk(organisation("mission", seat="TW"))
        there, elsewhere = joins(destination="TW"), joins(destination="HK")
        assert [row.placement for row in people.people(by=kdei, on=ON).rows] == [there.placement]
        with pytest.raises(Refused):
            queries.placement(by=kdei, placement=elsewhere.placement, on=ON)

    def test_a_list_of_people_takes_the_same_statements_for_ten_and_for_a_hundred(self):
        agency = organisation()
        clerk, counts = desk(agency), []
        for size in (10, 90):
            rows = [newcomer(scheme="agency", organisation=agency) for _ in range(size)]
            register.register_many(newcomers=rows, organisation=agency, by=clerk, on=ON, at=at())
            with CaptureQueriesContext(connection) as asked:
                listed = people.people(by=clerk, on=ON, limit=200)
            counts.append(len(asked))
        assert len(listed.rows) == listed.total == 100 and counts[0] == counts[1]

    def test_a_relative_sees_as_far_as_she_was_allowed_and_not_after_it_ended(self):
        made = joins()
        wife = factories.actor("family")
        named = Relative.objects.create(person_id=made.person, name="Budi", relation="spouse", may=["see"],
                                        user_id=wife.user, named_on=ON)  # fmt: skip
        assert queries.placement(by=wife, placement=made.placement, on=ON).number == made.number
        with pytest.raises(Refused):
            access.require(by=wife, what="pay", placement=made.placement)
        Relative.objects.filter(pk=named.pk).update(may=["see", "pay"])
        access.require(by=wife, what="pay", placement=made.placement)
        Relative.objects.filter(pk=named.pk).update(ended_on=ON)
        with pytest.raises(Refused):
            queries.placement(by=wife, placement=made.placement, on=ON)

    def test_every_look_of_another_is_recorded_and_ones_own_is_not(self):
        made = joins()
        me = account(made.person)
        looks = Audit.objects.filter(subject=f"person:{made.person}", action="placement.view")
        queries.placement(by=me, placement=made.placement, on=ON)
        assert not looks.exists()
        queries.placement(by=factories.actor("officer"), placement=made.placement, on=ON, why="Telepon dari peserta")
        assert looks.count() == 1

    def test_an_officer_needs_a_purpose_and_a_stranger_sees_nothing(self):
        made = joins()
        with pytest.raises(Refused):
            people.people(by=factories.actor("officer"), on=ON)
        assert people.people(by=factories.actor("officer"), on=ON, why="Laporan").total == 1
        for role in ("member", "agent", "employer", "family"):
            with pytest.raises(Refused):
                queries.placement(by=factories.actor(role), placement=made.placement, on=ON, why="x")

    def test_the_list_is_masked_counted_and_searched(self):
        made = joins(name="Siti Aminah")
        joins(name="Rukmini Wati", agreement=None, abroad=True)
        by = factories.actor("officer")
        listed = people.people(by=by, on=ON, why="Laporan")
        assert listed.counts["unprotected"] == 2 and listed.counts["waiting"] == 1
        assert all("•" in row.nik_masked for row in listed.rows)
        assert [r.placement for r in people.people(by=by, on=ON, why="x", search=made.number).rows] == [made.placement]
        assert [r.placement for r in people.people(by=by, on=ON, why="x", search="aminah").rows] == [made.placement]


def test_a_missions_statement_is_not_an_agencys_or_a_workers_word():
    agency = organisation()
    papers = (("mission", None),)
    with pytest.raises(Refused) as refused:
        joins(by=desk(agency), scheme="agency", organisation=agency, abroad=True, passport=None, papers=papers)
    assert refused.value.code == "statement_without_file"
    kdei = desk(organisation("mission"))
    assert joins(by=kdei, abroad=True, passport=None, passport_until=None, papers=papers).may_pay
