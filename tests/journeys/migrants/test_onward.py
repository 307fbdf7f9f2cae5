"""Home again: cover of one's own without a gap, or a new employer's, offered in time and taken in one step."""

from __future__ import annotations

import pytest

from teduh.core.errors import Refused
from teduh.coverage import queries as coverage
from teduh.journeys.migrants import onward
from teduh.migrants.models import State
from teduh.registry.facts import EvidenceGiven, HeirNamed
from teduh.registry.models import Enrolment, Person
from teduh.security.access import SYSTEM
from tests import factories
from tests.coverage import placed
from tests.coverage.placed import D
from tests.journeys.paying import moment, paid

pytestmark = pytest.mark.usefixtures("db", "regions")
EVIDENCE = (EvidenceGiven("statement", "Warung di rumah"),)
HEIRS = (HeirNamed("Aminah", "parent"),)


def home(day: str = "2028-04-12"):
    one = placed.departed()
    return placed.tell(one, on=day, debarked_on="2028-04-10", home_on=day, state=State.HOME)


def take(one, day: str, **changed):
    by = changed.pop("by", None) or factories.actor("member", person=one.person_id)
    given = {"occupation": "nelayan", "income": 1_500_000, "evidence": EVIDENCE, "heirs": HEIRS, **changed}
    return onward.take_self_employed(placement=one.id, by=by, on=D(day), at=moment(D(day)), **given)


def test_nothing_is_offered_while_she_works_and_everything_in_the_last_month():
    one = placed.departed()
    assert onward.offers(placement=one.id, by=SYSTEM, on=D("2028-03-31")) == ()
    own, wage = onward.offers(placement=one.id, by=SYSTEM, on=D("2028-04-01"))
    assert (own.kind, own.starts, own.gap) == ("self_employed", D("2028-05-01"), None)
    assert own.how.id == (
        "Isi pekerjaan dan penghasilan, lalu bayar paling lambat 1 Mei 2028: tidak ada hari tanpa perlindungan."
    )
    assert wage.kind == "wage" and Person.objects.get(id=one.person_id).member_number in wage.how.id


@pytest.mark.parametrize(
    ("day", "gap"),
    [("2028-04-12", None), ("2028-04-13", None), ("2028-04-14", "Tidak terlindungi JKK sejak 13 April 2028.")],
)  # fmt: skip
def test_a_gap_is_said_from_the_day_after_coming_home(day, gap):
    own, _ = onward.offers(placement=home().id, by=SYSTEM, on=D(day))
    assert (own.gap.id if own.gap else None) == gap


def test_paid_by_the_day_after_no_day_goes_without_cover():
    one = home()
    taken = take(one, "2028-04-12")
    assert (taken.pay_by, taken.gap) == (D("2028-04-13"), None)
    assert taken.notes[0].id == "Bayar paling lambat 13 April 2028, maka perlindungan tidak terputus sehari pun."
    assert Enrolment.objects.get(person=one.person_id).segment == "BPU"
    paid(taken.bill.code, taken.bill.amount, D("2028-04-13"))
    found = [coverage.protection(person=one.person_id, on=D(day)) for day in ("2028-04-12", "2028-04-13", "2028-05-20")]
    assert [one.is_protected and not one.only for one in found] == [True, True, True]


def test_later_the_days_between_are_said_and_twice_is_once():
    one = home()
    by = factories.actor("member", person=one.person_id)
    taken = take(one, "2028-04-20", key="a", by=by)
    assert (taken.gap.first, taken.gap.last) == (D("2028-04-13"), D("2028-04-19"))
    again = take(one, "2028-04-20", key="a", by=by)
    assert again.bill.number == taken.bill.number
    assert Enrolment.objects.filter(person=one.person_id).count() == 1


def test_who_works_abroad_still_is_asked_for_the_return_first():
    with pytest.raises(Refused) as refused:
        take(placed.departed(), "2027-01-01")
    assert refused.value.code == "still_abroad"


def test_who_never_left_goes_on_at_home_from_that_day():
    one = placed.placement()
    placed.pay(one, "before", "2026-01-15")
    placed.tell(one, on="2026-02-01", failed_on="2026-02-01", state=State.FAILED)
    taken = take(one, "2026-02-01")
    assert (taken.pay_by, taken.gap) == (D("2026-02-02"), None)


def test_somebody_else_may_not_take_it_for_her():
    one = home()
    stranger = factories.actor("member", person=placed.migrant())
    with pytest.raises(Refused) as refused:
        onward.take_self_employed(
            placement=one.id, by=stranger, on=D("2028-04-12"), at=moment(D("2028-04-12")), occupation="nelayan",
            income=1_500_000,
        )  # fmt: skip
    assert refused.value.status == 404
