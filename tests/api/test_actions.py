"""What machines of every role do, from joining to the books, against a real database."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from openpyxl import load_workbook

from teduh.registry.models import Person
from tests.api import machines
from tests.api.machines import Machine

WHY = "why=pemeriksaan+rutin"
SITI = {
    "nik": "3273014107900007", "name": "Siti Aminah", "birth_date": "1990-07-01", "sex": "F", "phone": "081234567890",
    "lives_in": "32.73", "income": 1_500_000, "occupation": "pedagang-sayur", "consent": ["membership", "identity"],
    "heirs": [{"name": "Budi Santoso", "relation": "spouse"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_april(monkeypatch, regions):
    monkeypatch.setenv("TEDUH_NOW", "2026-04-10T09:00:00+07:00")


@pytest.fixture
def siti(agent: Machine) -> str:
    return agent.post("/people", SITI, 201)["member_number"]


@pytest.fixture
def bank(operator: Machine) -> Machine:
    return operator


def pay(bank: Machine, bill: dict, amount: int | None = None, reference: str = "BNI-1", **other) -> dict:
    notice = {"bank": "BNI", "bank_reference": reference, "code": bill["code"], "amount": amount or bill["amount"],
              "paid_at": "2026-04-10T08:30:00+07:00", **other}  # fmt: skip
    return bank.post("/bank/notices", {"notices": [notice]})[0]


def test_the_law_decides_before_anything_is_stored(agent):
    said = agent.post("/people/decide", SITI, key=None)
    assert said["outcome"] == "eligible" and any(limit["code"] == "lapses" for limit in said["limits"])
    assert not Person.objects.exists()


def test_somebody_who_does_not_work_is_refused_with_the_article(agent):
    said = agent.post("/people", {**SITI, "is_working": False}, 422)
    assert said["code"] == "not_eligible" and "Pasal" in said["why"]["id"]
    assert not Person.objects.exists()


def test_the_refusal_is_written_down_although_nothing_else_is(agent, auditor):
    agent.post("/people", {**SITI, "is_working": False}, 422)
    rows = auditor.get("/audit/events?action=enrolment.refused")["rows"]
    assert len(rows) == 1 and SITI["nik"] not in str(rows)


def test_joining_twice_is_joining_once(agent, siti):
    again = agent.post("/people", SITI, 201)
    assert again["already"] and again["member_number"] == siti
    assert Person.objects.count() == 1


def test_without_consent_nobody_joins(agent):
    assert agent.post("/people", {**SITI, "consent": []}, 422)["field"] == "consent"


def test_a_look_at_somebody_needs_a_purpose_and_can_be_read_by_the_member(officer, siti):
    assert officer.get(f"/people/{siti}", 422)["field"] == "why"
    assert officer.get(f"/people/{siti}?{WHY}")["name"] == "Siti Aminah"
    readers = officer.get(f"/people/{siti}/readers?{WHY}")
    assert any(row["why"] == "pemeriksaan rutin" for row in readers)


def test_people_are_found_masked_in_every_way(officer, siti):
    for query in ("nik=3273014107900007", "phone=0812-3456-7890", "name=siti+aminah", f"member_number={siti}"):
        (row,) = officer.get(f"/people/find?{query}&{WHY}")
        assert row["member_number"] == siti and row["name"] == "Siti A." and "4107900" not in row["nik"]


def test_an_agent_sees_his_own_people_only(siti):
    other = machines.machine("agent")
    for path in ("", "/protection", "/statement", "/card", "/card.pdf", "/readers"):
        assert other.get(f"/people/{siti}{path}?{WHY}", 404)["code"] == "not_found"
    assert other.get(f"/people/find?member_number={siti}&{WHY}") == []
    assert other.get(f"/protection?member_number={siti}&{WHY}", 404)
    assert other.post("/bills", {"people": [siti]}, 404)


def test_a_bill_is_paid_and_protects_from_that_day(agent, bank, siti):
    bill = agent.post("/bills", {"people": [siti], "months": 2}, 201)
    assert bill["months"] == ["2026-04", "2026-05"] and bill["amount"] == sum(line["amount"] for line in bill["lines"])
    assert not agent.get(f"/protection?member_number={siti}&{WHY}")["protected"]
    told = pay(bank, bill)
    assert told["state"] == "allocated" and told["allocated"] == bill["amount"]
    checked = agent.get(f"/protection?nik={SITI['nik']}&{WHY}")
    assert checked["protected"] and checked["state"] == "protected" and checked["protected_until"] >= "2026-05-31"
    assert "name" not in checked and SITI["nik"] not in str(checked)
    assert agent.get(f"/bills/{bill['number']}")["state"] == "paid"
    assert [one["number"] for one in agent.get(f"/people/{siti}/bills?{WHY}")] == [bill["number"]]
    assert agent.get(f"/people/{siti}/statement?{WHY}")["paid"] == bill["amount"]


def test_a_bank_that_tells_twice_is_booked_once(agent, bank, siti):
    bill = agent.post("/bills", {"people": [siti]}, 201)
    assert [pay(bank, bill)["state"] for _ in range(3)] == ["allocated", "repeated", "repeated"]
    assert pay(bank, bill, amount=1)["state"] == "conflict"


def test_a_reversal_takes_protection_back(agent, bank, siti):
    bill = agent.post("/bills", {"people": [siti]}, 201)
    pay(bank, bill)
    back = {"bank": "BNI", "bank_reference": "BNI-1", "reversal_reference": "BNI-R1"}
    assert bank.post("/bank/reversals", back)["state"] == "reversed"
    assert bank.post("/bank/reversals", back)["state"] == "repeated"
    assert not agent.get(f"/protection?member_number={siti}&{WHY}")["protected"]
    assert bank.post("/bank/reversals", {**back, "bank_reference": "none"}, 404)["code"] == "not_found"


def test_only_a_bank_tells_of_money(agent, officer):
    for one in (agent, officer):
        assert one.post("/bank/notices", {"notices": []}, 403)["code"] == "scope_missing"


def test_the_qr_of_a_bill_is_drawn_until_it_is_paid(agent, bank, siti):
    bill = agent.post("/bills", {"people": [siti]}, 201)
    answer = agent.ask("GET", f"/bills/{bill['number']}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml" and answer.content.startswith(b"<svg")
    pay(bank, bill)
    assert agent.get(f"/bills/{bill['number']}/qr.svg", 409)["code"] == "nothing_to_pay"


def test_money_of_an_unknown_code_waits_and_is_used_by_an_officer(agent, officer, bank, siti):
    bill = agent.post("/bills", {"people": [siti]}, 201)
    told = pay(bank, {**bill, "code": "8808999999999999"})
    assert told["state"] == "suspense" and told["waiting"] == bill["amount"]
    (row,) = officer.get("/suspense?reason=unknown_code")["rows"]
    used = officer.post(f"/suspense/{row['id']}/apply", {"bill": bill["number"], "why": "kode salah ketik"})
    assert used["allocated"] == bill["amount"]
    assert officer.get("/suspense")["rows"] == []


def test_money_goes_back_only_by_two_officers(agent, officer, second_officer, bank, siti):
    bill = agent.post("/bills", {"people": [siti]}, 201)
    pay(bank, {**bill, "code": "8808999999999999"})
    (row,) = officer.get("/suspense")["rows"]
    account = {"bank_code": "BNI", "account_number": "0123456789", "account_name": "Siti Aminah", "why": "salah bayar"}
    refund = officer.post(f"/suspense/{row['id']}/refund", account, 201)["refund"]
    decision = {"decision": "approve", "why": "sudah diperiksa"}
    assert officer.post(f"/refunds/{refund}/decision", decision, 403)["code"] == "same_person"
    assert second_officer.post(f"/refunds/{refund}/decision", decision)["state"] == "approved"
    paid = {"decision": "paid", "why": "ditransfer", "paid_reference": "TRX-1"}
    assert second_officer.post(f"/refunds/{refund}/decision", paid)["state"] == "paid"
    assert [one["id"] for one in officer.get("/refunds")] == [refund]


def test_the_card_is_verified_by_anybody_with_a_token(agent, bank, siti):
    empty = agent.get(f"/people/{siti}/card?{WHY}")
    assert empty["claims"]["programmes"] == [] and empty["claims"]["protected_until"] is None
    pay(bank, agent.post("/bills", {"people": [siti]}, 201))
    made = agent.get(f"/people/{siti}/card?{WHY}")
    assert made["claims"]["name"] == "Siti A." and made["claims"]["programmes"] == ["JKK", "JKM"]
    checked = bank.post("/cards/verify", {"text": made["text"]}, key=None)
    assert checked["standing"] == "protected" and checked["claims"] == made["claims"]
    forged = made["text"][:-1] + ("0" if made["text"][-1] != "0" else "1")
    assert bank.post("/cards/verify", {"text": forged}, 422, key=None)["code"] == "card_not_genuine"
    pdf = agent.ask("GET", f"/people/{siti}/card.pdf?{WHY}")
    assert pdf["Content-Type"] == "application/pdf" and SITI["nik"].encode() not in pdf.content


def test_a_member_changes_his_own_data_and_asks_for_the_rest(agent, officer, siti):
    changed = agent.ask("PATCH", f"/people/{siti}/data", {"changes": {"phone": "081298765432"}, "why": "ganti nomor"})
    assert changed.status_code == 200 and agent.said["changed"] == ["phone"]
    asked = {"field": "name", "value": "Siti Aminah Wati", "evidence": "KTP baru"}
    waits = agent.post(f"/people/{siti}/requests", asked, 201)["waits"]
    assert [row["id"] for row in officer.get(f"/corrections?{WHY}")] == [waits]
    officer.post(f"/corrections/{waits}/decision", {"approve": True, "why": "sesuai KTP"})
    assert officer.get(f"/people/{siti}?{WHY}")["name"] == "Siti Aminah Wati"
    assert agent.ask("PATCH", f"/people/{siti}/data", {"changes": {"nik": "1"}, "why": "coba"}).status_code == 422


def test_an_officer_confirms_an_identity_by_hand(officer, siti):
    officer.post(f"/people/{siti}/identity/ask", {"why": "data baru"})
    officer.post(f"/people/{siti}/identity/confirm", {"why": "KTP dan KK dilihat"})
    assert officer.get(f"/people/{siti}?{WHY}")["identity"] == "by_hand"


def test_two_records_of_one_person_are_merged_by_two_officers(agent, officer, second_officer, siti):
    twin = agent.post("/people", {**SITI, "nik": "3273014107900008"}, 201)["member_number"]
    (pair,) = officer.get(f"/duplicates?{WHY}")
    officer.post(f"/duplicates/{pair['id']}/propose", {"keep": siti, "why": "orang yang sama"})
    decision = {"merge": True, "why": "KTP sama"}
    assert officer.post(f"/duplicates/{pair['id']}/decide", decision, 403)["code"] == "takes_two_people"
    assert second_officer.post(f"/duplicates/{pair['id']}/decide", decision) == {"merged": True}
    assert officer.get(f"/people/{twin}?{WHY}")["member_number"] == siti


def test_an_officer_names_a_pair_that_the_machine_has_not_seen(agent, officer, siti):
    other = {**SITI, "nik": "3273015502850003", "name": "Dewi Lestari", "birth_date": "1985-02-15", "phone": None}
    dewi = agent.post("/people", other, 201)["member_number"]
    pair = officer.post("/duplicates", {"one": siti, "other": dewi, "why": "laporan keluarga"}, 201)["duplicate"]
    said = officer.post(f"/duplicates/{pair}/decide", {"merge": False, "why": "dua orang"})
    assert said == {"merged": False}


def test_an_agent_sees_who_needs_what(agent, bank, siti):
    (row,) = agent.get(f"/agent/people?{WHY}&needs=first_bill")["rows"]
    assert row["person"]["member_number"] == siti and row["need"] == "first_bill"
    pay(bank, agent.post("/bills", {"people": [siti]}, 201))
    assert agent.get(f"/agent/people?{WHY}&needs=first_bill")["rows"] == []


def test_lists_go_on_where_they_ended(agent, siti):
    agent.post("/people", {**SITI, "nik": "3273015502850003", "name": "Dewi", "birth_date": "1985-02-15",
                           "phone": None}, 201)  # fmt: skip
    first = agent.get(f"/agent/people?{WHY}&limit=1")
    second = agent.get(f"/agent/people?{WHY}&limit=1&after={first['next']}")
    assert first["rows"][0]["person"]["id"] != second["rows"][0]["person"]["id"]


def test_a_group_pays_for_its_people(officer, agent, bank, siti):
    group = officer.post("/groups", {"name": "Koperasi Maju", "kind": "cooperative", "funding": "members"}, 201)
    joined = officer.post(f"/groups/{group['id']}/members", {"people": [siti]})
    assert joined == {"group": group["id"], "came_in": 1, "were_in": 0}
    (member,) = officer.get(f"/groups/{group['id']}/members?{WHY}")
    assert member["person"]["member_number"] == siti
    bill = officer.post("/bills", {"group": group["id"]}, 201)
    assert bill["group_name"] == "Koperasi Maju" and bill["people"] == 1
    assert pay(bank, bill)["state"] == "allocated"
    assert officer.post(f"/groups/{group['id']}/leave", {"people": [siti]})["left"] == 1
    assert [one["name"] for one in officer.get("/groups?name=maju")] == ["Koperasi Maju"]


def test_an_agent_puts_only_his_own_people_into_a_group(agent, siti):
    other = machines.machine("agent")
    mine = {"name": "Kelompok Tani", "kind": "association", "funding": "members"}
    group = other.post("/groups", mine, 201)["id"]
    assert other.post(f"/groups/{group}/members", {"people": [siti]}, 404)["code"] == "not_your_people"
    assert agent.get(f"/groups/{group}/members?{WHY}", 404)


def test_a_member_takes_back_a_consent_that_is_not_needed(agent, officer, siti):
    agent.post(f"/people/{siti}/consents/withdraw", {"purposes": ["identity"], "why": "permintaan peserta"})
    given = officer.get(f"/people/{siti}?{WHY}")["consents"]
    assert any(one["withdrawn_at"] for one in given)


def test_a_group_of_no_region_on_the_map_is_refused(officer):
    group = {"name": "Koperasi Maju", "kind": "cooperative", "funding": "members", "region": "84.83.41"}
    assert officer.post("/groups", group, 422)["field"] == "region"


def test_a_file_is_checked_enrolled_once_and_given_back(agent):
    sheet = (b"NIK,Nama,Tanggal lahir,Jenis kelamin,Pekerjaan,Penghasilan\n"
             b"3273014107900007,Siti Aminah,01-07-1990,P,pedagang sayur,1500000\n"
             b"327301,Budi,02-03-1985,L,nelayan,1000000\n")  # fmt: skip
    report = upload(agent, sheet)
    assert report["usable"] == 1 and report["counts"]["mend"] == 1
    done = agent.post(f"/files/{report['id']}/commit", None)
    assert done["counts"]["enrolled"] == 1 and Person.objects.count() == 1
    agent.post(f"/files/{report['id']}/commit", None)
    assert Person.objects.count() == 1
    assert [one["id"] for one in agent.get("/files")] == [report["id"]]
    mended = agent.ask("GET", f"/files/{report['id']}/sheet")
    assert load_workbook(io.BytesIO(mended.content)).active.max_row >= 3
    assert machines.machine("agent").get(f"/files/{report['id']}", 404)


def upload(one: Machine, content: bytes, key: str = "file-key-0001", expect: int = 201) -> dict:
    file = io.BytesIO(content)
    file.name = "anggota.csv"
    headers = {"Authorization": f"Bearer {one.token}", "Idempotency-Key": key}
    answer = one.client.post("/api/v1/files", {"file": file, "consent": "true"}, headers=headers)
    assert answer.status_code == expect, answer.content
    return answer.json()


def test_a_file_sent_twice_with_one_key_is_one_file(agent):
    sheet = b"NIK,Nama\n3273014107900007,Siti\n"
    assert upload(agent, sheet) == upload(agent, sheet)
    assert upload(agent, sheet + b"x,y\n", expect=409)["code"] == "key_used_otherwise"


def test_the_books_balance_and_the_audit_names_who_did_it(agent, auditor, bank, siti):
    pay(bank, agent.post("/bills", {"people": [siti]}, 201))
    books = auditor.get("/books/trial-balance")
    assert books["balanced"] and all(fund["balanced"] for fund in books["funds"])
    assert sum(row["debit"] for row in books["rows"]) > 0
    page = auditor.get("/audit/events?limit=2")
    assert len(page["rows"]) == 2
    assert auditor.get(f"/audit/events?limit=2&before={page['next']}")["rows"][0]["id"] < page["rows"][-1]["id"]


def test_regions_and_occupations_are_found_by_what_people_call_them(agent):
    assert agent.get("/regions?q=Kab.+Bandung")[0]["code"].startswith("32.")
    assert len(agent.get("/regions")) >= 34
    assert agent.get("/occupations?q=ojol")[0]["sector"] == "transport"


def test_a_member_joins_sees_and_pays_for_himself_only(siti, bank):
    budi = machines.machine("member")
    mine = {**SITI, "nik": "3273010203850001", "name": "Budi", "birth_date": "1985-03-02", "sex": "M", "phone": None}
    number = budi.post("/people", mine, 201)["member_number"]
    assert budi.get(f"/people/{number}?{WHY}")["name"] == "Budi"
    assert budi.get(f"/people/{siti}?{WHY}", 404)
    bill = budi.post("/bills", {"people": [number]}, 201)
    assert budi.get(f"/bills/{bill['number']}")["amount"] == bill["amount"]
    assert budi.post("/bills", {"people": [siti]}, 404)
    pay(bank, bill)
    assert budi.get(f"/people/{number}/protection?{WHY}")["is_protected"]


def test_a_payers_bill_is_nobody_elses(agent, siti):
    bill = agent.post("/bills", {"people": [siti]}, 201)
    for role in ("agent", "member"):
        assert machines.machine(role).get(f"/bills/{bill['number']}", 404)["code"] == "not_found"


def test_the_qr_that_is_drawn_is_the_one_on_the_bill(agent, siti):
    from teduh.payments import pictures

    bill = agent.post("/bills", {"people": [siti]}, 201)
    (read,) = zxingcpp.read_barcodes(_image(pictures.qr_png(bill["qris"])))
    assert read.text == bill["qris"] and str(bill["amount"]) in bill["qris"]


def _image(png: bytes):
    from PIL import Image

    return Image.open(io.BytesIO(png))
