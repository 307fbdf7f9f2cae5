"""A firm's pages: from an account to a registered firm, a month filed and paid; who may open which page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from teduh.employers import reference
from teduh.employers.models import Employer, Staff, WageLine, WageReturn
from teduh.payments.models import Bill
from teduh.security.models import Event, User
from tests.portals import employer_house as firms
from tests.portals.house import PASSWORD
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


def register_by_pages(client: Client, **told: str) -> None:
    reference.load_reference()
    activity = str(reference.activities(search="kayu")[0].id)
    firm = {"name": "UD Jati Makmur", "legal_form": "UD", "works_in_1": "33", "works_in_2": "33.20", **told}
    client.post(reverse("employer_new_step", args=["firm"]), firm)
    client.post(
        reverse("employer_new_step", args=["activity"]), {"activity": activity, "evidence": "NIB", "sought": "kayu"}
    )
    client.post(reverse("employer_new_step", args=["size"]), {"yearly_sales": "3.000.000.000", "health_insured": "on"})


def test_a_clerk_opens_an_account_and_registers_a_workshop_in_four_steps(client: Client) -> None:
    answer = client.post(
        reverse("employer_account"), {"name": "Sri Lestari", "username": "0812-3456-7890", "password": PASSWORD}
    )
    assert answer.status_code == 302
    account = User.objects.get(username="+6281234567890")
    assert account.role == "employer"
    register_by_pages(client)
    agree = client.get(reverse("employer_new_step", args=["agree"]))
    assert "JKK" in said(agree) and "Perpres 109/2013 Pasal 6(3)" in said(agree)
    done = client.post(reverse("employer_new_step", args=["agree"]), {"name": "Sri Lestari", "position": "Pemilik"})
    made = Employer.objects.get()
    assert done["Location"] == reverse("employer_home", args=[made.pk])
    assert Staff.objects.get(employer=made).user == account
    assert made.npp in said(client.get(done["Location"])).replace(" ", "")


def test_a_firm_without_a_place_or_size_is_asked_again_beside_the_question(owner: Client) -> None:
    wrong = owner.post(reverse("employer_new_step", args=["firm"]), {"name": "UD Jati", "legal_form": "UD"})
    assert wrong.status_code == 422 and "Pilih provinsi" in said(wrong)
    register_by_pages(owner)
    wrong = owner.post(reverse("employer_new_step", args=["size"]), {"yearly_sales": ""})
    assert wrong.status_code == 422 and "Isi modal atau penjualan" in said(wrong)


def test_a_step_that_was_not_answered_comes_before_the_next(owner: Client) -> None:
    answer = owner.get(reverse("employer_new_step", args=["agree"]))
    assert answer["Location"] == reverse("employer_new_step", args=["firm"])


def test_a_username_that_has_an_account_is_said_beside_the_question(client: Client, owner: Client) -> None:
    answer = client.post(reverse("employer_account"), {"name": "Budi", "username": "pemilik", "password": PASSWORD})
    assert answer.status_code == 422 and "sudah punya akun" in said(answer)


def test_an_upload_is_checked_filed_and_becomes_a_bill(owner: Client, firm: int) -> None:
    answer = firms.upload(owner, firm, firms.sheet(firms.PEOPLE))
    page = owner.get(answer["Location"])
    assert not WageLine.objects.exists(), "a check files nothing"
    assert "Laporkan" in said(page) and "12" in said(page)
    check(page)
    done = owner.post(answer["Location"], {"do": "file"})
    bill = Bill.objects.get(employer=firm)
    receipt = owner.get(done["Location"])
    assert bill.code in said(receipt).replace(" ", "") and WageLine.objects.count() == 12
    check(receipt)
    for name in ("employer_home", "employer_bills", "employer_returns", "employer_workers"):
        check(owner.get(reverse(name, args=[firm])))
    check(owner.get(reverse("employer_bill", args=[firm, bill.number])))
    check(owner.get(reverse("employer_line", args=[firm, WageLine.objects.first().pk])))
    check(owner.get(reverse("employer_month", args=[firm, MONTH])))


def test_a_row_that_cannot_be_filed_is_shown_with_its_number_and_the_others_may_go_first(
    owner: Client, firm: int
) -> None:
    content = firms.sheet(firms.PEOPLE, extra="\n12345;Nama Salah;17-05-1990;3000000;01-02-2026")
    address = firms.upload(owner, firm, content)["Location"]
    page = owner.get(address)
    assert "Baris 14" in said(page) and "Laporkan tanpa" in said(page)
    check(page)
    refused = owner.post(address, {"do": "file"})
    assert refused.status_code >= 400 and not WageLine.objects.exists()
    owner.post(address, {"do": "file_without"})
    assert WageLine.objects.count() == 12


def test_what_is_filed_twice_is_filed_once(owner: Client, firm: int) -> None:
    address = firms.upload(owner, firm, firms.sheet(firms.PEOPLE))["Location"]
    first, again = owner.post(address, {"do": "file"}), owner.post(address, {"do": "file"})
    assert first["Location"] == again["Location"]
    assert Bill.objects.filter(employer=firm).count() == 1


def test_a_checked_return_is_discarded_without_a_trace_on_the_books(owner: Client, firm: int) -> None:
    firms.upload(owner, firm, firms.sheet(firms.PEOPLE))
    made = WageReturn.objects.get()
    owner.post(reverse("employer_discard", args=[firm, made.pk]))
    made.refresh_from_db()
    assert made.state == "discarded" and not Bill.objects.exists()


def test_sheets_can_be_downloaded_to_begin_with_and_to_keep(owner: Client, firm: int) -> None:
    made = firms.filed(owner, firm)
    for name, rest in (
        ("employer_template", [MONTH]), ("employer_prefilled", ["2026-05"]), ("employer_mended", [made]),
        ("employer_download", [made, "xlsx"]),
    ):  # fmt: skip
        answer = owner.get(reverse(name, args=[firm, *rest]))
        assert answer.status_code == 200 and answer.content[:2] == b"PK", name
    lines = owner.get(reverse("employer_download", args=[firm, made, "csv"])).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 13


def test_a_month_without_wages_is_filed_as_nil(owner: Client, firm: int) -> None:
    wrong = owner.post(reverse("employer_nil", args=[firm, MONTH]), {"why": " "})
    assert wrong.status_code == 422
    owner.post(reverse("employer_nil", args=[firm, MONTH]), {"why": "Belum ada pekerja"})
    assert WageReturn.objects.get().kind == "nil"
    assert "Nihil" in said(owner.get(reverse("employer_returns", args=[firm])))


ROLES = {
    "owner": {"view", "prepare", "file", "manage"},
    "filer": {"view", "prepare", "file"},
    "preparer": {"view", "prepare"},
    "viewer": {"view"},
}
PAGES = {
    "employer_home": "view", "employer_returns": "view", "employer_bills": "view", "employer_workers": "view",
    "employer_data": "view", "employer_leavings": "view", "employer_details": "manage", "employer_profile": "manage",
    "employer_contact": "manage", "employer_bank": "manage", "employer_site": "manage", "employer_staff": "manage",
    "employer_keys": "manage",
}  # fmt: skip
OF_MONTH = {"employer_month": "view", "employer_typing": "prepare", "employer_template": "prepare",
            "employer_prefilled": "prepare", "employer_nil": "file"}  # fmt: skip


@pytest.mark.parametrize("role", ["filer", "preparer", "viewer"])
def test_a_role_opens_what_it_may_and_no_more(owner: Client, firm: int, role: str) -> None:
    client = firms.place(firm, role, owner)
    for name, what in PAGES.items():
        expected = 200 if what in ROLES[role] else 403
        assert client.get(reverse(name, args=[firm])).status_code == expected, name
    for name, what in OF_MONTH.items():
        expected = 200 if what in ROLES[role] else 403
        assert client.get(reverse(name, args=[firm, MONTH])).status_code == expected, name


def test_a_preparer_uploads_and_somebody_who_files_sends_it(owner: Client, firm: int) -> None:
    preparer, filer = firms.place(firm, "preparer", owner), firms.place(firm, "filer", owner)
    address = firms.upload(preparer, firm, firms.sheet(firms.PEOPLE))["Location"]
    assert 'value="file"' not in said(preparer.get(address))
    assert preparer.post(address, {"do": "file"}).status_code == 403 and not Bill.objects.exists()
    filer.post(address, {"do": "file"})
    assert Bill.objects.filter(employer=firm).count() == 1


def test_a_viewer_uploads_nothing(owner: Client, firm: int) -> None:
    viewer = firms.place(firm, "viewer", owner)
    assert firms.upload(viewer, firm, firms.sheet(firms.PEOPLE)).status_code == 403
    assert not WageReturn.objects.exists()


def test_an_employers_account_finds_no_page_of_a_firm_that_is_not_its(owner: Client, firm: int, signed_in) -> None:
    made = firms.filed(owner, firm)
    line, bill = WageLine.objects.first().pk, Bill.objects.get(employer=firm).number
    stranger = signed_in("employer", name="orang-lain")
    own = firms.firm(stranger, "CV Orang Lain", nib="9999999999999")
    for name in PAGES:
        assert stranger.get(reverse(name, args=[firm])).status_code == 404, name
    for name in OF_MONTH:
        assert stranger.get(reverse(name, args=[firm, MONTH])).status_code == 404, name
    for at in (firm, own):
        for name, rest in (
            ("employer_filed", [made]), ("employer_check", [made]), ("employer_mended", [made]),
            ("employer_download", [made, "csv"]), ("employer_line", [line]), ("employer_bill", [bill]),
        ):  # fmt: skip
            assert stranger.get(reverse(name, args=[at, *rest])).status_code == 404, (name, at)
        assert stranger.post(reverse("employer_discard", args=[at, made])).status_code == 404


def test_an_accountant_sees_each_firms_state_and_searches_among_them(owner: Client, firm: int, signed_in) -> None:
    accountant = firms.place(firm, "filer", owner)
    firms.firm(accountant, "CV Kedua", nib="9999999999999")
    page = accountant.get(reverse("employers"))
    assert "Bengkel Kayu Jati" in said(page) and "CV Kedua" in said(page)
    check(page)
    found = said(accountant.get(reverse("employers"), {"all": "1", "q": "kedua"}))
    assert "CV Kedua" in found and "Bengkel Kayu Jati" not in found


def test_who_has_one_firm_goes_straight_to_it(owner: Client, firm: int) -> None:
    assert owner.get(reverse("employers"))["Location"] == reverse("employer_home", args=[firm])


@pytest.mark.parametrize("role", ["member", "agent", "auditor", "operator"])
def test_other_roles_open_no_page_of_a_firm(owner: Client, firm: int, signed_in, role: str) -> None:
    client = signed_in(role)
    assert client.get(reverse("employer_home", args=[firm])).status_code == 403
    assert client.get(reverse("employers")).status_code == 403


def test_an_officer_looks_with_a_purpose_that_is_recorded(owner: Client, firm: int, signed_in) -> None:
    officer = signed_in("officer")
    page = reverse("employer_home", args=[firm])
    asked = officer.get(page)
    assert asked.status_code == 302 and asked["Location"].startswith(reverse("officer_employers"))
    opened = officer.post(asked["Location"], {"why": "Pemberi kerja datang ke kantor"})
    assert opened["Location"] == page
    assert officer.get(page).status_code == 200
    assert Event.objects.filter(subject=f"employer:{firm}", why="Pemberi kerja datang ke kantor").exists()


def test_every_page_of_a_firm_is_sound_in_both_languages(owner: Client, firm: int) -> None:
    for language in ("id", "en"):
        owner.cookies["bahasa"] = language
        for name in PAGES:
            check(owner.get(reverse(name, args=[firm])))
        for name in ("employer_month", "employer_typing", "employer_nil"):
            check(owner.get(reverse(name, args=[firm, MONTH])))
        check(owner.get(reverse("employer_risk", args=[firm, 1]), {"sought": "kayu"}))


def test_choosing_a_language_stays_on_the_firms_page(owner: Client, firm: int) -> None:
    page = reverse("employer_home", args=[firm])
    assert f'name="next" value="{page}"' in said(owner.get(page))
