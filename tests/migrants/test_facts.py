"""What is typed or listed of a migrant is read into one shape, or refused by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.migrants import facts
from teduh.migrants.facts import NewAgreement
from tests.migrants.people import D, newcomer


@pytest.mark.parametrize(
    ("typed", "read"),
    [("c 1234567", "C1234567"), ("E-123.4567", "E1234567"), ("AB 123456", "AB123456"), ("X1234567\u200b", "X1234567"),
     ("", None), (None, None), ("  ", None)],
)  # fmt: skip
def test_a_passport_is_read_as_people_write_it(typed, read):
    assert facts.passport(typed) == read


@pytest.mark.parametrize("typed", ["C12", "1234", "PASPOR", "C12345678901", "C１２３４５６７"])
def test_what_is_no_passport_is_refused_with_an_example(typed):
    with pytest.raises(Refused) as refused:
        facts.passport(typed)
    assert refused.value.field == "passport" and "C1234567" in refused.value.then.id


@given(st.from_regex(r"[A-Z]{1,2}[0-9]{6,8}", fullmatch=True), st.sampled_from([" ", "-", ".", "/", "\u00a0"]))
def test_spaces_and_dashes_lead_to_the_same_index(number, noise):
    assert facts.passport_index(noise.join(number.lower())) == facts.passport_index(number)


def test_a_masked_passport_shows_its_first_and_last_three():
    assert facts.passport_masked("C1234567") == "C••••567" and facts.passport_masked(None) == ""


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scheme": "kapal"}, "scheme"), ({"scheme": "agency"}, "organisation"), ({"destination": "ID"}, "destination"),
        ({"destination": "TAIWAN"}, "destination"), ({"savings_monthly": 70_000}, "savings_monthly"),
        ({"papers": (("ijazah", None),)}, "papers"), ({"nik": "123"}, "nik"),
    ],
)  # fmt: skip
def test_each_field_is_refused_by_its_name(wrong, field):
    with pytest.raises(Refused) as refused:
        newcomer(**wrong)
    assert refused.value.field == field


def test_who_goes_on_her_own_has_no_agency_and_sex_follows_the_nik():
    assert newcomer(organisation=7).organisation is None
    assert newcomer().sex == "F"


def test_an_agreement_ends_on_its_first_day_at_the_earliest_and_within_ten_years():
    told = {"starts": D("2026-04-01"), "employer": "Lin Fu", "job": "Perawat"}
    assert NewAgreement(ends=D("2026-04-01"), **told).ends == D("2026-04-01")
    for ends in ("2026-03-31", "2036-05-01"):
        with pytest.raises(Refused) as refused:
            NewAgreement(ends=D(ends), **told)
        assert refused.value.field == "agreement_ends"
    for missing in ("employer", "job"):
        with pytest.raises(Refused) as refused:
            NewAgreement(ends=D("2027-04-01"), **{**told, missing: " "})
        assert refused.value.field == missing
