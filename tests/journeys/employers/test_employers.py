"""A firm registers and says what it is; what counts from a month on never changes a month before it."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from teduh.core.errors import Refused
from teduh.employers import numbers, queries, reference
from teduh.employers.models import Employer, RiskClass, Staff, WageReturn
from teduh.journeys.employers import employers
from teduh.law.months import Month
from teduh.security import crypto
from teduh.security.models import Event, Role, User
from tests import factories

ON = dt.date(2026, 4, 10)
AT = dt.datetime(2026, 4, 10, 3, 0, tzinfo=dt.UTC)
MARCH, APRIL, MAY = Month(2026, 3), Month(2026, 4), Month(2026, 5)
WHY = "Datang ke kantor"


def owner(account: User | None = None):
    return factories.actor(account=account or factories.user(Role.EMPLOYER))


def new(**wanted):
    told = {
        "name": "PT Maju Jaya", "legal_form": "PT", "nib": None, "npwp": None, "activity": "Jasa titip barang",
        "risk_class": 3, "evidence": "NIB", "capital": 6_000_000_000, "contact_name": "Siti Aminah",
        "contact_position": "HRD", "contact_phone": "081234567890",
    }  # fmt: skip
    return employers.NewFirm(**told | wanted)


def register(by=None, *, key: str | None = None, **wanted):
    return employers.register(firm=new(**wanted), by=by or owner(), on=ON, at=AT, key=key)


def filed(employer: int, *months: Month) -> None:
    for month in months:
        WageReturn.objects.create(employer_id=employer, month=month, version=1, state="filed", filed_on=ON)


@pytest.mark.django_db
class TestRegistering:
    def test_a_firm_gets_its_number_and_who_registers_it_owns_it(self):
        by = owner()
        made = register(by, nib="1234567890123", npwp="01.234.567.8-901.000")
        firm = Employer.objects.get(id=made.employer)
        assert numbers.is_npp(made.npp)
        assert (firm.npwp, bytes(firm.npwp_index)) == ("012345678901000", numbers.npwp_index("012345678901000"))
        assert [(row.id, row.role) for row in queries.firms_of(by=by)] == [(made.employer, "owner")]

    def test_the_tax_number_is_encrypted_and_shown_masked(self):
        by = owner()
        made = register(by, npwp="012345678901000")
        with connection.cursor() as cursor:
            cursor.execute("SELECT npwp FROM employers_employer WHERE id = %s", [made.employer])
            stored = bytes(cursor.fetchone()[0])
        assert b"012345678901000" not in stored
        assert crypto.decrypt(stored) == "012345678901000"
        assert queries.firm(by=by, employer=made.employer).npwp == "••••••••••••000"

    @pytest.mark.parametrize(
        ("capital", "size", "mandatory"),
        [
            (1_000_000_000, "micro", ("JKK", "JKM")),
            (1_000_000_001, "small", ("JKK", "JKM", "JHT")),
            (5_000_000_000, "small", ("JKK", "JKM", "JHT")),
            (5_000_000_001, "medium", ("JKK", "JKM", "JHT", "JP")),
            (10_000_000_001, "large", ("JKK", "JKM", "JHT", "JP")),
        ],
    )
    def test_its_size_makes_programmes_mandatory(self, capital, size, mandatory):
        made = register(capital=capital)
        assert (made.mandatory.size, made.mandatory.programmes, made.programmes) == (size, mandatory, mandatory)
        assert made.mandatory.articles == ("Perpres 109/2013 Pasal 6(3)",)

    def test_what_is_chosen_besides_is_in_and_what_is_mandatory_cannot_be_left_out(self):
        assert register(capital=500_000_000, programmes=("JHT",)).programmes == ("JKK", "JKM", "JHT")
        assert register(capital=6_000_000_000, programmes=("JKK",)).programmes == ("JKK", "JKM", "JHT", "JP")

    def test_jkp_needs_every_programme_and_health_insurance(self):
        assert register().has_jkp
        without = register(health_insured=False)
        assert not without.has_jkp
        assert "JKN" in without.jkp_because[0].id

    def test_without_capital_and_sales_the_size_is_asked_for(self):
        with pytest.raises(Refused, match="size_unknown"):
            register(capital=None)

    def test_the_deadlines_come_from_the_law(self):
        form, neglect = register().deadlines
        assert (form.code, form.until) == ("registration_form", dt.date(2026, 5, 29))
        assert (neglect.code, neglect.until, neglect.is_past) == ("manifest_neglect", dt.date(2026, 4, 21), False)
        assert neglect.articles == ("PP 44/2015 Pasal 10(1)",)

    def test_who_employed_before_registering_is_told_that_the_time_is_over(self):
        made = register(from_month=Month(2026, 1))
        assert made.deadlines[1].is_past
        assert queries.in_force(employer=made.employer, month=Month(2026, 1)).size == "medium"

    def test_a_first_month_to_come_is_refused(self):
        with pytest.raises(Refused, match="month_to_come"):
            register(from_month=MAY)

    def test_what_is_missing_is_said(self):
        said = [text.id for text in register(contact_name="").missing]
        assert said == ["NIB atau NPWP", "orang yang dapat dihubungi", "rekening untuk pengembalian"]

    @pytest.mark.parametrize(
        ("known", "again", "field"),
        [
            ({"nib": "1234567890123"}, {"nib": "1234567890123"}, "nib"),
            ({"npwp": "012345678901000"}, {"npwp": "0012345678901000"}, "npwp"),
        ],
    )
    def test_the_same_firm_twice_is_refused_and_says_what_to_do_without_its_number(self, known, again, field):
        first = register(**known)
        with pytest.raises(Refused, match="firm_registered_already") as refused:
            register(**again)
        assert (refused.value.field, refused.value.status) == (field, 409)
        assert "staf" in refused.value.then.id
        assert first.npp not in refused.value.then.id

    def test_an_officer_and_its_own_staff_are_shown_which_firm_it_is(self):
        by = owner()
        made = register(by, nib="1234567890123")
        for asker in (by, factories.actor(Role.OFFICER)):
            with pytest.raises(Refused) as refused:
                register(asker, nib="1234567890123")
            assert made.npp in refused.value.then.id

    def test_the_same_form_sent_twice_registers_once(self):
        by = owner()
        first, again = register(by, key="form-1"), register(by, key="form-1")
        assert (again.employer, again.npp, again.already) == (first.employer, first.npp, True)
        assert Employer.objects.count() == 1

    def test_an_officer_registers_for_a_firm_and_owns_nothing(self):
        made = register(factories.actor(Role.OFFICER))
        assert not Staff.objects.filter(employer=made.employer).exists()

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.AGENT, Role.INSPECTOR, Role.AUDITOR])
    def test_nobody_else_registers(self, role):
        with pytest.raises(Refused, match="not_allowed"):
            register(factories.actor(role))

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"name": "\x00\ud800"}, "firm_name_missing"), ({"name": "x" * 121}, "too_long"),
            ({"legal_form": "XX"}, "choice_unknown"), ({"phone": "abc"}, "phone_not_a_number"),
            ({"email": "kosong"}, "email_not_an_address"), ({"evidence": " "}, "evidence_missing"),
            ({"region": "99.99"}, "region_unknown"), ({"capital": -1}, "not_an_amount"),
            ({"programmes": ("JKP",)}, "programme_unknown"), ({"risk_class": 6}, "activity_unknown"),
            ({"risk_class": None}, "activity_unknown"), ({"activity": 2**70}, "choice_unknown"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_is_refused_and_leaves_nothing_behind(self, wrong, code):
        with pytest.raises(Refused, match=code):
            register(**wrong)
        assert Employer.objects.count() == 0


@pytest.mark.django_db
class TestRiskClass:
    @pytest.mark.usefixtures("regions")
    def test_an_activity_of_the_list_has_the_lists_class_whatever_was_said(self):
        reference.load_reference()
        listed = reference.activities(search="Pabrik topi")[0]
        for activity in (listed.id, "PABRIK TOPI"):
            made = register(activity=activity, risk_class=5)
            site = queries.in_force(employer=made.employer, month=APRIL).worksites[1]
            assert (site.activity, site.risk_class, site.state) == ("Pabrik topi", 1, "declared")

    def test_what_the_list_does_not_name_is_declared_and_waits_for_an_officer(self):
        made = register(activity="Budidaya lumut", risk_class=2)
        (waits,) = queries.unconfirmed(by=factories.actor(Role.OFFICER))
        assert (waits.employer, waits.risk_class, waits.is_listed) == (made.employer, 2, False)
        assert queries.in_force(employer=made.employer, month=APRIL).worksites[1].state == "declared"

    def test_an_officer_confirms_and_it_waits_no_more(self):
        officer, made = factories.actor(Role.OFFICER), register()
        (waits,) = queries.unconfirmed(by=officer)
        employers.confirm(risk=waits.id, by=officer, on=ON, why="NIB dilihat")
        site = queries.in_force(employer=made.employer, month=APRIL).worksites[1]
        assert (site.risk_class, site.state) == (3, "confirmed")
        assert queries.unconfirmed(by=officer) == ()
        with pytest.raises(Refused, match="risk_already_decided"):
            employers.confirm(risk=waits.id, by=officer, on=ON, why="NIB dilihat")

    def test_an_officer_sets_another_from_a_month_on_and_is_told_which_filed_months_need_an_amendment(self):
        officer, made = factories.actor(Role.OFFICER), register(from_month=MARCH)
        filed(made.employer, MARCH, APRIL)
        (waits,) = queries.unconfirmed(by=officer)
        found = employers.confirm(risk=waits.id, risk_class=5, from_month=APRIL, by=officer, on=ON, why="Dikunjungi")
        assert found.amend == (APRIL,)
        assert "April 2026" in found.notes[0].id
        classes = [queries.in_force(employer=made.employer, month=m).worksites[1].risk_class for m in (MARCH, APRIL)]
        assert classes == [3, 5]

    @pytest.mark.parametrize("role", [Role.EMPLOYER, Role.INSPECTOR, Role.AUDITOR])
    def test_only_an_officer_confirms(self, role):
        register()
        with pytest.raises(Refused):
            employers.confirm(risk=RiskClass.objects.get().id, by=factories.actor(role), on=ON, why="x")

    def test_a_firm_declares_from_a_month_on_and_earlier_months_stay(self):
        by = owner()
        made = register(by, from_month=MARCH)
        employers.classify(
            employer=made.employer, site=1, activity="Tambang", risk_class=5, evidence="Izin", from_month=MAY, by=by,
            on=ON,
        )  # fmt: skip
        found = [queries.in_force(employer=made.employer, month=m).worksites[1].risk_class for m in (MARCH, APRIL, MAY)]
        assert found == [3, 3, 5]

    @pytest.mark.parametrize(("month", "is_refused"), [(MARCH, True), (APRIL, True), (MAY, False)])
    def test_a_firm_cannot_reach_back_to_months_it_has_filed(self, month, is_refused):
        by = owner()
        made = register(by, from_month=MARCH)
        filed(made.employer, MARCH, APRIL)
        told = {"employer": made.employer, "site": 1, "activity": "Tambang", "risk_class": 5, "evidence": "Izin"}
        if is_refused:
            with pytest.raises(Refused, match="months_filed_already"):
                employers.classify(**told, from_month=month, by=by, on=ON)
            officer = factories.actor(Role.OFFICER)
            found = employers.classify(**told, from_month=month, by=officer, on=ON, why=WHY)
            assert found.amend == tuple(m for m in (MARCH, APRIL) if m >= month)
        else:
            assert employers.classify(**told, from_month=month, by=by, on=ON).amend == ()


@pytest.mark.django_db
class TestWhatAFirmSaysOfItself:
    def test_a_new_size_counts_from_its_month_on(self):
        by = owner()
        made = register(by, from_month=MARCH)
        told = {"employer": made.employer, "capital": 900_000_000, "yearly_sales": None, "by": by, "on": ON}
        employers.declare_profile(**told, from_month=MAY)
        assert [queries.in_force(employer=made.employer, month=m).size for m in (APRIL, MAY)] == ["medium", "micro"]
        filed(made.employer, APRIL)
        with pytest.raises(Refused, match="months_filed_already"):
            employers.declare_profile(**told, from_month=APRIL)

    def test_an_earlier_first_month_is_an_officers(self):
        by, officer = owner(), factories.actor(Role.OFFICER)
        made = register(by)
        told = {"employer": made.employer, "capital": 900_000_000, "yearly_sales": None, "from_month": MARCH, "on": ON}
        with pytest.raises(Refused, match="before_first_month"):
            employers.declare_profile(**told, by=by)
        employers.declare_profile(**told, by=officer, why=WHY)
        assert queries.first_month(employer=made.employer) == MARCH

    def test_a_labour_intensive_industry_shows_it(self):
        by = owner()
        told = {"employer": register(by).employer, "capital": 1, "yearly_sales": None, "from_month": MAY, "by": by,
                "on": ON, "labour_intensive": True}  # fmt: skip
        with pytest.raises(Refused, match="evidence_missing"):
            employers.declare_profile(**told)
        employers.declare_profile(**told, evidence="KBLI 14111 pada NIB")
        assert queries.in_force(employer=told["employer"], month=MAY).labour_intensive

    def test_a_site_opens_without_a_class_and_is_in_force_once_it_has_one(self):
        by = owner()
        firm = register(by, from_month=MARCH).employer
        number = employers.open_site(
            employer=firm, name="Gudang", region=None, opened_on=dt.date(2026, 4, 1), by=by, on=ON
        )
        assert number == 2
        assert "kelas risiko tempat kerja 2" in [text.id for text in queries.firm(by=by, employer=firm).missing]
        assert 2 not in queries.in_force(employer=firm, month=APRIL).worksites
        employers.classify(
            employer=firm, site=2, activity="Gudang", risk_class=2, evidence="Foto", from_month=MAY, by=by, on=ON
        )
        assert queries.in_force(employer=firm, month=APRIL).worksites[2].risk_class == 2

    def test_the_seat_and_a_site_with_people_stay_open(self):
        by = owner()
        firm = register(by, from_month=MARCH).employer
        told = {"employer": firm, "by": by, "on": ON}
        number = employers.open_site(name="Gudang", region=None, opened_on=dt.date(2026, 3, 1), **told)
        with pytest.raises(Refused, match="site_in_use"):
            employers.close_site(site=1, closed_on=ON, **told)
        employers.close_site(site=number, closed_on=ON, **told)
        assert queries.firm(by=by, employer=firm).worksites[1].closed_on == ON

    def test_details_contacts_and_the_account_change_and_are_shown_masked(self):
        by = owner()
        firm = register(by).employer
        told = {"employer": firm, "by": by, "on": ON}
        changed = employers.change(changes={"name": "PT Maju Terus", "phone": "(031) 555-1234"}, **told)
        employers.set_bank_account(bank_code="bni", account_number="0123-4567-89", account_name="PT Maju", **told)
        employers.set_bank_account(bank_code="BRI", account_number="9876543210", account_name="PT Maju", **told)
        seen = queries.firm(by=by, employer=firm)
        assert set(changed) == {"name", "phone"}
        assert (seen.name, seen.phone) == ("PT Maju Terus", "0315551234")
        assert [(one.bank_code, one.account_number) for one in seen.bank_accounts] == [("BRI", "•••••••210")]
        assert [(one.name, one.phone) for one in seen.contacts] == [("Siti A.", "+62•••••890")]
        assert employers.end_contact(contact=seen.contacts[0].id, **told)
        assert queries.firm(by=by, employer=firm).contacts == ()

    def test_its_numbers_are_not_changed_by_the_firm(self):
        by = owner()
        with pytest.raises(Refused, match="field_unknown"):
            employers.change(employer=register(by).employer, changes={"npwp": "1"}, by=by, on=ON)

    def test_an_officer_finds_a_firm_by_number_and_name_and_leaves_a_record(self):
        made = register(nib="1234567890123", npwp="012345678901000")
        officer = factories.actor(Role.OFFICER)
        for text in (made.npp, "1234567890123", "01.234.567.8-901.000", "maju"):
            assert [one.id for one in queries.find_employers(by=officer, why=WHY, text=text)] == [made.employer]
        assert Event.objects.filter(action="employer.found", subject=f"employer:{made.employer}", why=WHY).count() == 4
        with pytest.raises(Refused, match="purpose_missing"):
            queries.find_employers(by=officer, why=" ", text="maju")


def test_two_who_register_the_same_firm_at_once_register_it_once(committed_db):
    people = [owner(), owner()]
    start, found = threading.Barrier(2), []

    def go(by) -> None:
        start.wait()
        try:
            found.append(register(by, nib="1234567890123").npp)
        except Refused as refused:
            found.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Employer.objects.count() == 1
    assert sorted(found)[1] == "firm_registered_already"
