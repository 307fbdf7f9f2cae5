"""Groups on the pages: made once, filled from a list with a word for every line, sponsored for months, left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from teduh.core import clock
from teduh.registry.models import Group, Membership, Person
from teduh.security.models import Event
from tests import factories
from tests.portals.test_html import check

MADE = {"name": "Nelayan Cilacap", "kind": "sponsor", "funding": "apbd", "lives_in_1": "33", "lives_in_2": "33.01"}


def add(client, group: int, **told):
    return client.post(
        reverse("group_add", args=[group]), {"begins": "22-11-2026", "length": "open", "numbers": "", **told}
    )


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setenv("TEDUH_NOW", "2026-11-22T10:00:00+07:00")


def test_an_agent_makes_a_group_once_and_is_told_what_its_money_means(regions, signed_in) -> None:
    agent = signed_in("agent")
    page = agent.get(reverse("group_new"))
    check(page)
    assert "tanpa keringanan iuran PP 50/2025 (Pasal 3)" in page.content.decode()
    answers = {agent.post(reverse("group_new"), MADE)["Location"] for _ in range(2)}
    made = Group.objects.get()
    assert answers == {reverse("group_add", args=[made.pk])}
    assert (made.kind, made.funding, made.region_id, made.manager) == ("sponsor", "apbd", "33.01", agent.account)
    assert "keringanan PP 50/2025 tidak berlaku" in agent.get(reverse("group", args=[made.pk])).content.decode()


def test_what_is_missing_is_asked_for_and_what_was_written_stays(regions, signed_in) -> None:
    agent = signed_in("agent")
    answer = agent.post(reverse("group_new"), {"name": "Nelayan Cilacap"})
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"kind", "funding"}
    check(answer)
    more = agent.post(
        reverse("group_new"), {"name": "Nelayan Cilacap", "kind": "sponsor", "lives_in_1": "33", "more": ""}
    )
    assert more.status_code == 200 and 'value="Nelayan Cilacap"' in more.content.decode()
    assert not Group.objects.exists()


def test_another_agents_group_of_the_same_name_is_not_given_away(regions, signed_in) -> None:
    first, second = signed_in("agent"), signed_in("agent")
    first.post(reverse("group_new"), MADE)
    answer = second.post(reverse("group_new"), MADE)
    assert answer.status_code == 422 and "dikelola orang lain" in answer.content.decode()
    assert Group.objects.get().manager == first.account


def test_every_line_of_a_list_is_told_what_became_of_it(signed_in) -> None:
    agent = signed_in("agent")
    inside, by_nik, by_number = factories.people(3, agent=agent.account)
    other = factories.person(agent=factories.user("agent"))
    group = factories.group([inside], manager=agent.account)
    person = Person.objects.in_bulk()
    nik = person[by_nik].nik
    number = person[by_number].member_number
    lines = [
        person[inside].member_number, "", f"{nik[:6]} {nik[6:12]} {nik[12:]}", f"{number} Pak A",
        person[other].member_number, "3301010101010101", "siapa ini", nik,
    ]  # fmt: skip
    answer = add(agent, group, numbers="\r\n".join(lines))
    assert answer["Location"] == reverse("group", args=[group])
    page = agent.get(answer["Location"])
    check(page)
    assert [(one["line"], one["state"]) for one in page.context["report"]["lines"]] == [
        (1, "already"), (3, "added"), (4, "added"), (5, "not_yours"), (6, "not_found"), (7, "unread"), (8, "already"),
    ]  # fmt: skip
    assert set(Membership.objects.filter(group=group).values_list("person", flat=True)) == {inside, by_nik, by_number}
    assert not agent.get(answer["Location"]).context["report"], "it is told once"
    again = agent.get(reverse("group_add", args=[group])).context["form"].initial["numbers"]
    assert again.splitlines() == [lines[4], lines[5], lines[6]], "what did not come in waits to be mended"
    assert Event.objects.filter(action="person.found", subject=f"person:{other}").exists()
    assert person[other].name not in page.content.decode()


def test_people_are_picked_and_sent_twice_they_are_in_once(signed_in) -> None:
    agent = signed_in("agent")
    people = factories.people(2, agent=agent.account)
    group = factories.group(manager=agent.account)
    check(agent.get(reverse("group_add", args=[group])))
    for _ in range(2):
        assert add(agent, group, persons=[str(one) for one in people]).status_code == 302
    assert Membership.objects.filter(group=group).count() == 2
    assert not agent.get(reverse("group_add", args=[group])).context["form"].fields["persons"].choices


def test_nobody_elses_people_are_picked_and_then_nobody_comes_in(signed_in) -> None:
    agent = signed_in("agent")
    own, other = factories.person(agent=agent.account), factories.person()
    group = factories.group(manager=agent.account)
    answer = add(agent, group, persons=[str(own), str(other)])
    assert answer.status_code == 422 and "bukan binaan Anda" in answer.content.decode()
    assert not Membership.objects.exists()
    assert add(agent, factories.group(), persons=[str(own)]).status_code == 404


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ({"length": "1"}, dt.date(2026, 11, 30)),
        ({"length": "3"}, dt.date(2027, 1, 31)),
        ({"length": "3", "begins": "1-12-2026"}, dt.date(2027, 2, 28)),
        ({"length": "day", "until": "15-3-2027"}, dt.date(2027, 3, 15)),
        ({"length": "open", "until": "15-3-2027"}, None),
    ],
)
def test_a_sponsor_pays_for_months_until_a_day_or_until_it_is_ended(signed_in, asked, until) -> None:
    officer, person = signed_in("officer"), factories.person()
    group = factories.group(kind="sponsor", funding="private")
    number = Person.objects.get(pk=person).member_number
    assert add(officer, group, numbers=number, **asked).status_code == 302
    assert Membership.objects.get().until_day == until
    page = officer.get(reverse("group", args=[group]))
    assert [one.person.id for one, _ in page.context["members"]] == [person], "also whose place begins later"


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({}, "numbers"),
        ({"numbers": "1", "length": "day"}, "until"),
        ({"numbers": "1", "begins": "22-11-1926"}, "begins"),
        ({"numbers": "\n".join("1" * 1_001)}, "numbers"),
        ({"numbers": "1", "length": "day", "until": "1-11-2026"}, "until"),
    ],
)
def test_what_is_wrong_is_said_beside_the_question(signed_in, asked, wrong) -> None:
    officer = signed_in("officer")
    answer = add(officer, factories.group(), **asked)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [wrong]
    check(answer)


def test_a_place_ends_on_a_day_and_one_that_has_not_begun_never_does(signed_in) -> None:
    officer = signed_in("officer")
    here, coming, stays = factories.people(3)
    group = factories.group([here, stays])
    Membership.objects.create(group_id=group, person_id=coming, from_day=dt.date(2027, 1, 1))
    check(officer.get(reverse("group_end", args=[group])))
    for _ in range(2):
        sent = {"persons": [str(here), str(coming)], "last": "21-11-2026"}
        assert officer.post(reverse("group_end", args=[group]), sent)["Location"] == reverse("group", args=[group])
    left = list(Membership.objects.order_by("person").values_list("person", "until_day"))
    assert left == [(here, dt.date(2026, 11, 21)), (stays, None)]
    assert Event.objects.filter(action="group.left").count() == 2


def test_only_whoever_manages_a_group_changes_it(signed_in) -> None:
    agent, group = signed_in("agent"), factories.group()
    for name in ("group_add", "group_end"):
        assert agent.get(reverse(name, args=[group])).status_code == 404
        assert signed_in("member").get(reverse(name, args=[group])).status_code == 403


def test_a_long_list_costs_no_more_statements_than_a_short_one(signed_in, django_assert_max_num_queries) -> None:
    officer, people = signed_in("officer"), factories.people(300, on=clock.today())
    numbers = list(Person.objects.filter(pk__in=people).values_list("member_number", flat=True))
    with django_assert_max_num_queries(25):
        add(officer, factories.group(), numbers="\n".join(numbers))
    assert Membership.objects.count() == 300
