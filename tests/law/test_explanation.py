"""An assessment explains itself: steps, values with date, source and status, the same in JSON."""

import json
import time

from teduh.law import assessment
from teduh.law.facts import Construction, Migrant, SelfEmployed, WageEarner
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
            assert step.says.endswith(".") and step.id and step.en
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
