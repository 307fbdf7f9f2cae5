"""An assessment explains itself: steps, values with date, source and status, the same in JSON."""

import datetime as dt
import json
import time

import pytest

from teduh.law import assessment, codes, words
from teduh.law.facts import Construction, Migrant, SelfEmployed, WageEarner
from teduh.law.messages import FactsError
from teduh.law.months import Month

FACTS = (
    SelfEmployed(2_000_000),
    WageEarner(5_000_000, jkp_participant=True),
    Construction(10**9),
    Migrant("individual", 12),
)


def test_every_line_rests_on_a_step_and_every_value_has_date_source_and_status():
    for facts in FACTS:
        owed = assessment.assess(facts, month=Month(2026, 4))
        assert owed.lines and owed.steps and owed.values
        for step in owed.steps:
            assert step.says.endswith(".") and step.says_id.endswith(".") and step.id and step.en
        for value in owed.values:
            assert value.status in ("gazette", "official", "secondary", "unconfirmed")
            assert value.citation and value.source and value.since


def test_a_relief_that_does_not_apply_is_not_shown_and_one_that_does_is():
    def rules(month):
        owed = assessment.assess(SelfEmployed(1_000_000), month=month)
        return [step.rule for step in owed.steps], [value.name for value in owed.values]

    steps, values = rules(Month(2026, 4))
    assert "pp_50_2025_other" in steps and "pp_50_2025_other_payable" in values
    steps, values = rules(Month(2026, 3))
    assert "pp_50_2025_other" not in steps and "pp_50_2025_other_payable" not in values


def test_only_articles_in_force_are_cited():
    old = assessment.assess(Migrant("individual", 12), month=Month(2022, 1))
    new = assessment.assess(Migrant("individual", 12), month=Month(2024, 1))
    assert all("18/2018" in article for line in old.lines for article in line.articles)
    assert all("4/2023" in article for line in new.lines for article in line.articles)


def test_the_answer_is_json_and_the_same_every_time():
    for facts in FACTS:
        one, two = (json.dumps(assessment.assess(facts, month=Month(2026, 4)).as_dict()) for _ in range(2))
        assert one == two
        assert '"rulebook"' in one and '"from"' in one


def test_what_is_stored_says_it_in_both_languages():
    owed = json.loads(json.dumps(assessment.assess(SelfEmployed(1_000_000), month=Month(2026, 4)).as_dict()))
    step = next(step for step in owed["steps"] if step["rule"] == "jkm_self_employed")
    assert step["says"] == "JKM is Rp6,800 a month, whatever the income."
    assert step["says_id"] == "Iuran JKM sebesar Rp6.800 setiap bulan, berapa pun penghasilannya."
    value = next(value for value in owed["values"] if value["name"] == "bpu_jkm")
    assert (value["unit"], value["unit_id"]) == ("rupiah a month", "rupiah sebulan")
    assert value["source"].startswith("PP 44/2015, text") and value["source_id"].startswith("PP 44/2015, naskah")


def test_parts_of_an_explanation_are_written_as_each_language_writes_them():
    assert words.amount("0.24", "percent", "id") == "0,24 persen"
    assert words.amount("0.24", "percent", "en") == "0.24 percent"
    assert words.amount((0, 1_000_000), "rupiah a month", "id") == "0; 1.000.000 rupiah sebulan"
    assert words.amount(dt.date(2026, 6, 30), "date", "id") == "2026-06-30"
    given = (("wage", 200_000), ("wage_type", codes.DAILY), ("programmes", codes.JKK | codes.JP), ("workers", 10**7))
    assert words.inputs(given, "id") == "upah 200.000, cara pengupahan harian, program JKK+JP"
    assert words.inputs((("paid_on", 20260630), ("row", 0)), "id") == "dibayar pada 2026-06-30, lapisan ke-1"
    assert words.result("income_bracket", 2, "id") == "golongan ke-3"


def test_facts_that_do_not_fit_are_said_in_both_languages():
    for make in (
        lambda: SelfEmployed(-1),
        lambda: SelfEmployed(1, sector="sea"),
        lambda: SelfEmployed(1, programmes=("JP",)),
        lambda: WageEarner(1, wage_type="piece"),
        lambda: Construction(),
        lambda: Migrant(),
    ):
        with pytest.raises(FactsError) as refused:
            make()
        assert refused.value.id and refused.value.en == str(refused.value) != refused.value.id


def test_the_untraced_path_gives_the_same_amounts():
    for facts in FACTS:
        assert assessment.amounts(facts, Month(2026, 4))[12] == assessment.assess(facts, month=Month(2026, 4)).total


def test_an_assessment_takes_well_under_a_millisecond():
    facts = WageEarner(5_123_457, jkp_participant=True)
    assessment.assess(facts, month=Month(2026, 4))
    best = 1.0
    for _ in range(30):
        start = time.perf_counter()
        assessment.assess(facts, month=Month(2026, 4))
        best = min(best, time.perf_counter() - start)
    assert best < 0.001
