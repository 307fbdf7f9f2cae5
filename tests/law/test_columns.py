"""The compiled law equals the traced one to the rupiah."""

import datetime as dt
import random

import numpy as np
import pytest

from teduh.law import assessment, codes, columns, compiled
from teduh.law.facts import Construction, Migrant, SelfEmployed, WageEarner
from teduh.law.messages import RulebookError
from teduh.law.months import Month

PEOPLE = 24_000


def someone(draw):
    """Random facts of one person with the same person as a row of columns."""
    month = Month(2015, 7).plus(draw.randrange(145))
    row = {"month": month.number, "eligible_2020": draw.randrange(2)}
    kind = draw.choice(["self_employed", "wage_earner", "construction", "migrant"])
    relief = bool(row["eligible_2020"])
    if kind == "self_employed":
        chosen = tuple(name for name in ("JKK", "JKM", "JHT") if draw.random() < 0.8)
        sector, sponsored = draw.choice(["other", "transport"]), draw.random() < 0.3
        facts = SelfEmployed(draw.randrange(25_000_000), sector, chosen, sponsored, relief)
        row |= {"amount": facts.income, "programmes": codes.mask(chosen), "sector": codes.SECTORS[sector],
                "paid_by_government": int(sponsored)}  # fmt: skip
    elif kind == "wage_earner":
        facts, row = wage_earner(draw, row, relief)
    elif kind == "construction":
        value, wages = draw.randrange(1, 10**11), draw.choice([0, draw.randrange(10**9)])
        facts = Construction(value, wages or None, relief)
        row |= {"amount": value, "wages": wages}
    else:
        route, stage = draw.choice(list(codes.ROUTES)), draw.choice(list(codes.STAGES))
        facts = Migrant(
            route, draw.randrange(1, 60), stage, draw.randrange(1, 30), draw.choice([0, 50_000, 600_000, 7])
        )
        row |= dict(
            zip(
                ("route", "stage", "contract_months", "extension_months", "jht_monthly"),
                facts.arguments(),
                strict=True,
            )
        )
    return facts, month, {**row, "segment": codes.SEGMENTS[kind]}


def wage_earner(draw, row, relief):
    chosen = tuple(name for name in ("JKK", "JKM", "JHT", "JP") if draw.random() < 0.8)
    jkp, labour = draw.random() < 0.5, draw.random() < 0.3
    kind, workers = draw.choice(list(codes.WAGE_TYPES)), draw.choice([None, 49, 50, 900])
    paid_on = draw.choice([None, dt.date(2026, 6, 30), dt.date(2026, 7, 1)])
    last = tuple(draw.randrange(20_000_000) for _ in range({"piece": 3, "weather": 12}.get(kind, 0)))
    facts = WageEarner(
        draw.randrange(30_000_000),
        draw.randrange(1, 6),
        chosen,
        jkp,
        labour,
        workers,
        kind,
        last,
        paid_on,
        relief,
    )
    names = (
        "amount",
        "wage_type",
        "risk_class",
        "programmes",
        "eligible_2020",
        "labour_intensive",
        "workers",
        "paid_on",
    )
    return facts, row | dict(zip(names, facts.arguments(), strict=True))


def expected(facts, month):
    try:
        return assessment.amounts.__wrapped__(facts, month)
    except RulebookError as error:
        return (*[0] * (len(codes.BILL) - 1), int(error.code.partition(":")[2]))


def test_twenty_four_thousand_random_people_get_the_same_to_the_rupiah():
    draw = random.Random(44_2015)
    people = [someone(draw) for _ in range(PEOPLE)]
    given = {name: np.array([row.get(name, default) for _, _, row in people])
             for name, default in compiled.COLUMNS.items()}  # fmt: skip
    found = np.stack(list(columns.assess_columns(given).values()), axis=1)
    wanted = np.array([expected(facts, month) for facts, month, _ in people])
    assert (found == wanted).all()
    assert len({*wanted[:, -1]}) > 3  # refusals were among them


def test_a_sample_equals_the_traced_answer_line_by_line():
    draw = random.Random(7)
    for facts, month, row in [someone(draw) for _ in range(300)]:
        try:
            total = assessment.assess(facts, month=month).total
        except RulebookError:
            continue
        assert columns.assess_columns(row)["total"][0] == total


def test_one_number_serves_all_rows_and_too_early_is_marked():
    found = columns.assess_columns(segment="self_employed", month=np.array([201506, 202604]), amount=1_000_000)
    assert found["total"].tolist() == [0, 8_400]
    assert found["refused"].tolist() == [codes.TOO_EARLY, 0]


def test_columns_that_no_rule_knows_are_refused():
    for wrong in (
        {"risk_class": 6},
        {"amount": -1},
        {"colour": 1},
        {"amount": np.array([1, 2]), "workers": np.zeros(3)},
    ):
        with pytest.raises(ValueError, match="must be|no such|differ"):
            columns.assess_columns(segment=2, month=202604, **{"amount": 1, **wrong})


def test_a_cache_that_cannot_be_written_breaks_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TEDUH_CACHE", str(tmp_path / "file"))
    assert compiled._stored("text") is None
    monkeypatch.setenv("TEDUH_CACHE", str(tmp_path / "dir"))
    path = compiled._stored("text")
    assert path and path.read_text() == "text"


def test_the_key_of_the_cache_follows_the_text():
    assert compiled.folder("a") != compiled.folder("b")
