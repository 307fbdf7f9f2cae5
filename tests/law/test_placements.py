"""A placement drawn out in days: what is covered before, during and after the work, and where gaps are."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teduh.law import placement_standing, placements
from teduh.law.messages import RulebookError
from teduh.law.placements import Agreement, Fee, Life
from teduh.law.spans import Span

D = dt.date.fromisoformat
A_DAY = dt.timedelta(days=1)
TWO_YEARS = Agreement(D("2026-04-01"), D("2028-03-31"))
BEFORE = Fee("before", D("2026-01-15"))
DURING = Fee("during", D("2026-03-01"), D("2028-03-31"))


def life(route="implementer", **changed) -> Life:
    base = Life(route=route, registered_on=D("2026-01-10"), agreements=(TWO_YEARS,))
    return base._replace(**{name: D(value) if isinstance(value, str) else value for name, value in changed.items()})


def days(found, phase, programme="JKK"):
    return [
        (str(s.starts), str(s.paid_until), str(s.until)) for s in found if (s.phase, s.programme) == (phase, programme)
    ]


def covered(found, programme="JKK") -> set[dt.date]:
    return {
        s.starts + dt.timedelta(days=n)
        for s in found if s.programme == programme for n in range((s.until - s.starts).days + 1)
    }  # fmt: skip


# -- before


def test_an_implementers_worker_is_covered_by_both_for_five_months_from_payment():
    found = placements.cover(life=life(), fees=[BEFORE])
    assert days(found, "before") == days(found, "before", "JKM") == [("2026-01-15", "2026-06-15", "2026-06-15")]
    assert not days(found, "during")


def test_somebody_on_his_own_is_covered_by_jkm_alone_for_one_month():
    found = placements.cover(life=life("individual"), fees=[DURING])
    assert days(found, "before") == []
    assert days(found, "before", "JKM") == [("2026-03-01", "2026-04-01", "2026-04-01")]


@pytest.mark.parametrize(
    ("paid", "route", "until"),
    [("2026-09-30", "implementer", "2027-02-28"), ("2027-09-30", "implementer", "2028-02-29"),
     ("2028-01-31", "individual", "2028-02-29"), ("2027-01-31", "individual", "2027-02-28")],
)  # fmt: skip
def test_a_shorter_month_ends_on_its_last_day_also_in_a_leap_year(paid, route, until):
    fee = Fee("before" if route == "implementer" else "during", D(paid), D("2030-01-01"))
    found = placements.cover(life=life(route, agreements=(Agreement(D("2028-03-01"), D("2030-01-01")),)), fees=[fee])
    assert {str(s.until) for s in found if s.phase == "before"} == {until}


def test_nothing_starts_before_registration_and_payment():
    early = Fee("before", D("2026-01-01"))
    assert days(placements.cover(life=life(), fees=[early]), "before")[0][0] == "2026-01-10"
    assert placements.cover(life=life(departed_on="2026-04-01"), fees=[]) == ()


def test_failing_to_depart_ends_the_wait_on_that_day_and_nothing_follows():
    found = placements.cover(life=life(failed_on="2026-03-20"), fees=[BEFORE, DURING])
    assert {(s.phase, str(s.until)) for s in found} == {("before", "2026-03-20")}


@pytest.mark.parametrize(
    ("departed", "last"), [("2026-06-15", "2026-06-14"), ("2026-06-16", "2026-06-15"), ("2026-06-17", "2026-06-15")]
)
def test_the_wait_ends_the_day_before_departure_or_after_five_months(departed, last):
    found = placements.cover(life=life(departed_on=departed), fees=[BEFORE, DURING])
    assert days(found, "before")[0][2] == last
    assert days(found, "during")[0][0] == departed
    holes = placements.gaps(life=life(departed_on=departed), fees=[BEFORE, DURING], on=D("2026-12-01"))
    assert [(g.code, str(g.starts), str(g.until)) for g in holes] == (
        [("before_over", "2026-06-16", "2026-06-16")] if departed == "2026-06-17" else []
    )


# -- during


def test_cover_abroad_begins_with_departure_and_lasts_the_agreement_and_a_month():
    found = placements.cover(life=life(departed_on="2026-03-28"), fees=[BEFORE, DURING])
    assert days(found, "during") == days(found, "during", "JKM") == [("2026-03-28", "2028-03-31", "2028-04-30")]


def test_who_leaves_without_the_second_payment_is_covered_from_the_day_it_is_paid():
    late = Fee("during", D("2026-04-20"), D("2028-03-31"))
    one = life(departed_on="2026-04-01")
    found = placements.cover(life=one, fees=[BEFORE, late])
    assert days(found, "before")[0][2] == "2026-04-01"
    assert days(found, "during")[0][0] == "2026-04-20"
    (hole,) = placements.gaps(life=one, fees=[BEFORE, late], on=D("2026-12-01"))
    assert (hole.code, str(hole.starts), str(hole.until)) == ("unpaid_abroad", "2026-04-02", "2026-04-19")


def test_a_gap_that_goes_on_has_no_end():
    one = life(departed_on="2026-04-01")
    (hole,) = placements.gaps(life=one, fees=[BEFORE], on=D("2026-05-01"))
    assert (hole.code, hole.starts, hole.until) == ("unpaid_abroad", D("2026-04-02"), None)


EXTENDED = life(departed_on="2026-04-01", agreements=(TWO_YEARS, Agreement(D("2028-04-01"), D("2029-03-31"))))


@pytest.mark.parametrize(
    ("paid", "stretches", "gap"),
    [("2028-03-31", [("2026-04-01", "2029-03-31", "2029-04-30")], []),
     ("2028-04-30", [("2026-04-01", "2029-03-31", "2029-04-30")], []),
     ("2028-05-01", [("2026-04-01", "2029-03-31", "2029-04-30")], []),
     ("2028-05-02", [("2026-04-01", "2028-03-31", "2028-04-30"), ("2028-05-02", "2029-03-31", "2029-04-30")],
      [("extension_unpaid", "2028-05-01", "2028-05-01")])],
)  # fmt: skip
def test_an_extension_paid_in_the_return_month_leaves_no_gap_and_later_one_is_said(paid, stretches, gap):
    fees = [DURING, Fee("extension", D(paid), D("2029-03-31"))]
    assert days(placements.cover(life=EXTENDED, fees=fees), "during") == stretches
    found = placements.gaps(life=EXTENDED, fees=fees, on=D("2028-12-01"))
    assert [(g.code, str(g.starts), str(g.until)) for g in found] == gap


def test_an_extension_that_is_not_paid_is_an_open_gap_after_the_return_month():
    assert placements.gaps(life=EXTENDED, fees=[DURING], on=D("2028-04-30")) == ()
    (hole,) = placements.gaps(life=EXTENDED, fees=[DURING], on=D("2028-05-01"))
    assert (hole.code, hole.starts, hole.until) == ("extension_unpaid", D("2028-05-01"), None)


def test_dismissal_leaves_a_month_and_the_next_employer_uses_what_was_paid():
    dismissed = TWO_YEARS._replace(ended=D("2026-12-10"))
    found = placements.cover(life=life(departed_on="2026-04-01", agreements=(dismissed,)), fees=[DURING])
    assert days(found, "during") == [("2026-04-01", "2026-12-10", "2027-01-10")]
    moved = life(departed_on="2026-04-01", agreements=(dismissed, Agreement(D("2027-03-01"), D("2029-02-28"))))
    found = placements.cover(life=moved, fees=[DURING])
    assert days(found, "during") == [("2026-04-01", "2026-12-10", "2027-01-10"),
                                     ("2027-03-01", "2028-03-31", "2028-04-30")]  # fmt: skip
    assert placements.MOVED in found[-1].notes


def test_who_joins_abroad_is_covered_from_the_day_of_payment():
    one = Life("individual", D("2027-01-10"), (TWO_YEARS,), abroad=True)
    found = placements.cover(life=one, fees=[Fee("during", D("2027-01-12"), D("2028-03-31"))])
    assert days(found, "before", "JKM") == []
    assert days(found, "during") == [("2027-01-12", "2028-03-31", "2028-04-30")]
    assert placements.ABROAD in found[0].notes


def test_no_agreement_no_cover_abroad():
    assert not days(placements.cover(life=life(departed_on="2026-04-01", agreements=()), fees=[DURING]), "during")


# -- after


@pytest.mark.parametrize(
    ("debarked", "covers"), [("2028-04-29", True), ("2028-04-30", True), ("2028-05-01", False)]
)  # fmt: skip
def test_a_return_within_the_month_is_covered_to_the_home_area_and_a_later_one_is_not(debarked, covers):
    one = life(departed_on="2026-04-01", debarked_on=debarked)
    found = placements.cover(life=one, fees=[DURING])
    last = D(debarked) + dt.timedelta(days=30)
    assert days(found, "after") == ([(debarked, str(last), str(last))] if covers else [])
    assert max(s.until for s in found if s.phase == "during") == min(D(debarked) - A_DAY, D("2028-04-30"))


@pytest.mark.parametrize(
    ("home", "until"), [("2028-04-10", "2028-04-10"), ("2028-05-10", "2028-05-10"), ("2028-05-11", "2028-05-10")]
)
def test_jkk_ends_at_home_or_after_thirty_days_and_jkm_after_thirty_days(home, until):
    found = placements.cover(life=life(departed_on="2026-04-01", debarked_on="2028-04-10", home_on=home), fees=[DURING])
    assert days(found, "after")[0][2] == until
    assert days(found, "after", "JKM")[0][2] == "2028-05-10"


def test_who_is_home_has_arrived_though_nobody_told_the_arrival():
    found = placements.cover(life=life(departed_on="2026-04-01", home_on="2028-04-10"), fees=[DURING])
    assert days(found, "after")[0] == ("2028-04-10", "2028-04-10", "2028-04-10")
    assert days(found, "during")[0][2] == "2028-04-09"


def test_death_ends_every_stretch_on_its_day():
    found = placements.cover(life=life(departed_on="2026-04-01", died_on="2027-02-03"), fees=[BEFORE, DURING])
    assert max(s.until for s in found) == D("2027-02-03")


# -- months of an agreement


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [("2026-01-15", "2027-01-14", 12), ("2026-01-15", "2027-01-15", 12), ("2026-01-15", "2027-01-16", 13),
     ("2026-01-31", "2026-02-28", 1), ("2028-01-31", "2028-02-29", 1), ("2028-01-31", "2028-03-01", 2),
     ("2026-04-01", "2026-04-01", 1), ("2026-04-01", "2028-03-31", 24)],
)  # fmt: skip
def test_a_month_begun_counts_and_the_same_day_of_a_month_is_whole(starts, ends, months):
    assert placements.months_of(D(starts), D(ends)) == months


# -- in words


def stood(phase, on, programme="JKK", route="implementer", **changed):
    found = placements.cover(life=life(route, **changed), fees=[BEFORE, DURING])
    one = [s for s in found if (s.phase, s.programme) == (phase, programme)][-1]
    span = Span(programme, one.starts, one.paid_until, one.until, one.articles, one.notes, one.paid_until)
    return placement_standing.standing(span, phase=phase, on=D(on))


def test_the_words_follow_the_phase_and_its_last_days():
    abroad = {"departed_on": "2026-04-01"}
    assert stood("during", "2028-03-31", **abroad).what.id == "Dilindungi selama bekerja di luar negeri."
    days_on = ("2028-03-31", "2028-04-01", "2028-04-30", "2028-05-01")
    assert [stood("during", day, **abroad).state for day in days_on] == [
        "protected", "returning", "returning", "ended",
    ]  # fmt: skip
    assert stood("during", "2028-04-01", **abroad).notes == (placements.RETURN_MONTH,)
    assert [stood("before", day).state for day in ("2026-01-14", "2026-01-15", "2026-06-15", "2026-06-16")] == [
        "never", "protected", "protected", "ended",
    ]  # fmt: skip


def test_somebody_on_his_own_is_told_that_only_jkm_counts_while_he_waits():
    given_now = stood("before", "2026-03-05", programme="JKM", route="individual")
    assert given_now.state == "protected" and "JKM saja" in given_now.what.id
    jkk = placement_standing.standing(None, phase="before", on=D("2026-03-05"))
    assert jkk.state == "never" and "sejak berangkat" in jkk.what.id


def test_what_is_not_sure_of_the_thirty_days_is_said():
    said = stood("after", "2028-04-12", departed_on="2026-04-01", debarked_on="2028-04-10")
    assert said.state == "protected" and any("Nomor pasal disimpulkan" in note.id for note in said.notes)


# -- properties

DAY = st.dates(D("2023-03-01"), D("2031-12-31"))
LATER = st.integers(0, 900).map(lambda n: dt.timedelta(days=n))


@st.composite
def agreements(draw):
    made, day = [], draw(DAY)
    for _ in range(draw(st.integers(1, 3))):
        starts = day + draw(st.integers(0, 70).map(lambda n: dt.timedelta(days=n)))
        ends = starts + draw(LATER)
        ended = draw(st.none() | st.dates(starts, ends))
        made.append(Agreement(starts, ends, ended))
        day = (ended or ends) + A_DAY
    return tuple(made)


@st.composite
def lives(draw):
    made = draw(agreements())
    abroad = draw(st.booleans())
    registered = made[0].starts - draw(LATER) if not abroad else made[0].starts + draw(LATER)
    made = draw(st.sampled_from([made, made, made, ()]))
    departed = failed = debarked = home = died = None
    if not abroad:
        departed = draw(st.none() | st.just(registered + draw(LATER)))
        failed = draw(st.none() | st.just(registered + draw(LATER))) if departed is None else None
    if departed or abroad:
        debarked = draw(st.none() | st.just((departed or registered) + draw(LATER)))
        home = draw(st.none() | st.just(debarked + dt.timedelta(days=draw(st.integers(0, 60))))) if debarked else None
    died = draw(st.none() | st.just(registered + draw(LATER)))
    return Life(draw(st.sampled_from(["implementer", "individual"])), registered, made, abroad, departed, failed,
                debarked, home, died)  # fmt: skip


@st.composite
def fees(draw, one):
    ends = st.sampled_from([D("2030-01-01"), *(a.ends for a in one.agreements), *(a.last for a in one.agreements)])

    def paid():
        return one.registered_on + draw(st.integers(-30, 1200).map(lambda n: dt.timedelta(days=n)))

    made = [Fee("before", paid())] if one.route == "implementer" and draw(st.booleans()) else []
    made += [
        Fee(stage, paid(), draw(ends)) for stage in ("during", "extension", "extension")[: draw(st.integers(0, 3))]
    ]
    return made


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_stretches_of_a_programme_never_overlap_and_nothing_precedes_payment(data):
    one = data.draw(lives())
    paid = data.draw(fees(one))
    found = placements.cover(life=one, fees=paid)
    for programme in ("JKK", "JKM"):
        mine = sorted(s for s in found if s.programme == programme)
        in_time = sorted((s.starts, s.until) for s in mine)
        assert all(a[1] < b[0] for a, b in pairwise(in_time))
        assert all(first <= last for first, last in in_time)
    first = min((fee.paid_on for fee in paid), default=None)
    assert all(s.starts >= max(first, one.registered_on) for s in found)
    assert all(s.paid_until <= s.until for s in found)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_the_order_of_recording_the_days_are_the_same(data):
    one = data.draw(lives())
    paid = data.draw(fees(one))
    mixed = one._replace(agreements=tuple(data.draw(st.permutations(one.agreements))))
    again = data.draw(st.permutations(paid))
    assert placements.cover(life=mixed, fees=again) == placements.cover(life=one, fees=paid)
    on = data.draw(DAY)
    assert placements.gaps(life=mixed, fees=again, on=on) == placements.gaps(life=one, fees=paid, on=on)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_later_fee_never_shortens_cover(data):
    one = data.draw(lives())
    paid = sorted(data.draw(fees(one)), key=lambda fee: fee.paid_on)
    cut = data.draw(st.integers(0, len(paid)))
    fewer, more = (placements.cover(life=one, fees=some) for some in (paid[:cut], paid))
    for programme in ("JKK", "JKM"):
        assert covered(fewer, programme) <= covered(more, programme)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_gaps_are_days_without_cover_and_never_beyond_the_day_asked(data):
    one = data.draw(lives())
    paid = data.draw(fees(one))
    on = data.draw(DAY)
    jkk = covered(placements.cover(life=one, fees=paid))
    for gap in placements.gaps(life=one, fees=paid, on=on):
        assert gap.starts <= (gap.until or on) <= on
        if gap.code != "before_over":
            assert gap.starts not in jkk and (gap.until or on) not in jkk


@given(st.dates(D("2000-01-01"), D("2040-12-31")), st.integers(0, 1500))
def test_months_of_an_agreement_reach_its_end_and_no_month_less_does(starts, length):
    ends = starts + dt.timedelta(days=length)
    months = placements.months_of(starts, ends)
    assert placements.months_after(starts, months) >= ends
    assert months == 1 or placements.months_after(starts, months - 1) < ends


def test_before_the_regulation_nothing_is_guessed():
    old = Life("individual", D("2017-01-01"), (Agreement(D("2017-02-01"), D("2018-01-31")),))
    assert placements.cover(life=old, fees=[Fee("during", D("2017-01-05"), D("2018-01-31"))]) == ()
    with pytest.raises(RulebookError):
        placements.migrant_periods.before(route="individual", paid_on=D("2017-01-05"))
