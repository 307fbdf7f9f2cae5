"""Every page and answer that an employer can get is the same, to the letter, before and after a worker reports him."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.urls import NoReverseMatch, reverse

from teduh.api.urls import api
from teduh.core import clock
from teduh.employers.models import Employer, WageLine, WorkerReport
from teduh.journeys.money import pay
from teduh.journeys.worker import worker, worker_report
from teduh.law.months import Month
from teduh.payments.models import Bill
from teduh.portals import employer_urls, watch_urls
from teduh.registry.models import Account
from teduh.security import tokens
from teduh.security.access import MAY, SYSTEM
from teduh.security.models import Event
from tests import factories
from tests.api.machines import Machine
from tests.journeys.paying import notice
from tests.portals import employer_house, house

MONTH = "2026-05"
pytestmark = pytest.mark.usefixtures("regions")
#: What differs from answer to answer by itself: tokens of forms, keys of forms, nonces.
CHANGING = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"|nonce="[^"]*"')


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", employer_house.NOW)


@pytest.fixture
def owner():
    return house.signed_in("employer", name="pemilik")


@pytest.fixture
def firm(owner, monkeypatch):
    made = employer_house.firm(owner)
    monkeypatch.setenv("TEDUH_NOW", "2026-06-05T10:00:00+07:00")
    employer_house.filed(owner, made, month=MONTH)
    return Employer.objects.get(pk=made)


def member_of(firm) -> WageLine:
    return WageLine.objects.filter(employment__employer=firm).order_by("id")[0]


def reports(firm) -> str:
    line = member_of(firm)
    himself = factories.actor("member", person=line.person_id)
    return worker_report.tell(
        person=line.person_id, kind="wrong_wage", employer=firm.id, month=Month.parse(MONTH),
        wage=9_000_000, text="Upah saya lebih besar", by=himself, on=clock.today(),
    )  # fmt: skip


def addresses(firm) -> list[str]:
    line = member_of(firm)
    known = {
        "employer": firm.id, "month": MONTH, "wage_return_id": line.wage_return_id, "line": line.id,
        "employment": line.employment_id, "kind": "csv", "number": 1,
    }  # fmt: skip
    found = []
    for pattern in [
        *employer_urls.of_firm,
        *employer_urls.of_returns,
        *employer_urls.of_bills,
        *watch_urls.urlpatterns,
    ]:
        names = pattern.pattern.regex.groupindex if hasattr(pattern.pattern, "regex") else {}
        if "employer" not in names:
            continue
        given = {name: known[name] for name in names if name in known}
        if pattern.name == "employer_bill":
            given["number"] = Bill.objects.get(employer=firm).number
        try:
            found.append(reverse(pattern.name, kwargs=given))
        except NoReverseMatch:
            continue
    return [reverse("employers"), *found]


def read(client, firm) -> dict[str, tuple[int, str]]:
    answers = {}
    for address in addresses(firm):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answers[address] = (answer.status_code, plain(body))
    return answers


def plain(body: bytes) -> str:
    """What an answer says; of a workbook, all its parts but the moment of its making."""
    if body.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(body))
        return "".join(book.read(name).decode() for name in sorted(book.namelist()) if "docProps" not in name)
    return CHANGING.sub("", body.decode())


def machine(owner) -> Machine:
    user = owner.account
    made = tokens.create(
        username=user.username, name="test", scopes=sorted(MAY["employer"]), days=30, at=clock.now(), by=SYSTEM
    )
    return Machine(made.secret, user.pk, "employer")


def asked(caller: Machine, firm) -> dict[str, tuple[int, str]]:
    line = member_of(firm)
    known = {"npp": firm.npp, "month": MONTH, "number": Bill.objects.get(employer=firm).number,
             "employment": line.employment_id, "wage_return": line.wage_return_id, "line": line.id}  # fmt: skip
    answers = {}
    for path, operations in api.get_openapi_schema()["paths"].items():
        names = re.findall(r"{(\w+)}", path)
        if "get" in operations and ("/employers" in path or "/returns" in path) and set(names) <= set(known):
            address = path.split("/api/v1")[-1].format(**known)
            answer = caller.ask("GET", f"{address}?why=")
            answers[address] = (answer.status_code, plain(answer.content))
    return answers


def test_every_page_of_the_employer_is_the_same_before_and_after(owner, firm):
    read(owner, firm)
    before = read(owner, firm)
    assert sum(status == 200 for status, _ in before.values()) > 15
    number = reports(firm)
    after = read(owner, firm)
    for address, answer in after.items():
        assert answer == before[address], address
    assert not any(number in body for _, body in after.values())


def test_every_answer_to_the_employers_machine_is_the_same_before_and_after(owner, firm):
    caller = machine(owner)
    before = asked(caller, firm)
    assert sum(status == 200 for status, _ in before.values()) > 3
    reports(firm)
    assert asked(caller, firm) == before


def test_the_employers_own_doings_and_the_record_of_the_firm_know_nothing(owner, firm):
    before = list(Event.objects.values_list("id", flat=True))
    reports(firm)
    (event,) = Event.objects.exclude(id__in=before)
    assert event.subject == f"person:{member_of(firm).person_id}"
    assert event.detail == {}
    assert str(firm.id) not in str(event.why)


def test_no_employers_account_reads_reports(owner, firm):
    reports(firm)
    for name in ("member_report", "report_for", "worker_reports"):
        assert owner.get(reverse(name)).status_code in (403, 404)
    number = WorkerReport.objects.get().number
    assert owner.get(reverse("worker_report_one", args=[number])).status_code in (403, 404)


def test_a_filed_and_paid_return_is_walked_from_the_balance_to_the_clerks_own_row(owner, firm):
    """The whole way, through the doors and the bank: nothing here is made by hand."""
    bill = Bill.objects.get(employer=firm)
    pay.receive(notices=[notice(bill.code, bill.amount, clock.today())], on=clock.today(), at=clock.now(), by=SYSTEM)
    line = member_of(firm)
    himself = factories.actor("member", person=line.person_id)
    found = worker.months(actor=himself, person=line.person_id, on=clock.today())
    may = next(one for one in found.months if one.versions)
    assert (may.state, may.bills) == ("paid", (bill.number,))
    assert found.jht.balance == sum(share.total for share in may.shares if share.programme == "JHT")
    assert found.jp.months == sum(share.programme == "JP" for share in may.shares)
    (way,) = worker.trail(actor=himself, person=line.person_id, line=line.id)
    assert (way.line, way.bill_number) == (line.id, bill.number)
    assert {one.credit for one in way.booked} >= {"JKK:contributions", "JKM:contributions"}
    for posting in found.jht.lines:
        assert [one.line for one in worker.trail(actor=himself, person=line.person_id, posting=posting.posting)] == [
            line.id
        ]
    client = house.signed_in("member", name="pekerja-satu", person=None)
    Account.objects.filter(user=client.account).update(person_id=line.person_id)
    shown = client.get(reverse("member_wage_trail", args=[line.id])).content.decode()
    assert employer_house.nik(1) in shown
    assert employer_house.nik(2) not in shown
    assert worker.explain(actor=himself, person=line.person_id, line=line.id).agrees
