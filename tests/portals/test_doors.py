"""Who may open which page: each role its own, an agent his own people, a member only himself."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from teduh.registry.models import Person
from teduh.security.models import Event
from tests import factories
from tests.portals.house import bill_for, person_of

PUBLIC = (
    "front",
    "help",
    "explain",
    "law_values",
    "sign_in",
    "activate",
    "join",
    "verify",
    "api-listing",
    "employer_account",
    "report_start",
)
PAGES = {
    "member": (
        "member",
        "member_pay",
        "member_card",
        "member_card_pdf",
        "member_statement",
        "member_wages",
        "member_report",
        "member_go_on",
        "member_data",
        "member_readers",
        "messages",
        "message_wishes",
    ),
    "agent": ("agent", "groups", "group_new", "upload", "join"),
    "officer": (
        "officer",
        "search",
        "check",
        "suspense",
        "refunds",
        "duplicates",
        "identities",
        "corrections",
        "report_for",
        "officer_projects",
        "officer_employers",
        "officer_risks",
        "officer_leavings",
        "employer_new",
        "groups",
        "group_new",
        "upload",
        "join",
    ),
    "inspector": ("inspector", "cases", "worker_reports", "officer_employers"),
    "employer": ("employers", "employer_new"),
    "auditor": ("books", "audit"),
    "operator": ("bank", "books", "audit", "message_state"),
}
PRIVATE = sorted({name for names in PAGES.values() for name in names} - {"join"})


@pytest.mark.parametrize("name", PUBLIC)
def test_anybody_may_open_public_pages(db: None, client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("role", PAGES)
def test_a_role_opens_its_pages_and_no_other_private_page(regions: None, signed_in, role: str) -> None:
    client = signed_in(role)
    for name in (*PRIVATE, "account", "password", "second_factor"):
        mine = name in PAGES[role] or name in ("account", "password", "second_factor")
        shared = role in ("agent", "officer") and name == "agent"
        expected = {200} if mine or shared else {403}
        assert client.get(reverse(name)).status_code in expected, name


@pytest.mark.parametrize("name", PRIVATE)
def test_who_is_not_signed_in_is_asked_to(db: None, client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("sign_in"))


@pytest.mark.parametrize("name", ["person", "person_pay", "person_data"])
def test_an_agent_cannot_open_another_agents_person(signed_in, name: str) -> None:
    agent = signed_in("agent")
    own = factories.person(agent=agent.account)
    others = factories.person(agent=factories.user("agent"))
    assert agent.get(reverse(name, args=[own])).status_code == 200
    assert agent.get(reverse(name, args=[others])).status_code == 404
    assert agent.post(reverse(name, args=[others]), {"do": "contact", "months": "1"}).status_code == 404


def test_a_nik_is_whole_for_officers_and_masked_for_agents_and_the_member(signed_in) -> None:
    agent, officer, member = signed_in("agent"), signed_in("officer"), signed_in("member")
    person = factories.person(agent=agent.account)
    officer.post(f"{reverse('search')}?person={person}", {"why": "Pemeriksaan data"})
    pages = [agent.get(reverse("person", args=[person])), officer.get(reverse("person", args=[person]))]
    assert [Person.objects.get(pk=person).nik in page.content.decode() for page in pages] == [False, True]
    own = Person.objects.get(pk=person_of(member)).nik
    assert own not in member.get(reverse("member_data")).content.decode()


def test_a_member_sees_only_his_own_bill_and_nobody_elses_record(signed_in) -> None:
    member = signed_in("member")
    own, other = bill_for(person_of(member)), bill_for(factories.person())
    assert member.get(reverse("bill", args=[own.number])).status_code == 200
    for name in ("bill", "bill_why"):
        assert member.get(reverse(name, args=[other.number])).status_code == 404
    assert member.get(reverse("person", args=[other.person])).status_code == 403


def test_an_agent_cannot_see_a_bill_of_somebody_elses_person(signed_in) -> None:
    agent = signed_in("agent")
    assert agent.get(reverse("bill", args=[bill_for(factories.person()).number])).status_code == 404
    assert agent.get(reverse("bill", args=[bill_for(factories.person(agent=agent.account)).number])).status_code == 200


def test_an_agent_cannot_open_a_group_that_he_does_not_manage(signed_in) -> None:
    agent = signed_in("agent")
    assert agent.get(reverse("group", args=[factories.group()])).status_code == 404
    assert agent.get(reverse("group", args=[factories.group(manager=agent.account)])).status_code == 200


def test_an_officer_opens_a_record_only_with_a_purpose_and_the_member_reads_it(signed_in) -> None:
    member = signed_in("member")
    officer, person = signed_in("officer", name="bu-ratna"), person_of(member)
    page = reverse("person", args=[person])
    assert officer.get(page).status_code == 302
    officer.post(f"{reverse('search')}?person={person}", {"why": "Telepon dari peserta"})
    assert officer.get(page).status_code == 200
    assert Event.objects.filter(subject=f"person:{person}", why="Telepon dari peserta").exists()
    shown = member.get(reverse("member_readers")).content.decode()
    assert "bu-ratna" in shown and "Telepon dari peserta" in shown


def test_private_pages_are_not_kept_by_caches(signed_in) -> None:
    assert "no-store" in signed_in("member").get(reverse("member"))["Cache-Control"]


def test_a_bill_made_twice_with_one_key_is_one_bill(signed_in) -> None:
    member = signed_in("member")
    sent = {"months": "1", "key": "0123456789abcdef"}
    first = member.post(reverse("member_pay"), sent)
    again = member.post(reverse("member_pay"), sent)
    assert first.status_code == 302
    assert first["Location"] == again["Location"]


def test_refused_things_say_what_why_and_what_next_in_both_languages(signed_in) -> None:
    agent = signed_in("agent")
    bahasa = agent.get(reverse("suspense"))
    agent.cookies["bahasa"] = "en"
    english = agent.get(reverse("suspense"))
    assert bahasa.status_code == english.status_code == 403
    assert "tidak berwenang" in bahasa.content.decode() and "Selanjutnya" in bahasa.content.decode()
    assert "may not do this" in english.content.decode() and "What next" in english.content.decode()


def test_a_member_reads_who_found_him_by_a_search_or_saw_him_in_a_list(signed_in) -> None:
    member, officer, agent = signed_in("member"), signed_in("officer"), signed_in("agent")
    person = Person.objects.get(pk=person_of(member))
    Person.objects.filter(pk=person.pk).update(agent=agent.account)
    officer.post(reverse("search"), {"sought": person.member_number, "why": "Telepon dari peserta"})
    group = factories.group([person.pk], manager=agent.account)
    agent.get(reverse("group", args=[group]))
    officer.post(reverse("check"), {"sought": person.member_number, "on": "1-4-2026"})
    page = member.get(reverse("member_readers"))
    assert [read.kind for read in page.context["reads"]] == ["found", "listed", "found"]
    said = page.content.decode()
    assert "Menemukan lewat pencarian" in said and "Telepon dari peserta" in said and "Melihat dalam daftar" in said
