"""The pages of an agency and a mission: their own people told, extended and billed; nobody else's, no complaint."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core import clock
from teduh.journeys.migrants import matters
from teduh.migrants.models import Agreement, Placement
from teduh.payments.models import Bill
from teduh.security.access import SYSTEM
from tests.portals import house
from tests.portals.migrants import desk_house as desks

PAGES = ("", "orang/", "orang/baru/", "daftar/", "selisih/", "tagihan/", "urusan/")


def day(ahead: int = 0) -> str:
    return f"{clock.today() + dt.timedelta(days=ahead):%d-%m-%Y}"


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("kind", ["agency", "government", "mission"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_an_agency_and_a_mission(kind, page):
    assert desks.desk(kind).get(f"/penempatan/{page}").status_code == 200


@pytest.mark.parametrize("role", ["member", "agent", "employer", "auditor", "inspector", "family"])
def test_nobody_else_comes_in(role):
    assert house.signed_in(role).get("/penempatan/").status_code == 403


def test_an_account_without_a_desk_is_told_so():
    answer = house.signed_in("agency").get("/penempatan/")
    assert answer.status_code == 403 and "belum ditugaskan" in text(answer)


def test_an_agency_sees_its_own_people_and_nobody_elses():
    mine, other = desks.desk(), desks.desk()
    one = desks.place(mine.organisation)
    number = Placement.objects.get(pk=one).number
    assert f"/penempatan/orang/{one}/" in text(mine.get("/penempatan/orang/"))
    assert number in text(mine.get(f"/penempatan/orang/{one}/"))
    assert f"/penempatan/orang/{one}/" not in text(other.get("/penempatan/orang/"))
    for page in ("", "kabar/", "tagih/", "urusan/"):
        assert other.get(f"/penempatan/orang/{one}/{page}").status_code == 404


def test_a_mission_sees_who_works_where_it_serves():
    taipei, seoul = desks.desk("mission"), desks.desk("mission", seat="KR")
    one = desks.place()
    assert taipei.get(f"/penempatan/orang/{one}/").status_code == 200
    assert seoul.get(f"/penempatan/orang/{one}/").status_code == 404


def test_what_one_desk_opens_another_may_switch_to():
    first = desks.desk()
    other = desks.people.organisation("agency")
    desks.Desk.objects.create(
        organisation_id=other, user=first.account, role="clerk", from_day=dt.date(2020, 1, 1)
    )  # fmt: skip
    first.post("/penempatan/lembaga/", {"desk": other})
    assert desks.Organisation.objects.get(pk=other).name in text(first.get("/penempatan/")).split("switch")[0]
    first.post("/penempatan/lembaga/", {"desk": desks.people.organisation("agency")})
    assert first.session["placement_desk"] == other


def test_one_person_is_registered_by_the_form_and_twice_is_once():
    mine = desks.desk()
    desks.reference.load_reference()
    told = {
        "nik": "3301124107950001", "name": "Siti Rahayu", "birth_date": "1-7-1995", "where": "home",
        "destination": "TW", "agreement_starts": day(60), "agreement_ends": day(790), "employer": "Lin Fu",
        "job": "Perawat", "passport": "C1234567", "passport_until": day(1500), "consent": "on", "key": "a" * 32,
    }  # fmt: skip
    answer = mine.post("/penempatan/orang/baru/", told)
    one = Placement.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/penempatan/orang/{one.pk}/"
    assert one.organisation_id == mine.organisation
    mine.post("/penempatan/orang/baru/", told)
    assert Placement.objects.count() == 1


def test_what_is_wrong_is_said_at_its_field():
    mine = desks.desk()
    desks.reference.load_reference()
    answer = mine.post("/penempatan/orang/baru/", {"nik": "123", "name": "", "employer": "Lin Fu"})
    assert answer.status_code == 422
    shown = text(answer)
    assert "Harus 16 angka; yang ditulis 3." in shown and "Lengkapi, atau kosongkan semua" in shown


def test_many_are_billed_on_one_bill_of_the_agency():
    mine = desks.desk()
    ids = [desks.place(mine.organisation) for _ in range(3)]
    chosen = {"placement": ids, "do": "bill"}
    asked = text(mine.post("/penempatan/orang/bersama/", chosen))
    assert "3 orang" in asked and "Jumlah bila semua ditagih" in asked
    answer = mine.post("/penempatan/orang/bersama/", chosen | {"step": "do", "stages": "all", "payer": "us"})
    made = Bill.objects.get(organisation_id=mine.organisation)
    assert answer["Location"] == f"/penempatan/tagihan/{made.number}/"
    assert made.code[:4] in text(mine.get(answer["Location"]))
    assert desks.desk().get(answer["Location"]).status_code == 404


def test_before_departure_only_is_the_smaller_bill():
    mine = desks.desk()
    one = desks.place(mine.organisation)
    mine.post(f"/penempatan/orang/{one}/tagih/", {"stages": "before", "payer": "us"})
    small = Bill.objects.get().amount
    mine.post(f"/penempatan/orang/{one}/tagih/", {"stages": "all", "payer": "us"})
    assert 0 < small < Bill.objects.order_by("-id")[0].amount


def test_many_are_told_to_have_departed_and_one_who_cannot_stops_all():
    mine = desks.desk()
    ids = [desks.place(mine.organisation) for _ in range(2)]
    told = {"placement": ids, "do": "departed", "step": "do", "event_on": day()}
    assert mine.post("/penempatan/orang/bersama/", told).status_code == 302
    assert set(Placement.objects.values_list("state", flat=True)) == {"departed"}
    fresh = desks.place(mine.organisation)
    answer = mine.post("/penempatan/orang/bersama/", told | {"placement": [fresh, ids[0]], "do": "failed"})
    assert answer.status_code == 422
    assert Placement.objects.get(pk=fresh).state == "registered"


def test_many_are_extended_and_the_agency_pays_one_bill():
    mine = desks.desk()
    ids = [desks.place(mine.organisation) for _ in range(2)]
    mine.post("/penempatan/orang/bersama/", {"placement": ids, "do": "departed", "step": "do", "event_on": day()})
    told = {"placement": ids, "do": "extend", "step": "do", "months": "12", "payer": "us"}
    answer = mine.post("/penempatan/orang/bersama/", told)
    assert answer.status_code in (200, 302)
    assert Agreement.objects.filter(kind="extension").count() == 2
    assert Bill.objects.filter(organisation_id=mine.organisation).count() == 1


def test_an_extension_needs_months_or_a_day_and_says_so():
    mine = desks.desk()
    one = desks.place(mine.organisation)
    mine.post(f"/penempatan/orang/{one}/kabar/", {"kind": "departed", "event_on": day()})
    answer = mine.post(f"/penempatan/orang/{one}/perpanjang/", {"payer": "us"})
    assert answer.status_code == 422 and "Isi salah satu" in text(answer)


def test_a_strangers_placement_is_not_dealt_with_in_a_bulk():
    mine, other = desks.desk(), desks.desk()
    theirs = desks.place(other.organisation)
    told = {"placement": [theirs], "do": "departed", "step": "do", "event_on": day()}
    assert mine.post("/penempatan/orang/bersama/", told).status_code == 404
    assert Placement.objects.get(pk=theirs).state == "registered"


def test_a_viewer_reads_and_changes_nothing():
    mine = desks.desk(role="viewer")
    one = desks.place(mine.organisation)
    assert "Beri kabar" not in text(mine.get(f"/penempatan/orang/{one}/"))
    assert mine.post(f"/penempatan/orang/{one}/kabar/", {"kind": "departed", "event_on": day()}).status_code == 302
    mine.post("/penempatan/orang/bersama/", {"placement": [one], "do": "departed", "step": "do", "event_on": day()})
    assert Placement.objects.get(pk=one).state == "registered"
    assert mine.get("/penempatan/orang/baru/").status_code == 302


def test_a_wrong_date_is_put_right_and_an_early_end_has_its_cause():
    mine = desks.desk()
    one = desks.place(mine.organisation, agreement=desks.agreement(months_ahead=-2))
    page = f"/penempatan/orang/{one}/"
    mine.post(f"{page}kabar/", {"kind": "departed", "event_on": day(-10)})
    answer = mine.post(f"{page}perbaiki/", {"kind": "departed", "event_on": day(-12), "note": "salah ketik"})
    assert answer.status_code == 302
    assert Placement.objects.get(pk=one).departed_on == clock.today() - dt.timedelta(days=12)
    assert mine.post(f"{page}berakhir/", {"event_on": day(-1), "cause": "ill"}).status_code == 302
    assert Placement.objects.get(pk=one).state == "ended"
    assert "Sakit atau kecelakaan" in text(mine.get(page))


def test_the_missions_statement_is_noted_by_the_mission_only():
    taipei, agency = desks.desk("mission"), desks.desk()
    one = desks.place(abroad=True, passport=None, passport_until=None, agreement=desks.agreement(-2))
    assert taipei.post(f"/penempatan/orang/{one}/dokumen/", {"kind": "mission"}).status_code == 302
    theirs = desks.place(agency.organisation)
    assert agency.post(f"/penempatan/orang/{theirs}/dokumen/", {"kind": "mission"}).status_code == 422


def test_an_agency_sees_neither_a_complaint_nor_a_trace_of_it():
    mine, taipei = desks.desk(), desks.desk("mission")
    one = desks.place(mine.organisation)
    person = Placement.objects.get(pk=one).person_id
    pages = ["/penempatan/", "/penempatan/urusan/", f"/penempatan/orang/{one}/"]
    before = [text(mine.get(page)) for page in pages]
    number = matters.open_(
        person=person, kind="complaint", text="Gaji dipotong.", by=SYSTEM, on=clock.today(), at=clock.now()
    )
    after = [text(mine.get(page)) for page in pages]
    assert [_plain(one) for one in before] == [_plain(one) for one in after]
    assert mine.get(f"/penempatan/urusan/{number}/").status_code == 404
    assert mine.post(f"/penempatan/urusan/{number}/", {"do": "say", "text": "halo"}).status_code == 404
    assert "Gaji dipotong." in text(taipei.get(f"/penempatan/urusan/{number}/"))
    assert "complaint" not in text(mine.get(f"/penempatan/orang/{one}/urusan/"))


def _plain(page: str) -> str:
    """A page without what changes each time it is drawn."""
    import re

    return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", page)


def test_a_mission_takes_answers_and_closes_a_matter():
    taipei = desks.desk("mission")
    one = desks.place()
    asked = {"kind": "question", "text": "Kapan perpanjang?"}
    answer = taipei.post(f"/penempatan/orang/{one}/urusan/", asked)
    page = answer["Location"]
    for do, said in (("take", ""), ("say", "Sudah dijawab."), ("inside", "Catatan."), ("close", "Selesai.")):
        assert taipei.post(page, {"do": do, "text": said}).status_code == 302
    shown = text(taipei.get(page))
    assert "Sudah dijawab." in shown and "catatan dalam" in shown and "Selesai" in shown
    empty = taipei.post(page, {"do": "say", "text": ""})
    assert empty.status_code == 422


def test_an_officer_says_for_what_before_anything_is_shown():
    officer = house.signed_in("officer")
    one = desks.place()
    asked = officer.get(f"/penempatan/orang/{one}/")
    assert asked.status_code == 302 and asked["Location"].startswith("/petugas/migran/?next=")
    assert officer.post(asked["Location"], {"why": ""}).status_code == 422
    assert officer.post(asked["Location"], {"why": "Telepon keluarga"})["Location"] == f"/penempatan/orang/{one}/"
    assert "Telepon keluarga" in text(officer.get(f"/penempatan/orang/{one}/"))
    assert officer.get("/penempatan/tagihan/").status_code == 403


def test_everybody_of_a_filter_is_billed_and_nobody_elses_people():
    mine, other = desks.desk(), desks.desk()
    ids = [desks.place(mine.organisation) for _ in range(3)]
    desks.place(other.organisation)
    asked = text(mine.post("/penempatan/orang/bersama/", {"whole": "1", "only": "registered", "do": "bill"}))
    assert "3 orang" in asked
    sent = asked.split('name="ids" value="')[1].split('"')[0]
    assert sorted(map(int, sent.split(","))) == sorted(ids)
    told = {"ids": sent, "do": "bill", "step": "do", "stages": "all", "payer": "each"}
    assert mine.post("/penempatan/orang/bersama/", told).status_code == 302
    assert Bill.objects.filter(person__isnull=False).count() == 3


def test_a_key_sent_twice_bills_once():
    mine = desks.desk()
    one = desks.place(mine.organisation)
    told = {"stages": "before", "payer": "us", "key": "b" * 32}
    pages = {mine.post(f"/penempatan/orang/{one}/tagih/", told)["Location"] for _ in range(2)}
    assert len(pages) == 1 and Bill.objects.count() == 1


def test_nonsense_in_an_address_is_no_error():
    mine = desks.desk()
    for query in ("after=x~y", "after=2026-01-01~9999999999999999999999", "only=%00", "q=%00%ed%a0%80", "negara=<b>"):
        assert mine.get(f"/penempatan/orang/?{query}").status_code == 200
    assert mine.get("/penempatan/orang/999999999999999999/").status_code == 404
    assert mine.get("/penempatan/selisih/?after=-1&kind=x").status_code == 200
    assert mine.get("/penempatan/urusan/K00000000/").status_code == 404
