"""From the slip that an agent prints to the member's own first page."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from teduh.registry.models import Account, Activation, Person
from teduh.security.models import User
from tests import factories
from tests.portals.house import account
from tests.portals.test_html import check

PASSWORD = "sawah-hijau-sore-hari"


def slip(client, person: int) -> dict[str, str]:
    page = reverse("person_code", args=[person])
    sent = client.post(page, {"key": "a" * 32})
    assert sent["Location"] == page
    return client.get(page).context["given"]


def activate(client: Client, given: dict[str, str], **wanted: str):
    told = {"member_number": given["number"], "code": given["code"], "birth_date": "17-5-1985"}
    return client.post(reverse("activate"), told | {"username": "0812 3456 7001", "password": PASSWORD} | wanted)


def test_a_slip_is_shown_once_and_opens_the_account(signed_in, client: Client) -> None:
    agent = signed_in("agent")
    person = factories.person(agent=agent.account)
    assert "beri kode aktivasi" in agent.get(reverse("person", args=[person])).content.decode()
    before = agent.get(reverse("person_code", args=[person]))
    check(before)
    assert not Activation.objects.exists(), "looking makes no code"
    given = slip(agent, person)
    again = agent.get(reverse("person_code", args=[person]))
    check(again)
    assert not again.context["given"] and given["code"] not in again.content.decode()
    check(client.get(reverse("activate")))
    assert activate(client, given)["Location"] == reverse("member")
    assert client.get(reverse("member")).status_code == 200
    assert Account.objects.get().person_id == person and User.objects.filter(username="+6281234567001").exists()
    assert "beri kode aktivasi" not in agent.get(reverse("person", args=[person])).content.decode()
    assert agent.post(reverse("person_code", args=[person]), {"key": "b" * 32}).status_code == 409


def test_the_form_sent_twice_leaves_the_code_that_is_shown_valid(signed_in, client: Client) -> None:
    officer, person = signed_in("officer"), factories.person()
    first, second = slip(officer, person), slip(officer, person)
    assert first["code"] == second["code"]
    assert activate(client, second).status_code == 302


def test_what_does_not_match_is_said_without_saying_which(signed_in, client: Client) -> None:
    given = slip(signed_in("officer"), factories.person())
    pages = [activate(client, given, **wrong) for wrong in ({"code": "A"}, {"birth_date": "18-5-1985"})]
    pages.append(activate(client, given, member_number="99999999999"))
    for page in pages:
        check(page)
        assert (
            page.status_code == 422
            and page.context["form"].non_field_errors() == pages[0].context["form"].non_field_errors()
        )
    weak = activate(client, given, password="1234567890")
    assert list(weak.context["form"].errors) == ["password"]
    for _ in range(3):
        activate(client, given, code="A")
    assert activate(client, given).status_code == 422, "five wrong tries: also the right one opens nothing"


def test_nobody_gives_codes_to_people_he_may_not_see(signed_in) -> None:
    person = factories.person(agent=factories.user("agent"))
    for role, status in (("agent", 404), ("member", 403), ("auditor", 403)):
        client = signed_in(role)
        assert client.get(reverse("person_code", args=[person])).status_code == status
        assert client.post(reverse("person_code", args=[person])).status_code == status
    assert not Activation.objects.exists()


def test_the_slip_holds_no_full_name_and_no_nik(signed_in) -> None:
    officer, person = signed_in("officer"), factories.person()
    officer.post(reverse("person_code", args=[person]), {"key": "a" * 32})
    page = officer.get(reverse("person_code", args=[person])).content.decode()
    known = Person.objects.get(pk=person)
    assert known.nik not in page and known.birth_date.isoformat() not in page


def test_signing_in_brings_the_language_of_the_account(db: None, client: Client) -> None:
    user = account("agent", "pak.budi")
    User.objects.filter(pk=user.pk).update(language="en")
    answer = client.post("/masuk/", {"username": "pak.budi", "password": "perahu-kecil-di-teluk"})
    assert answer.cookies["bahasa"].value == "en"
    assert '<html lang="en">' in client.get("/agen/").content.decode()
    client.post(reverse("language"), {"language": "id"})
    client.post("/keluar/")
    client.cookies["bahasa"] = "en"
    client.post("/masuk/", {"username": "pak.budi", "password": "perahu-kecil-di-teluk"})
    assert '<html lang="id">' in client.get("/agen/").content.decode()


def test_who_activates_in_english_keeps_english(signed_in, client: Client) -> None:
    given = slip(signed_in("officer"), factories.person())
    client.cookies["bahasa"] = "en"
    answer = activate(client, given)
    assert answer.cookies["bahasa"].value == "en"
    assert User.objects.get(role="member").language == "en"
