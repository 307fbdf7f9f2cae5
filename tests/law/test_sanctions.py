"""PP 86/2013: which step may come next, on which days; and that the machine only proposes."""

import datetime as dt

import pytest

from teduh.law import sanctions
from teduh.law.messages import FactsError
from teduh.law.sanctions import Taken

D = dt.date.fromisoformat
NONE: frozenset[dt.date] = frozenset()
FIRST = Taken("warning_1", D("2026-03-02"))  # a Monday: ten working days end on Monday 16 March
SECOND = Taken("warning_2", D("2026-03-17"))  # ten working days end on Tuesday 31 March
FINE = Taken("fine", D("2026-04-01"))


def next_of(*steps, on="2026-05-01", holidays=NONE, **more):
    return sanctions.next_steps(steps, on=D(on), holidays=holidays, **more)


def one(kind, *steps, **more):
    return next(step for step in next_of(*steps, **more) if step.kind == kind)


def test_it_begins_with_a_first_warning_or_a_word_to_the_inspectors():
    assert [step.kind for step in next_of(on="2026-03-02")] == ["warning_1", "referred"]
    assert one("warning_1", on="2026-03-02").earliest == D("2026-03-02")


@pytest.mark.parametrize(("holidays", "earliest"), [(NONE, "2026-03-17"), (frozenset({D("2026-03-16")}), "2026-03-18")])
def test_a_second_warning_comes_after_ten_working_days(holidays, earliest):
    found = one("warning_2", FIRST, holidays=holidays)
    assert (found.earliest, found.latest) == (D(earliest), None)


def test_a_shorter_time_that_was_given_counts_and_a_longer_one_does_not():
    assert one("warning_2", FIRST._replace(until=D("2026-03-09"))).earliest == D("2026-03-10")
    assert one("warning_2", FIRST._replace(until=D("2026-12-31"))).earliest == D("2026-03-17")


def test_a_fine_comes_within_thirty_days_after_the_second_warning():
    found = one("fine", FIRST, SECOND)
    assert (found.earliest, found.latest) == (D("2026-04-01"), D("2026-04-30"))
    assert "PP 86/2013 Pasal 10(4)" in found.articles


def test_services_are_asked_to_be_denied_after_the_fine_s_stage_and_the_next_contribution():
    assert one("services", FIRST, SECOND, FINE).earliest == D("2026-05-16")  # April is due on 15 May
    early = Taken("fine", D("2026-03-31"))
    assert one("services", FIRST, SECOND, early).earliest == D("2026-05-01")  # the stage ends on 30 April


def test_each_step_needs_the_one_before_it():
    with pytest.raises(FactsError):
        next_of(FIRST, FINE)


def test_after_all_sanctions_the_inspectors_remain_and_then_nothing():
    services = Taken("services", D("2026-05-20"))
    (left,) = next_of(FIRST, SECOND, FINE, services, on="2026-06-01")
    assert left.kind == "referred" and "PP 44/2015 Pasal 61(1)" in left.articles
    assert next_of(FIRST, SECOND, FINE, services, Taken("referred", D("2026-06-01")), on="2026-06-02") == ()


def test_once_fulfilled_the_matter_is_closed_and_denied_services_are_given_back_first():
    assert [step.kind for step in next_of(FIRST, fulfilled=True)] == ["closed"]
    denied = (FIRST, SECOND, FINE, Taken("services", D("2026-05-20")))
    lifted = next_of(*denied, on="2026-06-01", fulfilled=True)
    assert [(step.kind, step.articles[0]) for step in lifted] == [("lifted", "PP 86/2013 Pasal 10(7)a")]
    assert one("lifted", *denied, fulfilled=True, duty="data").articles[0] == "PP 86/2013 Pasal 10(7)b"
    after = (*denied, Taken("lifted", D("2026-06-01")))
    assert [step.kind for step in next_of(*after, fulfilled=True, on="2026-06-02")] == ["closed"]
    assert next_of(*after, Taken("closed", D("2026-06-02")), on="2026-06-03") == ()


def test_a_call_or_a_visit_changes_nothing_in_the_order():
    assert [step.kind for step in next_of(Taken("visit", D("2026-03-01")), FIRST)] == ["warning_2", "referred"]


def test_jkp_is_sanctioned_by_labour_authorities_so_the_agency_only_reports_it():
    assert [step.kind for step in next_of(duty="jkp", on="2026-03-02")] == ["referred"]
    duties = {(one.who, one.duty) for one in sanctions.VIOLATIONS}
    assert duties <= set(sanctions.LADDER)


def test_a_person_without_an_employer_is_never_fined():
    assert [step.kind for step in next_of(who="person", on="2026-03-02")] == ["services"]
    assert one("services", who="person", on="2026-03-02").earliest == D("2026-03-02")
    ladder = [next_of(who="person", duty="data"), next_of(FIRST, who="person", duty="data"),
              next_of(FIRST, SECOND, who="person", duty="data")]  # fmt: skip
    assert [[step.kind for step in steps] for steps in ladder] == [["warning_1"], ["warning_2"], ["services"]]
    assert ladder[2][0].earliest == D("2026-04-01")
    with pytest.raises(FactsError):
        next_of(who="state")


@pytest.mark.parametrize(
    ("on", "months", "amount"),
    [("2026-03-31", 0, 0), ("2026-04-01", 1, 10_000), ("2026-04-30", 1, 10_000), ("2026-05-01", 2, 20_000)],
)
def test_the_fine_is_a_thousandth_for_each_month_begun_since_the_second_warning_ended(on, months, amount):
    found = sanctions.fine(contributions=10_000_000, warning_2=SECOND, on=D(on), holidays=NONE)
    assert (found.periods, found.amount, found.rate) == (months, amount, "0.1")


def test_violations_services_and_crimes_are_told_with_their_articles():
    assert {one.code for one in sanctions.violations(D("2014-01-01"))} >= {"not_registered", "wrong_data"}
    assert "jkp_not_enrolled" not in {one.code for one in sanctions.violations(D("2021-02-01"))}
    assert "jkp_not_enrolled" in {one.code for one in sanctions.violations(D("2021-02-02"))}
    assert [sum(one.who == who for one in sanctions.SERVICES) for who in ("employer", "person")] == [5, 5]
    assert sanctions.CRIMES[0].articles[-1] == "UU 24/2011 Pasal 55"
    for one in (*sanctions.VIOLATIONS, *sanctions.SERVICES, *sanctions.CRIMES):
        assert one.what.id and one.what.en and one.articles
