"""The picture of migrant workers: who is protected over how many, by destination and home; renewals; what ends."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.journeys.migrants import picture as journey
from teduh.journeys.migrants import picture_counts, picture_hiding
from teduh.journeys.migrants.picture import PictureRow
from teduh.migrants import estimates
from teduh.migrants import picture as placed_picture
from teduh.registry.models import Person, Region
from tests import factories
from tests.coverage import placed

D = dt.date.fromisoformat
ON = D("2026-11-22")
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return factories.actor("officer")


def home(one, code):
    """This person comes from this regency."""
    province, _ = Region.objects.get_or_create(
        code=code[:2], defaults={"level": 1, "name": f"P{code[:2]}", "search": "p"}
    )
    Region.objects.get_or_create(
        code=code, defaults={"level": 2, "name": f"K{code}", "search": "k", "parent": province}
    )
    Person.objects.filter(pk=one.person_id).update(lives_in=code)
    return one


def many(count, code="35.05", to="TW", **changed):
    return [home(placed.departed(to=to, **changed), code) for _ in range(count)]


def row(rows, code):
    return next(one for one in rows if one.code == code)


def shown(by, on=ON):
    return journey.picture(by=by, on=on)


def test_a_stock_is_compared_with_those_covered_at_work_there_today(officer):
    many(2)
    placed.placement(to="TW")  # registered, nothing paid
    waiting = placed.placement(to="TW", registered="2026-11-01")
    placed.pay(waiting, "before", "2026-11-01", amount=37_500)
    found = row(shown(officer).destinations, "TW")
    assert (found.registered, found.protected, found.waiting, found.returned) == (4, 2, 1, 0)
    assert (found.denominator, found.estimate, found.estimate_on, found.compared) == ("stock", 311_000, "2025-08", 2)
    assert found.share_permille == 0 and found.confidence == "high" and "voiceindonesia" in found.estimate_source
    assert "311.000" in found.note.id and "311,000" in found.note.en


def test_where_only_placements_of_a_year_are_known_those_who_left_in_it_are_compared(officer):
    korea = estimates.placements(of="destination", code="KR")
    assert (korea.period, korea.people) == ("2023", 12_580)
    left = {"registered": "2023-03-01", "agreements": (("2023-04-01", "2025-03-31"),)}
    paid = placed.placement(to="KR", **left)
    placed.pay(paid, "during", "2023-03-05", "2025-03-31")
    placed.tell(paid, on="2023-04-01", departed_on="2023-04-01", state="home")
    unpaid = placed.placement(to="KR", **left)
    placed.tell(unpaid, on="2023-04-01", departed_on="2023-04-01", state="home")
    many(1, to="KR")  # left in 2026
    found = row(shown(officer).destinations, "KR")
    assert (found.denominator, found.estimate_on, found.estimate, found.compared) == ("placements", "2023", 12_580, 1)
    assert found.protected == 1 and "penempatan" in found.note.id


def test_an_old_or_unsure_estimate_is_said_to_be_so(officer):
    found = shown(officer)
    assert "sudah lama" in row(found.destinations, "MY").note.id
    assert found.total.estimate == 6_000_000 and "belum dikonfirmasi" in found.total.note.id
    assert row(found.destinations, "MY").protected == 0  # nobody of ours is there: shown all the same


def test_origins_are_provinces_with_their_regencies_and_placements_of_a_year(officer):
    many(2, "35.05")
    many(1, "35.07")
    home(placed.placement(), "52.01")
    nowhere = placed.departed()
    found = shown(officer)
    codes = [one.code for one in found.origins]
    assert codes.index("35") + 1 == codes.index("35.05") < codes.index("35.07") and codes[-1] == ""
    east = row(found.origins, "35")
    assert (east.registered, east.protected, east.denominator, east.estimate_on) == (3, 3, "placements", "2025")
    assert east.compared == 0  # left in 2026, the figure is of 2025
    regency = row(found.origins, "35.05")
    assert (regency.protected, regency.parent, regency.estimate, regency.denominator) == (2, "35", None, "")
    assert row(found.origins, "52").protected == 0 and row(found.origins, "").protected == 1
    assert found.total.protected == 4 and nowhere.person_id


def test_a_home_that_is_not_lived_in_is_where_the_card_says(officer):
    one = placed.departed()
    home(one, "35.05")
    Person.objects.filter(pk=one.person_id).update(lives_in=None, registered_at="35.05")
    assert row(shown(officer).origins, "35.05").registered == 1


@pytest.mark.parametrize(
    ("day", "protected", "returned"),
    [("2026-03-27", 0, 0), ("2026-03-28", 1, 0), ("2028-03-31", 1, 0), ("2028-04-30", 1, 0), ("2028-05-01", 0, 0)],
)
def test_cover_abroad_counts_from_departure_to_the_end_of_the_month_to_return(day, protected, returned, officer):
    placed.departed()
    found = shown(officer, D(day)).total
    assert (found.protected, found.returned) == (protected, returned)


def test_on_the_way_home_one_is_covered_but_no_longer_at_work_there(officer):
    one = placed.departed()
    placed.tell(one, on="2026-11-20", debarked_on="2026-11-20", state="returning")
    found = shown(officer).total
    assert (found.registered, found.protected, found.returned) == (1, 0, 1)


def ended(last="2026-06-30", **dates):
    """A placement abroad whose agreement ended."""
    one = placed.placement(agreements=(("2024-07-01", last),), registered="2024-05-01")
    placed.pay(one, "during", "2024-06-01", last)
    placed.tell(one, on="2024-07-01", departed_on="2024-07-01", state="working")
    return placed.tell(one, on="2026-07-01", **dates) if dates else one


def renew(one, paid_on, until="2028-06-30"):
    placed.agree(one, "2026-07-01", until)
    placed.pay(one, "extension", paid_on, until)
    return one


@pytest.mark.parametrize(
    ("paid_on", "renewed"), [("2026-06-30", 1), ("2026-07-30", 1), ("2026-07-31", 1), ("2026-08-01", 0)]
)
def test_an_extension_paid_within_the_month_to_return_is_a_renewal_and_a_later_one_is_not(paid_on, renewed, officer):
    renew(ended(), paid_on)
    found = shown(officer).renewal
    assert (found.due, found.renewed, found.still_open, found.permille) == (1, renewed, 0, 1000 * renewed)


def test_who_went_home_within_the_month_is_not_asked_to_renew_and_who_went_later_was(officer):
    ended(debarked_on="2026-07-30", state="home")
    assert shown(officer).renewal.due == 0 and shown(officer).renewal.permille is None
    ended(debarked_on="2026-07-31", state="home")
    assert (shown(officer).renewal.due, shown(officer).renewal.renewed) == (1, 0)


def test_who_died_failed_or_never_left_is_not_counted_as_one_who_did_not_renew(officer):
    ended(died_on="2026-07-10", state="died")
    never = placed.placement(agreements=(("2024-07-01", "2026-06-30"),), registered="2024-05-01")
    placed.pay(never, "during", "2024-06-01", "2026-06-30")
    assert shown(officer).renewal.due == 0


@pytest.mark.parametrize(
    ("last", "due", "still_open"),
    [("2025-11-22", 0, 0), ("2025-11-23", 1, 0), ("2026-10-20", 1, 0), ("2026-10-21", 1, 0), ("2026-10-22", 0, 1),
     ("2026-11-22", 0, 1), ("2026-11-23", 0, 0)],
)  # fmt: skip
def test_only_agreements_of_the_last_twelve_months_count_and_only_when_their_month_is_over(
    last, due, still_open, officer
):
    ended(last)
    found = shown(officer).renewal
    assert (found.due, found.still_open) == (due, still_open)
    assert (found.since, found.until) == (D("2025-11-23"), ON)


@pytest.mark.parametrize(
    ("ends", "week"),
    [("2026-11-21", None), ("2026-11-22", 0), ("2026-11-28", 0), ("2026-11-29", 1), ("2027-02-20", 12),
     ("2027-02-21", None)],
)  # fmt: skip
def test_what_ends_within_ninety_days_is_counted_by_destination_and_week(ends, week, officer):
    placed.departed(agreements=(("2026-04-01", ends),))
    found = shown(officer).ending
    if week is None:
        assert found == ()
    else:
        assert (found[0].code, found[0].people, found[0].weeks[week].people) == ("TW", 1, 1)
        assert sum(one.people for one in found[0].weeks) == 1
        assert found[0].weeks[0].starts == ON and found[0].weeks[-1].until == D("2027-02-20")
        assert found[0].weeks[week].starts <= D(ends) <= found[0].weeks[week].until


def test_what_is_over_ends_no_more(officer):
    one = placed.departed(agreements=(("2026-04-01", "2026-12-01"),))
    placed.tell(one, on="2026-11-01", debarked_on="2026-11-01", home_on="2026-11-02", state="home")
    assert placed_picture.ending(on=ON, until=D("2027-02-20")) == []


def test_the_statements_do_not_grow_with_the_placements(officer):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as told:
            shown(officer)
        return len(told)

    many(1)
    first = cost()
    many(5, "52.01", "KR")
    for _ in range(3):
        renew(ended(), "2026-06-30")
    assert cost() == first == 5


def test_the_public_sees_no_count_under_five_and_cannot_work_one_out(officer):
    many(5, "35.05")
    many(3, "35.07")
    many(9, "52.01", "KR")
    many(7, "18.01")
    everything, public = shown(officer), shown(None)
    assert not everything.is_public and public.is_public
    assert row(everything.origins, "35.07").protected == 3
    for code in ("35.05", "35.07"):  # two go together, or the province would give the smaller away
        assert row(public.origins, code).protected is None and row(public.origins, code).is_hidden
    assert row(public.origins, "35").protected == 8 and row(public.origins, "52.01").protected == 9
    assert public.total.protected == 24
    assert all(one.weeks == () for one in public.ending)
    assert any("di bawah lima" in one.id for one in public.notes)


def test_the_public_reads_what_was_counted_and_does_not_count_again(django_assert_num_queries):
    many(6)
    first = shown(None)
    with django_assert_num_queries(0):
        assert shown(factories.Actor(user=None, name="", role="member")) == first
    many(1)
    assert shown(None).total.protected == 6 and shown(factories.actor("officer")).total.protected == 7


def test_a_small_gap_between_registered_and_protected_is_hidden_too():
    many(6, "35.05")
    home(placed.placement(), "35.05")
    found = shown(None)
    assert found.total.is_hidden and found.total.registered is None
    assert found.total.estimate == 6_000_000


def test_members_agencies_and_machines_without_the_right_see_what_the_public_sees():
    for role in ("member", "agency", "family", "employer", "agent"):
        assert shown(factories.actor(role)).is_public, role
    for role in ("officer", "auditor", "operator"):
        assert not shown(factories.actor(role)).is_public, role


def test_small_renewals_are_hidden_from_the_public(officer):
    for number in range(9):
        one = ended()
        if number < 6:
            renew(one, "2026-06-30")
    assert shown(officer).renewal.renewed == 6
    assert shown(None).renewal.renewed is None  # three did not: 9 - 6


def test_of_rows_that_add_up_one_alone_is_never_left_out():
    def one(code, people):
        return PictureRow(code=code, name=journey.picture_words.EVERYWHERE, protected=people, registered=people,
                          waiting=0, returned=0)  # fmt: skip

    for counts in ((4, 5, 9), (1, 50, 6, 0), (3, 2, 8), (5, 6, 7), (4, 0)):
        found = picture_hiding._group([one(str(number), people) for number, people in enumerate(counts)])
        hidden = [people for people, row in zip(counts, found, strict=True) if row.is_hidden]
        assert len(hidden) != 1 or not any(people for people in counts if people not in hidden)
        assert all(people not in range(1, 5) for people, row in zip(counts, found, strict=True) if not row.is_hidden)


def test_departures_are_asked_for_no_years_without_asking():
    assert picture_counts.left_covered(years=()) == {}
