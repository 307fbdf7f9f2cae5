"""Destinations: each has two letters, a zone that exists and a currency, and is found by what lists call it."""

from __future__ import annotations

import re
import zoneinfo

import pytest

from teduh.migrants import estimates, reference
from teduh.migrants.models import Destination


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("TAIWAN", "TW"), ("TWN", "TW"), ("Taiwan (R.O.C)", "TW"), ("R.O.C.", "TW"), ("HONGKONG", "HK"), ("HK", "HK"),
        ("Hong Kong", "HK"), ("KSA", "SA"), ("ARAB SAUDI", "SA"), ("Saudi Arabia", "SA"), ("UEA", "AE"),
        ("U.A.E", "AE"), ("KOREA", "KR"), ("Korsel", "KR"), ("ROK", "KR"), ("KOREA SELATAN", "KR"),
        ("MALAYSIA TIMUR", "MY"),
        ("Malaysia", "MY"), ("SINGAPURA", "SG"), ("Jepang", "JP"), ("Brunei Darussalam", "BN"), ("Turki", "TR"),
        ("", None), ("Atlantis", None), ("INDONESIA", None),
    ],
)  # fmt: skip
def test_a_list_may_write_a_destination_as_it_does(written, code):
    assert reference.read(written) == code


def test_every_destination_has_a_zone_that_exists_a_currency_and_both_names():
    zones = zoneinfo.available_timezones()
    everywhere = reference.destinations()
    assert len(everywhere) > 200 and "ID" not in {one.code for one in everywhere}
    for one in everywhere:
        assert one.zone in zones and re.fullmatch("[A-Z]{3}", one.currency) and one.name.id and one.name.en, one


def test_no_name_means_two_destinations():
    ambiguous = {"AS"}  # Samoa Amerika by ISO, Amerika Serikat as lists write it
    for one in reference.destinations():
        assert reference.read(one.name.id) == one.code
        assert reference.read(one.code) == (None if one.code in ambiguous else one.code)


def test_wherever_indonesians_are_known_to_work_is_a_destination():
    counted = {one.code for one in estimates.published() if one.of == "destination" and one.code}
    assert {code for code in counted if reference.destination(code) is None} == set()


def test_where_most_are_comes_first_and_search_finds_parts():
    assert [one.code for one in reference.destinations()[:2]] == ["TW", "HK"]
    assert "AE" in {one.code for one in reference.destinations(search="emirat")}


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_changed_name_is_brought_back():
    first = reference.load_reference()
    Destination.objects.filter(code="TW").update(name_id="Formosa")
    assert reference.load_reference() == first == {"destinations": Destination.objects.count()}
    assert Destination.objects.get(code="TW").name_id == "Taiwan"
