"""The page that says what a month costs and why: all in the reader's language, and what was stored long ago too."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from teduh.law import assessment, rulebook
from teduh.law.facts import WageEarner
from teduh.law.months import Month

FACTS = WageEarner(5_000_000, jkp_participant=True, labour_intensive=True, workers=60)
BAHASA = (
    "Pemberi kerja membayar 0,30% dari upah sebulan, dikurangi keringanan yang berlaku.",
    "padat karya: ya",
    "0,24; 0,54; 0,89; 1,27; 1,74 persen",
    "10.547.400 rupiah sebulan",
    "30 Juni 2026",
    "keputusan sendiri: setengah ke atas",
    "PP 44/2015, naskah dan penjelasan",
    "dari sumber kedua",
)
ENGLISH = (
    "The employer pays 0.30 % of the monthly wage, less what a relief takes off.",
    "labour-intensive: yes",
    "0.24; 0.54; 0.89; 1.27; 1.74 percent",
    "10,547,400 rupiah a month",
    "30 June 2026",
    "our decision: half up",
    "PP 44/2015, text and elucidation",
    "from a secondary source",
)


def _stored():
    return json.loads(json.dumps(assessment.assess(FACTS, month=Month(2025, 12)).as_dict()))


def _page(template: str, language: str, **told) -> str:
    with translation.override(language):
        return render_to_string(template, told)


@pytest.mark.parametrize(("language", "here", "elsewhere"), [("id", BAHASA, ENGLISH), ("en", ENGLISH, BAHASA)])
def test_an_explanation_is_all_in_the_language_of_its_reader(language, here, elsewhere):
    page = _page("parts/assessment.html", language, a=_stored())
    assert [words for words in here if words not in page] == []
    assert [words for words in elsewhere if words in page] == []


def test_an_explanation_stored_before_rules_spoke_bahasa_is_still_shown():
    old = _stored()
    for row in (*old["steps"], *old["values"]):
        for name in ("says_id", "unit_id", "source_id"):
            row.pop(name, None)
    page = _page("parts/assessment.html", "id", a=old)
    assert ENGLISH[0] in page and "10.547.400 rupiah sebulan" in page and ENGLISH[6] in page


@pytest.mark.parametrize(
    ("language", "words"), [("id", "11.086.300 rupiah sebulan"), ("en", "11,086,300 rupiah a month")]
)
def test_the_values_are_shown_with_their_units_in_words(language, words):
    tables = [(rows[0], rows) for rows in rulebook.parameters().values()]
    page = _page("public/values.html", language, tables=tables, version=rulebook.version())
    assert words in page
    assert "datetime" not in page and "(0, " not in page


def test_the_page_speaks_bahasa_first_and_english_to_who_chose_it(client):
    asked = {"segment": "bpu", "month": "2026-04", "income": "1000000", "sector": "other"}
    bahasa, english = "Iuran JKM sebesar Rp6.800 setiap bulan", "JKM is Rp6,800 a month"
    page = client.get(reverse("explain"), asked, headers={"accept-language": "en"}).content.decode()
    assert bahasa in page and english not in page
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse("explain"), asked).content.decode()
    assert english in page and bahasa not in page
