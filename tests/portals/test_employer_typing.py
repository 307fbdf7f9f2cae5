"""A return typed in the page, and single workers of a filed month corrected there: works without a script."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from teduh.employers.models import WageLine, WageReturn
from teduh.registry.models import Person
from tests.portals import employer_house as firms
from tests.portals.test_html import check

pytestmark = pytest.mark.usefixtures("regions")
MONTH = firms.MONTH


@pytest.fixture(autouse=True)
def _in_may(monkeypatch) -> None:
    monkeypatch.setenv("TEDUH_NOW", firms.NOW)


@pytest.fixture
def owner(signed_in) -> Client:
    return signed_in("employer", name="pemilik")


@pytest.fixture
def firm(owner: Client) -> int:
    return firms.firm(owner)


def said(answer) -> str:
    return answer.content.decode()


def grid(rows: list[dict[str, str]]) -> dict[str, str]:
    sent = {"w-TOTAL_FORMS": str(len(rows)), "w-INITIAL_FORMS": "0"}
    base = {"wage_type": "monthly", "worksite": "1"}
    return sent | {f"w-{n}-{name}": value for n, row in enumerate(rows) for name, value in (base | row).items()}


def new(n: int, wage: str = "3.000.000") -> dict[str, str]:
    return {
        "nik": firms.nik(n), "name": f"Pekerja Nomor {n}", "birth_date": "17-05-1990", "started_on": "1-2-2026",
        "pay": wage,
    }  # fmt: skip


def test_a_small_firm_types_its_first_return_and_files_it(owner: Client, firm: int) -> None:
    page = reverse("employer_typing", args=[firm, MONTH])
    check(owner.get(page))
    answer = owner.post(page, grid([new(1), new(2, "2.750.000"), {}]))
    assert answer.status_code == 302, said(answer)
    owner.post(answer["Location"], {"do": "file"})
    assert sorted(WageLine.objects.values_list("wage", flat=True)) == [2_750_000, 3_000_000]
    assert WageReturn.objects.get().file.source == "page"


def test_what_is_missing_is_said_beside_the_row_and_nothing_typed_is_lost(owner: Client, firm: int) -> None:
    page = reverse("employer_typing", args=[firm, MONTH])
    answer = owner.post(page, grid([new(1), {**new(2), "pay": ""}]))
    assert answer.status_code == 422 and "Perlu diisi" in said(answer) and firms.nik(2) in said(answer)
    assert not WageReturn.objects.exists()
    check(answer)


def test_more_empty_rows_come_without_a_script(owner: Client, firm: int) -> None:
    page = reverse("employer_typing", args=[firm, MONTH])
    answer = owner.post(page, {**grid([new(1)]), "more": "1"})
    assert answer.status_code == 200 and firms.nik(1) in said(answer)
    assert 'name="w-5-nik"' in said(answer) and 'name="w-6-nik"' not in said(answer)


def test_the_grid_begins_with_last_months_workers_and_wages(owner: Client, firm: int) -> None:
    firms.filed(owner, firm, month="2026-03")
    page = said(owner.get(reverse("employer_typing", args=[firm, MONTH])))
    assert page.count('type="hidden" name="w-') >= 13 and "2.600.000" in page


def test_one_worker_of_a_filed_month_is_corrected_and_the_others_stay(owner: Client, firm: int) -> None:
    firms.filed(owner, firm)
    first = WageLine.objects.order_by("id").first()
    number = Person.objects.get(pk=first.person_id).member_number
    page = reverse("employer_typing", args=[firm, MONTH])
    found = owner.get(page, {"q": number})
    assert number in said(found) and "w-0-member_number" in said(found) and "Pekerja N." in said(found)
    row = {"member_number": number, "worker": "Pekerja N.", "pay": str(first.pay + 400_000)}
    answer = owner.post(f"{page}?q={number}", grid([row]))
    check(owner.get(answer["Location"]))
    owner.post(answer["Location"], {"do": "file"})
    amended = WageReturn.objects.get(version=2)
    assert amended.kind == "amendment"
    changed = WageLine.objects.get(wage_return=amended)
    assert (changed.replaces_id, changed.wage) == (first.pk, first.wage + 400_000)


def test_a_grid_of_too_many_workers_points_to_the_sheet(owner: Client, firm: int) -> None:
    people = [(n, f"Pekerja Nomor {n}", 3_000_000) for n in range(1, 80)]
    firms.filed(owner, firm, people, month="2026-03")
    page = owner.get(reverse("employer_typing", args=[firm, MONTH]))
    assert "Terlalu banyak untuk diketik" in said(page)
    check(page)


@pytest.mark.parametrize(
    "sent",
    [
        {"w-TOTAL_FORMS": "9" * 400}, {"w-TOTAL_FORMS": "-1"}, {},
        {"w-TOTAL_FORMS": "1", "w-INITIAL_FORMS": "0", "w-0-pay": "a\x00b", "w-0-nik": "x" * 5_000},
        {"w-TOTAL_FORMS": "1", "w-INITIAL_FORMS": "0", "w-0-member_number": "'; DROP TABLE", "w-0-worksite": "99"},
    ],
)  # fmt: skip
def test_a_hostile_grid_is_answered_by_a_page(owner: Client, firm: int, sent: dict[str, str]) -> None:
    page = reverse("employer_typing", args=[firm, MONTH])
    for more in ({}, {"more": "1"}):
        assert owner.post(page, {**sent, **more}).status_code < 500
