"""A mission gives a worker whom an agency registered the code for an account of his own; an agency never does."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from teduh.migrants import reference
from teduh.migrants.models import Desk, Organisation
from teduh.security.models import User
from tests import factories
from tests.migrants.people import newcomer, organisation, placed

pytestmark = pytest.mark.django_db


def signed_in(kind: str, *, of: int | None = None) -> tuple[Client, int]:
    reference.load_reference()
    where = of or organisation(kind)
    user = factories.user("mission" if kind == "mission" else "agency")
    Desk.objects.create(organisation_id=where, user=user, role="clerk", from_day="2020-01-01")
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend="django.contrib.auth.backends.ModelBackend")
    return client, where


def test_a_mission_gives_a_code_that_is_shown_once():
    client, _ = signed_in("mission")
    address = reverse("desk_account", args=[placed(abroad=True)])
    assert client.get(address).status_code == 200
    assert client.post(address, {"key": "slip-1"}).status_code == 302
    assert b'class="code"' in client.get(address).content
    assert b'class="code"' not in client.get(address).content


def test_an_agency_gives_none_also_for_its_own_people():
    client, agency = signed_in("agency")
    one = placed(scheme="agency", organisation=agency)
    assert client.post(reverse("desk_account", args=[one]), {"key": "slip-1"}).status_code == 403
    assert f"/{one}/akun/" not in client.get(reverse("desk_person", args=[one])).content.decode()


def test_a_mission_of_another_country_finds_nobody():
    client, _ = signed_in("mission")
    elsewhere = placed(destination="HK", nik=newcomer().nik)
    assert client.post(reverse("desk_account", args=[elsewhere]), {"key": "slip-1"}).status_code == 404
    assert Organisation.objects.filter(kind="mission").count() == 1
