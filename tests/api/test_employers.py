"""An employer's payroll software at the door: a firm, its returns, bills and workers; a stranger finds nothing."""

from __future__ import annotations

import pytest

from teduh.core import clock
from teduh.employers.models import Employer
from teduh.journeys.employers import machine_tokens
from teduh.law.months import Month
from teduh.payments.models import Bill
from teduh.security.access import actor_of
from teduh.security.models import User
from tests.api import machines
from tests.employers import firms

pytestmark = pytest.mark.usefixtures("db", "regions")
NIKS = ("3301014501900011", "3301011203850012", "3301015506920013")
OCTOBER = "2026-10"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", "2026-11-05T09:00:00+07:00")


@pytest.fixture
def payroll(db):
    from teduh.employers import reference

    reference.load_reference()
    return machines.machine("employer")


@pytest.fixture
def npp(payroll):
    made = firms.employer(from_month=Month(2026, 8), owner=User.objects.get(pk=payroll.user), region="33.01")
    return Employer.objects.get(pk=made).npp


def row(n: int, pay: int = 5_000_000, **more):
    birth = {0: "1990-01-05", 1: "1985-03-12", 2: "1992-06-15"}[n]
    sex = "M" if n == 1 else "F"
    return {"nik": NIKS[n], "name": f"Sri Rahayu {'Abc'[n]}i", "birth_date": birth, "sex": sex,
            "started_on": "2026-08-03", "pay": pay, **more}  # fmt: skip


def checked(payroll, npp, *rows, month=OCTOBER, **more):
    return payroll.post(f"/employers/{npp}/returns/{month}/check", {"rows": list(rows), **more}, 201)


def filed(payroll, npp, *rows, month=OCTOBER, **more):
    report = checked(payroll, npp, *rows, month=month, **more)
    return payroll.post(f"/returns/{report['wage_return']}/file", {})


def bill_of(payroll, npp, made):
    return payroll.get(f"/employers/{npp}/bills/{Bill.objects.get(pk=made['bill']).number}")


def test_a_return_is_checked_filed_once_and_billed_to_the_rupiah(payroll, npp):
    report = checked(payroll, npp, row(0), row(1, 4_000_000))
    assert (report["workers"], report["wages"], report["may_file"]) == (2, 9_000_000, True)
    assert report["to_pay"] == sum(total["to_pay"] for total in report["totals"])
    assert {total["programme"] for total in report["totals"]} >= {"JKK", "JKM", "JHT", "JP"}
    assert all(total["articles"] for total in report["totals"])
    path = f"/returns/{report['wage_return']}/file"
    first = payroll.post(path, {}, key="file-2026-10-a")
    assert payroll.post(path, {}, key="file-2026-10-a") == first
    again = payroll.post(path, {})
    assert (again["bill"], again["version"]) == (first["bill"], 1)
    bill = bill_of(payroll, npp, first)
    assert (bill["amount"], bill["to_pay"], bill["workers"]) == (report["to_pay"], report["to_pay"], 2)
    assert bill["code"] and bill["qris"] and Bill.objects.count() == 1


def test_names_are_masked_in_lines_workers_and_bills(payroll, npp):
    made = filed(payroll, npp, row(0), row(1))
    lines = payroll.get(f"/returns/{made['wage_return']}/lines?limit=1")
    assert len(lines["lines"]) == 1 and lines["after"] is not None
    rest = payroll.get(f"/returns/{made['wage_return']}/lines?limit=1&after={lines['after']}")
    assert rest["lines"][0]["line"] != lines["lines"][0]["line"]
    workers = payroll.get(f"/employers/{npp}/workers?month={OCTOBER}")
    assert workers["count"] == 2
    said = f"{lines}{rest}{workers}{bill_of(payroll, npp, made)}"
    assert not any(nik in said for nik in NIKS) and "Sri Rahayu" not in said


def test_each_line_says_why_and_shows_the_row_it_came_from(payroll, npp):
    made = filed(payroll, npp, row(0))
    (line,) = payroll.get(f"/returns/{made['wage_return']}/lines")["lines"]
    why = payroll.get(f"/returns/{made['wage_return']}/lines/{line['line']}/why")
    assert why["agrees"] and why["steps"] and all(step["citation"] for step in why["steps"])
    original = payroll.get(f"/returns/{made['wage_return']}/lines/{line['line']}/original")
    assert "5000000" in [cell[1] for cell in original["cells"]]
    payroll.get(f"/returns/{made['wage_return']}/lines/{line['line'] + 1}/why", 404)


def test_a_correction_is_a_further_version_of_the_rows_that_changed(payroll, npp):
    first = filed(payroll, npp, row(0), row(1))
    second = filed(payroll, npp, row(0, 6_000_000), only_changes=True)
    assert (second["version"], second["workers"]) == (2, 2)
    versions = payroll.get(f"/employers/{npp}/returns/{OCTOBER}")
    assert sorted(one["version"] for one in versions) == [1, 2]
    assert bill_of(payroll, npp, second)["amount"] < bill_of(payroll, npp, first)["amount"]


def test_a_row_that_cannot_be_filed_stops_the_return_unless_it_is_left_out(payroll, npp):
    report = checked(payroll, npp, row(0), {**row(1), "nik": "1234567890123456"})
    assert not report["may_file"] and report["stopped"] == 1 and report["why_not"]["en"]
    payroll.post(f"/returns/{report['wage_return']}/file", {}, 422)
    (found,) = [
        one for one in payroll.get(f"/returns/{report['wage_return']}/findings")["findings"]
        if one["severity"] == "stop"
    ]  # fmt: skip
    assert found["text"]["id"] and found["number"] == 3
    made = payroll.post(f"/returns/{report['wage_return']}/file", {"without_stopped": True})
    assert (made["workers"], made["left_out"]) == (1, 1)


def test_a_discarded_check_is_filed_by_nobody_and_a_nil_month_is_said_once(payroll, npp):
    report = checked(payroll, npp, row(0))
    assert payroll.post(f"/returns/{report['wage_return']}/discard", None)["discarded"]
    payroll.ask("POST", f"/returns/{report['wage_return']}/file", {})
    assert payroll.said["code"] != "our_fault" and set(payroll.said) >= {"code", "what", "next"}
    made = payroll.post(f"/employers/{npp}/returns/{OCTOBER}/nil", {"why": "belum ada pekerja"})
    assert made["bill"] is None and made["version"] == 1
    months = payroll.get(f"/employers/{npp}/returns")
    assert {one["month"]: one["state"] for one in months}[OCTOBER] == "nil"


def test_sheets_come_as_xlsx(payroll, npp):
    made = filed(payroll, npp, row(0))
    for path in (
        f"/employers/{npp}/returns/2026-11/template", f"/employers/{npp}/returns/2026-11/prefilled",
        f"/returns/{made['wage_return']}/sheet",
    ):  # fmt: skip
        assert payroll.get(path)[:2] == b"PK", path


def test_a_file_as_the_firm_keeps_it_is_checked_too(payroll, npp):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sheet = (
        f"No KTP;Nama Karyawan;Tgl Lahir;L/P;Tgl Masuk;Gaji Pokok\n{NIKS[0]};Sri;05-01-1990;P;03-08-2026;5.000.000\n"
    )
    answer = payroll.client.post(
        f"/api/v1/employers/{npp}/returns/{OCTOBER}/upload",
        {"file": SimpleUploadedFile("gaji.csv", sheet.encode())},
        headers={"Authorization": f"Bearer {payroll.token}", "Idempotency-Key": "upload-2026-10-1"},
    )
    assert answer.status_code == 201 and answer.json()["wages"] == 5_000_000


def test_a_bill_is_paid_and_its_payment_shown(payroll, npp):
    made = filed(payroll, npp, row(0))
    bill = bill_of(payroll, npp, made)
    bank = machines.machine("operator")
    notice = {"bank": "BNI", "bank_reference": "W-1", "code": bill["code"], "amount": bill["to_pay"],
              "paid_at": "2026-11-05T08:00:00+07:00"}  # fmt: skip
    assert bank.post("/bank/notices", {"notices": [notice]})[0]["state"] == "allocated"
    assert bill_of(payroll, npp, made)["state"] == "paid"
    (receipt,) = payroll.get(f"/employers/{npp}/bills/{bill['number']}/payments")
    assert receipt["amount"] == bill["amount"]
    assert payroll.get(f"/employers/{npp}/money")["penalties"] == []
    assert payroll.get(f"/employers/{npp}/ageing")["to_pay"] == 0


def test_what_is_late_is_aged_with_its_penalty(payroll, npp, monkeypatch):
    filed(payroll, npp, row(0))
    monkeypatch.setenv("TEDUH_NOW", "2026-11-20T09:00:00+07:00")
    late = payroll.get(f"/employers/{npp}/ageing")
    assert late["months"] == [OCTOBER] and late["buckets"]["1"] == late["arrears"] > 0 and late["penalty"] > 0


def test_an_end_is_previewed_told_and_says_what_follows(payroll, npp):
    filed(payroll, npp, row(0))
    (worker,) = payroll.get(f"/employers/{npp}/workers")["workers"]
    path = f"/employers/{npp}/workers/{worker['employment']}"
    told = {"ended_on": "2026-11-04", "cause": "dismissed"}
    preview = payroll.post(f"{path}/end/preview", told, key=None)
    assert preview["consequences"] and payroll.get(path)["ended_on"] is None
    assert payroll.post(f"{path}/end", told)["consequences"]
    assert payroll.get(path)["ended_on"] == "2026-11-04"
    assert payroll.post(f"{path}/end", told, 409)["what"]["id"]


def test_a_firm_registers_and_opens_a_second_site(payroll):
    activity = payroll.get("/activities?search=toko")[0]
    body = {
        "name": "Toko Makmur", "legal_form": "UD", "region": "33.01", "activity": activity["id"], "evidence": "NIB",
        "capital": 100_000_000, "contact_name": "Siti", "contact_position": "pemilik",
    }  # fmt: skip
    made = payroll.post("/employers", body, 201)
    assert made["mandatory"]["size"] == "micro" and made["mandatory"]["articles"] and len(made["npp"]) == 8
    assert [one["npp"] for one in payroll.get("/employers")] == [made["npp"]]
    site = {"name": "Gudang", "region": "33.01", "opened_on": "2026-11-01"}
    number = payroll.post(f"/employers/{made['npp']}/worksites", site, 201)["number"]
    risk = {"activity": activity["id"], "evidence": "izin", "from_month": "2026-11"}
    payroll.post(f"/employers/{made['npp']}/worksites/{number}/risk", risk, 201)
    size = {"from_month": "2026-11", "capital": 3_000_000_000, "programmes": ["JP"]}
    payroll.post(f"/employers/{made['npp']}/profile", size, 201)
    firm = payroll.get(f"/employers/{made['npp']}")
    assert len(firm["worksites"]) == 2 and firm["profile"]["size"] == "small"
    assert firm["profile"]["programmes"] == ["JKK", "JKM", "JHT", "JP"]
    assert payroll.get(f"/employers/{made['npp']}/now")["state"]


def test_a_project_is_quoted_registered_and_filled(payroll, npp):
    asked = {"name": "Dermaga II", "basis": "contract", "value": 1_000_000_000, "starts": "2026-11-01",
             "ends": "2027-03-31", "instalments": 3}  # fmt: skip
    quote = payroll.post(f"/employers/{npp}/projects/quote", asked, key=None)
    made = payroll.post(f"/employers/{npp}/projects", asked, 201)
    assert made["total"] == quote["total"] == sum(due["amount"] for due in made["dues"]) and len(made["dues"]) == 3
    number = made["row"]["number"]
    put = payroll.post(f"/projects/{number}/workers", {"people": [{"nik": NIKS[0], "name": "Sri Rahayu"}]})
    assert put["added"] == 1
    assert len(payroll.get(f"/projects/{number}/workers")) == 1
    assert [one["number"] for one in payroll.get(f"/employers/{npp}/projects")] == [number]
    machines.machine("employer").get(f"/projects/{number}", 404)


def test_another_firms_account_finds_nothing_and_learns_nothing(payroll, npp):
    made = filed(payroll, npp, row(0))
    other = machines.machine("employer")
    absent = other.get("/employers/99999999", 404)
    for path in ("", "/now", "/returns", "/bills", "/money", "/ageing", "/workers", "/projects", "/leavings"):
        assert other.get(f"/employers/{npp}{path}", 404) == absent
    for path in ("", "/lines", "/drafts", "/findings", "/sheet"):
        assert other.get(f"/returns/{made['wage_return']}{path}", 404)["code"] == "not_found"
    other.post(f"/returns/{made['wage_return']}/file", {}, 404)
    other.post(f"/employers/{npp}/returns/{OCTOBER}/check", {"rows": [row(1)]}, 404)


def test_who_only_prepares_does_not_file(payroll, npp):
    clerk = machines.machine("employer")
    firms.staff(Employer.objects.get(npp=npp).pk, User.objects.get(pk=clerk.user), "preparer")
    report = checked(clerk, npp, row(0))
    assert clerk.post(f"/returns/{report['wage_return']}/file", {}, 403)["code"] == "not_for_this_role"
    assert clerk.post(f"/employers/{npp}/returns/{OCTOBER}/nil", {"why": "tidak ada"}, 403)


def test_a_key_for_one_firm_sees_that_firm_alone(payroll, npp):
    owner = User.objects.get(pk=payroll.user)
    other = Employer.objects.get(pk=firms.employer(owner=owner)).npp
    employer = Employer.objects.get(npp=npp).pk
    key = machine_tokens.create(
        employer=employer, username=owner.username, name="payroll", days=30, by=actor_of(owner), at=clock.now()
    )
    narrow = machines.Machine(key.secret, owner.pk, "employer")
    assert [one["npp"] for one in narrow.get("/employers")] == [npp]
    assert filed(narrow, npp, row(0))["workers"] == 1
    narrow.get(f"/employers/{other}", 404)
    payroll.get(f"/employers/{other}")


def test_an_officer_and_an_inspector_look_for_a_stated_purpose(payroll, npp):
    filed(payroll, npp, row(0))
    officer, inspector = machines.machine("officer"), machines.machine("inspector")
    for one in (officer, inspector):
        assert one.get(f"/employers/{npp}", 422)["field"] == "why"
        assert one.get(f"/employers/{npp}?why=pemeriksaan+rutin")["npp"] == npp
        assert one.get("/employers/find?why=pemeriksaan&text=maju")
    inspector.post(f"/employers/{npp}/returns/{OCTOBER}/nil?why=pemeriksaan", {"why": "coba saja"}, 404)


def test_nothing_about_reports_of_workers_is_in_the_description_for_employers(payroll):
    from teduh.api.door import api

    paths = [path for path in api.get_openapi_schema(path_prefix="/api/v1/")["paths"] if "employers" in path]
    assert paths and not any("report" in path for path in paths)
