"""Machines of agencies, missions, a gate, a worker and his relative: each does its own work and finds nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.clock import JAKARTA
from teduh.journeys import demo_migrants
from teduh.journeys.money import pay
from teduh.migrants.models import Placement
from teduh.payments.models import Bill
from teduh.registry import actions as registry
from teduh.security import tokens
from teduh.security.access import MAY, SYSTEM
from teduh.security.models import User
from tests.api.machines import Machine, machine

ON = dt.date(2026, 8, 20)
AT = dt.datetime(2026, 8, 20, 8, 30, tzinfo=JAKARTA)
USERS = {"agency": "agency", "mission": "mission", "gate": "mission", "migrant": "member", "relative": "family"}
FIRST, SECOND = (demo_migrants.BODIES[key][0] for key in ("first", "second"))
AGREEMENT = {"starts": "2026-09-15", "ends": "2028-09-14", "employer": "Chang Family", "job": "Perawat lansia"}
SHEET = (
    "NIK;Nama PMI;Tgl Lahir;No Paspor;Paspor Berlaku Sampai;Negara Tujuan;Majikan;Jabatan;Mulai Kontrak;Akhir Kontrak\n"
    "3301125207940{n:03d};Rina Wulandari;12/07/1994;C71{n:05d};31/12/2029;Taiwan;Lin;Perawat;01/10/2026;30/09/2028\n"
)


def person(n: int, **more):
    return {"nik": f"3301125207940{n:03d}", "name": f"Wahyuni {'Abcdefghij'[n % 10]}sti", "birth_date": "1994-07-12",
            "destination": "TW", "passport": f"C70{n:05d}", "passport_until": "2029-12-31", "agreement": AGREEMENT,
            "papers": [{"kind": "agreement"}], **more}  # fmt: skip


@pytest.fixture(scope="module")
def _world(own_database, regions):
    with own_database():
        made = {name: User.objects.create(username=f"{name}1", role=role) for name, role in USERS.items()}
        demo_migrants.create(people=20, seed=5, on=ON, at=AT, accounts={name: one.pk for name, one in made.items()})
        keys = {name: _key(user) for name, user in made.items()}
        keys["officer"] = machine("officer")
        yield keys


@pytest.fixture
def world(_world, monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", "2026-08-20T10:00:00+07:00")
    return _world


def _key(user: User, *scopes: str, organisation: str = "") -> Machine:
    made = tokens.create(username=user.username, name="test", scopes=scopes or sorted(MAY[user.role]), days=30, at=AT,
                         by=SYSTEM, organisation=organisation)  # fmt: skip
    return Machine(made.secret, user.pk, user.role)


def own_of(world, who: str) -> str:
    return world[who].get("/me/placement")["placement"]["number"]


def pays(bill) -> None:
    asked = Bill.objects.get(number=bill["number"])
    told = pay.Notice("BNI", f"API-{asked.pk}", asked.code, bill["remaining"], AT)
    (outcome,) = pay.receive(notices=[told], on=ON, at=AT, by=SYSTEM)
    assert outcome.state == "allocated"


def test_an_agency_registers_bills_and_passes_the_gate_when_it_is_paid(world):
    agency, gate = world["agency"], world["gate"]
    body = person(1, scheme="agency", consent=True)
    says = agency.post("/placements/decide", body, key=None)
    assert says["outcome"] in ("eligible", "conditional") and says["not_covered"]
    done = agency.post("/placements", body, 201, key="register-wahyuni-1")
    assert agency.post("/placements", body, 201, key="register-wahyuni-1") == done
    number = done["number"]
    assert done["may_pay"] and done["is_new"]
    question = {"nik": body["nik"], "passport": "C70 00001", "departs_on": "2026-09-14"}
    assert gate.post("/gate", question, key=None)["answer"] == "no"
    prices = agency.post("/placements/quote", {"placements": [number]}, key=None)
    assert {line["stage"] for line in prices["lines"]} == {"before", "during"}
    assert all(line["articles"] for line in prices["lines"])
    bill = agency.post("/placements/bills", {"placements": [number], "organisation": FIRST}, 201)
    assert bill["amount"] == prices["total"] and bill["code"] and bill["qris"]
    pays(bill)
    answer = gate.get(f"/gate?number={number}&departs_on=2026-09-14")
    assert answer["answer"] == "yes" and answer["checks"] and answer["number"] == number
    assert agency.get(f"/placement-bills/{bill['number']}")["state"] == "paid"
    assert body["nik"] not in str(answer) and body["name"] not in str(answer)


def test_many_are_registered_or_none_and_the_row_is_named(world):
    agency = world["agency"]
    rows = [person(n) for n in (11, 12)]
    before = Placement.objects.count()
    wrong = agency.post(
        "/placements/many", {"consent": True, "rows": [*rows, person(13, birth_date="2015-01-01")]}, 422
    )
    assert wrong["field"].startswith("rows.3") and Placement.objects.count() == before
    done = agency.post("/placements/many", {"consent": True, "rows": rows}, 201)
    assert len(done) == 2 and Placement.objects.count() == before + 2
    assert agency.post("/placements/many", {"consent": False, "rows": rows}, 422)


def test_an_agency_finds_its_own_people_masked_and_nobody_elses(world):
    agency = world["agency"]
    page = agency.get("/placements?limit=2")
    assert len(page["rows"]) == 2 and page["after"] and page["total"] > 2
    rest = agency.get(f"/placements?limit=2&after={page['after']}")
    assert not {row["number"] for row in rest["rows"]} & {row["number"] for row in page["rows"]}
    assert {row["organisation"] for row in agency.get("/placements?limit=200")["rows"]} == {
        demo_migrants.BODIES["first"][2]
    }
    other = Placement.objects.filter(organisation__code=SECOND).first()
    for path in ("", "/timeline", "/bills", "/offers"):
        said = agency.get(f"/placements/{other.number}{path}", 404)
        assert said == agency.get(f"/placements/M99999999999{path}", 404)
    agency.post(f"/placements/{other.number}/events", {"kind": "departed", "on": "2026-08-19"}, 404)
    agency.post("/placements/bills", {"placements": [other.number]}, 404)


def test_a_complaint_is_seen_by_worker_relative_and_mission_and_never_by_the_agency(world):
    kinds = {
        who: {row["kind"] for row in world[who].get("/matters")["rows"]} for who in ("agency", "mission", "migrant")
    }
    assert "complaint" in kinds["migrant"] & kinds["mission"] and "complaint" not in kinds["agency"]
    complaint = next(row for row in world["migrant"].get("/matters")["rows"] if row["kind"] == "complaint")
    world["agency"].get(f"/matters/{complaint['number']}", 404)
    number = own_of(world, "migrant")
    opened = world["relative"].post(f"/placements/{number}/matters", {"kind": "payment", "text": "Sudah masuk?"}, 201)
    entry = {"text": "Sudah, terima kasih.", "state": "done"}
    said = world["mission"].post(f"/matters/{opened['number']}/entries", entry, 201)
    assert said["row"]["state"] == "done"
    seen = world["relative"].get(f"/matters/{opened['number']}")
    assert [one["text"] for one in seen["entries"]] == ["Sudah masuk?", "Sudah, terima kasih."]


def test_a_worker_sees_his_own_way_extends_and_shares_the_code_with_nobodys_data(world):
    worker = world["migrant"]
    seen = worker.get("/me/placement")
    number = seen["placement"]["number"]
    assert seen["protected"] and seen["phases"] and seen["next_step"]["id"]
    done = worker.post("/placements/extend", {"placements": [number], "months": 12}, 201)
    assert done["agreements"] == 1 and done["bill"]["remaining"] > 0 and done["bills"] == [done["bill"]["number"]]
    share = worker.post(f"/placement-bills/{done['bill']['number']}/share", {}, 201)
    anybody = world["officer"].get(f"/shared-bills/{share['token']}")
    assert anybody["code"] == done["bill"]["code"] and anybody["local"]["currency"] == "TWD"
    assert "contoh" in anybody["local"]["source"] and seen["placement"]["name"] not in str(anybody)
    assert [one["number"] for one in worker.get(f"/placements/{number}/bills")][0] == done["bill"]["number"]
    pays(done["bill"])
    assert worker.get("/me/placement")["protected_until"] > seen["protected_until"]
    worker.post("/placements/extend", {"placements": [number]}, 422)


def test_a_relative_sees_whom_he_looks_after_and_pays_but_enters_nobody(world):
    relative = world["relative"]
    (mine,) = relative.get("/me/migrants")
    assert mine["protected_until"] and "pay" in mine["may"]
    assert relative.get(f"/placements/{mine['number']}")["number"] == mine["number"]
    other = Placement.objects.exclude(number=mine["number"]).first().number
    relative.get(f"/placements/{other}", 404)
    relative.post("/placements/many", {"consent": True, "rows": [person(40)]}, 403)
    relative.get("/gate?number=" + mine["number"], 403)


def test_a_mission_tells_events_and_extends_for_many_where_it_serves(world):
    mission = world["mission"]
    rows = [row for row in mission.get("/placements?limit=200")["rows"] if row["state"] == "working"]
    assert {row["destination"]["code"] for row in mission.get("/placements?limit=200")["rows"]} == {"TW"}
    numbers = [row["number"] for row in rows[-2:]]
    told = mission.post("/placements/events", {"placements": numbers, "kind": "leave", "on": "2026-08-19"})
    assert told == {"told": 2}
    done = mission.post("/placements/extend", {"placements": numbers, "months": 6}, 201)
    assert done["agreements"] == 2 and len(done["bills"]) + len(done["refused"]) >= 2
    hongkong = Placement.objects.filter(destination="HK").first().number
    mission.post("/placements/events", {"placements": [hongkong], "kind": "leave", "on": "2026-08-19"}, 404)


def test_a_list_is_sent_checked_and_committed_once_and_what_differs_is_settled(world):
    agency = world["agency"]
    report = _sent(agency, SHEET.format(n=901))
    assert report["may_commit"] and report["ready"] == 1
    rows = agency.get(f"/lists/{report['list']}/rows")
    assert rows[0]["state"] == "ready" and "3301125207940901" not in str(rows)
    done = agency.post(f"/lists/{report['list']}/commit", {})
    assert done["entered"] == 1 and agency.post(f"/lists/{report['list']}/commit", {})["entered"] == 1
    assert agency.get("/lists")[0]["list"] == report["list"]
    assert agency.ask("GET", f"/lists/{report['list']}/sheet").status_code == 200 and agency.said[:2] == b"PK"
    world["mission"].get(f"/lists/{report['list']}", 404)
    page = world["mission"].get("/differences?kind=dates")
    one = page["rows"][0]
    assert page["counts"]["dates"] == len(page["rows"]) and one["ours"] != one["theirs"]
    settled = world["mission"].post(f"/differences/{one['id']}/settle", {"how": "ours", "note": "PK asli diperiksa"})
    assert settled["state"] == "settled"
    agency.post(f"/differences/{one['id']}/settle", {"how": "ours"}, 404)
    code = demo_migrants.BODIES["taipei"][0]
    assert world["mission"].ask("GET", f"/organisations/{code}/export").status_code == 200
    agency.get(f"/organisations/{code}/export", 404)


def _sent(who: Machine, sheet: str, **said: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"file": SimpleUploadedFile("daftar.csv", sheet.encode()), **said}
    answer = who.client.post("/api/v1/lists", sent, headers={"Authorization": f"Bearer {who.token}",
                                                             "Idempotency-Key": "list-2026-08-20"})  # fmt: skip
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_departure_list_is_answered_row_by_row(world):
    waiting = list(Placement.objects.filter(state="registered").values_list("number", flat=True)[:3])
    asked = {"people": [*({"number": one} for one in waiting), {"nik": "3301125207949999"}], "departs_on": "2026-08-25"}
    answers = world["gate"].post("/gate/list", asked, key=None)
    assert [one["number"] for one in answers[:-1]] == waiting and answers[-1]["answer"] != "yes"
    assert world["gate"].post("/gate", {}, 422, key=None)["field"] == "nik"


def test_who_is_abroad_again_without_papers_registers_himself_and_is_told_what_is_waited_for(world):
    home = Placement.objects.filter(state="home").select_related("person").first().person
    user = User.objects.create(username="+628111222333", role="member")
    registry.link_account(user=user.pk, person=home.pk, by=SYSTEM)
    body = {"nik": home.nik, "name": home.name, "birth_date": f"{home.birth_date}", "scheme": "own", "abroad": True,
            "destination": "MY", "consent": True}  # fmt: skip
    himself = _key(user)
    assert himself.post("/placements", {**body, "consent": False}, 422)["code"] == "consent_missing"
    done = himself.post("/placements", body, 201)
    assert done["waits_for"] and not done["may_pay"]
    himself.post("/placements/bills", {"placements": [done["number"]]}, 409)
    assert himself.get("/me/placement")["protected"] is False
    assert himself.post("/placements", {**body, "nik": "3301125207940888"}, 409)["code"] == "nik_of_somebody_else"


def test_a_key_narrowed_to_one_organisation_opens_nothing_else(world):
    user = User.objects.get(username="agency1")
    wide, narrow = world["agency"], _key(user, organisation=FIRST)
    assert narrow.get("/placements")["total"] == wide.get("/placements")["total"] > 0
    elsewhere = _key(user, organisation=SECOND)
    assert elsewhere.get("/placements")["total"] == 0 and elsewhere.get("/matters")["rows"] == []
    number = wide.get("/placements")["rows"][0]["number"]
    elsewhere.get(f"/placements/{number}", 404)


def test_an_officer_says_why_and_the_picture_hides_small_counts_from_others(world):
    officer = world["officer"]
    assert officer.get("/placements", 422)["field"] == "why"
    assert officer.get("/placements?why=pemeriksaan+berkas")["total"] > 0
    assert officer.get("/migrants/picture")["is_public"] is False
    assert world["agency"].get("/migrants/picture")["is_public"] is True


def test_destinations_and_organisations_are_named_for_everybody(world):
    assert world["migrant"].get("/destinations?search=taiwan")[0]["code"] == "TW"
    found = world["migrant"].get("/organisations?kind=mission")
    assert "TW" in next(one for one in found if one["code"] == demo_migrants.BODIES["taipei"][0])["serves"]
