"""What newcomers say, in whatever shape it comes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.registry import facts
from tests.registry.newcomers import newcomer

HARMFUL = ["\x00", "a\x00b", "\ud800", "\u202eevil", "Robert'); DROP TABLE registry_person;--", "😀", "x" * 1_000_000]


def test_a_newcomer_is_read_into_one_shape():
    one = facts.Newcomer(
        nik=" 3578.0117-0885 0001", name="  Slamet\u200b   Rahardjo ", birth_date="17-08-1985", sex="Laki-laki",
        phone="0812-3456-7890", income="Rp1.500.000", occupation="nelayan", second_occupation="nelayan",
        lives_in="3578011001", programmes="jht", email="", address=None,
    )  # fmt: skip
    assert (one.nik, one.name, one.sex) == ("3578011708850001", "Slamet Rahardjo", "M")
    assert one.birth_date == dt.date(1985, 8, 17)
    assert one.phone == "+6281234567890"
    assert one.income == 1_500_000
    assert one.lives_in == "35.78.01.1001"
    assert one.programmes == ("JKK", "JKM", "JHT")
    assert one.second_occupation is None
    assert one.email is None


@pytest.mark.parametrize("harmful", HARMFUL)
@pytest.mark.parametrize("field", ["name", "address", "email", "phone", "nik", "lives_in", "occupation", "birth_date"])
def test_harmful_text_is_made_harmless_or_refused_by_its_field(field, harmful):
    try:
        one = newcomer(**{field: harmful})
    except Refused as refused:
        assert refused.field == field
        assert refused.then.id
        return
    kept = str(getattr(one, field) or "")
    assert len(kept) <= 500
    assert not any(c in kept for c in "\x00\ud800\u202e")


def test_a_name_of_a_megabyte_is_refused_with_the_limit():
    with pytest.raises(Refused) as refused:
        newcomer(name="a" * 1_000_000)
    assert refused.value.code == "too_long"
    assert "200" in refused.value.why.id


def test_a_nik_that_excel_rounded_is_refused_with_the_reason():
    for damaged in (3578011708850001.0, "3.57801170885E+15"):
        with pytest.raises(Refused) as refused:
            facts.nik(damaged)
        assert refused.value.code == "nik_lost_digits"


@pytest.mark.parametrize("income", [1.5, -1, "abc", "1,5", None, True, 10**12, "1.50"])
def test_an_income_that_is_no_whole_rupiah_is_refused(income):
    with pytest.raises(Refused):
        facts.income(income)


@pytest.mark.parametrize(("written", "read"), [("1500000", 1_500_000), ("Rp 1.500.000,-", 1_500_000), (2e6, 2_000_000)])
def test_an_income_is_read_as_people_write_it(written, read):
    assert facts.income(written) == read


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("consent", ("\x00",)), ("consent", ("everything",)), ("citizenship", "\x00"), ("citizenship", "Indonesia"),
        ("group", 2**70), ("group", -1), ("agent", 0),
    ],
)  # fmt: skip
def test_a_choice_that_is_in_no_list_is_refused_by_its_field(field, wrong):
    with pytest.raises(Refused) as refused:
        newcomer(**{field: wrong})
    assert refused.value.field == field


def test_every_problem_of_a_form_is_told_at_once():
    found = facts.problems({"name": "", "phone": "8.1E+10", "nik": "123", "income": "banyak"})
    assert {refused.field for refused in found} == {"nik", "name", "birth_date", "sex", "phone", "income", "occupation"}


def test_a_form_without_problems_becomes_a_newcomer():
    raw = {
        "nik": "3578011708850001", "name": "Slamet", "birth_date": "1985-08-17", "sex": "L", "income": "1000000",
        "occupation": "nelayan", "csrfmiddlewaretoken": "ignored",
    }  # fmt: skip
    assert facts.problems(raw) == ()
    assert facts.newcomer(raw).name == "Slamet"


@given(st.text(max_size=300))
def test_any_text_is_a_name_that_can_be_stored_or_is_refused(text):
    try:
        name = newcomer(name=text).name
    except Refused:
        return
    name.encode()
    assert "\x00" not in name
    assert len(name) <= 200
    assert newcomer(name=name).name == name
