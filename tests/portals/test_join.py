"""Joining step by step: what is kept on the way, what is said before it counts, and who gets an account."""

from __future__ import annotations

import base64

import pytest
from django.test import Client
from django.urls import reverse

from teduh.registry.models import Account, Consent, Enrolment, Evidence, Heir, Person
from teduh.security.models import User
from tests.portals.house import PASSWORD

STEPS = ("who", "home", "work", "cover", "heirs", "agree")
ANSWERS: dict[str, dict[str, object]] = {
    "who": {"nik": "3301 2145 0390 0007", "name": "Siti  Aminah", "birth_date": "5-3-1990"},
    "home": {"phone": "0812-3456-7001", "email": "", "address": "RT 1", "lives_in_1": "33", "lives_in_2": "33.01"},
    "work": {"occupation": "nelayan", "second_occupation": "", "income": "Rp 1.200.000", "is_working": "on",
             "evidence": "statement", "evidence_text": "Melaut sendiri"},
    "cover": {"jht": "no"},
    "heirs": {"name_1": "Budi Santoso", "relation_1": "spouse", "phone_1": ""},
    "agree": {"consent": ["membership", "identity"], "password": PASSWORD},
}  # fmt: skip


def walk_to(client: Client, step: str, **changed: dict[str, object]) -> None:
    """Answer everything before a step."""
    for name in STEPS[: STEPS.index(step)]:
        answer = client.post(f"/daftar/{name}/", ANSWERS[name] | changed.get(name, {}))
        assert answer.status_code == 302, (name, answer.context["form"].errors)


def finish(client: Client, **changed: dict[str, object]):
    walk_to(client, "agree", **changed)
    return client.post("/daftar/agree/", ANSWERS["agree"] | changed.get("agree", {}))


def test_a_visitor_becomes_a_member_with_an_account_and_goes_on_to_pay(regions: None, client: Client) -> None:
    assert finish(client)["Location"] == reverse("member_pay")
    person = Person.objects.get()
    assert (person.name, person.nik, person.phone, person.lives_in_id) == (
        "Siti Aminah", "3301214503900007", "+6281234567001", "33.01")  # fmt: skip
    assert person.sex == "F", "the NIK says it"
    enrolment = Enrolment.objects.get(person=person)
    assert (enrolment.income, enrolment.channel, enrolment.outcome) == (1_200_000, "self", "eligible")
    assert enrolment.verdict["limits"]
    assert Evidence.objects.get().text == "Melaut sendiri"
    assert Heir.objects.get().name == "Budi Santoso"
    assert Consent.objects.get().purposes == ["membership", "identity"]
    user = User.objects.get(username="+6281234567001")
    assert user.check_password(PASSWORD) and Account.objects.get(user=user).person == person
    assert client.get(reverse("member")).status_code == 200


def test_the_limits_of_cover_are_said_before_anything_is_stored(regions: None, client: Client) -> None:
    walk_to(client, "agree")
    page = client.get("/daftar/agree/").content.decode()
    assert "Sebelum Anda membayar" in page and "3 bulan berturut-turut" in page and "PP 44/2015 Pasal 39" in page
    assert not Person.objects.exists() and not User.objects.exists()


def test_who_does_not_work_is_told_before_paying_and_is_not_enrolled(regions: None, client: Client) -> None:
    changed = {"work": {"is_working": ""}}
    walk_to(client, "agree", **changed)
    assert "Hanya orang yang bekerja" in client.get("/daftar/agree/").content.decode()
    assert client.post("/daftar/agree/", ANSWERS["agree"]).status_code == 422
    assert not Person.objects.exists() and not User.objects.exists()


def test_a_nik_on_record_gives_no_account_to_whoever_knows_it(regions: None, client: Client) -> None:
    finish(client)
    thief = Client()
    answer = finish(thief, home={"phone": "081234567999"})
    assert answer.status_code == 422 and "sudah terdaftar" in answer.content.decode()
    assert Person.objects.count() == 1 and User.objects.count() == 1
    assert thief.get(reverse("member")).status_code == 302


def test_a_number_that_has_an_account_is_told_to_sign_in(regions: None, client: Client) -> None:
    finish(client)
    answer = finish(Client(), who={"nik": "3301214503900008"})
    assert answer.status_code == 422 and "sudah punya akun" in answer.content.decode()
    assert Person.objects.count() == 1


def test_without_the_first_consent_there_is_no_membership(regions: None, client: Client) -> None:
    assert finish(client, agree={"consent": ["messages"]}).status_code == 422
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("step", "field", "value", "says"),
    [
        ("who", "nik", "330121450390000", "16 angka"),
        ("who", "nik", "3301219913900007", "NIK"),
        ("who", "birth_date", "31-02-1990", ""),
        ("who", "birth_date", "1-1-2090", "tidak mungkin"),
        ("home", "phone", "8,12E+10", "Excel"),
        ("home", "email", "bukan-surel", "surel"),
        ("work", "income", "banyak", "angka"),
        ("heirs", "relation_1", "", "hubungannya"),
        ("agree", "password", "123", ""),
    ],
)
def test_what_cannot_be_is_said_beside_the_question(
    regions: None, client: Client, step: str, field: str, value: str, says: str
) -> None:
    walk_to(client, step)
    answer = client.post(f"/daftar/{step}/", ANSWERS[step] | {field: value})
    assert answer.status_code == 422
    assert says in " ".join(answer.context["form"].errors[field])


def test_answers_are_kept_on_the_way_but_not_in_the_open(regions: None, client: Client) -> None:
    walk_to(client, "work")
    assert 'value="Siti Aminah"' in client.get("/daftar/who/").content.decode()
    kept = client.session["joining"]
    assert b"3301214503900007" not in base64.b64decode(kept) and "Siti" not in kept


def test_a_step_cannot_be_jumped_over(regions: None, client: Client) -> None:
    assert client.get("/daftar/agree/")["Location"] == "/daftar/who/"


def test_an_agent_enrols_somebody_as_his_own_without_a_password(regions: None, signed_in) -> None:
    agent = signed_in("agent")
    walk_to(agent, "agree")
    assert "Buat kata sandi" not in agent.get("/daftar/agree/").content.decode()
    answer = agent.post("/daftar/agree/", {"consent": ["membership"]})
    person = Person.objects.get()
    assert answer["Location"] == reverse("person_pay", args=[person.pk])
    assert person.agent == agent.account and Enrolment.objects.get().channel == "agent"
    assert not Account.objects.exists()


def test_somebody_who_was_enrolled_is_not_enrolled_again_by_an_agent(regions: None, signed_in) -> None:
    agent = signed_in("agent")
    for _ in range(2):
        walk_to(agent, "agree")
        agent.post("/daftar/agree/", {"consent": ["membership"]})
    assert Person.objects.count() == 1 and Enrolment.objects.count() == 1
