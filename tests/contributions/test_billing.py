"""Which months are billed, and how long a code holds."""

from __future__ import annotations

import datetime as dt

from teduh.contributions.billing import Cover, plan
from teduh.law.months import Month

APRIL = Month(2026, 4)
COVER = Cover(paid_until=dt.date(2026, 4, 30), grace_until=dt.date(2026, 8, 17))


def asked(on: dt.date, *, months: int = 1, first: Month | None = None, cover: Cover | None = COVER, settled=()):
    return plan(months=months, first=first, on=on, cover=cover, settled=set(settled))


def test_a_newcomer_begins_with_this_month_and_his_code_ends_with_it():
    found = asked(dt.date(2026, 4, 20), cover=None, months=2)
    assert found.months == (APRIL, Month(2026, 5))
    assert found.expires_on == dt.date(2026, 4, 30)


def test_the_code_of_the_months_last_day_holds_that_day():
    assert asked(dt.date(2026, 4, 30), cover=None).expires_on == dt.date(2026, 4, 30)


def test_within_grace_the_oldest_month_comes_first_and_the_code_ends_with_grace():
    for day in (16, 17):
        found = asked(dt.date(2026, 8, day), months=2)
        assert found.months == (Month(2026, 5), Month(2026, 6))
        assert found.expires_on == dt.date(2026, 8, 17)


def test_the_day_after_grace_old_arrears_are_no_longer_charged():
    found = asked(dt.date(2026, 8, 18), months=2)
    assert found.months == (Month(2026, 8), Month(2026, 9))
    assert found.expires_on == dt.date(2026, 8, 31)


def test_paid_months_are_left_out_and_the_next_ones_taken():
    found = asked(dt.date(2026, 5, 2), months=2, settled=[Month(2026, 5), Month(2026, 7)])
    assert found.months == (Month(2026, 6), Month(2026, 8))


def test_a_window_is_not_widened_for_what_is_paid_in_it():
    found = asked(dt.date(2026, 5, 2), months=3, first=APRIL, settled=[Month(2026, 5)])
    assert (found.months, found.paid_already, found.not_counted) == ((Month(2026, 6),), 1, 1)


def test_a_later_window_over_open_arrears_says_so():
    assert asked(dt.date(2026, 7, 2), first=Month(2026, 7)).skips_arrears
    assert not asked(dt.date(2026, 7, 2)).skips_arrears


def test_never_more_than_a_year_ahead():
    found = asked(dt.date(2026, 4, 2), months=12, settled=[Month(2026, 4).plus(n) for n in range(1, 8)])
    assert found.months[-1] == Month(2027, 4)
    assert len(found.months) == 5
