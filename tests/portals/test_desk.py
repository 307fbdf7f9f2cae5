"""The officer's desk and the simulator bank: waiting money, refunds and merges by two people, searching, checking."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from teduh.contributions import bills
from teduh.core import clock
from teduh.coverage import queries as coverage
from teduh.payments.models import Receipt, Refund, Suspense
from teduh.registry.models import Duplicate, Person
from teduh.security import masking
from tests import factories
from tests.portals.house import bill_for, person_of


def pay_at_the_bank(operator: Client, code: str, amount: int, do: str = "pay"):
    return operator.post(reverse("bank"), {"code": code, "amount": str(amount), "do": do, "differ": ""})


@pytest.mark.parametrize(
    ("do", "receipts", "waits", "reason"),
    [
        ("pay", 1, 0, None),
        ("twice", 1, 0, None),
        ("again", 2, 9_400, "already_paid"),
        ("late", 1, 9_400, "expired"),
        ("too_little", 1, 4_400, "too_little"),
        ("too_much", 1, 5_000, "too_much"),
        ("wrong_code", 1, 9_400, "unknown_code"),
        ("unknown_code", 1, 9_400, "unknown_code"),
    ],
)
def test_the_simulator_bank_pays_rightly_and_wrongly(
    signed_in, monkeypatch, do: str, receipts: int, waits: int, reason: str | None
) -> None:
    monkeypatch.setenv("TEDUH_NOW", "2026-05-04T10:00:00+07:00")
    bill = bill_for(factories.person(income=1_200_000, on=dt.date(2026, 5, 4)))
    assert bill.amount == 9_400
    answer = pay_at_the_bank(signed_in("operator"), bill.code, bill.amount, do)
    assert answer.status_code == 200
    assert Receipt.objects.count() == receipts
    waiting = list(Suspense.objects.values_list("amount", "reason"))
    assert waiting == ([(waits, reason)] if waits else [])
    paid = bills.bill(id=bill.id, on=clock.today())
    assert (paid.state == "paid") == (do in ("pay", "twice", "again", "too_much"))


def test_the_bank_takes_a_payment_back(signed_in) -> None:
    operator, person = signed_in("operator"), factories.person(on=clock.today())
    bill = bill_for(person)
    pay_at_the_bank(operator, bill.code, bill.amount)
    assert coverage.protection(person=person, on=clock.today()).state == "protected"
    operator.post(reverse("bank"), {"bank_reference": Receipt.objects.get().bank_reference})
    assert coverage.protection(person=person, on=clock.today()).state == "never"


def test_only_operators_stand_at_the_bank_and_only_where_partners_are_simulated(signed_in, settings) -> None:
    assert signed_in("member").get(reverse("bank")).status_code == 403
    settings.CIVIL_REGISTRY = "https://dukcapil.example"
    assert signed_in("operator").get(reverse("bank")).status_code == 404


def test_waiting_money_is_used_for_a_bill(signed_in) -> None:
    operator, officer = signed_in("operator"), signed_in("officer")
    bill = bill_for(factories.person(on=clock.today()))
    pay_at_the_bank(operator, bill.code, bill.amount, "wrong_code")
    waits = Suspense.objects.get()
    assert officer.get(reverse("suspense")).status_code == 200
    page = reverse("suspense_one", args=[waits.pk])
    wrong = officer.post(page, {"do": "apply", "a-bill": "TIDAK-ADA", "a-why": "Bukti transfer"})
    assert wrong.status_code == 422 and "Tagihan itu tidak ada" in wrong.content.decode()
    done = officer.post(page, {"do": "apply", "a-bill": bill.number, "a-why": "Bukti transfer"})
    assert done.status_code == 302
    assert bills.bill(id=bill.id, on=clock.today()).state == "paid"


def test_a_refund_takes_two_officers(signed_in) -> None:
    operator, first, second = signed_in("operator"), signed_in("officer"), signed_in("officer")
    bill = bill_for(factories.person(on=clock.today()))
    pay_at_the_bank(operator, bill.code, bill.amount, "too_much")
    waits = Suspense.objects.get()
    account = {
        "r-bank_code": "bni",
        "r-account_number": "0123 456 789",
        "r-account_name": "Siti",
        "r-why": "Lebih bayar",
    }
    first.post(reverse("suspense_one", args=[waits.pk]), {"do": "refund", **account})
    refund = Refund.objects.get()
    decide = reverse("refund", args=[refund.pk])
    assert "petugas lain memutuskan" in first.get(reverse("refunds")).content.decode()
    assert first.post(decide, {"do": "approve"}).status_code == 403
    assert second.post(decide, {"do": "approve"}).status_code == 302
    first.post(decide, {"do": "paid", "paid_reference": "TRX-1"})
    refund.refresh_from_db()
    assert (refund.state, refund.decided_by, refund.paid_reference) == ("paid", second.account, "TRX-1")


def test_merging_takes_two_officers(signed_in) -> None:
    first, second = signed_in("officer"), signed_in("officer")
    one, other = factories.people(2)
    pair = Duplicate.objects.create(first_id=one, second_id=other, evidence=[{"id": "Nama mirip", "en": "Alike"}])
    decide = reverse("duplicate", args=[pair.pk])
    assert "Nama mirip" in first.get(reverse("duplicates")).content.decode()
    assert first.post(decide, {"do": f"keep-{one}", "why": ""}).status_code == 422, "a reason is needed"
    first.post(decide, {"do": f"keep-{one}", "why": "KTP sama"})
    assert first.post(decide, {"do": "merge", "why": "KTP sama"}).status_code == 403
    second.post(decide, {"do": "merge", "why": "KTP dilihat"})
    assert Person.objects.get(pk=other).merged_into_id == one


def test_an_officer_finds_somebody_by_number_or_nik_and_says_why(signed_in) -> None:
    officer, id_ = signed_in("officer"), factories.person()
    person = Person.objects.get(pk=id_)
    for sought in (person.nik, f"{person.nik[:6]} {person.nik[6:]}", person.member_number):
        answer = officer.post(reverse("search"), {"sought": sought, "why": "Pemeriksaan data"})
        assert reverse("person", args=[id_]) in answer.content.decode()
        assert [row.nik for row in answer.context["found"]] == [masking.nik(person.nik)]
    missing = officer.post(reverse("search"), {"sought": person.nik, "why": ""})
    assert missing.context["form"].errors["why"]


def test_the_desk_says_whether_somebody_is_protected_on_a_day_for_what_and_why(signed_in) -> None:
    operator, officer = signed_in("operator"), signed_in("officer")
    id_ = factories.person(on=clock.today())
    bill = bill_for(id_)
    pay_at_the_bank(operator, bill.code, bill.amount)
    number = Person.objects.get(pk=id_).member_number
    today, before = clock.today(), clock.today() - dt.timedelta(days=1)
    yes = officer.post(reverse("check"), {"sought": number, "on": today.strftime("%d-%m-%Y")}).content.decode()
    no = officer.post(reverse("check"), {"sought": number, "on": before.isoformat()}).content.decode()
    assert "Ya, terlindungi" in yes and "PP 44/2015 Pasal" in yes
    assert "Tidak</span>" in no
    none = officer.post(reverse("check"), {"sought": "123", "on": today.isoformat()})
    assert "Tidak ada peserta dengan nomor ini" in none.content.decode()


def test_a_group_gets_one_bill_for_all(signed_in) -> None:
    agent = signed_in("agent")
    people = factories.people(3, agent=agent.account, on=clock.today())
    group = factories.group(people, manager=agent.account)
    made = agent.post(reverse("group", args=[group]), {"months": "2", "key": "a" * 32})
    page = agent.get(made["Location"]).content.decode()
    assert made.status_code == 302 and "× 3" in page and "3 orang" in page


def test_a_member_corrects_what_is_his_and_asks_for_what_needs_evidence(signed_in) -> None:
    member = signed_in("member")
    page = reverse("member_data")
    member.post(page, {"do": "contact", "c-phone": "0812 3456 7009", "c-email": "", "c-address": "RT 2"})
    person = Person.objects.get(pk=person_of(member))
    assert (person.phone, person.address) == ("+6281234567009", "RT 2")
    member.post(page, {"do": "request_form", "r-field": "name", "r-value": "Orang Benar", "r-evidence": "KTP baru"})
    officer = signed_in("officer")
    wish = person.corrections.get()
    assert "Orang Benar" in officer.get(reverse("corrections")).content.decode()
    officer.post(reverse("correction", args=[wish.pk]), {"do": "approve", "why": "KTP dilihat"})
    person.refresh_from_db()
    assert person.name == "Orang Benar"


def test_the_card_is_a_pdf_and_a_qr_that_verifies(signed_in) -> None:
    from teduh.coverage import card

    member = signed_in("member")
    shown = member.get(reverse("member_card"))
    assert card.verify(text=shown.context["card"].text, on=clock.today()).standing == "never"
    assert member.get(reverse("member_card_pdf")).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ("segment=bpu&income=1000000&sector=other&month=2026-04", "Rp8.400"),
        ("segment=bpu&income=1.000.000&sector=other&month=2025-06", "Rp16.800"),
        ("segment=pu&wage=5000000&risk_class=1&programmes=JKK&programmes=JKM&month=2026-04", "Rp27.000"),
        ("segment=jakon&contract_value=100000000&month=2026-04", "Rp240.000"),
        ("segment=pmi&route=implementer&stage=all&months=24&jht_monthly=0&month=2026-04", "Rp370.000"),
    ],
)
def test_anybody_is_told_what_a_month_costs_and_why(client: Client, asked: str, total: str) -> None:
    page = client.get(f"/hitung/?{asked}").content.decode()
    assert total in page and "Pasal" in page and "berlaku sejak" in page


def test_a_month_before_the_oldest_text_is_refused_with_reasons(client: Client) -> None:
    page = client.get("/hitung/?segment=bpu&income=1000000&sector=other&month=2015-06").content.decode()
    assert "tidak dapat dihitung" in page and "Naskah tertua" in page and "Selanjutnya" in page
