"""Construction projects: instalments that sum exactly, registration, the days of cover, and what is not known."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.law import projects
from teduh.law.messages import FactsError

D = dt.date.fromisoformat
NONE: frozenset[dt.date] = frozenset()


def parts(**facts):
    return [(one.jkk, one.jkm) for one in projects.instalments(**facts).parts]


def test_three_terms_are_half_and_two_quarters():
    assert parts(jkk=5_940_000, jkm=610_000, count=3) == [(2_970_000, 305_000), (1_485_000, 152_500)] + [
        (1_485_000, 152_500)
    ]
    assert [note.status for note in projects.instalments(jkk=1, jkm=1, count=3).notes] == ["official"]


def test_at_once_needs_no_note_and_other_terms_carry_one():
    assert projects.instalments(jkk=346_000, jkm=46_000).notes == ()
    assert parts(jkk=346_000, jkm=46_000) == [(346_000, 46_000)]
    for other in ({"count": 2}, {"count": 4}, {"schedule": (30, 70)}):
        assert [note.code for note in projects.instalments(jkk=100, jkm=100, **other).notes] == ["project_other_terms"]
    assert parts(jkk=101, jkm=1, schedule=(30, 70)) == [(30, 0), (71, 1)]


@given(st.integers(0, 10**13), st.integers(0, 10**12), st.lists(st.integers(1, 1000), min_size=1, max_size=36))
def test_instalments_always_sum_exactly_and_none_is_negative(jkk, jkm, schedule):
    found = projects.instalments(jkk=jkk, jkm=jkm, schedule=schedule)
    assert sum(one.jkk for one in found.parts) == jkk == found.jkk
    assert sum(one.jkm for one in found.parts) == jkm == found.jkm
    assert all(one.jkk >= 0 and one.jkm >= 0 and one.total == one.jkk + one.jkm for one in found.parts)
    assert [one.number for one in found.parts] == list(range(1, len(schedule) + 1))


@pytest.mark.parametrize("wrong", [{"count": 0}, {"schedule": ()}, {"schedule": (50, 0)}, {"jkk": -1}])
def test_nonsense_is_refused(wrong):
    with pytest.raises(FactsError):
        projects.instalments(**{"jkk": 1, "jkm": 1, **wrong})


@pytest.mark.parametrize(("day", "codes"), [("2021-03-31", []), ("2021-04-01", ["project_rule_replaced"])])
def test_a_project_is_registered_within_fourteen_working_days_of_its_order(day, codes):
    found = projects.registration(ordered_on=D(day), holidays=NONE)
    assert [note.code for note in found.notes] == codes
    march = projects.registration(ordered_on=D("2026-03-02"), holidays=NONE, first_paid_on=D("2026-03-06"))
    assert (march.latest, march.certificate_by) == (D("2026-03-20"), D("2026-03-09"))


@pytest.mark.parametrize(
    ("first_paid", "starts"), [("2026-02-27", "2026-03-01"), ("2026-03-01", "2026-03-01"), ("2026-03-02", "2026-03-02")]
)
def test_cover_runs_from_the_first_payment_within_the_project_s_time(first_paid, starts):
    found = projects.cover(starts=D("2026-03-01"), ends=D("2026-08-31"), first_paid_on=D(first_paid))
    assert (found.starts, found.until, found.pay_off_by) == (D(starts), D("2026-08-31"), D("2026-08-31"))


def test_without_a_payment_nobody_is_covered():
    facts = {"starts": D("2026-03-01"), "ends": D("2026-08-31")}
    assert projects.cover(**facts, first_paid_on=None).starts is None
    assert projects.cover(**facts, first_paid_on=D("2026-09-01")).starts is None
    assert projects.cover(**facts, first_paid_on=D("2026-08-31")).starts == D("2026-08-31")


def test_a_worker_is_covered_for_his_own_days_only():
    facts = {"starts": D("2026-03-01"), "ends": D("2026-08-31"), "first_paid_on": D("2026-03-05")}
    one = projects.cover(**facts, worker_from=D("2026-04-10"), worker_until=D("2026-05-09"))
    assert (one.starts, one.until) == (D("2026-04-10"), D("2026-05-09"))
    assert projects.cover(**facts, worker_until=D("2026-03-04")).starts is None


def test_what_is_not_known_is_said():
    found = projects.cover(starts=D("2026-03-01"), ends=D("2026-08-31"), first_paid_on=D("2026-03-01"),
                           maintenance_until=D("2027-02-28"))  # fmt: skip
    assert found.until == D("2026-08-31")
    assert {note.code: note.status for note in found.notes} == {
        "project_cover": "secondary", "project_unpaid_term": "unconfirmed", "project_wage": "unconfirmed",
        "project_maintenance": "unconfirmed",
    }  # fmt: skip
