"""What a placement has to pay next, to the rupiah, without a database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.contributions.placements import Agreed, Placed, Quote, quote
from teduh.law.months import months_after

D = dt.date.fromisoformat
ON = D("2026-02-02")
A_DAY = dt.timedelta(days=1)
STARTS = D("2026-04-01")


def agreement(months: int, starts: dt.date = STARTS, id_: int = 1, kind: str = "first") -> Agreed:
    return Agreed(id=id_, kind=kind, starts=starts, last=months_after(starts, months) - A_DAY)


def person(*agreements: Agreed, route: str = "individual", settled=(), **more) -> Placed:
    told = {"abroad": False, "departed_on": None, "savings_monthly": 0, **more}
    return Placed(placement=1, person=2, route=route, agreements=agreements, settled=tuple(settled), **told)


def asks(*people: Placed, on: dt.date = ON, **more) -> list[tuple[str, int, int]]:
    return [(line.stage, line.months, line.amount) for line in quote(placed=people, on=on, **more).lines]


@pytest.mark.parametrize(
    ("months", "amount"),
    [(6, 108_000), (7, 121_500), (11, 175_500), (12, 189_000), (13, 202_500), (23, 337_500), (24, 332_500),
     (25, 346_000), (36, 494_500)],
)  # fmt: skip
def test_packages_and_months_in_excess(months, amount):
    assert asks(person(agreement(months))) == [("during", months, amount)]


@pytest.mark.parametrize("months", [1, 5])
def test_under_six_months_no_fee_is_guessed(months):
    found = quote(placed=[person(agreement(months))], on=ON)
    assert not found.lines
    (no,) = found.refused
    assert no.stage == "during" and no.what.id and no.why.id and no.then.id


def test_one_who_cannot_be_priced_does_not_hold_up_the_others():
    found = quote(placed=[person(agreement(3)), person(agreement(12))], on=ON)
    assert (found.total, len(found.refused)) == (189_000, 1)


def test_the_wait_is_paid_by_who_goes_through_an_agency_and_only_before_departure():
    assert asks(person(agreement(12), route="implementer")) == [("before", 0, 37_500), ("during", 12, 189_000)]
    gone = person(agreement(12), route="implementer", departed_on=D("2026-04-02"))
    assert [stage for stage, *_ in asks(gone, on=D("2026-04-02"))] == ["during"]
    paid = person(agreement(12), route="implementer", settled=[("before", None, None)])
    assert [stage for stage, *_ in asks(paid)] == ["during"]


@pytest.mark.parametrize(
    ("on", "months"), [("2026-09-30", 7), ("2026-10-01", 6), ("2026-10-02", 6), ("2026-11-01", None)]
)
def test_from_abroad_what_is_left_is_asked_and_a_begun_month_is_a_month(on, months):
    found = quote(placed=[person(agreement(12), abroad=True)], on=D(on))
    assert [line.months for line in found.lines] == ([months] if months else [])
    assert months or found.refused


@pytest.mark.parametrize(
    ("on", "months"),
    [("2028-03-31", 12), ("2028-04-30", 12), ("2028-05-01", 11), ("2028-05-02", 11), ("2029-03-31", 1)],
)
def test_an_extension_goes_on_from_the_last_paid_day_within_the_month_to_return_and_from_today_after_it(on, months):
    longer = agreement(12, D("2028-04-01"), 2, "extension")
    one = person(agreement(24), longer, departed_on=STARTS, settled=[("during", 1, D("2028-03-31"))])
    assert asks(one, on=D(on)) == [("extension", months, months * 13_500)]


def test_after_an_agreement_nothing_is_asked_for_it():
    assert asks(person(agreement(12)), on=D("2027-04-01")) == []


def test_another_employer_within_paid_time_costs_nothing_more_and_beyond_it_only_the_rest():
    first = Agreed(id=1, kind="first", starts=STARTS, last=D("2027-03-31"))
    paid = [("during", 1, D("2028-03-31"))]
    same = agreement(12, D("2027-04-01"), 2, "move")
    assert asks(person(first, same, departed_on=STARTS, settled=paid), on=D("2027-04-01")) == []
    longer = agreement(24, D("2027-04-01"), 2, "move")
    assert asks(person(first, longer, departed_on=STARTS, settled=paid), on=D("2027-04-01")) == [
        ("extension", 12, 162_000)
    ]


def test_savings_are_so_many_months_of_the_tier_and_never_more_than_twenty_four():
    one = person(agreement(12), savings_monthly=50_000)
    assert asks(one) == [("during", 12, 189_000)]
    assert asks(one, savings_months=3)[1:] == [("savings", 3, 150_000)]
    assert asks(one, savings_months=99)[1:] == [("savings", 24, 1_200_000)]


def test_an_amount_that_is_no_tier_is_refused_by_the_law():
    found = quote(placed=[person(agreement(12), savings_monthly=75_000)], on=ON, savings_months=1)
    assert [line.stage for line in found.lines] == ["during"] and found.refused[0].stage == "savings"


lengths = st.lists(st.integers(6, 40), min_size=1, max_size=4)


def chain(lengths: list[int]) -> list[Agreed]:
    """Agreements that follow each other without a day between."""
    made, starts = [], STARTS
    for number, months in enumerate(lengths, 1):
        made.append(agreement(months, starts, number, "extension" if number > 1 else "first"))
        starts = made[-1].last + A_DAY
    return made


def paid_by(found: Quote) -> list[tuple[str, int | None, dt.date | None]]:
    return [(line.stage, line.agreement, line.until) for line in found.lines]


@given(lengths, st.integers(0, 3))
def test_paying_in_parts_or_at_once_comes_to_the_same_and_then_nothing_is_owed(lengths, first):
    agreements = chain(lengths)
    at_once = quote(placed=[person(*agreements)], on=ON)
    assert at_once.total == sum(line.amount for line in at_once.lines)
    assert at_once.lines[-1].until == agreements[-1].last
    part = quote(placed=[person(*agreements[: first + 1])], on=ON)
    rest = quote(placed=[person(*agreements, settled=paid_by(part))], on=ON)
    assert part.total + rest.total == at_once.total
    assert quote(placed=[person(*agreements, settled=paid_by(at_once))], on=ON).lines == ()


@given(lengths, st.integers(-400, 2_000))
def test_no_stage_is_asked_for_twice_and_none_that_is_over(lengths, days):
    on = STARTS + dt.timedelta(days=days)
    found = quote(placed=[person(*chain(lengths), departed_on=STARTS)], on=on)
    keys = [(line.stage, line.agreement) for line in found.lines]
    assert len(keys) == len(set(keys))
    assert all(line.until >= on and line.months > 0 and line.amount > 0 for line in found.lines)


def test_people_of_the_same_facts_share_one_assessment():
    found = quote(placed=[person(agreement(12)), person(agreement(12)), person(agreement(24))], on=ON)
    assert len({line.assessed.digest for line in found.lines}) == 2
